//! Every screen as a person sees it, at 80 by 24, at 120 by 40 and at 200 by 50, in all four depths of colour:
//! characters, styles, cursor. The text is the same in all of them.

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate};
use crossterm::event::{Event, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use osteodose::{
    quantity::parse_date,
    tui::{App, Depth, Happened, Leftover, Setting, Theme},
    ward::Settings,
};

use crate::{
    screen::{assert_picture, drawn, text_part},
    support::LIBRARY,
    walks::{self, Walk, events, to_step},
};

const DEPTHS: [(Depth, &str); 4] =
    [(Depth::None, "none"), (Depth::Sixteen, "16"), (Depth::Indexed, "256"), (Depth::Full, "full")];
const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);
const WIDE: (u16, u16) = (200, 50);
const DOWN: &str = "\x1b[B";

fn today() -> NaiveDate {
    parse_date("2026-11-21").unwrap()
}

/// The settings of a ward.
fn ward() -> Settings {
    let settings = br#"{
        "format": "osteodose-ward/1",
        "name": "Day unit 4B",
        "open_weekdays": ["mon", "tue", "wed", "thu", "fri"],
        "closed": [
            { "first": "2026-12-24", "last": "2026-12-25", "name": "Christmas" },
            { "first": "2026-12-31", "last": "2027-01-01", "name": "New Year" }
        ],
        "people": ["K. Lund", "B. Lind", "Dr K. Holm"]
    }"#;
    osteodose::ward::read(settings, &LIBRARY).expect("the settings are sound")
}

fn setting(depth: Depth) -> Setting {
    Setting {
        ward_file: Some("/etc/ward.json".into()),
        ..Setting::new(&LIBRARY, today(), DateTime::default, Theme { depth, ascii: false })
    }
}

fn app(depth: Depth) -> App {
    App::new(setting(depth))
}

fn press(app: &mut App, keys: &str) {
    for event in events(keys) {
        app.update(&event);
    }
}

/// The form after all keys up to a step, and more.
fn at(walk: &Walk, step: &str, more: &str) -> impl Fn(Depth) -> App + use<> {
    let keys = if step.is_empty() { walk.all_keys() } else { walk.up_to(step) };
    let keys = keys + more;
    move |depth| {
        let mut app = app(depth);
        press(&mut app, &keys);
        app
    }
}

/// The same in a ward.
fn in_ward(keys: String) -> impl Fn(Depth) -> App + use<> {
    move |depth| {
        let mut app = App::new(Setting { ward: ward(), ..setting(depth) });
        press(&mut app, &keys);
        app
    }
}

/// The form opened on a day with the plan of a walk, and keys after that.
fn opened(walk: &'static Walk, day: &'static str, keys: String) -> impl Fn(Depth) -> App + use<> {
    move |depth| {
        let plan = osteodose::saved::file(at(walk, "", "")(depth).form().plan().unwrap());
        let opened = Some(("A-1042-2026-12-01.json".into(), osteodose::plan::reopen(plan.as_bytes()).unwrap()));
        let mut app = App::new(Setting { opened, today: parse_date(day).unwrap(), ..setting(depth) });
        press(&mut app, &keys);
        app
    }
}

/// What a form shows, and what it looks like at each depth.
fn picture(build: &impl Fn(Depth) -> App, (columns, rows): (u16, u16)) -> String {
    let pictures = DEPTHS.map(|(depth, name)| {
        let app = build(depth);
        (name, drawn(columns, rows, |frame| app.view(frame)))
    });
    let text = text_part(&pictures[0].1);
    no_two_numbers(text);
    let mut all = text.to_owned();
    for (name, picture) in &pictures {
        assert_eq!(text_part(picture), text, "the text is another with {name} colours");
        write!(all, "colours: {name}\n{}", &picture[text.len()..]).unwrap();
    }
    all
}

/// No line holds two numbers with nothing but blanks between them where the second one is a dose.
#[track_caller]
pub fn no_two_numbers(text: &str) {
    if let Some(line) = text.lines().find(|line| has_two_numbers(line)) {
        panic!("two numbers beside each other: {line}\n{text}");
    }
}

fn has_two_numbers(line: &str) -> bool {
    let line = line.trim_matches(['|', '│', '║']);
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_number = |word: &str| word.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    words.windows(3).any(|it| is_number(it[0]) && is_number(it[1]) && it[2].starts_with("mg") && !it[2].contains('/'))
}

