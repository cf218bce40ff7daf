//! The commands, the library's proof, and what the repository promises of itself.

#![allow(clippy::unwrap_used, clippy::print_stdout, unreachable_pub, reason = "a test that cannot go on fails")]

mod batch;
#[cfg(feature = "tui")]
mod carry_over;
mod cli;
mod damaged;
mod documents;
mod fhir;
mod forecast;
#[cfg(feature = "tui")]
mod form_cases;
#[cfg(feature = "tui")]
mod form_exports;
#[cfg(feature = "ward")]
mod handed_on;
mod hostile_files;
mod instead;
mod layering;
mod libraries;
mod licences;
mod manual;
mod many_files;
#[cfg(all(feature = "tui", feature = "ward"))]
mod morning;
#[path = "../support/mutate.rs"]
mod mutate;
mod mutated_libraries;
mod mutated_tables;
#[cfg(feature = "pdf")]
mod pdf;
#[cfg(feature = "tui")]
#[expect(dead_code, reason = "its main is for the command line")]
#[path = "../../examples/picture.rs"]
mod picture;
#[cfg(feature = "tui")]
mod plain;
mod policy;
#[cfg(feature = "tui")]
mod random_keys;
mod recheck;
mod regimen_difference;
mod register;
#[cfg(feature = "ward")]
mod register_commands;
#[cfg(feature = "ward")]
mod register_store;
#[cfg(unix)]
mod replaced_files;
mod schemas;
#[cfg(feature = "tui")]
#[path = "../support/screen.rs"]
mod screen;
#[cfg(feature = "tui")]
mod screens;
mod shared_server;
mod snapshot;
mod source;
mod spreadsheet_and_calendar;
#[cfg(feature = "tui")]
mod strain;
#[allow(dead_code, reason = "the engine's tests use all of it")]
#[path = "../engine/strategy.rs"]
mod strategy;
#[path = "../support/mod.rs"]
mod support;
#[cfg(feature = "tui")]
mod survives;
mod tables;
#[cfg(feature = "tui")]
#[path = "../support/terminal.rs"]
mod terminal;
#[cfg(feature = "tui")]
mod terminal_driver;
#[cfg(feature = "tui")]
mod waiting;
#[cfg(feature = "tui")]
#[path = "../support/walks.rs"]
mod walks;
#[cfg(feature = "tui")]
#[expect(dead_code, reason = "its main is for the command line")]
#[path = "../../examples/walkthrough.rs"]
mod walkthrough;
mod ward;
#[cfg(feature = "tui")]
mod wizard;
