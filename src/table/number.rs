//! Numbers in a cell. A sign that may part thousands or decimals is never guessed.

use super::{fault::Problem, spelling};
use crate::json::{Decimal, printable, vocabulary};

vocabulary! {
    /// The sign before the decimals of a table.
    pub enum DecimalSign {
        /// 68.5.
        Point = "point",
        /// 68,5.
        Comma = "comma",
    }
}

/// What a table has shown of its numbers so far, and what its columns file states.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Signs {
    /// Whether commas part its cells, so that a comma between decimals is rare.
    between_commas: bool,
    /// What the columns file states.
    stated: Option<DecimalSign>,
    point: bool,
    comma: bool,
}

impl Signs {
    /// Of a table of which no row was read yet.
    pub(super) fn new(between_commas: bool, stated: Option<DecimalSign>) -> Self {
        Self { between_commas, stated, ..Self::default() }
    }

    /// Notes which sign a number has before its decimals, where there is no doubt.
    pub(super) fn note(&mut self, text: &str) {
        let figures = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).next().unwrap_or_default();
        let is_plain = figures.matches(['.', ',']).count() == 1 && !may_part_thousands(figures);
        self.comma |= is_plain && figures.contains(',');
        self.point |= is_plain && figures.contains('.');
    }

    /// Whether decimals follow a comma in this table.
    fn has_decimal_commas(self) -> bool {
        self.stated.map_or(self.comma, |sign| sign == DecimalSign::Comma)
    }

    /// Whether a point is followed by decimals, even where there are three.
    fn point_is_decimal(self) -> bool {
        match self.stated {
            Some(sign) => sign == DecimalSign::Point,
            None => !self.comma && (self.between_commas || self.point),
        }
    }
}

/// Reads a number; a unit behind it must be that of its column.
pub(super) fn read(text: &str, signs: Signs, unit: Option<&str>) -> Result<Decimal, Problem> {
    if text.starts_with(['<', '>', '≤', '≥', '~']) {
        return Err(Problem::Bound { found: printable(text) });
    }
    let is_unit = |c: char| !c.is_ascii_digit() && !c.is_whitespace() && !matches!(c, '.' | ',' | '-' | '+' | '\'');
    let Some(at) = text.find(is_unit).filter(|at| *at > 0) else { return plain(text, signs) };
    let (figures, found) = text.split_at(at);
    // An exponent is no unit.
    let is_exponent =
        found.starts_with(['e', 'E']) && found[1..].starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '-');
    match unit {
        Some(unit) if spelling::is_same(found, unit) => plain(figures.trim_end(), signs),
        Some(unit) if !is_exponent => Err(Problem::OtherUnit { found: printable(text), unit: printable(unit) }),
        _ => plain(text, signs),
    }
}

fn plain(text: &str, signs: Signs) -> Result<Decimal, Problem> {
    let none = |_| Problem::NotANumber { found: printable(text) };
    match (text.matches(',').count(), text.matches('.').count()) {
        (1, 1) => {
            let last = text.rfind(['.', ',']).unwrap_or_default();
            let whole = text[..last].replace(['.', ','], "");
            let instead = format!("{whole}.{}", &text[last + 1..]);
            instead.parse::<Decimal>().map_err(none)?;
            Err(Problem::TwoSigns { found: printable(text), instead })
        }
        (1, 0) if signs.stated != Some(DecimalSign::Comma) && may_part_thousands(text) => Err(ambiguous(text, signs)),
        (0, 1) if !signs.point_is_decimal() && may_part_thousands(text) => Err(ambiguous(text, signs)),
        (1, 0) => text.replace(',', ".").parse().map_err(none),
        _ => text.parse().map_err(none),
    }
}

/// Whether the sign in a number may part thousands: exactly three figures behind it, and before it one to three that
/// do not begin with a zero.
fn may_part_thousands(figures: &str) -> bool {
    let Some((before, after)) = figures.trim_start_matches('-').split_once(['.', ',']) else { return false };
    let all_figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let before_fits = (1..=3).contains(&before.len()) && before != "0";
    before_fits && after.len() == 3 && all_figures(before) && all_figures(after)
}

