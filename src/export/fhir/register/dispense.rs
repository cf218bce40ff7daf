//! Tablets or capsules that were supplied.

use super::{
    super::{
        codes as common,
        element::{Concept, Meta, Quantity, Reference, elements},
    },
    codes,
    history::{Entry, Told},
    moment::{self, When},
    package::{self, Medication},
};
use crate::{
    json::{Text, Written},
    regimen::Form,
    ward::{event::Supplied, fold::CourseState},
    words::register as words,
};

elements! {
    /// A supply.
    struct MedicationDispense {
        id: String,
        meta: Meta,
        contained: Vec<Medication>,
        status: &'static str,
        status_reason_codeable_concept: Option<Concept>,
        medication_reference: Option<Reference>,
        medication_codeable_concept: Option<Concept>,
        subject: Reference,
        performer: Vec<Performer>,
        authorizing_prescription: Vec<Reference>,
        quantity: Quantity,
        days_supply: Quantity,
        when_handed_over: String,
        dosage_instruction: Vec<Dosage>,
    }

    /// Somebody who took part.
    struct Performer {
        function: Option<Concept>,
        actor: Reference,
    }

    /// How it is taken, as far as the register says it.
    struct Dosage {
        text: String,
    }
}

/// The supply of an entry.
pub(super) fn dispense(told: &Told<'_>, entry: &Entry, supplied: &Supplied) -> MedicationDispense {
    let struck = told.struck(entry.number);
    let used = package::used(told, entry.course, &supplied.containers);
    let at = supplied.at.as_ref().map(|Written(at)| *at);
    let when_handed_over = match moment::when(&entry.event, at, None) {
        When::At(at) => at,
        When::During(span) => span.start,
    };
    let second = supplied.second.as_ref().map(|it| Performer {
        function: Some(codes::supplied("checker", "Checker")),
        actor: Reference::named(it.by.as_str().trim()),
    });
    let first = Performer { function: None, actor: Reference::named(entry.event.by.as_str().trim()) };
    MedicationDispense {
        id: told.id(entry.number),
        meta: Meta { tag: codes::marks(&entry.body) },
        contained: used.contained,
        status: if struck.is_some() { "entered-in-error" } else { "completed" },
        status_reason_codeable_concept: struck,
        medication_reference: used.reference,
        medication_codeable_concept: used.concept,
        subject: told.patient(),
        performer: std::iter::once(first).chain(second).collect(),
        authorizing_prescription: told.request(entry.course, supplied.dose).into_iter().collect(),
        quantity: common::units(supplied.units, form(told, entry.course, supplied.product.as_ref())),
        days_supply: common::days(supplied.days),
        when_handed_over,
        dosage_instruction: vec![Dosage { text: words::supplied_in_full(supplied) }],
    }
}

/// What the product looks like; where the library does not have it, units are counted.
fn form(told: &Told<'_>, course: u32, product: Option<&Text>) -> Form {
    let drug = told.course(course).map(CourseState::drug);
    let known = drug.and_then(|drug| told.options.library.drug(drug.as_str()));
    let products = known.into_iter().flat_map(|(drug, _)| drug.products.iter());
    products.into_iter().find(|it| Some(&it.id) == product).map_or(Form::Vial, |it| it.form)
}
