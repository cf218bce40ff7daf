//! The notice of licences names what is in the program, and nothing else.

use std::{collections::BTreeSet, fs, process::Command};

use crate::{
    cli::{osteodose, text},
    support::tests,
};

/// The libraries that the program is built from on this system: name and version.
fn built_from() -> BTreeSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
    let output = cargo.current_dir(tests("..")).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    let library = |line: &str| {
        let mut words = line.split_whitespace();
        Some(format!("{} {}", words.next()?, words.next()?.strip_prefix('v')?))
    };
    text(&output.stdout).lines().filter_map(library).collect()
}

/// The libraries that the notice names: lines of a name and a version, after two spaces.
fn named(notice: &str) -> BTreeSet<String> {
    let is_version = |word: &str| word.starts_with(|it: char| it.is_ascii_digit()) && word.contains('.');
    let library = |line: &str| {
        let (name, version) = line.strip_prefix("  ")?.split_once(' ')?;
        (!name.is_empty() && is_version(version) && !version.contains(' ')).then(|| format!("{name} {version}"))
    };
    notice.lines().filter_map(library).collect()
}

/// The packages of the lock file: name and version.
fn locked() -> BTreeSet<String> {
    let lock = fs::read_to_string(tests("../Cargo.lock")).unwrap();
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
        line.trim_matches([' ', '=', '"']).to_owned()
    };
    lock.split("[[package]]").skip(1).map(|it| format!("{} {}", value(it, "name"), value(it, "version"))).collect()
}

#[test]
fn the_notice_names_every_library_and_font_in_the_program() {
    let printed = osteodose(&["licences"], b"");
    assert_eq!(printed.status.code(), Some(0));
    let notice = text(&printed.stdout);
    let (built, named, locked) = (built_from(), named(&notice), locked());
    assert!(built.len() > 50, "{built:?}");
    let missing: Vec<&String> = built.difference(&named).collect();
    assert!(missing.is_empty(), "not in the notice, write it with .ci/third-party: {missing:?}");
    let gone: Vec<&String> = named.difference(&locked).collect();
    assert!(gone.is_empty(), "no longer in the program, write the notice with .ci/third-party: {gone:?}");
    let font = fs::read_to_string(tests("../src/export/pdf/font/LICENSE")).unwrap();
    for line in font.lines().map(str::trim_end).filter(|line| !line.is_empty()) {
        assert!(notice.contains(line), "of the licence of the fonts: {line}");
    }
}

#[test]
fn a_library_without_its_notice_is_seen() {
    let notice = "MIT\n\n  serde 1.0.0\n  of the Software 1.0 and more\n";
    assert_eq!(named(notice), BTreeSet::from(["serde 1.0.0".to_owned()]));
    assert!(locked().contains(&format!("osteodose {}", env!("CARGO_PKG_VERSION"))));
}
