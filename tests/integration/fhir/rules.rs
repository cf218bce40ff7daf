//! Rules of FHIR R4 that no validator at hand checks, or that hold for our bundles alone.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value;

use super::tables::{CODES, LOINC, READ_AS, REFERENCES, STATUSES, UCUM, UNITS};

/// Everything that is wrong with a bundle.
pub fn faults(bundle: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for rule in [nothing_is_empty, ids_are_sound, references_resolve, codes_are_known, units_fit] {
        rule(bundle, &mut faults);
    }
    for rule in [times_hold, periods_hold, constraints_hold, marks_agree] {
        rule(bundle, &mut faults);
    }
    faults
}

/// Looks at every value with the names that lead to it, without the places in lists: "entry.resource.note".
pub fn walk(value: &Value, path: &str, look: &mut impl FnMut(&str, &Value)) {
    look(path, value);
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let kind = value.get("resourceType").and_then(Value::as_str);
                let above = kind.filter(|_| path == "entry.resource").unwrap_or(path);
                let below = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
                walk(member, &below, look);
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| walk(element, path, look)),
        _ => {}
    }
}

fn resources(bundle: &Value) -> impl Iterator<Item = &Value> {
    bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"])
}

fn nothing_is_empty(bundle: &Value, faults: &mut Vec<String>) {
    walk(bundle, "", &mut |path, value| {
        let empty = match value {
            Value::Null => true,
            Value::String(text) => text.trim().is_empty(),
            Value::Array(elements) => elements.is_empty(),
            Value::Object(members) => members.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        if empty {
            faults.push(format!("empty: {path} is {value}"));
        }
    });
}

fn ids_are_sound(bundle: &Value, faults: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for entry in bundle["entry"].as_array().unwrap() {
        let (url, id) = (entry["fullUrl"].as_str().unwrap_or(""), entry["resource"]["id"].as_str().unwrap_or(""));
        let fits = (1..=64).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || "-.".contains(c));
        let parts: Vec<usize> = id.split('-').map(str::len).collect();
        let uuid = parts == [8, 4, 4, 4, 12]
            && id.chars().all(|c| c == '-' || c.is_ascii_digit() || ('a'..='f').contains(&c))
            && id.chars().nth(14) == Some('8')
            && id.chars().nth(19).is_some_and(|c| "89ab".contains(c));
        if !fits || !uuid || url != format!("urn:uuid:{id}") {
            faults.push(format!("id: {url} and {id}"));
        }
        if !seen.insert(url) {
            faults.push(format!("id: {url} stands twice"));
        }
    }
}

fn references_resolve(bundle: &Value, faults: &mut Vec<String>) {
    let kind_of = |url: &str| {
        let entries = bundle["entry"].as_array().unwrap();
        entries.iter().find(|it| it["fullUrl"] == url).and_then(|it| it["resource"]["resourceType"].as_str())
    };
    let mut count = 0;
    walk(bundle, "", &mut |path, value| {
        let Some(url) = value.get("reference").and_then(Value::as_str) else { return };
        count += 1;
        let Some((_, kinds)) = REFERENCES.iter().find(|(end, _)| path.ends_with(&format!(".{end}"))) else {
            faults.push(format!("reference: none is expected at {path}"));
            return;
        };
        match kind_of(url) {
            None => faults.push(format!("reference: {path} leads to {url}, which is not there")),
            Some(kind) if !kinds.contains(&kind) => faults.push(format!("reference: {path} leads to a {kind}")),
            Some(_) => {}
        }
    });
    if count == 0 {
        faults.push("reference: there is none".to_owned());
    }
}

