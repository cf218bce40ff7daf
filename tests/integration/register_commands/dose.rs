//! Recording a dose by the command: containers of several batches, scanned labels, and a course that is resumed with it.

use serde_json::{Value, json};

use super::{GIVEN, Ward, denosumab, entry};

/// The label of a container, as a scanner types it: trade item number, expiry, batch, and a serial number.
fn code(batch: &str, serial: &str) -> String {
    let serial = if serial.is_empty() { String::new() } else { format!("21{serial}") };
    format!("]d201070462613985721728043010{batch}\u{1D}{serial}")
}

/// The containers of the last entry.
fn containers(ward: &Ward) -> Value {
    let body = ward.bodies().pop().unwrap();
    body["containers"].clone()
}

fn container(brand: &str, batch: &str, expires: &str, count: u16) -> Value {
    json!({"brand": brand, "batch": batch, "expires": expires, "count": count})
}

fn give<'a>(more: &[&'a str]) -> Vec<&'a str> {
    entry("give", "2025-12-02", &[&GIVEN[..], more].concat())
}

/// Options in one line, each word of it one argument.
fn line(options: &str) -> Vec<&str> {
    options.split(' ').collect()
}

#[test]
fn containers_of_several_batches_are_recorded_with_one_dose() {
    let ward = Ward::with_patient();
    let options = "--brand Zometa --batch SX4417 --expires 2028-04 --containers 2 --batch SX4418 --expires 2028-05 \
                   --containers 1";
    ward.ok(&give(&line(options)));
    assert_eq!(
        containers(&ward),
        json!([container("Zometa", "SX4417", "2028-04", 2), container("Zometa", "SX4418", "2028-05", 1)])
    );
    let options = "--brand Zometa --batch SX4417 --brand Generic --batch SX4417 --brand Zometa --batch SX4417";
    ward.ok(&entry("give", "2025-12-30", &[&GIVEN[..], &line(options)].concat()));
    let (first, second) = (containers(&ward)[0].clone(), containers(&ward)[1].clone());
    assert_eq!((&first["brand"], &first["count"]), (&json!("Zometa"), &json!(2)), "one entry for what is the same");
    assert_eq!((&second["brand"], &second["count"]), (&json!("Generic"), &json!(1)));
}

#[test]
fn lists_of_different_lengths_are_refused_with_what_is_missing() {
    let ward = Ward::with_patient();
    for (options, said) in [
        (
            "--batch A1 --batch B2 --expires 2028-04",
            "--expires is given once for 2 batches. Give it once for each batch, in the order of the batches.",
        ),
        ("--batch A1 --containers 1 --containers 2", "--batch is given once for 2 batches. Give it once"),
        ("--batch A1 --batch B2 --batch C3 --brand X --brand Y", "--brand is given 2 times for 3 batches. Give it"),
        ("--batch A1 --brand X --brand Y", "--brand is given 2 times for 1 batch. Give it once for each batch"),
        ("--batch A1 --containers 0", "0 is not in 1..=999"),
    ] {
        let refused = ward.refused(&give(&line(options)), 2);
        assert!(refused.contains(said), "{options}: {refused}");
    }
    assert!(ward.show().contains("Seen up to 2"), "nothing was stored");
}

#[test]
fn a_supply_has_packs_of_several_batches_too() {
    let ward = Ward::new();
    ward.add(
        "A-1042",
        &json!({"history": {"dental": "fit"}, "confirmations": [],
        "treatment": {"drug": "ibandronic-acid", "route": "oral", "interval_weeks": null}}),
    );
    let options = "--units 56 --days 56 --brand Bondronat --batch K1 --batch K2";
    ward.ok(&entry("supply", "2025-12-02", &[&GIVEN[..], &line(options)].concat()));
    assert_eq!(containers(&ward).as_array().map(Vec::len), Some(2));
}

#[test]
fn batch_and_expiry_are_read_from_what_a_scanner_types() {
    let ward = Ward::new();
    ward.add("A-1042", &denosumab("skeletal-events", "breast"));
    let codes = [code("1123456", "S1"), code("1123457", "S2"), code("1123456", "S3")];
    let [first, second, third] = codes.each_ref().map(String::as_str);
    let scan = ["--scan", first, "--scan", second, "--scan", third, "--brand", "Xgeva"];
    assert!(ward.ok(&give(&scan)).starts_with("Recorded as 6."));
    let expected = [container("Xgeva", "1123456", "2028-04-30", 2), container("Xgeva", "1123457", "2028-04-30", 1)];
    assert_eq!(containers(&ward), json!(expected));
}

