//! One value of a JSON document, with its place.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{Fault, Problem, Syntax};

/// A value of a document that is known to be well-formed JSON.
#[derive(Clone, Copy, Debug)]
pub struct Node<'a> {
    document: &'a str,
    text: &'a str,
}

/// The kinds of JSON values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    List,
    /// `"…"`
    Text,
    /// `92`
    Number,
    /// `true` or `false`
    Flag,
    /// `null`
    Null,
}

impl<'a> Node<'a> {
    /// Reads a document, which must be one JSON value in UTF-8.
    pub fn parse(document: &'a [u8]) -> Result<Self, Fault> {
        // Some editors begin a file with a byte order mark; it says nothing.
        let document = document.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(document);
        let fault = |line, column, problem| Fault { path: String::new(), line, column, problem };
        if is_utf_16(document) {
            return Err(fault(1, 1, Problem::Utf16));
        }
        let document = std::str::from_utf8(document).map_err(|error| {
            let valid = String::from_utf8_lossy(&document[..error.valid_up_to()]).into_owned();
            let (line, column) = place(&valid, valid.len());
            fault(line, column, Problem::NotUtf8)
        })?;
        match serde_json::from_str::<&RawValue>(document) {
            Ok(raw) => match too_deep(document) {
                None => Ok(Self { document, text: raw.get() }),
                Some(offset) => {
                    let (line, column) = place(document, offset);
                    Err(fault(line, column, Problem::Syntax(Syntax::TooDeep(DEEPEST))))
                }
            },
            Err(error) => {
                // The parser counts bytes; people count characters.
                let line = document.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
                let before = line.as_bytes().get(..error.column().saturating_sub(1)).unwrap_or(line.as_bytes());
                let column = String::from_utf8_lossy(before).chars().count() + 1;
                Err(fault(error.line().max(1), column, Problem::Syntax(syntax(&error))))
            }
        }
    }

    /// A value that is known to be well-formed, as a document of its own.
    pub(super) fn of(text: &'a str) -> Self {
        Self { document: text, text }
    }

    /// Line and column of the value, both from 1.
    pub fn place(self) -> (usize, usize) {
        place(self.document, self.text.as_ptr() as usize - self.document.as_ptr() as usize)
    }

    /// The value as it is written in the document.
    pub fn source(self) -> &'a str {
        self.text
    }

    /// The kind of the value.
    pub fn kind(self) -> Kind {
        match self.text.as_bytes().first() {
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::List,
            Some(b'"') => Kind::Text,
            Some(b't' | b'f') => Kind::Flag,
            Some(b'n') => Kind::Null,
            _ => Kind::Number,
        }
    }

    /// The members of an object in order, duplicates included; `None` for any other kind.
    pub fn members(self) -> Option<Vec<(String, Self)>> {
        let Members(members) = serde_json::from_str(self.text).ok()?;
        Some(members.into_iter().map(|(key, raw)| (key, self.part(raw))).collect())
    }

    /// The elements of a list; `None` for any other kind.
    pub fn elements(self) -> Option<Vec<Self>> {
        let elements: Vec<&RawValue> = serde_json::from_str(self.text).ok()?;
        Some(elements.into_iter().map(|raw| self.part(raw)).collect())
    }

    /// The content of a text; `None` for any other kind, and for half a surrogate pair.
    pub fn text(self) -> Option<String> {
        serde_json::from_str(self.text).ok()
    }

    /// The value at a path such as `regimens[0].doses[1].dose`, or the nearest value above it that
    /// is in the document.
    #[must_use]
    pub fn at(self, path: &str) -> Self {
        let steps = path.split(['.', '[']).filter(|step| !step.is_empty());
        let mut here = self;
        for step in steps {
            let next = match step.strip_suffix(']') {
                Some(index) => index.parse().ok().and_then(|index: usize| here.elements()?.get(index).copied()),
                None => here
                    .members()
                    .and_then(|members| members.into_iter().find(|(key, _)| key == step).map(|(_, value)| value)),
            };
            match next {
                Some(value) => here = value,
                None => break,
            }
        }
        here
    }

    fn part(self, raw: &'a RawValue) -> Self {
        Self { document: self.document, text: raw.get() }
    }
}

/// No document of this program has more objects and lists inside one another. Each level is a call of the reader, so
/// that a document of nothing but brackets would exhaust the stack.
const DEEPEST: usize = 32;

/// The first bracket of a well-formed document that is deeper than [`DEEPEST`].
fn too_deep(document: &str) -> Option<usize> {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    document.bytes().position(|byte| {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth -= 1,
            _ => {}
        }
        depth > DEEPEST
    })
}

/// The parser has no code for what it found, only words.
fn syntax(error: &serde_json::Error) -> Syntax {
    if error.is_eof() {
        return Syntax::EndsTooEarly;
    }
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or_default();
    match words {
        "trailing characters" => Syntax::Trailing,
        "key must be a string" => Syntax::Key,
        "expected value" => Syntax::NoValue,
        _ if words.starts_with("control character") => Syntax::ControlCharacter,
        _ => Syntax::Other(words.to_owned()),
    }
}

/// Whether a document begins as one in UTF-16 does: with its byte order mark, or with an ASCII character, which JSON
/// always begins with, in two bytes.
fn is_utf_16(document: &[u8]) -> bool {
    matches!(document, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, 1..=255, ..] | [1..=255, 0, ..])
}

/// Line and column of a byte of `document`; columns count characters.
fn place(document: &str, offset: usize) -> (usize, usize) {
    let before = &document[..offset];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    (line, before[line_start..].chars().count() + 1)
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_knows_its_place() {
        let node = Node::parse(b"{\n  \"a\": 1,\n  \"\xc3\xa9\": [\"x\", 2.30]\n}").expect("well-formed");
        let members = node.members().expect("an object");
        assert_eq!(members[1].0, "é");
        let elements = members[1].1.elements().expect("a list");
        assert_eq!(elements[1].place(), (3, 14));
        assert_eq!(elements[1].source(), "2.30");
        assert_eq!(elements[0].text().as_deref(), Some("x"));
    }

    #[test]
    fn duplicates_are_kept_to_be_reported() {
        let node = Node::parse(br#"{"a": 1, "a": 2}"#).expect("well-formed");
        assert_eq!(node.members().expect("an object").len(), 2);
    }

    #[test]
    fn broken_json_tells_line_and_column() {
        let fault = Node::parse(b"{\n \"a\": }").expect_err("broken");
        assert_eq!((fault.line, fault.column), (2, 7));
        let fault = Node::parse(b"{\"a\": \xff}").expect_err("broken");
        assert_eq!((fault.problem, fault.column), (Problem::NotUtf8, 7));
        assert!(Node::parse(b"").is_err());
        assert!(Node::parse(b"{} {}").is_err());
    }

    #[test]
    fn a_document_of_nothing_but_brackets_is_refused() {
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(Node::parse(nested(DEEPEST).as_bytes()).is_ok());
        for depth in [DEEPEST + 1, 1_000_000] {
            let fault = Node::parse(nested(depth).as_bytes()).expect_err("too deep");
            assert_eq!((fault.problem, fault.column), (Problem::Syntax(Syntax::TooDeep(DEEPEST)), DEEPEST + 1));
        }
        // Brackets in a text are no depth, whatever is escaped before them.
        let text = format!(r#"["\\\"{}", "{}\\"]"#, "[".repeat(100), "{".repeat(100));
        assert!(Node::parse(text.as_bytes()).is_ok());
        // Those beside one another are none either.
        assert!(Node::parse(format!("[{}[]]", "[],".repeat(1000)).as_bytes()).is_ok());
    }
}
