//! Entries as JSON Lines: header and body as they are stored, with their hashes, and after them the libraries that are
//! kept, so that a register can be made of them again without the database.

use std::{borrow::Cow, collections::BTreeMap, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::{
    json::{Fault, from_hex, hex, read_document, record, vocabulary},
    ward::{
        event::{Kind, Letters},
        store::{Hash, Header, KeptLibrary, Part, Stored, Uid, chain},
    },
    words::register as words,
};

vocabulary! {
    /// The form of a line.
    pub enum LineFormat {
        /// The first form.
        V1 = "osteodose-entry/1",
    }
}

record! {
    /// An entry as a line: what the register has in its columns, and the body letter for letter.
    pub struct EntryLine {
        /// The form of the line.
        format: LineFormat,
        /// The ward's name in the chain, of 32 digits.
        ward: Letters,
        /// The number of the entry in the ward.
        number: u64,
        /// The patient's name in the register, of 32 digits; none in an entry of the ward.
        patient: Option<Letters>,
        /// Its number in the history of the patient.
        seq: Option<u32>,
        /// The course of the patient.
        course: Option<u32>,
        /// What happened.
        kind: Letters,
        /// The day on which it happened.
        on: chrono::NaiveDate,
        /// When it was recorded: milliseconds of UTC since 1970.
        recorded_ms: i64,
        /// The minutes by which the ward was ahead of UTC.
        offset_min: i32,
        /// Who recorded it.
        by: Letters,
        /// The user of the computer.
        os_user: Letters,
        /// The computer.
        host: Letters,
        /// The program.
        program: Letters,
        /// The body, letter for letter; none once it is erased.
        body: Option<Letters>,
        /// What was hashed before the body, of 32 digits; none once the body is erased.
        salt: Option<Letters>,
        /// The hash of salt and body, of 64 digits.
        body_hash: Letters,
        /// The hash of the entry before, the header and the hash of the body, of 64 digits.
        hash: Letters,
    }
}

vocabulary! {
    /// The form of a line with a library.
    pub enum LibraryFormat {
        /// The first form.
        V1 = "osteodose-kept-library/1",
    }
}

record! {
    /// A library that is kept, as a line.
    pub struct LibraryLine {
        /// The form of the line.
        format: LibraryFormat,
        /// The digest of the library.
        sha256: Letters,
        /// Names and texts of its files: a JSON object, letter for letter.
        files: Letters,
    }
}

/// A line of either form.
pub enum Line {}

impl JsonSchema for Line {
    fn schema_name() -> Cow<'static, str> {
        "Line".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let forms = [generator.subschema_for::<EntryLine>(), generator.subschema_for::<LibraryLine>()];
        json_schema!({"description": words::EITHER_LINE, "anyOf": forms})
    }
}

/// A library as one line, with its line end.
///
/// # Panics
/// Never: a library is text, which JSON can hold.
pub fn library_line(library: &KeptLibrary) -> String {
    let KeptLibrary { sha256, files } = library;
    let line =
        LibraryLine { format: LibraryFormat::V1, sha256: Letters(sha256.clone()), files: Letters(files.clone()) };
    serde_json::to_string(&line).expect("a library is text") + "\n"
}

/// An entry as one line, with its line end.
///
/// # Panics
/// Never: an entry is made of text and numbers, which JSON can hold.
pub fn line(entry: &Stored) -> String {
    let Stored { header, body, salt, body_hash, hash } = entry;
    let letters = |text: &str| Letters(text.to_owned());
    let line = EntryLine {
        format: LineFormat::V1,
        ward: Letters(header.ward.to_string()),
        number: header.number,
        patient: header.patient.map(|it| Letters(it.to_string())),
        seq: header.seq,
        course: header.course,
        kind: letters(&header.kind),
        on: header.on,
        recorded_ms: header.recorded_ms,
        offset_min: header.offset_min,
        by: letters(&header.by),
        os_user: letters(&header.os_user),
        host: letters(&header.host),
        program: letters(&header.program),
        body: body.as_deref().map(letters),
        salt: salt.map(|it| Letters(hex(&it))),
        body_hash: Letters(hex(body_hash)),
        hash: Letters(hex(hash)),
    };
    serde_json::to_string(&line).expect("an entry is made of text and numbers") + "\n"
}

