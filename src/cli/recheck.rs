//! `osteodose recheck`: saved plans made again and compared.

use std::{
    borrow::Cow,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Serialize;

use super::{Failure, LibraryArgs};
use crate::{
    files::{LARGEST_INPUT, Length, Lines, Source, too_large},
    identity::Patients,
    json::{Value, escaped, unhidden},
    recheck::{Rechecked, Verdict, recheck},
    regimen::Library,
    saved::{self, Seal},
    words::{manual::exit_status, recheck as words},
};

/// Make saved plans again and compare
#[derive(Args)]
#[command(after_help = exit_status("recheck"))]
pub(super) struct Recheck {
    /// Saved plans: files, folders, JSON Lines (.jsonl), or - for JSON Lines on standard input
    #[arg(required = true, value_name = "PLAN")]
    plans: Vec<PathBuf>,
    /// One JSON object per plan, for other programs
    #[arg(long)]
    json: bool,
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
    out: &'a mut W,
    tally: Tally,
    patients: Patients<FileLine>,
}

impl Recheck {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let mut run = Run {
            library: self.library.load()?,
            json: self.json,
            out,
            tally: Tally::default(),
            patients: Patients::default(),
        };
        for path in &self.plans {
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
        if path != Path::new("-") && path.extension().is_none_or(|it| it != "jsonl") {
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
            let other_patient = other.map(|it| Other { differs: it.differs.as_str(), earlier: it.place });
            return self.object(&Answer { other_patient, ..Answer::of(place, id.as_deref(), &rechecked) });
        }
        let id = id.as_deref().map_or_else(|| words::NO_ID.to_owned(), unhidden);
        self.print(&format!("{id} {place}: {}\n", rechecked.headline()))?;
        let other = other.map(|it| words::other_patient(it.differs, &it.place.to_string()));
        other.iter().chain(&rechecked.details()).try_for_each(|line| self.print(&format!("    {line}\n")))
    }

    fn unreadable(&mut self, place: Place<'_>, error: &io::Error) -> Result<(), Failure> {
        self.unusable(place, &words::unreadable(error))
    }

    /// Writes the message to the output and to standard error, and continues.
    fn unusable(&mut self, place: Place<'_>, why: &str) -> Result<(), Failure> {
        self.tally.unusable += 1;
        Failure::not_usable(format!("{place}: {why}")).print();
        if self.json {
            return self.object(&Answer { message: Some(why.into()), ..Answer::empty(place) });
        }
        self.print(&format!("{} {place}: {}\n", words::NO_ID, words::not_usable(why)))
    }

    fn object(&mut self, answer: &Answer<'_>) -> Result<(), Failure> {
        let text = serde_json::to_string(answer).expect("made of text and numbers");
        self.print(&(escaped(text) + "\n"))
    }

    fn print(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))
    }

    fn end(&mut self) -> Result<u8, Failure> {
        let Tally { same, changed, altered, unusable, doses, impossible, others } = self.tally;
        if !self.json {
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
    fn kept(self) -> FileLine {
        FileLine { file: self.file.to_string_lossy().into_owned(), line: self.line }
    }
}

impl std::fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.kept().fmt(f)
    }
}

/// The place of a plan that was read.
#[derive(Clone, Serialize)]
struct FileLine {
    file: String,
    line: Option<u64>,
}

impl std::fmt::Display for FileLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&unhidden(&self.file))?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

/// The result for one plan, for other programs.
#[derive(Serialize)]
struct Answer<'a> {
    file: String,
    line: Option<u64>,
    id: Option<&'a str>,
    result: &'static str,
    checksum: Option<&'static str>,
    changes_a_dose: bool,
    message: Option<Cow<'a, str>>,
    changes: Vec<Changed<'a>>,
    made_by_other_rules: Vec<Changed<'a>>,
    other_patient: Option<Other>,
}

/// An earlier plan with the same identifier and another patient.
#[derive(Serialize)]
struct Other {
    differs: &'static str,
    earlier: FileLine,
}

#[derive(Serialize)]
struct Changed<'a> {
    what: String,
    was: &'a Value,
    now: &'a Value,
}

impl<'a> Answer<'a> {
    fn empty(place: Place<'_>) -> Self {
        Self {
            file: place.file.to_string_lossy().into_owned(),
            line: place.line,
            id: None,
            result: "unusable",
            checksum: None,
            changes_a_dose: false,
            message: None,
            changes: Vec::new(),
            made_by_other_rules: Vec::new(),
            other_patient: None,
        }
    }

    fn of(place: Place<'_>, id: Option<&'a str>, rechecked: &'a Rechecked) -> Self {
        let changed = |list: &'a [crate::json::Difference]| {
            list.iter().map(|it| Changed { what: it.place(), was: &it.was, now: &it.now }).collect()
        };
        let checksum = match rechecked.seal {
            Seal::Whole => "whole",
            Seal::Broken => "broken",
            Seal::Reprinted => "reprinted",
            Seal::Missing => "missing",
        };
        Self {
            id,
            result: rechecked.verdict.as_str(),
            checksum: Some(checksum),
            changes_a_dose: rechecked.changes_a_dose(),
            message: rechecked.impossible.as_ref().map(|why| why.to_string().into()),
            changes: changed(&rechecked.changes),
            made_by_other_rules: changed(&rechecked.makers),
            ..Self::empty(place)
        }
    }
}
