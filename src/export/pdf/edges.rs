//! The head and the foot of every page.

use super::{
    lines::{Setter, framed, inside, stacked},
    sheet::{BODY, LABEL, LARGE, Length, POINT, Page, STRONG},
};
use crate::{
    export::{Given, Options, Refused},
    json::Text,
    present,
    words::{page as words, summary},
};

/// The edge of the box of a plan that is not to be followed yet.
const HEAVY: Length = 5 * POINT / 2;

/// The head of every page, so that a loose one can be identified: whose it is, which drug, and that a plan is
/// not to be followed yet.
pub(super) fn head(given: Given<'_>, setter: &Setter<'_>) -> Result<Page, Refused> {
    let patient = &given.plan.request().patient;
    let [name, id] = [&patient.name, &patient.id].map(|it| it.as_ref().map(Text::as_str));
    let mut head = stacked(&setter.text(&words::belongs_to(name, id, patient.birth_date), STRONG)?);
    head.add(&stacked(&setter.text(&given.named(), LABEL)?));
    head.bar(0, head.height + 2 * POINT, setter.measure, POINT);
    let mut head = head.and_room(10 * POINT);
    if given.provisional().is_some() {
        let width = inside(setter.measure, HEAVY);
        let mut mark = setter.lines(words::PROVISIONAL, LARGE, 0, width)?;
        mark.extend(setter.lines(&present::status_sentence(given.plan), STRONG, 0, width)?);
        mark.extend(setter.lines(summary::PROVISIONAL_MEANS, BODY, 0, width)?);
        head.add(&stacked(&framed(&mark, setter.measure, HEAVY)));
        head = head.and_room(8 * POINT);
    }
    Ok(head)
}

/// The foot of every page: what made it, and its number.
pub(super) fn foot(options: &Options, setter: &Setter<'_>, number: usize, count: usize) -> Result<Page, Refused> {
    let page = setter.to_the_right(&words::page_of(number, count), LABEL)?;
    let taken = page.texts.iter().map(|it| it.width).sum::<Length>() + 12 * POINT;
    let printed = setter.block(&words::printed(options.at), LABEL, 0, setter.measure - taken)?;
    let mut foot = Page { height: 6 * POINT + printed.height, ..Page::default() };
    foot.bar(0, 0, setter.measure, POINT * 3 / 4);
    foot.put(&printed, 0, 6 * POINT);
    foot.put(&page, 0, 6 * POINT);
    Ok(foot)
}
