//! Where a person is: a form of entries, a list, a page of the plan, and what lies over it.

use std::path::PathBuf;

use chrono::NaiveDate;

use super::{Leftover, export::FileKind, line::Line, ward::WardForm};
use crate::{
    form::{Draft, Field, Step},
    present::Reason,
    regimen::Code,
};

/// A screen of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Screen {
    /// The entries of a step: letters are text.
    Entry(Step),
    /// The drugs, compared for this patient.
    Drugs,
    /// The visits, with what decides their days.
    Visits,
    /// A page of the plan: letters are keys.
    Plan(Page),
}

/// A page of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// What is given, and how it is prepared.
    Card,
    /// What was found.
    Findings,
    /// The visits.
    Dates,
    /// Where every figure comes from.
    Why,
    /// Who entered and who checked.
    Checks,
}

impl Page {
    pub(super) const ALL: [Self; 5] = [Self::Card, Self::Findings, Self::Dates, Self::Why, Self::Checks];

    /// The place in the order of pages, from 0.
    pub(super) fn index(self) -> usize {
        self as usize
    }
}

impl Screen {
    /// The step that it belongs to.
    pub(super) fn step(self) -> Step {
        match self {
            Self::Entry(step) => step,
            Self::Drugs => Step::Drug,
            Self::Visits => Step::Schedule,
            Self::Plan(_) => Step::Review,
        }
    }
}

/// What lies over a screen, which is as it was when it is closed.
#[derive(Clone, Debug)]
pub(super) enum Over {
    /// Where something comes from.
    Why(Asked),
    /// The keys of what lies below it and what they do, from a line on.
    Help { below: Option<Box<Self>>, line: usize },
    /// The places one can go to.
    GoTo { find: Line, at: usize },
    /// A finding is confirmed: its name, its reason, or the row that acts.
    Confirm { code: Code, at: usize },
    /// A second person enters the figures again. One that was whole before is kept, should this one not be.
    SecondCheck { before: Option<Box<Draft>>, at: usize },
    /// The forms in which the plan can be exported.
    Export { at: usize, refused: Option<String> },
    /// The name of a file, and the row that acts.
    FileName { written: FileKind, name: Line, acts: bool },
    /// A file of this name is there.
    Exists { written: FileKind, path: PathBuf, may_replace: bool },
    /// Whether to start on the first day on which the clinic is open.
    StartInstead(NaiveDate),
    /// Whether to leave although something is not saved.
    Leave,
    /// What earlier sessions left.
    Leftovers { left: Vec<(usize, Leftover)>, at: usize, asks: Asks },
    /// The settings of the ward.
    Ward(Box<WardForm>),
}

/// What is asked over the list of drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    Nothing,
    /// Whether the marked draft is deleted.
    Delete,
    /// Whether all old drafts are deleted.
    ClearOld,
}

/// What is asked about, in a list of reasons.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The dialog that it was asked from, where it was one.
    pub(super) below: Option<Box<Over>>,
    /// From where, or of which drug of the comparison.
    pub(super) from: String,
    /// What can be asked about.
    pub(super) reasons: Vec<Reason>,
    /// The place in the reasons.
    pub(super) at: usize,
    /// The first line that is shown.
    pub(super) line: usize,
}

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// Into a field.
    Field(Field),
    /// Into the name of a file.
    FileName,
    /// Into what is looked for among the places.
    Find,
    /// Into the settings of the ward.
    Ward,
    /// Nowhere: letters are keys.
    Nothing,
}
