//! One session with a form: an event, what comes of it, the draft, a frame.

use std::{collections::BTreeMap, io, path::PathBuf, time::Duration};

use crossterm::event::{self, Event};
use ratatui::Frame;

use super::{
    App, Effect, Happened, Leaving,
    terminal::{self, Screen},
};
use crate::{
    drafts::{Keeper, Keeping},
    export::Format,
    files::{self, Saved},
};

/// What a session needs of a form.
pub trait Form {
    /// Takes an event.
    fn update(&mut self, event: &Event) -> Effect;
    /// Takes note of what came of an effect.
    fn happened(&mut self, happened: Happened);
    /// The entries, to be kept: text by the key of its field.
    fn entries(&self) -> BTreeMap<String, String>;
    /// Whether the mouse is used. If not, the terminal selects text with it.
    fn mouse(&self) -> bool;
    /// Draws the form.
    fn view(&self, frame: &mut Frame<'_>);
}

impl Form for App {
    fn update(&mut self, event: &Event) -> Effect {
        Self::update(self, event)
    }

    fn happened(&mut self, happened: Happened) {
        Self::happened(self, happened);
    }

    fn entries(&self) -> BTreeMap<String, String> {
        Self::entries(self)
    }

    fn mouse(&self) -> bool {
        Self::mouse(self)
    }

    fn view(&self, frame: &mut Frame<'_>) {
        Self::view(self, frame);
    }
}

/// Shows the form until it is left, and gives the terminal back. The drafts are kept on the way; how they
/// end is for the caller, who knows what came of the rest.
pub fn run(form: &mut impl Form, drafts: &mut Keeper) -> io::Result<Leaving> {
    let mut screen = Screen::open(form.mouse())?;
    if let Some(why) = drafts.trouble() {
        form.happened(Happened::DraftNotKept(why));
    }
    screen.draw(|frame| form.view(frame))?;
    loop {
        if let Some(leaving) = take_events(form, drafts)? {
            return Ok(leaving);
        }
        screen.draw(|frame| form.view(frame))?;
    }
}

/// Waits for an event and takes all that have come with it, so that a burst of keys over a slow line costs
/// one frame.
fn take_events(form: &mut impl Form, drafts: &mut Keeper) -> io::Result<Option<Leaving>> {
    let mut keeping = None;
    let leaving = loop {
        let event = event::read()?;
        // What did not fit into a smaller window is gone, also where that is as large again by now.
        if matches!(event, Event::Resize(..)) {
            terminal::repaint();
        }
        // Some terminals tell each key twice, when it goes down and when it comes up.
        let is_release = event.as_key_event().is_some_and(|key| key.is_release());
        if !is_release {
            let leaving = execute(form.update(&event), form, drafts);
            // The next key may fail, and so may the frame: neither takes this one along.
            keeping = drafts.keep(&form.entries()).or(keeping);
            terminal::set_mouse(form.mouse());
            if leaving.is_some() {
                break leaving;
            }
        }
        if !event::poll(Duration::ZERO)? {
            break None;
        }
    };
    // Said after the last key, each of which takes away what was said before.
    match keeping {
        Some(Keeping::Lost(why)) => form.happened(Happened::DraftNotKept(why)),
        Some(Keeping::Again) => form.happened(Happened::DraftKept),
        None => {}
    }
    Ok(leaving)
}

/// Does what the form asked for.
fn execute(effect: Effect, form: &mut impl Form, drafts: &mut Keeper) -> Option<Leaving> {
    match effect {
        Effect::Stay => {}
        Effect::Suspend => terminal::suspend(),
        Effect::Repaint => terminal::repaint(),
        Effect::Save { path, content, replace, format } => form.happened(save(path, &content, replace, format)),
        Effect::TakeUp(place) => {
            if let Err(error) = drafts.take_up(place) {
                form.happened(Happened::DraftNotTakenUp(error.to_string()));
            }
        }
        Effect::Discard(place) => {
            if let Err(error) = drafts.discard(place) {
                form.happened(Happened::DraftNotDeleted(error.to_string()));
            }
        }
        Effect::ClearDrafts(moment) => form.happened(match drafts.clear_older_than(moment) {
            Ok(gone) => Happened::DraftsCleared(gone),
            Err(error) => Happened::DraftNotDeleted(error.to_string()),
        }),
        Effect::SaveWard { path, content } => form.happened(save_ward(path, &content)),
        // The screens of a ward do it themselves, and nothing else asks for it.
        #[cfg(feature = "ward")]
        Effect::AddToWard { .. } => {}
        Effect::Leave(leaving) => return Some(leaving),
    }
    None
}

fn save(path: PathBuf, content: &[u8], replace: bool, format: Format) -> Happened {
    let written = if format == Format::Json { Happened::Saved } else { Happened::Exported };
    match files::save(&path, content, replace) {
        Ok(Saved::Written) => written(std::path::absolute(&path).unwrap_or(path)),
        Ok(Saved::Exists) => Happened::FileExists(path),
        Err(error) => Happened::NotSaved(path, error.to_string()),
    }
}

/// Writes the settings of the ward in the place of those before; their folder is made where it is not there.
fn save_ward(path: PathBuf, content: &[u8]) -> Happened {
    let made = path.parent().filter(|it| !it.as_os_str().is_empty()).map_or(Ok(()), std::fs::create_dir_all);
    match made.and_then(|()| files::save(&path, content, true)) {
        Ok(_) => Happened::WardSaved(path),
        Err(error) => Happened::NotSaved(path, error.to_string()),
    }
}
