//! Registers as earlier programs left them. Each is opened for ever.

use std::fs;

use osteodose::ward::store::{
    Asked, BackupTo, DueLine, Erasing, Group, Recomputed, Refreshed, Restoring, Sharing, Sqlite, Store,
};

use super::{
    key, noted,
    register::{Ticking, entry, given, planned, register, registered, text, who},
};
use crate::support::tests;

/// Makes the register of the form that this program writes, once: what is there is never made again.
#[test]
#[ignore = "writes a file that is kept"]
fn write_the_register_of_this_form() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = register(folder.path());
    fill(&mut store, &clock);
    store.backup(&BackupTo::File(tests("register/schema-1.db")), &clock).unwrap();
}

/// Patients in every part of the list.
fn fill(store: &mut Sqlite, clock: &Ticking) {
    let held = r#"{"kind":"held","because":"creatinine-risen","look_again":"2026-12-05","note":"136 or above"}"#;
    let deferred = r#"{"kind":"deferred","dose":2,"to":null,"then":"keep-dates","reason":"did-not-attend"}"#;
    let ended = r#"{"kind":"ended","because":"moved-away"}"#;
    for id in ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6"] {
        store.register(&[registered(id), planned(id, "2026-12-01")], clock).unwrap();
    }
    clock.turn(86_400_000);
    let given = || given("2026-12-01", 1);
    store.append(&key("A-2"), 2, &[given()], clock).unwrap();
    store.append(&key("A-3"), 2, &[given(), entry("2026-12-02", deferred)], clock).unwrap();
    store.append(&key("A-4"), 2, &[given(), entry("2026-12-02", held)], clock).unwrap();
    store.append(&key("A-5"), 2, &[given(), entry("2026-12-02", ended)], clock).unwrap();
}

/// A line of a list in short: group, identifier, dose, day, days late.
type Short = (Group, String, Option<u16>, Option<String>, i64);

/// The list of a day in short.
fn list(store: &mut Sqlite, today: &str) -> Vec<Short> {
    let asked = Asked { today: today.parse().unwrap(), ahead: 7 };
    let lines = store.due(asked).unwrap().into_iter();
    lines.map(|it| (it.group, it.id, it.next_dose, it.due.map(|day| day.to_string()), it.late_days)).collect()
}

/// What the list of the register says on a day on which doses are late, and on which one is due.
fn is_as_filled(store: &mut Sqlite) {
    let line = |group, id: &str, dose, due: Option<&str>, late| {
        (group, id.to_owned(), Some(dose), due.map(str::to_owned), late)
    };
    let expected = [
        line(Group::NoDate, "A-3", 2, None, 0),
        line(Group::Overdue, "A-1", 1, Some("2026-12-01"), 28),
        line(Group::Overdue, "A-6", 1, Some("2026-12-01"), 28),
        line(Group::Today, "A-2", 2, Some("2026-12-29"), 0),
        line(Group::Held, "A-4", 2, None, 0),
    ];
    assert_eq!(list(store, "2026-12-29"), expected);
    let ahead = list(store, "2026-12-25");
    assert!(ahead.contains(&line(Group::Ahead, "A-2", 2, Some("2026-12-29"), 0)), "{ahead:?}");
    assert!(!list(store, "2026-12-21").iter().any(|it| it.1 == "A-2"));
}

#[test]
fn the_list_says_who_waits_who_is_late_and_who_is_due() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = register(folder.path());
    fill(&mut store, &clock);
    is_as_filled(&mut store);
    let lines = store.due(Asked { today: "2026-12-29".parse().unwrap(), ahead: 7 }).unwrap();
    let line = lines.iter().find(|it| it.id == "A-2").unwrap();
    assert_eq!((line.drug.as_str(), line.dose.as_deref(), line.given), ("zoledronic-acid", Some("3.5 mg"), 1));
    assert_eq!(line.last_given.unwrap().to_string(), "2026-12-01");
}

#[test]
fn a_register_of_form_1_is_opened_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("kept.db");
    fs::copy(tests("register/schema-1.db"), &copy).unwrap();
    let mut kept = Sqlite::open(&copy, who()).unwrap();
    assert_eq!(kept.verify(&[]).unwrap().faults, []);
    is_as_filled(&mut kept);
    let clock = Ticking::from("2026-12-03");
    let restoring = Restoring { sharing: Sharing::Owner, by: text("A. Berg"), against: Vec::new() };
    let (mut restored, _) =
        Sqlite::restore(&copy, &folder.path().join("register.db"), &restoring, who(), &clock).unwrap();
    is_as_filled(&mut restored);
    restored.append(&key("A-2"), 3, &[noted("goes on")], &clock).unwrap();
    assert_eq!(restored.verify(&[]).unwrap().faults, []);
}

#[test]
fn courses_that_an_older_program_computed_are_computed_again_and_in_a_copy_for_the_list_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = register(folder.path());
    fill(&mut store, &clock);
    let raw = rusqlite::Connection::open(store.path()).unwrap();
    raw.execute("UPDATE course SET fold = 0, next_due = '2026-06-01', state = 'active', no_date = 0", []).unwrap();
    raw.close().unwrap();
    let copy = folder.path().join("copy.db");
    store.backup(&BackupTo::File(copy.clone()), &clock).unwrap();
    is_as_filled(&mut Sqlite::open(&copy, who()).unwrap());
    is_as_filled(&mut store);
    assert_eq!(store.refresh(1).unwrap(), Refreshed::default());
    assert_eq!(store.verify(&[]).unwrap().faults, []);
}

