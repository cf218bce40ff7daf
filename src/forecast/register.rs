//! What a forecast counts of a register: the open doses of each course on the days on which they are due now. A course
//! on hold or without a date is counted apart and named, since it needs product when it is resumed.

use chrono::NaiveDate;

use super::{
    Place, Product, SavedPlan, Tally,
    saved_plan::{DoseDay, Line, Planned, SupplyDay, read},
};
use crate::{
    json::vocabulary,
    ward::{
        event::Identity,
        flow::{self, SlotDate, Standing},
        fold::{CourseState, Status},
    },
    words::forecast as words,
};

vocabulary! {
    /// Why doses of a course are not in the figures.
    pub enum Apart {
        /// The course is on hold.
        OnHold = "on-hold",
        /// A dose was deferred, and no day is set.
        NoDate = "no-date",
        /// It was due before the first day that is counted, and nothing is recorded of it.
        BeforeFrom = "before-from",
        /// The clinic is not open on any day within reach.
        NeverOpen = "never-open",
        /// The saved plan of the course cannot be read.
        PlanNotRead = "plan-not-read",
    }
}

impl Apart {
    /// The reason as people read it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::OnHold => words::ON_HOLD,
            Self::NoDate => words::NO_DATE,
            Self::BeforeFrom => words::BEFORE_FROM,
            Self::NeverOpen => words::NEVER_OPEN,
            Self::PlanNotRead => words::PLAN_NOT_READ,
        }
    }
}

/// A course of a register, with the days of its open doses.
#[derive(Clone, Copy, Debug)]
pub struct OfRegister<'r> {
    /// The patient.
    pub patient: &'r Identity,
    /// The course.
    pub course: &'r CourseState,
    /// Its open doses with their days.
    pub dates: &'r [SlotDate],
}

/// The register that a forecast was made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfWard {
    /// The name of the ward.
    pub ward: String,
    /// The number of the last entry.
    pub entry: u64,
    /// Its anchor, by which it can be verified later how far the register went.
    pub anchor: String,
}

/// Doses of a course that are in no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetApart {
    /// The patient's identifier.
    pub patient: String,
    /// The drug's name.
    pub drug: String,
    /// Where the course is.
    pub place: Place,
    /// Why.
    pub why: Apart,
    /// How many doses.
    pub doses: u64,
    /// How many supplies.
    pub supplies: u64,
    /// What they need: containers, or tablets and capsules.
    pub needs: Vec<(Product, u64)>,
}

impl Tally {
    /// Takes a course of a register in. An ended course, and one of which every dose was answered, needs nothing.
    pub fn add_course(&mut self, place: Place, of: OfRegister<'_>) {
        let OfRegister { patient, course, dates } = of;
        if matches!(course.status, Status::Ended | Status::AllAnswered) {
            return;
        }
        let apart = |why| SetApart {
            patient: patient.id.to_string(),
            drug: course.plan.name.to_string(),
            place: place.clone(),
            why,
            doses: 0,
            supplies: 0,
            needs: Vec::new(),
        };
        let Ok(Line::Plan(saved)) = read(course.plan.plan.0.as_bytes()) else {
            return self.apart.push(apart(Apart::PlanNotRead));
        };
        let SavedPlan { patient: person, altered, planned: Some(planned) } = *saved else { return };
        // Whatever the course waits for, it is all of it.
        let waits = match (course.status, flow::next(dates).map(|next| next.standing)) {
            (Status::OnHold, _) => Some(Apart::OnHold),
            (_, Some(Standing::NoDate)) => Some(Apart::NoDate),
            (_, Some(Standing::NeverOpen)) => Some(Apart::NeverOpen),
            _ => None,
        };
        let from = self.scope.from;
        for why in Apart::ALL.iter().copied() {
            let is_apart = |it: &&SlotDate| waits.or_else(|| of_dose(it, from)) == Some(why);
            let slots: Vec<&SlotDate> = dates.iter().filter(|it| will_be_given(it.standing)).filter(is_apart).collect();
            if !slots.is_empty() {
                self.apart.push(set_apart(apart(why), &open(&planned, course, &slots)));
            }
        }
        if waits.is_none() {
            let due: Vec<&SlotDate> = dates.iter().filter(|it| it.standing == Standing::Due).collect();
            let mut person = person;
            (person.id, person.name) = (Some(patient.id.clone()), patient.name.clone());
            person.birth_date = patient.birth_date;
            let planned = Some(open(&planned, course, &due));
            self.add(place, SavedPlan { patient: person, altered, planned });
        }
    }
}

/// Why a single dose is in no figure. A late one needs its product on some later day, whatever the first day is.
fn of_dose(slot: &SlotDate, from: Option<NaiveDate>) -> Option<Apart> {
    match slot.standing {
        Standing::NoDate => Some(Apart::NoDate),
        Standing::NeverOpen => Some(Apart::NeverOpen),
        Standing::Due if slot.due < from => Some(Apart::BeforeFrom),
        Standing::Due | Standing::PastEnd | Standing::NotMadeUp | Standing::Ended => None,
    }
}

/// Whether an open dose needs product, now or later.
fn will_be_given(standing: Standing) -> bool {
    matches!(standing, Standing::Due | Standing::NoDate | Standing::NeverOpen)
}

/// The plan with these doses alone, each on its day.
fn open(planned: &Planned, course: &CourseState, slots: &[&SlotDate]) -> Planned {
    let (mut doses, mut supplies) = (Vec::new(), Vec::new());
    for slot in slots {
        let date = slot.due.unwrap_or(slot.planned);
        let Some(at) = course.plan.slots.iter().position(|it| it.planned == slot.planned) else { continue };
        let dose = planned.doses.get(at).copied();
        doses.extend(dose.map(|it| DoseDay { number: slot.dose, date, planned: slot.planned, ..it }));
        supplies.extend(planned.supplies.get(at).map(|it| SupplyDay { date, ..*it }));
    }
    let first = course.first_dose.or_else(|| doses.first().map(|dose| dose.date)).unwrap_or(planned.first);
    // No dose can be moved to a day on which the last one forbids it.
    let possible = course.first_possible().map_or(NaiveDate::MIN, |(first, _)| first);
    Planned {
        first,
        start: planned.start.max(possible),
        end: course.ends().unwrap_or(planned.end),
        doses,
        supplies,
        ..planned.clone()
    }
}

fn set_apart(mut apart: SetApart, open: &Planned) -> SetApart {
    let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
    (apart.doses, apart.supplies) = (count(open.doses.len()), count(open.supplies.len()));
    for (container, each) in open.open.iter().filter(|_| apart.doses > 0) {
        let product = Product { container: Some(container.clone()), ..open.product() };
        apart.needs.push((product, apart.doses.saturating_mul(u64::from(*each))));
    }
    if apart.supplies > 0 {
        let units = open.supplies.iter().map(|it| u64::from(it.units)).fold(0, u64::saturating_add);
        apart.needs.push((open.product(), units));
    }
    apart
}
