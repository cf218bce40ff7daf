//! The sentences of what leaves the program.

use super::summary::purpose;
use crate::{
    export::Refused,
    patient::{Indication, Tumour},
};

/// Why a plan does not leave the program in the form that was asked for.
pub fn refused(why: &Refused) -> String {
    match why {
        Refused::Stopped(status) => {
            format!("nothing is handed on of a stopped plan; it can be shown with --format text or json. {status}")
        }
    }
}

/// A drug with its strength, interval and indication.
pub fn named(product: &str, frequency: &str, indication: Indication, tumour: Tumour) -> String {
    format!("{product}; {frequency}; {}", purpose(indication, tumour))
}

/// What marks a plan that must not be followed yet.
pub fn provisional(status: &str) -> String {
    format!("PROVISIONAL, not to be followed yet. {status}")
}
