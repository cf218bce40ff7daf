//! Programs that are killed, that wait for each other, and that run out of room.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::Command,
    thread,
    time::Duration,
};

use osteodose::ward::store::{Sqlite, Store, StoreError};

use super::{begin, is_root, key, noted, skipped, told, verified, who, with_patients};

/// Kills a writer so many times while it records, each time a little later, and counts what is lost.
fn killed(rounds: u32) {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = with_patients(folder.path(), &["A-1"]);
    let path = store.path().to_owned();
    let (mut last, mut all, mut not_told) = (store.head().unwrap().0, 0, 0);
    drop(store);
    for round in 0..rounds {
        let mut writer = begin(&path, "A-1", u32::MAX);
        let mut output = BufReader::new(writer.stdout.take().unwrap());
        let mut text = String::new();
        // It records from here on.
        output.read_line(&mut text).unwrap();
        thread::sleep(Duration::from_micros(u64::from(round * 701 % 20_000)));
        writer.kill().unwrap();
        output.read_to_string(&mut text).unwrap();
        let ended = writer.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&ended.stderr), "", "round {round}");
        let told = told(text.as_bytes());
        all += told.len();
        last = told.last().copied().unwrap_or(last);
        let (head, _) = Sqlite::open(&path, who()).unwrap().head().unwrap();
        assert!(head >= last, "round {round}: {last} was told and {head} is the last");
        assert!(head <= last + 1, "round {round}: more than one entry was stored and not told");
        not_told += head - last;
        last = head;
    }
    let proved = verified(&path);
    assert_eq!((proved.faults, proved.number), (Vec::new(), last));
    println!("{rounds} kills: {all} told, none lost, {not_told} stored and not told");
}

#[test]
fn nothing_that_was_told_is_lost_when_a_program_is_killed() {
    killed(30);
}

#[test]
#[ignore = "takes a minute; run before a change of how entries are saved"]
fn nothing_is_lost_in_three_hundred_kills() {
    killed(300);
}

#[test]
fn eight_programs_record_at_once_without_a_gap() {
    let folder = tempfile::tempdir().unwrap();
    let ids = ["A-1", "A-2", "A-3", "A-4", "A-5", "A-6", "A-7", "A-8"];
    let (store, _) = with_patients(folder.path(), &ids);
    let path = store.path().to_owned();
    drop(store);
    let writers: Vec<_> = ids.iter().map(|id| begin(&path, id, 25)).collect();
    let mut numbers = Vec::new();
    for writer in writers {
        let output = writer.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        numbers.extend(told(&output.stdout));
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (12..12 + 200).collect::<Vec<u64>>());
    assert_eq!(verified(&path).faults, []);
}

#[test]
fn two_programs_record_for_one_patient_and_neither_writes_over_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let (mut one, clock) = with_patients(folder.path(), &["A-1"]);
    let mut other = Sqlite::open(one.path(), who()).unwrap();
    let seen = other.patient(&key("A-1")).unwrap().last_seq;
    let first = one.append(&key("A-1"), seen, &[noted("of the first")], &clock).unwrap();
    let refused = other.append(&key("A-1"), seen, &[noted("of the second")], &clock);
    assert_eq!(refused, Err(StoreError::Changed { since: first.stored }));
    let path = one.path().to_owned();
    drop((one, other));
    let writers = [begin(&path, "A-1", 40), begin(&path, "A-1", 40)];
    let all: usize = writers.map(|it| told(&it.wait_with_output().unwrap().stdout).len()).iter().sum();
    let history = Sqlite::open(&path, who()).unwrap().patient(&key("A-1")).unwrap();
    assert_eq!((all, history.last_seq), (80, 82));
    assert_eq!(verified(&path).faults, []);
}

