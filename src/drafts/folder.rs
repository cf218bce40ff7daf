//! The folder of drafts: making a file that belongs to one session, and finding those that belong to none.

use std::{
    cmp::Reverse,
    ffi::OsStr,
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    process, thread,
    time::{Duration, SystemTime},
};

use etcetera::BaseStrategy;

use super::{
    Entries, Journal,
    journal::{Content, Written},
};
use crate::files::open_ordinary;

/// How the name of a draft ends.
const ENDING: &str = "jsonl";
/// More drafts of one process there cannot be.
const MOST_NAMES: u32 = 1000;
/// The drafts that are deleted while the list of drafts is held once.
const DELETED_AT_ONCE: usize = 256;

/// How long a lock is waited for that another program holds.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long it is waited before a lock is tried again.
const PAUSE: Duration = Duration::from_millis(10);

/// How long a lock may be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// Half a second.
    Shortly,
    /// Not at all.
    Never,
}

/// The folder in which drafts are kept, readable by nobody else.
#[derive(Clone, Debug)]
pub struct Drafts {
    folder: PathBuf,
}

/// A draft that a session left, as it was when it was found. It is held by nobody.
#[derive(Clone, Debug)]
pub struct Found {
    path: PathBuf,
    changed: SystemTime,
    entries: Entries,
}

impl Found {
    /// The time of its last change.
    pub fn changed(&self) -> SystemTime {
        self.changed
    }

    /// What was entered.
    pub fn entries(&self) -> &Entries {
        &self.entries
    }

    /// Whether its file is still there.
    pub(super) fn is_there(&self) -> bool {
        self.path.exists()
    }
}

/// The drafts that sessions left.
#[derive(Debug, Default)]
pub struct Leftovers {
    /// The newest ones, newest first.
    pub newest: Vec<Found>,
    /// How many older files of drafts there are.
    pub more: usize,
}

/// What came of deleting old drafts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleared {
    /// How many are deleted.
    pub deleted: usize,
    /// How many could not be deleted.
    pub failed: usize,
}

impl Drafts {
    /// The folder of this user: `osteodose/drafts` in the folder for state, or for data where a system
    /// has none for state.
    pub fn open() -> io::Result<Self> {
        let base = etcetera::choose_base_strategy().map_err(io::Error::other)?;
        let state = base.state_dir().unwrap_or_else(|| base.data_dir());
        Self::at(state.join("osteodose").join("drafts"))
    }

    /// This folder, which is made when it is first needed.
    pub fn at(folder: PathBuf) -> io::Result<Self> {
        Ok(Self { folder: std::path::absolute(folder)? })
    }

    /// A journal for a new session. Its file appears with the first entry that is kept.
    pub fn begin(&self) -> Journal {
        Journal::new(self.clone())
    }

    /// What sessions that are no longer alive left: at most this many, newest first. No file is open afterwards,
    /// and older ones are only counted. What cannot be read is left as it is.
    pub fn leftovers(&self, most: usize) -> io::Result<Leftovers> {
        let _held = self.hold(Wait::Shortly)?;
        let mut files = self.files()?;
        // Of one moment, those in the order of their names.
        files.sort_unstable_by(|(one, first), (other, second)| (Reverse(one), first).cmp(&(Reverse(other), second)));
        let mut left = Leftovers::default();
        let mut files = files.into_iter();
        while left.newest.len() < most
            && let Some((_, path)) = files.next()
        {
            let Some(written) = free(path) else { continue };
            match written.read() {
                Some(Content { entries, .. }) if entries.is_empty() => {
                    // It is not in the way if it cannot be removed.
                    let _ = written.remove();
                }
                Some(Content { entries, changed, .. }) => {
                    left.newest.push(Found { path: written.path().to_owned(), changed, entries });
                }
                None => {}
            }
        }
        left.more = files.len();
        Ok(left)
    }

