//! An export that becomes a register again: nothing of it is lost, and what is not an export from the first entry on is
//! refused with its line.

use std::{fs, process::Output};

use osteodose::{
    export::register::{Reading, line},
    ward::store::{Stored, chain},
};
use serde_json::{Value, json};

use super::Ward;
use crate::{cli::text, schemas::validator_of};

/// A register with every kind of thing that an export must hold: two patients, a dose, a hold, a strike, an anchor,
/// other settings and open days, and a patient who was erased.
fn ward() -> Ward {
    let ward = Ward::with_patient();
    ward.add("A-1055", &json!({}));
    ward.add("B-7", &json!({"patient": {"name": "MOE, Kari"}}));
    ward.give("2025-12-02");
    let said = ward.give("2025-12-30");
    let number = said.split(&[' ', '.'][..]).nth(2).unwrap();
    ward.ok(&["strike", "A-1042", number, "--because", "wrong-date", "--by", "A. Berg"]);
    let hold = ["--because", "creatinine-risen", "--look-again", "2026-12-08"];
    ward.entry("hold", "2025-12-31", &hold);
    ward.settings("days.json", &json!({"open_weekdays": ["mon", "thu"]}));
    ward.ok(&["clinic", "--from", "days.json", "--by", "A. Berg"]);
    ward.settings("second.json", &json!({"second_signature": "off"}));
    ward.ok(&["settings", "--from", "second.json", "--by", "A. Berg"]);
    let seen = ward.ok(&["show", "B-7"]);
    let seen = seen.split("Seen up to ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let erase = ["--because", "asked for it", "--authority", "Dr K. Holm", "--seen", &seen, "--by", "A. Berg"];
    ward.ok(&[&["erase", "B-7"], &erase[..]].concat());
    ward.ok(&["anchor", "--by", "A. Berg"]);
    ward
}

impl Ward {
    /// Takes a file of lines back into a new register.
    fn take_back(&self, lines: &str, more: &[&str]) -> Output {
        self.take_back_to("new.db", lines, more)
    }

    fn take_back_to(&self, new: &str, lines: &str, more: &[&str]) -> Output {
        fs::write(self.path("entries.jsonl"), lines).unwrap();
        let import = ["ward", "import", "--jsonl", "entries.jsonl", "--into", new, "--by", "B. Lind"];
        self.run(&[&import, more].concat(), b"")
    }

    /// What is said where lines are refused. Nothing is left of the new register.
    fn not_taken(&self, lines: &str, more: &[&str]) -> String {
        self.not_taken_to("new.db", lines, more)
    }

    fn not_taken_to(&self, new: &str, lines: &str, more: &[&str]) -> String {
        let output = self.take_back_to(new, lines, more);
        let said = text(&output.stderr);
        assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(2), ""), "{said}");
        let left = fs::read_dir(self.folder.path()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
        let left: Vec<String> = left.filter(|name| name.contains(new) || name.starts_with(".osteodose")).collect();
        assert_eq!(left, Vec::<String>::new(), "{said}");
        let (why, end) = said.split_once('\n').unwrap();
        assert_eq!(end, "No register was made.\n");
        why.to_owned()
    }

    fn of_register(&self, register: &str, arguments: &[&str]) -> String {
        let output = self.run(&[&["ward"], arguments, &["--register", register]].concat(), b"");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }
}

/// The entries of an export without the libraries behind them.
fn entries(lines: &str) -> Vec<String> {
    let number = |line: &str| serde_json::from_str::<Value>(line).unwrap()["number"].is_u64();
    lines.lines().filter(|line| number(line)).map(|line| format!("{line}\n")).collect()
}

