//! `osteodose ward create`: makes the register of a ward.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    clock::{ComputerClock, who},
    failed::failed,
    place::settings,
    values,
};
use crate::{
    cli::{Failure, LibraryArgs, failure::name, time_zone},
    files,
    json::{Text, printable},
    ward::store::{New, Register, Sharing, Sqlite, StoreError, is_address},
    words::{manual::exit_status, register::command as words},
};

/// Make the register of a ward
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Create {
    /// File of the register, in a folder on a disk of this computer
    path: PathBuf,
    /// Name of the ward
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    name: Text,
    /// Group of users who share it, by name or number; by default it is for this user alone
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Who makes it
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    by: Text,
    /// Ward settings to begin with; by default osteodose/ward.json in the configuration folder, if it exists
    #[arg(long, value_name = "FILE")]
    ward: Option<PathBuf>,
    #[command(flatten)]
    library: LibraryArgs,
}

impl Create {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let settings = settings(self.ward.as_deref(), self.library.load()?)?;
        let sharing = sharing(self.group.as_deref())?;
        let new = New { name: self.name.clone(), settings, sharing, by: self.by.clone() };
        time_zone::check()?;
        let store = make(&self.path, &new)?;
        let said = words::created(&name(store.path()), store.ward().name.as_str());
        let in_vain = |error: std::io::Error| Failure::told_in_vain(&words::made_but(&said), &error);
        writeln!(out, "{said}").and_then(|()| out.flush()).map_err(in_vain)?;
        Ok(0)
    }
}

/// Makes a register in a file or on a server.
fn make(path: &Path, new: &New) -> Result<Register, Failure> {
    #[cfg(feature = "ward-postgres")]
    if is_address(path) {
        return super::server::create(path, new)?.map_err(|error| failed(&error));
    }
    let made = if is_address(path) {
        Err(StoreError::NoServers { path: path.to_owned() })
    } else {
        Sqlite::create(path, new, who(), &ComputerClock)
    };
    made.map(Register::from).map_err(|error| failed(&error))
}

/// For whom a register is.
pub(super) fn sharing(group: Option<&str>) -> Result<Sharing, Failure> {
    let Some(named) = group else { return Ok(Sharing::Owner) };
    let number = files::group(named).ok_or_else(|| Failure::not_usable(words::no_group(&printable(named))))?;
    Ok(Sharing::Group(number))
}
