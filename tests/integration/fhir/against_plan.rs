//! A bundle held against the plan it was made of: the same doses on the same days, all findings, nobody added.

use chrono::{NaiveDate, TimeDelta};
use serde_json::Value;

use super::of_kind;

/// Where a bundle says something else than the plan.
pub fn faults(bundle: &Value, plan: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    actions(bundle, plan, &mut faults);
    doses(bundle, plan, &mut faults);
    supplies(bundle, plan, &mut faults);
    findings(bundle, plan, &mut faults);
    figures(bundle, plan, &mut faults);
    faults
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn entries<'p>(plan: &'p Value, kind: &str) -> Vec<&'p Value> {
    list(&plan["schedule"]["entries"]).iter().filter(|it| it["kind"] == kind).collect()
}

fn by_url<'b>(bundle: &'b Value, reference: &Value) -> &'b Value {
    let entry = list(&bundle["entry"]).iter().find(|it| it["fullUrl"] == reference["reference"]);
    entry.map_or(&Value::Null, |it| &it["resource"])
}

fn expect(faults: &mut Vec<String>, what: &str, found: &Value, expected: &Value) {
    if found != expected {
        faults.push(format!("plan: {what}: {found}, the plan has {expected}"));
    }
}

/// One dated action for every entry, in their order, each with a resource of its own for the same day.
fn actions(bundle: &Value, plan: &Value, faults: &mut Vec<String>) {
    let actions = list(&of_kind(bundle, "RequestGroup")[0]["action"]);
    let entries = list(&plan["schedule"]["entries"]);
    if actions.len() != entries.len() {
        faults.push(format!("plan: {} actions for {} entries", actions.len(), entries.len()));
    }
    let mut used = Vec::new();
    for (action, entry) in actions.iter().zip(entries) {
        expect(faults, "date of an action", &action["timingDateTime"], &entry["date"]);
        let resource = by_url(bundle, &action["resource"]);
        let own = match entry["kind"].as_str().unwrap() {
            "dose" => &resource["dosageInstruction"][0]["timing"]["event"][0],
            "supply" => &resource["dispenseRequest"]["validityPeriod"]["start"],
            _ => &resource["occurrenceDateTime"],
        };
        expect(faults, "date of a request", own, &entry["date"]);
        used.push(resource["id"].to_string());
    }
    used.sort();
    used.dedup();
    let requests = of_kind(bundle, "MedicationRequest").len() + of_kind(bundle, "ServiceRequest").len();
    if used.len() != entries.len() || requests != entries.len() {
        faults.push(format!("plan: {requests} requests, {} of them used, for {} entries", used.len(), entries.len()));
    }
    let given = entries.iter().filter(|it| it["kind"] == "dose" || it["kind"] == "supply").count();
    if of_kind(bundle, "MedicationRequest").len() != given {
        faults.push(format!("plan: not {given} medication requests"));
    }
    let period = &of_kind(bundle, "CarePlan")[0]["period"];
    expect(faults, "start", &period["start"], &plan["schedule"]["start_date"]);
    expect(faults, "end", &period["end"], &plan["schedule"]["end_date"]);
}

