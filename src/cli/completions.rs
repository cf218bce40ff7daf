//! `osteodose completions`: what a shell needs to complete the commands.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use super::{Failure, definition};

/// Print the completion script for a shell
#[derive(Args)]
pub(super) struct Completions {
    /// Shell
    shell: Shell,
}

impl Completions {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        // Written to memory first: the generator would panic if the output cannot be written.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut definition(), "osteodose", &mut script);
        out.write_all(&script).map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
