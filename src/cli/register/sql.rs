//! `osteodose ward sql`: the statements that make a register on a server, for its administrator.

use std::io::Write;

use clap::Args;

use crate::{cli::Failure, ward::store::Postgres, words::manual::exit_status};

/// Print the statements that make a register on a database server
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Sql {}

impl Sql {
    #[expect(clippy::unused_self, reason = "every command is run by itself")]
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        out.write_all(Postgres::SCHEMA.as_bytes()).map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
