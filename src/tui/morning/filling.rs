//! The questions of a visit or an act as rows: which one is in hand, what is typed into it, and how the rows are drawn.

use std::collections::BTreeSet;

use crossterm::event::KeyEvent;
use ratatui::text::{Line as Words, Span};

use super::super::{
    Theme,
    hits::Target,
    line::{Edited, Inserted, Line, MOST},
    sheet::Row,
    text::{fit, pad, width, window, wrap},
    theme::Sign,
    words,
};
use crate::{
    form::{Choice, Kind, Reading},
    json::unhidden,
    morning::Questions,
};

/// The columns before what is typed.
const LABEL: usize = 20;

/// Which question is in hand, and the text under the cursor.
#[derive(Clone, Debug, Default)]
pub(super) struct Filling {
    /// The place of the question; behind the last one where the row that acts is in hand.
    pub(super) at: usize,
    line: Line,
    /// The questions that were left, beside which everything wrong is said.
    left: BTreeSet<String>,
}

/// What became of a key.
pub(super) enum Took {
    /// It changed or moved something.
    Done,
    /// It did nothing, and this is why.
    Said(String),
    /// It is none for a question.
    Not,
}

impl Filling {
    /// The first question that is open in hand.
    pub(super) fn new(questions: &dyn Questions) -> Self {
        let mut filling = Self::default();
        let first = (0..questions.count()).find(|at| questions.is_open(*at)).unwrap_or(0);
        filling.take(questions, first);
        filling
    }

    /// The first question in hand.
    pub(super) fn first(questions: &dyn Questions) -> Self {
        let mut filling = Self::default();
        filling.take(questions, 0);
        filling
    }

    /// Takes a question in hand; one behind the last is the row that acts.
    pub(super) fn take(&mut self, questions: &dyn Questions, at: usize) {
        self.at = at.min(questions.count());
        let text = if self.at < questions.count() { questions.text(self.at) } else { "" };
        self.line = Line::new(text);
    }

    /// Notes that the question in hand was left.
    pub(super) fn leave(&mut self, questions: &dyn Questions) {
        if self.at < questions.count() {
            self.left.insert(questions.label(self.at).into_owned());
        }
    }

    /// To the question before or after; the row that acts is behind the last one, where there is one.
    pub(super) fn row(&mut self, questions: &dyn Questions, by: isize, acts: bool) -> bool {
        let last = if acts { questions.count() } else { questions.count().saturating_sub(1) };
        let to = self.at.saturating_add_signed(by);
        if to > last || (by < 0 && self.at == 0) {
            return false;
        }
        self.leave(questions);
        self.take(questions, to);
        true
    }

    /// The next question that is open or wrong, after the one in hand; then from the first on.
    pub(super) fn next_open(&self, questions: &dyn Questions) -> Option<usize> {
        let is_wanted = |at: &usize| questions.is_open(*at) || matches!(questions.reading(*at), Reading::Wrong { .. });
        (self.at + 1..questions.count()).find(is_wanted).or_else(|| (0..questions.count()).find(is_wanted))
    }

    /// Whether letters are text in the question in hand.
    pub(super) fn is_typed(&self, questions: &dyn Questions) -> bool {
        self.at < questions.count() && questions.kind(self.at).is_typed()
    }

    /// A key in the question in hand: text, or the letter of a choice.
    pub(super) fn key(&mut self, questions: &mut dyn Questions, key: KeyEvent) -> Took {
        if self.at >= questions.count() {
            return Took::Not;
        }
        if questions.kind(self.at).is_typed() {
            return match self.line.key(key) {
                Edited::Changed => {
                    questions.set(self.at, self.line.value().to_owned());
                    Took::Done
                }
                Edited::Moved => Took::Done,
                Edited::Full => Took::Said(words::FULL.to_owned()),
                Edited::Nothing => Took::Said(words::NOTHING_THERE.to_owned()),
                Edited::Unknown => Took::Not,
            };
        }
        match key.code {
            crossterm::event::KeyCode::Char(letter) if key.modifiers.is_empty() => {
                if questions.choose(self.at, letter) {
                    Took::Done
                } else if letter == 'n' && questions.kind(self.at) == Kind::Many {
                    Took::Said(words::MARKS_STAND.to_owned())
                } else {
                    Took::Said(words::no_choice(letter))
                }
            }
            crossterm::event::KeyCode::Backspace | crossterm::event::KeyCode::Delete => {
                questions.set(self.at, String::new());
                Took::Done
            }
            _ => Took::Not,
        }
    }

