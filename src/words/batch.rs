//! The sentences on the patients of a batch.

use chrono::NaiveDate;

use super::date;

/// A line, with its file where there are several.
pub fn place(line: u64, file: Option<&str>) -> String {
    file.map_or_else(|| format!("line {line}"), |file| format!("line {line} of {file}"))
}

/// Two patients with one identifier and two birth dates.
pub fn born_on_another_day(id: &str, place: &str, earlier: NaiveDate, born: NaiveDate) -> String {
    format!(
        "patient.id: \"{id}\" is also the patient of {place}, born on {}, not on {}; one identifier is one patient",
        date(earlier),
        date(born)
    )
}

/// Two patients with one identifier and two names.
pub fn has_another_name(id: &str, place: &str) -> String {
    format!("patient.id: \"{id}\" is also the patient of {place}, who has another name; one identifier is one patient")
}

/// A patient who is there twice.
pub fn there_twice(id: &str, earlier: &str, now: &str, is_same: bool) -> String {
    let entries = if is_same { "with the same entries" } else { "with other entries" };
    format!("twice in the batch, {entries}: {id} ({earlier} and {now})")
}

/// More of them than are listed.
pub fn more_there_twice(count: u64) -> String {
    format!("twice in the batch: {count} more")
}

/// More patients than are remembered.
pub fn not_all_compared(most: usize) -> String {
    format!("identifiers were compared with those of the first {most} patients only")
}
