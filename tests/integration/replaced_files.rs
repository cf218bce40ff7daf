//! Files that a command replaces: what stays of them, what is refused, and what a command that is killed leaves.

use std::{
    fs,
    io::Write,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown, lchown, symlink},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

use crate::{
    cli::{osteodose, text},
    support::tests,
};

/// A user and a group that are nobody's here.
const ANOTHER: u32 = 54_321;

/// Whether these tests may give files to others.
fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

/// A folder with a request in it, and a file to be replaced.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.json");
    fs::write(&file, "old").unwrap();
    (folder, file)
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Makes the plan of the example, over this file.
fn replace(file: &Path) -> Output {
    osteodose(&["plan", "tests/requests/a-request.json", "--force", "--output", file.to_str().unwrap()], b"")
}

fn is_a_plan(file: &Path) -> bool {
    fs::read_to_string(file).unwrap().contains("osteodose-plan/1")
}

/// Whether a command has begun to write a file in a folder, with a name or without one.
pub fn is_begun(process: u32, folder: &Path) -> bool {
    let Ok(open) = fs::read_dir(format!("/proc/{process}/fd")) else {
        return fs::read_dir(folder).unwrap().next().is_some();
    };
    open.flatten().filter_map(|it| fs::read_link(it.path()).ok()).any(|file| file.starts_with(folder))
}

#[test]
fn a_private_file_stays_private() {
    for private in [0o600, 0o640, 0o644, 0o606] {
        let (folder, file) = folder();
        set_mode(&file, private);
        assert_eq!(replace(&file).status.code(), Some(0));
        assert!(is_a_plan(&file));
        assert_eq!(mode(&file), private);
        let batch = ["batch", "-q", "--force", "-o", file.to_str().unwrap()];
        assert_eq!(osteodose(&batch, b"{}\n").status.code(), Some(1));
        assert_eq!((mode(&file), names(folder.path())), (private, vec!["plan.json".to_owned()]));
    }
}

#[test]
fn owner_and_group_stay_where_the_system_allows_it() {
    if !is_root() {
        println!("not tried: only root gives a file to others");
        return;
    }
    let (_folder, file) = folder();
    chown(&file, Some(ANOTHER), Some(ANOTHER)).unwrap();
    set_mode(&file, 0o640);
    assert_eq!(replace(&file).status.code(), Some(0));
    let kept = fs::metadata(&file).unwrap();
    assert_eq!((kept.uid(), kept.gid(), kept.mode() & 0o777), (ANOTHER, ANOTHER, 0o640));
}

#[test]
fn the_rights_of_a_group_do_not_fall_to_another_one() {
    if !is_root() {
        println!("not tried: only root becomes another user");
        return;
    }
    let (folder, file) = folder();
    let nobody = 65_534;
    chown(folder.path(), Some(nobody), Some(nobody)).unwrap();
    chown(&file, Some(nobody), Some(ANOTHER)).unwrap();
    set_mode(&file, 0o664);
    let request = fs::read(tests("requests/a-request.json")).unwrap();
    // A copy that this user can reach.
    let program = folder.path().join("osteodose");
    fs::copy(env!("CARGO_BIN_EXE_osteodose"), &program).unwrap();
    let mut child = Command::new(&program)
        .args(["plan", "--force", "-o", file.to_str().unwrap()])
        .env_clear()
        .uid(nobody)
        .gid(nobody)
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&request).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let made = fs::metadata(&file).unwrap();
    assert!(is_a_plan(&file));
    // It is not in the group of the file, whose rights to write are gone; everybody could read before.
    assert_eq!((made.uid(), made.gid(), made.mode() & 0o777), (nobody, nobody, 0o644));
}

#[test]
fn a_link_stays_a_link_and_is_followed_only_if_asked() {
    let (folder, file) = folder();
    let link = folder.path().join("link.json");
    symlink("plan.json", &link).unwrap();
    let kept = osteodose(&["plan", "tests/requests/a-request.json", "-o", link.to_str().unwrap()], b"");
    assert_eq!((kept.status.code(), fs::read(&file).unwrap()), (Some(2), b"old".to_vec()));
    assert_eq!(replace(&link).status.code(), Some(0));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink() && is_a_plan(&file));
}

#[test]
fn another_name_of_the_file_keeps_the_old_content() {
    let (folder, file) = folder();
    let archive = folder.path().join("archive.json");
    fs::hard_link(&file, &archive).unwrap();
    assert_eq!(replace(&file).status.code(), Some(0));
    assert!(is_a_plan(&file));
    assert_eq!(fs::read(&archive).unwrap(), b"old");
}

#[test]
fn what_another_user_put_into_a_folder_that_is_open_to_all_is_not_taken() {
    if !is_root() {
        println!("not tried: only root gives a file to others");
        return;
    }
    let (folder, file) = folder();
    let (shared, ours) = (folder.path().join("shared"), folder.path().join("ours.json"));
    fs::create_dir(&shared).unwrap();
    set_mode(&shared, 0o1777);
    fs::write(&ours, "ours").unwrap();
    let link = shared.join("link.json");
    symlink(&ours, &link).unwrap();
    let planted = shared.join("plan.json");
    fs::copy(&file, &planted).unwrap();
    // What is ours in such a folder is replaced as elsewhere.
    assert_eq!(replace(&link).status.code(), Some(0));
    assert_eq!(replace(&planted).status.code(), Some(0));
    fs::write(&ours, "ours").unwrap();
    fs::write(&planted, "theirs").unwrap();
    lchown(&link, Some(ANOTHER), Some(ANOTHER)).unwrap();
    chown(&planted, Some(ANOTHER), Some(ANOTHER)).unwrap();
    for path in [&link, &planted] {
        let output = replace(path);
        assert_eq!(output.status.code(), Some(2));
        let told = "cannot be written: another user put it into a folder that is open to all\n";
        assert!(text(&output.stderr).ends_with(told), "{}", text(&output.stderr));
    }
    assert_eq!((fs::read(&ours).unwrap(), fs::read(&planted).unwrap()), (b"ours".to_vec(), b"theirs".to_vec()));
}

#[test]
fn a_command_that_is_killed_leaves_the_old_file_and_nothing_else() {
    let (folder, file) = folder();
    let probe = has_nameless_files(folder.path());
    let mut child = Command::new(env!("CARGO_BIN_EXE_osteodose"))
        .args(["batch", "--force", "--output", file.to_str().unwrap()])
        .env_clear()
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"{}\n").unwrap();
    while !is_begun(child.id(), folder.path()) {
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"old");
    if probe {
        assert_eq!(names(folder.path()), ["plan.json"]);
    } else {
        println!("not tried: this system has no files without a name");
    }
}

/// Whether a folder can hold files without a name.
#[cfg(target_os = "linux")]
fn has_nameless_files(folder: &Path) -> bool {
    use rustix::fs::{Mode, OFlags, open};
    open(folder, OFlags::TMPFILE | OFlags::WRONLY, Mode::RWXU).is_ok()
}

/// Other systems have none.
#[cfg(not(target_os = "linux"))]
fn has_nameless_files(_: &Path) -> bool {
    false
}
