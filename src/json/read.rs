//! Reading values out of a document, noting every fault on the way.

use std::collections::BTreeSet;

use serde::de::{Deserialize, Deserializer};

use super::{
    Expected, Fault, Faults, Kind, Node, Path, Problem,
    quick::{self, Quick},
};

/// A value that can be read from JSON.
pub trait FromJson: Sized {
    /// The words that are allowed, where they are a closed list.
    const WORDS: &'static [&'static str] = &[];

    /// Reads the value; where it cannot be read, notes why and gives nothing.
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self>;

    /// Reads the value the quick way, which does not report what is wrong.
    fn quick<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quick::carefully(deserializer)
    }

    /// The value used if its key is left out; nothing if the key is required.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the value is the one used for a key that is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// For serializing: whether the key of this value is left out.
pub fn is_absent<T: FromJson>(value: &T) -> bool {
    value.is_absent()
}

/// Reads a whole document, or returns all its faults.
pub fn read_document<T: FromJson>(document: &[u8]) -> Result<T, Vec<Fault>> {
    read_quickly(document).map_or_else(|| read_carefully(document), Ok)
}

/// The document, or all its faults, by the careful way alone.
pub(crate) fn read_carefully<T: FromJson>(document: &[u8]) -> Result<T, Vec<Fault>> {
    let node = Node::parse(document).map_err(|fault| vec![fault])?;
    let mut faults = Faults::default();
    let value = T::from_json(node, &Path::Root, &mut faults);
    match value {
        Some(value) if faults.is_empty() => Ok(value),
        _ => Err(faults.into_sorted()),
    }
}

/// The document, where the quick way takes all of it.
pub(crate) fn read_quickly<T: FromJson>(document: &[u8]) -> Option<T> {
    let text = std::str::from_utf8(document).ok()?;
    serde_json::from_str(text).ok().map(|Quick(value)| value)
}

/// An object while its members are being read.
pub struct Object<'a, 'p> {
    node: Node<'a>,
    path: &'p Path<'p>,
    members: Vec<(String, Node<'a>)>,
}

impl<'a, 'p> Object<'a, 'p> {
    /// Opens an object and notes every key that is unknown or appears twice.
    pub fn open(
        node: Node<'a>,
        path: &'p Path<'p>,
        known: &'static [&'static str],
        faults: &mut Faults,
    ) -> Option<Self> {
        let object = Self::open_any(node, path, faults)?;
        for (key, value) in &object.members {
            if faults.is_full() {
                return None;
            }
            if !known.contains(&key.as_str()) {
                let nearest = super::nearest(key, known.iter().copied());
                faults.note(&Path::Key(path, key), *value, Problem::UnknownKey { nearest, known });
            }
        }
        Some(object)
    }

    /// Opens an object of which more is written than is asked, and notes every key that appears twice.
    pub fn open_any(node: Node<'a>, path: &'p Path<'p>, faults: &mut Faults) -> Option<Self> {
        if node.kind() != Kind::Object {
            wrong_kind(Expected::Object, node, path, faults);
            return None;
        }
        let Some(members) = node.members() else {
            faults.note(path, node, Problem::HalfCharacter);
            return None;
        };
        // A set, since a hostile document can have a great many keys.
        let mut earlier = BTreeSet::new();
        for (key, value) in &members {
            if faults.is_full() {
                return None;
            }
            if !earlier.insert(key.as_str()) {
                faults.note(&Path::Key(path, key), *value, Problem::DuplicateKey);
            }
        }
        Some(Self { node, path, members })
    }

    /// Whether there is a member `key`.
    pub fn has(&self, key: &str) -> bool {
        self.members.iter().any(|(name, _)| name == key)
    }

    /// Reads the member `key`.
    pub fn member<T: FromJson>(&self, key: &'static str, faults: &mut Faults) -> Option<T> {
        let path = Path::Key(self.path, key);
        match self.members.iter().find(|(name, _)| name == key) {
            Some((_, value)) => T::from_json(*value, &path, faults),
            None => T::absent().or_else(|| {
                faults.note(&path, self.node, Problem::Missing { allowed: T::WORDS });
                None
            }),
        }
    }
}

pub(super) fn wrong_kind(expected: Expected, node: Node<'_>, path: &Path<'_>, faults: &mut Faults) {
    let short = !matches!(node.kind(), Kind::Object | Kind::List);
    let value = short.then(|| super::printable(node.source()));
    faults.note(path, node, Problem::WrongKind { expected, found: node.kind(), value });
}

/// The content of a text; records a fault if it is something else.
pub(crate) fn text(expected: Expected, node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<String> {
    if node.kind() != Kind::Text {
        wrong_kind(expected, node, path, faults);
        return None;
    }
    let text = node.text();
    if text.is_none() {
        faults.note(path, node, Problem::HalfCharacter);
    }
    text
}

impl<T: FromJson> FromJson for Option<T> {
    /// `null` says the same as leaving the key out.
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        if node.kind() == Kind::Null {
            return Some(None);
        }
        T::from_json(node, path, faults).map(Some)
    }

    fn quick<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<Quick<T>>::deserialize(deserializer)?;
        Ok(value.map(|Quick(value)| value))
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    /// Reads every element, so that all their faults are reported at once; `null` means the same as leaving
    /// the key out.
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        if node.kind() == Kind::Null {
            return Some(Self::new());
        }
        if node.kind() != Kind::List {
            wrong_kind(Expected::List, node, path, faults);
            return None;
        }
        let read: Vec<Option<T>> = node
            .elements()?
            .into_iter()
            .enumerate()
            .map(|(index, element)| T::from_json(element, &Path::Index(path, index), faults))
            .collect();
        read.into_iter().collect()
    }

    fn quick<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quick::list(deserializer)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// A list with something in it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(transparent)]
pub struct AtLeastOne<T>(Vec<T>);

impl<T> std::ops::Deref for AtLeastOne<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<'a, T> IntoIterator for &'a AtLeastOne<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: FromJson> FromJson for AtLeastOne<T> {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        let list = Vec::from_json(node, path, faults)?;
        if list.is_empty() {
            faults.note(path, node, Problem::EmptyList);
            return None;
        }
        Some(Self(list))
    }

    fn quick<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let list = quick::list(deserializer)?;
        if list.is_empty() { Err(quick::given_up()) } else { Ok(Self(list)) }
    }
}

impl FromJson for bool {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        match node.source() {
            "true" => Some(true),
            "false" => Some(false),
            _ => {
                wrong_kind(Expected::Flag, node, path, faults);
                None
            }
        }
    }

    fn quick<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::deserialize(deserializer)
    }
}
