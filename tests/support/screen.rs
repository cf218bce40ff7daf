//! What a person sees of a frame, as text: the characters, the styles, the cursor. Snapshots hold it.

use std::fmt::Write as _;

use ratatui::{
    Frame, Terminal,
    backend::TestBackend,
    buffer::{Buffer, Cell},
    layout::Position,
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr;

use super::support::tests;

/// What is drawn at this size, as [`picture`] describes it.
pub fn drawn(columns: u16, rows: u16, draw: impl FnOnce(&mut Frame<'_>)) -> String {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(draw).unwrap();
    let backend = terminal.backend();
    picture(backend.buffer(), backend.cursor_visible().then(|| backend.cursor_position()))
}

/// The characters in a frame, then the styled runs, then the cursor. Rows and columns count from 0.
pub fn picture(buffer: &Buffer, cursor: Option<Position>) -> String {
    let edge = format!("+{}+\n", "-".repeat(buffer.area.width.into()));
    let mut picture = edge.clone();
    for row in rows(buffer) {
        let text: String = row.iter().map(|(_, cell)| cell.symbol()).collect();
        writeln!(picture, "|{text}|").unwrap();
    }
    picture.push_str(&edge);
    for (number, row) in rows(buffer).iter().enumerate() {
        for run in row.chunk_by(|(_, one), (_, next)| look(one) == look(next)) {
            let (first, last) = (run[0], run[run.len() - 1]);
            let style = look(first.1);
            if !style.is_empty() {
                let end = last.0 + columns(last.1) - 1;
                writeln!(picture, "row {number} col {}-{end}: {style}", first.0).unwrap();
            }
        }
    }
    match cursor {
        Some(at) => writeln!(picture, "cursor row {} col {}", at.y, at.x).unwrap(),
        None => picture.push_str("no cursor\n"),
    }
    picture
}

/// The cells of each row with their column, without those that a wide character before them covers.
fn rows(buffer: &Buffer) -> Vec<Vec<(usize, &Cell)>> {
    let width = usize::from(buffer.area.width);
    if width == 0 {
        return Vec::new();
    }
    buffer.content.chunks(width).map(uncovered).collect()
}

fn uncovered(row: &[Cell]) -> Vec<(usize, &Cell)> {
    let mut seen = Vec::new();
    let mut column = 0;
    while let Some(cell) = row.get(column) {
        seen.push((column, cell));
        column += columns(cell);
    }
    seen
}

fn columns(cell: &Cell) -> usize {
    cell.symbol().width().max(1)
}

/// The style in words; nothing where the terminal's own is used.
fn look(cell: &Cell) -> String {
    let mut words: Vec<String> = cell.modifier.iter_names().map(|(name, _)| name.to_owned()).collect();
    for (colour, ground) in [(cell.fg, "text"), (cell.bg, "ground")] {
        if colour != Color::Reset {
            words.push(format!("{}-{ground}", colour.to_string().to_lowercase()));
        }
    }
    words.join(" ")
}

/// The characters of a picture, without what is said of styles and cursor.
pub fn text_part(picture: &str) -> &str {
    let edge = picture.lines().next().unwrap_or_default();
    let end = picture[1..].find(edge).map_or(picture.len(), |at| 1 + at + edge.len() + 1);
    &picture[..end]
}

/// Compares a picture with the file of this name under tests/snapshots.
pub fn assert_picture(name: &str, picture: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(tests("snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, picture));
}

#[test]
fn a_picture_tells_text_styles_and_cursor() {
    let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 12, 2));
    buffer.set_string(0, 0, "花子 4.4 mL", ratatui::style::Style::new());
    buffer.set_string(0, 1, "STOP", ratatui::style::Style::new().bg(Color::Red).fg(Color::White));
    buffer.set_string(0, 0, "花子", ratatui::style::Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED));
    let expected = "\
+------------+
|花子 4.4 mL |
|STOP        |
+------------+
row 0 col 0-3: BOLD REVERSED
row 1 col 0-3: white-text red-ground
cursor row 1 col 4
";
    assert_eq!(picture(&buffer, Some(Position::new(4, 1))), expected);
}

#[test]
fn a_picture_may_have_no_cells() {
    assert_eq!(picture(&Buffer::empty(ratatui::layout::Rect::ZERO), None), "++\n++\nno cursor\n");
}

#[test]
fn a_snapshot_holds_what_is_drawn() {
    let picture = drawn(20, 3, |frame| {
        frame.render_widget(ratatui::text::Line::from("Weight 68.5 kg").style(Modifier::UNDERLINED), frame.area());
        frame.set_cursor_position((14, 0));
    });
    assert_picture("a-field", &picture);
}
