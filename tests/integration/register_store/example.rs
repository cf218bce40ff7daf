//! The made-up ward: it can be made on any day, and has a patient in every state.

use std::path::Path;

use chrono::{Days, NaiveDate};
use osteodose::{
    regimen::{Library, Subject},
    ward::{
        event::{Body, Event, HoldReason, Verdict, What},
        example,
        fold::{CourseState, Status, newest_assessment, state},
        store::{Asked, DueLine, Group, Sqlite, Store},
    },
    words::register::example::WARD,
};

use super::{
    key,
    register::{Ticking, who},
};

/// A day in the middle of a year, the first and the last of a year, a leap day, the changes of the clock, and far ahead.
const DAYS: [&str; 7] =
    ["2026-12-29", "2027-01-01", "2027-12-31", "2028-02-29", "2027-03-28", "2026-10-25", "2060-08-31"];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn made(folder: &Path, clock: &Ticking) -> Sqlite {
    example::make(&folder.join("example.db"), who(), clock, Library::shipped()).unwrap()
}

#[test]
fn the_example_has_a_patient_in_every_state_whatever_the_day() {
    for today in DAYS {
        println!("{today}");
        let folder = tempfile::tempdir().unwrap();
        let mut store = made(folder.path(), &Ticking::from(today));
        assert_eq!(store.ward().name.as_str(), WARD);
        let verified = store.verify(&[]).unwrap();
        assert_eq!((verified.faults, verified.steps, verified.patients), (Vec::new(), Vec::new(), 13));
        for person in store.persons().unwrap() {
            let state = state(&events(&mut store, person.id.as_str()));
            assert_eq!((state.faults.as_slice(), state.courses.len()), ([].as_slice(), 1), "{person:?}");
        }
        is_the_list(&mut store, day(today));
        is_a_morning(&mut store, day(today));
    }
}

/// Who is in each part of the list, with the dose.
fn is_the_list(store: &mut Sqlite, today: NaiveDate) {
    let lines = store.due(Asked { today, ahead: 7 }).unwrap();
    let of_group = |group| -> Vec<String> {
        let of_group = lines.iter().filter(|it| it.group == group);
        let shown = of_group.map(|it| format!("{} {}", it.name.as_deref().unwrap(), it.dose.as_deref().unwrap()));
        shown.collect()
    };
    assert_eq!(of_group(Group::NoDate), [""; 0]);
    assert_eq!(of_group(Group::Overdue), ["NYGAARD, Per 4 mg"]);
    assert_eq!(
        of_group(Group::Today),
        [
            "BERG, Ole 4 mg",
            "DAHL, Marit 120 mg",
            "FRANK, Peter 90 mg",
            "HOLM, Anna 3.5 mg",
            "IVERSEN, Tom 120 mg",
            "JENSEN, Karin 120 mg",
            "KERN, Josef 800 mg",
            "LEHMANN, Anna 6 mg",
        ]
    );
    assert_eq!(of_group(Group::Ahead), ["HOLM, Anne 120 mg"]);
    assert_eq!(of_group(Group::Held), ["OLSEN, Eva 4 mg"]);
    let line = |group, id: &str| -> DueLine {
        lines.iter().find(|it| it.group == group && it.id == id).unwrap_or_else(|| panic!("{id}")).clone()
    };
    assert_eq!(line(Group::Overdue, "N-0990").late_days, 5);
    assert_eq!(line(Group::Today, "A-1042").next_dose, Some(2));
    assert_eq!(line(Group::Ahead, "A-1077").due, today.checked_add_days(Days::new(6)));
    assert_eq!(line(Group::Held, "O-1501").look_again, Some(today));
    assert_eq!(line(Group::Checks, "A-1077").checks[0].what, Some(Subject::Calcium));
    let answered = line(Group::Checks, "G-1188");
    assert_eq!((answered.checks[0].what, answered.all_answered), (None, true));
}

