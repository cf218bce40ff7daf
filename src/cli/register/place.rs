//! Which register a command is about: the one that is named, else the configured one, else that of the data folder.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    clock::{ComputerClock, who},
    failed::failed,
};
use crate::{
    cli::{Failure, failure::name, time_zone, ward::load},
    files::{self, Register},
    json::Text,
    regimen::Library,
    ward::{
        Settings,
        store::{History, New, PatientKey, Sharing, Sqlite, Store, StoreError, Uid},
    },
    words::{register::command as words, store::WAITING},
};

/// The register of a command.
#[derive(Args)]
pub(super) struct RegisterArgs {
    /// Register of the ward; by default the one that osteodose/register in the configuration folder names, else
    /// osteodose/register.db in the data folder
    #[arg(long, value_name = "PATH")]
    pub(super) register: Option<PathBuf>,
}

impl RegisterArgs {
    /// Opens it.
    pub(super) fn open(&self) -> Result<Sqlite, Failure> {
        let (path, _) = self.place()?;
        open(&path)
    }

    /// Opens it for a caller that judges by the reason why it cannot be opened.
    pub(super) fn try_open(&self) -> Result<Result<Sqlite, StoreError>, Failure> {
        let (path, _) = self.place()?;
        try_open(&path)
    }

    /// Opens it, or makes the usual one where no register is named and none is there yet.
    pub(super) fn open_or_make(&self, by: &Text, library: &'static Library) -> Result<Sqlite, Failure> {
        let (path, is_usual) = self.place()?;
        if !is_usual || files::is_there(&path) {
            return open(&path);
        }
        let lock = beside_lock(&path);
        if files::is_there(&lock) {
            return Err(Failure::not_usable(words::gone(&name(&path), &name(&lock))));
        }
        let settings = settings(None, library)?;
        let ward = settings.name.clone().unwrap_or_else(|| words::UNNAMED.parse().expect("a name that can be shown"));
        let new = New { name: ward, settings, sharing: Sharing::Owner, by: by.clone() };
        time_zone::check()?;
        let store = Sqlite::create(&path, &new, who(), &ComputerClock).map_err(|error| failed(&error))?;
        // Whoever has a register elsewhere must see that this is another one. If standard error is closed, there is
        // nowhere to say it.
        let _ = writeln!(io::stderr(), "{}", words::made_here(&name(store.path())));
        Ok(store)
    }

    /// The place, and whether it is the usual one.
    pub(super) fn place(&self) -> Result<(PathBuf, bool), Failure> {
        if let Some(path) = &self.register {
            return Ok((path.clone(), false));
        }
        match Register::unnamed() {
            Ok(Register::Configured(path)) => Ok((path, false)),
            Ok(Register::Usual(path)) => Ok((path, true)),
            Err((path, error)) => Err(Failure::unreadable(&path, &error)),
        }
    }
}

/// The lock of a register, which stays beside it.
fn beside_lock(register: &Path) -> PathBuf {
    let mut lock = register.as_os_str().to_owned();
    lock.push(".lock");
    lock.into()
}

/// Opens a register by its path. The time zone is looked at first, since every entry has its day and its offset.
pub(super) fn open(path: &Path) -> Result<Sqlite, Failure> {
    try_open(path)?.map_err(|error| failed(&error))
}

/// Opens a register by its path, for a caller that judges by the reason why it cannot be opened.
pub(super) fn try_open(path: &Path) -> Result<Result<Sqlite, StoreError>, Failure> {
    time_zone::check()?;
    Ok(Sqlite::open(path, who()).map(|mut store| {
        store.when_waiting(|| {
            // If standard error is closed, there is nowhere to say it.
            let _ = writeln!(io::stderr(), "{WAITING}");
        });
        store
    }))
}

/// The settings that a new register is made with: those of a file that is named, else the configured ones.
pub(super) fn settings(named: Option<&Path>, library: &'static Library) -> Result<Settings, Failure> {
    if let Some(path) = named {
        return load(path, library);
    }
    let configured = files::configured_ward().filter(|path| files::is_there(path));
    configured.map_or_else(|| Ok(Settings::default()), |path| load(&path, library))
}

/// The entries of a patient, who is named by the identifier of the hospital, else by the name in the register.
pub(super) fn history(store: &mut Sqlite, patient: &Text) -> Result<(PatientKey, History), Failure> {
    let by_id = PatientKey::Id(patient.clone());
    match store.patient(&by_id) {
        Ok(history) => Ok((by_id, history)),
        Err(StoreError::UnknownPatient) => {
            let uid = patient.as_str().parse::<Uid>().map_err(|_| failed(&StoreError::UnknownPatient))?;
            let key = PatientKey::Uid(uid);
            let history = store.patient(&key).map_err(|error| failed(&error))?;
            Ok((key, history))
        }
        Err(error) => Err(failed(&error)),
    }
}
