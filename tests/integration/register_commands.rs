//! The register by its commands: each course of events walked with the built program, what it says, and the exit
//! status of every refusal.

mod by_mouth;
mod damage;
mod dose;
mod instead_of_plans;
mod list;
mod plans;
mod taken_back;
mod told;
mod visits;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

use crate::{
    cli::{run, text},
    support::{json as read, merge, tests},
};

/// A register in a folder of its own, with folders for configuration and data that hold nothing else.
struct Ward {
    folder: tempfile::TempDir,
}

impl Ward {
    /// A folder without a register.
    fn none() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn new() -> Self {
        let ward = Self::none();
        ward.settings("ward.json", &json!({"open_weekdays": ["mon", "tue", "wed", "thu", "fri"]}));
        let create = ["create", "ward/register.db", "--name", "Day Clinic 3", "--by", "A. Berg", "--ward", "ward.json"];
        let said = ward.ok(&create);
        assert!(said.ends_with("register.db: the register of Day Clinic 3 is ready.\n"), "{said}");
        ward
    }

    /// A register with the example of the interface, whose doses are due from 02-Dec-2025 on, every 4 weeks.
    fn with_patient() -> Self {
        let ward = Self::new();
        ward.add("A-1042", &json!({}));
        ward
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes ward settings.
    fn settings(&self, name: &str, settings: &Value) {
        let mut file = json!({"format": "osteodose-ward/1"});
        merge(&mut file, settings);
        fs::write(self.path(name), file.to_string()).unwrap();
    }

    /// Writes a request, and returns its name.
    fn request(&self, name: &str, patch: &Value) -> String {
        let mut request = read(&tests("requests/a-request.json"));
        merge(
            &mut request,
            &json!({"labs": {"date": "2025-11-25"}, "treatment": {"start_date": "2025-12-02"},
                "clinic": {"closed_dates": []}}),
        );
        merge(&mut request, patch);
        fs::write(self.path(name), request.to_string()).unwrap();
        name.to_owned()
    }

    /// Saves the plan of a request, and returns its name.
    fn plan(&self, id: &str, patch: &Value) -> String {
        let mut patched = patch.clone();
        merge(&mut patched, &json!({"patient": {"id": id}}));
        let request = self.request(&format!("{id}.request.json"), &patched);
        let plan = format!("{id}.json");
        let output = self.run(&["plan", &request, "--output", &plan, "--force"], b"");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        plan
    }

    fn add(&self, id: &str, patch: &Value) {
        let plan = self.plan(id, patch);
        let said = self.ok(&["add", &plan, "--by", "A. Berg", "--on", "2025-11-28", "--late"]);
        assert!(said.starts_with("Recorded as "), "{said}");
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_osteodose"));
        command.current_dir(self.folder.path());
        command.env("XDG_CONFIG_HOME", self.path("configuration")).env("XDG_DATA_HOME", self.path("data"));
        run(command, arguments, input)
    }

    /// Runs a command of the register that is named.
    fn ward(&self, arguments: &[&str], input: &[u8]) -> Output {
        let named: &[&str] =
            if ["create", "restore"].contains(&arguments[0]) { &[] } else { &["--register", "ward/register.db"] };
        self.run(&[&["ward"], arguments, named].concat(), input)
    }

    fn ok(&self, arguments: &[&str]) -> String {
        let output = self.ward(arguments, b"");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// What is said on standard error of a command that ends with a status.
    fn refused(&self, arguments: &[&str], status: i32) -> String {
        let output = self.ward(arguments, b"");
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(status), "{arguments:?}: {}{said}", text(&output.stdout));
        said
    }

    /// Records an entry of the patient for a day of the past.
    fn entry(&self, command: &str, on: &str, more: &[&str]) -> String {
        self.ok(&entry(command, on, more))
    }

    /// Gives the next dose on a day, as somebody does who has the verdict on paper.
    fn give(&self, on: &str) -> String {
        self.entry("give", on, &GIVEN)
    }

    /// The bodies of all entries.
    fn bodies(&self) -> Vec<Value> {
        let entries = self.ok(&["export"]);
        // The libraries that are kept come behind the entries, and have no body.
        let body = |line: &str| {
            let entry: Value = serde_json::from_str(line).unwrap();
            entry["body"].as_str().map(|body| serde_json::from_str(body).unwrap())
        };
        entries.lines().filter_map(body).collect()
    }

    fn show(&self) -> String {
        self.ok(&["show", "A-1042"])
    }
}

const GIVEN: [&str; 4] = ["--second", "B. Lind", "--without-go-because", "verdict on paper"];

fn entry<'a>(command: &'a str, on: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[command, "A-1042", "--by", "A. Berg", "--on", on, "--late"], more].concat()
}

fn denosumab(indication: &str, tumour: &str) -> Value {
    json!({"tumour": tumour, "indication": indication, "history": {"dental": "fit"}, "confirmations": [],
        "treatment": {"drug": "denosumab", "route": "subcutaneous", "interval_weeks": null}})
}

