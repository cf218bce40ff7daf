//! What the screens show of a plan: visits, verdict, next steps, the dose in its box, the dose table, how far away a
//! dose is. Worked cases are read against the specification; the rest holds for every random patient.

use osteodose::{
    dosing,
    plan::{Event, Outcome, Plan, PlanStatus},
    present::{
        self, About, CardItem, DoseBox, Possible, Reason, Rise, TableRow, VerdictWord, Visit, based_on, better_start,
        card_below, compare, dose_box, dose_table, how_far, moved_alike, next_limit_text, not_these, rise, verdict,
        visits, what_now, why, would_change,
    },
    quantity::{Creatinine, CreatinineUnit, Decimal, parse_date},
    regimen::{Code, Severity},
    request::Request,
};
use serde_json::{Value, json};

use crate::{
    strategy,
    support::{LIBRARY, json, tests},
};

const PATIENTS: u64 = 3_000;

fn parsed(request: &Value) -> Request {
    Request::parse(request.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{}", faults[0]))
}

fn planned(request: &Value) -> Plan {
    dosing::plan(parsed(request), &LIBRARY).unwrap_or_else(|unusable| panic!("{unusable}"))
}

/// The plan of the example, changed.
fn example(change: impl FnOnce(&mut Value)) -> Plan {
    let mut request = json(&tests("requests/a-request.json"));
    change(&mut request);
    planned(&request)
}

fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A course under way with a baseline of 92 µmol/L, and the creatinine of today in µmol/L.
fn under_way(request: &mut Value, today: &str) {
    request["confirmations"] = json!([]);
    request["labs"]["creatinine"]["value"] = number(today);
    request["course"] = json!({
        "first_dose": "2026-08-04", "last_dose": "2026-11-03", "dose_mg": 3.5, "doses_given": 4,
        "baseline_creatinine": {"value": 92, "unit": "umol/L", "date": "2026-07-30"}
    });
}

/// Severe hypercalcaemia of malignancy, to be treated with zoledronic acid.
fn emergency(request: &mut Value) {
    request["indication"] = json!("hypercalcaemia");
    request["labs"]["date"] = json!("2026-11-30");
    request["labs"]["calcium"]["value"] = number("3.2");
    request["treatment"] = json!({"drug": "zoledronic-acid", "start_date": "2026-12-01"});
}

/// The man of the comparison: clearance 25.4 mL/min, calcium not recorded.
fn kern() -> Value {
    let mut request = json(&tests("requests/a-request.json"));
    request["patient"] = json!({"birth_date": "1949-05-03", "sex": "male", "weight_kg": 61});
    request["tumour"] = json!("prostate");
    request["labs"] = json!({"date": "2026-11-29", "creatinine": {"value": number("2.1"), "unit": "mg/dL"}});
    request["history"]["dental"] = json!("fit");
    request["confirmations"] = json!([]);
    request
}

fn for_each_patient(look: impl Fn(u64, &Plan)) {
    let mut count = 0;
    for seed in 0.. {
        if let Ok(plan) = dosing::plan(parsed(&strategy::request(seed)), &LIBRARY) {
            look(seed, &plan);
            count += 1;
            if count == PATIENTS {
                return;
            }
        }
    }
}

fn reason(plan: &Plan, about: About) -> Reason {
    why(plan).into_iter().find(|it| it.about == about).unwrap_or_else(|| panic!("no {about:?}"))
}

fn rows(table: &[TableRow]) -> Vec<(&str, &str, bool)> {
    table.iter().map(|row| (row.condition.as_str(), row.dose.as_str(), row.is_this)).collect()
}

#[test]
fn a_course_is_a_row_a_visit() {
    let plan = example(|_| {});
    let visits = visits(&plan);
    let numbered: Vec<&Visit> = visits.iter().filter(|visit| visit.number.is_some()).collect();
    let numbers: Vec<u16> = numbered.iter().filter_map(|visit| visit.number).collect();
    assert_eq!(numbers, (1..=14).collect::<Vec<u16>>());
    assert!(numbered.iter().all(|visit| visit.dose.as_deref() == Some("3.5 mg")));
    let [first, second, third, ..] = numbered.as_slice() else { panic!("14 visits") };
    assert_eq!((&first.checks[..], &first.hold_at), (&["creatinine done".to_owned()][..], &None));
    // Electrolytes before dose 2, and then every 12 weeks.
    assert_eq!(second.checks, ["creatinine", "calcium, phosphate, magnesium [unverified]"]);
    assert_eq!(
        (third.checks.as_slice(), third.hold_at.as_deref()),
        (&["creatinine".to_owned()][..], Some("136 µmol/L or above"))
    );
    let teeth = visits.iter().find(|visit| visit.number.is_none()).unwrap();
    assert_eq!((teeth.date, &teeth.checks[..]), (parse_date("2027-06-01").unwrap(), &["teeth".to_owned()][..]));
    assert_eq!((&teeth.dose, &teeth.hold_at), (&None, &None));
    assert_eq!(visits.last().unwrap().notes, ["review, end of the course"]);
    assert_eq!((moved_alike(&visits), better_start(&plan)), (None, None));
}

#[test]
fn a_course_under_way_counts_on() {
    let plan = example(|request| under_way(request, "98"));
    let visits = visits(&plan);
    assert_eq!((visits[0].number, &visits[0].checks[0][..]), (Some(5), "creatinine done"));
    assert_eq!((visits[0].hold_at.as_deref(), visits[1].hold_at.as_deref()), (None, Some("136 µmol/L or above")));
    let lines = card_below(&plan);
    let value = |item| lines.iter().find(|line| line.item == item).map(|line| line.value.clone()).unwrap();
    assert_eq!(value(CardItem::Hold), "136 µmol/L or above, before each dose from visit 6 on");
    assert_eq!(value(CardItem::Course), "12 months, 9 visits; next Tue 01-Dec-2026");
    assert_eq!(dose_box(&plan).unwrap().because.as_deref(), Some("reduced from 4 mg; the dose of this course"));
    // The row that is marked is that of the dose that is kept, whatever the clearance of today is.
    let marked = dose_table(&plan).unwrap().into_iter().find(|row| row.is_this).unwrap();
    assert_eq!(marked.dose, "3.5 mg");
}

#[test]
fn an_old_creatinine_leaves_the_hold_open() {
    let plan = example(|request| request["labs"]["date"] = json!("2026-11-10"));
    let first = &visits(&plan)[0];
    assert_eq!(first.checks[0], "creatinine");
    assert_eq!(first.hold_at, None);
    assert_eq!(
        first.notes,
        ["this creatinine becomes the baseline: plan again with it", "only if the clearance is still 50 to 60 mL/min",]
    );
}

#[test]
fn a_clinic_that_is_closed_on_the_weekday_is_asked_about_once() {
    let closed_on_tuesdays = |drug: &'static str| {
        example(move |request| {
            request["clinic"] = json!({"open_weekdays": ["wed", "thu", "fri"], "closed_dates": []});
            request["treatment"] = json!({"drug": drug, "start_date": "2026-12-01", "course_months": 6});
        })
    };
    let plan = closed_on_tuesdays("zoledronic-acid");
    assert_eq!(better_start(&plan), parse_date("2026-12-02"));
    assert_eq!(
        moved_alike(&visits(&plan)).as_deref(),
        Some("Every visit is moved from a Tuesday to a Wednesday: the clinic is closed.")
    );
    assert_eq!(visits(&plan)[0].moved.as_ref().unwrap().text, "moved from Tue 01-Dec-2026, closed");
    // Where gap and interval are the same, the gap keeps the first move.
    let plan = closed_on_tuesdays("denosumab");
    assert_eq!(better_start(&plan), parse_date("2026-12-02"));
    assert_eq!(
        moved_alike(&visits(&plan)).as_deref(),
        Some(
            "Every visit is moved from a Tuesday to a Wednesday: the clinic is closed on Tue 01-Dec-2026, and the minimum gap keeps the shift."
        )
    );
    // A single closed day is no weekday.
    let plan = example(|request| request["clinic"]["closed_dates"] = json!(["2026-12-01"]));
    assert_eq!((better_start(&plan), moved_alike(&visits(&plan))), (None, None));
}

