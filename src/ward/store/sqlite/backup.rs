//! Backups: a copy of the register in one file that opens anywhere, proved before it has its name.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, backup::StepResult};

use super::{
    super::{Clock, Hash, StoreError},
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
            delete_older(folder, &prefix(store), keep).map_err(|error| of_system(folder, &error))?
        }
        None => Vec::new(),
    };
    Ok(Backup { path, number, hash, deleted })
}

/// How the names of the backups of a register begin.
fn prefix(store: &Sqlite) -> String {
    format!("{}-", store.path.file_stem().unwrap_or_default().to_string_lossy())
}

/// Deletes all but the newest backups of a register in a folder.
fn delete_older(folder: &Path, prefix: &str, keep: usize) -> std::io::Result<Vec<PathBuf>> {
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string().ok().filter(|name| is_ours(name, prefix)));
    }
    // By name they are in the order of time. The one that was just made stays, whatever number is said.
    names.sort_unstable();
    names.truncate(names.len().saturating_sub(keep.max(1)));
    let older: Vec<PathBuf> = names.into_iter().map(|name| folder.join(name)).collect();
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
        let deleted = delete_older(folder.path(), "ward-", 1).unwrap();
        assert_eq!(deleted, names[..2].iter().map(|name| folder.path().join(name)).collect::<Vec<_>>());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 5);
        assert!(delete_older(folder.path(), "ward-", 0).unwrap().is_empty(), "the newest stays");
    }
}
