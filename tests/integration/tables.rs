//! Tables as spreadsheets and hospital systems write them, in `tests/tables`: each is taken as the clean one is, or what
//! is said of it stands beside it in a file of the same name that ends in `.outcome`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    process::Output,
};

use serde_json::Value;

use crate::{
    cli::{osteodose, text},
    strategy,
    support::{files, tests},
};

/// The table that the others differ from in one thing.
const CLEAN: &str = "01-clean.csv";

/// Tables that are taken as the clean one is, with the options that they need.
const TAKEN: &[(&str, &[&str])] = &[
    ("01-lf.csv", &[]),
    ("02-mark.csv", &[]),
    ("03-windows-1252.csv", &["--encoding", "windows-1252"]),
    ("04-utf-16.csv", &[]),
    ("04b-utf-16-high-byte-first.csv", &[]),
    ("04c-utf-16-without-mark.csv", &["--encoding", "utf-16le"]),
    ("04d-unicode-text.csv", &[]),
    ("05-semicolons-decimal-commas.csv", &[]),
    ("05b-semicolons-decimal-points.csv", &[]),
    ("05c-quoted-decimal-commas.csv", &[]),
    ("05d-tabs.csv", &[]),
    ("05e-tabs.tsv", &[]),
    ("05g-sep-line.csv", &[]),
    ("06-dates-day-first.csv", COLUMNS),
    ("06c-dates-with-time.csv", COLUMNS),
    ("07-extra-columns.csv", COLUMNS),
    ("07b-nameless-column.csv", &[]),
    ("07c-nameless-column-not-empty.csv", COLUMNS),
    ("08-rows-of-separators.csv", &[]),
    ("09-quoted-line-breaks.csv", &[]),
    ("10-without-unit.csv", COLUMNS),
    ("12-unit-in-cell.csv", &[]),
    ("12b-micro-signs.csv", &[]),
    ("12c-letter-case-of-units.csv", &[]),
    ("14-other-words.csv", COLUMNS),
    ("14b-letter-case.csv", &[]),
    ("15-drug-names.csv", COLUMNS),
    ("16-letter-case-of-names.csv", &[]),
    ("17-hospital-names.csv", COLUMNS),
    ("20-cr.csv", &[]),
    ("23-padding.csv", &[]),
    ("24-no-break-spaces.csv", &[]),
    ("32-decimals-of-whole-numbers.csv", &[]),
    ("37-upper.CSV", &[]),
    ("38-table.txt", &[]),
];

/// Stands for the columns file beside a table.
const COLUMNS: &[&str] = &["--columns"];

/// A batch of a table, one short line a patient.
fn batch(table: &str, options: &[&str]) -> Output {
    let path = format!("tests/tables/{table}");
    let columns = format!("tests/tables/{}.columns.json", table.rsplit_once('.').unwrap().0);
    let mut arguments = vec!["batch", "--brief", &path];
    arguments.extend(options);
    if options == COLUMNS {
        arguments.push(&columns);
    }
    osteodose(&arguments, b"")
}

/// What came of a batch: exit status, a line for each patient, messages.
fn outcome(output: &Output) -> String {
    let mut outcome = format!("exit {}\n", output.status.code().unwrap());
    for line in text(&output.stdout).lines() {
        let answer: Value = serde_json::from_str(line).unwrap();
        let id = answer["id"].as_str().unwrap_or("without id");
        if let Some(error) = answer["error"].as_str() {
            let one = [Value::from(error)];
            let errors = answer["errors"].as_array().map_or(&one[..], Vec::as_slice);
            let _ = writeln!(outcome, "line {}, {id}:", answer["line"]);
            for error in errors {
                let _ = writeln!(outcome, "  {}", error.as_str().unwrap());
            }
        } else {
            let _ = writeln!(outcome, "{id}: {}, {} mg", answer["status"].as_str().unwrap(), answer["dose_mg"]);
        }
    }
    outcome + &text(&output.stderr)
}

