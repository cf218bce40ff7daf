//! Where a register lies and who may use it.

use std::{fs, path::Path, process::Command};

use osteodose::ward::store::{Access, BackupTo, Clock, Erasing, New, Sharing, Sqlite, Store, StoreError};

use super::{
    begin, is_root, key, noted, register,
    register::{Ticking, new, who},
    skipped, told, verified, with_patients, writer,
};

#[test]
fn the_database_is_one_that_loses_nothing() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    std::os::unix::fs::MetadataExt::mode(&fs::metadata(path).unwrap()) & 0o7777
}

#[cfg(unix)]
#[test]
fn a_register_is_for_its_owner_alone_and_so_is_what_lies_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Ticking::from("2026-12-01");
    let path = folder.path().join("data/osteodose/register.db");
    let mut store = Sqlite::create(&path, &new(), who(), &clock).unwrap();
    store.register(&[register::registered("A-1")], &clock).unwrap();
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    let beside = |ending: &str| path.with_file_name(format!("register.db{ending}"));
    for ending in ["", "-wal", "-shm", ".lock"] {
        assert_eq!(mode(&beside(ending)), 0o600, "{ending}");
    }
    let notice = fs::read_to_string(path.with_file_name("README")).unwrap();
    assert!(notice.contains("osteodose ward backup") && notice.lines().count() == 1, "{notice}");
    drop(store);
    assert!(!beside("-wal").exists());
}

#[test]
fn nothing_that_is_there_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(folder.path()).unwrap();
    let (store, clock) = register::register(&folder);
    let again = Sqlite::create(store.path(), &new(), who(), &clock).err();
    assert_eq!(again, Some(StoreError::Exists { path: store.path().to_owned() }));
    fs::write(folder.join("other.db-wal"), "of a register that was here").unwrap();
    let stray = Sqlite::create(&folder.join("other.db"), &new(), who(), &clock).err();
    assert_eq!(stray, Some(StoreError::Exists { path: folder.join("other.db-wal") }));
    assert!(!folder.join("other.db").exists());
    assert!(matches!(Sqlite::open(&folder.join("none.db"), who()).err(), Some(StoreError::NotThere { .. })));
}

#[test]
fn what_is_no_register_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(folder.path()).unwrap();
    let foreign = folder.join("foreign.db");
    let connection = rusqlite::Connection::open(&foreign).unwrap();
    connection.execute_batch("PRAGMA journal_mode=WAL; CREATE TABLE plants (name TEXT)").unwrap();
    connection.close().unwrap();
    fs::write(folder.join("text.db"), "x".repeat(5000)).unwrap();
    fs::write(folder.join("empty.db"), "").unwrap();
    for name in ["foreign.db", "text.db", "empty.db"] {
        let path = folder.join(name);
        let before = fs::read(&path).unwrap();
        assert_eq!(Sqlite::open(&path, who()).err(), Some(StoreError::NotARegister { path: path.clone() }), "{name}");
        assert_eq!(fs::read(&path).unwrap(), before, "{name}");
    }
    assert!(matches!(Sqlite::open(&folder, who()).err(), Some(StoreError::NotARegister { .. })));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 3);
}

#[test]
fn a_register_of_a_newer_program_is_refused_for_reading_too() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _) = register::register(folder.path());
    let path = store.path().to_owned();
    drop(store);
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 2).unwrap();
    let before = fs::read(&path).unwrap();
    assert_eq!(Sqlite::open(&path, who()).err(), Some(StoreError::Newer { path: path.clone(), schema: 2, known: 1 }));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_register_that_was_replaced_or_removed_takes_no_more_entries() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = with_patients(folder.path(), &["A-1"]);
    let path = store.path().to_owned();
    store.backup(&BackupTo::File(folder.path().join("copy.db")), &clock).unwrap();
    fs::rename(folder.path().join("copy.db"), &path).unwrap();
    let replaced = || Some(StoreError::Replaced { path: path.clone() });
    assert_eq!(store.append(&key("A-1"), 1, &[noted("lost")], &clock).err(), replaced());
    assert_eq!(store.patient(&key("A-1")).err(), replaced());
    fs::remove_file(&path).unwrap();
    assert_eq!(store.append(&key("A-1"), 1, &[noted("lost")], &clock).err(), replaced());
}

