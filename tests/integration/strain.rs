//! Under strain: thousands of drafts, long pastes, a terminal that is gone, locks that somebody holds, pipes in the
//! place of files, the mouse. None of them keeps a form from starting, or makes it wait, spin or lose what is typed.

use std::{
    env,
    fs::{self, File},
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant, SystemTime},
};

use chrono::NaiveDate;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use osteodose::{
    drafts::{Drafts, Entries, Keeper, Keeping},
    tui::{App, Depth, Setting, Theme},
};
use ratatui::{Terminal, backend::TestBackend};
use tempfile::TempDir;

use crate::{
    support::LIBRARY,
    terminal::{Ended, Key, Session, eventually},
};

/// How many drafts are left.
const MANY: usize = 10_000;
/// The most characters of an entry.
const MOST: usize = 1000;

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn folder(home: &Path) -> PathBuf {
    home.join("state/osteodose/drafts")
}

fn one(id: &str) -> Entries {
    Entries::from([("id".to_owned(), id.to_owned())])
}

/// The text of a draft as a form leaves it.
fn draft(id: &str) -> String {
    format!("{{\"format\":\"osteodose-draft/1\"}}\n{{\"id\":\"{id}\"}}\n")
}

/// Leaves drafts, of which each is a second newer than the one before it.
fn leave(folder: &Path, count: usize) {
    fs::create_dir_all(folder).unwrap();
    for number in 0..count {
        let mut file = File::create(folder.join(format!("{number}-0.jsonl"))).unwrap();
        file.write_all(draft(&number.to_string()).as_bytes()).unwrap();
        let seconds = 1_700_000_000 + u64::try_from(number).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    }
}

/// What is in the drafts that nobody holds, newest first.
fn left(home: &Path) -> Vec<Entries> {
    let left = Drafts::at(folder(home)).unwrap().leftovers(usize::MAX).unwrap();
    left.newest.iter().map(|it| it.entries().clone()).collect()
}

/// Waits until the form has drawn something.
#[track_caller]
fn wait_for_the_form(session: &Session) {
    session.wait_until(|screen| screen.alternate_screen() && !screen.contents().trim().is_empty());
}

/// What this thread has used of a processor while it did something: the least of a few times.
fn least(times: usize, mut work: impl FnMut()) -> Duration {
    let now = || {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
    };
    let once = || {
        let start = now();
        work();
        now().saturating_sub(start)
    };
    std::iter::repeat_with(once).take(times).min().unwrap()
}

fn make_pipe(path: &Path) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// The form line by line, with these answers; it must end soon, and on its own.
fn plain(arguments: &[&str], answers: &str, home: &Path) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_osteodose"));
    program.args(arguments).current_dir(home).env("HOME", home).env("XDG_STATE_HOME", home.join("state"));
    program.env("XDG_CONFIG_HOME", home.join("config")).env("LC_ALL", "C.UTF-8");
    program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    // It may have ended before it reads.
    let _ = child.stdin.take().unwrap().write_all(answers.as_bytes());
    let process = child.id();
    let watch = thread::spawn(move || child.wait_with_output().unwrap());
    let start = Instant::now();
    while !watch.is_finished() {
        if start.elapsed() > Duration::from_secs(10) {
            let _ = Command::new("kill").args(["-s", "KILL", &process.to_string()]).status();
            panic!("it waits for ever: {}", String::from_utf8_lossy(&watch.join().unwrap().stdout));
        }
        thread::sleep(Duration::from_millis(5));
    }
    watch.join().unwrap()
}

// ---- Many drafts.

#[test]
fn ten_thousand_drafts_do_not_keep_the_form_from_starting() {
    let home = home();
    leave(&folder(home.path()), MANY);
    // Fewer files may be open than there are drafts by far.
    let script = format!("ulimit -n 64; exec '{}' --form", env!("CARGO_BIN_EXE_osteodose"));
    let start = Instant::now();
    let mut session = Session::of_system("bash", &["-c", &script], 24, 80, home.path());
    wait_for_the_form(&session);
    assert!(start.elapsed() < Duration::from_secs(5), "it took {:?}", start.elapsed());
    let open = fs::read_dir(format!("/proc/{}/fd", session.process())).unwrap().count();
    assert!(open < 32, "{open} files are open");
    session.press(Key::Ctrl('c'));
    assert_eq!(session.wait_exit(), Ended::Status(0));
    session.assert_restored();
    assert_eq!(fs::read_dir(folder(home.path())).unwrap().count(), MANY + 1, "the drafts and the lock");
}

