//! What is entered and can be read: each figure as its type, and none of them before it is entered.

use chrono::NaiveDate;

use super::{NONE, options};
use crate::{
    dosing::Stated,
    json::Text,
    patient::{
        CalciumKind, Condition, Dental, HeldBecause, Indication, Medicine, Region, Route, Tumour, Weekday, WeightBasis,
    },
    plan::CheckedFigure,
    quantity::{Albumin, Calcium, Creatinine, Decimal, Measured, Sex},
    regimen::Listed,
    request::{
        CalciumEntry, Clinic, Course, DatedCreatinine, EarlierDose, History, Labs, LastAntiresorptive, Patient,
        Request, SecondCheck, Treatment,
    },
};

/// What is entered, part by part.
#[derive(Clone, Debug, Default)]
pub(super) struct Entered {
    pub(super) id: Option<Text>,
    pub(super) name: Option<Text>,
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) sex: Option<Sex>,
    pub(super) weight: Option<Decimal>,
    pub(super) height: Option<Decimal>,
    pub(super) allergies: Option<Text>,
    pub(super) tumour: Option<Tumour>,
    pub(super) indication: Option<Indication>,
    pub(super) region: Option<Region>,
    pub(super) labs_date: Option<NaiveDate>,
    pub(super) creatinine: Option<Creatinine>,
    pub(super) calcium: Option<Calcium>,
    pub(super) calcium_kind: Option<CalciumKind>,
    pub(super) albumin: Option<Albumin>,
    pub(super) calcium_date: Option<NaiveDate>,
    pub(super) weight_basis: Option<WeightBasis>,
    pub(super) dental: Option<Dental>,
    pub(super) conditions: Option<Vec<Condition>>,
    pub(super) medicines: Option<Vec<Medicine>>,
    pub(super) last_drug: Option<Text>,
    pub(super) last_date: Option<NaiveDate>,
    pub(super) last_route: Option<Route>,
    pub(super) start_date: Option<NaiveDate>,
    pub(super) regimen: Option<String>,
    pub(super) course_under_way: Option<bool>,
    pub(super) first_dose: Option<NaiveDate>,
    pub(super) last_dose: Option<NaiveDate>,
    pub(super) dose_in_use: Option<Decimal>,
    pub(super) baseline: Option<Creatinine>,
    pub(super) baseline_date: Option<NaiveDate>,
    pub(super) doses_given: Option<u16>,
    pub(super) held: Option<bool>,
    pub(super) held_because: Option<HeldBecause>,
    pub(super) product: Option<Text>,
    pub(super) interval: Option<u16>,
    pub(super) months: Option<u16>,
    pub(super) days: Option<u16>,
    pub(super) daily_dose: Option<Decimal>,
    pub(super) open_weekdays: Option<Vec<Weekday>>,
    pub(super) closed_dates: Vec<NaiveDate>,
    pub(super) prepared_by: Option<Text>,
    pub(super) second_by: Option<Text>,
    pub(super) second_birth_date: Option<NaiveDate>,
    pub(super) second_sex: Option<Sex>,
    pub(super) second_weight: Option<Decimal>,
    pub(super) second_creatinine: Option<Creatinine>,
    pub(super) second_calcium: Option<Calcium>,
    pub(super) second_calcium_kind: Option<CalciumKind>,
    pub(super) second_albumin: Option<Albumin>,
    pub(super) second_height: Option<Decimal>,
    pub(super) second_course_dose: Option<Decimal>,
    pub(super) second_baseline: Option<Creatinine>,
}

