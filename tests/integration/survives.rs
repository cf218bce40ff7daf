//! Whatever befalls the form, nothing that was typed is lost: ends of every kind, stops, windows of any
//! size, two forms at once, files and folders that cannot be used.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use osteodose::{
    drafts::Drafts,
    quantity::parse_date,
    tui::{App, Depth, Leftover, Setting, Theme},
};
use ratatui::{Terminal, backend::TestBackend, buffer::Cell};
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    random_keys::Dice,
    support::{LIBRARY, tests},
    terminal::{Ended, Key, Session, eventually},
    walks::{self, Walk, events, to_step},
    wizard::save_as,
};

type Entries = BTreeMap<String, String>;

/// Points at which a form is ended, for each kind of end.
const POINTS: usize = 20;

// ---- What should be there: the form without a terminal.

#[expect(clippy::disallowed_methods, reason = "the form offers today, and is compared as a whole")]
fn today() -> NaiveDate {
    chrono::Utc::now().date_naive()
}

/// The form of somebody who left these.
fn app(leftovers: Vec<Entries>) -> App {
    let leftover = |entries| Leftover { when: String::new(), entries };
    let leftovers = leftovers.into_iter().map(leftover).collect();
    let theme = Theme { depth: Depth::Sixteen, ascii: false };
    let clock = chrono::DateTime::default;
    App::new(Setting { leftovers, ..Setting::new(&LIBRARY, today(), clock, theme) })
}

/// The form in a terminal that shows ASCII alone.
fn ascii_app(today: NaiveDate) -> App {
    let theme = Theme { depth: Depth::None, ascii: true };
    let clock = chrono::DateTime::default;
    App::new(Setting::new(&LIBRARY, today, clock, theme))
}

/// The form in the program that panics.
fn faulty_app() -> App {
    ascii_app(parse_date("2026-11-21").unwrap())
}

fn press(app: &mut App, keys: &str) {
    for event in events(keys) {
        app.update(&event);
    }
}

/// The form after these keys.
fn after(keys: &str) -> App {
    let mut app = app(Vec::new());
    press(&mut app, keys);
    app
}

/// The form that continues with such a draft.
fn taken_up(entries: Entries) -> App {
    let mut app = app(vec![entries]);
    press(&mut app, "\r");
    app
}

/// The entries after each number of keys, from none to all.
fn states(keys: &str) -> Vec<Entries> {
    let mut app = app(Vec::new());
    let mut states = vec![app.entries()];
    for event in events(keys) {
        app.update(&event);
        states.push(app.entries());
    }
    states
}

/// Keys one by one, as a terminal sends them.
fn one_by_one(keys: &str) -> Vec<&str> {
    let mut rest = keys;
    let mut all = Vec::new();
    while let Some(first) = rest.chars().next() {
        let length = match rest.strip_prefix("\x1b[") {
            Some(after) => 3 + after.find(|c: char| !c.is_ascii_digit()).expect("a key has an end"),
            None => first.len_utf8(),
        };
        let (key, after) = rest.split_at(length);
        all.push(key);
        rest = after;
    }
    all
}

/// What a form shows at 80 by 24.
fn text_of(app: &App) -> String {
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| app.view(frame)).unwrap();
    let cells = &terminal.backend().buffer().content;
    let rows = cells.chunks(80).map(|row| row.iter().map(Cell::symbol).collect::<String>());
    without_blanks(&rows.collect::<Vec<_>>().join("\n"))
}

/// Text without blanks at the ends of lines, underlined or not, and without empty lines at its end.
fn without_blanks(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned()
}

// ---- What is there: the program, its folder, its file.

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The form, opened and empty.
fn opened(home: &Path) -> Session {
    let session = Session::osteodose(&["--form"], 24, 80, home);
    session.wait_for("No number");
    session
}

/// Waits until the terminal shows what this form does.
#[track_caller]
fn wait_like(session: &Session, app: &App) {
    let expected = text_of(app);
    let shown = session.becomes(|screen| without_blanks(&screen.contents()) == expected);
    assert!(shown, "the terminal shows\n{}\n\nand the form\n{expected}", without_blanks(&session.screen()));
}

/// The drafts that no living form holds, in the order of their text.
fn drafts(home: &Path) -> Vec<Entries> {
    let drafts = Drafts::at(home.join("state/osteodose/drafts")).unwrap();
    let left = drafts.leftovers(usize::MAX).unwrap();
    let mut all: Vec<Entries> = left.newest.iter().map(|it| it.entries().clone()).collect();
    all.sort();
    all
}

