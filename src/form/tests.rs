//! The form as a whole: what is typed into it, letter by letter, and what it says of it.

use std::sync::LazyLock;

use super::*;
use crate::{plan::SecondCheckResult, quantity::parse_date, regimen::Code, request::Request};

static LIBRARY: LazyLock<&'static Library> = LazyLock::new(Library::shipped);

fn day(text: &str) -> NaiveDate {
    parse_date(text).expect("a date")
}

/// A form on the last day of November 2026.
fn form() -> Form {
    Form::new(&LIBRARY, Draft::default(), day("2026-11-30"))
}

/// A form with these entries.
fn with(entries: &[(Field, &str)]) -> Form {
    let mut form = form();
    for (field, text) in entries {
        assert_eq!(form.set(*field, *text), None);
    }
    form
}

/// The reduced dose of zoledronic acid, with one finding to confirm.
const REDUCED: &[(Field, &str)] = &[
    (Field::BirthDate, "14.3.1958"),
    (Field::Sex, "female"),
    (Field::Weight, "68,5 kg"),
    (Field::Tumour, "breast"),
    (Field::Indication, "skeletal-events"),
    (Field::LabDate, "18.11."),
    (Field::Creatinine, "92u"),
    (Field::Calcium, "2,31mm"),
    (Field::CalciumKind, "total"),
    (Field::Albumin, "38 gl"),
    (Field::Dental, "not-examined"),
    (Field::Conditions, "none"),
    (Field::Medicines, "none"),
    (Field::LastDrug, "none"),
    (Field::StartDate, "1.12."),
    (Field::Regimen, "zoledronic-acid/skeletal-events/intravenous"),
];

fn reduced() -> Form {
    let form = with(REDUCED);
    assert!(form.plan().is_some(), "{:?} {:?}", form.filled().missing(), form.filled().refused());
    form
}

/// A reading as one text: its kind, and what is read.
fn reading(form: &Form, field: Field) -> String {
    match form.reading(field) {
        Reading::Empty => "empty".to_owned(),
        Reading::Read(read) => format!("= {read}"),
        Reading::Open(open) => format!("~ {open}"),
        Reading::Wrong { short, sentence } => format!("x {short} | {sentence}"),
    }
}

#[test]
fn every_entry_is_read_back_in_full() {
    let form = with(REDUCED);
    for (field, read) in [
        (Field::BirthDate, "= Fri 14-Mar-1958, 68 years"),
        (Field::Sex, "= female"),
        (Field::Weight, "= 68.5 kg"),
        (Field::LabDate, "= Wed 18-Nov-2026"),
        (Field::Creatinine, "= 92 µmol/L"),
        (Field::Calcium, "= 2.31 mmol/L"),
        (Field::CalciumKind, "= total"),
        (Field::Albumin, "= 38 g/L"),
        (Field::Conditions, "= none of these"),
        (Field::StartDate, "= Tue 01-Dec-2026"),
        (Field::Regimen, "= zoledronic acid, intravenous"),
        (Field::Name, "empty"),
    ] {
        assert_eq!(reading(&form, field), read);
    }
    assert_eq!(form.text(Field::Weight), "68,5 kg");
}