#[test]
fn a_dose_is_assessed_given_and_followed_by_the_next() {
    let ward = Ward::with_patient();
    let request = ward.request("today.json", &json!({"labs": {"date": "2025-12-01"}}));
    let said = ward.entry("assess", "2025-12-02", &[&request]);
    assert!(said.starts_with("GO. ") && said.contains("  Dose:                3.5 mg\n"), "{said}");
    assert!(said.ends_with("Recorded as 6.\nNext: dose 1, due Tue 02-Dec-2025.\n"), "{said}");
    let batch = ["--second", "B. Lind", "--brand", "Zometa", "--batch", "SX4417", "--expires", "2028-04"];
    let said = ward.entry("give", "2025-12-02", &batch);
    let told = "Recorded as 7.\nGiven, dose 1: zoledronic acid 3.5 mg, Tue 02-Dec-2025.\n\
                Next: dose 2, due Tue 30-Dec-2025.\n";
    assert_eq!(said, told);
    let page = ward.show();
    for line in [
        "1 dose given, on 02-Dec-2025.",
        "given 02-Dec-2025, 3.5 mg (entry 7)",
        "- 7 02-Dec-2025 Given, dose 1, A. Berg: 3.5 mg;",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    let due = |more: &[&str]| ward.ok(&[&["due"], more].concat());
    assert!(due(&["--on", "2025-12-30"]).contains("TODAY (1)\n  born 14-Mar-1958, A-1042"));
    assert!(due(&["--on", "2026-01-02", "--overdue"]).contains("Tue 30-Dec-2025, 3 days late"));
    assert!(due(&["--on", "2025-12-05"]).contains("Nobody is due"));
    assert!(due(&["--on", "2025-12-05", "--days", "30"]).contains("NEXT 30 DAYS (1)"));
    assert!(due(&[]).contains("Anchor 7:") && due(&[]).contains("not the legal record"));
}

#[test]
fn a_course_is_held_and_resumed() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let creatinine = json!({"labs": {"date": "2025-12-29", "creatinine": {"value": 160, "unit": "umol/L"}}});
    let request = ward.request("risen.json", &creatinine);
    let output = ward.ward(&entry("assess", "2025-12-30", &[&request]), b"");
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(4), "{said}{}", text(&output.stderr));
    assert!(said.starts_with("HOLD. No dose today. Creatinine 160"), "{said}");
    assert!(said.contains("osteodose ward hold --because creatinine-risen"), "{said}");
    let said = ward.entry("hold", "2025-12-30", &["--because", "creatinine-risen", "--look-again", "2026-01-06"]);
    let on_hold = "On hold since 30-Dec-2025 (creatinine has risen); look at it again on Tue 06-Jan-2026.";
    assert_eq!(said, format!("Recorded as 8.\n{on_hold}\n"));
    assert!(ward.ok(&["due"]).contains("ON HOLD (1)\n  born 14-Mar-1958, A-1042"));
    let prescribed = [&GIVEN[..], &["--prescriber", "Dr K. Holm"]].concat();
    let said = ward.refused(&entry("give", "2025-12-30", &prescribed), 2);
    assert!(
        said.starts_with("Not recorded: the course is on hold since 30-Dec-2025 (creatinine has risen)."),
        "{said}"
    );
    // Nobody lifts it on a creatinine that was not measured, or that lies above 110 % of the baseline.
    let resume = |on: &str, more: &[&str]| ward.ward(&entry("resume", on, more), b"");
    let said = ward.refused(&entry("resume", "2026-01-06", &[]), 2);
    assert!(said.contains("the hold for the creatinine (entry 8) is lifted on an assessment of that day"), "{said}");
    let still = ward.request("still.json", &json!({"labs": {"date": "2026-01-05", "creatinine": {"value": 130}}}));
    assert_eq!(ward.ward(&entry("assess", "2026-01-06", &[&still]), b"").status.code(), Some(4));
    assert_eq!(resume("2026-01-06", &[]).status.code(), Some(2));
    let fallen = ward.request("fallen.json", &json!({"labs": {"date": "2026-01-05"}}));
    ward.entry("assess", "2026-01-06", &[&fallen]);
    assert!(ward.entry("resume", "2026-01-06", &[]).ends_with("Next: dose 2, due Tue 30-Dec-2025.\n"));
    assert!(ward.refused(&entry("resume", "2026-01-06", &[]), 2).contains("no hold is named"));
    let said = ward.entry("give", "2026-01-06", &["--second", "B. Lind"]);
    assert!(said.ends_with("Next: dose 3, due Tue 03-Feb-2026.\n"), "{said}");
    assert!(!ward.show().contains("TO BE CLEARED UP"), "{}", ward.show());
}

#[test]
fn a_go_is_used_up_by_its_dose_and_ends_with_what_is_recorded_after_it() {
    let ward = Ward::with_patient();
    let request = ward.request("today.json", &json!({"labs": {"date": "2025-12-01"}}));
    let none = ward.refused(&entry("assess", "2025-12-02", &[&request, "--dose", "77"]), 2);
    assert!(none.contains("the plan has no dose 77."), "{none}");
    ward.entry("assess", "2025-12-02", &[&request]);
    let second = ["--second", "B. Lind"];
    ward.entry("give", "2025-12-02", &second);
    // The second save of one dose is not the dose of another month, be it said why it has no go or not.
    for more in [&second[..], &GIVEN[..]] {
        let said = ward.refused(&entry("give", "2025-12-02", more), 2);
        assert!(said.contains("dose 1 is recorded as given on 02-Dec-2025 by A. Berg"), "{said}");
    }
    let next = ["--second", "B. Lind", "--dose", "2"];
    let said = ward.refused(&entry("give", "2025-12-02", &next), 2);
    assert!(said.contains("entry 7 was recorded after the go of that day (entry 6)."), "{said}");
    let why = [&next[..], &["--without-go-because", "prescribed by telephone"]].concat();
    ward.entry("give", "2025-12-02", &why);
    assert!(ward.show().contains("Two doses on one day (entries 7 and 8)"), "{}", ward.show());
}

