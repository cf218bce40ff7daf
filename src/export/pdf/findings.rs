//! The findings with their confirmations, and boxes in which an open one is confirmed by hand.

use super::{
    content::Writer,
    flow::Section,
    lines::{POINTS, stacked},
    sheet::{BODY, POINT, Page, STRONG},
};
use crate::{
    export::Refused,
    plan::Finding,
    present,
    regimen::Severity,
    words::{page as words, spoken, summary},
};

/// The open findings, each with its boxes and each a section, so that those that find room stay with the dose.
pub(super) fn open(writer: &Writer<'_>) -> Result<Vec<Section>, Refused> {
    let mut sections = Vec::new();
    for finding in writer.plan.open_findings() {
        let mut section = if sections.is_empty() {
            Section::under(writer.setter.heading(words::OPEN_FINDINGS)?)
        } else {
            Section::default()
        };
        let mut lines = writer.setter.point(&said(writer, finding), STRONG)?;
        let boxes = writer.setter.boxes(&words::CONFIRMATION, POINTS)?;
        if let Some(last) = lines.last_mut() {
            *last = stacked(&[std::mem::take(last).and_room(2 * POINT), boxes]);
        }
        section.texts.push(lines);
        sections.push(section);
    }
    Ok(sections)
}

/// The findings that were confirmed, with who did and why, and the confirmations that meet none.
pub(super) fn confirmed(writer: &Writer<'_>) -> Result<Option<Section>, Refused> {
    let mut texts = Vec::new();
    for finding in writer.plan.findings() {
        let Some(it) = writer.plan.confirmation(finding) else { continue };
        let mut lines = writer.setter.point(&said(writer, finding), BODY)?;
        lines.extend(writer.setter.under_point(&summary::confirmed(it.by.as_str(), it.reason.as_str()), STRONG)?);
        texts.push(lines);
    }
    for text in present::unused(writer.plan) {
        texts.push(writer.setter.point(&text, BODY)?);
    }
    headed(writer, words::CONFIRMED_FINDINGS, texts)
}

/// The notes, and what else is said of the course.
pub(super) fn notes(writer: &Writer<'_>, of_course: &[String]) -> Result<Option<Section>, Refused> {
    of_severity(writer, Severity::Note, words::NOTES, of_course)
}

/// What stops a plan.
pub(super) fn stops(writer: &Writer<'_>) -> Result<Option<Section>, Refused> {
    of_severity(writer, Severity::Stop, words::STOPS, &[])
}

fn of_severity(
    writer: &Writer<'_>,
    severity: Severity,
    heading: &str,
    others: &[String],
) -> Result<Option<Section>, Refused> {
    let found = writer.plan.findings().iter().filter(|it| it.severity == severity);
    let said = found.map(|it| said(writer, it)).chain(others.iter().cloned());
    let texts: Result<Vec<_>, Refused> = said.map(|text| writer.setter.point(&text, BODY)).collect();
    headed(writer, heading, texts?)
}

/// A section under a heading; none where there is nothing to say.
fn headed(writer: &Writer<'_>, heading: &str, texts: Vec<Vec<Page>>) -> Result<Option<Section>, Refused> {
    if texts.is_empty() {
        return Ok(None);
    }
    Ok(Some(Section { texts, ..Section::under(writer.setter.heading(heading)?) }))
}

fn said(writer: &Writer<'_>, finding: &Finding) -> String {
    spoken::marked(&present::finding(writer.plan, finding), finding.verification)
}
