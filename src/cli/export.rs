//! `osteodose export`: a saved plan in another format.

use std::{io::Write, path::PathBuf};

use clap::Args;

use super::{Failure, LibraryArgs, format::FormatArgs};
use crate::{
    files,
    json::unhidden,
    recheck::{Rechecked, Verdict, recheck},
    saved,
    words::{manual::exit_status, recheck as words},
};

/// Export a saved plan in another format
#[derive(Args)]
#[command(after_help = exit_status("export"))]
pub(super) struct Export {
    /// Plan file, or - for standard input
    file: PathBuf,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

impl Export {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let bytes = files::read(&self.file).map_err(|error| Failure::unreadable(&self.file, &error))?;
        let library = self.library.load()?;
        let name = unhidden(&self.file.to_string_lossy());
        let saved = saved::open(&bytes).map_err(|why| Failure::not_usable(format!("{name}: {why}")))?;
        let rechecked = recheck(saved, library);
        let Rechecked { verdict: Verdict::Same, plan: Some(plan), .. } = rechecked else {
            let mut lines = vec![format!("{name}: {}", words::not_exported(&rechecked.headline()))];
            lines.extend(rechecked.details().into_iter().map(|line| format!("    {line}")));
            lines.push(words::WHAT_TO_DO.to_owned());
            return Err(Failure::refused(lines));
        };
        // The plan made again says the same as the file.
        self.format.write(&plan, out)
    }
}
