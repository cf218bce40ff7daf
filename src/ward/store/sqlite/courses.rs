//! The courses that a register keeps: their rows, and the questions for those of a list.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rusqlite::{Connection, Row, named_params};

use super::{
    super::{due::Listed, projection::CourseRow},
    rows,
};

/// The question for the courses of a list.
const LIST: &str = include_str!("list.sql");
/// Where the key of the patient is in the question.
const PATIENT: usize = 18;

/// The courses whose day is no day, so that the question above does not find them.
const NO_DAY: &str = "SELECT patient FROM course INDEXED BY course_due WHERE ward = :ward AND next_due > '9999-12-31'";

/// The questions for courses that another fold computed. Asked without their index, the database would read every course
/// for each list.
const OF_OTHER_FOLD: [&str; 2] = [
    "SELECT patient, fold FROM course INDEXED BY course_fold WHERE fold < :fold",
    "SELECT patient, fold FROM course INDEXED BY course_fold WHERE fold > :fold",
];

/// Those who have a plan and no course: what was kept of them is lost. The entries are read only of those who have none.
const LOST: &str = "SELECT patient FROM patient p WHERE erased = 0 \
                    AND NOT EXISTS (SELECT 1 FROM course c WHERE c.patient = p.patient) \
                    AND EXISTS (SELECT 1 FROM event e WHERE e.patient = p.patient AND e.kind = 'planned') \
                    ORDER BY patient";
/// How many have no course that is kept, as far as the indexes tell: they are looked for only where there are any.
const WITHOUT_COURSE: &str = "SELECT (SELECT count(*) FROM patient) \
                              - (SELECT count(*) FROM patient WHERE ward = :ward AND id IS NULL) \
                              - (SELECT count(DISTINCT patient) FROM course)";

/// The columns of a course, as [`course`] reads them from this column on.
const COURSE: &str = "c.course, c.state, c.drug, c.dose, c.next_dose, c.next_due, c.look_again, c.no_date, c.given, \
                      c.last_given, c.open, c.fold, c.regimens_sha256, c.as_of";

fn course(row: &Row<'_>, at: usize) -> rusqlite::Result<CourseRow> {
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

/// The courses that are kept of a patient, in the order of their numbers; none of one that cannot be read.
pub(super) fn of_patient(connection: &Connection, ward: i64, patient: i64) -> rusqlite::Result<Vec<Option<CourseRow>>> {
    let asked =
        format!("SELECT {COURSE} FROM course c WHERE c.patient = :patient AND c.ward = :ward ORDER BY c.course");
    let of = named_params! {":patient": patient, ":ward": ward};
    connection.prepare(&asked)?.query_map(of, |row| Ok(course(row, 0).ok()))?.collect()
}

/// The courses that can be in a list up to a day, each with the key of its patient; none of one that cannot be read.
pub(super) fn listed(
    connection: &Connection,
    ward: i64,
    last: NaiveDate,
) -> rusqlite::Result<Vec<(i64, Option<Listed>)>> {
    let mut statement = connection.prepare(LIST)?;
    let found = statement.query_map(named_params! {":ward": ward, ":last": last.to_string()}, |row| {
        Ok((row.get(PATIENT)?, of_list(row).ok()))
    })?;
    found.collect()
}

fn of_list(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(Listed {
        uid: rows::parsed(row, 0)?,
        id: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
        name: row.get(2)?,
        birth_date: rows::optional_date(row, 3)?,
        course: course(row, 4)?,
    })
}

/// The patients with a course whose day is none that the register writes.
pub(super) fn without_day(connection: &Connection, ward: i64) -> rusqlite::Result<Vec<i64>> {
    connection.prepare(NO_DAY)?.query_map(named_params! {":ward": ward}, |row| row.get(0))?.collect()
}

/// The patients with a course that was computed by another fold, with the fold of one of them.
pub(super) fn of_other_fold(connection: &Connection, fold: u32) -> rusqlite::Result<BTreeMap<i64, i64>> {
    let mut found = BTreeMap::new();
    for asked in OF_OTHER_FOLD {
        let mut asked = connection.prepare(asked)?;
        for row in asked.query_map(named_params! {":fold": fold}, |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (patient, fold): (i64, i64) = row?;
            found.insert(patient, fold);
        }
    }
    Ok(found)
}

/// Those whose courses are lost. One whose plans were all struck, and who has none, is among them.
pub(super) fn lost(connection: &Connection, ward: i64) -> rusqlite::Result<Vec<i64>> {
    let without: i64 = connection.query_row(WITHOUT_COURSE, named_params! {":ward": ward}, |row| row.get(0))?;
    if without == 0 {
        return Ok(Vec::new());
    }
    connection.prepare(LOST)?.query_map([], |row| row.get(0))?.collect()
}

/// Writes the courses of a patient in the place of those that are kept.
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

#[cfg(test)]
mod tests {
    use super::{super::schema, *};

    #[test]
    fn a_list_reads_no_course_that_is_not_in_it() {
        let mut empty = Connection::open_in_memory().unwrap();
        schema::bring_up(&mut empty, 0, schema::STEPS).unwrap();
        let mut asked = empty.prepare(&format!("EXPLAIN QUERY PLAN {LIST}")).unwrap();
        let of = named_params! {":ward": 1, ":last": "2027-01-01"};
        let steps: Vec<String> = asked.query_map(of, |row| row.get(3)).unwrap().collect::<Result<_, _>>().unwrap();
        for index in ["course_due", "course_no_date", "course_open"] {
            assert!(steps.iter().any(|step| step.contains(&format!("SEARCH c USING INDEX {index} "))), "{steps:#?}");
        }
        assert!(!steps.iter().any(|step| step.contains("SCAN")), "{steps:#?}");
    }
}
