//! `osteodose ward export`: the entries of a register for other programs, and the way out of its database.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use clap::{Args, ValueEnum};

use super::{
    failed::failed,
    log::{each, each_of},
    place::{RegisterArgs, history},
    values,
};
use crate::{
    cli::{Failure, LibraryArgs, format::now},
    export::register::{Handed, Known, Options, Table, bundle, library_line, line},
    json::Text,
    ward::{
        event::Kind,
        store::{Anchor, Register, Stored, Uid},
    },
    words::{manual::exit_status, register::command as words},
};

/// Write the entries of the register for other programs
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Export {
    /// Output format
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Form,
    /// Only entries of this patient
    #[arg(long, value_name = "PATIENT", value_parser = values::text)]
    patient: Option<Text>,
    /// Only entries from this number on; in a bundle also those that were struck since
    #[arg(long, value_name = "ENTRY", default_value_t = 1)]
    since: u64,
    /// Include the names of patients, which csv and fhir leave out by default
    #[arg(long)]
    with_name: bool,
    #[command(flatten)]
    register: RegisterArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

/// The format of the entries.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Form {
    /// Each entry as it is stored, with its hash, on a line, and then each library that is kept
    #[default]
    Jsonl,
    /// A table with a row for each entry
    Csv,
    /// A bundle of FHIR R4: what was given, omitted and deferred
    Fhir,
}

impl Export {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let mut store = self.register.open()?;
        let patient = match &self.patient {
            Some(patient) => Some(history(&mut store, patient)?.1.uid),
            None => None,
        };
        match self.format {
            Form::Jsonl => self.lines(&mut store, patient, out),
            Form::Csv => self.table(&mut store, patient, out),
            Form::Fhir => self.bundle(&mut store, patient, out),
        }
    }

    fn is_meant(&self, patient: Option<Uid>, entry: &Stored) -> bool {
        entry.header.number >= self.since && patient.is_none_or(|uid| entry.header.patient == Some(uid))
    }

    fn lines(&self, store: &mut Register, patient: Option<Uid>, out: &mut impl Write) -> Result<u8, Failure> {
        // Lines are written while others record. What somebody erases meanwhile may be written already.
        let (mut whole, mut is_erased) = (BTreeSet::new(), false);
        each(store, |_, entry| {
            if !self.is_meant(patient, entry) {
                return Ok(());
            }
            let is_erasure = entry.header.kind == Kind::Erased.as_str();
            match entry.header.patient.filter(|_| entry.body.is_some()) {
                Some(patient) if is_erasure => is_erased |= whole.contains(&patient),
                Some(patient) => drop(whole.insert(patient)),
                None => {}
            }
            out.write_all(line(entry).as_bytes()).map_err(|error| Failure::output(&error))
        })?;
        // A part is for reading. The whole is a register, and its libraries belong to it.
        if patient.is_none() && self.since <= 1 {
            for library in store.libraries().map_err(|error| failed(&error))? {
                out.write_all(library_line(&library).as_bytes()).map_err(|error| Failure::output(&error))?;
            }
        }
        if is_erased {
            return Err(Failure::refused(vec![words::ERASED_MEANWHILE.to_owned()]));
        }
        Ok(0)
    }

    fn table(&self, store: &mut Register, patient: Option<Uid>, out: &mut impl Write) -> Result<u8, Failure> {
        // Both times the same entries: what somebody records between them, the first would not know.
        let moment = store.moment().map_err(|error| failed(&error))?;
        let mut known = Known::default();
        each_of(&moment, |entry| known.add(entry))?;
        let mut table = Table::new(&known, self.with_name);
        each_of(&moment, |entry| {
            if self.is_meant(patient, entry) {
                table.add(entry);
            }
        })?;
        drop(moment);
        out.write_all(&table.finish()).map_err(|error| Failure::output(&error))?;
        Ok(0)
    }

    /// A bundle needs whole histories: what was struck since is in it too.
    fn bundle(&self, store: &mut Register, patient: Option<Uid>, out: &mut impl Write) -> Result<u8, Failure> {
        let library = self.library.load()?;
        let mut histories: BTreeMap<Uid, Vec<Stored>> = BTreeMap::new();
        let moment = store.moment().map_err(|error| failed(&error))?;
        each_of(&moment, |entry| {
            if let Some(uid) = entry.header.patient.filter(|uid| patient.is_none_or(|patient| patient == *uid)) {
                histories.entry(uid).or_default().push(entry.clone());
            }
        })?;
        let (number, hash) = moment.head().map_err(|error| failed(&error))?;
        drop(moment);
        let anchor = Anchor::new(number, &hash);
        let options = Options { at: now(), with_name: self.with_name, since: self.since, anchor, library };
        let Handed { text, left_out } = bundle(histories.values().map(Vec::as_slice), &options);
        out.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))?;
        if left_out.is_empty() {
            return Ok(0);
        }
        // If standard error is closed, there is nowhere to say it.
        let _ = writeln!(io::stderr(), "{}", words::left_out(&left_out));
        Ok(1)
    }
}
