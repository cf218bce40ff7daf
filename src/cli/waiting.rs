//! A command that waits for standard input on a terminal says so: otherwise it looks as if it hung.

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
};

use crate::words::command::waiting;

/// Says what is waited for, if this file is standard input and that is a terminal.
pub(super) fn say(file: &Path, what: &str) {
    if file == Path::new("-") && io::stdin().is_terminal() {
        // If standard error is closed, there is nowhere to say it.
        let _ = writeln!(io::stderr(), "{}", waiting(what));
    }
}
