//! What every register does, whatever it is kept in.

use osteodose::{
    patient::Weekday,
    quantity::Sex,
    ward::{
        Settings,
        event::{Anchored, ClinicSet, Draft, Identity, IdentityCorrected, SettingsSet, What},
        fold::Refused,
        store::{Anchor, Asked, Clock, Erasing, PatientKey, Sqlite, Store, StoreError, chain},
    },
};

use super::{
    key,
    register::{self, Ticking, entry, noted, on, planned, registered, text, who},
};

/// A test of the contract: with an empty register and its clock.
pub(super) type Case = fn(&mut dyn Store, &Ticking);

pub(super) const CASES: &[(&str, Case)] = &[
    ("a history", history),
    ("all or none", all_or_none),
    ("what came between", what_came_between),
    ("one identifier, one patient", one_identifier),
    ("a corrected identity", corrected_identity),
    ("entries of the ward and of patients", misplaced),
    ("pages", pages),
    ("settings", settings),
    ("erasing", erasing),
    ("a clock that was set back", set_back),
];

#[test]
fn a_register_in_a_file_does_what_every_register_does() {
    for (name, case) in CASES {
        println!("{name}");
        let folder = tempfile::tempdir().unwrap();
        let (mut store, clock) = register::register(folder.path());
        case(&mut store, &clock);
        let verified = store.verify(&[]).unwrap();
        assert_eq!(verified.faults, [], "{name}");
        let path = store.path().to_owned();
        drop(store);
        assert_eq!(Sqlite::open(&path, who()).unwrap().verify(&[]).unwrap(), verified, "{name}");
    }
}

fn history(store: &mut dyn Store, clock: &Ticking) {
    let begun = store.register(&[registered("A-1042"), noted("first")], clock).unwrap();
    let uid = begun.history.unwrap().uid;
    let appended = store.append(&key("A-1042"), 2, &[noted("second")], clock).unwrap();
    assert_eq!((appended.stored[0].header.number, appended.stored[0].header.seq), (6, Some(3)));
    let history = store.patient(&key("A-1042")).unwrap();
    assert_eq!(Some(&history), appended.history.as_ref());
    assert_eq!((history.uid, history.last_seq), (uid, 3));
    assert_eq!(history, store.patient(&PatientKey::Uid(uid)).unwrap());
    let kinds: Vec<String> = history.events().iter().map(|it| it.what.kind().to_owned()).collect();
    assert_eq!(kinds, ["registered", "noted", "noted"]);
    let first = &history.stored[0].header;
    assert_eq!(
        (first.os_user.as_str(), first.host.as_str(), first.program.as_str()),
        ("aberg", "onco-1", "osteodose 0.1.0")
    );
    assert_eq!((first.number, first.offset_min, first.by.as_str()), (4, 60, "A. Berg"));
    assert_eq!(store.patient(&key("A-1043")), Err(StoreError::UnknownPatient));
    let nameless = Draft { by: text("x"), ..noted("by nobody") };
    assert_eq!(store.append(&key("A-1042"), 3, &[nameless], clock), Err(StoreError::NoName { least: 2 }));
    let long_ago = "1850-01-01".parse().unwrap();
    let unreadable = Draft { on: long_ago, ..noted("of no day") };
    let before_birth = Refused::BeforeBirth { on: long_ago, born: "1958-03-14".parse().unwrap() };
    assert_eq!(store.append(&key("A-1042"), 3, &[unreadable], clock), Err(StoreError::Refused(before_birth)));
}

fn all_or_none(store: &mut dyn Store, clock: &Ticking) {
    store.register(&[registered("A-1042")], clock).unwrap();
    let head = store.head().unwrap();
    let refused = store.append(&key("A-1042"), 1, &[noted("one"), registered("A-1042")], clock);
    assert!(matches!(refused, Err(StoreError::Refused(_))), "{refused:?}");
    assert_eq!(store.head().unwrap(), head);
    assert_eq!(store.patient(&key("A-1042")).unwrap().last_seq, 1);
    assert!(store.register(&[registered("A-1043"), registered("A-1043")], clock).is_err());
    assert_eq!(store.patient(&key("A-1043")), Err(StoreError::UnknownPatient));
}