fn ambiguous(text: &str, signs: Signs) -> Problem {
    let sign = if signs.has_decimal_commas() { "," } else { "." };
    let decimal = text.replace(['.', ','], sign);
    // With another number of decimals where three would be as doubtful.
    let zero = if signs.point_is_decimal() { "" } else { "0" };
    Problem::Ambiguous { found: printable(text), whole: text.replace(['.', ','], ""), decimal: decimal + zero }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(between_commas: bool, seen: &[&str]) -> Signs {
        let mut signs = Signs { between_commas, ..Signs::default() };
        for text in seen {
            signs.note(text);
        }
        signs
    }

    fn number(text: &str, signs: Signs, unit: Option<&str>) -> String {
        match read(text, signs, unit) {
            Ok(number) => number.to_string(),
            Err(Problem::Ambiguous { whole, decimal, .. }) => format!("{whole} or {decimal}"),
            Err(Problem::TwoSigns { instead, .. }) => format!("instead {instead}"),
            Err(Problem::OtherUnit { .. }) => "other unit".to_owned(),
            Err(Problem::Bound { .. }) => "bound".to_owned(),
            Err(_) => "none".to_owned(),
        }
    }

    #[test]
    fn a_sign_that_may_part_thousands_is_never_guessed() {
        let commas = signs(true, &[]);
        let with_decimal_commas = signs(true, &["68.5", "2,31 mmol/L"]);
        let semicolons = signs(false, &[]);
        let with_points = signs(false, &["68.5"]);
        for (text, signs, read) in [
            ("1,034", commas, "1034 or 1.034"),
            ("1.034", commas, "1.034"),
            ("1.034", with_decimal_commas, "1034 or 1,0340"),
            ("1,034", with_decimal_commas, "1034 or 1,0340"),
            ("1.034", semicolons, "1034 or 1.0340"),
            ("1.034", with_points, "1.034"),
            ("68,5", commas, "68.5"),
            ("1,0340", semicolons, "1.0340"),
            ("0,852", semicolons, "0.852"),
            ("1234,567", commas, "1234.567"),
            ("-1,034", commas, "-1034 or -1.034"),
            ("1,068.5", commas, "instead 1068.5"),
            ("1.600,0", with_decimal_commas, "instead 1600.0"),
            ("1,234,567", commas, "none"),
        ] {
            assert_eq!(number(text, signs, None), read, "{text}");
        }
    }

    #[test]
    fn a_columns_file_may_state_the_sign() {
        let stated = |sign| Signs { stated: Some(sign), ..Signs::default() };
        assert_eq!(number("1,034", stated(DecimalSign::Comma), None), "1.034");
        assert_eq!(number("1.034", stated(DecimalSign::Comma), None), "1034 or 1,0340");
        assert_eq!(number("1.034", stated(DecimalSign::Point), None), "1.034");
        assert_eq!(number("1,034", stated(DecimalSign::Point), None), "1034 or 1.034");
    }

    #[test]
    fn a_unit_in_a_cell_is_that_of_its_column_or_an_error() {
        for (text, unit, read) in [
            ("92 µmol/L", Some("umol/L"), "92"),
            ("92umol/l", Some("µmol/L"), "92"),
            ("2,31 mmol/L", Some("mmol/L"), "2.31"),
            ("68.5 kg", Some("kg"), "68.5"),
            ("92 mg/dL", Some("umol/L"), "other unit"),
            ("151 lb", Some("kg"), "other unit"),
            ("92 umol/L", None, "none"),
            ("1e3", Some("umol/L"), "none"),
            ("<10", Some("umol/L"), "bound"),
            (">500", None, "bound"),
            ("n/a", Some("g/L"), "none"),
            ("-", Some("g/L"), "none"),
            ("1'600", None, "none"),
            ("+68.5", None, "none"),
            ("68.", None, "none"),
            (".685", None, "none"),
            ("1 024", None, "none"),
            ("0068.5", None, "68.5"),
        ] {
            assert_eq!(number(text, signs(true, &[]), unit), read, "{text}");
        }
    }
}
