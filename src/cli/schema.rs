//! `osteodose schema`: the forms of requests, plans and regimen files.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::Failure;
use crate::schema;

/// Print the JSON Schema of a form
#[derive(Args)]
pub(super) struct Schema {
    /// The form
    form: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Request,
    Plan,
    Regimen,
}

impl Schema {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let schema = match self.form {
            Form::Request => schema::request(),
            Form::Plan => schema::plan(),
            Form::Regimen => schema::regimen(),
        };
        let text = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
        writeln!(out, "{text}").map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
