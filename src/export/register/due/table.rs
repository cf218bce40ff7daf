//! The list of who is due as a table for a spreadsheet.

use chrono::NaiveDate;
use serde::Serialize;

use super::{DAMAGED, DueList, DueRow, HoldValue, checked, moment, word};
use crate::{
    export::{
        Cell,
        register::{empty_table, table_writer},
    },
    ward::store::DamagedPatient,
};

/// The list as a table for a spreadsheet: a row of names, one row for each patient of whom nothing can be said, and one for
/// each course.
///
/// # Panics
/// Never: rows are made of text and numbers, and are written to memory.
pub fn table(list: &DueList) -> Vec<u8> {
    if list.is_empty() {
        return empty_table::<TableRow>();
    }
    let mut writer = table_writer();
    let damaged = list.damaged.iter().map(|patient| TableRow::damaged(list, patient));
    let rows = damaged.chain(list.ordered().map(|due| TableRow::of(list, due)));
    for (row, of) in (1..).zip(rows) {
        writer.serialize(TableRow { row, ..of }).expect("a row is made of text and numbers");
    }
    writer.into_inner().expect("memory takes what is written")
}

/// A row of the table; the names of its fields are the names of the columns.
#[derive(Default, Serialize)]
struct TableRow {
    row: u32,
    group: &'static str,
    due: Option<NaiveDate>,
    late_days: Option<i64>,
    look_again: Option<NaiveDate>,
    patient_id: Cell,
    patient_name: Option<Cell>,
    birth_date: Option<NaiveDate>,
    course: Option<u32>,
    drug: Cell,
    drug_name: Cell,
    dose: Option<Cell>,
    next_dose: Option<u16>,
    given: Option<u32>,
    last_given: Option<NaiveDate>,
    checks: Cell,
    all_answered: Option<bool>,
    hold_at_least: Option<String>,
    resume_at_most: Option<String>,
    hold_unit: Option<&'static str>,
    hold_said: Option<NaiveDate>,
    creatinine: Option<String>,
    creatinine_unit: Option<&'static str>,
    creatinine_date: Option<NaiveDate>,
    damaged_entries: String,
    patient_uid: String,
    ward: Cell,
    day: NaiveDate,
    as_of: String,
    anchor: String,
    notices: Cell,
}

impl TableRow {
    /// A patient of whom nothing can be said.
    fn damaged(list: &DueList, patient: &DamagedPatient) -> Self {
        let entries: Vec<String> = patient.entries.iter().map(ToString::to_string).collect();
        Self {
            group: DAMAGED,
            patient_id: Cell::of(patient.id.as_deref().unwrap_or_default()),
            patient_name: patient.name.as_deref().map(Cell::of),
            birth_date: patient.birth_date,
            patient_uid: patient.uid.map(|uid| uid.to_string()).unwrap_or_default(),
            damaged_entries: entries.join("; "),
            ..Self::of_list(list)
        }
    }

    /// What every row says of the list.
    fn of_list(list: &DueList) -> Self {
        Self {
            ward: Cell::of(list.ward.as_str()),
            day: list.day,
            as_of: moment(list.as_of),
            anchor: list.anchor.to_string(),
            ..Self::default()
        }
    }

    fn of(list: &DueList, DueRow { line, beside }: &DueRow) -> Self {
        let at = match beside.hold {
            HoldValue::At(at) => Some(at),
            HoldValue::None | HoldValue::NotKnown => None,
        };
        let checks: Vec<String> = line.checks.iter().map(|it| format!("{} {}", it.on, checked(it))).collect();
        Self {
            group: word(line.group),
            due: line.due,
            late_days: Some(line.late_days),
            look_again: line.look_again,
            patient_id: Cell::of(&line.id),
            patient_name: line.name.as_deref().map(Cell::of),
            birth_date: line.birth_date,
            course: Some(line.course),
            drug: Cell::of(&line.drug),
            drug_name: Cell::of(&beside.drug),
            dose: line.dose.as_deref().map(Cell::of),
            next_dose: line.next_dose,
            given: Some(line.given),
            last_given: line.last_given,
            checks: Cell::of(&checks.join("; ")),
            all_answered: Some(line.all_answered),
            hold_at_least: at.map(|it| it.hold_at_least.value.to_string()),
            resume_at_most: at.map(|it| it.resume_at_most.value.to_string()),
            hold_unit: at.map(|it| it.hold_at_least.unit.as_str()),
            hold_said: beside.stopped.map(|it| it.on),
            creatinine: beside.creatinine.as_ref().map(|it| it.value.to_string()),
            creatinine_unit: beside.creatinine.as_ref().map(|it| it.unit.as_str()),
            creatinine_date: beside.creatinine.as_ref().map(|it| it.date),
            patient_uid: line.uid.to_string(),
            notices: Cell::of(&beside.notices().join("; ")),
            ..Self::of_list(list)
        }
    }
}
