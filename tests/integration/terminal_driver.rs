//! The driver of the terminal itself: it shows what it should, and its checks can fail.

use std::path::Path;

use tempfile::TempDir;

use crate::terminal::{Ended, Key, Session};

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn sh(script: &str, home: &Path) -> Session {
    Session::of_system("sh", &["-c", script], 6, 40, home)
}

/// What a script leaves behind when it has ended.
fn left_by(script: &str) -> Vec<&'static str> {
    let home = home();
    let mut session = sh(script, home.path());
    assert_eq!(session.wait_exit(), Ended::Status(0));
    session.left_behind()
}

#[test]
fn what_is_left_behind_is_seen() {
    let nothing: &[&str] = &[];
    assert_eq!(
        left_by(
            "printf '\\033[?1049h\\033[?2004h\\033[?25l\\033[1m'; stty raw -echo; stty sane; printf '\\033[0m\\033[?25h\\033[?2004l\\033[?1049l'"
        ),
        nothing
    );
    assert_eq!(left_by("stty raw"), ["raw mode"]);
    assert_eq!(left_by("stty -echo"), ["raw mode"]);
    assert_eq!(left_by("printf '\\033[?25l'"), ["hidden cursor"]);
    assert_eq!(left_by("printf '\\033[7m'"), ["a style"]);
    assert_eq!(left_by("printf '\\033[?1000h'"), ["mouse"]);
    assert_eq!(left_by("printf '\\033[?2026h'"), ["an update begun and not ended"]);
    let unequally = "alternate screen entered and left unequally often";
    assert_eq!(left_by("printf '\\033[?1049h\\033[?1049h\\033[?1049l'"), [unequally]);
    assert_eq!(left_by("printf '\\033[?1049h\\033[?1049l\\033[?1049l'"), [unequally]);
    let paste = ["bracketed paste", "bracketed paste begun and not ended"];
    assert_eq!(left_by("printf '\\033[?2004h'"), paste);
    assert_eq!(left_by("printf '\\033[?1049h'; stty raw"), ["raw mode", "alternate screen", unequally]);
}

#[test]
#[should_panic(expected = "left behind: raw mode, alternate screen")]
fn a_terminal_that_is_not_restored_fails() {
    let home = home();
    let mut session = sh("printf '\\033[?1049h'; stty raw", home.path());
    session.wait_exit();
    session.assert_restored();
}

#[test]
#[should_panic(expected = "\"never\" is not shown:\nonly this")]
fn a_text_that_never_comes_fails_with_the_screen() {
    let home = home();
    sh("printf 'only this'", home.path()).wait_for("never");
}

#[test]
fn the_program_runs_and_its_end_is_told() {
    let home = home();
    let mut session = Session::osteodose_with(&["--version"], 24, 80, home.path(), &[("NO_COLOR", "1")]);
    session.wait_for(concat!("osteodose ", env!("CARGO_PKG_VERSION")));
    assert_eq!(session.wait_exit(), Ended::Status(0));
    session.assert_restored();
    assert!(session.bytes().starts_with(b"osteodose "));
    assert_eq!(Session::osteodose(&["no-such-command"], 24, 80, home.path()).wait_exit(), Ended::Status(2));
}

#[test]
fn nothing_is_known_of_the_one_who_runs_the_tests() {
    let home = home();
    let mut session = Session::of_system("env", &[], 24, 200, home.path());
    assert_eq!(session.wait_exit(), Ended::Status(0));
    let screen = session.screen();
    for line in screen.lines() {
        let (name, value) = line.split_once('=').unwrap();
        match name {
            "PATH" | "LLVM_PROFILE_FILE" | "SHELL" | "TERM" | "LANG" | "TZ" => {}
            "HOME" | "TMPDIR" | "XDG_STATE_HOME" | "XDG_CONFIG_HOME" | "XDG_DATA_HOME" => {
                assert!(value.starts_with(home.path().to_str().unwrap()), "{line}");
            }
            _ => panic!("{line}"),
        }
    }
}

