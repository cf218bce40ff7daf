//! Backups: a copy of the register in one file that opens anywhere, proved before it has its name.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rusqlite::{Connection, OpenFlags, backup::StepResult};

use super::{
    super::{Clock, Hash, StoreError, Uid, verify},
    Sqlite,
    fresh::{Fresh, Left, Sharing},
    open, rows,
    tables::Tables,
    trouble::{of_database, of_system},
};

/// How the name of a backup ends that the program names.
const ENDING: &str = ".db";
/// How many backups of one second have a name of their own.
const MOST_OF_A_SECOND: u32 = 9;

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
    /// Files with the name of a backup that cannot be read, so that nobody knows whose they are. They stay.
    pub unread: Vec<PathBuf>,
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
    let write = |path: PathBuf| {
        // What is wrong with the copy is wrong with the register.
        let prove = |copy: &Connection| verify::is_sound(&Tables::apart(copy, &store.path));
        let (number, hash) = copy(&store.connection, store.key, &path, prove)?;
        Ok(Backup { path, number, hash, deleted: Vec::new(), unread: Vec::new() })
    };
    match to {
        BackupTo::File(path) => write(path.clone()),
        BackupTo::Folder { folder, keep } => {
            let prefix = prefix(store);
            let made = under_free_name(folder, &prefix, clock, write)?;
            match keep {
                // Nothing older is deleted before the new one has its name.
                Some(keep) => delete_older(folder, &prefix, *keep, made, store.ward.uid)
                    .map_err(|error| of_system(folder, &error)),
                None => Ok(made),
            }
        }
    }
}

/// Makes a backup under a name that says when it was made, with a number where a file of the same second is there: two
/// wards may have backups in one folder.
fn under_free_name(
    folder: &Path,
    prefix: &str,
    clock: &dyn Clock,
    write: impl Fn(PathBuf) -> Result<Backup, StoreError>,
) -> Result<Backup, StoreError> {
    let now = clock.now();
    let moment = format!("{prefix}{}-{}", now.day, now.time.format("%H%M%S"));
    let mut made = write(folder.join(format!("{moment}{ENDING}")));
    for number in 2..=MOST_OF_A_SECOND {
        let Err(StoreError::Exists { .. }) = made else { break };
        made = write(folder.join(format!("{moment}-{number}{ENDING}")));
    }
    made
}

/// How the names of the backups of a register begin.
fn prefix(store: &Sqlite) -> String {
    format!("{}-", store.path.file_stem().unwrap_or_default().to_string_lossy())
}

/// Whether a file is a backup of this ward's register, and not one of another ward whose file has the same name.
fn is_of_ward(path: &Path, ward: Uid) -> std::io::Result<bool> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(std::io::Error::from(std::io::ErrorKind::InvalidInput));
    }
    // As a file that nobody changes: nothing is made beside it.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read = || {
        let file = Connection::open_with_flags(open::unchanging(path), flags)?;
        file.query_row("SELECT uid FROM ward", [], |row| rows::parsed::<Uid>(row, 0))
    };
    read().map(|uid| uid == ward).map_err(std::io::Error::other)
}

/// Deletes all but the newest backups of a register in a folder, of which one was just made. That one stays, whatever the
/// clock said when the others were made.
fn delete_older(folder: &Path, prefix: &str, keep: usize, made: Backup, ward: Uid) -> std::io::Result<Backup> {
    let mut found: Vec<(String, u32, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let Some((moment, number)) = name.to_str().and_then(|name| moment(name, prefix)) else { continue };
        found.push((moment.to_owned(), number, folder.join(&name)));
    }
    found.sort_unstable();
    let (mut older, mut unread) = (Vec::new(), Vec::new());
    for (_, _, path) in found.into_iter().filter(|(_, _, path)| *path != made.path) {
        match is_of_ward(&path, ward) {
            Ok(true) => older.push(path),
            Ok(false) => {}
            Err(_) => unread.push(path),
        }
    }
    older.truncate((older.len() + 1).saturating_sub(keep.max(1)));
    older.iter().try_for_each(fs::remove_file)?;
    Ok(Backup { deleted: older, unread, ..made })
}

/// The moment in a name that the program gives to the backups of a register, and its number among those of that second.
fn moment<'n>(name: &'n str, prefix: &str) -> Option<(&'n str, u32)> {
    const SHAPE: &str = "0000-00-00-000000";
    let (moment, number) = name.strip_prefix(prefix)?.strip_suffix(ENDING)?.split_at_checked(SHAPE.len())?;
    let fits = |(letter, shape): (u8, u8)| if shape == b'0' { letter.is_ascii_digit() } else { letter == shape };
    let number = if number.is_empty() { Some(1) } else { number.strip_prefix('-')?.parse().ok() };
    moment.bytes().zip(SHAPE.bytes()).all(fits).then_some(moment).zip(number)
}

/// Copies a register into a new file for its owner alone, which has its name once it is proved. Returns its last entry.
pub(super) fn copy(
    from: &Connection,
    ward: i64,
    to: &Path,
    prove: impl FnOnce(&Connection) -> Result<(), StoreError>,
) -> Result<(u64, Hash), StoreError> {
    let fresh = Fresh::new(to, Sharing::Owner, Left::default())?;
    let copy = copied(from, &fresh, to)?;
    let told = |error: &rusqlite::Error| of_database(to, error);
    // Without a journal beside it: such a file can be read from a medium that cannot be written to.
    copy.pragma_update(None, "journal_mode", "DELETE").map_err(|error| told(&error))?;
    prove(&copy)?;
    let head = rows::head(&copy, ward).map_err(|error| told(&error))?;
    copy.close().map_err(|(_, error)| told(&error))?;
    fresh.put()?;
    Ok(head)
}

/// Copies a database into one that is being made, as it is in one moment.
pub(super) fn copied(from: &Connection, fresh: &Fresh, to: &Path) -> Result<Connection, StoreError> {
    let told = |error: &rusqlite::Error| match (of_database(to, error), from.path()) {
        // The new file has nothing yet that could be damaged.
        (StoreError::Damaged { number, .. }, Some(from)) => StoreError::Damaged { path: from.into(), number },
        (told, _) => told,
    };
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
    fn the_moment_in_the_name_of_a_backup_is_read_and_other_names_have_none() {
        let moments = [
            ("ward-2026-12-01-084000.db", Some(("2026-12-01-084000", 1))),
            ("ward-2026-12-01-084000-2.db", Some(("2026-12-01-084000", 2))),
            ("ward-2026-12-01-084000.db-old", None),
            ("ward-2026-12-01-084000-x.db", None),
            ("ward-2026-12-01-0840002.db", None),
            ("ward-2026-12-01.db", None),
            ("ward-b-2026-12-01-084000.db", None),
            ("ward.db", None),
        ];
        for (name, found) in moments {
            assert_eq!(moment(name, "ward-"), found, "{name}");
        }
    }
}