#[test]
fn denosumab_is_held_by_a_low_calcium() {
    let plan = example(|request| request["treatment"] = json!({"drug": "denosumab", "start_date": "2026-12-01"}));
    let visits = visits(&plan);
    assert_eq!(visits[0].checks, ["calcium done", "vitamin D"]);
    let second = visits.iter().find(|visit| visit.number == Some(2)).unwrap();
    assert_eq!(
        (&second.checks[..], second.hold_at.as_deref()),
        (&["calcium".to_owned()][..], Some("corrected calcium below 2.20 mmol/L"))
    );
}

#[test]
fn what_a_dose_depends_on_is_said_beside_it() {
    let plan = example(|request| {
        emergency(request);
        request["region"] = json!("us");
        request["treatment"]["drug"] = json!("denosumab");
    });
    let visits = visits(&plan);
    let only = "not if corrected calcium is below normal; when it is normal, start calcium and vitamin D";
    let second = visits.iter().find(|visit| visit.number == Some(2)).unwrap();
    assert_eq!((&second.notes[..], &second.hold_at), (&[only.to_owned()][..], &None));
    assert_eq!((&visits[0].notes[..], &visits[0].hold_at), (&[][..], &None));
    // Nothing that does not wait for the clinic is asked about.
    assert_eq!(better_start(&plan), None);
}

