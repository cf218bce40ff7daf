//! Everything one session keeps: what is entered in it, and what it found of earlier ones.

use std::{
    io,
    time::{Duration, SystemTime},
};

use super::{Cleared, Drafts, Entries, Found, Journal, Kept};

/// The drafts of one session.
#[derive(Debug)]
pub struct Keeper {
    /// Where drafts are kept, or why nothing can be kept.
    own: Result<(Drafts, Journal), String>,
    found: Vec<Option<Found>>,
    more: usize,
    expired: usize,
    /// Why nothing could be kept last, or at the start.
    trouble: Option<String>,
    reported: Option<String>,
}

/// What has changed about keeping what is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// It cannot be kept; why.
    Lost(String),
    /// It is kept again.
    Again,
}

/// What came of deleting old drafts, with the places in the list of those that are gone from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClearedFrom {
    /// How many are deleted, and how many could not be.
    pub cleared: Cleared,
    /// The places in the list of found drafts that are gone.
    pub places: Vec<usize>,
}

impl Keeper {
    /// How many drafts are shown of those that were left. Older ones are counted.
    pub const MOST_SHOWN: usize = 50;

    /// Finds what earlier sessions left. A folder that cannot be used is no reason not to begin.
    pub fn new(drafts: io::Result<Drafts>) -> Self {
        Self::expiring(drafts, None)
    }

    /// The same, after drafts that were last changed before this moment are deleted.
    pub fn expiring(drafts: io::Result<Drafts>, expired: Option<SystemTime>) -> Self {
        let without =
            |own, why| Self { own, found: Vec::new(), more: 0, expired: 0, trouble: Some(why), reported: None };
        let drafts = match drafts {
            Ok(drafts) => drafts,
            Err(error) => return without(Err(error.to_string()), error.to_string()),
        };
        let cleared = expired.map_or(Ok(Cleared::default()), |moment| drafts.clear_older_than(moment));
        match cleared.and_then(|cleared| Ok((cleared, drafts.leftovers(Self::MOST_SHOWN)?))) {
            Ok((cleared, left)) => Self {
                own: Ok((drafts.clone(), drafts.begin())),
                found: left.newest.into_iter().map(Some).collect(),
                more: left.more,
                expired: cleared.deleted,
                trouble: None,
                reported: None,
            },
            Err(error) => {
                let journal = drafts.begin().without_waiting();
                without(Ok((drafts, journal)), error.to_string())
            }
        }
    }

    /// What earlier sessions left, with the time of the last change, newest first.
    pub fn leftovers(&self) -> impl Iterator<Item = (SystemTime, &Entries)> {
        self.found.iter().flatten().map(|found| (found.changed(), found.entries()))
    }

    /// How many older drafts there are that are not shown.
    pub fn more(&self) -> usize {
        self.more
    }

    /// How many drafts were deleted at the start because they had expired.
    pub fn expired(&self) -> usize {
        self.expired
    }

    /// Why nothing can be kept, where that is known from the start.
    pub fn trouble(&mut self) -> Option<String> {
        self.reported.clone_from(&self.trouble);
        self.reported.clone()
    }

    /// Keeps what is entered, and says what has changed about that: the same reason is not reported twice in a
    /// row, and that it works again is reported once.
    pub fn keep(&mut self, entries: &Entries) -> Option<Keeping> {
        let written = match &mut self.own {
            Ok((_, journal)) => journal.keep(entries).map_err(|error| error.to_string()),
            Err(why) => Err(why.clone()),
        };
        let why = match written {
            Ok(Kept::Written) => None,
            // Whether it works again is not known.
            Ok(Kept::Unchanged) => return None,
            Err(why) => Some(why),
        };
        if self.reported == why {
            return None;
        }
        self.reported.clone_from(&why);
        Some(why.map_or(Keeping::Again, Keeping::Lost))
    }

    /// Goes on with a draft that was found, by its place in the list. What was entered before stays a
    /// draft of its own. It fails if another form has the draft or changed it meanwhile; nothing is changed then.
    pub fn take_up(&mut self, place: usize) -> io::Result<()> {
        if let Ok((drafts, journal)) = &mut self.own
            && let Some(found) = self.found.get_mut(place).and_then(Option::take)
        {
            *journal = drafts.take_up(&found)?;
        }
        Ok(())
    }

    /// Deletes a draft that was found, by its place in the list. It fails if another form has the draft or changed
    /// it meanwhile.
    pub fn discard(&mut self, place: usize) -> io::Result<()> {
        if let Ok((drafts, _)) = &self.own
            && let Some(found) = self.found.get_mut(place).and_then(Option::take)
        {
            drafts.delete(&found)?;
        }
        Ok(())
    }

    /// Deletes all drafts that were last changed before this moment, except those of living sessions.
    pub fn clear_older_than(&mut self, moment: SystemTime) -> io::Result<ClearedFrom> {
        let Ok((drafts, _)) = &self.own else { return Ok(ClearedFrom::default()) };
        let cleared = drafts.clear_older_than(moment)?;
        let is_gone = |found: &Option<Found>| found.as_ref().is_some_and(|found| !found.is_there());
        let places: Vec<usize> = (0..self.found.len()).filter(|place| is_gone(&self.found[*place])).collect();
        for place in &places {
            self.found[*place] = None;
        }
        self.more = self.more.saturating_sub(cleared.deleted.saturating_sub(places.len()));
        Ok(ClearedFrom { cleared, places })
    }

