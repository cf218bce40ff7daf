//! How old the laboratory values are on the day of the first dose, and limits of creatinine itself.

use super::{calcium, case::Case};
use crate::{
    patient::Indication,
    plan::{Age, Evidence, Findings},
    quantity::Days,
    regimen::{Severity, ValueAges},
};

/// Adds what the age of the values says, and a creatinine above its limit.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) {
    let request = case.request;
    let ages = case.library.ages(case.regimen());
    let emergency = request.indication == Indication::Hypercalcaemia;
    let days = (case.first_day - request.labs.date).num_days();
    if request.labs.creatinine.is_some()
        && let Some((severity, limit)) = older(&ages.creatinine, days, findings)
    {
        findings.add(severity, Evidence::CreatinineOld(Age { days, limit, emergency }), &ages.sources);
    }
    if let Some(limit) = ages.creatinine.unknown_after {
        let age_days = request.labs.creatinine.is_some().then_some(days);
        if age_days.is_none_or(|days| days > limit.0.count()) {
            let evidence = Evidence::CreatinineUnknown { age_days, limit: limit.0 };
            findings.add(Severity::Confirm, evidence, &ages.sources);
        }
    }
    if request.labs.calcium.is_some() {
        let days = calcium::age_in_days(request, case.first_day);
        if let Some((severity, limit)) = older(&ages.calcium, days, findings) {
            findings.add(severity, Evidence::CalciumOld(Age { days, limit, emergency }), &ages.sources);
        }
    }
    creatinine_limit(case, findings);
}

/// The severity of a value this old, and the limit it is older than; none once it counts as not known.
fn older(ages: &ValueAges, days: i64, findings: &Findings) -> Option<(Severity, Days)> {
    let exceeded = |limit: Option<crate::json::Written<Days>>| limit.map(|it| it.0).filter(|it| days > it.count());
    if exceeded(ages.unknown_after).is_some() {
        return None;
    }
    let sooner = ages.confirm_sooner.as_ref().filter(|it| findings.has(it.finding)).map(|it| it.after);
    exceeded(ages.stop_after)
        .map(|limit| (Severity::Stop, limit))
        .or_else(|| exceeded(sooner).or_else(|| exceeded(ages.confirm_after)).map(|limit| (Severity::Confirm, limit)))
        .or_else(|| exceeded(ages.note_after).map(|limit| (Severity::Note, limit)))
}

fn creatinine_limit(case: &Case<'_>, findings: &mut Findings) {
    let Some(rule) = &case.regimen().creatinine_limit else { return };
    if let Some(creatinine) = case.request.labs.creatinine
        && rule.limit.0.reached_by(creatinine)
    {
        let limit = rule.limit.0.in_unit(creatinine.unit);
        let evidence = Evidence::CreatinineTooHigh { creatinine, limit };
        findings.add_marked(rule.severity, evidence, &rule.sources, rule.verification);
    }
}
