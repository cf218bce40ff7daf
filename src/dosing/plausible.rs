//! Whether what was entered can be, and whether it is asked again.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    finding::{Evidence, Findings, Unusual},
    unusable::{Unusable, Why},
};
use crate::{
    patient::{CalciumKind, Condition, Indication, Tumour, age_on},
    quantity::{Decimal, Measured, Sex, Span, Unit},
    regimen::{Citation, Code, Limits, PlainSpan, Severity},
    request::Request,
};

/// Refuses what cannot be, and notes what is unusual.
pub(super) fn check<'a>(request: &'a Request, limits: &'a Limits, findings: &mut Findings<'a>) -> Result<(), Unusable> {
    dates(request)?;
    patient(request, limits, findings)?;
    laboratory(request, limits, findings)?;
    second_check(request, limits)?;
    confirmations(request)?;
    clinic(request)
}

fn dates(request: &Request) -> Result<(), Unusable> {
    let start = request.treatment.start_date;
    let labs = &request.labs;
    let birth = request.patient.birth_date;
    let not_after = |path, date: NaiveDate, other, other_date| {
        if date > other_date { Err(Unusable::new(path, Why::After { date, other, other_date })) } else { Ok(()) }
    };
    not_after("labs.date", labs.date, "treatment.start_date", start)?;
    not_after("patient.birth_date", birth, "labs.date", labs.date)?;
    if let Some(date) = labs.calcium_date {
        not_after("labs.calcium_date", date, "treatment.start_date", start)?;
        not_after("patient.birth_date", birth, "labs.calcium_date", date)?;
    }
    if let Some(last) = request.last_antiresorptive() {
        not_after("history.last_antiresorptive.date", last.date, "treatment.start_date", start)?;
    }
    if let Some(course) = &request.course {
        let baseline = course.baseline_creatinine.date;
        not_after("course.last_dose", course.last_dose, "treatment.start_date", start)?;
        not_after("course.first_dose", course.first_dose, "course.last_dose", course.last_dose)?;
        not_after("course.baseline_creatinine.date", baseline, "treatment.start_date", start)?;
        not_after("patient.birth_date", birth, "course.baseline_creatinine.date", baseline)?;
    }
    Ok(())
}

fn patient<'a>(request: &'a Request, limits: &'a Limits, findings: &mut Findings<'a>) -> Result<(), Unusable> {
    let patient = &request.patient;
    let age = age_on(patient.birth_date, request.treatment.start_date).unwrap_or(0);
    let years = Decimal::whole(i64::from(age));
    if !limits.age.possible.0.contains(years) {
        let (shown, possible) = (format!("{age} years"), limits.age.possible.0.to_string());
        return Err(Unusable::new("patient.birth_date", Why::Impossible { shown, possible, meant: None }));
    }
    if !limits.age.usual.0.contains(years) {
        let sources = limits.age.sources.iter().map(|it| &it.0);
        findings.add(Severity::Confirm, Evidence::Unusual(Unusual::Age(age)), sources);
    }
    let weight = (patient.weight_kg, &limits.weight.possible.0, &limits.weight.usual.0);
    plain("patient.weight_kg", "weight", Code::UnusualValueWeight, weight, cite(&limits.weight.sources), findings)?;
    if let Some(height) = patient.height_cm {
        let height = (height, &limits.height.possible.0, &limits.height.usual.0);
        plain("patient.height_cm", "height", Code::UnusualValueHeight, height, cite(&limits.height.sources), findings)?;
    }
    let odd = [Condition::Pregnant, Condition::BreastFeeding].into_iter().find(|it| request.has(*it));
    let unusual = match (patient.sex, odd) {
        (Sex::Female, _) if request.tumour == Tumour::Prostate => Some(Unusual::FemaleProstate),
        (Sex::Male, Some(condition)) => Some(Unusual::Male(condition)),
        _ => None,
    };
    if let Some(unusual) = unusual {
        findings.add(Severity::Confirm, Evidence::Unusual(unusual), []);
    }
    let giant_cell = request.tumour == Tumour::GiantCell;
    if request.indication == Indication::GiantCellTumour && !giant_cell {
        let why = Why::WrongTumour { tumour: request.tumour.as_str(), needed: Tumour::GiantCell.as_str() };
        return Err(Unusable::new("indication", why));
    }
    Ok(())
}