#[test]
fn the_second_of_two_who_record_one_dose_at_once_is_refused() {
    for more in [&["--second", "B. Lind"][..], &GIVEN[..]] {
        let ward = Ward::with_patient();
        let request = ward.request("today.json", &json!({"labs": {"date": "2025-12-01"}}));
        ward.entry("assess", "2025-12-02", &[&request]);
        let arguments = entry("give", "2025-12-02", more);
        let mut statuses: Vec<Option<i32>> = std::thread::scope(|scope| {
            let both = [0; 2].map(|_| scope.spawn(|| ward.ward(&arguments, b"").status.code()));
            both.map(|one| one.join().unwrap()).to_vec()
        });
        statuses.sort_unstable();
        assert_eq!(statuses[0], Some(0));
        assert!(matches!(statuses[1], Some(2 | 5)), "{statuses:?}");
        assert!(ward.show().contains("1 dose given"), "{}", ward.show());
    }
}

#[test]
fn a_late_dose_counts_from_the_day_on_which_it_was_given_and_is_said_to_be_recorded_late() {
    let ward = Ward::with_patient();
    let mut given = entry("give", "2025-12-09", &GIVEN);
    given.retain(|word| *word != "--late");
    let said = ward.refused(&given, 2);
    assert!(said.contains("09-Dec-2025 was ") && said.ends_with("say that it is recorded late. (--late)\n"), "{said}");
    assert!(ward.give("2025-12-09").ends_with("Next: dose 2, due Tue 06-Jan-2026.\n"));
    let future = ward.refused(&entry("note", "2199-01-01", &["far ahead"]), 2);
    assert!(future.starts_with("Not recorded: 01-Jan-2199 is after today"), "{future}");
}