#[test]
fn every_table_is_taken_or_refused_as_stated() {
    let rewrite = std::env::var_os("OSTEODOSE_REWRITE").is_some();
    let taken: BTreeSet<&str> =
        TAKEN.iter().filter(|(_, options)| options.is_empty()).map(|(table, _)| *table).collect();
    let mut wrong = Vec::new();
    let tables = files("tables", "").into_iter().filter(|it| it.extension().is_none_or(|it| it != "json"));
    for table in tables.map(|it| it.file_name().unwrap().to_str().unwrap().to_owned()) {
        if table.ends_with(".outcome") || taken.contains(table.as_str()) {
            continue;
        }
        let found = outcome(&batch(&table, &[]));
        let file = tests("tables").join(format!("{table}.outcome"));
        if rewrite {
            fs::write(&file, &found).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{table}:\n{found}"));
        }
    }
    let how = "OSTEODOSE_REWRITE=1 cargo test --test integration tables, then read the difference";
    assert!(wrong.is_empty(), "{how}\n{}", wrong.join("\n"));
}

#[test]
fn what_is_another_spelling_of_the_same_is_taken_as_the_same() {
    let clean = batch(CLEAN, &[]);
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean.stderr));
    assert_eq!(text(&clean.stdout).lines().count(), 3);
    for (table, options) in TAKEN {
        let output = batch(table, options);
        assert_eq!(outcome(&output), outcome(&clean), "{table}");
        assert_eq!(text(&output.stdout), text(&clean.stdout), "{table}");
    }
}

/// Seven rows below the first: the second and the last have a weight that cannot be.
fn with_two_wrong_rows(end: &str, between: &str) -> (String, [usize; 2]) {
    let clean = fs::read_to_string(tests("tables").join(CLEAN)).unwrap();
    let rows: Vec<&str> = clean.lines().collect();
    let mut table = format!("{}{end}", rows[0]);
    let mut lines = [0; 2];
    for at in 1..=7 {
        let row = rows[1].replace("0010000", &format!("P-{at}"));
        let row = if at == 5 { row.replace("latex; iodine", &format!("\"latex{end}iodine\"")) } else { row };
        let wrong = matches!(at, 2 | 7);
        if wrong {
            lines[usize::from(at == 7)] = 1 + table.replace("\r\n", "\n").matches(['\n', '\r']).count();
        }
        let row = if wrong { row.replace("76.6", "7.66") } else { row };
        let _ = write!(table, "{row}{end}{between}");
    }
    (table, lines)
}

#[test]
fn the_line_and_the_patient_of_a_wrong_row_are_right_whatever_the_line_ends() {
    for end in ["\n", "\r\n", "\r"] {
        for between in [String::new(), end.to_owned(), format!(",,{end}"), format!("{end}  {end}")] {
            let (table, lines) = with_two_wrong_rows(end, &between);
            let output = osteodose(&["batch", "--brief", "--csv"], table.as_bytes());
            let wrong: Vec<Value> = text(&output.stdout)
                .lines()
                .map(|line| serde_json::from_str::<Value>(line).unwrap())
                .filter(|answer| answer.get("error").is_some())
                .collect();
            let told: Vec<(u64, &str)> =
                wrong.iter().map(|it| (it["line"].as_u64().unwrap(), it["id"].as_str().unwrap())).collect();
            assert_eq!(told, [(lines[0] as u64, "P-2"), (lines[1] as u64, "P-7")], "{end:?} {between:?}");
            assert!(wrong[0]["error"].as_str().unwrap().starts_with("patient.weight_kg: 7.66 kg is not possible"));
            assert_eq!(text(&output.stdout).lines().count(), 7);
        }
    }
}

#[test]
fn a_first_row_that_cannot_be_used_hides_no_fault_of_the_rows() {
    let table = "patient.id,patient.sex,Weight,labs.creatinine.value,labs.creatinine.unit\n\
                 A-1,woman,70,<10,umol/L\nA-2,woman,71,92,umol/L\n4.01E+09,female,70,93,umol/L\n";
    let output = osteodose(&["batch", "--csv", "-"], table.as_bytes());
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    let said = text(&output.stderr);
    let sex = "patient.sex: \"woman\" is not allowed (allowed: female or male); 1 row below it too";
    for needed in [
        "column 3, \"Weight\", is not a field of a request; it has \"70\" and \"71\"",
        "tumour: no column, and it is needed (allowed: breast, ",
        "line 2, \"A-1\": labs.creatinine.value: \"<10\" is a bound, not a value",
        &format!("line 2, \"A-1\": {sex}"),
        "line 4, \"4.01E+09\": patient.id: \"4.01E+09\" is an identifier that a spreadsheet has shortened",
    ] {
        assert!(said.contains(needed), "{needed}\n{said}");
    }
    // What has no column is said once, and not of every row.
    assert_eq!(said.matches("tumour: ").count(), 1, "{said}");
}

