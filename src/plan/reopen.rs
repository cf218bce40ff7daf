//! Going back from a saved plan to the request it was made from.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{
    WardInputs,
    document::{EntryDocument, PlanDocument, PlanFormat},
};
use crate::{
    json::{Fault, Faults, FromJson, Node, Object, Path, Problem, record},
    regimen::Subject,
    request::Request,
};

/// The request of a document: the document itself, or the request that a saved plan repeats. Tells
/// everything that is wrong with its form.
pub fn reopen(document: &[u8]) -> Result<Request, Vec<Fault>> {
    let root = Node::parse(document).map_err(|fault| vec![fault])?;
    let members = root.members().unwrap_or_default();
    // A request has no key of this name.
    let Some((_, format)) = members.iter().find(|(key, _)| key == "format") else {
        return Request::parse(document);
    };
    let mut faults = Faults::default();
    let format = PlanFormat::from_json(*format, &Path::Key(&Path::Root, "format"), &mut faults);
    let request = format.and_then(|_| requested(root, &members, &mut faults));
    request.filter(|_| faults.is_empty()).ok_or_else(|| faults.into_sorted())
}

/// Whether a document is a saved plan, be it whole or not.
pub fn is_plan(document: &[u8]) -> bool {
    let members = Node::parse(document).ok().and_then(Node::members).unwrap_or_default();
    members.iter().any(|(key, value)| {
        key == "format" && PlanFormat::from_json(*value, &Path::Root, &mut Faults::default()).is_some()
    })
}

/// What of the request of a saved plan came from the settings of its ward; nothing where the document is no saved plan.
pub fn reopen_ward(document: &[u8]) -> Option<WardInputs> {
    let plan = PlanDocument::read(document).ok()?;
    let ward = plan.provenance.ward?;
    WardInputs::of(&plan.request, ward.name.map(Cow::into_owned), &ward.inputs)
}

record! {
    /// A check or a review of a saved plan that goes before no dose and no supply.
    pub struct DatedCheck {
        /// Its day.
        on: NaiveDate,
        /// What is checked; none for a review of the treatment.
        what: Option<Subject>,
    }
}

/// The checks and reviews of a saved plan that have a day of their own. Of what is no plan there are none.
pub fn dated_checks(document: &[u8]) -> Vec<DatedCheck> {
    let mut faults = Faults::default();
    let mut entries = || -> Option<Vec<EntryDocument<'static>>> {
        let members = Node::parse(document).ok()?.members()?;
        let (_, schedule) = members.into_iter().find(|(key, _)| key == "schedule")?;
        Object::open_any(schedule, &Path::Key(&Path::Root, "schedule"), &mut faults)?.member("entries", &mut faults)
    };
    let checks = entries().unwrap_or_default().into_iter().filter_map(|entry| match entry {
        EntryDocument::Check(it) if it.before_dose.is_none() && it.before_supply.is_none() => {
            Some(DatedCheck { on: it.date, what: Some(it.what) })
        }
        EntryDocument::Review(it) => Some(DatedCheck { on: it.date, what: None }),
        EntryDocument::Check(_) | EntryDocument::Dose(_) | EntryDocument::Supply(_) => None,
    });
    checks.collect()
}

/// The request inside a plan.
fn requested(plan: Node<'_>, members: &[(String, Node<'_>)], faults: &mut Faults) -> Option<Request> {
    let path = Path::Key(&Path::Root, "request");
    let mut requests = members.iter().filter(|(key, _)| key == "request");
    let Some((_, request)) = requests.next() else {
        faults.note(&path, plan, Problem::Missing { allowed: &[] });
        return None;
    };
    if let Some((_, second)) = requests.next() {
        faults.note(&path, *second, Problem::DuplicateKey);
    }
    Request::from_json(*request, &path, faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dosing, regimen::Library};

    const REQUEST: &[u8] = include_bytes!("../../tests/requests/a-request.json");

    fn told(document: &str) -> String {
        reopen(document.as_bytes()).unwrap_err()[0].to_string()
    }

    #[test]
    fn a_plan_is_opened_as_the_request_it_was_made_from() {
        let library = Library::shipped();
        let request = Request::parse(REQUEST).unwrap();
        let plan = dosing::plan(request.clone(), library).unwrap();
        assert_eq!(reopen(plan.to_json_pretty().as_bytes()).unwrap(), request);
        assert_eq!(reopen(plan.to_json().as_bytes()).unwrap(), request);
        assert_eq!(reopen(REQUEST).unwrap(), request);
    }

    #[test]
    fn what_is_neither_is_told_with_its_place() {
        assert!(told("{").starts_with("not JSON"));
        assert!(told("[]").starts_with("the document"));
        assert!(told(r#"{"format": "osteodose-plan/2", "request": {}}"#).starts_with("format: \"osteodose-plan/2\""));
        assert!(told(r#"{"format": 1}"#).starts_with("format: "));
        assert_eq!(told(r#"{"format": "osteodose-plan/1"}"#), "request: missing");
        let member = r#"{"format": "osteodose-plan/1", "request": {"patient": {"weight_kg": "x"}}}"#;
        assert!(told(member).starts_with("request.patient.weight_kg: "));
        let whole = String::from_utf8(REQUEST.to_vec()).unwrap();
        let twice = format!(r#"{{"format": "osteodose-plan/1", "request": {whole}, "request": {whole}}}"#);
        assert!(told(&twice).starts_with("request: this key appears twice"));
    }
}
