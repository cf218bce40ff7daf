//! The schemas: what they take and refuse is what the program takes, refuses and prints.

mod validator;

use std::{collections::BTreeMap, fs};

use osteodose::{
    dosing,
    json::{Text, YEARS},
    quantity::parse_date,
    regimen::{Library, LibraryFile, Origin},
    request::Request,
    schema,
};
use serde_json::{Value, json};

use crate::{
    cli::{osteodose, text},
    support::{LIBRARY, cases::cases, files, json, saved_line, tests},
};
use validator::Validator;

/// A printed schema.
fn printed(document: &str) -> Value {
    let output = osteodose(&["schema", document], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What takes a document by the schema that is printed for it.
#[cfg(feature = "ward")]
pub fn validator_of(document: &str) -> Validator {
    Validator::new(printed(document))
}

/// A request under tests/.
struct Asked {
    /// Its file, and its name there.
    name: String,
    request: Value,
    /// Whether a plan can be made of it.
    is_usable: bool,
}

/// Every request under tests/ that is JSON.
fn requests() -> Vec<Asked> {
    let mut requests = Vec::new();
    for folder in ["requests", "exports/requests", "bad-requests"] {
        for path in files(folder, ".json") {
            let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            let request = serde_json::from_slice(&fs::read(path).unwrap()).ok();
            let is_usable = folder != "bad-requests";
            requests.extend(request.map(|request| Asked { name, request, is_usable }));
        }
    }
    requests.retain(|asked| !asked.name.ends_with(".expected.json"));
    for folder in ["golden", "limits", "findings"] {
        requests.extend(cases(folder).0.into_iter().map(|case| Asked {
            name: case.name,
            request: case.request,
            is_usable: case.expect.get("error").is_none(),
        }));
    }
    requests
}

/// The unusable requests that the schema takes, by why it cannot say what is wrong.
fn not_expressed() -> BTreeMap<String, String> {
    let reasons = json(&tests("schemas/not-expressed.json"));
    let reasons = reasons.as_object().unwrap().iter();
    let names = reasons.flat_map(|(reason, names)| names.as_array().unwrap().iter().map(move |name| (name, reason)));
    names.map(|(name, reason)| (name.as_str().unwrap().to_owned(), reason.clone())).collect()
}

#[test]
fn the_request_schema_takes_every_usable_request_and_refuses_the_others() {
    let validator = Validator::new(printed("request"));
    let mut listed = not_expressed();
    let (mut usable, mut refused, mut wrong) = (0, 0, Vec::new());
    for Asked { name, request, is_usable } in requests() {
        let faults = validator.faults(&request);
        match (is_usable, faults.is_empty()) {
            (true, true) => usable += 1,
            (true, false) => wrong.push(format!("{name} is usable and refused: {}", faults.join("; "))),
            (false, false) => refused += 1,
            (false, true) if listed.remove(&name).is_some() => {}
            (false, true) => wrong.push(format!("{name} is not usable and taken")),
        }
    }
    wrong.extend(listed.keys().map(|name| format!("{name} is listed, and no unusable request that is taken")));
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(usable > 4000 && refused > 480, "{usable} usable, {refused} refused");
}

#[test]
fn null_says_the_same_as_leaving_a_key_out() {
    let mut request = json(&tests("requests/a-request.json"));
    for key in ["course", "weight_basis", "region", "confirmations", "prepared_by", "second_check"] {
        request[key] = Value::Null;
    }
    request["clinic"] = json!({"open_weekdays": null, "closed_dates": null});
    request["history"] = json!({"dental": null, "conditions": null, "medicines": null, "last_antiresorptive": null});
    for key in ["route", "scheme", "product", "interval_weeks", "course_months", "course_days", "daily_dose_mg"] {
        request["treatment"][key] = Value::Null;
    }
    assert!(Request::parse(request.to_string().as_bytes()).is_ok_and(|it| dosing::plan(it, *LIBRARY).is_ok()));
    assert_eq!(Validator::new(printed("request")).faults(&request), Vec::<String>::new());
}

#[test]
fn of_the_bad_requests_at_least_350_are_refused() {
    let validator = Validator::new(printed("request"));
    let bad = requests().into_iter().filter(|asked| asked.name.starts_with("bad-requests"));
    let refused = bad.filter(|asked| !validator.takes(&asked.request)).count();
    assert!(refused >= 350, "{refused}");
}

#[test]
fn a_plan_fits_its_schema_and_so_do_a_line_of_a_batch_and_a_saved_plan() {
    let (of_plan, of_batch) = (Validator::new(printed("plan")), Validator::new(printed("batch")));
    let mut count = 0;
    // The files, and one of ten cases: they differ in little.
    let usable = requests().into_iter().filter(|asked| asked.is_usable);
    for (_, asked) in usable.enumerate().filter(|(number, _)| *number < 10 || number % 10 == 0) {
        let request = Request::parse(asked.request.to_string().as_bytes()).unwrap();
        let plan = dosing::plan(request, *LIBRARY).unwrap();
        for document in [plan.to_json(), saved_line(&plan)] {
            let document = serde_json::from_str(&document).unwrap();
            let faults = of_plan.faults(&document);
            assert!(faults.is_empty() && of_batch.takes(&document), "{}: {faults:#?}", asked.name);
        }
        count += 1;
    }
    assert!(count > 400, "{count}");
    for path in files("saved-plans", ".json") {
        assert_eq!(of_plan.faults(&json(&path)), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn every_line_of_a_batch_fits_its_schema() {
    let validator = Validator::new(printed("batch"));
    let mut input = fs::read(tests("../examples/ward.jsonl")).unwrap();
    for asked in requests().iter().filter(|asked| asked.name.starts_with("bad-requests/limit")) {
        input.extend(asked.request.to_string().bytes().chain([b'\n']));
    }
    input.extend(b"not JSON\n");
    for options in [vec!["batch"], vec!["batch", "--brief"]] {
        let lines = text(&osteodose(&options, &input).stdout);
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(lines.iter().filter(|line| line["error"].is_string()).count() >= 30);
        for line in &lines {
            assert_eq!(validator.faults(line), Vec::<String>::new(), "{line}");
        }
    }
    assert!(!validator.takes(&json!({"line": 3})));
}

#[test]
fn everything_that_recheck_writes_fits_its_schema() {
    let validator = Validator::new(printed("recheck"));
    let mut other = json(&tests("saved-plans/ready-zoledronic-acid.json"));
    other["request"]["patient"]["birth_date"] = "1960-01-01".into();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("z-other.json"), other.to_string()).unwrap();
    fs::write(folder.path().join("none.json"), "{").unwrap();
    let paths = [tests("saved-plans"), folder.path().to_owned()];
    let paths: Vec<&str> = paths.iter().map(|it| it.to_str().unwrap()).collect();
    let output = osteodose(&[&["recheck", "--json"], &paths[..]].concat(), b"");
    let objects: Vec<Value> = text(&output.stdout).lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    for object in &objects {
        assert_eq!(validator.faults(object), Vec::<String>::new(), "{object}");
    }
    let says = |key: &str| objects.iter().any(|it| !it[key].is_null());
    assert!(says("other_patient") && says("message") && says("id"), "{objects:?}");
}

#[test]
fn a_forecast_fits_its_schema() {
    let validator = Validator::new(printed("forecast"));
    let plans = text(&osteodose(&["batch"], &fs::read(tests("../examples/ward.jsonl")).unwrap()).stdout);
    for options in [&["--format", "json"][..], &["--format", "json", "--chair-minutes", "30"]] {
        let output = osteodose(&[&["forecast"], options].concat(), plans.as_bytes());
        let forecast: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output.stderr)));
        assert_eq!(validator.faults(&forecast), Vec::<String>::new());
        let mut other = forecast.clone();
        other["chairs"]["days"][0]["minutes"]["all"] = json!("many");
        assert!(!validator.takes(&other));
    }
}

#[test]
fn every_schema_has_its_name_and_is_the_same_each_time() {
    let of_ward = if cfg!(feature = "ward") { &["due", "entry"][..] } else { &[] };
    let documents = ["request", "plan", "batch", "recheck", "forecast", "regimen", "ward"];
    for document in documents.iter().chain(of_ward).copied() {
        let first = osteodose(&["schema", document], b"").stdout;
        assert_eq!(first, osteodose(&["schema", document], b"").stdout, "{document}");
        let schema: Value = serde_json::from_slice(&first).unwrap();
        assert_eq!(schema["$id"], format!("urn:osteodose:schema:{document}"));
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        let hidden = |c: char| c.is_control() && c != '\n';
        assert!(!text(&first).contains(hidden), "{document}");
    }
}

#[test]
fn the_request_schema_is_that_of_the_library_in_use() {
    let mut request = json(&tests("requests/a-request.json"));
    request["treatment"]["drug"] = json!("testbisphosphonate");
    let output = osteodose(&["schema", "request", "--regimens", "tests/libraries/sound"], b"");
    let local = Validator::new(serde_json::from_slice(&output.stdout).unwrap());
    assert_eq!(local.faults(&request), Vec::<String>::new());
    assert!(!Validator::new(printed("request")).takes(&request));

    let mut limits = json(&tests("../regimens/limits.json"));
    limits["creatinine"]["possible"] = json!("20 to 900 umol/L or 0.2 to 10 mg/dL");
    limits["creatinine"]["usual"] = json!("35 to 800 umol/L or 0.4 to 9 mg/dL");
    let file =
        LibraryFile { name: "limits.json".into(), bytes: limits.to_string().into_bytes(), origin: Origin::Local };
    let library = Library::with_local(vec![file]).unwrap();
    let narrow = Validator::new(serde_json::to_value(schema::request_for(library)).unwrap());
    let mut request = json(&tests("requests/a-request.json"));
    for (value, taken) in [(20, true), (19, false), (900, true), (901, false)] {
        request["labs"]["creatinine"] = json!({"value": value, "unit": "umol/L"});
        assert_eq!(narrow.takes(&request), taken, "{value}");
    }
}

/// What the reader takes, the patterns take; whether they refuse what it refuses is seen above.
#[test]
fn the_patterns_take_every_text_and_every_day_that_the_reader_takes() {
    let schema = printed("request");
    let of_text = Validator::new(schema["$defs"]["Text"].clone());
    let mut refused = 0;
    let beyond = ['\u{10400}', '\u{1F600}', '\u{20BB7}', '\u{E0041}'];
    for c in (0..=0xFFFF).filter_map(char::from_u32).chain(beyond) {
        for text in [c.to_string(), format!("{c}a")] {
            let taken = of_text.takes(&json!(text));
            assert!(taken || text.parse::<Text>().is_err(), "{text:?}");
            refused += usize::from(!taken);
        }
    }
    assert!(refused > 6400, "{refused} of the private use area and others");

    let of_date = Validator::new(schema["$defs"]["Patient"]["properties"]["birth_date"].clone());
    for year in [YEARS.start - 1, YEARS.start, 1999, 2000, 2026, 2028, YEARS.end - 1, YEARS.end] {
        for (month, day) in (0..=13).flat_map(|month| (0..=32).map(move |day| (month, day))) {
            let date = format!("{year:04}-{month:02}-{day:02}");
            let is_leap_day = date.ends_with("-02-29");
            assert!(of_date.takes(&json!(date)) == parse_date(&date).is_some() || is_leap_day, "{date}");
        }
    }
}