impl Entered {
    /// What the engine can judge before there is a request.
    pub(super) fn stated(&self) -> Stated<'_> {
        Stated {
            birth_date: self.birth_date,
            sex: self.sex,
            weight_kg: self.weight,
            height_cm: self.height,
            tumour: self.tumour,
            indication: self.indication,
            conditions: self.conditions.as_deref().unwrap_or_default(),
            labs_date: self.labs_date,
            creatinine: self.creatinine,
            calcium: self.calcium(),
            calcium_date: self.calcium_date,
            albumin: self.albumin,
            weight_basis: self.weight_basis,
            last_antiresorptive: self.last_date.filter(|_| self.last_drug.is_some()),
            start_date: self.start_date,
            first_dose: self.first_dose,
            last_dose: self.last_dose,
            baseline_creatinine: self.baseline,
            baseline_date: self.baseline_date,
            second_weight_kg: self.second_weight,
            second_creatinine: self.second_creatinine,
            second_calcium: self.second_calcium(),
            second_albumin: self.second_albumin,
            second_height_cm: self.second_height,
            second_baseline: self.second_baseline,
            confirmations: &[],
            open_weekdays: self.open_weekdays.as_deref().filter(|days| !days.is_empty()),
        }
    }

    /// The request for a treatment, where everything that every request needs is there. It confirms nothing, and
    /// nobody has checked it.
    pub(super) fn request(&self, treatment: Treatment) -> Option<Request> {
        Some(Request {
            patient: Patient {
                id: self.id.clone(),
                name: self.name.clone(),
                birth_date: self.birth_date?,
                sex: self.sex?,
                weight_kg: self.weight?,
                height_cm: self.height,
                allergies: self.allergies.clone(),
            },
            tumour: self.tumour?,
            indication: self.indication?,
            labs: Labs {
                date: self.labs_date?,
                creatinine: self.creatinine,
                calcium: self.calcium(),
                calcium_date: self.calcium_date,
                albumin: self.albumin,
            },
            history: Some(History {
                dental: self.dental,
                conditions: self.conditions.clone(),
                medicines: self.medicines.clone(),
                last_antiresorptive: self.earlier_dose(),
            }),
            treatment,
            course: self.course(),
            weight_basis: self.weight_basis,
            region: self.region,
            clinic: self.clinic(),
            confirmations: Vec::new(),
            prepared_by: self.prepared_by.clone(),
            second_check: None,
        })
    }

    /// What is asked for of a regimen, with everything that was chosen.
    pub(super) fn treatment(&self, listed: Listed) -> Option<Treatment> {
        Some(Treatment {
            product: self.product.clone(),
            interval_weeks: self.interval,
            course_months: self.months,
            course_days: self.days,
            daily_dose_mg: self.daily_dose,
            ..Self::treatment_alone(listed, self.start_date?)
        })
    }

    /// What is asked for of a regimen where nothing but the regimen and the day are chosen.
    pub(super) fn treatment_alone(listed: Listed, start_date: NaiveDate) -> Treatment {
        Treatment {
            drug: listed.drug.drug.clone(),
            route: Some(listed.regimen.route),
            scheme: listed.regimen.scheme,
            product: None,
            start_date,
            interval_weeks: None,
            course_months: None,
            course_days: None,
            daily_dose_mg: None,
        }
    }

    fn calcium(&self) -> Option<CalciumEntry> {
        let Measured { value, unit } = self.calcium?;
        Some(CalciumEntry { value, unit, kind: self.calcium_kind })
    }

    fn earlier_dose(&self) -> Option<EarlierDose> {
        let drug = self.last_drug.clone()?;
        if drug.as_str() == NONE {
            return Some(EarlierDose::None);
        }
        Some(EarlierDose::Last(LastAntiresorptive { drug, date: self.last_date?, route: self.last_route }))
    }

    /// A course under way, once all of it is entered.
    fn course(&self) -> Option<Course> {
        let baseline = self.baseline.zip(self.baseline_date);
        Some(Course {
            first_dose: self.first_dose?,
            last_dose: self.last_dose?,
            dose_mg: self.dose_in_use?,
            doses_given: self.doses_given,
            baseline_creatinine: baseline.map(|(Measured { value, unit }, date)| DatedCreatinine { value, unit, date }),
            held: self.held,
            held_because: self.held_because.filter(|_| self.held == Some(true)),
        })
    }

    fn clinic(&self) -> Option<Clinic> {
        let open_weekdays = self.open_weekdays.clone().filter(|days| !days.is_empty());
        let stated = open_weekdays.is_some() || !self.closed_dates.is_empty();
        stated.then(|| Clinic { open_weekdays, closed_dates: self.closed_dates.clone() })
    }

    fn second_calcium(&self) -> Option<CalciumEntry> {
        let Measured { value, unit } = self.second_calcium?;
        Some(CalciumEntry { value, unit, kind: self.second_calcium_kind })
    }

    /// The second check, once all figures that are asked for are entered.
    pub(super) fn second_check(&self, asked: &[CheckedFigure]) -> Option<SecondCheck> {
        let is_there = |figure: &CheckedFigure| match figure {
            CheckedFigure::BirthDate => self.second_birth_date.is_some(),
            CheckedFigure::Sex => self.second_sex.is_some(),
            CheckedFigure::Weight => self.second_weight.is_some(),
            CheckedFigure::Creatinine => self.second_creatinine.is_some(),
            CheckedFigure::Calcium => self.second_calcium.is_some() && self.second_calcium_kind.is_some(),
            CheckedFigure::Albumin => self.second_albumin.is_some(),
            CheckedFigure::Height => self.second_height.is_some(),
            CheckedFigure::CourseDose => self.second_course_dose.is_some(),
            CheckedFigure::Baseline => self.second_baseline.is_some(),
        };
        if !asked.iter().all(is_there) {
            return None;
        }
        Some(SecondCheck {
            by: self.second_by.clone()?,
            birth_date: self.second_birth_date?,
            sex: Some(self.second_sex?),
            weight_kg: self.second_weight?,
            creatinine: self.second_creatinine,
            calcium: self.second_calcium(),
            albumin: self.second_albumin,
            height_cm: self.second_height,
            course_dose_mg: self.second_course_dose,
            baseline_creatinine: self.second_baseline,
        })
    }

    /// What a person enters for a request, whose regimen was found. Every part of a request is named here, so
    /// that a new one is not forgotten.
    pub(super) fn of_request(request: Request, listed: Option<Listed>) -> Self {
        let Request {
            patient,
            tumour,
            indication,
            labs,
            history,
            treatment,
            course,
            weight_basis,
            region,
            clinic,
            confirmations: _,
            prepared_by,
            second_check,
        } = request;
        let Patient { id, name, birth_date, sex, weight_kg, height_cm, allergies } = patient;
        let mut entered = Self {
            id,
            name,
            birth_date: Some(birth_date),
            sex: Some(sex),
            weight: Some(weight_kg),
            height: height_cm,
            allergies,
            tumour: Some(tumour),
            indication: Some(indication),
            region,
            weight_basis,
            regimen: listed.map(options::path),
            course_under_way: Some(course.is_some()),
            prepared_by,
            ..Self::default()
        };
        entered.take_labs(labs);
        entered.take_history(history.unwrap_or_default());
        entered.take_treatment(treatment);
        if let Some(course) = course {
            entered.take_course(course);
        }
        if let Some(Clinic { open_weekdays, closed_dates }) = clinic {
            entered.open_weekdays = open_weekdays;
            entered.closed_dates = closed_dates;
        }
        if let Some(second) = second_check {
            entered.take_second_check(second);
        }
        entered
    }

    fn take_second_check(&mut self, second: SecondCheck) {
        let SecondCheck {
            by,
            birth_date,
            sex,
            weight_kg,
            creatinine,
            calcium,
            albumin,
            height_cm,
            course_dose_mg,
            baseline_creatinine,
        } = second;
        self.second_by = Some(by);
        self.second_birth_date = Some(birth_date);
        self.second_sex = sex;
        self.second_weight = Some(weight_kg);
        self.second_creatinine = creatinine;
        self.second_calcium = calcium.as_ref().map(CalciumEntry::measured);
        self.second_calcium_kind = calcium.map(|calcium| calcium.kind.unwrap_or_default());
        self.second_albumin = albumin;
        self.second_height = height_cm;
        self.second_course_dose = course_dose_mg;
        self.second_baseline = baseline_creatinine;
    }

    fn take_labs(&mut self, labs: Labs) {
        let Labs { date, creatinine, calcium, calcium_date, albumin } = labs;
        self.labs_date = Some(date);
        self.creatinine = creatinine;
        self.calcium = calcium.as_ref().map(CalciumEntry::measured);
        self.calcium_kind = calcium.map(|calcium| calcium.kind.unwrap_or_default());
        self.calcium_date = calcium_date;
        self.albumin = albumin;
    }

    fn take_history(&mut self, history: History) {
        let History { dental, conditions, medicines, last_antiresorptive } = history;
        self.dental = Some(dental.unwrap_or_default());
        self.conditions = conditions;
        self.medicines = medicines;
        if let Some(last) = last_antiresorptive {
            self.take_last(last);
        }
    }

    /// The last dose of a bisphosphonate or of denosumab, or that there was none.
    pub(super) fn take_last(&mut self, last: EarlierDose) {
        match last {
            EarlierDose::None => self.last_drug = NONE.parse().ok(),
            EarlierDose::Last(LastAntiresorptive { drug, date, route }) => {
                self.last_drug = Some(drug);
                self.last_date = Some(date);
                self.last_route = Some(route.unwrap_or(Route::Intravenous));
            }
        }
    }

    /// The drug, its route and its scheme are the regimen, which was found.
    fn take_treatment(&mut self, treatment: Treatment) {
        let Treatment {
            drug: _,
            route: _,
            scheme: _,
            product,
            start_date,
            interval_weeks,
            course_months,
            course_days,
            daily_dose_mg,
        } = treatment;
        self.product = product;
        self.start_date = Some(start_date);
        self.interval = interval_weeks;
        self.months = course_months;
        self.days = course_days;
        self.daily_dose = daily_dose_mg;
    }

    /// A course under way.
    pub(super) fn take_course(&mut self, course: Course) {
        let Course { first_dose, last_dose, doses_given, dose_mg, baseline_creatinine, held, held_because } = course;
        self.course_under_way = Some(true);
        self.first_dose = Some(first_dose);
        self.last_dose = Some(last_dose);
        self.dose_in_use = Some(dose_mg);
        self.doses_given = doses_given;
        self.baseline = baseline_creatinine.as_ref().map(DatedCreatinine::measured);
        self.baseline_date = baseline_creatinine.map(|it| it.date);
        self.held = held;
        // A reason that is left out is said: it holds all the same.
        self.held_because = held_because.or_else(|| (held == Some(true)).then(HeldBecause::default));
    }
}
