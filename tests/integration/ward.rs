//! The settings of a ward: what is refused, what they fill in, and that a plan says so wherever it goes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use chrono::NaiveDate;
use osteodose::{
    dosing,
    plan::{FromWard, Plan, reopen, reopen_ward},
    regimen::{Library, LibraryFile, Origin, SHIPPED},
    request::Request,
    saved, schema,
    ward::{Closure, Colour, Settings, check, read},
    words,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    cli::{osteodose, run, text},
    strategy::{self, Random},
    support::{LIBRARY, saved_line, tests},
};

/// A whole file, to be changed for each fault.
fn example() -> Value {
    crate::support::json(&tests("../examples/ward-settings.json"))
}

fn library() -> &'static Library {
    *LIBRARY
}

fn settings(value: &Value) -> Settings {
    read(value.to_string().as_bytes(), library()).unwrap_or_else(|faults| panic!("{faults:?}"))
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// What is said of a file, a line for each fault.
fn told(document: &str) -> Vec<String> {
    read(document.as_bytes(), library()).unwrap_err().iter().map(words::ward::fault).collect()
}

/// What is said of the example with another value under a key, without line and column.
fn told_with(key: &str, value: Value) -> Vec<String> {
    let mut file = example();
    file[key] = value;
    told(&file.to_string()).iter().map(|line| line.splitn(3, ':').nth(2).unwrap().trim_start().to_owned()).collect()
}

fn request(value: &Value) -> Request {
    Request::parse(value.to_string().as_bytes()).unwrap()
}

/// A request that leaves out everything that a ward can fill in.
fn bare() -> Value {
    crate::support::json(&tests("../examples/ward-patient.json"))
}

#[test]
fn every_fault_has_its_sentence() {
    let products = "capsule-400mg, tablet-800mg, concentrate-60mg-per-ml, concentrate-30mg-per-ml, vial-120mg-1.7ml, \
                    syringe-120mg-1ml, concentrate-1mg-per-ml, tablet-50mg, concentrate-3mg-per-ml, \
                    concentrate-6mg-per-ml, concentrate-9mg-per-ml, concentrate-15mg-per-ml, concentrate-4mg-5ml or \
                    ready-to-use-4mg-100ml";
    let day = |first: &str, last: &str| json!([{"first": first, "last": last}]);
    let many = |entry: Value| Value::from(vec![entry; 501]);
    let weekdays = "mon, tue, wed, thu, fri, sat, sun";
    let cases = [
        (
            "format",
            json!("osteodose-ward/2"),
            "format: \"osteodose-ward/2\" is not allowed (allowed: osteodose-ward/1)",
        ),
        ("name", json!(""), "name: no visible text"),
        ("name", json!(4), "name: 4 is a number (needed: a text in quotes)"),
        (
            "open_weekdays",
            json!([]),
            &format!("open_weekdays: no weekday is open (allowed: at least one of {weekdays})"),
        ),
        (
            "open_weekdays",
            json!(["mon", "tues"]),
            "open_weekdays[1]: \"tues\" is not allowed; did you mean \"tue\"? (allowed: mon, tue, wed, thu, fri, sat or \
             sun)",
        ),
        ("open_weekdays", json!(["mon", "fri", "mon"]), "open_weekdays[2]: \"mon\" is named twice (allowed: once)"),
        (
            "closed",
            day("2026-12-25", "2026-12-24"),
            "closed[0].last: 24-Dec-2026 is before the first day, 25-Dec-2026 (needed: the same day or a later one)",
        ),
        ("closed", day("2027-06-01", "2027-07-31"), "closed[0].last: the closure has 61 days (allowed: 60 at most)"),
        (
            "closed",
            json!([{"first": "2027-06-01", "last": "2027-06-30"}, {"first": "2027-07-01", "last": "2027-07-30"}]),
            "closed[0].first: no open day within 60 days of 01-Jun-2027 (allowed: at least one)",
        ),
        (
            "closed",
            day("2027-06-31", "2027-07-01"),
            "closed[0].first: \"2027-06-31\" is not a day of the years 1900 to 2199 as year-month-day, such as 2026-12-01",
        ),
        ("closed", json!([{"last": "2027-07-01"}]), "closed[0].first: missing"),
        (
            "closed",
            json!([{"first": "2027-07-01", "until": "2027-07-02"}]),
            "closed[0].until: this key is unknown \
          (allowed: first, last, name)",
        ),
        ("closed", many(json!({"first": "2027-07-01"})), "closed: 501 entries (allowed: 500 at most)"),
        ("people", json!(["K. "]), "people[0]: \"K. \" is no name (needed: at least 2 letters)"),
        ("people", json!(["N. Berg", "n.  berg"]), "people[1]: \"n.  berg\" is named twice (allowed: once)"),
        (
            "people",
            json!(["N.\u{202e} Berg"]),
            "people[0]: the text contains the invisible character \\u{202e}, which \
          is not allowed",
        ),
        (
            "products",
            json!(["vial-120mg-1.7m"]),
            &format!(
                "products[0]: \"vial-120mg-1.7m\" is not allowed; did you mean \"vial-120mg-1.7ml\"? (allowed: {products})"
            ),
        ),
        (
            "products",
            json!(["vial-60mg-1ml"]),
            &format!("products[0]: \"vial-60mg-1ml\" is not allowed (allowed: {products})"),
        ),
        (
            "products",
            json!(["tablet-50mg", "tablet-50mg"]),
            "products[1]: \"tablet-50mg\" is named twice (allowed: once)",
        ),
        (
            "screen",
            json!({"colour": "many"}),
            "screen.colour: \"many\" is not allowed (allowed: none, 16, 256 or full)",
        ),
        ("screen", json!({"color": "16"}), "screen.color: this key is unknown; did you mean \"colour\"?"),
        ("screen", json!({"mouse": "no"}), "screen.mouse: \"no\" is a text (needed: true or false)"),
        ("draft_days", json!(0), "draft_days: 0 is not possible (needed: at least 1 day)"),
        ("draft_days", json!(1.5), "draft_days: 1.5 is not possible (needed: a whole number, such as 4)"),
        ("drafts_days", json!(1), "drafts_days: this key is unknown; did you mean \"draft_days\"?"),
    ];
    for (key, value, sentence) in cases {
        assert_eq!(told_with(key, value.clone()), [sentence], "{key}: {value}");
    }
}

#[test]
fn all_faults_are_told_at_once_each_with_its_place() {
    let form = "{\n  \"nam\": \"4B\",\n  \"open_weekdays\": [\"mon\", \"tu\"],\n  \"draft_days\": \"x\"\n}";
    let expected = [
        "2:10: nam: this key is unknown; did you mean \"name\"?",
        "3:28: open_weekdays[1]: \"tu\" is not allowed; did you mean \"tue\"? (allowed: mon, tue, wed, thu, fri, sat or sun)",
        "4:17: draft_days: \"x\" is a text (needed: a number)",
        "1:1: format: missing (allowed: osteodose-ward/1)",
    ];
    assert_eq!(told(form), expected);
    let meaning = "{\"format\": \"osteodose-ward/1\", \"open_weekdays\": [],\n  \"closed\": [{\"first\": \"2027-01-02\", \
                   \"last\": \"2027-01-01\"}],\n  \"people\": [\"K\"], \"draft_days\": 0}";
    let lines: Vec<String> =
        told(meaning).iter().map(|it| it.split(": ").take(2).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(lines, ["1:49 open_weekdays", "2:46 closed[0].last", "3:14 people[0]", "3:34 draft_days"]);
    assert_eq!(told(""), ["1:1: not JSON: the document is empty or ends too early, at line 1 column 1"]);
    assert_eq!(told("[]").len(), 1);
}

#[test]
fn what_is_at_the_edge_is_taken() {
    let edges = [
        ("closed", json!([{"first": "2027-06-01", "last": "2027-07-30"}])),
        ("closed", json!([{"first": "2027-06-01", "last": "2027-06-01"}, {"first": "2027-06-01"}])),
        ("people", json!(["Li"])),
        ("people", json!(["山田"])),
        ("products", json!(["concentrate-4mg-5ml", "ready-to-use-4mg-100ml"])),
        ("draft_days", json!(1)),
        ("draft_days", Value::Null),
        ("screen", json!({})),
    ];
    for (key, value) in edges {
        let mut file = example();
        if key == "closed" {
            file.as_object_mut().unwrap().remove("open_weekdays");
        }
        file[key] = value;
        settings(&file);
    }
    assert_eq!(settings(&json!({"format": "osteodose-ward/1"})), Settings::default());
    assert_eq!(settings(&example()).screen.colour, Some(Colour::Indexed));
}

/// The shipped library with a product of pamidronate under the word of one of clodronate.
fn library_with_a_shared_word() -> &'static Library {
    let (_, bytes) = SHIPPED.iter().find(|(name, _)| *name == "pamidronate.json").unwrap();
    let file = String::from_utf8(bytes.to_vec()).unwrap().replace("concentrate-6mg-per-ml", "concentrate-60mg-per-ml");
    let file = file.replace("\"owner\": \"osteodose, clinical specification\"", "\"owner\": \"the pharmacy\"");
    let file = file.replace("\"reviewed\": \"2026-11-21\"", "\"reviewed\": \"2026-11-25\"");
    let name = "pamidronate.json".to_owned();
    let file = LibraryFile { name, bytes: file.into_bytes(), origin: Origin::Local };
    Library::with_local(vec![file]).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

#[test]
fn products_are_those_of_the_library_in_use() {
    let library = library_with_a_shared_word();
    let told = |product: &str| {
        let file = json!({"format": "osteodose-ward/1", "products": [product]}).to_string();
        read(file.as_bytes(), library).map_err(|faults| words::ward::fault(&faults[0]))
    };
    assert!(told("concentrate-9mg-per-ml").is_ok());
    assert!(told("concentrate-6mg-per-ml").unwrap_err().contains("\"concentrate-6mg-per-ml\" is not allowed"));
    let shared = "products[0]: \"concentrate-60mg-per-ml\" is a product of clodronate and pamidronate, so it does not \
                  say which is in stock; leave it out";
    assert!(told("concentrate-60mg-per-ml").unwrap_err().ends_with(shared));
}

/// Random settings that hold.
fn some_settings(seed: u64) -> Settings {
    let mut random = Random::new(seed);
    let r = &mut random;
    let mut file = json!({"format": "osteodose-ward/1"});
    if r.chance(70) {
        file["name"] = r.pick(&["Day unit 4B", "Dagafdeling", "Abt. \"Ost\"", "腫瘍内科"]).to_owned().into();
    }
    if r.chance(70) {
        let weekdays: &[&[&str]] = &[&["mon", "tue", "wed", "thu", "fri"], &["tue", "thu"], &["wed"], &["sun", "mon"]];
        file["open_weekdays"] = json!(r.pick(weekdays));
    }
    let start = date("2025-11-01");
    let closed = (0..r.between(0, 8)).map(|_| {
        let first = start + chrono::TimeDelta::days(r.between(0, 1800));
        let mut closure = json!({"first": first.to_string()});
        if r.chance(60) {
            closure["last"] = (first + chrono::TimeDelta::days(r.between(0, 12))).to_string().into();
        }
        if r.chance(40) {
            closure["name"] = "closed".into();
        }
        closure
    });
    file["closed"] = closed.collect();
    let all = [
        "capsule-400mg",
        "tablet-800mg",
        "ready-to-use-4mg-100ml",
        "concentrate-4mg-5ml",
        "syringe-120mg-1ml",
        "vial-120mg-1.7ml",
        "concentrate-3mg-per-ml",
        "concentrate-9mg-per-ml",
        "concentrate-60mg-per-ml",
    ];
    file["products"] = all.iter().copied().filter(|_| r.chance(40)).collect();
    file["people"] = ["Dr K. Holm", "N. Berg", "Åse Øye"].iter().copied().filter(|_| r.chance(50)).collect();
    if r.chance(50) {
        file["screen"] = json!({"colour": r.pick(&["none", "16", "256", "full"]), "ascii": r.chance(50)});
    }
    if r.chance(50) {
        file["draft_days"] = r.between(1, 400).into();
    }
    settings(&file)
}

#[test]
fn what_is_written_is_read_as_the_same() {
    for seed in 0..500 {
        let settings = some_settings(seed);
        let file = settings.to_json();
        assert_eq!(read(file.as_bytes(), library()).as_ref(), Ok(&settings), "seed {seed}: {file}");
        assert!(check(&settings, library()).is_empty());
    }
    let readable = settings(&example()).to_json();
    assert!(
        readable.starts_with("{\n  \"format\": \"osteodose-ward/1\",\n  \"name\": \"Day unit 4B\",\n"),
        "{readable}"
    );
    assert!(readable.ends_with("  \"draft_days\": 14\n}\n"), "{readable}");
    assert_eq!(Settings::default().to_json(), "{\n  \"format\": \"osteodose-ward/1\"\n}\n");
}

#[test]
fn the_schema_knows_every_key() {
    let schema = serde_json::to_value(schema::ward()).unwrap();
    assert_eq!(schema["required"], json!(["format"]));
    let keys: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
    let written = example();
    for key in written.as_object().unwrap().keys() {
        assert!(keys.contains(&key), "{key}");
    }
    let printed = osteodose(&["schema", "ward"], b"");
    assert_eq!(serde_json::from_slice::<Value>(&printed.stdout).unwrap(), schema);
}

#[test]
fn closed_dates_are_in_order_and_each_once() {
    let closure = |first: &str, last: Option<&str>| Closure { first: date(first), last: last.map(date), name: None };
    let closed = vec![
        closure("2027-01-01", None),
        closure("2026-12-24", Some("2026-12-26")),
        closure("2026-12-26", Some("2026-12-27")),
    ];
    let settings = Settings { closed, ..Settings::default() };
    let within = |from: &str, to: &str| -> Vec<String> {
        settings.closed_dates(date(from), date(to)).iter().map(ToString::to_string).collect()
    };
    let all = ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27", "2027-01-01"];
    assert_eq!(within("2026-01-01", "2027-12-31"), all);
    assert_eq!(within("2026-12-25", "2026-12-26"), all[1..3]);
    assert_eq!(within("2026-12-28", "2026-12-31"), [""; 0]);
    assert_eq!(within("2027-01-01", "2026-01-01"), [""; 0]);
}

#[test]
fn only_what_is_left_out_is_filled_in() {
    let ward = settings(&example());
    let completed = |value: &Value| {
        let mut request = request(value);
        let inputs = ward.complete(&mut request, library());
        (serde_json::to_value(&request).unwrap(), inputs)
    };
    let (whole, inputs) = completed(&bare());
    assert_eq!(inputs, [FromWard::OpenWeekdays, FromWard::ClosedDates, FromWard::Product]);
    let closed = json!(["2026-12-24", "2026-12-25", "2026-12-31", "2027-01-01"]);
    let weekdays = json!(["mon", "tue", "wed", "thu", "fri"]);
    assert_eq!(whole["clinic"], json!({"open_weekdays": weekdays, "closed_dates": closed}));
    assert_eq!(whole["treatment"]["product"], "ready-to-use-4mg-100ml");

    let with = |clinic: Value| {
        let mut stated = bare();
        stated["clinic"] = clinic;
        stated["treatment"]["product"] = "concentrate-4mg-5ml".into();
        let (whole, inputs) = completed(&stated);
        assert_eq!(whole["treatment"]["product"], "concentrate-4mg-5ml");
        (whole["clinic"].clone(), inputs)
    };
    let own = json!({"open_weekdays": ["sat"], "closed_dates": ["2027-02-06"]});
    assert_eq!(with(own.clone()), (own, vec![]));
    let days = json!({"open_weekdays": ["sat"], "closed_dates": closed});
    assert_eq!(with(json!({"open_weekdays": ["sat"]})), (days, vec![FromWard::ClosedDates]));
    let dates = json!({"open_weekdays": weekdays, "closed_dates": ["2027-02-06"]});
    assert_eq!(with(json!({"closed_dates": ["2027-02-06"]})), (dates, vec![FromWard::OpenWeekdays]));
}

#[test]
fn a_product_is_filled_in_only_where_one_alone_fits() {
    let product = |products: &[&str], drug: &str, route: Option<&str>| {
        let mut file = example();
        file["products"] = json!(products);
        let mut stated = bare();
        stated["treatment"]["drug"] = drug.into();
        stated["treatment"]["route"] = json!(route);
        let mut request = request(&stated);
        settings(&file).complete(&mut request, library());
        request.treatment.product.map(|it| it.to_string())
    };
    let both = ["ready-to-use-4mg-100ml", "concentrate-4mg-5ml"];
    assert_eq!(product(&both, "zoledronic-acid", None), None);
    assert_eq!(product(&both[..1], "zoledronic-acid", None).as_deref(), Some("ready-to-use-4mg-100ml"));
    assert_eq!(product(&both[..1], "denosumab", None), None);
    assert_eq!(product(&[], "denosumab", None), None);
    let ibandronic = ["tablet-50mg", "concentrate-1mg-per-ml"];
    assert_eq!(product(&ibandronic, "ibandronic-acid", Some("oral")).as_deref(), Some("tablet-50mg"));
    assert_eq!(product(&ibandronic, "ibandronic-acid", Some("intravenous")).as_deref(), Some("concentrate-1mg-per-ml"));
    // No route is stated, and there are two.
    assert_eq!(product(&ibandronic, "ibandronic-acid", None), None);
    assert_eq!(product(&ibandronic, "no-such-drug", None), None);
}

#[test]
fn closed_days_far_from_the_course_are_left_out() {
    let mut file = example();
    file["closed"] = json!([{"first": "2020-01-01"}, {"first": "2026-09-26"}, {"first": "2026-09-27"},
        {"first": "2037-01-25"}, {"first": "2037-01-26"}, {"first": "2199-12-31"}]);
    let mut request = request(&bare());
    settings(&file).complete(&mut request, library());
    let closed: Vec<String> = request.clinic.unwrap().closed_dates.iter().map(ToString::to_string).collect();
    assert_eq!(closed, ["2026-09-27", "2037-01-25"]);
    // A ward that is never closed then fills nothing in.
    let mut nothing = request_of_nothing();
    assert_eq!(Settings::default().complete(&mut nothing, library()), []);
    assert_eq!(nothing, request_of_nothing());
}

fn request_of_nothing() -> Request {
    request(&bare())
}

/// A request with everything of the ward written out in full by hand, as far as it leaves it out.
fn written_out(mut value: Value, settings: &Settings) -> Value {
    let all = settings.closed_dates(date("1900-01-01"), date("2199-12-31"));
    let mut clinic = value.get("clinic").cloned().unwrap_or_else(|| json!({}));
    if let (None, Some(open)) = (clinic.get("open_weekdays"), &settings.open_weekdays) {
        clinic["open_weekdays"] = serde_json::to_value(open).unwrap();
    }
    if clinic.get("closed_dates").is_none_or(|it| it == &json!([])) {
        clinic["closed_dates"] = serde_json::to_value(all).unwrap();
    }
    value["clinic"] = clinic;
    if value["treatment"].get("product").is_none()
        && let Ok(listed) = dosing::regimen(&request(&value), library())
    {
        let fits = |id: &&osteodose::json::Text| listed.products().any(|product| product.id == **id);
        let fitting: Vec<_> = settings.products.iter().filter(fits).collect();
        if let [only] = fitting[..] {
            value["treatment"]["product"] = only.as_str().into();
        }
    }
    value
}

/// A plan as JSON, without what it says of the clinic and of its makers.
fn without_clinic(plan: &Plan) -> Value {
    let mut plan: Value = serde_json::from_str(&plan.to_json()).unwrap();
    plan["request"].as_object_mut().unwrap().remove("clinic");
    plan["provenance"].as_object_mut().unwrap().remove("ward");
    plan
}

#[test]
fn a_completed_request_has_the_plan_of_the_request_written_out_in_full() {
    let (mut made, mut refused, mut filled) = (0, 0, 0);
    for seed in 0..3000 {
        let settings = some_settings(seed % 97);
        let mut value = strategy::request(70_000_000 + seed);
        if seed % 2 == 0 {
            value.as_object_mut().unwrap().remove("clinic");
        }
        if seed % 3 == 0 {
            value["treatment"].as_object_mut().unwrap().remove("product");
        }
        let Ok(stated) = Request::parse(value.to_string().as_bytes()) else { continue };
        let mut completed = stated.clone();
        let inputs = settings.complete(&mut completed, library());
        filled += inputs.len();

        let mut again = completed.clone();
        assert_eq!(settings.complete(&mut again, library()), [], "seed {seed}");
        assert_eq!(again, completed, "seed {seed}: completing twice changes something");

        let in_full = dosing::plan(request(&written_out(value, &settings)), library());
        match (settings.plan(stated, library()), in_full) {
            (Ok(plan), Ok(in_full)) => {
                made += 1;
                assert_eq!(without_clinic(&plan), without_clinic(&in_full), "seed {seed}");
                assert_eq!(plan.ward().map_or(&[][..], |it| &it.inputs), inputs, "seed {seed}");
                let alone = dosing::plan(completed, library()).unwrap();
                assert_eq!(alone.with_ward(settings.name.clone(), &inputs).to_json(), plan.to_json());
            }
            (Err(refusal), Err(in_full)) => {
                refused += 1;
                assert_eq!(refusal.unusable, in_full, "seed {seed}");
            }
            (with, in_full) => panic!("seed {seed}: {with:?} and {in_full:?}"),
        }
    }
    assert!(made > 1500 && refused > 20 && filled > 1500, "{made} made, {refused} refused, {filled} filled in");
}

#[test]
fn a_request_that_states_everything_is_untouched_and_its_plan_too() {
    for seed in 0..300 {
        let mut value = strategy::request(71_000_000 + seed);
        value["clinic"] = json!({"open_weekdays": ["mon", "wed"], "closed_dates": ["2027-01-01"]});
        let Ok(stated) = Request::parse(value.to_string().as_bytes()) else { continue };
        let Ok(plan) = dosing::plan(stated.clone(), library()) else { continue };
        let Some(product) = value["treatment"].get("product") else { continue };
        let settings = some_settings(seed);
        let mut completed = stated.clone();
        assert_eq!(settings.complete(&mut completed, library()), [], "seed {seed} {product}");
        assert_eq!(completed, stated);
        let with = settings.plan(stated, library()).unwrap();
        assert_eq!(with.to_json(), plan.to_json());
        assert_eq!(saved::file(&with), saved::file(&plan));
    }
}

#[test]
fn a_refusal_says_what_came_from_the_ward() {
    let mut file = example();
    file["products"] = json!(["tablet-800mg"]);
    let mut stated = bare();
    stated["treatment"] =
        json!({"drug": "clodronate", "route": "oral", "start_date": "2026-12-01", "daily_dose_mg": 1200});
    let refused = |stated: &Value| settings(&file).plan(request(stated), library()).unwrap_err().to_string();
    let whole = "treatment.product: 1200 mg cannot be made up from whole tablets of 800 mg, which are not split; use \
                 capsule-400mg";
    assert_eq!(refused(&stated), format!("{whole}; from the ward settings: open days, closed days, product"));
    stated["treatment"]["product"] = "tablet-800mg".into();
    assert_eq!(refused(&stated), whole);
    stated["treatment"]["product"] = Value::Null;
    stated["patient"]["weight_kg"] = 3.into();
    assert!(!refused(&stated).contains("ward"), "{}", refused(&stated));
}

// The commands.

/// The program with a configuration folder of its own.
fn command(configuration: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_osteodose"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("XDG_CONFIG_HOME", configuration);
    command
}

const WARD: &str = "examples/ward-settings.json";
const PATIENT: &str = "examples/ward-patient.json";

/// A folder with a file in it.
fn folder_with(name: &str, content: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, content).unwrap();
    (folder, path)
}

#[test]
fn a_plan_says_what_came_from_the_ward() {
    let output = osteodose(&["plan", PATIENT, "--ward", WARD], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let plan: Value = serde_json::from_slice(&output.stdout).unwrap();
    let inputs = json!(["clinic.open_weekdays", "clinic.closed_dates", "treatment.product"]);
    assert_eq!(plan["provenance"]["ward"], json!({"name": "Day unit 4B", "inputs": inputs}));
    assert_eq!(plan["dosing"]["preparation"]["open"][0]["product"], "ready-to-use-4mg-100ml");
    let doses = plan["schedule"]["entries"].as_array().unwrap().iter().filter(|it| it["kind"] == "dose");
    let second = doses.clone().find(|it| it["number"] == 2).unwrap();
    assert_eq!((&second["date"], &second["planned_date"]), (&json!("2026-12-28"), &json!("2026-12-24")));

    let inputs = reopen_ward(&output.stdout).unwrap();
    assert_eq!(inputs.inputs, FromWard::ALL);
    assert_eq!(inputs.name.unwrap().as_str(), "Day unit 4B");
    assert!(reopen(&output.stdout).unwrap().clinic.is_some());

    let shown = osteodose(&["plan", PATIENT, "--ward", WARD, "--format", "text"], b"");
    let line = "From the ward settings of Day unit 4B: open days, closed days, product.";
    assert!(text(&shown.stdout).contains(line), "{}", text(&shown.stdout));
}

#[test]
fn without_settings_a_plan_says_nothing_of_a_ward() {
    let alone = osteodose(&["plan", PATIENT], b"");
    assert!(!text(&alone.stdout).contains("\"ward\""));
    assert_eq!(reopen_ward(&alone.stdout), None);
    let plan = dosing::plan(request(&bare()), library()).unwrap();
    let json = plan.to_json();
    assert_eq!(plan.with_ward(None, &[FromWard::Product, FromWard::ClosedDates]).to_json(), json);
}

#[test]
fn settings_are_never_used_by_plan_and_batch_unless_they_are_named() {
    let requests = bare().to_string() + "\n";
    for content in [fs::read(tests("../examples/ward-settings.json")).unwrap(), b"{".to_vec()] {
        let (folder, _) = folder_with("osteodose/ward.json", &content);
        for (arguments, input) in [(&["plan", PATIENT][..], ""), (&["batch"], requests.as_str())] {
            let mut with = command(folder.path());
            with.args(arguments);
            let (with, without) = (run(with, &[], input.as_bytes()), osteodose(arguments, input.as_bytes()));
            assert_eq!(text(&with.stdout), text(&without.stdout));
            assert_eq!(text(&with.stderr), text(&without.stderr));
        }
    }
}

#[test]
fn a_batch_says_line_by_line_what_plan_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("request.json");
    let mut tablets = example();
    tablets["products"] = json!(["tablet-800mg"]);
    let (_ward_folder, tablets) = folder_with("ward.json", tablets.to_string().as_bytes());
    for ward in [WARD, tablets.to_str().unwrap()] {
        let mut requests: Vec<Value> = (0..40).map(|seed| strategy::request(72_000_000 + seed)).collect();
        requests.push(bare());
        requests.push(json!({"patient": 1}));
        for request in requests.iter_mut().step_by(3) {
            request.as_object_mut().unwrap().remove("clinic");
            if let Some(treatment) = request["treatment"].as_object_mut() {
                treatment.remove("product");
            }
        }
        let lines: String = requests.iter().map(|it| it.to_string() + "\n").collect();
        let batch = osteodose(&["batch", "--ward", ward], lines.as_bytes());
        let answers: Vec<Value> = text(&batch.stdout).lines().map(|it| serde_json::from_str(it).unwrap()).collect();
        assert_eq!(answers.len(), requests.len());
        for (request, answer) in requests.iter().zip(answers) {
            fs::write(&path, request.to_string()).unwrap();
            let plan = osteodose(&["plan", path.to_str().unwrap(), "--ward", ward], b"");
            if let Some(error) = answer.get("error") {
                // plan names the file in front, and says what else is wrong in further lines.
                let told = text(&plan.stderr);
                let told = told.lines().next().and_then(|line| line.strip_prefix(&format!("{}: ", path.display())));
                let first = answer["errors"].get(0).unwrap_or(error);
                assert_eq!(told, first.as_str());
            } else {
                assert_eq!(serde_json::from_slice::<Value>(&plan.stdout).unwrap(), answer);
            }
        }
    }
}

#[test]
fn a_table_is_completed_too() {
    let table = "examples/patients.csv";
    let with = osteodose(&["batch", table, "--ward", WARD], b"");
    let first: Value = serde_json::from_str(text(&with.stdout).lines().next().unwrap()).unwrap();
    let inputs = json!(["clinic.closed_dates", "treatment.product"]);
    assert_eq!(first["provenance"]["ward"]["inputs"], inputs);
    let brief = osteodose(&["batch", "--brief", table, "--ward", WARD], b"");
    let first: Value = serde_json::from_str(text(&brief.stdout).lines().next().unwrap()).unwrap();
    assert_eq!(first["draw_up_ml"], first["draw_up_ml"]);
}

#[test]
fn a_saved_plan_keeps_what_came_from_the_ward() {
    let saved = osteodose(&["plan", PATIENT, "--ward", WARD], b"").stdout;
    let (_folder, path) = folder_with("plan.json", &saved);
    let path = path.to_str().unwrap();
    let checked = osteodose(&["recheck", path], b"");
    assert_eq!(checked.status.code(), Some(0));
    assert!(text(&checked.stdout).contains(": the same\n"), "{}", text(&checked.stdout));
    let exported = osteodose(&["export", path, "--format", "json"], b"");
    assert_eq!(text(&exported.stdout), text(&saved));
    let shown = text(&osteodose(&["export", path, "--format", "text"], b"").stdout);
    assert!(shown.contains("From the ward settings of Day unit 4B:"), "{shown}");
    assert_eq!(osteodose(&["forecast", path], b"").status.code(), Some(0));
    for format in ["csv", "ics", "fhir"] {
        assert_eq!(osteodose(&["export", path, "--format", format], b"").status.code(), Some(0), "{format}");
    }
    // A line of a batch, and a plan without a checksum.
    let plan = settings(&example()).plan(request(&bare()), library()).unwrap();
    for content in [saved_line(&plan), plan.to_json()] {
        let checked = osteodose(&["recheck", "-"], content.as_bytes());
        assert!(text(&checked.stdout).contains(": the same"), "{}", text(&checked.stdout));
    }
}

#[test]
fn a_plan_that_claims_more_of_the_ward_than_it_has_is_altered() {
    let plan = dosing::plan(request(&bare()), library()).unwrap();
    let mut claimed: Value = serde_json::from_str(&plan.to_json()).unwrap();
    claimed["provenance"]["ward"] = json!({"inputs": ["treatment.product"]});
    let checked = osteodose(&["recheck", "-"], claimed.to_string().as_bytes());
    assert_eq!(checked.status.code(), Some(1));
    assert!(text(&checked.stdout).contains("ALTERED"), "{}", text(&checked.stdout));

    let plan = settings(&example()).plan(request(&bare()), library()).unwrap();
    let file = saved::file(&plan);
    for (from, to) in [
        ("Day unit 4B", "Day unit 4C"),
        ("\"clinic.open_weekdays\",", ""),
        ("\"treatment.product\"", "\"clinic.open_weekdays\""),
    ] {
        let altered = file.replacen(from, to, 1);
        assert_ne!(altered, file);
        let checked = osteodose(&["recheck", "-"], altered.as_bytes());
        assert_eq!(checked.status.code(), Some(1), "{to}");
        assert!(text(&checked.stdout).contains("ALTERED"), "{}", text(&checked.stdout));
    }
    let unknown = file.replacen("\"treatment.product\"", "\"patient.weight_kg\"", 1);
    assert_eq!(osteodose(&["recheck", "-"], unknown.as_bytes()).status.code(), Some(2));
}

#[test]
fn a_file_that_cannot_be_used_is_refused_with_its_faults() {
    let (_folder, path) =
        folder_with("ward.json", b"{\"format\": \"osteodose-ward/1\",\n \"draft_days\": 0, \"people\": [\"X\"]}");
    let name = path.to_str().unwrap();
    let expected = format!(
        "{name}: the ward settings cannot be used; nothing was calculated\n\
         {name}:2:16: draft_days: 0 is not possible (needed: at least 1 day)\n\
         {name}:2:30: people[0]: \"X\" is no name (needed: at least 2 letters)\n\
         Correct the file, or move it elsewhere. osteodose schema ward prints its format.\n"
    );
    // A long name of a file is cut in a message.
    let expected = if name.chars().count() > 60 { None } else { Some(expected) };
    for arguments in [&["plan", PATIENT][..], &["batch", "examples/patients.csv"]] {
        let refused = osteodose(&[arguments, &["--ward", name]].concat(), b"");
        assert_eq!(refused.status.code(), Some(2));
        assert!(refused.stdout.is_empty());
        if let Some(expected) = &expected {
            assert_eq!(&text(&refused.stderr), expected);
        }
    }
    let missing = osteodose(&["plan", PATIENT, "--ward", "no-such.json"], b"");
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).starts_with("no-such.json: cannot be read: "));
}

