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

/// The part of a text that is shown in an entry, with a mark where it continues, and the column of the
/// cursor in it.
pub(super) fn window(text: &str, cursor: Option<usize>, columns: usize, mark: &str) -> (String, usize) {
    let Some(cursor) = cursor else { return (fit(text, columns, mark), 0) };
    let before: String = text.chars().take(cursor).collect();
    if width(text) < columns {
        return (text.to_owned(), width(&before));
    }
    // Letters are dropped from the left, until the cursor and the marks of both ends have room.
    let room = columns.saturating_sub(2 * width(mark) + 1);
    let mut shown_before = before.as_str();
    while width(shown_before) > room {
        let first = shown_before.graphemes(true).next().map_or(1, str::len);
        shown_before = &shown_before[first..];
    }
    let dropped = shown_before.len() < before.len();
    let lead = if dropped { mark } else { "" };
    let rest: String = text.chars().skip(cursor).collect();
    let shown = fit(&format!("{lead}{shown_before}{rest}"), columns, mark);
    (shown, width(lead) + width(shown_before))
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

    #[test]
    fn the_cursor_is_always_in_the_entry() {
        let names =
            ["Anna", "山田花子山田花子山田花子", "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"];
        for name in names {
            for cursor in 0..=name.chars().count() {
                for columns in 4..20 {
                    let (shown, at) = window(name, Some(cursor), columns, "…");
                    assert!(width(&shown) <= columns, "{shown}");
                    assert!(at < columns, "{name} {cursor} {columns}: {at}");
                }
            }
        }
        assert_eq!(window("abcdefgh", Some(8), 6, "…"), ("…fgh".to_owned(), 4));
        assert_eq!(window("abcdefgh", None, 6, "…"), ("abcde…".to_owned(), 0));
    }
}
