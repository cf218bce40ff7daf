//! The form itself: what is entered, where the person is, and what an event does.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use chrono::{DateTime, NaiveDate, Utc};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::Input;

use super::{Effect, Happened, Leaving, Leftover, Theme, export::FileKind, focus::Stop, save::FileToSave, words};
use crate::{
    form::{Draft, Field, Form, PlanFile, Step, another_name},
    plan::PlanStatus,
    regimen::Library,
    request::Request,
};

/// What the form is opened with.
pub struct Setting {
    /// The library at hand.
    pub library: &'static Library,
    /// Today, which is offered and never assumed.
    pub today: NaiveDate,
    /// The moment, where an export states one.
    pub clock: fn() -> DateTime<Utc>,
    /// How it looks.
    pub theme: Theme,
    /// A request that was opened, with the name of its file.
    pub opened: Option<(PathBuf, Request)>,
    /// What earlier sessions left.
    pub leftovers: Vec<Leftover>,
}

/// What the screen shows.
#[derive(Clone, Debug)]
pub(super) enum Mode {
    /// A step is filled in.
    Step,
    /// A second person enters the figures again. A second check that was whole before is taken back where
    /// this one is not.
    SecondCheck { before: Option<Draft> },
    /// The keys and what they do.
    Help,
    /// What can be done beside filling in.
    Menu,
    /// Where each number comes from, with the place in the list and the first line of the text.
    Why(usize, usize),
    /// The list of exports, with the place in it, and why one is not possible.
    Export { at: usize, refused: Option<String> },
    /// The name of a file is asked for.
    Save(FileToSave),
    /// Whether to leave although something is not saved.
    Leave,
    /// What earlier sessions left, with the place in the list.
    Leftovers {
        /// Each with its place in the list that was given.
        left: Vec<(usize, Leftover)>,
        at: usize,
        /// Whether deleting was asked for once.
        sure: bool,
    },
}

/// The form.
pub struct App {
    pub(super) library: &'static Library,
    pub(super) clock: fn() -> DateTime<Utc>,
    pub(super) theme: Theme,
    pub(super) form: Form,
    pub(super) step: Step,
    pub(super) focus: Stop,
    pub(super) input: Input,
    /// The place in a list of marks.
    pub(super) marked: usize,
    pub(super) mode: Mode,
    /// What is said about the last key.
    pub(super) message: Option<String>,
    /// The fields that were left, beside which everything wrong is said.
    pub(super) left: BTreeSet<Field>,
    /// Whether what is entered is kept for a next start.
    pub(super) keeps_drafts: bool,
    /// The file that was opened or saved last.
    pub(super) file: Option<PlanFile>,
    /// The entries as they were opened or saved.
    pub(super) settled: Draft,
}

impl App {
    /// The form as it opens.
    pub fn new(setting: Setting) -> Self {
        let Setting { library, today, clock, theme, opened, leftovers } = setting;
        let (file, form) = match opened {
            Some((path, request)) => {
                let form = Form::of_request(library, &request, today);
                (Some(PlanFile::new(path, &form)), form)
            }
            None => (None, Form::new(library, Draft::default(), today)),
        };
        let left: Vec<_> = leftovers.into_iter().enumerate().collect();
        let mode = if left.is_empty() { Mode::Step } else { Mode::Leftovers { left, at: 0, sure: false } };
        let settled = form.draft().clone();
        let mut app = Self {
            library,
            clock,
            theme,
            form,
            step: Step::Patient,
            focus: Stop::Field(Field::Id),
            input: Input::default(),
            marked: 0,
            mode,
            message: None,
            left: BTreeSet::new(),
            keeps_drafts: true,
            file,
            settled,
        };
        if app.form.filled().request().is_some() {
            app.step = Step::Review;
        }
        app.focus_first();
        app
    }

    /// Says something before the first key.
    pub fn announce(&mut self, message: String) {
        self.message = Some(message);
    }

    /// Takes an event.
    pub fn update(&mut self, event: &Event) -> Effect {
        match event {
            Event::Key(key) if !key.is_release() => self.key(*key),
            Event::Paste(text) => self.paste(text),
            _ => Effect::Stay,
        }
    }

