//! What a row must say that stands in another entry: who the patient is, which drug the course is with, and whether the
//! entry was struck.

use std::collections::BTreeMap;

use crate::{
    json::Text,
    ward::{
        event::{Body, Identity, What},
        store::{Header, Stored, Uid},
    },
};

/// What entries say about each other. All of a register are taken in before the first row is written.
#[derive(Debug, Default)]
pub struct Known {
    patients: BTreeMap<Uid, Identity>,
    courses: BTreeMap<(Uid, u32), OfCourse>,
    struck: BTreeMap<u64, u64>,
}

/// What a course is with, by the plan that was made last.
#[derive(Debug)]
pub(super) struct OfCourse {
    pub(super) drug: Text,
    pub(super) regimen: Text,
}

impl Known {
    /// Takes an entry in, in the order of the numbers.
    pub fn add(&mut self, entry: &Stored) {
        let Header { number, patient, course, ref kind, .. } = entry.header;
        let (What::Body(body), Some(patient)) = (What::read(kind, entry.body.as_deref()), patient) else { return };
        match body {
            Body::Registered(it) => drop(self.patients.insert(patient, it.patient)),
            Body::IdentityCorrected(it) => drop(self.patients.insert(patient, it.patient)),
            Body::Planned(it) => {
                let of_course = OfCourse { drug: it.drug, regimen: it.regimen };
                self.courses.extend(course.map(|course| ((patient, course), of_course)));
            }
            // The first strike counts; a second one changes nothing.
            Body::Struck(it) => drop(self.struck.entry(it.event).or_insert(number)),
            _ => {}
        }
    }

    pub(super) fn patient(&self, header: &Header) -> Option<&Identity> {
        self.patients.get(&header.patient?)
    }

    pub(super) fn course(&self, header: &Header) -> Option<&OfCourse> {
        self.courses.get(&(header.patient?, header.course?))
    }

    /// The entry by which an entry was struck.
    pub(super) fn struck(&self, number: u64) -> Option<u64> {
        self.struck.get(&number).copied()
    }
}
