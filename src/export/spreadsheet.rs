//! The plan as a table for a spreadsheet: one row for each visit, and every row is complete in itself.

use chrono::NaiveDate;
use csv::{Terminator, WriterBuilder};
use serde::{Serialize, Serializer};

use super::{BYTE_ORDER_MARK, Cell, Given, Options, PROGRAM, kind};
use crate::{
    json::Text,
    plan::{Dosed, Event, Moved, Open, PlanStatus, SecondCheckResult},
    present::{self, Visit, uses_diluent},
    quantity::{Decimal, Mass, Volume},
    regimen::Kidney,
    words::{export as words, one_of, spoken, summary},
};

/// The plan as a table: RFC 4180, with a row of names, and no cell that a spreadsheet would compute.
///
/// # Panics
/// Never: rows are made of text and numbers, and are written to memory.
pub(super) fn spreadsheet(given: Given<'_>, options: &Options) -> Vec<u8> {
    let table = BYTE_ORDER_MARK.as_bytes().to_vec();
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(table);
    for (row, visit) in (1..).zip(&present::visits(given.plan)) {
        writer.serialize(VisitRow::of(given, options, row, visit)).expect("a row is made of text and numbers");
    }
    writer.into_inner().expect("memory takes what is written")
}

/// A row of the table; the names of its fields are the names of the columns.
#[derive(Serialize)]
struct VisitRow<'a> {
    row: u32,
    patient_id: Cell,
    #[serde(skip_serializing_if = "Option::is_none")]
    patient_name: Option<Cell>,
    birth_date: NaiveDate,
    allergies: Cell,
    status: PlanStatus,
    /// What marks a plan that must not be followed yet, or "no".
    provisional: Cell,
    date: NaiveDate,
    kind: &'static str,
    number: Option<u16>,
    /// What is given, as people read it.
    given: Option<Cell>,
    drug: Cell,
    dose_mg: Option<Number>,
    units: Option<u32>,
    days: Option<u16>,
    /// What is checked first, as people read it.
    checks_first: Option<Cell>,
    /// The same in the words of the interface.
    checks: Option<Cell>,
    hold_at: Option<Cell>,
    must_keep_band: Option<Cell>,
    notes: Option<Cell>,
    planned_date: NaiveDate,
    moved_because: Option<Moved>,
    brands: Cell,
    product: Cell,
    frequency: Cell,
    indication: Cell,
    tumour: Cell,
    route: Cell,
    /// The dose with how it is prepared, as people read it.
    preparation: Option<Cell>,
    open: Option<Cell>,
    draw_up_ml: Option<Number>,
    remove_and_replace_ml: Option<Number>,
    bag_ml: Option<Number>,
    diluents: Option<Cell>,
    minimum_minutes: Option<u16>,
    maximum_rate_ml_per_h: Option<u32>,
    findings: Cell,
    prepared_by: Cell,
    second_check: SecondCheckResult,
    second_check_by: Cell,
    regimen: Cell,
    regimen_origin: String,
    sources: Cell,
    regimens_sha256: &'a str,
    program: &'static str,
}

