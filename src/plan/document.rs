//! The plan as the JSON interface has it, field by field: one record that is written from a plan and read from a
//! file.
//!
//! Written, it borrows from its plan; read, it owns what the file says. Keys that an earlier version did not write
//! yet are optional.

use std::{borrow::Cow, fmt};

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::{CalciumClass, Evidence, FromWard, Moved, Part, PlanStatus, SecondCheckResult};
use crate::{
    json::{
        Fault, Faults, FromJson, Node, Object, Path, Text, Value, iso_date, iso_date_if_any, read_document, vocabulary,
    },
    patient::{Route, Tumour, WeightBasis},
    quantity::{Calcium, Creatinine, Decimal, Mass, Volume},
    regimen::{Code, Origin, Severity, Status, Subject, Topic, Verification},
    request::{Confirmation, Request},
};

/// A text of the document.
pub type Words<'a> = Cow<'a, str>;

vocabulary! {
    /// The form of a plan file.
    pub enum PlanFormat {
        /// The first form.
        V1 = "osteodose-plan/1",
    }
}

vocabulary! {
    /// What happens on a day.
    pub enum EntryKind {
        /// A check.
        Check = "check",
        /// A dose.
        Dose = "dose",
        /// Tablets or capsules supplied.
        Supply = "supply",
        /// A review.
        Review = "review",
    }
}

