//! A register on a server, by the database `PostgreSQL`.
//!
//! A save is one transaction, which begins with the lock of the ward's row: so entries have their numbers without gaps, and
//! two who record at the same moment do so one after the other. The roles of the database keep everybody else from changing
//! an entry, and from seeing another ward.

mod address;
mod connect;
mod create;
mod rows;
mod tables;
mod trouble;

use std::{path::Path, time::Duration};

use postgres::{Client, IsolationLevel};

use super::{
    Anchor, Appended, Clock, Erasing, HandedOn, KeptLibrary, Moment, New, Part, PatientKey, Recomputed, Refreshed,
    Store, StoreError, Verified, Ward, Who, again, append, erase, keep, projection,
    tables::{Begun, Database, Opened},
    verify,
};
use crate::{
    json::Text,
    regimen::LibraryFile,
    ward::{event::Draft, namesake::Person},
};
use address::Address;
use connect::connect;
use tables::Tables;
use trouble::of_server;

/// How long the server, and another who records, is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// The newest form of the tables that this program knows.
const FORM: u32 = 1;

/// A ward in a register on a server.
pub struct Postgres {
    client: Client,
    address: Address,
    password: Option<String>,
    /// The key of the ward's row.
    key: i64,
    ward: Ward,
    who: Who,
}

impl Postgres {
    /// The statements that make the tables, rules and roles, for the administrator of the server.
    pub const SCHEMA: &'static str = create::SCHEMA;

    /// Opens the ward that this user of the server may see.
    ///
    /// # Errors
    /// When the server cannot be reached or lets nobody in, when no register is there, or when it is not clear which ward is
    /// meant.
    pub fn open(address: &Path, password: Option<String>, who: Who) -> Result<Self, StoreError> {
        Self::open_at(Address::read(address)?, password, who)
    }

    /// Makes a ward, with the tables where they are not there yet, and opens it.
    ///
    /// # Errors
    /// When the server cannot be reached, or this user of it may not make one.
    pub fn create(
        address: &Path,
        password: Option<String>,
        new: &New,
        who: Who,
        clock: &dyn Clock,
    ) -> Result<Self, StoreError> {
        let read = Address::read(address)?;
        let ward = create::create(&read, password.as_deref(), new, &who, clock)?;
        Self::open_at(read.of(ward), password, who)
    }

    /// Makes a ward of the parts of another register, which are those of a place that is named, and opens it.
    ///
    /// # Errors
    /// With the first part that could not be had, or as [`Postgres::create`]. Then nothing is made.
    pub fn copy<E: From<StoreError>>(
        address: &Path,
        password: Option<String>,
        handed_on: HandedOn<'_, impl Iterator<Item = Result<Part, E>>>,
        (from, by): (&Text, &Text),
        (who, clock): (Who, &dyn Clock),
    ) -> Result<Self, E> {
        let address = Address::read(address)?;
        let ward = create::copy(&address, password.as_deref(), handed_on, (from, by), (&who, clock))?;
        Ok(Self::open_at(address.of(ward), password, who)?)
    }

    fn open_at(address: Address, password: Option<String>, who: Who) -> Result<Self, StoreError> {
        let mut client = connect(&address, password.as_deref())?;
        let key = key(&mut client, &address)?;
        let (key, ward) = again::ward(&read(&mut client, &address.shown, key)?)?;
        Ok(Self { client, address, password, key, ward, who })
    }

    /// The address, as it was given.
    pub fn path(&self) -> &Path {
        &self.address.shown
    }

    /// Connects again if the server was away.
    fn reach(&mut self) -> Result<(), StoreError> {
        if self.client.is_closed() {
            self.client = connect(&self.address, self.password.as_deref())?;
        }
        Ok(())
    }

    /// Tries a save once more if another one got the same number, or the server refused one of two that waited for each other.
    fn tried<T>(&mut self, save: impl Fn(&mut dyn Database) -> Result<T, StoreError>) -> Result<T, StoreError> {
        match save(self) {
            Err(StoreError::Collided) => save(self),
            done => done,
        }
    }

    /// The same for a patient: what then came between is what is said.
    fn tried_for<T>(
        &mut self,
        (of, seen): (&PatientKey, u32),
        save: impl Fn(&mut dyn Database) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        match self.tried(save) {
            Err(StoreError::Collided) => {
                let mut since = self.patient(of)?.stored;
                since.retain(|it| it.header.seq > Some(seen));
                Err(if since.is_empty() { StoreError::Collided } else { StoreError::Changed { since } })
            }
            done => done,
        }
    }
}

