//! The ways in which a field is filled in, each with its part of what is entered.
//!
//! A part is written into [`Entered`] when a draft is read, and taken from it when a request is opened.

use std::{borrow::Cow, fmt, str::FromStr};

use chrono::NaiveDate;

use super::{
    Choice, DueDose, Field, Form, NONE, NotRead, WithoutYear,
    closure::{Closure, read_closures, written},
    entered::Entered,
    measure::{TypedUnit, read_measured, read_number, typed_units},
    options::{NONE_OF_THESE, choice},
    read::{read_name, read_text},
    words,
};
use crate::{
    json::Text,
    quantity::{Decimal, Measured, Unit},
    words::spoken,
};

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// One date.
    Date,
    /// Days and ranges of days, with commas between them.
    Dates,
    /// A number in the one unit there is, which may be typed with it.
    Number(&'static str),
    /// A number with its unit.
    Measured,
    /// One of a list.
    One,
    /// Any of a list.
    Many,
}

impl Kind {
    /// Whether something is typed, and not chosen from a list.
    pub fn is_typed(self) -> bool {
        !matches!(self, Self::One | Self::Many)
    }
}

/// How a field is filled in, and which part of what is entered it is.
pub(super) trait Entry: Sync {
    /// How it is filled in.
    fn kind(&self) -> Kind;

    /// Reads the text of a field, which is not blank.
    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead>;

    /// The text that is read as what is entered.
    fn text(&self, entered: &mut Entered) -> String;

    /// What is understood of the text of a field, in full; none where it cannot be read.
    fn understood(&self, field: Field, form: &Form) -> Option<String>;

    /// The number of a text and the key of its unit; none where it is no figure.
    fn amount(&self, _text: &str) -> Option<(Decimal, &'static str)> {
        None
    }

    /// What can be chosen.
    fn options(&self, _form: &Form) -> Vec<Choice> {
        Vec::new()
    }

    /// The word that holds where nothing is chosen; none where something must be.
    fn usual(&self, _form: &Form) -> Option<String> {
        None
    }

    /// What is measured, where the unit is typed with it.
    fn measured(&self) -> Option<&'static str> {
        None
    }

    /// The units that can be typed, where there is more than one.
    fn units(&self) -> Vec<TypedUnit> {
        Vec::new()
    }
}

/// A part of what is entered.
type At<T> = fn(&mut Entered) -> &mut T;

/// Words.
pub(super) struct InWords {
    pub(super) at: At<Option<Text>>,
}

impl Entry for InWords {
    fn kind(&self) -> Kind {
        Kind::Text
    }

    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        *(self.at)(into) = Some(read_text(form.text(field))?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        text_of((self.at)(entered).as_ref())
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        read_text(form.text(field)).ok().map(|words| words.to_string())
    }
}

/// The name of a member of staff.
pub(super) struct Name {
    pub(super) at: At<Option<Text>>,
}

impl Entry for Name {
    fn kind(&self) -> Kind {
        Kind::Text
    }

    /// A name that a request brought along is taken as it is: a request asks for no more than text.
    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let text = form.text(field);
        let is_brought = form.draft().opened_text(field) == Some(text);
        *(self.at)(into) = Some(if is_brought { read_text(text)? } else { read_name(text)? });
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        text_of((self.at)(entered).as_ref())
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        read_text(form.text(field)).ok().map(|words| words.to_string())
    }
}

/// Allergies: words, and "none known" is a word of the interface.
pub(super) struct Allergies;

/// The word of the interface for a patient without a known allergy.
const NONE_KNOWN: &str = "none-known";

impl Entry for Allergies {
    fn kind(&self) -> Kind {
        Kind::Text
    }

    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let words = read_text(form.text(field))?;
        let folded = words.as_str().to_lowercase().replace('-', " ");
        let none = folded == "none known" || folded == "none";
        into.allergies = if none { NONE_KNOWN.parse().ok() } else { Some(words) };
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        text_of(entered.allergies.as_ref().map(|it| spoken::allergies(Some(it.as_str()))))
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        let mut entered = Entered::default();
        self.read(field, form, &mut entered).ok()?;
        Some(self.text(&mut entered))
    }
}

/// Who confirms a finding, and why: words that are no part of a request until the finding is in a plan.
pub(super) struct OfFinding;

impl Entry for OfFinding {
    fn kind(&self) -> Kind {
        Kind::Text
    }

    fn read(&self, field: Field, form: &Form, _into: &mut Entered) -> Result<(), NotRead> {
        read_text(form.text(field)).map(drop)
    }

    fn text(&self, _entered: &mut Entered) -> String {
        String::new()
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        read_text(form.text(field)).ok().map(|words| words.to_string())
    }
}

