//! Quantities with a meaning: a number never travels without its unit.
//!
//! What is entered is a [`Decimal`] that remembers how it was written; what is derived is an exact
//! [`Ratio`]. There is no binary floating point anywhere: `13.12 mg/dL` with an albumin of
//! `5.4 g/dL` is exactly 12, and a clearance of 59.96 is below 60.

mod amount;
mod clearance;
mod days;
mod limit;
mod mass;
mod measured;
mod ratio;
mod sex;
mod volume;
mod weight;

pub use crate::json::{Decimal, NotADecimal, parse_date};
pub use amount::{Amount, AmountRange, AnyUnit};
pub(crate) use clearance::limit_places;
pub use clearance::{COCKCROFT_GAULT, Clearance, ClearanceRange, ClearanceShown, CockcroftGault, Edge};
pub use days::{Days, Minutes, plus_months};
pub use limit::{Bound, Comparison, Limit, Pair, Span};
pub use mass::{Mass, Strength};
pub use measured::{
    Albumin, AlbuminCorrection, AlbuminUnit, CREATININE_FACTOR, Calcium, CalciumUnit, Creatinine, CreatinineUnit,
    Measured, Unit,
};
pub use ratio::Ratio;
pub use sex::Sex;
pub use volume::Volume;
pub use weight::{
    ADJUSTED_SHARE, DEVINE, DEVINE_LOWEST_HEIGHT_CM, Devine, adjusted_weight, ideal_weight, ideal_weight_to_judge,
};
