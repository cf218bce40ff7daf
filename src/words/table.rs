//! The words of a dose table, of the reasons for a reduced dose, and of the dose box.

use chrono::NaiveDate;

use super::{
    date, every,
    in_short::without_unit,
    quantity,
    spoken::{self, counted, day},
    summary::there,
};
use crate::{
    patient::WeightBasis,
    plan::{NextLimit, Reduced},
    quantity::{Bound, Calcium, ClearanceShown, Creatinine, CreatinineUnit, Days, Decimal, Mass, Volume},
    regimen::{CalciumBand, Kidney},
};

/// Where a table has no dose.
pub const NOT_GIVEN: &str = "not given";

/// For which patients a row is: "50 to 60"; the clearance in mL/min.
pub fn condition(kidney: Option<Kidney>, calcium: Option<CalciumBand>) -> String {
    let kidney = match kidney {
        None => "any clearance".to_owned(),
        Some(Kidney::Range(range)) => without_unit(range),
        Some(other) => other.to_string(),
    };
    match calcium {
        None => kidney,
        Some(band) => format!("{kidney}, calcium {}", quantity::calcium_band(band)),
    }
}

/// A creatinine from which nothing is given.
pub fn creatinine_condition(limit: Bound<CreatinineUnit>) -> String {
    format!("creatinine {}", quantity::bound(limit))
}

/// What a row gives.
pub fn dose(mass: Option<Mass>, taken: Option<Days>, highest: Option<Mass>) -> String {
    let Some(mass) = mass else { return NOT_GIVEN.to_owned() };
    let highest = highest.map_or_else(String::new, |highest| format!(", up to {highest}"));
    format!("{}{highest}", super::dose(mass, taken))
}

/// The volume to draw up for the dose of a row.
pub fn draw_up(volume: Volume) -> String {
    format!("draw up {volume}")
}

/// The volume to remove from the bag for the dose of a row.
pub fn remove(volume: Volume) -> String {
    if volume == Volume::microlitres(0) { "remove nothing".to_owned() } else { format!("remove {volume}") }
}

/// A creatinine at which the dose changes.
pub fn above(creatinine: Creatinine) -> String {
    format!("above {creatinine}")
}

/// What is given above it.
pub fn given_above(dose: Option<Mass>, taken: Option<Days>) -> String {
    match dose {
        None => NOT_GIVEN.to_owned(),
        Some(_) => there(dose, taken.map(every).as_deref()),
    }
}

/// How far a clearance is from the next limit, and what is given below it.
pub fn next_limit(next: NextLimit) -> String {
    let below = given_above(next.below.map(|it| it.mass), next.below.and_then(|it| it.every));
    format!("{} above the next limit ({} mL/min: {below})", next.distance, next.limit)
}

/// A reduction for the kidney, with the clearance and its range: "clearance 25.4 mL/min, below 30".
fn because_of(kidney: Kidney, clearance: Option<ClearanceShown>) -> String {
    match (kidney, clearance) {
        (Kidney::Range(range), Some(clearance)) => format!("clearance {clearance}, {}", without_unit(range)),
        (Kidney::Range(range), None) => format!("clearance {range}"),
        (Kidney::Dialysis, _) => "on dialysis".to_owned(),
        (Kidney::NotKnown, _) => "clearance not known".to_owned(),
    }
}

/// Why less is given than the full dose, as a sentence.
pub fn reduction(reduced: Reduced, less_often: bool, clearance: Option<ClearanceShown>) -> String {
    match reduced {
        Reduced::ForKidney(kidney) => {
            let how = if less_often { "Less often" } else { "Reduced" };
            format!("{how}: {}.", because_of(kidney, clearance))
        }
        Reduced::DoseInUse => "Reduced: the dose of this course is kept.".to_owned(),
    }
}

/// Why the dose in the box is less than the full one.
pub fn reduced_from(full: Mass, kidney: Kidney, clearance: Option<ClearanceShown>) -> String {
    format!("reduced from {full}: {}", because_of(kidney, clearance))
}

/// Why the dose in the box is given less often.
pub fn less_often(kidney: Kidney, clearance: Option<ClearanceShown>) -> String {
    format!("less often: {}", because_of(kidney, clearance))
}

/// A dose in the box that is kept from earlier in the course.
pub fn of_course(full: Option<Mass>) -> String {
    full.map_or_else(
        || "the dose of this course".to_owned(),
        |full| format!("reduced from {full}; the dose of this course"),
    )
}

/// A dose in the box that the prescriber chose.
pub fn chosen(table: Option<Mass>) -> String {
    table.map_or_else(|| "as requested".to_owned(), |table| format!("as requested; the dose table has {table}"))
}

/// A dose in the box that the calcium decides.
pub fn by_calcium(band: CalciumBand) -> String {
    format!("for a calcium {}", quantity::calcium_band(band))
}

/// A dose in the box that is stepped down.
pub const THEN_LESS: &str = "then less, step by step";

/// The label of the indication.
pub const GIVEN_FOR: &str = "Given for";
/// The label of the creatinine at which a course is held.
pub const HOLD_AT: &str = "Hold at";

/// The length of a course with its visits: "12 months, 14 visits; first Tue 01-Dec-2026".
pub fn course(months: Option<u16>, visits: usize, next: Option<NaiveDate>, under_way: bool) -> String {
    let visits = counted(i64::try_from(visits).unwrap_or(i64::MAX), "visit");
    let months = months.map_or_else(String::new, |months| format!("{}, ", counted(months.into(), "month")));
    let which = if under_way { "next" } else { "first" };
    let next = next.map_or_else(String::new, |on| format!("; {which} {}", day(on)));
    format!("{months}{visits}{next}")
}

/// At which creatinine a dose is held, and before which doses that is looked at.
pub fn hold_at(figure: &str, from: Option<u16>) -> String {
    match from {
        None => format!("{figure}, before each dose"),
        Some(number) => format!("{figure}, before each dose from visit {number} on"),
    }
}

/// A product that must not be taken for this one.
pub fn not_this(text: &str) -> String {
    format!("Not this product: {text}")
}

/// "92 µmol/L, 18-Nov-2026".
pub fn taken(value: &str, on: NaiveDate) -> String {
    format!("{value}, {}", date(on))
}

/// "68 on 18-Nov-2026".
pub fn age(years: u16, on: NaiveDate) -> String {
    format!("{years} on {}", date(on))
}

/// A weight, with its kind where it is not the actual one.
pub fn kg(weight: Decimal, basis: Option<WeightBasis>) -> String {
    match basis.filter(|it| *it != WeightBasis::Actual) {
        Some(basis) => format!("{weight} kg, {}", spoken::weight_basis(basis)),
        None => format!("{weight} kg"),
    }
}

/// A corrected calcium.
pub fn corrected(calcium: Calcium) -> String {
    format!("{calcium}, corrected")
}

/// A calcium that is not corrected, with its kind.
pub fn uncorrected(calcium: Calcium, kind: &str) -> String {
    format!("{calcium}, {kind}")
}
