//! What a batch answers to one request.

use std::{
    borrow::Cow,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{
    super::ward,
    relay::{Block, Item},
};
use crate::{
    json::{Text, iso_date},
    plan::{Entry, Event, Outcome, Plan, PlanStatus, document::PlanDocument},
    quantity::{Decimal, Mass, Volume},
    regimen::Library,
    request::Request,
    saved,
    ward::Settings,
};

/// What is needed to answer.
pub(super) struct Answers {
    library: &'static Library,
    ward: Option<Settings>,
    brief: bool,
}

/// A request that cannot be used: the field, for the count, and the reason.
struct NotUsable {
    field: String,
    error: String,
}

impl Answers {
    pub(super) fn new(library: &'static Library, ward: Option<Settings>, brief: bool) -> Self {
        Self { library, ward, brief }
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
        let plan = ward::plan(request, self.library, self.ward.as_ref())
            .map_err(|refused| NotUsable { field: refused.unusable.path.to_owned(), error: refused.to_string() })?;
        block.tally.count(&plan);
        if self.brief {
            write(&mut block.output, &Brief::of(&plan));
        } else {
            saved::line(&plan, &mut block.output);
        }
        Ok(())
    }
}

fn write(to: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(to, value).expect("made of text and numbers");
}

/// A line of the output.
pub(in crate::cli) enum Line {}

impl JsonSchema for Line {
    fn schema_name() -> Cow<'static, str> {
        "Line".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "a plan, with --brief a short line, or why there is none",
            "anyOf": [
                generator.subschema_for::<PlanDocument<'static>>(),
                generator.subschema_for::<Brief<'static>>(),
                generator.subschema_for::<Unusable>(),
            ]
        })
    }
}

/// A request that cannot be used.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "NotUsable", deny_unknown_fields)]
struct Unusable {
    /// The line of the request.
    line: u64,
    /// What is wrong with it.
    error: String,
}

/// A plan in one short line.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Brief<'a> {
    /// The patient's identifier.
    id: Option<&'a str>,
    /// What may be done with the plan.
    status: PlanStatus,
    /// Six decimals, cut off.
    creatinine_clearance_ml_per_min: Option<Decimal>,
    /// The dose; null when stopped.
    dose_mg: Option<Mass>,
    /// The volume to draw up, or to inject.
    draw_up_ml: Option<Volume>,
    /// The days of the doses; none when stopped.
    #[schemars(with = "Vec<DoseDay>")]
    doses: Doses<'a>,
}

/// The days of the doses of a schedule.
struct Doses<'a>(&'a [Entry]);

/// The day of a dose.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DoseDay {
    /// The day.
    #[serde(serialize_with = "iso_date")]
    date: NaiveDate,
    /// The day it was planned for.
    #[serde(serialize_with = "iso_date")]
    planned_date: NaiveDate,
}

impl Serialize for Doses<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let doses = self.0.iter().filter(|entry| matches!(entry.event, Event::Dose { .. }));
        serializer.collect_seq(doses.map(|it| DoseDay { date: it.date, planned_date: it.planned_date }))
    }
}

impl<'a> Brief<'a> {
    fn of(plan: &'a Plan) -> Self {
        let dosed = match plan.outcome() {
            Outcome::Dosed(dosed) => Some(dosed),
            Outcome::Stopped => None,
        };
        Self {
            id: plan.request().patient.id.as_ref().map(Text::as_str),
            status: plan.status(),
            creatinine_clearance_ml_per_min: plan.renal().map(|renal| renal.clearance),
            dose_mg: dosed.map(|dosed| dosed.dosing.mass),
            draw_up_ml: dosed.and_then(|dosed| dosed.dosing.preparation.draw_up),
            doses: Doses(dosed.map_or(&[], |dosed| &dosed.schedule.entries)),
        }
    }
}
