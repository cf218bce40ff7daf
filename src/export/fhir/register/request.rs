//! The request of a course: one for each plan, with how far the course is.

use super::{
    super::{
        codes as common,
        element::{Annotation, Concept, Meta, Quantity, Reference, elements},
    },
    codes,
    history::{Plan, Told},
    moment,
};
use crate::{
    export::register::Reason,
    ward::{
        event::{EndReason, Kind},
        fold::{CourseState, Status},
    },
    words::{fhir, register as words, spoken},
};

elements! {
    /// A course that was planned.
    struct MedicationRequest {
        id: String,
        meta: Meta,
        status: &'static str,
        status_reason: Option<Concept>,
        intent: &'static str,
        medication_codeable_concept: Concept,
        subject: Reference,
        instantiates_uri: Vec<String>,
        based_on: Vec<Reference>,
        note: Vec<Annotation>,
        dosage_instruction: Vec<Dosage>,
        prior_prescription: Option<Reference>,
    }

    /// The dose.
    struct Dosage {
        text: String,
        route: Concept,
        dose_and_rate: Vec<DoseAndRate>,
    }

    /// How much.
    struct DoseAndRate {
        dose_quantity: Quantity,
    }
}

/// The request of a plan; none where the course is not known.
pub(super) fn request(told: &Told<'_>, plan: &Plan) -> Option<MedicationRequest> {
    let struck = told.struck(plan.number);
    let course = told.course(plan.course);
    let (status, status_reason) = match (&struck, course) {
        (Some(_), _) => ("entered-in-error", struck),
        (None, Some(course)) if course.plan_number == plan.number => status(course),
        (None, Some(_)) => ("stopped", Some(codes::planned_again())),
        (None, None) => return None,
    };
    let planned = &plan.planned;
    let before = told.plans.iter().take_while(|it| it.number != plan.number).filter(|it| it.course == plan.course);
    let regimen = format!("urn:osteodose:regimen:{}:sha256:{}", planned.regimen, planned.regimens_sha256);
    Some(MedicationRequest {
        id: told.id(plan.number),
        meta: Meta { tag: vec![codes::kind(Kind::Planned)] },
        status,
        status_reason,
        intent: "plan",
        medication_codeable_concept: told.drug(plan.course),
        subject: told.patient(),
        instantiates_uri: vec![regimen],
        based_on: plan.care_plan().into_iter().collect(),
        note: vec![Annotation::new(fhir::NOT_AN_ORDER)],
        dosage_instruction: vec![Dosage {
            text: words::planned_in_full(planned),
            route: common::route(planned.route, spoken::route(planned.route)),
            dose_and_rate: vec![DoseAndRate { dose_quantity: common::milligrams(planned.dose_mg) }],
        }],
        prior_prescription: before.last().map(|it| moment::to("MedicationRequest", &told.id(it.number))),
    })
}

/// How far a course is, as the status of its request.
fn status(course: &CourseState) -> (&'static str, Option<Concept>) {
    match course.status {
        Status::Planned | Status::Active | Status::AllAnswered => ("active", None),
        Status::OnHold => {
            // One status has one reason: that of the newest hold; the others are in its words.
            let all: Vec<&str> = course.holds.iter().map(|hold| words::hold(hold.because)).collect();
            let newest = course.holds.last().map(|hold| hold.because);
            let reason = newest.map(|it| Reason { of: Kind::Held, code: it.as_str(), said: words::hold(it) });
            let concept = reason.map(|it| codes::reason(it, None));
            ("on-hold", concept.map(|it| Concept { text: Some(all.join("; ")), ..it }))
        }
        Status::Ended => {
            let because = course.ended.map(|end| end.because);
            let reason = because.map(|it| Reason { of: Kind::Ended, code: it.as_str(), said: words::end(it) });
            let status = if because == Some(EndReason::Completed) { "completed" } else { "stopped" };
            (status, reason.map(|it| codes::reason(it, None)))
        }
    }
}
