//! The form itself: what is entered, where the person is, and what an event does.

use std::{collections::BTreeMap, path::PathBuf};

use chrono::NaiveDate;
use crossterm::event::Event;
use ratatui::Frame;

use super::{Effect, Happened, Leftover, Theme};
use crate::{regimen::Library, request::Request};

/// What the form is opened with.
pub struct Setting<'a> {
    /// The library at hand.
    pub library: &'a Library,
    /// Today, which is offered and never assumed.
    pub today: NaiveDate,
    /// How it looks.
    pub theme: Theme,
    /// A request that was opened, with the name of its file.
    pub opened: Option<(PathBuf, Request)>,
    /// What earlier sessions left.
    pub leftovers: Vec<Leftover>,
}

/// The form.
pub struct App<'a> {
    setting: Setting<'a>,
}

impl<'a> App<'a> {
    /// The form as it opens.
    pub fn new(setting: Setting<'a>) -> Self {
        Self { setting }
    }

    /// Takes an event.
    pub fn update(&mut self, event: &Event) -> Effect {
        Effect::Stay
    }

    /// Is told what came of an effect.
    pub fn happened(&mut self, happened: Happened) {}

    /// The entries, to be kept: text by the key of its field. Empty where nothing is worth keeping.
    pub fn entries(&self) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    /// Draws the form.
    pub fn view(&self, frame: &mut Frame<'_>) {}
}