/// The files of drafts, of the living and of the dead.
fn draft_files(home: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(home.join("state/osteodose/drafts")) else { return Vec::new() };
    let paths = entries.map(|it| it.unwrap().path());
    paths.filter(|it| it.extension().is_some_and(|ending| ending == "jsonl")).collect()
}

/// Sends a signal to any process.
#[track_caller]
fn signal(name: &str, process: u32) {
    assert!(Command::new("kill").args(["-s", name, &process.to_string()]).status().unwrap().success());
}

/// The fields of /proc/PID/stat after the name, which may hold anything.
fn stat(process: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    Some(stat.rsplit_once(')')?.1.split_whitespace().map(str::to_owned).collect())
}

/// The form with the plan of a walk, not saved.
fn at_review(walk: &Walk, home: &Path) -> Session {
    let mut session = opened(home);
    session.type_keys(&walk.all_keys());
    wait_like(&session, &after(&walk.all_keys()));
    session
}

#[track_caller]
fn assert_ends(session: &mut Session, status: u32) {
    assert_eq!(session.wait_exit(), Ended::Status(status));
    session.assert_restored();
}

/// Starts again, takes the only draft up, and looks at every step of it.
fn assert_comes_back(home: &Path, entries: &Entries) {
    let mut session = Session::osteodose(&["--form"], 24, 80, home);
    session.wait_for("Drafts that were not saved");
    session.press(Key::Enter);
    let mut app = taken_up(entries.clone());
    wait_like(&session, &app);
    for step in 1..=7 {
        session.type_keys(&to_step(step));
        press(&mut app, &to_step(step));
        wait_like(&session, &app);
    }
    session.press(Key::Ctrl('q'));
    session.wait_for("This plan is not saved.");
    session.type_keys("d");
    assert_ends(&mut session, 0);
    assert_eq!(draft_files(home).len(), 0, "a draft that was deleted");
}

// ---- Ends that nobody asked for.

/// A way in which a form ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Kill,
    HangUp,
    Vanish,
    Terminate,
    Panic,
    PanicInFrame,
}

impl End {
    /// The form that is to end so.
    fn opened(self, home: &Path) -> Session {
        let session = match self {
            Self::Panic | Self::PanicInFrame => Session::of_system(&faulty(), &[], 24, 80, home),
            _ => Session::osteodose(&["--form"], 24, 80, home),
        };
        session.wait_for("No number");
        session
    }

    /// The same form without a terminal.
    fn app(self) -> App {
        if matches!(self, Self::Panic | Self::PanicInFrame) { faulty_app() } else { app(Vec::new()) }
    }

    fn befalls(self, session: &mut Session) {
        match self {
            Self::Kill => session.kill(),
            Self::HangUp => session.signal("HUP"),
            Self::Vanish => session.vanish(),
            Self::Terminate => session.signal("TERM"),
            Self::Panic => session.press(Key::F(12)),
            Self::PanicInFrame => session.press(Key::F(11)),
        }
    }

    /// What the one who started the form is told.
    fn ended(self) -> Ended {
        match self {
            Self::Kill => Ended::Signal("Killed".to_owned()),
            Self::HangUp | Self::Vanish => Ended::Status(128 + 1),
            Self::Terminate => Ended::Status(128 + 15),
            Self::Panic | Self::PanicInFrame => Ended::Status(101),
        }
    }

    /// Whether there is a terminal, and somebody who could give it back.
    fn restores(self) -> bool {
        !matches!(self, Self::Kill | Self::Vanish)
    }
}

/// The program that panics when it is asked to; `cargo test` builds it beside this one.
fn faulty() -> String {
    let tests = env::current_exe().unwrap();
    let path = tests.parent().unwrap().with_file_name("examples").join("panic_in_wizard");
    assert!(path.exists(), "cargo build --example panic_in_wizard makes {}", path.display());
    path.to_string_lossy().into_owned()
}

/// Points in walks at which something may happen, spread over the keys: some keys, of which there is one.
fn points(seed: u64) -> Vec<String> {
    let mut dice = Dice(seed);
    let point = |number: usize| {
        let all = walks::ALL[number % walks::ALL.len()].all_keys();
        let keys = one_by_one(&all);
        let (from, to) = (number * keys.len() / POINTS, (number + 1) * keys.len() / POINTS);
        keys[..=from + dice.roll(to - from)].concat()
    };
    (0..POINTS).map(point).collect()
}

