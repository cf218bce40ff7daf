//! The beginning: what earlier sessions left.

use std::io;

use super::{
    ask::Chosen,
    finish::unnamed,
    talk::{Talk, Turn},
    words,
};
use crate::{
    form::{Draft, Field, Form},
    tui::Leftover,
};

impl Talk<'_> {
    /// Offers what earlier sessions left, until something is taken up, left for later or deleted. Gives
    /// whether there is something to be asked.
    pub(super) fn begin(&mut self) -> io::Result<bool> {
        while !self.leftovers.is_empty() {
            let names: Vec<String> = self.leftovers.iter().map(|(_, leftover)| name(leftover)).collect();
            let go_on = names.iter().map(|it| words::go_on_with(it));
            let delete = names.iter().map(|it| words::delete(it));
            let lines: Vec<String> = go_on.chain([words::NEW_PATIENT.to_owned()]).chain(delete).collect();
            let labels: Vec<&str> = lines.iter().map(String::as_str).collect();
            let count = names.len();
            match self.choose(words::LEFTOVERS, &unnamed(&labels), None)? {
                Chosen::At(at) if at < count => {
                    self.take_up(at);
                    if self.form.is_any_confirmed_for_other_figures() {
                        self.console.say(words::CONFIRM_AGAIN)?;
                    }
                    return Ok(true);
                }
                Chosen::At(at) if at > count => self.delete(at - count - 1)?,
                Chosen::Turn(Turn::Leave) => return Ok(false),
                Chosen::At(_) | Chosen::Turn(_) => return Ok(true),
            }
        }
        Ok(true)
    }

    fn take_up(&mut self, at: usize) {
        let (place, leftover) = self.leftovers.swap_remove(at);
        self.leftovers.clear();
        self.keeper.take_up(place);
        self.form = Form::new(self.form.library(), Draft::from_entries(&leftover.entries), self.form.today());
        self.settled = Draft::default();
        self.file = None;
    }

    fn delete(&mut self, at: usize) -> io::Result<()> {
        let (place, _) = self.leftovers.remove(at);
        match self.keeper.discard(place) {
            Ok(()) => self.console.say(words::DELETED),
            Err(error) => self.console.say(&words::not_deleted(&error.to_string())),
        }
    }
}

/// A leftover in one line: when it was entered, for whom, and how much.
fn name(leftover: &Leftover) -> String {
    let draft = Draft::from_entries(&leftover.entries);
    let patient = [Field::Id, Field::Name, Field::BirthDate].map(|field| draft.text(field)).join("  ");
    words::leftover(&leftover.when, patient.trim(), draft.count())
}
