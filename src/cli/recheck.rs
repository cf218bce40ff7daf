//! `osteodose recheck`: saved plans made again and compared.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Failure, LibraryArgs, failure::name, waiting};
#[cfg(feature = "ward")]
use crate::ward::store::Register;
use crate::{
    files::{LARGEST_INPUT, Length, Lines, Source, too_large},
    identity::Patients,
    json::{escaped, unhidden},
    recheck::{
        Rechecked, Verdict,
        document::{OtherPatientDocument, PlaceDocument, RecheckDocument},
        recheck,
    },
    regimen::Library,
    saved,
    words::{command, manual::exit_status, recheck as words},
};

/// Make saved plans again and compare
#[derive(Args)]
#[command(after_help = exit_status("recheck"))]
pub(super) struct Recheck {
    /// Saved plans: files, folders, JSON Lines (.jsonl), or - for JSON Lines on standard input
    #[cfg_attr(feature = "ward", arg(required_unless_present = "register", value_name = "PLAN"))]
    #[cfg_attr(not(feature = "ward"), arg(required = true, value_name = "PLAN"))]
    plans: Vec<PathBuf>,
    #[cfg(feature = "ward")]
    #[command(flatten)]
    register: super::register::InsteadOfPlans,
    /// One JSON object per plan, for other programs
    #[arg(long)]
    json: bool,
    /// Write no summary or reminder
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The counts of plans by result.
#[derive(Default)]
struct Tally {
    same: usize,
    changed: usize,
    altered: usize,
    unusable: usize,
    /// How many would have another dose.
    doses: usize,
    /// How many can no longer be planned.
    impossible: usize,
    /// How many have the identifier of another patient.
    others: usize,
}

/// The place of a plan: its file and line.
#[derive(Clone, Copy)]
struct Place<'a> {
    file: &'a Path,
    /// The line, where each line is a plan.
    line: Option<u64>,
}

/// The plans are made again as they are read.
struct Run<'a, W> {
    library: &'static Library,
    json: bool,
    quiet: bool,
    out: &'a mut W,
    tally: Tally,
    patients: Patients<Kept>,
}

impl Recheck {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let mut run = Run {
            library: self.library.load()?,
            json: self.json,
            quiet: self.quiet,
            out,
            tally: Tally::default(),
            patients: Patients::default(),
        };
        #[cfg(feature = "ward")]
        if let Some(mut store) = self.register.open().map_err(Failure::of_reading)? {
            run.register(&mut store)?;
        }
        for path in &self.plans {
            if !self.quiet {
                waiting::say(path, command::PLANS);
            }
            match Source::all(path) {
                Ok(sources) => sources.iter().try_for_each(|source| run.file(source))?,
                Err(error) => run.unreadable(Place { file: path, line: None }, &error)?,
            }
        }
        run.end()
    }
}