/// Ends a form at many points, after all that was typed is on the screen: everything comes back.
fn nothing_is_lost(end: End, seed: u64) {
    for keys in points(seed) {
        let home = home();
        let mut session = end.opened(home.path());
        session.type_keys(&keys);
        let mut shown = end.app();
        press(&mut shown, &keys);
        wait_like(&session, &shown);
        end.befalls(&mut session);
        assert_eq!(session.wait_exit(), end.ended(), "{end:?}");
        if end.restores() {
            session.assert_restored();
        }
        let entries = shown.entries();
        if entries.is_empty() {
            assert_eq!(draft_files(home.path()).len(), 0, "nothing was typed yet");
        } else {
            assert_eq!(drafts(home.path()), std::slice::from_ref(&entries), "{keys:?}");
            assert_comes_back(home.path(), &entries);
        }
    }
}

/// Ends a form while it is still typed into: what comes back is what was there a few keys before.
fn nothing_is_torn(end: End, seed: u64) {
    let mut came_back = 0;
    for keys in points(seed) {
        let home = home();
        let mut session = end.opened(home.path());
        for key in one_by_one(&keys) {
            session.type_keys(key);
        }
        end.befalls(&mut session);
        assert_eq!(session.wait_exit(), end.ended(), "{end:?}");
        let left = drafts(home.path()).pop().unwrap_or_default();
        assert!(states(&keys).contains(&left), "{end:?} after {keys:?} left {left:?}");
        if !left.is_empty() {
            assert_comes_back(home.path(), &left);
            came_back += 1;
        }
    }
    assert!(came_back > 0, "every form was ended before its first key");
}

#[test]
fn a_killed_form_comes_back() {
    nothing_is_lost(End::Kill, 1);
}

#[test]
fn a_form_whose_connection_is_lost_comes_back() {
    nothing_is_lost(End::HangUp, 2);
    nothing_is_lost(End::Vanish, 3);
}

#[test]
fn a_form_that_is_asked_to_end_comes_back() {
    nothing_is_lost(End::Terminate, 4);
}

#[test]
fn a_form_that_fails_comes_back() {
    nothing_is_lost(End::Panic, 5);
    nothing_is_lost(End::PanicInFrame, 6);
}

#[test]
fn a_form_that_ends_in_the_middle_of_a_key_comes_back() {
    nothing_is_torn(End::Kill, 7);
    nothing_is_torn(End::Terminate, 8);
}

/// Keys over a slow line come in bursts.
#[test]
fn a_key_that_makes_the_form_fail_takes_none_before_it_along() {
    for keys in points(9) {
        let home = home();
        let mut session = End::Panic.opened(home.path());
        session.type_keys(&format!("{keys}\x1b[24~"));
        assert_ends(&mut session, 101);
        let mut before = faulty_app();
        press(&mut before, &keys);
        assert_eq!(drafts(home.path()).pop().unwrap_or_default(), before.entries(), "{keys:?}");
    }
}

#[test]
#[should_panic(expected = "and the form\n Patient not named     date of birth not entered     No. A-1042")]
fn a_form_with_one_key_less_is_seen() {
    let home = home();
    let mut session = opened(home.path());
    session.type_keys("A-104");
    wait_like(&session, &after("A-104"));
    // What has ended is not waited for.
    session.kill();
    wait_like(&session, &after("A-1042"));
}

#[test]
fn a_terminal_left_raw_by_a_killed_form_serves_the_next_one() {
    let home = home();
    let script = "(echo $$ > parent; exec \"$0\" --form); exec \"$0\" --form";
    let mut session = Session::of_system("sh", &["-c", script, env!("CARGO_BIN_EXE_osteodose")], 24, 80, home.path());
    session.wait_for("No number");
    session.type_keys("A-1042");
    wait_like(&session, &after("A-1042"));
    signal("KILL", child_of(session.process()));
    session.wait_for("Drafts that were not saved");
    session.press(Key::Enter);
    session.type_keys("14.3.1958\r");
    let mut expected = taken_up(after("A-1042").entries());
    press(&mut expected, "14.3.1958\r");
    wait_like(&session, &expected);
    session.press(Key::Ctrl('q'));
    session.wait_for("This plan is not saved.");
    session.type_keys("q");
    assert_eq!(session.wait_exit(), Ended::Status(0));
    assert_eq!(drafts(home.path()), [expected.entries()]);
}

// ---- Ends and stops that were asked for.

