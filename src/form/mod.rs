//! The form that a person fills in: its steps and fields, how what is typed is read, and the request that
//! comes of it.
//!
//! The full screen and the line-by-line form ask the same fields and read them with the same functions.
//! Nothing here knows a terminal, the clock or a file, and no rule of treatment is here: what a value
//! means is for the engine to say. Each field is described once, in `fields.rs`.

mod confirm;
mod draft;
mod echo;
mod entered;
mod entry;
mod field;
mod fields;
mod filled;
mod offer;
mod options;
mod read;
mod reopen;
mod visit;
pub mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    plan::{Finding, Plan},
    regimen::{Library, Listed},
};

pub use draft::Draft;
pub use entry::Kind;
pub use field::{Field, Step};
pub use filled::{Filled, Refused};
pub use offer::{PlanFile, another_name};
pub use options::{Choice, NONE};
pub use read::{NotRead, read_date, read_dates, read_decimal, read_text};
pub use visit::DueDose;

/// A form in the hands of a person: what was entered, always together with what it amounts to.
#[derive(Debug)]
pub struct Form {
    library: &'static Library,
    /// Today, which is offered and never assumed. No day of birth and no given dose lies after it.
    today: NaiveDate,
    draft: Draft,
    /// The regimen that was chosen.
    listed: Option<Listed>,
    filled: Filled,
    changes: usize,
}

impl Form {
    /// A form with these entries.
    pub fn new(library: &'static Library, draft: Draft, today: NaiveDate) -> Self {
        let mut form = Self { library, today, draft, listed: None, filled: Filled::default(), changes: 0 };
        form.changed();
        form
    }

    /// The library at hand.
    pub fn library(&self) -> &'static Library {
        self.library
    }

    /// Today.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// What was entered.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The text in a field; empty where there is none.
    pub fn text(&self, field: Field) -> &str {
        self.draft.text(field)
    }

    /// The word of the unit that was chosen for a field; empty where none was.
    pub fn unit(&self, field: Field) -> &str {
        self.draft.unit(field)
    }

    /// Puts text into a field. A confirmation is bound to the figures of its finding.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        self.draft.set(field, text);
        if let Field::ConfirmedBy(code) | Field::ConfirmedBecause(code) = field {
            self.bind_confirmation(code);
        }
        if let Field::DueWas(_) | Field::DueOn(_) = field {
            self.draft.follow();
        }
        self.changed();
    }

    /// Puts a number and its unit into a field.
    pub fn set_measured(&mut self, field: Field, number: impl Into<String>, unit: impl Into<String>) {
        self.draft.set(field, number);
        self.draft.set_unit(field, unit);
        self.changed();
    }

    /// Empties fields, with their units.
    pub fn clear(&mut self, fields: impl IntoIterator<Item = Field>) {
        for field in fields {
            self.draft.set(field, "");
            self.draft.set_unit(field, "");
            if let Field::DueWas(_) | Field::DueOn(_) = field {
                self.draft.follow();
            }
        }
        self.changed();
    }

    /// Puts other entries in the place of these.
    pub fn replace(&mut self, draft: Draft) {
        self.draft = draft;
        self.changed();
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
        let ordered: Vec<&str> = options.iter().map(|it| &*it.word).filter(|it| words.contains(it)).collect();
        let text = ordered.join(" ");
        self.set(field, text);
    }

    /// What the entries amount to.
    pub fn filled(&self) -> &Filled {
        &self.filled
    }

    /// How often what is entered was read, and a plan made of it, since the form began.
    pub fn changes(&self) -> usize {
        self.changes
    }

    /// The entries by the keys of their fields.
    pub fn entries(&self) -> BTreeMap<String, String> {
        self.draft.entries()
    }

    /// The regimen that was chosen.
    pub fn listed(&self) -> Option<Listed> {
        self.listed
    }

    /// The plan of a form with nothing wrong and nothing missing.
    pub fn plan(&self) -> Option<&Plan> {
        self.filled.plan()
    }

    /// The fields of a step that are asked, in order. Those of the review are the findings to confirm.
    pub fn fields(&self, step: Step) -> Vec<Field> {
        let in_step = |field: &Field| field.steps().contains(&step) && self.asks(*field);
        let fields = Field::ALL.iter().copied().filter(in_step);
        if step == Step::Review {
            let codes = self.to_confirm().into_iter().map(Finding::code);
            let confirmed = codes.flat_map(|code| [Field::ConfirmedBy(code), Field::ConfirmedBecause(code)]);
            return confirmed.chain(fields).collect();
        }
        let due = if step == Step::Safety { self.due_fields() } else { Vec::new() };
        due.into_iter().chain(fields).collect()
    }

    /// Takes account of a change of the draft.
    fn changed(&mut self) {
        let path = self.draft.text(Field::Regimen);
        self.listed = self.library.regimens().find(|it| options::path(*it) == path);
        self.filled = self.fill();
        self.changes += 1;
    }
}
