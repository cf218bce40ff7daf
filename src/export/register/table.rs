//! Entries as a table for a spreadsheet: one row for each, and always the same columns.

use chrono::{DateTime, FixedOffset, NaiveDate};
use csv::Writer;
use serde::Serialize;

use super::{Known, another, reason};
use crate::{
    export::Cell,
    json::{Text, Written, hex, unhidden},
    quantity::Decimal,
    ward::{
        event::{Assessed, Body, Container, Given, Place, Supplied, What},
        store::Stored,
    },
    words::register as words,
};

/// A table that is being written, in parts of as many entries as are at hand.
pub struct Table<'k> {
    known: &'k Known,
    with_name: bool,
    row: u64,
    writer: Writer<Vec<u8>>,
}

impl<'k> Table<'k> {
    /// An empty table. The column of the names is empty unless they are asked for.
    pub fn new(known: &'k Known, with_name: bool) -> Self {
        Self { known, with_name, row: 0, writer: super::table_writer() }
    }

    /// Adds an entry.
    ///
    /// # Panics
    /// Never: a row is made of text and numbers, and is written to memory.
    pub fn add(&mut self, entry: &Stored) {
        self.row += 1;
        let row = EntryRow::of(self, entry);
        self.writer.serialize(row).expect("a row is made of text and numbers");
    }

    /// The table: RFC 4180, with a row of names, and no cell that a spreadsheet would compute.
    ///
    /// # Panics
    /// Never: memory takes what is written.
    pub fn finish(self) -> Vec<u8> {
        if self.row == 0 {
            return super::empty_table::<EntryRow>();
        }
        self.writer.into_inner().expect("memory takes what is written")
    }
}

/// A row; the names of its fields are the names of the columns.
#[derive(Default, Serialize)]
struct EntryRow {
    row: u64,
    ward: String,
    number: u64,
    patient_uid: Option<String>,
    patient_id: Option<Cell>,
    patient_name: Option<Cell>,
    birth_date: Option<NaiveDate>,
    seq: Option<u32>,
    course: Option<u32>,
    drug: Option<Cell>,
    regimen: Option<Cell>,
    kind: Option<Cell>,
    what: Option<Cell>,
    on: Option<NaiveDate>,
    at: Option<String>,
    until: Option<String>,
    by: Option<Cell>,
    second_by: Option<Cell>,
    struck_by_entry: Option<u64>,
    dose: Option<u16>,
    dose_mg: Option<String>,
    units: Option<u32>,
    days: Option<u16>,
    complete: Option<bool>,
    reason: Option<&'static str>,
    reason_in_words: Option<&'static str>,
    another_dose_reason: Option<&'static str>,
    another_dose_reason_in_words: Option<&'static str>,
    note: Option<Cell>,
    product: Option<Cell>,
    brands: Option<Cell>,
    batches: Option<Cell>,
    expire: Option<Cell>,
    container_counts: Option<Cell>,
    no_batch_because: Option<Cell>,
    site: Option<Cell>,
    r#where: Option<&'static str>,
    assessed_in_entry: Option<u64>,
    verdict: Option<&'static str>,
    findings: Option<Cell>,
    without_go_because: Option<Cell>,
    prescriber: Option<Cell>,
    new_date: Option<NaiveDate>,
    then: Option<&'static str>,
    told: Option<Cell>,
    look_again: Option<NaiveDate>,
    lifts_entries: Option<Cell>,
    strikes_entry: Option<u64>,
    /// Why the identity was corrected or the patient erased, and by whose order.
    because: Option<Cell>,
    recorded: String,
    os_user: Option<Cell>,
    host: Option<Cell>,
    program: Option<Cell>,
    hash: String,
}

fn cell(text: Option<&Text>) -> Option<Cell> {
    text.map(|it| Cell::of(it.as_str()))
}

fn number(value: Decimal) -> String {
    value.to_string()
}

/// A list in one cell; none where none of its parts says anything.
fn listed(parts: &[String]) -> Option<Cell> {
    parts.iter().any(|it| !it.is_empty()).then(|| Cell::of(&parts.join("; ")))
}

impl EntryRow {
    fn of(table: &Table<'_>, entry: &Stored) -> Self {
        let (header, known) = (&entry.header, table.known);
        let what = What::read(&header.kind, entry.body.as_deref());
        let patient = known.patient(header);
        let course = known.course(header);
        // What the computer said of itself, and the entries of a file, are not proved texts.
        let named = |text: &str| Some(Cell::of(&unhidden(text)));
        let mut row = Self {
            row: table.row,
            ward: header.ward.to_string(),
            number: header.number,
            patient_uid: header.patient.map(|it| it.to_string()),
            patient_id: patient.map(|it| Cell::of(it.id.as_str())),
            patient_name: cell(patient.and_then(|it| it.name.as_ref()).filter(|_| table.with_name)),
            birth_date: patient.map(|it| it.birth_date),
            seq: header.seq,
            course: header.course,
            drug: cell(course.map(|it| &it.drug)),
            regimen: cell(course.map(|it| &it.regimen)),
            kind: named(&header.kind),
            what: named(&words::what(&what)),
            on: Some(header.on),
            by: named(&header.by),
            struck_by_entry: known.struck(header.number),
            recorded: moment(header.recorded_ms, header.offset_min),
            os_user: named(&header.os_user),
            host: named(&header.host),
            program: named(&header.program),
            hash: hex(&entry.hash),
            ..Self::default()
        };
        if let What::Body(body) = &what {
            row.take(body);
        }
        row
    }

