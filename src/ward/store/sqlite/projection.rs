//! What the register keeps of each course so that a list need not read every entry. It is computed from the entries,
//! and may be deleted and computed again.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, Row, TransactionBehavior, named_params};
use serde::Serialize;

use super::{
    super::{DamagedPatient, Refreshed, StoreError, Uid, Ward},
    Access, Sqlite, again,
    append::Saving,
    read::{self, Relied},
    rows,
    trouble::of_database,
};
use crate::{
    json::{Faults, Node, Object, Path},
    plan::DatedCheck,
    request::Clinic,
    ward::{
        checks,
        event::{ClinicSet, Event},
        flow::{self, SlotDate, Standing},
        fold::{self, CourseState, PatientState, Status},
    },
};

/// What a course is computed by: courses that another fold computed are computed again before they are shown.
const FOLD: u32 = fold::VERSION;
/// That of a course which must be computed again, whatever computes it.
const OUTDATED: u32 = 0;
/// That of a course of a patient whose entries cannot be relied on. It is not computed from them, and not taken for right.
const NOT_RELIED_ON: u32 = u32::MAX;
/// The questions for them. Asked without their index, the database would read every course for each list.
const OUTDATED_PATIENTS: [&str; 2] = [
    "SELECT patient, fold FROM course INDEXED BY course_fold WHERE fold < :fold",
    "SELECT patient, fold FROM course INDEXED BY course_fold WHERE fold > :fold",
];
/// Everybody who was not erased, in the order of their keys.
const ALL: &str = "SELECT patient FROM patient WHERE patient > :after AND erased = 0 ORDER BY patient LIMIT :most";
/// Those who have a plan and no course: what was kept of them is lost. The entries are read only of those who have none.
const LOST: &str = "SELECT patient FROM patient p WHERE patient > :after AND erased = 0 \
                    AND NOT EXISTS (SELECT 1 FROM course c WHERE c.patient = p.patient) \
                    AND EXISTS (SELECT 1 FROM event e WHERE e.patient = p.patient AND e.kind = 'planned') \
                    ORDER BY patient LIMIT :most";
/// How many have no course that is kept, as far as the indexes tell: they are looked for only where there are any.
const WITHOUT_COURSE: &str = "SELECT (SELECT count(*) FROM patient) \
                              - (SELECT count(*) FROM patient WHERE ward = :ward AND id IS NULL) \
                              - (SELECT count(DISTINCT patient) FROM course)";
/// How many patients are computed again in one transaction, so that nobody waits long.
const AT_ONCE: usize = 500;

/// A course as the register keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CourseRow {
    pub(super) course: u32,
    pub(super) state: String,
    pub(super) drug: String,
    pub(super) dose: Option<String>,
    pub(super) next_dose: Option<u16>,
    /// The day from which it is in the list: that of its next dose or its first check, or on which every dose was answered.
    pub(super) next_due: Option<NaiveDate>,
    /// The day on which it is looked at again: for its hold, else for its first check.
    pub(super) look_again: Option<NaiveDate>,
    pub(super) no_date: bool,
    pub(super) given: u32,
    pub(super) last_given: Option<NaiveDate>,
    pub(super) open: String,
    pub(super) fold: u32,
    pub(super) regimens: String,
    pub(super) as_of: u64,
}

/// The columns of a course, as [`course`] reads them from this column on.
pub(super) const COURSE: &str = "c.course, c.state, c.drug, c.dose, c.next_dose, c.next_due, c.look_again, c.no_date, \
                                 c.given, c.last_given, c.open, c.fold, c.regimens_sha256, c.as_of";

pub(super) fn course(row: &Row<'_>, at: usize) -> rusqlite::Result<CourseRow> {
    Ok(CourseRow {
        course: row.get(at)?,
        state: row.get(at + 1)?,
        drug: row.get(at + 2)?,
        dose: row.get(at + 3)?,
        next_dose: row.get(at + 4)?,
        next_due: rows::optional_date(row, at + 5)?,
        look_again: rows::optional_date(row, at + 6)?,
        no_date: row.get(at + 7)?,
        given: row.get(at + 8)?,
        last_given: rows::optional_date(row, at + 9)?,
        open: row.get(at + 10)?,
        fold: row.get(at + 11)?,
        regimens: row.get(at + 12)?,
        as_of: rows::number(row, at + 13)?,
    })
}

/// What is open of a course: the entry with its plan, its doses, and its checks and reviews.
#[derive(Serialize)]
struct Open {
    plan: u64,
    /// The day on which the next dose is due, where a check comes before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<NaiveDate>,
    /// The day of the next dose, where that is past the end of the course.
    #[serde(skip_serializing_if = "Option::is_none")]
    past_end: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    checks: Vec<DatedCheck>,
    /// Whether every dose is answered and no value is still to be checked, so that the course can be ended.
    can_end: bool,
    slots: Vec<OpenSlot>,
}

