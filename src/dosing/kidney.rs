//! What is known of this patient's kidney: the weight used, the clearance, its band.

use super::{
    finding::{Evidence, Findings},
    unusable::{Unusable, Why},
};
use crate::{
    patient::{Condition, WeightBasis, age_on},
    quantity::{Clearance, Creatinine, DEVINE_LOWEST_HEIGHT_CM, Decimal, Edge, Ratio, adjusted_weight, ideal_weight},
    regimen::{self, Regimen, Severity},
    request::Request,
};

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

    /// The kidney in words: its clearance as shown, or why there is none.
    pub(super) fn shown(self, regimen: &Regimen) -> String {
        match self.state {
            State::Cleared { clearance, .. } => clearance.displayed(&edges(regimen)),
            State::Dialysis => "on dialysis".to_owned(),
            State::NotKnown => "not known".to_owned(),
        }
    }
}

/// The limits of clearance between the bands of a regimen, the highest first.
pub(crate) fn edges(regimen: &Regimen) -> Vec<Edge> {
    let mut edges: Vec<Edge> = regimen
        .doses
        .iter()
        .filter_map(|row| match row.clearance?.0 {
            regimen::Kidney::Range(range) => range.low,
            _ => None,
        })
        .collect();
    edges.sort_by_key(|edge| std::cmp::Reverse(edge.at));
    edges.dedup();
    edges
}

/// Finds out what is known of the kidney.
pub(super) fn kidney(request: &Request, findings: &mut Findings<'_>) -> Result<Kidney, Unusable> {
    let actual = BodyWeight { kg: request.patient.weight_kg.ratio(), basis: WeightBasis::Actual };
    if request.has(Condition::Dialysis) {
        return Ok(Kidney { state: State::Dialysis, weight: actual });
    }
    let weight = body_weight(request)?;
    let Some(creatinine) = request.labs.creatinine else {
        return Ok(Kidney { state: State::NotKnown, weight });
    };
    if request.weight_basis.unwrap_or_default() != weight.basis {
        findings.add(Severity::Note, Evidence::WeightBasisNotApplied, []);
    }
    let age = age_on(request.patient.birth_date, request.labs.date).unwrap_or(0);
    let clearance = Clearance::cockcroft_gault(age, request.patient.sex, weight.kg, creatinine);
    Ok(Kidney { state: State::Cleared { clearance, creatinine, age }, weight })
}

/// The weight the request asks for. Ideal and adjusted weight replace the actual one only where that
/// exceeds the ideal.
fn body_weight(request: &Request) -> Result<BodyWeight, Unusable> {
    let patient = &request.patient;
    let actual = patient.weight_kg.ratio();
    let basis = request.weight_basis.unwrap_or_default();
    if basis == WeightBasis::Actual {
        return Ok(BodyWeight { kg: actual, basis });
    }
    let basis_word = basis.as_str();
    let needs = || Unusable::new("weight_basis", Why::NeedsHeight { basis: basis_word });
    let height = patient.height_cm.ok_or_else(needs)?;
    let ideal = ideal_weight(patient.sex, height).ok_or_else(|| {
        let (shown, least) = (format!("{height} cm"), format!("{DEVINE_LOWEST_HEIGHT_CM} cm"));
        Unusable::new("weight_basis", Why::TooShort { basis: basis_word, shown, least })
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
