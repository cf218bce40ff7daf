//! Who is due: the courses that have a day, need one, or are on hold, and those of which something is to be checked.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    Asked, Due, DueLine, Group, Uid, Ward,
    projection::{self, CourseRow},
    read,
    rows::PatientRow,
    tables::{Done, Reading},
};
use crate::ward::{
    event::Event,
    fold::{CourseState, PatientState, Status},
};

/// A course with the patient whose it is.
pub(super) struct Listed {
    pub(super) uid: Uid,
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) course: CourseRow,
}

/// The list by what the register keeps of each course. What cannot be read of it, what is outdated and what is lost is
/// computed from the entries for this list alone.
pub(super) fn kept_lines(tables: &dyn Reading, (key, ward): (i64, &Ward), asked: Asked) -> Done<Vec<DueLine>> {
    let mut again = not_kept(tables, key)?;
    let mut kept = Vec::new();
    for (patient, course) in kept_courses(tables, key, asked)? {
        match course {
            Some(course) => kept.push((patient, course)),
            None => drop(again.insert(patient)),
        }
    }
    kept.retain(|(patient, _)| !again.contains(patient));
    let mut lines: Vec<DueLine> = kept.into_iter().flat_map(|(_, listed)| listed.lines(asked)).collect();
    for patient in again {
        let Ok(relied) = read::relied(tables, ward.uid, patient)? else { continue };
        let courses = CourseRow::of_state(&relied.state, CourseRow::as_of(&relied.events), &ward.clinic);
        lines.extend(courses.into_iter().flat_map(|course| Listed::of(&relied.patient, course).lines(asked)));
    }
    lines.sort_by_cached_key(DueLine::order);
    Ok(lines)
}

/// The list by what the entries say of everybody who can be in it. What the register keeps of the courses only says of
/// whom the entries are read.
pub(super) fn with_entries<T: Clone>(
    tables: &dyn Reading,
    (key, ward): (i64, &Ward),
    asked: Asked,
    mut beside: impl FnMut(&PatientState, &CourseState, &[Event]) -> T,
) -> Done<Due<T>> {
    let mut all = not_kept(tables, key)?;
    all.extend(kept_courses(tables, key, asked)?.into_iter().map(|(patient, _)| patient));
    let (mut lines, mut damaged) = (Vec::new(), Vec::new());
    for patient in all {
        let relied = match read::relied(tables, ward.uid, patient)? {
            Ok(relied) => relied,
            Err(found) => {
                damaged.push(found);
                continue;
            }
        };
        let courses = CourseRow::of_state(&relied.state, CourseRow::as_of(&relied.events), &ward.clinic);
        for (course, state) in courses.into_iter().zip(&relied.state.courses) {
            let mut of_course = Listed::of(&relied.patient, course).lines(asked).peekable();
            if of_course.peek().is_some() {
                let said = beside(&relied.state, state, &relied.events);
                lines.extend(of_course.map(|line| (line, said.clone())));
            }
        }
    }
    lines.sort_by_cached_key(|(line, _)| line.order());
    Ok(Due { lines, damaged })
}

/// The patients of whom courses are outdated or lost, or have a day that is none.
fn not_kept(tables: &dyn Reading, ward: i64) -> Done<BTreeSet<i64>> {
    let mut all: BTreeSet<i64> = projection::outdated(tables)?.into_iter().collect();
    all.extend(tables.lost(ward)?);
    all.extend(tables.without_day(ward)?);
    Ok(all)
}

/// The courses that the register keeps, as far as they can be in the list, each with the key of its patient; none of one
/// that cannot be read.
fn kept_courses(tables: &dyn Reading, ward: i64, asked: Asked) -> Done<Vec<(i64, Option<Listed>)>> {
    let is_readable = |it: &Listed| it.course.is_current() && it.course.until(asked.last()).is_some();
    let found = tables.listed(ward, asked.last())?;
    Ok(found.into_iter().map(|(patient, course)| (patient, course.filter(is_readable))).collect())
}

impl Listed {
    /// A course of a patient.
    fn of(patient: &PatientRow, course: CourseRow) -> Self {
        Self {
            uid: patient.uid,
            id: patient.id.clone().unwrap_or_default(),
            name: patient.name.clone(),
            birth_date: patient.birth_date,
            course,
        }
    }

    /// Its lines: that of its next dose or its hold, and that of its checks.
    fn lines(self, asked: Asked) -> impl Iterator<Item = DueLine> {
        let listed = self.course.until(asked.last()).unwrap_or_default();
        let projection::Listed { due, past_end, checks, can_end: all_answered } = listed;
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
