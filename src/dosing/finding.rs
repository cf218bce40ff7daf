//! What speaks for care or against treatment, with the figures it rests on.

use std::fmt;

use chrono::NaiveDate;

use crate::{
    patient::{Condition, Region, Tumour},
    quantity::{Calcium, Creatinine, Days, Mass},
    regimen::{Citation, Code, Concern, Severity, Verification},
};

/// A finding: how much it weighs, the figures it rests on, and where its rule stands.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How much it weighs.
    pub severity: Severity,
    /// What was found; its sentence stands in [`crate::words`].
    pub evidence: Evidence,
    /// Where the rule stands.
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

/// A dose on one side of a limit, in words; none where nothing is given there.
pub type DoseThere = Option<String>;

/// A figure that is asked again because it is unusual.
#[derive(Clone, Debug)]
pub enum Unusual {
    /// Age in years.
    Age(u16),
    /// Weight, height or a laboratory value as entered, with the unit that may have been meant.
    Value {
        /// The code that ends in the name of the value.
        code: Code,
        /// What it is called: "weight", "baseline creatinine".
        name: &'static str,
        /// The value with its unit.
        shown: String,
        /// The usual range in that unit.
        usual: String,
        /// The unit in which the number would be usual.
        meant: Option<String>,
    },
    /// A woman with prostate cancer.
    FemaleProstate,
    /// A man who is pregnant or breast-feeding.
    Male(Condition),
}

/// What was found.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields are the figures of the sentence in `words`")]
pub enum Evidence {
    /// A stated condition, medicine or dental state.
    Stated(Concern),
    AgeUnder {
        age: u16,
        least: u16,
    },
    CalciumLow {
        calcium: Calcium,
        normal: String,
    },
    CalciumUnknown {
        why: CalciumGap,
    },
    CalciumHigh {
        calcium: Calcium,
        severe: bool,
    },
    CalciumNotRaised {
        calcium: Calcium,
        needed: String,
    },
    CalciumOld {
        days: i64,
        limit: Days,
        emergency: bool,
    },
    CreatinineOld {
        days: i64,
        limit: Days,
        emergency: bool,
    },
    CreatinineUnknown {
        days: Option<i64>,
        limit: Days,
    },
    CreatinineTooHigh {
        creatinine: Creatinine,
        limit: String,
    },
    CreatinineRisen {
        now: Creatinine,
        baseline: Creatinine,
        resume_at: Creatinine,
        held: bool,
    },
    /// What a row of the dose table says.
    Row {
        code: Code,
        kidney: String,
        band: String,
        dose: Option<Mass>,
        highest: Option<Mass>,
        single: bool,
    },
    BaselineTooLow {
        kidney: String,
    },
    DoseAboveMaximum {
        chosen: Mass,
        highest: Mass,
        other: Option<(&'static str, &'static str)>,
    },
    DoseAboveRenalLimit {
        chosen: Mass,
        highest: Mass,
        kidney: String,
    },
    HighDose {
        code: Code,
        chosen: Mass,
        above: Mass,
        kidney: String,
    },
    TooSoon {
        last: NaiveDate,
        name: &'static str,
        gap: Days,
        first: NaiveDate,
    },
    PreviousLongActing {
        name: &'static str,
        last: NaiveDate,
        lasts: Days,
    },
    RefractoryNotShown {
        within: Days,
    },
    NotLicensed {
        region: Region,
    },
    OutsideLabel {
        tumour: Tumour,
    },
    CourseBaselineUnknown {
        name: &'static str,
        last: NaiveDate,
    },
    CourseDose {
        in_use: Mass,
        by_baseline: Mass,
        kidney: String,
    },
    NearClearance {
        kidney: String,
        limit: u16,
        above: DoseThere,
        below: DoseThere,
    },
    NearCalcium {
        calcium: Calcium,
        limit: Calcium,
        above: DoseThere,
        below: DoseThere,
    },
    WeightBasisMatters {
        actual: String,
        ideal: String,
        adjusted: String,
    },
    WeightBasisNotApplied,
    IntervalGuideline {
        weeks: u16,
    },
    CourseLengthNotDocumented {
        months: u16,
    },
    CourseLengthExceeded {
        months: u16,
        documented: u16,
    },
    CourseLongerThanUsual {
        days: u16,
        usual: u16,
    },
    LongMove {
        doses: Vec<u16>,
    },
    LastDoseDropped {
        planned: NaiveDate,
        end: NaiveDate,
    },
    UnderReview {
        owner: &'static str,
    },
    ReviewOverdue {
        due: NaiveDate,
    },
    Unusual(Unusual),
    Supplements,
    /// A sentence of the regimen itself.
    Note {
        code: Code,
        text: &'static str,
    },
}

