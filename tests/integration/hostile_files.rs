//! Files that nobody writes by hand: too deep, too large, too many, or no files at all. Each is refused at once, in a
//! plain sentence.

use std::{
    fs::{self, File},
    io::{Seek, SeekFrom, Write},
    path::Path,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{
    cli::{osteodose, text},
    support::tests,
};

/// A second is promised; a computer that runs all the tests at once may be slower.
const LONGEST: Duration = Duration::from_secs(10);

/// What a command that must refuse its input says, on both outputs.
fn refused(arguments: &[&str], status: i32) -> String {
    let start = Instant::now();
    let output = osteodose(arguments, b"");
    let took = start.elapsed();
    let said = text(&output.stdout) + &text(&output.stderr);
    let shown: String = said.chars().take(500).collect();
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {shown}");
    assert!(took < LONGEST, "{arguments:?} took {took:?}");
    assert!(said.len() < 2000, "{arguments:?} says {} bytes: {shown}", said.len());
    said
}

/// Every command that reads a file of a kind, with what is expected of it.
fn everywhere(file: &Path, library: &Path, expected: &[&str]) {
    let (file, library) = (file.to_str().unwrap(), library.to_str().unwrap());
    let request = tests("requests/a-request.json");
    let request = request.to_str().unwrap();
    let commands: [(&[&str], i32); 8] = [
        (&["plan", file], 2),
        (&["export", file, "--format", "csv"], 2),
        (&["recheck", file], 2),
        (&["recheck", "--json", file], 2),
        (&["forecast", file], 2),
        (&["plan", request, "--ward", file], 2),
        (&["plan", request, "--regimens", library], 2),
        (&["regimens", "diff", "shipped", library], 2),
    ];
    for (arguments, status) in commands {
        let said = refused(arguments, status);
        assert!(expected.iter().any(|words| said.contains(words)), "{arguments:?}: {said}");
    }
}

/// A folder of regimens with one file in it.
fn folder(name: &str) -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    (folder, path)
}

#[test]
fn a_document_of_forty_thousand_levels_is_refused() {
    let deep = format!("{}1{}", "{\"a\":".repeat(40_000), "}".repeat(40_000));
    let (library, path) = folder("deep.json");
    fs::write(&path, &deep).unwrap();
    let told = ["more than 32 objects and lists are inside one another; no file of this program is so deep, at line 1"];
    everywhere(&path, library.path(), &told);
    let checked = refused(&["regimens", "check", library.path().to_str().unwrap()], 1);
    assert!(checked.starts_with("deep.json:1:161: more than 32 objects and lists"), "{checked}");
    // A request beside others does not stop them.
    let output = osteodose(&["batch"], format!("{deep}\n").as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("more than 32 objects and lists"));
}

#[test]
fn three_hundred_megabytes_behind_an_open_quotation_mark_are_refused() {
    let (library, path) = folder("open.json");
    // The file has holes, so that it takes no room on the disk.
    let mut file = File::create(&path).unwrap();
    file.write_all(b"{\"patient\": \"").unwrap();
    file.set_len(300 * 1024 * 1024).unwrap();
    file.seek(SeekFrom::End(-1)).unwrap();
    file.write_all(b"x").unwrap();
    everywhere(&path, library.path(), &["it is larger than 16 MiB", "it is larger than 256 KiB, and no"]);
    let checked = refused(&["regimens", "check", library.path().to_str().unwrap()], 2);
    assert!(checked.contains("open.json: it is larger than 256 KiB, and no regimen file is"), "{checked}");
}

#[test]
fn a_folder_of_more_files_than_any_library_has_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..101 {
        fs::write(folder.path().join(format!("{number}.json")), "{}").unwrap();
    }
    let told = refused(&["regimens", "check", folder.path().to_str().unwrap()], 2);
    assert!(told.contains("more than 100 regimen files"), "{told}");
}

#[test]
fn a_library_made_of_faults_is_answered_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let drug = fs::read_to_string(tests("libraries/sound/testbisphosphonate.json")).unwrap();
    fs::copy(tests("libraries/sound/sources.json"), folder.path().join("sources.json")).unwrap();
    // As many faults of meaning as fit into the largest file.
    let brands = "\"Zometa\", ".repeat(20_000);
    let faulty = drug.replacen("\"brands\": []", &format!("\"brands\": [{brands}\"Aredia\"]"), 1);
    assert_ne!(faulty, drug);
    fs::write(folder.path().join("testbisphosphonate.json"), faulty).unwrap();
    let start = Instant::now();
    let output = osteodose(&["regimens", "check", folder.path().to_str().unwrap()], b"");
    assert!(start.elapsed() < LONGEST, "it took {:?}", start.elapsed());
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).ends_with("100 faults\n"));
}

#[cfg(unix)]
#[test]
fn a_pipe_or_a_device_in_the_place_of_a_regimen_or_of_ward_settings_is_refused() {
    let (library, path) = folder("pipe.json");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let folder_name = library.path().to_str().unwrap();
    let request = tests("requests/a-request.json");
    let request = request.to_str().unwrap();
    let told = refused(&["regimens", "check", folder_name], 2);
    assert!(told.contains("pipe.json: it is no ordinary file"), "{told}");
    assert!(refused(&["plan", request, "--regimens", folder_name], 2).contains("it is no ordinary file"));
    assert!(refused(&["plan", request, "--ward", path.to_str().unwrap()], 2).contains("it is not a file"));
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
    let told = refused(&["regimens", "check", folder_name], 2);
    assert!(told.contains("pipe.json: it is no ordinary file"), "{told}");
    assert!(refused(&["plan", request, "--ward", path.to_str().unwrap()], 2).contains("it is not a file"));
    assert!(refused(&["plan", "/dev/zero"], 2).contains("it is no ordinary file"));
}
