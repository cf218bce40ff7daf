//! The paper and the font of the printed page.

use std::{
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;

use super::Failure;
use crate::{
    export::{Format, Refused, pdf::Paper},
    files,
    words::page as words,
};

/// The options of the printed page.
#[derive(Args)]
pub(super) struct PageArgs {
    /// Paper size for --format pdf; a4 by default
    #[arg(long, value_enum, value_name = "SIZE")]
    paper: Option<Paper>,
    /// Font file (TrueType or OpenType) for --format pdf, for characters that the built-in font lacks
    #[arg(long, value_name = "FILE")]
    font: Option<PathBuf>,
}

impl PageArgs {
    /// An option that does not apply to the format is an error.
    pub(super) fn check(&self, format: Format, to_file: bool) -> Result<(), Failure> {
        let is_page = format == Format::Pdf;
        for (flag, given) in [("--paper", self.paper.is_some()), ("--font", self.font.is_some())] {
            if given && !is_page {
                return Err(Failure::not_usable(words::only_of_the_page(flag)));
            }
        }
        if is_page && !to_file && io::stdout().is_terminal() {
            return Err(Failure::not_usable(words::NO_TEXT));
        }
        Ok(())
    }

    /// The paper.
    pub(super) fn paper(&self) -> Paper {
        self.paper.unwrap_or_default()
    }

    /// The content of the file of the font.
    pub(super) fn font(&self) -> Result<Option<Arc<Vec<u8>>>, Failure> {
        let Some(path) = &self.font else { return Ok(None) };
        files::read_ordinary(path).map(|bytes| Some(Arc::new(bytes))).map_err(|error| Failure::unreadable(path, &error))
    }

    /// Why there is no page; a fault of the font names its file.
    pub(super) fn refused(&self, input: &Path, why: &Refused) -> Failure {
        match (why, &self.font) {
            (Refused::NotAFont | Refused::FontNotEmbeddable, Some(font)) => Failure::of_file(font, why),
            _ => Failure::of_file(input, why),
        }
    }
}
