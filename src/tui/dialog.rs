//! A dialog: a small form over a page, as wide on every screen, that ends in a row on which one letter acts.

use ratatui::{
    layout::{Position, Rect},
    text::{Line, Span},
};

use super::{
    App, Theme,
    hits::Target,
    sheet::{Canvas, Row, to_u16},
    text::{fit, pad, width, window, wrap},
    theme::Sign,
    words,
};
use crate::{
    form::{Field, Kind, Reading},
    json::unhidden,
};

/// The columns of a dialog, with its box.
pub(super) const WIDTH: u16 = 76;
/// The columns before what is typed.
const LABEL: usize = 19;
/// The columns of what is typed, where what is read is beside it.
const TYPED: usize = 24;

/// A dialog under construction.
pub(super) struct Dialog {
    title: String,
    columns: usize,
    rows: Vec<Row>,
    foot: String,
}

impl Dialog {
    /// An empty dialog in a window of so many columns.
    pub(super) fn new(title: impl Into<String>, columns: usize) -> Self {
        let columns = columns.min(usize::from(WIDTH)).saturating_sub(4);
        Self { title: title.into(), columns, rows: Vec::new(), foot: String::new() }
    }

    /// The columns of its lines.
    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    /// An empty line.
    pub(super) fn blank(&mut self) {
        self.rows.push(Row::blank());
    }

    /// One line.
    pub(super) fn line(&mut self, line: Line<'static>) {
        self.rows.push(Row::read(vec![line]));
    }

    /// A text, wrapped.
    pub(super) fn text(&mut self, text: &str) {
        let lines = wrap(text, self.columns).into_iter().map(Line::from).collect();
        self.rows.push(Row::read(lines));
    }

    /// A row.
    pub(super) fn row(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// The row that acts: each letter with what it does. While something is missing, the letters are not shown as keys.
    pub(super) fn acts(&mut self, acts: &[(char, String)], in_hand: bool, ready: bool, theme: Theme) {
        let mut spans = vec![Span::raw("    ")];
        for (letter, does) in acts {
            let key = if *letter == '\u{1b}' { "Esc".to_owned() } else { letter.to_string() };
            let dead = !ready && *letter != '\u{1b}';
            let words =
                if dead { format!("[ {} {does} ]", theme.sign(Sign::Open)) } else { format!("[ {key}  {does} ]") };
            let style = if in_hand && *letter != '\u{1b}' { theme.marked() } else { theme.plain() };
            spans.extend([Span::styled(words, style), Span::raw("    ")]);
        }
        self.rows.push(Row { lines: vec![Line::from(spans)], in_hand, cursor: Some((0, 6)), target: None });
    }

    /// What is said below it.
    pub(super) fn foot(&mut self, words: impl Into<String>) {
        self.foot = words.into();
    }

    /// The lines that it needs.
    pub(super) fn height(&self) -> usize {
        2 + self.rows.iter().map(|row| row.lines.len()).sum::<usize>()
    }

    /// Draws it at the top of an area, and what is said below it. Gives the place of the cursor.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let foot = wrap(&self.foot, usize::from(area.width).saturating_sub(4));
        let height = to_u16(self.height()).min(area.height.saturating_sub(to_u16(foot.len())));
        let outer = Rect { width: area.width.min(WIDTH), height, ..area };
        let inner = Rect {
            x: outer.x + 2,
            y: outer.y + 1,
            width: outer.width.saturating_sub(4),
            height: height.saturating_sub(2),
        };
        for y in outer.y..outer.bottom() {
            canvas.buffer.set_string(outer.x, y, " ".repeat(usize::from(outer.width)), canvas.theme.plain());
        }
        frame(canvas, outer, &self.title);
        let cursor = canvas.sheet(&self.rows, 0, inner);
        for (line, y) in foot.iter().zip(outer.bottom()..area.bottom()) {
            canvas.line(Rect { y, height: 1, ..area }, &Line::from(format!("  {line}")));
        }
        cursor
    }
}

