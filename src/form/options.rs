//! What can be chosen in a field: everything the library and the interface offer, and nothing else.

use super::{Field, Form};
use crate::{
    patient::{CalciumKind, Condition, Dental, Indication, Medicine, Region, Route, Tumour, Weekday, WeightBasis},
    quantity::{AlbuminUnit, CalciumUnit, CreatinineUnit, Sex},
    regimen::{ByMouth, Listed},
    words,
};

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its word, as the draft keeps it.
    pub word: String,
    /// What people read.
    pub label: String,
}

/// The word of "none of these", which is an answer; an empty field is none.
pub const NONE: &str = "none";
/// The word of a new course.
pub(super) const NEW_COURSE: &str = "new";
/// The word of a course under way.
pub(super) const UNDER_WAY: &str = "under-way";
/// The word of yes.
pub(super) const YES: &str = "yes";

fn choice(word: &str, label: impl Into<String>) -> Choice {
    Choice { word: word.to_owned(), label: label.into() }
}

macro_rules! choices {
    ($Words:ty, $label:expr) => {
        <$Words>::ALL.iter().map(|it| choice(it.as_str(), $label(*it))).collect::<Vec<_>>()
    };
}

impl Form {
    /// What can be chosen in a field; nothing where something is typed.
    pub fn options(&self, field: Field) -> Vec<Choice> {
        let unit = |it: &dyn std::fmt::Display, word| choice(word, it.to_string());
        let none = |rest: Vec<Choice>| [vec![choice(NONE, words::none_of_these())], rest].concat();
        match field {
            Field::Sex => choices!(Sex, words::sex),
            Field::Tumour => choices!(Tumour, words::tumour),
            Field::Indication => choices!(Indication, words::indication),
            Field::Region => choices!(Region, words::region),
            Field::CreatinineUnit | Field::BaselineUnit | Field::SecondCreatinineUnit => {
                CreatinineUnit::ALL.iter().map(|it| unit(it, it.as_str())).collect()
            }
            Field::CalciumUnit => CalciumUnit::ALL.iter().map(|it| unit(it, it.as_str())).collect(),
            Field::AlbuminUnit => AlbuminUnit::ALL.iter().map(|it| unit(it, it.as_str())).collect(),
            Field::CalciumKind => choices!(CalciumKind, words::calcium_kind),
            Field::WeightBasis => choices!(WeightBasis, words::weight_basis),
            Field::Dental => choices!(Dental, words::dental),
            Field::Conditions => none(choices!(Condition, words::condition)),
            Field::Medicines => none(choices!(Medicine, words::medicine)),
            Field::LastDrug => none(self.antiresorptives()),
            Field::LastRoute => self.last_routes().iter().map(|it| choice(it.as_str(), words::route(*it))).collect(),
            Field::Regimen => self.regimens().map(|it| choice(&path(it), words::regimen(it))).collect(),
            Field::Course => vec![choice(NEW_COURSE, words::course(false)), choice(UNDER_WAY, words::course(true))],
            Field::Held => vec![choice("no", words::held(false)), choice(YES, words::held(true))],
            Field::Product => self.products(),
            Field::Interval => self.intervals(),
            Field::Weekdays => choices!(Weekday, words::weekday),
            _ => Vec::new(),
        }
    }

    /// The words chosen in a field.
    pub fn chosen(&self, field: Field) -> impl Iterator<Item = &str> {
        self.text(field).split(' ').filter(|word| !word.is_empty())
    }

    /// The option that holds when nothing is chosen; none where something must be.
    pub fn usual(&self, field: Field) -> Option<String> {
        let regimen = self.listed().map(|it| it.regimen);
        match field {
            Field::Region => Some(Region::default().as_str().to_owned()),
            Field::WeightBasis => Some(WeightBasis::default().as_str().to_owned()),
            Field::Product => regimen?.default_product.as_ref().map(ToString::to_string),
            Field::Interval => regimen?.interval.as_ref().map(|it| it.default_weeks.to_string()),
            Field::Held => Some("no".to_owned()),
            Field::Course if !self.may_be_under_way() => Some(NEW_COURSE.to_owned()),
            _ => None,
        }
    }

    /// The regimens of the indication, each to be compared with the others.
    pub fn regimens(&self) -> impl Iterator<Item = Listed> {
        let indication = Indication::from_word(self.text(Field::Indication));
        self.library.regimens().filter(move |it| Some(it.regimen.indication) == indication)
    }

    fn antiresorptives(&self) -> Vec<Choice> {
        let drugs = self.library.drug_words().filter_map(|word| self.library.drug(word)).map(|(drug, _)| drug);
        let drugs = drugs.map(|drug| choice(drug.drug.as_str(), drug.name.as_str()));
        let others = &self.library.limits().other_antiresorptives;
        drugs.chain(others.iter().map(|it| choice(it.id.as_str(), it.name.as_str()))).collect()
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

    fn products(&self) -> Vec<Choice> {
        let products = self.listed().into_iter().flat_map(Listed::products);
        products.map(|it| choice(it.id.as_str(), it.name.as_str())).collect()
    }

    fn intervals(&self) -> Vec<Choice> {
        let interval = self.listed().and_then(|it| it.regimen.interval.as_ref());
        let weeks = interval.into_iter().flat_map(crate::regimen::Interval::offered);
        weeks.map(|weeks| choice(&weeks.to_string(), words::every_weeks(weeks, &[]))).collect()
    }
}

/// A regimen's name in plans.
pub(super) fn path(listed: Listed) -> String {
    listed.regimen.path(&listed.drug.drug)
}