impl<'a> VisitRow<'a> {
    fn of(given: Given<'a>, options: &Options, row: u32, visit: &Visit) -> Self {
        let Given { plan, dosed } = given;
        let (request, dosing) = (plan.request(), &dosed.dosing);
        let (patient, drug, regimen) = (&request.patient, dosing.listed.drug, dosing.listed.regimen);
        let marked = Marked::of(dosed, visit);
        // Volumes are in the row of a dose alone, so that a column can be added up.
        let preparation = marked.dose_mg.is_some().then_some(&dosing.preparation);
        let volume = |volume: Option<Volume>| volume.map(|it| Number(it.in_millilitres()));
        let names = |texts: &[Text]| one_of(texts);
        let moved = visit.moved.as_ref();
        let notes: Vec<&str> = visit.notes.iter().map(String::as_str).chain(moved.map(|it| it.text.as_str())).collect();
        let unless_empty = |text: String| (!text.is_empty()).then(|| Cell::of(&text));
        Self {
            row,
            patient_id: Cell::entered(patient.id.as_ref()),
            patient_name: options.with_name.then(|| Cell::entered(patient.name.as_ref())),
            birth_date: patient.birth_date,
            allergies: Cell::of(spoken::allergies(patient.allergies.as_ref().map(Text::as_str))),
            status: plan.status(),
            provisional: Cell::of(&given.provisional().unwrap_or_else(|| words::NOT_PROVISIONAL.to_owned())),
            date: visit.date,
            kind: marked.kind,
            number: visit.number,
            given: present::given_said(dosed, visit).map(|text| Cell::of(&text)),
            drug: Cell::of(drug.name.as_str()),
            dose_mg: marked.dose_mg.map(|mass| Number(mass.in_milligrams())),
            units: marked.units,
            days: marked.days,
            checks_first: unless_empty(present::checks_said(visit)),
            checks: unless_empty(marked.checks.join("; ")),
            hold_at: visit.hold_at.as_deref().map(Cell::of),
            must_keep_band: marked.must_keep_band.map(|band| Cell::of(&band.to_string())),
            notes: unless_empty(notes.join("; ")),
            planned_date: moved.map_or(visit.date, |it| it.planned),
            moved_because: moved.map(|it| it.why),
            brands: Cell::of(&names(&drug.brands)),
            product: Cell::of(&spoken::marked(dosing.product.name.as_str(), dosing.product.verification)),
            frequency: Cell::of(&crate::words::frequency(&dosing.frequency)),
            indication: Cell::of(spoken::indication(request.indication)),
            tumour: Cell::of(spoken::tumour(request.tumour)),
            route: Cell::of(spoken::route(regimen.route)),
            preparation: visit.number.map(|_| Cell::of(&given.preparation_said().join("; "))),
            open: preparation.map(|it| Cell::of(&opened(&it.open))),
            draw_up_ml: preparation.and_then(|it| volume(it.draw_up)),
            remove_and_replace_ml: preparation.and_then(|it| volume(it.remove_and_replace)),
            bag_ml: preparation.and_then(|it| volume(it.bag)),
            diluents: preparation.filter(|_| uses_diluent(dosing)).map(|it| Cell::of(&names(it.diluents))),
            minimum_minutes: preparation.and_then(|it| it.minimum_minutes),
            maximum_rate_ml_per_h: preparation.and_then(|it| it.maximum_rate),
            findings: Cell::of(&given.findings_said().join(" | ")),
            prepared_by: Cell::entered(request.prepared_by.as_ref()),
            second_check: plan.second_check(),
            second_check_by: Cell::entered(request.second_check.as_ref().map(|second| &second.by)),
            regimen: Cell::of(&regimen.path(&drug.drug)),
            regimen_origin: summary::origin_in_short(dosing.listed),
            sources: Cell::of(&given.sources_said()),
            regimens_sha256: plan.library().digest(),
            program: PROGRAM,
        }
    }
}

/// Containers by the words of the interface, with how many of each.
fn opened(open: &[Open]) -> String {
    let opened: Vec<String> = open.iter().map(|it| format!("{} × {}", it.count, it.container)).collect();
    opened.join(", ")
}

/// What is in the entries of a visit.
struct Marked {
    /// The kind of its most important entry.
    kind: &'static str,
    dose_mg: Option<Mass>,
    units: Option<u32>,
    days: Option<u16>,
    checks: Vec<&'static str>,
    must_keep_band: Option<Kidney>,
}

impl Marked {
    fn of(dosed: &Dosed, visit: &Visit) -> Self {
        let mut marked =
            Self { kind: "check", dose_mg: None, units: None, days: None, checks: Vec::new(), must_keep_band: None };
        let entries = visit.entries.iter().filter_map(|at| dosed.schedule.entries.get(*at));
        for event in entries.map(|entry| &entry.event) {
            match event {
                Event::Dose { mass, .. } => (marked.kind, marked.dose_mg) = (kind(event), Some(*mass)),
                Event::Supply { units, days, .. } => {
                    (marked.kind, marked.units, marked.days) = (kind(event), Some(*units), Some(*days));
                }
                Event::Check { what, must_keep_band, .. } => {
                    marked.checks.push(what.as_str());
                    marked.must_keep_band = marked.must_keep_band.or(*must_keep_band);
                }
                Event::Review { .. } if visit.number.is_none() => marked.kind = kind(event),
                Event::Review { .. } => {}
            }
        }
        marked
    }
}

/// A number with a decimal point and without an exponent.
struct Number(Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
