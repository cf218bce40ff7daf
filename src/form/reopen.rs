//! A form opened again: from a saved request, or for the next visit of the same patient.

use chrono::NaiveDate;

use super::{Draft, Field, Form, entered::Entered};
use crate::{
    dosing,
    plan::{Entry, Event, Outcome, Plan},
    quantity::{Mass, Measured},
    regimen::{Code, Library, Listed},
    request::{Course, DatedCreatinine, Request},
};

impl Form {
    /// The form of a request, every field as it was entered. A drug that the library does not have leaves
    /// its field empty.
    pub fn of_request(library: &'static Library, request: &Request) -> Self {
        let mut entered = Entered::of_request(request.clone(), listed(library, request));
        let mut form = Self::new(library, Draft::of_entered(&mut entered));
        for confirmation in &request.confirmations {
            let Some(code) = Code::from_word(confirmation.finding.as_str()) else { continue };
            if form.to_confirm().iter().any(|finding| finding.code() == code) {
                form.draft.set(Field::ConfirmedBecause(code), confirmation.reason.as_str());
                form.draft.set(Field::ConfirmedBy(code), confirmation.by.as_str());
                // The same request has the same figures.
                form.bind_confirmation(code);
            }
        }
        if !request.confirmations.is_empty() {
            form.changed();
        }
        form
    }

    /// The next visit of the patient of this form: the same person, disease and history, the course under
    /// way as this plan leaves it on `today`, and everything that must be measured or asked again left
    /// empty. `None` where there is no plan, or none of its doses was given before `today`.
    pub fn next_visit(&self, today: NaiveDate) -> Option<Self> {
        let plan = self.plan()?;
        let Outcome::Dosed(dosed) = plan.outcome() else { return None };
        let given =
            |entry: &&Entry| matches!(entry.event, Event::Dose { .. } | Event::Supply { .. }) && entry.date < today;
        let given_on: Vec<NaiveDate> = dosed.schedule.entries.iter().filter(given).map(|entry| entry.date).collect();
        let (first, last) = (given_on.first()?, given_on.last()?);
        let (drug, regimen) = (plan.listed().drug, plan.listed().regimen);
        let mut draft = self.draft.of_next_visit();
        draft.set(Field::LastDrug, drug.drug.as_str());
        draft.set(Field::LastDate, last.to_string());
        draft.set(Field::LastRoute, regimen.route.as_str());
        if regimen.has_courses() {
            let course = course_so_far(plan, *first, *last, dosed.dosing.mass);
            let mut entered = Entered::default();
            entered.take_course(course);
            draft.take(Draft::of_entered(&mut entered));
        }
        Some(Self::new(self.library, draft))
    }
}

impl Draft {
    /// The draft of what is entered, every part in its field.
    fn of_entered(entered: &mut Entered) -> Self {
        let mut draft = Self::default();
        for field in Field::ALL {
            let typed = field.description().entry.text(entered);
            draft.set(*field, typed.text);
            draft.set_unit(*field, typed.unit);
        }
        draft
    }
}

/// The regimen that a request asks for, also where something else in the request is not usable.
fn listed(library: &'static Library, request: &Request) -> Option<Listed> {
    let treatment = &request.treatment;
    let fits = |it: &Listed| {
        it.drug.drug == treatment.drug
            && it.regimen.indication == request.indication
            && treatment.route.is_none_or(|route| it.regimen.route == route)
            && treatment.scheme.is_none_or(|scheme| it.regimen.scheme == Some(scheme))
    };
    dosing::regimen(request, library).ok().or_else(|| library.regimens().find(fits))
}

/// The course of a plan, with the doses of it that were given.
fn course_so_far(plan: &Plan, first_dose: NaiveDate, last_dose: NaiveDate, dose: Mass) -> Course {
    let request = plan.request();
    if let Some(course) = &request.course {
        return Course { last_dose, held: None, held_because: None, ..course.clone() };
    }
    let baseline = |Measured { value, unit }| DatedCreatinine { value, unit, date: request.labs.date };
    Course {
        first_dose,
        last_dose,
        doses_given: None,
        dose_mg: dose.in_milligrams(),
        baseline_creatinine: request.labs.creatinine.map(baseline),
        held: None,
        held_because: None,
    }
}
