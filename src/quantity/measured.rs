//! Laboratory values: a number with its unit, never one without the other.

use std::fmt;

use serde::de::{Deserializer, MapAccess};

use super::{AnyUnit, Decimal, Ratio};
use crate::json::{
    Faults, FromJson, Node, Object, Path,
    quick::{self, Quick},
    vocabulary,
};

/// A unit of a laboratory value; every value has one international and one conventional unit.
pub trait Unit: Copy + Eq + fmt::Debug + fmt::Display + Into<AnyUnit> + 'static {
    /// Both units, the international one first.
    const BOTH: [Self; 2];

    /// How many international units one conventional unit is, in thousandths and about: enough to
    /// tell a pair of figures whose units were swapped.
    const THOUSANDTHS: i64;

    /// The unit as requests and regimen files write it, in ASCII.
    fn key(self) -> &'static str;
}

macro_rules! unit {
    ($Unit:ident: $a:ident $a_key:literal $a_shown:literal, $b:ident $b_key:literal, $thousandths:literal, $(#[$meta:meta])+) => {
        vocabulary! {
            $(#[$meta])+
            pub enum $Unit {
                #[doc = $a_shown]
                $a = $a_key,
                #[doc = $b_key]
                $b = $b_key,
            }
        }
        impl fmt::Display for $Unit {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self {
                    Self::$a => $a_shown,
                    Self::$b => $b_key,
                })
            }
        }
        impl Unit for $Unit {
            const BOTH: [Self; 2] = [Self::$a, Self::$b];
            const THOUSANDTHS: i64 = $thousandths;
            fn key(self) -> &'static str {
                self.as_str()
            }
        }
    };
}

unit!(CreatinineUnit: MicromolesPerLitre "umol/L" "µmol/L", MilligramsPerDecilitre "mg/dL", 88_400,
    /// Unit of serum creatinine.
);
unit!(CalciumUnit: MillimolesPerLitre "mmol/L" "mmol/L", MilligramsPerDecilitre "mg/dL", 250,
    /// Unit of serum calcium.
);
unit!(AlbuminUnit: GramsPerLitre "g/L" "g/L", GramsPerDecilitre "g/dL", 10_000,
    /// Unit of serum albumin.
);

/// A number with its unit. Two values are equal when number and unit are: no unit is converted to
/// find out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured<U> {
    /// The number, as it was entered.
    pub value: Decimal,
    /// The unit that was entered with it.
    pub unit: U,
}

/// Serum creatinine.
pub type Creatinine = Measured<CreatinineUnit>;
/// Serum calcium, of whatever kind.
pub type Calcium = Measured<CalciumUnit>;
/// Serum albumin.
pub type Albumin = Measured<AlbuminUnit>;

impl<U: Unit> fmt::Display for Measured<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.value, self.unit)
    }
}

impl<U: Unit + serde::Serialize> serde::Serialize for Measured<U> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("Measured", 2)?;
        object.serialize_field("value", &self.value)?;
        object.serialize_field("unit", &self.unit)?;
        object.end()
    }
}

impl<U: Unit + FromJson> FromJson for Measured<U> {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        let object = Object::open(node, path, &["value", "unit"], faults)?;
        let (value, unit) = (object.member("value", faults), object.member("unit", faults));
        Some(Self { value: value?, unit: unit? })
    }

    fn quick<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        quick::object(deserializer)
    }
}

impl<'de, U: Unit + FromJson> quick::ReadMembers<'de> for Measured<U> {
    fn read_members<A: MapAccess<'de>>(mut members: A) -> Result<Self, A::Error> {
        let (mut value, mut unit) = (None, None);
        while let Some(key) = members.next_key::<&str>()? {
            match key {
                "value" if value.is_none() => value = Some(members.next_value::<Quick<Decimal>>()?.0),
                "unit" if unit.is_none() => unit = Some(members.next_value::<Quick<U>>()?.0),
                _ => return Err(quick::given_up()),
            }
        }
        value.zip(unit).map(|(value, unit)| Self { value, unit }).ok_or_else(quick::given_up)
    }
}

/// Micromoles per litre in one milligram per decilitre of creatinine.
pub const CREATININE_FACTOR: Decimal = Decimal::new(884, 1);

/// The figures by which a total calcium is corrected for albumin (Payne, BMJ 1973;4:643), for those who
/// compute with them and for those who show them.
#[derive(Clone, Copy, Debug)]
pub struct AlbuminCorrection {
    /// Calcium, in its own unit, for each unit of albumin that is missing.
    pub factor: Decimal,
    /// The albumin from which is counted.
    pub from: Albumin,
}