#[test]
fn a_dose_is_deferred_with_and_without_a_day() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let deferred =
        |more: &[&str]| entry("defer", "2025-12-30", &[&["--because", "labs-not-back"], more].concat()).join("|");
    let words = |line: &str| line.split('|').map(str::to_owned).collect::<Vec<_>>();
    let refused = |more: &[&str], status| {
        let line = words(&deferred(more));
        ward.refused(&line.iter().map(String::as_str).collect::<Vec<_>>(), status)
    };
    assert!(refused(&["--to", "2026-01-03"], 2).contains("the clinic is closed on 03-Jan-2026. The next open day is"));
    assert!(refused(&["--to", "2025-12-29"], 2).contains("is before 30-Dec-2025"));
    assert!(refused(&[], 2).contains("--to <DAY>|--no-date"));
    let line = words(&deferred(&["--to", "2026-01-02"]));
    let said = ward.ok(&line.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(said.ends_with("Next: dose 2, due Fri 02-Jan-2026.\n"), "{said}");
    let line = words(&deferred(&["--no-date"]));
    let said = ward.ok(&line.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(said.ends_with("no date is set. It is first on the list until somebody sets one.\n"), "{said}");
    assert!(ward.ok(&["due", "--on", "2026-01-02"]).contains("NO DATE (1)\n  born 14-Mar-1958, A-1042"));
}

#[test]
fn an_omitted_dose_is_not_made_up_and_other_needs_a_note() {
    let ward = Ward::with_patient();
    let other = ["--because", "other", "--note", "hm"];
    assert!(ward.refused(&entry("omit", "2025-12-02", &other), 2).contains("needs a note of at least 5 characters"));
    let said = ward.entry("omit", "2025-12-02", &["--because", "unwell"]);
    assert!(said.ends_with("Next: dose 2, due Tue 30-Dec-2025.\n"), "{said}");
    let again = entry("omit", "2025-12-02", &["--because", "unwell", "--dose", "1"]);
    assert!(ward.refused(&again, 2).contains("dose 1 is recorded as omitted on 02-Dec-2025 by A. Berg (entry 6)"));
    assert!(ward.refused(&entry("omit", "2025-12-02", &["--because", "bored"]), 2).contains("possible values"));
}

#[test]
fn a_dose_given_elsewhere_needs_no_second_person_and_one_given_here_needs_another() {
    let ward = Ward::with_patient();
    let why = ["--without-go-because", "letter of the other clinic"];
    assert!(ward.refused(&entry("give", "2025-12-02", &why), 2).contains("Name who checked it. (--second NAME)"));
    let same = [&why[..], &["--second", "a BERG"]].concat();
    assert!(ward.refused(&entry("give", "2025-12-02", &same), 2).contains("the second person is a BERG again"));
    let short = [&why[..], &["--second", "B"]].concat();
    assert!(ward.refused(&entry("give", "2025-12-02", &short), 2).contains("a name has at least 2 letters"));
    assert!(ward.refused(&entry("give", "2025-12-02", &GIVEN[..2]), 2).contains("has not said go for this day"));
    let elsewhere = [&why[..], &["--where", "elsewhere"]].concat();
    assert!(ward.entry("give", "2025-12-02", &elsewhere).contains("Next: dose 2, due Tue 30-Dec-2025."));
}

#[test]
fn loading_doses_follow_the_first_dose_and_brand_and_batch_are_asked_for() {
    let ward = Ward::new();
    ward.add("A-1042", &denosumab("giant-cell-tumour", "giant-cell-tumour-of-bone"));
    let said = ward.refused(&entry("give", "2025-12-03", &GIVEN), 2);
    assert!(said.contains("no batch. For denosumab brand and batch belong in the record."), "{said}");
    let batch = [&GIVEN[..], &["--brand", "Xgeva", "--batch", "1123456", "--expires", "2027-11"]].concat();
    assert!(ward.entry("give", "2025-12-03", &batch).ends_with("Next: dose 2, due Wed 10-Dec-2025.\n"));
    assert!(ward.entry("give", "2025-12-10", &batch).ends_with("Next: dose 3, due Wed 17-Dec-2025.\n"));
    let nobody = [&GIVEN[..], &["--no-batch-because", "the carton was thrown away"]].concat();
    assert!(ward.entry("give", "2025-12-17", &nobody).ends_with("Next: dose 4, due Wed 31-Dec-2025.\n"));
}

#[test]
fn another_drug_is_another_course() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let plan = ward.plan("A-1042", &{
        let mut request = denosumab("skeletal-events", "breast");
        let before = json!({"drug": "zoledronic-acid", "date": "2025-12-02"});
        merge(
            &mut request,
            &json!({"history": {"last_antiresorptive": before}, "labs": {"date": "2026-01-12"},
                "treatment": {"start_date": "2026-01-20"}}),
        );
        request
    });
    let add = ["add", &plan, "--by", "A. Berg", "--on", "2026-01-13", "--late"];
    let said = ward.refused(&add, 2);
    assert!(said.contains("course 1 with zoledronic acid has not ended. End it first"), "{said}");
    let said = ward.refused(&[&add[..], &["--replan"]].concat(), 2);
    assert!(said.contains("the course is with zoledronic acid, and this is for denosumab"), "{said}");
    let ended = ward.entry("end", "2026-01-13", &["--because", "progression"]);
    assert!(ended.contains("The course ended on 13-Jan-2026 (") && ended.contains("To check: "), "{ended}");
    assert!(ward.ok(&add).ends_with("Next: dose 1, due Tue 20-Jan-2026.\n"));
    let page = ward.show();
    assert!(page.contains("COURSE 2: DENOSUMAB 120 MG") && page.contains("COURSE 1: ZOLEDRONIC ACID 3.5 MG, ENDED"));
    let late = entry("give", "2026-01-14", &[&GIVEN[..], &["--course", "1"]].concat());
    assert!(ward.refused(&late, 2).contains("the course has ended, as recorded on 13-Jan-2026"));
}

#[test]
fn a_dose_of_the_wrong_patient_is_struck_and_entered_anew() {
    let ward = Ward::with_patient();
    ward.add("A-1055", &json!({}));
    ward.give("2025-12-02");
    let strike = entry("strike", "2025-12-02", &["8", "--because", "wrong-patient", "--note", "was given to A-1055"]);
    assert!(ward.ok(&strike).ends_with("Next: dose 1, due Tue 02-Dec-2025.\n"));
    assert!(ward.refused(&strike, 2).contains("entry 8 was struck on 02-Dec-2025"));
    let strike = entry("strike", "2025-12-02", &["9", "--because", "other", "--note", "struck in error"]);
    assert!(ward.refused(&strike, 2).contains("entry 9 is a strike and stays"));
    let note = ["--note", "entered first at A-1042 (entry 8)"];
    let mut given = entry("give", "2025-12-02", &[&GIVEN[..], &note].concat());
    given[1] = "A-1055";
    assert!(ward.ok(&given).starts_with("Recorded as 10.\n"));
    let page = ward.show();
    assert!(
        page.contains("- 8 02-Dec-2025 Given, dose 1 [struck], A. Berg") && page.contains("Nothing was given yet.")
    );
    let log = ward.ok(&["log", "--struck"]);
    assert_eq!(log.lines().count(), 2, "{log}");
    assert!(log.contains("given, dose 1, A. Berg") && log.contains("struck, entry 8, A. Berg"), "{log}");
    assert_eq!(ward.ok(&["log", "--patient", "A-1055"]).lines().count(), 3);
    assert_eq!(ward.ok(&["log", "--by", "nobody"]), "");
    let plan = entry("strike", "2025-12-02", &["5", "--because", "twice"]);
    assert!(ward.ok(&plan).starts_with("Recorded as 11."));
}

