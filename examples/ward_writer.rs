//! Records notes of one patient in a register, one after the other, and prints the number of each when it is recorded:
//! `ward_writer REGISTER PATIENT COUNT`. The tests kill it, keep it waiting and leave it without room, to see that no
//! entry is lost that it printed as recorded.

use std::{
    env,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use osteodose::ward::store::{PatientKey, Sqlite, Store, StoreError};

#[path = "../tests/support/register.rs"]
mod register;

use register::{Ticking, noted, text, who};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [path, patient, count] = arguments.as_slice() else { return ExitCode::from(2) };
    match write(Path::new(path), patient, count.parse().unwrap_or_default()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error:?}");
            ExitCode::FAILURE
        }
    }
}

fn write(path: &Path, patient: &str, count: u32) -> Result<(), StoreError> {
    let (mut register, clock) = (Sqlite::open(path, who())?, Ticking::from("2026-12-02"));
    let key = PatientKey::Id(text(patient));
    let mut seen = register.patient(&key)?.last_seq;
    let mut done = 0;
    while done < count {
        match register.append(&key, seen, &[noted(&format!("note {done}"))], &clock) {
            Ok(appended) => {
                // Whoever does not read any more has ended it.
                let printed = appended.stored.iter().try_for_each(|it| writeln!(io::stdout(), "{}", it.header.number));
                if printed.is_err() {
                    return Ok(());
                }
                seen += 1;
                done += 1;
            }
            Err(StoreError::Changed { since }) => seen = since.last().and_then(|it| it.header.seq).unwrap_or(seen),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
