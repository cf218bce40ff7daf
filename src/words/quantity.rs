//! Limits and ranges of laboratory values as people read them.
//!
//! A regimen file writes "above 265 umol/L or 3.0 mg/dL", and so does the quantity itself; a person reads "above
//! 265 µmol/L (3.0 mg/dL)".

use std::fmt::Display;

use crate::{
    quantity::{Bound, Comparison, Limit, Pair, Span, Unit},
    regimen::CalciumBand,
};

/// "44 µmol/L (0.5 mg/dL)".
pub fn pair<U: Unit>(pair: Pair<U>) -> String {
    in_both(|unit| pair.measured(unit))
}

/// "10 to 2500 µmol/L (0.1 to 28 mg/dL)".
pub fn span<U: Unit>(span: Span<U>) -> String {
    in_both(|unit| span.in_unit(unit))
}

/// "above 265 µmol/L (3.0 mg/dL)".
pub fn limit<U: Unit>(limit: Limit<U>) -> String {
    format!("{} {}", side(limit.comparison), pair(limit.pair))
}

/// "above 265 µmol/L".
pub fn bound<U: Unit>(bound: Bound<U>) -> String {
    format!("{} {}", side(bound.comparison), bound.figure)
}

/// "above normal", "at least 3.0 mmol/L (12.0 mg/dL)".
pub fn calcium_band(band: CalciumBand) -> String {
    match band {
        CalciumBand::AboveNormal => "above normal".to_owned(),
        CalciumBand::Limit(it) => limit(it),
    }
}

fn side(side: Comparison) -> &'static str {
    match side {
        Comparison::Above => "above",
        Comparison::AtLeast => "at least",
    }
}

fn in_both<U: Unit, T: Display>(figure: impl Fn(U) -> T) -> String {
    let [a, b] = U::BOTH.map(figure);
    format!("{a} ({b})")
}
