//! A ward's morning as a nurse sees it: Home, the page of a patient, the visit, and what is recorded of it, on the made-up
//! ward of 29 December 2026.

mod keys;
mod screens;
mod typed;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

use chrono::{DateTime, NaiveTime};
use osteodose::{
    json::Text,
    morning::{Around, Register},
    tui::{App, Depth, Form, Morning, MorningSetting, Setting, Theme},
    ward::{
        Settings, example,
        event::Event,
        store::{Clock, Now, PatientKey, Sqlite, Store, Stored},
    },
};
use tempfile::TempDir;

use crate::{
    register::support::{text, who},
    support::LIBRARY,
    walks::events,
};

/// The day of the example.
const TODAY: &str = "2026-12-29";

/// A clock that stands still at eight minutes to nine.
pub struct Still;

impl Clock for Still {
    fn now(&self) -> Now {
        let day = TODAY.parse().unwrap();
        let time = NaiveTime::from_hms_opt(8, 52, 0).unwrap();
        let ms = chrono::NaiveDateTime::new(day, time).and_utc().timestamp_millis();
        Now { day, time, offset_min: 0, ms }
    }
}

/// What the program does for the screens, where nothing of it is tried.
struct Nothing;

impl Around for Nothing {
    fn add(&mut self, _: &mut Option<Sqlite>, _: &[u8], _: bool, _: &Text) -> Result<Vec<String>, String> {
        Err("not here".to_owned())
    }

    fn example(&mut self) -> Result<Sqlite, String> {
        Err("not here".to_owned())
    }
}

/// The made-up ward, made once.
static EXAMPLE: LazyLock<(TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("example.db");
    drop(example::make(&path, who(), &Still, &LIBRARY).unwrap());
    (folder, path)
});

/// A copy of the made-up ward.
pub fn copied(folder: &Path) -> PathBuf {
    let to = folder.join("register.db");
    fs::copy(&EXAMPLE.1, &to).unwrap();
    to
}

/// A ward on its morning, with its own copy of the register.
pub struct Ward {
    pub morning: Morning,
    path: PathBuf,
    folder: TempDir,
}

/// The screens over a register; over none where it is none.
pub fn over(store: Option<Sqlite>, depth: Depth) -> Morning {
    let register = Register {
        store,
        path: "/srv/ward/register.db".into(),
        clock: Box::new(Still),
        library: &LIBRARY,
        files: Vec::new(),
        no_ward: Register::ward_to_be(text("Day unit 4B"), &Settings::default()),
        around: Box::new(Nothing),
    };
    let theme = Theme { depth, ascii: false };
    let form = move |_: Option<&osteodose::morning::Chart>| {
        let setting = Setting { in_register: true, ..Setting::new(&LIBRARY, TODAY.parse().unwrap(), DateTime::default, theme) };
        (App::new(setting), Vec::new())
    };
    Morning::new(MorningSetting {
        desk: Box::new(register),
        library: &LIBRARY,
        theme,
        mouse: true,
        form: Box::new(form),
        drafts: std::collections::BTreeMap::new(),
    })
}

impl Ward {
    /// The made-up ward as it opens.
    pub fn new(depth: Depth) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = copied(folder.path());
        let store = Sqlite::open(&path, who()).unwrap();
        Self { morning: over(Some(store), depth), path, folder }
    }

    /// The made-up ward after keys.
    pub fn after(keys: &str) -> Self {
        let mut ward = Self::new(Depth::None);
        ward.press(keys);
        ward
    }

    /// Presses keys.
    pub fn press(&mut self, keys: &str) {
        for event in events(keys) {
            self.morning.update(&event);
        }
    }

    /// What is shown.
    pub fn shown(&self, columns: u16, rows: u16) -> String {
        crate::screen::drawn(columns, rows, |frame| self.morning.view(frame))
    }

    /// Another program that has the register open.
    pub fn other(&self) -> Sqlite {
        Sqlite::open(&self.path, who()).unwrap()
    }

    /// How many entries the register has.
    pub fn entries(&self) -> u64 {
        self.other().head().unwrap().0
    }

    /// A patient's entries.
    pub fn of(&self, id: &str) -> Vec<Event> {
        Stored::events(&self.other().patient(&PatientKey::Id(text(id))).unwrap().stored)
    }

    /// The kinds of the newest entries of a patient.
    pub fn newest(&self, id: &str, most: usize) -> Vec<String> {
        let events = self.of(id);
        let from = events.len().saturating_sub(most);
        events[from..].iter().map(|event| event.what.kind().to_owned()).collect()
    }

    /// The folder of the register.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// The keys from Home to a patient by name.
pub fn find(name: &str) -> String {
    format!("/{name}\r")
}