fn what_came_between(store: &mut dyn Store, clock: &Ticking) {
    store.register(&[registered("A-1042")], clock).unwrap();
    let between = store.append(&key("A-1042"), 1, &[noted("one"), noted("two")], clock).unwrap();
    let changed = store.append(&key("A-1042"), 1, &[noted("three")], clock);
    assert_eq!(changed, Err(StoreError::Changed { since: between.stored }));
    let ahead = store.append(&key("A-1042"), 7, &[noted("three")], clock);
    assert_eq!(ahead, Err(StoreError::Changed { since: Vec::new() }));
    store.append(&key("A-1042"), 3, &[noted("three")], clock).unwrap();
}

fn one_identifier(store: &mut dyn Store, clock: &Ticking) {
    store.register(&[registered("A-1042")], clock).unwrap();
    assert_eq!(store.register(&[registered("A-1042")], clock), Err(StoreError::IdTaken { id: text("A-1042") }));
    store.register(&[registered("a-1042")], clock).unwrap();
}

fn corrected_identity(store: &mut dyn Store, clock: &Ticking) {
    store.register(&[registered("A-1042")], clock).unwrap();
    store.register(&[registered("A-1043")], clock).unwrap();
    let before = Identity {
        id: text("A-1042"),
        name: Some(text("HOLM, Anna")),
        birth_date: "1958-03-14".parse().unwrap(),
        sex: Sex::Female,
    };
    let corrected = |id: &str| {
        let patient = Identity { id: text(id), name: None, ..before.clone() };
        on("2026-12-01", IdentityCorrected::of(&before, patient, text("typed wrongly")))
    };
    let taken = store.append(&key("A-1042"), 1, &[corrected("A-1043")], clock);
    assert_eq!(taken, Err(StoreError::IdTaken { id: text("A-1043") }));
    store.append(&key("A-1042"), 1, &[corrected("A-1044")], clock).unwrap();
    assert_eq!(store.patient(&key("A-1042")), Err(StoreError::UnknownPatient));
    assert_eq!(store.patient(&key("A-1044")).unwrap().last_seq, 2);
}

fn misplaced(store: &mut dyn Store, clock: &Ticking) {
    let wrong = |kind: &str| Err(StoreError::Misplaced { kind: kind.to_owned() });
    store.register(&[registered("A-1042")], clock).unwrap();
    let open = || on("2026-12-01", ClinicSet { open_weekdays: None, closed: Vec::new() });
    assert_eq!(store.append(&key("A-1042"), 1, &[open()], clock), wrong("clinic-set"));
    assert_eq!(store.append_to_ward(&[noted("of nobody")], clock), wrong("noted"));
    assert_eq!(store.register(&[noted("of nobody")], clock), wrong("noted"));
}

