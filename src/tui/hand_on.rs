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
    focus::{Stop, Told},
    sheet::{self, Row},
    text::{pad, wrap},
};
#[cfg(feature = "pdf")]
use crate::export::pdf::Paper;
use crate::{
    export::{Format, Given, Options, export},
    words,
};

/// The columns of the name of a form.
const NAME: usize = 40;

/// What is written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
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

impl Written {
    /// The forms in which a plan is handed on, in the order in which a ward needs them.
    const HANDED_ON: &[Self] = &[
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

    /// Its place in the list; none of what is not handed on.
    pub(super) fn place(self) -> Option<usize> {
        Self::HANDED_ON.iter().position(|it| *it == self)
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
            _ => words::hand_on_question(words::handed_on_form(self.key()).0),
        }
    }
}

impl App {
    /// Lists the forms, where there is a plan to hand on.
    pub(super) fn open_hand_on(&mut self) -> Effect {
        if self.form.filled().request().is_none() {
            return self.not_complete();
        }
        self.list_forms(0)
    }

    /// The list of forms. Of a stopped plan it says at once that there is nothing to hand on.
    pub(super) fn list_forms(&mut self, at: usize) -> Effect {
        let refused = self.form.plan().and_then(|plan| Given::of(plan).err());
        self.mode = Mode::HandOn { at, refused: refused.as_ref().map(words::not_handed_on) };
        Effect::Stay
    }

    pub(super) fn handing_on(&mut self, key: KeyEvent, at: usize) -> Effect {
        let forms = Written::HANDED_ON;
        match key.code {
            KeyCode::Up => self.list_forms(at.saturating_sub(1)),
            KeyCode::Down => self.list_forms((at + 1).min(forms.len() - 1)),
            KeyCode::Enter => self.hand_on(forms[at]),
            KeyCode::Esc => self.back(),
            KeyCode::Char(letter) => match forms.iter().find(|form| form.key() == letter) {
                Some(form) => self.hand_on(*form),
                None => self.say(words::HAND_ON_KEYS),
            },
            _ => self.say(words::HAND_ON_KEYS),
        }
    }

    /// Asks for the name of the file, where the plan can be handed on in this form.
    fn hand_on(&mut self, form: Written) -> Effect {
        match self.content(form) {
            Ok(_) => self.ask_for_name(form),
            Err(why) => self.refuse(form, why),
        }
    }

    /// What is written to the file, or why there is nothing to write.
    pub(super) fn content(&self, written: Written) -> Result<Vec<u8>, String> {
        let plan = self.form.plan().ok_or(words::NOT_COMPLETE)?;
        let asked = Options { at: (self.clock)(), ..Options::default() };
        #[cfg(feature = "pdf")]
        let asked = match written {
            Written::Page(paper) => Options { paper, ..asked },
            _ => asked,
        };
        export(plan, written.format(), &asked).map_err(|why| words::not_handed_on(&why))
    }

    /// Says in the list why a plan is not handed on in this form.
    pub(super) fn refuse(&mut self, written: Written, why: String) -> Effect {
        match written.place() {
            Some(at) => self.mode = Mode::HandOn { at, refused: Some(why) },
            None => return self.say(why),
        }
        Effect::Stay
    }

    pub(super) fn hand_on_view(
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
        let mut rows = vec![read(words::HAND_ON, self.theme.plain()), Row::read(vec![Line::default()])];
        for (number, form) in Written::HANDED_ON.iter().enumerate() {
            let (name, does) = words::handed_on_form(form.key());
            let (mark, style) = if number == at { ("> ", self.theme.focus()) } else { ("  ", self.theme.heading()) };
            let name = pad(&format!("{}  {name}", form.key()), NAME, self.cut());
            let line = self.one_line(vec![Span::raw(mark), Span::styled(name, style), Span::raw(does)], columns);
            rows.push(Row { lines: vec![line], stop: Some(Stop::Told(Told::Card(number))), cursor: Some((0, 0)) });
        }
        rows.push(read(words::WHO_IS_NAMED, self.theme.plain()));
        rows.extend(refused.map(|why| read(why, self.theme.wrong())));
        sheet::draw(&rows, Some(&Stop::Told(Told::Card(at))), self.theme, area, frame.buffer_mut())
    }
}
