//! `osteodose schema`: the JSON Schema of requests, plans, regimen files and ward settings.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::Failure;
use crate::schema;

/// Print the JSON Schema of a request, plan, regimen file or ward settings
#[derive(Args)]
pub(super) struct Schema {
    /// Document
    #[arg(value_name = "DOCUMENT")]
    document: Document,
}

#[derive(Clone, Copy, ValueEnum)]
enum Document {
    Request,
    Plan,
    Regimen,
    Ward,
}

impl Schema {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let schema = match self.document {
            Document::Request => schema::request(),
            Document::Plan => schema::plan(),
            Document::Regimen => schema::regimen(),
            Document::Ward => schema::ward(),
        };
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        writeln!(out, "{text}").map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
