//! The tables of a register in one file: the questions and statements of `SQLite`.

use std::{cell::Cell, collections::BTreeMap, fs::File, path::Path};

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, TransactionBehavior, named_params};

use super::{
    super::{
        DamagedPatient, Fault, Hash, KeptLibrary, PatientKey, StoreError, Stored, Uid, Ward,
        due::Listed,
        projection::CourseRow,
        rows::PatientRow,
        tables::{Chained, Done, NewWard, Reading, Snapshot, Writing},
    },
    courses,
    place::FileId,
    rows, schema,
    trouble::{of_database, trouble},
};
use crate::{
    json::Text,
    ward::{
        event::{Identity, Kind},
        namesake::Person,
    },
};

/// The tables of an open database.
pub(super) struct Tables<'c> {
    // It goes before the lock.
    transaction: Option<Transaction<'c>>,
    connection: &'c Connection,
    path: &'c Path,
    lock: Option<(File, FileId)>,
    is_emptied: Cell<bool>,
}

impl<'c> Tables<'c> {
    /// Each question for itself. What is wrong is said of the register at this path.
    pub(super) fn apart(connection: &'c Connection, path: &'c Path) -> Self {
        Self { transaction: None, connection, path, lock: None, is_emptied: Cell::new(false) }
    }

    /// All of it in one transaction.
    pub(super) fn together(connection: &'c Connection, path: &'c Path) -> Result<Self, StoreError> {
        Self::apart(connection, path).within(TransactionBehavior::Deferred)
    }

    /// All of it in one transaction, while nobody else writes. The lock is held to its end, and the file must still be the
    /// one that others open.
    pub(super) fn alone(connection: &'c Connection, path: &'c Path, lock: (File, FileId)) -> Result<Self, StoreError> {
        Self { lock: Some(lock), ..Self::apart(connection, path) }.within(TransactionBehavior::Immediate)
    }

    fn within(mut self, behavior: TransactionBehavior) -> Result<Self, StoreError> {
        let begun = Transaction::new_unchecked(self.connection, behavior);
        self.transaction = Some(begun.map_err(|error| of_database(self.path, &error))?);
        Ok(self)
    }

    fn done<T>(&self, done: rusqlite::Result<T>) -> Done<T> {
        done.map_err(|error| trouble(self.path, &error))
    }

    fn execute(&self, statement: &str, of: &[(&str, &dyn ToSql)]) -> Done<()> {
        let done = self.connection.prepare(statement).and_then(|mut statement| statement.execute(of));
        self.done(done.map(drop))
    }

