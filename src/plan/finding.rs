//! What argues for care or against treatment, with the figures it rests on.

use chrono::NaiveDate;
use serde::Serialize;

use super::{DoseThere, KidneyShown};
use crate::{
    json::{Written, vocabulary},
    patient::{Condition, HeldBecause, Region, Route, Tumour},
    quantity::{
        Amount, AmountRange, AnyUnit, Bound, Calcium, CalciumUnit, ClearanceShown, Creatinine, CreatinineUnit, Days,
        Decimal, Mass,
    },
    regimen::{Citation, Code, Concern, Kidney, Severity, Verification},
};

/// A finding: its severity, the figures it rests on, and the sources of its rule.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its severity.
    pub severity: Severity,
    /// What was found; [`crate::words`] makes its sentence.
    pub evidence: Evidence,
    /// Where the rule is written.
    pub sources: Vec<&'static Citation>,
    /// Whether the rule was read there.
    pub verification: Option<Verification>,
}

impl Finding {
    /// The code.
    pub fn code(&self) -> Code {
        self.evidence.code()
    }
}

/// A figure that must be looked at again because it is unusual.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Unusual {
    /// Age in years.
    Age {
        /// Completed years on the start date.
        age_years: u16,
    },
    /// Weight, height or a laboratory value, with the unit that may have been meant.
    Value {
        /// Which value it is.
        what: Figure,
        /// The value as entered.
        entered: Amount,
        /// The usual range in that unit.
        usual: AmountRange,
        /// The unit in which the number would be usual.
        #[serde(skip_serializing_if = "Option::is_none")]
        meant: Option<AnyUnit>,
    },
    /// A clearance above what is usual.
    Clearance {
        /// The clearance.
        clearance: ClearanceShown,
        /// The highest usual.
        highest_ml_per_min: u16,
    },
    /// A body mass index outside what is usual.
    BodyMassIndex {
        /// Weight ÷ height².
        bmi_kg_per_m2: Decimal,
        /// The lowest usual.
        lowest: u16,
        /// The highest usual.
        highest: u16,
    },
    /// A woman with prostate cancer.
    FemaleProstate {},
    /// A man who is pregnant or breast-feeding.
    Male {
        /// Which of the two.
        condition: Condition,
    },
}

vocabulary! {
    /// A figure of a patient that can be unusual.
    pub enum Figure {
        /// Body weight.
        Weight = "weight",
        /// Height.
        Height = "height",
        /// Serum creatinine.
        Creatinine = "creatinine",
        /// Serum creatinine before the first dose of a course.
        BaselineCreatinine = "baseline-creatinine",
        /// Total or corrected calcium.
        Calcium = "calcium",
        /// Ionised calcium.
        IonisedCalcium = "ionised-calcium",
        /// Albumin.
        Albumin = "albumin",
    }
}

impl Figure {
    /// The code of the finding that the figure is unusual.
    pub fn code(self) -> Code {
        match self {
            Self::Weight => Code::UnusualValueWeight,
            Self::Height => Code::UnusualValueHeight,
            Self::Creatinine | Self::BaselineCreatinine => Code::UnusualValueCreatinine,
            Self::Calcium | Self::IonisedCalcium => Code::UnusualValueCalcium,
            Self::Albumin => Code::UnusualValueAlbumin,
        }
    }
}

