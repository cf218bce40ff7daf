//! Whether the engine's go stands behind a dose. A verdict holds for its day and dose, and for what stood in the
//! register when it was made: anything recorded since can have changed what the engine would say.

use chrono::NaiveDate;

use super::entries::{Entry, standing};
use crate::ward::event::{Assessed, Body, Event, Verdict};

/// What the engine said of a dose, as far as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Go {
    /// It said go, and nothing came since.
    Stands,
    /// It did not say go for the day, or another verdict of the day is the newest.
    None,
    /// Its newest verdict of the day is a hold.
    Held {
        /// The entry of the assessment.
        assessed: u64,
    },
    /// It said go for another dose.
    OfAnother {
        /// The entry of the assessment.
        assessed: u64,
    },
    /// It said go, and something was recorded since.
    Past {
        /// The entry of the assessment.
        assessed: u64,
        /// The first entry since.
        since: u64,
    },
}

/// A dose whose verdict is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct ToGive {
    /// Its entry: those after it do not count.
    pub(super) number: u64,
    /// The day.
    pub(super) on: NaiveDate,
    /// The course.
    pub(super) course: u32,
    /// The dose of the plan; none for one that was not planned.
    pub(super) dose: Option<u16>,
    /// The assessment that it names.
    pub(super) assessed: Option<u64>,
}

impl ToGive {
    /// What the engine said of it.
    pub(super) fn go(self, entries: &[Entry<'_>]) -> Go {
        let Some((assessed, newest)) = newest_before(entries, self.course, self.on, self.number) else {
            return Go::None;
        };
        match (newest.verdict, since(entries, assessed, self.number)) {
            (Verdict::Hold, _) => Go::Held { assessed },
            (Verdict::Confirm, _) => Go::None,
            (Verdict::Go, _) if self.assessed != Some(assessed) => Go::None,
            (Verdict::Go, Some(since)) => Go::Past { assessed, since },
            (Verdict::Go, None) if newest.dose != self.dose => Go::OfAnother { assessed },
            (Verdict::Go, None) => Go::Stands,
        }
    }
}

/// The newest assessment of a course whose verdict holds for a day, with the number of its entry; none where there is
/// none, or it was struck.
pub fn newest_assessment(events: &[Event], course: u32, day: NaiveDate) -> Option<(u64, &Assessed)> {
    newest_before(&standing(events, &mut Vec::new()), course, day, u64::MAX)
}

/// The newest assessment of a course for a day, where its verdict stands: nothing was recorded since that can have changed
/// it.
pub fn standing_assessment(events: &[Event], course: u32, day: NaiveDate) -> Option<(u64, &Assessed)> {
    let entries = standing(events, &mut Vec::new());
    let (number, assessed) = newest_before(&entries, course, day, u64::MAX)?;
    since(&entries, number, u64::MAX).is_none().then_some((number, assessed))
}

/// The newest assessment of a course and a day among the entries before a number.
pub(super) fn newest_before<'e>(
    entries: &[Entry<'e>],
    course: u32,
    day: NaiveDate,
    before: u64,
) -> Option<(u64, &'e Assessed)> {
    let of_day = entries.iter().filter_map(|entry| match entry.body {
        Body::Assessed(it) if it.day == day && entry.event.course == Some(course) => Some((entry.event.number, it)),
        _ => None,
    });
    of_day.filter(|(number, _)| *number < before).max_by_key(|(number, _)| *number)
}

/// The first entry after an assessment and before a number that can have changed the verdict. A note changes nothing,
/// and a course that is resumed on the assessment itself was judged as one on hold.
pub(super) fn since(entries: &[Entry<'_>], assessed: u64, before: u64) -> Option<u64> {
    let changes = |entry: &&Entry<'_>| match entry.body {
        Body::Noted(_) => false,
        Body::Resumed(it) => it.assessed != Some(assessed),
        _ => true,
    };
    let between = entries.iter().filter(|entry| (assessed + 1..before).contains(&entry.event.number));
    between.filter(changes).map(|entry| entry.event.number).min()
}
