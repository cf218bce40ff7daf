//! How long a course is, how many daily infusions it has, and how well that is documented.

use chrono::NaiveDate;

use super::{case::Case, dose::Dose};
use crate::{
    plan::{Evidence, Findings, Unusable, Why},
    quantity::plus_months,
    regimen::Severity,
};

/// The course that a schedule fills.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// First day of this plan.
    pub(super) start: NaiveDate,
    /// First day of the course, which may lie before.
    pub(super) first: NaiveDate,
    /// The day before which doses are given.
    pub(super) end: NaiveDate,
    /// Length in months; none for a single dose or daily infusions.
    pub(super) months: Option<u16>,
}

/// Decides the length of the course and says how well it is documented.
pub(super) fn span(case: &Case<'_>, findings: &mut Findings) -> Result<Span, Unusable> {
    let (request, regimen) = (case.request, case.regimen());
    let start = request.treatment.start_date;
    let first = request.course.as_ref().map_or(start, |course| course.first_dose);
    if let Some(fixed) = &regimen.fixed_length {
        return Ok(Span { start, first, end: fixed.days.0.after(start), months: None });
    }
    if !regimen.has_length() {
        return Ok(Span { start, first, end: NaiveDate::MAX, months: None });
    }
    let limits = &case.limits().course;
    let documented = regimen.course_lengths.iter().find(|length| length.tumours.contains(&request.tumour));
    let months = case.choice.months.or(documented.map(|it| it.months)).unwrap_or(limits.default_months);
    match documented {
        None => {
            findings.add(Severity::Note, Evidence::CourseLengthNotDocumented { months }, &limits.sources);
        }
        Some(documented) if months > documented.months => {
            let severity = if months > limits.noted_up_to_months { Severity::Confirm } else { Severity::Note };
            let evidence = Evidence::CourseLengthExceeded { months, documented_months: documented.months };
            findings.add(severity, evidence, &documented.sources);
        }
        Some(_) => {}
    }
    let end = plus_months(first, months);
    if start >= end {
        let longest = limits.longest_months;
        let needed_months = (months..=longest).find(|months| plus_months(first, *months) > start);
        let path = "treatment.start_date";
        return Err(Unusable::new(path, Why::CourseOver { start, end, months, needed_months, longest }));
    }
    Ok(Span { start, first, end, months: Some(months) })
}

/// The days of daily infusions: as asked, or by default, and not more than the row allows.
pub(super) fn infusion_days(case: &Case<'_>, dose: Option<&Dose>, findings: &mut Findings) -> Result<u16, Unusable> {
    let Some(daily) = &case.regimen().daily else { return Ok(1) };
    let longest = dose.and_then(|dose| dose.row.longest_course).map(|it| it.0);
    if let (Some(days), Some(longest)) = (case.choice.days, longest)
        && i64::from(days) > longest.count()
    {
        return Err(Unusable::new("treatment.course_days", Why::DaysFixedOnDialysis { days, longest }));
    }
    let days = case.choice.days.unwrap_or(daily.default_days);
    if days > daily.usual_days {
        let evidence = Evidence::CourseLongerThanUsual { days, usual_days: daily.usual_days };
        findings.add(Severity::Note, evidence, &daily.sources);
    }
    Ok(longest.map_or(days, |longest| days.min(u16::try_from(longest.count()).unwrap_or(days))))
}
