//! The mass of a drug in a dose, and the strength of a solution.

use std::{fmt, str::FromStr};

use super::{Decimal, Ratio, Volume};

use crate::json::{Faults, FromJson, Node, Path, Problem, printable};

/// A mass of drug, in micrograms, so that every dose of a label is a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mass(u32);

impl Mass {
    /// `n` micrograms.
    pub const fn micrograms(n: u32) -> Self {
        Self(n)
    }

    /// A decimal number of milligrams; `None` when it is negative, above 4 kg or finer than a
    /// microgram.
    pub fn milligrams(mg: Decimal) -> Option<Self> {
        u32::try_from(mg.in_parts(3)?).ok().map(Self)
    }

    /// The mass in milligrams, without trailing zeros.
    pub fn in_milligrams(self) -> Decimal {
        Decimal::new(i64::from(self.0), 3).trimmed()
    }

    /// How many times `unit` goes into the mass, where it does so exactly.
    pub fn in_units_of(self, unit: Self) -> Option<u32> {
        (unit.0 > 0 && self.0.is_multiple_of(unit.0)).then(|| self.0 / unit.0)
    }

    /// How many whole containers of `content` are needed for the mass.
    pub fn containers_of(self, content: Self) -> u32 {
        self.0.div_ceil(content.0.max(1))
    }

    /// `count` times the mass.
    #[must_use]
    pub fn times(self, count: u32) -> Self {
        Self(self.0.saturating_mul(count))
    }

    /// What is left after taking `other` away, nothing if `other` is more.
    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// A mass of so many micrograms, cut off to whole ones.
    pub fn from_ratio_in_micrograms(micrograms: Ratio) -> Option<Self> {
        micrograms.floor_if_it_fits(0)?.as_whole().and_then(|it| u32::try_from(it).ok()).map(Self)
    }

    /// The mass as an exact number of micrograms.
    pub fn ratio_in_micrograms(self) -> Ratio {
        Ratio::whole(i64::from(self.0))
    }
}

impl fmt::Display for Mass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} mg", self.in_milligrams())
    }
}

impl FromStr for Mass {
    type Err = ();

    /// Reads "3.5 mg".
    fn from_str(text: &str) -> Result<Self, ()> {
        let number = text.strip_suffix(" mg").ok_or(())?;
        number.parse().ok().and_then(Self::milligrams).ok_or(())
    }
}

impl FromJson for Mass {
    /// A number of milligrams.
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        Self::milligrams(Decimal::from_json(node, path, faults)?).or_else(|| {
            faults.note(path, node, Problem::NotAnAmount(printable(node.source())));
            None
        })
    }
}

impl serde::Serialize for Mass {
    /// A number of milligrams, without trailing zeros.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.in_milligrams().serialize(serializer)
    }
}

/// How much drug is in how much solution: 4 mg in 5 mL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Strength {
    /// The drug in the container.
    pub mass: Mass,
    /// The solution in the container.
    pub volume: Volume,
}

impl Strength {
    /// The volume that holds `dose`, rounded half up to 0.1 mL, which a syringe can hold; down where up would hold
    /// more than `highest`.
    ///
    /// # Panics
    /// Where it is larger than a volume can be: another in its place would be drawn up.
    pub fn volume_of(self, dose: Mass, highest: Mass) -> Volume {
        let microlitres =
            dose.ratio_in_micrograms() * self.volume.ratio_in_microlitres() / self.mass.ratio_in_micrograms();
        let tenths = microlitres / Ratio::whole(100);
        let volume = |tenths: Decimal| {
            let tenths = tenths.as_whole().and_then(|it| u32::try_from(it * 100).ok());
            Volume::microlitres(tenths.expect("a proved library has no container that large"))
        };
        let rounded = volume(tenths.round_half_up(0));
        let too_much = self.micrograms_in(rounded) > highest.ratio_in_micrograms();
        if too_much { volume(tenths.floor(0)) } else { rounded }
    }

    /// The volume that a container of `content` holds, rounded half up to 0.01 mL; the largest there is where it would
    /// be larger, as it is then compared with what a container can be.
    pub fn volume_holding(self, content: Mass) -> Volume {
        let microlitres =
            content.ratio_in_micrograms() * self.volume.ratio_in_microlitres() / self.mass.ratio_in_micrograms();
        let hundredths = (microlitres / Ratio::whole(10)).round_half_up(0).as_whole().unwrap_or(0);
        Volume::microlitres(u32::try_from(hundredths * 10).unwrap_or(u32::MAX))
    }

    /// The drug in `volume`, in micrograms, exactly.
    pub fn micrograms_in(self, volume: Volume) -> Ratio {
        volume.ratio_in_microlitres() * self.mass.ratio_in_micrograms() / self.volume.ratio_in_microlitres()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dose_has_no_trailing_zero() {
        assert_eq!("3.30 mg".parse(), Ok(Mass::micrograms(3300)));
        assert_eq!(Mass::micrograms(4000).to_string(), "4 mg");
        assert_eq!(Mass::micrograms(500).to_string(), "0.5 mg");
        for text in ["4mg", "4 g", "-4 mg", "4", "0.0001 mg", "mg"] {
            assert_eq!(text.parse::<Mass>(), Err(()), "{text}");
        }
    }

    #[test]
    fn a_volume_is_the_dose_over_the_strength() {
        let sixty_in_one = Strength { mass: Mass::micrograms(60_000), volume: Volume::microlitres(1000) };
        let volume =
            |dose, highest| sixty_in_one.volume_of(Mass::micrograms(dose), Mass::micrograms(highest)).to_string();
        assert_eq!(volume(225_000, 225_000), "3.7 mL");
        assert_eq!(volume(225_000, 228_000), "3.8 mL");
        assert_eq!(volume(151_000, 225_000), "2.5 mL");
        assert_eq!(volume(300_000, 300_000), "5 mL");
    }
}
