//! The limits common to all drugs: ranges inside one another, ages that rise, lengths that end.

use std::str::FromStr;

use super::{Defect, Named, Range, Reporter};
use crate::{
    quantity::{AnyUnit, CreatinineUnit, Decimal, Span, Unit},
    regimen::{
        PlainSpan,
        limits::{Limits, PlainRange, ValueAges},
    },
};

/// The age that the concern `age-under-18` speaks of.
const ADULT: u16 = 18;
/// Nobody is planned for who is older: the formula of Cockcroft and Gault ends at 140 years.
pub(super) const OLDEST: u16 = 130;
/// No patient lies outside. Beyond, a formula would have more digits than a figure can have.
const EVERY_WEIGHT: &str = "1 to 1000 kg";
const EVERY_HEIGHT: &str = "10 to 300 cm";
const EVERY_CREATININE: &str = "1 to 100000 umol/L or 0.01 to 1000 mg/dL";
/// The weights, in kg, from which a patient can be heavy whatever the height.
const HEAVY_KG: (u16, u16) = (50, 200);
/// No body mass index is higher, in kg/m².
const MOST_BMI: u16 = 150;
/// The clearances, in mL/min, from which one can be unusual.
const USUAL_CLEARANCE: (u16, u16) = (100, 400);
/// No course can be asked for that is longer.
const LONGEST_MONTHS: u16 = 120;

pub(super) fn check(limits: &Limits, report: &mut Reporter<'_>) {
    figures(limits, report);
    laboratory(limits, report);
    everyone(limits, report);
    for (index, set) in limits.laboratory_ages.iter().enumerate() {
        for (key, ages) in [("creatinine", &set.creatinine), ("calcium", &set.calcium)] {
            rising(ages, &format!("laboratory_ages[{index}].{key}"), report);
        }
    }
    let sets = limits.laboratory_ages.iter().map(|set| set.name.as_str());
    report.twice(|index| format!("laboratory_ages[{index}].name"), Named::LaboratoryAges, sets);
    let others = limits.other_antiresorptives.iter().map(|it| it.id.as_str());
    report.twice(|index| format!("other_antiresorptives[{index}].id"), Named::Antiresorptive, others);
    course(limits, report);
}

/// Age, weight and height.
fn figures(limits: &Limits, report: &mut Reporter<'_>) {
    plain("age", &limits.age, AnyUnit::Years, report);
    plain("weight", &limits.weight, AnyUnit::Kilograms, report);
    plain("height", &limits.height, AnyUnit::Centimetres, report);
    for (path, range) in [("weight", &limits.weight.possible.0), ("height", &limits.height.possible.0)] {
        if range.low <= Decimal::whole(0) {
            report.note(format!("{path}.possible"), Defect::RangeFromNothing { range: range.into() });
        }
    }
    if limits.age.possible.0.high > Decimal::whole(OLDEST.into()) {
        let defect = Defect::TooOld { range: limits.age.possible.0.clone(), oldest: OLDEST };
        report.note("age.possible".to_owned(), defect);
    }
    if limits.least_age < ADULT {
        report.note("least_age".to_owned(), Defect::LeastAge { years: limits.least_age, adult: ADULT });
    }
    between("least_age", limits.least_age.max(ADULT), (ADULT, OLDEST), report);
    let ratio = limits.weight_ratio.above.0;
    if ratio < Decimal::whole(1) {
        report.note("weight_ratio.above".to_owned(), Defect::RatioBelowOne { ratio });
    }
    if let Some(heavy) = &limits.heavy_without_height {
        between("heavy_without_height.female_kg", heavy.female_kg, HEAVY_KG, report);
        between("heavy_without_height.male_kg", heavy.male_kg, HEAVY_KG, report);
        between("heavy_without_height.clearance_percent", heavy.clearance_percent, (1, 100), report);
    }
    if let Some(index) = &limits.body_mass_index {
        between("body_mass_index.lowest", index.lowest, (1, index.highest.saturating_sub(1).max(1)), report);
        between("body_mass_index.highest", index.highest, (2, MOST_BMI), report);
    }
    if let Some(clearance) = &limits.clearance {
        between("clearance.highest_ml_per_min", clearance.highest_ml_per_min, USUAL_CLEARANCE, report);
    }
}

/// What can be entered is not beyond every patient. A range that begins at 0 is reported as such.
fn everyone(limits: &Limits, report: &mut Reporter<'_>) {
    let bodies = [("weight", &limits.weight, EVERY_WEIGHT), ("height", &limits.height, EVERY_HEIGHT)];
    for (path, range, widest) in bodies {
        let (range, widest) = (&range.possible.0, read::<PlainSpan>(widest));
        let is_inside = range.low >= widest.low && range.high <= widest.high;
        if range.low > Decimal::whole(0) && !is_inside {
            let defect = Defect::NotInside { range: range.into(), possible: (&widest).into() };
            report.note(format!("{path}.possible"), defect);
        }
    }
    let possible = limits.creatinine.possible.0;
    if CreatinineUnit::BOTH.into_iter().all(|unit| possible.low.in_unit(unit) > Decimal::whole(0)) {
        span("creatinine", read(EVERY_CREATININE), &[("possible", possible)], report);
    }
}

