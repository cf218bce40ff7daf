//! A sheet: rows one under another, scrolled so that the row in hand is seen.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    text::Line,
};

use super::{
    Theme,
    hits::{Hits, Target},
    text,
    theme::Sign,
    words,
};

/// A row: some lines that belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The lines.
    pub(super) lines: Vec<Line<'static>>,
    /// Whether it is in hand.
    pub(super) in_hand: bool,
    /// Where the cursor is, as line and column in the row.
    pub(super) cursor: Option<(usize, usize)>,
    /// What a click on it does.
    pub(super) target: Option<Target>,
}

impl Row {
    /// A row that is only read.
    pub(super) fn read(lines: Vec<Line<'static>>) -> Self {
        Self { lines, ..Self::default() }
    }

    /// An empty line.
    pub(super) fn blank() -> Self {
        Self::read(vec![Line::default()])
    }

    /// A row that can be marked.
    pub(super) fn marked(lines: Vec<Line<'static>>, at: usize, in_hand: bool) -> Self {
        Self { lines, in_hand, cursor: Some((0, 0)), target: Some(Target::Row(at)) }
    }
}

/// What a sheet is drawn on.
pub(super) struct Canvas<'b> {
    pub(super) theme: Theme,
    pub(super) buffer: &'b mut Buffer,
    pub(super) hits: &'b mut Hits,
    /// By how many lines the wheel has moved each pane, in the order in which they are drawn.
    pub(super) wheel: [isize; PANES],
}

/// The most panes that are beside each other.
pub(super) const PANES: usize = 3;

impl Canvas<'_> {
    /// Draws a line down a column, between what is beside each other.
    pub(super) fn upright(&mut self, area: Rect) {
        for y in area.y..area.bottom() {
            self.buffer.set_string(area.x, y, self.theme.sign(Sign::Down), self.theme.plain());
        }
    }

    /// Draws one line; nothing of it outside the window.
    pub(super) fn line(&mut self, area: Rect, line: &Line<'_>) {
        let seen = area.intersection(self.buffer.area);
        if !seen.is_empty() {
            self.buffer.set_line(seen.x, seen.y, line, seen.width);
        }
    }

    /// Draws the rows into an area, scrolled so that the row in hand is seen as a whole where there is room, or
    /// from a line on where no row is in hand. Where lines are above or below, a line of its own says so: nothing is
    /// covered. Gives the place of the cursor.
    pub(super) fn sheet(&mut self, rows: &[Row], first: usize, area: Rect) -> Option<Position> {
        let all: usize = rows.iter().map(|row| row.lines.len()).sum();
        let height = usize::from(area.height);
        let base = Window::new(all, height, place(rows).unwrap_or((first, first)), place(rows).is_none());
        let wheel = self.wheel.get(self.hits.panes()).copied().unwrap_or_default();
        let window = if wheel == 0 { base } else { Window::from(all, height, base.first.saturating_add_signed(wheel)) };
        self.hits.add_pane(area, base.first, furthest(all, height));
        let top = area.y + u16::from(window.above);
        let mut cursor = None;
        let mut at = 0_usize;
        for row in rows {
            for (number, line) in row.lines.iter().enumerate() {
                if let Some(shown) = at.checked_sub(window.first).filter(|shown| *shown < window.lines) {
                    let y = top + to_u16(shown);
                    self.buffer.set_line(area.x, y, line, area.width);
                    if let Some(target) = &row.target {
                        self.hits.add(Rect { y, height: 1, ..area }, target.clone());
                    }
                    let column = row.cursor.filter(|(line, _)| row.in_hand && *line == number).map(|(_, it)| it);
                    let column = column.map(|column| to_u16(column).min(area.width.saturating_sub(1)));
                    cursor = cursor.or(column.map(|column| Position::new(area.x + column, y)));
                }
                at += 1;
            }
        }
        if window.above {
            self.more(Sign::Above, window.first, Rect { height: 1, ..area });
        }
        if window.below {
            let last = Rect { y: area.y + area.height.saturating_sub(1), height: 1, ..area };
            self.more(Sign::Below, all - window.first - window.lines, last);
        }
        cursor
    }

    /// Says on a line of its own how many lines are above or below.
    fn more(&mut self, sign: Sign, lines: usize, line: Rect) {
        let words = format!("  {} {}", self.theme.sign(sign), words::more_lines(lines));
        let words = text::fit(&words, usize::from(line.width), "");
        self.buffer.set_string(line.x, line.y, words, self.theme.plain());
    }
}

