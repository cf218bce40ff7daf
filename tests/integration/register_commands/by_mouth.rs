//! What is taken by mouth: how often it is said, and how many tablets or capsules are supplied for it.

use serde_json::{Value, json};

use super::{GIVEN, Ward, entry};
use crate::{cli::text, support::merge};

fn by_mouth(drug: &str) -> Value {
    json!({"history": {"dental": "fit"}, "confirmations": [],
        "treatment": {"drug": drug, "route": "oral", "interval_weeks": null}})
}

/// The request of a visit at which the clearance is below 50 mL/min.
fn worse(ward: &Ward, drug: &str) -> String {
    let mut today = by_mouth(drug);
    merge(&mut today, &json!({"labs": {"date": "2025-12-01", "creatinine": {"value": 118}}}));
    ward.request("worse.json", &today)
}

fn supply<'a>(more: &[&'a str]) -> Vec<&'a str> {
    entry("supply", "2025-12-02", &[&["--second", "B. Lind"], more].concat())
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn tablets_that_are_taken_less_often_are_said_with_how_often() {
    let ward = Ward::new();
    ward.add("A-1042", &by_mouth("ibandronic-acid"));
    assert!(ward.show().contains("COURSE 1: IBANDRONIC ACID 50 MG A DAY, PLANNED"), "{}", ward.show());
    let due = || ward.ok(&["due", "--on", "2025-12-02"]);
    assert!(due().contains("ibandronic acid 50 mg a day, dose 1;"), "{}", due());
    let said = in_one_line(&ward.entry("assess", "2025-12-02", &[&worse(&ward, "ibandronic-acid")]));
    for part in [
        "GO. ",
        "How often: every second day",
        "Supply: 14 tablets for 28 days",
        "By this assessment 50 mg every second day; until now 50 mg a day.",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(due().contains("ibandronic acid 50 mg every second day, dose 1;"), "{}", due());
    let said = ward.ok(&supply(&["--units", "14", "--days", "28"]));
    let told = "Supplied, supply 1: ibandronic acid 50 mg every second day, 14 tablets or capsules for 28 days, \
                Tue 02-Dec-2025.";
    assert!(said.contains(told), "{said}");
    let page = in_one_line(&ward.show());
    for part in [
        "COURSE 1: IBANDRONIC ACID 50 MG EVERY SECOND DAY, UNDER WAY",
        "50 mg every second day is the dose of the newest assessment, and the plan says 50 mg a day.",
        "Supplied, supply 1, A. Berg: 50 mg on each day of taking; 14 tablets or capsules for 28 days",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(ward.ok(&["log"]).contains("supplied, supply 1, 14 tablets or capsules for 28 days, A. Berg"));
    // A dose of which the assessment is struck is that of the plan again.
    ward.entry("strike", "2025-12-02", &["7", "--because", "did-not-happen"]);
    ward.entry("strike", "2025-12-02", &["6", "--because", "did-not-happen"]);
    assert!(due().contains("ibandronic acid 50 mg a day, dose 1;"), "{}", due());
}

#[test]
fn a_library_that_an_entry_was_not_made_with_does_not_say_how_often() {
    let ward = Ward::new();
    ward.add("A-1042", &by_mouth("ibandronic-acid"));
    let mut own = crate::support::json(&crate::support::tests("../regimens/ibandronic-acid.json"));
    own["owner"] = json!("Pharmacy of the hospital");
    std::fs::create_dir(ward.path("own")).unwrap();
    std::fs::write(ward.path("own/ibandronic-acid.json"), own.to_string()).unwrap();
    let said = ward.ok(&["due", "--on", "2025-12-02", "--regimens", "own"]);
    assert!(said.contains("ibandronic acid 50 mg (how often: see the plan), dose 1;"), "{said}");
    let assess = ["--regimens", "own", &worse(&ward, "ibandronic-acid")];
    ward.entry("assess", "2025-12-02", &assess);
    let page = in_one_line(&ward.show());
    assert!(page.contains("50 mg (how often: see the assessment of 02-Dec-2025)"), "{page}");
    let page = in_one_line(&ward.ok(&["show", "A-1042", "--regimens", "own"]));
    assert!(page.contains("50 MG EVERY SECOND DAY"), "{page}");
}

#[test]
fn a_supply_that_does_not_fit_the_daily_dose_is_refused_unless_somebody_says_why() {
    let ward = Ward::new();
    ward.add("A-1042", &by_mouth("clodronate"));
    let said = in_one_line(&ward.entry("assess", "2025-12-02", &[&worse(&ward, "clodronate")]));
    assert!(said.contains("Dose: 1200 mg a day") && said.contains("Supply: 84 capsules for 28 days"), "{said}");
    let refused = |more: &[&str]| ward.refused(&supply(more), 2);
    let expected = "Not recorded: 112 capsules of 400 mg for 28 days do not fit 1200 mg a day: 84 would. Correct the \
                    figures; if they were supplied all the same, say why. (--another-because REASON)\n";
    assert_eq!(refused(&["--units", "112", "--days", "28"]), expected);
    let tablets = refused(&["--units", "42", "--days", "28", "--product", "tablet-800mg"]);
    assert!(tablets.contains("1200 mg a day cannot be made up from 1 tablet of 800 mg or several."), "{tablets}");
    let said = ward.ok(&supply(&["--units", "112", "--days", "28", "--another-because", "prescriber-decided"]));
    assert!(said.contains("clodronate 1200 mg a day, 112 tablets or capsules for 28 days"), "{said}");
    let next = [&GIVEN[..], &["--units", "21", "--days", "7"]].concat();
    ward.ok(&entry("supply", "2025-12-30", &next));
}

#[test]
fn a_dose_that_goes_down_is_said_by_the_days_of_taking_and_counted_with_its_steps() {
    let ward = Ward::new();
    let mut raised = by_mouth("clodronate");
    merge(
        &mut raised,
        &json!({"indication": "hypercalcaemia", "labs": {"date": "2025-12-01",
        "calcium": {"value": 3.0, "unit": "mmol/L", "kind": "corrected"}, "creatinine": {"value": 60}}}),
    );
    ward.add("A-1042", &raised);
    let request = ward.request("today.json", &raised);
    let output = ward.ward(&entry("assess", "2025-12-02", &[&request]), b"");
    let said = in_one_line(&text(&output.stdout));
    for part in ["Step: from day 1: 2400 mg a day", "Step: from day 8 (only if corrected calcium is normal"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!said.contains("09-Dec-2025"), "no date of the plan of the day: {said}");
    let without_go = [&GIVEN[..], &["--days", "28", "--units"]].concat();
    let refused = ward.refused(&entry("supply", "2025-12-02", &[&without_go[..], &["112"]].concat()), 2);
    assert!(refused.contains("do not fit 2400 mg a day, then less: 126 would."), "{refused}");
    ward.ok(&entry("supply", "2025-12-02", &[&without_go[..], &["126"]].concat()));
}

#[test]
fn a_supply_that_is_recorded_late_is_said_with_what_was_taken_on_its_day() {
    let ward = Ward::new();
    ward.add("A-1042", &by_mouth("ibandronic-acid"));
    ward.entry("assess", "2025-12-16", &[&worse(&ward, "ibandronic-acid")]);
    let late = [&GIVEN[..], &["--units", "28", "--days", "28"]].concat();
    let said = ward.ok(&entry("supply", "2025-12-02", &late));
    assert!(said.contains("ibandronic acid 50 mg a day, 28 tablets or capsules for 28 days"), "{said}");
    assert!(ward.ok(&["due", "--on", "2025-12-30"]).contains("50 mg every second day, dose 2;"));
}
