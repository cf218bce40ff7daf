//! The register on a server: what every register does, who may do what, and what becomes of it when the server fails.

use std::{path::Path, thread};

use osteodose::{
    json::Text,
    ward::store::{
        Asked, Erasing, HandedOn, KeptLibrary, Part, PatientKey, Postgres, Restoring, Sharing, Sqlite, Store,
        StoreError, Stored,
    },
};

use super::{
    contract::CASES,
    key,
    register::{self, Ticking, given, noted, planned, registered, text, who},
    server::Server,
    shipped,
};
use crate::cli::{osteodose, text as text_of};

/// A new ward in a database, which is made.
fn ward(server: &Server, database: &str) -> (Postgres, Ticking) {
    server.database(database);
    let clock = Ticking::from("2026-12-01");
    let made = Postgres::create(&server.address("owner", database), None, &register::new(), who(), &clock);
    (made.unwrap_or_else(|error| panic!("{error:?}")), clock)
}

fn open(server: &Server, user: &str, database: &str) -> Result<Postgres, StoreError> {
    Postgres::open(&server.address(user, database), None, who())
}

/// Everything that a register hands on.
fn parts(store: &mut dyn Store) -> Vec<Part> {
    let libraries: Vec<KeptLibrary> = store.libraries().unwrap();
    let entries = store.events(1, usize::MAX).unwrap();
    let entries = entries.into_iter().map(|entry| Part::Entry(Box::new(entry)));
    entries.chain(libraries.into_iter().map(Part::Library)).collect()
}

#[test]
fn a_register_on_a_server_does_what_every_register_does() {
    let Some(server) = Server::start("a_register_on_a_server_does_what_every_register_does") else { return };
    for (number, (name, case)) in CASES.iter().enumerate() {
        println!("{name}");
        let database = format!("case_{number}");
        let (mut store, clock) = ward(&server, &database);
        case(&mut store, &clock);
        let verified = store.verify(&[]).unwrap();
        assert_eq!(verified.faults, [], "{name}");
        drop(store);
        assert_eq!(open(&server, "owner", &database).unwrap().verify(&[]).unwrap(), verified, "{name}");
    }
}

/// A ward with a patient who has a plan, a dose, and a note, and another one who was erased.
fn fill(store: &mut dyn Store, clock: &Ticking) {
    let begun = [registered("A-1"), planned("A-1", "2026-12-01"), given("2026-12-01", 1)];
    store.register(&begun, clock).unwrap();
    store.register(&[registered("A-2"), noted("what must go")], clock).unwrap();
    let erasing = Erasing {
        on: "2026-12-01".parse().unwrap(),
        by: text("A. Berg"),
        because: text("asked"),
        authority: text("DPO"),
    };
    store.erase(&key("A-2"), 2, &erasing, clock).unwrap();
    store.keep_library(&shipped()).unwrap();
}

#[test]
fn a_register_is_copied_to_a_server_and_back_with_equal_hashes() {
    let Some(server) = Server::start("a_register_is_copied_to_a_server_and_back_with_equal_hashes") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (mut file, clock) = register::register(folder.path());
    fill(&mut file, &clock);
    server.database("copy");
    let (from, by): (Text, Text) = (text("register.db"), text("A. Berg"));
    let original = parts(&mut file);
    let copied = |parts: Vec<Part>| {
        let handed_on = HandedOn { file: Path::new("register.db"), parts: parts.into_iter().map(Ok::<_, StoreError>) };
        Postgres::copy(&server.address("owner", "copy"), None, handed_on, (&from, &by), (who(), &clock))
    };
    let mut on_server = copied(original.clone()).unwrap();
    let there = on_server.events(1, usize::MAX).unwrap();
    let (last, before) = there.split_last().unwrap();
    let entries: Vec<Stored> = file.events(1, usize::MAX).unwrap();
    assert_eq!((before, last.header.kind.as_str()), (entries.as_slice(), "copied"));
    assert_eq!(on_server.verify(&[]).unwrap().faults, []);
    let asked = Asked { today: "2026-12-29".parse().unwrap(), ahead: 7 };
    assert_eq!(on_server.due(asked).unwrap(), file.due(asked).unwrap());
    assert_eq!(on_server.libraries().unwrap(), file.libraries().unwrap());

    let back = parts(&mut on_server);
    let restoring = Restoring { sharing: Sharing::Owner, by: by.clone(), against: Vec::new() };
    let handed_on = HandedOn { file: Path::new("copy"), parts: back.into_iter().map(Ok::<_, StoreError>) };
    let (mut again, missing) =
        Sqlite::take_back(handed_on, &folder.path().join("again.db"), &restoring, who(), &clock).unwrap();
    assert_eq!((missing, &again.events(1, there.len()).unwrap()), (0, &there));
    assert_eq!(again.verify(&[]).unwrap().faults, []);

    assert!(matches!(copied(original.clone()).err(), Some(StoreError::Exists { .. })), "the ward is there already");

    // One entry that was altered: nothing of the copy stays.
    server.run_in("owner", "copy", "DROP SCHEMA osteodose CASCADE");
    let altered = original.into_iter().map(|part| match part {
        Part::Entry(mut entry) if entry.header.number == 5 => {
            entry.header.by = "B. Lind".to_owned();
            Part::Entry(entry)
        }
        part => part,
    });
    assert!(matches!(copied(altered.collect()).err(), Some(StoreError::Damaged { .. })));
    let left = server.client("owner", "copy").query("SELECT 1 FROM pg_namespace WHERE nspname = 'osteodose'", &[]);
    assert!(left.unwrap().is_empty());
}

