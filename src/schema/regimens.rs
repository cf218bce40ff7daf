//! What each regimen of a library asks of a request: its drug, indication, route, scheme and product, and the figures
//! that it needs or has no place for.

use serde_json::{Value, json};

use super::{
    condition::{all, at, given, left_out, not, there, when},
    request::on_dialysis,
};
use crate::{
    patient::{CalciumKind, Scheme},
    quantity::Mass,
    regimen::{ChosenDose, DoseRow, Kidney, Library, Listed, Need, Regimen, Status},
};

/// The conditions of every drug, and of every regimen of it.
pub(super) fn conditions(library: &'static Library) -> Vec<Value> {
    let planned: Vec<Listed> = library.regimens().filter(|it| it.drug.status != Status::Superseded).collect();
    let mut drugs: Vec<&str> = planned.iter().map(|it| it.drug.drug.as_str()).collect();
    drugs.dedup();
    let mut conditions = vec![at("treatment.drug", json!({ "enum": drugs }))];
    for drug in drugs {
        let regimens: Vec<Listed> = planned.iter().copied().filter(|it| it.drug.drug.as_str() == drug).collect();
        let asked: Vec<Value> = regimens.iter().map(|it| asks_for(*it, &regimens)).collect();
        let is_drug = there("treatment.drug", json!({ "const": drug }));
        conditions.push(when(is_drug.clone(), json!({ "anyOf": asked.clone() })));
        for (listed, asked) in regimens.into_iter().zip(asked) {
            conditions.push(when(all(vec![is_drug.clone(), asked]), all(of_regimen(library, listed))));
        }
    }
    conditions
}

/// The words that name a regimen among those of its drug: the only route and the daily scheme may be left out.
fn asks_for(listed: Listed, of_drug: &[Listed]) -> Value {
    let Regimen { indication, route, scheme, .. } = listed.regimen;
    let of_indication = || of_drug.iter().filter(|it| it.regimen.indication == *indication);
    let may_be_left_out = of_indication().all(|it| it.regimen.route == *route);
    let route = word("treatment.route", route.as_str(), may_be_left_out);
    let scheme = match scheme {
        None => left_out("treatment.scheme"),
        Some(scheme) => word("treatment.scheme", scheme.as_str(), *scheme == Scheme::Daily),
    };
    all(vec![there("indication", json!({ "const": indication })), route, scheme])
}

/// A word that must be there, unless it may be left out.
fn word(path: &str, word: &str, may_be_left_out: bool) -> Value {
    if may_be_left_out { at(path, json!({ "enum": [word, null] })) } else { there(path, json!({ "const": word })) }
}

/// What a regimen asks of a request.
fn of_regimen(library: &'static Library, listed: Listed) -> Vec<Value> {
    let mut asked = vec![product(listed)];
    if listed.regimen.creatinine == Need::Required {
        asked.push(given("labs.creatinine"));
    }
    asked.extend(lengths(library, listed.regimen));
    asked.extend(chosen_dose(listed.regimen));
    asked.extend(course(listed.regimen));
    if listed.calcium_decides() {
        asked.extend(calcium_again());
    }
    asked
}

fn product(listed: Listed) -> Value {
    let mut products: Vec<Value> = listed.products().map(|product| json!(product.id)).collect();
    // The only product of a regimen needs no name.
    if listed.regimen.default_product.is_some() || products.len() == 1 {
        products.push(Value::Null);
        return at("treatment.product", json!({ "enum": products }));
    }
    there("treatment.product", json!({ "enum": products }))
}

/// The intervals and lengths that are offered.
fn lengths(library: &'static Library, regimen: &Regimen) -> Vec<Value> {
    let interval = regimen.interval.as_ref().map(|interval| {
        let offered: Vec<Value> = interval.offered().map(Value::from).chain([Value::Null]).collect();
        json!({ "enum": offered })
    });
    let longest_months = regimen.has_length().then(|| library.limits().course.longest_months);
    let longest_days = regimen.daily.as_ref().map(|daily| daily.longest_days);
    let up_to = |longest: u16| json!({ "minimum": 1, "maximum": longest });
    let field = |path: &str, offered: Option<Value>| offered.map_or_else(|| left_out(path), |it| at(path, it));
    vec![
        field("treatment.interval_weeks", interval),
        field("treatment.course_months", longest_months.map(up_to)),
        field("treatment.course_days", longest_days.map(up_to)),
    ]
}

/// The daily dose that may be chosen. One above every label stops the plan and is no error.
fn chosen_dose(regimen: &Regimen) -> Vec<Value> {
    let path = "treatment.daily_dose_mg";
    let Some(rule) = &regimen.chosen_dose else { return vec![left_out(path)] };
    let mut offered = steps(rule);
    if let Some(lowest) = rule.lowest {
        offered["minimum"] = milligrams(lowest.0);
    }
    let above_all = rule.highest.map(|highest| json!({ "exclusiveMinimum": milligrams(highest.0) }));
    let dose = above_all.map_or_else(|| offered.clone(), |above_all| json!({ "anyOf": [offered.clone(), above_all] }));
    let mut asked = vec![at(path, dose)];
    // Where calcium chooses between rows, which of them decides is not known here.
    let of_dialysis =
        |row: &&DoseRow| row.clearance.is_some_and(|it| it.0 == Kidney::Dialysis) && row.calcium.is_none();
    if let Some(row) = regimen.doses.iter().find(of_dialysis) {
        let fixed = row.dose.map(|dose| at(path, json!({ "enum": [milligrams(dose.0), null] })));
        let longest = row.longest_course.map(|it| at("treatment.course_days", json!({ "maximum": it.0.count() })));
        asked.extend(fixed.into_iter().chain(longest).map(|fixed| when(on_dialysis(), fixed)));
    }
    asked
}

/// Multiples of the step of a dose. A step that is no whole number of milligrams is left out: binary fractions, with
/// which most validators compute, would refuse doses that fit.
fn steps(rule: &ChosenDose) -> Value {
    let mut dose = json!({ "exclusiveMinimum": 0 });
    if let Some(step) = rule.step.0.in_milligrams().as_whole() {
        dose["multipleOf"] = step.into();
    }
    dose
}

/// A course under way, where the regimen has courses.
fn course(regimen: &Regimen) -> Vec<Value> {
    if !regimen.has_courses() {
        return vec![left_out("course")];
    }
    let chosen = regimen.chosen_dose.as_ref().and_then(|rule| {
        let mut dose = steps(rule);
        dose["minimum"] = milligrams(rule.lowest?.0);
        dose["maximum"] = milligrams(rule.highest?.0);
        Some(dose)
    });
    let in_table = || json!({ "enum": regimen.doses_of_table().into_iter().map(milligrams).collect::<Vec<_>>() });
    let mut asked = vec![at("course.dose_mg", chosen.unwrap_or_else(in_table))];
    if regimen.baseline.is_some() {
        asked.push(when(given("course"), given("course.baseline_creatinine")));
    }
    asked
}

/// The figures that a second person enters again where nothing is given without a calcium.
fn calcium_again() -> Vec<Value> {
    let other_kinds = json!({ "enum": [CalciumKind::Corrected, CalciumKind::Ionised] });
    let is_total = not(there("labs.calcium.kind", other_kinds));
    let entered = || vec![given("second_check"), given("labs.calcium")];
    let with_albumin = [given("labs.albumin"), is_total];
    vec![
        when(all(entered()), given("second_check.calcium")),
        when(all(entered().into_iter().chain(with_albumin).collect()), given("second_check.albumin")),
    ]
}

fn milligrams(mass: Mass) -> Value {
    json!(mass)
}
