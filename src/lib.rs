//! Dose, preparation and dated schedule of bone-modifying agents for patients with cancer in the bone.
//!
//! A [`request::Request`] for one patient and a proved [`regimen::Library`] make a [`plan::Plan`], by the
//! pure function [`dosing::plan`]: no clock, no files, no terminal. Quantities are exact; every dose,
//! limit, volume and date comes from the library or from one named formula, and every number says where
//! it is.
//!
//! ```
//! use osteodose::{dosing, regimen::Library, request::Request};
//!
//! let library = Library::shipped();
//! let request = Request::parse(br#"{
//!     "patient": {"birth_date": "1958-03-14", "sex": "female", "weight_kg": 68.5},
//!     "tumour": "breast", "indication": "skeletal-events",
//!     "labs": {"date": "2026-11-18", "creatinine": {"value": 92, "unit": "umol/L"}},
//!     "treatment": {"drug": "zoledronic-acid", "start_date": "2026-12-01"}
//! }"#).expect("a well-formed request");
//! let plan = dosing::plan(request.clone(), library).expect("a usable request");
//! assert_eq!(plan.renal().expect("a clearance").shown.to_string(), "55.9 mL/min");
//! ```
//!
//! Decision support for trained staff, who stay responsible.

pub mod dosing;
#[cfg(feature = "tui")]
pub mod form;
pub mod json;
pub mod patient;
pub mod plan;
pub mod present;
pub mod quantity;
pub mod regimen;
pub mod request;
pub mod words;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "tui")]
pub mod drafts;
#[cfg(feature = "cli")]
pub mod export;
#[cfg(feature = "cli")]
mod files;
#[cfg(feature = "cli")]
pub mod forecast;
#[cfg(feature = "cli")]
pub mod identity;
#[cfg(all(feature = "tui", feature = "ward"))]
pub mod morning;
#[cfg(feature = "tui")]
pub mod plain;
#[cfg(feature = "cli")]
pub mod recheck;
#[cfg(feature = "cli")]
pub mod saved;
#[cfg(feature = "cli")]
pub mod schema;
#[cfg(feature = "cli")]
pub mod table;
#[cfg(feature = "tui")]
pub mod tui;
#[cfg(feature = "cli")]
pub mod ward;
