//! `osteodose ward add`: registers a patient with a saved plan, or plans a new course of a patient who is known.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use clap::Args;

use super::{
    clock::{ComputerClock, today},
    entry::say,
    failed::{failed, refused},
    place::RegisterArgs,
    values,
};
use crate::{
    cli::{Failure, LibraryArgs},
    files,
    json::Text,
    plan::reopen,
    recheck::{Verdict, recheck},
    regimen::Library,
    request::{Clinic, Patient},
    saved,
    ward::{
        drafted,
        event::{ClinicSet, Draft, Event, Identity, Planned, Registered},
        flow,
        fold::{self, PatientState, Refused},
        namesake::Namesakes,
        store::{Appended, PatientKey, Register, StoreError},
    },
    words::{manual::exit_status, register::command as words},
};

/// Register a patient with a saved plan, or plan a course of a patient in the register
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Add {
    /// Saved plan
    plan: PathBuf,
    /// Who records it
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    by: Text,
    /// Day on which it is planned, such as 2026-12-01; today by default
    #[arg(long, value_name = "DAY", value_parser = values::day)]
    on: Option<NaiveDate>,
    /// That it is meant to be recorded more than 30 days after it happened
    #[arg(long)]
    late: bool,
    /// Put this plan in the place of the open doses of the course under way; what was given stays
    #[arg(long)]
    replan: bool,
    /// That it is another person than the one in the register who is like this one
    #[arg(long)]
    another_person: bool,
    #[command(flatten)]
    register: RegisterArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

/// A saved plan as a register takes it.
pub(super) struct Plan {
    /// Who the patient is.
    pub(super) identity: Identity,
    /// The entry.
    pub(super) planned: Planned,
    /// The patient, as the request of the plan has it.
    pub(super) patient: Patient,
    /// How many of its findings nobody has confirmed yet.
    pub(super) open_findings: usize,
}

impl Add {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let library = self.library.load()?;
        let plan = read(&self.plan, library)?;
        let mut store = self.register.open_or_make(&self.by, library)?;
        store.keep_library(&self.library.files()?).map_err(|error| failed(&error))?;
        let known = namesakes(&mut store)?;
        let known = Some(&known).filter(|_| !self.another_person);
        let on = self.on.unwrap_or_else(today);
        let (named, open_findings) = (plan.identity.name.clone(), plan.open_findings);
        let adding = Adding { on, by: &self.by, late: self.late, replan: self.replan, known };
        let appended = adding.record(&mut store, plan).map_err(|failure| failure.about(&self.plan))?;
        let status = say(&mut store, &appended, out)?;
        if let Some(line) = words::to_be_confirmed(open_findings) {
            writeln!(out, "{line}").map_err(|error| Failure::output(&error))?;
        }
        if let Some(line) = name_in_plan(named.as_ref(), &appended) {
            writeln!(out, "{line}").map_err(|error| Failure::output(&error))?;
        }
        if let Some(line) = other_days(&store.ward().clinic, &appended) {
            writeln!(out, "{line}").map_err(|error| Failure::output(&error))?;
        }
        Ok(status)
    }
}

/// What is said where a plan has a name and the register has none.
fn name_in_plan(named: Option<&Text>, appended: &Appended) -> Option<String> {
    let known = fold::state(&appended.history.as_ref()?.events()).identity?.name;
    named.filter(|_| known.is_none()).map(|named| words::name_in_plan(named.as_str()))
}

/// What is said where the open days of the ward put doses of a new plan on other days than its own do: somebody may
/// hold the plan in the hand.
pub(super) fn other_days(clinic: &ClinicSet, appended: &Appended) -> Option<String> {
    let state = fold::state(&appended.history.as_ref()?.events());
    let is_new = |plan: u64| appended.stored.iter().any(|it| it.header.number == plan);
    let course = state.courses.iter().find(|course| is_new(course.plan_number))?;
    let of_plan = reopen(course.plan.plan.0.as_bytes()).ok()?.clinic;
    let of_plan = of_plan.unwrap_or(Clinic { open_weekdays: None, closed_dates: Vec::new() });
    let dates = |clinic: &Clinic| flow::dates(course, &flow::calendar(course, clinic));
    let (planned, due) = (dates(&of_plan), dates(&clinic.open_days()));
    let mut others = planned.iter().zip(&due).filter(|(planned, due)| planned.due != due.due);
    let (planned, due) = others.next()?;
    let is_set = clinic.open_weekdays.is_some() || !clinic.closed.is_empty();
    Some(words::other_days((due.dose, planned.due, due.due), others.count(), is_set))
}

