//! A sheet: rows of a step one under another, scrolled so that the focus is seen.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    text::Line,
};

use super::{Theme, focus::Stop, text, words};

/// A row: some lines that belong together, and the stop they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The lines.
    pub(super) lines: Vec<Line<'static>>,
    /// The stop, where the row can have the focus.
    pub(super) stop: Option<Stop>,
    /// Where the cursor is, as line and column in the row.
    pub(super) cursor: Option<(usize, usize)>,
}

impl Row {
    /// A row that is only read.
    pub(super) fn read(lines: Vec<Line<'static>>) -> Self {
        Self { lines, stop: None, cursor: None }
    }
}

/// Draws the rows into an area, scrolled so that the row in focus is seen as a whole where there is room.
/// Where lines are above or below, a line of its own says so: nothing is covered. Gives the place of the
/// cursor.
pub(super) fn draw(
    rows: &[Row],
    focus: Option<&Stop>,
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let all: usize = rows.iter().map(|row| row.lines.len()).sum();
    let window = Window::new(all, usize::from(area.height), place(rows, focus));
    let top = area.y + u16::from(window.above);
    let mut cursor = None;
    let mut at = 0_usize;
    for row in rows {
        let in_hand = row.stop.is_some() && row.stop.as_ref() == focus;
        for (number, line) in row.lines.iter().enumerate() {
            if let Some(shown) = at.checked_sub(window.first).filter(|shown| *shown < window.lines) {
                let y = top + to_u16(shown);
                buffer.set_line(area.x, y, line, area.width);
                let column = row.cursor.filter(|(line, _)| in_hand && *line == number).map(|(_, column)| column);
                cursor = cursor
                    .or(column
                        .map(|column| Position::new(area.x + to_u16(column).min(area.width.saturating_sub(1)), y)));
            }
            at += 1;
        }
    }
    if window.above {
        more(theme.symbol("↑", "^"), window.first, theme, Rect { height: 1, ..area }, buffer);
    }
    if window.below {
        let rest = all - window.first - window.lines;
        let last = Rect { y: area.y + area.height.saturating_sub(1), height: 1, ..area };
        more(theme.symbol("↓", "v"), rest, theme, last, buffer);
    }
    cursor
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
    fn new(all: usize, height: usize, (top, end): (usize, usize)) -> Self {
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

/// The first and the last line of the row in focus.
fn place(rows: &[Row], focus: Option<&Stop>) -> (usize, usize) {
    let mut at = 0_usize;
    for row in rows {
        if row.stop.is_some() && row.stop.as_ref() == focus {
            return (at, at + row.lines.len());
        }
        at += row.lines.len();
    }
    (0, 0)
}

/// The first line that is shown: one line more than the row on each side, for the marks and the eye.
fn first_line(all: usize, height: usize, top: usize, end: usize) -> usize {
    let last_first = all.saturating_sub(height);
    let needed = (end + 2).saturating_sub(height);
    // Where the row in focus has no room for more, its beginning is shown and nothing above it.
    let most = if height > end - top { top.saturating_sub(1) } else { top };
    needed.min(most).min(last_first)
}

/// Says on a line of its own how many lines are above or below.
fn more(arrow: &str, lines: usize, theme: Theme, line: Rect, buffer: &mut Buffer) {
    let words = text::fit(&format!("  {arrow} {}", words::more_lines(lines)), usize::from(line.width), "");
    buffer.set_string(line.x, line.y, words, theme.key());
}

/// A count of columns or lines as the terminal counts them.
pub(super) fn to_u16(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_row_in_focus_is_always_seen() {
        for all in 1..40 {
            for height in 1..30 {
                for top in 0..all {
                    let window = Window::new(all, height, (top, top + 1));
                    assert!((window.first..window.first + window.lines).contains(&top), "{all} {height} {top}");
                    assert!(window.lines + usize::from(window.above) + usize::from(window.below) <= height);
                    assert_eq!(window.below, height > 3 && window.first + window.lines < all);
                    assert_eq!(window.above, height > 3 && window.first > 0);
                }
            }
        }
    }
}