#[test]
fn other_open_days_move_open_doses_before_the_list_is_shown() {
    use super::register::on;
    use osteodose::{patient::Weekday, ward::event::ClinicSet};
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = register(folder.path());
    fill(&mut store, &clock);
    let open = ClinicSet { open_weekdays: Some(vec![Weekday::Thursday]), closed: Vec::new() };
    store.append_to_ward(&[on("2026-12-02", open)], &clock).unwrap();
    let moved = list(&mut store, "2026-12-29");
    assert!(moved.contains(&(Group::Ahead, "A-2".to_owned(), Some(2), Some("2026-12-31".to_owned()), 0)), "{moved:?}");
    assert_eq!(store.verify(&[]).unwrap().faults, []);
}

#[test]
fn courses_that_are_lost_are_computed_again_and_in_a_copy_for_the_list_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = register(folder.path());
    fill(&mut store, &clock);
    // One of whom nothing is to be listed, though a plan was recorded.
    store.register(&[registered("A-7"), planned("A-7", "2026-12-01")], &clock).unwrap();
    let plan = store.patient(&key("A-7")).unwrap().stored[1].header.number;
    let struck = format!(r#"{{"kind":"struck","event":{plan},"reason":"wrong-patient"}}"#);
    store.append(&key("A-7"), 2, &[entry("2026-12-02", &struck)], &clock).unwrap();
    let lose = |store: &Sqlite, which: &str| {
        let raw = rusqlite::Connection::open(store.path()).unwrap();
        raw.execute(&format!("DELETE FROM course WHERE {which}"), []).unwrap();
    };
    lose(&store, "1");
    let copy = folder.path().join("copy.db");
    store.backup(&BackupTo::File(copy.clone()), &clock).unwrap();
    is_as_filled(&mut Sqlite::open(&copy, who()).unwrap());
    is_as_filled(&mut store);
    assert_eq!(store.verify(&[]).unwrap().faults, []);
    lose(&store, "given = 1");
    assert_eq!(store.compute_again().unwrap(), Recomputed { patients: 7, damaged: Vec::new() });
    assert_eq!(store.verify(&[]).unwrap().faults, []);
    is_as_filled(&mut store);
    let restoring = Restoring { sharing: Sharing::Owner, by: text("A. Berg"), against: Vec::new() };
    let (mut restored, _) =
        Sqlite::restore(&copy, &folder.path().join("restored.db"), &restoring, who(), &clock).unwrap();
    assert_eq!(restored.verify(&[]).unwrap().faults, []);
    is_as_filled(&mut restored);
}

#[test]
fn what_is_read_in_one_moment_knows_nothing_of_what_is_recorded_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = register(folder.path());
    fill(&mut store, &clock);
    let mut other = Sqlite::open(store.path(), who()).unwrap();
    let asked = Asked { today: "2026-12-29".parse().unwrap(), ahead: 7 };
    let before = store.head().unwrap();
    let moment = store.moment().unwrap();
    let seen = other.patient(&key("A-1")).unwrap().last_seq;
    other.append(&key("A-1"), seen, &[given("2026-12-01", 1)], &clock).unwrap();
    let erasing = Erasing {
        on: "2026-12-29".parse().unwrap(),
        by: text("A. Berg"),
        because: text("the patient asked"),
        authority: text("Data protection, 2026-114"),
    };
    let seen = other.patient(&key("A-2")).unwrap().last_seq;
    other.erase(&key("A-2"), seen, &erasing, &clock).unwrap();
    // The list, its entries and its foot are those of the moment in which it was begun.
    let due = moment.due(asked, |_, course, events| (course.number, events.len())).unwrap();
    let ids: Vec<&str> = due.lines.iter().map(|(line, _)| line.id.as_str()).collect();
    assert_eq!((ids, due.damaged.len()), (vec!["A-3", "A-1", "A-6", "A-2", "A-4"], 0));
    assert_eq!(due.lines[1].1, (1, 2));
    assert_eq!(moment.head().unwrap(), before);
    assert!(moment.patient(&key("A-2")).is_ok());
    drop(moment);
    assert_ne!(store.head().unwrap(), before);
    let ids: Vec<String> = list(&mut store, "2026-12-29").into_iter().map(|it| it.1).collect();
    assert_eq!(ids, ["A-3", "A-6", "A-1", "A-4"]);
}

#[test]
fn what_cannot_be_read_of_a_kept_course_is_computed_from_the_entries() {
    for change in
        ["open = '{}'", "next_due = 'tomorrow'", "next_due = '2026-12-99'", "last_given = 'never'", "next_dose = -1"]
    {
        let folder = tempfile::tempdir().unwrap();
        let (mut store, clock) = register(folder.path());
        fill(&mut store, &clock);
        let raw = rusqlite::Connection::open(store.path()).unwrap();
        raw.execute(&format!("UPDATE course SET {change}"), []).unwrap();
        raw.close().unwrap();
        println!("{change}");
        is_as_filled(&mut store);
        let asked = Asked { today: "2026-12-29".parse().unwrap(), ahead: 7 };
        let lines: Vec<DueLine> = store
            .moment()
            .unwrap()
            .due(asked, |_, _, _| ())
            .unwrap()
            .lines
            .into_iter()
            .map(|(line, ())| line)
            .collect();
        assert_eq!(lines, store.due(asked).unwrap());
    }
}
