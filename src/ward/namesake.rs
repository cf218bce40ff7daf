//! Patients who are easily taken for one another: two identifiers that read alike, and one person with two identifiers.
//! Doses of one person in two histories are kept apart from each other by nobody.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::event::Identity;
use crate::json::{Text, as_read};

/// A patient of a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The identifier.
    pub id: Text,
    /// The name.
    pub name: Option<Text>,
    /// The date of birth.
    pub birth_date: NaiveDate,
}

impl From<&Identity> for Person {
    fn from(identity: &Identity) -> Self {
        Self { id: identity.id.clone(), name: identity.name.clone(), birth_date: identity.birth_date }
    }
}

/// In what a patient of the register is like another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The identifiers read alike.
    Identifier,
    /// Name and date of birth are the same.
    NameAndBirthDate,
}

/// The patients of a register, as they are looked up by what is like them.
#[derive(Clone, Debug, Default)]
pub struct Namesakes {
    by_id: BTreeMap<String, Person>,
    by_name: BTreeMap<(String, NaiveDate), Person>,
}

impl Namesakes {
    /// Takes a patient in.
    pub fn add(&mut self, person: Person) {
        if let Some(name) = &person.name {
            self.by_name.insert((plain_name(name), person.birth_date), person.clone());
        }
        self.by_id.insert(plain_id(&person.id), person);
    }

    /// A patient with another identifier who is easily taken for this one.
    pub fn of(&self, person: &Person) -> Option<(Likeness, &Person)> {
        let alike = self.by_id.get(&plain_id(&person.id)).map(|it| (Likeness::Identifier, it));
        let named = person.name.as_ref().and_then(|name| self.by_name.get(&(plain_name(name), person.birth_date)));
        let same = named.map(|it| (Likeness::NameAndBirthDate, it));
        alike.into_iter().chain(same).find(|(_, it)| it.id != person.id)
    }
}

impl FromIterator<Person> for Namesakes {
    fn from_iter<I: IntoIterator<Item = Person>>(persons: I) -> Self {
        let mut all = Self::default();
        persons.into_iter().for_each(|person| all.add(person));
        all
    }
}

/// An identifier as it is read aloud or copied by hand: letter case, full width, hyphens, blanks, unseen joiners and zeros
/// in front aside.
fn plain_id(id: &Text) -> String {
    let read: String = as_read(id.as_str()).filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let figures = read.trim_start_matches('0');
    if figures.is_empty() { read } else { figures.to_owned() }
}

/// Whether two names are the same, but for how they are written.
pub(super) fn is_one_name(one: &Text, other: &Text) -> bool {
    plain_name(one) == plain_name(other)
}

/// A name without letter case, full width, unseen joiners, full stops, commas and blanks, whichever of its words is
/// written first.
fn plain_name(name: &Text) -> String {
    let parts = |it: char| it.is_whitespace() || matches!(it, '.' | ',');
    let read: String = as_read(name.as_str()).collect();
    let mut words: Vec<String> = read.split(parts).filter(|it| !it.is_empty()).map(str::to_lowercase).collect();
    words.sort_unstable();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str, name: Option<&str>, birth_date: &str) -> Person {
        let text = |it: &str| it.parse::<Text>().expect("a text");
        Person { id: text(id), name: name.map(text), birth_date: birth_date.parse().expect("a day") }
    }

    #[test]
    fn patients_who_are_easily_taken_for_one_another_are_found() {
        let known: Namesakes = [person("A-1042", Some("Anna Lind"), "1951-04-12"), person("0417", None, "1960-01-01")]
            .into_iter()
            .collect();
        let like = |id, name, birth_date| {
            known.of(&person(id, name, birth_date)).map(|(likeness, it)| (likeness, it.id.to_string()))
        };
        for id in ["a-1042", "A1042", "A\u{2013}1042", "A 1042", "A-10\u{200D}42", "\u{FF21}-1042", "A-１０４２"] {
            assert_eq!(like(id, None, "1970-01-01"), Some((Likeness::Identifier, "A-1042".to_owned())), "{id}");
        }
        assert_eq!(like("417", None, "1960-01-01"), Some((Likeness::Identifier, "0417".to_owned())));
        let same = Some((Likeness::NameAndBirthDate, "A-1042".to_owned()));
        for name in ["LIND, Anna", "Anna Li\u{200C}nd", "Ａｎｎａ Lind"] {
            assert_eq!(like("B-7", Some(name), "1951-04-12"), same, "{name}");
        }
        assert_eq!(like("B-7", Some("Anna Lind"), "1951-04-13"), None);
        assert_eq!(like("A-1043", Some("Anna Berg"), "1951-04-12"), None);
        assert_eq!(like("A-1042", Some("Anna Lind"), "1951-04-12"), None);
    }
}
