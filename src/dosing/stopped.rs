//! What a plan does not keep once it is stopped, computed again from its request: the row of the table, the figures of
//! a hold, and the creatinine at which nothing would stop it.

use super::{
    calcium::in_band,
    case::Case,
    course::Judged,
    dose::row,
    dose_changes::{creatinine_end, dose_of},
    hold,
    kidney::State,
    plan as make,
};
use crate::{
    plan::{Evidence, Hold, Outcome, Plan},
    quantity::{ClearanceRange, Creatinine, limit_places},
    regimen::{Code, DoseRow, Kidney},
};

/// The row of the dose table that fits this patient today, also where the plan is stopped.
pub fn table_row(plan: &Plan) -> Option<&'static DoseRow> {
    let case = Case::of(&plan.request, plan.library).ok()?;
    row(case.regimen(), case.limits(), case.kidney, case.calcium)
}

/// When the course is held, where creatinine holds it; also where the plan is stopped.
pub fn hold_of(plan: &Plan) -> Option<Hold> {
    match &plan.outcome {
        Outcome::Dosed(dosed) => dosed.dosing.hold,
        Outcome::Stopped => {
            let is_old = plan.findings.iter().any(|finding| finding.code() == Code::CreatinineOld);
            hold::hold(&Case::of(&plan.request, plan.library).ok()?, is_old)
        }
    }
}

/// The figure that today's creatinine has reached, where its rise holds the course: that of the baseline's unit where
/// it is reached, else that of today's unit, cut off to the places of a limit.
pub fn risen_to(plan: &Plan) -> Option<Creatinine> {
    let risen = |evidence: &Evidence| match evidence {
        Evidence::CreatinineRisen { now, held: false, .. } => Some(*now),
        _ => None,
    };
    let now = plan.findings.iter().find_map(|finding| risen(&finding.evidence))?;
    let case = Case::of(&plan.request, plan.library).ok()?;
    let thresholds = Judged::of(&case)?.thresholds(now.unit);
    let reached = thresholds.into_iter().find(|threshold| threshold.holds(now))?;
    Some(Creatinine { value: reached.at.floor(limit_places(reached.unit)).trimmed(), unit: reached.unit })
}

/// The largest creatinine, in the unit that was entered and with the places of a limit, with which this plan would not
/// be stopped; none where it is not stopped, where something else stops it too, and where a course is held, which
/// resumes by its own rule.
pub fn givable_creatinine(plan: &Plan) -> Option<Creatinine> {
    let held = plan.findings.iter().any(|finding| finding.code() == Code::CreatinineRisen);
    if held || matches!(plan.outcome, Outcome::Dosed(_)) {
        return None;
    }
    let case = Case::of(&plan.request, plan.library).ok()?;
    let State::Cleared { clearance, creatinine, .. } = case.kidney.state else { return None };
    let by_table = lowest_given(&case)?.low.map(|edge| clearance.creatinine_above(creatinine, edge));
    let value = by_table.into_iter().chain(creatinine_end(&case, creatinine)).map(|it| it.value).min()?;
    if value >= creatinine.value {
        return None;
    }
    let givable = Creatinine { value, unit: creatinine.unit };
    is_given_with(plan, givable).then_some(givable)
}

/// Whether the same request is not stopped with this creatinine.
fn is_given_with(plan: &Plan, creatinine: Creatinine) -> bool {
    let mut request = plan.request.clone();
    request.labs.creatinine = Some(creatinine);
    make(request, plan.library).is_ok_and(|plan| matches!(plan.outcome, Outcome::Dosed(_)))
}

/// The lowest range of clearance with a dose for this calcium.
fn lowest_given(case: &Case<'_>) -> Option<ClearanceRange> {
    let of_calcium = |row: &&DoseRow| {
        row.calcium.is_none_or(|band| {
            case.calcium.corrected().is_some_and(|calcium| in_band(&case.limits().calcium, calcium, band.0))
        })
    };
    let given = case.regimen().doses.iter().filter(of_calcium).filter(|row| dose_of(case, row).is_some());
    let ranges = given.filter_map(|row| match row.clearance.map(|it| it.0) {
        Some(Kidney::Range(range)) => Some(range),
        _ => None,
    });
    ranges.min_by_key(|range| range.low.map(|edge| edge.at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{quantity::CreatinineUnit, regimen::Library, request::Request};

    const REQUEST: &str = include_str!("../../tests/requests/a-request.json");

    /// The plan of the example with a course under way, whose baseline and today's creatinine are these.
    fn under_way(baseline: &str, today: &str) -> Plan {
        let course = format!(
            r#""course": {{"first_dose": "2026-08-01", "last_dose": "2026-11-01", "dose_mg": 3.5,
            "baseline_creatinine": {{{baseline}, "date": "2026-07-30"}}}}, "patient""#
        );
        let request = REQUEST.replace(r#""value": 92, "unit": "umol/L""#, today).replace("\"patient\"", &course);
        make(Request::parse(request.as_bytes()).unwrap(), Library::shipped()).unwrap()
    }

    fn reached(baseline: &str, today: &str) -> Option<String> {
        risen_to(&under_way(baseline, today)).map(|it| it.to_string())
    }

    #[test]
    fn the_figure_that_was_reached_is_true_of_todays_value() {
        let normal = r#""value": 92, "unit": "umol/L""#;
        assert_eq!(reached(normal, r#""value": 135.9, "unit": "umol/L""#), None);
        assert_eq!(reached(normal, r#""value": 136, "unit": "umol/L""#).as_deref(), Some("136 µmol/L"));
        // 1.55 mg/dL is 137.02 µmol/L.
        assert_eq!(reached(normal, r#""value": 1.55, "unit": "mg/dL""#).as_deref(), Some("136 µmol/L"));
        // 132.5 µmol/L is 1.4988 mg/dL, below 1.5, and at least 88.4 + 44.
        let one = r#""value": 1.0, "unit": "mg/dL""#;
        assert_eq!(reached(one, r#""value": 132.5, "unit": "umol/L""#).as_deref(), Some("132.4 µmol/L"));
    }

    #[test]
    fn a_hold_has_its_figures_also_where_it_stops_the_plan() {
        let plan = under_way(r#""value": 92, "unit": "umol/L""#, r#""value": 140, "unit": "umol/L""#);
        assert!(matches!(plan.outcome, Outcome::Stopped));
        let Some(Hold::At(figures)) = hold_of(&plan) else { panic!("figures") };
        let unit = CreatinineUnit::MicromolesPerLitre;
        assert_eq!(figures.hold_at_least, Creatinine { value: "136".parse().unwrap(), unit });
        assert_eq!(figures.resume_at_most, Creatinine { value: "101.2".parse().unwrap(), unit });
        assert_eq!(givable_creatinine(&plan), None);
    }
}
