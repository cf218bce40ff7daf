//! How a number with its unit is read, and which ways of writing a unit are taken.

use super::{NotRead, OtherUnit, read::read_decimal};
use crate::quantity::{Decimal, Measured, Unit};

/// A unit that can be typed with a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedUnit {
    /// The letters that are enough: "u".
    pub letters: String,
    /// The unit in full: "µmol/L".
    pub label: String,
}

/// A beginning that is never enough: "m" is that of "mg/dL" and of "mmol/L", one of which the value may not have.
const NOT_ENOUGH: &str = "m";

/// Reads a laboratory value: a number, and its unit as it is on the report or as its first letters.
pub(super) fn read_measured<U: Unit>(text: &str) -> Result<Measured<U>, NotRead> {
    let (number, unit) = parts(text)?;
    let value = number?;
    match written_as(&unit, &U::BOTH.map(Unit::key)) {
        Written::Nothing => Err(NotRead::NoUnit(value)),
        Written::Begun => Err(NotRead::UnitBegun(value)),
        Written::As(at) => Ok(Measured { value, unit: U::BOTH[at] }),
        Written::Unknown => Err(NotRead::UnknownUnit),
    }
}

/// The units of a laboratory value.
pub(super) fn typed_units<U: Unit>() -> Vec<TypedUnit> {
    let keys = U::BOTH.map(Unit::key);
    let letters = |at: usize| {
        let bare = bare(keys[at]);
        let enough = (1..=bare.len()).map(|length| &bare[..length]);
        enough.into_iter().find(|it| written_as(it, &keys) == Written::As(at)).unwrap_or(&bare).to_owned()
    };
    (0..).zip(U::BOTH).map(|(at, unit)| TypedUnit { letters: letters(at), label: unit.to_string() }).collect()
}

/// Reads a number in the one unit there is, which may be written with it.
pub(super) fn read_number(text: &str, unit: &str) -> Result<Decimal, NotRead> {
    if let Some(other) = other_unit(text, unit) {
        return Err(NotRead::OtherUnit(other));
    }
    let (number, written) = parts(text)?;
    let value = number?;
    let ways = ways_to_write(unit);
    match written.as_str() {
        "" => Ok(value),
        written if ways.contains(&written) => Ok(value),
        written if ways.iter().any(|way| way.starts_with(written)) => Err(NotRead::UnitBegun(value)),
        _ => Err(NotRead::UnknownUnit),
    }
}

/// The ways in which a unit can be written.
fn ways_to_write(unit: &str) -> Vec<&str> {
    match unit {
        "months" => vec!["months", "month"],
        "days" => vec!["days", "day", "d"],
        "doses" => vec!["doses", "dose"],
        only => vec![only],
    }
}

/// The number at the beginning of a text, and the unit behind it, which no number is a part of.
fn parts(text: &str) -> Result<(Result<Decimal, NotRead>, String), NotRead> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    if number.is_empty() {
        // It says itself what it is.
        return Err(read_decimal(text).err().unwrap_or(NotRead::Number));
    }
    // A letter that was meant as a digit, and digits apart from the others.
    let is_meant_as_digit = rest.starts_with(['o', 'O']) || rest.contains(|c: char| c.is_ascii_digit());
    let ends_in_a_point = !rest.is_empty() && number.ends_with(['.', ',']);
    if is_meant_as_digit || ends_in_a_point {
        return Err(NotRead::Number);
    }
    Ok((read_decimal(number), folded(rest)))
}

/// A unit without what people write it with in different ways: letter case, blanks, either sign for micro.
fn folded(unit: &str) -> String {
    let plain: String = unit.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    plain.replace(['µ', 'μ'], "u").replace("micro", "u")
}

/// A unit without its stroke.
fn bare(unit: &str) -> String {
    folded(unit).replace('/', "")
}

/// What a unit is that was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// It is missing.
    Nothing,
    /// It can still be more than one.
    Begun,
    /// It is the one at this place.
    As(usize),
    /// It is none of them.
    Unknown,
}

