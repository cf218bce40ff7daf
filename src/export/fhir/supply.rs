//! Tablets and capsules: what is handed out, and how it is taken until the next supply.

use chrono::NaiveDate;

use super::{
    Course, codes,
    element::{Concept, Period},
    medication::{Dispense, Dosage, DoseAndRate, Repeat, Timing},
};
use crate::{
    plan::{Dosing, Intake},
    quantity::Days,
    words::{fhir as words, spoken, spoken::marked},
};

/// A dose a day that holds from a day on, in its parts.
struct Step<'d> {
    from: NaiveDate,
    intakes: Vec<Part<'d>>,
}

/// A part of a daily dose; when it is taken, where the regimen says it.
struct Part<'d> {
    intake: Intake,
    when: Option<&'d str>,
}

/// What is handed out on a day. The prescription is not repeated: the next supply has its own.
pub(super) fn dispense(course: &Course<'_>, day: NaiveDate, units: u32, days: u16) -> Dispense {
    Dispense {
        validity_period: Period { start: day, end: None },
        number_of_repeats_allowed: 0,
        quantity: codes::units(units, course.dosing().product.form),
        expected_supply_duration: codes::days(days),
    }
}

/// How a supply is taken, from the day for which it was planned.
pub(super) fn dosage(course: &Course<'_>, first: NaiveDate, days: u16) -> Vec<Dosage> {
    let last = Days::new(days.saturating_sub(1)).after(first);
    let steps = steps(course);
    let mut all = Vec::new();
    let mut sequence = 0;
    for (at, step) in steps.iter().enumerate() {
        let until = steps.get(at + 1).and_then(|next| next.from.pred_opt());
        let (from, to) = (step.from.max(first), until.map_or(last, |until| until.min(last)));
        if from > to {
            continue;
        }
        sequence += 1;
        all.extend(step.intakes.iter().map(|part| taken(course, sequence, part, from, to)));
    }
    all
}

fn taken(course: &Course<'_>, sequence: u16, part: &Part<'_>, from: NaiveDate, to: NaiveDate) -> Dosage {
    let dosing = course.dosing();
    let Intake { mass, units, .. } = part.intake;
    let route = dosing.listed.regimen.route;
    let every = dosing.every().filter(|days| days.count() > 1);
    let taken = words::intake(mass, units, dosing.product.form, dosing.every(), part.when);
    let verification = dosing.listed.regimen.step_down.as_ref().and_then(|rule| rule.verification);
    let lines = [
        ("Product", marked(dosing.product.name.as_str(), dosing.product.verification)),
        ("Take", marked(&taken, dosing.row.verification.or(verification))),
        ("Days", words::on_days(from, to)),
        ("Route", spoken::route(route).to_owned()),
    ];
    let start = course.dosed().schedule.start_date;
    let extra = part.when.map(str::to_owned).into_iter().chain(every.map(|_| words::counted_from(start)));
    Dosage {
        sequence,
        text: words::card(lines),
        additional_instruction: extra.map(Concept::text).collect(),
        timing: Timing {
            event: Vec::new(),
            repeat: Some(Repeat {
                bounds_period: Some(Period { start: from, end: Some(to) }),
                frequency: Some(1),
                period: Some(dosing.every().map_or(1, Days::count)),
                period_unit: Some("d"),
                ..Repeat::default()
            }),
        },
        route: codes::route(route, spoken::route(route)),
        dose_and_rate: vec![DoseAndRate::of(mass, None)],
    }
}

/// The doses a day in the order in which they hold.
fn steps<'d>(course: &Course<'d>) -> Vec<Step<'d>> {
    let dosing = course.dosing();
    if dosing.steps.is_empty() {
        return vec![Step { from: course.dosed().schedule.start_date, intakes: parts(dosing, &dosing.intakes) }];
    }
    dosing.steps.iter().map(|step| Step { from: step.date, intakes: parts(dosing, &step.intakes) }).collect()
}

fn parts<'d>(dosing: &'d Dosing, intakes: &[Intake]) -> Vec<Part<'d>> {
    if intakes.is_empty() {
        // The regimen does not split the dose: it is taken together.
        let units = dosing.mass.in_units_of(dosing.product.contains.0).unwrap_or(0);
        return vec![Part { intake: Intake { when: "", mass: dosing.mass, units }, when: None }];
    }
    intakes.iter().map(|intake| Part { intake: *intake, when: Some(intake.when) }).collect()
}