/// What was found: every figure of its sentence, each with its unit. As JSON it is an object of these figures,
/// empty where the code says all.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs, reason = "the fields are the figures of the sentence in `words`")]
pub enum Evidence {
    /// A stated condition, medicine or dental state.
    Stated {
        #[serde(skip)]
        concern: Concern,
    },
    AgeUnder {
        age_years: u16,
        least_years: u16,
    },
    CalciumLow {
        calcium: Calcium,
        normal: AmountRange,
    },
    CalciumUnknown {
        #[serde(flatten)]
        why: CalciumGap,
    },
    CalciumHigh {
        calcium: Calcium,
        severe: bool,
    },
    CalciumNotRaised {
        calcium: Calcium,
        ionised: bool,
        needed: Bound<CalciumUnit>,
    },
    /// Ionised calcium alone opens the regimen.
    CalciumIonised {
        calcium: Calcium,
        needed: Bound<CalciumUnit>,
    },
    CalciumOld(Age),
    CreatinineOld(Age),
    CreatinineUnknown {
        #[serde(skip_serializing_if = "Option::is_none")]
        age_days: Option<i64>,
        #[serde(rename = "limit_days")]
        limit: Days,
    },
    CreatinineTooHigh {
        creatinine: Creatinine,
        limit: Bound<CreatinineUnit>,
    },
    CreatinineRisen {
        now: Creatinine,
        baseline: Creatinine,
        resume_at_most: Creatinine,
        held: bool,
    },
    CreatinineRisenRelative {
        now: Creatinine,
        baseline: Creatinine,
        at_least_percent: u16,
    },
    /// Less creatinine than the formula expects, and what the table has at the creatinine below which that is asked.
    LowCreatinine {
        creatinine: Creatinine,
        reference: Creatinine,
        as_entered: Option<DoseThere>,
        at_reference: Option<DoseThere>,
    },
    /// The clearance is below what the table allows.
    RenalTooLow {
        kidney: KidneyShown,
        band: Option<Kidney>,
        /// Whether the regimen is one large dose, to which a daily scheme is the alternative.
        single_dose: bool,
    },
    /// Calcium can fall dangerously in a kidney this weak.
    HypocalcaemiaRisk {
        kidney: KidneyShown,
        /// Days after the first dose on which calcium is checked because of it.
        calcium_check_days: Vec<u16>,
    },
    /// The label gives a range of doses for this clearance.
    DoseChoice {
        kidney: KidneyShown,
        band: Option<Kidney>,
        #[serde(rename = "lowest_mg")]
        lowest: Option<Mass>,
        #[serde(rename = "highest_mg")]
        highest: Option<Mass>,
    },
    /// Every dose of the regimen is too much for this clearance.
    EveryDoseAboveRenalLimit {
        kidney: KidneyShown,
        band: Option<Kidney>,
    },
    /// What else a row of the dose table says of this clearance.
    SevereRenalImpairment {
        #[serde(skip)]
        code: Code,
        kidney: KidneyShown,
        band: Option<Kidney>,
    },
    BaselineTooLow {
        clearance: ClearanceShown,
    },
    DoseAboveMaximum {
        #[serde(rename = "chosen_mg")]
        chosen: Mass,
        #[serde(rename = "highest_mg")]
        highest: Mass,
        /// What another source says of the largest dose.
        #[serde(skip_serializing_if = "Option::is_none")]
        other: Option<OtherMaximum>,
    },
    DoseAboveRenalLimit {
        #[serde(rename = "chosen_mg")]
        chosen: Mass,
        #[serde(rename = "highest_mg")]
        highest: Mass,
        kidney: KidneyShown,
    },
    HighDose {
        #[serde(skip)]
        code: Code,
        #[serde(rename = "chosen_mg")]
        chosen: Mass,
        #[serde(rename = "above_mg")]
        above: Mass,
        kidney: KidneyShown,
    },
    TooSoon {
        last: NaiveDate,
        drug: &'static str,
        /// How it was given, where that is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        route: Option<Route>,
        #[serde(rename = "gap_days")]
        gap: Days,
        first_possible: NaiveDate,
        /// Whether it may be a loading phase, which is planned with its course alone.
        loading_needs_course: bool,
    },
    PreviousLongActing {
        drug: &'static str,
        last: NaiveDate,
        #[serde(rename = "lasts_days")]
        lasts: Days,
    },
    RefractoryNotShown {
        #[serde(rename = "within_days")]
        within: Days,
    },
    NotLicensed {
        region: Region,
    },
    OutsideLabel {
        tumour: Tumour,
    },
    CourseBaselineUnknown {
        drug: &'static str,
        last: NaiveDate,
    },
    CourseDose {
        #[serde(rename = "in_use_mg")]
        in_use: Mass,
        #[serde(rename = "by_baseline_mg")]
        by_baseline: Mass,
        clearance: ClearanceShown,
    },
    CourseBandLower {
        #[serde(rename = "in_use_mg")]
        in_use: Mass,
        #[serde(rename = "by_today_mg")]
        by_today: Mass,
        clearance: ClearanceShown,
    },
    CourseHeld {
        reason: HeldBecause,
    },
    LongGap {
        last: NaiveDate,
        route: Route,
        days: i64,
        #[serde(rename = "limit_days")]
        limit: Days,
    },
    NearClearance {
        kidney: KidneyShown,
        limit_ml_per_min: u16,
        within_ml_per_min: u16,
        above: Option<DoseThere>,
        below: Option<DoseThere>,
    },
    NearCalcium {
        calcium: Calcium,
        limit: Calcium,
        above: Option<DoseThere>,
        below: Option<DoseThere>,
    },
    WeightBasisMatters {
        actual: ClearanceShown,
        ideal: ClearanceShown,
        adjusted: ClearanceShown,
    },
    WeightBasisUnknown {
        weight_kg: Decimal,
        from_kg: u16,
        clearance: ClearanceShown,
    },
    WeightBasisNotApplied {},
    IntervalGuideline {
        weeks: u16,
    },
    CourseLengthNotDocumented {
        months: u16,
    },
    CourseLengthExceeded {
        months: u16,
        documented_months: u16,
    },
    CourseLongerThanUsual {
        days: u16,
        usual_days: u16,
    },
    LongMove {
        doses: Vec<u16>,
        #[serde(rename = "more_than_days")]
        more_than: Days,
    },
    LastDoseDropped {
        planned: NaiveDate,
        end: NaiveDate,
    },
    UnderReview {
        owner: &'static str,
    },
    /// The same code as under review, with a sentence of its own.
    Draft {
        owner: &'static str,
    },
    ReviewOverdue {
        due: NaiveDate,
    },
    Unusual(Unusual),
    Supplements {},
    /// A statement of the regimen file, by its id; its sentence may be reworded there.
    Note {
        #[serde(skip)]
        code: Code,
        statement: &'static str,
        #[serde(skip)]
        text: &'static str,
    },
}

