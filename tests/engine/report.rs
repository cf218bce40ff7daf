//! The report: what people read of a plan, held against the plan itself and against arithmetic of its own.

use std::collections::BTreeSet;

use osteodose::{
    dosing,
    patient::WeightBasis,
    plan::{Event, Outcome, Part, Plan, PlanStatus},
    present::{About, CardItem, CardLine, Reason, card, entry_line, moved, status_sentence, summary, why},
    quantity::{CreatinineUnit, Decimal, Sex, parse_date},
    regimen::Severity,
    request::Request,
};
use serde_json::{Value, json};

use crate::{
    strategy::request,
    support::{LIBRARY, json, tests},
};

const PATIENTS: u64 = 4_000;

fn with_plan<T>(request: &Value, look: impl FnOnce(&Plan) -> T) -> Option<T> {
    let parsed = Request::parse(request.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{}", faults[0]));
    dosing::plan(parsed.clone(), &LIBRARY).ok().map(|plan| look(&plan))
}

fn of_example<T>(change: impl FnOnce(&mut Value), look: impl FnOnce(&Plan) -> T) -> T {
    let mut request = json(&tests("requests/a-request.json"));
    change(&mut request);
    with_plan(&request, look).expect("a usable request")
}

fn for_each_patient(look: impl Fn(u64, &Plan)) {
    let mut count = 0;
    for seed in 0.. {
        let mut value = request(seed);
        // Every basis of weight, and both units of creatinine.
        if value["patient"].get("height_cm").is_some() && seed % 3 == 0 {
            value["weight_basis"] = json!(["ideal", "adjusted", "actual"][usize::try_from(seed / 3 % 3).unwrap()]);
        }
        if seed % 2 == 0 {
            let number = 50 + seed % 300;
            value["labs"]["creatinine"] = json!({"value": number, "unit": "umol/L"});
        }
        if seed % 5 == 0 {
            value["patient"]["name"] =
                json!("Ólöf Björnsdóttir-Þorvaldsdóttir av Møre og Romsdal 山田花子山田花子山田花子山田花子");
            value["patient"]["allergies"] = json!("x".repeat(300));
        }
        count += u64::from(with_plan(&value, |plan| look(seed, plan)).is_some());
        if count == PATIENTS {
            return;
        }
    }
}

#[test]
fn the_summary_of_the_example_is_as_reviewed() {
    // The version and the fingerprint change with every change of the program and of any regimen.
    let version = concat!("osteodose ", env!("CARGO_PKG_VERSION"));
    let shown = of_example(|_| {}, summary).replace(LIBRARY.digest(), "(fingerprint)").replace(version, "(version)");
    let file = tests("requests/a-request.summary.txt");
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(shown, expected, "\n{shown}");
}

/// An exact fraction, written for this test alone, so that the program's own arithmetic is not asked twice.
#[derive(Clone, Copy)]
struct Fraction(i128, i128);

impl Fraction {
    fn of(decimal: &str) -> Self {
        let (whole, part) = decimal.split_once('.').unwrap_or((decimal, ""));
        let digits: i128 = format!("{whole}{part}").parse().unwrap();
        Self(digits, 10_i128.pow(u32::try_from(part.len()).unwrap())).reduced()
    }

    fn reduced(self) -> Self {
        let (mut a, mut b) = (self.0.abs(), self.1.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        let sign = if self.1 < 0 { -1 } else { 1 };
        Self(sign * self.0 / a.max(1), sign * self.1 / a.max(1))
    }

    fn plus(self, other: Self) -> Self {
        Self(self.0 * other.1 + other.0 * self.1, self.1 * other.1).reduced()
    }

    fn minus(self, other: Self) -> Self {
        self.plus(Self(-other.0, other.1))
    }

    fn times(self, other: Self) -> Self {
        Self(self.0 * other.0, self.1 * other.1).reduced()
    }

    fn over(self, other: Self) -> Self {
        self.times(Self(other.1, other.0))
    }

    /// Six decimals, cut off, as text.
    fn six_decimals(self) -> String {
        let millionths = self.0 * 1_000_000 / self.1;
        format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000)
    }
}

fn reason(reasons: &[Reason], about: About) -> &Reason {
    reasons.iter().find(|it| it.about == about).unwrap_or_else(|| panic!("no {about:?}"))
}

fn everything(reason: &Reason) -> String {
    let sources = reason.sources.iter().map(|it| format!("{} {}", it.title, it.locator)).collect::<Vec<_>>().join(" ");
    let said = [&reason.title, &reason.value].into_iter().chain(&reason.paragraphs).chain(&reason.formula);
    let table = reason.table.iter().flat_map(|row| [Some(&row.condition), Some(&row.dose), row.draw_up.as_ref()]);
    let said = said.chain(table.flatten()).chain(&reason.others);
    format!("{} {sources}", said.cloned().collect::<Vec<_>>().join(" "))
}

/// The weight of this patient by the formulas of Devine, as printed in a textbook.
fn weight(plan: &Plan, basis: WeightBasis) -> Fraction {
    let patient = &plan.request().patient;
    let actual = Fraction::of(&patient.weight_kg.to_string());
    if basis == WeightBasis::Actual {
        return actual;
    }
    let base = if patient.sex == Sex::Male { "50" } else { "45.5" };
    let inches = Fraction::of(&patient.height_cm.unwrap().to_string()).over(Fraction::of("2.54"));
    let ideal = Fraction::of(base).plus(Fraction::of("2.3").times(inches.minus(Fraction::of("60"))));
    if basis == WeightBasis::Ideal {
        return ideal;
    }
    ideal.plus(Fraction::of("0.4").times(actual.minus(ideal)))
}

#[test]
fn the_working_of_the_clearance_gives_the_shown_figure() {
    for_each_patient(|seed, plan| {
        let (Some(renal), Some(creatinine)) = (plan.renal(), plan.request().labs.creatinine) else { return };
        let reasons = why(plan);
        let found = reason(&reasons, About::Clearance);
        let working = &found.formula[0];
        let mut value = Fraction::of(&creatinine.value.to_string());
        if creatinine.unit == CreatinineUnit::MicromolesPerLitre {
            value = value.over(Fraction::of("88.4"));
        }
        let sex = if plan.request().patient.sex == Sex::Female { "0.85" } else { "1" };
        let years = Fraction(140 - i128::from(renal.age_years), 1);
        let clearance = years
            .times(weight(plan, renal.weight_basis))
            .times(Fraction::of(sex))
            .over(Fraction::of("72").times(value))
            .six_decimals();
        let said = format!(" = {clearance} mL/min");
        assert!(working.ends_with(&said), "seed {seed}: {working} is not {said}");
        assert_eq!(found.paragraphs[0], format!("The clearance is {}.", renal.shown), "seed {seed}");
        assert!(working.starts_with(&format!("(140 − {}) × {} ", renal.age_years, renal.weight_kg_used)), "{working}");
    });
}

#[test]
fn the_working_of_the_example_is_that_of_the_manual() {
    of_example(
        |_| {},
        |plan| {
            let reasons = why(plan);
            let said = |about| reason(&reasons, about).paragraphs.join(" ");
            let working = [
                "(140 − 68) × 68.5 × 0.85 ÷ (72 × 92 ÷ 88.4) = 55.946630 mL/min",
                "       age   kg     woman        µmol/L",
            ];
            assert_eq!(reason(&reasons, About::Clearance).formula, working);
            assert!(said(About::Clearance).contains("The clearance is 55.9 mL/min."));
            assert!(said(About::CorrectedCalcium).contains("2.31 + 0.02 × (40 − 38) = 2.35 mmol/L"));
            assert!(said(About::DrawUp).contains("3.5 mg × 5 mL ÷ 4 mg = 4.375 mL"));
            assert!(said(About::PumpRate).contains("100 mL × 60 ÷ 15 minutes = 400 mL per hour"));
            let storage = &reason(&reasons, About::Bag).others;
            assert!(
                storage[0].contains("storage: used here: 2-8 °C; another source says 4-8 °C (ilive Z4)"),
                "{storage:?}"
            );
            let prostate = |it: &String| it.contains("prostate");
            assert!(!reason(&reasons, About::Course).others.iter().any(prostate), "of another tumour");
        },
    );
}

#[test]
fn an_ideal_and_an_adjusted_weight_show_their_formula() {
    let heavy = |basis: &'static str| {
        move |request: &mut Value| {
            request["patient"]["weight_kg"] = json!(110);
            request["patient"]["height_cm"] = json!(165);
            request["weight_basis"] = json!(basis);
        }
    };
    let said = |basis| of_example(heavy(basis), |plan| reason(&why(plan), About::Clearance).paragraphs.join(" "));
    assert!(said("ideal").contains("45.5 + 2.3 × (165 ÷ 2.54 − 60) = 56.91 kg"), "{}", said("ideal"));
    assert!(said("adjusted").contains("56.91 + 0.4 × (110 − 56.91) = 78.15 kg"), "{}", said("adjusted"));
}

