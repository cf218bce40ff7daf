//! Libraries damaged at random: whatever is in a file, the check answers at once, and nothing panics.

use std::{fs, path::PathBuf, time::Duration};

use osteodose::{
    dosing,
    regimen::{Library, LibraryFile, Origin, SHIPPED},
    request::Request,
};
use serde_json::{Map, Value};

use crate::{
    mutate::{most_memory, processor_time},
    strategy::Random,
    support::{files, tests},
};

/// The most memory that a check may have used, in MiB.
const MOST_MEMORY: u64 = 256;
/// Plans are made with so many of the libraries that are accepted: each stays in memory until the test ends.
const MOST_KEPT: usize = 50;

/// The files of the tests, among which are kinds of rule that no shipped file has.
fn sound() -> Vec<LibraryFile> {
    let read = |path: &PathBuf| LibraryFile {
        name: path.file_name().unwrap().to_string_lossy().into_owned(),
        bytes: fs::read(path).unwrap(),
        origin: Origin::Local,
    };
    files("libraries/sound", ".json").iter().map(read).collect()
}

/// What is damaged: the shipped files, as a hospital's own, and those of the tests.
fn originals() -> Vec<(String, Value)> {
    let shipped = SHIPPED.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()));
    let of_tests = sound().into_iter().map(|file| (file.name, file.bytes));
    let original = |(name, bytes): (String, Vec<u8>)| {
        let mut document: Value = serde_json::from_slice(&bytes).unwrap();
        if let Some(owner) = document.get_mut("owner") {
            *owner = Value::from("the pharmacy");
        }
        (name, document)
    };
    // The register of the tests cites its own drug: it stays as it is.
    shipped.chain(of_tests).filter(|(name, _)| name != "sources.json").map(original).collect()
}

/// Every value of a document, by its pointer; the document itself left out.
fn pointers(value: &Value, place: &str, found: &mut Vec<String>) {
    let mut below = |key: &str, value: &Value| {
        let place = format!("{place}/{}", key.replace('~', "~0").replace('/', "~1"));
        found.push(place.clone());
        pointers(value, &place, found);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| below(key, value)),
        Value::Array(entries) => entries.iter().enumerate().for_each(|(at, value)| below(&at.to_string(), value)),
        _ => {}
    }
}

/// A value that belongs nowhere, or the same value said otherwise.
fn other(value: &Value, random: &mut Random) -> Value {
    let odd = [
        "",
        " ",
        "0 mg",
        "4 mg",
        "999999 mg",
        "above 60 mL/min",
        "below 1 mL/min",
        "0 days",
        "9999 days",
        "stop",
        "\u{202e}",
        "at least 0 mmol/L or 0 mg/dL",
        "4000000 mL",
        "denosumab",
        "Zometa",
        "M05BX04",
    ];
    match (value, random.between(0, 5)) {
        (Value::String(text), 0..=2) => {
            let at = usize::try_from(random.next() % (text.chars().count() as u64 + 1)).unwrap();
            let (before, after) = (text.chars().take(at), text.chars().skip(at));
            let letter = *random.pick(&['0', '9', '.', ' ', 'x', '-', '%', 'µ', '\u{0}']);
            let after: String = if random.chance(50) { after.skip(1).collect() } else { after.collect() };
            Value::from(before.chain([letter]).collect::<String>() + &after)
        }
        (Value::Number(number), 0..=2) => Value::from(number.as_i64().unwrap_or(0) + random.between(-3, 3)),
        (Value::Array(entries), 0..=2) => Value::Array(entries.iter().rev().chain(entries).cloned().collect()),
        (_, 3) => Value::Null,
        (_, 4) => Value::from(random.between(-1, 70_000)),
        _ => Value::from(*random.pick(&odd)),
    }
}