#[test]
fn an_export_becomes_a_register_that_exports_the_same_bytes() {
    let ward = ward();
    let lines = ward.ok(&["export"]);
    let schema = validator_of("entry");
    for line in lines.lines() {
        assert_eq!(schema.faults(&serde_json::from_str(line).unwrap()), Vec::<String>::new());
    }
    let before = entries(&lines);
    let libraries = &lines[before.concat().len()..];
    assert_eq!(libraries.lines().count(), 1, "the library of the plans is handed on too");
    let head = ward.ok(&["verify"]);
    let anchor = head.split("Anchor ").nth(1).unwrap().trim().trim_end_matches('.').to_owned();

    let output = ward.take_back(&lines, &["--against", &anchor]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.contains(&format!("new.db: taken back. Up to entry {}. Anchor ", before.len() + 1)), "{said}");
    assert!(ward.of_register("new.db", &["verify", "--against", &anchor]).starts_with("Whole: "));
    #[cfg(unix)]
    assert_eq!(super::mode(&ward.path("new.db")), 0o600);

    // What it exports are the same bytes, and one entry that says where they come from.
    let again = ward.of_register("new.db", &["export"]);
    let after = entries(&again);
    assert_eq!(after[..before.len()], before);
    assert_eq!(&again[after.concat().len()..], libraries);
    let [more] = &after[before.len()..] else { panic!("{again}") };
    let more: Value = serde_json::from_str(more).unwrap();
    assert_eq!((&more["kind"], &more["by"]), (&json!("restored"), &json!("B. Lind")));
    assert!(more["body"].as_str().unwrap().contains(&format!("\"hash\":\"{}\"", anchor.split(':').nth(1).unwrap())));

    // What is computed from the entries is the same: patients, days, courses.
    for arguments in [&["show", "A-1042"][..], &["show", "A-1055"], &["log"]] {
        let (old, new) = (ward.ok(arguments), ward.of_register("new.db", arguments));
        assert!(new.starts_with(&old), "{old}{new}");
    }
    let without_foot =
        |list: String| list.lines().filter(|it| !it.contains("Anchor")).map(str::to_owned).collect::<Vec<_>>();
    let due = ["due", "--on", "2026-12-01", "--days", "60"];
    assert_eq!(without_foot(ward.ok(&due)), without_foot(ward.of_register("new.db", &due)));
    assert!(ward.run(&["ward", "show", "B-7", "--register", "new.db"], b"").status.code() == Some(2), "B-7 is erased");

    // And it goes on.
    let give = ["give", "A-1055", "--by", "A. Berg", "--on", "2025-12-02", "--late"];
    ward.of_register("new.db", &[&give[..], &["--without-go-because", "verdict on paper"]].concat());
    assert!(ward.of_register("new.db", &["verify"]).starts_with("Whole: "));
}

#[test]
fn lines_that_do_not_hold_are_refused_with_their_number_and_nothing_is_left() {
    let ward = ward();
    let lines = entries(&ward.ok(&["export"]));
    let put = |at: usize, line: String| {
        let mut lines = lines.clone();
        lines[at] = line;
        lines.concat()
    };
    let refused = |lines: &str, why: &str| {
        let said = ward.not_taken(lines, &[]);
        assert!(said.starts_with(&format!("entries.jsonl: {why}")), "{said}");
    };
    refused(&put(5, lines[5].replace("A. Berg", "B. Berg")), "line 6: Entry 6 was altered after it was written");
    refused(&[&lines[..6], &lines[7..]].concat().concat(), "line 7: Entry 8 is here, and entry 7 comes next.");
    let mut swapped = lines.clone();
    swapped.swap(7, 8);
    refused(&swapped.concat(), "line 8: Entry 9 is here, and entry 8 comes next.");
    let part =
        "line 1: Entry 5 is here, and entry 1 comes next. An export of one patient, or from an entry on, cannot be";
    refused(&ward.ok(&["export", "--since", "5"]), part);
    let one = ward.ok(&["export", "--patient", "A-1042"]);
    refused(&one, &part.replace('5', "4"));
    // A line that was cut in its middle, a file of something else, and none at all.
    let last = lines.len();
    let cut = lines.concat();
    refused(&cut[..cut.len() - 40], &format!("line {last}: "));
    refused(&ward.ok(&["export", "--format", "csv"]), "line 1: ");
    refused(&fs::read_to_string(ward.path("A-1042.json")).unwrap(), "line 1: ");
    refused("\n \n", "no entry is in it. Use a file that \"ward export\" made.");
    let import = ["ward", "import", "--by", "B. Lind", "--jsonl", "A-1042.json", "--into", "made/register.db"];
    assert_eq!(ward.run(&import, b"").status.code(), Some(2));
    assert!(!ward.path("made").exists(), "a folder is no more left than a file");
    let all = ward.ok(&["export"]);
    refused(&all[lines.concat().len()..], "no entry is in it.");
    refused(&[&all[..], &lines[0]].concat(), &format!("line {}: Entry 1 is here, and entry {}", last + 2, last + 1));
    let library = all[lines.concat().len()..].replace("mL/min", "ml/min");
    refused(&(lines.concat() + &library), &format!("line {}: The files of the library ", last + 1));
}

