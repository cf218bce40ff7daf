//! The form: a key to its finished frame, what it sends to the terminal, its start, its idling.
//!
//! `cargo bench --bench wizard` prints medians and worst cases. The floor is a screen of the same size
//! filled with plain text and written in the same way, in the same run.

#![allow(clippy::unwrap_used, reason = "a measurement that cannot continue fails")]

use std::{
    fs,
    time::{Duration, Instant},
};

use chrono::{DateTime, NaiveDate};
use crossterm::{
    queue,
    terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate},
};
use osteodose::{
    regimen::Library,
    tui::{App, Depth, Setting, Theme},
};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport, layout::Rect, text::Text, widgets::Widget};

#[path = "../tests/support/terminal.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests use the rest, from other modules")]
mod terminal;

#[path = "../src/tui/terminal/encoder.rs"]
#[allow(dead_code, unreachable_pub, clippy::duplicate_mod, reason = "the program's own way of writing a frame")]
mod encoder;

use encoder::Encoder;
use terminal::Session;

#[path = "../tests/support/walks.rs"]
#[allow(dead_code, unreachable_pub, reason = "the tests use the rest, from other modules")]
mod walks;

/// How the program is called to show the form.
const FORM: &[&str] = &["--form"];

/// What is measured: the keys before, and the keys whose frames are timed, over and over.
struct Case {
    name: &'static str,
    before: String,
    timed: String,
}

fn cases() -> [Case; 6] {
    let whole = walks::REDUCED.all_keys();
    let case = |name, before: String, timed: &str| Case { name, before, timed: timed.to_owned() };
    // The last digit of the creatinine, which stays what it is for every second key.
    let in_laboratory = format!("{whole}{}\x1b[A\x1b[B\x1b[D", walks::to_step(3));
    let drugs = whole.clone() + &walks::to_step(5);
    [
        case("a digit, empty form", "\t\t\t\t".to_owned(), "6859"),
        case("a digit, full form", in_laboratory, "1\u{7f}2\u{7f}"),
        case("every key of a patient", String::new(), &whole),
        case("the next field", String::new(), &"\t".repeat(40)),
        case("a step on or back", drugs, &"\x1b[6~\x1b[5~".repeat(10)),
        case("a key in the reasons", format!("{whole}4"), &"\t".repeat(8)),
    ]
}

/// Keys measured of each kind.
const KEYS: usize = 2_000;
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 60)];
const STARTS: usize = 20;
const IDLE: Duration = Duration::from_secs(10);

/// A screen of fixed size, which asks no terminal.
struct Screen {
    terminal: Terminal<Encoder>,
    sent: usize,
}

impl Screen {
    fn new((columns, rows): (u16, u16)) -> Self {
        let viewport = Viewport::Fixed(Rect::new(0, 0, columns, rows));
        Self { terminal: Terminal::with_options(Encoder::default(), TerminalOptions { viewport }).unwrap(), sent: 0 }
    }

    /// Draws as the program does, in one update.
    fn draw(&mut self, draw: impl FnOnce(&mut Frame<'_>)) {
        self.terminal.draw(draw).unwrap();
        let frame = self.terminal.backend_mut().take();
        let mut update = Vec::new();
        if !frame.is_empty() {
            queue!(update, BeginSynchronizedUpdate, EndSynchronizedUpdate).unwrap();
        }
        self.sent += frame.len() + update.len();
    }

    /// Does something and measures how long it took and how much it sent.
    fn measured(&mut self, work: impl FnOnce(&mut Self)) -> Measured {
        let before = self.sent;
        let start = processor_time();
        work(self);
        Measured { took: processor_time().saturating_sub(start), sent: self.sent - before, plans: 0 }
    }
}

/// What this thread has used of a processor so far: what else runs on the machine does not count.
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
}

struct Measured {
    took: Duration,
    sent: usize,
    /// The plans that were made.
    plans: usize,
}

/// Median and worst.
fn median_and_worst<T: Ord + Copy>(values: impl IntoIterator<Item = T>) -> (T, T) {
    let mut values: Vec<T> = values.into_iter().collect();
    values.sort_unstable();
    (values[values.len() / 2], values[values.len() - 1])
}

fn app(library: &'static Library) -> App {
    App::new(Setting::new(
        library,
        NaiveDate::from_ymd_opt(2026, 12, 1).unwrap(),
        DateTime::default,
        Theme { depth: Depth::Sixteen, ascii: false },
    ))
}