#[test]
fn two_numbers_beside_each_other_are_found() {
    for line in ["dose 1 3.5 mg", "|   2    3.5 mg   |", "50 to 60   3.5 mg"] {
        assert!(has_two_numbers(line), "{line}");
    }
    for line in ["Tue 01-Dec-2026   3.5 mg", "3.5 mg   4 mg", "2.31 mmol/L 9 mg/dL", "92 1.04 mg/dL"] {
        assert!(!has_two_numbers(line), "{line}");
    }
}

fn assert_sizes(name: &str, build: &impl Fn(Depth) -> App, sizes: &[(u16, u16)]) {
    for (columns, rows) in sizes {
        assert_picture(&format!("{name}-{columns}x{rows}"), &picture(build, (*columns, *rows)));
    }
}

const TWO: [(u16, u16); 2] = [SMALL, LARGE];
const ALL: [(u16, u16); 3] = [SMALL, LARGE, WIDE];

#[test]
fn entries() {
    assert_sizes("empty", &app, &TWO);
    let reduced = |step: &str, more: &str| at(&walks::REDUCED, step, more);
    assert_sizes("1-patient", &reduced("patient", "A-1042\rHolm, Anna\r14.3.1958\rf\r68,5"), &TWO);
    assert_sizes("2-disease", &reduced("disease", "b"), &TWO);
    assert_sizes("3-laboratory", &reduced("laboratory", "18.11.\r92u\r2,31"), &ALL);
    assert_sizes("4-safety-teeth", &reduced("safety", ""), &[SMALL]);
    assert_sizes("4-safety", &reduced("safety", "n\r"), &TWO);
    assert_sizes("6-dates-entries", &reduced("schedule", ""), &TWO);
}

#[test]
fn what_is_wrong_stays_and_is_explained_under_its_row() {
    let keys = "\r\r14.3.1958\rf\r151 lb\r\x1b[6~\x1b[6~18/11\r1.04u\r2.31 mol\r\r38\x1b[B";
    let wrong = |depth| {
        let mut app = app(depth);
        press(&mut app, keys);
        app
    };
    assert_sizes("wrong-laboratory", &wrong, &TWO);
    let patient = |depth| {
        let mut app = wrong(depth);
        press(&mut app, "\x1b[5~\x1b[5~");
        app
    };
    assert_sizes("wrong-patient", &patient, &[SMALL]);
}

#[test]
fn the_comparison() {
    assert_sizes("5-drug", &at(&walks::REDUCED, "drug", "\x1b[F"), &ALL);
    // The creatinine is too high for most, and calcium is not recorded.
    let cannot = "\r\r3.5.1949\rm\r61\r\rp\rs\r29.11.2026\r2.1mg\r\r\re\rn\rn\rn\r\x1b[F";
    let refused = |more: &'static str| {
        move |depth| {
            let mut app = App::new(Setting { today: parse_date("2026-11-30").unwrap(), ..setting(depth) });
            press(&mut app, &format!("{cannot}{more}"));
            app
        }
    };
    assert_sizes("5-drug-cannot", &refused(""), &TWO);
    assert_sizes("why-of-a-drug-that-was-not-chosen", &refused("\x1bOQ"), &[SMALL]);
    assert_sizes("5-drug-too-early", &at(&walks::REDUCED, "laboratory", &to_step(5)), &[SMALL]);
}

#[test]
fn the_visits() {
    assert_sizes("6-dates", &at(&walks::REDUCED, "", &format!("{}{DOWN}", to_step(6))), &ALL);
    assert_sizes("6-dates-months", &at(&walks::REDUCED, "", &format!("{}{DOWN}m", to_step(6))), &[SMALL]);
    assert_sizes("6-dates-supplies", &at(&walks::BY_MOUTH, "", &to_step(6)), &TWO);
    let moved = walks::REDUCED.up_to("schedule") + "10.12.2026\r" + &to_step(6) + DOWN;
    assert_sizes("6-dates-closed-days", &in_ward(moved), &TWO);
    let saturday = walks::REDUCED.up_to("schedule") + "5.12.2026\r";
    assert_sizes("start-instead", &in_ward(saturday.clone()), &TWO);
    assert_sizes("6-dates-every-visit-moved", &in_ward(saturday + "\x1b" + &to_step(6)), &[SMALL]);
}