/// The numbers of a text: digits with a decimal point between them.
fn numbers(text: &str) -> BTreeSet<String> {
    let split = text.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    split.map(|it| it.trim_matches('.').to_owned()).filter(|it| !it.is_empty()).collect()
}

#[test]
fn each_number_of_the_card_is_explained() {
    for_each_patient(|seed, plan| {
        let explained: BTreeSet<String> = why(plan).iter().flat_map(|it| numbers(&everything(it))).collect();
        for CardLine { label, value, .. } in card(plan) {
            let missing: Vec<String> = numbers(&value).difference(&explained).cloned().collect();
            assert!(missing.is_empty(), "seed {seed}: {label}: {value}: {missing:?}");
        }
    });
}

#[test]
fn every_finding_and_every_entry_has_its_reason() {
    for_each_patient(|seed, plan| {
        let reasons = why(plan);
        for finding in plan.findings() {
            let found = reason(&reasons, About::Finding(finding.code()));
            assert!(found.paragraphs.contains(&finding.to_string()), "seed {seed}");
            assert_eq!(found.unverified, finding.verification.is_some(), "seed {seed}");
            assert_eq!(found.sources.is_empty(), finding.sources.is_empty(), "seed {seed}");
        }
        let mut abouts: Vec<About> = Vec::new();
        for it in &reasons {
            assert!(!abouts.contains(&it.about), "seed {seed}: {:?} twice", it.about);
            assert!(!it.title.is_empty() && !it.value.is_empty(), "seed {seed}: {it:?}");
            abouts.push(it.about);
        }
        let Outcome::Dosed(dosed) = plan.outcome() else {
            let only = |it: &About| {
                matches!(
                    it,
                    About::Verdict
                        | About::Clearance
                        | About::CorrectedCalcium
                        | About::DoseTable
                        | About::Finding(_)
                        | About::Disagreement(_)
                        | About::SecondCheck
                )
            };
            assert!(abouts.iter().all(only), "seed {seed}: {abouts:?}");
            return;
        };
        for (n, entry) in dosed.schedule.entries.iter().enumerate() {
            let found = reason(&reasons, About::Entry(n));
            assert!(!found.paragraphs.is_empty() && !found.sources.is_empty(), "seed {seed}: {found:?}");
            assert_eq!(moved(entry).is_some(), entry.moved_because.is_some(), "seed {seed}");
            assert!(!entry_line(dosed, entry).day.is_empty());
        }
        let disagreements = dosed.dosing.listed.disagreements().count();
        assert_eq!(abouts.iter().filter(|it| matches!(it, About::Disagreement(_))).count(), disagreements);
        if dosed.dosing.unverified.contains(&Part::Dose) {
            assert!(reason(&reasons, About::Dose).unverified, "seed {seed}");
            assert!(card(plan).iter().any(|line| line.item == CardItem::Dose && line.value.contains("[unverified]")));
        }
    });
}

