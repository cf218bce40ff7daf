//! The least number of days between the last antiresorptive dose and the start.

use chrono::NaiveDate;

use super::case::Case;
use crate::{
    json::{nearest, printable},
    patient::Route,
    plan::{Evidence, Findings, Unusable, Why},
    quantity::Days,
    regimen::{ByMouth, Class, Library, OtherAntiresorptive, Severity, Spacing},
    request::Request,
};

/// A dose of an antiresorptive in the past.
#[derive(Clone, Copy, Debug)]
struct Past {
    drug: &'static str,
    name: &'static str,
    class: Class,
    oral: bool,
    date: NaiveDate,
    long_acting: Option<Days>,
}

/// Adds what the last antiresorptive dose says.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) -> Result<(), Unusable> {
    let (request, listed) = (case.request, case.listed());
    let start = request.treatment.start_date;
    let last = last(request, case.library)?;
    let of_course = request.course.as_ref().map(|course| Past {
        drug: listed.drug.drug.as_str(),
        name: listed.drug.name.as_str(),
        class: listed.drug.class,
        oral: listed.regimen.route == Route::Oral,
        date: course.last_dose,
        long_acting: None,
    });
    too_soon(start, [last, of_course].into_iter().flatten(), &listed.regimen.spacing, findings);
    if let Some(past) = last {
        previous_long_acting(start, past, findings);
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
        if oral_stated && drug.regimens.iter().all(|regimen| regimen.route != Route::Oral) {
            return Err(wrong_route(drug.name.as_str()));
        }
        let (word, name) = (drug.drug.as_str(), drug.name.as_str());
        let past =
            Past { drug: word, name, class: drug.class, oral: oral_stated, date: stated.date, long_acting: None };
        return Ok(Some(past));
    }
    let others = &library.limits().other_antiresorptives;
    let Some(OtherAntiresorptive { id, name, class, by_mouth, long_acting, .. }) =
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
    let long_acting = long_acting.map(|it| it.0);
    Ok(Some(Past { drug: id.as_str(), name: name.as_str(), class: *class, oral, date: stated.date, long_acting }))
}

/// The least number of days between this dose and the start.
fn gap(spacing: &Spacing, past: Past) -> Days {
    if past.oral {
        return spacing.after_oral.0;
    }
    let of_drug = spacing.after.iter().find(|it| it.drug.as_str() == past.drug);
    of_drug.map_or(spacing.minimum.0, |it| it.minimum.0)
}

fn too_soon(start: NaiveDate, pasts: impl Iterator<Item = Past>, spacing: &'static Spacing, findings: &mut Findings) {
    // The dose that holds the start back longest.
    let Some((first, past, gap)) = pasts
        .map(|past| (gap(spacing, past), past))
        .map(|(gap, past)| (gap.after(past.date), past, gap))
        .filter(|(first, ..)| *first > start)
        .max_by_key(|(first, ..)| *first)
    else {
        return;
    };
    let early = (first - start).num_days();
    let tolerated = spacing.early.is_some_and(|days| early <= days.0.count());
    let severity = if tolerated { Severity::Confirm } else { Severity::Stop };
    let evidence = Evidence::TooSoon { last: past.date, drug: past.name, gap, first_possible: first };
    findings.add_marked(severity, evidence, &spacing.sources, spacing.verification);
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
    if same && request.course.is_none() && days <= baseline.ask_within.0.count() {
        let evidence = Evidence::CourseBaselineUnknown { drug: past.name, last: past.date };
        findings.add(Severity::Confirm, evidence, &baseline.sources);
    }
}

fn refractory(case: &Case<'_>, last: Option<Past>, findings: &mut Findings) {
    let start = case.request.treatment.start_date;
    let Some(rule) = &case.regimen().refractory else { return };
    let shown = last.is_some_and(|past| {
        past.class == rule.class && !past.oral && (start - past.date).num_days() <= rule.within.0.count()
    });
    if !shown {
        let evidence = Evidence::RefractoryNotShown { within: rule.within.0 };
        findings.add(Severity::Confirm, evidence, &rule.sources);
    }
}
