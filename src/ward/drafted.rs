//! What an entry takes from the entries before it and from the settings of the ward when it is drafted, and what must
//! be asked before it is recorded. Commands and screens ask here, so that they cannot differ.

use chrono::NaiveDate;

use super::{
    LEAST_LETTERS, SecondSignature, Settings,
    event::{Body, ClinicSet, Container, Counted, Deferred, Draft, Event, Given, Place},
    flow,
    fold::{self, CourseState, PatientState, Refused, is_late, newest_assessment},
    settings::letters,
};
use crate::{json::Text, quantity::Decimal};

/// The course that an entry is about where none is named: the one that has not ended, else the newest.
pub fn course(state: &PatientState) -> Option<&CourseState> {
    state.open_course().or_else(|| state.courses.last())
}

/// The number of the dose that is given where none is named: the one that was assessed on that day, else the next that
/// is open. After a dose of that day it is that dose again, so that the second save of one dose is refused and is not
/// taken for the dose of another month.
pub fn dose(events: &[Event], course: &CourseState, on: NaiveDate) -> Option<u16> {
    let assessed = newest_assessment(events, course.number, on).and_then(|(_, assessed)| assessed.dose);
    let of_day = course.doses.iter().rev().find(|dose| dose.on == on).and_then(|dose| dose.dose);
    assessed.or(of_day).or_else(|| course.next_slot().map(|slot| slot.number))
}

/// What is given of a dose where nothing else is said: what was assessed for it on its day, else the one that comes
/// next in the course.
pub fn dose_mg(events: &[Event], course: &CourseState, on: NaiveDate, dose: Option<u16>) -> Decimal {
    let newest = newest_assessment(events, course.number, on).filter(|(_, assessed)| assessed.dose == dose);
    let assessed = newest.and_then(|(_, assessed)| assessed.dose_mg);
    assessed.unwrap_or(course.dose_mg)
}

/// Refuses a name that is a slip of a key: one of fewer than two letters.
///
/// # Errors
/// Where it has too few letters.
pub fn name(name: &Text) -> Result<(), Refused> {
    if letters(name.as_str()) < LEAST_LETTERS {
        return Err(Refused::ShortName { name: name.clone(), least: LEAST_LETTERS });
    }
    Ok(())
}

/// What must be true of an entry before it is recorded, beside what stands in the register: names that name somebody,
/// a second person where the ward asks for one, and a word where the batch had expired or it is recorded long after it
/// happened.
///
/// # Errors
/// What is missing.
pub fn ask(
    draft: &Draft,
    course: Option<&CourseState>,
    settings: &Settings,
    today: NaiveDate,
    late: bool,
) -> Result<(), Refused> {
    name(&draft.by)?;
    if let Some(drug) = draft.body.drug() {
        match drug.second {
            _ if drug.place == Place::Unknown => return Err(Refused::NoPlace),
            Some(second) => name(second)?,
            None if drug.place == Place::Ward && asks_for_second(settings, course) => return Err(Refused::NoSecond),
            None => {}
        }
        // What was given is recorded even so, but not by a slip of the eye.
        if drug.note.is_none() {
            refuse_expired(drug.containers, draft.on)?;
        }
    }
    if is_late(draft.on, today) && !late {
        return Err(Refused::Late { on: draft.on, days: (today - draft.on).num_days() });
    }
    Ok(())
}

fn refuse_expired(containers: &[Container], on: NaiveDate) -> Result<(), Refused> {
    let last = |it: &Container| it.expires.map(|expires| expires.0.last_day()).filter(|last| *last < on);
    match containers.iter().find_map(|it| last(it).map(|last| (it, last))) {
        Some((it, last)) => Err(Refused::Expired { batch: it.batch.clone(), last, on }),
        None => Ok(()),
    }
}

