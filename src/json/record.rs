//! The two macros that declare what a document holds: records and words.

/// Declares an enumeration whose values are words of the interface. It reads and writes exactly
/// those words, and knows them all for messages, schema and tests.
macro_rules! vocabulary {
    (
        $(#[$meta:meta])*
        pub enum $Name:ident { $( $(#[$variant_meta:meta])* $Variant:ident = $word:literal, )+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        pub enum $Name {
            $( $(#[$variant_meta])* #[serde(rename = $word)] $Variant, )+
        }

        impl $Name {
            /// Every value, in the order of the interface.
            pub const ALL: &'static [Self] = &[ $( Self::$Variant, )+ ];

            /// The word of the interface.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$Variant => $word, )+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $( $word => Some(Self::$Variant), )+ _ => None }
            }
        }

        impl $crate::json::FromJson for $Name {
            const WORDS: &'static [&'static str] = &[ $( $word, )+ ];

            fn from_json(
                node: $crate::json::Node<'_>,
                path: &$crate::json::Path<'_>,
                faults: &mut $crate::json::Faults,
            ) -> Option<Self> {
                $crate::json::read_word(node, path, faults, Self::from_word)
            }

            fn quick<'de, D: serde::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::quick::text(deserializer, Self::from_word)
            }
        }
    };
}

/// Declares a record: an object with these keys and no others. Keys of optional or repeated values
/// may be left out, and so may a record that says what it then is.
///
/// `struct Given(kind = "given")` begins with a key that says what it is; whoever reads it has looked at that key.
/// `place as "where"` is a key that cannot be a name in Rust.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $Name:ident $( ($tag:ident = $word:literal) )? {
            $( $(#[$field_meta:meta])* $field:ident $(as $key:literal)?: $Type:ty, )+
        }
        $( left_out = $absent:expr )?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        $( #[serde(tag = "kind", rename = $word)] )?
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
        pub struct $Name {
            $(
                $(#[$field_meta])*
                $( #[serde(rename = $key)] )?
                #[serde(skip_serializing_if = "crate::json::is_absent")]
                pub $field: $Type,
            )+
        }

        impl $crate::json::FromJson for $Name {
            fn from_json(
                node: $crate::json::Node<'_>,
                path: &$crate::json::Path<'_>,
                faults: &mut $crate::json::Faults,
            ) -> Option<Self> {
                let known = &[ $( stringify!($tag), )? $( $crate::json::key!($field $($key)?), )+ ];
                let object = $crate::json::Object::open(node, path, known, faults)?;
                $( let $field = object.member($crate::json::key!($field $($key)?), faults); )+
                Some(Self { $( $field: $field?, )+ })
            }

            fn quick<'de, D: serde::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::quick::object(deserializer)
            }

            $(
                fn absent() -> Option<Self> {
                    Some($absent)
                }

                fn is_absent(&self) -> bool {
                    *self == $absent
                }
            )?
        }

        impl<'de> $crate::json::quick::ReadMembers<'de> for $Name {
            fn read_members<A: serde::de::MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
                use $crate::json::{FromJson, quick::{Quick, given_up}};
                $( let mut $field: Option<$Type> = None; )+
                while let Some(key) = members.next_key::<&str>()? {
                    $(
                        if key == $crate::json::key!($field $($key)?) && $field.is_none() {
                            $field = Some(members.next_value::<Quick<$Type>>()?.0);
                            continue;
                        }
                    )+
                    return Err(given_up());
                }
                Ok(Self { $( $field: $field.or_else(<$Type as FromJson>::absent).ok_or_else(given_up)?, )+ })
            }
        }
    };
}

/// The key of a field.
macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

pub(crate) use {key, record, vocabulary};

use super::{Expected, Faults, FromJson, Kind, Node, Path, Problem, nearest, printable};

/// Reads one of a closed list of words.
pub(crate) fn read_word<T: FromJson>(
    node: Node<'_>,
    path: &Path<'_>,
    faults: &mut Faults,
    from_word: fn(&str) -> Option<T>,
) -> Option<T> {
    let text = match node.kind() {
        Kind::Object | Kind::List | Kind::Text => super::read::text(Expected::Word, node, path, faults)?,
        // For a number or null the message lists the allowed words.
        Kind::Number | Kind::Flag | Kind::Null => node.source().to_owned(),
    };
    from_word(&text).or_else(|| {
        let problem = Problem::NotOneOf {
            found: printable(&text),
            nearest: nearest(&text, T::WORDS.iter().copied()).map(str::to_owned),
            allowed: T::WORDS.iter().map(|word| (*word).to_owned()).collect(),
        };
        faults.note(path, node, problem);
        None
    })
}