    /// Ends the session; what was entered in it is deleted unless it is to be offered again.
    pub fn end(self, keep: bool) -> io::Result<()> {
        match self.own {
            Ok((_, journal)) if !keep => journal.discard(),
            _ => Ok(()),
        }
    }
}

/// The moment before which drafts are expired that are kept for this many days.
pub fn expiry(now: SystemTime, draft_days: u16) -> Option<SystemTime> {
    now.checked_sub(Duration::from_hours(u64::from(draft_days) * 24))
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
        next.take_up(place).unwrap();
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
        let lost = |why: &str| Some(Keeping::Lost(why.to_owned()));
        let mut keeper = Keeper::new(Err(io::Error::other("no folder")));
        assert_eq!(keeper.trouble().as_deref(), Some("no folder"));
        assert_eq!(keeper.keep(&one("1")), None);
        let mut keeper = Keeper::new(Err(io::Error::other("no folder")));
        assert_eq!(keeper.keep(&one("1")), lost("no folder"));
        assert_eq!(keeper.keep(&one("2")), None);
        keeper.take_up(0).unwrap();
        keeper.discard(0).unwrap();
        assert_eq!(keeper.clear_older_than(SystemTime::UNIX_EPOCH).unwrap(), ClearedFrom::default());
        keeper.end(false).unwrap();
    }

    #[test]
    fn that_drafts_are_kept_again_is_reported_once() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("drafts");
        std::fs::write(&place, "a file in the place of the folder").unwrap();
        let mut keeper = Keeper::new(Drafts::at(place.clone()));
        assert!(keeper.trouble().is_some());
        assert_eq!(keeper.keep(&one("1")), None);
        std::fs::remove_file(&place).unwrap();
        // With nothing to write, nobody knows.
        assert_eq!(keeper.keep(&Entries::new()), None);
        assert_eq!(keeper.keep(&one("1")), Some(Keeping::Again));
        assert_eq!(keeper.keep(&one("12")), None);
        keeper.end(true).unwrap();
        assert_eq!(ids(&Keeper::new(Drafts::at(place))), ["12"]);
    }

    #[test]
    fn of_two_sessions_that_want_one_draft_the_first_gets_it() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Keeper::new(Drafts::at(folder.path().to_owned()));
        let mut left = open();
        left.keep(&one("1"));
        left.end(true).unwrap();

        let (mut first, mut second, mut third) = (open(), open(), open());
        first.take_up(0).unwrap();
        assert_eq!(second.take_up(0).unwrap_err().to_string(), "it is open in another form");
        first.keep(&one("12"));
        assert_eq!(third.discard(0).unwrap_err().to_string(), "it is open in another form");
        // What the second enters is a draft of its own.
        second.keep(&one("2"));
        let mut late = open();
        assert_eq!(late.leftovers().count(), 0);
        first.end(true).unwrap();
        second.end(true).unwrap();
        assert_eq!(ids(&open()), ["12", "2"]);

        // What was changed since it was found is not gone on with, nor deleted.
        let (mut early, mut other) = (open(), open());
        let place = early.leftovers().position(|(_, entries)| entries["id"] == "12").unwrap();
        late = open();
        late.take_up(place).unwrap();
        late.keep(&one("123"));
        late.end(true).unwrap();
        assert_eq!(early.take_up(place).unwrap_err().to_string(), "another form has changed it");
        assert_eq!(other.discard(place).unwrap_err().to_string(), "another form has changed it");
        assert_eq!(ids(&open()), ["123", "2"]);
    }

    #[test]
    fn only_the_newest_are_shown_and_old_ones_are_deleted_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Drafts::at(folder.path().to_owned());
        let day = |number: u64| SystemTime::UNIX_EPOCH + Duration::from_hours(24 * number);
        let count = Keeper::MOST_SHOWN as u64 + 10;
        for number in 1..=count {
            let path = folder.path().join(format!("{number}.jsonl"));
            std::fs::write(&path, format!("{{\"format\":\"osteodose-draft/1\"}}\n{{\"id\":\"{number}\"}}\n")).unwrap();
            std::fs::File::options().append(true).open(path).unwrap().set_modified(day(number)).unwrap();
        }
        let mut keeper = Keeper::new(open());
        assert_eq!((keeper.leftovers().count(), keeper.more()), (Keeper::MOST_SHOWN, 10));
        assert_eq!(keeper.leftovers().next().unwrap().1["id"], count.to_string());

        let gone = keeper.clear_older_than(day(13)).unwrap();
        assert_eq!(gone.cleared, Cleared { deleted: 12, failed: 0 });
        assert_eq!(gone.places, [Keeper::MOST_SHOWN - 2, Keeper::MOST_SHOWN - 1]);
        assert_eq!((keeper.leftovers().count(), keeper.more()), (Keeper::MOST_SHOWN - 2, 0));

        // A draft expires when it was left for longer than so many days; one that a session has does not.
        let mut living = Keeper::new(open());
        let last = Keeper::MOST_SHOWN - 3;
        living.take_up(last).unwrap();
        let keeper = Keeper::expiring(open(), expiry(day(50), 30));
        assert_eq!((keeper.expired(), keeper.leftovers().count(), keeper.more()), (6, 41, 0));
        living.end(true).unwrap();
        assert_eq!(Keeper::expiring(open(), None).leftovers().count(), 42);
        assert_eq!(Keeper::expiring(open(), expiry(day(50), 30)).expired(), 1);
    }
}
