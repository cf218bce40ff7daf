//! A medication request for each dose and for each supply of tablets or capsules.

use chrono::NaiveDate;

use super::{
    Course, codes,
    element::{Annotation, Concept, Meta, Period, Quantity, Reference, elements},
    supply,
};
use crate::{
    plan::{Entry, Event},
    present::{CardItem, card, entry_line},
    quantity::Mass,
    words::{
        fhir as words,
        spoken::{self, UNVERIFIED, UNVERIFIED_MEANS},
        summary::rate,
    },
};

elements! {
    /// What is given or handed out on one day.
    struct MedicationRequest {
        id: String,
        meta: Option<Meta>,
        status: &'static str,
        intent: &'static str,
        medication_codeable_concept: Concept,
        subject: Reference,
        supporting_information: Vec<Reference>,
        reason_code: Vec<Concept>,
        instantiates_uri: Vec<String>,
        based_on: Vec<Reference>,
        note: Vec<Annotation>,
        dosage_instruction: Vec<Dosage>,
        dispense_request: Option<Dispense>,
        detected_issue: Vec<Reference>,
    }

    /// How it is given or taken. Those with the same sequence are taken together, others one after the other.
    struct Dosage {
        sequence: u16,
        text: String,
        additional_instruction: Vec<Concept>,
        timing: Timing,
        route: Concept,
        dose_and_rate: Vec<DoseAndRate>,
    }

    /// When.
    struct Timing {
        event: Vec<NaiveDate>,
        repeat: Option<Repeat>,
    }

    /// How often, and for how long.
    #[derive(Default)]
    struct Repeat {
        bounds_period: Option<Period>,
        count: Option<u16>,
        duration: Option<u16>,
        duration_unit: Option<&'static str>,
        frequency: Option<u16>,
        period: Option<i64>,
        period_unit: Option<&'static str>,
    }

    /// How much, and how fast at most.
    struct DoseAndRate {
        r#type: Concept,
        dose_quantity: Quantity,
        rate_quantity: Option<Quantity>,
    }

    /// What is handed out.
    struct Dispense {
        validity_period: Period,
        number_of_repeats_allowed: u32,
        quantity: Quantity,
        expected_supply_duration: Quantity,
    }
}

impl DoseAndRate {
    /// A dose that the program computed.
    pub(super) fn of(mass: Mass, rate: Option<u32>) -> Self {
        Self {
            r#type: codes::calculated(),
            dose_quantity: codes::milligrams(mass.in_milligrams()),
            rate_quantity: rate.map(codes::millilitres_per_hour),
        }
    }
}

/// The request for an entry; none where nothing is given or handed out.
pub(super) fn request(course: &Course<'_>, part: &str, entry: &Entry) -> Option<MedicationRequest> {
    let (dosage, dispense) = match entry.event {
        Event::Dose { mass, only, .. } => (vec![dose(course, entry.date, mass, only)], None),
        Event::Supply { units, days, .. } => {
            (supply::dosage(course, entry.planned_date, days), Some(supply::dispense(course, entry.date, units, days)))
        }
        Event::Check { .. } | Event::Review { .. } => return None,
    };
    let drug = course.dosing().listed.drug;
    let line = entry_line(course.dosed(), entry);
    let unverified = dosage.iter().any(|it| it.text.contains(UNVERIFIED)).then_some(UNVERIFIED_MEANS);
    let notes = line.notes.into_iter().chain(unverified.map(str::to_owned));
    Some(MedicationRequest {
        id: course.ids.id(part),
        meta: course.meta(),
        status: course.status(),
        intent: "plan",
        medication_codeable_concept: Concept {
            coding: codes::drug(drug.atc.as_str(), drug.name.as_str()),
            text: Some(course.given.named()),
        },
        subject: course.patient(),
        supporting_information: super::observation::basis(course),
        reason_code: vec![course.reason()],
        instantiates_uri: vec![course.regimen_uri()],
        based_on: vec![course.ids.to("care-plan")],
        note: course.marks().chain(notes.map(Annotation::new)).collect(),
        dosage_instruction: dosage,
        dispense_request: dispense,
        detected_issue: course.issues(),
    })
}

/// A dose that is given on one day, with the dose card as its text.
fn dose(course: &Course<'_>, day: NaiveDate, mass: Mass, only: Option<&str>) -> Dosage {
    let dosing = course.dosing();
    let preparation = &dosing.preparation;
    let route = spoken::route(dosing.listed.regimen.route);
    let fastest = preparation.maximum_rate.map(|it| words::headed("Pump rate", &rate(it)));
    Dosage {
        sequence: 1,
        text: words::card(card_lines(course).chain([("Route", route.to_owned())])),
        additional_instruction: only.map(str::to_owned).into_iter().chain(fastest).map(Concept::text).collect(),
        timing: Timing {
            event: vec![day],
            repeat: Some(Repeat {
                count: Some(1),
                duration: preparation.minimum_minutes,
                duration_unit: preparation.minimum_minutes.map(|_| "min"),
                ..Repeat::default()
            }),
        },
        route: codes::route(dosing.listed.regimen.route, route),
        dose_and_rate: vec![DoseAndRate::of(mass, preparation.maximum_rate)],
    }
}

/// The lines of the dose card on the dose and how it is prepared.
pub(super) fn card_lines(course: &Course<'_>) -> impl Iterator<Item = (&'static str, String)> {
    let lines = card(course.plan()).into_iter();
    let of_dose = |item: CardItem| {
        matches!(item, CardItem::Product | CardItem::Dose | CardItem::WhyThisDose) || item.is_of_preparation()
    };
    lines.filter(move |line| of_dose(line.item)).map(|line| (line.label, line.value))
}
