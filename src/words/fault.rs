//! The sentence of each fault of a document.

use std::{borrow::Cow, fmt};

use super::{one_of, unusable::not_one_of};
use crate::json::{Decimal, Expected, Fault, Kind, NotADecimal, Notation, Problem, Syntax, YEARS};

/// One sentence that names the field, the value and what is allowed.
pub fn fault(fault: &Fault) -> String {
    sentence(&fault.path, fault.line, fault.column, &fault.problem)
}

/// The sentence of a problem in its place.
pub(crate) fn sentence(path: &str, line: usize, column: usize, problem: &Problem) -> String {
    let path = place(path);
    match problem {
        Problem::Syntax(why @ Syntax::TooDeep(_)) => format!("{}, at line {line} column {column}", syntax(why)),
        Problem::Syntax(why) => format!("not JSON: {}, at line {line} column {column}", syntax(why)),
        Problem::NotUtf8 => format!("not JSON: a byte that is not UTF-8, at line {line} column {column}"),
        Problem::Utf16 => {
            "this file is UTF-16, as PowerShell writes it with >; write it with --output, or save it as UTF-8"
                .to_owned()
        }
        Problem::Missing { allowed: [] } => format!("{path}: missing"),
        Problem::Missing { allowed } => format!("{path}: missing (allowed: {})", one_of(allowed)),
        Problem::UnknownKey { nearest: Some(nearest), .. } => {
            format!("{path}: this key is unknown; did you mean \"{nearest}\"?")
        }
        Problem::UnknownKey { nearest: None, known } => {
            format!("{path}: this key is unknown (allowed: {})", known.join(", "))
        }
        Problem::DuplicateKey => format!("{path}: this key appears twice (allowed: once)"),
        Problem::WrongKind { expected, found, value } => wrong_kind(path, *expected, *found, value.as_deref()),
        Problem::HalfCharacter => {
            format!("{path}: a text contains half a character (\\ud800 to \\udfff come in pairs)")
        }
        Problem::QuotedNumber { found, plain } => {
            format!("{path}: \"{found}\" is a number in quotes; write {plain} without quotes")
        }
        Problem::BadNumber(text, why) => format!("{path}: {text} {}", bad_number(*why)),
        Problem::NotWhole(text) => format!("{path}: {text} is not possible (needed: a whole number, such as 4)"),
        Problem::NotAnAmount(text) => {
            format!("{path}: {text} is not possible (allowed: 0 to 4000000, no finer than 0.001)")
        }
        Problem::NotOneOf { found, nearest, allowed } => {
            format!("{path}: {}", not_one_of(found, nearest.as_deref(), allowed))
        }
        Problem::Unreadable { found, expected } => format!("{path}: \"{found}\" is not {}", notation(*expected)),
        Problem::Blank => format!("{path}: no visible text"),
        Problem::TooLong(most) => format!("{path}: the text is too long (allowed: {most} characters)"),
        Problem::HiddenCharacter(c) => {
            format!("{path}: the text contains the invisible character {}, which is not allowed", c.escape_unicode())
        }
        Problem::EmptyList => format!("{path}: the list is empty (needed: at least one entry)"),
    }
}

/// Where something is wrong, in the words of a sentence that begins with it.
pub(super) fn place(path: &str) -> &str {
    if path.is_empty() { "the document" } else { path }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fault(self))
    }
}

impl std::error::Error for Fault {}

/// Why a document is not JSON, or none that is read.
fn syntax(syntax: &Syntax) -> Cow<'_, str> {
    match syntax {
        Syntax::EndsTooEarly => "the document is empty or ends too early".into(),
        Syntax::Trailing => "there is more text after the end of the document".into(),
        Syntax::Key => "a key in double quotes is needed here; is there a comma too many, or a decimal comma?".into(),
        Syntax::NoValue => "a value is needed here".into(),
        Syntax::ControlCharacter => "there is a line break or control character inside a text".into(),
        Syntax::TooDeep(most) => {
            format!("more than {most} objects and lists are inside one another; no file of this program is so deep")
                .into()
        }
        Syntax::Other(words) => words.into(),
    }
}

