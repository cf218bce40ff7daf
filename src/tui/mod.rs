//! The full-screen form: from an empty patient to a checked, dated schedule, by keys alone.
//!
//! [`App`] is pure: it takes an event and says what is to be done ([`Effect`]), and draws itself into a
//! frame. What touches the terminal, the clock or a file is outside of it and done for it.

mod app;
mod calendar;
mod drugs;
mod edit;
mod effect;
mod export;
mod fields;
mod focus;
mod leftovers;
mod plan_so_far;
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
mod words;

pub use app::{App, Setting};
pub use effect::{Effect, Happened, Leaving, Leftover};
pub use session::{Form, run};
pub use theme::Theme;
