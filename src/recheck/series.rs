//! What would change on the schedule, with entries in a row that change alike on one line.

use super::{
    Difference, Value,
    names::{date, day},
    outcome::figure,
};
use crate::{
    json::{Numbered, Step},
    words::recheck as words,
};

/// Entries in a row that change alike.
struct Series<'a> {
    /// The first of them.
    entry: &'a Difference,
    /// Its number, where it has one.
    first: Option<&'a Numbered>,
    /// The number of the last of them.
    last: u64,
    /// What changes in every one of them.
    change: String,
}

impl Series<'_> {
    /// Whether an entry is the next one of the row.
    fn goes_on_with(&self, next: Option<&Numbered>, change: &str) -> bool {
        let (Some(first), Some(next)) = (self.first, next) else { return false };
        first.plural == next.plural && next.number.checked_sub(1) == Some(self.last) && self.change == change
    }
}

/// The lines of the schedule, each with what would be otherwise.
pub(super) fn of_entries(changes: &[&Difference]) -> Vec<String> {
    let mut all: Vec<Series<'_>> = Vec::new();
    for change in changes.iter().copied().filter(|change| !follows_its_date(change, changes)) {
        let numbered = change.path.get(2).and_then(Step::numbered);
        let number = numbered.map_or(0, |it| it.number);
        let text = alike(change);
        match all.iter_mut().find(|series| series.goes_on_with(numbered, &text)) {
            Some(series) => series.last = number,
            None => all.push(Series { entry: change, first: numbered, last: number, change: text }),
        }
    }
    all.iter().map(line).collect()
}

fn line(series: &Series<'_>) -> String {
    match series.first {
        Some(first) if first.number < series.last => {
            words::said_of(&words::run(&first.plural, first.number, series.last), &series.change)
        }
        _ => words::said_of(name(series.entry), &alone(series.entry)),
    }
}

/// The name of the entry.
fn name(change: &Difference) -> &str {
    change.path.get(2).and_then(Step::entry).unwrap_or(words::ORDER)
}

/// The change of an entry, worded alike for all that change in the same way.
fn alike(change: &Difference) -> String {
    match (aspect(change), moved(change)) {
        (Some("date"), Some(days)) => words::moved(days),
        (Some("planned_date"), Some(days)) => words::planned(&words::moved(days)),
        (None, _) if change.now.is_nothing() => words::GONE.to_owned(),
        (None, _) if change.was.is_nothing() => words::NEW.to_owned(),
        _ => alone(change),
    }
}

/// What is said of an entry that changes alone.
fn alone(change: &Difference) -> String {
    let (was, now) = (&change.was, &change.now);
    match aspect(change) {
        Some("date") => {
            let moved = moved(change).map_or_else(String::new, |days| format!(" ({})", words::moved(days)));
            format!("{}{moved}", words::would_be("", &day(was), &day(now)))
        }
        Some(aspect) => {
            let label = if aspect == "dose_mg" { String::new() } else { words::aspect(aspect) };
            words::changed(&label, &figure(aspect, was), &figure(aspect, now))
        }
        None if now.is_nothing() => words::gone(&entry(was)),
        None if was.is_nothing() => words::new(&entry(now)),
        None => words::would_be("", &was.to_string(), &now.to_string()),
    }
}

/// An entry that comes or goes: its day, and its dose where it has one.
fn entry(entry: &Value) -> String {
    let dose = entry.member("dose_mg");
    let day = day(entry.member("date"));
    if dose.is_nothing() { day } else { words::dose_on(&figure("dose_mg", dose), &day) }
}

/// The key below the entry.
fn aspect(change: &Difference) -> Option<&str> {
    change.path.get(3).and_then(Step::key)
}

/// By how many days a date moves.
fn moved(change: &Difference) -> Option<i64> {
    Some((date(&change.now)? - date(&change.was)?).num_days())
}

/// Whether a planned date moves as far as the date itself, which says it already.
fn follows_its_date(change: &Difference, changes: &[&Difference]) -> bool {
    let entry = change.path.get(2);
    let same = |other: &&Difference| {
        other.path.get(2) == entry && aspect(other) == Some("date") && moved(other) == moved(change)
    };
    aspect(change) == Some("planned_date") && moved(change).is_some() && changes.iter().any(same)
}
