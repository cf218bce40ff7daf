//! A batch for a hospital: order, summary, tables, and what happens when it cannot come to its end.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::{Command, Output, Stdio},
    thread,
};

use serde_json::Value;

use crate::support::tests;

fn batch() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_osteodose"));
    command.arg("batch").env_clear().stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it on this input.
fn run(mut command: Command, input: &str) -> Output {
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// A request on one line, for this patient and this creatinine.
fn request(id: usize, creatinine: &str) -> String {
    let mut request: Value = serde_json::from_slice(&fs::read(tests("requests/a-request.json")).unwrap()).unwrap();
    request["patient"]["id"] = format!("P-{id}").into();
    request.to_string().replace("\"value\":92", &format!("\"value\":{creatinine}"))
}

fn requests(count: usize) -> String {
    let template = request(0, "92");
    (0..count).map(|id| template.replace("\"P-0\"", &format!("\"P-{id}\"")) + "\n").collect()
}

/// What was written is whole lines, each JSON, and in order from the first patient.
fn whole_lines_in_order(output: &str) -> usize {
    assert!(output.is_empty() || output.ends_with('\n'), "half a line: {:?}", output.lines().last());
    for (at, line) in output.lines().enumerate() {
        let answer: Value = serde_json::from_str(line).unwrap();
        let id = answer.get("id").or_else(|| answer["request"]["patient"].get("id")).unwrap();
        assert_eq!(id, &Value::from(format!("P-{at}")));
    }
    output.lines().count()
}

#[test]
fn many_patients_keep_their_order() {
    for arguments in [&["--brief"][..], &[]] {
        let mut command = batch();
        command.args(arguments);
        let output = run(command, &requests(1000));
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(whole_lines_in_order(text(&output.stdout)), 1000);
    }
}

#[test]
fn the_summary_counts_by_drug_and_reason() {
    let ready = request(0, "92");
    let open = request(1, "92").replace("\"dental-not-examined\"", "\"dental-poor\"");
    let stopped = request(2, "200");
    let (unusable, other) = (request(3, "1.1"), request(4, "92"));
    let input = format!("{ready}\n{open}\n\n{stopped}\n{unusable}\n{{\n{other}\n");
    let output = run(batch(), &input);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout).lines().count(), 6);
    let told = "6 patients: 2 ready, 1 to confirm, 1 stopped, 2 not usable\n\
                zoledronic-acid: 2 ready, 1 to confirm, 1 stopped\n  \
                stopped, renal-too-low: 1\n  \
                to confirm, dental-not-examined: 1\n\
                not usable, as a whole: 1\n\
                not usable, labs.creatinine.value: 1\n";
    assert_eq!(text(&output.stderr), told);
}

