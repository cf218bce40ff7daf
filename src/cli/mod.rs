//! The commands. They read, call the engine and print; they contain no rule.

mod batch;
mod completions;
mod environment;
mod export;
mod failure;
mod forecast;
mod format;
mod manual;
#[cfg(feature = "pdf")]
mod page;
mod plan;
mod recheck;
mod regimens;
mod schema;
mod template;
mod ward;
#[cfg(feature = "tui")]
mod wizard;

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::{files, regimen::Library};
use failure::Failure;

/// Dose, preparation and dated schedule of bone-modifying agents for patients with cancer in the bone.
///
/// Decision support for trained staff, who remain responsible.
#[derive(Parser)]
#[command(name = "osteodose", version, max_term_width = 100)]
#[cfg_attr(feature = "tui", command(args_conflicts_with_subcommands = true))]
struct Cli {
    #[cfg(feature = "tui")]
    #[command(flatten)]
    wizard: wizard::Wizard,
    #[cfg(feature = "tui")]
    #[command(subcommand)]
    command: Option<Command>,
    #[cfg(not(feature = "tui"))]
    #[command(subcommand)]
    command: Command,
}

impl Cli {
    fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        #[cfg(feature = "tui")]
        return match &self.command {
            Some(command) => command.run(out),
            None => self.wizard.run(out),
        };
        #[cfg(not(feature = "tui"))]
        self.command.run(out)
    }
}

#[derive(Subcommand)]
enum Command {
    Plan(plan::Plan),
    Batch(batch::Batch),
    Export(export::Export),
    Forecast(forecast::Forecast),
    Recheck(recheck::Recheck),
    Schema(schema::Schema),
    Template(template::Template),
    #[command(subcommand)]
    Regimens(regimens::Regimens),
    Completions(completions::Completions),
    Manual(manual::Manual),
}

impl Command {
    fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        match self {
            Self::Plan(command) => command.run(out),
            Self::Batch(command) => command.run(out),
            Self::Export(command) => command.run(out),
            Self::Forecast(command) => command.run(out),
            Self::Recheck(command) => command.run(out),
            Self::Schema(command) => command.run(out),
            Self::Template(command) => command.run(out),
            Self::Regimens(command) => command.run(out),
            Self::Completions(command) => command.run(out),
            Self::Manual(command) => command.run(out),
        }
    }
}

/// The library that a command uses.
#[derive(Args)]
struct LibraryArgs {
    /// Directory of the hospital's own regimens, which replace the shipped ones of the same name; by default
    /// osteodose/regimens in the configuration folder, if it exists
    #[arg(long, value_name = "DIR")]
    regimens: Option<PathBuf>,
}

impl LibraryArgs {
    /// The directory given, or the one in the configuration folder.
    fn directory(&self) -> Option<PathBuf> {
        self.regimens.clone().or_else(files::configured_regimens)
    }

    fn load(&self) -> Result<&'static Library, Failure> {
        self.directory().as_deref().map_or_else(|| Ok(Library::shipped()), load)
    }
}

/// Loads a hospital's library.
fn load(directory: &Path) -> Result<&'static Library, Failure> {
    let files = files::regimens(directory).map_err(|error| Failure::unreadable(directory, &error))?;
    Library::with_local(files).map_err(|faults| Failure::library(directory, &faults))
}

/// Every command and option; help, completion and manual are made from it.
pub fn definition() -> clap::Command {
    Cli::command()
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output with status 0; anything else is not usable.
            let printed = error.print();
            return ExitCode::from(if error.use_stderr() || printed.is_err() { 2 } else { 0 });
        }
    };
    // Not locked: the form gives the terminal back from other threads too.
    let mut out = io::BufWriter::new(io::stdout());
    let result =
        cli.run(&mut out).and_then(|status| out.flush().map(|()| status).map_err(|error| Failure::output(&error)));
    match result {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            failure.print();
            failure.status()
        }
    }
}
