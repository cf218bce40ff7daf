//! The library in use: the shipped files, or a hospital's own in their place.

use std::{collections::BTreeMap, sync::LazyLock};

#[cfg(feature = "cli")]
use super::check::{self, LibraryFault, Proof, Weight};
use super::{
    document::{Drug, Note, Product, Regimen, SafetyRule, Status},
    finding_code::{Code, Concern, Gravity},
    limits::{LaboratoryAges, Limits},
    sources::{Source, SourceRegister},
    statement::{Disagreement, Statement},
};
use crate::json::{FromJson, Text, read_document, vocabulary};

/// The files that the program carries: name and content.
pub const SHIPPED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/shipped.rs"));

/// The file of limits common to all drugs.
pub(super) const LIMITS_FILE: &str = "limits.json";
/// The register of sources.
pub(super) const SOURCES_FILE: &str = "sources.json";

vocabulary! {
    /// Whose file a regimen is in.
    pub enum Origin {
        /// The program's own.
        Shipped = "shipped",
        /// The hospital's.
        Local = "local",
    }
}

/// Whether a text can be the digest of a library, as it is written everywhere.
#[cfg(feature = "cli")]
pub fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

/// The digest of a library that is made of these files, and of no others.
#[cfg(feature = "ward")]
pub fn digest_of(files: &[LibraryFile]) -> String {
    super::digest::digest(files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())))
}

/// One file of a library.
#[derive(Clone, Debug)]
pub struct LibraryFile {
    /// The file's name, without directories.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Whose file it is.
    pub origin: Origin,
}

/// A library that was proved: every band covered once, every number with its source.
///
/// A library is read once and shared for as long as the program runs, so that a plan can refer to its rows and
/// sentences without copying them and still be kept, moved and compared like any value.
#[derive(Debug)]
pub struct Library {
    pub(super) drugs: Vec<(Drug, Origin)>,
    pub(super) limits: Limits,
    pub(super) limits_origin: Origin,
    pub(super) sources_origin: Origin,
    pub(super) sources: BTreeMap<String, Source>,
    pub(super) digest: String,
}

/// A regimen with the drug it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Listed {
    /// The drug.
    pub drug: &'static Drug,
    /// The regimen.
    pub regimen: &'static Regimen,
    /// Whose file it is in.
    pub origin: Origin,
}

impl Library {
    /// The library that the program carries. It is read and not proved again: its files are part of the program,
    /// and were proved before that was shipped.
    ///
    /// # Panics
    /// If a shipped file cannot be read; a test proves that they all can.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Library> = LazyLock::new(Library::read_shipped);
        &SHIPPED
    }

    fn read_shipped() -> Self {
        fn read<T: FromJson>(bytes: &[u8]) -> T {
            read_document(bytes).expect("the shipped library is proved by a test")
        }
        let file = |name| SHIPPED.iter().find(|(shipped, _)| *shipped == name).map_or(&[][..], |(_, bytes)| bytes);
        let register: SourceRegister = read(file(SOURCES_FILE));
        let of_drugs = SHIPPED.iter().filter(|(name, _)| !matches!(*name, LIMITS_FILE | SOURCES_FILE));
        Self {
            drugs: of_drugs.map(|(_, bytes)| (read(bytes), Origin::Shipped)).collect(),
            limits: read(file(LIMITS_FILE)),
            limits_origin: Origin::Shipped,
            sources_origin: Origin::Shipped,
            sources: register.sources.into_iter().map(|source| (source.id.to_string(), source)).collect(),
            digest: env!("OSTEODOSE_REGIMENS_SHA256").to_owned(),
        }
    }

    /// The library that the program carries, with a hospital's files instead of those of the same
    /// name, and the others added to it. Whole files are replaced, never parts of them, but for the
    /// register of sources, to which a local register adds. All of it is proved, whatever the files are.
    ///
    /// # Errors
    /// Every fault. What is only a warning does not keep plans from being made, and `regimens check` says it.
    #[cfg(feature = "cli")]
    pub fn with_local(local: Vec<LibraryFile>) -> Result<&'static Self, Vec<LibraryFault>> {
        let Proof { library, mut found } = Self::prove(local);
        found.retain(|it| it.weight() == Weight::Fault);
        library.map(|library| &*Box::leak(Box::new(library))).ok_or(found)
    }

    /// The proof of the library that [`Library::with_local`] gives, without keeping it.
    #[cfg(feature = "cli")]
    pub fn prove(local: Vec<LibraryFile>) -> Proof {
        let mut files = Self::shipped_files();
        let replaced = |file: &LibraryFile, own: &LibraryFile| {
            own.name == file.name && (file.name != SOURCES_FILE || own.bytes == file.bytes)
        };
        files.retain(|file| !local.iter().any(|own| replaced(file, own)));
        files.extend(local);
        let digest = super::digest::digest(files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())));
        check::prove(&files, digest)
    }

    #[cfg(feature = "cli")]
    fn shipped_files() -> Vec<LibraryFile> {
        let file = |(name, bytes): &(&str, &[u8])| LibraryFile {
            name: (*name).to_owned(),
            bytes: bytes.to_vec(),
            origin: Origin::Shipped,
        };
        SHIPPED.iter().map(file).collect()
    }

    /// The limits common to all drugs.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Whose limits they are.
    pub fn limits_origin(&self) -> Origin {
        self.limits_origin
    }

    /// Whose the register of sources is: local where a hospital added to it.
    pub fn sources_origin(&self) -> Origin {
        self.sources_origin
    }

    /// A source of the register.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.get(id)
    }

    /// How many regimens there are.
    pub fn count(&self) -> usize {
        self.drugs.iter().map(|(drug, _)| drug.regimens.len()).sum()
    }

    /// SHA-256 of the files.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The words of all drugs, in the order of their files.
    pub fn drug_words(&self) -> impl Iterator<Item = &str> {
        self.drugs.iter().map(|(drug, _)| drug.drug.as_str())
    }

    /// A drug by its word.
    pub fn drug(&self, word: &str) -> Option<(&Drug, Origin)> {
        self.drugs.iter().find(|(drug, _)| drug.drug.as_str() == word).map(|(drug, origin)| (drug, *origin))
    }

    /// Every regimen.
    pub fn regimens(&'static self) -> impl Iterator<Item = Listed> {
        self.drugs
            .iter()
            .flat_map(|(drug, origin)| drug.regimens.iter().map(|regimen| Listed { drug, regimen, origin: *origin }))
    }

    /// The laboratory ages that a regimen names.
    ///
    /// # Panics
    /// If the regimen is of another library; a proved library has the ages its regimens name.
    pub fn ages(&self, regimen: &Regimen) -> &LaboratoryAges {
        self.limits.ages(&regimen.laboratory_ages).expect("a proved library has the ages its regimens name")
    }
}