    /// Takes note of what came of an effect.
    pub fn happened(&mut self, happened: Happened) {
        match happened {
            Happened::Saved(path) => {
                self.message = Some(words::saved(&path));
                self.settled = self.form.draft().clone();
                self.file = Some(PlanFile::new(path, &self.form));
                self.mode = Mode::Step;
            }
            Happened::FileExists(path) => {
                let may_replace = PlanFile::may_replace(self.file.as_ref(), &path, &self.form);
                if let Mode::Save(file) = &mut self.mode {
                    if may_replace || file.written != FileKind::Plan {
                        file.exists = Some(path);
                        return;
                    }
                    file.name = Input::new(another_name(&path).to_string_lossy().into_owned());
                    self.message = Some(words::file_stays(&path));
                }
            }
            Happened::Exported(path) => {
                let status = self.form.plan().map(crate::plan::Plan::status);
                self.message = Some(words::exported(&path, status == Some(PlanStatus::NeedsConfirmation)));
                self.mode = Mode::Step;
            }
            Happened::NotSaved(path, why) => {
                let is_plan = !matches!(&self.mode, Mode::Save(file) if file.written != FileKind::Plan);
                let said = if is_plan { words::not_saved } else { words::not_written };
                self.message = Some(said(&path, &why));
            }
            Happened::DraftNotKept(why) => {
                self.message = Some(words::draft_not_kept(&why));
                self.keeps_drafts = false;
            }
            Happened::DraftNotDeleted(why) => self.message = Some(words::draft_not_deleted(&why)),
        }
    }

    /// The entries, to be kept: text by the key of its field. Empty where nothing is worth keeping.
    pub fn entries(&self) -> BTreeMap<String, String> {
        if self.is_unsaved() { self.form.entries() } else { BTreeMap::new() }
    }

    /// What is entered, with what it amounts to.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Whether something was entered that no file holds.
    pub(super) fn is_unsaved(&self) -> bool {
        *self.form.draft() != self.settled
    }

    fn key(&mut self, key: KeyEvent) -> Effect {
        self.message = None;
        if key.modifiers.contains(KeyModifiers::CONTROL) && !key.modifiers.contains(KeyModifiers::ALT) {
            match key.code {
                KeyCode::Char('c' | 'q') => return self.leave(),
                KeyCode::Char('z') => return Effect::Suspend,
                KeyCode::Char('l') => return Effect::Repaint,
                _ => {}
            }
        }
        match self.mode.clone() {
            Mode::Step => self.step_key(key),
            Mode::SecondCheck { .. } => self.second_check(key),
            Mode::Help => self.back(),
            Mode::Menu => self.menu(key),
            Mode::Why(at, line) => self.why(key, at, line),
            Mode::Export { at, .. } => self.exporting(key, at),
            Mode::Save(file) => self.saving(key, file),
            Mode::Leave => self.leaving(key),
            Mode::Leftovers { left, at, sure } => self.leftover(key, left, at, sure),
        }
    }

    /// Back to the step.
    pub(super) fn back(&mut self) -> Effect {
        self.mode = Mode::Step;
        Effect::Stay
    }

    /// Says something about the last key.
    pub(super) fn say(&mut self, message: impl Into<String>) -> Effect {
        self.message = Some(message.into());
        Effect::Stay
    }

    fn step_key(&mut self, key: KeyEvent) -> Effect {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match key.code {
            KeyCode::F(1) => self.mode = Mode::Help,
            KeyCode::F(2) => return self.open_why(),
            KeyCode::Esc => self.mode = Mode::Menu,
            KeyCode::Char('s') if control => return self.open_save(),
            KeyCode::PageDown => return self.next_step(),
            KeyCode::PageUp => return self.step_before(),
            KeyCode::Char('?') if !self.types_words() => self.mode = Mode::Help,
            _ => return self.in_step(key),
        }
        Effect::Stay
    }

