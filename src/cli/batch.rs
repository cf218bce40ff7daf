//! `osteodose batch`: one request a line in, one plan a line out, in the same order.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
};

use clap::Args;
use serde::Serialize;

use super::{Failure, LibraryArgs};
use crate::{
    dosing,
    dosing::Event,
    plan::{Outcome, Plan, PlanStatus},
    quantity::{Decimal, Mass, Volume},
    regimen::Library,
    request::Request,
    saved,
};

/// Make plans for JSON Lines: exit status 0 all usable, 1 some were not
#[derive(Args)]
pub(super) struct Batch {
    /// File with one request a line, or - for standard input
    #[arg(default_value = "-")]
    file: PathBuf,
    /// One short line a patient: id, status, clearance, dose, volume and dose dates
    #[arg(long)]
    brief: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

impl Batch {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let library = self.library.load()?;
        let unreadable = |error| Failure::unreadable(&self.file, &error);
        let mut input: Box<dyn BufRead> = if self.file == Path::new("-") {
            Box::new(io::stdin().lock())
        } else {
            Box::new(BufReader::new(File::open(&self.file).map_err(unreadable)?))
        };
        let mut all_usable = true;
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            if input.read_until(b'\n', &mut line).map_err(unreadable)? == 0 {
                break;
            }
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            let answer = self.answer(&line, &library).unwrap_or_else(|error| {
                all_usable = false;
                json(&Unusable { line: number, error })
            });
            writeln!(out, "{answer}").map_err(|error| Failure::output(&error))?;
        }
        Ok(u8::from(!all_usable))
    }

    fn answer(&self, line: &[u8], library: &Library) -> Result<String, String> {
        let request = Request::parse(line).map_err(|faults| faults[0].to_string())?;
        let plan = dosing::plan(&request, library).map_err(|unusable| unusable.to_string())?;
        Ok(if self.brief { json(&Brief::of(&plan)) } else { saved::line(&plan) })
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("made of text and numbers")
}

#[derive(Serialize)]
struct Unusable {
    line: u64,
    error: String,
}

/// A plan in one short line.
#[derive(Serialize)]
struct Brief<'a> {
    id: Option<&'a str>,
    status: PlanStatus,
    creatinine_clearance_ml_per_min: Option<Decimal>,
    dose_mg: Option<Mass>,
    draw_up_ml: Option<Volume>,
    doses: Vec<BriefDose>,
}

#[derive(Serialize)]
struct BriefDose {
    date: chrono::NaiveDate,
    planned_date: chrono::NaiveDate,
}

impl<'a> Brief<'a> {
    fn of(plan: &Plan<'a>) -> Self {
        let dosed = match plan.outcome() {
            Outcome::Dosed(dosed) => Some(dosed),
            Outcome::Stopped => None,
        };
        let entries = dosed.iter().flat_map(|dosed| &dosed.schedule.entries);
        Self {
            id: plan.request().patient.id.as_ref().map(crate::json::Text::as_str),
            status: plan.status(),
            creatinine_clearance_ml_per_min: plan.renal().map(|renal| renal.clearance),
            dose_mg: dosed.map(|dosed| dosed.dosing.mass),
            draw_up_ml: dosed.and_then(|dosed| dosed.dosing.preparation.draw_up),
            doses: entries
                .filter(|entry| matches!(entry.event, Event::Dose { .. }))
                .map(|entry| BriefDose { date: entry.date, planned_date: entry.planned_date })
                .collect(),
        }
    }
}
