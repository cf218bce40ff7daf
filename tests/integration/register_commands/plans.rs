//! Plans and what becomes of them: other open days than they were made for, a dose that each assessment decides anew, and
//! a plan that is added to a course under way.

use serde_json::json;

use super::{GIVEN, Ward, entry};
use crate::support::merge;

#[test]
fn a_plan_whose_doses_are_due_on_other_days_here_says_so() {
    let thursdays = json!({"clinic": {"open_weekdays": ["thu"]}});
    let add = ["add", "A-1042.json", "--by", "A. Berg", "--on", "2025-11-28", "--late"];
    let ward = Ward::new();
    ward.plan("A-1042", &thursdays);
    let said = ward.ok(&add);
    let other = "The ward is open on other days than the plan was made for: dose 1 is due Tue 02-Dec-2025, and in the \
                 plan Thu 04-Dec-2025. ";
    assert!(said.contains(other) && said.ends_with(" move as well.\n"), "{said}");

    let ward = Ward::new();
    ward.plan("A-1042", &thursdays);
    let said = ward.ok(&["import", "A-1042.json", "--by", "A. Berg"]);
    assert!(said.starts_with(&format!("A-1042 A-1042.json: registered and planned\n    {other}")), "{said}");

    let ward = Ward::none();
    ward.ok(&["create", "ward/register.db", "--name", "Day Clinic 3", "--by", "A. Berg"]);
    ward.plan("A-1042", &thursdays);
    let none_set =
        "The ward has no open days set, so that every day counts as open (osteodose ward clinic): dose 1 is due";
    assert!(ward.ok(&add).contains(none_set));

    let ward = Ward::new();
    ward.plan("A-1042", &json!({}));
    assert!(ward.ok(&add).ends_with("Next: dose 1, due Tue 02-Dec-2025.\n"));
}

#[test]
fn a_dose_that_each_assessment_decides_is_that_of_the_newest_one() {
    let ward = Ward::new();
    let mut ibandronic =
        json!({"history": {"dental": "fit"}, "confirmations": [], "treatment": {"drug": "ibandronic-acid"}});
    ward.add("A-1042", &ibandronic);
    assert!(ward.show().contains("COURSE 1: IBANDRONIC ACID 6 MG"));
    merge(&mut ibandronic, &json!({"labs": {"date": "2025-12-01", "creatinine": {"value": 118}}}));
    let request = ward.request("worse.json", &ibandronic);
    ward.entry("assess", "2025-12-02", &[&request]);
    assert!(ward.ok(&["due", "--on", "2025-12-02"]).contains("ibandronic acid 4 mg"));
    let given = ward.entry("give", "2025-12-02", &["--second", "B. Lind"]);
    assert!(given.contains("ibandronic acid 4 mg, Tue 02-Dec-2025.\nNext:"), "{given}");
    let decides =
        "4 mg is the dose of the newest assessment, and the plan says 6 mg. The assessment of the day decides.";
    let page: Vec<String> = ward.show().split_whitespace().map(str::to_owned).collect();
    assert!(page.join(" ").contains(decides), "{page:?}");
    let given = ward.entry("give", "2025-12-30", &GIVEN);
    let unassessed = "ibandronic acid 4 mg, Tue 30-Dec-2025.\nNo assessment of that day is behind this dose.";
    assert!(given.contains(unassessed), "{given}");
}

#[test]
fn the_end_of_a_course_and_a_registration_are_not_struck_under_what_rests_on_them() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    ward.entry("end", "2025-12-03", &["--because", "prescriber-decided"]);
    ward.plan(
        "A-1042",
        &json!({
            "history": {"last_antiresorptive": {"drug": "zoledronic-acid", "date": "2025-12-02"}},
            "labs": {"date": "2026-01-12"}, "treatment": {"start_date": "2026-01-13"},
            "confirmations": [
                {"finding": "dental-not-examined", "by": "Dr K. Holm", "reason": "seen by dentist next week"},
                {"finding": "course-baseline-unknown", "by": "Dr K. Holm", "reason": "a new course"},
            ],
        }),
    );
    ward.ok(&["add", "A-1042.json", "--by", "A. Berg", "--on", "2026-01-12", "--late"]);
    let strike = |number| entry("strike", "2026-01-12", &[number, "--because", "did-not-happen"]);
    assert!(ward.refused(&strike("7"), 2).contains("other entries rest on entry 7. Strike entry 8 first."));
    assert!(ward.refused(&strike("4"), 2).contains("entry 4 says who the patient is, and stays."));
    ward.ok(&strike("8"));
    ward.ok(&strike("7"));
}

#[test]
fn a_plan_with_a_finding_that_nobody_has_confirmed_is_said_to_be_asked_about_it() {
    let ward = Ward::new();
    let request = ward.request("open.json", &json!({"patient": {"id": "A-1042"}, "confirmations": []}));
    let made = ward.run(&["plan", &request, "--output", "open-plan.json"], b"");
    assert_eq!(made.status.code(), Some(3), "{made:?}");
    let said = ward.ok(&["add", "open-plan.json", "--by", "A. Berg", "--on", "2025-11-28", "--late"]);
    assert!(said.contains("that nobody has confirmed: it is asked about when the dose is assessed."), "{said}");
}
