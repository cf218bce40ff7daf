//! What a dose that was given and a supply have in common. Whoever asks of either asks it here, and need not know which.

use super::{AnotherReason, Body, Container, Counted, Given, Place, Supplied};
use crate::{
    json::Text,
    quantity::{Days, Decimal},
};

/// What a patient got, by a dose that was given or by a supply.
#[derive(Clone, Copy, Debug)]
pub struct Drug<'e> {
    /// Whether it was given or supplied.
    pub unit: Counted,
    /// The number of the dose or the supply; none for one that was not planned.
    pub dose: Option<u16>,
    /// What was given, or what a supply is for on each day, in mg.
    pub dose_mg: Decimal,
    /// Whether all of it was given. A supply always is.
    pub complete: bool,
    /// The days for which a supply lasts; none of a dose.
    pub lasts: Option<Days>,
    /// Why another dose than was planned.
    pub another_because: Option<AnotherReason>,
    /// The containers or packs.
    pub containers: &'e [Container],
    /// Why brand or batch is not known.
    pub no_batch_because: Option<&'e Text>,
    /// The second person.
    pub second: Option<&'e Text>,
    /// The entry of the assessment it rests on.
    pub assessed: Option<u64>,
    /// Why it was given without a go of its day.
    pub without_go_because: Option<&'e Text>,
    /// Who prescribed it all the same.
    pub prescriber: Option<&'e Text>,
    /// Where it was given.
    pub place: Place,
    /// What else there is to say.
    pub note: Option<&'e Text>,
}

impl Given {
    /// What it has in common with a supply.
    pub fn drug(&self) -> Drug<'_> {
        Drug {
            unit: Counted::Doses,
            dose: self.dose,
            dose_mg: self.dose_mg,
            complete: self.complete,
            lasts: None,
            another_because: self.another_because,
            containers: &self.containers,
            no_batch_because: self.no_batch_because.as_ref(),
            second: self.second.as_ref().map(|it| &it.by),
            assessed: self.assessed,
            without_go_because: self.without_go_because.as_ref(),
            prescriber: self.prescriber.as_ref(),
            place: self.place,
            note: self.note.as_ref(),
        }
    }
}

impl Supplied {
    /// What it has in common with a dose that was given.
    pub fn drug(&self) -> Drug<'_> {
        Drug {
            unit: Counted::Supplies,
            dose: self.dose,
            dose_mg: self.dose_mg,
            complete: true,
            lasts: Some(Days::new(self.days)),
            another_because: self.another_because,
            containers: &self.containers,
            no_batch_because: self.no_batch_because.as_ref(),
            second: self.second.as_ref().map(|it| &it.by),
            assessed: self.assessed,
            without_go_because: self.without_go_because.as_ref(),
            prescriber: self.prescriber.as_ref(),
            place: self.place,
            note: self.note.as_ref(),
        }
    }
}

impl Body {
    /// What a patient got by it; none where it records neither a dose nor a supply.
    pub fn drug(&self) -> Option<Drug<'_>> {
        match self {
            Self::Given(it) => Some(it.drug()),
            Self::Supplied(it) => Some(it.drug()),
            _ => None,
        }
    }
}
