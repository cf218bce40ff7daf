//! Every regimen of the library for one indication, compared for one patient.

use std::{collections::BTreeSet, ptr};

use chrono::NaiveDate;

use super::{reduction, verdict::around};
use crate::{
    dosing,
    patient::Route,
    plan::{Dosed, Dosing, Event, Finding, Frequency, NextLimit, Outcome, Plan, PlanStatus, Reduced, Schedule},
    quantity::Mass,
    regimen::{Library, Listed, Severity, Status},
    request::{EarlierDose, LastAntiresorptive, Request, Treatment},
    words,
};

/// A regimen with what it would mean for this patient.
#[derive(Clone, Debug)]
pub struct Row {
    /// The regimen.
    pub listed: Listed,
    /// What may be done with it.
    pub verdict: Possible,
    /// The plan that it would be; none where none can be made.
    pub plan: Option<Plan>,
}

/// What may be done with a regimen for this patient. What cannot be given has no dose.
#[derive(Clone, Debug)]
pub enum Possible {
    /// It may be given.
    CanBeGiven(Offer),
    /// Something must be confirmed first.
    NeedsConfirmation {
        /// What would be given.
        offer: Offer,
        /// Why less is given than the full dose, then what must be confirmed: a sentence each.
        reasons: Vec<String>,
    },
    /// It is refused.
    Cannot {
        /// Everything that stops it, a sentence each.
        reasons: Vec<String>,
    },
    /// No plan can be made of what was entered.
    NotUsable {
        /// The sentence that names the field.
        why: String,
    },
}

/// What would be given.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The dose given each time, or on each dosing day.
    pub dose: Mass,
    /// The dose of a normal kidney.
    pub full_dose: Mass,
    /// Why less is given than to a normal kidney: the band of clearance, or the dose in use.
    pub reduced_because: Option<Reduced>,
    /// How often.
    pub frequency: Frequency,
    /// How.
    pub route: Route,
    /// The least minutes of an infusion.
    pub minutes: Option<u16>,
    /// Days on which a dose is given or a supply is handed out.
    pub visits: u32,
    /// Doses given; by mouth, the dosing days that the supplies last for.
    pub doses: u32,
    /// The limit of clearance at which it changes next.
    pub next_limit: Option<NextLimit>,
}

impl Row {
    /// What would be given; none where nothing can be.
    pub fn offer(&self) -> Option<&Offer> {
        match &self.verdict {
            Possible::CanBeGiven(offer) | Possible::NeedsConfirmation { offer, .. } => Some(offer),
            Possible::Cannot { .. } | Possible::NotUsable { .. } => None,
        }
    }

    /// Why it cannot be given yet, a sentence each.
    pub fn reasons(&self) -> &[String] {
        match &self.verdict {
            Possible::CanBeGiven(_) => &[],
            Possible::NeedsConfirmation { reasons, .. } | Possible::Cannot { reasons } => reasons,
            Possible::NotUsable { why } => std::slice::from_ref(why),
        }
    }
}

impl Possible {
    /// What can be given comes first.
    fn place(&self) -> u8 {
        match self {
            Self::CanBeGiven(_) => 0,
            Self::NeedsConfirmation { .. } => 1,
            Self::Cannot { .. } => 2,
            Self::NotUsable { .. } => 3,
        }
    }
}

/// Compares the regimens for the indication of a request: that of the request as it asks for it, each other
/// as the library plans it when drug, route and scheme alone are named, from the same day and for the same
/// patient. What can be given comes
/// first, then what needs a confirmation, then what cannot be given; within each, the order of the
/// library. Superseded drugs are left out.
pub fn compare(base: &Request, library: &'static Library) -> Vec<Row> {
    let own = dosing::regimen(base, library).ok();
    let mut rows: Vec<Row> = library
        .regimens()
        .filter(|it| it.regimen.indication == base.indication && it.drug.status != Status::Superseded)
        .map(|listed| row(listed, request_for(base, own, listed, library), library))
        .collect();
    rows.sort_by_key(|row| row.verdict.place());
    rows
}

