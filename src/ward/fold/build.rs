//! The fold of one course: its entries in the order of their days, each taken as it happened.

use std::collections::BTreeSet;

use chrono::{NaiveDate, TimeDelta};

use super::{
    Answer, AssessedOn, CourseState, DoseGiven, EndedOn, EngineHold, Facts, FoldFault, LookedAt, OpenHold, SlotState,
    Status,
    course::gaps,
    entries::Entry,
    go::{Go, ToGive, newest_before, since},
};
use crate::{
    patient::HeldBecause,
    quantity::Decimal,
    regimen::{Code, Severity},
    request::{Course, DatedCreatinine, EarlierDose},
    ward::event::{Assessed, AssessedFinding, Body, Deferred, Drug, Held, Noted, Planned, Resumed, Slot, Verdict},
};

/// Whether a plan may take the place of another in an open course: it is of the same regimen, and its doses are those of
/// a course, so that what was given goes on to be judged. Anything else is a new course.
pub(super) fn is_planned_again(before: &Planned, plan: &Planned) -> bool {
    plan.regimen == before.regimen && plan.rule.has_courses && before.rule.has_courses
}

/// A course while its entries are taken.
pub(super) struct Building<'e, 'f> {
    number: u32,
    /// All entries of the patient that count.
    entries: &'f [Entry<'e>],
    facts: &'f Facts<'e>,
    faults: &'f mut Vec<FoldFault>,
    first_plan: (u64, &'e Planned),
    plan: &'e Planned,
    plan_number: u64,
    /// The day of the entry of the plan.
    planned_on: NaiveDate,
    slots: Vec<SlotState>,
    doses: Vec<DoseGiven>,
    earlier: Vec<EarlierDose>,
    dose_in_use: Decimal,
    /// The creatinine before the first dose, as it was said in the first assessment on which a dose was given.
    said_baseline: Option<DatedCreatinine>,
    /// The day on which what was supplied since the plan was made is used up.
    used_up: Option<NaiveDate>,
    holds: Vec<OpenHold>,
    stopped: Option<EngineHold>,
    has_risen: bool,
    ended: Option<EndedOn>,
    /// A plan of another treatment that took the place of the one before it.
    planned_otherwise: Option<u64>,
    /// Other doses than were planned or are in use, until a note or a new plan says why.
    unexplained: Vec<FoldFault>,
}

