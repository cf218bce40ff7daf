//! The commands as other programs call them: what goes in, what comes out, the exit status.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

use crate::support::{own_copy, tests};

/// The program in the repository's folder, with a folder for configuration that holds nothing.
fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_osteodose"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("XDG_CONFIG_HOME", tests("no-configuration"));
    command
}

pub fn osteodose(arguments: &[&str], input: &[u8]) -> Output {
    run(command(), arguments, input)
}

/// Runs a command with what goes in.
pub fn run(mut command: Command, arguments: &[&str], input: &[u8]) -> Output {
    let mut child =
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A command that refuses its arguments closes its input early.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn example() -> Vec<u8> {
    std::fs::read(tests("requests/a-request.json")).unwrap()
}

fn on_one_line(request: &[u8]) -> String {
    serde_json::from_slice::<Value>(request).unwrap().to_string()
}

#[test]
fn plan_tells_its_status_by_its_exit() {
    let example = text(&example());
    let status = |request: &str| osteodose(&["plan"], request.as_bytes()).status.code();
    assert_eq!(status(&example), Some(0));
    assert_eq!(status(&example.replace("\"seen by dentist next week\"", "\"\"")), Some(2));
    assert_eq!(
        status(&example.replace("\"finding\": \"dental-not-examined\"", "\"finding\": \"outside-label\"")),
        Some(3)
    );
    assert_eq!(status(&example.replace("\"conditions\": []", "\"conditions\": [\"pregnant\"]")), Some(4));
    assert_eq!(status("{"), Some(2));
}

#[test]
fn an_error_is_one_line_on_standard_error_and_nothing_else() {
    let output = osteodose(&["plan", "-"], br#"{"patient": 1}"#);
    assert!(output.stdout.is_empty());
    let message = text(&output.stderr);
    assert_eq!(message.lines().count(), 1, "{message}");
    let output = osteodose(&["plan", "tests/no-such-file.json"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).starts_with("tests/no-such-file.json: cannot be read"));
}

#[test]
fn a_file_and_standard_input_give_the_same_bytes() {
    let by_file = osteodose(&["plan", "tests/requests/a-request.json"], b"");
    let by_input = osteodose(&["plan"], &example());
    assert_eq!(by_file.stdout, by_input.stdout);
}

#[test]
fn batch_keeps_the_order_and_goes_on_after_a_bad_line() {
    let good = on_one_line(&example());
    let other = good.replace("A-1042", "B-7");
    let input = format!("{good}\n\n{{\"patient\": {{}}}}\nnot json\n{other}");
    let output = osteodose(&["batch"], input.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> = text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["request"]["patient"]["id"], "A-1042");
    assert_eq!((&lines[1]["line"], &lines[2]["line"]), (&Value::from(3), &Value::from(4)));
    assert!(lines[2]["error"].as_str().unwrap().contains("not JSON"));
    assert_eq!(lines[3]["request"]["patient"]["id"], "B-7");
    assert_eq!(osteodose(&["batch"], good.as_bytes()).status.code(), Some(0));
}

#[test]
fn brief_is_one_short_line_a_patient() {
    let output = osteodose(&["batch", "--brief"], on_one_line(&example()).as_bytes());
    let line: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((line["id"].as_str(), line["status"].as_str()), (Some("A-1042"), Some("ready")));
    assert_eq!((&line["dose_mg"], &line["draw_up_ml"]), (&Value::from(3.5), &Value::from(4.4)));
    assert_eq!(line["doses"].as_array().unwrap().len(), 14);
    assert_eq!(line["doses"][0]["planned_date"], "2026-12-01");
}

#[test]
fn a_batch_line_equals_the_plan_of_its_request() {
    let line = on_one_line(&example());
    let batch: Value = serde_json::from_slice(&osteodose(&["batch"], line.as_bytes()).stdout).unwrap();
    let plan: Value = serde_json::from_slice(&osteodose(&["plan"], line.as_bytes()).stdout).unwrap();
    assert_eq!(batch, plan);
}

#[test]
fn schemas_and_the_library_are_printed() {
    for form in ["request", "plan", "regimen"] {
        let output = osteodose(&["schema", form], b"");
        assert_eq!(output.status.code(), Some(0));
        let schema: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(schema["properties"].is_object(), "{form}");
    }
    let list = text(&osteodose(&["regimens", "list"], b"").stdout);
    assert!(list.contains("clodronate/hypercalcaemia/intravenous/daily"), "{list}");
    let shown = osteodose(&["regimens", "show", "denosumab"], b"").stdout;
    assert_eq!(shown, std::fs::read(tests("../regimens/denosumab.json")).unwrap());
    let unknown = osteodose(&["regimens", "show", "denosumap"], b"");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("\"denosumap\" is not a drug in the library"));
}

#[test]
fn a_plan_says_whose_regimen_it_is() {
    let request = text(&example()).replace("zoledronic-acid", "testbisphosphonate");
    let planned = |library: &str, request: &[u8]| {
        let library = own_copy(&tests("libraries").join(library));
        osteodose(&["plan", "--regimens", library.path().to_str().unwrap()], request)
    };
    let output = planned("sound", request.as_bytes());
    let plan: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    assert_eq!(plan["dosing"]["regimen_origin"], "local");
    let shipped: Value = serde_json::from_slice(&osteodose(&["plan"], &example()).stdout).unwrap();
    assert_ne!(plan["provenance"]["regimens_sha256"], shipped["provenance"]["regimens_sha256"]);
    let broken = planned("broken/many-faults", &example());
    assert_eq!(broken.status.code(), Some(2));
    assert!(broken.stdout.is_empty());
    assert!(text(&broken.stderr).lines().count() > 3);
}

#[test]
#[cfg(unix)]
fn a_hospital_keeps_its_regimens_in_the_folder_for_configuration() {
    let configuration = std::env::temp_dir().join(format!("osteodose-configuration-{}", std::process::id()));
    let regimens = configuration.join("osteodose").join("regimens");
    std::fs::create_dir_all(&regimens).unwrap();
    for file in crate::support::files("libraries/sound", ".json") {
        std::fs::copy(&file, regimens.join(file.file_name().unwrap())).unwrap();
    }
    let request = text(&example()).replace("zoledronic-acid", "testbisphosphonate");
    let mut configured = command();
    configured.env("XDG_CONFIG_HOME", &configuration);
    let output = run(configured, &["plan"], request.as_bytes());
    std::fs::remove_dir_all(&configuration).unwrap();
    let plan: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    assert_eq!(plan["dosing"]["regimen_origin"], "local");
}

#[test]
fn a_reader_who_goes_away_is_no_failure() {
    let mut child = command().args(["schema", "plan"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(text(&output.stderr).is_empty(), "{}", text(&output.stderr));
    assert!(matches!(output.status.code(), Some(0)), "{:?}", output.status);
}

#[test]
fn help_names_every_command() {
    let help = text(&osteodose(&["--help"], b"").stdout);
    for command in ["plan", "batch", "schema", "regimens"] {
        assert!(help.contains(command), "{help}");
    }
    assert_eq!(osteodose(&["plam"], b"").status.code(), Some(2));
}

#[test]
#[cfg(feature = "tui")]
fn what_the_form_cannot_open_is_told_in_one_line() {
    let told = |file: &str| {
        let output = osteodose(&[file], b"");
        assert_eq!(output.status.code(), Some(2), "{file}");
        assert!(output.stdout.is_empty(), "{file}");
        text(&output.stderr)
    };
    assert!(told("tests/no-such-file.json").starts_with("tests/no-such-file.json: cannot be read: "));
    assert_eq!(told("plam"), "plam: no file has this name; did you mean the command \"plan\"?\n");
    assert!(told("Cargo.toml").starts_with("Cargo.toml: not JSON: "));
    let regimen =
        "regimens/denosumab.json: format: \"osteodose-regimen/2\" is not allowed (allowed: osteodose-plan/1)\n";
    assert_eq!(told("regimens/denosumab.json"), regimen);
    assert!(told("-").starts_with("-: the form reads keys from standard input"));
}
