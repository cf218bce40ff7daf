//! The steps of the form, and what is known of each field.

pub use super::fields::Field;
use std::borrow::Cow;

use super::{DueDose, Form, Kind, TypedUnit, entry::Entry, words};
use crate::{json::vocabulary, plan::CheckedFigure, quantity::parse_date, regimen::Code};

vocabulary! {
    /// A step of the form.
    pub enum Step {
        /// Who the patient is.
        Patient = "patient",
        /// The tumour and why treatment is given.
        Disease = "disease",
        /// Laboratory values.
        Laboratory = "laboratory",
        /// Teeth, conditions, medicines, earlier treatment.
        Safety = "safety",
        /// The drug, compared with the others.
        Drug = "drug",
        /// Course, interval, product, clinic.
        Schedule = "schedule",
        /// The plan, its confirmations, the second check.
        Review = "review",
    }
}

impl Step {
    /// The place in the order of steps, from 0.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The step after this one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// The step before this one.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        self.index().checked_sub(1).map(|at| Self::ALL[at])
    }
}

/// Everything that the form knows of a field, whatever is entered.
pub(super) struct Description {
    /// The word under which a draft keeps it.
    pub(super) key: &'static str,
    /// What it is called.
    pub(super) label: Wording,
    /// What it asks for.
    pub(super) help: Wording,
    /// The steps in which it is asked.
    pub(super) steps: &'static [Step],
    /// Where it belongs in a request: what is said about these paths, or about something inside them, is said
    /// beside it.
    pub(super) paths: &'static [&'static str],
    /// When it is asked: when it has a meaning with what is entered in other fields.
    pub(super) asked: fn(&Form) -> bool,
    /// What becomes of a plan without it.
    pub(super) needed: Needed,
    /// Whether it is the same at the next visit of the patient.
    pub(super) lasts: bool,
    /// How it is entered, and which part of what is entered it is.
    pub(super) entry: &'static dyn Entry,
}

/// What becomes of a plan while a field is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needed {
    /// There is none.
    Always,
    /// It says that this was not asked, and a named person must confirm it. Unknown is not "no".
    OrNotAsked,
    /// Nothing.
    Never,
}

/// Words for the two kinds of form.
#[derive(Clone, Copy)]
pub(super) struct Wording {
    /// On the full screen: a label of at most 18 letters, a help of one line.
    pub(super) on_screen: &'static str,
    /// Line by line, where nothing is beside it and no key does anything.
    pub(super) by_line: &'static str,
}

/// The same words for both kinds of form.
pub(super) const fn both(words: &'static str) -> Wording {
    Wording { on_screen: words, by_line: words }
}

impl Field {
    /// The fields of the second check, in order.
    pub const SECOND_CHECK: [Self; 11] = [
        Self::SecondBy,
        Self::SecondBirthDate,
        Self::SecondSex,
        Self::SecondWeight,
        Self::SecondCreatinine,
        Self::SecondCalcium,
        Self::SecondCalciumKind,
        Self::SecondAlbumin,
        Self::SecondHeight,
        Self::SecondCourseDose,
        Self::SecondBaseline,
    ];

