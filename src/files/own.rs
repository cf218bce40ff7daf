//! A hospital's own regimens: where they are configured, and whether they can be read and relied on.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;

use super::{limited, ordinary::open_ordinary};
use crate::{
    json::{Fault, printable},
    regimen::{Defect, Exposure, Flaw, LibraryFault, LibraryFile, Origin},
};

/// The regimen files of a hospital's folder, and what speaks against relying on them.
pub(crate) struct OwnRegimens {
    /// The files, in the order of their names.
    pub(crate) files: Vec<LibraryFile>,
    /// The folder and the files that others could have written.
    pub(crate) exposed: Vec<LibraryFault>,
}

/// Where a hospital keeps its own regimens when no folder is named: `osteodose/regimens` in the folder for
/// configuration. `None` where there certainly is no such folder: what is there and cannot be used is an error, for
/// the shipped rules in its place would be silently other rules.
pub(crate) fn configured_regimens() -> Option<PathBuf> {
    configured("regimens").filter(|directory| is_there(directory))
}

/// Where the settings of a ward are when no file is named, whether or not there are any: `osteodose/ward.json` in the
/// folder for configuration.
#[cfg(feature = "tui")]
pub(crate) fn configured_ward() -> Option<PathBuf> {
    configured("ward.json")
}

fn configured(name: &str) -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    Some(base.config_dir().join("osteodose").join(name))
}

/// Whether something has this name: be it a link that leads nowhere, here or in one of the folders above, or something
/// that cannot be looked at.
pub(crate) fn is_there(path: &Path) -> bool {
    if fs::symlink_metadata(path).as_ref().err().is_none_or(|error| !is_absent(error)) {
        return true;
    }
    let above = path.ancestors().skip(1).find_map(|folder| fs::symlink_metadata(folder).ok().map(|it| (folder, it)));
    above.is_some_and(|(folder, it)| it.is_symlink() && fs::metadata(folder).is_err())
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Reads the regimen files of a hospital's folder.
pub(crate) fn regimens(directory: &Path) -> io::Result<OwnRegimens> {
    let metadata = fs::metadata(directory).map_err(|error| said_of_link(directory, error))?;
    if !metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder"));
    }
    let mut exposed = Vec::new();
    let name = directory.file_name().unwrap_or(directory.as_os_str()).to_string_lossy();
    exposed.extend(exposure(&metadata).map(|exposure| fault(format!("{name}/"), exposure)));
    let mut paths: Vec<PathBuf> = fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if is_json && name != "schema.json" {
            let (bytes, found) =
                read(&path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", printable(&name))))?;
            exposed.extend(found.map(|exposure| fault(name.clone(), exposure)));
            files.push(LibraryFile { name, bytes, origin: Origin::Local });
        }
    }
    if files.is_empty() {
        return Err(io::Error::new(io::ErrorKind::NotFound, "no regimen file (a name that ends in .json) is in it"));
    }
    Ok(OwnRegimens { files, exposed })
}

/// Reads a file, and who could have written what was read.
fn read(path: &Path) -> io::Result<(Vec<u8>, Option<Exposure>)> {
    let file = open_ordinary(path, fs::OpenOptions::new().read(true)).map_err(|error| said_of_link(path, error))?;
    let found = exposure(&file.metadata()?);
    Ok((limited(file)?, found))
}

/// The error, where a link leads nowhere with a sentence that says so.
fn said_of_link(path: &Path, error: io::Error) -> io::Error {
    let is_link = || fs::symlink_metadata(path).is_ok_and(|it| it.is_symlink());
    if error.kind() == io::ErrorKind::NotFound && is_link() {
        return io::Error::new(error.kind(), "it is a link, and what it names is not there");
    }
    error
}

fn fault(file: String, exposure: Exposure) -> LibraryFault {
    let problem = Flaw::Meaning(Defect::Exposed(exposure));
    LibraryFault { file, fault: Fault { path: String::new(), line: 1, column: 1, problem } }
}

/// Who besides root and the user could have written a file.
#[cfg(unix)]
pub(crate) fn exposure(metadata: &fs::Metadata) -> Option<Exposure> {
    use crate::regimen::Standing;
    use std::os::unix::fs::MetadataExt;

    let standing = Standing { owner: metadata.uid(), group: metadata.gid(), mode: metadata.mode() };
    standing.exposure(rustix::process::geteuid().as_raw())
}

/// Elsewhere the rights to a file are not numbers; the system's own protection is relied on.
#[cfg(not(unix))]
pub(crate) fn exposure(_: &fs::Metadata) -> Option<Exposure> {
    None
}
