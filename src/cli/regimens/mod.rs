//! `osteodose regimens`: what the library holds, and whether it can be relied on.

mod check;

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Subcommand;

use super::{Failure, LibraryArgs, own_regimens};
use crate::{
    files,
    json::printable,
    regimen::{Library, Origin, difference},
    words::{self, manual::exit_status},
};

/// Show, check and compare regimen libraries
#[derive(Subcommand)]
pub(super) enum Regimens {
    /// List every regimen: name, status, origin, next review, title
    List {
        #[command(flatten)]
        library: LibraryArgs,
    },
    /// Print the file of a drug
    Show {
        /// Drug, such as zoledronic-acid
        drug: String,
        #[command(flatten)]
        library: LibraryArgs,
    },
    Check(check::Check),
    /// Compare two libraries, rule by rule
    #[command(after_help = exit_status("regimens diff"))]
    Diff {
        /// Directory of a hospital's own regimens, or the word shipped for the built-in library
        was: PathBuf,
        /// Directory to compare with, or shipped
        now: PathBuf,
    },
}

impl Regimens {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        match self {
            Self::List { library } => list(library.load()?, out),
            Self::Show { drug, library } => show(drug, library, out),
            Self::Check(check) => check.run(out),
            Self::Diff { was, now } => diff(named(was)?, named(now)?, out),
        }
    }
}

fn list(library: &'static Library, out: &mut impl Write) -> Result<u8, Failure> {
    for listed in library.regimens() {
        let drug = listed.drug;
        let line = format!(
            "{:<50} {:<12} {:<7} next review {}  {}",
            listed.regimen.path(&drug.drug),
            drug.status.as_str(),
            listed.origin.as_str(),
            words::date(drug.next_review),
            listed.regimen.title,
        );
        writeln!(out, "{line}").map_err(|error| Failure::output(&error))?;
    }
    writeln!(out, "library {}", library.digest()).map_err(|error| Failure::output(&error))?;
    Ok(0)
}

fn show(drug: &str, library: &LibraryArgs, out: &mut impl Write) -> Result<u8, Failure> {
    let loaded = library.load()?;
    if loaded.drug(drug).is_none() {
        let words: Vec<&str> = loaded.drug_words().collect();
        let (drug, words) = (printable(drug), words::one_of(&words));
        return Err(Failure::not_usable(format!("\"{drug}\" is not a drug in the library (allowed: {words})")));
    }
    let name = format!("{drug}.json");
    let local = own_regimens(library.regimens.as_deref())?.map_or_else(Vec::new, |(_, own)| own.files);
    let bytes = local.iter().find(|file| file.name == name).map(|file| file.bytes.as_slice());
    let shipped = || crate::regimen::SHIPPED.iter().find(|(shipped, _)| *shipped == name).map(|(_, bytes)| *bytes);
    let bytes = bytes.or_else(shipped).unwrap_or_default();
    out.write_all(bytes).map_err(|error| Failure::output(&error))?;
    Ok(0)
}

/// The library in a directory, or the built-in one for the word "shipped".
fn named(path: &Path) -> Result<&'static Library, Failure> {
    if path == Path::new(Origin::Shipped.as_str()) {
        return Ok(Library::shipped());
    }
    let own = files::regimens(path).map_err(|error| Failure::unreadable(path, &error))?;
    super::load(path, own)
}

fn diff(was: &'static Library, now: &'static Library, out: &mut impl Write) -> Result<u8, Failure> {
    let differences = difference::differences(was, now);
    for difference in &differences {
        writeln!(out, "{}", words::difference::line(difference)).map_err(|error| Failure::output(&error))?;
    }
    let summary = words::difference::summary(differences.len(), was.digest() == now.digest());
    writeln!(out, "{summary}").map_err(|error| Failure::output(&error))?;
    Ok(u8::from(!differences.is_empty()))
}
