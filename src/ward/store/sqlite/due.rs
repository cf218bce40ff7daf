//! Who is due: the courses that have a day, need one, or are on hold, and those of which something is to be checked.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, named_params};

use super::{
    super::{Asked, DueLine, Group, StoreError, Uid},
    Access, Sqlite,
    projection::{self, CourseRow},
    rows,
};
use crate::ward::fold::Status;

/// The question for the courses of a list.
const LIST: &str = include_str!("list.sql");

/// A course with the patient whose it is.
struct Listed {
    uid: Uid,
    id: String,
    name: Option<String>,
    birth_date: Option<NaiveDate>,
    course: CourseRow,
}

/// The list, in the order in which a ward looks at it.
pub(super) fn due(store: &mut Sqlite, asked: Asked) -> Result<Vec<DueLine>, StoreError> {
    store.is_still_there()?;
    if store.access == Access::Write {
        projection::make_current(store)?;
    }
    let told = |error: &rusqlite::Error| store.told(error);
    let mut listed = kept(&store.connection, store.key, asked).map_err(|error| told(&error))?;
    if store.access != Access::Write {
        // In a file that cannot be written to, what is outdated or lost is computed for this list alone.
        listed.retain(|it| it.course.is_current());
        listed.extend(outdated(store).map_err(|error| told(&error))?);
    }
    let mut lines: Vec<DueLine> = listed.into_iter().flat_map(|listed| listed.lines(asked)).collect();
    lines.sort_by_cached_key(DueLine::order);
    Ok(lines)
}

/// The courses that the register keeps, as far as they can be in the list.
fn kept(connection: &Connection, ward: i64, asked: Asked) -> rusqlite::Result<Vec<Listed>> {
    let mut statement = connection.prepare(LIST)?;
    let found = statement.query_map(named_params! {":ward": ward, ":last": asked.last().to_string()}, listed)?;
    found.collect()
}

fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(Listed {
        uid: rows::parsed(row, 0)?,
        id: row.get::<_, Option<String>>(1)?.unwrap_or_default(),
        name: row.get(2)?,
        birth_date: rows::optional_date(row, 3)?,
        course: projection::course(row, 4)?,
    })
}

/// The courses that must be computed again.
fn outdated(store: &Sqlite) -> rusqlite::Result<Vec<Listed>> {
    let mut all = Vec::new();
    let outdated = projection::outdated(&store.connection, usize::MAX)?;
    for key in outdated.into_iter().chain(projection::lost(&store.connection, store.key)?) {
        let asked = format!("{} WHERE patient = :patient", rows::PATIENT);
        let patient = store.connection.query_row(&asked, named_params! {":patient": key}, rows::patient)?;
        let courses = projection::computed(&store.connection, &store.ward, key)?.into_iter();
        all.extend(courses.map(|course| Listed {
            uid: patient.uid,
            id: patient.id.clone().unwrap_or_default(),
            name: patient.name.clone(),
            birth_date: patient.birth_date,
            course,
        }));
    }
    Ok(all)
}

impl Listed {
    /// Its lines: that of its next dose or its hold, and that of its checks.
    fn lines(self, asked: Asked) -> impl Iterator<Item = DueLine> {
        let projection::Listed { due, past_end, checks, can_end: all_answered } = self.course.until(asked.last());
        let late = |day: Option<NaiveDate>| day.map_or(0, |day| (asked.today - day).num_days()).max(0);
        let is_on_hold = self.course.state == Status::OnHold.as_str();
        let group = match due {
            _ if is_on_hold => Some(Group::Held),
            _ if self.course.no_date => Some(Group::NoDate),
            Some(due) if due < asked.today => Some(Group::Overdue),
            Some(due) if due == asked.today => Some(Group::Today),
            Some(due) if due <= asked.last() => Some(Group::Ahead),
            Some(_) | None => None,
        };
        let Self { uid, id, name, birth_date, course } = self;
        let line = |group, late_days, checks, all_answered| DueLine {
            group,
            uid,
            id: id.clone(),
            name: name.clone(),
            birth_date,
            course: course.course,
            drug: course.drug.clone(),
            dose: course.dose.clone(),
            next_dose: course.next_dose,
            due,
            past_end,
            lapsed: None,
            late_days,
            look_again: course.look_again.filter(|_| is_on_hold),
            given: course.given,
            last_given: course.last_given,
            checks,
            all_answered,
        };
        let of_dose = group.map(|group| line(group, late(due), Vec::new(), false));
        let first = checks.first().map(|check| check.on);
        let is_looked_at = all_answered || first.is_some();
        let of_checks = is_looked_at.then(|| line(Group::Checks, late(first), checks, all_answered));
        of_dose.into_iter().chain(of_checks)
    }
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
