//! What has been stated so far, judged by the rules of a plan before there is a request.

use std::fs;

use osteodose::{
    dosing::{self, Stated, impossible, preview, unusual},
    patient::{CalciumKind, Condition, Indication, Tumour, WeightBasis},
    plan::{CalciumClass, Why},
    quantity::{AlbuminUnit, CalciumUnit, Clearance, CreatinineUnit, Decimal, Edge, Measured, Ratio, Sex, parse_date},
    regimen::{Code, Kidney},
    request::{CalciumEntry, Request},
};

use crate::{
    strategy::{Random, request},
    support::{LIBRARY, files},
};

fn parsed(seed: u64) -> Request {
    Request::parse(request(seed).to_string().as_bytes()).unwrap()
}

fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A woman whose clearance is that of the example of the interface.
fn woman() -> Stated<'static> {
    Stated {
        birth_date: parse_date("1958-03-14"),
        sex: Some(Sex::Female),
        weight_kg: Some(number("68.5")),
        labs_date: parse_date("2026-11-18"),
        creatinine: Some(Measured { value: number("92"), unit: CreatinineUnit::MicromolesPerLitre }),
        ..Stated::default()
    }
}

#[test]
fn a_preview_has_the_figures_of_the_plan() {
    let (mut plans, mut corrected) = (0, 0);
    for seed in 0..4000 {
        let request = parsed(seed);
        let Ok(plan) = dosing::plan(request.clone(), &LIBRARY) else { continue };
        plans += 1;
        let preview = preview(&Stated::from(&request), &LIBRARY);
        let figures = |renal: &osteodose::plan::Renal| {
            (renal.age_years, renal.sex, renal.weight_kg_used, renal.weight_basis, renal.creatinine, renal.clearance)
        };
        assert_eq!(preview.renal.as_ref().map(figures), plan.renal().map(figures), "seed {seed}");
        assert!(preview.renal.is_none_or(|renal| renal.band.is_none()), "seed {seed}");
        // A regimen may count an old calcium as not known; otherwise they are the same.
        let old = plan.findings().iter().any(|it| it.code() == Code::CalciumUnknown);
        if !old {
            assert_eq!(preview.corrected_calcium, plan.calcium().corrected, "seed {seed}");
            assert_eq!(preview.calcium_class, plan.calcium().class, "seed {seed}");
            corrected += 1;
        }
    }
    assert!(plans > 2000 && corrected > 1000, "only {plans} plans, {corrected} with calcium");
}

#[test]
fn a_request_is_refused_for_the_first_impossible_figure() {
    let mut told = 0;
    for path in files("bad-requests", ".json") {
        let Ok(request) = Request::parse(&fs::read(&path).unwrap()) else { continue };
        let error = dosing::plan(request.clone(), &LIBRARY).unwrap_err();
        let found = impossible(&Stated::from(&request), LIBRARY.limits());
        if let Some(first) = found.first() {
            assert_eq!(*first, error, "{}", path.display());
            told += 1;
        }
        // No figure is told to be impossible by anything else than these rules.
        let figure = matches!(error.why, Why::Impossible { .. } | Why::After { .. } | Why::WrongTumour { .. });
        assert!(!figure || !found.is_empty(), "{}", path.display());
    }
    assert!(told >= 15, "only {told} impossible figures");
}

#[test]
fn a_usable_request_has_no_impossible_figure() {
    for seed in 0..2000 {
        let request = parsed(seed);
        let stated = Stated::from(&request);
        let found = impossible(&stated, LIBRARY.limits());
        let Ok(plan) = dosing::plan(request.clone(), &LIBRARY) else { continue };
        assert!(found.is_empty(), "seed {seed}: {}", found[0]);
        let codes = |codes: &mut Vec<Code>| {
            codes.sort_unstable();
            codes.dedup();
        };
        let mut asked: Vec<Code> = unusual(&stated, LIBRARY.limits()).iter().map(|it| it.finding.code()).collect();
        let mut planned: Vec<Code> = plan
            .findings()
            .iter()
            .map(osteodose::plan::Finding::code)
            .filter(|code| code.as_str().starts_with("unusual-value"))
            .collect();
        codes(&mut asked);
        codes(&mut planned);
        assert_eq!(asked, planned, "seed {seed}");
    }
}