impl<'e, 'f> Building<'e, 'f> {
    /// The course of a number; none where it has no plan.
    pub(super) fn course(
        number: u32,
        entries: &'f [Entry<'e>],
        facts: &'f Facts<'e>,
        faults: &'f mut Vec<FoldFault>,
    ) -> Option<CourseState> {
        let is_of_course = |entry: &&Entry<'e>| match entry.event.course {
            Some(course) => course == number,
            None => matches!(entry.body, Body::Noted(_)),
        };
        let of_course: Vec<Entry<'e>> = entries.iter().filter(is_of_course).copied().collect();
        let plan = of_course.iter().find_map(|entry| match entry.body {
            Body::Planned(plan) => Some((entry.event.number, entry.event.on, plan)),
            _ => None,
        });
        let Some((plan_number, planned_on, plan)) = plan else {
            if of_course.iter().any(|entry| entry.needs_course()) {
                faults.push(FoldFault::WithoutPlan { course: number });
            }
            return None;
        };
        let mut building = Building {
            number,
            entries,
            facts,
            faults,
            first_plan: (plan_number, plan),
            plan,
            plan_number,
            planned_on,
            slots: Vec::new(),
            doses: Vec::new(),
            earlier: plan.earlier.iter().cloned().collect(),
            dose_in_use: plan.dose_mg,
            said_baseline: None,
            used_up: None,
            holds: Vec::new(),
            stopped: None,
            has_risen: false,
            ended: None,
            planned_otherwise: None,
            unexplained: Vec::new(),
        };
        building.take_slots(plan_number, plan);
        for entry in &of_course {
            building.take(*entry);
        }
        building.faults.append(&mut building.unexplained);
        // Once the course has ended, nothing is judged by it any more but its doses, each by itself.
        if building.ended.is_none() {
            let otherwise = building.planned_otherwise;
            let otherwise = otherwise.map(|number| FoldFault::OtherRegimen { number, course: building.number });
            let fault = otherwise.or_else(|| building.misstated());
            building.faults.extend(fault);
        }
        Some(building.finish())
    }

    fn take(&mut self, entry: Entry<'e>) {
        let Entry { event, body } = entry;
        let (number, on) = (event.number, event.on);
        if let Some(end) = self.ended.filter(|_| entry.needs_course()) {
            self.faults.push(FoldFault::AfterEnd { number, end: end.number });
            // What was given counts all the same, for the gap and the count. Nothing else happens to an ended course.
            if body.drug().is_none() {
                return;
            }
        }
        match body {
            Body::Planned(plan) if number != self.plan_number => self.plan_anew(number, on, plan),
            Body::Given(it) => self.give(number, on, &it.drug()),
            Body::Supplied(it) => self.give(number, on, &it.drug()),
            Body::Deferred(it) => self.defer(number, it),
            Body::Omitted(it) => self.omit(number, on, it.dose),
            Body::Held(Held { because, look_again, assessed, .. }) => {
                self.rests_on(number, *assessed);
                self.holds.push(OpenHold { number, on, because: *because, look_again: *look_again });
            }
            Body::Resumed(it) => self.resume(number, on, it),
            Body::Ended(it) => self.ended = Some(EndedOn { number, on, because: it.because }),
            Body::Assessed(it) => self.assess(number, on, it),
            Body::Noted(Noted { .. }) => self.unexplained.clear(),
            _ => {}
        }
    }

    /// The open doses of a plan take the place of those that were open; their numbers go on.
    fn take_slots(&mut self, number: u64, plan: &Planned) {
        self.slots.retain(|slot| slot.answer.is_some());
        let answered = self.slots.iter().map(|slot| slot.number).max().unwrap_or(0);
        let mut next = answered.saturating_add(1);
        for slot in &plan.slots {
            let Slot { number: of_plan, .. } = *slot;
            next = next.max(of_plan);
            self.slots.push(SlotState::of(slot, next, number));
            next = next.saturating_add(1);
        }
    }

    fn plan_anew(&mut self, number: u64, on: NaiveDate, plan: &'e Planned) {
        if plan.drug != self.plan.drug {
            self.faults.push(FoldFault::OtherDrug { number });
            return;
        }
        if !is_planned_again(self.plan, plan) {
            self.planned_otherwise = Some(number);
        }
        self.take_slots(number, plan);
        self.plan = plan;
        (self.plan_number, self.planned_on) = (number, on);
        self.earlier.extend(plan.earlier.clone());
        self.used_up = None;
        self.unexplained.clear();
        let (in_use_mg, planned_mg) = (self.dose_in_use, plan.dose_mg);
        let has_begun = !self.doses.is_empty() || self.first_plan.1.course.is_some();
        if !has_begun || !plan.rule.needs_baseline {
            self.dose_in_use = planned_mg;
        } else if planned_mg != in_use_mg {
            // The dose of a course stands, whatever a plan says that does not know of the course.
            self.unexplained.push(FoldFault::OtherDose { number, planned_mg, in_use_mg });
        }
    }

    fn open_slot(&mut self, dose: u16) -> Result<&mut SlotState, Option<Answer>> {
        let slot = self.slots.iter_mut().find(|slot| slot.number == dose).ok_or(None)?;
        match slot.answer {
            None => Ok(slot),
            Some(answer) => Err(Some(answer)),
        }
    }

    /// The assessment that an entry names. One of another course says nothing of this one: its drug is another.
    fn rests_on(&mut self, number: u64, assessed: Option<u64>) -> Option<&'e Assessed> {
        let named = assessed?;
        let of_course = self.facts.assessed.get(&named).filter(|it| it.course == Some(self.number));
        let found = of_course.map(|it| it.assessed);
        if found.is_none() {
            self.faults.push(FoldFault::WithoutAssessment { number, assessed: named });
        }
        found
    }

    /// Whether each assessment decides the dose anew, and not the creatinine before the first dose for all of them.
    fn is_decided_anew(&self) -> bool {
        !self.plan.rule.needs_baseline
    }

    fn assess(&mut self, number: u64, on: NaiveDate, assessed: &Assessed) {
        // Too early after a dose that is recorded here, as at a visit for a check, the list has the day of the next one.
        let is_known = |it: &AssessedFinding| it.code.as_str() == Code::TooSoon.as_str() && self.is_early(on);
        let stops = |it: &AssessedFinding| it.severity == Severity::Stop && !is_known(it);
        let is_hold = assessed.verdict == Verdict::Hold && assessed.findings.iter().any(stops);
        self.stopped = is_hold.then_some(EngineHold { number, on });
        if let Some(dose_mg) = assessed.dose_mg.filter(|_| self.is_decided_anew()) {
            self.dose_in_use = dose_mg;
        }
        // The value up to which it resumes is lower than the one at which it holds, and the engine asks for it only where
        // it is told of the hold.
        let was_held = assessed.request.course.as_ref().and_then(Course::hold) == Some(HeldBecause::Creatinine);
        if finds(assessed, Code::CreatinineRisen) {
            self.has_risen = true;
        } else if was_held {
            self.has_risen = false;
        }
    }

    fn give(&mut self, number: u64, on: NaiveDate, given: &Drug<'_>) {
        let Drug { dose, dose_mg, complete, lasts, assessed, place, note, .. } = *given;
        let assessment = self.rests_on(number, assessed);
        if !self.holds.is_empty() && self.ended.is_none() {
            let holds = self.holds.iter().map(|hold| hold.number).collect();
            self.faults.push(FoldFault::GivenOnHold { number, holds });
        }
        match dose.map(|dose| (dose, self.open_slot(dose))) {
            None => {}
            Some((_, Ok(slot))) => slot.answer = Some(Answer::Given { number, on }),
            Some((dose, Err(Some(answer)))) => {
                self.faults.push(FoldFault::Twice { dose, first: answer.number(), second: number });
            }
            Some((dose, Err(None))) => self.faults.push(FoldFault::NoSuchDose { number, dose }),
        }
        // The dose of a course is that of its first day, where the engine had decided it anew.
        let of_assessment = assessment.and_then(|it| it.dose_mg);
        let planned_mg = of_assessment.unwrap_or(self.dose_in_use);
        if self.doses.is_empty() && self.plan.course.is_none() || self.is_decided_anew() {
            self.dose_in_use = planned_mg;
        }
        if self.said_baseline.is_none() {
            self.said_baseline = assessment.and_then(|it| it.request.baseline()).cloned();
        }
        let had_go = ToGive { number, on, course: self.number, dose, assessed }.go(self.entries) == Go::Stands;
        let given =
            DoseGiven { number, on, dose, dose_mg, planned_mg, complete, route: self.plan.route, place, lasts, had_go };
        let is_rest = given.is_rest_after(&self.doses);
        if given.is_another() && !is_rest && note.is_none() {
            self.unexplained.push(FoldFault::AnotherDose { number, dose, given_mg: dose_mg, planned_mg });
        }
        self.unexplained.extend(self.supplied_early(&given).filter(|_| note.is_none()));
        if let Some(lasts) = lasts {
            let from = self.used_up.map_or(on, |used_up| used_up.max(on));
            self.used_up = from.checked_add_signed(TimeDelta::days(lasts.count()));
        }
        self.faults.extend(self.too_close(&given).filter(|_| !is_rest));
        // Somebody decided on it with a name and a reason.
        (self.stopped, self.has_risen) = (None, false);
        self.doses.push(given);
    }

    /// The first day on which a dose may follow the newest one that is recorded here.
    fn first_possible(&self) -> Option<NaiveDate> {
        let first = self.first_plan.1.course.as_ref().map(|course| course.first_dose);
        let first = first.or(self.doses.first().map(|dose| dose.on))?;
        Some(gaps(&self.plan.rule).first_possible(first, self.doses.last()?.on))
    }

    /// Whether a day is too early for a dose by those that are recorded here.
    fn is_early(&self, on: NaiveDate) -> bool {
        self.first_possible().is_some_and(|possible| on < possible)
    }

    /// A dose that follows the one before too soon, unless the engine said go for it. A go knows nothing of a dose that
    /// was recorded after it.
    fn too_close(&self, given: &DoseGiven) -> Option<FoldFault> {
        let before = self.doses.last()?;
        // Two of one day are one too many, however soon a supply may be collected.
        let least = (self.first_possible()? - before.on).num_days().max(1);
        let days = (given.on - before.on).num_days();
        let had_go = given.had_go && before.number < given.number;
        let fault = FoldFault::TooClose { number: given.number, before: before.number, days, least };
        (days < least && !had_go).then_some(fault)
    }

    /// A supply that was collected more than a few days before what was supplied before it is used up, so that it may be
    /// entered twice. Two of one day are too close in any case.
    fn supplied_early(&self, given: &DoseGiven) -> Option<FoldFault> {
        let (before, used_up) = (self.doses.last()?, self.used_up?);
        let days = (used_up - given.on).num_days();
        let is_early = before.on < given.on && days > i64::from(self.plan.rule.long_move_days);
        is_early.then_some(FoldFault::SuppliedEarly { number: given.number, before: before.number, days })
    }

    fn defer(&mut self, number: u64, deferred: &Deferred) {
        match self.open_slot(deferred.dose) {
            Ok(slot) => slot.deferred = Some((number, deferred.clone())),
            Err(answer) => self.not_open(number, deferred.dose, answer),
        }
    }

    fn omit(&mut self, number: u64, on: NaiveDate, dose: u16) {
        match self.open_slot(dose) {
            Ok(slot) => slot.answer = Some(Answer::Omitted { number, on }),
            Err(answer) => self.not_open(number, dose, answer),
        }
    }

    fn not_open(&mut self, number: u64, dose: u16, answer: Option<Answer>) {
        self.faults.push(match answer {
            Some(answer) => FoldFault::AlreadyAnswered { number, dose, first: answer.number() },
            None => FoldFault::NoSuchDose { number, dose },
        });
    }

    fn resume(&mut self, number: u64, on: NaiveDate, resumed: &Resumed) {
        self.rests_on(number, resumed.assessed);
        if resumed.holds.is_empty() {
            self.faults.push(FoldFault::NoOpenHold { number, hold: None });
        }
        for named in &resumed.holds {
            match self.holds.iter().position(|hold| hold.number == *named) {
                Some(at) => {
                    let hold = self.holds.remove(at);
                    // Lifted by a prescriber, without the engine, it is lifted all the same.
                    self.has_risen &= hold.because.held_because() != HeldBecause::Creatinine;
                    if !self.may_be_lifted(&hold, number, on, resumed) {
                        self.faults.push(FoldFault::ResumedUnassessed { number, hold: hold.number });
                    }
                }
                None => self.faults.push(FoldFault::NoOpenHold { number, hold: Some(*named) }),
            }
        }
    }

    /// Whether a hold may be lifted. The rise by which a creatinine holds is larger than the one up to which it resumes,
    /// and the engine asks for the smaller one only while the course is on hold: once it is lifted, nobody asks again.
    fn may_be_lifted(&self, hold: &OpenHold, number: u64, on: NaiveDate, resumed: &Resumed) -> bool {
        if hold.because.held_because() != HeldBecause::Creatinine {
            return true;
        }
        let is_prescribed = resumed.without_go_because.is_some() && resumed.prescriber.is_some();
        // Before the first dose, and of a regimen without courses, the engine cannot be told of the hold.
        let was_held =
            |it: &Assessed| it.request.course.as_ref().and_then(Course::hold) == Some(HeldBecause::Creatinine);
        let newest = newest_before(self.entries, self.number, on, number);
        let lifts = |(assessed, it): (u64, &Assessed)| {
            resumed.assessed == Some(assessed)
                && assessed > hold.number
                && it.verdict != Verdict::Hold
                && was_held(it)
                && since(self.entries, assessed, number).is_none()
        };
        is_prescribed || newest.is_some_and(lifts)
    }

    /// The newest dose before the plan that took the place of another, where this does not state it: it was entered late.
    fn not_stated(&self) -> Option<NaiveDate> {
        let plan = (self.planned_on, self.plan_number);
        let is_before = |it: &&DoseGiven| self.plan_number != self.first_plan.0 && (it.on, it.number) < plan;
        let newest = self.doses.iter().filter(is_before).map(|it| it.on).max();
        newest.filter(|_| newest > self.plan.last_stated())
    }

    /// What the plan that took the place of another states of the doses before it, where the entries have something else:
    /// its dates follow from it.
    fn misstated(&self) -> Option<FoldFault> {
        let (number, last) = (self.plan_number, self.plan.last_stated());
        if let Some(on) = self.not_stated() {
            return Some(FoldFault::NotStated { number, on, last });
        }
        let stated = self.plan.course.as_ref().filter(|_| number != self.first_plan.0)?;
        let before = self.first_plan.1.course.as_ref();
        let elsewhere = before.into_iter().flat_map(|course| [course.first_dose, course.last_dose]);
        let days: BTreeSet<NaiveDate> = self.doses.iter().map(|it| it.on).chain(elsewhere).collect();
        if let Some(on) = [stated.first_dose, stated.last_dose].into_iter().find(|day| !days.contains(day)) {
            return Some(FoldFault::StatedNotRecorded { number, on });
        }
        let count = before.map_or(Some(0), |course| course.doses_given);
        let here = self.doses.iter().filter(|it| it.on <= stated.last_dose).count();
        let recorded = count?.saturating_add(u16::try_from(here).unwrap_or(u16::MAX));
        let stated = stated.doses_given.filter(|stated| *stated != recorded)?;
        Some(FoldFault::OtherCount { number, stated, recorded })
    }

    fn finish(mut self) -> CourseState {
        let before = self.first_plan.1.course.clone();
        let days = || self.doses.iter().map(|dose| dose.on);
        let first_dose = days().chain(before.as_ref().map(|course| course.first_dose)).min();
        let last_dose = days().chain(before.as_ref().map(|course| course.last_dose)).max();
        let baseline = self.baseline(before.as_ref(), first_dose);
        let count = u16::try_from(self.doses.len()).unwrap_or(u16::MAX);
        let doses_given = match &before {
            Some(course) => course.doses_given.map(|doses| doses.saturating_add(count)),
            None => Some(count),
        };
        let dose_before = before.as_ref().map(|course| course.dose_mg);
        let mut looked_at = LookedAt::default();
        self.assessments().for_each(|(_, it)| looked_at.take(it.on, &it.assessed.request.labs));
        let dose_in_use = if self.doses.is_empty() { dose_before } else { Some(self.dose_in_use) };
        CourseState {
            number: self.number,
            status: self.status(first_dose.is_some()),
            plan: self.plan.clone(),
            plan_number: self.plan_number,
            planned_on: self.planned_on,
            before,
            first_dose,
            last_dose,
            doses_given,
            not_stated: self.not_stated(),
            dose_in_use,
            dose_mg: self.dose_in_use,
            baseline,
            holds: self.holds,
            stopped: self.stopped.filter(|_| self.slots.iter().any(|slot| slot.answer.is_none())),
            has_risen: self.has_risen,
            ended: self.ended,
            slots: self.slots,
            doses: self.doses,
            earlier: self.earlier,
            looked_at,
        }
    }

    fn status(&self, has_begun: bool) -> Status {
        let is_open = |slot: &SlotState| slot.answer.is_none();
        if self.ended.is_some() {
            Status::Ended
        } else if !self.holds.is_empty() {
            Status::OnHold
        } else if !self.slots.iter().any(is_open) {
            Status::AllAnswered
        } else if has_begun {
            Status::Active
        } else {
            Status::Planned
        }
    }

    /// The creatinine before the first dose: that of the newest assessment on or before its day, else of the plan. Where
    /// neither knows it, the one that somebody said at a visit and by which a dose was given; it stays.
    fn baseline(&mut self, before: Option<&Course>, first_dose: Option<NaiveDate>) -> Option<DatedCreatinine> {
        let (course, first_dose) = (self.number, first_dose?);
        if !self.first_plan.1.rule.needs_baseline {
            return None;
        }
        let known = before.map(|course| course.baseline_creatinine.clone());
        let first = self.doses.iter().map(|dose| (dose.on, dose.number)).min();
        let baseline = known.unwrap_or_else(|| self.creatinine_before(first?));
        let said = self.said_baseline.clone().filter(|said| said.date <= first_dose);
        let baseline = baseline.or(said);
        if baseline.is_none() {
            self.faults.push(FoldFault::BaselineUnknown { course, first_dose });
        }
        // Where none is known there is nothing to differ from.
        let another =
            |of: Option<&Course>| baseline.is_some() && of.is_some_and(|of| of.baseline_creatinine != baseline);
        if self.plan_number != self.first_plan.0 && another(self.plan.course.as_ref()) {
            self.faults.push(FoldFault::AnotherBaseline { number: self.plan_number, course });
        }
        let later = self.assessments().filter(|(_, it)| it.on > first_dose);
        if let Some((number, it)) = later.max_by_key(|(number, it)| (it.on, *number))
            && another(it.assessed.request.course.as_ref())
        {
            self.faults.push(FoldFault::AnotherBaseline { number, course });
        }
        baseline
    }

    /// The assessments of this course.
    fn assessments(&self) -> impl Iterator<Item = (u64, AssessedOn<'e>)> {
        let all = self.facts.assessed.iter().map(|(number, it)| (*number, *it));
        all.filter(|(_, it)| it.course == Some(self.number))
    }

    /// The creatinine that counted as that before the first dose, of this day and entry. After an old one nobody knows it
    /// but the next measurement, and one that was taken later is none before that day.
    ///
    /// An assessment that was made after the dose, be it on the same day, is none before it: a creatinine that has risen
    /// since would become the one by which it is judged.
    fn creatinine_before(&self, (day, given): (NaiveDate, u64)) -> Option<DatedCreatinine> {
        let is_old = |it: &Assessed| finds(it, Code::CreatinineOld);
        let knows_the_dose = |it: &Assessed| it.request.course.as_ref().is_some_and(|course| course.first_dose == day);
        let is_before = |(number, it): &(u64, AssessedOn<'_>)| {
            (it.on, *number) < (day, given)
                && !knows_the_dose(it.assessed)
                && it.assessed.request.labs.creatinine.is_some()
        };
        let newest = self.assessments().filter(is_before).max_by_key(|(number, it)| (it.on, *number));
        let newest = newest.map(|(_, it)| it.assessed);
        let baseline = match newest {
            Some(assessed) => {
                let labs = &assessed.request.labs;
                let dated =
                    labs.creatinine.map(|it| DatedCreatinine { value: it.value, unit: it.unit, date: labs.date });
                dated.filter(|_| !is_old(assessed))
            }
            None => self.first_plan.1.baseline.clone(),
        };
        baseline.filter(|it| it.date <= day)
    }
}

/// Whether the engine found something in an assessment.
fn finds(assessed: &Assessed, code: Code) -> bool {
    assessed.findings.iter().any(|it| it.code.as_str() == code.as_str())
}
