//! The packages that were used: a contained medication, with the batch and its expiry.

use super::{
    super::element::{Concept, Reference, elements},
    history::Told,
};
use crate::{
    json::{Text, Written},
    ward::event::Container,
};

elements! {
    /// A medication as it was used. One of several batches has each of them as an ingredient.
    struct Medication {
        resource_type: &'static str,
        id: String,
        code: Concept,
        ingredient: Vec<Ingredient>,
        batch: Option<Batch>,
    }

    /// A package among several.
    struct Ingredient {
        item_reference: Reference,
    }

    /// A batch.
    struct Batch {
        lot_number: Option<String>,
        expiration_date: Option<String>,
    }
}

/// What was used, as a resource says it: a package that is contained in it, or the drug alone.
pub(super) struct Used {
    pub(super) contained: Vec<Medication>,
    pub(super) reference: Option<Reference>,
    pub(super) concept: Option<Concept>,
}

/// What was used of the drug of a course.
pub(super) fn used(told: &Told<'_>, course: u32, containers: &[Container]) -> Used {
    let drug = told.drug(course);
    let medication = |id: String, it: &Container| Medication {
        resource_type: "Medication",
        id,
        code: of_brand(&drug, it.brand.as_ref()),
        ingredient: Vec::new(),
        batch: batch(it),
    };
    let local = |id: &str| Reference { reference: Some(format!("#{id}")), ..Reference::default() };
    match containers {
        [] => Used { contained: Vec::new(), reference: None, concept: Some(drug) },
        [one] => {
            let contained = vec![medication("package".to_owned(), one)];
            Used { contained, reference: Some(local("package")), concept: None }
        }
        several => {
            let id = |at: usize| format!("package-{}", at + 1);
            let mut contained: Vec<Medication> =
                several.iter().enumerate().map(|(at, it)| medication(id(at), it)).collect();
            let ingredient = contained.iter().map(|it| Ingredient { item_reference: local(&it.id) }).collect();
            let whole = Medication {
                resource_type: "Medication",
                id: "packages".to_owned(),
                code: drug,
                ingredient,
                batch: None,
            };
            contained.push(whole);
            Used { contained, reference: Some(local("packages")), concept: None }
        }
    }
}

/// The drug, by its brand where somebody named it.
fn of_brand(drug: &Concept, brand: Option<&Text>) -> Concept {
    let text = brand.map(|it| it.as_str().trim().to_owned()).or_else(|| drug.text.clone());
    Concept { coding: drug.coding.clone(), text }
}

fn batch(container: &Container) -> Option<Batch> {
    let lot_number = container.batch.as_ref().map(|it| it.as_str().trim().to_owned());
    let expiration_date = container.expires.as_ref().map(|Written(expires)| expires.to_string());
    let has_any = lot_number.is_some() || expiration_date.is_some();
    has_any.then_some(Batch { lot_number, expiration_date })
}
