//! The list of who is due, as text, as a table and as JSON. The printed sheet is in `export::pdf::due_list`.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};
use csv::{Terminator, WriterBuilder};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    dosing,
    export::{BYTE_ORDER_MARK, Cell},
    json::Text,
    patient::HeldBecause,
    plan::HoldAt,
    quantity::{Creatinine, Measured},
    regimen::Library,
    request::{DatedCreatinine, Labs},
    saved,
    ward::{
        event::{Body, Event, What},
        fold::CourseState,
        store::{Anchor, DueLine, Group},
    },
    words::register as words,
};

/// The form of the document.
const FORMAT: &str = "osteodose-due/1";

/// The list of a day, with the last entry that it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct DueList {
    /// The name of the ward.
    pub ward: Text,
    /// The day of which it is the list.
    pub day: NaiveDate,
    /// How many days ahead it looks.
    pub ahead: u16,
    /// When it was made, by the clock of the ward.
    pub as_of: DateTime<FixedOffset>,
    /// The last entry of the register then.
    pub anchor: Anchor,
    /// The courses, in the order in which a ward looks at them.
    pub rows: Vec<DueRow>,
}

/// A course of the list, with what a nurse must know beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct DueRow {
    /// What the register says.
    pub line: DueLine,
    /// What the entries of the patient say.
    pub beside: Beside,
}

/// What the list says of a course beside its line.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// The drug's name.
    pub drug: String,
    /// The creatinine from which its next dose is held.
    pub hold: HoldValue,
    /// Whether it is on hold for its creatinine, so that the value up to which it is resumed matters.
    pub held_for_creatinine: bool,
    /// The newest creatinine that was entered.
    pub creatinine: Option<DatedCreatinine>,
}

/// The creatinine from which a dose is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldValue {
    /// From this value on.
    At(HoldAt),
    /// The regimen has no such value.
    None,
    /// It cannot be computed: the creatinine before the first dose, or the regimen, is not known here.
    NotKnown,
}

impl Beside {
    /// What the entries of the patient say of a course. The library has the rule of the hold.
    pub fn of(course: &CourseState, events: &[Event], library: &'static Library) -> Self {
        let plan = &course.plan;
        let mut regimens = library.regimens();
        let listed = regimens.find(|it| it.regimen.path(&it.drug.drug) == plan.regimen.as_str());
        let baseline = course.baseline.as_ref().or(plan.baseline.as_ref()).map(DatedCreatinine::measured);
        let hold = if plan.rule.needs_baseline {
            let at = listed.zip(baseline).and_then(|(it, baseline)| dosing::hold_from(it.regimen, baseline));
            at.map_or(HoldValue::NotKnown, HoldValue::At)
        } else {
            HoldValue::None
        };
        Self {
            drug: plan.name.to_string(),
            hold,
            held_for_creatinine: course.held_because() == Some(HeldBecause::Creatinine),
            creatinine: last_creatinine(events),
        }
    }

    /// The value that matters today: that of the hold, or that up to which a held course is resumed.
    pub fn value_in_words(&self) -> String {
        match self.hold {
            HoldValue::At(at) if self.held_for_creatinine => words::resume_up_to(at.resume_at_most),
            HoldValue::At(at) => words::hold_from(at.hold_at_least),
            HoldValue::None => words::NO_HOLD_VALUE.to_owned(),
            HoldValue::NotKnown => words::HOLD_NOT_KNOWN.to_owned(),
        }
    }

    /// The newest creatinine with its day.
    pub fn creatinine_in_words(&self) -> String {
        self.creatinine.as_ref().map_or_else(|| words::NO_CREATININE.to_owned(), words::creatinine)
    }
}

/// The newest creatinine of the assessments and plans that were not struck.
fn last_creatinine(events: &[Event]) -> Option<DatedCreatinine> {
    let struck: BTreeSet<u64> = events.iter().filter_map(|event| event.what.strikes()).collect();
    let of =
        |labs: &Labs| labs.creatinine.map(|Measured { value, unit }| DatedCreatinine { value, unit, date: labs.date });
    let standing = events.iter().filter(|event| !struck.contains(&event.number));
    let found = standing.filter_map(|event| match &event.what {
        What::Body(Body::Assessed(it)) => of(&it.request.labs),
        What::Body(Body::Planned(it)) => of(&saved::open(it.plan.0.as_bytes()).ok()?.document.request.labs),
        _ => None,
    });
    found.max_by_key(|it| it.date)
}

/// The word of a group.
fn word(group: Group) -> &'static str {
    match group {
        Group::NoDate => "no-date",
        Group::Overdue => "overdue",
        Group::Today => "today",
        Group::Ahead => "ahead",
        Group::Held => "held",
    }
}

