//! Opening a register: what must be true of the file and its place before anything is read, and how it is used.

use std::path::Path;

use rusqlite::{Connection, MAIN_DB, OpenFlags, config::DbConfig};

use super::{
    super::{StoreError, Who, again, verify},
    Access, PATIENCE, Sqlite, backup, lock,
    place::{FileId, beside, refuse_beside, refuse_network, refuse_two_names, resolved, share_beside},
    rows, schema,
    tables::Tables,
    trouble::of_database,
};
use crate::json::hex;

/// The oldest version of the database that is used. One before can lose what was written when several programs write
/// at once (the WAL-reset bug of 3.7.0 to 3.51.2).
pub(super) const OLDEST_DATABASE: i32 = 3_051_003;
/// The memory for pages of the file, in KiB, which the database takes as a negative number.
const CACHE_KIB: i32 = -16 * 1024;
/// The journal that every register has beside it.
pub(super) const JOURNAL: &str = "wal";
/// How the name of that journal ends.
const JOURNAL_ENDING: &str = "-wal";

/// Opens a register that is there.
pub(super) fn open(path: &Path, who: Who) -> Result<Sqlite, StoreError> {
    refuse_old_database(rusqlite::version_number())?;
    let path = resolved(path)?;
    refuse_network(&path)?;
    // The file that is looked at here is the one that is opened below, or it is refused at the first save.
    let file = FileId::of(&path).ok_or_else(|| StoreError::NotThere { path: path.clone() })?;
    refuse_two_names(&path)?;
    refuse_beside(&path)?;
    share_beside(&path);
    look(&path)?;
    let told = |error: &rusqlite::Error| of_database(&path, error);
    let mut connection = connect(&path).map_err(|error| told(&error))?;
    configure(&connection).map_err(|error| told(&error))?;
    // The journal may say more than the file alone.
    let found = known_form(&connection, &path)?;
    let access = access(&connection).map_err(|error| told(&error))?;
    if found < schema::newest() && access == Access::Write {
        migrate(&mut connection, &path, schema::STEPS)?;
    }
    let (key, ward) = again::ward(&Tables::apart(&connection, &path))?;
    if access != Access::Write {
        connection.pragma_update(None, "query_only", true).map_err(|error| told(&error))?;
    }
    Ok(Sqlite { connection, path, file, access, key, ward, who, say_waiting: Box::new(|| ()) })
}

/// Brings a register to the last of these forms, while nobody else records. What it was stays beside it.
fn migrate(connection: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let _held = lock::hold(path, PATIENCE, || ())?;
    let told = |error: &rusqlite::Error| of_database(path, error);
    // Another program may have done it meanwhile.
    let found = schema::form(connection).map_err(|error| told(&error))?.unwrap_or_default();
    if usize::try_from(found).is_ok_and(|found| found >= steps.len()) {
        return Ok(());
    }
    let (key, _) = rows::ward(connection).map_err(|error| told(&error))?;
    // One that was begun and not finished has left its copy, which is not replaced.
    let names = (0..).map(|at| if at == 0 { String::new() } else { format!("-{at}") });
    let mut copies = names.map(|more| beside(path, &format!(".before-{}{more}", steps.len())));
    let free = copies.find(|copy| std::fs::symlink_metadata(copy).is_err());
    free.map(|copy| backup::copy(connection, key, &copy, |copy| verify::is_whole(&Tables::apart(copy, path))))
        .transpose()?;
    schema::bring_up(connection, found, steps).map_err(|error| told(&error))
}

/// Refuses a version of the database that can lose what was written.
pub(super) fn refuse_old_database(found: i32) -> Result<(), StoreError> {
    if found < OLDEST_DATABASE {
        return Err(StoreError::OldDatabase { found, needed: OLDEST_DATABASE });
    }
    Ok(())
}

