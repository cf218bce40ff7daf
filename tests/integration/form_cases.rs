//! The form as a person with little time and tired fingers uses it: keys that once did harm, and what they must do.

use chrono::DateTime;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use osteodose::{
    form::{Field, Reading},
    plan::{Plan, PlanStatus, SecondCheckResult, reopen, reopen_ward},
    quantity::parse_date,
    regimen::{Code, Library, LibraryFile, Origin},
    tui::{App, Depth, Effect, Happened, Leftover, Setting, Theme},
    ward::Settings,
};

use crate::{
    plain,
    screen::{drawn, text_part},
    support::{LIBRARY, tests},
    walks::{self, Walk, events, to_step},
};

const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";
const END: &str = "\x1b[F";
const F9: &str = "\x1b[20~";
/// Empties the text in hand.
const EMPTY: &str = "\u{15}";
/// Takes what is offered.
const TAKE: &str = "\u{14}";

fn setting(today: &str) -> Setting {
    Setting {
        ward_file: Some("ward.json".into()),
        ..Setting::new(
            &LIBRARY,
            parse_date(today).unwrap(),
            DateTime::default,
            Theme { depth: Depth::None, ascii: false },
        )
    }
}

fn app(today: &str) -> App {
    App::new(setting(today))
}

/// The form opened with a file, in a ward.
fn opened_in(today: &str, file: &str, ward: Settings) -> App {
    let opened = Some(("plan.json".into(), reopen(file.as_bytes()).unwrap()));
    App::new(Setting { opened, ward, ward_inputs: reopen_ward(file.as_bytes()), ..setting(today) })
}

fn opened(today: &str, file: &str) -> App {
    opened_in(today, file, Settings::default())
}

/// A ward that is open from Monday to Friday, with these closed days.
fn ward(closed: &str) -> Settings {
    let settings = format!(
        r#"{{"format": "osteodose-ward/1", "name": "Day unit 4B", "open_weekdays": ["mon", "tue", "wed", "thu", "fri"],
        "closed": [{closed}], "people": ["K. Lund", "B. Lind", "Dr K. Holm"]}}"#
    );
    osteodose::ward::read(settings.as_bytes(), &LIBRARY).expect("the settings are sound")
}

/// The effect of the last of these keys.
fn press(app: &mut App, keys: &str) -> Effect {
    events(keys).iter().map(|event| app.update(event)).last().unwrap()
}

/// A form after these keys.
fn after(keys: &str) -> App {
    let mut app = app("2026-11-21");
    press(&mut app, keys);
    app
}

/// The form after the keys of a walk up to a step.
fn up_to(walk: &Walk, step: &str) -> App {
    after(&walk.up_to(step))
}

/// The characters of the screen at a size.
fn at_size(app: &App, columns: u16, rows: u16) -> String {
    text_part(&drawn(columns, rows, |frame| app.view(frame))).to_owned()
}

fn shown(app: &App) -> String {
    at_size(app, 80, 24)
}

#[track_caller]
fn assert_says(app: &App, words: &str) {
    let shown = shown(app);
    assert!(shown.contains(words), "{words:?} is not said:\n{shown}");
}

#[track_caller]
fn assert_says_not(app: &App, words: &str) {
    let shown = shown(app);
    assert!(!shown.contains(words), "{words:?} is said:\n{shown}");
}

/// What is said about the last key: the line above the keys.
fn message(app: &App) -> String {
    let shown = shown(app);
    let line = shown.lines().nth(22).expect("a line above the keys");
    line.trim_matches(['|', ' ']).to_owned()
}

/// The file that is to be written, as text.
#[track_caller]
fn content(effect: Effect) -> String {
    let Effect::Save { content, .. } = effect else { panic!("it is not saved: {effect:?}") };
    String::from_utf8(content).unwrap()
}

/// Saves the plan, and gives its file.
#[track_caller]
fn save(app: &mut App) -> String {
    let effect = press(app, "\u{13}");
    let Effect::Save { path, content, .. } = effect else { panic!("it is not saved: {effect:?}") };
    app.happened(Happened::Saved(path));
    String::from_utf8(content).unwrap()
}

/// The entries that belong to a confirmation.
fn of_confirmations(app: &App) -> Vec<String> {
    app.form().entries().into_keys().filter(|key| key.starts_with("confirm.")).collect()
}

fn status(app: &App) -> Option<PlanStatus> {
    app.form().plan().map(Plan::status)
}

fn has(app: &App, code: Code) -> bool {
    app.form().plan().is_some_and(|plan| plan.findings().iter().any(|it| it.code() == code))
}

// ---- The cases of the table ----

#[test]
fn s_enter_x_on_a_plan_saves_and_confirms_nothing() {
    for page in ["1", "2", "3", "4", "5"] {
        let mut app = up_to(&walks::REDUCED, "review");
        if page != "1" {
            press(&mut app, page);
        }
        let file = content(press(&mut app, "s"));
        assert!(file.contains("\"status\": \"needs-confirmation\""), "{page}");
        app.happened(Happened::Saved("/home/ward/A-1042-2026-12-01.json".into()));
        assert_says(&app, "Saved");
        assert_eq!(press(&mut app, "\r"), Effect::Stay);
        assert_says(&app, "Enter is no key of this screen");
        assert_eq!(press(&mut app, "x"), Effect::Stay);
        assert_says(&app, "x is no key of this screen");
        assert_eq!(of_confirmations(&app), Vec::<String>::new(), "{page}");
        assert_eq!(status(&app), Some(PlanStatus::NeedsConfirmation), "{page}");
    }
}

#[test]
fn a_name_and_a_reason_of_one_letter_confirm_nothing() {
    for (by, because) in [("s", "seen by dentist"), ("Dr K. Holm", "x"), ("s", "x"), ("Dr K. Holm", "Holm Dr K.")] {
        let mut app = up_to(&walks::REDUCED, "review");
        press(&mut app, &format!("c{by}\r{because}\rc"));
        assert!(!app.form().entries().keys().any(|key| key.ends_with(".figures")), "{by} {because}");
        assert_eq!(status(&app), Some(PlanStatus::NeedsConfirmation), "{by} {because}");
        press(&mut app, "\x1b");
        assert_eq!(of_confirmations(&app), Vec::<String>::new(), "what was typed in a dialog that was left is gone");
    }
    let mut app = up_to(&walks::REDUCED, "review");
    press(&mut app, "cDr K. Holm\rseen by dentist\rc");
    assert_eq!(status(&app), Some(PlanStatus::Ready), "a full name and a reason confirm");
}

#[test]
fn the_card_of_a_ready_plan_is_seen_first() {
    let mut ready = up_to(&walks::REDUCED, "");
    let file = save(&mut ready);
    let arrived = opened("2026-12-01", &file);
    let mut walked = up_to(&walks::BY_MOUTH, "review");
    press(&mut walked, &(to_step(6) + &to_step(7)));
    for (app, dose) in [(&up_to(&walks::REDUCED, ""), "3.5 mg"), (&arrived, "3.5 mg"), (&walked, "50 mg")] {
        let shown = shown(app);
        let at = shown.find(&format!("DOSE   {dose}")).unwrap_or_else(|| panic!("{dose} is not seen:\n{shown}"));
        assert!(shown.contains("READY"), "{shown}");
        assert!(!shown[..at].contains('▲'), "something above the dose is scrolled away:\n{shown}");
        assert!(shown[..at].contains('╔'), "the dose is in its box:\n{shown}");
    }
}

