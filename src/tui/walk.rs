//! The way through the form: from row to row, to the next one that is open, from step to step.

use chrono::NaiveDate;

use super::{
    App, Effect,
    command::Command,
    screen::{Over, Page, Screen},
    words,
};
use crate::{
    form::{Draft, Field, PlanFile, Reading, Step},
    present::{self, Visit},
};

impl App {
    /// The screen of a step. The entries of the dates come first while something of them is open.
    pub(super) fn screen_of(&self, step: Step) -> Screen {
        match step {
            Step::Drug => Screen::Drugs,
            Step::Schedule if self.open_fields(step).is_empty() => Screen::Visits,
            Step::Review => Screen::Plan(Page::Card),
            _ => Screen::Entry(step),
        }
    }

    /// To a screen, the first row of it that is open in hand.
    pub(super) fn go(&mut self, screen: Screen) {
        self.screen = screen;
        self.first = 0;
        self.at = Some(0);
        match screen {
            Screen::Entry(step) => {
                let fields = self.form.fields(step);
                let open = fields.iter().find(|field| self.is_passed_by_no_walk(**field)).or(fields.first());
                if let Some(field) = open {
                    self.field = *field;
                }
                self.take_in_hand();
            }
            Screen::Drugs => {
                let chosen = self.form.text(Field::Regimen);
                let at = self.form.comparison().iter().position(|row| super::drugs::path(row) == chosen);
                self.at = Some(at.unwrap_or(0));
            }
            Screen::Plan(Page::Card) if self.form.plan().is_some() => self.at = None,
            Screen::Plan(Page::Checks) => self.at = None,
            Screen::Plan(Page::Findings) => {
                let open = self.form.plan().and_then(|plan| {
                    plan.findings().iter().position(|it| plan.open_findings().any(|open| open.code() == it.code()))
                });
                self.at = Some(open.unwrap_or(0));
            }
            Screen::Visits | Screen::Plan(Page::Card | Page::Dates | Page::Why) => {}
        }
    }

    /// To a screen by a key: what is wrong with the field that is left is said, and a closed first day is asked about.
    pub(super) fn go_by_key(&mut self, screen: Screen) -> Effect {
        if self.over.is_none() && self.screen == screen {
            return self.say(words::HERE_ALREADY);
        }
        self.over = None;
        self.leave_field();
        if let Screen::Entry(step) = self.screen
            && screen.step() != step
        {
            self.left.extend(self.form.fields(step));
        }
        self.go(screen);
        self.ask_about_start();
        Effect::Stay
    }

    /// Notes that a field was left, so that everything wrong in it is said.
    pub(super) fn leave_field(&mut self) {
        if let Some(field) = self.field_in_hand() {
            self.left.insert(field);
        }
    }

    /// Puts a field in hand.
    pub(super) fn take_field(&mut self, field: Field) -> Effect {
        self.leave_field();
        if let Some(Over::SecondCheck { at, .. }) = &mut self.over {
            if let Some(place) = self.form.second_check_fields().iter().position(|it| *it == field) {
                *at = place;
            }
        } else {
            self.field = field;
        }
        self.take_in_hand();
        Effect::Stay
    }

    /// Whether something in a field must still be entered, answered or corrected.
    pub(super) fn is_open(&self, field: Field) -> bool {
        let filled = self.form.filled();
        filled.missing().contains(&field)
            || filled.refused().contains_key(&field)
            || self.form.is_not_asked(field)
            || matches!(self.form.reading(field), Reading::Open(_))
    }

    /// Whether Enter stops at a field: it is open, or it is usually known and was never passed.
    fn is_passed_by_no_walk(&self, field: Field) -> bool {
        self.is_open(field) || (field.is_usual() && self.form.text(field).is_empty() && !self.passed.contains(&field))
    }

    /// The open fields of a step.
    pub(super) fn open_fields(&self, step: Step) -> Vec<Field> {
        self.form.fields(step).into_iter().filter(|field| self.is_open(*field)).collect()
    }

    /// Every open field of the form, with its step.
    pub(super) fn all_open(&self) -> Vec<(Step, Field)> {
        let steps = Step::ALL.iter().copied().filter(|step| *step != Step::Review);
        let open = steps.flat_map(|step| {
            let fields = if step == Step::Drug { vec![Field::Regimen] } else { self.form.fields(step) };
            fields.into_iter().filter(|field| self.is_open(*field)).map(move |field| (step, field))
        });
        open.collect()
    }