#[test]
fn what_is_open_or_wrong_says_so_and_stays_as_typed() {
    for (field, text, read) in [
        (Field::Creatinine, "92", "~ 92 [unit not chosen]"),
        (
            Field::Creatinine,
            "1.04u",
            "x not possible in µmol/L | 1.04 µmol/L is not possible (allowed: 10 to 2500 µmol/L). On the report mg/dL? \
             Then write 1.04 mg.",
        ),
        (
            Field::Creatinine,
            "92 l",
            "x this unit is not known | \"92 l\": this unit is not known. Write u for µmol/L or mg for mg/dL.",
        ),
        (
            Field::Creatinine,
            "<20",
            "x a bound, not a value | \"<20\" is a bound, not a value. Ask the laboratory for the value, or leave this empty.",
        ),
        (Field::Creatinine, "9O", "x not a number | \"9O\" is not a number. Write it as 68.5 or 68,5."),
        (
            Field::Creatinine,
            "1,034u",
            "x a thousand or a decimal? | \"1,034u\" can be read in two ways. Write 1034u or 1.034u.",
        ),
        (Field::Calcium, "2.31", "~ 2.31 [unit not chosen]"),
        (Field::Calcium, "2.31m", "~ 2.31 [mmol/L or mg/dL?]"),
        (
            Field::Calcium,
            "2.31 mol",
            "x this unit is not known | \"2.31 mol\": this unit is not known. Write mm for mmol/L or mg for mg/dL.",
        ),
        (Field::Albumin, "38g", "~ 38 [g/L or g/dL?]"),
        (Field::Weight, "151 lb", "x pounds are not taken | \"151 lb\": pounds are not taken. Write kg."),
        (
            Field::Weight,
            "68.5.",
            "x not a number | \"68.5.\" is not a number: it has more than one comma or point. Write the decimal one only.",
        ),
        (Field::Weight, "6850", "x not possible | 6850 kg is not possible (allowed: 20 to 350 kg)."),
        (Field::Weight, "68.5k", "~ 68.5 [kg?]"),
        (Field::Height, "5'4\"", "x feet are not taken | \"5'4\"\": feet are not taken. Write cm."),
        (
            Field::LabDate,
            "18/11",
            "x day or month first? | \"18/11\": is the day first, or the month? Write 18.11., 18 Nov or 2026-11-18.",
        ),
        (Field::LabDate, "31.02.2026", "x there is no such day | \"31.02.2026\": February 2026 has 28 days."),
        (
            Field::BirthDate,
            "1. März 1950",
            "x this month is not known | \"1. März 1950\": this month is not known. Write it in English or as a number: \
             1 Mar 1950 or 1.3.1950.",
        ),
        (Field::BirthDate, "14.3.2031", "x after today | \"14.3.2031\" is after today, 30-Nov-2026. Check the year."),
        (
            Field::BirthDate,
            "14.3.",
            "x the year is missing | \"14.3.\": the year is missing. Write it with four digits, such as 14.3.1958.",
        ),
        (Field::BirthDate, "1950/01/02", "= Mon 02-Jan-1950"),
        (Field::LabDate, "t", "= Mon 30-Nov-2026"),
        (Field::LabDate, "30.11.", "= Mon 30-Nov-2026"),
        (Field::LabDate, "1.12.", "= Mon 01-Dec-2025"),
        (Field::StartDate, "30.11.", "= Mon 30-Nov-2026"),
        (Field::StartDate, "29.11.", "= Mon 29-Nov-2027"),
        (
            Field::StartDate,
            "+28",
            "x not counted from the start | \"+28\": days from the start date are not counted here. Write the date.",
        ),
        (Field::ClosedDates, "24.12.-25.12. Christmas", "= Thu 24-Dec to Fri 25-Dec-2026 Christmas"),
        (
            Field::ClosedDates,
            "31.12.-1.1. New Year; 1.5.",
            "= Thu 31-Dec-2026 to Fri 01-Jan-2027 New Year; Sat 01-May-2027",
        ),
        (
            Field::ClosedDates,
            "25.12.2026-24.12.2026",
            "x ends before it begins | \"25.12.2026-24.12.2026\": the last day is before the first. Write first-last.",
        ),
        (Field::PreparedBy, "K", "x a name has two letters | \"K\" is not a name: a name has at least two letters."),
        (Field::Tumour, "toe", "~ [choose again]"),
        (Field::Conditions, "none pregnant", "~ [choose again]"),
    ] {
        let form = with(&[(field, text)]);
        assert_eq!(reading(&form, field), read, "{text}");
        assert_eq!(form.text(field), text);
        let is_wrong = form.filled().refused().contains_key(&field);
        assert_eq!(is_wrong, read.starts_with('x'), "{text}");
        assert_eq!(form.filled().missing().contains(&field), read.starts_with('~'), "{text}");
        assert_eq!(form.to_add(field).is_some(), read.starts_with('~'), "{text}");
        if let Reading::Wrong { short, .. } = form.reading(field) {
            assert!(short.chars().count() <= 28, "{short}");
        }
    }
}

