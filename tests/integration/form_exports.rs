//! Exports by keys: the files are those of the command, and nothing counts as saved.

use std::{fs, path::Path, process::Command};

use chrono::{DateTime, Utc};
use osteodose::{
    export::{Format, Options, export},
    quantity::parse_date,
    tui::{App, Depth, Effect, Setting, Theme},
};

use crate::{
    screen::drawn,
    support::LIBRARY,
    terminal::{Ended, Key, Session},
    walks::{self, events},
    wizard::{drafts, save_as},
};

// ---- The form without a terminal.

fn at() -> DateTime<Utc> {
    "2026-11-21T09:05:07Z".parse().unwrap()
}

/// Down, as a terminal sends it.
const DOWN: &str = "\x1b[B";

fn app(keys: &str) -> App {
    let (today, theme) = (parse_date("2026-11-21").unwrap(), Theme { depth: Depth::None, ascii: false });
    let setting = Setting::new(&LIBRARY, today, at, theme);
    let mut app = App::new(setting);
    press(&mut app, keys);
    app
}

fn press(app: &mut App, keys: &str) -> Effect {
    events(keys).iter().map(|event| app.update(event)).last().unwrap()
}

/// The content of a file that is to be written, with its name.
fn written(effect: Effect, format: Format) -> (String, Vec<u8>) {
    match effect {
        Effect::Save { path, content, replace: false, format: as_what } if as_what == format => {
            (path.to_string_lossy().into_owned(), content)
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_form_is_what_the_library_exports_at_that_moment() {
    let forms = [
        ("c", Format::Ics, ".ics"),
        ("t", Format::Text, ".txt"),
        ("s", Format::Csv, ".csv"),
        ("f", Format::Fhir, ".fhir.json"),
    ];
    for (key, format, ending) in forms {
        let mut app = app(&walks::REDUCED.all_keys());
        let (name, content) = written(press(&mut app, &format!("p{key}")), format);
        let asked = Options { at: at(), ..Options::default() };
        assert_eq!(content, export(app.form().plan().unwrap(), format, &asked).unwrap());
        assert_eq!(name, format!("A-1042-2026-12-01{ending}"));
    }
}

#[cfg(feature = "pdf")]
#[test]
fn the_page_is_on_the_paper_that_was_chosen() {
    use osteodose::export::pdf::Paper;
    for (key, paper) in [("a", Paper::A4), ("l", Paper::Letter)] {
        let mut app = app(&walks::REDUCED.all_keys());
        let (_, content) = written(press(&mut app, &format!("p{key}")), Format::Pdf);
        let asked = Options { at: at(), paper, ..Options::default() };
        assert_eq!(content, export(app.form().plan().unwrap(), Format::Pdf, &asked).unwrap());
    }
}

#[cfg(feature = "pdf")]
#[test]
fn a_character_that_the_page_lacks_is_named_in_the_list() {
    let mut app = app(&walks::REDUCED.all_keys().replace("Holm, Anna", "山田"));
    let before = app.entries();
    assert_eq!(press(&mut app, "pa"), Effect::Stay);
    let shown = drawn(80, 24, |frame| app.view(frame));
    assert!(shown.contains("patient.name: the character \"山\" (U+5C71)"), "{shown}");
    assert_eq!(app.entries(), before);
    // Another form knows no font.
    written(press(&mut app, "c"), Format::Ics);
}

#[test]
fn another_form_never_gets_the_name_of_a_plan() {
    for (typed, name) in [("plan.json", "plan.json.csv"), ("plan.CSV", "plan.CSV"), ("plan", "plan.csv")] {
        let mut app = app(&walks::REDUCED.all_keys());
        let keys = format!("p{DOWN}{DOWN}{DOWN}{DOWN}r\u{15}{typed}\rs");
        assert_eq!(written(press(&mut app, &keys), Format::Csv).0, name);
    }
    for nothing in ["", " ", "folder/"] {
        let mut app = app(&walks::REDUCED.all_keys());
        assert_eq!(press(&mut app, &format!("p{DOWN}{DOWN}{DOWN}{DOWN}r\u{15}{nothing}\rs")), Effect::Stay);
        assert!(drawn(80, 24, |frame| app.view(frame)).contains("Type a file name first."));
    }
}

#[test]
fn without_a_plan_there_is_nothing_to_hand_on() {
    let mut app = app("A-1042\t\u{13}");
    assert!(drawn(80, 24, |frame| app.view(frame)).contains("Not complete yet"));
    // The page without a plan has no key for it.
    press(&mut app, &(walks::to_step(7) + "p"));
    assert!(drawn(80, 24, |frame| app.view(frame)).contains("p is no key of this screen"));
}

// ---- The program in a terminal.

fn begin(home: &Path, keys: &str, shows: &str) -> Session {
    let mut session = Session::osteodose(&["--form"], 24, 80, home);
    session.wait_for("No number");
    session.type_keys(keys);
    session.wait_for(shows);
    session
}

/// Opens the list of exports.
fn open_list(session: &mut Session) {
    session.type_keys("p");
    session.wait_for("For other programs");
}

/// Writes an export under the name that is offered.
fn take(session: &mut Session, key: &str, offered: &str) {
    session.type_keys(key);
    session.wait_for(offered);
}

/// What the command writes of a saved plan.
fn exported(home: &Path, plan: &str, format: &str) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_osteodose"))
        .args(["export", plan, "--format", format])
        .env("XDG_CONFIG_HOME", home.join("config"))
        .current_dir(home)
        .output()
        .unwrap();
    assert!(!output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A calendar without the moments at which it was made.
fn timeless(calendar: &[u8]) -> String {
    let text = String::from_utf8(calendar.to_vec()).unwrap();
    let moments = ["DTSTAMP:", "SEQUENCE:", "LAST-MODIFIED:"];
    let is_moment = |line: &&str| moments.iter().any(|it| line.starts_with(it));
    let lines: Vec<&str> = text.lines().filter(|line| !is_moment(line)).collect();
    assert!(lines.len() < text.lines().count());
    lines.join("\n")
}

/// The page that the library makes of a saved plan at the moment that another page states.
#[cfg(feature = "pdf")]
fn assert_same_page(page: &[u8], plan: &[u8]) {
    let text = String::from_utf8_lossy(page);
    let from = text.find("/CreationDate(D:").unwrap() + "/CreationDate(D:".len();
    let at = chrono::NaiveDateTime::parse_from_str(&text[from..from + 14], "%Y%m%d%H%M%S").unwrap().and_utc();
    let request = osteodose::plan::reopen(plan).unwrap();
    let plan = osteodose::dosing::plan(request.clone(), &LIBRARY).unwrap();
    let again = export(&plan, Format::Pdf, &Options { at, ..Options::default() }).unwrap();
    // After it come the names of the document, which know parts of a second.
    let pages = |file: &[u8]| file.windows(8).position(|it| it == b"/ModDate").unwrap();
    assert!(pages(page) > 10_000);
    assert!(page[..pages(page)] == again[..pages(&again)], "the pages differ");
}

#[test]
fn an_export_is_that_of_the_command_and_saves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let mut session = begin(home.path(), &walks::REDUCED.all_keys(), " READY ");
    let mut forms = vec![("c", ".ics"), ("s", ".csv")];
    if cfg!(feature = "pdf") {
        forms.push(("a", ".pdf"));
    }
    for (key, ending) in &forms {
        open_list(&mut session);
        take(&mut session, key, &format!("A-1042-2026-12-01{ending}"));
        session.wait_for("Exported: ");
        assert!(session.screen().contains("NOT SAVED, draft kept"), "{}", session.screen());
        assert_eq!(drafts(home.path()), 1);
    }
    save_as(&mut session, &home.path().join("plan.json"));
    session.wait_for("Saved:");
    let file = |name: &str| fs::read(home.path().join(name)).unwrap();
    assert_eq!(file("A-1042-2026-12-01.csv"), exported(home.path(), "plan.json", "csv"));
    assert_eq!(timeless(&file("A-1042-2026-12-01.ics")), timeless(&exported(home.path(), "plan.json", "ics")));
    #[cfg(feature = "pdf")]
    assert_same_page(&file("A-1042-2026-12-01.pdf"), &file("plan.json"));
    session.press(Key::Ctrl('q'));
    assert_eq!(session.wait_exit(), Ended::Status(0));
    session.assert_restored();
}

#[test]
fn a_provisional_plan_is_exported_with_its_mark() {
    let home = tempfile::tempdir().unwrap();
    let keys = walks::REDUCED.up_to("review");
    let mut session = begin(home.path(), &keys, "Until then: do not give.");
    open_list(&mut session);
    take(&mut session, "s", "A-1042-2026-12-01.csv");
    session.wait_for("Marked PROVISIONAL. Exported: ");
    let table = fs::read_to_string(home.path().join("A-1042-2026-12-01.csv")).unwrap();
    assert!(table.contains("PROVISIONAL"), "{table}");
}

#[test]
fn a_stopped_plan_is_shown_as_text_alone() {
    let home = tempfile::tempdir().unwrap();
    let mut session = begin(home.path(), &walks::HELD.all_keys(), walks::HELD.shows);
    open_list(&mut session);
    session.wait_for("A stopped plan cannot be exported");
    for key in ["c", "s", "f"] {
        session.type_keys(key);
        session.type_keys("?");
        session.wait_for("? is no key of this screen");
        assert!(session.screen().contains("A stopped plan cannot be exported"), "{}", session.screen());
        session.press(Key::Up);
        session.wait_until(|screen| !screen.contents().contains("? is no key of this screen"));
    }
    take(&mut session, "t", "C-5-2026-12-01.txt");
    session.wait_for("Exported: ");
    save_as(&mut session, &home.path().join("plan.json"));
    session.wait_for("Saved:");
    let text = fs::read(home.path().join("C-5-2026-12-01.txt")).unwrap();
    assert_eq!(String::from_utf8_lossy(&text), String::from_utf8_lossy(&exported(home.path(), "plan.json", "text")));
    let names = fs::read_dir(home.path()).unwrap().filter(|it| it.as_ref().unwrap().path().is_file()).count();
    assert_eq!(names, 2, "the text and the plan");
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_asked() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("A-1042-2026-12-01.csv");
    fs::write(&file, "of somebody else").unwrap();
    let mut session = begin(home.path(), &walks::REDUCED.all_keys(), " READY ");
    open_list(&mut session);
    take(&mut session, "s", "A-1042-2026-12-01.csv");
    session.wait_for("A file of this name exists");
    assert_eq!(fs::read(&file).unwrap(), b"of somebody else");
    session.press(Key::Esc);
    session.wait_for("For other programs");
    session.type_keys("s");
    session.wait_for("A file of this name exists");
    session.type_keys("r");
    session.wait_for("Exported: ");
    assert!(fs::read_to_string(&file).unwrap().contains("zoledronic acid"));
    assert!(session.screen().contains("NOT SAVED, draft kept"));
}

#[test]
fn a_file_that_cannot_be_written_is_said_and_the_list_is_still_there() {
    let home = tempfile::tempdir().unwrap();
    let mut session = begin(home.path(), &walks::REDUCED.all_keys(), " READY ");
    open_list(&mut session);
    session.type_keys("r");
    session.wait_for("under another name");
    session.type_keys("\u{15}nowhere/plan\rs");
    session.wait_for("Not exported: ");
    session.press(Key::Esc);
    session.wait_for("For other programs");
    session.press(Key::Esc);
    session.wait_for("Nothing is missing");
}

#[test]
fn a_calendar_needs_the_identifier() {
    let home = tempfile::tempdir().unwrap();
    let mut session = begin(home.path(), &walks::BY_MOUTH.all_keys(), " READY ");
    open_list(&mut session);
    session.type_keys("c");
    session.wait_for("The number is missing (1 Patient).");
    take(&mut session, "s", "plan-2026-12-01.csv");
    session.wait_for("Exported: ");
    assert!(session.screen().contains("NOT SAVED, draft kept"));
    assert!(!home.path().join("plan-2026-12-01.ics").exists());
}