    /// What the body says.
    fn take(&mut self, body: &Body) {
        self.note = cell(body.note());
        if let Some(it) = reason(body) {
            (self.reason, self.reason_in_words) = (Some(it.code), Some(it.said));
        }
        if let Some(it) = another(body) {
            (self.another_dose_reason, self.another_dose_reason_in_words) = (Some(it.code), Some(it.said));
        }
        match body {
            Body::Given(it) => self.given(it),
            Body::Supplied(it) => self.supplied(it),
            Body::Assessed(it) => self.assessed(it),
            Body::Planned(it) => self.dose_mg = Some(number(it.dose_mg)),
            Body::Deferred(it) => {
                (self.dose, self.new_date) = (Some(it.dose), it.to);
                (self.then, self.told) = (Some(it.then.as_str()), cell(it.tell.as_ref()));
            }
            Body::Omitted(it) => self.dose = Some(it.dose),
            Body::Held(it) => (self.look_again, self.assessed_in_entry) = (it.look_again, it.assessed),
            Body::Resumed(it) => {
                self.lifts_entries = listed(&it.holds.iter().map(u64::to_string).collect::<Vec<_>>());
                self.assessed_in_entry = it.assessed;
            }
            Body::Struck(it) => self.strikes_entry = Some(it.event),
            Body::IdentityCorrected(it) => self.because = cell(Some(&it.reason)),
            Body::Erased(it) => {
                self.because = Some(Cell::of(&words::erased(it.because.as_str(), it.authority.as_str())));
            }
            Body::Registered(_)
            | Body::Ended(_)
            | Body::Noted(_)
            | Body::WardOpened(_)
            | Body::ClinicSet(_)
            | Body::SettingsSet(_)
            | Body::Anchored(_)
            | Body::Restored(_)
            | Body::Copied(_) => {}
        }
    }

    fn given(&mut self, it: &Given) {
        self.dose = it.dose;
        self.at = it.at.as_ref().map(|Written(at)| at.to_string());
        self.until = it.until.as_ref().map(|Written(until)| until.to_string());
        (self.dose_mg, self.complete) = (Some(number(it.dose_mg)), Some(it.complete));
        self.site = cell(it.site.as_ref());
        let Given { product, containers, no_batch_because, second, .. } = it;
        self.packages(product.as_ref(), containers, no_batch_because.as_ref());
        self.second_by = second.as_ref().map(|it| Cell::of(it.by.as_str()));
        (self.assessed_in_entry, self.r#where) = (it.assessed, Some(Place::as_str(it.place)));
        self.without_go_because = cell(it.without_go_because.as_ref());
        self.prescriber = cell(it.prescriber.as_ref());
    }

    fn supplied(&mut self, it: &Supplied) {
        self.dose = it.dose;
        self.at = it.at.as_ref().map(|Written(at)| at.to_string());
        (self.dose_mg, self.units, self.days) = (Some(number(it.dose_mg)), Some(it.units), Some(it.days));
        let Supplied { product, containers, no_batch_because, second, .. } = it;
        self.packages(product.as_ref(), containers, no_batch_because.as_ref());
        self.second_by = second.as_ref().map(|it| Cell::of(it.by.as_str()));
        (self.assessed_in_entry, self.r#where) = (it.assessed, Some(Place::as_str(it.place)));
        self.without_go_because = cell(it.without_go_because.as_ref());
        self.prescriber = cell(it.prescriber.as_ref());
    }

    fn packages(&mut self, product: Option<&Text>, containers: &[Container], no_batch: Option<&Text>) {
        let all = |part: fn(&Container) -> Option<String>| {
            listed(&containers.iter().map(|it| part(it).unwrap_or_default()).collect::<Vec<_>>())
        };
        self.product = cell(product);
        self.brands = all(|it| it.brand.as_ref().map(Text::to_string));
        self.batches = all(|it| it.batch.as_ref().map(Text::to_string));
        self.expire = all(|it| it.expires.as_ref().map(|Written(expires)| expires.to_string()));
        self.container_counts = all(|it| Some(it.count.to_string()));
        self.no_batch_because = cell(no_batch);
    }

    fn assessed(&mut self, it: &Assessed) {
        (self.dose, self.verdict) = (it.dose, Some(it.verdict.as_str()));
        self.dose_mg = it.dose_mg.map(number);
        self.findings = listed(&it.findings.iter().map(|finding| finding.code.to_string()).collect::<Vec<_>>());
    }
}

/// A moment by the clock of the ward: "2027-01-26T10:41:07+01:00". One that no calendar has is left as its number.
fn moment(ms: i64, offset_min: i32) -> String {
    let offset = offset_min.checked_mul(60).and_then(FixedOffset::east_opt);
    let moment = DateTime::from_timestamp_millis(ms).zip(offset).map(|(moment, offset)| moment.with_timezone(&offset));
    moment.map_or_else(|| ms.to_string(), |it| it.to_rfc3339_opts(chrono::SecondsFormat::Secs, false))
}