fn pages(store: &mut dyn Store, clock: &Ticking) {
    store.register(&[registered("A-1042")], clock).unwrap();
    for seen in 1..20 {
        store.append(&key("A-1042"), seen, &[noted("a note")], clock).unwrap();
    }
    let mut all = Vec::new();
    loop {
        let page = store.events(all.len() as u64 + 1, 7).unwrap();
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    let numbers: Vec<u64> = all.iter().map(|it| it.header.number).collect();
    assert_eq!(numbers, (1..=23).collect::<Vec<_>>());
    let mut previous = chain::origin(store.ward().uid);
    for entry in &all {
        assert!(chain::holds(&previous, entry));
        previous = entry.hash;
    }
    assert_eq!(store.head().unwrap(), (23, previous));
    let anchor = store.anchor(&text("A. Berg"), clock).unwrap();
    assert_eq!(anchor, Anchor::new(23, &previous));
    assert_eq!(store.head().unwrap().0, 24);
    assert!(store.verify(&[anchor]).unwrap().faults.is_empty());
}

fn settings(store: &mut dyn Store, clock: &Ticking) {
    let open_weekdays = Some(vec![Weekday::Tuesday, Weekday::Thursday]);
    let settings = Settings { people: vec![text("A. Berg"), text("B. Lind")], ..Settings::default() };
    let drafts = [
        on("2026-12-01", SettingsSet { settings: settings.clone() }),
        on("2026-12-01", ClinicSet { open_weekdays: open_weekdays.clone(), closed: Vec::new() }),
    ];
    store.append_to_ward(&drafts, clock).unwrap();
    assert_eq!(store.ward().all_settings(), Settings { open_weekdays, ..settings });
}

fn erasing(store: &mut dyn Store, clock: &Ticking) {
    let begun = store.register(&[registered("A-1042"), noted("what must go")], clock).unwrap();
    store.register(&[registered("A-1043")], clock).unwrap();
    let uid = begun.history.unwrap().uid;
    let erasing = Erasing {
        on: clock.now().day,
        by: text("A. Berg"),
        because: text("the patient asked"),
        authority: text("Data protection, 2026-114"),
    };
    assert!(matches!(store.erase(&key("A-1042"), 1, &erasing, clock), Err(StoreError::Changed { .. })));
    let erased = store.erase(&key("A-1042"), 2, &erasing, clock).unwrap();
    assert_eq!(store.patient(&key("A-1042")), Err(StoreError::UnknownPatient));
    let history = store.patient(&PatientKey::Uid(uid)).unwrap();
    assert_eq!((erased.history.as_ref(), history.altered.as_slice()), (Some(&history), [].as_slice()));
    let [first, second, last] = history.events().try_into().unwrap();
    assert_eq!(
        (first.what, second.what),
        (What::Erased { kind: "registered".into() }, What::Erased { kind: "noted".into() })
    );
    assert!(matches!(last.what, What::Body(_)));
    assert!(history.stored[..2].iter().all(|it| it.body.is_none() && it.salt.is_none()));
    assert_eq!(store.append(&PatientKey::Uid(uid), 3, &[noted("more")], clock), Err(StoreError::UnknownPatient));
    store.register(&[registered("A-1042")], clock).unwrap();
}

fn set_back(store: &mut dyn Store, clock: &Ticking) {
    store.register(&[registered("A-1042")], clock).unwrap();
    clock.turn(-7_200_000);
    let appended = store.append(&key("A-1042"), 1, &[noted("a note")], clock).unwrap();
    let behind = appended.behind.unwrap();
    assert_eq!((behind.number, behind.ms), (4, 7_199_000));
    assert_eq!(store.verify(&[]).unwrap().steps, [behind]);
    let again =
        store.append_to_ward(&[on("2026-12-01", Anchored { number: 4, hash: text("0123456789abcdef") })], clock);
    assert_eq!(again.unwrap().behind, None);
}

#[test]
fn open_days_that_another_program_set_count_from_the_next_entry_on() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = register::register(folder.path());
    store.register(&[registered("A-1"), planned("A-1", "2026-12-01")], &clock).unwrap();
    let mut other = Sqlite::open(store.path(), who()).unwrap();
    let mondays = entry("2026-12-01", r#"{"kind":"clinic-set","open_weekdays":["mon"]}"#);
    other.append_to_ward(&[mondays], &clock).unwrap();
    // This one was opened before.
    store.append(&key("A-1"), 2, &[noted("a note")], &clock).unwrap();
    assert_eq!(store.ward().clinic.open_weekdays.as_ref().map(Vec::len), Some(1));
    let asked = Asked { today: "2026-12-07".parse().unwrap(), ahead: 7 };
    let due = store.due(asked).unwrap();
    assert_eq!(due[0].due, "2026-12-07".parse().ok(), "Tuesday, 1 December, is closed");
    assert_eq!(store.verify(&[]).unwrap().faults, []);
}
