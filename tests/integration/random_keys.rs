//! Random keys: whatever is pressed, the form survives, and every plan it shows is the engine's.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use osteodose::{
    dosing,
    export::{Format, Options, export},
    form::Form,
    plan::{Plan, PlanStatus},
    quantity::parse_date,
    request::Request,
    tui::{App, Effect, Happened, Leftover, Setting, Theme},
};
use ratatui::{Terminal, backend::TestBackend};

use crate::{
    support::LIBRARY,
    walks::{self, events},
};

/// A generator whose keys are the same each time (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `below`.
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % below as u64).unwrap()
    }
}

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz0123456789012345678901234567890,.-/ ?µ山\u{301}";

fn any_key(dice: &mut Dice) -> Event {
    let plain = |code| Event::Key(KeyEvent::new(code, KeyModifiers::NONE));
    match dice.roll(100) {
        0..40 => {
            let letters: Vec<char> = LETTERS.chars().collect();
            plain(KeyCode::Char(letters[dice.roll(letters.len())]))
        }
        40..55 => plain(KeyCode::Tab),
        55..59 => plain(KeyCode::BackTab),
        59..65 => plain(KeyCode::Enter),
        65..75 => plain([KeyCode::Left, KeyCode::Right, KeyCode::Up, KeyCode::Down][dice.roll(4)]),
        75..80 => plain(KeyCode::Char(' ')),
        80..84 => plain([KeyCode::PageUp, KeyCode::PageDown][dice.roll(2)]),
        84..86 => plain(KeyCode::Esc),
        86..89 => plain([KeyCode::Home, KeyCode::End, KeyCode::Backspace, KeyCode::Delete][dice.roll(4)]),
        89..91 => plain(KeyCode::F(1 + u8::try_from(dice.roll(12)).unwrap())),
        91..94 => {
            let letter = char::from(b'a' + u8::try_from(dice.roll(26)).unwrap());
            Event::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL))
        }
        94 => Event::Paste(["12.3.1960\nx", "\u{1b}[2J92", "山田\u{202e}", "1 Dec 2026"][dice.roll(4)].to_owned()),
        95 => Event::Resize(80, 24),
        // What makes a form whole again after much was deleted.
        _ => events(["1.12.2026", "92 ", "68,5", "b", "n"][dice.roll(5)]).remove(0),
    }
}

fn an_app(dice: &mut Dice) -> App {
    let leftovers = match dice.roll(4) {
        0 => vec![Leftover { when: "21-Nov-2026 07:12".to_owned(), entries: some_entries() }],
        _ => Vec::new(),
    };
    let theme = Theme { colour: dice.roll(2) == 0, ascii: dice.roll(2) == 0 };
    let today = parse_date("2026-11-30").unwrap();
    let clock = chrono::DateTime::default;
    let mut app = App::new(Setting { library: &LIBRARY, today, clock, theme, opened: None, leftovers });
    let walk = walks::ALL[dice.roll(walks::ALL.len())];
    let keys = events(&walk.all_keys());
    let some = dice.roll(keys.len() + keys.len() / 2).min(keys.len());
    for key in &keys[..some] {
        app.update(key);
    }
    app
}

fn some_entries() -> std::collections::BTreeMap<String, String> {
    let words =
        [("id", "A-1"), ("birth-date", "1.2."), ("tumour", "nothing"), ("conditions", "none pregnant"), ("x", "y")];
    words.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
}

/// What is on the first line of the step.
fn verdict(terminal: &Terminal<TestBackend>) -> String {
    let buffer = terminal.backend().buffer();
    (0..buffer.area.width).map(|x| buffer[(x, 3)].symbol()).collect()
}

fn press_keys(seed: u64, count: usize) {
    let mut dice = Dice(seed);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let mut app = an_app(&mut dice);
    let mut plans = 0;
    for number in 0..count {
        if number % 400 == 399 {
            app = an_app(&mut dice);
        }
        let changes = app.form().changes();
        let effect = app.update(&any_key(&mut dice));
        // A form that takes the place of another counts anew: it reads once, and once more what was confirmed.
        assert!(app.form().changes() <= (changes + 1).max(2), "a key made more than one plan");
        follow(&mut app, effect, &mut dice);
        terminal.draw(|frame| app.view(frame)).unwrap();
        let Some(request) = app.form().filled().request() else { continue };
        plans += 1;
        let plan = dosing::plan(request.clone(), &LIBRARY).expect("a form with a request has a plan");
        assert_eq!(app.form().plan().map(Plan::status), Some(plan.status()));
        let shown = verdict(&terminal);
        for (word, status) in [(" READY ", PlanStatus::Ready), (" STOP ", PlanStatus::Stopped)] {
            assert!(!shown.starts_with(word) || plan.status() == status, "{shown}");
        }
        if number % 16 == 0 {
            // Confirmations were put into the plan after it was made.
            assert_eq!(app.form().plan().map(Plan::to_json), Some(plan.to_json()));
            // The request is read back from its JSON, and typed again from the request.
            let json = serde_json::to_string(request).unwrap();
            let read = Request::parse(json.as_bytes()).expect("what the form asks for is well-formed");
            assert_eq!(read, *request);
            assert_eq!(
                Form::of_request(&LIBRARY, &read, app.form().today()).filled().request(),
                Some(request),
                "{json}"
            );
        }
    }
    assert!(count < 1000 || plans > count / 20, "too few keys led to a plan: {plans} of {count}");
}

/// What the library exports, on each paper.
fn exports(plan: &Plan, format: Format) -> Vec<Vec<u8>> {
    let asked = [
        Options::default(),
        #[cfg(feature = "pdf")]
        Options { paper: osteodose::export::pdf::Paper::Letter, ..Options::default() },
    ];
    asked.iter().map(|asked| export(plan, format, asked).expect("it was exported")).collect()
}

/// Does what the form asked for.
fn follow(app: &mut App, effect: Effect, dice: &mut Dice) {
    match effect {
        Effect::Save { path, content, format, .. } if format != Format::Json => {
            let before = app.entries();
            let plan = app.form().plan().expect("only a plan is exported");
            assert!(exports(plan, format).contains(&content), "{format:?}");
            app.happened(match dice.roll(3) {
                0 => Happened::Exported(path),
                1 => Happened::FileExists(path),
                _ => Happened::NotSaved(path, "no room".to_owned()),
            });
            assert_eq!(app.entries(), before);
        }
        Effect::Save { path, content, .. } => {
            let request = osteodose::plan::reopen(&content).expect("a saved plan opens again");
            let plan = dosing::plan(request.clone(), &LIBRARY).expect("the request of a plan is usable");
            assert_eq!(content, osteodose::saved::file(&plan).into_bytes());
            app.happened(match dice.roll(3) {
                0 => Happened::Saved(path),
                1 => Happened::FileExists(path),
                _ => Happened::NotSaved(path, "no room".to_owned()),
            });
        }
        Effect::Leave(_) => *app = an_app(dice),
        Effect::Stay | Effect::Suspend | Effect::Repaint | Effect::TakeUp(_) | Effect::Discard(_) => {}
    }
}

#[test]
fn random_keys_never_make_a_plan_that_is_not_the_engines() {
    press_keys(1, 20_000);
}

/// A million keys take minutes: `cargo test --release --test integration -- --ignored a_million_keys`.
#[test]
#[ignore = "takes minutes"]
fn a_million_keys() {
    std::thread::scope(|scope| {
        for seed in 2..4 {
            scope.spawn(move || press_keys(seed, 500_000));
        }
    });
}
