//! How a field looks: its label, its entry, its unit, its echo, what is wrong, what it asks for.

use ratatui::{
    style::Style,
    text::{Line, Span},
};
use unicode_segmentation::UnicodeSegmentation;

use super::{
    App,
    focus::{MARK_COLUMNS, Stop},
    sheet::Row,
    text::{fit, pad, width, wrap},
    words,
};
use crate::form::{Choice, Field, Kind, NotRead, Refused};

/// The columns before what is typed: the mark of the focus, and the label.
const LABEL: usize = 21;
/// The columns of a number.
const NUMBER: usize = 12;
/// The columns of a date.
const DATE: usize = 18;
/// The columns of words.
const LONG: usize = 42;

impl App {
    /// The rows of fields, the lists of marks folded where they are not in hand and there is no room.
    pub(super) fn field_rows(&self, fields: &[Field], columns: usize, lines: usize) -> Vec<Row> {
        let rows =
            |folded: bool| fields.iter().map(|field| self.field_row(*field, columns, folded)).collect::<Vec<_>>();
        let open = rows(false);
        let all: usize = open.iter().map(|row| row.lines.len()).sum();
        if all <= lines { open } else { rows(true) }
    }

    /// The row of a field.
    pub(super) fn field_row(&self, field: Field, columns: usize, folded: bool) -> Row {
        let focused = self.focus == Stop::Field(field);
        let mut row = match field.kind() {
            Kind::One => self.one_row(field, columns, focused),
            Kind::Many if folded && !focused => self.folded_row(field, columns),
            Kind::Many => self.many_row(field, columns, focused),
            _ => self.typed_row(field, columns, focused),
        };
        row.lines.extend(self.remark(field, columns, focused));
        row.stop = Some(Stop::Field(field));
        row
    }