#[test]
fn every_impossible_figure_is_told_and_each_beside_its_field() {
    let stated = Stated {
        weight_kg: Some(number("700")),
        height_cm: Some(number("20")),
        creatinine: Some(Measured { value: number("92"), unit: CreatinineUnit::MilligramsPerDecilitre }),
        albumin: Some(Measured { value: number("3"), unit: AlbuminUnit::GramsPerLitre }),
        baseline_creatinine: Some(Measured { value: number("20"), unit: CreatinineUnit::MicromolesPerLitre }),
        ..Stated::default()
    };
    let found = impossible(&stated, LIBRARY.limits());
    let paths: Vec<_> = found.iter().map(|it| it.path).collect();
    assert_eq!(paths[..3], ["patient.weight_kg", "patient.height_cm", "labs.creatinine.value"]);
    assert!(paths.contains(&"labs.albumin.value"), "{paths:?}");
    assert!(matches!(&found[2].why, Why::Impossible { meant: Some(unit), .. } if unit.to_string() == "µmol/L"));
    let asked = unusual(&stated, LIBRARY.limits());
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].path, "course.baseline_creatinine.value");
    assert_eq!(asked[0].finding.code(), Code::UnusualValueCreatinine);
}

#[test]
fn nothing_stated_is_nothing_wrong() {
    assert!(impossible(&Stated::default(), LIBRARY.limits()).is_empty());
    assert!(unusual(&Stated::default(), LIBRARY.limits()).is_empty());
    let preview = preview(&Stated::default(), &LIBRARY);
    assert!(preview.renal.is_none() && preview.corrected_calcium.is_none());
    assert_eq!(preview.calcium_class, CalciumClass::Unknown);
}

#[test]
fn dates_are_held_against_those_that_are_there() {
    let paths = |stated: Stated<'_>| -> Vec<&'static str> {
        impossible(&stated, LIBRARY.limits()).iter().map(|it| it.path).collect()
    };
    let born_late = || Stated { birth_date: parse_date("2026-12-24"), ..Stated::default() };
    assert_eq!(paths(born_late()), [""; 0]);
    let start_date = parse_date("2026-12-01");
    assert_eq!(paths(Stated { start_date, ..born_late() }), ["patient.birth_date"]);
    assert_eq!(paths(Stated { labs_date: start_date, ..born_late() }), ["patient.birth_date"]);
    assert_eq!(paths(Stated { last_dose: parse_date("2026-12-24"), ..Stated::default() }), [""; 0]);
    let course =
        Stated { first_dose: parse_date("2026-12-25"), last_dose: parse_date("2026-12-24"), ..Stated::default() };
    assert_eq!(paths(course.clone()), ["course.first_dose"]);
    assert_eq!(paths(Stated { start_date, ..course }), ["course.last_dose", "course.first_dose"]);
    // Before a start is known, the age is told by the day of the values.
    let old = Stated { birth_date: parse_date("1900-01-01"), ..woman() };
    assert_eq!(paths(old), ["patient.birth_date"]);
}

#[test]
fn clearance_is_shown_as_soon_as_its_figures_are_there() {
    let renal = preview(&woman(), &LIBRARY).renal.unwrap();
    assert_eq!((renal.age_years, renal.shown.to_string()), (68, "55.9 mL/min".to_owned()));
    assert_eq!((renal.weight_kg_used, renal.weight_basis), (number("68.5"), WeightBasis::Actual));
    assert_eq!(renal.clearance.to_string(), "55.946630");
    let missing = [
        Stated { birth_date: None, ..woman() },
        Stated { sex: None, ..woman() },
        Stated { weight_kg: None, ..woman() },
        Stated { labs_date: None, ..woman() },
        Stated { creatinine: None, ..woman() },
        Stated { conditions: &[Condition::Dialysis], ..woman() },
        Stated { weight_kg: Some(number("0")), ..woman() },
        Stated { birth_date: parse_date("1900-01-01"), ..woman() },
        Stated { start_date: parse_date("2026-11-17"), ..woman() },
    ];
    for stated in missing {
        let preview = preview(&stated, &LIBRARY);
        assert!(preview.renal.is_none() && preview.weight_not_usable.is_none(), "{stated:?}");
    }
}

