//! What happened to a patient on a ward, entry by entry: given, deferred, held, struck. An entry is never altered, so
//! everything that is shown of a patient can be computed from these again.

mod body;
mod drug;
mod moment;
mod of_ward;
mod planned;
mod reason;
mod record;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::json::Text;

pub use body::{Body, Kind, Lack};
pub use drug::Drug;
pub use moment::{Expiry, Letters, TimeOfDay};
pub use of_ward::{Anchored, ClinicSet, Copied, Restored, SettingsSet, WardOpened};
pub use planned::{Counted, LoadingRule, Planned, Rule, Slot};
pub use reason::{AnotherReason, DeferReason, EndReason, HoldReason, IncompleteReason, OmitReason, StrikeReason};
pub use record::{
    Assessed, AssessedFinding, Container, Deferred, Ended, Erased, Given, Held, Identity, IdentityCorrected, Noted,
    Omitted, Place, Registered, Resumed, Second, Struck, Supplied, Then, Verdict, WasIdentity,
};

/// One entry of the register.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its number in the ward, from 1.
    pub number: u64,
    /// Its number in the patient, from 1.
    pub seq: u32,
    /// The course it belongs to, from 1; none where it belongs to no course.
    pub course: Option<u32>,
    /// The day of the ward on which it happened, which every rule uses.
    pub on: NaiveDate,
    /// When it was recorded, in milliseconds since 1970, UTC.
    pub recorded_ms: i64,
    /// The ward's offset from UTC at that moment, in minutes.
    pub offset_min: i32,
    /// Who recorded it.
    pub by: Text,
    /// What it says.
    pub what: What,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly every entry has a body")]
pub enum What {
    /// What its body says.
    Body(Body),
    /// A newer program wrote it, and this one cannot read it.
    Unknown {
        /// Its kind, as it is written.
        kind: String,
    },
    /// Its body was erased.
    Erased {
        /// Its kind, as it is written.
        kind: String,
    },
}

impl What {
    /// What a stored entry says. A body that this program cannot read, or that is of another kind than its entry, is
    /// unknown: it is shown as such, and nothing is concluded from it.
    pub fn read(kind: &str, body: Option<&str>) -> Self {
        let kind = || kind.to_owned();
        let Some(body) = body else { return Self::Erased { kind: kind() } };
        match Body::parse(body.as_bytes()) {
            Ok(body) if body.kind().as_str() == kind() => Self::Body(body),
            _ => Self::Unknown { kind: kind() },
        }
    }

    /// The entry that it strikes; none where it strikes none.
    pub fn strikes(&self) -> Option<u64> {
        match self {
            Self::Body(Body::Struck(it)) => Some(it.event),
            _ => None,
        }
    }

    /// Its kind, as it is written.
    pub fn kind(&self) -> &str {
        match self {
            Self::Body(body) => body.kind().as_str(),
            Self::Unknown { kind } | Self::Erased { kind } => kind,
        }
    }
}

/// An entry that is to be recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The day on which it happened.
    pub on: NaiveDate,
    /// Who records it.
    pub by: Text,
    /// The course it belongs to; none where it belongs to no course.
    pub course: Option<u32>,
    /// What it says.
    pub body: Body,
}
