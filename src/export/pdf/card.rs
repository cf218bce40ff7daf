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

/// The room between two values of the dose box.
const GAP: Length = 3 * PADDING;

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
    let of_course = [present::for_the_staff(given.dosed), present::marked_for_the_patient(given.dosed)].concat();
    sections.extend(findings::notes(writer, &of_course)?);
    // The last lines are kept free for what the marks mean beside a word on what follows, and for who decides.
    let last = LABEL.line + STRONG.line + PADDING;
    let mut rest: Vec<Section> = Vec::new();
    let mut open_follow = false;
    for (at, section) in sections.into_iter().enumerate() {
        if !rest.is_empty() {
            rest.push(section);
            continue;
        }
        let texts = section.texts.len();
        if let Some(mut remains) = flow.fill(section, last)? {
            open_follow = at < open;
            if open_follow && remains.heading.is_none() {
                remains.heading = Some(writer.setter.heading(words::OPEN_FINDINGS_CONTINUED)?);
            }
            // Each fact has its label: what remains of them needs no heading again.
            if at == open && remains.texts.len() < texts {
                remains.heading = None;
            }
            rest.push(remains);
        }
    }
    flow.room(PADDING);
    let legend = writer.legend(&flow.text())?.unwrap_or_default();
    let follows = (!rest.is_empty()).then_some(if open_follow { words::MORE_FINDINGS } else { words::CONTINUED });
    let closing = match follows {
        Some(follows) => writer.setter.beside(legend, follows, STRONG)?,
        None => legend,
    };
    flow.lines(closing)?;
    flow.lines(writer.setter.text(summary::RESPONSIBLE, LABEL)?)?;
    Ok(Card { pages: flow.into_pages()?, rest })
}

/// The drug with its mark, the patient's allergies, and the names on the packets.
fn identify(writer: &Writer<'_>, flow: &mut Flow) -> Result<(), Refused> {
    let (plan, setter) = (writer.plan, &writer.setter);
    let measure = setter.measure;
    let drug = plan.listed().drug;
    let mut title = setter.block(drug.name.as_str(), TITLE, 0, measure * 3 / 4)?.begins(Role::Title);
    let named = title.texts.iter().map(|it| it.width).max().unwrap_or_default() + 4 * PADDING;
    let beside = allergies(writer, measure - named)?;
    if plan.status() == PlanStatus::Ready {
        let mark = setter.to_the_right(words::READY, LARGE)?;
        let width = mark.texts.iter().map(|it| it.width).sum::<Length>() + 4 * PADDING;
        title.put(&mark, -2 * PADDING, 3 * POINT);
        title.put(&Page::frame(width, LARGE.line + 6 * POINT, EDGE), measure - width, 0);
        flow.put(title.and_room(3 * POINT))?;
        flow.lines(allergies(writer, measure)?)?;
    } else if let [allergies] = beside.as_slice() {
        // A plan that is not ready has findings, which need the room.
        title.put(allergies, named, 0);
        title.height = title.height.max(allergies.height);
        flow.put(title)?;
    } else {
        flow.put(title.and_room(3 * POINT))?;
        flow.lines(allergies(writer, measure)?)?;
    }
    flow.room(PADDING);
    let brands: Vec<&str> = drug.brands.iter().map(Text::as_str).collect();
    if !brands.is_empty() {
        flow.lines(setter.row(words::BRAND, &one_of(&brands), BODY)?)?;
    }
    Ok(())
}

/// The allergies in a box.
pub(super) fn allergies(writer: &Writer<'_>, width: Length) -> Result<Vec<Page>, Refused> {
    let setter = &writer.setter;
    let (inner, beside) = (inside(width, EDGE), 80 * POINT);
    let mut lines = setter.lines(&present::allergies(writer.plan), LARGE, beside, inner - beside)?;
    if let Some(first) = lines.first_mut() {
        let label = setter.block(words::ALLERGIES, STRONG, 0, beside)?.begins(Role::RowHead);
        let mut labelled = Page { height: first.height, ..Page::default() };
        labelled.put(&label, 0, LARGE.baseline() - STRONG.baseline());
        labelled.put(&std::mem::take(first).begins(Role::Cell), 0, 0);
        *first = labelled;
    }
    Ok(framed(&lines, width, EDGE))
}

/// The dose in a box, and how it is prepared and given: never on two sides.
fn treat(writer: &Writer<'_>, given: Given<'_>, flow: &mut Flow) -> Result<(), Refused> {
    let setter = &writer.setter;
    let by_mouth = given.is_by_mouth();
    flow.room(PADDING);
    flow.lead(dose_box(writer, given)?.and_room(2 * POINT));
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
    // The dose has the room that it needs on a line, the others share the rest, and nothing ends where the next begins.
    let of_dose = (setter.fonts.width(&dose, DOSE)? + GAP).min(width / 2);
    let rest = width - of_dose;
    let others = [rest * 41 / 100, rest * 27 / 100, rest * 32 / 100];
    let cells =
        [(dose, DOSE, of_dose), (how_often, FIGURE, others[0]), (route, FIGURE, others[1]), (next, FIGURE, others[2])];
    let mut top = Page::default();
    let mut left = 0;
    for (label, (value, look, taken)) in words::DOSE_BOX.into_iter().zip(cells) {
        let mut cell = setter.block(label, LABEL, left, taken - GAP)?.begins(Role::RowHead);
        cell.add(&setter.block(&value, look, left, taken - GAP)?.begins(Role::Cell));
        top.put(&cell, 0, 0);
        top.height = top.height.max(cell.height);
        left += taken;
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
    flow.lines(setter.facts(&present::prepared(writer.plan))?)
}
