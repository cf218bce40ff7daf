//! Restoring: a register made of a backup, or of the entries of another register.

use std::path::Path;

use super::{
    super::{
        Anchor, Clock, Fault, HandedOn, Part, Restoring, StoreError, Who, again,
        restored::{missing, say_so},
        tables::Writing,
        taken_back::{self, Taken},
        verify,
    },
    backup::copied,
    create::{at, empty, settle},
    open, schema,
    tables::Tables,
    trouble::of_database,
};
use crate::json::Text;

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
    let tables = Box::new(Tables::together(&copy, to)?);
    again::all(&*tables, ward)?;
    tables.commit()?;
    // What the entries cannot mend, such as a second ward, is refused.
    verify::is_sound(&Tables::apart(&copy, backup))?;
    let body = Anchor::new(verified.number, &verified.hash).restored().into();
    say_so(Box::new(Tables::together(&copy, to)?), ward, (body, &[]), &restoring.by, (who, clock))?;
    settle(fresh, copy, restoring.sharing)?;
    Ok(missing)
}

/// Makes a register of the parts of another one, which is restored, or copied from a place. Returns how many entries it lacks
/// of those that an anchor proves.
pub(super) fn take_back<E: From<StoreError>>(
    HandedOn { file, mut parts }: HandedOn<'_, impl Iterator<Item = Result<Part, E>>>,
    to: &Path,
    (restoring, from): (&Restoring, Option<&Text>),
    who: &Who,
    clock: &dyn Clock,
) -> Result<u64, E> {
    // A file of something else is refused before anything is made, its folder too.
    let first = parts.next().transpose()?;
    let (fresh, connection) = empty(to, restoring.sharing)?;
    // All of it in one transaction: nobody sees the file before it is whole, so nothing need be on the disk before.
    let tables = Box::new(Tables::together(&connection, to)?);
    let ward = taken_back::take(HandedOn { file, parts: first.into_iter().map(Ok).chain(parts) }, &*tables)?;
    tables.commit()?;
    let proved = taken_back::prove(&Tables::apart(&connection, to), ward, file, &restoring.against)?;
    let Taken { verified, emptied, missing } = proved;
    let last = Anchor::new(verified.number, &verified.hash);
    let body = from.map_or_else(|| last.restored().into(), |from| last.copied_from(from.clone()).into());
    let tables = Box::new(Tables::together(&connection, to)?);
    say_so(tables, ward, (body, &emptied), &restoring.by, (who, clock))?;
    settle(fresh, connection, restoring.sharing)?;
    Ok(missing)
}

/// Whether what is wrong is kept beside the entries, and is written again as they say it.
fn is_made_again(fault: &Fault) -> bool {
    matches!(fault, Fault::Course { .. } | Fault::Identity { .. } | Fault::History { .. } | Fault::Ward)
}
