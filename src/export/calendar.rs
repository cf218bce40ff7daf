//! The plan as a calendar: an all-day event for each entry of the schedule, which a corrected plan replaces.

mod earlier;
mod uid;
mod write;

use chrono::{DateTime, NaiveDate, Utc};

use self::{
    earlier::NamedEvent,
    uid::{Course, Mark, uids},
    write::calendar as written,
};
use super::{Given, Options, PROGRAM, Refused};
use crate::{
    json::Text,
    plan::{Entry, Event, Plan, PlanStatus},
    present::{self, status_sentence},
    words::{export as words, spoken, summary::RESPONSIBLE},
};

pub use earlier::Earlier;

/// Whether what an event says holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It may be followed.
    Confirmed,
    /// The plan is not to be followed yet.
    Tentative,
    /// It is no longer part of the plan.
    Cancelled,
}

/// An event on a day.
struct DayEvent {
    uid: String,
    date: NaiveDate,
    summary: String,
    description: String,
    standing: Standing,
}

/// The plan as a calendar. A stopped plan has no events of its own; where it replaces an earlier plan, the calendar
/// takes back what that one still had before it, and says nothing else.
pub(super) fn calendar(plan: &Plan, options: &Options) -> Result<Vec<u8>, Refused> {
    let given = Given::of(plan);
    if let (Err(stopped), None) = (&given, &options.replaces) {
        return Err(stopped.clone());
    }
    let patient = &plan.request().patient;
    // Two patients without an identifier would have the same events, and one's dose would replace the other's.
    let id = patient.id.as_ref().ok_or(Refused::NoIdentifier)?;
    let name = patient.name.as_ref().filter(|_| options.with_name).map(Text::as_str);
    let who = words::who(id.as_str(), name);
    let mut events = given.map_or_else(|_| Vec::new(), |given| planned(given, id, &who));
    if let Some(earlier) = &options.replaces {
        earlier.is_of(patient)?;
        events.extend(taken_back(plan, earlier, &events, &who));
        events.sort_by_key(|event| event.date);
    }
    Ok(written(&events, options.at).into_bytes())
}

/// The events of the schedule.
fn planned(given: Given<'_>, id: &Text, who: &str) -> Vec<DayEvent> {
    let Given { plan, dosed } = given;
    let drug = dosed.dosing.listed.drug;
    let regimen = dosed.dosing.listed.regimen.path(&drug.drug);
    let course = Course::of(id, &regimen, plan.request());
    let entries = &dosed.schedule.entries;
    let marks: Vec<Mark> = entries.iter().map(Mark::of).collect();
    let provisional = plan.status() == PlanStatus::NeedsConfirmation;
    let standing = if provisional { Standing::Tentative } else { Standing::Confirmed };
    let event = |(uid, entry): (String, &Entry)| DayEvent {
        uid,
        date: entry.date,
        summary: words::event(provisional, drug.name.as_str(), &brief(given, entry), who),
        description: description(given, entry, who),
        standing,
    };
    uids(&course, &marks).into_iter().zip(entries).map(event).collect()
}

/// The dates that an earlier plan still has on or after the start of this one, and this one has not; and the same
/// dates under the names of an earlier version, as the events of this plan do not replace those. What is before was
/// given, and stays.
fn taken_back(plan: &Plan, earlier: &Earlier, events: &[DayEvent], who: &str) -> Vec<DayEvent> {
    let start = plan.request().treatment.start_date;
    let stopped = (plan.status() == PlanStatus::Stopped).then(|| status_sentence(plan));
    let word = earlier.request().treatment.drug.as_str();
    let drug = plan.library().drug(word).map_or(word, |(drug, _)| drug.name.as_str());
    let mut gone = Vec::new();
    for NamedEvent { uid, first_uid, mark } in earlier.events().into_iter().filter(|it| it.mark.date >= start) {
        let is_planned = events.iter().any(|event| event.uid == uid);
        let cancelled = |uid| DayEvent {
            uid,
            date: mark.date,
            summary: words::cancelled_event(is_planned, drug, &mark.said(), who),
            description: words::cancelled(is_planned, stopped.as_deref()),
            standing: Standing::Cancelled,
        };
        gone.extend(first_uid.map(cancelled));
        gone.extend((!is_planned).then(|| cancelled(uid)));
    }
    gone
}

/// An entry in the few words that a calendar shows: the drug first, then the dose.
fn brief(given: Given<'_>, entry: &Entry) -> String {
    match &entry.event {
        Event::Dose { number, mass, only } => words::dose(*mass, *number, *only),
        _ => format!(", {}", given.entry_said(entry)),
    }
}

/// All that an event says, a line each.
fn description(given: Given<'_>, entry: &Entry, who: &str) -> String {
    let Given { plan, dosed } = given;
    let (request, listed) = (plan.request(), dosed.dosing.listed);
    let allergies = spoken::allergies(request.patient.allergies.as_ref().map(Text::as_str));
    let mut lines: Vec<String> = given.provisional().into_iter().collect();
    lines.push(given.named());
    lines.push(spoken::capital(&given.entry_said(entry)));
    lines.extend(given.notes_said(entry));
    lines.push(words::patient(who, allergies));
    if matches!(entry.event, Event::Dose { .. } | Event::Supply { .. }) {
        lines.extend(given.preparation_said());
    }
    lines.extend(given.findings_said());
    let prepared_by = request.prepared_by.as_ref().map_or(spoken::NOT_RECORDED, Text::as_str);
    lines.push(words::labelled("Entered by", prepared_by));
    lines.push(words::labelled("Second check", &present::second_check(plan)));
    lines.push(words::regimen(&listed.regimen.path(&listed.drug.drug), listed.origin));
    lines.push(words::labelled("Sources of the dose", &given.sources_said()));
    lines.push(words::made_by(PROGRAM, plan.library().digest()));
    lines.push(RESPONSIBLE.to_owned());
    if lines.iter().any(|line| line.contains(spoken::UNVERIFIED)) {
        lines.push(spoken::UNVERIFIED_MEANS.to_owned());
    }
    lines.join("\n")
}

/// A number that grows from one export to the next, so that a calendar program takes the later one: whole minutes
/// since 1970. Within a minute DTSTAMP decides, as RFC 5546 says.
fn sequence(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(60).max(0)
}