/// Why a line is not the next entry.
#[derive(Clone, Debug, PartialEq)]
pub enum Unread {
    /// Everything that is wrong with its form.
    Form(Vec<Fault>),
    /// A name or a hash that is not written as one.
    NotHex {
        /// The key.
        key: &'static str,
        /// How many digits it has.
        digits: usize,
    },
    /// It is of another ward than the lines before it.
    OtherWard {
        /// Its number.
        number: u64,
    },
    /// It is not the entry that comes next.
    OutOfOrder {
        /// The number that comes next.
        next: u64,
        /// Its number.
        found: u64,
    },
    /// It is not as it was stored, or what was stored before it is not.
    Altered {
        /// Its number.
        number: u64,
    },
    /// It is not the next entry of its patient.
    NotNextOfPatient {
        /// Its number.
        number: u64,
    },
    /// It is empty, and no line says that its patient was erased.
    Emptied {
        /// Its number.
        number: u64,
    },
    /// It says that its patient was erased, and an entry before it is not.
    NotErased {
        /// The number of the entry that still has its body.
        number: u64,
        /// Its own number.
        erasure: u64,
    },
    /// The files of a library are not those of its digest.
    OtherFiles {
        /// The digest.
        digest: String,
    },
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Form(faults) => words::form_of_line(faults),
            Self::NotHex { key, digits } => words::not_hex(key, *digits),
            Self::OtherWard { number } => words::other_ward(*number),
            Self::OutOfOrder { next: 1, found } => words::not_from_the_first(*found),
            Self::OutOfOrder { next, found } => words::out_of_order(*next, *found),
            Self::Altered { number } => words::altered_line(*number),
            Self::NotNextOfPatient { number } => words::not_next_of_patient(*number),
            Self::Emptied { number } => words::emptied_line(*number),
            Self::NotErased { number, erasure } => words::not_erased_line(*number, *erasure),
            Self::OtherFiles { digest } => words::other_files(digest),
        })
    }
}

/// Lines that are read in their order, from the first entry of a ward on. So each can be proved by the one before.
#[derive(Debug, Default)]
pub struct Reading {
    last: Option<(Uid, u64, Hash)>,
    patients: BTreeMap<Uid, OfPatient>,
}

/// What was read of a patient.
#[derive(Debug, Default)]
struct OfPatient {
    last_seq: u32,
    /// The first entry that has its body.
    first_whole: Option<u64>,
    /// The first entry without its body that no erasure has followed.
    first_empty: Option<u64>,
}

impl Reading {
    /// Reads the next line: an entry, or a library.
    ///
    /// # Errors
    /// Why it is not the next entry, or no library as it was kept.
    pub fn part(&mut self, line: &[u8]) -> Result<Part, Unread> {
        match read_document(line) {
            Ok(entry) => self.follow(stored(entry)?).map(|entry| Part::Entry(Box::new(entry))),
            Err(faults) => library(line, faults).map(Part::Library),
        }
    }

    /// Reads the next line, which is an entry.
    ///
    /// # Errors
    /// Why it is not the next entry.
    pub fn take(&mut self, line: &[u8]) -> Result<Stored, Unread> {
        self.follow(stored(read_document(line).map_err(Unread::Form)?)?)
    }

    /// Holds an entry against the one before.
    fn follow(&mut self, entry: Stored) -> Result<Stored, Unread> {
        let Header { ward, number, .. } = entry.header;
        let (of, last, hash) = self.last.unwrap_or((ward, 0, chain::origin(ward)));
        let next = last.saturating_add(1);
        if of != ward {
            return Err(Unread::OtherWard { number });
        }
        if number != next {
            return Err(Unread::OutOfOrder { next, found: number });
        }
        if !chain::holds(&hash, &entry) {
            return Err(Unread::Altered { number });
        }
        self.last = Some((ward, number, entry.hash));
        if let Some(patient) = entry.header.patient {
            self.patients.entry(patient).or_default().follow(&entry)?;
        }
        Ok(entry)
    }

