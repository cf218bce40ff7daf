//! The list of the morning, by the command: the groups in their order, and the checks and reviews between the doses.

use serde_json::{Value, json};

use super::{GIVEN, Ward, denosumab};
use crate::{cli::text, support::merge};

const BATCH: [&str; 6] = ["--brand", "Xgeva", "--batch", "1123456", "--expires", "2027-11"];

impl Ward {
    fn of(&self, command: &str, id: &str, on: &str, more: &[&str]) -> String {
        self.ok(&[&[command, id, "--by", "A. Berg", "--on", on, "--late"], more].concat())
    }

    fn given(&self, id: &str, on: &str, more: &[&str]) -> String {
        self.of("give", id, on, &[&GIVEN[..], more].concat())
    }

    fn due(&self, more: &[&str]) -> String {
        self.ok(&[&["due"], more].concat())
    }

    /// The list as JSON: of each course its group, its patient, and what is to be checked.
    fn groups(&self, on: &str) -> Vec<(String, String, Vec<String>)> {
        let list: Value = serde_json::from_str(&self.due(&["--on", on, "--format", "json"])).unwrap();
        let word = |it: &Value| it.as_str().unwrap().to_owned();
        let check = |it: &Value| format!("{} {}", word(&it["on"]), word(&it["what"]));
        let of = |it: &Value| {
            let checks = it["checks"].as_array().unwrap().iter().map(check).collect();
            (word(&it["group"]), word(&it["patient"]["id"]), checks)
        };
        list["courses"].as_array().unwrap().iter().map(of).collect()
    }
}

fn named(name: &str, patch: &Value) -> Value {
    let mut patched = patch.clone();
    merge(&mut patched, &json!({"patient": {"name": name}}));
    patched
}

/// The list without its head and its foot, which say when it was made and with which entry.
fn rows(list: &str) -> String {
    let lines: Vec<&str> = list.lines().collect();
    // Title, moment and backup stand before them, the last entry and what the register is not after them.
    lines[3..lines.len() - 3].join("\n")
}

