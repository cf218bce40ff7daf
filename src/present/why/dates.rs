//! Where the dates come from: the length of the course, and the rule of each entry of the schedule.

use chrono::NaiveDate;

use super::{About, Reason};
use crate::{
    patient::Weekday,
    plan::{Before, Dosed, Entry, Event, Moved, Plan},
    present::{card::course as course_in_words, entry_line, moved},
    regimen::{CheckRule, Code, Subject},
    words::{spoken, summary, why as words},
};

/// The most closed days that are named one by one.
const MOST_CLOSED: usize = 7;

pub(super) fn reasons(plan: &Plan, dosed: &Dosed) -> Vec<Reason> {
    let entries = (0..).zip(&dosed.schedule.entries).map(|(n, it)| entry(plan, dosed, n, it));
    [course(plan, dosed)].into_iter().chain(entries).collect()
}

fn course(plan: &Plan, dosed: &Dosed) -> Reason {
    let (library, request) = (plan.library(), plan.request());
    let schedule = &dosed.schedule;
    let regimen = dosed.dosing.listed.regimen;
    let value = course_in_words(dosed);
    let reason = Reason::new(About::Course, "Course", value);
    let Some(months) = schedule.months else {
        return reason
            .says(words::last_check(schedule.end_date))
            .written(library, regimen.emergency.iter().flat_map(|it| &it.sources));
    };
    let limits = &library.limits().course;
    let documented = regimen.course_lengths.iter().find(|it| it.tumours.contains(&request.tumour));
    let reason = match documented {
        Some(it) => {
            reason.says(words::documented(it.months, spoken::tumour(request.tumour))).written(library, &it.sources)
        }
        None => reason.says(words::not_documented(limits.default_months)).written(library, &limits.sources),
    };
    let end = crate::quantity::plus_months(schedule.first_dose, months);
    let last = (end != schedule.end_date).then(|| words::last_check(schedule.end_date));
    reason
        .says(words::asked_months(request.treatment.course_months))
        .says(words::course_end(schedule.first_dose, months, end))
        .says_all(last)
}

fn entry(plan: &Plan, dosed: &Dosed, n: usize, entry: &Entry) -> Reason {
    let line = entry_line(dosed, entry);
    let title = spoken::capital([line.what.as_str(), line.number.as_str()].join(" ").trim_end());
    let value = if line.dose.is_empty() { line.day } else { format!("{}: {}", line.day, line.dose) };
    let reason = Reason::new(About::Entry(n), title, value);
    let reason = match &entry.event {
        Event::Dose { number, only, .. } => {
            dose(plan, dosed, entry, *number, reason).says_all(only.map(spoken::capital))
        }
        Event::Check { what, before, must_keep_band, rule, verification } => {
            let keep = must_keep_band
                .map(|band| band.to_string())
                .as_deref()
                .map(|band| spoken::capital(&summary::must_keep(band)));
            let text = rule.text.as_ref().map(|text| spoken::capital(&format!("{text}.")));
            check(plan, dosed, entry, (*what, *before, rule), reason)
                .says_all(keep)
                .says_all(text)
                .marked(*verification)
        }
        Event::Supply { .. } => {
            let rule = dosed.dosing.listed.regimen.supply.as_ref();
            reason
                .says_all(rule.map(|it| words::supply(it.every.0)))
                .written(plan.library(), rule.iter().flat_map(|it| &it.sources))
        }
        Event::Review { text } => {
            let rule = dosed.dosing.listed.regimen.review.as_ref();
            reason
                .says(*text)
                .says_all(rule.map(|it| words::review(it.also_at_months, it.then_every_months)))
                .written(plan.library(), rule.iter().flat_map(|it| &it.sources))
        }
    };
    let moved = moved(entry).map(|text| spoken::capital(&format!("{text}.")));
    reason.says_all(moved).says_all(closed(plan, entry))
}