#[cfg(unix)]
#[test]
fn a_link_leads_to_the_register_and_its_journal_lies_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let (store, clock) = with_patients(&inner, &["A-1"]);
    drop(store);
    std::os::unix::fs::symlink("inner/register.db", folder.path().join("link.db")).unwrap();
    let mut store = Sqlite::open(&folder.path().join("link.db"), who()).unwrap();
    store.append(&key("A-1"), 1, &[noted("through the link")], &clock).unwrap();
    assert!(inner.join("register.db-wal").exists() && inner.join("register.db.lock").exists());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}

/// Runs the writer as another user of a group.
fn as_user(program: &Path, user: u32, group: u32) -> Command {
    let mut command = Command::new("setpriv");
    command.arg(format!("--reuid={user}")).arg(format!("--regid={group}")).arg("--clear-groups").arg(program);
    command
}

/// The writer where every user can run it; none where no other user can be tried.
#[cfg(unix)]
fn for_others(folder: &Path) -> Option<std::path::PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    if !is_root() || !Command::new("setpriv").arg("--version").output().is_ok_and(|it| it.status.success()) {
        return None;
    }
    fs::set_permissions(folder, PermissionsExt::from_mode(0o755)).unwrap();
    let copy = folder.join("writer");
    fs::copy(writer(), &copy).unwrap();
    as_user(&copy, 4242, 4242).output().is_ok_and(|it| it.status.code() == Some(2)).then_some(copy)
}

#[cfg(unix)]
#[test]
fn a_folder_for_a_group_is_made_in_one_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let shared = New { sharing: Sharing::Group(4242), ..new() };
    let path = folder.path().join("srv/ward/register.db");
    let refused = Sqlite::create(&path, &shared, who(), &Ticking::from("2026-12-01")).err();
    assert_eq!(refused, Some(StoreError::NoFolder { folder: folder.path().join("srv") }));
    assert!(!folder.path().join("srv").exists());
}

#[cfg(unix)]
#[test]
fn a_file_that_a_user_cannot_read_is_one_for_which_the_right_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = for_others(folder.path()) else {
        return skipped("a second user", "only root can be another one");
    };
    let (store, _) = with_patients(folder.path(), &["A-1"]);
    let refused = as_user(&program, 4303, 4303).arg(store.path()).args(["A-1", "1"]).output().unwrap();
    assert!(String::from_utf8_lossy(&refused.stderr).contains("Permission"), "{refused:?}");
}

