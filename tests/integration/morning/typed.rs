//! What is typed comes into the register as it was meant, and nothing else does.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use osteodose::{
    tui::{Depth, Effect, Form},
    ward::{
        event::{Body, Draft, Noted, What},
        fold::{self, Status},
        store::{PatientKey, Store},
    },
};

use super::{Still, Ward, find};
use crate::{random_keys::Dice, register_store::register::text};

/// The keys of a whole dose for a patient, from Home.
const GIVEN: &str = "t\r98u\re\rng\rBX4471A\r03.2028\r9:10\r9:27\r\r\r\rK. Lund\rB. Lind\rg";

#[test]
fn a_dose_is_recorded_with_its_verdict_by_its_own_letter_alone() {
    let keys = find("holm, anna") + "v" + GIVEN;
    let without = keys.strip_suffix('g').unwrap();
    let mut ward = Ward::new(Depth::None);
    let before = ward.entries();
    ward.press(without);
    for event in [KeyCode::Enter, KeyCode::Char(' '), KeyCode::Char('y'), KeyCode::Char('j'), KeyCode::Delete] {
        ward.morning.update(&Event::Key(KeyEvent::from(event)));
    }
    ward.morning.update(&Event::Paste("g".to_owned()));
    assert_eq!(ward.entries(), before, "{}", ward.shown(80, 24));
    ward.press("g");
    assert_eq!(ward.entries(), before + 2, "{}", ward.shown(80, 24));
    assert_eq!(ward.newest("A-1042", 2), ["assessed", "given"]);
    let events = ward.of("A-1042");
    let Some(What::Body(Body::Given(given))) = events.last().map(|it| &it.what) else { panic!("no dose") };
    assert_eq!(given.assessed, Some(events[events.len() - 2].number));
    assert_eq!((given.dose_mg.to_string(), given.complete), ("3.5".to_owned(), true));
    let container = &given.containers[0];
    assert_eq!(container.batch.as_ref().unwrap().as_str(), "BX4471A");
    assert_eq!(container.expires.unwrap().0.to_string(), "2028-03");
    assert_eq!(given.second.as_ref().unwrap().by.as_str(), "B. Lind");
    assert!(given.without_go_because.is_none());
    let state = fold::state(&events);
    assert!(state.faults.is_empty(), "{:?}", state.faults);
    assert!(ward.shown(80, 24).contains("GIVEN 3.5 mg"));
    assert!(ward.morning.entries().is_empty(), "{:?}", ward.morning.entries());
}

#[test]
fn a_risen_creatinine_shows_no_dose_and_is_held_and_resumed() {
    let mut ward = Ward::after(&(find("holm, anna") + "vt\r140u\re\rn"));
    let shown = ward.shown(80, 24);
    assert!(shown.contains("HOLD") && shown.contains("136 µmol/L or above"), "{shown}");
    assert!(!shown.contains("DOSE   ") && !shown.contains("3.5 mg  "), "{shown}");
    ward.press("h\r5.1.\r\rK. Lund\rh");
    assert_eq!(ward.newest("A-1042", 2), ["assessed", "held"], "{}", ward.shown(80, 24));
    let state = fold::state(&ward.of("A-1042"));
    assert_eq!(state.courses[0].status, Status::OnHold);
    assert_eq!(state.courses[0].holds[0].look_again, "2027-01-05".parse().ok());
    ward.press("vt\r90u\rn");
    let shown = ward.shown(80, 24);
    assert!(shown.contains("GO ON"), "{shown}");
    ward.press("rDr K. Holm\r\rr");
    assert_eq!(ward.newest("A-1042", 2), ["assessed", "resumed"], "{}", ward.shown(80, 24));
    assert!(fold::state(&ward.of("A-1042")).courses[0].holds.is_empty());
}

#[test]
fn a_dose_is_moved_left_out_struck_and_the_course_is_ended() {
    let mut ward = Ward::after(&(find("holm, anna") + "d7.1.\r2\r"));
    let shown = ward.shown(80, 24);
    assert!(shown.contains("If later doses keep their days") && shown.contains("If they move with it"), "{shown}");
    ward.press("\rK. Lund\rd");
    assert_eq!(ward.newest("A-1042", 1), ["deferred"], "{}", ward.shown(80, 24));
    ward.press("o1\r\ro");
    assert_eq!(ward.newest("A-1042", 1), ["omitted"], "{}", ward.shown(80, 24));
    // The newest entry is first on the third page; it is struck, and the dose is open again.
    ward.press("3k6\r\rk");
    assert_eq!(ward.newest("A-1042", 1), ["struck"], "{}", ward.shown(80, 24));
    ward.press("x2\r\rx");
    assert_eq!(ward.newest("A-1042", 1), ["ended"], "{}", ward.shown(80, 24));
    assert_eq!(fold::state(&ward.of("A-1042")).courses[0].status, Status::Ended);
}

#[test]
fn what_a_second_nurse_recorded_is_seen_before_anything_is_decided_again() {
    let mut ward = Ward::after(&(find("holm, anna") + "v" + GIVEN.strip_suffix('g').unwrap()));
    let key = PatientKey::Id(text("A-1042"));
    let seen = ward.other().patient(&key).unwrap().last_seq;
    let note = Noted { text: text("Vein difficult, left arm.") };
    let draft = Draft { on: super::TODAY.parse().unwrap(), by: text("M. Ek"), course: Some(1), body: note.into() };
    ward.other().append(&key, seen, &[draft], &Still).unwrap();
    let before = ward.entries();
    ward.press("g");
    assert_eq!(ward.entries(), before, "nothing is recorded over what another one wrote");
    let shown = ward.shown(80, 24);
    assert!(shown.contains("Not recorded: M. Ek recorded"), "{shown}");
    // What was typed is still there, and is decided again.
    ward.press("g");
    let shown = ward.shown(80, 24);
    assert!(shown.contains("BX4471A") && shown.contains("B. Lind"), "{shown}");
    ward.press(&"\t".repeat(12));
    ward.press("g");
    assert_eq!(ward.newest("A-1042", 2), ["assessed", "given"], "{}", ward.shown(80, 24));
}

