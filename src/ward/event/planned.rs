//! A plan as the register keeps it: the signed document, and beside it the figures from which dates and courses are
//! computed. They are taken from the plan and the library when the entry is made, so that no library is needed later.

use chrono::NaiveDate;

use super::{moment::Letters, record::digest_text};
use crate::{
    dosing,
    json::{Text, record, vocabulary},
    patient::Route,
    plan::{Dosed, Event, Hold, Outcome, Plan},
    quantity::{Days, Decimal, Measured},
    regimen::{Class, Interval, Regimen},
    request::{Course, DatedCreatinine, EarlierDose},
};

vocabulary! {
    /// What of a plan is counted.
    pub enum Counted {
        /// Doses given on the ward.
        Doses = "doses",
        /// Supplies of tablets or capsules.
        Supplies = "supplies",
    }
}

record! {
    /// A dose or a supply of a plan.
    pub struct Slot {
        /// Its number in the plan.
        number: u16,
        /// The day it was planned for.
        planned: NaiveDate,
        /// The day on which it is due, if everything before it is given on its day.
        due: NaiveDate,
        /// Whether it does not wait for the clinic to open.
        urgent: bool,
    }
}

record! {
    /// Loading doses, and how soon one may follow another.
    pub struct LoadingRule {
        /// Days after the first dose.
        days: Vec<u16>,
        /// The least number of days between them, and to the dose that follows.
        minimum_gap_days: u16,
        /// Days after the first dose from which the usual gap holds, and a loading dose is not made up any more.
        phase_days: u16,
    }
}

record! {
    /// The rules of a plan's regimen from which dates and courses are computed.
    pub struct Rule {
        /// Weeks between doses; none where doses have no interval.
        weeks: Option<u16>,
        /// The least number of days between two doses.
        minimum_gap_days: u16,
        /// Loading doses.
        loading: Option<LoadingRule>,
        /// Whether a course can be under way.
        has_courses: bool,
        /// Whether the creatinine before the first dose judges those after it.
        needs_baseline: bool,
        /// Whether brand and batch belong in the record.
        needs_batch: bool,
        /// Whether supplies are on their planned day, whether the clinic is open or not.
        fixed_length: bool,
        /// A move of more days than this is a long one.
        long_move_days: u16,
        /// How many days an open day is looked for.
        search_days: u16,
    }
}

record! {
    /// A plan was made for a course.
    pub struct Planned(kind = "planned") {
        /// The saved plan, letter for letter.
        plan: Letters,
        /// The library that was used.
        regimens_sha256: Text,
        /// The course that it replaces the open doses of; none where it begins one.
        replaces_course: Option<u32>,
        /// The drug, by its word.
        drug: Text,
        /// The drug's name.
        name: Text,
        /// How it is given.
        route: Route,
        /// The regimen.
        regimen: Text,
        /// The dose each time, or on each dosing day.
        dose_mg: Decimal,
        /// What the slots are.
        unit: Counted,
        /// The first day.
        start: NaiveDate,
        /// The day before which doses are given, if the first is given on its day; none where there is no such day.
        ends: Option<NaiveDate>,
        /// Length of the course in months, from its first dose.
        months: Option<u16>,
        /// The doses or the supplies.
        slots: Vec<Slot>,
        /// The rules.
        rule: Rule,
        /// The course that was under way when the plan was made.
        course: Option<Course>,
        /// The creatinine before the first dose, where the plan knows it.
        baseline: Option<DatedCreatinine>,
        /// What was known of an earlier dose.
        earlier: Option<EarlierDose>,
    }
}