#[test]
fn a_stopped_plan_shows_no_dose_and_no_date_of_one() {
    let mut stopped = 0;
    for seed in 0..PATIENTS {
        let mut value = request(seed);
        value["history"]["conditions"] = json!(["pregnant", "dehydrated", "hypersensitivity-bisphosphonate"]);
        value["history"].as_object_mut().unwrap().remove("last_antiresorptive");
        value["patient"]["sex"] = json!("female");
        let start = parse_date(value["treatment"]["start_date"].as_str().unwrap()).unwrap();
        with_plan(&value, |plan| {
            assert_eq!(plan.status(), PlanStatus::Stopped, "seed {seed}");
            stopped += 1;
            for CardLine { label, value, .. } in card(plan) {
                assert!(!value.contains("mg") && !value.contains("mL"), "seed {seed}: {label}: {value}");
                assert!(numbers(&value).is_empty(), "seed {seed}: {label}: {value}");
            }
            let text = summary(plan);
            assert!(text.contains("Status: Stopped: ") && !text.contains("SCHEDULE"), "seed {seed}:\n{text}");
            // The doses that may be told are those of what stops the plan: in the status, in the list, and in what
            // would have to change.
            let told: String =
                plan.findings().iter().filter(|it| it.severity == Severity::Stop).map(ToString::to_string).collect();
            let in_mg = |text: &str| text.matches(" mg").count() - text.matches(" mg/dL").count();
            assert!(in_mg(&text) <= 3 * in_mg(&told), "seed {seed}:\n{text}");
            // The day of the start may be that of the laboratory values too.
            let labs = &plan.request().labs;
            let taken = labs.date == start || labs.calcium_date == Some(start);
            let of_patient = text.split("SOURCE OF THE PLAN").next().unwrap();
            assert!(taken || !of_patient.contains(&osteodose::words::date(start)), "seed {seed}:\n{text}");
        });
    }
    assert!(stopped > PATIENTS / 2);
}

