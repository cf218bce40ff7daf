//! Safety rules: every regimen answers every concern, once, so that none is forgotten in silence.

use super::{Checked, Defect, Reporter};
use crate::regimen::{document::SafetyRule, finding_code::Concern};

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    let rules = it.regimen.safety.iter().chain(&it.drug.safety);
    for concern in Concern::ALL {
        if !rules.clone().any(|rule| rule.when == *concern) {
            report.note(it.path("safety"), Defect::Unanswered { concern: concern.as_str() });
        }
    }
    once(&it.regimen.safety, &it.path("safety"), report);
    if it.index == 0 {
        once(&it.drug.safety, "safety", report);
    }
}

fn once(rules: &[SafetyRule], path: &str, report: &mut Reporter<'_>) {
    for (index, rule) in rules.iter().enumerate() {
        if rules[..index].iter().any(|before| before.when == rule.when) {
            let defect = Defect::Twice { what: "concern", name: rule.when.as_str().to_owned() };
            report.note(format!("{path}[{index}].when"), defect);
        }
    }
}