#[test]
fn the_pages_of_a_plan() {
    let open = |more: &str| at(&walks::REDUCED, "review", more);
    assert_sizes("7-card-open", &open(""), &ALL);
    assert_sizes("7-findings", &open("2"), &TWO);
    assert_sizes("7-dates", &open("3"), &TWO);
    assert_sizes("7-why", &open("4\t\t"), &TWO);
    assert_sizes("7-checks", &open("5"), &TWO);
    assert_sizes("7-card-ready", &at(&walks::REDUCED, "", ""), &ALL);
    assert_sizes("7-card-by-mouth", &at(&walks::BY_MOUTH, "", ""), &TWO);
    assert_sizes("7-card-hypercalcaemia", &at(&walks::HYPERCALCAEMIA, "", ""), &TWO);
    assert_sizes("7-card-denosumab", &at(&walks::WEAK_KIDNEY, "", ""), &TWO);
    assert_sizes("7-no-plan-yet", &at(&walks::REDUCED, "laboratory", &to_step(7)), &TWO);
}

#[test]
fn holds_and_stops_say_what_now() {
    assert_sizes("hold", &at(&walks::HELD, "", ""), &ALL);
    assert_sizes("stop-pregnant", &at(&walks::REFUSED, "", ""), &TWO);
    let dehydrated = walks::HYPERCALCAEMIA.up_to("safety") + "e\r3\rn\rn\r\x1b[F\r30.11.2026\r";
    let dehydrated = move |depth| {
        let mut app = app(depth);
        press(&mut app, &dehydrated);
        app
    };
    assert_sizes("stop-dehydrated", &dehydrated, &TWO);
    assert_sizes("stop-every-drug", &at(&walks::REFUSED, "", &to_step(5)), &[SMALL]);
}

#[test]
fn dialogs() {
    let confirming = walks::REDUCED.up_to("review") + "cho";
    assert_sizes("confirm-a-name-of-the-ward", &in_ward(confirming), &TWO);
    let last_row = "cDr K. Holm\rseen by dentist next week\r";
    assert_sizes("confirm-last-row", &at(&walks::REDUCED, "review", last_row), &TWO);
    let ready = |more: &str| at(&walks::REDUCED, "", more);
    assert_sizes("go-to", &ready("\x1b[20~"), &TWO);
    assert_sizes("go-to-found", &ready("\x1b[20~da"), &[SMALL]);
    assert_sizes("help", &ready("\x1bOP"), &TWO);
    assert_sizes("leave", &ready("\u{11}"), &TWO);
    assert_sizes("file-name", &ready("\x1b[20~another\r"), &[SMALL]);
    assert_sizes("file-name-last-row", &ready("\x1b[20~another\r\r"), &[SMALL]);
    let exists = |depth| {
        let mut app = ready("s")(depth);
        app.happened(Happened::FileExists("A-1042-2026-12-01.json".into()));
        app
    };
    assert_sizes("file-exists", &exists, &[SMALL]);
    let saved = |depth| {
        let mut app = ready("s")(depth);
        app.happened(Happened::Saved("/home/ward/A-1042-2026-12-01.json".into()));
        app
    };
    assert_sizes("saved", &saved, &[SMALL]);
}

#[cfg(feature = "pdf")]
#[test]
fn exports() {
    assert_sizes("export", &at(&walks::REDUCED, "", "p"), &TWO);
    assert_sizes("export-stopped", &at(&walks::HELD, "", "p"), &[SMALL]);
    assert_sizes("export-no-number", &at(&walks::BY_MOUTH, "", "pc"), &[SMALL]);
    let written = |depth| {
        let mut app = at(&walks::REDUCED, "", "pa")(depth);
        app.happened(Happened::Exported("/home/ward/A-1042-2026-12-01.pdf".into()));
        app
    };
    assert_sizes("export-written", &written, &[SMALL]);
}

#[test]
fn a_second_check_hides_and_then_shows_only_what_differs() {
    let ready = |more: &str| at(&walks::REDUCED, "", more);
    assert_sizes("second-check-hidden", &ready("kNurse B\r14.3.1985\rf\r68,5\r"), &TWO);
    let rest = "92u\r2,31mm\rt\r38gl\rk";
    assert_sizes("second-check-agrees", &ready(&format!("kNurse B\r14.3.1958\rf\r68,5\r{rest}")), &[SMALL]);
    assert_sizes("second-check-differs", &ready(&format!("kNurse B\r14.3.1985\rf\r58,5\r{rest}")), &TWO);
    // Who entered the figures is no second person.
    let entered = format!("{}{}Kim Lund{}kkim lund\r", to_step(1), DOWN.repeat(7), to_step(7));
    assert_sizes("second-check-same-person", &ready(&entered), &[SMALL]);
    let course = at(&walks::HELD, "", "kNurse B\r3.4.1955\rf\r70\r140u\r3,5\r80u\rk")(Depth::None);
    let shown = drawn(80, 24, |frame| course.view(frame));
    assert!(shown.contains("DIFFERS: dose of the course 3.5 mg"), "{shown}");
}

