//! A database server for tests: in a temporary folder, reached by its socket alone, and gone with the test.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process::{Command, Output},
};

use postgres::{Client, NoTls};
use tempfile::TempDir;

/// A server that runs.
pub struct Server {
    folder: TempDir,
    programs: PathBuf,
    /// The user that it runs as, where the tests run as root, as which no server runs.
    user: Option<(u32, u32)>,
}

impl Server {
    /// Starts one; none where there is no server to start, which is said by the name of the test. Where everything must be
    /// tried (`CI=true`), that is a failure.
    pub fn start(test: &str) -> Option<Self> {
        let started = Self::try_start();
        let why = match started {
            Ok(server) => return Some(server),
            Err(why) => why,
        };
        assert!(std::env::var_os("CI").is_none_or(|it| it != "true"), "{test}: {why}");
        println!("skipped: {test}: {why}");
        None
    }

    fn try_start() -> Result<Self, String> {
        let programs = programs().ok_or("PostgreSQL is not installed")?;
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let user =
            if rustix::process::geteuid().is_root() { Some(other_user().ok_or("no user but root")?) } else { None };
        if let Some((user, group)) = user {
            chown(folder.path(), Some(user), Some(group)).map_err(|error| error.to_string())?;
            fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).map_err(|error| error.to_string())?;
        }
        let server = Self { folder, programs, user };
        let data = server.data();
        let made =
            server.run("initdb", &["-D", &data, "-U", "owner", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]);
        if !made.status.success() {
            return Err(String::from_utf8_lossy(&made.stderr).into_owned());
        }
        server.up();
        Ok(server)
    }

    /// Starts it, again after it was stopped.
    pub fn up(&self) {
        let options = format!("-k {} -c listen_addresses='' -c fsync=on", self.folder.path().display());
        let log = format!("{}/log", self.folder.path().display());
        let started = self.run("pg_ctl", &["-D", &self.data(), "-w", "-l", &log, "-o", &options, "start"]);
        assert!(started.status.success(), "{}{}", text(&started), fs::read_to_string(log).unwrap_or_default());
    }

    /// Stops it, in one of the ways that it knows: `fast`, or `immediate`, as if the power had failed.
    pub fn stop(&self, mode: &str) {
        self.run("pg_ctl", &["-D", &self.data(), "-m", mode, "-w", "stop"]);
    }

    /// Makes a database.
    pub fn database(&self, name: &str) {
        self.run_in("owner", "postgres", &format!("CREATE DATABASE {name}"));
    }

    /// The address of a database for a user.
    pub fn address(&self, user: &str, database: &str) -> PathBuf {
        let folder = self.folder.path().display().to_string().replace('/', "%2F");
        format!("postgresql://{user}@{folder}/{database}").into()
    }

    /// A connection of a user to a database.
    pub fn client(&self, user: &str, database: &str) -> Client {
        Client::connect(self.address(user, database).to_str().unwrap(), NoTls).unwrap()
    }

    /// Runs statements as a user in a database.
    pub fn run_in(&self, user: &str, database: &str, statements: &str) {
        self.client(user, database).batch_execute(statements).unwrap();
    }

    fn data(&self) -> String {
        format!("{}/data", self.folder.path().display())
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let program = self.programs.join(program);
        let mut command = match self.user {
            None => Command::new(program),
            Some((user, group)) => {
                let mut command = Command::new("setpriv");
                command.args([format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".to_owned()]);
                command.arg(program);
                command
            }
        };
        // The server must not keep what the test prints to open.
        command.args(arguments).current_dir(self.folder.path()).output().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop("immediate");
    }
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// The folder of the programs of the server: the newest of those that Debian installs, or one of the search path.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|it| it.path().join("bin"));
    let mut found: Vec<PathBuf> = versions.filter(|it| it.join("initdb").exists()).collect();
    found.sort();
    found.pop().or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(|it| it.join("initdb").exists())
    })
}

/// A user of this computer who is not root, with the group: that of the server, or nobody.
fn other_user() -> Option<(u32, u32)> {
    let users = fs::read_to_string(Path::new("/etc/passwd")).ok()?;
    let numbers = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    numbers("postgres").or_else(|| numbers("nobody"))
}
