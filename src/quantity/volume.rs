//! The volume of a solution.

use std::{fmt, str::FromStr};

use super::{Decimal, Ratio};

use crate::json::{Faults, FromJson, Node, Path, Problem, printable};

/// A volume in microlitres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Volume(u32);

impl Volume {
    /// `n` microlitres.
    pub const fn microlitres(n: u32) -> Self {
        Self(n)
    }

    /// A decimal number of millilitres; `None` when it is negative, above 4000 L or finer than a microlitre.
    pub fn millilitres(ml: Decimal) -> Option<Self> {
        u32::try_from(ml.in_parts(3)?).ok().map(Self)
    }

    /// The volume in millilitres, without trailing zeros.
    pub fn in_millilitres(self) -> Decimal {
        Decimal::new(i64::from(self.0), 3).trimmed()
    }

    /// The volume as an exact number of microlitres.
    pub fn ratio_in_microlitres(self) -> Ratio {
        Ratio::whole(i64::from(self.0))
    }

    /// What is left after taking `other` away, nothing if `other` is more.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The rate at which the volume lasts at least `minutes`, in whole mL per hour, rounded down so
    /// that an infusion can never finish early: 100 mL over 15 minutes are 400 mL per hour.
    pub fn rate_over(self, minutes: super::Minutes) -> u32 {
        let per_hour = u64::from(self.0) * 60 / (u64::from(minutes.count().max(1)) * 1000);
        u32::try_from(per_hour).unwrap_or(u32::MAX)
    }
}

impl fmt::Display for Volume {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mL", self.in_millilitres())
    }
}

impl FromStr for Volume {
    type Err = ();

    /// Reads "4.4 mL".
    fn from_str(text: &str) -> Result<Self, ()> {
        let number = text.strip_suffix(" mL").ok_or(())?;
        number.parse().ok().and_then(Self::millilitres).ok_or(())
    }
}

impl FromJson for Volume {
    /// A number of millilitres.
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        Self::millilitres(Decimal::from_json(node, path, faults)?).or_else(|| {
            faults.note(path, node, Problem::NotAnAmount(printable(node.source())));
            None
        })
    }
}

impl serde::Serialize for Volume {
    /// A number of millilitres, without trailing zeros.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.in_millilitres().serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::Minutes;

    #[test]
    fn a_rate_is_rounded_down() {
        let rate = |ml: u32, minutes| Volume::microlitres(ml * 1000).rate_over(Minutes::new(minutes));
        assert_eq!(rate(100, 15), 400);
        assert_eq!(rate(500, 270), 111);
        assert_eq!(rate(500, 120), 250);
    }
}
