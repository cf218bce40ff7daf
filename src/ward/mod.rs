//! The settings of a ward, made once for all its patients: when it is open, who works there, which products it has in
//! stock, how its screens look.
//!
//! [`event`] is what happened to its patients, and [`fold`] what that amounts to.
//!
//! Settings are read and proved like a regimen file, and never decide anything by themselves: they fill in what a
//! request leaves out, and the plan names what they filled in.

mod check;
mod complete;
pub mod event;
pub mod fold;
mod settings;
mod under_way;

pub use check::{Defect, Flaw, Misplaced, check, read};
pub use complete::{Refused, is_from_ward};
pub use settings::{Closure, Colour, Screen, Settings, WardFormat};

pub use crate::plan::FromWard;
pub use under_way::UnderWay;
