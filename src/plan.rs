//! The plan: dose, preparation, dates and findings, with every input echoed and every number traced.

mod json;
mod reopen;

use chrono::NaiveDate;

use crate::{
    dosing::{CalciumClass, DoseChange, Finding, NextLimit, Preparation, Schedule, SecondCheckResult},
    json::{Written, vocabulary},
    patient::WeightBasis,
    quantity::{Calcium, Creatinine, Days, Decimal, Mass, Sex},
    regimen::{Citation, DoseRow, Infusion, Library, Listed, Product, Severity, Statement},
    request::{Confirmation, Request},
};

pub use json::{PlanDocument, SourceDocument};
#[cfg(feature = "cli")]
pub(crate) use reopen::known_format;
pub use reopen::reopen;

vocabulary! {
    /// What may be done with a plan.
    pub enum PlanStatus {
        /// It may be followed.
        Ready = "ready",
        /// Something must be confirmed by a named person first.
        NeedsConfirmation = "needs-confirmation",
        /// There is no plan: something stands against treatment.
        Stopped = "stopped",
    }
}

/// A plan for one request.
#[derive(Debug)]
pub struct Plan {
    request: Request,
    library: &'static Library,
    listed: Listed,
    renal: Option<Renal>,
    calcium: CalciumResult,
    outcome: Outcome,
    findings: Vec<Finding>,
    second_check: SecondCheckResult,
}

/// A stopped plan has no dose; a dosed plan has all of it.
#[derive(Debug)]
pub enum Outcome {
    /// At least one finding stops it.
    Stopped,
    /// Nothing stops it.
    Dosed(Box<Dosed>),
}

/// What a plan has that nothing stops.
#[derive(Debug)]
pub struct Dosed {
    /// The dose and how it is made ready.
    pub dosing: Dosing,
    /// The dates.
    pub schedule: Schedule,
    /// The creatinine values at which the dose would change.
    pub dose_changes: Vec<DoseChange>,
    /// The limit of clearance at which the dose would change next.
    pub next_limit: Option<NextLimit>,
}

/// The kidney, as it was computed.
#[derive(Clone, Debug)]
pub struct Renal {
    /// Completed years on the day of the creatinine.
    pub age_years: u16,
    /// The sex, whose factor the formula takes.
    pub sex: Sex,
    /// The weight used, in kg.
    pub weight_kg_used: Decimal,
    /// What kind of weight that is.
    pub weight_basis: WeightBasis,
    /// The creatinine, as it was entered.
    pub creatinine: Creatinine,
    /// Creatinine clearance in mL/min, cut off after six decimals, never compared.
    pub clearance: Decimal,
    /// The clearance as people read it.
    pub displayed: String,
    /// The band of the regimen it lies in; none before a regimen is chosen.
    pub band: Option<String>,
}

/// The calcium, as it was corrected and classed.
#[derive(Clone, Copy, Debug)]
pub struct CalciumResult {
    /// Corrected for albumin; none where it counts as not known.
    pub corrected: Option<Calcium>,
    /// The class.
    pub class: CalciumClass,
}

/// The dose and how it is made ready.
#[derive(Debug)]
pub struct Dosing {
    /// The regimen.
    pub listed: Listed,
    /// The dose given each time, or on each dosing day.
    pub mass: Mass,
    /// The dose of a normal kidney.
    pub full: Mass,
    /// Why less is given than to a normal kidney, where it is: "50 to 60 mL/min".
    pub reduced_for: Option<String>,
    /// How often.
    pub frequency: String,
    /// Days from one dose to the next, by mouth.
    pub every: Option<Days>,
    /// The row of the dose table that fits this patient today.
    pub row: &'static DoseRow,
    /// The infusion, where the drug is infused.
    pub infusion: Option<&'static Infusion>,
    /// The product.
    pub product: &'static Product,
    /// Weeks between doses, where the regimen has an interval.
    pub weeks: Option<u16>,
    /// How it is made ready.
    pub preparation: Preparation,
    /// The parts of a daily dose by mouth.
    pub intakes: Vec<Intake>,
    /// The steps of a dose that goes down.
    pub steps: Vec<Step>,
    /// Calcium and vitamin D.
    pub supplements: Vec<&'static Statement>,
    /// Treatment that follows.
    pub follow_on: Option<FollowOn>,
    /// What here was not read in its source.
    pub unverified: Vec<&'static str>,
    /// Where the dose, its infusion, interval and product stand.
    pub sources: Vec<&'static Citation>,
}

