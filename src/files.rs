//! Reading what a command names: a file, standard input, a hospital's own regimens; writing a file.

mod lines;
mod ordinary;
mod save;

use std::{
    fs,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;

pub(crate) use lines::{Length, Lines};
#[cfg(feature = "tui")]
pub(crate) use ordinary::{open_ordinary, read_ordinary};
pub(crate) use save::{Pending, Saved, save};

use crate::{
    json::printable,
    regimen::{LibraryFile, Origin},
    words::ward as words,
};

/// A request or a plan larger than this is none.
pub(crate) const LARGEST_INPUT: u64 = 16 * 1024 * 1024;

/// Reads a file, or standard input for `-`.
pub(crate) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        io::stdin().lock().take(LARGEST_INPUT + 1).read_to_end(&mut bytes)?;
    } else {
        fs::File::open(path)?.take(LARGEST_INPUT + 1).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > LARGEST_INPUT {
        return Err(too_large());
    }
    Ok(bytes)
}

/// Opens a file, or standard input for `-`, to be read line by line.
pub(crate) fn open(path: &Path) -> io::Result<Box<dyn BufRead + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, fs::File::open(path)?)))
}

/// The files of saved plans in a directory, in the order of their names: those that end in .json or .jsonl.
/// Folders in it are not entered.
pub(crate) fn plans(directory: &Path) -> io::Result<Vec<PathBuf>> {
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

/// Reads the settings of a ward. They are a file: a pipe would be waited for, at every start of the form.
pub(crate) fn ward(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, words::NOT_A_FILE));
    }
    let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, words::TOO_LARGE);
    ordinary::read_at_most(LARGEST_SETTINGS, path)?.ok_or_else(too_large)
}

/// Where the settings of a ward are when no file is named, whether or not there are any: `osteodose/ward.json` in the
/// folder for configuration.
#[cfg(feature = "tui")]
pub(crate) fn configured_ward() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("osteodose").join("ward.json"))
}

/// Whether something has this name, be it a link that leads nowhere or something that cannot be looked at.
#[cfg(feature = "tui")]
pub(crate) fn is_there(path: &Path) -> bool {
    let absent = |error: &io::Error| matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
    fs::symlink_metadata(path).as_ref().err().is_none_or(|error| !absent(error))
}

/// Where a hospital keeps its own regimens when no directory is named: `osteodose/regimens` in the folder
/// for configuration. `None` where there is no such folder.
pub(crate) fn configured_regimens() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("osteodose").join("regimens")).filter(|directory| directory.is_dir())
}

/// A regimen file larger than this is none: a drug's file has some 40 KiB, and each list in it is held against others.
const LARGEST_REGIMEN: u64 = 256 * 1024;
/// No hospital has more regimen files.
const MOST_REGIMENS: usize = 100;

/// The regimen files of a hospital's directory, in the order of their names.
pub(crate) fn regimens(directory: &Path) -> io::Result<Vec<LibraryFile>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if is_json && name != "schema.json" {
            let bytes = regimen(&path)
                .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", printable(&name))))?;
            files.push(LibraryFile { name, bytes, origin: Origin::Local });
            if files.len() > MOST_REGIMENS {
                let too_many =
                    "more than 100 regimen files (names that end in .json) are in it, and no library has so many";
                return Err(io::Error::new(io::ErrorKind::InvalidInput, too_many));
            }
        }
    }
    if files.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "no regimen file (a name that ends in .json) is in it"));
    }
    Ok(files)
}

fn regimen(path: &Path) -> io::Result<Vec<u8>> {
    let too_large = "it is larger than 256 KiB, and no regimen file is";
    let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, too_large);
    ordinary::read_at_most(LARGEST_REGIMEN, path)?.ok_or_else(too_large)
}
