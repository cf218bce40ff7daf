//! What the settings of a ward say, and what follows from it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    json::{Text, record, vocabulary},
    patient::Weekday,
    regimen::Listed,
};

/// The fewest letters of a person's name; a single one is a key that was meant for something else.
pub const LEAST_LETTERS: usize = 2;

/// How many letters a name has.
pub(super) fn letters(name: &str) -> usize {
    name.chars().filter(|it| it.is_alphabetic()).count()
}

vocabulary! {
    /// The form of a file of ward settings.
    #[derive(Default)]
    pub enum WardFormat {
        /// The first form.
        #[default]
        V1 = "osteodose-ward/1",
    }
}

record! {
    /// The settings of a ward.
    #[derive(Default)]
    pub struct Settings {
        /// The form of the file.
        format: WardFormat,
        /// The name of the ward.
        name: Option<Text>,
        /// Weekdays on which it is open; a request then says so itself where they are left out.
        open_weekdays: Option<Vec<Weekday>>,
        /// Days on which it is closed.
        #[serde(default)]
        closed: Vec<Closure>,
        /// Names of the people who prescribe, enter and check, to be offered.
        #[serde(default)]
        people: Vec<Text>,
        /// Products in stock, by the words of `treatment.product`.
        #[serde(default)]
        products: Vec<Text>,
        /// How the form looks.
        #[serde(default)]
        screen: Screen,
        /// Days after which drafts of the form expire; they do not when left out.
        draft_days: Option<u16>,
        /// The digest of the library that is used on this ward; any when left out.
        library: Option<Text>,
        /// Which doses a second person signs in the register; all of them when left out.
        second_signature: Option<SecondSignature>,
    }
}

vocabulary! {
    /// Which doses a second person signs.
    #[derive(Default)]
    pub enum SecondSignature {
        /// All of them.
        #[default]
        Required = "required",
        /// Those of biological medicines, whose batch belongs in the record.
        ForBiologicals = "for-biologicals",
        /// None of them.
        Off = "off",
    }
}

record! {
    /// Days in a row on which a ward is closed.
    pub struct Closure {
        /// The first day.
        first: NaiveDate,
        /// The last day; the first one when left out.
        last: Option<NaiveDate>,
        /// What it is called, such as "Christmas".
        name: Option<Text>,
    }
}

record! {
    /// How the form looks on a screen; as the terminal suggests where something is left out.
    #[derive(Copy, Default)]
    pub struct Screen {
        /// How many colours are used.
        colour: Option<Colour>,
        /// Whether the wheel and the buttons of a mouse are used.
        mouse: Option<bool>,
        /// Whether frames and marks are drawn with ASCII characters only.
        ascii: Option<bool>,
    }
    left_out = Self::default()
}

vocabulary! {
    /// How many colours a screen shows.
    pub enum Colour {
        /// None.
        None = "none",
        /// Those of the terminal.
        Sixteen = "16",
        /// Those of a fixed table.
        Indexed = "256",
        /// Any.
        Full = "full",
    }
}

impl Closure {
    /// The last day.
    pub fn last_day(&self) -> NaiveDate {
        self.last.unwrap_or(self.first)
    }

    /// The number of days; none or fewer where the last day is before the first.
    pub fn days(&self) -> i64 {
        (self.last_day() - self.first).num_days() + 1
    }

    /// The days from one date to another on which the ward is closed, both included.
    pub(super) fn dates(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last_day().min(to);
        self.first.max(from).iter_days().take_while(move |day| *day <= last)
    }
}

impl Settings {
    /// The days from one date to another on which the ward is closed, both included: in order, each once.
    pub fn closed_dates(&self, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        let days: BTreeSet<NaiveDate> = self.closed.iter().flat_map(|closure| closure.dates(from, to)).collect();
        days.into_iter().collect()
    }

    /// The one product in stock that a regimen can be given with; none where there is no such product, or more than
    /// one.
    pub fn product_for(&self, listed: Listed) -> Option<&Text> {
        let mut fitting = self.products.iter().filter(|id| listed.regimen.products.contains(id));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// The settings as a file has them: a key on each line.
    ///
    /// # Panics
    /// Never: settings are made of text and numbers, which JSON can hold.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("settings are made of text and numbers") + "\n"
    }
}
