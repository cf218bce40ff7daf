//! The plan: dose, preparation, dates and findings, with every input repeated and every number traced.

pub mod document;
mod dosing;
mod finding;
mod reopen;
mod schedule;
mod status;
mod unusable;
mod values;
mod ward;

use crate::{
    json::Text,
    regimen::{Library, Listed, Severity},
    request::{Confirmation, Request},
};

pub use document::{PlanDocument, SourceDocument};
pub use dosing::{
    DoseChange, DoseThere, Dosing, FollowOn, Frequency, Hold, HoldAt, InfusionThere, Intake, NextLimit, Open, Part,
    Preparation, Reduced, Step,
};
pub use finding::{Age, CalciumGap, Evidence, Figure, Finding, Findings, OtherMaximum, Unusual};
pub use reopen::{DatedCheck, dated_checks, is_plan, reopen, reopen_ward};
pub use schedule::{Before, Entry, Event, Moved, Schedule};
pub use status::{CheckedFigure, PlanStatus, SecondCheck, SecondCheckResult};
pub use unusable::{Unusable, Why};
pub use values::{CalciumClass, CalciumResult, KidneyShown, Renal};
pub use ward::{FromWard, WardInputs};

/// A plan for one request.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(crate) request: Request,
    pub(crate) library: &'static Library,
    pub(crate) listed: Listed,
    pub(crate) renal: Option<Renal>,
    pub(crate) calcium: CalciumResult,
    pub(crate) outcome: Outcome,
    pub(crate) findings: Vec<Finding>,
    pub(crate) second_check: SecondCheck,
    pub(crate) ward: Option<WardInputs>,
}

/// A stopped plan has no dose; a dosed plan has all of it.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// At least one finding stops it.
    Stopped,
    /// Nothing stops it.
    Dosed(Box<Dosed>),
}

/// What a plan has where nothing stops it.
#[derive(Clone, Debug)]
pub struct Dosed {
    /// The dose and how it is prepared.
    pub dosing: Dosing,
    /// The dates.
    pub schedule: Schedule,
    /// The creatinine values at which the dose would change.
    pub dose_changes: Vec<DoseChange>,
    /// The limit of clearance at which the dose would change next.
    pub next_limit: Option<NextLimit>,
}

impl Plan {
    /// The same plan with other confirmations: no dose, date or finding depends on them. Each finding is
    /// confirmed once at most, which is checked in a request that comes from outside.
    #[cfg(feature = "tui")]
    #[must_use]
    pub(crate) fn confirmed(mut self, confirmations: Vec<Confirmation>) -> Self {
        self.request.confirmations = confirmations;
        self
    }

    /// The same plan, which says that these inputs of its request came from the settings of the ward of this name. An
    /// input that the request does not have is not said, and a plan without any says nothing of a ward.
    #[must_use]
    pub fn with_ward(mut self, name: Option<Text>, inputs: &[FromWard]) -> Self {
        self.ward = WardInputs::of(&self.request, name, inputs);
        self
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
        let checked = match self.second_check.result {
            SecondCheckResult::Differs | SecondCheckResult::SamePerson => false,
            SecondCheckResult::NotDone | SecondCheckResult::Agrees => true,
        };
        !checked || self.open_findings().next().is_some()
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

    /// What of its request came from the settings of the ward.
    pub fn ward(&self) -> Option<&WardInputs> {
        self.ward.as_ref()
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

    /// All findings, the most severe first.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The result of the second check.
    pub fn second_check(&self) -> SecondCheckResult {
        self.second_check.result
    }

    /// The paths of the figures that a second person entered otherwise.
    pub fn second_check_differences(&self) -> &[&'static str] {
        &self.second_check.differences
    }

    /// The confirmation of a finding that needs one.
    pub fn confirmation(&self, finding: &Finding) -> Option<&Confirmation> {
        let code = finding.code().as_str();
        let needs = finding.severity == Severity::Confirm;
        self.request.confirmations.iter().find(|it| needs && it.finding.as_str() == code)
    }

    /// Whether a named person has confirmed a finding.
    pub fn has_confirmed(&self) -> bool {
        self.findings.iter().any(|finding| self.confirmation(finding).is_some())
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
}
