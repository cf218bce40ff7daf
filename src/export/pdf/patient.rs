//! What the patient takes home: a sheet of its own, in larger letters, with nothing on its back.
//!
//! What was not read in its source is marked for the staff, on the card. A patient cannot act on that mark, so that the
//! sheet has it only where it is printed without the card.

use super::{
    content::Writer,
    lines::PADDING,
    sheet::{HANDED_OVER, Page},
};
use crate::{
    export::{Given, Refused, pdf::Part},
    json::Text,
    present,
    words::{one_of, page as words, spoken},
};

/// Writes the sheet.
pub(super) fn write(writer: &Writer<'_>, given: Given<'_>) -> Result<Vec<Page>, Refused> {
    let (plan, setter) = (writer.plan, &writer.setter);
    let drug = plan.listed().drug;
    let mut flow = writer.flow();
    let with_card = writer.options.pages.contains(Part::Card);
    let said = |text: &str| if with_card { spoken::unmarked(text) } else { text.to_owned() };
    flow.put(writer.title(&words::for_the_patient(drug.name.as_str()))?)?;
    let brands: Vec<&str> = drug.brands.iter().map(Text::as_str).collect();
    let medicine = words::medicine(drug.name.as_str(), &one_of(&brands));
    let how_often = present::dose_box(plan).map(|it| words::how_often(&it.how_often, &it.route));
    let next = present::visits(plan).into_iter().next().map(|it| spoken::day(it.date));
    for (label, value) in words::PATIENT_LABELS.into_iter().zip([Some(medicine), how_often, next]) {
        if let Some(value) = value {
            flow.lines(setter.row(label, &said(&value), HANDED_OVER)?)?;
        }
    }
    for line in present::taken(plan) {
        flow.lines(setter.row(line.label, &said(&line.value), HANDED_OVER)?)?;
    }
    for text in present::conditions_of_steps(given.dosed) {
        flow.lines(setter.point(&said(&text), HANDED_OVER)?)?;
    }
    for (heading, points) in present::for_the_patient(given.dosed) {
        let mut section = super::flow::Section::under(setter.heading(heading)?);
        for text in points {
            section.texts.push(setter.point(&said(&text), HANDED_OVER)?);
        }
        flow.section(section)?;
    }
    flow.room(2 * PADDING);
    flow.put(setter.boxes(&[(words::CALL, 1)], 0)?)?;
    if let Some(legend) = writer.legend(&flow.text())? {
        flow.room(PADDING);
        flow.lines(legend)?;
    }
    flow.into_pages()
}
