//! Handing the plan on in another form: the list of forms, and what is written to a file.

use std::path::{Path, PathBuf};

use crossterm::event::{KeyCode, KeyEvent};
use ratatui::{
    Frame,
    layout::{Position, Rect},
    text::{Line, Span},
};

use super::{
    App, Effect,
    app::Mode,
    focus::{Item, Stop},
    sheet::{self, Row},
    text::{pad, wrap},
    words,
};
#[cfg(feature = "pdf")]
use crate::export::pdf::Paper;
use crate::export::{Format, Given, Options, export};

/// The columns of the name of a form.
const NAME: usize = 40;

/// What is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// The plan itself.
    Plan,
    /// The page for the folder.
    #[cfg(feature = "pdf")]
    Page(Paper),
    /// A day for each dose and each check.
    Calendar,
    /// The plan as text.
    Text,
    /// A row for each date.
    Table,
    /// For the record system.
    Bundle,
}

impl FileKind {
    /// The exports, in the order in which a ward needs them.
    const EXPORTS: &[Self] = &[
        #[cfg(feature = "pdf")]
        Self::Page(Paper::A4),
        #[cfg(feature = "pdf")]
        Self::Page(Paper::Letter),
        Self::Calendar,
        Self::Text,
        Self::Table,
        Self::Bundle,
    ];

    /// The key that chooses it.
    fn key(self) -> char {
        match self {
            Self::Plan => 'j',
            #[cfg(feature = "pdf")]
            Self::Page(Paper::A4) => 'p',
            #[cfg(feature = "pdf")]
            Self::Page(Paper::Letter) => 'l',
            Self::Calendar => 'c',
            Self::Text => 'r',
            Self::Table => 's',
            Self::Bundle => 'f',
        }
    }

    /// Its place in the list; none of the plan itself.
    pub(super) fn place(self) -> Option<usize> {
        Self::EXPORTS.iter().position(|it| *it == self)
    }

    /// The form as commands know it.
    pub(super) fn format(self) -> Format {
        match self {
            Self::Plan => Format::Json,
            #[cfg(feature = "pdf")]
            Self::Page(_) => Format::Pdf,
            Self::Calendar => Format::Ics,
            Self::Text => Format::Text,
            Self::Table => Format::Csv,
            Self::Bundle => Format::Fhir,
        }
    }

    /// How the name of its file ends.
    fn ending(self) -> &'static str {
        match self {
            Self::Plan => ".json",
            #[cfg(feature = "pdf")]
            Self::Page(_) => ".pdf",
            Self::Calendar => ".ics",
            Self::Text => ".txt",
            Self::Table => ".csv",
            Self::Bundle => ".fhir.json",
        }
    }

    /// A name for its file beside that of the plan.
    pub(super) fn name_beside(self, plan: &Path) -> String {
        let is_json = plan.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
        match self {
            Self::Plan => plan.to_string_lossy().into_owned(),
            _ if is_json => format!("{}{}", plan.with_extension("").to_string_lossy(), self.ending()),
            _ => format!("{}{}", plan.to_string_lossy(), self.ending()),
        }
    }

    /// The file by the name that was typed; none where that names none. Another form gets its ending where it
    /// has none, so that it never takes the place of a plan.
    pub(super) fn path(self, name: &str) -> Option<PathBuf> {
        if name.is_empty() {
            return None;
        }
        if self == Self::Plan {
            return Some(name.into());
        }
        if name.ends_with(std::path::is_separator) {
            return None;
        }
        let has_ending = name.to_ascii_lowercase().ends_with(self.ending());
        Some(if has_ending { name.into() } else { format!("{name}{}", self.ending()).into() })
    }

    /// Asks for the name of its file.
    pub(super) fn question(self) -> String {
        match self {
            Self::Plan => words::SAVE_QUESTION.to_owned(),
            _ => words::export_question(words::export_form(self.key()).0),
        }
    }
}

impl App {
    /// Lists the exports, where there is a plan.
    pub(super) fn open_export(&mut self) -> Effect {
        if self.form.filled().request().is_none() {
            return self.not_complete();
        }
        self.list_forms(0)
    }

    /// The list of exports. Of a stopped plan it says at once that there is nothing to export.
    pub(super) fn list_forms(&mut self, at: usize) -> Effect {
        let refused = self.form.plan().and_then(|plan| Given::of(plan).err());
        self.mode = Mode::Export { at, refused: refused.as_ref().map(words::not_exported) };
        Effect::Stay
    }

    pub(super) fn exporting(&mut self, key: KeyEvent, at: usize) -> Effect {
        let forms = FileKind::EXPORTS;
        match key.code {
            KeyCode::Up => self.list_forms(at.saturating_sub(1)),
            KeyCode::Down => self.list_forms((at + 1).min(forms.len() - 1)),
            KeyCode::Enter => self.export_as(forms[at]),
            KeyCode::Esc => self.back(),
            KeyCode::Char(letter) => match forms.iter().find(|form| form.key() == letter) {
                Some(form) => self.export_as(*form),
                None => self.say(words::EXPORT_KEYS),
            },
            _ => self.say(words::EXPORT_KEYS),
        }
    }

    /// Asks for the name of the file, where this export is possible.
    fn export_as(&mut self, form: FileKind) -> Effect {
        match self.content(form) {
            Ok(_) => self.ask_for_name(form),
            Err(why) => self.refuse(form, why),
        }
    }

    /// What is written to the file, or why there is nothing to write.
    pub(super) fn content(&self, written: FileKind) -> Result<Vec<u8>, String> {
        let plan = self.form.plan().ok_or(words::NOT_COMPLETE)?;
        let asked = Options { at: (self.clock)(), ..Options::default() };
        #[cfg(feature = "pdf")]
        let asked = match written {
            FileKind::Page(paper) => Options { paper, ..asked },
            _ => asked,
        };
        export(plan, written.format(), &asked).map_err(|why| words::not_exported(&why))
    }

    /// Says in the list why this export is not possible.
    pub(super) fn refuse(&mut self, written: FileKind, why: String) -> Effect {
        match written.place() {
            Some(at) => self.mode = Mode::Export { at, refused: Some(why) },
            None => return self.say(why),
        }
        Effect::Stay
    }

    pub(super) fn export_view(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        at: usize,
        refused: Option<&str>,
    ) -> Option<Position> {
        let columns = usize::from(area.width).min(100);
        let read = |words: &str, style| {
            let mut lines = vec![Line::default()];
            let wrapped = wrap(words, columns.saturating_sub(4));
            lines.extend(wrapped.into_iter().map(|line| Line::from(vec![Span::raw("  "), Span::styled(line, style)])));
            Row::read(lines)
        };
        let mut rows = vec![read(words::EXPORT, self.theme.plain()), Row::read(vec![Line::default()])];
        for (number, form) in FileKind::EXPORTS.iter().enumerate() {
            let (name, does) = words::export_form(form.key());
            let (mark, style) = if number == at { ("> ", self.theme.focus()) } else { ("  ", self.theme.heading()) };
            let name = pad(&format!("{}  {name}", form.key()), NAME, self.cut());
            let line = self.one_line(vec![Span::raw(mark), Span::styled(name, style), Span::raw(does)], columns);
            rows.push(Row { lines: vec![line], stop: Some(Stop::Item(Item::Card(number))), cursor: Some((0, 0)) });
        }
        rows.push(read(words::WHO_IS_NAMED, self.theme.plain()));
        rows.extend(refused.map(|why| read(why, self.theme.wrong())));
        sheet::draw(&rows, Some(&Stop::Item(Item::Card(at))), self.theme, area, frame.buffer_mut())
    }
}