#[test]
fn a_hospitals_own_table_needs_one_run_and_one_columns_file() {
    let first = batch("50-hospital.csv", &[]);
    assert_eq!((first.status.code(), first.stdout.len()), (Some(2), 0));
    // It says what the columns hold, so that order of dates and words are known without a second run.
    for held in ["\"13.03.1955\"", "\"F\"", "\"SRE prevention\"", "\"not examined\"", "\"Pamidronate\"", "\"Mo-Fr\""] {
        assert!(text(&first.stderr).contains(held), "{held}\n{}", text(&first.stderr));
    }
    let folder = tempfile::tempdir().unwrap();
    let columns = folder.path().join("columns.json");
    // A strength is stated by nobody but the hospital: its columns file says what its word for the drug means.
    let product = "\"treatment.product\": {\"column\": \"Drug\", \"words\": {\"Pamidronate\": \"concentrate-3mg-per-ml\", \
                   \"Zoledronic acid\": \"\", \"Denosumab\": \"\"}},\n    \"treatment.route\"";
    let template = text(&osteodose(&["template", "columns"], b"").stdout);
    fs::write(&columns, template.replacen("\"treatment.route\"", product, 1)).unwrap();
    let output = batch("50-hospital.csv", &["--columns", columns.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", outcome(&output));
    let same =
        osteodose(&["batch", "--brief", "tests/tables/50-hospital.csv", "--columns", columns.to_str().unwrap()], b"");
    assert_eq!(text(&same.stdout).lines().count(), 3);
    // The first patient was not asked for conditions: an empty cell is not "none".
    assert!(text(&output.stderr).contains("conditions-not-asked: 1"), "{}", text(&output.stderr));
}

#[test]
fn a_columns_file_with_faults_is_refused_with_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let columns = folder.path().join("columns.json");
    let run = |document: &str| {
        fs::write(&columns, document).unwrap();
        let output = batch(CLEAN, &["--columns", columns.to_str().unwrap()]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        text(&output.stderr).replace(columns.to_str().unwrap(), "columns.json")
    };
    let form = run(
        "{\n\"format\": \"osteodose-columns/1\",\n\"columns\": {\"sex\": {}, \"patient.sex\": {\"date\": \"dmy\"}}}",
    );
    assert!(form.starts_with("columns.json: the columns file cannot be used; no plan was made\ncolumns.json:3:20: columns.sex: this key is unknown"), "{form}");
    assert!(form.contains("columns.json:3:48: columns.\"patient.sex\".date: \"dmy\" is not allowed"), "{form}");
    assert!(
        form.ends_with("osteodose schema columns prints its format, osteodose template columns an example.\n"),
        "{form}"
    );
    let meaning = run(
        "{\"format\": \"osteodose-columns/1\", \"columns\": {\"patient.sex\": {\"date\": \"day-month-year\", \"words\": {\"F\": \"femal\"}}}}",
    );
    assert!(meaning.contains("columns.\"patient.sex\".date: the field is not a date"), "{meaning}");
    assert!(
        meaning.contains("columns.\"patient.sex\".words.F: \"femal\" is not allowed; did you mean \"female\"?"),
        "{meaning}"
    );
    let other = run(
        "{\"format\": \"osteodose-columns/1\", \"columns\": {\"patient.sex\": {\"column\": \"Gender\"}}, \"leave_out\": [\"patient.sex\"]}",
    );
    assert!(
        other.contains(
            "01-clean.csv: patient.sex: the columns file names the column \"Gender\", which the table does not have"
        ),
        "{other}"
    );
    let lines = osteodose(&["batch", "--columns", columns.to_str().unwrap()], b"{}\n");
    assert_eq!(text(&lines.stderr), "--columns: only for tables\n");
}

#[test]
fn a_stated_decimal_sign_leaves_no_doubt_about_that_sign() {
    let folder = tempfile::tempdir().unwrap();
    let columns = folder.path().join("columns.json");
    fs::write(&columns, "{\"format\": \"osteodose-columns/1\", \"decimal\": \"comma\"}").unwrap();
    let table = folder.path().join("table.csv");
    let clean = fs::read_to_string(tests("tables").join(CLEAN)).unwrap();
    fs::write(&table, clean.replace("76.6", "\"76,600\"")).unwrap();
    let run = |options: &[&str]| {
        let mut arguments = vec!["batch", "--brief", table.to_str().unwrap()];
        arguments.extend(options);
        osteodose(&arguments, b"")
    };
    assert!(text(&run(&[]).stdout).contains("\\\"76,600\\\" is ambiguous; write 76600 or 76.600"));
    assert_eq!(run(&["--columns", columns.to_str().unwrap()]).stdout, batch(CLEAN, &[]).stdout);
}

#[test]
fn a_file_that_holds_no_requests_as_it_is_gets_one_message() {
    let request = serde_json::from_slice::<Value>(&fs::read(tests("requests/a-request.json")).unwrap()).unwrap();
    let pretty = serde_json::to_string_pretty(&request).unwrap();
    let array = format!("[\n{request},\n{request}\n]");
    let utf16: Vec<u8> = pretty.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: &[(&[u8], &str)] = &[
        (array.as_bytes(), "this is one JSON array; a batch has one request on each line"),
        (pretty.as_bytes(), "the first request goes on over several lines; a batch has one request on each line"),
        (&utf16, "not UTF-8; looks like UTF-16 without a byte order mark: say --encoding utf-16le"),
        (b"PK\x03\x04xl/workbook.xml", "this is an Excel workbook (.xlsx); save its sheet as"),
        (b"%PDF-1.7\n", "this is a PDF"),
    ];
    for (input, told) in cases {
        let output = osteodose(&["batch"], input);
        let message = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{message}");
        assert!(message.starts_with(&format!("standard input: {told}")) && message.lines().count() == 1, "{message}");
    }
    let wrong = osteodose(&["batch", "--encoding", "utf-9"], b"{}\n");
    assert!(text(&wrong.stderr).starts_with("--encoding: \"utf-9\" is not an encoding (allowed: utf-8, utf-16le"));
    let marked = osteodose(&["batch", "--encoding", "windows-1252"], "\u{feff}{}\n".as_bytes());
    let told =
        "standard input: it begins with the mark of UTF-8, and --encoding names windows-1252; leave --encoding out\n";
    assert_eq!(text(&marked.stderr), told);
}

#[test]
fn lines_of_requests_have_the_line_and_the_patient_too() {
    let request = serde_json::from_slice::<Value>(&fs::read(tests("requests/a-request.json")).unwrap()).unwrap();
    let wrong = request.to_string().replace("\"female\"", "\"F\"").replace("68.5", "\"68.5\"");
    let lines = format!("\u{feff}{request}\r\n\r\n   \r\n{wrong}\r\n{{bad}}\r\n");
    for input in [lines.as_bytes().to_vec(), lines.encode_utf16().flat_map(u16::to_le_bytes).collect()] {
        let output = osteodose(&["batch", "--brief"], &input);
        let answers: Vec<Value> =
            text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(answers[0]["status"], "ready");
        assert_eq!((&answers[1]["line"], &answers[1]["id"]), (&4.into(), &"A-1042".into()));
        let errors: Vec<&str> =
            answers[1]["errors"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
        assert_eq!(errors.len(), 2, "{errors:?}");
        assert_eq!(answers[1]["error"], errors.join("; "));
        assert_eq!(answers[2]["line"], 5);
        let told = answers[2]["error"].as_str().unwrap();
        assert!(told.contains("at line 5 column 2") && answers[2].get("id").is_none(), "{told}");
        assert!(!text(&output.stderr).contains("--columns"));
    }
}

#[test]
fn two_people_with_one_identifier_are_never_taken_for_one() {
    let request = fs::read_to_string(tests("requests/a-request.json")).unwrap();
    let line = serde_json::from_str::<Value>(&request).unwrap().to_string();
    // Far enough apart that they are in different blocks.
    let others: String = (0..600).map(|at| line.replace("A-1042", &format!("B-{at}")) + "\n").collect();
    let other = line.replace("1958-03-14", "1958-03-15");
    let output = osteodose(&["batch", "--brief"], format!("{line}\n{others}{other}\n{line}\n").as_bytes());
    let answers: Vec<Value> = text(&output.stdout).lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!((output.status.code(), answers.len()), (Some(1), 603));
    assert_eq!((&answers[601]["line"], &answers[601]["id"]), (&602.into(), &"A-1042".into()));
    let told = "patient.id: \"A-1042\" is also the patient of line 1, born on 14-Mar-1958, not on 15-Mar-1958; one \
                identifier is one patient";
    assert_eq!(answers[601]["error"], told);
    assert_eq!(answers[602]["status"], "ready");
    let summary = text(&output.stderr);
    assert!(summary.contains("603 patients: 602 ready, 0 to confirm, 0 stopped, 1 not usable"), "{summary}");
    assert!(summary.contains("twice in the batch, with the same entries: A-1042 (line 1 and line 603)"), "{summary}");
}

#[test]
fn what_a_template_prints_can_be_used_as_it_is() {
    let template = |form: &str| osteodose(&["template", form], b"").stdout;
    let table = osteodose(&["batch", "--csv", "--brief"], &template("csv"));
    assert_eq!(table.status.code(), Some(0), "{}", outcome(&table));
    assert_eq!(text(&table.stdout).lines().count(), 1);
    assert_eq!(osteodose(&["plan"], &template("request")).status.code(), Some(0));
    let schema: Value = serde_json::from_slice(&osteodose(&["schema", "columns"], b"").stdout).unwrap();
    assert!(schema["properties"]["columns"].is_object());
    assert_eq!(osteodose(&["template", "table"], b"").status.code(), Some(2));
}

/// The cells of a request, each under the name of its field.
fn cells(value: &Value, path: &str, to: &mut BTreeMap<String, String>) {
    let joined = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, member)| cells(member, &joined(key), to)),
        Value::Array(entries) if entries.iter().any(Value::is_object) => {
            entries.iter().enumerate().for_each(|(at, entry)| cells(entry, &format!("{path}[{at}]"), to));
        }
        Value::Array(entries) if entries.is_empty() => drop(to.insert(path.to_owned(), "none".to_owned())),
        Value::Array(entries) => {
            let words: Vec<&str> = entries.iter().map(|it| it.as_str().unwrap()).collect();
            to.insert(path.to_owned(), words.join(";"));
        }
        Value::String(word) if path == "history.last_antiresorptive" => {
            to.insert(format!("{path}.drug"), word.clone());
        }
        Value::String(word) => drop(to.insert(path.to_owned(), word.clone())),
        Value::Null => {}
        other => drop(to.insert(path.to_owned(), other.to_string())),
    }
}

