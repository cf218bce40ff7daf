//! The names of events, by which a calendar program knows that a date of a corrected plan is the old one moved.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::{
    export::kind,
    json::{Text, hex},
    patient::Indication,
    plan::{
        Before, Entry, Event,
        document::{EntryDocument, EntryKind},
    },
    regimen::Subject,
    request::Request,
    words::{export as words, spoken, summary},
};

/// What the events of a course share. A plan for the next visit numbers its doses from 1 again; its last dose sets
/// it from the plan before, whose events it must leave alone. An emergency can come again within days, and its
/// laboratory values, which are new then, tell it from the one before. The date of birth tells two patients apart to
/// whom one identifier was given by mistake.
pub(super) struct Course(String);

impl Course {
    pub(super) fn of(patient: &Text, regimen: &str, request: &Request) -> Self {
        // No text that was entered holds a line end, so that no two courses run together.
        Self(format!("{patient}\n{}\n{regimen}\n{}", request.patient.birth_date, Self::in_itself(request)))
    }

    /// The same as version 0.1.0 named it, without the date of birth.
    pub(super) fn as_first_named(patient: &Text, regimen: &str, request: &Request) -> Self {
        Self(format!("{patient}\n{regimen}\n{}", Self::in_itself(request)))
    }

    /// What tells a course from others of the same patient and regimen.
    fn in_itself(request: &Request) -> String {
        match &request.course {
            Some(course) => format!("{} {}", course.first_dose, course.last_dose),
            None if request.indication == Indication::Hypercalcaemia => format!("new {}", request.labs.date),
            None => "new".to_owned(),
        }
    }
}

/// What distinguishes an entry from the others of its plan, with its day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    kind: &'static str,
    number: Option<u16>,
    what: Option<Subject>,
    before: Option<Before>,
    pub(super) date: NaiveDate,
}

impl Mark {
    pub(super) fn of(entry: &Entry) -> Self {
        let bare = Self { kind: kind(&entry.event), number: None, what: None, before: None, date: entry.date };
        match &entry.event {
            Event::Dose { number, .. } | Event::Supply { number, .. } => Self { number: Some(*number), ..bare },
            Event::Check { what, before, .. } => Self { what: Some(*what), before: *before, ..bare },
            Event::Review { .. } => bare,
        }
    }

    /// The mark of an entry of a saved plan.
    pub(super) fn read(entry: &EntryDocument<'_>) -> Self {
        let bare = |kind: EntryKind, date| Self { kind: kind.as_str(), number: None, what: None, before: None, date };
        match entry {
            EntryDocument::Dose(it) => Self { number: Some(it.number), ..bare(EntryKind::Dose, it.date) },
            EntryDocument::Supply(it) => Self { number: Some(it.number), ..bare(EntryKind::Supply, it.date) },
            EntryDocument::Check(it) => Self {
                what: Some(it.what),
                before: it.before_dose.map(Before::Dose).or(it.before_supply.map(Before::Supply)),
                ..bare(EntryKind::Check, it.date)
            },
            EntryDocument::Review(it) => bare(EntryKind::Review, it.date),
        }
    }

    /// The entry in words, without its dose: "dose 2", "check creatinine before dose 3".
    pub(super) fn said(&self) -> String {
        let what = self.what.map_or_else(|| self.kind.to_owned(), |what| summary::check(spoken::subject(what)));
        words::mark(&what, self.number, self.before.map(summary::before).as_deref())
    }
}

/// The names of the events of a plan. They hold nothing of the patient in clear.
///
/// A dose and a supply go by their number, and a check before a dose by the number of the dose: when another check is
/// added or left out, it keeps its name. The other checks and the reviews go by their place among those of their kind.
pub(super) fn uids(course: &Course, marks: &[Mark]) -> Vec<String> {
    let mut counted: BTreeMap<(&str, Option<Subject>), u16> = BTreeMap::new();
    let mut named = Vec::with_capacity(marks.len());
    for Mark { kind, number, what, before, .. } in marks {
        let place = match (number, before) {
            (Some(number), _) => number.to_string(),
            (None, Some(Before::Dose(dose))) => format!("before {dose}"),
            (None, Some(Before::Supply(supply))) => format!("before supply {supply}"),
            (None, None) => {
                let count = counted.entry((kind, *what)).or_default();
                *count += 1;
                format!("place {count}")
            }
        };
        let what = what.map_or("", Subject::as_str);
        named.push(name(&format!("osteodose event\n{}\n{kind}\n{what}\n{place}", course.0)));
    }
    named
}

/// A name out of half a SHA-256: 128 bits, which no two events will share.
fn name(of: &str) -> String {
    hex(&Sha256::digest(of)[..16]) + "@osteodose"
}
