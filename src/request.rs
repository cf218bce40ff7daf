//! The request for one patient, as other programs and the form state it.
//!
//! A [`Request`] is well-formed: every word is known, every number plain, every date a day. Whether
//! its figures are plausible and its product exists is for the engine to say, which knows the library.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::{
    json::{Fault, Faults, FromJson, Kind, Node, Path, Text, read_document, read_word, record},
    patient::{
        CalciumKind, Condition, Dental, HeldBecause, Indication, Medicine, Region, Route, Scheme, Tumour, Weekday,
        WeightBasis,
    },
    quantity::{Albumin, Calcium, CalciumUnit, Creatinine, CreatinineUnit, Decimal, Measured, Sex},
};

record! {
    /// A request for one patient: what is known, and what is asked for.
    pub struct Request {
        /// The patient.
        patient: Patient,
        /// The primary tumour.
        tumour: Tumour,
        /// Why treatment is given.
        indication: Indication,
        /// Laboratory values.
        labs: Labs,
        /// Teeth, conditions, medicines and earlier treatment.
        history: Option<History>,
        /// What is asked for.
        treatment: Treatment,
        /// A course under way; left out for a new course.
        course: Option<Course>,
        /// The weight the clearance is computed with; `actual` when left out.
        weight_basis: Option<WeightBasis>,
        /// Where the licence must hold; `eu` when left out.
        region: Option<Region>,
        /// When the clinic is open; every day when left out.
        clinic: Option<Clinic>,
        /// Findings that a named person has confirmed.
        #[serde(default)]
        confirmations: Vec<Confirmation>,
        /// Who entered the request.
        prepared_by: Option<Text>,
        /// The same figures, entered again by a second person.
        second_check: Option<SecondCheck>,
    }
}

record! {
    /// The patient.
    pub struct Patient {
        /// Identifier.
        id: Option<Text>,
        /// Name.
        name: Option<Text>,
        /// Date of birth.
        birth_date: NaiveDate,
        /// Sex.
        sex: Sex,
        /// Actual body weight in kg.
        weight_kg: Decimal,
        /// Height in cm.
        height_cm: Option<Decimal>,
        /// Allergies, or `none-known`; "not recorded" when left out.
        allergies: Option<Text>,
    }
}

record! {
    /// Laboratory values.
    pub struct Labs {
        /// Date of the values, in particular of the creatinine.
        date: NaiveDate,
        /// Serum creatinine; may be missing for denosumab alone.
        creatinine: Option<Creatinine>,
        /// Serum calcium.
        calcium: Option<CalciumEntry>,
        /// Date of the calcium, where it is another.
        calcium_date: Option<NaiveDate>,
        /// Serum albumin.
        albumin: Option<Albumin>,
    }
}

record! {
    /// A calcium value with its unit and kind.
    pub struct CalciumEntry {
        /// The number.
        value: Decimal,
        /// The unit.
        unit: CalciumUnit,
        /// The kind; `total` when left out.
        kind: Option<CalciumKind>,
    }
}

impl CalciumEntry {
    /// The value with its unit, without its kind.
    pub fn measured(&self) -> Calcium {
        Measured { value: self.value, unit: self.unit }
    }
}

record! {
    /// History that bears on the choice.
    #[derive(Default)]
    pub struct History {
        /// State of mouth and teeth; `not-examined` when left out.
        dental: Option<Dental>,
        /// Conditions: an empty list says that they were asked for and there are none; not asked when left out.
        conditions: Option<Vec<Condition>>,
        /// Medicines, in the same way.
        medicines: Option<Vec<Medicine>>,
        /// The last dose of a bisphosphonate or of denosumab, or that there was none; not asked when left out.
        last_antiresorptive: Option<EarlierDose>,
    }
}

/// Whether a bisphosphonate or denosumab was given before.
#[derive(Clone, Debug, PartialEq)]
pub enum EarlierDose {
    /// It was asked for, and there was none: `"none"`.
    None,
    /// The last one.
    Last(LastAntiresorptive),
}

/// What says that there was no earlier dose.
pub(crate) const NONE: &str = "none";

impl FromJson for EarlierDose {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        if node.kind() == Kind::Text {
            return read_word(node, path, faults, |word| (word == NONE).then_some(Self::None));
        }
        LastAntiresorptive::from_json(node, path, faults).map(Self::Last)
    }

    const WORDS: &'static [&'static str] = &[NONE];
}

