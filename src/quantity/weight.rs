//! Ideal and adjusted body weight, which a prescriber may choose in place of the actual weight.

use super::{Decimal, Ratio, Sex};

/// The least height, in cm, for which Devine's formula is applied: 60 inches.
pub const DEVINE_LOWEST_HEIGHT_CM: Decimal = Decimal::new(1524, 1);

/// Ideal body weight in kg: 50 kg for men, 45.5 kg for women, and 2.3 kg per inch over 60
/// (Devine 1974; 1 inch is 2.54 cm). `None` below 152.4 cm, where the formula is not defined.
pub fn ideal_weight(sex: Sex, height_cm: Decimal) -> Option<Ratio> {
    if height_cm < DEVINE_LOWEST_HEIGHT_CM {
        return None;
    }
    let base = match sex {
        Sex::Male => Ratio::whole(50),
        Sex::Female => Ratio::new(455, 10),
    };
    let inches_over_60 = height_cm.ratio() / Ratio::new(254, 100) - Ratio::whole(60);
    Some(base + Ratio::new(23, 10) * inches_over_60)
}

/// Adjusted body weight in kg: ideal + 0.4 × (actual − ideal).
pub fn adjusted_weight(ideal: Ratio, actual: Ratio) -> Ratio {
    ideal + Ratio::new(4, 10) * (actual - ideal)
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
