//! The parts of the document, of which the user chooses.

use std::collections::BTreeSet;

use clap::ValueEnum;

/// A part of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Part {
    /// What is needed to give the next dose, with boxes to sign
    Card,
    /// A table with a row for each visit, on the back of the card
    Visits,
    /// Directions for the patient, on a sheet of their own
    Patient,
    /// The sources, and where they disagree
    Sources,
}

/// The parts that are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts(BTreeSet<Part>);

impl Parts {
    /// Whether a part is among them.
    pub(super) fn contains(&self, part: Part) -> bool {
        self.0.contains(&part)
    }
}

/// All parts but the sources, which a ward seldom needs.
impl Default for Parts {
    fn default() -> Self {
        [Part::Card, Part::Visits, Part::Patient].into_iter().collect()
    }
}

impl FromIterator<Part> for Parts {
    fn from_iter<T: IntoIterator<Item = Part>>(parts: T) -> Self {
        Self(parts.into_iter().collect())
    }
}