/// One date.
pub(super) struct Day {
    /// Whether it cannot be after today.
    pub(super) is_past: bool,
    /// Which year is meant where none is typed.
    pub(super) without_year: WithoutYear,
    pub(super) at: At<Option<NaiveDate>>,
}

/// A day that cannot be after today.
fn past(day: NaiveDate, form: &Form) -> Result<NaiveDate, NotRead> {
    if day > form.today() { Err(NotRead::AfterToday(form.today())) } else { Ok(day) }
}

impl Entry for Day {
    fn kind(&self) -> Kind {
        Kind::Date
    }

    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let day = form.draft().day(field, self.without_year, form.today())?;
        *(self.at)(into) = Some(if self.is_past { past(day, form)? } else { day });
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        text_of(*(self.at)(entered))
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        form.draft().day(field, self.without_year, form.today()).ok().map(spoken::day)
    }
}

/// What became of a dose that was due: what follows from it is put into the fields of the course.
pub(super) struct Due;

impl Entry for Due {
    fn kind(&self) -> Kind {
        Kind::One
    }

    fn read(&self, field: Field, form: &Form, _into: &mut Entered) -> Result<(), NotRead> {
        DueDose::from_word(form.text(field)).map(drop).ok_or(NotRead::NotOffered)
    }

    fn text(&self, _entered: &mut Entered) -> String {
        String::new()
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        label_of(self, field, form)
    }

    fn options(&self, _form: &Form) -> Vec<Choice> {
        DueDose::ALL.iter().map(|it| choice(it.as_str(), words::due_dose(*it))).collect()
    }
}

/// The day on which a dose that was due was given.
pub(super) struct DueDay;

impl Entry for DueDay {
    fn kind(&self) -> Kind {
        Kind::Date
    }

    fn read(&self, field: Field, form: &Form, _into: &mut Entered) -> Result<(), NotRead> {
        past(form.draft().day(field, WithoutYear::Past, form.today())?, form).map(drop)
    }

    fn text(&self, _entered: &mut Entered) -> String {
        String::new()
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        form.draft().day(field, WithoutYear::Past, form.today()).ok().map(spoken::day)
    }
}

/// Days on which the clinic is closed.
pub(super) struct Days {
    pub(super) at: At<Vec<NaiveDate>>,
}

impl Days {
    fn closures(field: Field, form: &Form) -> Result<Vec<Closure>, NotRead> {
        let reference = form.draft().reference(field, WithoutYear::ToCome, form.today());
        let start = form.draft().day(Field::StartDate, WithoutYear::ToCome, form.today()).ok();
        read_closures(form.text(field), &super::Reference { start, ..reference })
    }
}

impl Entry for Days {
    fn kind(&self) -> Kind {
        Kind::Dates
    }

    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        *(self.at)(into) = Self::closures(field, form)?.iter().flat_map(Closure::days).collect();
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        written((self.at)(entered))
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        let closures: Vec<String> = Self::closures(field, form).ok()?.iter().map(words::closure).collect();
        Some(closures.join("; ")).filter(|closures| !closures.is_empty())
    }
}

/// A number in the one unit there is.
pub(super) struct Number {
    pub(super) unit: &'static str,
    pub(super) at: At<Option<Decimal>>,
}

impl Entry for Number {
    fn kind(&self) -> Kind {
        Kind::Number(self.unit)
    }

    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        *(self.at)(into) = Some(read_number(form.text(field), self.unit)?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        text_of(*(self.at)(entered))
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        read_number(form.text(field), self.unit).ok().map(|number| words::counted(number, self.unit))
    }

    fn amount(&self, text: &str) -> Option<(Decimal, &'static str)> {
        Some((read_number(text, self.unit).ok()?, self.unit))
    }
}

/// A whole number in the one unit there is.
pub(super) struct Whole {
    pub(super) unit: &'static str,
    pub(super) at: At<Option<u16>>,
}

impl Whole {
    fn number(&self, text: &str) -> Result<u16, NotRead> {
        let number = read_number(text, self.unit)?.as_whole().and_then(|number| u16::try_from(number).ok());
        number.ok_or(NotRead::Whole)
    }
}

impl Entry for Whole {
    fn kind(&self) -> Kind {
        Kind::Number(self.unit)
    }

    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        *(self.at)(into) = Some(self.number(form.text(field))?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        text_of(*(self.at)(entered))
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        let number = self.number(form.text(field)).ok()?;
        Some(words::counted(Decimal::whole(number.into()), self.unit))
    }

    fn amount(&self, text: &str) -> Option<(Decimal, &'static str)> {
        Some((Decimal::whole(self.number(text).ok()?.into()), self.unit))
    }
}

/// A laboratory value: a number with its unit, which is never guessed.
pub(super) struct Value<U: 'static> {
    /// What is measured.
    pub(super) of: &'static str,
    pub(super) at: At<Option<Measured<U>>>,
}