#[test]
fn the_next_visit_shows_the_values_before() {
    assert_sizes("next-visit", &opened(&walks::REDUCED, "2026-12-30", "v".to_owned()), &TWO);
    let laboratory = "v68,5\r29.12.\r140u\r";
    assert_sizes("next-visit-laboratory", &opened(&walks::REDUCED, "2026-12-30", laboratory.to_owned()), &TWO);
    let due = format!("v{}", to_step(4));
    assert_sizes("next-visit-due", &opened(&walks::REDUCED, "2026-12-30", due), &TWO);
    let early = opened(&walks::REDUCED, "2026-12-01", "v".to_owned())(Depth::None);
    let shown = drawn(80, 24, |frame| early.view(frame));
    assert!(shown.contains("No dose of this plan was due before today"), "{shown}");
}

#[test]
fn the_settings_of_the_ward() {
    for (name, keys) in
        [("days", ""), ("names", "\x1b[6~"), ("products", "\x1b[6~\x1b[6~"), ("screen", "\x1b[6~\x1b[6~\x1b[6~")]
    {
        assert_sizes(&format!("ward-{name}"), &in_ward(format!("\x1b[20~ward\r{keys}")), &[SMALL]);
    }
    let wrong = format!("\x1b[20~ward\r{}31.11. Late\t", DOWN.repeat(10));
    assert_sizes("ward-wrong", &in_ward(wrong), &[SMALL]);
}

fn leftovers(depth: Depth) -> App {
    let entries = |id: &str| {
        let mut entries = at(&walks::REDUCED, "laboratory", "")(depth).entries();
        entries.insert("id".to_owned(), id.to_owned());
        entries
    };
    let leftovers = vec![
        Leftover { when: "21-Nov-2026 07:12".to_owned(), entries: entries("A-1042") },
        Leftover { when: "20-Nov-2026 16:40".to_owned(), entries: entries("B-7") },
    ];
    App::new(Setting { leftovers, ..setting(depth) })
}

#[test]
fn what_earlier_sessions_left() {
    assert_sizes("leftovers", &leftovers, &TWO);
    for (name, key) in [("delete", "d"), ("clear", "o")] {
        let asked = |depth| {
            let mut app = leftovers(depth);
            press(&mut app, key);
            app
        };
        assert_sizes(&format!("leftovers-{name}"), &asked, &[SMALL]);
    }
}

#[test]
fn in_ascii() {
    for (name, walk, more) in
        [("card", &walks::REDUCED, ""), ("dates", &walks::REDUCED, "3"), ("hold", &walks::HELD, "")]
    {
        let mut app = App::new(Setting { theme: Theme { depth: Depth::None, ascii: true }, ..setting(Depth::None) });
        press(&mut app, &(walk.all_keys() + more));
        for (columns, rows) in TWO {
            let picture = drawn(columns, rows, |frame| app.view(frame));
            let text = text_part(&picture);
            // Units and names stay as they are.
            assert!(text.chars().all(|c| c.is_ascii() || matches!(c, 'µ' | '°' | '↑' | '↓' | '←' | '→')), "{text}");
            assert_picture(&format!("ascii-{name}-{columns}x{rows}"), &picture);
        }
    }
}

#[test]
fn the_banner_is_whole_at_every_width() {
    let name = "Maria Magdalena von und zu Hohenstein-Wittelsbach-Habsburg";
    let mut app = app(Depth::Full);
    press(&mut app, &format!("1234567890-1234567890-1234567890\r{name}\r12.03.1958\rf\r68,5\r"));
    press(&mut app, "penicillin (rash, 1998), latex, iodinated contrast media (anaphylaxis)\r");
    for columns in 60..=200 {
        let picture = drawn(columns, 24, |frame| app.view(frame));
        let lines: Vec<&str> =
            text_part(&picture).lines().skip(1).take(8).map(|line| line.trim_matches('|').trim()).collect();
        let banner = lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        for whole in [
            "1234567890-1234567890-1234567890",
            name,
            "born 12-Mar-1958 (68 years)",
            "latex, iodinated contrast media (anaphylaxis)",
        ] {
            assert!(banner.contains(whole), "{columns}: {banner}");
        }
    }
}