/// The key of the ward that is meant: the only one that this user of the server may see, or the one that is named.
fn key(client: &mut Client, address: &Address) -> Result<i64, StoreError> {
    let path = || address.shown.clone();
    let told = |error: postgres::Error| of_server(&address.shown, &error);
    let is_there = "SELECT 1 FROM pg_class WHERE relname = 'meta' \
                    AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'osteodose')";
    if client.query_opt(is_there, &[]).map_err(told)?.is_none() {
        return Err(StoreError::NotThere { path: path() });
    }
    let form: i32 = client.query_one("SELECT schema FROM meta", &[]).and_then(|row| row.try_get(0)).map_err(told)?;
    let schema = form.cast_unsigned();
    if schema > FORM {
        return Err(StoreError::Newer { path: path(), schema, known: FORM });
    }
    let asked = "SELECT w.ward, w.name FROM ward w JOIN member m ON m.ward = w.ward \
                 WHERE m.role = session_user AND ($1::text IS NULL OR $1 IN (w.name, w.uid)) ORDER BY w.ward";
    let found = client.query(asked, &[&address.ward]).map_err(told)?;
    let wards: Vec<(i64, String)> =
        found.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect::<Result<_, _>>().map_err(told)?;
    match wards.as_slice() {
        [] => Err(StoreError::NoWard { path: path(), named: address.ward.clone() }),
        [(key, _)] => Ok(*key),
        wards => {
            Err(StoreError::WhichWard { path: path(), wards: wards.iter().map(|(_, name)| name.clone()).collect() })
        }
    }
}

/// The tables of a ward as they stand in one moment.
fn read<'c>(client: &'c mut Client, path: &'c Path, key: i64) -> Result<Tables<'c>, StoreError> {
    let begun = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true).start();
    Ok(Tables::new(begun.map_err(|error| of_server(path, &error))?, path, key))
}

impl Database for Postgres {
    fn can_write(&self) -> bool {
        true
    }

    fn apart(&mut self) -> Result<Opened<'_>, StoreError> {
        Database::moment(self)
    }

    fn moment(&mut self) -> Result<Opened<'_>, StoreError> {
        self.reach()?;
        let Self { client, address, key, ward, .. } = self;
        Ok(Opened { tables: Box::new(read(client, &address.shown, *key)?), key: *key, ward })
    }

    fn begin(&mut self) -> Result<Begun<'_>, StoreError> {
        self.reach()?;
        let Self { client, address, key, ward, who, .. } = self;
        // What others finish while the lock is waited for is seen after it.
        let begun = client.build_transaction().isolation_level(IsolationLevel::ReadCommitted).start();
        let transaction = begun.map_err(|error| of_server(&address.shown, &error))?;
        let tables = Tables::new(transaction, &address.shown, *key);
        tables.lock()?;
        Ok(Begun { tables: Box::new(tables), key: *key, ward, who })
    }
}

impl Store for Postgres {
    fn ward(&self) -> &Ward {
        &self.ward
    }

    fn moment(&mut self) -> Result<Moment<'_>, StoreError> {
        Moment::of(self)
    }

    fn persons(&mut self) -> Result<Vec<Person>, StoreError> {
        keep::persons(self)
    }

    fn register(&mut self, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError> {
        self.tried(|database| append::register(database, new, clock))
    }

    fn append(&mut self, of: &PatientKey, seen: u32, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError> {
        self.tried_for((of, seen), |database| append::append(database, of, seen, new, clock))
    }

    fn append_to_ward(&mut self, new: &[Draft], clock: &dyn Clock) -> Result<Appended, StoreError> {
        self.tried(|database| append::append_to_ward(database, new, clock))
    }

    fn make_current(&mut self) -> Result<(), StoreError> {
        self.tried(projection::make_current)
    }

    fn refresh(&mut self, most: usize) -> Result<Refreshed, StoreError> {
        self.tried(|database| projection::refresh(database, most))
    }

    fn compute_again(&mut self) -> Result<Recomputed, StoreError> {
        self.tried(projection::compute_again)
    }

    fn verify(&mut self, against: &[Anchor]) -> Result<Verified, StoreError> {
        verify::verify(self, against)
    }

    fn keep_library(&mut self, files: &[LibraryFile]) -> Result<String, StoreError> {
        self.tried(|database| keep::library(database, files))
    }

    fn libraries(&mut self) -> Result<Vec<KeptLibrary>, StoreError> {
        keep::libraries(self)
    }

    fn erase(
        &mut self,
        of: &PatientKey,
        seen: u32,
        erasing: &Erasing,
        clock: &dyn Clock,
    ) -> Result<Appended, StoreError> {
        self.tried_for((of, seen), |database| erase::erase(database, of, seen, erasing, clock))
    }
}