/// Declares a part of the document: an object with these keys, under its name in the schema.
macro_rules! part {
    (
        $(#[$meta:meta])*
        $schema_name:literal struct $Name:ident $(<$lifetime:lifetime>)? {
            $( $(#[$field_meta:meta])* $field:ident: $Type:ty, )+
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Serialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(deny_unknown_fields), schemars(rename = $schema_name))]
        pub struct $Name $(<$lifetime>)? {
            $( $(#[$field_meta])* pub $field: $Type, )+
        }

        impl $(<$lifetime>)? FromJson for $Name $(<$lifetime>)? {
            fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
                let known = &[ $( stringify!($field), )+ ];
                let object = Object::open(node, path, known, faults)?;
                $( let $field = object.member(stringify!($field), faults); )+
                Some(Self { $( $field: $field?, )+ })
            }
        }
    };
}

part! {
    /// A plan as JSON.
    "Plan" struct PlanDocument<'a> {
        /// The form of the file.
        format: PlanFormat,
        /// What may be done with the plan.
        status: PlanStatus,
        /// The request, as it was entered.
        request: Cow<'a, Request>,
        /// The kidney; null where no clearance is computed.
        renal: Option<RenalDocument>,
        /// The calcium.
        calcium: CalciumDocument,
        /// The dose; null when stopped.
        dosing: Option<DosingDocument<'a>>,
        /// The dates; null when stopped.
        schedule: Option<ScheduleDocument<'a>>,
        /// Everything that was found.
        findings: Vec<FindingDocument<'a>>,
        /// Confirmations of findings that are not there.
        unused_confirmations: Vec<Cow<'a, Confirmation>>,
        /// Who entered the request.
        prepared_by: Option<Cow<'a, Text>>,
        /// The result of the second check.
        second_check: SecondCheckResult,
        /// Who checked.
        second_check_by: Option<Cow<'a, Text>>,
        /// What the second person entered otherwise.
        second_check_differences: Vec<Words<'a>>,
        /// The sources of every number.
        sources: Vec<SourceDocument<'a>>,
        /// What made the plan.
        provenance: Provenance<'a>,
    }
}

part! {
    /// The kidney.
    "Renal" struct RenalDocument {
        /// Completed years on the day of the creatinine.
        age_years: u16,
        /// The weight used.
        weight_kg_used: Decimal,
        /// What kind of weight that is.
        weight_basis: WeightBasis,
        /// Six decimals, cut off.
        creatinine_clearance_ml_per_min: Decimal,
        /// The clearance as people read it, with its unit.
        displayed: String,
        /// The band of the regimen.
        band: Option<String>,
        /// Where the dose would change.
        dose_changes: Vec<DoseChangeDocument>,
    }
}

part! {
    /// A creatinine above which the dose would be another.
    "DoseChange" struct DoseChangeDocument {
        /// The largest creatinine at which the dose has not yet changed.
        when_creatinine_above: Creatinine,
        /// The dose above it; null where nothing is given.
        dose_mg: Option<Mass>,
        /// How often it is taken above it, where only that changes.
        #[serde(skip_serializing_if = "Option::is_none")]
        frequency: Option<String>,
    }
}

part! {
    /// The calcium.
    "CalciumResult" struct CalciumDocument {
        /// Corrected for albumin; null where it counts as not known.
        corrected: Option<Calcium>,
        /// The class.
        class: CalciumClass,
        /// The normal range it was compared with.
        #[serde(skip_serializing_if = "Option::is_none")]
        normal: Option<String>,
    }
}

part! {
    /// The dose.
    "Dosing" struct DosingDocument<'a> {
        /// The regimen's name.
        regimen: Words<'a>,
        /// Whose file it is written in.
        regimen_origin: Origin,
        /// The regimen in one line.
        title: Words<'a>,
        /// The drug's name.
        drug: Words<'a>,
        /// Brand names.
        brands: Cow<'a, [Text]>,
        /// The route.
        route: Route,
        /// The dose given each time, or on each dosing day.
        dose_mg: Mass,
        /// The dose for a normal kidney.
        full_dose_mg: Mass,
        /// How often.
        frequency: Words<'a>,
        /// How it is prepared.
        preparation: PreparationDocument<'a>,
        /// When the course is held for its creatinine.
        #[serde(skip_serializing_if = "Option::is_none")]
        hold: Option<HoldDocument>,
        /// The parts of a daily dose by mouth.
        intakes: Vec<IntakeDocument<'a>>,
        /// The steps of a falling dose.
        #[serde(skip_serializing_if = "Option::is_none")]
        steps: Option<StepsDocument<'a>>,
        /// What to do and what to say to the patient.
        directions: Vec<StatementDocument<'a>>,
        /// Calcium and vitamin D.
        supplements: Vec<StatementDocument<'a>>,
        /// Where sources say otherwise than what is applied.
        disagreements: Vec<DisagreementDocument<'a>>,
        /// What sources say of the length of a course.
        course_notes: Vec<StatementDocument<'a>>,
        /// Other products of the same substance.
        not_these_products: Vec<StatementDocument<'a>>,
        /// Treatment that follows.
        #[serde(skip_serializing_if = "Option::is_none")]
        follow_on: Option<FollowOnDocument<'a>>,
        /// What of the dose was not read in its source.
        unverified: Cow<'a, [Part]>,
        /// Where dose, infusion, interval and product are written.
        sources: Vec<Words<'a>>,
    }
}

part! {
    /// When a course is held for its creatinine; null until the creatinine before the first dose is known.
    "Hold" struct HoldDocument {
        /// The creatinine before the first dose.
        baseline: Option<Creatinine>,
        /// The creatinine from which a dose is held.
        hold_at_least: Option<Creatinine>,
        /// The creatinine up to which it is resumed.
        resume_at_most: Option<Creatinine>,
    }
}

part! {
    /// How a dose is prepared.
    "Preparation" struct PreparationDocument<'a> {
        /// The product with its strength.
        product: Words<'a>,
        /// The containers to open.
        open: Vec<OpenDocument<'a>>,
        /// The volume to draw up, or to inject.
        draw_up_ml: Option<Volume>,
        /// The drug in that volume, where a rounded volume holds another amount than was ordered.
        #[serde(skip_serializing_if = "Option::is_none")]
        drawn_mg: Option<Mass>,
        /// The volume to remove from the bag and to replace.
        remove_and_replace_ml: Option<Volume>,
        /// The bag.
        bag_ml: Option<Volume>,
        /// What the bag may hold.
        diluents: Cow<'a, [Text]>,
        /// The least time.
        minimum_minutes: Option<u16>,
        /// The highest pump rate.
        maximum_rate_ml_per_h: Option<u32>,
    }
}