/// What a list shows of a course.
#[derive(Default)]
pub(super) struct Listed {
    /// The day on which the next dose is due.
    pub(super) due: Option<NaiveDate>,
    /// The day on which it would be due, where that is past the end of the course.
    pub(super) past_end: Option<NaiveDate>,
    /// The checks and reviews.
    pub(super) checks: Vec<DatedCheck>,
    /// Whether every dose is answered and no value is still to be checked, so that the course can be ended.
    pub(super) can_end: bool,
}

/// An open dose.
#[derive(Serialize)]
struct OpenSlot {
    dose: u16,
    planned: NaiveDate,
    due: Option<NaiveDate>,
    standing: Standing,
}

impl Open {
    fn of(course: &CourseState, dates: &[SlotDate], listed: Listed) -> Self {
        let slot = |&SlotDate { dose, planned, due, standing }: &SlotDate| OpenSlot { dose, planned, due, standing };
        let Listed { due, past_end, checks, can_end } = listed;
        let due = due.filter(|_| !checks.is_empty());
        Self { plan: course.plan_number, due, past_end, checks, can_end, slots: dates.iter().map(slot).collect() }
    }

    fn text(&self) -> String {
        serde_json::to_string(self).expect("numbers and days are JSON")
    }

    /// What of it a list shows, as it was written.
    fn read(text: &str) -> Option<Listed> {
        let mut faults = Faults::default();
        let object = Object::open_any(Node::parse(text.as_bytes()).ok()?, &Path::Root, &mut faults)?;
        let checks: Option<Vec<DatedCheck>> = object.member("checks", &mut faults)?;
        let can_end: Option<bool> = object.member("can_end", &mut faults)?;
        Some(Listed {
            due: object.member("due", &mut faults)?,
            past_end: object.member("past_end", &mut faults)?,
            checks: checks.unwrap_or_default(),
            // Every course says so of itself.
            can_end: can_end?,
        })
    }
}

impl CourseRow {
    fn of(course: &CourseState, clinic: &Clinic, as_of: u64) -> Self {
        let dates = flow::dates(course, &flow::calendar(course, clinic));
        let next = flow::next(&dates);
        let is_on_hold = course.status == Status::OnHold;
        // A course on hold has no day until it is resumed. Where the clinic is never open, or the course would be over,
        // somebody must decide.
        let day = next.filter(|_| !is_on_hold);
        let day_of = |standing| day.filter(|it| it.standing == standing).and_then(|it| it.due);
        let (due, past_end) = (day_of(Standing::Due), day_of(Standing::PastEnd));
        let checks = checks::open(course);
        let check = checks.first().map(|check| check.on);
        let answered_on = checks::answered_on(course);
        let look_again = course.holds.iter().filter_map(|hold| hold.look_again).min();
        Self {
            course: course.number,
            state: course.status.as_str().to_owned(),
            drug: course.drug().to_string(),
            dose: Some(format!("{} mg", course.dose_mg)),
            next_dose: next.map(|it| it.dose),
            next_due: [due, check, answered_on].into_iter().flatten().min(),
            look_again: if is_on_hold { look_again } else { check },
            no_date: day.is_some_and(|it| it.standing != Standing::Due),
            given: u32::try_from(course.doses.len()).unwrap_or(u32::MAX),
            last_given: course.last_dose,
            open: Open::of(course, &dates, Listed { due, past_end, checks, can_end: answered_on.is_some() }).text(),
            fold: FOLD,
            regimens: course.plan.regimens_sha256.to_string(),
            as_of,
        }
    }

    /// The courses of a patient whose entries amount to this.
    pub(super) fn of_state(state: &PatientState, as_of: u64, clinic: &ClinicSet) -> Vec<Self> {
        let clinic = clinic.open_days();
        state.courses.iter().map(|course| Self::of(course, &clinic, as_of)).collect()
    }

    /// The number of the last entry of a patient.
    pub(super) fn as_of(events: &[Event]) -> u64 {
        events.iter().map(|event| event.number).max().unwrap_or_default()
    }

    /// What a list up to a day shows of it; nothing where that cannot be read. What is open is read only where a check of it
    /// can have its day by then, or the next dose has none.
    pub(super) fn until(&self, last: NaiveDate) -> Option<Listed> {
        let is_decided = [Status::OnHold, Status::AllAnswered].iter().any(|it| self.state == it.as_str());
        if !is_decided && !self.no_date && self.look_again.is_none_or(|check| check > last) {
            return Some(Listed { due: self.next_due, ..Listed::default() });
        }
        let mut listed = Open::read(&self.open)?;
        listed.checks.retain(|check| check.on <= last);
        Some(listed)
    }

