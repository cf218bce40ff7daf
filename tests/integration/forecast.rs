//! The forecast: counted once more from the plans alone, with its moves judged once more from the regimen files.

use std::{collections::BTreeMap, fs, rc::Rc};

use chrono::{Datelike, Days, NaiveDate, Weekday};
use osteodose::{
    dosing,
    forecast::{Chairs, Forecast, Line, Look, Place, Scope, Tally, read, table, text},
    request::Request,
};
use serde_json::{Value, json};

use crate::{
    cli::{osteodose, text as utf8},
    snapshot::assert_snapshot,
    support::{LIBRARY, files, json, saved_line, tests},
};

/// A plan as a line of `batch`.
fn plan(request: &Value) -> String {
    let request = Request::parse(request.to_string().as_bytes()).unwrap();
    saved_line(&dosing::plan(request.clone(), &LIBRARY).unwrap())
}

fn request(name: &str) -> Value {
    json(&tests("exports/requests").join(name))
}

/// Another patient: the request of a file, with some of its values changed.
fn patient(id: &str, name: &str, changes: &[(&str, Value)]) -> Value {
    let mut request = request(name);
    request["patient"]["id"] = json!(id);
    for (path, value) in changes {
        *request.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = value.clone();
    }
    request
}

/// The six of the exports, a second infusion on a crowded day, loading doses, and one who is stopped.
fn ward() -> Vec<String> {
    let mut requests: Vec<Value> = files("exports/requests", ".json").iter().map(|path| json(path)).collect();
    requests.push(patient("G-7001", "zoledronic-acid.json", &[("/treatment/interval_weeks", json!(3))]));
    requests.push(patient("H-8001", "ibandronic-acid.json", &[("/treatment/interval_weeks", json!(4))]));
    let mut loading = patient("I-9001", "denosumab.json", &[]);
    loading["tumour"] = json!("giant-cell-tumour-of-bone");
    loading["indication"] = json!("giant-cell-tumour");
    requests.push(loading);
    requests.push(patient("J-1001", "zoledronic-acid.json", &[("/history/conditions", json!(["pregnant"]))]));
    requests.iter().map(plan).collect()
}

/// A hospital: many starts, intervals, clinics and kidneys, the same every time.
fn hospital() -> Vec<String> {
    let mut requests = Vec::new();
    for n in 0_u64..90 {
        let start = date("2026-11-30") + Days::new(n * 7 % 12);
        let name = ["zoledronic-acid.json", "ibandronic-acid.json", "denosumab.json"][usize::try_from(n % 3).unwrap()];
        let mut one = patient(&format!("P-{n:03}"), name, &[("/treatment/start_date", json!(start.to_string()))]);
        if name != "denosumab.json" {
            one["treatment"]["interval_weeks"] = json!(if n % 4 == 0 { 3 } else { 4 });
        }
        one.as_object_mut().unwrap().remove("second_check");
        if n % 5 == 0 {
            one["clinic"] =
                json!({"open_weekdays": ["mon", "tue", "thu"], "closed_dates": ["2026-12-24", "2027-01-05"]});
        }
        if n % 7 == 0 {
            one["history"]["dental"] = json!("poor");
        }
        requests.push(one);
    }
    requests.push(request("clodronate.json"));
    requests.push(request("clodronate-by-mouth.json"));
    requests.iter().map(plan).collect()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn forecast(plans: &[String], asked: Scope) -> Forecast {
    let mut tally = Tally::new(asked);
    let file: Rc<str> = "plans.jsonl".into();
    for (number, plan) in (1..).zip(plans) {
        match read(plan.as_bytes()).unwrap() {
            Line::Plan(plan) => tally.add(Place { file: Rc::clone(&file), line: Some(number) }, *plan),
            Line::Error => tally.add_error(),
        }
    }
    tally.finish(&LIBRARY)
}

fn with_room_for(minutes: u32) -> Scope {
    Scope { chairs: Chairs { capacity: Some(minutes), ..Chairs::default() }, ..Scope::default() }
}

fn document(forecast: &Forecast) -> Value {
    serde_json::from_str(&forecast.to_json()).unwrap()
}

fn values(plans: &[String]) -> Vec<Value> {
    plans.iter().map(|plan| serde_json::from_str(plan).unwrap()).collect()
}

fn entries<'v>(plan: &'v Value, kind: &'v str) -> impl Iterator<Item = &'v Value> + 'v {
    plan["schedule"]["entries"].as_array().into_iter().flatten().filter(move |entry| entry["kind"] == kind)
}

