//! The state of one course: its doses as they were planned and answered, and what the next request says of it.

use std::{collections::BTreeSet, iter};

use chrono::NaiveDate;

use crate::{
    dosing::flow::{Gaps, Phase},
    json::{Text, vocabulary},
    patient::{HeldBecause, Route},
    quantity::{Days, Decimal, plus_months},
    regimen::Subject,
    request::{Course, DatedCreatinine, EarlierDose, Labs, LastAntiresorptive},
    ward::{
        event::{Counted, Deferred, EndReason, HoldReason, LoadingRule, Place, Planned, Rule, Slot},
        under_way::UnderWay,
    },
};

vocabulary! {
    /// How far a course is.
    pub enum Status {
        /// Nothing was given yet.
        Planned = "planned",
        /// It is under way.
        Active = "active",
        /// It is on hold.
        OnHold = "on-hold",
        /// Every dose of its plan was given or omitted.
        AllAnswered = "all-answered",
        /// It has ended.
        Ended = "ended",
    }
}

/// What became of a planned dose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was given, or supplied.
    Given {
        /// The entry.
        number: u64,
        /// The day.
        on: NaiveDate,
    },
    /// It was omitted.
    Omitted {
        /// The entry.
        number: u64,
        /// The day.
        on: NaiveDate,
    },
}

impl Answer {
    /// The entry.
    pub fn number(self) -> u64 {
        match self {
            Self::Given { number, .. } | Self::Omitted { number, .. } => number,
        }
    }

    /// The day.
    pub fn on(self) -> NaiveDate {
        match self {
            Self::Given { on, .. } | Self::Omitted { on, .. } => on,
        }
    }
}

/// A planned dose or supply, with what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct SlotState {
    /// Its number in the course.
    pub number: u16,
    /// The entry of the plan that it is from.
    pub plan: u64,
    /// The day it was planned for.
    pub planned: NaiveDate,
    /// Whether it does not wait for the clinic to open.
    pub urgent: bool,
    /// What became of it.
    pub answer: Option<Answer>,
    /// How it was deferred, the last time, and in which entry.
    pub deferred: Option<(u64, Deferred)>,
}

impl SlotState {
    /// Whether it was deferred and has no day in the course: none was said, or one past its end.
    pub(in crate::ward) fn waits_for_a_day(&self, ends: Option<NaiveDate>) -> bool {
        let is_none = |to: Option<NaiveDate>| to.is_none_or(|to| ends.is_some_and(|ends| to >= ends));
        self.deferred.as_ref().is_some_and(|(_, deferred)| is_none(deferred.to))
    }

    /// A dose of a plan, to which nothing has happened.
    pub(super) fn of(slot: &Slot, number: u16, plan: u64) -> Self {
        let Slot { planned, urgent, .. } = *slot;
        Self { number, plan, planned, urgent, answer: None, deferred: None }
    }
}

/// A dose or a supply that was given.
#[derive(Clone, Debug, PartialEq)]
pub struct DoseGiven {
    /// The entry.
    pub number: u64,
    /// The day.
    pub on: NaiveDate,
    /// The dose of the plan; none for one that was not planned.
    pub dose: Option<u16>,
    /// What was given, in mg.
    pub dose_mg: Decimal,
    /// What was planned, in mg: by the assessment that it rests on, else by the plan.
    pub planned_mg: Decimal,
    /// Whether all of it was given.
    pub complete: bool,
    /// How it was given, by the plan that was in force.
    pub route: Route,
    /// Where it was given.
    pub place: Place,
    /// The days for which a supply lasts; none of a dose.
    pub lasts: Option<Days>,
    /// Whether the engine had said go for it on that day, and nothing was recorded in between.
    pub had_go: bool,
}

impl DoseGiven {
    /// Whether it is another dose than was planned: of another amount, or interrupted and even so of a larger one.
    pub(super) fn is_another(&self) -> bool {
        if self.complete { self.dose_mg != self.planned_mg } else { self.dose_mg > self.planned_mg }
    }

    /// Whether it is what was missing of an interrupted one, right after these doses: not planned, and with all that was
    /// given of that one no more than was planned.
    pub(super) fn is_rest_after(&self, before: &[Self]) -> bool {
        // What was given of it may have been interrupted more than once, since the last dose that was complete.
        let parts = before.iter().rposition(|it| it.complete).map_or(before, |at| &before[at + 1..]);
        let parts = parts.iter().rposition(|it| it.dose.is_some()).map_or(parts, |at| &parts[at..]);
        let Some(interrupted) = parts.first() else { return false };
        let without = |missing: Decimal, part: &Self| Some(missing - part.dose_mg).filter(|left| !left.is_negative());
        let missing = parts.iter().try_fold(interrupted.planned_mg, without);
        self.dose.is_none() && missing.is_some_and(|missing| self.dose_mg <= missing)
    }
}

