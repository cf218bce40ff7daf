//! What a deferred dose asks for: that it is given on its new day.

use chrono::NaiveDate;

use super::{
    super::element::{Concept, Meta, Period, Reference, elements},
    codes,
    history::{Entry, Told},
    moment,
};
use crate::{
    export::register::reason,
    json::Text,
    ward::{
        event::{Deferred, Kind},
        fold::{Answer, Status},
    },
    words::register as words,
};

elements! {
    /// A dose that is to be given on another day.
    struct Task {
        id: String,
        meta: Meta,
        status: &'static str,
        status_reason: Option<Concept>,
        business_status: Option<Concept>,
        intent: &'static str,
        description: String,
        focus: Option<Reference>,
        #[serde(rename = "for")]
        patient: Reference,
        authored_on: Option<String>,
        requester: Reference,
        reason_code: Option<Concept>,
        restriction: Option<Restriction>,
    }

    /// When it is to be done.
    struct Restriction {
        period: Period,
    }
}

/// The task of a deferral. It is requested until the dose is given, omitted or deferred again, or the course ends.
pub(super) fn task(told: &Told<'_>, entry: &Entry, deferred: &Deferred) -> Task {
    let struck = told.struck(entry.number);
    let on = |day: NaiveDate| Restriction { period: Period { start: day, end: Some(day) } };
    let note = deferred.note.as_ref().map(Text::as_str);
    Task {
        id: told.id(entry.number),
        meta: Meta { tag: vec![codes::kind(Kind::Deferred)] },
        status: if struck.is_some() { "entered-in-error" } else { status(told, entry, deferred) },
        status_reason: struck,
        business_status: deferred.to.is_none().then(|| Concept::text(words::NO_NEW_DATE)),
        intent: "plan",
        description: words::to_be_given(deferred.dose, deferred.to),
        focus: told.request(entry.course, Some(deferred.dose)),
        patient: told.patient(),
        authored_on: moment::recorded(&entry.event),
        requester: Reference::named(entry.event.by.as_str().trim()),
        reason_code: reason(&entry.body).map(|it| codes::reason(it, note)),
        restriction: deferred.to.map(on),
    }
}

fn status(told: &Told<'_>, entry: &Entry, deferred: &Deferred) -> &'static str {
    let slot = told.slot(entry.course, Some(deferred.dose));
    let has_ended = told.course(entry.course).is_none_or(|course| course.status == Status::Ended);
    match slot.map(|slot| (slot.answer, slot.deferred.as_ref().map(|(number, _)| *number))) {
        Some((Some(Answer::Given { .. }), Some(number))) if number == entry.number => "completed",
        Some((None, Some(number))) if number == entry.number && !has_ended => "requested",
        _ => "cancelled",
    }
}
