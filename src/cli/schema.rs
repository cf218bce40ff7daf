//! `osteodose schema`: the JSON Schema of requests, plans, regimen files, ward settings and columns files.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::Failure;
use crate::{schema, table};

/// Print the JSON Schema of a request, plan, regimen file, ward settings or columns file
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
    Columns,
}

impl Schema {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let schema = match self.document {
            Document::Request => schema::request(),
            Document::Plan => schema::plan(),
            Document::Regimen => schema::regimen(),
            Document::Ward => schema::ward(),
            Document::Columns => table::schema(),
        };
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        writeln!(out, "{text}").map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