part! {
    /// Containers to open.
    "Open" struct OpenDocument<'a> {
        /// The container's word.
        product: Words<'a>,
        /// How many.
        count: u32,
    }
}

part! {
    /// A part of a daily dose by mouth.
    "Intake" struct IntakeDocument<'a> {
        /// When it is taken.
        when: Words<'a>,
        /// The part.
        dose_mg: Mass,
        /// In tablets or capsules.
        units: u32,
    }
}

part! {
    /// The steps of a falling dose.
    "Step" struct StepsDocument<'a> {
        /// The rule.
        text: Words<'a>,
        /// Whether it was read in its source.
        #[serde(skip_serializing_if = "Option::is_none")]
        verification: Option<Verification>,
        /// Where it is written.
        sources: Vec<Words<'a>>,
        /// The doses with their first days.
        doses: Vec<StepDocument<'a>>,
    }
}

part! {
    /// A step of a falling dose.
    "StepDose" struct StepDocument<'a> {
        /// From this day.
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        /// This dose a day.
        dose_mg: Mass,
        /// What the step depends on.
        #[serde(skip_serializing_if = "Option::is_none")]
        only: Option<Words<'a>>,
    }
}

part! {
    /// A sentence of the regimen, with its sources.
    "StatementShown" struct StatementDocument<'a> {
        /// The word by which it is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Words<'a>>,
        /// What it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        about: Option<Topic>,
        /// The sentence.
        text: Words<'a>,
        /// Where it is written.
        sources: Vec<Words<'a>>,
        /// Whether it was read there.
        #[serde(skip_serializing_if = "Option::is_none")]
        verification: Option<Verification>,
    }
}

part! {
    /// A place where sources say otherwise than what is applied.
    "DisagreementShown" struct DisagreementDocument<'a> {
        /// The word by which it is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<Words<'a>>,
        /// What it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        about: Option<Topic>,
        /// The tumours it concerns; all where there are none.
        #[serde(skip_serializing_if = "<[_]>::is_empty")]
        #[cfg_attr(feature = "cli", schemars(default))]
        tumours: Cow<'a, [Tumour]>,
        /// What they disagree on.
        what: Words<'a>,
        /// What is applied.
        applied: Words<'a>,
        /// What the other source says.
        other: Words<'a>,
        /// The other source.
        source: Words<'a>,
        /// The place in it.
        locator: Words<'a>,
        /// Whether it was read there.
        #[serde(skip_serializing_if = "Option::is_none")]
        verification: Option<Verification>,
    }
}

part! {
    /// Treatment that follows.
    "FollowOnShown" struct FollowOnDocument<'a> {
        /// What follows, and on which condition.
        text: Words<'a>,
        /// Its regimen.
        regimen: Words<'a>,
        /// From this day.
        #[serde(serialize_with = "iso_date")]
        from: NaiveDate,
        /// Its dose a day.
        dose_mg: Mass,
        /// Where it is written.
        sources: Vec<Words<'a>>,
    }
}

part! {
    /// The dates.
    "Schedule" struct ScheduleDocument<'a> {
        /// The day that was asked for.
        #[serde(serialize_with = "iso_date")]
        start_date: NaiveDate,
        /// The end of the course.
        #[serde(serialize_with = "iso_date")]
        end_date: NaiveDate,
        /// Whether something must be confirmed first.
        provisional: bool,
        /// The entries in order.
        entries: Vec<EntryDocument<'a>>,
    }
}

