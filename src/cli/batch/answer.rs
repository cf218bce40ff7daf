//! What a batch answers to one request.

use std::{
    borrow::Cow,
    io::BufRead,
    ops::Range,
    panic::{AssertUnwindSafe, catch_unwind},
};

use chrono::NaiveDate;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::{
    super::{plan, ward},
    relay::{Block, Item},
    roster::Patient,
};
use crate::{
    dosing::{self, Stated},
    json::{Fault, Node, Problem, Text, iso_date, printable},
    plan::{Entry, Event, Outcome, Plan, PlanStatus, Why, document::PlanDocument},
    quantity::{Decimal, Mass, Volume},
    regimen::Library,
    request::Request,
    saved,
    table::{CellFault, Problem as Cell, Table, words::cell_fault},
    ward::{Refused, Settings},
};

/// What is needed to answer.
pub(super) struct Answers {
    library: &'static Library,
    ward: Option<Settings>,
    brief: bool,
}

/// A request that cannot be used: the field, for the count, and everything that is wrong.
struct NotUsable {
    field: String,
    id: Option<String>,
    errors: Vec<String>,
    /// Whether a columns file could say what a cell means.
    is_foreign: bool,
}

impl NotUsable {
    fn as_a_whole(id: Option<String>, error: String) -> Self {
        Self { field: String::new(), id, errors: vec![error], is_foreign: false }
    }
}

impl Answers {
    pub(super) fn new(library: &'static Library, ward: Option<Settings>, brief: bool) -> Self {
        Self { library, ward, brief }
    }

    /// The library that is used.
    pub(super) fn library(&self) -> &'static Library {
        self.library
    }

    /// Answers every request of a block.
    pub(super) fn answer(&self, block: &mut Block) {
        block.clear_answers();
        let items = std::mem::take(&mut block.items);
        for (at, item) in items.iter().enumerate() {
            let (line, answered) = match item {
                Item::Unusable { line, id, error } => (*line, Err(NotUsable::as_a_whole(id.clone(), error.clone()))),
                Item::Request { line, text, faults } => (*line, self.answer_safely(block, (at, *line), text, faults)),
            };
            if let Err(NotUsable { field, id, errors, is_foreign }) = answered {
                block.tally.count_unusable(field, is_foreign);
                write(&mut block.output, &Unusable::of(line, id, errors));
            }
            block.output.push(b'\n');
        }
        block.items = items;
    }

    /// A patient for whom the program fails must not cost the others their plans.
    fn answer_safely(
        &self,
        block: &mut Block,
        place: (usize, u64),
        text: &Range<usize>,
        faults: &[CellFault],
    ) -> Result<(), NotUsable> {
        let before = block.output.len();
        catch_unwind(AssertUnwindSafe(|| self.answer_one(block, place, text, faults))).unwrap_or_else(|_| {
            block.output.truncate(before);
            let error = "the program failed for this request; please report it".to_owned();
            Err(NotUsable::as_a_whole(None, error))
        })
    }

    fn answer_one(
        &self,
        block: &mut Block,
        (at, line): (usize, u64),
        text: &Range<usize>,
        faults: &[CellFault],
    ) -> Result<(), NotUsable> {
        // Without the end of its line: what is missing at the end is missing in this line.
        let text = block.text[text.clone()].trim_ascii_end();
        let request = match Request::parse(text) {
            Ok(request) if faults.is_empty() => request,
            read => return Err(self.unreadable(text, line, faults, read.err().unwrap_or_default())),
        };
        let plan = ward::plan(request, self.library, self.ward.as_ref()).map_err(|it| self.refused(text, &it))?;
        block.patients.extend(Patient::of(at, line, plan.request(), text));
        block.tally.count(&plan);
        if self.brief {
            write(&mut block.output, &Brief::of(&plan));
        } else {
            saved::line(&plan, &mut block.output);
        }
        Ok(())
    }

    /// Everything about the figures of a request for which there can be no plan.
    fn refused(&self, text: &[u8], refused: &Refused) -> NotUsable {
        let mut errors = vec![refused.to_string()];
        if let Ok(request) = Request::parse(text) {
            let impossible = dosing::impossible(&Stated::from(&request), self.library.limits());
            errors.extend(impossible.iter().filter(|it| **it != refused.unusable).map(ToString::to_string));
        }
        let is_foreign = matches!(refused.unusable.why, Why::NotOneOf { .. });
        NotUsable { field: refused.unusable.path.to_owned(), id: id_of(text), errors, is_foreign }
    }

    /// What is wrong with the cells of a row and the form of its request.
    fn unreadable(&self, text: &[u8], line: u64, cells: &[CellFault], form: Vec<Fault>) -> NotUsable {
        let form = beside_cells(cells, form);
        let mut paths = cells.iter().map(|cell| &cell.path).chain(form.iter().map(|fault| &fault.path));
        let field = paths.next().cloned().unwrap_or_default();
        let is_word = |problem: &Problem| matches!(problem, Problem::NotOneOf { .. } | Problem::Unreadable { .. });
        let is_foreign =
            cells.iter().any(|cell| matches!(cell.problem, Cell::NotANumber { .. } | Cell::NotAFlag { .. }))
                || form.iter().any(|fault| is_word(&fault.problem));
        let errors = sentences(self.library, text, line, cells, form);
        NotUsable { field, id: id_in(text, cells), errors, is_foreign }
    }
}

