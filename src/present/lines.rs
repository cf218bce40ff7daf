//! Plain text in lines of a fixed width, in which a number never parts from its unit.

use crate::words::pieces;

/// The most columns of a line.
const WIDTH: usize = 78;
/// The column at which what is said of a label begins.
const LABEL: usize = 21;

/// The column at which what is said of a day begins.
const DAY: usize = 17;

/// A page of plain text.
#[derive(Debug, Default)]
pub(crate) struct Page(String);

impl Page {
    /// A heading, with an empty line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.wrapped("", "", &text.to_uppercase());
    }

    /// A paragraph.
    pub(crate) fn text(&mut self, text: &str) {
        self.wrapped("", "", text);
    }

    /// A line of text instead of a row.
    pub(crate) fn indented(&mut self, text: &str) {
        self.wrapped("  ", "  ", text);
    }

    /// A point of a list.
    pub(crate) fn point(&mut self, text: &str) {
        self.wrapped("  - ", "    ", text);
    }

    /// A remark on the point above it.
    pub(super) fn under(&mut self, text: &str) {
        self.wrapped("    ", "    ", text);
    }

    /// A label with its value.
    pub(super) fn row(&mut self, label: &str, value: &str) {
        let label = if label.is_empty() { String::new() } else { format!("{label}:") };
        self.wrapped(&format!("  {label:<LABEL$}"), &" ".repeat(LABEL + 2), value);
    }

    /// A day of the schedule with what happens on it.
    pub(super) fn dated(&mut self, day: &str, text: &str) {
        self.wrapped(&format!("  {day:<DAY$}"), &" ".repeat(DAY + 2), text);
    }

    /// A line of a table, as wide as it is.
    #[cfg(feature = "cli")]
    pub(crate) fn line(&mut self, text: &str) {
        self.0.push_str(text.trim_end());
        self.0.push('\n');
    }

    /// An empty line.
    pub(crate) fn blank(&mut self) {
        self.0.push('\n');
    }

    /// The page.
    pub(crate) fn into_text(self) -> String {
        self.0
    }

    fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let width = WIDTH - columns(first).max(columns(rest));
        for (n, line) in wrap(text, width).iter().enumerate() {
            let start = if n == 0 { first } else { rest };
            self.0.push_str(format!("{start}{line}").trim_end());
            self.0.push('\n');
        }
    }
}

/// The text in lines of at most so many columns.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for piece in pieces(text).iter().flat_map(|piece| fitting(piece, width)) {
        let gap = usize::from(!line.is_empty());
        if !line.is_empty() && columns(&line) + gap + columns(&piece) > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&piece);
    }
    lines.push(line);
    lines
}

/// A piece as it fits into a line: whole, or cut where a single word is longer than a line.
fn fitting(piece: &str, width: usize) -> Vec<String> {
    if columns(piece) <= width {
        return vec![piece.to_owned()];
    }
    let mut parts = Vec::new();
    for word in piece.split(' ') {
        let mut part = String::new();
        for c in word.chars() {
            if columns(&part) + column(c) > width {
                parts.push(std::mem::take(&mut part));
            }
            part.push(c);
        }
        parts.push(part);
    }
    parts
}

/// The columns that a text takes, never fewer than a terminal gives it.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

/// Two columns for the characters that East Asian scripts and pictures take two for.
fn column(c: char) -> usize {
    let wide = matches!(
        c,
        '\u{1100}'..='\u{115F}'
            | '\u{2E80}'..='\u{303E}'
            | '\u{3041}'..='\u{A4CF}'
            | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FE30}'..='\u{FE6F}'
            | '\u{FF00}'..='\u{FF60}'
            | '\u{FFE0}'..='\u{FFE6}'
            | '\u{1F000}'..='\u{1FAFF}'
            | '\u{20000}'..='\u{3FFFD}'
    );
    if wide { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_keeps_its_unit() {
        assert_eq!(wrap("take 4 mg", 6), ["take", "4 mg"]);
        assert_eq!(wrap("give 4 mg at 400 mL per hour.", 16), ["give 4 mg at", "400 mL per hour."]);
        assert_eq!(wrap("take 400 international units a day", 24), ["take", "400 international units", "a day"]);
        assert_eq!(wrap("on Tue 01-Dec-2026", 15), ["on", "Tue 01-Dec-2026"]);
    }

    #[test]
    fn a_long_word_is_cut_and_nothing_is_lost() {
        assert_eq!(wrap(&"x".repeat(25), 10), ["x".repeat(10), "x".repeat(10), "x".repeat(5)]);
        assert_eq!(wrap("山田山田山田", 5), ["山田", "山田", "山田"]);
        assert_eq!(wrap("", 10), [""]);
    }
}
