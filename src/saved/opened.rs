//! Opening a saved plan: what it says, and whether it was altered since.

use std::fmt;

use super::{
    first_checksum,
    seal::{self, Seal},
};
use crate::{
    json::{Fault, Kind, Node, Value},
    plan::document::PlanDocument,
    words::recheck as words,
};

/// A saved plan.
#[derive(Debug)]
pub struct SavedPlan {
    /// Everything it says, without its checksum.
    pub document: PlanDocument<'static>,
    /// Whether it was altered.
    pub seal: Seal,
}

/// Why a document is no saved plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPlan {
    /// It is not JSON, or its form is wrong.
    Fault(Fault),
    /// It is a request, from which no plan was made yet.
    Request,
    /// It is a short line of a batch, which repeats no request.
    Brief,
    /// It is what a batch says of a request that was not usable.
    BatchError {
        /// The line of the request.
        line: String,
        /// What was wrong.
        error: String,
    },
    /// It is a list, of plans or of something else.
    List,
    /// It is something else.
    Other,
}

/// Opens a saved plan.
///
/// # Errors
/// What the document is instead.
pub fn open(document: &[u8]) -> Result<SavedPlan, NoPlan> {
    let node = Node::parse(document).map_err(NoPlan::Fault)?;
    if node.kind() == Kind::List {
        return Err(NoPlan::List);
    }
    if node.kind() != Kind::Object || !node.members().unwrap_or_default().iter().any(|(key, _)| key == "format") {
        return Err(what_else(&Value::of(node)));
    }
    let first_fault = |faults: Vec<Fault>| faults.into_iter().next().map_or(NoPlan::Other, NoPlan::Fault);
    let mut read = PlanDocument::read(document).map_err(first_fault)?;
    let seal = match read.provenance.checksum.take() {
        None => Seal::Missing,
        Some(checksum) => seal_of(&read, node.source(), checksum.as_str()),
    };
    Ok(SavedPlan { document: read, seal })
}

/// Whether the values, or the letters, are those that a checksum covers.
fn seal_of(document: &PlanDocument<'_>, source: &str, checksum: &str) -> Seal {
    if checksum.starts_with(first_checksum::KIND) {
        return first_checksum::seal(source, checksum);
    }
    if seal::write(document.clone(), &mut Vec::new()) == checksum { Seal::Whole } else { Seal::Broken }
}

impl SavedPlan {
    /// The patient's id.
    pub fn id(&self) -> Option<&str> {
        self.document.request.patient.id.as_ref().map(crate::json::Text::as_str)
    }
}

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(fault) => f.write_str(&words::fault(fault)),
            Self::Request => f.write_str(words::A_REQUEST),
            Self::Brief => f.write_str(words::A_BRIEF_LINE),
            Self::BatchError { line, error } => f.write_str(&words::batch_error(line, error)),
            Self::List => f.write_str(words::A_LIST),
            Self::Other => f.write_str(words::NO_PLAN),
        }
    }
}

fn what_else(value: &Value) -> NoPlan {
    let has = |key: &str| !value.member(key).is_nothing();
    if has("patient") && (has("treatment") || has("labs") || has("indication")) {
        NoPlan::Request
    } else if has("error") && has("line") {
        NoPlan::BatchError { line: value.member("line").to_string(), error: value.member("error").to_string() }
    } else if has("status") && has("doses") && !has("request") {
        NoPlan::Brief
    } else {
        NoPlan::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dosing, plan::Plan, regimen::Library, request::Request, saved};

    const REQUEST: &[u8] = include_bytes!("../../tests/requests/a-request.json");

    fn plan() -> Plan {
        dosing::plan(Request::parse(REQUEST).expect("a request"), Library::shipped()).expect("a plan")
    }

    fn seal(document: &str) -> Seal {
        open(document.as_bytes()).expect("a plan").seal
    }

    #[test]
    fn a_seal_is_whole_as_long_as_only_the_print_changes() {
        let file = saved::file(&plan());
        let mut line = Vec::new();
        saved::line(&plan(), &mut line);
        let line = String::from_utf8(line).expect("JSON is UTF-8");
        assert_eq!(seal(&file), Seal::Whole);
        assert_eq!(seal(&line), Seal::Whole);
        assert_eq!(seal(&format!("\u{feff}{}", file.replace('\n', "\r\n\t "))), Seal::Whole);
        assert_eq!(seal(&file.replacen("55.946630", "55.94663", 1)), Seal::Whole);
        assert_eq!(seal(&file.replacen("2.31", "2.3100", 1)), Seal::Whole);
        assert_eq!(seal(&plan().to_json()), Seal::Missing);
        assert_eq!(seal(&file.replacen("Dr K. Holm", "Dr K.  Holm", 1)), Seal::Broken);
        assert_eq!(seal(&file.replacen("values-crc32:", "values-crc32:0", 1)), Seal::Broken);
        assert_eq!(seal(&file.replacen("\"status\": \"ready\"", "\"status\": \"stopped\"", 1)), Seal::Broken);
        assert_eq!(seal(&file.replacen("2.31", "2.310001", 1)), Seal::Broken);
    }

    #[test]
    fn what_is_no_plan_is_known() {
        let told = |text: &str| open(text.as_bytes()).expect_err("no plan");
        assert_eq!(open(REQUEST).expect_err("no plan"), NoPlan::Request);
        assert_eq!(told(r#"{"id": null, "status": "ready", "dose_mg": 4, "doses": []}"#), NoPlan::Brief);
        let error = NoPlan::BatchError { line: "3".to_owned(), error: "x".to_owned() };
        assert_eq!(told(r#"{"line": 3, "error": "x"}"#), error);
        assert_eq!(told("[]"), NoPlan::List);
        assert_eq!(told("{}"), NoPlan::Other);
        assert!(matches!(told(r#"{"format": "osteodose-plan/1"}"#), NoPlan::Fault(_)));
        assert!(matches!(told(r#"{"format": "osteodose-regimen/1"}"#), NoPlan::Fault(_)));
        assert!(matches!(told("{"), NoPlan::Fault(_)));
    }
}