#[test]
fn a_summary_is_plain_narrow_and_safely_written() {
    let hyphened: Vec<&str> = osteodose::regimen::Code::ALL
        .iter()
        .map(|it| it.as_str())
        .chain(osteodose::patient::Tumour::ALL.iter().map(|it| it.as_str()))
        .chain(osteodose::patient::Indication::ALL.iter().map(|it| it.as_str()))
        .chain(osteodose::plan::Moved::ALL.iter().map(|it| it.as_str()))
        .chain(osteodose::patient::Condition::ALL.iter().map(|it| it.as_str()))
        .chain(LIBRARY.drug_words())
        .filter(|it| it.contains('-') && !["breast-feeding", "loop-diuretic"].contains(it))
        .collect();
    for_each_patient(|seed, plan| {
        let text = summary(plan);
        let shown: String = why(plan).iter().map(everything).chain([text.clone()]).collect::<Vec<_>>().join("\n");
        for line in text.lines() {
            let columns: usize = line.chars().map(|c| if u32::from(c) >= 0x2E80 { 2 } else { 1 }).sum();
            assert!(columns <= 78, "seed {seed}: {columns}: {line}");
            assert_eq!(line, line.trim_end(), "seed {seed}");
            // A unit never begins a line: its number would be on the line before.
            let first = line.trim_start().split(' ').next().unwrap_or_default();
            for unit in
                ["mg", "mL", "mL/min", "µmol/L", "mg/dL", "mmol/L", "kg", "cm", "%", "°C", "weeks", "months", "days"]
            {
                assert_ne!(first.trim_end_matches([',', '.', ';', ')']), unit, "seed {seed}: {line}");
            }
        }
        for word in &hyphened {
            assert!(!shown.contains(word), "seed {seed}: {word} in {shown}");
        }
        for wrong in
            ["treatment.d", "patient.w", "labs.c", "_mg", "_date", "<", " >", "umol", "  mg", "/week", " IU", "q4w"]
        {
            assert!(!text.contains(wrong), "seed {seed}: {wrong} in {text}");
        }
        for (at, _) in shown.match_indices(" mg").filter(|(at, _)| !shown[*at..].starts_with(" mg/dL")) {
            let number: String = shown[..at].chars().rev().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            let number: String = number.chars().rev().collect();
            let trailing = number.contains('.') && number.ends_with('0');
            assert!(!trailing && !number.starts_with('.'), "seed {seed}: {number} mg");
        }
        let provisional = plan.status() == PlanStatus::NeedsConfirmation;
        assert_eq!(text.contains("Provisional:"), provisional, "seed {seed}");
        if plan.status() != PlanStatus::Stopped {
            assert_eq!(text.matches("OPEN: ").count(), plan.open_findings().count(), "seed {seed}");
        }
        assert!(text.contains(&status_sentence(plan)[..5]) && text.contains("trained staff remain"), "seed {seed}");
    });
}

#[test]
fn a_schedule_row_says_what_happens_and_why_it_moved() {
    let closed = |request: &mut Value| {
        request["clinic"] =
            json!({"open_weekdays": ["mon", "tue", "wed", "thu", "fri"], "closed_dates": ["2026-12-29"]});
    };
    of_example(closed, |plan| {
        let Outcome::Dosed(dosed) = plan.outcome() else { panic!("a dose") };
        let entries = &dosed.schedule.entries;
        let second = |it: &&osteodose::plan::Entry| matches!(it.event, Event::Dose { number: 2, .. });
        let at = entries.iter().position(|it| second(&it)).unwrap();
        let line = entry_line(dosed, &entries[at]);
        assert_eq!((line.day.as_str(), line.what.as_str(), line.number.as_str()), ("Wed 30-Dec-2026", "dose", "2"));
        assert_eq!(line.dose, "3.5 mg");
        assert_eq!(line.notes, ["moved from Tue 29-Dec-2026, when the clinic is closed, to the next open day"]);
        let reasons = why(plan);
        let said = reason(&reasons, About::Entry(at)).paragraphs.join(" ");
        assert!(said.contains("28 days (4 weeks) after the first day of this plan"), "{said}");
        assert!(said.contains("The clinic is closed on Tue 29-Dec-2026 (a closed date)."), "{said}");
        let in_one_line = summary(plan).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(in_one_line.contains("moved from Tue 29-Dec-2026, closed"), "{in_one_line}");
    });
}

