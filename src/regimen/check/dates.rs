//! Intervals, gaps and lengths: what the calendar of a regimen is made of fits together.

use super::{Checked, Counted, Defect, Named, Reporter};
use crate::{
    quantity::Days,
    regimen::{
        document::{CheckRule, Daily, Interval, Loading, Regimen, Subject},
        limits::Limits,
    },
};

/// No supplies are checked further apart.
const MOST_SUPPLIES: u16 = 12;
/// No course goes on unasked after more intervals.
const MOST_INTERVALS: u16 = 12;
/// No infusions follow each other day by day for longer.
const MOST_DAYS: u16 = 31;

pub(super) fn check(it: Checked<'_>, limits: Option<&Limits>, report: &mut Reporter<'_>) {
    let regimen = it.regimen;
    let kinds = [regimen.interval.is_some(), regimen.daily.is_some(), regimen.supply.is_some()];
    let found = kinds.into_iter().filter(|kind| *kind).count();
    if found > 1 {
        report.note(it.path(""), Defect::Timing { found });
    }
    if let Some(interval) = &regimen.interval {
        intervals(it, interval, report);
    }
    if let Some(daily) = &regimen.daily {
        days(it, daily, report);
    }
    course_lengths(it, limits, report);
    for (index, rule) in regimen.checks.iter().enumerate() {
        let at = |rest: &str| it.path(&format!("checks[{index}]{rest}"));
        checks(rule, at, report);
        something_to_check(regimen, rule, at, report);
    }
    creatinine_is_checked(it, report);
    if let Some(fixed) = &regimen.fixed_length {
        if regimen.supply.is_none() {
            report.note(it.path("fixed_length"), Defect::FixedWithoutSupply);
        }
        if fixed.days.0 == Days::new(0) {
            report.note(it.path("fixed_length.days"), Defect::NoDays);
        }
    }
    if let Some(review) = &regimen.review {
        let months = [("also_at_months", review.also_at_months), ("then_every_months", review.then_every_months)];
        for (key, _) in months.into_iter().filter(|(_, months)| *months == 0) {
            report.note(it.path(&format!("review.{key}")), Defect::Never { counted: Counted::Month });
        }
    }
}

fn days(it: Checked<'_>, daily: &Daily, report: &mut Reporter<'_>) {
    let rising =
        1 <= daily.default_days && daily.default_days <= daily.usual_days && daily.usual_days <= daily.longest_days;
    if !rising {
        report.note(it.path("daily"), Defect::DaysOrder);
    }
    if daily.longest_days > MOST_DAYS {
        let defect = Defect::TooManyDays { days: daily.longest_days, most: MOST_DAYS };
        report.note(it.path("daily.longest_days"), defect);
    }
}

/// No course is documented that cannot be asked for.
fn course_lengths(it: Checked<'_>, limits: Option<&Limits>, report: &mut Reporter<'_>) {
    let longest = limits.map_or(u16::MAX, |limits| limits.course.longest_months);
    let mut before = Vec::new();
    for (index, length) in it.regimen.course_lengths.iter().enumerate() {
        let at = |rest: &str| it.path(&format!("course_lengths[{index}]{rest}"));
        if !(1..=longest).contains(&length.months) {
            report.note(at(".months"), Defect::Months { months: length.months, longest });
        }
        if length.tumours.is_empty() {
            report.note(at(".tumours"), Defect::NoTumour);
        }
        for (place, tumour) in length.tumours.iter().enumerate() {
            if before.contains(tumour) {
                let defect = Defect::Twice { what: Named::Tumour, name: tumour.as_str().to_owned() };
                report.note(at(&format!(".tumours[{place}]")), defect);
            }
            before.push(*tumour);
        }
    }
}

/// A check has a day.
fn checks(rule: &CheckRule, at: impl Fn(&str) -> String, report: &mut Reporter<'_>) {
    if !is_during_treatment(rule) && rule.days_after_last_dose.is_empty() {
        report.note(at(""), Defect::CheckWithoutDay);
    }
    if rule.every_months == Some(0) {
        report.note(at(".every_months"), Defect::Never { counted: Counted::Month });
    }
    for (place, _) in rule.before_doses.iter().enumerate().filter(|(_, number)| **number == 0) {
        report.note(at(&format!(".before_doses[{place}]")), Defect::Never { counted: Counted::Dose });
    }
}