/// Every word of a group, in the order of the list.
fn group_words() -> Vec<&'static str> {
    [Group::NoDate, Group::Overdue, Group::Today, Group::Ahead, Group::Held].map(word).to_vec()
}

impl DueList {
    /// The rows in the order in which a ward looks at them.
    fn ordered(&self) -> impl Iterator<Item = &DueRow> {
        self.groups().flat_map(|(_, rows)| rows)
    }

    /// The rows of each group that has any, in the order in which a ward looks at them.
    pub(in crate::export) fn groups(&self) -> impl Iterator<Item = (Group, Vec<&DueRow>)> {
        let mut groups: Vec<(Group, Vec<&DueRow>)> = Vec::new();
        for row in &self.rows {
            match groups.iter_mut().find(|(group, _)| *group == row.line.group) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((row.line.group, vec![row])),
            }
        }
        groups.sort_by_key(|(group, _)| *group);
        groups.into_iter()
    }
}

/// The list as plain text.
pub fn text(list: &DueList) -> String {
    let mut lines = vec![words::due_title(&list.ward, list.day), words::as_of(list.as_of, list.ahead)];
    if list.rows.is_empty() {
        lines.extend([String::new(), words::NOBODY_DUE.to_owned()]);
    }
    for (group, rows) in list.groups() {
        lines.extend([String::new(), words::counted_group(group, list.ahead, rows.len())]);
        for DueRow { line, beside } in rows {
            let checks = words::due_checks(&beside.value_in_words(), &beside.creatinine_in_words());
            lines.push(indented(1, &words::due_day(line)));
            let said = [words::due_patient(line), words::due_dose(line, &beside.drug), checks];
            lines.extend(said.iter().map(|it| indented(2, it)));
        }
    }
    lines.extend([String::new(), words::due_foot(&list.anchor), String::new()]);
    lines.join("\n")
}

fn indented(by: usize, text: &str) -> String {
    format!("{}{text}", "  ".repeat(by))
}

/// The list as a table for a spreadsheet: one row for each course.
///
/// # Panics
/// Never: rows are made of text and numbers, and are written to memory.
pub fn table(list: &DueList) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    for (row, due) in (1..).zip(list.ordered()) {
        writer.serialize(TableRow::of(list, row, due)).expect("a row is made of text and numbers");
    }
    writer.into_inner().expect("memory takes what is written")
}

/// A row of the table; the names of its fields are the names of the columns.
#[derive(Serialize)]
struct TableRow {
    row: u32,
    group: &'static str,
    due: Option<NaiveDate>,
    late_days: i64,
    look_again: Option<NaiveDate>,
    patient_id: Cell,
    patient_name: Option<Cell>,
    birth_date: Option<NaiveDate>,
    course: u32,
    drug: Cell,
    drug_name: Cell,
    dose: Option<Cell>,
    next_dose: Option<u16>,
    given: u32,
    last_given: Option<NaiveDate>,
    hold_at_least: Option<String>,
    resume_at_most: Option<String>,
    hold_unit: Option<&'static str>,
    creatinine: Option<String>,
    creatinine_unit: Option<&'static str>,
    creatinine_date: Option<NaiveDate>,
    patient_uid: String,
    ward: Cell,
    day: NaiveDate,
    as_of: String,
    anchor: String,
}

impl TableRow {
    fn of(list: &DueList, row: u32, DueRow { line, beside }: &DueRow) -> Self {
        let at = match beside.hold {
            HoldValue::At(at) => Some(at),
            HoldValue::None | HoldValue::NotKnown => None,
        };
        Self {
            row,
            group: word(line.group),
            due: line.due,
            late_days: line.late_days,
            look_again: line.look_again,
            patient_id: Cell::of(&line.id),
            patient_name: line.name.as_deref().map(Cell::of),
            birth_date: line.birth_date,
            course: line.course,
            drug: Cell::of(&line.drug),
            drug_name: Cell::of(&beside.drug),
            dose: line.dose.as_deref().map(Cell::of),
            next_dose: line.next_dose,
            given: line.given,
            last_given: line.last_given,
            hold_at_least: at.map(|it| it.hold_at_least.value.to_string()),
            resume_at_most: at.map(|it| it.resume_at_most.value.to_string()),
            hold_unit: at.map(|it| it.hold_at_least.unit.as_str()),
            creatinine: beside.creatinine.as_ref().map(|it| it.value.to_string()),
            creatinine_unit: beside.creatinine.as_ref().map(|it| it.unit.as_str()),
            creatinine_date: beside.creatinine.as_ref().map(|it| it.date),
            patient_uid: line.uid.to_string(),
            ward: Cell::of(list.ward.as_str()),
            day: list.day,
            as_of: moment(list.as_of),
            anchor: list.anchor.to_string(),
        }
    }
}

