//! The form itself: what is entered, where the person is, and what an event does.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use chrono::{DateTime, FixedOffset, NaiveDate, Offset, Utc};
use crossterm::event::Event;

use super::{
    Effect, Happened, Leftover, Theme,
    export::FileKind,
    hits::Hits,
    line::Line,
    screen::{Asks, Over, Page, Screen},
    sheet::PANES,
    words,
};
use crate::{
    form::{Draft, Field, Form, PlanFile, Step},
    plan::{PlanStatus, WardInputs},
    regimen::Library,
    request::Request,
    ward::Settings,
};

/// What the form is opened with.
pub struct Setting {
    /// The library at hand.
    pub library: &'static Library,
    /// Today, which is offered and never assumed.
    pub today: NaiveDate,
    /// The moment, where an export states one.
    pub clock: fn() -> DateTime<Utc>,
    /// How far the clock on the wall is ahead of UTC at a moment, where a printed page states it.
    pub ahead_of_utc: fn(DateTime<Utc>) -> FixedOffset,
    /// How it looks.
    pub theme: Theme,
    /// A request that was opened, with the name of its file.
    pub opened: Option<(PathBuf, Request)>,
    /// What earlier sessions left.
    pub leftovers: Vec<Leftover>,
    /// How many older ones there are, which are not shown.
    pub more_left: usize,
    /// What holds for every patient of the ward.
    pub ward: Settings,
    /// The file in which that is kept; none where it cannot be changed here.
    pub ward_file: Option<PathBuf>,
    /// What of the request that was opened came from the settings of its ward.
    pub ward_inputs: Option<WardInputs>,
    /// Whether a plan can be taken into the register of the ward.
    #[cfg(feature = "ward")]
    pub in_register: bool,
}

impl Setting {
    /// A form with nothing opened and nothing left by earlier sessions, in no ward, whose clock shows UTC.
    pub fn new(library: &'static Library, today: NaiveDate, clock: fn() -> DateTime<Utc>, theme: Theme) -> Self {
        Self {
            library,
            today,
            clock,
            ahead_of_utc: |_| Utc.fix(),
            theme,
            opened: None,
            leftovers: Vec::new(),
            more_left: 0,
            ward: Settings::default(),
            ward_file: None,
            ward_inputs: None,
            #[cfg(feature = "ward")]
            in_register: false,
        }
    }
}

/// The form.
pub struct App {
    pub(super) library: &'static Library,
    pub(super) clock: fn() -> DateTime<Utc>,
    #[cfg(feature = "pdf")]
    pub(super) ahead_of_utc: fn(DateTime<Utc>) -> FixedOffset,
    pub(super) theme: Theme,
    pub(super) form: Form,
    pub(super) ward: Settings,
    pub(super) ward_file: Option<PathBuf>,
    /// Settings that are being written.
    pub(super) ward_to_be: Option<Settings>,
    pub(super) screen: Screen,
    pub(super) over: Option<Over>,
    /// The field in hand, where the screen is one of entries.
    pub(super) field: Field,
    /// The text in hand, with its cursor.
    pub(super) line: Line,
    /// The marked row of a list; on the card, none until one is marked.
    pub(super) at: Option<usize>,
    /// The place in a list of marks.
    pub(super) marked: usize,
    /// The first line of a page without rows to mark.
    pub(super) first: usize,
    /// By how many lines the wheel has moved each pane.
    pub(super) wheel: [isize; PANES],
    /// Whether the visits are shown as months.
    pub(super) month: bool,
    /// Whether wheel and clicks are asked for.
    pub(super) mouse: bool,
    /// What is said about the last key.
    pub(super) message: Option<String>,
    /// What is said of the file that was opened, until the plan is saved.
    pub(super) announced: Option<String>,
    /// The fields that were left, beside which everything wrong is said.
    pub(super) left: BTreeSet<Field>,
    /// The fields that Enter has passed, at which it need not stop again.
    pub(super) passed: BTreeSet<Field>,
    /// Whether what is entered is kept for a next start.
    pub(super) keeps_drafts: bool,
    /// How many drafts of earlier sessions are not shown.
    pub(super) more_left: usize,
    /// The file that was opened or saved last.
    pub(super) file: Option<PlanFile>,
    /// The entries as they were opened or saved.
    pub(super) settled: Draft,
    /// The request of the plan in the file that was opened or saved.
    pub(super) in_file: Option<Request>,
    /// The start date beside which an open day was offered already.
    pub(super) start_asked: Option<NaiveDate>,
    /// Whether a plan can be taken into the register of the ward.
    #[cfg(feature = "ward")]
    pub(super) in_register: bool,
    /// Where things lie on the screen that was drawn last.
    pub(super) hits: RefCell<Hits>,
    /// The columns and rows of the window, as far as they are known.
    pub(super) size: Cell<Option<(u16, u16)>>,
}

