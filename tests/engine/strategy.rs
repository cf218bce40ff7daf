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

/// A patient of one of all regimens, well-formed and mostly usable.
pub fn request(seed: u64) -> Value {
    let mut random = Random::new(seed);
    let r = &mut random;
    let (drug, indication, route, scheme, product) = *r.pick(REGIMENS);
    let emergency = indication == "hypercalcaemia";
    let start = r.between(0, 1200);
    let lab_age = if r.chance(80) { r.between(0, if emergency { 3 } else { 14 }) } else { r.between(0, 100) };

    let mut patient = Map::new();
    patient.insert("birth_date".into(), json!(date(start - r.between(18 * 366, 95 * 365))));
    patient.insert("sex".into(), json!(r.pick(&["female", "male"])));
    patient.insert("weight_kg".into(), decimal(r.between(350, 1500), 1));
    if r.chance(70) {
        patient.insert("height_cm".into(), decimal(r.between(1450, 2000), 1));
    }

    let mut labs = Map::new();
    labs.insert("date".into(), json!(date(start - lab_age)));
    labs.insert("creatinine".into(), json!({"value": decimal(r.between(40, 350), 2), "unit": "mg/dL"}));
    let calcium = if emergency { r.between(240, 360) } else { r.between(215, 265) };
    let kind = *r.pick(&["total", "total", "corrected", "corrected", "ionised"]);
    let calcium = if kind == "ionised" { r.between(110, 140) } else { calcium };
    if r.chance(92) {
        labs.insert("calcium".into(), json!({"value": decimal(calcium, 2), "unit": "mmol/L", "kind": kind}));
    }
    if r.chance(92) {
        labs.insert("albumin".into(), json!({"value": decimal(r.between(20, 50), 0), "unit": "g/L"}));
    }

    let mut history = Map::new();
    let dental = if r.chance(70) { "fit" } else { r.pick(&["not-examined", "poor", "procedure-planned", "unhealed"]) };
    history.insert("dental".into(), json!(dental));
    if r.chance(12) {
        history.insert("conditions".into(), json!([r.pick(CONDITIONS)]));
    }
    if r.chance(15) {
        history.insert("medicines".into(), json!([r.pick(MEDICINES)]));
    }
    if r.chance(15) {
        let last = *r.pick(&["zoledronic-acid", "denosumab", "ibandronic-acid", "alendronic-acid", "denosumab-60mg"]);
        history.insert("last_antiresorptive".into(), json!({"drug": last, "date": date(start - r.between(0, 400))}));
    }

    let mut treatment = Map::new();
    treatment.insert("drug".into(), json!(drug));
    treatment.insert("route".into(), json!(route));
    treatment.insert("start_date".into(), json!(date(start)));
    if let Some(scheme) = scheme {
        treatment.insert("scheme".into(), json!(scheme));
    }
    if let Some(product) = product {
        treatment.insert("product".into(), json!(product));
    }
    let has_course = !emergency || drug == "denosumab" || route == "oral";
    if has_course && r.chance(40) {
        treatment.insert("course_months".into(), json!(r.between(1, 60)));
    }
    if route == "intravenous" && !emergency && r.chance(50) {
        treatment.insert("interval_weeks".into(), json!(r.between(3, 4)));
    }
    if scheme == Some("daily") && r.chance(40) {
        treatment.insert("course_days".into(), json!(r.between(1, 7)));
    }
    if drug == "clodronate" && route == "oral" && r.chance(30) {
        let dose = if emergency { r.between(6, 8) } else { r.between(2, 9) };
        treatment.insert("daily_dose_mg".into(), json!(dose * 400));
    }

    let mut request = Map::new();
    request.insert("patient".into(), Value::Object(patient));
    let tumour = if indication == "giant-cell-tumour" { "giant-cell-tumour-of-bone" } else { r.pick(TUMOURS) };
    request.insert("tumour".into(), json!(tumour));
    request.insert("indication".into(), json!(indication));
    request.insert("labs".into(), Value::Object(labs));
    request.insert("history".into(), Value::Object(history));
    request.insert("treatment".into(), Value::Object(treatment));
    if drug == "denosumab" && emergency {
        request.insert("region".into(), json!("us"));
    }
    if r.chance(60) {
        let weekdays: &[&[&str]] = &[&["mon", "tue", "wed", "thu", "fri"], &["tue", "thu"], &["wed"], &["sat", "sun"]];
        let first = start + r.between(0, 300);
        let closed: Vec<String> = (first..first + r.between(0, 30)).map(date).collect();
        request.insert("clinic".into(), json!({"open_weekdays": r.pick(weekdays), "closed_dates": closed}));
    }
    if ["zoledronic-acid", "pamidronate"].contains(&drug) && !emergency && r.chance(25) {
        let dose = if drug == "pamidronate" {
            json!(90)
        } else {
            (*r.pick(&["4", "3.5", "3.3", "3"])).parse().map(|n: serde_json::Number| Value::Number(n)).unwrap()
        };
        let first = start - r.between(40, 200);
        request.insert("course".into(), json!({
            "first_dose": date(first), "last_dose": date(start - r.between(18, 39)), "dose_mg": dose,
            "baseline_creatinine": {"value": decimal(r.between(60, 250), 2), "unit": "mg/dL", "date": date(first - 3)},
            "held": r.chance(30),
        }));
    }
    Value::Object(request)
}
