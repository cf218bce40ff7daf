//! `osteodose ward import`: saved plans become patients of the register. What was planned is not taken for given: it is
//! proposed and listed, and somebody who knows accepts it patient by patient.

use std::{
    collections::BTreeSet,
    io::Write,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use clap::Args;

use super::{
    add::{Adding, Plan, namesakes, of_document, other_days},
    clock::{ComputerClock, today},
    failed::failed,
    place::RegisterArgs,
    take_back::TakeBack,
    values,
};
use crate::{
    cli::{Failure, LibraryArgs, failure::name},
    files::{LARGEST_INPUT, Length, Lines, Source, too_large},
    identity::Patients,
    json::Text,
    regimen::Library,
    ward::{
        drafted,
        event::{Body, Counted, Draft, Event, What},
        fold,
        namesake::{Namesakes, Person},
        store::{PatientKey, Register, StoreError},
    },
    words::{manual::exit_status, register::command as words},
};

/// Register the patients of saved plans, or take an export of a register back
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Import {
    /// Saved plans: folders, files, JSON Lines (.jsonl)
    #[arg(required_unless_present = "jsonl", value_name = "DIR")]
    plans: Vec<PathBuf>,
    /// Who does it
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    by: Text,
    /// List the doses planned before this day, which may have been given; none is recorded unless it is accepted
    #[arg(long, value_name = "DAY", value_parser = values::day)]
    given_until: Option<NaiveDate>,
    /// Patient whose listed doses were all given on their days; once for each
    #[arg(long, value_name = "PATIENT", value_parser = values::text, requires = "given_until")]
    accept: Vec<Text>,
    /// Patient who is another person than the one in the register who is like this one; once for each
    #[arg(long, value_name = "PATIENT", value_parser = values::text)]
    another_person: Vec<Text>,
    #[command(flatten)]
    back: TakeBack,
    #[command(flatten)]
    register: RegisterArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

/// A plan that can be registered, and where it is.
struct Found {
    place: String,
    plan: Plan,
}

/// A document with its place; why it cannot be read otherwise.
type Document = (String, Result<Vec<u8>, String>);

/// What an import has done so far.
#[derive(Default)]
struct Done {
    registered: usize,
    already: usize,
    refused: usize,
}

impl Import {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        if let Some((file, into)) = self.back.asked() {
            return self.back.run(file, into, &self.by, out);
        }
        let library = self.library.load()?;
        let mut done = Done::default();
        let found = self.read(library, &mut done)?;
        let found = one_person_each(found, &mut done);
        let is_of_nobody = |id: &&Text| found.iter().all(|it| it.plan.identity.id != **id);
        let nobody: Vec<String> = self.accept.iter().filter(is_of_nobody).map(ToString::to_string).collect();
        if !nobody.is_empty() {
            return Err(Failure::not_usable(words::accepts_nobody(&nobody)));
        }
        let mut store = self.register.open_or_make(&self.by, library)?;
        store.keep_library(&self.library.files()?).map_err(|error| failed(&error))?;
        let mut known = namesakes(&mut store)?;
        for Found { place, plan } in found {
            let (id, person) = (plan.identity.id.clone(), Person::from(&plan.identity));
            let (said, other_days) = match self.register(&mut store, plan, &known, &mut done) {
                Ok(said) => said,
                // What cannot be recorded now will not be recorded by going on.
                Err(failure) if failure.status() == 6 => return Err(failure),
                Err(failure) => {
                    failure.about(Path::new(&place)).print();
                    done.refused += 1;
                    continue;
                }
            };
            known.add(person);
            let other_days = other_days.map(|it| format!("\n    {it}")).unwrap_or_default();
            let told = writeln!(out, "{id} {place}: {said}{other_days}").and_then(|()| out.flush());
            told.map_err(|error| in_vain(&id, &error))?;
            self.propose(&mut store, &id, out)?;
        }
        let summary = words::imported(done.registered, done.already, done.refused);
        writeln!(out, "{summary}")
            .and_then(|()| out.flush())
            .map_err(|error| Failure::told_in_vain(words::IMPORTED_BUT, &error).with_own(u8::from(done.refused > 0)))?;
        Ok(u8::from(done.refused > 0))
    }

    /// Reads every plan; those that cannot be registered are said.
    fn read(&self, library: &'static Library, done: &mut Done) -> Result<Vec<Found>, Failure> {
        let mut found = Vec::new();
        for path in &self.plans {
            let unreadable = |error: std::io::Error| Failure::unreadable(path, &error);
            for folder in Source::folders_in(path).map_err(unreadable)? {
                // If standard error is closed, there is nowhere to say it.
                let _ = writeln!(std::io::stderr(), "{}", words::not_looked_into(&name(&folder)));
            }
            let sources = Source::all(path).map_err(unreadable)?;
            for source in &sources {
                for (place, document) in documents(source)? {
                    match document.and_then(|document| of_document(&document, library)) {
                        Ok(plan) => found.push(Found { place, plan }),
                        Err(why) => {
                            Failure::not_usable(format!("{place}: {why}")).print();
                            done.refused += 1;
                        }
                    }
                }
            }
        }
        Ok(found)
    }

    /// Registers the patient of a plan. Returns what became of it, and what is said of its days.
    fn register(
        &self,
        store: &mut Register,
        plan: Plan,
        known: &Namesakes,
        done: &mut Done,
    ) -> Result<(&'static str, Option<String>), Failure> {
        let events = entries(store, &plan.identity.id)?;
        let is_it =
            |event: &Event| matches!(&event.what, What::Body(Body::Planned(it)) if it.plan == plan.planned.plan);
        if events.iter().any(is_it) {
            done.already += 1;
            return Ok((words::ALREADY_THERE, None));
        }
        let known = Some(known).filter(|_| !self.another_person.contains(&plan.identity.id));
        let adding = Adding { on: today(), by: &self.by, late: false, replan: false, known };
        let appended = adding.record(store, plan)?;
        done.registered += 1;
        Ok((words::PLANNED, other_days(&store.ward().clinic, &appended)))
    }

    /// Lists the doses that may have been given, or records them where they are accepted.
    fn propose(&self, store: &mut Register, id: &Text, out: &mut impl Write) -> Result<(), Failure> {
        let Some(until) = self.given_until else { return Ok(()) };
        let key = PatientKey::Id(id.clone());
        let history = store.patient(&key).map_err(|error| failed(&error))?;
        let state = fold::state(&history.events());
        let Some(course) = state.open_course() else { return Ok(()) };
        let because: Text = words::IMPORTED.parse().expect("a sentence that can be shown");
        let proposed = drafted::proposed(course, until.min(today()), &because);
        let mut lines = Vec::new();
        if course.plan.unit == Counted::Supplies {
            lines.push(format!("{id}: {}", words::NO_SUPPLIES));
        }
        let is_accepted = self.accept.contains(id);
        if !proposed.is_empty() && is_accepted {
            let draft =
                |(on, given)| Draft { on, by: self.by.clone(), course: Some(course.number), body: Body::Given(given) };
            let drafts: Vec<Draft> = proposed.into_iter().map(draft).collect();
            let appended =
                store.append(&key, history.last_seq, &drafts, &ComputerClock).map_err(|error| failed(&error))?;
            lines.extend(crate::present::register::recorded(
                &appended,
                &store.ward().clinic.open_days(),
                Library::shipped(),
            ));
        } else if !proposed.is_empty() {
            let line = |(on, given): &(NaiveDate, crate::ward::event::Given)| {
                given.dose.map(|dose| words::proposed(id.as_str(), dose, *on, given.dose_mg))
            };
            lines.extend(proposed.iter().filter_map(line));
            lines.push(words::accept(id.as_str()));
        }
        for line in lines {
            writeln!(out, "    {line}").map_err(|error| in_vain(id, &error))?;
        }
        Ok(())
    }
}

/// The output cannot be written behind the last patient whose plan was looked at. Plans after it are not recorded, also
/// where only the reader is gone.
fn in_vain(id: &Text, error: &std::io::Error) -> Failure {
    Failure::told_in_vain(&words::imported_up_to(id.as_str()), error).with_own(1)
}

/// The documents of a file with their places: the file, or each of its lines.
fn documents(source: &Source) -> Result<Vec<Document>, Failure> {
    let path = source.path();
    let unreadable = |error: &std::io::Error| Failure::unreadable(path, error);
    if !path.extension().is_some_and(|it| it.eq_ignore_ascii_case("jsonl")) {
        return Ok(vec![(name(path), source.read().map_err(|error| error.to_string()))]);
    }
    let mut lines = Lines::new(source.open().map_err(|error| unreadable(&error))?, LARGEST_INPUT);
    let mut found = Vec::new();
    loop {
        let mut line = Vec::new();
        let length = lines.next_line(&mut line).map_err(|error| unreadable(&error))?;
        let place = format!("{}:{}", name(path), lines.number());
        match length {
            None => return Ok(found),
            Some(Length::TooLong) => found.push((place, Err(too_large().to_string()))),
            Some(Length::Fits) if line.trim_ascii().is_empty() => {}
            Some(Length::Fits) => found.push((place, Ok(line))),
        }
    }
}

/// The plans without those whose identifier two people have; both are named.
fn one_person_each(found: Vec<Found>, done: &mut Done) -> Vec<Found> {
    let mut patients = Patients::default();
    let mut twice: BTreeSet<String> = BTreeSet::new();
    for Found { place, plan } in &found {
        let id = &plan.identity.id;
        if let (_, Some(other)) = patients.add(id, &plan.patient, place.clone()) {
            Failure::not_usable(words::two_people(id.as_str(), &other.place, place)).print();
            twice.insert(id.to_string());
        }
    }
    let (kept, refused): (Vec<Found>, Vec<Found>) =
        found.into_iter().partition(|it| !twice.contains(it.plan.identity.id.as_str()));
    done.refused += refused.len();
    kept
}

/// The entries of a patient; none of one who is new.
fn entries(store: &mut Register, id: &Text) -> Result<Vec<Event>, Failure> {
    match store.patient(&PatientKey::Id(id.clone())) {
        Ok(history) => Ok(history.events()),
        Err(StoreError::UnknownPatient) => Ok(Vec::new()),
        Err(error) => Err(failed(&error)),
    }
}
