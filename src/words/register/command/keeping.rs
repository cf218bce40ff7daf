//! Making, proving, copying and restoring a register.

use chrono::NaiveDate;

use super::super::foot;
use crate::{
    ward::store::{DamagedPatient, StoreError},
    words::{
        spoken::{all_of, counted},
        store,
    },
};

/// From how many days on the age of the last backup is said.
const BACKUP_IS_OLD: i64 = 2;

/// A register was made.
pub fn created(path: &str, ward: &str) -> String {
    format!("{path}: the register of {ward} is ready.")
}

/// A register was made since none was in the usual place.
pub fn made_here(path: &str) -> String {
    format!("No register was there yet, so one was made: {path}.")
}

/// A register that is not in its place, and was there.
pub fn gone(path: &str, lock: &str) -> String {
    format!(
        "{path}: the register is gone from its place, and no other one is made. Bring it back, or restore a backup. To begin \
         a new one, delete {lock} first."
    )
}

/// What was printed of the chain.
pub fn anchored(number: u64, moment: &str, anchor: &str) -> String {
    format!("Entry {} of {moment}. Anchor {anchor}. Keep it outside this computer.", super::super::number(number))
}

/// A register in which nothing is wrong.
pub fn whole(entries: u64, patients: u64, anchor: &str) -> String {
    let patients = counted(i64::try_from(patients).unwrap_or(i64::MAX), "patient");
    format!("Whole: {} entries, {patients}. Anchor {anchor}.", super::super::number(entries))
}

/// A file that cannot be read as a register, though it is one.
pub fn not_readable(path: &str) -> String {
    format!("{path}: the file is damaged, or was altered by another program, and cannot be read.")
}

/// How many things are wrong with a register.
pub fn faults(count: usize, is_more: bool) -> String {
    let count = counted(i64::try_from(count).unwrap_or(i64::MAX), "fault");
    if is_more { format!("At least {count}.") } else { format!("{count}.") }
}

/// A backup was made.
pub fn backed_up(path: &str, number: u64, anchor: &str) -> String {
    format!("{path}: backup up to entry {}. Anchor {anchor}.", super::super::number(number))
}

/// A backup was made, before why no more of it could be shown.
pub fn backed_up_but(path: &str) -> String {
    format!("{path}: the backup is made, but")
}

/// What was said of a register that was made, before why it could not be shown.
pub fn made_but(said: &str) -> String {
    format!("{said} But")
}

/// A file in the folder of the backups that cannot be read.
pub fn unread_backup(path: &str) -> String {
    format!("{path}: cannot be read, so it is neither counted as a backup of this register nor deleted.")
}

/// Who makes a backup where nobody is named: the user of the computer, by name and number.
pub fn user(user: &str) -> String {
    format!("user {user}")
}

/// A backup is there, but the register could not be told so.
pub fn not_remembered(error: &StoreError) -> String {
    format!("The register does not know of this backup, and a list will not count it. {}", store::why(error))
}

/// How old the last backup is, on a day; nothing where it is of that day or the one before.
pub fn last_backup(last: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    let Some(last) = last else { return Some("No backup of this register was made yet.".to_owned()) };
    let days = (today - last).num_days();
    (days >= BACKUP_IS_OLD).then(|| format!("Last backup {} ago.", counted(days, "day")))
}

/// An older backup was deleted.
pub fn deleted(path: &str) -> String {
    format!("{path}: older backup, deleted.")
}

/// A register was made of a backup.
pub fn restored(path: &str, missing: u64) -> String {
    if missing == 0 {
        return format!("{path}: restored.");
    }
    // A backup is recorded in the register that it was made of, and so after its own end.
    if missing == 1 {
        return format!(
            "{path}: restored. 1 entry is missing after the end of the backup: most likely the one on the backup \
             itself. If something else was recorded after the backup, enter it again."
        );
    }
    let missing = super::super::number(missing);
    format!(
        "{path}: restored. {missing} entries are missing after the end of the backup, most likely with the one on the \
         backup itself. Enter the others again."
    )
}

