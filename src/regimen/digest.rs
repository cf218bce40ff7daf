//! The digest by which a plan names the library it was computed with. Compiled twice: into the program
//! and into the build script, so that a shipped library and a local one are digested alike.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// SHA-256 over the names, lengths and bytes of the files, in the order of their names.
pub(crate) fn digest<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> String {
    let mut files: Vec<_> = files.into_iter().collect();
    files.sort_unstable_by_key(|(name, _)| *name);
    let mut hash = Sha256::new();
    for (name, bytes) in files {
        hash.update(format!("{name} {}\n", bytes.len()));
        hash.update(bytes);
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string");
        text
    })
}