/// The request of a patient for another regimen.
fn request_for(base: &Request, own: Option<Listed>, listed: Listed, library: &'static Library) -> Request {
    let is_own = own.is_some_and(|own| ptr::eq(own.regimen, listed.regimen));
    let regimen = listed.regimen;
    let first_product = || listed.products().next().map(|product| &product.id);
    let mut request = base.clone();
    let product = regimen.default_product.as_ref().or_else(first_product).cloned();
    if is_own {
        // What was chosen for it counts; only a strength that is still open is filled in.
        request.treatment.product = request.treatment.product.or(product);
        return request;
    }
    // What was confirmed was confirmed for another drug, and each drug asks a second person for its own figures.
    request.confirmations.clear();
    request.second_check = None;
    request.treatment = Treatment {
        drug: listed.drug.drug.clone(),
        route: Some(regimen.route),
        scheme: regimen.scheme,
        product,
        start_date: base.treatment.start_date,
        interval_weeks: None,
        course_months: None,
        course_days: None,
        daily_dose_mg: None,
    };
    if let Some(course) = request.course.take() {
        let last = LastAntiresorptive {
            drug: base.treatment.drug.clone(),
            date: course.last_dose,
            route: own.map(|own| own.regimen.route).filter(|route| *route == Route::Oral),
        };
        // A word the library does not know is no earlier treatment that it could judge.
        if library.drug(last.drug.as_str()).is_some() {
            keep_last_dose(&mut request, last);
        }
    }
    request
}

/// The last dose of a course that is left out still counts for the minimum gap.
fn keep_last_dose(request: &mut Request, last: LastAntiresorptive) {
    if request.last_antiresorptive().is_none_or(|stated| stated.date <= last.date) {
        request.history.get_or_insert_default().last_antiresorptive = Some(EarlierDose::Last(last));
    }
}

fn row(listed: Listed, request: Request, library: &'static Library) -> Row {
    match dosing::plan(request, library) {
        Ok(plan) => Row { listed, verdict: possible(&plan), plan: Some(plan) },
        Err(unusable) => {
            Row { listed, verdict: Possible::NotUsable { why: words::why_no_plan(&unusable) }, plan: None }
        }
    }
}

fn possible(plan: &Plan) -> Possible {
    let around = around(plan);
    let said = |finding: &Finding| words::in_short(finding, &around);
    match plan.outcome() {
        Outcome::Stopped => {
            let stops = plan.findings().iter().filter(|it| it.severity == Severity::Stop);
            Possible::Cannot { reasons: stops.map(said).collect() }
        }
        Outcome::Dosed(dosed) if plan.status() == PlanStatus::NeedsConfirmation => {
            let second_check = words::verdict::second_check(plan.second_check()).map(str::to_owned);
            let reasons = reduction(plan).into_iter().chain(plan.open_findings().map(said)).chain(second_check);
            Possible::NeedsConfirmation { offer: offer(plan, dosed), reasons: reasons.collect() }
        }
        Outcome::Dosed(dosed) => Possible::CanBeGiven(offer(plan, dosed)),
    }
}

fn offer(plan: &Plan, dosed: &Dosed) -> Offer {
    let dosing = &dosed.dosing;
    Offer {
        dose: dosing.mass,
        full_dose: dosing.full,
        reduced_because: dosing.reduced,
        frequency: dosing.frequency.clone(),
        route: dosing.listed.regimen.route,
        minutes: dosing.preparation.minimum_minutes,
        visits: visits(&dosed.schedule),
        doses: doses(dosing, &dosed.schedule),
        next_limit: dosing::next_limit(plan),
    }
}

fn visits(schedule: &Schedule) -> u32 {
    let at_the_clinic =
        schedule.entries.iter().filter(|it| matches!(it.event, Event::Dose { .. } | Event::Supply { .. }));
    let days: BTreeSet<NaiveDate> = at_the_clinic.map(|entry| entry.date).collect();
    u32::try_from(days.len()).unwrap_or(u32::MAX)
}

fn doses(dosing: &Dosing, schedule: &Schedule) -> u32 {
    let sum = |of: fn(&Event) -> u16| -> u32 { schedule.entries.iter().map(|it| u32::from(of(&it.event))).sum() };
    let given = sum(|event| u16::from(matches!(event, Event::Dose { .. })));
    let supplied_days = sum(|event| if let Event::Supply { days, .. } = event { *days } else { 0 });
    // The first supplied day is a dosing day, and then every so many.
    let every = dosing.every().and_then(|days| u32::try_from(days.count()).ok()).unwrap_or(1).max(1);
    given + supplied_days.div_ceil(every)
}