fn form(library: &'static Library, size: (u16, u16), case: &Case) -> Vec<Measured> {
    let (before, timed) = (walks::events(&case.before), walks::events(&case.timed));
    let mut measured = Vec::new();
    while measured.len() < KEYS {
        let mut app = app(library);
        for event in &before {
            app.update(event);
        }
        let mut screen = Screen::new(size);
        screen.draw(|frame| app.view(frame));
        for event in &timed {
            let plans = app.form().changes();
            let key = screen.measured(|screen| {
                app.update(event);
                screen.draw(|frame| app.view(frame));
            });
            measured.push(Measured { plans: app.form().changes() - plans, ..key });
        }
    }
    measured
}

/// The least that any program does for a typed digit: the same screen with one other character.
fn floor(size: (u16, u16)) -> Vec<Measured> {
    let line = "x".repeat(size.0.into());
    let lines = vec![line; size.1.into()];
    let texts = ["0", "1"].map(|first| Text::from(lines.join("\n").replacen('x', first, 1)));
    let mut screen = Screen::new(size);
    screen.draw(|frame| (&texts[0]).render(frame.area(), frame.buffer_mut()));
    let draw = |number: usize| {
        screen.measured(|screen| screen.draw(|frame| (&texts[number % 2]).render(frame.area(), frame.buffer_mut())))
    };
    (1..=KEYS).map(draw).collect()
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn frames(library: &'static Library, size: (u16, u16)) {
    let (columns, rows) = size;
    let floor = floor(size);
    let (floor_median, floor_worst) = median_and_worst(floor.iter().map(|it| it.took));
    println!("{columns} x {rows}: key to finished frame, processor time, median and worst of {KEYS} keys");
    println!("  {:24} {floor_median:>9.1?} {floor_worst:>9.1?}", "floor");
    for case in cases() {
        let name = case.name;
        let measured = form(library, size, &case);
        let (took, longest) = median_and_worst(measured.iter().map(|it| it.took));
        let (sent, most) = median_and_worst(measured.iter().map(|it| it.sent));
        let (plans, most_plans) = median_and_worst(measured.iter().map(|it| it.plans));
        let ratio = took.as_nanos() * 100 / floor_median.as_nanos().max(1);
        let (whole, hundredths) = (ratio / 100, ratio % 100);
        println!(
            "  {name:24} {took:>9.1?} {longest:>9.1?}  {whole}.{hundredths:02} x floor  {sent} bytes, at most {most}; \
             plans {plans}, at most {most_plans}"
        );
    }
}

/// Starts the program and waits for its first frame; none where it shows no form.
fn start(home: &std::path::Path) -> Option<(Session, Duration)> {
    let start = Instant::now();
    let session = Session::osteodose(FORM, 24, 80, home);
    let shown = |screen: &vt100::Screen| screen.alternate_screen() && !screen.contents().trim().is_empty();
    session.becomes(shown).then(|| (session, start.elapsed()))
}

/// The processor time of a process so far, in ticks of 10 ms: its own and that of the system for it.
fn ticks(process: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    // The name, in brackets, may hold blanks.
    let (_, fields) = stat.rsplit_once(')').unwrap();
    fields.split_whitespace().skip(11).take(2).map(|field| field.parse::<u64>().unwrap()).sum()
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn program() {
    let home = tempfile::tempdir().unwrap();
    let starts: Option<Vec<Duration>> = (0..STARTS).map(|_| start(home.path()).map(|(_, took)| took)).collect();
    let Some(starts) = starts else { return println!("start: the program shows no form") };
    let (median, worst) = median_and_worst(starts);
    println!("start to first frame, 80 x 24: median {median:.1?}, worst {worst:.1?} of {STARTS}");
    let (session, _) = start(home.path()).unwrap();
    let (ticks_before, bytes_before) = (ticks(session.process()), session.bytes().len());
    std::thread::sleep(IDLE);
    let milliseconds = (ticks(session.process()) - ticks_before) * 10;
    let bytes = session.bytes().len() - bytes_before;
    println!("idle: {milliseconds} ms of processor time and {bytes} bytes in {IDLE:?}");
}

fn main() {
    let library = Library::shipped();
    for size in SIZES {
        frames(library, size);
    }
    program();
}
