//! A dose that was given, or was not: one administration for each entry.

use super::{
    super::{
        codes as common,
        element::{Concept, Meta, Quantity, Reference, elements},
    },
    codes,
    history::{Entry, Told},
    moment::{self, Span, When},
    package::{self, Medication},
};
use crate::{
    export::register::reason,
    json::{Text, Written},
    ward::event::{Body, Given},
    words::{register as words, spoken},
};

elements! {
    /// A dose that was given, or was not.
    struct MedicationAdministration {
        id: String,
        meta: Meta,
        contained: Vec<Medication>,
        status: &'static str,
        status_reason: Vec<Concept>,
        medication_reference: Option<Reference>,
        medication_codeable_concept: Option<Concept>,
        subject: Reference,
        effective_date_time: Option<String>,
        effective_period: Option<Span>,
        performer: Vec<Performer>,
        request: Option<Reference>,
        dosage: Option<Dosage>,
    }

    /// Somebody who took part.
    struct Performer {
        function: Concept,
        actor: Reference,
    }

    /// What was given.
    struct Dosage {
        text: String,
        site: Option<Concept>,
        route: Option<Concept>,
        dose: Quantity,
    }
}

/// The administration of an entry; none where it is about none.
pub(super) fn administration(told: &Told<'_>, entry: &Entry) -> Option<MedicationAdministration> {
    let (dose, status) = match &entry.body {
        Body::Given(it) => (it.dose, if it.complete { "completed" } else { "stopped" }),
        Body::Deferred(it) => (Some(it.dose), "not-done"),
        Body::Omitted(it) => (Some(it.dose), "not-done"),
        _ => return None,
    };
    let given = match &entry.body {
        Body::Given(it) => Some(it),
        _ => None,
    };
    let struck = told.struck(entry.number);
    let used = package::used(told, entry.course, given.map_or(&[], |it| it.containers.as_slice()));
    let note = entry.body.note().map(Text::as_str);
    let own = reason(&entry.body).map(|it| codes::reason(it, note));
    let time = |time: Option<&Written<_>>| time.map(|Written(time)| *time);
    let when = moment::when(
        &entry.event,
        given.and_then(|it| time(it.at.as_ref())),
        given.and_then(|it| time(it.until.as_ref())),
    );
    let (effective_date_time, effective_period) = match when {
        When::At(at) => (Some(at), None),
        When::During(span) => (None, Some(span)),
    };
    let performer = |code, display, who: &Text| Performer {
        function: codes::performed(code, display),
        actor: Reference::named(who.as_str().trim()),
    };
    let second = given.and_then(|it| it.second.as_ref());
    Some(MedicationAdministration {
        id: told.id(entry.number),
        meta: Meta { tag: codes::marks(&entry.body) },
        contained: used.contained,
        status: if struck.is_some() { "entered-in-error" } else { status },
        status_reason: struck.into_iter().chain(own).collect(),
        medication_reference: used.reference,
        medication_codeable_concept: used.concept,
        subject: told.patient(),
        effective_date_time,
        effective_period,
        performer: std::iter::once(performer("performer", "Performer", &entry.event.by))
            .chain(second.map(|it| performer("verifier", "Verifier", &it.by)))
            .collect(),
        request: told.request(entry.course, dose),
        dosage: given.map(|it| dosage(told, entry.course, it)),
    })
}

fn dosage(told: &Told<'_>, course: u32, given: &Given) -> Dosage {
    let route = told.course(course).map(|course| course.plan.route);
    Dosage {
        text: words::given_in_full(given),
        site: given.site.as_ref().map(|it| Concept::text(it.as_str().trim())),
        route: route.map(|it| common::route(it, spoken::route(it))),
        dose: common::milligrams(given.dose_mg),
    }
}
