//! Why a register cannot be read or written now.

use chrono::NaiveTime;

use super::number;

/// Somebody else recorded something for this patient meanwhile.
pub fn changed(by: &str, what: &str, at: NaiveTime) -> String {
    let at = at.format("%H:%M");
    format!(
        "Not recorded: {by} recorded \"{what}\" for this patient at {at}, after you opened the page. Read it, then decide \
         again."
    )
}

/// The disk is full.
pub fn disk_full(folder: &str) -> String {
    format!(
        "Not recorded: the disk is full ({folder}). Nothing was lost. Make room, or write on paper and enter it later."
    )
}

/// Another program holds the register.
pub fn busy(seconds: u64) -> String {
    format!(
        "Not recorded: another program has held the register for {seconds} seconds. What you typed is kept. Try again."
    )
}

/// The register has a form that this program does not know.
pub fn newer(path: &str, form: u32, known: u32) -> String {
    format!(
        "{path}: made by a newer osteodose (form {form}; this program knows {known}). Use the newer program; this one does \
         not touch it."
    )
}

/// The register lies on a network drive.
pub fn network_folder(path: &str, kind: &str) -> String {
    format!(
        "{path}: the folder lies on a network drive ({kind}). A register there can be damaged. Put it on a disk of this \
         server, or use PostgreSQL."
    )
}

/// The database server does not answer.
pub fn unreachable(server: &str, listed_at: NaiveTime) -> String {
    let at = listed_at.format("%H:%M");
    format!(
        "Not recorded: the database server {server} does not answer. What you typed is kept. The list is from {at}."
    )
}

/// An entry is not what it was when it was written.
pub fn altered(file: &str, entry: u64) -> String {
    let entry = number(entry);
    format!(
        "{file}: entry {entry} was altered after it was written (or the disk is damaged). Nothing is recorded until this is \
         cleared up. Backups: ward verify BACKUP."
    )
}
