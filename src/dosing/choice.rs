//! Which regimen of the library a request asks for, with its product, interval and length.

use crate::{
    json::{nearest, printable},
    patient::{Route, Scheme},
    plan::{Unusable, Why},
    quantity::{Decimal, Mass},
    regimen::{Drug, Library, Listed, Need, Product, Status},
    request::Request,
};

/// What a request asks for: everything here is in the library.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) listed: Listed,
    pub(super) product: &'static Product,
    /// Weeks between doses, where the regimen has an interval.
    pub(super) weeks: Option<u16>,
    /// The months that were asked for.
    pub(super) months: Option<u16>,
    /// The days of daily infusions that were asked for.
    pub(super) days: Option<u16>,
    /// The daily dose that was asked for.
    pub(super) daily_dose: Option<Mass>,
}

/// Finds what the request asks for, or says what there is instead.
pub(super) fn choose(request: &Request, library: &'static Library) -> Result<Choice, Unusable> {
    let listed = regimen(request, library)?;
    if listed.regimen.creatinine == Need::Required && request.labs.creatinine.is_none() {
        let drug = listed.drug.name.as_str();
        return Err(Unusable::new("labs.creatinine", Why::NoCreatinine { drug }));
    }
    let choice = Choice {
        listed,
        product: product(request, listed)?,
        weeks: weeks(request, listed)?,
        months: months(request, library, listed)?,
        days: days(request, listed)?,
        daily_dose: daily_dose(request, listed)?,
    };
    course(request, listed)?;
    Ok(choice)
}

/// The regimen of drug, indication, route and scheme.
pub(super) fn regimen(request: &Request, library: &'static Library) -> Result<Listed, Unusable> {
    let treatment = &request.treatment;
    let drug = drug(treatment.drug.as_str(), library)?;
    let of_indication: Vec<Listed> = library
        .regimens()
        .filter(|it| it.drug.drug == drug.drug && it.regimen.indication == request.indication)
        .collect();
    let (name, indication) = (drug.name.as_str(), request.indication);
    if of_indication.is_empty() {
        let mut offered: Vec<_> = drug.regimens.iter().map(|it| it.indication).collect();
        offered.dedup();
        let why = Why::NoRegimen { drug: name, indication, offered };
        return Err(Unusable::new("indication", why));
    }
    let mut routes: Vec<Route> = of_indication.iter().map(|it| it.regimen.route).collect();
    routes.dedup();
    let route = match (treatment.route, routes.as_slice()) {
        (None, [only]) => *only,
        (Some(route), _) if routes.contains(&route) => route,
        (found, _) => {
            let why = Why::NoRoute { drug: name, indication, found, offered: routes };
            return Err(Unusable::new("treatment.route", why));
        }
    };
    let by_route = || of_indication.iter().copied().filter(|it| it.regimen.route == route);
    let has_schemes = by_route().any(|it| it.regimen.scheme.is_some());
    if !has_schemes && let (Some(_), Some(listed)) = (treatment.scheme, by_route().next()) {
        return Err(not_here("treatment.scheme", listed));
    }
    let scheme = has_schemes.then(|| treatment.scheme.unwrap_or(Scheme::Daily));
    by_route().find(|it| it.regimen.scheme == scheme).ok_or_else(|| {
        let offered = by_route().filter_map(|it| it.regimen.scheme).collect();
        Unusable::new("treatment.scheme", Why::NoScheme { found: scheme, offered })
    })
}

/// A drug by its word.
pub(super) fn drug(word: &str, library: &'static Library) -> Result<&'static Drug, Unusable> {
    let Some((drug, _)) = library.drug(word) else {
        if let Some(other) = library.limits().other_antiresorptives.iter().find(|other| other.id.as_str() == word) {
            let why = Why::OtherProduct { name: other.name.as_str(), drugs: library.drug_words().collect() };
            return Err(Unusable::new("treatment.drug", why));
        }
        let why = Why::NotOneOf {
            found: printable(word),
            nearest: nearest(word, library.drug_words()),
            allowed: library.drug_words().collect(),
        };
        return Err(Unusable::new("treatment.drug", why));
    };
    if drug.status == Status::Superseded {
        return Err(Unusable::new("treatment.drug", Why::Superseded { drug: drug.name.as_str() }));
    }
    Ok(drug)
}

fn not_here(path: &'static str, listed: Listed) -> Unusable {
    Unusable::new(path, Why::NotHere { regimen: listed.regimen.path(&listed.drug.drug) })
}

fn product(request: &Request, listed: Listed) -> Result<&'static Product, Unusable> {
    let allowed = || listed.products().map(|product| product.id.as_str());
    let missing = || Unusable::new("treatment.product", Why::NoProduct { allowed: allowed().collect() });
    match &request.treatment.product {
        Some(id) => listed.products().find(|product| product.id == *id).ok_or_else(|| {
            let why = Why::NotOneOf {
                found: printable(id.as_str()),
                nearest: nearest(id.as_str(), allowed()),
                allowed: allowed().collect(),
            };
            Unusable::new("treatment.product", why)
        }),
        None => listed.regimen.usual_product().and_then(|id| listed.product(id)).ok_or_else(missing),
    }
}