#[test]
fn days_of_closures_are_counted_from_the_start() {
    let form = with(&[(Field::StartDate, "1.12.2026"), (Field::ClosedDates, "+28 away")]);
    assert_eq!(reading(&form, Field::ClosedDates), "= Tue 29-Dec-2026 away");
}

#[test]
fn closures_become_the_dates_of_the_request() {
    let mut form = reduced();
    form.set(Field::ClosedDates, "24.12.-26.12. Christmas, 1.1.");
    let closed =
        |form: &Form| form.plan().and_then(|plan| plan.request().clinic.clone()).expect("a clinic").closed_dates;
    let days = ["2026-12-24", "2026-12-25", "2026-12-26", "2027-01-01"].map(day);
    assert_eq!(closed(&form), days);
    let again = Form::of_request(&LIBRARY, form.plan().expect("a plan").request(), form.today());
    assert_eq!(again.text(Field::ClosedDates), "2026-12-24 to 2026-12-26, 2027-01-01");
    assert_eq!(closed(&again), days);
}

#[test]
fn a_value_without_its_unit_makes_no_plan_and_is_no_part_of_a_second_check() {
    let mut form = reduced();
    form.set(Field::Albumin, "38");
    assert!(form.plan().is_none());
    form.set(Field::Albumin, "38gl");
    assert!(form.plan().is_some());
    for (field, text) in [
        (Field::SecondBy, "B. Lind"),
        (Field::SecondBirthDate, "14.3.1958"),
        (Field::SecondSex, "female"),
        (Field::SecondWeight, "68.5"),
        (Field::SecondCreatinine, "92"),
    ] {
        form.set(field, text);
    }
    let checked = |form: &Form| form.plan().map(Plan::second_check);
    assert_eq!(checked(&form), Some(SecondCheckResult::NotDone));
    assert!(form.second_check_fields().len() > 1);
    form.set(Field::SecondCreatinine, "92u");
    assert_eq!(checked(&form), Some(SecondCheckResult::Agrees));
}

#[test]
fn what_came_of_a_second_check_counts_until_another_one_is_whole() {
    let mut form = reduced();
    let check = |form: &mut Form, weight: &str| {
        for (field, text) in [
            (Field::SecondBy, "B. Lind"),
            (Field::SecondBirthDate, "14.3.1958"),
            (Field::SecondSex, "female"),
            (Field::SecondWeight, weight),
            (Field::SecondCreatinine, "92u"),
        ] {
            form.set(field, text);
        }
    };
    let checked = |form: &Form| form.plan().map(Plan::second_check);
    check(&mut form, "58.5");
    assert_eq!(checked(&form), Some(SecondCheckResult::Differs));
    form.begin_second_check();
    assert_eq!(form.text(Field::SecondBy), "");
    assert_eq!(checked(&form), Some(SecondCheckResult::Differs));
    // One that cannot be is none, and neither is the draft of it.
    check(&mut form, "6850");
    assert_eq!(checked(&form), Some(SecondCheckResult::Differs));
    form.begin_second_check();
    form.set(Field::SecondBy, "C. Berg");
    let again = Form::new(&LIBRARY, Draft::from_entries(&form.entries()), form.today());
    assert_eq!(checked(&again), Some(SecondCheckResult::Differs));
    check(&mut form, "68.5");
    assert_eq!(checked(&form), Some(SecondCheckResult::Agrees));
    assert!(!form.entries().keys().any(|key| key.ends_with("checked-before")), "the other one is forgotten");
}

#[test]
fn a_reopened_value_has_its_unit() {
    let again = Form::of_request(&LIBRARY, reduced().plan().expect("a plan").request(), day("2026-11-30"));
    assert_eq!(again.text(Field::Creatinine), "92 µmol/L");
    assert_eq!(again.text(Field::Calcium), "2.31 mmol/L");
    assert_eq!(again.text(Field::Weight), "68.5");
    assert_eq!(again.plan().map(Plan::to_json), reduced().plan().map(Plan::to_json));
}

