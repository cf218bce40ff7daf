//! Proves a library before anyone relies on it: every band covered once, no dose that rises as the
//! kidney gets weaker, every volume in line with its dose, every number with its source.
//!
//! All faults are gathered, each with its file, line, column and path. A file that cannot be read
//! switches off only what needs it: the other files are proved all the same.

mod bands;
mod by_mouth;
mod calcium;
mod chosen;
mod classification;
mod code;
mod dates;
mod defect;
mod diluents;
mod doses;
mod infusions;
mod limits;
mod ownership;
mod preparation;
mod products;
mod reading;
mod references;
mod safety;
mod sources;
mod statements;
mod strengths;
mod weight;

use std::collections::BTreeSet;

use super::{
    document::{Drug, Regimen},
    library::{Library, LibraryFile, Origin, SOURCES_FILE},
    limits::Limits,
};
use crate::json::{Fault, Node, Problem};

pub use defect::{Counted, Defect, Named, Range, Side};
pub use weight::Weight;

/// What came of proving a library.
#[derive(Debug)]
pub struct Proof {
    /// The library, where nothing in it is a fault.
    pub library: Option<Library>,
    /// Every fault and every warning, by file and place.
    pub found: Vec<LibraryFault>,
}

/// One fault of a library, or one warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryFault {
    /// The file.
    pub file: String,
    /// Where in it, and what.
    pub fault: Fault<Flaw>,
}

/// What is wrong in a file of a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Its form.
    Form(Problem),
    /// Its meaning.
    Meaning(Defect),
}

/// A drug with its file.
struct DrugFile<'a> {
    file: &'a LibraryFile,
    drug: Drug,
}

/// Gathers the faults of one file.
struct Reporter<'a> {
    file: &'a LibraryFile,
    faults: &'a mut Vec<LibraryFault>,
}

/// Nobody mends more at once, and a file made of faults must not take long to refuse.
const MOST_OF_A_WEIGHT: usize = 100;

impl Reporter<'_> {
    /// Notes that something is wrong at a path.
    fn note(&mut self, path: String, defect: Defect) {
        // Counted by weight, so that no number of warnings hides a fault.
        let weight = defect.weight();
        if self.faults.iter().filter(|it| it.weight() == weight).count() >= MOST_OF_A_WEIGHT {
            return;
        }
        let root = Node::parse(&self.file.bytes);
        let (line, column) = root.map_or((1, 1), |root| root.at(&path).place());
        let fault = Fault { path, line, column, problem: Flaw::Meaning(defect) };
        self.faults.push(LibraryFault { file: self.file.name.clone(), fault });
    }

    /// Reports every entry of a list whose name appeared earlier.
    fn twice<'n>(&mut self, path: impl Fn(usize) -> String, what: Named, names: impl Iterator<Item = &'n str>) {
        let mut before = BTreeSet::new();
        for (index, name) in names.enumerate() {
            if !before.insert(name) {
                self.note(path(index), Defect::Twice { what, name: name.to_owned() });
            }
        }
    }
}

/// A regimen while it is checked: its place and its drug.
#[derive(Clone, Copy)]
struct Checked<'a> {
    index: usize,
    drug: &'a Drug,
    regimen: &'a Regimen,
}

impl Checked<'_> {
    /// The path of something in the regimen.
    fn path(&self, rest: &str) -> String {
        let dot = if rest.is_empty() { "" } else { "." };
        format!("regimens[{}]{dot}{rest}", self.index)
    }
}

/// Reads and proves the files of a library.
pub(super) fn prove(files: &[LibraryFile], digest: String) -> Proof {
    let mut faults = Vec::new();
    let limits = reading::limits(files, &mut faults);
    let register = reading::register(files, &mut faults);
    let drugs = reading::drugs(files, &mut faults);
    // What a file that cannot be read defines or cites is not known.
    let all_read = faults.is_empty();
    let common = limits.as_ref().map(|(_, limits)| limits);
    for DrugFile { file, drug } in &drugs {
        check_drug(drug, common, &mut Reporter { file, faults: &mut faults });
    }
    if let Some((file, limits)) = &limits {
        limits::check(limits, &mut Reporter { file, faults: &mut faults });
        references::across_drugs(&drugs, file, limits, all_read, &mut faults);
    }
    references::same_drugs(&drugs, &mut faults);
    ownership::check(&drugs, &mut faults);
    strengths::check(&drugs, &mut faults);
    sources::check(files, &register, all_read, &mut faults);
    faults.sort_by(|a, b| (&a.file, a.fault.line, a.fault.column).cmp(&(&b.file, b.fault.line, b.fault.column)));
    let is_sound = faults.iter().all(|it| it.weight() == Weight::Warning);
    let library = limits.filter(|_| is_sound).map(|(limits_file, limits)| {
        let local_sources = files.iter().any(|it| it.name == SOURCES_FILE && it.origin == Origin::Local);
        let sources_origin = if local_sources { Origin::Local } else { Origin::Shipped };
        let limits_origin = limits_file.origin;
        let limits = limits.completed(Library::shipped().limits());
        let sources = register.sources.into_iter().map(|(id, (_, source))| (id, source)).collect();
        let drugs = drugs.into_iter().map(|it| (it.drug, it.file.origin)).collect();
        Library { drugs, limits, limits_origin, sources_origin, sources, digest }
    });
    Proof { library, found: faults }
}

/// Proves one drug; what needs the limits common to all drugs is left out where they cannot be read.
fn check_drug(drug: &Drug, limits: Option<&Limits>, report: &mut Reporter<'_>) {
    references::drug(drug, report);
    classification::check(drug, report);
    products::of_drug(drug, report);
    statements::of_drug(drug, report);
    for (index, regimen) in drug.regimens.iter().enumerate() {
        let checked = Checked { index, drug, regimen };
        doses::check(checked, report);
        calcium::check(checked, limits, report);
        chosen::check(checked, report);
        products::of_regimen(checked, report);
        preparation::check(checked, report);
        by_mouth::check(checked, report);
        infusions::check(checked, report);
        diluents::check(checked, report);
        dates::check(checked, limits, report);
        safety::check(checked, report);
        references::regimen(checked, limits, report);
    }
}
