//! Why the register did not do what was asked. The sentences are in `words::store`.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{Anchor, Header, Now, Stored};
use crate::{json::Text, ward::fold::Refused};

/// Why nothing was recorded, or nothing could be read.
#[derive(Clone, Debug, PartialEq)]
pub enum StoreError {
    /// Somebody recorded these entries of the patient since the page was opened. None are named where the register
    /// has fewer entries than were seen: it was replaced by an older copy.
    Changed {
        /// What was recorded since, in order.
        since: Vec<Stored>,
    },
    /// What stands in the register does not allow it.
    Refused(Refused),
    /// Nobody is named who records it.
    NoName {
        /// The letters that a name has at least.
        least: usize,
    },
    /// The day is none that the register can hold.
    NoDay {
        /// The day.
        on: NaiveDate,
    },
    /// No patient of the register is meant.
    UnknownPatient,
    /// Another patient has the identifier.
    IdTaken {
        /// The identifier.
        id: Text,
    },
    /// An entry of the ward where one of a patient is needed, or the other way round.
    Misplaced {
        /// The word of its kind.
        kind: String,
    },
    /// Another program held the register for longer than is waited.
    Busy {
        /// The seconds that were waited.
        seconds: u64,
    },
    /// The disk is full.
    Full {
        /// The folder.
        folder: PathBuf,
    },
    /// The file or its folder cannot be written to.
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file is a copy, as a backup is: it is read, and nothing is recorded in it.
    Copy {
        /// The file.
        path: PathBuf,
    },
    /// This user may not open the file.
    Permission {
        /// The file.
        path: PathBuf,
    },
    /// Nothing has this name.
    NotThere {
        /// The file.
        path: PathBuf,
    },
    /// Something has this name already, and is not replaced.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The folder for a new file is not there.
    NoFolder {
        /// The folder.
        folder: PathBuf,
    },
    /// The file has another name elsewhere (a hard link).
    TwoNames {
        /// The file.
        path: PathBuf,
    },
    /// Something else than a file lies where the database would open what belongs to the register: a folder, a pipe or a link.
    NotAFile {
        /// What lies there.
        path: PathBuf,
    },
    /// The folder is there, and others than its owner cannot write to it as a shared register needs.
    NotShared {
        /// The folder.
        folder: PathBuf,
    },
    /// The file is no register.
    NotARegister {
        /// The file.
        path: PathBuf,
    },
    /// A newer program made the file, or changed it.
    Newer {
        /// The file.
        path: PathBuf,
        /// Its form.
        schema: u32,
        /// The newest form that this program knows.
        known: u32,
    },
    /// The file lies where locks and writes cannot be relied on.
    NetworkFolder {
        /// The file.
        path: PathBuf,
        /// What kind of file system it is.
        kind: &'static str,
    },
    /// The file system has no memory that several programs share, without which a register cannot be used.
    NoJournal {
        /// The file.
        path: PathBuf,
    },
    /// The file is gone, or another one is in its place, since it was opened.
    Replaced {
        /// The file.
        path: PathBuf,
    },
    /// The database is older than the one that loses nothing.
    OldDatabase {
        /// The number of its version.
        found: i32,
        /// The number of the oldest that is used.
        needed: i32,
    },
    /// The file was altered, or its disk is damaged.
    Damaged {
        /// The file.
        path: PathBuf,
        /// The entry that is not as it was stored, where one can be named.
        number: Option<u64>,
    },
    /// A backup does not lead to what was printed.
    OtherChain {
        /// The anchor that is not one of its entries.
        anchor: Anchor,
    },
    /// The address of a register on a server is not used.
    NotAnAddress {
        /// The address.
        path: PathBuf,
        /// Why.
        why: AddressFault,
    },
    /// This program was built without registers on servers.
    NoServers {
        /// The address.
        path: PathBuf,
    },
    /// The server does not answer.
    Unreachable {
        /// The address.
        path: PathBuf,
        /// What the system or the server says.
        message: String,
    },
    /// The server asks for a password.
    NoPassword {
        /// The address.
        path: PathBuf,
    },
    /// This user of the server may see no ward, or not the one that is named.
    NoWard {
        /// The address.
        path: PathBuf,
        /// The ward that is named.
        named: Option<String>,
    },
    /// This user of the server may see several wards.
    WhichWard {
        /// The address.
        path: PathBuf,
        /// Their names.
        wards: Vec<String>,
    },
    /// Two programs recorded at the same moment, and the server took neither before the other, twice.
    Collided,
    /// A register on a server is not copied into a file in this way.
    OnServer {
        /// The address.
        path: PathBuf,
    },
    /// The system refused something else.
    System {
        /// The file.
        path: PathBuf,
        /// What the system says.
        message: String,
    },
}

/// Why the address of a register on a server is not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressFault {
    /// It is none, or something in it is not known.
    Unreadable,
    /// A password is in it.
    Password,
    /// Others on the way could read or change what is sent.
    NotEncrypted,
}

/// By how much the clock of a computer is behind the entry before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind {
    /// The number of the entry before.
    pub number: u64,
    /// The milliseconds.
    pub ms: i64,
}

impl Behind {
    /// By how much a moment is before that of the last entry; nothing where it is not.
    pub(super) fn of(last: &Header, now: Now) -> Option<Self> {
        let ms = last.recorded_ms.saturating_sub(now.ms);
        (ms > 0).then_some(Self { number: last.number, ms })
    }
}
