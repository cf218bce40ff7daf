//! `osteodose ward correct`: who a patient is, where it was entered wrongly. The entry keeps what was there before.

use std::io::Write;

use chrono::NaiveDate;
use clap::Args;

use super::{
    add::refuse_alike,
    entry::EntryArgs,
    failed::{failed, refused},
    values::{self, word},
};
use crate::{
    cli::Failure,
    json::Text,
    quantity::Sex,
    ward::{
        event::{Identity, IdentityCorrected},
        fold::Refused,
        namesake::Namesakes,
    },
    words::manual::exit_status,
};

/// Correct who a patient is: a misspelt name, a wrong identifier, date of birth or sex
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Correct {
    #[command(flatten)]
    entry: EntryArgs,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    reason: Text,
    /// Identifier as it should be
    #[arg(long, value_name = "ID", value_parser = values::text)]
    id: Option<Text>,
    /// Name as it should be
    #[arg(long, value_name = "NAME", value_parser = values::text)]
    name: Option<Text>,
    /// Date of birth as it should be, such as 1958-03-14
    #[arg(long, value_name = "DAY", value_parser = values::day)]
    birth_date: Option<NaiveDate>,
    /// Sex as it should be
    #[arg(long, value_name = "SEX", value_parser = word!(Sex))]
    sex: Option<Sex>,
    /// That it is another person than the one in the register who is like this one
    #[arg(long)]
    another_person: bool,
}

impl Correct {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let mut opened = self.entry.open()?;
        let before = opened.state.identity.clone().ok_or_else(|| refused(&Refused::NotRegistered))?;
        let patient = Identity {
            id: self.id.clone().unwrap_or_else(|| before.id.clone()),
            name: self.name.clone().or_else(|| before.name.clone()),
            birth_date: self.birth_date.unwrap_or(before.birth_date),
            sex: self.sex.unwrap_or(before.sex),
        };
        if patient.birth_date > opened.on {
            return Err(refused(&Refused::InFuture { on: patient.birth_date, today: opened.on }));
        }
        if !self.another_person {
            let persons = opened.store.persons().map_err(|error| failed(&error))?;
            let others: Namesakes = persons.into_iter().filter(|it| it.id != before.id).collect();
            refuse_alike(Some(&others), &patient).map_err(|why| refused(&why))?;
        }
        opened.record(None, IdentityCorrected::of(&before, patient, self.reason.clone()), out)
    }
}
