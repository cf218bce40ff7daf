//! Writing a file: whole, or not at all.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

/// What came of writing a file that was not refused by the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Saved {
    /// It is written.
    Written,
    /// A file of this name is there, and was not to be replaced.
    Exists,
}

/// Writes a file: whole, or not at all. What is there is replaced only where that is asked for, keeps its
/// permissions, and stays a link where it is one.
pub(crate) fn save(path: &Path, content: &[u8], replace: bool) -> io::Result<Saved> {
    let there = match fs::symlink_metadata(path) {
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    match there {
        Some(_) if path.is_dir() => Err(refused(io::ErrorKind::IsADirectory, "it is a folder")),
        Some(_) if !replace => Ok(Saved::Exists),
        Some(_) => put_in_place_of(&fs::canonicalize(path)?, content),
        None => put(path, content, None),
    }
}

/// Replaces a file that is there.
fn put_in_place_of(path: &Path, content: &[u8]) -> io::Result<Saved> {
    let metadata = fs::metadata(path)?;
    // A name such as /dev/null would be taken from what everybody knows by it.
    if !metadata.is_file() {
        return Err(refused(io::ErrorKind::InvalidInput, "it is no ordinary file"));
    }
    // Anyone who may write in the folder could replace it all the same.
    let permissions = metadata.permissions();
    if permissions.readonly() {
        return Err(refused(io::ErrorKind::PermissionDenied, "it is protected against writing"));
    }
    put(path, content, Some(&permissions))
}

/// Writes beside the place and moves there what is complete: with the permissions of the file that it
/// replaces, or as a new file.
fn put(path: &Path, content: &[u8], replaced: Option<&fs::Permissions>) -> io::Result<Saved> {
    let mut file = beside(path)?;
    file.as_file_mut().write_all(content)?;
    if let Some(permissions) = replaced {
        file.as_file().set_permissions(permissions.clone())?;
    }
    move_to(file, path, replaced.is_some())
}

/// A file in the folder of `path` that is gone if it is not moved there.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(refused(io::ErrorKind::NotFound, "the folder is not there"));
    }
    let mut builder = tempfile::Builder::new();
    // What everybody may is cut down by the mask of the user, as with any new file.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.prefix(".osteodose-").tempfile_in(folder).map_err(without_name)
}

fn move_to(file: NamedTempFile, path: &Path, replaces: bool) -> io::Result<Saved> {
    file.as_file().sync_all()?;
    let moved = if replaces { file.persist(path) } else { file.persist_noclobber(path) };
    match moved {
        Ok(_) => {
            // The file is in its place; a folder that cannot be flushed is flushed by the system later.
            #[cfg(unix)]
            let _ = fs::File::open(folder_of(path)).and_then(|folder| folder.sync_all());
            Ok(Saved::Written)
        }
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(Saved::Exists),
        Err(error) => Err(error.error),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    }
}

/// A new file that is written part by part, and is there only when it is complete.
pub(crate) struct Pending {
    file: NamedTempFile,
    path: PathBuf,
}

impl Pending {
    /// Begins a file; none where one of this name is there.
    pub(crate) fn new(path: &Path) -> io::Result<Option<Self>> {
        match fs::symlink_metadata(path) {
            Ok(_) => Ok(None),
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            Err(_) => Ok(Some(Self { file: beside(path)?, path: path.to_owned() })),
        }
    }

    /// The file, to be written.
    pub(crate) fn file(&self) -> io::Result<fs::File> {
        self.file.as_file().try_clone()
    }

    /// Puts the file in its place.
    pub(crate) fn finish(self) -> io::Result<Saved> {
        move_to(self.file, &self.path, false)
    }

    /// Its place.
    pub(crate) fn path(&self) -> PathBuf {
        self.path.clone()
    }
}

fn refused(kind: io::ErrorKind, why: &'static str) -> io::Error {
    io::Error::new(kind, why)
}

/// The error alone: the name of a file beside the place says nothing to anybody.
fn without_name(error: io::Error) -> io::Error {
    let cause = error.get_ref().and_then(std::error::Error::source).map(ToString::to_string);
    cause.map_or(error, io::Error::other)
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
        fs::write(&path, "theirs").unwrap();
        assert_eq!(put(&path, b"ours", None).unwrap(), Saved::Exists);
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