impl Serialize for EarlierDose {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_str(NONE),
            Self::Last(last) => last.serialize(serializer),
        }
    }
}

record! {
    /// The last dose of a bisphosphonate or of denosumab.
    pub struct LastAntiresorptive {
        /// The drug: one of the library, or another that the library names.
        drug: Text,
        /// The day of the dose.
        date: NaiveDate,
        /// How it was given; injected when left out, unless the drug is always taken by mouth.
        route: Option<Route>,
    }
}

record! {
    /// What is asked for.
    pub struct Treatment {
        /// A drug of the library.
        drug: Text,
        /// The route; may be left out where the drug has one only.
        route: Option<Route>,
        /// One dose or one each day, where the drug has both.
        scheme: Option<Scheme>,
        /// The product; the regimen's default when left out.
        product: Option<Text>,
        /// First day of treatment, or of the next dose of a course under way.
        start_date: NaiveDate,
        /// Weeks between doses.
        interval_weeks: Option<u16>,
        /// Length of the course in months.
        course_months: Option<u16>,
        /// Number of daily infusions.
        course_days: Option<u16>,
        /// Daily dose in mg, where the prescriber may choose it.
        daily_dose_mg: Option<Decimal>,
    }
}

record! {
    /// A course under way.
    pub struct Course {
        /// Day of its first dose.
        first_dose: NaiveDate,
        /// Day of its last dose.
        last_dose: NaiveDate,
        /// How many doses were given; the next ones are then numbered on.
        doses_given: Option<u16>,
        /// The dose in use, in mg.
        dose_mg: Decimal,
        /// The creatinine before the first dose; needed where the regimen judges today's by it.
        baseline_creatinine: Option<DatedCreatinine>,
        /// Whether the course is held; it is not when left out.
        held: Option<bool>,
        /// Why it is held; for its creatinine when left out.
        held_because: Option<HeldBecause>,
    }
}

record! {
    /// A creatinine with the day it was taken.
    pub struct DatedCreatinine {
        /// The number.
        value: Decimal,
        /// The unit.
        unit: CreatinineUnit,
        /// The day.
        date: NaiveDate,
    }
}

impl DatedCreatinine {
    /// The value with its unit, without its date.
    pub fn measured(&self) -> Creatinine {
        Measured { value: self.value, unit: self.unit }
    }
}

record! {
    /// When the clinic is open.
    pub struct Clinic {
        /// Weekdays on which it is open; all when left out.
        open_weekdays: Option<Vec<Weekday>>,
        /// Days on which it is closed.
        #[serde(default)]
        closed_dates: Vec<NaiveDate>,
    }
}

record! {
    /// A finding that a named person has confirmed.
    pub struct Confirmation {
        /// The code of the finding.
        finding: Text,
        /// Who confirmed it.
        by: Text,
        /// Why.
        reason: Text,
    }
}

record! {
    /// The figures that decide the dose, entered again by a second person.
    pub struct SecondCheck {
        /// Who entered them.
        by: Text,
        /// Date of birth.
        birth_date: NaiveDate,
        /// Sex; plans of the first edition have none.
        sex: Option<Sex>,
        /// Weight in kg.
        weight_kg: Decimal,
        /// Creatinine, where there is one.
        creatinine: Option<Creatinine>,
        /// Calcium, where it decides.
        calcium: Option<CalciumEntry>,
        /// Albumin, where it corrects a calcium that decides.
        albumin: Option<Albumin>,
        /// Height in cm, where another weight than the actual one is used.
        height_cm: Option<Decimal>,
        /// The dose in use of a course under way, in mg.
        course_dose_mg: Option<Decimal>,
        /// The baseline creatinine of a course under way.
        baseline_creatinine: Option<Creatinine>,
    }
}

impl Request {
    /// Reads a request, or returns everything that is wrong with its form.
    pub fn parse(document: &[u8]) -> Result<Self, Vec<Fault>> {
        read_document(document)
    }

    /// The drug that a document asks for, also where the rest of it is no request.
    pub fn drug_asked_for(document: &[u8]) -> Option<Text> {
        let node = Node::parse(document).ok()?.at("treatment.drug");
        Text::from_json(node, &Path::Root, &mut Faults::default())
    }

