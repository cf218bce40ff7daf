//! Text in columns: wrapped between words, and cut only with a mark.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::words;

/// The columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text in lines of at most `columns`.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    words::line_breaks::wrap(text, columns, columns)
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
    fn a_cut_has_its_mark_and_counts_columns() {
        assert_eq!(fit("山田花子", 7, "…"), "山田花…");
        assert_eq!(fit("e\u{301}e\u{301}e\u{301}", 2, "…"), "e\u{301}…");
        assert_eq!(fit("abc", 3, "…"), "abc");
        assert_eq!(pad("ab", 4, "…"), "ab  ");
    }
}
