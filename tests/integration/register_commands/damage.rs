//! A register that somebody altered by other means, or whose disk is damaged: what the commands still say, and how they end.

use std::fs;

use rusqlite::Connection;
use serde_json::{Value, json};

use super::Ward;
use crate::{cli::text, schemas::validator_of};

impl Ward {
    /// Changes the file as somebody does who knows how.
    fn change(&self, statement: &str) {
        let raw = Connection::open(self.path("ward/register.db")).unwrap();
        let triggers = ["event_stays", "event_fixed"].map(|name| {
            let asked = "SELECT sql FROM sqlite_schema WHERE name = ?1";
            (name, raw.query_row(asked, [name], |row| row.get::<_, String>(0)).unwrap())
        });
        raw.execute_batch("PRAGMA ignore_check_constraints = ON; BEGIN").unwrap();
        for (name, _) in &triggers {
            raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
        }
        raw.execute_batch(statement).unwrap();
        for (_, sql) in &triggers {
            raw.execute_batch(sql).unwrap();
        }
        raw.execute_batch("COMMIT").unwrap();
        raw.close().unwrap();
    }

    /// What is said on standard output of a command that ends with a status.
    fn said(&self, arguments: &[&str], status: i32) -> String {
        let output = self.ward(arguments, b"");
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}", text(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

#[test]
fn a_patient_whose_entries_are_damaged_is_named_in_every_form_of_the_list() {
    let ward = Ward::with_patient();
    ward.add("A-1055", &json!({}));
    ward.change("UPDATE event SET body = NULL, salt = NULL WHERE number = 5");
    let due = ["due", "--on", "2025-12-29"];
    let list = ward.said(&due, 1);
    assert!(list.contains("ENTRIES DAMAGED (1)\n  born 14-Mar-1958, A-1042\n    Entry 5 was altered after"), "{list}");
    assert!(list.contains("OVERDUE (1)\n  born 14-Mar-1958, A-1055 "), "{list}");
    assert!(!list.contains("Nobody"), "{list}");
    let table = ward.said(&[&due[..], &["--format", "csv"]].concat(), 1);
    let rows: Vec<&str> = table.lines().collect();
    assert!(rows[1].starts_with("1,damaged,,,,A-1042,,1958-03-14,,,") && rows[2].starts_with("2,overdue,"), "{table}");
    let document: Value = serde_json::from_str(&ward.said(&[&due[..], &["--format", "json"]].concat(), 1)).unwrap();
    assert_eq!(validator_of("due").faults(&document), Vec::<String>::new());
    let damaged = &document["damaged"];
    assert_eq!((&damaged[0]["id"], &damaged[0]["entries"]), (&json!("A-1042"), &json!([5])));
    assert_eq!(document["courses"].as_array().unwrap().len(), 1);
    if cfg!(feature = "pdf") {
        let sheet = ward.ward(&[&due[..], &["--format", "pdf"]].concat(), b"");
        assert!(sheet.status.code() == Some(1) && sheet.stdout.starts_with(b"%PDF"));
    }
    let overdue = ward.said(&[&due[..], &["--overdue"]].concat(), 1);
    assert!(overdue.contains("ENTRIES DAMAGED (1)"), "{overdue}");
    // Nobody reads of the patient that the entries were erased.
    let page = ward.ok(&["show", "A-1042"]);
    assert!(page.starts_with("Who this patient is cannot be read: the entries are damaged."), "{page}");
    assert!(page.contains("disk is damaged: entry 5."), "{page}");
    assert!(ward.said(&["verify"], 1).contains("Entry 5 was altered after it was written"));
    let again = ward.said(&["refresh"], 1);
    assert!(
        again.contains("Computed again: 1 patient.\nNot computed again: born 14-Mar-1958, A-1042. Entry 5"),
        "{again}"
    );
    let forecast = ward.run(&["forecast", "--register", "ward/register.db"], b"");
    assert_eq!(forecast.status.code(), Some(1));
    assert!(text(&forecast.stderr).starts_with("Not counted: A-1042, since entries were altered"));
    let recheck = ward.run(&["recheck", "--register", "ward/register.db"], b"");
    assert!(recheck.status.code() == Some(2) && text(&recheck.stderr).contains("A-1042: Entry 5 was altered"));
}

#[test]
fn verify_says_what_is_wrong_with_the_row_of_the_ward() {
    for (statement, said) in [
        ("settings = '{}'", "Name, settings or open days of the ward differ from what was recorded;"),
        ("clinic = '{}'", "Name, settings or open days of the ward differ from what was recorded;"),
        ("head = -1", "The last entry is 5, and what the ward says of it cannot be read."),
        ("hash = x''", "The last entry is 5, and what the ward says of it cannot be read."),
        ("hash = zeroblob(32)", "Entry 5 is the last one, and the ward has another hash for it."),
        ("uid = '00000000000000000000000000000000'", "Entry 1 was altered after it was written"),
        ("uid = 'no name of a ward at all, but 32'", "register.db: the file is damaged, or was altered by another"),
    ] {
        let ward = Ward::with_patient();
        ward.change(&format!("UPDATE ward SET {statement}"));
        let verified = ward.said(&["verify"], 1);
        assert!(verified.contains(said), "{statement}: {verified}");
        if !statement.starts_with("uid") {
            assert!(ward.ok(&["due"]).contains("A-1042"), "{statement}");
        }
    }
}

#[test]
fn whatever_byte_is_damaged_verify_ends_with_a_finding_and_a_sentence() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    ward.ok(&["backup", "backup.db"]);
    let whole = fs::read(ward.path("backup.db")).unwrap();
    let mut found = 0;
    for at in 0..60 {
        let mut bytes = whole.clone();
        let place = at * whole.len() / 60 + at;
        for byte in &mut bytes[place..place + 6] {
            *byte ^= 0x5a;
        }
        fs::write(ward.path("damaged.db"), bytes).unwrap();
        let output = ward.run(&["ward", "verify", "damaged.db"], b"");
        let (said, why) = (text(&output.stdout), text(&output.stderr));
        assert!(!why.contains("ward verify BACKUP"), "{place}: {why}");
        match output.status.code() {
            Some(0) => assert!(said.starts_with("Whole: "), "{place}: {said}"),
            Some(1) => {
                assert!(said.ends_with("fault.\n") || said.ends_with("faults.\n"), "{place}: {said}");
                found += 1;
            }
            // It cannot be known for a register any more.
            status => assert!(status == Some(2) && !why.is_empty(), "{place}: {status:?} {said}{why}"),
        }
    }
    assert!(found > 30, "{found}");
}

