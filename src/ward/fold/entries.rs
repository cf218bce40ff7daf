//! The entries that count: without those that were struck and the strikes themselves, in the order of the days on
//! which they happened. So a dose that is entered two days late counts from the day on which it was given.

use std::collections::{BTreeMap, BTreeSet};

use super::FoldFault;
use crate::ward::event::{Body, Event, What};

/// An entry that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'e> {
    pub(super) event: &'e Event,
    pub(super) body: &'e Body,
}

impl<'e> Entry<'e> {
    fn of(event: &'e Event) -> Option<Self> {
        match &event.what {
            What::Body(body) => Some(Self { event, body }),
            What::Unknown { .. } | What::Erased { .. } => None,
        }
    }

    /// Whether it belongs to a course by its kind.
    pub(super) fn needs_course(self) -> bool {
        matches!(
            self.body,
            Body::Planned(_)
                | Body::Given(_)
                | Body::Supplied(_)
                | Body::Deferred(_)
                | Body::Omitted(_)
                | Body::Held(_)
                | Body::Resumed(_)
                | Body::Ended(_)
        )
    }
}

/// The entries that count; notes what does not fit of the others.
pub(super) fn standing<'e>(events: &'e [Event], faults: &mut Vec<FoldFault>) -> Vec<Entry<'e>> {
    let struck = struck(events, faults);
    let mut standing = Vec::with_capacity(events.len());
    for event in events {
        let number = event.number;
        let Some(entry) = Entry::of(event) else {
            faults.push(FoldFault::Unknown { number, kind: event.what.kind().to_owned() });
            continue;
        };
        if struck.contains(&number) || event.what.strikes().is_some() {
            continue;
        }
        if entry.body.kind().is_of_ward() {
            faults.push(FoldFault::OfWard { number });
        } else if entry.needs_course() && event.course.is_none() {
            faults.push(FoldFault::OutsideCourse { number });
        } else {
            standing.push(entry);
        }
    }
    standing.sort_by_key(|entry| (entry.event.on, entry.event.number));
    standing
}

/// The numbers of the entries that were struck.
fn struck(events: &[Event], faults: &mut Vec<FoldFault>) -> BTreeSet<u64> {
    let strikable: BTreeMap<u64, bool> =
        events.iter().map(|event| (event.number, event.what.strikes().is_none())).collect();
    let mut struck = BTreeSet::new();
    for event in events {
        let (number, Some(entry)) = (event.number, event.what.strikes()) else { continue };
        match strikable.get(&entry) {
            None => faults.push(FoldFault::StruckNothing { number, entry }),
            Some(false) => faults.push(FoldFault::StruckStrike { number, entry }),
            Some(true) if !struck.insert(entry) => faults.push(FoldFault::StruckTwice { number, entry }),
            Some(true) => {}
        }
    }
    struck
}
