//! Patients whose names are easily taken for one another.

use std::collections::BTreeSet;

use crate::{json::as_read, ward::namesake::Person};

/// How many letters two names differ in at most to be alike.
const FEW: usize = 2;
/// The letters that a name has at least, where some of them may be others.
const LONG: usize = 6;

/// Those of a ward whose names are like that of a patient: one family name, or names that differ in few letters.
pub fn similar<'p>(id: &str, name: &str, all: impl IntoIterator<Item = &'p Person>) -> Vec<&'p Person> {
    let (family, words) = (family(name), words(name));
    let is_alike = |person: &&Person| {
        let Some(other) = person.name.as_ref().filter(|_| person.id.as_str() != id) else { return false };
        let (other_family, other_words) = (self::family(other.as_str()), self::words(other.as_str()));
        if family.is_empty() || words.is_empty() {
            return false;
        }
        family == other_family || words == other_words || differs_little(&family, &other_family)
    };
    all.into_iter().filter(is_alike).collect()
}

/// The family name: what stands before the comma, else the last word.
fn family(name: &str) -> String {
    let read: String = as_read(name).collect();
    let family = match read.split_once(',') {
        Some((family, _)) => family.to_owned(),
        None => read.split_whitespace().last().unwrap_or_default().to_owned(),
    };
    family.trim().to_lowercase()
}

fn words(name: &str) -> BTreeSet<String> {
    let read: String = as_read(name).collect();
    let parts = read.split(|it: char| !it.is_alphanumeric());
    parts.filter(|it| !it.is_empty()).map(str::to_lowercase).collect()
}

/// Whether two long names differ in few letters.
fn differs_little(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    one.len().min(other.len()) >= LONG && one.len().abs_diff(other.len()) <= FEW && distance(&one, &other) <= FEW
}

/// How many letters must be put in, taken out or changed to make one word of the other.
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut now = vec![row + 1];
        for (column, it) in other.iter().enumerate() {
            let changed = before[column] + usize::from(letter != it);
            now.push(changed.min(before[column + 1] + 1).min(now[column] + 1));
        }
        before = now;
    }
    before.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_easily_taken_for_one_another_are_found() {
        let person = |id: &str, name: &str| Person {
            id: id.parse().expect("an identifier"),
            name: Some(name.parse().expect("a name")),
            birth_date: "1958-03-14".parse().expect("a day"),
        };
        let all = [
            person("1", "HOLM, Anna"),
            person("2", "HOLM, Anne"),
            person("3", "Anna Holm"),
            person("4", "HOLMGREN, Nils"),
            person("5", "HOLMGREEN, Nina"),
            person("6", "BERG, Ole"),
        ];
        let ids = |id, name| similar(id, name, &all).iter().map(|it| it.id.to_string()).collect::<Vec<_>>();
        assert_eq!(ids("1", "HOLM, Anna"), ["2", "3"]);
        assert_eq!(ids("4", "HOLMGREN, Nils"), ["5"]);
        assert!(ids("6", "BERG, Ole").is_empty());
    }
}
