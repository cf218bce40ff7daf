//! The bytes that make a terminal show a frame, as few as can be: over a slow line each costs time.
//!
//! What the terminal shows is known, so a few unchanged characters between two changed ones are written again where
//! that is shorter than a move of the cursor, the rest of a row is erased rather than written as blanks, and a style is
//! named only where it changes.

use std::{
    io::{self, Write},
    iter, mem,
};

use crossterm::terminal;
use ratatui::{
    backend::{Backend, ClearType, WindowSize},
    buffer::Cell,
    layout::{Position, Size},
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr;

/// Blanks of which more at the end of a row are erased.
const BLANKS_WRITTEN: usize = 3;

/// What changes a blank.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// The modifiers, each with the code that sets it and the code that resets it.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// What is sent to a terminal, and what it shows by it.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    bytes: Vec<u8>,
    /// What the terminal shows, row by row; what is missing is blank.
    shown: Vec<Vec<Cell>>,
    /// The style in which it would write.
    style: Style,
    /// Where its cursor is, if that is known.
    at: Option<Position>,
    /// Whether its cursor is seen, if that is known.
    is_cursor_seen: Option<bool>,
}

/// The style of a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Style {
    text: Color,
    ground: Color,
    modifier: Modifier,
}

impl Style {
    fn of(cell: &Cell) -> Self {
        Self { text: cell.fg, ground: cell.bg, modifier: cell.modifier }
    }

    /// Whether a character looks as it should if it is written in this style.
    fn suits(self, cell: &Cell) -> bool {
        let wanted = Self::of(cell);
        let is_blank = cell.symbol() == " ";
        let is_plain = !(self.modifier ^ wanted.modifier).intersects(SEEN_ON_BLANKS)
            && !wanted.modifier.contains(Modifier::REVERSED)
            && self.ground == wanted.ground
            && (self.text == wanted.text || !wanted.modifier.intersects(SEEN_ON_BLANKS));
        wanted == self || is_blank && is_plain
    }

    /// The codes that lead from this style to another: the fewer of changing it and of beginning again.
    fn codes_to(self, wanted: Self) -> Vec<u8> {
        let changing = self.changed_to(wanted);
        let again = [b"0".to_vec(), Self::default().changed_to(wanted)];
        let again = again.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(&b';');
        if wanted == Self::default() {
            Vec::new()
        } else if changing.len() <= again.len() {
            changing
        } else {
            again
        }
    }

    fn changed_to(self, wanted: Self) -> Vec<u8> {
        let mut codes: Vec<String> = Vec::new();
        let mut left = self.modifier;
        for (modifier, _, reset) in MODIFIERS {
            if left.contains(modifier) && !wanted.modifier.contains(modifier) {
                codes.push(reset.to_string());
                // Bold and dim end together, and so do both kinds of blinking.
                for (other, _, _) in MODIFIERS.into_iter().filter(|(_, _, other)| *other == reset) {
                    left.remove(other);
                }
            }
        }
        for (modifier, set, _) in MODIFIERS {
            if wanted.modifier.contains(modifier) && !left.contains(modifier) {
                codes.push(set.to_string());
            }
        }
        if self.text != wanted.text {
            codes.push(colour(wanted.text, 30));
        }
        if self.ground != wanted.ground {
            codes.push(colour(wanted.ground, 40));
        }
        codes.join(";").into_bytes()
    }
}

/// The code of a colour, of the text from 30 or of the ground from 40.
fn colour(colour: Color, first: u8) -> String {
    let dark = |number: u8| (first + number).to_string();
    let light = |number: u8| (first + 60 + number).to_string();
    match colour {
        Color::Reset => dark(9),
        Color::Black => dark(0),
        Color::Red => dark(1),
        Color::Green => dark(2),
        Color::Yellow => dark(3),
        Color::Blue => dark(4),
        Color::Magenta => dark(5),
        Color::Cyan => dark(6),
        Color::Gray => dark(7),
        Color::DarkGray => light(0),
        Color::LightRed => light(1),
        Color::LightGreen => light(2),
        Color::LightYellow => light(3),
        Color::LightBlue => light(4),
        Color::LightMagenta => light(5),
        Color::LightCyan => light(6),
        Color::White => light(7),
        Color::Indexed(number) => format!("{};5;{number}", dark(8)),
        Color::Rgb(red, green, blue) => format!("{};2;{red};{green};{blue}", dark(8)),
    }
}

/// Whether a cell is as an erased one.
fn is_erased(cell: &Cell) -> bool {
    Style::default().suits(cell) && cell.symbol() == " "
}

fn columns_of(cell: &Cell) -> usize {
    cell.symbol().width().max(1)
}