fn day(value: &Value) -> NaiveDate {
    date(value.as_str().unwrap())
}

/// What is opened, by container and Monday, counted from the plans as JSON.
fn opened(plans: &[Value]) -> BTreeMap<(String, NaiveDate), u64> {
    let mut opened = BTreeMap::new();
    for plan in plans {
        for dose in entries(plan, "dose") {
            let week = day(&dose["date"]).iso_week();
            let monday = NaiveDate::from_isoywd_opt(week.year(), week.week(), Weekday::Mon).unwrap();
            for open in plan["dosing"]["preparation"]["open"].as_array().unwrap() {
                let container = open["product"].as_str().unwrap().to_owned();
                *opened.entry((container, monday)).or_default() += open["count"].as_u64().unwrap();
            }
        }
    }
    opened
}

/// Minutes of chair by day, counted from the plans as JSON.
fn minutes(plans: &[Value]) -> BTreeMap<NaiveDate, u64> {
    let mut minutes = BTreeMap::new();
    for plan in plans {
        for dose in entries(plan, "dose") {
            let least = plan["dosing"]["preparation"]["minimum_minutes"].as_u64().unwrap_or(0);
            *minutes.entry(day(&dose["date"])).or_default() += least;
        }
    }
    minutes
}

#[test]
fn a_ward_is_shown_as_it_was_read_and_accepted() {
    let plans = ward();
    let asked = Scope { to: Some(date("2027-01-31")), ..with_room_for(120) };
    let forecast = forecast(&plans, asked);
    assert_snapshot("forecast-text", &text(&forecast, Look { width: 80, ascii: false }));
    assert_snapshot("forecast-csv", &utf8(&table(&forecast)).replace("\r\n", "\n"));
    assert_snapshot("forecast-json", &forecast.to_json());
}

#[test]
fn containers_and_minutes_are_those_of_the_plans() {
    for plans in [ward(), hospital()] {
        let values = values(&plans);
        let found = document(&forecast(&plans, Scope::default()));
        let mut weeks = BTreeMap::new();
        for product in found["containers"].as_array().unwrap() {
            let container = product["container"].as_str().unwrap().to_owned();
            for week in product["weeks"].as_array().unwrap() {
                *weeks.entry((container.clone(), day(&week["monday"]))).or_default() += week["all"].as_u64().unwrap();
            }
            let sum: u64 = product["weeks"].as_array().unwrap().iter().map(|week| week["all"].as_u64().unwrap()).sum();
            assert_eq!(product["all"], sum);
        }
        assert_eq!(weeks, opened(&values));
        let days = found["chairs"]["days"].as_array().unwrap();
        let days: BTreeMap<NaiveDate, u64> =
            days.iter().map(|it| (day(&it["date"]), it["minutes"]["all"].as_u64().unwrap())).collect();
        assert_eq!(days, minutes(&values));
    }
}