    /// Whether it was computed as it would be now.
    pub(super) fn is_current(&self) -> bool {
        self.fold == FOLD
    }
}

/// Writes the courses of a patient, computed from the entries, with a save, and looks whether all that is kept of the patient
/// is as the entries say it.
pub(super) fn write(saving: &Saving<'_>, patient: i64, events: &[Event], clinic: &ClinicSet) -> Result<(), StoreError> {
    let state = fold::state(events);
    let courses = CourseRow::of_state(&state, CourseRow::as_of(events), clinic);
    let (connection, told) = (&saving.transaction, |error: &rusqlite::Error| saving.told(error));
    replace(connection, saving.ward.0, patient, &courses).map_err(|error| told(&error))?;
    // A trigger of another program can keep a row from being written without an error.
    let kept = kept(connection, patient).map_err(|error| told(&error))?;
    let row = read::row(connection, patient).map_err(|error| told(&error))?;
    let last = events.iter().map(|event| event.seq).max();
    if kept == courses && row.is_said(&state) && Some(row.last_seq) == last {
        return Ok(());
    }
    Err(StoreError::Damaged { path: saving.path.to_owned(), number: None })
}

/// The courses that are kept of a patient, in the order of their numbers.
fn kept(connection: &Connection, patient: i64) -> rusqlite::Result<Vec<CourseRow>> {
    let asked = format!("SELECT {COURSE} FROM course c WHERE c.patient = :patient ORDER BY c.course");
    connection.prepare(&asked)?.query_map(named_params! {":patient": patient}, |row| course(row, 0))?.collect()
}

pub(super) fn replace(connection: &Connection, ward: i64, patient: i64, courses: &[CourseRow]) -> rusqlite::Result<()> {
    connection.prepare("DELETE FROM course WHERE patient = :patient")?.execute(named_params! {":patient": patient})?;
    let mut insert = connection.prepare(
        "INSERT INTO course (patient, course, ward, state, drug, dose, next_dose, next_due, look_again, no_date, given, \
         last_given, open, fold, regimens_sha256, as_of) VALUES (:patient, :course, :ward, :state, :drug, :dose, \
         :next_dose, :next_due, :look_again, :no_date, :given, :last_given, :open, :fold, :regimens, :as_of)",
    )?;
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    for course in courses {
        insert.execute(named_params! {
            ":patient": patient, ":course": course.course, ":ward": ward, ":state": course.state, ":drug": course.drug,
            ":dose": course.dose, ":next_dose": course.next_dose, ":next_due": day(course.next_due),
            ":look_again": day(course.look_again), ":no_date": course.no_date, ":given": course.given,
            ":last_given": day(course.last_given), ":open": course.open, ":fold": course.fold,
            ":regimens": course.regimens, ":as_of": course.as_of.cast_signed(),
        })?;
    }
    Ok(())
}

/// Marks all courses of a ward to be computed again.
pub(super) fn outdate(connection: &Connection, ward: i64) -> rusqlite::Result<()> {
    let update = "UPDATE course SET fold = :outdated WHERE ward = :ward";
    connection.execute(update, named_params! {":outdated": OUTDATED, ":ward": ward}).map(drop)
}

/// The patients with a course that must be computed again.
pub(super) fn outdated(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    Ok(outdated_folds(connection)?.into_keys().collect())
}

/// The same with the fold of one of their courses.
fn outdated_folds(connection: &Connection) -> rusqlite::Result<BTreeMap<i64, i64>> {
    let mut found = BTreeMap::new();
    for asked in OUTDATED_PATIENTS {
        let mut asked = connection.prepare(asked)?;
        for row in asked.query_map(named_params! {":fold": FOLD}, |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (patient, fold): (i64, i64) = row?;
            found.insert(patient, fold);
        }
    }
    Ok(found)
}

/// Patients by their keys, at most so many, those after one.
fn patients(connection: &Connection, asked: &str, after: i64, most: usize) -> rusqlite::Result<Vec<i64>> {
    let of = named_params! {":after": after, ":most": i64::try_from(most).unwrap_or(i64::MAX)};
    connection.prepare(asked)?.query_map(of, |row| row.get(0))?.collect()
}

/// Those whose courses are lost. One whose plans were all struck, and who has none, is among them.
pub(super) fn lost(connection: &Connection, ward: i64) -> rusqlite::Result<Vec<i64>> {
    let without: i64 = connection.query_row(WITHOUT_COURSE, named_params! {":ward": ward}, |row| row.get(0))?;
    if without == 0 {
        return Ok(Vec::new());
    }
    patients(connection, LOST, i64::MIN, usize::MAX)
}

