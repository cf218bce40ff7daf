//! The columns of a table on paper: where their edges are, and the rules between them.

use super::sheet::{Length, POINT, Page};

/// A rule of a table.
pub(super) const RULE: Length = POINT * 3 / 4;
/// Space between an upright rule and a text.
pub(super) const INSIDE: Length = 2 * POINT;

/// The places of the edges of columns, from the left edge of the table to its right edge.
pub(super) struct Columns(Vec<Length>);

impl Columns {
    /// Columns of these widths in points, side by side. One without a width has what the others leave of the measure.
    pub(super) fn of(measure: Length, widths: &[Length]) -> Self {
        let rest = measure - widths.iter().map(|points| points * POINT).sum::<Length>();
        let mut edges = vec![0];
        for points in widths {
            let before = edges.last().copied().unwrap_or_default();
            edges.push(before + if *points == 0 { rest } else { points * POINT });
        }
        Self(edges)
    }

    /// The left edge of a column.
    pub(super) fn left(&self, at: usize) -> Length {
        self.0[at]
    }

    /// The right edge of a column.
    pub(super) fn right(&self, at: usize) -> Length {
        self.0[at + 1]
    }

    /// The width of a text in a column.
    pub(super) fn width(&self, at: usize) -> Length {
        self.right(at) - self.left(at) - 2 * INSIDE
    }

    /// The width of the table.
    pub(super) fn measure(&self) -> Length {
        self.0.last().copied().unwrap_or_default()
    }

    /// The head of the table: the names of the columns on one line, with this room above and below, between two rules.
    pub(super) fn head(&self, names: &[Page], room: Length) -> Page {
        let height = names.iter().map(|name| name.height).max().unwrap_or_default() + 2 * room;
        let mut head = Page { height, ..Page::default() };
        for name in names {
            head.put(name, 0, height - room - name.height);
        }
        self.uprights(&mut head);
        head.bar(0, 0, self.measure(), 2 * RULE);
        head.bar(0, height - RULE, self.measure(), 2 * RULE);
        head
    }

    /// Draws the rules between the columns of a part of the table.
    pub(super) fn uprights(&self, part: &mut Page) {
        draw(part, &self.0);
    }

    /// Draws the rules at both ends of a part that goes from edge to edge.
    pub(super) fn ends(&self, part: &mut Page) {
        draw(part, &[0, self.measure()]);
    }
}

/// Draws upright rules; the last one ends where the table does.
fn draw(part: &mut Page, edges: &[Length]) {
    let last = edges.len().saturating_sub(1);
    for (at, edge) in edges.iter().enumerate() {
        let left = if at == last { edge - RULE } else { *edge };
        part.bar(left, 0, RULE, part.height);
    }
}
