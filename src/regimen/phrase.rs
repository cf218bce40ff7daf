//! The turns of phrase of a regimen file: which kidney, which calcium, which source.

use std::{fmt, str::FromStr};

use crate::{
    json::{AtLeastOne, Notation, Phrase, Written, sound},
    quantity::{
        AlbuminUnit, Bound, CalciumUnit, ClearanceRange, Comparison, CreatinineUnit, Days, Decimal, Limit, Mass,
        Minutes, Pair, Span, Volume,
    },
};

/// What is known of the kidney: a band of clearance, dialysis, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kidney {
    /// A clearance in this band.
    Range(ClearanceRange),
    /// On dialysis, where no clearance is computed.
    Dialysis,
    /// No creatinine was measured.
    NotKnown,
}

impl fmt::Display for Kidney {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Range(range) => range.fmt(f),
            Self::Dialysis => f.write_str("on dialysis"),
            Self::NotKnown => f.write_str("not known"),
        }
    }
}

impl serde::Serialize for Kidney {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl FromStr for Kidney {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "on dialysis" => Ok(Self::Dialysis),
            "not known" => Ok(Self::NotKnown),
            _ => text.parse().and_then(from_nothing).map(Self::Range),
        }
    }
}

/// A band that begins at 0 begins where all clearances do; one that ends there holds none.
fn from_nothing(band: ClearanceRange) -> Result<ClearanceRange, ()> {
    if band.high.is_some_and(|edge| edge.at == 0) {
        return Err(());
    }
    Ok(ClearanceRange { low: band.low.filter(|edge| edge.at > 0), ..band })
}

/// A condition on the corrected calcium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalciumBand {
    /// Above the upper limit of normal.
    AboveNormal,
    /// At or above a pair of figures.
    Limit(Limit<CalciumUnit>),
}

impl CalciumBand {
    /// The band in one unit, with the normal range of the laboratory.
    pub fn in_unit(self, normal: Span<CalciumUnit>, unit: CalciumUnit) -> Bound<CalciumUnit> {
        match self {
            Self::AboveNormal => Bound { comparison: Comparison::Above, figure: normal.high.measured(unit) },
            Self::Limit(limit) => limit.in_unit(unit),
        }
    }
}

impl fmt::Display for CalciumBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AboveNormal => f.write_str("above normal"),
            Self::Limit(limit) => limit.fmt(f),
        }
    }
}

impl FromStr for CalciumBand {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "above normal" { Ok(Self::AboveNormal) } else { text.parse().map(Self::Limit) }
    }
}

/// A source and the place in it: "ilive Z5", "EU-1 section 4.2".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    notation: String,
    /// The bytes of the source's id.
    id: usize,
}

impl Citation {
    /// The source's id in the register.
    pub fn id(&self) -> &str {
        &self.notation[..self.id]
    }

    /// The place in it; empty for the whole source.
    pub fn locator(&self) -> &str {
        self.notation[self.id..].trim_start()
    }

    /// Id and place, as they are written.
    pub fn as_str(&self) -> &str {
        &self.notation
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.notation)
    }
}

impl FromStr for Citation {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let id = text.split(' ').next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        // What a text must not hold, a place must not hold either.
        let sound = !id.is_empty() && id.chars().all(plain) && sound(text).is_ok();
        sound.then(|| Self { notation: text.to_owned(), id: id.len() }).ok_or(())
    }
}

impl Citation {
    /// Each of these once, in the order in which they come.
    pub fn each_once<'c>(citations: impl IntoIterator<Item = &'c Self>) -> Vec<&'c Self> {
        let mut once = Vec::new();
        for citation in citations {
            if !once.contains(&citation) {
                once.push(citation);
            }
        }
        once
    }
}

/// The sources of a statement: at least one.
pub(super) type Sources = AtLeastOne<Written<Citation>>;

/// A range in a unit that has no second one: "20 to 350 kg".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlainSpan {
    /// The lower end, included.
    pub low: Decimal,
    /// The upper end, included.
    pub high: Decimal,
    /// The unit.
    pub unit: String,
}

impl PlainSpan {
    /// Whether the value lies in the range.
    pub fn contains(&self, value: Decimal) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

impl fmt::Display for PlainSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {} {}", self.low, self.high, self.unit)
    }
}

impl FromStr for PlainSpan {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split(' ');
        let (Some(low), Some("to"), Some(high), Some(unit), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        let number = |text: &str| text.parse::<Decimal>().map_err(|_| ());
        let span = Self { low: number(low)?, high: number(high)?, unit: unit.to_owned() };
        if span.low < span.high && unit.chars().all(char::is_alphabetic) { Ok(span) } else { Err(()) }
    }
}

macro_rules! phrases {
    ($($Type:ty: $Notation:ident,)+) => {
        $( impl Phrase for $Type { const NOTATION: Notation = Notation::$Notation; } )+
    };
}

phrases! {
    Decimal: Decimal,
    Mass: Mass,
    Volume: Volume,
    Days: Days,
    Minutes: Minutes,
    Kidney: Kidney,
    CalciumBand: CalciumBand,
    Limit<CreatinineUnit>: CreatinineLimit,
    Limit<CalciumUnit>: CalciumLimit,
    Pair<CreatinineUnit>: CreatininePair,
    Pair<CalciumUnit>: CalciumPair,
    Span<CreatinineUnit>: CreatinineSpan,
    Span<CalciumUnit>: CalciumSpan,
    Span<AlbuminUnit>: AlbuminSpan,
    PlainSpan: PlainSpan,
    Citation: Citation,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_a_source_and_a_place() {
        let citation: Citation = "EU-1 section 4.2".parse().expect("a citation");
        assert_eq!((citation.id(), citation.locator()), ("EU-1", "section 4.2"));
        assert_eq!(citation.to_string(), "EU-1 section 4.2");
        for text in ["", " Z5", "EU_1", "a\u{1b}", "EU-1 section \u{202e}4"] {
            assert_eq!(text.parse::<Citation>(), Err(()), "{text:?}");
        }
    }

    #[test]
    fn a_band_may_begin_at_nothing_and_not_end_there() {
        let kidney = |text: &str| text.parse::<Kidney>().map(|it| it.to_string());
        assert_eq!(kidney("0 to below 30 mL/min"), Ok("below 30 mL/min".to_owned()));
        assert_eq!(kidney("0 mL/min or above"), Ok("0 mL/min or above".to_owned()));
        for text in ["below 0 mL/min", "up to 0 mL/min"] {
            assert_eq!(kidney(text), Err(()), "{text}");
        }
    }

    #[test]
    fn a_range_has_two_ends_and_a_unit() {
        assert_eq!("20 to 350 kg".parse::<PlainSpan>().expect("a range").to_string(), "20 to 350 kg");
        for text in ["350 to 20 kg", "20 to 350", "20-350 kg", "a to b kg"] {
            assert_eq!(text.parse::<PlainSpan>(), Err(()), "{text}");
        }
    }
}