fn weeks(request: &Request, listed: Listed) -> Result<Option<u16>, Unusable> {
    let asked = request.treatment.interval_weeks;
    let Some(interval) = &listed.regimen.interval else {
        return asked.map_or(Ok(None), |_| Err(not_here("treatment.interval_weeks", listed)));
    };
    let weeks = asked.unwrap_or(interval.default_weeks);
    let offered: Vec<u16> = interval.offered().collect();
    if offered.contains(&weeks) {
        return Ok(Some(weeks));
    }
    Err(Unusable::new("treatment.interval_weeks", Why::IntervalNotOffered { weeks, offered }))
}

fn months(request: &Request, library: &'static Library, listed: Listed) -> Result<Option<u16>, Unusable> {
    let Some(months) = request.treatment.course_months else { return Ok(None) };
    fixed_length("treatment.course_months", listed)?;
    if !listed.regimen.has_length() {
        return Err(not_here("treatment.course_months", listed));
    }
    let longest = library.limits().course.longest_months;
    if (1..=longest).contains(&months) {
        return Ok(Some(months));
    }
    Err(Unusable::new("treatment.course_months", Why::MonthsNotOffered { months, longest }))
}

/// A length that nobody chooses.
fn fixed_length(path: &'static str, listed: Listed) -> Result<(), Unusable> {
    match &listed.regimen.fixed_length {
        Some(fixed) => Err(Unusable::new(path, Why::FixedLength { days: fixed.days.0 })),
        None => Ok(()),
    }
}

fn days(request: &Request, listed: Listed) -> Result<Option<u16>, Unusable> {
    let Some(days) = request.treatment.course_days else { return Ok(None) };
    fixed_length("treatment.course_days", listed)?;
    let Some(daily) = &listed.regimen.daily else {
        return Err(not_here("treatment.course_days", listed));
    };
    let longest = daily.longest_days;
    if (1..=longest).contains(&days) {
        return Ok(Some(days));
    }
    Err(Unusable::new("treatment.course_days", Why::DaysNotOffered { days, longest }))
}

fn daily_dose(request: &Request, listed: Listed) -> Result<Option<Mass>, Unusable> {
    let Some(asked) = request.treatment.daily_dose_mg else { return Ok(None) };
    let Some(rule) = &listed.regimen.chosen_dose else {
        return Err(not_here("treatment.daily_dose_mg", listed));
    };
    let step = rule.step.0;
    let range = rule.lowest.zip(rule.highest).map(|(low, high)| (low.0, high.0));
    let not_offered = || Unusable::new("treatment.daily_dose_mg", Why::DoseNotOffered { found: asked, step, range });
    if asked <= Decimal::whole(0) {
        return Err(not_offered());
    }
    let dose = Mass::milligrams(asked).ok_or_else(not_offered)?;
    // A dose above every label is stopped, with both figures, whether or not it could be made up.
    let above_all = rule.highest.is_some_and(|highest| dose > highest.0);
    let too_low = rule.lowest.is_some_and(|lowest| dose < lowest.0);
    if too_low || (!above_all && dose.in_units_of(step).is_none()) {
        return Err(not_offered());
    }
    Ok(Some(dose))
}

/// The most doses of a course that can have been given: far more than of any course, so that a slip of the keyboard
/// is refused, and few enough to number those that follow.
pub const MOST_DOSES_GIVEN: u16 = 999;

/// A course under way must be one of a regimen that has courses, with a dose of its table.
fn course(request: &Request, listed: Listed) -> Result<(), Unusable> {
    let Some(course) = &request.course else { return Ok(()) };
    let regimen = listed.regimen;
    if !regimen.has_courses() {
        return Err(not_here("course", listed));
    }
    if course.held_because.is_some() && course.held != Some(true) {
        return Err(Unusable::new("course.held_because", Why::NotHeld));
    }
    if let Some(found) = course.doses_given.filter(|given| !(1..=MOST_DOSES_GIVEN).contains(given)) {
        let why = Why::DosesGivenNotPossible { found, most: MOST_DOSES_GIVEN };
        return Err(Unusable::new("course.doses_given", why));
    }
    if regimen.baseline.is_some() && course.baseline_creatinine.is_none() {
        let drug = listed.drug.name.as_str();
        return Err(Unusable::new("course.baseline_creatinine", Why::NoBaseline { drug }));
    }
    let found = course.dose_mg;
    let chosen = regimen.chosen_dose.as_ref().and_then(|rule| Some((rule.step.0, rule.lowest?.0, rule.highest?.0)));
    let is_offered = |dose: Mass| match chosen {
        Some((step, low, high)) => (low..=high).contains(&dose) && dose.in_units_of(step).is_some(),
        None => regimen.doses_of_table().contains(&dose),
    };
    if Mass::milligrams(found).is_some_and(is_offered) {
        return Ok(());
    }
    let why = chosen.map(|(step, low, high)| Why::DoseNotOffered { found, step, range: Some((low, high)) });
    Err(Unusable::new(
        "course.dose_mg",
        why.unwrap_or_else(|| Why::DoseNotInTable { found, doses: regimen.doses_of_table() }),
    ))
}
