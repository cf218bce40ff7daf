//! What can be chosen in a field: everything the library and the interface offer, and nothing else.

use std::borrow::Cow;

use super::{Field, Form, Kind, words};
use crate::{
    patient::{Indication, Route},
    regimen::{ByMouth, Interval, Listed, Regimen},
    words::every_weeks,
};

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its word, as the draft keeps it.
    pub word: Cow<'static, str>,
    /// What people read.
    pub label: Cow<'static, str>,
    /// The letter or digit that chooses it, of which there is one in its list.
    pub key: char,
}

/// Why nothing was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotChosen {
    /// Nothing of the list has this letter.
    NoSuchLetter,
    /// "None of these" cannot be chosen while something else is marked.
    MarksStand,
}

/// The word of "none of these", which is an answer; an empty field is none.
pub const NONE: &str = "none";
/// The answer that nothing of a list applies.
pub(super) const NONE_OF_THESE: &str = "none of these";
/// The word of a new course.
pub(super) const NEW_COURSE: &str = "new";
/// The word of a course under way.
pub(super) const UNDER_WAY: &str = "under-way";
/// The word of yes.
pub(super) const YES: &str = "yes";
/// The word of no.
pub(super) const NO: &str = "no";

/// Something that can be chosen, before its list gives it a letter.
pub(crate) fn choice(word: impl Into<Cow<'static, str>>, label: impl Into<Cow<'static, str>>) -> Choice {
    Choice { word: word.into(), label: label.into(), key: ' ' }
}

/// The keys that are left where no letter of a label is.
const OTHER_KEYS: &str = "1234567890abcdefghijklmnopqrstuvwxyz";

/// Gives each of a list, of which one can be chosen, a letter of its label: where it can be, the first.
pub(crate) fn letter_one_of(list: &mut [Choice]) {
    let mut taken: Vec<char> = Vec::new();
    let keys: Vec<Option<char>> = list
        .iter()
        .map(|it| {
            let key = first_key(it).filter(|key| !taken.contains(key));
            taken.extend(key);
            key
        })
        .collect();
    for (choice, key) in list.iter_mut().zip(keys) {
        choice.key = key.unwrap_or_else(|| {
            let free = |key: &char| !taken.contains(key);
            let of_label = initials(&choice.label).into_iter().chain(letters(&choice.label));
            let key = of_label.chain(OTHER_KEYS.chars()).find(free).unwrap_or(' ');
            taken.push(key);
            key
        });
    }
}

/// The letter that is preferred: the number of what is counted, else the first letter of the label.
fn first_key(choice: &Choice) -> Option<char> {
    let counted = choice.word.bytes().all(|byte| byte.is_ascii_digit()).then(|| choice.word.chars().next());
    counted.flatten().or_else(|| letters(&choice.label).next())
}

/// The first letters of the words of a label.
fn initials(label: &str) -> Vec<char> {
    label.split(|c: char| !c.is_alphanumeric()).filter_map(|word| letters(word).next()).collect()
}

/// The letters of a label that every keyboard has.
fn letters(label: &str) -> impl Iterator<Item = char> {
    label.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase())
}

/// Gives each of a list, of which any can be marked, a digit or letter in turn, and n to "none of these".
fn letter_marks(list: &mut [Choice]) {
    let mut keys = ('1'..='9').chain('a'..='z').filter(|key| *key != 'n');
    for choice in list {
        choice.key = if choice.word == NONE { 'n' } else { keys.next().unwrap_or(' ') };
    }
}

impl Form {
    /// What can be chosen in a field; nothing where something is typed.
    pub fn options(&self, field: Field) -> Vec<Choice> {
        let entry = field.description().entry;
        let mut options = entry.options(self);
        match entry.kind() {
            Kind::Many => letter_marks(&mut options),
            _ => letter_one_of(&mut options),
        }
        options
    }

    /// Chooses what has a letter, or marks it, or takes its mark away.
    pub fn choose(&mut self, field: Field, key: char) -> Result<(), NotChosen> {
        let key = key.to_ascii_lowercase();
        let chosen = self.options(field).into_iter().find(|it| it.key == key).ok_or(NotChosen::NoSuchLetter)?;
        if field.kind() == Kind::Many {
            return self.toggle(field, &chosen.word);
        }
        self.set(field, chosen.word);
        Ok(())
    }

    /// Marks one of a list of words, or takes its mark away. "None of these" goes with no other: it takes no mark
    /// away, and a mark takes it away.
    pub fn toggle(&mut self, field: Field, word: &str) -> Result<(), NotChosen> {
        let mut words: Vec<&str> = self.chosen(field).collect();
        match words.iter().position(|it| *it == word) {
            Some(at) => drop(words.remove(at)),
            None if word == NONE && !words.is_empty() => return Err(NotChosen::MarksStand),
            None if word == NONE => words.push(NONE),
            None => {
                words.retain(|it| *it != NONE);
                words.push(word);
            }
        }
        // In the order of the list, whatever the order of the keys; a word that is not offered stays.
        let options = self.options(field);
        let place = |word: &&str| options.iter().position(|it| it.word == *word).unwrap_or(usize::MAX);
        words.sort_by_key(place);
        let text = words.join(" ");
        self.set(field, text);
        Ok(())
    }

