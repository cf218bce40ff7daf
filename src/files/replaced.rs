//! A file that is replaced: where it is, whether it may be replaced, and what the new one keeps of it.

use std::{
    fs::{self, File, Metadata},
    io,
    path::{Path, PathBuf},
};

use super::save::refused;

/// The most links that lead to a file, one after another; as many as Linux follows.
pub(super) const MOST_LINKS: usize = 40;

/// A file that is replaced.
pub(super) struct Replaced {
    /// Its place, no link.
    pub(super) path: PathBuf,
    metadata: Metadata,
}

impl Replaced {
    /// The file that a name leads to.
    pub(super) fn of(path: &Path) -> io::Result<Self> {
        // A link that leads nowhere, or round in a circle, is refused by the system, in its own words.
        fs::metadata(path)?;
        let mut path = path.to_owned();
        for _ in 0..=MOST_LINKS {
            let metadata = fs::symlink_metadata(&path)?;
            refuse_planted(&path, &metadata)?;
            if !metadata.is_symlink() {
                refuse_kind(&metadata)?;
                return Ok(Self { path, metadata });
            }
            let target = fs::read_link(&path)?;
            path = path.parent().unwrap_or(Path::new("")).join(target);
        }
        Err(refused(io::ErrorKind::InvalidInput, "too many links lead to it"))
    }

    /// Gives a new file the owner, the group and the permissions of this one, as far as the system allows.
    ///
    /// The owner and the group come first, since the rights of one group must not fall to another.
    #[cfg(unix)]
    pub(super) fn hand_down(&self, file: &File) -> io::Result<()> {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
        let (owner, group) = (self.metadata.uid(), self.metadata.gid());
        // Only root gives a file to somebody else; the others keep the group, if they are in it.
        let kept = fchown(file, Some(owner), Some(group)).or_else(|_| fchown(file, None, Some(group)));
        #[cfg(target_os = "linux")]
        let kept = kept.and_then(|()| self.hand_down_access_list(file));
        let permissions = self.metadata.mode() & 0o777;
        let permissions = if kept.is_ok() { permissions } else { for_another_group(permissions) };
        file.set_permissions(fs::Permissions::from_mode(permissions))
    }

