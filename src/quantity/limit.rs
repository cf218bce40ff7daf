//! Limits of laboratory values, given once in each unit.
//!
//! The two figures of a label's pair (3.0 mmol/L or 12.0 mg/dL, 265 µmol/L or 3.0 mg/dL) are not
//! exact conversions of each other. A value is therefore compared in the unit that was entered.

use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{AmountRange, Decimal, Measured, Ratio, Unit};

/// The same figure in both units of a laboratory value, as a label prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair<U> {
    figures: [(Decimal, U); 2],
}

impl<U: Unit> Pair<U> {
    /// The pair of two figures, the international one first, where they can be the same value: each
    /// at least half, and at most twice, what the other is in its unit. Labels round further than a
    /// conversion does, but never that far; swapped figures and negative ones are no pair.
    fn of(international: Decimal, conventional: Decimal) -> Option<Self> {
        let (a, b) = (international.ratio(), conventional.ratio() * Ratio::new(U::THOUSANDTHS.into(), 1000));
        let two = Ratio::whole(2);
        let same = a <= b * two && b <= a * two && !international.is_negative();
        let [a_unit, b_unit] = U::BOTH;
        same.then_some(Self { figures: [(international, a_unit), (conventional, b_unit)] })
    }

    /// The figure that goes with `unit`.
    pub fn in_unit(self, unit: U) -> Decimal {
        if self.figures[0].1 == unit { self.figures[0].0 } else { self.figures[1].0 }
    }

    /// The figure that goes with `unit`, together with the unit.
    pub fn measured(self, unit: U) -> Measured<U> {
        Measured { value: self.in_unit(unit), unit }
    }
}

/// On which side of a figure something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Strictly above.
    Above,
    /// At the figure or above it.
    AtLeast,
}

impl Comparison {
    /// The side as plans write it.
    fn key(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::AtLeast => "at-least",
        }
    }

    /// Whether `value` lies on this side of `figure`.
    pub fn holds<T: PartialOrd>(self, value: &T, figure: &T) -> bool {
        match self {
            Self::Above => value > figure,
            Self::AtLeast => value >= figure,
        }
    }

    /// The last figure with this many decimals that does not lie on this side of `at`.
    pub fn last_before(self, at: Ratio, places: u8) -> Decimal {
        match self {
            Self::Above => at.floor(places),
            Self::AtLeast => at.below(places),
        }
    }
}

/// A limit such as "above 265 umol/L or 3.0 mg/dL".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit<U> {
    /// The side on which the limit is reached.
    pub comparison: Comparison,
    /// The figures.
    pub pair: Pair<U>,
}

impl<U: Unit> Limit<U> {
    /// The limit in one unit: "above 265 µmol/L".
    pub fn in_unit(self, unit: U) -> Bound<U> {
        Bound { comparison: self.comparison, figure: self.pair.measured(unit) }
    }

    /// Whether the value reaches the limit, compared in the value's own unit.
    pub fn reached_by(self, value: Measured<U>) -> bool {
        self.comparison.holds(&value.value, &self.pair.in_unit(value.unit))
    }
}

/// One side of one figure, in one unit: "at least 3.0 mmol/L".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound<U> {
    /// The side.
    pub comparison: Comparison,
    /// The figure.
    pub figure: Measured<U>,
}

impl<U: Unit + Serialize> Serialize for Bound<U> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Bound", 3)?;
        object.serialize_field("comparison", self.comparison.key())?;
        object.serialize_field("value", &self.figure.value)?;
        object.serialize_field("unit", &self.figure.unit)?;
        object.end()
    }
}

/// A range such as "2.20 to 2.60 mmol/L or 8.8 to 10.4 mg/dL", both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<U> {
    /// The lower end.
    pub low: Pair<U>,
    /// The upper end.
    pub high: Pair<U>,
}

impl<U: Unit> Span<U> {
    /// Whether the value lies in the range, compared in the value's own unit.
    pub fn contains(self, value: Measured<U>) -> bool {
        !self.is_above(value) && !self.is_below(value)
    }

    /// Whether the value lies below the range.
    pub fn is_below(self, value: Measured<U>) -> bool {
        value.value < self.low.in_unit(value.unit)
    }

    /// Whether the value lies above the range.
    pub fn is_above(self, value: Measured<U>) -> bool {
        value.value > self.high.in_unit(value.unit)
    }

    /// The range in one unit: "10 to 2500 µmol/L".
    pub fn in_unit(self, unit: U) -> AmountRange {
        AmountRange { low: self.low.in_unit(unit), high: self.high.in_unit(unit), unit: unit.into() }
    }

    /// The other unit, where the same number would be an ordinary value in it.
    pub fn meant_unit(self, value: Measured<U>) -> Option<U> {
        U::BOTH
            .into_iter()
            .find(|unit| *unit != value.unit && self.contains(Measured { value: value.value, unit: *unit }))
    }
}

impl<U: Unit> fmt::Display for Pair<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [(a, a_unit), (b, b_unit)] = self.figures;
        write!(f, "{a} {} or {b} {}", a_unit.key(), b_unit.key())
    }
}

impl<U: Unit> fmt::Display for Limit<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.comparison {
            Comparison::Above => write!(f, "above {}", self.pair),
            Comparison::AtLeast => write!(f, "at least {}", self.pair),
        }
    }
}

impl<U: Unit> fmt::Display for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [(a, a_unit), (b, b_unit)] = self.low.figures;
        let [(a_high, _), (b_high, _)] = self.high.figures;
        write!(f, "{a} to {a_high} {} or {b} to {b_high} {}", a_unit.key(), b_unit.key())
    }
}

