//! Where the register of a ward is when no command names it, and for which users of the computer it is.

use std::{fs, io, path::PathBuf};

use etcetera::BaseStrategy;

use super::{at_most, ordinary::open_ordinary, own::configured};
use crate::words::register::command as words;

/// The file of a register in the folder for data.
const NAME: &str = "register.db";
/// A path is no longer than this, nor is the line that holds it.
const LARGEST_LINE: u64 = 8 * 1024;
/// A list of groups is no longer than this.
const LARGEST_LIST: u64 = 4 * 1024 * 1024;

/// Where a register is that no command names.
pub(crate) enum Register {
    /// Where the line in the folder for configuration says.
    Configured(PathBuf),
    /// In the folder for data, whether or not there is one yet.
    Usual(PathBuf),
}

impl Register {
    /// The place that is configured, else the usual one. The error names the file that cannot be used.
    pub(crate) fn unnamed() -> Result<Self, (PathBuf, io::Error)> {
        if let Some(line) = configured("register").filter(|path| super::own::is_there(path)) {
            return read(&line).map(Self::Configured).map_err(|error| (line, error));
        }
        let data = etcetera::choose_base_strategy().map(|base| base.data_dir()).ok().or_else(named);
        let none = || (PathBuf::from(NAME), io::Error::new(io::ErrorKind::NotFound, words::NO_DATA_FOLDER));
        data.map(|folder| Self::Usual(folder.join("osteodose").join(NAME))).ok_or_else(none)
    }
}

/// The folder for data that is named to a user who has no home.
fn named() -> Option<PathBuf> {
    std::env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute())
}

/// The password for the server of a register, in `osteodose/register-password` of the folder for configuration; none where
/// there is no such file. One that others may read is refused. The error names the file.
#[cfg(feature = "ward-postgres")]
pub(crate) fn register_password() -> Result<Option<String>, (PathBuf, io::Error)> {
    let Some(path) = configured("register-password").filter(|path| super::own::is_there(path)) else { return Ok(None) };
    let read = || {
        let file = open_ordinary(&path, fs::OpenOptions::new().read(true))?;
        #[cfg(unix)]
        if std::os::unix::fs::PermissionsExt::mode(&file.metadata()?.permissions()) & 0o077 != 0 {
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, words::PASSWORD_IS_SHOWN));
        }
        let bytes = at_most(LARGEST_LINE, file)?.unwrap_or_default();
        let text = String::from_utf8(bytes).unwrap_or_default();
        let mut lines = text.lines();
        match (lines.next().filter(|line| !line.is_empty()), lines.next()) {
            (Some(line), None) => Ok(line.to_owned()),
            _ => Err(io::Error::new(io::ErrorKind::InvalidData, words::NOT_ONE_PASSWORD)),
        }
    };
    read().map(Some).map_err(|error| (path.clone(), error))
}

/// The one line of a file, as a path.
fn read(file: &std::path::Path) -> io::Result<PathBuf> {
    let bytes = at_most(LARGEST_LINE, open_ordinary(file, fs::OpenOptions::new().read(true))?)?.unwrap_or_default();
    let text = String::from_utf8(bytes).unwrap_or_default();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    match (lines.next(), lines.next()) {
        (Some(line), None) => Ok(PathBuf::from(line)),
        _ => Err(io::Error::new(io::ErrorKind::InvalidData, words::NOT_ONE_LINE)),
    }
}

/// The number of a group of users, which is named by its name or its number; none where there is no such group.
pub(crate) fn group(named: &str) -> Option<u32> {
    if let Ok(number) = named.parse() {
        return Some(number);
    }
    let list = fs::File::open("/etc/group").ok()?;
    let bytes = at_most(LARGEST_LIST, list).ok()??;
    let text = String::from_utf8_lossy(&bytes);
    text.lines().find_map(|line| {
        let mut fields = line.split(':');
        let is_it = fields.next() == Some(named);
        fields.nth(1).filter(|_| is_it)?.parse().ok()
    })
}