/// The process that another one started, and waits for.
fn child_of(parent: u32) -> u32 {
    eventually("a process that was started", || {
        let mut processes = fs::read_dir("/proc").unwrap().filter_map(|it| it.ok()?.file_name().to_str()?.parse().ok());
        processes.find(|it| stat(*it).is_some_and(|stat| stat[1] == parent.to_string()))
    })
}

#[test]
fn a_stopped_form_goes_on_where_it_was() {
    let home = home();
    let mut session = Session::shell(24, 80, home.path());
    session.type_keys("\"$osteodose\" --form\r");
    session.wait_for("No number");
    let form = child_of(session.process());
    let mut typed = String::new();
    for (number, key) in ["A-1", "042", "\tHolm", ", Anna"].into_iter().enumerate() {
        session.type_keys(key);
        typed += key;
        wait_like(&session, &after(&typed));
        // By the key, and by another program.
        if number % 2 == 0 {
            session.press(Key::Ctrl('z'));
        } else {
            signal("TSTP", form);
        }
        session.wait_for("Stopped");
        session.assert_restored();
        session.type_keys("clear; fg\r");
        wait_like(&session, &after(&typed));
    }
    session.press(Key::Ctrl('q'));
    session.wait_for("This plan is not saved.");
    session.type_keys("d");
    session.wait_for("$ ");
    session.type_keys("exit 3\r");
    assert_ends(&mut session, 3);
}

/// Also where it was stopped unasked, or continued twice.
#[test]
fn a_form_without_a_shell_cannot_be_stopped_for_ever() {
    let home = home();
    let mut session = opened(home.path());
    let mut typed = String::new();
    for signals in [&[][..], &["TSTP"], &["STOP", "CONT"], &["CONT"]] {
        session.type_keys("A-1042");
        typed += "A-1042";
        wait_like(&session, &after(&typed));
        let before = session.count("\x1b[?1049h");
        if signals.is_empty() {
            session.press(Key::Ctrl('z'));
        }
        for signal in signals {
            session.signal(signal);
        }
        // Taken over again, it is drawn whole.
        eventually("another beginning", || (session.count("\x1b[?1049h") > before).then_some(()));
        wait_like(&session, &after(&typed));
    }
    session.press(Key::Ctrl('c'));
    session.wait_for("This plan is not saved.");
    session.press(Key::Ctrl('c'));
    assert_ends(&mut session, 0);
}

#[test]
fn leaving_asks_only_where_something_would_be_lost() {
    for key in [Key::Ctrl('c'), Key::Ctrl('q')] {
        let home = home();
        let mut session = opened(home.path());
        session.press(key);
        assert_ends(&mut session, 0);
        assert_eq!(draft_files(home.path()).len(), 0);

        let mut session = opened(home.path());
        session.type_keys("A-1");
        session.press(key);
        session.wait_for("This plan is not saved.");
        session.press(Key::Esc);
        session.wait_for("Back. Nothing was changed.");
        session.press(key);
        session.wait_for("This plan is not saved.");
        session.press(key);
        assert_ends(&mut session, 0);
        assert_eq!(drafts(home.path()), [after("A-1").entries()], "asked twice, it keeps the draft");
        assert_comes_back(home.path(), &after("A-1").entries());
    }
}

// ---- Windows of any size.

#[test]
fn a_window_of_any_size_changes_nothing() {
    let home = home();
    let mut session = opened(home.path());
    let mut dice = Dice(10);
    // Nothing is confirmed in a window that is too small to see it.
    let all = walks::REDUCED.up_to("review");
    let keys = one_by_one(&all);
    for number in 0..300 {
        let (rows, columns) = (1 + dice.roll(100), 1 + dice.roll(300));
        session.resize(u16::try_from(rows).unwrap(), u16::try_from(columns).unwrap());
        let typed = number * keys.len() / 300..(number + 1) * keys.len() / 300;
        session.type_keys(&keys[typed].concat());
    }
    session.resize(24, 80);
    // Of a key and a size that come at once, crossterm passes one over until the next key: one that changes
    // nothing.
    let expected = text_of(&after(&all));
    let start = Instant::now();
    while without_blanks(&session.screen()) != expected && start.elapsed() < Duration::from_secs(10) {
        session.press(Key::Ctrl('l'));
        thread::sleep(Duration::from_millis(20));
    }
    wait_like(&session, &after(&all));
    session.press(Key::Ctrl('q'));
    session.wait_for("This plan is not saved.");
    session.type_keys("d");
    assert_ends(&mut session, 0);
}