/// Why the calcium counts as not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalciumGap {
    /// It was not measured.
    NotMeasured,
    /// A total without an albumin.
    NoAlbumin,
    /// Ionised calcium, which selects no dose.
    Ionised,
    /// It is older than these days.
    Old(Days),
}

impl Evidence {
    /// The code of the finding.
    pub fn code(&self) -> Code {
        match self {
            Self::Stated(concern) => concern.code(),
            Self::AgeUnder { .. } => Code::AgeUnder18,
            Self::CalciumLow { .. } => Code::CalciumLow,
            Self::CalciumUnknown { .. } => Code::CalciumUnknown,
            Self::CalciumHigh { .. } => Code::CalciumHigh,
            Self::CalciumNotRaised { .. } => Code::CalciumNotRaised,
            Self::CalciumOld { .. } => Code::CalciumOld,
            Self::CreatinineOld { .. } => Code::CreatinineOld,
            Self::CreatinineUnknown { .. } => Code::CreatinineUnknown,
            Self::CreatinineTooHigh { .. } => Code::CreatinineTooHigh,
            Self::CreatinineRisen { .. } => Code::CreatinineRisen,
            Self::Row { code, .. }
            | Self::HighDose { code, .. }
            | Self::Note { code, .. }
            | Self::Unusual(Unusual::Value { code, .. }) => *code,
            Self::BaselineTooLow { .. } => Code::RenalTooLow,
            Self::DoseAboveMaximum { .. } => Code::DoseAboveMaximum,
            Self::DoseAboveRenalLimit { .. } => Code::DoseAboveRenalLimit,
            Self::TooSoon { .. } => Code::TooSoon,
            Self::PreviousLongActing { .. } => Code::PreviousLongActing,
            Self::RefractoryNotShown { .. } => Code::RefractoryNotShown,
            Self::NotLicensed { .. } => Code::NotLicensedInRegion,
            Self::OutsideLabel { .. } => Code::OutsideLabel,
            Self::CourseBaselineUnknown { .. } => Code::CourseBaselineUnknown,
            Self::CourseDose { in_use, by_baseline, .. } if in_use > by_baseline => Code::CourseDoseAboveBaseline,
            Self::CourseDose { .. } => Code::CourseDoseBelowBaseline,
            Self::NearClearance { .. } | Self::NearCalcium { .. } => Code::NearBandLimit,
            Self::WeightBasisMatters { .. } => Code::WeightBasisMatters,
            Self::WeightBasisNotApplied => Code::WeightBasisNotApplied,
            Self::IntervalGuideline { .. } => Code::IntervalGuideline,
            Self::CourseLengthNotDocumented { .. } => Code::CourseLengthNotDocumented,
            Self::CourseLengthExceeded { .. } => Code::CourseLengthExceeded,
            Self::CourseLongerThanUsual { .. } => Code::CourseLongerThanUsual,
            Self::LongMove { .. } => Code::LongMove,
            Self::LastDoseDropped { .. } => Code::LastDoseDropped,
            Self::UnderReview { .. } => Code::RegimenUnderReview,
            Self::ReviewOverdue { .. } => Code::RegimenReviewOverdue,
            Self::Unusual(Unusual::Age(_)) => Code::UnusualValueAge,
            Self::Unusual(Unusual::FemaleProstate | Unusual::Male(_)) => Code::UnusualValueSex,
            Self::Supplements => Code::Supplements,
        }
    }
}

/// The findings of a plan, gathered while it is made.
#[derive(Debug, Default)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a finding. A code stands once: what weighs more stays, and of the same weight the first.
    pub fn add(
        &mut self,
        severity: Severity,
        evidence: Evidence,
        sources: impl IntoIterator<Item = &'static Citation>,
    ) {
        self.add_marked(severity, evidence, sources, None);
    }

    /// Adds a finding whose rule carries a mark of verification.
    pub fn add_marked(
        &mut self,
        severity: Severity,
        evidence: Evidence,
        sources: impl IntoIterator<Item = &'static Citation>,
        verification: Option<Verification>,
    ) {
        self.add_finding(Finding { severity, evidence, sources: sources.into_iter().collect(), verification });
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

    /// The findings, those that weigh most first.
    pub fn into_sorted(self) -> Vec<Finding> {
        let mut findings = self.0;
        findings.sort_by_key(|finding| finding.severity);
        findings
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::words::finding(&self.evidence))
    }
}