#[test]
fn every_entry_is_in_exactly_one_visit() {
    for_each_patient(|seed, plan| {
        let visits = visits(plan);
        let Outcome::Dosed(dosed) = plan.outcome() else {
            assert!(visits.is_empty(), "seed {seed}");
            return;
        };
        let entries = &dosed.schedule.entries;
        let mut seen: Vec<usize> = visits.iter().flat_map(|visit| visit.entries.iter().copied()).collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..entries.len()).collect::<Vec<usize>>(), "seed {seed}");
        assert!(visits.is_sorted_by_key(|visit| visit.date), "seed {seed}");
        for visit in &visits {
            let of_visit = || visit.entries.iter().map(|at| &entries[*at]);
            assert!(of_visit().all(|entry| entry.date == visit.date), "seed {seed}");
            let given = of_visit().filter_map(|entry| match entry.event {
                Event::Dose { number, mass, .. } => Some((number, mass.to_string())),
                Event::Supply { number, units, .. } => Some((number, units.to_string())),
                Event::Check { .. } | Event::Review { .. } => None,
            });
            let given: Vec<_> = given.collect();
            match given.as_slice() {
                [] => assert_eq!((visit.number, &visit.dose), (None, &None), "seed {seed}"),
                [(number, what)] => {
                    assert_eq!(visit.number, Some(*number), "seed {seed}");
                    assert!(visit.dose.as_ref().is_some_and(|dose| dose.starts_with(what.as_str())), "seed {seed}");
                }
                more => panic!("seed {seed}: {more:?} in one visit"),
            }
            // Nothing moved is passed over: each move is the visit's or a note.
            let moved = of_visit().filter(|entry| entry.moved_because.is_some()).all(|entry| {
                let planned = osteodose::words::spoken::day(entry.planned_date);
                let said = visit.moved.iter().map(|it| &it.text).chain(&visit.notes);
                said.into_iter().any(|text| text.contains(&planned))
            });
            assert!(moved, "seed {seed}: {visit:?}");
        }
    });
}