/// Draws a single box with its title.
fn frame(canvas: &mut Canvas<'_>, area: Rect, title: &str) {
    let [top_left, across, top_right, down, bottom_left, bottom_right] = canvas.theme.single_box();
    let inner = usize::from(area.width).saturating_sub(2);
    let title = fit(&format!(" {title} "), inner, "");
    let top = format!("{top_left}{title}{}{top_right}", across.repeat(inner - width(&title)));
    let bottom = format!("{bottom_left}{}{bottom_right}", across.repeat(inner));
    let style = canvas.theme.plain();
    canvas.buffer.set_string(area.x, area.y, top, style);
    for y in area.y + 1..area.bottom().saturating_sub(1) {
        canvas.buffer.set_string(area.x, y, down, style);
        canvas.buffer.set_string(area.right().saturating_sub(1), y, down, style);
    }
    canvas.buffer.set_string(area.x, area.bottom().saturating_sub(1), bottom, style);
}

impl App {
    /// A field of a dialog, with what is read of it, and below it what is wrong or offered.
    pub(super) fn dialog_field(&self, dialog: &mut Dialog, field: Field, in_hand: bool) {
        let columns = dialog.columns();
        if !field.kind().is_typed() {
            dialog.row(self.chosen_in_dialog(field, columns, in_hand));
            return;
        }
        let is_text = field.kind() == Kind::Text;
        let typed = if is_text { columns.saturating_sub(LABEL) } else { TYPED };
        let offered = self.offered_name(field).filter(|_| in_hand);
        let typed = if offered.is_some() { TYPED } else { typed };
        let mark = if in_hand { ">" } else { " " };
        let label = pad(&format!("{mark} {}", field.label()), LABEL, self.cut());
        let cursor = in_hand.then(|| self.line.cursor());
        let (shown, at) = window(&unhidden(self.form.text(field)), cursor, typed.saturating_sub(1), self.cut());
        let style = if in_hand { self.theme.entry() } else { self.theme.plain() };
        let mut spans = vec![
            Span::raw(label),
            Span::styled(if in_hand { pad(&shown, typed - 1, "") } else { shown.clone() }, style),
        ];
        let used = if in_hand { typed - 1 } else { width(&shown) };
        spans.push(Span::raw(" ".repeat(typed.saturating_sub(used))));
        let reading = self.form.reading(field);
        let is_left = self.left.contains(&field) && !in_hand;
        let beside = match (&reading, offered) {
            (_, Some(name)) => words::takes_name(name),
            (Reading::Read(read), None) if field.is_dose() => words::dose(read),
            (Reading::Read(read), None) if !is_text => read.clone(),
            (Reading::Open(read), None) => read.clone(),
            (Reading::Wrong { short, .. }, None) => self.short_of_wrong(short, is_left),
            _ => String::new(),
        };
        spans.push(Span::raw(fit(&beside, columns.saturating_sub(LABEL + typed), self.cut())));
        let mut lines = vec![Line::from(spans)];
        if let Reading::Wrong { sentence, .. } = &reading
            && is_left
        {
            lines.extend(
                wrap(sentence, columns.saturating_sub(4)).into_iter().map(|line| Line::from(format!("    {line}"))),
            );
        }
        if field == Field::SecondBy && self.form.is_checked_by_same_person() {
            let said = wrap(words::SAME_PERSON, columns.saturating_sub(4));
            lines.extend(said.into_iter().map(|line| Line::from(format!("    {line}"))));
        }
        let target = Some(Target::Field(field));
        dialog.row(Row { lines, in_hand, cursor: Some((0, LABEL + at)), target });
    }

    /// A field that is chosen, with its choices while it is in hand.
    fn chosen_in_dialog(&self, field: Field, columns: usize, in_hand: bool) -> Row {
        let options = self.form.options(field);
        let chosen = self.form.text(field);
        let label = options.iter().find(|it| *it.word == *chosen).map(|it| it.label.to_string());
        let said = label.unwrap_or_else(|| words::not_answered(field).to_owned());
        let mark = if in_hand { ">" } else { " " };
        let head = pad(&format!("{mark} {}", field.label()), LABEL, self.cut());
        let mut lines = vec![Line::from(vec![Span::raw(head), Span::raw(said)])];
        let mut cursor = (0, LABEL);
        if in_hand {
            let (choices, at) = self.choices(field, &options, columns);
            cursor = at.map_or(cursor, |(line, column)| (line + 1, column));
            lines.extend(choices);
        }
        Row { lines, in_hand, cursor: Some(cursor), target: Some(Target::Field(field)) }
    }
}
