//! At which creatinine a course is held, and up to which a held course resumes.

use super::case::Case;
use crate::{
    plan::{Hold, HoldAt},
    quantity::{Comparison, Creatinine, CreatinineUnit, Decimal, Pair, Ratio, limit_places},
    regimen::{Baseline, CreatinineLimit, Regimen, Severity},
};

/// The creatinine at which a course is held, or up to which a held course resumes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threshold {
    /// The figure, in `unit`.
    pub(super) at: Ratio,
    /// The unit of the figure.
    pub(super) unit: CreatinineUnit,
    /// The side on which the course is held.
    pub(super) held_when: Comparison,
}

impl Threshold {
    /// What a rise from a baseline reaches, by the figure of the rule in `unit`.
    pub(super) fn rise(rules: &Baseline, baseline: Creatinine, unit: CreatinineUnit) -> Self {
        let at = baseline.in_unit(unit) + rise(rules, baseline).in_unit(unit).ratio();
        Self { at, unit, held_when: Comparison::AtLeast }
    }

    /// Up to what a held course resumes.
    pub(super) fn resume(rules: &Baseline, baseline: Creatinine) -> Self {
        Self { at: resume(rules, baseline).ratio(), unit: baseline.unit, held_when: Comparison::Above }
    }

    /// Whether today's creatinine holds the course.
    pub(super) fn holds(self, now: Creatinine) -> bool {
        self.held_when.holds(&now.in_unit(self.unit), &self.at)
    }
}

/// The rise that holds a course: from a normal baseline, judged in its own unit, or from an abnormal one.
fn rise(rules: &Baseline, baseline: Creatinine) -> Pair<CreatinineUnit> {
    let normal = baseline.value <= rules.normal_up_to.0.in_unit(baseline.unit);
    if normal { rules.rise_from_normal.0 } else { rules.rise_from_abnormal.0 }
}

fn resume(rules: &Baseline, baseline: Creatinine) -> Decimal {
    baseline.value * Decimal::new(i64::from(rules.resume_at_percent), 2)
}

/// The largest creatinine at which a held course resumes, exactly and in the unit of the baseline, and never beyond the
/// limit of creatinine itself.
pub(super) fn resume_at_most(rules: &Baseline, baseline: Creatinine, limit: Option<&CreatinineLimit>) -> Creatinine {
    let unit = baseline.unit;
    let resume = resume(rules, baseline);
    let value = limit.and_then(|limit| last_below(limit, unit)).map_or(resume, |last| resume.min(last));
    Creatinine { value: value.trimmed(), unit }
}

/// The largest creatinine that a limit which stops the plan does not refuse.
pub(super) fn last_below(limit: &CreatinineLimit, unit: CreatinineUnit) -> Option<Decimal> {
    let at = limit.limit.0.pair.in_unit(unit).ratio();
    (limit.severity == Severity::Stop).then(|| limit.limit.0.comparison.last_before(at, limit_places(unit)))
}

/// When the course of this plan is held, where creatinine holds it; `is_old` says that today's creatinine is too old to
/// be the baseline.
pub(super) fn hold(case: &Case<'_>, is_old: bool) -> Option<Hold> {
    let regimen = case.regimen();
    regimen.baseline.as_ref()?;
    let of_course = case.request.baseline();
    let baseline = match of_course {
        Some(baseline) => baseline.measured(),
        None if is_old => return Some(Hold::AfterNextCreatinine),
        None => case.request.labs.creatinine?,
    };
    hold_from(regimen, baseline).map(Hold::At)
}

/// At which figures a course with this creatinine before its first dose is held and resumed; none where creatinine does
/// not hold it.
pub fn hold_from(regimen: &Regimen, baseline: Creatinine) -> Option<HoldAt> {
    let rules = regimen.baseline.as_ref()?;
    let unit = baseline.unit;
    let limit = regimen.creatinine_limit.as_ref();
    let risen = baseline.value + rise(rules, baseline).in_unit(unit);
    let refused = limit.filter(|limit| limit.severity == Severity::Stop).map(|it| it.limit.0.pair.in_unit(unit));
    let hold_at_least = Creatinine { value: refused.map_or(risen, |at| risen.min(at)).trimmed(), unit };
    Some(HoldAt { baseline, hold_at_least, resume_at_most: resume_at_most(rules, baseline, limit) })
}
