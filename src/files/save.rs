//! Writing a file: whole, or not at all.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{beside::Beside, folder_of, replaced::Replaced};

/// What came of writing a file that was not refused by the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It is written.
    Written,
    /// A file of this name is there, and was not to be replaced.
    Exists,
}

/// Writes a file: whole, or not at all. What is there is replaced only if that is asked for, keeps its owner, group
/// and permissions as far as the system allows, and stays a link if it is one.
pub(crate) fn save(path: &Path, content: &[u8], replace: bool) -> io::Result<Saved> {
    let Some(mut pending) = Pending::new(path, replace)? else { return Ok(Saved::Exists) };
    pending.new.file().write_all(content)?;
    pending.finish()
}

/// A file that is written part by part, and is there only when it is complete.
pub(crate) struct Pending {
    new: Beside,
    /// Its place: for a link, where that leads.
    path: PathBuf,
    replaces: bool,
}

impl Pending {
    /// Begins a file; none if one of this name is there and must not be replaced.
    pub(crate) fn new(path: &Path, replace: bool) -> io::Result<Option<Self>> {
        match fs::symlink_metadata(path) {
            Ok(_) if path.is_dir() => Err(refused(io::ErrorKind::IsADirectory, "it is a folder")),
            Ok(_) if !replace => Ok(None),
            Ok(_) => Self::in_place_of(Replaced::of(path)?).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let new = Beside::new(folder_for(path)?, Beside::AS_ANY_NEW_FILE)?;
                Ok(Some(Self { new, path: path.to_owned(), replaces: false }))
            }
            Err(error) => Err(error),
        }
    }

    fn in_place_of(replaced: Replaced) -> io::Result<Self> {
        let mut new = Beside::new(folder_for(&replaced.path)?, Beside::FOR_ITS_OWNER)?;
        // Before its first byte: what is private is never written into a file that is not.
        replaced.hand_down(new.file())?;
        Ok(Self { new, path: replaced.path, replaces: true })
    }

    /// The file to write to.
    pub(crate) fn file(&mut self) -> io::Result<fs::File> {
        self.new.file().try_clone()
    }

    /// Puts the file in its place.
    pub(crate) fn finish(mut self) -> io::Result<Saved> {
        self.new.file().sync_all()?;
        let put = if self.replaces { self.new.put_over(&self.path) } else { self.new.put_at(&self.path) };
        match put {
            Ok(()) => {
                // The file is in its place; a folder that cannot be flushed is flushed by the system later.
                #[cfg(unix)]
                let _ = folder_for(&self.path).and_then(fs::File::open).and_then(|folder| folder.sync_all());
                Ok(Saved::Written)
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Saved::Exists),
            Err(error) => Err(error),
        }
    }
}

/// The folder of a path, which must be there.
fn folder_for(path: &Path) -> io::Result<&Path> {
    let folder = folder_of(path);
    if folder.is_dir() { Ok(folder) } else { Err(refused(io::ErrorKind::NotFound, "the folder is not there")) }
}

