//! What somebody changes in the file by other means than this program.

use std::{fmt::Write, path::Path};

use osteodose::ward::store::{
    Anchor, Asked, BackupTo, Erasing, Fault, Hash, Restoring, Sharing, Sqlite, Store, StoreError, Stored, chain,
};
use rusqlite::Connection;

use super::{
    key, noted,
    register::{entry, given, planned, text, who},
    shipped, with_patients,
};

/// A register with everything in it that can be changed; its path.
fn sound(folder: &Path) -> std::path::PathBuf {
    let (mut store, clock) = with_patients(folder, &["A-1", "A-2"]);
    store.append(&key("A-1"), 1, &[planned("A-1", "2026-12-01"), given("2026-12-01", 1)], &clock).unwrap();
    for seen in 3..8 {
        store.append(&key("A-1"), seen, &[noted("a note")], &clock).unwrap();
    }
    let digest = store.keep_library(&shipped()).unwrap();
    assert_eq!(digest, osteodose::regimen::Library::shipped().digest());
    assert_eq!(store.verify(&[]).unwrap().faults, []);
    store.path().to_owned()
}

/// Changes the file as somebody would who knows how, and leaves its triggers as they were.
fn change(path: &Path, statement: &str) {
    let raw = Connection::open(path).unwrap();
    let triggers: Vec<(String, String)> = raw
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    raw.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; BEGIN").unwrap();
    for (name, _) in &triggers {
        raw.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    raw.execute_batch(statement).unwrap_or_else(|error| panic!("{statement}: {error}"));
    for (_, sql) in &triggers {
        raw.execute_batch(sql).unwrap();
    }
    raw.execute_batch("COMMIT").unwrap();
    raw.close().unwrap();
}

/// What is wrong after a change.
fn faults(statement: &str, against: impl Fn(&Path) -> Vec<Anchor>) -> Vec<Fault> {
    let folder = tempfile::tempdir().unwrap();
    let path = sound(folder.path());
    let against = against(&path);
    change(&path, statement);
    match Sqlite::open(&path, who()) {
        Ok(mut store) => store.verify(&against).unwrap_or_else(|error| panic!("{statement}: {error:?}")).faults,
        Err(error) => {
            assert!(matches!(error, StoreError::Damaged { .. }), "{statement}: {error:?}");
            vec![Fault::Ward]
        }
    }
}

fn found(statement: &str) -> Vec<Fault> {
    faults(statement, |_| Vec::new())
}

#[test]
fn one_changed_bit_in_any_column_is_found() {
    let flips = |table: &str, key: &str, numbers: &[&str], texts: &[&str], blobs: &[&str]| -> Vec<String> {
        let set = |what: String| format!("UPDATE {table} SET {what} WHERE {key}");
        // A high bit, since the neighbours of a number are taken.
        let number =
            |column: &&str| set(format!("{column} = (coalesce({column}, 0) | 1024) - (coalesce({column}, 0) & 1024)"));
        let last = |column: &str| format!("substr({column}, 1, length({column}) - 1)");
        let text = |column: &&str| {
            set(format!(
                "{column} = {0} || char((unicode(substr({column}, -1)) | 1) - (unicode(substr({column}, -1)) & 1))",
                last(column)
            ))
        };
        let blob = |column: &&str| {
            let other = format!("CASE substr({column}, -1) WHEN x'00' THEN x'01' ELSE x'00' END");
            set(format!("{column} = CAST({} || {other} AS BLOB)", last(column)))
        };
        numbers.iter().map(number).chain(texts.iter().map(text)).chain(blobs.iter().map(blob)).collect()
    };
    let event = flips(
        "event",
        "number = 9",
        &["event", "ward", "number", "patient", "seq", "course", "recorded_ms", "offset_min"],
        &["kind", "on_date", "by_name", "os_user", "host", "program", "body"],
        &["salt", "body_hash", "hash"],
    );
    let patient =
        flips("patient", "id = 'A-1'", &["ward", "last_seq", "erased"], &["uid", "id", "name", "birth_date"], &[]);
    let ward = flips("ward", "1", &["ward", "head"], &["uid", "name", "settings", "clinic"], &["hash"]);
    let course = flips(
        "course",
        "1",
        &["course", "next_dose", "no_date", "given", "as_of"],
        &["state", "drug", "dose", "next_due", "last_given", "open", "regimens_sha256"],
        &[],
    );
    let library = flips("library", "1", &[], &["sha256"], &[]);
    let more = [
        "UPDATE event SET course = 1 WHERE number = 9",
        "UPDATE event SET body = '{\"kind\":\"noted\",\"text\":\"another note\"}' WHERE number = 9",
        "UPDATE course SET look_again = '2027-01-01'",
        "UPDATE library SET files = replace(files, 'zoledronic', 'Zoledronic')",
        "DELETE FROM course",
        "INSERT INTO course SELECT patient, 2, ward, state, drug, dose, next_dose, next_due, look_again, no_date, given, \
         last_given, open, fold, regimens_sha256, as_of FROM course",
        "UPDATE patient SET name = NULL WHERE id = 'A-2'",
    ];
    let all = [event, patient, ward, course, library].concat().into_iter().chain(more.map(str::to_owned));
    let missed: Vec<String> = all.filter(|statement| found(statement).is_empty()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn an_entry_that_was_removed_inserted_or_moved_is_found_by_its_number() {
    assert!(found("DELETE FROM event WHERE number = 9").contains(&Fault::Missing { first: 9, last: 9 }));
    let swapped = "UPDATE event SET number = -9, event = -9, seq = -9 WHERE number = 9; \
                   UPDATE event SET number = 9, event = 9, seq = 5 WHERE number = 10; \
                   UPDATE event SET number = 10, event = 10, seq = 6 WHERE number = -9";
    let found_swapped = found(swapped);
    assert!(found_swapped.contains(&Fault::Altered { number: 9 }), "{found_swapped:?}");
    let inserted = "UPDATE ward SET head = 13; INSERT INTO event SELECT 13, ward, 13, patient, 9, course, kind, on_date, \
                    recorded_ms, offset_min, by_name, os_user, host, program, body, salt, body_hash, hash FROM event \
                    WHERE number = 12; UPDATE patient SET last_seq = 9 WHERE id = 'A-1'";
    let found_inserted = found(inserted);
    assert!(found_inserted.contains(&Fault::Altered { number: 13 }), "{found_inserted:?}");
    assert_eq!(found("DROP INDEX course_due"), [Fault::Form { name: "course_due".to_owned() }]);
}

/// Takes the end off, so that nothing that is left says so.
const CUT: &str = "DELETE FROM event WHERE number > 10; UPDATE ward SET head = 10, hash = (SELECT hash FROM event WHERE \
                   number = 10); UPDATE patient SET last_seq = 6 WHERE id = 'A-1'; UPDATE course SET as_of = 10";

fn anchors(path: &Path) -> Vec<Anchor> {
    let (number, hash) = Sqlite::open(path, who()).unwrap().head().unwrap();
    vec![Anchor::new(number, &hash)]
}

#[test]
fn a_cut_end_is_found_only_by_what_was_printed() {
    assert_eq!(found(CUT), []);
    let with_anchor = faults(CUT, anchors);
    assert!(matches!(with_anchor.as_slice(), [Fault::Cut { missing: 2, .. }]), "{with_anchor:?}");
}

#[test]
fn a_chain_that_was_computed_again_is_found_only_by_what_was_printed() {
    let folder = tempfile::tempdir().unwrap();
    let path = sound(folder.path());
    let anchors = anchors(&path);
    let mut entries = Sqlite::open(&path, who()).unwrap().events(1, 100).unwrap();
    entries[8].header.by = "C. Lind".to_owned();
    let mut previous = chain::origin(entries[0].header.ward);
    let mut statements = String::new();
    for Stored { header, body_hash, .. } in &entries {
        previous = chain::hash(&previous, header, body_hash);
        let hash: &Hash = &previous;
        let hex = hash.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
        let (by, number) = (&header.by, header.number);
        writeln!(
            statements,
            "UPDATE event SET by_name = '{by}', hash = x'{hex}' WHERE number = {number}; UPDATE ward SET hash = x'{hex}';"
        )
        .unwrap();
    }
    change(&path, &statements);
    let mut store = Sqlite::open(&path, who()).unwrap();
    assert_eq!(store.verify(&[]).unwrap().faults, []);
    assert!(matches!(store.verify(&anchors).unwrap().faults.as_slice(), [Fault::OtherChain { .. }]));
}

#[test]
fn nothing_is_recorded_for_a_patient_with_an_altered_entry_and_it_is_still_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = sound(folder.path());
    change(&path, "UPDATE event SET on_date = '2026-11-30' WHERE number = 7");
    let mut store = Sqlite::open(&path, who()).unwrap();
    let history = store.patient(&key("A-1")).unwrap();
    assert_eq!(history.altered, [7]);
    let clock = super::Ticking::from("2026-12-03");
    let refused = store.append(&key("A-1"), history.last_seq, &[noted("more")], &clock).err();
    assert!(matches!(refused, Some(StoreError::Damaged { number: Some(7), .. })), "{refused:?}");
    store.append(&key("A-2"), 1, &[noted("another patient")], &clock).unwrap();
    change(&path, "UPDATE ward SET head = head - 1");
    let mut store = Sqlite::open(&path, who()).unwrap();
    assert!(matches!(store.append(&key("A-2"), 2, &[noted("more")], &clock), Err(StoreError::Damaged { .. })));
}

#[test]
fn triggers_keep_other_programs_from_changing_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let path = sound(folder.path());
    let raw = Connection::open(&path).unwrap();
    for statement in [
        "DELETE FROM event WHERE number = 9",
        "UPDATE event SET by_name = 'C. Lind' WHERE number = 9",
        "UPDATE event SET body = NULL WHERE number = 9",
        "UPDATE event SET body = '{}', salt = salt WHERE number = 9",
        "INSERT INTO event SELECT 99, ward, number, patient, seq, course, kind, on_date, recorded_ms, offset_min, by_name, \
         os_user, host, program, body, salt, body_hash, hash FROM event WHERE number = 9",
        "INSERT OR REPLACE INTO event SELECT event, ward, number, patient, seq, course, kind, on_date, recorded_ms, \
         offset_min, 'C. Lind', os_user, host, program, body, salt, body_hash, hash FROM event WHERE number = 9",
    ] {
        let done = raw.execute_batch(statement);
        if statement.contains("REPLACE") && done.is_ok() {
            // The database replaces without asking the triggers; the chain sees it.
            assert!(!super::verified(&path).faults.is_empty());
        } else {
            assert!(done.is_err(), "{statement}");
        }
    }
}

#[test]
fn a_patient_whose_entries_were_emptied_otherwise_than_by_an_erasure_is_found() {
    let emptied = "UPDATE event SET body = NULL, salt = NULL WHERE patient = 1; DELETE FROM course WHERE patient = 1; \
                   UPDATE patient SET id = NULL, name = NULL, birth_date = NULL, erased = 1 WHERE patient = 1";
    let found = faults(emptied, |_| Vec::new());
    assert!(found.contains(&Fault::Altered { number: 4 }), "{found:?}");
    let found = faults("UPDATE event SET body = NULL, salt = NULL WHERE number = 2", |_| Vec::new());
    assert!(found.contains(&Fault::Altered { number: 2 }), "{found:?}");
}

/// What is kept beside the entries, otherwise than they say it.
const BESIDE: [&str; 9] = [
    "UPDATE patient SET id = 'tmp' WHERE id = 'A-1'; UPDATE patient SET id = 'A-1' WHERE id = 'A-2'; \
     UPDATE patient SET id = 'A-2' WHERE id = 'tmp'",
    "UPDATE patient SET name = 'Other' WHERE id = 'A-1'",
    "UPDATE patient SET last_seq = last_seq + 1 WHERE id = 'A-1'",
    "UPDATE ward SET name = 'Other'",
    "UPDATE ward SET clinic = json_set(clinic, '$.open_weekdays', json('[\"sat\"]'))",
    "UPDATE ward SET settings = json_set(settings, '$.settings.second_signature', 'off')",
    "UPDATE ward SET settings = '{}'",
    "UPDATE ward SET clinic = '[]'",
    "UPDATE ward SET name = '', settings = '[]', clinic = '{}'",
];

fn restoring() -> Restoring {
    Restoring { sharing: Sharing::Owner, by: text("A. Berg"), against: Vec::new() }
}

#[test]
fn what_is_kept_beside_the_entries_is_restored_as_they_say_it_and_not_backed_up() {
    for statement in BESIDE {
        let folder = tempfile::tempdir().unwrap();
        let path = std::fs::canonicalize(sound(folder.path())).unwrap();
        let backups = folder.path().join("backups");
        std::fs::create_dir(&backups).unwrap();
        let to = BackupTo::Folder { folder: backups, keep: Some(1) };
        let clock = super::Ticking::from("2026-12-03");
        let good = Sqlite::open(&path, who()).unwrap().backup(&to, &clock).unwrap();
        change(&path, statement);
        assert_ne!(super::verified(&path).faults, [], "{statement}");
        let refused = Sqlite::open(&path, who()).unwrap().backup(&to, &clock).err();
        assert_eq!(refused, Some(StoreError::Damaged { path: path.clone(), number: None }), "{statement}");
        assert!(good.path.exists(), "{statement}");
        let restored = folder.path().join("restored.db");
        let (mut restored, missing) = Sqlite::restore(&path, &restored, &restoring(), who(), &clock).unwrap();
        assert_eq!((missing, restored.verify(&[]).unwrap().faults), (0, Vec::new()), "{statement}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = sound(folder.path());
    change(
        &path,
        "INSERT INTO ward SELECT 2, '00000000000000000000000000000000', name, settings, clinic, head, hash FROM ward",
    );
    let clock = super::Ticking::from("2026-12-03");
    let refused = Sqlite::restore(&path, &folder.path().join("restored.db"), &restoring(), who(), &clock).err();
    assert!(matches!(refused, Some(StoreError::Damaged { .. })), "{refused:?}");
}

#[test]
fn an_entry_does_not_come_to_the_patient_who_has_the_identifier_by_the_row_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = sound(folder.path());
    change(&path, BESIDE[0]);
    let mut store = Sqlite::open(&path, who()).unwrap();
    let clock = super::Ticking::from("2026-12-03");
    let mut refuses = |id: &str| {
        let seen = store.patient(&key(id)).unwrap().last_seq;
        let refused = store.append(&key(id), seen, &[noted("of whom?")], &clock).err();
        assert!(matches!(refused, Some(StoreError::Damaged { number: None, .. })), "{refused:?}");
    };
    refuses("A-1");
    refuses("A-2");
    // Nor does one come after a gap.
    change(&path, BESIDE[0]);
    change(&path, BESIDE[2]);
    refuses("A-1");
}

#[test]
fn an_erasure_that_was_undone_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = sound(folder.path());
    let raw = Connection::open(&path).unwrap();
    let undo: Vec<String> = raw
        .prepare("SELECT quote(body), quote(salt), number FROM event WHERE patient = 2")
        .unwrap()
        .query_map([], |row| {
            let (body, salt, number): (String, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(format!("UPDATE event SET body = {body}, salt = {salt} WHERE number = {number}"))
        })
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    drop(raw);
    let clock = super::Ticking::from("2026-12-03");
    let erasing = Erasing {
        on: "2026-12-03".parse().unwrap(),
        by: text("A. Berg"),
        because: text("asked for"),
        authority: text("Dr K. Holm"),
    };
    Sqlite::open(&path, who()).unwrap().erase(&key("A-2"), 1, &erasing, &clock).unwrap();
    assert_eq!(super::verified(&path).faults, []);
    change(&path, &undo.join(";"));
    assert_eq!(super::verified(&path).faults, [Fault::Altered { number: 5 }]);
}

#[test]
fn a_patient_whose_entries_cannot_be_relied_on_is_named_and_takes_nobody_else_from_the_list() {
    let emptied = "UPDATE event SET body = NULL, salt = NULL WHERE patient = 1 AND number = 6";
    for (statement, entries) in [
        (emptied, vec![6]),
        ("UPDATE event SET on_date = '2026-11-30' WHERE number = 7", vec![7]),
        ("UPDATE event SET body = 'no document' WHERE number = 6", vec![6]),
        ("UPDATE event SET on_date = 'yesterday!' WHERE number = 6", vec![6]),
        ("DELETE FROM event WHERE number = 8", vec![9]),
        ("UPDATE patient SET name = 'Other' WHERE patient = 1", vec![]),
        (&format!("{emptied}; DELETE FROM course"), vec![6]),
        (&format!("{emptied}; UPDATE course SET fold = 0"), vec![6]),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = sound(folder.path());
        let clock = super::Ticking::from("2026-12-03");
        let mut store = Sqlite::open(&path, who()).unwrap();
        store.append(&key("A-2"), 1, &[planned("A-2", "2026-12-01")], &clock).unwrap();
        drop(store);
        let courses = if statement.contains("course") { " WHERE patient = 1" } else { "" };
        change(&path, &format!("{statement}{courses}"));
        println!("{statement}");
        let asked = Asked { today: "2027-01-29".parse().unwrap(), ahead: 7 };
        let mut store = Sqlite::open(&path, who()).unwrap();
        for _ in 0..2 {
            store.make_current().unwrap();
            let due = store.moment().unwrap().due(asked, |_, _, _| ()).unwrap();
            assert_eq!(due.lines.iter().map(|(line, ())| line.id.as_str()).collect::<Vec<_>>(), ["A-2"]);
            let [damaged] = due.damaged.as_slice() else { panic!("{:?}", due.damaged) };
            assert_eq!((damaged.id.as_deref(), &damaged.entries), (Some("A-1"), &entries));
            // What is computed again of everybody leaves this one as it is.
            let again = store.compute_again().unwrap();
            assert_eq!((again.patients, again.damaged), (1, due.damaged));
        }
        // Nothing is recorded for the patient, so that no dose is given because another one cannot be read.
        let seen = store.patient(&key("A-1")).unwrap().last_seq;
        let refused = store.append(&key("A-1"), seen, &[noted("more")], &clock).err();
        assert!(matches!(refused, Some(StoreError::Damaged { .. })), "{refused:?}");
        let seen = store.patient(&key("A-2")).unwrap().last_seq;
        store.append(&key("A-2"), seen, &[noted("of another patient")], &clock).ok();
        assert_ne!(store.verify(&[]).unwrap().faults, []);
    }
}

#[test]
fn a_ward_whose_row_cannot_be_read_is_read_by_its_entries_and_written_again_from_them() {
    for statement in &BESIDE[3..] {
        let folder = tempfile::tempdir().unwrap();
        let path = sound(folder.path());
        let ward = Sqlite::open(&path, who()).unwrap().ward().clone();
        change(&path, statement);
        let mut store = Sqlite::open(&path, who()).unwrap();
        assert!(store.verify(&[]).unwrap().faults.contains(&Fault::Ward), "{statement}");
        assert!(store.patient(&key("A-1")).is_ok(), "{statement}");
        store.compute_again().unwrap();
        assert_eq!(store.verify(&[]).unwrap().faults, [], "{statement}");
        store.patient(&key("A-1")).unwrap();
        assert_eq!(store.ward(), &ward, "{statement}");
        let clock = super::Ticking::from("2026-12-03");
        store.append(&key("A-2"), 1, &[noted("goes on")], &clock).unwrap();
    }
}

#[test]
fn a_ward_that_does_not_say_its_last_entry_is_read_and_takes_no_entry() {
    for (statement, said) in [
        ("UPDATE ward SET head = -1", None),
        ("UPDATE ward SET hash = x''", None),
        ("UPDATE ward SET head = 11", Some(11)),
        ("UPDATE ward SET hash = zeroblob(32)", Some(12)),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = sound(folder.path());
        let (number, hash) = Sqlite::open(&path, who()).unwrap().head().unwrap();
        change(&path, statement);
        let mut store = Sqlite::open(&path, who()).unwrap();
        assert!(store.verify(&[]).unwrap().faults.contains(&Fault::Head { said, found: number }), "{statement}");
        if said.is_none() {
            assert_eq!(store.head(), Ok((number, hash)), "{statement}");
        }
        let clock = super::Ticking::from("2026-12-03");
        let refused = store.append(&key("A-2"), 1, &[noted("more")], &clock).err();
        assert!(matches!(refused, Some(StoreError::Damaged { .. })), "{statement}: {refused:?}");
        // Nobody knows what else is missing, so that no register is made of it.
        let refused = Sqlite::restore(&path, &folder.path().join("restored.db"), &restoring(), who(), &clock).err();
        assert!(matches!(refused, Some(StoreError::Damaged { .. })), "{statement}: {refused:?}");
    }
}

#[test]
fn what_a_foreign_trigger_keeps_from_being_written_is_not_said_to_be_recorded() {
    let ignored = |when: &str| format!("CREATE TRIGGER foreign_one BEFORE {when} BEGIN SELECT RAISE(IGNORE); END");
    let removed = "DROP TRIGGER event_stays; CREATE TRIGGER foreign_one AFTER INSERT ON event BEGIN \
                   DELETE FROM event WHERE number = NEW.number; END";
    let before = "DROP TRIGGER event_stays; CREATE TRIGGER foreign_one AFTER INSERT ON event BEGIN \
                  DELETE FROM event WHERE number = NEW.number - 1; END";
    let clock = super::Ticking::from("2026-12-03");
    let mondays = || entry("2026-12-03", r#"{"kind":"clinic-set","open_weekdays":["mon"]}"#);
    for (trigger, of_ward) in [
        (ignored("INSERT ON event"), true),
        (removed.to_owned(), true),
        (before.to_owned(), true),
        (ignored("UPDATE ON ward"), true),
        (ignored("UPDATE ON patient"), false),
        (ignored("INSERT ON course"), false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = sound(folder.path());
        let raw = Connection::open(&path).unwrap();
        raw.execute_batch(&trigger).unwrap();
        let mut store = Sqlite::open(&path, who()).unwrap();
        let head = store.head().unwrap();
        let seen = store.patient(&key("A-1")).unwrap().last_seq;
        let refused = store.append(&key("A-1"), seen, &[noted("more")], &clock).err();
        assert!(matches!(refused, Some(StoreError::Damaged { .. })), "{trigger}: {refused:?}");
        if of_ward {
            let refused = store.append_to_ward(&[mondays()], &clock).err();
            assert!(matches!(refused, Some(StoreError::Damaged { .. })), "{trigger}: {refused:?}");
        }
        assert_eq!((store.head().unwrap(), store.patient(&key("A-1")).unwrap().last_seq), (head, seen), "{trigger}");
        assert!(store.verify(&[]).unwrap().faults.contains(&Fault::Form { name: "foreign_one".to_owned() }));
    }
    let folder = tempfile::tempdir().unwrap();
    let path = sound(folder.path());
    let raw = Connection::open(&path).unwrap();
    raw.execute_batch(&ignored("UPDATE OF body ON event")).unwrap();
    let mut store = Sqlite::open(&path, who()).unwrap();
    let erasing = Erasing {
        on: "2026-12-03".parse().unwrap(),
        by: text("A. Berg"),
        because: text("the patient asked"),
        authority: text("Data protection, 2026-114"),
    };
    let refused = store.erase(&key("A-2"), 1, &erasing, &clock).err();
    assert!(matches!(refused, Some(StoreError::Damaged { .. })), "{refused:?}");
    assert!(store.patient(&key("A-2")).is_ok());
    raw.execute_batch(&format!("DELETE FROM library; DROP TRIGGER foreign_one; {}", ignored("INSERT ON library")))
        .unwrap();
    assert!(matches!(store.keep_library(&[]), Err(StoreError::Damaged { .. })));
}