/// A terminal forgets what does not fit into it, also where the form never sees the smaller size.
#[test]
fn a_window_that_was_small_for_a_moment_is_drawn_whole() {
    let home = home();
    let mut session = opened(home.path());
    session.type_keys("A-1042");
    wait_like(&session, &after("A-1042"));
    for _ in 0..30 {
        session.resize(3, 10);
        session.resize(24, 80);
        wait_like(&session, &after("A-1042"));
    }
}

#[test]
fn a_window_that_is_too_small_says_what_it_needs() {
    let home = home();
    let mut session = Session::osteodose(&["--form"], 23, 79, home.path());
    session.wait_for("79 by 23.");
    session.type_keys("A-1042");
    let is_kept = |it: &PathBuf| fs::read_to_string(it).unwrap().contains("A-1042");
    eventually("a draft of what was typed", || draft_files(home.path()).into_iter().find(is_kept));
    session.resize(24, 80);
    wait_like(&session, &after("A-1042"));
}

// ---- Two forms at once.

#[test]
fn two_forms_keep_two_drafts() {
    let home = home();
    let (mut one, mut two) = (opened(home.path()), opened(home.path()));
    one.type_keys("A-1\rHolm, Anna");
    two.type_keys("B-2\rLind, Olof");
    wait_like(&one, &after("A-1\rHolm, Anna"));
    wait_like(&two, &after("B-2\rLind, Olof"));
    // What a living form holds is nobody else's.
    opened(home.path());
    for session in [&mut one, &mut two] {
        session.kill();
        session.wait_exit();
    }
    let both = [after("A-1\rHolm, Anna").entries(), after("B-2\rLind, Olof").entries()];
    assert_eq!(drafts(home.path()), both);

    // The one typed last is first.
    let mut next = Session::osteodose(&["--form"], 24, 80, home.path());
    next.wait_for("Holm, Anna");
    next.wait_for("Lind, Olof");
    let lines = next.screen();
    let first_is_one = lines.find("Holm, Anna") < lines.find("Lind, Olof");
    if !first_is_one {
        next.press(Key::Down);
    }
    next.press(Key::Enter);
    wait_like(&next, &taken_up(both[0].clone()));
    next.kill();
    next.wait_exit();
    assert_eq!(drafts(home.path()), both, "what was not taken up stays");

    // `n` starts a new patient and keeps; `d` deletes.
    let mut new = Session::osteodose(&["--form"], 24, 80, home.path());
    new.wait_for("Drafts that were not saved");
    new.type_keys("n");
    new.wait_for("The drafts are kept.");
    new.press(Key::Ctrl('q'));
    assert_ends(&mut new, 0);
    assert_eq!(drafts(home.path()), both);

    let mut deleting = Session::osteodose(&["--form"], 24, 80, home.path());
    deleting.wait_for("Drafts that were not saved");
    let first = deleting.screen();
    let goes = usize::from(first.find("Lind, Olof") < first.find("Holm, Anna"));
    deleting.type_keys("d");
    deleting.wait_for("Delete a draft");
    deleting.type_keys("x");
    let gone = ["Holm, Anna", "Lind, Olof"][goes];
    deleting.wait_until(|screen| !screen.contents().contains(gone));
    eventually("the end of a draft", || (draft_files(home.path()).len() == 1).then_some(()));
    deleting.press(Key::Ctrl('q'));
    assert_ends(&mut deleting, 0);
    assert_eq!(drafts(home.path()), [both[1 - goes].clone()]);
}

#[test]
fn a_state_folder_that_cannot_be_used_is_said_and_no_hindrance() {
    let home = home();
    fs::write(home.path().join("state"), "a file in the place of the folder").unwrap();
    let mut session = Session::osteodose(&["--form"], 24, 80, home.path());
    session.wait_for("Entries are NOT kept if the computer crashes");
    session.type_keys(&walks::REDUCED.all_keys());
    session.wait_for("NO DRAFT KEPT");
    session.wait_for(" READY ");
    let plan = home.path().join("plan.json");
    save_as(&mut session, &plan);
    session.wait_for("Saved:");
    session.press(Key::Ctrl('q'));
    assert_ends(&mut session, 0);
    assert!(plan.exists());
}

// ---- Files.