fn codes_are_known(bundle: &Value, faults: &mut Vec<String>) {
    if bundle["resourceType"] != "Bundle" || bundle["type"] != "collection" {
        faults.push("code: not a collection".to_owned());
    }
    for resource in resources(bundle) {
        let kind = resource["resourceType"].as_str().unwrap_or("");
        let status = resource["status"].as_str();
        let known = STATUSES.iter().find(|(it, _)| *it == kind);
        if known.is_some_and(|(_, all)| !status.is_some_and(|it| all.contains(&it))) {
            faults.push(format!("code: status {status:?} of a {kind}"));
        }
        if known.is_some() && !["Observation", "DetectedIssue"].contains(&kind) && resource["intent"] != "plan" {
            faults.push(format!("code: intent of a {kind}"));
        }
        let severities = ["high", "moderate", "low"];
        if kind == "DetectedIssue" && !severities.iter().any(|it| resource["severity"] == *it) {
            faults.push("code: severity".to_owned());
        }
        if kind == "Patient" && !["female", "male"].iter().any(|it| resource["gender"] == *it) {
            faults.push("code: gender".to_owned());
        }
    }
    walk(bundle, "", &mut |path, value| {
        if path.ends_with("relationship") && value != "before-start"
            || path.ends_with("entity.role") && value != "source"
        {
            faults.push(format!("code: {path} {value}"));
        }
        let (Some(system), Some(code)) = (value["system"].as_str(), value["code"].as_str()) else { return };
        let known = CODES.iter().any(|(its, it, end)| *its == system && *it == code && path.ends_with(end))
            || system == "http://loinc.org"
                && LOINC.iter().any(|(it, _)| *it == code)
                && path == "Observation.code.coding"
            || system == "urn:osteodose:finding" && path == "DetectedIssue.code.coding";
        if system != UCUM && !known {
            faults.push(format!("code: {system} {code} at {path}"));
        }
    });
}

fn units_fit(bundle: &Value, faults: &mut Vec<String>) {
    walk(bundle, "", &mut |path, value| {
        let quantity = UNITS.iter().find(|(end, _)| path.ends_with(end));
        if quantity.is_none() && value["system"] != UCUM {
            return;
        }
        let (code, unit) = (value["code"].as_str().unwrap_or(""), value["unit"].as_str().unwrap_or(""));
        let fits = quantity.is_some_and(|(_, codes)| codes.contains(&code)) && value["system"] == UCUM;
        let read = READ_AS.iter().find(|(it, _)| *it == code).map_or(code == unit, |(_, all)| all.contains(&unit));
        if !fits || !read || !value["value"].as_f64().is_some_and(|it| it > 0.0) {
            faults.push(format!("unit: {value} at {path}"));
        }
    });
    for observation in resources(bundle).filter(|it| it["resourceType"] == "Observation") {
        let code = observation["code"]["coding"][0]["code"].as_str();
        let unit = observation["valueQuantity"]["code"].as_str().unwrap_or("");
        let Some(code) = code else { continue };
        if !LOINC.iter().any(|(it, units)| *it == code && units.contains(&unit)) {
            faults.push(format!("unit: {unit} with {code}"));
        }
    }
}

/// The invariants tim-1 to tim-10 of Timing.repeat.
fn times_hold(bundle: &Value, faults: &mut Vec<String>) {
    walk(bundle, "", &mut |path, value| {
        if path.ends_with("dosageInstruction.timing")
            && value["event"].is_null()
            && value["repeat"]["boundsPeriod"].is_null()
        {
            faults.push("time: neither a day nor days".to_owned());
        }
        if !path.ends_with(".timing.repeat") {
            return;
        }
        let has = |name: &str| !value[name].is_null();
        let negative = |name: &str| value[name].as_f64().is_some_and(|it| it < 0.0);
        let unit_is = |name: &str, allowed: &str| value[name].is_null() || value[name] == allowed;
        let whole = |name: &str| value[name].is_null() || value[name].as_u64().is_some_and(|it| it > 0);
        for (rule, kept) in [
            ("tim-1", !has("duration") || has("durationUnit")),
            ("tim-2", !has("period") || has("periodUnit")),
            ("tim-4", !negative("duration")),
            ("tim-5", !negative("period")),
            ("tim-6", !has("periodMax") || has("period")),
            ("tim-7", !has("durationMax") || has("duration")),
            ("tim-8", !has("countMax") || has("count")),
            ("tim-9", !has("offset") || has("when")),
            ("tim-10", !has("timeOfDay") || !has("when")),
            ("a unit without its number", has("duration") == has("durationUnit") && has("period") == has("periodUnit")),
            ("unit of time", unit_is("durationUnit", "min") && unit_is("periodUnit", "d")),
            ("whole number", ["count", "frequency", "duration", "period"].into_iter().all(whole)),
            ("frequency", has("frequency") == has("period")),
        ] {
            if !kept {
                faults.push(format!("time: {rule}: {value}"));
            }
        }
    });
}

