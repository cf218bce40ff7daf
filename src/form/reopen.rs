//! A form opened again: from a saved request, or for the next visit of the same patient.

use chrono::NaiveDate;

use super::{
    Draft, Field, Form, Kind, Step,
    options::{NEW_COURSE, NONE, UNDER_WAY, YES},
};
use crate::{
    dosing,
    plan::{Event, Outcome},
    quantity::{Mass, Measured, Unit},
    regimen::Library,
    request::{Course, DatedCreatinine, Request},
};

impl Form {
    /// The form of a request, every field as it was entered. A drug that the library does not have leaves
    /// its field empty.
    pub fn of_request(library: &'static Library, request: &Request) -> Self {
        let mut draft = Draft::default();
        patient(request, &mut draft);
        laboratory(request, &mut draft);
        history(request, &mut draft);
        treatment(request, library, &mut draft);
        if let Some(course) = &request.course {
            under_way(course, &mut draft);
        }
        checks(request, &mut draft);
        let mut form = Self::new(library, draft);
        for confirmation in &request.confirmations {
            form.confirm_as_saved(confirmation);
        }
        form
    }

    /// A saved confirmation holds for what its finding says now: the same request says the same.
    fn confirm_as_saved(&mut self, confirmation: &crate::request::Confirmation) {
        let Some(code) = crate::regimen::Code::from_word(confirmation.finding.as_str()) else { return };
        if self.filled().to_confirm().contains_key(&code) {
            self.set(Field::ConfirmedBecause(code), confirmation.reason.as_str());
            self.set(Field::ConfirmedBy(code), confirmation.by.as_str());
        }
    }

    /// The next visit of the patient of this form: the same person, disease and history, the course under
    /// way as this plan leaves it on `today`, and everything that must be measured or asked anew left
    /// empty. `None` where there is no plan, or no dose of it lies behind.
    pub fn next_visit(&self, today: NaiveDate) -> Option<Self> {
        let request = self.filled().request()?;
        let plan = dosing::plan(request.clone(), self.library).ok()?;
        let Outcome::Dosed(dosed) = plan.outcome() else { return None };
        let given = |entry: &&crate::plan::Entry| {
            matches!(entry.event, Event::Dose { .. } | Event::Supply { .. }) && entry.date < today
        };
        let given_on: Vec<NaiveDate> = dosed.schedule.entries.iter().filter(given).map(|entry| entry.date).collect();
        let (first, last) = (given_on.first()?, given_on.last()?);
        let mut draft = self.draft.clone();
        let kept = |field: &Field| {
            let anew = [Field::Dental, Field::Conditions, Field::Medicines];
            let steps = [Step::Patient, Step::Disease, Step::Safety];
            let clinic = matches!(field, Field::Weekdays | Field::ClosedDates | Field::Interval | Field::Product);
            let drug = matches!(field, Field::Regimen | Field::Months | Field::DailyDose | Field::WeightBasis);
            let stays = steps.iter().any(|step| self.fields(*step).contains(field)) && *field != Field::Weight;
            (stays && !anew.contains(field)) || clinic || drug
        };
        for field in self.draft.fields().filter(|field| !kept(field)) {
            draft.set(field, "");
        }
        draft.set(Field::LastDrug, request.treatment.drug.as_str());
        draft.set(Field::LastDate, last.to_string());
        if !self.last_routes().is_empty() || plan.listed().regimen.route == crate::patient::Route::Oral {
            draft.set(Field::LastRoute, plan.listed().regimen.route.as_str());
        }
        let course = course_so_far(request, *first, *last, dosed.dosing.mass);
        if let Some(course) = course.filter(|_| plan.listed().regimen.has_courses()) {
            under_way(&course, &mut draft);
        }
        Some(Self::new(self.library, draft))
    }
}

/// The course of a plan, with the doses of it that were given.
fn course_so_far(request: &Request, first_dose: NaiveDate, last_dose: NaiveDate, dose: Mass) -> Option<Course> {
    if let Some(course) = &request.course {
        return Some(Course { last_dose, held: None, ..course.clone() });
    }
    let Measured { value, unit } = request.labs.creatinine?;
    let baseline_creatinine = DatedCreatinine { value, unit, date: request.labs.date };
    Some(Course { first_dose, last_dose, dose_mg: dose.in_milligrams(), baseline_creatinine, held: None })
}

fn put<T: ToString>(draft: &mut Draft, field: Field, value: Option<T>) {
    draft.set(field, value.map_or_else(String::new, |value| value.to_string()));
}

