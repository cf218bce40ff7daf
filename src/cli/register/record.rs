//! `osteodose ward record`: entries of another program, one a line, each answered with a line.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::PathBuf,
};

use chrono::NaiveDate;
use clap::Args;

use super::{
    add::{namesakes, refuse_alike},
    clock::{ComputerClock, today},
    failed::{failed, status, why},
    place::RegisterArgs,
    values,
};
use crate::{
    cli::{
        Failure, LibraryArgs,
        register::answer::{Answer, ErrorAnswer},
        waiting,
    },
    files::{self, LARGEST_INPUT, Length, Lines, too_large},
    json::{Faults, FromJson, Node, Object, Path, Text, escaped, read_document},
    regimen::Library,
    ward::{
        drafted,
        event::{Body, Draft, Event, Registered, What},
        fold,
        namesake::Namesakes,
        store::{Appended, History, PatientKey, Register, StoreError, Stored, refuse_invented},
    },
    words::{command::ENTRIES, manual::exit_status, register::command as words},
};

/// Record entries of another program, one JSON object a line
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Record {
    /// File with an entry on each line, or - for standard input
    #[arg(default_value = "-", value_name = "FILE")]
    file: PathBuf,
    /// Answer as if the entries were recorded, and record none
    #[arg(long)]
    check: bool,
    /// That entries are meant to be recorded more than 30 days after they happened
    #[arg(long)]
    late: bool,
    /// Patient who is another person than the one in the register who is like this one; once for each
    #[arg(long, value_name = "PATIENT", value_parser = values::text)]
    another_person: Vec<Text>,
    #[command(flatten)]
    register: RegisterArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

/// An entry as another program sends it.
struct Line {
    patient: Text,
    seen: u32,
    on: NaiveDate,
    by: Text,
    course: Option<u32>,
    event: Body,
}

impl FromJson for Line {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        let known = &["patient", "seen", "on", "by", "course", "event"];
        let object = Object::open(node, path, known, faults)?;
        let (patient, seen) = (object.member("patient", faults), object.member("seen", faults));
        let (on, by) = (object.member("on", faults), object.member("by", faults));
        let (course, event) = (object.member("course", faults), object.member("event", faults));
        Some(Self { patient: patient?, seen: seen?, on: on?, by: by?, course: course?, event: event? })
    }
}

/// The lines as they are recorded, or would be.
struct Run<'a> {
    store: Register,
    library: &'static Library,
    check: bool,
    late: bool,
    /// The number of the last entry, with those that a check would have recorded.
    last: u64,
    /// What earlier lines of a check would have recorded, by the identifier of the patient.
    checked: BTreeMap<String, Vec<Event>>,
    /// The identifiers that patients of the register would have no more.
    gone: BTreeSet<String>,
    /// Everybody in the register, and whom somebody said to be another person.
    known: Namesakes,
    others: &'a [Text],
}

/// Why a line is not recorded.
enum NotRecorded {
    /// Its form.
    Form(String),
    /// What the register says.
    Store(StoreError),
    /// Lines before it record these entries of the patient, which it has not seen.
    Earlier(Vec<Event>),
}