fn wrong_kind(path: &str, needed: Expected, found: Kind, value: Option<&str>) -> String {
    let needed = expected(needed);
    if found == Kind::Null {
        return format!("{path}: null is not allowed (needed: {needed})");
    }
    format!("{path}: {} is {} (needed: {needed})", value.unwrap_or("this"), kind(found))
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "an object",
        Kind::List => "a list",
        Kind::Text => "a text",
        Kind::Number => "a number",
        Kind::Flag => "a truth value",
        Kind::Null => "null",
    }
}

fn expected(expected: Expected) -> Cow<'static, str> {
    match expected {
        Expected::Object => kind(Kind::Object).into(),
        Expected::List => kind(Kind::List).into(),
        Expected::Word => kind(Kind::Text).into(),
        Expected::Text => "a text in quotes".into(),
        Expected::Number => kind(Kind::Number).into(),
        Expected::Flag => "true or false".into(),
        Expected::Notation(Notation::Date) => "a date in quotes, such as \"2026-12-01\"".into(),
        Expected::Notation(other) => notation(other),
    }
}

/// What a text must be, with an example.
pub fn notation(notation: Notation) -> Cow<'static, str> {
    match notation {
        Notation::Date => {
            let (first, last) = (YEARS.start, YEARS.end - 1);
            format!("a day of the years {first} to {last} as year-month-day, such as 2026-12-01").into()
        }
        Notation::Decimal => "a number such as \"1.3\"".into(),
        Notation::Mass => "a mass such as \"3.5 mg\"".into(),
        Notation::Volume => "a volume such as \"4.4 mL\"".into(),
        Notation::Days => "a number of days such as \"21 days\" or \"4 weeks\"".into(),
        Notation::Minutes => "a time such as \"15 minutes\" or \"2 hours\"".into(),
        Notation::Kidney => "a clearance such as \"50 to 60 mL/min\", \"40 to below 50 mL/min\", \"above 60 mL/min\", \
                             \"30 mL/min or above\", \"below 30 mL/min\", \"on dialysis\" or \"not known\""
            .into(),
        Notation::CalciumBand => "a calcium such as \"at least 3.0 mmol/L or 12.0 mg/dL\" or \"above normal\"".into(),
        Notation::CreatinineLimit => "a limit such as \"above 265 umol/L or 3.0 mg/dL\"".into(),
        Notation::CalciumLimit => "a limit such as \"at least 3.0 mmol/L or 12.0 mg/dL\"".into(),
        Notation::CreatininePair => "a pair such as \"44 umol/L or 0.5 mg/dL\"".into(),
        Notation::CalciumPair => "a pair such as \"0.05 mmol/L or 0.2 mg/dL\"".into(),
        Notation::CreatinineSpan => "a range such as \"10 to 2500 umol/L or 0.1 to 28 mg/dL\"".into(),
        Notation::CalciumSpan => "a range such as \"2.20 to 2.60 mmol/L or 8.8 to 10.4 mg/dL\"".into(),
        Notation::AlbuminSpan => "a range such as \"5 to 70 g/L or 0.5 to 7 g/dL\"".into(),
        Notation::PlainSpan => "a range such as \"20 to 350 kg\"".into(),
        Notation::Citation => "a source with its place, such as \"ilive Z5\"".into(),
        Notation::TimeOfDay => "a time of day from \"00:00\" to \"23:59\", such as \"09:40\"".into(),
        Notation::Expiry => "a month or a day of expiry, such as \"2028-04\" or \"2028-04-30\"".into(),
    }
}

fn bad_number(why: NotADecimal) -> String {
    let (whole, places) = (Decimal::MOST_WHOLE_DIGITS, Decimal::MOST_PLACES);
    match why {
        NotADecimal::Exponent => "has an exponent; write the number in plain decimal notation".to_owned(),
        NotADecimal::TooLong => {
            format!("has too many digits (allowed: {whole} before the point and {places} after it)")
        }
        NotADecimal::NotANumber => "is not a number".to_owned(),
    }
}
