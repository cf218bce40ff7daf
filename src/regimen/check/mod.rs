//! Proves a library before anyone relies on it: every band covered once, no dose that rises as the
//! kidney gets weaker, every volume in line with its dose, every number with its source.
//!
//! All faults are gathered, each with its file, line, column and path.

mod dates;
mod doses;
mod preparation;
mod references;
mod safety;

use std::collections::BTreeMap;

use super::{
    document::{Drug, Regimen},
    library::{LIMITS_FILE, Library, LibraryFile, Origin, SOURCES_FILE},
    limits::Limits,
    sources::{Source, SourceRegister},
};
use crate::json::{Fault, FromJson, Node, Problem, read_document};

pub use defect::Defect;

mod defect;

/// One fault of a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryFault {
    /// The file.
    pub file: String,
    /// Where in it, and what.
    pub fault: Fault,
}

/// A drug with the file it stands in.
struct DrugFile<'a> {
    file: &'a LibraryFile,
    drug: Drug,
}

/// Gathers the faults of one file.
struct Reporter<'a> {
    file: &'a LibraryFile,
    faults: &'a mut Vec<LibraryFault>,
}

impl Reporter<'_> {
    /// Notes that something is wrong at a path.
    fn note(&mut self, path: String, defect: Defect) {
        let root = Node::parse(&self.file.bytes);
        let (line, column) = root.map_or((1, 1), |root| root.at(&path).place());
        let problem = Problem::Meaning(crate::wording::defect(&defect));
        let fault = Fault { path, line, column, problem };
        self.faults.push(LibraryFault { file: self.file.name.clone(), fault });
    }
}

/// A regimen while it is checked: where it stands, and what it belongs to.
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
pub(super) fn prove(files: &[LibraryFile], digest: String) -> Result<Library, Vec<LibraryFault>> {
    let mut faults = Vec::new();
    let limits = single(files, LIMITS_FILE, &mut faults);
    let sources = sources(files, &mut faults);
    let mut drugs = Vec::new();
    for file in files.iter().filter(|file| file.name != LIMITS_FILE && file.name != SOURCES_FILE) {
        if let Some(drug) = read::<Drug>(file, &mut faults) {
            drugs.push(DrugFile { file, drug });
        }
    }
    if let Some((limits_file, limits)) = &limits {
        for DrugFile { file, drug } in &drugs {
            let mut report = Reporter { file, faults: &mut faults };
            check_drug(drug, limits, &mut report);
        }
        references::across_drugs(&drugs, limits, &mut faults);
        references::sources(files, &sources, &mut faults);
        let _ = limits_file;
    }
    if let (Some((_, limits)), true) = (limits, faults.is_empty()) {
        let sources = sources.into_iter().map(|(id, (_, source))| (id, source)).collect();
        let drugs = drugs.into_iter().map(|it| (it.drug, it.file.origin)).collect();
        return Ok(Library { drugs, limits, sources, digest });
    }
    faults.sort_by(|a, b| (&a.file, a.fault.line, a.fault.column).cmp(&(&b.file, b.fault.line, b.fault.column)));
    Err(faults)
}

fn check_drug(drug: &Drug, limits: &Limits, report: &mut Reporter<'_>) {
    references::drug(drug, report);
    for (index, regimen) in drug.regimens.iter().enumerate() {
        let checked = Checked { index, drug, regimen };
        doses::check(checked, report);
        preparation::check(checked, report);
        dates::check(checked, report);
        safety::check(checked, report);
        references::regimen(checked, limits, report);
    }
}

fn read<T: FromJson>(file: &LibraryFile, faults: &mut Vec<LibraryFault>) -> Option<T> {
    match read_document(&file.bytes) {
        Ok(value) => Some(value),
        Err(found) => {
            faults.extend(found.into_iter().map(|fault| LibraryFault { file: file.name.clone(), fault }));
            None
        }
    }
}

fn single<'a>(
    files: &'a [LibraryFile],
    name: &str,
    faults: &mut Vec<LibraryFault>,
) -> Option<(&'a LibraryFile, Limits)> {
    let Some(file) = files.iter().find(|file| file.name == name) else {
        let fault = Fault {
            path: String::new(),
            line: 1,
            column: 1,
            problem: Problem::Meaning("this file is missing".to_owned()),
        };
        faults.push(LibraryFault { file: name.to_owned(), fault });
        return None;
    };
    Some((file, read(file, faults)?))
}

/// The registers of all origins together, each source with the file it stands in.
fn sources<'a>(
    files: &'a [LibraryFile],
    faults: &mut Vec<LibraryFault>,
) -> BTreeMap<String, (&'a LibraryFile, Source)> {
    let mut all = BTreeMap::new();
    let mut registers: Vec<&LibraryFile> = files.iter().filter(|file| file.name == SOURCES_FILE).collect();
    // A local register may say more of a source that the shipped one has.
    registers.sort_by_key(|file| file.origin == Origin::Local);
    for file in registers {
        let Some(register) = read::<SourceRegister>(file, faults) else { continue };
        let mut report = Reporter { file, faults: &mut *faults };
        for (index, source) in register.sources.iter().enumerate() {
            let before = register.sources[..index].iter().any(|it| it.id == source.id);
            if before {
                report.note(
                    format!("sources[{index}].id"),
                    Defect::Twice { what: "source", name: source.id.to_string() },
                );
            }
        }
        all.extend(register.sources.into_iter().map(|source| (source.id.to_string(), (file, source))));
    }
    all
}
