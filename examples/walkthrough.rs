//! Prints the nurse guide: the text of `examples/walkthrough.in`, and in it what is really on the screen after the
//! keys that it names.
//!
//! `cargo run --example walkthrough > docs/nurse-guide.md`
//!
//! A line of the text that begins with `@` is a command:
//!
//! | line | does |
//! | --- | --- |
//! | `@new` | opens an empty form |
//! | `@open DAY` | opens the form that was saved last, on that day |
//! | `@crash DAY WHEN` | crashes the form, and opens it again on that day |
//! | `@patient NAME STEP` | opens an empty form, and enters a patient of the tests (`reduced`, `refused`, `held`), up to that step |
//! | `@morning` | opens Home over the made-up ward, until the next form is opened |
//! | `@ward-saved` | writes the settings of the ward; the forms that are opened after it have them |
//! | `@keys A \| Tab \| B` | presses keys, and prints them |
//! | `@press A \| Tab \| B` | presses keys, and prints nothing |
//! | `@shows TEXT` | ends the example if the text is not on the screen |
//! | `@as STEP` | compares the entries with the patient of the tests, up to that step |
//! | `@saved` | writes the file of the plan |
//! | `@written` | writes the file of an export |
//! | `@forget` | forgets the settings of the ward |
//! | `@screen` | prints the screen |
//! | `@print` | prints what is shown on quitting |
//! | `@plain A \| B` | prints the conversation of the line-by-line form |

use std::{
    cell::RefCell,
    collections::VecDeque,
    io::{self, BufRead, Read},
    path::PathBuf,
    rc::Rc,
};

use chrono::{DateTime, NaiveDate};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use osteodose::{
    drafts::{Drafts, Keeper},
    plain,
    regimen::Library,
    tui::{App, Depth, Effect, Happened, Leftover, Setting, Theme},
    ward::Settings,
};
use ratatui::{Terminal, backend::TestBackend};

#[allow(dead_code, unreachable_pub, clippy::duplicate_mod, reason = "patients that several tests and examples share")]
#[path = "../tests/support/walks.rs"]
mod walks;

#[cfg(feature = "ward")]
#[allow(clippy::duplicate_mod, reason = "the made-up ward is shared by several tests and examples")]
#[path = "../tests/support/made_up_ward.rs"]
mod made_up_ward;

const WORDS: &str = include_str!("walkthrough.in");
const TODAY: &str = "2026-12-01";
const WARD_FILE: &str = "ward.json";
const COLUMNS: u16 = 80;
const ROWS: u16 = 24;

#[expect(clippy::print_stdout, reason = "the guide is written to standard output")]
fn main() {
    print!("{}", page());
}

/// The nurse guide.
pub fn page() -> String {
    let mut tour = Tour::new(Library::shipped());
    let mut page = String::new();
    for line in WORDS.lines() {
        let said = line.strip_prefix('@').map_or_else(|| line.to_owned(), |command| tour.follow(command));
        page.push_str(&said);
        // A command that only prepares something leaves no line.
        page.push_str(if line.starts_with('@') && said.is_empty() { "" } else { "\n" });
    }
    page
}

fn at(day: &str) -> NaiveDate {
    day.parse().unwrap_or_else(|_| panic!("{day:?} is no day"))
}

/// One form after another, and the effect of the last key.
struct Tour {
    library: &'static Library,
    app: App,
    last: Effect,
    saved: Option<(PathBuf, Vec<u8>)>,
    ward: Settings,
    /// Home, with the folder of its register, while it is open.
    #[cfg(feature = "ward")]
    morning: Option<(osteodose::tui::Morning, tempfile::TempDir)>,
}

/// What a form is opened with, beside the settings of the ward.
#[derive(Default)]
struct Opened {
    plan: Option<(PathBuf, Vec<u8>)>,
    leftovers: Vec<Leftover>,
}

fn open(library: &'static Library, day: &str, opened: Opened, ward: Settings) -> App {
    let request = |content: &[u8]| osteodose::plan::reopen(content).expect("a saved plan opens again");
    App::new(Setting {
        opened: opened.plan.map(|(path, content)| (path, request(&content))),
        leftovers: opened.leftovers,
        ward,
        ward_file: Some(PathBuf::from(WARD_FILE)),
        ..Setting::new(library, at(day), DateTime::default, Theme { depth: Depth::None, ascii: false })
    })
}