#[test]
fn a_nurse_records_in_her_ward_and_changes_no_entry_and_sees_no_other_ward() {
    let Some(server) = Server::start("a_nurse_records_in_her_ward_and_changes_no_entry_and_sees_no_other_ward") else {
        return;
    };
    let (mut mine, clock) = ward(&server, "wards");
    mine.register(&[registered("A-1"), planned("A-1", "2026-12-01")], &clock).unwrap();
    let other = register::new();
    let other = osteodose::ward::store::New { name: text("Ward 8"), ..other };
    let mut other = Postgres::create(&server.address("owner", "wards"), None, &other, who(), &clock).unwrap();
    other.register(&[registered("B-1")], &clock).unwrap();
    let several = open(&server, "owner", "wards").err();
    assert!(matches!(several, Some(StoreError::WhichWard { wards, .. }) if wards == ["Day unit", "Ward 8"]));
    server.run_in("owner", "wards", "CREATE ROLE aberg LOGIN; GRANT osteodose_nurse TO aberg");
    assert!(matches!(open(&server, "aberg", "wards").err(), Some(StoreError::NoWard { .. })));
    server.run_in("owner", "wards", "INSERT INTO osteodose.member VALUES ('aberg', 1)");

    let mut hers = open(&server, "aberg", "wards").unwrap();
    hers.append(&key("A-1"), 2, &[given("2026-12-01", 1)], &clock).unwrap();
    hers.register(&[registered("A-2")], &clock).unwrap();
    assert_eq!(hers.patient(&key("B-1")), Err(StoreError::UnknownPatient));
    assert_eq!(hers.persons().unwrap().len(), 2);
    assert_eq!(hers.verify(&[]).unwrap().faults, []);
    let asked = Asked { today: "2026-12-29".parse().unwrap(), ahead: 7 };
    assert_eq!(hers.due(asked).unwrap().len(), 1);
    let erasing = Erasing {
        on: "2026-12-01".parse().unwrap(),
        by: text("A. Berg"),
        because: text("asked"),
        authority: text("DPO"),
    };
    assert!(matches!(hers.erase(&key("A-2"), 1, &erasing, &clock), Err(StoreError::Permission { .. })));

    let mut psql = server.client("aberg", "wards");
    psql.batch_execute("SET search_path = osteodose").unwrap();
    let wards = psql.query_one("SELECT count(DISTINCT ward) FROM event", &[]).unwrap().get::<_, i64>(0);
    assert_eq!(wards, 1);
    for refused in [
        "UPDATE event SET by_name = 'B. Lind' WHERE number = 5",
        "UPDATE event SET body = NULL, salt = NULL WHERE number = 5",
        "DELETE FROM event",
        "TRUNCATE event CASCADE",
        "DELETE FROM patient",
        "UPDATE patient SET uid = 'x'",
        "INSERT INTO patient (ward, uid, last_seq) VALUES (2, repeat('0', 32), 0)",
        "INSERT INTO member VALUES ('aberg', 2)",
        "INSERT INTO ward (uid, name, settings, clinic, head, hash) VALUES (repeat('0', 32), 'x', '', '', 0, '')",
        "ALTER TABLE event DISABLE TRIGGER ALL",
    ] {
        assert!(psql.batch_execute(refused).is_err(), "{refused}");
    }
    assert_eq!(psql.execute("UPDATE ward SET head = 0 WHERE ward = 2", &[]).unwrap(), 0);

    // Who owns the tables does not change an entry either.
    let mut owner = server.client("owner", "wards");
    for refused in
        ["UPDATE osteodose.event SET by_name = 'B. Lind'", "DELETE FROM osteodose.event", "TRUNCATE osteodose.event"]
    {
        assert!(owner.batch_execute(refused).is_err(), "{refused}");
    }
    server.run_in("owner", "wards", "GRANT osteodose_eraser TO aberg");
    hers.erase(&key("A-2"), 1, &erasing, &clock).unwrap();
    assert_eq!(hers.verify(&[]).unwrap().faults, []);
    owner.batch_execute("ALTER TABLE osteodose.event DISABLE TRIGGER event_kept").unwrap();
    assert_eq!(hers.verify(&[]).unwrap().faults.len(), 1);
    owner.batch_execute("DELETE FROM osteodose.member WHERE role = 'aberg'").unwrap();
    for gone in [hers.head().map(drop), hers.register(&[registered("A-3")], &clock).map(drop)] {
        assert!(matches!(gone, Err(StoreError::NoWard { .. })), "{gone:?}");
    }
}