    fn all<T>(
        &self,
        question: &str,
        of: &[(&str, &dyn ToSql)],
        row: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Done<Vec<T>> {
        let asked = || self.connection.prepare(question)?.query_map(of, row)?.collect();
        self.done(asked())
    }

    fn one<T>(
        &self,
        question: &str,
        of: &[(&str, &dyn ToSql)],
        row: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Done<Option<T>> {
        let asked = self.connection.prepare(question).and_then(|mut asked| asked.query_row(of, row).optional());
        self.done(asked)
    }
}

/// How many rows at most, as the database counts them.
fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

/// The number of an entry, as the database counts.
fn signed(number: u64) -> i64 {
    number.min(i64::MAX.cast_unsigned()).cast_signed()
}

impl Snapshot for Option<Transaction<'_>> {}

impl Reading for Tables<'_> {
    fn path(&self) -> &Path {
        self.path
    }

    fn ward(&self) -> Done<(i64, Ward)> {
        self.done(rows::ward(self.connection))
    }

    fn ward_name(&self) -> Done<Option<(i64, Uid)>> {
        self.one("SELECT ward, uid FROM ward", &[], |row| Ok((row.get(0)?, rows::parsed(row, 1)?)))
    }

    fn wards(&self) -> Done<u64> {
        Ok(self.one("SELECT count(*) FROM ward", &[], |row| rows::number(row, 0))?.unwrap_or_default())
    }

    fn head(&self, ward: i64) -> Done<(u64, Hash)> {
        self.done(rows::head(self.connection, ward))
    }

    fn last_hash(&self, ward: (i64, Uid)) -> Done<(u64, Hash)> {
        self.done(rows::last(self.connection, ward))
    }

    fn last(&self, (ward, uid): (i64, Uid)) -> Done<Option<Stored>> {
        let asked = format!("{} WHERE e.ward = :ward ORDER BY e.number DESC LIMIT 1", rows::ENTRY);
        self.one(&asked, named_params! {":ward": ward}, |row| rows::entry(uid, row))
    }

    fn entry(&self, (ward, uid): (i64, Uid), number: u64) -> Done<Option<Stored>> {
        let asked = format!("{} WHERE e.ward = :ward AND e.number = :number", rows::ENTRY);
        self.one(&asked, named_params! {":ward": ward, ":number": signed(number)}, |row| rows::entry(uid, row))
    }

    fn hash_of(&self, ward: i64, number: u64) -> Done<Option<Hash>> {
        let asked = "SELECT hash FROM event WHERE ward = :ward AND number = :number";
        self.one(asked, named_params! {":ward": ward, ":number": signed(number)}, |row| row.get(0))
    }

    fn events(&self, (ward, uid): (i64, Uid), from: u64, most: usize) -> Done<Vec<Stored>> {
        let asked = format!("{} WHERE e.ward = :ward AND e.number >= :from ORDER BY e.number LIMIT :most", rows::ENTRY);
        let of = named_params! {":ward": ward, ":from": signed(from), ":most": limit(most)};
        self.all(&asked, of, |row| rows::entry(uid, row))
    }

    fn numbered(&self, (ward, uid): (i64, Uid), after: u64, most: usize) -> Done<Vec<(u64, Option<Stored>)>> {
        let asked = format!("{} WHERE e.ward = :ward AND e.number > :after ORDER BY e.number LIMIT :most", rows::ENTRY);
        let of = named_params! {":ward": ward, ":after": signed(after), ":most": limit(most)};
        self.all(&asked, of, |row| Ok((rows::number(row, 0)?, rows::entry(uid, row).ok())))
    }

    fn of_ward(&self, (ward, uid): (i64, Uid)) -> Done<Vec<Stored>> {
        let asked = format!("{} WHERE e.ward = :ward AND e.patient IS NULL ORDER BY e.number", rows::ENTRY);
        self.all(&asked, named_params! {":ward": ward}, |row| rows::entry(uid, row))
    }

    fn find(&self, ward: i64, key: &PatientKey) -> Done<Option<PatientRow>> {
        self.done(rows::find(self.connection, ward, key))
    }

    fn row(&self, patient: i64) -> Done<Result<PatientRow, DamagedPatient>> {
        let asked = format!("{} WHERE patient = :patient", rows::PATIENT);
        let asked = self.connection.prepare(&asked).and_then(|mut asked| {
            asked.query_row(named_params! {":patient": patient}, |row| {
                Ok(rows::patient(row).map_err(|_| rows::named(row)))
            })
        });
        self.done(asked)
    }

    fn entries(&self, ward: Uid, patient: i64) -> Done<Vec<Option<Stored>>> {
        let asked = format!("{} WHERE e.patient = :patient ORDER BY e.seq", rows::ENTRY);
        self.all(&asked, named_params! {":patient": patient}, |row| Ok(rows::entry(ward, row).ok()))
    }

    fn chained(&self, ward: Uid, patient: i64) -> Done<Vec<Chained>> {
        let asked = format!("{} WHERE e.patient = :patient ORDER BY e.seq", rows::ENTRY_AFTER);
        self.all(&asked, named_params! {":patient": patient}, |row| {
            let before = row.get::<_, Option<Hash>>(rows::HASH_BEFORE).unwrap_or_default();
            let number = rows::number(row, 0).unwrap_or_default();
            Ok(Chained { number, entry: rows::entry(ward, row).ok(), before })
        })
    }

    fn ids(&self, ward: i64, after: Option<&Text>, most: usize) -> Done<Vec<(Text, i64)>> {
        let asked = "SELECT id, patient FROM patient WHERE ward = :ward AND id > :after ORDER BY id LIMIT :most";
        let of = named_params! {":ward": ward, ":after": after.map_or("", Text::as_str), ":most": limit(most)};
        self.all(asked, of, |row| Ok((rows::parsed(row, 0)?, row.get(1)?)))
    }

    fn persons(&self, ward: i64) -> Done<Vec<Person>> {
        let asked =
            "SELECT id, name, birth_date FROM patient WHERE ward = :ward AND id IS NOT NULL AND birth_date IS NOT NULL";
        self.all(asked, named_params! {":ward": ward}, rows::person)
    }

    fn keys(&self, after: i64, most: usize, only_kept: bool) -> Done<Vec<i64>> {
        let asked =
            "SELECT patient FROM patient WHERE patient > :after AND erased <= :erased ORDER BY patient LIMIT :most";
        self.all(asked, named_params! {":after": after, ":erased": !only_kept, ":most": limit(most)}, |row| row.get(0))
    }

    fn last_backup(&self, ward: i64) -> Done<Option<NaiveDate>> {
        // Entries of no patient are found by the index of patients, without a look at all others.
        let asked = "SELECT on_date FROM event WHERE patient IS NULL AND ward = :ward AND kind = :kind \
                     AND json_extract(body, '$.to') IS NOT NULL ORDER BY number DESC LIMIT 1";
        self.one(asked, named_params! {":ward": ward, ":kind": Kind::Copied.as_str()}, |row| rows::date(row, 0))
    }

    fn courses(&self, ward: i64, patient: i64) -> Done<Vec<Option<CourseRow>>> {
        self.done(courses::of_patient(self.connection, ward, patient))
    }

    fn listed(&self, ward: i64, last: NaiveDate) -> Done<Vec<(i64, Option<Listed>)>> {
        self.done(courses::listed(self.connection, ward, last))
    }

    fn without_day(&self, ward: i64) -> Done<Vec<i64>> {
        self.done(courses::without_day(self.connection, ward))
    }

    fn of_other_fold(&self, fold: u32) -> Done<BTreeMap<i64, i64>> {
        self.done(courses::of_other_fold(self.connection, fold))
    }

    fn lost(&self, ward: i64) -> Done<Vec<i64>> {
        self.done(courses::lost(self.connection, ward))
    }

    fn libraries(&self) -> Done<Vec<KeptLibrary>> {
        self.all("SELECT sha256, files FROM library ORDER BY sha256", &[], |row| {
            Ok(KeptLibrary { sha256: row.get(0)?, files: row.get(1)? })
        })
    }

    fn has_library(&self, digest: &str) -> Done<bool> {
        let asked = "SELECT 1 FROM library WHERE sha256 = :digest";
        Ok(self.one(asked, named_params! {":digest": digest}, |_| Ok(()))?.is_some())
    }

    fn misplaced(&self, _: i64) -> Done<Vec<u64>> {
        let asked = "SELECT number FROM event e WHERE event <> number \
                     OR body IS NULL AND NOT EXISTS (SELECT 1 FROM event WHERE patient = e.patient AND kind = 'erased' \
                     AND body IS NOT NULL AND number > e.number) \
                     OR body IS NOT NULL AND e.patient IN (SELECT patient FROM event WHERE kind = 'erased') \
                     AND EXISTS (SELECT 1 FROM event WHERE patient = e.patient AND kind = 'erased' AND number > e.number) \
                     ORDER BY number";
        self.all(asked, &[], |row| rows::number(row, 0))
    }

    fn without_erasure(&self, _: i64) -> Done<Vec<(i64, u64)>> {
        let asked = "SELECT patient, number FROM event WHERE patient IN \
                     (SELECT patient FROM event GROUP BY patient HAVING count(body) = 0) ORDER BY number";
        self.all(asked, &[], |row| Ok((row.get(0)?, rows::number(row, 1)?)))
    }

    fn own_faults(&self) -> Done<Vec<Fault>> {
        let messages: Vec<String> = self.all("PRAGMA integrity_check", &[], |row| row.get(0))?;
        let of_pages = messages.into_iter().filter(|message| message != "ok");
        let mut faults: Vec<Fault> = of_pages.map(|message| Fault::Database { message }).collect();
        let tables: Vec<String> = self.all("PRAGMA foreign_key_check", &[], |row| row.get(0))?;
        faults.extend(tables.into_iter().map(|table| Fault::Reference { table }));
        let names = self.done(schema::differing(self.connection))?;
        faults.extend(names.into_iter().map(|name| Fault::Form { name }));
        Ok(faults)
    }

    fn snapshot(&self) -> Done<Box<dyn Snapshot + '_>> {
        if self.transaction.is_some() {
            return Ok(Box::new(None));
        }
        let begun = self.done(self.connection.unchecked_transaction())?;
        Ok(Box::new(Some(begun)))
    }
}

