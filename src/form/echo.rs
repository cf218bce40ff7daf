//! What was typed, said again in full beside its field, so that a slip is seen.

use super::{Field, Form};
use crate::{
    patient::age_on,
    quantity::{self, AlbuminUnit, CreatinineUnit, Ratio},
};

impl Form {
    /// The entry in full: a number with its unit, and in the other unit where there is a formula; a date
    /// with its weekday. `None` where nothing can be read.
    pub fn echo(&self, field: Field) -> Option<String> {
        let echo = field.description().entry.echo(&self.typed(field))?;
        let years = (field == Field::BirthDate).then(|| self.age()).flatten();
        Some(echo + &years.map_or_else(String::new, |years| format!(", {years} years")))
    }

    /// The age on the day that is known: that of the laboratory values, or the start.
    fn age(&self) -> Option<u16> {
        let stated = self.filled.stated();
        age_on(stated.birth_date?, stated.labs_date.or(stated.start_date)?)
    }
}

/// "1.2 mg/dL = 106.1 µmol/L", by the factor of the clearance formula.
pub(super) fn creatinine(creatinine: quantity::Creatinine) -> String {
    let (unit, places) = match creatinine.unit {
        CreatinineUnit::MilligramsPerDecilitre => (CreatinineUnit::MicromolesPerLitre, 1),
        CreatinineUnit::MicromolesPerLitre => (CreatinineUnit::MilligramsPerDecilitre, 2),
    };
    format!("{creatinine} = {} {unit}", creatinine.in_unit(unit).round_half_up(places))
}

/// "38 g/L = 3.8 g/dL".
pub(super) fn albumin(albumin: quantity::Albumin) -> String {
    let (factor, unit) = match albumin.unit {
        AlbuminUnit::GramsPerLitre => (Ratio::new(1, 10), AlbuminUnit::GramsPerDecilitre),
        AlbuminUnit::GramsPerDecilitre => (Ratio::whole(10), AlbuminUnit::GramsPerLitre),
    };
    let other = (albumin.value.ratio() * factor).round_half_up(2).trimmed();
    format!("{albumin} = {other} {unit}")
}
