//! A ward's morning: who is due, the page of a patient, the visit, and what is recorded of it.
//!
//! The full screen and the line-by-line questions ask here, so that they cannot differ. Nothing here knows a terminal, the
//! clock or where the register is kept, and no rule of treatment is here: dates and courses are those of
//! [`ward`](crate::ward), the verdict is that of the engine.

mod act;
mod chart;
mod day;
mod desk;
mod list;
mod names;
mod questions;
mod register;
mod timeline;
mod visit;
pub mod words;

pub use act::{Act, Deed, Part};
pub use chart::{Chart, last_request};
pub use day::{Badge, Line, Needs};
pub use desk::{Desk, Morning};
pub use list::{Found, List, Lists};
pub use names::similar;
pub use questions::Questions;
pub use register::{Around, OpenRegister};
pub use timeline::{Became, Dated, VisitRow, timeline, values};
pub use visit::{Asked, News, Visit};
