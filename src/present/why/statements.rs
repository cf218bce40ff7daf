//! Where what is said beside the figures comes from: findings, directions, supplements, other products.

use super::{About, Reason, sentence};
use crate::{
    dosing::hold_of,
    plan::{Dosed, Evidence, Finding, Hold, Plan, PlanStatus},
    present::{
        dose_table, how_far, reduction,
        sections::second_check as compared,
        verdict::{around, verdict as of_plan},
    },
    regimen::{Code, Disagreement, Library, Severity, Statement},
    words::{in_short_without_dose, spoken, summary, why as words},
};

/// The columns of a title that is a sentence.
const TITLE: usize = 62;

/// Why the verdict is what it is: each finding that decides it, with the working and the table where the clearance does.
pub(super) fn verdict(plan: &Plan) -> Reason {
    let sentence = of_plan(plan).sentence;
    let around = around(plan);
    let deciding = deciding(plan);
    // The sentence of a plan that is stopped has said the first.
    let said = usize::from(plan.status() == PlanStatus::Stopped);
    let reason = Reason::new(About::Verdict, words::THIS_VERDICT, sentence)
        .says_all(reduction(plan))
        .says_all(deciding.iter().skip(said).map(|it| in_short_without_dose(it, &around)))
        .cited(plan.library(), deciding.iter().flat_map(|it| it.sources.iter().copied()));
    let marked = deciding.iter().fold(reason, |reason, it| reason.marked(it.verification));
    let held = marked.worked_out(deciding.iter().flat_map(|it| of_hold(plan, it)));
    if deciding.iter().any(|it| is_of_kidney(plan, it)) { with_table(plan, held) } else { held }
}

/// How the figures of a hold came about, where a risen creatinine stops the plan.
fn of_hold(plan: &Plan, finding: &Finding) -> Vec<String> {
    match (&plan.listed().regimen.baseline, hold_of(plan)) {
        (Some(rules), Some(Hold::At(figures))) if finding.code() == Code::CreatinineRisen => {
            words::hold_working(figures, rules)
        }
        _ => Vec::new(),
    }
}

/// What a finding is called: its short sentence, where that is one.
fn title(plan: &Plan, finding: &Finding) -> String {
    let short = in_short_without_dose(finding, &around(plan));
    match short.strip_suffix('.') {
        Some(title) if !title.contains(". ") && title.chars().count() <= TITLE => title.to_owned(),
        _ => spoken::capital(&finding.code().as_str().replace('-', " ")),
    }
}

/// The findings that decide the verdict: those that stop the plan, or those that must still be confirmed.
fn deciding(plan: &Plan) -> Vec<&Finding> {
    match plan.status() {
        PlanStatus::Ready => Vec::new(),
        PlanStatus::NeedsConfirmation => plan.open_findings().collect(),
        PlanStatus::Stopped => plan.findings().iter().filter(|it| it.severity == Severity::Stop).collect(),
    }
}

/// Whether a finding stops the plan because of the clearance or the creatinine itself.
fn is_of_kidney(plan: &Plan, finding: &Finding) -> bool {
    let of_kidney = matches!(
        finding.evidence,
        Evidence::RenalTooLow { .. }
            | Evidence::EveryDoseAboveRenalLimit { .. }
            | Evidence::DoseAboveRenalLimit { .. }
            | Evidence::BaselineTooLow { .. }
            | Evidence::CreatinineTooHigh { .. }
    );
    of_kidney && finding.severity == Severity::Stop && plan.status() == PlanStatus::Stopped
}

/// The working of the clearance, the dose table, and how far away a dose is.
fn with_table(plan: &Plan, reason: Reason) -> Reason {
    reason
        .worked_out(plan.renal().into_iter().flat_map(words::clearance_in_columns))
        .tabled(dose_table(plan))
        .says_all(how_far(plan))
}

pub(super) fn finding(plan: &Plan, finding: &Finding) -> Reason {
    let confirmation = plan.confirmation(finding);
    let state = (finding.severity == Severity::Confirm).then_some(confirmation.is_some());
    let value = words::finding_value(spoken::severity(finding.severity), state);
    let reason = Reason::new(About::Finding(finding.code()), title(plan, finding), value)
        .says(finding.to_string())
        .says_all(confirmation.map(|it| summary::confirmed(it.by.as_str(), it.reason.as_str())))
        .cited(plan.library(), finding.sources.iter().copied())
        .marked(finding.verification)
        .worked_out(of_hold(plan, finding));
    if is_of_kidney(plan, finding) { with_table(plan, reason) } else { reason }
}

/// The dose table of a plan that has no dose, with every source of its rows.
pub(super) fn table(plan: &Plan) -> Reason {
    let listed = plan.listed();
    let rows = || listed.regimen.doses.iter();
    let limit = listed.regimen.creatinine_limit.iter().flat_map(|it| &it.sources);
    let reason = Reason::new(About::DoseTable, words::DOSE_TABLE, listed.drug.name.as_str())
        .tabled(dose_table(plan))
        .says_all(how_far(plan))
        .written(plan.library(), rows().flat_map(|row| &row.sources))
        .written(plan.library(), limit);
    rows().fold(reason, |reason, row| reason.marked(row.verification))
}

/// Directions, supplements, notes on the course, other products, and treatment that follows.
pub(super) fn reasons(plan: &Plan, dosed: &Dosed) -> Vec<Reason> {
    let library = plan.library();
    let dosing = &dosed.dosing;
    let listed = dosing.listed;
    let mut reasons = Vec::new();
    let mut list = |what: &str, about: fn(usize) -> About, statements: Vec<&Statement>| {
        reasons.extend((0..).zip(statements).map(|(n, it)| statement(library, what, about(n), n, it)));
    };
    list("Direction", About::Direction, dosing.directions.clone());
    list("Supplement", About::Supplement, dosing.supplements.clone());
    list("Length of the course", About::CourseNote, listed.course_notes().collect());
    list("Not this product", About::OtherProduct, listed.not_these_products().collect());
    reasons.extend(follow_on(library, dosed));
    reasons
}

fn statement(library: &'static Library, what: &str, about: About, n: usize, it: &Statement) -> Reason {
    Reason::new(about, words::numbered(what, n + 1), it.text.as_str())
        .written(library, &it.sources)
        .marked(it.verification)
}

fn follow_on(library: &'static Library, dosed: &Dosed) -> Option<Reason> {
    let next = dosed.dosing.follow_on.as_ref()?;
    let value = summary::step(next.from, next.mass);
    Some(
        Reason::new(About::FollowOn, "Afterwards", value)
            .says(next.text)
            .written(library, next.sources)
            .written(library, next.row.sources.iter())
            .marked(next.row.verification),
    )
}

pub(super) fn disagreement(library: &'static Library, n: usize, it: &Disagreement) -> Reason {
    Reason::new(About::Disagreement(n), words::numbered("Sources disagree", n + 1), it.what.as_str())
        .says(sentence(it))
        .written(library, [&it.source])
        .marked(it.verification)
}

pub(super) fn second_check(plan: &Plan) -> Reason {
    Reason::new(About::SecondCheck, "Second check", compared(plan)).says(words::SECOND_CHECK)
}