impl Record {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        waiting::say(&self.file, ENTRIES);
        let library = self.library.load()?;
        let mut store = self.register.open()?;
        let (last, _) = store.head().map_err(|error| failed(&error))?;
        let (check, late) = (self.check, self.late);
        let known = namesakes(&mut store)?;
        let (checked, gone, others) = (BTreeMap::new(), BTreeSet::new(), self.another_person.as_slice());
        let mut run = Run { store, library, check, late, last, checked, gone, known, others };
        let input = files::open(&self.file).map_err(|error| Failure::unreadable(&self.file, &error))?;
        let mut lines = Lines::new(input, LARGEST_INPUT);
        let (mut line, mut refused) = (Vec::new(), false);
        loop {
            line.clear();
            let length = lines.next_line(&mut line).map_err(|error| Failure::unreadable(&self.file, &error))?;
            let answer = match length {
                None => break,
                Some(Length::TooLong) => Err(NotRecorded::Form(too_large().to_string())),
                Some(Length::Fits) if line.trim_ascii().is_empty() => continue,
                Some(Length::Fits) => run.line(&line),
            };
            let number = answer.as_ref().ok().and_then(Answer::number);
            let answer = match answer {
                Ok(answer) => serde_json::to_string(&answer),
                // What cannot be recorded now will not be recorded by going on.
                Err(NotRecorded::Store(error)) if status(&error) == 6 => return Err(failed(&error)),
                Err(why) => {
                    refused = true;
                    serde_json::to_string(&why.answer(lines.number()))
                }
            };
            let answer = escaped(answer.expect("made of text and numbers"));
            // A program that waits for each answer gets it before it sends the next line.
            let told = writeln!(out, "{answer}").and_then(|()| out.flush());
            // Whoever reads no more answers must know that no more lines are recorded.
            let no_more = |failure: Failure| failure.with_own(1).and(words::not_answered(lines.number()));
            told.map_err(|error| match number {
                Some(number) => no_more(Failure::told_in_vain(&words::recorded_but(&[number]), &error)),
                None => no_more(Failure::output(&error)),
            })?;
        }
        Ok(u8::from(refused))
    }
}

