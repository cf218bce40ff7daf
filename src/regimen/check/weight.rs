//! How severe something in a library is: a fault refuses the library, a warning does not.

use super::{Defect, Flaw, LibraryFault};
use crate::json::vocabulary;

vocabulary! {
    /// How severe something in a library is.
    pub enum Weight {
        /// It can give a wrong dose or a wrong preparation, or passes one drug or owner off as another: no plan is made with
        /// the library.
        Fault = "fault",
        /// It is seldom meant, but a hospital may be right: plans are made, and a pharmacist decides.
        Warning = "warning",
    }
}

impl LibraryFault {
    /// How severe it is. A file that cannot be read is a fault.
    pub fn weight(&self) -> Weight {
        match &self.fault.problem {
            Flaw::Form(_) => Weight::Fault,
            Flaw::Meaning(defect) => defect.weight(),
        }
    }
}

impl Defect {
    /// How severe it is.
    pub fn weight(&self) -> Weight {
        match self {
            // A new substance has its place in the classification later than in the hospital.
            Self::ClassOfAtc { .. }
            // A sentence is read by its words alone: it may speak of something else.
            | Self::DiluentSpokenAgainst { .. }
            | Self::OtherStrength { .. }
            // Two reviews can be on one day.
            | Self::ShippedReview { .. } => Weight::Warning,
            _ => Weight::Fault,
        }
    }
}
