//! A database that is being made beside the place it is for, and has its name only when it is whole.

use std::{
    ffi::OsStr,
    fs::{self, File, TryLockError},
    io::ErrorKind,
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};
use tempfile::{Builder, NamedTempFile};

use super::{
    super::StoreError,
    PRIVATE,
    place::{JOURNALS, beside, for_new},
    trouble::{of_database, of_system},
};
use crate::files::folder_of;

/// How the name of a database begins while it is being made.
const PREFIX: &str = ".osteodose-register-";
/// After how long one that nobody holds is taken for what a killed program left.
const LEFT_AFTER: Duration = Duration::from_hours(1);

/// For whom a register is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// For its owner alone.
    Owner,
    /// For a group of users, by its number: those of the ward.
    Group(u32),
}

impl Sharing {
    /// The rights of its file.
    pub(super) fn mode(self) -> u32 {
        match self {
            Self::Owner => PRIVATE,
            Self::Group(_) => 0o660,
        }
    }

    /// The rights of its folder. What is made in the folder of a group belongs to the group.
    fn mode_of_folder(self) -> u32 {
        match self {
            Self::Owner => 0o700,
            Self::Group(_) => 0o2770,
        }
    }

    /// Gives a file or a folder to whom it is for, whatever the mask of the user took from its rights.
    #[cfg(unix)]
    pub(super) fn give(self, path: &Path, mode: u32) -> std::io::Result<()> {
        if let Self::Group(group) = self {
            std::os::unix::fs::chown(path, None, Some(group))?;
        }
        // After the owner, since a change of that takes from the rights.
        fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
    }

    #[cfg(not(unix))]
    pub(super) fn give(self, _: &Path, _: u32) -> std::io::Result<()> {
        Ok(())
    }

    /// Makes the folder of a register, where it is not there. One that is there is left as it is. For a group only the last
    /// folder is made: those above it would be for their owner alone, and the group could not come to it. What is returned
    /// takes away again what was made, unless something is put there.
    pub(super) fn folder(self, register: &Path) -> Result<Left, StoreError> {
        let folder = folder_of(register);
        let told = |error: &std::io::Error| of_system(folder, error);
        if fs::metadata(folder).is_ok_and(|it| it.is_dir()) {
            return if self.is_served_by(folder) {
                Ok(Left::default())
            } else {
                Err(StoreError::NotShared { folder: folder.to_owned() })
            };
        }
        let is_missing = |it: &&Path| !it.as_os_str().is_empty() && fs::symlink_metadata(it).is_err();
        let folders = folder.ancestors().take_while(is_missing).map(Path::to_owned).collect();
        let left = Left { database: None, folders };
        let mut builder = fs::DirBuilder::new();
        builder.recursive(self == Self::Owner);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(|error| match error.kind() {
            ErrorKind::NotFound => StoreError::NoFolder { folder: folder_of(folder).to_owned() },
            _ => told(&error),
        })?;
        self.give(folder, self.mode_of_folder()).map_err(|error| told(&error))?;
        Ok(left)
    }

    /// Whether each user of the group can write to a folder, and what is made in it belongs to the group.
    #[cfg(unix)]
    fn is_served_by(self, folder: &Path) -> bool {
        use std::os::unix::fs::MetadataExt;
        let Self::Group(group) = self else { return true };
        let needed = self.mode_of_folder() & 0o2070;
        fs::metadata(folder).is_ok_and(|it| it.gid() == group && it.mode() & needed == needed)
    }

    #[cfg(not(unix))]
    fn is_served_by(self, _: &Path) -> bool {
        true
    }
}