    /// The state of mouth and teeth.
    pub fn dental(&self) -> Dental {
        self.history.as_ref().and_then(|history| history.dental).unwrap_or_default()
    }

    /// Whether a condition was stated.
    pub fn has(&self, condition: Condition) -> bool {
        self.conditions().is_some_and(|stated| stated.contains(&condition))
    }

    /// Whether a medicine was stated.
    pub fn takes(&self, medicine: Medicine) -> bool {
        self.medicines().is_some_and(|stated| stated.contains(&medicine))
    }

    /// The conditions; none where they were not asked for.
    pub fn conditions(&self) -> Option<&[Condition]> {
        self.history.as_ref()?.conditions.as_deref()
    }

    /// The medicines; none where they were not asked for.
    pub fn medicines(&self) -> Option<&[Medicine]> {
        self.history.as_ref()?.medicines.as_deref()
    }

    /// The creatinine before the first dose of a course under way.
    pub fn baseline(&self) -> Option<&DatedCreatinine> {
        self.course.as_ref()?.baseline_creatinine.as_ref()
    }

    /// Whether there was an earlier dose of a bisphosphonate or of denosumab; none where that was not asked for.
    pub fn earlier_dose(&self) -> Option<&EarlierDose> {
        self.history.as_ref()?.last_antiresorptive.as_ref()
    }

    /// The last dose of a bisphosphonate or of denosumab, where one is known.
    pub fn last_antiresorptive(&self) -> Option<&LastAntiresorptive> {
        match self.earlier_dose()? {
            EarlierDose::None => None,
            EarlierDose::Last(last) => Some(last),
        }
    }
}

impl Course {
    /// Whether it is on hold, and why.
    pub fn hold(&self) -> Option<HeldBecause> {
        (self.held == Some(true)).then(|| self.held_because.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::json::{read_carefully, read_quickly};

    const EXAMPLE: &str = include_str!("../tests/requests/a-request.json");

    /// What the quick way takes, the careful way takes too, and as the same.
    fn agree(document: &[u8]) -> bool {
        let Some(quick) = read_quickly::<Request>(document) else { return false };
        let shown = String::from_utf8_lossy(document);
        assert_eq!(read_carefully(document), Ok(quick), "{shown}");
        true
    }

    #[test]
    fn the_quick_way_takes_what_is_right() {
        assert!(agree(EXAMPLE.as_bytes()));
    }

    #[test]
    fn the_quick_way_takes_nothing_that_the_careful_way_refuses() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad-requests");
        for entry in fs::read_dir(folder).unwrap() {
            agree(&fs::read(entry.unwrap().path()).unwrap());
        }
        let right = ["female", "68.5", "true", "null"];
        let wrong =
            ["[]", "{}", "null", "1e3", "01", "-1", "\"\"", "\"\\ud800\"", "{\"female\":null}", "[\"female\"]", "2.0"];
        let places: Vec<usize> = EXAMPLE.match_indices(':').map(|(at, _)| at + 1).collect();
        for at in &places {
            for value in right.iter().chain(&wrong) {
                let rest = EXAMPLE[*at..].find([',', '}']).map_or("", |end| &EXAMPLE[at + end..]);
                agree(format!("{}{value}{rest}", &EXAMPLE[..*at]).as_bytes());
            }
        }
        assert!(!agree(format!("[{EXAMPLE}]").as_bytes()));
    }

    #[test]
    fn the_two_ways_agree_on_documents_with_slips() {
        let mut seed = 1_u64;
        let mut next = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap_or(0) % below
        };
        let slips: &[u8] = b"0129-.,:;\"{}[]eE \\nulltruefalse\xff\xc3umol/LmgdL";
        let mut taken = 0;
        for _ in 0..20_000 {
            let mut document = EXAMPLE.as_bytes().to_vec();
            for _ in 0..=next(2) {
                let at = next(document.len());
                match next(3) {
                    0 => document[at] = slips[next(slips.len())],
                    1 => document.insert(at, slips[next(slips.len())]),
                    _ => drop(document.remove(at)),
                }
            }
            taken += u32::from(agree(&document));
        }
        assert!(taken > 500, "the slips leave too few documents that can be read: {taken}");
    }
}
