//! The sex that the formulas of kidney function and ideal weight ask for.

use super::Decimal;

crate::json::vocabulary! {
    /// Sex, as the formulas know it.
    pub enum Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
    }
}

impl Sex {
    /// The factor of the sex in the formula of Cockcroft and Gault.
    pub const fn clearance_factor(self) -> Decimal {
        match self {
            Self::Female => super::COCKCROFT_GAULT.female,
            Self::Male => Decimal::whole(1),
        }
    }
}
