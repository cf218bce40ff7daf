//! Prints a picture of the form as SVG: what a person sees after some keys, as text that can be read
//! aloud, searched and enlarged.
//!
//! `cargo run --example picture > docs/wizard.svg`, and of Home
//! `cargo run --example picture -- home > docs/home.svg`

use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate};
use osteodose::{
    regimen::Library,
    tui::{App, Depth, Setting, Theme},
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr;

#[allow(dead_code, unreachable_pub, clippy::duplicate_mod, reason = "patients that several tests and examples share")]
#[path = "../tests/support/walks.rs"]
mod walks;

#[cfg(feature = "ward")]
#[allow(clippy::duplicate_mod, reason = "the made-up ward is shared by several tests and examples")]
#[path = "../tests/support/made_up_ward.rs"]
mod made_up_ward;

const COLUMNS: u16 = 120;
const ROWS: u16 = 36;

const TITLE: &str = "The Card of a plan in osteodose";
const DESCRIPTION: &str = "A terminal with the plan of a made-up patient. At the top: the patient and the allergies, five pages, and \
    the verdict: 1 finding must be confirmed by name, until then do not give. Below it, in a double-lined box, the \
    dose: zoledronic acid 3.5 mg every 4 weeks, reduced from 4 mg because the clearance is 55.9 mL/min. Then how to \
    prepare it: draw up 4.4 mL into a bag of 100 mL, at least 15 minutes. On the right the finding, the teeth were not \
    examined, and what the plan is based on. At the bottom what is left to do, and the keys.";

/// What is typed before the picture is taken: a patient up to this step.
const BEFORE: &str = "review";

#[expect(clippy::print_stdout, reason = "the picture goes to standard output")]
fn main() {
    #[cfg(feature = "ward")]
    if std::env::args().nth(1).as_deref() == Some("home") {
        print!("{}", home());
        return;
    }
    print!("{}", page());
}

#[cfg(feature = "ward")]
const HOME_TITLE: &str = "Home in osteodose: the patients of today";
#[cfg(feature = "ward")]
const HOME_DESCRIPTION: &str = "A terminal with the list of today of a made-up day unit: for each patient how it stands, the name, the \
    birth date, the drug, the dose, and what is needed next. One is late, one is on hold, eight are due, one may be given, one \
    must be confirmed, one must not be given, and one was given. On the right what the marked patient needs.";

/// The picture of Home.
///
/// # Panics
/// Never: the made-up ward can be made in a temporary folder.
#[cfg(feature = "ward")]
pub fn home() -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = osteodose::ward::store::Sqlite::open(&made_up_ward::copied(folder.path()), made_up_ward::who());
    let mut morning = made_up_ward::over(Some(store.expect("the example opens")), Depth::Sixteen);
    for event in walks::events("\x1b[B\x1b[B\x1b[B\x1b[B\x1b[B") {
        osteodose::tui::Form::update(&mut morning, &event);
    }
    let Ok(mut terminal) = Terminal::new(TestBackend::new(COLUMNS, 24));
    let Ok(_) = terminal.draw(|frame| osteodose::tui::Form::view(&morning, frame));
    svg(terminal.backend().buffer(), HOME_TITLE, HOME_DESCRIPTION)
}

/// The picture.
///
/// # Panics
/// Never: the day it is drawn on is in the calendar.
pub fn page() -> String {
    let library = Library::shipped();
    let setting = Setting::new(
        library,
        NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day"),
        DateTime::default,
        Theme { depth: Depth::Sixteen, ascii: false },
    );
    let mut app = App::new(setting);
    let before = walks::REDUCED.keys.iter().take_while(|(step, _)| *step != BEFORE);
    for event in before.flat_map(|(_, keys)| walks::events(keys)) {
        app.update(&event);
    }
    let Ok(mut terminal) = Terminal::new(TestBackend::new(COLUMNS, ROWS));
    let Ok(_) = terminal.draw(|frame| app.view(frame));
    svg(terminal.backend().buffer(), TITLE, DESCRIPTION)
}

/// The size of a cell, and the edge around the screen.
const CELL_WIDTH: usize = 9;
const CELL_HEIGHT: usize = 20;
const EDGE: usize = 12;

/// How far below the top of its cell a text is.
const BASELINE: usize = 15;

const GROUND: &str = "#1b1f24";
const TEXT: &str = "#e6e8eb";

/// Cells side by side that look the same.
struct Run<'a> {
    column: usize,
    row: usize,
    cells: Vec<&'a Cell>,
}

/// A screen as SVG. It has a ground of its own, so that it can be read on light and on dark pages, and
/// each run of text begins at its column and is set to the width of its cells, whatever font there is.
fn svg(buffer: &Buffer, title: &str, description: &str) -> String {
    let (columns, rows) = (usize::from(buffer.area.width), usize::from(buffer.area.height));
    let (width, height) = (columns * CELL_WIDTH + 2 * EDGE, rows * CELL_HEIGHT + 2 * EDGE);
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="title description" font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="15">
<title id="title">{}</title>
<desc id="description">{}</desc>
<rect width="{width}" height="{height}" rx="8" fill="{GROUND}"/>
"#,
        escaped(title),
        escaped(description),
    );
    for run in runs(buffer) {
        run.write(&mut svg);
    }
    svg.push_str("</svg>\n");
    svg
}

