//! A command that waits for standard input on a terminal says so, and only there.

use std::fs;

use crate::{
    cli::{osteodose, text},
    support::tests,
    terminal::{Ended, Key, Session},
};

#[test]
fn a_command_that_waits_for_a_terminal_says_what_it_waits_for() {
    let home = tempfile::tempdir().unwrap();
    for (arguments, what) in [
        (&["plan"][..], "a request"),
        (&["batch"], "requests"),
        (&["export", "-"], "a saved plan"),
        (&["recheck", "-"], "saved plans"),
        (&["forecast"], "saved plans"),
    ] {
        let mut session = Session::osteodose(arguments, 24, 100, home.path());
        session.wait_for(&format!("reading {what} from standard input; end with Ctrl+D"));
        session.press(Key::Ctrl('d'));
        assert!(matches!(session.wait_exit(), Ended::Status(0 | 2)), "{arguments:?}");
    }
}

#[test]
fn a_command_that_is_quiet_or_reads_a_pipe_says_nothing() {
    let home = tempfile::tempdir().unwrap();
    for arguments in [["plan", "--quiet"], ["batch", "--quiet"], ["recheck", "-q"]] {
        let file = if arguments[0] == "recheck" { &["-"][..] } else { &[] };
        let mut session = Session::osteodose(&[&arguments[..], file].concat(), 24, 100, home.path());
        session.type_keys("x\r");
        session.press(Key::Ctrl('d'));
        session.wait_exit();
        assert!(!session.screen().contains("reading "), "{}", session.screen());
    }
    let request = fs::read(tests("requests/a-request.json")).unwrap();
    assert_eq!(text(&osteodose(&["plan"], &request).stderr), "");
}
