//! Everything that is tested through the public interface, in one binary.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bad_requests;
mod cases;
mod cli;
mod layering;
mod libraries;
mod policy;
mod properties;
mod strategy;
mod support;
