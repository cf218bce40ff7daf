//! What is understood of each entry, and how it compares with the plan before.

use super::{Field, Form, Refused, Step, entered::Entered, words};
use crate::{
    patient::{age_on, damaged_by_a_spreadsheet},
    quantity::{Decimal, Ratio},
};

/// What is understood of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Nothing is entered.
    Empty,
    /// It is understood, in full: a number with its unit, a date with its weekday and year, the label of a choice.
    Read(String),
    /// It is understood as far as it goes, and something must be added: "2.31 [unit not chosen]".
    Open(String),
    /// It cannot be used.
    Wrong {
        /// What is wrong, in at most 28 letters.
        short: String,
        /// What is wrong with the value, what is allowed, what to do.
        sentence: String,
    },
}

impl Form {
    /// What is understood of the entry of a field.
    pub fn reading(&self, field: Field) -> Reading {
        let text = self.text(field);
        if text.trim().is_empty() {
            return Reading::Empty;
        }
        if let Some(refused) = self.filled.refused().get(&field) {
            return self.wrong(field, refused);
        }
        let entry = field.description().entry;
        match entry.read(field, self, &mut Entered::default()) {
            Ok(()) => {
                let understood = entry.understood(field, self).unwrap_or_default();
                Reading::Read(match field {
                    Field::BirthDate => understood + &self.age().map_or_else(String::new, words::age),
                    Field::Id if damaged_by_a_spreadsheet(&understood) => words::damaged(&understood),
                    _ => understood,
                })
            }
            Err(why) if why.is_open() => Reading::Open(words::open(field, &why)),
            Err(why) => self.wrong(field, &Refused::NotRead(why)),
        }
    }

    fn wrong(&self, field: Field, refused: &Refused) -> Reading {
        let sentence = words::refused(field, self.text(field), refused);
        Reading::Wrong { short: words::refused_in_short(refused), sentence }
    }

    /// The age on the day that is known: that of the blood test, or the start.
    fn age(&self) -> Option<u16> {
        let stated = self.filled.stated();
        age_on(stated.birth_date?, stated.labs_date.or(stated.start_date)?)
    }

    /// What must be added to an entry that is open, in a sentence; none where it is not.
    pub fn to_add(&self, field: Field) -> Option<String> {
        let text = self.text(field);
        if text.trim().is_empty() {
            return None;
        }
        let why = field.description().entry.read(field, self, &mut Entered::default()).err()?;
        why.is_open().then(|| words::to_add(field, &why))
    }

    /// The value that a field had in the plan before, in full: the plan that was opened, or the one before a next
    /// visit. A calcium of another day than the other values has its date.
    pub fn before(&self, field: Field) -> Option<String> {
        let before = self.before_of(field)?;
        let Reading::Read(value) = before.reading(field) else { return None };
        let stated = before.filled.stated();
        let other_day = stated.calcium_date.filter(|day| field == Field::Calcium && stated.labs_date != Some(*day));
        Some(other_day.map_or_else(|| value.clone(), |day| words::dated(&value, day)))
    }

    /// The form of the plan before, where the value of a field may be shown: a second person sees none.
    fn before_of(&self, field: Field) -> Option<&Self> {
        let is_hidden =
            Field::SECOND_CHECK.contains(&field) || matches!(field, Field::ConfirmedBy(_) | Field::ConfirmedBecause(_));
        self.before.as_deref().filter(|before| !is_hidden && before.asks(field))
    }

    /// The number of a field and that of the plan before, where both have the same unit.
    fn now_and_before(&self, field: Field) -> Option<(Decimal, Decimal)> {
        let entry = field.description().entry;
        let (now, unit) = entry.amount(self.text(field))?;
        let (before, unit_before) = entry.amount(self.before_of(field)?.text(field))?;
        (unit == unit_before).then_some((now, before))
    }

    /// The change of a number against the plan before: "6 more". Nothing where it is the same, or in another unit.
    pub fn change(&self, field: Field) -> Option<String> {
        let (now, before) = self.now_and_before(field)?;
        let difference = now - before;
        if difference == Decimal::whole(0) {
            return None;
        }
        let less = difference.is_negative();
        let most = if less { before - now } else { difference };
        Some(words::change(most.trimmed(), less))
    }

    /// Said of a weight or a laboratory value that is more than half above the one before, or below two thirds of it.
    pub fn jump(&self, field: Field) -> Option<String> {
        if !matches!(field, Field::Weight | Field::Creatinine | Field::Calcium | Field::Albumin) {
            return None;
        }
        let (now, before) = self.now_and_before(field)?;
        let (now, limit) = (now.ratio(), before.ratio());
        let is_more = now > limit * Ratio::new(3, 2);
        let is_less = now < limit * Ratio::new(2, 3);
        (is_more || is_less).then(|| words::jump(before, is_less))
    }

    /// Whether something is left to do in a field: it is missing, wrong, not answered, or something must be added.
    pub fn is_open(&self, field: Field) -> bool {
        let filled = &self.filled;
        filled.missing().contains(&field) || filled.refused().contains_key(&field) || self.is_not_asked(field)
    }

    /// The fields of a step in which something is left to do, in order.
    pub fn open_fields(&self, step: Step) -> Vec<Field> {
        self.fields(step).into_iter().filter(|field| self.is_open(*field)).collect()
    }

    /// The next field after one in which something is left to do, in the order of the form; none where there is none
    /// up to its end.
    pub fn next_open(&self, after: Option<Field>) -> Option<(Step, Field)> {
        let fields = || Step::ALL.iter().flat_map(|step| self.fields(*step).into_iter().map(|field| (*step, field)));
        let from = after.and_then(|after| fields().position(|(_, field)| field == after)).map_or(0, |at| at + 1);
        fields().skip(from).find(|(_, field)| self.is_open(*field))
    }
}