#[test]
fn the_status_is_one_sentence() {
    let status = |change: fn(&mut Value)| of_example(change, status_sentence);
    assert_eq!(status(|_| {}), "Ready");
    assert_eq!(status(|request| request["confirmations"] = json!([])), "Needs confirmation: 1 open");
    let second = |request: &mut Value| {
        request["second_check"] = json!({
            "by": "N. Olsen", "birth_date": "1958-03-14", "sex": "female", "weight_kg": 86.5,
            "creatinine": {"value": 92, "unit": "umol/L"}
        });
    };
    assert_eq!(of_example(second, status_sentence), "Needs confirmation: the second check differs");
    let shown = of_example(second, summary);
    assert!(shown.contains("DIFFERS in the weight: N. Olsen entered another value."), "{shown}");
    let pregnant = |request: &mut Value| request["history"]["conditions"] = json!(["pregnant", "breast-feeding"]);
    assert_eq!(of_example(pregnant, status_sentence), "Stopped: Not in pregnancy. One more finding stops it.");
    let unused = |request: &mut Value| {
        let more = json!({"finding": "calcium-old", "by": "N. Olsen", "reason": "x"});
        request["confirmations"].as_array_mut().unwrap().push(more);
    };
    assert!(of_example(unused, summary).contains("\"calcium old\" was confirmed by N. Olsen"));
}

#[test]
fn a_ready_plan_claims_a_confirmation_only_where_there_was_one() {
    let confirmed = "Nothing stops this plan. Each finding was confirmed by a named person.";
    assert!(of_example(|_| {}, summary).contains(confirmed));
    let fit = |request: &mut Value| {
        request["history"]["dental"] = json!("fit");
        request["confirmations"] = json!([]);
    };
    let shown = of_example(fit, summary);
    assert!(shown.contains("Status: Ready\nNothing stops this plan.\n"), "{shown}");
    assert!(!shown.contains("confirmed by a named person"), "{shown}");
}

#[test]
fn the_reason_of_a_dose_change_begins_with_the_dose_below_it() {
    of_example(
        |_| {},
        |plan| {
            let reasons = why(plan);
            let said = |n| reason(&reasons, About::DoseChange(n)).paragraphs[0].clone();
            assert!(said(0).starts_with("Up to and including 102.9 µmol/L it is 3.5 mg."), "{}", said(0));
            assert!(said(1).starts_with("Up to and including 128.6 µmol/L it is 3.3 mg."), "{}", said(1));
            assert!(said(2).starts_with("Up to and including 171.5 µmol/L it is 3 mg."), "{}", said(2));
        },
    );
}

#[test]
fn figures_of_the_formulas_are_the_published_ones() {
    use osteodose::quantity::{ADJUSTED_SHARE, COCKCROFT_GAULT, CREATININE_FACTOR, DEVINE};
    let of = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!((COCKCROFT_GAULT.years, COCKCROFT_GAULT.divisor), (140, 72));
    assert_eq!([COCKCROFT_GAULT.female, CREATININE_FACTOR, ADJUSTED_SHARE], ["0.85", "88.4", "0.4"].map(of));
    assert_eq!(
        [DEVINE.male_kg, DEVINE.female_kg, DEVINE.kg_per_inch, DEVINE.cm_per_inch],
        ["50", "45.5", "2.3", "2.54"].map(of)
    );
}

#[test]
fn a_ready_bag_of_which_nothing_is_removed_needs_no_diluent() {
    let ready = |creatinine: u16| {
        move |request: &mut Value| {
            request["treatment"]["product"] = json!("ready-to-use-4mg-100ml");
            request["labs"]["creatinine"]["value"] = json!(creatinine);
        }
    };
    let row = |creatinine, label: &str| {
        of_example(ready(creatinine), |plan| card(plan).into_iter().find(|it| it.label == label).map(|it| it.value))
    };
    assert_eq!(row(60, "Remove from bag").as_deref(), Some("none: the whole bag is given"));
    assert_eq!(row(60, "Bag").as_deref(), Some("100 mL, the ready-to-use bag"));
    assert_eq!(row(60, "Diluent"), None);
    assert_eq!(row(92, "Remove from bag").as_deref(), Some("12 mL, and replace it with 12 mL of diluent"));
    assert_eq!(row(92, "Diluent").as_deref(), Some("sodium chloride 0.9 % or glucose 5 %"));
    let said = of_example(ready(92), |plan| reason(&why(plan), About::Remove).paragraphs.join(" "));
    assert!(said.contains("4 mg × (100 mL − 12 mL) ÷ 100 mL = 3.52 mg"), "{said}");
}
