//! The form with a fault in it, to see that a panic gives the terminal back: F12 panics where events are
//! taken, F11 where the next frame is drawn. F10 uses the mouse, or leaves it to the terminal.

use std::{collections::BTreeMap, io};

use crossterm::event::{Event, KeyCode};
use osteodose::{
    drafts::{Drafts, Keeper},
    regimen::Library,
    tui::{App, Depth, Effect, Form, Happened, Setting, Theme, run},
};
use ratatui::Frame;

struct Faulty {
    app: App,
    fails_to_draw: bool,
    mouse: bool,
}

impl Form for Faulty {
    fn update(&mut self, event: &Event) -> Effect {
        match event.as_key_press_event().map(|key| key.code) {
            Some(KeyCode::F(12)) => panic!("asked to panic"),
            Some(KeyCode::F(10)) => self.mouse = !self.mouse,
            Some(KeyCode::F(11)) => self.fails_to_draw = true,
            _ => {}
        }
        self.app.update(event)
    }

    fn happened(&mut self, happened: Happened) {
        self.app.happened(happened);
    }

    fn entries(&self) -> BTreeMap<String, String> {
        self.app.entries()
    }

    fn mouse(&self) -> bool {
        self.mouse
    }

    fn view(&self, frame: &mut Frame<'_>) {
        self.app.view(frame);
        assert!(!self.fails_to_draw, "asked to panic in a frame");
    }
}

fn main() -> io::Result<()> {
    let library = Library::shipped();
    let today = "2026-11-21".parse().map_err(io::Error::other)?;
    let theme = Theme { depth: Depth::None, ascii: true };
    let clock = chrono::DateTime::default;
    let setting = Setting::new(library, today, clock, theme);
    let mut drafts = Keeper::new(Drafts::open());
    let mut form = Faulty { app: App::new(setting), fails_to_draw: false, mouse: false };
    let leaving = run(&mut form, &mut drafts)?;
    drafts.end(leaving.keep)
}