#[test]
fn of_two_at_one_patient_the_second_is_told_what_came_between() {
    let ward = Ward::with_patient();
    assert!(ward.show().contains("Seen up to 2 (for --seen)."));
    ward.give("2025-12-02");
    let seen = [&GIVEN[..], &["--seen", "2"]].concat();
    let said = ward.refused(&entry("give", "2025-12-02", &seen), 5);
    assert!(said.starts_with("Not recorded: A. Berg recorded \"given, dose 1\" for this patient at "), "{said}");
    assert!(said.contains(", after you opened the page. Read it, then decide again."), "{said}");
    assert!(ward.show().contains("Seen up to 3"), "nothing was stored");
    let seen = ["--because", "unwell", "--seen", "3"];
    assert!(ward.entry("omit", "2025-12-30", &seen).starts_with("Recorded as 7."));
}

#[test]
fn a_verdict_to_be_confirmed_and_one_of_another_patient_or_drug() {
    let ward = Ward::with_patient();
    let open = ward.request("open.json", &json!({"labs": {"date": "2025-12-01"}, "confirmations": []}));
    let output = ward.ward(&entry("assess", "2025-12-02", &[&open, "--check"]), b"");
    assert_eq!(output.status.code(), Some(3));
    let said = text(&output.stdout);
    assert!(said.starts_with("CONFIRM. ") && said.ends_with("Nothing was recorded.\n"), "{said}");
    assert!(ward.show().contains("Seen up to 2"), "nothing was stored");
    let other = ward.request("other.json", &json!({"patient": {"birth_date": "1959-03-14"}}));
    assert!(ward.refused(&entry("assess", "2025-12-02", &[&other]), 2).contains("is not that of this patient"));
    let drug = ward.request("drug.json", &denosumab("skeletal-events", "breast"));
    assert!(ward.refused(&entry("assess", "2025-12-02", &[&drug]), 2).contains("and this is for denosumab"));
    // After a hold, who gives it all the same names the prescriber.
    let unusable = ward.request("unusable.json", &json!({"labs": {"creatinine": null}}));
    assert!(ward.refused(&entry("assess", "2025-12-02", &[&unusable]), 2).starts_with("unusable.json: "));
    let stop =
        ward.request("stop.json", &json!({"labs": {"date": "2025-12-01"}, "history": {"conditions": ["pregnant"]}}));
    assert_eq!(ward.ward(&entry("assess", "2025-12-02", &[&stop]), b"").status.code(), Some(4));
    assert!(ward.refused(&entry("give", "2025-12-02", &GIVEN), 2).contains("name the prescriber. (--prescriber NAME)"));
}