#[test]
fn an_identifier_that_a_spreadsheet_shortened_is_asked_about() {
    assert_eq!(reading(&with(&[(Field::Id, "4.01E+09")]), Field::Id), "= 4.01E+09 (was it shortened?)");
    assert_eq!(reading(&with(&[(Field::Id, "4E09")]), Field::Id), "= 4E09");
}

#[test]
fn the_plan_before_is_shown_with_the_change() {
    let request: Request = reduced().plan().expect("a plan").request().clone();
    let mut form = Form::of_request(&LIBRARY, &request, day("2026-12-29"));
    assert_eq!(form.before(Field::Creatinine).as_deref(), Some("92 µmol/L"));
    assert_eq!(form.before(Field::LabDate).as_deref(), Some("Wed 18-Nov-2026"));
    assert_eq!(form.before(Field::Weight).as_deref(), Some("68.5 kg"));
    assert_eq!(form.before(Field::Dental).as_deref(), Some("not examined"));
    assert_eq!(form.before(Field::Height), None);
    assert_eq!((form.change(Field::Creatinine), form.jump(Field::Creatinine)), (None, None));
    for (text, change, jump) in [
        ("98u", Some("6 more"), None),
        ("138u", Some("46 more"), None),
        ("138.1u", Some("46.1 more"), Some("much more than before (92)")),
        ("61.4u", Some("30.6 less"), None),
        ("61.3u", Some("30.7 less"), Some("much less than before (92)")),
        ("92.0u", None, None),
        ("1.1mg", None, None),
        ("98", None, None),
    ] {
        form.set(Field::Creatinine, text);
        assert_eq!(form.change(Field::Creatinine).as_deref(), change, "{text}");
        assert_eq!(form.jump(Field::Creatinine).as_deref(), jump, "{text}");
    }
    form.set(Field::Weight, "68.2");
    assert_eq!(form.change(Field::Weight).as_deref(), Some("0.3 less"));
    // It outlives a crash, and it is the same at the next visit.
    let taken_up = Form::new(&LIBRARY, Draft::from_entries(&form.entries()), day("2026-12-30"));
    assert_eq!(taken_up.before(Field::Creatinine).as_deref(), Some("92 µmol/L"));
    assert_eq!(taken_up.change(Field::Weight).as_deref(), Some("0.3 less"));
    let opened = Form::of_request(&LIBRARY, &request, day("2026-12-29"));
    let next = opened.next_visit().expect("a next visit");
    assert_eq!((next.text(Field::Creatinine), next.before(Field::Creatinine).as_deref()), ("", Some("92 µmol/L")));
    // A second person sees nothing.
    assert!(Field::SECOND_CHECK.iter().all(|field| next.before(*field).is_none()));
    assert_eq!(reduced().before(Field::Creatinine), None);
}

#[test]
fn a_due_dose_is_given_on_the_nearest_such_day_past() {
    let request = reduced().plan().expect("a plan").request().clone();
    let mut next = Form::of_request(&LIBRARY, &request, day("2027-01-02")).next_visit().expect("a next visit");
    let first = day("2026-12-01");
    assert_eq!(next.due_fields(), [Field::DueWas(first), Field::DueWas(day("2026-12-29"))]);
    assert_eq!(next.choose(Field::DueWas(first), 'g'), Ok(()));
    assert_eq!(next.set(Field::DueOn(first), "2.12."), None);
    assert_eq!(reading(&next, Field::DueOn(first)), "= Wed 02-Dec-2026");
    assert_eq!((next.text(Field::FirstDose), next.text(Field::Baseline)), ("2026-12-02", "92 µmol/L"));
    let later = Form::new(&LIBRARY, Draft::from_entries(&next.entries()), day("2027-12-20"));
    assert_eq!(reading(&later, Field::DueOn(first)), "= Wed 02-Dec-2026");
    assert_eq!(later.text(Field::LastDose), "2026-12-02");
    next.set(Field::DueOn(first), "3.1.2027");
    assert!(reading(&next, Field::DueOn(first)).starts_with("x after today"));
}

#[test]
fn a_calcium_of_another_day_has_its_date() {
    let mut form = reduced();
    form.set(Field::CalciumDate, "12.11.");
    let again = Form::of_request(&LIBRARY, form.plan().expect("a plan").request(), day("2026-12-29"));
    assert_eq!(again.before(Field::Calcium).as_deref(), Some("2.31 mmol/L, 12-Nov-2026"));
}

