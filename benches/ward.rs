//! The register of a ward beside what can be no faster: a save beside a bare INSERT with the same settings of the
//! database, proving a register beside SHA-256 of its bodies. Each pair is taken in turn, in one run. The lists, the
//! fold and the flow are times, of which the median is said.
//!
//! `cargo bench --bench ward` prints the figures and their ratios. Saves are on the disk of the temporary folder.

use std::{
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use osteodose::{
    request::Clinic,
    ward::{
        event::Event,
        flow, fold,
        store::{Asked, BackupTo, PatientKey, Sqlite, Store},
    },
};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

#[path = "../tests/support/register.rs"]
mod register;

use register::{Ticking, given, noted, planned, registered, text, who};

const SAVES: u32 = 301;
const ROUNDS: usize = 21;
const PATIENTS: u32 = 300;
const NOTES: u32 = 26;

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ratio(of: Duration, to: Duration) -> String {
    let hundredths = of.as_nanos() * 100 / to.as_nanos().max(1);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn key(id: &str) -> PatientKey {
    PatientKey::Id(text(id))
}

/// A table of one column, with the settings of a register.
fn bare(folder: &Path) -> Connection {
    let bare = Connection::open(folder.join("bare.db")).expect("a database");
    bare.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; \
         PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; \
         CREATE TABLE bare (body TEXT) STRICT",
    )
    .expect("a table");
    bare
}

/// One save beside one bare INSERT: of a patient with a plan and some history.
fn saves(folder: &Path) -> (Duration, Duration) {
    let (mut store, clock) = register::register(folder);
    let bare = bare(folder);
    let (mut saves, mut bares) = (Vec::new(), Vec::new());
    for at in 0..SAVES {
        // The histories are as long as those of patients: from a plan with one dose to some tens of entries.
        let (id, noted_before) = (format!("A-{}", at / NOTES), at % NOTES);
        if noted_before == 0 {
            let history = [registered(&id), planned(&id, "2026-12-01"), given("2026-12-01", 1)];
            store.register(&history, &clock).expect("a patient");
        }
        let note = noted(&format!("note {at}"));
        let body = note.body.text();
        let seen = 3 + noted_before;
        saves.push(timed(|| drop(store.append(&key(&id), seen, std::slice::from_ref(&note), &clock).expect("saved"))));
        bares.push(timed(|| {
            bare.execute("INSERT INTO bare (body) VALUES (?1)", [&body]).expect("stored");
        }));
    }
    (median(saves), median(bares))
}

/// A register of some hundred patients; where it is made, nothing is waited for a disk.
fn filled(folder: &Path) -> (Sqlite, Ticking) {
    let (mut store, clock) = register::register(folder);
    for at in 0..PATIENTS {
        let id = format!("A-{at}");
        let mut entries = vec![registered(&id), planned(&id, "2026-12-01"), given("2026-12-01", 1)];
        entries.extend((0..NOTES).map(|note| noted(&format!("note {note}, as long as a note on a ward is"))));
        store.register(&entries, &clock).expect("a patient");
    }
    (store, clock)
}

/// The bodies of a register.
fn bodies(store: &mut Sqlite) -> Vec<String> {
    let mut bodies = Vec::new();
    let mut from = 1;
    loop {
        let page = store.events(from, 500).expect("entries");
        let Some(last) = page.last() else { return bodies };
        from = last.header.number + 1;
        bodies.extend(page.into_iter().filter_map(|it| it.body));
    }
}

/// More patients, each with a course like one that is there: of what a list reads, and of no more.
fn copied(path: &Path, patients: u32) {
    let raw = Connection::open(path).expect("a register");
    raw.execute_batch(&format!(
        "BEGIN; \
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {patients}) \
         INSERT INTO patient (patient, ward, uid, id, name, birth_date, last_seq) \
         SELECT 1000000 + i, 1, printf('%032x', i), 'C-' || i, 'HOLM, Anna ' || i, '1958-03-14', 1 FROM n; \
         INSERT INTO course SELECT p.patient, 1, 1, c.state, c.drug, c.dose, c.next_dose, \
         date('2026-12-01', '+' || (p.patient % 500) || ' days'), NULL, 0, 1, c.last_given, c.open, c.fold, \
         c.regimens_sha256, c.as_of FROM patient p, (SELECT * FROM course LIMIT 1) c WHERE p.patient > 1000000; COMMIT"
    ))
    .expect("more patients");
}

fn list(store: &mut Sqlite) -> (Duration, usize) {
    let asked = Asked { today: "2026-12-29".parse().expect("a day"), ahead: 7 };
    let mut lines = 0;
    let times = (0..ROUNDS).map(|_| timed(|| lines = black_box(store.due(asked).expect("a list")).len())).collect();
    (median(times), lines)
}

/// The entries of a patient: some tens of them, with a course.
fn history(store: &mut Sqlite, clock: &Ticking, entries: usize) -> Vec<Event> {
    let mut history = store.patient(&key("A-0")).expect("a patient");
    while history.stored.len() < entries {
        let appended = store.append(&key("A-0"), history.last_seq, &[noted("one more")], clock).expect("saved");
        history = appended.history.expect("a history");
    }
    history.events()
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn main() {
    let folder = tempfile::tempdir().expect("there is a temporary folder");
    let (save, bare) = saves(folder.path());
    println!("save    {save:>10.1?}  an entry with all that belongs to it, on the disk; median of {SAVES}");
    println!("bare    {bare:>10.1?}  one row by a bare INSERT with the same settings");
    println!("ratio   {}  (target: 4 at most)", ratio(save, bare));

    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    let folder = folder.expect("there is a temporary folder");
    let (mut store, clock) = filled(folder.path());
    let bodies = bodies(&mut store);
    let bytes: usize = bodies.iter().map(String::len).sum();
    let (mut proofs, mut hashes) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        proofs.push(timed(|| assert!(store.verify(&[]).expect("verified").faults.is_empty())));
        hashes.push(timed(|| {
            for body in &bodies {
                black_box(Sha256::digest(body));
            }
        }));
    }
    let (proof, hash) = (median(proofs), median(hashes));
    println!("verify  {proof:>10.1?}  {} entries of {PATIENTS} patients, chain, courses and all", bodies.len());
    println!("sha256  {hash:>10.1?}  of their bodies alone, {bytes} bytes");
    println!("ratio   {}", ratio(proof, hash));
    let copy = folder.path().join("copy.db");
    let copies = (0..ROUNDS).map(|_| {
        let took = timed(|| drop(store.backup(&BackupTo::File(copy.clone()), &clock).expect("a backup")));
        std::fs::remove_file(&copy).expect("it was made");
        took
    });
    println!("backup  {:>10.1?}  copied, the database and its chain proved", median(copies.collect()));

    let events = history(&mut store, &clock, 60);
    let folds = (0..ROUNDS * 20).map(|_| timed(|| drop(black_box(fold::state(black_box(&events)))))).collect();
    println!("fold    {:>10.1?}  of {} entries (target: 200 µs at most)", median(folds), events.len());
    let state = fold::state(&events);
    let course = &state.courses[0];
    let clinic = Clinic { open_weekdays: None, closed_dates: Vec::new() };
    let calendar = flow::calendar(course, &clinic);
    let flows =
        (0..ROUNDS * 20).map(|_| timed(|| drop(black_box(flow::dates(black_box(course), &calendar))))).collect();
    println!("flow    {:>10.1?}  of {} doses (target: 50 µs at most)", median(flows), course.slots.len());

    let (ward, lines) = list(&mut store);
    println!("list    {ward:>10.1?}  {lines} lines of a ward of {PATIENTS} patients (target: 5 ms at most)");
    copied(store.path(), 100_000);
    let (all, lines) = list(&mut store);
    println!("list    {all:>10.1?}  {lines} lines of 100 000 patients");
    let path = store.path().to_owned();
    drop(store);
    let opens =
        (0..ROUNDS).map(|_| timed(|| drop(black_box(Sqlite::open(&path, who()).expect("a register"))))).collect();
    println!("open    {:>10.1?}  the register", median(opens));
}