    fn label(&self, field: Field, focused: bool) -> Span<'static> {
        let mark = if focused { ">" } else { " " };
        let wrong = if self.problem(field).is_some() { "!" } else { " " };
        let label = pad(&format!("{mark}{wrong}{}", field.label()), LABEL, self.cut());
        let style = if focused { self.theme.heading() } else { self.theme.plain() };
        Span::styled(label, style)
    }

    /// The mark of something that was cut.
    pub(super) fn cut(&self) -> &'static str {
        self.theme.symbol("…", "~")
    }

    fn typed_row(&self, field: Field, columns: usize, focused: bool) -> Row {
        let room = columns.saturating_sub(LABEL + 1);
        let entry = match field.kind() {
            Kind::Date => DATE,
            Kind::Number(_) | Kind::Measured => NUMBER,
            _ => LONG,
        };
        let entry = entry.min(room);
        let text = self.form.text(field);
        let cursor = focused.then(|| self.input.cursor());
        let (shown, at) = window(text, cursor, entry, self.cut());
        let mut spans =
            vec![self.label(field, focused), Span::styled(pad(&shown, entry, self.cut()), self.theme.entry())];
        let used = LABEL + entry;
        let after = self.after(field, columns.saturating_sub(used));
        spans.extend(after);
        Row { lines: vec![Line::from(spans)], stop: None, cursor: focused.then_some((0, LABEL + at)) }
    }

    /// What follows an entry: the unit that is chosen, and the entry said again in full.
    fn after(&self, field: Field, room: usize) -> Vec<Span<'static>> {
        let mut spans = Vec::new();
        let mut room = room;
        if field.kind() == Kind::Measured {
            let chosen = self.form.unit(field);
            for choice in field.units() {
                let on = choice.word == chosen;
                let shown = if on { format!(" [{}]", choice.label) } else { format!("  {} ", choice.label) };
                room = room.saturating_sub(width(&shown));
                spans.push(Span::styled(shown, if on { self.theme.heading() } else { self.theme.plain() }));
            }
        } else if let Kind::Number(unit) = field.kind() {
            let shown = format!(" {unit}");
            room = room.saturating_sub(width(&shown));
            spans.push(Span::styled(shown, self.theme.plain()));
        }
        // A number says its unit beside it; several dates are said in full below.
        let said = matches!(field.kind(), Kind::Number(_) | Kind::Dates);
        if field == Field::Height && self.form.is_height_needed() {
            let needed = fit(&format!("  {}", words::HEIGHT_NEEDED), room, self.cut());
            spans.push(Span::styled(needed, self.theme.heading()));
        }
        if let Some(echo) = self.form.echo(field).filter(|_| !said) {
            spans.push(Span::styled(fit(&format!("  {echo}"), room, self.cut()), self.theme.plain()));
        }
        spans
    }

    fn one_row(&self, field: Field, columns: usize, focused: bool) -> Row {
        let chosen = self.form.text(field);
        let usual = self.form.usual(field);
        let room = columns.saturating_sub(LABEL);
        let mut lines: Vec<Vec<Span<'static>>> = vec![vec![self.label(field, focused)]];
        let mut used = 0;
        let mut cursor = (0, LABEL);
        let options = self.form.options(field);
        if options.is_empty() {
            lines[0].push(Span::raw(words::NOTHING_TO_CHOOSE));
        }
        for (at, Choice { word, label }) in options.iter().enumerate() {
            let on = word == chosen;
            let held = chosen.is_empty() && usual.as_deref() == Some(word);
            let mark = if on { "(*)" } else { "( )" };
            let usual = if held { " (usual)" } else { "" };
            let mut parts = wrap(&format!("{mark} {label}{usual}"), room).into_iter();
            let shown = parts.next().unwrap_or_default();
            if used > 0 && used + width(&shown) > room {
                lines.push(vec![Span::raw(" ".repeat(LABEL))]);
                used = 0;
            }
            let in_hand = focused && (on || (chosen.is_empty() && at == 0));
            if in_hand {
                cursor = (lines.len() - 1, LABEL + used + 1);
            }
            used += width(&shown) + 2;
            let style = match (in_hand, on) {
                (true, _) => self.theme.focus(),
                (false, true) => self.theme.heading(),
                (false, false) => self.theme.plain(),
            };
            if let Some(line) = lines.last_mut() {
                line.extend([Span::styled(shown, style), Span::raw("  ")]);
            }
            for part in parts {
                lines.push(vec![Span::raw(" ".repeat(LABEL + 4)), Span::styled(part, style)]);
                used = room;
            }
        }
        let lines = lines.into_iter().map(Line::from).collect();
        Row { lines, stop: None, cursor: focused.then_some(cursor) }
    }

    fn many_row(&self, field: Field, columns: usize, focused: bool) -> Row {
        let chosen: Vec<&str> = self.form.chosen(field).collect();
        let options = self.form.options(field);
        let column = columns.saturating_sub(2) / MARK_COLUMNS;
        let mut lines = vec![Line::from(vec![self.label(field, focused), Span::raw(self.summed_up(field))])];
        let mut cursor = (0, LABEL);
        for (line, pair) in options.chunks(MARK_COLUMNS).enumerate() {
            let mut spans = vec![Span::raw("  ")];
            for (at, choice) in pair.iter().enumerate() {
                let on = chosen.contains(&&*choice.word);
                let in_hand = focused && self.marked == line * MARK_COLUMNS + at;
                if in_hand {
                    cursor = (line + 1, 2 + at * column + 1);
                }
                let shown = fit(&format!("[{}] {}", if on { "x" } else { " " }, choice.label), column - 1, self.cut());
                let blanks = " ".repeat(column - width(&shown));
                let style = match (in_hand, on) {
                    (true, _) => self.theme.focus(),
                    (false, true) => self.theme.heading(),
                    (false, false) => self.theme.plain(),
                };
                spans.extend([Span::styled(shown, style), Span::raw(blanks)]);
            }
            lines.push(Line::from(spans));
        }
        Row { lines, stop: None, cursor: focused.then_some(cursor) }
    }

    /// A list of marks in one line: what is marked.
    fn folded_row(&self, field: Field, columns: usize) -> Row {
        let room = columns.saturating_sub(LABEL);
        let mut lines: Vec<Line<'static>> = Vec::new();
        for (number, line) in wrap(&self.summed_up(field), room).into_iter().enumerate() {
            let label = if number == 0 { self.label(field, false) } else { Span::raw(" ".repeat(LABEL)) };
            lines.push(Line::from(vec![label, Span::raw(line)]));
        }
        Row::read(lines)
    }

    /// What is marked in a list, in words.
    fn summed_up(&self, field: Field) -> String {
        let options = self.form.options(field);
        let label = |word: &str| options.iter().find(|it| it.word == word).map(|it| it.label.to_string());
        let chosen: Vec<String> = self.form.chosen(field).filter_map(label).collect();
        match (chosen.is_empty(), field) {
            (false, _) => chosen.join(", "),
            (true, Field::Weekdays) => words::EVERY_DAY.to_owned(),
            (true, _) => words::NOT_ANSWERED.to_owned(),
        }
    }

    /// What is said under a field: what is wrong, else what is unusual, else what it asks for and offers.
    fn remark(&self, field: Field, columns: usize, focused: bool) -> Vec<Line<'static>> {
        let indent = 4;
        let lines = |words: &str, style: Style| -> Vec<Line<'static>> {
            let wrapped = wrap(words, columns.saturating_sub(indent + 1));
            let line = |it: String| Line::from(vec![Span::raw(" ".repeat(indent)), Span::styled(it, style)]);
            wrapped.into_iter().map(line).collect()
        };
        if let Some(problem) = self.problem(field) {
            return lines(&problem, self.theme.wrong());
        }
        if let Some(unusual) = self.unusual(field) {
            return lines(&format!("? {unusual}"), self.theme.heading());
        }
        if !focused && self.left.contains(&field) && self.form.is_not_asked(field) {
            return lines(words::NOT_ASKED, self.theme.heading());
        }
        if !focused {
            return Vec::new();
        }
        let offer = self.form.offer(field).filter(|_| self.form.text(field).is_empty());
        let offer = offer.map_or_else(String::new, |offer| format!(" {}", words::offered(field, &offer)));
        let dates = self.form.echo(field).filter(|_| field.kind() == Kind::Dates);
        let dates = dates.map_or_else(String::new, |dates| format!(" {dates}."));
        lines(&format!("{}{offer}{dates}", field.help()), self.theme.plain())
    }

    /// What is wrong with a field: at once where further typing cannot correct it, else when it was left.
    fn problem(&self, field: Field) -> Option<String> {
        if field == Field::SecondBy && self.form.is_checked_by_same_person() {
            return Some(words::SAME_PERSON.to_owned());
        }
        let text = self.form.text(field);
        let typing = self.focus == Stop::Field(field) && !self.left.contains(&field);
        let refused = self.form.filled().refused().get(&field);
        let at_once = matches!(
            refused,
            Some(Refused::NotRead(
                NotRead::Slash
                    | NotRead::Thousands
                    | NotRead::AfterToday(_)
                    | NotRead::Hidden(_)
                    | NotRead::LongNumber
                    | NotRead::LongText(_)
            ))
        );
        match refused {
            Some(refused) if at_once || !typing => Some(words::refused(field, text, refused)),
            None if self.left.contains(&field) && self.form.filled().missing().contains(&field) => {
                Some(words::still_missing(field))
            }
            _ => None,
        }
    }

    /// What is unusual about the value of a field that was left, and must be confirmed with the plan.
    fn unusual(&self, field: Field) -> Option<String> {
        let typing = self.focus == Stop::Field(field) && !self.left.contains(&field);
        if typing || self.form.text(field).is_empty() {
            return None;
        }
        self.form.unusual(field).map(ToString::to_string)
    }
}