/// How plans are added.
#[derive(Clone, Copy)]
pub(super) struct Adding<'a> {
    pub(super) on: NaiveDate,
    pub(super) by: &'a Text,
    pub(super) late: bool,
    pub(super) replan: bool,
    /// Everybody in the register; none where somebody said that it is another person.
    pub(super) known: Option<&'a Namesakes>,
}

/// Everybody in a register, to find who is easily taken for somebody else.
pub(super) fn namesakes(store: &mut Register) -> Result<Namesakes, Failure> {
    Ok(store.persons().map_err(|error| failed(&error))?.into_iter().collect())
}

/// Refuses a patient who is easily taken for another one.
pub(super) fn refuse_alike(known: Option<&Namesakes>, patient: &Identity) -> Result<(), Refused> {
    match known.and_then(|known| known.of(&patient.into())) {
        Some((likeness, other)) => Err(Refused::Alike { likeness, other: other.clone() }),
        None => Ok(()),
    }
}

impl Adding<'_> {
    /// Records a plan, of a patient who is new or known.
    pub(super) fn record(self, store: &mut Register, plan: Plan) -> Result<Appended, Failure> {
        let key = PatientKey::Id(plan.identity.id.clone());
        let (seen, events) = match store.patient(&key) {
            Ok(history) => (Some(history.last_seq), history.events()),
            Err(StoreError::UnknownPatient) => (None, Vec::new()),
            Err(error) => return Err(failed(&error)),
        };
        let mut drafts = Vec::new();
        if seen.is_none() {
            refuse_alike(self.known, &plan.identity).map_err(|why| refused(&why))?;
            drafts.push(self.draft(None, Registered { patient: plan.identity }));
        }
        let (course, replaces_course) = self.course(&events, &fold::state(&events));
        drafts.push(self.draft(Some(course), Planned { replaces_course, ..plan.planned }));
        for draft in &drafts {
            drafted::ask(draft, None, &store.ward().settings, today(), self.late).map_err(|why| refused(&why))?;
        }
        let appended = match seen {
            None => store.register(&drafts, &ComputerClock),
            Some(seen) => store.append(&key, seen, &drafts, &ComputerClock),
        };
        appended.map_err(|error| failed(&error))
    }

    /// The number of the course of a plan, and that of the course whose open doses it replaces.
    fn course(self, events: &[Event], state: &PatientState) -> (u32, Option<u32>) {
        match state.open_course().filter(|_| self.replan) {
            Some(open) => (open.number, Some(open.number)),
            None => (events.iter().filter_map(|event| event.course).max().unwrap_or(0).saturating_add(1), None),
        }
    }

    fn draft(self, course: Option<u32>, body: impl Into<crate::ward::event::Body>) -> Draft {
        Draft { on: self.on, by: self.by.clone(), course, body: body.into() }
    }
}

/// Reads a saved plan: as it was written, and as its request makes it now.
pub(super) fn read(path: &Path, library: &'static Library) -> Result<Plan, Failure> {
    let bytes = files::read(path).map_err(|error| Failure::unreadable(path, &error))?;
    of_document(&bytes, library).map_err(|why| Failure::of_file(path, why))
}

/// Reads a saved plan from its document. The error says why it cannot be registered.
pub(super) fn of_document(document: &[u8], library: &'static Library) -> Result<Plan, String> {
    let saved = saved::open(document).map_err(|why| why.to_string())?;
    let text = String::from_utf8_lossy(document).into_owned();
    let rechecked = recheck(saved, library);
    let (Verdict::Same, Some(plan)) = (rechecked.verdict, &rechecked.plan) else {
        return Err(words::not_the_same(&rechecked.headline()));
    };
    let patient = &plan.request().patient;
    let identity = Identity {
        id: patient.id.clone().ok_or(words::NO_ID)?,
        name: patient.name.clone(),
        birth_date: patient.birth_date,
        sex: patient.sex,
    };
    let planned = Planned::of(plan, text).ok_or(words::STOPPED)?;
    Ok(Plan { identity, planned, patient: patient.clone(), open_findings: plan.open_findings().count() })
}
