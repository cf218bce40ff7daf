//! The sources of the plan, and where they disagree: for who wants to check it.

use std::collections::BTreeSet;

use super::{
    content::Writer,
    flow::Section,
    sheet::{LABEL, Page},
};
use crate::{
    export::{Given, Refused},
    present,
    words::{page as words, summary},
};

/// Writes the pages.
pub(super) fn write(writer: &Writer<'_>, given: Given<'_>) -> Result<Vec<Page>, Refused> {
    let (plan, setter) = (writer.plan, &writer.setter);
    let mut flow = writer.flow();
    flow.section(writer.rows(words::SOURCE, &present::origin(plan))?)?;
    flow.section(writer.rows(words::SOURCES, &[(words::OF_THE_DOSE, given.sources_said())])?)?;
    let mut listed = Section::default();
    let named = named(given);
    for source in plan.sources().into_iter().filter(|it| named.contains(it.id.as_ref())) {
        listed.texts.push(setter.point(&words::source(&source.id, &source.locator, &source.title), LABEL)?);
    }
    flow.section(listed)?;
    let disagreements = present::disagreements(given.dosed, plan.request().tumour);
    if !disagreements.is_empty() {
        flow.section(writer.points(summary::DISAGREE, &disagreements)?)?;
    }
    if let Some(legend) = writer.legend(&flow.text())? {
        flow.lines(legend)?;
    }
    flow.into_pages()
}

/// The sources of the dose and of the findings, and those that are said to disagree.
fn named(given: Given<'_>) -> BTreeSet<&str> {
    let (plan, dosing) = (given.plan, &given.dosed.dosing);
    let of_findings = plan.findings().iter().flat_map(|it| it.sources.iter().copied());
    let disagreeing = dosing.listed.disagreements().map(|it| &it.source.0);
    let cited = dosing.sources.iter().copied().chain(of_findings).chain(disagreeing);
    cited.map(crate::regimen::Citation::id).collect()
}
