//! What a patient takes of a course by mouth, and how often. Entries keep the dose in mg and the request that it comes
//! from; how often it is taken is said by the engine, which makes the same of that request again.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    event::{Assessed, Body, Counted, Event, Supplied, What},
    fold::CourseState,
};
use crate::{
    dosing,
    json::Text,
    plan::{Dosing, Outcome, reopen},
    regimen::{Library, Product},
    request::Request,
};

/// What a patient takes by mouth.
#[derive(Clone, Debug)]
pub struct ByMouth {
    /// The dosing; none where the library at hand is not the one that it was made with.
    pub dosing: Option<Box<Dosing>>,
    /// The day of the assessment that decides it; none where that is the plan.
    pub assessed: Option<NaiveDate>,
}

/// At which point of a course it is asked what is taken.
#[derive(Clone, Copy, Debug)]
pub enum At {
    /// Now.
    Newest,
    /// On a day.
    Day(NaiveDate),
    /// By the assessment of this entry where it decides a dose, else on the day.
    Assessed(u64, NaiveDate),
}

impl At {
    /// The point of a supply: by the assessment that it rests on, else by what was decided up to its day.
    pub fn of(assessed: Option<u64>, on: NaiveDate) -> Self {
        assessed.map_or(Self::Day(on), |assessed| Self::Assessed(assessed, on))
    }
}

/// A supply that is more or less than what is taken in its days.
#[derive(Clone, Debug)]
pub struct OtherSupply {
    /// What is taken.
    pub taken: ByMouth,
    /// The product that was supplied.
    pub product: &'static Product,
    /// The fewest and the most tablets or capsules that would fit; none where the dose is no whole number of them.
    pub needed: Option<(u32, u32)>,
}

/// What does not fit of a supply; none where it fits, where another dose than the one that was decided says why in any
/// case, or where the library at hand cannot say.
pub fn other_supply(
    course: &CourseState,
    events: &[Event],
    at: At,
    supplied: &Supplied,
    library: &'static Library,
) -> Option<OtherSupply> {
    let taken = by_mouth(course, events, at, library)?;
    let dosing = taken.dosing.as_ref().filter(|dosing| dosing.mass.in_milligrams() == supplied.dose_mg)?;
    let named = supplied.product.as_ref().and_then(|product| dosing.listed.product(product));
    let product = named.unwrap_or(dosing.product);
    let needed = dosing::units_for(dosing, product.contains.0, supplied.days);
    let fits = needed.is_some_and(|(fewest, most)| (fewest..=most).contains(&supplied.units));
    (!fits).then_some(OtherSupply { taken, product, needed })
}

/// What is taken in a course, by the newest assessment or plan up to then. None of a course whose doses are given on the
/// ward.
pub fn by_mouth(course: &CourseState, events: &[Event], at: At, library: &'static Library) -> Option<ByMouth> {
    if course.plan.unit != Counted::Supplies {
        return None;
    }
    let struck: BTreeSet<u64> = events.iter().filter_map(|event| event.what.strikes()).collect();
    let counts = |event: &&Event| event.course == Some(course.number) && !struck.contains(&event.number);
    let assessments = || events.iter().filter(counts).filter_map(|event| Some((event, assessment(event)?)));
    let plan = events.iter().find(|event| event.number == course.plan_number).map(|it| (it.on, it.number));
    let (named, until) = match at {
        At::Newest => (None, NaiveDate::MAX),
        At::Day(on) => (None, on),
        At::Assessed(number, on) => (Some(number), on),
    };
    let is_newer = |event: &Event| event.on <= until && Some((event.on, event.number)) > plan;
    let newest =
        || assessments().filter(|(event, _)| is_newer(event)).max_by_key(|(event, _)| (event.on, event.number));
    let found = assessments().find(|(event, _)| Some(event.number) == named).or_else(newest);
    Some(match found {
        Some((_, it)) => {
            let dosing = made_again(it.request.clone(), &it.regimens_sha256, library);
            ByMouth { dosing, assessed: Some(it.day) }
        }
        None => planned(course, library),
    })
}

/// What is taken by the plan in force.
pub fn planned(course: &CourseState, library: &'static Library) -> ByMouth {
    let request = reopen(course.plan.plan.0.as_bytes()).ok();
    let dosing = request.and_then(|request| made_again(request, &course.plan.regimens_sha256, library));
    ByMouth { dosing, assessed: None }
}

/// An assessment that decides a dose.
fn assessment(event: &Event) -> Option<&Assessed> {
    match &event.what {
        What::Body(Body::Assessed(it)) if it.dose_mg.is_some() => Some(it),
        _ => None,
    }
}

/// The dosing of a request with the library that it was made with.
fn made_again(request: Request, made_with: &Text, library: &'static Library) -> Option<Box<Dosing>> {
    if made_with.as_str() != library.digest() {
        return None;
    }
    match dosing::plan(request, library).ok()?.outcome() {
        Outcome::Dosed(dosed) => Some(Box::new(dosed.dosing.clone())),
        Outcome::Stopped => None,
    }
}
