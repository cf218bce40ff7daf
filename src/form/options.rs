//! What can be chosen in a field: everything the library and the interface offer, and nothing else.

use std::borrow::Cow;

use super::{Field, Form, entry::Typed, words};
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

/// Something that can be chosen.
pub(super) fn choice(word: impl Into<Cow<'static, str>>, label: impl Into<Cow<'static, str>>) -> Choice {
    Choice { word: word.into(), label: label.into() }
}

impl Form {
    /// What can be chosen in a field; nothing where something is typed.
    pub fn options(&self, field: Field) -> Vec<Choice> {
        field.description().entry.options(self)
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
        self.listed?.regimen.default_product.as_ref().map(ToString::to_string)
    }

    pub(super) fn intervals(&self) -> Vec<Choice> {
        let interval = self.listed.and_then(|it| it.regimen.interval.as_ref());
        let weeks = interval.into_iter().flat_map(Interval::offered);
        weeks.map(|weeks| choice(weeks.to_string(), every_weeks(weeks, &[]))).collect()
    }

    pub(super) fn usual_interval(&self) -> Option<String> {
        self.listed?.regimen.interval.as_ref().map(|it| it.default_weeks.to_string())
    }

    /// The text of a field with its unit.
    pub(super) fn typed(&self, field: Field) -> Typed<'_> {
        Typed { text: self.text(field).into(), unit: self.unit(field) }
    }
}

/// A regimen's name in plans.
pub(super) fn path(listed: Listed) -> String {
    listed.regimen.path(&listed.drug.drug)
}