    /// Looks at what only the last line decides: whether all that is empty was erased. Where the end is known to be missing,
    /// the entry that says so can be missing with it, and everything that was recorded of the patient is empty.
    ///
    /// # Errors
    /// The first entry that is empty though no line says that its patient was erased.
    pub fn end(&self, is_cut: bool) -> Result<(), Unread> {
        let judged = self.patients.values().filter(|it| !is_cut || it.first_whole.is_some());
        let first = judged.filter_map(|it| it.first_empty).min();
        first.map_or(Ok(()), |number| Err(Unread::Emptied { number }))
    }

    /// The number and the hash of the last entry that was read; none before the first.
    pub fn head(&self) -> Option<(u64, Hash)> {
        self.last.map(|(_, number, hash)| (number, hash))
    }
}

impl OfPatient {
    /// Holds an entry against those before it of its patient.
    fn follow(&mut self, entry: &Stored) -> Result<(), Unread> {
        let number = entry.header.number;
        if entry.header.seq != Some(self.last_seq.saturating_add(1)) {
            return Err(Unread::NotNextOfPatient { number });
        }
        self.last_seq += 1;
        match (&entry.body, self.first_whole) {
            (None, _) => self.first_empty = self.first_empty.or(Some(number)),
            (Some(_), Some(whole)) if entry.header.kind == Kind::Erased.as_str() => {
                return Err(Unread::NotErased { number: whole, erasure: number });
            }
            (Some(_), None) if entry.header.kind == Kind::Erased.as_str() => self.first_empty = None,
            (Some(_), whole) => self.first_whole = whole.or(Some(number)),
        }
        Ok(())
    }
}

fn stored(line: EntryLine) -> Result<Stored, Unread> {
    let header = Header {
        ward: uid("ward", &line.ward)?,
        number: line.number,
        patient: line.patient.map(|it| uid("patient", &it)).transpose()?,
        seq: line.seq,
        course: line.course,
        kind: line.kind.0,
        on: line.on,
        recorded_ms: line.recorded_ms,
        offset_min: line.offset_min,
        by: line.by.0,
        os_user: line.os_user.0,
        host: line.host.0,
        program: line.program.0,
    };
    let salt = line.salt.map(|it| bytes("salt", &it)).transpose()?;
    let (body_hash, hash) = (bytes("body_hash", &line.body_hash)?, bytes("hash", &line.hash)?);
    Ok(Stored { header, body: line.body.map(|it| it.0), salt, body_hash, hash })
}

/// A library in a line that is no entry for these faults.
fn library(line: &[u8], of_entry: Vec<Fault>) -> Result<KeptLibrary, Unread> {
    let LibraryLine { sha256, files, .. } = read_document(line).map_err(|faults: Vec<Fault>| {
        // Which of the two forms it should have, only its format says.
        let is_library = faults.iter().all(|it| !matches!(it.path.as_str(), "" | "format"));
        Unread::Form(if is_library { faults } else { of_entry })
    })?;
    let library = KeptLibrary { sha256: sha256.0, files: files.0 };
    if library.is_whole() { Ok(library) } else { Err(Unread::OtherFiles { digest: library.sha256 }) }
}

fn uid(key: &'static str, text: &Letters) -> Result<Uid, Unread> {
    text.0.parse().map_err(|_| Unread::NotHex { key, digits: 32 })
}

/// The bytes of a text in small hexadecimal digits.
fn bytes<const LENGTH: usize>(key: &'static str, text: &Letters) -> Result<[u8; LENGTH], Unread> {
    from_hex(&text.0).ok_or(Unread::NotHex { key, digits: 2 * LENGTH })
}
