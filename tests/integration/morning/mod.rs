//! A ward's morning as a nurse sees it: Home, the page of a patient, the visit, and what is recorded of it, on the made-up
//! ward of 29 December 2026.

mod keys;
#[path = "../../support/made_up_ward.rs"]
mod made_up_ward;
mod screens;
mod typed;

use std::path::PathBuf;

use osteodose::{
    tui::{Depth, Form, Morning},
    ward::{
        event::Event,
        store::{PatientKey, Sqlite, Store, Stored},
    },
};
use tempfile::TempDir;

use crate::{register_store::register::text, walks::events};
use made_up_ward::{Still, TODAY, copied, over, who};

/// A ward on its morning, with its own copy of the register.
pub struct Ward {
    pub morning: Morning,
    path: PathBuf,
    _folder: TempDir,
}

impl Ward {
    /// The made-up ward as it opens.
    pub fn new(depth: Depth) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = copied(folder.path());
        let store = Sqlite::open(&path, who()).unwrap();
        Self { morning: over(Some(store), depth), path, _folder: folder }
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
}

/// The keys from Home to a patient by name.
pub fn find(name: &str) -> String {
    format!("/{name}\r")
}