/// Splits "x umol/L or y mg/dL" into its two halves, the international one first, the unit taken off
/// each.
fn halves<U: Unit>(text: &str) -> Option<[&str; 2]> {
    let (first, second) = text.split_once(" or ")?;
    let [a, b] = U::BOTH;
    let half = |text: &'_ str, unit: U| text.strip_suffix(unit.key())?.strip_suffix(' ').map(str::len);
    Some([&first[..half(first, a)?], &second[..half(second, b)?]])
}

impl<U: Unit> FromStr for Pair<U> {
    type Err = ();

    /// Reads "44 umol/L or 0.5 mg/dL".
    fn from_str(text: &str) -> Result<Self, ()> {
        let [a, b] = halves::<U>(text).ok_or(())?;
        let number = |text: &str| text.parse().map_err(|_| ());
        Self::of(number(a)?, number(b)?).ok_or(())
    }
}

impl<U: Unit> FromStr for Limit<U> {
    type Err = ();

    /// Reads "above 265 umol/L or 3.0 mg/dL" and "at least 3.0 mmol/L or 12.0 mg/dL".
    fn from_str(text: &str) -> Result<Self, ()> {
        let (comparison, figures) = if let Some(rest) = text.strip_prefix("above ") {
            (Comparison::Above, rest)
        } else {
            (Comparison::AtLeast, text.strip_prefix("at least ").ok_or(())?)
        };
        Ok(Self { comparison, pair: figures.parse()? })
    }
}

impl<U: Unit> FromStr for Span<U> {
    type Err = ();

    /// Reads "10 to 2500 umol/L or 0.1 to 28 mg/dL".
    fn from_str(text: &str) -> Result<Self, ()> {
        let [a, b] = halves::<U>(text).ok_or(())?;
        let ends = |text: &str| -> Result<(Decimal, Decimal), ()> {
            let (low, high) = text.split_once(" to ").ok_or(())?;
            let ends = (low.parse().map_err(|_| ())?, high.parse().map_err(|_| ())?);
            if ends.0 < ends.1 { Ok(ends) } else { Err(()) }
        };
        let ((a_low, a_high), (b_low, b_high)) = (ends(a)?, ends(b)?);
        let pair = |a, b| Pair::of(a, b).ok_or(());
        Ok(Self { low: pair(a_low, b_low)?, high: pair(a_high, b_high)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{Creatinine, CreatinineUnit};

    fn creatinine(value: &str, unit: CreatinineUnit) -> Creatinine {
        Measured { value: value.parse().expect("a decimal"), unit }
    }

    #[test]
    fn a_limit_is_compared_in_the_unit_entered() {
        use CreatinineUnit::*;
        let limit: Limit<CreatinineUnit> = "above 265 umol/L or 3.0 mg/dL".parse().expect("a limit");
        assert!(!limit.reached_by(creatinine("265", MicromolesPerLitre)));
        assert!(limit.reached_by(creatinine("265.1", MicromolesPerLitre)));
        assert!(!limit.reached_by(creatinine("3.00", MilligramsPerDecilitre)));
        assert!(limit.reached_by(creatinine("3.01", MilligramsPerDecilitre)));
    }

    #[test]
    fn a_limit_is_written_as_it_is_read() {
        fn again<T: FromStr + fmt::Display>(text: &str) -> Option<String> {
            text.parse::<T>().ok().map(|it| it.to_string())
        }
        for text in ["above 265 umol/L or 3.0 mg/dL", "at least 88 umol/L or 1 mg/dL"] {
            assert_eq!(again::<Limit<CreatinineUnit>>(text).as_deref(), Some(text));
        }
        let (pair, span) = ("44 umol/L or 0.5 mg/dL", "10 to 2500 umol/L or 0.1 to 28 mg/dL");
        assert_eq!(again::<Pair<CreatinineUnit>>(pair).as_deref(), Some(pair));
        assert_eq!(again::<Span<CreatinineUnit>>(span).as_deref(), Some(span));
    }

    #[test]
    fn a_mix_up_of_units_is_recognised() {
        use CreatinineUnit::*;
        let span: Span<CreatinineUnit> = "10 to 2500 umol/L or 0.1 to 28 mg/dL".parse().expect("a range");
        let meant = |value, unit| span.meant_unit(creatinine(value, unit));
        assert_eq!(meant("1.1", MicromolesPerLitre), Some(MilligramsPerDecilitre));
        assert_eq!(meant("92", MilligramsPerDecilitre), Some(MicromolesPerLitre));
        assert_eq!(meant("3000", MicromolesPerLitre), None);
    }

    #[test]
    fn a_limit_in_other_words_is_no_limit() {
        for text in
            ["265 umol/L", "over 265 umol/L or 3.0 mg/dL", "above 3.0 mg/dL or 265 umol/L", "above x umol/L or 3 mg/dL"]
        {
            assert_eq!(text.parse::<Limit<CreatinineUnit>>(), Err(()), "{text}");
        }
        for text in ["3.0 umol/L or 265 mg/dL", "-44 umol/L or -0.5 mg/dL", "44 umol/L or 5 mg/dL"] {
            assert_eq!(text.parse::<Pair<CreatinineUnit>>(), Err(()), "{text}");
        }
        assert_eq!("9 to 3 umol/L or 1 to 2 mg/dL".parse::<Span<CreatinineUnit>>(), Err(()));
    }
}
