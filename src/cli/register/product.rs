//! What the library says of a product before it is recorded: a word that the regimen does not have, a brand of another
//! product, and tablets that do not fit the dose. A brand that no library knows is taken as it is typed.

use super::entry::Opened;
use crate::{
    cli::Failure,
    json::Text,
    present::register::taken as said,
    regimen::{Library, Listed},
    ward::{
        brand::{self, OtherBrand},
        by_mouth::{At, other_supply},
        event::{Container, Supplied},
        fold::CourseState,
    },
    words::register::command as words,
};

/// Refuses a product that the regimen of the course does not have.
pub(super) fn refuse_product(
    course: &CourseState,
    product: Option<&Text>,
    library: &'static Library,
) -> Result<(), Failure> {
    let (Some(product), Some(listed)) = (product, listed(course, library)) else { return Ok(()) };
    if listed.regimen.products.contains(product) {
        return Ok(());
    }
    let known: Vec<&str> = listed.regimen.products.iter().map(Text::as_str).collect();
    Err(Failure::not_usable(words::no_such_product(product.as_str(), &known)))
}

/// Refuses a brand that the library lists for another drug, or for another product of this one.
pub(super) fn refuse_brands(
    course: &CourseState,
    containers: &[Container],
    library: &'static Library,
) -> Result<(), Failure> {
    let other = |it: &Text| {
        let why = match brand::of_another(course.drug(), it, library)? {
            OtherBrand::Statement(text) => text.to_string(),
            OtherBrand::OfDrug(name) => words::brand_of(it.as_str(), name.as_str()),
        };
        Some(words::other_brand(it.as_str(), course.plan.name.as_str(), &why))
    };
    match containers.iter().filter_map(|it| it.brand.as_ref()).find_map(other) {
        Some(why) => Err(Failure::not_usable(why)),
        None => Ok(()),
    }
}

/// Refuses a supply that is more or less than what is taken in its days.
pub(super) fn refuse_amount(opened: &Opened<'_>, supplied: &Supplied) -> Result<(), Failure> {
    let at = At::of(supplied.assessed, opened.on);
    let Some(other) = other_supply(opened.course()?, &opened.events, at, supplied, opened.library) else {
        return Ok(());
    };
    let dose = said(supplied.dose_mg, &other.taken);
    let amount = (supplied.units, supplied.days);
    Err(Failure::not_usable(words::other_supply(amount, other.product, &dose, other.needed)))
}

/// The regimen of a course in the library at hand.
fn listed(course: &CourseState, library: &'static Library) -> Option<Listed> {
    library.regimens().find(|it| it.regimen.path(&it.drug.drug) == course.plan.regimen.as_str())
}