#[test]
fn a_line_that_is_too_long_costs_the_others_nothing() {
    let long = format!("{{\"patient\": \"{}\"}}", "x".repeat(1 << 21));
    let output = run(batch(), &format!("{long}\n{}\n", request(0, "92")));
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!(lines[0], r#"{"line":1,"error":"the line is longer than 1 MiB, too long for a request"}"#);
    assert!(lines[1].contains("\"P-0\""));
    assert_eq!(lines.len(), 2);
}

const TABLE: &str = "patient.id,patient.birth_date,patient.sex,patient.weight_kg,patient.height_cm,tumour,indication,\
                     labs.date,labs.creatinine.value,labs.creatinine.unit,labs.calcium.value,labs.calcium.unit,labs.calcium.kind,\
                     labs.albumin.value,labs.albumin.unit,history.dental,history.conditions,history.medicines,\
                     history.last_antiresorptive.drug,history.last_antiresorptive.date,treatment.drug,treatment.route,\
                     treatment.start_date,treatment.interval_weeks,clinic.open_weekdays,clinic.closed_dates,\
                     confirmations[0].finding,confirmations[0].by,confirmations[0].reason\n";
const ROW: &str = "A-1042,1958-03-14,female,68.5,164,breast,skeletal-events,2026-11-18,92,umol/L,2.31,mmol/L,total,38,g/L,\
                   not-examined,none,none,none,,zoledronic-acid,intravenous,2026-12-01,4,mon tue wed thu fri,2026-12-24;2026-12-25,\
                   dental-not-examined,Dr K. Holm,\"seen by dentist, \"\"next\"\" week\"\n";

fn table(input: &str) -> Output {
    let mut command = batch();
    command.arg("--csv");
    run(command, input)
}

#[test]
fn a_table_gives_the_plans_of_its_rows() {
    let output = table(&format!("{TABLE}{ROW}"));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let mut expected: Value = serde_json::from_slice(&fs::read(tests("requests/a-request.json")).unwrap()).unwrap();
    expected["confirmations"][0]["reason"] = "seen by dentist, \"next\" week".into();
    let same = run(batch(), &expected.to_string());
    let plan = |output: &Output| {
        let mut plan: Value = serde_json::from_slice(&output.stdout).unwrap();
        plan["provenance"]["checksum"] = Value::Null;
        plan
    };
    assert_eq!(plan(&output), plan(&same));
}

#[test]
fn a_table_with_semicolons_may_have_decimal_commas() {
    let semicolons = |row: &str| row.replace(", \"\"next\"\"", "").replace(';', " ").replace(',', ";");
    let row = semicolons(ROW).replace("68.5", "68,5").replace("2.31", "2,31");
    let with_mark = format!("\u{feff}{}{row}", semicolons(TABLE));
    let output = table(&with_mark);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).contains("\"creatinine_clearance_ml_per_min\":55.946630"));
    assert!(text(&output.stdout).contains("\"value\":2.31"));
}

/// A laboratory's table has the unit in every row.
#[test]
fn a_unit_beside_an_empty_cell_is_no_value() {
    let output = table(&format!("{TABLE}{}", ROW.replace(",38,", ",,")));
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let plan: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(plan["request"]["labs"].get("albumin").is_none());
    assert_eq!(plan["request"]["labs"]["calcium"]["value"], 2.31);
}

#[test]
fn what_is_wrong_with_a_table_is_told_with_its_line_and_field() {
    let rows = [
        (ROW.replace(",92,", ",1.1,"), "labs.creatinine.value: 1.1 µmol/L is not possible"),
        (
            ROW.replace(",92,", ",92 umol,"),
            "labs.creatinine.value: \"92 umol\" has another unit than its column, umol/L",
        ),
        (ROW.replace(",92,", ",001.1,"), "labs.creatinine.value: 1.1 µmol/L is not possible"),
        (ROW.replace(",92,", ",,"), "labs.creatinine: missing; zoledronic acid is dosed by creatinine clearance"),
        (ROW.replace("2026-12-01", "01.12.2026"), "treatment.start_date: "),
        (ROW.replace("A-1042,", ""), "the row has 28 cells, and the first row names 29"),
    ];
    for (row, told) in rows {
        let output = table(&format!("{TABLE}{row}{ROW}"));
        assert_eq!(output.status.code(), Some(1));
        let lines: Vec<&str> = text(&output.stdout).lines().collect();
        let answer: Value = serde_json::from_str(lines[0]).unwrap();
        assert_eq!(answer["line"], 2);
        assert!(answer["error"].as_str().unwrap().starts_with(told), "{answer}");
        assert!(lines[1].contains("\"ready\""));
    }
    let plain = ROW.replace("\"seen by dentist, \"\"next\"\" week\"", "seen by dentist");
    let unclosed = plain.replace(",not-examined", ",\"not-examined");
    let output = table(&format!("{TABLE}{ROW}{unclosed}{plain}"));
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    let answer: Value = serde_json::from_str(lines[1]).unwrap();
    assert!(lines.len() == 3 && [lines[0], lines[2]].iter().all(|line| line.contains("\"ready\"")), "{lines:?}");
    let told = "the quotation mark opened in line 3 is not closed at the end of its cell, so this row has no plan; the lines \
                below it are read on their own";
    assert_eq!((&answer["line"], &answer["id"], &answer["error"]), (&3.into(), &"A-1042".into(), &told.into()));
    let heads = [
        (
            TABLE.replace("weight_kg", "weigth_kg"),
            "column 4, \"patient.weigth_kg\", is not a field of a request; it has \"68.5\"; did you mean \"patient.weight_kg\"?",
        ),
        (TABLE.replace("height_cm", "weight_kg"), "\"patient.weight_kg\" is the name of columns 4 and 5"),
        (TABLE.replace("patient.id", "patient"), "column 1, \"patient\", is not a field of a request"),
        ("{\"patient\": {}}\n".to_owned(), "is not a field of a request"),
    ];
    for (head, told) in heads {
        let output = table(&format!("{head}{ROW}"));
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(output.stdout, b"");
        let message = text(&output.stderr);
        assert!(message.starts_with("standard input: ") && message.contains(told), "{message}");
    }
}