#[test]
fn the_birth_date_is_never_cut_and_the_path_is() {
    let mut app = up_to(&walks::REDUCED, "");
    press(&mut app, "s");
    let long = format!("/home/{}/A-1042-2026-12-01.json", "a-long-name/".repeat(30));
    app.happened(Happened::Saved(long.into()));
    for columns in 60..=200 {
        let shown = at_size(&app, columns, 24);
        for whole in ["born 14-Mar-1958 (68 years)", "Holm, Anna", "No. A-1042", "Known allergies: none"] {
            assert!(shown.contains(whole), "{whole} at {columns}:\n{shown}");
        }
    }
}

#[test]
fn three_times_none_of_these_is_asked_none() {
    let mut app = up_to(&walks::REDUCED, "");
    let Effect::Leave(leaving) = press(&mut app, &format!("{F9}as text\r")) else { panic!("the plan is not printed") };
    let printed = leaving.print.unwrap();
    for question in ["Conditions", "Medicines", "Last antiresorptive"] {
        let line = printed.lines().find(|line| line.trim_start().starts_with(question));
        let line = line.unwrap_or_else(|| panic!("{question} is not printed:\n{printed}"));
        assert!(line.contains("asked: none"), "{line}");
    }
    for not_said in ["none entered", "not asked"] {
        assert!(!printed.contains(not_said), "{not_said}:\n{printed}");
    }
    // Left open, it is not asked.
    let mut open = up_to(&walks::REDUCED, "safety");
    press(&mut open, &format!("n\r\r\r\r{END}\r1.12.2026\r"));
    let Effect::Leave(leaving) = press(&mut open, &format!("{F9}as text\r")) else { panic!("the plan is not printed") };
    assert!(!leaving.print.unwrap().contains("asked: none"));
}

#[test]
fn kim_is_no_second_check_of_kim() {
    for second in ["Kim", "kim", " KIM ", "K i m"] {
        let mut app = up_to(&walks::REDUCED, "");
        press(&mut app, &format!("{}{}Kim{}", to_step(1), DOWN.repeat(7), to_step(7)));
        assert_eq!(app.form().text(Field::PreparedBy), "Kim");
        press(&mut app, &format!("k{second}\r14.3.1958\rf\r68,5\r92u\r2,31mm\rt\r38gl\rk"));
        let plan = app.form().plan().unwrap();
        if second == "K i m" {
            // Another word is another name: only case and blanks around it are nothing.
            continue;
        }
        assert_eq!(plan.second_check(), SecondCheckResult::SamePerson, "{second}");
        assert_ne!(plan.status(), PlanStatus::Ready, "{second}");
        assert_says_not(&app, "READY");
        press(&mut app, "5");
        assert_says(&app, "same person");
    }
}

/// The values of a visit, from its first open entry to the last question before the dates.
fn visit(creatinine: &str, day: &str, due: &str) -> String {
    format!("68,5\r{day}\r{creatinine}\r2,31mm\rt\r38gl\r{due}e\rn\rn\r")
}

#[test]
fn a_hold_at_the_second_visit_goes_on_four_weeks_later_and_everything_is_asked_anew() {
    let mut first = up_to(&walks::REDUCED, "");
    let file = save(&mut first);
    let mut second = opened("2026-12-29", &file);
    press(&mut second, &format!("v{}29.12.2026\r", visit("140u", "29.12.", &format!("g\r{TAKE}\r"))));
    press(&mut second, &to_step(7));
    assert_eq!(status(&second), Some(PlanStatus::Stopped), "{}", shown(&second));
    assert!(has(&second, Code::CreatinineRisen));
    assert_says(&second, "HOLD");
    let file = save(&mut second);
    let mut third = opened("2027-01-26", &file);
    press(&mut third, "v");
    assert_says_not(&third, "No dose of this plan");
    for (field, text) in [
        (Field::Course, "under-way"),
        (Field::FirstDose, "2026-12-01"),
        (Field::LastDose, "2026-12-01"),
        (Field::DosesGiven, "1"),
        (Field::DoseInUse, "3.5"),
        (Field::Held, "yes"),
        (Field::HeldBecause, "creatinine"),
        (Field::Baseline, "92 µmol/L"),
    ] {
        assert_eq!(third.form().text(field), text, "{field:?}");
    }
    for field in [
        Field::Weight,
        Field::LabDate,
        Field::Creatinine,
        Field::Calcium,
        Field::Albumin,
        Field::Dental,
        Field::Conditions,
        Field::Medicines,
        Field::StartDate,
    ] {
        assert_eq!(third.form().text(field), "", "{field:?} is asked anew");
    }
    // Creatinine is back: the course goes on at the dose before.
    press(&mut third, &format!("{}26.1.2027\r{}", visit("98u", "26.1.", ""), to_step(7)));
    assert_says(&third, "3.5 mg");
    assert!(!has(&third, Code::CreatinineRisen));
}

#[test]
fn a_dose_given_a_week_late_is_not_followed_too_soon() {
    let mut first = app("2026-12-30");
    let dated = walks::REDUCED.up_to("laboratory") + "28.12.2026\r92u\r2,31mm\rt\r38gl\r";
    press(&mut first, &format!("{dated}e\rn\rn\rn\r{END}\r6.1.2027\r"));
    let file = save(&mut first);
    let mut next = opened("2027-01-28", &file);
    press(&mut next, "v");
    press(&mut next, "68,5\r28.1.\r92u\r2,31mm\rt\r38gl\r");
    let due = parse_date("2027-01-06").unwrap();
    assert!(next.form().filled().missing().contains(&Field::DueWas(due)), "what became of it is asked");
    let offered: Vec<String> =
        next.form().options(Field::DueWas(due)).iter().map(|choice| choice.word.to_string()).collect();
    for word in ["given", "held-creatinine", "held-calcium", "held-dental", "held-other", "omitted", "missed"] {
        assert!(offered.iter().any(|it| it == word), "{word}: {offered:?}");
    }
    press(&mut next, &format!("g\r13.1.\re\rn\rn\r28.1.2027\r{}", to_step(7)));
    assert_eq!(status(&next), Some(PlanStatus::Stopped), "{}", shown(&next));
    assert!(has(&next, Code::TooSoon), "{}", shown(&next));
    assert_says_not(&next, "READY");
    // On its day, it is time.
    press(&mut next, &format!("{}{DOWN}{EMPTY}6.1.\r{}", to_step(4), to_step(7)));
    assert!(!has(&next, Code::TooSoon), "{}", shown(&next));
}

/// Types a birth date into an empty form and leaves the field.
fn born(text: &str) -> App {
    let mut app = app("2026-12-29");
    press(&mut app, &format!("{DOWN}{DOWN}{text}{DOWN}"));
    app
}

