//! What a drug's file says in sentences, and where sources disagree: each with an id by which regimens refer to it,
//! and with what it is about.

use std::fmt;

use super::{document::Verification, phrase::Citation, phrase::Sources};
use crate::{
    json::{Faults, FromJson, Node, Path, Text, Written, record, vocabulary},
    patient::Tumour,
    quantity::{Mass, Sex},
};

vocabulary! {
    /// What a statement or a disagreement is about.
    pub enum Topic {
        /// How much is given.
        Dose = "dose",
        /// The highest dose that may be chosen. Both sides of such a disagreement are doses.
        HighestDose = "highest-dose",
        /// How often it is given, or on how many days.
        Frequency = "frequency",
        /// The days after an earlier dose.
        Spacing = "spacing",
        /// The length of a course.
        Course = "course",
        /// The end of treatment, and what follows it.
        Stopping = "stopping",
        /// How a dose is prepared: bag, diluent, what it must not meet.
        Preparation = "preparation",
        /// How, and for how long, a product or a prepared solution keeps.
        Storage = "storage",
        /// How and where a dose is given.
        Administration = "administration",
        /// The time and the rate of an infusion.
        InfusionTime = "infusion-time",
        /// How a dose is taken by mouth.
        Intake = "intake",
        /// What the patient drinks, and rehydration.
        Hydration = "hydration",
        /// Calcium beside the treatment.
        CalciumSupplement = "calcium-supplement",
        /// Vitamin D beside the treatment.
        VitaminD = "vitamin-d",
        /// Calcium and vitamin D together.
        Supplements = "supplements",
        /// How calcium is corrected for albumin.
        CorrectedCalcium = "corrected-calcium",
        /// Blood tests and examinations.
        Checks = "checks",
        /// What the patient may feel, and what must be reported.
        Symptoms = "symptoms",
        /// Mouth, teeth and bones.
        MouthAndBones = "mouth-and-bones",
        /// Contraception.
        Contraception = "contraception",
        /// Another product of the same substance.
        OtherProduct = "other-product",
        /// Where the treatment is licensed.
        Licence = "licence",
        /// The age of the patient.
        Age = "age",
        /// Something else.
        Other = "other",
    }
}

record! {
    /// Patients of one sex, or below an age, or both.
    pub struct OnlyFor {
        /// Their sex; either when left out.
        sex: Option<Sex>,
        /// Their age on the start date is below these years; any when left out.
        below_years: Option<u16>,
        /// Whether the age was read in a source.
        verification: Option<Verification>,
    }
}

impl OnlyFor {
    /// Whether a patient is one of them.
    pub fn includes(&self, sex: Sex, age_years: u16) -> bool {
        self.sex.is_none_or(|it| it == sex) && self.below_years.is_none_or(|below| age_years < below)
    }
}

record! {
    /// A sentence with its sources.
    pub struct Statement {
        /// The word by which regimens refer to it.
        id: Text,
        /// What it is about.
        about: Topic,
        /// The sentence.
        text: Text,
        /// Whom it is said to; everybody when left out.
        only_for: Option<OnlyFor>,
        /// The diluents that it allows or forbids; nothing is said of them when left out.
        diluents: Option<DiluentRule>,
        /// Its sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// What a statement says of diluents, for the check of the library: a regimen that says it names none that it
    /// forbids.
    pub struct DiluentRule {
        /// The only diluents, as a regimen names them; any when left out.
        #[serde(default)]
        only: Vec<Text>,
        /// Words that the name of no diluent may contain, such as "Ringer".
        #[serde(default)]
        never: Vec<Text>,
    }
}

record! {
    /// A place where sources say otherwise than what is applied.
    pub struct Disagreement {
        /// The word by which regimens refer to it.
        id: Text,
        /// What it is about.
        about: Topic,
        /// The tumours it concerns; all when left out.
        #[serde(default)]
        tumours: Vec<Tumour>,
        /// What they disagree on.
        what: Text,
        /// What is applied.
        applied: Claim,
        /// What the other source says.
        other: Claim,
        /// The other source.
        source: Written<Citation>,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

impl Disagreement {
    /// Whether it concerns patients with this tumour.
    pub fn concerns(&self, tumour: Tumour) -> bool {
        self.tumours.is_empty() || self.tumours.contains(&tumour)
    }
}

/// What one side of a disagreement claims: a dose, where nothing else is written, or a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A dose.
    Dose(Mass),
    /// A sentence.
    Words(Text),
}

impl Claim {
    fn of(text: Text) -> Self {
        text.as_str().parse().map_or(Self::Words(text), Self::Dose)
    }

    /// The dose, where it is one.
    pub fn dose(&self) -> Option<Mass> {
        match self {
            Self::Dose(dose) => Some(*dose),
            Self::Words(_) => None,
        }
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dose(dose) => dose.fmt(f),
            Self::Words(text) => text.fmt(f),
        }
    }
}

impl FromJson for Claim {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        Text::from_json(node, path, faults).map(Self::of)
    }

    fn quick<'de, D: serde::de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::quick(deserializer).map(Self::of)
    }
}

impl serde::Serialize for Claim {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
