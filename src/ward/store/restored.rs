//! A register that was made of what another one was, and says so in its chain.

use std::path::Path;

use super::{Anchor, Clock, Fault, Sharing, StoreError, Uid, Verified, Who, append::Saving, tables::Writing};
use crate::{
    json::Text,
    ward::{
        event::{Body, Draft, Erased},
        fold::Refused,
    },
    words::store as words,
};

/// How a backup is made a register again.
#[derive(Clone, Debug, PartialEq)]
pub struct Restoring {
    /// For whom it is.
    pub sharing: Sharing,
    /// Who does it.
    pub by: Text,
    /// What was printed of the register that is lost.
    pub against: Vec<Anchor>,
}

/// Says in the chain of a register what it was made of, and of which patients the entry on their erasure is missing. It is
/// on the disk then.
pub(super) fn say_so(
    tables: Box<dyn Writing + '_>,
    ward: (i64, Uid),
    (body, emptied): (Body, &[i64]),
    by: &Text,
    (who, clock): (&Who, &dyn Clock),
) -> Result<(), StoreError> {
    let now = clock.now();
    let mut saving = Saving::begin(tables, ward, who, now)?;
    let draft = |body| Draft { on: now.day, by: by.clone(), course: None, body };
    saving.insert(None, None, &draft(body))?;
    for patient in emptied {
        let row = saving.tables.row(*patient)?.map_err(|_| saving.damaged(None))?;
        let body = Erased {
            because: text(words::ERASED_BEFORE)?,
            authority: text(words::NOT_KNOWN_WHO)?,
            events: row.last_seq,
        };
        saving.insert(Some((row.key, row.uid)), Some(row.last_seq + 1), &draft(body.into()))?;
        saving.tables.set_last(row.key, row.last_seq + 1)?;
    }
    saving.finish().map(drop)
}

/// A sentence of the program as a text of an entry.
fn text(sentence: &str) -> Result<Text, StoreError> {
    sentence.parse().map_err(|_| StoreError::Refused(Refused::NotReadable))
}

/// How many entries a backup lacks. One that is not whole, or that leads elsewhere than what was printed, is refused.
pub(super) fn missing(backup: &Path, verified: &Verified) -> Result<u64, StoreError> {
    let mut most = 0;
    for fault in &verified.faults {
        match fault {
            Fault::Cut { missing, .. } => most = most.max(*missing),
            Fault::OtherChain { anchor } => return Err(StoreError::OtherChain { anchor: anchor.clone() }),
            Fault::Altered { number } | Fault::Unreadable { number } => {
                return Err(StoreError::Damaged { path: backup.to_owned(), number: Some(*number) });
            }
            _ => return Err(StoreError::Damaged { path: backup.to_owned(), number: None }),
        }
    }
    Ok(most)
}
