//! What the register keeps of each course so that a list need not read every entry. It is computed from the entries,
//! and may be deleted and computed again.

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    DamagedPatient, Refreshed, StoreError, Uid, Ward, again,
    append::Saving,
    read::{self, Relied},
    tables::{Begun, Database, Done, Opened, Reading, Writing},
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
    let tables = &saving.tables;
    tables.replace(saving.ward.0, patient, &courses)?;
    // A trigger of another program can keep a row from being written without an error.
    let kept = tables.courses(saving.ward.0, patient)?;
    let is_kept = kept.len() == courses.len() && kept.iter().zip(&courses).all(|(kept, it)| kept.as_ref() == Some(it));
    let last = events.iter().map(|event| event.seq).max();
    let is_said = tables.row(patient)?.is_ok_and(|row| row.is_said(&state) && Some(row.last_seq) == last);
    if is_kept && is_said { Ok(()) } else { Err(saving.damaged(None)) }
}

/// Marks all courses of a ward to be computed again.
pub(super) fn outdate(saving: &Saving<'_>) -> Done<()> {
    saving.tables.set_folds(saving.ward.0, OUTDATED)
}

/// The patients with a course that must be computed again.
pub(super) fn outdated(tables: &dyn Reading) -> Done<Vec<i64>> {
    Ok(tables.of_other_fold(FOLD)?.into_keys().collect())
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
fn to_compute(tables: &dyn Reading, ward: Uid) -> Done<Vec<i64>> {
    let mut found = Vec::new();
    for (patient, fold) in tables.of_other_fold(FOLD)? {
        // Whoever was found not to be relied on is looked at again, and not written again.
        if fold != i64::from(NOT_RELIED_ON) || read::relied(tables, ward, patient)?.is_ok() {
            found.push(patient);
        }
    }
    Ok(found)
}

/// Computes courses again, of at most so many patients.
pub(super) fn refresh(database: &mut dyn Database, most: usize) -> Result<Refreshed, StoreError> {
    let Opened { tables, ward, .. } = database.apart()?;
    let all = to_compute(&*tables, ward.uid)?;
    drop(tables);
    let some = &all[..most.min(all.len())];
    if some.is_empty() {
        return Ok(Refreshed::default());
    }
    compute(database, some)?;
    Ok(Refreshed { patients: some.len(), is_more: all.len() > some.len() })
}

/// Computes again all courses that must be before they are shown, those that are lost too. In a register that cannot be
/// written to, and on a full disk, a list computes them for itself alone.
pub(super) fn make_current(database: &mut dyn Database) -> Result<(), StoreError> {
    if !database.can_write() {
        return Ok(());
    }
    let Opened { tables, key, ward } = database.apart()?;
    let mut all = to_compute(&*tables, ward.uid)?;
    for patient in tables.lost(key)? {
        // Whoever has no course that is not struck has nothing to be written.
        let relied = read::relied(&*tables, ward.uid, patient)?;
        all.extend(relied.is_ok_and(|it| !it.state.courses.is_empty()).then_some(patient));
    }
    drop(tables);
    let computed = all.chunks(AT_ONCE).try_for_each(|some| compute(database, some).map(drop));
    match computed {
        Err(StoreError::Busy { .. } | StoreError::Full { .. } | StoreError::ReadOnly { .. }) => Ok(()),
        computed => computed,
    }
}

/// Computes the courses of every patient again, and what is kept of the ward.
pub(super) fn compute_again(database: &mut dyn Database) -> Result<Recomputed, StoreError> {
    let Begun { tables, key, ward, .. } = database.begin()?;
    again::of_ward(&*tables, (key, ward.uid))?;
    tables.commit()?;
    let (mut after, mut done) = (i64::MIN, Recomputed::default());
    loop {
        let some = database.apart()?.tables.keys(after, AT_ONCE, true)?;
        let Some(last) = some.last() else { return Ok(done) };
        after = *last;
        let damaged = compute(database, &some)?;
        done.patients += some.len() - damaged.len();
        done.damaged.extend(damaged);
    }
}

/// Computes the courses of some patients again, in one transaction. Those whose entries cannot be relied on keep what is
/// kept of them, marked so that no list takes it for right; they are returned.
fn compute(database: &mut dyn Database, patients: &[i64]) -> Result<Vec<DamagedPatient>, StoreError> {
    let Begun { tables, key, ward, .. } = database.begin()?;
    // Other open days may have been set meanwhile.
    let (_, now) = again::ward(&*tables)?;
    ward.clone_from(&now);
    let damaged = compute_in(&*tables, (key, &now), patients)?;
    tables.commit()?;
    Ok(damaged)
}

fn compute_in(tables: &dyn Writing, (key, ward): (i64, &Ward), patients: &[i64]) -> Done<Vec<DamagedPatient>> {
    let mut damaged = Vec::new();
    for patient in patients {
        match read::relied(tables, ward.uid, *patient)? {
            Ok(Relied { events, state, .. }) => {
                let courses = CourseRow::of_state(&state, CourseRow::as_of(&events), &ward.clinic);
                tables.replace(key, *patient, &courses)?;
            }
            Err(found) => {
                tables.set_fold(*patient, NOT_RELIED_ON)?;
                damaged.push(found);
            }
        }
    }
    Ok(damaged)
}