    /// Whether a question mark is a letter here.
    fn types_words(&self) -> bool {
        matches!(self.focus, Stop::Field(field) if field.kind() == crate::form::Kind::Text)
    }

    fn next_step(&mut self) -> Effect {
        self.left.extend(self.form.fields(self.step));
        match self.step.next() {
            Some(step) => self.go_to(step),
            None => self.say(words::LAST_STEP),
        }
    }

    fn step_before(&mut self) -> Effect {
        match self.step.before() {
            Some(step) => self.go_to(step),
            None => self.say(words::FIRST_STEP),
        }
    }

    /// Goes to a step, to the first field of it that wants something.
    pub(super) fn go_to(&mut self, step: Step) -> Effect {
        self.leave_field();
        self.step = step;
        self.focus_first();
        Effect::Stay
    }

    fn menu(&mut self, key: KeyEvent) -> Effect {
        self.mode = Mode::Step;
        match key.code {
            KeyCode::Esc => Effect::Stay,
            KeyCode::Char(digit @ '1'..='7') => {
                let at = digit as usize - '1' as usize;
                self.go_to(Step::ALL[at])
            }
            KeyCode::Char('s') => self.open_save(),
            KeyCode::Char('x') => self.open_export(),
            KeyCode::Char('w') => self.open_why(),
            KeyCode::Char('c') => self.open_second_check(),
            KeyCode::Char('n') => self.next_visit(),
            KeyCode::Char('p') => self.print_and_leave(),
            KeyCode::Char('q') => self.leave(),
            KeyCode::Char('?') | KeyCode::F(1) => {
                self.mode = Mode::Help;
                Effect::Stay
            }
            _ => {
                self.mode = Mode::Menu;
                self.say(words::MENU_KEYS)
            }
        }
    }

    /// Begins the next visit of the same patient.
    pub(super) fn next_visit(&mut self) -> Effect {
        if self.form.filled().request().is_none() {
            return self.say(words::NEXT_VISIT_NEEDS_A_PLAN);
        }
        if self.is_unsaved() {
            return self.say(words::NEXT_VISIT_NEEDS_SAVING);
        }
        let Some(next) = self.form.next_visit() else {
            return self.say(words::NEXT_VISIT_NEEDS_A_DOSE);
        };
        let said = words::next_visit(!next.due_fields().is_empty(), next.is_held());
        self.form = next;
        self.file = self.file.take().map(PlanFile::of_earlier_visit);
        self.left.clear();
        self.settled = Draft::default();
        self.go_to(Step::Patient);
        self.say(said)
    }

    /// Leaves, and puts the summary on standard output.
    pub(super) fn print_and_leave(&mut self) -> Effect {
        let Some(plan) = self.form.plan() else { return self.say(words::NOTHING_TO_PRINT) };
        let print = Some(crate::present::summary(plan));
        Effect::Leave(Leaving { keep: self.is_unsaved(), print })
    }

    /// Leaves, after a question where something is not saved. Asked again in the question, it leaves and
    /// keeps the draft.
    fn leave(&mut self) -> Effect {
        if matches!(self.mode, Mode::Leave | Mode::Leftovers { .. }) {
            return Effect::Leave(Leaving { keep: true, print: None });
        }
        if !self.is_unsaved() {
            return Effect::Leave(Leaving { keep: false, print: None });
        }
        self.mode = Mode::Leave;
        Effect::Stay
    }

    fn leaving(&mut self, key: KeyEvent) -> Effect {
        match key.code {
            KeyCode::Char('s') => self.open_save(),
            KeyCode::Char('k') => Effect::Leave(Leaving { keep: true, print: None }),
            KeyCode::Char('d') => Effect::Leave(Leaving { keep: false, print: None }),
            KeyCode::Esc => self.back(),
            _ => self.say(words::LEAVE_KEYS),
        }
    }

    /// Whether a field is missing or its entry is not taken.
    pub(super) fn wants(&self, field: Field) -> bool {
        let filled = self.form.filled();
        filled.missing().contains(&field) || filled.refused().contains_key(&field) || self.form.is_not_asked(field)
    }
}
