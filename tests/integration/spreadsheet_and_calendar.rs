//! A plan as a table and as a calendar, read back by parsers of this test's own and by the csv library.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use osteodose::{
    dosing,
    export::{Earlier, Format, Options, Refused, export},
    plan::{Outcome, Plan, PlanStatus},
    present,
    request::Request,
    saved,
};
use serde_json::{Value, json};

use crate::support::{LIBRARY, files, json, tests};

/// A fixed moment, so that the same plan gives the same bytes.
fn at() -> DateTime<Utc> {
    "2026-11-20T09:30:15Z".parse().unwrap()
}

fn with_plan<T>(request: &Value, look: impl FnOnce(&Plan) -> T) -> T {
    let request = Request::parse(request.to_string().as_bytes()).unwrap_or_else(|faults| panic!("{}", faults[0]));
    look(&dosing::plan(request.clone(), &LIBRARY).unwrap_or_else(|why| panic!("{why}")))
}

fn asked() -> Options {
    Options { at: at(), ..Options::default() }
}

fn exported(request: &Value, format: Format, asked: &Options) -> String {
    let bytes = with_plan(request, |plan| export(plan, format, asked)).unwrap_or_else(|why| panic!("{why}"));
    String::from_utf8(bytes).unwrap()
}

fn refused(request: &Value, format: Format, asked: &Options) -> Refused {
    with_plan(request, |plan| export(plan, format, asked)).unwrap_err()
}

fn earlier(request: &Value) -> Options {
    earlier_by("osteodose 0.1.1", request)
}

/// The plan of a request as an earlier version saved it, to be replaced.
fn earlier_by(program: &str, request: &Value) -> Options {
    let this = concat!("\"program\": \"osteodose ", env!("CARGO_PKG_VERSION"), "\"");
    let file = with_plan(request, saved::file);
    assert!(file.contains(this));
    let file = file.replace(this, &format!("\"program\": \"{program}\""));
    Options { replaces: Some(Earlier::read(file.as_bytes()).unwrap()), ..asked() }
}

fn example() -> Value {
    json(&tests("exports/requests/zoledronic-acid.json"))
}

/// An event as a calendar program reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Read {
    properties: Vec<(String, String)>,
}

impl Read {
    fn of(&self, name: &str) -> &str {
        let mut found = self.properties.iter().filter(|(key, _)| key.split(';').next() == Some(name));
        let (_, value) = found.next().unwrap_or_else(|| panic!("no {name}"));
        assert_eq!(found.next(), None, "{name} stands twice");
        value
    }

    fn date(&self) -> String {
        assert!(self.properties.iter().any(|(key, _)| key == "DTSTART;VALUE=DATE"));
        let day = self.of("DTSTART");
        format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..])
    }

    fn is_cancelled(&self) -> bool {
        self.of("STATUS") == "CANCELLED"
    }
}

/// The events of a calendar: lines joined, split at the first colon, and the escapes of texts undone.
fn read(calendar: &str) -> Vec<Read> {
    assert!(calendar.ends_with("\r\n"));
    for line in calendar.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.contains(['\r', '\n']), "{line:?}");
    }
    let whole = calendar.replace("\r\n ", "");
    let mut lines = whole.lines();
    assert_eq!(lines.next(), Some("BEGIN:VCALENDAR"));
    let mut events = Vec::new();
    let mut event = None;
    let mut head = Vec::new();
    for line in lines {
        match line {
            "BEGIN:VEVENT" => assert!(event.replace(Vec::new()).is_none()),
            "END:VEVENT" => events.push(Read { properties: event.take().unwrap() }),
            _ => {
                let (key, value) = line.split_once(':').unwrap_or_else(|| panic!("{line}"));
                match &mut event {
                    Some(event) => event.push((key.to_owned(), unescaped(value))),
                    None => head.push(key),
                }
            }
        }
    }
    assert!(event.is_none() && whole.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(head, ["VERSION", "PRODID", "CALSCALE", "END"]);
    events
}

fn unescaped(text: &str) -> String {
    let mut chars = text.chars();
    let mut plain = String::new();
    while let Some(c) = chars.next() {
        plain.push(match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some(c @ ('\\' | ';' | ',')) => c,
                other => panic!("\\{other:?} in {text}"),
            },
            ';' | ',' => panic!("{c} without a backslash in {text}"),
            c => c,
        });
    }
    plain
}

