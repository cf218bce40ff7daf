//! A server that many people use: what is configured and cannot be used, what others could have written, pipes and
//! devices in place of files, characters that a terminal would obey, and one identifier for two patients.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use osteodose::{
    dosing,
    export::{Format, Options, export},
    regimen::Library,
    request::Request,
    saved,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    cli::text,
    support::{LIBRARY, json as read_json, own_copy, tests},
};

/// The longest that a command may take, on a computer that is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program, with this folder for configuration.
fn program(configuration: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_osteodose"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("XDG_CONFIG_HOME", configuration).env("TERM", "dumb");
    command
}

/// Runs a command to its end, which must come soon.
fn ended(mut command: Command, input: &[u8]) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // A command that refuses its arguments closes its input early.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let all = |mut from: Box<dyn Read + Send>| {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            from.read_to_end(&mut bytes).unwrap();
            bytes
        })
    };
    let stdout = all(Box::new(child.stdout.take().unwrap()));
    let stderr = all(Box::new(child.stderr.take().unwrap()));
    let began = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if began.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("it does not end: {command:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    writer.join().unwrap();
    Output { status, stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap() }
}

fn run(arguments: &[&str], input: &[u8]) -> Output {
    configured(&tests("no-configuration"), arguments, input)
}

fn configured(configuration: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut command = program(configuration);
    command.args(arguments);
    ended(command, input)
}

fn request() -> Value {
    read_json(&tests("requests/a-request.json"))
}

/// The plan of a request as it is saved.
fn plan(request: &Value) -> String {
    let request = Request::parse(request.to_string().as_bytes()).unwrap();
    saved::file(&dosing::plan(request, &LIBRARY).unwrap())
}

/// A patient with this identifier, date of birth and name.
fn patient(id: &str, birth_date: &str, name: Option<&str>) -> Value {
    let mut request = request();
    request["patient"]["id"] = json!(id);
    request["patient"]["birth_date"] = json!(birth_date);
    if let Some(name) = name {
        request["patient"]["name"] = json!(name);
    }
    request
}

