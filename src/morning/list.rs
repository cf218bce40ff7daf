//! The lists of a morning: overdue, today, this week, on hold, to be checked, everybody; and what is found in them as one
//! types.

use chrono::NaiveDate;

use super::{Badge, Line, Morning, names};
use crate::{
    json::{as_read, vocabulary},
    ward::{
        namesake::Person,
        store::{Group, PatientKey},
    },
    words,
};

vocabulary! {
    /// A list of a morning.
    pub enum List {
        /// Who has no date, or is late.
        Overdue = "overdue",
        /// Who is due, late or was given something today, and what is looked at again today.
        Today = "today",
        /// Who is due in the days after today.
        Week = "week",
        /// Who is on hold.
        Held = "held",
        /// What is to be checked or looked at again by today.
        Recheck = "recheck",
        /// Everybody.
        All = "all",
    }
}

/// The lists of a morning.
#[derive(Clone, Debug)]
pub struct Lists {
    morning: Morning,
    everybody: Option<Vec<Person>>,
}

/// A patient in a list.
#[derive(Clone, Debug)]
pub enum Found {
    /// With the course that is listed.
    Line(Box<Line>),
    /// Nothing of whom is due in the days that were read.
    Person(Person),
}

impl Found {
    /// The patient.
    pub fn key(&self) -> PatientKey {
        match self {
            Self::Line(line) => PatientKey::Uid(line.uid),
            Self::Person(person) => PatientKey::Id(person.id.clone()),
        }
    }

    /// The identifier.
    pub fn id(&self) -> &str {
        match self {
            Self::Line(line) => &line.id,
            Self::Person(person) => person.id.as_str(),
        }
    }

    /// The name; the identifier where there is none.
    pub fn name(&self) -> &str {
        match self {
            Self::Line(line) => line.name.as_deref().unwrap_or(&line.id),
            Self::Person(person) => person.name.as_ref().map_or(person.id.as_str(), crate::json::Text::as_str),
        }
    }

    /// The date of birth.
    pub fn birth_date(&self) -> Option<NaiveDate> {
        match self {
            Self::Line(line) => line.birth_date,
            Self::Person(person) => Some(person.birth_date),
        }
    }

    /// The line, where something is listed.
    pub fn line(&self) -> Option<&Line> {
        match self {
            Self::Line(line) => Some(line),
            Self::Person(_) => None,
        }
    }

    /// Whether a word is in the name, the identifier or the date of birth, as it is written or read.
    fn has(&self, word: &str) -> bool {
        let born = self.birth_date().map(|day| format!("{} {day} {}", words::date(day), day.format("%d.%m.%Y")));
        let all = [self.name(), self.id(), born.as_deref().unwrap_or_default()];
        all.iter().any(|text| folded(text).contains(word))
    }
}

fn folded(text: &str) -> String {
    as_read(text).collect::<String>().to_lowercase()
}

impl Lists {
    /// The lists of a morning that was read.
    pub fn new(morning: Morning) -> Self {
        Self { morning, everybody: None }
    }

    /// Takes over another reading. Who is in the register is known from before until it is read again.
    pub fn renew(&mut self, morning: Morning) {
        self.morning = morning;
    }

    /// Takes over everybody who is in the register.
    pub fn take_everybody(&mut self, all: Vec<Person>) {
        self.everybody = Some(all);
    }

    /// What was read.
    pub fn morning(&self) -> &Morning {
        &self.morning
    }

    /// Whether it was read who is in the register.
    pub fn knows_everybody(&self) -> bool {
        self.everybody.is_some()
    }

    /// How many patients a list has; none where that was not read.
    pub fn count(&self, list: List) -> Option<usize> {
        match list {
            List::All => self.everybody.as_ref().map(Vec::len),
            _ => Some(self.lines(list).count()),
        }
    }

    fn lines(&self, list: List) -> impl Iterator<Item = &Line> {
        let today = self.morning.day;
        self.morning.lines.iter().filter(move |line| is_in(list, line, today))
    }

    /// The patients of a list, in the order in which a ward looks at them.
    pub fn of(&self, list: List) -> Vec<Found> {
        if list != List::All {
            let mut lines: Vec<&Line> = self.lines(list).collect();
            lines.sort_by_cached_key(|line| line.order());
            return lines.into_iter().map(|line| Found::Line(Box::new(line.clone()))).collect();
        }
        let found = |person: &Person| {
            let line = self.morning.lines.iter().find(|line| line.id == person.id.as_str());
            line.map_or_else(|| Found::Person(person.clone()), |line| Found::Line(Box::new(line.clone())))
        };
        let mut all: Vec<Found> = self.everybody.iter().flatten().map(found).collect();
        all.sort_by_cached_key(|found| (found.name().to_lowercase(), found.id().to_owned()));
        all
    }

    /// The patients of a list in which every word is found, and those in which all words but one are: with that word.
    pub fn find(&self, list: List, typed: &str) -> (Vec<Found>, Vec<(Found, String)>) {
        let typed = folded(typed);
        let words: Vec<&str> = typed.split_whitespace().collect();
        let mut near = Vec::new();
        let mut found = Vec::new();
        for it in self.of(list) {
            let missing: Vec<&&str> = words.iter().filter(|word| !it.has(word)).collect();
            match missing[..] {
                [] => found.push(it),
                // A name that is found, and one word more that is not: nobody is left out unsaid.
                [word] if words.len() > 1 && *word != words[0] => near.push((it.clone(), (*word).to_owned())),
                _ => {}
            }
        }
        (found, near)
    }

    /// Patients whose names are like that of a patient.
    pub fn similar(&self, to: &Found) -> Vec<&Person> {
        names::similar(to.id(), to.name(), self.everybody.iter().flatten())
    }

    /// The day on which a patient comes next, as far as it was read.
    pub fn comes(&self, id: &str) -> Option<NaiveDate> {
        self.morning.lines.iter().filter(|line| line.id == id).filter_map(|line| line.due).min()
    }

    /// Those who are due for a dose today or late, one after the other: the round.
    pub fn round(&self) -> Vec<Found> {
        let is_due = |it: &Found| {
            let badge = it.line().map(|line| line.badge);
            matches!(badge, Some(Badge::Due | Badge::Overdue | Badge::Confirm | Badge::Go))
        };
        self.of(List::Today).into_iter().filter(is_due).collect()
    }
}

/// Whether a course is in a list on a day.
fn is_in(list: List, line: &Line, today: NaiveDate) -> bool {
    let is_looked_at = matches!(line.needs, super::Needs::LookAgain(Some(day)) if day <= today);
    match list {
        List::Overdue => matches!(line.group, Some(Group::NoDate | Group::Overdue)),
        List::Today => match line.group {
            Some(Group::NoDate | Group::Overdue | Group::Today) | None => true,
            Some(Group::Held) => is_looked_at,
            Some(Group::Ahead | Group::Checks) => false,
        },
        List::Week => line.group == Some(Group::Ahead),
        List::Held => line.group == Some(Group::Held),
        List::Recheck => match &line.needs {
            super::Needs::Checks(checks) => checks.iter().any(|check| check.on <= today),
            super::Needs::Ending => true,
            _ => is_looked_at,
        },
        List::All => true,
    }
}