/// The rows of a table by the names of the columns.
fn rows(table: &str) -> Vec<Vec<(String, String)>> {
    let table = table.strip_prefix('\u{FEFF}').unwrap();
    assert!(table.ends_with("\r\n"));
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| names.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn cell<'r>(row: &'r [(String, String)], name: &str) -> &'r str {
    &row.iter().find(|(column, _)| column == name).unwrap_or_else(|| panic!("no {name}")).1
}

/// What changes with every version and every regimen stands in a golden file by its name.
fn steady(text: &str) -> String {
    let version = concat!("osteodose ", env!("CARGO_PKG_VERSION"));
    text.replace("\r\n ", "").replace(LIBRARY.digest(), "(fingerprint)").replace(version, "(version)")
}

fn goldens() -> Vec<(std::path::PathBuf, String)> {
    let mut goldens = Vec::new();
    for path in files("exports/requests", ".json") {
        let name = path.file_stem().unwrap().to_string_lossy();
        let request = json(&path);
        for (format, ending) in [(Format::Csv, "csv"), (Format::Ics, "ics")] {
            let file = tests(&format!("exports/{ending}/{name}.{ending}"));
            goldens.push((file, steady(&exported(&request, format, &asked()))));
        }
    }
    assert_eq!(goldens.len(), 12);
    goldens
}

/// In the golden files the long lines of a calendar are not folded, so that a person can read them.
#[test]
fn tables_and_calendars_are_as_reviewed() {
    for (file, text) in goldens() {
        let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            reviewed == text,
            "{} differs; look at it, then: cargo test --test integration write_tables -- --ignored",
            file.display()
        );
    }
}

#[test]
#[ignore = "writes the golden files anew"]
fn write_tables_and_calendars_anew() {
    for (file, text) in goldens() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
}

#[test]
fn every_entry_of_the_plan_is_an_event_on_its_day() {
    for path in files("exports/requests", ".json") {
        let request = json(&path);
        let plan: Value = with_plan(&request, |plan| serde_json::from_str(&plan.to_json()).unwrap());
        let entries = plan["schedule"]["entries"].as_array().unwrap();
        let dates: Vec<&str> = entries.iter().map(|entry| entry["date"].as_str().unwrap()).collect();
        let events = read(&exported(&request, Format::Ics, &asked()));
        assert_eq!(events.iter().map(Read::date).collect::<Vec<_>>(), dates, "{}", path.display());
        let names: BTreeSet<&str> = events.iter().map(|event| event.of("UID")).collect();
        assert_eq!(names.len(), events.len(), "two events of one name in {}", path.display());
        for event in &events {
            assert_eq!(event.of("DTSTAMP"), "20261120T093015Z");
            let next = event.date().parse::<NaiveDate>().unwrap() + TimeDelta::days(1);
            assert_eq!(event.of("DTEND"), next.format("%Y%m%d").to_string());
            let product = plan["dosing"]["preparation"]["product"].as_str().unwrap();
            assert!(event.of("DESCRIPTION").contains(product), "{event:?}");
            let provisional = plan["status"] == "needs-confirmation";
            assert_eq!(event.of("STATUS"), if provisional { "TENTATIVE" } else { "CONFIRMED" });
            assert_eq!(event.of("SUMMARY").starts_with("PROVISIONAL: "), provisional);
            assert_eq!(event.of("DESCRIPTION").starts_with("PROVISIONAL, "), provisional);
        }
    }
}