#[test]
fn what_is_typed_is_kept_when_it_is_left_and_offered_again() {
    let mut ward = Ward::after(&(find("holm, anna") + "vt\r98u\x1b\x1b"));
    let entries = ward.morning.entries();
    assert!(entries.values().any(|it| it == "98u"), "{entries:?}");
    let (visits, is_whole) = osteodose::tui::visits_of_draft(&entries);
    assert!(is_whole && visits.len() == 1);
    ward.press(&(find("holm, anna") + "v"));
    let shown = ward.shown(80, 24);
    assert!(shown.contains("98u") && shown.contains("What was typed before is here again"), "{shown}");
}

/// The clock of the morning, so many minutes later.
struct Later(std::rc::Rc<std::cell::Cell<i64>>);

impl osteodose::ward::store::Clock for Later {
    fn now(&self) -> osteodose::ward::store::Now {
        let now = Still.now();
        osteodose::ward::store::Now { ms: now.ms + self.0.get() * 60_000, ..now }
    }
}

#[test]
fn after_ten_minutes_without_a_key_the_name_is_asked_again_and_the_key_does_nothing() {
    let minutes = std::rc::Rc::new(std::cell::Cell::new(0));
    let folder = tempfile::tempdir().unwrap();
    let path = super::copied(folder.path());
    let store = || osteodose::ward::store::Sqlite::open(&path, super::who()).unwrap();
    let clock = Box::new(Later(std::rc::Rc::clone(&minutes)));
    let mut morning = super::made_up_ward::by_clock(Some(store()), Depth::None, clock);
    let press = |morning: &mut osteodose::tui::Morning, keys: &str| {
        for event in crate::walks::events(keys) {
            morning.update(&event);
        }
    };
    press(&mut morning, &(find("holm, anna") + "iTold her son.\rK. Lund\rn"));
    press(&mut morning, "o1\r\r");
    let before = store().head().unwrap();
    minutes.set(11);
    press(&mut morning, "o");
    assert_eq!(store().head().unwrap(), before, "the first key after a while records nothing");
    let shown = crate::screen::drawn(80, 24, |frame| morning.view(frame));
    assert!(shown.contains("Written by") && shown.contains("Nobody pressed a key for 10 minutes"), "{shown}");
    press(&mut morning, "\r\rM. Ek\ro");
    assert_ne!(store().head().unwrap(), before, "{}", crate::screen::drawn(80, 24, |frame| morning.view(frame)));
}

#[test]
fn tablets_that_do_not_fit_the_days_are_not_written_down() {
    let mut ward = Ward::after(&(find("kern") + "v"));
    ward.press("t\r180u\r");
    let open = ward.shown(80, 24);
    assert!(open.contains("Anything new?"), "{open}");
    let mut ward = Ward::after(&(find("kern") + "g30\r28\r\r\r\r\rordered by phone\r\r\rK. Lund\rB. Lind\rg"));
    let shown = ward.shown(80, 24);
    assert!(shown.contains("do not fit the dose"), "{shown}");
    let before = ward.entries();
    ward.press("g");
    assert_eq!(ward.entries(), before);
}

/// A million keys in the long run; in every run as many as a second allows. No letter acts without its row, and the rows of
/// acts are left by Escape here, so nothing may be recorded.
fn press_at_random(dice: &mut Dice, ward: &mut Ward, keys: usize) {
    const LETTERS: &str = "bfijlmpqtuvwyz0123456789,.-/ ?";
    let before = ward.entries();
    for at in 0..keys {
        let code = match dice.roll(20) {
            0..9 => KeyCode::Char(LETTERS.chars().nth(dice.roll(LETTERS.chars().count())).unwrap()),
            9..11 => KeyCode::Enter,
            11..13 => KeyCode::Tab,
            13 => KeyCode::Esc,
            14 => KeyCode::Down,
            15 => KeyCode::Up,
            16 => [KeyCode::Left, KeyCode::Right, KeyCode::Home, KeyCode::End][dice.roll(4)],
            17 => [KeyCode::PageDown, KeyCode::PageUp, KeyCode::Backspace, KeyCode::Delete][dice.roll(4)],
            18 => KeyCode::F(1 + u8::try_from(dice.roll(12)).unwrap()),
            _ => KeyCode::Char('v'),
        };
        let effect = ward.morning.update(&Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
        if let Effect::Leave(_) = effect {
            ward.press("\x1b");
        }
        if at % 997 == 0 {
            let shown = ward.shown(80, 24);
            assert!(
                !shown.contains("HOLD   No dose") || !shown.contains("╔"),
                "a dose where the engine holds:\n{shown}"
            );
        }
    }
    assert_eq!(ward.entries(), before, "something was recorded");
}

#[test]
fn random_keys_without_the_letters_of_acts_record_nothing() {
    let mut ward = Ward::new(Depth::None);
    press_at_random(&mut Dice(14), &mut ward, 3_000);
}

#[test]
#[ignore = "takes many minutes"]
fn a_million_random_keys_record_nothing() {
    let mut ward = Ward::new(Depth::None);
    press_at_random(&mut Dice(41), &mut ward, 1_000_000);
}
