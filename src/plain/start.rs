//! The beginning: what earlier sessions left.

use std::io;

use super::{
    ask::{Act, Chosen},
    finish::unnamed,
    talk::{Talk, Turn},
    words,
};
use crate::{
    form::{Draft, Field},
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
                    if !self.take_up(at)? {
                        continue;
                    }
                    if self.form.is_any_confirmed_for_other_figures() {
                        self.console.say(words::CONFIRM_AGAIN)?;
                    }
                    return Ok(true);
                }
                Chosen::At(at) if at > count => {
                    match self.act(words::DELETE_VERB, &words::delete_question(&names[at - count - 1]))? {
                        Act::Done => self.delete(at - count - 1)?,
                        Act::Turn(Turn::Leave) => return Ok(false),
                        Act::Left | Act::Turn(_) => {}
                    }
                }
                Chosen::Turn(Turn::Leave) => return Ok(false),
                Chosen::At(_) | Chosen::Turn(_) => return Ok(true),
            }
        }
        Ok(true)
    }

    /// Goes on with something that was left, unless another form has it by now; returns whether it does.
    fn take_up(&mut self, at: usize) -> io::Result<bool> {
        let (place, leftover) = self.leftovers.remove(at);
        if let Err(error) = self.keeper.take_up(place) {
            self.console.say(&words::draft_not_taken_up(&error.to_string()))?;
            return Ok(false);
        }
        self.leftovers.clear();
        self.form = self.form.with_draft(Draft::from_entries(&leftover.entries));
        self.settled = Draft::default();
        self.file = None;
        Ok(true)
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
