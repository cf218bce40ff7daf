//! How an entry of a plan's lists is recognised in the plan made again.

use chrono::NaiveDate;

use crate::{
    json::{Identity, Numbered, Step, Value},
    words::{self as said, recheck as words},
};

/// The name of an entry.
pub(super) fn name(path: &[Step], entry: &Value) -> Identity {
    let (firm, loose) = (Identity::firm, Identity::loose);
    let member = |key| entry.member(key).to_string();
    let dose = entry.member("dose_mg");
    let Some(Step::Key(list)) = path.last() else { return loose(entry.to_string()) };
    match list.as_str() {
        "entries" => of_schedule(entry),
        "findings" => firm(member("code")),
        "confirmations" | "unused_confirmations" => firm(member("finding")),
        "sources" => firm(member("id")),
        "open" => firm(member("product")),
        "intakes" => firm(member("when")),
        "doses" => loose(words::on(&day(entry.member("date")))),
        "dose_changes" => loose(words::dose_there((!dose.is_nothing()).then_some(dose))),
        "inputs" => firm(entry.to_string()),
        // Statements and disagreements.
        _ => loose(member("id")),
    }
}

/// An entry of the schedule: "dose 3", "creatinine check before dose 3", "calcium check on 14-Dec-2026".
fn of_schedule(entry: &Value) -> Identity {
    let number = entry.member("number");
    let before = entry.member("before_dose");
    let on_its_day = |what: &str| words::named_on(what, &day(entry.member("date")));
    let check = words::check(&entry.member("what").to_string());
    match entry.member("kind").text() {
        Some("dose") => numbered(words::dose(number), words::DOSES.to_owned(), number),
        Some("supply") => numbered(words::supply(number), words::SUPPLIES.to_owned(), number),
        Some("check") if before.is_nothing() => Identity::loose(on_its_day(&check)),
        Some("check") => numbered(words::before_dose(&check, before), words::checks_before_doses(&check), before),
        _ => Identity::loose(on_its_day(&entry.member("kind").to_string())),
    }
}

/// An entry with a number.
fn numbered(name: String, plural: String, number: &Value) -> Identity {
    let Value::Number(digits) = number else { return Identity::loose(name) };
    let numbered = digits.parse().ok().map(|number| Numbered { plural, number });
    Identity { numbered, ..Identity::firm(name) }
}

/// A date as people read it, where it is one.
pub(super) fn day(value: &Value) -> String {
    date(value).map_or_else(|| value.to_string(), said::date)
}

/// A date.
pub(super) fn date(value: &Value) -> Option<NaiveDate> {
    value.text().and_then(crate::quantity::parse_date)
}