    /// Text from the clipboard.
    pub(super) fn paste(&mut self, questions: &mut dyn Questions, text: &str) -> Option<&'static str> {
        if !self.is_typed(questions) {
            return Some(words::PASTE_NOT_HERE);
        }
        let inserted = self.line.insert_str(text, MOST);
        questions.set(self.at, self.line.value().to_owned());
        // What was scanned may have been read into several answers.
        self.take(questions, self.at);
        match inserted {
            Inserted::All => None,
            Inserted::FirstLine => Some(words::PASTE_FIRST_LINE),
            Inserted::Cut => Some(words::PASTE_CUT),
            Inserted::LeftOut => Some(words::PASTE_LEFT_OUT),
        }
    }

    /// Puts a text that was offered in the place of what was typed.
    pub(super) fn put(&mut self, questions: &mut dyn Questions, text: String) {
        questions.set(self.at, text);
        self.take(questions, self.at);
    }

    /// The rows, with the names of their columns where what was answered before is shown.
    pub(super) fn rows(&self, questions: &dyn Questions, columns: usize, theme: Theme, before: bool) -> Vec<Row> {
        (0..questions.count()).map(|at| self.question(questions, at, columns, (theme, before))).collect()
    }

    /// The row of a question, with what is said under it.
    fn question(&self, questions: &dyn Questions, at: usize, columns: usize, (theme, before): (Theme, bool)) -> Row {
        let in_hand = self.at == at;
        let cut = theme.sign(Sign::Cut);
        let room = columns.saturating_sub(LABEL);
        let typed = (room * 27 / 100).clamp(10, 22);
        let beside = if before { (room * 36 / 100).clamp(8, 26) } else { 0 };
        let read = room.saturating_sub(typed + beside);
        let is_left = !in_hand || self.left.contains(questions.label(at).as_ref());
        let reading = questions.reading(at);
        let is_wrong = matches!(reading, Reading::Wrong { .. }) && is_left;
        let sign = if is_wrong { Span::styled(theme.sign(Sign::Wrong), theme.wrong()) } else { Span::raw(" ") };
        let mark = if in_hand { ">" } else { " " };
        let label = Span::raw(pad(&format!("{mark} {}", questions.label(at)), LABEL - 1, cut));
        let is_typed = questions.kind(at).is_typed();
        let said = match &reading {
            Reading::Empty if questions.is_open(at) && !is_typed => words::NOT_ANSWERED_YET.to_owned(),
            Reading::Empty => String::new(),
            Reading::Read(read) | Reading::Open(read) => read.clone(),
            Reading::Wrong { short, .. } if is_left => format!("{} {short}", theme.sign(Sign::Wrong)),
            Reading::Wrong { short, .. } => short.clone(),
        };
        let befores = if before { wrap_cell(&questions.beside(at), beside) } else { Vec::new() };
        let mut cursor = (0, LABEL);
        let mut lines = Vec::new();
        if is_typed {
            let is_words = said.is_empty() && questions.kind(at) == Kind::Text;
            let typed = if is_words { typed + read } else { typed };
            let place = in_hand.then(|| self.line.cursor());
            let (shown, column) = window(&unhidden(questions.text(at)), place, typed.saturating_sub(1), cut);
            cursor.1 += column;
            let style = if in_hand { theme.entry() } else { theme.plain() };
            let shown = if in_hand { pad(&shown, typed - 1, "") } else { shown };
            let blanks = " ".repeat(typed.saturating_sub(width(&shown)));
            let cells = if is_words { Vec::new() } else { wrap_cell(&said, read) };
            let lead = vec![sign, label, Span::styled(shown, style), Span::raw(blanks)];
            lines = in_cells(lead, LABEL + typed, (&cells, if is_words { 0 } else { read }), &befores);
        } else {
            let cells = wrap_cell(&said, typed + read);
            lines.extend(in_cells(vec![sign, label], LABEL, (&cells, typed + read), &befores));
            if in_hand {
                let (choices, place) = self.choices(questions, columns, theme);
                cursor = (lines.len() + place, 3);
                lines.extend(choices);
            }
        }
        let under = match &reading {
            Reading::Wrong { sentence, .. } if is_left => Some(sentence.clone()),
            Reading::Open(_) if is_left && !in_hand => Some(questions.help(at).into_owned()),
            _ if in_hand && is_typed => Some(questions.help(at).into_owned()),
            _ => None,
        };
        let under = under.map(|under| wrap(&under, columns.saturating_sub(6))).unwrap_or_default();
        lines.extend(under.into_iter().map(|line| Words::from(format!("     {line}"))));
        Row { lines, in_hand, cursor: Some(cursor), target: Some(Target::Row(at)) }
    }

    /// The choices of the question in hand, each after its letter, and the line of the one that is chosen.
    fn choices(&self, questions: &dyn Questions, columns: usize, theme: Theme) -> (Vec<Words<'static>>, usize) {
        let options = questions.options(self.at);
        let chosen: Vec<&str> = questions.text(self.at).split(' ').filter(|it| !it.is_empty()).collect();
        let is_many = questions.kind(self.at) == Kind::Many;
        let room = columns.saturating_sub(5);
        let shown = |it: &Choice| {
            let on = chosen.contains(&&*it.word);
            let mark = match (is_many, on) {
                (true, true) => "[x]",
                (true, false) => "[ ]",
                (false, true) => "(*)",
                (false, false) => "( )",
            };
            (format!("{} {mark} {}", it.key, it.label), on)
        };
        let widest = options.iter().map(|it| width(&it.label) + 8).max().unwrap_or(1).min(room);
        // A long list is shown in two columns, so that all of it is seen.
        let across = if options.len() > 6 { 2 } else { (room / widest.max(1)).clamp(1, 2) };
        let column = room / across;
        let mut lines = Vec::new();
        let mut place = 0;
        for row in options.chunks(across) {
            let cells: Vec<(Vec<String>, bool)> = row
                .iter()
                .map(|it| {
                    let (words, on) = shown(it);
                    (wrap(&words, column.saturating_sub(1)), on)
                })
                .collect();
            let height = cells.iter().map(|(lines, _)| lines.len()).max().unwrap_or(1);
            for number in 0..height {
                let mut spans = vec![Span::raw("     ")];
                for (wrapped, on) in &cells {
                    let style = if *on { theme.bold() } else { theme.plain() };
                    let text = wrapped.get(number).map_or("", String::as_str);
                    let text = if number > 0 { format!("      {text}") } else { text.to_owned() };
                    spans.push(Span::styled(pad(&text, column, ""), style));
                    if *on && number == 0 {
                        place = lines.len();
                    }
                }
                lines.push(Words::from(spans));
            }
        }
        (lines, place)
    }
}

/// Cells beside what is typed, in as many lines as they need.
fn in_cells(
    lead: Vec<Span<'static>>,
    indent: usize,
    (cells, room): (&[String], usize),
    befores: &[String],
) -> Vec<Words<'static>> {
    let count = cells.len().max(befores.len()).max(1);
    let mut lead = Some(lead);
    (0..count)
        .map(|number| {
            let mut spans = lead.take().unwrap_or_else(|| vec![Span::raw(" ".repeat(indent))]);
            spans.push(Span::raw(pad(cells.get(number).map_or("", String::as_str), room, "")));
            spans.push(Span::raw(befores.get(number).cloned().unwrap_or_default()));
            Words::from(spans)
        })
        .collect()
}

/// A cell in lines of at most so many columns.
fn wrap_cell(text: &str, columns: usize) -> Vec<String> {
    if text.is_empty() || columns == 0 { Vec::new() } else { wrap(text, columns.saturating_sub(1)) }
}

/// A line of text that gives way at its end.
pub(super) fn cut_to(text: &str, columns: usize, theme: Theme) -> String {
    fit(text, columns, theme.sign(Sign::Cut))
}
