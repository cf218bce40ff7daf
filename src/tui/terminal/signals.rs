//! What other programs ask of this one.

use std::{io, process, sync::mpsc, thread, time::Duration};

use rustix::{
    event::{PollFd, PollFlags, poll},
    io::Errno,
};
use signal_hook::{
    consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTOU, SIGWINCH},
    iterator::Signals,
    low_level::raise,
};

use super::{State, give_back, state, take_over};

/// A terminal that takes nothing any more must not keep the program from ending.
const LONGEST_FAREWELL: Duration = Duration::from_secs(1);

/// Follows signals on a thread of its own: reading events never returns once the terminal is gone.
pub(super) fn watch() -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT])?;
    let follow = move || {
        for signal in signals.forever() {
            match signal {
                SIGTSTP => stop(),
                SIGCONT => go_on(),
                _ => end(signal),
            }
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(follow)?;
    thread::Builder::new().name("hangup".to_owned()).spawn(follow_the_line)?;
    Ok(())
}

/// Ends once nobody is at the other end of the terminal. Without a controlling terminal no signal says so, and
/// reading events would try again for ever.
fn follow_the_line() {
    let input = io::stdin();
    loop {
        let mut line = [PollFd::new(&input, PollFlags::empty())];
        match poll(&mut line, None) {
            Err(Errno::INTR) => {}
            Ok(_) if line[0].revents().intersects(PollFlags::HUP | PollFlags::ERR) => end(SIGHUP),
            // A system that cannot wait for this.
            _ => return,
        }
    }
}

/// Stops as if the terminal's own key for it had been pressed, which the form reads as a key.
pub(super) fn suspend() {
    // Where even this fails, the form simply stays.
    let _ = raise(SIGTSTP);
}

fn end(signal: i32) {
    let (done, wait) = mpsc::channel();
    thread::spawn(move || {
        give_back(State::Shell);
        let _ = done.send(());
    });
    let _ = wait.recv_timeout(LONGEST_FAREWELL);
    process::exit(128 + signal);
}

fn stop() {
    give_back(State::Suspended);
    // The stop that cannot be refused would hang a terminal without a shell that could call us back.
    // This one is passed over there, as the system passes over the stop that was asked for.
    let _ = raise(SIGTTOU);
    // For where it was passed over; elsewhere it falls together with the one that woke us.
    let _ = raise(SIGCONT);
}

fn go_on() {
    if *state() == State::Shell {
        return;
    }
    // Two signals in a row, or a stop that nobody was notified of: what was taken twice would be given back once.
    give_back(State::Suspended);
    // A terminal that cannot be had again has gone, and the signal of that follows.
    if take_over().is_ok() {
        // Reading events returns with this one, and the frame after it is drawn whole.
        let _ = raise(SIGWINCH);
    }
}
