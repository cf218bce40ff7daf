//! Conditions, medicines, teeth, age, label and licence: how severe each is for this drug.

use chrono::NaiveDate;

use super::case::Case;
use crate::{
    patient::Dental,
    plan::{Evidence, Findings},
    regimen::{Concern, Gravity, Infusion, Listed, Question, SafetyRule, Severity, Status, Trigger},
    request::Request,
};

/// Adds what the patient's history says against this regimen.
pub(super) fn assess(case: &Case<'_>, infusion: Option<&Infusion>, findings: &mut Findings) {
    let (request, listed) = (case.request, case.listed());
    age(case, findings);
    for concern in Concern::ALL.iter().copied().filter(|concern| concerns(request, *concern)) {
        let Some(rule) = listed.safety(concern) else { continue };
        let bag_fits = rule.from_bag.is_none_or(|least| infusion.is_some_and(|it| it.bag.0 >= least.0));
        let tumour_fits = rule.tumours.is_empty() || rule.tumours.contains(&request.tumour);
        if bag_fits
            && tumour_fits
            && let Some(severity) = gravity(rule, request, findings).severity()
        {
            findings.add_marked(severity, Evidence::Stated { concern }, &rule.sources, rule.verification);
        }
    }
    label(request, listed, findings);
    status(request.treatment.start_date, listed, findings);
}

/// Whether the concern is one of this patient's, by what was stated.
fn concerns(request: &Request, concern: Concern) -> bool {
    match concern.trigger() {
        Trigger::Condition(condition) => request.has(condition),
        Trigger::Medicine(medicine) => request.takes(medicine),
        Trigger::Dental(dental) => request.dental() == dental,
        Trigger::NotAsked(Question::Conditions) => request.conditions().is_none(),
        Trigger::NotAsked(Question::Medicines) => request.medicines().is_none(),
        Trigger::NotAsked(Question::LastAntiresorptive) => request.earlier_dose().is_none(),
        // Age, calcium and creatinine are judged by their figures.
        Trigger::Age | Trigger::Calcium | Trigger::Creatinine => false,
    }
}

fn gravity(rule: &SafetyRule, request: &Request, findings: &Findings) -> Gravity {
    let fit = (request.dental() == Dental::Fit).then_some(rule.severity_if_teeth_fit).flatten();
    let raised = rule.severity_if_raised.as_ref().filter(|it| findings.has(it.finding)).map(|it| it.severity);
    fit.or(raised).unwrap_or(rule.severity)
}

fn age(case: &Case<'_>, findings: &mut Findings) {
    let least_years = case.limits().least_age;
    let age_years = case.age_years();
    if age_years < least_years
        && let Some(rule) = case.listed().safety(Concern::AgeUnder18)
        && let Some(severity) = rule.severity.severity()
    {
        findings.add(severity, Evidence::AgeUnder { age_years, least_years }, &rule.sources);
    }
}

fn label(request: &Request, listed: Listed, findings: &mut Findings) {
    let region = request.region.unwrap_or_default();
    if let Some(licence) = &listed.regimen.licence
        && !licence.regions.contains(&region)
    {
        findings.add(licence.severity, Evidence::NotLicensed { region }, &licence.sources);
    }
    let label = &listed.regimen.label;
    if !label.tumours.contains(&request.tumour) {
        let severity = if label.noted.contains(&request.tumour) { Severity::Note } else { Severity::Confirm };
        findings.add(severity, Evidence::OutsideLabel { tumour: request.tumour }, &label.sources);
    }
}

fn status(start: NaiveDate, listed: Listed, findings: &mut Findings) {
    let drug = listed.drug;
    let owner = drug.owner.as_str();
    match drug.status {
        Status::UnderReview => findings.add(Severity::Note, Evidence::UnderReview { owner }, &[]),
        Status::Draft => findings.add(Severity::Note, Evidence::Draft { owner }, &[]),
        Status::Endorsed | Status::Superseded => {}
    }
    if drug.next_review < start {
        findings.add(Severity::Note, Evidence::ReviewOverdue { due: drug.next_review }, &[]);
    }
}