/// How old a laboratory value is on the start date, and the limit it is older than.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Age {
    /// Its age in days.
    #[serde(rename = "age_days")]
    pub days: i64,
    /// The limit.
    #[serde(rename = "limit_days")]
    pub limit: Days,
    /// Whether it is taken again after rehydration, as in an emergency.
    #[serde(rename = "after_rehydration")]
    pub emergency: bool,
}

/// The largest dose that another source names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OtherMaximum {
    /// The dose.
    #[serde(rename = "dose_mg")]
    pub dose: Mass,
    /// The id of the source.
    pub source: &'static str,
}

/// Why the calcium counts as not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum CalciumGap {
    /// It was not measured.
    NotMeasured,
    /// A total without an albumin.
    NoAlbumin,
    /// Ionised calcium, which selects no dose.
    Ionised,
    /// It is older than these days.
    Old {
        /// The limit.
        #[serde(rename = "limit_days")]
        limit: Days,
    },
}

impl Evidence {
    /// The code of the finding.
    pub fn code(&self) -> Code {
        match self {
            Self::Stated { concern } => concern.code(),
            Self::AgeUnder { .. } => Code::AgeUnder18,
            Self::CalciumLow { .. } => Code::CalciumLow,
            Self::CalciumUnknown { .. } => Code::CalciumUnknown,
            Self::CalciumHigh { .. } => Code::CalciumHigh,
            Self::CalciumNotRaised { .. } => Code::CalciumNotRaised,
            Self::CalciumIonised { .. } => Code::CalciumIonised,
            Self::CalciumOld(_) => Code::CalciumOld,
            Self::CreatinineOld(_) => Code::CreatinineOld,
            Self::CreatinineUnknown { .. } => Code::CreatinineUnknown,
            Self::CreatinineTooHigh { .. } => Code::CreatinineTooHigh,
            Self::CreatinineRisen { .. } => Code::CreatinineRisen,
            Self::CreatinineRisenRelative { .. } => Code::CreatinineRisenRelative,
            Self::LowCreatinine { .. } => Code::LowCreatinine,
            Self::RenalTooLow { .. } | Self::BaselineTooLow { .. } => Code::RenalTooLow,
            Self::HypocalcaemiaRisk { .. } => Code::RenalHypocalcaemiaRisk,
            Self::DoseChoice { .. } => Code::DoseChoice,
            Self::SevereRenalImpairment { code, .. } | Self::HighDose { code, .. } | Self::Note { code, .. } => *code,
            Self::DoseAboveMaximum { .. } => Code::DoseAboveMaximum,
            Self::EveryDoseAboveRenalLimit { .. } | Self::DoseAboveRenalLimit { .. } => Code::DoseAboveRenalLimit,
            Self::TooSoon { .. } => Code::TooSoon,
            Self::PreviousLongActing { .. } => Code::PreviousLongActing,
            Self::RefractoryNotShown { .. } => Code::RefractoryNotShown,
            Self::NotLicensed { .. } => Code::NotLicensedInRegion,
            Self::OutsideLabel { .. } => Code::OutsideLabel,
            Self::CourseBaselineUnknown { .. } => Code::CourseBaselineUnknown,
            Self::CourseDose { in_use, by_baseline, .. } if in_use > by_baseline => Code::CourseDoseAboveBaseline,
            Self::CourseDose { .. } => Code::CourseDoseBelowBaseline,
            Self::CourseBandLower { .. } => Code::CourseBandLower,
            Self::CourseHeld { .. } => Code::CourseHeld,
            Self::LongGap { .. } => Code::LongGap,
            Self::NearClearance { .. } | Self::NearCalcium { .. } => Code::NearBandLimit,
            Self::WeightBasisMatters { .. } => Code::WeightBasisMatters,
            Self::WeightBasisUnknown { .. } => Code::WeightBasisUnknown,
            Self::WeightBasisNotApplied {} => Code::WeightBasisNotApplied,
            Self::IntervalGuideline { .. } => Code::IntervalGuideline,
            Self::CourseLengthNotDocumented { .. } => Code::CourseLengthNotDocumented,
            Self::CourseLengthExceeded { .. } => Code::CourseLengthExceeded,
            Self::CourseLongerThanUsual { .. } => Code::CourseLongerThanUsual,
            Self::LongMove { .. } => Code::LongMove,
            Self::LastDoseDropped { .. } => Code::LastDoseDropped,
            Self::UnderReview { .. } | Self::Draft { .. } => Code::RegimenUnderReview,
            Self::ReviewOverdue { .. } => Code::RegimenReviewOverdue,
            Self::Unusual(Unusual::Age { .. }) => Code::UnusualValueAge,
            Self::Unusual(Unusual::Value { what, .. }) => what.code(),
            Self::Unusual(Unusual::Clearance { .. }) => Code::UnusualValueClearance,
            Self::Unusual(Unusual::BodyMassIndex { .. }) => Code::UnusualValueBmi,
            Self::Unusual(Unusual::FemaleProstate {} | Unusual::Male { .. }) => Code::UnusualValueSex,
            Self::Supplements {} => Code::Supplements,
        }
    }
}

