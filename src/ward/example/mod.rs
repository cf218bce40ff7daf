//! A made-up ward on a morning, to try the screens and the commands on: every patient and every entry is invented, and
//! each entry is made by the engine and admitted by the register like any other.

mod history;
mod patients;

use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::{
    Settings,
    event::Draft,
    store::{Clock, New, Now, PatientKey, Sharing, Sqlite, Store, StoreError, Who},
};
use crate::{json::Text, regimen::Library, words::register::example as words};
use history::{Act, History, PLANNED_BEFORE, before};
use patients::{Last, MadeUp, PATIENTS};

/// How many days before the example the ward was opened.
const OPENED_DAYS_AGO: u64 = 125;
/// Days from one dose of a patient to the next.
const EVERY_DAYS: u64 = 28;

/// Entries of a patient that are recorded together.
#[derive(Clone, Debug, PartialEq)]
pub struct Together {
    /// The moment at which they are recorded.
    pub at: NaiveDateTime,
    /// The identifier of the patient.
    pub patient: Text,
    /// How many entries the patient had before; a patient without any is new to the register.
    pub seen: u32,
    /// The entries.
    pub drafts: Vec<Draft>,
}

/// The entries of the patients up to a day, in the order in which they are recorded, for a register whose last entry has
/// this number. What the library does not allow is left out: a hospital may treat otherwise.
pub fn entries(today: NaiveDate, library: &'static Library, mut last: u64) -> Vec<Together> {
    let mut histories: Vec<History> = PATIENTS.iter().filter_map(|it| History::of(it, today, library)).collect();
    let of_patient = |(which, history): (usize, &History)| {
        let acts = acts(history.made_up).into_iter();
        acts.filter_map(move |(ago, act)| Some((moment(which, act, today, ago)?, which, act)))
    };
    let mut all: Vec<(NaiveDateTime, usize, Act)> = histories.iter().enumerate().flat_map(of_patient).collect();
    all.sort_by_key(|(at, which, _)| (*at, *which));
    let together = all.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)).filter_map(|acts| {
        let &(at, which, _) = acts.first()?;
        let history = &mut histories[which];
        let (patient, seen) = (history.id(), history.seen());
        let drafts = acts.iter().filter_map(|(_, _, act)| history.record(*act, at, &mut last)).collect();
        Some(Together { at, patient, seen, drafts })
    });
    together.filter(|it| !it.drafts.is_empty()).collect()
}

/// Records the patients in a register, each entry on its own day by a clock that is made up, and never later than it is
/// now. Whoever records with a library keeps its files in the register ([`Store::keep_library`]).
///
/// # Errors
/// Where the register cannot be written to, or has a patient of one of the identifiers.
pub fn fill(store: &mut dyn Store, clock: &dyn Clock, library: &'static Library) -> Result<(), StoreError> {
    let now = clock.now();
    let (last, _) = store.head()?;
    for Together { at, patient, seen, drafts } in entries(now.day, library, last) {
        let clock = Backdated { at, now };
        match seen {
            0 => store.register(&drafts, &clock)?,
            seen => store.append(&PatientKey::Id(patient), seen, &drafts, &clock)?,
        };
    }
    Ok(())
}

/// Makes a register of the example, for its owner alone. The ward is open on every day.
///
/// # Errors
/// Where the register cannot be made.
///
/// # Panics
/// Never: the names are those of the words.
pub fn make(path: &Path, who: Who, clock: &dyn Clock, library: &'static Library) -> Result<Sqlite, StoreError> {
    let now = clock.now();
    let opened = before(now.day, OPENED_DAYS_AGO).unwrap_or(now.day);
    let people = [words::NURSE, words::SECOND, words::PRESCRIBER].map(text);
    let settings = Settings { name: Some(text(words::WARD)), people: people.into(), ..Settings::default() };
    let new = New { name: text(words::WARD), settings, sharing: Sharing::Owner, by: text(words::NURSE) };
    let mut store = Sqlite::create(path, &new, who, &Backdated { at: opened.and_time(NaiveTime::MIN), now })?;
    fill(&mut store, clock, library)?;
    Ok(store)
}

/// What happened to a patient, and how many days ago.
fn acts(made_up: &MadeUp) -> Vec<(u64, Act)> {
    let planned = made_up.first + PLANNED_BEFORE;
    let mut acts = vec![(planned, Act::Register), (planned, Act::Plan)];
    for dose in 0..made_up.doses {
        let ago = made_up.first.saturating_sub(dose * EVERY_DAYS);
        acts.extend([(ago, Act::Assess(made_up.creatinine)), (ago, Act::Give)]);
    }
    if let Some(Last { ago, creatinine, is_held }) = made_up.last {
        acts.push((ago, Act::Assess(creatinine)));
        acts.extend(is_held.then_some((ago, Act::Hold)));
    }
    acts
}

/// The moment so many days before today at which something is recorded: early where it is of today, else in the
/// afternoon, when all infusions are over; one patient after the other.
fn moment(which: usize, act: Act, today: NaiveDate, ago: u64) -> Option<NaiveDateTime> {
    let (hour, minutes) = match act {
        _ if ago == 0 => (7, 3),
        Act::Assess(_) | Act::Give | Act::Hold => (14, 5),
        Act::Register | Act::Plan => (15, 5),
    };
    let time = NaiveTime::from_hms_opt(hour, 0, 0)?;
    Some(before(today, ago)?.and_time(time) + TimeDelta::minutes(i64::try_from(which).ok()? * minutes))
}

/// A text of this program.
fn text(text: &str) -> Text {
    text.parse().expect("a text of this program can be shown")
}

/// A clock that shows a moment that has passed, where the ward is now. One that has not come yet is now.
struct Backdated {
    at: NaiveDateTime,
    now: Now,
}

impl Clock for Backdated {
    fn now(&self) -> Now {
        let Now { day, time, offset_min, .. } = self.now;
        let at = self.at.min(day.and_time(time));
        let ms = at.and_utc().timestamp_millis() - i64::from(offset_min) * 60_000;
        Now { day: at.date(), time: at.time(), offset_min, ms }
    }
}
