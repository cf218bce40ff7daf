//! Ideal and adjusted body weight, which a prescriber may choose in place of the actual weight.

use super::{Decimal, Ratio, Sex};

/// The figures of Devine's ideal body weight (Devine 1974), for those who compute with it and for those who
/// show it.
#[derive(Clone, Copy, Debug)]
pub struct Devine {
    /// Weight of a man, in kg, at the height from which inches are counted.
    pub male_kg: Decimal,
    /// The same for a woman.
    pub female_kg: Decimal,
    /// Weight, in kg, of each inch above that height.
    pub kg_per_inch: Decimal,
    /// The height from which inches are counted.
    pub from_inches: u16,
    /// One inch in cm.
    pub cm_per_inch: Decimal,
}

/// The formula as it is applied.
pub const DEVINE: Devine = Devine {
    male_kg: Decimal::whole(50),
    female_kg: Decimal::new(455, 1),
    kg_per_inch: Decimal::new(23, 1),
    from_inches: 60,
    cm_per_inch: Decimal::new(254, 2),
};

/// The share of what is above the ideal weight that counts in the adjusted weight.
pub const ADJUSTED_SHARE: Decimal = Decimal::new(4, 1);

impl Devine {
    /// The weight of this sex at the height from which inches are counted, in kg.
    pub fn base(self, sex: Sex) -> Decimal {
        match sex {
            Sex::Male => self.male_kg,
            Sex::Female => self.female_kg,
        }
    }
}

/// The least height, in cm, for which Devine's formula is applied: 60 inches.
pub const DEVINE_LOWEST_HEIGHT_CM: Decimal = Decimal::new(1524, 1);

/// Ideal body weight in kg: 50 kg for men, 45.5 kg for women, and 2.3 kg per inch over 60
/// (Devine 1974; 1 inch is 2.54 cm). `None` below 152.4 cm, where the formula is not defined.
pub fn ideal_weight(sex: Sex, height_cm: Decimal) -> Option<Ratio> {
    if height_cm < DEVINE_LOWEST_HEIGHT_CM {
        return None;
    }
    let inches_over = height_cm.ratio() / DEVINE.cm_per_inch.ratio() - Ratio::whole(i64::from(DEVINE.from_inches));
    Some(DEVINE.base(sex).ratio() + DEVINE.kg_per_inch.ratio() * inches_over)
}

/// Ideal body weight in kg for judging whether the choice of weight matters: the weight at 60 inches below that
/// height, where the formula itself is not defined.
pub fn ideal_weight_to_judge(sex: Sex, height_cm: Decimal) -> Ratio {
    ideal_weight(sex, height_cm).unwrap_or_else(|| DEVINE.base(sex).ratio())
}

/// Adjusted body weight in kg: ideal + 0.4 × (actual − ideal).
pub fn adjusted_weight(ideal: Ratio, actual: Ratio) -> Ratio {
    ideal + ADJUSTED_SHARE.ratio() * (actual - ideal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_weights() {
        let ideal = |sex, cm| ideal_weight(sex, Decimal::whole(cm)).map(|kg| kg.round_half_up(2).to_string());
        assert_eq!(ideal(Sex::Male, 180).as_deref(), Some("74.99"));
        assert_eq!(ideal(Sex::Female, 160).as_deref(), Some("52.38"));
        assert_eq!(ideal(Sex::Female, 152), None);
        assert_eq!(ideal_weight(Sex::Male, DEVINE_LOWEST_HEIGHT_CM), Some(Ratio::whole(50)));
        let female = ideal_weight(Sex::Female, Decimal::whole(165)).expect("tall enough");
        assert_eq!(adjusted_weight(female, Ratio::whole(110)).round_half_up(2).to_string(), "78.15");
    }
}
