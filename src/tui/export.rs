//! The plan and its exports as files: the list of exports, the name of a file, and what is written to it.

use std::path::{Path, PathBuf};

use crossterm::event::KeyCode;
use ratatui::text::{Line, Span};

use super::{
    App, Effect,
    command::Command,
    dialog::Dialog,
    keys::{self, Binding, Press},
    screen::Over,
    sheet::Row,
    text::{pad, wrap},
    words,
};
#[cfg(feature = "pdf")]
use crate::export::pdf::Paper;
use crate::{
    export::{Format, Given, Options, export},
    form::{PlanFile, Step, another_name},
};

/// The columns of the name of a form.
const NAME: usize = 30;

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
    pub(super) const EXPORTS: &[Self] = &[
        #[cfg(feature = "pdf")]
        Self::Page(Paper::A4),
        #[cfg(feature = "pdf")]
        Self::Page(Paper::Letter),
        Self::Text,
        Self::Calendar,
        Self::Table,
        Self::Bundle,
    ];

    /// The key that chooses it.
    pub(super) fn key(self) -> char {
        match self {
            Self::Plan => 'j',
            #[cfg(feature = "pdf")]
            Self::Page(Paper::A4) => 'a',
            #[cfg(feature = "pdf")]
            Self::Page(Paper::Letter) => 'l',
            Self::Calendar => 'c',
            Self::Text => 't',
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
        self.format().ending()
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
    fn question(self) -> String {
        match self {
            Self::Plan => words::SAVE_QUESTION.to_owned(),
            _ => words::export_question(words::export_form(self.key())[0]),
        }
    }

    /// Whether people read it, and not programs.
    fn is_for_people(self) -> bool {
        match self {
            Self::Calendar | Self::Table | Self::Bundle => false,
            #[cfg(feature = "pdf")]
            Self::Page(_) => true,
            Self::Plan | Self::Text => true,
        }
    }
}

impl App {
    /// Lists the exports, where there is a plan.
    pub(super) fn open_export(&mut self) -> Effect {
        if self.form.filled().request().is_none() {
            return self.not_complete();
        }
        self.list_exports(0)
    }

    /// The list of exports. Of a stopped plan it says at once that there is nothing to export.
    pub(super) fn list_exports(&mut self, at: usize) -> Effect {
        let refused = self.form.plan().and_then(|plan| Given::of(plan).err());
        self.open(Over::Export { at, refused: refused.as_ref().map(words::not_exported) })
    }

    /// The keys of the list of exports.
    pub(super) fn keys_of_export(&self) -> Vec<Binding> {
        let forms = FileKind::EXPORTS.iter().map(|form| (Press::Letter(form.key()), Command::Export(*form)));
        let letters: Vec<String> = FileKind::EXPORTS.iter().map(|form| form.key().to_string()).collect();
        vec![
            keys::own(forms, letters.join(" "), words::WRITE_IT),
            keys::own([(Press::Letter('r'), Command::AskName(self.written()))], "r", words::ANOTHER_PLACE),
            Self::keys_of_rows(words::AN_EXPORT),
            keys::own(
                [(Press::Key(KeyCode::Enter), Command::Say(words::ENTER_DOES_NOT_EXPORT))],
                "Enter",
                words::NOTHING,
            )
            .in_help(),
            keys::own([(Press::Key(KeyCode::Esc), Command::Back)], "Esc", words::BACK).common(),
            keys::own([(Press::Key(KeyCode::F(1)), Command::Help)], "F1", words::HELP).common(),
        ]
    }

    /// Writes an export under the name that is offered.
    pub(super) fn export(&mut self, written: FileKind) -> Effect {
        if let Some(Over::Export { at, .. }) = &mut self.over {
            *at = written.place().unwrap_or(*at);
        }
        let path = self.offered(written);
        self.write(path, false, written)
    }

    /// The file that is offered.
    fn offered(&self, written: FileKind) -> PathBuf {
        let plan = PlanFile::offered(self.file.as_ref(), &self.form);
        written.name_beside(&plan).into()
    }

    /// Saves the plan under the name that is offered.
    pub(super) fn save(&mut self) -> Effect {
        if self.form.filled().request().is_none() {
            return self.not_complete();
        }
        if matches!(self.over, Some(Over::Leave)) {
            self.over = None;
        }
        let path = self.offered(FileKind::Plan);
        self.write(path, false, FileKind::Plan)
    }

    /// Asks for the name of a file. One is offered, which follows that of the plan.
    pub(super) fn ask_name(&mut self, written: FileKind) -> Effect {
        if self.form.filled().request().is_none() {
            return self.not_complete();
        }
        let name = super::line::Line::new(self.offered(written).to_string_lossy().into_owned());
        self.open(Over::FileName { written, name, acts: false })
    }

    /// Writes the file whose name was typed.
    pub(super) fn write_named(&mut self, written: FileKind) -> Effect {
        let Some(Over::FileName { name, .. }) = &self.over else { return Effect::Stay };
        match written.path(name.value().trim()) {
            Some(path) => self.write(path, false, written),
            None => self.say(words::SAVE_NEEDS_A_NAME),
        }
    }

    /// Says that there is no plan yet, and marks in every step what is missing.
    fn not_complete(&mut self) -> Effect {
        self.over = None;
        self.left.extend(Step::ALL.iter().flat_map(|step| self.form.fields(*step)));
        let open = self.all_open();
        self.say(words::not_complete(open.len(), open.first().copied()))
    }

    /// Writes a file, the same bytes that the command gives for its request.
    pub(super) fn write(&mut self, path: PathBuf, replace: bool, written: FileKind) -> Effect {
        match self.content(written) {
            Ok(content) => Effect::Save { path, content, replace, format: written.format() },
            Err(why) => match written.place() {
                Some(at) => self.open(Over::Export { at, refused: Some(why) }),
                None => self.say(why),
            },
        }
    }

    /// What is written to the file, or why there is nothing to write.
    fn content(&self, written: FileKind) -> Result<Vec<u8>, String> {
        let plan = self.form.plan().ok_or(words::NOT_COMPLETE)?;
        let asked = Options { at: (self.clock)(), ..Options::default() };
        #[cfg(feature = "pdf")]
        let asked = match written {
            FileKind::Page(paper) => Options { paper, offset: Some((self.ahead_of_utc)(asked.at)), ..asked },
            _ => asked,
        };
        export(plan, written.format(), &asked).map_err(|why| words::not_exported(&why))
    }

    /// The list of exports.
    pub(super) fn export_rows(&self, at: usize, refused: Option<&str>, columns: usize) -> Vec<Row> {
        let columns = columns.min(100);
        let read = |words: &str| {
            let wrapped = wrap(words, columns.saturating_sub(4));
            Row::read(wrapped.into_iter().map(|line| Line::from(format!("  {line}"))).collect())
        };
        let mut rows = Vec::new();
        if let Some(why) = refused {
            let badge = self.badge(super::theme::Role::Stop, words::CANNOT_BE_WRITTEN);
            rows.push(Row::read(vec![Line::from(vec![Span::raw(" "), badge])]));
            rows.extend([read(why), Row::blank()]);
        }
        let mut people = None;
        for (number, form) in FileKind::EXPORTS.iter().enumerate() {
            if people != Some(form.is_for_people()) {
                people = Some(form.is_for_people());
                if number > 0 {
                    rows.push(Row::blank());
                }
                let heading = if form.is_for_people() { words::FOR_PEOPLE } else { words::FOR_PROGRAMS };
                rows.push(Row::read(vec![Line::from(Span::styled(format!("   {heading}"), self.theme.bold()))]));
            }
            let [name, ending, does] = words::export_form(form.key());
            let in_hand = number == at;
            let (mark, style) = if in_hand { (">", self.theme.marked()) } else { (" ", self.theme.plain()) };
            let line = Line::from(vec![
                Span::raw(format!(" {mark} ")),
                Span::styled(pad(&format!("{}  {name}", form.key()), NAME, self.cut()), style),
                Span::raw(format!("  {}{does}", pad(ending, 8, ""))),
            ]);
            rows.push(Row::marked(vec![line], number, in_hand));
        }
        let goes_to = FileKind::EXPORTS.get(at).map(|form| self.offered(*form));
        rows.push(Row::blank());
        rows.extend(goes_to.map(|path| read(&words::goes_to(&path))));
        rows.extend([Row::blank(), read(words::EXPORT_IS_NO_PLAN), read(words::WHO_IS_NAMED)]);
        rows
    }

    /// The dialog in which the name of a file is typed.
    pub(super) fn file_name_dialog(&self, columns: usize) -> Dialog {
        let Some(Over::FileName { written, name, acts }) = &self.over else { return Dialog::new("", columns) };
        let mut dialog = Dialog::new(written.question(), columns);
        let room = dialog.columns().saturating_sub(2);
        let (shown, at) = super::text::window(name.value(), (!acts).then(|| name.cursor()), room - 1, self.cut());
        let style = if *acts { self.theme.plain() } else { self.theme.entry() };
        let mark = if *acts { "  " } else { "> " };
        let line = Line::from(vec![Span::raw(mark), Span::styled(pad(&shown, room - 1, ""), style)]);
        dialog.blank();
        dialog.row(Row { lines: vec![line], in_hand: !acts, cursor: Some((0, 2 + at)), target: None });
        dialog.blank();
        let does = [('s', words::SAVE_UNDER_THIS.to_owned()), ('\u{1b}', words::BACK.to_owned())];
        dialog.acts(&does, *acts, !name.value().trim().is_empty(), self.theme);
        dialog.foot(words::S_SAVES);
        dialog
    }

    /// The dialog about a file that is there.
    pub(super) fn exists_dialog(&self, columns: usize) -> Dialog {
        let mut dialog = Dialog::new(words::EXISTS_TITLE, columns);
        let Some(Over::Exists { written, path, may_replace }) = &self.over else { return dialog };
        dialog.text(&words::exists(path));
        if !may_replace {
            dialog.text(words::ANOTHER_PLAN_STAYS);
        }
        dialog.blank();
        let beside = another_name(path);
        let mut acts = vec![('a', words::save_beside(&beside, *written == FileKind::Plan))];
        if *may_replace {
            acts.insert(0, ('r', words::REPLACE.to_owned()));
        }
        for act in acts {
            dialog.acts(&[act], false, true, self.theme);
        }
        dialog.acts(&[('\u{1b}', words::BACK_NOTHING_WRITTEN.to_owned())], false, true, self.theme);
        dialog
    }
}
