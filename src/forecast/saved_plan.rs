//! What a forecast takes from a saved plan.

use chrono::NaiveDate;

use super::{Product, Treatment};
use crate::{
    json::{Fault, unhidden},
    patient::{Indication, Route},
    plan::{
        PlanStatus,
        document::{DosingDocument, EntryDocument, PlanDocument, ScheduleDocument},
    },
    quantity::Mass,
    request::{Clinic, Patient, Request},
    saved::{self, NoPlan, Seal, open},
};

/// A document among plans.
#[derive(Debug)]
pub enum Line {
    /// A plan.
    Plan(Box<SavedPlan>),
    /// A line of `batch` that says why there is no plan.
    Error,
}

/// Why a document is no plan that can be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// What is wrong with its form, and where.
    Fault(Fault),
    /// What contradicts itself.
    Contradiction(Contradiction),
    /// A line of `batch --brief`, which names no product.
    Brief,
    /// A request, for which no plan was made yet.
    Request,
    /// A list, of plans or of something else.
    List,
    /// Something else.
    Other,
}

/// Values of a plan that contradict each other: the program does not write them so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// The schedule says otherwise than the status whether the plan is provisional.
    Provisional(PlanStatus),
    /// A plan that nothing stops has neither dose nor dates.
    NoDose(PlanStatus),
    /// An infusion without its least time.
    NoInfusionTime,
    /// The doses are not in the order of their numbers, each on a later day.
    DosesOutOfOrder,
}

impl Contradiction {
    /// The part of the plan in which it is.
    pub fn part(self) -> &'static str {
        match self {
            Self::Provisional(_) | Self::DosesOutOfOrder => "schedule",
            Self::NoDose(_) | Self::NoInfusionTime => "dosing",
        }
    }
}

/// What is taken from a plan.
#[derive(Clone, Debug)]
pub struct SavedPlan {
    pub(super) patient: Patient,
    /// Whether it was altered since it was saved, as far as its checksum can say.
    pub(super) altered: bool,
    /// None in a stopped plan.
    pub(super) planned: Option<Planned>,
}

/// What a plan gives, and when.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) drug: String,
    pub(super) regimen: String,
    pub(super) indication: Indication,
    pub(super) route: Route,
    pub(super) frequency: String,
    pub(super) dose: Mass,
    pub(super) product: String,
    pub(super) open: Vec<(String, u32)>,
    pub(super) minutes: Option<u16>,
    pub(super) provisional: bool,
    /// The first dose of the course, which may be before this plan.
    pub(super) first: NaiveDate,
    pub(super) clinic: Option<Clinic>,
    pub(super) start: NaiveDate,
    pub(super) end: NaiveDate,
    pub(super) doses: Vec<DoseDay>,
    pub(super) supplies: Vec<SupplyDay>,
}

/// A dose on its day.
#[derive(Clone, Copy, Debug)]
pub(super) struct DoseDay {
    pub(super) number: u16,
    pub(super) date: NaiveDate,
    pub(super) planned: NaiveDate,
    /// Whether it is given only if a check says so.
    pub(super) conditional: bool,
}

/// Tablets or capsules handed out on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct SupplyDay {
    pub(super) date: NaiveDate,
    pub(super) units: u32,
}

impl Planned {
    /// The product, as it is counted by its tablets or capsules.
    pub(super) fn product(&self) -> Product {
        Product { drug: self.drug.clone(), product: self.product.clone(), container: None }
    }

    pub(super) fn treatment(&self) -> Treatment {
        Treatment {
            drug: self.drug.clone(),
            product: self.product.clone(),
            indication: self.indication,
            route: self.route,
            frequency: self.frequency.clone(),
            dose: self.dose,
        }
    }
}

/// Reads one document: a plan, or a line of `batch` that holds none.
///
/// # Errors
/// The first fault of the document, or what it is if it is not a plan.
pub fn read(document: &[u8]) -> Result<Line, Unread> {
    match open(document) {
        Ok(saved) => SavedPlan::of(saved).map(|plan| Line::Plan(Box::new(plan))).map_err(Unread::Contradiction),
        Err(NoPlan::BatchError { .. }) => Ok(Line::Error),
        Err(NoPlan::List) => Err(Unread::List),
        Err(NoPlan::Fault(fault)) => Err(Unread::Fault(fault)),
        Err(NoPlan::Brief) => Err(Unread::Brief),
        Err(NoPlan::Request) => Err(Unread::Request),
        Err(NoPlan::Other) => Err(Unread::Other),
    }
}

impl SavedPlan {
    fn of(saved: saved::SavedPlan) -> Result<Self, Contradiction> {
        let altered = matches!(saved.seal, Seal::Broken | Seal::Reprinted);
        let PlanDocument { status, request, dosing, schedule, .. } = saved.document;
        let request = request.into_owned();
        let patient = request.patient.clone();
        if status == PlanStatus::Stopped {
            return Ok(Self { patient, altered, planned: None });
        }
        let (Some(dosing), Some(schedule)) = (dosing, schedule) else { return Err(Contradiction::NoDose(status)) };
        let planned = Planned::of(status, request, dosing, &schedule)?;
        Ok(Self { patient, altered, planned: Some(planned) })
    }
}

impl Planned {
    fn of(
        status: PlanStatus,
        request: Request,
        dosing: DosingDocument<'_>,
        schedule: &ScheduleDocument<'_>,
    ) -> Result<Self, Contradiction> {
        let provisional = status == PlanStatus::NeedsConfirmation;
        if schedule.provisional != provisional {
            return Err(Contradiction::Provisional(status));
        }
        let preparation = dosing.preparation;
        if dosing.route == Route::Intravenous && preparation.minimum_minutes.is_none() {
            return Err(Contradiction::NoInfusionTime);
        }
        let (doses, supplies) = entries(&schedule.entries);
        if !doses.is_sorted_by(|one, next| one.date < next.date && one.number < next.number) {
            return Err(Contradiction::DosesOutOfOrder);
        }
        Ok(Self {
            drug: unhidden(&dosing.drug),
            regimen: dosing.regimen.into_owned(),
            indication: request.indication,
            route: dosing.route,
            frequency: unhidden(&dosing.frequency),
            dose: dosing.dose_mg,
            product: unhidden(&preparation.product),
            open: preparation.open.into_iter().map(|it| (unhidden(&it.product), it.count)).collect(),
            minutes: preparation.minimum_minutes,
            provisional,
            first: first_dose(&request, &doses),
            clinic: request.clinic,
            start: schedule.start_date,
            end: schedule.end_date,
            doses,
            supplies,
        })
    }
}

/// The first dose of a course: as the request states it, or the first one that is planned.
fn first_dose(request: &Request, doses: &[DoseDay]) -> NaiveDate {
    let planned = doses.first().map(|dose| dose.date);
    let given = request.course.as_ref().map(|course| course.first_dose);
    given.or(planned).unwrap_or(request.treatment.start_date)
}

fn entries(entries: &[EntryDocument<'_>]) -> (Vec<DoseDay>, Vec<SupplyDay>) {
    let (mut doses, mut supplies) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry {
            EntryDocument::Dose(it) => doses.push(DoseDay {
                number: it.number,
                date: it.date,
                planned: it.planned_date,
                conditional: it.only.is_some(),
            }),
            EntryDocument::Supply(it) => supplies.push(SupplyDay { date: it.date, units: it.units }),
            EntryDocument::Check(_) | EntryDocument::Review(_) => {}
        }
    }
    (doses, supplies)
}
