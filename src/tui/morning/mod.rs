//! The screens of a ward's morning: Home with the lists of the day, the page of a patient, the visit, and what is recorded.
//!
//! [`Morning`] takes an event and asks its [`Desk`] for what it needs; it draws itself into a frame. What touches the
//! terminal, the clock or a file is behind the desk or done by the session.

mod acts;
mod filling;
mod home;
mod keys;
mod patient;
mod round;
mod view;
mod visit;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use crossterm::event::{Event, KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::{Frame, layout::Position};

use super::{
    App, Effect, Form, Happened, Leaving, Theme,
    hits::{Hits, Target},
    line::{Edited, Line},
    sheet::PANES,
    theme::Sign,
    words,
};
use crate::{
    json::Text,
    morning::{Act, Chart, Desk, List, Lists, Visit},
    regimen::Library,
    ward::store::{PatientKey, StoreError},
    words::store,
};
use filling::{Filling, Took};
use keys::Do;
use round::Round;

/// Milliseconds without a key after which the name of who records is asked again.
const IDLE_MS: i64 = 10 * 60 * 1000;
/// Milliseconds after which Home reads its list again at a key.
const FRESH_MS: i64 = 15 * 1000;
/// How many days Home looks ahead.
const AHEAD: u16 = 7;
/// By how many lines the wheel moves.
const NOTCH: isize = 3;

/// Opens the form, for a new patient or for another plan of one who is known; with the places of the drafts that it offers.
type OpensForm = Box<dyn FnMut(Option<&Chart>) -> (App, Vec<usize>)>;

/// What the screens of a ward are opened with.
pub struct MorningSetting {
    /// The register.
    pub desk: Box<dyn Desk>,
    /// The library at hand.
    pub library: &'static Library,
    /// How it looks.
    pub theme: Theme,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Opens the form for a new patient, or for another plan of one who is known.
    pub form: OpensForm,
    /// What earlier sessions left of visits.
    pub drafts: Visits,
}

/// The screens of a ward.
pub struct Morning {
    desk: Box<dyn Desk>,
    library: &'static Library,
    theme: Theme,
    mouse: bool,
    new_form: OpensForm,
    /// The lists; none where the register has not been read yet.
    lists: Option<Lists>,
    /// When they were read, by the clock.
    read_ms: i64,
    /// Why the register cannot be read now.
    trouble: Option<String>,
    list: List,
    /// The marked row of Home.
    at: usize,
    /// What is looked for; none where letters are keys.
    find: Option<Line>,
    place: Place,
    over: Option<Over>,
    /// The form that lies over everything.
    form: Option<Box<App>>,
    /// The places of the drafts that it offers, in its own order.
    form_places: Vec<usize>,
    /// Whether the plan of that form takes the place of the open doses of a course.
    replans: bool,
    /// Who records, until the program is left alone.
    by: Option<Text>,
    last_key_ms: i64,
    message: Option<String>,
    wheel: [isize; PANES],
    hits: RefCell<Hits>,
    size: Cell<Option<(u16, u16)>>,
    drafts: Visits,
    round: Option<Round>,
}

/// Where a person is.
enum Place {
    Home,
    Patient(PatientPage),
    Visit(Box<VisitPage>),
}

/// The page of a patient.
#[derive(Clone)]
struct PatientPage {
    chart: Rc<Chart>,
    tab: Tab,
    at: usize,
    first: usize,
}

/// A tab of the page of a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tab {
    Course,
    Values,
    Entries,
}

impl Tab {
    const ALL: [Self; 3] = [Self::Course, Self::Values, Self::Entries];
}

/// A visit.
struct VisitPage {
    visit: Visit,
    filling: Filling,
    /// Whether the questions are open. Once all are answered, letters are keys.
    is_open: bool,
    first: usize,
    /// Whether one came from the page of the patient.
    from_page: bool,
}

/// What lies over a screen.
enum Over {
    Act(Box<ActForm>),
    Why(usize),
    Help(usize),
    Leave,
}

/// An act as it is filled in.
struct ActForm {
    act: Act,
    filling: Filling,
}