impl Run<'_> {
    fn line(&mut self, line: &[u8]) -> Result<Answer, NotRecorded> {
        let read = |faults: Vec<crate::json::Fault>| {
            NotRecorded::Form(faults.first().map(ToString::to_string).unwrap_or_default())
        };
        let Line { patient, seen, on, by, course, event } = read_document(line).map_err(read)?;
        let draft = Draft { on, by, course, body: event };
        if self.check { self.would(&patient, seen, &draft) } else { self.record(patient, seen, draft) }
    }

    fn record(&mut self, patient: Text, seen: u32, draft: Draft) -> Result<Answer, NotRecorded> {
        let key = PatientKey::Id(patient);
        let is_new = matches!(draft.body, Body::Registered(_)) && seen == 0;
        let events = if is_new { Vec::new() } else { self.store.patient(&key)?.events() };
        self.ask(&events, &draft)?;
        let appended: Appended = if is_new {
            refuse_other_id(&key, &draft)?;
            let appended = self.store.register(std::slice::from_ref(&draft), &ComputerClock)?;
            self.now_known(&draft);
            appended
        } else {
            self.store.append(&key, seen, &[draft], &ComputerClock)?
        };
        let history = appended.history.map(|history| history.events()).unwrap_or_default();
        Ok(Answer::of(&history, &self.store.ward().clinic.open_days()).stored(&appended.stored))
    }

    /// What would be answered if it were recorded, after the lines before it.
    fn would(&mut self, patient: &Text, seen: u32, draft: &Draft) -> Result<Answer, NotRecorded> {
        let key = PatientKey::Id(patient.clone());
        let checked = self.checked.get(patient.as_str()).cloned();
        let is_new = matches!(draft.body, Body::Registered(_)) && seen == 0;
        let stored = match self.history(patient) {
            found if is_new && (found.is_ok() || checked.is_some()) => {
                self.ask(&[], draft)?;
                refuse_other_id(&key, draft)?;
                return Err(StoreError::IdTaken { id: patient.clone() }.into());
            }
            Ok(history) => history.stored,
            Err(StoreError::UnknownPatient) if checked.is_some() => Vec::new(),
            Err(StoreError::UnknownPatient) if matches!(draft.body, Body::Registered(_)) => {
                refuse_other_id(&key, draft)?;
                Vec::new()
            }
            Err(error) => return Err(error.into()),
        };
        let is_first = checked.is_none();
        let mut events = checked.unwrap_or_else(|| Stored::events(&stored));
        let last = events.last().map_or(0, |event| event.seq);
        if last != seen && is_first {
            let since = stored.into_iter().filter(|it| it.header.seq > Some(seen)).collect();
            return Err(StoreError::Changed { since }.into());
        } else if last != seen {
            return Err(NotRecorded::Earlier(events.into_iter().filter(|event| event.seq > seen).collect()));
        }
        self.ask(&events, draft)?;
        if matches!(draft.body, Body::Erased(_)) {
            return Err(StoreError::Misplaced { kind: draft.body.kind().as_str().to_owned() }.into());
        }
        fold::admit(&events, draft, today()).map_err(StoreError::Refused)?;
        drafted::refuse_deferral(&events, draft, &self.store.ward().clinic).map_err(StoreError::Refused)?;
        let corrected = match &draft.body {
            Body::IdentityCorrected(it) if it.patient.id != *patient => Some(&it.patient.id),
            _ => None,
        };
        if let Some(id) = corrected
            && (self.checked.contains_key(id.as_str()) || self.history(id).is_ok())
        {
            return Err(StoreError::IdTaken { id: id.clone() }.into());
        }
        self.last += 1;
        events.push(Event {
            number: self.last,
            seq: last + 1,
            course: draft.course,
            on: draft.on,
            recorded_ms: 0,
            offset_min: 0,
            by: draft.by.clone(),
            what: What::Body(draft.body.clone()),
        });
        self.now_known(draft);
        let answer = Answer::of(&events, &self.store.ward().clinic.open_days());
        if let Some(id) = corrected {
            self.checked.remove(patient.as_str());
            self.gone.insert(patient.to_string());
            self.gone.remove(id.as_str());
            self.checked.insert(id.to_string(), events);
        } else {
            self.checked.insert(patient.to_string(), events);
        }
        Ok(answer)
    }

    /// The entries of the patient who has an identifier in the register, after the lines before.
    fn history(&mut self, id: &Text) -> Result<History, StoreError> {
        if self.gone.contains(id.as_str()) {
            return Err(StoreError::UnknownPatient);
        }
        self.store.patient(&PatientKey::Id(id.clone()))
    }

    /// Takes a patient in who is registered by a line.
    fn now_known(&mut self, draft: &Draft) {
        if let Body::Registered(Registered { patient }) = &draft.body {
            self.known.add(patient.into());
        }
    }

    fn ask(&self, events: &[Event], draft: &Draft) -> Result<(), NotRecorded> {
        if let Body::Registered(Registered { patient }) = &draft.body {
            let known = Some(&self.known).filter(|_| !self.others.contains(&patient.id));
            refuse_alike(known, patient).map_err(StoreError::Refused)?;
        }
        refuse_invented(&draft.body, self.library).map_err(StoreError::Refused)?;
        let state = fold::state(events);
        let course = draft.course.and_then(|course| state.course(course));
        let settings = &self.store.ward().settings;
        drafted::ask(draft, course, settings, today(), self.late).map_err(|why| StoreError::Refused(why).into())
    }
}

/// A patient is registered under the identifier that the line names.
fn refuse_other_id(key: &PatientKey, draft: &Draft) -> Result<(), NotRecorded> {
    match (key, &draft.body) {
        (PatientKey::Id(id), Body::Registered(it)) if it.patient.id != *id => {
            Err(StoreError::Refused(fold::Refused::OtherPatient).into())
        }
        _ => Ok(()),
    }
}

impl From<StoreError> for NotRecorded {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl NotRecorded {
    fn answer(self, line: u64) -> ErrorAnswer {
        match self {
            Self::Form(error) => ErrorAnswer::of(line, error, &[]),
            Self::Store(error) => {
                let since: Vec<Event> = match &error {
                    StoreError::Changed { since } => Stored::events(since),
                    _ => Vec::new(),
                };
                ErrorAnswer::of(line, why(&error), &since)
            }
            Self::Earlier(since) => ErrorAnswer::of(line, words::EARLIER_LINE.to_owned(), &since),
        }
    }
}