    /// The fields in which a second person enters a figure.
    pub(super) fn of_checked(figure: CheckedFigure) -> &'static [Self] {
        match figure {
            CheckedFigure::BirthDate => &[Self::SecondBirthDate],
            CheckedFigure::Sex => &[Self::SecondSex],
            CheckedFigure::Weight => &[Self::SecondWeight],
            CheckedFigure::Creatinine => &[Self::SecondCreatinine],
            CheckedFigure::Calcium => &[Self::SecondCalcium, Self::SecondCalciumKind],
            CheckedFigure::Albumin => &[Self::SecondAlbumin],
            CheckedFigure::Height => &[Self::SecondHeight],
            CheckedFigure::CourseDose => &[Self::SecondCourseDose],
            CheckedFigure::Baseline => &[Self::SecondBaseline],
        }
    }

    /// The word under which a draft keeps the field.
    pub fn key(self) -> String {
        let key = self.description().key;
        match self {
            Self::ConfirmedBy(code) | Self::ConfirmedBecause(code) => format!("confirm.{}.{key}", code.as_str()),
            Self::DueWas(day) | Self::DueOn(day) => format!("due.{day}.{key}"),
            _ => key.to_owned(),
        }
    }

    /// The field of a word.
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some(rest) = key.strip_prefix("confirm.") {
            let (code, part) = rest.split_once('.')?;
            let code = Code::from_word(code)?;
            return [Self::ConfirmedBy(code), Self::ConfirmedBecause(code)]
                .into_iter()
                .find(|field| field.description().key == part);
        }
        if let Some(rest) = key.strip_prefix("due.") {
            let (day, part) = rest.split_once('.')?;
            let day = parse_date(day)?;
            return [Self::DueWas(day), Self::DueOn(day)].into_iter().find(|field| field.description().key == part);
        }
        Self::ALL.iter().copied().find(|field| field.description().key == key)
    }

    /// What it is called on the full screen, in at most 18 letters.
    pub fn label(self) -> Cow<'static, str> {
        match self {
            Self::DueWas(day) => words::due(day).into(),
            _ => self.description().label.on_screen.into(),
        }
    }

    /// What it is called where nothing is beside it.
    pub fn full_label(self) -> Cow<'static, str> {
        match self {
            Self::DueWas(day) => words::due_in_full(day).into(),
            Self::DueOn(day) => words::due_given_on(day).into(),
            _ => self.description().label.by_line.into(),
        }
    }

    /// What it asks for, in one line, with the keys of the full screen.
    pub fn help(self) -> &'static str {
        self.description().help.on_screen
    }

    /// What it asks for, without any keys.
    pub fn full_help(self) -> &'static str {
        self.description().help.by_line
    }

    /// How it is filled in.
    pub fn kind(self) -> Kind {
        self.description().entry.kind()
    }

    /// What is measured, where the unit is typed with it.
    pub fn measured(self) -> Option<&'static str> {
        self.description().entry.measured()
    }

    /// The units that can be typed, each with the letters that are enough; none where there is one alone.
    pub fn units(self) -> Vec<TypedUnit> {
        self.description().entry.units()
    }

    /// The step in which it is asked first; none of a confirmation or of the second check.
    pub fn step(self) -> Option<Step> {
        self.description().steps.first().copied()
    }

    /// The steps in which it is asked.
    pub(super) fn steps(self) -> &'static [Step] {
        self.description().steps
    }

    /// The field that a path of the interface speaks of: where a message about it belongs. It is the field of
    /// the path itself, or of the innermost value that the path is a part of.
    pub fn of_path(path: &str) -> Option<Self> {
        let covers = |of_field: &str| {
            path.strip_prefix(of_field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let closest = |field: &Self| {
            let paths = field.description().paths.iter();
            paths.filter(|of_field| covers(of_field)).map(|of_field| of_field.len()).max()
        };
        let candidates = Self::ALL.iter().filter_map(|field| Some((closest(field)?, *field)));
        candidates.max_by_key(|(length, _)| *length).map(|(_, field)| field)
    }
}

impl Form {
    /// Whether a field is asked: it has a meaning with what is entered in the others. What was entered in a
    /// field that is not asked stays in the draft and takes no part.
    pub fn asks(&self, field: Field) -> bool {
        match field {
            Field::DueWas(day) => self.was_due(day),
            Field::DueOn(day) => self.was_due(day) && self.text(Field::DueWas(day)) == DueDose::Given.as_str(),
            _ => (field.description().asked)(self),
        }
    }

    /// Whether a field must be filled in before there is a plan.
    pub fn is_needed(&self, field: Field) -> bool {
        field.description().needed == Needed::Always && self.asks(field) && self.usual(field).is_none()
    }

    /// Whether a question on safety is open: the plan will say that it was not asked.
    pub fn is_not_asked(&self, field: Field) -> bool {
        field.description().needed == Needed::OrNotAsked && self.text(field).trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn every_field_has_a_key_of_its_own() {
        let keys: BTreeSet<String> = Field::ALL.iter().map(|field| field.key()).collect();
        assert_eq!(keys.len(), Field::ALL.len());
        for field in Field::ALL {
            assert_eq!(Field::from_key(&field.key()), Some(*field));
        }
        let day = NaiveDate::from_ymd_opt(2026, 12, 29).expect("a day");
        for field in [Field::DueWas(day), Field::DueOn(day)] {
            assert_eq!(Field::from_key(&field.key()), Some(field));
            assert!(field.label().chars().count() <= 18, "{}", field.label());
        }
        for code in Code::ALL {
            for field in [Field::ConfirmedBy(*code), Field::ConfirmedBecause(*code)] {
                assert_eq!(Field::from_key(&field.key()), Some(field));
            }
        }
        assert_eq!(Field::from_key("confirm.nothing.by"), None);
        assert_eq!(Field::from_key("confirm.calcium-low.saying"), None);
    }

    #[test]
    fn a_label_fits_its_column() {
        for field in Field::ALL {
            assert!(field.label().chars().count() <= 18, "{}", field.label());
        }
    }

    #[test]
    fn a_path_belongs_to_the_closest_field() {
        for field in Field::ALL {
            for path in field.description().paths {
                assert_eq!(Field::of_path(path), Some(*field), "{path}");
            }
        }
        for (path, field) in [
            ("labs.creatinine.value", Some(Field::Creatinine)),
            ("labs.calcium.kind", Some(Field::CalciumKind)),
            ("labs.calcium_date", Some(Field::CalciumDate)),
            ("course.baseline_creatinine.unit", Some(Field::Baseline)),
            ("course.baseline_creatinine.date", Some(Field::BaselineDate)),
            ("clinic.closed_dates[2]", Some(Field::ClosedDates)),
            ("confirmations", None),
        ] {
            assert_eq!(Field::of_path(path), field, "{path}");
        }
    }

    #[test]
    fn steps_follow_one_another() {
        assert_eq!(Step::Patient.next(), Some(Step::Disease));
        assert_eq!(Step::Patient.before(), None);
        assert_eq!(Step::Review.next(), None);
    }
}
