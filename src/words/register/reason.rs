//! The reasons of entries, in words that fit a list and a sentence.

use crate::ward::event::{
    AnotherReason, DeferReason, EndReason, HoldReason, IncompleteReason, OmitReason, Place, StrikeReason,
};

const OTHER: &str = "another reason (see the note)";
const REFUSED: &str = "the patient refused";
const ASKED: &str = "the patient asked for it";
const NOT_ATTENDED: &str = "the patient did not attend";
const UNWELL: &str = "the patient was unwell";
const OUT_OF_RANGE: &str = "a laboratory value was out of range";
const NOT_AVAILABLE: &str = "the drug was not available";
const PRESCRIBER: &str = "the prescriber decided so";

/// Why a dose was deferred.
pub fn defer(reason: DeferReason) -> &'static str {
    match reason {
        DeferReason::DidNotAttend => NOT_ATTENDED,
        DeferReason::PatientAsked => ASKED,
        DeferReason::PatientRefused => REFUSED,
        DeferReason::Unwell => UNWELL,
        DeferReason::LabsNotBack => "the laboratory values were not back",
        DeferReason::LabsOutOfRange => OUT_OF_RANGE,
        DeferReason::Dental => "mouth or teeth had to be seen to",
        DeferReason::NoAccess => "there was no venous access",
        DeferReason::DrugNotAvailable => NOT_AVAILABLE,
        DeferReason::ClinicClosed => "the clinic was closed",
        DeferReason::NoChair => "there was no chair",
        DeferReason::Transport => "there was no transport",
        DeferReason::PrescriberDecided => PRESCRIBER,
        DeferReason::Other => OTHER,
    }
}

/// Why a dose was omitted.
pub fn omit(reason: OmitReason) -> &'static str {
    match reason {
        OmitReason::PatientRefused => REFUSED,
        OmitReason::DidNotAttend => NOT_ATTENDED,
        OmitReason::Unwell => UNWELL,
        OmitReason::LabsOutOfRange => OUT_OF_RANGE,
        OmitReason::DrugNotAvailable => NOT_AVAILABLE,
        OmitReason::PrescriberDecided => PRESCRIBER,
        OmitReason::Other => OTHER,
    }
}

/// Why a course is on hold.
pub fn hold(reason: HoldReason) -> &'static str {
    match reason {
        HoldReason::CreatinineRisen => "creatinine has risen",
        HoldReason::CalciumLow => "calcium is low",
        HoldReason::Jaw => "the jaw must be examined",
        HoldReason::DentalProcedure => "a dental procedure",
        HoldReason::Fracture => "a fracture",
        HoldReason::AcuteIllness => "an acute illness",
        HoldReason::PatientAsked => ASKED,
        HoldReason::PrescriberDecided => PRESCRIBER,
        HoldReason::Other => OTHER,
    }
}

/// Why a course was ended.
pub fn end(reason: EndReason) -> &'static str {
    match reason {
        EndReason::Completed => "the course was completed",
        EndReason::PrescriberDecided => PRESCRIBER,
        EndReason::PatientRefused => REFUSED,
        EndReason::SideEffect => "a side effect",
        EndReason::Progression => "the disease progressed",
        EndReason::MovedAway => "the patient moved away",
        EndReason::EndOfLife => "end-of-life care",
        EndReason::Died => "the patient died",
        EndReason::Other => OTHER,
    }
}

/// Why an entry was struck.
pub fn strike(reason: StrikeReason) -> &'static str {
    match reason {
        StrikeReason::WrongPatient => "it belongs to another patient",
        StrikeReason::WrongDoseNumber => "it belongs to another dose",
        StrikeReason::WrongDate => "it happened on another day",
        StrikeReason::WrongProduct => "it was another product",
        StrikeReason::Twice => "it is recorded twice",
        StrikeReason::DidNotHappen => "it did not happen",
        StrikeReason::Other => OTHER,
    }
}

/// Why not all of a dose was given.
pub fn incomplete(reason: IncompleteReason) -> &'static str {
    match reason {
        IncompleteReason::StoppedReaction => "stopped because of a reaction",
        IncompleteReason::StoppedLine => "stopped because the line failed",
        IncompleteReason::StoppedPatient => "stopped because the patient wanted it",
        IncompleteReason::Other => OTHER,
    }
}

/// Why another dose was given than was planned.
pub fn another(reason: AnotherReason) -> &'static str {
    match reason {
        AnotherReason::PrescriberDecided => PRESCRIBER,
        AnotherReason::Error => "an error (see the note)",
    }
}

/// Where a dose was given.
pub fn place(place: Place) -> &'static str {
    match place {
        Place::Ward => "on this ward",
        Place::Elsewhere => "elsewhere",
        Place::Unknown => "not known where",
    }
}