#[test]
fn an_end_that_was_cut_off_is_seen_against_an_anchor_and_another_chain_is_refused() {
    // Without an erasure, whose entry is what allows an entry to be empty.
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let lines = entries(&ward.ok(&["export"]));
    let number = lines.len();
    let last: Value = serde_json::from_str(&lines[number - 1]).unwrap();
    let anchor = format!("{number}:{}", &last["hash"].as_str().unwrap()[..16]);
    let said = ward.not_taken(&lines.concat(), &["--against", &format!("{number}:0123456789abcdef")]);
    assert!(
        said.starts_with(&format!("Entry {number} here is not the one that was printed (0123456789abcdef).")),
        "{said}"
    );
    let output = ward.take_back(&lines[..number - 2].concat(), &["--against", &anchor]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let said = text(&output.stdout);
    assert!(said.ends_with(" 2 entries are missing after the last line. Enter them again.\n"), "{said}");
    // An existing register is never replaced.
    let before = fs::read(ward.path("new.db")).unwrap();
    let output = ward.take_back(&lines.concat(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("new.db: something is here already and is kept."));
    assert_eq!(fs::read(ward.path("new.db")).unwrap(), before);
}

#[test]
fn lines_come_from_standard_input_too_and_options_that_do_not_go_together_are_refused() {
    let ward = Ward::with_patient();
    let lines = ward.ok(&["export"]);
    let import = |more: &[&str]| ward.run(&[&["ward", "import", "--by", "B. Lind"], more].concat(), lines.as_bytes());
    let output = import(&["--jsonl", "-", "--into", "shared/new.db"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(ward.of_register("shared/new.db", &["verify"]).starts_with("Whole: 6 entries, 1 patient."));
    for wrong in [
        &["--jsonl", "-"][..],
        &["plans", "--into", "other.db"],
        &["plans", "--jsonl", "-", "--into", "other.db"],
        &["--jsonl", "-", "--into", "other.db", "--register", "ward/register.db"],
        &["--jsonl", "-", "--into", "other.db", "--given-until", "2026-01-01"],
        &[],
    ] {
        assert_eq!(import(wrong).status.code(), Some(2), "{wrong:?}");
    }
    assert!(!ward.path("other.db").exists());
}

#[test]
fn an_erasure_that_was_undone_is_not_taken_back() {
    let ward = Ward::with_patient();
    let before = entries(&ward.ok(&["export"]));
    let erase = ["--because", "asked for it", "--authority", "Dr K. Holm", "--seen", "2", "--by", "A. Berg"];
    ward.ok(&[&["erase", "A-1042"], &erase[..]].concat());
    let after = entries(&ward.ok(&["export"]));
    let undone = [&before[..], &after[before.len()..]].concat().concat();
    let said = ward.not_taken(&undone, &[]);
    assert!(
        said.starts_with("entries.jsonl: line 6: Entry 6 says that its patient was erased, and entry 4 still"),
        "{said}"
    );
}

#[test]
fn a_cut_end_with_an_erasure_is_taken_back_against_an_anchor_and_the_patient_stays_erased() {
    let ward = Ward::with_patient();
    ward.add("A-1055", &json!({}));
    let erase = ["--because", "asked for it", "--authority", "Dr K. Holm", "--seen", "2", "--by", "A. Berg"];
    ward.ok(&[&["erase", "A-1042"], &erase[..]].concat());
    let head = ward.ok(&["verify"]);
    let anchor = head.split("Anchor ").nth(1).unwrap().trim().trim_end_matches('.').to_owned();
    let lines = entries(&ward.ok(&["export"]));
    let cut = lines[..lines.len() - 1].concat();
    // Without an anchor nobody knows whether it was erased or taken out.
    assert!(ward.not_taken(&cut, &[]).starts_with("entries.jsonl: line 4: Entry 4 is empty, and no line says"));
    let output = ward.take_back(&cut, &["--against", &anchor]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}{}", text(&output.stderr));
    assert!(said.ends_with(" 1 entry is missing after the last line. Enter it again.\n"), "{said}");
    assert!(ward.of_register("new.db", &["verify"]).starts_with("Whole: 9 entries, 2 patients."));
    assert!(ward.of_register("new.db", &["log"]).contains("erased"));
    assert!(ward.of_register("new.db", &["due"]).contains("A-1055"));
    ward.of_register("new.db", &["backup", "backup.db"]);
    // What was taken out of one entry alone is no erasure, with an anchor or without.
    let mut other: Value = serde_json::from_str(&lines[6]).unwrap();
    other.as_object_mut().unwrap().remove("body");
    other.as_object_mut().unwrap().remove("salt");
    let taken = [&lines[..6].concat(), &format!("{other}\n")].map(String::as_str).concat();
    let said = ward.not_taken_to("other.db", &taken, &["--against", &anchor]);
    assert!(said.starts_with("entries.jsonl: line 7: Entry 7 is empty"), "{said}");
}

/// The lines with other entries, and with the hashes that belong to them: what somebody makes who knows how.
fn chained_again(lines: &[String], change: impl Fn(u64, &mut Stored)) -> String {
    let mut reading = Reading::default();
    let mut before = None;
    let mut again = String::new();
    for read in lines {
        let mut entry = reading.take(read.as_bytes()).unwrap();
        change(entry.header.number, &mut entry);
        let previous = before.unwrap_or_else(|| chain::origin(entry.header.ward));
        if let (Some(salt), Some(body)) = (entry.salt, &entry.body) {
            entry.body_hash = chain::body_hash(salt, body);
        }
        entry.hash = chain::hash(&previous, &entry.header, &entry.body_hash);
        before = Some(entry.hash);
        again += &line(&entry);
    }
    again
}

#[test]
fn what_no_register_has_is_refused_with_its_line_though_it_is_chained() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let lines = entries(&ward.ok(&["export"]));
    let refused = |change: &dyn Fn(u64, &mut Stored), why: &str| {
        let said = ward.not_taken(&chained_again(&lines, change), &[]);
        assert!(said.starts_with(&format!("entries.jsonl: {why}")), "{said}");
    };
    let emptied = |of: u64| {
        move |number: u64, entry: &mut Stored| {
            if number == of {
                (entry.body, entry.salt) = (None, None);
            }
        }
    };
    refused(&emptied(5), "line 5: Entry 5 is empty, and no line says that its patient was erased:");
    refused(&emptied(6), "line 6: Entry 6 is empty, and no line says that its patient was erased:");
    let seq =
        |number: u64, entry: &mut Stored| entry.header.seq = entry.header.seq.map(|seq| seq + u32::from(number > 4));
    refused(&seq, "line 5: Entry 5 is not the next one of its patient.");
    let nameless = |number: u64, entry: &mut Stored| {
        if number == 5 {
            entry.header.by = "x".to_owned();
        }
    };
    refused(&nameless, "line 5: Entry 5 is none that a register can have.");
    let no_document = |number: u64, entry: &mut Stored| {
        if number == 6 {
            entry.body = Some("no document".to_owned());
        }
    };
    refused(&no_document, "line 6: Entry 6 is none that a register can have.");
    // A body and a salt that are taken out of a line are no alteration to the chain.
    let mut taken: Vec<Value> = lines.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    for key in ["body", "salt"] {
        taken[3].as_object_mut().unwrap().remove(key);
    }
    let taken = taken.iter().fold(String::new(), |text, line| text + &format!("{line}\n"));
    let said = ward.not_taken(&taken, &[]);
    assert!(said.starts_with("entries.jsonl: line 4: Entry 4 is empty, and no line says"), "{said}");
}