#[test]
fn the_figures_of_the_formula_are_there_to_be_shown() {
    let renal = preview(&woman(), &LIBRARY).renal.unwrap();
    let years = Ratio::whole(140 - i64::from(renal.age_years));
    let above = years * renal.weight_kg_used.ratio() * renal.sex.clearance_factor().ratio();
    let by_hand = above / (Ratio::whole(72) * renal.creatinine.in_mg_per_dl());
    assert_eq!(by_hand.floor(6), renal.clearance);
}

#[test]
fn a_weight_that_needs_the_height_says_so() {
    let ideal = Stated { weight_basis: Some(WeightBasis::Ideal), ..woman() };
    let without = preview(&ideal, &LIBRARY);
    assert!(without.renal.is_none());
    assert_eq!(without.weight_not_usable.unwrap().path, "weight_basis");
    let with = preview(&Stated { height_cm: Some(number("164")), ..ideal }, &LIBRARY);
    assert_eq!(with.renal.unwrap().weight_basis, WeightBasis::Ideal);
}

#[test]
fn calcium_is_corrected_as_soon_as_kind_and_albumin_allow() {
    let entry = |value, kind| Some(CalciumEntry { value: number(value), unit: CalciumUnit::MillimolesPerLitre, kind });
    let albumin = Some(Measured { value: number("35"), unit: AlbuminUnit::GramsPerLitre });
    let shown = |stated: Stated<'_>| {
        let preview = preview(&stated, &LIBRARY);
        (preview.corrected_calcium.map(|it| it.to_string()).unwrap_or_default(), preview.calcium_class)
    };
    let none = String::new;
    let total = Stated { calcium: entry("2.90", None), ..Stated::default() };
    assert_eq!(shown(total.clone()), (none(), CalciumClass::Unknown));
    assert_eq!(shown(Stated { albumin, ..total.clone() }), ("3 mmol/L".to_owned(), CalciumClass::Severe));
    let corrected = Stated { calcium: entry("2.30", Some(CalciumKind::Corrected)), ..Stated::default() };
    assert_eq!(shown(corrected), ("2.30 mmol/L".to_owned(), CalciumClass::Normal));
    let ionised = Stated { calcium: entry("1.00", Some(CalciumKind::Ionised)), ..Stated::default() };
    assert_eq!(shown(ionised.clone()), (none(), CalciumClass::Low));
    let emergency = Stated { indication: Some(Indication::Hypercalcaemia), ..ionised };
    assert_eq!(shown(emergency), (none(), CalciumClass::Unknown));
    let not_possible = Some(Measured { value: number("900"), unit: AlbuminUnit::GramsPerLitre });
    assert_eq!(shown(Stated { albumin: not_possible, ..total }), (none(), CalciumClass::Unknown));
}

/// One of these, or nothing.
fn maybe<T: Copy>(random: &mut Random, list: &[T]) -> Option<T> {
    random.chance(80).then(|| *random.pick(list))
}

