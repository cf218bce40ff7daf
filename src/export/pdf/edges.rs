//! The head and the foot of every page.

use super::{
    lines::{Setter, framed, inside, stacked},
    sheet::{BODY, FIGURE, LABEL, LARGE, Length, POINT, Page, STRONG},
};
use crate::{
    export::{Given, Options, Refused},
    json::Text,
    plan::{Plan, PlanStatus},
    present,
    regimen::Origin,
    words::{page as words, summary},
};

/// The edge of the box of a plan that is not to be followed yet.
const HEAVY: Length = 5 * POINT / 2;

/// The head of every page, so that a loose one can be identified: whose it is, which drug, and that a plan is
/// not to be followed yet.
pub(super) fn head(plan: &Plan, setter: &Setter<'_>) -> Result<Page, Refused> {
    let patient = &plan.request().patient;
    let [name, id] = [&patient.name, &patient.id].map(|it| it.as_ref().map(Text::as_str));
    let mut head = stacked(&setter.text(&words::belongs_to(name, id, patient.birth_date), FIGURE)?);
    head.add(&stacked(&setter.text(&named(plan), LABEL)?));
    if plan.listed().origin == Origin::Local || plan.listed().is_draft() {
        head.add(&stacked(&setter.text(summary::origin(plan.listed()), STRONG)?));
    }
    head.bar(0, head.height + 2 * POINT, setter.measure, POINT);
    let mut head = head.and_room(8 * POINT);
    let marks = match plan.status() {
        PlanStatus::Ready => None,
        PlanStatus::NeedsConfirmation => Some((words::PROVISIONAL, summary::PROVISIONAL_MEANS)),
        PlanStatus::Stopped => Some((words::STOPPED, summary::STOPPED_MEANS)),
    };
    if let Some((marked, means)) = marks {
        let width = inside(setter.measure, HEAVY);
        let inner = Setter { fonts: setter.fonts, measure: width };
        // The mark is on every side: a line less in it is a line more for the plan on each.
        let mut mark = inner.beside(inner.text(marked, LARGE)?, &present::status_sentence(plan), STRONG)?;
        mark.extend(inner.text(means, BODY)?);
        head.add(&stacked(&framed(&mark, setter.measure, HEAVY)));
        head = head.and_room(5 * POINT);
    }
    Ok(head)
}

/// The drug with dose and indication; of a stopped plan without a dose.
pub(super) fn named(plan: &Plan) -> String {
    Given::of(plan).map_or_else(
        |_| {
            let request = plan.request();
            words::treatment(plan.listed().drug.name.as_str(), &summary::purpose(request.indication, request.tumour))
        },
        |given| given.named(),
    )
}

/// The foot of every page: what made it, its number, and the fingerprint by which the regimens are known again.
pub(super) fn foot(
    plan: &Plan,
    options: &Options,
    setter: &Setter<'_>,
    [number, count]: [usize; 2],
) -> Result<Page, Refused> {
    let page = setter.to_the_right(&words::page_of(number, count), LABEL)?;
    let taken = page.texts.iter().map(|it| it.width).sum::<Length>() + 12 * POINT;
    let mut foot = Page { height: 3 * POINT, ..Page::default() };
    foot.bar(0, 0, setter.measure, POINT * 3 / 4);
    foot.put(&page, 0, foot.height);
    foot.add(&setter.block(&words::printed(options.local()), LABEL, 0, setter.measure - taken)?);
    foot.add(&setter.block(&words::regimens(plan.library().digest()), LABEL, 0, setter.measure)?);
    Ok(foot.repeated())
}
