//! A ward: its settings, and its register, which remembers what was given.
//!
//! Settings are made once for all patients of a ward. They are read and proved like a regimen file, and never decide
//! anything by themselves: they fill in what a request leaves out, and the plan names what they filled in.
//!
//! The register is a list of entries ([`event`]). What they amount to is computed from them by pure functions: the
//! courses ([`fold`]), the days on which doses are due ([`flow`]), the
//! checks and reviews between them ([`checks`]), and what the engine says of today ([`visit`]).

pub mod brand;
pub mod by_mouth;
mod check;
pub mod checks;
mod complete;
pub mod drafted;
mod earlier;
pub mod event;
#[cfg(feature = "ward")]
pub mod example;
pub mod flow;
pub mod fold;
pub mod label;
pub mod namesake;
mod of_day;
mod settings;
#[cfg(feature = "ward")]
pub mod store;
mod under_way;
pub mod visit;

pub use check::{Defect, Flaw, Misplaced, check, read};
pub use complete::{Refused, is_from_ward};
pub use of_day::is_about;
pub use settings::{Closure, Colour, LEAST_LETTERS, Screen, SecondSignature, Settings, WardFormat};

pub use crate::plan::FromWard;
pub use under_way::UnderWay;
