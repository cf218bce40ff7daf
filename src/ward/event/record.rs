//! The records of a patient's entries: what was given, deferred, omitted, held, resumed, ended, struck or noted.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::{
    moment::{Expiry, TimeOfDay},
    reason::{AnotherReason, DeferReason, EndReason, HoldReason, IncompleteReason, OmitReason, StrikeReason},
};
use crate::{
    json::{Text, Written, hex, record, vocabulary},
    plan::{Outcome, Plan, PlanStatus},
    quantity::{Decimal, Sex, Volume},
    regimen::Severity,
    request::Request,
};

record! {
    /// Who the patient is.
    pub struct Identity {
        /// Identifier.
        id: Text,
        /// Name.
        name: Option<Text>,
        /// Date of birth.
        birth_date: NaiveDate,
        /// Sex.
        sex: Sex,
    }
}

record! {
    /// The patient was registered.
    pub struct Registered(kind = "registered") {
        /// Who the patient is.
        patient: Identity,
    }
}

record! {
    /// What was known of a patient before a correction: only what was corrected.
    pub struct WasIdentity {
        /// Identifier.
        id: Option<Text>,
        /// Name.
        name: Option<Text>,
        /// Date of birth.
        birth_date: Option<NaiveDate>,
        /// Sex.
        sex: Option<Sex>,
    }
}

record! {
    /// Who the patient is was corrected.
    pub struct IdentityCorrected(kind = "identity-corrected") {
        /// Who the patient is.
        patient: Identity,
        /// What was there before.
        was: WasIdentity,
        /// Why.
        reason: Text,
    }
}

impl IdentityCorrected {
    /// A correction, with what it changes.
    pub fn of(before: &Identity, patient: Identity, reason: Text) -> Self {
        let was = WasIdentity {
            id: (before.id != patient.id).then(|| before.id.clone()),
            name: before.name.clone().filter(|_| before.name != patient.name),
            birth_date: (before.birth_date != patient.birth_date).then_some(before.birth_date),
            sex: (before.sex != patient.sex).then_some(before.sex),
        };
        Self { patient, was, reason }
    }
}

vocabulary! {
    /// What the engine said on a day.
    pub enum Verdict {
        /// The dose can be given.
        Go = "go",
        /// A named person must confirm something first.
        Confirm = "confirm",
        /// The dose must not be given.
        Hold = "hold",
    }
}

impl Verdict {
    /// The verdict of a plan that was made for today.
    pub fn of(status: PlanStatus) -> Self {
        match status {
            PlanStatus::Ready => Self::Go,
            PlanStatus::NeedsConfirmation => Self::Confirm,
            PlanStatus::Stopped => Self::Hold,
        }
    }
}

record! {
    /// A finding of an assessment.
    pub struct AssessedFinding {
        /// Its code.
        code: Text,
        /// Its severity.
        severity: Severity,
        /// Whether a named person has confirmed it.
        confirmed: bool,
    }
}

record! {
    /// The engine was asked whether a dose can be given.
    pub struct Assessed(kind = "assessed") {
        /// The number of the dose; none for a dose that is not planned.
        dose: Option<u16>,
        /// The day on which the verdict holds.
        day as "for": NaiveDate,
        /// The request of that day.
        request: Request,
        /// What the engine said.
        verdict: Verdict,
        /// The dose of that day.
        dose_mg: Option<Decimal>,
        /// The volume to draw up.
        draw_up_ml: Option<Decimal>,
        /// Everything that was found.
        #[serde(default)]
        findings: Vec<AssessedFinding>,
        /// The library that was used.
        regimens_sha256: Text,
        /// The plan that was made of the request, by its digest.
        plan_sha256: Text,
    }
}

impl Assessed {
    /// The entry on a plan that was made for its own start.
    pub fn of(plan: &Plan, dose: Option<u16>) -> Self {
        let dosed = match plan.outcome() {
            Outcome::Dosed(dosed) => Some(&dosed.dosing),
            Outcome::Stopped => None,
        };
        let findings = plan.findings().iter().filter_map(|finding| {
            let code = finding.code().as_str().parse().ok()?;
            Some(AssessedFinding { code, severity: finding.severity, confirmed: plan.confirmation(finding).is_some() })
        });
        Self {
            dose,
            day: plan.request().treatment.start_date,
            request: plan.request().clone(),
            verdict: Verdict::of(plan.status()),
            dose_mg: dosed.map(|it| it.mass.in_milligrams()),
            draw_up_ml: dosed.and_then(|it| it.preparation.draw_up).map(Volume::in_millilitres),
            findings: findings.collect(),
            regimens_sha256: digest_text(plan.library().digest()),
            plan_sha256: digest_text(&hex(&Sha256::digest(plan.to_json()))),
        }
    }
}

/// A digest as an entry has it.
///
/// # Panics
/// Never: a digest is made of digits and letters.
pub(super) fn digest_text(digest: &str) -> Text {
    digest.parse().expect("a digest is made of digits and letters")
}

vocabulary! {
    /// Where a dose was given.
    pub enum Place {
        /// On this ward.
        Ward = "ward",
        /// Elsewhere.
        Elsewhere = "elsewhere",
        /// Not known, as of a dose that was taken over from a saved plan.
        Unknown = "unknown",
    }
}

