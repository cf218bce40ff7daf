//! A file that is being written, beside the place it is for.
//!
//! Where the system has files without a name (`O_TMPFILE` on Linux), it is one: nobody finds it under a name that could
//! be guessed or planted, and it goes with the program, also if that is killed. Elsewhere it has a random name, is made
//! only where nothing has that name, and is removed unless the program is killed.

use std::{fs::File, io, path::Path};
#[cfg(target_os = "linux")]
use std::{
    os::{fd::AsRawFd, unix::fs::OpenOptionsExt},
    path::PathBuf,
};

use tempfile::{Builder, NamedTempFile};

/// How a name begins that a file has for a moment.
const PREFIX: &str = ".osteodose-";

/// A file that is being written.
pub(super) enum Beside {
    /// Without a name; the folder it is in.
    #[cfg(target_os = "linux")]
    Nameless(File, PathBuf),
    /// With a name of its own.
    Named(NamedTempFile),
}

impl Beside {
    /// The permissions of any new file: the mask of the user takes from them.
    pub(super) const AS_ANY_NEW_FILE: u32 = 0o666;
    /// The permissions of a file that is for its owner alone.
    pub(super) const FOR_ITS_OWNER: u32 = 0o600;

    /// A new file in a folder, with these permissions from the beginning.
    pub(super) fn new(folder: &Path, permissions: u32) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(file) = nameless(folder, permissions) {
            return Ok(Self::Nameless(file, folder.to_owned()));
        }
        Self::named(folder, permissions)
    }

    fn named(folder: &Path, permissions: u32) -> io::Result<Self> {
        let mut builder = Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(permissions));
        #[cfg(not(unix))]
        let _ = permissions;
        builder.tempfile_in(folder).map(Self::Named).map_err(without_name)
    }

    /// The file.
    pub(super) fn file(&mut self) -> &mut File {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file, _) => file,
            Self::Named(file) => file.as_file_mut(),
        }
    }

    /// Gives it its name, where nothing has that name yet: not even a link that leads nowhere.
    pub(super) fn put_at(self, path: &Path) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file, _) => link(&file, path),
            Self::Named(file) => file.persist_noclobber(path).map(drop).map_err(|error| error.error),
        }
    }

    /// Gives it the name of the file that it replaces. Another name of that file, a hard link, keeps the old content.
    pub(super) fn put_over(self, path: &Path) -> io::Result<()> {
        match self {
            // The system gives a file a name only where there is none, and replaces one name by another.
            #[cfg(target_os = "linux")]
            Self::Nameless(file, folder) => {
                let named = Builder::new().prefix(PREFIX).make_in(folder, |name| link(&file, name))?;
                named.persist(path).map(drop).map_err(|error| error.error)
            }
            Self::Named(file) => file.persist(path).map(drop).map_err(|error| error.error),
        }
    }
}

/// A file without a name; none where the system has no such files, or could not give it a name later.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path, permissions: u32) -> Option<File> {
    let flag = rustix::fs::OFlags::TMPFILE.bits().cast_signed();
    let file = File::options().write(true).custom_flags(flag).mode(permissions).open(folder).ok()?;
    std::fs::symlink_metadata(by_descriptor(&file)).is_ok().then_some(file)
}

/// Gives a file without a name one that nothing has yet.
#[cfg(target_os = "linux")]
fn link(file: &File, path: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    linkat(CWD, by_descriptor(file), CWD, path, AtFlags::SYMLINK_FOLLOW)?;
    Ok(())
}

/// What the system calls an open file.
#[cfg(target_os = "linux")]
fn by_descriptor(file: &File) -> String {
    format!("/proc/self/fd/{}", file.as_raw_fd())
}

/// The error alone: the name of a file beside the place says nothing to anybody.
fn without_name(error: io::Error) -> io::Error {
    let cause = error.get_ref().and_then(std::error::Error::source).map(ToString::to_string);
    cause.map_or(error, io::Error::other)
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Write};

    use super::*;

    type Make = fn(&Path, u32) -> Beside;

    /// Every way in which a file is made here.
    fn ways() -> Vec<Make> {
        let named: Make = |folder, permissions| Beside::named(folder, permissions).unwrap();
        #[cfg(target_os = "linux")]
        {
            let nameless: Make = |folder, permissions| {
                let file = nameless(folder, permissions);
                file.map_or_else(
                    || Beside::named(folder, permissions).unwrap(),
                    |it| Beside::Nameless(it, folder.into()),
                )
            };
            vec![named, nameless]
        }
        #[cfg(not(target_os = "linux"))]
        vec![named]
    }

    #[test]
    fn it_takes_a_name_that_is_free_and_replaces_one_only_if_asked() {
        for make in ways() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("plan.json");
            let new = |content: &[u8]| {
                let mut file = make(folder.path(), Beside::AS_ANY_NEW_FILE);
                file.file().write_all(content).unwrap();
                file
            };
            new(b"first").put_at(&path).unwrap();
            assert_eq!(new(b"second").put_at(&path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
            assert_eq!(fs::read(&path).unwrap(), b"first");
            new(b"third").put_over(&path).unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"third");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_a_name_that_is_taken() {
        for make in ways() {
            let folder = tempfile::tempdir().unwrap();
            let link = folder.path().join("plan.json");
            std::os::unix::fs::symlink(folder.path().join("elsewhere"), &link).unwrap();
            let taken = make(folder.path(), Beside::AS_ANY_NEW_FILE).put_at(&link).unwrap_err();
            assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
            assert!(!folder.path().join("elsewhere").exists());
        }
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_its_owner_alone_from_the_beginning() {
        use std::os::unix::fs::PermissionsExt;
        for make in ways() {
            let folder = tempfile::tempdir().unwrap();
            let mut file = make(folder.path(), Beside::FOR_ITS_OWNER);
            assert_eq!(file.file().metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn where_the_system_has_files_without_a_name_nobody_finds_one() {
        let folder = tempfile::tempdir().unwrap();
        let Some(file) = nameless(folder.path(), Beside::AS_ANY_NEW_FILE) else { return };
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        drop(file);
    }
}