#[test]
fn nothing_is_lost_and_nothing_is_added() {
    let plans = hospital();
    let values = values(&plans);
    let found = document(&forecast(&plans, Scope::default()));
    let sum = |list: &Value, key: &str| -> u64 {
        list.as_array().unwrap().iter().map(|it| it.pointer(key).unwrap().as_u64().unwrap()).sum()
    };
    let doses: usize = values.iter().map(|plan| entries(plan, "dose").count()).sum();
    let doses = u64::try_from(doses).unwrap();
    assert_eq!(sum(&found["doses"], "/doses/all"), doses);
    let days = &found["chairs"]["days"];
    assert_eq!(sum(days, "/infusions/all") + sum(days, "/injections/all"), doses);
    assert_eq!(sum(&found["doses"], "/plans/all"), u64::try_from(plans.len()).unwrap());
    let units: u64 =
        values.iter().flat_map(|plan| entries(plan, "supply")).map(|it| it["units"].as_u64().unwrap()).sum();
    assert_eq!(sum(&found["tablets_or_capsules"], "/all"), units);
    let provisional = values.iter().filter(|plan| plan["status"] == "needs-confirmation");
    let open: u64 = provisional.map(|plan| opened(std::slice::from_ref(plan)).values().sum::<u64>()).sum();
    assert!(open > 0);
    assert_eq!(sum(&found["containers"], "/provisional"), open);
}

#[test]
fn a_window_holds_its_first_and_its_last_day_and_no_other() {
    let plans = [plan(&request("zoledronic-acid.json"))];
    let doses = |from: &str, to: &str| {
        let asked = Scope { from: Some(date(from)), to: Some(date(to)), ..with_room_for(1) };
        let found = document(&forecast(&plans, asked));
        assert_eq!((found["from"].as_str(), found["to"].as_str()), (Some(from), Some(to)));
        let opened: u64 = found["containers"].as_array().unwrap().iter().map(|it| it["all"].as_u64().unwrap()).sum();
        let given: u64 = found["doses"].as_array().unwrap().iter().map(|it| it["doses"]["all"].as_u64().unwrap()).sum();
        let days = found["chairs"]["days"].as_array().unwrap().len();
        assert_eq!((opened, u64::try_from(days).unwrap()), (given, given));
        given
    };
    assert_eq!(doses("2026-12-01", "2026-12-01"), 1);
    assert_eq!(doses("2026-12-02", "2026-12-29"), 0);
    assert_eq!(doses("2026-12-02", "2026-12-30"), 1);
    assert_eq!(doses("2026-12-01", "2026-12-30"), 2);
    assert_eq!(doses("2026-12-31", "2027-01-25"), 0);
    // The Sunday and the Monday of one turn of a week stand in two weeks.
    let monday = patient("M", "zoledronic-acid.json", &[("/treatment/start_date", json!("2026-12-07"))]);
    let mut sunday = patient("S", "zoledronic-acid.json", &[("/treatment/start_date", json!("2026-12-06"))]);
    sunday.as_object_mut().unwrap().remove("clinic");
    let both = forecast(&[plan(&monday), plan(&sunday)], Scope { to: Some(date("2026-12-07")), ..Scope::default() });
    let weeks: Vec<NaiveDate> = both.containers.values().flat_map(|weeks| weeks.keys().copied()).collect();
    assert_eq!(weeks, [date("2026-11-30"), date("2026-12-07")]);
}

#[test]
fn a_day_is_above_only_beyond_the_capacity() {
    let plans = ward();
    let most = minutes(&values(&plans))[&date("2026-12-01")];
    let crowded = |capacity: u64| forecast(&plans, with_room_for(u32::try_from(capacity).unwrap())).crowded;
    assert!(crowded(most).is_empty());
    assert_eq!(crowded(most - 1)[0].date, date("2026-12-01"));
    let chairs = Chairs { capacity: Some(u32::try_from(most).unwrap()), injection: 5, turnover: 10 };
    let found = forecast(&plans, Scope { chairs, ..Scope::default() });
    let day = found.chairs[&date("2026-12-01")];
    assert_eq!(day.minutes.all, most + 10 * day.infusions.all + 5 * day.injections.all);
    assert_eq!(found.crowded[0].date, date("2026-12-01"));
}

