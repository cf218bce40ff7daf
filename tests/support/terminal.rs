//! The program in a terminal: keys go in, a screen comes out, and what it leaves behind is looked at.

use std::{
    env, fs,
    io::{Read, Write},
    num::NonZeroU16,
    path::Path,
    process::Command,
    sync::{Arc, Condvar, Mutex, MutexGuard},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use vt100::Screen;

/// How long anything may take.
const LIMIT: Duration = Duration::from_secs(10);

/// A key that is not a character.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    Tab,
    BackTab,
    Enter,
    Esc,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    Delete,
    Backspace,
    /// F1 to F12.
    F(u8),
    /// Control and a letter.
    Ctrl(char),
}

impl Key {
    /// What xterm sends.
    fn bytes(self) -> Vec<u8> {
        let text = match self {
            Self::Tab => "\t",
            Self::BackTab => "\x1b[Z",
            Self::Enter => "\r",
            Self::Esc => "\x1b",
            Self::Up => "\x1b[A",
            Self::Down => "\x1b[B",
            Self::Right => "\x1b[C",
            Self::Left => "\x1b[D",
            Self::PageUp => "\x1b[5~",
            Self::PageDown => "\x1b[6~",
            Self::Home => "\x1b[H",
            Self::End => "\x1b[F",
            Self::Delete => "\x1b[3~",
            Self::Backspace => "\x7f",
            Self::F(number @ 1..=4) => return vec![0x1b, b'O', b'O' + number],
            Self::F(number @ 5..=12) => {
                let code = [15, 17, 18, 19, 20, 21, 23, 24][usize::from(number - 5)];
                return format!("\x1b[{code}~").into_bytes();
            }
            Self::F(number) => panic!("there is no F{number}"),
            Self::Ctrl(letter) => return vec![u8::try_from(letter).unwrap() & 0x1f],
        };
        text.as_bytes().to_vec()
    }
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// By itself, with a status.
    Status(u32),
    /// By a signal, which the system names so.
    Signal(String),
}

/// What the terminal has received.
struct Received {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    /// Whether nobody can write to the terminal any more.
    closed: bool,
    /// Whether the terminal is to go away.
    vanishing: bool,
}

type Shared = Arc<(Mutex<Received>, Condvar)>;

/// A program in a terminal of its own. It is killed at the end of the test.
pub struct Session {
    /// None once the terminal has vanished.
    ends: Option<Ends>,
    reader: Option<JoinHandle<()>>,
    child: Box<dyn Child + Send + Sync>,
    shared: Shared,
}

/// Our side of the terminal.
struct Ends {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
}

impl Session {
    /// `osteodose` with these arguments; `home` is the folder in which it may keep something.
    pub fn osteodose(arguments: &[&str], rows: u16, columns: u16, home: &Path) -> Self {
        Self::osteodose_with(arguments, rows, columns, home, &[])
    }

    /// The same with variables, such as `NO_COLOR`.
    pub fn osteodose_with(
        arguments: &[&str],
        rows: u16,
        columns: u16,
        home: &Path,
        variables: &[(&str, &str)],
    ) -> Self {
        let mut command = hermetic(env!("CARGO_BIN_EXE_osteodose"), home);
        command.args(arguments);
        for (name, value) in variables {
            command.env(name, value);
        }
        Self::spawn(command, rows, columns)
    }

    /// A shell with job control, whose prompt is `$ `; `$osteodose` is the program.
    pub fn shell(rows: u16, columns: u16, home: &Path) -> Self {
        let mut command = hermetic("bash", home);
        command.args(["--norc", "--noprofile", "--noediting", "-i"]);
        command.env("PS1", "$ ");
        command.env("osteodose", env!("CARGO_BIN_EXE_osteodose"));
        let session = Self::spawn(command, rows, columns);
        session.wait_for("$ ");
        session
    }

    /// Any program of the system.
    pub fn of_system(program: &str, arguments: &[&str], rows: u16, columns: u16, home: &Path) -> Self {
        let mut command = hermetic(program, home);
        command.args(arguments);
        Self::spawn(command, rows, columns)
    }

    fn spawn(command: CommandBuilder, rows: u16, columns: u16) -> Self {
        let pair = native_pty_system().openpty(size(rows, columns)).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        // While we hold the program's side, reading never ends.
        drop(pair.slave);
        let parser = vt100::Parser::new(cells(rows), cells(columns), 0);
        let received = Received { parser, bytes: Vec::new(), closed: false, vanishing: false };
        let shared: Shared = Arc::new((Mutex::new(received), Condvar::new()));
        let filled = Arc::clone(&shared);
        let reader = Some(thread::spawn(move || receive(reader, &filled)));
        Self { ends: Some(Ends { master: pair.master, writer }), reader, child, shared }
    }

