//! A form in the hands of a person: the draft, and what it amounts to.

use std::collections::BTreeMap;

use super::{Draft, Field, Filled, options::NONE};
use crate::{
    dosing,
    plan::Plan,
    regimen::{Library, Listed},
    request::Request,
};

/// A form: what was entered, always together with what it amounts to.
#[derive(Debug)]
pub struct Form {
    pub(super) library: &'static Library,
    pub(super) draft: Draft,
    filled: Filled,
}

impl Form {
    /// A form with these entries.
    pub fn new(library: &'static Library, draft: Draft) -> Self {
        let mut form = Self { library, draft, filled: Filled::default() };
        form.filled = form.fill();
        form
    }

    /// The library at hand.
    pub fn library(&self) -> &'static Library {
        self.library
    }

    /// What was entered.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// What stands in a field; empty where nothing does.
    pub fn text(&self, field: Field) -> &str {
        self.draft.text(field)
    }

    /// Puts text into a field.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        self.draft.set(field, text);
        // A confirmation holds for what the finding said when it was given.
        if let Field::ConfirmedBy(code) | Field::ConfirmedBecause(code) = field {
            let saying = self.saying(code).unwrap_or_default();
            self.draft.set(Field::ConfirmedSaying(code), saying);
        }
        self.filled = self.fill();
    }

    /// What a finding says now, of which drug: a confirmation holds for that and for nothing else.
    fn saying(&self, code: crate::regimen::Code) -> Option<String> {
        let message = self.filled.to_confirm().get(&code)?;
        Some(format!("{}: {message}", self.text(Field::Regimen)))
    }

    /// Whether a finding says the same of the same drug as when it was confirmed.
    pub fn says_the_same(&self, code: crate::regimen::Code, message: &str) -> bool {
        self.text(Field::ConfirmedSaying(code)) == format!("{}: {message}", self.text(Field::Regimen))
    }

    /// Marks one of a list of words, or takes its mark away. "None of these" goes with no other.
    pub fn toggle(&mut self, field: Field, word: &str) {
        let mut words: Vec<&str> = self.chosen(field).collect();
        match words.iter().position(|it| *it == word) {
            Some(at) => drop(words.remove(at)),
            None if word == NONE => words = vec![NONE],
            None => {
                words.retain(|it| *it != NONE);
                words.push(word);
            }
        }
        // In the order of the list, whatever the order of the keys.
        let options = self.options(field);
        let ordered: Vec<&str> = options.iter().map(|it| it.word.as_str()).filter(|it| words.contains(it)).collect();
        let text = ordered.join(" ");
        self.set(field, text);
    }

    /// What the entries amount to.
    pub fn filled(&self) -> &Filled {
        &self.filled
    }

    /// The entries by the keys of their fields.
    pub fn entries(&self) -> BTreeMap<String, String> {
        self.draft.entries()
    }

    /// The regimen that was chosen.
    pub fn listed(&self) -> Option<Listed> {
        let path = self.text(Field::Regimen);
        self.library.regimens().find(|it| it.regimen.path(&it.drug.drug) == path)
    }

    /// The plan of a form with nothing wrong and nothing missing.
    pub fn plan(&self) -> Option<Plan> {
        self.filled.request().and_then(|request| self.plan_of(request))
    }

    /// The plan of a request.
    pub(super) fn plan_of(&self, request: &Request) -> Option<Plan> {
        dosing::plan(request.clone(), self.library).ok()
    }
}
