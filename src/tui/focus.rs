//! Where the person is: the stops of a step, and the way from one to the next.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::Input;

use super::{App, Effect, app::Mode, words};
use crate::{
    form::{Field, Kind, Step},
    plan::{Outcome, Plan},
    present::Row,
    regimen::Code,
};

/// Something that can have the focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// A field.
    Field(Field),
    /// A row of the comparison of drugs, by the regimen's name in plans.
    Drug(String),
    /// Something of the plan that can be asked about.
    Item(Item),
    /// Something to do.
    Action(Action),
}

/// A part of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    /// A line of the dose card.
    Card(usize),
    /// A finding.
    Finding(Code),
    /// An entry of the schedule.
    Entry(usize),
    /// A direction.
    Direction(usize),
}

/// What can be done on the review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    SecondCheck,
    Save,
    Export,
    Print,
    NextVisit,
}

impl Action {
    pub(super) const ALL: [Self; 5] = [Self::SecondCheck, Self::Save, Self::Export, Self::Print, Self::NextVisit];

    /// The key that does it.
    pub(super) fn key(self) -> char {
        match self {
            Self::SecondCheck => 'c',
            Self::Save => 's',
            Self::Export => 'x',
            Self::Print => 'p',
            Self::NextVisit => 'n',
        }
    }
}

impl App {
    /// The stops of the step, in order.
    pub(super) fn stops(&self) -> Vec<Stop> {
        if matches!(self.mode, Mode::SecondCheck { .. }) {
            return self.form.second_check_fields().into_iter().map(Stop::Field).collect();
        }
        let fields = || self.form.fields(self.step).into_iter().map(Stop::Field);
        match self.step {
            Step::Drug => {
                let start = std::iter::once(Stop::Field(Field::StartDate));
                start.chain(self.form.comparison().iter().map(|row| Stop::Drug(path(row)))).collect()
            }
            Step::Schedule => fields().chain(self.form.plan().into_iter().flat_map(entries)).collect(),
            Step::Review => self.review_stops(),
            _ => fields().collect(),
        }
    }

    /// Puts the focus on the first stop of a step that was never filled in; when one comes back, on the
    /// first that wants something.
    pub(super) fn focus_first(&mut self) {
        let stops = self.stops();
        let is_new = self.form.fields(self.step).iter().all(|field| self.form.text(*field).is_empty());
        if let Some(first) = stops.first().filter(|_| is_new && self.step != Step::Review).cloned() {
            self.focus_on(first);
            return;
        }
        let is_chosen = |path: &String| path == self.form.text(Field::Regimen);
        let wanting = |stop: &&Stop| match stop {
            Stop::Field(field @ Field::ConfirmedBy(_)) => self.form.text(*field).is_empty(),
            Stop::Field(field) => self.wants(*field),
            Stop::Drug(path) => is_chosen(path),
            Stop::Item(_) | Stop::Action(_) => false,
        };
        let to_save = Stop::Action(Action::Save);
        let save = stops.iter().find(|stop| **stop == to_save);
        let first = stops.iter().find(wanting).or(save).or_else(|| stops.first());
        if let Some(stop) = first.cloned() {
            self.focus_on(stop);
        }
    }

    /// Puts the focus on a stop; the text of a field can then be changed.
    pub(super) fn focus_on(&mut self, stop: Stop) {
        if let Stop::Field(field) = stop {
            self.input = Input::new(self.form.text(field).to_owned());
            let first = self.form.chosen(field).next();
            let options = self.form.options(field);
            self.marked = options.iter().position(|it| Some(&*it.word) == first).unwrap_or(0);
        }
        self.focus = stop;
    }

    /// Notes that a field was left, so that everything wrong in it is said.
    pub(super) fn leave_field(&mut self) {
        if let Stop::Field(field) = self.focus {
            self.left.insert(field);
        }
    }

    /// The place of the focus among the stops. A stop that is gone leaves the focus on the first.
    fn place(&self, stops: &[Stop]) -> usize {
        stops.iter().position(|stop| *stop == self.focus).unwrap_or(0)
    }

    /// A key in a step: from stop to stop, or in the stop at hand.
    pub(super) fn in_step(&mut self, key: KeyEvent) -> Effect {
        let back = key.modifiers.contains(KeyModifiers::SHIFT);
        match key.code {
            KeyCode::BackTab => self.go_back(),
            KeyCode::Tab if back => self.go_back(),
            KeyCode::Tab => self.go_on(),
            KeyCode::Enter if matches!(self.focus, Stop::Field(_) | Stop::Item(_)) => self.go_on(),
            KeyCode::Down if !self.moves_inside(1) => self.go_on(),
            KeyCode::Up if !self.moves_inside(-1) => self.go_back(),
            _ => self.at_stop(key),
        }
    }

    /// Whether an arrow moves inside a list of marks instead of leaving it.
    fn moves_inside(&self, by: isize) -> bool {
        let Stop::Field(field) = self.focus else { return false };
        if field.kind() != Kind::Many {
            return false;
        }
        let below = self.marked + MARK_COLUMNS < self.form.options(field).len();
        if by > 0 { below } else { self.marked >= MARK_COLUMNS }
    }

    /// To the next stop; from the last one to the next step.
    pub(super) fn go_on(&mut self) -> Effect {
        self.leave_field();
        let stops = self.stops();
        match stops.get(self.place(&stops) + 1).cloned() {
            Some(stop) => {
                self.focus_on(stop);
                Effect::Stay
            }
            None if matches!(self.mode, Mode::SecondCheck { .. }) => self.close_second_check(),
            None => match self.step.next() {
                Some(step) => self.go_to(step),
                None => self.say(words::LAST_STEP),
            },
        }
    }

    /// To the stop before; from the first one to the end of the step before.
    fn go_back(&mut self) -> Effect {
        self.leave_field();
        let stops = self.stops();
        if let Some(stop) = self.place(&stops).checked_sub(1).and_then(|at| stops.get(at)).cloned() {
            self.focus_on(stop);
            return Effect::Stay;
        }
        match self.step.before() {
            Some(step) if !matches!(self.mode, Mode::SecondCheck { .. }) => {
                self.go_to(step);
                if let Some(last) = self.stops().pop() {
                    self.focus_on(last);
                }
                Effect::Stay
            }
            _ => self.say(words::FIRST_STEP),
        }
    }
}

/// The columns of a list of marks, on every screen, so that arrows go where the eye does.
pub(super) const MARK_COLUMNS: usize = 2;

/// The name in plans of a regimen that is compared.
pub(super) fn path(row: &Row) -> String {
    row.listed.regimen.path(&row.listed.drug.drug)
}

/// The entries of a plan's schedule.
pub(super) fn entries(plan: &Plan) -> Vec<Stop> {
    match plan.outcome() {
        Outcome::Dosed(dosed) => (0..dosed.schedule.entries.len()).map(|at| Stop::Item(Item::Entry(at))).collect(),
        Outcome::Stopped => Vec::new(),
    }
}
