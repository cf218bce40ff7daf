//! The list of who is due, as text, as a table and as JSON. The printed sheet is in `export::pdf::due_list`.

mod document;
mod table;
mod text;

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};

use crate::{
    dosing,
    json::Text,
    patient::HeldBecause,
    plan::{DatedCheck, HoldAt},
    present::register::taken,
    quantity::Measured,
    regimen::{Library, Subject},
    request::{DatedCreatinine, Labs},
    saved,
    ward::{
        by_mouth::{At, by_mouth},
        event::{Body, Event, What},
        fold::{CourseState, EngineHold, OpenHold, PatientState},
        store::{Anchor, DamagedPatient, DueLine, Group},
    },
    words::register as words,
};

pub use document::{DueDocument, json};
pub use table::table;
pub use text::text;

/// The list of a day, with the last entry that it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct DueList {
    /// The name of the ward.
    pub ward: Text,
    /// The day of which it is the list.
    pub day: NaiveDate,
    /// How many days ahead it looks.
    pub ahead: u16,
    /// Whether it is only of those without a date and those who are late.
    pub only_overdue: bool,
    /// When it was made, by the clock of the ward.
    pub as_of: DateTime<FixedOffset>,
    /// The last entry of the register then.
    pub anchor: Anchor,
    /// The day of the last backup that the register knows of.
    pub last_backup: Option<NaiveDate>,
    /// Those whose entries cannot be relied on, so that nobody knows what is due.
    pub damaged: Vec<DamagedPatient>,
    /// The courses, in the order in which a ward looks at them.
    pub rows: Vec<DueRow>,
}

/// A course of the list, with what a nurse must know beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct DueRow {
    /// What the register says.
    pub line: DueLine,
    /// What the entries of the patient say.
    pub beside: Beside,
}

impl DueRow {
    /// The row of a day. What is taken by mouth is listed with how often. Once the course is over its next dose has no day
    /// any more, though it had one before: it is not given without a new plan, and somebody must decide.
    pub fn on(day: NaiveDate, line: DueLine, beside: Beside) -> Self {
        let is_of_dose = matches!(line.group, Group::Overdue | Group::Today | Group::Ahead);
        let is_over = is_of_dose && beside.ends.is_some_and(|ends| ends <= day);
        let line = DueLine { dose: beside.taken.clone().or(line.dose), ..line };
        let line = if is_over {
            DueLine { group: Group::NoDate, lapsed: line.due, due: None, late_days: 0, ..line }
        } else {
            line
        };
        Self { line, beside }
    }
}

/// What the list says of a course beside its line.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// The drug's name.
    pub drug: String,
    /// What is taken by mouth and how often, in place of a dose that would be read as one for each day; none of doses
    /// that are given on the ward.
    pub taken: Option<String>,
    /// The creatinine from which its next dose is held.
    pub hold: HoldValue,
    /// Whether it is on hold for its creatinine, so that the value up to which it is resumed matters.
    pub held_for_creatinine: bool,
    /// The day before which doses are given; none where there is no such day.
    pub ends: Option<NaiveDate>,
    /// The newest verdict on the next dose, where it is hold.
    pub stopped: Option<EngineHold>,
    /// The holds that were not lifted.
    pub holds: Vec<OpenHold>,
    /// Whether something in the entries of the patient does not fit.
    pub has_faults: bool,
    /// The newest creatinine that was entered.
    pub creatinine: Option<DatedCreatinine>,
}

/// The creatinine from which a dose is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldValue {
    /// From this value on.
    At(HoldAt),
    /// The regimen has no such value.
    None,
    /// It cannot be computed: the creatinine before the first dose, or the regimen, is not known here.
    NotKnown,
}

impl Beside {
    /// What the entries of the patient say of a course. The library has the rule of the hold.
    pub fn of(state: &PatientState, course: &CourseState, events: &[Event], library: &'static Library) -> Self {
        let plan = &course.plan;
        let mut regimens = library.regimens();
        let listed = regimens.find(|it| it.regimen.path(&it.drug.drug) == plan.regimen.as_str());
        let baseline = course.baseline.as_ref().or(plan.baseline.as_ref()).map(DatedCreatinine::measured);
        let hold = if plan.rule.needs_baseline {
            let at = listed.zip(baseline).and_then(|(it, baseline)| dosing::hold_from(it.regimen, baseline));
            at.map_or(HoldValue::NotKnown, HoldValue::At)
        } else {
            HoldValue::None
        };
        Self {
            drug: plan.name.to_string(),
            taken: by_mouth(course, events, At::Newest, library).map(|it| taken(course.dose_mg, &it)),
            hold,
            held_for_creatinine: course.held_because() == Some(HeldBecause::Creatinine)
                && course.untold_holds().is_empty(),
            ends: course.ends(),
            stopped: course.stopped,
            holds: course.holds.clone(),
            has_faults: !state.faults.is_empty(),
            creatinine: last_creatinine(events),
        }
    }