fn laboratory<'a>(request: &'a Request, limits: &'a Limits, findings: &mut Findings<'a>) -> Result<(), Unusable> {
    let labs = &request.labs;
    let spans = (limits.creatinine.possible.0, limits.creatinine.usual.0);
    let sources = || cite(&limits.creatinine.sources);
    let code = Code::UnusualValueCreatinine;
    if let Some(creatinine) = labs.creatinine {
        measured("labs.creatinine.value", "creatinine", code, creatinine, spans, sources(), findings)?;
    }
    if let Some(course) = &request.course {
        let baseline = course.baseline_creatinine.measured();
        let path = "course.baseline_creatinine.value";
        measured(path, "baseline creatinine", code, baseline, spans, sources(), findings)?;
    }
    if let Some(entry) = &labs.calcium {
        let ionised = entry.kind == Some(CalciumKind::Ionised);
        let (name, range) =
            if ionised { ("ionised calcium", &limits.ionised_calcium) } else { ("calcium", &limits.calcium) };
        let spans = (range.possible.0, range.usual.0);
        let code = Code::UnusualValueCalcium;
        measured("labs.calcium.value", name, code, entry.measured(), spans, cite(&range.sources), findings)?;
    }
    if let Some(albumin) = labs.albumin {
        let spans = (limits.albumin.possible.0, limits.albumin.usual.0);
        let sources = cite(&limits.albumin.sources);
        measured("labs.albumin.value", "albumin", Code::UnusualValueAlbumin, albumin, spans, sources, findings)?;
    }
    Ok(())
}

/// The figures of a second person must be possible too; how usual they are was asked with the first.
fn second_check(request: &Request, limits: &Limits) -> Result<(), Unusable> {
    let Some(second) = &request.second_check else { return Ok(()) };
    let mut none = Findings::default();
    let weight = (second.weight_kg, &limits.weight.possible.0, &limits.weight.possible.0);
    plain("second_check.weight_kg", "weight", Code::UnusualValueWeight, weight, [], &mut none)?;
    if let Some(creatinine) = second.creatinine {
        let spans = (limits.creatinine.possible.0, limits.creatinine.possible.0);
        let path = "second_check.creatinine.value";
        measured(path, "creatinine", Code::UnusualValueCreatinine, creatinine, spans, [], &mut none)?;
    }
    Ok(())
}

fn confirmations(request: &Request) -> Result<(), Unusable> {
    let mut confirmed = BTreeSet::new();
    for confirmation in &request.confirmations {
        let code = confirmation.finding.as_str();
        if !confirmed.insert(code) {
            let why = Why::ConfirmedTwice { code: crate::json::printable(code) };
            return Err(Unusable::new("confirmations", why));
        }
    }
    Ok(())
}

fn clinic(request: &Request) -> Result<(), Unusable> {
    let weekdays = request.clinic.as_ref().and_then(|clinic| clinic.open_weekdays.as_ref());
    if weekdays.is_some_and(Vec::is_empty) {
        return Err(Unusable::new("clinic.open_weekdays", Why::NoWeekday));
    }
    Ok(())
}

fn cite(sources: &[crate::json::Written<Citation>]) -> impl Iterator<Item = &Citation> {
    sources.iter().map(|written| &written.0)
}

fn plain<'a>(
    path: &'static str,
    name: &'static str,
    code: Code,
    (value, possible, usual): (Decimal, &PlainSpan, &PlainSpan),
    sources: impl IntoIterator<Item = &'a Citation>,
    findings: &mut Findings<'a>,
) -> Result<(), Unusable> {
    let shown = format!("{value} {}", possible.unit);
    if !possible.contains(value) {
        let why = Why::Impossible { shown, possible: possible.to_string(), meant: None };
        return Err(Unusable::new(path, why));
    }
    if !usual.contains(value) {
        ask(name, code, (shown, usual.to_string(), None), sources, findings);
    }
    Ok(())
}

fn measured<'a, U: Unit>(
    path: &'static str,
    name: &'static str,
    code: Code,
    value: Measured<U>,
    (possible, usual): (Span<U>, Span<U>),
    sources: impl IntoIterator<Item = &'a Citation>,
    findings: &mut Findings<'a>,
) -> Result<(), Unusable> {
    let meant = |span: Span<U>| span.meant_unit(value).map(|unit| unit.to_string());
    if !possible.contains(value) {
        let (shown, range) = (value.to_string(), possible.in_unit(value.unit));
        let why = Why::Impossible { shown, possible: range, meant: meant(possible) };
        return Err(Unusable::new(path, why));
    }
    if !usual.contains(value) {
        ask(name, code, (value.to_string(), usual.in_unit(value.unit), meant(usual)), sources, findings);
    }
    Ok(())
}

fn ask<'a>(
    name: &'static str,
    code: Code,
    (shown, usual, meant): (String, String, Option<String>),
    sources: impl IntoIterator<Item = &'a Citation>,
    findings: &mut Findings<'a>,
) {
    let unusual = Unusual::Value { code, name, shown, usual, meant };
    findings.add(Severity::Confirm, Evidence::Unusual(unusual), sources);
}