/// The part of a sheet that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    /// The first line.
    first: usize,
    /// How many lines.
    lines: usize,
    /// Whether a line says that there is more above.
    above: bool,
    /// Whether a line says that there is more below.
    below: bool,
}

impl Window {
    /// The lines around those from `top` to `end`; or from `top` on.
    fn new(all: usize, height: usize, (top, end): (usize, usize), from_top: bool) -> Self {
        if from_top { Self::from(all, height, top) } else { Self::around(all, height, top, end) }
    }

    /// The lines from `first` on, or the last ones.
    fn from(all: usize, height: usize, first: usize) -> Self {
        if all <= height {
            return Self { first: 0, lines: height, above: false, below: false };
        }
        if height < 4 {
            return Self { first: first.min(all - height), lines: height, above: false, below: false };
        }
        let first = first.min(all - (height - 1));
        // Where one line is hidden above, the line that says so could show it.
        let first = if first == 1 { 2 } else { first };
        match (first > 0, first + height - 1 < all) {
            (false, _) => Self { first: 0, lines: height - 1, above: false, below: true },
            (true, false) => Self { first: all - (height - 1), lines: height - 1, above: true, below: false },
            (true, true) => Self { first, lines: height - 2, above: true, below: true },
        }
    }

    fn around(all: usize, height: usize, top: usize, end: usize) -> Self {
        if all <= height {
            return Self { first: 0, lines: height, above: false, below: false };
        }
        // Too low for a line that says there is more.
        if height < 4 {
            return Self { first: first_line(all, height, top, end), lines: height, above: false, below: false };
        }
        if first_line(all, height - 1, top, end) == 0 {
            return Self { first: 0, lines: height - 1, above: false, below: true };
        }
        let first = first_line(all, height - 2, top, end);
        if first + height > all {
            return Self { first: all - (height - 1), lines: height - 1, above: true, below: false };
        }
        Self { first, lines: height - 2, above: true, below: true }
    }
}

/// The furthest line that a pane can begin with.
fn furthest(all: usize, height: usize) -> usize {
    if all <= height { 0 } else { all.saturating_sub(height.saturating_sub(1)) }
}

/// The first and the last line of the row in hand.
fn place(rows: &[Row]) -> Option<(usize, usize)> {
    let mut at = 0_usize;
    for row in rows {
        if row.in_hand {
            return Some((at, at + row.lines.len()));
        }
        at += row.lines.len();
    }
    None
}

/// The first line that is shown: one line more than the row on each side, for the marks and the eye.
fn first_line(all: usize, height: usize, top: usize, end: usize) -> usize {
    let last_first = all.saturating_sub(height);
    let needed = (end + 2).saturating_sub(height);
    // Where the row in hand has no room for more, its beginning is shown and nothing above it.
    let most = if height > end - top { top.saturating_sub(1) } else { top };
    needed.min(most).min(last_first)
}

/// A count of columns or lines as the terminal counts them.
pub(super) fn to_u16(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_in_hand_is_always_seen() {
        for all in 1..40 {
            for height in 1..30 {
                for top in 0..all {
                    let window = Window::new(all, height, (top, top + 1), false);
                    assert!((window.first..window.first + window.lines).contains(&top), "{all} {height} {top}");
                    assert!(window.lines + usize::from(window.above) + usize::from(window.below) <= height);
                    assert_eq!(window.below, height > 3 && window.first + window.lines < all);
                    assert_eq!(window.above, height > 3 && window.first > 0);
                }
            }
        }
    }

    #[test]
    fn a_page_is_scrolled_to_its_end_and_no_further() {
        for all in 1..40 {
            for height in 4..30 {
                for first in 0..all + 5 {
                    let window = Window::new(all, height, (first, first), true);
                    let shown = window.lines + usize::from(window.above) + usize::from(window.below);
                    assert!(shown == height, "{all} {height} {first}: {window:?}");
                    assert!(all <= height || window.first + window.lines <= all, "{all} {height} {first}: {window:?}");
                    assert_eq!(window.below, window.first + window.lines < all, "{all} {height} {first}: {window:?}");
                }
            }
        }
    }
}