#[test]
fn a_full_disk_refuses_a_save_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mount = |arguments: &[&str]| Command::new("mount").args(arguments).arg(folder.path()).status();
    if !is_root() || !mount(&["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).is_ok_and(|it| it.success()) {
        return skipped("a full disk", "only root can make a small one here");
    }
    let tried = std::panic::catch_unwind(|| fill(folder.path()));
    assert!(Command::new("umount").arg(folder.path()).status().unwrap().success());
    tried.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

fn fill(folder: &std::path::Path) {
    let (mut store, clock) = with_patients(folder, &["A-1"]);
    fs::write(folder.join("other"), vec![0; 200_000]).unwrap();
    let mut seen = 1;
    let refused = loop {
        match store.append(&key("A-1"), seen, &[noted(&"a long note ".repeat(100))], &clock) {
            Ok(_) => seen += 1,
            Err(error) => break error,
        }
        assert!(seen < 10_000, "the disk is not full");
    };
    assert!(
        matches!(&refused, StoreError::Full { folder: full } if full == &fs::canonicalize(folder).unwrap()),
        "{refused:?}"
    );
    assert_eq!(store.patient(&key("A-1")).unwrap().last_seq, seen);
    fs::remove_file(folder.join("other")).unwrap();
    store.append(&key("A-1"), seen, &[noted("there is room again")], &clock).unwrap();
    assert_eq!(store.verify(&[]).unwrap().faults, []);
    drop(store);
    // With whatever room there is, a register is made whole or nothing of it is left.
    let names = || -> Vec<String> {
        let all = fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
        all.filter(|name| name != "fill").collect()
    };
    let before = names().len();
    let mut refused = 0;
    for free in (0..240).step_by(8) {
        let ballast = fs::File::create(folder.join("fill")).unwrap();
        let mut room = free_in(folder);
        while room > free * 1024 {
            (&ballast).write_all(&vec![0; usize::try_from(room - free * 1024).unwrap().min(65_536)]).unwrap();
            room = free_in(folder);
        }
        drop(ballast);
        match Sqlite::create(&folder.join("other.db"), &super::register::new(), who(), &clock) {
            Ok(_) => break,
            Err(error) => assert!(matches!(error, StoreError::Full { .. }), "{error:?}"),
        }
        refused += 1;
        assert_eq!(names().len(), before, "{:?}", names());
    }
    assert!(refused > 3, "{refused}");
}

/// The bytes that are free where a folder lies.
fn free_in(folder: &Path) -> u64 {
    let output = Command::new("df").args(["--output=avail", "-B1"]).arg(folder).output().unwrap();
    String::from_utf8_lossy(&output.stdout).lines().nth(1).unwrap().trim().parse().unwrap()
}

/// The file as it is where writing the journal back was cut short after its first page.
fn with_its_first_page_alone(database: &mut [u8], journal: &[u8]) {
    let whole = |at: usize| usize::try_from(u32::from_be_bytes(journal[at..at + 4].try_into().unwrap())).unwrap();
    let size = whole(8);
    let last = (32..journal.len()).step_by(24 + size).rfind(|at| whole(*at) == 1);
    let last = last.expect("the first page is in the journal");
    database[..size].copy_from_slice(&journal[last + 24..last + 24 + size]);
}

#[test]
fn a_register_is_opened_after_the_journal_was_written_back_in_part() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = with_patients(folder.path(), &["A-1"]);
    for seen in 1..60 {
        store.append(&key("A-1"), seen, &[noted(&"a long note ".repeat(60))], &clock).unwrap();
    }
    let beside = |path: &Path| path.with_file_name("register.db-wal");
    let mut database = fs::read(store.path()).unwrap();
    let journal = fs::read(beside(store.path())).unwrap();
    with_its_first_page_alone(&mut database, &journal);
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("register.db");
    fs::write(&path, database).unwrap();
    // Without its journal it is damaged, and is told so.
    assert!(matches!(Sqlite::open(&path, who()), Err(StoreError::Damaged { .. })));
    fs::write(beside(&path), journal).unwrap();
    let mut opened = Sqlite::open(&path, who()).unwrap();
    opened.append(&key("A-1"), 60, &[noted("and it goes on")], &clock).unwrap();
    assert_eq!(opened.verify(&[]).unwrap().faults, []);
}
