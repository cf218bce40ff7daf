//! `osteodose plan`: one request in, one plan out; or a file for each of several requests.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;

use super::{
    Failure, LibraryArgs,
    format::FormatArgs,
    several::each,
    target::TargetArgs,
    waiting,
    ward::{self, WardArgs},
};
use crate::{
    dosing, files,
    json::{Expected, Fault, Kind, Problem, Syntax, printable},
    patient::damaged_by_a_spreadsheet,
    plan,
    regimen::Library,
    request::Request,
    ward::Settings,
    words::{command as words, manual::exit_status, summary::damaged_identifier},
};

/// Make a plan from a request
#[derive(Args)]
#[command(after_help = exit_status("plan"))]
pub(super) struct Plan {
    /// Request file, or - for standard input; several files with --output-dir
    #[arg(default_value = "-", value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    format: FormatArgs,
    #[command(flatten)]
    target: TargetArgs,
    #[command(flatten)]
    library: LibraryArgs,
    #[command(flatten)]
    ward: WardArgs,
}

impl Plan {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let jobs = self.target.jobs(
            &self.files,
            &[self.library.folder(), self.ward.file(), self.format.replaced(), self.format.font()],
            self.format.ending(),
        )?;
        let library = self.library.load()?;
        let settings = self.ward.load(library)?;
        let options = self.format.options(&jobs)?;
        each(&jobs, self.target.quiet, |job| {
            if !self.target.quiet {
                waiting::say(&job.input, words::A_REQUEST);
            }
            let plan = make(&job.input, library, settings.as_ref())?;
            self.format.write(&plan, job, &options, out)
        })
    }
}

/// Makes the plan of the request in a file.
fn make(file: &Path, library: &'static Library, ward: Option<&Settings>) -> Result<plan::Plan, Failure> {
    let bytes = files::read(file).map_err(|error| Failure::unreadable(file, &error))?;
    let request = Request::parse(&bytes).map_err(|faults| not_a_request(file, &bytes, &faults, library))?;
    let id = request.patient.id.clone();
    let plan = ward::plan(request, library, ward).map_err(|why| Failure::of_file(file, why))?;
    if let Some(id) = id.filter(|id| damaged_by_a_spreadsheet(id.as_str())) {
        Failure::of_file(file, damaged_identifier(&printable(id.as_str()))).print();
    }
    Ok(plan)
}

/// Everything that is wrong with a request, and what the file may be instead.
fn not_a_request(file: &Path, document: &[u8], faults: &[Fault], library: &'static Library) -> Failure {
    if plan::is_plan(document) {
        return Failure::of_file(file, words::A_SAVED_PLAN);
    }
    let mut reasons: Vec<String> = faults.iter().map(Fault::to_string).collect();
    reasons.extend(unknown_drug(document, faults, library));
    reasons.extend(faults.first().and_then(instead).map(str::to_owned));
    Failure::faulty(file, &reasons)
}

/// That the library does not have the drug of a request that cannot be used: the drug is looked up when the plan is
/// made, and here it does not come to that.
pub(super) fn unknown_drug(document: &[u8], faults: &[Fault], library: &'static Library) -> Option<String> {
    let is_faulty = faults.iter().any(|fault| ["", "treatment", "treatment.drug"].contains(&fault.path.as_str()));
    let drug = Request::drug_asked_for(document).filter(|_| !is_faulty)?;
    dosing::unknown_drug(drug.as_str(), library).map(|why| why.to_string())
}

/// What to do with what is more than one request.
fn instead(fault: &Fault) -> Option<&'static str> {
    match fault.problem {
        Problem::WrongKind { expected: Expected::Object, found: Kind::List, .. } if fault.path.is_empty() => {
            Some(words::A_LIST_OF_REQUESTS)
        }
        Problem::Syntax(Syntax::Trailing) => Some(words::SEVERAL_REQUESTS),
        _ => None,
    }
}
