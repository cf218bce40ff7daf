//! A hospital's own regimens: where they are configured, and whether they can be read and relied on.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use etcetera::BaseStrategy;

use super::{at_most, ordinary::open_ordinary};
use crate::{
    json::{Fault, printable},
    regimen::{Defect, Exposure, Flaw, LibraryFault, LibraryFile, Origin},
};

/// A regimen file larger than this is none: a drug's file has some 40 KiB, and each list in it is held against others.
const LARGEST_REGIMEN: u64 = 256 * 1024;
/// No hospital has more regimen files.
const MOST_REGIMENS: usize = 100;

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
#[cfg(any(feature = "tui", feature = "ward"))]
pub(crate) fn configured_ward() -> Option<PathBuf> {
    configured("ward.json")
}

pub(super) fn configured(name: &str) -> Option<PathBuf> {
    let folder = etcetera::choose_base_strategy().map(|base| base.config_dir()).ok().or_else(named)?;
    Some(folder.join("osteodose").join(name))
}

/// The folder for configuration that is named to a user who has no home, as a service has none.
fn named() -> Option<PathBuf> {
    std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute())
}

/// Whether something has this name: be it a link that leads nowhere, here or in one of the folders above, or something
/// that cannot be looked at.
pub(crate) fn is_there(path: &Path) -> bool {
    let is_absent = |error: &io::Error| matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory);
    if fs::symlink_metadata(path).as_ref().err().is_none_or(|error| !is_absent(error)) {
        return true;
    }
    let above = path.ancestors().skip(1).find_map(|folder| fs::symlink_metadata(folder).ok().map(|it| (folder, it)));
    above.is_some_and(|(folder, it)| match fs::metadata(folder) {
        Err(_) => it.is_symlink(),
        // A file in the place of the folder: somebody wanted one there.
        Ok(found) => !found.is_dir() && path.parent() == Some(folder),
    })
}

/// Reads the regimen files of a hospital's folder.
pub(crate) fn regimens(directory: &Path) -> io::Result<OwnRegimens> {
    let metadata = fs::metadata(directory).map_err(|error| said_of_link(directory, error))?;
    if !metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::NotADirectory, "it is not a folder"));
    }
    let mut exposed = Vec::new();
    let name = directory.file_name().unwrap_or(directory.as_os_str()).to_string_lossy();
    exposed.extend(exposure(directory, &metadata).map(|exposure| fault(format!("{name}/"), exposure)));
    exposed.extend(exposure_above(directory)?);
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
    Ok(OwnRegimens { files, exposed })
}

/// Reads a file, and who could have written what was read.
fn read(path: &Path) -> io::Result<(Vec<u8>, Option<Exposure>)> {
    let file = open_ordinary(path, fs::OpenOptions::new().read(true)).map_err(|error| said_of_link(path, error))?;
    let found = exposure(path, &file.metadata()?);
    let too_large = || io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 256 KiB, and no regimen file is");
    Ok((at_most(LARGEST_REGIMEN, file)?.ok_or_else(too_large)?, found))
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

/// Who besides root and the user could have put another folder in the place of this one.
fn exposure_above(directory: &Path) -> io::Result<Option<LibraryFault>> {
    let directory = fs::canonicalize(directory)?;
    let Some(above) = directory.parent() else { return Ok(None) };
    let metadata = fs::metadata(above)?;
    let name = above.file_name().unwrap_or(above.as_os_str()).to_string_lossy();
    let found = exposure(above, &metadata).filter(|found| !is_protected(&metadata, *found));
    Ok(found.map(|exposure| fault(format!("{name}/"), exposure)))
}

/// Whether a folder to which others may write keeps them from what is not theirs, as /tmp does.
#[cfg(unix)]
fn is_protected(metadata: &fs::Metadata, found: Exposure) -> bool {
    const STICKY: u32 = 0o1000;
    let is_written = !matches!(found, Exposure::ForeignOwner { .. });
    is_written && std::os::unix::fs::MetadataExt::mode(metadata) & STICKY != 0
}

#[cfg(not(unix))]
fn is_protected(_: &fs::Metadata, _: Exposure) -> bool {
    false
}

/// Who besides root and the user could have written a file.
#[cfg(unix)]
pub(crate) fn exposure(path: &Path, metadata: &fs::Metadata) -> Option<Exposure> {
    use crate::regimen::Standing;
    use std::os::unix::fs::MetadataExt;

    let (owner, group, mode) = (metadata.uid(), metadata.gid(), metadata.mode());
    let standing = Standing { owner, group, mode, is_listed: has_access_list(path) };
    standing.exposure(rustix::process::geteuid().as_raw())
}

/// Elsewhere the rights to a file are not numbers; the system's own protection is relied on.
#[cfg(not(unix))]
pub(crate) fn exposure(_: &Path, _: &fs::Metadata) -> Option<Exposure> {
    None
}

/// Whether others than owner and group have rights of their own to a file.
#[cfg(target_os = "linux")]
fn has_access_list(path: &Path) -> bool {
    let mut list = [0_u8; 0];
    rustix::fs::getxattr(path, super::replaced::ACCESS_LIST, &mut list[..]).is_ok_and(|length| length > 0)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn has_access_list(_: &Path) -> bool {
    false
}