impl<U: Unit> Entry for Value<U> {
    fn kind(&self) -> Kind {
        Kind::Measured
    }

    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        *(self.at)(into) = Some(read_measured(form.text(field))?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        text_of((self.at)(entered).as_ref())
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        read_measured::<U>(form.text(field)).ok().map(|value| value.to_string())
    }

    fn amount(&self, text: &str) -> Option<(Decimal, &'static str)> {
        let Measured { value, unit } = read_measured::<U>(text).ok()?;
        Some((value, unit.key()))
    }

    fn measured(&self) -> Option<&'static str> {
        Some(self.of)
    }

    fn units(&self) -> Vec<TypedUnit> {
        typed_units::<U>()
    }
}

/// One of the words of the interface.
pub(super) struct OneOf<T: 'static + Clone> {
    pub(super) all: fn(&Form) -> Cow<'static, [T]>,
    pub(super) word: fn(T) -> &'static str,
    pub(super) label: fn(T) -> &'static str,
    pub(super) usual: fn(&Form) -> Option<T>,
    pub(super) at: At<Option<T>>,
}

impl<T: Copy> Entry for OneOf<T> {
    fn kind(&self) -> Kind {
        Kind::One
    }

    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let chosen = (self.all)(form).iter().copied().find(|it| (self.word)(*it) == form.text(field));
        *(self.at)(into) = Some(chosen.ok_or(NotRead::NotOffered)?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        text_of((self.at)(entered).map(self.word))
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        label_of(self, field, form)
    }

    fn options(&self, form: &Form) -> Vec<Choice> {
        (self.all)(form).iter().map(|it| choice((self.word)(*it), (self.label)(*it))).collect()
    }

    fn usual(&self, form: &Form) -> Option<String> {
        (self.usual)(form).map(|it| (self.word)(it).to_owned())
    }
}

/// Any of the words of the interface.
pub(super) struct AnyOf<T: 'static> {
    pub(super) all: &'static [T],
    pub(super) word: fn(T) -> &'static str,
    pub(super) label: fn(T) -> &'static str,
    /// Whether "none of these" is an answer.
    pub(super) or_none: bool,
    pub(super) at: At<Option<Vec<T>>>,
}

impl<T: Copy + Sync> Entry for AnyOf<T> {
    fn kind(&self) -> Kind {
        Kind::Many
    }

    /// A word that is not known is no answer: without it, the others would say something else.
    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let known = |word| self.all.iter().copied().find(|it| (self.word)(*it) == word);
        let words: Vec<&str> = form.chosen(field).collect();
        *(self.at)(into) = if self.or_none && words == [NONE] {
            Some(Vec::new())
        } else {
            Some(words.into_iter().map(known).collect::<Option<Vec<T>>>().ok_or(NotRead::NotOffered)?)
        };
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        let Some(marked) = (self.at)(entered) else { return String::new() };
        if marked.is_empty() && self.or_none {
            return NONE.to_owned();
        }
        marked.iter().map(|it| (self.word)(*it)).collect::<Vec<_>>().join(" ")
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        let options = self.options(form);
        let label = |word: &str| options.iter().find(|it| it.word == word).map(|it| it.label.to_string());
        form.chosen(field).map(label).collect::<Option<Vec<String>>>().map(|labels| labels.join(", "))
    }

    fn options(&self, _form: &Form) -> Vec<Choice> {
        let none = self.or_none.then(|| choice(NONE, NONE_OF_THESE));
        none.into_iter().chain(self.all.iter().map(|it| choice((self.word)(*it), (self.label)(*it)))).collect()
    }
}

/// One of what the library offers for what is entered so far.
pub(super) struct Offered<T: 'static> {
    pub(super) options: fn(&Form) -> Vec<Choice>,
    pub(super) usual: fn(&Form) -> Option<String>,
    pub(super) at: At<Option<T>>,
}

impl<T: FromStr + fmt::Display> Entry for Offered<T> {
    fn kind(&self) -> Kind {
        Kind::One
    }

    fn read(&self, field: Field, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let text = form.text(field);
        let offered = (self.options)(form).iter().any(|choice| choice.word == text);
        *(self.at)(into) = Some(text.parse().ok().filter(|_| offered).ok_or(NotRead::NotOffered)?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> String {
        text_of((self.at)(entered).as_ref())
    }

    fn understood(&self, field: Field, form: &Form) -> Option<String> {
        label_of(self, field, form)
    }

    fn options(&self, form: &Form) -> Vec<Choice> {
        (self.options)(form)
    }

    fn usual(&self, form: &Form) -> Option<String> {
        (self.usual)(form)
    }
}

fn text_of(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// The label of what is chosen.
fn label_of(entry: &dyn Entry, field: Field, form: &Form) -> Option<String> {
    let options = entry.options(form);
    options.into_iter().find(|it| it.word == form.text(field)).map(|it| it.label.into_owned())
}