/// The part of a text that is shown in an entry, with a mark where it continues, and the column of the
/// cursor in it.
pub(super) fn window(text: &str, cursor: Option<usize>, columns: usize, mark: &str) -> (String, usize) {
    let Some(cursor) = cursor else { return (fit(text, columns, mark), 0) };
    let before: String = text.chars().take(cursor).collect();
    if width(text) < columns {
        return (text.to_owned(), width(&before));
    }
    // Letters are dropped from the left, until the cursor and the marks of both ends have room.
    let room = columns.saturating_sub(2 * width(mark) + 1);
    let mut shown_before = before.as_str();
    while width(shown_before) > room {
        let first = shown_before.graphemes(true).next().map_or(1, str::len);
        shown_before = &shown_before[first..];
    }
    let dropped = shown_before.len() < before.len();
    let lead = if dropped { mark } else { "" };
    let rest: String = text.chars().skip(cursor).collect();
    let shown = fit(&format!("{lead}{shown_before}{rest}"), columns, mark);
    (shown, width(lead) + width(shown_before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_always_in_the_entry() {
        let names =
            ["Anna", "山田花子山田花子山田花子", "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"];
        for name in names {
            for cursor in 0..=name.chars().count() {
                for columns in 4..20 {
                    let (shown, at) = window(name, Some(cursor), columns, "…");
                    assert!(width(&shown) <= columns, "{shown}");
                    assert!(at < columns, "{name} {cursor} {columns}: {at}");
                }
            }
        }
        assert_eq!(window("abcdefgh", Some(8), 6, "…"), ("…fgh".to_owned(), 4));
        assert_eq!(window("abcdefgh", None, 6, "…"), ("abcde…".to_owned(), 0));
    }
}