#[test]
fn every_place_that_is_no_register_has_its_exit_status() {
    let ward = Ward::with_patient();
    assert!(ward.refused(&["show", "B-1"], 2).contains("No patient of this register has that identifier."));
    let there = ["create", "ward/register.db", "--name", "Other", "--by", "A. Berg"];
    assert!(ward.refused(&there, 2).contains("something is here already and is kept"));
    fs::write(ward.path("text.db"), "no database at all").unwrap();
    let show = |path: &str| ward.run(&["ward", "show", "A-1042", "--register", path], b"");
    for (path, said) in [("none.db", "there is no register here"), ("text.db", "it is not a ward register")] {
        let output = show(path);
        assert_eq!(output.status.code(), Some(2), "{path}");
        assert!(text(&output.stderr).contains(said), "{}", text(&output.stderr));
    }
    ward.ok(&["backup", "copy.db"]);
    let output = ward.run(&["ward", "note", "A-1042", "a note", "--by", "A. Berg", "--register", "copy.db"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("this is a copy, and nothing is recorded in it"));
    assert_eq!(show("copy.db").status.code(), Some(0));
}

#[test]
fn a_register_that_another_program_holds_is_waited_for_and_nothing_is_recorded() {
    let ward = Ward::with_patient();
    let lock = fs::OpenOptions::new().write(true).open(ward.path("ward/register.db.lock")).unwrap();
    lock.lock().unwrap();
    let said = ward.refused(&entry("note", "2025-12-02", &["in vain"]), 6);
    assert!(said.contains("Another program is recording; waiting for it."), "{said}");
    assert!(said.contains("Not recorded: another program has held the register for 10 seconds."), "{said}");
    drop(lock);
    assert!(ward.show().contains("Seen up to 2"));
    // Who only reads had nothing to record.
    let held = rusqlite::Connection::open(ward.path("ward/register.db")).unwrap();
    held.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE").unwrap();
    let said = ward.refused(&["due"], 6);
    assert_eq!(said, "Nothing could be read: another program has held the register for 10 seconds. Try again.\n");
}

#[test]
fn entries_of_another_program_are_answered_line_by_line() {
    let ward = Ward::with_patient();
    let line = |seen: u32, event: Value| json!({"patient": "A-1042", "seen": seen, "on": "2025-12-02", "by": "A. Berg", "course": 1, "event": event});
    let given = json!({"kind": "given", "dose": 1, "dose_mg": 3.5, "complete": true, "where": "ward",
        "second": {"by": "B. Lind"}, "without_go_because": "verdict on paper"});
    let mut without = line(3, given.clone());
    without.as_object_mut().unwrap().remove("seen");
    let omitted = json!({"kind": "omitted", "dose": 2, "reason": "unwell"});
    let lines = [line(2, given.clone()), line(2, given), line(3, omitted), without];
    let input = lines.map(|line| line.to_string()).join("\n");
    let answers = |more: &[&str], status| {
        let output = ward.ward(&[&["record", "--late"], more].concat(), input.as_bytes());
        assert_eq!(output.status.code(), Some(status), "{}", text(&output.stderr));
        let answer = |line: &str| serde_json::from_str::<Value>(line).unwrap();
        text(&output.stdout).lines().map(answer).collect::<Vec<_>>()
    };
    let checked = answers(&["--check"], 1);
    assert!(ward.show().contains("Seen up to 2"), "a check stores nothing");
    let recorded = answers(&[], 1);
    assert_eq!((recorded[0]["number"].as_u64(), recorded[0]["seq"].as_u64()), (Some(6), Some(3)));
    assert_eq!(recorded[0]["hash"].as_str().map(str::len), Some(64));
    assert_eq!(recorded[0]["next"], json!({"course": 1, "dose": 2, "due": "2025-12-30", "standing": "due"}));
    assert_eq!(recorded[0]["state"]["courses"][0]["doses_given"], json!(1));
    assert_eq!(recorded[1]["since"][0]["kind"], json!("given"));
    assert!(recorded[1]["error"].as_str().unwrap().starts_with("Not recorded: A. Berg recorded"));
    assert_eq!((recorded[2]["seq"].as_u64(), recorded[2]["next"]["dose"].as_u64()), (Some(4), Some(3)));
    assert!(recorded[3]["error"].as_str().unwrap().contains("seen"), "{}", recorded[3]);
    assert_eq!(recorded[3]["line"], json!(4));
    for (checked, recorded) in checked.iter().zip(&recorded) {
        assert_eq!(checked["seq"], recorded["seq"]);
        assert_eq!(checked["next"], recorded["next"]);
        assert_eq!(checked["error"].is_null(), recorded["error"].is_null());
    }
}

#[test]
fn a_backup_is_restored_and_says_what_it_lacks() {
    let ward = Ward::with_patient();
    let said = ward.ok(&["backup", "backup.db"]);
    assert!(said.starts_with("backup.db: backup up to entry 5. Anchor 5:"), "{said}");
    assert!(ward.ok(&["log"]).lines().last().unwrap().contains("copied, user "), "the register remembers it");
    ward.give("2025-12-02");
    let said = ward.ok(&["anchor", "--by", "A. Berg"]);
    let anchor = said.split("Anchor ").nth(1).unwrap().split('.').next().unwrap();
    assert!(said.starts_with("Entry 7 of ") && said.ends_with("Recorded as 8.\n"), "{said}");
    assert!(ward.ok(&["verify", "--against", anchor]).starts_with("Whole: 8 entries, 1 patient. Anchor 8:"));
    let verify = ward.run(&["ward", "verify", "backup.db", "--against", anchor], b"");
    assert_eq!(verify.status.code(), Some(1));
    assert!(text(&verify.stdout).contains("2 entries are missing at the end"), "{}", text(&verify.stdout));
    assert!(ward.refused(&["restore", "backup.db", "ward/register.db", "--by", "A. Berg"], 2).contains("is kept"));
    let restore = ["restore", "backup.db", "new/register.db", "--by", "A. Berg", "--against", anchor];
    let output = ward.ward(&restore, b"");
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).contains("2 entries are missing after the end of the backup, most likely with the one")
    );
    fs::create_dir(ward.path("backups")).unwrap();
    ward.ok(&["backup", "backups", "--keep", "1"]);
    assert_eq!(fs::read_dir(ward.path("backups")).unwrap().count(), 1);
    assert!(ward.refused(&["backup", "other.db", "--keep", "1"], 2).contains("name a folder"));
    // A copy cannot be told of it, and is copied all the same.
    let output = ward.run(&["ward", "backup", "again.db", "--register", "backup.db"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).contains("The register does not know of this backup"), "{}", text(&output.stdout));
}

#[test]
fn open_days_are_set_after_it_was_shown_whom_they_move() {
    let ward = Ward::with_patient();
    ward.settings("days.json", &json!({"open_weekdays": ["mon", "thu"]}));
    let said = ward.ok(&["clinic", "--from", "days.json"]);
    assert!(said.contains("A-1042: dose 1 moves from Tue 02-Dec-2025 to Thu 04-Dec-2025."), "{said}");
    assert!(said.ends_with("Nothing was recorded. Add --by NAME to record it.\n"), "{said}");
    assert!(ward.show().contains("Next: dose 1, due Tue 02-Dec-2025."));
    assert!(ward.ok(&["clinic", "--from", "days.json", "--by", "A. Berg"]).ends_with("Recorded as 6.\n"));
    assert!(ward.show().contains("Next: dose 1, due Thu 04-Dec-2025."));
    assert!(ward.ok(&["clinic"]).contains("\"thu\""));
    ward.settings("settings.json", &json!({"second_signature": "off"}));
    ward.ok(&["settings", "--from", "settings.json", "--by", "A. Berg"]);
    assert!(ward.ok(&["settings"]).contains("\"second_signature\": \"off\""));
    assert!(ward.ok(&["clinic"]).contains("\"thu\""), "other settings leave the open days");
    assert!(ward.entry("give", "2025-12-04", &GIVEN[2..]).starts_with("Recorded as 8."));
    assert!(ward.ok(&["refresh"]).starts_with("Computed again: "));
}

