//! The tables of a register on a server: the questions and statements of `PostgreSQL`.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    path::Path,
};

use chrono::NaiveDate;
use postgres::{Row, Transaction, types::ToSql};

use super::{
    super::{
        DamagedPatient, Fault, Hash, KeptLibrary, PatientKey, StoreError, Stored, Uid, Ward, chain,
        due::Listed,
        projection::CourseRow,
        rows::PatientRow,
        tables::{Chained, Done, NewWard, Reading, Snapshot, Writing},
    },
    rows,
    trouble::{broken, gone, of_server, trouble},
};
use crate::{
    json::Text,
    ward::{
        event::{Identity, Kind},
        namesake::Person,
    },
};

/// What a question or a statement is asked with.
type With<'w> = &'w [&'w (dyn ToSql + Sync)];

/// The tables of a ward, in one transaction.
pub(super) struct Tables<'c> {
    transaction: RefCell<Transaction<'c>>,
    path: &'c Path,
    /// The key of the ward; 0 before it is there.
    ward: Cell<i64>,
}

impl<'c> Tables<'c> {
    pub(super) fn new(transaction: Transaction<'c>, path: &'c Path, ward: i64) -> Self {
        Self { transaction: RefCell::new(transaction), path, ward: Cell::new(ward) }
    }

    /// Waits until nobody else records in the ward, and keeps the others out to the end of the transaction.
    pub(super) fn lock(&self) -> Done<()> {
        let found = self.ask("SELECT head, hash FROM ward WHERE ward = $1 FOR UPDATE", &[&self.ward.get()])?;
        if found.is_empty() { Err(gone(self.path)) } else { Ok(()) }
    }

    fn ask(&self, question: &str, with: With<'_>) -> Done<Vec<Row>> {
        self.transaction.borrow_mut().query(question, with).map_err(|error| trouble(self.path, &error))
    }

    fn execute(&self, statement: &str, with: With<'_>) -> Done<()> {
        self.transaction.borrow_mut().execute(statement, with).map(drop).map_err(|error| trouble(self.path, &error))
    }

    /// The row that is asked for.
    fn one(&self, question: &str, with: With<'_>) -> Done<Row> {
        self.ask(question, with)?.pop().ok_or_else(|| broken(self.path))
    }

    /// Every row as what it holds.
    fn all<T>(&self, question: &str, with: With<'_>, row: impl FnMut(&Row) -> Option<T>) -> Done<Vec<T>> {
        self.ask(question, with)?.iter().map(row).collect::<Option<_>>().ok_or_else(|| broken(self.path))
    }

    /// The first row as what it holds, if there is one.
    fn first<T>(&self, question: &str, with: With<'_>, row: impl FnMut(&Row) -> Option<T>) -> Done<Option<T>> {
        Ok(self.all(question, with, row)?.into_iter().next())
    }

    fn sure<T>(&self, read: Option<T>) -> Done<T> {
        read.ok_or_else(|| broken(self.path))
    }
}

/// A number as the database counts.
fn signed(number: u64) -> i64 {
    number.min(i64::MAX.cast_unsigned()).cast_signed()
}

