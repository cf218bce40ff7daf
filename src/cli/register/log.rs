//! `osteodose ward log`: who recorded what, in the order in which it was recorded.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use chrono::NaiveDate;
use clap::Args;

use super::{
    failed::failed,
    place::{RegisterArgs, history},
    values,
};
use crate::{
    cli::Failure,
    json::Text,
    present::register::log_line,
    ward::{
        fold,
        store::{Moment, PatientKey, Register, Stored, Uid},
    },
    words::manual::exit_status,
};

/// How many entries are read at a time.
const PAGE: usize = 500;

/// List what was recorded, by whom and when
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Log {
    /// Only entries of this patient
    #[arg(long, value_name = "PATIENT", value_parser = values::text)]
    patient: Option<Text>,
    /// Only entries that this person recorded
    #[arg(long, value_name = "NAME", value_parser = values::text)]
    by: Option<Text>,
    /// Only what was recorded on or after this day
    #[arg(long, value_name = "DAY", value_parser = values::day)]
    since: Option<NaiveDate>,
    /// Only entries that were struck, and their strikes
    #[arg(long)]
    struck: bool,
    #[command(flatten)]
    register: RegisterArgs,
}

impl Log {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let mut store = self.register.open()?;
        let patient = match &self.patient {
            Some(patient) => Some(history(&mut store, patient)?.1.uid),
            None => None,
        };
        let struck = if self.struck { struck(&mut store)? } else { BTreeSet::new() };
        let mut ids = BTreeMap::new();
        each(&mut store, |store, entry| {
            let header = &entry.header;
            let is_meant = patient.is_none_or(|patient| header.patient == Some(patient))
                && self.by.as_ref().is_none_or(|by| fold::is_one_person(by.as_str(), &header.by))
                && self.since.is_none_or(|since| header.recorded_on() >= Some(since))
                && (!self.struck || struck.contains(&header.number));
            if !is_meant {
                return Ok(());
            }
            let id = match header.patient {
                Some(uid) => Some(id(store, uid, &mut ids)?),
                None => None,
            };
            writeln!(out, "{}", log_line(entry, id.as_deref())).map_err(|error| Failure::output(&error))
        })?;
        Ok(0)
    }
}

/// The identifier of a patient, or the name in the register of one who was erased.
fn id(store: &mut Register, uid: Uid, known: &mut BTreeMap<Uid, String>) -> Result<String, Failure> {
    if let Some(id) = known.get(&uid) {
        return Ok(id.clone());
    }
    let history = store.patient(&PatientKey::Uid(uid)).map_err(|error| failed(&error))?;
    let identity = fold::state(&history.events()).identity;
    let id = identity.map_or_else(|| uid.to_string(), |identity| identity.id.to_string());
    known.insert(uid, id.clone());
    Ok(id)
}

/// Visits every entry of the ward, page by page: a read that stays open would keep the journal from shrinking.
pub(super) fn each(
    store: &mut Register,
    mut visit: impl FnMut(&mut Register, &Stored) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut from = 1;
    loop {
        let page = store.events(from, PAGE).map_err(|error| failed(&error))?;
        let Some(last) = page.last() else { return Ok(()) };
        from = last.header.number + 1;
        page.iter().try_for_each(|entry| visit(store, entry))?;
    }
}

/// Visits every entry of the ward as they stand in one moment.
pub(super) fn each_of(moment: &Moment<'_>, mut visit: impl FnMut(&Stored)) -> Result<(), Failure> {
    let mut from = 1;
    loop {
        let page = moment.events(from, PAGE).map_err(|error| failed(&error))?;
        let Some(last) = page.last() else { return Ok(()) };
        from = last.header.number + 1;
        page.iter().for_each(&mut visit);
    }
}

/// The numbers of the entries that were struck, and of their strikes.
fn struck(store: &mut Register) -> Result<BTreeSet<u64>, Failure> {
    let mut numbers = BTreeSet::new();
    each(store, |_, entry| {
        if let Some(struck) = entry.event().and_then(|event| event.what.strikes()) {
            numbers.extend([struck, entry.header.number]);
        }
        Ok(())
    })?;
    Ok(numbers)
}
