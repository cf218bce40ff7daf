//! One draft: a line for each change, so that a session that is killed loses nothing but the last one.

use std::{
    collections::BTreeMap,
    fs::{self, File, TryLockError},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use super::{Drafts, Entries, folder::Wait};

/// The first line of a draft.
const HEADER: &str = "{\"format\":\"osteodose-draft/1\"}\n";
/// A draft larger than this is none.
const LARGEST: usize = 16 * 1024 * 1024;
/// A draft that has grown to this is written again, without what it held earlier.
const LONG: usize = LARGEST / 4;

/// The draft of one session.
#[derive(Debug)]
pub struct Journal {
    drafts: Drafts,
    written: Option<Written>,
    kept: Entries,
    wait: Wait,
}

/// What came of keeping entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// What has changed is written.
    Written,
    /// Nothing has changed.
    Unchanged,
}

impl Journal {
    pub(super) fn new(drafts: Drafts) -> Self {
        Self { drafts, written: None, kept: Entries::new(), wait: Wait::Shortly }
    }

    pub(super) fn of(drafts: Drafts, written: Written, kept: Entries) -> Self {
        Self { drafts, written: Some(written), kept, wait: Wait::Shortly }
    }

    /// The same journal, which does not wait for a lock until something could be written.
    #[must_use]
    pub(super) fn without_waiting(self) -> Self {
        Self { wait: Wait::Never, ..self }
    }

    /// The entries as they were kept last.
    pub fn entries(&self) -> &Entries {
        &self.kept
    }

    /// Keeps the entries; what has not changed is not written again.
    pub fn keep(&mut self, entries: &Entries) -> io::Result<Kept> {
        let changes = changes(&self.kept, entries);
        if changes.is_empty() {
            return Ok(Kept::Unchanged);
        }
        let line = line(&changes)?;
        let written = match &mut self.written {
            Some(written) if written.has_room(&line) => written.append(line.as_bytes()),
            _ => self.write_again(entries),
        };
        // A lock that was waited for in vain is not waited for again at each key.
        self.wait = if written.is_ok() { Wait::Shortly } else { Wait::Never };
        written?;
        self.kept.clone_from(entries);
        Ok(Kept::Written)
    }

    /// Writes everything into a new file; only then the former one goes.
    fn write_again(&mut self, entries: &Entries) -> io::Result<()> {
        let whole = format!("{HEADER}{}", line(&changes(&Entries::new(), entries))?);
        let mut new = self.drafts.create(self.wait)?;
        if let Err(error) = new.append(whole.as_bytes()) {
            // A draft with nothing in it is removed at the next start.
            let _ = new.remove();
            return Err(error);
        }
        let path = new.path.clone();
        // The new file has the name of the former one where somebody has removed that.
        if let Some(former) = self.written.replace(new).filter(|former| former.path != path) {
            // Where it cannot be removed, it is offered once more.
            let _ = former.remove();
        }
        Ok(())
    }

    /// Deletes the draft.
    pub fn discard(mut self) -> io::Result<()> {
        let Some(written) = self.written.take() else { return Ok(()) };
        let _held = self.drafts.hold(self.wait)?;
        written.remove()
    }
}

/// What leads from some entries to others; nothing where a key is gone.
fn changes<'a>(from: &'a Entries, to: &'a Entries) -> BTreeMap<&'a str, Option<&'a str>> {
    let gone = from.keys().filter(|key| !to.contains_key(*key)).map(|key| (key.as_str(), None));
    let new = to.iter().filter(|(key, value)| from.get(*key) != Some(*value));
    gone.chain(new.map(|(key, value)| (key.as_str(), Some(value.as_str())))).collect()
}

fn line(changes: &BTreeMap<&str, Option<&str>>) -> io::Result<String> {
    let line = serde_json::to_string(changes)? + "\n";
    if HEADER.len() + line.len() > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 16 MiB"));
    }
    Ok(line)
}

