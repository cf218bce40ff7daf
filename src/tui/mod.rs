//! The full-screen form: from an empty patient to a checked, dated schedule, by keys alone.
//!
//! [`App`] is pure: it takes an event and says what is to be done ([`Effect`]), and draws itself into a
//! frame. What touches the terminal, the clock or a file stands around it and is done for it.

mod answer;
mod app;
mod calendar;
mod drugs;
mod edit;
mod effect;
mod fields;
mod focus;
mod hand_on;
mod leftovers;
mod review;
mod save;
mod schedule;
mod second_check;
mod session;
mod sheet;
mod terminal;
mod text;
mod theme;
mod view;
mod why;

pub use app::{App, Setting};
pub use effect::{Effect, Happened, Leaving, Leftover};
pub use session::{Form, run};
pub(crate) use text::wrap;
pub use theme::Theme;