#[test]
fn a_month_in_another_language_is_read_or_stays_as_it_was_typed() {
    for text in ["1. März 1950", "1. maaliskuuta 1950", "2. mai 1950", "12. desember 1950"] {
        let app = born(text);
        assert_eq!(app.form().text(Field::BirthDate), text);
        assert_says(&app, text);
        let is_read = matches!(app.form().reading(Field::BirthDate), Reading::Read(_));
        let is_marked = app.form().filled().refused().contains_key(&Field::BirthDate);
        assert!(is_read || is_marked, "{text}");
        assert!(!is_read || shown(&app).contains("-1950"), "{}", shown(&app));
    }
}

#[test]
fn a_birth_date_to_come_is_refused_at_once() {
    let app = born("14.3.2031");
    assert!(app.form().filled().refused().contains_key(&Field::BirthDate));
    assert_says_not(&app, "✓ 1 Patient");
    assert_says(&app, "is after today");
    let mut app = app;
    press(&mut app, "f\r68,5\r");
    press(&mut app, &to_step(2));
    assert_says(&app, "✕1 Patient");
}

#[test]
fn february_has_its_days() {
    for (text, said) in [
        ("31.02.2026", "February 2026 has 28 days"),
        ("29.2.2025", "February 2025 has 28 days"),
        ("30.2.1960", "February 1960 has 29 days"),
        ("31.4.1958", "April 1958 has 30 days"),
    ] {
        let app = born(text);
        assert_eq!(app.form().text(Field::BirthDate), text);
        assert_says(&app, said);
        assert_says_not(&app, "between 1900 and 2199");
    }
}

#[test]
fn year_first_is_no_question_of_day_and_month() {
    for text in ["1950/01/02", "1950-01-02", "1950.01.02"] {
        let app = born(text);
        assert_eq!(app.form().reading(Field::BirthDate), Reading::Read("Mon 02-Jan-1950".to_owned()), "{text}");
    }
    let app = born("01/02/1950");
    assert!(app.form().filled().refused().contains_key(&Field::BirthDate), "day or month first is not known");
}

#[test]
fn the_comparison_ends_at_its_last_drug() {
    let mut app = up_to(&walks::REDUCED, "drug");
    press(&mut app, &DOWN.repeat(20));
    assert_eq!(message(&app), "End of the list.");
    assert_says(&app, "[5 Drug]");
    let before = app.form().entries();
    for key in "1234567890bdgjloquvwx .".chars() {
        assert_eq!(press(&mut app, &key.to_string()), Effect::Stay);
        assert_says(&app, "is no key of this screen");
        assert_says(&app, "[5 Drug]");
    }
    assert_eq!(app.form().entries(), before, "no letter lands in the start date");
    press(&mut app, &UP.repeat(20));
    assert_eq!(message(&app), "End of the list.");
    assert_eq!(app.form().entries(), before);
}

#[test]
fn esc_once_too_often_and_a_number() {
    let mut app = up_to(&walks::REDUCED, "laboratory");
    // In the list of places a number looks for a step, and lands in no entry.
    let before = app.form().entries();
    press(&mut app, &format!("{F9}3"));
    assert_eq!(app.form().entries(), before);
    press(&mut app, "\x1b\x1b");
    assert_says(&app, "this is the first level");
    assert_eq!(app.form().entries(), before);
    // On a screen without a text a digit is a key or is answered.
    for screen in [5, 6, 7] {
        let mut app = up_to(&walks::REDUCED, "");
        let before = app.form().entries();
        press(&mut app, &format!("{}{F9}\x1b\x1b3", to_step(screen)));
        assert_eq!(app.form().entries(), before, "{screen}");
    }
}

#[test]
fn a_list_of_places_that_is_closed_says_so() {
    for step in 1..=7 {
        let mut app = up_to(&walks::REDUCED, "");
        press(&mut app, &to_step(step));
        let before = shown(&app);
        press(&mut app, &format!("{F9}\x1b"));
        assert_ne!(shown(&app), before, "nothing says that it is closed:\n{before}");
    }
}

#[test]
fn line_by_line_a_confirmed_finding_is_passed_over_in_silence() {
    let folder = plain::folder();
    let (confirmed, saved) = plain::PLAN.split_at(plain::PLAN.len() - 3);
    let back = ["<", "<", "<", "", "", "", "1"];
    let said = plain::said(folder.path(), &["--plain"], &[plain::PATIENT, confirmed, &back, &saved[1..]]);
    let after = &said[said.find("Confirmed.").expect("it was confirmed")..];
    for not_said in ["has changed", "other figures", "CONFIRM ", "confirm again"] {
        assert!(!after.contains(not_said), "{not_said}:\n{after}");
    }
    assert!(after.contains("Saved: "), "{after}");
}

/// The request of the table, in which these texts are typed over what is there.
const TYPED_UNITS: &str = r#"{"patient": {"id": "T-1", "birth_date": "1958-03-14", "sex": "female", "weight_kg": 68.5,
    "allergies": "none-known"}, "tumour": "breast", "indication": "skeletal-events",
    "labs": {"date": "2026-11-18", "creatinine": {"value": 92, "unit": "umol/L"},
    "calcium": {"value": 2.31, "unit": "mmol/L"}, "albumin": {"value": 40, "unit": "g/L"}},
    "history": {"dental": "fit", "conditions": [], "medicines": [], "last_antiresorptive": "none"},
    "treatment": {"drug": "zoledronic-acid", "route": "intravenous", "start_date": "2026-12-01"}}"#;

/// The request of the table with a text typed over a field of a step.
fn typed_over(step: usize, field: Field, text: &str) -> App {
    let mut app = opened("2026-11-21", TYPED_UNITS);
    assert_eq!(status(&app), Some(PlanStatus::Ready));
    let label = field.label();
    press(&mut app, &to_step(step));
    press(&mut app, &UP.repeat(12));
    for _ in 0..12 {
        if shown(&app).contains(&format!("> {label}")) {
            break;
        }
        press(&mut app, DOWN);
    }
    assert_says(&app, &format!("> {label}"));
    press(&mut app, &format!("{EMPTY}{text}\t"));
    app
}

#[test]
fn a_unit_that_is_not_taken_stays_typed_and_marked() {
    for (step, field, text) in [
        (1, Field::Weight, "151 lb"),
        (1, Field::Weight, "151lbs"),
        (1, Field::Weight, "10 st"),
        (1, Field::Weight, "10 st 11"),
        (1, Field::Weight, "68.5 g"),
        (1, Field::Weight, "151 pounds"),
        (1, Field::Height, "5 ft 4"),
        (1, Field::Height, "5'4\""),
        (1, Field::Height, "64 in"),
        (1, Field::Height, "1.65 m"),
        (3, Field::Creatinine, "<20"),
        (3, Field::Creatinine, "< 20 u"),
        (3, Field::Creatinine, "<20 µmol/L"),
        (3, Field::Creatinine, "9O"),
        (3, Field::Creatinine, "9Ou"),
        (3, Field::Creatinine, "92 mmol/L"),
        (3, Field::Creatinine, "1,034 u"),
        (3, Field::Creatinine, "92u 1.04mg"),
        (3, Field::Creatinine, "92 mg/L"),
        (3, Field::Creatinine, "92 umol/dL"),
        (3, Field::Calcium, "2.31 mval/L"),
        (3, Field::Calcium, "2.31 mg/L"),
        (3, Field::Albumin, "4O g/L"),
        (3, Field::Albumin, "3.8 mg/dL"),
    ] {
        let app = typed_over(step, field, text);
        assert_eq!(app.form().text(field), text, "kept as typed");
        assert!(app.form().filled().refused().contains_key(&field), "{text} as {field:?}");
        assert_eq!(status(&app), None, "{text} makes no plan");
        let shown = shown(&app);
        assert!(shown.contains(text), "{text}\n{shown}");
        assert!(shown.lines().any(|line| line.contains(text) && line.contains('✕')), "{text} is marked\n{shown}");
        assert_eq!(app.entries()[&field.key()], text, "in the draft too");
    }
}