    /// Goes on with a draft that was found: its journal, held by this session. It fails if another session has it
    /// or changed it since it was found.
    pub fn take_up(&self, found: &Found) -> io::Result<Journal> {
        let _held = self.hold(Wait::Shortly)?;
        let written = unchanged(found)?;
        Ok(Journal::of(self.clone(), written, found.entries.clone()))
    }

    /// Deletes a draft that was found. It fails if another session has it or changed it since it was found.
    pub fn delete(&self, found: &Found) -> io::Result<()> {
        let _held = self.hold(Wait::Shortly)?;
        match unchanged(found) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            written => written?.remove(),
        }
    }

    /// Deletes all drafts that were last changed before this moment, except those of living sessions.
    pub fn clear_older_than(&self, moment: SystemTime) -> io::Result<Cleared> {
        let mut cleared = Cleared::default();
        let files: Vec<(SystemTime, PathBuf)> = {
            let _held = self.hold(Wait::Shortly)?;
            self.files()?.into_iter().filter(|(changed, _)| *changed < moment).collect()
        };
        // In parts, so that other sessions do not wait for all of it.
        let mut files = files.into_iter().map(|(_, path)| path).peekable();
        while files.peek().is_some() {
            let _held = self.hold(Wait::Shortly)?;
            for path in files.by_ref().take(DELETED_AT_ONCE) {
                let old = free(path).filter(|it| it.is_a_draft() && it.changed().is_some_and(|it| it < moment));
                match old.map(Written::remove) {
                    Some(Ok(())) => cleared.deleted += 1,
                    Some(Err(_)) => cleared.failed += 1,
                    None => {}
                }
            }
        }
        Ok(cleared)
    }

    /// The files that may be drafts, each with the time of its last change.
    fn files(&self) -> io::Result<Vec<(SystemTime, PathBuf)>> {
        let mut files = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.extension() != Some(OsStr::new(ENDING)) {
                continue;
            }
            // Another session may have deleted it meanwhile.
            let Ok(metadata) = fs::symlink_metadata(&path) else { continue };
            if metadata.is_file() {
                files.push((metadata.modified()?, path));
            }
        }
        Ok(files)
    }

    /// Makes a file that is locked for as long as it is open.
    pub(super) fn create(&self, wait: Wait) -> io::Result<Written> {
        let _held = self.hold(wait)?;
        for number in 0..MOST_NAMES {
            let path = self.folder.join(format!("{}-{number}.{ENDING}", process::id()));
            let file = match private().read(true).append(true).create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                opened => opened?,
            };
            let written = Written::new(file, path);
            if let Err(error) = written.try_lock() {
                // Nobody could tell this file from one that was left.
                let _ = written.remove();
                return Err(error.into());
            }
            return Ok(written);
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Keeps other sessions out for a moment: a file is made and locked in two steps, and between them it
    /// looks as if somebody had left it.
    pub(super) fn hold(&self, wait: Wait) -> io::Result<File> {
        let place =
            |path: &Path, error: &io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
        make_private(&self.folder).map_err(|error| place(&self.folder, &error))?;
        let path = self.folder.join("lock");
        let lock = open_ordinary(&path, private().write(true).create(true).truncate(false))
            .map_err(|error| place(&path, &error))?;
        let mut left = if wait == Wait::Shortly { PATIENCE } else { Duration::ZERO };
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(lock),
                Err(TryLockError::Error(error)) => return Err(place(&path, &error)),
                Err(TryLockError::WouldBlock) if left.is_zero() => {
                    let error = io::Error::new(io::ErrorKind::ResourceBusy, "another program has locked it");
                    return Err(place(&path, &error));
                }
                Err(TryLockError::WouldBlock) => {
                    thread::sleep(PAUSE);
                    left = left.saturating_sub(PAUSE);
                }
            }
        }
    }
}

/// A draft that no living session holds, now held by this one.
fn free(path: PathBuf) -> Option<Written> {
    let file = open_ordinary(&path, File::options().read(true).append(true)).ok()?;
    let written = Written::new(file, path);
    match written.try_lock() {
        Ok(()) => Some(written),
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
    }
}