    /// Types characters.
    pub fn type_keys(&mut self, text: &str) {
        self.send(text.as_bytes());
    }

    /// Presses a key.
    pub fn press(&mut self, key: Key) {
        self.send(&key.bytes());
    }

    /// Pastes text, as a terminal that brackets it.
    pub fn paste(&mut self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~").as_bytes());
    }

    fn send(&mut self, bytes: &[u8]) {
        let writer = &mut self.ends.as_mut().expect("the terminal has vanished").writer;
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
    }

    fn master(&self) -> &dyn MasterPty {
        &*self.ends.as_ref().expect("the terminal has vanished").master
    }

    /// Waits until the screen shows this text.
    #[track_caller]
    pub fn wait_for(&self, text: &str) {
        let shown = self.becomes(|screen| screen.contents().contains(text));
        assert!(shown, "{text:?} is not shown:\n{}", self.screen());
    }

    /// Waits until the screen is so.
    #[track_caller]
    pub fn wait_until(&self, wanted: impl Fn(&Screen) -> bool) {
        assert!(self.becomes(wanted), "the screen is not as it should become:\n{}", self.screen());
    }

    /// Whether the screen becomes so, before the limit and before the program is gone.
    pub fn becomes(&self, wanted: impl Fn(&Screen) -> bool) -> bool {
        self.received_until(
            |received| received.closed || wanted(received.parser.screen()),
            |received| wanted(received.parser.screen()),
        )
    }

    /// Waits until `done` or the limit, and then answers.
    fn received_until<T>(&self, done: impl Fn(&Received) -> bool, answer: impl Fn(&Received) -> T) -> T {
        let (_, changed) = &*self.shared;
        let (received, _) = changed.wait_timeout_while(self.received(), LIMIT, |received| !done(received)).unwrap();
        answer(&received)
    }

    fn received(&self) -> MutexGuard<'_, Received> {
        self.shared.0.lock().unwrap()
    }

    /// The text of the screen, without blanks at the ends of lines.
    pub fn screen(&self) -> String {
        self.received().parser.screen().contents()
    }

    /// Row and column of the cursor, from 0; none where it is hidden.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        let received = self.received();
        let screen = received.parser.screen();
        (!screen.hide_cursor()).then(|| screen.cursor_position())
    }

    /// Every byte so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.received().bytes.clone()
    }

    /// How often this was sent so far, such as "\x1b[?1049h".
    pub fn count(&self, sequence: &str) -> usize {
        let received = self.received();
        received.bytes.windows(sequence.len()).filter(|it| *it == sequence.as_bytes()).count()
    }

    /// Gives the terminal another size.
    pub fn resize(&self, rows: u16, columns: u16) {
        // First the screen: what is drawn for the new size must not meet the old one.
        self.received().parser.screen_mut().set_size(cells(rows), cells(columns));
        self.master().resize(size(rows, columns)).unwrap();
    }

    /// The process.
    pub fn process(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Sends a signal by its name, such as TERM, to the program.
    pub fn signal(&self, name: &str) {
        assert!(kill(name, &self.process().to_string()), "no signal {name}");
    }

    /// Ends the program as nothing can prevent.
    pub fn kill(&self) {
        self.signal("KILL");
    }

    /// Closes the window: the terminal is gone, as when a connection is lost. The kernel sends HUP.
    pub fn vanish(&mut self) {
        let path = self.master().tty_name().unwrap();
        // Our side says "end of input" when it is dropped, by the character that is set for it; a lost
        // connection says nothing.
        let stty = Command::new("stty").arg("-F").arg(&path).args(["eof", "undef"]).status().unwrap();
        assert!(stty.success());
        self.received().vanishing = true;
        // The reader holds our side too, and looks up when something comes.
        fs::OpenOptions::new().write(true).open(&path).unwrap().write_all(b" ").unwrap();
        self.reader.take().unwrap().join().unwrap();
        self.ends = None;
    }

    /// Waits until the program has ended and everything it wrote is read.
    #[track_caller]
    pub fn wait_exit(&mut self) -> Ended {
        let ended = self.ended().unwrap_or_else(|| panic!("still running:\n{}", self.screen()));
        let closed = self.received_until(|received| received.closed, |received| received.closed);
        assert!(closed, "something still holds the terminal:\n{}", self.screen());
        ended
    }

    /// What is not as a program found it; empty when the terminal is restored.
    pub fn left_behind(&self) -> Vec<&'static str> {
        let modes = self.master().get_termios().unwrap();
        let modes = format!("{:?} {:?} {:?}", modes.local_flags, modes.input_flags, modes.output_flags);
        let modes: Vec<&str> = modes.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        let cooked = ["ICANON", "ECHO", "ISIG", "IEXTEN", "ICRNL", "OPOST"].iter().all(|mode| modes.contains(mode));
        let received = self.received();
        let screen = received.parser.screen();
        let states = [
            (!cooked, "raw mode"),
            (screen.alternate_screen(), "alternate screen"),
            (screen.hide_cursor(), "hidden cursor"),
            (screen.bracketed_paste(), "bracketed paste"),
            (
                screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
                    || screen.mouse_protocol_encoding() != vt100::MouseProtocolEncoding::Default,
                "mouse",
            ),
            (screen.application_cursor(), "application cursor keys"),
            (screen.inverse() || screen.bold() || screen.underline(), "a style"),
        ];
        drop(received);
        // Modes may be ended once too often to be sure; leaving the alternate screen twice would draw over
        // what was printed since.
        let unended = |mode: &str| self.count(&format!("\x1b[?{mode}h")) > self.count(&format!("\x1b[?{mode}l"));
        let counts = [
            (
                self.count("\x1b[?1049h") != self.count("\x1b[?1049l"),
                "alternate screen entered and left unequally often",
            ),
            (unended("2004"), "bracketed paste begun and not ended"),
            (unended("2026"), "an update begun and not ended"),
        ];
        states.into_iter().chain(counts).filter(|(is_left, _)| *is_left).map(|(_, name)| name).collect()
    }

    /// Fails unless the terminal is as the program found it.
    #[track_caller]
    pub fn assert_restored(&self) {
        let left = self.left_behind();
        assert!(left.is_empty(), "left behind: {}\n{}", left.join(", "), self.screen());
    }

    fn ended(&mut self) -> Option<Ended> {
        let start = Instant::now();
        while start.elapsed() < LIMIT {
            if let Some(status) = self.child.try_wait().unwrap() {
                let signal = status.signal().map(str::to_owned);
                return Some(signal.map_or(Ended::Status(status.exit_code()), Ended::Signal));
            }
            thread::sleep(Duration::from_millis(2));
        }
        None
    }
}

