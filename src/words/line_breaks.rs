//! Text in lines: broken between words, never between a number and its unit or a date and its weekday.

/// The text in lines, the first of at most `first` columns and the others of at most `rest`. A word that is longer
/// than a line is cut. A text that fits into one line stays as it is, blanks and all.
pub fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    if columns(text) <= first {
        return vec![text.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    let mut add = |part: &str| {
        let (width, needed) = (if lines.is_empty() { first } else { rest }, columns(part));
        // Where the first line has no room for a whole word, it stays empty.
        let is_full = if line.is_empty() { needed > width && width < rest } else { used + 1 + needed > width };
        if is_full {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if !line.is_empty() {
            line.push(' ');
            used += 1;
        }
        line.push_str(part);
        used += needed;
    };
    let widest = first.max(rest).max(1);
    for piece in pieces(text) {
        if columns(piece) <= widest {
            add(piece);
        } else {
            piece.split_whitespace().flat_map(|word| cut(word, widest)).for_each(|part| add(&part));
        }
    }
    lines.push(line);
    lines
}

/// The words of a text, each number together with its unit.
pub fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        let piece = &rest[..end_of_piece(rest)];
        rest = rest[piece.len()..].trim_start();
        Some(piece).filter(|piece| !piece.is_empty())
    })
}

/// Where the piece ends with which a text begins.
fn end_of_piece(text: &str) -> usize {
    let mut words = text.split_whitespace();
    let mut last = words.next().unwrap_or_default();
    let mut end = last.len();
    for word in words {
        if !holds(last, word, &text[..end]) {
            break;
        }
        // The word after the blanks that follow the piece so far.
        let blanks = text[end..].len() - text[end..].trim_start().len();
        end += blanks + word.len();
        last = word;
    }
    end
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

/// A word in parts of at most so many columns.
fn cut(word: &str, width: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut part = String::new();
    for c in word.chars() {
        if !part.is_empty() && columns(&part) + column(c) > width {
            parts.push(std::mem::take(&mut part));
        }
        part.push(c);
    }
    parts.push(part);
    parts
}

/// The columns that a text takes, never fewer than a terminal gives it.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().map(column).sum() }
}

/// Two columns for the characters that East Asian scripts and pictures take two for.
fn column(c: char) -> usize {
    let wide = matches!(
        c,
        '\u{1100}'..='\u{115F}'
            | '\u{2E80}'..='\u{303E}'
            | '\u{3041}'..='\u{A4CF}'
            | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FE30}'..='\u{FE6F}'
            | '\u{FF00}'..='\u{FF60}'
            | '\u{FFE0}'..='\u{FFE6}'
            | '\u{1F000}'..='\u{1FAFF}'
            | '\u{20000}'..='\u{3FFFD}'
    );
    if wide { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        wrap(text, width, width)
    }

    #[test]
    fn a_number_stays_with_its_unit_and_a_date_with_its_weekday() {
        let all = |text| pieces(text).collect::<Vec<_>>();
        assert_eq!(all("give 4 mg at 400 mL per hour."), ["give", "4 mg", "at", "400 mL per hour."]);
        assert_eq!(
            all(" on  Tue 01-Dec-2026, 400 international units "),
            ["on", "Tue 01-Dec-2026,", "400 international units"]
        );
        assert_eq!(all("  "), [""; 0]);
    }

    #[test]
    fn a_line_ends_between_words() {
        assert_eq!(lines("take 4 mg", 6), ["take", "4 mg"]);
        assert_eq!(lines("give 4 mg at 400 mL per hour.", 16), ["give 4 mg at", "400 mL per hour."]);
        assert_eq!(lines("take 400 international units a day", 24), ["take", "400 international units", "a day"]);
        assert_eq!(lines("on Tue 01-Dec-2026", 15), ["on", "Tue 01-Dec-2026"]);
        assert_eq!(wrap("one two three four five", 7, 10), ["one two", "three four", "five"]);
        assert_eq!(wrap("one two three", 2, 8), ["", "one two", "three"]);
    }

    #[test]
    fn a_text_that_fits_stays_as_it_is() {
        assert_eq!(lines("  Tab    next field", 20), ["  Tab    next field"]);
        assert_eq!(lines("", 10), [""]);
    }

    #[test]
    fn a_long_word_is_cut_and_nothing_is_lost() {
        assert_eq!(lines(&"x".repeat(25), 10), ["x".repeat(10), "x".repeat(10), "x".repeat(5)]);
        assert_eq!(lines("山田山田山田", 5), ["山田", "山田", "山田"]);
        assert_eq!(lines("ab", 0), ["a", "b"]);
    }
}
