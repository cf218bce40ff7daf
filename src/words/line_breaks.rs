//! The words of a text that stay on one line: a number with its unit, a date with its weekday.

/// The words of a text, each number together with its unit.
pub fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = "";
    for word in text.split_whitespace() {
        match pieces.last_mut() {
            Some(piece) if holds(last, word, piece) => {
                piece.push(' ');
                piece.push_str(word);
            }
            _ => pieces.push(word.to_owned()),
        }
        last = word;
    }
    pieces
}

/// Whether a word stays on the line of the words before it: a unit with its number, "international
/// units" and "per hour" with the rest of a unit, a date with its weekday.
fn holds(last: &str, word: &str, piece: &str) -> bool {
    let bare = word.trim_end_matches([',', ';', ':', '.', ')']);
    let numbered = piece.starts_with(|c: char| c.is_ascii_digit() || c == '(');
    let is_unit = word.starts_with(|c: char| c.is_alphabetic() || matches!(c, 'µ' | '%' | '°' | '×'));
    let weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&last);
    (last.ends_with(|c: char| c.is_ascii_digit()) && is_unit)
        || (weekday && word.starts_with(|c: char| c.is_ascii_digit()))
        || (numbered && last == "international" && bare == "units")
        || (numbered && last == "mL" && bare == "per")
        || (numbered && last == "per" && bare == "hour")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_with_its_unit_and_a_date_with_its_weekday() {
        assert_eq!(pieces("give 4 mg at 400 mL per hour."), ["give", "4 mg", "at", "400 mL per hour."]);
        assert_eq!(
            pieces("on Tue 01-Dec-2026, 400 international units"),
            ["on", "Tue 01-Dec-2026,", "400 international units"]
        );
    }
}
