//! The form that a person fills in: its steps and fields, how what is typed is read, and the request that
//! comes of it.
//!
//! The full screen and the line-by-line form ask the same fields and read them with the same functions.
//! Nothing here knows a terminal, the clock or a file, and no rule of treatment is here: what a value
//! means is for the engine to say. Each field is described once, in `fields.rs`.

mod closure;
mod confirm;
mod day;
mod draft;
mod entered;
mod entry;
mod field;
mod fields;
mod filled;
mod measure;
mod offer;
mod options;
mod read;
mod reading;
mod reopen;
#[cfg(test)]
mod tests;
mod visit;
mod walk;
mod ward;
pub mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    plan::{Finding, Plan},
    regimen::{Library, Listed},
};

pub use closure::{Closure, read_closure};
pub use confirm::NotConfirmed;
#[cfg(feature = "ward")]
pub(crate) use confirm::is_confirmed_by;
pub use day::{Reference, WithoutYear, read_date};
pub use draft::Draft;
pub use entry::Kind;
pub use field::{Field, Step};
pub use filled::{Filled, Refused};
pub use measure::TypedUnit;
pub use offer::{PlanFile, another_name};
pub use options::{Choice, NONE, NotChosen};
#[cfg(feature = "ward")]
pub(crate) use options::{choice, letter_one_of};
pub use read::{NotRead, OtherUnit, read_decimal, read_text};
pub use reading::Reading;
pub use visit::DueDose;

/// The most letters of an entry.
const LONGEST: usize = 1000;

/// A form in the hands of a person: what was entered, always together with what it amounts to.
#[derive(Debug)]
pub struct Form {
    library: &'static Library,
    /// Today, which is offered and never assumed. No day of birth and no given dose lies after it.
    today: NaiveDate,
    draft: Draft,
    /// The form of the plan before: the one that was opened, or the one before a next visit.
    before: Option<Box<Self>>,
    /// The regimen that was chosen.
    listed: Option<Listed>,
    filled: Filled,
    /// What holds for every patient of the ward.
    ward: ward::Ward,
    changes: usize,
}

impl Form {
    /// A form with these entries.
    pub fn new(library: &'static Library, draft: Draft, today: NaiveDate) -> Self {
        let before = draft.before().map(|before| Box::new(Self::new(library, before, today)));
        let mut form = Self {
            library,
            today,
            draft,
            before,
            listed: None,
            filled: Filled::default(),
            ward: ward::Ward::default(),
            changes: 0,
        };
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

    /// Puts text into a field, letter by letter, and returns why it was not taken where it is too long: the entry then
    /// stays as it was. A confirmation whose name or reason is changed is none.
    pub fn set(&mut self, field: Field, text: impl Into<String>) -> Option<NotRead> {
        let text = text.into();
        let letters = text.chars().count();
        if letters > LONGEST && letters > self.text(field).chars().count() {
            return Some(NotRead::LongText(LONGEST));
        }
        self.put(field, text);
        self.changed();
        None
    }

    /// Empties fields.
    pub fn clear(&mut self, fields: impl IntoIterator<Item = Field>) {
        for field in fields {
            self.put(field, String::new());
        }
        self.changed();
    }

    /// Puts text into a field of the draft, with what follows from it.
    fn put(&mut self, field: Field, text: String) {
        if let Field::ConfirmedBy(code) | Field::ConfirmedBecause(code) = field
            && self.text(field) != text
        {
            self.draft.set_confirmed_figures(code, "");
        }
        self.draft.set_on(field, text, self.today);
        if let Field::DueWas(_) | Field::DueOn(_) = field {
            self.draft.follow(self.today);
        }
    }

    /// Puts other entries in the place of these, in the same ward.
    pub fn replace(&mut self, draft: Draft) {
        self.before = draft.before().map(|before| Box::new(Self::new(self.library, before, self.today)));
        self.draft = draft;
        self.changed();
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
        if self.is_second_check_whole() {
            self.draft.forget_second_check();
        }
        self.changes += 1;
    }
}
