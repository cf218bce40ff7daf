//! What was proved of a register, and what is wrong with it.

use super::{Anchor, Behind, Hash, Uid};

/// What came of verifying a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The number of the last entry.
    pub number: u64,
    /// Its hash.
    pub hash: Hash,
    /// How many patients are in it.
    pub patients: u64,
    /// What is wrong.
    pub faults: Vec<Fault>,
    /// Whether more is wrong than is listed.
    pub is_more: bool,
    /// Entries that were recorded by a clock that was behind the entry before. They are no fault.
    pub steps: Vec<Behind>,
}

/// What is wrong with a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The database is damaged.
    Database {
        /// What it says of that.
        message: String,
    },
    /// A row names a row that is not there.
    Reference {
        /// The table it is in.
        table: String,
    },
    /// A table, an index or a trigger is not as the program makes it.
    Form {
        /// Its name.
        name: String,
    },
    /// Entries are missing.
    Missing {
        /// The number of the first.
        first: u64,
        /// The number of the last.
        last: u64,
    },
    /// An entry cannot be read.
    Unreadable {
        /// Its number.
        number: u64,
    },
    /// An entry is not as it was stored, or not in its place.
    Altered {
        /// Its number.
        number: u64,
    },
    /// The last entry is not the one that the ward says it is.
    Head {
        /// The number that the ward says; none where it cannot be read.
        said: Option<u64>,
        /// The number of the last entry.
        found: u64,
    },
    /// The history of a patient has a gap, or another number of entries than is said.
    History {
        /// The patient.
        patient: Uid,
    },
    /// Who a patient is differs from what the entries say.
    Identity {
        /// The patient.
        patient: Uid,
    },
    /// A course differs from what the entries say.
    Course {
        /// The patient.
        patient: Uid,
        /// The course.
        course: u32,
    },
    /// Name, settings or open days of the ward differ from what the entries say.
    Ward,
    /// The files of a library are not those of its digest.
    Library {
        /// The digest.
        digest: String,
    },
    /// The register ends before an entry that was printed: its end was cut off, or it is an older copy.
    Cut {
        /// What was printed.
        anchor: Anchor,
        /// How many entries are missing.
        missing: u64,
    },
    /// An entry is not the one that was printed: the chain was computed again.
    OtherChain {
        /// What was printed.
        anchor: Anchor,
    },
}
