//! The least number of days between the last antiresorptive dose and the start.

use chrono::NaiveDate;

use super::{case::Case, loading};
use crate::{
    json::{nearest, printable},
    patient::Route,
    plan::{CalciumClass, Evidence, Findings, Unusable, Why},
    quantity::Days,
    regimen::{ByMouth, Class, Library, Listed, OtherAntiresorptive, Severity, Spacing, SpacingAfter, Verification},
    request::Request,
};

/// A dose of an antiresorptive in the past.
#[derive(Clone, Copy, Debug)]
struct Past {
    drug: &'static str,
    name: &'static str,
    /// The drug of the library that is the same substance, or the drug itself.
    substance: &'static str,
    class: Class,
    /// How it was given; none where that is not known but that it was not by mouth.
    route: Option<Route>,
    date: NaiveDate,
    long_acting: Option<Days>,
}

impl Past {
    fn is_oral(self) -> bool {
        self.route == Some(Route::Oral)
    }
}

/// A dose after which the start is too early.
struct TooEarly {
    past: Past,
    gap: Days,
    first_possible: NaiveDate,
    severity: Severity,
    verification: Option<Verification>,
}

/// Adds what the last antiresorptive dose says.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) -> Result<(), Unusable> {
    let last = last(case.request, case.library)?;
    too_soon(case, last, findings);
    if let Some(past) = last {
        previous_long_acting(case.request.treatment.start_date, past, findings);
        baseline_unknown(case, past, findings);
    }
    refractory(case, last, findings);
    Ok(())
}

fn last(request: &Request, library: &'static Library) -> Result<Option<Past>, Unusable> {
    let Some(stated) = request.last_antiresorptive() else { return Ok(None) };
    let word = stated.drug.as_str();
    let oral_stated = stated.route == Some(Route::Oral);
    let wrong_route = |drug| Unusable::new("history.last_antiresorptive.route", Why::WrongRoute { drug });
    if let Some((drug, _)) = library.drug(word) {
        let mut routes = drug.regimens.iter().map(|regimen| regimen.route);
        if oral_stated && routes.clone().all(|route| route != Route::Oral) {
            return Err(wrong_route(drug.name.as_str()));
        }
        let (word, name) = (drug.drug.as_str(), drug.name.as_str());
        let injected = routes.find(|route| *route != Route::Oral);
        let route = if oral_stated { Some(Route::Oral) } else { injected };
        let past =
            Past { drug: word, name, substance: word, class: drug.class, route, date: stated.date, long_acting: None };
        return Ok(Some(past));
    }
    let others = &library.limits().other_antiresorptives;
    let Some(OtherAntiresorptive { id, name, class, substance, by_mouth, long_acting, .. }) =
        others.iter().find(|other| other.id.as_str() == word)
    else {
        let words = || library.drug_words().chain(others.iter().map(|other| other.id.as_str()));
        let why = Why::NotOneOf { found: printable(word), nearest: nearest(word, words()), allowed: words().collect() };
        return Err(Unusable::new("history.last_antiresorptive.drug", why));
    };
    let oral = match by_mouth {
        ByMouth::Always => true,
        ByMouth::Never if oral_stated => return Err(wrong_route(name.as_str())),
        ByMouth::Never | ByMouth::Either => oral_stated,
    };
    Ok(Some(Past {
        drug: id.as_str(),
        name: name.as_str(),
        substance: substance.as_ref().unwrap_or(id).as_str(),
        class: *class,
        route: oral.then_some(Route::Oral),
        date: stated.date,
        long_acting: long_acting.map(|it| it.0),
    }))
}

fn too_soon(case: &Case<'_>, last: Option<Past>, findings: &mut Findings) {
    let (request, listed) = (case.request, case.listed());
    let of_course = request.course.as_ref().map(|course| of_drug(listed, course.last_dose));
    // The last dose of a course, named a second time, is judged as that.
    let other = last.filter(|past| of_course.is_none_or(|own| (own.drug, own.date) != (past.drug, past.date)));
    let too_early: Vec<TooEarly> =
        [other.and_then(|past| after(case, past)), of_course.and_then(|own| in_course(case, own))]
            .into_iter()
            .flatten()
            .collect();
    // Of several doses that are too recent, the severest verdict counts, and the latest of the first possible days.
    let Some(severity) = too_early.iter().map(|it| it.severity).min() else { return };
    let Some(TooEarly { past, gap, first_possible, verification, .. }) =
        too_early.into_iter().max_by_key(|it| it.first_possible)
    else {
        return;
    };
    let spacing = &listed.regimen.spacing;
    let has_loading = listed.regimen.interval.as_ref().is_some_and(|it| it.loading.is_some());
    let own = past.drug == listed.drug.drug.as_str();
    let evidence = Evidence::TooSoon {
        last: past.date,
        drug: past.name,
        route: past.route,
        gap,
        first_possible,
        loading_needs_course: has_loading && own && request.course.is_none(),
    };
    findings.add_marked(severity, evidence, &spacing.sources, verification.or(spacing.verification));
}

