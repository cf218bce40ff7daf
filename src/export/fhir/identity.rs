//! The ids of resources, by which they refer to one another.
//!
//! Each is a UUID of version 8 (RFC 9562), made by SHA-256 from the patient and treatment that were entered and
//! from the part of the plan. So the same plan has the same ids again, also when it was confirmed or checked in
//! the meantime, and another plan has others.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::element::Reference;
use crate::request::Request;

/// The ids of one plan.
pub(super) struct Ids {
    of_plan: Vec<u8>,
}

impl Ids {
    /// The ids of the plan of a request.
    ///
    /// # Panics
    /// Never: a request is made of text and numbers, which JSON can hold.
    pub(super) fn of(request: &Request) -> Self {
        // Who prepared, checked and confirmed it makes a draft an active plan, not another plan.
        let asked = Request { confirmations: Vec::new(), prepared_by: None, second_check: None, ..request.clone() };
        let text = serde_json::to_string(&asked).expect("a request is made of text and numbers");
        Self { of_plan: Sha256::digest(text).to_vec() }
    }

    /// The id of a part, such as "dose-1".
    pub(super) fn id(&self, part: &str) -> String {
        let hash = Sha256::new().chain_update("osteodose/fhir/1").chain_update(&self.of_plan).chain_update(part);
        uuid(hash.finalize().into())
    }

    /// A reference to a part.
    pub(super) fn to(&self, part: &str) -> Reference {
        Reference { reference: Some(url(&self.id(part))), ..Reference::default() }
    }
}

/// A UUID of version 8 from the beginning of a hash.
pub(super) fn uuid(hash: [u8; 32]) -> String {
    let mut bytes: Vec<u8> = hash.into_iter().take(16).collect();
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let mut id = String::with_capacity(36);
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            id.push('-');
        }
        write!(id, "{byte:02x}").expect("writing to a string");
    }
    id
}

/// The address of an id within its bundle.
pub(super) fn url(id: &str) -> String {
    format!("urn:uuid:{id}")
}
