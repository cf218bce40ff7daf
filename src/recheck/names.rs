//! How an entry of a plan's lists is recognised in the plan made again.

use chrono::NaiveDate;

use crate::{
    json::{Identity, Step, Value},
    words::{self as said, recheck as words},
};

/// The name of an entry.
pub(super) fn name(path: &[Step], entry: &Value) -> Identity {
    let firm = |name: String| Identity { name, is_firm: true };
    let loose = |name: String| Identity { name, is_firm: false };
    let member = |key| entry.member(key).to_string();
    let Some(Step::Key(list)) = path.last() else { return loose(entry.to_string()) };
    match list.as_str() {
        "entries" => of_schedule(entry),
        "findings" => firm(member("code")),
        "confirmations" | "unused_confirmations" => firm(member("finding")),
        "sources" => firm(member("id")),
        "open" => firm(member("product")),
        "intakes" => firm(member("when")),
        "doses" => loose(words::on(&day(entry.member("date")))),
        "dose_changes" => loose(words::dose_there(&member("dose_mg"))),
        _ if !entry.member("id").is_nothing() => loose(member("id")),
        // A plan of an earlier version has no ids.
        "disagreements" => loose(member("what")),
        _ => loose(member("text")),
    }
}

/// An entry of the schedule: "dose 3", "creatinine check before dose 3", "calcium check on 14-Dec-2026".
fn of_schedule(entry: &Value) -> Identity {
    let number = entry.member("number");
    let name = match entry.member("kind").text() {
        Some("dose") => words::dose(number),
        Some("supply") => words::supply(number),
        Some("check") => {
            let what = words::check(&entry.member("what").to_string());
            let before = entry.member("before_dose");
            if before.is_nothing() {
                words::named_on(&what, &day(entry.member("date")))
            } else {
                words::before_dose(&what, before)
            }
        }
        _ => words::named_on(&entry.member("kind").to_string(), &day(entry.member("date"))),
    };
    Identity { name, is_firm: !number.is_nothing() || !entry.member("before_dose").is_nothing() }
}

/// A date as people read it, where it is one.
pub(super) fn day(value: &Value) -> String {
    date(value).map_or_else(|| value.to_string(), said::date)
}

/// A date.
pub(super) fn date(value: &Value) -> Option<NaiveDate> {
    value.text().and_then(crate::quantity::parse_date)
}