#[test]
fn a_file_that_is_there_is_asked_about_and_never_half_written() {
    let home = home();
    let plan = home.path().join("plan.json");
    fs::write(&plan, "old").unwrap();
    let mut session = at_review(&walks::REDUCED, home.path());
    // What another put there stays, and is not offered to be replaced.
    save_as(&mut session, &plan);
    session.wait_for("and is kept.");
    session.type_keys("r");
    session.wait_for("r is no key of this screen");
    session.type_keys("a");
    session.wait_for("Saved:");
    assert_eq!(fs::read(&plan).unwrap(), b"old");
    let own = home.path().join("plan_2.json");
    let whole = fs::read(&own).unwrap();

    // The file of this plan may be replaced, and is so only when asked.
    fs::write(&own, "old").unwrap();
    save_as(&mut session, &own);
    session.wait_for("A file of this name exists");
    session.type_keys("x");
    session.wait_for("x is no key of this screen");
    session.press(Key::Enter);
    session.wait_for("Enter is no key of this screen");
    assert_eq!(fs::read(&own).unwrap(), b"old");
    let done = AtomicBool::new(false);
    let seen = thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut seen = Vec::new();
            while !done.load(Ordering::SeqCst) {
                let now = fs::read(&own).unwrap();
                if seen.last() != Some(&now) {
                    seen.push(now);
                }
            }
            seen
        });
        session.type_keys("r");
        let saved = session.becomes(|screen| screen.contents().contains("Saved:"));
        done.store(true, Ordering::SeqCst);
        assert!(saved, "{}", session.screen());
        watching.join().unwrap()
    });
    assert!(seen.iter().all(|it| it == b"old" || *it == whole), "half a file was seen");
    assert_eq!(fs::read(&own).unwrap(), whole);
    assert_eq!(fs::read(&plan).unwrap(), b"old");
    session.press(Key::Ctrl('q'));
    assert_ends(&mut session, 0);
    let mut names: Vec<_> = fs::read_dir(home.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["plan.json", "plan_2.json", "state"], "nothing else is left");
}

#[test]
fn a_folder_that_takes_no_file_is_said_and_loses_nothing() {
    let home = home();
    let closed = home.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, std::os::unix::fs::PermissionsExt::from_mode(0o555)).unwrap();
    let mut session = at_review(&walks::HELD, home.path());
    let everything = after(&walks::HELD.all_keys()).entries();
    let mut folders = vec![("none", "the folder is not there"), ("", "it is a folder")];
    // The one to whom everything is allowed can write here too.
    if fs::write(closed.join("probe"), "").is_err() {
        folders.push(("closed", "ermission denied"));
    }
    for (folder, why) in folders {
        let path = home.path().join(folder);
        save_as(&mut session, &if folder.is_empty() { path } else { path.join("p.json") });
        session.wait_for(&format!("Not saved: {why}"));
        session.press(Key::Esc);
        session.wait_for("Nothing was written.");
        session.press(Key::Ctrl('l'));
        wait_like(&session, &after(&walks::HELD.all_keys()));
    }
    // The folder of the system's processes takes no file from anybody.
    save_as(&mut session, Path::new("/proc/plan.json"));
    session.wait_for("Not saved: ");
    session.kill();
    session.wait_exit();
    assert_eq!(drafts(home.path()), [everything]);
}

/// A request as a file, with other dates and names.
fn request(home: &Path, changes: &[(&str, Value)]) -> PathBuf {
    let text = fs::read(tests("requests/a-request.json")).unwrap();
    let mut request: Value = serde_json::from_slice(&text).unwrap();
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        request.pointer_mut(parent).unwrap()[key] = value.clone();
    }
    let path = home.join("request.json");
    fs::write(&path, serde_json::to_vec(&request).unwrap()).unwrap();
    path
}

#[test]
fn a_saved_plan_opens_at_its_review() {
    let home = home();
    let plan = home.path().join("plan.json");
    let mut session = at_review(&walks::REDUCED, home.path());
    save_as(&mut session, &plan);
    session.wait_for("Saved:");
    session.press(Key::Ctrl('q'));
    assert_ends(&mut session, 0);

    let open = || Session::osteodose(&["plan.json"], 24, 80, home.path());
    let mut session = open();
    session.wait_for("     saved");
    session.wait_for(" READY ");
    session.press(Key::Ctrl('q'));
    assert_ends(&mut session, 0);

    let saved = fs::read(&plan).unwrap();
    let mut session = open();
    session.wait_for(" READY ");
    session.type_keys("e");
    session.wait_for("As typed");
    session.type_keys("\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A");
    session.wait_for("This is the first row");
    session.type_keys("7");
    session.wait_for("A-10427");
    session.press(Key::Ctrl('c'));
    session.wait_for("This plan is not saved.");
    session.type_keys("d");
    assert_ends(&mut session, 0);
    assert_eq!(fs::read(&plan).unwrap(), saved);
    assert_eq!(draft_files(home.path()).len(), 0);
}