fn runs(buffer: &Buffer) -> Vec<Run<'_>> {
    let columns = usize::from(buffer.area.width).max(1);
    let mut runs: Vec<Run<'_>> = Vec::new();
    for (row, cells) in buffer.content.chunks(columns).enumerate() {
        let mut column = 0;
        while let Some(cell) = cells.get(column) {
            match runs.last_mut() {
                Some(run) if run.row == row && looks_like(run.cells[0], cell) => run.cells.push(cell),
                _ => runs.push(Run { column, row, cells: vec![cell] }),
            }
            // The cells that a wide character covers say nothing.
            column += columns_of(cell);
        }
    }
    runs
}

fn looks_like(one: &Cell, other: &Cell) -> bool {
    (one.fg, one.bg, one.modifier) == (other.fg, other.bg, other.modifier)
}

fn columns_of(cell: &Cell) -> usize {
    cell.symbol().width().max(1)
}

impl Run<'_> {
    fn write(&self, svg: &mut String) {
        let style = self.cells[0];
        let (text, ground) = colours(style);
        if ground != GROUND {
            let (x, y, width) = (place(self.column, CELL_WIDTH), place(self.row, CELL_HEIGHT), width(&self.cells));
            line(
                svg,
                format_args!(r#"<rect x="{x}" y="{y}" width="{width}" height="{CELL_HEIGHT}" fill="{ground}"/>"#),
            );
        }
        let mut looks = String::new();
        for (modifier, look) in [
            (Modifier::BOLD, r#" font-weight="bold""#),
            (Modifier::ITALIC, r#" font-style="italic""#),
            (Modifier::UNDERLINED, r#" text-decoration="underline""#),
        ] {
            looks.push_str(if style.modifier.contains(modifier) { look } else { "" });
        }
        let y = place(self.row, CELL_HEIGHT) + BASELINE;
        for (column, cells) in self.pieces() {
            let shown: String = cells.iter().map(|cell| cell.symbol()).collect();
            let (x, width, shown) = (place(column, CELL_WIDTH), width(cells), escaped(&shown));
            line(
                svg,
                format_args!(
                    r#"<text x="{x}" y="{y}" textLength="{width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="{text}"{looks}>{shown}</text>"#
                ),
            );
        }
    }

    /// The texts in it that are placed by their columns, each with its first one: parted by more than one blank, or
    /// where signs and lines begin or end, which other fonts may have in other widths.
    fn pieces(&self) -> Vec<(usize, &[&Cell])> {
        let Some((first, cells)) = self.shown() else { return Vec::new() };
        let underlined = self.cells[0].modifier.contains(Modifier::UNDERLINED);
        let kind = |at: usize| match cells[at].symbol() {
            " " if !underlined => Kind::Blank,
            symbol if is_sign(symbol) => Kind::Sign,
            _ => Kind::Text,
        };
        // One blank between two texts belongs to them, so that they can be found and read together.
        let joins = |at: usize| {
            let is_text = |at: usize| at < cells.len() && kind(at) == Kind::Text;
            kind(at) == Kind::Blank && at.checked_sub(1).is_some_and(is_text) && is_text(at + 1)
        };
        let kind = |at: usize| if joins(at) { Kind::Text } else { kind(at) };
        let mut pieces = Vec::new();
        let (mut at, mut column) = (0, first);
        while at < cells.len() {
            let end = (at + 1..cells.len()).find(|next| kind(*next) != kind(at)).unwrap_or(cells.len());
            let piece = &cells[at..end];
            if kind(at) != Kind::Blank {
                pieces.push((column, piece));
            }
            column += width(piece) / CELL_WIDTH;
            at = end;
        }
        pieces
    }

    /// The column where the text begins, and its cells without blanks around them; blanks count where they are
    /// underlined.
    fn shown(&self) -> Option<(usize, &[&Cell])> {
        let underlined = self.cells[0].modifier.contains(Modifier::UNDERLINED);
        let seen = |cell: &&Cell| underlined || cell.symbol() != " ";
        let first = self.cells.iter().position(seen)?;
        let last = self.cells.iter().rposition(seen)?;
        Some((self.column + width(&self.cells[..first]) / CELL_WIDTH, &self.cells[first..=last]))
    }
}

/// What a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Blank,
    Sign,
    Text,
}

/// Whether a character is an arrow, a line, a block or another sign.
fn is_sign(symbol: &str) -> bool {
    symbol.starts_with(|c| matches!(c, '\u{2190}'..='\u{2BFF}'))
}

fn line(svg: &mut String, element: std::fmt::Arguments<'_>) {
    writeln!(svg, "{element}").expect("text takes text");
}

fn width(cells: &[&Cell]) -> usize {
    cells.iter().map(|cell| columns_of(cell)).sum::<usize>() * CELL_WIDTH
}

fn place(cell: usize, size: usize) -> usize {
    EDGE + cell * size
}

/// Of the text and of its ground.
fn colours(cell: &Cell) -> (&'static str, &'static str) {
    // What is legible under white is too dark upon our own ground.
    let text = if cell.bg == Color::Reset { lighter(cell.fg) } else { cell.fg };
    let (text, ground) = (colour(text, TEXT), colour(cell.bg, GROUND));
    if cell.modifier.contains(Modifier::REVERSED) { (ground, text) } else { (text, ground) }
}

fn lighter(colour: Color) -> Color {
    match colour {
        Color::Black => Color::DarkGray,
        Color::Red => Color::LightRed,
        Color::Blue => Color::LightBlue,
        Color::Magenta => Color::LightMagenta,
        other => other,
    }
}

/// The sixteen colours as many terminals have them, dark enough for white and light enough for black.
fn colour(colour: Color, by_default: &'static str) -> &'static str {
    match colour {
        Color::Black => "#000000",
        Color::Red => "#b3261e",
        Color::Green => "#3fae5a",
        Color::Yellow => "#e0b21a",
        Color::Blue => "#3b78d8",
        Color::Magenta => "#b455c0",
        Color::Cyan => "#2fa8b5",
        Color::Gray => "#c4c8cc",
        Color::DarkGray => "#8a9097",
        Color::LightRed => "#ff7b72",
        Color::LightGreen => "#7ee29a",
        Color::LightYellow => "#f5d76e",
        Color::LightBlue => "#82b4ff",
        Color::LightMagenta => "#dfa0e8",
        Color::LightCyan => "#7fdbe6",
        Color::White => "#ffffff",
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => by_default,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use ratatui::{layout::Rect, style::Style};

    use super::*;

    fn body(buffer: &Buffer) -> Vec<String> {
        svg(buffer, "t", "d").lines().skip(4).map(str::to_owned).collect()
    }

    fn one_line(draw: impl FnOnce(&mut Buffer)) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        draw(&mut buffer);
        body(&buffer)
    }

    #[test]
    fn a_run_stands_at_its_cells() {
        let lines = one_line(|buffer| {
            buffer.set_string(1, 0, "4 mg", Style::new());
            buffer.set_string(6, 0, " STOP ", Style::new().bg(Color::Red).fg(Color::White).bold());
        });
        let at = |x, width, rest: &str| {
            format!(
                r#"<text x="{x}" y="27" textLength="{width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve" {rest}</text>"#
            )
        };
        let expected = [
            at(21, 36, r##"fill="#e6e8eb">4 mg"##),
            r##"<rect x="66" y="12" width="54" height="20" fill="#b3261e"/>"##.to_owned(),
            at(75, 36, r##"fill="#ffffff" font-weight="bold">STOP"##),
            "</svg>".to_owned(),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn reversed_text_changes_places_with_its_ground() {
        let lines = one_line(|buffer| buffer.set_string(0, 0, "ab", Style::new().reversed()));
        assert!(lines[0].contains(r##"width="18" height="20" fill="#e6e8eb"##), "{lines:?}");
        assert!(lines[1].contains(r##"fill="#1b1f24">ab<"##), "{lines:?}");
    }

    #[test]
    fn a_dark_colour_is_lighter_without_a_ground_of_its_own() {
        let lines = one_line(|buffer| buffer.set_string(0, 0, "wrong", Style::new().red()));
        assert!(lines[0].contains(r##"fill="#ff7b72">wrong<"##), "{lines:?}");
    }

    #[test]
    fn a_wide_character_takes_two_cells() {
        let lines = one_line(|buffer| buffer.set_string(0, 0, "花子x", Style::new()));
        assert!(lines[0].contains(r#"textLength="45""#) && lines[0].ends_with(">花子x</text>"), "{lines:?}");
    }

    #[test]
    fn an_entry_shows_its_blanks_and_a_blank_line_nothing() {
        let lines = one_line(|buffer| buffer.set_string(0, 0, "7  ", Style::new().underlined()));
        assert!(lines[0].contains(r#"textLength="27""#) && lines[0].ends_with(">7  </text>"), "{lines:?}");
        assert_eq!(one_line(|_| ()), ["</svg>"]);
        assert_eq!(body(&Buffer::empty(Rect::ZERO)), ["</svg>"]);
    }

    #[test]
    fn words_are_words_and_not_markup() {
        let lines = one_line(|buffer| buffer.set_string(0, 0, "<a & \"b\">", Style::new()));
        assert!(lines[0].ends_with(">&lt;a &amp; &quot;b&quot;&gt;</text>"), "{lines:?}");
        assert!(
            svg(&Buffer::empty(Rect::ZERO), "<t>", "d&d")
                .contains("&lt;t&gt;</title>\n<desc id=\"description\">d&amp;d")
        );
    }
}