#[test]
fn a_unit_that_is_known_is_read_whatever_its_spelling() {
    for text in ["1.04 mg/dL", "1.04mg", "1,04 MG/DL", "1.04 mg/dl"] {
        let app = typed_over(3, Field::Creatinine, text);
        assert_eq!(app.form().text(Field::Creatinine), text);
        assert_eq!(app.form().reading(Field::Creatinine), Reading::Read("1.04 mg/dL".to_owned()), "{text}");
        assert!(status(&app).is_some());
    }
    for text in ["92 umol/L", "92 µmol/l", "92 UMOL/L", "92u", "92 μmol/L"] {
        let app = typed_over(3, Field::Creatinine, text);
        assert_eq!(app.form().reading(Field::Creatinine), Reading::Read("92 µmol/L".to_owned()), "{text}");
    }
}

#[test]
fn line_by_line_typed_units_are_refused_or_read_alike() {
    let folder = plain::folder();
    std::fs::write(folder.path().join("typed-units.json"), TYPED_UNITS).unwrap();
    let answers = ["<", "1", "", "", "", "", "151 lb", "", ">3", "", "<20", "9O", "1.04 mg/dL", "!"];
    let said = plain::said(folder.path(), &["--plain", "typed-units.json"], &[&[">1"], &answers[2..]]);
    for line in
        ["pounds are not taken. Write kg.", "is a bound, not a value.", "is not a number.", "Creatinine: 1.04 mg/dL"]
    {
        assert!(said.contains(line), "{line}:\n{said}");
    }
}

// ---- What never acts, and what always stays ----

