//! The commands, the library's proof, and what the repository promises of itself.

#![allow(clippy::unwrap_used, unreachable_pub, reason = "a test that cannot go on fails")]

mod cli;
mod layering;
mod libraries;
mod policy;
#[cfg(feature = "tui")]
#[path = "../support/screen.rs"]
mod screen;
#[path = "../support/mod.rs"]
mod support;
#[cfg(feature = "tui")]
#[path = "../support/terminal.rs"]
mod terminal;
#[cfg(feature = "tui")]
mod terminal_driver;
