//! Making a register on a server: the schema, where it is not there yet, and a ward in it, all of it or nothing.

use postgres::Client;

use super::{
    super::{
        Anchor, Clock, HandedOn, New, Part, StoreError, Uid, Who,
        new::open_ward,
        restored::say_so,
        taken_back::{self, Taken},
    },
    address::Address,
    connect::connect,
    tables::Tables,
    trouble::of_server,
};
use crate::{json::Text, ward::event::Copied};

/// The statements that make the tables, rules and roles.
pub(super) const SCHEMA: &str = include_str!("schema-1.sql");

/// Makes a ward, and returns its name in the chain.
pub(super) fn create(
    address: &Address,
    password: Option<&str>,
    new: &New,
    who: &Who,
    clock: &dyn Clock,
) -> Result<Uid, StoreError> {
    let mut client = connect(address, password)?;
    open_ward(Box::new(tables(&mut client, address)?), new, who, clock)
}

/// Makes a ward of the parts of another register, and says in its chain where they come from.
pub(super) fn copy<E: From<StoreError>>(
    address: &Address,
    password: Option<&str>,
    handed_on: HandedOn<'_, impl Iterator<Item = Result<Part, E>>>,
    (from, by): (&Text, &Text),
    (who, clock): (&Who, &dyn Clock),
) -> Result<Uid, E> {
    let mut client = connect(address, password)?;
    let file = handed_on.file;
    let tables = Box::new(tables(&mut client, address)?);
    let ward = taken_back::take(handed_on, &*tables)?;
    let Taken { verified, emptied, .. } = taken_back::prove(&*tables, ward, file, &[])?;
    let copied: Copied = Anchor::new(verified.number, &verified.hash).copied_from(from.clone());
    say_so(tables, ward, (copied.into(), &emptied), by, (who, clock))?;
    Ok(ward.1)
}

/// The tables of a server, in which they are made if they are not there.
fn tables<'c>(client: &'c mut Client, address: &'c Address) -> Result<Tables<'c>, StoreError> {
    let told = |error: &postgres::Error| of_server(&address.shown, error);
    let mut transaction = client.transaction().map_err(|error| told(&error))?;
    let asked = "SELECT 1 FROM pg_namespace WHERE nspname = 'osteodose'";
    if transaction.query_opt(asked, &[]).map_err(|error| told(&error))?.is_none() {
        transaction.batch_execute(SCHEMA).map_err(|error| told(&error))?;
    }
    Ok(Tables::new(transaction, &address.shown, 0))
}
