//! The entries of a step in three columns: as typed, read as, before. What cannot be read stays, is marked, and is
//! explained under its row.

use ratatui::{
    style::Style,
    text::{Line, Span},
};

use super::{
    App,
    hits::Target,
    sheet::Row,
    text::{fit, pad, width, window, wrap},
    theme::Sign,
    words,
};
use crate::{
    form::{Choice, Field, Kind, Reading, Step},
    json::unhidden,
};

/// The columns before what is typed: the mark of the row in hand, and the label.
const LABEL: usize = 22;
/// The columns between two columns.
const GAP: usize = 1;
/// The columns of a list of marks.
const MARK_COLUMNS: usize = 2;

/// How the columns of a step are shared out.
#[derive(Clone, Copy, Debug)]
struct Columns {
    typed: usize,
    read: usize,
    before: usize,
}

impl Columns {
    fn of(columns: usize) -> Self {
        let room = columns.saturating_sub(LABEL);
        let typed = (room * 27 / 100).clamp(10, 20);
        let before = (room * 3 / 10).clamp(8, 22);
        Self { typed, read: room.saturating_sub(typed + before), before }
    }
}

impl App {
    /// The rows of a step, with the names of its columns.
    pub(super) fn entry_rows(&self, step: Step, columns: usize) -> Vec<Row> {
        let shared = Columns::of(columns);
        let [typed, read, before] = words::ENTRY_COLUMNS;
        let heading = format!(
            "{}{}{}{}",
            " ".repeat(LABEL),
            pad(typed, shared.typed, ""),
            pad(read, shared.read, ""),
            fit(before, shared.before, "")
        );
        let mut rows = vec![Row::read(vec![Line::from(heading)])];
        let fields = self.form.fields(step);
        rows.extend(fields.iter().map(|field| self.field_row(*field, columns, self.field == *field)));
        rows
    }

    /// The row of a field, with what is said under it.
    pub(super) fn field_row(&self, field: Field, columns: usize, in_hand: bool) -> Row {
        let mut row = match field.kind() {
            Kind::One | Kind::Many => self.chosen_row(field, columns, in_hand),
            _ => self.typed_row(field, columns, in_hand),
        };
        row.lines.extend(self.remark(field, columns, in_hand));
        row.in_hand = in_hand;
        row.target = Some(Target::Field(field));
        row
    }

    fn label(&self, field: Field, in_hand: bool) -> [Span<'static>; 2] {
        let mark = if in_hand { ">" } else { " " };
        let wrong = self.is_wrong(field).then(|| Span::styled(self.theme.sign(Sign::Wrong), self.theme.wrong()));
        let sign = wrong.unwrap_or_else(|| Span::raw(" "));
        [sign, Span::raw(pad(&format!("{mark} {}", field.label()), LABEL - 1, self.cut()))]
    }

