//! Commands on many files: what is written where, what is refused before anything is written, and what one failing
//! file costs the others.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

use serde_json::Value;
use tempfile::TempDir;

use crate::{
    cli::{osteodose, text},
    support::tests,
};

/// A folder with requests that are ready, to be confirmed, stopped and not usable, and a folder for what is made.
struct Ward {
    folder: TempDir,
}

impl Ward {
    fn new() -> Self {
        let ward = Self { folder: tempfile::tempdir().unwrap() };
        let ready = fs::read_to_string(tests("requests/a-request.json")).unwrap();
        for (name, from, to) in [
            ("ready.json", "A-1042", "A-1"),
            ("open.json", "\"finding\": \"dental-not-examined\"", "\"finding\": \"outside-label\""),
            ("stopped.json", "\"conditions\": []", "\"conditions\": [\"pregnant\"]"),
            ("wrong.json", "\"female\"", "\"woman\""),
        ] {
            assert!(ready.contains(from));
            fs::write(ward.path(name), ready.replace(from, to)).unwrap();
        }
        fs::create_dir(ward.path("out")).unwrap();
        ward
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Runs a command on files of the folder; a word with a point in it, and `out`, is one of them.
    fn run(&self, line: &str) -> Output {
        let is_file = |word: &str| word == "out" || (word.contains('.') && !word.starts_with('-'));
        let words = line.split(' ').map(|word| if is_file(word) { self.name(word) } else { word.to_owned() });
        let words: Vec<String> = words.collect();
        osteodose(&words.iter().map(String::as_str).collect::<Vec<_>>(), b"")
    }

    fn name(&self, file: &str) -> String {
        self.path(file).to_str().unwrap().to_owned()
    }

    /// What a command says on standard error, without the name of the folder.
    fn told(&self, output: &Output) -> String {
        text(&output.stderr).replace(&format!("{}/", self.folder.path().display()), "")
    }

    fn written(&self) -> Vec<String> {
        names(&self.path("out"))
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn each_request_gets_a_file_and_one_that_fails_stops_no_other() {
    let ward = Ward::new();
    let output = ward.run("plan wrong.json ready.json open.json stopped.json missing.json --output-dir out");
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert_eq!(ward.written(), ["open.json", "ready.json", "stopped.json"]);
    let alone = osteodose(&["plan", &ward.name("ready.json")], b"");
    assert_eq!(fs::read(ward.path("out/ready.json")).unwrap(), alone.stdout);
    let told = ward.told(&output);
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].starts_with("wrong.json: patient.sex: \"woman\" is not allowed"), "{told}");
    assert!(lines[1].starts_with("missing.json: cannot be read: "), "{told}");
    assert_eq!(lines[2], "5 files: 3 written, 2 not written; 1 ready, 1 to confirm, 1 stopped");
    assert_eq!(lines.len(), 3);
}

#[test]
fn the_exit_status_is_the_gravest_of_all() {
    for (files, status) in
        [("ready.json open.json", 3), ("open.json stopped.json ready.json", 4), ("wrong.json ready.json", 2)]
    {
        let ward = Ward::new();
        assert_eq!(ward.run(&format!("plan {files} --output-dir out")).status.code(), Some(status), "{files}");
    }
}

#[test]
fn saved_plans_are_exported_each_under_its_own_name() {
    let ward = Ward::new();
    assert_eq!(ward.run("plan ready.json open.json stopped.json --output-dir out -q").status.code(), Some(4));
    fs::create_dir(ward.path("tables")).unwrap();
    let tables = ward.name("tables");
    let plans = ["out/ready.json", "out/open.json", "out/stopped.json"].map(|it| ward.name(it));
    let [ready, open, stopped] = [0, 1, 2].map(|at| plans[at].as_str());
    let output = osteodose(&["export", ready, open, stopped, "--format", "csv", "--output-dir", &tables], b"");
    assert_eq!(output.status.code(), Some(4));
    assert_eq!(names(&ward.path("tables")), ["open.csv", "ready.csv"]);
    let told = ward.told(&output);
    assert!(told.starts_with("out/stopped.json: a stopped plan cannot be exported"), "{told}");
    assert!(told.ends_with("3 files: 2 written, 1 not written; 1 ready, 1 to confirm, 1 stopped\n"), "{told}");
    let output = osteodose(&["export", ready, "--format", "fhir", "--output-dir", &tables], b"");
    assert_eq!((output.status.code(), text(&output.stderr)), (Some(0), String::new()));
    assert!(ward.path("tables/ready.fhir.json").exists());
}

#[test]
fn names_that_cannot_be_are_refused_before_anything_is_written() {
    let ward = Ward::new();
    fs::create_dir(ward.path("second")).unwrap();
    fs::copy(ward.path("ready.json"), ward.path("second/Ready.json")).unwrap();
    fs::write(ward.path("out/open.json"), "kept").unwrap();
    let output = ward.run("plan ready.json open.json second/Ready.json --output-dir out");
    assert_eq!(output.status.code(), Some(2));
    let told = "out/open.json: a file of this name already exists and is kept; give another name, or replace it with --force\n\
                ready.json and second/Ready.json: both would be written to out/Ready.json; rename one of them\n\
                Nothing was written.\n";
    assert_eq!(ward.told(&output), told);
    assert_eq!(ward.written(), ["open.json"]);

    for (line, told) in [
        (
            "plan ready.json open.json",
            "several files are given; name a folder for their outputs with --output-dir DIR\n",
        ),
        ("plan ready.json --output-dir nothing.here", "nothing.here: no folder has this name; make it first\n"),
        (
            "plan - --output-dir out",
            "standard input: it has no name from which a file in --output-dir could get its own; use --output FILE\n\
             Nothing was written.\n",
        ),
        (
            "export ready.json open.json --format ics --replaces old.json --output-dir out --force",
            "--replaces: only for one file at a time\n",
        ),
    ] {
        let output = ward.run(line);
        assert_eq!((output.status.code(), ward.told(&output).as_str()), (Some(2), told), "{line}");
    }
    assert_eq!(fs::read(ward.path("out/open.json")).unwrap(), b"kept");
    assert_eq!(ward.written(), ["open.json"]);
}

#[test]
fn an_input_is_never_replaced_by_an_output() {
    let ward = Ward::new();
    let before = fs::read(ward.path("ready.json")).unwrap();
    let folder = ward.folder.path().to_str().unwrap().to_owned();
    let (ready, open) = (ward.name("ready.json"), ward.name("open.json"));
    for arguments in [
        &["plan", &ready, "--force", "--output", &ready][..],
        &["plan", &open, &ready, "--force", "--output-dir", &folder],
        &["batch", &ready, "--force", "-o", &ready],
        &["plan", &open, "--ward", &ready, "--force", "-o", &ready],
        &["plan", &open, "--format", "ics", "--replaces", &ready, "--force", "-o", &ready],
        &["batch", &open, "--columns", &ready, "--force", "-o", &ready],
        &["plan", &open, "--regimens", &folder, "--force", "-o", &ready],
    ] {
        let output = osteodose(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = ward.told(&output);
        assert!(told.contains("ready.json: it is read as an input, and is not replaced\n"), "{told}");
        assert_eq!(fs::read(ward.path("ready.json")).unwrap(), before);
    }
}

/// A shell opens it with `<`, and the program knows no name of it.
#[test]
#[cfg(unix)]
fn the_file_on_standard_input_is_never_replaced_either() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("monday.jsonl");
    let written = requests(&["A-1", "A-2"]);
    fs::write(&file, &written).unwrap();
    for command in ["batch", "plan"] {
        let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_osteodose"));
        let output = run.args([command, "-", "--force", "-o", file.to_str().unwrap()]);
        let output = output.stdin(fs::File::open(&file).unwrap()).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(text(&output.stderr).contains("monday.jsonl: it is read as an input, and is not replaced"));
        assert_eq!(fs::read_to_string(&file).unwrap(), written);
    }
}

#[test]
fn one_identifier_in_two_files_of_a_batch_is_one_patient() {
    let ward = Ward::new();
    fs::write(ward.path("monday.jsonl"), requests(&["A-1", "A-2"])).unwrap();
    let other = requests(&["A-1"]).replace("1958-03-14", "1960-03-14");
    fs::write(ward.path("tuesday.jsonl"), other + &requests(&["A-2"])).unwrap();
    let output = ward.run("batch monday.jsonl tuesday.jsonl --brief --output-dir out");
    assert_eq!(output.status.code(), Some(1));
    let tuesday = fs::read_to_string(ward.path("out/tuesday.jsonl")).unwrap();
    let said = "monday.jsonl, born on 14-Mar-1958, not on 14-Mar-1960; one identifier is one patient";
    assert!(tuesday.contains(said), "{tuesday}");
    let told = ward.told(&output);
    let twice = "twice in the batch, with the same entries: A-2 (line 2 of ";
    assert!(told.contains(twice), "{told}");
}

#[test]
fn an_existing_file_is_replaced_only_with_force() {
    let ward = Ward::new();
    fs::write(ward.path("out/plan.json"), "old").unwrap();
    let output = ward.run("plan ready.json --output out/plan.json");
    assert_eq!(output.status.code(), Some(2));
    let told = "out/plan.json: a file of this name already exists and is kept; give another name, or replace it with --force\n";
    assert_eq!(ward.told(&output), told);
    assert_eq!(fs::read(ward.path("out/plan.json")).unwrap(), b"old");
    assert_eq!(ward.run("plan ready.json --force -o out/plan.json").status.code(), Some(0));
    let plan: Value = serde_json::from_slice(&fs::read(ward.path("out/plan.json")).unwrap()).unwrap();
    assert_eq!(plan["status"], "ready");
    // The same with a batch, and with a folder.
    fs::write(ward.path("out/ready.json"), "old").unwrap();
    assert_eq!(ward.run("plan ready.json open.json --force --output-dir out -q").status.code(), Some(3));
    assert_ne!(fs::read(ward.path("out/ready.json")).unwrap(), b"old");
    assert_eq!(names(&ward.path("out")), ["open.json", "plan.json", "ready.json"]);
}

#[test]
fn a_hyphen_is_standard_output() {
    let ward = Ward::new();
    let without = ward.run("plan ready.json");
    for line in ["plan ready.json -o -", "plan ready.json --output=- --force"] {
        assert_eq!(ward.run(line).stdout, without.stdout, "{line}");
    }
    assert_eq!(names(ward.folder.path()), ["open.json", "out", "ready.json", "stopped.json", "wrong.json"]);
}

/// Requests of these patients, one on each line.
fn requests(ids: &[&str]) -> String {
    let request: Value = serde_json::from_slice(&fs::read(tests("requests/a-request.json")).unwrap()).unwrap();
    ids.iter().map(|id| request.to_string().replace("A-1042", id) + "\n").collect()
}

#[test]
fn a_batch_of_several_files_writes_one_for_each_and_counts_them_together() {
    let ward = Ward::new();
    fs::write(ward.path("monday.jsonl"), requests(&["A-1", "A-2"])).unwrap();
    fs::write(ward.path("tuesday.jsonl"), requests(&["B-1"]) + "{}\n").unwrap();
    let output = ward.run("batch monday.jsonl missing.jsonl tuesday.jsonl --output-dir out");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(ward.written(), ["monday.jsonl", "tuesday.jsonl"]);
    let lines = |name: &str| fs::read_to_string(ward.path(name)).unwrap().lines().count();
    assert_eq!((lines("out/monday.jsonl"), lines("out/tuesday.jsonl")), (2, 2));
    let told = ward.told(&output);
    assert!(told.starts_with("missing.jsonl: cannot be read: "), "{told}");
    assert!(told.contains("\n4 patients: 3 ready, 0 to confirm, 0 stopped, 1 not usable\n"), "{told}");
    let output = ward.run("batch monday.jsonl tuesday.jsonl --output-dir out --force --quiet");
    assert_eq!((output.status.code(), ward.told(&output)), (Some(1), String::new()));
}

#[test]
fn the_summary_of_a_batch_is_an_object_for_programs() {
    let ready = requests(&["A-1"]);
    let open = ready.replace("\"dental-not-examined\"", "\"dental-poor\"");
    let stopped = ready.replace("\"value\":92", "\"value\":200");
    let wrong = ready.replace("\"value\":92", "\"value\":1.1");
    let output = osteodose(&["batch", "--brief", "--json"], format!("{ready}{open}{stopped}{wrong}{{\n").as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let summary: Value = serde_json::from_slice(&output.stderr).unwrap();
    let expected = serde_json::json!({
        "format": "osteodose-batch-summary/1",
        "patients": 5, "ready": 1, "to_confirm": 1, "stopped": 1, "not_usable": 2,
        "drugs": [{
            "drug": "zoledronic-acid", "ready": 1, "to_confirm": 1, "stopped": 1, "second_check_differs": 0,
            "findings": [
                {"code": "renal-too-low", "severity": "stop", "count": 1},
                {"code": "dental-not-examined", "severity": "confirm", "count": 1}
            ]
        }],
        "reasons_not_usable": [{"field": null, "count": 1}, {"field": "labs.creatinine.value", "count": 1}],
        "remarks": [
            "twice in the batch, with other entries: A-1 (line 1 and line 2)",
            "twice in the batch, with other entries: A-1 (line 1 and line 3)"
        ]
    });
    assert_eq!(summary, expected);
    assert_eq!(text(&output.stderr).lines().count(), 1);
}