#[test]
fn a_backup_goes_into_a_folder_that_is_there_and_at_least_one_is_kept() {
    let ward = Ward::with_patient();
    let said = ward.refused(&["backup", "none/"], 2);
    assert!(said.starts_with("none/: there is no such folder."), "{said}");
    assert!(ward.refused(&["backup", "none/", "--keep", "3"], 2).starts_with("none/: there is no such folder."));
    assert!(!ward.path("none").exists());
    let said = ward.refused(&["backup", "ward", "--keep", "0"], 2);
    assert!(said.contains("not a number of backups to keep (1 or more)"), "{said}");
    for anchor in ["0:1111111111111111", "18446744073709551615:1111111111111111"] {
        assert!(ward.refused(&["verify", "--against", anchor], 2).contains("not an anchor"), "{anchor}");
    }
}

#[test]
fn an_import_says_which_folders_it_has_not_looked_into() {
    let ward = Ward::new();
    fs::create_dir_all(ward.path("plans/older")).unwrap();
    for (id, to) in [("A-1042", "plans/A-1042.json"), ("A-1055", "plans/older/A-1055.json")] {
        let plan = ward.plan(id, &json!({}));
        fs::rename(ward.path(&plan), ward.path(to)).unwrap();
    }
    let output = ward.ward(&["import", "plans", "--by", "A. Berg"], b"");
    let (said, told) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.code() == Some(0) && said.ends_with("1 registered, 0 already there, 0 refused.\n"), "{said}");
    assert!(told.starts_with("plans/older: no plan in this folder is imported."), "{told}");
}
