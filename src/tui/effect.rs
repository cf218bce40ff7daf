//! What the form asks to be done for it, and what came of it.

use std::{collections::BTreeMap, path::PathBuf, time::SystemTime};

#[cfg(feature = "ward")]
use crate::json::Text;
use crate::{drafts::ClearedFrom, export::Format};

/// What is to be done after an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing but drawing.
    Stay,
    /// Give the terminal back to the shell until the program is called again.
    Suspend,
    /// Redraw the whole screen.
    Repaint,
    /// Write a file, whole or not at all; then [`Happened`] is reported.
    Save {
        /// Where.
        path: PathBuf,
        /// What.
        content: Vec<u8>,
        /// Whether a file that is there may be replaced.
        replace: bool,
        /// The form it has: JSON is the plan itself, which counts as saved by it.
        format: Format,
    },
    /// Go on with what an earlier session left, by its place in the list.
    TakeUp(usize),
    /// Delete what an earlier session left, by its place in the list.
    Discard(usize),
    /// Delete all that earlier sessions left and that was last changed before this moment.
    ClearDrafts(SystemTime),
    /// Write the settings of the ward; then [`Happened`] is reported.
    SaveWard {
        /// Where.
        path: PathBuf,
        /// What.
        content: Vec<u8>,
    },
    /// Take the plan into the register of the ward; what came of it is said.
    #[cfg(feature = "ward")]
    AddToWard {
        /// The plan, as a saved one.
        document: Vec<u8>,
        /// Who records it.
        by: Text,
    },
    /// End.
    Leave(Leaving),
}

/// How the form ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaving {
    /// Whether what was entered is kept to be offered again.
    pub keep: bool,
    /// What is put on standard output when the screen is given back.
    pub print: Option<String>,
}

/// What came of an effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// The plan is in a file.
    Saved(PathBuf),
    /// The plan is exported to a file. It is not saved by that.
    Exported(PathBuf),
    /// The settings of the ward are in their file.
    WardSaved(PathBuf),
    /// A file of this name is there, and was not to be replaced.
    FileExists(PathBuf),
    /// It was not written; why.
    NotSaved(PathBuf, String),
    /// What is entered cannot be kept for a next start; why.
    DraftNotKept(String),
    /// What is entered is kept again, after it could not be.
    DraftKept,
    /// What an earlier session left cannot be continued, as another form has it or has changed it; why. The form
    /// must not go on with its entries.
    DraftNotTakenUp(String),
    /// Old drafts are deleted all at once.
    DraftsCleared(ClearedFrom),
    /// What an earlier session left cannot be deleted; why.
    DraftNotDeleted(String),
}

/// What an earlier session left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// When it was last changed, in words.
    pub when: String,
    /// The entries, by the key of their field.
    pub entries: BTreeMap<String, String>,
}
