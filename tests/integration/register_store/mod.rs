//! The register in its file: what every register does, and what becomes of it when computers, disks and people fail.

mod backup;
mod contract;
mod crash;
mod example;
mod kept;
#[cfg(all(unix, feature = "ward-postgres"))]
mod on_server;
mod place;
#[path = "../../support/register.rs"]
pub mod register;
#[cfg(all(unix, feature = "ward-postgres"))]
#[path = "../../support/server.rs"]
mod server;
mod tamper;

use std::{
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use osteodose::{
    regimen::{LibraryFile, Origin, SHIPPED},
    ward::store::{PatientKey, Sqlite, Store, Verified},
};

use register::{Ticking, noted, register, registered, text, who};

fn key(id: &str) -> PatientKey {
    PatientKey::Id(text(id))
}

/// The files of the library that the program is shipped with.
fn shipped() -> Vec<LibraryFile> {
    let file = |(name, bytes): &(&str, &[u8])| LibraryFile {
        name: (*name).to_owned(),
        bytes: bytes.to_vec(),
        origin: Origin::Shipped,
    };
    SHIPPED.iter().map(file).collect()
}

/// A register with patients of these identifiers.
fn with_patients(folder: &Path, ids: &[&str]) -> (Sqlite, Ticking) {
    let (mut store, clock) = register(folder);
    for id in ids {
        store.register(&[registered(id)], &clock).unwrap();
    }
    (store, clock)
}

/// What stands in the register and what is wrong with it, opened anew.
fn verified(path: &Path) -> Verified {
    Sqlite::open(path, who()).unwrap().verify(&[]).unwrap()
}

/// The program that records notes.
fn writer() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let path = tests.parent().unwrap().with_file_name("examples").join("ward_writer");
    assert!(path.exists(), "cargo build --example ward_writer makes {}", path.display());
    path
}

/// Begins to record notes of a patient, in a process of its own.
fn begin(path: &Path, patient: &str, count: u32) -> Child {
    let mut command = Command::new(writer());
    command.arg(path).arg(patient).arg(count.to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The numbers that a writer was told are recorded.
fn told(output: &[u8]) -> Vec<u64> {
    // A line that was cut is one that nobody was told.
    let text = String::from_utf8_lossy(output);
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    whole.lines().map(|line| line.parse().unwrap()).collect()
}

fn is_root() -> bool {
    cfg!(unix) && Command::new("id").arg("-u").output().is_ok_and(|it| it.stdout == b"0\n")
}

/// Says that something is not tried here.
fn skipped(what: &str, why: &str) {
    println!("skipped: {what}: {why}");
}
