//! The plan as a whole, and its dated actions.

use chrono::NaiveDate;

use super::{
    Course,
    element::{Annotation, Concept, Meta, Period, Reference, elements},
    issue,
};
use crate::{
    json::Text,
    plan::{Before, Entry, Event},
    present::{card, entry_line, second_check, status_sentence},
    regimen::{Code, Statement},
    words::{
        fhir as words,
        spoken::{NOT_RECORDED, marked},
        summary,
    },
};

elements! {
    /// The plan.
    struct CarePlan {
        id: String,
        meta: Option<Meta>,
        instantiates_uri: Vec<String>,
        status: &'static str,
        intent: &'static str,
        title: String,
        description: String,
        subject: Reference,
        period: Period,
        supporting_info: Vec<Reference>,
        activity: Vec<Activity>,
        note: Vec<Annotation>,
    }

    /// What belongs to a plan.
    struct Activity {
        reference: Reference,
    }

    /// The dated actions of a plan.
    struct RequestGroup {
        id: String,
        meta: Option<Meta>,
        instantiates_uri: Vec<String>,
        based_on: Vec<Reference>,
        status: &'static str,
        intent: &'static str,
        code: Concept,
        subject: Reference,
        reason_code: Vec<Concept>,
        note: Vec<Annotation>,
        action: Vec<Action>,
    }

    /// What happens on a day.
    struct Action {
        id: String,
        title: String,
        description: Option<String>,
        related_action: Vec<RelatedAction>,
        timing_date_time: NaiveDate,
        resource: Reference,
    }

    /// The dose or the supply that a check goes before.
    struct RelatedAction {
        action_id: String,
        relationship: &'static str,
    }

    /// A check or a review.
    struct ServiceRequest {
        id: String,
        meta: Option<Meta>,
        based_on: Vec<Reference>,
        status: &'static str,
        intent: &'static str,
        code: Concept,
        subject: Reference,
        occurrence_date_time: NaiveDate,
        note: Vec<Annotation>,
    }
}

/// The plan.
pub(super) fn care_plan(course: &Course<'_>, evidence: Vec<Reference>) -> CarePlan {
    let schedule = &course.dosed().schedule;
    CarePlan {
        id: course.ids.id("care-plan"),
        meta: course.meta(),
        instantiates_uri: vec![course.regimen_uri()],
        status: course.status(),
        intent: "plan",
        title: course.given.named(),
        description: description(course),
        subject: course.patient(),
        period: Period { start: schedule.start_date, end: Some(schedule.end_date) },
        supporting_info: evidence,
        activity: vec![Activity { reference: course.ids.to("request-group") }],
        note: course.marks().chain(statements(course).map(Annotation::new)).collect(),
    }
}

/// What a plan says beside its parts. It repeats what people typed, and is therefore no remark.
fn description(course: &Course<'_>) -> String {
    let plan = course.plan();
    let request = plan.request();
    let entered = |text: &Option<Text>| text.as_ref().map(|it| it.as_str().trim().to_owned());
    let mut parts = vec![("Status", status_sentence(plan))];
    parts.extend(card(plan).into_iter().map(|line| (line.label, line.value)));
    parts.push(("Allergies", words::allergies(entered(&request.patient.allergies).as_deref())));
    parts.push(("Entered by", entered(&request.prepared_by).unwrap_or_else(|| NOT_RECORDED.to_owned())));
    parts.push(("Second check", second_check(plan)));
    parts.extend(plan.unused_confirmations().map(|unused| {
        let finding = unused.finding.as_str();
        let known = Code::from_word(finding).map(|code| code.as_str().replace('-', " "));
        ("Note", summary::unused(known.as_deref().unwrap_or(finding), unused.by.as_str()))
    }));
    words::description(&parts)
}

