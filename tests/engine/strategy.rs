//! Random patients: every drug and form, with figures often on and beside the limits. The same seed
//! makes the same patient.

use serde_json::{Map, Value, json};

/// A small random generator (`SplitMix64`), so that a failing seed can be run again anywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678_9ABC_DEF1))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % u64::try_from(high - low + 1).unwrap()).unwrap()
    }

    /// True in `percent` of all cases.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[usize::try_from(self.next() % list.len() as u64).unwrap()]
    }
}

/// A decimal with so many places, as JSON text that no float has touched.
pub fn decimal(parts: i64, places: usize) -> Value {
    let scale = 10_i64.pow(u32::try_from(places).unwrap());
    let text = if places == 0 { parts.to_string() } else { format!("{}.{:0places$}", parts / scale, parts % scale) };
    serde_json::from_str(&text).unwrap()
}

fn date(days: i64) -> String {
    let start = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    (start + chrono::TimeDelta::days(days)).to_string()
}

const TUMOURS: &[&str] =
    &["breast", "prostate", "myeloma", "lung", "kidney", "other-solid", "lymphoma", "unknown-primary"];
const CONDITIONS: &[&str] = &[
    "pregnant",
    "breast-feeding",
    "dehydrated",
    "dialysis",
    "acute-kidney-injury",
    "heart-failure",
    "cannot-sit-upright",
    "oesophageal-abnormality",
    "hypersensitivity-bisphosphonate",
    "hypersensitivity-denosumab",
    "jaw-osteonecrosis",
    "atypical-femoral-fracture",
    "fructose-intolerance",
    "aspirin-asthma",
    "vitamin-d-deficiency",
    "other-antiresorptive",
    "low-muscle-mass",
];
const MEDICINES: &[&str] = &[
    "aminoglycoside",
    "loop-diuretic",
    "calcitonin",
    "nephrotoxic",
    "nsaid",
    "thalidomide",
    "anti-angiogenic",
    "estramustine",
];
/// Drug, indication, route, scheme, product.
type Asked = (&'static str, &'static str, &'static str, Option<&'static str>, Option<&'static str>);

const REGIMENS: &[Asked] = &[
    ("zoledronic-acid", "skeletal-events", "intravenous", None, None),
    ("zoledronic-acid", "skeletal-events", "intravenous", None, Some("ready-to-use-4mg-100ml")),
    ("zoledronic-acid", "hypercalcaemia", "intravenous", None, None),
    ("ibandronic-acid", "skeletal-events", "intravenous", None, None),
    ("ibandronic-acid", "skeletal-events", "oral", None, None),
    ("ibandronic-acid", "hypercalcaemia", "intravenous", None, None),
    ("clodronate", "skeletal-events", "oral", None, None),
    ("clodronate", "skeletal-events", "oral", None, Some("tablet-800mg")),
    ("clodronate", "hypercalcaemia", "oral", None, None),
    ("clodronate", "hypercalcaemia", "intravenous", Some("daily"), Some("concentrate-60mg-per-ml")),
    ("clodronate", "hypercalcaemia", "intravenous", Some("single"), Some("concentrate-30mg-per-ml")),
    ("denosumab", "skeletal-events", "subcutaneous", None, None),
    ("denosumab", "giant-cell-tumour", "subcutaneous", None, Some("syringe-120mg-1ml")),
    ("denosumab", "hypercalcaemia", "subcutaneous", None, None),
    ("pamidronate", "skeletal-events", "intravenous", None, Some("concentrate-3mg-per-ml")),
];

/// What was drawn first, which the rest of the patient depends on.
struct Drawn {
    asked: Asked,
    emergency: bool,
    /// The day of dose 1, in days.
    start: i64,
}

/// A patient of one of all regimens, well-formed and mostly usable.
pub fn request(seed: u64) -> Value {
    let mut random = Random::new(seed);
    let r = &mut random;
    let asked = *r.pick(REGIMENS);
    let (drug, indication, ..) = asked;
    let drawn = Drawn { asked, emergency: indication == "hypercalcaemia", start: r.between(0, 1200) };

    let patient = patient(r, &drawn);
    let labs = labs(r, &drawn);
    let mut request = Map::new();
    let with_height = patient.contains_key("height_cm");
    request.insert("patient".into(), Value::Object(patient));
    let tumour = if indication == "giant-cell-tumour" { "giant-cell-tumour-of-bone" } else { r.pick(TUMOURS) };
    request.insert("tumour".into(), json!(tumour));
    request.insert("indication".into(), json!(indication));
    request.insert("labs".into(), Value::Object(labs));
    if r.chance(98) {
        request.insert("history".into(), Value::Object(history(r, &drawn)));
    }
    request.insert("treatment".into(), Value::Object(treatment(r, &drawn)));
    if drug == "denosumab" && drawn.emergency {
        request.insert("region".into(), json!(r.pick(&["us", "us", "eu"])));
    }
    if r.chance(if with_height { 20 } else { 1 }) {
        request.insert("weight_basis".into(), json!(r.pick(&["actual", "ideal", "adjusted"])));
    }
    if r.chance(60) {
        let weekdays: &[&[&str]] = &[&["mon", "tue", "wed", "thu", "fri"], &["tue", "thu"], &["wed"], &["sat", "sun"]];
        let first = drawn.start + r.between(0, 300);
        let closed: Vec<String> = (first..first + r.between(0, 30)).map(date).collect();
        request.insert("clinic".into(), json!({"open_weekdays": r.pick(weekdays), "closed_dates": closed}));
    }
    if let Some(course) = course(r, &drawn) {
        request.insert("course".into(), course);
    }
    if r.chance(10) {
        let by = json!({"finding": "dental-not-examined", "by": "Dr K. Holm", "reason": "seen next week"});
        request.insert("confirmations".into(), json!([by]));
    }
    if r.chance(30) {
        request.insert("prepared_by".into(), json!(r.pick(&["N. Berg", "K. Holm"])));
    }
    if r.chance(25) {
        let second = second_check(r, &request);
        request.insert("second_check".into(), second);
    }
    Value::Object(request)
}

fn patient(r: &mut Random, drawn: &Drawn) -> Map<String, Value> {
    let mut patient = Map::new();
    patient.insert("birth_date".into(), json!(date(drawn.start - r.between(18 * 366, 95 * 365))));
    patient.insert("sex".into(), json!(r.pick(&["female", "male"])));
    let heaviest = if r.chance(90) { 1200 } else { 1900 };
    patient.insert("weight_kg".into(), decimal(r.between(350, heaviest), 1));
    if r.chance(70) {
        patient.insert("height_cm".into(), decimal(r.between(1450, 2000), 1));
    }
    if r.chance(10) {
        patient.insert("allergies".into(), json!(r.pick(&["none-known", "penicillin"])));
    }
    patient
}

fn labs(r: &mut Random, drawn: &Drawn) -> Map<String, Value> {
    let (emergency, start) = (drawn.emergency, drawn.start);
    let lab_age = if r.chance(80) { r.between(0, if emergency { 3 } else { 14 }) } else { r.between(0, 100) };
    let mut labs = Map::new();
    labs.insert("date".into(), json!(date(start - lab_age)));
    let creatinine = json!({"value": decimal(r.between(40, 350), 2), "unit": "mg/dL"});
    if drawn.asked.0 != "denosumab" || r.chance(90) {
        labs.insert("creatinine".into(), creatinine);
    }
    let kind = *r.pick(&["total", "total", "corrected", "corrected", "ionised"]);
    let calcium = match (kind == "ionised", emergency) {
        (true, true) => r.between(120, 200),
        (true, false) => r.between(110, 140),
        (false, true) => r.between(240, 360),
        (false, false) => r.between(215, 265),
    };
    if r.chance(92) {
        labs.insert("calcium".into(), json!({"value": decimal(calcium, 2), "unit": "mmol/L", "kind": kind}));
        if r.chance(10) {
            labs.insert("calcium_date".into(), json!(date(start - r.between(0, if emergency { 8 } else { 40 }))));
        }
    }
    if r.chance(92) {
        labs.insert("albumin".into(), json!({"value": decimal(r.between(20, 50), 0), "unit": "g/L"}));
    }
    labs
}

/// Lists left out, empty, or with an entry.
fn history(r: &mut Random, drawn: &Drawn) -> Map<String, Value> {
    let mut history = Map::new();
    let dental = if r.chance(70) { "fit" } else { r.pick(&["not-examined", "poor", "procedure-planned", "unhealed"]) };
    if r.chance(96) {
        history.insert("dental".into(), json!(dental));
    }
    let mut list = |key: &str, words: &[&str], filled: i64| {
        if r.chance(93) {
            history.insert(key.into(), if r.chance(filled) { json!([r.pick(words)]) } else { json!([]) });
        }
    };
    list("conditions", CONDITIONS, 12);
    list("medicines", MEDICINES, 15);
    if r.chance(93) {
        let earlier = if r.chance(80) { json!("none") } else { last_antiresorptive(r, drawn) };
        history.insert("last_antiresorptive".into(), earlier);
    }
    history
}

fn last_antiresorptive(r: &mut Random, drawn: &Drawn) -> Value {
    const DRUGS: &[&str] = &[
        "zoledronic-acid",
        "zoledronic-acid-5mg",
        "denosumab",
        "denosumab-60mg",
        "ibandronic-acid",
        "clodronate",
        "pamidronate",
        "alendronic-acid",
        "other-bisphosphonate",
    ];
    let drug = if r.chance(40) { drawn.asked.0 } else { r.pick(DRUGS) };
    let days = if r.chance(60) { r.between(0, 40) } else { r.between(0, 400) };
    let mut last = json!({"drug": drug, "date": date(drawn.start - days)});
    if ["ibandronic-acid", "clodronate", "other-bisphosphonate"].contains(&drug) && r.chance(40) {
        last["route"] = json!("oral");
    }
    last
}

fn treatment(r: &mut Random, drawn: &Drawn) -> Map<String, Value> {
    let (drug, indication, route, scheme, product) = drawn.asked;
    let emergency = drawn.emergency;
    let mut treatment = Map::new();
    treatment.insert("drug".into(), json!(drug));
    treatment.insert("route".into(), json!(route));
    treatment.insert("start_date".into(), json!(date(drawn.start)));
    if let Some(scheme) = scheme {
        treatment.insert("scheme".into(), json!(scheme));
    }
    if let Some(product) = product {
        treatment.insert("product".into(), json!(product));
    }
    if (!emergency || drug == "denosumab") && r.chance(40) {
        let longest = if r.chance(95) { 24 } else { 120 };
        treatment.insert("course_months".into(), json!(r.between(1, longest)));
    }
    if route == "intravenous" && !emergency && r.chance(50) {
        let weeks = if drug == "zoledronic-acid" { *r.pick(&[3, 4, 12]) } else { *r.pick(&[3, 4]) };
        treatment.insert("interval_weeks".into(), json!(weeks));
    }
    if scheme == Some("daily") && r.chance(40) {
        treatment.insert("course_days".into(), json!(r.between(1, 7)));
    }
    if scheme == Some("daily") && r.chance(30) {
        treatment.insert("daily_dose_mg".into(), json!(r.pick(&[150, 151, 200, 225])));
    }
    if drug == "clodronate" && indication == "skeletal-events" && r.chance(30) {
        treatment.insert("daily_dose_mg".into(), json!(r.between(2, 9) * 400));
    }
    if drug == "clodronate" && route == "oral" && emergency && r.chance(30) {
        treatment.insert("daily_dose_mg".into(), json!(r.between(6, 8) * 400));
    }
    treatment
}

/// A course under way: of zoledronic acid and pamidronate with a baseline, of denosumab often in its loading phase.
fn course(r: &mut Random, drawn: &Drawn) -> Option<Value> {
    let start = drawn.start;
    let (drug, indication, route, ..) = drawn.asked;
    let loading = drug == "denosumab" && indication != "skeletal-events";
    let judged = ["zoledronic-acid", "pamidronate"].contains(&drug);
    if route == "oral" || (drawn.emergency && drug != "denosumab") || !r.chance(if loading { 50 } else { 25 }) {
        return None;
    }
    let dose = match drug {
        "zoledronic-acid" => *r.pick(&["4", "3.5", "3.3", "3"]),
        "ibandronic-acid" => *r.pick(&["6", "4", "2"]),
        "pamidronate" => "90",
        _ => "120",
    };
    let dose: serde_json::Number = dose.parse().unwrap();
    let last = start - if loading && r.chance(70) { r.between(5, 20) } else { r.between(18, 75) };
    let first = if loading && r.chance(70) { last - r.between(0, 22) } else { last - r.between(0, 160) };
    let mut course = json!({"first_dose": date(first), "last_dose": date(last), "dose_mg": dose});
    if judged || r.chance(40) {
        let value = decimal(r.between(60, 250), 2);
        course["baseline_creatinine"] = json!({"value": value, "unit": "mg/dL", "date": date(first - 3)});
    }
    if r.chance(50) {
        course["held"] = json!(r.chance(60));
    }
    if course["held"] == true && r.chance(70) {
        course["held_because"] = json!(r.pick(&["creatinine", "calcium", "dental", "other"]));
    }
    if r.chance(50) {
        course["doses_given"] = json!(r.between(1, 30));
    }
    Some(course)
}

/// What a second person entered: mostly the same, sometimes another value, sometimes with a figure left out.
fn second_check(r: &mut Random, request: &Map<String, Value>) -> Value {
    let (patient, labs) = (&request["patient"], &request["labs"]);
    let mut second = json!({
        "by": r.pick(&["N. Berg", "n.BERG", "K. Holm", "A. Lind"]), "birth_date": patient["birth_date"],
        "sex": patient["sex"], "weight_kg": patient["weight_kg"],
    });
    for key in ["creatinine", "calcium", "albumin"] {
        if let Some(value) = labs.get(key) {
            second[key] = value.clone();
        }
    }
    if let Some(height) = patient.get("height_cm") {
        second["height_cm"] = height.clone();
    }
    if let Some(course) = request.get("course") {
        second["course_dose_mg"] = course["dose_mg"].clone();
        if let Some(baseline) = course.get("baseline_creatinine") {
            second["baseline_creatinine"] = json!({"value": baseline["value"], "unit": baseline["unit"]});
        }
    }
    if r.chance(20) {
        let other = if second["sex"] == "female" { "male" } else { "female" };
        second["sex"] = json!(other);
    }
    if r.chance(10) {
        second["weight_kg"] = decimal(705, 1);
    }
    if r.chance(10) {
        let key = *r.pick(&["creatinine", "calcium", "albumin", "height_cm", "course_dose_mg", "baseline_creatinine"]);
        second.as_object_mut().unwrap().remove(key);
    }
    second
}
