//! Safety rules: every regimen answers every concern, once, so that none is forgotten in silence.

use super::{Checked, Defect, Named, Reporter};
use crate::regimen::{
    document::SafetyRule,
    finding_code::{Code, Concern, Gravity, Trigger},
};

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    let rules = it.regimen.safety.iter().chain(&it.drug.safety);
    for concern in Concern::ALL {
        if !rules.clone().any(|rule| rule.when == *concern) {
            report.note(it.path("safety"), Defect::Unanswered { concern: *concern });
        }
    }
    raised(it, &it.regimen.safety, &it.path("safety"), report);
    if it.index == 0 {
        raised(it, &it.drug.safety, "safety", report);
    }
    list(&it.regimen.safety, &it.path("safety"), report);
    if it.index == 0 {
        list(&it.drug.safety, "safety", report);
    }
}

/// Whether a concern stops the plan of every patient it is one of: the regimen's rule goes before the
/// drug's.
pub(super) fn stops_everyone(it: Checked<'_>, concern: Concern) -> bool {
    let rule = it.regimen.safety.iter().chain(&it.drug.safety).find(|rule| rule.when == concern);
    rule.is_some_and(|rule| {
        let raised = rule.severity_if_raised.as_ref().map(|it| it.severity);
        let otherwise = [rule.severity_if_teeth_fit, raised].into_iter().flatten();
        let stops = rule.severity == Gravity::Stop && otherwise.into_iter().all(|it| it == Gravity::Stop);
        stops && rule.tumours.is_empty() && rule.from_bag.is_none()
    })
}

/// A weight beside a finding goes with one that a dose table of the drug raises.
fn raised(it: Checked<'_>, rules: &[SafetyRule], path: &str, report: &mut Reporter<'_>) {
    let of_rows: Vec<Code> = it
        .drug
        .regimens
        .iter()
        .flat_map(|regimen| &regimen.doses)
        .flat_map(|row| row.findings.iter().map(|finding| finding.finding))
        .collect();
    for (index, rule) in rules.iter().enumerate() {
        if let Some(raised) = rule.severity_if_raised.as_ref().filter(|it| !of_rows.contains(&it.finding)) {
            let path = format!("{path}[{index}].severity_if_raised.finding");
            report.note(path, Defect::NeverRaised { finding: raised.finding });
        }
    }
}

fn list(rules: &[SafetyRule], path: &str, report: &mut Reporter<'_>) {
    report.twice(|index| format!("{path}[{index}].when"), Named::Concern, rules.iter().map(|rule| rule.when.as_str()));
    for (index, rule) in rules.iter().enumerate() {
        if rule.severity_if_teeth_fit.is_some_and(|fit| fit < rule.severity) {
            report.note(format!("{path}[{index}].severity_if_teeth_fit"), Defect::HeavierWithFitTeeth);
        }
        // Age, calcium and creatinine are judged by their figures, for every patient.
        let by_figures = matches!(rule.when.trigger(), Trigger::Age | Trigger::Calcium | Trigger::Creatinine);
        let narrowed = [
            ("tumours", !rule.tumours.is_empty()),
            ("from_bag", rule.from_bag.is_some()),
            ("severity_if_teeth_fit", rule.severity_if_teeth_fit.is_some()),
            ("severity_if_raised", rule.severity_if_raised.is_some()),
        ];
        for (key, _) in narrowed.into_iter().filter(|(_, is_there)| by_figures && *is_there) {
            let defect = Defect::WithoutEffect { key, concern: rule.when };
            report.note(format!("{path}[{index}].{key}"), defect);
        }
    }
}
