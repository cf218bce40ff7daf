//! The entries of a register as a FHIR R4 bundle: what was given, supplied, deferred and omitted, and how far each course
//! is. Which resource says what is in docs/exports/fhir.md.

mod administration;
mod codes;
mod dispense;
mod history;
mod moment;
mod package;
mod request;
mod task;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    collection::Collection,
    element::{Identifier, Meta},
    patient::{self, Name},
};
use crate::{
    quantity::Sex,
    regimen::Library,
    ward::{
        event::{Body, Identity},
        store::{Anchor, Stored},
    },
};
use history::Told;

/// What is asked of a bundle.
#[derive(Clone, Debug)]
pub struct Options {
    /// The moment of the export.
    pub at: DateTime<Utc>,
    /// Whether to include the patients' names.
    pub with_name: bool,
    /// Entries before this number are left out, but for those that were struck since.
    pub since: u64,
    /// The last entry of the register.
    pub anchor: Anchor,
    /// The library, for the codes of drugs and the forms of products.
    pub library: &'static Library,
}

/// A bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Its text: JSON, a key on each line.
    pub text: String,
    /// The entries that are not in it, though they say something of a dose: a newer program wrote them, or they belong
    /// to no course. Whoever exports must say so.
    pub left_out: Vec<u64>,
}

#[derive(Serialize)]
#[serde(tag = "resourceType")]
enum Resource {
    Patient(patient::Patient),
    MedicationRequest(Box<request::MedicationRequest>),
    MedicationAdministration(Box<administration::MedicationAdministration>),
    MedicationDispense(Box<dispense::MedicationDispense>),
    Task(Box<task::Task>),
}

impl Resource {
    fn full_url(&self) -> String {
        match self {
            Self::Patient(it) => moment::url("Patient", &it.id),
            Self::MedicationRequest(it) => moment::url("MedicationRequest", &it.id),
            Self::MedicationAdministration(it) => moment::url("MedicationAdministration", &it.id),
            Self::MedicationDispense(it) => moment::url("MedicationDispense", &it.id),
            Self::Task(it) => moment::url("Task", &it.id),
        }
    }
}

/// The entries of patients as a bundle. Of each patient all entries are needed, since the state of a course and of a
/// deferred dose rests on all of them; those of an erased patient are not in it.
pub fn bundle<'h>(histories: impl IntoIterator<Item = &'h [Stored]>, options: &Options) -> Handed {
    let mut left_out = Vec::new();
    let mut resources = Vec::new();
    for stored in histories {
        let told = Told::of(stored, options, &mut left_out);
        resources.extend(told.iter().flat_map(of_patient));
    }
    let meta = Meta { tag: vec![codes::anchor(&options.anchor)] };
    let text = Collection::of(options.at, Some(meta), resources, Resource::full_url).text();
    left_out.sort_unstable();
    Handed { text, left_out }
}

/// The patient, the courses, and what happened, in the order of the entries.
fn of_patient(told: &Told<'_>) -> Vec<Resource> {
    if !told.is_new() {
        return Vec::new();
    }
    let mut resources = vec![Resource::Patient(person(told))];
    let plans = told.plans.iter().filter_map(|plan| request::request(told, plan));
    resources.extend(plans.map(|it| Resource::MedicationRequest(Box::new(it))));
    for entry in &told.entries {
        let of_dose = told.is_asked(entry.number).then(|| match &entry.body {
            Body::Supplied(it) => Some(Resource::MedicationDispense(Box::new(dispense::dispense(told, entry, it)))),
            _ => administration::administration(told, entry).map(|it| Resource::MedicationAdministration(Box::new(it))),
        });
        resources.extend(of_dose.flatten());
        if let Body::Deferred(it) = &entry.body {
            resources.push(Resource::Task(Box::new(task::task(told, entry, it))));
        }
    }
    resources
}

fn person(told: &Told<'_>) -> patient::Patient {
    let Identity { id, name, birth_date, sex } = &told.identity;
    let trimmed = |text: &crate::json::Text| text.as_str().trim().to_owned();
    patient::Patient {
        id: told.uid.to_string(),
        identifier: vec![Identifier { system: None, value: trimmed(id) }],
        name: name.iter().filter(|_| told.options.with_name).map(|it| Name { text: trimmed(it) }).collect(),
        gender: match sex {
            Sex::Female => "female",
            Sex::Male => "male",
        },
        birth_date: *birth_date,
    }
}