/// The rule of a regimen's interval, from the files of the library alone.
fn interval(path: &str) -> Value {
    let words: Vec<&str> = path.split('/').collect();
    let drug = json(&tests("../regimens").join(format!("{}.json", words[0])));
    let regimens = drug["regimens"].as_array().unwrap();
    let fits = |it: &&Value| it["indication"] == words[1] && it["route"] == words[2];
    regimens.iter().find(fits).unwrap()["interval"].clone()
}

/// The days to which a dose could be moved, tried one by one.
fn days_that_fit(plan: &Value, number: u64, room: &BTreeMap<NaiveDate, u64>, capacity: u64) -> Vec<NaiveDate> {
    let rule = interval(plan["dosing"]["regimen"].as_str().unwrap());
    let gap = rule["minimum_gap"].as_str().unwrap().strip_suffix(" days").unwrap().parse::<i64>().unwrap();
    let dose = entries(plan, "dose").find(|it| it["number"] == number).unwrap();
    let others: Vec<NaiveDate> =
        entries(plan, "dose").filter(|it| it["number"] != number).map(|it| day(&it["date"])).collect();
    let needed = plan["dosing"]["preparation"]["minimum_minutes"].as_u64().unwrap();
    let clinic = &plan["request"]["clinic"];
    let fits = |candidate: &NaiveDate| {
        let weekday = json!(candidate.weekday().to_string().to_lowercase());
        let open = clinic["open_weekdays"].as_array().is_none_or(|days| days.contains(&weekday));
        let closed = clinic["closed_dates"].as_array().is_some_and(|days| days.contains(&json!(candidate.to_string())));
        open && !closed
            && *candidate != day(&dose["date"])
            && *candidate >= day(&plan["schedule"]["start_date"])
            && *candidate < day(&plan["schedule"]["end_date"])
            && others.iter().all(|other| (*candidate - *other).num_days().abs() >= gap)
            && others.iter().all(|other| (*other < *candidate) == (*other < day(&dose["date"])))
            && room.get(candidate).unwrap_or(&0) + needed <= capacity
    };
    let planned = day(&dose["planned_date"]);
    (0..=14).map(|n| planned - Days::new(7) + Days::new(n)).filter(fits).collect()
}

#[test]
fn every_move_that_is_named_holds_and_none_is_missed() {
    let plans = hospital();
    let values = values(&plans);
    let room = minutes(&values);
    let mut movable = 0;
    for capacity in [60, 120, 240, 300] {
        let found = document(&forecast(&plans, with_room_for(capacity)));
        for crowded in found["chairs"]["days"].as_array().unwrap().iter().filter(|it| it["above_capacity"] == true) {
            let here = day(&crowded["date"]);
            assert!(room[&here] > u64::from(capacity));
            for dose in crowded["doses"].as_array().unwrap() {
                let plan = values.iter().find(|it| it["request"]["patient"]["id"] == dose["patient"]).unwrap();
                if plan["dosing"]["regimen"].as_str().unwrap().contains("hypercalcaemia") {
                    assert_eq!(dose["verdict"], "emergency");
                    continue;
                }
                let days = days_that_fit(plan, dose["number"].as_u64().unwrap(), &room, capacity.into());
                let earlier = days.iter().rfind(|it| **it < here).map(|it| json!(it.to_string()));
                let later = days.iter().find(|it| **it > here).map(|it| json!(it.to_string()));
                assert_eq!(dose.get("earlier_date"), earlier.as_ref(), "{dose}");
                assert_eq!(dose.get("later_date"), later.as_ref(), "{dose}");
                let verdict = if earlier.is_none() && later.is_none() { "no-day" } else { "could-move" };
                assert_eq!(dose["verdict"], verdict);
                movable += i32::from(verdict == "could-move");
            }
        }
    }
    assert!(movable > 100, "only {movable} doses could move");
}