#[test]
fn of_many_drafts_the_newest_are_read_and_the_others_are_counted() {
    let (few, many) = (home(), home());
    leave(&folder(few.path()), MANY / 10);
    leave(&folder(many.path()), MANY);
    let open = |home: &TempDir| Keeper::new(Drafts::at(folder(home.path())));
    let keeper = open(&many);
    let ids: Vec<&str> = keeper.leftovers().map(|(_, entries)| entries["id"].as_str()).collect();
    let newest: Vec<String> = (MANY - Keeper::MOST_SHOWN..MANY).rev().map(|number| number.to_string()).collect();
    assert_eq!(ids, newest);
    assert_eq!(keeper.more(), MANY - Keeper::MOST_SHOWN);
    let took = [&few, &many].map(|home| least(3, || drop(open(home))));
    assert!(took[1] < took[0] * 40, "{took:?}");
}

#[test]
fn old_drafts_are_deleted_at_once() {
    let home = home();
    leave(&folder(home.path()), MANY);
    let open = || Keeper::new(Drafts::at(folder(home.path())));
    let mut keeper = open();
    let newest: Vec<SystemTime> = keeper.leftovers().map(|(changed, _)| changed).collect();
    let gone = keeper.clear_older_than(newest[9]).unwrap();
    assert_eq!((gone.cleared.deleted, gone.cleared.failed), (MANY - 10, 0));
    assert_eq!(gone.places, (10..Keeper::MOST_SHOWN).collect::<Vec<_>>());
    assert_eq!((keeper.leftovers().count(), keeper.more()), (10, 0));
    assert_eq!(left(home.path()).len(), 10);
    // What was deleted is not gone on with, and what is left is.
    keeper.take_up(3).unwrap();
    keeper.keep(&one("changed"));
    keeper.end(true).unwrap();
    assert!(left(home.path()).contains(&one("changed")));
}

// ---- Long entries.

/// An empty form, in its first field.
fn app() -> App {
    App::new(Setting::new(
        &LIBRARY,
        NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(),
        chrono::DateTime::default,
        Theme { depth: Depth::Sixteen, ascii: false },
    ))
}

fn draw(app: &App) {
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    terminal.draw(|frame| app.view(frame)).unwrap();
}

#[test]
fn a_long_paste_costs_its_length_and_the_keys_after_it_cost_no_more() {
    let paste = |length: usize| {
        let event = Event::Paste("x".repeat(length));
        least(3, || {
            let mut app = app();
            app.update(&event);
            draw(&app);
        })
    };
    let took = [100_000, 1_000_000].map(paste);
    assert!(took[1] < took[0] * 40, "{took:?}");

    let typed = |length: usize| {
        let mut app = app();
        app.update(&Event::Paste("x".repeat(length)));
        let key = |code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
        least(3, || {
            for code in [KeyCode::Backspace, KeyCode::Char('y'), KeyCode::Char('z')] {
                app.update(&key(code));
                draw(&app);
            }
        })
    };
    let took = [MOST, 100_000].map(typed);
    assert!(took[1] < took[0] * 10, "{took:?}");
    let mut app = app();
    app.update(&Event::Paste("x".repeat(100_000)));
    assert_eq!(app.entries()["id"].len(), MOST);
}

#[test]
fn what_is_pasted_at_length_is_cut_with_a_word_and_the_form_goes_on() {
    let home = home();
    let mut session = Session::osteodose(&["--form"], 24, 80, home.path());
    wait_for_the_form(&session);
    session.paste(&"x".repeat(100_000));
    session.wait_for("at most 1000 characters");
    session.press(Key::Backspace);
    session.type_keys("yz");
    let is_kept = || {
        let file = fs::read_dir(folder(home.path())).ok()?.find_map(|it| {
            let path = it.unwrap().path();
            path.extension().is_some_and(|it| it == "jsonl").then_some(path)
        })?;
        fs::read_to_string(file).ok().filter(|text| text.contains("xy\""))
    };
    let journal = eventually("the key after a paste in the draft", is_kept);
    assert!(journal.len() < 5 * MOST, "{} bytes", journal.len());
    session.kill();
    session.wait_exit();
    assert_eq!(left(home.path())[0]["id"], format!("{}y", "x".repeat(MOST - 1)));
}