/// What is in the file of a draft.
pub(super) struct Content {
    /// When it was last changed.
    pub(super) changed: SystemTime,
    /// What was entered.
    pub(super) entries: Entries,
    /// How many bytes of it are whole lines.
    length: usize,
    /// Whether a line that was cut follows.
    is_cut: bool,
}

/// The file of a draft, as far as it is written in whole lines.
#[derive(Debug)]
pub(super) struct Written {
    file: File,
    path: PathBuf,
    length: usize,
}

impl Written {
    pub(super) fn new(file: File, path: PathBuf) -> Self {
        Self { file, path, length: 0 }
    }

    pub(super) fn try_lock(&self) -> Result<(), TryLockError> {
        self.file.try_lock()
    }

    pub(super) fn remove(self) -> io::Result<()> {
        fs::remove_file(&self.path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// When it was last changed.
    pub(super) fn changed(&self) -> Option<SystemTime> {
        self.file.metadata().and_then(|metadata| metadata.modified()).ok()
    }

    /// Whether it begins as a draft does, or is empty.
    pub(super) fn is_a_draft(&self) -> bool {
        let mut bytes = Vec::new();
        let read = (&self.file).take(HEADER.len() as u64).read_to_end(&mut bytes);
        read.is_ok() && HEADER.as_bytes().starts_with(&bytes)
    }

    /// Reads what was left; `None` where it is no draft.
    pub(super) fn read(&self) -> Option<Content> {
        let mut bytes = Vec::new();
        (&self.file).take(LARGEST as u64 + 1).read_to_end(&mut bytes).ok()?;
        let (entries, length) = entries(&bytes).filter(|_| bytes.len() <= LARGEST)?;
        Some(Content { changed: self.changed()?, entries, length, is_cut: length < bytes.len() })
    }

    /// Lets the next line follow what was read. It must not begin in the middle of a line that was cut.
    pub(super) fn continue_after(&mut self, content: &Content) -> io::Result<()> {
        if content.is_cut {
            self.file.set_len(content.length as u64)?;
        }
        self.length = content.length;
        Ok(())
    }

    /// Whether a line can be added. It cannot where somebody has removed the file, which would be written
    /// to without a trace.
    fn has_room(&self, line: &str) -> bool {
        self.length + line.len() <= LONG && self.path.exists()
    }

    /// Adds lines by one call, so that a session which is killed leaves all of them or none.
    fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        let result = loop {
            match self.file.write(lines) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                result => break result,
            }
        };
        if let Ok(count) = result
            && count == lines.len()
        {
            self.length += count;
            return Ok(());
        }
        // Half a line would spoil the one after it.
        let _ = self.file.set_len(self.length as u64);
        Err(result.err().unwrap_or_else(|| io::ErrorKind::StorageFull.into()))
    }
}