#[test]
fn the_next_visit_keeps_the_patient_and_asks_the_rest_anew() {
    let home = home();
    let path = request(
        home.path(),
        &[
            ("/patient/name", "Holm, Anna".into()),
            ("/patient/birth_date", "1951-03-14".into()),
            ("/labs/date", "2020-01-06".into()),
            ("/treatment/start_date", "2020-01-07".into()),
            ("/clinic/closed_dates", Value::Array(Vec::new())),
            ("/history/last_antiresorptive", "none".into()),
        ],
    );
    let mut session = Session::osteodose(&[&path.to_string_lossy()], 24, 80, home.path());
    session.wait_for("READY");
    session.type_keys("v");
    session.wait_for("step 4 asks what became of each dose");
    session.wait_for("Holm, Anna");
    session.kill();
    session.wait_exit();
    let left = drafts(home.path()).pop().unwrap();
    for (key, text) in [
        ("id", "A-1042"),
        ("name", "Holm, Anna"),
        ("birth-date", "1951-03-14"),
        ("sex", "female"),
        ("tumour", "breast"),
        ("course", "new"),
    ] {
        assert_eq!(left.get(key).map(String::as_str), Some(text), "{key} of {left:?}");
    }
    for key in ["weight", "lab-date", "creatinine", "calcium", "albumin", "dental", "start-date", "prepared-by"] {
        assert!(!left.contains_key(key), "{key} of {left:?}");
    }
    // A dose that was due is not presumed to be given.
    assert!(!left.contains_key("last-dose") && left["visit"].contains("\"2020-01-07\""), "{left:?}");
    assert_comes_back(home.path(), &left);
}

#[test]
fn a_name_that_would_act_on_the_terminal_is_refused_in_plain_words() {
    let home = home();
    let path = request(home.path(), &[("/patient/name", "Holm\u{1b}[2J".into())]);
    assert!(fs::read_to_string(&path).unwrap().contains("\\u001b[2J"));
    let mut session = Session::osteodose(&[&path.to_string_lossy()], 24, 80, home.path());
    let Ended::Status(status) = session.wait_exit() else { panic!("ended by a signal") };
    assert_ne!(status, 0);
    session.wait_for("name");
    assert!(!session.bytes().contains(&0x1b), "{:?}", String::from_utf8_lossy(&session.bytes()));
}

// ---- What the terminal is sent.

/// The escape sequences of colours in what was sent.
fn colours(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let sequences = text.split("\x1b[").skip(1).filter_map(|rest| {
        let end = rest.find(|c: char| c.is_ascii_alphabetic())?;
        rest[end..].starts_with('m').then(|| rest[..end].to_owned())
    });
    // 39 and 49 are the terminal's own colours.
    let is_colour = |code: &str| matches!(code.parse(), Ok(30..=38 | 40..=48 | 90..=107));
    sequences.filter(|it| it.split([';', ':']).any(is_colour)).collect()
}

#[test]
fn without_colour_nothing_is_coloured_and_the_focus_is_seen() {
    let keys = walks::HELD.all_keys();
    let sent = |variables: &[(&str, &str)]| {
        let home = home();
        let mut session = Session::osteodose_with(&["--form"], 24, 80, home.path(), variables);
        session.wait_for("No number");
        for key in one_by_one(&keys) {
            session.type_keys(key);
        }
        wait_like(&session, &after(&keys));
        session.bytes()
    };
    let plain = sent(&[("NO_COLOR", "1")]);
    assert_eq!(colours(&plain), Vec::<String>::new());
    let text = String::from_utf8_lossy(&plain);
    let mut reversed = text.split("\x1b[7m").skip(1);
    assert!(text.contains("\x1b[7m"));
    assert!(reversed.all(|it| !["\x1b[0m", "\x1b[m", "\x1b[;m"].iter().any(|reset| it.starts_with(reset))));
    assert!(!colours(&sent(&[])).is_empty(), "otherwise there are colours");
}

