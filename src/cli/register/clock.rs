//! The clock of this computer, and who uses which program on it: what every entry says beside the name that was typed.

use chrono::NaiveDate;

use crate::{
    cli::{
        environment::environment,
        format::{ahead_of_utc, now},
    },
    json::unhidden,
    ward::store::{Clock, Now, Who},
};

/// The clock of this computer.
pub(super) struct ComputerClock;

impl Clock for ComputerClock {
    fn now(&self) -> Now {
        let at = now();
        let ahead = ahead_of_utc(at);
        let here = at.with_timezone(&ahead).naive_local();
        Now { day: here.date(), time: here.time(), offset_min: ahead.local_minus_utc() / 60, ms: at.timestamp_millis() }
    }
}

/// Today, on the calendar of the ward.
pub(super) fn today() -> NaiveDate {
    ComputerClock.now().day
}

/// Who uses this program on this computer, as far as the computer knows.
pub(super) fn who() -> Who {
    let program = concat!("osteodose ", env!("CARGO_PKG_VERSION")).to_owned();
    // What the environment says is stored for ever and shown in lines: a line end in it would begin another one.
    Who { os_user: unhidden(&user()), host: unhidden(&host()), program }
}

/// The name of the user, with the number that the system knows, since a name is what the environment says.
#[cfg(unix)]
fn user() -> String {
    let number = rustix::process::geteuid().as_raw();
    ["USER", "LOGNAME"]
        .into_iter()
        .find_map(environment)
        .map_or_else(|| number.to_string(), |name| format!("{name}:{number}"))
}

#[cfg(not(unix))]
fn user() -> String {
    environment("USERNAME").unwrap_or_default()
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    environment("COMPUTERNAME").unwrap_or_default()
}
