//! The form that a person fills in: its steps and fields, how what is typed is read, and the request that
//! comes of it.
//!
//! The full screen and the line-by-line form ask the same fields and read them with the same functions.
//! Nothing here knows a terminal, the clock or a file, and no rule of treatment stands here: what a value
//! means is for the engine to say.

mod draft;
mod echo;
mod entry;
mod field;
mod fill;
mod filling;
mod offer;
mod options;
mod place;
mod reopen;

pub use draft::Draft;
pub use entry::{NotRead, read_date, read_dates, read_decimal, read_text};
pub use field::{Field, Kind, Step};
pub use fill::{Filled, Refused};
pub use filling::Form;
pub use options::{Choice, NONE};
