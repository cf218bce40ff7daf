//! Where a register lies: which file is meant, whether it is still that file, and whether its file system can be
//! relied on.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{super::StoreError, trouble::of_system};
use crate::files::folder_of;

/// The path of a file that is there, without links in it: what lies beside it is then beside the file itself.
pub(super) fn resolved(path: &Path) -> Result<PathBuf, StoreError> {
    let told = |error: &io::Error| of_system(path, error);
    if !fs::metadata(path).map_err(|error| told(&error))?.is_file() {
        return Err(StoreError::NotARegister { path: path.to_owned() });
    }
    // On Windows the path without links has a form that the database does not know.
    let resolved = if cfg!(unix) { fs::canonicalize(path) } else { std::path::absolute(path) };
    resolved.map_err(|error| told(&error))
}

/// The path for a file that is not there yet, in a folder that is.
pub(super) fn for_new(path: &Path) -> Result<PathBuf, StoreError> {
    refuse_no_folder(path)?;
    let name = path.file_name().ok_or_else(|| StoreError::NotARegister { path: path.to_owned() })?;
    let folder = folder_of(path);
    let folder = if cfg!(unix) { fs::canonicalize(folder) } else { std::path::absolute(folder) };
    folder.map(|folder| folder.join(name)).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => StoreError::NoFolder { folder: folder_of(path).to_owned() },
        _ => of_system(path, &error),
    })
}

/// Refuses the name of a folder that is not there: a file of that name is not what was meant.
pub(super) fn refuse_no_folder(path: &Path) -> Result<(), StoreError> {
    if ends_as_folder(path) && !path.is_dir() {
        return Err(StoreError::NoFolder { folder: path.to_owned() });
    }
    Ok(())
}

/// A path with something added to its name, as the database adds to it.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Which file a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    inode: u64,
}

impl FileId {
    /// The file that a path leads to now; none where it leads nowhere. Where files have no numbers, any file.
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        fs::metadata(path).ok().map(|it| Self { device: it.dev(), inode: it.ino() })
    }

    #[cfg(not(unix))]
    pub(super) fn of(path: &Path) -> Option<Self> {
        path.exists().then_some(Self {})
    }

    /// Refuses a file that is gone, or that another one replaced: what is recorded in it now would be lost.
    pub(super) fn is_still_at(self, path: &Path) -> Result<(), StoreError> {
        if Self::of(path) == Some(self) { Ok(()) } else { Err(StoreError::Replaced { path: path.to_owned() }) }
    }
}

/// Refuses a file that has another name elsewhere. The journal lies beside one name, so that whoever opens the other
/// does not see what is in it, and what is recorded by one of the two would be lost.
#[cfg(unix)]
pub(super) fn refuse_two_names(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::MetadataExt;
    let names = fs::metadata(path).map_err(|error| of_system(path, &error))?.nlink();
    if names > 1 { Err(StoreError::TwoNames { path: path.to_owned() }) } else { Ok(()) }
}

#[cfg(not(unix))]
pub(super) fn refuse_two_names(_: &Path) -> Result<(), StoreError> {
    Ok(())
}

/// How the names end of what lies beside a database in use.
pub(super) const JOURNALS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Refuses a register beside which something else than a file has the name of one that belongs to it: to open a pipe would
/// wait for ever.
pub(super) fn refuse_beside(register: &Path) -> Result<(), StoreError> {
    let is_other = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|it| !it.is_file());
    match JOURNALS.iter().map(|ending| beside(register, ending)).find(is_other) {
        Some(path) => Err(StoreError::NotAFile { path }),
        None => Ok(()),
    }
}

