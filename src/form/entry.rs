//! The ways in which a field is filled in, each with its part of what is entered.
//!
//! A part is written into [`Entered`] when a draft is read, and taken from it when a request is opened.

use std::{borrow::Cow, fmt, str::FromStr};

use chrono::NaiveDate;

use super::{
    Choice, DueDose, Form, NONE, NotRead,
    entered::Entered,
    options::{NONE_OF_THESE, choice},
    read::{read_date, read_dates, read_decimal, read_text},
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
    /// Dates with commas between them.
    Dates,
    /// A number in the one unit there is.
    Number(&'static str),
    /// A number whose unit is chosen.
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

/// Text in a field, with the word of its unit where it has one.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) unit: &'t str,
}

impl Typed<'static> {
    fn of(value: Option<impl ToString>) -> Self {
        Self { text: value.map_or_else(String::new, |value| value.to_string()).into(), unit: "" }
    }

    fn word(word: &'static str) -> Self {
        Self { text: word.into(), unit: "" }
    }
}

/// How a field is filled in, and which part of what is entered it is.
pub(super) trait Entry: Sync {
    /// How it is filled in.
    fn kind(&self) -> Kind;

    /// Reads text that is not blank.
    fn read(&self, typed: &Typed<'_>, form: &Form, into: &mut Entered) -> Result<(), NotRead>;

    /// The text that is read as what is entered.
    fn text(&self, entered: &mut Entered) -> Typed<'static>;

    /// What was typed, said again in full; none where it cannot be read or is no figure.
    fn echo(&self, _typed: &Typed<'_>) -> Option<String> {
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

    /// What is measured, where the unit is chosen.
    fn measured(&self) -> Option<&'static str> {
        None
    }

    /// The units that can be chosen.
    fn units(&self) -> Vec<Choice> {
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

    fn read(&self, typed: &Typed<'_>, _form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        *(self.at)(into) = Some(read_text(&typed.text)?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> Typed<'static> {
        Typed::of((self.at)(entered).as_ref())
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

    fn read(&self, typed: &Typed<'_>, _form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let words = read_text(&typed.text)?;
        let folded = words.as_str().to_lowercase().replace('-', " ");
        let none = folded == "none known" || folded == "none";
        into.allergies = if none { NONE_KNOWN.parse().ok() } else { Some(words) };
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> Typed<'static> {
        Typed::of(entered.allergies.as_ref().map(|it| spoken::allergies(Some(it.as_str()))))
    }
}

/// Who confirms a finding, and why: words that are no part of a request until the finding is in a plan.
pub(super) struct OfFinding;

impl Entry for OfFinding {
    fn kind(&self) -> Kind {
        Kind::Text
    }

    fn read(&self, _typed: &Typed<'_>, _form: &Form, _into: &mut Entered) -> Result<(), NotRead> {
        Ok(())
    }

    fn text(&self, _entered: &mut Entered) -> Typed<'static> {
        Typed::default()
    }
}

/// One date.
pub(super) struct Day {
    /// Whether it cannot lie after today.
    pub(super) is_past: bool,
    pub(super) at: At<Option<NaiveDate>>,
}

/// A day that cannot lie after today.
fn read_past_date(typed: &Typed<'_>, form: &Form) -> Result<NaiveDate, NotRead> {
    let day = read_date(&typed.text)?;
    if day > form.today() { Err(NotRead::AfterToday(form.today())) } else { Ok(day) }
}

impl Entry for Day {
    fn kind(&self) -> Kind {
        Kind::Date
    }

    fn read(&self, typed: &Typed<'_>, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let day = if self.is_past { read_past_date(typed, form) } else { read_date(&typed.text) };
        *(self.at)(into) = Some(day?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> Typed<'static> {
        Typed::of(*(self.at)(entered))
    }

    fn echo(&self, typed: &Typed<'_>) -> Option<String> {
        read_date(&typed.text).ok().map(spoken::day)
    }
}

/// What became of a dose that was due: what follows from it is put into the fields of the course.
pub(super) struct Due;

impl Entry for Due {
    fn kind(&self) -> Kind {
        Kind::One
    }

    fn read(&self, _typed: &Typed<'_>, _form: &Form, _into: &mut Entered) -> Result<(), NotRead> {
        Ok(())
    }

    fn text(&self, _entered: &mut Entered) -> Typed<'static> {
        Typed::default()
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

    fn read(&self, typed: &Typed<'_>, form: &Form, _into: &mut Entered) -> Result<(), NotRead> {
        read_past_date(typed, form).map(drop)
    }

    fn text(&self, _entered: &mut Entered) -> Typed<'static> {
        Typed::default()
    }

    fn echo(&self, typed: &Typed<'_>) -> Option<String> {
        read_date(&typed.text).ok().map(spoken::day)
    }
}

/// Several dates.
pub(super) struct Days {
    pub(super) at: At<Vec<NaiveDate>>,
}

impl Entry for Days {
    fn kind(&self) -> Kind {
        Kind::Dates
    }

    fn read(&self, typed: &Typed<'_>, _form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        *(self.at)(into) = read_dates(&typed.text)?;
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> Typed<'static> {
        let dates: Vec<String> = (self.at)(entered).iter().map(ToString::to_string).collect();
        Typed { text: dates.join(", ").into(), unit: "" }
    }

    fn echo(&self, typed: &Typed<'_>) -> Option<String> {
        let dates: Vec<String> = read_dates(&typed.text).ok()?.into_iter().map(spoken::day).collect();
        Some(dates.join(", ")).filter(|dates| !dates.is_empty())
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

    fn read(&self, typed: &Typed<'_>, _form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        *(self.at)(into) = Some(read_decimal(&typed.text)?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> Typed<'static> {
        Typed::of(*(self.at)(entered))
    }

    fn echo(&self, typed: &Typed<'_>) -> Option<String> {
        Some(format!("{} {}", read_decimal(&typed.text).ok()?, self.unit))
    }
}

/// A whole number in the one unit there is.
pub(super) struct Whole {
    pub(super) unit: &'static str,
    pub(super) at: At<Option<u16>>,
}

impl Entry for Whole {
    fn kind(&self) -> Kind {
        Kind::Number(self.unit)
    }

    fn read(&self, typed: &Typed<'_>, _form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let number = read_decimal(&typed.text)?.as_whole().and_then(|number| u16::try_from(number).ok());
        *(self.at)(into) = Some(number.ok_or(NotRead::Whole)?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> Typed<'static> {
        Typed::of(*(self.at)(entered))
    }

    fn echo(&self, typed: &Typed<'_>) -> Option<String> {
        Some(format!("{} {}", read_decimal(&typed.text).ok()?, self.unit))
    }
}

/// A laboratory value: a number, and its unit, which is chosen and never guessed.
pub(super) struct Value<U: 'static> {
    /// What is measured.
    pub(super) of: &'static str,
    /// The value said again, in the other unit too where there is a formula.
    pub(super) echo: fn(Measured<U>) -> String,
    pub(super) at: At<Option<Measured<U>>>,
}

impl<U: Unit> Value<U> {
    fn value(typed: &Typed<'_>) -> Result<Measured<U>, NotRead> {
        let value = read_decimal(&typed.text)?;
        let unit = U::BOTH.into_iter().find(|unit| unit.key() == typed.unit).ok_or(NotRead::Unit)?;
        Ok(Measured { value, unit })
    }
}

impl<U: Unit> Entry for Value<U> {
    fn kind(&self) -> Kind {
        Kind::Measured
    }

    fn read(&self, typed: &Typed<'_>, _form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        *(self.at)(into) = Some(Self::value(typed)?);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> Typed<'static> {
        let Some(measured) = *(self.at)(entered) else { return Typed::default() };
        Typed { text: measured.value.to_string().into(), unit: measured.unit.key() }
    }

    fn echo(&self, typed: &Typed<'_>) -> Option<String> {
        Self::value(typed).ok().map(self.echo)
    }

    fn measured(&self) -> Option<&'static str> {
        Some(self.of)
    }

    fn units(&self) -> Vec<Choice> {
        U::BOTH.iter().map(|unit| choice(unit.key(), unit.to_string())).collect()
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

    /// A word that is not offered, which only an old draft can hold, is none.
    fn read(&self, typed: &Typed<'_>, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        *(self.at)(into) = (self.all)(form).iter().copied().find(|it| (self.word)(*it) == typed.text);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> Typed<'static> {
        (self.at)(entered).map_or_else(Typed::default, |it| Typed::word((self.word)(it)))
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

    fn read(&self, typed: &Typed<'_>, _form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let known = |word| self.all.iter().copied().find(|it| (self.word)(*it) == word);
        *(self.at)(into) = Some(typed.text.split_whitespace().filter_map(known).collect());
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> Typed<'static> {
        let Some(marked) = (self.at)(entered) else { return Typed::default() };
        if marked.is_empty() && self.or_none {
            return Typed::word(NONE);
        }
        let words: Vec<&str> = marked.iter().map(|it| (self.word)(*it)).collect();
        Typed { text: words.join(" ").into(), unit: "" }
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

    /// A word that is no longer offered is none.
    fn read(&self, typed: &Typed<'_>, form: &Form, into: &mut Entered) -> Result<(), NotRead> {
        let offered = (self.options)(form).iter().any(|choice| choice.word == typed.text);
        *(self.at)(into) = typed.text.parse().ok().filter(|_| offered);
        Ok(())
    }

    fn text(&self, entered: &mut Entered) -> Typed<'static> {
        Typed::of((self.at)(entered).as_ref())
    }

    fn options(&self, form: &Form) -> Vec<Choice> {
        (self.options)(form)
    }

    fn usual(&self, form: &Form) -> Option<String> {
        (self.usual)(form)
    }
}