/// Whether two figures of a text are parted by blanks alone.
fn has_figures_side_by_side(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = |word: &str| word.ends_with(|c: char| c.is_ascii_digit());
    let begins = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    words.windows(2).any(|pair| ends(pair[0]) && begins(pair[1]))
}

#[test]
fn no_cell_holds_two_figures_side_by_side() {
    assert!(has_figures_side_by_side("dose 1 3.5 mg") && !has_figures_side_by_side("dose 1: 3.5 mg"));
    for_each_patient(|seed, plan| {
        let mut cells: Vec<String> = Vec::new();
        for visit in visits(plan) {
            cells.extend(visit.dose.into_iter().chain(visit.checks).chain(visit.hold_at).chain(visit.notes));
            cells.extend(visit.moved.map(|it| it.text));
        }
        cells.extend(card_below(plan).into_iter().map(|line| format!("{} {}", line.label, line.value)));
        cells.extend(
            dose_box(plan).into_iter().flat_map(|it| [Some(it.dose), Some(it.how_often), it.because]).flatten(),
        );
        for row in dose_table(plan).into_iter().flatten() {
            cells.extend([Some(row.condition), Some(row.dose), row.draw_up].into_iter().flatten());
        }
        cells.extend(what_now(plan));
        cells.extend(not_these(plan));
        cells.extend(based_on(plan).into_iter().map(|(label, value)| format!("{label} {value}")));
        cells.extend(would_change(plan).into_iter().flat_map(|(at, dose)| [at, dose]));
        cells.extend(how_far(plan).into_iter().chain(next_limit_text(plan)).chain([verdict(plan).sentence]));
        for cell in cells {
            assert!(!has_figures_side_by_side(&cell), "seed {seed}: {cell}");
            assert!(!cell.contains("  ") && !cell.contains(" < ") && !cell.contains(" > "), "seed {seed}: {cell}");
        }
    });
}

#[test]
fn the_verdict_is_a_word_with_its_figure_and_limit() {
    let of = |plan: &Plan| {
        let verdict = verdict(plan);
        (verdict.word, verdict.sentence)
    };
    let said = |word, sentence: &str| (word, sentence.to_owned());
    let confirmed = "Nothing is missing. Each finding was confirmed by a named person.";
    assert_eq!(of(&example(|_| {})), said(VerdictWord::Ready, confirmed));
    let open = example(|request| request["confirmations"] = json!([]));
    let waits = "1 finding must be confirmed by name. Until then: do not give.";
    assert_eq!(of(&open), said(VerdictWord::Confirm, waits));
    let held = example(|request| under_way(request, "140"));
    assert_eq!(of(&held), said(VerdictWord::Hold, "No dose today. Creatinine 140 µmol/L is 136 or above."));
    // On hold already, another figure decides.
    let on_hold = example(|request| {
        under_way(request, "110");
        request["course"]["held"] = json!(true);
    });
    let stays = "No dose today. Creatinine 110 µmol/L is above 101.2: the course stays on hold.";
    assert_eq!(of(&on_hold), said(VerdictWord::Hold, stays));
    // Something else besides is no hold.
    let pregnant = example(|request| {
        under_way(request, "140");
        request["history"]["conditions"] = json!(["pregnant"]);
    });
    assert_eq!(verdict(&pregnant).word, VerdictWord::Stop);
    let renal = example(|request| request["labs"]["creatinine"]["value"] = json!(186));
    let low = "No dose now. Clearance 27.7 mL/min is below 30, the lowest it is given at.";
    assert_eq!(of(&renal), said(VerdictWord::Stop, low));
    let two = example(|request| request["history"]["conditions"] = json!(["pregnant", "breast-feeding"]));
    assert_eq!(of(&two), said(VerdictWord::Stop, "No dose now. The patient is pregnant. 1 more finding stops it."));
    let calcium = example(|request| request["labs"]["calcium"]["value"] = number("2.01"));
    let too_low = "No dose now. Calcium 2.05 mmol/L is below 2.20. Correct it first.";
    assert_eq!(of(&calcium), said(VerdictWord::Stop, too_low));
}

