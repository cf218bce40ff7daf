//! The body of an entry: one record for each kind, read with all its faults and written in one form, which is stored
//! and hashed.

use super::{
    of_ward::{Anchored, ClinicSet, Copied, Restored, SettingsSet, WardOpened},
    planned::Planned,
    reason::{AnotherReason, DeferReason, EndReason, HoldReason, IncompleteReason, OmitReason, StrikeReason},
    record::{
        Assessed, Container, Deferred, Ended, Erased, Given, Held, IdentityCorrected, Noted, Omitted, Registered,
        Resumed, Struck, Supplied,
    },
};
use crate::{
    json::{Fault, Faults, FromJson, Node, Object, Path, Text, read_document, vocabulary},
    quantity::Decimal,
};

/// Declares the kinds of entries, each with its record.
macro_rules! kinds {
    ( $( $(#[$meta:meta])* $Kind:ident = $word:literal, )+ ) => {
        vocabulary! {
            /// What an entry records.
            pub enum Kind { $( $(#[$meta])* $Kind = $word, )+ }
        }

        /// The body of an entry.
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        #[serde(untagged)]
        #[expect(clippy::large_enum_variant, reason = "an assessment holds a request, and is as frequent as a dose")]
        #[expect(missing_docs, reason = "each is documented as a kind")]
        pub enum Body { $( $Kind($Kind), )+ }

        impl Body {
            /// What it records.
            pub fn kind(&self) -> Kind {
                match self { $( Self::$Kind(_) => Kind::$Kind, )+ }
            }
        }

        impl FromJson for Body {
            fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
                let kind: Kind = Object::open_any(node, path, faults)?.member("kind", faults)?;
                match kind { $( Kind::$Kind => $Kind::from_json(node, path, faults).map(Self::$Kind), )+ }
            }
        }

        $(
            impl From<$Kind> for Body {
                fn from(record: $Kind) -> Self {
                    Self::$Kind(record)
                }
            }
        )+
    };
}

kinds! {
    /// The patient was registered.
    Registered = "registered",
    /// Who the patient is was corrected.
    IdentityCorrected = "identity-corrected",
    /// A plan was made for a course.
    Planned = "planned",
    /// The engine was asked whether a dose can be given.
    Assessed = "assessed",
    /// A dose was given.
    Given = "given",
    /// Tablets or capsules were supplied.
    Supplied = "supplied",
    /// A dose was deferred.
    Deferred = "deferred",
    /// A dose was omitted.
    Omitted = "omitted",
    /// The course was put on hold.
    Held = "held",
    /// Holds were lifted.
    Resumed = "resumed",
    /// The course was ended.
    Ended = "ended",
    /// An entry was struck.
    Struck = "struck",
    /// Something was noted.
    Noted = "noted",
    /// The patient's entries were erased.
    Erased = "erased",
    /// The register of a ward was opened.
    WardOpened = "ward-opened",
    /// When the ward is open was set.
    ClinicSet = "clinic-set",
    /// The other settings of the ward were set.
    SettingsSet = "settings-set",
    /// The head of the chain was printed.
    Anchored = "anchored",
    /// The register was restored from a backup.
    Restored = "restored",
    /// The register was copied.
    Copied = "copied",
}

impl Kind {
    /// Whether it is an entry of the ward, which belongs to no patient.
    pub fn is_of_ward(self) -> bool {
        match self {
            Self::WardOpened | Self::ClinicSet | Self::SettingsSet | Self::Anchored | Self::Restored | Self::Copied => {
                true
            }
            Self::Registered
            | Self::IdentityCorrected
            | Self::Planned
            | Self::Assessed
            | Self::Given
            | Self::Supplied
            | Self::Deferred
            | Self::Omitted
            | Self::Held
            | Self::Resumed
            | Self::Ended
            | Self::Struck
            | Self::Noted
            | Self::Erased => false,
        }
    }
}

/// Letters that a note has at least, where it must say what no list says.
const SHORTEST_NOTE: usize = 5;

/// What an entry lacks to be a record that somebody can understand later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The reason is `other` or an error, and the note does not say which.
    Note {
        /// The letters it must have at least.
        least: usize,
    },
    /// Not all was given, and no reason is there.
    WhyIncomplete,
    /// A reason for an incomplete dose, and all was given.
    NotIncomplete,
    /// It ended before it began.
    EndsBeforeItBegins,
    /// Nothing was given: a dose of 0 mg, or no tablet, is an omitted one.
    NothingGiven,
    /// A batch of which no container was used.
    NoContainer,
    /// It resumes nothing.
    NoHold,
}

impl Body {
    /// Reads a body, or returns everything that is wrong with its form.
    pub fn parse(text: &[u8]) -> Result<Self, Vec<Fault>> {
        read_document(text)
    }

    /// The one form in which it is stored and hashed.
    ///
    /// # Panics
    /// Never: an entry is made of text and numbers, which JSON can hold.
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("an entry is made of text and numbers")
    }

    /// The note, where its kind has one.
    pub fn note(&self) -> Option<&Text> {
        match self {
            Self::Given(it) => it.note.as_ref(),
            Self::Supplied(it) => it.note.as_ref(),
            Self::Deferred(it) => it.note.as_ref(),
            Self::Omitted(it) => it.note.as_ref(),
            Self::Held(it) => it.note.as_ref(),
            Self::Resumed(it) => it.note.as_ref(),
            Self::Ended(it) => it.note.as_ref(),
            Self::Struck(it) => it.note.as_ref(),
            Self::Noted(it) => Some(&it.text),
            _ => None,
        }
    }

    /// What it lacks, by itself, to be understood later.
    pub fn lack(&self) -> Option<Lack> {
        let needs_note = match self {
            Self::Given(it) => {
                it.because == Some(IncompleteReason::Other) || it.another_because == Some(AnotherReason::Error)
            }
            Self::Supplied(it) => it.another_because == Some(AnotherReason::Error),
            Self::Deferred(it) => it.reason == DeferReason::Other,
            Self::Omitted(it) => it.reason == OmitReason::Other,
            Self::Held(it) => it.because == HoldReason::Other,
            Self::Ended(it) => it.because == EndReason::Other,
            Self::Struck(it) => it.reason == StrikeReason::Other,
            _ => false,
        };
        let letters = self.note().map_or(0, |note| note.as_str().trim().chars().count());
        if needs_note && letters < SHORTEST_NOTE {
            return Some(Lack::Note { least: SHORTEST_NOTE });
        }
        let is_empty = |it: &Container| it.count == 0;
        if self.drug().is_some_and(|drug| drug.containers.iter().any(is_empty)) {
            return Some(Lack::NoContainer);
        }
        match self {
            Self::Given(given) => lack_of_given(given),
            Self::Supplied(it) => {
                (it.units == 0 || it.days == 0 || !is_some_drug(it.dose_mg)).then_some(Lack::NothingGiven)
            }
            Self::Resumed(it) => it.holds.is_empty().then_some(Lack::NoHold),
            _ => None,
        }
    }
}

fn is_some_drug(dose_mg: Decimal) -> bool {
    !dose_mg.is_negative() && dose_mg != Decimal::whole(0)
}

fn lack_of_given(given: &Given) -> Option<Lack> {
    let is_backwards = given.at.zip(given.until).is_some_and(|(at, until)| until.0.is_before(at.0));
    match (is_some_drug(given.dose_mg), given.complete, given.because) {
        (false, ..) => Some(Lack::NothingGiven),
        (true, false, None) => Some(Lack::WhyIncomplete),
        (true, true, Some(_)) => Some(Lack::NotIncomplete),
        _ => is_backwards.then_some(Lack::EndsBeforeItBegins),
    }
}
