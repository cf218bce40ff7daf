//! The sentences on the settings of a ward: what is wrong with them, and what they filled in.

use std::fmt;

use super::{date, fault as of_form, spoken::all_of, summary::inputs, unusable::not_one_of, why_unusable};
use crate::{
    json::Fault,
    plan::Why,
    regimen::Exposure,
    ward::{Defect, Flaw, Refused, is_from_ward},
};

/// Settings that cannot be used, before the list of their faults.
pub const NOT_USABLE: &str = "the ward settings cannot be used; nothing was calculated";
/// What to do with settings that cannot be used, after the list of their faults. Settings that require another library
/// are right: they must not be moved out of the way.
pub fn what_to_do(faults: &[Fault<Flaw>]) -> &'static str {
    let is_other_library = |it: &Fault<Flaw>| matches!(it.problem, Flaw::Meaning(Defect::OtherLibrary { .. }));
    if faults.iter().all(is_other_library) {
        "Ask the pharmacist: the regimens that the ward requires must be put in place."
    } else {
        "Correct the file, or move it elsewhere. osteodose schema ward prints its format."
    }
}
/// A file of settings that is no file: a folder, a pipe, a device.
pub const NOT_A_FILE: &str = "it is not a file";
/// A file of settings that is too large.
pub const TOO_LARGE: &str = "it is larger than 256 KiB, and no ward settings are";

/// A text that is no digest of a library.
pub const NOT_A_DIGEST: &str = "not the digest of a library (needed: its 64 characters of 0 to 9 and a to f, which osteodose \
                                regimens list prints)";

/// Another library than the one that was asked for.
pub fn other_library(required: &str, found: &str) -> String {
    format!("the library {required} is required, and the one in use is {found}")
}

/// Settings that name the library, in a file that others could have written.
pub fn exposed(exposure: Exposure) -> String {
    format!("it says which library is used, and so it must be protected: {}", super::library::exposure(exposure))
}

/// What is wrong, and what would be right.
pub fn defect(defect: &Defect) -> String {
    match defect {
        Defect::TooMany { found, most } => format!("{found} entries (allowed: {most} at most)"),
        Defect::NoWeekday => why_unusable(&Why::NoWeekday, |path| path),
        Defect::Twice { name } => format!("\"{name}\" is named twice (allowed: once)"),
        Defect::Backwards { first, last } => {
            format!("{} is before the first day, {} (needed: the same day or a later one)", date(*last), date(*first))
        }
        Defect::TooLong { days, most } => format!("the closure has {days} days (allowed: {} at most)", most.count()),
        Defect::NeverOpen { from, within } => {
            why_unusable(&Why::NeverOpen { from: *from, within: *within }, |path| path)
        }
        Defect::ShortName { name, least } => format!("\"{name}\" is no name (needed: at least {least} letters)"),
        Defect::UnknownProduct { found, nearest, allowed } => not_one_of(found, *nearest, allowed),
        Defect::OfSeveralDrugs { name, drugs } => {
            format!("\"{name}\" is a product of {}, so it does not say which is in stock; leave it out", all_of(drugs))
        }
        Defect::NoDraftDays => "0 is not possible (needed: at least 1 day)".to_owned(),
        Defect::NotADigest => NOT_A_DIGEST.to_owned(),
        Defect::OtherLibrary { required, found } => other_library(required, found),
    }
}

/// One line: line and column, path, what is wrong and what would be right.
pub fn fault(fault: &Fault<Flaw>) -> String {
    let Fault { path, line, column, problem } = fault;
    let sentence = match problem {
        Flaw::Form(problem) => of_form::sentence(path, *line, *column, problem),
        Flaw::Meaning(defect) => format!("{}: {}", of_form::place(path), self::defect(defect)),
    };
    format!("{line}:{column}: {sentence}")
}

impl fmt::Display for Refused {
    /// Why there is no plan, and where the value is from if nobody entered it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { unusable, inputs: filled } = self;
        unusable.fmt(f)?;
        if is_from_ward(unusable, filled) {
            write!(f, "; from the ward settings: {}", inputs(filled))?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}
