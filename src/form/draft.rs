//! What was typed and chosen so far, as it was typed.

use std::collections::BTreeMap;

use super::{Field, Kind, visit::Visit};
use crate::{json::visible, regimen::Code};

/// The entries of a form: text by field. A choice is its word, several are words with blanks between.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    texts: BTreeMap<Field, String>,
    units: BTreeMap<Field, String>,
    /// The figures of each finding as they were when it was confirmed.
    confirmed: BTreeMap<Code, String>,
    /// What a next visit begins from.
    pub(super) visit: Option<Visit>,
}

/// How the key of a unit ends; before it is the key of its field.
const UNIT: &str = "-unit";

impl Draft {
    /// The text in a field; empty where there is none.
    pub fn text(&self, field: Field) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// The word of the unit of a field; empty where none was chosen.
    pub fn unit(&self, field: Field) -> &str {
        self.units.get(&field).map_or("", String::as_str)
    }

    /// The figures for which a finding was confirmed; empty where it was not.
    pub(super) fn confirmed_figures(&self, code: Code) -> &str {
        self.confirmed.get(&code).map_or("", String::as_str)
    }

    /// Puts text into a field. Empty text empties it.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        put(&mut self.texts, field, text.into());
    }

    /// Chooses the unit of a field. An empty word takes the choice away.
    pub fn set_unit(&mut self, field: Field, unit: impl Into<String>) {
        put(&mut self.units, field, unit.into());
    }

    /// Notes the figures for which a finding is confirmed.
    pub(super) fn set_confirmed_figures(&mut self, code: Code, figures: impl Into<String>) {
        put(&mut self.confirmed, code, figures.into());
    }

    /// What a next visit begins from, where this is one.
    pub(super) fn visit(&self) -> Option<&Visit> {
        self.visit.as_ref()
    }

    /// How many entries there are.
    pub fn count(&self) -> usize {
        self.texts.len() + self.units.len()
    }

    /// The fields with something in them.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.texts.keys().copied()
    }

    /// What is the same at the next visit. Nothing of it is confirmed yet.
    pub(super) fn of_next_visit(&self) -> Self {
        let mut draft = self.clone();
        draft.texts.retain(|field, _| field.description().lasts);
        draft.units.retain(|field, _| field.description().lasts);
        draft.confirmed.clear();
        draft
    }

    /// The entries by the keys of their fields.
    pub fn entries(&self) -> BTreeMap<String, String> {
        let texts = self.texts.iter().map(|(field, text)| (field.key(), text));
        let units = self.units.iter().map(|(field, unit)| (field.key() + UNIT, unit));
        let confirmed = self.confirmed.iter().map(|(code, figures)| (figures_key(*code), figures));
        let entries = texts.chain(units).chain(confirmed).map(|(key, text)| (key, text.clone()));
        entries.chain(self.visit_entry().map(|visit| (Self::VISIT.to_owned(), visit))).collect()
    }

    /// The draft of such entries; those of unknown fields are left out, and characters that cannot be seen.
    ///
    /// A draft of an earlier version binds a confirmation to a sentence, under a key that is no longer known:
    /// such a confirmation is asked again.
    pub fn from_entries(entries: &BTreeMap<String, String>) -> Self {
        let mut draft = Self::default();
        for (key, text) in entries {
            let text = visible(text);
            if key == Self::VISIT {
                draft.take_visit(&text);
            } else if let Some(field) = Field::from_key(key) {
                draft.set(field, text);
            } else if let Some(code) = confirmed_code(key) {
                draft.set_confirmed_figures(code, text);
            } else if let Some(field) = key.strip_suffix(UNIT).and_then(Field::from_key)
                && field.kind() == Kind::Measured
            {
                draft.set_unit(field, text);
            }
        }
        draft
    }
}

fn put<K: Ord>(texts: &mut BTreeMap<K, String>, key: K, text: String) {
    if text.is_empty() {
        texts.remove(&key);
    } else {
        texts.insert(key, text);
    }
}

/// The key of the figures for which a finding was confirmed.
fn figures_key(code: Code) -> String {
    format!("confirm.{}.figures", code.as_str())
}

/// The finding of such a key.
fn confirmed_code(key: &str) -> Option<Code> {
    Code::from_word(key.strip_prefix("confirm.")?.strip_suffix(".figures")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_comes_back_from_its_entries() {
        let mut draft = Draft::default();
        draft.set(Field::Creatinine, "92");
        draft.set_unit(Field::Creatinine, "umol/L");
        draft.set(Field::ConfirmedBy(Code::CalciumUnknown), "Dr K. Holm");
        draft.set_confirmed_figures(Code::CalciumUnknown, "figures");
        let entries = draft.entries();
        let keys: Vec<&str> = entries.keys().map(String::as_str).collect();
        let confirmed = ["confirm.calcium-unknown.by", "confirm.calcium-unknown.figures"];
        assert_eq!(keys, [&confirmed[..], &["creatinine", "creatinine-unit"]].concat());
        assert_eq!(Draft::from_entries(&entries), draft);
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let unknown = ["weight-unit", "confirm.nothing.figures", "confirm.calcium-unknown.saying", "x"];
        let entries = unknown.map(|key| (key.to_owned(), "kg".to_owned())).into();
        assert_eq!(Draft::from_entries(&entries), Draft::default());
    }
}
