//! One identifier for two patients: where plans with the same identifier have another date of birth, or another name.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{dosing::is_same_person, json::Text, request::Patient};

/// What is other about two patients with one identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Differs {
    /// The dates of birth: that of the earlier plan, and that of this one.
    BirthDate(NaiveDate, NaiveDate),
    /// The names, of which both plans have one.
    Name,
}

impl Differs {
    /// The field of the patient, as a plan names it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BirthDate(..) => "birth_date",
            Self::Name => "name",
        }
    }
}

/// An earlier plan with the identifier of this one, and another patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherPatient<P> {
    /// The place of the earlier plan.
    pub place: P,
    /// What is other.
    pub differs: Differs,
}

/// The patients of plans that are read one after the other, by their identifiers.
#[derive(Clone, Debug)]
pub struct Patients<P>(BTreeMap<String, Vec<Person<P>>>);

#[derive(Clone, Debug)]
struct Person<P> {
    birth_date: NaiveDate,
    name: Option<Text>,
    place: P,
}

impl<P> Default for Patients<P> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<P: Clone> Patients<P> {
    /// Takes the patient of a plan in. Returns which of the patients with this identifier it is, from 0, and for any
    /// but the first the plan of the first.
    pub fn add(&mut self, id: &Text, patient: &Patient, place: P) -> (usize, Option<OtherPatient<P>>) {
        let persons = self.0.entry(id.to_string()).or_default();
        let found = persons.iter().position(|it| it.differs(patient).is_none());
        let at = found.unwrap_or_else(|| {
            persons.push(Person { birth_date: patient.birth_date, name: None, place });
            persons.len() - 1
        });
        if persons[at].name.is_none() {
            persons[at].name.clone_from(&patient.name);
        }
        let first = &persons[0];
        let other = first.differs(patient).map(|differs| OtherPatient { place: first.place.clone(), differs });
        (at, other)
    }
}

impl<P> Person<P> {
    /// What is other about a patient; nothing where it may be this one. A plan without a name says nothing of it.
    fn differs(&self, patient: &Patient) -> Option<Differs> {
        if self.birth_date != patient.birth_date {
            return Some(Differs::BirthDate(self.birth_date, patient.birth_date));
        }
        let (one, other) = (self.name.as_ref()?, patient.name.as_ref()?);
        (!is_same_person(one.as_str(), other.as_str())).then_some(Differs::Name)
    }
}