/// Refuses to defer a dose to a day on which the ward is closed, or so far that those after it cannot keep their dates as
/// the entry says.
///
/// # Errors
/// Where it is so.
pub fn refuse_deferral(events: &[Event], draft: &Draft, clinic: &ClinicSet) -> Result<(), Refused> {
    let Body::Deferred(deferred @ Deferred { dose, to: Some(to), .. }) = &draft.body else { return Ok(()) };
    let state = fold::state(events);
    let Some(course) = draft.course.and_then(|course| state.course(course)) else { return Ok(()) };
    let open = clinic.open_days();
    let calendar = flow::calendar(course, &open);
    flow::is_later(course, deferred, &calendar)?;
    flow::is_open(course, *dose, *to, &calendar)?;
    flow::can_keep_dates(course, deferred, &calendar)
}

/// The open doses of a course that were planned before a day and not deferred, as doses of which nobody here saw that
/// they were given, with their days. They are proposed to somebody who knows, and never recorded by themselves.
pub fn proposed(course: &CourseState, until: NaiveDate, because: &Text) -> Vec<(NaiveDate, Given)> {
    if course.plan.unit == Counted::Supplies {
        return Vec::new();
    }
    let is_open =
        |number: u16| course.slot(number).is_some_and(|slot| slot.answer.is_none() && slot.deferred.is_none());
    let before = course.plan.slots.iter().filter(|slot| slot.due < until && is_open(slot.number));
    let given = |number: u16| Given {
        dose: Some(number),
        at: None,
        until: None,
        dose_mg: course.plan.dose_mg,
        complete: true,
        because: None,
        another_because: None,
        product: None,
        containers: Vec::new(),
        no_batch_because: Some(because.clone()),
        site: None,
        second: None,
        assessed: None,
        without_go_because: Some(because.clone()),
        prescriber: None,
        place: Place::Unknown,
        note: None,
    };
    before.map(|slot| (slot.due, given(slot.number))).collect()
}

/// Whether the ward has a second person sign a dose of a course.
pub fn asks_for_second(settings: &Settings, course: Option<&CourseState>) -> bool {
    match settings.second_signature.unwrap_or_default() {
        SecondSignature::Required => true,
        SecondSignature::ForBiologicals => course.is_some_and(|course| course.plan.rule.needs_batch),
        SecondSignature::Off => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ward::event::{Given, Second};

    fn given(place: Place, second: Option<&str>) -> Draft {
        let text = |it: &str| it.parse::<Text>().expect("a text");
        let body = Given {
            dose: Some(1),
            at: None,
            until: None,
            dose_mg: Decimal::whole(4),
            complete: true,
            because: None,
            another_because: None,
            product: None,
            containers: Vec::new(),
            no_batch_because: None,
            site: None,
            second: second.map(|by| Second { by: text(by) }),
            assessed: None,
            without_go_because: None,
            prescriber: None,
            place,
            note: None,
        };
        Draft { on: day("2026-03-10"), by: text("A. Berg"), course: Some(1), body: body.into() }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_second_person_is_asked_for_where_the_ward_says_so_and_the_dose_was_given_there() {
        let settings = |second| Settings { second_signature: second, ..Settings::default() };
        let asked = |draft: &Draft, second| ask(draft, None, &settings(second), day("2026-03-11"), false);
        assert_eq!(asked(&given(Place::Ward, None), None), Err(Refused::NoSecond));
        assert_eq!(asked(&given(Place::Ward, Some("B. Lind")), None), Ok(()));
        assert_eq!(asked(&given(Place::Elsewhere, None), None), Ok(()));
        for off in [SecondSignature::Off, SecondSignature::ForBiologicals] {
            assert_eq!(asked(&given(Place::Ward, None), Some(off)), Ok(()));
        }
        assert!(matches!(asked(&given(Place::Ward, Some("B.")), None), Err(Refused::ShortName { least: 2, .. })));
    }

    #[test]
    fn what_happened_more_than_thirty_days_ago_is_asked_about_once_more() {
        let draft = given(Place::Elsewhere, None);
        let asked = |today, late| ask(&draft, None, &Settings::default(), day(today), late);
        assert_eq!(asked("2026-04-09", false), Ok(()));
        assert_eq!(asked("2026-04-10", false), Err(Refused::Late { on: draft.on, days: 31 }));
        assert_eq!(asked("2026-04-10", true), Ok(()));
    }
}
