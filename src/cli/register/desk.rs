//! The register behind the screens of a ward: opened when the program starts, made when the first patient is taken in.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{
    add::{Adding, of_document, other_days},
    clock::ComputerClock,
    place::{RegisterArgs, try_open},
};
use crate::{
    cli::{Failure, failure::name},
    json::Text,
    morning::{Desk, Line, Morning},
    present::register::recorded,
    regimen::{Library, LibraryFile},
    ward::{
        Settings,
        event::{ClinicSet, Draft, What},
        fold,
        namesake::Person,
        store::{
            Appended, Asked, Clock, Due, History, New, Now, PatientKey, Sharing, Sqlite, Store, StoreError, Stored, Uid,
            Ward,
        },
    },
    words::{register::command as words, store},
};

/// How many entries are read at a time to see what was given today.
const PAGE: u64 = 200;

/// The register of a ward, as the screens ask for it.
pub(in crate::cli) struct WardDesk {
    store: Option<Sqlite>,
    /// The ward while there is no register yet.
    no_ward: Ward,
    args: RegisterArgs,
    path: PathBuf,
    library: &'static Library,
    files: Vec<LibraryFile>,
    /// The folder of a made-up ward, which goes with the program.
    example: Option<TempDir>,
}

impl WardDesk {
    /// Opens the register that is configured, or the usual one; where none is there yet, the first patient makes it.
    pub(in crate::cli) fn open(
        settings: &Settings,
        library: &'static Library,
        files: Vec<LibraryFile>,
    ) -> Result<Self, Failure> {
        let args = RegisterArgs { register: None };
        let (path, is_usual) = args.place()?;
        let store = match try_open(&path)? {
            Ok(store) => Some(store),
            Err(StoreError::NotThere { .. }) if is_usual => None,
            Err(error) => return Err(error.into()),
        };
        let named = settings.name.clone().unwrap_or_else(|| words::UNNAMED.parse().expect("a name that can be shown"));
        let clinic = ClinicSet { open_weekdays: settings.open_weekdays.clone(), closed: settings.closed.clone() };
        let no_ward = Ward { uid: Uid::new([0; 16]), name: named, settings: settings.clone(), clinic };
        Ok(Self { store, no_ward, args, path, library, files, example: None })
    }

    fn store(&mut self) -> Result<&mut Sqlite, StoreError> {
        let path = self.path.clone();
        self.store.as_mut().ok_or(StoreError::NotThere { path })
    }
}

impl Desk for WardDesk {
    fn ward(&self) -> &Ward {
        self.store.as_ref().map_or(&self.no_ward, Store::ward)
    }

    fn now(&self) -> Now {
        ComputerClock.now()
    }

    fn place(&self) -> String {
        name(self.store.as_ref().map_or(self.path.as_path(), Sqlite::path))
    }

    fn morning(&mut self, ahead: u16) -> Result<Morning, StoreError> {
        let now = ComputerClock.now();
        let empty =
            Morning { day: now.day, at: now.time, lines: Vec::new(), damaged: Vec::new(), last_backup: None, is_empty: true };
        let (library, Some(store)) = (self.library, self.store.as_mut()) else { return Ok(empty) };
        store.make_current()?;
        let moment = store.moment()?;
        let asked = Asked { today: now.day, ahead };
        let of = |state: &fold::PatientState, course: &fold::CourseState, events: &[crate::ward::event::Event]| {
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
                let is_listed = lines.iter().any(|line| line.uid == uid && line.course == course.number && line.due == Some(now.day));
                let given = Line::given_today(uid, (&state, course, &events), now.day, library);
                lines.extend(given.filter(|_| !is_listed));
            }
        }
        let is_empty = head <= 1 || (lines.is_empty() && moment.patients(None, 1)?.is_empty());
        Ok(Morning { day: now.day, at: now.time, lines, damaged, last_backup: moment.last_backup()?, is_empty })
    }

    fn everybody(&mut self) -> Result<Vec<Person>, StoreError> {
        self.store.as_mut().map_or(Ok(Vec::new()), Store::persons)
    }

    fn patient(&mut self, key: &PatientKey) -> Result<History, StoreError> {
        self.store()?.patient(key)
    }

    fn record(&mut self, of: &PatientKey, seen: u32, new: &[Draft]) -> Result<Appended, StoreError> {
        let files = self.files.clone();
        let store = self.store()?;
        if new.iter().any(|draft| matches!(draft.body, crate::ward::event::Body::Assessed(_))) {
            store.keep_library(&files)?;
        }
        store.append(of, seen, new, &ComputerClock)
    }

    fn add(&mut self, plan: &[u8], replaces: bool, by: &Text) -> Result<Vec<String>, String> {
        let plan = of_document(plan, self.library)?;
        if self.store.is_none() {
            let made = self.args.open_or_make(by, self.library).map_err(|failure| failure.said())?;
            self.store = Some(made);
        }
        let (library, files) = (self.library, self.files.clone());
        let store = self.store().map_err(|error| store::why(&error))?;
        store.keep_library(&files).map_err(|error| store::why(&error))?;
        let known = super::add::namesakes(store).map_err(|failure| failure.said())?;
        let open_findings = plan.open_findings;
        let on = ComputerClock.now().day;
        let adding = Adding { on, by, late: false, replan: replaces, known: Some(&known) };
        let appended = adding.record(store, plan).map_err(|failure| failure.said())?;
        let clinic = store.ward().clinic.open_days();
        let mut lines = recorded(&appended, &clinic, library);
        lines.extend(words::to_be_confirmed(open_findings));
        lines.extend(other_days(&store.ward().clinic, &appended));
        Ok(lines)
    }

    fn make_example(&mut self) -> Result<(), String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let path = folder.path().join("example.db");
        let made = example(&path, self.library).map_err(|error| store::why(&error))?;
        self.store = Some(made);
        self.path = path;
        self.example = Some(folder);
        Ok(())
    }
}

/// Whether an entry says that something was given on a day.
fn is_given_on(entry: &Stored, day: chrono::NaiveDate) -> bool {
    let event = entry.event();
    event.is_some_and(|event| event.on == day && matches!(&event.what, What::Body(body) if body.drug().is_some()))
}

/// A register with a made-up ward.
fn example(path: &Path, library: &'static Library) -> Result<Sqlite, StoreError> {
    let name: Text = crate::words::morning::EXAMPLE_WARD.parse().expect("a name that can be shown");
    let by: Text = crate::words::morning::EXAMPLE_BY.parse().expect("a name that can be shown");
    let new = New { name, settings: Settings::default(), sharing: Sharing::Owner, by };
    let store = Sqlite::create(path, &new, super::clock::who(), &ComputerClock)?;
    let _ = library;
    Ok(store)
}
