//! The plan as people read it: the dose card, the rows of the schedule, drugs compared, where every figure
//! comes from, and a summary for the record.
//!
//! Nothing is computed here that the plan does not hold: the report repeats its figures, and shows the formulas
//! with them.

mod card;
mod comparison;
mod document;
mod dose_box;
mod lines;
#[cfg(feature = "pdf")]
mod readers;
#[cfg(feature = "ward")]
pub mod register;
mod sections;
mod summary;
mod table;
mod verdict;
mod visits;
mod why;

pub use card::{CardItem, CardLine, card};
#[cfg(feature = "cli")]
pub(crate) use card::{dose_and_frequency, uses_diluent};
pub use comparison::{Offer, Possible, Row, compare};
pub use dose_box::{DoseBox, based_on, card_below, dose_box, not_these};
#[cfg(feature = "cli")]
pub(crate) use lines::Page;
#[cfg(feature = "pdf")]
pub use readers::{conditions_of_steps, for_the_nurse, for_the_patient, for_the_staff, marked_for_the_patient, taken};
pub use sections::{
    Labelled, allergies, basis, directions, disagreements, finding, legend, origin, patient, prepared, second_check,
    unused, would_have_to_change,
};
pub use summary::summary;
pub use table::{TableRow, dose_table, how_far, next_limit_text, reduction, would_change};
#[cfg(feature = "ward")]
pub(crate) use verdict::what_now_but_checks;
pub use verdict::{Rise, Verdict, VerdictWord, rise, verdict, what_now};
pub use visits::{
    MovedTogether, SharedNote, Visit, VisitMoved, better_start, checks_said, given_said, moved_alike, moved_together,
    shared_notes, visits,
};
pub use why::{About, Cited, Reason, why};

use crate::{
    plan::{Dosed, Entry, Event, Plan, PlanStatus},
    regimen::{Severity, Subject},
    words::{spoken, summary as words},
};

/// A row of the schedule as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryLine {
    /// The date with its weekday: "Tue 29-Dec-2026".
    pub day: String,
    /// What happens: "dose", "check creatinine", "supply", "review".
    pub what: String,
    /// Its number: "2"; empty where entries of this kind have none.
    pub number: String,
    /// The dose, or the tablets or capsules handed out.
    pub dose: String,
    /// What else there is to say: on what it depends, and why it was moved.
    pub notes: Vec<String>,
}

/// What may be done with the plan, in one sentence.
pub fn status_sentence(plan: &Plan) -> String {
    match plan.status() {
        PlanStatus::Ready => words::READY.to_owned(),
        PlanStatus::NeedsConfirmation => words::needs_confirmation(plan.open_findings().count(), plan.second_check()),
        PlanStatus::Stopped => {
            let mut stops = plan.findings().iter().filter(|finding| finding.severity == Severity::Stop);
            let first = stops.next().map_or_else(String::new, ToString::to_string);
            words::stopped(&first, stops.count())
        }
    }
}

/// An entry of the schedule as people read it.
pub fn entry_line(dosed: &Dosed, entry: &Entry) -> EntryLine {
    let form = dosed.dosing.product.form;
    let (what, number, dose, mut notes) = match &entry.event {
        Event::Dose { number, mass, only } => {
            let notes = only.map(str::to_owned).into_iter().collect();
            ("dose".to_owned(), number.to_string(), mass.to_string(), notes)
        }
        Event::Supply { number, units, days, text } => {
            let notes = text.map(str::to_owned).into_iter().collect();
            ("supply".to_owned(), number.to_string(), words::supply(*units, form, *days), notes)
        }
        Event::Check { what, before, must_keep_band, verification, rule } => {
            let notes = before.map(words::before).into_iter();
            let notes = notes.chain(must_keep_band.map(|band| words::must_keep(&band.to_string())));
            let notes = notes.chain(hold(dosed, *what)).chain(rule.text.as_ref().map(ToString::to_string)).collect();
            let what = spoken::marked(&words::check(spoken::subject(*what)), *verification);
            (what, String::new(), String::new(), notes)
        }
        Event::Review { text } => ("review".to_owned(), String::new(), String::new(), vec![(*text).to_owned()]),
    };
    notes.extend(moved(entry));
    EntryLine { day: spoken::day(entry.date), what, number, dose, notes }
}

/// At which creatinine a dose is held, beside each check of it.
fn hold(dosed: &Dosed, what: Subject) -> Option<String> {
    let hold = dosed.dosing.hold.filter(|_| what == Subject::Creatinine)?;
    Some(words::hold(hold))
}

/// Why an entry is not on the day it was planned for.
pub fn moved(entry: &Entry) -> Option<String> {
    entry.moved_because.map(|why| words::moved(entry.planned_date, why, entry.date > entry.planned_date))
}