    /// The option that holds where nothing is chosen; none where something must be.
    pub fn usual(&self, field: Field) -> Option<String> {
        field.description().entry.usual(self)
    }

    /// The words chosen in a field.
    pub fn chosen(&self, field: Field) -> impl Iterator<Item = &str> {
        self.text(field).split(' ').filter(|word| !word.is_empty())
    }

    /// Whether the regimen that was chosen has something.
    pub(super) fn offers(&self, has: impl FnOnce(&'static Regimen) -> bool) -> bool {
        self.listed.is_some_and(|it| has(it.regimen))
    }

    /// The regimens of the indication, each to be compared with the others.
    pub fn regimens(&self) -> impl Iterator<Item = Listed> {
        let indication = Indication::from_word(self.text(Field::Indication));
        self.library.regimens().filter(move |it| Some(it.regimen.indication) == indication)
    }

    /// The regimens of the indication as something to choose.
    pub(super) fn drugs(&self) -> Vec<Choice> {
        self.regimens().map(|it| choice(path(it), words::regimen(it))).collect()
    }

    /// Whether the drug that was chosen was given before, so that its course may be under way.
    pub(super) fn may_be_under_way(&self) -> bool {
        self.listed.is_some_and(|it| it.drug.drug.as_str() == self.text(Field::LastDrug))
    }

    /// The drugs that may have been given before, and none of them.
    pub(super) fn last_drugs(&self) -> Vec<Choice> {
        let drugs = self.library.drug_words().filter_map(|word| self.library.drug(word)).map(|(drug, _)| drug);
        let drugs = drugs.map(|drug| choice(drug.drug.as_str(), drug.name.as_str()));
        let others = self.library.limits().other_antiresorptives.iter();
        let others = others.map(|it| choice(it.id.as_str(), it.name.as_str()));
        [choice(NONE, NONE_OF_THESE)].into_iter().chain(drugs).chain(others).collect()
    }

    /// The ways in which the last antiresorptive can have been given, where there is more than one.
    pub(super) fn last_routes(&self) -> Vec<Route> {
        let word = self.text(Field::LastDrug);
        let others = &self.library.limits().other_antiresorptives;
        let mut routes: Vec<Route> = match (self.library.drug(word), others.iter().find(|it| it.id.as_str() == word)) {
            (Some((drug, _)), _) => drug.regimens.iter().map(|it| it.route).collect(),
            (None, Some(other)) if other.by_mouth == ByMouth::Either => vec![Route::Intravenous, Route::Oral],
            _ => Vec::new(),
        };
        routes.sort_unstable();
        routes.dedup();
        if routes.len() > 1 { routes } else { Vec::new() }
    }

    pub(super) fn products(&self) -> Vec<Choice> {
        let products = self.listed.into_iter().flat_map(Listed::products);
        products.map(|it| choice(it.id.as_str(), it.name.as_str())).collect()
    }

    pub(super) fn usual_product(&self) -> Option<String> {
        let usual = self.listed?.regimen.usual_product().map(ToString::to_string);
        self.ward_product().or(usual)
    }

    pub(super) fn intervals(&self) -> Vec<Choice> {
        let interval = self.listed.and_then(|it| it.regimen.interval.as_ref());
        let weeks = interval.into_iter().flat_map(Interval::offered);
        weeks.map(|weeks| choice(weeks.to_string(), every_weeks(weeks, &[]))).collect()
    }

    pub(super) fn usual_interval(&self) -> Option<String> {
        self.listed?.regimen.interval.as_ref().map(|it| it.default_weeks.to_string())
    }
}

/// A regimen's name in plans.
pub(super) fn path(listed: Listed) -> String {
    listed.regimen.path(&listed.drug.drug)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A list of words with their labels, and whether any or one of them can be chosen.
    fn keys(labels: &[(&'static str, &'static str)], give: fn(&mut [Choice])) -> String {
        let mut list: Vec<Choice> = labels.iter().map(|(word, label)| choice(*word, *label)).collect();
        give(&mut list);
        list.iter().map(|it| it.key).collect()
    }

    #[test]
    fn one_of_a_list_has_a_letter_of_its_label() {
        let list = [("a", "given"), ("b", "held: creatinine"), ("c", "held: calcium"), ("d", "missed"), ("e", "held")];
        assert_eq!(keys(&list, letter_one_of), "ghcme");
        assert_eq!(
            keys(&[("3", "every 3 weeks"), ("4", "every 4 weeks"), ("12", "every 12 weeks")], letter_one_of),
            "341"
        );
        assert_eq!(keys(&[("x", "a"), ("y", "a"), ("z", "a")], letter_one_of), "a12");
        assert_eq!(keys(&[("x", "山"), ("y", "Ärzte")], letter_one_of), "1r");
    }

    #[test]
    fn marks_have_digits_and_letters_in_turn() {
        let labels: Vec<(&str, &str)> =
            (0..20).map(|at| if at == 0 { (NONE, NONE_OF_THESE) } else { ("x", "y") }).collect();
        assert_eq!(keys(&labels, letter_marks), "n123456789abcdefghij");
    }
}