/// A change is one line with the field that has changed, so typing on costs the same whatever was entered before.
#[test]
fn the_draft_of_many_keys_grows_by_what_has_changed() {
    let grown = |keys: usize| {
        let home = home();
        let mut keeper = Keeper::new(Drafts::at(folder(home.path())));
        let mut entries = one("A-1042");
        for field in 0..50 {
            entries.insert(format!("field-{field}"), "x".repeat(MOST));
        }
        keeper.keep(&entries);
        let size = || -> u64 {
            fs::read_dir(folder(home.path())).unwrap().map(|it| it.unwrap().metadata().unwrap().len()).sum()
        };
        let before = size();
        for number in 0..keys {
            entries.insert("id".to_owned(), format!("A-{number:04}"));
            assert_eq!(keeper.keep(&entries), None);
        }
        size() - before
    };
    let bytes = [100, 1000].map(grown);
    assert_eq!(bytes[1], bytes[0] * 10);
    assert!(bytes[0] < 100 * 32, "{bytes:?}");
}

// ---- A terminal that is gone.

/// The process that another one started, once it is this program.
fn form_below(parent: u32) -> u32 {
    eventually("the form", || {
        let mut processes = fs::read_dir("/proc").unwrap().filter_map(|it| it.ok()?.file_name().to_str()?.parse().ok());
        processes.find(|process: &u32| {
            let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
            let fields = stat.rsplit_once(')').map(|(_, fields)| fields.split_whitespace().nth(1).map(str::to_owned));
            stat.contains("(osteodose)") && fields.flatten().is_some_and(|it| it == parent.to_string())
        })
    })
}

/// Whether a process has ended; nobody may have taken note of it yet. While another of its threads is ending, its files
/// are open, and its locks held.
fn has_ended(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let threads = fs::read_dir(format!("/proc/{process}/task")).map_or(0, Iterator::count);
    stat.rsplit_once(')').is_none_or(|(_, fields)| fields.trim_start().starts_with('Z')) && threads <= 1
}

/// Where no terminal controls a process, no signal tells it that its terminal is gone.
#[test]
fn a_form_whose_terminal_is_gone_without_a_signal_ends_and_keeps_the_draft() {
    for arguments in [["--form"], ["--plain"]] {
        let home = home();
        let all: Vec<&str> =
            ["--wait", env!("CARGO_BIN_EXE_osteodose")].into_iter().chain(arguments.iter().copied()).collect();
        let mut session = Session::of_system("setsid", &all, 24, 80, home.path());
        let form = form_below(session.process());
        session.wait_until(|screen| !screen.contents().trim().is_empty());
        session.type_keys("A-1042\r");
        eventually("a draft", || {
            let names = fs::read_dir(folder(home.path())).ok()?;
            let holds = |path: PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains("A-1042"));
            names.into_iter().any(|it| holds(it.unwrap().path())).then_some(())
        });
        session.vanish();
        eventually("the end of the form", || has_ended(form).then_some(()));
        assert_eq!(left(home.path())[0]["id"], "A-1042", "{arguments:?}");
    }
}

#[test]
fn a_plain_form_whose_input_ends_says_so_and_keeps_the_draft() {
    let home = home();
    let output = plain(&["--plain"], "A-1042\n", home.path());
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).contains("is kept"), "{output:?}");
    assert_eq!(left(home.path()), [one("A-1042")]);
}

// ---- Locks, and what is no file.

/// Holds the lock of the folder of drafts.
fn hold(folder: &Path) -> File {
    fs::create_dir_all(folder).unwrap();
    let lock = File::create(folder.join("lock")).unwrap();
    lock.lock().unwrap();
    lock
}

#[test]
fn a_lock_that_somebody_holds_is_waited_for_half_a_second_and_no_longer() {
    let home = home();
    let lock = hold(&folder(home.path()));
    let start = Instant::now();
    let mut keeper = Keeper::new(Drafts::at(folder(home.path())));
    let waited = start.elapsed();
    assert!(waited >= Duration::from_millis(450) && waited < Duration::from_secs(3), "{waited:?}");
    let why = keeper.trouble().unwrap();
    assert!(why.ends_with("another program has locked it"), "{why}");

    // Not again at each key.
    let start = Instant::now();
    for number in 0..20 {
        assert_eq!(keeper.keep(&one(&number.to_string())), None);
    }
    assert!(start.elapsed() < Duration::from_millis(400), "{:?}", start.elapsed());
    drop(lock);
    assert_eq!(keeper.keep(&one("21")), Some(Keeping::Again));
    assert_eq!(keeper.keep(&one("22")), None);

    // A session that wrote before goes on with its own file, for which it needs no other lock.
    let lock = hold(&folder(home.path()));
    assert_eq!(keeper.keep(&one("23")), None);
    drop(lock);
    keeper.end(true).unwrap();
    assert_eq!(left(home.path()), [one("23")]);
}

