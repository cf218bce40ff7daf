//! Text in columns: wrapped between words, never between a number and its unit; cut only with a mark.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Keeps a number and its unit on one line while text is wrapped.
const BOUND: char = '\u{a0}';

/// The columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text in lines of at most `columns`.
pub(crate) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let bound = bind(text);
    let options = textwrap::Options::new(columns.max(1)).word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::wrap(&bound, options).into_iter().map(|line| line.replace(BOUND, " ")).collect()
}

/// Binds each number to the word after it.
fn bind(text: &str) -> String {
    let mut bound = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        bound.push(if c == ' ' && before.is_ascii_digit() { BOUND } else { c });
        before = c;
    }
    bound
}

/// The text in at most `columns`, with `mark` where something was cut.
pub(super) fn fit(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(mark));
    let mut cut = String::new();
    for grapheme in text.graphemes(true) {
        if width(&cut) + width(grapheme) > room {
            break;
        }
        cut.push_str(grapheme);
    }
    if columns >= width(mark) { cut + mark } else { cut }
}

/// The text with blanks after it, up to `columns`.
pub(super) fn pad(text: &str, columns: usize, mark: &str) -> String {
    let fitted = fit(text, columns, mark);
    let blanks = columns.saturating_sub(width(&fitted));
    fitted + &" ".repeat(blanks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_with_its_unit() {
        assert_eq!(wrap("Draw up 4.4 mL now", 10), ["Draw up", "4.4 mL now"]);
        assert_eq!(wrap("at most 400 mL per hour", 12), ["at most", "400 mL per", "hour"]);
    }

    #[test]
    fn a_cut_has_its_mark_and_counts_columns() {
        assert_eq!(fit("山田花子", 7, "…"), "山田花…");
        assert_eq!(fit("e\u{301}e\u{301}e\u{301}", 2, "…"), "e\u{301}…");
        assert_eq!(fit("abc", 3, "…"), "abc");
        assert_eq!(pad("ab", 4, "…"), "ab  ");
    }
}
