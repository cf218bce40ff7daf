//! Why a dose was not given, or not as planned, and why a course was held or ended: closed lists, so that they can be
//! counted. A reason that no list has is `other`, with a note.

use crate::{json::vocabulary, patient::HeldBecause};

vocabulary! {
    /// Why a dose was deferred.
    pub enum DeferReason {
        /// The patient did not attend.
        DidNotAttend = "did-not-attend",
        /// The patient asked for it.
        PatientAsked = "patient-asked",
        /// The patient refused.
        PatientRefused = "patient-refused",
        /// The patient was unwell.
        Unwell = "unwell",
        /// The laboratory values were not back.
        LabsNotBack = "labs-not-back",
        /// A laboratory value was out of range.
        LabsOutOfRange = "labs-out-of-range",
        /// Mouth or teeth.
        Dental = "dental",
        /// There was no venous access.
        NoAccess = "no-access",
        /// The drug was not available.
        DrugNotAvailable = "drug-not-available",
        /// The clinic was closed.
        ClinicClosed = "clinic-closed",
        /// There was no chair.
        NoChair = "no-chair",
        /// There was no transport.
        Transport = "transport",
        /// The prescriber decided so.
        PrescriberDecided = "prescriber-decided",
        /// Another reason, in the note.
        Other = "other",
    }
}

vocabulary! {
    /// Why a dose was omitted.
    pub enum OmitReason {
        /// The patient refused.
        PatientRefused = "patient-refused",
        /// The patient did not attend.
        DidNotAttend = "did-not-attend",
        /// The patient was unwell.
        Unwell = "unwell",
        /// A laboratory value was out of range.
        LabsOutOfRange = "labs-out-of-range",
        /// The drug was not available.
        DrugNotAvailable = "drug-not-available",
        /// The prescriber decided so.
        PrescriberDecided = "prescriber-decided",
        /// Another reason, in the note.
        Other = "other",
    }
}

vocabulary! {
    /// Why a course was put on hold.
    pub enum HoldReason {
        /// Creatinine has risen.
        CreatinineRisen = "creatinine-risen",
        /// Calcium is low.
        CalciumLow = "calcium-low",
        /// The jaw: pain, exposed bone.
        Jaw = "jaw",
        /// A dental procedure.
        DentalProcedure = "dental-procedure",
        /// A fracture.
        Fracture = "fracture",
        /// An acute illness.
        AcuteIllness = "acute-illness",
        /// The patient asked for it.
        PatientAsked = "patient-asked",
        /// The prescriber decided so.
        PrescriberDecided = "prescriber-decided",
        /// Another reason, in the note.
        Other = "other",
    }
}

impl HoldReason {
    /// The reason as a request states it.
    pub fn held_because(self) -> HeldBecause {
        match self {
            Self::CreatinineRisen => HeldBecause::Creatinine,
            Self::CalciumLow => HeldBecause::Calcium,
            Self::Jaw | Self::DentalProcedure => HeldBecause::Dental,
            Self::Fracture | Self::AcuteIllness | Self::PatientAsked | Self::PrescriberDecided | Self::Other => {
                HeldBecause::Other
            }
        }
    }
}

vocabulary! {
    /// Why a course was ended.
    pub enum EndReason {
        /// It was completed.
        Completed = "completed",
        /// The prescriber decided so.
        PrescriberDecided = "prescriber-decided",
        /// The patient refused.
        PatientRefused = "patient-refused",
        /// A side effect.
        SideEffect = "side-effect",
        /// The disease progressed.
        Progression = "progression",
        /// The patient moved away.
        MovedAway = "moved-away",
        /// Care at the end of life.
        EndOfLife = "end-of-life",
        /// The patient died.
        Died = "died",
        /// Another reason, in the note.
        Other = "other",
    }
}

vocabulary! {
    /// Why an entry was struck.
    pub enum StrikeReason {
        /// It belongs to another patient.
        WrongPatient = "wrong-patient",
        /// It belongs to another dose.
        WrongDoseNumber = "wrong-dose-number",
        /// It happened on another day.
        WrongDate = "wrong-date",
        /// It was another product.
        WrongProduct = "wrong-product",
        /// It is recorded twice.
        Twice = "twice",
        /// It did not happen.
        DidNotHappen = "did-not-happen",
        /// Another reason, in the note.
        Other = "other",
    }
}

vocabulary! {
    /// Why a dose was not given completely.
    pub enum IncompleteReason {
        /// It was stopped because of a reaction.
        StoppedReaction = "stopped-reaction",
        /// It was stopped because the line failed.
        StoppedLine = "stopped-line",
        /// The patient wanted it stopped.
        StoppedPatient = "stopped-patient",
        /// Another reason, in the note.
        Other = "other",
    }
}

vocabulary! {
    /// Why another dose was given than was planned.
    pub enum AnotherReason {
        /// The prescriber decided so.
        PrescriberDecided = "prescriber-decided",
        /// An error; the note says what was done.
        Error = "error",
    }
}
