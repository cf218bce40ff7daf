//! Why a plan does not leave the program in the format asked for, and the sentence of each reason.

use std::fmt;

#[cfg(feature = "pdf")]
use super::pdf::Unset;
#[cfg(feature = "pdf")]
use crate::{json::printable, words::page};

/// Why a plan cannot be exported in the format asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The plan is stopped; its status in words.
    Stopped(String),
    /// A calendar identifies its events by the patient's identifier, and there is none.
    NoIdentifier,
    /// The plan to be replaced cannot be read; why.
    NotAPlan(String),
    /// The plan to be replaced has no dates.
    NoDates,
    /// The plan to be replaced is that of another patient.
    OtherPatient {
        /// What differs, by its path.
        what: &'static str,
        /// What the plan to be replaced says.
        earlier: String,
        /// What this plan says.
        this: String,
    },
    /// A character that the page cannot show as it is.
    #[cfg(feature = "pdf")]
    Character {
        /// The field it was typed into, or the text it is in.
        place: String,
        /// The character.
        character: char,
        /// Why not.
        why: Unset,
    },
    /// A text that is too long for a page.
    #[cfg(feature = "pdf")]
    TooLong(String),
    /// Patient and drug at the head of every page would leave no room.
    #[cfg(feature = "pdf")]
    HeadTooLong,
    /// The file given is not a font.
    #[cfg(feature = "pdf")]
    NotAFont,
    /// The licence of the font does not allow embedding.
    #[cfg(feature = "pdf")]
    FontNotEmbeddable,
    /// The page could not be drawn: a fault of the program.
    #[cfg(feature = "pdf")]
    NotDrawn,
}

/// One sentence, with what to do next.
fn sentence(why: &Refused) -> String {
    match why {
        Refused::Stopped(status) => {
            format!("a stopped plan cannot be exported; it can be shown as text or JSON. {status}")
        }
        Refused::NoIdentifier => {
            "patient.id: missing; a calendar needs it to distinguish the events of two patients".to_owned()
        }
        Refused::NotAPlan(fault) => format!("the plan to be replaced cannot be read: {fault}"),
        Refused::NoDates => {
            "the plan to be replaced has no dates; give a plan saved with its schedule, not a request or a \
                             stopped plan"
                .to_owned()
        }
        Refused::OtherPatient { what, earlier, this } => {
            format!(
                "{what}: \"{this}\" here, but \"{earlier}\" in the plan to be replaced; both must be for the same patient"
            )
        }
        #[cfg(feature = "pdf")]
        Refused::Character { place, character, why } => unset(place, *character, *why),
        #[cfg(feature = "pdf")]
        Refused::TooLong(text) => page::too_long(text),
        #[cfg(feature = "pdf")]
        Refused::HeadTooLong => page::HEAD_TOO_LONG.to_owned(),
        #[cfg(feature = "pdf")]
        Refused::NotAFont => page::NOT_A_FONT.to_owned(),
        #[cfg(feature = "pdf")]
        Refused::FontNotEmbeddable => page::NOT_EMBEDDABLE.to_owned(),
        #[cfg(feature = "pdf")]
        Refused::NotDrawn => page::NOT_DRAWN.to_owned(),
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&sentence(self))
    }
}

/// Why a character cannot be printed.
#[cfg(feature = "pdf")]
fn unset(place: &str, character: char, why: Unset) -> String {
    let code = u32::from(character);
    let (said, instead) = match why {
        Unset::Missing => ("is not in the built-in font", "give one that has it with --font FILE"),
        Unset::InNeither => {
            ("is in neither the built-in font nor the one given", "give one that has it with --font FILE")
        }
        Unset::RightToLeft => {
            ("is written from right to left, which is not supported", "use Latin, Greek or Cyrillic letters")
        }
        Unset::Unknown => ("belongs to a script that is not supported", "use Latin, Greek or Cyrillic letters"),
        Unset::Adrift => {
            ("is an accent that the font cannot place on its letter", "give another font with --font FILE")
        }
    };
    // An accent alone would be drawn on the quotation mark.
    let shown =
        if why == Unset::Adrift { String::new() } else { format!("\"{}\" ", printable(&character.to_string())) };
    format!("{place}: the character {shown}(U+{code:04X}) {said}; {instead}")
}
