//! What may be done with a plan: one word, one sentence with its figure and limit, and what to do next.

use super::{how_far, visits};
use crate::{
    dosing,
    plan::{Evidence, Finding, Hold, Plan, PlanStatus, SecondCheckResult},
    quantity::Mass,
    regimen::{Code, Kidney, Severity, Topic},
    words::{self, Around, Next, verdict as said},
};

/// What may be done with a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// In a word.
    pub word: VerdictWord,
    /// In a sentence or two, every figure with its limit.
    pub sentence: String,
}

/// What may be done with a plan, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictWord {
    /// It may be followed.
    Ready,
    /// Something must be settled by a named person first.
    Confirm,
    /// No dose today: the creatinine of a course under way has risen, and nothing else stops it.
    Hold,
    /// No dose is planned.
    Stop,
}

/// The creatinine of a course under way against its baseline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rise {
    /// "92 µmol/L on 18-Nov-2026".
    pub baseline: String,
    /// "140 µmol/L, 48 above baseline".
    pub today: String,
    /// "136 µmol/L or above".
    pub hold_at: String,
    /// "101.2 µmol/L or below".
    pub resume_at: Option<String>,
}

/// What may be done with a plan.
pub fn verdict(plan: &Plan) -> Verdict {
    match plan.status() {
        PlanStatus::Ready => Verdict { word: VerdictWord::Ready, sentence: said::ready(plan.has_confirmed()) },
        PlanStatus::NeedsConfirmation => {
            let sentence = said::confirm(plan.open_findings().count(), plan.second_check());
            Verdict { word: VerdictWord::Confirm, sentence }
        }
        PlanStatus::Stopped => {
            let around = around(plan);
            let reasons: Vec<String> = stops(plan).map(|finding| words::in_short(finding, &around)).collect();
            let first = reasons.first().map_or("", String::as_str);
            if is_held(plan) {
                Verdict { word: VerdictWord::Hold, sentence: said::hold(first) }
            } else {
                Verdict { word: VerdictWord::Stop, sentence: said::stop(first, reasons.len().saturating_sub(1)) }
            }
        }
    }
}

fn stops(plan: &Plan) -> impl Iterator<Item = &Finding> {
    plan.findings().iter().filter(|finding| finding.severity == Severity::Stop)
}

/// Whether nothing stops the plan but the risen creatinine of a course under way.
fn is_held(plan: &Plan) -> bool {
    plan.status() == PlanStatus::Stopped && stops(plan).all(|finding| finding.code() == Code::CreatinineRisen)
}

/// The limits around the findings of a plan.
pub(super) fn around(plan: &Plan) -> Around {
    let has = |code| plan.findings().iter().any(|finding| finding.code() == code);
    let given = plan.listed().regimen.doses.iter().filter(|row| row.dose.is_some());
    let lowest = given.filter_map(|row| match row.clearance.map(|it| it.0) {
        Some(Kidney::Range(range)) => range.low,
        _ => None,
    });
    Around {
        normal_calcium: plan.calcium().normal,
        band: plan.renal().and_then(|renal| renal.band),
        lowest_clearance: lowest.min_by_key(|edge| edge.at),
        risen_to: has(Code::CreatinineRisen).then(|| dosing::risen_to(plan)).flatten(),
    }
}

/// Steps, each said once.
#[derive(Default)]
struct Steps(Vec<String>);

impl Steps {
    fn add(&mut self, step: impl Into<String>) {
        let step = step.into();
        if !self.0.contains(&step) {
            self.0.push(step);
        }
    }

    fn add_all(&mut self, steps: impl IntoIterator<Item = String>) {
        steps.into_iter().for_each(|step| self.add(step));
    }
}

/// The next steps, in order: what to do, whom to tell, which value to take again, at which value treatment goes on.
/// None where the plan is ready, but for an emergency.
pub fn what_now(plan: &Plan) -> Vec<String> {
    steps(plan, true)
}

/// The next steps without the check that follows: its day is that of a course which begins with the plan.
#[cfg(feature = "ward")]
pub(crate) fn what_now_but_checks(plan: &Plan) -> Vec<String> {
    steps(plan, false)
}

fn steps(plan: &Plan, with_check: bool) -> Vec<String> {
    let mut steps = Steps::default();
    let next = Next {
        around: around(plan),
        rehydrate: emergency_says(plan, Topic::Hydration).next(),
        in_use: plan.request().course.as_ref().and_then(|course| Mass::milligrams(course.dose_mg)),
    };
    // Nothing comes before the emergency itself.
    let severe = |it: &&Finding| matches!(it.evidence, Evidence::CalciumHigh { severe: true, .. });
    steps.add_all(plan.findings().iter().filter(severe).flat_map(|it| words::next_steps(it, &next)));
    match plan.status() {
        PlanStatus::Stopped => stopped(plan, &next, &mut steps),
        PlanStatus::NeedsConfirmation => {
            emergency(plan, with_check, &mut steps);
            steps.add_all(plan.open_findings().flat_map(|it| words::next_steps(it, &next)));
            match plan.second_check() {
                SecondCheckResult::Differs => steps.add(said::SECOND_CHECK_DIFFERS),
                SecondCheckResult::SamePerson => steps.add(said::ANOTHER_PERSON),
                SecondCheckResult::NotDone | SecondCheckResult::Agrees => {}
            }
            if plan.open_findings().next().is_some() {
                steps.add(said::CONFIRM_WHAT_REMAINS);
            }
        }
        PlanStatus::Ready => emergency(plan, with_check, &mut steps),
    }
    steps.0
}

fn stopped(plan: &Plan, next: &Next<'_>, steps: &mut Steps) {
    steps.add_all(stops(plan).flat_map(|it| words::next_steps(it, next)));
    steps.add_all(how_far(plan));
    if !is_held(plan) {
        steps.add(said::TELL_THE_PRESCRIBER);
    }
}

/// What an emergency asks for beside the dose: fluid, what not to give, and the next check.
fn emergency(plan: &Plan, with_check: bool, steps: &mut Steps) {
    // The first of what is said of fluid is rehydration; what the patient drinks comes after it.
    let says = emergency_says(plan, Topic::Hydration).take(1).chain(emergency_says(plan, Topic::Supplements));
    steps.add_all(says.map(str::to_owned));
    if with_check && plan.listed().regimen.emergency.is_some() {
        let check = visits(plan).into_iter().find(|visit| visit.number.is_none() && !visit.checks.is_empty());
        steps.add_all(check.map(|visit| said::next_check(visit.date, &visit.checks)));
    }
}

/// What a regimen for an emergency says of a topic.
fn emergency_says(plan: &Plan, topic: Topic) -> impl Iterator<Item = &'static str> {
    let listed = plan.listed();
    let is_emergency = listed.regimen.emergency.is_some() || listed.regimen.fixed_length.is_some();
    listed.directions().filter(move |it| is_emergency && it.about == topic).map(|it| it.text.as_str())
}

/// The creatinine of a course under way against its baseline, where the regimen judges it by one.
pub fn rise(plan: &Plan) -> Option<Rise> {
    let course = plan.request().course.as_ref()?;
    let dated = course.baseline_creatinine.as_ref()?;
    let now = plan.request().labs.creatinine?;
    let Hold::At(figures) = dosing::hold_of(plan)? else { return None };
    Some(Rise {
        baseline: said::baseline(figures.baseline, dated.date),
        today: said::today(now, figures.baseline),
        hold_at: said::or_above(figures.hold_at_least),
        resume_at: Some(said::or_below(figures.resume_at_most)),
    })
}
