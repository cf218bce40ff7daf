//! What the program answers to a request.

use osteodose::{dosing, request::Request};

use crate::support::LIBRARY;

/// The plan of a request as JSON, or the one message that refuses it.
pub fn plan(request: &[u8]) -> Result<String, String> {
    let request = Request::parse(request).map_err(|faults| faults[0].to_string())?;
    dosing::plan(request.clone(), &LIBRARY).map(|plan| plan.to_json()).map_err(|unusable| unusable.to_string())
}
