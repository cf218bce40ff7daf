//! A cell of a table that no spreadsheet takes for a formula.

use serde::Serialize;

use crate::{json::Text, words::spoken};

/// A text that a spreadsheet shows and never computes. Every text of a table is one.
#[derive(Default, Serialize)]
pub(crate) struct Cell(String);

impl Cell {
    /// Puts an apostrophe before whatever would begin a formula: at the beginning of the cell, and after each
    /// semicolon, since a spreadsheet whose country separates cells by semicolons begins a new cell there.
    pub(crate) fn of(text: &str) -> Self {
        let mut safe = String::with_capacity(text.len() + 1);
        for (at, part) in text.split(';').enumerate() {
            if at > 0 {
                safe.push(';');
            }
            if begins_formula(part) {
                safe.push('\'');
            }
            safe.push_str(part);
        }
        Self(safe)
    }

    /// A text that was entered, or that it was not.
    pub(crate) fn entered(text: Option<&Text>) -> Self {
        Self::of(text.map_or(spoken::NOT_RECORDED, Text::as_str))
    }

    /// The text, with its apostrophes.
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

/// Whether a spreadsheet could take a cell for a formula. Some pass over spaces before the sign, or over the quotes
/// of a cell that was split, and some take the wide signs of East Asian keyboards for the narrow ones.
fn begins_formula(cell: &str) -> bool {
    const SIGNS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    const PASSED_OVER: &[char] = &['"', '\u{200C}', '\u{200D}'];
    let unseen = |c: char| (c.is_whitespace() && !SIGNS.contains(&c)) || PASSED_OVER.contains(&c);
    cell.trim_start_matches(unseen).starts_with(SIGNS)
}