impl App {
    /// The form as it opens.
    pub fn new(setting: Setting) -> Self {
        #[cfg(feature = "pdf")]
        let ahead_of_utc = setting.ahead_of_utc;
        #[cfg(feature = "ward")]
        let in_register = setting.in_register;
        let Setting {
            library, today, clock, theme, opened, leftovers, more_left, ward, ward_file, ward_inputs, ..
        } = setting;
        let in_file = opened.as_ref().map(|(_, request)| request.clone());
        let (file, form) = match opened {
            Some((path, request)) => {
                let form = Form::of_request(library, &request, today);
                let form = form.with_ward(ward.clone()).with_ward_inputs(ward_inputs.as_ref());
                (Some(PlanFile::new(path, &form)), form)
            }
            None => (None, Form::new(library, Draft::default(), today).with_ward(ward.clone())),
        };
        let left: Vec<_> = leftovers.into_iter().enumerate().collect();
        let over = (!left.is_empty()).then_some(Over::Leftovers { left, at: 0, asks: Asks::Nothing });
        let settled = form.draft().clone();
        let mouse = ward.screen.mouse.unwrap_or(true);
        let mut app = Self {
            library,
            clock,
            #[cfg(feature = "pdf")]
            ahead_of_utc,
            theme,
            form,
            ward,
            ward_file,
            ward_to_be: None,
            screen: Screen::Entry(Step::Patient),
            over: None,
            field: Field::Id,
            line: Line::default(),
            at: None,
            marked: 0,
            first: 0,
            wheel: [0; PANES],
            month: false,
            mouse,
            message: None,
            announced: None,
            left: BTreeSet::new(),
            passed: BTreeSet::new(),
            keeps_drafts: true,
            more_left,
            file,
            settled,
            in_file,
            start_asked: None,
            #[cfg(feature = "ward")]
            in_register,
            hits: RefCell::default(),
            size: Cell::new(None),
        };
        let screen = if app.form.plan().is_some() { Screen::Plan(Page::Card) } else { app.screen };
        app.go(screen);
        app.over = over;
        if app.differs_from_file() {
            app.message = Some(words::WARD_CHANGES_PLAN.to_owned());
        }
        app
    }

    /// The form with the entries of a request before, which is in no file.
    #[cfg(feature = "ward")]
    pub fn continuing(setting: Setting, request: &Request) -> Self {
        let (library, today, ward) = (setting.library, setting.today, setting.ward.clone());
        let mut app = Self::new(setting);
        app.form = Form::of_request(library, request, today).with_ward(ward);
        app.settled = app.form.draft().clone();
        app.go(Screen::Entry(Step::Patient));
        app
    }

    /// Says something of the file that was opened: it stays until the plan is saved.
    pub fn announce(&mut self, message: String) {
        self.announced = Some(message);
    }

    /// Says something before the first key.
    pub fn tell(&mut self, message: String) {
        self.message = Some(message);
    }

    /// Takes an event.
    pub fn update(&mut self, event: &Event) -> Effect {
        match event {
            Event::Key(key) if !key.is_release() => self.key(*key),
            Event::Paste(text) => self.paste(text),
            Event::Mouse(mouse) => self.take_mouse(*mouse),
            Event::Resize(columns, rows) => {
                self.size.set(Some((*columns, *rows)));
                Effect::Stay
            }
            _ => Effect::Stay,
        }
    }

