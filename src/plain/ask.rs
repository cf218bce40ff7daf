//! One field: the question, the answer, what is said to it.

use std::{collections::BTreeSet, io};

use super::{
    console::Answer,
    pick::{self, NotPicked},
    talk::{Talk, Turn},
    words,
};
use crate::form::{Choice, Field, Kind, NotRead, Refused, read_decimal};

/// The word of "none of these" where a field has it.
const NONE: &str = "none";

/// A number out of a list, or where else it went.
pub(super) enum Chosen {
    At(usize),
    Turn(Turn),
}

/// What was in a field before an answer, so that an answer that cannot be read loses nothing.
struct Before {
    text: String,
    unit: String,
    refused: BTreeSet<Field>,
}

impl Talk<'_> {
    /// Asks a field until it is answered.
    pub(super) fn field(&mut self, field: Field) -> io::Result<Turn> {
        if let Field::ConfirmedBy(code) = field {
            self.finding(code)?;
        }
        let mut choices = true;
        loop {
            self.question(field, choices)?;
            choices = false;
            let turn = match self.console.answer()? {
                Answer::Text(text) => self.take(field, &text)?,
                Answer::Keep => self.leave_as_it_is(field)?,
                Answer::Empty => self.empty(field)?,
                Answer::Explain => {
                    choices = true;
                    self.console.say(field.full_help())?;
                    None
                }
                other => Some(turn_of(&other)),
            };
            if let Some(turn) = turn {
                return Ok(turn);
            }
        }
    }

    /// The question, and what can be chosen.
    fn question(&mut self, field: Field, choices: bool) -> io::Result<()> {
        let there = self.there(field);
        let offer = self.form.offer(field).filter(|_| there.is_none());
        let empty = match field {
            _ if self.form.is_needed(field) => words::Empty::Never,
            _ if self.form.is_not_asked(field) => words::Empty::NotAsked,
            Field::Height if self.form.is_height_needed() => words::Empty::HeightNeeded,
            _ => words::Empty::Allowed,
        };
        self.console.say(&words::question(field, empty, there.as_deref(), offer.as_deref()))?;
        if choices { self.numbered(&self.form.options(field)) } else { Ok(()) }
    }

    pub(super) fn numbered(&mut self, choices: &[Choice]) -> io::Result<()> {
        for (at, choice) in choices.iter().enumerate() {
            self.console.say(&words::numbered(at, &choice.label))?;
        }
        Ok(())
    }

    /// What is in a field, in words; also what holds where nothing is.
    fn there(&self, field: Field) -> Option<String> {
        let options = self.form.options(field);
        let label = |word: &str| options.iter().find(|it| it.word == word).map(|it| it.label.to_string());
        let text = self.form.text(field);
        match field.kind() {
            Kind::One => label(text).or_else(|| Some(words::usual(&label(&self.form.usual(field)?)?))),
            Kind::Many => {
                let marked: Vec<String> = self.form.chosen(field).filter_map(label).collect();
                match (marked.is_empty(), field) {
                    (false, _) => Some(marked.join(", ")),
                    (true, Field::Weekdays) => Some(words::EVERY_DAY.to_owned()),
                    (true, _) => None,
                }
            }
            Kind::Measured => {
                let unit = field.units().into_iter().find(|it| it.word == self.form.unit(field));
                let unit = unit.map_or_else(String::new, |unit| format!(" {}", unit.label));
                Some(format!("{text}{unit}")).filter(|_| !text.is_empty())
            }
            Kind::Date => self.form.echo(field).or_else(|| Some(text.to_owned())).filter(|_| !text.is_empty()),
            Kind::Text | Kind::Dates | Kind::Number(_) => Some(text.to_owned()).filter(|text| !text.is_empty()),
        }
    }

    /// Enter alone. Nothing is left unanswered that is needed, and nothing kept that is wrong.
    fn leave_as_it_is(&mut self, field: Field) -> io::Result<Option<Turn>> {
        if let Some(Refused::NotRead(NotRead::Unit)) = self.form.filled().refused().get(&field) {
            let before = self.as_it_was(field);
            return self.unit(field, &before);
        }
        if let Some(sentence) = self.wrong(field) {
            self.console.say(&sentence)?;
            return Ok(None);
        }
        if self.there(field).is_none() && self.form.is_needed(field) {
            self.console.say(&words::needed(field))?;
            return Ok(None);
        }
        if self.form.is_not_asked(field) {
            self.console.say(words::NOT_ASKED)?;
        }
        Ok(Some(Turn::On))
    }

    fn empty(&mut self, field: Field) -> io::Result<Option<Turn>> {
        let before = self.as_it_was(field);
        self.form.clear([field]);
        self.console.say(&words::taken(field, ""))?;
        self.wrong_elsewhere(field, &before)?;
        self.leave_as_it_is(field)
    }

    fn as_it_was(&self, field: Field) -> Before {
        let refused = self.form.filled().refused().keys().copied().collect();
        Before { text: self.form.text(field).to_owned(), unit: self.form.unit(field).to_owned(), refused }
    }

    /// Takes an answer, or says what is wrong with it.
    fn take(&mut self, field: Field, answer: &str) -> io::Result<Option<Turn>> {
        let before = self.as_it_was(field);
        let is_offer = answer.eq_ignore_ascii_case("t") && matches!(field.kind(), Kind::Date | Kind::Text);
        if let Some(offer) = self.form.offer(field).filter(|_| is_offer) {
            self.form.set(field, offer);
            return self.settle(field, &before);
        }
        if is_offer && field.kind() == Kind::Date {
            self.console.say(words::NOTHING_OFFERED)?;
            return Ok(None);
        }
        let text = match field.kind() {
            Kind::Measured => return self.measured(field, answer, &before),
            Kind::One | Kind::Many => match self.words(field, answer) {
                Ok(words) => words,
                Err(why) => {
                    let count = self.form.options(field).len();
                    self.console.say(&not_picked(&why, count))?;
                    return Ok(None);
                }
            },
            Kind::Number(unit) => answer.strip_suffix(unit).unwrap_or(answer).trim().to_owned(),
            Kind::Text | Kind::Date | Kind::Dates => answer.to_owned(),
        };
        self.form.set(field, text);
        self.settle(field, &before)
    }

    /// The words of what an answer names.
    fn words(&self, field: Field, answer: &str) -> Result<String, NotPicked> {
        let options = self.form.options(field);
        let places = match field.kind() {
            Kind::Many => pick::several(answer, &options, Some(NONE))?,
            _ => vec![pick::one(answer, &options)?],
        };
        let words: Vec<&str> = places.iter().map(|at| &*options[*at].word).collect();
        Ok(words.join(" "))
    }

    /// A number with its unit; a unit that is left out is asked.
    fn measured(&mut self, field: Field, answer: &str, before: &Before) -> io::Result<Option<Turn>> {
        let (number, written) = pick::number_and_unit(answer);
        let units = field.units();
        if let Err(why) = read_decimal(number) {
            self.console.say(&words::refused(field, number, &Refused::NotRead(why)))?;
            return Ok(None);
        }
        let word = match pick::unit(written, &units) {
            Some(at) => &*units[at].word,
            None if written.is_empty() => "",
            None => {
                self.console.say(&words::no_such_unit(written, &units))?;
                return Ok(None);
            }
        };
        self.form.set_measured(field, number, word);
        if word.is_empty() { self.unit(field, before) } else { self.settle(field, before) }
    }

    /// Asks for the unit of a number. Enter keeps the one of the number before.
    fn unit(&mut self, field: Field, before: &Before) -> io::Result<Option<Turn>> {
        self.keep()?;
        let units = field.units();
        let held = units.iter().position(|it| it.word == before.unit);
        let there = held.map(|at| &*units[at].label);
        let question = words::unit_question(field.measured().unwrap_or_default(), there);
        let at = match self.choose(&question, &units, held)? {
            Chosen::At(at) => at,
            // The number is asked again.
            Chosen::Turn(Turn::Back) => return Ok(None),
            Chosen::Turn(turn) => return Ok(Some(turn)),
        };
        let number = self.form.text(field).to_owned();
        self.form.set_measured(field, number, &*units[at].word);
        self.settle(field, before)
    }

    /// Asks for one of a list that is no field. Enter alone takes what is usual, where something is.
    pub(super) fn choose(&mut self, question: &str, choices: &[Choice], usual: Option<usize>) -> io::Result<Chosen> {
        self.console.say(question)?;
        self.numbered(choices)?;
        loop {
            match (self.console.answer()?, usual) {
                (Answer::Text(text), _) => {
                    let picked = pick::unit(&text, choices).map_or_else(|| pick::one(&text, choices), Ok);
                    match picked {
                        Ok(at) => return Ok(Chosen::At(at)),
                        Err(why) => self.console.say(&not_picked(&why, choices.len()))?,
                    }
                }
                (Answer::Keep, Some(at)) => return Ok(Chosen::At(at)),
                (Answer::Keep | Answer::Empty, _) => self.console.say(words::CHOOSE)?,
                (Answer::Explain, _) => {
                    self.console.say(words::CHOOSE)?;
                    self.numbered(choices)?;
                }
                (other, _) => return Ok(Chosen::Turn(turn_of(&other))),
            }
            self.console.say(question)?;
        }
    }

    /// Settles an answer that was not typed, with the fields in which something was wrong before it.
    pub(super) fn settle_from(&mut self, field: Field, refused: BTreeSet<Field>) -> io::Result<Option<Turn>> {
        let before = Before { refused, ..self.as_it_was(field) };
        self.settle(field, &before)
    }

    /// Says an answer again in full and what is unusual about it, or what is wrong with it. What cannot be
    /// read leaves what was there; what cannot be stays to be mended, as another field may be the wrong one.
    fn settle(&mut self, field: Field, before: &Before) -> io::Result<Option<Turn>> {
        if let Some(sentence) = self.wrong(field) {
            self.console.say(&sentence)?;
            if matches!(self.form.filled().refused().get(&field), Some(Refused::NotRead(_))) {
                self.form.set_measured(field, before.text.as_str(), before.unit.as_str());
            }
            return Ok(None);
        }
        let full = self.form.echo(field).or_else(|| self.there(field)).unwrap_or_default();
        self.console.say(&words::taken(field, &full))?;
        if let Some(unusual) = self.unusual(field) {
            self.console.say(&words::unusual(&unusual))?;
        }
        if field == Field::SecondBy && self.form.is_checked_by_same_person() {
            self.console.say(words::SAME_PERSON)?;
        }
        self.wrong_elsewhere(field, before)?;
        Ok(Some(Turn::On))
    }

    /// What is wrong with a field, in a sentence.
    fn wrong(&self, field: Field) -> Option<String> {
        let refused = self.form.filled().refused().get(&field)?;
        Some(words::refused(field, self.form.text(field), refused))
    }

    /// Says which other fields an answer has made wrong.
    fn wrong_elsewhere(&mut self, field: Field, before: &Before) -> io::Result<()> {
        let now = self.form.filled().refused().keys().copied();
        let others: Vec<Field> = now.filter(|it| *it != field && !before.refused.contains(it)).collect();
        for other in others {
            let sentence = self.wrong(other).unwrap_or_default();
            self.console.say(&words::elsewhere(other, &sentence))?;
        }
        Ok(())
    }

    /// What is unusual about a value, and must be confirmed with the plan.
    fn unusual(&self, field: Field) -> Option<String> {
        self.form.unusual(field).map(ToString::to_string)
    }
}

/// Where a command leads that has nothing to do with the question.
pub(super) fn turn_of(answer: &Answer) -> Turn {
    match answer {
        Answer::Back => Turn::Back,
        Answer::To(step) => Turn::To(*step),
        Answer::NextVisit => Turn::NextVisit,
        Answer::Leave => Turn::Leave,
        Answer::Text(_) | Answer::Keep | Answer::Empty | Answer::Skip | Answer::Explain => Turn::On,
    }
}

/// Why an answer names nothing of a list.
pub(super) fn not_picked(why: &NotPicked, count: usize) -> String {
    match why {
        NotPicked::Unknown(answer) => words::not_in_the_list(answer, count),
        NotPicked::Ambiguous(answer, lines) => words::more_than_one(answer, lines),
        NotPicked::NoneAndOthers => words::NONE_AND_OTHERS.to_owned(),
    }
}