impl Morning {
    /// The screens as they open: Home, with the list of today.
    pub fn new(setting: MorningSetting) -> Self {
        let MorningSetting { desk, library, theme, mouse, form, drafts } = setting;
        let mut morning = Self {
            desk,
            library,
            theme,
            mouse,
            new_form: form,
            lists: None,
            read_ms: 0,
            trouble: None,
            list: List::Today,
            at: 0,
            find: None,
            place: Place::Home,
            over: None,
            form: None,
            form_places: Vec::new(),
            replans: false,
            by: None,
            last_key_ms: 0,
            message: None,
            wheel: [0; PANES],
            hits: RefCell::default(),
            size: Cell::new(None),
            drafts,
            round: None,
        };
        morning.last_key_ms = morning.desk.now().ms;
        morning.read();
        if !morning.drafts.is_empty() {
            morning.message = Some(words::visits_left(morning.drafts.len()));
        }
        morning
    }

    /// Says something before the first key.
    pub fn tell(&mut self, message: String) {
        self.message = Some(message);
    }

    /// Reads the list of today again.
    fn read(&mut self) {
        self.read_ms = self.desk.now().ms;
        match self.desk.morning(AHEAD) {
            Ok(morning) => {
                self.trouble = None;
                match &mut self.lists {
                    Some(lists) => lists.renew(morning),
                    None => self.lists = Some(Lists::new(morning)),
                }
            }
            Err(error) => self.trouble = Some(why_not_read(&error)),
        }
    }

    /// Reads who is in the register, where that was not done yet: after the first frame, since it can be a long list.
    fn read_everybody(&mut self) {
        let Some(lists) = &mut self.lists else { return };
        if !lists.knows_everybody() {
            match self.desk.everybody() {
                Ok(all) => lists.take_everybody(all),
                Err(error) => self.trouble = Some(why_not_read(&error)),
            }
        }
    }

    fn say(&mut self, message: impl Into<String>) -> Effect {
        self.message = Some(message.into());
        Effect::Stay
    }

    /// A key.
    fn key(&mut self, key: KeyEvent) -> Effect {
        self.message = None;
        self.wheel = Default::default();
        let now = self.desk.now().ms;
        let was_idle = now.saturating_sub(self.last_key_ms) > IDLE_MS;
        self.last_key_ms = now;
        // The first key after a while may be another person's, and does nothing but ask who it is.
        if was_idle && self.by.take().is_some() {
            if let Some(Over::Act(form)) = &mut self.over {
                form.act.forget_by();
                form.filling = Filling::first(&form.act);
            }
            return self.say(words::STILL_YOU);
        }
        // What cannot be seen is not typed.
        if self.is_too_small() && self.command_of(key) != Some(Do::Leave) && !matches!(self.over, Some(Over::Leave)) {
            return Effect::Stay;
        }
        self.read_everybody();
        if matches!(self.place, Place::Home) && self.over.is_none() && now.saturating_sub(self.read_ms) > FRESH_MS {
            self.read();
        }
        if let Some(command) = self.command_of(key) {
            return self.run(command);
        }
        if let Some(effect) = self.type_key(key) {
            return effect;
        }
        self.say(words::no_key(key))
    }

    /// Text, where something is typed.
    fn type_key(&mut self, key: KeyEvent) -> Option<Effect> {
        let took = match (&mut self.over, &mut self.place) {
            (Some(Over::Act(form)), _) => form.filling.key(&mut form.act, key),
            (None, Place::Visit(page)) if page.is_open => {
                let took = page.filling.key(&mut page.visit, key);
                self.after_answer(key);
                took
            }
            (None, Place::Home) => {
                let find = self.find.as_mut()?;
                self.at = 0;
                match find.key(key) {
                    Edited::Changed | Edited::Moved => Took::Done,
                    Edited::Nothing => Took::Said(words::NOTHING_THERE.to_owned()),
                    Edited::Full => Took::Said(words::FULL.to_owned()),
                    Edited::Unknown => Took::Not,
                }
            }
            (Some(_) | None, _) => return None,
        };
        self.keep_visit();
        match took {
            Took::Done => Some(Effect::Stay),
            Took::Said(why) => Some(self.say(why)),
            Took::Not => None,
        }
    }