fn doses(bundle: &Value, plan: &Value, faults: &mut Vec<String>) {
    let requests: Vec<&Value> =
        of_kind(bundle, "MedicationRequest").into_iter().filter(|it| it["dispenseRequest"].is_null()).collect();
    let preparation = &plan["dosing"]["preparation"];
    for (request, entry) in requests.iter().zip(entries(plan, "dose")) {
        let dosage = &request["dosageInstruction"][0];
        let dose = &dosage["doseAndRate"][0];
        expect(faults, "dose", &dose["doseQuantity"]["value"], &entry["dose_mg"]);
        expect(faults, "rate", &dose["rateQuantity"]["value"], &preparation["maximum_rate_ml_per_h"]);
        expect(faults, "time", &dosage["timing"]["repeat"]["duration"], &preparation["minimum_minutes"]);
        let text = dosage["text"].as_str().unwrap_or("");
        let product = preparation["product"].as_str().unwrap();
        let mut said = vec![product.to_owned(), format!("{} mg", entry["dose_mg"])];
        if let Some(volume) = preparation["draw_up_ml"].as_number() {
            said.push(format!("{volume} mL"));
        }
        if let Some(rate) = preparation["maximum_rate_ml_per_h"].as_number() {
            said.push(format!("{rate} mL per hour at most"));
        }
        said.extend(list(&preparation["diluents"]).iter().map(|it| it.as_str().unwrap().to_owned()));
        // Nothing is diluted in a ready bag.
        let ready = product.contains("ready-to-use");
        let is_told = |it: &String| text.contains(it.as_str()) || (ready && it.contains('%'));
        for missing in said.iter().filter(|it| !is_told(it)) {
            faults.push(format!("plan: the text lacks {missing}: {text}"));
        }
        let only = entry["only"].as_str();
        let told = list(&dosage["additionalInstruction"]).iter().any(|it| it["text"].as_str() == only);
        if only.is_some() && !told {
            faults.push("plan: the condition of a dose is missing".to_owned());
        }
    }
    for request in of_kind(bundle, "MedicationRequest") {
        let named = request["medicationCodeableConcept"]["text"].as_str().unwrap_or("");
        for part in [&preparation["product"], &how_often(plan)] {
            if !named.contains(part.as_str().unwrap()) {
                faults.push(format!("plan: {named} lacks {part}"));
            }
        }
    }
}

/// How often a dose is given, in the words of the drug's name: by mouth every day, the dose of a day says it.
fn how_often(plan: &Value) -> Value {
    let dosing = &plan["dosing"];
    let daily = dosing["route"] == "oral"
        && (dosing["frequency"] == "once daily" || dosing["frequency"] == "every day, in two parts");
    if daily { format!("{} mg a day", dosing["dose_mg"]).into() } else { dosing["frequency"].clone() }
}

/// Every supply lasts from the day it was planned for until the next, and is taken up to the last unit.
fn supplies(bundle: &Value, plan: &Value, faults: &mut Vec<String>) {
    let day = |value: &Value| value.as_str().and_then(|it| it.parse::<NaiveDate>().ok());
    let requests: Vec<&Value> =
        of_kind(bundle, "MedicationRequest").into_iter().filter(|it| !it["dispenseRequest"].is_null()).collect();
    for (request, entry) in requests.iter().zip(entries(plan, "supply")) {
        let dispense = &request["dispenseRequest"];
        expect(faults, "units", &dispense["quantity"]["value"], &entry["units"]);
        expect(faults, "days", &dispense["expectedSupplyDuration"]["value"], &entry["days"]);
        let mut taken = 0;
        let (mut first, mut last) = (NaiveDate::MAX, NaiveDate::MIN);
        for dosage in list(&request["dosageInstruction"]) {
            let repeat = &dosage["timing"]["repeat"];
            let bounds = &repeat["boundsPeriod"];
            let (Some(start), Some(end)) = (day(&bounds["start"]), day(&bounds["end"])) else {
                faults.push("plan: a supply without days".to_owned());
                continue;
            };
            (first, last) = (first.min(start), last.max(end));
            // "1600 mg (4 capsules) once daily": the units of one intake.
            let text = dosage["text"].as_str().unwrap_or("");
            let units = text.split(" mg (").nth(1).and_then(|it| it.split(' ').next()).and_then(|it| it.parse().ok());
            let units: i64 = units.unwrap_or(0);
            let every = repeat["period"].as_i64().unwrap_or(1);
            let begin = day(&plan["schedule"]["start_date"]).unwrap();
            let days = (0..=(end - start).num_days()).map(|n| start + TimeDelta::days(n));
            let intakes = days.filter(|it| (*it - begin).num_days() % every == 0).count();
            taken += units * i64::try_from(intakes).unwrap();
        }
        expect(faults, "units taken", &taken.into(), &entry["units"]);
        let planned = day(&entry["planned_date"]).unwrap();
        let until = planned + TimeDelta::days(entry["days"].as_i64().unwrap() - 1);
        if (first, last) != (planned, until) {
            faults.push(format!("plan: a supply is taken from {first} to {last}, not from {planned} to {until}"));
        }
    }
}