impl Listed {
    /// The severity of a concern here: the regimen's own rule before the drug's.
    pub fn safety(self, concern: Concern) -> Option<&'static SafetyRule> {
        let of = |rules: &'static [SafetyRule]| rules.iter().find(|rule| rule.when == concern);
        of(&self.regimen.safety).or_else(|| of(&self.drug.safety))
    }

    /// Whether the drug's file is a draft.
    pub fn is_draft(self) -> bool {
        self.drug.status == Status::Draft
    }

    /// Whether nothing is given without a calcium.
    pub fn calcium_decides(self) -> bool {
        self.safety(Concern::CalciumUnknown).is_some_and(|rule| rule.severity == Gravity::Stop)
    }

    /// The products of the regimen, in the order of its list.
    pub fn products(self) -> impl Iterator<Item = &'static Product> {
        self.regimen.products.iter().filter_map(move |id| self.product(id))
    }

    /// What to do and what to tell the patient.
    pub fn directions(self) -> impl Iterator<Item = &'static Statement> {
        self.statements(&self.regimen.directions)
    }

    /// Calcium and vitamin D.
    pub fn supplements(self) -> impl Iterator<Item = &'static Statement> {
        self.statements(&self.regimen.supplements)
    }

    /// What other sources say of the length of a course.
    pub fn course_notes(self) -> impl Iterator<Item = &'static Statement> {
        self.statements(&self.regimen.course_notes)
    }

    /// Other products of the same substance, which are not meant.
    pub fn not_these_products(self) -> impl Iterator<Item = &'static Statement> {
        self.statements(&self.drug.not_these_products)
    }

    /// What is said with those plans whom a note concerns, with the code of its finding.
    pub fn notes(self, concerns: impl Fn(&Note) -> bool) -> impl Iterator<Item = (Code, &'static Statement)> {
        let notes = self.regimen.notes.iter().filter(move |note| concerns(note));
        notes.filter_map(move |note| Some((note.finding, self.drug.statement(&note.statement)?)))
    }

    /// Where sources say otherwise than what is applied.
    pub fn disagreements(self) -> impl Iterator<Item = &'static Disagreement> {
        self.regimen.disagreements.iter().filter_map(move |id| self.drug.disagreement(id))
    }

    fn statements(self, ids: &'static [Text]) -> impl Iterator<Item = &'static Statement> {
        ids.iter().filter_map(move |id| self.drug.statement(id))
    }

    /// A product of the drug.
    pub fn product(self, id: &Text) -> Option<&'static Product> {
        self.drug.products.iter().find(|product| product.id == *id)
    }
}