#[test]
fn a_lock_that_somebody_holds_is_said_until_it_is_free() {
    let home = home();
    let lock = hold(&folder(home.path()));
    let mut session = Session::osteodose(&["--form"], 24, 80, home.path());
    session.wait_for("NOT kept if the computer crashes");
    session.type_keys("A-1");
    session.wait_for("NO DRAFT KEPT");
    drop(lock);
    session.type_keys("0");
    session.wait_until(|screen| !screen.contents().contains("NO DRAFT KEPT"));
    session.kill();
    session.wait_exit();
    assert_eq!(left(home.path()), [one("A-10")]);

    let lock = hold(&folder(home.path()));
    let output = plain(&["--plain"], "2\nA-1042\n", home.path());
    assert!(String::from_utf8_lossy(&output.stdout).contains("NOT kept if the computer crashes"), "{output:?}");
    drop(lock);
}

#[test]
fn a_pipe_in_the_place_of_a_draft_or_of_its_folder_is_not_waited_for() {
    for (place, is_hindrance) in [
        ("state", true),
        ("state/osteodose/drafts", true),
        ("state/osteodose/drafts/lock", true),
        ("state/osteodose/drafts/1-0.jsonl", false),
    ] {
        let home = home();
        make_pipe(&home.path().join(place));
        let output = plain(&["--plain"], "A-1042\n", home.path());
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(said.contains("NOT kept if the computer crashes"), is_hindrance, "{place}: {said}");
        let mut session = Session::osteodose(&["--form"], 24, 80, home.path());
        wait_for_the_form(&session);
        assert_eq!(session.screen().contains("NOT kept if the computer crashes"), is_hindrance, "{place}");
        session.press(Key::Ctrl('c'));
        assert_eq!(session.wait_exit(), Ended::Status(0));
    }
}

#[test]
fn a_pipe_in_the_place_of_a_file_to_be_opened_is_refused() {
    let home = home();
    make_pipe(&home.path().join("plan.json"));
    make_pipe(&home.path().join("config/osteodose/regimens/own.json"));
    for arguments in [&["--plain", "plan.json"][..], &["--plain"]] {
        let output = plain(arguments, "", home.path());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains("it is no ordinary file"), "{said}");
    }
    fs::remove_file(home.path().join("config/osteodose/regimens/own.json")).unwrap();
    fs::remove_dir(home.path().join("config/osteodose/regimens")).unwrap();
    let mut session = Session::osteodose(&["plan.json"], 24, 80, home.path());
    let ended = session.wait_exit();
    assert!(matches!(ended, Ended::Status(status) if status > 0), "{ended:?}");
    session.wait_for("it is no ordinary file");
}

// ---- The mouse.

/// The program that panics when it is asked to, and uses the mouse from F10 on.
fn faulty() -> String {
    let tests = env::current_exe().unwrap();
    let path = tests.parent().unwrap().with_file_name("examples").join("panic_in_wizard");
    assert!(fs::metadata(&path).unwrap().permissions().mode() & 0o100 > 0, "{}", path.display());
    path.to_string_lossy().into_owned()
}

/// What was last done about a mode: `h`, `l` or, where the terminal was to do as before, `r`.
fn last_of(session: &Session, mode: &str) -> Option<char> {
    let bytes = String::from_utf8_lossy(&session.bytes()).into_owned();
    let (_, after) = bytes.rsplit_once(&format!("\x1b[?{mode}"))?;
    after.chars().next()
}

#[track_caller]
fn assert_mouse(session: &Session, on: bool) {
    let wanted = Some(if on { 'h' } else { 'l' });
    let becomes = || (last_of(session, "1000") == wanted && last_of(session, "1006") == wanted).then_some(());
    eventually("the mouse as it should be", becomes);
}

#[test]
fn buttons_and_wheel_are_asked_for_and_nothing_more() {
    let home = home();
    let mut session = Session::osteodose(&["--form"], 24, 80, home.path());
    wait_for_the_form(&session);
    assert_mouse(&session, true);
    assert_eq!(last_of(&session, "1007"), Some('l'), "the wheel is no arrow key");
    // The wheel and a click type nothing.
    session.type_keys("\x1b[<64;10;5M\x1b[<65;10;5M\x1b[<0;10;5M\x1b[<0;10;5m");
    session.type_keys("A");
    session.press(Key::Ctrl('c'));
    session.wait_until(|screen| screen.contents().contains('k'));
    session.press(Key::Ctrl('c'));
    assert_eq!(session.wait_exit(), Ended::Status(0));
    session.assert_restored();
    assert_mouse(&session, false);
    assert_eq!(last_of(&session, "1007"), Some('r'), "the wheel is as it was");
    for mode in ["9", "1001", "1002", "1003", "1005", "1015", "1016"] {
        assert_eq!(last_of(&session, mode), None, "{mode}");
    }
    assert_eq!(left(home.path()).len(), 1);
}

