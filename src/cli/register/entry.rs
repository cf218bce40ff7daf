//! An entry of a patient, as every command records one: by whom, for which day, and what was seen before.

use std::io::Write;

use chrono::NaiveDate;
use clap::Args;

use super::{
    clock::{ComputerClock, today},
    failed::{failed, refused},
    place::{RegisterArgs, history},
    values,
};
use crate::{
    cli::Failure,
    json::Text,
    present::register as present,
    regimen::Library,
    ward::{
        drafted,
        event::{Body, Draft, Event},
        fold::{self, CourseState, PatientState, Refused},
        store::{Appended, History, PatientKey, Register},
    },
    words::{register::command as words, store},
};

/// The options of every entry.
#[derive(Args)]
pub(super) struct EntryArgs {
    /// Identifier of the patient
    #[arg(value_parser = values::text)]
    patient: Text,
    /// Who records it
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    by: Text,
    /// Day on which it happened, such as 2026-12-01; today by default
    #[arg(long, value_name = "DAY", value_parser = values::day)]
    on: Option<NaiveDate>,
    /// That it is meant to be recorded more than 30 days after it happened
    #[arg(long)]
    late: bool,
    /// Number of the course, where it is not the one that is open
    #[arg(long, value_name = "NUMBER")]
    course: Option<u32>,
    /// Number that "ward show" gave: refuse if anything was recorded for this patient since
    #[arg(long, value_name = "SEQ")]
    seen: Option<u32>,
    #[command(flatten)]
    register: RegisterArgs,
}

/// A patient's entries as they stand when a command begins, and what the command says beside its own options.
pub(super) struct Opened<'a> {
    pub(super) store: Register,
    pub(super) events: Vec<Event>,
    pub(super) state: PatientState,
    pub(super) on: NaiveDate,
    /// The library that says how often something is taken by mouth.
    pub(super) library: &'static Library,
    args: &'a EntryArgs,
    key: PatientKey,
    history: History,
}

impl EntryArgs {
    /// Opens the register and reads the patient's entries.
    pub(super) fn open(&self) -> Result<Opened<'_>, Failure> {
        let mut store = self.register.open()?;
        let (key, history) = history(&mut store, &self.patient)?;
        let events = history.events();
        let state = fold::state(&events);
        if self.course.is_some_and(|number| state.course(number).is_none()) {
            return Err(refused(&Refused::NoCourse { course: self.course }));
        }
        Ok(Opened {
            store,
            state,
            on: self.on.unwrap_or_else(today),
            library: Library::shipped(),
            events,
            args: self,
            key,
            history,
        })
    }

    /// Who records it.
    pub(super) fn by(&self) -> &Text {
        &self.by
    }
}

impl Opened<'_> {
    /// The course that the entry is about.
    pub(super) fn course(&self) -> Result<&CourseState, Failure> {
        let found = match self.args.course {
            Some(number) => self.state.course(number),
            None => drafted::course(&self.state),
        };
        found.ok_or_else(|| refused(&Refused::NoCourse { course: self.args.course }))
    }

    /// Records an entry of a course.
    pub(super) fn record_in_course(self, body: impl Into<Body>, out: &mut impl Write) -> Result<u8, Failure> {
        self.record_all_in_course(vec![body.into()], out)
    }

    /// Records entries of a course, all or none.
    pub(super) fn record_all_in_course(self, bodies: Vec<Body>, out: &mut impl Write) -> Result<u8, Failure> {
        let course = self.course()?.number;
        self.record_all(Some(course), bodies, out)
    }

    /// Records an entry, and says what was recorded and what is next.
    pub(super) fn record(
        self,
        course: Option<u32>,
        body: impl Into<Body>,
        out: &mut impl Write,
    ) -> Result<u8, Failure> {
        self.record_all(course, vec![body.into()], out)
    }

    fn record_all(mut self, course: Option<u32>, bodies: Vec<Body>, out: &mut impl Write) -> Result<u8, Failure> {
        let appended = self.append(course, bodies)?;
        say_with(&mut self.store, &appended, self.library, out)
    }

    /// Records entries, all or none.
    pub(super) fn append(&mut self, course: Option<u32>, bodies: Vec<Body>) -> Result<Appended, Failure> {
        let draft = |body| Draft { on: self.on, by: self.args.by.clone(), course, body };
        let drafts: Vec<Draft> = bodies.into_iter().map(draft).collect();
        let of = course.and_then(|course| self.state.course(course));
        let settings = &self.store.ward().settings;
        for draft in &drafts {
            drafted::ask(draft, of, settings, today(), self.args.late).map_err(|why| refused(&why))?;
        }
        let seen = self.args.seen.unwrap_or(self.history.last_seq);
        self.store.append(&self.key, seen, &drafts, &ComputerClock).map_err(|error| failed(&error))
    }
}

/// Says what was recorded and what is next. It is on the disk by now: whatever becomes of the output, nothing more is
/// done, and the output is told apart from the entry.
pub(super) fn say(register: &mut Register, appended: &Appended, out: &mut impl Write) -> Result<u8, Failure> {
    say_with(register, appended, Library::shipped(), out)
}

/// Says so with the library that says how often something is taken by mouth.
pub(super) fn say_with(
    register: &mut Register,
    appended: &Appended,
    library: &'static Library,
    out: &mut impl Write,
) -> Result<u8, Failure> {
    let clinic = register.ward().clinic.open_days();
    let mut lines = present::recorded(appended, &clinic, library);
    lines.extend(appended.behind.map(store::behind));
    let write = |out: &mut dyn Write| lines.iter().try_for_each(|line| writeln!(out, "{line}"));
    write(out).and_then(|()| out.flush()).map_err(|error| unsaid(appended, &error))?;
    Ok(0)
}

/// What is recorded, and cannot be said.
pub(super) fn unsaid(appended: &Appended, error: &std::io::Error) -> Failure {
    let numbers: Vec<u64> = appended.stored.iter().map(|it| it.header.number).collect();
    Failure::told_in_vain(&words::recorded_but(&numbers), error)
}

/// The number of the dose that an entry is about: the one that is named, else the next that is open.
pub(super) fn dose(course: &CourseState, named: Option<u16>) -> Result<u16, Failure> {
    named.or_else(|| course.next_slot().map(|slot| slot.number)).ok_or_else(|| Failure::not_usable(words::NO_OPEN_DOSE))
}
