//! Why: where each number, finding and direction comes from.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Position, Rect},
    text::{Line, Span},
};

use super::{
    App, Effect,
    app::Mode,
    focus::{Item, Stop},
    sheet::{self, Row},
    text::{fit, wrap},
    words,
};
use crate::{
    plan::Plan,
    present::{self, About, Reason},
};

/// The lines by which a text is scrolled.
const SCROLL: usize = 5;
/// The columns of the list of what can be asked about.
const LIST: u16 = 34;

impl App {
    /// Opens at what is in hand.
    pub(super) fn open_why(&mut self) -> Effect {
        let Some(plan) = self.form.plan() else { return self.say(words::WHY_NEEDS_A_PLAN) };
        let about = self.about(plan);
        let at = self.form.reasons().iter().position(|reason| Some(&reason.about) == about.as_ref()).unwrap_or(0);
        self.mode = Mode::Why(at, 0);
        Effect::Stay
    }

    /// What the thing in hand is about.
    fn about(&self, plan: &Plan) -> Option<About> {
        match &self.focus {
            Stop::Item(Item::Entry(at)) => Some(About::Entry(*at)),
            Stop::Item(Item::Direction(at)) => Some(About::Direction(*at)),
            Stop::Item(Item::Finding(code)) => Some(About::Finding(*code)),
            Stop::Item(Item::Card(at)) => present::card(plan).get(*at).and_then(|line| line.item.about()),
            _ => None,
        }
    }

    pub(super) fn why(&mut self, key: KeyEvent, at: usize, line: usize) -> Effect {
        let last = self.form.reasons().len().saturating_sub(1);
        let page = 10;
        let to = match key.code {
            KeyCode::Up => at.saturating_sub(1),
            KeyCode::Down => (at + 1).min(last),
            KeyCode::PageUp => at.saturating_sub(page),
            KeyCode::PageDown => (at + page).min(last),
            KeyCode::Home => 0,
            KeyCode::End => last,
            KeyCode::Right | KeyCode::Left => {
                let line = if key.code == KeyCode::Right { line + SCROLL } else { line.saturating_sub(SCROLL) };
                self.mode = Mode::Why(at, line);
                return Effect::Stay;
            }
            KeyCode::Esc | KeyCode::F(2) => return self.back(),
            _ => return self.say(words::WHY_KEYS),
        };
        self.mode = Mode::Why(to, 0);
        Effect::Stay
    }

    pub(super) fn why_view(&self, frame: &mut Frame<'_>, area: Rect, at: usize, line: usize) -> Option<Position> {
        let reasons = self.form.reasons();
        let [list, gap, text] =
            Layout::horizontal([Constraint::Length(LIST), Constraint::Length(2), Constraint::Min(1)]).areas(area);
        let _ = gap;
        let rows: Vec<Row> = reasons.iter().enumerate().map(|(number, it)| self.why_row(it, number, at)).collect();
        let stop = Stop::Item(Item::Card(at));
        let cursor = sheet::draw(&rows, Some(&stop), self.theme, list, frame.buffer_mut());
        if let Some(reason) = reasons.get(at) {
            let mut lines = self.reason_lines(reason, usize::from(text.width).saturating_sub(1));
            // The last lines are as far as a text is scrolled.
            let furthest = lines.len().saturating_sub(usize::from(text.height));
            lines.drain(..line.min(furthest));
            sheet::draw(&[Row::read(lines)], None, self.theme, text, frame.buffer_mut());
        }
        cursor
    }

    fn why_row(&self, reason: &Reason, number: usize, at: usize) -> Row {
        let mark = if number == at { ">" } else { " " };
        let line = [&reason.title, &reason.value].map(String::as_str).join("  ");
        let words = fit(line.trim_end(), usize::from(LIST) - 3, self.cut());
        let style = if number == at { self.theme.focus() } else { self.theme.plain() };
        let line = Line::from(vec![Span::raw(format!("{mark} ")), Span::styled(words, style)]);
        Row { lines: vec![line], stop: Some(Stop::Item(Item::Card(number))), cursor: Some((0, 0)) }
    }

    /// A reason in full: the value, how it comes about, its sources, and what another source says.
    fn reason_lines(&self, reason: &Reason, columns: usize) -> Vec<Line<'static>> {
        let mut lines: Vec<Line<'static>> = Vec::new();
        let mut add = |words: &str, style| {
            lines.extend(wrap(words, columns).into_iter().map(|line| Line::from(Span::styled(line, style))));
        };
        add(&reason.title, self.theme.heading());
        if !reason.value.is_empty() && reason.value != reason.title {
            add(&reason.value, self.theme.heading());
        }
        if reason.unverified {
            add(words::UNVERIFIED, self.theme.wrong());
        }
        for paragraph in &reason.paragraphs {
            add(paragraph, self.theme.plain());
        }
        for other in &reason.others {
            add(&words::other_source(other), self.theme.plain());
        }
        for source in &reason.sources {
            add(&words::source(source), self.theme.plain());
        }
        lines
    }
}
