//! `osteodose licences`: the licences of the program and of everything in it.

use std::io::Write;

use clap::Args;

use super::Failure;

/// The notices of the libraries and fonts in the program. `.ci/third-party` writes the file.
const THIRD_PARTY: &str = include_str!("../../THIRD-PARTY");

/// Print the licences of the program and of every library and font in it
#[derive(Args)]
pub(super) struct Licences {}

impl Licences {
    #[expect(clippy::unused_self, reason = "every command is run alike")]
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        out.write_all(THIRD_PARTY.as_bytes()).map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
