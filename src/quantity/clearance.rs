//! Creatinine clearance after Cockcroft and Gault, exact until it is shown.
//!
//! A dose changes at a whole number of millilitres per minute, so a clearance of 59.96 must not read
//! "60.0" on one line and be dosed as "below 60" on the next.

use std::{cmp::Ordering, fmt, str::FromStr};

use super::{Creatinine, CreatinineUnit, Decimal, Ratio, Sex};

/// Creatinine clearance in mL/min, unrounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clearance(Ratio);

/// A limit of clearance and the side to which the limit itself belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The limit in mL/min.
    pub at: u16,
    /// Whether a clearance of exactly this figure belongs to the band above it.
    pub belongs_above: bool,
}

/// The figures of the formula of Cockcroft and Gault (Nephron 1976;16:31), for those who compute with it and
/// for those who show it.
#[derive(Clone, Copy, Debug)]
pub struct CockcroftGault {
    /// The years from which the age is taken.
    pub years: u16,
    /// The factor for women; that of men is 1.
    pub female: Decimal,
    /// The factor of the creatinine in mg/dL.
    pub divisor: u16,
}

/// The formula as it is applied.
pub const COCKCROFT_GAULT: CockcroftGault = CockcroftGault { years: 140, female: Decimal::new(85, 2), divisor: 72 };

impl Clearance {
    /// `(140 − age) × weight_kg × k / (72 × creatinine_mg_per_dl)`, with `k` 1 for men and 0.85 for
    /// women (Cockcroft and Gault, Nephron 1976;16:31). `age` is in completed years.
    pub fn cockcroft_gault(age: u16, sex: Sex, weight_kg: Ratio, creatinine: Creatinine) -> Self {
        let CockcroftGault { years, divisor, .. } = COCKCROFT_GAULT;
        let years = Ratio::whole(i64::from(years) - i64::from(age));
        let k = sex.clearance_factor().ratio();
        Self(years * weight_kg * k / (Ratio::whole(i64::from(divisor)) * creatinine.in_mg_per_dl()))
    }

    /// A part of the clearance.
    #[must_use]
    pub fn times(self, part: Ratio) -> Self {
        Self(self.0 * part)
    }

    /// Whether the clearance lies above `edge`, without rounding.
    pub fn is_above(self, edge: Edge) -> bool {
        match self.0.cmp(&Ratio::whole(i64::from(edge.at))) {
            Ordering::Greater => true,
            Ordering::Equal => edge.belongs_above,
            Ordering::Less => false,
        }
    }

    /// Whether the clearance is at most `within` mL/min away from `edge`.
    pub fn is_near(self, edge: Edge, within: u16) -> bool {
        let distance = self.0 - Ratio::whole(i64::from(edge.at));
        let within = i64::from(within);
        distance <= Ratio::whole(within) && distance >= Ratio::whole(-within)
    }

    /// How far the clearance lies above `edge`, in mL/min: one decimal, cut off.
    pub fn above_by(self, edge: Edge) -> Decimal {
        (self.0 - Ratio::whole(i64::from(edge.at))).floor(1)
    }

    /// Six decimals, cut off: the figure of a plan file. It is never compared.
    pub fn six_decimals(self) -> Decimal {
        self.0.floor(6)
    }

    /// The clearance as people read it: rounded half up to one decimal, with as many more as it
    /// takes for the figure to lie on the same side of every edge as the clearance itself.
    pub fn shown(self, edges: &[Edge]) -> ClearanceShown {
        let faithful =
            |shown: &Decimal| edges.iter().all(|edge| Self(shown.ratio()).is_above(*edge) == self.is_above(*edge));
        let shown = (1..=6).map(|places| self.0.round_half_up(places)).find(faithful);
        // A clearance that six decimals cannot tell from a limit is shown as what it is cut off to.
        ClearanceShown(shown.unwrap_or_else(|| self.six_decimals()))
    }

    /// The largest creatinine, in the unit of `now` and with the places of a limit (one in
    /// µmol/L, two in mg/dL), at which this patient's clearance is still above `edge`. `self` is the
    /// clearance at the creatinine `now`.
    pub fn creatinine_above(self, now: Creatinine, edge: Edge) -> Creatinine {
        let places = limit_places(now.unit);
        let at_edge = self.0 * now.value.ratio() / Ratio::whole(i64::from(edge.at));
        let value = if edge.belongs_above { at_edge.floor(places) } else { at_edge.below(places) };
        Creatinine { value: value.trimmed(), unit: now.unit }
    }
}

/// A clearance as people read it, in mL/min: on the same side of every limit as the clearance itself, and never
/// compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClearanceShown(Decimal);

impl ClearanceShown {
    /// The figure in mL/min.
    pub fn value(self) -> Decimal {
        self.0
    }
}

impl fmt::Display for ClearanceShown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mL/min", self.0)
    }
}

impl serde::Serialize for ClearanceShown {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("ClearanceShown", 2)?;
        object.serialize_field("value", &self.0)?;
        object.serialize_field("unit", "mL/min")?;
        object.end()
    }
}

/// The decimal places of a creatinine limit.
pub(crate) fn limit_places(unit: CreatinineUnit) -> u8 {
    match unit {
        CreatinineUnit::MicromolesPerLitre => 1,
        CreatinineUnit::MilligramsPerDecilitre => 2,
    }
}

/// A band of clearance such as "50 to 60 mL/min", without gap or overlap to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClearanceRange {
    /// The lower end; none means from zero.
    pub low: Option<Edge>,
    /// The upper end; none means without end.
    pub high: Option<Edge>,
}

