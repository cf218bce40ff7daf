//! Every screen as a person sees it, at 80 by 24 and at 120 by 40: characters, styles, cursor.

use chrono::{DateTime, NaiveDate};
use osteodose::{
    quantity::parse_date,
    tui::{App, Happened, Leftover, Setting, Theme},
};

use crate::{
    screen::{assert_picture, drawn},
    support::LIBRARY,
    walks::{self, Walk, events},
};

const COLOUR: Theme = Theme { colour: true, ascii: false };
const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (120, 40);

fn today() -> NaiveDate {
    parse_date("2026-11-21").unwrap()
}

fn app(theme: Theme) -> App {
    let clock = DateTime::default;
    App::new(Setting { library: &LIBRARY, today: today(), clock, theme, opened: None, leftovers: Vec::new() })
}

fn press(app: &mut App, keys: &str) {
    for event in events(keys) {
        app.update(&event);
    }
}

/// The form after all keys up to a step.
fn at(walk: &Walk, step: &str, theme: Theme) -> App {
    let mut app = app(theme);
    for (name, keys) in walk.keys {
        if *name == step {
            return app;
        }
        press(&mut app, keys);
    }
    app
}

fn picture(app: &App, (columns, rows): (u16, u16)) -> String {
    drawn(columns, rows, |frame| app.view(frame))
}

fn assert_both(name: &str, app: &App) {
    assert_picture(&format!("{name}-80x24"), &picture(app, SMALL));
    assert_picture(&format!("{name}-120x40"), &picture(app, LARGE));
}

#[test]
fn an_empty_form() {
    assert_both("empty", &app(COLOUR));
}

#[test]
fn every_step_on_its_way() {
    for (after, step) in [
        ("disease", "1-patient"),
        ("laboratory", "2-disease"),
        ("safety", "3-laboratory"),
        ("drug", "4-safety"),
        ("schedule", "5-drug"),
        ("review", "6-schedule"),
    ] {
        let mut app = at(&walks::REDUCED, after, COLOUR);
        press(&mut app, "\x1b[5~");
        assert_both(step, &app);
    }
    assert_both("7-review-open", &at(&walks::REDUCED, "review", COLOUR));
    assert_both("7-review-ready", &at(&walks::REDUCED, "", COLOUR));
}

#[test]
fn every_severity() {
    let mut app = at(&walks::WEAK_KIDNEY, "review", COLOUR);
    assert_both("severity-confirm-and-note", &app);
    press(&mut app, "\x1b[5~");
    assert_both("severity-weekly-checks", &app);
    assert_both("severity-stop", &at(&walks::HELD, "", COLOUR));
    let mut refused = at(&walks::REFUSED, "review", COLOUR);
    assert_both("severity-stop-pregnant", &refused);
    press(&mut refused, "\x1b5");
    assert_both("severity-every-drug-refused", &refused);
}

#[test]
fn without_colour_and_with_ascii_alone() {
    for (name, theme) in
        [("no-colour", Theme { colour: false, ascii: false }), ("ascii", Theme { colour: false, ascii: true })]
    {
        assert_picture(&format!("{name}-drug"), &picture(&at(&walks::REDUCED, "schedule", theme), SMALL));
        assert_picture(&format!("{name}-review"), &picture(&at(&walks::REDUCED, "review", theme), SMALL));
        assert_picture(&format!("{name}-stop"), &picture(&at(&walks::HELD, "", theme), SMALL));
        let wide = picture(&at(&walks::REDUCED, "review", theme), LARGE);
        if theme.ascii {
            assert!(wide.lines().take(42).all(|line| line.chars().all(|c| c.is_ascii() || c == 'µ')), "{wide}");
        }
    }
}

#[test]
fn long_names_and_other_scripts() {
    let mut long = app(COLOUR);
    press(&mut long, "1234567890-1234567890-1234567890-1234567890-1234567890\t");
    press(&mut long, "Maria Magdalena von und zu Hohenstein-Wittelsbach-Habsburg-Lothringen\t");
    assert_both("long-names", &long);
    let mut wide = app(COLOUR);
    press(&mut wide, "患者-7\t山田 花子 e\u{301}lodie o\u{308}stlund ");
    assert_both("wide-names", &wide);
    press(&mut wide, "山田 花子 山田 花子 山田 花子 山田 花子");
    assert_picture("wide-name-scrolled", &picture(&wide, SMALL));
}

