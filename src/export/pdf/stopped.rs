//! The page of a stopped plan, for the doctor: the patient, the figures, what stops the plan and what would have to
//! change. It has no dose.

use super::{
    card,
    content::Writer,
    findings,
    lines::PADDING,
    sheet::{BODY, FIGURE, POINT, Page},
};
use crate::{
    export::Refused,
    present,
    words::{page as words, spoken, summary},
};

/// Writes the page.
pub(super) fn pages(writer: &Writer<'_>) -> Result<Vec<Page>, Refused> {
    let (plan, setter) = (writer.plan, &writer.setter);
    let request = plan.request();
    let mut flow = writer.flow();
    flow.put(writer.title(words::STOPPED_TITLE)?.and_room(3 * POINT))?;
    flow.lines(card::allergies(writer, setter.measure)?)?;
    flow.room(PADDING);
    flow.lines(setter.row(words::DRUG, plan.listed().drug.name.as_str(), FIGURE)?)?;
    let purpose = spoken::capital(&summary::purpose(request.indication, request.tumour));
    flow.lines(setter.row(words::GIVEN_FOR, &purpose, BODY)?)?;
    flow.section(writer.points(summary::WOULD_HAVE_TO_CHANGE, &present::would_have_to_change(plan))?)?;
    let found = [findings::stops(writer)?].into_iter().flatten().chain(findings::open(writer)?);
    for section in found.chain(findings::confirmed(writer)?).chain(findings::notes(writer, &[])?) {
        flow.section(section)?;
    }
    flow.section(writer.facts(summary::BASED_ON, &present::basis(plan))?)?;
    flow.section(writer.rows(words::ENTERED, &present::prepared(plan))?)?;
    if let Some(legend) = writer.legend(&flow.text())? {
        flow.room(PADDING);
        flow.lines(legend)?;
    }
    flow.room(PADDING);
    flow.lines(writer.strong(summary::RESPONSIBLE)?)?;
    flow.into_pages()
}
