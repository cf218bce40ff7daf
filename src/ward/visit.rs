//! The visit: what the engine says of today's dose. The course is what the entries make of it, the values are those of
//! today, and the dates of the plan that comes out are not used: those are of [`flow`](super::flow).

use chrono::NaiveDate;

use super::{
    earlier,
    event::{Assessed, HoldReason, Verdict as Assessment},
    fold::{PatientState, Refused},
};
use crate::{
    dosing,
    json::Text,
    patient::{Condition, Dental, Medicine, WeightBasis},
    plan::{Finding, Plan, PlanStatus, Unusable, reopen},
    quantity::Decimal,
    regimen::{Code, Library, Severity},
    request::{Clinic, Confirmation, DatedCreatinine, EarlierDose, History, Labs, Patient, Request, SecondCheck},
};

/// What is entered at a visit. What is left out was not asked: nothing of the plan takes its place but what does not
/// change, which is height and allergies.
#[derive(Clone, Debug, PartialEq)]
pub struct Entered {
    /// Today's weight in kg.
    pub weight_kg: Decimal,
    /// Height in cm, where it was measured again.
    pub height_cm: Option<Decimal>,
    /// Allergies, where they were asked for again.
    pub allergies: Option<Text>,
    /// The laboratory values.
    pub labs: Labs,
    /// The state of mouth and teeth.
    pub dental: Option<Dental>,
    /// Conditions.
    pub conditions: Option<Vec<Condition>>,
    /// Medicines.
    pub medicines: Option<Vec<Medicine>>,
    /// A dose that was given elsewhere and is not recorded here.
    pub last_antiresorptive: Option<EarlierDose>,
    /// The creatinine before the first dose, where the entries do not know it.
    pub baseline: Option<DatedCreatinine>,
    /// The product, where it is another than that of the plan.
    pub product: Option<Text>,
    /// The weight that the clearance is computed with, where it was chosen again.
    pub weight_basis: Option<WeightBasis>,
    /// The daily dose in mg, where the prescriber chose it again.
    pub daily_dose_mg: Option<Decimal>,
    /// The findings that were confirmed today.
    pub confirmations: Vec<Confirmation>,
    /// Who entered the values.
    pub prepared_by: Option<Text>,
    /// The same figures, entered again by a second person.
    pub second_check: Option<SecondCheck>,
}

/// The request of today for a course.
///
/// # Errors
/// Where the patient is not registered, the course is not open or another one is as well, its plan cannot be read, or
/// another creatinine before the first dose is entered than the entries have.
pub fn request(
    (state, course): (&PatientState, u32),
    entered: Entered,
    today: NaiveDate,
    clinic: Option<Clinic>,
    library: &'static Library,
) -> Result<Request, Refused> {
    let identity = state.identity.clone().ok_or(Refused::NotRegistered)?;
    let course = state.assessable(course, today)?;
    let mut request = reopen(course.plan.plan.0.as_bytes()).map_err(|_| Refused::NoPlan)?;
    request.patient = Patient {
        id: Some(identity.id),
        name: identity.name,
        birth_date: identity.birth_date,
        sex: identity.sex,
        weight_kg: entered.weight_kg,
        height_cm: entered.height_cm.or(request.patient.height_cm),
        allergies: entered.allergies.or(request.patient.allergies),
    };
    request.labs = entered.labs;
    request.treatment.start_date = today;
    request.treatment.product = entered.product.or(request.treatment.product);
    request.treatment.daily_dose_mg = entered.daily_dose_mg.or(request.treatment.daily_dose_mg);
    request.weight_basis = entered.weight_basis.or(request.weight_basis);
    request.course = course.request_course();
    let is_judged = course.plan.rule.needs_baseline;
    if let Some(course) = &mut request.course {
        course.baseline_creatinine = baseline(is_judged, course.baseline_creatinine.take(), entered.baseline)?;
    }
    request.clinic = clinic;
    request.confirmations = entered.confirmations;
    request.prepared_by = entered.prepared_by;
    request.second_check = entered.second_check;
    request.history = Some(History {
        dental: entered.dental,
        conditions: entered.conditions,
        medicines: entered.medicines,
        last_antiresorptive: None,
    });
    let earlier = earlier::dose(state, course, entered.last_antiresorptive, &request, library);
    if let Some(history) = &mut request.history {
        history.last_antiresorptive = earlier;
    }
    Ok(request)
}

/// The creatinine before the first dose: as the entries have it, else as it was entered. Where today's is judged by it,
/// another one is not left aside without a word.
fn baseline(
    is_judged: bool,
    known: Option<DatedCreatinine>,
    entered: Option<DatedCreatinine>,
) -> Result<Option<DatedCreatinine>, Refused> {
    match (known, entered) {
        (Some(known), Some(entered)) if is_judged && known.measured() != entered.measured() => {
            Err(Refused::OtherBaseline { known, entered: entered.measured() })
        }
        (known, entered) => Ok(known.or(entered)),
    }
}

/// What the engine says of today.
#[derive(Clone, Debug)]
pub enum Verdict {
    /// The dose can be given.
    Go(Box<Plan>),
    /// A named person must confirm something first.
    Confirm(Box<Plan>),
    /// The dose must not be given.
    Hold(Box<Plan>),
    /// The request is not usable: there is nothing to say of today.
    Unusable(Box<Unusable>),
}

/// What the engine says of a request.
pub fn verdict(request: Request, library: &'static Library) -> Verdict {
    match dosing::plan(request, library) {
        Err(unusable) => Verdict::Unusable(Box::new(unusable)),
        Ok(plan) => match plan.status() {
            PlanStatus::Ready => Verdict::Go(Box::new(plan)),
            PlanStatus::NeedsConfirmation => Verdict::Confirm(Box::new(plan)),
            PlanStatus::Stopped => Verdict::Hold(Box::new(plan)),
        },
    }
}

impl Verdict {
    /// The plan of today; none where the request is not usable.
    pub fn plan(&self) -> Option<&Plan> {
        match self {
            Self::Go(plan) | Self::Confirm(plan) | Self::Hold(plan) => Some(plan),
            Self::Unusable(_) => None,
        }
    }

    /// The verdict as an entry has it; none where the request is not usable.
    pub fn assessment(&self) -> Option<Assessment> {
        self.plan().map(|plan| Assessment::of(plan.status()))
    }

    /// The entry of the assessment of a dose; none where the request is not usable.
    pub fn assessed(&self, dose: Option<u16>) -> Option<Assessed> {
        self.plan().map(|plan| Assessed::of(plan, dose))
    }

    /// The reason to hold the course that the stops suggest; none where they suggest none.
    pub fn hold_reason(&self) -> Option<HoldReason> {
        let suggested = |code: Code| match code {
            Code::CreatinineRisen | Code::CreatinineTooHigh | Code::RenalTooLow => Some(HoldReason::CreatinineRisen),
            Code::CalciumLow => Some(HoldReason::CalciumLow),
            Code::JawOsteonecrosis => Some(HoldReason::Jaw),
            Code::DentalUnhealed | Code::DentalProcedurePlanned => Some(HoldReason::DentalProcedure),
            Code::AtypicalFemoralFracture => Some(HoldReason::Fracture),
            Code::AcuteKidneyInjury | Code::Dehydrated => Some(HoldReason::AcuteIllness),
            _ => None,
        };
        let stops = self.plan()?.findings().iter().filter(|finding| finding.severity == Severity::Stop);
        stops.map(Finding::code).find_map(suggested)
    }
}
