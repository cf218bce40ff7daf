//! The card: what is needed to give the next dose, on the front of one sheet. What finds no room on it follows on the
//! back, the dose and its preparation never.

use super::{
    content::Writer,
    findings,
    flow::{Flow, Section},
    lines::{PADDING, framed, inside, stacked},
    sheet::{BODY, DOSE, FIGURE, LABEL, LARGE, Length, POINT, Page, Role, STRONG, TITLE},
};
use crate::{
    export::{Given, Refused},
    json::Text,
    plan::PlanStatus,
    present::{self, CardItem, CardLine, DoseBox},
    regimen::Origin,
    words::{one_of, page as words, spoken, summary},
};

/// The edge of a box.
const EDGE: Length = 5 * POINT / 4;

/// The card, and what found no room on it.
pub(super) struct Card {
    pub(super) pages: Vec<Page>,
    pub(super) rest: Vec<Section>,
}

/// Writes the card.
pub(super) fn write(writer: &Writer<'_>, given: Given<'_>) -> Result<Card, Refused> {
    let mut flow = writer.flow();
    identify(writer, &mut flow)?;
    treat(writer, given, &mut flow)?;
    sign(writer, &mut flow)?;
    // What may follow on the back, the most urgent first.
    let mut sections = findings::open(writer)?;
    let open = sections.len();
    let sex = spoken::sex(writer.plan.request().patient.sex).to_owned();
    let course = present::card(writer.plan).into_iter().filter(|line| line.item == CardItem::Course);
    let course: Vec<present::Labelled> = course.map(|line| (line.label, line.value)).collect();
    let facts = [vec![(words::SEX, sex)], present::basis(writer.plan), course].concat();
    sections.push(writer.facts(summary::BASED_ON, &facts)?);
    sections.extend(findings::confirmed(writer)?);
    sections.extend(findings::notes(writer)?);
    let of_course = present::for_the_staff(given.dosed);
    if !of_course.is_empty() {
        sections.push(writer.points(words::OF_THE_COURSE, &of_course)?);
    }
    let others = sections.len() - open;
    // The last lines are kept free for what the marks mean, a word on what follows, and who decides.
    let last = 2 * LABEL.line + STRONG.line + PADDING;
    let mut rest = Vec::new();
    for section in sections {
        let remains = if rest.is_empty() { flow.fill(section, last)? } else { Some(section) };
        rest.extend(remains);
    }
    flow.room(PADDING);
    // The marks on the back of the sheet count too.
    let visits = present::visits(writer.plan);
    let back = rest.iter().map(Section::text).chain(visits.iter().map(present::checks_said));
    let marked = back.chain([flow.text()]).collect::<Vec<_>>().join(" ");
    if let Some(legend) = writer.legend(&marked)? {
        flow.lines(legend)?;
    }
    if !rest.is_empty() {
        let all_open = rest.len() <= others;
        flow.lines(writer.strong(if all_open { words::CONTINUED } else { words::MORE_FINDINGS })?)?;
    }
    flow.lines(writer.setter.text(summary::RESPONSIBLE, LABEL)?)?;
    Ok(Card { pages: flow.into_pages()?, rest })
}

/// The drug with its mark, the patient's allergies, and the names on the packets.
fn identify(writer: &Writer<'_>, flow: &mut Flow) -> Result<(), Refused> {
    let (plan, setter) = (writer.plan, &writer.setter);
    let measure = setter.measure;
    let drug = plan.listed().drug;
    let mut title = setter.block(drug.name.as_str(), TITLE, 0, measure * 3 / 4)?.begins(Role::Title);
    if plan.status() == PlanStatus::Ready {
        let mark = setter.to_the_right(words::READY, LARGE)?;
        let width = mark.texts.iter().map(|it| it.width).sum::<Length>() + 4 * PADDING;
        title.put(&mark, -2 * PADDING, 3 * POINT);
        title.put(&Page::frame(width, LARGE.line + 6 * POINT, EDGE), measure - width, 0);
    }
    flow.put(title.and_room(3 * POINT))?;
    flow.lines(allergies(writer)?)?;
    flow.room(PADDING);
    let brands: Vec<&str> = drug.brands.iter().map(Text::as_str).collect();
    if !brands.is_empty() {
        flow.lines(setter.row(words::BRAND, &one_of(&brands), BODY)?)?;
    }
    Ok(())
}

