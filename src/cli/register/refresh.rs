//! `osteodose ward refresh`: computes again what the register keeps beside the entries.

use std::io::Write;

use clap::Args;

use super::{failed::failed, place::RegisterArgs};
use crate::{
    cli::Failure,
    ward::store::Recomputed,
    words::{manual::exit_status, register::command as words},
};

/// Compute all courses again from the entries
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Refresh {
    #[command(flatten)]
    register: RegisterArgs,
}

impl Refresh {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let mut store = self.register.open()?;
        let Recomputed { patients, damaged } = store.compute_again().map_err(|error| failed(&error))?;
        let status = u8::from(!damaged.is_empty());
        let mut lines = vec![words::refreshed(patients)];
        lines.extend(damaged.iter().map(words::not_refreshed));
        for line in lines {
            writeln!(out, "{line}").map_err(|error| Failure::output(&error).with_own(status))?;
        }
        Ok(status)
    }
}
