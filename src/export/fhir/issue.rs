//! The findings of a plan, and who confirmed them for which reason.

use super::{
    Course, codes,
    element::{Coding, Concept, Reference, elements},
};
use crate::{
    plan::Finding,
    regimen::Severity,
    words::{code_in_few_words, fhir as words, spoken::marked},
};

elements! {
    /// A finding.
    struct DetectedIssue {
        id: String,
        status: &'static str,
        code: Concept,
        severity: &'static str,
        patient: Reference,
        implicated: Vec<Reference>,
        detail: String,
        mitigation: Vec<Mitigation>,
    }

    /// What a named person set against it.
    struct Mitigation {
        action: Concept,
        author: Reference,
    }
}

/// The part by which a finding is known; its place distinguishes two with the same code.
pub(super) fn part(place: usize) -> String {
    format!("finding-{}", place + 1)
}

/// Every finding.
pub(super) fn issues(course: &Course<'_>) -> Vec<DetectedIssue> {
    course.plan().findings().iter().enumerate().map(|(place, finding)| issue(course, place, finding)).collect()
}

fn issue(course: &Course<'_>, place: usize, finding: &Finding) -> DetectedIssue {
    let confirmation = course.plan().confirmation(finding);
    let open = finding.severity == Severity::Confirm && confirmation.is_none();
    let few = code_in_few_words(finding.code());
    let code = finding.code().as_str();
    let message = marked(&finding.to_string(), finding.verification);
    let sources: Vec<String> = finding.sources.iter().map(ToString::to_string).collect();
    DetectedIssue {
        id: course.ids.id(&part(place)),
        status: if open { "preliminary" } else { "final" },
        code: Concept {
            coding: vec![Coding { system: codes::FINDING, code: code.to_owned(), display: Some(few.clone()) }],
            text: Some(few),
        },
        severity: severity(finding.severity),
        patient: course.patient(),
        implicated: vec![course.ids.to("request-group")],
        detail: words::finding(open, &message, &sources.join("; ")),
        mitigation: confirmation
            .map(|it| Mitigation {
                action: Concept::text(it.reason.as_str().trim()),
                author: Reference::named(it.by.as_str().trim()),
            })
            .into_iter()
            .collect(),
    }
}

/// The severity of a finding, in FHIR's three words.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Stop => "high",
        Severity::Confirm => "moderate",
        Severity::Note => "low",
    }
}