/// What came of computing every course again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recomputed {
    /// Of how many patients.
    pub patients: usize,
    /// Those whose entries cannot be relied on: what is kept of their courses was left as it is.
    pub damaged: Vec<DamagedPatient>,
}

/// The patients whose courses can be computed again and must be.
fn to_compute(connection: &Connection, ward: Uid) -> rusqlite::Result<Vec<i64>> {
    let mut found = Vec::new();
    for (patient, fold) in outdated_folds(connection)? {
        // Whoever was found not to be relied on is looked at again, and not written again.
        if fold != i64::from(NOT_RELIED_ON) || read::relied(connection, ward, patient)?.is_ok() {
            found.push(patient);
        }
    }
    Ok(found)
}

/// Computes courses again, of at most so many patients.
pub(super) fn refresh(store: &mut Sqlite, most: usize) -> Result<Refreshed, StoreError> {
    let all = to_compute(&store.connection, store.ward.uid).map_err(|error| store.told(&error))?;
    let some = &all[..most.min(all.len())];
    if some.is_empty() {
        return Ok(Refreshed::default());
    }
    compute(store, some)?;
    Ok(Refreshed { patients: some.len(), is_more: all.len() > some.len() })
}

/// Computes again all courses that must be before they are shown, those that are lost too. In a file that cannot be written
/// to, and on a full disk, a list computes them for itself alone.
pub(super) fn make_current(store: &mut Sqlite) -> Result<(), StoreError> {
    if store.access != Access::Write {
        return Ok(());
    }
    let ward = store.ward.uid;
    let mut all = to_compute(&store.connection, ward).map_err(|error| store.told(&error))?;
    for patient in lost(&store.connection, store.key).map_err(|error| store.told(&error))? {
        // Whoever has no course that is not struck has nothing to be written.
        let relied = read::relied(&store.connection, ward, patient).map_err(|error| store.told(&error))?;
        all.extend(relied.is_ok_and(|it| !it.state.courses.is_empty()).then_some(patient));
    }
    let computed = all.chunks(AT_ONCE).try_for_each(|some| compute(store, some).map(drop));
    match computed {
        Err(StoreError::Busy { .. } | StoreError::Full { .. } | StoreError::ReadOnly { .. }) => Ok(()),
        computed => computed,
    }
}

/// Computes the courses of every patient again, and what is kept of the ward.
pub(super) fn compute_again(store: &mut Sqlite) -> Result<Recomputed, StoreError> {
    let held = store.hold()?;
    let of_ward = again::of_ward(&store.connection, (store.key, store.ward.uid));
    of_ward.map_err(|error| store.told(&error))?;
    drop(held);
    let (mut after, mut done) = (i64::MIN, Recomputed::default());
    loop {
        let some = patients(&store.connection, ALL, after, AT_ONCE).map_err(|error| store.told(&error))?;
        let Some(last) = some.last() else { return Ok(done) };
        after = *last;
        let damaged = compute(store, &some)?;
        done.patients += some.len() - damaged.len();
        done.damaged.extend(damaged);
    }
}

/// Computes the courses of some patients again, in one transaction. Those whose entries cannot be relied on keep what is
/// kept of them, marked so that no list takes it for right; they are returned.
fn compute(store: &mut Sqlite, patients: &[i64]) -> Result<Vec<DamagedPatient>, StoreError> {
    let held = store.hold()?;
    let Sqlite { connection, path, key, ward, .. } = store;
    let told = |error: &rusqlite::Error| of_database(path, error);
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|error| told(&error))?;
    // Other open days may have been set meanwhile.
    let (_, now) = again::ward(&transaction).map_err(|error| told(&error))?;
    *ward = now;
    let damaged = compute_in(&transaction, (*key, ward), patients).map_err(|error| told(&error))?;
    transaction.commit().map_err(|error| told(&error))?;
    drop(held);
    Ok(damaged)
}

fn compute_in(
    connection: &Connection,
    (key, ward): (i64, &Ward),
    patients: &[i64],
) -> rusqlite::Result<Vec<DamagedPatient>> {
    let mut damaged = Vec::new();
    for patient in patients {
        match read::relied(connection, ward.uid, *patient)? {
            Ok(Relied { events, state, .. }) => {
                let courses = CourseRow::of_state(&state, CourseRow::as_of(&events), &ward.clinic);
                replace(connection, key, *patient, &courses)?;
            }
            Err(found) => {
                let of = named_params! {":fold": NOT_RELIED_ON, ":patient": patient};
                connection.execute("UPDATE course SET fold = :fold WHERE patient = :patient", of)?;
                damaged.push(found);
            }
        }
    }
    Ok(damaged)
}
