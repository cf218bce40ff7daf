//! The documents: what their commands print, and the pages and the picture that examples make, are those of today.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::{
    cli::text,
    support::{own_copy, tests},
};

/// The root of the repository.
fn root() -> PathBuf {
    tests("..")
}

/// An argument of a command in a document, which is read from the root of the repository. A library is copied, as one of
/// another user is refused.
fn argument(word: &str, copies: &mut Vec<TempDir>) -> PathBuf {
    if word.starts_with("tests/libraries/") {
        copies.push(own_copy(&root().join(word)));
        return copies[copies.len() - 1].path().to_owned();
    }
    if word.starts_with("tests/") || word.starts_with("examples/") { root().join(word) } else { word.into() }
}

/// The lines that a command of a document prints, or none if they go to a file.
fn printed(command: &str, folder: &Path) -> Vec<String> {
    let (call, file) = command.split_once(" > ").unwrap_or((command, ""));
    let words = call.strip_prefix("osteodose ").unwrap_or_else(|| panic!("{command}: not a command of osteodose"));
    let mut program = Command::new(env!("CARGO_BIN_EXE_osteodose"));
    let mut copies = Vec::new();
    program.args(words.split(' ').map(|word| argument(word, &mut copies))).current_dir(folder).env("LC_ALL", "C.UTF-8");
    let output = program.output().unwrap();
    let mut shown = output.stdout;
    if !file.is_empty() {
        fs::create_dir_all(folder.join(file).parent().unwrap()).unwrap();
        fs::write(folder.join(file), std::mem::take(&mut shown)).unwrap();
    }
    shown.extend(output.stderr);
    // A message begins with the name of a file as it was given, which here is a full path.
    let shown = text(&shown).replace(&format!("{}/", root().display()), "");
    shown.lines().map(str::to_owned).collect()
}

/// Whether a document shows what was printed. A line `…` means lines left out, and `…` at the end of a line its rest.
fn shows(shown: &[&str], printed: &[String]) -> bool {
    let is_line = |shown: &&str, printed: &String| {
        printed == shown || shown.strip_suffix('…').is_some_and(|shown| printed.starts_with(shown))
    };
    let begins = |printed: &[String], run: &[&str]| {
        run.len() <= printed.len() && run.iter().zip(printed).all(|(shown, printed)| is_line(shown, printed))
    };
    let mut runs: Vec<&[&str]> = shown.split(|line| *line == "…").collect();
    let last = runs.pop().unwrap_or_default();
    let mut rest = printed;
    for (number, run) in runs.iter().enumerate() {
        let places = if number == 0 { 0..=0 } else { 0..=rest.len() };
        let Some(at) = places.into_iter().find(|at| begins(&rest[*at..], run)) else { return false };
        rest = &rest[at + run.len()..];
    }
    let Some(at) = rest.len().checked_sub(last.len()) else { return false };
    begins(&rest[at..], last) && (at == 0 || !runs.is_empty())
}

/// Runs the commands in the `console` blocks of a document and compares what they print.
fn assert_commands_print_what_is_shown(document: &str) {
    let folder = tempfile::tempdir().unwrap();
    let page = fs::read_to_string(root().join(document)).unwrap();
    let blocks: Vec<&str> = page.split("```console\n").skip(1).map(|it| it.split("```").next().unwrap()).collect();
    assert!(!blocks.is_empty(), "{document} shows no command");
    for block in blocks {
        for shown in format!("\n{block}").split("\n$ ").skip(1) {
            let mut shown = shown.lines();
            let command = shown.next().unwrap();
            let printed = printed(command, folder.path());
            let shown: Vec<&str> = shown.collect();
            assert!(shows(&shown, &printed), "{document} shows something else than {command}:\n{}", printed.join("\n"));
        }
    }
}

#[test]
fn the_commands_of_the_readme_print_what_it_shows() {
    assert_commands_print_what_is_shown("README.md");
}

#[test]
fn the_commands_of_the_pharmacist_guide_print_what_it_shows() {
    assert_commands_print_what_is_shown("docs/pharmacist-guide.md");
}

#[test]
fn what_a_document_leaves_out_is_marked() {
    let printed = ["a", "b", "ccc", "d"].map(str::to_owned);
    for right in [&["a", "b", "ccc", "d"][..], &["a", "…"], &["…", "d"], &["a", "…", "cc…", "…"], &["…"]] {
        assert!(shows(right, &printed), "{right:?}");
    }
    for wrong in [&["a", "b"][..], &["b", "…"], &["…", "ccc"], &["…", "ccc", "b", "…"], &["…", "cc", "…"], &[]]
    {
        assert!(!shows(wrong, &printed), "{wrong:?}");
    }
}

#[test]
fn the_readme_is_short() {
    let lines = fs::read_to_string(root().join("README.md")).unwrap().lines().count();
    assert!(lines <= 150, "{lines} lines");
}

#[test]
fn every_link_between_documents_leads_to_a_file() {
    let mut documents = vec!["README.md".into(), "CHANGELOG.md".into(), "CONTRIBUTING.md".into()];
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|it| PathBuf::from("docs").join(it.unwrap().file_name()));
    documents.extend(docs.filter(|it| it.extension().is_some_and(|it| it == "md")));
    for document in documents {
        let page = fs::read_to_string(root().join(&document)).unwrap();
        for link in page.split("](").skip(1).filter_map(|it| it.split(')').next()) {
            let file = link.split('#').next().unwrap();
            let is_file = !file.is_empty() && !file.contains("://");
            let there = root().join(&document).parent().unwrap().join(file);
            assert!(!is_file || there.exists(), "{}: {link}", document.display());
        }
    }
}

/// Whether a file in docs is what an example prints.
#[cfg(feature = "tui")]
fn assert_printed(file: &str, printed: &str, example: &str) {
    let there = fs::read_to_string(root().join("docs").join(file)).unwrap();
    let differs = there.lines().zip(printed.lines()).find(|(there, printed)| there != printed);
    assert!(there == printed, "write it again: cargo run --example {example} > docs/{file}\n{differs:?}");
}

#[cfg(feature = "tui")]
#[test]
fn the_picture_is_what_the_form_shows() {
    assert_printed("wizard.svg", &crate::picture::page(), "picture");
}

#[cfg(all(feature = "tui", feature = "ward"))]
#[test]
fn the_picture_of_home_is_what_the_screen_shows() {
    assert_printed("home.svg", &crate::picture::home(), "picture -- home");
}

#[cfg(feature = "tui")]
#[test]
#[cfg_attr(not(all(feature = "pdf", feature = "ward")), ignore = "it exports the printed page")]
fn the_nurse_guide_is_what_the_form_shows() {
    assert_printed("nurse-guide.md", &crate::walkthrough::page(), "walkthrough");
}
