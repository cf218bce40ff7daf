//! The names of the places of a plan, and the units of their figures.

use super::finding;

/// The name of a place of a plan, by its keys and the entry it belongs to.
pub fn label(keys: &str, entry: Option<&str>) -> Option<String> {
    let entry = entry.unwrap_or_default();
    let fixed = match keys {
        "status" => "status",
        "renal.age_years" => "age",
        "renal.weight_kg_used" => "weight used",
        "renal.weight_basis" => "weight basis",
        "renal.creatinine_clearance_ml_per_min" => "clearance, exact,",
        "renal.displayed" => "clearance",
        "renal.band" => "clearance range",
        "renal" => "renal function",
        "calcium.class" => "calcium class",
        "calcium.corrected" | "calcium.corrected.value" => "corrected calcium",
        "dosing.regimen" => "regimen",
        "dosing.title" => "title of the regimen",
        "dosing.dose_mg" => "dose",
        "dosing.full_dose_mg" => "full dose",
        "dosing.frequency" => "frequency",
        "dosing.route" => "route",
        "dosing.drug" => "drug",
        "dosing.brands" => "brands",
        "dosing.preparation.product" => "product",
        "dosing.preparation.draw_up_ml" => "draw up",
        "dosing.preparation.remove_and_replace_ml" => "remove and replace",
        "dosing.preparation.bag_ml" => "bag",
        "dosing.preparation.diluents" => "diluents",
        "dosing.preparation.minimum_minutes" => "minimum infusion time",
        "dosing.preparation.maximum_rate_ml_per_h" => "maximum rate",
        "dosing.directions" => "direction:",
        "dosing.supplements" => "supplement:",
        "dosing.course_notes" => "note on the course:",
        "dosing.not_these_products" => "other product:",
        "dosing.unverified" => "unverified:",
        "dosing.sources" => "sources of the dose",
        "dosing.steps" => "steps of the dose",
        "dosing.follow_on" => "treatment that follows:",
        "schedule.start_date" => "start",
        "schedule.end_date" => "end of the course",
        "schedule.provisional" => "provisional",
        "provenance.ward" => "from the ward settings:",
        "provenance.ward.inputs" => "input from the ward settings:",
        "prepared_by" => "entered by",
        "second_check" => "second check",
        "second_check_by" => "second check by",
        "second_check_differences" => "second check, differences:",
        _ => "",
    };
    if !fixed.is_empty() {
        return Some(fixed.to_owned());
    }
    Some(match keys {
        "dosing.preparation.open" | "dosing.preparation.open.count" => format!("open {entry}:"),
        "dosing.intakes" | "dosing.intakes.dose_mg" => format!("intake {entry}:"),
        "dosing.intakes.units" => format!("intake {entry}, tablets or capsules:"),
        "dosing.steps.doses" | "dosing.steps.doses.dose_mg" => format!("step {entry}:"),
        "dosing.disagreements" => format!("disagreement {entry}:"),
        "renal.dose_changes" => format!("change to {entry} at a creatinine"),
        "renal.dose_changes.when_creatinine_above.value" => format!("change to {entry} at a creatinine above"),
        "findings.severity" => finding(entry),
        "findings.message" => format!("{} message", finding(entry)),
        "findings.sources" => format!("{} sources", finding(entry)),
        "findings.confirmed" => format!("{} confirmed", finding(entry)),
        "findings.confirmed.by" => format!("{} confirmed by", finding(entry)),
        "findings.confirmed.reason" => format!("{} confirmed because", finding(entry)),
        "sources" => format!("source {entry}:"),
        "sources.title" => format!("source {entry}, title"),
        "sources.locator" => format!("source {entry}, place"),
        _ => return None,
    })
}

/// The unit of the number under a key.
pub fn unit(key: &str) -> Option<&'static str> {
    Some(match key {
        "dose_mg" | "full_dose_mg" => "mg",
        "draw_up_ml" | "remove_and_replace_ml" | "bag_ml" => "mL",
        "minimum_minutes" => "minutes",
        "maximum_rate_ml_per_h" => "mL per hour",
        "creatinine_clearance_ml_per_min" => "mL/min",
        "weight_kg_used" => "kg",
        "age_years" => "years",
        _ => return None,
    })
}

/// Whether the value of a key is a word of the interface, shown without its hyphens.
pub fn is_a_word(key: &str) -> bool {
    matches!(key, "status" | "second_check" | "class" | "moved_because" | "weight_basis")
}