record! {
    /// Containers of one batch.
    pub struct Container {
        /// The brand.
        brand: Option<Text>,
        /// The batch.
        batch: Option<Text>,
        /// When it expires.
        expires: Option<Written<Expiry>>,
        /// How many of them.
        count: u16,
    }
}

record! {
    /// The second person.
    pub struct Second {
        /// Who it is.
        by: Text,
    }
}

record! {
    /// A dose was given.
    pub struct Given(kind = "given") {
        /// The number of the dose; none for a dose that was not planned.
        dose: Option<u16>,
        /// When it began.
        at: Option<Written<TimeOfDay>>,
        /// When it ended.
        until: Option<Written<TimeOfDay>>,
        /// What was given, in mg.
        dose_mg: Decimal,
        /// Whether all of it was given.
        complete: bool,
        /// Why not all of it.
        because: Option<IncompleteReason>,
        /// Why another dose than was planned.
        another_because: Option<AnotherReason>,
        /// The product.
        product: Option<Text>,
        /// The containers.
        #[serde(default)]
        containers: Vec<Container>,
        /// Why brand or batch is not known.
        no_batch_because: Option<Text>,
        /// Where on the body.
        site: Option<Text>,
        /// The second person.
        second: Option<Second>,
        /// The entry of the assessment it rests on.
        assessed: Option<u64>,
        /// Why it was given without a go of its day.
        without_go_because: Option<Text>,
        /// Who prescribed it all the same.
        prescriber: Option<Text>,
        /// Where it was given.
        place as "where": Place,
        /// What else there is to say.
        note: Option<Text>,
    }
}

record! {
    /// Tablets or capsules were supplied.
    pub struct Supplied(kind = "supplied") {
        /// The number of the supply; none for one that was not planned.
        dose: Option<u16>,
        /// When.
        at: Option<Written<TimeOfDay>>,
        /// The daily dose, in mg.
        dose_mg: Decimal,
        /// How many tablets or capsules.
        units: u32,
        /// For how many days.
        days: u16,
        /// Why another dose than was planned.
        another_because: Option<AnotherReason>,
        /// The product.
        product: Option<Text>,
        /// The packs.
        #[serde(default)]
        containers: Vec<Container>,
        /// Why brand or batch is not known.
        no_batch_because: Option<Text>,
        /// The second person.
        second: Option<Second>,
        /// The entry of the assessment it rests on.
        assessed: Option<u64>,
        /// Why it was supplied without a go of its day.
        without_go_because: Option<Text>,
        /// Who prescribed it all the same.
        prescriber: Option<Text>,
        /// Where it was supplied.
        place as "where": Place,
        /// What else there is to say.
        note: Option<Text>,
    }
}

vocabulary! {
    /// What becomes of the doses after one that was deferred.
    pub enum Then {
        /// They keep their dates after a short move, as far as the minimum gap allows.
        KeepDates = "keep-dates",
        /// They move by as many days.
        MoveDates = "move-dates",
    }
}

record! {
    /// A dose was deferred.
    pub struct Deferred(kind = "deferred") {
        /// The number of the dose.
        dose: u16,
        /// The new day; none where it is not known yet.
        to: Option<NaiveDate>,
        /// What becomes of the doses after it.
        then: Then,
        /// Why.
        reason: DeferReason,
        /// More about it.
        note: Option<Text>,
        /// Who was told.
        tell: Option<Text>,
    }
}

record! {
    /// A dose was omitted.
    pub struct Omitted(kind = "omitted") {
        /// The number of the dose.
        dose: u16,
        /// Why.
        reason: OmitReason,
        /// More about it.
        note: Option<Text>,
    }
}

record! {
    /// The course was put on hold.
    pub struct Held(kind = "held") {
        /// Why.
        because: HoldReason,
        /// The day on which it is looked at again.
        look_again: Option<NaiveDate>,
        /// The entry of the assessment it rests on.
        assessed: Option<u64>,
        /// More about it.
        note: Option<Text>,
    }
}

record! {
    /// Holds were lifted.
    pub struct Resumed(kind = "resumed") {
        /// The entries of the holds.
        holds: Vec<u64>,
        /// The entry of the assessment it rests on.
        assessed: Option<u64>,
        /// Why a hold for the creatinine is lifted without an assessment that says so.
        without_go_because: Option<Text>,
        /// Who prescribed it all the same.
        prescriber: Option<Text>,
        /// More about it.
        note: Option<Text>,
    }
}

record! {
    /// The course was ended.
    pub struct Ended(kind = "ended") {
        /// Why.
        because: EndReason,
        /// More about it.
        note: Option<Text>,
    }
}

record! {
    /// An entry was struck.
    pub struct Struck(kind = "struck") {
        /// The entry.
        event: u64,
        /// Why.
        reason: StrikeReason,
        /// More about it.
        note: Option<Text>,
    }
}

record! {
    /// Something was noted.
    pub struct Noted(kind = "noted") {
        /// What.
        text: Text,
    }
}

record! {
    /// The patient's entries were erased.
    pub struct Erased(kind = "erased") {
        /// Why.
        because: Text,
        /// Who ordered it.
        authority: Text,
        /// How many entries.
        events: u32,
    }
}
