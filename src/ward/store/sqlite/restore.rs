//! Restoring: a register made of a backup, which says so in its chain.

use std::path::Path;

use rusqlite::Connection;

use super::{
    super::{Anchor, Clock, Fault, StoreError, Uid, Verified, Who},
    again,
    append::{Saving, set_last},
    backup::copied,
    create::{at, settle},
    fresh::{Fresh, Sharing},
    open, read, schema,
    trouble::of_database,
    verify,
};
use crate::{
    json::Text,
    ward::{
        event::{Draft, Erased},
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

/// Makes a register of a backup. Returns how many entries it lacks of those that an anchor proves.
pub(super) fn restore(
    backup: &Path,
    to: &Path,
    restoring: &Restoring,
    who: &Who,
    clock: &dyn Clock,
) -> Result<u64, StoreError> {
    let mut source = open::open(backup, who.clone())?;
    let mut verified = verify::verify(&mut source, &restoring.against)?;
    verified.faults.retain(|fault| !is_made_again(fault));
    let missing = missing(backup, &verified)?;
    let fresh = at(to, restoring.sharing)?;
    let mut copy = copied(&source.connection, &fresh, to)?;
    let told = |error: &rusqlite::Error| of_database(to, error);
    let form = schema::form(&copy).map_err(|error| told(&error))?.unwrap_or_default();
    schema::bring_up(&mut copy, form, schema::STEPS).map_err(|error| told(&error))?;
    let ward = (source.key, source.ward.uid);
    let transaction = copy.transaction().map_err(|error| told(&error))?;
    again::all(&transaction, ward).map_err(|error| told(&error))?;
    transaction.commit().map_err(|error| told(&error))?;
    // What the entries cannot mend, such as a second ward, is refused.
    verify::is_sound(&copy, backup)?;
    say_so(fresh, copy, ward, (&verified, &[]), (restoring, who, clock))?;
    Ok(missing)
}

/// Makes a register of a database that holds one, and says in its chain that it was restored, and of which patients the entry
/// on their erasure is missing.
pub(super) fn say_so(
    fresh: Fresh,
    mut database: Connection,
    ward: (i64, Uid),
    (proved, erased): (&Verified, &[i64]),
    (restoring, who, clock): (&Restoring, &Who, &dyn Clock),
) -> Result<(), StoreError> {
    let to = fresh.place().to_owned();
    let now = clock.now();
    let transaction = database.transaction().map_err(|error| of_database(&to, &error))?;
    let mut saving = Saving::begin(transaction, &to, ward, who, now)?;
    let body = Anchor::new(proved.number, &proved.hash).restored().into();
    let draft = |body| Draft { on: now.day, by: restoring.by.clone(), course: None, body };
    saving.insert(None, None, &draft(body))?;
    for patient in erased {
        let row = read::row(&saving.transaction, *patient).map_err(|error| saving.told(&error))?;
        let body = Erased {
            because: text(words::ERASED_BEFORE)?,
            authority: text(words::NOT_KNOWN_WHO)?,
            events: row.last_seq,
        };
        saving.insert(Some((row.key, row.uid)), Some(row.last_seq + 1), &draft(body.into()))?;
        set_last(&saving, row.key, row.last_seq + 1)?;
    }
    saving.finish()?;
    settle(fresh, database, restoring.sharing)
}

/// A sentence of the program as a text of an entry.
fn text(sentence: &str) -> Result<Text, StoreError> {
    sentence.parse().map_err(|_| StoreError::Refused(Refused::NotReadable))
}

/// Whether what is wrong is kept beside the entries, and is written again as they say it.
fn is_made_again(fault: &Fault) -> bool {
    matches!(fault, Fault::Course { .. } | Fault::Identity { .. } | Fault::History { .. } | Fault::Ward)
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
