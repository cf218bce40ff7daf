//! Backups and what is made of them again.

use std::fs;

use osteodose::ward::{
    event::{Body, Restored, What},
    store::{Access, Anchor, Backup, BackupTo, Clock, Fault, Restoring, Sharing, Sqlite, Store, StoreError},
};

use super::{
    begin, key, noted,
    register::{on, text, who},
    told, verified, with_patients,
};

fn restoring(against: &[Anchor]) -> Restoring {
    Restoring { sharing: Sharing::Owner, by: text("A. Berg"), against: against.to_vec() }
}

#[test]
fn a_backup_that_was_taken_while_others_record_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (store, clock) = with_patients(folder.path(), &["A-1", "A-2"]);
    let elsewhere = tempfile::tempdir().unwrap();
    let writers = [begin(store.path(), "A-1", 150), begin(store.path(), "A-2", 150)];
    let mut numbers = Vec::new();
    for at in 0..5 {
        std::thread::sleep(std::time::Duration::from_millis(60));
        let to = elsewhere.path().join(format!("backup-{at}.db"));
        let backup = store.backup(&BackupTo::File(to.clone()), &clock).unwrap();
        numbers.push(backup.number);
        let mut opened = Sqlite::open(&to, who()).unwrap();
        let proved = opened.verify(&[Anchor::new(backup.number, &backup.hash)]).unwrap();
        assert_eq!((proved.faults, proved.number), (Vec::new(), backup.number));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::MetadataExt::mode(&fs::metadata(&to).unwrap()) & 0o777, 0o600);
    }
    for writer in writers {
        assert_eq!(told(&writer.wait_with_output().unwrap().stdout).len(), 150);
    }
    assert!(numbers.is_sorted());
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 5, "a copy is one file");
    assert_eq!(verified(store.path()).faults, []);
}

#[test]
fn a_folder_keeps_as_many_backups_as_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (store, clock) = with_patients(folder.path(), &["A-1"]);
    let backups = folder.path().join("backups");
    fs::create_dir(&backups).unwrap();
    fs::write(backups.join("another.db"), "x").unwrap();
    let to = BackupTo::Folder { folder: backups.clone(), keep: Some(2) };
    let made: Vec<_> = (0..4).map(|_| store.backup(&to, &clock).unwrap()).collect();
    let deleted: Vec<_> = made.iter().flat_map(|it| it.deleted.clone()).collect();
    assert_eq!(deleted, [made[0].path.clone(), made[1].path.clone()]);
    assert!(made[3].path.exists() && backups.join("another.db").exists());
    let again = store.backup(&BackupTo::File(made[3].path.clone()), &clock).err();
    assert!(matches!(again, Some(StoreError::Exists { .. })));
}

#[test]
fn a_restored_register_says_what_it_is_made_of_and_what_it_lacks() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = with_patients(folder.path(), &["A-1"]);
    let backup = folder.path().join("backup.db");
    let made = store.backup(&BackupTo::File(backup.clone()), &clock).unwrap();
    for seen in 1..=12 {
        store.append(&key("A-1"), seen, &[noted("recorded after the backup")], &clock).unwrap();
    }
    let (number, hash) = store.head().unwrap();
    let (before, last) = (Anchor::new(made.number, &made.hash), Anchor::new(number, &hash));
    let to = folder.path().join("restored.db");
    let (mut restored, missing) =
        Sqlite::restore(&backup, &to, &restoring(&[before.clone(), last.clone()]), who(), &clock).unwrap();
    assert_eq!((missing, restored.access()), (12, Access::Write));
    let entry = restored.events(made.number + 1, 10).unwrap().remove(0);
    let what = What::read(&entry.header.kind, entry.body.as_deref());
    let Restored { number: from, hash } = Restored { number: made.number, hash: text(before.digits()) };
    assert_eq!(what, What::Body(Body::Restored(Restored { number: from, hash })));
    restored.append(&key("A-1"), 1, &[noted("goes on")], &clock).unwrap();
    let cut = Fault::Cut { anchor: last.clone(), missing: number - made.number - 2 };
    assert_eq!(restored.verify(&[before, last]).unwrap().faults, [cut]);
    let again = Sqlite::restore(&backup, &to, &restoring(&[]), who(), &clock).err();
    assert!(matches!(again, Some(StoreError::Exists { .. })));
}