#[test]
fn the_text_is_what_a_nurse_reads_in_the_morning() {
    let ward = Ward::new();
    let zoledronic = |name: &str| named(name, &json!({}));
    ward.add("A-1001", &zoledronic("LUND, Eva"));
    ward.given("A-1001", "2025-12-02", &[]);
    ward.of("defer", "A-1001", "2025-12-30", &["--because", "did-not-attend", "--no-date"]);
    ward.add("A-1002", &zoledronic("HOLM, Anna"));
    ward.given("A-1002", "2025-12-02", &[]);
    ward.add("A-1003", &zoledronic("AAS, Jan"));
    ward.add("A-1004", &named("ØSTBY, Kåre Johannes", &denosumab("skeletal-events", "breast")));
    ward.given("A-1004", "2025-12-09", &BATCH);
    ward.add("A-1005", &zoledronic("MOE, Kari"));
    ward.given("A-1005", "2025-12-11", &[]);
    ward.add("A-1006", &zoledronic("LIE, Per"));
    ward.given("A-1006", "2025-12-02", &[]);
    ward.of("hold", "A-1006", "2025-12-30", &["--because", "creatinine-risen", "--look-again", "2026-01-08"]);
    let said = ward.due(&["--on", "2026-01-06"]);
    let expected = "
NO DATE (1)
  LUND, Eva, born 14-Mar-1958, A-1001
    zoledronic acid 3.5 mg, dose 2; 1 given here, last on 02-Dec-2025
    creatinine: hold at 136 µmol/L or above; last 92 µmol/L on 25-Nov-2025

OVERDUE (2)
  AAS, Jan, born 14-Mar-1958, A-1003             Tue 02-Dec-2025, 35 days late
    zoledronic acid 3.5 mg, dose 1; none given yet
    creatinine: hold at 136 µmol/L or above; last 92 µmol/L on 25-Nov-2025
  HOLM, Anna, born 14-Mar-1958, A-1002            Tue 30-Dec-2025, 7 days late
    zoledronic acid 3.5 mg, dose 2; 1 given here, last on 02-Dec-2025
    creatinine: hold at 136 µmol/L or above; last 92 µmol/L on 25-Nov-2025

TODAY (1)
  ØSTBY, Kåre Johannes, born 14-Mar-1958, A-1004               Tue 06-Jan-2026
    denosumab 120 mg, dose 2; 1 given here, last on 09-Dec-2025
    creatinine: no hold value; last 92 µmol/L on 25-Nov-2025

NEXT 7 DAYS (1)
  MOE, Kari, born 14-Mar-1958, A-1005                          Thu 08-Jan-2026
    zoledronic acid 3.5 mg, dose 2; 1 given here, last on 11-Dec-2025
    creatinine: hold at 136 µmol/L or above; last 92 µmol/L on 25-Nov-2025

ON HOLD (1)
  LIE, Per, born 14-Mar-1958, A-1006                look again Thu 08-Jan-2026
    zoledronic acid 3.5 mg, dose 2; 1 given here, last on 02-Dec-2025
    creatinine: resume at 101.2 µmol/L or below; last 92 µmol/L on 25-Nov-2025

CHECKS AND REVIEWS (1)
  ØSTBY, Kåre Johannes, born 14-Mar-1958, A-1004
                                                 Tue 23-Dec-2025, 14 days late
    denosumab: check calcium; 1 given here, last on 09-Dec-2025
    creatinine: no hold value; last 92 µmol/L on 25-Nov-2025
";
    assert_eq!(rows(&said), expected.trim_end_matches('\n'), "{said}");
    assert!(said.starts_with("Day Clinic 3: due list for Tue 06-Jan-2026\nAs of "), "{said}");
    assert!(said.contains("; 7 days ahead.\nNo backup of this register was made yet.\n"), "{said}");
    assert!(said.ends_with(".\nThis register is not the legal record.\n"), "{said}");
    let foot = said.lines().rev().nth(1).unwrap();
    let anchor = foot.split("Anchor ").nth(1).unwrap().trim_end_matches('.');
    assert!(ward.ok(&["verify", "--against", anchor]).starts_with("Whole: "), "{foot}");
    let overdue = ward.due(&["--on", "2026-01-06", "--overdue"]);
    assert!(overdue.contains("only who is overdue or without a date.") && !overdue.contains("TODAY"), "{overdue}");
}

#[test]
fn a_course_of_which_all_is_answered_is_listed_until_it_is_ended_or_planned_again() {
    let ward = Ward::new();
    let single = json!({"treatment": {"course_months": 1}});
    ward.add("A-1042", &single);
    ward.given("A-1042", "2025-12-02", &[]);
    ward.of("omit", "A-1042", "2025-12-30", &["--because", "unwell"]);
    let said = ward.due(&["--on", "2026-02-02"]);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let to_do = "review the treatment; all doses recorded: end the course or plan the next; 1 given here";
    assert!(said.contains(to_do), "{said}");
    let list: Value = serde_json::from_str(&ward.due(&["--format", "json"])).unwrap();
    assert_eq!((&list["courses"][0]["group"], &list["courses"][0]["all_answered"]), (&json!("checks"), &json!(true)));
    ward.of("end", "A-1042", "2026-02-02", &["--because", "completed"]);
    assert!(ward.due(&[]).contains("Nobody is due"));
}