/// What is taken away again where nothing comes of a database: what lies beside it, and the folders that were made for it.
#[derive(Default)]
pub(super) struct Left {
    database: Option<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Drop for Left {
    fn drop(&mut self) {
        // What is not there, or is in use by somebody else, stays as it is.
        for path in self.database.iter().flat_map(|path| JOURNALS.map(|ending| beside(path, ending))) {
            let _ = fs::remove_file(path);
        }
        for folder in &self.folders {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A database that is being made. The file goes first if nothing comes of it, and then what is left of it.
pub(super) struct Fresh {
    file: NamedTempFile,
    place: PathBuf,
    sharing: Sharing,
    left: Left,
}

impl Fresh {
    /// An empty file, which has its rights before the database opens it: what lies beside it gets the same.
    pub(super) fn new(place: &Path, sharing: Sharing, mut left: Left) -> Result<Self, StoreError> {
        let place = for_new(place)?;
        refuse_taken(&place)?;
        delete_left(folder_of(&place));
        let mut builder = Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(PRIVATE));
        let file = builder.tempfile_in(folder_of(&place)).map_err(|error| of_system(&place, &error))?;
        // Held until it has its name; a file system that knows no locks has only the age to go by.
        let _ = file.as_file().try_lock();
        sharing.give(file.path(), sharing.mode()).map_err(|error| of_system(&place, &error))?;
        left.database = Some(file.path().to_owned());
        Ok(Self { file, place, sharing, left })
    }

    /// The path it has for the moment.
    pub(super) fn path(&self) -> &Path {
        self.file.path()
    }

    /// The place it is for.
    pub(super) fn place(&self) -> &Path {
        &self.place
    }

    /// Opens it.
    pub(super) fn connect(&self) -> Result<Connection, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(self.path(), flags).map_err(|error| of_database(&self.place, &error))
    }

    /// Puts it in its place, if nothing has come there. It must not be open any more.
    pub(super) fn put(self) -> Result<PathBuf, StoreError> {
        let told = |error: &std::io::Error| of_system(&self.place, error);
        refuse_taken(&self.place)?;
        self.sharing.give(self.file.path(), self.sharing.mode()).map_err(|error| told(&error))?;
        self.file.as_file().sync_all().map_err(|error| told(&error))?;
        let Self { file, place, mut left, .. } = self;
        file.persist_noclobber(&place).map_err(|error| of_system(&place, &error.error))?;
        left.folders.clear();
        flush_folder(&place);
        Ok(place)
    }
}

/// Flushes the folder of a file. The file is in its place; a folder that cannot be flushed is flushed by the system
/// later.
fn flush_folder(path: &Path) {
    #[cfg(unix)]
    let _ = fs::File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    #[cfg(not(unix))]
    let _ = path;
}

/// Deletes what programs left in a folder that were killed while they made a database: it holds what a register holds,
/// and nobody would find it. What cannot be deleted is left to the next time.
fn delete_left(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_ours = |name: &OsStr| name.as_encoded_bytes().starts_with(PREFIX.as_bytes());
    for path in entries.filter(|it| is_ours(&it.file_name())).map(|it| it.path()) {
        let age = fs::metadata(&path).and_then(|it| it.modified()).ok().and_then(|made| made.elapsed().ok());
        if age.is_some_and(|age| age > LEFT_AFTER) && !is_held(&path) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Whether a program that runs is making the database to which a file belongs.
fn is_held(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let database = JOURNALS.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    File::open(database).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// Refuses a place where something is, or where a journal lies that would be taken for that of the new database.
fn refuse_taken(place: &Path) -> Result<(), StoreError> {
    let all = JOURNALS.iter().map(|ending| beside(place, ending));
    match std::iter::once(place.to_owned()).chain(all).find(|path| fs::symlink_metadata(path).is_ok()) {
        Some(path) => Err(StoreError::Exists { path }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_program_left_is_deleted_and_what_is_being_made_stays() {
        let folder = tempfile::tempdir().unwrap();
        let made = |name: &str, hours: u32| {
            let file = File::create(folder.path().join(name)).unwrap();
            let now = file.metadata().unwrap().modified().unwrap();
            file.set_modified(now - LEFT_AFTER * hours).unwrap();
            file
        };
        for (name, hours) in [("left", 2), ("left-wal", 2), ("new", 0)] {
            made(&format!("{PREFIX}{name}"), hours);
        }
        made("register.db", 2);
        let held = made(&format!("{PREFIX}held"), 2);
        held.lock().unwrap();
        made(&format!("{PREFIX}held-wal"), 2);
        let fresh = Fresh::new(&folder.path().join("copy.db"), Sharing::Owner, Left::default()).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().path()).collect();
        left.retain(|path| path != fresh.path());
        left.sort();
        let stays = [&format!("{PREFIX}held"), &format!("{PREFIX}held-wal"), &format!("{PREFIX}new"), "register.db"];
        assert_eq!(left, stays.map(|name| folder.path().join(name)));
    }
}
