//! A patient as the register has it: who it is, the courses, the entries, and what holds for all patients of the ward.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    plan::reopen,
    quantity::Days,
    regimen::{CheckRule, Library, Listed, Subject},
    request::{Clinic, Request},
    ward::{
        Settings, checks, drafted,
        event::{Body, ClinicSet, Event, Identity, What},
        flow::{self, SlotDate},
        fold::{self, CourseState, PatientState},
        store::{History, PatientKey, Ward},
    },
};

/// A patient's entries as they stood when they were read, with what they amount to.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The patient.
    pub key: PatientKey,
    /// The number of the last entry that was seen.
    pub seen: u32,
    /// Entries that are not as they were stored.
    pub altered: Vec<u64>,
    /// The entries.
    pub events: Vec<Event>,
    /// What they amount to.
    pub state: PatientState,
    /// The open days of the ward.
    pub clinic: Clinic,
    /// The same as they were set.
    pub clinic_set: ClinicSet,
    /// What holds for every patient of the ward.
    pub settings: Settings,
    /// Today.
    pub today: NaiveDate,
    /// The library at hand.
    pub library: &'static Library,
}

impl Chart {
    /// The chart of a history that was read today.
    pub fn new(history: &History, ward: &Ward, today: NaiveDate, library: &'static Library) -> Self {
        let events = history.events();
        Self {
            key: PatientKey::Uid(history.uid),
            seen: history.last_seq,
            altered: history.altered.clone(),
            state: fold::state(&events),
            events,
            clinic: ward.clinic.open_days(),
            clinic_set: ward.clinic.clone(),
            settings: ward.all_settings(),
            today,
            library,
        }
    }

    /// Who the patient is; none where that cannot be read.
    pub fn identity(&self) -> Option<&Identity> {
        self.state.identity.as_ref()
    }

    /// The course that has not ended, else the newest.
    pub fn course(&self) -> Option<&CourseState> {
        drafted::course(&self.state)
    }

    /// The regimen of a course in the library at hand.
    pub fn listed(&self, course: &CourseState) -> Option<Listed> {
        self.library.regimens().find(|it| it.regimen.path(&it.drug.drug) == course.plan.regimen.as_str())
    }

    /// The open doses of a course with their days.
    pub fn dates(&self, course: &CourseState) -> Vec<SlotDate> {
        flow::dates(course, &flow::calendar(course, &self.clinic))
    }

    /// The next dose of a course, with its day.
    pub fn next(&self, course: &CourseState) -> Option<SlotDate> {
        flow::next(&self.dates(course)).copied()
    }

    /// What must be looked at before the next dose, each once, in the order of the laboratory.
    pub fn to_look_at(&self, course: &CourseState) -> Vec<Subject> {
        to_look_at(course, self.library, self.today)
    }

    /// Entries that are in force, each with its body, the newest last.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = (&Event, &Body)> {
        let struck: BTreeSet<u64> = self.events.iter().filter_map(|event| event.what.strikes()).collect();
        self.events.iter().filter_map(move |event| match &event.what {
            What::Body(body) if !struck.contains(&event.number) => Some((event, body)),
            _ => None,
        })
    }

    /// The requests that a course was planned and assessed with, each with its day, the newest last.
    pub fn requests(&self, course: u32) -> Vec<(NaiveDate, Request)> {
        let of = |(event, body): (&Event, &Body)| match body {
            Body::Assessed(it) if event.course == Some(course) => Some((event.on, it.request.clone())),
            Body::Planned(it) if event.course == Some(course) => Some((event.on, reopen(it.plan.0.as_bytes()).ok()?)),
            _ => None,
        };
        self.standing().filter_map(of).collect()
    }
}

/// The newest request of a course, with its day.
pub fn last_request(chart: &Chart, course: u32) -> Option<(NaiveDate, Request)> {
    chart.requests(course).pop()
}

/// What must be looked at before the next dose of a course: what its regimen asks for before doses, the creatinine where it
/// judges them, and the checks whose day has come.
pub(super) fn to_look_at(course: &CourseState, library: &'static Library, today: NaiveDate) -> Vec<Subject> {
    let mut regimens = library.regimens();
    let listed = regimens.find(|it| it.regimen.path(&it.drug.drug) == course.plan.regimen.as_str());
    let next = course.next_slot().map(|slot| slot.number);
    let of_dose = |rule: &&CheckRule| {
        // What is looked at from time to time is looked at again when that time is over.
        let is_over = |apart: Days| {
            let since = today.checked_sub_days(chrono::Days::new(apart.count().unsigned_abs()));
            since.is_some_and(|since| !course.looked_at.since(since, Some(rule.what)))
        };
        let is_before = rule.before_every_dose == Some(true)
            || rule.before_every_dose_unless_within.is_some()
            || rule.before_doses_apart.is_some_and(|apart| is_over(apart.0))
            || rule.before_supplies.is_some()
            || next.is_some_and(|next| rule.before_doses.contains(&next));
        is_before && rule.with_findings.is_empty()
    };
    let rules = listed.into_iter().flat_map(|it| &it.regimen.checks).filter(of_dose).map(|rule| rule.what);
    let due = checks::open(course).into_iter().filter(|it| it.on <= today).filter_map(|it| it.what);
    let judged = course.plan.rule.needs_baseline.then_some(Subject::Creatinine);
    let mut all: Vec<Subject> = judged.into_iter().chain(rules).chain(due).collect();
    all.sort_unstable();
    all.dedup();
    all
}
