//! One field: the question, the answer, what is said to it.

use std::{collections::BTreeSet, io};

use super::{
    console::Answer,
    pick::{self, NotPicked},
    talk::{Talk, Turn},
    words,
};
use crate::form::{Choice, Field, Kind, Reading};

/// The word of "none of these" where a field has it.
const NONE: &str = "none";

/// A number out of a list, or where else it went.
pub(super) enum Chosen {
    At(usize),
    Turn(Turn),
}

/// What came of asking for the verb of an act.
pub(super) enum Act {
    /// The verb was typed.
    Done,
    /// It was left.
    Left,
    Turn(Turn),
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
        let question = words::question(field, empty, there.as_deref(), offer.as_deref());
        self.console.say(&question)?;
        if !choices {
            return Ok(());
        }
        if let Some(before) = self.form.before(field) {
            self.console.say(&words::before(&before))?;
        }
        let options = self.form.options(field);
        if field.kind() == Kind::Many { self.lettered(&options) } else { self.numbered(&options) }
    }

    /// The lines of a list of which one can be chosen: by its number, or by its letter where it has one.
    pub(super) fn numbered(&mut self, choices: &[Choice]) -> io::Result<()> {
        for (at, choice) in choices.iter().enumerate() {
            self.console.say(&words::numbered(at, choice))?;
        }
        Ok(())
    }

    /// The lines of a list of which any can be marked: by the digits and letters of the full screen.
    fn lettered(&mut self, choices: &[Choice]) -> io::Result<()> {
        for choice in choices {
            self.console.say(&words::lettered(choice))?;
        }
        Ok(())
    }

    /// What is in a field, in words; also what holds where nothing is.
    fn there(&self, field: Field) -> Option<String> {
        let options = self.form.options(field);
        let label = |word: &str| options.iter().find(|it| it.word == word).map(|it| it.label.to_string());
        match self.form.reading(field) {
            Reading::Read(understood) => Some(understood),
            Reading::Open(_) | Reading::Wrong { .. } if field.kind().is_typed() => {
                Some(self.form.text(field).to_owned())
            }
            Reading::Open(open) => Some(open),
            Reading::Wrong { short, .. } => Some(short),
            Reading::Empty if field == Field::Weekdays => Some(words::EVERY_DAY.to_owned()),
            Reading::Empty => Some(words::usual(&label(&self.form.usual(field)?)?)),
        }
    }

    /// Enter alone. Nothing is left unanswered that is needed, and nothing kept that is wrong.
    fn leave_as_it_is(&mut self, field: Field) -> io::Result<Option<Turn>> {
        match self.form.reading(field) {
            Reading::Wrong { sentence, .. } => {
                self.console.say(&sentence)?;
                return Ok(None);
            }
            Reading::Open(_) => {
                let before = self.refused();
                return self.settle(field, &before);
            }
            Reading::Empty | Reading::Read(_) => {}
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
        let before = self.refused();
        self.form.clear([field]);
        self.console.say(&words::taken(field, "", None))?;
        self.wrong_elsewhere(field, &before)?;
        self.leave_as_it_is(field)
    }

    /// The fields in which something is wrong.
    pub(super) fn refused(&self) -> BTreeSet<Field> {
        self.form.filled().refused().keys().copied().collect()
    }

    /// Takes an answer, or says what is wrong with it.
    fn take(&mut self, field: Field, answer: &str) -> io::Result<Option<Turn>> {
        let before = self.refused();
        let text = match field.kind() {
            Kind::One | Kind::Many => match self.words(field, answer) {
                Ok(words) => words,
                Err(why) => {
                    let options = self.form.options(field);
                    self.console.say(&not_picked(&why, &words::allowed(field.kind(), &options)))?;
                    return Ok(None);
                }
            },
            _ => match self.form.offer(field).filter(|_| answer == words::TAKE_OFFER) {
                Some(offer) => offer,
                None if answer == words::TAKE_OFFER => {
                    self.console.say(words::NOTHING_OFFERED)?;
                    return Ok(None);
                }
                None => answer.to_owned(),
            },
        };
        if let Some(why) = self.form.set(field, text) {
            self.console.say(&words::not_read(answer, &why))?;
            return Ok(None);
        }
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

    /// Asks for the unit of a number that has none, or not all of it.
    fn unit(&mut self, field: Field, before: &BTreeSet<Field>) -> io::Result<Option<Turn>> {
        self.keep()?;
        let units: Vec<Choice> = field.units().iter().map(words::unit).collect();
        let question = words::unit_question(field.measured().unwrap_or_default());
        let at = match self.choose(&question, &units, None)? {
            Chosen::At(at) => at,
            // The number is asked again.
            Chosen::Turn(Turn::Back) => return Ok(None),
            Chosen::Turn(turn) => return Ok(Some(turn)),
        };
        let text = self.form.text(field).trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, '/' | ' '));
        let whole = format!("{text} {}", field.units()[at].label);
        self.form.set(field, whole);
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
                        Err(why) => self.console.say(&not_picked(&why, &words::allowed(Kind::One, choices)))?,
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

    /// Asks for the verb of an act, in full. Enter alone leaves it, and so does nothing else.
    pub(super) fn act(&mut self, verb: &str, question: &str) -> io::Result<Act> {
        loop {
            self.console.say(question)?;
            match self.console.answer()? {
                Answer::Text(text) if text == verb => return Ok(Act::Done),
                Answer::Text(_) | Answer::Explain => self.console.say(&words::type_verb(verb))?,
                Answer::Keep | Answer::Empty | Answer::Skip => return Ok(Act::Left),
                other => return Ok(Act::Turn(turn_of(&other))),
            }
        }
    }

    /// Says an answer again in full, how it differs from the plan before and what is unusual about it, or what is wrong
    /// with it. What is wrong stays as it was typed, to be corrected here or, as another field may be the wrong one,
    /// there.
    pub(super) fn settle(&mut self, field: Field, before: &BTreeSet<Field>) -> io::Result<Option<Turn>> {
        let understood = match self.form.reading(field) {
            Reading::Wrong { sentence, .. } => {
                self.console.say(&sentence)?;
                return Ok(None);
            }
            Reading::Open(open) if field.kind() == Kind::Measured => {
                self.console.say(&words::taken(field, &open, None))?;
                return self.unit(field, before);
            }
            Reading::Open(open) => {
                self.console.say(&words::taken(field, &open, None))?;
                let to_add = self.form.to_add(field).unwrap_or_default();
                self.console.say(&to_add)?;
                return Ok(None);
            }
            Reading::Read(understood) => understood,
            Reading::Empty => String::new(),
        };
        self.console.say(&words::taken(field, &understood, self.form.change(field).as_deref()))?;
        if let Some(jump) = self.form.jump(field) {
            self.console.say(&words::jumped(&jump))?;
        }
        if let Some(unusual) = self.unusual(field) {
            self.console.say(&words::unusual(&unusual))?;
        }
        if field == Field::SecondBy && self.form.is_checked_by_same_person() {
            self.console.say(words::SAME_PERSON)?;
        }
        if !self.is_enough(field)? {
            return Ok(None);
        }
        self.wrong_elsewhere(field, before)?;
        Ok(Some(Turn::On))
    }

    /// Says what is missing in the name or the reason of a confirmation, as soon as it is typed.
    fn is_enough(&mut self, field: Field) -> io::Result<bool> {
        let lacks = match field {
            Field::ConfirmedBy(code) if self.form.text(Field::ConfirmedBecause(code)).is_empty() => {
                self.form.is_name_short(code).then(|| self.form.not_confirmed(code)).flatten()
            }
            Field::ConfirmedBy(code) | Field::ConfirmedBecause(code) => self.form.not_confirmed(code),
            _ => None,
        };
        if let Some(lacks) = &lacks {
            self.console.say(lacks)?;
        }
        Ok(lacks.is_none())
    }

    /// Says which other fields an answer has made wrong.
    fn wrong_elsewhere(&mut self, field: Field, before: &BTreeSet<Field>) -> io::Result<()> {
        let now = self.form.filled().refused().keys().copied();
        let others: Vec<Field> = now.filter(|it| *it != field && !before.contains(it)).collect();
        for other in others {
            if let Reading::Wrong { sentence, .. } = self.form.reading(other) {
                self.console.say(&words::elsewhere(other, &sentence))?;
            }
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
pub(super) fn not_picked(why: &NotPicked, allowed: &str) -> String {
    match why {
        NotPicked::Unknown(answer) => words::not_in_the_list(answer, allowed),
        NotPicked::Ambiguous(answer, lines) => words::more_than_one(answer, lines),
        NotPicked::NoneAndOthers => words::NONE_AND_OTHERS.to_owned(),
    }
}
