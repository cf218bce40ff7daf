//! Every regimen for one indication compared for one patient: each row is the plan of its own.

use std::collections::BTreeSet;

use osteodose::{
    dosing,
    plan::{Event, Outcome, Plan, PlanStatus, Reduced, SecondCheckResult},
    present::{Possible, Row, compare, reduction},
    quantity::Days,
    regimen::Severity,
    request::Request,
    words,
};
use serde_json::{Value, json};

use crate::{strategy, support::LIBRARY};

fn woman(indication: &str) -> Value {
    json!({
        "patient": {"birth_date": "1958-03-14", "sex": "female", "weight_kg": 68, "height_cm": 164},
        "tumour": if indication == "giant-cell-tumour" { "giant-cell-tumour-of-bone" } else { "breast" },
        "indication": indication,
        "labs": {
            "date": "2026-11-30",
            "creatinine": {"value": 92, "unit": "umol/L"},
            "calcium": {"value": if indication == "hypercalcaemia" { 32 } else { 23 }, "unit": "mmol/L", "kind": "corrected"}
        },
        "history": {"dental": "fit", "conditions": [], "medicines": [], "last_antiresorptive": "none"},
        "treatment": {"drug": "denosumab", "start_date": "2026-12-01"}
    })
}

fn with(mut request: Value, path: &str, value: Value) -> Value {
    *request.pointer_mut(path).unwrap() = value;
    request
}