/// A range of this file.
fn read<T: FromStr>(range: &str) -> T {
    range.parse().ok().expect("a range as it is written in a file of limits")
}

fn between(path: &str, found: u16, (least, most): (u16, u16), report: &mut Reporter<'_>) {
    if !(least..=most).contains(&found) {
        report.note(path.to_owned(), Defect::OutOfRange { found, least, most });
    }
}

fn plain(path: &str, range: &PlainRange, unit: AnyUnit, report: &mut Reporter<'_>) {
    let (possible, usual) = (&range.possible.0, &range.usual.0);
    for (key, span) in [("possible", possible), ("usual", usual)] {
        if span.unit != unit.key() {
            let defect = Defect::WrongUnit { found: span.unit.clone(), needed: unit };
            report.note(format!("{path}.{key}"), defect);
        }
    }
    if usual.low < possible.low || usual.high > possible.high {
        let defect = Defect::NotInside { range: usual.into(), possible: possible.into() };
        report.note(format!("{path}.usual"), defect);
    }
}

/// Creatinine, calcium and albumin.
fn laboratory(limits: &Limits, report: &mut Reporter<'_>) {
    let (calcium, ionised) = (&limits.calcium, &limits.ionised_calcium);
    span("creatinine", limits.creatinine.possible.0, &[("usual", limits.creatinine.usual.0)], report);
    span("calcium", calcium.possible.0, &[("usual", calcium.usual.0), ("normal", calcium.normal.0)], report);
    span("ionised_calcium", ionised.possible.0, &[("usual", ionised.usual.0), ("normal", ionised.normal.0)], report);
    span("albumin", limits.albumin.possible.0, &[("usual", limits.albumin.usual.0)], report);
    if let Some(low) = &limits.low_creatinine {
        let possible = limits.creatinine.possible.0;
        for figure in CreatinineUnit::BOTH.map(|unit| low.below.0.measured(unit)) {
            if !possible.contains(figure) {
                report.note("low_creatinine.below".to_owned(), Defect::FigureOutside { figure, possible });
            }
        }
    }
    let (severe, normal) = (limits.severe_calcium.limit.0, calcium.normal.0);
    if !Unit::BOTH.into_iter().all(|unit| severe.pair.in_unit(unit) > normal.high.in_unit(unit)) {
        let defect = Defect::SevereBelowNormal { limit: severe, normal };
        report.note("severe_calcium.limit".to_owned(), defect);
    }
}

/// A range begins above 0, and the others lie inside it, in both units.
fn span<U: Unit>(path: &str, possible: Span<U>, others: &[(&str, Span<U>)], report: &mut Reporter<'_>)
where
    Range: From<Span<U>>,
{
    let in_both = |test: &dyn Fn(U) -> bool| U::BOTH.into_iter().all(test);
    if !in_both(&|unit| possible.low.in_unit(unit) > Decimal::whole(0)) {
        report.note(format!("{path}.possible"), Defect::RangeFromNothing { range: possible.into() });
    }
    for (key, range) in others {
        let inside = |unit| {
            range.low.in_unit(unit) >= possible.low.in_unit(unit)
                && range.high.in_unit(unit) <= possible.high.in_unit(unit)
        };
        if !in_both(&inside) {
            let defect = Defect::NotInside { range: (*range).into(), possible: possible.into() };
            report.note(format!("{path}.{key}"), defect);
        }
    }
}

/// An older value is more severe: the figures rise from note to stop.
fn rising(ages: &ValueAges, path: &str, report: &mut Reporter<'_>) {
    let named = [
        ("note_after", ages.note_after),
        ("confirm_after", ages.confirm_after),
        ("stop_after", ages.stop_after),
        ("unknown_after", ages.unknown_after),
    ];
    let found: Vec<_> = named.into_iter().filter_map(|(key, days)| Some((key, days?.0))).collect();
    for pair in found.windows(2) {
        let ((earlier, earlier_days), (later, later_days)) = (pair[0], pair[1]);
        if later_days <= earlier_days && (earlier, later) != ("stop_after", "unknown_after") {
            let defect = Defect::AgesOrder { earlier, earlier_days, later, later_days };
            report.note(format!("{path}.{later}"), defect);
        }
    }
}

fn course(limits: &Limits, report: &mut Reporter<'_>) {
    let course = &limits.course;
    if course.longest_months > LONGEST_MONTHS {
        let defect = Defect::LongestCourse { months: course.longest_months, most: LONGEST_MONTHS };
        report.note("course.longest_months".to_owned(), defect);
    }
    if !(1..=course.longest_months).contains(&course.default_months) {
        let defect = Defect::DefaultCourse { months: course.default_months, longest: course.longest_months };
        report.note("course.default_months".to_owned(), defect);
    }
}