    /// The sign of something that was cut.
    pub(super) fn cut(&self) -> &'static str {
        self.theme.sign(Sign::Cut)
    }

    /// Whether what is entered in a field is wrong, and it is said: it is not being typed for the first time.
    fn is_wrong(&self, field: Field) -> bool {
        let typing = self.field_in_hand() == Some(field) && !self.left.contains(&field);
        !typing && matches!(self.form.reading(field), Reading::Wrong { .. })
    }

    /// What is wrong, in a few words; while it is typed for the first time, without the sign.
    pub(super) fn short_of_wrong(&self, short: &str, is_left: bool) -> String {
        if is_left { format!("{} {short}", self.theme.sign(Sign::Wrong)) } else { short.to_owned() }
    }

    fn typed_row(&self, field: Field, columns: usize, in_hand: bool) -> Row {
        let shared = Columns::of(columns);
        let text = &unhidden(self.form.text(field));
        let read = self.read_as(field);
        // Words are read as they are typed, and take both columns.
        let is_words = field.kind() == Kind::Text && read.is_empty();
        let typed = if is_words { shared.typed + shared.read } else { shared.typed };
        let cursor = in_hand.then(|| self.line.cursor());
        let (shown, at) = window(text, cursor, typed - GAP, self.cut());
        let style = if in_hand { self.theme.entry() } else { self.theme.plain() };
        let shown = if in_hand { pad(&shown, typed - GAP, "") } else { shown };
        let blanks = " ".repeat(typed - width(&shown));
        let typed_cell = [Span::styled(shown, style), Span::raw(blanks)];
        let before = self.value_before(field);
        let mut cells = wrap_cell(&read, if is_words { 0 } else { shared.read });
        let mut befores = wrap_cell(&before, shared.before);
        let count = cells.len().max(befores.len()).max(1);
        cells.resize(count, String::new());
        befores.resize(count, String::new());
        let mut lines = Vec::new();
        for (number, (cell, before)) in cells.into_iter().zip(befores).enumerate() {
            let mut spans = if number == 0 {
                self.label(field, in_hand).into_iter().chain(typed_cell.clone()).collect()
            } else {
                vec![Span::raw(" ".repeat(LABEL + typed))]
            };
            let cell = if is_words { String::new() } else { pad(&cell, shared.read, "") };
            spans.push(Span::raw(cell));
            spans.push(Span::raw(before));
            lines.push(Line::from(spans));
        }
        Row { lines, cursor: Some((0, LABEL + at)), ..Row::default() }
    }

    /// The value of the plan before.
    fn value_before(&self, field: Field) -> String {
        match self.form.before(field) {
            Some(before) if field.is_dose() => words::dose(&before),
            Some(before) => before,
            None if matches!(field, Field::Conditions | Field::Medicines | Field::LastDrug) && self.has_before() => {
                words::NOT_ASKED_BEFORE.to_owned()
            }
            None => words::none_before(self.has_before()).to_owned(),
        }
    }

    /// Whether there is a plan before this one, whose values are shown.
    fn has_before(&self) -> bool {
        self.file.is_some()
    }

    /// What was understood of an entry, with the change against the value before.
    fn read_as(&self, field: Field) -> String {
        let is_left = self.field_in_hand() != Some(field) || self.left.contains(&field);
        match self.form.reading(field) {
            Reading::Empty => self.usual(field),
            Reading::Read(read) if field.kind() == Kind::Text && read == self.form.text(field).trim() => String::new(),
            // Two figures of a dose never stand beside each other without a word between.
            Reading::Read(read) if field.is_dose() => words::dose(&read),
            Reading::Read(read) => match (self.form.jump(field), self.form.change(field)) {
                (Some(jump), _) => format!("{read} {} {jump}", self.theme.sign(Sign::Near)),
                (None, Some(change)) => format!("{read}, {change}"),
                (None, None) => read,
            },
            Reading::Open(read) => read,
            Reading::Wrong { short, .. } => self.short_of_wrong(&short, is_left),
        }
    }

    /// What holds where nothing is entered.
    fn usual(&self, field: Field) -> String {
        if let Some(says) = self.form.ward_says(field) {
            return words::from_ward(&says);
        }
        let usual = self.form.usual(field);
        let options = self.form.options(field);
        let label = usual.and_then(|usual| options.iter().find(|it| *it.word == *usual).map(|it| it.label.to_string()));
        match label {
            Some(label) => words::usual(&label),
            None if self.left.contains(&field) && field.is_usual() => words::NOT_ENTERED.to_owned(),
            None => String::new(),
        }
    }

    fn chosen_row(&self, field: Field, columns: usize, in_hand: bool) -> Row {
        let shared = Columns::of(columns);
        let options = self.form.options(field);
        let label = |word: &str| options.iter().find(|it| it.word == word).map(|it| it.label.to_string());
        let chosen: Vec<String> = self.form.chosen(field).filter_map(label).collect();
        let said = match (chosen.is_empty(), options.is_empty()) {
            (false, _) => chosen.join(", "),
            (true, true) => words::NOTHING_TO_CHOOSE.to_owned(),
            (true, false) => {
                let usual = self.usual(field);
                if usual.is_empty() { words::not_answered(field).to_owned() } else { usual }
            }
        };
        let before = self.value_before(field);
        let room = shared.typed + shared.read;
        let mut saids = wrap_cell(&said, room.saturating_sub(GAP));
        let mut befores = wrap_cell(&before, shared.before);
        let count = saids.len().max(befores.len()).max(1);
        saids.resize(count, String::new());
        befores.resize(count, String::new());
        let mut lines = Vec::new();
        for (number, (said, before)) in saids.into_iter().zip(befores).enumerate() {
            let mut spans =
                if number == 0 { self.label(field, in_hand).to_vec() } else { vec![Span::raw(" ".repeat(LABEL))] };
            spans.extend([Span::raw(pad(&said, room, "")), Span::raw(before)]);
            lines.push(Line::from(spans));
        }
        let mut cursor = (0, LABEL);
        if in_hand {
            let (choices, at) = match field.kind() {
                Kind::Many => self.marks(field, &options, columns),
                _ => self.choices(field, &options, columns),
            };
            cursor = at.map_or(cursor, |(line, column)| (lines.len() + line, column));
            lines.extend(choices);
        }
        Row { lines, cursor: Some(cursor), ..Row::default() }
    }

    /// The choices of a field, each after its letter.
    pub(super) fn choices(
        &self,
        field: Field,
        options: &[Choice],
        columns: usize,
    ) -> (Vec<Line<'static>>, Option<(usize, usize)>) {
        let chosen = self.form.text(field);
        let indent = 5;
        let room = columns.saturating_sub(indent);
        let widest = options.iter().map(|it| width(&it.label) + 8).max().unwrap_or(1).min(room);
        let across = (room / widest).clamp(1, 3);
        let column = room / across;
        let mut lines = Vec::new();
        let mut cursor = None;
        for (number, row) in options.chunks(across).enumerate() {
            let mut spans = vec![Span::raw(" ".repeat(indent))];
            let mut rest: Vec<String> = Vec::new();
            for (at, choice) in row.iter().enumerate() {
                let on = choice.word == chosen;
                if on {
                    cursor = Some((number, indent + at * column + 1));
                }
                let mark = if on { "(*)" } else { "( )" };
                let words = format!("{} {mark} {}", choice.key, choice.label);
                let mut wrapped = wrap(&words, column.saturating_sub(1)).into_iter();
                let shown = pad(&wrapped.next().unwrap_or_default(), column, "");
                spans.push(Span::styled(shown, if on { self.theme.bold() } else { self.theme.plain() }));
                rest.extend(wrapped);
            }
            lines.push(Line::from(spans));
            lines.extend(rest.into_iter().map(|line| Line::from(format!("{}{line}", " ".repeat(indent + 6)))));
        }
        (lines, cursor.or(Some((0, indent))))
    }

    /// The marks of a field: "none of these" on a line of its own, the others in two columns, each after its letter.
    fn marks(&self, field: Field, options: &[Choice], columns: usize) -> (Vec<Line<'static>>, Option<(usize, usize)>) {
        let chosen: Vec<&str> = self.form.chosen(field).collect();
        let indent = 3;
        let room = columns.saturating_sub(indent);
        let column = room / MARK_COLUMNS;
        let mut cursor = None;
        let mut lines = Vec::new();
        let none: Vec<usize> = (0..options.len()).filter(|at| &*options[*at].word == crate::form::NONE).collect();
        let others: Vec<usize> = (0..options.len()).filter(|at| !none.contains(at)).collect();
        let half = others.len().div_ceil(MARK_COLUMNS);
        let rows = none
            .iter()
            .map(|at| vec![*at])
            .chain((0..half).map(|row| others.iter().copied().skip(row).step_by(half.max(1)).collect::<Vec<_>>()));
        for row in rows {
            // A label that is longer than its column takes a second line.
            let cells: Vec<(Vec<String>, Style)> = row
                .iter()
                .enumerate()
                .map(|(place, at)| {
                    let choice = &options[*at];
                    let on = chosen.contains(&&*choice.word);
                    let here = self.marked == *at;
                    if here {
                        cursor = Some((lines.len(), indent + place * column + 3));
                    }
                    let style = match (here, on) {
                        (true, _) => self.theme.marked(),
                        (false, true) => self.theme.bold(),
                        (false, false) => self.theme.plain(),
                    };
                    let lead = format!("{} [{}] ", choice.key, if on { "x" } else { " " });
                    let wrapped = wrap(&choice.label, column.saturating_sub(width(&lead) + 1)).into_iter();
                    let shown = wrapped.enumerate().map(|(number, line)| match number {
                        0 => format!("{lead}{line}"),
                        _ => format!("{}{line}", " ".repeat(width(&lead))),
                    });
                    (shown.collect(), style)
                })
                .collect();
            let height = cells.iter().map(|(shown, _)| shown.len()).max().unwrap_or(0);
            for number in 0..height {
                let mut spans = vec![Span::raw(" ".repeat(indent))];
                for (shown, style) in &cells {
                    let shown = shown.get(number).map_or("", String::as_str);
                    let blanks = " ".repeat(column.saturating_sub(width(shown)));
                    spans.extend([Span::styled(shown.to_owned(), *style), Span::raw(blanks)]);
                }
                lines.push(Line::from(spans));
            }
        }
        (lines, cursor)
    }

    /// What is said under a field: what is wrong, else what is unusual, else what it asks for and offers.
    fn remark(&self, field: Field, columns: usize, in_hand: bool) -> Vec<Line<'static>> {
        let indent = 5;
        let lines = |words: &str| -> Vec<Line<'static>> {
            let wrapped = wrap(words, columns.saturating_sub(indent + 1));
            wrapped.into_iter().map(|line| Line::from(format!("{}{line}", " ".repeat(indent)))).collect()
        };
        let typing = in_hand && !self.left.contains(&field);
        if !typing && let Some(to_add) = self.form.to_add(field) {
            return lines(&to_add);
        }
        if let Reading::Wrong { sentence, .. } = self.form.reading(field)
            && !typing
        {
            return lines(&sentence);
        }
        if !typing
            && !self.form.text(field).is_empty()
            && let Some(unusual) = self.form.unusual(field)
        {
            return lines(&format!("{} {unusual}", self.theme.sign(Sign::Confirm)));
        }
        if field == Field::Height && self.form.is_height_needed() {
            return lines(words::HEIGHT_NEEDED);
        }
        if !in_hand {
            let is_missing = self.left.contains(&field) && self.is_open(field);
            return if is_missing && field.kind().is_typed() { lines(words::MISSING) } else { Vec::new() };
        }
        let offer = self.form.offer(field).filter(|_| self.form.text(field).is_empty());
        let offer = offer
            .map_or_else(String::new, |offer| format!(" {}", words::offered(field, &offer, self.offers_today(&offer))));
        let name = self.offered_name(field).map_or_else(String::new, |name| format!(" {}", words::takes_name(name)));
        lines(&format!("{}{offer}{name}", field.help()))
    }
}

/// A cell in lines of at most so many columns.
fn wrap_cell(text: &str, columns: usize) -> Vec<String> {
    if text.is_empty() || columns == 0 { Vec::new() } else { wrap(text, columns.saturating_sub(GAP)) }
}