impl<W: Write> Run<'_, W> {
    fn file(&mut self, source: &Source) -> Result<(), Failure> {
        let path = source.path();
        let place = Place { file: path, line: None };
        // A pipe has no ending; plans one a line are read from it too.
        if path.extension().is_some_and(|it| it.eq_ignore_ascii_case("json")) {
            return match source.read() {
                Ok(document) => self.document(place, &document),
                Err(error) => self.unreadable(place, &error),
            };
        }
        let mut lines = match source.open() {
            Ok(input) => Lines::new(input, LARGEST_INPUT),
            Err(error) => return self.unreadable(place, &error),
        };
        let mut is_empty = true;
        let mut document = Vec::new();
        loop {
            document.clear();
            let length = lines.next_line(&mut document).and_then(|length| {
                // A plan may be spread over lines; the first of them is then a brace alone.
                let is_spread = document.trim_ascii() == b"{";
                if is_spread { lines.rest(&mut document).map(Some) } else { Ok(length) }
            });
            let place = Place { line: Some(lines.number()), ..place };
            match length {
                Ok(None) => break,
                Ok(Some(Length::Fits)) => self.document(place, &document)?,
                Ok(Some(Length::TooLong)) => self.unreadable(place, &too_large())?,
                // What cannot be read now will not be read by trying for ever.
                Err(error) => return self.unreadable(place, &error),
            }
            is_empty = false;
        }
        if is_empty { self.unusable(place, words::NO_LINE) } else { Ok(()) }
    }

    fn document(&mut self, place: Place<'_>, document: &[u8]) -> Result<(), Failure> {
        let saved = match saved::open(document) {
            Ok(saved) => saved,
            Err(why) => return self.unusable(place, &why.to_string()),
        };
        let id = saved.id().map(str::to_owned);
        let patient = &saved.document.request.patient;
        let other = patient.id.as_ref().and_then(|id| self.patients.add(id, patient, place.kept()).1);
        let rechecked = recheck(saved, self.library);
        self.tally.add(&rechecked);
        self.tally.others += usize::from(other.is_some());
        if self.json {
            let other_patient = other.map(|it| OtherPatientDocument::of(it.differs, it.place.place().document()));
            let document = RecheckDocument::of(place.document(), id.as_deref(), &rechecked);
            return self.object(&RecheckDocument { other_patient, ..document });
        }
        let other = other.map(|it| words::other_patient(it.differs, &it.place.place().to_string()));
        self.said(id.as_deref(), &place.to_string(), &rechecked, other.as_deref())
    }

    fn said(&mut self, id: Option<&str>, place: &str, of: &Rechecked, other: Option<&str>) -> Result<(), Failure> {
        let id = id.map_or_else(|| words::NO_ID.to_owned(), unhidden);
        self.print(&format!("{id} {place}: {}\n", of.headline()))?;
        let details = of.details();
        other
            .into_iter()
            .chain(details.iter().map(String::as_str))
            .try_for_each(|line| self.print(&format!("    {line}\n")))
    }

    /// Makes the plans of a register again. A course that ended is left out: nothing is given by its plan any more.
    #[cfg(feature = "ward")]
    fn register(&mut self, store: &mut Register) -> Result<(), Failure> {
        let path = store.path().to_owned();
        let place = Place { file: &path, line: None };
        super::register::each_patient(store, |id, of| match of {
            Ok(state) => super::register::not_ended(state).try_for_each(|(_, course)| {
                self.course(place, id.as_str(), course.plan_number, course.plan.plan.0.as_bytes())
            }),
            Err(damaged) => {
                let why = crate::words::register::damaged(&damaged.entries);
                let document = RecheckDocument::unusable(place.document(), why.clone());
                let document = RecheckDocument { id: Some(id.as_str()), ..document };
                self.not_usable(id.as_str(), &format!("{place}: {id}"), &why, &document)
            }
        })
    }

    /// Makes the plan of a course again. Whose it is, the register says: two patients have no identifier in common there.
    #[cfg(feature = "ward")]
    fn course(&mut self, place: Place<'_>, id: &str, entry: u64, document: &[u8]) -> Result<(), Failure> {
        let of_entry = words::entry(entry);
        let saved = match saved::open(document) {
            Ok(saved) => saved,
            Err(why) => {
                let document = RecheckDocument::unusable(place.document(), why.to_string());
                let document = RecheckDocument { id: Some(id), entry: Some(entry), ..document };
                return self.not_usable(id, &of_entry, &why.to_string(), &document);
            }
        };
        let rechecked = recheck(saved, self.library);
        self.tally.add(&rechecked);
        if self.json {
            let document = RecheckDocument::of(place.document(), Some(id), &rechecked);
            return self.object(&RecheckDocument { entry: Some(entry), ..document });
        }
        self.said(Some(id), &of_entry, &rechecked, None)
    }

    fn unreadable(&mut self, place: Place<'_>, error: &io::Error) -> Result<(), Failure> {
        self.unusable(place, &words::unreadable(error))
    }

    /// Writes the message to the output and to standard error, and continues.
    fn unusable(&mut self, place: Place<'_>, why: &str) -> Result<(), Failure> {
        let document = RecheckDocument::unusable(place.document(), why.to_owned());
        self.not_usable(words::NO_ID, &place.to_string(), why, &document)
    }

    fn not_usable(&mut self, id: &str, place: &str, why: &str, document: &RecheckDocument<'_>) -> Result<(), Failure> {
        self.tally.unusable += 1;
        Failure::not_usable(format!("{place}: {why}")).print();
        if self.json {
            return self.object(document);
        }
        self.print(&format!("{id} {place}: {}\n", words::not_usable(why)))
    }

    fn object(&mut self, answer: &RecheckDocument<'_>) -> Result<(), Failure> {
        let text = serde_json::to_string(answer).expect("made of text and numbers");
        self.print(&(escaped(text) + "\n"))
    }

    fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))
    }

    fn end(&mut self) -> Result<u8, Failure> {
        let Tally { same, changed, altered, unusable, doses, impossible, others } = self.tally;
        if !self.json && !self.quiet {
            let summary = words::summary([same, changed, altered, unusable], doses, impossible);
            self.print(&format!("{summary}{}\n", words::other_patients(others)))?;
        }
        Ok(if unusable > 0 { 2 } else { u8::from(changed + altered + others > 0) })
    }
}

impl Tally {
    fn add(&mut self, rechecked: &Rechecked) {
        match rechecked.verdict {
            Verdict::Same => self.same += 1,
            Verdict::Changed => self.changed += 1,
            Verdict::Altered => self.altered += 1,
        }
        self.doses += usize::from(rechecked.changes_a_dose());
        self.impossible += usize::from(rechecked.impossible.is_some());
    }
}

impl Place<'_> {
    fn kept(self) -> Kept {
        Kept { file: self.file.to_owned(), line: self.line }
    }

    /// The place as another program finds it.
    fn document(self) -> PlaceDocument {
        PlaceDocument { file: self.file.to_string_lossy().into_owned(), line: self.line }
    }
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&name(self.file))?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// The place of a plan that was read before.
#[derive(Clone)]
struct Kept {
    file: PathBuf,
    line: Option<u64>,
}

impl Kept {
    fn place(&self) -> Place<'_> {
        Place { file: &self.file, line: self.line }
    }
}