/// A request without the parts in which nothing is: a table cannot say that they are there.
fn without_empty_parts(value: &mut Value) {
    if let Value::Object(members) = value {
        members.values_mut().for_each(without_empty_parts);
        members.retain(|_, member| !member.is_null() && member.as_object().is_none_or(|it| !it.is_empty()));
    }
}

#[test]
fn a_table_written_from_requests_reads_back_as_the_same_requests() {
    let mut requests: Vec<Value> = (0..300).map(strategy::request).collect();
    for (at, request) in requests.iter_mut().enumerate() {
        request["patient"]["id"] = format!("P-{at}").into();
        without_empty_parts(request);
    }
    let rows: Vec<BTreeMap<String, String>> = requests
        .iter()
        .map(|request| {
            let mut row = BTreeMap::new();
            cells(request, "", &mut row);
            row
        })
        .collect();
    let names: BTreeSet<&String> = rows.iter().flat_map(BTreeMap::keys).collect();
    let lines: String = requests.iter().map(|request| request.to_string() + "\n").collect();
    let expected = osteodose(&["batch"], lines.as_bytes());
    let answers = |output: &Output| -> Vec<Value> {
        let read = |line: &str| {
            let mut answer: Value = serde_json::from_str(line).unwrap();
            let members = answer.as_object_mut().unwrap();
            members.remove("line");
            answer
        };
        text(&output.stdout).lines().map(read).collect()
    };
    for (separator, end) in [(b',', "\n"), (b';', "\r\n"), (b'\t', "\r")] {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(csv::Terminator::Any(b'\n'))
            .from_writer(Vec::new());
        writer.write_record(&names).unwrap();
        for row in &rows {
            writer.write_record(names.iter().map(|name| row.get(*name).map_or("", String::as_str))).unwrap();
        }
        let table = text(&writer.into_inner().unwrap()).replace('\n', end);
        let output = osteodose(&["batch", "--csv"], table.as_bytes());
        let (found, expected) = (answers(&output), answers(&expected));
        assert_eq!(found.len(), expected.len(), "{}", text(&output.stderr));
        let planned = expected.iter().filter(|it| it.get("status").is_some()).count();
        assert!(planned > 200, "{planned}");
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected, "separator {:?}", char::from(separator));
        }
    }
}