/// A folder with these files.
fn folder(content: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in content {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

/// A sound library of the user's own.
fn own_library() -> TempDir {
    own_copy(&tests("libraries/sound"))
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

/// Every command that reads the library, and its input.
fn commands(plan_file: &str) -> Vec<(Vec<&str>, Vec<u8>)> {
    let request = request().to_string().into_bytes();
    vec![
        (vec!["plan"], request.clone()),
        (vec!["batch"], request),
        (vec!["export", plan_file], Vec::new()),
        (vec!["recheck", plan_file], Vec::new()),
        (vec!["forecast", plan_file], Vec::new()),
        (vec!["regimens", "list"], Vec::new()),
        (vec!["regimens", "show", "denosumab"], Vec::new()),
    ]
}

/// The path under which regimens are configured in a folder for configuration.
fn regimens_in(configuration: &Path) -> PathBuf {
    configuration.join("osteodose").join("regimens")
}

#[test]
#[cfg(unix)]
fn what_is_configured_and_cannot_be_used_is_refused_and_nothing_takes_its_place() {
    use std::os::unix::fs::symlink;

    let plans = folder(&[("plan.json", &plan(&request()))]);
    let plan_file = path(&plans, "plan.json");
    let gone = plans.path().join("mnt/share/osteodose");
    let with = |make: &dyn Fn(&Path)| {
        let configuration = tempfile::tempdir().unwrap();
        make(configuration.path());
        configuration
    };
    let beneath = |configuration: &Path| fs::create_dir_all(configuration.join("osteodose")).unwrap();
    let cases = [
        (
            "is not there",
            with(&|it| {
                beneath(it);
                symlink(&gone, regimens_in(it)).unwrap();
            }),
        ),
        // The share on which the whole configuration is.
        ("No such file", with(&|it| symlink(&gone, it.join("osteodose")).unwrap())),
        (
            "is not a folder",
            with(&|it| {
                beneath(it);
                fs::write(regimens_in(it), "{}").unwrap();
            }),
        ),
        // Not a folder, in the place of the folder above.
        ("ot a directory", with(&|it| fs::write(it.join("osteodose"), "").unwrap())),
        // A share of which only the place is there.
        ("no regimen file", with(&|it| fs::create_dir_all(regimens_in(it)).unwrap())),
        (
            "levels of symbolic links",
            with(&|it| {
                beneath(it);
                symlink("regimens", regimens_in(it)).unwrap();
            }),
        ),
    ];
    for (why, configuration) in &cases {
        let mut all = commands(&plan_file);
        all.push((vec!["regimens", "check"], Vec::new()));
        #[cfg(feature = "tui")]
        all.push((vec!["--plain"], Vec::new()));
        for (arguments, input) in all {
            let output = configured(configuration.path(), &arguments, &input);
            let message = text(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
            assert!(output.stdout.is_empty(), "{arguments:?}");
            let name = regimens_in(configuration.path());
            let begins: String = name.to_str().unwrap().chars().take(60).collect();
            assert!(message.starts_with(&begins) && message.contains(why), "{arguments:?}: {message}");
            assert!(message.contains("Restore the folder"), "{message}");
        }
        // A folder that is named on the command is used all the same.
        let library = own_library();
        let named = ["plan", "--regimens", library.path().to_str().unwrap()];
        assert_eq!(configured(configuration.path(), &named, request().to_string().as_bytes()).status.code(), Some(0));
    }
}

/// A place in which another user can run the program, where this one is root and can become another.
#[cfg(unix)]
fn as_nobody(command: &Command, configuration: &Path) -> Option<Command> {
    use std::os::unix::{fs::MetadataExt, fs::PermissionsExt, process::CommandExt};

    let home = configuration.parent()?;
    if fs::metadata(configuration).ok()?.uid() != 0 {
        return None;
    }
    fs::set_permissions(home, PermissionsExt::from_mode(0o755)).unwrap();
    let copy = home.join("program");
    fs::copy(command.get_program(), &copy).unwrap();
    fs::set_permissions(&copy, PermissionsExt::from_mode(0o755)).unwrap();
    let mut other = Command::new(copy);
    other.current_dir("/").env("XDG_CONFIG_HOME", configuration).uid(65_534).gid(65_534);
    Some(other)
}

#[test]
#[cfg(unix)]
fn a_folder_above_that_may_not_be_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;

    let home = tempfile::tempdir().unwrap();
    let configuration = home.path().join("configuration");
    fs::create_dir_all(regimens_in(&configuration)).unwrap();
    let mut command = as_nobody(&program(&configuration), &configuration).unwrap_or_else(|| program(&configuration));
    let osteodose = configuration.join("osteodose");
    fs::set_permissions(&osteodose, PermissionsExt::from_mode(0o000)).unwrap();
    command.arg("plan");
    let output = ended(command, request().to_string().as_bytes());
    fs::set_permissions(&osteodose, PermissionsExt::from_mode(0o755)).unwrap();
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("the configured regimens cannot be read: Permission denied"), "{message}");
}

/// What is said of a library by `plan` and by `regimens check`, which must agree.
#[cfg(unix)]
fn refused(library: &Path) -> String {
    let library = library.to_str().unwrap();
    let planned = run(&["plan", "--regimens", library], request().to_string().as_bytes());
    assert_eq!((planned.status.code(), planned.stdout.len()), (Some(2), 0), "{}", text(&planned.stderr));
    let checked = run(&["regimens", "check", library], b"");
    assert_eq!(checked.status.code(), Some(1), "{}", text(&checked.stdout));
    let message = text(&planned.stderr);
    for line in message.lines().skip(1) {
        assert!(text(&checked.stdout).contains(line), "{line}: {}", text(&checked.stdout));
    }
    message
}

#[test]
#[cfg(unix)]
fn regimens_that_others_could_have_written_are_refused_by_name() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

    let library = own_library();
    let file = library.path().join("testbisphosphonate.json");
    let mode = |path: &Path, mode: u32| fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    let check = || run(&["regimens", "check", library.path().to_str().unwrap()], b"").status.code();
    assert_eq!(check(), Some(0));

    mode(&file, 0o646);
    let message = refused(library.path());
    assert!(message.contains("testbisphosphonate.json: everybody may write to it (permissions 646)"), "{message}");
    mode(&file, 0o600);
    mode(library.path(), 0o1777);
    let name = library.path().file_name().unwrap().to_str().unwrap();
    let message = refused(library.path());
    assert!(message.contains(&format!("{name}/: everybody may write to it (permissions 777)")), "{message}");
    mode(library.path(), 0o755);
    assert_eq!(check(), Some(0));
    // Whoever can write to the folder above can put another one in this one's place.
    let above = tempfile::tempdir().unwrap();
    let within = above.path().join("regimens");
    fs::create_dir(&within).unwrap();
    fs::copy(&file, within.join("testbisphosphonate.json")).unwrap();
    fs::copy(library.path().join("sources.json"), within.join("sources.json")).unwrap();
    mode(above.path(), 0o777);
    let message = refused(&within);
    assert!(message.contains("/: everybody may write to it (permissions 777)"), "{message}");
    mode(above.path(), 0o1777);
    assert_eq!(run(&["regimens", "check", within.to_str().unwrap()], b"").status.code(), Some(0));

    let user = fs::metadata(&file).unwrap().uid();
    let own_group = |group: u32| chown(&file, None, Some(group)).is_ok();
    mode(&file, 0o664);
    if own_group(user) {
        assert_eq!(check(), Some(0), "the user's own group");
    }
    if own_group(user + 1) {
        let message = refused(library.path());
        assert!(message.contains(&format!("group {} may write to it (permissions 664)", user + 1)), "{message}");
    }
    mode(&file, 0o644);

    // Only root can give a file away.
    if chown(&file, Some(user + 1), None).is_ok() {
        let message = refused(library.path());
        let belongs = format!("testbisphosphonate.json: it belongs to user {}", user + 1);
        assert!(message.contains(&belongs), "{message}");
        let outside = library.path().join("elsewhere");
        fs::rename(&file, &outside).unwrap();
        symlink(&outside, &file).unwrap();
        assert!(refused(library.path()).contains(&belongs), "a link does not hide the owner");
        chown(&file, Some(user), None).unwrap();
        chown(library.path(), Some(user + 1), None).unwrap();
        assert!(refused(library.path()).contains(&format!("{name}/: it belongs to user {}", user + 1)));
        let configuration = tempfile::tempdir().unwrap();
        fs::create_dir_all(configuration.path().join("osteodose")).unwrap();
        symlink(library.path(), regimens_in(configuration.path())).unwrap();
        let output = configured(configuration.path(), &["plan"], request().to_string().as_bytes());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
        assert!(text(&output.stderr).contains("it belongs to user"), "{}", text(&output.stderr));
    }
}

/// Gives another user rights of his own to a file or folder, where its system has access lists.
#[cfg(target_os = "linux")]
fn listed(path: &Path) -> bool {
    let entries = [(1u16, 6u16, u32::MAX), (2, 6, 65_534), (4, 4, u32::MAX), (16, 6, u32::MAX), (32, 4, u32::MAX)];
    let entry = |(tag, rights, number): (u16, u16, u32)| {
        [&tag.to_le_bytes()[..], &rights.to_le_bytes(), &number.to_le_bytes()].concat()
    };
    let list: Vec<u8> = [2u32.to_le_bytes().to_vec()].into_iter().chain(entries.map(entry)).flatten().collect();
    rustix::fs::setxattr(path, "system.posix_acl_access", &list, rustix::fs::XattrFlags::empty()).is_ok()
}

#[test]
#[cfg(target_os = "linux")]
fn an_access_list_that_lets_another_user_write_is_seen() {
    use std::os::unix::fs::PermissionsExt;

    let library = own_library();
    let file = library.path().join("testbisphosphonate.json");
    if !listed(&file) {
        return;
    }
    assert!(refused(library.path()).contains("testbisphosphonate.json: group "), "{}", refused(library.path()));
    fs::remove_file(&file).unwrap();
    fs::copy(tests("libraries/sound/testbisphosphonate.json"), &file).unwrap();
    fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
    assert!(listed(library.path()));
    assert!(refused(library.path()).contains("/: group "), "{}", refused(library.path()));
}

#[test]
fn a_name_that_is_nearly_that_of_a_regimen_file_is_not_passed_over() {
    for name in ["zoledronic-acid.JSON", "zoledronic-acid.json ", "zoledronic-acid.Json", "zoledronic-acid.json.txt"] {
        let library = own_library();
        fs::write(library.path().join(name), "{}").unwrap();
        let output = run(&["plan", "--regimens", library.path().to_str().unwrap()], request().to_string().as_bytes());
        let message = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{name}: {message}");
        assert!(message.contains(name.trim()) && message.contains("ends in .json, in small letters"), "{message}");
    }
}

/// Where others could put another folder in the place of one on the way to the configured regimens, or have taken them
/// away, nothing is planned.
#[test]
#[cfg(unix)]
fn every_folder_on_the_way_to_the_configured_regimens_is_looked_at() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let open = |path: &Path| fs::set_permissions(path, PermissionsExt::from_mode(0o777)).unwrap();
    let closed = |path: &Path| fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
    let planned = |configuration: &Path| {
        let output = configured(configuration, &["plan"], request().to_string().as_bytes());
        let everybody = text(&output.stderr).contains("/: everybody may write to it (permissions 777)");
        (output.status.code(), everybody)
    };
    let home = tempfile::tempdir().unwrap();
    let configuration = home.path().join("configuration");
    let library = own_library();
    let shelf = home.path().join("shelf");
    fs::create_dir_all(configuration.join("osteodose")).unwrap();
    fs::create_dir(&shelf).unwrap();
    fs::create_dir(shelf.join("regimens")).unwrap();
    for name in ["testbisphosphonate.json", "sources.json"] {
        fs::copy(library.path().join(name), shelf.join("regimens").join(name)).unwrap();
    }
    symlink(shelf.join("regimens"), regimens_in(&configuration)).unwrap();
    assert_eq!(planned(&configuration), (Some(0), false));
    for folder in [home.path(), &configuration, &configuration.join("osteodose"), &shelf, &shelf.join("regimens")] {
        open(folder);
        assert_eq!(planned(&configuration), (Some(2), true), "{}", folder.display());
        closed(folder);
    }
    assert_eq!(planned(&configuration), (Some(0), false));
    // Taken away by somebody who could.
    fs::remove_file(regimens_in(&configuration)).unwrap();
    assert_eq!(planned(&configuration), (Some(0), false));
    open(&configuration.join("osteodose"));
    assert_eq!(planned(&configuration), (Some(2), true));
    // Where nothing was configured, nothing was taken away.
    fs::remove_dir(configuration.join("osteodose")).unwrap();
    open(&configuration);
    assert_eq!(planned(&configuration), (Some(0), false));
}

