//! The chain of hashes that holds each entry of a ward in its place.
//!
//! Every entry is hashed together with the hash of the one before. So an entry that was altered, removed from the
//! middle, inserted or moved since the next one was written is seen, unless the rest of the chain was computed again.
//! What was cut off at the end, or computed again as a whole, is seen only by somebody who kept a hash elsewhere.

use sha2::{Digest, Sha256};

use super::{Hash, Header, Stored, Uid};

/// What is hashed first, so that no other document has the hash of an entry.
const DOMAIN: &str = "osteodose-event/1";
/// The length of what is absent. No text is as long, and no number begins with it.
const ABSENT: u32 = u32::MAX;

/// The hash before the first entry of a ward.
pub fn origin(ward: Uid) -> Hash {
    Sha256::digest(ward.to_string()).into()
}

/// The hash of a body, which says nothing about the body without its salt.
pub fn body_hash(salt: [u8; 16], body: &str) -> Hash {
    Sha256::new().chain_update(salt).chain_update(body).finalize().into()
}

/// The hash of an entry that follows another one.
pub fn hash(previous: &Hash, header: &Header, body_hash: &Hash) -> Hash {
    let mut hashed = Hashed(Sha256::new());
    hashed.text(DOMAIN);
    hashed.0.update(previous);
    hashed.text(&header.ward.to_string());
    hashed.bytes(header.number.to_be_bytes());
    hashed.optional(header.patient, |hashed, patient| hashed.text(&patient.to_string()));
    hashed.optional(header.seq, |hashed, seq| hashed.bytes(u64::from(seq).to_be_bytes()));
    hashed.optional(header.course, |hashed, course| hashed.bytes(u64::from(course).to_be_bytes()));
    hashed.text(&header.kind);
    hashed.text(&header.on.to_string());
    hashed.bytes(header.recorded_ms.to_be_bytes());
    hashed.bytes(i64::from(header.offset_min).to_be_bytes());
    for text in [&header.by, &header.os_user, &header.host, &header.program] {
        hashed.text(text);
    }
    hashed.0.update(body_hash);
    hashed.0.finalize().into()
}

/// Whether an entry is what was stored after the one with this hash. An erased body is no alteration.
pub fn holds(previous: &Hash, entry: &Stored) -> bool {
    let body = match (&entry.body, entry.salt) {
        (Some(body), Some(salt)) => body_hash(salt, body) == entry.body_hash,
        (None, None) => true,
        _ => false,
    };
    body && hash(previous, &entry.header, &entry.body_hash) == entry.hash
}

/// What is being hashed. Every text has its length before it, so that no two headers are the same bytes.
struct Hashed(Sha256);

impl Hashed {
    fn bytes(&mut self, bytes: [u8; 8]) {
        self.0.update(bytes);
    }

    /// A text of four gigabytes is none that a database could hold.
    fn text(&mut self, text: &str) {
        let length = u32::try_from(text.len()).unwrap_or(ABSENT);
        self.0.update(length.to_be_bytes());
        self.0.update(text);
    }

