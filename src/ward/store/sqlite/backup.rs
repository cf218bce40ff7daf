//! Backups: a copy of the register in one file that opens anywhere, proved before it has its name.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, backup::StepResult};

use super::{
    super::{Clock, Hash, StoreError, Uid},
    Sqlite,
    fresh::{Fresh, Sharing},
    open, rows,
    trouble::{of_database, of_system},
    verify,
};

/// How the name of a backup ends that the program names.
const ENDING: &str = ".db";

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// The number of its last entry.
    pub number: u64,
    /// The hash of that.
    pub hash: Hash,
    /// Older backups that were deleted.
    pub deleted: Vec<PathBuf>,
}

/// Where a backup is put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupTo {
    /// Into this file, which must not be there yet.
    File(PathBuf),
    /// Into this folder, under a name that says when it was made. Of those the newest are kept, if a number is said.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// How many backups of this register stay in it; all of them if none is said.
        keep: Option<usize>,
    },
}

/// Makes a backup.
pub(super) fn backup(store: &Sqlite, to: &BackupTo, clock: &dyn Clock) -> Result<Backup, StoreError> {
    store.is_still_there()?;
    let (path, kept) = match to {
        BackupTo::File(path) => (path.clone(), None),
        BackupTo::Folder { folder, keep } => {
            let now = clock.now();
            let name = format!("{}{}-{}{ENDING}", prefix(store), now.day, now.time.format("%H%M%S"));
            (folder.join(name), keep.map(|keep| (folder, keep)))
        }
    };
    let (number, hash) = copy(&store.connection, store.key, &path)?;
    let deleted = match kept {
        Some((folder, keep)) => {
            let is_older = |other: &Path| other != path && is_of_ward(other, store.ward.uid);
            delete_older(folder, &prefix(store), keep, is_older).map_err(|error| of_system(folder, &error))?
        }
        None => Vec::new(),
    };
    Ok(Backup { path, number, hash, deleted })
}

/// How the names of the backups of a register begin.
fn prefix(store: &Sqlite) -> String {
    format!("{}-", store.path.file_stem().unwrap_or_default().to_string_lossy())
}

/// Whether a file is a backup of this ward's register, and not one of another ward whose file has the same name.
fn is_of_ward(path: &Path, ward: Uid) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read = |connection: Connection| rows::ward(&connection);
    Connection::open_with_flags(path, flags).and_then(read).is_ok_and(|(_, of)| of.uid == ward)
}

/// Deletes all but the newest backups of a register in a folder, of which one was just made. That one stays, whatever the
/// clock said when the others were made.
fn delete_older(
    folder: &Path,
    prefix: &str,
    keep: usize,
    is_older: impl Fn(&Path) -> bool,
) -> std::io::Result<Vec<PathBuf>> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string().ok().filter(|name| is_ours(name, prefix)));
    }
    // By name they are in the order of time.
    names.sort_unstable();
    let mut older: Vec<PathBuf> = names.into_iter().map(|name| folder.join(name)).filter(|it| is_older(it)).collect();
    older.truncate((older.len() + 1).saturating_sub(keep.max(1)));
    older.iter().try_for_each(fs::remove_file)?;
    Ok(older)
}

/// Whether a name is one that the program gives to the backups of a register.
fn is_ours(name: &str, prefix: &str) -> bool {
    let moment = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(ENDING)).unwrap_or_default();
    let shape = "0000-00-00-000000";
    let fits = |(letter, shape): (u8, u8)| if shape == b'0' { letter.is_ascii_digit() } else { letter == shape };
    moment.len() == shape.len() && moment.bytes().zip(shape.bytes()).all(fits)
}

/// Copies a register into a new file for its owner alone, and proves the copy. Returns its last entry.
pub(super) fn copy(from: &Connection, ward: i64, to: &Path) -> Result<(u64, Hash), StoreError> {
    let fresh = Fresh::new(to, Sharing::Owner)?;
    let copy = copied(from, &fresh, to)?;
    let told = |error: &rusqlite::Error| of_database(to, error);
    // Without a journal beside it: such a file can be read from a medium that cannot be written to.
    copy.pragma_update(None, "journal_mode", "DELETE").map_err(|error| told(&error))?;
    verify::is_whole(&copy, to)?;
    let head = rows::head(&copy, ward).map_err(|error| told(&error))?;
    copy.close().map_err(|(_, error)| told(&error))?;
    fresh.put()?;
    Ok(head)
}

/// Copies a database into one that is being made, as it is in one moment.
pub(super) fn copied(from: &Connection, fresh: &Fresh, to: &Path) -> Result<Connection, StoreError> {
    let told = |error: &rusqlite::Error| of_database(to, error);
    let mut copy = fresh.connect()?;
    {
        let backup = rusqlite::backup::Backup::new(from, &mut copy).map_err(|error| told(&error))?;
        // All in one step: between two, another save would make it begin again.
        match backup.step(-1).map_err(|error| told(&error))? {
            StepResult::Done => {}
            _ => return Err(StoreError::Busy { seconds: super::PATIENCE.as_secs() }),
        }
    }
    open::configure(&copy).map_err(|error| told(&error))?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_backups_of_this_register_are_deleted_and_the_oldest_first() {
        let folder = tempfile::tempdir().unwrap();
        let names = [
            "ward-2026-12-01-084000.db",
            "ward-2026-12-02-084000.db",
            "ward-2026-12-10-084000.db",
            "ward-2026-12-01-084000.db-old",
            "ward-2026-12-01.db",
            "ward-b-2026-12-01-084000.db",
            "ward.db",
        ];
        for name in names {
            fs::write(folder.path().join(name), "").unwrap();
        }
        // The one that was just made, when the clock had been set back.
        let made = folder.path().join(names[0]);
        let delete = |keep| delete_older(folder.path(), "ward-", keep, |other| other != made).unwrap();
        assert_eq!(delete(3), [] as [PathBuf; 0]);
        assert_eq!(delete(2), [folder.path().join(names[1])]);
        assert_eq!(delete(0), [folder.path().join(names[2])]);
        assert!(made.exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 5);
    }
}
