//! The page of a stopped plan, for the doctor: the patient, the figures, what stops the plan and what would have to
//! change. It has no dose.

use super::{content::Writer, findings, sheet::BODY};
use crate::{
    export::Refused,
    present,
    words::{page as words, summary},
};

/// Writes the page.
pub(super) fn write(writer: &mut Writer<'_>) -> Result<(), Refused> {
    let plan = writer.plan;
    writer.title(words::STOPPED_TITLE)?;
    writer.patient()?;
    writer.drug()?;
    writer.heading(summary::WOULD_HAVE_TO_CHANGE)?;
    for text in present::would_have_to_change(plan) {
        let lines = writer.setter.point(&text, BODY)?;
        writer.flow.lines(lines)?;
    }
    findings::write(writer)?;
    writer.heading(summary::BASED_ON)?;
    writer.facts(&present::basis(plan))?;
    writer.entered_and_checked()?;
    writer.ends()
}
