//! `osteodose completions`: what a shell needs to complete the commands.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use super::{Failure, definition};

/// Print the script by which a shell completes commands and options
#[derive(Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        // Not written at once: where the output cannot be written, the generator would panic.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut definition(), "osteodose", &mut script);
        out.write_all(&script).map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
