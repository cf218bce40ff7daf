//! Where what is said beside the figures comes from: findings, directions, supplements, other products.

use super::{About, Reason, sentence};
use crate::{
    plan::{Dosed, Finding, Plan},
    present::sections::second_check as compared,
    regimen::{Disagreement, Library, Severity, Statement},
    words::{spoken, summary, why as words},
};

pub(super) fn finding(plan: &Plan, finding: &Finding) -> Reason {
    let code = finding.code();
    let confirmation = plan.confirmation(finding);
    let state = (finding.severity == Severity::Confirm).then_some(confirmation.is_some());
    let value = words::finding_value(spoken::severity(finding.severity), state);
    Reason::new(About::Finding(code), spoken::capital(&code.as_str().replace('-', " ")), value)
        .says(finding.to_string())
        .says_all(confirmation.map(|it| summary::confirmed(it.by.as_str(), it.reason.as_str())))
        .cited(plan.library(), finding.sources.iter().copied())
        .marked(finding.verification)
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
