//! A plan in a file: with a checksum, so that a file that was altered afterwards is known.

mod first_checksum;
mod opened;
mod seal;

use std::cell::RefCell;

use serde::Serialize;

use crate::plan::{
    Plan,
    document::{Checksum, PlanDocument},
};
use seal::{Covered, Covering};

pub use opened::{NoPlan, SavedPlan, open};
pub use seal::Seal;

/// The plan as the content of a file: a key on each line, with its checksum.
///
/// # Panics
/// Never: a plan is made of text and numbers, which JSON can hold.
pub fn file(plan: &Plan) -> String {
    let mut file = Vec::new();
    sealed(plan.document(), &mut file, |document, to| document.serialize(&mut serde_json::Serializer::pretty(to)));
    String::from_utf8(file).expect("JSON is UTF-8") + "\n"
}

/// Adds the plan as one line of JSON Lines, with its checksum and without a line end.
///
/// # Panics
/// Never: a plan is made of text and numbers, which JSON can hold.
pub fn line(plan: &Plan, to: &mut Vec<u8>) {
    sealed(plan.document(), to, |document, to| document.serialize(&mut serde_json::Serializer::new(to)));
}

/// Writes a document with the checksum of what was written before it.
fn sealed(
    document: PlanDocument<'_>,
    to: &mut Vec<u8>,
    write: impl FnOnce(&PlanDocument<'_>, Covering<'_, &mut Vec<u8>>) -> serde_json::Result<()>,
) {
    let covered = RefCell::new(Covered::default());
    let made = || covered.borrow_mut().checksum();
    // Shortens the lifetime of the document to that of what makes its checksum.
    let mut document = document;
    document.provenance.checksum = Some(Checksum::OfAllBefore(&made));
    write(&document, Covering { to, covered: &covered }).expect("a plan is made of text and numbers");
}
