//! The names and the sentences in the register of the made-up ward.

/// The name of the ward.
pub const WARD: &str = "Day unit (made-up example)";
/// Who records what happens.
pub const NURSE: &str = "K. Lund";
/// Who checks each dose.
pub const SECOND: &str = "B. Lind";
/// Who prescribes.
pub const PRESCRIBER: &str = "Dr K. Holm";
/// Why a dose is given though the teeth were not examined.
pub const SEES_DENTIST: &str = "dental appointment next week";
/// What is said of a hold for the creatinine.
pub const PRESCRIBER_TOLD: &str = "prescriber told; blood test again before the next visit";

/// The name of a patient.
pub fn patient(family: &str, given: &str) -> String {
    format!("{family}, {given}")
}