fn findings(bundle: &Value, plan: &Value, faults: &mut Vec<String>) {
    let issues = of_kind(bundle, "DetectedIssue");
    let findings = list(&plan["findings"]);
    if issues.len() != findings.len() {
        faults.push(format!("plan: {} issues for {} findings", issues.len(), findings.len()));
    }
    for (issue, finding) in issues.iter().zip(findings) {
        expect(faults, "finding", &issue["code"]["coding"][0]["code"], &finding["code"]);
        let severity = match finding["severity"].as_str() {
            Some("confirm") => "moderate",
            Some("note") => "low",
            _ => "high",
        };
        expect(faults, "severity", &issue["severity"], &severity.into());
        let mitigation = &issue["mitigation"][0];
        expect(faults, "who confirmed", &mitigation["author"]["display"], &finding["confirmed"]["by"]);
        expect(faults, "why", &mitigation["action"]["text"], &finding["confirmed"]["reason"]);
        let open = finding["severity"] == "confirm" && finding["confirmed"].is_null();
        let status = if open { "preliminary" } else { "final" };
        expect(faults, "state of a finding", &issue["status"], &status.into());
        if !issue["detail"].as_str().is_some_and(|it| it.contains(finding["message"].as_str().unwrap())) {
            faults.push(format!("plan: the message of {}", finding["code"]));
        }
    }
    for request in of_kind(bundle, "MedicationRequest") {
        if list(&request["detectedIssue"]).len() != findings.len() {
            faults.push("plan: a dose without the findings".to_owned());
        }
    }
    let provisional = plan["status"] == "needs-confirmation";
    if provisional != (of_kind(bundle, "CarePlan")[0]["status"] == "draft") {
        faults.push("plan: draft or not".to_owned());
    }
}

/// The figures the dose rests on, each with its own code and day.
fn figures(bundle: &Value, plan: &Value, faults: &mut Vec<String>) {
    let request = &plan["request"];
    let observations = of_kind(bundle, "Observation");
    let find = |code: &str| observations.iter().find(|it| it["code"]["coding"][0]["code"] == code);
    let null = Value::Null;
    let value = |code: &str| find(code).map_or(&null, |it| &it["valueQuantity"]["value"]);
    expect(faults, "weight", value("29463-7"), &request["patient"]["weight_kg"]);
    expect(faults, "height", value("8302-2"), &request["patient"]["height_cm"]);
    let creatinine = &request["labs"]["creatinine"];
    let code = if creatinine["unit"] == "mg/dL" { "2160-0" } else { "14682-9" };
    expect(faults, "creatinine", value(code), &creatinine["value"]);
    expect(faults, "albumin", value("1751-7"), &request["labs"]["albumin"]["value"]);
    let shown = plan["renal"]["displayed"].as_str().and_then(|it| it.split(' ').next()?.parse::<f64>().ok());
    let clearance = find("35591-7");
    if clearance.and_then(|it| it["valueQuantity"]["value"].as_f64()) != shown {
        faults.push(format!("plan: clearance {clearance:?}, the plan has {shown:?}"));
    }
    let ideal = plan["renal"]["weight_basis"].as_str().is_some_and(|it| it != "actual");
    if clearance.is_some_and(|it| list(&it["derivedFrom"]).len() != 2 + usize::from(ideal)) {
        faults.push("plan: what the clearance is derived from".to_owned());
    }
    let corrected = &plan["calcium"]["corrected"]["value"];
    let told = observations.iter().any(|it| {
        let words = it["code"]["text"].as_str().unwrap_or("");
        words.contains("corrected") && it["valueQuantity"]["value"] == *corrected
    });
    if !corrected.is_null() && !told {
        faults.push(format!("plan: corrected calcium {corrected}"));
    }
    let patient = of_kind(bundle, "Patient")[0];
    expect(faults, "birth date", &patient["birthDate"], &request["patient"]["birth_date"]);
    expect(faults, "sex", &patient["gender"], &request["patient"]["sex"]);
    expect(faults, "identifier", &patient["identifier"][0]["value"], &request["patient"]["id"]);
    let agents = list(&of_kind(bundle, "Provenance")[0]["agent"]).len();
    let people = usize::from(!plan["prepared_by"].is_null()) + usize::from(plan["second_check"] == "agrees");
    if agents != 1 + people {
        faults.push(format!("plan: {agents} agents"));
    }
}
