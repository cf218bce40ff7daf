//! `osteodose schema`: the JSON Schema of every document that the program reads or writes.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::{Failure, LibraryArgs, batch};
use crate::{schema, table};

/// Print the JSON Schema of a document
#[derive(Args)]
pub(super) struct Schema {
    /// Document
    #[arg(value_name = "DOCUMENT")]
    document: Document,
    #[command(flatten)]
    library: LibraryArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Document {
    /// A request, with the drugs, products and limits of the library
    Request,
    /// A plan
    Plan,
    /// A line that batch writes
    Batch,
    /// An object that recheck writes
    Recheck,
    /// A forecast
    Forecast,
    /// A regimen file
    Regimen,
    /// Ward settings
    Ward,
    /// The due list of a ward
    #[cfg(feature = "ward")]
    Due,
    /// A line of the entries of a register
    #[cfg(feature = "ward")]
    Entry,
    /// A columns file
    Columns,
}

impl Schema {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let schema = match self.document {
            Document::Request => schema::request_for(self.library.load()?),
            Document::Plan => schema::plan(),
            Document::Batch => schema::document::<batch::Line>("batch"),
            Document::Recheck => schema::recheck(),
            Document::Forecast => schema::forecast(),
            Document::Regimen => schema::regimen(),
            Document::Ward => schema::ward(),
            #[cfg(feature = "ward")]
            Document::Due => schema::due(),
            #[cfg(feature = "ward")]
            Document::Entry => schema::entry(),
            Document::Columns => table::schema(),
        };
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        writeln!(out, "{text}").map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
