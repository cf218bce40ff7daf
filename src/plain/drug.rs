//! The choice of a drug: every regimen for the indication, compared for this patient.

use std::io;

use super::{
    ask::{not_picked, turn_of},
    console::Answer,
    pick,
    talk::{Talk, Turn},
    words,
};
use crate::{
    form::{Choice, Field, Kind, Step},
    present::{Possible, Row},
};

impl Talk<'_> {
    /// Says what each drug would mean, and asks which.
    pub(super) fn drug(&mut self) -> io::Result<Turn> {
        let rows = self.form.comparison().to_vec();
        if rows.is_empty() {
            return self.no_drug_yet();
        }
        self.list(&rows)?;
        let choices = self.choices(&rows);
        let is_chosen = |it: &Choice| it.word == self.form.text(Field::Regimen);
        let chosen = choices.iter().position(is_chosen);
        let there = chosen.map(|at| &*choices[at].label);
        let question = words::question(Field::Regimen, words::Empty::Never, there, None);
        loop {
            self.console.say(&question)?;
            let turn = match self.console.answer()? {
                Answer::Text(text) => match pick::one(&text, &choices) {
                    Ok(at) => self.take_drug(&rows[at])?,
                    Err(why) => {
                        self.console.say(&not_picked(&why, &words::allowed(Kind::One, &choices)))?;
                        None
                    }
                },
                Answer::Keep if chosen.is_some() => Some(Turn::On),
                Answer::Keep | Answer::Empty => {
                    self.console.say(&words::needed(Field::Regimen))?;
                    None
                }
                Answer::Explain => {
                    self.console.say(Field::Regimen.full_help())?;
                    self.list(&rows)?;
                    None
                }
                other => Some(turn_of(&other)),
            };
            if let Some(turn) = turn {
                return Ok(turn);
            }
        }
    }

    fn list(&mut self, rows: &[Row]) -> io::Result<()> {
        if self.form.is_start_assumed() {
            self.console.say(words::START_ASSUMED)?;
        }
        let choices = self.choices(rows).into_iter().zip(rows);
        let lines: Vec<Choice> = choices.map(|(it, row)| Choice { label: words::drug(row).into(), ..it }).collect();
        self.numbered(&lines)
    }

    /// The drugs as something to choose, in the order in which they are compared.
    fn choices(&self, rows: &[Row]) -> Vec<Choice> {
        let options = self.form.options(Field::Regimen);
        let of = |row: &Row| options.iter().find(|it| it.word == path(row)).cloned();
        rows.iter().filter_map(of).collect()
    }

    /// Takes a drug. One that cannot be given has no schedule to ask about.
    fn take_drug(&mut self, row: &Row) -> io::Result<Option<Turn>> {
        let name = words::regimen(row.listed);
        if let Possible::NotUsable { why } = &row.verdict {
            self.console.say(&words::no_plan_for(&name, why))?;
            return Ok(None);
        }
        let refused = self.refused();
        self.form.set(Field::Regimen, path(row));
        let turn = self.settle(Field::Regimen, &refused)?;
        match &row.verdict {
            Possible::Cannot { reasons } => {
                self.console.say(&words::only_a_refusal(&name, reasons))?;
                Ok(turn.map(|_| Turn::To(Some(Step::Review))))
            }
            _ => Ok(turn),
        }
    }

    /// Says why nothing can be chosen yet, and waits, so that nothing is passed over unheard.
    fn no_drug_yet(&mut self) -> io::Result<Turn> {
        let wanted = self.wanted();
        let open = wanted.iter().filter(|field| **field != Field::Regimen);
        let fields: Vec<_> = open.map(|field| field.full_label()).collect();
        self.console.say(&words::not_compared_yet(&fields))?;
        self.console.say(words::NO_COMPARISON)?;
        Ok(turn_of(&self.console.answer()?))
    }
}

fn path(row: &Row) -> String {
    row.listed.regimen.path(&row.listed.drug.drug)
}
