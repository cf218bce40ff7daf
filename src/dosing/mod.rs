//! The engine: from a request and a library to a plan, by pure functions over exact quantities.
//!
//! A request is *not usable* when it names something that does not exist or cannot be; a patient who
//! must not get an existing regimen is *stopped*. All findings are always gathered, never the first
//! alone.

mod calcium;
mod case;
mod checks;
mod choice;
mod clinic;
mod course;
mod dose;
mod dose_changes;
mod doses;
pub mod flow;
mod given;
mod hold;
mod kidney;
mod laboratory;
mod loading;
mod low_creatinine;
mod near_limits;
mod notes;
mod plausible;
mod preparation;
mod preview;
mod safety;
mod schedule;
mod second_check;
mod spacing;
mod span;
mod stated;
mod stopped;
mod supplies;
mod weight_basis;

pub use choice::MOST_DOSES_GIVEN;
pub use clinic::Calendar;
pub use dose_changes::next_limit;
pub use hold::hold_from;
pub use loading::{gap_after, is_loading};
pub use plausible::{UnusualFigure, impossible, unusual};
pub use preview::{Preview, preview};
pub use second_check::{asked_again, is_same_person};
pub use stated::Stated;
pub use stopped::{givable_creatinine, hold_of, risen_to, table_row};
pub use supplies::units_for;

use crate::{
    plan::{Dosed, Findings, Outcome, Plan, Unusable, Why},
    quantity::Mass,
    regimen::{Code, Library, Listed},
    request::Request,
};
use case::Case;
use dose::Dose;
use span::Span;

/// The regimen a request asks for.
///
/// # Errors
/// When the library has none that the request names without doubt.
pub fn regimen(request: &Request, library: &'static Library) -> Result<Listed, Unusable> {
    choice::regimen(request, library)
}

/// Why a drug cannot be planned, whatever else is asked for; nothing if it can.
pub fn unknown_drug(word: &str, library: &'static Library) -> Option<Unusable> {
    choice::drug(word, library).err()
}

/// Makes the plan for a request with a library.
///
/// # Errors
/// When the request is not usable: it names what the library does not have, or a figure that cannot
/// be.
pub fn plan(request: Request, library: &'static Library) -> Result<Plan, Unusable> {
    let mut findings = Findings::default();
    plausible::assess(&request, library, &mut findings)?;
    let case = Case::of(&request, library)?;
    kidney::assess(&case, &mut findings);
    let dose = dose::decide(&case, &mut findings)?;
    let span = span::span(&case, &mut findings)?;
    let days = span::infusion_days(&case, dose.as_ref(), &mut findings)?;
    laboratory::assess(&case, &mut findings);
    calcium::assess(&case, &mut findings);
    safety::assess(&case, dose.as_ref().and_then(|dose| dose.infusion), &mut findings);
    spacing::assess(&case, &mut findings)?;
    course::assess(&case, &mut findings);
    near_limits::assess(&case, &mut findings);
    weight_basis::assess(&case, &mut findings);
    low_creatinine::assess(&case, &mut findings);
    notes::assess(&case, &mut findings);

    let mass = dose.as_ref().and_then(|dose| case.dose_in_use().or(dose.mass));
    let outcome = match (dose, mass) {
        _ if findings.stop() => Outcome::Stopped,
        (Some(dose), Some(mass)) => {
            Outcome::Dosed(Box::new(dosed(&case, &dose, mass, Days { span, days }, &mut findings)?))
        }
        // A proved library has a dose for every patient whom nothing stops.
        _ => return Err(Unusable::new("treatment.drug", Why::NoDose)),
    };
    let renal = case.kidney.renal(&case.kidney_facts, Some(case.regimen()));
    let calcium = calcium::result(&case);
    let listed = case.listed();
    let second_check = second_check::compare(&case)?;
    let findings = findings.into_sorted();
    Ok(Plan { library, listed, renal, calcium, outcome, findings, second_check, request, ward: None })
}

/// On which days a plan gives its doses.
#[derive(Clone, Copy)]
struct Days {
    /// The course.
    span: Span,
    /// The number of daily infusions.
    days: u16,
}

/// The dose and the dates of a patient whom nothing stops.
fn dosed(case: &Case<'_>, dose: &Dose, mass: Mass, on: Days, findings: &mut Findings) -> Result<Dosed, Unusable> {
    let given = schedule::Given { dose, mass, on };
    let schedule = schedule::schedule(case, &given, findings)?;
    let dosing = given::dosing(case, &given, &schedule, hold::hold(case, findings.has(Code::CreatinineOld)));
    let dose_changes::Changes { dose_changes, next_limit } = dose_changes::below(case, dose.row);
    Ok(Dosed { dosing, schedule, dose_changes, next_limit })
}