/// The file of a draft that is still as it was found, now held by this session.
fn unchanged(found: &Found) -> io::Result<Written> {
    let path = found.path.clone();
    let file = open_ordinary(&path, File::options().read(true).append(true))?;
    let mut written = Written::new(file, path);
    written.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => io::Error::new(io::ErrorKind::ResourceBusy, "it is open in another form"),
        TryLockError::Error(error) => error,
    })?;
    // Another session may have written its draft again in another file, and removed this one before it was locked.
    if !found.is_there() {
        return Err(io::ErrorKind::NotFound.into());
    }
    match written.read() {
        Some(content) if content.entries == found.entries => {
            written.continue_after(&content)?;
            Ok(written)
        }
        _ => Err(io::Error::other("another form has changed it")),
    }
}

/// How a file is opened that nobody else may read.
fn private() -> OpenOptions {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes a folder that nobody else may look into, also where it was there and open to others.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drafts::Entries;

    fn entries(pairs: &[(&str, &str)]) -> Entries {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn drafts() -> (tempfile::TempDir, Drafts) {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::at(folder.path().join("state").join("drafts")).unwrap();
        drop(drafts.hold(Wait::Never).unwrap());
        (folder, drafts)
    }

    fn names(drafts: &Drafts) -> Vec<String> {
        let names = fs::read_dir(&drafts.folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name != "lock").collect();
        names.sort();
        names
    }

    fn found(drafts: &Drafts) -> Vec<Entries> {
        let left = drafts.leftovers(100).unwrap();
        assert_eq!(left.more, 0);
        left.newest.into_iter().map(|found| found.entries).collect()
    }

    #[test]
    fn what_a_living_session_holds_is_not_offered_and_what_it_leaves_is() {
        let (_folder, drafts) = drafts();
        let mut journal = drafts.begin();
        assert!(names(&drafts).is_empty(), "a file before anything was entered");
        journal.keep(&entries(&[("weight", "68.5")])).unwrap();
        assert!(found(&drafts).is_empty());
        drop(journal);
        let left = drafts.leftovers(1).unwrap().newest;
        assert_eq!(left[0].entries(), &entries(&[("weight", "68.5")]));
        assert_eq!(found(&drafts).len(), 1, "what one session was offered is offered to another");
        let _taken = drafts.take_up(&left[0]).unwrap();
        assert!(found(&drafts).is_empty(), "what one session has taken up is offered to another");
    }

    #[test]
    fn two_sessions_keep_two_drafts() {
        let (_folder, drafts) = drafts();
        let (mut one, mut two) = (drafts.begin(), drafts.begin());
        one.keep(&entries(&[("id", "1")])).unwrap();
        two.keep(&entries(&[("id", "2")])).unwrap();
        one.keep(&entries(&[("id", "11")])).unwrap();
        drop((one, two));
        let mut all = found(&drafts);
        all.sort();
        assert_eq!(all, [entries(&[("id", "11")]), entries(&[("id", "2")])]);
    }

    #[test]
    fn the_newest_is_offered_first() {
        let (_folder, drafts) = drafts();
        for (id, seconds) in [("old", 10), ("new", 30), ("middle", 20)] {
            let mut journal = drafts.begin();
            journal.keep(&entries(&[("id", id)])).unwrap();
            let name = drafts.folder.join(names(&drafts).last().unwrap());
            drop(journal);
            let path = drafts.folder.join(format!("{id}.jsonl"));
            fs::rename(name, &path).unwrap();
            let changed = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            File::options().append(true).open(path).unwrap().set_modified(changed).unwrap();
            // The next one gets a name that sorts last.
            fs::rename(drafts.folder.join(format!("{id}.jsonl")), drafts.folder.join(format!("0{id}.jsonl"))).unwrap();
        }
        let ids: Vec<String> = found(&drafts).iter().map(|it| it["id"].clone()).collect();
        assert_eq!(ids, ["new", "middle", "old"]);
    }

    #[test]
    fn a_line_that_was_cut_in_the_middle_is_passed_over_and_mended() {
        let (_folder, drafts) = drafts();
        let mut journal = drafts.begin();
        journal.keep(&entries(&[("id", "1")])).unwrap();
        drop(journal);
        let path = drafts.folder.join(&names(&drafts)[0]);
        let mut torn = fs::read(&path).unwrap();
        torn.extend(br#"{"id":"1"#);
        fs::write(&path, torn).unwrap();
        let left = drafts.leftovers(1).unwrap().newest.remove(0);
        let mut taken = drafts.take_up(&left).unwrap();
        assert_eq!(taken.entries(), &entries(&[("id", "1")]));
        taken.keep(&entries(&[("id", "2")])).unwrap();
        drop(taken);
        assert_eq!(found(&drafts), [entries(&[("id", "2")])]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_left_alone() {
        let (_folder, drafts) = drafts();
        let header = "{\"format\":\"osteodose-draft/1\"}\n";
        let foreign = [
            ("another-form.jsonl", "{\"format\":\"osteodose-draft/2\"}\n{\"id\":\"1\"}\n".to_owned()),
            ("bad-line.jsonl", format!("{header}{{\"id\":1}}\n{{\"id\":\"1\"}}\n")),
            ("other.txt", "{\"format\":\"osteodose-draft/1\"}\n{\"id\":\"1\"}\n".to_owned()),
        ];
        for (name, content) in &foreign {
            fs::write(drafts.folder.join(name), content).unwrap();
        }
        let large = File::create(drafts.folder.join("large.jsonl")).unwrap();
        large.set_len(16 * 1024 * 1024 + 1).unwrap();
        drop(large);
        fs::create_dir(drafts.folder.join("folder.jsonl")).unwrap();
        assert!(found(&drafts).is_empty());
        for (name, content) in &foreign {
            assert_eq!(&fs::read_to_string(drafts.folder.join(name)).unwrap(), content);
        }
        assert_eq!(names(&drafts).len(), 5);
    }

    #[test]
    fn a_draft_with_nothing_in_it_is_removed() {
        let (_folder, drafts) = drafts();
        let header = "{\"format\":\"osteodose-draft/1\"}\n";
        let cleared = format!("{header}{{\"id\":\"1\"}}\n{{\"id\":null}}\n");
        for (name, content) in [("1", ""), ("2", &header[..12]), ("3", header), ("4", &cleared)] {
            fs::write(drafts.folder.join(name).with_extension(ENDING), content).unwrap();
        }
        assert!(found(&drafts).is_empty());
        assert!(names(&drafts).is_empty());
    }

    #[test]
    #[cfg(unix)]
    fn nobody_else_can_read_a_draft() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, drafts) = drafts();
        fs::set_permissions(&drafts.folder, PermissionsExt::from_mode(0o755)).unwrap();
        let mut journal = drafts.begin();
        journal.keep(&entries(&[("name", "A")])).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&drafts.folder), 0o700);
        assert_eq!(mode(&drafts.folder.join(&names(&drafts)[0])), 0o600);
    }

    #[test]
    fn a_folder_that_cannot_be_made_is_reported() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let drafts = Drafts::at(file.path().join("drafts")).unwrap();
        let error = drafts.leftovers(1).unwrap_err().to_string();
        assert!(error.starts_with(&drafts.folder.display().to_string()), "{error}");
    }

    #[test]
    fn old_files_that_are_no_drafts_stay() {
        let (_folder, drafts) = drafts();
        let foreign = drafts.folder.join("other.jsonl");
        fs::write(&foreign, "{\"format\":\"osteodose-draft/2\"}\n{\"id\":\"1\"}\n").unwrap();
        let now = fs::metadata(&foreign).unwrap().modified().unwrap();
        let cleared = drafts.clear_older_than(now + Duration::from_secs(1)).unwrap();
        assert_eq!((cleared, names(&drafts).len()), (Cleared::default(), 1));
    }
}
