//! Entries as a table.

use std::collections::BTreeSet;

use csv::ReaderBuilder;
use osteodose::{
    export::register::{Known, Table},
    ward::{
        event::{
            AnotherReason, Body, DeferReason, EndReason, HoldReason, IncompleteReason, Kind, OmitReason, StrikeReason,
        },
        store::Stored,
    },
};

use super::{
    assert_reviewed,
    chained::{Chained, ward},
};

pub fn table(stored: &[Stored], with_name: bool) -> String {
    let mut known = Known::default();
    for entry in stored {
        known.add(entry);
    }
    let mut table = Table::new(&known, with_name);
    for entry in stored {
        table.add(entry);
    }
    String::from_utf8(table.finish()).unwrap()
}

/// The rows, each with the names of its cells.
fn rows(table: &str) -> Vec<Vec<(String, String)>> {
    let table = table.strip_prefix('\u{FEFF}').unwrap();
    let mut reader = ReaderBuilder::new().from_reader(table.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |row: csv::StringRecord| names.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|it| row(it.unwrap())).collect()
}

fn cell<'r>(row: &'r [(String, String)], name: &str) -> &'r str {
    &row.iter().find(|(it, _)| it == name).unwrap_or_else(|| panic!("{name}")).1
}

#[test]
fn the_table_is_as_reviewed_and_has_a_row_for_each_entry() {
    let ward = ward();
    let made = table(&ward.stored, false);
    assert!(!made.contains("LUND"), "a name that was not asked for");
    assert!(table(&ward.stored, true).contains("LUND, Eva"));
    assert_eq!(rows(&made).len(), ward.stored.len());
    let digest = osteodose::regimen::Library::shipped().digest();
    assert!(!made.contains(digest));
    // The hash of a plan changes with every regimen.
    let settled: Vec<String> = made
        .lines()
        .map(|row| match row.rsplit_once(',') {
            Some((row, hash)) if hash.len() == 64 => format!("{row},(hash)\r\n"),
            _ => format!("{row}\r\n"),
        })
        .collect();
    assert_reviewed("entries.csv", &settled.concat());
    let rows = rows(&made);
    let struck: Vec<&str> = rows.iter().map(|row| cell(row, "struck_by_entry")).filter(|it| !it.is_empty()).collect();
    assert_eq!(struck, ["12"]);
}

