//! Intervals, gaps and lengths: what the calendar of a regimen is made of fits together.

use super::{Checked, Defect, Reporter};
use crate::{patient::Route, quantity::Days, regimen::document::Interval};

/// No course is planned for longer.
const LONGEST_COURSE_MONTHS: u16 = 60;

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    let regimen = it.regimen;
    let kinds = [regimen.interval.is_some(), regimen.daily.is_some(), regimen.supply.is_some()];
    let found = kinds.into_iter().filter(|kind| *kind).count();
    if found > 1 {
        report.note(it.path(""), Defect::Timing { found });
    }
    by_mouth(it, report);
    if let Some(interval) = &regimen.interval {
        intervals(it, interval, report);
    }
    if let Some(daily) = &regimen.daily {
        let rising =
            1 <= daily.default_days && daily.default_days <= daily.usual_days && daily.usual_days <= daily.longest_days;
        if !rising {
            let text = "default_days, usual_days and longest_days must rise, from 1 on";
            report.note(it.path("daily"), Defect::DaysOrder { text });
        }
    }
    for (index, length) in regimen.course_lengths.iter().enumerate() {
        if !(1..=LONGEST_COURSE_MONTHS).contains(&length.months) {
            let path = it.path(&format!("course_lengths[{index}].months"));
            report.note(path, Defect::Months { months: length.months });
        }
    }
}

fn by_mouth(it: Checked<'_>, report: &mut Reporter<'_>) {
    let regimen = it.regimen;
    if regimen.route != Route::Oral {
        return;
    }
    let no_frequency =
        |row: &crate::regimen::DoseRow| row.dose.is_some() && row.every.is_none_or(|it| it.0 == Days::new(0));
    if regimen.doses.iter().any(no_frequency) {
        report.note(it.path("doses"), Defect::ByMouth { missing: "every" });
    }
    if regimen.supply.as_ref().is_none_or(|supply| supply.every.0 == Days::new(0)) {
        report.note(it.path(""), Defect::ByMouth { missing: "supply" });
    }
    if regimen.intakes.is_none() {
        report.note(it.path(""), Defect::ByMouth { missing: "intakes" });
    }
    if regimen.step_down.as_ref().is_some_and(|steps| steps.every.0 == Days::new(0)) {
        report.note(it.path("step_down.every"), Defect::ByMouth { missing: "days in step_down.every" });
    }
}

fn intervals(it: Checked<'_>, interval: &Interval, report: &mut Reporter<'_>) {
    let gap = interval.minimum_gap.0.count();
    let offered = interval.weeks.iter().chain(interval.guideline.as_ref().map(|it| &it.weeks));
    for weeks in offered.filter(|weeks| i64::from(**weeks) * 7 < gap || **weeks == 0) {
        report.note(it.path("interval.minimum_gap"), Defect::ShortInterval { weeks: *weeks, gap });
    }
    if !interval.weeks.contains(&interval.default_weeks) {
        let defect = Defect::DefaultInterval { weeks: interval.default_weeks };
        report.note(it.path("interval.default_weeks"), defect);
    }
    let Some(loading) = &interval.loading else { return };
    let gap = loading.minimum_gap.0.count();
    let mut before = 0;
    for (index, day) in loading.days.iter().enumerate() {
        if i64::from(*day) < before + gap {
            report.note(it.path(&format!("interval.loading.days[{index}]")), Defect::Loading { day: *day, gap });
        }
        before = i64::from(*day);
    }
}