/// Keys that lead to a state in which something could be acted on, and what it is.
type State = (&'static str, fn() -> App);

fn confirming(more: &str) -> App {
    let mut app = up_to(&walks::REDUCED, "review");
    press(&mut app, &format!("c{more}"));
    app
}

fn ready(more: &str) -> App {
    let mut app = up_to(&walks::REDUCED, "");
    if !more.is_empty() {
        press(&mut app, more);
    }
    app
}

fn exists() -> App {
    let mut app = ready("s");
    app.happened(Happened::FileExists("A-1042-2026-12-01.json".into()));
    app
}

fn export_exists() -> App {
    let mut app = ready("pt");
    app.happened(Happened::FileExists("A-1042-2026-12-01.txt".into()));
    app
}

fn leftovers(more: &str) -> App {
    let left = |id: &str| {
        let mut entries = up_to(&walks::REDUCED, "laboratory").entries();
        entries.insert("id".to_owned(), id.to_owned());
        Leftover { when: "21-Nov-2026 07:12".to_owned(), entries }
    };
    let mut app = App::new(Setting { leftovers: vec![left("A-1"), left("B-2")], ..setting("2026-11-21") });
    if !more.is_empty() {
        press(&mut app, more);
    }
    app
}

fn at_ward_save() -> App {
    let mut app = App::new(Setting { ward: ward(""), ..setting("2026-11-21") });
    press(&mut app, &format!("{F9}ward\r{}", DOWN.repeat(20)));
    app
}

/// The form after the question whether it starts on an open day.
fn start_instead() -> App {
    let mut app = App::new(Setting { ward: ward(""), ..setting("2026-11-21") });
    press(&mut app, &(walks::REDUCED.up_to("schedule") + "5.12.2026\r"));
    assert_says(&app, "instead?");
    app
}

const CHECK: &str = "kNurse B\r14.3.1958\rf\r68,5\r92u\r2,31mm\rt\r38gl\r";

const STATES: [State; 24] = [
    ("the first entry", || app("2026-11-21")),
    ("an answer", || up_to(&walks::REDUCED, "safety")),
    ("the comparison", || up_to(&walks::REDUCED, "drug")),
    ("the visits", || ready(&to_step(6))),
    ("the card with a finding to confirm", || up_to(&walks::REDUCED, "review")),
    ("the findings", || {
        let mut app = up_to(&walks::REDUCED, "review");
        press(&mut app, "2");
        app
    }),
    ("the dates", || ready("3")),
    ("why", || ready("4")),
    ("the checks", || ready("5")),
    ("a ready card", || ready("")),
    ("the name of a confirmation", || confirming("Dr K. Holm")),
    ("the reason of a confirmation", || confirming("Dr K. Holm\rseen by dentist next week")),
    ("the last row of a confirmation", || confirming("Dr K. Holm\rseen by dentist next week\r")),
    ("the last field of the second check", || ready("kNurse B\r14.3.1958\rf\r68,5\r92u\r2,31mm\rt\r38gl")),
    ("the last row of the second check", || ready(CHECK)),
    ("the list of exports", || ready("p")),
    ("the last row of a file's name", || ready("\x1b[20~another\r\r")),
    ("a file that exists", exists),
    ("an export that exists", export_exists),
    ("the question on leaving", || ready("\u{11}")),
    ("the drafts", || leftovers("")),
    ("the question on deleting", || leftovers("d")),
    ("the question on old drafts", || leftovers("o")),
    ("the last row of the ward", at_ward_save),
];

/// What must be the same where nothing was acted on.
#[derive(Debug, PartialEq)]
struct Acted {
    confirmed: Vec<(String, String)>,
    second_check: Option<SecondCheckResult>,
    start: String,
    first_is_unsaved: bool,
}

fn acted(app: &App) -> Acted {
    let entries = app.form().entries();
    let bound = |(key, _): &(String, String)| key.ends_with(".figures");
    Acted {
        confirmed: entries.into_iter().filter(bound).collect(),
        second_check: app.form().plan().map(Plan::second_check),
        start: app.form().text(Field::StartDate).to_owned(),
        first_is_unsaved: app.entries().is_empty(),
    }
}

/// Whether something is written, deleted or sent by an effect.
fn is_act(effect: &Effect) -> bool {
    match effect {
        Effect::Save { .. } | Effect::SaveWard { .. } | Effect::Discard(_) | Effect::ClearDrafts(_) => true,
        #[cfg(feature = "ward")]
        Effect::AddToWard { .. } => true,
        Effect::Leave(leaving) => !leaving.keep,
        Effect::Stay | Effect::Suspend | Effect::Repaint | Effect::TakeUp(_) => false,
    }
}

/// Takes events in a state, and fails where one of them acts.
#[track_caller]
fn assert_no_act(name: &str, app: &mut App, happens: &[Event]) {
    let before = acted(app);
    for event in happens {
        let effect = app.update(event);
        assert!(!is_act(&effect), "{name}: {event:?} did {effect:?}");
        let confirmed = acted(app).confirmed;
        assert!(confirmed.iter().all(|it| before.confirmed.contains(it)), "{name}: {event:?} confirmed {confirmed:?}");
    }
}

fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

#[test]
fn enter_space_and_tab_never_act() {
    for (name, state) in STATES {
        for code in [KeyCode::Enter, KeyCode::Char(' '), KeyCode::Tab, KeyCode::Down, KeyCode::Right] {
            let mut app = state();
            let before = acted(&app);
            assert_no_act(name, &mut app, &vec![key(code); 12]);
            assert_eq!(acted(&app).second_check, before.second_check, "{name} {code:?}");
            // Where the confirmation is typed already, walking to its last row and on does not give it.
            let mut app = state();
            assert_no_act(name, &mut app, &[key(KeyCode::Enter), key(code), key(KeyCode::Enter), key(code)]);
        }
    }
}

#[test]
fn pasting_never_acts() {
    let pasted = ["c", "s", "k", "x", "d", "r", "a", "q", "t", "p", "confirm", "s\n", "c\r\nc\r\n", "\r", "\n", " "];
    for (name, state) in STATES {
        for text in pasted {
            let mut app = state();
            assert_no_act(name, &mut app, &vec![Event::Paste(text.to_owned()); 2]);
        }
    }
}

#[test]
fn a_click_never_acts() {
    let click = |column, row| {
        Event::Mouse(MouseEvent {
            kind: MouseEventKind::Down(MouseButton::Left),
            column,
            row,
            modifiers: KeyModifiers::NONE,
        })
    };
    for (name, state) in STATES {
        let mut app = state();
        let mut before = shown(&app);
        for row in 0..24 {
            for column in (2..80).step_by(9) {
                // Twice, as a double click comes.
                assert_no_act(name, &mut app, &[click(column, row), click(column, row)]);
                let now = shown(&app);
                if now != before {
                    app = state();
                    before = shown(&app);
                }
            }
        }
    }
}

/// Every key of a keyboard that is one event.
fn keyboard() -> Vec<Event> {
    let letters = (' '..='~').map(KeyCode::Char);
    let others = [
        KeyCode::Enter,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Esc,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Insert,
        KeyCode::Delete,
        KeyCode::Backspace,
    ];
    let functions = (1..=12).map(KeyCode::F);
    let with_control = ('a'..='z').map(|it| Event::Key(KeyEvent::new(KeyCode::Char(it), KeyModifiers::CONTROL)));
    letters.chain(others).chain(functions).map(key).chain(with_control).collect()
}

/// The states in which a key that does not act acts when it is pressed again.
fn act_by_the_same_key() -> Vec<String> {
    let mut found = Vec::new();
    for (name, state) in STATES {
        for event in keyboard() {
            let mut app = state();
            let before = acted(&app);
            let first = app.update(&event);
            let after_first = acted(&app);
            if is_act(&first) || after_first != before && after_first.confirmed != before.confirmed {
                continue;
            }
            let second = app.update(&event);
            let confirmed = acted(&app).confirmed;
            if is_act(&second) || confirmed.iter().any(|it| !before.confirmed.contains(it)) {
                let Event::Key(key) = event else { continue };
                found.push(format!("{name}: {:?}", key.code));
            }
        }
    }
    found
}

#[test]
fn the_same_key_twice_never_acts() {
    assert_eq!(act_by_the_same_key(), Vec::<String>::new());
}

#[test]
fn the_same_key_twice_acts_nowhere_but_in_the_list_of_exports() {
    let found = act_by_the_same_key();
    assert!(found.iter().all(|it| it.ends_with("Char('p')") || it.ends_with("Char('P')")), "{found:?}");
}

#[test]
fn the_named_letter_acts() {
    let acts = |mut app: App, keys: &str| is_act(&press(&mut app, keys));
    assert!(acts(ready(""), "s"));
    assert!(acts(ready("p"), "t"));
    // A file with another plan stays; an export that is there may be replaced.
    assert!(acts(exists(), "a") && !acts(exists(), "r"));
    assert!(acts(export_exists(), "a") && acts(export_exists(), "r"));
    assert!(acts(leftovers("d"), "x") && acts(leftovers("o"), "x"));
    assert!(acts(ready("\u{11}"), "d") && acts(at_ward_save(), "s"));
    let mut app = confirming("Dr K. Holm\rseen by dentist next week\r");
    press(&mut app, "c");
    assert_eq!(acted(&app).confirmed.len(), 1);
    let mut app = ready(CHECK);
    press(&mut app, "k");
    assert_eq!(acted(&app).second_check, Some(SecondCheckResult::Agrees));
    let mut app = start_instead();
    press(&mut app, "t");
    assert_ne!(app.form().text(Field::StartDate), "5.12.2026");
}

#[test]
fn esc_never_acts() {
    for (name, state) in STATES {
        let mut app = state();
        let before = acted(&app);
        assert_no_act(name, &mut app, &vec![key(KeyCode::Esc); 6]);
        let after = acted(&app);
        assert_eq!(after.confirmed, before.confirmed, "{name}");
        assert_eq!(after.start, before.start, "{name}");
        assert_ne!(after.second_check, Some(SecondCheckResult::Agrees), "{name}");
        // It is answered each time.
        app.update(&key(KeyCode::Esc));
    }
    let mut app = start_instead();
    assert_eq!(press(&mut app, "\x1b"), Effect::Stay);
    assert_eq!(app.form().text(Field::StartDate), "5.12.2026");
}

#[test]
fn a_letter_never_lands_in_a_name_from_a_page() {
    let letters: Vec<char> = (' '..='~').chain(['ä', 'µ', '山', '\u{301}']).collect();
    for page in ["1", "2", "3", "4", "5"] {
        for letter in &letters {
            let mut app = up_to(&walks::REDUCED, "review");
            if page != "1" {
                press(&mut app, page);
            }
            press(&mut app, &letter.to_string());
            assert_eq!(of_confirmations(&app), Vec::<String>::new(), "{letter} on {page}");
            press(&mut app, "\r");
            assert_eq!(of_confirmations(&app), Vec::<String>::new(), "{letter} Enter on {page}");
            let people = [Field::PreparedBy, Field::SecondBy];
            assert!(people.iter().all(|field| app.form().text(*field).is_empty()), "{letter} on {page}");
        }
    }
    // The dialog opens empty, each time.
    for typed in ["", "Dr K. Holm", "Dr K. Holm\rseen by dentist next week", "Dr K. Holm\rseen by dentist next week\r"]
    {
        let mut app = confirming(typed);
        press(&mut app, "\x1bc");
        assert_eq!(of_confirmations(&app), Vec::<String>::new(), "after {typed}");
    }
}

#[test]
fn what_is_typed_ahead_of_a_slow_line_confirms_nothing() {
    // Each order of the letters that act, with Enter between them.
    let letters = ["s", "c", "x", "k", "r", "a", "d", "p"];
    for one in letters {
        for two in letters {
            for three in letters {
                let mut app = up_to(&walks::REDUCED, "review");
                for event in events(&format!("{one}\r{two}\r{three}\r{one}\r")) {
                    app.update(&event);
                }
                assert!(!app.form().entries().keys().any(|key| key.ends_with(".figures")), "{one} {two} {three}");
                assert_ne!(status(&app), Some(PlanStatus::Ready), "{one} {two} {three}");
            }
        }
    }
}

#[test]
fn what_is_typed_stays_letter_for_letter() {
    let texts = [
        "1.",
        "1,",
        "0092",
        "92 ",
        "  92",
        "9 2",
        "1e3",
        "14.3.",
        "31.2.2026",
        "t t",
        "+28",
        "<20",
        "«92»",
        "92\u{a0}u",
        "Åse Øy",
        "e\u{301}",
        "山田",
        "s x c",
        "null",
        "-",
        "''",
        "\"\"",
        "\\n",
        "{}",
        "%s",
        "92uu",
        "2.31m",
        "٩٢u",
        "O'Neill-Ó",
        "1/2",
        "68,5,",
        "twelve",
    ];
    let mut form = app("2026-11-21");
    for step in [1, 3, 6] {
        for row in 0..12 {
            for text in texts {
                press(&mut form, &format!("{}{}{}", to_step(step), UP.repeat(14), DOWN.repeat(row)));
                let Some(field) = typed_in_hand(&mut form) else { continue };
                // In an empty date, t is a key of its own, which the screen shows.
                if text.starts_with('t') && matches!(field, Field::LabDate | Field::StartDate) {
                    continue;
                }
                press(&mut form, &format!("{EMPTY}{text}"));
                // While it is typed, after it is left, and after the step was left.
                for keys in ["", "\t", "\x1b[Z", &to_step(2), &to_step(step)] {
                    if !keys.is_empty() {
                        press(&mut form, keys);
                    }
                    assert_eq!(form.form().text(field), text, "{field:?} after {keys:?}");
                    assert_eq!(form.entries().get(&field.key()).map(String::as_str), Some(text), "{field:?}");
                }
                press(&mut form, &format!("{}{}{}", to_step(step), UP.repeat(14), DOWN.repeat(row)));
                if typed_in_hand(&mut form) == Some(field) {
                    assert_says(&form, text.trim_end());
                    press(&mut form, EMPTY);
                }
            }
        }
    }
}

/// The typed field in hand: that whose text a letter changes.
fn typed_in_hand(app: &mut App) -> Option<Field> {
    let before = app.form().draft().clone();
    press(app, "~");
    let changed = Field::ALL.iter().copied().find(|field| before.text(*field) != app.form().text(*field));
    if changed.is_some() {
        press(app, "\u{7f}");
    }
    changed.filter(|field| field.kind().is_typed())
}

#[test]
fn every_list_ends_where_it_ends() {
    let screens: [(&str, String, usize); 5] = [
        ("the comparison", to_step(5), 6),
        ("the visits", to_step(6), 15),
        ("the dates of the plan", "3".to_owned(), 15),
        ("the findings", "2".to_owned(), 3),
        ("the places", F9.to_owned(), 25),
    ];
    for (name, keys, most) in screens {
        for (way, back) in [(DOWN, UP), (UP, DOWN)] {
            let mut app = ready(&keys);
            let before = app.form().entries();
            press(&mut app, &way.repeat(most + 20));
            assert_eq!(message(&app), "End of the list.", "{name}");
            let at_end = shown(&app);
            press(&mut app, way);
            assert_eq!(shown(&app), at_end, "{name}: it stays at its end");
            assert_eq!(app.form().entries(), before, "{name}");
            press(&mut app, back);
            assert_eq!(message(&app), "", "{name}: it goes back");
        }
    }
    for step in [1, 2, 3, 4] {
        let mut app = ready(&to_step(step));
        let before = app.form().entries();
        press(&mut app, &DOWN.repeat(30));
        assert_says(&app, "This is the last row of this step.");
        assert_says(&app, &format!("[{step} "));
        press(&mut app, &UP.repeat(30));
        assert_says(&app, "This is the first row of this step.");
        assert_says(&app, &format!("[{step} "));
        assert_eq!(app.form().entries(), before);
    }
}

#[test]
fn a_closed_weekday_is_asked_about_once() {
    let mut app = start_instead();
    assert_says(&app, "closed on Sat 05-Dec-2026");
    press(&mut app, "\x1b");
    let before = app.form().entries();
    for keys in [to_step(6), to_step(7), "2".to_owned(), "3".to_owned(), to_step(1), to_step(6), "\r".to_owned()] {
        press(&mut app, &keys);
        assert_says_not(&app, "instead?");
    }
    assert_eq!(app.form().entries(), before);
    // Another closed day is another question.
    press(&mut app, "i");
    press(&mut app, &format!("{UP}{UP}{UP}{UP}{UP}{UP}{EMPTY}12.12.2026\r"));
    assert_says(&app, "closed on Sat 12-Dec-2026");
    press(&mut app, "t");
    assert_eq!(app.form().filled().request().unwrap().treatment.start_date, parse_date("2026-12-14").unwrap());
    press(&mut app, &to_step(7));
    assert_says_not(&app, "instead?");
}

// ---- What a ward, a file and a second person do to a plan ----

/// Days on which a ward is closed, one of which is the second dose of the walk.
const CHRISTMAS: &str = r#"{"first": "2026-12-24", "last": "2027-01-10", "name": "Christmas"}"#;
/// A second check with another weight.
const DIFFERS: &str = "kNurse B\r14.3.1958\rf\r58,5\r92u\r2,31mm\rt\r38gl\rk";

fn in_ward(keys: &str, closed: &str) -> App {
    let mut app = App::new(Setting { ward: ward(closed), ..setting("2026-11-21") });
    press(&mut app, keys);
    app
}

#[test]
fn a_second_check_that_is_left_keeps_the_days_of_the_ward() {
    let mut app = in_ward(&(walks::REDUCED.all_keys() + DIFFERS), CHRISTMAS);
    let before = app.form().plan().unwrap().to_json();
    assert!(before.contains("2027-01-11") && before.contains("Day unit 4B"), "the ward moves the second dose");
    press(&mut app, "kNurse C\x1b");
    assert_eq!(app.form().plan().unwrap().to_json(), before);
}

#[test]
fn what_came_from_one_ward_is_not_said_to_come_from_another() {
    let file = save(&mut in_ward(&walks::REDUCED.all_keys(), CHRISTMAS));
    let mut renamed = ward("");
    renamed.name = Some("Ward 7".parse().unwrap());
    for today in [renamed, Settings::default(), ward(CHRISTMAS)] {
        let app = opened_in("2026-12-02", &file, today.clone());
        assert_eq!(osteodose::saved::file(app.form().plan().unwrap()), file, "in {:?}", today.name);
    }
}

#[test]
fn a_saved_plan_is_the_same_in_another_ward_or_is_not_said_to_be_saved() {
    let file = save(&mut ready(""));
    let app = opened_in("2026-12-02", &file, ward(CHRISTMAS));
    let is_same = osteodose::saved::file(app.form().plan().unwrap()) == file;
    let says_saved = shown(&app).lines().nth(2).unwrap().trim_end_matches(['|', ' ']).ends_with(" saved");
    assert!(is_same || !says_saved, "other dates than in the file:\n{}", shown(&app));
}

#[test]
fn a_plan_that_new_settings_change_is_not_said_to_be_saved() {
    let mut app = in_ward(&walks::REDUCED.all_keys(), "");
    let file = save(&mut app);
    press(&mut app, &format!("{F9}ward\r{}28.12.-10.1. Christmas{}", DOWN.repeat(8), DOWN.repeat(3)));
    let effect = press(&mut app, "s");
    let Effect::SaveWard { path, .. } = effect else { panic!("{effect:?}") };
    app.happened(Happened::WardSaved(path));
    assert_ne!(osteodose::saved::file(app.form().plan().unwrap()), file, "the second dose is moved");
    let banner = shown(&app).lines().nth(2).unwrap().to_owned();
    assert!(!banner.trim_end_matches(['|', ' ']).ends_with(" saved"), "{banner}");
}

#[test]
fn a_warning_about_the_file_that_was_opened_stays() {
    let file = save(&mut ready(""));
    let mut app = opened("2026-12-02", &file);
    app.announce(osteodose::words::recheck::OPENED_ALTERED.to_owned());
    assert_says(&app, "This file was altered");
    for keys in ["2", "3", "1", DOWN] {
        press(&mut app, keys);
        assert_says(&app, "altered");
    }
}

#[test]
fn a_closed_day_that_is_typed_is_not_said_to_be_the_wards() {
    let mut app = in_ward(&walks::REDUCED.all_keys(), CHRISTMAS);
    press(&mut app, &format!("{}i{}", to_step(6), UP.repeat(9)));
    while !shown(&app).contains("> Closed") {
        press(&mut app, DOWN);
    }
    press(&mut app, "26.1.2027\t");
    let ward_is_kept = app.form().plan().unwrap().to_json().contains("2027-01-11");
    let said = shown(&app);
    assert!(
        ward_is_kept || said.contains("ward's"),
        "the ward's closed days hold no longer, and nobody says so:\n{said}"
    );
    press(&mut app, &to_step(6));
    let clinic = shown(&app).lines().find(|line| line.contains("Clinic")).unwrap().to_owned();
    assert!(!clinic.contains("(from the ward)"), "{clinic}");
}

#[test]
fn a_second_check_that_differs_cannot_be_walked_away_from() {
    for keys in ["k\x1b", "kNurse C\r\x1b", "k\u{11}\x1b", "kNurse C\r\u{11}\x1b", "k\u{3}\x1b"] {
        let mut app = ready(DIFFERS);
        press(&mut app, keys);
        assert_eq!(acted(&app).second_check, Some(SecondCheckResult::Differs), "{keys:?}");
        assert_eq!(status(&app), Some(PlanStatus::NeedsConfirmation), "{keys:?}");
    }
}

#[test]
fn a_second_check_that_differs_is_in_the_draft_of_the_next_one() {
    for keys in ["k", "kNurse C\r14.3.1958"] {
        let app = ready(&format!("{DIFFERS}{keys}"));
        let left = Leftover { when: "21-Nov-2026 07:12".to_owned(), entries: app.entries() };
        let mut again = App::new(Setting { leftovers: vec![left], ..setting("2026-11-21") });
        press(&mut again, "\r");
        assert_ne!(status(&again), Some(PlanStatus::Ready), "{keys:?}");
    }
}

#[test]
fn a_second_check_that_differs_counts_line_by_line_until_another_is_whole() {
    let (confirmed, saved) = plain::PLAN.split_at(plain::PLAN.len() - 3);
    let check = ["2", "Bo Lind", "14.3.1958", "f", "65.8", "92u", "<"];
    let whole = ["2", "Cy Berg", "14.3.1958", "f", "68.5", "92u"];
    for (again, status) in [
        (&["2", "Cy Berg", ">7", "", "", "1"][..], "needs-confirmation"),
        (&["2", "Cy Berg", "14.3.1958", "f", "skip", "skip"], "needs-confirmation"),
        (&whole, "ready"),
    ] {
        let folder = plain::folder();
        plain::said(folder.path(), &["--plain"], &[plain::PATIENT, confirmed, &check, again, &saved[1..]]);
        let file = std::fs::read_to_string(folder.path().join("A-1042-2026-12-01.json")).unwrap();
        assert!(file.contains(&format!("\"status\": \"{status}\"")), "{again:?}");
    }
}

#[test]
fn a_second_check_counts_by_its_letter_alone() {
    let mut app = ready(CHECK);
    press(&mut app, "\u{11}\x1b");
    assert_eq!(acted(&app).second_check, Some(SecondCheckResult::NotDone));
    let left = Leftover { when: "21-Nov-2026 07:12".to_owned(), entries: ready(CHECK).entries() };
    let mut again = App::new(Setting { leftovers: vec![left], ..setting("2026-11-21") });
    press(&mut again, "\r");
    assert_eq!(acted(&again).second_check, Some(SecondCheckResult::NotDone));
}

#[test]
fn a_figure_of_the_second_check_that_cannot_be_is_no_dead_end() {
    for typed in ["Nurse B\r31.2.1958\r", "Nurse B\r14.3.1958\rf\r6850\r", "x\r"] {
        for (first, result) in [("", SecondCheckResult::NotDone), (DIFFERS, SecondCheckResult::Differs)] {
            let mut app = ready(first);
            press(&mut app, &format!("k{typed}\u{11}\x1b"));
            assert_eq!(acted(&app).second_check, Some(result), "{typed:?}");
            let left = Leftover { when: "21-Nov-2026 07:12".to_owned(), entries: app.entries() };
            let mut again = App::new(Setting { leftovers: vec![left], ..setting("2026-11-21") });
            press(&mut again, "\r");
            assert_eq!(acted(&again).second_check, Some(result), "{typed:?}");
            press(&mut again, &format!("{CHECK}k"));
            assert_eq!(acted(&again).second_check, Some(SecondCheckResult::Agrees), "{typed:?}");
        }
    }
}

#[test]
fn what_was_not_asked_before_is_not_none() {
    let mut first = up_to(&walks::REDUCED, "safety");
    press(&mut first, &format!("e\r\r\r\r{END}\r1.12.2026\r"));
    assert!(has(&first, Code::ConditionsNotAsked) && has(&first, Code::MedicinesNotAsked));
    let file = save(&mut first);
    let mut next = opened("2026-12-29", &file);
    press(&mut next, &format!("v{}", to_step(4)));
    press(&mut next, &DOWN.repeat(2));
    for question in ["Conditions", "Medicines"] {
        let shown = shown(&next);
        let line = shown.lines().find(|line| line.contains(question)).unwrap();
        assert!(!line.trim_end_matches(['|', ' ']).ends_with(" none"), "{line}");
    }
}

// ---- What is not seen is not done, and nothing is lost ----

#[test]
fn in_a_window_that_is_too_small_nothing_is_confirmed_unseen() {
    for (columns, rows) in [(79, 24), (80, 23), (60, 18), (59, 17)] {
        let mut app = confirming("Dr K. Holm\rseen by dentist next week\r");
        app.update(&Event::Resize(columns, rows));
        assert!(!at_size(&app, columns, rows).contains("Dr K. Holm"), "the dialog is not seen");
        press(&mut app, "c");
        assert_eq!(acted(&app).confirmed, [], "{columns}x{rows}");
        // What is typed is not lost: in a larger window it is there, and is confirmed.
        app.update(&Event::Resize(80, 24));
        assert_says(&app, "Dr K. Holm");
        press(&mut app, "c");
        assert_eq!(acted(&app).confirmed.len(), 1, "{columns}x{rows}");
    }
}

/// Texts that take many lines, or lines of another kind.
fn long_texts() -> Vec<String> {
    vec![
        "Å".repeat(1000),
        "山田".repeat(500),
        "A very long name ".repeat(58),
        "e\u{301}".repeat(500),
        "\u{5e9}\u{5e8}\u{5d4} ".repeat(250),
        "👩\u{200d}👧".repeat(200),
    ]
}

/// The form with a text pasted into the rows of the first step.
fn with_long(rows: &[usize], text: &str) -> App {
    let mut app = ready("");
    for row in rows {
        press(&mut app, &format!("{}{}{}{EMPTY}", to_step(1), UP.repeat(9), DOWN.repeat(*row)));
        app.update(&Event::Paste(text.to_owned()));
    }
    press(&mut app, &to_step(7));
    app
}

#[test]
fn a_name_of_some_lines_hides_neither_birth_date_nor_dose() {
    for text in ["Å".repeat(200), "山田".repeat(50), "A very long name ".repeat(12), "e\u{301}".repeat(200)] {
        let app = with_long(&[1], &text);
        for (columns, rows) in [(80, 24), (100, 30), (120, 40), (200, 50)] {
            let shown = at_size(&app, columns, rows);
            for whole in ["born 14-Mar-1958 (68 years)", "No. A-1042", "Known allergies:", "DOSE   3.5 mg"] {
                assert!(shown.contains(whole), "{whole}:\n{shown}");
            }
        }
    }
}

#[test]
fn no_text_is_too_long_for_a_window() {
    for text in long_texts() {
        for rows in [&[0][..], &[1], &[6], &[0, 1, 6, 7]] {
            let mut app = with_long(rows, &text);
            for keys in ["1", "2", "5", "c", "k", F9, "\u{11}", &to_step(1), &to_step(5), &to_step(6)] {
                press(&mut app, keys);
                for (columns, rows) in [(60, 18), (80, 24), (110, 24), (120, 40), (200, 50)] {
                    at_size(&app, columns, rows);
                }
                press(&mut app, "\x1b");
            }
        }
    }
}

#[test]
fn no_drug_has_a_name_too_long_for_a_window() {
    let name = format!("\"name\": \"{}\"", ["testbisphosphonate"; 40].join(" of "));
    let library = local("\"name\": \"testbisphosphonate\"", &name);
    let mut app = App::new(Setting { library, ..setting("2026-11-21") });
    press(&mut app, &(walks::REDUCED.up_to("drug") + END));
    while !shown(&app).lines().any(|line| line.contains("> ") && line.contains("testbis")) {
        press(&mut app, UP);
    }
    press(&mut app, &format!("\r1.12.2026\r{}", to_step(7)));
    for columns in [60, 70, 80, 100, 110, 120, 170, 200] {
        for rows in [18, 20, 24, 30, 40] {
            let shown = at_size(&app, columns, rows);
            assert!(shown.contains("DOSE   ") || !shown.contains("╔"), "{shown}");
        }
    }
}

/// The shipped library and the drug of a hospital, in whose file this is written otherwise.
fn local(was: &str, now: &str) -> &'static Library {
    let file = |name: &str, text: String| LibraryFile {
        name: name.to_owned(),
        bytes: text.into_bytes(),
        origin: Origin::Local,
    };
    let read = |name: &str| std::fs::read_to_string(tests(&format!("libraries/sound/{name}"))).unwrap();
    let drug = read("testbisphosphonate.json").replacen(was, now, 1);
    let files = vec![file("sources.json", read("sources.json")), file("testbisphosphonate.json", drug)];
    Library::with_local(files).expect("the library is sound")
}