#[test]
fn a_table_that_is_not_utf_8_is_refused_before_a_plan_is_made() {
    let row: Vec<u8> = ROW.bytes().map(|byte| if byte == b'K' { 0xd8 } else { byte }).collect();
    let input = [TABLE.as_bytes(), ROW.as_bytes(), &row].concat();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("patients.CSV");
    fs::write(&path, input).unwrap();
    let mut command = batch();
    command.arg(&path);
    let output = run(command, "");
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]));
    let told =
        "not UTF-8, as line 3 shows; looks like Windows-1252: say --encoding windows-1252, or save it as \"CSV UTF-8\"";
    assert_eq!(text(&output.stderr), format!("{}: {told}\n", path.display()));
}

#[test]
fn a_file_comes_into_being_whole_and_replaces_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plans.jsonl");
    let to = |path: &Path| {
        let mut command = batch();
        command.arg("--output").arg(path);
        run(command, &requests(40))
    };
    let output = to(&path);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), &b""[..]));
    assert_eq!(whole_lines_in_order(&fs::read_to_string(&path).unwrap()), 40);
    let again = to(&path);
    assert_eq!(again.status.code(), Some(2));
    assert!(text(&again.stderr).contains("a file of this name already exists and is kept"), "{}", text(&again.stderr));
    let nowhere = to(&folder.path().join("no-folder").join("plans.jsonl"));
    assert_eq!(nowhere.status.code(), Some(2));
    assert!(text(&nowhere.stderr).contains("cannot be written: the folder is not there"), "{}", text(&nowhere.stderr));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::process::ExitStatusExt;

    use super::*;
    use crate::replaced_files::is_begun;

    /// Sends it a signal.
    fn signal(child: &std::process::Child, name: &str) {
        assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
    }

    #[test]
    fn a_reader_that_goes_away_gets_whole_lines_and_the_program_says_so() {
        let mut child = batch().spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let writer = thread::spawn(move || drop(stdin.write_all(requests(2000).as_bytes())));
        let mut first = String::new();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        reader.read_line(&mut first).unwrap();
        drop(reader);
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        assert_eq!(whole_lines_in_order(&first), 1);
        assert_eq!(output.status.code(), Some(2));
        let message = text(&output.stderr);
        assert!(
            message.starts_with("the reader of the output has closed it; patients written: at least "),
            "{message}"
        );
    }

    #[test]
    fn an_interrupt_ends_it_after_a_whole_line() {
        for (name, status) in [("-INT", 130), ("-TERM", 143)] {
            let mut child = batch().spawn().unwrap();
            let mut stdin = child.stdin.take().unwrap();
            stdin.write_all(requests(200).as_bytes()).unwrap();
            stdin.flush().unwrap();
            let mut reader = BufReader::new(child.stdout.take().unwrap());
            let mut answers = String::new();
            reader.read_line(&mut answers).unwrap();
            // It waits for more input now, and must end all the same.
            signal(&child, name);
            reader.read_to_string(&mut answers).unwrap();
            let output = child.wait_with_output().unwrap();
            drop(stdin);
            assert!(whole_lines_in_order(&answers) >= 1);
            assert_eq!(output.status.code(), Some(status), "{name}");
            let message = text(&output.stderr);
            assert!(message.starts_with("interrupted; patients written: at least "), "{message}");
            assert!(message.contains(", each line whole; the rest is missing"), "{message}");
        }
    }

    #[test]
    fn an_interrupted_file_does_not_come_into_being() {
        let folder = tempfile::tempdir().unwrap();
        let mut command = batch();
        command.arg("--output").arg(folder.path().join("plans.jsonl"));
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(requests(100).as_bytes()).unwrap();
        while !is_begun(child.id(), folder.path()) {
            thread::yield_now();
        }
        signal(&child, "-TERM");
        let output = child.wait_with_output().unwrap();
        drop(stdin);
        assert_eq!(output.status.code(), Some(143));
        assert_eq!(text(&output.stderr), "interrupted; no file was written\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn an_interrupt_ends_it_at_once_while_it_waits_for_its_first_request() {
        // Half a line, so that it is known to read.
        let mut child = batch().spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(b"{\"patient\"").unwrap();
        signal(&child, "-TERM");
        // If it does not listen yet, it ends as any program does.
        let status = child.wait().unwrap();
        assert!(status.code() == Some(143) || status.signal() == Some(15), "{status:?}");
        drop(stdin);
    }

    #[test]
    fn a_second_interrupt_ends_it_at_once() {
        let mut child = batch().spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let writer = thread::spawn(move || drop(stdin.write_all(requests(2000).as_bytes())));
        // Nobody reads on once it writes, so that it cannot end by itself.
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        reader.read_line(&mut String::new()).unwrap();
        signal(&child, "-INT");
        thread::sleep(std::time::Duration::from_millis(300));
        assert!(child.try_wait().unwrap().is_none(), "it waits for its reader");
        signal(&child, "-INT");
        let status = child.wait().unwrap();
        writer.join().unwrap();
        assert_eq!((status.code(), status.signal()), (Some(130), None));
    }

    #[test]
    fn a_full_device_is_told() {
        let mut command = batch();
        command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
        let output = run(command, &requests(10));
        assert_eq!(output.status.code(), Some(2));
        let message = text(&output.stderr);
        assert!(message.starts_with("the output cannot be written: No space left on device"), "{message}");
        assert!(message.contains("patients written: at least 0, each line whole"), "{message}");
    }

    /// On a filesystem of 200 KiB of its own, where the system lets a user have one.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_filesystem_keeps_whole_lines_only() {
        let folder = tempfile::tempdir().unwrap();
        let (mount, input) = (folder.path().join("small"), folder.path().join("requests.jsonl"));
        fs::create_dir(&mount).unwrap();
        fs::write(&input, requests(200)).unwrap();
        let script = "mount -t tmpfs -o size=200k small \"$1\" || exit 77; \"$0\" batch \"$2\" >> \"$1/plans.jsonl\" \
                      2> \"$3/message\"; echo $? > \"$3/status\"; cp \"$1/plans.jsonl\" \"$3\"; \
                      \"$0\" batch -o \"$1/second.jsonl\" \"$2\" 2> \"$3/second\"; ls -A \"$1\" > \"$3/left\"";
        let status = Command::new("unshare")
            .args(["--mount", "--map-root-user", "sh", "-c", script, env!("CARGO_BIN_EXE_osteodose")])
            .args([&mount, &input, &folder.path().to_owned()])
            .status();
        if !status.is_ok_and(|status| status.success()) {
            println!("not tried: this system gives a user no filesystem of his own");
            return;
        }
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(read("status"), "2\n");
        assert!(
            read("message").starts_with("the output cannot be written: No space left on device"),
            "{}",
            read("message")
        );
        let written = whole_lines_in_order(&read("plans.jsonl"));
        assert!((1..200).contains(&written), "{written}");
        assert!(read("second").contains("No space left on device"), "{}", read("second"));
        assert_eq!(read("left"), "plans.jsonl\n");
    }
}
