//! The plan as a table for a spreadsheet: one row for each entry of the schedule, and every row is complete in itself.

use chrono::NaiveDate;
use csv::{Terminator, WriterBuilder};
use serde::{Serialize, Serializer};

use super::{Cell, Given, Options, PROGRAM, kind};
use crate::{
    json::Text,
    plan::{Before, Entry, Event, Moved, Open, PlanStatus, SecondCheckResult},
    present::uses_diluent,
    quantity::{Decimal, Mass, Volume},
    regimen::{Kidney, Subject},
    words::{export as words, one_of, spoken, summary},
};

/// A spreadsheet that opens a file by a double click takes it for UTF-8 only with this mark before it; without it
/// "µmol/L" and "Åse" come out as other characters. Programs that do not know the mark read it as part of the name
/// of the first column, so that column only numbers the rows, and the plan as JSON has no mark.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// The plan as a table: RFC 4180, with a row of names, and no cell that a spreadsheet would compute.
///
/// # Panics
/// Never: rows are made of text and numbers, and are written to memory.
pub(super) fn spreadsheet(given: Given<'_>, options: &Options) -> Vec<u8> {
    let table = BYTE_ORDER_MARK.as_bytes().to_vec();
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(table);
    for (row, entry) in (1..).zip(&given.dosed.schedule.entries) {
        writer.serialize(EntryRow::of(given, options, row, entry)).expect("a row is made of text and numbers");
    }
    writer.into_inner().expect("memory takes what is written")
}

/// A row of the table; the names of its fields are the names of the columns.
#[derive(Serialize)]
struct EntryRow<'a> {
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
    /// The entry as people read it.
    entry: Cell,
    drug: Cell,
    dose_mg: Option<Number>,
    planned_date: NaiveDate,
    moved_because: Option<Moved>,
    what: Option<Subject>,
    before_dose: Option<u16>,
    before_supply: Option<u16>,
    must_keep_band: Option<Cell>,
    units: Option<u32>,
    days: Option<u16>,
    notes: Option<Cell>,
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

impl<'a> EntryRow<'a> {
    fn of(given: Given<'a>, options: &Options, row: u32, entry: &Entry) -> Self {
        let Given { plan, dosed } = given;
        let (request, dosing) = (plan.request(), &dosed.dosing);
        let (patient, drug, regimen) = (&request.patient, dosing.listed.drug, dosing.listed.regimen);
        let marked = Marked::of(entry);
        // Volumes are in the row of a dose alone, so that a column can be added up.
        let preparation = marked.dose_mg.is_some().then_some(&dosing.preparation);
        let volume = |volume: Option<Volume>| volume.map(|it| Number(it.in_millilitres()));
        let names = |texts: &[Text]| one_of(texts);
        let notes = given.notes_said(entry);
        Self {
            row,
            patient_id: Cell::entered(patient.id.as_ref()),
            patient_name: options.with_name.then(|| Cell::entered(patient.name.as_ref())),
            birth_date: patient.birth_date,
            allergies: Cell::of(spoken::allergies(patient.allergies.as_ref().map(Text::as_str))),
            status: plan.status(),
            provisional: Cell::of(&given.provisional().unwrap_or_else(|| words::NOT_PROVISIONAL.to_owned())),
            date: entry.date,
            kind: kind(&entry.event),
            number: marked.number,
            entry: Cell::of(&given.entry_said(entry)),
            drug: Cell::of(drug.name.as_str()),
            dose_mg: marked.dose_mg.map(|mass| Number(mass.in_milligrams())),
            planned_date: entry.planned_date,
            moved_because: entry.moved_because,
            what: marked.what,
            before_dose: marked.before.and_then(Before::dose),
            before_supply: marked.before.and_then(Before::supply),
            must_keep_band: marked.must_keep_band.map(|band| Cell::of(&band.to_string())),
            units: marked.units,
            days: marked.days,
            notes: (!notes.is_empty()).then(|| Cell::of(&notes.join("; "))),
            brands: Cell::of(&names(&drug.brands)),
            product: Cell::of(&spoken::marked(dosing.product.name.as_str(), dosing.product.verification)),
            frequency: Cell::of(&crate::words::frequency(&dosing.frequency)),
            indication: Cell::of(spoken::indication(request.indication)),
            tumour: Cell::of(spoken::tumour(request.tumour)),
            route: Cell::of(spoken::route(regimen.route)),
            preparation: marked.is_treatment.then(|| Cell::of(&given.preparation_said().join("; "))),
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

/// What an entry of one kind has and those of the others have not.
#[derive(Default)]
struct Marked {
    is_treatment: bool,
    number: Option<u16>,
    dose_mg: Option<Mass>,
    units: Option<u32>,
    days: Option<u16>,
    what: Option<Subject>,
    before: Option<Before>,
    must_keep_band: Option<Kidney>,
}

impl Marked {
    fn of(entry: &Entry) -> Self {
        match &entry.event {
            Event::Dose { number, mass, .. } => {
                Self { is_treatment: true, number: Some(*number), dose_mg: Some(*mass), ..Self::default() }
            }
            Event::Supply { number, units, days, .. } => Self {
                is_treatment: true,
                number: Some(*number),
                units: Some(*units),
                days: Some(*days),
                ..Self::default()
            },
            Event::Check { what, before, must_keep_band, .. } => {
                Self { what: Some(*what), before: *before, must_keep_band: *must_keep_band, ..Self::default() }
            }
            Event::Review { .. } => Self::default(),
        }
    }
}

/// A number with a decimal point and without an exponent.
struct Number(Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}
