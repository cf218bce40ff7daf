//! What the label of a container says, as a scanner types it: the batch, the expiry, the serial number and the trade item
//! number of a GS1 code.
//!
//! Whatever cannot be read is refused with its reason, and the person types it from the label. Nothing is guessed: a
//! batch that only looks right would stand in the record for ever.

#[cfg(test)]
mod tests;

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};

use super::event::{Container, Expiry};
use crate::json::{Text, Written, printable, vocabulary};

/// What separates two values, as a scanner types it.
const SEPARATOR: char = '\u{1D}';
/// The most characters of a code; the largest GS1 codes hold fewer of what is read here.
const LONGEST: usize = 400;
/// What scanners type before a code, by the kind of code: Data Matrix, GS1-128, QR, `DataBar`, `DotCode`.
const PREFIXES: [&str; 5] = ["]d2", "]C1", "]Q3", "]e0", "]J1"];

/// The trade item number of a package: 14 digits, of which the last one checks the others.
///
/// It names a package and no brand. No library of regimens knows trade item numbers, so the brand is what the person
/// reads on the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gtin(String);

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Gtin {
    type Err = Unread;

    fn from_str(digits: &str) -> Result<Self, Unread> {
        let is_shaped = digits.len() == 14 && digits.bytes().all(|it| it.is_ascii_digit());
        if !is_shaped {
            return Err(Unread::NotDigits { field: Field::Gtin, digits: 14, found: printable(digits) });
        }
        // Every other digit counts three times, from the first one; with the last one the sum is a multiple of ten.
        let weighed = digits.bytes().zip([3_u32, 1].into_iter().cycle()).map(|(it, by)| u32::from(it - b'0') * by);
        if weighed.sum::<u32>().is_multiple_of(10) {
            Ok(Self(digits.to_owned()))
        } else {
            Err(Unread::CheckDigit { found: digits.to_owned() })
        }
    }
}

/// What a label says. It names no brand: see [`Gtin`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// The trade item number.
    pub gtin: Option<Gtin>,
    /// The batch.
    pub batch: Option<Text>,
    /// When the batch expires.
    pub expires: Option<Expiry>,
    /// The serial number of the package.
    pub serial: Option<Text>,
}

impl Label {
    /// Containers with this label, of the brand that the person named.
    pub fn containers(self, brand: Option<Text>, count: u16) -> Container {
        Container { brand, batch: self.batch, expires: self.expires.map(Written), count }
    }
}

vocabulary! {
    /// A value of a label that is read.
    pub enum Field {
        /// The trade item number.
        Gtin = "01",
        /// The batch.
        Batch = "10",
        /// The expiry.
        Expiry = "17",
        /// The serial number.
        Serial = "21",
    }
}

/// Why a text is no label that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Nothing was typed.
    Empty,
    /// It is longer than any label.
    TooLong {
        /// The most characters.
        most: usize,
    },
    /// Nothing says that it is a GS1 code.
    NotALabel,
    /// The scanner says that it is another kind of code.
    OtherCode {
        /// What the scanner typed before it.
        prefix: String,
    },
    /// A value that is not known here, so that nobody can say where it ends.
    UnknownField {
        /// How it begins.
        found: String,
    },
    /// A value that has nothing in it.
    NoValue {
        /// Its number.
        field: String,
    },
    /// A value with more characters than it may have.
    ValueTooLong {
        /// Its number.
        field: String,
        /// The most characters.
        most: usize,
        /// What was found.
        found: String,
    },
    /// A value with a character that it may not have.
    Character {
        /// Its number.
        field: String,
        /// What was found.
        found: String,
    },
    /// A value that is not so many digits.
    NotDigits {
        /// The value.
        field: Field,
        /// How many digits it has.
        digits: usize,
        /// What was found.
        found: String,
    },
    /// Another value that is not so many digits.
    OtherNotDigits {
        /// Its number.
        field: String,
        /// How many digits it has.
        digits: usize,
        /// What was found.
        found: String,
    },
    /// The trade item number was misread.
    CheckDigit {
        /// What was found.
        found: String,
    },
    /// The expiry is no day.
    NoSuchDay {
        /// What was found.
        found: String,
    },
    /// Two values that differ.
    Twice {
        /// Their number.
        field: String,
    },
    /// A value that goes on to the end and may be two: the scanner, or the terminal, may have dropped a separator.
    MayBeTwo {
        /// Its number.
        field: String,
        /// What was found.
        found: String,
    },
}