#[test]
#[cfg(unix)]
fn a_regimen_file_that_is_a_link_is_as_safe_as_the_folder_it_leads_to() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let library = own_library();
    let elsewhere = tempfile::tempdir().unwrap();
    let (file, target) =
        (library.path().join("testbisphosphonate.json"), elsewhere.path().join("testbisphosphonate.json"));
    fs::copy(&file, &target).unwrap();
    fs::remove_file(&file).unwrap();
    symlink(&target, &file).unwrap();
    let check = || run(&["regimens", "check", library.path().to_str().unwrap()], b"").status.code();
    assert_eq!(check(), Some(0));
    fs::set_permissions(elsewhere.path(), PermissionsExt::from_mode(0o777)).unwrap();
    assert!(refused(library.path()).contains("/: everybody may write to it"), "{}", refused(library.path()));
}

/// A service has neither a home nor an entry among the users.
#[test]
#[cfg(unix)]
fn a_user_without_a_home_has_the_regimens_of_the_folder_for_configuration() {
    use std::os::unix::process::CommandExt;

    let home = tempfile::tempdir().unwrap();
    let configuration = home.path().join("configuration");
    fs::create_dir_all(regimens_in(&configuration)).unwrap();
    let Some(mut command) = as_nobody(&program(&configuration), &configuration) else { return };
    command.env_remove("HOME").uid(4_242).gid(4_242).arg("plan");
    let output = ended(command, request().to_string().as_bytes());
    // The folder is there and empty: the shipped regimens do not take its place.
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("no regimen file"), "{}", text(&output.stderr));
}