#[test]
fn no_cell_is_a_formula() {
    let mut ward = Chained::new();
    let hostile = "=1+1;=2";
    ward.register(0, hostile, "+LUND");
    let number = ward.add(0, "2026-12-01", r#"{"kind":"noted","text":"@SUM(A1)"}"#);
    ward.add(0, "2026-12-01", r#"{"kind":"given","dose_mg":3.5,"complete":true,"product":"-1","containers":[{"brand":"=B","batch":"=C;=D","count":1},{"brand":"x","batch":"+E","count":1}],"site":"\"=F","no_batch_because":"＝G","second":{"by":"=H"},"without_go_because":"=I","prescriber":"=J","where":"ward","note":" =K"}"#);
    ward.stored[0].header.by = "=L".to_owned();
    ward.stored[0].header.host = "\t=M".to_owned();
    ward.stored[0].header.kind = "=N".to_owned();
    for row in rows(&table(&ward.stored, true)) {
        for (name, cell) in &row {
            for part in cell.split(';') {
                let begins = part.trim_start_matches([' ', '"', '\u{200c}']).chars().next();
                assert!(!begins.is_some_and(|c| "=+-@\t\r\n＝".contains(c)), "{name}: {cell:?}");
            }
        }
    }
    assert_eq!(number, 3);
}

/// A body of each kind, and one for each reason.
pub fn bodies() -> Vec<Body> {
    let mut texts = vec![
        r#"{"kind":"registered","patient":{"id":"A-1042","birth_date":"1958-03-14","sex":"female"}}"#.to_owned(),
        r#"{"kind":"identity-corrected","patient":{"id":"A-1042","birth_date":"1958-03-14","sex":"female"},"was":{"birth_date":"1958-04-13"},"reason":"day and month were confused"}"#.to_owned(),
        r#"{"kind":"supplied","dose":2,"dose_mg":1600,"units":112,"days":28,"where":"elsewhere"}"#.to_owned(),
        r#"{"kind":"resumed","holds":[1]}"#.to_owned(),
        r#"{"kind":"noted","text":"telephoned"}"#.to_owned(),
        r#"{"kind":"erased","because":"court order","authority":"Data protection officer","events":12}"#.to_owned(),
        r#"{"kind":"ward-opened","name":"Oncology 3"}"#.to_owned(),
        r#"{"kind":"clinic-set","open_weekdays":["tue"]}"#.to_owned(),
        r#"{"kind":"settings-set","settings":{"format":"osteodose-ward/1"}}"#.to_owned(),
        r#"{"kind":"anchored","number":1,"hash":"9f3c5a7d11e0b2c4"}"#.to_owned(),
        r#"{"kind":"restored","number":1,"hash":"9f3c5a7d11e0b2c4"}"#.to_owned(),
        r#"{"kind":"copied","number":1,"hash":"9f3c5a7d11e0b2c4"}"#.to_owned(),
    ];
    let dose = r#""dose_mg":3.5,"where":"ward","note":"noted""#;
    for it in IncompleteReason::ALL {
        texts.push(format!(r#"{{"kind":"given","dose":1,"complete":false,"because":"{}",{dose}}}"#, it.as_str()));
    }
    for it in AnotherReason::ALL {
        texts
            .push(format!(r#"{{"kind":"given","dose":1,"complete":true,"another_because":"{}",{dose}}}"#, it.as_str()));
    }
    for it in DeferReason::ALL {
        let reason = it.as_str();
        texts.push(format!(r#"{{"kind":"deferred","dose":1,"then":"keep-dates","reason":"{reason}","note":"noted"}}"#));
    }
    for it in OmitReason::ALL {
        texts.push(format!(r#"{{"kind":"omitted","dose":1,"reason":"{}","note":"noted"}}"#, it.as_str()));
    }
    for it in HoldReason::ALL {
        texts.push(format!(r#"{{"kind":"held","because":"{}","note":"noted"}}"#, it.as_str()));
    }
    for it in EndReason::ALL {
        texts.push(format!(r#"{{"kind":"ended","because":"{}","note":"noted"}}"#, it.as_str()));
    }
    for it in StrikeReason::ALL {
        texts.push(format!(r#"{{"kind":"struck","event":5,"reason":"{}","note":"noted"}}"#, it.as_str()));
    }
    let read = |text: &String| Body::parse(text.as_bytes()).unwrap_or_else(|faults| panic!("{text}: {}", faults[0]));
    texts.iter().map(read).collect()
}

#[test]
fn every_kind_and_every_reason_has_its_words_and_its_place() {
    let mut seen: BTreeSet<&str> = ["planned", "assessed"].into_iter().collect();
    for body in bodies() {
        let mut ward = Chained::new();
        ward.add(0, "2026-12-01", &body.text());
        let row = rows(&table(&ward.stored, false)).pop().unwrap();
        assert_eq!(cell(&row, "kind"), body.kind().as_str());
        assert!(!cell(&row, "what").is_empty());
        let value: serde_json::Value = serde_json::from_str(&body.text()).unwrap();
        let code = value["reason"].as_str().or(value["because"].as_str());
        if !["identity-corrected", "erased"].contains(&body.kind().as_str()) {
            assert_eq!(cell(&row, "reason"), code.unwrap_or_default(), "{}", body.text());
            assert_eq!(cell(&row, "reason_in_words").is_empty(), code.is_none(), "{}", body.text());
        }
        assert_eq!(cell(&row, "another_dose_reason"), value["another_because"].as_str().unwrap_or_default());
        assert_eq!(cell(&row, "note"), value["note"].as_str().or(value["text"].as_str()).unwrap_or_default());
        seen.insert(body.kind().as_str());
    }
    assert_eq!(seen.len(), Kind::ALL.len());
}

#[test]
fn what_a_newer_program_wrote_and_what_was_erased_has_a_row() {
    let mut ward = Chained::new();
    ward.register(0, "A-1042", "LUND, Eva");
    ward.add_unread(0, "transferred");
    ward.add(0, "2026-12-01", r#"{"kind":"noted","text":"telephoned"}"#);
    let last = ward.stored.last_mut().unwrap();
    (last.body, last.salt) = (None, None);
    let rows = rows(&table(&ward.stored, false));
    assert_eq!(cell(&rows[2], "kind"), "transferred");
    assert_eq!(cell(&rows[2], "what"), "an entry of a newer program (\"transferred\")");
    assert_eq!((cell(&rows[3], "what"), cell(&rows[3], "note")), ("noted (erased)", ""));
}