/// How a value is written.
#[derive(Clone, Copy)]
enum Form {
    /// So many digits.
    Digits(usize),
    /// At most so many characters; a separator follows, unless it is the last value.
    AtMost(usize),
}

/// The values that a label of a medicine may have, by the digits before them. All must be known, since a value that is
/// passed over must end somewhere.
fn form(number: &str) -> Option<Form> {
    Some(match number {
        "00" => Form::Digits(18),
        "01" | "02" => Form::Digits(14),
        "11" | "12" | "13" | "15" | "16" | "17" => Form::Digits(6),
        "20" => Form::Digits(2),
        "422" => Form::Digits(3),
        "7003" => Form::Digits(10),
        "10" | "21" | "22" | "710" | "711" | "712" | "713" | "714" | "715" | "716" => Form::AtMost(20),
        "30" | "37" => Form::AtMost(8),
        "235" => Form::AtMost(28),
        "90" | "240" | "241" | "250" | "251" => Form::AtMost(30),
        "91" | "92" | "93" | "94" | "95" | "96" | "97" | "98" | "99" => Form::AtMost(90),
        _ => return None,
    })
}

/// A value with its number.
type Element<'t> = (&'t str, &'t str);

/// Reads what a scanner typed on a day. The day decides the century of the expiry.
///
/// # Errors
/// Why it cannot be read.
pub fn read(text: &str, today: NaiveDate) -> Result<Label, Unread> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    if text.is_empty() {
        return Err(Unread::Empty);
    }
    if text.chars().count() > LONGEST {
        return Err(Unread::TooLong { most: LONGEST });
    }
    let elements = if text.starts_with('(') { in_brackets(text)? } else { marked(text)? };
    let mut label = Label::default();
    let value = |number: &str| elements.iter().find(|it| it.0 == number).map(|it| it.1);
    let text_of = |field: Field| {
        let text = |it: &str| it.parse().map_err(|_| character(field.as_str(), it));
        value(field.as_str()).map(text).transpose()
    };
    label.gtin = value(Field::Gtin.as_str()).map(str::parse).transpose()?;
    label.batch = text_of(Field::Batch)?;
    label.serial = text_of(Field::Serial)?;
    label.expires = value(Field::Expiry.as_str()).map(|it| expiry(it, today)).transpose()?;
    Ok(label)
}

/// The values of a text in which each has its number in brackets before it, as it is printed below the code.
fn in_brackets(text: &str) -> Result<Vec<Element<'_>>, Unread> {
    let mut elements = Vec::new();
    for part in text.split('(').skip(1) {
        let unknown = || Unread::UnknownField { found: printable(part) };
        let (number, value) = part.split_once(')').ok_or_else(unknown)?;
        let form = form(number).ok_or_else(unknown)?;
        let value = value.trim_matches([' ', SEPARATOR]);
        sound(number, value, form)?;
        add(&mut elements, (number, value))?;
    }
    Ok(elements)
}

/// The values of a text as the code holds them.
fn marked(text: &str) -> Result<Vec<Element<'_>>, Unread> {
    let code = PREFIXES.iter().find_map(|prefix| text.strip_prefix(prefix));
    if code.is_none() && text.starts_with(']') {
        return Err(Unread::OtherCode { prefix: printable(&text.chars().take(3).collect::<String>()) });
    }
    let is_separated = text.contains(SEPARATOR);
    // Without any mark only a trade item number shows that it is a code, and not a batch that was typed by hand.
    let begins_with_gtin =
        || text.get(..16).and_then(|it| it.strip_prefix("01")).is_some_and(|it| it.parse::<Gtin>().is_ok());
    if code.is_none() && !is_separated && !begins_with_gtin() {
        return Err(Unread::NotALabel);
    }
    let code = code.unwrap_or(text);
    let elements = elements(code.strip_prefix(SEPARATOR).unwrap_or(code), Vec::new())?;
    let last = elements.last().filter(|it| !is_separated && matches!(form(it.0), Some(Form::AtMost(_))));
    match last {
        Some((number, value)) if may_go_on(value, &elements) => {
            Err(Unread::MayBeTwo { field: (*number).to_owned(), found: printable(value) })
        }
        _ => Ok(elements),
    }
}

