//! The words of the commands of the register: what was recorded and what is next, the pages of a patient and of a
//! ward, and what is wrong with what was typed.

mod by_mouth;
mod keeping;
mod option;
mod page;
mod taking_in;

pub use super::foot;
use super::{entry, number};
use crate::{
    ward::flow::{SlotDate, Standing},
    words::spoken::{all_of, day},
};

pub use by_mouth::*;
pub use keeping::*;
pub use option::*;
pub use page::*;
pub use taking_in::*;

/// A verdict is followed by this where nothing of it was stored.
pub const NOT_STORED: &str = "Nothing was recorded.";
/// Said at a list of a ward, so that nobody takes it for the legal record.
pub const NOT_THE_RECORD: &str = "This register is not the legal record.";

/// An entry, or several, were recorded.
pub fn recorded(numbers: &[u64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|it| number(*it)).collect();
    format!("Recorded as {}.", all_of(&numbers))
}

/// What of a patient's entries does not fit any more with what was recorded.
pub fn to_clear_up(fault: &str) -> String {
    format!("{FAULTS}: {fault}")
}

/// What is recorded, before why nothing of it could be shown.
pub fn recorded_but(numbers: &[u64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|it| number(*it)).collect();
    format!("Recorded as {}, but", all_of(&numbers))
}

/// The entries that a bundle cannot say.
pub fn left_out(entries: &[u64]) -> String {
    let numbers: Vec<String> = entries.iter().map(|entry| number(*entry)).collect();
    format!(
        "Not in the bundle: {} {}, written by a newer program or of no course. osteodose ward show has them.",
        if entries.len() == 1 { "entry" } else { "entries" },
        all_of(&numbers)
    )
}

/// Said where other open days move no dose.
pub const NOTHING_MOVES: &str = "No dose moves.";

/// What a file of open days does not say.
pub fn clinic_lacks(members: &[&str]) -> String {
    let members: Vec<String> = members.iter().map(|it| format!("\"{it}\"")).collect();
    format!(
        "{} {} missing, and nothing was set. Write the days of the week on which the ward is open, all seven if it is never \
         closed, and the days on which it is closed, [] if there are none.",
        all_of(&members),
        if members.len() == 1 { "is" } else { "are" }
    )
}

/// Open days in a file of other settings.
pub const DAYS_NOT_TAKEN: &str =
    "The open and closed days in this file are not set by this command. Set them with osteodose ward clinic.";

/// Another name of the ward in its settings.
pub fn other_name(found: &str, ward: &str) -> String {
    format!(
        "\"name\": {found} is not the name of this ward, which stays {ward}. Leave the name out, or write that one."
    )
}

/// A dose that other open days move.
pub fn moves(id: &str, from: &SlotDate, to: &SlotDate) -> String {
    let said = |it: &SlotDate| match (it.due, it.standing) {
        (Some(due), Standing::Due) => day(due),
        (Some(due), standing) => format!("{} ({})", day(due), entry::standing(standing)),
        (None, _) => "no day".to_owned(),
    };
    format!("{id}: dose {} moves from {} to {}.", from.dose, said(from), said(to))
}