    /// What else there is to know: why it is on hold, a verdict of hold that nobody recorded, and that something does not
    /// fit.
    pub fn notices(&self) -> Vec<String> {
        let on_hold = (!self.holds.is_empty()).then(|| words::on_hold_for(&self.holds));
        let stopped = self.stopped.map(words::engine_hold);
        let faults = self.has_faults.then(|| words::LOOK_AT_PAGE.to_owned());
        [on_hold, stopped, faults].into_iter().flatten().collect()
    }

    /// The value that matters today: that of the hold, or that up to which a held course is resumed.
    pub fn value_in_words(&self) -> String {
        match self.hold {
            HoldValue::At(at) if self.held_for_creatinine => words::resume_up_to(at.resume_at_most),
            HoldValue::At(at) => words::hold_from(at.hold_at_least),
            HoldValue::None => words::NO_HOLD_VALUE.to_owned(),
            HoldValue::NotKnown => words::HOLD_NOT_KNOWN.to_owned(),
        }
    }

    /// The newest creatinine with its day.
    pub fn creatinine_in_words(&self) -> String {
        self.creatinine.as_ref().map_or_else(|| words::NO_CREATININE.to_owned(), words::creatinine)
    }
}

/// The newest creatinine of the assessments and plans that were not struck.
fn last_creatinine(events: &[Event]) -> Option<DatedCreatinine> {
    let struck: BTreeSet<u64> = events.iter().filter_map(|event| event.what.strikes()).collect();
    let of =
        |labs: &Labs| labs.creatinine.map(|Measured { value, unit }| DatedCreatinine { value, unit, date: labs.date });
    let standing = events.iter().filter(|event| !struck.contains(&event.number));
    let found = standing.filter_map(|event| match &event.what {
        What::Body(Body::Assessed(it)) => of(&it.request.labs),
        What::Body(Body::Planned(it)) => of(&saved::open(it.plan.0.as_bytes()).ok()?.document.request.labs),
        _ => None,
    });
    found.max_by_key(|it| it.date)
}

/// The word of a group.
fn word(group: Group) -> &'static str {
    match group {
        Group::NoDate => "no-date",
        Group::Overdue => "overdue",
        Group::Today => "today",
        Group::Ahead => "ahead",
        Group::Held => "held",
        Group::Checks => "checks",
    }
}

/// The word of a patient of whom nothing can be said.
const DAMAGED: &str = "damaged";

/// The word of a review.
const REVIEW: &str = "review";

/// The word of what is checked.
fn checked(check: &DatedCheck) -> &'static str {
    check.what.map_or(REVIEW, Subject::as_str)
}

impl DueList {
    /// Whether there is nobody in it, and nobody who could have been.
    pub(in crate::export) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.damaged.is_empty()
    }

    /// What is said where nobody is in it.
    pub(in crate::export) fn nobody(&self) -> &'static str {
        if self.only_overdue { words::NOBODY_OVERDUE } else { words::NOBODY_DUE }
    }

    /// When it was made, and how far it looks.
    pub(in crate::export) fn reach(&self) -> String {
        if self.only_overdue { words::as_of_overdue(self.as_of) } else { words::as_of(self.as_of, self.ahead) }
    }

    /// The rows in the order in which a ward looks at them.
    fn ordered(&self) -> impl Iterator<Item = &DueRow> {
        self.groups().flat_map(|(_, rows)| rows)
    }

    /// The rows of each group that has any, in the order in which a ward looks at them.
    pub(in crate::export) fn groups(&self) -> impl Iterator<Item = (Group, Vec<&DueRow>)> {
        let mut groups: Vec<(Group, Vec<&DueRow>)> = Vec::new();
        for row in &self.rows {
            match groups.iter_mut().find(|(group, _)| *group == row.line.group) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((row.line.group, vec![row])),
            }
        }
        groups.sort_by_key(|(group, _)| *group);
        groups.into_iter()
    }
}

fn moment(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}