/// Why a file is not written, in the program's own words.
pub(super) fn refused(kind: io::ErrorKind, why: &'static str) -> io::Error {
    io::Error::new(kind, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_written_and_not_replaced_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        assert_eq!(save(&path, b"first", false).unwrap(), Saved::Written);
        assert_eq!(save(&path, b"second", false).unwrap(), Saved::Exists);
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(save(&path, b"third", true).unwrap(), Saved::Written);
        assert_eq!(fs::read(&path).unwrap(), b"third");
        assert_eq!(names(folder.path()), ["plan.json"]);
    }

    #[test]
    fn a_file_that_appears_at_the_last_moment_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        let mut ours = Pending::new(&path, false).unwrap().unwrap();
        ours.file().unwrap().write_all(b"ours").unwrap();
        fs::write(&path, "theirs").unwrap();
        assert_eq!(ours.finish().unwrap(), Saved::Exists);
        assert_eq!(fs::read(&path).unwrap(), b"theirs");
        assert_eq!(names(folder.path()), ["plan.json"]);
    }

    #[test]
    fn what_cannot_be_written_says_why_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let told = |path: &str| save(&folder.path().join(path), b"x", true).unwrap_err().to_string();
        fs::create_dir(folder.path().join("inner")).unwrap();
        fs::write(folder.path().join("inner/file"), "x").unwrap();
        assert_eq!(told("inner"), "it is a folder");
        assert_eq!(told("none/plan.json"), "the folder is not there");
        assert!(save(&folder.path().join("inner/file/plan.json"), b"x", true).is_err());
        assert_eq!(names(folder.path()), ["inner"]);
        assert_eq!(names(&folder.path().join("inner")), ["file"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_reader_sees_the_old_file_or_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        save(&path, b"the first plan", false).unwrap();
        let reader = fs::File::open(&path).unwrap();
        save(&path, b"another", true).unwrap();
        assert_eq!(io::read_to_string(reader).unwrap(), "the first plan");
    }

    #[test]
    #[cfg(unix)]
    fn links_stay_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("file"), "old").unwrap();
        fs::set_permissions(path("file"), PermissionsExt::from_mode(0o604)).unwrap();
        std::os::unix::fs::symlink("file", path("link")).unwrap();
        std::os::unix::fs::symlink("nowhere", path("broken")).unwrap();
        assert_eq!(save(&path("link"), b"new", false).unwrap(), Saved::Exists);
        assert_eq!(save(&path("link"), b"new", true).unwrap(), Saved::Written);
        assert!(fs::symlink_metadata(path("link")).unwrap().is_symlink());
        assert_eq!(fs::read(path("file")).unwrap(), b"new");
        assert_eq!(fs::metadata(path("file")).unwrap().permissions().mode() & 0o777, 0o604);
        assert_eq!(save(&path("broken"), b"new", false).unwrap(), Saved::Exists);
        assert!(save(&path("broken"), b"new", true).is_err());
        assert_eq!(names(folder.path()), ["broken", "file", "link"]);
    }

    #[test]
    #[cfg(unix)]
    fn a_device_and_a_protected_file_are_not_replaced() {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(save(Path::new("/dev/null"), b"x", true).unwrap_err().to_string(), "it is no ordinary file");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("signed.json");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).unwrap();
        assert_eq!(save(&path, b"new", true).unwrap_err().to_string(), "it is protected against writing");
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_replaces_a_private_one_is_private_before_its_first_byte() {
        use std::os::unix::fs::{MetadataExt, PermissionsExt};
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        for mode in [0o600, 0o640, 0o604, 0o644] {
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
            let group = fs::metadata(&path).unwrap().gid();
            let mut pending = Pending::new(&path, true).unwrap().unwrap();
            let begun = pending.file().unwrap().metadata().unwrap();
            assert_eq!((begun.len(), begun.mode() & 0o777, begun.gid()), (0, mode, group));
            pending.file().unwrap().write_all(b"new").unwrap();
            assert_eq!(fs::read(&path).unwrap(), b"old");
            assert_eq!(pending.finish().unwrap(), Saved::Written);
            assert_eq!(
                (fs::read(&path).unwrap(), fs::metadata(&path).unwrap().mode() & 0o777),
                (b"new".to_vec(), mode)
            );
            fs::remove_file(&path).unwrap();
        }
        assert!(names(folder.path()).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn another_name_of_a_file_that_is_replaced_keeps_the_old_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("plan.json"), "old").unwrap();
        fs::hard_link(path("plan.json"), path("archive.json")).unwrap();
        assert_eq!(save(&path("plan.json"), b"new", true).unwrap(), Saved::Written);
        assert_eq!(fs::read(path("archive.json")).unwrap(), b"old");
        assert_eq!(fs::read(path("plan.json")).unwrap(), b"new");
    }

    #[cfg(unix)]
    #[test]
    fn links_one_after_another_are_followed_and_a_circle_is_refused() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("inner")).unwrap();
        fs::write(path("inner/file"), "old").unwrap();
        symlink("file", path("inner/second")).unwrap();
        symlink("inner/second", path("first")).unwrap();
        assert_eq!(save(&path("first"), b"new", true).unwrap(), Saved::Written);
        assert_eq!(fs::read(path("inner/file")).unwrap(), b"new");
        assert!(fs::symlink_metadata(path("inner/second")).unwrap().is_symlink());
        symlink("round", path("round")).unwrap();
        assert!(save(&path("round"), b"new", true).is_err());
    }

    /// What is left of a file that was begun: with a name or without one.
    #[test]
    fn a_file_that_is_not_finished_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut pending = Pending::new(&folder.path().join("plan.json"), false).unwrap().unwrap();
        pending.file().unwrap().write_all(b"half").unwrap();
        drop(pending);
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    #[cfg(unix)]
    fn a_new_file_has_the_permissions_of_any_new_file() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        fs::write(path("any"), "x").unwrap();
        save(&path("ours"), b"x", false).unwrap();
        let mode = |name: &str| fs::metadata(path(name)).unwrap().permissions().mode();
        assert_eq!(mode("ours"), mode("any"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_in_the_place_of_a_file_is_neither_replaced_nor_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("plan.json");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        assert_eq!(save(&pipe, b"{}", false).unwrap(), Saved::Exists);
        assert_eq!(save(&pipe, b"{}", true).unwrap_err().to_string(), "it is no ordinary file");
        let inside = save(&pipe.join("plan.json"), b"{}", false);
        assert!(inside.is_err(), "{inside:?}");
    }
}
