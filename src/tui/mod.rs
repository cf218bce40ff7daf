//! The full-screen form: from an empty patient to a checked, dated schedule, by keys.
//!
//! [`App`] is pure: it takes an event and says what is to be done ([`Effect`]), and draws itself into a
//! frame. What touches the terminal, the clock or a file is outside of it and done for it.

mod app;
mod asks;
mod calendar;
mod card;
mod command;
mod confirm;
mod dialog;
mod drugs;
mod effect;
mod entries;
mod export;
mod goto;
mod hits;
mod keys;
mod leftovers;
mod line;
#[cfg(feature = "ward")]
mod morning;
mod pages;
mod screen;
mod second_check;
mod session;
mod sheet;
mod terminal;
#[cfg(test)]
mod tests;
mod text;
mod theme;
mod view;
mod walk;
mod ward;
mod why;
mod words;

pub use app::{App, Setting};
pub use effect::{Effect, Happened, Leaving, Leftover};
#[cfg(feature = "ward")]
pub use morning::{Morning, MorningSetting, visits_of_draft};
pub use session::{Form, run};
pub use theme::{Depth, Theme};
