//! Why a request cannot be used at all: it names something that does not exist or cannot be.

use chrono::NaiveDate;

use crate::quantity::Mass;

/// A request that is not usable: the field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// The path of the field.
    pub path: &'static str,
    /// What is wrong; its sentence stands in [`crate::words`].
    pub why: Why,
}

impl Unusable {
    /// A request whose field `path` cannot be used.
    pub fn new(path: &'static str, why: Why) -> Self {
        Self { path, why }
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the figures of the sentence in `words`")]
pub enum Why {
    /// A figure no patient can have.
    Impossible { shown: String, possible: String, meant: Option<String> },
    /// A date that lies after another.
    After { date: NaiveDate, other: &'static str, other_date: NaiveDate },
    /// A word the library does not know.
    NotOneOf { found: String, nearest: Option<String>, allowed: Vec<String> },
    /// A product that is named for earlier treatment and never planned.
    OtherProduct { name: String, drugs: Vec<String> },
    /// A field that is needed here.
    Missing { because: String },
    /// A field that has no meaning here.
    NotHere { regimen: String },
    /// A number that is not offered.
    NotOffered { found: String, offered: String },
    /// The drug has no regimen for the indication.
    NoRegimen { drug: String, indication: &'static str, offered: Vec<String> },
    /// The drug has no regimen by this route.
    NoRoute { drug: String, indication: &'static str, found: Option<&'static str>, offered: Vec<&'static str> },
    /// The indication is another tumour's.
    WrongTumour { tumour: &'static str, needed: &'static str },
    /// The drug is never taken by mouth.
    WrongRoute { drug: String },
    /// The file of the drug is superseded.
    Superseded { drug: String },
    /// A dose that cannot be made of whole tablets or capsules.
    NotWholeUnits { dose: Mass, unit: &'static str, content: Mass, instead: Option<String> },
    /// A weight basis that needs the height.
    NeedsHeight { basis: &'static str },
    /// A weight basis that is not defined for the height.
    TooShort { basis: &'static str, shown: String, least: String },
    /// The clinic is never open, or not soon enough.
    NeverOpen { from: NaiveDate, days: i64 },
    /// No weekday is open.
    NoWeekday,
    /// A finding that was confirmed twice.
    ConfirmedTwice { code: String },
    /// The course is over.
    CourseOver { start: NaiveDate, end: NaiveDate },
    /// On dialysis the dose or the number of days is fixed.
    FixedOnDialysis { found: String, fixed: String },
    /// The library has no dose for what is stated.
    NoDose,
}