/// An entry of the schedule.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema), schemars(rename = "Entry"))]
pub enum EntryDocument<'a> {
    /// A dose.
    Dose(DoseEntry<'a>),
    /// Tablets or capsules supplied.
    Supply(SupplyEntry<'a>),
    /// A check.
    Check(CheckEntry<'a>),
    /// A review.
    Review(ReviewEntry<'a>),
}

/// Declares what an entry of one kind holds beside its kind.
macro_rules! entry {
    (
        $(#[$meta:meta])*
        struct $Name:ident $(<$lifetime:lifetime>)? { $( $(#[$field_meta:meta])* $field:ident: $Type:ty, )+ }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Serialize)]
        #[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
        pub struct $Name $(<$lifetime>)? {
            $( $(#[$field_meta])* pub $field: $Type, )+
        }

        impl $(<$lifetime>)? $Name $(<$lifetime>)? {
            fn of(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
                let known = &[ "kind", $( stringify!($field), )+ ];
                let object = Object::open(node, path, known, faults)?;
                $( let $field = object.member(stringify!($field), faults); )+
                Some(Self { $( $field: $field?, )+ })
            }
        }
    };
}

entry! {
    /// A dose.
    struct DoseEntry<'a> {
        /// Its number.
        number: u16,
        /// Its day.
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        /// The day it was planned for.
        #[serde(serialize_with = "iso_date")]
        planned_date: NaiveDate,
        /// Why it is not on that day.
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        /// The dose.
        dose_mg: Mass,
        /// What it depends on.
        #[serde(skip_serializing_if = "Option::is_none")]
        only: Option<Words<'a>>,
    }
}

entry! {
    /// Tablets or capsules supplied.
    struct SupplyEntry<'a> {
        /// Its number.
        number: u16,
        /// Its day.
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        /// The day it was planned for.
        #[serde(serialize_with = "iso_date")]
        planned_date: NaiveDate,
        /// Why it is not on that day.
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        /// How many tablets or capsules.
        units: u32,
        /// For how many days.
        days: u16,
        /// What is said with it.
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<Words<'a>>,
    }
}

entry! {
    /// A check.
    struct CheckEntry<'a> {
        /// Its day.
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        /// The day it was planned for, where it is another.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "iso_date_if_any")]
        planned_date: Option<NaiveDate>,
        /// Why it is not on that day.
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        /// What is checked.
        what: Subject,
        /// The number of the dose it goes before.
        #[serde(skip_serializing_if = "Option::is_none")]
        before_dose: Option<u16>,
        /// The number of the supply it goes before.
        #[serde(skip_serializing_if = "Option::is_none")]
        before_supply: Option<u16>,
        /// The band that the result must keep.
        #[serde(skip_serializing_if = "Option::is_none")]
        must_keep_band: Option<String>,
        /// What is said beside it.
        #[serde(skip_serializing_if = "Option::is_none")]
        text: Option<Words<'a>>,
        /// Whether its rule was read in its source.
        #[serde(skip_serializing_if = "Option::is_none")]
        verification: Option<Verification>,
    }
}

entry! {
    /// A review.
    struct ReviewEntry<'a> {
        /// Its day.
        #[serde(serialize_with = "iso_date")]
        date: NaiveDate,
        /// The day it was planned for, where it is another.
        #[serde(skip_serializing_if = "Option::is_none", serialize_with = "iso_date_if_any")]
        planned_date: Option<NaiveDate>,
        /// Why it is not on that day.
        #[serde(skip_serializing_if = "Option::is_none")]
        moved_because: Option<Moved>,
        /// What it is for.
        text: Words<'a>,
    }
}

impl FromJson for EntryDocument<'_> {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        let kind = Object::open_any(node, path, faults)?.member("kind", faults)?;
        match kind {
            EntryKind::Dose => DoseEntry::of(node, path, faults).map(Self::Dose),
            EntryKind::Supply => SupplyEntry::of(node, path, faults).map(Self::Supply),
            EntryKind::Check => CheckEntry::of(node, path, faults).map(Self::Check),
            EntryKind::Review => ReviewEntry::of(node, path, faults).map(Self::Review),
        }
    }
}

part! {
    /// A finding.
    "Finding" struct FindingDocument<'a> {
        /// The code.
        code: Code,
        /// The severity.
        severity: Severity,
        /// The sentence, which may be reworded in any version: programs compare code and evidence.
        message: String,
        /// The figures of the sentence; not in a plan of an early version.
        #[serde(skip_serializing_if = "Option::is_none")]
        evidence: Option<EvidenceDocument<'a>>,
        /// The ids of the sources.
        sources: Vec<Words<'a>>,
        /// Whether the rule was read there.
        #[serde(skip_serializing_if = "Option::is_none")]
        verification: Option<Verification>,
        /// Who confirmed it.
        #[serde(skip_serializing_if = "Option::is_none")]
        confirmed: Option<ConfirmedDocument<'a>>,
    }
}

/// The figures of a finding.
#[derive(Clone, Debug)]
pub enum EvidenceDocument<'a> {
    /// As the engine found them.
    Found(&'a Evidence),
    /// As a file has them.
    Read(Value),
}

impl Serialize for EvidenceDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Found(evidence) => evidence.serialize(serializer),
            Self::Read(value) => value.serialize(serializer),
        }
    }
}