    /// Where Enter leads from the field in hand: to the next open one, or to a screen.
    fn next_open(&self, step: Step, field: Option<Field>) -> (Screen, Option<Field>) {
        let fields = self.form.fields(step);
        let after = field.and_then(|field| fields.iter().position(|it| *it == field)).map_or(0, |at| at + 1);
        if let Some(next) = fields.iter().skip(after).find(|it| self.is_passed_by_no_walk(**it)) {
            return (Screen::Entry(step), Some(*next));
        }
        for step in Step::ALL.iter().copied().skip(step.index() + 1) {
            match step {
                Step::Drug if self.is_open(Field::Regimen) => return (Screen::Drugs, None),
                Step::Drug => {}
                Step::Review => break,
                _ => {
                    let fields = self.form.fields(step);
                    if let Some(open) = fields.iter().find(|it| self.is_passed_by_no_walk(**it)) {
                        return (Screen::Entry(step), Some(*open));
                    }
                }
            }
        }
        (Screen::Plan(Page::Card), None)
    }

    /// What Enter does in the field in hand, in words.
    pub(super) fn where_enter_leads(&self) -> String {
        match self.next_open(self.screen.step(), Some(self.field)) {
            (screen, Some(field)) if screen == self.screen => words::next_open(field),
            (screen, Some(field)) => words::next_open_in(screen.step(), field),
            (screen, None) => words::step_name(screen.step()),
        }
    }

    /// Enter: the next field that is open, or the next one of a dialog, whose last row acts by its letter alone.
    pub(super) fn walk(&mut self) -> Effect {
        match &self.over {
            Some(Over::Confirm { at, .. }) => {
                if *at == 2 {
                    return self.say(words::ENTER_DOES_NOT_CONFIRM);
                }
                self.take_offered_name();
                self.row(1)
            }
            Some(Over::SecondCheck { at, .. }) => {
                if *at >= self.form.second_check_fields().len() {
                    return self.say(words::ENTER_DOES_NOT_COMPARE);
                }
                self.take_offered_name();
                self.row(1)
            }
            Some(Over::FileName { acts: true, .. }) => self.say(words::ENTER_DOES_NOT_SAVE),
            Some(Over::Ward(ward)) if ward.is_at_save(self.library) => self.say(words::ENTER_DOES_NOT_SAVE_WARD),
            Some(Over::Ward(_) | Over::FileName { .. }) => self.row(1),
            Some(_) => Effect::Stay,
            None => {
                self.take_offered_name();
                let (screen, field) = self.next_open(self.screen.step(), Some(self.field));
                self.passed.insert(self.field);
                self.leave_field();
                if screen == self.screen {
                    return field.map_or(Effect::Stay, |field| self.take_field(field));
                }
                let effect = self.go_by_key(screen);
                if let (Some(field), None) = (field, &self.over) {
                    self.field = field;
                    self.take_in_hand();
                }
                effect
            }
        }
    }

