//! A hospital's own regimens: where they are configured, and whether they can be read and relied on.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
};

use etcetera::BaseStrategy;

use super::{at_most, ordinary::open_ordinary, replaced::MOST_LINKS};
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

/// The regimens that a hospital keeps in `osteodose/regimens` in the folder for configuration, where no folder is named,
/// with that folder. `None` where there certainly are none: what is there and cannot be used is an error, for the
/// shipped rules in its place would be silently other rules.
pub(crate) fn configured_regimens() -> Option<(PathBuf, io::Result<OwnRegimens>)> {
    let directory = configured("regimens")?;
    let own = match exposure_on_the_way(&directory) {
        found if is_there(&directory) => regimens(&directory).and_then(|mut own| {
            // A folder that speaks against itself needs no other to do so.
            if own.exposed.is_empty() {
                own.exposed.extend(found?.map(LibraryFault::from));
            }
            Ok(own)
        }),
        // Something of this program is configured, and others could have taken the regimens away.
        Ok(Some(found)) if directory.parent().is_some_and(Path::exists) => {
            Ok(OwnRegimens { files: Vec::new(), exposed: vec![found.into()] })
        }
        _ => return None,
    };
    Some((directory, own))
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
    let of_folder = exposure(directory, &metadata).map(|exposure| Exposed { name: format!("{name}/"), exposure });
    exposed.extend(of_folder.into_iter().chain(exposure_above(directory)?).map(LibraryFault::from));
    let mut paths: Vec<PathBuf> = fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_json = path.extension().is_some_and(|extension| extension == "json");
        if !is_json && is_nearly_json(&name) {
            let why = format!("{}: the name of a regimen file ends in .json, in small letters", printable(&name));
            return Err(io::Error::new(io::ErrorKind::InvalidInput, why));
        }
        if is_json && name != "schema.json" {
            let (bytes, found) =
                read(&path).map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", printable(&name))))?;
            let found = found.map(|exposure| Exposed { name: name.clone(), exposure });
            let is_link = fs::symlink_metadata(&path)?.is_symlink();
            let of_target = if is_link { exposure_above(&path)? } else { None };
            exposed.extend(found.into_iter().chain(of_target).map(LibraryFault::from));
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

/// Whether a name is so near to that of a regimen file that somebody takes it for one: a capital letter, a space, or
/// what an editor appends. Passed over, it would leave the shipped rules in force without a word.
fn is_nearly_json(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let name = name.strip_suffix(".txt").unwrap_or(&name);
    Path::new(name).extension().is_some_and(|it| it == "json")
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

/// A file or folder that others could have written, or put in the place of another.
struct Exposed {
    name: String,
    exposure: Exposure,
}

impl From<Exposed> for LibraryFault {
    fn from(Exposed { name, exposure }: Exposed) -> Self {
        let problem = Flaw::Meaning(Defect::Exposed(exposure));
        Self { file: name, fault: Fault { path: String::new(), line: 1, column: 1, problem } }
    }
}

/// The folders in which others than root and the user could have put something else in the place of a file or folder:
/// the one it is in, and where a link leads to it, the one of the link too.
fn exposure_above(path: &Path) -> io::Result<Option<Exposed>> {
    let is_link = fs::symlink_metadata(path)?.is_symlink();
    let target = fs::canonicalize(path)?;
    let of_link = is_link.then(|| std::path::absolute(path)).transpose()?;
    for above in [of_link.as_deref(), Some(target.as_path())].into_iter().flatten().filter_map(Path::parent) {
        let found = exposed_folder(above)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// Who besides root and the user could have written a file, or put another in its place.
pub(super) fn exposure_of_settings(path: &Path, metadata: &fs::Metadata) -> io::Result<Option<Exposure>> {
    let of_file = exposure(path, metadata);
    Ok(match of_file {
        None => exposure_above(path)?.map(|Exposed { exposure, .. }| exposure),
        found => found,
    })
}

/// The first folder on the way to a file or folder in which others than root and the user could have put something else
/// in the place of what leads on, as far as the way goes. Every link on it is followed as the system follows it.
fn exposure_on_the_way(path: &Path) -> io::Result<Option<Exposed>> {
    let mut at = PathBuf::new();
    let mut rest: Vec<PathBuf> = steps(&std::path::absolute(path)?);
    let mut links = 0;
    while let Some(step) = rest.pop() {
        if step == Path::new("..") {
            at.pop();
            continue;
        }
        if !at.as_os_str().is_empty()
            && let Some(found) = exposed_folder(&at)?
        {
            return Ok(Some(found));
        }
        let next = at.join(step);
        match fs::symlink_metadata(&next) {
            Ok(found) if found.is_symlink() => {
                links += 1;
                if links > MOST_LINKS {
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, "too many links lead to it"));
                }
                if let Some(exposure) = owned_by_another(&found) {
                    let name = next.to_string_lossy().into_owned();
                    return Ok(Some(Exposed { name, exposure }));
                }
                rest.extend(steps(&fs::read_link(&next)?));
            }
            Ok(_) => at = next,
            Err(_) => return Ok(None),
        }
    }
    Ok(None)
}

/// The steps of a path, the first one last.
fn steps(path: &Path) -> Vec<PathBuf> {
    let mut steps: Vec<PathBuf> =
        path.components().filter(|it| *it != Component::CurDir).map(|it| PathBuf::from(it.as_os_str())).collect();
    steps.reverse();
    steps
}

/// Who besides root and the user could have put something else into a folder.
fn exposed_folder(folder: &Path) -> io::Result<Option<Exposed>> {
    let metadata = fs::metadata(folder)?;
    let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy();
    let found = exposure(folder, &metadata).filter(|found| !is_protected(&metadata, *found));
    Ok(found.map(|exposure| Exposed { name: format!("{name}/"), exposure }))
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
fn exposure(path: &Path, metadata: &fs::Metadata) -> Option<Exposure> {
    use crate::regimen::Standing;
    use std::os::unix::fs::MetadataExt;

    let (owner, group, mode) = (metadata.uid(), metadata.gid(), metadata.mode());
    let standing = Standing { owner, group, mode, is_listed: has_access_list(path) };
    standing.exposure(rustix::process::geteuid().as_raw())
}

/// Whose a link is, if it is neither root's nor the user's: it can lead elsewhere at any time.
#[cfg(unix)]
fn owned_by_another(link: &fs::Metadata) -> Option<Exposure> {
    let owner = std::os::unix::fs::MetadataExt::uid(link);
    // The permissions of a link say nothing.
    let standing = crate::regimen::Standing { owner, group: owner, mode: 0, is_listed: false };
    standing.exposure(rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn owned_by_another(_: &fs::Metadata) -> Option<Exposure> {
    None
}

/// Elsewhere the rights to a file are not numbers; the system's own protection is relied on.
#[cfg(not(unix))]
fn exposure(_: &Path, _: &fs::Metadata) -> Option<Exposure> {
    None
}

/// Whether others than owner and group have rights of their own to a file.
#[cfg(target_os = "linux")]
fn has_access_list(path: &Path) -> bool {
    // The length alone cannot be asked for with an empty buffer: rustix answers 0 for it.
    let mut list = vec![0_u8; super::replaced::LARGEST_LIST];
    rustix::fs::getxattr(path, super::replaced::ACCESS_LIST, &mut list[..]).is_ok_and(|length| length > 0)
}

#[cfg(all(unix, not(target_os = "linux")))]
fn has_access_list(_: &Path) -> bool {
    false
}