/// A part of a daily dose by mouth.
#[derive(Clone, Copy, Debug)]
pub struct Intake {
    /// When it is taken.
    pub when: &'static str,
    /// The part.
    pub mass: Mass,
    /// In tablets or capsules.
    pub units: u32,
}

/// A step of a dose that goes down.
#[derive(Clone, Debug)]
pub struct Step {
    /// From this day.
    pub date: NaiveDate,
    /// This dose a day.
    pub mass: Mass,
    /// Its parts.
    pub intakes: Vec<Intake>,
}

/// Treatment that follows, named and never counted as a dose.
#[derive(Clone, Copy, Debug)]
pub struct FollowOn {
    /// What follows, and on which condition.
    pub text: &'static str,
    /// Its regimen.
    pub regimen: Listed,
    /// From this day.
    pub from: NaiveDate,
    /// The dose of its own table for this kidney, a day.
    pub mass: Mass,
    /// The row of its own table.
    pub row: &'static DoseRow,
    /// Sources.
    pub sources: &'static [Written<Citation>],
}

impl Plan {
    #[allow(clippy::too_many_arguments, reason = "each is one part of the plan")]
    pub(crate) fn new(
        request: Request,
        library: &'static Library,
        listed: Listed,
        renal: Option<Renal>,
        calcium: CalciumResult,
        outcome: Outcome,
        findings: Vec<Finding>,
        second_check: SecondCheckResult,
    ) -> Self {
        Self { request, library, listed, renal, calcium, outcome, findings, second_check }
    }

    /// What may be done with the plan.
    pub fn status(&self) -> PlanStatus {
        match self.outcome {
            Outcome::Stopped => PlanStatus::Stopped,
            Outcome::Dosed(_) if self.is_provisional() => PlanStatus::NeedsConfirmation,
            Outcome::Dosed(_) => PlanStatus::Ready,
        }
    }

    fn is_provisional(&self) -> bool {
        self.second_check == SecondCheckResult::Differs || self.open_findings().next().is_some()
    }

    /// The findings that a named person must confirm and nobody has.
    pub fn open_findings(&self) -> impl Iterator<Item = &Finding> {
        let open = |finding: &&Finding| finding.severity == Severity::Confirm && self.confirmation(finding).is_none();
        self.findings.iter().filter(open)
    }

    /// The request it was made for.
    pub fn request(&self) -> &Request {
        &self.request
    }

    /// The library it was made with.
    pub fn library(&self) -> &'static Library {
        self.library
    }

    /// The regimen.
    pub fn listed(&self) -> Listed {
        self.listed
    }

    /// The kidney; none where no clearance is computed.
    pub fn renal(&self) -> Option<&Renal> {
        self.renal.as_ref()
    }

    /// The calcium.
    pub fn calcium(&self) -> CalciumResult {
        self.calcium
    }

    /// The dose and the dates, where nothing stops them.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// All findings, those that weigh most first.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The result of the second check.
    pub fn second_check(&self) -> SecondCheckResult {
        self.second_check
    }

    /// The confirmation of a finding that needs one.
    pub fn confirmation(&self, finding: &Finding) -> Option<&Confirmation> {
        let code = finding.code().as_str();
        let needs = finding.severity == Severity::Confirm;
        self.request.confirmations.iter().find(|it| needs && it.finding.as_str() == code)
    }

    /// Confirmations of findings that are not there, or need none.
    pub fn unused_confirmations(&self) -> impl Iterator<Item = &Confirmation> {
        let used = |it: &&Confirmation| {
            let matches = |finding: &Finding| {
                finding.severity == Severity::Confirm && finding.code().as_str() == it.finding.as_str()
            };
            self.findings.iter().any(matches)
        };
        self.request.confirmations.iter().filter(move |it| !used(it))
    }

    /// The plan as one JSON document, the same bytes for the same request and library.
    ///
    /// # Panics
    /// Never: a plan is made of text and numbers, which JSON can hold.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.document()).expect("a plan is made of text and numbers")
    }

    /// The plan as one JSON document, a key on each line.
    ///
    /// # Panics
    /// Never: a plan is made of text and numbers, which JSON can hold.
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(&self.document()).expect("a plan is made of text and numbers")
    }
}
