//! `osteodose regimens check`: every fault and every warning of a library, for people or for other programs.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Serialize;

use crate::{
    cli::{Failure, own_regimens},
    json::escaped,
    regimen::{Library, LibraryFault, Proof, Weight},
    words::{library as words, manual::exit_status},
};

/// Check a library and report every fault and every warning with its file and place
#[derive(Args)]
#[command(after_help = exit_status("regimens check"))]
pub(in crate::cli) struct Check {
    /// Directory to check; by default the library that the other commands use
    directory: Option<PathBuf>,
    /// Count a warning as a fault: exit status 1
    #[arg(long)]
    strict: bool,
    /// One JSON object, for other programs
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let proof = prove(self.directory.as_deref())?;
        let text = if self.json { as_json(&proof) } else { as_text(&proof) };
        out.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))?;
        let refused = if self.strict { !proof.found.is_empty() } else { proof.library.is_none() };
        Ok(u8::from(refused))
    }
}

fn prove(directory: Option<&Path>) -> Result<Proof, Failure> {
    let (files, exposed) = own_regimens(directory)?.map_or_else(Default::default, |(_, own)| (own.files, own.exposed));
    let Proof { library, found } = Library::prove(files);
    let library = library.filter(|_| exposed.is_empty());
    Ok(Proof { library, found: exposed.into_iter().chain(found).collect() })
}

fn as_text(proof: &Proof) -> String {
    let mut lines: Vec<String> = proof.found.iter().map(ToString::to_string).collect();
    let sound = proof.library.as_ref().map(|library| (library.count(), library.digest()));
    lines.push(words::proof(sound, count(proof, Weight::Fault), count(proof, Weight::Warning)));
    lines.join("\n") + "\n"
}

fn count(proof: &Proof, weight: Weight) -> usize {
    proof.found.iter().filter(|it| it.weight() == weight).count()
}

/// What came of a check, for other programs.
#[derive(Serialize)]
struct Answer<'a> {
    format: &'static str,
    /// The digest of the library; null where a fault refuses it.
    library: Option<&'a str>,
    /// How many regimens it has; null where a fault refuses it.
    regimens: Option<usize>,
    faults: usize,
    warnings: usize,
    found: Vec<Found<'a>>,
}

/// A fault or a warning.
#[derive(Serialize)]
struct Found<'a> {
    weight: Weight,
    code: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
    path: &'a str,
    message: String,
}

impl<'a> Found<'a> {
    fn of(found: &'a LibraryFault) -> Self {
        Self {
            weight: found.weight(),
            code: found.code(),
            file: &found.file,
            line: found.fault.line,
            column: found.fault.column,
            path: &found.fault.path,
            message: words::message(found),
        }
    }
}

fn as_json(proof: &Proof) -> String {
    let answer = Answer {
        format: "osteodose-regimens-check/1",
        library: proof.library.as_ref().map(Library::digest),
        regimens: proof.library.as_ref().map(Library::count),
        faults: count(proof, Weight::Fault),
        warnings: count(proof, Weight::Warning),
        found: proof.found.iter().map(Found::of).collect(),
    };
    escaped(serde_json::to_string_pretty(&answer).expect("made of text and numbers")) + "\n"
}
