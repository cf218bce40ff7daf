//! What earlier sessions left: gone on with, left for later, or deleted.

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    text::{Line, Span},
};

use super::{
    App, Effect, Leftover,
    app::Mode,
    focus::Stop,
    sheet::{self, Row},
    text::wrap,
    words,
};
use crate::form::{Draft, Field, Form, Step};

impl App {
    pub(super) fn leftover(
        &mut self,
        key: KeyEvent,
        mut left: Vec<(usize, Leftover)>,
        at: usize,
        sure: bool,
    ) -> Effect {
        let last = left.len().saturating_sub(1);
        match key.code {
            KeyCode::Up | KeyCode::Down => {
                let to = if key.code == KeyCode::Up { at.saturating_sub(1) } else { (at + 1).min(last) };
                self.mode = Mode::Leftovers { left, at: to, sure: false };
            }
            KeyCode::Char('n') => self.mode = Mode::Step,
            KeyCode::Char('d') if !sure => {
                self.mode = Mode::Leftovers { left, at, sure: true };
                return self.say(words::DELETE_AGAIN);
            }
            KeyCode::Char('d') => {
                let (place, _) = left.remove(at);
                self.mode = if left.is_empty() {
                    Mode::Step
                } else {
                    Mode::Leftovers { left, at: at.min(last.saturating_sub(1)), sure: false }
                };
                return Effect::Discard(place);
            }
            KeyCode::Enter | KeyCode::Char('c') => {
                let (place, leftover) = left.swap_remove(at);
                self.form = Form::new(self.library, Draft::from_entries(&leftover.entries), self.form.today());
                self.settled = Draft::default();
                self.file = None;
                self.mode = Mode::Step;
                self.step = self.first_open_step();
                self.focus_first();
                if self.form.is_any_confirmed_for_other_figures() {
                    self.say(words::CONFIRM_AGAIN);
                }
                return Effect::TakeUp(place);
            }
            _ => return self.say(words::LEFTOVER_KEYS),
        }
        Effect::Stay
    }

    /// The first step in which something is wrong or missing; the review where nothing is.
    fn first_open_step(&self) -> Step {
        let wants = |step: &Step| self.form.fields(*step).iter().any(|field| self.wants(*field));
        Step::ALL.iter().copied().find(wants).unwrap_or(Step::Review)
    }

    pub(super) fn leftovers_view(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        left: &[(usize, Leftover)],
        at: usize,
    ) -> Option<Position> {
        let columns = usize::from(area.width);
        let mut rows = vec![Row::read(
            wrap(words::LEFTOVERS, columns.saturating_sub(4))
                .into_iter()
                .map(|line| Line::from(format!("  {line}")))
                .collect(),
        )];
        rows.push(Row::read(vec![Line::default()]));
        for (number, (_, leftover)) in left.iter().enumerate() {
            let draft = Draft::from_entries(&leftover.entries);
            let patient: String =
                [Field::Id, Field::Name, Field::BirthDate].map(|field| draft.text(field).to_owned()).join("  ");
            let patient: String = patient.chars().filter(|c| !c.is_control()).collect();
            let words = words::leftover(&leftover.when, patient.trim(), draft.count());
            let (mark, style) = if number == at { ("> ", self.theme.focus()) } else { ("  ", self.theme.plain()) };
            let line = self.one_line(vec![Span::raw(mark), Span::styled(words, style)], columns);
            let stop = Stop::Drug(number.to_string());
            rows.push(Row { lines: vec![line], stop: Some(stop), cursor: Some((0, 0)) });
        }
        sheet::draw(&rows, Some(&Stop::Drug(at.to_string())), self.theme, area, frame.buffer_mut())
    }
}
