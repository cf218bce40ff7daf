//! How what is typed after a command becomes a name, a day, a time or a word of the register.

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::{
    json::{Text, printable},
    quantity::{Decimal, parse_date},
    ward::{
        drafted,
        event::{Expiry, Place, TimeOfDay},
        fold::Refused,
        store::Anchor,
    },
    words::{forecast::no_day, register::command as words},
};

/// Reads a name of a person: it has letters enough to be no slip of a key.
pub(super) fn name(typed: &str) -> Result<Text, String> {
    let name = text(typed)?;
    match drafted::name(&name) {
        Err(Refused::ShortName { least, .. }) => Err(words::no_name(least)),
        _ => Ok(name),
    }
}

/// Reads a text.
pub(super) fn text(typed: &str) -> Result<Text, String> {
    typed.trim().parse().map_err(|_| words::NOT_A_TEXT.to_owned())
}

/// Reads a day.
pub(super) fn day(typed: &str) -> Result<NaiveDate, String> {
    parse_date(typed).ok_or_else(|| no_day(&printable(typed)))
}

/// Reads a time of day.
pub(super) fn time(typed: &str) -> Result<TimeOfDay, &'static str> {
    typed.parse().map_err(|()| words::NOT_A_TIME)
}

/// Reads when a batch expires.
pub(super) fn expiry(typed: &str) -> Result<Expiry, &'static str> {
    typed.parse().map_err(|()| words::NOT_AN_EXPIRY)
}

/// Reads a dose in mg.
pub(super) fn milligrams(typed: &str) -> Result<Decimal, &'static str> {
    typed.parse().map_err(|_| words::NOT_MILLIGRAMS)
}

/// Reads what was printed of the chain.
pub(super) fn anchor(typed: &str) -> Result<Anchor, &'static str> {
    typed.parse().map_err(|_| words::NOT_AN_ANCHOR)
}

/// Reads how many backups are kept: the one that is made is always among them.
pub(super) fn keep(typed: &str) -> Result<usize, &'static str> {
    typed.parse().ok().filter(|keep| *keep > 0).ok_or(words::NOT_A_NUMBER_OF_BACKUPS)
}

/// Reads where a dose was given. Whoever records one knows where: that it is not known is said of imported ones alone.
pub(super) fn place() -> impl TypedValueParser<Value = Place> {
    let known = Place::ALL.iter().filter(|place| **place != Place::Unknown);
    PossibleValuesParser::new(known.map(|it| it.as_str())).try_map(|word| Place::from_word(&word).ok_or("unknown"))
}

/// Reads a word of a vocabulary; help and completion list them all.
macro_rules! word {
    ($Vocabulary:ty) => {{
        use clap::builder::{PossibleValuesParser, TypedValueParser};
        PossibleValuesParser::new(<$Vocabulary>::ALL.iter().map(|it| it.as_str()))
            .try_map(|word| <$Vocabulary>::from_word(&word).ok_or("unknown"))
    }};
}

pub(super) use word;