/// The entries of a draft, and how much of it is whole lines; `None` where it is no draft.
fn entries(bytes: &[u8]) -> Option<(Entries, usize)> {
    let mut entries = Entries::new();
    if HEADER.as_bytes().starts_with(bytes) {
        return Some((entries, 0));
    }
    let mut length = HEADER.len();
    let lines = bytes.strip_prefix(HEADER.as_bytes())?;
    // What follows the last line break was cut in the middle.
    for line in lines.split_inclusive(|byte| *byte == b'\n').filter(|line| line.ends_with(b"\n")) {
        let changes: BTreeMap<String, Option<String>> = serde_json::from_slice(line).ok()?;
        for (key, value) in changes {
            match value {
                Some(value) => entries.insert(key, value),
                None => entries.remove(&key),
            };
        }
        length += line.len();
    }
    Some((entries, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafts() -> (tempfile::TempDir, Drafts) {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::at(folder.path().to_owned()).unwrap();
        (folder, drafts)
    }

    fn content(journal: &Journal) -> String {
        fs::read_to_string(&journal.written.as_ref().unwrap().path).unwrap()
    }

    fn one(key: &str, value: &str) -> Entries {
        Entries::from([(key.to_owned(), value.to_owned())])
    }

    #[test]
    fn only_what_changed_is_written() {
        let (_folder, drafts) = drafts();
        let mut journal = drafts.begin();
        journal.keep(&Entries::new()).unwrap();
        assert!(journal.written.is_none());
        let mut entries = one("birth-date", "14.3.1958");
        journal.keep(&entries).unwrap();
        journal.keep(&entries).unwrap();
        entries.insert("weight".to_owned(), "68.5".to_owned());
        journal.keep(&entries).unwrap();
        entries.remove("birth-date");
        journal.keep(&entries).unwrap();
        assert_eq!(
            content(&journal),
            "{\"format\":\"osteodose-draft/1\"}\n{\"birth-date\":\"14.3.1958\"}\n{\"weight\":\"68.5\"}\n{\"birth-date\":null}\n"
        );
    }

    #[test]
    fn any_text_comes_back_as_it_was() {
        let (_folder, drafts) = drafts();
        let mut journal = drafts.begin();
        let text = "line\nbreak \"quoted\" \u{1b}[2J \u{0} 山田 e\u{301} \u{2028} {\"a\":null}\r\n";
        journal.keep(&one(text, text)).unwrap();
        drop(journal);
        assert_eq!(drafts.leftovers(1).unwrap().newest[0].entries(), &one(text, text));
    }

    #[test]
    fn a_draft_cut_anywhere_gives_an_earlier_state() {
        let whole = format!("{HEADER}{{\"a\":\"1\",\"b\":\"é\"}}\n{{\"b\":null}}\n");
        let states = [Entries::new(), Entries::from([("a", "1"), ("b", "é")].map(|(k, v)| (k.into(), v.into())))];
        for cut in 0..whole.len() {
            let (read, length) = entries(&whole.as_bytes()[..cut]).unwrap();
            assert!(states.contains(&read), "{cut}: {read:?}");
            assert!(length <= cut);
        }
        assert_eq!(entries(whole.as_bytes()), Some((one("a", "1"), whole.len())));
    }

    #[test]
    fn a_draft_that_is_removed_under_way_is_written_again() {
        let (_folder, drafts) = drafts();
        let mut journal = drafts.begin();
        let mut entries = one("id", "1");
        journal.keep(&entries).unwrap();
        fs::remove_file(&journal.written.as_ref().unwrap().path).unwrap();
        entries.insert("weight".to_owned(), "68.5".to_owned());
        journal.keep(&entries).unwrap();
        assert_eq!(super::entries(content(&journal).as_bytes()).unwrap().0, entries);
    }

    #[test]
    fn a_long_draft_is_written_again() {
        let (folder, drafts) = drafts();
        let mut journal = drafts.begin();
        let text = "x".repeat(LONG / 3);
        for last in ["a", "b", "c", "d"] {
            journal.keep(&one("notes", &format!("{text}{last}"))).unwrap();
        }
        assert!(content(&journal).len() < LONG);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "the draft and the lock");
        drop(journal);
        assert!(drafts.leftovers(1).unwrap().newest[0].entries()["notes"].ends_with('d'));
    }

    #[test]
    fn what_could_not_be_read_back_is_not_written() {
        let (folder, drafts) = drafts();
        let mut journal = drafts.begin();
        let error = journal.keep(&one("notes", &"x".repeat(LARGEST))).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_discarded_draft_is_gone() {
        let (_folder, drafts) = drafts();
        let mut journal = drafts.begin();
        journal.keep(&one("id", "1")).unwrap();
        let path = journal.written.as_ref().unwrap().path.clone();
        journal.discard().unwrap();
        assert!(!path.exists());
        drafts.begin().discard().unwrap();
    }
}
