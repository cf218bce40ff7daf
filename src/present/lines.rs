//! Plain text in lines of a fixed width, in which a number never parts from its unit.

use crate::words::line_breaks::{columns, wrap};

/// The most columns of a line.
const WIDTH: usize = 78;
/// The column at which what is said of a label begins.
const LABEL: usize = 21;

/// The columns of the day of a visit.
const DAY: usize = 17;
/// The columns of what is given.
const GIVEN: usize = 26;
/// The columns of the number of a dose.
#[cfg(feature = "ward")]
const NUMBER: usize = 6;
/// The columns of the day for which it was planned.
#[cfg(feature = "ward")]
const PLANNED: usize = 18;

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

    /// Two texts at the ends of a line; where they have no room on one, the second is at the end of the next.
    #[cfg(feature = "ward")]
    pub(crate) fn ends(&mut self, left: &str, right: &str) {
        let room = WIDTH.saturating_sub(columns(right));
        let left = wrap(left, WIDTH - 2, WIDTH - 2);
        let (last, before) = left.split_last().map_or(("", &[][..]), |(last, before)| (last.as_str(), before));
        for line in before {
            self.line(&format!("  {line}"));
        }
        let taken = columns(last) + 2;
        if taken + 2 <= room {
            self.line(&format!("  {last}{:gap$}{right}", "", gap = room - taken));
        } else {
            self.line(&format!("  {last}"));
            self.line(&format!("{:room$}{right}", ""));
        }
    }

    /// A remark on what is above it.
    pub(crate) fn under(&mut self, text: &str) {
        self.wrapped("    ", "    ", text);
    }

    /// A label with its value.
    pub(super) fn row(&mut self, label: &str, value: &str) {
        let label = if label.is_empty() { String::new() } else { format!("{label}:") };
        self.wrapped(&format!("  {label:<LABEL$}"), &" ".repeat(LABEL + 2), value);
    }

    /// A visit: its day, what is given, and what else there is to say, in columns.
    pub(super) fn visit(&mut self, day: &str, given: &str, text: &str) {
        let rest = WIDTH - (2 + DAY + GIVEN);
        let (given, text) = (wrap(given, GIVEN - 2, GIVEN - 2), wrap(text, rest, rest));
        for at in 0..given.len().max(text.len()).max(1) {
            let day = if at == 0 { day } else { "" };
            let [given, text] = [&given, &text].map(|lines| lines.get(at).map_or("", String::as_str));
            self.line(&format!("  {day:<DAY$}{given:<GIVEN$}{text}"));
        }
    }

    /// A dose of a course: its number, its planned day, and what became of it.
    #[cfg(feature = "ward")]
    pub(super) fn dose(&mut self, number: &str, planned: &str, became: &str) {
        let indent = 2 + NUMBER + PLANNED;
        self.wrapped(&format!("  {number:<NUMBER$}{planned:<PLANNED$}"), &" ".repeat(indent), became);
    }

    /// A line of a table, as wide as it is.
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
