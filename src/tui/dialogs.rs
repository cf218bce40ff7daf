//! What stands in the place of a step for a moment: saving, leftovers, the second check, why.

use std::path::{Path, PathBuf};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    text::{Line, Span},
};
use tui_input::{Input, backend::crossterm::EventHandler};

use super::{
    App, Effect,
    app::Mode,
    focus::Stop,
    sheet::{self, Row},
    text::{pad, wrap},
};
use crate::{
    form::{Draft, Field, Step},
    saved, wording,
};

impl App<'_> {
    /// Asks for the name of the file, where there is a plan to save.
    pub(super) fn open_save(&mut self) -> Effect {
        if self.form.filled().request().is_none() {
            self.mode = Mode::Filling;
            self.left.extend(Step::ALL.iter().flat_map(|step| self.form.fields(*step)));
            return self.say(wording::NOT_COMPLETE);
        }
        let name = self.path.clone().unwrap_or_else(|| self.form.file_name().into());
        self.mode = Mode::Save { name: Input::new(name.to_string_lossy().into_owned()), exists: None };
        Effect::Stay
    }

    pub(super) fn saving(&mut self, key: KeyEvent, mut name: Input, exists: Option<PathBuf>) -> Effect {
        match (key.code, exists) {
            (KeyCode::Esc, None) => return self.back(),
            (KeyCode::Esc, Some(_)) => self.mode = Mode::Save { name, exists: None },
            (KeyCode::Char('r'), Some(path)) => return self.save(path, true),
            (KeyCode::Enter, None) => return self.save(PathBuf::from(name.value().trim()), false),
            (_, Some(path)) => {
                self.mode = Mode::Save { name, exists: Some(path) };
                return self.say(wording::REPLACE_KEYS);
            }
            (_, None) => {
                let known = name.handle_event(&Event::Key(key)).is_some();
                self.mode = Mode::Save { name, exists: None };
                if !known {
                    return self.say(wording::SAVE_KEYS);
                }
            }
        }
        Effect::Stay
    }

    /// Saves the plan, the same bytes that the command gives for its request.
    fn save(&mut self, path: PathBuf, replace: bool) -> Effect {
        if path.as_os_str().is_empty() {
            return self.say(wording::SAVE_NEEDS_A_NAME);
        }
        match self.form.plan() {
            Some(plan) => Effect::Save { path, content: saved::file(&plan), replace },
            None => self.say(wording::NOT_COMPLETE),
        }
    }

    pub(super) fn save_view(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        name: &Input,
        exists: Option<&Path>,
    ) -> Option<Position> {
        let columns = usize::from(area.width).saturating_sub(4);
        let question = exists.map_or_else(|| wording::SAVE_QUESTION.to_owned(), wording::exists);
        let mut lines = vec![Line::default()];
        lines.extend(wrap(&question, columns).into_iter().map(|line| Line::from(format!("  {line}"))));
        lines.push(Line::default());
        let (shown, at) = super::fields::window(name.value(), Some(name.cursor()), columns, self.cut());
        let cursor = (lines.len(), at + 2);
        lines.push(Line::from(vec![
            Span::raw("  "),
            Span::styled(pad(&shown, columns, self.cut()), self.theme.entry()),
        ]));
        let row = Row { lines, stop: Some(self.focus.clone()), cursor: exists.is_none().then_some(cursor) };
        sheet::draw(&[row], Some(&self.focus), self.theme, area, frame.buffer_mut())
    }

    /// Begins the second check: the figures are entered again without being seen.
    pub(super) fn open_second_check(&mut self) -> Effect {
        if self.form.filled().request().is_none() {
            return self.say(wording::NOT_COMPLETE);
        }
        let whole = self.form.filled().request().is_some_and(|request| request.second_check.is_some());
        let fields = || Field::SECOND_CHECK.into_iter().chain([Field::SecondCreatinineUnit]);
        let entered = |field| (field, self.form.text(field).to_owned());
        self.checked_before = if whole { fields().map(entered).collect() } else { Vec::new() };
        for field in fields() {
            self.form.set(field, "");
            self.left.remove(&field);
        }
        self.mode = Mode::SecondCheck;
        self.focus_on(Stop::Field(Field::SecondBy));
        Effect::Stay
    }

    pub(super) fn second_check(&mut self, key: KeyEvent) -> Effect {
        match key.code {
            KeyCode::Esc => self.close_second_check(),
            KeyCode::Char('s') if key.modifiers.contains(KeyModifiers::CONTROL) => {
                self.say(wording::SECOND_CHECK_FIRST)
            }
            KeyCode::F(_) | KeyCode::PageDown | KeyCode::PageUp => self.say(wording::SECOND_CHECK_FIRST),
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
            return self.say(wording::SECOND_CHECK_WRONG);
        }
        let whole = filled.request().is_some_and(|request| request.second_check.is_some());
        for (field, text) in std::mem::take(&mut self.checked_before) {
            if !whole {
                self.form.set(field, text);
            }
        }
        self.mode = Mode::Filling;
        self.step = Step::Review;
        self.focus = Stop::Action(super::focus::Action::SecondCheck);
        Effect::Stay
    }

    pub(super) fn second_check_view(&self, frame: &mut Frame<'_>, area: Rect) -> Option<Position> {
        let columns = usize::from(area.width).min(100);
        let words = wrap(wording::SECOND_CHECK, columns.saturating_sub(4));
        let mut lines = vec![Line::default()];
        lines.extend(words.into_iter().map(|line| Line::from(format!("  {line}"))));
        lines.push(Line::default());
        let mut rows = vec![Row::read(lines)];
        rows.extend(self.field_rows(&Field::SECOND_CHECK, columns, usize::MAX));
        sheet::draw(&rows, Some(&self.focus), self.theme, area, frame.buffer_mut())
    }

    pub(super) fn leftovers_view(&self, frame: &mut Frame<'_>, area: Rect, at: usize) -> Option<Position> {
        let columns = usize::from(area.width);
        let mut rows = vec![Row::read(
            wrap(wording::LEFTOVERS, columns.saturating_sub(4))
                .into_iter()
                .map(|line| Line::from(format!("  {line}")))
                .collect(),
        )];
        rows.push(Row::read(vec![Line::default()]));
        for (number, (_, leftover)) in self.leftovers.iter().enumerate() {
            let draft = Draft::from_entries(&leftover.entries);
            let patient: String =
                [Field::Id, Field::Name, Field::BirthDate].map(|field| draft.text(field).to_owned()).join("  ");
            let patient: String = patient.chars().filter(|c| !c.is_control()).collect();
            let words = wording::leftover(&leftover.when, patient.trim(), draft.fields().count());
            let (mark, style) = if number == at { ("> ", self.theme.focus()) } else { ("  ", self.theme.plain()) };
            let line = self.one_line(vec![Span::raw(mark), Span::styled(words, style)], columns);
            let stop = Stop::Drug(number.to_string());
            rows.push(Row { lines: vec![line], stop: Some(stop), cursor: Some((0, 0)) });
        }
        sheet::draw(&rows, Some(&Stop::Drug(at.to_string())), self.theme, area, frame.buffer_mut())
    }
}
