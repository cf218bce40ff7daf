//! The sentences on a table of patients and its columns file: what cannot be read, and what to do about it.

use super::{
    encoding::{LooksLike, label},
    fault::{Broken, CellFault, ColumnsDefect, ColumnsFlaw, HeadFault, Holds, Problem, RowFault},
    kind::NotText,
};
use crate::{
    json::{Fault, YEARS},
    words::{not_one_of, one_of, sentence, spoken::all_of},
};

/// A table that cannot be used, before the list of its faults.
pub const NOT_USABLE: &str = "the table cannot be used; no plan was made";
/// A columns file that cannot be used, before the list of its faults.
pub const COLUMNS_NOT_USABLE: &str = "the columns file cannot be used; no plan was made";
/// What to do with a columns file that cannot be used.
pub const COLUMNS_WAY_ON: &str = "osteodose schema columns prints its format, osteodose template columns an example.";
/// A JSON list in place of requests a line.
pub const ARRAY: &str = "this is one JSON array; a batch has one request on each line: jq -c '.[]' writes it so";
/// A request over several lines in place of requests a line.
pub const SPREAD: &str = "the first request goes on over several lines; a batch has one request on each line: \
                          jq -c . writes it so";
/// Said once after rows of a table with words or dates that are not those of a request.
pub const ROWS_WAY_ON: &str = "Dates in another order, words of your own and other names of columns are stated in a columns file \
                               (--columns FILE); osteodose template columns prints one to start from.";

/// What is wrong with a cell: the field, what was found, and what is needed.
pub fn cell_fault(fault: &CellFault) -> String {
    format!("{}: {}", fault.path, problem(&fault.problem))
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Bound { found } => {
            format!("\"{found}\" is a bound, not a value (needed: a number, or an empty cell where it is not known)")
        }
        Problem::Ambiguous { found, whole, decimal } => {
            format!("\"{found}\" is ambiguous; write {whole} or {decimal}")
        }
        Problem::TwoSigns { found, instead } => format!("\"{found}\" has a comma and a point; write {instead}"),
        Problem::OtherUnit { found, unit } => {
            format!("\"{found}\" has another unit than its column, {unit}; no unit is converted")
        }
        Problem::NotANumber { found } => format!(
            "\"{found}\" is not a number (needed: a number such as 92 or 2.31, or an empty cell where it is not known)"
        ),
        Problem::NotAFlag { found } => format!("\"{found}\" is not allowed (allowed: true or false)"),
        Problem::NotADate { found, order } => {
            let (first, last) = (YEARS.start, YEARS.end - 1);
            format!("\"{found}\" is not a day of the years {first} to {last} as {order}, the year with four figures")
        }
        Problem::Damaged { found } => format!(
            "\"{found}\" is an identifier that a spreadsheet has shortened; format its column as text, enter it again and \
             export the table again"
        ),
    }
}

/// Why a row is no request.
pub fn row_fault(fault: &RowFault) -> String {
    match fault {
        RowFault::Broken(Broken::Quotation { line }) => format!(
            "the quotation mark opened in line {line} is not closed at the end of its cell, so this row has no plan; the \
             lines below it are read on their own"
        ),
        RowFault::Broken(Broken::TooLong) => "the row is too long for a request (allowed: 1 MiB)".to_owned(),
        RowFault::Cells { found, needed, begins } => {
            format!("the row has {}, and the first row names {needed}; it begins with \"{begins}\"", cells(*found))
        }
        RowFault::Nameless(fault) => head_fault(fault),
    }
}

fn cells(count: usize) -> String {
    if count == 1 { "1 cell".to_owned() } else { format!("{count} cells") }
}

/// What is wrong with the first row.
pub fn head_fault(fault: &HeadFault) -> String {
    match fault {
        HeadFault::Unknown { column, name, nearest, holds } => {
            let meant = nearest.map_or_else(String::new, |field| format!("; did you mean \"{field}\"?"));
            format!("column {column}, \"{name}\", is not a field of a request{}{meant}", held(holds))
        }
        HeadFault::Nameless { column, line, found } => {
            format!("column {column} has no name, and line {line} has \"{found}\" in it")
        }
        HeadFault::Doubled { name, columns } => {
            format!(
                "\"{name}\" is the name of columns {} (allowed: one, or its number in a columns file)",
                all_of(columns)
            )
        }
        HeadFault::Missing { path, allowed } if allowed.is_empty() => format!("{path}: no column, and it is needed"),
        HeadFault::Missing { path, allowed } => {
            format!("{path}: no column, and it is needed (allowed: {})", one_of(allowed))
        }
        HeadFault::NoSuchColumn { path, column } => {
            format!("{path}: the columns file names the column {column}, which the table does not have")
        }
        HeadFault::Unreadable => {
            "the first row cannot be read: a quotation mark is not closed at the end of its cell".to_owned()
        }
        HeadFault::Empty => "nothing is in it; the first row of a table names the fields of a request".to_owned(),
    }
}

/// A fault of rows, with the place and the patient of the first of them.
pub fn of_rows(line: u64, id: Option<&str>, error: &str, others: u64) -> String {
    let id = id.map_or_else(String::new, |id| format!(", \"{id}\""));
    let others = match others {
        0 => String::new(),
        1 => "; 1 row below it too".to_owned(),
        _ => format!("; {others} rows below it too"),
    };
    format!("line {line}{id}: {error}{others}")
}