fn written_as(written: &str, units: &[&str]) -> Written {
    if written.is_empty() {
        return Written::Nothing;
    }
    let is_meant = |unit: &&str| folded(unit).starts_with(written) || bare(unit).starts_with(written);
    let meant: Vec<usize> = (0..units.len()).filter(|at| is_meant(&units[*at])).collect();
    match meant[..] {
        [] => Written::Unknown,
        [at] if written != NOT_ENOUGH => Written::As(at),
        _ => Written::Begun,
    }
}

/// The unit that a weight or a height was written in, where it is known and is not the one that is taken.
fn other_unit(text: &str, unit: &str) -> Option<OtherUnit> {
    let rest = text.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' '));
    if rest.len() == text.trim().len() {
        return None;
    }
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    let word = if word.is_empty() { rest.chars().take(1).collect() } else { word.to_lowercase() };
    match (unit, word.as_str()) {
        ("kg", "lb" | "lbs" | "pound" | "pounds") => Some(OtherUnit::Pounds),
        ("kg", "st" | "stone" | "stones") => Some(OtherUnit::Stone),
        ("kg", "g" | "gram" | "grams") => Some(OtherUnit::Grams),
        ("cm", "ft" | "foot" | "feet" | "'" | "’" | "′") => Some(OtherUnit::Feet),
        ("cm", "in" | "inch" | "inches" | "\"" | "”" | "″") => Some(OtherUnit::Inches),
        ("cm", "m" | "metre" | "metres" | "meter" | "meters") => Some(OtherUnit::Metres),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{AlbuminUnit, CalciumUnit, CreatinineUnit};

    fn as_read<U: Unit>(text: &str) -> String {
        read_measured::<U>(text).map_or_else(|why| format!("{why:?}"), |value| value.to_string())
    }

    #[test]
    fn a_laboratory_value_is_one_text_with_its_unit() {
        for text in [
            "92u",
            "92 u",
            "92U",
            "92um",
            "92 umol",
            "92umol/l",
            "92 umoll",
            "92 µmol/L",
            "92 μmol/L",
            "92µmol/l",
            "92 UMOL/L",
            "92 ΜMOL/L",
            "92 µmol / L",
            " 92u ",
            "92 micromol/L",
        ] {
            assert_eq!(as_read::<CreatinineUnit>(text), "92 µmol/L", "{text}");
        }
        for text in ["1.04 mg", "1,04mg", "1.04mg/dl", "1.04 mgdl", "1.04 MG/DL", "1.04 mg / dL"] {
            assert_eq!(as_read::<CreatinineUnit>(text), "1.04 mg/dL", "{text}");
        }
        for text in ["2.31mm", "2,31 mmol", "2.31 mmol/l", "2.31MMOL/L"] {
            assert_eq!(as_read::<CalciumUnit>(text), "2.31 mmol/L", "{text}");
        }
        for text in ["9.3mg", "9.3 mg/dL"] {
            assert_eq!(as_read::<CalciumUnit>(text), "9.3 mg/dL", "{text}");
        }
        for (text, read) in [
            ("38gl", "38 g/L"),
            ("38 g/l", "38 g/L"),
            ("3.8gd", "3.8 g/dL"),
            ("3.8 g/dl", "3.8 g/dL"),
            ("3,8 g/d", "3.8 g/dL"),
        ] {
            assert_eq!(as_read::<AlbuminUnit>(text), read, "{text}");
        }
    }

    #[test]
    fn what_is_no_value_says_why() {
        let number = |text: &str| text.parse().expect("a number");
        for (text, why) in [
            ("92", NotRead::NoUnit(number("92"))),
            ("1,04", NotRead::NoUnit(number("1.04"))),
            ("1.04 m", NotRead::UnitBegun(number("1.04"))),
            ("92 l", NotRead::UnknownUnit),
            ("92 mmol", NotRead::UnknownUnit),
            ("92 umol/dl", NotRead::UnknownUnit),
            ("92 mg/L", NotRead::UnknownUnit),
            ("92 stone", NotRead::UnknownUnit),
            ("92%", NotRead::UnknownUnit),
            ("<20", NotRead::Bound),
            (">500", NotRead::Bound),
            ("< 20u", NotRead::Bound),
            ("9O", NotRead::Number),
            ("9O u", NotRead::Number),
            ("9 2u", NotRead::Number),
            ("92.u", NotRead::Number),
            ("1e3u", NotRead::Number),
            ("u92", NotRead::Number),
            ("-92u", NotRead::Number),
            ("u", NotRead::Number),
            ("1.234.5u", NotRead::Thousands),
            ("1,034u", NotRead::OneOrThousand),
        ] {
            assert_eq!(read_measured::<CreatinineUnit>(text), Err(why), "{text}");
        }
        assert_eq!(read_measured::<CalciumUnit>("2.31"), Err(NotRead::NoUnit(number("2.31"))));
        assert_eq!(read_measured::<CalciumUnit>("2.31m"), Err(NotRead::UnitBegun(number("2.31"))));
        assert_eq!(read_measured::<CalciumUnit>("2.31 mol"), Err(NotRead::UnknownUnit));
        assert_eq!(read_measured::<CalciumUnit>("2.31u"), Err(NotRead::UnknownUnit));
        assert_eq!(read_measured::<AlbuminUnit>("38"), Err(NotRead::NoUnit(number("38"))));
        assert_eq!(read_measured::<AlbuminUnit>("38g"), Err(NotRead::UnitBegun(number("38"))));
        assert_eq!(read_measured::<AlbuminUnit>("38 g/"), Err(NotRead::UnitBegun(number("38"))));
    }

    #[test]
    fn the_letters_that_are_enough_are_few() {
        let letters =
            |units: Vec<TypedUnit>| units.into_iter().map(|it| it.letters + " " + &it.label).collect::<Vec<_>>();
        assert_eq!(letters(typed_units::<CreatinineUnit>()), ["u µmol/L", "mg mg/dL"]);
        assert_eq!(letters(typed_units::<CalciumUnit>()), ["mm mmol/L", "mg mg/dL"]);
        assert_eq!(letters(typed_units::<AlbuminUnit>()), ["gl g/L", "gd g/dL"]);
    }

    #[test]
    fn a_number_may_have_its_own_unit_and_no_other() {
        for text in ["68.5", "68,5", "68.5kg", "68.5 kg", "68.5 KG"] {
            assert_eq!(read_number(text, "kg").expect(text).to_string(), "68.5");
        }
        for (text, unit) in [
            ("164 cm", "cm"),
            ("4mg", "mg"),
            ("12 months", "months"),
            ("1 month", "months"),
            ("5d", "days"),
            ("3 doses", "doses"),
        ] {
            assert!(read_number(text, unit).is_ok(), "{text}");
        }
        let number = |text: &str| text.parse().expect("a number");
        for (text, unit, why) in [
            ("151 lb", "kg", NotRead::OtherUnit(OtherUnit::Pounds)),
            ("151lbs", "kg", NotRead::OtherUnit(OtherUnit::Pounds)),
            ("11 stone", "kg", NotRead::OtherUnit(OtherUnit::Stone)),
            ("11st 3lb", "kg", NotRead::OtherUnit(OtherUnit::Stone)),
            ("68500 g", "kg", NotRead::OtherUnit(OtherUnit::Grams)),
            ("5'4\"", "cm", NotRead::OtherUnit(OtherUnit::Feet)),
            ("5 ft 4 in", "cm", NotRead::OtherUnit(OtherUnit::Feet)),
            ("64 inches", "cm", NotRead::OtherUnit(OtherUnit::Inches)),
            ("64\"", "cm", NotRead::OtherUnit(OtherUnit::Inches)),
            ("1.64 m", "cm", NotRead::OtherUnit(OtherUnit::Metres)),
            ("68.5k", "kg", NotRead::UnitBegun(number("68.5"))),
            ("4 m", "mg", NotRead::UnitBegun(number("4"))),
            ("4 g", "mg", NotRead::UnknownUnit),
            ("68.5.", "kg", NotRead::Thousands),
            ("9O", "kg", NotRead::Number),
            ("<20", "kg", NotRead::Bound),
        ] {
            assert_eq!(read_number(text, unit), Err(why), "{text}");
        }
    }
}
