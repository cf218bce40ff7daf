//! What an entry records, in a few words: "given, dose 3".

use crate::{
    json::printable,
    ward::{
        event::{Body, Kind, Then, Verdict, What},
        flow::Standing,
        fold::Status,
    },
};

/// A kind of entry.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Registered => "registered",
        Kind::IdentityCorrected => "identity corrected",
        Kind::Planned => "planned",
        Kind::Assessed => "assessed",
        Kind::Given => "given",
        Kind::Supplied => "supplied",
        Kind::Deferred => "deferred",
        Kind::Omitted => "omitted",
        Kind::Held => "put on hold",
        Kind::Resumed => "resumed",
        Kind::Ended => "ended",
        Kind::Struck => "struck",
        Kind::Noted => "noted",
        Kind::Erased => "erased",
        Kind::WardOpened => "register opened",
        Kind::ClinicSet => "clinic days set",
        Kind::SettingsSet => "settings set",
        Kind::Anchored => "anchor printed",
        Kind::Restored => "restored from a backup",
        Kind::Copied => "register copied",
    }
}

/// What an entry records, with the dose or the entry that it is about.
pub fn what(what: &What) -> String {
    let body = match what {
        What::Body(body) => body,
        What::Unknown { kind } => return format!("an entry of a newer program (\"{}\")", printable(kind)),
        What::Erased { kind } => {
            let known = Kind::from_word(kind).map_or_else(|| printable(kind), |kind| self::kind(kind).to_owned());
            return format!("{known} (erased)");
        }
    };
    let kind = kind(body.kind());
    let (word, number) = match body {
        Body::Given(it) => ("dose", it.dose),
        Body::Supplied(it) => ("supply", it.dose),
        Body::Assessed(it) => ("dose", it.dose),
        Body::Deferred(it) => ("dose", Some(it.dose)),
        Body::Omitted(it) => ("dose", Some(it.dose)),
        Body::Struck(it) => return format!("{kind}, entry {}", super::number(it.event)),
        _ => return kind.to_owned(),
    };
    number.map_or_else(|| format!("{kind}, not planned"), |number| format!("{kind}, {word} {number}"))
}

/// How far a course is.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Planned => "planned, nothing given yet",
        Status::Active => "under way",
        Status::OnHold => "on hold",
        Status::AllAnswered => "every planned dose given or omitted",
        Status::Ended => "ended",
    }
}

/// Whether an open dose has a day.
pub fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Due => "due",
        Standing::NoDate => "no date",
        Standing::PastEnd => "past the end, not booked",
        Standing::NotMadeUp => "loading dose missed, not made up",
        Standing::NeverOpen => "no open day found",
        Standing::Ended => "the course has ended",
    }
}

/// What the engine said on a day.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Go => "go",
        Verdict::Confirm => "to be confirmed",
        Verdict::Hold => "hold",
    }
}

/// What becomes of the doses after a deferred one.
pub fn then(then: Then) -> &'static str {
    match then {
        Then::KeepDates => "the doses after it keep their dates",
        Then::MoveDates => "the doses after it move by as many days",
    }
}

/// Why a patient was erased, and by whose order.
pub fn erased(because: &str, authority: &str) -> String {
    format!("{because}; ordered by {authority}")
}