/// A check before doses or supplies has doses or supplies.
fn something_to_check(regimen: &Regimen, rule: &CheckRule, at: impl Fn(&str) -> String, report: &mut Reporter<'_>) {
    if let Some(supplies) = &rule.before_supplies {
        if regimen.supply.is_none() {
            report.note(at(".before_supplies"), Defect::NothingToCheck { needed: "supply" });
        }
        let (found, least, most) = (supplies.every, 1, MOST_SUPPLIES);
        if !(least..=most).contains(&found) {
            report.note(at(".before_supplies.every"), Defect::OutOfRange { found, least, most });
        }
    }
    if let Some(apart) = rule.before_doses_apart {
        if regimen.interval.is_none() {
            report.note(at(".before_doses_apart"), Defect::NothingToCheck { needed: "interval" });
        }
        if apart.0 == Days::new(0) {
            report.note(at(".before_doses_apart"), Defect::NoDays);
        }
    }
}

/// What is dosed by the clearance is not given on without a creatinine. A check of some patients, of new courses or
/// after the last dose leaves others to go on without one.
fn creatinine_is_checked(it: Checked<'_>, report: &mut Reporter<'_>) {
    let regimen = it.regimen;
    let by_clearance: Vec<_> = regimen.doses.iter().filter(|row| row.clearance.is_some()).collect();
    let depends = by_clearance.windows(2).any(|rows| (rows[0].dose, rows[0].every) != (rows[1].dose, rows[1].every));
    let for_all =
        |rule: &CheckRule| rule.tumours.is_empty() && rule.with_findings.is_empty() && rule.new_course != Some(true);
    let of_creatinine = regimen.checks.iter().filter(|rule| rule.what == Subject::Creatinine);
    let checked = of_creatinine.filter(|rule| for_all(rule)).any(is_during_treatment);
    if depends && !checked {
        report.note(it.path("checks"), Defect::NoCreatinineCheck);
    }
}

/// Whether a check has a day before the last dose is behind the patient.
fn is_during_treatment(rule: &CheckRule) -> bool {
    rule.before_every_dose_unless_within.is_some()
        || rule.before_every_dose == Some(true)
        || rule.every_months.is_some()
        || rule.before_doses_apart.is_some()
        || rule.before_supplies.is_some()
        || !rule.before_doses.is_empty()
        || !rule.days_after_first_dose.is_empty()
}

fn intervals(it: Checked<'_>, interval: &Interval, report: &mut Reporter<'_>) {
    let gap = interval.minimum_gap.0;
    if gap == Days::new(0) {
        report.note(it.path("interval.minimum_gap"), Defect::NoGap);
    }
    let of_label = interval.weeks.iter().enumerate().map(|(place, weeks)| (format!("weeks[{place}]"), *weeks));
    let of_guideline = interval.guideline.as_ref().map(|it| ("guideline.weeks".to_owned(), it.weeks));
    let offered: Vec<(String, u16)> = of_label.chain(of_guideline).collect();
    for (path, weeks) in offered.iter().filter(|(_, weeks)| i64::from(*weeks) * 7 < gap.count().max(1)) {
        let defect = Defect::ShortInterval { weeks: *weeks, gap: gap.count() };
        report.note(it.path(&format!("interval.{path}")), defect);
    }
    for (index, (path, weeks)) in offered.iter().enumerate() {
        if offered[..index].iter().any(|(_, before)| before == weeks) {
            report.note(it.path(&format!("interval.{path}")), Defect::IntervalTwice { weeks: *weeks });
        }
    }
    if !interval.weeks.contains(&interval.default_weeks) {
        let defect = Defect::DefaultInterval { weeks: interval.default_weeks };
        report.note(it.path("interval.default_weeks"), defect);
    }
    if let Some(gap) = &interval.long_gap {
        let (found, least, most) = (gap.intervals, 1, MOST_INTERVALS);
        if !(least..=most).contains(&found) {
            report.note(it.path("interval.long_gap.intervals"), Defect::OutOfRange { found, least, most });
        }
    }
    if let Some(loading) = &interval.loading {
        let shortest = offered.iter().map(|(_, weeks)| *weeks).min().unwrap_or(interval.default_weeks);
        loading_doses(it, loading, shortest, report);
    }
}

fn loading_doses(it: Checked<'_>, loading: &Loading, shortest: u16, report: &mut Reporter<'_>) {
    let at = |rest: &str| it.path(&format!("interval.loading.{rest}"));
    let gap = loading.minimum_gap.0.count();
    if gap == 0 {
        report.note(at("minimum_gap"), Defect::NoGap);
        return;
    }
    let mut before = 0;
    for (index, day) in loading.days.iter().enumerate() {
        if i64::from(*day) < before + gap {
            report.note(at(&format!("days[{index}]")), Defect::Loading { day: *day, gap });
        }
        before = i64::from(*day);
    }
    let Some((last, rest)) = loading.days.split_last() else {
        report.note(at("days"), Defect::LoadingWithoutDays);
        return;
    };
    let next = i64::from(shortest) * 7;
    if i64::from(*last) + gap > next {
        let defect = Defect::LastLoading { day: *last, next, latest: (next - gap).max(0), gap };
        report.note(at(&format!("days[{}]", rest.len())), defect);
    }
}
