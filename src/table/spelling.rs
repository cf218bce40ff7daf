//! What is another spelling of the same word, and no other word.

/// Whether two words differ in nothing but letter case, white space, and the sign for micro.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    one == other || letters(one).eq(letters(other))
}

/// A word as all its spellings are.
pub(super) fn plain(word: &str) -> String {
    letters(word).collect()
}

fn letters(word: &str) -> impl Iterator<Item = char> + '_ {
    let micro = |c| if matches!(c, 'µ' | 'μ') { 'u' } else { c };
    word.chars().filter(|c| !c.is_whitespace()).map(micro).flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_has_many_spellings_and_no_other_unit_is_one() {
        for unit in ["umol/L", "µmol/L", "μmol/l", "UMOL/L", "umol / L", "µmol/\u{a0}L"] {
            assert!(is_same(unit, "umol/L"), "{unit}");
        }
        for unit in ["mmol/L", "umol", "umol/dL", "mol/L", "umol/L."] {
            assert!(!is_same(unit, "umol/L"), "{unit}");
        }
    }
}
