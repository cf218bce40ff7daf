//! Reading what a command names: a file, standard input, a hospital's own regimens; writing a file.

mod beside;
mod lines;
mod ordinary;
mod own;
#[cfg(feature = "ward")]
mod register;
mod replaced;
mod save;

use std::{
    fs,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

pub(crate) use lines::{Length, Lines};
use ordinary::open_named;
pub(crate) use ordinary::{open_ordinary, read_ordinary};
pub(crate) use own::{OwnRegimens, configured_regimens, regimens};
#[cfg(any(feature = "tui", feature = "ward"))]
pub(crate) use own::{configured_ward, is_there};
#[cfg(feature = "ward-postgres")]
pub(crate) use register::register_password;
#[cfg(feature = "ward")]
pub(crate) use register::{Register, group};
pub(crate) use save::{Pending, Saved, save};

use crate::{regimen::Exposure, words::ward as words};

/// A request or a plan larger than this is none.
pub(crate) const LARGEST_INPUT: u64 = 16 * 1024 * 1024;

/// A file to be read.
pub(crate) struct Source {
    path: PathBuf,
    /// Whether it was found in a folder that was named: then it must be a file, for nobody meant a pipe or a device.
    is_found: bool,
}

impl Source {
    /// What a name stands for: a file, standard input for `-`, or the files of saved plans in a folder.
    pub(crate) fn all(path: &Path) -> io::Result<Vec<Self>> {
        if path == Path::new("-") || !path.is_dir() {
            return Ok(vec![Self { path: path.to_owned(), is_found: false }]);
        }
        Ok(plans(path)?.into_iter().map(|path| Self { path, is_found: true }).collect())
    }

    /// The folders in a folder: no file in them is among those of the folder.
    #[cfg(feature = "ward")]
    pub(crate) fn folders_in(path: &Path) -> io::Result<Vec<PathBuf>> {
        if path == Path::new("-") || !path.is_dir() {
            return Ok(Vec::new());
        }
        let mut folders = Vec::new();
        for entry in std::fs::read_dir(path)? {
            folders.push(entry?.path());
        }
        folders.retain(|it| it.is_dir());
        folders.sort_unstable();
        Ok(folders)
    }

    /// Its name.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// All of it.
    pub(crate) fn read(&self) -> io::Result<Vec<u8>> {
        if self.is_found { read_ordinary(&self.path) } else { read(&self.path) }
    }

    /// Opens it, to be read line by line.
    pub(crate) fn open(&self) -> io::Result<Box<dyn BufRead + Send>> {
        if !self.is_found {
            return open(&self.path);
        }
        let file = open_ordinary(&self.path, fs::OpenOptions::new().read(true))?;
        Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
    }
}

/// Reads a file that was named, or standard input for `-`.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path == Path::new("-") { limited(io::stdin().lock()) } else { limited(open_named(path)?) }
}

/// Opens a file that was named, or standard input for `-`, to be read line by line.
pub(crate) fn open(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, open_named(path)?)))
}

/// Whether standard input is read from this file, as a shell opens it with `<`.
#[cfg(unix)]
pub(crate) fn is_standard_input(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let Ok(input) = rustix::fs::fstat(io::stdin()) else { return false };
    // The types of these numbers differ between systems.
    fs::metadata(path).is_ok_and(|it| {
        u128::from(it.dev()) == u128::from(input.st_dev) && u128::from(it.ino()) == u128::from(input.st_ino)
    })
}

#[cfg(not(unix))]
pub(crate) fn is_standard_input(_: &Path) -> bool {
    false
}

/// The folder that a file is in, or is to be in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."))
}

/// Reads what is no larger than a request, a plan or a font can be.
fn limited(input: impl Read) -> io::Result<Vec<u8>> {
    at_most(LARGEST_INPUT, input)?.ok_or_else(too_large)
}

/// Reads everything; none where it is larger than this many bytes.
fn at_most(largest: u64, input: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    input.take(largest + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|it| it.len() as u64 <= largest))
}

/// The files of saved plans in a directory, in the order of their names: those that end in .json or .jsonl.
/// Folders in it are not entered.
fn plans(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    let named = |path: &PathBuf, ending| path.extension().is_some_and(|it| it.eq_ignore_ascii_case(ending));
    paths.retain(|path| (named(path, "json") || named(path, "jsonl")) && !path.is_dir());
    paths.sort();
    if paths.is_empty() {
        let none = "no file of plans (a name that ends in .json or .jsonl) is in it";
        return Err(io::Error::new(io::ErrorKind::NotFound, none));
    }
    Ok(paths)
}

/// What is said of an input of more than [`LARGEST_INPUT`].
pub(crate) fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 16 MiB, and no request or plan is")
}

/// Ward settings larger than this are none.
const LARGEST_SETTINGS: u64 = 256 * 1024;

/// Reads the settings of a ward, and who could have written them. They are a file: a pipe would be waited for, at
/// every start of the form.
pub(crate) fn ward(path: &Path) -> io::Result<(Vec<u8>, Option<Exposure>)> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, words::NOT_A_FILE));
    }
    let file = open_ordinary(path, fs::OpenOptions::new().read(true))?;
    let exposed = own::exposure_of_settings(path, &file.metadata()?)?;
    let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, words::TOO_LARGE);
    Ok((at_most(LARGEST_SETTINGS, file)?.ok_or_else(too_large)?, exposed))
}