/// The findings of a plan, gathered while it is made.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding. A code is listed once: the more severe finding is kept, and of the same severity the first.
    pub fn add(&mut self, severity: Severity, evidence: Evidence, sources: &'static [Written<Citation>]) {
        self.add_marked(severity, evidence, sources, None);
    }

    /// Adds a finding whose rule carries a mark of verification.
    pub fn add_marked(
        &mut self,
        severity: Severity,
        evidence: Evidence,
        sources: &'static [Written<Citation>],
        verification: Option<Verification>,
    ) {
        let sources = sources.iter().map(|it| &it.0).collect();
        self.add_finding(Finding { severity, evidence, sources, verification });
    }

    /// Adds a finding that was made elsewhere, by the same rule.
    pub fn add_finding(&mut self, finding: Finding) {
        match self.0.iter_mut().find(|other| other.code() == finding.code()) {
            Some(other) if finding.severity < other.severity => *other = finding,
            Some(_) => {}
            None => self.0.push(finding),
        }
    }

    /// Whether a finding with this code was added.
    pub fn has(&self, code: Code) -> bool {
        self.0.iter().any(|finding| finding.code() == code)
    }

    /// Whether a finding stops the plan.
    pub fn stop(&self) -> bool {
        self.0.iter().any(|finding| finding.severity == Severity::Stop)
    }

    /// The findings, the most severe first.
    pub fn into_sorted(self) -> Vec<Finding> {
        let mut findings = self.0;
        findings.sort_by_key(|finding| finding.severity);
        findings
    }
}
