//! Everything one session keeps: what is entered in it, and what it found of earlier ones.

use std::time::SystemTime;

use super::{Drafts, Entries, Journal};

/// The drafts of one session.
#[derive(Debug)]
pub struct Keeper {
    /// Why nothing can be kept, where nothing can.
    own: Result<Journal, String>,
    found: Vec<Option<(SystemTime, Journal)>>,
    reported: Option<String>,
}

impl Keeper {
    /// Holds what earlier sessions left. A folder that cannot be used is no reason not to begin.
    pub fn new(drafts: std::io::Result<Drafts>) -> Self {
        let opened = drafts.and_then(|drafts| Ok((drafts.begin(), drafts.leftovers()?)));
        match opened {
            Ok((own, found)) => Self { own: Ok(own), found: found.into_iter().map(Some).collect(), reported: None },
            Err(error) => Self { own: Err(error.to_string()), found: Vec::new(), reported: None },
        }
    }

    /// What earlier sessions left, with the time of the last change, newest first.
    pub fn leftovers(&self) -> impl Iterator<Item = (SystemTime, &Entries)> {
        self.found.iter().flatten().map(|(changed, journal)| (*changed, journal.entries()))
    }

    /// Why nothing can be kept, where that is known from the start.
    pub fn trouble(&mut self) -> Option<String> {
        self.reported = self.own.as_ref().err().cloned();
        self.reported.clone()
    }

    /// Keeps what is entered, or says why it cannot; the same reason is not reported twice in a row.
    pub fn keep(&mut self, entries: &Entries) -> Option<String> {
        let written = match &mut self.own {
            Ok(journal) => journal.keep(entries).map_err(|error| error.to_string()),
            Err(why) => Err(why.clone()),
        };
        let why = written.err();
        if self.reported == why {
            return None;
        }
        self.reported.clone_from(&why);
        why
    }

    /// Goes on with a draft that was found, by its place in the list. What was entered before stays a
    /// draft of its own.
    pub fn take_up(&mut self, place: usize) {
        if let Some((_, journal)) = self.found.get_mut(place).and_then(Option::take) {
            self.own = Ok(journal);
        }
    }

    /// Deletes a draft that was found, by its place in the list.
    pub fn discard(&mut self, place: usize) -> std::io::Result<()> {
        let found = self.found.get_mut(place).and_then(Option::take);
        found.map_or(Ok(()), |(_, journal)| journal.discard())
    }

    /// Ends the session; what was entered in it is deleted unless it is to be offered again.
    pub fn end(self, keep: bool) -> std::io::Result<()> {
        match self.own {
            Ok(journal) if !keep => journal.discard(),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(value: &str) -> Entries {
        Entries::from([("id".to_owned(), value.to_owned())])
    }

    fn ids(keeper: &Keeper) -> Vec<&str> {
        let mut ids: Vec<&str> = keeper.leftovers().map(|(_, entries)| entries["id"].as_str()).collect();
        ids.sort_unstable();
        ids
    }

    #[test]
    fn a_session_goes_on_with_what_it_took_up() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Keeper::new(Drafts::at(folder.path().to_owned()));
        let (mut first, mut second) = (open(), open());
        assert_eq!((first.keep(&one("1")), second.keep(&one("2"))), (None, None));
        first.end(true).unwrap();
        second.end(true).unwrap();

        let mut next = open();
        assert_eq!(ids(&next), ["1", "2"]);
        let place = next.leftovers().position(|(_, entries)| entries["id"] == "2").unwrap();
        next.take_up(place);
        assert_eq!(next.keep(&one("22")), None);
        next.discard(1 - place).unwrap();
        next.end(true).unwrap();

        let last = open();
        assert_eq!(ids(&last), ["22"]);
    }

    #[test]
    fn what_is_not_to_be_kept_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Keeper::new(Drafts::at(folder.path().to_owned()));
        let mut keeper = open();
        keeper.keep(&one("1"));
        keeper.end(false).unwrap();
        assert_eq!(open().leftovers().count(), 0);
    }

    #[test]
    fn a_reason_is_reported_once() {
        let mut keeper = Keeper::new(Err(std::io::Error::other("no folder")));
        assert_eq!(keeper.trouble().as_deref(), Some("no folder"));
        assert_eq!(keeper.keep(&one("1")), None);
        let mut keeper = Keeper::new(Err(std::io::Error::other("no folder")));
        assert_eq!(keeper.keep(&one("1")).as_deref(), Some("no folder"));
        assert_eq!(keeper.keep(&one("2")), None);
        keeper.take_up(0);
        keeper.discard(0).unwrap();
        keeper.end(false).unwrap();
    }
}