    /// Gives a new file the access list of this one, or none if this one has none: the folder may have given it
    /// another.
    #[cfg(target_os = "linux")]
    fn hand_down_access_list(&self, file: &File) -> io::Result<()> {
        use rustix::{
            fs::{XattrFlags, fremovexattr, fsetxattr, lgetxattr},
            io::Errno,
        };
        let mut list = vec![0; LARGEST_LIST];
        let given = match lgetxattr(&self.path, ACCESS_LIST, &mut list[..]) {
            Ok(length) => fsetxattr(file, ACCESS_LIST, &list[..length], XattrFlags::empty()),
            Err(Errno::NODATA | Errno::OPNOTSUPP) => fremovexattr(file, ACCESS_LIST),
            Err(error) => Err(error),
        };
        match given {
            Ok(()) | Err(Errno::NODATA | Errno::OPNOTSUPP) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    #[cfg(not(unix))]
    pub(super) fn hand_down(&self, file: &File) -> io::Result<()> {
        file.set_permissions(self.metadata.permissions())
    }
}

/// The name under which Linux keeps the access list of a file.
#[cfg(target_os = "linux")]
pub(super) const ACCESS_LIST: &str = "system.posix_acl_access";

/// The most bytes of one, as Linux limits it.
#[cfg(target_os = "linux")]
pub(super) const LARGEST_LIST: usize = 64 * 1024;

/// Permissions for a file whose group or access list is another one now: to that group it is as to everybody.
#[cfg(unix)]
fn for_another_group(permissions: u32) -> u32 {
    permissions & (0o707 | (permissions & 0o007) << 3)
}

fn refuse_kind(metadata: &Metadata) -> io::Result<()> {
    // A name such as /dev/null would be taken from what everybody knows by it.
    if !metadata.is_file() {
        return Err(refused(io::ErrorKind::InvalidInput, "it is no ordinary file"));
    }
    // Anyone who may write in the folder could replace it all the same.
    if metadata.permissions().readonly() {
        return Err(refused(io::ErrorKind::PermissionDenied, "it is protected against writing"));
    }
    Ok(())
}

/// Refuses what another user may have put into a folder such as /tmp: a link there could lead to any file of ours, and
/// a file there would let its owner read what replaces it. Linux refuses the same when a file is opened
/// (`fs.protected_symlinks`, `fs.protected_regular`), but not when its name is replaced.
#[cfg(unix)]
fn refuse_planted(path: &Path, metadata: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let folder = fs::metadata(super::folder_of(path))?;
    let us = rustix::process::geteuid().as_raw();
    if is_planted(metadata.uid(), (folder.mode(), folder.uid()), us) {
        return Err(refused(io::ErrorKind::PermissionDenied, "another user put it into a folder that is open to all"));
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_planted(_: &Path, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Whether what belongs to this owner is in a folder, with this mode and owner, in which everybody may put something
/// and nobody may remove what is not his own, and is neither ours nor that of the owner of the folder.
#[cfg(unix)]
fn is_planted(owner: u32, (mode, of_folder): (u32, u32), us: u32) -> bool {
    const OPEN_TO_ALL_AND_STICKY: u32 = 0o1002;
    mode & OPEN_TO_ALL_AND_STICKY == OPEN_TO_ALL_AND_STICKY && owner != us && owner != of_folder
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A list that lets a user of this number read and write, as the system keeps it: tag, rights and number of each.
    #[cfg(target_os = "linux")]
    fn access_list(user: u32) -> Vec<u8> {
        let entries = [(1u16, 6u16, u32::MAX), (2, 6, user), (4, 4, u32::MAX), (16, 6, u32::MAX), (32, 0, u32::MAX)];
        let entry = |(tag, rights, number): (u16, u16, u32)| {
            [&tag.to_le_bytes()[..], &rights.to_le_bytes(), &number.to_le_bytes()].concat()
        };
        [2u32.to_le_bytes().to_vec()].into_iter().chain(entries.map(entry)).flatten().collect()
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_access_list_is_kept_and_none_comes_from_the_folder() {
        use rustix::fs::{XattrFlags, lgetxattr, setxattr};
        const NAME: &str = ACCESS_LIST;
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let list_of = |name: &str| {
            let mut list = [0; 1024];
            lgetxattr(path(name), NAME, &mut list[..]).map(|length| list[..length].to_vec())
        };
        for name in ["listed", "private", "new"] {
            fs::write(path(name), "").unwrap();
        }
        if setxattr(path("listed"), NAME, &access_list(1234), XattrFlags::empty()).is_err() {
            return;
        }
        let new = File::options().write(true).open(path("new")).unwrap();
        Replaced::of(&path("listed")).unwrap().hand_down(&new).unwrap();
        assert_eq!(list_of("new"), list_of("listed"));
        assert_eq!(list_of("new").unwrap(), access_list(1234));
        Replaced::of(&path("private")).unwrap().hand_down(&new).unwrap();
        assert!(list_of("new").is_err());
    }

    #[test]
    fn what_another_user_puts_into_a_folder_such_as_tmp_is_not_taken() {
        let (root, us, another) = (0, 1000, 1001);
        let tmp = (0o41777, root);
        assert!(is_planted(another, tmp, us));
        assert!(is_planted(another, tmp, root));
        for owner in [us, root] {
            assert!(!is_planted(owner, tmp, us), "{owner}");
        }
        // A folder that is not sticky protects nothing, and one that is not open to all needs no protection.
        for mode in [0o40777, 0o41775, 0o40700] {
            assert!(!is_planted(another, (mode, root), us), "{mode:o}");
        }
    }

    #[test]
    fn another_group_gets_no_more_than_everybody_has() {
        for (before, after) in [(0o640, 0o600), (0o664, 0o644), (0o660, 0o600), (0o604, 0o604), (0o646, 0o646)] {
            assert_eq!(for_another_group(before), after, "{before:o}");
        }
    }
}