/// A hold that was not lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenHold {
    /// The entry.
    pub number: u64,
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub because: HoldReason,
    /// The day on which it is looked at again.
    pub look_again: Option<NaiveDate>,
}

/// A verdict by which the next dose is not given, whether anybody recorded a hold or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EngineHold {
    /// The entry of the assessment.
    pub number: u64,
    /// Its day.
    pub on: NaiveDate,
}

/// The end of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedOn {
    /// The entry.
    pub number: u64,
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub because: EndReason,
}

/// The state of a course.
#[derive(Clone, Debug, PartialEq)]
pub struct CourseState {
    /// Its number in the patient, from 1.
    pub number: u32,
    /// The plan in force.
    pub plan: Planned,
    /// The entry of that plan.
    pub plan_number: u64,
    /// The day of that entry.
    pub planned_on: NaiveDate,
    /// How far it is.
    pub status: Status,
    /// The course as it was under way before its first plan here.
    pub before: Option<Course>,
    /// The day of its first dose, here or before.
    pub first_dose: Option<NaiveDate>,
    /// The day of its last dose, here or before.
    pub last_dose: Option<NaiveDate>,
    /// How many doses were given in all, where that is known.
    pub doses_given: Option<u16>,
    /// The newest dose before the plan in force that this does not state: it was recorded after the plan, whose dates are
    /// those of a course without it.
    pub not_stated: Option<NaiveDate>,
    /// The dose in use, in mg; none before the first dose.
    pub dose_in_use: Option<Decimal>,
    /// The dose that comes next, in mg: the one in use, that of the newest assessment where each decides it anew, else
    /// that of the plan.
    pub dose_mg: Decimal,
    /// The creatinine before the first dose, where it judges those after it.
    pub baseline: Option<DatedCreatinine>,
    /// The holds that were not lifted, in the order of their days.
    pub holds: Vec<OpenHold>,
    /// The newest verdict on the next dose, where it is hold.
    pub stopped: Option<EngineHold>,
    /// Whether the engine said hold for a risen creatinine, and has not said since that it has come down.
    pub has_risen: bool,
    /// The end.
    pub ended: Option<EndedOn>,
    /// The doses of the plan, those that were answered first.
    pub slots: Vec<SlotState>,
    /// Everything that was given here, in the order of the days.
    pub doses: Vec<DoseGiven>,
    /// What its plans state of earlier doses, those that were replaced too.
    pub earlier: Vec<EarlierDose>,
    /// How far its assessments have looked.
    pub looked_at: LookedAt,
}

/// Up to which day the assessments of a course have looked at the patient.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LookedAt {
    /// The day of the newest assessment.
    pub on: Option<NaiveDate>,
    /// The day of the newest creatinine.
    pub creatinine: Option<NaiveDate>,
    /// The day of the newest calcium.
    pub calcium: Option<NaiveDate>,
}

impl LookedAt {
    /// Takes over an assessment of a day.
    pub(super) fn take(&mut self, on: NaiveDate, labs: &Labs) {
        let creatinine = labs.creatinine.map(|_| labs.date);
        let calcium = labs.calcium.as_ref().map(|_| labs.calcium_date.unwrap_or(labs.date));
        self.on = self.on.max(Some(on));
        self.creatinine = self.creatinine.max(creatinine);
        self.calcium = self.calcium.max(calcium);
    }

    /// Whether something was looked at on a day or later. A value counts from the day on which it was taken: one of an
    /// earlier day answers no check, though it is entered after it.
    pub fn since(&self, day: NaiveDate, what: Option<Subject>) -> bool {
        let newest = match what {
            Some(Subject::Creatinine) => self.creatinine,
            Some(Subject::Calcium | Subject::Electrolytes) => self.calcium,
            Some(_) | None => self.on,
        };
        newest.is_some_and(|newest| newest >= day)
    }
}

impl CourseState {
    /// The drug, by its word.
    pub fn drug(&self) -> &Text {
        &self.plan.drug
    }

    /// The next dose that is neither given nor omitted.
    pub fn next_slot(&self) -> Option<&SlotState> {
        self.slots.iter().find(|slot| slot.answer.is_none())
    }

    /// A dose of the plan by its number.
    pub fn slot(&self, number: u16) -> Option<&SlotState> {
        self.slots.iter().find(|slot| slot.number == number)
    }

