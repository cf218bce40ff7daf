//! A course on the list of a day: how it stands, what it needs, and what may be given.

use chrono::NaiveDate;

use super::chart::to_look_at;
use crate::{
    export::register::Beside,
    plan::DatedCheck,
    regimen::{Code, Library, Severity, Subject},
    ward::{
        event::{Assessed, Event, Verdict},
        fold::{CourseState, PatientState, standing_assessment},
        store::{DueLine, Group, Uid},
    },
};

/// How a course stands on a day, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Badge {
    /// Its dose waits for a day.
    NoDate,
    /// Its dose was due before.
    Overdue,
    /// It is on hold.
    Held,
    /// Its dose is due, or will be.
    Due,
    /// The engine said that it must not be given, for the creatinine alone.
    Hold,
    /// The engine said that it must not be given.
    Stop,
    /// The engine said that a named person must confirm something.
    Confirm,
    /// The engine said that it can be given.
    Go,
    /// Something is to be checked.
    Check,
    /// Every dose is recorded.
    Answered,
    /// It was given today.
    Given,
}

/// What a course needs next.
#[derive(Clone, Debug, PartialEq)]
pub enum Needs {
    /// Something does not fit, and must be cleared up.
    ClearingUp,
    /// A day for its dose.
    ADay,
    /// Values, before the dose.
    Values(Vec<Subject>),
    /// A named person who confirms.
    AName,
    /// The dose itself.
    Giving,
    /// The prescriber, since no dose may be given.
    Prescriber,
    /// A look at what it is on hold for, on a day.
    LookAgain(Option<NaiveDate>),
    /// Checks and reviews.
    Checks(Vec<DatedCheck>),
    /// An end, or another plan.
    Ending,
    /// Nothing today.
    Nothing,
}

/// A course on the list of a day.
#[derive(Clone, Debug)]
pub struct Line {
    /// The patient's name in the register.
    pub uid: Uid,
    /// The identifier.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The date of birth.
    pub birth_date: Option<NaiveDate>,
    /// The course.
    pub course: u32,
    /// Where it is in the order of the register; none where it was given today and nothing else is due.
    pub group: Option<Group>,
    /// How it stands.
    pub badge: Badge,
    /// What it needs.
    pub needs: Needs,
    /// The day on which its dose is due.
    pub due: Option<NaiveDate>,
    /// By how many days it is late.
    pub late_days: i64,
    /// The number of its next dose, and how many its plan has.
    pub dose: Option<(u16, usize)>,
    /// The dose in words; none where none may be given.
    pub amount: Option<String>,
    /// What was given of it today.
    pub given: Option<String>,
    /// How it is given.
    pub route: crate::patient::Route,
    /// Weeks between doses.
    pub weeks: Option<u16>,
    /// What the register says beside it.
    pub beside: Beside,
}

impl Line {
    /// The line of a course that the register lists as due.
    pub fn due(
        line: &DueLine,
        of: (&PatientState, &CourseState, &[Event]),
        today: NaiveDate,
        library: &'static Library,
    ) -> Self {
        let (_, course, events) = of;
        let beside = Beside::of(of.0, course, events, library);
        let is_over = beside.ends.is_some_and(|ends| ends <= today);
        let of_dose = matches!(line.group, Group::Overdue | Group::Today | Group::Ahead);
        let group = if is_over && of_dose { Group::NoDate } else { line.group };
        let assessed = standing_assessment(events, course.number, today).map(|(_, assessed)| assessed);
        let badge = match group {
            Group::NoDate => Badge::NoDate,
            Group::Held => Badge::Held,
            Group::Checks if line.all_answered => Badge::Answered,
            Group::Checks => Badge::Check,
            Group::Overdue | Group::Today | Group::Ahead => judged(course, assessed, events)
                .unwrap_or(if group == Group::Overdue { Badge::Overdue } else { Badge::Due }),
        };
        let needs = match badge {
            _ if beside.has_faults => Needs::ClearingUp,
            Badge::NoDate => Needs::ADay,
            Badge::Held => Needs::LookAgain(line.look_again),
            Badge::Answered => Needs::Ending,
            Badge::Check => Needs::Checks(line.checks.clone()),
            Badge::Due | Badge::Overdue => Needs::Values(to_look_at(course, library, today)),
            Badge::Hold | Badge::Stop => Needs::Prescriber,
            Badge::Confirm => Needs::AName,
            Badge::Go => Needs::Giving,
            Badge::Given => Needs::Nothing,
        };
        let may_be_given = matches!(badge, Badge::Due | Badge::Overdue | Badge::Confirm | Badge::Go | Badge::NoDate);
        let amount = beside.taken.clone().or_else(|| line.dose.clone()).filter(|_| may_be_given && !is_over);
        Self {
            uid: line.uid,
            id: line.id.clone(),
            name: line.name.clone(),
            birth_date: line.birth_date,
            course: course.number,
            group: Some(group),
            badge,
            needs,
            due: if is_over { None } else { line.due },
            late_days: line.late_days,
            dose: line.next_dose.map(|number| (number, course.slots.len())),
            amount,
            given: None,
            route: course.plan.route,
            weeks: course.plan.rule.weeks,
            beside,
        }
    }

