//! What is said of a difference between two libraries.

use super::spoken::counted;
use crate::json::{Difference, Step, Value, unhidden};

/// A difference in one line: "zoledronic-acid, skeletal-events by intravenous route, dose for 50 to 60 mL/min:
/// dose 3.5 mg becomes 3.3 mg".
pub fn line(difference: &Difference) -> String {
    let (was, now) = (&difference.was, &difference.now);
    let mut places = places(&difference.path);
    let last = places.pop().unwrap_or_default();
    let change = change(&last, was, now, matches!(difference.path.last(), Some(Step::Key(_))));
    if places.is_empty() { change } else { format!("{}: {change}", places.join(", ")) }
}

/// How many differences there are.
pub fn summary(count: usize, same_files: bool) -> String {
    match (count, same_files) {
        (0, true) => "no difference".to_owned(),
        (0, false) => "no difference in any rule; the files are written otherwise or stand in other places".to_owned(),
        (count, _) => counted(i64::try_from(count).unwrap_or(i64::MAX), "difference"),
    }
}

/// The places on the way, each in words.
fn places(path: &[Step]) -> Vec<String> {
    let mut places = Vec::new();
    let mut steps = path.iter().peekable();
    while let Some(step) = steps.next() {
        match step {
            Step::Key(list) => {
                let Some(Step::Entry { name, .. }) = steps.peek() else {
                    places.push(key(list));
                    continue;
                };
                steps.next();
                places.push(entry(list, name));
            }
            Step::Entry { name, .. } => places.push(name.clone()),
            Step::Order => places.push("order".to_owned()),
        }
    }
    places
}

/// What a place becomes.
fn change(place: &str, was: &Value, now: &Value, is_key: bool) -> String {
    match (was, now) {
        (Value::List(before), Value::List(after)) if is_key && all_texts(before) && all_texts(after) => {
            list_change(place, before, after).unwrap_or_else(|| format!("{place} {was} becomes {now}"))
        }
        (Value::Text(_), Value::Text(_)) if place == "text" => format!("{place} \"{was}\" becomes \"{now}\""),
        (Value::Null, _) => format!("{place} is new{}", content(now)),
        (_, Value::Null) => format!("{place} is gone{}", content(was)),
        _ => format!("{place} {was} becomes {now}"),
    }
}

fn all_texts(entries: &[Value]) -> bool {
    entries.iter().all(|it| it.text().is_some())
}

/// What comes to a list of words and what goes from it; nothing where only their order or number is another.
fn list_change(place: &str, before: &[Value], after: &[Value]) -> Option<String> {
    let missing = |of: &[Value], other: &[Value]| {
        let list: Vec<String> = of.iter().filter(|it| !other.contains(it)).map(ToString::to_string).collect();
        list.join(", ")
    };
    let (gone, new) = (missing(before, after), missing(after, before));
    match (gone.is_empty(), new.is_empty()) {
        (true, true) => None,
        (true, false) => Some(format!("{place}: new: {new}")),
        (false, true) => Some(format!("{place}: gone: {gone}")),
        (false, false) => Some(format!("{place}: gone: {gone}; new: {new}")),
    }
}

/// What was in something that comes or goes. A drug or a regimen is told by its name.
fn content(value: &Value) -> String {
    let is_drug_or_regimen = !value.member("regimens").is_nothing() || !value.member("doses").is_nothing();
    let name = ["title", "name"].into_iter().find_map(|key| value.member(key).text());
    let content = name.filter(|_| is_drug_or_regimen).map_or_else(|| value.to_string(), unhidden);
    format!(": {content}")
}

/// An entry of a list.
fn entry(list: &str, name: &str) -> String {
    match list {
        "drugs" => name.to_owned(),
        "regimens" => regimen(name),
        "doses" | "infusions" | "course_lengths" if name.is_empty() => format!("{} for every patient", kind(list)),
        "doses" | "infusions" | "course_lengths" => format!("{} for {name}", kind(list)),
        "prepare" => format!("{} from {name}", kind(list)),
        "checks" | "safety" => format!("{} of {name}", kind(list)),
        _ => format!("{} {name}", kind(list)),
    }
}

/// A regimen, named by its indication, its route and its scheme.
fn regimen(name: &str) -> String {
    match name.split('/').collect::<Vec<_>>()[..] {
        [indication, route] => format!("{indication} by {route} route"),
        [indication, route, scheme] => format!("{indication} by {route} route, {scheme}"),
        _ => name.to_owned(),
    }
}

/// One of a list.
fn kind(list: &str) -> &str {
    match list {
        "doses" => "dose",
        "infusions" => "infusion",
        "course_lengths" => "length of a course",
        "prepare" => "preparation",
        "checks" => "check",
        "safety" => "weight",
        "disagreements" => "disagreement",
        "statements" => "statement",
        "products" => "product",
        "containers" => "container",
        "findings" => "finding",
        "notes" => "note",
        "after" => "after",
        "laboratory_ages" => "laboratory ages of",
        "other_antiresorptives" => "other antiresorptive",
        "sources" => "source",
        _ => list,
    }
}

/// A key.
fn key(key: &str) -> String {
    match key {
        "limits" => "limits common to all drugs".to_owned(),
        "highest_rate_ml_per_h" => "highest rate in mL per hour".to_owned(),
        "clearance_ml_per_min" => "clearance in mL/min".to_owned(),
        "minimum_time" => "least time".to_owned(),
        "minimum_gap" => "minimum gap".to_owned(),
        "when" => "concern".to_owned(),
        "course_notes" => "notes on the course".to_owned(),
        "not_these_products" => "other products".to_owned(),
        _ => key.replace('_', " "),
    }
}
