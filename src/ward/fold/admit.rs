//! Whether an entry may be recorded: decided on what stands in the register at that moment, never on what a screen had.

use chrono::NaiveDate;

use super::{
    Answer, CourseState, DoseGiven, FoldFault, OpenHold, PatientState, Recorded, Refused,
    build::is_planned_again,
    entries::{Entry, standing},
    go::{self, Go},
    state,
};
use crate::{
    dosing::is_same_person,
    plan::reopen,
    request::Patient,
    ward::event::{
        Assessed, Body, Container, Counted, Deferred, Draft, Drug, EndReason, Event, Held, Identity, IdentityCorrected,
        Lack, Planned, Struck, What,
    },
    ward::namesake::is_one_name,
};

/// Days after which an entry is asked about once more before it is recorded.
const LATE_AFTER_DAYS: i64 = 30;

/// Whether an entry is recorded so late that it is asked about once more.
pub fn is_late(on: NaiveDate, today: NaiveDate) -> bool {
    (today - on).num_days() > LATE_AFTER_DAYS
}

/// Whether an entry may be recorded after these.
///
/// # Errors
/// Why it may not.
pub fn admit(events: &[Event], draft: &Draft, today: NaiveDate) -> Result<(), Refused> {
    let before = state(events);
    let asked = Asked { events, draft, state: &before };
    if before.erased {
        return Err(Refused::Erased);
    }
    if before.read_only {
        return Err(Refused::ReadOnly);
    }
    if draft.on > today {
        return Err(Refused::InFuture { on: draft.on, today });
    }
    if let Some(lack) = draft.body.lack() {
        return Err(Refused::Lacking(lack));
    }
    asked.by_kind()?;
    asked.after_birth()?;
    if matches!(draft.body, Body::Erased(_)) {
        return Ok(());
    }
    asked.by_what_follows()
}

/// An entry beside what stands in the register.
#[derive(Clone, Copy)]
struct Asked<'a> {
    events: &'a [Event],
    draft: &'a Draft,
    state: &'a PatientState,
}

impl<'a> Asked<'a> {
    /// What its own kind asks for.
    fn by_kind(self) -> Result<(), Refused> {
        let kind = self.draft.body.kind();
        if kind.is_of_ward() {
            return Err(Refused::OfWard(kind));
        }
        match &self.draft.body {
            Body::Registered(_) if self.state.identity.is_some() => Err(Refused::AlreadyRegistered),
            Body::Registered(it) => without_blanks(&it.patient),
            _ if self.state.identity.is_none() => Err(Refused::NotRegistered),
            Body::IdentityCorrected(it) if self.state.identity.as_ref() == Some(&it.patient) => {
                Err(Refused::NothingCorrected)
            }
            Body::IdentityCorrected(it) if !self.was_so(it) => Err(Refused::WasNotSo),
            Body::IdentityCorrected(it) => without_blanks(&it.patient),
            Body::Planned(it) => self.plan(it),
            Body::Assessed(it) => self.assessment(it),
            Body::Given(it) => self.dose(&it.drug()),
            Body::Supplied(it) => self.dose(&it.drug()),
            Body::Deferred(it) => self.deferral(it),
            Body::Struck(it) => self.strike(it),
            Body::Held(it) => self.hold(it),
            Body::Omitted(_) | Body::Resumed(_) | Body::Ended(_) => self.course().map(drop),
            Body::Noted(_) if self.draft.course.is_some() => self.course().map(drop),
            Body::Noted(_) | Body::Erased(_) => Ok(()),
            Body::WardOpened(_)
            | Body::ClinicSet(_)
            | Body::SettingsSet(_)
            | Body::Anchored(_)
            | Body::Restored(_)
            | Body::Copied(_) => Err(Refused::OfWard(kind)),
        }
    }

    /// Whether a correction says what was there before it: each member that it changes, and no other.
    fn was_so(self, correction: &IdentityCorrected) -> bool {
        let IdentityCorrected { patient, was, reason } = correction;
        let is_was = |known| IdentityCorrected::of(known, patient.clone(), reason.clone()).was == *was;
        self.state.identity.as_ref().is_some_and(is_was)
    }