#[test]
fn long_names_and_other_scripts() {
    let wide = |depth| {
        let mut app = app(depth);
        press(&mut app, "患者-7\r山田 花子 e\u{301}lodie o\u{308}stlund 山田 花子 山田 花子 山田 花子 山田 花子");
        app
    };
    assert_sizes("wide-names", &wide, &TWO);
}

#[test]
fn a_small_window_can_be_read_and_says_what_entering_needs() {
    assert_sizes("narrow-card", &at(&walks::REDUCED, "", ""), &[(60, 18)]);
    assert_sizes("narrow-entry", &app, &[(60, 18)]);
    assert_sizes("too-small", &app, &[(59, 17)]);
    let ready = at(&walks::REDUCED, "", "")(Depth::Full);
    for columns in [1, 19, 20, 59, 60, 61, 79, 80, 81, 109, 110, 169, 170, 300] {
        for rows in [1, 2, 17, 18, 19, 23, 24, 60] {
            drawn(columns, rows, |frame| ready.view(frame));
        }
    }
}

#[test]
fn the_wheel_scrolls_and_a_click_marks_and_neither_acts() {
    let mut app = at(&walks::REDUCED, "review", "")(Depth::None);
    let shown = |app: &App| drawn(80, 24, |frame| app.view(frame));
    let mouse = |kind, column, row| Event::Mouse(MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE });
    let before = shown(&app);
    app.update(&mouse(MouseEventKind::ScrollDown, 10, 14));
    let scrolled = shown(&app);
    assert_ne!(before, scrolled);
    for _ in 0..30 {
        app.update(&mouse(MouseEventKind::ScrollUp, 10, 14));
    }
    assert_eq!(shown(&app), before, "it is back where it was");
    // A click on each cell of the screen opens or marks, and confirms and saves nothing.
    for row in 0..24 {
        for column in (0..80).step_by(3) {
            let mut app = at(&walks::REDUCED, "review", "cDr K. Holm\rseen by dentist next week\r")(Depth::None);
            shown(&app);
            let effect = app.update(&mouse(MouseEventKind::Down(MouseButton::Left), column, row));
            assert_eq!(effect, osteodose::tui::Effect::Stay, "{column} {row}");
            assert!(app.form().plan().unwrap().request().confirmations.is_empty(), "{column} {row}");
        }
    }
    // A tab is opened by a click.
    app.update(&mouse(MouseEventKind::Down(MouseButton::Left), 12, 2));
    assert!(shown(&app).contains("[2 Findings"), "{}", shown(&app));
}

#[test]
fn a_question_that_was_passed_over_is_no_answer() {
    let mut app = at(&walks::REDUCED, "safety", "e\r\r\r\r")(Depth::None);
    press(&mut app, "\x1b[F\r1.12.2026\r");
    let plan = app.form().plan().unwrap();
    let codes: Vec<&str> = plan.open_findings().map(|finding| finding.code().as_str()).collect();
    for code in ["conditions-not-asked", "medicines-not-asked", "last-antiresorptive-not-asked"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    assert_eq!((plan.request().conditions(), plan.request().medicines()), (None, None));
    assert!(plan.request().earlier_dose().is_none());
    // What was not asked is not asked when it is opened again, and none is none.
    let json = osteodose::saved::file(plan);
    let request = osteodose::plan::reopen(json.as_bytes()).unwrap();
    let again = osteodose::form::Form::of_request(&LIBRARY, &request, today());
    assert_eq!(again.filled().request(), app.form().filled().request());
}

#[test]
fn a_draft_that_cannot_be_deleted_is_no_draft_that_is_not_kept() {
    let mut app = at(&walks::REDUCED, "", "")(Depth::None);
    app.happened(Happened::DraftNotDeleted("no room".to_owned()));
    let shown = drawn(80, 24, |frame| app.view(frame));
    assert!(shown.contains("The draft cannot be deleted: no room"), "{shown}");
    assert!(shown.contains("NOT SAVED, draft kept"), "{shown}");
    app.happened(Happened::DraftNotKept("no room".to_owned()));
    assert!(drawn(80, 24, |frame| app.view(frame)).contains("NO DRAFT KEPT"));
    app.happened(Happened::DraftKept);
    assert!(drawn(80, 24, |frame| app.view(frame)).contains("NOT SAVED, draft kept"));
}
