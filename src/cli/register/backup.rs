//! `osteodose ward backup` and `restore`: a copy that was proved, and a register made of one. The register remembers
//! its backups, so that a list can say how old the newest is.

use std::{
    io::{self, Write},
    path::{PathBuf, is_separator},
};

use clap::Args;

use super::{
    clock::{ComputerClock, today, who},
    create::sharing,
    failed::failed,
    place::RegisterArgs,
    values,
};
use crate::{
    cli::{Failure, failure::name, time_zone},
    json::Text,
    ward::{
        LEAST_LETTERS,
        event::Draft,
        store::{self, Anchor, BackupTo, Register, Restoring, Sqlite, StoreError},
    },
    words::{manual::exit_status, register::command as words},
};

/// Write a copy of the register that was proved and opens anywhere
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Backup {
    /// File that is not there yet, or a folder, in which the backup has a name that says when it was made
    #[arg(value_name = "FILE")]
    to: PathBuf,
    /// Keep so many of the backups in the folder, 1 or more, and delete the older ones; all are kept by default
    #[arg(long, value_name = "NUMBER", value_parser = values::keep)]
    keep: Option<usize>,
    /// Who makes it; by default the user of the computer
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    by: Option<Text>,
    #[command(flatten)]
    register: RegisterArgs,
}

impl Backup {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let to = if self.to.is_dir() {
            BackupTo::Folder { folder: self.to.clone(), keep: self.keep }
        } else if self.to.as_os_str().as_encoded_bytes().last().is_some_and(|it| is_separator(char::from(*it))) {
            return Err(failed(&StoreError::NoFolder { folder: self.to.clone() }));
        } else if self.keep.is_some() {
            return Err(Failure::not_usable(words::KEEP_IN_A_FOLDER));
        } else {
            BackupTo::File(self.to.clone())
        };
        let mut store = self.register.open()?;
        let made = store.backup(&to, &ComputerClock).map_err(|error| failed(&error))?;
        let anchor = Anchor::new(made.number, &made.hash).to_string();
        let mut lines = vec![words::backed_up(&name(&made.path), made.number, &anchor)];
        lines.extend(made.deleted.iter().map(|path| words::deleted(&name(path))));
        lines.extend(made.unread.iter().map(|path| words::unread_backup(&name(path))));
        // The backup is there, whether or not the register can be written to.
        if let Err(error) = self.remember(&mut store, &made) {
            lines.push(words::not_remembered(&error));
        }
        let write = |out: &mut dyn Write| lines.iter().try_for_each(|line| writeln!(out, "{line}"));
        let in_vain = |error: io::Error| Failure::told_in_vain(&words::backed_up_but(&name(&made.path)), &error);
        write(out).and_then(|()| out.flush()).map_err(in_vain)?;
        Ok(0)
    }
}

impl Backup {
    /// Records in the register that it was copied, up to which entry, and to where.
    fn remember(&self, store: &mut Register, made: &store::Backup) -> Result<(), StoreError> {
        let path = std::path::absolute(&made.path).unwrap_or_else(|_| made.path.clone());
        let copied = Anchor::new(made.number, &made.hash).copied_to(name(&path).parse().ok());
        let user = || words::user(&who().os_user).parse().map_err(|_| StoreError::NoName { least: LEAST_LETTERS });
        let by = self.by.clone().map_or_else(user, Ok)?;
        let draft = Draft { on: today(), by, course: None, body: copied.into() };
        store.append_to_ward(&[draft], &ComputerClock).map(drop)
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
        let status = u8::from(missing > 0);
        let in_vain = |error: io::Error| Failure::told_in_vain(&words::made_but(&line), &error).with_own(status);
        writeln!(out, "{line}").and_then(|()| out.flush()).map_err(in_vain)?;
        Ok(status)
    }
}
