//! Who was in a batch so far: two patients with one identifier are never taken for one, and a patient who is there
//! twice is named.

use std::{
    collections::hash_map::{DefaultHasher, Entry},
    hash::{Hash, Hasher},
};

use chrono::NaiveDate;

use super::relay::{Block, Item};
use crate::{
    json::{Text, printable},
    request::Request,
    words::batch as words,
};

/// A patient with a plan, as a roster compares them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patient {
    /// Which item of the block it is.
    item: usize,
    /// Of the identifier.
    key: u64,
    seen: Seen,
}

/// What is remembered of a patient. Names and rows are digests, so that little memory is used.
#[derive(Clone, Copy, Debug)]
struct Seen {
    born: NaiveDate,
    name: Option<u32>,
    row: u32,
    line: u64,
}

/// Patients by the digests of their identifiers, each with the file it is in.
#[expect(clippy::disallowed_types, reason = "a patient is looked up in it, and its order is never seen")]
type ByKey = std::collections::HashMap<u64, (usize, Seen)>;

/// The patients of a batch, of all its files.
#[derive(Default)]
pub(super) struct Roster {
    seen: ByKey,
    /// The names of the files.
    files: Vec<String>,
    /// The lines of patients who are there more than once; whether the rows are the same.
    again: Vec<Again>,
    /// How many more there are than are listed.
    more: u64,
    is_full: bool,
}

/// A line of a file of the batch.
type Place = (usize, u64);

/// A patient who was there before.
struct Again {
    id: String,
    places: (Place, Place),
    is_same: bool,
}

/// The most patients that are remembered: about 12 MiB. A few more would need twice that.
const MOST_PATIENTS: usize = 225_000;
/// The most patients that are listed as being there more than once.
const MOST_LISTED: usize = 20;

impl Patient {
    /// Who the patient of a request is; none without an identifier.
    pub(super) fn of(item: usize, line: u64, request: &Request, text: &[u8]) -> Option<Self> {
        let mut hasher = DefaultHasher::new();
        request.patient.id.as_ref()?.as_str().hash(&mut hasher);
        let name = request.patient.name.as_ref().map(digest);
        // A mark at the start of a file and the end of a line are not part of a request.
        let row = crc32fast::hash(text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text).trim_ascii());
        let seen = Seen { born: request.patient.birth_date, name, row, line };
        Some(Self { item, key: hasher.finish(), seen })
    }
}

/// A name without the differences of letter case and white space.
fn digest(name: &Text) -> u32 {
    let words: Vec<String> = name.as_str().split_whitespace().map(str::to_lowercase).collect();
    crc32fast::hash(words.join(" ").as_bytes())
}

impl Roster {
    /// Begins a file.
    pub(super) fn begin(&mut self, name: String) {
        self.files.push(name);
    }

    /// What a line is called: with its file, where that is not the only one so far.
    fn place(&self, (file, line): Place) -> String {
        words::place(line, self.files.get(file).filter(|_| self.files.len() > 1).map(String::as_str))
    }

    /// Enters the patients of a block; turns those into errors who have the identifier of another person. Returns
    /// whether there were any.
    pub(super) fn enter(&mut self, block: &mut Block) -> bool {
        let mut confused = false;
        let file = self.files.len().saturating_sub(1);
        for Patient { item, key, seen } in std::mem::take(&mut block.patients) {
            let is_full = self.seen.len() >= MOST_PATIENTS;
            let (earlier_file, earlier) = match self.seen.entry(key) {
                Entry::Occupied(entry) => *entry.get(),
                Entry::Vacant(_) if is_full => {
                    self.is_full = true;
                    continue;
                }
                Entry::Vacant(entry) => {
                    entry.insert((file, seen));
                    continue;
                }
            };
            let has_other_name = earlier.name.zip(seen.name).is_some_and(|(one, other)| one != other);
            let is_another = earlier.born != seen.born || has_other_name;
            if !is_another && self.again.len() >= MOST_LISTED {
                self.more += 1;
                continue;
            }
            let Item::Request { line, text, .. } = &block.items[item] else { continue };
            let (line, text) = (*line, &block.text[text.clone()]);
            let Some(id) = Request::parse(text).ok().and_then(|request| request.patient.id) else { continue };
            let id = printable(id.as_str());
            let before = (earlier_file, earlier.line);
            if !is_another {
                self.again.push(Again { id, places: (before, (file, line)), is_same: earlier.row == seen.row });
                continue;
            }
            let error = if earlier.born == seen.born {
                words::has_another_name(&id, &self.place(before))
            } else {
                words::born_on_another_day(&id, &self.place(before), earlier.born, seen.born)
            };
            block.items[item] = Item::Unusable { line, id: Some(id), error };
            confused = true;
        }
        confused
    }

    fn twice(&self, Again { id, places: (before, now), is_same }: &Again) -> String {
        words::there_twice(id, &self.place(*before), &self.place(*now), *is_same)
    }

    /// What the summary says of the patients, a line each.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.again.iter().map(|it| self.twice(it)).collect();
        if self.more > 0 {
            lines.push(words::more_there_twice(self.more));
        }
        if self.is_full {
            lines.push(words::not_all_compared(MOST_PATIENTS));
        }
        lines
    }
}
