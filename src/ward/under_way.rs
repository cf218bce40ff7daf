//! The course of the next request: what a plan or a register knew of it before, and what was given since. The form and
//! the register ask here, so that they cannot differ.

use chrono::NaiveDate;

use crate::{
    patient::HeldBecause,
    quantity::Decimal,
    request::{Course, DatedCreatinine},
};

/// What is known of a course.
#[derive(Clone, Debug)]
pub struct UnderWay<'a> {
    /// The course as it was under way before.
    pub before: Option<&'a Course>,
    /// The days on which a dose or a supply was given since.
    pub given: &'a [NaiveDate],
    /// Whether they are doses, and not supplies, so that they can be counted.
    pub are_doses: bool,
    /// The dose in use since one was given, in mg.
    pub dose_mg: Option<Decimal>,
    /// The creatinine before the first dose, where none was known before.
    pub baseline: Option<DatedCreatinine>,
    /// Why it is on hold.
    pub held: Option<HeldBecause>,
}

impl UnderWay<'_> {
    /// The course of the next request; none where no dose of it was given.
    pub fn course(&self) -> Option<Course> {
        let Self { before, given, are_doses, .. } = *self;
        let days = given.iter().copied();
        let first_dose = days.clone().chain(before.map(|course| course.first_dose)).min()?;
        let last_dose = days.chain(before.map(|course| course.last_dose)).max()?;
        let dose_mg = self.dose_mg.filter(|_| !given.is_empty()).or(before.map(|course| course.dose_mg))?;
        let count = u16::try_from(given.len()).unwrap_or(u16::MAX);
        let doses_given = match before {
            Some(course) => course.doses_given.map(|doses| doses.saturating_add(count)),
            None => are_doses.then_some(count),
        };
        let baseline_creatinine =
            before.and_then(|course| course.baseline_creatinine.clone()).or(self.baseline.clone());
        let held = self.held.map(|_| true);
        Some(Course { first_dose, last_dose, doses_given, dose_mg, baseline_creatinine, held, held_because: self.held })
    }
}
