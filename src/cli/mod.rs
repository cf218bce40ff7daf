//! The commands. They read, call the engine and print; they contain no rule.

mod batch;
mod command_line;
mod completions;
mod environment;
mod export;
mod failure;
mod forecast;
mod format;
mod licences;
mod manual;
#[cfg(feature = "pdf")]
mod page;
mod plan;
mod recheck;
mod regimens;
#[cfg(feature = "ward")]
mod register;
mod schema;
mod several;
mod target;
mod template;
#[cfg(any(feature = "pdf", feature = "tui", feature = "ward"))]
mod time_zone;
mod waiting;
mod ward;
#[cfg(feature = "tui")]
mod wizard;

use std::{
    io::{self, Write},
    panic::{self, AssertUnwindSafe},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, CommandFactory, Parser, Subcommand};

#[cfg(feature = "ward")]
use crate::regimen::{LibraryFile, Origin, SHIPPED};
use crate::{
    files::{self, OwnRegimens},
    json::unhidden,
    regimen::{Library, is_digest},
    words,
};
use failure::Failure;

/// Dose, preparation and dated schedule of bone-modifying agents for patients with cancer in the bone.
///
/// Decision support for trained staff, who remain responsible.
#[derive(Parser)]
#[command(name = "osteodose", version, max_term_width = 100, after_help = words::manual::OPTIONS_ANYWHERE)]
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
    #[cfg(feature = "ward")]
    #[command(subcommand)]
    Ward(register::Ward),
    Completions(completions::Completions),
    Manual(manual::Manual),
    Licences(licences::Licences),
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
            #[cfg(feature = "ward")]
            Self::Ward(command) => command.run(out),
            Self::Completions(command) => command.run(out),
            Self::Manual(command) => command.run(out),
            Self::Licences(command) => command.run(out),
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
    /// Refuse any other library than the one with this digest, which "osteodose regimens list" prints
    #[arg(long, value_name = "DIGEST", value_parser = digest)]
    require_library: Option<String>,
}

impl LibraryArgs {
    /// The directory that is named.
    fn folder(&self) -> Option<&Path> {
        self.regimens.as_deref()
    }

    /// The files of the library: the hospital's own, and the shipped ones of other names.
    #[cfg(feature = "ward")]
    fn files(&self) -> Result<Vec<LibraryFile>, Failure> {
        let mut files = own_regimens(self.regimens.as_deref())?.map_or_else(Vec::new, |(_, own)| own.files);
        for (name, bytes) in
            SHIPPED.iter().filter(|(name, _)| files.iter().all(|own| own.name != *name)).collect::<Vec<_>>()
        {
            files.push(LibraryFile { name: (*name).to_owned(), bytes: bytes.to_vec(), origin: Origin::Shipped });
        }
        files.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(files)
    }

    fn load(&self) -> Result<&'static Library, Failure> {
        let library = match own_regimens(self.regimens.as_deref())? {
            Some((directory, own)) => load(&directory, own)?,
            None => Library::shipped(),
        };
        match &self.require_library {
            Some(required) if required != library.digest() => Err(Failure::other_library(required, library.digest())),
            _ => Ok(library),
        }
    }
}

/// Reads the digest of a library.
fn digest(text: &str) -> Result<String, String> {
    if is_digest(text) { Ok(text.to_owned()) } else { Err(words::ward::NOT_A_DIGEST.to_owned()) }
}

/// The hospital's own regimens: those in the directory named, or in the configured one; none if there is neither.
fn own_regimens(named: Option<&Path>) -> Result<Option<(PathBuf, OwnRegimens)>, Failure> {
    if let Some(directory) = named {
        let own = files::regimens(directory).map_err(|error| Failure::unreadable(directory, &error))?;
        return Ok(Some((directory.to_owned(), own)));
    }
    match files::configured_regimens() {
        None => Ok(None),
        Some((directory, Ok(own))) => Ok(Some((directory, own))),
        Some((directory, Err(error))) => Err(Failure::configured(&directory, &error)),
    }
}

/// Proves a hospital's library.
fn load(directory: &Path, own: OwnRegimens) -> Result<&'static Library, Failure> {
    if !own.exposed.is_empty() {
        return Err(Failure::library(directory, &own.exposed));
    }
    Library::with_local(own.files).map_err(|faults| Failure::library(directory, &faults))
}

/// Every command and option; help, completion and manual are made from it.
pub fn definition() -> clap::Command {
    Cli::command()
}

/// Runs the program.
pub fn main() -> ExitCode {
    let words = command_line::command_first(std::env::args_os(), &definition());
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => {
            let said = error.render().to_string();
            if error.use_stderr() && said.lines().any(|line| unhidden(line) != line) {
                // A word of the command line that would change how the message looks is shown and not obeyed.
                Failure::several(said.lines().map(str::to_owned).collect()).print();
                return ExitCode::from(2);
            }
            // Help and version go to standard output with status 0; anything else is not usable.
            let printed = error.print();
            return ExitCode::from(if error.use_stderr() || printed.is_err() { 2 } else { 0 });
        }
    };
    // Not locked: the form gives the terminal back from other threads too.
    let mut out = io::BufWriter::new(io::stdout());
    // A figure that does not fit, and any other fault of the program, ends it; what went wrong was written already.
    let run = panic::catch_unwind(AssertUnwindSafe(|| cli.run(&mut out))).unwrap_or_else(|_| Err(Failure::fault()));
    let flushed = |status| out.flush().map(|()| status).map_err(|error| Failure::output(&error).with_own(status));
    let result = run.and_then(flushed);
    match result {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            failure.print();
            ExitCode::from(failure.status())
        }
    }
}