/// The verdicts on the doses of one plan when no day has room enough for it, or when all have.
fn verdicts(plan: &str, capacity: u32) -> Vec<(u16, String)> {
    let chairs = Chairs { capacity: Some(capacity), injection: 10, turnover: 0 };
    // Their checksums are those of other plans.
    let asked = Scope { chairs, altered: true, ..Scope::default() };
    // A second patient makes every day of the first a crowded one, and leaves the others empty.
    let other = plan.replace("\"id\":\"", "\"id\":\"X");
    let found = document(&forecast(&[plan.to_owned(), other], asked));
    let days = found["chairs"]["days"].as_array().unwrap();
    let doses = days.iter().filter_map(|it| it["doses"].as_array()).map(|doses| &doses[0]);
    doses
        .map(|it| (u16::try_from(it["number"].as_u64().unwrap()).unwrap(), it["verdict"].as_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn emergencies_and_loading_doses_stay_and_unknown_regimens_are_not_judged() {
    let emergency = verdicts(&plan(&request("to-be-confirmed.json")), 20);
    assert_eq!(emergency, [(1, "emergency".to_owned())]);
    assert!(verdicts(&plan(&request("clodronate.json")), 130).iter().all(|(_, it)| it == "emergency"));

    let mut giant_cell = request("denosumab.json");
    giant_cell["tumour"] = json!("giant-cell-tumour-of-bone");
    giant_cell["indication"] = json!("giant-cell-tumour");
    // One month less than the default: the end of the course leaves room after the last dose.
    giant_cell["treatment"]["course_months"] = json!(11);
    giant_cell.as_object_mut().unwrap().remove("clinic");
    let loading = verdicts(&plan(&giant_cell), 15);
    // Dose 1, the loading doses 2 and 3, and dose 4, up to which their gap holds.
    for (number, verdict) in &loading {
        assert_eq!(verdict == "loading-dose", *number <= 4, "dose {number}: {verdict}");
    }
    // With a gap as long as the interval, only the last dose has room after it.
    let (last, others) = loading[4..].split_last().unwrap();
    assert_eq!(last.1, "could-move");
    assert!(others.iter().all(|(_, verdict)| verdict == "no-day"), "{others:?}");

    let known = plan(&request("zoledronic-acid.json"));
    assert!(verdicts(&known, 20).iter().all(|(_, verdict)| verdict == "could-move"));
    let unknown = known.replace("\"zoledronic-acid/skeletal-events/", "\"zoledronic-acid/another/");
    assert!(verdicts(&unknown, 20).iter().all(|(_, verdict)| verdict == "regimen-not-in-library"));
}

#[test]
fn a_move_is_never_to_a_day_before_the_forecast() {
    let plans = hospital();
    let from = date("2027-01-04");
    let found = forecast(&plans, Scope { from: Some(from), ..with_room_for(60) });
    let all = forecast(&plans, with_room_for(60));
    let earliest = |forecast: &Forecast| {
        let doses = forecast.crowded.iter().filter(|day| day.date >= from).flat_map(|day| &day.doses);
        doses
            .filter_map(|dose| match dose.verdict {
                osteodose::forecast::Verdict::Movable { earlier, .. } => earlier,
                osteodose::forecast::Verdict::Fixed(_) => None,
            })
            .min()
            .unwrap()
    };
    assert!(earliest(&all) < from);
    assert!(earliest(&found) >= from);
}

#[test]
fn a_plan_given_twice_is_named() {
    let old = patient("A-1", "zoledronic-acid.json", &[]);
    let new = patient("A-1", "zoledronic-acid.json", &[("/treatment/start_date", json!("2026-12-02"))]);
    let later = patient(
        "A-1",
        "zoledronic-acid.json",
        &[("/treatment/start_date", json!("2028-01-03")), ("/labs/date", json!("2028-01-02"))],
    );
    let other_drug = patient("A-1", "ibandronic-acid.json", &[]);
    let twice = |requests: &[&Value]| {
        let plans: Vec<String> = requests.iter().map(|request| plan(request)).collect();
        let found = forecast(&plans, Scope::default());
        assert_eq!(
            found.twice.is_empty(),
            !text(&found, Look { width: 80, ascii: true }).contains("TWICE: patient A-1")
        );
        found.twice.iter().map(|it| it.places.each_ref().map(|place| place.line.unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(twice(&[&old, &new]), [[1, 2]]);
    assert_eq!(twice(&[&old, &later, &other_drug, &old]), [[1, 4]]);
    assert!(twice(&[&old, &later, &other_drug]).is_empty());
    // Both are counted.
    let found = forecast(&[plan(&old), plan(&old)], Scope::default());
    assert_eq!(found.given.values().map(|given| given.doses.all).sum::<u64>(), 28);
}

#[test]
fn lines_without_a_plan_and_stopped_plans_are_told_at_the_head() {
    let mut plans = ward();
    plans.push(r#"{"line":7,"error":"patient: missing"}"#.to_owned());
    let found = forecast(&plans, Scope::default());
    assert_eq!((found.plans.all, found.plans.stopped, found.plans.errors, found.plans.provisional), (10, 1, 1, 2));
    assert_eq!(found.conditional, 4);
    let page = text(&found, Look { width: 80, ascii: true });
    for told in [
        "MISSING: no plan could be made for 1 request.",
        "STOPPED: 1 plan is",
        "PROVISIONAL: 2 plans must",
        "CONDITIONAL: 4 doses",
    ] {
        assert!(page.contains(told), "{told}");
    }
    let mut nobody = request("zoledronic-acid.json");
    nobody["patient"].as_object_mut().unwrap().remove("id");
    let found = forecast(&[plan(&nobody), plan(&nobody)], with_room_for(20));
    assert_eq!((found.plans.without_id, found.twice.len()), (2, 0));
    let page = text(&found, Look { width: 80, ascii: true });
    assert!(page.contains("NO IDENTIFIER: 2 plans") && page.contains("patient not recorded, in plans.jsonl line 1"));
}

#[test]
fn the_order_of_the_plans_changes_no_figure() {
    let plans = hospital();
    let turned: Vec<String> = plans.iter().rev().cloned().collect();
    assert_eq!(forecast(&plans, Scope::default()).to_json(), forecast(&turned, Scope::default()).to_json());
}

#[test]
fn bars_fit_the_terminal_and_plain_signs_are_plain() {
    let found = forecast(&ward(), with_room_for(60));
    for width in [40, 80, 120] {
        let page = text(&found, Look { width, ascii: true });
        let bars: Vec<&str> =
            page.lines().filter(|line| line.ends_with(['#', '.']) && line.starts_with("  week of")).collect();
        assert!(bars.iter().all(|line| line.chars().count() <= width), "{width}");
        assert_eq!(bars.iter().map(|line| line.chars().count()).max(), (!bars.is_empty()).then_some(width));
        assert!(page.is_ascii());
    }
    assert!(text(&found, Look { width: 80, ascii: false }).contains('█'));
    // The letters and the signs say all: no colour and no other control character.
    assert!(!text(&found, Look { width: 80, ascii: false }).contains(|c: char| c.is_control() && c != '\n'));
}

#[test]
fn no_cell_of_the_table_is_a_formula() {
    let hostile = ["=1+1", "+49", "-2", "@SUM(A1)", "a,\"b\""];
    let plans: Vec<String> = hostile.iter().map(|id| plan(&patient(id, "zoledronic-acid.json", &[]))).collect();
    let bytes = table(&forecast(&plans, with_room_for(15)));
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let at = reader.headers().unwrap().iter().position(|it| it == "patient").unwrap();
    let mut seen = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        assert!(record.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{record:?}");
        if &record[0] == "dose-on-crowded-day" && !seen.contains(&record[at].to_owned()) {
            seen.push(record[at].to_owned());
        }
    }
    assert_eq!(seen, ["'=1+1", "'+49", "'-2", "'@SUM(A1)", "a,\"b\""]);
}

#[test]
fn files_folders_lines_and_standard_input_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let plans = ward();
    let lines = plans.join("\n") + "\n\n";
    fs::create_dir(path("plans")).unwrap();
    for (n, plan) in plans.iter().enumerate() {
        let value = osteodose::json::Value::parse(plan.as_bytes()).unwrap();
        let content = if n % 2 == 0 { serde_json::to_string_pretty(&value).unwrap() } else { format!("\n{plan}") };
        fs::write(folder.path().join("plans").join(format!("{n:02}.json")), content).unwrap();
    }
    fs::write(folder.path().join("plans/notes.txt"), "nothing of this is read").unwrap();
    fs::write(path("plans.jsonl"), &lines).unwrap();
    let run = |arguments: &[&str], input: &str| {
        let output = osteodose(&[&["forecast", "--format", "json"], arguments].concat(), input.as_bytes());
        assert_eq!((output.status.code(), utf8(&output.stderr)), (Some(0), String::new()));
        utf8(&output.stdout)
    };
    let expected = forecast(&plans, Scope::default()).to_json();
    assert_eq!(run(&[&path("plans")], ""), expected);
    assert_eq!(run(&[&path("plans.jsonl")], ""), expected);
    assert_eq!(run(&[], &lines), expected);
    let (first, rest) = plans.split_first().unwrap();
    fs::write(path("first.json"), first).unwrap();
    assert_eq!(run(&[&path("first.json"), "-"], &rest.join("\r\n")), expected);
}

#[test]
fn what_is_no_plan_is_named_and_nothing_is_counted() {
    let good = plan(&request("zoledronic-acid.json"));
    let told = |input: &str| {
        let output = osteodose(&["forecast"], input.as_bytes());
        assert_eq!((output.status.code(), utf8(&output.stdout)), (Some(2), String::new()), "{input}");
        utf8(&output.stderr)
    };
    let changed = |path: &str, value: Option<Value>| {
        let mut plan: Value = serde_json::from_str(&good).unwrap();
        let (parent, key) = path.rsplit_once('/').unwrap();
        let parent = plan.pointer_mut(parent).unwrap();
        match (parent, value) {
            (Value::Object(members), Some(value)) => drop(members.insert(key.to_owned(), value)),
            (Value::Object(members), None) => drop(members.remove(key).unwrap()),
            (parent, value) => parent[key.parse::<usize>().unwrap()] = value.unwrap(),
        }
        plan.to_string()
    };
    let brief = utf8(&osteodose(&["batch", "--brief"], request("zoledronic-acid.json").to_string().as_bytes()).stdout);
    let doses_turned = {
        let mut plan: Value = serde_json::from_str(&good).unwrap();
        plan["schedule"]["entries"].as_array_mut().unwrap().reverse();
        plan.to_string()
    };
    let cases = [
        ("not json}".to_owned(), "not JSON: expected ident, at line 2 column 2"),
        (
            brief.trim().to_owned(),
            "a line of batch --brief does not name the product; use whole plans, from batch without --brief",
        ),
        (
            request("zoledronic-acid.json").to_string(),
            "this is a request, but a forecast is made from plans; make its plan first, with plan or batch",
        ),
        ("{}".to_owned(), "not a plan: a plan is an object with \"format\": \"osteodose-plan/1\""),
        (
            changed("/format", Some(json!("osteodose-plan/2"))),
            "format: \"osteodose-plan/2\" is not allowed (allowed: osteodose-plan/1)",
        ),
        (
            changed("/status", Some(json!("done"))),
            "status: \"done\" is not allowed (allowed: ready, needs-confirmation or stopped)",
        ),
        (changed("/dosing", None), "dosing: a plan whose status is ready needs a dose and its dates"),
        (changed("/schedule", Some(Value::Null)), "dosing: a plan whose status is ready needs a dose and its dates"),
        (
            changed("/schedule/provisional", Some(json!(true))),
            "schedule: provisional contradicts the status of the plan, which is ready",
        ),
        (
            changed("/dosing/preparation/minimum_minutes", Some(Value::Null)),
            "dosing: an infusion without its minimum time (needed: preparation.minimum_minutes)",
        ),
        (
            changed("/dosing/preparation/minimum_minutes", Some(json!(7.5))),
            "dosing.preparation.minimum_minutes: 7.5 is not possible (needed: a whole number, such as 4)",
        ),
        (
            changed("/dosing/preparation/open/0/count", Some(json!(-1))),
            "dosing.preparation.open[0].count: -1 is not possible (needed: a whole number, such as 4)",
        ),
        (
            changed("/dosing/dose_mg", Some(json!(-4))),
            "dosing.dose_mg: -4 is not possible (allowed: 0 to 4000000, no finer than 0.001)",
        ),
        (
            changed("/schedule/entries/0/date", Some(json!("01-Dec-2026"))),
            "schedule.entries[0].date: \"01-Dec-2026\" is not a day of the years 1900 to 2199 as year-month-day, such as 2026-12-01",
        ),
        (
            changed("/schedule/entries/0/kind", Some(json!("course"))),
            "schedule.entries[0].kind: \"course\" is not allowed (allowed: check, dose, supply or review)",
        ),
        (doses_turned, "schedule: the doses must be in the order of their numbers, each on a later day"),
        (
            good.replacen("\"status\"", "\"status\":\"ready\",\"status\"", 1),
            "status: this key appears twice (allowed: once)",
        ),
    ];
    let nothing = "nothing was counted: a forecast without some of the patients would look right and be wrong";
    for (line, sentence) in &cases {
        assert_eq!(told(&format!("{good}\n{line}\n{good}")), format!("standard input line 2: {sentence}\n{nothing}\n"));
    }
    // All of them together are all named.
    let all: Vec<&str> = cases.iter().map(|(line, _)| line.as_str()).collect();
    assert_eq!(told(&format!("{good}\n{}", all.join("\n"))).lines().count(), cases.len() + 1);
    assert_eq!(told(&"{}\n".repeat(103)).lines().nth(100), Some("3 more faults not listed"));
    assert_eq!(told(""), "no plan was given\n");
    assert_eq!(told("{\"line\":1,\"error\":\"x\"}"), "no plan was given\n");
    // A plan that was cut off, on several lines.
    assert_eq!(
        told("{\n \"format\": \"osteodose-plan/1\",\n").lines().next(),
        Some("standard input: not JSON: the document is empty or ends too early, at line 3 column 1")
    );
}

#[test]
fn what_cannot_be_asked_for_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().to_string_lossy().into_owned();
    let told = |arguments: &[&str]| {
        let output = osteodose(&[&["forecast"], arguments].concat(), b"");
        assert_eq!((output.status.code(), utf8(&output.stdout)), (Some(2), String::new()), "{arguments:?}");
        utf8(&output.stderr)
    };
    assert_eq!(
        told(&[&folder]),
        format!("{folder}: cannot be read: no file of plans (a name that ends in .json or .jsonl) is in it\n")
    );
    assert!(told(&["tests/no-such-plan.json"]).starts_with("tests/no-such-plan.json: cannot be read: "));
    let turned = told(&["--from", "2026-12-02", "--to", "2026-12-01"]);
    assert_eq!(turned, "--to 2026-12-01 is before --from 2026-12-02 (needed: the same day or a later one)\n");
    assert!(told(&["--from", "1.12.2026"]).contains("\"1.12.2026\" is not a date between 1900 and 2199"));
    assert!(told(&["--chair-minutes", "-5"]).contains("-5"));
}