    /// The line of a course of which something was given today; none where nothing was.
    pub fn given_today(
        uid: Uid,
        of: (&PatientState, &CourseState, &[Event]),
        today: NaiveDate,
        library: &'static Library,
    ) -> Option<Self> {
        let (state, course, events) = of;
        let identity = state.identity.as_ref()?;
        let dose = course.doses.iter().rev().find(|dose| dose.on == today)?;
        let beside = Beside::of(state, course, events, library);
        let given = beside.taken.clone().unwrap_or_else(|| crate::words::register::milligrams(dose.dose_mg));
        Some(Self {
            uid,
            id: identity.id.to_string(),
            name: identity.name.as_ref().map(ToString::to_string),
            birth_date: Some(identity.birth_date),
            course: course.number,
            group: None,
            badge: Badge::Given,
            needs: if beside.has_faults { Needs::ClearingUp } else { Needs::Nothing },
            due: Some(today),
            late_days: 0,
            dose: dose.dose.map(|number| (number, course.slots.len())),
            amount: None,
            given: Some(given),
            route: course.plan.route,
            weeks: course.plan.rule.weeks,
            beside,
        })
    }

    /// The place in the list: what is late first, then what is on hold, what is due, what was said, what was given.
    pub fn order(&self) -> impl Ord + use<> {
        let rank = match self.badge {
            Badge::NoDate | Badge::Overdue => 0,
            Badge::Held => 1,
            Badge::Due | Badge::Go | Badge::Hold | Badge::Stop | Badge::Confirm => 2,
            Badge::Check => 3,
            Badge::Answered => 4,
            Badge::Given => 5,
        };
        let name = self.name.as_deref().unwrap_or_default().to_lowercase();
        (rank, self.due, name, self.id.clone(), self.course)
    }
}

/// What the engine said of the next dose, as far as it stands today.
fn judged(course: &CourseState, assessed: Option<&Assessed>, events: &[Event]) -> Option<Badge> {
    // A verdict of hold stands until it is answered, on whichever day it was said.
    if let Some(stopped) = course.stopped {
        let said = events.iter().find(|event| event.number == stopped.number).and_then(|event| match &event.what {
            crate::ward::event::What::Body(crate::ward::event::Body::Assessed(it)) => Some(it),
            _ => None,
        });
        return Some(if said.is_some_and(|it| is_hold(it)) { Badge::Hold } else { Badge::Stop });
    }
    Some(match assessed?.verdict {
        Verdict::Go => Badge::Go,
        Verdict::Confirm => Badge::Confirm,
        Verdict::Hold => return None,
    })
}

/// Whether nothing stops a dose but the risen creatinine.
fn is_hold(assessed: &Assessed) -> bool {
    let mut stops = assessed.findings.iter().filter(|it| it.severity == Severity::Stop).peekable();
    stops.peek().is_some() && stops.all(|it| it.code.as_str() == Code::CreatinineRisen.as_str())
}