#[test]
fn every_visit_of_the_plan_is_a_row_with_what_its_entries_say() {
    for path in files("exports/requests", ".json") {
        let request = json(&path);
        let plan: Value = with_plan(&request, |plan| serde_json::from_str(&plan.to_json()).unwrap());
        let entries = plan["schedule"]["entries"].as_array().unwrap();
        let rows = rows(&exported(&request, Format::Csv, &asked()));
        let draw_up = &plan["dosing"]["preparation"]["draw_up_ml"];
        let mut said = 0;
        for row in &rows {
            let of_day: Vec<&Value> = entries.iter().filter(|entry| entry["date"] == cell(row, "date")).collect();
            let given = of_day.iter().find(|it| it["kind"] == "dose" || it["kind"] == "supply");
            let column = |key: &str| given.and_then(|it| it.get(key)).map(Value::to_string).unwrap_or_default();
            for key in ["number", "dose_mg", "units", "days"] {
                assert_eq!(cell(row, key), column(key), "{key} in {}", path.display());
            }
            let checks = of_day.iter().filter_map(|it| it["what"].as_str()).collect::<Vec<_>>();
            assert_eq!(cell(row, "checks"), checks.join("; "));
            let review = of_day.iter().any(|it| it["kind"] == "review");
            let kind = given.map_or(if review { "review" } else { "check" }, |it| it["kind"].as_str().unwrap());
            assert_eq!(cell(row, "kind"), kind);
            let is_dose = kind == "dose" && !draw_up.is_null();
            assert_eq!(cell(row, "draw_up_ml"), if is_dose { draw_up.to_string() } else { String::new() });
            if let Some(given) = given {
                assert_eq!(cell(row, "planned_date"), given["planned_date"]);
                assert_eq!(
                    cell(row, "moved_because"),
                    given.get("moved_because").map_or("", |it| it.as_str().unwrap())
                );
            }
            said += of_day.len();
        }
        assert_eq!(said, entries.len(), "{}", path.display());
    }
}

#[test]
fn no_figure_has_a_trailing_zero_and_no_line_a_trailing_space() {
    for path in files("exports/requests", ".json") {
        let request = json(&path);
        for row in rows(&exported(&request, Format::Csv, &asked())) {
            for (column, cell) in row.iter().filter(|(column, _)| column.ends_with("_ml") || column.ends_with("_mg")) {
                assert!(!(cell.contains('.') && cell.ends_with('0')), "{column}: {cell}");
            }
        }
        let text = exported(&request, Format::Text, &asked());
        assert!(text.lines().all(|line| line == line.trim_end() && line.chars().count() <= 78), "{text}");
    }
}

