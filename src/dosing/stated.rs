//! What has been stated so far, while a request is still being filled in.

use chrono::NaiveDate;

use crate::{
    patient::{Condition, Indication, Tumour, Weekday, WeightBasis},
    quantity::{Albumin, Creatinine, Decimal, Sex},
    request::{CalciumEntry, Confirmation, DatedCreatinine, Request},
};

/// The facts that are judged before there is a request: those that can be impossible or unusual, and
/// those that clearance and corrected calcium rest on. What is not known yet is left out, and no rule
/// that needs it is applied.
#[derive(Clone, Debug, Default)]
pub struct Stated<'a> {
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Actual body weight in kg.
    pub weight_kg: Option<Decimal>,
    /// Height in cm.
    pub height_cm: Option<Decimal>,
    /// The primary tumour.
    pub tumour: Option<Tumour>,
    /// Why treatment is given.
    pub indication: Option<Indication>,
    /// Conditions.
    pub conditions: &'a [Condition],
    /// Date of the laboratory values, in particular of the creatinine.
    pub labs_date: Option<NaiveDate>,
    /// Serum creatinine.
    pub creatinine: Option<Creatinine>,
    /// Serum calcium.
    pub calcium: Option<CalciumEntry>,
    /// Date of the calcium, where it is another.
    pub calcium_date: Option<NaiveDate>,
    /// Serum albumin.
    pub albumin: Option<Albumin>,
    /// The weight the clearance is computed with; `actual` when left out.
    pub weight_basis: Option<WeightBasis>,
    /// Day of the last dose of a bisphosphonate or of denosumab.
    pub last_antiresorptive: Option<NaiveDate>,
    /// First day of treatment, or of the next dose of a course under way.
    pub start_date: Option<NaiveDate>,
    /// Day of the first dose of a course under way.
    pub first_dose: Option<NaiveDate>,
    /// Day of the last dose of a course under way.
    pub last_dose: Option<NaiveDate>,
    /// The creatinine before the first dose of a course under way.
    pub baseline_creatinine: Option<Creatinine>,
    /// The day of that creatinine.
    pub baseline_date: Option<NaiveDate>,
    /// The weight that a second person entered, in kg.
    pub second_weight_kg: Option<Decimal>,
    /// The creatinine that a second person entered.
    pub second_creatinine: Option<Creatinine>,
    /// The calcium that a second person entered.
    pub second_calcium: Option<CalciumEntry>,
    /// The albumin that a second person entered.
    pub second_albumin: Option<Albumin>,
    /// The height that a second person entered, in cm.
    pub second_height_cm: Option<Decimal>,
    /// The baseline creatinine that a second person entered.
    pub second_baseline: Option<Creatinine>,
    /// Findings that were confirmed.
    pub confirmations: &'a [Confirmation],
    /// The weekdays on which the clinic is open; all when left out.
    pub open_weekdays: Option<&'a [Weekday]>,
}

impl Stated<'_> {
    /// Whether a condition was stated.
    pub fn has(&self, condition: Condition) -> bool {
        self.conditions.contains(&condition)
    }
}

impl<'a> From<&'a Request> for Stated<'a> {
    fn from(request: &'a Request) -> Self {
        let (patient, labs) = (&request.patient, &request.labs);
        let course = request.course.as_ref();
        let baseline = request.baseline();
        let second = request.second_check.as_ref();
        Self {
            birth_date: Some(patient.birth_date),
            sex: Some(patient.sex),
            weight_kg: Some(patient.weight_kg),
            height_cm: patient.height_cm,
            tumour: Some(request.tumour),
            indication: Some(request.indication),
            conditions: request.conditions().unwrap_or_default(),
            labs_date: Some(labs.date),
            creatinine: labs.creatinine,
            calcium: labs.calcium.clone(),
            calcium_date: labs.calcium_date,
            albumin: labs.albumin,
            weight_basis: request.weight_basis,
            last_antiresorptive: request.last_antiresorptive().map(|last| last.date),
            start_date: Some(request.treatment.start_date),
            first_dose: course.map(|course| course.first_dose),
            last_dose: course.map(|course| course.last_dose),
            baseline_creatinine: baseline.map(DatedCreatinine::measured),
            baseline_date: baseline.map(|it| it.date),
            second_weight_kg: second.map(|second| second.weight_kg),
            second_creatinine: second.and_then(|second| second.creatinine),
            second_calcium: second.and_then(|second| second.calcium.clone()),
            second_albumin: second.and_then(|second| second.albumin),
            second_height_cm: second.and_then(|second| second.height_cm),
            second_baseline: second.and_then(|second| second.baseline_creatinine),
            confirmations: &request.confirmations,
            open_weekdays: request.clinic.as_ref().and_then(|clinic| clinic.open_weekdays.as_deref()),
        }
    }
}