fn put_measured<U: Unit>(draft: &mut Draft, field: Field, measured: Option<Measured<U>>) {
    put(draft, field, measured.map(|it| it.value));
    if let Kind::Measured(unit) = field.kind() {
        put(draft, unit, measured.map(|it| it.unit.key()));
    }
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> String {
    let words: Vec<&str> = all.iter().map(|it| word(*it)).collect();
    words.join(" ")
}

fn patient(request: &Request, draft: &mut Draft) {
    let patient = &request.patient;
    put(draft, Field::Id, patient.id.as_ref());
    put(draft, Field::Name, patient.name.as_ref());
    put(draft, Field::BirthDate, Some(patient.birth_date));
    put(draft, Field::Sex, Some(patient.sex.as_str()));
    put(draft, Field::Weight, Some(patient.weight_kg));
    put(draft, Field::Height, patient.height_cm);
    put(draft, Field::Allergies, patient.allergies.as_ref().map(|it| it.as_str().replace("none-known", "none known")));
    put(draft, Field::Tumour, Some(request.tumour.as_str()));
    put(draft, Field::Indication, Some(request.indication.as_str()));
    put(draft, Field::Region, request.region.map(crate::patient::Region::as_str));
}

fn laboratory(request: &Request, draft: &mut Draft) {
    let labs = &request.labs;
    put(draft, Field::LabDate, Some(labs.date));
    put_measured(draft, Field::Creatinine, labs.creatinine);
    put_measured(draft, Field::Calcium, labs.calcium.as_ref().map(crate::request::CalciumEntry::measured));
    put(draft, Field::CalciumKind, labs.calcium.as_ref().map(|it| it.kind.unwrap_or_default().as_str()));
    put(draft, Field::CalciumDate, labs.calcium_date);
    put_measured(draft, Field::Albumin, labs.albumin);
    put(draft, Field::WeightBasis, request.weight_basis.map(crate::patient::WeightBasis::as_str));
}

fn history(request: &Request, draft: &mut Draft) {
    let (conditions, medicines) = match &request.history {
        Some(history) => (history.conditions.as_slice(), history.medicines.as_slice()),
        None => (&[][..], &[][..]),
    };
    let or_none = |words: String| if words.is_empty() { NONE.to_owned() } else { words };
    draft.set(Field::Dental, request.dental().as_str());
    draft.set(Field::Conditions, or_none(words(conditions, crate::patient::Condition::as_str)));
    draft.set(Field::Medicines, or_none(words(medicines, crate::patient::Medicine::as_str)));
    let last = request.last_antiresorptive();
    draft.set(Field::LastDrug, last.map_or(NONE, |last| last.drug.as_str()));
    put(draft, Field::LastDate, last.map(|last| last.date));
    let injected = crate::patient::Route::Intravenous;
    put(draft, Field::LastRoute, last.map(|last| last.route.unwrap_or(injected).as_str()));
}

fn treatment(request: &Request, library: &'static Library, draft: &mut Draft) {
    let treatment = &request.treatment;
    let plan = dosing::plan(request.clone(), library);
    let found = plan.as_ref().ok().map(crate::plan::Plan::listed).or_else(|| {
        let fits = |it: &crate::regimen::Listed| {
            it.drug.drug == treatment.drug
                && it.regimen.indication == request.indication
                && treatment.route.is_none_or(|route| it.regimen.route == route)
                && treatment.scheme.is_none_or(|scheme| it.regimen.scheme == Some(scheme))
        };
        library.regimens().find(fits)
    });
    put(draft, Field::Regimen, found.map(super::options::path));
    put(draft, Field::StartDate, Some(treatment.start_date));
    put(draft, Field::Product, treatment.product.as_ref());
    put(draft, Field::Interval, treatment.interval_weeks);
    put(draft, Field::Months, treatment.course_months);
    put(draft, Field::Days, treatment.course_days);
    put(draft, Field::DailyDose, treatment.daily_dose_mg);
    draft.set(Field::Course, NEW_COURSE);
    if let Some(clinic) = &request.clinic {
        let open = clinic.open_weekdays.as_deref().unwrap_or_default();
        draft.set(Field::Weekdays, words(open, crate::patient::Weekday::as_str));
        let closed: Vec<String> = clinic.closed_dates.iter().map(ToString::to_string).collect();
        draft.set(Field::ClosedDates, closed.join(", "));
    }
}

fn under_way(course: &Course, draft: &mut Draft) {
    draft.set(Field::Course, UNDER_WAY);
    put(draft, Field::FirstDose, Some(course.first_dose));
    put(draft, Field::LastDose, Some(course.last_dose));
    put(draft, Field::DoseInUse, Some(course.dose_mg));
    put_measured(draft, Field::Baseline, Some(course.baseline_creatinine.measured()));
    put(draft, Field::BaselineDate, Some(course.baseline_creatinine.date));
    put(draft, Field::Held, course.held.map(|held| if held { YES } else { "no" }));
}

fn checks(request: &Request, draft: &mut Draft) {
    put(draft, Field::PreparedBy, request.prepared_by.as_ref());
    let second = request.second_check.as_ref();
    put(draft, Field::SecondBy, second.map(|it| &it.by));
    put(draft, Field::SecondBirthDate, second.map(|it| it.birth_date));
    put(draft, Field::SecondWeight, second.map(|it| it.weight_kg));
    put_measured(draft, Field::SecondCreatinine, second.and_then(|it| it.creatinine));
}