#[test]
fn the_brand_is_asked_for_beside_a_label_where_it_belongs_in_the_record() {
    let ward = Ward::new();
    ward.add("A-1042", &denosumab("skeletal-events", "breast"));
    let said = ward.refused(&give(&["--scan", &code("1123456", "")]), 2);
    assert!(said.contains("For denosumab brand and batch belong in the record."), "{said}");
}

#[test]
fn a_label_that_cannot_be_used_is_refused_with_what_to_do() {
    let ward = Ward::with_patient();
    let (good, same) = (code("SX4417", ""), code("SX4417", "S1"));
    let without_batch = "(01)07046261398572(17)280430";
    let cases: [(&[&str], &str); 8] = [
        (&["--scan", "SX4417"], "--scan: This is not the GS1 code of a medicine"),
        (&["--scan", "]E05012345678900"], "--scan: The scanner read another kind of code (\"]E0\")."),
        (&["--scan", "(01)07046261398573(10)SX4417"], "--scan: The number of the package was misread"),
        (&["--scan", without_batch], "--scan: the code has no batch. Type it with --batch"),
        (
            &["--scan", &good, "--batch", "SX4418"],
            "--batch SX4418: the code of the container says SX4417. Look at the container again.",
        ),
        (
            &["--scan", &good, "--expires", "2028-05"],
            "--expires 2028-05: the code of the container says 2028-04-30. Look at the container again.",
        ),
        (&["--scan", &same, "--scan", &same], "the package with the serial number S1 was scanned twice."),
        (
            &["--scan", &good, "--brand", "Zometa", "--brand", "Zometa"],
            "--brand is given 2 times for 1 batch scanned. Leave it out, or give it once for each batch",
        ),
    ];
    for (options, said) in cases {
        let refused = ward.refused(&give(options), 2);
        assert!(refused.contains(said), "{options:?}: {refused}");
    }
    assert!(ward.show().contains("Seen up to 2"), "nothing was stored");
    // What the label leaves out is typed; what it says as well may be typed too.
    ward.ok(&give(&["--scan", without_batch, "--batch", "SX4417", "--expires", "2028-04", "--brand", "Zometa"]));
    assert_eq!(containers(&ward), json!([container("Zometa", "SX4417", "2028-04-30", 1)]));
}

#[test]
fn an_expired_batch_is_refused_unless_a_note_says_that_it_was_given() {
    let ward = Ward::with_patient();
    let typed = ["--brand", "Zometa", "--batch", "SX4417", "--expires", "2025-11"];
    let said = "Not recorded: batch SX4417 could be used up to 30-Nov-2025, and 02-Dec-2025 is after that. Use another \
                one; if it was given all the same, say so in a note. (--note TEXT)\n";
    assert_eq!(ward.refused(&give(&typed), 2), said);
    let scanned = ["--scan", "(01)07046261398572(17)251100(10)SX4417"];
    assert_eq!(ward.refused(&give(&scanned), 2), said);
    ward.ok(&give(&[&typed[..], &["--note", "seen only after it was given"]].concat()));
    let last_day = ["--batch", "SX4417", "--expires", "2025-12-30"];
    ward.ok(&entry("give", "2025-12-30", &[&GIVEN[..], &last_day].concat()));
}

