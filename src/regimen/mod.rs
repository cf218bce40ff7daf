//! The regimen library: what each drug's file says, proved before anyone relies on it.

#[cfg(feature = "cli")]
mod check;
#[cfg(feature = "cli")]
pub mod difference;
#[cfg(feature = "cli")]
mod digest;
mod document;
#[cfg(feature = "cli")]
mod exposure;
mod figures;
mod finding_code;
mod library;
mod limits;
mod phrase;
mod sources;
mod statement;

#[cfg(feature = "cli")]
pub use check::{Counted, Defect, Flaw, LibraryFault, Named, Proof, Range, Side, Weight};
pub use document::{
    AskWithin, Baseline, CheckRule, ChosenDose, Class, ContainerKind, CreatinineLimit, DoseRow, Drug, FixedLength,
    FollowOn, Form, HighDose, Infusion, Interval, Label, Loading, NearLimits, Need, Note, Prepare, Product, Regimen,
    Review, SafetyRule, Spacing, SpacingAfter, Status, StepDown, Subject, SupplyChecks, Verification, VolumeRule,
};
#[cfg(feature = "cli")]
pub use exposure::{Exposure, Standing};
pub use figures::edges;
pub use finding_code::{Code, Concern, Gravity, Question, Severity, Trigger};
#[cfg(feature = "ward")]
pub use library::digest_of;
#[cfg(feature = "cli")]
pub use library::is_digest;
pub use library::{Library, LibraryFile, Listed, Origin, SHIPPED};
pub use limits::{ByMouth, CalciumRange, LaboratoryAges, Limits, OtherAntiresorptive, ValueAges};
pub use phrase::{CalciumBand, Citation, Kidney, PlainSpan};
pub use sources::{Source, SourceRegister};
pub use statement::{Claim, Disagreement, OnlyFor, Statement, Topic};
