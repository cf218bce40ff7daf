//! How numbers are read and written: by their digits, never as binary fractions.

use std::str::FromStr;

use serde::{Serialize, Serializer, ser::Error};
use serde_json::value::RawValue;

use super::{
    Decimal, Expected, Faults, FromJson, Kind, Node, Path, Problem, printable,
    read::{text, wrong_kind},
};

/// Serializes the digits of a number as they are.
pub(super) fn digits<S: Serializer>(digits: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serde_json::from_str::<&RawValue>(digits).map_err(S::Error::custom)?.serialize(serializer)
}

impl FromJson for Decimal {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        match node.kind() {
            Kind::Number => match node.source().parse() {
                Ok(number) => Some(number),
                Err(why) => {
                    faults.note(path, node, Problem::BadNumber(printable(node.source()), why));
                    None
                }
            },
            Kind::Text => {
                let text = text(Expected::Number, node, path, faults)?;
                let plain = text.trim().replace(',', ".");
                if plain.parse::<Self>().is_ok() {
                    faults.note(path, node, Problem::QuotedNumber { found: printable(&text), plain });
                } else {
                    wrong_kind(Expected::Number, node, path, faults);
                }
                None
            }
            _ => {
                wrong_kind(Expected::Number, node, path, faults);
                None
            }
        }
    }
}

impl FromJson for u16 {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        whole(node, path, faults)
    }
}

impl FromJson for u32 {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        whole(node, path, faults)
    }
}

impl FromJson for u64 {
    /// A number that counts entries, which may have more digits than a quantity.
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        long_whole(node, path, faults)
    }
}

impl FromJson for i32 {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        whole(node, path, faults)
    }
}

impl FromJson for i64 {
    /// A moment in milliseconds, which has more digits than a quantity.
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        long_whole(node, path, faults)
    }
}

/// A whole number of any length.
fn long_whole<T: FromStr>(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<T> {
    if node.kind() != Kind::Number {
        wrong_kind(Expected::Number, node, path, faults);
        return None;
    }
    node.source().parse().ok().or_else(|| {
        faults.note(path, node, Problem::NotWhole(printable(node.source())));
        None
    })
}

/// A whole number, written as one.
fn whole<T: TryFrom<i64>>(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<T> {
    let number = Decimal::from_json(node, path, faults)?;
    let whole = number.as_whole().filter(|_| !node.source().contains('.'));
    whole.and_then(|n| T::try_from(n).ok()).or_else(|| {
        faults.note(path, node, Problem::NotWhole(printable(node.source())));
        None
    })
}