    /// Nothing happens to a patient before the day of birth.
    fn after_birth(self) -> Result<(), Refused> {
        let known = match &self.draft.body {
            Body::Registered(it) => Some(&it.patient),
            _ => self.state.identity.as_ref(),
        };
        match known.map(|it| it.birth_date).filter(|born| self.draft.on < *born) {
            Some(born) => Err(Refused::BeforeBirth { on: self.draft.on, born }),
            None => Ok(()),
        }
    }

    /// The course that the entry names.
    fn course(self) -> Result<&'a CourseState, Refused> {
        let course = self.draft.course;
        course.and_then(|number| self.state.course(number)).ok_or(Refused::NoCourse { course })
    }

    fn plan(self, plan: &Planned) -> Result<(), Refused> {
        let request = reopen(plan.plan.0.as_bytes()).map_err(|_| Refused::NoPlan)?;
        self.is_of_patient(&request.patient)?;
        if plan.replaces_course.is_some() {
            let course = self.course().ok().filter(|course| plan.replaces_course == Some(course.number));
            let course = course.ok_or(Refused::NoCourse { course: plan.replaces_course })?;
            if course.plan.drug != plan.drug {
                let (drug, planned) = (course.plan.name.clone(), plan.name.clone());
                return Err(Refused::OtherDrug { drug, planned });
            }
            if !is_planned_again(&course.plan, plan) {
                let is_same = course.plan.regimen == plan.regimen;
                return Err(Refused::NotPlannedAgain { course: course.number, is_same });
            }
            knows_no_other(course, plan)?;
            return self.knows_last_dose(plan);
        }
        if let Some(died) = self.death() {
            return Err(Refused::Died(Recorded::of(died)));
        }
        if let Some(open) = self.state.open_course() {
            return Err(Refused::CourseOpen { course: open.number, drug: open.plan.name.clone() });
        }
        let next = self.events.iter().filter_map(|event| event.course).max().unwrap_or(0).saturating_add(1);
        if self.draft.course != Some(next) {
            return Err(Refused::NextCourse { course: self.draft.course, next });
        }
        self.knows_last_dose(plan)
    }

    /// The end of a course by which the patient has died.
    fn death(self) -> Option<&'a Event> {
        let ends = self.state.courses.iter().filter_map(|course| course.ended);
        ends.filter(|it| it.because == EndReason::Died).find_map(|it| self.recorded(it.number))
    }

    /// The engine can keep a plan away from the last dose of the patient only where the plan states that one.
    fn knows_last_dose(self, plan: &Planned) -> Result<(), Refused> {
        let own = self.state.courses.iter().filter_map(|course| Some((course.doses.last()?.on, &course.plan.name)));
        let Some((last, name)) = own.max_by_key(|(on, _)| *on) else { return Ok(()) };
        if plan.last_stated() < Some(last) {
            return Err(Refused::LastDoseNotStated { drug: name.clone(), last });
        }
        Ok(())
    }

    fn is_of_patient(self, patient: &Patient) -> Result<(), Refused> {
        let is_same = self.state.identity.as_ref().is_some_and(|known| reads_as(known, patient));
        if is_same { Ok(()) } else { Err(Refused::OtherPatient) }
    }

    /// An assessment belongs to the course that it is of, so that its creatinine can become the baseline of that one,
    /// and to a dose that can still be given.
    fn assessment(self, assessed: &Assessed) -> Result<(), Refused> {
        self.is_of_patient(&assessed.request.patient)?;
        if self.draft.course.is_none() && self.state.open_course().is_none() {
            return Ok(());
        }
        let course = self.course()?;
        let drug = &assessed.request.treatment.drug;
        if *drug != course.plan.drug {
            return Err(Refused::OtherDrug { drug: course.plan.name.clone(), planned: drug.clone() });
        }
        self.state.are_newest(course, self.draft.on, assessed.request.labs.date)?;
        self.open_dose(course, assessed.dose)
    }

    /// A dose of the plan that is named must be there, and neither given nor omitted.
    fn open_dose(self, course: &CourseState, dose: Option<u16>) -> Result<(), Refused> {
        let Some(dose) = dose else { return Ok(()) };
        let slot = course.slot(dose).ok_or_else(|| no_such_dose(course, dose))?;
        let answer = slot.answer.and_then(|answer| self.recorded(answer.number()));
        answer.map_or(Ok(()), |entry| Err(answered(dose, entry)))
    }

    /// An entry of the patient by its number.
    fn recorded(self, number: u64) -> Option<&'a Event> {
        self.events.iter().find(|event| event.number == number)
    }

    /// The number that the entry gets among those of the patient: it comes after all of them.
    fn number(self) -> u64 {
        self.events.iter().map(|event| event.number).max().unwrap_or(0).saturating_add(1)
    }

    fn dose(self, asked: &Drug<'_>) -> Result<(), Refused> {
        let course = self.course()?;
        has_not_ended(self.events, course, self.draft.on)?;
        if course.plan.unit != asked.unit {
            return Err(Refused::OtherUnit { is_supplied: course.plan.unit == Counted::Supplies });
        }
        self.open_dose(course, asked.dose)?;
        if let Some(second) = asked.second.filter(|second| is_one_person(self.draft.by.as_str(), second.as_str())) {
            return Err(Refused::SamePerson { by: second.clone() });
        }
        let is_traced = |it: &Container| it.brand.is_some() && it.batch.is_some();
        let has_batch = !asked.containers.is_empty() && asked.containers.iter().all(is_traced);
        if course.plan.rule.needs_batch && !has_batch && asked.no_batch_because.is_none() {
            return Err(Refused::NoBatch { drug: course.plan.name.clone() });
        }
        self.go(course.number, asked)
    }

    /// A dose rests on the go of its day, made for it, after which nothing was recorded. Without one somebody says why;
    /// after a hold the prescriber is named as well.
    fn go(self, course: u32, asked: &Drug<'_>) -> Result<(), Refused> {
        let entries = standing(self.events, &mut Vec::new());
        let of_course = |it: &Entry<'_>| it.event.course == Some(course) && matches!(it.body, Body::Assessed(_));
        let is_there = |named: u64| entries.iter().any(|it| it.event.number == named && of_course(it));
        if let Some(assessed) = asked.assessed.filter(|named| !is_there(*named)) {
            return Err(Refused::NoAssessment { assessed });
        }
        let Drug { dose, assessed, .. } = *asked;
        let dose = go::ToGive { number: self.number(), on: self.draft.on, course, dose, assessed };
        // What was struck since the engine was asked stood there when it was.
        let struck = assessed.and_then(|assessed| Some(Go::Past { assessed, since: self.struck_since(assessed)? }));
        let go = match (dose.go(&entries), struck) {
            (Go::Stands, Some(past)) => past,
            (go, _) => go,
        };
        let has_reason = asked.without_go_because.is_some();
        match go {
            Go::Stands => Ok(()),
            Go::Held { assessed } if has_reason && asked.prescriber.is_none() => {
                Err(Refused::NoPrescriber { assessed })
            }
            _ if has_reason => Ok(()),
            Go::None | Go::Held { .. } => Err(Refused::WithoutGo),
            Go::OfAnother { assessed } => Err(Refused::GoOfAnother { assessed }),
            Go::Past { assessed, since } => Err(Refused::PastGo { assessed, since }),
        }
    }

    /// The strike after an assessment of something that came before it, or of a later assessment, whose values are known
    /// all the same.
    fn struck_since(self, assessed: u64) -> Option<u64> {
        let is_assessment =
            |entry: u64| self.recorded(entry).is_some_and(|event| matches!(event.what, What::Body(Body::Assessed(_))));
        let changes = |entry: u64| entry < assessed || is_assessment(entry);
        let is_since = |event: &&Event| event.number > assessed && event.what.strikes().is_some_and(changes);
        self.events.iter().find(is_since).map(|event| event.number)
    }

    fn deferral(self, deferred: &Deferred) -> Result<(), Refused> {
        let course = self.course()?;
        let Some(to) = deferred.to else { return Ok(()) };
        if to < self.draft.on {
            return Err(Refused::DeferredBack { to, on: self.draft.on });
        }
        if let Some((first, last)) = course.first_possible().filter(|(first, _)| to < *first) {
            return Err(Refused::TooSoon { to, first, last });
        }
        match course.ends().filter(|ends| to >= *ends) {
            Some(ends) => Err(Refused::PastEnd { to, ends }),
            None => Ok(()),
        }
    }

    fn hold(self, held: &Held) -> Result<(), Refused> {
        self.course()?;
        let on = self.draft.on;
        match held.look_again.filter(|look_again| *look_again < on) {
            Some(look_again) => Err(Refused::LookedAtBack { look_again, on }),
            None => Ok(()),
        }
    }

    fn strike(self, strike: &Struck) -> Result<(), Refused> {
        let entry = strike.event;
        let Some(target) = self.events.iter().find(|event| event.number == entry) else {
            return Err(Refused::NoSuchEntry { entry });
        };
        let strikes = |event: &&Event| event.what.strikes() == Some(entry);
        if let Some(strike) = self.events.iter().find(strikes) {
            return Err(Refused::AlreadyStruck { entry, strike: Recorded::of(strike) });
        }
        let standing = standing(self.events, &mut Vec::new());
        let first: Vec<u64> = match &target.what {
            What::Body(Body::Struck(_)) => return Err(Refused::IsStrike { entry }),
            What::Body(Body::Registered(_)) => return Err(Refused::IsRegistration { entry }),
            What::Body(Body::Planned(_)) => self.resting_on_plan(target, &standing),
            What::Body(Body::Ended(_)) => self.resting_on_end(target, &standing),
            _ => Vec::new(),
        };
        if first.is_empty() { Ok(()) } else { Err(Refused::RestsOnIt { entry, first }) }
    }

    /// The entries that have no meaning without a plan: those that answered or deferred one of its doses, and where it is
    /// the only plan of its course all that need one. A deferral would move a dose of the plan before it.
    fn resting_on_plan(self, plan: &Event, standing: &[Entry<'_>]) -> Vec<u64> {
        let of_course =
            || standing.iter().filter(|it| it.event.course == plan.course && it.event.number != plan.number);
        let is_only = !of_course().any(|it| matches!(it.body, Body::Planned(_)));
        let course = plan.course.and_then(|number| self.state.course(number));
        let slots = course.iter().flat_map(|course| &course.slots).filter(|slot| slot.plan == plan.number);
        let answers: Vec<u64> = slots.filter_map(|slot| slot.answer).map(Answer::number).collect();
        let rests = |it: &&Entry<'_>| {
            let number = it.event.number;
            let is_deferral = || matches!(it.body, Body::Deferred(_)) && in_force(standing, it) == Some(plan.number);
            is_only && it.needs_course() || answers.contains(&number) || is_deferral()
        };
        of_course().filter(rests).map(|it| it.event.number).collect()
    }

    /// The plans of later courses, which would be open beside one that has not ended any more.
    fn resting_on_end(self, end: &Event, standing: &[Entry<'_>]) -> Vec<u64> {
        let course = end.course.and_then(|number| self.state.course(number));
        let ends_it = course.is_some_and(|course| course.ended.is_some_and(|ended| ended.number == end.number));
        let is_later = |it: &&Entry<'_>| matches!(it.body, Body::Planned(_)) && it.event.course > end.course;
        standing.iter().filter(|_| ends_it).filter(is_later).map(|it| it.event.number).collect()
    }

    /// What does not fit once it is recorded, and did before.
    fn by_what_follows(self) -> Result<(), Refused> {
        // What a strike lays bare is shown; it is no reason to keep what is wrong.
        if matches!(self.draft.body, Body::Struck(_)) {
            return Ok(());
        }
        let number = self.number();
        let mut events = self.events.to_vec();
        events.push(Event {
            number,
            seq: u32::MAX,
            course: self.draft.course,
            on: self.draft.on,
            recorded_ms: 0,
            offset_min: 0,
            by: self.draft.by.clone(),
            what: What::Body(self.draft.body.clone()),
        });
        let after = state(&events);
        let mut new = after.faults.iter().filter(|fault| !self.state.faults.contains(fault));
        if let Some(refused) = new.find_map(|fault| self.refused(fault, number)) {
            return Err(refused);
        }
        self.as_planned(&after, number)
    }

    /// Another dose than was planned is given for a reason, and one of which all was given was not interrupted.
    fn as_planned(self, after: &PatientState, number: u64) -> Result<(), Refused> {
        let Some(asked) = self.draft.body.drug() else { return Ok(()) };
        let course = self.draft.course.and_then(|course| after.course(course));
        let given = course.and_then(|course| course.doses.iter().find(|dose| dose.number == number));
        let is_rest = |it: &&DoseGiven| course.is_some_and(|course| course.is_rest(it));
        match given.filter(|it| asked.another_because.is_none() && !is_rest(it)) {
            Some(&DoseGiven { complete: false, dose_mg: given_mg, planned_mg, .. }) if given_mg >= planned_mg => {
                Err(Refused::NotIncomplete { given_mg, planned_mg })
            }
            Some(it) if it.is_another() => {
                Err(Refused::AnotherDose { given_mg: it.dose_mg, planned_mg: it.planned_mg })
            }
            _ => Ok(()),
        }
    }

    /// A hold by its entry.
    fn open_hold(self, number: u64) -> Option<OpenHold> {
        let event = self.recorded(number)?;
        let What::Body(Body::Held(held)) = &event.what else { return None };
        Some(OpenHold { number, on: event.on, because: held.because, look_again: held.look_again })
    }

    /// The refusal for a fault that the entry would make; none where the fault is shown and the entry recorded.
    fn refused(self, fault: &FoldFault, new: u64) -> Option<Refused> {
        Some(match *fault {
            FoldFault::Twice { dose, first, second } => {
                // A late entry may be the first of the two.
                answered(dose, self.recorded(if first == new { second } else { first })?)
            }
            FoldFault::AlreadyAnswered { dose, first, number } => {
                answered(dose, self.recorded(if first == new { number } else { first })?)
            }
            FoldFault::NoSuchDose { dose, .. } => {
                no_such_dose(self.draft.course.and_then(|course| self.state.course(course))?, dose)
            }
            FoldFault::GivenOnHold { number, .. } if number != new => {
                Refused::HappenedAfter(Recorded::of(self.recorded(number)?))
            }
            FoldFault::GivenOnHold { ref holds, .. } => {
                Refused::OnHold(holds.iter().filter_map(|hold| self.open_hold(*hold)).collect())
            }
            FoldFault::ResumedUnassessed { number, hold } if number == new => {
                let course = self.draft.course.and_then(|course| self.state.course(course));
                let is_told = course.is_some_and(|course| course.untold_holds().is_empty());
                Refused::NotAssessed { hold, is_told }
            }
            FoldFault::AfterEnd { number, end } if number == new => {
                Refused::CourseEnded(Recorded::of(self.recorded(end)?))
            }
            FoldFault::AfterEnd { number, .. } => Refused::HappenedAfter(Recorded::of(self.recorded(number)?)),
            FoldFault::NoOpenHold { hold: Some(hold), .. } => Refused::HoldNotOpen { hold },
            FoldFault::NoOpenHold { hold: None, .. } => Refused::Lacking(Lack::NoHold),
            FoldFault::WithoutPlan { course } => Refused::NoCourse { course: Some(course) },
            FoldFault::OutsideCourse { .. } => Refused::NoCourse { course: None },
            FoldFault::OtherDrug { .. } => {
                let course = self.draft.course.and_then(|course| self.state.course(course))?;
                let Body::Planned(plan) = &self.draft.body else { return None };
                Refused::OtherDrug { drug: course.plan.name.clone(), planned: plan.name.clone() }
            }
            FoldFault::OtherDose { number, planned_mg, in_use_mg } if number == new => {
                Refused::OtherDose { planned_mg, in_use_mg }
            }
            FoldFault::WithoutAssessment { number, assessed } if number == new => Refused::NoAssessment { assessed },
            FoldFault::StatedNotRecorded { number, on } if number == new => Refused::DoseNotRecorded { on },
            FoldFault::OfWard { .. } => Refused::OfWard(self.draft.body.kind()),
            FoldFault::Unknown { .. }
            | FoldFault::TwoOpen { .. }
            | FoldFault::OtherRegimen { .. }
            | FoldFault::StruckNothing { .. }
            | FoldFault::StruckStrike { .. }
            | FoldFault::StruckTwice { .. }
            | FoldFault::AnotherDose { .. }
            | FoldFault::OtherDose { .. }
            | FoldFault::TooClose { .. }
            | FoldFault::SuppliedEarly { .. }
            | FoldFault::NotStated { .. }
            | FoldFault::StatedNotRecorded { .. }
            | FoldFault::OtherCount { .. }
            | FoldFault::ResumedUnassessed { .. }
            | FoldFault::WithoutAssessment { .. }
            | FoldFault::BaselineUnknown { .. }
            | FoldFault::AnotherBaseline { .. } => return None,
        })
    }
}