    /// To the row after or before. A list ends where it ends.
    pub(super) fn row(&mut self, by: isize) -> Effect {
        let step = |at: usize, last: usize| {
            let to = at.saturating_add_signed(by);
            (to <= last && !(by < 0 && at == 0)).then_some(to)
        };
        match &mut self.over {
            Some(Over::Why(asked)) => {
                let Some(to) = step(asked.at, asked.reasons.len().saturating_sub(1)) else {
                    return self.say(words::END_OF_LIST);
                };
                (asked.at, asked.line) = (to, 0);
                return Effect::Stay;
            }
            Some(Over::GoTo { at, .. }) => {
                let at = *at;
                let last = self.places_found().len().saturating_sub(1);
                let Some(to) = step(at, last) else { return self.say(words::END_OF_LIST) };
                if let Some(Over::GoTo { at, .. }) = &mut self.over {
                    *at = to;
                }
                return Effect::Stay;
            }
            Some(Over::Confirm { at, .. }) => {
                let Some(to) = step(*at, 2) else { return self.say(words::END_OF_FIELDS) };
                self.leave_field();
                if let Some(Over::Confirm { at, .. }) = &mut self.over {
                    *at = to;
                }
                self.take_in_hand();
                return Effect::Stay;
            }
            Some(Over::SecondCheck { at, .. }) => {
                let at = *at;
                let last = self.form.second_check_fields().len();
                let Some(to) = step(at, last) else { return self.say(words::END_OF_FIELDS) };
                self.leave_field();
                if let Some(Over::SecondCheck { at, .. }) = &mut self.over {
                    *at = to;
                }
                self.take_in_hand();
                return Effect::Stay;
            }
            Some(Over::FileName { acts, .. }) => {
                let Some(to) = step(usize::from(*acts), 1) else { return self.say(words::END_OF_FIELDS) };
                *acts = to == 1;
                return Effect::Stay;
            }
            Some(Over::Export { at, .. }) => {
                let Some(to) = step(*at, super::export::FileKind::EXPORTS.len() - 1) else {
                    return self.say(words::END_OF_LIST);
                };
                *at = to;
                return Effect::Stay;
            }
            Some(Over::Leftovers { left, at, .. }) => {
                let Some(to) = step(*at, left.len().saturating_sub(1)) else { return self.say(words::END_OF_LIST) };
                *at = to;
                return Effect::Stay;
            }
            Some(Over::Ward(ward)) => {
                let Some(to) = step(ward.at, ward.rows(self.library) - 1) else {
                    return self.say(words::END_OF_FIELDS);
                };
                ward.at = to;
                ward.take_in_hand();
                return Effect::Stay;
            }
            Some(_) => return Effect::Stay,
            None => {}
        }
        if let Screen::Entry(step_here) = self.screen {
            let fields = self.form.fields(step_here);
            let at = fields.iter().position(|it| *it == self.field).unwrap_or(0);
            let Some(to) = step(at, fields.len().saturating_sub(1)) else {
                let end = if by > 0 { words::LAST_ROW } else { words::FIRST_ROW };
                return self.say(end);
            };
            return self.take_field(fields[to]);
        }
        let Some(last) = self.rows().checked_sub(1) else { return self.say(words::NO_ROWS) };
        let to = match self.at {
            None if by > 0 => Some(0),
            None => None,
            Some(at) => step(at, last),
        };
        match to {
            Some(to) => {
                self.at = Some(to);
                self.first = 0;
                Effect::Stay
            }
            None => self.say(words::END_OF_LIST),
        }
    }

    /// Marks a row of a list; a place after its end is its last row.
    pub(super) fn mark_row(&mut self, at: usize) -> Effect {
        match &mut self.over {
            Some(Over::Leftovers { left, at: marked, .. }) => {
                let to = at.min(left.len().saturating_sub(1));
                if to == *marked {
                    return self.say(words::END_OF_LIST);
                }
                *marked = to;
            }
            Some(Over::Export { at: marked, .. }) => {
                let to = at.min(super::export::FileKind::EXPORTS.len() - 1);
                if to == *marked {
                    return self.say(words::END_OF_LIST);
                }
                *marked = to;
            }
            Some(Over::Ward(ward)) => {
                ward.at = at.min(ward.rows(self.library) - 1);
                ward.take_in_hand();
            }
            Some(Over::GoTo { .. }) => {
                let last = self.places_found().len().saturating_sub(1);
                if let Some(Over::GoTo { at: marked, .. }) = &mut self.over {
                    *marked = at.min(last);
                }
            }
            Some(_) => {}
            None => match self.rows().checked_sub(1) {
                Some(last) if self.at == Some(at.min(last)) => return self.say(words::END_OF_LIST),
                Some(last) => self.at = Some(at.min(last)),
                None => return self.say(words::NO_ROWS),
            },
        }
        Effect::Stay
    }

    /// To another page of the ward settings.
    pub(super) fn ward_page(&mut self, by: isize) -> Effect {
        if let Some(Over::Ward(ward)) = &mut self.over
            && let Some(page) = ward.page.beside(by)
        {
            (ward.page, ward.at) = (page, 0);
            ward.take_in_hand();
        }
        Effect::Stay
    }

    /// How many rows of the screen can be marked.
    fn rows(&self) -> usize {
        match self.screen {
            Screen::Drugs => self.form.comparison().len(),
            Screen::Visits | Screen::Plan(Page::Dates) => self.visits().len(),
            Screen::Plan(Page::Card) => match self.form.plan() {
                Some(plan) => super::card::card_lines(plan).len(),
                None => self.all_open().len(),
            },
            Screen::Plan(Page::Findings) => self.form.plan().map_or(0, |plan| plan.findings().len()),
            Screen::Plan(Page::Why) => self.form.reasons().len(),
            Screen::Entry(_) | Screen::Plan(Page::Checks) => 0,
        }
    }