/// Refuses a file of another program, and a register of a newer one, without anything being made beside it.
///
/// The database reads the file as one that nobody changes, so it takes no lock and opens no journal. It must be the
/// database: the system forgets the locks of this process on a file when any other handle of it is closed, and with
/// them those of another register that is open here.
///
/// Where the journal was being written back as the power failed or the disk was full, or is being written back now, the
/// file alone reads as damaged. Then it is for the database to make it whole with its journal.
fn look(path: &Path) -> Result<(), StoreError> {
    let told = |error: &rusqlite::Error| of_database(path, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(unchanging(path), flags).map_err(|error| told(&error))?;
    match known_form(&connection, path) {
        Err(StoreError::Damaged { .. }) if beside(path, JOURNAL_ENDING).exists() => Ok(()),
        looked => looked.map(drop),
    }
}

/// The form of a register that this program knows.
fn known_form(connection: &Connection, path: &Path) -> Result<u32, StoreError> {
    match schema::form(connection).map_err(|error| of_database(path, &error))? {
        None => Err(StoreError::NotARegister { path: path.to_owned() }),
        Some(schema) if schema > schema::newest() => {
            Err(StoreError::Newer { path: path.to_owned(), schema, known: schema::newest() })
        }
        Some(schema) => Ok(schema),
    }
}

/// The address of a file that nobody changes.
pub(super) fn unchanging(path: &Path) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_');
    let mut address = "file:".to_owned();
    // On Windows a path begins with the letter of a drive.
    if cfg!(windows) {
        address.push('/');
    }
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b':' if cfg!(windows) => address.push(':'),
            byte if is_plain(*byte) => address.push(char::from(*byte)),
            byte => {
                address.push('%');
                address.push_str(&hex(&[*byte]));
            }
        }
    }
    address + "?immutable=1"
}

/// Opens a database: by its path and never by an address, without a lock of threads, as one thread uses it.
fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if cfg!(unix) {
        // The path was resolved: a link in it now came in between.
        flags |= OpenFlags::SQLITE_OPEN_NOFOLLOW;
    }
    Connection::open_with_flags(path, flags)
}

/// How every register is used: what is said to be written is on the disk, and what is in the file is not trusted.
pub(super) fn configure(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "cache_size", CACHE_KIB)?;
    if cfg!(target_os = "macos") {
        connection.pragma_update(None, "fullfsync", true)?;
        connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    }
    Ok(())
}

/// What may be done with a file. A register has its journal beside it; a file that has none is a copy, and whoever
/// recorded in a copy would have two registers of one ward.
fn access(connection: &Connection) -> rusqlite::Result<Access> {
    let journal: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    Ok(match journal.as_str() {
        JOURNAL if connection.is_readonly(MAIN_DB)? => Access::ReadOnly,
        JOURNAL => Access::Write,
        _ => Access::Copy,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_can_lose_entries_is_refused() {
        assert!(refuse_old_database(rusqlite::version_number()).is_ok());
        for found in [3_040_001, 3_051_002] {
            let refused = StoreError::OldDatabase { found, needed: 3_051_003 };
            assert_eq!(refuse_old_database(found), Err(refused));
        }
    }

    #[test]
    fn a_register_is_brought_to_a_newer_form_and_what_it_was_stays_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("register.db");
        let mut connection = Connection::open(&path).unwrap();
        schema::bring_up(&mut connection, 0, schema::STEPS).unwrap();
        let ward = "INSERT INTO ward VALUES (1, '000102030405060708090a0b0c0d0e0f', 'Day unit', \
                    '{\"kind\":\"settings-set\",\"settings\":{\"format\":\"osteodose-ward/1\"}}', \
                    '{\"kind\":\"clinic-set\"}', 0, x'be45cb2605bf36bebde684841a28f0fd43c69850a3dce5fedba69928ee3a8991')";
        connection.execute(ward, []).unwrap();
        let origin = super::super::super::chain::origin(rows::ward(&connection).unwrap().1.uid);
        connection.execute("UPDATE ward SET hash = ?1", [origin]).unwrap();
        let steps = [schema::STEPS, &["CREATE TABLE member (name TEXT) STRICT"]].concat();
        for name in ["register.db.before-2", "register.db.before-2-1"] {
            migrate(&mut connection, &path, &steps).unwrap();
            assert_eq!(schema::form(&connection).unwrap(), Some(2));
            let before = Connection::open(folder.path().join(name)).unwrap();
            assert_eq!(schema::form(&before).unwrap(), Some(1), "{name}");
            connection.execute_batch("DROP TABLE member; PRAGMA user_version = 1").unwrap();
        }
    }

    #[cfg(unix)]
    #[test]
    fn any_name_of_a_file_can_be_an_address() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a b.db", "50%.db", "what?.db", "a#b.db", "ä.db", "file:x?mode=memory.db"] {
            let path = folder.path().join(name);
            let made = Connection::open(&path);
            // A name that reads like an address is only ever given as part of a path.
            let made = made.unwrap();
            made.pragma_update(None, "user_version", 7).unwrap();
            drop(made);
            assert!(path.exists(), "{name}");
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
            let read = Connection::open_with_flags(unchanging(&path), flags).unwrap();
            let form: u32 = read.query_row("PRAGMA user_version", [], |row| row.get(0)).unwrap();
            assert_eq!(form, 7, "{name}");
        }
    }
}
