//! What texts and dates look like, as regular expressions that every dialect reads alike.
//!
//! A pattern may accept what the reader refuses, and never the other way round. Only `\uXXXX` is used, since some
//! dialects know no properties of characters and no way to name one beyond the first 65 536.

use std::fmt::Write;

use crate::json::{YEARS, sound};

/// A text that is safe to show: no hidden character, and something readable in it.
pub(super) fn text() -> String {
    let hidden = class(0..=0xFFFF, |c| sound(&format!("a{c}")).is_err());
    // Beyond these, letters and signs are too many to list, and any character counts as readable.
    let unreadable = class(0..=0xFF, |c| sound(&c.to_string()).is_err());
    format!("^[^{hidden}]*[^{hidden}{unreadable}][^{hidden}]*$")
}

/// A day of one of [`YEARS`]: `2026-12-01`. That 29 February is in a leap year is not expressed.
pub(super) fn date() -> String {
    let centuries: Vec<String> = (YEARS.start / 100..YEARS.end / 100).map(|century| century.to_string()).collect();
    let (long, short) = ("(?:0[13578]|1[02])", "(?:0[469]|11)");
    format!(
        "^(?:{})[0-9]{{2}}-(?:{long}-(?:0[1-9]|[12][0-9]|3[01])|{short}-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))$",
        centuries.join("|")
    )
}

/// The characters of a range for which something holds, as a class of a pattern has them between its brackets.
fn class(range: std::ops::RangeInclusive<u32>, holds: impl Fn(char) -> bool) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for code in range.filter(|code| char::from_u32(*code).is_some_and(&holds)) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == code => *last = code,
            _ => runs.push((code, code)),
        }
    }
    let mut class = String::new();
    for (first, last) in runs {
        // Writing to a string does not fail.
        let _ = write!(class, "\\u{first:04X}");
        if last > first {
            let _ = write!(class, "-\\u{last:04X}");
        }
    }
    class
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_made_of_runs() {
        assert_eq!(class(0..=0x7F, char::is_numeric), "\\u0030-\\u0039");
        assert_eq!(class(0..=0x7F, |c| "ac".contains(c)), "\\u0061\\u0063");
    }
}
