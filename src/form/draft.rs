//! What was typed and chosen so far, as it was typed.

use std::collections::BTreeMap;

use super::Field;
use crate::json::visible;

/// The entries of a form: text by field. A choice is its word, several are words with blanks between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft(BTreeMap<Field, String>);

impl Draft {
    /// What stands in a field; empty where nothing does.
    pub fn text(&self, field: Field) -> &str {
        self.0.get(&field).map_or("", String::as_str)
    }

    /// Puts text into a field. Empty text empties it.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        let text = text.into();
        if text.is_empty() {
            self.0.remove(&field);
        } else {
            self.0.insert(field, text);
        }
    }

    /// Whether nothing was entered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entries by the keys of their fields.
    pub fn entries(&self) -> BTreeMap<String, String> {
        self.0.iter().map(|(field, text)| (field.key(), text.clone())).collect()
    }

    /// The draft of such entries; those of unknown fields are left out, and characters that cannot be seen.
    pub fn from_entries(entries: &BTreeMap<String, String>) -> Self {
        let known = |(key, text): (&String, &String)| Some((Field::from_key(key)?, visible(text)));
        Self(entries.iter().filter_map(known).filter(|(_, text)| !text.is_empty()).collect())
    }

    /// The fields with something in them.
    pub fn fields(&self) -> impl Iterator<Item = Field> {
        self.0.keys().copied()
    }
}
