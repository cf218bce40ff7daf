//! An exact fraction: what a formula yields before anybody rounds it.

use std::{
    cmp::Ordering,
    ops::{Add, Div, Mul, Sub},
};

use crate::json::{Decimal, power_of_ten};

/// A fraction of two integers with a positive denominator.
///
/// Parts below 2^40 are computed with as they are, which the figures of nearly every patient allow. A fraction with
/// larger parts is reduced first, so that the inputs of a formula, each with at most fifteen digits, never come near
/// the limits of 128 bits.
#[derive(Clone, Copy, Debug)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// `numerator` over `denominator`.
    ///
    /// # Panics
    /// If the denominator is not positive; every caller divides by a quantity that was checked.
    pub fn new(numerator: i128, denominator: i128) -> Self {
        assert!(denominator > 0, "a fraction has a positive denominator");
        Self { numerator, denominator }
    }

    /// A whole number.
    pub fn whole(n: i64) -> Self {
        Self::new(i128::from(n), 1)
    }

    /// The largest decimal with `places` decimals that is not above the value; none where it has too many digits.
    pub fn floor_if_it_fits(self, places: u8) -> Option<Decimal> {
        let Self { numerator, denominator } = self.handy();
        let scaled = numerator.checked_mul(power_of_ten(places))?.div_euclid(denominator);
        Some(Decimal::new(i64::try_from(scaled).ok()?, places))
    }

    /// The largest decimal with `places` decimals that is not above the value.
    ///
    /// # Panics
    /// Where it has too many digits: another figure in its place would be believed. What is entered, and the proof
    /// of the limits, keep every formula of a patient far below.
    pub fn floor(self, places: u8) -> Decimal {
        self.floor_if_it_fits(places).expect("a figure of a patient has few digits")
    }

    /// The largest decimal with `places` decimals that is below the value.
    pub fn below(self, places: u8) -> Decimal {
        let floor = self.floor(places);
        if floor.ratio() == self { floor - Decimal::new(1, places) } else { floor }
    }

    /// The nearest decimal with `places` decimals, halves upwards.
    pub fn round_half_up(self, places: u8) -> Decimal {
        (self + Self::new(1, 2 * power_of_ten(places))).floor(places)
    }

    /// The same value with parts that can be computed with.
    fn handy(self) -> Self {
        let small = 1 << 40;
        if self.numerator.unsigned_abs() < small && self.denominator.unsigned_abs() < small {
            return self;
        }
        let divisor = greatest_common_divisor(self.numerator, self.denominator);
        Self::new(self.numerator / divisor, self.denominator / divisor)
    }
}

impl Decimal {
    /// The value as an exact fraction.
    pub fn ratio(self) -> Ratio {
        let (digits, places) = self.parts();
        Ratio::new(i128::from(digits), power_of_ten(places))
    }
}

fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.unsigned_abs(), b.unsigned_abs());
    while b != 0 {
        (a, b) = (b, a % b);
    }
    i128::try_from(a.max(1)).unwrap_or(1)
}

impl Add for Ratio {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (a, b) = (self.handy(), other.handy());
        Self::new(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
    }
}

impl Sub for Ratio {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self + Self::new(-other.numerator, other.denominator)
    }
}

impl Mul for Ratio {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let (a, b) = (self.handy(), other.handy());
        Self::new(a.numerator * b.numerator, a.denominator * b.denominator)
    }
}

impl Div for Ratio {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let (a, b) = (self.handy(), other.handy());
        Self::new(a.numerator * b.denominator, a.denominator * b.numerator)
    }
}

impl PartialEq for Ratio {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Ratio {}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (self.handy(), other.handy());
        (a.numerator * b.denominator).cmp(&(b.numerator * a.denominator))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_goes_where_it_says() {
        let two_thirds = Ratio::new(2, 3);
        assert_eq!(two_thirds.floor(1).to_string(), "0.6");
        assert_eq!(two_thirds.round_half_up(1).to_string(), "0.7");
        assert_eq!(Ratio::new(5, 100).round_half_up(1).to_string(), "0.1");
        assert_eq!(Ratio::new(1029, 10).below(1).to_string(), "102.8");
        assert_eq!(Ratio::new(10_294, 100).below(1).to_string(), "102.9");
        assert_eq!(Ratio::new(-1, 3).floor(1).to_string(), "-0.4");
    }

    #[test]
    fn a_figure_with_too_many_digits_is_no_figure() {
        let large = Ratio::whole(i64::MAX);
        assert_eq!(large.floor_if_it_fits(0), Some(Decimal::whole(i64::MAX)));
        assert_eq!(large.floor_if_it_fits(1), None);
        assert_eq!(Ratio::new(i128::MAX, 3).floor_if_it_fits(6), None);
        assert!(std::panic::catch_unwind(|| large.floor(1)).is_err());
    }

    #[test]
    fn order_needs_no_common_denominator() {
        assert!(Ratio::new(1, 3) < Ratio::new(34, 100));
        assert_eq!(Ratio::new(2, 4), Ratio::new(1, 2));
        assert_eq!(Ratio::new(1, 2) + Ratio::new(1, 3), Ratio::new(5, 6));
        assert_eq!(Ratio::new(1, 2) / Ratio::new(1, 4), Ratio::whole(2));
    }
}