#[test]
fn a_server_that_is_killed_during_saves_has_every_entry_that_was_told_and_no_gap() {
    let Some(server) = Server::start("a_server_that_is_killed_during_saves_has_every_entry_that_was_told_and_no_gap")
    else {
        return;
    };
    let ids = ["A-1", "A-2", "A-3", "A-4"];
    let (mut store, clock) = ward(&server, "killed");
    for id in ids {
        store.register(&[registered(id)], &clock).unwrap();
    }
    for _ in 0..3 {
        let writers = ids.map(|id| {
            let mut store = open(&server, "owner", "killed").unwrap();
            thread::spawn(move || record_until_away(&mut store, id))
        });
        thread::sleep(std::time::Duration::from_millis(400));
        server.stop("immediate");
        let told: Vec<u64> = writers.into_iter().flat_map(|it| it.join().unwrap()).collect();
        // This one was connected before, and says so in a sentence of its own.
        assert!(matches!(store.head(), Err(StoreError::Unreachable { .. })));
        server.up();
        let entries = store.events(1, usize::MAX).unwrap();
        assert!(!told.is_empty());
        assert!(entries.iter().map(|it| it.header.number).eq(1..=entries.len() as u64));
        assert!(told.iter().all(|number| *number <= entries.len() as u64));
        assert_eq!(store.verify(&[]).unwrap().faults, []);
    }
}

/// Records notes until the server is away. Returns the numbers that were told.
fn record_until_away(store: &mut Postgres, id: &str) -> Vec<u64> {
    let clock = Ticking::from("2026-12-02");
    let key = PatientKey::Id(text(id));
    let mut seen = store.patient(&key).unwrap().last_seq;
    let mut told = Vec::new();
    loop {
        match store.append(&key, seen, &[noted("a note")], &clock) {
            Ok(appended) => {
                told.extend(appended.stored.iter().map(|it| it.header.number));
                seen += 1;
            }
            Err(StoreError::Unreachable { .. }) => return told,
            Err(error) => panic!("{error:?}"),
        }
    }
}

#[test]
fn a_server_that_is_not_there_and_one_without_a_register_are_said_by_name() {
    let away = Postgres::open(Path::new("postgresql://owner@%2Fnonexistent/ward"), None, who()).err();
    assert!(matches!(away, Some(StoreError::Unreachable { .. })));
    let Some(server) = Server::start("a_server_that_is_not_there_and_one_without_a_register_are_said_by_name") else {
        return;
    };
    assert!(matches!(open(&server, "owner", "postgres").err(), Some(StoreError::NotThere { .. })));
    assert!(matches!(open(&server, "owner", "none").err(), Some(StoreError::NotThere { .. })));
    assert!(matches!(open(&server, "nobody", "postgres").err(), Some(StoreError::Permission { .. })));
}

#[test]
fn commands_do_on_a_server_what_they_do_on_a_file() {
    let Some(server) = Server::start("commands_do_on_a_server_what_they_do_on_a_file") else { return };
    server.database("commands");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy.db").display().to_string();
    let address = server.address("owner", "commands").display().to_string();
    let run = |arguments: &[&str], status: i32, said: &str| {
        let output = osteodose(arguments, b"");
        let all = text_of(&output.stdout) + &text_of(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {all}");
        assert!(all.contains(said), "{arguments:?}: {all}");
    };
    run(&["ward", "verify", &address], 2, "there is no register here");
    run(&["ward", "create", &address, "--name", "Day unit", "--by", "A. Berg"], 0, "the register of Day unit is ready");
    run(&["ward", "verify", &address], 0, "Whole: 3 entries");
    run(&["ward", "due", "--register", &address], 0, "Day unit");
    run(&["ward", "backup", &file, "--register", &address], 2, "the administrator of the server makes its backups");
    run(&["ward", "copy", &address, &file, "--by", "A. Berg"], 0, "copied. ");
    run(&["ward", "verify", &file], 0, "Whole: 4 entries");
    run(&["ward", "verify", &address], 0, "Whole: 4 entries");
    run(&["ward", "sql"], 0, "CREATE SCHEMA osteodose;");
    let with_password = address.replace("owner@", "owner:secret@");
    run(&["ward", "verify", &with_password], 2, "a password is never part of the address");
    let far = "postgresql://owner@onco-db/ward?sslmode=prefer";
    run(&["ward", "verify", far], 2, "the connection to another computer is always encrypted");
    server.stop("fast");
    run(&["ward", "due", "--register", &address], 6, "does not answer");
}