#[test]
fn a_local_drug_is_marked_on_every_page_of_its_plan() {
    for (status, mark) in [("endorsed", "LOCAL REGIMEN  "), ("draft", "LOCAL REGIMEN, DRAFT  ")] {
        let library = local("\"status\": \"endorsed\"", &format!("\"status\": \"{status}\""));
        let mut app = App::new(Setting { library, ..setting("2026-11-21") });
        press(&mut app, &(walks::REDUCED.up_to("drug") + END));
        while !shown(&app).lines().any(|line| line.contains("> ") && line.contains("testbis")) {
            press(&mut app, UP);
        }
        press(&mut app, &format!("\r1.12.2026\r{}", to_step(7)));
        for keys in ["1", "2", "3", "4", "5", "c", "\x1b", "p"] {
            press(&mut app, keys);
            assert_says(&app, mark);
        }
    }
}

#[test]
fn a_character_that_cannot_be_seen_in_a_draft_is_not_shown() {
    for hidden in ['\u{202e}', '\u{2067}', '\u{200b}', '\u{ad}', '\u{9b}', '\u{1b}', '\u{e0041}'] {
        let mut entries = ready("").entries();
        entries.insert("name".to_owned(), format!("Holm{hidden} 5.3 mg"));
        let left = Leftover { when: format!("21-Nov-2026{hidden}"), entries };
        let mut app = App::new(Setting { leftovers: vec![left], ..setting("2026-11-21") });
        assert!(!shown(&app).contains(hidden), "{hidden:?} in the list of drafts");
        press(&mut app, "\r");
        for screen in 1..=7 {
            press(&mut app, &to_step(screen));
            assert!(!shown(&app).contains(hidden), "{hidden:?} on {screen}");
        }
    }
}