    /// Scrolls a page of text; a page of rows goes on by rows.
    pub(super) fn scroll(&mut self, by: isize) -> Effect {
        let furthest = self.last_line();
        let line = match &mut self.over {
            Some(Over::Why(asked)) => Some(&mut asked.line),
            Some(Over::Help { line, .. }) => Some(line),
            Some(_) => return Effect::Stay,
            None if self.screen == Screen::Plan(Page::Why) || self.at.is_none() => Some(&mut self.first),
            None => None,
        };
        match line {
            Some(line) => {
                // What is scrolled never goes past the end of what was drawn last.
                let to = line.saturating_add_signed(by).min(furthest);
                if to == *line {
                    return self.say(if by > 0 { words::END_OF_PAGE } else { words::TOP_OF_PAGE });
                }
                *line = to;
            }
            None => match self.at {
                None => {}
                Some(at) => {
                    let last = self.rows().saturating_sub(1);
                    let to = at.saturating_add_signed(by).min(last);
                    if to == at {
                        return self.say(words::END_OF_LIST);
                    }
                    self.at = Some(to);
                }
            },
        }
        Effect::Stay
    }

    /// The last line that a page was scrolled to when it was drawn.
    fn last_line(&self) -> usize {
        self.hits.borrow().furthest().unwrap_or(usize::MAX)
    }

    /// The visits of the plan; none where there is no plan, or no dose.
    pub(super) fn visits(&self) -> Vec<Visit> {
        self.form.plan().map_or_else(Vec::new, present::visits)
    }

    /// Asks once, where the clinic is closed on the weekday of the first day.
    fn ask_about_start(&mut self) {
        let Some(plan) = self.form.plan() else { return };
        let start = plan.request().treatment.start_date;
        if !matches!(self.screen, Screen::Visits | Screen::Plan(_)) || self.start_asked == Some(start) {
            return;
        }
        if let Some(day) = present::better_start(plan) {
            self.start_asked = Some(start);
            self.over = Some(Over::StartInstead(day));
        }
    }

    /// Starts on another day.
    pub(super) fn start_on(&mut self, day: NaiveDate) -> Effect {
        self.over = None;
        self.form.set(Field::StartDate, day.to_string());
        self.say(words::starts_on(day))
    }

    /// Begins the next visit of the same patient.
    pub(super) fn next_visit(&mut self) -> Effect {
        if self.form.filled().request().is_none() {
            return self.say(words::NEXT_VISIT_NEEDS_A_PLAN);
        }
        if self.is_unsaved() {
            return self.say(words::NEXT_VISIT_NEEDS_SAVING);
        }
        let Some(next) = self.form.next_visit() else { return self.say(words::NEXT_VISIT_NEEDS_A_DOSE) };
        let said = words::next_visit(!next.due_fields().is_empty(), next.is_held());
        self.form = next;
        self.file = self.file.take().map(PlanFile::of_earlier_visit);
        self.begin(Draft::default());
        self.say(said)
    }

    /// Takes the plan into the register of the ward. Who enters it is who records it.
    #[cfg(feature = "ward")]
    pub(super) fn add_to_ward(&mut self) -> Effect {
        let Some(plan) = self.form.plan() else { return self.say(words::NOT_COMPLETE) };
        let document = plan.to_json().into_bytes();
        match crate::form::read_text(self.form.text(Field::PreparedBy).trim()) {
            Ok(by) => Effect::AddToWard { document, by },
            Err(_) => self.say(words::WHO_RECORDS),
        }
    }

    /// A new patient, where nothing is lost by it.
    pub(super) fn new_patient(&mut self) -> Effect {
        if self.is_unsaved() {
            return self.say(words::NEW_NEEDS_SAVING);
        }
        self.form = self.form.with_draft(Draft::default());
        self.file = None;
        self.begin(Draft::default());
        self.say(words::NEW_PATIENT_BEGUN)
    }

    fn begin(&mut self, settled: Draft) {
        self.left.clear();
        self.passed.clear();
        self.start_asked = None;
        self.settled = settled;
        self.in_file = None;
        self.announced = None;
        self.over = None;
        self.go(Screen::Entry(Step::Patient));
    }

    /// To the entry that the marked row is about.
    pub(super) fn edit_here(&mut self) -> Effect {
        let entry = match self.screen {
            Screen::Plan(Page::Card) => self.at.and_then(|at| self.all_open().get(at).copied()),
            Screen::Plan(Page::Findings) => self.entry_of_finding(),
            _ => None,
        };
        match entry {
            Some((step, field)) => {
                let screen = if step == Step::Drug { Screen::Drugs } else { Screen::Entry(step) };
                self.go_by_key(screen);
                if step != Step::Drug {
                    self.field = field;
                    self.take_in_hand();
                }
                Effect::Stay
            }
            None => self.run(Command::Edit),
        }
    }
}
