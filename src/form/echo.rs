//! What was typed, said again in full beside its field, so that a slip is seen.

use super::{
    Field, Form, Kind,
    entry::{read_date, read_dates, read_decimal},
};
use crate::{
    patient::age_on,
    quantity::{Albumin, AlbuminUnit, Creatinine, CreatinineUnit, Measured, Ratio},
    words,
};

impl Form {
    /// The entry in full: a number with its unit, and in the other unit where there is a formula; a date
    /// with its weekday. `None` where nothing can be read.
    pub fn echo(&self, field: Field) -> Option<String> {
        let text = self.text(field);
        match field.kind() {
            Kind::Date => {
                let date = read_date(text).ok()?;
                let age = (field == Field::BirthDate).then(|| self.age(date)).flatten();
                Some(words::spoken::day(date) + &age.map_or_else(String::new, |years| format!(", {years} years")))
            }
            Kind::Dates => {
                let dates: Vec<String> = read_dates(text).ok()?.into_iter().map(words::spoken::day).collect();
                Some(dates.join(", ")).filter(|dates| !dates.is_empty())
            }
            Kind::Number(unit) => Some(format!("{} {unit}", read_decimal(text).ok()?)),
            Kind::Measured(of_unit) => self.measured_echo(field, self.text(of_unit)),
            Kind::Text | Kind::One | Kind::Many => None,
        }
    }

    /// The age on the day that is known: that of the laboratory values, or the start.
    fn age(&self, birth: chrono::NaiveDate) -> Option<u16> {
        let stated = self.filled().stated();
        age_on(birth, stated.labs_date.or(stated.start_date)?)
    }

    fn measured_echo(&self, field: Field, unit: &str) -> Option<String> {
        let value = read_decimal(self.text(field)).ok()?;
        match field {
            Field::Calcium => {
                let unit = crate::quantity::CalciumUnit::from_word(unit)?;
                Some(Measured { value, unit }.to_string())
            }
            Field::Albumin => Some(in_both_albumin(Measured { value, unit: AlbuminUnit::from_word(unit)? })),
            _ => Some(in_both_creatinine(Measured { value, unit: CreatinineUnit::from_word(unit)? })),
        }
    }
}

/// "1.2 mg/dL = 106.1 µmol/L", by the factor of the clearance formula.
fn in_both_creatinine(creatinine: Creatinine) -> String {
    let mg_per_dl = creatinine.in_mg_per_dl();
    let (other, unit) = match creatinine.unit {
        CreatinineUnit::MilligramsPerDecilitre => {
            (Creatinine::micromoles_per_litre(mg_per_dl).round_half_up(1), CreatinineUnit::MicromolesPerLitre)
        }
        CreatinineUnit::MicromolesPerLitre => (mg_per_dl.round_half_up(2), CreatinineUnit::MilligramsPerDecilitre),
    };
    format!("{creatinine} = {other} {unit}")
}

/// "38 g/L = 3.8 g/dL".
fn in_both_albumin(albumin: Albumin) -> String {
    let (factor, unit) = match albumin.unit {
        AlbuminUnit::GramsPerLitre => (Ratio::new(1, 10), AlbuminUnit::GramsPerDecilitre),
        AlbuminUnit::GramsPerDecilitre => (Ratio::whole(10), AlbuminUnit::GramsPerLitre),
    };
    let other = (albumin.value.ratio() * factor).round_half_up(2).trimmed();
    format!("{albumin} = {other} {unit}")
}