    /// A click marks, and never acts; the wheel scrolls what is under it.
    fn take_mouse(&mut self, mouse: MouseEvent) -> Effect {
        let place = Position::new(mouse.column, mouse.row);
        let by = match mouse.kind {
            MouseEventKind::ScrollDown => NOTCH,
            MouseEventKind::ScrollUp => -NOTCH,
            MouseEventKind::Down(MouseButton::Left) => {
                let target = self.hits.borrow().at(place).cloned();
                if let Some(Target::Row(at)) = target {
                    self.mark(at);
                }
                return Effect::Stay;
            }
            _ => return Effect::Stay,
        };
        let pane = self.hits.borrow().pane(place);
        if let Some((pane, (up, down))) = pane
            && let Some(wheel) = self.wheel.get_mut(pane)
        {
            *wheel = (*wheel + by).clamp(up, down);
        }
        Effect::Stay
    }

    /// Marks a row, or takes a question in hand.
    fn mark(&mut self, at: usize) {
        match (&mut self.over, &mut self.place) {
            (Some(Over::Act(form)), _) => {
                form.filling.leave(&form.act);
                form.filling.take(&form.act, at);
            }
            (None, Place::Home) => self.at = at,
            (None, Place::Patient(page)) => page.at = at,
            (None, Place::Visit(page)) if page.is_open => {
                page.filling.leave(&page.visit);
                page.filling.take(&page.visit, at);
            }
            (Some(_), _) | (None, Place::Visit(_)) => {}
        }
    }

    fn paste(&mut self, text: &str) -> Effect {
        self.message = None;
        if self.is_too_small() {
            return Effect::Stay;
        }
        let why = match (&mut self.over, &mut self.place) {
            (Some(Over::Act(form)), _) => form.filling.paste(&mut form.act, text),
            (None, Place::Visit(page)) if page.is_open => page.filling.paste(&mut page.visit, text),
            (None, Place::Home) => match &mut self.find {
                Some(find) => {
                    find.insert_str(text, super::line::MOST);
                    None
                }
                None => Some(words::PASTE_NOT_HERE),
            },
            _ => Some(words::PASTE_NOT_HERE),
        };
        self.keep_visit();
        why.map_or(Effect::Stay, |why| self.say(why))
    }

    /// Whether the window is too small to see what a letter acts on.
    fn is_too_small(&self) -> bool {
        self.size.get().is_some_and(|(columns, rows)| columns < view::LEAST.0 || rows < view::LEAST.1)
    }

    /// Leaves the form that lies over everything.
    fn close_form(&mut self) {
        self.form = None;
        self.read();
    }

    /// An event for the form that lies over everything.
    fn in_form(&mut self, event: &Event) -> Effect {
        let Some(form) = &mut self.form else { return Effect::Stay };
        match form.update(event) {
            Effect::Leave(_) => {
                self.close_form();
                self.say(words::FORM_LEFT)
            }
            Effect::AddToWard { document, by } => {
                let added = self.desk.add(&document, self.replans, &by);
                match added {
                    Ok(lines) => {
                        self.by = Some(by);
                        self.close_form();
                        self.lists = None;
                        self.read();
                        self.place = Place::Home;
                        self.say(lines.join(" "))
                    }
                    Err(why) => {
                        form.tell(why);
                        Effect::Stay
                    }
                }
            }
            Effect::TakeUp(at) => self.form_places.get(at).map_or(Effect::Stay, |place| Effect::TakeUp(*place)),
            Effect::Discard(at) => self.form_places.get(at).map_or(Effect::Stay, |place| Effect::Discard(*place)),
            other => other,
        }
    }

    /// The patient whose page or visit is open.
    fn chart(&self) -> Option<&Rc<Chart>> {
        match &self.place {
            Place::Home => None,
            Place::Patient(page) => Some(&page.chart),
            Place::Visit(page) => Some(page.visit.chart()),
        }
    }