/// Makes something that is no file of settings under a name.
type Hostile = fn(&Path);

/// What is no file of settings, whatever it is instead.
const HOSTILE: &[(&str, Hostile)] = &[
    ("a folder", |path| fs::create_dir(path).unwrap()),
    #[cfg(unix)]
    ("a pipe", |path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success())),
    #[cfg(unix)]
    ("a device", |path| std::os::unix::fs::symlink("/dev/zero", path).unwrap()),
    #[cfg(unix)]
    ("a link to nothing", |path| std::os::unix::fs::symlink("nowhere", path).unwrap()),
    #[cfg(unix)]
    ("a link to itself", |path| std::os::unix::fs::symlink(path, path).unwrap()),
    ("nothing in it", |path| fs::write(path, "").unwrap()),
    ("bytes", |path| fs::write(path, [0xff, 0xfe, 0, 1]).unwrap()),
    ("much", |path| fs::write(path, " ".repeat(300 * 1024)).unwrap()),
    ("a whole disk", |path| fs::File::create(path).unwrap().set_len(1 << 40).unwrap()),
    ("depth", |path| fs::write(path, "[".repeat(100_000) + &"]".repeat(100_000)).unwrap()),
    ("depth inside", |path| {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        fs::write(path, format!("{{\"format\": \"osteodose-ward/1\", \"closed\": {deep}}}")).unwrap();
    }),
    ("many keys", |path| {
        let keys: Vec<String> = (0..25_000).map(|n| format!("\"{n}\":0")).collect();
        fs::write(path, format!("{{{}}}", keys.join(","))).unwrap();
    }),
    ("many closures", |path| {
        let closure = "{\"first\":\"2027-01-01\",\"last\":\"2027-02-01\"}";
        let closed = vec![closure; 6000].join(",");
        fs::write(path, format!("{{\"format\":\"osteodose-ward/1\",\"closed\":[{closed}]}}")).unwrap();
    }),
    ("many faults", |path| fs::write(path, format!("{{\"people\":[{}0]}}", "0,".repeat(100_000))).unwrap()),
];