/// The allergies in a box.
pub(super) fn allergies(writer: &Writer<'_>) -> Result<Vec<Page>, Refused> {
    let setter = &writer.setter;
    let (inner, beside) = (inside(setter.measure, EDGE), 80 * POINT);
    let mut lines = setter.lines(&present::allergies(writer.plan), LARGE, beside, inner - beside)?;
    if let Some(first) = lines.first_mut() {
        let label = setter.block(words::ALLERGIES, STRONG, 0, beside)?.begins(Role::RowHead);
        let mut labelled = Page { height: first.height, ..Page::default() };
        labelled.put(&label, 0, LARGE.baseline() - STRONG.baseline());
        labelled.put(&std::mem::take(first).begins(Role::Cell), 0, 0);
        *first = labelled;
    }
    Ok(framed(&lines, setter.measure, EDGE))
}

/// The dose in a box, and how it is prepared and given: never on two sides.
fn treat(writer: &Writer<'_>, given: Given<'_>, flow: &mut Flow) -> Result<(), Refused> {
    let setter = &writer.setter;
    let by_mouth = given.is_by_mouth();
    flow.room(PADDING);
    flow.lead(dose_box(writer, given)?.and_room(PADDING));
    let mut preparation = setter.heading(words::preparation(by_mouth))?;
    let card = present::card_below(writer.plan);
    let is_prepared = |it: &&CardLine| {
        let taken = matches!(it.item, CardItem::Product | CardItem::Intake(_) | CardItem::Step(_));
        it.item.is_of_preparation() || taken
    };
    for line in card.iter().filter(is_prepared) {
        preparation.add(&stacked(&setter.row(line.label, &line.value, FIGURE)?));
    }
    for text in present::for_the_nurse(writer.plan, given.dosed) {
        preparation.add(&stacked(&setter.point(&text, BODY)?));
    }
    flow.put(preparation.and_room(2 * POINT))?;
    // The hold with its baseline.
    for line in present::card(writer.plan).iter().filter(|line| line.item == CardItem::Hold) {
        flow.lines(setter.row(line.label, &line.value, STRONG)?)?;
    }
    // What the next dose waits for, with the value at which it is held.
    let next = present::visits(writer.plan).into_iter().next();
    let checks = next.as_ref().map(present::checks_said).filter(|checks| !checks.is_empty());
    if let Some(checks) = checks {
        flow.lines(setter.row(words::CHECK_FIRST, &checks, STRONG)?)?;
    }
    if [writer.plan.listed().origin, writer.plan.library().limits_origin()].contains(&Origin::Local) {
        for (label, value) in present::origin(writer.plan) {
            flow.lines(setter.row(label, &value, STRONG)?)?;
        }
    }
    Ok(())
}

/// The dose, how often, by which route, and the day of the next one; below it why it is this dose.
fn dose_box(writer: &Writer<'_>, given: Given<'_>) -> Result<Page, Refused> {
    let setter = &writer.setter;
    let width = inside(setter.measure, EDGE);
    let Some(DoseBox { dose, how_often, route, because, .. }) = present::dose_box(writer.plan) else {
        return Ok(Page::default());
    };
    let visits = present::visits(writer.plan);
    let next = visits.iter().find_map(|it| Some((it.number?, it.date)));
    let next = next.map_or_else(String::new, |(number, day)| words::next(given.is_by_mouth(), number, day));
    let cells = [(dose, DOSE, 0, 37), (how_often, FIGURE, 37, 56), (route, FIGURE, 56, 74), (next, FIGURE, 74, 100)];
    let mut top = Page::default();
    for (label, (value, look, from, to)) in words::DOSE_BOX.into_iter().zip(cells) {
        let (left, width) = (width * from / 100, width * (to - from) / 100 - PADDING);
        let mut cell = setter.block(label, LABEL, left, width)?.begins(Role::RowHead);
        cell.add(&setter.block(&value, look, left, width)?.begins(Role::Cell));
        top.put(&cell, 0, 0);
        top.height = top.height.max(cell.height);
    }
    let mut lines = vec![top];
    if let Some(because) = because {
        lines.extend(setter.lines(&spoken::capital(&because), BODY, 0, width)?);
    }
    Ok(stacked(&framed(&lines, setter.measure, EDGE)))
}

/// Boxes for what was given, when, and who answers for it; and who entered and checked the figures.
fn sign(writer: &Writer<'_>, flow: &mut Flow) -> Result<(), Refused> {
    let setter = &writer.setter;
    let route = writer.plan.listed().regimen.route;
    flow.room(PADDING);
    let mut record = setter.boxes(words::given_boxes(route), 0)?;
    record.add(&setter.boxes(words::signature_boxes(route), 0)?);
    flow.put(record.and_room(PADDING))?;
    for (label, value) in present::prepared(writer.plan) {
        flow.lines(setter.row(label, &value, BODY)?)?;
    }
    Ok(())
}