#[test]
fn a_hold_has_its_values_and_its_next_steps() {
    let held = example(|request| under_way(request, "140"));
    assert_eq!(
        rise(&held),
        Some(Rise {
            baseline: "92 µmol/L on 30-Jul-2026".to_owned(),
            today: "140 µmol/L, 48 above baseline".to_owned(),
            hold_at: "136 µmol/L or above".to_owned(),
            resume_at: Some("101.2 µmol/L or below".to_owned()),
        })
    );
    assert_eq!(
        what_now(&held),
        [
            "Give nothing today. Tell the prescriber both values: 92 at baseline, 140 µmol/L today.",
            "Write down the hold with its reason, and the day of the next creatinine.",
            "At 101.2 µmol/L or below the course goes on, at 3.5 mg as before.",
        ]
    );
    let reason = reason(&held, About::Verdict);
    assert_eq!(reason.formula, ["92 + 44 = 136 µmol/L", "92 × 1.1 = 101.2 µmol/L"]);
    // No row is pointed at from which nothing may be given.
    assert!(dose_table(&held).unwrap().iter().all(|row| !row.is_this));
    let going_on = example(|request| under_way(request, "92"));
    assert_eq!(rise(&going_on).unwrap().today, "92 µmol/L, the same as the baseline");
    assert_eq!(rise(&example(|_| {})), None);
}

#[test]
fn an_emergency_says_what_comes_first() {
    let dehydrated = example(|request| {
        emergency(request);
        request["history"]["conditions"] = json!(["dehydrated"]);
    });
    assert_eq!(verdict(&dehydrated).sentence, "No dose now. The patient is dehydrated: rehydrate first.");
    assert_eq!(
        what_now(&dehydrated),
        [
            "Rehydrate with sodium chloride 0.9 % first, and keep the patient hydrated; take the laboratory values after rehydration.",
            "Take creatinine and calcium again after it. Today's values do not count then.",
            "Tell the prescriber that no dose is planned, and why.",
        ]
    );
    let given = example(emergency);
    let steps = what_now(&given);
    assert_eq!(steps[1], "Do not give calcium or vitamin D.");
    assert_eq!(
        steps[2],
        "Next check on Sat 05-Dec-2026: creatinine [unverified] and calcium, phosphate, magnesium [unverified]."
    );
    // Before another indication, the emergency itself comes first.
    let severe = example(|request| request["labs"]["calcium"]["value"] = number("3.2"));
    assert_eq!(what_now(&severe)[0], "Treat the hypercalcaemia now: plan a regimen for hypercalcaemia.");
}

#[test]
fn what_is_stopped_or_waits_always_has_a_next_step() {
    for_each_patient(|seed, plan| {
        let (verdict, steps) = (verdict(plan), what_now(plan));
        let emergency = plan.listed().regimen.emergency.is_some() || plan.listed().regimen.fixed_length.is_some();
        assert!(!steps.is_empty() || (plan.status() == PlanStatus::Ready && !emergency), "seed {seed}");
        let word = match plan.status() {
            PlanStatus::Ready => VerdictWord::Ready,
            PlanStatus::NeedsConfirmation => VerdictWord::Confirm,
            PlanStatus::Stopped => {
                let mut stopping = plan.findings().iter().filter(|it| it.severity == Severity::Stop);
                let held = stopping.all(|it| it.code() == Code::CreatinineRisen);
                if held { VerdictWord::Hold } else { VerdictWord::Stop }
            }
        };
        assert_eq!(verdict.word, word, "seed {seed}");
        let once = steps.iter().all(|step| steps.iter().filter(|it| *it == step).count() == 1);
        assert!(once && steps.iter().all(|step| step.ends_with('.')), "seed {seed}: {steps:?}");
        // A stopped plan offers no dose: in the box, on the card, in the visits.
        let stopped = plan.status() == PlanStatus::Stopped;
        assert_eq!(dose_box(plan).is_none(), stopped, "seed {seed}");
        let lines = card_below(plan);
        let of_dose = |line: &present::CardLine| line.item.is_of_preparation() || line.item == CardItem::Hold;
        assert!(!stopped || !lines.iter().any(of_dose), "seed {seed}");
        assert!(why(plan).iter().any(|it| it.about == About::Verdict && it.value == verdict.sentence), "seed {seed}");
    });
}