fn parse(value: &Value) -> Request {
    // A calcium in tenths, since a test writes no binary fractions.
    let mut value = value.clone();
    if let Some(calcium) = value.pointer_mut("/labs/calcium/value")
        && let Some(tenths) = calcium.as_i64()
    {
        *calcium = strategy::decimal(tenths, 1);
    }
    Request::parse(value.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{}", faults[0]))
}

fn paths(rows: &[Row]) -> Vec<String> {
    rows.iter().map(|row| row.listed.regimen.path(&row.listed.drug.drug)).collect()
}

/// The request that names a row's regimen and leaves the rest to the library; for the regimen it asks for,
/// the request itself with a strength.
fn naming(base: &Value, row: &Row) -> Value {
    let regimen = row.listed.regimen;
    let product = regimen.default_product.as_ref().unwrap_or(&regimen.products[0]);
    let own = dosing::regimen(&parse(base), &LIBRARY).is_ok_and(|own| std::ptr::eq(own.regimen, regimen));
    if own {
        let mut request = base.clone();
        let treatment = request["treatment"].as_object_mut().unwrap();
        treatment.entry("product").or_insert(json!(product));
        return request;
    }
    let mut treatment = json!({
        "drug": row.listed.drug.drug, "route": regimen.route, "product": product,
        "start_date": base["treatment"]["start_date"],
    });
    if let Some(scheme) = regimen.scheme {
        treatment["scheme"] = json!(scheme);
    }
    let mut request = base.clone();
    request["treatment"] = treatment;
    // Each drug asks a second person for its own figures.
    request.as_object_mut().unwrap().remove("second_check");
    request
}

fn assert_agrees(row: &Row, plan: &Plan, seed: u64) {
    let open =
        plan.findings().iter().filter(|it| it.severity == Severity::Confirm && plan.confirmation(it).is_none()).count();
    let status = match row.verdict {
        Possible::CanBeGiven(_) => PlanStatus::Ready,
        Possible::NeedsConfirmation { .. } => PlanStatus::NeedsConfirmation,
        Possible::Cannot { .. } => PlanStatus::Stopped,
        Possible::NotUsable { .. } => panic!("seed {seed}: not usable"),
    };
    assert_eq!(status, plan.status(), "seed {seed}");
    assert_eq!(row.reasons().is_empty(), status == PlanStatus::Ready, "seed {seed}");
    let Outcome::Dosed(dosed) = plan.outcome() else {
        assert!(row.offer().is_none(), "seed {seed}");
        return;
    };
    // Less than the full dose, and a second check that differs, are reasons besides.
    let besides = usize::from(reduction(plan).is_some() && status == PlanStatus::NeedsConfirmation)
        + usize::from(matches!(plan.second_check(), SecondCheckResult::Differs | SecondCheckResult::SamePerson));
    assert_eq!(row.reasons().len(), open + besides, "seed {seed}");
    let offer = row.offer().unwrap();
    let dosing = &dosed.dosing;
    assert_eq!((offer.dose, offer.full_dose), (dosing.mass, dosing.full), "seed {seed}");
    assert_eq!(offer.frequency, dosing.frequency, "seed {seed}");
    assert_eq!(offer.minutes, dosing.preparation.minimum_minutes, "seed {seed}");
    assert_eq!(offer.next_limit, dosing::next_limit(plan), "seed {seed}");
    // A smaller dose that the prescriber chose needs no other reason.
    let chosen = plan.request().treatment.daily_dose_mg.is_some();
    assert!(chosen || offer.dose >= offer.full_dose || offer.reduced_because.is_some(), "seed {seed}");
    let mut days = BTreeSet::new();
    let (mut given, mut supplied) = (0, 0);
    for entry in &dosed.schedule.entries {
        match entry.event {
            Event::Dose { .. } => given += 1,
            Event::Supply { days, .. } => supplied += i64::from(days),
            Event::Check { .. } | Event::Review { .. } => continue,
        }
        days.insert(entry.date);
    }
    assert_eq!(offer.visits as usize, days.len(), "seed {seed}");
    let every = dosing.every().map_or(1, Days::count);
    let dosing_days = (0..supplied).filter(|day| day % every == 0).count();
    assert_eq!(offer.doses as usize, given + dosing_days, "seed {seed}");
}

#[test]
fn every_row_is_the_plan_of_its_regimen() {
    for seed in 0..600 {
        let mut base = strategy::request(seed);
        // What was confirmed of one drug is not confirmed of another, so a comparison counts it as open.
        for key in ["course", "confirmations"] {
            base.as_object_mut().unwrap().remove(key);
        }
        let rows = compare(&parse(&base), &LIBRARY);
        assert!(!rows.is_empty());
        for row in &rows {
            let request = parse(&naming(&base, row));
            match (dosing::plan(request.clone(), &LIBRARY), &row.verdict) {
                (Ok(plan), _) => assert_agrees(row, &plan, seed),
                (Err(unusable), Possible::NotUsable { why }) => assert_eq!(words::why_no_plan(&unusable), *why),
                (Err(unusable), verdict) => panic!("seed {seed}: {unusable}, not {verdict:?}"),
            }
        }
    }
}

#[test]
fn what_can_be_given_stands_first() {
    for seed in 0..600 {
        let rows = compare(&parse(&strategy::request(seed)), &LIBRARY);
        let places: Vec<u8> = rows
            .iter()
            .map(|row| match row.verdict {
                Possible::CanBeGiven(_) => 0,
                Possible::NeedsConfirmation { .. } => 1,
                Possible::Cannot { .. } => 2,
                Possible::NotUsable { .. } => 3,
            })
            .collect();
        assert!(places.is_sorted(), "seed {seed}: {places:?}");
        let in_library: Vec<String> = LIBRARY.regimens().map(|listed| listed.regimen.path(&listed.drug.drug)).collect();
        let order: Vec<_> =
            paths(&rows).iter().map(|path| in_library.iter().position(|it| it == path).unwrap()).collect();
        let within = |n: usize| places[n] < places[n + 1] || order[n] < order[n + 1];
        assert!((0..rows.len() - 1).all(within), "seed {seed}");
    }
}

#[test]
fn nothing_is_offered_in_pregnancy() {
    let mut base = woman("skeletal-events");
    base["history"]["conditions"] = json!(["pregnant"]);
    let rows = compare(&parse(&base), &LIBRARY);
    assert_eq!(rows.len(), 6);
    for row in rows {
        assert!(row.offer().is_none());
        assert!(
            matches!(&row.verdict, Possible::Cannot { reasons } if reasons == &["The patient is pregnant."]),
            "{:?}",
            row.verdict
        );
    }
}

#[test]
fn hypercalcaemia_lists_its_own_regimens() {
    let rows = compare(&parse(&woman("hypercalcaemia")), &LIBRARY);
    let mut found = paths(&rows);
    found.sort();
    assert_eq!(
        found,
        [
            "clodronate/hypercalcaemia/intravenous/daily",
            "clodronate/hypercalcaemia/intravenous/single",
            "clodronate/hypercalcaemia/oral",
            "denosumab/hypercalcaemia/subcutaneous",
            "ibandronic-acid/hypercalcaemia/intravenous",
            "zoledronic-acid/hypercalcaemia/intravenous",
        ]
    );
    let denosumab = rows.iter().find(|row| row.listed.drug.drug.as_str() == "denosumab").unwrap();
    assert!(matches!(denosumab.verdict, Possible::NeedsConfirmation { .. }), "{:?}", denosumab.verdict);
    assert_eq!(
        denosumab.reasons(),
        [
            "It is not licensed in the European Union.",
            "No intravenous bisphosphonate is recorded in the 30 days before.",
        ]
    );
}

#[test]
fn giant_cell_tumour_has_one_regimen() {
    let rows = compare(&parse(&woman("giant-cell-tumour")), &LIBRARY);
    assert_eq!(paths(&rows), ["denosumab/giant-cell-tumour/subcutaneous"]);
    let offer = rows[0].offer().unwrap();
    assert_eq!(offer.dose, offer.full_dose);
    assert_eq!((offer.reduced_because, offer.minutes, offer.next_limit), (None, None, None));
    let other = with(woman("giant-cell-tumour"), "/tumour", json!("breast"));
    let rows = compare(&parse(&other), &LIBRARY);
    assert!(
        matches!(&rows[0].verdict, Possible::NotUsable { why } if why == "It is for giant cell tumour of bone, not for breast cancer.")
    );
}

#[test]
fn a_weak_kidney_tells_why_less_is_given_and_what_comes_next() {
    let rows = compare(&parse(&woman("skeletal-events")), &LIBRARY);
    let row = rows.iter().find(|row| row.listed.drug.drug.as_str() == "zoledronic-acid").unwrap();
    let offer = row.offer().unwrap();
    assert_eq!((offer.dose.to_string(), offer.full_dose.to_string()), ("3.5 mg".to_owned(), "4 mg".to_owned()));
    assert_eq!(offer.reduced_because.map(words::reduced).as_deref(), Some("50 to 60 mL/min"));
    let next = offer.next_limit.unwrap();
    assert_eq!((next.limit, next.distance.to_string()), (50, "5.5".to_owned()));
    let weaker = with(woman("skeletal-events"), "/labs/creatinine/value", json!(240));
    let rows = compare(&parse(&weaker), &LIBRARY);
    let by_path = |path: &str| rows.iter().find(|row| row.listed.regimen.path(&row.listed.drug.drug) == path).unwrap();
    assert_eq!(
        by_path("zoledronic-acid/skeletal-events/intravenous").reasons(),
        ["Clearance 21.3 mL/min is below 30, the lowest it is given at."]
    );
    // By mouth the dose is the same and is taken less often.
    let oral = by_path("ibandronic-acid/skeletal-events/oral").offer().unwrap();
    assert_eq!((oral.dose, words::frequency(&oral.frequency)), (oral.full_dose, "once a week".to_owned()));
    assert_eq!(oral.reduced_because.map(words::reduced).as_deref(), Some("below 30 mL/min"));
    assert_eq!(oral.doses, 53);
}

/// A course of zoledronic acid whose last dose was ten days ago.
fn under_way() -> Value {
    let mut base = woman("skeletal-events");
    base["treatment"]["drug"] = json!("zoledronic-acid");
    base["course"] = json!({
        "first_dose": "2026-08-01", "last_dose": "2026-11-21", "dose_mg": 3,
        "baseline_creatinine": {"value": 140, "unit": "umol/L", "date": "2026-07-30"}
    });
    base
}

#[test]
fn a_course_stays_with_its_own_regimen() {
    let early = with(under_way(), "/course/last_dose", json!("2026-11-01"));
    let rows = compare(&parse(&early), &LIBRARY);
    for row in rows {
        let own = row.listed.drug.drug.as_str() == "zoledronic-acid";
        assert!(!matches!(row.verdict, Possible::NotUsable { .. }), "{:?}", row.verdict);
        let in_use = row.offer().and_then(|offer| offer.reduced_because) == Some(Reduced::DoseInUse);
        assert_eq!(in_use, own);
    }
}

#[test]
fn the_last_dose_of_a_course_counts_for_every_other_drug() {
    let rows = compare(&parse(&under_way()), &LIBRARY);
    for row in &rows {
        assert!(row.reasons().iter().any(|it| it.contains(" must pass after ")), "{:?}", row.verdict);
        // Ten days after a bisphosphonate, denosumab may be confirmed.
        let denosumab = row.listed.drug.drug.as_str() == "denosumab";
        assert_eq!(matches!(row.verdict, Possible::NeedsConfirmation { .. }), denosumab, "{:?}", row.verdict);
        assert_eq!(matches!(row.verdict, Possible::Cannot { .. }), !denosumab, "{:?}", row.verdict);
    }
    // A dose stated besides that lies later holds back as long as it did.
    let mut later = with(under_way(), "/course/last_dose", json!("2026-10-01"));
    later["history"]["last_antiresorptive"] = json!({"drug": "denosumab", "date": "2026-11-29"});
    for row in compare(&parse(&later), &LIBRARY) {
        assert!(row.reasons().iter().any(|it| it.contains(" must pass after ")), "{:?}", row.verdict);
    }
}
