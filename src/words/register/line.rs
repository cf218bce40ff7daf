//! Why a line of a file of entries cannot be taken back.

use super::number;
use crate::{
    json::Fault,
    words::{fault, spoken::counted},
};

/// A line whose form is wrong: its first fault, and how many more there are.
pub fn form_of_line(faults: &[Fault]) -> String {
    let more = i64::try_from(faults.len().saturating_sub(1)).unwrap_or(i64::MAX);
    let more = if more == 0 { String::new() } else { format!(" ({} in this line)", counted(more, "more fault")) };
    faults.first().map_or_else(String::new, |first| format!("{}{more}", fault(first)))
}

/// A name or a hash that is not written as one.
pub fn not_hex(key: &str, digits: usize) -> String {
    format!("{key}: not {digits} digits of 0 to 9 and a to f. Use a file that \"ward export\" made.")
}

/// A line of another ward.
pub fn other_ward(entry: u64) -> String {
    format!("Entry {} is of another ward than the lines before it. Take one register at a time.", number(entry))
}

/// What a line is.
pub const EITHER_LINE: &str = "an entry, or a library that is kept";
/// The first line, where it is not the first entry.
pub fn not_from_the_first(found: u64) -> String {
    format!(
        "Entry {} is here, and entry 1 comes next. An export of one patient, or from an entry on, cannot be taken back: use \
         the whole file, in its order.",
        number(found)
    )
}

/// A library whose files are others.
pub fn other_files(digest: &str) -> String {
    format!("The files of the library {digest} are not those of that library.")
}

/// Which line is refused, and why.
pub fn in_line(line: u64, why: &str) -> String {
    format!("line {line}: {why}")
}

/// A line that is not the next one.
pub fn out_of_order(next: u64, found: u64) -> String {
    format!("Entry {} is here, and entry {} comes next. Use the whole file, in its order.", number(found), number(next))
}

/// A line that is not as it was stored.
pub fn altered_line(entry: u64) -> String {
    format!("Entry {} was altered after it was written, or what comes before it was.", number(entry))
}

/// A line that is not the next one of its patient.
pub fn not_next_of_patient(entry: u64) -> String {
    format!("Entry {} is not the next one of its patient. No register has such an entry.", number(entry))
}

/// A line that is empty though nobody was erased.
pub fn emptied_line(entry: u64) -> String {
    format!(
        "Entry {} is empty, and no line says that its patient was erased: what was recorded was taken out, or the end of the \
         file is missing. Use the whole file.",
        number(entry)
    )
}

/// A line that should be empty.
pub fn not_erased_line(entry: u64, erasure: u64) -> String {
    format!(
        "Entry {} says that its patient was erased, and entry {} still says what was recorded. Use the file as it was \
         exported.",
        number(erasure),
        number(entry)
    )
}

/// A line with an entry that no register takes.
pub fn impossible_line(entry: u64) -> String {
    format!("Entry {} is none that a register can have. Use a file that \"ward export\" made.", number(entry))
}