#[test]
fn a_signal_ends_it_and_is_named() {
    let home = home();
    for (signal, name) in [("TERM", "Terminated"), ("HUP", "Hangup"), ("INT", "Interrupt")] {
        let mut session = Session::of_system("cat", &[], 6, 40, home.path());
        session.type_keys("here");
        session.wait_for("here");
        session.signal(signal);
        assert_eq!(session.wait_exit(), Ended::Signal(name.to_owned()));
    }
    let mut session = Session::of_system("cat", &[], 6, 40, home.path());
    session.kill();
    assert_eq!(session.wait_exit(), Ended::Signal("Killed".to_owned()));
}

#[test]
fn a_vanished_terminal_hangs_up() {
    let home = home();
    let script = "trap 'printf hung-up > told; exit 7' HUP; echo ready; while read line; do echo \"$line\" > told; done; sleep 10";
    let mut session = sh(script, home.path());
    session.wait_for("ready");
    session.vanish();
    assert_eq!(session.wait_exit(), Ended::Status(7));
    assert_eq!(std::fs::read_to_string(home.path().join("told")).unwrap(), "hung-up");
}

#[test]
fn another_size_is_told() {
    let home = home();
    let session = sh("trap 'stty size' WINCH; stty size; while :; do sleep 0.05; done", home.path());
    session.wait_for("6 40");
    session.resize(10, 60);
    session.wait_for("10 60");
    session.wait_until(|screen| screen.size().0.get() == 10);
}

#[test]
fn the_cursor_is_where_the_screen_has_it() {
    let home = home();
    let session = sh("printf '\\033[3;5Hx'; sleep 10", home.path());
    session.wait_until(|screen| screen.contents().contains('x'));
    assert_eq!(session.cursor(), Some((2, 5)));
    let session = sh("printf '\\033[?25lx'", home.path());
    session.wait_until(|screen| screen.contents().contains('x'));
    assert_eq!(session.cursor(), None);
    assert_eq!(session.count("\x1b[?25l"), 1);
    assert!(!session.becomes(|screen| screen.contents().contains('y')) && session.process() > 0);
}

/// What crossterm, which the program reads its keys with, is sent by a terminal.
#[test]
fn keys_are_those_of_xterm() {
    let home = home();
    let keys = [
        (Key::Tab, "^I"),
        (Key::BackTab, "^[[Z"),
        (Key::Enter, "^M"),
        (Key::Esc, "^["),
        (Key::Up, "^[[A"),
        (Key::Down, "^[[B"),
        (Key::Right, "^[[C"),
        (Key::Left, "^[[D"),
        (Key::PageUp, "^[[5~"),
        (Key::PageDown, "^[[6~"),
        (Key::Home, "^[[H"),
        (Key::End, "^[[F"),
        (Key::Delete, "^[[3~"),
        (Key::Backspace, "^?"),
        (Key::F(1), "^[OP"),
        (Key::F(4), "^[OS"),
        (Key::F(5), "^[[15~"),
        (Key::F(12), "^[[24~"),
        (Key::Ctrl('s'), "^S"),
    ];
    let mut session = sh("stty raw -echo; echo ready; cat -vT", home.path());
    session.wait_for("ready");
    for (key, seen) in keys {
        session.type_keys("<");
        session.press(key);
        session.type_keys(">");
        session.wait_for(&format!("<{seen}>"));
    }
    session.paste("two words");
    session.wait_for("^[[200~two words^[[201~");
}

#[test]
fn a_shell_stops_and_continues_a_job() {
    let home = home();
    let mut session = Session::shell(24, 80, home.path());
    session.type_keys("cat\r");
    session.type_keys("echoed twice\r");
    session.wait_until(|screen| screen.contents().matches("echoed twice").count() == 2);
    session.press(Key::Ctrl('z'));
    session.wait_for("Stopped");
    session.type_keys("fg\r");
    session.wait_until(|screen| screen.contents().matches("cat").count() >= 3);
    session.type_keys("again\r");
    session.wait_until(|screen| screen.contents().matches("again").count() == 2);
    session.press(Key::Ctrl('d'));
    session.type_keys("\"$osteodose\" --version\r");
    session.wait_for(env!("CARGO_PKG_VERSION"));
    session.type_keys("exit 3\r");
    assert_eq!(session.wait_exit(), Ended::Status(3));
    session.assert_restored();
}