impl FromJson for EvidenceDocument<'_> {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        Object::open_any(node, path, faults)?;
        Some(Self::Read(Value::of(node)))
    }
}

part! {
    /// A confirmation of a finding.
    "Confirmed" struct ConfirmedDocument<'a> {
        /// Who confirmed it.
        by: Cow<'a, Text>,
        /// Why.
        reason: Cow<'a, Text>,
    }
}

part! {
    /// A source of a plan.
    "SourceShown" struct SourceDocument<'a> {
        /// Its id in the register.
        id: Words<'a>,
        /// Its title.
        title: Words<'a>,
        /// The places in it.
        locator: String,
    }
}

part! {
    /// What made a plan.
    "Provenance" struct Provenance<'a> {
        /// The program with its version.
        program: Words<'a>,
        /// SHA-256 of the regimen files.
        regimens_sha256: Words<'a>,
        /// Whose the limits common to all drugs are.
        #[serde(skip_serializing_if = "Option::is_none")]
        limits_origin: Option<Origin>,
        /// Whose the register of sources is: local where a hospital added to it.
        #[serde(skip_serializing_if = "Option::is_none")]
        sources_origin: Option<Origin>,
        /// Who is responsible for the drug's file.
        regimen_owner: Words<'a>,
        /// The day of its last review.
        #[serde(serialize_with = "iso_date")]
        regimen_reviewed: NaiveDate,
        /// The status of the drug's file; left out where it is endorsed.
        #[serde(skip_serializing_if = "Option::is_none")]
        regimen_status: Option<Status>,
        /// What of the request came from the settings of the ward; left out where nothing did.
        #[serde(skip_serializing_if = "Option::is_none")]
        ward: Option<WardDocument<'a>>,
        /// A checksum of everything else, in a file.
        #[serde(skip_serializing_if = "Option::is_none")]
        checksum: Option<Checksum<'a>>,
    }
}

part! {
    /// What of a request came from the settings of a ward.
    "FromWardSettings" struct WardDocument<'a> {
        /// The name of the ward.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<Cow<'a, Text>>,
        /// The inputs, by their places in the request.
        inputs: Cow<'a, [FromWard]>,
    }
}

/// The checksum of a plan in a file. It is the last value of a plan, so that it can cover all the others.
#[derive(Clone)]
pub enum Checksum<'a> {
    /// As a file has it.
    Read(Words<'a>),
    /// Made when everything before it was written.
    OfAllBefore(&'a dyn Fn() -> String),
}

impl Checksum<'_> {
    /// The checksum that a file has; nothing before it is written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Read(checksum) => checksum,
            Self::OfAllBefore(_) => "",
        }
    }
}

impl fmt::Debug for Checksum<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Checksum<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Read(checksum) => serializer.serialize_str(checksum),
            Self::OfAllBefore(made) => serializer.serialize_str(&made()),
        }
    }
}

impl FromJson for Checksum<'_> {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        FromJson::from_json(node, path, faults).map(Self::Read)
    }
}

impl PlanDocument<'static> {
    /// Reads a plan file.
    ///
    /// # Errors
    /// Everything that is wrong with its form.
    pub fn read(document: &[u8]) -> Result<Self, Vec<Fault>> {
        read_document(document)
    }
}