#[test]
fn a_check_between_doses_is_listed_from_the_first_dose_as_given_until_an_assessment() {
    let ward = Ward::new();
    ward.add("A-1042", &denosumab("skeletal-events", "breast"));
    assert_eq!(ward.groups("2025-12-20"), [("overdue".to_owned(), "A-1042".to_owned(), Vec::new())]);
    // A week later than planned: so is the calcium of the 14th day after it.
    ward.given("A-1042", "2025-12-09", &BATCH);
    let checks = |on: &str| {
        let all = ward.groups(on).into_iter();
        all.filter(|it| it.0 == "checks").flat_map(|it| it.2).collect::<Vec<String>>()
    };
    assert_eq!(checks("2025-12-15"), Vec::<String>::new());
    assert_eq!(checks("2025-12-16"), ["2025-12-23 calcium"]);
    let said = ward.due(&["--on", "2025-12-25", "--days", "0"]);
    assert!(said.contains("CHECKS AND REVIEWS (1)\n") && said.contains("Tue 23-Dec-2025, 2 days late\n"), "{said}");
    assert!(said.contains("denosumab: check calcium; 1 given here, last on 09-Dec-2025\n"), "{said}");
    // A value that was taken before that day is not the one which is to be looked at.
    let mut early = denosumab("skeletal-events", "breast");
    merge(&mut early, &json!({"labs": {"date": "2025-12-22"}}));
    let request = ward.request("early.json", &early);
    let early = ward.ward(&["assess", "A-1042", &request, "--by", "A. Berg", "--on", "2025-12-24", "--late"], b"");
    assert!(text(&early.stdout).contains("Recorded as "), "{early:?}");
    assert_eq!(checks("2025-12-24"), ["2025-12-23 calcium"]);
    // The dose and the check have a line each, and the day of the dose is its own.
    let groups: Vec<String> = ward.groups("2026-01-06").into_iter().map(|it| it.0).collect();
    assert_eq!(groups, ["today", "checks"]);
    let mut today = denosumab("skeletal-events", "breast");
    merge(&mut today, &json!({"labs": {"date": "2026-01-05"}}));
    let request = ward.request("today.json", &today);
    ward.of("assess", "A-1042", "2026-01-06", &[&request]);
    assert_eq!(checks("2026-01-06"), Vec::<String>::new());
    assert_eq!(checks("2026-06-02"), ["2026-06-09 dental"]);
}

#[test]
fn a_course_on_hold_and_one_without_a_date_keep_their_group_beside_their_checks() {
    let ward = Ward::new();
    ward.add("A-1042", &denosumab("skeletal-events", "breast"));
    ward.add("A-1055", &denosumab("skeletal-events", "breast"));
    for id in ["A-1042", "A-1055"] {
        ward.given(id, "2025-12-02", &BATCH);
    }
    ward.of("hold", "A-1042", "2025-12-10", &["--because", "jaw"]);
    ward.of("defer", "A-1055", "2025-12-10", &["--because", "did-not-attend", "--no-date"]);
    let groups = |on: &str| ward.groups(on).into_iter().map(|it| (it.0, it.1)).collect::<Vec<_>>();
    let pair = |group: &str, id: &str| (group.to_owned(), id.to_owned());
    assert_eq!(groups("2025-12-01"), [pair("no-date", "A-1055"), pair("held", "A-1042")]);
    let all = [pair("no-date", "A-1055"), pair("held", "A-1042"), pair("checks", "A-1042"), pair("checks", "A-1055")];
    assert_eq!(groups("2025-12-16"), all);
    assert!(ward.ok(&["verify"]).starts_with("Whole: "));
}

#[test]
fn a_dose_past_the_end_of_its_course_is_listed_for_somebody_to_decide() {
    let ward = Ward::new();
    ward.add("A-1042", &json!({"treatment": {"course_months": 2}}));
    ward.given("A-1042", "2025-12-02", &[]);
    ward.given("A-1042", "2025-12-30", &[]);
    // One that was not planned leaves no room for the last one before the end on 02-Feb-2026.
    ward.given("A-1042", "2026-01-20", &["--not-planned"]);
    assert_eq!(ward.groups("2026-01-21"), [("no-date".to_owned(), "A-1042".to_owned(), Vec::new())]);
    let said = ward.due(&["--on", "2026-01-21"]);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let past_end = "dose 3, would be on Tue 10-Feb-2026, past the end of the course: not booked; 3 given here";
    assert!(said.contains("NO DATE (1)") && said.contains(past_end), "{said}");
    let page = ward.ok(&["show", "A-1042"]);
    assert!(page.contains("Next: dose 3 would be on Tue 10-Feb-2026, past the end of the course"), "{page}");
}
