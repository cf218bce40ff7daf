//! The patient, and what is known of allergies.

use chrono::NaiveDate;

use super::{
    Course, codes,
    element::{Concept, Identifier, Reference, elements},
};
use crate::{json::Text, quantity::Sex};

elements! {
    /// A patient.
    struct Patient {
        id: String,
        identifier: Vec<Identifier>,
        name: Vec<Name>,
        gender: &'static str,
        birth_date: NaiveDate,
    }

    /// A name as it was entered; it is not split into parts.
    struct Name {
        text: String,
    }

    /// An allergy, or that none is known.
    struct AllergyIntolerance {
        id: String,
        clinical_status: Concept,
        code: Concept,
        patient: Reference,
    }
}

/// The patient. The identifier has no system, because a request does not say whose numbers it uses.
pub(super) fn patient(course: &Course<'_>, with_name: bool) -> Patient {
    let patient = &course.plan().request().patient;
    let entered = |text: &Option<Text>| text.as_ref().map(|it| it.as_str().trim().to_owned());
    Patient {
        id: course.ids.id("patient"),
        identifier: entered(&patient.id).map(|value| Identifier { system: None, value }).into_iter().collect(),
        name: entered(&patient.name).filter(|_| with_name).map(|text| Name { text }).into_iter().collect(),
        gender: match patient.sex {
            Sex::Female => "female",
            Sex::Male => "male",
        },
        birth_date: patient.birth_date,
    }
}

/// What is known of allergies; none where nothing was recorded, which is not the same as "none known".
pub(super) fn allergy(course: &Course<'_>) -> Option<AllergyIntolerance> {
    let text = course.plan().request().patient.allergies.as_ref()?.as_str().trim();
    Some(AllergyIntolerance {
        id: course.ids.id("allergy"),
        clinical_status: codes::active_allergy(),
        code: if text == "none-known" { codes::no_known_allergy() } else { Concept::text(text) },
        patient: course.patient(),
    })
}