const OTHER: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

#[test]
fn a_site_can_pin_its_library() {
    let plans = folder(&[("plan.json", &plan(&request()))]);
    let plan_file = path(&plans, "plan.json");
    let digest = Library::shipped().digest();
    assert!(text(&run(&["regimens", "list"], b"").stdout).ends_with(&format!("library {digest}\n")));
    for (arguments, input) in commands(&plan_file) {
        let with = |digest| run(&[&arguments[..], &["--require-library", digest]].concat(), &input);
        let plain = run(&arguments, &input);
        assert_eq!(with(digest).stdout, plain.stdout, "{arguments:?}");
        assert_eq!(with(digest).status, plain.status, "{arguments:?}");
        let output = with(OTHER);
        let message = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {message}");
        assert!(message.contains(OTHER) && message.contains(digest), "{message}");
    }
    for no_digest in ["", "0123", &OTHER.to_uppercase(), &format!("{OTHER}0")] {
        let output = run(&["plan", "--require-library", no_digest], request().to_string().as_bytes());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{no_digest}");
        assert!(text(&output.stderr).contains("not the digest of a library"), "{}", text(&output.stderr));
    }
}

#[test]
fn the_ward_settings_can_pin_the_library() {
    let digest = Library::shipped().digest();
    let with = |library: &str| {
        let ward = folder(&[("ward.json", &json!({"format": "osteodose-ward/1", "library": library}).to_string())]);
        run(&["plan", "--ward", &path(&ward, "ward.json")], request().to_string().as_bytes())
    };
    assert_eq!(with(digest).status.code(), Some(0), "{}", text(&with(digest).stderr));
    let other = with(OTHER);
    let message = text(&other.stderr);
    assert_eq!((other.status.code(), other.stdout.len()), (Some(2), 0));
    let said = format!("library: the library {OTHER} is required, and the one in use is {digest}");
    assert!(message.contains(&said), "{message}");
    // Nobody is told to move the settings out of the way.
    assert!(message.contains("Ask the pharmacist") && !message.contains("move it"), "{message}");
    assert!(text(&with("shipped").stderr).contains("library: not the digest of a library"));
}

