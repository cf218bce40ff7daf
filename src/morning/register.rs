//! The register behind the screens of a ward: a file that is open, or none yet until the first patient is taken in.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Desk, Line, Morning};
use crate::{
    json::{Text, unhidden},
    regimen::{Library, LibraryFile},
    ward::{
        Settings,
        event::{Body, ClinicSet, Draft, Event, What},
        fold::{self, CourseState, PatientState},
        namesake::Person,
        store::{Appended, Asked, Clock, Due, History, Now, PatientKey, Register, StoreError, Stored, Uid, Ward},
    },
};

/// How many entries are read at a time to see what was given today.
const PAGE: u64 = 200;

/// What only the program around the screens can do.
pub trait Around {
    /// Takes a saved plan into the register, which is made where there is none; what is said of it.
    ///
    /// # Errors
    /// Why nothing was recorded.
    fn add(
        &mut self,
        store: &mut Option<Register>,
        plan: &[u8],
        replaces: bool,
        by: &Text,
    ) -> Result<Vec<String>, String>;

    /// Makes a register with a made-up ward, which goes with the program.
    ///
    /// # Errors
    /// Why it was not made.
    fn example(&mut self) -> Result<Register, String>;
}

/// The register of a ward as it is open.
pub struct OpenRegister {
    /// The register; none while there is none.
    pub store: Option<Register>,
    /// Where it is, or will be.
    pub path: PathBuf,
    /// The clock on the wall.
    pub clock: Box<dyn Clock>,
    /// The library at hand.
    pub library: &'static Library,
    /// Its files, which are kept beside what was assessed with them.
    pub files: Vec<LibraryFile>,
    /// The ward while there is no register.
    pub no_ward: Ward,
    /// What only the program around the screens can do.
    pub around: Box<dyn Around>,
}

impl OpenRegister {
    /// The ward of a register that is not there yet.
    pub fn ward_to_be(name: Text, settings: &Settings) -> Ward {
        let clinic = ClinicSet { open_weekdays: settings.open_weekdays.clone(), closed: settings.closed.clone() };
        Ward { uid: Uid::new([0; 16]), name, settings: settings.clone(), clinic }
    }

    fn store(&mut self) -> Result<&mut Register, StoreError> {
        let path = self.path.clone();
        self.store.as_mut().ok_or(StoreError::NotThere { path })
    }
}

impl Desk for OpenRegister {
    fn ward(&self) -> &Ward {
        self.store.as_ref().map_or(&self.no_ward, |store| store.ward())
    }

    fn now(&self) -> Now {
        self.clock.now()
    }

    fn place(&self) -> String {
        let path: &Path = self.store.as_ref().map_or(&self.path, Register::path);
        unhidden(&path.to_string_lossy())
    }

    fn morning(&mut self, ahead: u16) -> Result<Morning, StoreError> {
        let now = self.clock.now();
        let empty = Morning {
            day: now.day,
            at: now.time,
            lines: Vec::new(),
            damaged: Vec::new(),
            last_backup: None,
            is_empty: true,
        };
        let (library, Some(store)) = (self.library, self.store.as_mut()) else { return Ok(empty) };
        store.make_current()?;
        let moment = store.moment()?;
        let asked = Asked { today: now.day, ahead };
        let of = |state: &PatientState, course: &CourseState, events: &[Event]| {
            (state.clone(), course.clone(), events.to_vec())
        };
        let Due { lines: due, damaged } = moment.due(asked, of)?;
        let mut lines: Vec<Line> = due
            .iter()
            .map(|(line, (state, course, events))| Line::due(line, (state, course, events), now.day, library))
            .collect();
        let (head, _) = moment.head()?;
        let mut seen: Vec<Uid> = Vec::new();
        // What was given today stands at the end of the register.
        let mut last = head;
        'read: while last > 0 {
            let first = last.saturating_sub(PAGE - 1).max(1);
            let entries = moment.events(first, usize::try_from(PAGE).unwrap_or(usize::MAX))?;
            for entry in entries.iter().filter(|it| it.header.number <= last).rev() {
                if entry.header.recorded_on().is_some_and(|on| on < now.day) {
                    break 'read;
                }
                let uid = entry.header.patient.filter(|uid| !seen.contains(uid));
                if let (Some(uid), true) = (uid, is_given_on(entry, now.day)) {
                    seen.push(uid);
                }
            }
            last = first - 1;
        }
        for uid in seen {
            let history = moment.patient(&PatientKey::Uid(uid))?;
            let events = history.events();
            let state = fold::state(&events);
            for course in &state.courses {
                let is_listed = lines
                    .iter()
                    .any(|line| line.uid == uid && line.course == course.number && line.due == Some(now.day));
                let given = Line::given_today(uid, (&state, course, &events), now.day, library);
                lines.extend(given.filter(|_| !is_listed));
            }
        }
        let is_empty = head <= 1 || (lines.is_empty() && moment.patients(None, 1)?.is_empty());
        Ok(Morning { day: now.day, at: now.time, lines, damaged, last_backup: moment.last_backup()?, is_empty })
    }

    fn everybody(&mut self) -> Result<Vec<Person>, StoreError> {
        self.store.as_mut().map_or(Ok(Vec::new()), |store| store.persons())
    }

    fn patient(&mut self, key: &PatientKey) -> Result<History, StoreError> {
        self.store()?.patient(key)
    }

    fn record(&mut self, of: &PatientKey, seen: u32, new: &[Draft]) -> Result<Appended, StoreError> {
        let path = self.path.clone();
        let store = self.store.as_mut().ok_or(StoreError::NotThere { path })?;
        if new.iter().any(|draft| matches!(draft.body, Body::Assessed(_))) {
            store.keep_library(&self.files)?;
        }
        store.append(of, seen, new, self.clock.as_ref())
    }

    fn add(&mut self, plan: &[u8], replaces: bool, by: &Text) -> Result<Vec<String>, String> {
        self.around.add(&mut self.store, plan, replaces, by)
    }

    fn make_example(&mut self) -> Result<(), String> {
        self.store = Some(self.around.example()?);
        Ok(())
    }
}

/// Whether an entry says that something was given on a day.
fn is_given_on(entry: &Stored, day: NaiveDate) -> bool {
    let event = entry.event();
    event.is_some_and(|event| event.on == day && matches!(&event.what, What::Body(body) if body.drug().is_some()))
}
