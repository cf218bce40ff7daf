//! A plan as it stands in a file: with a checksum, so that a file that was altered afterwards is known.
//!
//! The checksum is the last member of `provenance`, which is the last member of a plan, and covers the
//! compact text of everything before it. It finds slips of an editor or a disk; it proves nothing against
//! somebody who makes a new one.

mod opened;

use std::io::{self, Write};

use crc32fast::Hasher;

use crate::plan::Plan;

pub use opened::{NoPlan, SavedPlan, Seal, open};

/// The plan as the content of a file: a key on each line, with its checksum.
///
/// # Panics
/// Never: a plan is made of text and numbers, which JSON can hold.
pub fn file(plan: &Plan) -> String {
    let mut document = plan.document();
    let mut covered = Covered::default();
    serde_json::to_writer(&mut covered, &document).expect("a plan is made of text and numbers");
    document.seal(covered.checksum());
    serde_json::to_string_pretty(&document).expect("a plan is made of text and numbers") + "\n"
}

/// Adds the plan as one line of JSON Lines, with its checksum and without a line end.
///
/// # Panics
/// Never: a plan is made of text and numbers, which JSON can hold.
pub fn line(plan: &Plan, to: &mut Vec<u8>) {
    let start = to.len();
    serde_json::to_writer(&mut *to, &plan.document()).expect("a plan is made of text and numbers");
    to.truncate(to.len() - END.len());
    let checksum = checksum(&to[start..]);
    for part in [KEY, &checksum, "\"", END] {
        to.extend_from_slice(part.as_bytes());
    }
}

/// What stands between the text a checksum covers and the checksum.
const KEY: &str = r#","checksum":""#;
/// The end of `provenance` and of the plan.
const END: &str = "}}";

fn checksum(text: &[u8]) -> String {
    let mut hasher = Hasher::new();
    hasher.update(text);
    words(hasher)
}

fn words(hasher: Hasher) -> String {
    format!("crc32:{:08x}", hasher.finalize())
}

/// Takes in the text that a checksum covers: all of it but its end.
#[derive(Default)]
struct Covered {
    hasher: Hasher,
    held_back: Vec<u8>,
}

impl Covered {
    fn checksum(self) -> String {
        words(self.hasher)
    }
}

impl Write for Covered {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.held_back.extend_from_slice(text);
        let sure = self.held_back.len().saturating_sub(END.len());
        self.hasher.update(&self.held_back[..sure]);
        self.held_back.drain(..sure);
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