#[test]
fn no_figure_makes_a_preview_panic() {
    const NUMBERS: &[&str] = &[
        "-999999999.99999999",
        "-1",
        "-0.00000001",
        "0",
        "0.00000001",
        "0.1",
        "1",
        "2.31",
        "3.5",
        "10",
        "38",
        "68.5",
        "92",
        "152.4",
        "164",
        "350",
        "999999999.99999999",
    ];
    let dates: Vec<_> = ["1900-01-01", "1958-03-14", "2026-11-18", "2026-12-01", "2199-12-31"]
        .iter()
        .map(|it| parse_date(it).unwrap())
        .collect();
    let numbers: Vec<Decimal> = NUMBERS.iter().map(|it| number(it)).collect();
    let (mut with_clearance, mut with_calcium) = (0, 0);
    for seed in 0..50_000 {
        let mut random = Random::new(seed);
        let r = &mut random;
        let creatinine = |r: &mut Random| {
            let unit = *r.pick(CreatinineUnit::ALL);
            maybe(r, &numbers).map(|value| Measured { value, unit })
        };
        let (calcium_unit, albumin_unit) = (*r.pick(CalciumUnit::ALL), *r.pick(AlbuminUnit::ALL));
        let kind = maybe(r, CalciumKind::ALL);
        let stated = Stated {
            birth_date: maybe(r, &dates),
            sex: maybe(r, Sex::ALL),
            weight_kg: maybe(r, &numbers),
            height_cm: maybe(r, &numbers),
            tumour: maybe(r, Tumour::ALL),
            indication: maybe(r, Indication::ALL),
            conditions: if r.chance(10) { Condition::ALL } else { &[] },
            labs_date: maybe(r, &dates),
            creatinine: creatinine(r),
            calcium: maybe(r, &numbers).map(|value| CalciumEntry { value, unit: calcium_unit, kind }),
            calcium_date: maybe(r, &dates),
            albumin: maybe(r, &numbers).map(|value| Measured { value, unit: albumin_unit }),
            weight_basis: maybe(r, WeightBasis::ALL),
            last_antiresorptive: maybe(r, &dates),
            start_date: maybe(r, &dates),
            first_dose: maybe(r, &dates),
            last_dose: maybe(r, &dates),
            baseline_creatinine: creatinine(r),
            baseline_date: maybe(r, &dates),
            second_weight_kg: maybe(r, &numbers),
            second_creatinine: creatinine(r),
            second_calcium: None,
            second_albumin: maybe(r, &numbers).map(|value| Measured { value, unit: albumin_unit }),
            second_height_cm: maybe(r, &numbers),
            second_baseline: creatinine(r),
            confirmations: &[],
            open_weekdays: None,
        };
        let preview = preview(&stated, &LIBRARY);
        with_clearance += u32::from(preview.renal.is_some());
        with_calcium += u32::from(preview.corrected_calcium.is_some());
        let refused = impossible(&stated, LIBRARY.limits());
        let told: Vec<_> = refused.iter().map(ToString::to_string).collect();
        assert!(told.iter().all(|it| !it.is_empty()), "seed {seed}");
    }
    assert!(with_clearance > 20 && with_calcium > 200, "only {with_clearance} and {with_calcium}");
}

#[test]
fn the_next_limit_is_the_nearest_below_at_which_something_changes() {
    let mut seen = 0;
    for seed in 0..6000 {
        let request = parsed(seed);
        let Ok(plan) = dosing::plan(request.clone(), &LIBRARY) else { continue };
        let Some(next) = dosing::next_limit(&plan) else { continue };
        seen += 1;
        let renal = plan.renal().unwrap();
        assert_eq!((renal.clearance - Decimal::whole(i64::from(next.limit))).ratio().floor(1), next.distance);
        assert!(!next.distance.is_negative(), "seed {seed}");
        let is_edge = |row: &osteodose::regimen::DoseRow| matches!(row.clearance.map(|it| it.0), Some(Kidney::Range(range)) if range.low.is_some_and(|it| it.at == next.limit));
        assert!(plan.listed().regimen.doses.iter().any(is_edge), "seed {seed}");
        // The creatinine at which the dose changes next is the one that leads to this limit, unless a
        // limit of creatinine itself comes first.
        if let osteodose::plan::Outcome::Dosed(dosed) = plan.outcome()
            && let Some(change) = dosed.dose_changes.first()
        {
            let clearance = Clearance::cockcroft_gault(
                renal.age_years,
                renal.sex,
                renal.weight_kg_used.ratio(),
                change.when_creatinine_above,
            );
            let edge = Edge { at: next.limit, belongs_above: true };
            assert!(clearance.is_above(edge) || renal.weight_basis != WeightBasis::Actual, "seed {seed}");
        }
    }
    assert!(seen > 500, "only {seen} plans with a next limit");
}
