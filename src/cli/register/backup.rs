//! `osteodose ward backup` and `restore`: a copy that was proved, and a register made of one.

use std::{io::Write, path::PathBuf};

use clap::Args;

use super::{
    clock::{ComputerClock, who},
    create::sharing,
    failed::failed,
    place::RegisterArgs,
    values,
};
use crate::{
    cli::{Failure, failure::name, time_zone},
    json::Text,
    ward::store::{Anchor, BackupTo, Restoring, Sqlite},
    words::{manual::exit_status, register::command as words},
};

/// Write a copy of the register that was proved and opens anywhere
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Backup {
    /// File that is not there yet, or a folder, in which the backup has a name that says when it was made
    #[arg(value_name = "FILE")]
    to: PathBuf,
    /// Keep so many of the backups in the folder and delete the older ones; all are kept by default
    #[arg(long, value_name = "NUMBER")]
    keep: Option<usize>,
    #[command(flatten)]
    register: RegisterArgs,
}

impl Backup {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let to = if self.to.is_dir() {
            BackupTo::Folder { folder: self.to.clone(), keep: self.keep }
        } else if self.keep.is_some() {
            return Err(Failure::not_usable(words::KEEP_IN_A_FOLDER));
        } else {
            BackupTo::File(self.to.clone())
        };
        let store = self.register.open()?;
        let made = store.backup(&to, &ComputerClock).map_err(|error| failed(&error))?;
        let anchor = Anchor::new(made.number, &made.hash).to_string();
        let mut lines = vec![words::backed_up(&name(&made.path), made.number, &anchor)];
        lines.extend(made.deleted.iter().map(|path| words::deleted(&name(path))));
        for line in lines {
            writeln!(out, "{line}").map_err(|error| Failure::output(&error))?;
        }
        Ok(0)
    }
}

/// Make a register of a backup, where none is
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Restore {
    /// Backup
    backup: PathBuf,
    /// File of the new register, which is not there yet
    #[arg(value_name = "NEWFILE")]
    to: PathBuf,
    /// Who does it
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    by: Text,
    /// Anchor of the register that is lost, such as 8813:9f3c0d7be1a24f55; once for each
    #[arg(long, value_name = "ANCHOR", value_parser = values::anchor)]
    against: Vec<Anchor>,
    /// Group of users who share it, by name or number; by default it is for this user alone
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
}

impl Restore {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        time_zone::check()?;
        let sharing = sharing(self.group.as_deref())?;
        let restoring = Restoring { sharing, by: self.by.clone(), against: self.against.clone() };
        let (store, missing) = Sqlite::restore(&self.backup, &self.to, &restoring, who(), &ComputerClock)
            .map_err(|error| failed(&error))?;
        let line = words::restored(&name(store.path()), missing);
        writeln!(out, "{line}").map_err(|error| Failure::output(&error))?;
        Ok(u8::from(missing > 0))
    }
}
