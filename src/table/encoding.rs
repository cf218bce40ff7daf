//! The encoding of a file: by its mark, by its name, or UTF-8; and what a file looks like that is none of these.

use std::io::{self, BufRead, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";
/// How much is decoded at a time.
const CHUNK: usize = 32 * 1024;

/// What bytes that are not UTF-8 look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksLike {
    /// UTF-16 without a mark, the low byte first or last.
    Utf16 {
        /// Whether the low byte is first.
        low_first: bool,
    },
    /// One byte a letter, as in Western Europe.
    Windows1252,
}

/// The encoding that a person names; none where there is no such encoding.
pub fn named(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.as_bytes()).filter(|encoding| *encoding != REPLACEMENT)
}

/// The encoding that the mark at the start of a file says.
pub fn marked(head: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(head).map(|(encoding, _)| encoding)
}

/// Whether a file looks like UTF-16 that lost its mark: every second byte of plain text is zero.
pub fn looks_like_utf16(head: &[u8]) -> Option<LooksLike> {
    let head = &head[..head.len().min(1024)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let many = head.len() / 4;
    if head.len() < 8 || first.max(second) < many || first.min(second) > many / 8 {
        return None;
    }
    Some(LooksLike::Utf16 { low_first: second > first })
}

/// Reads a file to its end; returns the line in which it is not in this encoding.
pub fn fault(from: impl BufRead, encoding: &'static Encoding) -> io::Result<Option<u64>> {
    let mut decoded = Decoded::new(from, encoding);
    let mut lines = 1;
    loop {
        let length = match decoded.fill_buf() {
            Ok([]) => return Ok(None),
            Ok(text) => {
                lines += line_ends(text);
                text.len()
            }
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Ok(Some(lines + line_ends(&decoded.text)));
            }
            Err(error) => return Err(error),
        };
        decoded.consume(length);
    }
}

fn line_ends(text: &[u8]) -> u64 {
    text.split(|byte| *byte == b'\n').count() as u64 - 1
}

/// Text in UTF-8 from bytes in any encoding, without a mark; what is not in the encoding is an error.
pub struct Decoded<R> {
    from: R,
    decoder: Decoder,
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: BufRead> Decoded<R> {
    /// The text of these bytes.
    pub fn new(from: R, encoding: &'static Encoding) -> Self {
        Self { from, decoder: encoding.new_decoder_with_bom_removal(), text: Vec::new(), at: 0, ended: false }
    }
}

impl<R: BufRead> Read for Decoded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(into)?;
        self.consume(length);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Decoded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at == self.text.len() && !self.ended {
            self.at = 0;
            self.text.resize(CHUNK, 0);
            let bytes = self.from.fill_buf()?;
            self.ended = bytes.is_empty();
            let (result, read, written) =
                self.decoder.decode_to_utf8_without_replacement(bytes, &mut self.text, self.ended);
            self.from.consume(read);
            self.text.truncate(written);
            match result {
                DecoderResult::InputEmpty => {}
                DecoderResult::OutputFull => self.ended = false,
                DecoderResult::Malformed(..) => return Err(io::ErrorKind::InvalidData.into()),
            }
        }
        Ok(&self.text[self.at..])
    }

    fn consume(&mut self, length: usize) {
        self.at += length;
    }
}

/// The start of a file as text, as far as it can be read.
pub fn text_of(head: &[u8], encoding: &'static Encoding) -> String {
    if encoding == UTF_8 {
        return String::from_utf8_lossy(head.strip_prefix(MARK).unwrap_or(head)).into_owned();
    }
    let mut text = String::new();
    // It may end within a letter: what was read before that is enough.
    let _ = Decoded::new(head, encoding).read_to_string(&mut text);
    text
}

/// The name by which `--encoding` is told what a file looks like.
pub fn label(looks_like: LooksLike) -> &'static str {
    let encoding = match looks_like {
        LooksLike::Utf16 { low_first: true } => UTF_16LE,
        LooksLike::Utf16 { low_first: false } => UTF_16BE,
        LooksLike::Windows1252 => encoding_rs::WINDOWS_1252,
    };
    encoding.name()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_falls_apart_between_two_reads_is_whole() {
        let utf16: Vec<u8> = "\u{feff}µ,ß\r\n😀".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, encoding) in [(utf16, UTF_16LE), ("\u{feff}µ,ß\r\n😀".as_bytes().to_vec(), UTF_8)] {
            let mut text = String::new();
            let slow = io::BufReader::with_capacity(1, bytes.as_slice());
            Decoded::new(slow, encoding).read_to_string(&mut text).expect("it is in this encoding");
            assert_eq!(text, "µ,ß\r\n😀");
        }
    }

    #[test]
    fn the_line_of_what_is_not_in_the_encoding_is_known() {
        let line = |bytes: &[u8], encoding| fault(bytes, encoding).expect("memory can be read");
        assert_eq!(line(b"a\nb\nc \xd8\nd", UTF_8), Some(3));
        assert_eq!(line(b"a\nb \xc3", UTF_8), Some(2));
        assert_eq!(line("a\nµ".as_bytes(), UTF_8), None);
        assert_eq!(line(b"a\0\0\xd8\0\0", UTF_16LE), Some(1));
        assert_eq!(line(b"a\xb5", encoding_rs::WINDOWS_1252), None);
    }

    #[test]
    fn utf_16_without_a_mark_is_seen_and_other_files_are_not() {
        let encode =
            |order: fn(u16) -> [u8; 2]| -> Vec<u8> { "patient.id,Åse".encode_utf16().flat_map(order).collect() };
        assert_eq!(looks_like_utf16(&encode(u16::to_le_bytes)), Some(LooksLike::Utf16 { low_first: true }));
        assert_eq!(looks_like_utf16(&encode(u16::to_be_bytes)), Some(LooksLike::Utf16 { low_first: false }));
        for other in [&b"patient.id,patient.name"[..], b"a\0b,cdefghijkl", b"", &[0; 64]] {
            assert_eq!(looks_like_utf16(other), None, "{other:?}");
        }
    }
}