impl Planned {
    /// The entry for a plan with its saved text; none for a stopped plan, which has nothing to give.
    pub fn of(plan: &Plan, text: String) -> Option<Self> {
        let Outcome::Dosed(dosed) = plan.outcome() else { return None };
        let (request, listed) = (plan.request(), plan.listed());
        let regimen = &listed.regimen;
        let has_end = dosed.schedule.months.is_some() || regimen.fixed_length.is_some();
        Some(Self {
            plan: Letters(text),
            regimens_sha256: digest_text(plan.library().digest()),
            replaces_course: None,
            drug: listed.drug.drug.clone(),
            name: listed.drug.name.clone(),
            route: regimen.route,
            regimen: regimen.path(&listed.drug.drug).parse().ok()?,
            dose_mg: dosed.dosing.mass.in_milligrams(),
            unit: if regimen.supply.is_some() { Counted::Supplies } else { Counted::Doses },
            start: dosed.schedule.start_date,
            ends: has_end.then_some(dosed.schedule.end_date),
            months: dosed.schedule.months,
            slots: slots(plan, dosed),
            rule: rule(plan, dosed),
            course: request.course.clone(),
            baseline: baseline(plan, dosed),
            earlier: request.earlier_dose().cloned(),
        })
    }
}

impl Planned {
    /// The day of the last dose that it states: of the course, or of any antiresorptive.
    pub fn last_stated(&self) -> Option<NaiveDate> {
        let of_course = self.course.as_ref().map(|course| course.last_dose);
        let elsewhere = match &self.earlier {
            Some(EarlierDose::Last(last)) => Some(last.date),
            Some(EarlierDose::None) | None => None,
        };
        of_course.max(elsewhere)
    }
}

/// The creatinine before the first dose, where it judges those after it. After an old creatinine, that before dose 1 is
/// the baseline, and no plan knows it.
fn baseline(plan: &Plan, dosed: &Dosed) -> Option<DatedCreatinine> {
    let labs = &plan.request().labs;
    let Measured { value, unit } = labs.creatinine.filter(|_| matches!(dosed.dosing.hold, Some(Hold::At(_))))?;
    Some(DatedCreatinine { value, unit, date: labs.date })
}

fn slots(plan: &Plan, dosed: &Dosed) -> Vec<Slot> {
    let regimen = &plan.listed().regimen;
    let course = plan.request().course.as_ref();
    let mut before = course.map(|course| course.last_dose);
    let mut first = course.map(|course| course.first_dose);
    let mut slots = Vec::new();
    for entry in &dosed.schedule.entries {
        let (Event::Dose { number, .. } | Event::Supply { number, .. }) = entry.event else { continue };
        let first = *first.get_or_insert(entry.date);
        let in_loading_phase = |interval: &Interval| dosing::is_loading(interval, first, entry.date, before);
        // In an emergency nothing waits for the clinic; a course of denosumab only in its loading phase.
        let urgent = regimen.emergency.is_some() && regimen.interval.as_ref().is_none_or(in_loading_phase);
        slots.push(Slot { number, planned: entry.planned_date, due: entry.date, urgent });
        before = Some(entry.date);
    }
    slots
}

fn rule(plan: &Plan, dosed: &Dosed) -> Rule {
    let listed = plan.listed();
    let regimen: &Regimen = listed.regimen;
    let interval = regimen.interval.as_ref();
    let calendar = &plan.library().limits().calendar;
    let count = |days: Days| u16::try_from(days.count()).unwrap_or(u16::MAX);
    let loading = interval.and_then(|interval| {
        let loading = interval.loading.as_ref()?;
        Some(LoadingRule {
            days: loading.days.clone(),
            minimum_gap_days: count(loading.minimum_gap.0),
            phase_days: interval.default_weeks.saturating_mul(7),
        })
    });
    // Daily infusions are on consecutive days, and a single dose is repeated no sooner than the regimen allows; supplies
    // may be collected before the last one is used up.
    let without_interval = match (&regimen.supply, &regimen.daily) {
        (Some(_), _) => 0,
        (None, Some(_)) => 1,
        (None, None) => count(regimen.spacing.minimum.0),
    };
    Rule {
        weeks: dosed.dosing.weeks(),
        minimum_gap_days: interval.map_or(without_interval, |it| count(it.minimum_gap.0)),
        loading,
        has_courses: regimen.has_courses(),
        needs_baseline: regimen.baseline.is_some(),
        needs_batch: listed.drug.class == Class::RankLigandAntibody,
        fixed_length: regimen.fixed_length.is_some(),
        long_move_days: count(calendar.long_move.0),
        search_days: count(calendar.search.0),
    }
}
