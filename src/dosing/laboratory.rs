//! How old the laboratory values are on the start date, and limits of creatinine itself.

use super::{
    calcium,
    finding::{Evidence, Findings},
};
use crate::{
    patient::Indication,
    quantity::Days,
    regimen::{Citation, Library, Listed, Severity, ValueAges},
    request::Request,
};

/// Adds what the age of the values says, and a creatinine above its limit.
pub(super) fn assess(request: &Request, library: &'static Library, listed: Listed, findings: &mut Findings) {
    let ages = library.ages(listed.regimen);
    let sources = || ages.sources.iter().map(|it| &it.0);
    let emergency = request.indication == Indication::Hypercalcaemia;
    let days = (request.treatment.start_date - request.labs.date).num_days();
    if request.labs.creatinine.is_some()
        && let Some((severity, limit)) = older(&ages.creatinine, days)
    {
        findings.add(severity, Evidence::CreatinineOld { days, limit, emergency }, sources());
    }
    if let Some(limit) = ages.creatinine.unknown_after {
        let days = request.labs.creatinine.is_some().then_some(days);
        if days.is_none_or(|days| days > limit.0.count()) {
            let evidence = Evidence::CreatinineUnknown { days, limit: limit.0 };
            findings.add(Severity::Confirm, evidence, sources());
        }
    }
    if request.labs.calcium.is_some() {
        let days = calcium::age_in_days(request);
        if let Some((severity, limit)) = older(&ages.calcium, days) {
            findings.add(severity, Evidence::CalciumOld { days, limit, emergency }, sources());
        }
    }
    creatinine_limit(request, listed, findings);
}

/// The weight of a value this old, and the limit it is older than; none once it counts as not known.
fn older(ages: &ValueAges, days: i64) -> Option<(Severity, Days)> {
    let exceeded = |limit: Option<crate::json::Written<Days>>| limit.map(|it| it.0).filter(|it| days > it.count());
    if exceeded(ages.unknown_after).is_some() {
        return None;
    }
    exceeded(ages.stop_after)
        .map(|limit| (Severity::Stop, limit))
        .or_else(|| exceeded(ages.confirm_after).map(|limit| (Severity::Confirm, limit)))
        .or_else(|| exceeded(ages.note_after).map(|limit| (Severity::Note, limit)))
}

fn creatinine_limit(request: &Request, listed: Listed, findings: &mut Findings) {
    let Some(rule) = &listed.regimen.creatinine_limit else { return };
    if let Some(creatinine) = request.labs.creatinine
        && rule.limit.0.reached_by(creatinine)
    {
        let limit = rule.limit.0;
        let limit = format!("{} {}", limit.comparison, limit.pair.measured(creatinine.unit));
        let sources: Vec<&Citation> = rule.sources.iter().map(|it| &it.0).collect();
        findings.add(rule.severity, Evidence::CreatinineTooHigh { creatinine, limit }, sources);
    }
}
