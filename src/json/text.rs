//! Text that came from outside, and text that says a quantity.

use std::{fmt, str::FromStr};

use super::{Expected, Faults, FromJson, Node, Notation, Path, Problem};

/// The most characters a text of a request or a regimen file may have.
pub(crate) const LONGEST_TEXT: usize = 2000;
/// The most characters of a foreign text that a message repeats.
const LONGEST_ECHO: usize = 60;

/// A text that is safe to show: something readable in it, no control character, none that turns the direction of
/// what follows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Text {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        sound(text).map(|()| Self(text.to_owned()))
    }
}

/// Whether a text is safe to show. Most texts are ASCII, which is seen at a glance.
pub(crate) fn sound(text: &str) -> Result<(), Problem> {
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let hidden = if is_plain { None } else { text.chars().find(|c| is_hidden(*c)) };
    if let Some(hidden) = hidden {
        return Err(Problem::HiddenCharacter(hidden));
    }
    if !text.chars().any(char::is_alphanumeric) {
        return Err(Problem::Blank);
    }
    if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
        return Err(Problem::TooLong(LONGEST_TEXT));
    }
    Ok(())
}

impl FromJson for Text {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        match super::read::text(Expected::Text, node, path, faults)?.parse() {
            Ok(text) => Some(text),
            Err(problem) => {
                faults.note(path, node, problem);
                None
            }
        }
    }

    fn quick<'de, D: serde::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::quick::text(deserializer, |text| text.parse().ok())
    }
}

/// Characters that act on a terminal, turn the direction of what follows, or are not seen at all. The
/// joiners U+200C and U+200D are not among them: some scripts need them inside words.
fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    c.is_control()
        || matches!(
            c,
            '\u{AD}'
                | '\u{034F}'
                | '\u{17B4}'
                | '\u{17B5}'
                | '\u{200B}'
                | '\u{2060}'
                | '\u{3164}'
                | '\u{115F}'
                | '\u{1160}'
                | '\u{FFA0}'
                | '\u{2800}'
        )
        || matches!(c, '\u{180B}'..='\u{180F}' | '\u{2061}'..='\u{2065}' | '\u{206A}'..='\u{206F}')
        || matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E000}'..='\u{F8FF}')
        || matches!(c, '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// A foreign text without the characters that act on a terminal or cannot be seen.
pub fn visible(text: &str) -> String {
    text.chars().filter(|c| !is_hidden(*c)).collect()
}

/// A foreign text as a message may repeat it: hidden characters written out, long texts cut with a
/// mark.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(LONGEST_ECHO * 4));
    for (at, c) in text.chars().enumerate() {
        if at == LONGEST_ECHO {
            shown.push('…');
            break;
        }
        if is_hidden(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// A foreign text with its hidden characters written out, however long it is.
pub fn unhidden(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown
}

/// The characters of a text as it is compared with another one by whoever reads both: letters and digits in full width as
/// the plain ones, and without the joiners that nobody sees.
pub(crate) fn as_read(text: &str) -> impl Iterator<Item = char> {
    /// The first and the last sign in full width, and how far they are from the plain ones.
    const FULL_WIDTH: (char, char, u32) = ('\u{FF01}', '\u{FF5E}', 0xFEE0);
    let (first, last, away) = FULL_WIDTH;
    let plain = move |c: char| {
        let is_wide = (first..=last).contains(&c);
        if is_wide { char::from_u32(u32::from(c) - away).unwrap_or(c) } else { c }
    };
    text.chars().filter(|c| !matches!(c, '\u{200C}' | '\u{200D}')).map(plain)
}

/// JSON in whose texts no character is hidden: each is written by its number, which a reader of JSON takes for the
/// same character. Line ends between values stay; inside a text JSON has none.
pub fn escaped(json: String) -> String {
    let is_hidden_here = |c: char| c != '\n' && is_hidden(c);
    if !json.contains(is_hidden_here) {
        return json;
    }
    let mut shown = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if is_hidden_here(c) {
            shown.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Something that a regimen file writes as text, such as "3.5 mg" or "50 to 60 mL/min".
pub trait Phrase: FromStr + fmt::Display {
    /// How such a text is written.
    const NOTATION: Notation;
}

/// A [`Phrase`] read from a document, kept with nothing else than its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written<T>(pub T);

impl<T: Phrase> FromJson for Written<T> {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        let text = super::read::text(Expected::Notation(T::NOTATION), node, path, faults)?;
        text.parse().ok().map(Self).or_else(|| {
            faults.note(path, node, Problem::Unreadable { found: printable(&text), expected: T::NOTATION });
            None
        })
    }

    fn quick<'de, D: serde::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::quick::text(deserializer, |text| text.parse().ok().map(Self))
    }
}

impl<T: Phrase> serde::Serialize for Written<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_refused_and_written_out() {
        let acting = ["a\u{1b}[2J", "a\u{202e}b", "a\nb", "\u{7f}", "\u{9b}31m", "\u{2067}x"];
        let unseen = ["A-1042\u{2061}", "a\u{34f}", "a\u{fe0f}", "a\u{206a}", "a\u{e0100}", "a\u{1d173}", "a\u{180b}"];
        for text in acting.into_iter().chain(unseen) {
            assert!(matches!(text.parse::<Text>(), Err(Problem::HiddenCharacter(_))), "{text:?}");
            assert!(!printable(text).chars().any(is_hidden));
            assert!(!visible(text).chars().any(is_hidden));
        }
        assert_eq!("  ".parse::<Text>(), Err(Problem::Blank));
        assert!("山田 花子 é e\u{301}".parse::<Text>().is_ok());
    }

    #[test]
    fn json_is_the_same_with_its_hidden_characters_written_out() {
        let texts = ["a\u{9b}2Jb", "\u{7f}", "\u{202e}mg 05", "\u{2028}", "\u{e0041}", "é \u{200d} µ", "\n\t\u{1b}"];
        let json = serde_json::to_string_pretty(&texts).expect("texts");
        let shown = escaped(json.clone());
        assert!(!shown.chars().any(|c| c != '\n' && is_hidden(c)), "{shown}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&shown).expect("JSON"), texts);
        assert_eq!(shown.lines().count(), json.lines().count());
        assert!(shown.contains("é \u{200d} µ") && shown.contains(r"\udb40\udc41"), "{shown}");
    }

    #[test]
    fn a_long_text_is_cut_with_a_mark() {
        assert_eq!(printable(&"x".repeat(100)), format!("{}…", "x".repeat(60)));
        assert_eq!("x".repeat(2001).parse::<Text>(), Err(Problem::TooLong(2000)));
    }
}