#[test]
fn a_patient_with_a_line_of_checks_is_shown_once_as_moved() {
    let ward = Ward::new();
    ward.add("A-1042", &denosumab("skeletal-events", "breast"));
    ward.entry("give", "2025-12-02", &[&GIVEN[..], &["--brand", "Xgeva", "--batch", "X1"]].concat());
    assert!(ward.ok(&["due", "--on", "2025-12-30"]).contains("CHECKS AND REVIEWS (1)"));
    ward.settings("days.json", &json!({"open_weekdays": ["mon", "thu"]}));
    let said = ward.ok(&["clinic", "--from", "days.json"]);
    let moves = said.lines().filter(|line| line.starts_with("A-1042: dose 2 moves from "));
    assert_eq!(moves.count(), 1, "{said}");
}

#[test]
fn a_table_without_a_row_has_its_row_of_names() {
    let ward = Ward::new();
    let list = ward.ok(&["due", "--format", "csv"]);
    assert!(list.starts_with("\u{FEFF}row,group,due,late_days,") && list.ends_with(",anchor,notices\r\n"), "{list}");
    assert_eq!(list.lines().count(), 1, "{list}");
    let entries = ward.ok(&["export", "--format", "csv", "--since", "99"]);
    assert!(entries.starts_with("\u{FEFF}row,ward,number,") && entries.ends_with(",hash\r\n"), "{entries}");
}

#[test]
fn a_patient_is_erased_by_whoever_has_seen_the_page() {
    let ward = Ward::with_patient();
    let erase = |seen: &'static str| {
        ["erase", "A-1042", "--by", "A. Berg", "--because", "asked for", "--authority", "Dr K. Holm", "--seen", seen]
    };
    assert!(ward.refused(&erase("1"), 5).starts_with("Not recorded: A. Berg recorded"));
    assert!(ward.refused(&erase("2")[..8], 2).contains("--seen"));
    let said = ward.ok(&erase("2"));
    assert!(said.starts_with("Erased: who the patient was, and what 2 entries said."), "{said}");
    ward.refused(&["show", "A-1042"], 2);
    let log = ward.ok(&["log"]);
    let uid = log.lines().last().unwrap().split_whitespace().nth(3).unwrap();
    assert!(ward.ok(&["show", uid]).starts_with("The entries of this patient were erased."), "{log}");
    assert!(!log.contains("A-1042") && ward.ok(&["verify"]).starts_with("Whole: "));
}

#[test]
fn an_import_takes_nothing_for_given_that_nobody_accepted() {
    let ward = Ward::new();
    fs::create_dir(ward.path("plans")).unwrap();
    let save = |id: &str, file: &str, patch: &Value| {
        let plan = ward.plan(id, patch);
        fs::rename(ward.path(&plan), ward.path("plans").join(file)).unwrap();
    };
    save("A-1042", "one.json", &json!({}));
    save("A-1055", "two.json", &json!({}));
    save("B-7", "three.json", &json!({}));
    save("B-7", "four.json", &json!({"patient": {"birth_date": "1960-01-02"}}));
    let import = |more: &[&str]| ward.ward(&[&["import", "plans", "--by", "A. Berg"], more].concat(), b"");
    let output = import(&["--given-until", "2026-01-10"]);
    let (said, refused) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{refused}");
    assert!(refused.contains("B-7: plans/four.json and plans/three.json are of two people. Neither was registered."));
    assert!(said.contains("A-1042: dose 2, 30-Dec-2025, 3.5 mg: proposed as given."), "{said}");
    assert!(
        said.contains("--accept A-1042") && said.ends_with("2 registered, 0 already there, 2 refused.\n"),
        "{said}"
    );
    assert!(ward.show().contains("Nothing was given yet."));
    let said = text(&import(&["--given-until", "2026-01-10", "--accept", "A-1042"]).stdout);
    assert!(said.ends_with("0 registered, 2 already there, 2 refused.\n"), "{said}");
    let page = ward.show();
    assert!(page.contains("2 doses given; the first on 02-Dec-2025, the last on 30-Dec-2025."), "{page}");
    let imported = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(imported.contains("given without a go of its day: imported from a saved plan"), "{page}");
    assert!(page.contains("given 30-Dec-2025, 3.5 mg, not known where"), "{page}");
    assert!(ward.ok(&["show", "A-1055"]).contains("Nothing was given yet."));
}

#[test]
fn a_plan_that_was_altered_or_is_stopped_is_not_registered() {
    let ward = Ward::new();
    let plan = ward.plan("A-1042", &json!({}));
    let altered = fs::read_to_string(ward.path(&plan)).unwrap().replace("\"2025-12-30\"", "\"2025-12-31\"");
    fs::write(ward.path("altered.json"), altered).unwrap();
    let said = ward.refused(&["add", "altered.json", "--by", "A. Berg"], 2);
    assert!(
        said.starts_with("altered.json: not registered: the plan is not what its request makes of it now."),
        "{said}"
    );
    let request = ward.request("stop.json", &json!({"history": {"conditions": ["pregnant"]}}));
    assert_eq!(ward.run(&["plan", &request, "--output", "stopped.json"], b"").status.code(), Some(4));
    assert!(ward.refused(&["add", "stopped.json", "--by", "A. Berg"], 2).contains("the plan is stopped"));
    assert!(ward.refused(&["add", &request, "--by", "A. Berg"], 2).starts_with("stop.json: "));
}