#[test]
#[cfg(unix)]
fn ward_settings_that_pin_the_library_are_protected_too() {
    use std::os::unix::fs::PermissionsExt;

    let digest = Library::shipped().digest();
    for (settings, is_refused) in [
        (json!({"format": "osteodose-ward/1", "library": digest}), true),
        // A ward may share a file that decides no rule.
        (json!({"format": "osteodose-ward/1", "name": "Day unit 4B"}), false),
    ] {
        let ward = folder(&[("ward.json", &settings.to_string())]);
        let file = path(&ward, "ward.json");
        fs::set_permissions(&file, PermissionsExt::from_mode(0o666)).unwrap();
        let output = run(&["plan", "--ward", &file], request().to_string().as_bytes());
        assert_eq!(output.status.code(), Some(if is_refused { 2 } else { 0 }));
        assert_eq!(text(&output.stderr).contains("everybody may write to it"), is_refused);
        fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        fs::set_permissions(ward.path(), PermissionsExt::from_mode(0o777)).unwrap();
        let output = run(&["plan", "--ward", &file], request().to_string().as_bytes());
        assert_eq!(output.status.code(), Some(if is_refused { 2 } else { 0 }), "the folder it is in");
    }
}

#[cfg(unix)]
fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// A folder of plans in which are a pipe, an endless device, a link in a circle, and one plan.
#[cfg(unix)]
fn hostile_folder() -> TempDir {
    use std::os::unix::fs::symlink;

    let folder = folder(&[("plan.json", &plan(&request()))]);
    pipe(&folder.path().join("pipe.json"));
    pipe(&folder.path().join("pipe.jsonl"));
    symlink("/dev/zero", folder.path().join("zero.json")).unwrap();
    symlink("/dev/zero", folder.path().join("zero.jsonl")).unwrap();
    symlink("loop.json", folder.path().join("loop.json")).unwrap();
    symlink(".", folder.path().join("folder.json")).unwrap();
    folder
}

#[test]
#[cfg(unix)]
fn a_pipe_or_a_device_among_plans_is_named_and_not_waited_for() {
    let folder = hostile_folder();
    let name = folder.path().to_str().unwrap();
    let output = run(&["recheck", name], b"");
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stdout);
    for unusable in ["pipe.json", "pipe.jsonl", "zero.json", "zero.jsonl"] {
        let line = format!("{name}/{unusable}: NOT USABLE: cannot be read: it is no ordinary file");
        assert!(said.contains(&line), "{said}");
    }
    assert!(said.contains("loop.json: NOT USABLE: cannot be read: "), "{said}");
    assert!(said.contains("plan.json: the same") && !said.contains("folder.json"), "{said}");
    let output = run(&["forecast", name], b"");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(text(&output.stderr).starts_with(name), "{}", text(&output.stderr));
}