    fn optional<T>(&mut self, value: Option<T>, hash: impl FnOnce(&mut Self, T)) {
        match value {
            Some(value) => hash(self, value),
            None => self.0.update(ABSENT.to_be_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::hex;

    /// An entry of a patient, and one of the ward. Their hashes were computed with Python:
    ///
    /// ```python
    /// import hashlib, struct
    /// text = lambda t: struct.pack(">I", len(t.encode())) + t.encode()
    /// number, absent = (lambda n: struct.pack(">q", n)), b"\xff" * 4
    /// ward, patient = bytes(range(16)).hex(), bytes(range(16, 32)).hex()
    /// origin = hashlib.sha256(ward.encode()).digest()
    /// body = hashlib.sha256(bytes(range(32, 48)) + '{"kind":"noted","text":"für Ä"}'.encode()).digest()
    /// common = lambda kind, on, ms, by: text(kind) + text(on) + number(ms) + number(-90) + text(by) \
    ///     + text("aberg") + text("onco-1") + text("osteodose 0.1.0") + body
    /// first = hashlib.sha256(text("osteodose-event/1") + origin + text(ward) + number(1) + absent * 3
    ///     + common("ward-opened", "2026-12-01", 1796112000123, "A. Berg")).digest()
    /// second = hashlib.sha256(text("osteodose-event/1") + first + text(ward) + number(2) + text(patient) + number(1)
    ///     + number(3) + common("noted", "2026-12-02", -1, "Ä. Bérg")).digest()
    /// ```
    fn entries() -> [Stored; 2] {
        let ward = Uid::new(std::array::from_fn(|at| u8::try_from(at).unwrap()));
        let patient = Uid::new(std::array::from_fn(|at| u8::try_from(at + 16).unwrap()));
        let salt = std::array::from_fn(|at| u8::try_from(at + 32).unwrap());
        let body = r#"{"kind":"noted","text":"für Ä"}"#.to_owned();
        let header = Header {
            ward,
            number: 1,
            patient: None,
            seq: None,
            course: None,
            kind: "ward-opened".to_owned(),
            on: "2026-12-01".parse().unwrap(),
            recorded_ms: 1_796_112_000_123,
            offset_min: -90,
            by: "A. Berg".to_owned(),
            os_user: "aberg".to_owned(),
            host: "onco-1".to_owned(),
            program: "osteodose 0.1.0".to_owned(),
        };
        let next = Header {
            number: 2,
            patient: Some(patient),
            seq: Some(1),
            course: Some(3),
            kind: "noted".to_owned(),
            on: "2026-12-02".parse().unwrap(),
            recorded_ms: -1,
            by: "Ä. Bérg".to_owned(),
            ..header.clone()
        };
        let mut previous = origin(ward);
        [header, next].map(|header| {
            let body_hash = body_hash(salt, &body);
            previous = hash(&previous, &header, &body_hash);
            Stored { header, body: Some(body.clone()), salt: Some(salt), body_hash, hash: previous }
        })
    }

    #[test]
    fn the_hashes_are_those_that_another_program_computes() {
        let [first, second] = entries();
        assert_eq!(hex(&origin(first.header.ward)), "d65df89f702eec58ca3c7bf2001c9ffc7cd80553ae01d42a799ba26756142d96");
        assert_eq!(hex(&first.body_hash), "7957ad9a75869f959747e216f601fb247417451ca36b97de0e2b5acad2a7f7dc");
        assert_eq!(hex(&first.hash), "3d09e6b0e0bf86a01e99b91f0e7f7fbba0b31edac1f593b6fce4dc8a4cf1a8f8");
        assert_eq!(hex(&second.hash), "43e910e399b299dc5b4666bdd7f72943c39daa5ec9d865acaab52194f9bcf722");
    }

    type Change = fn(&mut Stored);

    #[test]
    fn nothing_of_an_entry_can_be_changed_unseen() {
        let [first, second] = entries();
        assert!(holds(&origin(first.header.ward), &first) && holds(&first.hash, &second));
        assert!(!holds(&second.hash, &second), "another place");
        let changes: [Change; 17] = [
            |it| it.header.ward = Uid::new([7; 16]),
            |it| it.header.number = 3,
            |it| it.header.patient = None,
            |it| it.header.seq = Some(2),
            |it| it.header.course = None,
            |it| it.header.kind = "noteD".to_owned(),
            |it| it.header.on = "2026-12-03".parse().unwrap(),
            |it| it.header.recorded_ms = 0,
            |it| it.header.offset_min = 90,
            |it| it.header.by = "Ä. Berg".to_owned(),
            |it| it.header.os_user = String::new(),
            |it| it.header.host = "onco-2".to_owned(),
            |it| it.header.program = "osteodose 0.1.1".to_owned(),
            |it| it.body = Some(r#"{"kind":"noted","text":"für A"}"#.to_owned()),
            |it| it.salt = Some([0; 16]),
            |it| it.body_hash[31] ^= 1,
            |it| it.salt = None,
        ];
        for (at, change) in changes.into_iter().enumerate() {
            let mut other = second.clone();
            change(&mut other);
            assert!(!holds(&first.hash, &other), "change {at}");
        }
    }

    #[test]
    fn texts_cannot_lend_letters_to_each_other_and_an_erased_body_stays_in_its_place() {
        let [first, second] = entries();
        let mut moved = second.clone();
        (moved.header.os_user, moved.header.host) = ("abergo".to_owned(), "nco-1".to_owned());
        assert!(!holds(&first.hash, &moved));
        let erased = Stored { body: None, salt: None, ..second };
        assert!(holds(&first.hash, &erased));
    }
}