impl Writing for Tables<'_> {
    fn insert(&self, ward: i64, patient: Option<i64>, entry: &Stored) -> Done<()> {
        self.done(rows::insert(self.connection, ward, patient, entry))
    }

    fn insert_patient(&self, ward: i64, uid: Uid) -> Done<i64> {
        self.done(rows::insert_patient(self.connection, ward, uid))
    }

    fn insert_ward(&self, new: &NewWard<'_>) -> Done<i64> {
        self.done(rows::insert_ward(self.connection, new))
    }

    fn set_identity(&self, patient: i64, identity: Option<&Identity>) -> Done<()> {
        self.done(rows::set_identity(self.connection, patient, identity))
    }

    fn set_last(&self, patient: i64, seq: u32) -> Done<()> {
        let of = named_params! {":seq": seq, ":patient": patient};
        self.execute("UPDATE patient SET last_seq = :seq WHERE patient = :patient", of)
    }

    fn set_erased(&self, patient: i64, erased: bool) -> Done<()> {
        let of = named_params! {":erased": erased, ":patient": patient};
        self.execute("UPDATE patient SET erased = :erased WHERE patient = :patient", of)
    }

    fn set_head(&self, ward: i64, (number, hash): (u64, Hash)) -> Done<()> {
        let of = named_params! {":head": signed(number), ":hash": hash, ":ward": ward};
        self.execute("UPDATE ward SET head = :head, hash = :hash WHERE ward = :ward", of)
    }

    fn set_name(&self, ward: i64, name: &Text) -> Done<()> {
        let of = named_params! {":name": name.as_str(), ":ward": ward};
        self.execute("UPDATE ward SET name = :name WHERE ward = :ward", of)
    }

    fn set_settings(&self, ward: i64, body: &str) -> Done<()> {
        let of = named_params! {":body": body, ":ward": ward};
        self.execute("UPDATE ward SET settings = :body WHERE ward = :ward", of)
    }

    fn set_clinic(&self, ward: i64, body: &str) -> Done<()> {
        let of = named_params! {":body": body, ":ward": ward};
        self.execute("UPDATE ward SET clinic = :body WHERE ward = :ward", of)
    }

    fn without_ids(&self, ward: i64) -> Done<()> {
        self.execute("UPDATE patient SET id = NULL WHERE ward = :ward", named_params! {":ward": ward})
    }

    fn empty(&self, patient: i64) -> Done<()> {
        let of = named_params! {":patient": patient};
        self.execute("UPDATE event SET body = NULL, salt = NULL WHERE patient = :patient AND body IS NOT NULL", of)?;
        self.execute("DELETE FROM course WHERE patient = :patient", of)?;
        self.is_emptied.set(true);
        Ok(())
    }

    fn replace(&self, ward: i64, patient: i64, courses: &[CourseRow]) -> Done<()> {
        self.done(courses::replace(self.connection, ward, patient, courses))
    }

    fn set_folds(&self, ward: i64, fold: u32) -> Done<()> {
        let of = named_params! {":fold": fold, ":ward": ward};
        self.execute("UPDATE course SET fold = :fold WHERE ward = :ward", of)
    }

    fn set_fold(&self, patient: i64, fold: u32) -> Done<()> {
        let of = named_params! {":fold": fold, ":patient": patient};
        self.execute("UPDATE course SET fold = :fold WHERE patient = :patient", of)
    }

    fn insert_library(&self, library: &KeptLibrary) -> Done<()> {
        let of = named_params! {":digest": library.sha256, ":files": library.files};
        self.execute("INSERT INTO library (sha256, files) VALUES (:digest, :files) ON CONFLICT DO NOTHING", of)
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let Self { transaction, connection, path, lock, is_emptied } = *self;
        if let Some(transaction) = transaction {
            transaction.commit().map_err(|error| of_database(path, &error))?;
        }
        if is_emptied.get() {
            // The journal still has what was erased. If another program is reading it now, the next one to close the
            // register does this.
            let _ = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        }
        let Some((held, file)) = lock else { return Ok(()) };
        drop(held);
        // It is recorded only if the file is still the one that others open.
        file.is_still_at(path)
    }
}
