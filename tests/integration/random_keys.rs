//! Random keys: whatever is pressed, the form survives, and every plan it shows is the engine's.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use osteodose::{
    dosing,
    export::{Format, Options, export},
    form::Form,
    plan::{Plan, PlanStatus, WardInputs},
    quantity::parse_date,
    request::Request,
    tui::{App, Depth, Effect, Happened, Leftover, Setting, Theme},
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
        _ => events(["1.12.2026", "92u", "68,5", "b", "n"][dice.roll(5)]).remove(0),
    }
}

fn an_app(dice: &mut Dice) -> App {
    let leftovers = match dice.roll(4) {
        0 => vec![Leftover { when: "21-Nov-2026 07:12".to_owned(), entries: some_entries() }],
        _ => Vec::new(),
    };
    let theme = Theme {
        depth: [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::Full][dice.roll(4)],
        ascii: dice.roll(2) == 0,
    };
    let today = parse_date("2026-11-30").unwrap();
    let clock = chrono::DateTime::default;
    let mut app = App::new(Setting {
        leftovers,
        ward_file: Some("ward.json".into()),
        ..Setting::new(&LIBRARY, today, clock, theme)
    });
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

/// What is on the screen.
fn shown(terminal: &Terminal<TestBackend>) -> String {
    let buffer = terminal.backend().buffer();
    let rows = buffer.content.chunks(usize::from(buffer.area.width));
    let row = |cells: &[ratatui::buffer::Cell]| cells.iter().map(ratatui::buffer::Cell::symbol).collect::<String>();
    rows.map(row).collect::<Vec<_>>().join("\n")
}

/// The letters that confirm, save, write, delete or leave somewhere, and those that open what does.
const ACTS: &str = "acdfklpqrstvx";

/// A key that is none of those letters, and does not save by itself.
fn no_act(dice: &mut Dice) -> Event {
    loop {
        let event = any_key(dice);
        let Event::Key(key) = event else { return event };
        match key.code {
            KeyCode::Char('s') if key.modifiers == KeyModifiers::CONTROL => {}
            KeyCode::Char(letter) if key.modifiers == KeyModifiers::NONE && ACTS.contains(letter) => {}
            _ => return event,
        }
    }
}

/// Without the letters that act, nothing is confirmed, written, deleted or left without its draft.
fn press_no_acts(seed: u64, count: usize) {
    let mut dice = Dice(seed);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
    let mut app = an_app(&mut dice);
    for number in 0..count {
        if number % 400 == 399 {
            app = an_app(&mut dice);
        }
        let confirmed = |app: &App| {
            let bound = |key: &&String| key.ends_with(".figures");
            app.form().entries().keys().filter(bound).cloned().collect::<Vec<_>>()
        };
        let before = confirmed(&app);
        let was_checked = app.form().plan().map(Plan::second_check);
        let effect = app.update(&no_act(&mut dice));
        for code in confirmed(&app) {
            assert!(before.contains(&code), "{code} was confirmed");
        }
        match effect {
            Effect::Save { .. } | Effect::SaveWard { .. } | Effect::Discard(_) | Effect::ClearDrafts(_) => {
                panic!("{effect:?} without a letter that acts, from {was_checked:?}")
            }
            #[cfg(feature = "ward")]
            Effect::AddToWard { .. } => panic!("{effect:?} without a letter that acts"),
            Effect::Leave(leaving) => {
                assert!(leaving.keep || app.entries().is_empty(), "what is not saved was deleted");
                app = an_app(&mut dice);
            }
            // What is taken up goes on from what was left.
            Effect::Stay | Effect::Suspend | Effect::Repaint | Effect::TakeUp(_) => {}
        }
        terminal.draw(|frame| app.view(frame)).unwrap();
        if number % 8 == 0 {
            crate::screens::no_two_numbers(&shown(&terminal));
        }
    }
}

#[test]
fn without_its_letter_nothing_acts() {
    press_no_acts(11, 20_000);
}

/// A million keys take minutes: `cargo test --release --test integration -- --ignored a_million`.
#[test]
#[ignore = "takes minutes"]
fn a_million_keys_without_the_letters_that_act() {
    std::thread::scope(|scope| {
        for seed in 12..14 {
            scope.spawn(move || press_no_acts(seed, 500_000));
        }
    });
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
        let plan = of_ward(plan, app.form().plan().and_then(Plan::ward));
        assert_eq!(app.form().plan().map(Plan::status), Some(plan.status()));
        let shown = shown(&terminal);
        let verdicts = [
            (["✓ READY", "+ READY"], PlanStatus::Ready),
            (["✕ STOP", "X STOP"], PlanStatus::Stopped),
            (["‖ HOLD", "= HOLD"], PlanStatus::Stopped),
        ];
        for (words, status) in verdicts {
            let is_said = words.iter().any(|word| shown.contains(word));
            assert!(!is_said || plan.status() == status, "{shown}");
        }
        if number % 8 == 0 {
            crate::screens::no_two_numbers(&shown);
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

/// The plan with what came from the settings of its ward.
fn of_ward(plan: Plan, ward: Option<&WardInputs>) -> Plan {
    ward.map_or(plan.clone(), |ward| plan.with_ward(ward.name.clone(), &ward.inputs))
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
            let plan = of_ward(plan, osteodose::plan::reopen_ward(&content).as_ref());
            assert_eq!(content, osteodose::saved::file(&plan).into_bytes());
            app.happened(match dice.roll(3) {
                0 => Happened::Saved(path),
                1 => Happened::FileExists(path),
                _ => Happened::NotSaved(path, "no room".to_owned()),
            });
        }
        Effect::SaveWard { path, content } => {
            osteodose::ward::read(&content, &LIBRARY).expect("what is written can be read");
            app.happened(match dice.roll(2) {
                0 => Happened::WardSaved(path),
                _ => Happened::NotSaved(path, "no room".to_owned()),
            });
        }
        #[cfg(feature = "ward")]
        Effect::AddToWard { .. } => panic!("a form without a register takes nothing into it"),
        Effect::Leave(_) => *app = an_app(dice),
        Effect::Stay
        | Effect::Suspend
        | Effect::Repaint
        | Effect::TakeUp(_)
        | Effect::Discard(_)
        | Effect::ClearDrafts(_) => {}
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