/// The document with one value gone, changed, or in the place of another. Mostly it is one of the same key, so that
/// the file can be read and its meaning is what is wrong.
fn damaged(mut document: Value, random: &mut Random) -> Value {
    let mut places = Vec::new();
    pointers(&document, "", &mut places);
    if places.is_empty() {
        return document;
    }
    let place = random.pick(&places).clone();
    let (above, key) = place.rsplit_once('/').unwrap();
    let alike: Vec<&String> = places.iter().filter(|it| it.rsplit_once('/').unwrap().1 == key).collect();
    let from = if random.chance(80) { *random.pick(&alike) } else { random.pick(&places) };
    let elsewhere = document.pointer(from).unwrap().clone();
    match random.between(0, 9) {
        0 => match document.pointer_mut(above).unwrap() {
            Value::Object(members) => drop(members.remove(key)),
            Value::Array(entries) => drop(entries.remove(key.parse().unwrap())),
            _ => {}
        },
        1 => *document.pointer_mut(&place).unwrap() = Value::Object(Map::from_iter([("a".to_owned(), elsewhere)])),
        2..=7 => *document.pointer_mut(&place).unwrap() = elsewhere,
        _ => {
            let value = document.pointer_mut(&place).unwrap();
            *value = other(value, random);
        }
    }
    document
}

/// A library in which one or two files are damaged, some of them letter by letter too.
fn library(originals: &[(String, Value)], random: &mut Random) -> Vec<LibraryFile> {
    let mut files = sound();
    for _ in 0..random.between(1, 2) {
        let (name, original) = random.pick(originals);
        let mut document = original.clone();
        for _ in 0..random.between(1, 2) {
            document = damaged(document, random);
        }
        let mut bytes = document.to_string().into_bytes();
        for _ in 0..if random.chance(10) { random.between(1, 5) } else { 0 } {
            let at = usize::try_from(random.next() % bytes.len() as u64).unwrap();
            match random.between(0, 2) {
                0 => drop(bytes.remove(at)),
                1 => bytes.insert(at, *random.pick(b"\"{}[],:\\0\n\xff")),
                _ => bytes.truncate(at.max(1)),
            }
        }
        files.retain(|file| file.name != *name);
        files.push(LibraryFile { name: name.clone(), bytes, origin: Origin::Local });
    }
    files
}

/// Checks so many libraries, none of which may take longer than this.
fn check(seed: u64, count: usize, longest: Duration) {
    let (originals, mut random) = (originals(), Random::new(seed));
    let request = Request::parse(&fs::read(tests("requests/a-request.json")).unwrap()).unwrap();
    let (mut refused, mut kept) = (0, 0);
    for number in 0..count {
        let files = library(&originals, &mut random);
        let (start, files_again) = (processor_time(), files.clone());
        let proof = Library::prove(files);
        // The sentences are made too.
        let told = proof.found.iter().map(ToString::to_string).collect::<Vec<_>>();
        let took = processor_time().saturating_sub(start);
        assert!(took < longest, "library {number} of seed {seed} took {took:?}");
        if proof.library.is_none() {
            refused += 1;
            assert!(!told.is_empty(), "library {number} of seed {seed} is refused without a reason");
        } else if kept < MOST_KEPT {
            kept += 1;
            // An answer of either kind: a plan, or why there is none.
            let _ = dosing::plan(request.clone(), Library::with_local(files_again).unwrap());
        }
    }
    println!("{count} libraries of seed {seed}, {refused} refused");
    assert!(refused > count / 4, "only {refused} of {count} were refused: too little is damaged");
    assert!(refused < count - count / 20, "{refused} of {count} were refused: too much is damaged");
}

#[test]
fn a_few_hundred_damaged_libraries_are_answered_at_once() {
    // With all other tests at the same time a second can be too little.
    check(1, 300, Duration::from_secs(10));
}

/// As many threads as a small computer has processors twice over.
const THREADS: usize = 4;

/// `cargo test --test integration -- --ignored --nocapture fifty_thousand_damaged_libraries`.
#[test]
#[ignore = "takes a quarter of an hour"]
fn fifty_thousand_damaged_libraries_are_answered_at_once_and_in_little_memory() {
    std::thread::scope(|scope| {
        for seed in 2026..2026 + THREADS as u64 {
            scope.spawn(move || check(seed, 50_000 / THREADS, Duration::from_secs(1)));
        }
    });
    println!("at most {} MiB of memory", most_memory());
    assert!(most_memory() < MOST_MEMORY, "{} MiB of memory", most_memory());
}