#[test]
fn what_is_kept_nowhere_is_not_left_by_the_same_key_twice() {
    for key in ["\u{11}", "\u{3}"] {
        let mut app = ready("");
        app.happened(Happened::DraftNotKept("no room".to_owned()));
        assert_eq!(press(&mut app, key), Effect::Stay);
        assert_says(&app, "LOST");
        assert_eq!(press(&mut app, key), Effect::Stay, "{key:?} twice");
    }
}

#[test]
fn settings_that_were_typed_are_not_left_without_a_question() {
    let mut app = in_ward(&format!("{F9}ward\r{}28.12.-10.1. Christmas", DOWN.repeat(8)), "");
    assert_eq!(press(&mut app, "\u{11}"), Effect::Stay);
}

#[test]
fn a_confirmation_can_be_taken_back() {
    let mut app = ready("2");
    assert_says(&app, "CONFIRMED");
    press(&mut app, "t");
    assert_eq!(status(&app), Some(PlanStatus::NeedsConfirmation));
}

#[test]
fn what_is_typed_on_after_the_reason_goes_into_the_reason() {
    let mut app = confirming("Dr K. Holm\rseen by dentist next week\r");
    press(&mut app, " but the doctor said so");
    assert_eq!(acted(&app).confirmed, []);
    assert_says(&app, "seen by dentist next weekbut the doctor said so");
}
