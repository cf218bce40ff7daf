//! What is known of this patient's kidney: the weight used, the clearance, its band.

use chrono::NaiveDate;

use super::{case::Case, stated::Stated};
use crate::{
    patient::{Condition, WeightBasis, age_on},
    plan::{Evidence, Findings, KidneyShown, Renal, Unusable, Why},
    quantity::{Clearance, Creatinine, DEVINE_LOWEST_HEIGHT_CM, Decimal, Ratio, Sex, adjusted_weight, ideal_weight},
    regimen::{self, Regimen, Severity, edges},
    request::Request,
};

/// The facts that a clearance is computed from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    birth_date: NaiveDate,
    sex: Sex,
    weight_kg: Decimal,
    height_cm: Option<Decimal>,
    basis: WeightBasis,
    on_dialysis: bool,
    labs_date: NaiveDate,
    creatinine: Option<Creatinine>,
}

impl From<&Request> for Facts {
    fn from(request: &Request) -> Self {
        let (patient, labs) = (&request.patient, &request.labs);
        Self {
            birth_date: patient.birth_date,
            sex: patient.sex,
            weight_kg: patient.weight_kg,
            height_cm: patient.height_cm,
            basis: request.weight_basis.unwrap_or_default(),
            on_dialysis: request.has(Condition::Dialysis),
            labs_date: labs.date,
            creatinine: labs.creatinine,
        }
    }
}

impl Facts {
    /// The facts stated so far, once none is missing that every clearance needs.
    pub(super) fn of_stated(stated: &Stated<'_>) -> Option<Self> {
        Some(Self {
            birth_date: stated.birth_date?,
            sex: stated.sex?,
            weight_kg: stated.weight_kg?,
            height_cm: stated.height_cm,
            basis: stated.weight_basis.unwrap_or_default(),
            on_dialysis: stated.has(Condition::Dialysis),
            labs_date: stated.labs_date?,
            creatinine: stated.creatinine,
        })
    }
}

/// What is known of the kidney.
#[derive(Clone, Copy, Debug)]
pub(super) enum State {
    /// A clearance was computed from this creatinine.
    Cleared { clearance: Clearance, creatinine: Creatinine, age: u16 },
    /// On dialysis no clearance is computed.
    Dialysis,
    /// There is no creatinine.
    NotKnown,
}

/// The kidney, with the weight the clearance was computed with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kidney {
    pub(super) state: State,
    pub(super) weight: BodyWeight,
}

/// A body weight and what kind it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct BodyWeight {
    pub(super) kg: Ratio,
    pub(super) basis: WeightBasis,
}

impl Kidney {
    /// The clearance, where there is one.
    pub(super) fn clearance(self) -> Option<Clearance> {
        match self.state {
            State::Cleared { clearance, .. } => Some(clearance),
            State::Dialysis | State::NotKnown => None,
        }
    }

    /// Whether a row of a table speaks of this kidney.
    pub(super) fn is(self, kidney: regimen::Kidney) -> bool {
        match (self.state, kidney) {
            (State::Cleared { clearance, .. }, regimen::Kidney::Range(range)) => range.contains(clearance),
            (State::Dialysis, regimen::Kidney::Dialysis) | (State::NotKnown, regimen::Kidney::NotKnown) => true,
            _ => false,
        }
    }

    /// The clearance with the figures it was computed from; its band where a regimen has bands.
    pub(super) fn renal(self, facts: &Facts, regimen: Option<&Regimen>) -> Option<Renal> {
        let State::Cleared { clearance, creatinine, age } = self.state else { return None };
        let rows = regimen.map_or(&[][..], |regimen| &regimen.doses);
        let band = rows.iter().filter_map(|row| row.clearance).find_map(|it| match it.0 {
            regimen::Kidney::Range(range) if range.contains(clearance) => Some(range),
            _ => None,
        });
        Some(Renal {
            age_years: age,
            sex: facts.sex,
            weight_kg_used: self.weight.shown(facts.weight_kg),
            weight_basis: self.weight.basis,
            creatinine,
            clearance: clearance.six_decimals(),
            shown: clearance.shown(&regimen.map(edges).unwrap_or_default()),
            band,
        })
    }

    /// The kidney as sentences name it: its clearance, or why there is none.
    pub(super) fn shown(self, regimen: &Regimen) -> KidneyShown {
        match self.state {
            State::Cleared { clearance, .. } => KidneyShown::Clearance(clearance.shown(&edges(regimen))),
            State::Dialysis => KidneyShown::OnDialysis,
            State::NotKnown => KidneyShown::NotKnown,
        }
    }
}

/// Finds out what is known of the kidney.
pub(super) fn kidney(facts: &Facts) -> Result<Kidney, Unusable> {
    let actual = BodyWeight { kg: facts.weight_kg.ratio(), basis: WeightBasis::Actual };
    if facts.on_dialysis {
        return Ok(Kidney { state: State::Dialysis, weight: actual });
    }
    let weight = body_weight(facts)?;
    let Some(creatinine) = facts.creatinine else {
        return Ok(Kidney { state: State::NotKnown, weight });
    };
    let age = age_on(facts.birth_date, facts.labs_date).unwrap_or(0);
    let clearance = Clearance::cockcroft_gault(age, facts.sex, weight.kg, creatinine);
    Ok(Kidney { state: State::Cleared { clearance, creatinine, age }, weight })
}

/// Says when the clearance was not computed with the weight that was asked for.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) {
    let (asked, kidney) = (case.kidney_facts.basis, case.kidney);
    if kidney.clearance().is_some() && asked != kidney.weight.basis {
        findings.add(Severity::Note, Evidence::WeightBasisNotApplied {}, &[]);
    }
}

/// The weight that was asked for. Ideal and adjusted weight replace the actual one only where that
/// exceeds the ideal.
fn body_weight(facts: &Facts) -> Result<BodyWeight, Unusable> {
    let actual = facts.weight_kg.ratio();
    let basis = facts.basis;
    if basis == WeightBasis::Actual {
        return Ok(BodyWeight { kg: actual, basis });
    }
    let needs = || Unusable::new("weight_basis", Why::NeedsHeight { basis });
    let height = facts.height_cm.ok_or_else(needs)?;
    let ideal = ideal_weight(facts.sex, height).ok_or_else(|| {
        let why = Why::TooShort { basis, height_cm: height, least_cm: DEVINE_LOWEST_HEIGHT_CM };
        Unusable::new("weight_basis", why)
    })?;
    if actual <= ideal {
        return Ok(BodyWeight { kg: actual, basis: WeightBasis::Actual });
    }
    let kg = if basis == WeightBasis::Ideal { ideal } else { adjusted_weight(ideal, actual) };
    Ok(BodyWeight { kg, basis })
}

impl BodyWeight {
    /// The weight in kg: as entered, or to two decimals where a formula gave it.
    pub(super) fn shown(self, entered: Decimal) -> Decimal {
        if self.basis == WeightBasis::Actual { entered } else { self.kg.round_half_up(2).trimmed() }
    }
}