#[test]
fn choices_have_letters_and_marks_are_answers() {
    let mut form = form();
    for field in Field::ALL {
        let options = form.options(*field);
        let keys: std::collections::BTreeSet<char> = options.iter().map(|it| it.key).collect();
        assert_eq!(keys.len(), options.len(), "{field:?}");
        assert!(!keys.contains(&' '), "{field:?}");
    }
    assert_eq!(form.choose(Field::Sex, 'F'), Ok(()));
    assert_eq!(form.text(Field::Sex), "female");
    assert_eq!(form.choose(Field::Sex, 'x'), Err(NotChosen::NoSuchLetter));
    assert_eq!(form.choose(Field::Weight, '1'), Err(NotChosen::NoSuchLetter));
    assert_eq!(form.text(Field::Sex), "female");
    assert_eq!(form.choose(Field::Conditions, 'n'), Ok(()));
    assert_eq!(form.text(Field::Conditions), "none");
    assert_eq!(form.choose(Field::Conditions, '2'), Ok(()));
    assert_eq!(form.choose(Field::Conditions, '1'), Ok(()));
    assert_eq!(form.text(Field::Conditions), "pregnant breast-feeding");
    assert_eq!(form.choose(Field::Conditions, 'n'), Err(NotChosen::MarksStand));
    assert_eq!(form.text(Field::Conditions), "pregnant breast-feeding");
    assert_eq!(form.choose(Field::Conditions, '1'), Ok(()));
    assert_eq!(form.text(Field::Conditions), "breast-feeding");
}

#[test]
fn typing_confirms_nothing_and_the_act_does() {
    let mut form = reduced();
    let code = form.to_confirm()[0].code();
    let (by, because) = (Field::ConfirmedBy(code), Field::ConfirmedBecause(code));
    let confirmed = |form: &Form| form.plan().expect("a plan").request().confirmations.len();
    for (name, reason, why) in [
        ("", "", NotConfirmed::NoName),
        ("s", "x", NotConfirmed::ShortName),
        ("Kim Holm", "", NotConfirmed::NoReason),
        ("Kim Holm", "x", NotConfirmed::ShortReason),
        ("Kim Holm", "necessary", NotConfirmed::ShortReason),
        ("Kim Holm", "it is ok", NotConfirmed::ShortReason),
        ("Kim Holm", "Holm, Kim Holm", NotConfirmed::NameAsReason),
    ] {
        form.set(by, name);
        form.set(because, reason);
        assert!(form.not_confirmed(code).is_some(), "{name}, {reason}");
        assert_eq!(form.confirm(code), Err(why), "{name}, {reason}");
        assert_eq!(confirmed(&form), 0);
    }
    form.set(because, "seen by dentist next week");
    assert_eq!((form.not_confirmed(code), confirmed(&form)), (None, 0));
    assert!(!form.is_any_confirmed_for_other_figures());
    assert_eq!(form.confirm(code), Ok(()));
    assert_eq!(confirmed(&form), 1);
    assert_eq!(form.confirm(Code::Pregnant), Err(NotConfirmed::NoSuchFinding));
    // What was confirmed is what stood there: another name is another confirmation.
    form.set(by, "Kim Holmes");
    assert_eq!(confirmed(&form), 0);
    assert!(!form.is_any_confirmed_for_other_figures());
    assert_eq!(form.confirm(code), Ok(()));
    form.unconfirm(code);
    assert_eq!((confirmed(&form), form.text(by), form.text(because)), (0, "", ""));
}

#[test]
fn a_plan_with_short_names_is_opened_as_it_is() {
    let mut form = reduced();
    let code = form.to_confirm()[0].code();
    form.set(Field::ConfirmedBy(code), "Kim Holm");
    form.set(Field::ConfirmedBecause(code), "seen by dentist next week");
    form.confirm(code).expect("a confirmation");
    let mut request = form.plan().expect("a plan").request().clone();
    request.prepared_by = "K".parse().ok();
    request.confirmations[0].by = "s".parse().expect("a text");
    request.confirmations[0].reason = "x".parse().expect("a text");
    let mut again = Form::of_request(&LIBRARY, &request, form.today());
    assert_eq!(again.plan().map(Plan::request), Some(&request));
    again.set(Field::PreparedBy, "L");
    assert!(again.plan().is_none());
}

