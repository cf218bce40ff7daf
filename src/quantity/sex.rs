//! The sex that the formulas of kidney function and ideal weight ask for.

crate::json::words! {
    /// Sex, as the formulas know it.
    pub enum Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
    }
}