#[test]
fn the_box_has_the_dose_and_why_it_is_this_one() {
    let dose_of = |change: fn(&mut Value)| dose_box(&example(change)).unwrap();
    assert_eq!(
        dose_of(|_| {}),
        DoseBox {
            dose: "3.5 mg".to_owned(),
            drug: "zoledronic acid".to_owned(),
            how_often: "every 4 weeks".to_owned(),
            route: "intravenous infusion".to_owned(),
            because: Some("reduced from 4 mg: clearance 55.9 mL/min, 50 to 60".to_owned()),
        }
    );
    assert_eq!(dose_of(|request| request["labs"]["creatinine"]["value"] = json!(70)).because, None);
    let oral = dose_of(|request| {
        request["treatment"] = json!({"drug": "ibandronic-acid", "route": "oral", "start_date": "2026-12-01"});
        request["labs"]["creatinine"]["value"] = json!(186);
    });
    assert_eq!((&oral.dose[..], &oral.how_often[..]), ("50 mg", "once a week"));
    assert_eq!(oral.because.as_deref(), Some("less often: clearance 27.7 mL/min, below 30"));
    let chosen = dose_of(|request| {
        request["treatment"] = json!({
            "drug": "clodronate", "route": "oral", "start_date": "2026-12-01", "daily_dose_mg": 2400
        });
    });
    assert_eq!((&chosen.dose[..], &chosen.how_often[..]), ("2400 mg a day", "every day, in two parts"));
    assert_eq!(chosen.because.as_deref(), Some("as requested; the dose table has 1600 mg"));
    let by_calcium = dose_of(|request| {
        emergency(request);
        request["labs"]["calcium"]["value"] = number("2.8");
        request["treatment"]["drug"] = json!("ibandronic-acid");
    });
    assert_eq!((&by_calcium.dose[..], by_calcium.because.as_deref()), ("2 mg", Some("for a calcium above normal")));
    for_each_patient(|seed, plan| {
        let because = dose_box(plan).and_then(|it| it.because).unwrap_or_default();
        assert!(because.chars().count() <= 66, "seed {seed}: {because}");
    });
}

#[test]
fn below_the_box_stands_what_the_box_does_not_say() {
    let plan = example(|_| {});
    let lines = card_below(&plan);
    let shown: Vec<(&str, &str)> = lines.iter().map(|line| (line.label, line.value.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("Draw up", "4.4 mL, into the bag"),
            ("Open", "1 × zoledronic acid concentrate, 4 mg in 5 mL"),
            ("Bag", "100 mL"),
            ("Diluent", "sodium chloride 0.9 % or glucose 5 %"),
            ("Time", "at least 15 minutes"),
            ("Pump rate", "400 mL per hour at most"),
            ("Route", "intravenous infusion"),
            ("Given for", "prevention of skeletal events; breast cancer"),
            ("Course", "12 months, 14 visits; first Tue 01-Dec-2026"),
            ("Hold at", "136 µmol/L or above, before each dose from visit 2 on"),
            ("Brand", "Zometa"),
        ]
    );
    assert_eq!(
        not_these(&plan)[0],
        "Not this product: Zoledronic acid 5 mg once a year (Aclasta, Reclast) is another product, for osteoporosis."
    );
    let figures: Vec<String> = based_on(&plan).into_iter().map(|(label, value)| format!("{label}: {value}")).collect();
    assert_eq!(
        figures,
        [
            "Creatinine: 92 µmol/L, 18-Nov-2026",
            "Weight: 68.5 kg",
            "Age: 68 on 18-Nov-2026",
            "Clearance: 55.9 mL/min",
            "Calcium: 2.35 mmol/L, corrected",
        ]
    );
}