#[test]
fn what_is_wrong_is_said_beside_the_field() {
    let mut app = app(COLOUR);
    press(&mut app, "\t\t1/2/1958\tf\t680\t300\t");
    press(&mut app, "\x1b[6~\x1b[6~18.11.2026\t1,1 \t25 \tt\t");
    assert_picture("wrong-laboratory", &picture(&app, SMALL));
    press(&mut app, "\x1b[5~\x1b[5~");
    assert_picture("wrong-patient", &picture(&app, SMALL));
}

#[test]
fn what_stands_in_the_place_of_a_step() {
    let ready = || at(&walks::REDUCED, "", COLOUR);
    for (name, keys) in [
        ("menu", "\x1b"),
        ("help", "\x1b?"),
        ("why", "\x1bOQ"),
        ("save", "\u{13}"),
        ("leave", "\u{11}"),
        ("second-check", "\x1bc"),
    ] {
        let mut app = ready();
        press(&mut app, keys);
        assert_both(name, &app);
    }
    let mut exists = ready();
    press(&mut exists, "\u{13}\r");
    exists.happened(Happened::FileExists("A-1042-2026-12-01.json".into()));
    assert_picture("save-exists", &picture(&exists, SMALL));
    let mut saved = ready();
    press(&mut saved, "\u{13}\r");
    saved.happened(Happened::Saved("/home/ward/A-1042-2026-12-01.json".into()));
    assert_picture("saved", &picture(&saved, SMALL));
}

#[cfg(feature = "pdf")]
#[test]
fn exports() {
    let mut ready = at(&walks::REDUCED, "", COLOUR);
    press(&mut ready, "\x1bx");
    assert_both("export", &ready);
    press(&mut ready, "p");
    assert_both("export-name", &ready);
    press(&mut ready, "\r");
    ready.happened(Happened::Exported("/home/ward/A-1042-2026-12-01.pdf".into()));
    assert_picture("export-written", &picture(&ready, SMALL));
    for (name, theme) in
        [("no-colour", Theme { colour: false, ascii: false }), ("ascii", Theme { colour: false, ascii: true })]
    {
        let mut stopped = at(&walks::HELD, "", theme);
        press(&mut stopped, "\x1bx");
        assert_picture(&format!("{name}-export-stopped"), &picture(&stopped, SMALL));
    }
    let mut unnamed = at(&walks::BY_MOUTH, "", COLOUR);
    press(&mut unnamed, "\x1bxc");
    assert_picture("export-no-identifier", &picture(&unnamed, SMALL));
}

#[test]
fn a_draft_that_cannot_be_deleted_is_no_draft_that_is_not_kept() {
    let mut app = at(&walks::REDUCED, "", COLOUR);
    app.happened(Happened::DraftNotDeleted("no room".to_owned()));
    let shown = picture(&app, SMALL);
    assert!(shown.contains("The draft cannot be deleted: no room"), "{shown}");
    assert!(shown.contains("not saved (draft kept)"), "{shown}");
}

#[test]
fn a_second_check_shows_only_what_differs() {
    let mut app = at(&walks::REDUCED, "", COLOUR);
    press(&mut app, "\x1bcNurse B\t14.3.1958\tf\t68,5\t92 \t");
    assert_picture("second-check-agrees", &picture(&app, SMALL));
    press(&mut app, "\x1bcNurse B\t14.3.1985\tf\t68,5\t");
    assert_picture("second-check-hidden", &picture(&app, SMALL));
    press(&mut app, "92 \t");
    assert_picture("second-check-differs", &picture(&app, SMALL));
}

/// The form opened again on a day with the plan that was saved.
fn opened(walk: &Walk, day: &str) -> App {
    let plan = osteodose::saved::file(at(walk, "", COLOUR).form().plan().unwrap());
    let opened = Some(("A-1042-2026-12-01.json".into(), osteodose::plan::reopen(plan.as_bytes()).unwrap()));
    let (today, clock) = (parse_date(day).unwrap(), DateTime::default);
    App::new(Setting { library: &LIBRARY, today, clock, theme: COLOUR, opened, leftovers: Vec::new() })
}

#[test]
fn the_next_visit_asks_what_became_of_each_dose() {
    let mut app = opened(&walks::REDUCED, "2026-12-30");
    press(&mut app, "\x1bn");
    assert_picture("next-visit", &picture(&app, SMALL));
    press(&mut app, "\x1b4");
    assert_both("next-visit-due", &app);
    press(&mut app, "g\tt\tm");
    assert_picture("next-visit-answered", &picture(&app, SMALL));
    let mut held = opened(&walks::HELD, "2026-12-30");
    press(&mut held, "\x1bn\x1b6");
    assert_picture("next-visit-held", &picture(&held, SMALL));
    let mut early = opened(&walks::REDUCED, "2026-12-01");
    press(&mut early, "\x1bn");
    assert!(picture(&early, SMALL).contains("No dose of this plan was due before today"));
}