#[cfg(unix)]
#[test]
fn the_users_of_a_group_record_one_after_the_other_even_after_a_crash() {
    use std::os::unix::fs::MetadataExt;
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = for_others(folder.path()) else {
        return skipped("a second user", "only root can be another one");
    };
    let path = folder.path().join("ward/register.db");
    let clock = Ticking::from("2026-12-01");
    let shared = New { sharing: Sharing::Group(4242), ..new() };
    let mut store = Sqlite::create(&path, &shared, who(), &clock).unwrap();
    store.register(&[register::registered("A-1")], &clock).unwrap();
    drop(store);
    let mut killed = as_user(&program, 4301, 4242);
    killed.arg(&path).args(["A-1", "1000000"]).stdout(std::process::Stdio::piped());
    let mut killed = killed.spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    killed.kill().unwrap();
    let first = told(&killed.wait_with_output().unwrap().stdout);
    assert!(!first.is_empty());
    for ending in ["", "-wal", "-shm", ".lock"] {
        let found = fs::metadata(path.with_file_name(format!("register.db{ending}"))).unwrap();
        assert_eq!((found.mode() & 0o777, found.gid()), (0o660, 4242), "{ending}");
    }
    assert_eq!(mode(path.parent().unwrap()), 0o2770);
    let second = as_user(&program, 4302, 4242).arg(&path).args(["A-1", "5"]).output().unwrap();
    assert_eq!((second.status.code(), told(&second.stdout).len()), (Some(0), 5), "{second:?}");
    let foreign = as_user(&program, 4303, 4303).arg(&path).args(["A-1", "5"]).output().unwrap();
    assert!(String::from_utf8_lossy(&foreign.stderr).contains("Permission"), "{foreign:?}");
    assert_eq!(verified(&path).faults, []);
    let other = Sqlite::create(&folder.path().join("other.db"), &shared, who(), &clock).err();
    assert!(matches!(other, Some(StoreError::NotShared { .. })), "{other:?}");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_to_is_read_where_it_is_a_copy() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = for_others(folder.path()) else {
        return skipped("a read-only folder", "root may write anywhere");
    };
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let (store, clock) = with_patients(&inner, &["A-1"]);
    let (path, copy) = (store.path().to_owned(), inner.join("copy.db"));
    store.backup(&BackupTo::File(copy.clone()), &clock).unwrap();
    drop(store);
    for file in [&path, &copy] {
        fs::set_permissions(file, PermissionsExt::from_mode(0o444)).unwrap();
    }
    let run = |file: &Path, count: &str| {
        let output = as_user(&program, 4301, 4301).arg(file).args(["A-1", count]).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    assert_eq!(run(&copy, "0"), (true, String::new()));
    assert!(run(&copy, "1").1.contains("Copy"));
    let (_, refused) = run(&path, "0");
    assert!(refused.contains("ReadOnly"), "{refused}");
}

#[test]
fn what_was_erased_is_in_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = with_patients(folder.path(), &["A-1"]);
    store.append(&key("A-1"), 1, &[noted("a secret of the patient")], &clock).unwrap();
    let holds = |what: &str| {
        let files = fs::read_dir(folder.path()).unwrap().map(|it| fs::read(it.unwrap().path()).unwrap());
        files.filter(|it| it.windows(what.len()).any(|part| part == what.as_bytes())).count()
    };
    assert!(holds("a secret of the patient") > 0 && holds("HOLM, Anna") > 0);
    let erasing = Erasing {
        on: clock.now().day,
        by: register::text("A. Berg"),
        because: register::text("the patient asked"),
        authority: register::text("Data protection, 2026-114"),
    };
    store.erase(&key("A-1"), 2, &erasing, &clock).unwrap();
    assert_eq!((holds("a secret of the patient"), holds("HOLM, Anna")), (0, 0));
}