impl Tour {
    fn new(library: &'static Library) -> Self {
        let app = open(library, TODAY, Opened::default(), Settings::default());
        Self {
            library,
            app,
            last: Effect::Stay,
            saved: None,
            ward: Settings::default(),
            #[cfg(feature = "ward")]
            morning: None,
        }
    }

    /// Opens a form with the settings of the ward.
    fn open(&mut self, day: &str, opened: Opened) {
        self.app = open(self.library, day, opened, self.ward.clone());
        #[cfg(feature = "ward")]
        {
            self.morning = None;
        }
    }

    /// Opens Home over the made-up ward.
    #[cfg(feature = "ward")]
    fn open_morning(&mut self) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let store = osteodose::ward::store::Sqlite::open(&made_up_ward::copied(folder.path()), made_up_ward::who());
        let morning = made_up_ward::over(Some(store.expect("the example opens")), Depth::None);
        self.morning = Some((morning, folder));
    }

    /// Runs the command of a line, and returns what replaces it.
    fn follow(&mut self, command: &str) -> String {
        let (word, rest) = command.split_once(' ').unwrap_or((command, ""));
        match word {
            #[cfg(feature = "ward")]
            "morning" => self.open_morning(),
            "new" => self.open(TODAY, Opened::default()),
            "open" => self.open(rest, Opened { plan: self.saved.clone(), leftovers: Vec::new() }),
            "crash" => {
                let (day, when) = rest.split_once(' ').expect("a day and a time");
                let left = Leftover { when: when.to_owned(), entries: self.app.entries() };
                assert!(!left.entries.is_empty(), "nothing is left");
                self.open(day, Opened { plan: None, leftovers: vec![left] });
            }
            "forget" => self.ward = Settings::default(),
            "patient" => self.type_in(rest),
            "ward-saved" => self.save_ward(),
            "as" => self.compare(rest),
            "keys" => return self.keys(rest),
            "press" => drop(self.keys(rest)),
            "shows" => {
                let screen = self.screen();
                assert!(screen.contains(rest), "{rest:?} is not on the screen:\n{screen}");
            }
            "saved" => self.save(),
            "written" => self.hand_on(),
            "screen" => return fenced(&self.screen()),
            "print" => return fenced(&self.printed()),
            "plain" => return fenced(&conversation(self.library, rest)),
            _ => panic!("@{command}"),
        }
        String::new()
    }

    fn press(&mut self, event: &Event) {
        #[cfg(feature = "ward")]
        if let Some((morning, _)) = &mut self.morning {
            self.last = osteodose::tui::Form::update(morning, event);
            return;
        }
        self.last = self.app.update(event);
    }

    /// Enters a patient of the tests up to a step.
    fn type_in(&mut self, patient: &str) {
        let (name, step) = patient.split_once(' ').expect("a patient and a step");
        let walk = match name {
            "reduced" => walks::REDUCED,
            "refused" => walks::REFUSED,
            "held" => walks::HELD,
            _ => panic!("{name:?} is no patient"),
        };
        self.open(TODAY, Opened::default());
        for event in walks::events(&walk.up_to(step)) {
            self.press(&event);
        }
    }

    /// Presses keys, and returns them for the page.
    fn keys(&mut self, keys: &str) -> String {
        let keys: Vec<&str> = keys.split(" | ").collect();
        keys.iter().flat_map(|key| events(key)).for_each(|event| self.press(&event));
        let shown = keys.iter().map(|key| named(key).map_or_else(|| format!("`{key}`"), |_| format!("**{key}**")));
        format!("> {}", shown.collect::<Vec<_>>().join(" "))
    }

    /// Compares the entries with the patient of the tests, up to a step.
    fn compare(&self, step: &str) {
        let mut app = open(self.library, TODAY, Opened::default(), self.ward.clone());
        for event in walks::events(&walks::REDUCED.up_to(step)) {
            app.update(&event);
        }
        assert_eq!(self.app.entries(), app.entries(), "before {step}");
    }

    /// Writes the file that the form asks for.
    fn save(&mut self) {
        let Effect::Save { path, content, .. } = std::mem::replace(&mut self.last, Effect::Stay) else {
            panic!("nothing is to be saved");
        };
        self.app.happened(Happened::Saved(path.clone()));
        self.saved = Some((path, content));
    }

    /// Writes the export that the form asks for.
    fn hand_on(&mut self) {
        let Effect::Save { path, .. } = std::mem::replace(&mut self.last, Effect::Stay) else {
            panic!("nothing is to be written");
        };
        self.app.happened(Happened::Exported(path));
    }

    /// Writes the settings of the ward that the form asks for.
    fn save_ward(&mut self) {
        let Effect::SaveWard { path, content } = std::mem::replace(&mut self.last, Effect::Stay) else {
            panic!("no settings are to be saved");
        };
        self.ward = osteodose::ward::read(&content, self.library).expect("the settings are sound");
        self.app.happened(Happened::WardSaved(path));
    }

    fn screen(&self) -> String {
        let Ok(mut terminal) = Terminal::new(TestBackend::new(COLUMNS, ROWS));
        let Ok(_) = terminal.draw(|frame| {
            #[cfg(feature = "ward")]
            if let Some((morning, _)) = &self.morning {
                return osteodose::tui::Form::view(morning, frame);
            }
            self.app.view(frame);
        });
        let buffer = terminal.backend().buffer();
        let rows = buffer.content.chunks(usize::from(COLUMNS));
        let rows = rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>());
        rows.map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    }

    fn printed(&self) -> String {
        let Effect::Leave(leaving) = &self.last else { panic!("the form is not left") };
        leaving.print.clone().expect("something is printed").trim_end().to_owned()
    }
}

