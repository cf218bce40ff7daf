//! What can be wrong with a JSON document, and where.

use std::fmt;

use crate::quantity::NotADecimal;

/// One fault of a document, with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The path of the value, such as `labs.creatinine.value`; empty for the whole document.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong. Its sentence stands in [`crate::wording`].
    pub problem: Problem,
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The document is not JSON; the parser's own words.
    Syntax(String),
    /// The document is not UTF-8.
    NotUtf8,
    /// A required key is missing.
    Missing,
    /// A key that is not known here.
    UnknownKey {
        /// The known key that it resembles most.
        nearest: Option<&'static str>,
        /// All keys that are known here.
        known: &'static [&'static str],
    },
    /// A key that stands twice in the same object.
    DuplicateKey,
    /// A value of another kind.
    WrongKind {
        /// What would be right: "a number".
        expected: &'static str,
        /// What was found: "a text".
        found: &'static str,
    },
    /// A number in quotes.
    QuotedNumber(String),
    /// A number that is not written in plain decimal notation.
    BadNumber(String, NotADecimal),
    /// A number that must be whole and is not, or is too large.
    NotWhole(String),
    /// A word that is not one of those allowed here.
    NotOneOf {
        /// The word.
        found: String,
        /// The allowed word that it resembles most.
        nearest: Option<String>,
        /// All allowed words.
        allowed: Vec<String>,
    },
    /// A text that should say something in a certain form and does not.
    Unreadable {
        /// The text.
        found: String,
        /// What would be right, with an example.
        expected: &'static str,
    },
    /// A text with nothing in it.
    Blank,
    /// A text longer than it can be.
    TooLong(usize),
    /// A text with a control or bidirectional-override character.
    HiddenCharacter(char),
    /// A list in which something must stand.
    EmptyList,
    /// A fault of meaning, found after the document was read; its sentence is complete.
    Meaning(String),
}

/// Collects faults while a document is read.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Notes a fault of the value at `node`.
    pub fn note(&mut self, path: &Path<'_>, node: super::Node<'_>, problem: Problem) {
        let (line, column) = node.place();
        self.0.push(Fault { path: path.to_string(), line, column, problem });
    }

    /// The faults, in the order in which they stand in the document.
    pub fn into_sorted(mut self) -> Vec<Fault> {
        self.0.sort_by_key(|fault| (fault.line, fault.column));
        self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The way from the root of a document to a value, written as `labs.creatinine.value` or
/// `confirmations[1].by`.
#[derive(Clone, Copy, Debug)]
pub enum Path<'p> {
    /// The document itself.
    Root,
    /// A key of an object.
    Key(&'p Path<'p>, &'p str),
    /// A place in a list, from 0.
    Index(&'p Path<'p>, usize),
}

impl Path<'_> {
    /// The key this path ends in.
    pub fn last_key(&self) -> &str {
        match self {
            Self::Key(_, key) => key,
            Self::Root | Self::Index(..) => "",
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Key(Self::Root, key) => f.write_str(&super::printable(key)),
            Self::Key(parent, key) => write!(f, "{parent}.{}", super::printable(key)),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// The candidate that resembles `word` most, if one does: at most a third of its letters differ.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(64).collect();
    candidates
        .into_iter()
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, candidate)| distance * 3 <= candidate.chars().count().max(word.len()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance, case and the marks between words aside.
fn distance(word: &[char], candidate: &str) -> usize {
    let plain = |c: char| if matches!(c, '_' | ' ') { '-' } else { c.to_ascii_lowercase() };
    let candidate: Vec<char> = candidate.chars().map(plain).collect();
    let mut row: Vec<usize> = (0..=candidate.len()).collect();
    for (i, a) in word.iter().map(|c| plain(*c)).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in candidate.iter().enumerate() {
            let substituted = diagonal + usize::from(a != *b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[candidate.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_one_that_could_have_been_meant() {
        let words = ["birth_date", "sex", "weight_kg", "height_cm"];
        assert_eq!(nearest("weigth_kg", words), Some("weight_kg"));
        assert_eq!(nearest("birthdate", words), Some("birth_date"));
        assert_eq!(nearest("Sex", words), Some("sex"));
        assert_eq!(nearest("allergies", words), None);
    }

    #[test]
    fn a_path_reads_like_the_document() {
        let list = Path::Key(&Path::Root, "confirmations");
        let entry = Path::Index(&list, 1);
        assert_eq!(Path::Key(&entry, "by").to_string(), "confirmations[1].by");
    }
}
