//! Codes of entries: our own of kinds and reasons, and those of other people's systems that are confirmed
//! (docs/exports/fhir.md).

use super::super::{
    codes::{SNOMED, coding},
    element::{Coding, Concept},
};
use crate::{
    export::register::Reason,
    ward::{
        event::{Body, Kind},
        store::Anchor,
    },
    words::register as words,
};

/// Our codes of kinds of entries.
const ENTRY: &str = "urn:osteodose:entry";

/// The last entry of the register, as a mark of the whole bundle.
pub(super) fn anchor(anchor: &Anchor) -> Coding {
    Coding { system: "urn:osteodose:anchor", code: anchor.to_string(), display: None }
}

/// What an entry records, in our own code.
pub(super) fn kind(kind: Kind) -> Coding {
    coding(ENTRY, kind.as_str(), words::kind(kind))
}

/// The marks of an entry: its kind, why it was another dose than planned, and that no go was there.
pub(super) fn marks(body: &Body) -> Vec<Coding> {
    let another = crate::export::register::another(body);
    let another = another.map(|it| coding("urn:osteodose:reason:another-dose", it.code, it.said));
    let without_go = body.drug().is_some_and(|drug| drug.without_go_because.is_some());
    let without_go = without_go.then(|| coding("urn:osteodose:status", "without-go", words::WITHOUT_GO));
    std::iter::once(kind(body.kind())).chain(another).chain(without_go).collect()
}

/// A reason: in a code of others where one says the same, in our own, and in words with the note.
pub(super) fn reason(reason: Reason, note: Option<&str>) -> Concept {
    let refused = ["patient-refused", "stopped-patient"].contains(&reason.code);
    let of_others = refused.then(|| coding(SNOMED, "105480006", "Refusal of treatment by patient"));
    let own = coding(system(reason.of), reason.code, reason.said);
    Concept { coding: of_others.into_iter().chain([own]).collect(), text: Some(words::with_note(reason.said, note)) }
}

/// Our codes of the reasons of a kind of entry.
fn system(kind: Kind) -> &'static str {
    match kind {
        Kind::Given => "urn:osteodose:reason:not-complete",
        Kind::Deferred => "urn:osteodose:reason:deferred",
        Kind::Omitted => "urn:osteodose:reason:omitted",
        Kind::Held => "urn:osteodose:reason:held",
        Kind::Ended => "urn:osteodose:reason:ended",
        Kind::Struck => "urn:osteodose:reason:struck",
        _ => "urn:osteodose:reason",
    }
}

/// A course that was planned again.
pub(super) fn planned_again() -> Concept {
    Concept { coding: vec![kind(Kind::Planned)], text: Some(words::PLANNED_AGAIN.to_owned()) }
}

/// What somebody did when a dose was given.
pub(super) fn performed(code: &str, display: &str) -> Concept {
    Concept {
        coding: vec![coding("http://terminology.hl7.org/CodeSystem/med-admin-perform-function", code, display)],
        text: None,
    }
}

/// What somebody did when tablets were supplied.
pub(super) fn supplied(code: &str, display: &str) -> Concept {
    let system = "http://terminology.hl7.org/CodeSystem/medicationdispense-performer-function";
    Concept { coding: vec![coding(system, code, display)], text: None }
}
