//! Plain text in lines of a fixed width, in which a number never parts from its unit.

use crate::words::line_breaks::{columns, wrap};

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
        for (n, line) in wrap(text, width, width).iter().enumerate() {
            let start = if n == 0 { first } else { rest };
            self.0.push_str(format!("{start}{line}").trim_end());
            self.0.push('\n');
        }
    }
}
