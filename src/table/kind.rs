//! What a file is, by its first bytes: requests a line, a table, or something that holds no requests as it is.

use crate::json::{Node, Problem, Syntax};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Requests, one a line.
    Lines,
    /// A table.
    Table,
    /// A list of requests as one JSON document.
    Array,
    /// A request that is spread over lines.
    Spread,
}

/// A file that is not text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// An Excel workbook, `.xlsx`.
    Excel,
    /// An old Excel workbook, `.xls`.
    OldExcel,
    /// A spreadsheet of `LibreOffice`, `.ods`.
    OpenDocument,
    /// Compressed.
    Compressed,
    /// A PDF.
    Pdf,
}

/// What a file is that is not text.
pub fn not_text(head: &[u8]) -> Option<NotText> {
    let contains = |words: &[u8]| head.windows(words.len()).any(|it| it == words);
    let begins = |marks: &[&[u8]]| marks.iter().any(|mark| head.starts_with(mark));
    if head.starts_with(b"PK\x03\x04") {
        return Some(if contains(b"opendocument") {
            NotText::OpenDocument
        } else if contains(b"[Content_Types].xml") || contains(b"xl/") {
            NotText::Excel
        } else {
            NotText::Compressed
        });
    }
    let compressed: [&[u8]; 4] = [b"\x1F\x8B", b"BZh", b"\xFD7zXZ\0", b"\x28\xB5\x2F\xFD"];
    if begins(&compressed) {
        return Some(NotText::Compressed);
    }
    if begins(&[b"\xD0\xCF\x11\xE0"]) {
        return Some(NotText::OldExcel);
    }
    begins(&[b"%PDF"]).then_some(NotText::Pdf)
}

/// What a text is, by its beginning.
pub fn of_text(head: &str) -> Kind {
    let mut lines = head.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    if first.starts_with('[') {
        return Kind::Array;
    }
    if !first.starts_with('{') {
        return if first.contains([',', ';', '\t']) { Kind::Table } else { Kind::Lines };
    }
    let goes_on = lines.next().is_some_and(|second| !second.starts_with('{'));
    let is_cut = Node::parse(first.as_bytes()).is_err_and(|it| it.problem == Problem::Syntax(Syntax::EndsTooEarly));
    if goes_on && is_cut { Kind::Spread } else { Kind::Lines }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_by_its_beginning() {
        for (text, kind) in [
            ("\n {\"a\": 1}\n{\"a\"", Kind::Lines),
            ("{\n{\"a\": 1}", Kind::Lines),
            ("{\"a\":\n", Kind::Lines),
            ("", Kind::Lines),
            ("patient", Kind::Lines),
            ("[\n{}", Kind::Array),
            ("{\n  \"patient\": {", Kind::Spread),
            ("{\"patient\": {\r\n  \"id\"", Kind::Spread),
            ("patient.id,patient.sex\r\n", Kind::Table),
            ("MRN;DOB", Kind::Table),
            ("sep=;\nMRN;DOB", Kind::Table),
        ] {
            assert_eq!(of_text(text), kind, "{text:?}");
        }
    }

    #[test]
    fn a_file_that_is_no_text_is_known_by_its_mark() {
        for (head, kind) in [
            (&b"PK\x03\x04....[Content_Types].xml"[..], Some(NotText::Excel)),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", Some(NotText::OpenDocument)),
            (b"PK\x03\x04patients.csv", Some(NotText::Compressed)),
            (b"\x1F\x8B\x08", Some(NotText::Compressed)),
            (b"\xD0\xCF\x11\xE0\xA1\xB1", Some(NotText::OldExcel)),
            (b"%PDF-1.7", Some(NotText::Pdf)),
            (b"patient.id", None),
            (b"", None),
        ] {
            assert_eq!(not_text(head), kind, "{head:?}");
        }
    }
}
