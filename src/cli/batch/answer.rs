//! What a batch answers to one request.

use std::{
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};

use serde::Serialize;

use super::relay::{Block, Item};
use crate::{
    dosing,
    json::{Text, iso},
    plan::{Event, Outcome, Plan, PlanStatus},
    quantity::{Decimal, Mass, Volume},
    regimen::Library,
    request::Request,
    saved,
};

/// What answers need.
pub(super) struct Answers {
    library: &'static Library,
    brief: bool,
}

/// A request that cannot be used: the field, for the count, and the reason.
struct NotUsable {
    field: String,
    error: String,
}

impl Answers {
    pub(super) fn new(library: &'static Library, brief: bool) -> Self {
        Self { library, brief }
    }

    /// Answers every request of a block.
    pub(super) fn answer(&self, block: &mut Block) {
        for item in std::mem::take(&mut block.items) {
            let (line, answered) = match item {
                Item::Unusable { line, error } => (line, Err(NotUsable { field: String::new(), error })),
                Item::Request { line, text } => (line, self.answer_safely(block, text)),
            };
            if let Err(NotUsable { field, error }) = answered {
                block.tally.count_unusable(field);
                write(&mut block.output, &Unusable { line, error });
            }
            block.output.push(b'\n');
        }
    }

    /// A patient for whom the program fails must not cost the others their plans.
    fn answer_safely(&self, block: &mut Block, text: Range<usize>) -> Result<(), NotUsable> {
        let before = block.output.len();
        catch_unwind(AssertUnwindSafe(|| self.answer_one(block, text))).unwrap_or_else(|_| {
            block.output.truncate(before);
            let error = "the program failed for this request; please report it".to_owned();
            Err(NotUsable { field: String::new(), error })
        })
    }

    fn answer_one(&self, block: &mut Block, text: Range<usize>) -> Result<(), NotUsable> {
        let request = Request::parse(&block.text[text]).map_err(|faults| {
            let first = &faults[0];
            NotUsable { field: first.path.clone(), error: first.to_string() }
        })?;
        let plan = dosing::plan(request, self.library)
            .map_err(|unusable| NotUsable { field: unusable.path.to_owned(), error: unusable.to_string() })?;
        block.tally.count(&plan);
        if self.brief {
            brief(&plan, &mut block.output);
        } else {
            saved::line(&plan, &mut block.output);
        }
        Ok(())
    }
}

fn write(to: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(to, value).expect("made of text and numbers");
}

#[derive(Serialize)]
struct Unusable {
    line: u64,
    error: String,
}

/// A plan in one short line, but for its doses.
#[derive(Serialize)]
struct Brief<'a> {
    id: Option<&'a str>,
    status: PlanStatus,
    creatinine_clearance_ml_per_min: Option<Decimal>,
    dose_mg: Option<Mass>,
    draw_up_ml: Option<Volume>,
}

/// Adds a plan as one short line.
fn brief(plan: &Plan, to: &mut Vec<u8>) {
    let dosed = match plan.outcome() {
        Outcome::Dosed(dosed) => Some(dosed),
        Outcome::Stopped => None,
    };
    let beginning = Brief {
        id: plan.request().patient.id.as_ref().map(Text::as_str),
        status: plan.status(),
        creatinine_clearance_ml_per_min: plan.renal().map(|renal| renal.clearance),
        dose_mg: dosed.map(|dosed| dosed.dosing.mass),
        draw_up_ml: dosed.and_then(|dosed| dosed.dosing.preparation.draw_up),
    };
    write(to, &beginning);
    // Dates need no care about quotes, and there are many: their places are written as they are.
    to.pop();
    to.extend_from_slice(b",\"doses\":[");
    let entries = dosed.iter().flat_map(|dosed| &dosed.schedule.entries);
    for (at, entry) in entries.filter(|entry| matches!(entry.event, Event::Dose { .. })).enumerate() {
        if at > 0 {
            to.push(b',');
        }
        to.extend_from_slice(b"{\"date\":\"");
        to.extend_from_slice(&iso(entry.date));
        to.extend_from_slice(b"\",\"planned_date\":\"");
        to.extend_from_slice(&iso(entry.planned_date));
        to.extend_from_slice(b"\"}");
    }
    to.extend_from_slice(b"]}");
}