#[test]
fn however_a_form_ends_the_mouse_is_given_back() {
    for signal in ["TERM", "HUP", "INT", "QUIT"] {
        let home = home();
        let mut session = Session::osteodose(&["--form"], 24, 80, home.path());
        wait_for_the_form(&session);
        assert_mouse(&session, true);
        session.signal(signal);
        session.wait_exit();
        session.assert_restored();
        assert_eq!(last_of(&session, "1007"), Some('r'));
    }
    for key in [Key::F(11), Key::F(12)] {
        let home = home();
        let mut session = Session::of_system(&faulty(), &[], 24, 80, home.path());
        wait_for_the_form(&session);
        session.press(Key::F(10));
        assert_mouse(&session, true);
        session.press(key);
        assert_eq!(session.wait_exit(), Ended::Status(101));
        session.assert_restored();
        assert_mouse(&session, false);
    }
}

#[test]
fn the_mouse_can_be_left_to_the_terminal_also_after_a_pause() {
    let home = home();
    let mut session = Session::shell(24, 80, home.path());
    let program = faulty();
    session.type_keys(&format!("'{program}'\r"));
    session.wait_until(vt100::Screen::alternate_screen);
    wait_for_the_form(&session);
    assert_eq!(last_of(&session, "1000"), None, "off at the start");
    for on in [true, false, true] {
        session.press(Key::F(10));
        assert_mouse(&session, on);
        session.press(Key::Ctrl('z'));
        session.wait_for("Stopped");
        session.assert_restored();
        assert_eq!(last_of(&session, "1007"), Some('r'));
        session.type_keys("clear; fg\r");
        session.wait_until(vt100::Screen::alternate_screen);
        wait_for_the_form(&session);
        assert_mouse(&session, on);
    }
    session.press(Key::Ctrl('c'));
    session.wait_for("$ ");
    session.type_keys("exit\r");
    session.wait_exit();
    session.assert_restored();
}

// ---- What is sent.

#[test]
fn a_key_or_a_wheel_that_changes_nothing_sends_nothing() {
    let home = home();
    let mut session = Session::osteodose(&["--form"], 24, 80, home.path());
    wait_for_the_form(&session);
    session.type_keys("A");
    session.wait_for("A");
    thread::sleep(Duration::from_millis(200));
    let before = session.bytes().len();
    for _ in 0..20 {
        session.type_keys("\x1b[<64;10;5M");
    }
    thread::sleep(Duration::from_millis(200));
    assert_eq!(session.bytes().len(), before);
    session.type_keys("B");
    session.wait_for("AB");
    let sent = session.bytes().len() - before;
    assert!(sent < 1000, "{sent} bytes");
}

// ---- The picture.

/// The value of an attribute of an element.
fn attribute<'a>(element: &'a str, name: &str) -> &'a str {
    let (_, after) = element.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{name}: {element}"));
    after.split('"').next().unwrap()
}

#[test]
fn each_text_of_the_picture_is_placed_by_its_column_and_as_wide_as_its_cells() {
    const CELL: usize = 9;
    const EDGE: usize = 12;
    let picture = crate::picture::page();
    let texts: Vec<&str> = picture.lines().filter(|line| line.starts_with("<text")).collect();
    assert!(texts.len() > 50);
    let mut places: Vec<(usize, usize, usize)> = Vec::new();
    for element in texts {
        let (_, text) = element.strip_suffix("</text>").unwrap().split_once('>').unwrap();
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let number = |name| attribute(element, name).parse::<usize>().unwrap();
        let (x, y, width) = (number("x"), number("y"), number("textLength"));
        assert_eq!((x - EDGE) % CELL, 0, "{element}");
        assert_eq!(width, unicode_width::UnicodeWidthStr::width(text.as_str()) * CELL, "{element}");
        let is_line = element.contains("underline");
        assert!(is_line || !text.contains("  ") && text.trim() == text, "blanks of another width: {element}");
        let is_sign = |c: char| ('\u{2190}'..='\u{2BFF}').contains(&c);
        assert!(text.chars().all(is_sign) || !text.contains(is_sign), "a sign of another width: {element}");
        places.push((y, x, x + width));
    }
    places.sort_unstable();
    assert!(places.windows(2).all(|two| two[0].0 < two[1].0 || two[0].2 <= two[1].1), "two texts overlap");
}