/// Gives what lies beside a register the rights that the register has, where this user owns both. It is made with those that
/// the register has at the moment: after the file could only be read for a while, nobody could write to the register again.
#[cfg(target_os = "linux")]
pub(super) fn share_beside(register: &Path) {
    use rustix::fs::{Mode, OFlags, fstat, open};
    use std::os::{
        fd::AsRawFd,
        unix::fs::{MetadataExt, PermissionsExt},
    };
    let user = rustix::process::geteuid().as_raw();
    let Ok(of_register) = fs::metadata(register) else { return };
    let wanted = of_register.mode() & 0o666;
    for ending in ["-wal", "-shm"] {
        // A handle by which nothing is read leaves the locks alone that this process has on the file.
        let found = open(beside(register, ending), OFlags::PATH | OFlags::NOFOLLOW | OFlags::CLOEXEC, Mode::empty());
        let Ok(found) = found else { continue };
        let Ok(stat) = fstat(&found) else { continue };
        let has = stat.st_mode & 0o777;
        let is_ours = stat.st_uid == user && of_register.uid() == user;
        if is_ours && stat.st_mode & 0o170_000 == 0o100_000 && has | wanted != has {
            // The kernel leads this name to the file that is held; what cannot be changed is told when it is opened.
            let held = format!("/proc/self/fd/{}", found.as_raw_fd());
            let _ = fs::set_permissions(held, PermissionsExt::from_mode(has | wanted));
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn share_beside(_: &Path) {}

/// Whether a path is that of a folder by its last character.
pub(super) fn ends_as_folder(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().last().is_some_and(|last| std::path::is_separator(char::from(*last)))
}

/// Refuses a file system whose locks and writes cannot be relied on.
pub(super) fn refuse_network(path: &Path) -> Result<(), StoreError> {
    match network(path) {
        Some(kind) => Err(StoreError::NetworkFolder { path: path.to_owned(), kind }),
        None => Ok(()),
    }
}

/// What kind of network file system a file or folder is in.
#[cfg(target_os = "linux")]
fn network(path: &Path) -> Option<&'static str> {
    let told = rustix::fs::statfs(path).ok()?;
    kind_of(u32::try_from(i128::from(told.f_type) & 0xffff_ffff).ok()?)
}

/// The names of network file systems by the number that the system has for them. FUSE is among them, since nobody can
/// tell what is behind it: sshfs, a folder that is kept in a cloud.
#[cfg(target_os = "linux")]
fn kind_of(number: u32) -> Option<&'static str> {
    let kinds = [
        (0x6969, "nfs"),
        (0x517b, "smb"),
        (0xfe53_4d42, "smb2"),
        (0xff53_4d42, "cifs"),
        (0x0102_1997, "9p"),
        (0x5346_414f, "afs"),
        (0x6b41_4653, "afs"),
        (0x6573_5546, "fuse"),
        (0x7375_7245, "coda"),
        (0x0000_564c, "ncp"),
        (0x00c3_6400, "ceph"),
        (0x0bd0_0bd0, "lustre"),
        (0x4750_4653, "gpfs"),
        (0x7461_636f, "ocfs2"),
        (0x0116_1970, "gfs2"),
        (0x786f_4256, "vboxsf"),
    ];
    kinds.iter().find(|(known, _)| *known == number).map(|(_, kind)| *kind)
}

#[cfg(target_os = "macos")]
fn network(path: &Path) -> Option<&'static str> {
    let told = rustix::fs::statfs(path).ok()?;
    let name: String = told
        .f_fstypename
        .iter()
        .map_while(|it| Some(char::from(it.cast_unsigned())).filter(|it| *it != '\0'))
        .collect();
    ["nfs", "smbfs", "afpfs", "webdav", "ftp", "macfuse", "osxfuse"].into_iter().find(|kind| *kind == name)
}

#[cfg(windows)]
fn network(path: &Path) -> Option<&'static str> {
    path.to_string_lossy().starts_with(r"\\").then_some("smb")
}

#[cfg(not(any(target_os = "linux", target_os = "macos", windows)))]
fn network(_: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn a_network_drive_is_known_by_its_number_and_a_disk_is_none() {
        for (number, kind) in [(0x6969, "nfs"), (0xff53_4d42, "cifs"), (0x6573_5546, "fuse"), (0x0102_1997, "9p")] {
            assert_eq!(kind_of(number), Some(kind));
        }
        // ext4, xfs, btrfs, tmpfs, overlayfs, zfs.
        for disk in [0xef53, 0x5846_5342, 0x9123_683e, 0x0102_1994, 0x794c_7630, 0x2fc1_2fc1] {
            assert_eq!(kind_of(disk), None, "{disk:x}");
        }
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(refuse_network(folder.path()), Ok(()));
    }

    #[cfg(unix)]
    #[test]
    fn what_lies_beside_a_link_lies_beside_the_file_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let folder = fs::canonicalize(folder.path()).unwrap();
        fs::create_dir(folder.join("inner")).unwrap();
        fs::write(folder.join("inner/file"), "").unwrap();
        std::os::unix::fs::symlink("inner/file", folder.join("link")).unwrap();
        let resolved = resolved(&folder.join("link")).unwrap();
        assert_eq!(beside(&resolved, "-wal"), folder.join("inner/file-wal"));
        let before = FileId::of(&resolved).unwrap();
        fs::write(folder.join("other"), "").unwrap();
        fs::rename(folder.join("other"), &resolved).unwrap();
        assert_ne!(FileId::of(&resolved), Some(before));
    }
}