#[test]
#[cfg(unix)]
fn a_device_that_is_named_and_a_pipe_where_none_is_meant_are_refused() {
    let folder = hostile_folder();
    let pipe_file = path(&folder, "pipe.json");
    let plan_file = path(&folder, "plan.json");
    let folder_name = folder.path().to_str().unwrap();
    let mut cases: Vec<Vec<&str>> = vec![
        vec!["plan", "/dev/zero"],
        vec!["batch", "/dev/zero"],
        vec!["export", "/dev/zero"],
        vec!["recheck", "/dev/zero"],
        vec!["forecast", "/dev/zero"],
        vec!["plan", "--ward", "/dev/zero"],
        vec!["plan", "--ward", &pipe_file],
        vec!["plan", "--regimens", &pipe_file],
        vec!["plan", "--regimens", folder_name],
        vec!["export", &plan_file, "--format", "ics", "--replaces", "/dev/zero"],
        vec!["regimens", "check", folder_name],
        vec!["regimens", "check", "/dev/zero"],
        vec!["regimens", "diff", "shipped", folder_name],
    ];
    #[cfg(feature = "pdf")]
    cases.extend([
        vec!["export", &plan_file, "--format", "pdf", "--font", "/dev/zero"],
        vec!["export", &plan_file, "--format", "pdf", "--font", &pipe_file],
    ]);
    #[cfg(feature = "tui")]
    cases.extend([vec!["/dev/zero"], vec![&pipe_file], vec!["--plain", "--ward", &pipe_file]]);
    for arguments in cases {
        let output = run(&arguments, request().to_string().as_bytes());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", text(&output.stdout));
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
#[cfg(unix)]
fn a_pipe_that_is_named_is_read_as_a_shell_makes_it() {
    let plans = folder(&[("request.json", &request().to_string()), ("plan.json", &plan(&request()))]);
    for (file, before, after) in [
        ("request.json", "plan", ""),
        ("request.json", "batch", ""),
        ("plan.json", "export", "--format text"),
        ("plan.json", "recheck", ""),
        ("plan.json", "forecast", ""),
    ] {
        let pipe_file = path(&plans, &format!("{before}.pipe"));
        pipe(Path::new(&pipe_file));
        let (from, to) = (path(&plans, file), pipe_file.clone());
        let writer = std::thread::spawn(move || fs::write(to, fs::read(from).unwrap()).unwrap());
        let arguments: Vec<&str> = [before, &pipe_file].into_iter().chain(after.split_whitespace()).collect();
        let output = run(&arguments, b"");
        writer.join().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", text(&output.stderr));
        assert!(!output.stdout.is_empty(), "{arguments:?}");
    }
}

/// What acts on a terminal, turns the direction of what follows, breaks a line where none is, or is not seen at all.
fn hostile() -> Vec<String> {
    let alone = [
        '\u{1b}',
        '\u{7}',
        '\u{8}',
        '\u{7f}',
        '\u{80}',
        '\u{85}',
        '\u{90}',
        '\u{9b}',
        '\u{9d}',
        '\u{9f}',
        '\u{ad}',
        '\u{61c}',
        '\u{200b}',
        '\u{200e}',
        '\u{200f}',
        '\u{2028}',
        '\u{2029}',
        '\u{202a}',
        '\u{202b}',
        '\u{202c}',
        '\u{202d}',
        '\u{202e}',
        '\u{2066}',
        '\u{2067}',
        '\u{2068}',
        '\u{2069}',
        '\u{feff}',
        '\u{fffa}',
        '\u{e000}',
        '\u{e0041}',
    ];
    alone.iter().map(|c| format!("3.5{c}[2Jmg")).collect()
}

/// The first character of an output that must not be there.
fn raw(output: &str) -> Option<char> {
    let hostile = hostile().concat();
    let is_hostile = |c: char| hostile.contains(c) && !c.is_ascii_graphic();
    output.chars().find(|c| is_hostile(*c) || (c.is_control() && !matches!(c, '\n' | '\r')))
}

/// A saved plan in which a text says this wherever the program takes any text.
fn hostile_plan(said: &str) -> Value {
    let mut plan: Value = serde_json::from_str(&plan(&request())).unwrap();
    for path in [
        "/dosing/title",
        "/dosing/drug",
        "/dosing/frequency",
        "/dosing/regimen",
        "/dosing/preparation/product",
        "/dosing/preparation/open/0/product",
        "/dosing/directions/0/text",
        "/renal/displayed",
        "/renal/band",
        "/findings/0/message",
        "/sources/0/title",
        "/provenance/program",
        "/provenance/regimens_sha256",
    ] {
        *plan.pointer_mut(path).unwrap_or_else(|| panic!("{path}")) = json!(said);
    }
    plan["provenance"].as_object_mut().unwrap().remove("checksum");
    plan
}

/// What a command prints on both outputs, once none of it is raw.
fn printed(arguments: &[&str], input: &str) -> String {
    let output = run(arguments, input.as_bytes());
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(raw(&said), None, "{arguments:?}");
    said
}

/// A line for each hostile text.
fn lines(of: impl Fn(&str) -> Value) -> String {
    hostile().iter().fold(String::new(), |all, said| format!("{all}{}\n", of(said)))
}

#[test]
fn thirty_hostile_texts_in_plans_leave_no_command_raw() {
    assert_eq!(hostile().len(), 30);
    let sealed = |said: &str| {
        let mut plan = hostile_plan(said);
        plan["provenance"]["checksum"] = json!("values-crc32:00000000");
        plan
    };
    let of_no_status = |said: &str| {
        let mut plan = hostile_plan(said);
        plan["status"] = json!(said);
        plan[said] = json!(said);
        plan
    };
    let no_plan = |said: &str| json!({"line": said, "error": said});
    let mut said = String::new();
    for plans in [lines(hostile_plan), lines(sealed), lines(of_no_status), lines(no_plan)] {
        said += &printed(&["recheck", "-"], &plans);
        said += &printed(&["recheck", "--json", "-"], &plans);
        for format in ["text", "csv", "json"] {
            said += &printed(&["forecast", "--altered", "--format", format], &plans);
        }
    }
    said += &printed(&["forecast", "--chair-minutes", "1"], &lines(hostile_plan));
    assert!(said.contains(r"\u009b"), "JSON writes a character by its number");
    assert!(said.contains(r"\u{9b}"), "and so does text");
}

#[test]
fn thirty_hostile_texts_in_requests_leave_no_command_raw() {
    let requests = lines(|said| {
        let mut request = request();
        request["patient"]["id"] = json!(said);
        request["tumour"] = json!(said);
        request["treatment"]["drug"] = json!(said);
        request[said] = json!({ said: 1 });
        request["history"]["conditions"] = json!([said]);
        request
    });
    let table = hostile().iter().fold(String::new(), |all, said| format!("{all}\"{said}\",{said}\n"));
    printed(&["batch"], &requests);
    printed(&["batch", "--brief"], &requests);
    printed(&["batch", "--csv"], &table);
    printed(&["plan"], &requests);
    for said in hostile() {
        printed(&["batch", "--csv"], &format!("patient.id,{said}\n1,2\n"));
    }
}

/// One of each kind, as each is many runs of the program.
#[test]
fn hostile_files_and_their_names_leave_no_command_raw() {
    for said in ["\u{9b}31m", "\u{7f}", "\u{202e}gm 5", "\u{2028}"] {
        let hostile = hostile_plan(said).to_string();
        let named = format!("{said}.json");
        let folder = folder(&[("plan.json", &hostile), (&named, &hostile)]);
        let (name, named, request) = (folder.path().to_str().unwrap(), path(&folder, &named), request().to_string());
        for format in ["json", "text", "csv", "ics", "fhir"] {
            printed(&["export", &named, "--format", format], "");
        }
        printed(&["recheck", name], "");
        printed(&["recheck", "--json", name], "");
        printed(&["forecast", name], "");
        printed(&["regimens", "check", name], "");
        printed(&["plan", "--regimens", name], &request);
        printed(&["plan", "--ward", &named], &request);
        printed(&["plan", "--output", &named], &request);
        printed(&["plan", &path(&folder, &format!("none{said}.json"))], "");
        printed(&["plan", "--format", "ics", "--replaces", &named], &request);
    }
}

#[test]
fn hidden_characters_on_the_command_line_are_shown_and_not_obeyed() {
    for said in ["\u{9b}31m", "\u{7f}", "\u{202e}gm 5", "\u{2028}"] {
        for arguments in [&["plan", "--format", said][..], &[&format!("--{said}")], &["schema", said], &["help", said]]
        {
            printed(arguments, "");
        }
    }
}

/// The plan with a figure altered and its checksum left as it was.
fn altered(plan: &str) -> String {
    let altered = plan.replacen("\"frequency\": \"every 4 weeks\"", "\"frequency\": \"every 3 weeks\"", 1);
    assert_ne!(altered, plan);
    altered
}

#[test]
fn an_altered_plan_is_counted_only_if_asked_for() {
    let sound = plan(&patient("A-1", "1958-03-14", None));
    let plans = folder(&[("a.json", &sound), ("b.json", &altered(&plan(&patient("B-2", "1958-03-14", None))))]);
    let name = plans.path().to_str().unwrap();
    let left_out = run(&["forecast", name], b"");
    assert_eq!(left_out.status.code(), Some(1));
    let said = text(&left_out.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.starts_with("Forecast from 1 plan:"), "{said}");
    assert!(said.contains("ALTERED: 1 plan was altered since it was saved: "), "{said}");
    assert!(said.contains("Not included in any figure."), "{said}");
    let counted = run(&["forecast", "--altered", name], b"");
    assert_eq!(counted.status.code(), Some(0));
    let said = text(&counted.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.starts_with("Forecast from 2 plans:") && said.contains("Included in every figure"), "{said}");

    let document: Value = serde_json::from_slice(&run(&["forecast", "--format", "json", name], b"").stdout).unwrap();
    assert_eq!(document["altered"], json!({"counted": false, "plans": [format!("{name}/b.json")]}));
    assert_eq!(document["plans"]["all"], 1);
    let table = text(&run(&["forecast", "--format", "csv", name], b"").stdout);
    assert!(table.contains("altered-plans,,,,,,,,,,,1,0,"), "{table}");
    let row = table.lines().find(|line| line.starts_with("altered-plan,")).unwrap();
    assert!(row.contains("b.json") && row.contains("left-out"), "{row}");

    let only = run(&["forecast", &path(&plans, "b.json")], b"");
    assert_eq!((only.status.code(), only.stdout.len()), (Some(2), 0));
    assert!(text(&only.stderr).contains("nothing was counted: 1 plan given"), "{}", text(&only.stderr));
}

#[test]
fn one_identifier_for_two_patients_is_said_and_nothing_is_merged() {
    let of = |birth_date, name| plan(&patient("A-1", birth_date, name));
    let plans = folder(&[
        ("1.json", &of("1958-03-14", Some("Jane Smith"))),
        ("2.json", &of("1958-03-15", None)),
        ("3.json", &of("1958-03-14", Some("Anna Jones"))),
        ("4.json", &of("1958-03-14", Some("JANE  SMITH"))),
        ("5.json", &of("1958-03-14", None)),
    ]);
    let name = plans.path().to_str().unwrap();
    let forecast = text(&run(&["forecast", name], b"").stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    let births = format!(
        "TWO PATIENTS: identifier A-1 has two dates of birth, 14-Mar-1958 in {name}/1.json and 15-Mar-1958 in {name}/2.json."
    );
    assert!(forecast.contains(&births), "{forecast}");
    assert!(forecast.contains("TWO PATIENTS: identifier A-1 has two names, in "), "{forecast}");
    assert_eq!(forecast.matches("TWO PATIENTS").count(), 2, "{forecast}");
    // The plans of one of them are given twice, and those of the others are not.
    assert_eq!(forecast.matches("TWICE:").count(), 2, "{forecast}");
    assert!(forecast.starts_with("Forecast from 5 plans"), "{forecast}");
    let document: Value = serde_json::from_slice(&run(&["forecast", "--format", "json", name], b"").stdout).unwrap();
    let differs: Vec<&str> = document["one_identifier_for_two"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["differs"].as_str().unwrap())
        .collect();
    assert_eq!(differs, ["birth_date", "name"]);
    let table = text(&run(&["forecast", "--format", "csv", name], b"").stdout);
    assert_eq!(table.matches("one-identifier-for-two").count(), 2, "{table}");

    let output = run(&["recheck", name], b"");
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let line = format!(
        "    TWO PATIENTS: date of birth 15-Mar-1958 here, 14-Mar-1958 under the same identifier in {name}/1.json"
    );
    assert!(said.contains(&line), "{said}");
    assert!(said.contains("TWO PATIENTS: another name under the same identifier in"), "{said}");
    assert!(said.trim_end().ends_with("; 2 with the identifier of another patient"), "{said}");
    assert!(!said.contains("Anna") && !said.contains("Jane"), "no name is repeated: {said}");
    let objects = text(&run(&["recheck", "--json", name], b"").stdout);
    let objects: Vec<Value> = objects.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let others: Vec<&Value> = objects.iter().map(|it| &it["other_patient"]["differs"]).collect();
    assert_eq!(others, [&Value::Null, &json!("birth_date"), &json!("name"), &Value::Null, &Value::Null]);
    assert_eq!(objects[1]["other_patient"]["earlier"]["file"], json!(format!("{name}/1.json")));
}

#[test]
fn an_identifier_that_a_spreadsheet_shortened_is_asked_about() {
    let shortened = patient("4.01E+09", "1958-03-14", None);
    let output = run(&["plan"], shortened.to_string().as_bytes());
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{message}");
    assert!(
        message.starts_with("standard input: patient.id: \"4.01E+09\" is a number as a spreadsheet shortens it"),
        "{message}"
    );
    let sound = patient("4010000123", "1958-03-14", None);
    assert!(run(&["plan"], sound.to_string().as_bytes()).stderr.is_empty());
}

#[test]
fn a_plan_that_no_file_can_hold_is_refused() {
    let mut late = request();
    late["labs"]["date"] = json!("2199-05-25");
    late["treatment"]["start_date"] = json!("2199-06-01");
    late["patient"]["birth_date"] = json!("2140-03-14");
    let output = run(&["plan"], late.to_string().as_bytes());
    let message = text(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{message}");
    assert!(message.contains("treatment.start_date: the plan would have the date "), "{message}");
    assert!(message.contains("-2200 (allowed: dates between 1900 and 2199)"), "{message}");
    assert!(text(&run(&["batch"], late.to_string().as_bytes()).stdout).contains("the plan would have the date"));
    late["treatment"]["course_months"] = json!(6);
    let output = run(&["plan"], late.to_string().as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let file = folder(&[("plan.json", &text(&output.stdout))]);
    assert_eq!(run(&["recheck", &path(&file, "plan.json")], b"").status.code(), Some(0));
}

#[test]
fn a_clock_before_1970_ends_no_export() {
    let request = Request::parse(request().to_string().as_bytes()).unwrap();
    let plan = dosing::plan(request, &LIBRARY).unwrap();
    for moment in ["1969-12-31T23:59:59Z", "1901-12-13T20:45:51Z", "0001-01-01T00:00:00Z"] {
        let options = Options { at: moment.parse().unwrap(), ..Options::default() };
        for format in [Format::Json, Format::Text, Format::Fhir, Format::Csv, Format::Ics] {
            assert!(export(&plan, format, &options).is_ok(), "{moment} {format:?}");
        }
        #[cfg(feature = "pdf")]
        assert!(export(&plan, Format::Pdf, &options).is_ok(), "{moment}");
    }
}

#[test]
#[cfg(all(unix, feature = "tui"))]
fn a_time_zone_without_end_is_refused() {
    let zone = |zone: &str| {
        let mut command = program(&tests("no-configuration"));
        let state = tempfile::tempdir().unwrap();
        command.arg("--plain").env("TZ", zone).env("XDG_STATE_HOME", state.path());
        ended(command, b"")
    };
    for endless in ["/dev/zero", ":/dev/zero", "../../../dev/zero"] {
        let output = zone(endless);
        assert_eq!(output.status.code(), Some(2), "{endless}: {}", text(&output.stdout));
        assert!(text(&output.stderr).contains("not a time zone (from TZ)"), "{}", text(&output.stderr));
    }
    for usual in ["UTC", "CET-1CEST", "Nowhere/Else", ""] {
        assert_ne!(zone(usual).status.code(), Some(2), "{usual}");
    }
}
