//! The sentence of each fault of a document.

use std::fmt;

use super::{one_of, unusable::not_one_of};
use crate::{
    json::{Fault, Problem},
    quantity::NotADecimal,
};

/// One sentence that names the field, the value and what is allowed.
pub fn fault(fault: &Fault) -> String {
    let path = if fault.path.is_empty() { "the document" } else { &fault.path };
    match &fault.problem {
        Problem::Syntax(words) => {
            format!("not JSON: {}, at line {} column {}", syntax(words), fault.line, fault.column)
        }
        Problem::NotUtf8 => {
            format!("not JSON: a byte that is not UTF-8, at line {} column {}", fault.line, fault.column)
        }
        Problem::Missing { allowed: [] } => format!("{path}: missing"),
        Problem::Missing { allowed } => format!("{path}: missing (allowed: {})", one_of(allowed)),
        Problem::UnknownKey { nearest: Some(nearest), .. } => {
            format!("{path}: this key is not known; did you mean \"{nearest}\"?")
        }
        Problem::UnknownKey { nearest: None, known } => {
            format!("{path}: this key is not known (allowed: {})", known.join(", "))
        }
        Problem::DuplicateKey => format!("{path}: this key stands twice (allowed: once)"),
        Problem::WrongKind { expected, found: "null", .. } => {
            format!("{path}: null is not allowed (needed: {expected})")
        }
        Problem::WrongKind { expected, found, value: Some(value) } => {
            format!("{path}: {value} is {found} (needed: {expected})")
        }
        Problem::WrongKind { expected, found, value: None } => format!("{path}: this is {found} (needed: {expected})"),
        Problem::HalfCharacter => {
            format!("{path}: a text holds half of a character (\\ud800 to \\udfff stand in pairs)")
        }
        Problem::QuotedNumber { found, plain } => {
            format!("{path}: \"{found}\" is a number in quotes; write {plain} without quotes")
        }
        Problem::BadNumber(text, NotADecimal::Exponent) => {
            format!("{path}: {text} has an exponent; write the number in plain decimal notation")
        }
        Problem::BadNumber(text, NotADecimal::TooLong) => {
            format!("{path}: {text} has too many digits (allowed: 9 before the point and 8 after it)")
        }
        Problem::BadNumber(text, NotADecimal::NotANumber) => format!("{path}: {text} is not a number"),
        Problem::NotWhole(text) => format!("{path}: {text} is not possible (needed: a whole number, such as 4)"),
        Problem::NotAnAmount(text) => {
            format!("{path}: {text} is not possible (needed: an amount of at most three decimals)")
        }
        Problem::NotOneOf { found, nearest, allowed } => {
            let allowed: Vec<&str> = allowed.iter().map(String::as_str).collect();
            not_one_of(path, found, nearest.as_deref(), &allowed)
        }
        Problem::Unreadable { found, expected } => format!("{path}: \"{found}\" is not {expected}"),
        Problem::Blank => format!("{path}: nothing readable is written there"),
        Problem::TooLong(most) => format!("{path}: the text is too long (allowed: {most} characters)"),
        Problem::HiddenCharacter(c) => {
            format!("{path}: the text holds the hidden character {}, which is not allowed", c.escape_unicode())
        }
        Problem::EmptyList => format!("{path}: the list is empty (needed: at least one entry)"),
        Problem::Meaning(sentence) => format!("{path}: {sentence}"),
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fault(self))
    }
}

impl std::error::Error for Fault {}

/// The parser's words for what is not JSON, in plainer ones where they are frequent.
fn syntax(words: &str) -> &str {
    match words {
        _ if words.starts_with("EOF while") => "the document is empty or ends too early",
        "trailing characters" => "something follows after the end of the document",
        "key must be a string" => {
            "a key in double quotes is needed here; is there a comma too many, or a decimal comma?"
        }
        "expected value" => "a value is needed here",
        _ if words.starts_with("control character") => "a line break or control character stands inside a text",
        other => other,
    }
}

/// Several sentences as one list in words.
pub(crate) fn listed(words: &[String]) -> String {
    one_of(&words.iter().map(String::as_str).collect::<Vec<_>>())
}