#[test]
fn the_table_marks_this_patient_and_says_how_far_it_is() {
    let plan = example(|_| {});
    let table = dose_table(&plan).unwrap();
    assert_eq!(
        rows(&table),
        [
            ("above 60", "4 mg", false),
            ("50 to 60", "3.5 mg", true),
            ("40 to below 50", "3.3 mg", false),
            ("30 to below 40", "3 mg", false),
            ("below 30", "not given", false),
            ("creatinine at least 265 µmol/L", "not given", false),
        ]
    );
    let drawn: Vec<Option<&str>> = table.iter().map(|row| row.draw_up.as_deref()).collect();
    let volumes =
        [Some("draw up 5 mL"), Some("draw up 4.4 mL"), Some("draw up 4.1 mL"), Some("draw up 3.8 mL"), None, None];
    assert_eq!(drawn, volumes);
    assert_eq!(next_limit_text(&plan).as_deref(), Some("5.9 above the next limit (50 mL/min: 3.3 mg)"));
    let changes = would_change(&plan);
    let changes: Vec<(&str, &str)> = changes.iter().map(|(at, dose)| (at.as_str(), dose.as_str())).collect();
    assert_eq!(
        changes,
        [("above 102.9 µmol/L", "3.3 mg"), ("above 128.6 µmol/L", "3 mg"), ("above 171.5 µmol/L", "not given")]
    );
    // A limit of creatinine itself stops at a clearance that the table would allow.
    let heavy = example(|request| {
        request["patient"]["weight_kg"] = json!(150);
        request["labs"]["creatinine"]["value"] = json!(270);
        request["weight_basis"] = json!("actual");
    });
    let marked: Vec<TableRow> = dose_table(&heavy).unwrap().into_iter().filter(|row| row.is_this).collect();
    assert_eq!(rows(&marked), [("creatinine at least 265 µmol/L", "not given", true)]);
    assert_eq!(
        how_far(&heavy).as_deref(),
        Some("At 264.9 µmol/L or below it could be given: 5.1 µmol/L less than today.")
    );
}