#[test]
fn what_is_no_file_of_settings_is_refused_at_once() {
    for (what, make) in HOSTILE {
        let (folder, other) = folder_with("osteodose/other", b"");
        let path = other.with_file_name("ward.json");
        make(&path);
        let name = path.to_str().unwrap();
        let began = std::time::Instant::now();
        let refused = osteodose(&["plan", PATIENT, "--ward", name], b"");
        assert_eq!(refused.status.code(), Some(2), "{what}: {}", text(&refused.stderr));
        assert!(refused.stdout.is_empty());
        assert!(text(&refused.stderr).lines().count() <= 102, "{what}");
        #[cfg(feature = "tui")]
        {
            let mut form = command(folder.path());
            form.arg("--plain").env("XDG_STATE_HOME", folder.path());
            let refused = run(form, &[], b"");
            assert_eq!(refused.status.code(), Some(2), "{what}: {}", text(&refused.stdout));
            assert!(refused.stdout.is_empty());
        }
        let _ = &folder;
        assert!(began.elapsed().as_secs() < 10, "{what} took {:?}", began.elapsed());
    }
}

#[cfg(feature = "tui")]
#[test]
fn the_form_reads_the_settings_of_the_configuration_folder() {
    let began = |configuration: &Path, arguments: &[&str]| {
        let state = tempfile::tempdir().unwrap();
        let mut form = command(configuration);
        form.arg("--plain").args(arguments).env("XDG_STATE_HOME", state.path());
        run(form, &[], b"")
    };
    let (sound, _) = folder_with("osteodose/ward.json", &fs::read(tests("../examples/ward-settings.json")).unwrap());
    let (broken, path) = folder_with("osteodose/ward.json", b"{\"format\": \"osteodose-ward/1\", \"people\": 1}");
    assert_eq!(began(sound.path(), &[]).status.code(), Some(0));
    let refused = began(broken.path(), &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("people: 1 is a number (needed: a list)"), "{}", text(&refused.stderr));
    // A file that is named is read instead.
    let sound = sound.path().join("osteodose/ward.json");
    assert_eq!(began(broken.path(), &["--ward", sound.to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(began(sound.parent().unwrap(), &["--ward", path.to_str().unwrap()]).status.code(), Some(2));
    assert_eq!(began(&tests("no-configuration"), &[]).status.code(), Some(0));
    // A folder for configuration that is none is as if there were none.
    assert_eq!(began(&tests("../Cargo.toml"), &[]).status.code(), Some(0));
}
