//! Opening a saved plan: what it says, the request it was made from, and whether it was altered since.

use std::fmt;

use super::{END, KEY, checksum};
use crate::{
    json::{Fault, Kind, Node, Value},
    plan::{self, Plan},
    request::Request,
    words::recheck as words,
};

/// Whether a saved plan was altered, as far as its checksum tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// It stands as it was written, but for spaces and line ends.
    Whole,
    /// It was altered.
    Broken,
    /// It has no checksum.
    Missing,
}

/// A saved plan.
#[derive(Debug)]
pub struct SavedPlan {
    /// Everything it says.
    pub document: Value,
    /// The request it was made from, or the first fault of its form.
    pub request: Result<Request, Fault>,
    /// Whether it was altered.
    pub seal: Seal,
    /// All of it but the checksum, without spaces and line ends between its parts.
    content: String,
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
    /// It is something else.
    Other,
}

/// Opens a saved plan.
///
/// # Errors
/// What the document is instead.
pub fn open(document: &[u8]) -> Result<SavedPlan, NoPlan> {
    let node = Node::parse(document).map_err(NoPlan::Fault)?;
    let value = Value::of(node);
    if node.kind() != Kind::Object || value.member("format").is_nothing() {
        return Err(what_else(&value));
    }
    let request = plan::reopen(document).map_err(|faults| faults.into_iter().next());
    let request = match request {
        Ok(request) => Ok(request),
        Err(Some(fault)) if !fault.path.starts_with("request.") => return Err(NoPlan::Fault(fault)),
        Err(Some(fault)) => Err(fault),
        Err(None) => return Err(NoPlan::Other),
    };
    let (content, seal) = unsealed(&compact(node.source()), &value);
    Ok(SavedPlan { document: value, request, seal, content })
}

impl SavedPlan {
    /// The patient's id.
    pub fn id(&self) -> Option<&str> {
        self.document.member("request").member("patient").member("id").text()
    }

    /// Whether it says in the same letters what a plan says, down to the program and the library that made it.
    pub fn repeats(&self, plan: &Plan) -> bool {
        self.content == plan.to_json()
    }

    /// Whether it names the program and the library that made a plan.
    pub fn names_the_maker_of(&self, plan: &Value) -> bool {
        let same = |key| self.document.member("provenance").member(key) == plan.member("provenance").member(key);
        same("program") && same("regimens_sha256")
    }
}

impl fmt::Display for NoPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(fault) => fault.fmt(f),
            Self::Request => f.write_str(words::A_REQUEST),
            Self::Brief => f.write_str(words::A_BRIEF_LINE),
            Self::BatchError { line, error } => f.write_str(&words::batch_error(line, error)),
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

/// The compact text without its checksum, and whether the checksum is that of the text.
fn unsealed(compact: &str, value: &Value) -> (String, Seal) {
    if value.member("provenance").member("checksum").is_nothing() {
        return (compact.to_owned(), Seal::Missing);
    }
    // The last such key: an earlier one stands in a text or where the program writes none.
    let parts = compact.rsplit_once(KEY);
    let Some((covered, found)) = parts.and_then(|(covered, rest)| Some((covered, rest.strip_suffix("\"}}")?))) else {
        return (compact.to_owned(), Seal::Broken);
    };
    let seal = if checksum(covered.as_bytes()) == found { Seal::Whole } else { Seal::Broken };
    (format!("{covered}{END}"), seal)
}

/// The document without spaces and line ends between its parts.
fn compact(document: &str) -> String {
    let mut compact = String::with_capacity(document.len());
    let (mut in_text, mut is_escaped) = (false, false);
    for c in document.chars() {
        if in_text {
            in_text = is_escaped || c != '"';
            is_escaped = c == '\\' && !is_escaped;
        } else if c.is_ascii_whitespace() {
            continue;
        } else {
            in_text = c == '"';
        }
        compact.push(c);
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dosing, regimen::Library, saved};

    const REQUEST: &[u8] = include_bytes!("../../tests/requests/a-request.json");

    fn with_plan(test: impl Fn(&Plan)) {
        let library = Library::shipped();
        let request = Request::parse(REQUEST).expect("a request");
        test(&dosing::plan(request.clone(), library).expect("a plan"));
    }

    fn seal(document: &str) -> Seal {
        open(document.as_bytes()).expect("a plan").seal
    }

    #[test]
    fn a_seal_stands_as_long_as_only_spaces_change() {
        with_plan(|plan| {
            let file = saved::file(plan);
            let mut line = Vec::new();
            saved::line(plan, &mut line);
            let line = String::from_utf8(line).expect("JSON is UTF-8");
            assert_eq!(seal(&file), Seal::Whole);
            assert_eq!(seal(&line), Seal::Whole);
            assert_eq!(seal(&format!("\u{feff}{}", file.replace('\n', "\r\n\t "))), Seal::Whole);
            assert_eq!(seal(&plan.to_json()), Seal::Missing);
            assert_eq!(seal(&file.replacen("Dr K. Holm", "Dr K.  Holm", 1)), Seal::Broken);
            assert_eq!(seal(&file.replacen("crc32:", "crc32:0", 1)), Seal::Broken);
            assert_eq!(seal(&file.replacen("\"status\": \"ready\"", "\"status\": \"stopped\"", 1)), Seal::Broken);
            assert!(open(line.as_bytes()).expect("a plan").repeats(plan));
            assert!(open(plan.to_json_pretty().as_bytes()).expect("a plan").repeats(plan));
        });
    }

    #[test]
    fn spaces_inside_a_text_stay() {
        assert_eq!(compact("{ \"a b\" : \"c \\\" d\" , \"e\\\\\" : 1 }\n"), r#"{"a b":"c \" d","e\\":1}"#);
    }

    #[test]
    fn what_is_no_plan_is_known() {
        let told = |text: &str| open(text.as_bytes()).expect_err("no plan");
        assert_eq!(open(REQUEST).expect_err("no plan"), NoPlan::Request);
        assert_eq!(told(r#"{"id": null, "status": "ready", "dose_mg": 4, "doses": []}"#), NoPlan::Brief);
        let error = NoPlan::BatchError { line: "3".to_owned(), error: "x".to_owned() };
        assert_eq!(told(r#"{"line": 3, "error": "x"}"#), error);
        assert_eq!(told("[]"), NoPlan::Other);
        assert!(matches!(told(r#"{"format": "osteodose-plan/1"}"#), NoPlan::Fault(_)));
        assert!(matches!(told(r#"{"format": "osteodose-regimen/1"}"#), NoPlan::Fault(_)));
        assert!(matches!(told("{"), NoPlan::Fault(_)));
    }
}