#[test]
fn a_writer_that_reads_a_copy_leaves_it_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let (store, clock) = with_patients(folder.path(), &["A-1"]);
    let copy = folder.path().join("copy.db");
    store.backup(&BackupTo::File(copy.clone()), &clock).unwrap();
    let before = fs::read(&copy).unwrap();
    let mut opened = Sqlite::open(&copy, who()).unwrap();
    assert_eq!(opened.access(), Access::Copy);
    let path = fs::canonicalize(&copy).unwrap();
    assert_eq!(opened.append(&key("A-1"), 1, &[noted("x")], &clock).err(), Some(StoreError::Copy { path }));
    drop(opened);
    assert!(!begin(&copy, "A-1", 1).wait_with_output().unwrap().status.success());
    assert_eq!(fs::read(&copy).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_file_with_a_second_name_is_refused_when_it_is_opened_and_when_something_is_recorded() {
    let folder = tempfile::tempdir().unwrap();
    let (mut store, clock) = with_patients(folder.path(), &["A-1"]);
    let other = folder.path().join("other.db");
    fs::hard_link(store.path(), &other).unwrap();
    let refused = store.append(&key("A-1"), 1, &[noted("in vain")], &clock).err();
    assert_eq!(refused, Some(StoreError::TwoNames { path: store.path().to_owned() }));
    for path in [store.path(), &other] {
        assert!(matches!(Sqlite::open(path, who()), Err(StoreError::TwoNames { .. })), "{}", path.display());
    }
    fs::remove_file(other).unwrap();
    store.append(&key("A-1"), 1, &[noted("as before")], &clock).unwrap();
}

#[cfg(unix)]
#[test]
fn what_is_no_file_beside_a_register_is_refused_and_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(folder.path()).unwrap();
    let (store, clock) = with_patients(&folder, &["A-1"]);
    let path = store.path().to_owned();
    drop(store);
    let pipe = |path: &Path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    for ending in ["-wal", "-shm", "-journal"] {
        let beside = path.with_file_name(format!("register.db{ending}"));
        pipe(&beside);
        assert_eq!(Sqlite::open(&path, who()).err(), Some(StoreError::NotAFile { path: beside.clone() }), "{ending}");
        fs::remove_file(&beside).unwrap();
    }
    let lock = path.with_file_name("register.db.lock");
    let mut store = Sqlite::open(&path, who()).unwrap();
    fs::remove_file(&lock).unwrap();
    pipe(&lock);
    let refused = store.append(&key("A-1"), 1, &[noted("in vain")], &clock).err();
    assert_eq!(refused, Some(StoreError::NotAFile { path: lock }));
}

#[cfg(unix)]
#[test]
fn a_register_that_cannot_be_made_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = fs::canonicalize(folder.path()).unwrap();
    let clock = Ticking::from("2026-12-01");
    let path = folder.join("new.db");
    let lock = folder.join("new.db.lock");
    let made: [&dyn Fn(); 3] =
        [&|| fs::create_dir(&lock).unwrap(), &|| std::os::unix::fs::symlink("nowhere", &lock).unwrap(), &|| {
            assert!(Command::new("mkfifo").arg(&lock).status().unwrap().success());
        }];
    for make in made {
        make();
        let refused = Sqlite::create(&path, &new(), who(), &clock).err();
        assert_eq!(refused, Some(StoreError::NotAFile { path: lock.clone() }));
        let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().path()).collect();
        assert_eq!(left, [lock.as_path()]);
        fs::remove_file(&lock).or_else(|_| fs::remove_dir(&lock)).unwrap();
    }
    // A folder that is not there is not taken for a file.
    let (store, _) = with_patients(&folder, &["A-1"]);
    let none = folder.join("none/");
    let no_folder = || Some(StoreError::NoFolder { folder: none.clone() });
    assert_eq!(store.backup(&BackupTo::File(none.clone()), &clock).err(), no_folder());
    assert_eq!(Sqlite::create(&none, &new(), who(), &clock).err(), no_folder());
    assert!(!folder.join("none").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn a_register_that_could_only_be_read_for_a_while_can_be_written_to_again() {
    use std::os::unix::fs::{PermissionsExt, chown};
    let folder = tempfile::tempdir().unwrap();
    let Some(program) = for_others(folder.path()) else {
        return skipped("a second user", "only root can be another one");
    };
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let (store, _) = with_patients(&inner, &["A-1"]);
    let path = store.path().to_owned();
    drop(store);
    let all = fs::read_dir(&inner).unwrap().map(|it| it.unwrap().path());
    all.chain([inner.clone()]).for_each(|path| chown(path, Some(4301), Some(4301)).unwrap());
    let set = |mode| fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
    let run = |count: &str| as_user(&program, 4301, 4301).arg(&path).args(["A-1", count]).output().unwrap();
    set(0o400);
    run("0");
    set(0o600);
    let shm = path.with_file_name("register.db-shm");
    if !shm.exists() {
        // What a reader has left who was killed.
        fs::write(&shm, "").unwrap();
        chown(&shm, Some(4301), Some(4301)).unwrap();
        fs::set_permissions(&shm, PermissionsExt::from_mode(0o400)).unwrap();
    }
    let output = run("1");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(verified(&path).faults, []);
}