impl CalciumUnit {
    /// The correction of a calcium in this unit.
    pub const fn albumin_correction(self) -> AlbuminCorrection {
        match self {
            Self::MillimolesPerLitre => AlbuminCorrection {
                factor: Decimal::new(2, 2),
                from: Measured { value: Decimal::whole(40), unit: AlbuminUnit::GramsPerLitre },
            },
            Self::MilligramsPerDecilitre => AlbuminCorrection {
                factor: Decimal::new(8, 1),
                from: Measured { value: Decimal::whole(4), unit: AlbuminUnit::GramsPerDecilitre },
            },
        }
    }
}

impl Albumin {
    /// The value in `unit`, exactly: 1 g/dL is 10 g/L.
    pub fn in_unit(self, unit: AlbuminUnit) -> Decimal {
        match (self.unit, unit) {
            (AlbuminUnit::GramsPerDecilitre, AlbuminUnit::GramsPerLitre) => self.value * Decimal::whole(10),
            (AlbuminUnit::GramsPerLitre, AlbuminUnit::GramsPerDecilitre) => self.value * Decimal::new(1, 1),
            (AlbuminUnit::GramsPerLitre, AlbuminUnit::GramsPerLitre)
            | (AlbuminUnit::GramsPerDecilitre, AlbuminUnit::GramsPerDecilitre) => self.value,
        }
    }
}

impl CreatinineUnit {
    /// A creatinine in this unit, in another one, exactly: 1 mg/dL is 88.4 µmol/L.
    pub fn convert(self, value: Ratio, to: Self) -> Ratio {
        match (self, to) {
            (Self::MilligramsPerDecilitre, Self::MicromolesPerLitre) => value * CREATININE_FACTOR.ratio(),
            (Self::MicromolesPerLitre, Self::MilligramsPerDecilitre) => value / CREATININE_FACTOR.ratio(),
            (Self::MicromolesPerLitre, Self::MicromolesPerLitre)
            | (Self::MilligramsPerDecilitre, Self::MilligramsPerDecilitre) => value,
        }
    }
}

impl Creatinine {
    /// The value in mg/dL, exactly.
    pub fn in_mg_per_dl(self) -> Ratio {
        self.in_unit(CreatinineUnit::MilligramsPerDecilitre)
    }

    /// The value in `unit`, exactly.
    pub fn in_unit(self, unit: CreatinineUnit) -> Ratio {
        self.unit.convert(self.value.ratio(), unit)
    }
}

impl Calcium {
    /// The albumin-corrected value in the unit of the calcium, exactly:
    /// `Ca + 0.02 × (40 − albumin g/L)` in mmol/L, `Ca + 0.8 × (4 − albumin g/dL)` in mg/dL
    /// (Payne, BMJ 1973;4:643).
    #[must_use]
    pub fn corrected_for(self, albumin: Albumin) -> Self {
        let AlbuminCorrection { factor, from } = self.unit.albumin_correction();
        let correction = factor * (from.value - albumin.in_unit(from.unit));
        Self { value: (self.value + correction).trimmed(), unit: self.unit }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calcium(value: &str, unit: CalciumUnit) -> Calcium {
        Measured { value: value.parse().expect("a decimal"), unit }
    }

    fn albumin(value: &str, unit: AlbuminUnit) -> Albumin {
        Measured { value: value.parse().expect("a decimal"), unit }
    }

    #[test]
    fn correction_is_exact_in_either_unit() {
        use {AlbuminUnit::*, CalciumUnit::*};
        let corrected = |ca: Calcium, alb| ca.corrected_for(alb).to_string();
        assert_eq!(corrected(calcium("13.12", MilligramsPerDecilitre), albumin("5.4", GramsPerDecilitre)), "12 mg/dL");
        assert_eq!(corrected(calcium("2.90", MillimolesPerLitre), albumin("35", GramsPerLitre)), "3 mmol/L");
        assert_eq!(corrected(calcium("2.90", MillimolesPerLitre), albumin("3.5", GramsPerDecilitre)), "3 mmol/L");
        assert_eq!(corrected(calcium("11.0", MilligramsPerDecilitre), albumin("25", GramsPerLitre)), "12.2 mg/dL");
    }

    #[test]
    fn creatinine_is_converted_by_88_4() {
        let value = Measured { value: Decimal::new(884, 1), unit: CreatinineUnit::MicromolesPerLitre };
        assert_eq!(value.in_mg_per_dl(), Ratio::whole(1));
    }
}
