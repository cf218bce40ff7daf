//! Entries as JSON Lines.

use osteodose::{
    export::register::{Reading, Unread, line},
    ward::store::Stored,
};
use serde_json::Value;

use super::{assert_reviewed, chained::ward};
use crate::schemas::validator_of;

fn read(lines: &str) -> Result<Vec<Stored>, Unread> {
    let mut reading = Reading::default();
    lines.lines().map(|line| reading.take(line.as_bytes())).collect()
}

#[test]
fn every_entry_comes_back_as_it_was_stored() {
    let mut ward = ward();
    let lines: String = ward.stored.iter().map(line).collect();
    assert_eq!(lines.lines().count(), ward.stored.len());
    assert_eq!(read(&lines).unwrap(), ward.stored);
    let mut reading = Reading::default();
    assert_eq!(reading.head(), None);
    lines.lines().for_each(|line| drop(reading.take(line.as_bytes()).unwrap()));
    let last = ward.stored.last().unwrap();
    assert_eq!(reading.head(), Some((last.header.number, last.hash)));
    let schema = validator_of("entry");
    for line in lines.lines() {
        assert_eq!(schema.faults(&serde_json::from_str(line).unwrap()), Vec::<String>::new(), "{line}");
    }
    // An erased entry stays in its place.
    for entry in ward.stored.iter_mut().filter(|it| it.header.kind == "given") {
        (entry.body, entry.salt) = (None, None);
    }
    let lines: String = ward.stored.iter().map(line).collect();
    assert_eq!(read(&lines).unwrap(), ward.stored);
    let short: Vec<String> = ward.stored.iter().filter(|it| it.header.kind != "planned").map(line).collect();
    assert_reviewed("entries.jsonl", &short.concat());
}

#[test]
fn letters_that_act_on_a_screen_come_back_too() {
    let mut ward = super::chained::Chained::new();
    ward.add(0, "2026-12-01", r#"{"kind":"noted","text":"für \"Ä\" = 1;\\ 3 µmol/L"}"#);
    let last = ward.stored.last_mut().unwrap();
    last.header.by = "A\u{1b}[2J\u{202e}\n\u{0}".to_owned();
    let back: Value = serde_json::from_str(&line(last)).unwrap();
    assert_eq!(back["by"], last.header.by.as_str());
    assert_eq!(line(last).lines().count(), 1);
}

#[test]
fn what_is_not_the_next_entry_is_refused() {
    let ward = ward();
    let lines: Vec<String> = ward.stored.iter().map(line).collect();
    let swapped = [lines[0].as_str(), &lines[2]].concat();
    assert_eq!(read(&swapped), Err(Unread::OutOfOrder { next: 2, found: 3 }));
    assert_eq!(read(&lines[1]), Err(Unread::OutOfOrder { next: 1, found: 2 }));
    let said = read(&lines[1]).unwrap_err().to_string();
    assert_eq!(
        said,
        "Entry 2 is here, and entry 1 comes next. An export of one patient, or from an entry on, cannot be taken back: use \
         the whole file, in its order."
    );
    let twice = [lines[0].as_str(), &lines[0]].concat();
    assert_eq!(read(&twice), Err(Unread::OutOfOrder { next: 2, found: 1 }));
    let other = lines[1].replace(&"ab".repeat(16), &"ac".repeat(16));
    assert_eq!(read(&[lines[0].clone(), other].concat()), Err(Unread::OtherWard { number: 2 }));
    let number = |line: &str| serde_json::from_str::<Value>(line).unwrap()["number"].as_u64().unwrap();
    for (from, to) in [("A. Berg", "B. Berg"), ("Day unit", "Day Unit"), ("onco-1", "onco-2"), (":60,", ":61,")] {
        let altered = lines[0].replace(from, to);
        assert_eq!(read(&altered), Err(Unread::Altered { number: number(&altered) }), "{from}");
    }
    assert_eq!(read(&lines[0].replace("\"hash\":\"", "\"hash\":\"A")), Err(Unread::NotHex { key: "hash", digits: 64 }));
    assert_eq!(read(&lines[0].replace(&"ab".repeat(16), "ab")), Err(Unread::NotHex { key: "ward", digits: 32 }));
    let faults = |text: &str| match read(text) {
        Err(Unread::Form(faults)) => faults.into_iter().map(|it| it.path).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(faults(r#"{"format":"osteodose-entry/2","number":-1}"#)[..2], ["format", "number"]);
    assert_eq!(faults("[]"), [""]);
    assert_eq!(faults(&lines[0].replace("\"seq\"", "\"sequence\"").replace("\"by\"", "\"By\""))[..1], ["By"]);
}