/// A small one. What is larger is none that an entry can have.
fn small(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// How many rows at most.
fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

impl Snapshot for () {}

impl Reading for Tables<'_> {
    fn path(&self) -> &Path {
        self.path
    }

    fn ward(&self) -> Done<(i64, Ward)> {
        let mut found =
            self.ask("SELECT uid, name, settings, clinic FROM ward WHERE ward = $1", &[&self.ward.get()])?;
        let row = found.pop().ok_or_else(|| gone(self.path))?;
        Ok((self.ward.get(), self.sure(rows::ward(&row))?))
    }

    fn ward_name(&self) -> Done<Option<(i64, Uid)>> {
        let asked = "SELECT ward, uid FROM ward WHERE ward = $1";
        self.first(asked, &[&self.ward.get()], |row| Some((rows::value(row, 0)?, rows::parsed(row, 1)?)))
    }

    fn wards(&self) -> Done<u64> {
        // Others on the same server are no fault.
        Ok(1)
    }

    fn head(&self, ward: i64) -> Done<(u64, Hash)> {
        let row = self.one("SELECT head, hash FROM ward WHERE ward = $1", &[&ward])?;
        self.sure(rows::number(&row, 0).zip(rows::hash(&row, 1)))
    }

    fn last_hash(&self, (ward, uid): (i64, Uid)) -> Done<(u64, Hash)> {
        let asked = "SELECT number, hash FROM event WHERE ward = $1 ORDER BY number DESC LIMIT 1";
        let last = self.first(asked, &[&ward], |row| Some((rows::number(row, 0)?, rows::hash(row, 1)?)))?;
        Ok(last.unwrap_or((0, chain::origin(uid))))
    }

    fn last(&self, (ward, uid): (i64, Uid)) -> Done<Option<Stored>> {
        let asked = format!("{} WHERE e.ward = $1 ORDER BY e.number DESC LIMIT 1", rows::ENTRY);
        self.first(&asked, &[&ward], |row| rows::entry(uid, row))
    }

    fn entry(&self, (ward, uid): (i64, Uid), number: u64) -> Done<Option<Stored>> {
        let asked = format!("{} WHERE e.ward = $1 AND e.number = $2", rows::ENTRY);
        self.first(&asked, &[&ward, &signed(number)], |row| rows::entry(uid, row))
    }

    fn hash_of(&self, ward: i64, number: u64) -> Done<Option<Hash>> {
        let asked = "SELECT hash FROM event WHERE ward = $1 AND number = $2";
        self.first(asked, &[&ward, &signed(number)], |row| rows::hash(row, 0))
    }

    fn events(&self, (ward, uid): (i64, Uid), from: u64, most: usize) -> Done<Vec<Stored>> {
        let asked = format!("{} WHERE e.ward = $1 AND e.number >= $2 ORDER BY e.number LIMIT $3", rows::ENTRY);
        self.all(&asked, &[&ward, &signed(from), &limit(most)], |row| rows::entry(uid, row))
    }

    fn numbered(&self, (ward, uid): (i64, Uid), after: u64, most: usize) -> Done<Vec<(u64, Option<Stored>)>> {
        let asked = format!("{} WHERE e.ward = $1 AND e.number > $2 ORDER BY e.number LIMIT $3", rows::ENTRY);
        let numbered = |row: &Row| Some((rows::number(row, 0)?, rows::entry(uid, row)));
        self.all(&asked, &[&ward, &signed(after), &limit(most)], numbered)
    }

    fn of_ward(&self, (ward, uid): (i64, Uid)) -> Done<Vec<Stored>> {
        let asked = format!("{} WHERE e.ward = $1 AND e.patient IS NULL ORDER BY e.number", rows::ENTRY);
        self.all(&asked, &[&ward], |row| rows::entry(uid, row))
    }

    fn find(&self, ward: i64, key: &PatientKey) -> Done<Option<PatientRow>> {
        let (column, value) = match key {
            PatientKey::Id(id) => ("id", id.to_string()),
            PatientKey::Uid(uid) => ("uid", uid.to_string()),
        };
        let asked = format!("{} WHERE ward = $1 AND {column} = $2", rows::PATIENT);
        self.first(&asked, &[&ward, &value], rows::patient)
    }

    fn row(&self, patient: i64) -> Done<Result<PatientRow, DamagedPatient>> {
        let row = self.one(&format!("{} WHERE patient = $1", rows::PATIENT), &[&patient])?;
        Ok(rows::patient(&row).ok_or_else(|| rows::named(&row)))
    }

    fn entries(&self, ward: Uid, patient: i64) -> Done<Vec<Option<Stored>>> {
        let asked = format!("{} WHERE e.patient = $1 ORDER BY e.seq", rows::ENTRY);
        Ok(self.ask(&asked, &[&patient])?.iter().map(|row| rows::entry(ward, row)).collect())
    }

    fn chained(&self, ward: Uid, patient: i64) -> Done<Vec<Chained>> {
        let asked = format!("{} WHERE e.patient = $1 ORDER BY e.seq", rows::ENTRY_AFTER);
        let chained = |row: &Row| Chained {
            number: rows::number(row, 0).unwrap_or_default(),
            entry: rows::entry(ward, row),
            before: rows::hash(row, rows::HASH_BEFORE),
        };
        Ok(self.ask(&asked, &[&patient])?.iter().map(chained).collect())
    }

    fn ids(&self, ward: i64, after: Option<&Text>, most: usize) -> Done<Vec<(Text, i64)>> {
        // In the order of their bytes, whatever the language of the database is.
        let asked = "SELECT id, patient FROM patient WHERE ward = $1 AND id COLLATE \"C\" > $2 \
                     ORDER BY id COLLATE \"C\" LIMIT $3";
        let of = |row: &Row| Some((rows::parsed(row, 0)?, rows::value(row, 1)?));
        self.all(asked, &[&ward, &after.map_or("", Text::as_str), &limit(most)], of)
    }

    fn persons(&self, ward: i64) -> Done<Vec<Person>> {
        let asked =
            "SELECT id, name, birth_date FROM patient WHERE ward = $1 AND id IS NOT NULL AND birth_date IS NOT NULL";
        self.all(asked, &[&ward], rows::person)
    }

    fn keys(&self, after: i64, most: usize, only_kept: bool) -> Done<Vec<i64>> {
        let asked = "SELECT patient FROM patient WHERE ward = $1 AND patient > $2 AND NOT (erased AND $3) \
                     ORDER BY patient LIMIT $4";
        self.all(asked, &[&self.ward.get(), &after, &only_kept, &limit(most)], |row| rows::value(row, 0))
    }

    fn last_backup(&self, ward: i64) -> Done<Option<NaiveDate>> {
        let asked = "SELECT on_date FROM event WHERE patient IS NULL AND ward = $1 AND kind = $2 \
                     AND body::jsonb ->> 'to' IS NOT NULL ORDER BY number DESC LIMIT 1";
        self.first(asked, &[&ward, &Kind::Copied.as_str()], |row| rows::value(row, 0))
    }

    fn courses(&self, ward: i64, patient: i64) -> Done<Vec<Option<CourseRow>>> {
        let asked =
            format!("SELECT {} FROM course c WHERE c.patient = $1 AND c.ward = $2 ORDER BY c.course", rows::COURSE);
        Ok(self.ask(&asked, &[&patient, &ward])?.iter().map(|row| rows::course(row, 0)).collect())
    }

    fn listed(&self, ward: i64, last: NaiveDate) -> Done<Vec<(i64, Option<Listed>)>> {
        let asked = format!(
            "SELECT p.patient, p.uid, p.id, p.name, p.birth_date, {} FROM course c JOIN patient p ON p.patient = c.patient \
             WHERE c.ward = $1 AND (c.next_due <= $2 OR c.no_date OR c.state = 'on-hold')",
            rows::COURSE
        );
        self.all(&asked, &[&ward, &last], |row| Some((rows::value(row, 0)?, rows::listed(row))))
    }

    fn without_day(&self, _: i64) -> Done<Vec<i64>> {
        // A day of the database is one.
        Ok(Vec::new())
    }

    fn of_other_fold(&self, fold: u32) -> Done<BTreeMap<i64, i64>> {
        let asked = "SELECT patient, fold FROM course WHERE ward = $1 AND (fold < $2 OR fold > $2)";
        let of = |row: &Row| Some((rows::value(row, 0)?, rows::value::<i32>(row, 1)?.cast_unsigned().into()));
        Ok(self.all(asked, &[&self.ward.get(), &fold.cast_signed()], of)?.into_iter().collect())
    }

    fn lost(&self, ward: i64) -> Done<Vec<i64>> {
        let asked = "SELECT p.patient FROM patient p WHERE p.ward = $1 AND NOT p.erased \
                     AND NOT EXISTS (SELECT 1 FROM course c WHERE c.patient = p.patient) \
                     AND EXISTS (SELECT 1 FROM event e WHERE e.patient = p.patient AND e.kind = 'planned') \
                     ORDER BY p.patient";
        self.all(asked, &[&ward], |row| rows::value(row, 0))
    }

    fn libraries(&self) -> Done<Vec<KeptLibrary>> {
        self.all("SELECT sha256, files FROM library ORDER BY sha256 COLLATE \"C\"", &[], rows::library)
    }

    fn has_library(&self, digest: &str) -> Done<bool> {
        Ok(!self.ask("SELECT 1 FROM library WHERE sha256 = $1", &[&digest])?.is_empty())
    }

    fn misplaced(&self, ward: i64) -> Done<Vec<u64>> {
        let asked = "SELECT e.number FROM event e \
                     LEFT JOIN (SELECT patient, max(number) AS number FROM event WHERE ward = $1 AND kind = 'erased' \
                     AND body IS NOT NULL GROUP BY patient) l ON l.patient = e.patient \
                     WHERE e.ward = $1 AND (e.body IS NULL) <> coalesce(e.number < l.number, false) ORDER BY e.number";
        self.all(asked, &[&ward], |row| rows::number(row, 0))
    }

    fn without_erasure(&self, ward: i64) -> Done<Vec<(i64, u64)>> {
        let asked = "SELECT patient, number FROM event WHERE ward = $1 AND patient IN \
                     (SELECT patient FROM event WHERE ward = $1 GROUP BY patient HAVING count(body) = 0) ORDER BY number";
        self.all(asked, &[&ward], |row| Some((rows::value(row, 0)?, rows::number(row, 1)?)))
    }

    fn own_faults(&self) -> Done<Vec<Fault>> {
        let asked = "SELECT needed FROM unnest(ARRAY['event_kept', 'event_not_truncated']) needed \
                     WHERE NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = needed \
                     AND tgrelid = 'osteodose.event'::regclass AND tgenabled <> 'D') \
                     UNION ALL SELECT relname::text FROM pg_class WHERE relnamespace = 'osteodose'::regnamespace \
                     AND relname IN ('ward', 'event', 'patient', 'course') AND NOT relrowsecurity";
        self.all(asked, &[], |row| Some(Fault::Form { name: rows::value(row, 0)? }))
    }

    fn snapshot(&self) -> Done<Box<dyn Snapshot + '_>> {
        // All of it is read in one transaction, and so in one moment.
        Ok(Box::new(()))
    }
}

