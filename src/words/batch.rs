//! The sentences on the patients of a batch.

use chrono::NaiveDate;

use super::date;

/// Two patients with one identifier and two birth dates.
pub fn born_on_another_day(id: &str, line: u64, earlier: NaiveDate, born: NaiveDate) -> String {
    format!(
        "patient.id: \"{id}\" is also the patient of line {line}, born on {}, not on {}; one identifier is one patient",
        date(earlier),
        date(born)
    )
}

/// Two patients with one identifier and two names.
pub fn has_another_name(id: &str, line: u64) -> String {
    format!(
        "patient.id: \"{id}\" is also the patient of line {line}, who has another name; one identifier is one patient"
    )
}

/// A patient who is there twice.
pub fn there_twice(id: &str, (earlier, line): (u64, u64), is_same: bool) -> String {
    let entries = if is_same { "with the same entries" } else { "with other entries" };
    format!("twice in the batch, {entries}: {id} (lines {earlier} and {line})")
}

/// More of them than are listed.
pub fn more_there_twice(count: u64) -> String {
    format!("twice in the batch: {count} more")
}

/// More patients than are remembered.
pub fn not_all_compared(most: usize) -> String {
    format!("identifiers were compared with those of the first {most} patients only")
}