#[test]
fn drugs_are_compared_with_today_until_there_is_a_start() {
    let mut form = with(REDUCED);
    form.clear([Field::StartDate]);
    assert!(form.plan().is_none());
    assert_eq!(form.filled().missing(), [Field::StartDate]);
    assert!(form.is_start_assumed());
    assert_eq!(form.compares_from(), Some(day("2026-11-30")));
    assert!(!form.comparison().is_empty());
    form.set(Field::StartDate, "1.12.");
    assert!(!form.is_start_assumed());
    assert_eq!(form.compares_from(), Some(day("2026-12-01")));
    assert_eq!(self::form().compares_from(), None);
}

#[test]
fn what_is_left_to_do_is_found_in_order() {
    let mut form = with(REDUCED);
    assert!(Step::ALL.iter().all(|step| form.open_fields(*step).is_empty()));
    assert_eq!(form.next_open(None), None);
    form.clear([Field::Medicines]);
    form.set(Field::Albumin, "38");
    form.set(Field::Weight, "151 lb");
    form.clear([Field::CalciumKind]);
    assert_eq!(form.open_fields(Step::Laboratory), [Field::CalciumKind, Field::Albumin]);
    let mut found = Vec::new();
    let mut after = None;
    while let Some((step, field)) = form.next_open(after) {
        found.push((step, field));
        after = Some(field);
    }
    let expected = [
        (Step::Patient, Field::Weight),
        (Step::Laboratory, Field::CalciumKind),
        (Step::Laboratory, Field::Albumin),
        (Step::Safety, Field::Medicines),
    ];
    assert_eq!(found, expected);
    assert_eq!(form.next_open(Some(Field::Creatinine)), Some((Step::Laboratory, Field::CalciumKind)));
}

#[test]
fn a_choice_that_is_not_offered_any_more_is_asked_again() {
    let mut form = reduced();
    form.set(Field::Interval, "99");
    assert!(form.plan().is_none());
    assert_eq!(form.filled().missing(), [Field::Interval]);
    form.clear([Field::Interval]);
    assert!(form.plan().is_some());
}

#[test]
fn an_entry_does_not_grow_without_end() {
    let mut form = form();
    assert_eq!(form.set(Field::Name, "x".repeat(1000)), None);
    assert_eq!(form.set(Field::Name, "x".repeat(1001)), Some(NotRead::LongText(1000)));
    assert_eq!(form.text(Field::Name).len(), 1000);
    assert_eq!(form.set(Field::Name, "x".repeat(999)), None);
}

#[test]
fn whatever_is_typed_is_kept_letter_by_letter() {
    let mut seed = 1_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap_or(0) % below
    };
    let letters: Vec<char> =
        "0123456789.,;:-+/<>%\"'{}[]()\\ \t\n\u{1b}\u{202e}\u{200b}abcgklmnotuxµμéßÄ山\u{301}🦴".chars().collect();
    let day = day("2026-12-01");
    let mut fields = Field::ALL.to_vec();
    fields.extend([Field::DueWas(day), Field::DueOn(day)]);
    fields.extend([Field::ConfirmedBy(Code::CalciumUnknown), Field::ConfirmedBecause(Code::CalciumUnknown)]);
    let mut form = Form::of_request(&LIBRARY, reduced().plan().expect("a plan").request(), day);
    for _ in 0..2000 {
        let field = fields[next(fields.len())];
        let text: String = (0..next(12)).map(|_| letters[next(letters.len())]).collect();
        assert_eq!(form.set(field, text.as_str()), None);
        assert_eq!(form.text(field), text, "{field:?}");
        // Nothing that is typed is more than its field can say something about.
        for field in &fields {
            form.reading(*field);
        }
        let draft = Draft::from_entries(&form.entries());
        assert_eq!(draft, *form.draft(), "{field:?} {text:?}");
    }
}
