//! What can be wrong with a JSON document, and where.

use std::fmt;

use super::{Kind, NotADecimal};

/// One fault of a document, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault<P = Problem> {
    /// The path of the value, such as `labs.creatinine.value`; empty for the whole document.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: P,
}

impl<P> Fault<P> {
    /// The same fault with another problem in its place.
    pub fn map<Q>(self, other: impl FnOnce(P) -> Q) -> Fault<Q> {
        let Self { path, line, column, problem } = self;
        Fault { path, line, column, problem: other(problem) }
    }
}

/// What is wrong with a value. Its sentence is in [`crate::words`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The document is not JSON.
    Syntax(Syntax),
    /// The document is not UTF-8.
    NotUtf8,
    /// The document is UTF-16.
    Utf16,
    /// A required key is missing.
    Missing {
        /// The words that are allowed there, where they are a closed list.
        allowed: &'static [&'static str],
    },
    /// A key that is not known here.
    UnknownKey {
        /// The known key that it resembles most.
        nearest: Option<&'static str>,
        /// All keys that are known here.
        known: &'static [&'static str],
    },
    /// A key that appears twice in the same object.
    DuplicateKey,
    /// A value of another kind.
    WrongKind {
        /// What is needed.
        expected: Expected,
        /// What was found.
        found: Kind,
        /// The value, where it is short.
        value: Option<String>,
    },
    /// A text with half of a character in it, such as `\ud800`.
    HalfCharacter,
    /// A number in quotes.
    QuotedNumber {
        /// What is there.
        found: String,
        /// The number in plain decimal notation.
        plain: String,
    },
    /// A number that is not written in plain decimal notation.
    BadNumber(String, NotADecimal),
    /// A number that must be whole and is not, or is too large.
    NotWhole(String),
    /// A number that no dose and no volume can be.
    NotAnAmount(String),
    /// A word that is not one of those allowed here.
    NotOneOf {
        /// The word.
        found: String,
        /// The allowed word that it resembles most.
        nearest: Option<String>,
        /// All allowed words.
        allowed: Vec<String>,
    },
    /// A text that does not follow its notation.
    Unreadable {
        /// The text.
        found: String,
        /// The notation that is needed.
        expected: Notation,
    },
    /// A text with nothing in it.
    Blank,
    /// A text longer than it can be.
    TooLong(usize),
    /// A text with a control or bidirectional-override character.
    HiddenCharacter(char),
    /// A list that must not be empty.
    EmptyList,
}

/// Why a document is not JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// It is empty, or ends before it is complete.
    EndsTooEarly,
    /// Something follows after its end.
    Trailing,
    /// A key that is no text.
    Key,
    /// No value where one is needed.
    NoValue,
    /// A control character inside a text.
    ControlCharacter,
    /// Objects and lists inside one another, more than this many.
    TooDeep(usize),
    /// Anything else, in the parser's own words.
    Other(String),
}

/// What can be needed instead of a value of another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// An object.
    Object,
    /// A list.
    List,
    /// One of a closed list of words.
    Word,
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// A text that follows a notation.
    Notation(Notation),
}

/// What a text can state in a notation of its own. An example of each is in [`crate::words`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it states")]
pub enum Notation {
    Date,
    Decimal,
    Mass,
    Volume,
    Days,
    Minutes,
    Kidney,
    CalciumBand,
    CreatinineLimit,
    CalciumLimit,
    CreatininePair,
    CalciumPair,
    CreatinineSpan,
    CalciumSpan,
    AlbuminSpan,
    PlainSpan,
    Citation,
    TimeOfDay,
    Expiry,
}

/// Collects faults while a document is read.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

/// Nobody mends more at once, and a document made of faults must not take long to refuse.
const MOST_FAULTS: usize = 100;

impl Faults {
    /// Notes a fault of the value at `node`.
    pub fn note(&mut self, path: &Path<'_>, node: super::Node<'_>, problem: Problem) {
        if self.is_full() {
            return;
        }
        let (line, column) = node.place();
        self.0.push(Fault { path: path.to_string(), line, column, problem });
    }

    /// The faults, in the order of the document. What is missing comes last: it is
    /// often there under a key that is not known.
    pub fn into_sorted(mut self) -> Vec<Fault> {
        self.0.sort_by_key(|fault| (matches!(fault.problem, Problem::Missing { .. }), fault.line, fault.column));
        self.0
    }

    /// Whether no more are collected.
    pub fn is_full(&self) -> bool {
        self.0.len() >= MOST_FAULTS
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
            Self::Key(Self::Root, key) => f.write_str(&shown_key(key)),
            Self::Key(parent, key) => write!(f, "{parent}.{}", shown_key(key)),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// A key as a path shows it: in quotes where it is not a plain word.
fn shown_key(key: &str) -> String {
    let plain = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if plain { super::printable(key) } else { format!("\"{}\"", super::printable(key)) }
}

/// The candidate that could have been meant by `word`, if there is one: the same first letter (or a
/// long word with one letter wrong), the same digits, and at most two letters that differ. Drugs and strengths that
/// merely look alike are never suggested for each other. A unit, which has a slash, is suggested for another spelling of
/// itself alone: mg/L is not mg/dL.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(64).collect();
    let first = |letters: &[char]| letters.first().copied().map(plain);
    let digits = |letters: &[char]| letters.iter().copied().filter(char::is_ascii_digit).collect::<String>();
    candidates
        .into_iter()
        .filter(|candidate| {
            let letters: Vec<char> = candidate.chars().collect();
            let begins = first(&letters) == first(&word) || (letters.len() > 10 && distance(&word, candidate) == 1);
            begins && digits(&letters) == digits(&word)
        })
        .map(|candidate| (distance(&word, candidate), candidate))
        .filter(|(distance, candidate)| *distance == 0 || !candidate.contains('/'))
        .filter(|(distance, candidate)| *distance <= 2 && distance * 3 <= candidate.chars().count().max(word.len()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A letter without case, and without the difference between `_`, space and hyphen, or between µ and u.
fn plain(c: char) -> char {
    match c {
        '_' | ' ' => '-',
        'µ' | 'μ' => 'u',
        _ => c.to_ascii_lowercase(),
    }
}

/// Levenshtein's distance, case and the marks between words aside.
fn distance(word: &[char], candidate: &str) -> usize {
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
        let drugs = ["zoledronic-acid", "ibandronic-acid", "clodronate", "denosumab"];
        assert_eq!(nearest("zoledronic acid", drugs), Some("zoledronic-acid"));
        for other in ["zoledronic-acid-5mg", "denosumab60", "alendronic-acid", "etidronate", "clodronic-acid"] {
            assert_eq!(nearest(other, drugs), None, "{other}");
        }
    }

    #[test]
    fn a_unit_is_suggested_for_its_own_spellings_only() {
        let units = ["umol/L", "mg/dL"];
        for spelling in ["µmol/L", "μmol/l", "UMOL/L"] {
            assert_eq!(nearest(spelling, units), Some("umol/L"), "{spelling}");
        }
        for other in ["mg/L", "mmol/L", "umol/dL", "umol", "nmol/L", "mval/L", "g/dL"] {
            assert_eq!(nearest(other, units), None, "{other}");
        }
    }

    #[test]
    fn a_path_reads_like_the_document() {
        let list = Path::Key(&Path::Root, "confirmations");
        let entry = Path::Index(&list, 1);
        assert_eq!(Path::Key(&entry, "by").to_string(), "confirmations[1].by");
    }
}
