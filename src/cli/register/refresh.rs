//! `osteodose ward refresh`: computes again what the register keeps beside the entries.

use std::io::Write;

use clap::Args;

use super::{failed::failed, place::RegisterArgs};
use crate::{
    cli::Failure,
    ward::store::Store,
    words::{manual::exit_status, register::command as words},
};

/// How many patients are computed again at a time, so that nobody waits long.
const AT_ONCE: usize = 500;

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
        store.outdate().map_err(|error| failed(&error))?;
        let mut patients = 0;
        loop {
            let refreshed = store.refresh(AT_ONCE).map_err(|error| failed(&error))?;
            patients += refreshed.patients;
            if !refreshed.is_more {
                break;
            }
        }
        writeln!(out, "{}", words::refreshed(patients)).map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