/// Texts that could break out of a field, alone and long enough to be folded in the middle.
fn hostile_texts() -> Vec<String> {
    let mut texts: Vec<String> = [
        "x;y,z\\n\\,\\;\\\\ \"quoted\" 'single'",
        "END:VEVENT\\nBEGIN:VEVENT",
        "=HYPERLINK(\"http://example.org\",\"A\")",
        "@SUM(1+1)",
        "+1;=1+1;  -2+3;\"=4",
        "-1+1|cmd",
        "  =1+1",
        "\u{200D}=1+1",
        "＝1+1",
        "\",=1+1,\"",
        "😀e\u{301}\u{0627}\u{0644}\u{05D0} 山田",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("😀e\u{301}山".repeat(200));
    // The folding of another library never ended on these.
    texts.push(format!("{}{}x", "😀".repeat(300), " ".repeat(1500)));
    texts.push(format!("{}{}", "😀".repeat(300), "a ".repeat(700)));
    texts
}

fn hostile(text: &str) -> Value {
    let mut request = example();
    for key in ["id", "name", "allergies"] {
        request["patient"][key] = json!(text);
    }
    request["prepared_by"] = json!(text);
    request["second_check"]["by"] = json!(text);
    request["history"]["dental"] = json!("not-examined");
    request["confirmations"] = json!([{"finding": "dental-not-examined", "by": text, "reason": text}]);
    request
}

#[test]
fn hostile_text_stays_text_in_a_calendar() {
    let asked = Options { with_name: true, ..asked() };
    let usual = read(&exported(&example(), Format::Ics, &asked)).len();
    for text in hostile_texts() {
        let events = read(&exported(&hostile(&text), Format::Ics, &asked));
        assert_eq!(events.len(), usual, "{text}");
        for event in events {
            assert!(event.of("SUMMARY").ends_with(&format!("({text}, {text})")), "{event:?}");
            let description = event.of("DESCRIPTION");
            assert!(description.contains(&format!("Patient: {text}, {text}. Allergies: {text}\n")), "{description}");
            assert!(description.contains(&format!("Confirmed by {text}. Reason: {text}")), "{description}");
            assert!(description.contains(&format!("\nEntered by: {text}\n")), "{description}");
            assert!(!event.of("UID").contains(&text) && event.properties.len() == 10, "{event:?}");
        }
    }
}

#[test]
fn hostile_text_is_no_formula_in_a_table() {
    let asked = Options { with_name: true, ..asked() };
    for text in hostile_texts() {
        let table = exported(&hostile(&text), Format::Csv, &asked);
        for row in rows(&table) {
            for (column, cell) in &row {
                // A spreadsheet may separate cells by semicolons, and take wide signs for narrow ones.
                for part in cell.split(';') {
                    let seen = part.trim_start_matches([' ', '"', '\u{200D}']);
                    assert!(!seen.starts_with(['=', '+', '-', '@', '＝', '\t', '\r']), "{column}: {cell}");
                }
            }
            for column in ["patient_id", "patient_name", "allergies", "prepared_by", "second_check_by"] {
                assert_eq!(cell(&row, column).replace('\'', ""), text.replace('\'', ""), "{column}");
            }
            let findings = cell(&row, "findings").replace('\'', "");
            assert!(findings.contains(&format!("Confirmed by {0}. Reason: {0}", text.replace('\'', ""))), "{findings}");
        }
    }
}

#[test]
fn nobody_is_named_unless_it_is_asked_for() {
    let name = example()["patient"]["name"].as_str().unwrap().to_owned();
    for format in [Format::Csv, Format::Ics] {
        assert!(!exported(&example(), format, &asked()).replace("\r\n ", "").contains(&name));
        let asked = Options { with_name: true, ..asked() };
        assert!(exported(&example(), format, &asked).replace("\r\n ", "").contains(&name));
    }
    assert!(!exported(&example(), Format::Csv, &asked()).contains("patient_name"));
}

fn uids(events: &[Read]) -> BTreeSet<&str> {
    events.iter().map(|event| event.of("UID")).collect()
}

#[test]
fn a_corrected_plan_replaces_its_events() {
    let before = read(&exported(&example(), Format::Ics, &asked()));
    let mut corrected = example();
    corrected["clinic"]["closed_dates"] = json!(["2026-12-29", "2026-12-30"]);
    corrected["labs"]["creatinine"]["value"] = json!(93);
    corrected["second_check"]["creatinine"]["value"] = json!(93);
    let later = Options { at: at() + TimeDelta::seconds(61), ..asked() };
    let after = read(&exported(&corrected, Format::Ics, &later));
    assert_eq!(uids(&before), uids(&after));
    assert_ne!(before.iter().map(Read::date).collect::<Vec<_>>(), after.iter().map(Read::date).collect::<Vec<_>>());
    let number = |events: &[Read]| events[0].of("SEQUENCE").parse::<i64>().unwrap();
    assert!(number(&after) > number(&before));
    let same_minute = Options { at: at() + TimeDelta::seconds(1), ..asked() };
    let again = read(&exported(&corrected, Format::Ics, &same_minute));
    assert_eq!(number(&again), number(&before));
    assert!(again[0].of("DTSTAMP") > before[0].of("DTSTAMP"));
}

/// A check that is left out takes no other check's name.
#[test]
fn a_check_before_a_dose_keeps_its_name() {
    let named = |request: &Value| {
        let events = read(&exported(request, Format::Ics, &asked()));
        let check = |event: &&Read| event.of("SUMMARY").contains("check creatinine before dose 2 ");
        events.iter().find(check).unwrap().of("UID").to_owned()
    };
    let mut old_value = example();
    old_value["labs"]["date"] = json!("2026-11-10");
    let calendar = exported(&old_value, Format::Ics, &asked());
    assert!(calendar.contains("check creatinine before dose 1"), "{calendar}");
    assert_eq!(named(&old_value), named(&example()));
}

fn next_visit() -> Value {
    let mut request = example();
    request["treatment"]["start_date"] = json!("2026-12-30");
    request["labs"]["date"] = json!("2026-12-28");
    request["course"] = json!({
        "first_dose": "2026-12-01", "last_dose": "2026-12-01", "dose_mg": 3.5,
        "baseline_creatinine": {"value": 92, "unit": "umol/L", "date": "2026-11-18"}
    });
    request["second_check"]["course_dose_mg"] = json!(3.5);
    request["second_check"]["baseline_creatinine"] = json!({"value": 92, "unit": "umol/L"});
    request
}

#[test]
fn the_next_visit_overwrites_nothing() {
    let first = read(&exported(&example(), Format::Ics, &asked()));
    let next = read(&exported(&next_visit(), Format::Ics, &asked()));
    assert!(uids(&first).is_disjoint(&uids(&next)));
    let mut after = next_visit();
    after["course"]["last_dose"] = json!("2026-12-02");
    assert!(uids(&next).is_disjoint(&uids(&read(&exported(&after, Format::Ics, &asked())))));
    for (key, other) in [("id", "A-1043"), ("birth_date", "1958-03-15")] {
        let mut other_patient = example();
        other_patient["patient"][key] = json!(other);
        assert!(uids(&first).is_disjoint(&uids(&read(&exported(&other_patient, Format::Ics, &asked())))), "{key}");
    }
}

/// The names that version 0.1.0 gave to the first three events of the example.
const FIRST_NAMES: [&str; 3] = [
    "f3bd3b3edc7fcea7c22da0509bd58729@osteodose",
    "fb49d09e0b9979d23f98c9c585db3c2c@osteodose",
    "828660b0ff834872872e53b0506dbef1@osteodose",
];

#[test]
fn the_events_of_the_first_version_are_replaced_too() {
    let planned = read(&exported(&example(), Format::Ics, &asked()));
    let both = read(&exported(&example(), Format::Ics, &earlier_by("osteodose 0.1.0", &example())));
    assert_eq!(uids(&both).len(), both.len(), "no name twice");
    let (gone, stay): (Vec<Read>, Vec<Read>) = both.into_iter().partition(Read::is_cancelled);
    assert_eq!(stay, planned);
    assert_eq!(gone.iter().map(Read::date).collect::<Vec<_>>(), planned.iter().map(Read::date).collect::<Vec<_>>());
    assert!(FIRST_NAMES.iter().all(|name| uids(&gone).contains(name)), "{gone:?}");
    for event in &gone {
        assert!(event.of("SUMMARY").starts_with("REPLACED: zoledronic acid, "), "{event:?}");
        assert!(event.of("DESCRIPTION").contains("from an earlier version"), "{event:?}");
    }
    // What is no longer planned is cancelled under both names, and what was given stays.
    let next = read(&exported(&next_visit(), Format::Ics, &earlier_by("osteodose 0.1.0", &example())));
    let gone: Vec<Read> = next.into_iter().filter(Read::is_cancelled).collect();
    assert!(gone.iter().all(|event| event.date().as_str() >= "2026-12-30"), "{gone:?}");
    assert!(gone.iter().all(|event| event.of("SUMMARY").starts_with("CANCELLED: ")), "{gone:?}");
    let due = planned.iter().filter(|event| event.date().as_str() >= "2026-12-30").count();
    assert_eq!(gone.len(), 2 * due);
}

#[test]
fn what_is_no_longer_planned_is_cancelled_and_what_was_given_stays() {
    let first = read(&exported(&example(), Format::Ics, &asked()));
    let both = read(&exported(&next_visit(), Format::Ics, &earlier(&example())));
    let (cancelled, planned): (Vec<Read>, Vec<Read>) = both.into_iter().partition(Read::is_cancelled);
    assert_eq!(planned, read(&exported(&next_visit(), Format::Ics, &asked())));
    let from_start = |event: &&Read| event.date().as_str() >= "2026-12-30";
    let due: Vec<&Read> = first.iter().filter(from_start).collect();
    assert!(!due.is_empty() && due.len() < first.len());
    assert_eq!(uids(&cancelled), due.iter().map(|event| event.of("UID")).collect());
    for event in &cancelled {
        assert!(event.of("SUMMARY").starts_with("CANCELLED: zoledronic acid, "), "{event:?}");
        assert!(!event.of("SUMMARY").contains(" mg"), "{event:?}");
    }
    // The same plan again cancels nothing.
    assert!(!read(&exported(&example(), Format::Ics, &earlier(&example()))).iter().any(Read::is_cancelled));
}

#[test]
fn a_stopped_plan_only_takes_back() {
    let mut stopped = example();
    stopped["history"]["conditions"] = json!(["pregnant"]);
    for format in [Format::Csv, Format::Ics] {
        assert!(matches!(refused(&stopped, format, &asked()), Refused::Stopped(_)));
    }
    stopped["treatment"]["start_date"] = json!("2026-12-29");
    stopped["labs"]["date"] = json!("2026-12-28");
    let events = read(&exported(&stopped, Format::Ics, &earlier(&example())));
    assert!(!events.is_empty() && events.iter().all(Read::is_cancelled));
    assert!(events.iter().all(|event| event.date().as_str() >= "2026-12-29"));
    assert!(events.iter().all(|event| event.of("DESCRIPTION").contains("the plan is stopped")));
}

#[test]
fn a_calendar_is_of_one_known_patient() {
    let mut nobody = example();
    nobody["patient"].as_object_mut().unwrap().remove("id");
    assert_eq!(refused(&nobody, Format::Ics, &asked()), Refused::NoIdentifier);
    assert_eq!(cell(&rows(&exported(&nobody, Format::Csv, &asked()))[0], "patient_id"), "not recorded");
    for (key, other) in [("id", "A-1043"), ("birth_date", "1958-03-15")] {
        let mut request = example();
        request["patient"][key] = json!(other);
        if key == "birth_date" {
            request["second_check"]["birth_date"] = json!(other);
        }
        let why = refused(&request, Format::Ics, &earlier(&example()));
        assert!(matches!(why, Refused::OtherPatient { .. }) && why.to_string().contains(other), "{why}");
    }
    assert!(matches!(refused(&example(), Format::Ics, &earlier(&nobody)), Refused::OtherPatient { .. }));
}

#[test]
fn what_is_no_saved_plan_is_not_replaced() {
    let mut stopped = example();
    stopped["history"]["conditions"] = json!(["pregnant"]);
    let told = |document: &str| Earlier::read(document.as_bytes()).unwrap_err();
    assert_eq!(told(&example().to_string()), Refused::NoDates);
    assert_eq!(told(&with_plan(&stopped, saved::file)), Refused::NoDates);
    assert!(matches!(told("{"), Refused::NotAPlan(_)));
    let broken = with_plan(&example(), saved::file).replace("\"kind\": \"dose\"", "\"kind\": 1");
    assert!(matches!(told(&broken), Refused::NotAPlan(_)));
}

#[test]
fn an_option_that_means_nothing_for_the_form_is_an_error() {
    let run = |arguments: &[&str]| {
        let request = tests("exports/requests/zoledronic-acid.json");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_osteodose"));
        command.current_dir(env!("CARGO_MANIFEST_DIR")).env("XDG_CONFIG_HOME", tests("no-configuration"));
        let output = command.arg("plan").arg(request).args(arguments).output().unwrap();
        (output.status.code(), output.stdout.len(), String::from_utf8(output.stderr).unwrap())
    };
    let unused = "README.md";
    for (arguments, message) in [
        (vec!["--with-name"], "--with-name: only for --format csv, ics or fhir\n"),
        (vec!["--format", "text", "--with-name"], "--with-name: only for --format csv, ics or fhir\n"),
        (vec!["--format", "csv", "--replaces", unused], "--replaces: only for --format ics\n"),
    ] {
        assert_eq!(run(&arguments), (Some(2), 0, message.to_owned()));
    }
    let (status, written, message) = run(&["--format", "ics", "--replaces", unused]);
    assert!(
        status == Some(2) && written == 0 && message.starts_with("README.md: the plan to be replaced"),
        "{message}"
    );
    assert_eq!(run(&["--format", "ics", "--with-name"]).0, Some(0));
}

/// Plans of the engine's random patients: every entry an event, none of them twice, and every visit a row.
#[test]
fn random_patients_have_an_event_for_each_entry() {
    let mut seen = 0;
    for seed in 0..400 {
        let mut value = crate::strategy::request(seed);
        value["patient"]["id"] = json!(format!("R-{seed}"));
        let Ok(request) = Request::parse(value.to_string().as_bytes()) else { continue };
        let Ok(plan) = dosing::plan(request.clone(), &LIBRARY) else { continue };
        let Outcome::Dosed(dosed) = plan.outcome() else {
            assert!(matches!(export(&plan, Format::Ics, &asked()), Err(Refused::Stopped(_))));
            continue;
        };
        let events = read(&String::from_utf8(export(&plan, Format::Ics, &asked()).unwrap()).unwrap());
        let dates: Vec<String> = dosed.schedule.entries.iter().map(|entry| entry.date.to_string()).collect();
        assert_eq!(events.iter().map(Read::date).collect::<Vec<_>>(), dates, "{seed}");
        assert_eq!(uids(&events).len(), events.len(), "{seed}");
        let provisional = plan.status() == PlanStatus::NeedsConfirmation;
        assert!(events.iter().all(|event| (event.of("STATUS") == "TENTATIVE") == provisional), "{seed}");
        let table = String::from_utf8(export(&plan, Format::Csv, &asked()).unwrap()).unwrap();
        assert_eq!(rows(&table).len(), present::visits(&plan).len(), "{seed}");
        seen += 1;
    }
    assert!(seen > 100, "{seen}");
}
