//! The round: everybody who is due, one after the other, with one day of values that is typed once.

use crate::ward::store::PatientKey;

/// A round.
#[derive(Clone, Debug)]
pub(super) struct Round {
    /// The patients, each with the name for the key bar.
    patients: Vec<(PatientKey, String)>,
    /// The one in hand.
    at: usize,
    /// The day of the values, as it was typed.
    pub(super) taken_on: Option<String>,
}

impl Round {
    /// A round of these patients; none of nobody.
    pub(super) fn of(patients: Vec<(PatientKey, String)>) -> Option<Self> {
        (!patients.is_empty()).then_some(Self { patients, at: 0, taken_on: None })
    }

    /// The patient in hand.
    pub(super) fn key(&self) -> &PatientKey {
        &self.patients[self.at].0
    }

    /// The place, from 1, and how many there are.
    pub(super) fn place(&self) -> (usize, usize) {
        (self.at + 1, self.patients.len())
    }

    /// The name of the patient so many places on.
    pub(super) fn name(&self, by: isize) -> Option<&str> {
        let at = self.at.checked_add_signed(by)?;
        self.patients.get(at).map(|(_, name)| name.as_str())
    }

    /// To the patient so many places on; false at the ends.
    pub(super) fn go(&mut self, by: isize) -> bool {
        match self.at.checked_add_signed(by).filter(|at| *at < self.patients.len()) {
            Some(at) => {
                self.at = at;
                true
            }
            None => false,
        }
    }
}