fn dose(plan: &Plan, dosed: &Dosed, entry: &Entry, number: u16, reason: Reason) -> Reason {
    let library = plan.library();
    let regimen = dosed.dosing.listed.regimen;
    let start = dosed.schedule.start_date;
    let days = (entry.planned_date - start).num_days();
    let gap = (entry.moved_because == Some(Moved::MinimumGap)).then(|| before(dosed, number)).flatten();
    let gap = gap.map(|(number, date)| words::gap_kept((entry.date - date).num_days(), number, date));
    let interval = regimen.interval.as_ref();
    let loading = interval.and_then(|it| it.loading.as_ref()).filter(|_| plan.request().course.is_none());
    let alone = interval.is_none() && regimen.daily.is_none();
    reason
        .says(words::planned(days, start, entry.planned_date))
        .says_all(
            regimen.emergency.as_ref().map(|_| words::EMERGENCY.to_owned()).filter(|_| entry.moved_because.is_none()),
        )
        .says_all(gap)
        .written(library, interval.iter().flat_map(|it| &it.sources))
        .written(library, loading.iter().flat_map(|it| &it.sources))
        .written(library, regimen.daily.iter().flat_map(|it| &it.sources))
        .written(library, dosed.dosing.row.sources.iter().filter(|_| alone))
}

/// The dose before the one with this number.
fn before(dosed: &Dosed, number: u16) -> Option<(u16, NaiveDate)> {
    let wanted = number.checked_sub(1)?;
    dosed.schedule.entries.iter().find_map(|it| match it.event {
        Event::Dose { number, .. } if number == wanted => Some((number, it.date)),
        _ => None,
    })
}

/// The days on which the clinic was closed when an entry was moved.
fn closed(plan: &Plan, entry: &Entry) -> Option<String> {
    let clinic = plan.request().clinic.as_ref().filter(|_| entry.moved_because.is_some())?;
    let (from, to) = if entry.planned_date < entry.date {
        (entry.planned_date, entry.date)
    } else {
        (entry.date.succ_opt()?, entry.planned_date.succ_opt()?)
    };
    let named: Vec<String> = from
        .iter_days()
        .take_while(|day| *day < to)
        .filter_map(|day| {
            let open = clinic.open_weekdays.as_deref().is_none_or(|open| open.contains(&Weekday::of(day)));
            match (clinic.closed_dates.contains(&day), open) {
                (true, _) => Some(words::closed_date(day)),
                (false, false) => Some(words::closed_weekday(day)),
                (false, true) => None,
            }
        })
        .take(MOST_CLOSED)
        .collect();
    (!named.is_empty()).then(|| words::closed(&named))
}

fn check(
    plan: &Plan,
    dosed: &Dosed,
    entry: &Entry,
    (what, before, rule): (Subject, Option<Before>, &CheckRule),
    reason: Reason,
) -> Reason {
    let raised = rule.with_findings.iter().filter_map(|code| message(plan, *code));
    let with = raised.map(|text| words::with_finding(&text)).next();
    let said = match before {
        Some(Before::Dose(number)) => Some(words::check_before(
            what,
            number,
            rule.before_every_dose_unless_within.filter(|_| number == 1).map(|it| it.0),
        )),
        Some(Before::Supply(number)) => Some(words::check_before_supply(what, number)),
        None => other_day(dosed, entry, what, rule),
    };
    reason.says_all(said).says_all(with).written(plan.library(), &rule.sources).marked(rule.verification)
}

/// The day of a rule on which a check falls.
fn other_day(dosed: &Dosed, entry: &Entry, what: Subject, rule: &CheckRule) -> Option<String> {
    let schedule = &dosed.schedule;
    let given = || schedule.entries.iter().filter(|it| matches!(it.event, Event::Dose { .. })).map(|it| it.date);
    let after = |from: NaiveDate, days: &[u16]| {
        let since = (entry.planned_date - from).num_days();
        days.iter().copied().find(|days| i64::from(*days) == since)
    };
    let first = given().next().unwrap_or(schedule.start_date);
    let by_mouth = || {
        let end = crate::quantity::plus_months(schedule.first_dose, schedule.months?);
        end.pred_opt()
    };
    let last = given().next_back().or_else(by_mouth).unwrap_or(schedule.start_date);
    let after_first = after(first, &rule.days_after_first_dose).map(|n| words::check_after(what, n, true, first));
    let after_last = || after(last, &rule.days_after_last_dose).map(|n| words::check_after(what, n, false, last));
    let months = || rule.every_months.map(|months| words::check_months(what, months));
    after_first.or_else(after_last).or_else(months)
}

fn message(plan: &Plan, code: Code) -> Option<String> {
    plan.findings().iter().find(|finding| finding.code() == code).map(ToString::to_string)
}
