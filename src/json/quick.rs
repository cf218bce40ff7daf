//! The quick way through a document in which everything is as it should be.
//!
//! It reads in one pass and keeps no places. Whatever it does not take, right or wrong, is read again by the
//! careful way ([`FromJson::from_json`]), which alone says what is wrong and where: so the quick way may refuse
//! what the careful one takes, and never takes what the careful one refuses.

use std::{fmt, marker::PhantomData};

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Faults, FromJson, Node, Path};

/// A value read the quick way, for `serde`.
pub(crate) struct Quick<T>(pub(crate) T);

impl<'de, T: FromJson> Deserialize<'de> for Quick<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::quick(deserializer).map(Self)
    }
}

/// Nobody reads why the quick way gave up.
pub(crate) fn given_up<E: Error>() -> E {
    E::custom("declined")
}

/// Reads a value that has no quick way of its own as the careful way does.
pub(crate) fn carefully<'de, T: FromJson, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?;
    let mut faults = Faults::default();
    let value = T::from_json(Node::of(raw.get()), &Path::Root, &mut faults);
    value.filter(|_| faults.is_empty()).ok_or_else(given_up)
}

/// Reads a text with this function.
pub(crate) fn text<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    read: impl FnOnce(&str) -> Option<T>,
) -> Result<T, D::Error> {
    struct Reader<T, F>(F, PhantomData<T>);
    impl<T, F: FnOnce(&str) -> Option<T>> Visitor<'_> for Reader<T, F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            (self.0)(text).ok_or_else(given_up)
        }
    }
    deserializer.deserialize_str(Reader(read, PhantomData))
}

/// Reads a list that must be given explicitly.
pub(super) fn list<'de, T: FromJson, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct List<T>(PhantomData<T>);
    impl<'de, T: FromJson> Visitor<'de> for List<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
            let mut list = Vec::new();
            while let Some(Quick(element)) = elements.next_element()? {
                list.push(element);
            }
            Ok(list)
        }
    }
    deserializer.deserialize_seq(List(PhantomData))
}

/// Reads an object with this function, which takes its members.
pub(crate) fn object<'de, T: ReadMembers<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Members<T>(PhantomData<T>);
    impl<'de, T: ReadMembers<'de>> Visitor<'de> for Members<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("object")
        }

        fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
            T::read_members(members)
        }
    }
    deserializer.deserialize_map(Members(PhantomData))
}

/// A record that is made of the members of an object.
pub(crate) trait ReadMembers<'de>: Sized {
    /// Reads the members; a key that is unknown or appears twice is left to the careful way.
    fn read_members<A: MapAccess<'de>>(members: A) -> Result<Self, A::Error>;
}