impl Writing for Tables<'_> {
    fn insert(&self, ward: i64, patient: Option<i64>, entry: &Stored) -> Done<()> {
        let Stored { header, body, salt, body_hash, hash } = entry;
        let (seq, course) = (header.seq.map(small), header.course.map(small));
        let insert = "INSERT INTO event (ward, number, patient, seq, course, kind, on_date, recorded_ms, offset_min, \
                      by_name, os_user, host, program, body, salt, body_hash, hash) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
        self.execute(
            insert,
            &[
                &ward,
                &signed(header.number),
                &patient,
                &seq,
                &course,
                &header.kind,
                &header.on,
                &header.recorded_ms,
                &header.offset_min,
                &header.by,
                &header.os_user,
                &header.host,
                &header.program,
                body,
                &salt.as_ref().map(<[u8; 16]>::as_slice),
                &body_hash.as_slice(),
                &hash.as_slice(),
            ],
        )
    }

    fn insert_patient(&self, ward: i64, uid: Uid) -> Done<i64> {
        let insert = "INSERT INTO patient (ward, uid, last_seq) VALUES ($1, $2, 0) RETURNING patient";
        let row = self.one(insert, &[&ward, &uid.to_string()])?;
        self.sure(rows::value(&row, 0))
    }

    fn insert_ward(&self, new: &NewWard<'_>) -> Done<i64> {
        let NewWard { uid, name, settings, clinic, hash } = new;
        let insert = "INSERT INTO ward (uid, name, settings, clinic, head, hash) VALUES ($1, $2, $3, $4, 0, $5) \
                      RETURNING ward";
        let row = self.one(insert, &[&uid.to_string(), name, settings, clinic, &hash.as_slice()])?;
        let key = self.sure(rows::value(&row, 0))?;
        // Whoever makes it may use it.
        self.execute("INSERT INTO member (role, ward) VALUES (session_user, $1)", &[&key])?;
        self.ward.set(key);
        Ok(key)
    }

    fn set_identity(&self, patient: i64, identity: Option<&Identity>) -> Done<()> {
        let update = "UPDATE patient SET id = $1, name = $2, birth_date = $3 WHERE patient = $4";
        let id = identity.map(|it| it.id.as_str());
        let name = identity.and_then(|it| it.name.as_ref()).map(Text::as_str);
        self.execute(update, &[&id, &name, &identity.map(|it| it.birth_date), &patient])
    }

    fn set_last(&self, patient: i64, seq: u32) -> Done<()> {
        self.execute("UPDATE patient SET last_seq = $1 WHERE patient = $2", &[&small(seq), &patient])
    }

    fn set_erased(&self, patient: i64, erased: bool) -> Done<()> {
        self.execute("UPDATE patient SET erased = $1 WHERE patient = $2", &[&erased, &patient])
    }

    fn set_head(&self, ward: i64, (number, hash): (u64, Hash)) -> Done<()> {
        let update = "UPDATE ward SET head = $1, hash = $2 WHERE ward = $3";
        self.execute(update, &[&signed(number), &hash.as_slice(), &ward])
    }

    fn set_name(&self, ward: i64, name: &Text) -> Done<()> {
        // Nobody who records may change it, so it is not written where it is as it should be.
        let kept =
            self.first("SELECT name FROM ward WHERE ward = $1", &[&ward], |row| rows::value::<String>(row, 0))?;
        if kept.as_deref() == Some(name.as_str()) {
            return Ok(());
        }
        self.execute("UPDATE ward SET name = $1 WHERE ward = $2", &[&name.as_str(), &ward])
    }

    fn set_settings(&self, ward: i64, body: &str) -> Done<()> {
        self.execute("UPDATE ward SET settings = $1 WHERE ward = $2", &[&body, &ward])
    }

    fn set_clinic(&self, ward: i64, body: &str) -> Done<()> {
        self.execute("UPDATE ward SET clinic = $1 WHERE ward = $2", &[&body, &ward])
    }

    fn without_ids(&self, ward: i64) -> Done<()> {
        self.execute("UPDATE patient SET id = NULL WHERE ward = $1", &[&ward])
    }

    fn empty(&self, patient: i64) -> Done<()> {
        let update = "UPDATE event SET body = NULL, salt = NULL WHERE patient = $1 AND body IS NOT NULL";
        self.execute(update, &[&patient])?;
        self.execute("DELETE FROM course WHERE patient = $1", &[&patient])
    }

    fn replace(&self, ward: i64, patient: i64, courses: &[CourseRow]) -> Done<()> {
        self.execute("DELETE FROM course WHERE patient = $1", &[&patient])?;
        let insert = "INSERT INTO course (patient, course, ward, state, drug, dose, next_dose, next_due, look_again, \
                      no_date, given, last_given, open, fold, regimens_sha256, as_of) \
                      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
        courses.iter().try_for_each(|it| {
            self.execute(
                insert,
                &[
                    &patient,
                    &small(it.course),
                    &ward,
                    &it.state,
                    &it.drug,
                    &it.dose,
                    &it.next_dose.map(i32::from),
                    &it.next_due,
                    &it.look_again,
                    &it.no_date,
                    &small(it.given),
                    &it.last_given,
                    &it.open,
                    &it.fold.cast_signed(),
                    &it.regimens,
                    &signed(it.as_of),
                ],
            )
        })
    }

    fn set_folds(&self, ward: i64, fold: u32) -> Done<()> {
        self.execute("UPDATE course SET fold = $1 WHERE ward = $2", &[&fold.cast_signed(), &ward])
    }

    fn set_fold(&self, patient: i64, fold: u32) -> Done<()> {
        self.execute("UPDATE course SET fold = $1 WHERE patient = $2", &[&fold.cast_signed(), &patient])
    }

    fn insert_library(&self, library: &KeptLibrary) -> Done<()> {
        let insert = "INSERT INTO library (sha256, files) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        self.execute(insert, &[&library.sha256, &library.files])
    }

    fn commit(self: Box<Self>) -> Result<(), StoreError> {
        self.transaction.into_inner().commit().map_err(|error| of_server(self.path, &error))
    }
}
