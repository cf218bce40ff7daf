//! `osteodose ward`: the register of a ward, command by command.

mod add;
mod anchor;
mod answer;
mod assess;
mod backup;
mod clock;
mod containers;
mod correct;
mod course;
mod courses;
mod create;
#[cfg(feature = "tui")]
mod desk;
mod dose;
mod due;
mod entry;
mod erase;
mod export;
mod failed;
mod identity;
mod import;
mod log;
mod place;
mod product;
mod record;
mod refresh;
mod settings;
mod show;
mod slot;
mod take_back;
mod values;
mod verify;

use std::io::Write;

use clap::Subcommand;

use super::Failure;

pub(super) use courses::{InsteadOfPlans, each_patient, forecast, not_ended};
#[cfg(feature = "tui")]
pub(super) use desk::open_desk;

/// Keep the register of a ward: who is due, what was given, deferred or held
#[derive(Subcommand)]
pub(super) enum Ward {
    Create(create::Create),
    Add(add::Add),
    Due(due::Due),
    Show(show::Show),
    Assess(Box<assess::Assess>),
    Give(Box<dose::Give>),
    Supply(Box<dose::Supply>),
    Defer(slot::Defer),
    Omit(slot::Omit),
    Hold(course::Hold),
    Resume(course::Resume),
    End(course::End),
    Strike(correct::Strike),
    Note(correct::Note),
    Correct(identity::Correct),
    Log(log::Log),
    Export(export::Export),
    Record(record::Record),
    Import(import::Import),
    Clinic(settings::Clinic),
    Settings(settings::Settings),
    Anchor(anchor::Anchor),
    Verify(verify::Verify),
    Backup(backup::Backup),
    Restore(backup::Restore),
    Refresh(refresh::Refresh),
    Erase(erase::Erase),
}

impl Ward {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        match self {
            Self::Create(command) => command.run(out),
            Self::Add(command) => command.run(out),
            Self::Due(command) => command.run(out).map_err(Failure::of_reading),
            Self::Show(command) => command.run(out).map_err(Failure::of_reading),
            Self::Assess(command) => command.run(out),
            Self::Give(command) => command.run(out),
            Self::Supply(command) => command.run(out),
            Self::Defer(command) => command.run(out),
            Self::Omit(command) => command.run(out),
            Self::Hold(command) => command.run(out),
            Self::Resume(command) => command.run(out),
            Self::End(command) => command.run(out),
            Self::Strike(command) => command.run(out),
            Self::Note(command) => command.run(out),
            Self::Correct(command) => command.run(out),
            Self::Log(command) => command.run(out).map_err(Failure::of_reading),
            Self::Export(command) => command.run(out).map_err(Failure::of_reading),
            Self::Record(command) => command.run(out),
            Self::Import(command) => command.run(out),
            Self::Clinic(command) => command.run(out),
            Self::Settings(command) => command.run(out),
            Self::Anchor(command) => command.run(out),
            Self::Verify(command) => command.run(out).map_err(Failure::of_reading),
            Self::Backup(command) => command.run(out),
            Self::Restore(command) => command.run(out),
            Self::Refresh(command) => command.run(out),
            Self::Erase(command) => command.run(out),
        }
    }
}
