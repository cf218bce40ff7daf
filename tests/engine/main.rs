//! The engine, tested through its public interface and without any command: it needs no feature.

#![allow(clippy::unwrap_used, clippy::float_cmp, unreachable_pub, reason = "a test that cannot go on fails")]

mod answer;
mod bad_requests;
mod cases;
mod comparison;
mod properties;
mod report;
mod shown;
mod stated;
mod strategy;
#[path = "../support/mod.rs"]
mod support;