fn moment(at: DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

/// The list as it is written to JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Due", deny_unknown_fields)]
pub struct DueDocument<'l> {
    /// The form of the document.
    format: &'static str,
    /// The name of the ward.
    ward: &'l str,
    /// The day of which it is the list.
    day: NaiveDate,
    /// How many days ahead it looks.
    ahead_days: u16,
    /// When it was made, by the clock of the ward.
    as_of: String,
    /// The last entry of the register then: its number and the first digits of its hash.
    anchor: String,
    /// The courses, in the order in which a ward looks at them.
    courses: Vec<CourseDocument<'l>>,
}

/// A course that is due, needs a day, or is on hold.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DueCourse", deny_unknown_fields)]
struct CourseDocument<'l> {
    /// Where it is in the list.
    #[schemars(extend("enum" = group_words()))]
    group: &'static str,
    /// The patient.
    patient: PatientDocument<'l>,
    /// The number of the course in the patient.
    course: u32,
    /// The drug, by its word.
    drug: &'l str,
    /// The drug's name.
    drug_name: &'l str,
    /// The dose, with its unit.
    dose: Option<&'l str>,
    /// The number of the next dose.
    next_dose: Option<u16>,
    /// The day on which it is due; null where it has no day.
    due: Option<NaiveDate>,
    /// By how many days it is late.
    late_days: i64,
    /// The day on which a course on hold is looked at again.
    look_again: Option<NaiveDate>,
    /// How many doses were given.
    given: u32,
    /// The day of the last of them.
    last_given: Option<NaiveDate>,
    /// The creatinine from which a dose is held, and up to which a held course is resumed; null where there is none or
    /// it is not known.
    hold: Option<HoldDocument>,
    /// Whether the regimen holds a dose by its creatinine.
    has_hold: bool,
    /// The newest creatinine that was entered.
    creatinine: Option<CreatinineDocument>,
}

/// A patient of the list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DuePatient", deny_unknown_fields)]
struct PatientDocument<'l> {
    /// The patient's name in the register, of 32 digits.
    uid: String,
    /// The identifier.
    id: &'l str,
    /// The name.
    name: Option<&'l str>,
    /// The date of birth.
    birth_date: Option<NaiveDate>,
}

/// The figures of a hold.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DueHold", deny_unknown_fields)]
struct HoldDocument {
    /// A dose is held from this value on.
    hold_at_least: Creatinine,
    /// A held course is resumed up to this value.
    resume_at_most: Creatinine,
}

/// A creatinine.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "DueCreatinine", deny_unknown_fields)]
struct CreatinineDocument {
    /// The value.
    value: Creatinine,
    /// Its day.
    date: NaiveDate,
}

/// The list as one JSON document, a key on each line.
///
/// # Panics
/// Never: a list is made of text and numbers, which JSON can hold.
pub fn json(list: &DueList) -> String {
    let document = DueDocument {
        format: FORMAT,
        ward: list.ward.as_str(),
        day: list.day,
        ahead_days: list.ahead,
        as_of: moment(list.as_of),
        anchor: list.anchor.to_string(),
        courses: list.ordered().map(CourseDocument::of).collect(),
    };
    serde_json::to_string_pretty(&document).expect("a list is made of text and numbers") + "\n"
}

impl<'l> CourseDocument<'l> {
    fn of(DueRow { line, beside }: &'l DueRow) -> Self {
        let hold = match beside.hold {
            HoldValue::At(HoldAt { hold_at_least, resume_at_most, .. }) => {
                Some(HoldDocument { hold_at_least, resume_at_most })
            }
            HoldValue::None | HoldValue::NotKnown => None,
        };
        Self {
            group: word(line.group),
            patient: PatientDocument {
                uid: line.uid.to_string(),
                id: &line.id,
                name: line.name.as_deref(),
                birth_date: line.birth_date,
            },
            course: line.course,
            drug: &line.drug,
            drug_name: &beside.drug,
            dose: line.dose.as_deref(),
            next_dose: line.next_dose,
            due: line.due,
            late_days: line.late_days,
            look_again: line.look_again,
            given: line.given,
            last_given: line.last_given,
            hold,
            has_hold: beside.hold != HoldValue::None,
            creatinine: beside.creatinine.as_ref().map(|it| CreatinineDocument { value: it.measured(), date: it.date }),
        }
    }
}