/// The patient's identifier, and what is wrong with a row of a table of which some columns are not known: its cells, and
/// the fields that have a column.
pub(super) fn faults_of_known<R: BufRead>(
    table: &Table<R>,
    library: &'static Library,
    text: &[u8],
    line: u64,
    cells: &[CellFault],
) -> (Option<String>, Vec<String>) {
    let form = beside_cells(cells, Request::parse(text).err().unwrap_or_default());
    let form = form.into_iter().filter(|fault| table.has(&fault.path)).collect();
    (id_in(text, cells), sentences(library, text, line, cells, form))
}

/// The faults of the form of a request; what a cell could not say is not missing too.
fn beside_cells(cells: &[CellFault], form: Vec<Fault>) -> Vec<Fault> {
    form.into_iter().filter(|fault| !cells.iter().any(|cell| belongs_to(&cell.path, &fault.path))).collect()
}

/// A sentence for each fault of a row or request.
fn sentences(library: &'static Library, text: &[u8], line: u64, cells: &[CellFault], form: Vec<Fault>) -> Vec<String> {
    let drug = plan::unknown_drug(text, &form, library);
    let mut errors: Vec<String> = cells.iter().map(cell_fault).collect();
    errors.extend(form.into_iter().map(|fault| {
        // A request is one line; people look for that of the file.
        let line = usize::try_from(line).map_or(fault.line, |line| fault.line + line - 1);
        Fault { line, ..fault }.to_string()
    }));
    errors.extend(drug);
    errors
}

/// The patient's identifier in a row that cannot be used, a damaged one too.
fn id_in(text: &[u8], cells: &[CellFault]) -> Option<String> {
    let damaged = cells.iter().find_map(|cell| match &cell.problem {
        Cell::Damaged { found } => Some(found.clone()),
        _ => None,
    });
    damaged.or_else(|| id_of(text))
}

/// Whether one of two paths is that of the other, or of a part of it.
fn belongs_to(one: &str, other: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    within(one, other) || within(other, one)
}

/// The patient's identifier in a request that cannot be used.
fn id_of(text: &[u8]) -> Option<String> {
    let root = Node::parse(text).ok()?;
    let patient = root.members()?.into_iter().find(|(key, _)| key == "patient")?.1;
    let id = patient.members()?.into_iter().find(|(key, _)| key == "id")?.1;
    let id = id.text().unwrap_or_else(|| id.source().to_owned());
    (!id.is_empty()).then(|| printable(&id))
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

/// A line for a request that cannot be used.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "NotUsable", deny_unknown_fields)]
struct Unusable {
    /// The line of the request.
    line: u64,
    /// The patient's identifier, where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Everything that is wrong, in one text.
    error: String,
    /// The same one by one, where there is more than one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    errors: Vec<String>,
}

impl Unusable {
    fn of(line: u64, id: Option<String>, errors: Vec<String>) -> Self {
        let error = errors.join("; ");
        Self { line, id, error, errors: if errors.len() > 1 { errors } else { Vec::new() } }
    }
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