/// The values of a code, after those that were read before it.
fn elements<'t>(code: &'t str, mut before: Vec<Element<'t>>) -> Result<Vec<Element<'t>>, Unread> {
    let mut rest = code;
    while !rest.is_empty() {
        let number = (2..=4).filter_map(|length| rest.get(..length)).find(|number| form(number).is_some());
        let unknown = || Unread::UnknownField { found: printable(&rest.chars().take(4).collect::<String>()) };
        let number = number.ok_or_else(unknown)?;
        let form = form(number).ok_or_else(unknown)?;
        let after = &rest[number.len()..];
        let end = after.find(SEPARATOR).unwrap_or(after.len());
        let (value, next) = match form {
            Form::Digits(digits) => {
                let last = after.char_indices().nth(digits).map_or(after.len(), |(at, _)| at);
                after.split_at(last.min(end))
            }
            Form::AtMost(_) => after.split_at(end),
        };
        sound(number, value, form)?;
        add(&mut before, (number, value))?;
        rest = next.strip_prefix(SEPARATOR).unwrap_or(next);
    }
    Ok(before)
}

/// Whether a value that goes on to the end of the code could be a shorter one and others after it.
fn may_go_on<'t>(value: &'t str, all: &[Element<'t>]) -> bool {
    let known: Vec<&str> = all.iter().map(|it| it.0).collect();
    let is_new = |rest: &str| elements(rest, Vec::new()).is_ok_and(|it| it.iter().all(|it| !known.contains(&it.0)));
    value.char_indices().skip(1).any(|(at, _)| is_new(&value[at..]))
}

/// Adds a value; one that is there already must be the same.
fn add<'t>(elements: &mut Vec<Element<'t>>, element: Element<'t>) -> Result<(), Unread> {
    match elements.iter().find(|it| it.0 == element.0) {
        Some(earlier) if earlier.1 == element.1 => {}
        Some(_) => return Err(Unread::Twice { field: element.0.to_owned() }),
        None => elements.push(element),
    }
    Ok(())
}

/// Whether a value has the form that it must have.
fn sound(number: &str, value: &str, form: Form) -> Result<(), Unread> {
    let field = || number.to_owned();
    match form {
        Form::Digits(digits) if value.len() == digits && value.bytes().all(|it| it.is_ascii_digit()) => Ok(()),
        Form::Digits(digits) => {
            let found = printable(value);
            Err(match Field::from_word(number) {
                Some(field) => Unread::NotDigits { field, digits, found },
                None => Unread::OtherNotDigits { field: field(), digits, found },
            })
        }
        Form::AtMost(_) if value.is_empty() => Err(Unread::NoValue { field: field() }),
        Form::AtMost(most) if value.chars().count() > most => {
            Err(Unread::ValueTooLong { field: field(), most, found: printable(value) })
        }
        Form::AtMost(_) if value.chars().all(is_of_gs1) => Ok(()),
        Form::AtMost(_) => Err(character(number, value)),
    }
}

fn character(number: &str, value: &str) -> Unread {
    Unread::Character { field: number.to_owned(), found: printable(value) }
}

/// Whether a character is one of the 82 that a value may have. Brackets are among them, and are not read here: in
/// print they hold the number of a value.
fn is_of_gs1(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!\"%&'*+,-./_:;<=>?".contains(c)
}

/// An expiry of six digits: year, month, and a day that is 00 where the batch may be used to the end of the month.
fn expiry(digits: &str, today: NaiveDate) -> Result<Expiry, Unread> {
    let no_day = || Unread::NoSuchDay { found: printable(digits) };
    let two = |at: usize| digits.get(at..at + 2).and_then(|it| it.parse::<u16>().ok());
    let (Some(year), Some(month), Some(day)) = (two(0), two(2), two(4)) else { return Err(no_day()) };
    let year = full_year(year, today).ok_or_else(no_day)?;
    let written = if day == 0 { format!("{year:04}-{month:02}") } else { format!("{year:04}-{month:02}-{day:02}") };
    written.parse().map_err(|()| no_day())
}

/// The year of two digits, by the rule of GS1: at most 49 years ahead, and at most 50 years ago.
fn full_year(two_digits: u16, today: NaiveDate) -> Option<u16> {
    let now = u16::try_from(today.year()).ok()?;
    let (century, of_century) = (now / 100, now % 100);
    let century = if two_digits >= of_century + 51 {
        century.checked_sub(1)?
    } else if two_digits + 50 <= of_century {
        century + 1
    } else {
        century
    };
    Some(century * 100 + two_digits)
}