impl Encoder {
    /// What was encoded since the last time, the style set back.
    pub(super) fn take(&mut self) -> Vec<u8> {
        if self.style != Style::default() {
            self.put(b"\x1b[m");
            self.style = Style::default();
        }
        mem::take(&mut self.bytes)
    }

    /// Forgets where the cursor is: something else was written.
    pub(super) fn forget_cursor(&mut self) {
        self.at = None;
        self.is_cursor_seen = None;
    }

    fn put(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    fn row(&self, y: u16) -> &[Cell] {
        self.shown.get(usize::from(y)).map_or(&[], Vec::as_slice)
    }

    /// Notes what a cell shows from now on, and returns the columns that have to be written for it: its own, and those
    /// that wide characters under it covered, which terminals leave in different states.
    fn note(&mut self, at: Position, cell: &Cell) -> impl Iterator<Item = u16> + use<> {
        let (x, y) = (usize::from(at.x), usize::from(at.y));
        if self.shown.len() <= y {
            self.shown.resize(y + 1, Vec::new());
        }
        let row = &mut self.shown[y];
        let end = x + columns_of(cell);
        if row.len() < end {
            row.resize(end, Cell::EMPTY);
        }
        let covered = (x..end).map(|column| column + columns_of(&row[column])).max().unwrap_or(end);
        row[x] = cell.clone();
        // What a wide character covers shows nothing of its own.
        row[x + 1..end].fill(Cell::EMPTY);
        iter::once(x).chain(end..covered).filter_map(|column| u16::try_from(column).ok())
    }

    /// Writes the changed cells of a row, by their columns from left to right.
    fn write_row(&mut self, y: u16, changed: &[u16]) {
        let end = self.content_end(y);
        let beyond = changed.partition_point(|x| usize::from(*x) < end);
        let blanks = &changed[beyond..];
        let erases = blanks.len() > BLANKS_WRITTEN;
        for x in &changed[..if erases { beyond } else { changed.len() }] {
            self.write_cell(Position { x: *x, y });
        }
        if let (true, Some(x)) = (erases, blanks.first()) {
            self.move_to(Position { x: *x, y });
            self.set_style(Style::default());
            self.put(b"\x1b[K");
        }
    }

    /// The column after the last one of a row that shows something.
    fn content_end(&self, y: u16) -> usize {
        let cells = self.row(y).iter().enumerate().filter(|(_, cell)| !is_erased(cell));
        cells.map(|(x, cell)| x + columns_of(cell)).max().unwrap_or(0)
    }

    fn write_cell(&mut self, to: Position) {
        let Some(cell) = self.row(to.y).get(usize::from(to.x)).cloned() else { return };
        self.move_to(to);
        if !self.style.suits(&cell) {
            self.set_style(Style::of(&cell));
        }
        self.put(cell.symbol().as_bytes());
        // How far a terminal moves for other characters is for it to know.
        let is_simple = cell.symbol().chars().count() == 1 && cell.symbol().width() == 1;
        self.at = is_simple.then(|| Position { x: to.x + 1, y: to.y });
    }

    fn set_style(&mut self, wanted: Style) {
        if self.style != wanted {
            let codes = self.style.codes_to(wanted);
            self.put(b"\x1b[");
            self.put(&codes);
            self.put(b"m");
            self.style = wanted;
        }
    }

    /// Moves the cursor: over what is unchanged by writing it again, or as is shortest.
    fn move_to(&mut self, to: Position) {
        if self.at == Some(to) {
            return;
        }
        let Position { x, y } = to;
        let mut shortest = match x {
            0 => format!("\x1b[{}H", y + 1),
            _ => format!("\x1b[{};{}H", y + 1, x + 1),
        }
        .into_bytes();
        if let Some(at) = self.at.filter(|at| at.y == y) {
            let on_row = match x.checked_sub(at.x) {
                _ if x == 0 => "\r".to_owned(),
                Some(1) => "\x1b[C".to_owned(),
                Some(columns) => format!("\x1b[{columns}C"),
                None => format!("\x1b[{}G", x + 1),
            };
            let again = self.unchanged(at, x).filter(|again| again.len() <= on_row.len());
            shortest = again.unwrap_or_else(|| on_row.into_bytes());
        }
        self.put(&shortest);
        self.at = Some(to);
    }

    /// What is shown from the cursor up to a column, if it can be written again in the style at hand.
    fn unchanged(&self, at: Position, to: u16) -> Option<Vec<u8>> {
        let row = self.row(at.y);
        let between = row.get(usize::from(at.x)..usize::from(to))?;
        let is_simple = |cell: &Cell| cell.symbol().len() == 1 && self.style.suits(cell);
        // The cell before may be wide, and cover the first of these.
        let is_uncovered = usize::from(at.x).checked_sub(1).is_none_or(|before| columns_of(&row[before]) == 1);
        (is_uncovered && between.iter().all(is_simple))
            .then(|| between.iter().flat_map(|it| it.symbol().bytes()).collect())
    }

    fn see_cursor(&mut self, is_seen: bool) {
        if self.is_cursor_seen != Some(is_seen) {
            self.put(if is_seen { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.is_cursor_seen = Some(is_seen);
        }
    }
}

impl Backend for Encoder {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut changed: Vec<Position> = Vec::new();
        for (x, y, cell) in content {
            changed.extend(self.note(Position { x, y }, cell).map(|x| Position { x, y }));
        }
        // A cell that was covered may have changed by itself.
        changed.sort_unstable_by_key(|at| (at.y, at.x));
        changed.dedup();
        for row in changed.chunk_by(|one, next| one.y == next.y) {
            let columns: Vec<u16> = row.iter().map(|at| at.x).collect();
            self.write_row(row[0].y, &columns);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.see_cursor(false);
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.see_cursor(true);
        Ok(())
    }

    /// Where the cursor is by what was sent; the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.move_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// Clears the screen. A part of it is cleared only where a form does not have all of it, which is nowhere.
    fn clear_region(&mut self, part: ClearType) -> io::Result<()> {
        if part != ClearType::All {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.set_style(Style::default());
        self.put(b"\x1b[2J");
        self.shown.clear();
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        terminal::size().map(Size::from)
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let size = terminal::window_size()?;
        let (columns_rows, pixels) = ((size.columns, size.rows).into(), (size.width, size.height).into());
        Ok(WindowSize { columns_rows, pixels })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.bytes.flush()
    }
}

#[cfg(test)]
mod tests {
    use ratatui::{buffer::Buffer, layout::Rect, style::Style as Look};

    use super::*;

    const COLUMNS: u16 = 20;
    const ROWS: u16 = 4;

    /// A terminal, and what is sent to it.
    struct Shown {
        encoder: Encoder,
        terminal: vt100::Parser,
        before: Buffer,
    }

    impl Shown {
        fn new() -> Self {
            let size = |count: u16| std::num::NonZeroU16::new(count).unwrap();
            let area = Rect::new(0, 0, COLUMNS, ROWS);
            Self {
                encoder: Encoder::default(),
                terminal: vt100::Parser::new(size(ROWS), size(COLUMNS), 0),
                before: Buffer::empty(area),
            }
        }

        /// Shows a frame as the form does, and returns what was sent for it.
        fn show(&mut self, frame: &Buffer, cursor: Option<(u16, u16)>) -> Vec<u8> {
            self.encoder.draw(self.before.diff(frame).into_iter()).unwrap();
            match cursor {
                Some(at) => {
                    self.encoder.show_cursor().unwrap();
                    self.encoder.set_cursor_position(at).unwrap();
                }
                None => self.encoder.hide_cursor().unwrap(),
            }
            self.before = frame.clone();
            let bytes = self.encoder.take();
            self.terminal.process(&bytes);
            bytes
        }
    }

    /// What a person sees of a cell.
    type Seen = (String, vt100::Color, vt100::Color, bool, bool, bool);

    fn seen(cell: &vt100::Cell) -> Seen {
        let text = if cell.has_contents() { cell.contents().to_owned() } else { " ".to_owned() };
        let is_blank = text == " ";
        let (mut letter, mut ground) = (cell.fgcolor(), cell.bgcolor());
        if is_blank && !cell.underline() && !cell.inverse() {
            letter = vt100::Color::Default;
        }
        if cell.inverse() {
            (letter, ground) = (ground, letter);
        }
        (text, letter, ground, cell.bold() && !is_blank, cell.underline(), cell.inverse())
    }

    /// The same of a frame, by a terminal to which each cell is written alone.
    fn expected(frame: &Buffer) -> vt100::Parser {
        let mut plain = Shown::new();
        for y in 0..ROWS {
            for x in 0..COLUMNS {
                let cell = &frame[(x, y)];
                let is_covered = x > 0 && columns_of(&frame[(x - 1, y)]) > 1;
                if is_covered {
                    continue;
                }
                let codes = Style::default().changed_to(Style::of(cell));
                let codes = String::from_utf8(codes).unwrap();
                let text = format!("\x1b[0m\x1b[{codes}m\x1b[{};{}H{}\x1b[0m", y + 1, x + 1, cell.symbol());
                plain.terminal.process(text.as_bytes());
            }
        }
        plain.terminal
    }

    struct Dice(u64);

    impl Dice {
        fn roll(&mut self, sides: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) % sides
        }
    }

    fn scribble(frame: &mut Buffer, dice: &mut Dice) {
        const TEXTS: [&str; 8] = ["7", "4.4 mL", "     ", "花子", "─────", "Holm, Anna", " ", "e\u{301}µ"];
        const COLOURS: [Color; 5] =
            [Color::Reset, Color::Red, Color::LightBlue, Color::Indexed(200), Color::Rgb(1, 2, 3)];
        const LOOKS: [Modifier; 6] = [
            Modifier::empty(),
            Modifier::BOLD,
            Modifier::UNDERLINED,
            Modifier::REVERSED,
            Modifier::BOLD.union(Modifier::REVERSED),
            Modifier::DIM.union(Modifier::BOLD),
        ];
        let mut pick = |count: usize| usize::try_from(dice.roll(count as u64)).unwrap();
        for _ in 0..=pick(3) {
            let look = Look::new().fg(COLOURS[pick(5)]).bg(COLOURS[pick(5)]).add_modifier(LOOKS[pick(6)]);
            let look = if pick(3) == 0 { look } else { Look::reset() };
            let (x, y) = (u16::try_from(pick(20)).unwrap(), u16::try_from(pick(4)).unwrap());
            // No frame shows half of a wide character.
            if x > 0 && columns_of(&frame[(x - 1, y)]) > 1 {
                frame[(x - 1, y)].reset();
            }
            frame.set_string(x, y, TEXTS[pick(8)], look.underline_color(Color::Reset));
        }
        if pick(10) == 0 {
            *frame = Buffer::empty(*frame.area());
        }
    }

    #[test]
    fn whatever_is_drawn_is_what_the_terminal_shows() {
        let mut dice = Dice(1);
        let mut frame = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
        let mut shown = Shown::new();
        for number in 0..3000_u16 {
            scribble(&mut frame, &mut dice);
            let cursor = (number % 3 > 0).then_some((number % COLUMNS, number % ROWS));
            let sent = shown.show(&frame, cursor);
            let (is, should) = (shown.terminal.screen(), expected(&frame));
            for (y, x) in (0..ROWS).flat_map(|y| (0..COLUMNS).map(move |x| (y, x))) {
                let [is, should] = [is, should.screen()].map(|screen| seen(screen.cell(y, x).unwrap()));
                assert_eq!(is, should, "frame {number}, row {y}, column {x}: {}", String::from_utf8_lossy(&sent));
            }
            assert_eq!(!is.hide_cursor(), cursor.is_some());
            if let Some((x, y)) = cursor {
                assert_eq!(is.cursor_position(), (y, x));
            }
            if number % 500 == 0 {
                // As after a pause in which others wrote.
                shown.terminal.process(b"\x1b[H$ fg\r\n\x1b[?25l");
                shown.encoder.forget_cursor();
                shown.encoder.clear().unwrap();
                shown.before.reset();
            }
        }
    }

    #[test]
    fn nothing_is_sent_for_what_has_not_changed() {
        let mut shown = Shown::new();
        let mut frame = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
        frame.set_string(0, 0, "Weight 68.5 kg", Look::new());
        let first = shown.show(&frame, Some((7, 0)));
        assert_eq!(
            String::from_utf8_lossy(&first),
            "\x1b[1HWeight\x1b[C68.5\x1b[Ckg\x1b[?25h\x1b[8G".replace("\x1b[C", " ")
        );
        assert_eq!(shown.show(&frame, Some((7, 0))), b"");
        frame.set_string(7, 0, "70.0", Look::new());
        assert_eq!(String::from_utf8_lossy(&shown.show(&frame, Some((11, 0)))), "70.0");
        frame.set_string(0, 0, "              ", Look::new());
        assert_eq!(String::from_utf8_lossy(&shown.show(&frame, Some((0, 0)))), "\r\x1b[K");
    }

    #[test]
    fn a_style_is_named_where_it_changes_and_no_longer_than_needed() {
        let plain = Style::default();
        let bold = Style { modifier: Modifier::BOLD, ..plain };
        let stop = Style { text: Color::White, ground: Color::Red, modifier: Modifier::BOLD };
        let codes = |from: Style, to: Style| String::from_utf8(from.codes_to(to)).unwrap();
        assert_eq!(codes(plain, stop), "1;97;41");
        assert_eq!(codes(stop, plain), "");
        assert_eq!(codes(stop, bold), "0;1");
        let dim = Style { modifier: Modifier::DIM, ..plain };
        assert_eq!(codes(Style { modifier: Modifier::DIM | Modifier::BOLD, ..plain }, dim), "0;2");
        let coloured =
            Style { text: Color::Rgb(10, 20, 30), ground: Color::Indexed(3), modifier: Modifier::UNDERLINED };
        assert_eq!(codes(plain, coloured), "4;38;2;10;20;30;48;5;3");
        assert_eq!(codes(coloured, Style { modifier: Modifier::empty(), ..coloured }), "24");
    }
}