fn fenced(text: &str) -> String {
    format!("```text\n{text}\n```")
}

/// A key by the name on its cap.
fn named(key: &str) -> Option<(KeyCode, KeyModifiers)> {
    let code = match key {
        "Tab" => KeyCode::Tab,
        "Enter" => KeyCode::Enter,
        "Space" => KeyCode::Char(' '),
        "Esc" => KeyCode::Esc,
        "PgDn" => KeyCode::PageDown,
        "PgUp" => KeyCode::PageUp,
        "Shift+Tab" => KeyCode::BackTab,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "Backspace" => KeyCode::Backspace,
        "F1" => KeyCode::F(1),
        "F2" => KeyCode::F(2),
        "F9" => KeyCode::F(9),
        _ => {
            let letter = key.strip_prefix("Ctrl+")?.to_ascii_lowercase().chars().next()?;
            return Some((KeyCode::Char(letter), KeyModifiers::CONTROL));
        }
    };
    Some((code, KeyModifiers::NONE))
}

fn events(key: &str) -> Vec<Event> {
    let typed = || key.chars().map(|letter| (KeyCode::Char(letter), KeyModifiers::NONE)).collect();
    let keys = named(key).map_or_else(typed, |key| vec![key]);
    keys.into_iter().map(|(code, modifiers)| Event::Key(KeyEvent::new(code, modifiers))).collect()
}

/// The conversation with the form line by line, with the answers.
fn conversation(library: &'static Library, answers: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder for the draft");
    let mut keeper = Keeper::new(Drafts::at(folder.path().to_owned()));
    let said = Rc::new(RefCell::new(Vec::new()));
    let lines = answers.split(" | ").map(|answer| if answer == "Enter" { "" } else { answer });
    let lines = lines.map(|answer| format!("{answer}\n").into_bytes()).collect();
    let mut input = Answers { said: Rc::clone(&said), lines, at: 0 };
    let setting = plain::Setting {
        library,
        today: at(TODAY),
        opened: None,
        leftovers: Vec::new(),
        ward: Settings::default(),
        ward_inputs: None,
    };
    plain::run(setting, &mut keeper, &mut input, &mut Both(Rc::clone(&said))).expect("a conversation");
    keeper.end(false).expect("the draft goes");
    String::from_utf8(said.take()).expect("text").trim_end().to_owned()
}

/// The answers of a person, each shown where it is given.
struct Answers {
    said: Rc<RefCell<Vec<u8>>>,
    lines: VecDeque<Vec<u8>>,
    at: usize,
}

impl Read for Answers {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Answers {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at == 0 {
            self.said.borrow_mut().extend(self.lines.front().into_iter().flatten());
        }
        Ok(self.lines.front().map_or(&[], |answer| &answer[self.at..]))
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
        if self.lines.front().is_some_and(|answer| answer.len() == self.at) {
            self.lines.pop_front();
            self.at = 0;
        }
    }
}

/// The text of both.
struct Both(Rc<RefCell<Vec<u8>>>);

impl io::Write for Both {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
