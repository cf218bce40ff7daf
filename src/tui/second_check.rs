//! The second check: a second person enters the figures again, without seeing them.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    text::Line,
};

use super::{
    App, Effect,
    app::Mode,
    focus::{Action, Stop},
    sheet::{self, Row},
    text::wrap,
    words,
};
use crate::form::{Field, Step};

impl App {
    /// Begins the second check: the figures are entered again without being seen.
    pub(super) fn open_second_check(&mut self) -> Effect {
        if self.form.filled().request().is_none() {
            return self.say(words::NOT_COMPLETE);
        }
        let whole = self.form.filled().request().is_some_and(|request| request.second_check.is_some());
        let before = whole.then(|| self.form.draft().clone());
        self.form.clear(Field::SECOND_CHECK);
        self.left.retain(|field| !Field::SECOND_CHECK.contains(field));
        self.mode = Mode::SecondCheck { before };
        self.focus_on(Stop::Field(Field::SecondBy));
        Effect::Stay
    }

    pub(super) fn second_check(&mut self, key: KeyEvent) -> Effect {
        match key.code {
            KeyCode::Esc => self.close_second_check(),
            KeyCode::Char('s') if key.modifiers.contains(KeyModifiers::CONTROL) => self.say(words::SECOND_CHECK_FIRST),
            KeyCode::F(_) | KeyCode::PageDown | KeyCode::PageUp => self.say(words::SECOND_CHECK_FIRST),
            _ => self.in_step(key),
        }
    }

    /// Ends the second check. One that is not whole leaves the one before as it was; what is wrong is said.
    pub(super) fn close_second_check(&mut self) -> Effect {
        let filled = self.form.filled();
        let wrong = Field::SECOND_CHECK.into_iter().find(|field| filled.refused().contains_key(field));
        if let Some(field) = wrong {
            self.left.insert(field);
            self.focus_on(Stop::Field(field));
            return self.say(words::SECOND_CHECK_WRONG);
        }
        let whole = filled.request().is_some_and(|request| request.second_check.is_some());
        if let Mode::SecondCheck { before: Some(before) } = std::mem::replace(&mut self.mode, Mode::Step)
            && !whole
        {
            self.form.replace(before);
        }
        self.step = Step::Review;
        self.focus = Stop::Action(Action::SecondCheck);
        Effect::Stay
    }

    pub(super) fn second_check_view(&self, frame: &mut Frame<'_>, area: Rect) -> Option<Position> {
        let columns = usize::from(area.width).min(100);
        let words = wrap(words::SECOND_CHECK, columns.saturating_sub(4));
        let mut lines = vec![Line::default()];
        lines.extend(words.into_iter().map(|line| Line::from(format!("  {line}"))));
        lines.push(Line::default());
        let mut rows = vec![Row::read(lines)];
        rows.extend(self.field_rows(&self.form.second_check_fields(), columns, usize::MAX));
        sheet::draw(&rows, Some(&self.focus), self.theme, area, frame.buffer_mut())
    }
}
