//! The sentence of each reason why a request is not usable.

use std::fmt;

use super::{
    date,
    finding::shown,
    one_of,
    spoken::{self, capital},
};
use crate::{
    plan::{Unusable, Why},
    regimen::Form,
};

/// The path of the height.
const HEIGHT: &str = "patient.height_cm";

/// One sentence that names the field, the value and what is allowed.
pub fn unusable(unusable: &Unusable) -> String {
    format!("{}: {}", unusable.path, why_unusable(&unusable.why, |path| path))
}

/// The value and what is allowed, beside the field they belong to. What other fields are called is for the place
/// where they are named: in a file they are paths.
#[expect(clippy::too_many_lines, reason = "a flat catalogue, one arm a sentence")]
pub fn why_unusable(why: &Why, called: impl Fn(&'static str) -> &'static str) -> String {
    match why {
        Why::Impossible { entered, possible, meant } => {
            let meant = meant.map_or_else(String::new, |unit| format!("; did you mean {unit}?"));
            format!("{entered} is not possible (allowed: {possible}){meant}")
        }
        Why::After { date: day, other, other_date } => {
            format!("{} is after {} ({}); it cannot be later", date(*day), called(other), date(*other_date))
        }
        Why::NotOneOf { found, nearest, allowed } => not_one_of(found, *nearest, allowed),
        Why::BeyondYears { date: day } => {
            format!("the plan would have the date {} (allowed: dates between {})", date(*day), super::years())
        }
        Why::OtherProduct { name, drugs } => {
            format!("{name} is another product and cannot be planned here (allowed: {})", one_of(drugs))
        }
        Why::NoCreatinine { drug } => format!("missing; {drug} is dosed by creatinine clearance"),
        Why::NoProduct { allowed } => format!("missing; the strength must be named: {}", one_of(allowed)),
        Why::NotHere { regimen } => format!("does not apply to {regimen}; leave it out"),
        Why::IntervalNotOffered { weeks, offered } => {
            not_offered(&weeks.to_string(), &format!("{} weeks", one_of(offered)))
        }
        Why::MonthsNotOffered { months, longest } => {
            not_offered(&months.to_string(), &format!("1 to {longest} months"))
        }
        Why::DaysNotOffered { days, longest } => not_offered(&days.to_string(), &format!("1 to {longest} days")),
        Why::DoseNotOffered { found, step, range } => {
            let offered = match range {
                Some((low, high)) => format!("a multiple of {step} from {low} to {high}"),
                None => format!("whole multiples of {step} that the row for the clearance allows"),
            };
            not_offered(&format!("{found} mg"), &offered)
        }
        Why::DoseNotInRow { found, lowest, highest, kidney } => {
            let offered = if lowest == highest { lowest.to_string() } else { format!("{lowest} to {highest}") };
            not_offered(&found.to_string(), &format!("{offered} at a clearance of {}", shown(kidney)))
        }
        Why::DoseNotInTable { found, doses } => not_offered(&format!("{found} mg"), &one_of(doses)),
        Why::NoRegimen { drug, indication, offered } => {
            let offered: Vec<&str> = offered.iter().map(|it| it.as_str()).collect();
            format!("{drug} has no regimen for {} (allowed: {})", indication.as_str(), one_of(&offered))
        }
        Why::NoRoute { drug, indication, found, offered } => {
            let offered: Vec<&str> = offered.iter().map(|it| it.as_str()).collect();
            let (indication, offered) = (indication.as_str(), one_of(&offered));
            match found {
                Some(route) => {
                    format!("{drug} is not given by the route {} for {indication} (allowed: {offered})", route.as_str())
                }
                None => format!("missing; {drug} for {indication} has more than one route: {offered}"),
            }
        }
        Why::NoScheme { found, offered } => {
            let offered: Vec<&str> = offered.iter().map(|it| it.as_str()).collect();
            not_one_of(found.map_or("", |it| it.as_str()), None, &offered)
        }
        Why::WrongTumour { tumour, needed } => {
            let (tumour, needed) = (tumour.as_str(), needed.as_str());
            format!("giant-cell-tumour is only for the tumour {needed}, not for {tumour}")
        }
        Why::WrongRoute { drug } => format!("{drug} is never taken by mouth; leave the route out"),
        Why::Superseded { drug } => {
            format!("the regimens of {drug} are superseded and can no longer be planned")
        }
        Why::NotWholeUnits { dose, form, content, instead } => {
            let instead = instead.map_or_else(String::new, |product| format!("; use {product}"));
            let units = match form {
                Form::Capsule => "capsules",
                _ => "tablets",
            };
            format!("{dose} cannot be made up from whole {units} of {content}, which are not split{instead}")
        }
        Why::NeedsHeight { basis } => format!(
            "\"{}\" needs the height, and {} is missing (allowed without it: \"actual\")",
            basis.as_str(),
            called(HEIGHT)
        ),
        Why::TooShort { basis, height_cm, least_cm } => format!(
            "\"{}\" is not defined for {} {height_cm} cm, below {least_cm} cm (allowed: \"actual\")",
            basis.as_str(),
            called(HEIGHT)
        ),
        Why::NeverOpen { from, within } => {
            format!("no open day within {} days of {} (allowed: at least one)", within.count(), date(*from))
        }
        Why::NoWeekday => "no weekday is open (allowed: at least one of mon, tue, wed, thu, fri, sat, sun)".to_owned(),
        Why::ConfirmedTwice { code } => {
            format!("\"{code}\" is confirmed twice (allowed: once for each finding)")
        }
        Why::CourseOver { start, end, months, needed_months, longest } => {
            let months = format!("course_months is {months}");
            let way_on = match needed_months {
                Some(needed) => format!("allowed: an earlier day, or course_months of {needed} or more"),
                None => format!("allowed: an earlier day; the longest course_months is {longest}: plan a new course"),
            };
            format!("{} is not before the end of the course on {} ({months}) ({way_on})", date(*start), date(*end))
        }
        Why::NoBaseline { drug } => {
            format!(
                "missing: a course of {drug} is judged by the creatinine before dose 1 (allowed: value, unit, date)"
            )
        }
        Why::NotHeld => {
            "a reason for a hold, and the course is not held (allowed: only with \"held\": true)".to_owned()
        }
        Why::DosesGivenNotPossible { found, most } => {
            format!("{found} is not possible in a course under way (allowed: 1 to {most})")
        }
        Why::FixedLength { days } => {
            format!("this treatment lasts {days}, and is then planned again (allowed: leave it out)")
        }
        Why::SecondCheckLacks => "missing: it decides this plan and must be entered a second time".to_owned(),
        Why::DoseFixedOnDialysis { found, fixed } => fixed_on_dialysis(found, fixed),
        Why::DaysFixedOnDialysis { days, longest } => {
            fixed_on_dialysis(&format!("{days} days"), &format!("at most {longest}"))
        }
        Why::NoDose => "the library has no dose for this patient".to_owned(),
    }
}

/// Why no plan can be made, for somebody who sees no path: what is wrong is named as people call it.
pub fn why_no_plan(unusable: &Unusable) -> String {
    match &unusable.why {
        Why::NoCreatinine { drug } => {
            format!("Creatinine is not recorded, and {drug} is dosed by creatinine clearance.")
        }
        Why::WrongTumour { tumour, needed } => {
            let [tumour, needed] = [tumour, needed].map(|it| spoken::tumour(*it));
            format!("It is for {needed}, not for {tumour}.")
        }
        why => format!("{}: {}.", capital(&called(unusable.path)), why_unusable(why, called_there)),
    }
}

/// What another field is called in the sentence of one.
fn called_there(path: &'static str) -> &'static str {
    if path == HEIGHT { "the height" } else { path }
}

/// What the field of a path is called.
fn called(path: &str) -> String {
    match path {
        "course.dose_mg" => "dose of this course".to_owned(),
        "course.baseline_creatinine" => "creatinine before dose 1".to_owned(),
        "treatment.daily_dose_mg" => "daily dose".to_owned(),
        "treatment.interval_weeks" => "interval".to_owned(),
        "treatment.course_months" | "treatment.course_days" => "length of the course".to_owned(),
        "history.last_antiresorptive.drug" | "history.last_antiresorptive.route" => "last bone drug".to_owned(),
        HEIGHT => "height".to_owned(),
        "patient.weight_kg" => "weight".to_owned(),
        _ => path.strip_suffix(".value").unwrap_or(path).rsplit('.').next().unwrap_or(path).replace('_', " "),
    }
}

fn not_offered(found: &str, offered: &str) -> String {
    format!("{found} is not offered (allowed: {offered})")
}

fn fixed_on_dialysis(found: &impl fmt::Display, fixed: &impl fmt::Display) -> String {
    format!("{found} is not offered on dialysis (allowed: {fixed})")
}

/// ""femal" is not allowed; did you mean "female"? (allowed: female or male)".
pub(crate) fn not_one_of(found: &str, nearest: Option<&str>, allowed: &[impl fmt::Display]) -> String {
    let meant = nearest.map_or_else(String::new, |word| format!("; did you mean \"{word}\"?"));
    format!("\"{found}\" is not allowed{meant} (allowed: {})", one_of(allowed))
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&unusable(self))
    }
}

impl std::error::Error for Unusable {}