/// A plan that takes the place of another states no dose that is not recorded: it would count it, and nobody could read
/// of it.
fn knows_no_other(course: &CourseState, plan: &Planned) -> Result<(), Refused> {
    let Some(stated) = &plan.course else { return Ok(()) };
    let (last, given) = (course.last_dose, course.doses_given);
    if Some(stated.last_dose) > last {
        return Err(Refused::DoseNotRecorded { on: stated.last_dose });
    }
    match stated.doses_given.zip(given) {
        Some((stated, recorded)) if stated != recorded => Err(Refused::OtherCount { stated, recorded }),
        _ => Ok(()),
    }
}

/// Whether a course had not ended before something that happened on a day.
///
/// # Errors
/// Where it had, with its end.
pub fn has_not_ended(events: &[Event], course: &CourseState, on: NaiveDate) -> Result<(), Refused> {
    let end = course.ended.filter(|end| end.on <= on);
    match end.and_then(|end| events.iter().find(|event| event.number == end.number)) {
        Some(end) => Err(Refused::CourseEnded(Recorded::of(end))),
        None => Ok(()),
    }
}

/// An identifier that another one hides behind: with a blank at its end it looks like that of somebody else.
fn without_blanks(identity: &Identity) -> Result<(), Refused> {
    let id = &identity.id;
    if id.as_str().trim() == id.as_str() { Ok(()) } else { Err(Refused::OuterBlanks { id: id.clone() }) }
}

