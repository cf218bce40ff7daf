//! `osteodose template`: a table, a request or a columns file to start from.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::Failure;

/// Print a table, a request or a columns file to start from
#[derive(Args)]
pub(super) struct Template {
    /// Form
    #[arg(value_name = "FORM")]
    form: Form,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    /// A table for batch, with one patient
    Csv,
    /// A request for plan
    Request,
    /// A columns file for batch --columns
    Columns,
}

impl Template {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let text = match self.form {
            Form::Csv => include_str!("template/patients.csv"),
            Form::Request => include_str!("template/request.json"),
            Form::Columns => include_str!("template/columns.json"),
        };
        out.write_all(text.as_bytes()).map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}
