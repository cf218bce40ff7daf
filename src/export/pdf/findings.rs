//! The findings with their confirmations, and boxes in which an open one is confirmed by hand.

use super::{
    content::Writer,
    lines::{PADDING, stacked},
    sheet::{BODY, LABEL, MILLIMETRE, POINT, Page, STRONG},
};
use crate::{
    export::Refused,
    plan::Finding,
    present,
    regimen::Severity,
    words::{page as words, spoken, summary},
};

/// Writes the findings, the most severe first.
pub(super) fn write(writer: &mut Writer<'_>) -> Result<(), Refused> {
    let plan = writer.plan;
    for (severity, heading) in summary::WEIGHTS {
        for (n, finding) in plan.findings().iter().filter(|it| it.severity == severity).enumerate() {
            if n == 0 {
                writer.heading(heading)?;
            }
            point(writer, finding)?;
        }
    }
    let unused = present::unused(plan);
    if plan.findings().is_empty() {
        writer.heading("Findings")?;
        writer.paragraph(words::NONE, BODY)?;
    }
    for text in unused {
        let lines = writer.setter.point(&text, BODY)?;
        writer.flow.lines(lines)?;
    }
    Ok(())
}

pub(super) fn point(writer: &mut Writer<'_>, finding: &Finding) -> Result<(), Refused> {
    let message = spoken::marked(&present::finding(writer.plan, finding), finding.verification);
    if finding.severity != Severity::Confirm {
        let lines = writer.setter.point(&message, BODY)?;
        return writer.flow.lines(lines);
    }
    if let Some(it) = writer.plan.confirmation(finding) {
        let mut lines = writer.setter.point(&message, BODY)?;
        lines.extend(writer.setter.under_point(&summary::confirmed(it.by.as_str(), it.reason.as_str()), STRONG)?);
        return writer.flow.lines(lines);
    }
    let lines = writer.setter.point(&format!("{}: {message}", summary::OPEN), STRONG)?;
    writer.flow.lead(stacked(&lines));
    let boxes = boxes(writer)?;
    writer.flow.put(boxes)
}

/// Boxes for name, reason and signature.
fn boxes(writer: &Writer<'_>) -> Result<Page, Refused> {
    let left = 10 * POINT;
    let width = writer.setter.measure - left;
    let edges = [0, 30, 72, 100].map(|percent| left + width * percent / 100);
    let (top, height) = (2 * POINT, 12 * MILLIMETRE);
    let mut boxes = Page { height: top + height + 5 * POINT, ..Page::default() };
    boxes.put(&Page::frame(width, height, POINT * 3 / 4), left, top);
    for (label, edge) in words::CONFIRMATION.into_iter().zip(edges.windows(2)) {
        boxes.put(
            &writer.setter.block(label, LABEL, edge[0] + PADDING, edge[1] - edge[0] - 2 * PADDING)?,
            0,
            top + POINT,
        );
        boxes.bar(edge[0], top, POINT * 3 / 4, height);
    }
    Ok(boxes)
}