#[test]
fn the_register_is_where_the_configuration_says_else_in_the_data_folder() {
    let ward = Ward::none();
    let plan = ward.plan("A-1042", &json!({}));
    let usual = |arguments: &[&str]| ward.run(&[&["ward"], arguments].concat(), b"");
    assert_eq!(usual(&["due"]).status.code(), Some(2), "no register is made to be read");
    let add = ["add", plan.as_str(), "--by", "A. Berg"];
    let output = usual(&add);
    assert_eq!(output.status.code(), Some(0));
    let register = ward.path("data/osteodose/register.db");
    let place = fs::canonicalize(&register).unwrap();
    let made = format!("No register was there yet, so one was made: {}.\n", place.display());
    assert_eq!(text(&output.stderr), made);
    assert!(register.exists());
    #[cfg(unix)]
    assert_eq!(mode(&register), 0o600);
    // One that is gone from its place is not replaced in silence.
    fs::rename(&register, ward.path("gone.db")).unwrap();
    let output = usual(&add);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("the register is gone from its place"), "{}", text(&output.stderr));
    assert!(!register.exists());
    let other = ward.path("elsewhere/register.db");
    let create = ["ward", "create", other.to_str().unwrap(), "--name", "Day Clinic 4", "--by", "A. Berg"];
    assert_eq!(ward.run(&create, b"").status.code(), Some(0));
    fs::create_dir_all(ward.path("configuration/osteodose")).unwrap();
    let line = ward.path("configuration/osteodose/register");
    fs::write(&line, format!("{}\n", other.display())).unwrap();
    assert!(text(&usual(&["due"]).stdout).starts_with("Day Clinic 4: due list for "));
    fs::write(&line, "one\ntwo\n").unwrap();
    let output = usual(&["due"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("it must hold one line, the path of the register"));
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o777
}

#[test]
fn the_list_and_the_entries_are_handed_on_in_every_format() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let due = |format: &str| ward.run(&["ward", "due", "--register", "ward/register.db", "--format", format], b"");
    let output = due("json");
    let list: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
    assert_eq!((&list["format"], &list["ward"]), (&json!("osteodose-due/1"), &json!("Day Clinic 3")));
    assert!(list.to_string().contains("A-1042"), "{list}");
    assert!(text(&due("csv").stdout).lines().nth(1).is_some_and(|row| row.contains("A-1042")));
    #[cfg(feature = "pdf")]
    assert!(due("pdf").stdout.starts_with(b"%PDF-"));

    let entries = ward.ok(&["export"]);
    let numbers: Vec<Value> =
        entries.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["number"].clone()).collect();
    // Opened, open days, settings; registered, planned, given; and the library, which has no number.
    assert_eq!(numbers, [json!(1), json!(2), json!(3), json!(4), json!(5), json!(6), Value::Null]);
    assert_eq!(ward.ok(&["export", "--patient", "A-1042", "--since", "6"]).lines().count(), 1);
    assert_eq!(ward.ok(&["export", "--format", "csv"]).lines().count(), 7);
    let bundle: Value = serde_json::from_str(&ward.ok(&["export", "--format", "fhir"])).unwrap();
    assert!(bundle.to_string().contains("\"MedicationAdministration\""), "{bundle}");
}

/// The verdict of later on the day of the first dose must not become what the next one is judged by.
#[test]
fn a_creatinine_that_rises_after_the_first_dose_of_a_day_is_not_its_baseline() {
    let ward = Ward::with_patient();
    let of_day = |name: &str, creatinine: u16| {
        let labs = json!({"date": "2025-12-02", "creatinine": {"value": creatinine}});
        ward.request(name, &json!({"labs": labs}))
    };
    let (before, after) = (of_day("before.json", 95), of_day("after.json", 150));
    let assess = |request: &str| {
        let named = ["--by", "A. Berg", "--on", "2025-12-02", "--late"];
        ward.ward(&[&["assess", "A-1042", request], &named[..]].concat(), b"")
    };
    assert_eq!(assess(&before).status.code(), Some(0), "{}", text(&assess(&before).stderr));
    ward.entry("give", "2025-12-02", &["--second", "B. Lind"]);
    assert_eq!(assess(&after).status.code(), Some(4));
    assert!(ward.show().contains("Creatinine before the first dose: 95 µmol/L on 02-Dec-2025."), "{}", ward.show());
}

#[test]
fn the_verdict_of_the_day_has_no_date_of_a_course_that_would_begin_today() {
    let ward = Ward::new();
    let raised = json!({"indication": "hypercalcaemia", "confirmations": [], "history": {"dental": "fit"},
        "labs": {"date": "2025-12-01", "calcium": {"value": 3.2, "unit": "mmol/L", "kind": "corrected"}},
        "treatment": {"interval_weeks": null}});
    ward.add("A-1042", &raised);
    let request = ward.request("today.json", &raised);
    let said = text(&ward.ward(&entry("assess", "2025-12-02", &[&request]), b"").stdout);
    assert!(said.contains("  Dose:                4 mg\n") && !said.contains("Next check on "), "{said}");
}
