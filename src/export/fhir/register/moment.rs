//! The ids of entries, and when they happened.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, SecondsFormat};
use sha2::{Digest, Sha256};

use super::super::{
    element::{Reference, elements},
    identity,
};
use crate::ward::{
    event::{Event, TimeOfDay},
    store::Uid,
};

elements! {
    /// A time from a moment to another.
    struct Span {
        start: String,
        end: String,
    }
}

/// When something happened: a day or a moment, or a time from one to another.
pub(super) enum When {
    At(String),
    During(Span),
}

/// The id of an entry: the ward's name in the chain, and the number.
pub(super) fn id(ward: Uid, number: u64) -> String {
    format!("{ward}-{number}")
}

/// The address of a resource within its bundle. It is made of its kind and its id, so that it is the same whenever the
/// resource is sent.
pub(super) fn url(kind: &str, id: &str) -> String {
    let hash =
        Sha256::new().chain_update("osteodose/fhir/entry/1").chain_update(kind).chain_update("/").chain_update(id);
    identity::url(&identity::uuid(hash.finalize().into()))
}

/// A reference to a resource of the bundle.
pub(super) fn to(kind: &str, id: &str) -> Reference {
    Reference { reference: Some(url(kind, id)), ..Reference::default() }
}

/// When an entry was recorded, by the clock of the ward; none where no calendar has that moment.
pub(super) fn recorded(event: &Event) -> Option<String> {
    Some(moment(event)?.to_rfc3339_opts(SecondsFormat::Secs, false))
}

fn moment(event: &Event) -> Option<DateTime<FixedOffset>> {
    let offset = FixedOffset::east_opt(event.offset_min.checked_mul(60)?)?;
    Some(DateTime::from_timestamp_millis(event.recorded_ms)?.with_timezone(&offset))
}

/// When a dose was given. A time of day needs the ward's offset from UTC, which is known of the day on which it was
/// recorded alone: what is entered on another day has a day and no time.
pub(super) fn when(event: &Event, at: Option<TimeOfDay>, until: Option<TimeOfDay>) -> When {
    let offset = moment(event).filter(|it| it.date_naive() == event.on).map(|it| *it.offset());
    let time = |day: NaiveDate, time: TimeOfDay, offset: FixedOffset| format!("{day}T{time}:00{offset}");
    match (at, until, offset) {
        (Some(at), Some(until), Some(offset)) => {
            // It ended after midnight.
            let last = if until < at { event.on.checked_add_days(Days::new(1)) } else { Some(event.on) };
            let start = time(event.on, at, offset);
            match last {
                Some(last) => When::During(Span { start, end: time(last, until, offset) }),
                None => When::At(start),
            }
        }
        (Some(at), None, Some(offset)) => When::At(time(event.on, at, offset)),
        _ => When::At(event.on.to_string()),
    }
}