impl ClearanceRange {
    /// Whether all of another band lies in this one.
    pub fn includes(self, other: Self) -> bool {
        // An edge that belongs to the band below it lies higher than one that belongs to the band above it.
        let place = |edge: Edge| (edge.at, !edge.belongs_above);
        let from = self.low.is_none_or(|low| other.low.is_some_and(|it| place(it) >= place(low)));
        let to = self.high.is_none_or(|high| other.high.is_some_and(|it| place(it) <= place(high)));
        from && to
    }

    /// Whether the clearance lies in the band.
    pub fn contains(self, clearance: Clearance) -> bool {
        self.low.is_none_or(|edge| clearance.is_above(edge)) && self.high.is_none_or(|edge| !clearance.is_above(edge))
    }
}

impl fmt::Display for ClearanceRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.low, self.high) {
            (None, None) => f.write_str("0 mL/min or above"),
            (Some(low), None) if low.belongs_above => write!(f, "{} mL/min or above", low.at),
            (Some(low), None) => write!(f, "above {} mL/min", low.at),
            (None, Some(high)) if high.belongs_above => write!(f, "below {} mL/min", high.at),
            (None, Some(high)) => write!(f, "up to {} mL/min", high.at),
            (Some(low), Some(high)) => {
                let from = if low.belongs_above { "" } else { "above " };
                let to = if high.belongs_above { "to below" } else { "to" };
                write!(f, "{from}{} {to} {} mL/min", low.at, high.at)
            }
        }
    }
}

impl FromStr for ClearanceRange {
    type Err = ();

    /// Reads "above 60 mL/min", "50 to 60 mL/min", "40 to below 50 mL/min", "above 50 to 80 mL/min",
    /// "50 mL/min or above", "up to 12 mL/min" and "below 30 mL/min".
    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |text: &str| text.parse::<u16>().map_err(|_| ());
        let low = |at, belongs_above| Some(Edge { at, belongs_above });
        if let Some(at) = text.strip_suffix(" mL/min or above") {
            return Ok(Self { low: low(number(at)?, true), high: None });
        }
        let text = text.strip_suffix(" mL/min").ok_or(())?;
        if let Some(at) = text.strip_prefix("below ") {
            return Ok(Self { low: None, high: low(number(at)?, true) });
        }
        if let Some(at) = text.strip_prefix("up to ") {
            return Ok(Self { low: None, high: low(number(at)?, false) });
        }
        let (above, text) = match text.strip_prefix("above ") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let Some((from, to)) = text.split_once(" to ") else {
            return if above { Ok(Self { low: low(number(text)?, false), high: None }) } else { Err(()) };
        };
        let (below, to) = match to.strip_prefix("below ") {
            Some(rest) => (true, rest),
            None => (false, to),
        };
        let (from, to) = (number(from)?, number(to)?);
        if from >= to {
            return Err(());
        }
        Ok(Self { low: low(from, !above), high: low(to, below) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(at: u16, belongs_above: bool) -> Edge {
        Edge { at, belongs_above }
    }

    fn of(numerator: i128, denominator: i128) -> Clearance {
        Clearance(Ratio::new(numerator, denominator))
    }

    #[test]
    fn published_clearances() {
        // F9 and F10: tests of an independent program; F1: a published worked example.
        let mg = |value: &str| Creatinine {
            value: value.parse().expect("a decimal"),
            unit: CreatinineUnit::MilligramsPerDecilitre,
        };
        let of = |age, sex, kg, creatinine: &str| {
            Clearance::cockcroft_gault(age, sex, Ratio::whole(kg), mg(creatinine)).six_decimals().to_string()
        };
        assert_eq!(of(50, Sex::Male, 80, "1.0"), "100.000000");
        assert_eq!(of(70, Sex::Male, 70, "5.0"), "13.611111");
        assert_eq!(of(65, Sex::Male, 70, "1.4"), "52.083333");
        assert_eq!(of(85, Sex::Female, 72, "1.0"), "46.750000");
    }

    #[test]
    fn the_shown_figure_lies_in_the_same_band() {
        let bands = [edge(60, false), edge(50, true)];
        assert_eq!(of(6004, 100).shown(&bands).to_string(), "60.04 mL/min");
        assert_eq!(of(60, 1).shown(&bands).to_string(), "60.0 mL/min");
        assert_eq!(of(49_996, 1000).shown(&bands).to_string(), "49.996 mL/min");
        assert_eq!(of(559_466, 10_000).shown(&bands).to_string(), "55.9 mL/min");
    }

    #[test]
    fn bands_are_read_and_written_in_the_same_words() {
        for text in [
            "above 60 mL/min",
            "50 to 60 mL/min",
            "40 to below 50 mL/min",
            "above 50 to 80 mL/min",
            "50 mL/min or above",
            "up to 12 mL/min",
            "below 30 mL/min",
        ] {
            assert_eq!(text.parse::<ClearanceRange>().expect(text).to_string(), text);
        }
        for text in
            ["60 mL/min", "60 to 50 mL/min", "> 60 mL/min", "above 60", "below x mL/min", "above above 3 mL/min"]
        {
            assert_eq!(text.parse::<ClearanceRange>(), Err(()), "{text}");
        }
    }

    #[test]
    fn the_creatinine_of_the_next_dose_is_the_last_that_keeps_this_one() {
        let now = Creatinine { value: Decimal::whole(100), unit: CreatinineUnit::MicromolesPerLitre };
        assert_eq!(of(60, 1).creatinine_above(now, edge(50, true)).to_string(), "120 µmol/L");
        assert_eq!(of(60, 1).creatinine_above(now, edge(50, false)).to_string(), "119.9 µmol/L");
    }
}
