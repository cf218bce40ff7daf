//! Safety rules: every regimen answers every concern, once, so that none is forgotten in silence.

use super::{Checked, Defect, Named, Reporter};
use crate::regimen::{
    document::SafetyRule,
    finding_code::{Concern, Gravity, Trigger},
};

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    let rules = it.regimen.safety.iter().chain(&it.drug.safety);
    for concern in Concern::ALL {
        if !rules.clone().any(|rule| rule.when == *concern) {
            report.note(it.path("safety"), Defect::Unanswered { concern: *concern });
        }
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
        let stops = rule.severity == Gravity::Stop && rule.severity_if_teeth_fit.is_none_or(|it| it == Gravity::Stop);
        stops && rule.tumours.is_empty() && rule.from_bag.is_none()
    })
}

fn list(rules: &[SafetyRule], path: &str, report: &mut Reporter<'_>) {
    report.twice(|index| format!("{path}[{index}].when"), Named::Concern, rules.iter().map(|rule| rule.when.as_str()));
    for (index, rule) in rules.iter().enumerate() {
        if rule.severity_if_teeth_fit.is_some_and(|fit| fit < rule.severity) {
            report.note(format!("{path}[{index}].severity_if_teeth_fit"), Defect::HeavierWithFitTeeth);
        }
        // Age and calcium are judged by their figures, for every patient.
        let by_figures = matches!(rule.when.trigger(), Trigger::Age | Trigger::Calcium);
        let narrowed = [
            ("tumours", !rule.tumours.is_empty()),
            ("from_bag", rule.from_bag.is_some()),
            ("severity_if_teeth_fit", rule.severity_if_teeth_fit.is_some()),
        ];
        for (key, _) in narrowed.into_iter().filter(|(_, is_there)| by_figures && *is_there) {
            let defect = Defect::WithoutEffect { key, concern: rule.when };
            report.note(format!("{path}[{index}].{key}"), defect);
        }
    }
}