    /// Reads a patient's entries.
    fn open_chart(&mut self, key: &PatientKey) -> Result<Rc<Chart>, String> {
        let history = self.desk.patient(key).map_err(|error| why_not_read(&error))?;
        let today = self.desk.now().day;
        Ok(Rc::new(Chart::new(&history, self.desk.ward(), today, self.library)))
    }
}

/// Why the register could not be read, in a sentence.
fn why_not_read(error: &StoreError) -> String {
    store::why_not_read(error).unwrap_or_else(|| store::why(error))
}

/// The patient's name in the register, as drafts have it.
fn draft_key(chart: &Chart) -> String {
    match &chart.key {
        PatientKey::Uid(uid) => uid.to_string(),
        PatientKey::Id(id) => id.to_string(),
    }
}

/// What parts the key of a patient from that of a question in a draft.
const OF: &str = "/";
/// What the keys of the drafts of visits begin with.
const VISIT: &str = "ward-visit/";

/// What is typed at visits, by the patient's name in the register and the key of the question.
type Visits = BTreeMap<String, BTreeMap<String, String>>;

/// The visits in the entries of a draft, and whether there is nothing else in it.
pub fn visits_of_draft(entries: &BTreeMap<String, String>) -> (Visits, bool) {
    let mut all = Visits::new();
    let mut is_whole = true;
    for (key, text) in entries {
        match key.strip_prefix(VISIT).and_then(|rest| rest.split_once(OF)) {
            Some((patient, question)) => {
                all.entry(patient.to_owned()).or_default().insert(question.to_owned(), text.clone());
            }
            None => is_whole = false,
        }
    }
    (all, is_whole)
}

impl Form for Morning {
    fn update(&mut self, event: &Event) -> Effect {
        if self.form.is_some() {
            return self.in_form(event);
        }
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

    fn happened(&mut self, happened: Happened) {
        if let Some(form) = &mut self.form {
            form.happened(happened);
            return;
        }
        match happened {
            Happened::DraftNotKept(why) => self.message = Some(words::draft_not_kept(&why)),
            Happened::DraftKept => self.message = Some(words::DRAFT_KEPT.to_owned()),
            _ => {}
        }
    }

    fn entries(&self) -> BTreeMap<String, String> {
        let of_form = self.form.as_ref().map(|form| form.entries()).unwrap_or_default();
        let of = |(patient, entries): (&String, &BTreeMap<String, String>)| {
            let patient = patient.clone();
            entries
                .iter()
                .map(move |(key, text)| (format!("{VISIT}{patient}{OF}{key}"), text.clone()))
                .collect::<Vec<_>>()
        };
        self.drafts.iter().flat_map(of).chain(of_form).collect()
    }

    fn mouse(&self) -> bool {
        self.mouse
    }

    fn view(&self, frame: &mut Frame<'_>) {
        match &self.form {
            Some(form) => form.view(frame),
            None => self.draw(frame),
        }
    }
}

/// What the letter of an act does, in a word or two.
pub(super) fn deed_in_short(deed: crate::morning::Deed) -> &'static str {
    use crate::morning::Deed;
    match deed {
        Deed::Give => words::GIVE,
        Deed::Supply => words::HAND_OUT,
        Deed::Defer => words::ANOTHER_DAY,
        Deed::Omit => words::LEAVE_OUT,
        Deed::Hold => words::HOLD,
        Deed::Resume => words::RESUME,
        Deed::End => words::END_COURSE,
        Deed::Strike(_) => words::STRIKE,
        Deed::Note => words::NOTE,
        Deed::Confirm(_) => words::CONFIRM_THIS,
        Deed::Save => words::SAVE_VERDICT,
    }
}

/// Leaves the program; what was typed is kept.
fn leave() -> Effect {
    Effect::Leave(Leaving { keep: true, print: None })
}

/// Whether a key is Enter.
fn is_enter(key: KeyEvent) -> bool {
    key.code == KeyCode::Enter
}
