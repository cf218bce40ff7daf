//! Opening what must be an ordinary file. A pipe or a device in its place is refused at once: opening it could
//! wait for ever.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, IsTerminal},
    path::Path,
};

use super::limited;

/// Opens an ordinary file.
pub(crate) fn open_ordinary(path: &Path, options: &OpenOptions) -> io::Result<File> {
    // Before it is opened, as the message of the system would not say what is wrong with a pipe.
    if let Ok(metadata) = fs::metadata(path) {
        refuse_others(&metadata)?;
    }
    let file = without_waiting(options).open(path)?;
    // After it was opened, as another may have come in its place.
    refuse_others(&file.metadata()?)?;
    Ok(file)
}

/// Reads an ordinary file that is no larger than a request or a plan can be.
pub(crate) fn read_ordinary(path: &Path) -> io::Result<Vec<u8>> {
    limited(open_ordinary(path, OpenOptions::new().read(true))?)
}

/// Opens a file that somebody named. It may be a pipe, which a shell makes of `<(…)` and which is waited for, or a
/// terminal, to which /dev/stdin can lead. Another device may never end, as /dev/zero.
pub(super) fn open_named(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if !is_pipe(&metadata) && !file.is_terminal() {
        refuse_others(&metadata)?;
    }
    Ok(file)
}

#[cfg(unix)]
fn is_pipe(metadata: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&metadata.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &fs::Metadata) -> bool {
    false
}

fn refuse_others(metadata: &fs::Metadata) -> io::Result<()> {
    if metadata.is_dir() {
        Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"))
    } else if metadata.is_file() {
        Ok(())
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no ordinary file"))
    }
}

/// Options by which opening a pipe does not wait for its other end.
#[cfg(unix)]
fn without_waiting(options: &OpenOptions) -> OpenOptions {
    let mut options = options.clone();
    let at_once = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, at_once);
    options
}

#[cfg(not(unix))]
fn without_waiting(options: &OpenOptions) -> OpenOptions {
    options.clone()
}

#[cfg(test)]
mod tests {
    use super::{super::at_most, *};

    #[test]
    fn an_ordinary_file_is_read_and_a_link_to_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.json");
        fs::write(&path, "{}").unwrap();
        assert_eq!(read_ordinary(&path).unwrap(), b"{}");
        assert_eq!(at_most(2, &b"{}"[..]).unwrap().as_deref(), Some(&b"{}"[..]));
        assert_eq!(at_most(1, &b"{}"[..]).unwrap(), None);
        #[cfg(unix)]
        {
            let link = folder.path().join("link.json");
            std::os::unix::fs::symlink(&path, &link).unwrap();
            assert_eq!(read_ordinary(&link).unwrap(), b"{}");
        }
        assert_eq!(read_ordinary(&folder.path().join("none")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    #[cfg(unix)]
    fn a_file_that_was_named_may_be_a_pipe_and_no_other_device() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let from = pipe.clone();
        let writer = std::thread::spawn(move || fs::write(from, "{}").unwrap());
        assert_eq!(limited(open_named(&pipe).unwrap()).unwrap(), b"{}");
        writer.join().unwrap();
        assert_eq!(open_named(Path::new("/dev/zero")).unwrap_err().to_string(), "it is no ordinary file");
        assert_eq!(open_named(folder.path()).unwrap_err().to_string(), "it is a folder");
    }

    #[test]
    fn what_is_no_ordinary_file_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read_ordinary(folder.path()).unwrap_err().to_string(), "it is a folder");
        #[cfg(unix)]
        {
            let pipe = folder.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            let options = [
                OpenOptions::new().read(true).clone(),
                OpenOptions::new().write(true).clone(),
                OpenOptions::new().read(true).append(true).clone(),
            ];
            for options in options {
                assert_eq!(open_ordinary(&pipe, &options).unwrap_err().to_string(), "it is no ordinary file");
            }
            assert_eq!(read_ordinary(Path::new("/dev/zero")).unwrap_err().to_string(), "it is no ordinary file");
        }
    }
}
