//! The lock in front of the database. It is taken for one save: who waits here gets the next turn sooner than one who
//! waits for the database, whose own waiting sleeps ever longer and is not fair.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use super::{super::StoreError, fresh::Sharing, place::beside, trouble::of_system};
use crate::files::open_ordinary;

/// How the name of the lock file ends.
const ENDING: &str = ".lock";
/// After how long it is said that another program is waited for.
const SAID_AFTER: Duration = Duration::from_millis(500);
/// How long it is waited before the lock is tried again.
const PAUSE: Duration = Duration::from_millis(2);

/// Makes the lock file of a register, for those for whom the register is. Returns whether it was not there before.
pub(super) fn make(register: &Path, sharing: Sharing) -> Result<bool, StoreError> {
    let path = beside(register, ENDING);
    let told = |error: &io::Error| of_system(&path, error);
    let is_new = match fs::symlink_metadata(&path) {
        // Only a register that was here before has left a file.
        Ok(found) if !found.is_file() => return Err(StoreError::NotAFile { path }),
        found => found.is_err(),
    };
    let made = open(&path, sharing.mode()).and_then(|_| sharing.give(&path, sharing.mode()));
    if let Err(error) = made {
        if is_new {
            take_away(register);
        }
        return Err(told(&error));
    }
    Ok(is_new)
}

/// Takes away the lock file of a register that is not made.
pub(super) fn take_away(register: &Path) {
    let _ = fs::remove_file(beside(register, ENDING));
}

/// Holds the lock of a register until the file is dropped. `say` is called once if it is waited for.
pub(super) fn hold(register: &Path, patience: Duration, mut say: impl FnMut()) -> Result<File, StoreError> {
    let path = beside(register, ENDING);
    if fs::symlink_metadata(&path).is_ok_and(|it| !it.is_file()) {
        return Err(StoreError::NotAFile { path });
    }
    let lock = open(&path, mode_of(register)).map_err(|error| of_system(&path, &error))?;
    let begun = Instant::now();
    let mut is_said = false;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::Error(error)) => return Err(of_system(&path, &error)),
            Err(TryLockError::WouldBlock) if begun.elapsed() >= patience => {
                return Err(StoreError::Busy { seconds: patience.as_secs() });
            }
            Err(TryLockError::WouldBlock) => thread::sleep(PAUSE),
        }
        if !is_said && begun.elapsed() >= SAID_AFTER {
            is_said = true;
            say();
        }
    }
}

/// Opens the lock file, and makes it where it is not there: with these rights, whatever the mask of the user is.
fn open(path: &Path, mode: u32) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        match options.clone().create_new(true).mode(mode).open(path) {
            Ok(file) => {
                file.set_permissions(PermissionsExt::from_mode(mode))?;
                return Ok(file);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = mode;
        options.create(true).truncate(false);
    }
    open_ordinary(path, &options)
}

/// The rights that a register has.
#[cfg(unix)]
fn mode_of(register: &Path) -> u32 {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(register).map_or(super::PRIVATE, |it| it.mode() & 0o777)
}

#[cfg(not(unix))]
fn mode_of(_: &Path) -> u32 {
    super::PRIVATE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holds_it_and_another_waits_and_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        let held = hold(&path, Duration::ZERO, || panic!("nobody else has it")).unwrap();
        let mut said = 0;
        let refused = hold(&path, Duration::from_millis(700), || said += 1).unwrap_err();
        assert_eq!((refused, said), (StoreError::Busy { seconds: 0 }, 1));
        drop(held);
        hold(&path, Duration::ZERO, || panic!("nobody else has it")).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn it_has_the_rights_of_the_register() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        for mode in [0o600, 0o660] {
            let path = folder.path().join(format!("{mode:o}.db"));
            std::fs::write(&path, "").unwrap();
            std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
            hold(&path, Duration::ZERO, || ()).unwrap();
            let found = std::fs::metadata(beside(&path, ENDING)).unwrap().permissions().mode() & 0o777;
            assert_eq!(found, mode);
        }
    }
}
