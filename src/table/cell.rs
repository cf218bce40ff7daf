//! A cell as the value of a request: text, word, date, number, truth value or list.

use super::{
    day::{self, DateOrder},
    fault::Problem,
    fields::{self, Kind},
    number::{self, Signs},
    spelling,
};
use crate::{
    json::printable,
    regimen::{Code, Library},
    request::NONE,
};

/// How a cell is to be read.
pub(super) struct Reading<'a> {
    pub(super) kind: &'a Kind,
    /// The order of dates, where the columns file states one.
    pub(super) order: Option<DateOrder>,
    /// The unit that may stand behind a number.
    pub(super) unit: Option<&'a str>,
    pub(super) signs: Signs,
    /// The hospital's words, with what they are in a request.
    pub(super) words: &'a [(String, String)],
}

/// What the cells of a field hold. The words of a library are no closed list: another one is the engine's to judge.
pub(super) fn kind(path: &str, library: &'static Library) -> Kind {
    let Some(field) = fields::find(path) else { return Kind::Text };
    let drugs = || library.drug_words().map(str::to_owned);
    let words: Vec<String> = match field.path.as_str() {
        "treatment.drug" => drugs().collect(),
        "history.last_antiresorptive.drug" => {
            let others = library.limits().other_antiresorptives.iter().map(|it| it.id.as_str().to_owned());
            drugs().chain(others).chain([NONE.to_owned()]).collect()
        }
        "treatment.product" => {
            library.regimens().flat_map(|it| it.regimen.products.iter()).map(ToString::to_string).collect()
        }
        "confirmations[0].finding" => Code::ALL.iter().map(|code| code.as_str().to_owned()).collect(),
        _ => return field.kind.clone(),
    };
    Kind::Word(words)
}

/// The entries of a list in one cell, between commas, semicolons or spaces.
pub(super) fn entries(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ',']).flat_map(str::split_whitespace)
}

impl Reading<'_> {
    /// Writes a cell that is not empty as JSON.
    pub(super) fn write(&self, text: &str, to: &mut Vec<u8>) -> Result<(), Problem> {
        match self.kind {
            Kind::List(_) if spelling::is_same(text, NONE) => to.extend_from_slice(b"[]"),
            Kind::List(of) => self.list(of, text, to)?,
            kind => self.value(kind, text, to)?,
        }
        Ok(())
    }

    fn value(&self, kind: &Kind, text: &str, to: &mut Vec<u8>) -> Result<(), Problem> {
        match kind {
            Kind::Text | Kind::List(_) => quote(text, to),
            Kind::Word(words) => {
                let known = words.iter().find(|word| *word == text);
                let known = known.or_else(|| words.iter().find(|word| spelling::is_same(word, text)));
                quote(known.map_or(text, String::as_str), to);
            }
            Kind::Date => match self.order {
                // Whoever reads requests says what is wrong with it.
                None => quote(text, to),
                Some(order) => {
                    let date = day::read(text, order);
                    let found = || Problem::NotADate { found: printable(text), order: order.as_str() };
                    quote(&date.ok_or_else(found)?.to_string(), to);
                }
            },
            Kind::Number { whole } => {
                let number = number::read(text, self.signs, self.unit)?;
                let number =
                    number.as_whole().filter(|_| *whole).map_or_else(|| number.to_string(), |it| it.to_string());
                to.extend_from_slice(number.as_bytes());
            }
            Kind::Flag => {
                let flag = ["true", "false"].into_iter().find(|word| text.eq_ignore_ascii_case(word));
                let flag = flag.ok_or_else(|| Problem::NotAFlag { found: printable(text) })?;
                to.extend_from_slice(flag.as_bytes());
            }
        }
        Ok(())
    }

    /// Writes each entry of a list. A word of the hospital's may contain spaces.
    fn list(&self, of: &Kind, text: &str, to: &mut Vec<u8>) -> Result<(), Problem> {
        to.push(b'[');
        for part in text.split([';', ',']).map(str::trim) {
            match meant(self.words, part) {
                Some(meant) => entries(meant).try_for_each(|entry| self.entry(of, entry, to))?,
                None => part.split_whitespace().try_for_each(|entry| {
                    let meant = meant(self.words, entry).unwrap_or(entry);
                    entries(meant).try_for_each(|entry| self.entry(of, entry, to))
                })?,
            }
        }
        close(b']', to);
        Ok(())
    }

    fn entry(&self, of: &Kind, entry: &str, to: &mut Vec<u8>) -> Result<(), Problem> {
        self.value(of, entry, to)?;
        to.push(b',');
        Ok(())
    }
}

/// What one of the hospital's words is in a request.
pub(super) fn meant<'w>(words: &'w [(String, String)], text: &str) -> Option<&'w str> {
    words.iter().find(|(word, _)| spelling::is_same(word, text)).map(|(_, meant)| meant.as_str())
}

/// Writes a text as JSON.
pub(super) fn quote(text: &str, to: &mut Vec<u8>) {
    serde_json::to_writer(to, text).expect("text is JSON");
}

/// Ends a list or an object, whose last member has a comma behind it.
pub(super) fn close(with: u8, to: &mut Vec<u8>) {
    if to.last() == Some(&b',') {
        to.pop();
    }
    to.push(with);
}