fn answered(dose: u16, entry: &Event) -> Refused {
    Refused::Answered { dose, was_given: is_given(entry), entry: Recorded::of(entry) }
}

fn no_such_dose(course: &CourseState, dose: u16) -> Refused {
    Refused::NoSuchDose { dose, last: course.slots.last().map(|slot| slot.number) }
}

/// The entry of the plan that was in force when another entry of its course happened; the first one before it began.
fn in_force(standing: &[Entry<'_>], at: &Entry<'_>) -> Option<u64> {
    let is_plan = |it: &&Entry<'_>| it.event.course == at.event.course && matches!(it.body, Body::Planned(_));
    let before = |it: &&Entry<'_>| (it.event.on, it.event.number) < (at.event.on, at.event.number);
    let mut plans = standing.iter().filter(is_plan);
    let newest = plans.clone().rfind(before);
    newest.or_else(|| plans.next()).map(|it| it.event.number)
}

/// Whether an entry records a dose or a supply.
pub(super) fn is_given(event: &Event) -> bool {
    matches!(&event.what, What::Body(body) if body.drug().is_some())
}

/// Whether a request can be of a patient: of the same identifier and name, where it has them, birth date and sex.
pub(in crate::ward) fn reads_as(known: &Identity, patient: &Patient) -> bool {
    let names = known.name.as_ref().zip(patient.name.as_ref());
    patient.id.as_ref().is_none_or(|id| *id == known.id)
        && names.is_none_or(|(known, name)| is_one_name(known, name))
        && patient.birth_date == known.birth_date
        && patient.sex == known.sex
}

/// Whether two names are of one person: the same, case, spaces and full stops aside.
pub fn is_one_person(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.replace(['.', '\u{FF0E}'], "");
    is_same_person(&plain(one), &plain(other))
}
