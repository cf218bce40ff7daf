//! The time zone of the computer, before it is asked for: the clock reads a file of any length to its end, and TZ can
//! name one that has none.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{Failure, environment::environment};
use crate::files::open_ordinary;

/// Where the files of time zones are.
const FOLDERS: [&str; 4] = ["/usr/share/zoneinfo", "/share/zoneinfo", "/etc/zoneinfo", "/usr/share/lib/zoneinfo"];
/// The file of the computer's own time zone.
const OWN: &str = "/etc/localtime";
/// The largest file of a time zone; those that are in use have a few thousand bytes.
const LARGEST: u64 = 1024 * 1024;

/// Refuses a time zone whose file cannot be one.
pub(super) fn check() -> Result<(), Failure> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let Some(file) = file_of(environment("TZ").as_deref()) else { return Ok(()) };
    is_readable(&file).map_err(|error| Failure::of_file(&file, format!("not a time zone (from TZ): {error}")))
}

/// The file that is read for a time zone; none where there is none, as for a rule such as CET-1CEST.
fn file_of(zone: Option<&str>) -> Option<PathBuf> {
    let named = match zone {
        None | Some("localtime") => OWN,
        Some(zone) => zone.strip_prefix(':').unwrap_or(zone),
    };
    // An absolute path takes the place of the folder.
    FOLDERS.iter().map(|folder| Path::new(folder).join(named)).find(|file| file.exists())
}

fn is_readable(file: &Path) -> io::Result<()> {
    let mut bytes = Vec::new();
    open_ordinary(file, fs::OpenOptions::new().read(true))?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 MiB"));
    }
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_a_file_of_the_system_or_a_path_and_a_rule_is_none() {
        assert_eq!(file_of(Some("/dev/zero")), Some(PathBuf::from("/dev/zero")));
        assert_eq!(file_of(Some(":/dev/zero")), Some(PathBuf::from("/dev/zero")));
        assert_eq!(file_of(Some("CET-1CEST,M3.5.0,M10.5.0/3")), None);
        assert_eq!(file_of(None).is_some(), Path::new(OWN).exists());
        assert!(is_readable(Path::new("/dev/zero")).is_err());
    }

    #[test]
    fn a_file_that_is_too_long_for_a_zone_is_refused() {
        let file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(LARGEST).unwrap();
        assert!(is_readable(file.path()).is_ok());
        file.as_file().set_len(LARGEST + 1).unwrap();
        assert!(is_readable(file.path()).is_err());
    }
}
