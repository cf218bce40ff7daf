//! The folder of drafts: making a file that belongs to one session, and finding those that belong to none.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    process,
    time::SystemTime,
};

use etcetera::BaseStrategy;

use super::{
    Journal,
    journal::{Left, Written},
};

/// How the name of a draft ends.
const ENDING: &str = "jsonl";
/// More drafts of one process there cannot be.
const MOST_NAMES: u32 = 1000;

/// The folder in which drafts are kept, readable by nobody else.
#[derive(Clone, Debug)]
pub struct Drafts {
    folder: PathBuf,
}

impl Drafts {
    /// The folder of this user: `osteodose/drafts` in the folder for state, or for data where a system
    /// has none for state.
    pub fn open() -> io::Result<Self> {
        let base = etcetera::choose_base_strategy().map_err(io::Error::other)?;
        let state = base.state_dir().unwrap_or_else(|| base.data_dir());
        Self::at(state.join("osteodose").join("drafts"))
    }

    /// This folder, which is made where it is not there.
    pub fn at(folder: PathBuf) -> io::Result<Self> {
        make_private(&folder)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", folder.display())))?;
        Ok(Self { folder })
    }

    /// A journal for a new session. Its file appears with the first entry that is kept.
    pub fn begin(&self) -> Journal {
        Journal::new(self.clone())
    }

    /// What sessions that are no longer alive left, with the time of their last change, newest first.
    /// They are held, so that no other session takes them up. What cannot be read is left as it is.
    pub fn leftovers(&self) -> io::Result<Vec<(SystemTime, Journal)>> {
        let _held = self.hold()?;
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            match free(entry?.path()).and_then(Written::read) {
                Some(Left::Entries { changed, written, entries }) => {
                    found.push((changed, Journal::of(self.clone(), written, entries)));
                }
                Some(Left::Nothing(written)) => {
                    // It is not in the way where it cannot be removed.
                    let _ = written.remove();
                }
                None => {}
            }
        }
        found.sort_by_key(|(changed, _)| std::cmp::Reverse(*changed));
        Ok(found)
    }

    /// Makes a file that is locked for as long as it is open.
    pub(super) fn create(&self) -> io::Result<Written> {
        let _held = self.hold()?;
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
    pub(super) fn hold(&self) -> io::Result<File> {
        make_private(&self.folder)?;
        let held = private().write(true).create(true).truncate(false).open(self.folder.join("lock"))?;
        held.lock()?;
        Ok(held)
    }
}

/// A draft that no living session holds, now held by this one.
fn free(path: PathBuf) -> Option<Written> {
    // Opening a pipe would wait for its other end.
    let is_file = fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_file());
    if !is_file || path.extension().is_none_or(|ending| ending != ENDING) {
        return None;
    }
    let file = File::options().read(true).append(true).open(&path).ok()?;
    let written = Written::new(file, path);
    match written.try_lock() {
        Ok(()) => Some(written),
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => None,
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
        (folder, drafts)
    }

    fn names(drafts: &Drafts) -> Vec<String> {
        let names = fs::read_dir(&drafts.folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| name != "lock").collect();
        names.sort();
        names
    }

    fn found(drafts: &Drafts) -> Vec<Entries> {
        drafts.leftovers().unwrap().iter().map(|(_, journal)| journal.entries().clone()).collect()
    }

    #[test]
    fn what_a_living_session_holds_is_not_offered_and_what_it_leaves_is() {
        let (_folder, drafts) = drafts();
        let mut journal = drafts.begin();
        assert!(names(&drafts).is_empty(), "a file before anything was entered");
        journal.keep(&entries(&[("weight", "68.5")])).unwrap();
        assert!(found(&drafts).is_empty());
        drop(journal);
        let held = drafts.leftovers().unwrap();
        assert_eq!(held[0].1.entries(), &entries(&[("weight", "68.5")]));
        assert!(found(&drafts).is_empty(), "what one session was offered is offered to another");
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
        let (_, mut taken) = drafts.leftovers().unwrap().remove(0);
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
    fn a_folder_that_cannot_be_made_is_told() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(Drafts::at(file.path().join("drafts")).is_err());
    }
}
