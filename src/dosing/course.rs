//! A course under way: the dose in use is kept, and today's creatinine says go, hold or resume.

use std::cmp::Ordering;

use super::{
    case::Case,
    hold::{Threshold, resume_at_most},
    kidney::State,
};
use crate::{
    patient::{HeldBecause, age_on},
    plan::{Evidence, Findings},
    quantity::{Clearance, Creatinine, CreatinineUnit, Days, Mass, Ratio},
    regimen::{self, Baseline, Listed, Severity, edges},
    request::{Course, Request},
};

/// The dose in use, where the regimen's dose is kept for the whole course.
pub(super) fn dose_in_use(request: &Request, listed: Listed) -> Option<Mass> {
    listed.regimen.baseline.as_ref()?;
    Mass::milligrams(request.course.as_ref()?.dose_mg)
}

/// What today's creatinine is judged by: the rules, the course, and its baseline.
#[derive(Clone, Copy)]
pub(super) struct Judged<'c> {
    pub(super) rules: &'static Baseline,
    pub(super) course: &'c Course,
    pub(super) baseline: Creatinine,
}

impl<'c> Judged<'c> {
    /// The course of a case, where the regimen judges it by a baseline.
    pub(super) fn of(case: &Case<'c>) -> Option<Self> {
        let (rules, course) = (case.regimen().baseline.as_ref()?, case.request.course.as_ref()?);
        let baseline = course.baseline_creatinine.as_ref()?.measured();
        Some(Self { rules, course, baseline })
    }

    /// The creatinine values at which the course is held, for a creatinine in `unit`: one in its unit, or one in each
    /// unit where the baseline was measured in the other; the stricter holds.
    pub(super) fn thresholds(self, unit: CreatinineUnit) -> Vec<Threshold> {
        let Self { rules, course, baseline } = self;
        if course.hold() == Some(HeldBecause::Creatinine) {
            return vec![Threshold::resume(rules, baseline)];
        }
        let mut units = vec![baseline.unit];
        if unit != baseline.unit {
            units.push(unit);
        }
        units.into_iter().map(|unit| Threshold::rise(rules, baseline, unit)).collect()
    }
}

/// Adds what is known of a course under way.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) {
    let Some(course) = &case.request.course else { return };
    held(case, course, findings);
    long_gap(case, course, findings);
    if let Some(judged) = Judged::of(case) {
        creatinine(case, judged, findings);
        if let (Some(in_use), false) = (case.dose_in_use(), matches!(case.kidney.state, State::Dialysis)) {
            dose(case, judged, in_use, findings);
        }
    }
}

/// A hold that no rule of creatinine ends.
fn held(case: &Case<'_>, course: &Course, findings: &mut Findings) {
    let Some(reason) = course.hold() else { return };
    let by_rule = case.regimen().baseline.is_some() && reason == HeldBecause::Creatinine;
    if !by_rule {
        findings.add(Severity::Confirm, Evidence::CourseHeld { reason }, &[]);
    }
}

/// A last dose that lies long back.
fn long_gap(case: &Case<'_>, course: &Course, findings: &mut Findings) {
    let rule = case.regimen().interval.as_ref().and_then(|interval| interval.long_gap.as_ref());
    let (Some(rule), Some(weeks)) = (rule, case.choice.weeks) else { return };
    let limit = Days::new(weeks.saturating_mul(7).saturating_mul(rule.intervals));
    let days = (case.request.treatment.start_date - course.last_dose).num_days();
    if days > limit.count() {
        let evidence = Evidence::LongGap { last: course.last_dose, route: case.regimen().route, days, limit };
        findings.add_marked(Severity::Confirm, evidence, &rule.sources, rule.verification);
    }
}

/// Today's creatinine against the baseline.
fn creatinine(case: &Case<'_>, judged: Judged<'_>, findings: &mut Findings) {
    let Judged { rules, course, baseline } = judged;
    let Some(now) = case.request.labs.creatinine else { return };
    // Above the limit of creatinine itself that limit speaks alone.
    if case.regimen().creatinine_limit.as_ref().is_some_and(|rule| rule.limit.0.reached_by(now)) {
        return;
    }
    if judged.thresholds(now.unit).iter().any(|threshold| threshold.holds(now)) {
        let resume_at_most = resume_at_most(rules, baseline, case.regimen().creatinine_limit.as_ref());
        let held = course.hold() == Some(HeldBecause::Creatinine);
        findings.add(Severity::Stop, Evidence::CreatinineRisen { now, baseline, resume_at_most, held }, &rules.sources);
        return;
    }
    let rise = &rules.relative_rise;
    let from = baseline.in_mg_per_dl() * Ratio::new(i128::from(rise.at_least_percent), 100);
    if now.in_mg_per_dl() >= from {
        let evidence = Evidence::CreatinineRisenRelative { now, baseline, at_least_percent: rise.at_least_percent };
        findings.add_marked(Severity::Confirm, evidence, &rise.sources, rise.verification);
    }
}

/// The dose in use against the clearance at baseline, and against today's.
fn dose(case: &Case<'_>, judged: Judged<'_>, in_use: Mass, findings: &mut Findings) {
    let Judged { rules, course, baseline } = judged;
    let (request, regimen) = (case.request, case.regimen());
    let today = regimen.doses.iter().find(|row| row.clearance.is_none_or(|it| case.kidney.is(it.0)));
    if let (Some(by_today), Some(clearance)) = (today.and_then(|row| row.dose), case.kidney.clearance())
        && by_today.0 < in_use
    {
        let clearance = clearance.shown(&edges(regimen));
        findings.add(
            Severity::Note,
            Evidence::CourseBandLower { in_use, by_today: by_today.0, clearance },
            &rules.sources,
        );
    }
    let day = course.baseline_creatinine.as_ref().map_or(request.labs.date, |it| it.date);
    let age = age_on(request.patient.birth_date, day).unwrap_or(0);
    let clearance = Clearance::cockcroft_gault(age, request.patient.sex, case.kidney.weight.kg, baseline);
    let at_baseline = |row: &&regimen::DoseRow| match row.clearance.map(|it| it.0) {
        Some(regimen::Kidney::Range(range)) => range.contains(clearance),
        _ => false,
    };
    let Some(row) = regimen.doses.iter().find(at_baseline) else { return };
    let clearance = clearance.shown(&edges(regimen));
    let Some(by_baseline) = row.dose.map(|it| it.0) else {
        findings.add(Severity::Stop, Evidence::BaselineTooLow { clearance }, &rules.sources);
        return;
    };
    let severity = match in_use.cmp(&by_baseline) {
        Ordering::Greater => Severity::Confirm,
        Ordering::Less => Severity::Note,
        Ordering::Equal => return,
    };
    findings.add(severity, Evidence::CourseDose { in_use, by_baseline, clearance }, &rules.sources);
}
