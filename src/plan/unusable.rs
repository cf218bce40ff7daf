//! Why a request cannot be used at all: it names something that does not exist or cannot be.

use chrono::NaiveDate;

use super::KidneyShown;
use crate::{
    patient::{Indication, Route, Scheme, Tumour, WeightBasis},
    quantity::{Amount, AmountRange, AnyUnit, Days, Decimal, Mass},
    regimen::Form,
};

/// A request that is not usable: the field, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// The path of the field.
    pub path: &'static str,
    /// What is wrong; [`crate::words`] makes its sentence.
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
    Impossible { entered: Amount, possible: AmountRange, meant: Option<AnyUnit> },
    /// A date after another.
    After { date: NaiveDate, other: &'static str, other_date: NaiveDate },
    /// A word the library does not know.
    NotOneOf { found: String, nearest: Option<&'static str>, allowed: Vec<&'static str> },
    /// A product that is named for earlier treatment and never planned.
    OtherProduct { name: &'static str, drugs: Vec<&'static str> },
    /// The drug is dosed by creatinine clearance, and there is no creatinine.
    NoCreatinine { drug: &'static str },
    /// The drug's courses are judged by the creatinine before dose 1, and there is none.
    NoBaseline { drug: &'static str },
    /// A reason for a hold where there is no hold.
    NotHeld,
    /// A course under way of which no dose was given, or more than is possible.
    DosesGivenNotPossible { found: u16, most: u16 },
    /// The length of the course is fixed.
    FixedLength { days: Days },
    /// A second person was asked for a figure and did not enter it.
    SecondCheckLacks,
    /// The regimen has no default product.
    NoProduct { allowed: Vec<&'static str> },
    /// A field that has no meaning here; the regimen's name.
    NotHere { regimen: String },
    /// An interval that is not offered.
    IntervalNotOffered { weeks: u16, offered: Vec<u16> },
    /// A length of a course that is not offered.
    MonthsNotOffered { months: u16, longest: u16 },
    /// A number of daily infusions that is not offered.
    DaysNotOffered { days: u16, longest: u16 },
    /// A daily dose that is not offered. `range` is that of the regimen, where it has one.
    DoseNotOffered { found: Decimal, step: Mass, range: Option<(Mass, Mass)> },
    /// A daily dose below what the table has for this kidney.
    DoseNotInRow { found: Mass, lowest: Mass, highest: Mass, kidney: KidneyShown },
    /// A dose in use that the table does not have.
    DoseNotInTable { found: Decimal, doses: Vec<Mass> },
    /// The drug has no regimen for the indication.
    NoRegimen { drug: &'static str, indication: Indication, offered: Vec<Indication> },
    /// The drug has no regimen by this route, or more than one where none is named.
    NoRoute { drug: &'static str, indication: Indication, found: Option<Route>, offered: Vec<Route> },
    /// The regimen has no such scheme.
    NoScheme { found: Option<Scheme>, offered: Vec<Scheme> },
    /// The indication is another tumour's.
    WrongTumour { tumour: Tumour, needed: Tumour },
    /// The drug is never taken by mouth.
    WrongRoute { drug: &'static str },
    /// The file of the drug is superseded.
    Superseded { drug: &'static str },
    /// A dose that cannot be made of whole tablets or capsules.
    NotWholeUnits { dose: Mass, form: Form, content: Mass, instead: Option<&'static str> },
    /// A weight basis that needs the height.
    NeedsHeight { basis: WeightBasis },
    /// A weight basis that is not defined for the height.
    TooShort { basis: WeightBasis, height_cm: Decimal, least_cm: Decimal },
    /// The clinic is never open, or not soon enough.
    NeverOpen { from: NaiveDate, within: Days },
    /// No weekday is open.
    NoWeekday,
    /// A finding that was confirmed twice.
    ConfirmedTwice { code: String },
    /// The course is over; `needed_months` is the length it would have to have, where one can be asked for.
    CourseOver { start: NaiveDate, end: NaiveDate, months: u16, needed_months: Option<u16>, longest: u16 },
    /// On dialysis the dose is fixed.
    DoseFixedOnDialysis { found: Mass, fixed: Mass },
    /// On dialysis the number of days is limited.
    DaysFixedOnDialysis { days: u16, longest: Days },
    /// A plan with a date that no file can have.
    BeyondYears { date: NaiveDate },
    /// The library has no dose for what is stated.
    NoDose,
}
