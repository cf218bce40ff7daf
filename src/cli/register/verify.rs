//! `osteodose ward verify`: everything that can be proved of a register or a backup.

use std::{io::Write, path::PathBuf};

use clap::Args;

use super::{
    failed::failed,
    place::{RegisterArgs, try_open},
    values,
};
use crate::{
    cli::{Failure, failure::name},
    ward::store::{Anchor, StoreError, Verified},
    words::{manual::exit_status, register::command as words, store as said},
};

/// Prove that no entry was altered, removed or inserted
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Verify {
    /// Register or backup; by default the register of the ward
    #[arg(value_name = "PATH", conflicts_with = "register")]
    path: Option<PathBuf>,
    /// Anchor that was printed, such as 8813:9f3c0d7be1a24f55; once for each
    #[arg(long, value_name = "ANCHOR", value_parser = values::anchor)]
    against: Vec<Anchor>,
    #[command(flatten)]
    register: RegisterArgs,
}

impl Verify {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let opened = match &self.path {
            Some(path) => try_open(path)?,
            None => self.register.try_open()?,
        };
        let verified = match opened.and_then(|mut store| store.verify(&self.against)) {
            Ok(verified) => verified,
            // What is looked for is found, in a file of which not even the ward can be read.
            Err(StoreError::Damaged { path, .. }) => {
                let lines = [words::not_readable(&name(&path)), words::faults(1, false)];
                let write = |line| writeln!(out, "{line}").map_err(|error| Failure::output(&error).with_own(1));
                return lines.into_iter().try_for_each(write).map(|()| 1);
            }
            Err(error) => return Err(failed(&error)),
        };
        let Verified { number, hash, patients, faults, is_more, steps } = verified;
        let mut lines: Vec<String> = faults.iter().map(said::fault).collect();
        lines.extend(steps.into_iter().map(said::behind));
        lines.push(if faults.is_empty() {
            words::whole(number, patients, &Anchor::new(number, &hash).to_string())
        } else {
            words::faults(faults.len(), is_more)
        });
        let status = u8::from(!faults.is_empty());
        for line in lines {
            writeln!(out, "{line}").map_err(|error| Failure::output(&error).with_own(status))?;
        }
        Ok(status)
    }
}