/// What the regimen says with every plan.
fn statements(course: &Course<'_>) -> impl Iterator<Item = String> {
    let dosing = course.dosing();
    let listed = dosing.listed;
    let said = |heading: &'static str| {
        move |it: &Statement| words::headed(heading, &marked(it.text.as_str(), it.verification))
    };
    let supplements = dosing.supplements.iter().copied();
    let steps = listed.regimen.step_down.iter().map(|it| marked(it.text.as_str(), it.verification));
    let follows =
        dosing.follow_on.iter().map(|it| marked(&summary::follow_on(it.text, it.mass, it.from), it.row.verification));
    let directions = dosing.directions.iter().copied().map(said("Directions"));
    directions
        .chain(supplements.map(said("Calcium and vitamin D")))
        .chain(steps.map(|text| words::headed("Steps of the dose", &text)))
        .chain(follows.map(|text| words::headed("Afterwards", &text)))
        .chain(listed.not_these_products().map(said("Not this product")))
}

/// The entries of the schedule, each with the part by which it is known: "dose-2", "check-5".
pub(super) fn entries<'c>(course: &Course<'c>) -> Vec<(String, &'c Entry)> {
    let (mut checks, mut reviews) = (0_u32, 0_u32);
    let mut name = |event: &Event| match event {
        Event::Dose { number, .. } => dose(*number),
        Event::Supply { number, .. } => supply(*number),
        Event::Check { .. } => {
            checks += 1;
            format!("check-{checks}")
        }
        Event::Review { .. } => {
            reviews += 1;
            format!("review-{reviews}")
        }
    };
    course.dosed().schedule.entries.iter().map(|entry| (name(&entry.event), entry)).collect()
}

fn dose(number: u16) -> String {
    format!("dose-{number}")
}

fn supply(number: u16) -> String {
    format!("supply-{number}")
}

/// The dated actions.
pub(super) fn request_group(course: &Course<'_>, entries: &[(String, &Entry)], reason: Concept) -> RequestGroup {
    RequestGroup {
        id: course.ids.id("request-group"),
        meta: course.meta(),
        instantiates_uri: vec![course.regimen_uri()],
        based_on: vec![course.ids.to("care-plan")],
        status: course.status(),
        intent: "plan",
        code: Concept::text(course.given.named()),
        subject: course.patient(),
        reason_code: vec![reason],
        note: course.marks().collect(),
        action: entries.iter().map(|(part, entry)| action(course, part, entry)).collect(),
    }
}

fn action(course: &Course<'_>, part: &str, entry: &Entry) -> Action {
    let line = entry_line(course.dosed(), entry);
    let before = entry.event.before().map(|it| match it {
        Before::Dose(number) => dose(number),
        Before::Supply(number) => supply(number),
    });
    Action {
        id: part.to_owned(),
        title: words::title(&line.what, &line.number, &line.dose),
        description: (!line.notes.is_empty()).then(|| line.notes.join("\n")),
        related_action: before
            .map(|action_id| RelatedAction { action_id, relationship: "before-start" })
            .into_iter()
            .collect(),
        timing_date_time: entry.date,
        resource: course.ids.to(part),
    }
}

/// A check or a review; none for an entry that is a dose or a supply.
pub(super) fn service(course: &Course<'_>, part: &str, entry: &Entry) -> Option<ServiceRequest> {
    if !matches!(entry.event, Event::Check { .. } | Event::Review { .. }) {
        return None;
    }
    let line = entry_line(course.dosed(), entry);
    Some(ServiceRequest {
        id: course.ids.id(part),
        meta: course.meta(),
        based_on: vec![course.ids.to("care-plan")],
        status: course.status(),
        intent: "plan",
        code: Concept::text(line.what),
        subject: course.patient(),
        occurrence_date_time: entry.date,
        note: course.marks().chain(line.notes.into_iter().map(Annotation::new)).collect(),
    })
}

/// The findings, by which the plan is judged.
pub(super) fn finding_references(course: &Course<'_>) -> Vec<Reference> {
    (0..course.plan().findings().len()).map(|place| course.ids.to(&issue::part(place))).collect()
}