#[test]
fn a_locale_without_more_than_ascii_gets_no_more() {
    for walk in walks::ALL {
        let home = home();
        let mut session = Session::osteodose_with(&["--form"], 24, 80, home.path(), &[("LANG", "C")]);
        session.wait_for("No number");
        let mut expected = ascii_app(today());
        for (_, keys) in walk.keys {
            session.type_keys(keys);
            press(&mut expected, keys);
            wait_like(&session, &expected);
        }
        // Why, the menu, the help.
        for key in ["\x1bOQ", "\x1b", "\x1b", "?"] {
            session.type_keys(key);
            press(&mut expected, key);
            wait_like(&session, &expected);
        }
        let text = String::from_utf8(session.bytes()).unwrap();
        let others: std::collections::BTreeSet<char> = text.chars().filter(|c| !c.is_ascii()).collect();
        assert_eq!(others.into_iter().collect::<String>().replace('µ', ""), "", "{}", walk.name);
        assert!(!text_of(&after(&walk.all_keys())).is_ascii(), "otherwise there is more");
    }
}

#[test]
fn a_paste_is_one_clean_line_and_no_command() {
    let home = home();
    let mut session = opened(home.path());
    session.press(Key::Tab);
    session.paste("\n  Holm\x1b[2J\x07, Anna\r\nsecond line\n\x11");
    session.wait_for("Only the first line was pasted.");
    session.press(Key::Ctrl('c'));
    session.wait_for("This plan is not saved.");
    session.type_keys("q");
    assert_ends(&mut session, 0);
    let left = drafts(home.path());
    assert_eq!(left, [Entries::from([("name".to_owned(), "Holm[2J, Anna".to_owned())])]);
}

#[test]
fn motions_of_the_mouse_are_not_asked_for_and_the_cursor_is_in_the_field() {
    let home = home();
    let mut session = opened(home.path());
    let all = walks::REDUCED.all_keys();
    let mut typed = String::new();
    for key in one_by_one(&all) {
        session.type_keys(key);
        typed += key;
        let shown = after(&typed);
        if !key.ends_with(['\t', '\r', '~']) {
            continue;
        }
        wait_like(&session, &shown);
        let (row, _) = session.cursor().expect("a cursor that is seen");
        let screen = session.screen();
        let line = screen.lines().nth(row.into()).unwrap_or_default();
        // Inside a list the cursor is below the label; on a page with nothing marked, at the verdict; in the last row
        // of a dialog, at what acts.
        let in_hand =
            |line: &str| line.contains("> ") || line.contains("[ ") || line.contains("( )") || line.contains("(*)");
        assert!(in_hand(line) || line.contains("CONFIRM") || line.contains("READY"), "{row}\n{screen}");
    }
    let bytes = String::from_utf8_lossy(&session.bytes()).into_owned();
    for mode in ["?9h", "?1001h", "?1002h", "?1003h", "?1005h", "?1015h", "?1016h"] {
        assert!(!bytes.contains(mode), "{mode}");
    }
    assert!(bytes.contains("?1049h"), "modes are written in this way");
}

#[test]
fn the_summary_is_printed_when_the_screen_is_given_back() {
    let home = home();
    let mut session = at_review(&walks::REDUCED, home.path());
    session.type_keys("\x1b[20~as text\r");
    assert_ends(&mut session, 0);
    let bytes = String::from_utf8(session.bytes()).unwrap();
    let (_, after) = bytes.rsplit_once("\x1b[?1049l").unwrap();
    for said in ["A-1042", "Holm, Anna", "4.4 mL"] {
        assert!(after.contains(said), "{said} in {after}");
    }
    assert!(!after.contains('\x1b') && after.ends_with("\r\n"), "{after:?}");
    // It is printed, and still saved nowhere.
    assert_eq!(drafts(home.path()).len(), 1);
}

/// The time of the processor that a process has used.
fn used(process: u32) -> (String, String) {
    let stat = stat(process).unwrap();
    (stat[11].clone(), stat[12].clone())
}

#[test]
fn an_idle_form_does_nothing() {
    let home = home();
    let mut session = at_review(&walks::REDUCED, home.path());
    // The frame is there; what follows it in the same write is the end of the update.
    eventually("the end of a frame", || (session.count("\x1b[?2026h") == session.count("\x1b[?2026l")).then_some(()));
    let before = (session.bytes().len(), used(session.process()));
    thread::sleep(Duration::from_secs(2));
    assert_eq!((session.bytes().len(), used(session.process())), before);
    // With something to do, it writes.
    session.press(Key::F(1));
    session.wait_for("Help: the keys of this screen");
    assert!(session.bytes().len() > before.0);
}
