//! The end: the summary, the findings, the second check, the file.

use std::{io, path::PathBuf};

use super::{
    ask::{Act, Chosen, turn_of},
    console::Answer,
    talk::{Talk, Turn},
    words,
};
use crate::{
    files::{self, Saved},
    form::{Choice, Field, PlanFile, another_name},
    plan::{Outcome, Plan},
    present,
    regimen::{Code, Severity},
    saved,
};

impl Talk<'_> {
    /// Says the plan, or what is missing for one.
    pub(super) fn review(&mut self) -> io::Result<()> {
        if let Some((verdict, summary)) = self.form.plan().map(|plan| (words::verdict(plan), present::summary(plan))) {
            self.console.say(&verdict)?;
            return self.console.say(summary.trim_end());
        }
        let (wanted, filled) = (self.wanted(), self.form.filled());
        let labels = |is_refused: bool| -> Vec<_> {
            let fields = wanted.iter().filter(|field| filled.refused().contains_key(field) == is_refused);
            fields.map(|field| field.full_label()).collect()
        };
        let (refused, missing) = (labels(true), labels(false));
        let refused = (!refused.is_empty()).then(|| words::please_check(&refused));
        let missing = (!missing.is_empty()).then(|| words::missing(&missing));
        self.console.say(&words::not_yet(refused.into_iter().chain(missing)))
    }

    /// Says a finding that someone must answer for.
    pub(super) fn finding(&mut self, code: Code) -> io::Result<()> {
        let to_confirm = self.form.to_confirm();
        let Some(finding) = to_confirm.iter().find(|finding| finding.code() == code) else { return Ok(()) };
        let (finding, changed) = (*finding, self.form.is_confirmed_for_other_figures(finding));
        let says = format!("{} {finding}", words::severity(Severity::Confirm, self.form.is_confirmed(finding)));
        self.console.say(&says)?;
        if changed { self.console.say(words::CHANGED_SINCE) } else { Ok(()) }
    }

    /// Asks for the word that confirms a finding by the name and the reason that were typed.
    pub(super) fn confirm(&mut self, code: Code) -> io::Result<Turn> {
        match self.act(words::CONFIRM_VERB, &words::confirm_question(self.form.text(Field::ConfirmedBy(code))))? {
            Act::Turn(turn) => return Ok(turn),
            Act::Left => self.console.say(words::LEFT_OPEN)?,
            Act::Done => match self.form.confirm(code) {
                Ok(()) => self.console.say(words::CONFIRMED)?,
                Err(why) => self.console.say(words::not_confirmed(&why))?,
            },
        }
        Ok(Turn::On)
    }

    /// Offers the second check: a second person enters the figures, and what differs is said.
    pub(super) fn second_check(&mut self) -> io::Result<Turn> {
        loop {
            let begun = self.say_second_check()?;
            let (question, leave) = if begun {
                (words::SECOND_CHECK_AGAIN, words::AS_IT_IS)
            } else {
                (words::SECOND_CHECK, words::NOT_NOW)
            };
            match self.choose(question, &unnamed(&[leave, words::DO_IT_NOW]), Some(0))? {
                Chosen::At(0) => return Ok(Turn::On),
                Chosen::At(_) => {}
                Chosen::Turn(turn) => return Ok(turn),
            }
            match self.check()? {
                Turn::Back => {}
                Turn::On => {
                    self.say_second_check()?;
                    return Ok(Turn::On);
                }
                turn => return Ok(turn),
            }
        }
    }

    /// Says what came of the second check, and gives whether something of it is entered.
    fn say_second_check(&mut self) -> io::Result<bool> {
        let begun = self.form.has_second_check();
        let result = self.form.plan().map(|plan| words::second_check(plan, begun));
        result.map_or(Ok(()), |result| self.console.say(&result))?;
        Ok(begun)
    }

    /// Asks the figures of the second check again.
    fn check(&mut self) -> io::Result<Turn> {
        self.console.say(words::SECOND_CHECK_BEGINS)?;
        self.form.begin_second_check();
        let mut at = 0;
        while let Some(field) = self.form.second_check_fields().get(at).copied() {
            let turn = self.field(field)?;
            self.keep()?;
            at = match (turn, at.checked_sub(1)) {
                (Turn::On, _) => at + 1,
                (Turn::Back, Some(before)) => before,
                (turn, _) => return Ok(turn),
            };
        }
        Ok(Turn::On)
    }

    /// Asks for the name of the file, and saves the plan in it.
    pub(super) fn save(&mut self) -> io::Result<Turn> {
        let asked = self.form.plan().map(|plan| (present::status_sentence(plan), question(plan)));
        let Some((status, question)) = asked else { return Ok(Turn::On) };
        self.console.say(&status)?;
        let mut usual = PlanFile::offered(self.file.as_ref(), &self.form);
        loop {
            self.console.say(&format!("{question} [{}]:", usual.to_string_lossy()))?;
            let path = match self.console.answer()? {
                Answer::Keep => usual.clone(),
                Answer::Text(name) => PathBuf::from(name),
                Answer::Empty | Answer::Explain => {
                    self.console.say(words::SAVE_EXPLAINED)?;
                    continue;
                }
                // Nothing comes after this question.
                Answer::Skip | Answer::To(None) => return Ok(Turn::Leave),
                other => return Ok(turn_of(&other)),
            };
            match self.save_as(path)? {
                Attempt::Ended(turn) => return Ok(turn),
                Attempt::Again => {}
                Attempt::Taken(path) => usual = another_name(&path),
            }
        }
    }

    /// Saves the plan, the same bytes that the command gives for its request. A file with another plan stays.
    fn save_as(&mut self, path: PathBuf) -> io::Result<Attempt> {
        let Some(content) = self.form.plan().map(saved::file) else {
            return Ok(Attempt::Ended(Turn::On));
        };
        let is_there = path.exists();
        if is_there && !PlanFile::may_replace(self.file.as_ref(), &path, &self.form) {
            self.console.say(&words::stays(&path))?;
            return Ok(Attempt::Taken(path));
        }
        let act = if is_there {
            self.console.say(&words::is_there(&path))?;
            self.act(words::REPLACE_VERB, words::REPLACE)?
        } else {
            self.act(words::SAVE_VERB, &words::save_question(&path))?
        };
        match act {
            Act::Done => {}
            Act::Left | Act::Turn(Turn::Back | Turn::On) => return Ok(Attempt::Again),
            Act::Turn(turn) => return Ok(Attempt::Ended(turn)),
        }
        let saved = files::save(&path, content.as_bytes(), is_there);
        match saved {
            Ok(Saved::Written) => {
                self.console.say(&words::saved(&path))?;
                self.settled = self.form.draft().clone();
                self.file = Some(PlanFile::new(path, &self.form));
                Ok(Attempt::Ended(Turn::Saved))
            }
            Ok(Saved::Exists) => Ok(Attempt::Again),
            Err(error) => {
                self.console.say(&words::not_saved(&path, &error.to_string()))?;
                Ok(Attempt::Again)
            }
        }
    }
}

/// What came of an attempt to save.
enum Attempt {
    /// The question is answered.
    Ended(Turn),
    /// It is asked again.
    Again,
    /// The name is that of a file that stays.
    Taken(PathBuf),
}

fn question(plan: &Plan) -> &'static str {
    match plan.outcome() {
        Outcome::Dosed(_) => words::SAVE,
        Outcome::Stopped => words::SAVE_REFUSAL,
    }
}

/// Choices whose word is their label, and which have a number alone.
pub(super) fn unnamed(labels: &[&str]) -> Vec<Choice> {
    let choice =
        |label: &&str| Choice { word: (*label).to_owned().into(), label: (*label).to_owned().into(), key: ' ' };
    labels.iter().map(choice).collect()
}
