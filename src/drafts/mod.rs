//! What is entered in the form, kept on disk while it is open, so that no accident loses it.
//!
//! Each living form has a [`Journal`] of its own, a file that it holds locked. A file that nobody holds
//! was left by a session that ended without being asked: a computer switched off, a connection that
//! broke. A [`Keeper`] lists the newest of those, and keeps what the session at hand enters.

mod folder;
mod journal;
mod keeper;

use std::collections::BTreeMap;

pub use folder::{Cleared, Drafts, Found, Leftovers};
pub use journal::{Journal, Kept};
pub use keeper::{ClearedFrom, Keeper, Keeping, expiry};

/// What is entered: text by the key of its field.
pub type Entries = BTreeMap<String, String>;
