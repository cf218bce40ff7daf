//! Any JSON value as it can be compared with another: its numbers keep their digits.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Fault, Kind, Node, text::unhidden};

/// A value of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing: `null`, or a key that is not there.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, without zeros that say nothing.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object, its members in order.
    Object(Vec<(String, Self)>),
}

impl Value {
    /// Reads a document.
    pub fn parse(document: &[u8]) -> Result<Self, Fault> {
        Node::parse(document).map(Self::of)
    }

    /// A value of a document.
    pub fn of(node: Node<'_>) -> Self {
        match node.kind() {
            Kind::Null => Self::Null,
            Kind::Flag => Self::Flag(node.source() == "true"),
            Kind::Number => Self::Number(shortest(node.source())),
            // Half a surrogate pair is no character; its written form still distinguishes it.
            Kind::Text => Self::Text(node.text().unwrap_or_else(|| node.source().to_owned())),
            Kind::List => Self::List(node.elements().unwrap_or_default().into_iter().map(Self::of).collect()),
            Kind::Object => {
                let members = node.members().unwrap_or_default();
                Self::Object(members.into_iter().map(|(key, member)| (key, Self::of(member))).collect())
            }
        }
    }

    /// Something as it is written.
    ///
    /// # Panics
    /// Where the thing cannot be written as JSON, which records, plans and requests always can.
    pub fn written(thing: &impl Serialize) -> Self {
        let text = serde_json::to_string(thing).expect("made of text and numbers");
        Self::parse(text.as_bytes()).expect("what was written is well-formed")
    }

    /// A member of an object; nothing where it has none of this name.
    pub fn member(&self, key: &str) -> &Self {
        let members = if let Self::Object(members) = self { members.as_slice() } else { &[] };
        members.iter().find(|(name, _)| name == key).map_or(&Self::Null, |(_, value)| value)
    }

    /// The entries of a list; none of anything else.
    pub fn entries(&self) -> &[Self] {
        if let Self::List(entries) = self { entries } else { &[] }
    }

    /// The content of a text.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Whether nothing is there.
    pub fn is_nothing(&self) -> bool {
        *self == Self::Null
    }

    /// Whether it is one figure, word or sentence.
    pub fn is_plain(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }
}

/// The value in words, with hidden characters written out: "nothing", "yes", "3.5", "EU-1, EU-2".
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("nothing"),
            Self::Flag(flag) => f.write_str(if *flag { "yes" } else { "no" }),
            Self::Number(number) => f.write_str(number),
            Self::Text(text) => f.write_str(&unhidden(text)),
            Self::List(entries) => {
                for (at, entry) in entries.iter().enumerate() {
                    write!(f, "{}{entry}", if at == 0 { "" } else { ", " })?;
                }
                Ok(())
            }
            Self::Object(members) => {
                for (at, (key, member)) in members.iter().enumerate() {
                    let key = unhidden(&key.replace('_', " "));
                    write!(f, "{}{key} {member}", if at == 0 { "" } else { "; " })?;
                }
                Ok(())
            }
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => super::number::digits(number, serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(entries) => serializer.collect_seq(entries),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (key, member) in members {
                    map.serialize_entry(key, member)?;
                }
                map.end()
            }
        }
    }
}

/// A number without the zeros at the end of its decimals: 3.50 is 3.5.
fn shortest(number: &str) -> String {
    let is_plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-');
    if is_plain && number.contains('.') {
        return number.trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    number.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Value {
        Value::parse(text.as_bytes()).expect("well-formed")
    }

    #[test]
    fn numbers_keep_their_digits_and_lose_empty_zeros() {
        assert_eq!(parsed("2.30"), parsed("2.3"));
        assert_eq!(parsed("30"), Value::Number("30".to_owned()));
        assert_eq!(parsed("55.946630").to_string(), "55.94663");
        assert_ne!(parsed("0.1234567890123456789"), parsed("0.123456789012345678"));
        assert_ne!(parsed("1e2"), parsed("1e3"));
    }

    #[test]
    fn a_value_is_written_as_it_was_read() {
        let text = r#"{"a":[1,2.5,null,true,"é\n"],"b":{}}"#;
        assert_eq!(serde_json::to_string(&parsed(text)).expect("a value"), text);
        assert_eq!(Value::written(&parsed(text)), parsed(text));
    }

    #[test]
    fn words_hide_no_character() {
        assert_eq!(parsed(r#"["a\u001b[2J", 1]"#).to_string(), "a\\u{1b}[2J, 1");
        assert_eq!(parsed(r#"{"dose_mg": 3.50, "only": null}"#).to_string(), "dose mg 3.5; only nothing");
    }
}
