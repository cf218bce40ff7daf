//! Registers on a server: the password, and who is asked for it.

use std::{
    io::{self, BufRead, IsTerminal, Read, Write},
    path::Path,
};

use super::clock::{ComputerClock, who};
use crate::{
    cli::Failure,
    files,
    ward::store::{New, Postgres, Register, StoreError},
    words::register::command as words,
};

/// A password is no longer than this.
const LONGEST: u64 = 1024;

/// Opens a register by its address.
pub(super) fn open(address: &Path) -> Result<Result<Register, StoreError>, Failure> {
    with_password(|password| Postgres::open(address, password, who()).map(Register::from))
}

/// Makes a ward at an address.
pub(super) fn create(address: &Path, new: &New) -> Result<Result<Register, StoreError>, Failure> {
    with_password(|password| Postgres::create(address, password, new, who(), &ComputerClock).map(Register::from))
}

/// Does something with the password of the configuration folder, or where there is none and the server asks for one, with
/// one that is typed.
pub(super) fn with_password<T>(
    mut run: impl FnMut(Option<String>) -> Result<T, StoreError>,
) -> Result<Result<T, StoreError>, Failure> {
    let kept = files::register_password().map_err(|(path, error)| Failure::unreadable(&path, &error))?;
    Ok(match run(kept) {
        Err(StoreError::NoPassword { path }) => match ask(&path) {
            Some(password) => run(Some(password)),
            None => Err(StoreError::NoPassword { path }),
        },
        done => done,
    })
}

/// Asks for a password, which is not shown; none where nobody is there to type it.
#[cfg(unix)]
fn ask(address: &Path) -> Option<String> {
    use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
    let input = io::stdin();
    if !input.is_terminal() {
        return None;
    }
    let shown = tcgetattr(&input).ok()?;
    let mut hidden = shown.clone();
    hidden.local_modes.remove(LocalModes::ECHO);
    write!(io::stderr(), "{}", words::password_of(&crate::cli::failure::name(address))).ok()?;
    tcsetattr(&input, OptionalActions::Flush, &hidden).ok()?;
    let mut line = String::new();
    let read = input.lock().take(LONGEST).read_line(&mut line);
    let restored = tcsetattr(&input, OptionalActions::Now, &shown);
    // The end of the line was not shown either. If standard error is closed, nobody sees the question.
    let _ = writeln!(io::stderr());
    restored.ok()?;
    read.ok().map(|_| line.trim_end_matches(['\r', '\n']).to_owned())
}

#[cfg(not(unix))]
fn ask(_: &Path) -> Option<String> {
    None
}