#[test]
fn a_comparison_says_each_reason_in_full() {
    let compared = compare(&parsed(&kern()), &LIBRARY);
    let of = |path: &str| compared.iter().find(|row| row.listed.regimen.path(&row.listed.drug.drug) == path).unwrap();
    assert_eq!(
        of("clodronate/skeletal-events/oral").reasons(),
        ["Reduced: clearance 25.4 mL/min, 10 to below 30.", "Calcium is not recorded."]
    );
    assert_eq!(
        of("ibandronic-acid/skeletal-events/oral").reasons(),
        [
            "Less often: clearance 25.4 mL/min, below 30.",
            "Clearance 25.4 mL/min is below 30: severe renal impairment.",
            "Calcium is not recorded.",
            "Prostate cancer is not in its label.",
        ]
    );
    assert_eq!(of("denosumab/skeletal-events/subcutaneous").reasons(), ["Calcium is not recorded. Take it first."]);
    let zoledronic = of("zoledronic-acid/skeletal-events/intravenous");
    assert!(matches!(zoledronic.verdict, Possible::Cannot { .. }));
    assert_eq!(zoledronic.reasons(), ["Clearance 25.4 mL/min is below 30, the lowest it is given at."]);
    // Why works on a refusal: the working, the table, how far away, the sources.
    let plan = zoledronic.plan.as_ref().unwrap();
    let refused = reason(plan, About::Verdict);
    assert_eq!(refused.formula, ["(140 − 77) × 61 ÷ (72 × 2.1) = 25.416666 mL/min", "       age   kg         mg/dL"]);
    let marked: Vec<TableRow> = refused.table.iter().filter(|row| row.is_this).cloned().collect();
    assert_eq!(rows(&marked), [("below 30", "not given", true)]);
    let far = "At 1.77 mg/dL or below it could be given: 0.33 mg/dL less than today.";
    assert!(refused.paragraphs.iter().any(|it| it == far), "{refused:?}");
    assert!(refused.sources.iter().any(|it| it.id == "EU-1" && it.locator == "section 4.2"), "{refused:?}");
    let others = reason(plan, About::DoseTable).others;
    assert!(others.iter().any(|it| it.contains("contraindicated (EU-10)")), "{others:?}");
    // Without a creatinine no plan can be made, and the row says so without a path.
    let mut request = kern();
    request["labs"].as_object_mut().unwrap().remove("creatinine");
    let compared = compare(&parsed(&request), &LIBRARY);
    let zoledronic = compared.iter().find(|row| row.listed.drug.drug.as_str() == "zoledronic-acid").unwrap();
    assert_eq!(
        zoledronic.reasons(),
        ["Creatinine is not recorded, and zoledronic acid is dosed by creatinine clearance."]
    );
    assert!(zoledronic.plan.is_none());
}

#[test]
fn what_could_be_given_is_given_and_a_step_above_it_is_not() {
    let mut seen = 0;
    for seed in 0..4 * PATIENTS {
        let request = strategy::request(seed);
        let Ok(plan) = dosing::plan(parsed(&request), &LIBRARY) else { continue };
        let Some(said) = how_far(&plan) else { continue };
        seen += 1;
        let now = plan.request().labs.creatinine.unwrap();
        let step = match now.unit {
            CreatinineUnit::MicromolesPerLitre => Decimal::new(1, 1),
            CreatinineUnit::MilligramsPerDecilitre => Decimal::new(1, 2),
        };
        let givable = dosing::givable_creatinine(&plan).unwrap();
        let less = (now.value - givable.value).trimmed();
        assert_eq!(
            said,
            format!("At {givable} or below it could be given: {less} {} less than today.", now.unit),
            "seed {seed}"
        );
        let status = |value: Decimal| {
            let mut again = plan.request().clone();
            again.labs.creatinine = Some(Creatinine { value, unit: now.unit });
            dosing::plan(again, &LIBRARY).unwrap().status()
        };
        assert_ne!(status(givable.value), PlanStatus::Stopped, "seed {seed}: {said}");
        assert_eq!(status(givable.value + step), PlanStatus::Stopped, "seed {seed}: {said}");
    }
    assert!(seen > 100, "only {seen} patients");
}

#[test]
fn a_dose_is_pointed_at_only_where_it_is_given() {
    for_each_patient(|seed, plan| {
        let marked: Vec<TableRow> = dose_table(plan).into_iter().flatten().filter(|row| row.is_this).collect();
        let Outcome::Dosed(dosed) = plan.outcome() else {
            let above_row = plan.findings().iter().any(|it| it.code() == Code::DoseAboveRenalLimit);
            let none = marked.iter().all(|row| row.dose == "not given");
            assert!(none || above_row, "seed {seed}: {marked:?}");
            return;
        };
        assert!(marked.iter().all(|row| row.dose != "not given"), "seed {seed}: {marked:?}");
        let chosen = plan.request().treatment.daily_dose_mg.is_some();
        let agrees = |row: &TableRow| row.dose.starts_with(&dosed.dosing.mass.to_string());
        assert!(chosen || marked.iter().all(agrees), "seed {seed}: {marked:?}");
        assert!(marked.len() <= 1, "seed {seed}: {marked:?}");
    });
}
