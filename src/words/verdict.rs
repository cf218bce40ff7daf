//! What may be done with a plan, in a sentence, and the steps that no finding asks for.

use chrono::NaiveDate;

use super::{
    date,
    spoken::{self, day},
};
use crate::{
    plan::SecondCheckResult,
    quantity::{Creatinine, Decimal},
};

/// A plan that may be followed.
pub fn ready(confirmed: bool) -> String {
    let confirmed = if confirmed { " Each finding was confirmed by a named person." } else { "" };
    format!("Nothing is missing.{confirmed}")
}

/// A plan of which something must be settled first.
pub fn confirm(open: usize, second_check: SecondCheckResult) -> String {
    let findings = match open {
        0 => None,
        1 => Some("1 finding must be confirmed by name".to_owned()),
        _ => Some(format!("{open} findings must be confirmed by name")),
    };
    let check = match second_check {
        SecondCheckResult::Differs => Some("the second check differs"),
        SecondCheckResult::SamePerson => Some("the second check was made by the same person"),
        SecondCheckResult::NotDone | SecondCheckResult::Agrees => None,
    };
    let parts: Vec<String> = findings.into_iter().chain(check.map(str::to_owned)).collect();
    format!("{}. Until then: do not give.", spoken::capital(&parts.join(", and ")))
}

/// What is wrong with a second check, as a sentence.
pub fn second_check(result: SecondCheckResult) -> Option<&'static str> {
    match result {
        SecondCheckResult::Differs => Some("The second check differs."),
        SecondCheckResult::SamePerson => Some("The second check was made by the same person."),
        SecondCheckResult::NotDone | SecondCheckResult::Agrees => None,
    }
}

/// A course that is held: no dose today, and the creatinine against its limit.
pub fn hold(reason: &str) -> String {
    format!("No dose today. {reason}")
}

/// A plan that is stopped, with its first reason.
pub fn stop(reason: &str, others: usize) -> String {
    let others = match others {
        0 => String::new(),
        1 => " 1 more finding stops it.".to_owned(),
        others => format!(" {others} more findings stop it."),
    };
    format!("No dose now. {reason}{others}")
}

/// Said after the steps of a plan that is stopped.
pub const TELL_THE_PRESCRIBER: &str = "Tell the prescriber that no dose is planned, and why.";
/// Said after the steps of a plan with open findings.
pub const CONFIRM_WHAT_REMAINS: &str =
    "What remains is confirmed by a named person, with a reason. Until then, do not give.";
/// What to do about a second check that differs.
pub const SECOND_CHECK_DIFFERS: &str = "Find out which of the two figures is right, and correct the other.";
/// What to do about a second check by the same person.
pub const ANOTHER_PERSON: &str = "Have another person enter the figures again.";

/// The next checks of an emergency.
pub fn next_check(on: NaiveDate, checks: &[String]) -> String {
    format!("Next check on {}: {}.", day(on), spoken::all_of(checks))
}

/// A baseline with its day.
pub fn baseline(value: Creatinine, on: NaiveDate) -> String {
    format!("{value} on {}", date(on))
}

/// Today's creatinine with its distance from the baseline, where both have one unit.
pub fn today(now: Creatinine, baseline: Creatinine) -> String {
    if now.unit != baseline.unit {
        return now.to_string();
    }
    let rise = (now.value - baseline.value).trimmed();
    let away = match rise.cmp(&Decimal::whole(0)) {
        std::cmp::Ordering::Greater => format!("{rise} above baseline"),
        std::cmp::Ordering::Equal => "the same as the baseline".to_owned(),
        std::cmp::Ordering::Less => format!("{} below baseline", (baseline.value - now.value).trimmed()),
    };
    format!("{now}, {away}")
}

/// "136 µmol/L or above".
pub fn or_above(value: Creatinine) -> String {
    format!("{value} or above")
}

/// "101.2 µmol/L or below".
pub fn or_below(value: Creatinine) -> String {
    format!("{value} or below")
}

/// At which creatinine a drug could be given.
pub fn how_far(givable: Creatinine, now: Creatinine) -> String {
    let less = Creatinine { value: (now.value - givable.value).trimmed(), unit: now.unit };
    format!("At {givable} or below it could be given: {less} less than today.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{CreatinineUnit, Measured};

    fn creatinine(value: &str) -> Creatinine {
        Measured { value: value.parse().unwrap(), unit: CreatinineUnit::MilligramsPerDecilitre }
    }

    #[test]
    fn a_plan_that_waits_says_for_what() {
        use SecondCheckResult::{Agrees, Differs, NotDone, SamePerson};
        assert_eq!(confirm(1, NotDone), "1 finding must be confirmed by name. Until then: do not give.");
        assert_eq!(confirm(2, Agrees), "2 findings must be confirmed by name. Until then: do not give.");
        assert_eq!(confirm(0, Differs), "The second check differs. Until then: do not give.");
        assert_eq!(
            confirm(1, SamePerson),
            "1 finding must be confirmed by name, and the second check was made by the same person. Until then: do not give."
        );
    }

    #[test]
    fn a_distance_has_its_direction() {
        assert_eq!(today(creatinine("1.40"), creatinine("1.0")), "1.40 mg/dL, 0.4 above baseline");
        assert_eq!(today(creatinine("0.9"), creatinine("1.0")), "0.9 mg/dL, 0.1 below baseline");
        assert_eq!(today(creatinine("1.00"), creatinine("1.0")), "1.00 mg/dL, the same as the baseline");
        assert_eq!(
            how_far(creatinine("1.77"), creatinine("2.1")),
            "At 1.77 mg/dL or below it could be given: 0.33 mg/dL less than today."
        );
    }
}
