//! The checksum of the first kind, which the first plan files have: over the letters of everything before it, in the
//! order of the file, without white space between values.

use super::seal::Seal;

/// What a checksum of the first kind begins with.
pub(super) const KIND: &str = "crc32:";

/// What is written between the text that the checksum covers and the checksum.
const KEY: &str = r#","checksum":""#;

/// Whether the letters of a document are those that its checksum covers.
pub(super) fn seal(document: &str, checksum: &str) -> Seal {
    let compact = compact(document);
    // The last such key: an earlier one is part of a text or where the program writes none.
    let covered = compact.rsplit_once(KEY).map(|(covered, _)| covered);
    let made = |covered: &str| format!("{KIND}{:08x}", crc32fast::hash(covered.as_bytes()));
    if covered.map(made).as_deref() == Some(checksum) { Seal::Whole } else { Seal::Reprinted }
}

/// The document without spaces and line ends between its parts.
fn compact(document: &str) -> String {
    let mut compact = String::with_capacity(document.len());
    let (mut in_text, mut is_escaped) = (false, false);
    for c in document.chars() {
        if in_text {
            in_text = is_escaped || c != '"';
            is_escaped = c == '\\' && !is_escaped;
        } else if c.is_ascii_whitespace() {
            continue;
        } else {
            in_text = c == '"';
        }
        compact.push(c);
    }
    compact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_inside_a_text_stay() {
        assert_eq!(compact("{ \"a b\" : \"c \\\" d\" , \"e\\\\\" : 1 }\n"), r#"{"a b":"c \" d","e\\":1}"#);
    }

    #[test]
    fn the_letters_count_and_white_space_does_not() {
        let sum = format!("{KIND}{:08x}", crc32fast::hash(br#"{"a":1.0"#));
        let file = |number: &str| format!("{{ \"a\": {number},\n \"checksum\": \"{sum}\"}}");
        assert_eq!(seal(&file("1.0"), &sum), Seal::Whole);
        assert_eq!(seal(&file("1"), &sum), Seal::Reprinted);
    }
}
