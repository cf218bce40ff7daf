//! What was given or handed out: the amount, how often it is taken by mouth, and a product or a brand that does not fit.

use chrono::NaiveDate;

use crate::{
    plan::Frequency,
    quantity::{Decimal, Mass},
    regimen::Product,
    ward::fold::DoseGiven,
    words::{
        date, frequency as frequency_in_words,
        spoken::{counted, one_of, units as spoken_units},
    },
};

/// What was given, as it is said when it is recorded. What is taken by mouth is said with how often.
pub fn amount(drug: &str, given: &DoseGiven, taken: Option<&str>) -> String {
    let DoseGiven { dose_mg, planned_mg, .. } = given;
    let planned = if dose_mg == planned_mg {
        String::new()
    } else {
        format!(" ({} was planned)", super::super::milligrams(*planned_mg))
    };
    let dose = taken.map_or_else(|| super::super::milligrams(*dose_mg), str::to_owned);
    let complete = if given.complete { "" } else { ", not complete" };
    format!("{drug} {dose}{planned}{complete}")
}

/// A product that the regimen of a course does not have.
pub fn no_such_product(product: &str, known: &[&str]) -> String {
    format!(
        "Not recorded: \"{product}\" is no product of this regimen. Name one of its own with --product: {}.",
        one_of(known)
    )
}

/// A brand of another product, and what the library says of that.
pub fn other_brand(brand: &str, drug: &str, why: &str) -> String {
    format!(
        "Not recorded: \"{brand}\" is no brand of this course with {drug}. {why} Correct the brand; if it was given all the \
         same, say why. (--another-because REASON)"
    )
}

/// Of which drug a brand is.
pub fn brand_of(brand: &str, drug: &str) -> String {
    format!("{brand} is {drug}.")
}

/// Tablets or capsules that are more or less than what is taken in the days for which they are supplied.
pub fn other_supply((units, days): (u32, u16), product: &Product, dose: &str, needed: Option<(u32, u32)>) -> String {
    let (form, strength) = (product.form, product.contains.0);
    let Some((fewest, most)) = needed else {
        let one = spoken_units(1, form);
        return format!(
            "Not recorded: {dose} cannot be made up from {one} of {strength} or several. Name the product that was supplied \
             with --product; if this one was supplied all the same, say why. (--another-because REASON)"
        );
    };
    let needed = if fewest == most { most.to_string() } else { format!("{fewest} or {most}") };
    format!(
        "Not recorded: {} of {strength} for {} do not fit {dose}: {needed} would. Correct the figures; if they were supplied \
         all the same, say why. (--another-because REASON)",
        spoken_units(units, form),
        counted(days.into(), "day")
    )
}

/// A dose by mouth with how often it is taken, as it was chosen: "50 mg every second day".
pub fn taken(mg: Decimal, frequency: &Frequency) -> String {
    format!("{} {}", super::super::milligrams(mg), frequency_in_words(frequency))
}

/// A dose by mouth of which the library at hand cannot say how often it is taken.
pub fn taken_as_said(mg: Decimal, assessed: Option<NaiveDate>) -> String {
    let at = assessed.map_or_else(|| "the plan".to_owned(), |on| format!("the assessment of {}", date(on)));
    format!("{} (how often: see {at})", super::super::milligrams(mg))
}

/// What an assessment changes in what is taken by mouth.
pub fn taken_from_now(until_now: &str, from_now: &str) -> String {
    format!("By this assessment {from_now}; until now {until_now}.")
}

/// The label of what is handed out.
pub const SUPPLY: &str = "Supply";
/// The label of a step of a dose that goes down.
pub const STEP: &str = "Step";

/// A step of a dose that goes down, by the day of taking. It is counted and not dated: the day on which the first tablet
/// is taken is that of the supply.
pub fn step(day: i64, taken: &str, only: Option<&str>) -> String {
    let only = only.map_or_else(String::new, |only| format!(" ({only})"));
    format!("from day {day}{only}: {taken}")
}

/// A step of a dose that goes down, a day, with the parts in which it is taken.
pub fn in_parts(mass: Mass, intakes: &[String]) -> String {
    format!("{mass} a day: {}", intakes.join("; "))
}
