//! What the library says of a product before it is recorded: a word that the regimen does not have, a brand of another
//! product, and tablets that do not fit the dose. A brand that no library knows is taken as it is typed.

use super::entry::Opened;
use crate::{
    cli::Failure,
    dosing::units_for,
    json::Text,
    present::register::taken as said,
    quantity::Decimal,
    regimen::{Library, Listed},
    ward::{
        brand::{self, OtherBrand},
        by_mouth::{At, by_mouth},
        event::Container,
        fold::CourseState,
    },
    words::register::command as words,
};

/// A supply as it is to be recorded.
pub(super) struct OfSupply<'a> {
    pub(super) mg: Decimal,
    pub(super) units: u32,
    pub(super) days: u16,
    pub(super) product: Option<&'a Text>,
    pub(super) assessed: Option<u64>,
}

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
pub(super) fn refuse_amount(opened: &Opened<'_>, supply: &OfSupply<'_>) -> Result<(), Failure> {
    let course = opened.course()?;
    let Some(taken) = by_mouth(course, &opened.events, At::of(supply.assessed, opened.on), opened.library) else {
        return Ok(());
    };
    let Some(dosing) = &taken.dosing else { return Ok(()) };
    // Another dose than the one that was decided says why in any case.
    if dosing.mass.in_milligrams() != supply.mg {
        return Ok(());
    }
    let named = supply.product.and_then(|product| dosing.listed.product(product));
    let product = named.unwrap_or(dosing.product);
    let units = units_for(dosing, product.contains.0, supply.days);
    if units.is_some_and(|(fewest, most)| (fewest..=most).contains(&supply.units)) {
        return Ok(());
    }
    let dose = said(supply.mg, &taken);
    Err(Failure::not_usable(words::other_supply((supply.units, supply.days), product, &dose, units)))
}

/// The regimen of a course in the library at hand.
fn listed(course: &CourseState, library: &'static Library) -> Option<Listed> {
    library.regimens().find(|it| it.regimen.path(&it.drug.drug) == course.plan.regimen.as_str())
}
