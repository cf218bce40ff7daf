//! A plan in a file: with a checksum, so that a file that was altered afterwards is known.

mod first_checksum;
mod opened;
mod seal;

use crate::plan::{Plan, document::Checksum};

pub use opened::{NoPlan, SavedPlan, open};
pub use seal::Seal;

/// The plan as the content of a file: a key on each line, with its checksum.
///
/// # Panics
/// Never: a plan is made of text and numbers, which JSON can hold.
pub fn file(plan: &Plan) -> String {
    let mut document = plan.document();
    let checksum = seal::write(document.clone(), &mut Vec::new());
    document.provenance.checksum = Some(Checksum::Read(checksum.into()));
    serde_json::to_string_pretty(&document).expect("a plan is made of text and numbers") + "\n"
}

/// Adds the plan as one line of JSON Lines, with its checksum and without a line end.
///
/// # Panics
/// Never: a plan is made of text and numbers, which JSON can hold.
pub fn line(plan: &Plan, to: &mut Vec<u8>) {
    seal::write(plan.document(), to);
}