#[test]
fn a_course_is_resumed_and_the_dose_given_in_one_step_or_neither() {
    let ward = Ward::with_patient();
    ward.give("2025-12-02");
    let said = ward.refused(&entry("give", "2025-12-30", &[&GIVEN[..], &["--resume"]].concat()), 2);
    assert_eq!(said, "--resume: the course is not on hold. Leave it out.\n");
    ward.entry("hold", "2025-12-30", &["--because", "creatinine-risen", "--look-again", "2026-01-06"]);
    ward.entry("hold", "2025-12-30", &["--because", "jaw"]);
    let request = ward.request("fallen.json", &json!({"labs": {"date": "2026-01-05"}}));
    ward.entry("assess", "2026-01-06", &[&request]);
    let given = entry("give", "2026-01-06", &["--second", "B. Lind"]);
    let said = ward.refused(&given, 2);
    let both = "Not recorded: the course is on hold since 30-Dec-2025 (creatinine has risen, entry 7) and since 30-Dec-2025 \
                (the jaw must be examined, entry 8).";
    let first = "Resume it first (osteodose ward resume), or resume and give in one step with --resume.";
    assert_eq!(said, format!("{both} {first}\n"));
    // Of several holds nobody lifts one without having read of it.
    let which =
        format!("{both} Name the hold that is lifted, each by its entry. (osteodose ward resume --hold ENTRY)\n");
    assert_eq!(ward.refused(&[&given[..], &["--resume"]].concat(), 2), which);
    assert_eq!(ward.refused(&entry("resume", "2026-01-06", &[]), 2), which);
    let page = ward.show();
    let open = "On hold since 30-Dec-2025 (creatinine has risen); look at it again on Tue 06-Jan-2026. On hold since \
                30-Dec-2025 (the jaw must be examined); no day is set on which to look at it again.";
    assert!(page.split_whitespace().collect::<Vec<_>>().join(" ").contains(open), "{page}");
    ward.entry("resume", "2026-01-06", &["--hold", "8"]);
    // What keeps the dose from being recorded keeps the holds open.
    let other = [&given[..], &["--resume", "--dose", "1"]].concat();
    assert!(ward.refused(&other, 2).contains("dose 1 is recorded as given"));
    assert!(ward.show().contains("Seen up to 7") && ward.show().contains("On hold since 30-Dec-2025"));
    let said = ward.ok(&[&given[..], &["--resume"]].concat());
    let expected = "Recorded as 11 and 12.\nGiven, dose 2: zoledronic acid 3.5 mg, Tue 06-Jan-2026.\n\
                    Next: dose 3, due Tue 03-Feb-2026.\n";
    assert_eq!(said, expected);
    let entries = ward.ok(&["export", "--since", "11"]);
    let resumed: Value = serde_json::from_str(entries.lines().next().unwrap()).unwrap();
    let body: Value = serde_json::from_str(resumed["body"].as_str().unwrap()).unwrap();
    assert_eq!(body, json!({"kind": "resumed", "holds": [7], "assessed": 9}));
}

#[test]
fn a_brand_of_another_product_is_refused_unless_somebody_says_why() {
    let ward = Ward::new();
    ward.add("A-1042", &denosumab("skeletal-events", "breast"));
    let branded = |brand: &'static str| give(&["--batch", "X1", "--brand", brand]);
    let said = ward.refused(&branded("Prolia"), 2);
    assert!(
        said.starts_with("Not recorded: \"Prolia\" is no brand of this course with denosumab. Denosumab 60 mg every 6")
    );
    assert!(said.ends_with("(--another-because REASON)\n"), "{said}");
    for other in
        ["prolia 60 mg", "Pro\u{200D}lia", "JUBBONTI", "Zometa", "Aclasta", "Zoledronic acid Accord", "Bonviva"]
    {
        let said = ward.refused(&branded(other), 2);
        assert!(said.contains("is no brand of this course with denosumab."), "{other}: {said}");
    }
    assert!(ward.refused(&branded("Zometa"), 2).contains("Zometa is zoledronic acid."));
    // A brand that the library does not know is taken, and so is a name with the substance of the course.
    for (on, brand) in [("2025-12-02", "Xgeva"), ("2025-12-30", "Denosumab Newbrand"), ("2026-01-27", "Newbrand")] {
        ward.ok(&entry("give", on, &[&GIVEN[..], &["--batch", "X1", "--brand", brand]].concat()));
    }
    let why = ["--batch", "X1", "--brand", "Prolia", "--another-because", "error", "--note", "60 mg were given"];
    ward.ok(&entry("give", "2026-02-24", &[&GIVEN[..], &why].concat()));
    assert_eq!(containers(&ward)[0]["brand"], json!("Prolia"));
}

#[test]
fn a_product_that_the_regimen_does_not_have_is_refused_with_those_that_it_has() {
    let ward = Ward::with_patient();
    let said = ward.refused(&give(&["--product", "vial-120mg-1.7ml"]), 2);
    let expected = "Not recorded: \"vial-120mg-1.7ml\" is no product of this regimen. Name one of its own with --product: \
                    concentrate-4mg-5ml or ready-to-use-4mg-100ml.\n";
    assert_eq!(said, expected);
    ward.ok(&give(&["--product", "ready-to-use-4mg-100ml"]));
}
