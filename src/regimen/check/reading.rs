//! Reads the files of a library, each for itself.

use std::collections::BTreeMap;

use super::{Defect, DrugFile, Flaw, LibraryFault, Named, Reporter};
use crate::{
    json::{Fault, FromJson, Node, Problem, read_document},
    regimen::{
        document::{Drug, DrugFormat},
        library::{LIMITS_FILE, LibraryFile, Origin, SOURCES_FILE},
        limits::{Limits, LimitsFormat},
        sources::{Source, SourceRegister, SourcesFormat},
    },
};

/// The sources of all registers, each with its file.
pub(super) struct Register<'a> {
    pub(super) sources: BTreeMap<String, (&'a LibraryFile, Source)>,
    /// Whether every register could be read.
    pub(super) whole: bool,
}

fn read<T: FromJson>(file: &LibraryFile, faults: &mut Vec<LibraryFault>) -> Option<T> {
    if file.bytes.iter().all(u8::is_ascii_whitespace) {
        Reporter { file, faults }.note(String::new(), Defect::EmptyFile);
        return None;
    }
    match read_document(&file.bytes) {
        Ok(value) => Some(value),
        Err(found) => {
            let faults_of_form = found.into_iter().map(|fault| fault.map(flaw));
            faults.extend(faults_of_form.map(|fault| LibraryFault { file: file.name.clone(), fault }));
            None
        }
    }
}

/// A problem as the maker of a library needs it: there a text that must be written cannot be left out.
fn flaw(problem: Problem) -> Flaw {
    match problem {
        Problem::Blank => Flaw::Meaning(Defect::BlankText),
        problem => Flaw::Form(problem),
    }
}

/// The limits common to all drugs, with their file.
pub(super) fn limits<'a>(
    files: &'a [LibraryFile],
    faults: &mut Vec<LibraryFault>,
) -> Option<(&'a LibraryFile, Limits)> {
    let Some(file) = files.iter().find(|file| file.name == LIMITS_FILE) else {
        let fault = Fault { path: String::new(), line: 1, column: 1, problem: Flaw::Meaning(Defect::MissingFile) };
        faults.push(LibraryFault { file: LIMITS_FILE.to_owned(), fault });
        return None;
    };
    Some((file, read(file, faults)?))
}

/// The files of drugs.
pub(super) fn drugs<'a>(files: &'a [LibraryFile], faults: &mut Vec<LibraryFault>) -> Vec<DrugFile<'a>> {
    let of_drugs = files.iter().filter(|file| file.name != LIMITS_FILE && file.name != SOURCES_FILE);
    let mut drugs = Vec::new();
    for file in of_drugs {
        if let Some((path, defect)) = another_form(file) {
            Reporter { file, faults: &mut *faults }.note(path.to_owned(), defect);
        } else if let Some(drug) = read::<Drug>(file, faults) {
            drugs.push(DrugFile { file, drug });
        }
    }
    drugs
}

/// The form of drugs' files before the present one.
const EARLIER_FORM: &str = "osteodose-regimen/1";

/// What is wrong, and where, with a file that by its form is no drug's file of today.
fn another_form(file: &LibraryFile) -> Option<(&'static str, Defect)> {
    let format = Node::parse(&file.bytes).ok()?.at("format").text()?;
    if format == EARLIER_FORM {
        let defect = Defect::EarlierForm { found: EARLIER_FORM, now: DrugFormat::V2.as_str() };
        return Some(("format", defect));
    }
    let limits = LimitsFormat::from_word(&format).map(|_| LIMITS_FILE);
    let right = limits.or_else(|| SourcesFormat::from_word(&format).map(|_| SOURCES_FILE))?;
    Some(("", Defect::Misnamed { right }))
}

/// The registers of all origins together.
pub(super) fn register<'a>(files: &'a [LibraryFile], faults: &mut Vec<LibraryFault>) -> Register<'a> {
    let mut all = Register { sources: BTreeMap::new(), whole: true };
    let mut registers: Vec<&LibraryFile> = files.iter().filter(|file| file.name == SOURCES_FILE).collect();
    // A local register may say more of a source that the shipped one has.
    registers.sort_by_key(|file| file.origin == Origin::Local);
    for file in registers {
        let Some(register) = read::<SourceRegister>(file, faults) else {
            all.whole = false;
            continue;
        };
        let mut report = Reporter { file, faults: &mut *faults };
        let ids = register.sources.iter().map(|source| source.id.as_str());
        report.twice(|index| format!("sources[{index}].id"), Named::Source, ids);
        for (index, source) in register.sources.iter().enumerate().filter(|(_, it)| !is_citable(it.id.as_str())) {
            report.note(format!("sources[{index}].id"), Defect::SourceId { id: source.id.to_string() });
        }
        all.sources.extend(register.sources.into_iter().map(|source| (source.id.to_string(), (file, source))));
    }
    all
}

/// Whether a citation can name the source.
fn is_citable(id: &str) -> bool {
    id.parse::<crate::regimen::Citation>().is_ok_and(|citation| citation.id() == id)
}