#[test]
fn who_entered_the_figures_is_no_second_person() {
    let mut app = at(&walks::REDUCED, "", COLOUR);
    press(&mut app, "\tKim Lund\x1bckim lund");
    assert_picture("same-person-at-once", &picture(&app, SMALL));
    press(&mut app, "\t14.3.1958\tf\t68,5\t92 \t");
    assert_picture("same-person", &picture(&app, SMALL));
}

#[test]
fn a_second_person_enters_what_decides() {
    let mut app = at(&walks::WEAK_KIDNEY, "", COLOUR);
    press(&mut app, "\x1bc");
    assert_picture("second-check-calcium", &picture(&app, SMALL));
    press(&mut app, "B\t15.1.1946\tm\t60\t2,08  \t2,35 \tt\t40 \t");
    assert!(picture(&app, SMALL).contains("Second check: agrees (B)."));
    let mut course = at(&walks::HELD, "", COLOUR);
    press(&mut course, "\x1bc");
    assert_picture("second-check-course", &picture(&course, SMALL));
    press(&mut course, "B\t3.4.1955\tf\t70\t140 \t3,5\t80 \t");
    let differs = picture(&course, SMALL);
    assert!(differs.contains("dose in use 3.5 mg against 4 mg"), "{differs}");
}

#[test]
fn what_is_wrong_or_wanted_is_said_at_once() {
    let mut app = app(COLOUR);
    press(&mut app, "\t\t14.3.2031");
    let shown = picture(&app, SMALL);
    assert!(shown.contains("This day lies after today, 21-Nov-2026."), "{shown}");
    assert!(shown.contains("1 Patient!"), "{shown}");
    press(&mut app, "\x7f\x7f\x7f\x7f1958\tf\t85\t");
    assert!(picture(&app, SMALL).contains("kg"));
    assert_picture("height-needed", &picture(&app, SMALL));
}

#[test]
fn a_question_that_was_passed_over_is_no_answer() {
    let mut app = at(&walks::REDUCED, "safety", COLOUR);
    press(&mut app, "e\t\t\t\t\x1b4");
    assert_picture("not-asked", &picture(&app, SMALL));
    press(&mut app, "\x1b51.12.2026\tz\r\x1b[6~");
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
fn what_earlier_sessions_left() {
    let entries = |id: &str| {
        let mut entries = at(&walks::REDUCED, "laboratory", COLOUR).entries();
        entries.insert("id".to_owned(), id.to_owned());
        entries
    };
    let leftovers = vec![
        Leftover { when: "21-Nov-2026 07:12".to_owned(), entries: entries("A-1042") },
        Leftover { when: "20-Nov-2026 16:40".to_owned(), entries: entries("B-7") },
    ];
    let clock = DateTime::default;
    let setting = Setting { library: &LIBRARY, today: today(), clock, theme: COLOUR, opened: None, leftovers };
    assert_both("leftovers", &App::new(setting));
}

#[test]
fn a_window_that_is_too_small_says_so() {
    let app = app(COLOUR);
    assert_picture("too-small", &picture(&app, (79, 23)));
    for columns in [1, 19, 20, 59, 60, 61, 79, 80, 81, 109, 110, 200] {
        for rows in [1, 2, 17, 18, 19, 23, 24, 60] {
            picture(&app, (columns, rows));
        }
    }
}

#[test]
fn nothing_is_cut_without_a_mark() {
    // Every key that is offered is on the screen as a whole, also on the narrowest one.
    for walk in walks::ALL {
        for (step, _) in walk.keys {
            let app = at(walk, step, COLOUR);
            let picture = picture(&app, SMALL);
            let keys = picture.lines().nth(24).unwrap();
            assert!(keys.contains("Esc menu"), "{step}: {keys}");
        }
    }
}

#[test]
fn what_is_pasted_into_a_file_name_stays_out_of_the_field_in_hand() {
    let mut app = at(&walks::REDUCED, "disease", COLOUR);
    press(&mut app, "\x1b1");
    let before = app.entries();
    press(&mut app, "\x1b[6~\x1b7\u{13}");
    app.update(&crossterm::event::Event::Paste("elsewhere".to_owned()));
    press(&mut app, "\x1b");
    assert_eq!(app.entries(), before);
    let mut ready = at(&walks::REDUCED, "", COLOUR);
    press(&mut ready, "\x1b1\u{13}");
    let before = ready.entries();
    ready.update(&crossterm::event::Event::Paste("elsewhere".to_owned()));
    press(&mut ready, "\x1bX");
    assert_eq!(ready.entries()["id"], before["id"].clone() + "X");
}