/// A dose of the drug that is planned.
fn of_drug(listed: Listed, date: NaiveDate) -> Past {
    let (word, name) = (listed.drug.drug.as_str(), listed.drug.name.as_str());
    let route = Some(listed.regimen.route);
    Past { drug: word, name, substance: word, class: listed.drug.class, route, date, long_acting: None }
}

/// Whether the start is too early after the last dose of the course.
fn in_course(case: &Case<'_>, past: Past) -> Option<TooEarly> {
    let course = case.request.course.as_ref()?;
    let interval = case.regimen().interval.as_ref();
    let Some(first_possible) = interval.and_then(|it| loading::next_possible(it, course.first_dose, course.last_dose))
    else {
        return after(case, past);
    };
    let gap = Days::between(past.date, first_possible);
    let early = first_possible > case.request.treatment.start_date;
    early.then_some(TooEarly { past, gap, first_possible, severity: Severity::Stop, verification: None })
}

/// Whether the start is too early after a dose.
fn after(case: &Case<'_>, past: Past) -> Option<TooEarly> {
    let start = case.request.treatment.start_date;
    let Gap { days: gap, confirmed_from, verification } = gap(case, past);
    let first_possible = gap.after(past.date);
    let days = (start - past.date).num_days();
    let confirmed = confirmed_from.is_some_and(|from| days >= from.count());
    let severity = if confirmed { Severity::Confirm } else { Severity::Stop };
    (first_possible > start).then_some(TooEarly { past, gap, first_possible, severity, verification })
}

/// The least number of days, and those from which less can be confirmed.
struct Gap {
    days: Days,
    confirmed_from: Option<Days>,
    verification: Option<Verification>,
}

fn gap(case: &Case<'_>, past: Past) -> Gap {
    let spacing: &Spacing = &case.regimen().spacing;
    if past.is_oral() {
        return Gap { days: spacing.after_oral.0, confirmed_from: None, verification: None };
    }
    let Some(rule) = spacing.after.iter().find(|rule| concerns(case, rule, past)) else {
        return Gap { days: spacing.minimum.0, confirmed_from: None, verification: None };
    };
    // Nothing may be early in a loading phase, to which dose 1 of a new course belongs.
    let own = past.drug == case.listed().drug.drug.as_str();
    let confirmed_from = rule.confirmed_from.map(|it| it.0).filter(|_| !(own && in_loading_phase(case)));
    Gap { days: rule.minimum.0, confirmed_from, verification: rule.verification }
}

/// Whether the dose that is planned belongs to a loading phase.
fn in_loading_phase(case: &Case<'_>) -> bool {
    let Some(interval) = &case.regimen().interval else { return false };
    match &case.request.course {
        None => interval.loading.is_some(),
        Some(course) => loading::in_phase(interval, course.first_dose, course.last_dose).is_some(),
    }
}

/// Whether a rule of spacing speaks of a dose.
fn concerns(case: &Case<'_>, rule: &SpacingAfter, past: Past) -> bool {
    let of_drugs = rule.drugs.is_empty() || rule.drugs.iter().any(|drug| drug.as_str() == past.drug);
    let of_class = rule.class.is_none_or(|class| class == past.class);
    let planned = case.listed().drug.drug.as_str();
    let of_substance = rule.another_substance != Some(true) || past.substance != planned;
    let at_calcium = rule.severe_calcium != Some(true) || case.calcium.class() == CalciumClass::Severe;
    of_drugs && of_class && of_substance && at_calcium
}

fn previous_long_acting(start: NaiveDate, past: Past, findings: &mut Findings) {
    if let Some(lasts) = past.long_acting
        && (start - past.date).num_days() < lasts.count()
    {
        let evidence = Evidence::PreviousLongActing { drug: past.name, last: past.date, lasts };
        findings.add(Severity::Confirm, evidence, &[]);
    }
}

fn baseline_unknown(case: &Case<'_>, past: Past, findings: &mut Findings) {
    let (request, listed) = (case.request, case.listed());
    let Some(baseline) = &listed.regimen.baseline else { return };
    let days = (request.treatment.start_date - past.date).num_days();
    let same = past.drug == listed.drug.drug.as_str();
    if same && request.course.is_none() && days <= baseline.ask_within.days.0.count() {
        let evidence = Evidence::CourseBaselineUnknown { drug: past.name, last: past.date };
        let ask = &baseline.ask_within;
        findings.add_marked(Severity::Confirm, evidence, &ask.sources, ask.verification);
    }
}

fn refractory(case: &Case<'_>, last: Option<Past>, findings: &mut Findings) {
    let start = case.request.treatment.start_date;
    let Some(rule) = case.regimen().refractory.as_ref().filter(|_| case.request.course.is_none()) else { return };
    let shown = last.is_some_and(|past| {
        past.class == rule.class && !past.is_oral() && (start - past.date).num_days() <= rule.within.0.count()
    });
    if !shown {
        let evidence = Evidence::RefractoryNotShown { within: rule.within.0 };
        findings.add(Severity::Confirm, evidence, &rule.sources);
    }
}