fn periods_hold(bundle: &Value, faults: &mut Vec<String>) {
    let day = |value: &Value| value.as_str().and_then(|text| text.parse::<NaiveDate>().ok());
    walk(bundle, "", &mut |path, value| {
        let name = path.rsplit('.').next().unwrap_or("");
        let dates = ["birthDate", "effectiveDateTime", "occurrenceDateTime", "timingDateTime", "start", "end"];
        if dates.contains(&name) && day(value).is_none() {
            faults.push(format!("period: {path} is {value}, not a day"));
        }
        if name == "event" && value.as_str().is_some_and(|_| day(value).is_none()) {
            faults.push(format!("period: {path} is {value}, not a day"));
        }
        if let (Some(start), Some(end)) = (day(&value["start"]), day(&value["end"]))
            && start > end
        {
            faults.push(format!("period: {path} ends before it begins: {value}"));
        }
    });
}

/// Invariants of the specification: ait-1, rqg-1, qty-3, whose a resource is, and what an action is related to.
fn constraints_hold(bundle: &Value, faults: &mut Vec<String>) {
    for resource in resources(bundle) {
        if resource["resourceType"] == "AllergyIntolerance" && resource["clinicalStatus"].is_null() {
            faults.push("constraint: ait-1".to_owned());
        }
        let kind = resource["resourceType"].as_str().unwrap_or("");
        let of_nobody = resource["subject"].is_null() && resource["patient"].is_null();
        if of_nobody && !["Patient", "Provenance"].contains(&kind) {
            faults.push(format!("constraint: a {kind} of nobody"));
        }
        let actions = resource["action"].as_array().map_or(&[][..], Vec::as_slice);
        let ids: BTreeSet<&str> = actions.iter().filter_map(|it| it["id"].as_str()).collect();
        if ids.len() != actions.len() {
            faults.push("constraint: ids of actions".to_owned());
        }
        for action in actions {
            if action["resource"].is_null() != action["action"].is_array() {
                faults.push(format!("constraint: rqg-1: {}", action["title"]));
            }
            for related in action["relatedAction"].as_array().map_or(&[][..], Vec::as_slice) {
                if !ids.contains(related["actionId"].as_str().unwrap_or("")) {
                    faults.push(format!("constraint: no action {}", related["actionId"]));
                }
            }
        }
    }
    walk(bundle, "", &mut |path, value| {
        if value.get("value").is_some_and(Value::is_number) && value["code"].is_string() && value["system"].is_null() {
            faults.push(format!("constraint: qty-3 at {path}"));
        }
    });
}

/// A plan that must not be followed yet says so in every part, and no other plan does.
fn marks_agree(bundle: &Value, faults: &mut Vec<String>) {
    let provisional = |meta: &Value| meta["tag"][0]["code"] == "provisional";
    let whole = provisional(&bundle["meta"]);
    for resource in resources(bundle) {
        let kind = resource["resourceType"].as_str().unwrap_or("");
        if !["CarePlan", "RequestGroup", "MedicationRequest", "ServiceRequest"].contains(&kind) {
            continue;
        }
        let draft = resource["status"] == "draft";
        let noted = resource["note"][0]["text"].as_str().is_some_and(|text| text.starts_with("PROVISIONAL"));
        if [draft, provisional(&resource["meta"]), noted] != [whole; 3] {
            faults.push(format!("mark: of a {kind}"));
        }
    }
}
