//! Any one figure with its unit, for those who name a figure without knowing which it is.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{AlbuminUnit, CalciumUnit, CreatinineUnit, Decimal, Measured, Unit};

/// A unit in which a figure of a patient is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnyUnit {
    /// Years of age.
    Years,
    /// Body weight.
    Kilograms,
    /// Height.
    Centimetres,
    /// Serum creatinine.
    Creatinine(CreatinineUnit),
    /// Serum calcium.
    Calcium(CalciumUnit),
    /// Serum albumin.
    Albumin(AlbuminUnit),
}

impl AnyUnit {
    /// The unit as requests and plans write it, in ASCII.
    pub fn key(self) -> &'static str {
        match self {
            Self::Years => "years",
            Self::Kilograms => "kg",
            Self::Centimetres => "cm",
            Self::Creatinine(unit) => unit.key(),
            Self::Calcium(unit) => unit.key(),
            Self::Albumin(unit) => unit.key(),
        }
    }
}

impl fmt::Display for AnyUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Years | Self::Kilograms | Self::Centimetres => f.write_str(self.key()),
            Self::Creatinine(unit) => unit.fmt(f),
            Self::Calcium(unit) => unit.fmt(f),
            Self::Albumin(unit) => unit.fmt(f),
        }
    }
}

impl Serialize for AnyUnit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl From<CreatinineUnit> for AnyUnit {
    fn from(unit: CreatinineUnit) -> Self {
        Self::Creatinine(unit)
    }
}

impl From<CalciumUnit> for AnyUnit {
    fn from(unit: CalciumUnit) -> Self {
        Self::Calcium(unit)
    }
}

impl From<AlbuminUnit> for AnyUnit {
    fn from(unit: AlbuminUnit) -> Self {
        Self::Albumin(unit)
    }
}

/// A number with its unit, whatever the unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number, as it was entered.
    pub value: Decimal,
    /// Its unit.
    pub unit: AnyUnit,
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, self.unit)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Amount", 2)?;
        object.serialize_field("value", &self.value)?;
        object.serialize_field("unit", &self.unit)?;
        object.end()
    }
}

impl<U: Unit> From<Measured<U>> for Amount {
    fn from(measured: Measured<U>) -> Self {
        Self { value: measured.value, unit: measured.unit.into() }
    }
}

/// A range, both ends included and in one unit: 2.2 to 2.6 mmol/L.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmountRange {
    /// The lower end.
    pub low: Decimal,
    /// The upper end.
    pub high: Decimal,
    /// The unit of both.
    pub unit: AnyUnit,
}

impl Serialize for AmountRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("AmountRange", 3)?;
        object.serialize_field("low", &self.low)?;
        object.serialize_field("high", &self.high)?;
        object.serialize_field("unit", &self.unit)?;
        object.end()
    }
}

impl fmt::Display for AmountRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {} {}", self.low, self.high, self.unit)
    }
}