/// What happened on the day itself.
fn is_a_morning(store: &mut Sqlite, today: NaiveDate) {
    let verdict = |events: &[Event]| newest_assessment(events, 1, today).map(|(_, it)| it.verdict);
    let mut course = |id: &str| -> (Option<Verdict>, CourseState) {
        let events = events(store, id);
        (verdict(&events), state(&events).courses.remove(0))
    };
    let (go, dahl) = course("D-2210");
    assert_eq!((go, dahl.doses.len()), (Some(Verdict::Go), 3));
    let (confirm, jensen) = course("J-3021");
    assert_eq!((confirm, jensen.status), (Some(Verdict::Confirm), Status::Planned));
    let (hold, frank) = course("F-0033");
    assert_eq!((hold, frank.has_risen, frank.holds.len()), (Some(Verdict::Hold), true, 0));
    let (given, moe) = course("M-0072");
    let last = moe.doses.last().unwrap();
    assert_eq!((given, last.on, last.had_go), (Some(Verdict::Go), today, true));
    assert_eq!(last.dose_mg.to_string(), "3.3");
    let (_, olsen) = course("O-1501");
    assert_eq!((olsen.status, olsen.holds[0].because), (Status::OnHold, HoldReason::CreatinineRisen));
    let (_, anna) = course("A-1042");
    assert_eq!(anna.baseline.map(|it| it.value.to_string()).as_deref(), Some("92"));
}

fn events(store: &mut Sqlite, id: &str) -> Vec<Event> {
    store.patient(&key(id)).unwrap().events()
}

#[test]
fn each_dose_of_the_example_rests_on_a_go_and_has_a_batch_and_a_second_person() {
    let all = example::entries(day("2026-12-29"), Library::shipped(), 3);
    let drafts = all.iter().flat_map(|it| &it.drafts);
    let doses: Vec<_> = drafts.filter_map(|it| it.body.drug()).collect();
    assert_eq!(doses.len(), 27);
    for dose in doses {
        assert!(dose.assessed.is_some() && dose.without_go_because.is_none(), "{dose:?}");
        assert!(dose.second.is_some(), "{dose:?}");
        let [container] = dose.containers else { panic!("{dose:?}") };
        assert!(container.brand.is_some() && container.batch.is_some() && container.expires.is_some(), "{dose:?}");
    }
}

#[test]
fn the_example_of_a_day_is_always_the_same_and_each_entry_is_of_its_own_day() {
    let today = day("2028-02-29");
    let all = example::entries(today, Library::shipped(), 3);
    assert_eq!(all, example::entries(today, Library::shipped(), 3));
    assert!(all.is_sorted_by_key(|it| it.at));
    assert!(all.iter().all(|it| it.drafts.iter().all(|draft| draft.on == it.at.date())));
    assert!(all.iter().all(|it| (it.seen == 0) == matches!(it.drafts[0].body, Body::Registered(_))));
    let folder = tempfile::tempdir().unwrap();
    let mut store = made(folder.path(), &Ticking::from("2028-02-29"));
    for entry in store.events(4, 1000).unwrap() {
        assert_eq!(entry.header.recorded_on(), Some(entry.header.on));
        assert!(matches!(entry.event().unwrap().what, What::Body(_)));
    }
}

#[test]
fn no_entry_of_the_example_is_later_than_the_moment_at_which_it_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Ticking::from("2026-12-29");
    // Ten minutes past midnight.
    clock.turn(-(12 * 60 - 10) * 60_000);
    let mut store = made(folder.path(), &clock);
    let last = store.events(1, 1000).unwrap().pop().unwrap().header;
    assert_eq!(last.recorded_on(), Some(day("2026-12-29")));
    let before = osteodose::ward::store::Clock::now(&clock).ms;
    assert!(last.recorded_ms < before, "{} {before}", last.recorded_ms);
    assert_eq!(store.verify(&[]).unwrap().steps, []);
}

#[test]
fn there_is_no_example_of_a_day_on_which_nobody_is_treated() {
    for today in [NaiveDate::MIN, NaiveDate::MAX] {
        assert_eq!(example::entries(today, Library::shipped(), 3), []);
    }
}
