//! What the library says of a product before it is recorded: a word that the regimen does not have, a brand of another
//! product, and tablets that do not fit the dose. A brand that no library knows is taken as it is typed.

use super::entry::Opened;
use crate::{
    cli::Failure,
    dosing::units_for,
    json::{Text, as_read},
    present::register::taken as said,
    quantity::Decimal,
    regimen::{Drug, Library, Listed},
    ward::{
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
    let other = |brand: &Text| {
        let why = library.regimens().find_map(|it| of_another(it, course.drug(), brand))?;
        Some(words::other_brand(brand.as_str(), course.plan.name.as_str(), &why))
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

/// What a drug of the library says of a brand that is not one of this course.
fn of_another(listed: Listed, drug: &Text, brand: &Text) -> Option<String> {
    let typed = names(brand.as_str());
    let is_typed = |name: &str| names(name).iter().all(|it| typed.contains(it));
    if let Some(statement) =
        listed.not_these_products().find(|it| brands_in(it.text.as_str(), listed.drug).any(is_typed))
    {
        return Some(statement.text.to_string());
    }
    if listed.drug.drug == *drug {
        return None;
    }
    let own = std::iter::once(&listed.drug.name).chain(&listed.drug.brands).any(|it| is_typed(it.as_str()));
    own.then(|| words::brand_of(brand.as_str(), listed.drug.name.as_str()))
}

/// The words of a text in small letters.
fn names(text: &str) -> Vec<String> {
    let read: String = as_read(text).collect();
    read.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
}

/// The brands that a statement on other products names: its words with a capital that are none of the drug itself.
fn brands_in<'s>(text: &'s str, drug: &Drug) -> impl Iterator<Item = &'s str> {
    let own: Vec<String> = names(drug.name.as_str());
    let words = text.split(|it: char| !it.is_alphanumeric());
    words.filter(move |it| it.starts_with(char::is_uppercase) && !own.contains(&it.to_lowercase()))
}