impl Drop for Session {
    /// A program that survives a failed test would take a processor from all the others.
    fn drop(&mut self) {
        if let Some(group) = self.ends.as_ref().and_then(|ends| ends.master.process_group_leader()) {
            kill("KILL", &format!("-{group}"));
        }
        if matches!(self.child.try_wait(), Ok(None)) {
            kill("KILL", &self.process().to_string());
            // Nothing can be done about a failure here.
            let _ = self.child.wait();
        }
    }
}

/// A program that knows nothing of the one who runs the tests, and leaves nothing outside `home`.
fn hermetic(program: &str, home: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(program);
    command.env_clear();
    // Without the second, what runs in the terminal is missing from the measured coverage.
    for name in ["PATH", "LLVM_PROFILE_FILE"] {
        if let Some(value) = env::var_os(name) {
            command.env(name, value);
        }
    }
    for (name, folder) in [
        ("HOME", ""),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "data"),
        ("TMPDIR", ""),
    ] {
        command.env(name, home.join(folder));
    }
    for (name, value) in [("SHELL", "/bin/sh"), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("TZ", "UTC")] {
        command.env(name, value);
    }
    command.cwd(home);
    command
}

/// Feeds the screen until nobody can write to the terminal.
fn receive(mut reader: Box<dyn Read + Send>, shared: &Shared) {
    let (received, changed) = &**shared;
    let mut buffer = [0; 8192];
    loop {
        let count = reader.read(&mut buffer).unwrap_or(0);
        let mut received = received.lock().unwrap();
        received.closed = count == 0 || received.vanishing;
        received.parser.process(&buffer[..count]);
        received.bytes.extend_from_slice(&buffer[..count]);
        changed.notify_all();
        if received.closed {
            return;
        }
    }
}

/// Whether a process, or with a hyphen a group of them, was there to be sent this signal.
fn kill(signal: &str, process: &str) -> bool {
    let output = Command::new("kill").args(["-s", signal, "--", process]).output();
    output.is_ok_and(|output| output.status.success())
}

fn size(rows: u16, columns: u16) -> PtySize {
    PtySize { rows, cols: columns, ..PtySize::default() }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has rows and columns")
}

/// Waits for something that no screen shows.
#[track_caller]
pub fn eventually<T>(what: &str, look: impl Fn() -> Option<T>) -> T {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) {
        if let Some(found) = look() {
            return found;
        }
        thread::sleep(Duration::from_millis(2));
    }
    panic!("there never was {what}");
}