/// What is said where there are more faults of rows than are listed.
pub const MORE_IN_ROWS: &str = "the rows have other faults too; they are listed when these are mended";

/// What is in a column that is no field.
fn held(Holds { texts, more }: &Holds) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("\"{text}\"")).collect();
    match quoted.as_slice() {
        [] => "; its first cells are empty".to_owned(),
        _ if *more => format!("; it has {} and others", quoted[..MOST_EXAMPLES].join(", ")),
        _ => format!("; it has {}", all_of(&quoted)),
    }
}

/// The examples of a column with many different texts.
const MOST_EXAMPLES: usize = 2;

/// The most columns that are offered to be left out: a table with more has other names throughout.
const MOST_LEFT_OUT: usize = 5;

/// What to do about a first row that cannot be used.
pub fn head_way_on(faults: &[HeadFault]) -> Option<String> {
    if faults.iter().all(|fault| matches!(fault, HeadFault::Empty | HeadFault::Unreadable)) {
        return None;
    }
    let left_out: Vec<String> = faults
        .iter()
        .filter_map(|fault| match fault {
            HeadFault::Unknown { name, nearest: None, .. } => Some(format!("\"{name}\"")),
            HeadFault::Nameless { column, .. } => Some(column.to_string()),
            _ => None,
        })
        .collect();
    // Where a field has no column yet, it may be one of those with another name.
    let is_lacking = |fault: &HeadFault| matches!(fault, HeadFault::Missing { .. } | HeadFault::NoSuchColumn { .. });
    let lacks_a_field = faults.iter().any(is_lacking);
    let leave_out = match left_out.len() {
        0 => String::new(),
        1..=MOST_LEFT_OUT if !lacks_a_field => {
            format!(", and columns that are not needed are left out there: \"leave_out\": [{}]", left_out.join(", "))
        }
        _ => ", and columns that no field needs are left out there (\"leave_out\")".to_owned(),
    };
    Some(format!(
        "Names of columns, fixed values and units are stated in a columns file (--columns FILE){leave_out}. osteodose \
         template columns prints one to start from."
    ))
}

/// What is wrong with a columns file: line and column, path, what is wrong and what would be right.
pub fn columns_fault(fault: &Fault<ColumnsFlaw>) -> String {
    let Fault { path, line, column, problem } = fault;
    let said = match problem {
        ColumnsFlaw::Form(problem) => sentence(path, *line, *column, problem),
        ColumnsFlaw::Meaning(defect) => format!("{path}: {}", columns_defect(defect)),
    };
    format!("{line}:{column}: {said}")
}

fn columns_defect(defect: &ColumnsDefect) -> String {
    match defect {
        ColumnsDefect::TwoSources => "a value for every row beside a column (allowed: one of them)".to_owned(),
        ColumnsDefect::LeftOut => "the same column is in \"leave_out\" too (allowed: one of them)".to_owned(),
        ColumnsDefect::NoDateField => "the field is not a date; leave the order of dates out".to_owned(),
        ColumnsDefect::UnknownWord { found, nearest, allowed } => not_one_of(found, nearest.as_deref(), allowed),
        ColumnsDefect::NoNumber { found } => format!("\"{found}\" is not a number (needed: a number such as 4)"),
        ColumnsDefect::Twice { word } => format!("\"{word}\" is there in another spelling too (allowed: once)"),
    }
}

/// A file that is not in its encoding, and what it looks like.
pub fn not_in_encoding(line: u64, encoding: &str, looks_like: Option<LooksLike>) -> String {
    let looks_like = looks_like.map(looks_like_words).unwrap_or_default();
    format!("not {encoding}, as line {line} shows{looks_like}")
}

/// A file that lost its byte order mark.
pub fn not_utf8(looks_like: LooksLike) -> String {
    format!("not UTF-8{}", looks_like_words(looks_like))
}

fn looks_like_words(looks_like: LooksLike) -> String {
    let name = match looks_like {
        LooksLike::Utf16 { .. } => "UTF-16 without a byte order mark",
        LooksLike::Windows1252 => "Windows-1252",
    };
    let label = label(looks_like).to_ascii_lowercase();
    format!("; looks like {name}: say --encoding {label}, or save it as \"CSV UTF-8\"")
}

/// An encoding that is not known.
pub fn no_encoding(found: &str) -> String {
    let allowed = one_of(&["utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15", "windows-1250"]);
    format!("--encoding: \"{found}\" is not an encoding (allowed: {allowed}, and others of the web)")
}

/// A byte order mark that says otherwise than `--encoding`.
pub fn other_mark(marked: &str, named: &str) -> String {
    format!("it begins with the mark of {marked}, and --encoding names {named}; leave --encoding out")
}

/// A file that is not text.
pub fn not_text(kind: NotText) -> &'static str {
    match kind {
        NotText::Excel => {
            "this is an Excel workbook (.xlsx); save its sheet as \"CSV UTF-8 (comma delimited)\" and use that file"
        }
        NotText::OldExcel => {
            "this is an old Excel workbook (.xls); save its sheet as \"CSV UTF-8 (comma delimited)\" and use that file"
        }
        NotText::OpenDocument => {
            "this is a spreadsheet of LibreOffice (.ods); save its sheet as \"Text CSV\" in UTF-8 and use that file"
        }
        NotText::Compressed => "this file is compressed; unpack it and use the file in it",
        NotText::Pdf => "this is a PDF; export the table as \"CSV UTF-8\" and use that file",
    }
}
