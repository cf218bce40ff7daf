//! A sheet: rows of a step one under another, scrolled so that the focus is seen.

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
    text::Line,
};

use super::{Theme, focus::Stop, text};

/// A row: some lines that belong together, and the stop they stand for.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The lines.
    pub(super) lines: Vec<Line<'static>>,
    /// The stop, where the row can have the focus.
    pub(super) stop: Option<Stop>,
    /// Where the cursor stands, as line and column in the row.
    pub(super) cursor: Option<(usize, usize)>,
}

impl Row {
    /// A row that is only read.
    pub(super) fn read(lines: Vec<Line<'static>>) -> Self {
        Self { lines, stop: None, cursor: None }
    }
}

/// Draws the rows into an area, scrolled so that the row in focus is seen as a whole where there is room,
/// with a mark where lines are above or below. Gives the place of the cursor.
pub(super) fn draw(
    rows: &[Row],
    focus: Option<&Stop>,
    theme: Theme,
    area: Rect,
    buffer: &mut Buffer,
) -> Option<Position> {
    let height = usize::from(area.height);
    let all: usize = rows.iter().map(|row| row.lines.len()).sum();
    let (top, end) = place(rows, focus);
    let first = first_line(all, height, top, end);
    let mut cursor = None;
    let mut at = 0;
    for row in rows {
        for (number, line) in row.lines.iter().enumerate() {
            if (first..first + height).contains(&at) {
                let y = area.y + to_u16(at - first);
                buffer.set_line(area.x, y, line, area.width);
                if row.stop.as_ref() == focus
                    && row.stop.is_some()
                    && row.cursor.is_some_and(|(line, _)| line == number)
                {
                    let column = row.cursor.map_or(0, |(_, column)| column);
                    cursor = Some(Position::new(area.x + to_u16(column).min(area.width.saturating_sub(1)), y));
                }
            }
            at += 1;
        }
    }
    if first > 0 {
        more(theme.symbol("↑ more above", "^ more above"), theme, area, 0, buffer);
    }
    if first + height < all {
        more(theme.symbol("↓ more below", "v more below"), theme, area, area.height.saturating_sub(1), buffer);
    }
    cursor
}

/// The first and the last line of the row in focus.
fn place(rows: &[Row], focus: Option<&Stop>) -> (usize, usize) {
    let mut at = 0;
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

fn more(words: &str, theme: Theme, area: Rect, line: u16, buffer: &mut Buffer) {
    let width = to_u16(text::width(words)) + 1;
    if area.width > width && area.height > 0 {
        buffer.set_string(area.right() - width, area.y + line, format!(" {words}"), theme.key());
    }
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
                    let first = first_line(all, height, top, top + 1);
                    assert!(first <= top && top < first + height, "{all} {height} {top}: {first}");
                }
            }
        }
    }
}