/// How many entries are missing after an end; nothing where none is.
fn lacks(missing: u64, end: &str) -> Option<String> {
    let (missing, them) = match missing {
        0 => return None,
        1 => ("1 entry is".to_owned(), "it"),
        _ => (format!("{} entries are", super::super::number(missing)), "them"),
    };
    Some(format!("{missing} missing after {end}. Enter {them} again."))
}

/// What was exported while a patient was erased.
pub const ERASED_MEANWHILE: &str = "A patient was erased while the register was exported, and what was erased is in this \
                                    export. Delete it, and export again.";
/// A file without any entry.
pub const NO_ENTRY: &str = "no entry is in it. Use a file that \"ward export\" made.";
/// Entries that are no register together.
pub const NO_REGISTER_OF_THESE: &str =
    "the entries in it are not those of a register. Use a file that \"ward export\" made.";
/// What became of the register that was to be made.
pub const NO_REGISTER_MADE: &str = "No register was made.";

/// A register was made of the lines of another one.
pub fn taken_back(path: &str, last: u64, anchor: &str, missing: u64) -> String {
    let lacks = lacks(missing, "the last line").map_or_else(String::new, |lacks| format!(" {lacks}"));
    format!("{path}: taken back. {}{lacks}", foot(last, anchor))
}

/// Courses were computed again.
pub fn refreshed(patients: usize) -> String {
    format!("Computed again: {}.", counted(i64::try_from(patients).unwrap_or(i64::MAX), "patient"))
}

/// A patient whose courses were not computed again.
pub fn not_refreshed(patient: &DamagedPatient) -> String {
    format!(
        "Not computed again: {}. {}",
        super::super::damaged_patient(patient),
        super::super::damaged(&patient.entries)
    )
}

/// A patient whose dates are not known.
pub fn dates_not_known(patient: &DamagedPatient) -> String {
    format!("{}: {}", super::super::damaged_patient(patient), super::super::damaged(&patient.entries))
}

/// Patients who are not in a forecast.
pub fn not_counted(ids: &[String]) -> String {
    format!(
        "Not counted: {}, since entries were altered or are missing. Have the register verified (osteodose ward verify).",
        all_of(ids)
    )
}

/// A patient was erased.
pub fn erased(entries: u32) -> String {
    let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    format!("Erased: who the patient was, and what {entries} said. Backups still hold it until they are deleted.")
}

/// A register was copied.
#[cfg(feature = "ward-postgres")]
pub fn copied(path: &str, last: u64, anchor: &str) -> String {
    format!("{path}: copied. {}", foot(last, anchor))
}

/// A copy is there, but the register that it was made of could not be told so.
#[cfg(feature = "ward-postgres")]
pub const COPIED_NOT_REMEMBERED: &str = "The copy is made, and the original does not know of it.";

/// Asks for the password of a server.
#[cfg(feature = "ward-postgres")]
pub fn password_of(address: &str) -> String {
    format!("Password for {address}: ")
}

/// A file with a password that others may read.
#[cfg(feature = "ward-postgres")]
pub const PASSWORD_IS_SHOWN: &str = "others may read this password. Set the mode of the file to 0600";
/// A file with no password, or several.
#[cfg(feature = "ward-postgres")]
pub const NOT_ONE_PASSWORD: &str = "the file must hold one line, with the password";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_old_from_two_days_on() {
        let day = |day: &str| day.parse::<NaiveDate>().unwrap();
        let said = |last: Option<&str>| last_backup(last.map(day), day("2026-12-10"));
        assert_eq!((said(Some("2026-12-10")), said(Some("2026-12-09"))), (None, None));
        assert_eq!(said(Some("2026-12-08")).as_deref(), Some("Last backup 2 days ago."));
        assert_eq!(said(None).as_deref(), Some("No backup of this register was made yet."));
    }
}
