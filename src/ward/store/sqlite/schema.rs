//! The forms that a register has had, and the way from each to the next.
//!
//! A form is never changed once it was handed out: the next one is a step that is added. Each step is one
//! transaction, so that a file is in one form or in the next.

use std::collections::BTreeSet;

use rusqlite::{Connection, TransactionBehavior, config::DbConfig};

/// The steps from nothing to the newest form. The first makes form 1.
pub(super) const STEPS: &[&str] = &[include_str!("schema-1.sql")];
/// `OstW`, by which a register is known from any other database.
pub(super) const APPLICATION_ID: i32 = 0x4F73_7457;

/// The form that this program writes.
pub(super) fn newest() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
}

/// The form of an open database; none if it is no register.
pub(super) fn form(connection: &Connection) -> rusqlite::Result<Option<u32>> {
    let id: i32 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let form: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(Some(form).filter(|form| id == APPLICATION_ID && *form > 0))
}

/// Brings a database from one form to the newest, a step at a time.
pub(super) fn bring_up(connection: &mut Connection, from: u32, steps: &[&str]) -> rusqlite::Result<()> {
    let first = usize::try_from(from).unwrap_or(usize::MAX);
    for (form, step) in (1_u32..).zip(steps).skip(first) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", form)?;
        transaction.commit()?;
    }
    Ok(())
}

/// The statements of a form, by the names of what they make. The statistics of the database are no part of it.
fn statements(connection: &Connection) -> rusqlite::Result<Vec<(String, Option<String>)>> {
    let mut asked =
        connection.prepare("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name")?;
    asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// The names of tables, indexes and triggers that are not as the program makes them; none in a register of another form.
pub(super) fn differing(connection: &Connection) -> rusqlite::Result<BTreeSet<String>> {
    if form(connection)? != Some(newest()) {
        return Ok(BTreeSet::new());
    }
    let (found, needed) = (statements(connection)?, newest_statements()?);
    let missing = needed.iter().filter(|it| !found.contains(it));
    Ok(found.iter().filter(|it| !needed.contains(it)).chain(missing).map(|(name, _)| name.clone()).collect())
}

/// The statements of the newest form.
fn newest_statements() -> rusqlite::Result<Vec<(String, Option<String>)>> {
    let mut empty = Connection::open_in_memory()?;
    empty.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    bring_up(&mut empty, 0, STEPS)?;
    statements(&empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_register_goes_through_each_form_and_keeps_what_is_in_it() {
        let mut connection = Connection::open_in_memory().unwrap();
        assert_eq!(form(&connection).unwrap(), None);
        bring_up(&mut connection, 0, STEPS).unwrap();
        assert_eq!(form(&connection).unwrap(), Some(newest()));
        connection.execute("INSERT INTO library (sha256, files) VALUES ('a', '{}')", []).unwrap();
        let more =
            [STEPS, &["ALTER TABLE library ADD COLUMN note TEXT", "CREATE TABLE member (name TEXT) STRICT"]].concat();
        bring_up(&mut connection, newest(), &more).unwrap();
        assert_eq!(form(&connection).unwrap(), Some(newest() + 2));
        let kept: String = connection.query_row("SELECT sha256 FROM library", [], |row| row.get(0)).unwrap();
        assert_eq!(kept, "a");
    }

    #[test]
    fn a_step_that_fails_leaves_the_form_before() {
        let mut connection = Connection::open_in_memory().unwrap();
        bring_up(&mut connection, 0, STEPS).unwrap();
        let broken = [STEPS, &["CREATE TABLE half (x TEXT) STRICT; CREATE TABLE half (x TEXT) STRICT"]].concat();
        assert!(bring_up(&mut connection, newest(), &broken).is_err());
        assert_eq!(form(&connection).unwrap(), Some(newest()));
        assert_eq!(statements(&connection).unwrap(), newest_statements().unwrap());
    }
}