    /// The day before which doses are given; none where there is no such day. It is counted from the first dose.
    pub fn ends(&self) -> Option<NaiveDate> {
        let counted = self.first_dose.zip(self.plan.months).map(|(first, months)| plus_months(first, months));
        counted.or(self.plan.ends)
    }

    /// The first day on which another dose is possible, and the day of the last one; none before the first dose.
    pub fn first_possible(&self) -> Option<(NaiveDate, NaiveDate)> {
        let (first, last) = self.first_dose.zip(self.last_dose)?;
        Some((self.gaps().first_possible(first, last), last))
    }

    /// Whether the last dose that the plan in force states is not recorded any more, and none was given since: nobody can
    /// say when the next one is due.
    pub(in crate::ward) fn last_stated_is_struck(&self) -> bool {
        self.plan.course.as_ref().map(|course| course.last_dose) > self.last_dose
    }

    /// Why it is on hold, as a request states it: for its creatinine while any hold for that is open, since that alone
    /// has a rule by which it is resumed. A risen creatinine holds it whether anybody recorded the hold or not. A plan of a held course leaves it on hold until a dose is given.
    pub fn held_because(&self) -> Option<HeldBecause> {
        let reasons = self.holds.iter().map(|hold| hold.because.held_because());
        let before = self.before.as_ref().filter(|_| self.doses.is_empty()).and_then(Course::hold);
        let risen = self.has_risen.then_some(HeldBecause::Creatinine);
        reasons.chain(risen).chain(before).min()
    }

    /// The course as the next request states it; none where it has not begun, has ended, or cannot be under way.
    pub fn request_course(&self) -> Option<Course> {
        if !self.plan.rule.has_courses || self.ended.is_some() {
            return None;
        }
        let given: Vec<NaiveDate> = self.doses.iter().map(|dose| dose.on).collect();
        let under_way = UnderWay {
            before: self.before.as_ref(),
            given: &given,
            are_doses: self.plan.unit == Counted::Doses,
            dose_mg: self.dose_in_use,
            baseline: self.baseline.clone(),
            held: self.held_because(),
        };
        under_way.course()
    }

    /// Whether a dose is the rest of one that was interrupted: not planned, right after it, and no more than was missing.
    pub fn is_rest(&self, dose: &DoseGiven) -> bool {
        let at = self.doses.iter().position(|it| it.number == dose.number);
        at.is_some_and(|at| dose.is_rest_after(&self.doses[..at]))
    }

    /// The holds of which the engine is not told, since no request can state them: before the first dose, and where the
    /// regimen has no courses.
    pub fn untold_holds(&self) -> Vec<OpenHold> {
        if self.request_course().is_some() { Vec::new() } else { self.holds.clone() }
    }

    /// Its doses here, as another request names them.
    pub fn antiresorptives(&self) -> impl DoubleEndedIterator<Item = LastAntiresorptive> {
        let named = |dose: &DoseGiven| LastAntiresorptive {
            drug: self.plan.drug.clone(),
            date: dose.on,
            route: Some(dose.route),
        };
        self.doses.iter().map(named)
    }

    /// The days of the doses of a scheme, such as infusions on consecutive days, that goes on on a day: one dose of the
    /// plan on each of the days before it without a break. None where no dose of it is open.
    pub(in crate::ward) fn running(&self, today: NaiveDate) -> BTreeSet<NaiveDate> {
        let is_planned = |on: NaiveDate| {
            let is_given = |slot: &SlotState| matches!(slot.answer, Some(Answer::Given { on: day, .. }) if day == on);
            self.slots.iter().any(|slot| slot.plan == self.plan_number && is_given(slot))
        };
        // The rest of a dose that was interrupted goes with it.
        let whole = |on: NaiveDate| self.doses.iter().filter(|dose| dose.on == on && dose.complete).count();
        let before = |day: &NaiveDate| day.pred_opt().filter(|day| is_planned(*day) && whole(*day) <= 1);
        let last = self.next_slot().and_then(|_| before(&today));
        iter::successors(last, before).collect()
    }

    /// How soon a dose may follow another.
    pub fn gaps(&self) -> Gaps<'_> {
        gaps(&self.plan.rule)
    }
}

/// How soon a dose may follow another by the rules of a plan.
pub(super) fn gaps(rule: &Rule) -> Gaps<'_> {
    let loading = rule.loading.as_ref().map(|LoadingRule { days, minimum_gap_days, phase_days }| Phase {
        days,
        gap: Days::new(*minimum_gap_days),
        lasts: Days::new(*phase_days),
    });
    Gaps { minimum: Days::new(rule.minimum_gap_days), loading }
}