    /// Takes note of what came of an effect.
    pub fn happened(&mut self, happened: Happened) {
        match happened {
            Happened::Saved(path) => {
                self.message = Some(words::saved(&path));
                self.settled = self.form.draft().clone();
                self.in_file = self.form.plan().map(|plan| plan.request().clone());
                self.announced = None;
                self.file = Some(PlanFile::new(path, &self.form));
                self.over = None;
            }
            Happened::FileExists(path) => {
                let may_replace = PlanFile::may_replace(self.file.as_ref(), &path, &self.form);
                let written = self.written();
                let may_replace = may_replace || written != FileKind::Plan;
                self.over = Some(Over::Exists { written, path, may_replace });
            }
            Happened::Exported(path) => {
                let status = self.form.plan().map(crate::plan::Plan::status);
                self.message = Some(words::exported(&path, status == Some(PlanStatus::NeedsConfirmation)));
                self.over = None;
            }
            Happened::NotSaved(path, why) => {
                let said = if self.written() == FileKind::Plan { words::not_saved } else { words::not_written };
                self.message = Some(said(&path, &why));
            }
            Happened::DraftNotKept(why) => {
                self.message = Some(words::draft_not_kept(&why));
                self.keeps_drafts = false;
            }
            Happened::DraftKept => {
                self.message = Some(words::DRAFT_KEPT.to_owned());
                self.keeps_drafts = true;
            }
            Happened::DraftNotTakenUp(why) => {
                self.form = self.form.with_draft(Draft::default());
                self.settled = Draft::default();
                self.in_file = None;
                self.go(Screen::Entry(Step::Patient));
                self.message = Some(words::draft_not_taken_up(&why));
            }
            Happened::DraftsCleared(gone) => {
                if let Some(Over::Leftovers { left, at, asks }) = &mut self.over {
                    left.retain(|(place, _)| !gone.places.contains(place));
                    (*at, *asks) = (0, Asks::Nothing);
                }
                if matches!(&self.over, Some(Over::Leftovers { left, .. }) if left.is_empty()) {
                    self.over = None;
                }
                self.message = Some(words::drafts_cleared(gone.cleared.deleted, gone.cleared.failed));
            }
            Happened::WardSaved(path) => {
                self.over = None;
                self.ward_was_saved();
                self.message = Some(words::ward_saved(&path));
            }
            Happened::DraftNotDeleted(why) => self.message = Some(words::draft_not_deleted(&why)),
        }
    }

    /// The entries, to be kept: text by the key of its field. Empty where nothing is worth keeping.
    pub fn entries(&self) -> BTreeMap<String, String> {
        if !self.is_unsaved() {
            return BTreeMap::new();
        }
        let Some(Over::SecondCheck { before, .. }) = self.over.as_ref().filter(|_| self.is_second_check_typed()) else {
            return self.form.entries();
        };
        // A second check counts by its letter alone: what is typed of it and not compared is none of the draft.
        before.as_ref().map_or_else(
            || {
                let mut entries = self.form.entries();
                entries.retain(|key, _| Field::SECOND_CHECK.iter().all(|field| field.key() != *key));
                entries
            },
            |before| before.entries(),
        )
    }

    /// Whether the mouse is used. If not, the terminal selects text with it.
    pub fn mouse(&self) -> bool {
        self.mouse
    }

    /// What is entered, with what it amounts to.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Whether something was entered that no file holds.
    pub(super) fn is_unsaved(&self) -> bool {
        *self.form.draft() != self.settled || self.differs_from_file()
    }

    /// Whether the plan is another than in its file although the entries are the same: by the settings of the ward.
    fn differs_from_file(&self) -> bool {
        let in_file = self.in_file.as_ref();
        in_file.zip(self.form.plan()).is_some_and(|(request, plan)| plan.request() != request)
    }

    /// Says something about the last key.
    pub(super) fn say(&mut self, message: impl Into<String>) -> Effect {
        self.message = Some(message.into());
        Effect::Stay
    }
}