#[test]
fn a_backup_that_leads_elsewhere_or_is_damaged_is_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let (store, clock) = with_patients(folder.path(), &["A-1"]);
    let backup = folder.path().join("backup.db");
    store.backup(&BackupTo::File(backup.clone()), &clock).unwrap();
    let to = folder.path().join("restored.db");
    let anchor: Anchor = "4:0123456789abcdef".parse().unwrap();
    let refused = Sqlite::restore(&backup, &to, &restoring(std::slice::from_ref(&anchor)), who(), &clock).err();
    assert_eq!(refused, Some(StoreError::OtherChain { anchor }));
    let raw = rusqlite::Connection::open(&backup).unwrap();
    raw.execute_batch("DROP TRIGGER event_fixed; UPDATE event SET by_name = 'C. Lind' WHERE number = 4").unwrap();
    raw.close().unwrap();
    let refused = Sqlite::restore(&backup, &to, &restoring(&[]), who(), &clock).err();
    assert!(matches!(refused, Some(StoreError::Damaged { .. })), "{refused:?}");
    assert!(!to.exists());
    let _ = clock.now();
}

#[test]
fn the_backups_of_another_ward_stay_though_its_file_has_the_same_name() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let backups = tempfile::tempdir().unwrap();
    let to = BackupTo::Folder { folder: backups.path().to_owned(), keep: Some(1) };
    let [(first, clock), (second, later)] = folders.each_ref().map(|it| with_patients(it.path(), &["A-1"]));
    later.turn(60_000);
    let of_first = first.backup(&to, &clock).unwrap();
    let of_second = second.backup(&to, &later).unwrap();
    assert_eq!(of_second.deleted, [] as [std::path::PathBuf; 0]);
    clock.turn(120_000);
    assert_eq!(first.backup(&to, &clock).unwrap().deleted, [of_first.path]);
    assert!(of_second.path.exists());
}

#[test]
fn the_day_of_the_last_backup_is_known_to_the_register() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = with_patients(folder.path(), &["A-1"]);
    assert_eq!(store.last_backup().unwrap(), None);
    for day in ["2026-12-01", "2026-12-03"] {
        let copied = Anchor::new(1, &[0; 32]).copied_to(Some(text("/backup/onco.db")));
        store.append_to_ward(&[on(day, copied)], &clock).unwrap();
    }
    assert_eq!(store.last_backup().unwrap(), "2026-12-03".parse().ok());
}

#[test]
fn backups_of_one_second_and_files_that_nobody_can_judge_stay() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let backups = tempfile::tempdir().unwrap();
    let to = BackupTo::Folder { folder: backups.path().to_owned(), keep: Some(1) };
    let [(first, clock), (second, later)] = folders.each_ref().map(|it| with_patients(it.path(), &["A-1"]));
    let of_first = first.backup(&to, &clock).unwrap();
    let of_second = second.backup(&to, &later).unwrap();
    let name = |made: &Backup| made.path.file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(name(&of_second), name(&of_first).replace(".db", "-2.db"));
    let unread = backups.path().join("register-2026-11-01-200000.db");
    fs::write(&unread, "of another user").unwrap();
    later.turn(60_000);
    let again = second.backup(&to, &later).unwrap();
    assert_eq!((again.deleted, again.unread), (vec![of_second.path], vec![unread.clone()]));
    assert!(of_first.path.exists() && unread.exists());
}

#[test]
fn nothing_is_made_beside_the_backups_that_are_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let (store, clock) = with_patients(folder.path(), &["A-1"]);
    let backups = tempfile::tempdir().unwrap();
    let to = BackupTo::Folder { folder: backups.path().to_owned(), keep: Some(2) };
    // A register that was copied by hand has a journal to the database.
    let copied = backups.path().join("register-2026-11-01-200000.db");
    fs::copy(store.path(), &copied).unwrap();
    fs::create_dir(backups.path().join("register-2026-11-02-200000.db")).unwrap();
    #[cfg(unix)]
    {
        let pipe = backups.path().join("register-2026-11-03-200000.db");
        assert!(std::process::Command::new("mkfifo").arg(pipe).status().unwrap().success());
    }
    let made = store.backup(&to, &clock).unwrap();
    let unread = if cfg!(unix) { 2 } else { 1 };
    assert_eq!((made.unread.len(), made.deleted), (unread, Vec::new()));
    let names = fs::read_dir(backups.path()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let beside: Vec<String> = names.filter(|name| name.ends_with("-shm") || name.ends_with("-wal")).collect();
    assert_eq!(beside, Vec::<String>::new());
}
