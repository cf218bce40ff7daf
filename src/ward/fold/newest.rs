//! The assessment that a dose of a day rests on.

use chrono::NaiveDate;

use super::entries::standing;
use crate::ward::event::{Assessed, Body, Event};

/// The newest assessment of a course whose verdict holds for a day, with the number of its entry; none where there is
/// none, or it was struck.
pub fn newest_assessment(events: &[Event], course: u32, day: NaiveDate) -> Option<(u64, &Assessed)> {
    let entries = standing(events, &mut Vec::new()).into_iter();
    let of_day = entries.filter_map(|entry| match entry.body {
        Body::Assessed(it) if it.day == day && entry.event.course == Some(course) => Some((entry.event.number, it)),
        _ => None,
    });
    of_day.max_by_key(|(number, _)| *number)
}
