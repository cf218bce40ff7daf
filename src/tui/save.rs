//! The name of a file, and what is written to it: the plan itself, or the plan in another form.

use std::path::PathBuf;

use crossterm::event::{Event, KeyCode, KeyEvent};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    text::{Line, Span},
};
use tui_input::{Input, backend::crossterm::EventHandler};

use super::{
    App, Effect,
    app::Mode,
    export::FileKind,
    sheet::{self, Row},
    text::{pad, wrap},
    words,
};
use crate::form::{PlanFile, Step};

/// A file that waits for its name.
#[derive(Clone, Debug)]
pub(super) struct FileToSave {
    /// The name, as far as it is typed.
    pub(super) name: Input,
    /// The file that has this name already, which is replaced only if the person says so.
    pub(super) exists: Option<PathBuf>,
    /// What is written to it.
    pub(super) written: FileKind,
}

impl App {
    /// Asks for the name of the file, where there is a plan to save.
    pub(super) fn open_save(&mut self) -> Effect {
        if self.form.filled().request().is_none() {
            return self.not_complete();
        }
        self.ask_for_name(FileKind::Plan)
    }

    /// Asks for the name of a file. One is offered, which follows that of the plan.
    pub(super) fn ask_for_name(&mut self, written: FileKind) -> Effect {
        let plan = PlanFile::offered(self.file.as_ref(), &self.form);
        let name = Input::new(written.name_beside(&plan));
        self.mode = Mode::Save(FileToSave { name, exists: None, written });
        Effect::Stay
    }

    /// Says that there is no plan yet, and marks in every step what is missing.
    pub(super) fn not_complete(&mut self) -> Effect {
        self.mode = Mode::Step;
        self.left.extend(Step::ALL.iter().flat_map(|step| self.form.fields(*step)));
        self.say(words::NOT_COMPLETE)
    }

    pub(super) fn saving(&mut self, key: KeyEvent, file: FileToSave) -> Effect {
        let FileToSave { mut name, exists, written } = file;
        match (key.code, exists) {
            (KeyCode::Esc, None) => match written.place() {
                Some(at) => return self.list_forms(at),
                None => return self.back(),
            },
            (KeyCode::Esc, Some(_)) => self.mode = Mode::Save(FileToSave { name, exists: None, written }),
            (KeyCode::Char('r'), Some(path)) => return self.write(path, true, written),
            (KeyCode::Enter, None) => {
                let Some(path) = written.path(name.value().trim()) else {
                    return self.say(words::SAVE_NEEDS_A_NAME);
                };
                return self.write(path, false, written);
            }
            (_, Some(path)) => {
                self.mode = Mode::Save(FileToSave { name, exists: Some(path), written });
                return self.say(words::REPLACE_KEYS);
            }
            (_, None) => {
                let known = name.handle_event(&Event::Key(key)).is_some();
                self.mode = Mode::Save(FileToSave { name, exists: None, written });
                if !known {
                    return self.say(words::SAVE_KEYS);
                }
            }
        }
        Effect::Stay
    }

    /// Writes the plan, the same bytes that the command gives for its request.
    fn write(&mut self, path: PathBuf, replace: bool, written: FileKind) -> Effect {
        match self.content(written) {
            Ok(content) => Effect::Save { path, content, replace, format: written.format() },
            Err(why) => self.refuse(written, why),
        }
    }

    pub(super) fn save_view(&self, frame: &mut Frame<'_>, area: Rect, file: &FileToSave) -> Option<Position> {
        let FileToSave { name, exists, written } = file;
        let columns = usize::from(area.width).saturating_sub(4);
        let question = exists.as_deref().map_or_else(|| written.question(), words::exists);
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
}
