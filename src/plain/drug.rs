//! The choice of a drug: every regimen for the indication, compared for this patient.

use std::io;

use super::{
    ask::{led, not_picked},
    lines::Answer,
    pick,
    talk::{Talk, Turn},
};
use crate::{
    form::{Choice, Field, Step},
    present::{Row, Verdict},
    words,
};

impl Talk<'_> {
    /// Says what each drug would mean, and asks which.
    pub(super) fn drug(&mut self) -> io::Result<Turn> {
        let rows = self.form.comparison().to_vec();
        if rows.is_empty() {
            return self.no_drug_yet();
        }
        self.tell(&rows)?;
        let choices: Vec<Choice> = rows.iter().map(choice).collect();
        let is_chosen = |it: &Choice| it.word == self.form.text(Field::Regimen);
        let chosen = choices.iter().position(is_chosen);
        let there = chosen.map(|at| &*choices[at].label);
        let question = words::plain::question(Field::Regimen, false, there, None);
        loop {
            self.lines.say(&question)?;
            let turn = match self.lines.answer()? {
                Answer::Text(text) => match pick::one(&text, &choices) {
                    Ok(at) => self.take_drug(&rows[at])?,
                    Err(why) => {
                        self.lines.say(&not_picked(&why, rows.len()))?;
                        None
                    }
                },
                Answer::Keep if chosen.is_some() => Some(Turn::On),
                Answer::Keep | Answer::Empty => {
                    self.lines.say(&words::plain::needed(Field::Regimen))?;
                    None
                }
                Answer::Explain => {
                    self.lines.say(Field::Regimen.full_help())?;
                    self.tell(&rows)?;
                    None
                }
                other => Some(led(&other)),
            };
            if let Some(turn) = turn {
                return Ok(turn);
            }
        }
    }

    fn tell(&mut self, rows: &[Row]) -> io::Result<()> {
        for (at, row) in rows.iter().enumerate() {
            self.lines.say(&words::plain::numbered(at, &words::plain::drug(row)))?;
        }
        Ok(())
    }

    /// Takes a drug. One that cannot be given has no schedule to ask about.
    fn take_drug(&mut self, row: &Row) -> io::Result<Option<Turn>> {
        let name = words::regimen(row.listed);
        if let Verdict::NotUsable { why } = &row.verdict {
            self.lines.say(&words::plain::no_plan_for(&name, why))?;
            return Ok(None);
        }
        let refused = self.form.filled().refused().keys().copied().collect();
        self.form.set(Field::Regimen, choice(row).word);
        let turn = self.settle_from(Field::Regimen, refused)?;
        match &row.verdict {
            Verdict::Cannot { reason } => {
                self.lines.say(&words::plain::only_a_refusal(&name, reason))?;
                Ok(turn.map(|_| Turn::To(Some(Step::Review))))
            }
            _ => Ok(turn),
        }
    }

    /// Says why nothing can be chosen yet, and waits, so that nothing is passed over unheard.
    fn no_drug_yet(&mut self) -> io::Result<Turn> {
        let wanted = self.wanted();
        let open = wanted.iter().filter(|field| **field != Field::Regimen);
        let fields: Vec<&str> = open.map(|field| field.full_label()).collect();
        self.lines.say(&words::not_compared_yet(&fields))?;
        self.lines.say(words::plain::NO_COMPARISON)?;
        Ok(led(&self.lines.answer()?))
    }
}

fn choice(row: &Row) -> Choice {
    Choice { word: row.listed.regimen.path(&row.listed.drug.drug).into(), label: words::regimen(row.listed).into() }
}
