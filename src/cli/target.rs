//! Where a command writes what it makes: standard output, a file, or a file for each input in a folder.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{Failure, failure::name};
use crate::{
    files::{Saved, is_standard_input, save},
    words::command as words,
};

/// The output of a command.
#[derive(Args)]
pub(super) struct TargetArgs {
    /// Write to this file instead of standard output (-); an existing file is kept, unless --force is given
    #[arg(short, long, value_name = "FILE", conflicts_with = "output_dir")]
    output: Option<PathBuf>,
    /// Write a file for each input to this folder, with the name of the input and the ending of the format
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// Replace existing files
    #[arg(long)]
    force: bool,
    /// Write no summary, progress or reminder to standard error
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// An input, and where what is made of it is written.
pub(super) struct Job {
    /// The file, or `-` for standard input.
    pub(super) input: PathBuf,
    /// The output.
    pub(super) target: Target,
}

/// Where something is written.
pub(super) enum Target {
    /// To standard output.
    StandardOutput,
    /// To a file, which replaces another only if that is asked for.
    File {
        /// Its name.
        path: PathBuf,
        /// Whether it replaces another.
        replace: bool,
    },
}

impl TargetArgs {
    /// Each input with its output, in their order. What else is read, files and folders, is not replaced either.
    ///
    /// # Errors
    /// Whatever is wrong with the names of the outputs, before anything is written.
    pub(super) fn jobs(&self, inputs: &[PathBuf], read: &[Option<&Path>], ending: &str) -> Result<Vec<Job>, Failure> {
        let targets: Vec<Target> = match (&self.output_dir, inputs) {
            (Some(folder), _) => self.in_folder(folder, inputs, ending)?,
            (None, [_]) => vec![self.one()],
            (None, _) => return Err(Failure::not_usable(words::NO_FOLDER)),
        };
        let jobs: Vec<Job> =
            inputs.iter().zip(targets).map(|(input, target)| Job { input: input.clone(), target }).collect();
        let read: Vec<PathBuf> = read.iter().flatten().map(|it| it.to_path_buf()).chain(inputs.to_vec()).collect();
        let overwritten = jobs.iter().filter_map(|job| job.target.path()).filter(|path| is_one_of(path, &read));
        let faults: Vec<String> = overwritten.map(|path| fault(path, words::AN_INPUT)).collect();
        none_of(faults)?;
        Ok(jobs)
    }

    fn one(&self) -> Target {
        match &self.output {
            Some(path) if path != Path::new("-") => Target::File { path: path.clone(), replace: self.force },
            _ => Target::StandardOutput,
        }
    }

    /// A file in a folder for each input.
    fn in_folder(&self, folder: &Path, inputs: &[PathBuf], ending: &str) -> Result<Vec<Target>, Failure> {
        if !folder.is_dir() {
            return Err(Failure::of_file(folder, words::NOT_A_FOLDER));
        }
        let mut faults = Vec::new();
        let mut targets = Vec::new();
        // Some systems do not tell capitals from small letters.
        let mut earlier: BTreeMap<String, &Path> = BTreeMap::new();
        for input in inputs {
            let Some(stem) = input.file_stem().filter(|_| input != Path::new("-")) else {
                faults.push(fault(input, words::NO_NAME));
                continue;
            };
            let mut file = OsString::from(stem);
            file.push(ending);
            let path = folder.join(&file);
            if let Some(other) = earlier.insert(file.to_string_lossy().to_lowercase(), input) {
                faults.push(words::same_output(&name(other), &name(input), &name(&path)));
            } else if !self.force && fs::symlink_metadata(&path).is_ok() && !is_one_of(&path, inputs) {
                faults.push(fault(&path, words::EXISTS));
            }
            targets.push(Target::File { path, replace: self.force });
        }
        none_of(faults)?;
        Ok(targets)
    }
}

fn fault(path: &Path, why: &str) -> String {
    format!("{}: {why}", name(path))
}

/// Refuses to begin if there is a fault.
fn none_of(mut faults: Vec<String>) -> Result<(), Failure> {
    if faults.is_empty() {
        return Ok(());
    }
    faults.push(words::NOTHING_WRITTEN.to_owned());
    Err(Failure::several(faults))
}

/// Whether a file that is there is one of the inputs, or in one that is a folder.
fn is_one_of(path: &Path, inputs: &[PathBuf]) -> bool {
    let Ok(path) = fs::canonicalize(path) else { return false };
    if inputs.iter().any(|input| input == Path::new("-")) && is_standard_input(&path) {
        return true;
    }
    inputs.iter().filter_map(|input| fs::canonicalize(input).ok()).any(|input| path.starts_with(input))
}

impl Target {
    /// The file.
    pub(super) fn path(&self) -> Option<&Path> {
        match self {
            Self::StandardOutput => None,
            Self::File { path, .. } => Some(path),
        }
    }

    /// Writes something whole.
    pub(super) fn write(&self, content: &[u8], out: &mut impl Write) -> Result<(), Failure> {
        let Self::File { path, replace } = self else {
            return out.write_all(content).map_err(|error| Failure::output(&error));
        };
        match save(path, content, *replace) {
            Ok(Saved::Written) => Ok(()),
            Ok(Saved::Exists) => Err(Failure::exists(path)),
            Err(error) => Err(Failure::unwritable(path, &error)),
        }
    }
}
