//! The table of keys against a full keyboard: a key is in the key bar or in the help, it is text, or it is answered.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::{Terminal, backend::TestBackend, buffer::Cell};

use super::{
    App, Effect, Happened, Leftover, Setting, Theme,
    keys::{Bar, Binding, Press},
    screen::Hand,
    view::key_bar::laid_out,
};
use crate::regimen::Library;

fn app(leftovers: Vec<Leftover>) -> App {
    App::new(Setting {
        leftovers,
        ward_file: Some("ward.json".into()),
        ..Setting::new(
            Library::shipped(),
            NaiveDate::from_ymd_opt(2026, 12, 1).expect("a day"),
            DateTime::default,
            Theme::default(),
        )
    })
}

const ENTER: KeyCode = KeyCode::Enter;

/// Presses letters, and `\n` as Enter, `>` as `PgDn`, `_` as End, `~` as F9, `!` as F1, `^` as Ctrl+Q.
fn after(keys: &str) -> App {
    let mut app = app(Vec::new());
    type_in(&mut app, keys);
    app
}

fn type_in(app: &mut App, keys: &str) {
    for letter in keys.chars() {
        let code = match letter {
            '\n' => ENTER,
            '>' => KeyCode::PageDown,
            '_' => KeyCode::End,
            '~' => KeyCode::F(9),
            '!' => KeyCode::F(1),
            '^' => {
                app.update(&Event::Key(KeyEvent::new(KeyCode::Char('q'), KeyModifiers::CONTROL)));
                continue;
            }
            '\t' => KeyCode::Tab,
            _ => KeyCode::Char(letter),
        };
        app.update(&Event::Key(code.into()));
    }
}

const DRUGS: &str = "A-1\nAnna\n14.3.1958\nf\n68,5\nnone\nb\ns\n18.11.2026\n92u\n2,31mm\nt\n38gl\nn\nn\nn\nn\n";

fn plan(more: &str) -> App {
    after(&format!("{DRUGS}_\n1.12.2026\n{more}"))
}

/// A way that leads to a screen.
struct State {
    name: String,
    build: Box<dyn Fn() -> App>,
}

/// Every screen and what can be in hand on it, each by a way that leads there.
fn states() -> Vec<State> {
    let mut states: Vec<State> = Vec::new();
    let mut add = |name: &str, build: Box<dyn Fn() -> App>| states.push(State { name: name.to_owned(), build });
    let rows = |count: usize| "\t".repeat(count);
    // Every field of the entries: those of a new patient, and those of a course under way.
    for (name, keys) in [("new patient", ""), ("every answer", DRUGS)] {
        for step in 1..=4 {
            for row in 0..9 {
                let keys = format!("{keys}~{step}\n{}", rows(row));
                add(&format!("{name}, step {step}, row {row}"), Box::new(move || after(&keys)));
            }
        }
    }
    for row in 0..9 {
        let keys = format!("{DRUGS}_\n1.12.2026\tu{}", rows(row));
        add(&format!("dates, row {row}"), Box::new(move || after(&keys)));
    }
    for (name, keys) in [("no drugs yet", "~5\n"), ("no visits yet", "~6\n"), ("no plan yet", "~7\n"), ("drugs", DRUGS)]
    {
        add(name, Box::new(move || after(keys)));
    }
    for page in 1..=5 {
        add(&format!("page {page}"), Box::new(move || plan(&page.to_string())));
    }
    for (name, keys) in [
        ("months", "3m"),
        ("visits", "~6\n"),
        ("why", "y"),
        ("help", "?"),
        ("help over a dialog", "c!"),
        ("go to", "~"),
        ("confirm a name", "c"),
        ("confirm a reason", "cDr Holm\n"),
        ("confirm, nothing entered, last row", "c\t\t"),
        ("confirm", "cDr Holm\nseen by a dentist\n"),
        ("export", "p"),
        ("file name", "~another\n"),
        ("file name, last row", "~another\n\n"),
        ("leave", "^"),
    ] {
        add(name, Box::new(move || plan(keys)));
    }
    for row in 0..12 {
        let keys = format!("k{}", rows(row));
        add(&format!("second check, row {row}"), Box::new(move || plan(&keys)));
    }
    for is_own in [false, true] {
        let exists = move || {
            let mut app = plan("s");
            if is_own {
                app.happened(Happened::Saved("A-1-2026-12-01.json".into()));
            }
            app.happened(Happened::FileExists("A-1-2026-12-01.json".into()));
            app
        };
        add("file exists", Box::new(exists));
    }
    for (name, keys) in [("drafts", ""), ("delete a draft", "d"), ("delete old drafts", "o")] {
        let left = move || {
            let entries = plan("").entries();
            let mut app = app(vec![Leftover { when: "20-Nov-2026 16:40".to_owned(), entries }]);
            type_in(&mut app, keys);
            app
        };
        add(name, Box::new(left));
    }
    for page in 0..4 {
        for row in 0..12 {
            let keys = format!("~ward\n{}{}", ">".repeat(page), rows(row));
            add(&format!("ward, page {page}, row {row}"), Box::new(move || after(&keys)));
        }
    }
    states
}

/// The keys of a full keyboard.
fn keyboard() -> Vec<KeyEvent> {
    let named = [
        ENTER,
        KeyCode::Tab,
        KeyCode::BackTab,
        KeyCode::Esc,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::Insert,
        KeyCode::Delete,
        KeyCode::Backspace,
    ];
    let letters = (' '..='~').chain(['ä', 'ß', 'µ', '€']).map(KeyCode::Char);
    let plain = named.into_iter().chain((1..=12).map(KeyCode::F)).chain(letters).map(KeyEvent::from);
    let with = |modifiers| ('a'..='z').map(move |letter| KeyEvent::new(KeyCode::Char(letter), modifiers));
    plain.chain(with(KeyModifiers::CONTROL)).chain(with(KeyModifiers::ALT)).collect()
}

/// What is on the screen.
fn shown(app: &App) -> String {
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("a screen of cells");
    terminal.draw(|frame| app.view(frame)).expect("it is drawn");
    let backend = terminal.backend();
    format!(
        "{:?} {:?}",
        backend.buffer().content.iter().map(Cell::symbol).collect::<String>(),
        backend.cursor_position()
    )
}

/// The keys that are in no table, and are not answered where nothing is typed.
fn unanswered(app: &mut App, table: &[Binding]) -> Vec<String> {
    let is_in_table = |key: KeyEvent| table.iter().flat_map(|it| &it.keys).any(|(press, _)| press.is(key));
    let mut found = Vec::new();
    for key in keyboard().into_iter().filter(|key| !is_in_table(*key)) {
        if app.hand() != Hand::Nothing && is_text(key) {
            continue;
        }
        let (before, over) = (app.form.draft().clone(), format!("{:?}", app.over));
        let effect = app.update(&Event::Key(key));
        // A letter that goes on in the reason is text, and the screen says where it went.
        if app.message.as_deref() == Some(super::words::TYPED_ON) {
            continue;
        }
        if effect != Effect::Stay || *app.form.draft() != before || format!("{:?}", app.over) != over {
            found.push(format!("{key:?} does something and is in no table"));
        } else if app.message.is_none() {
            found.push(format!("{key:?} is silent"));
        }
    }
    found
}

/// Whether a key is typed, or moves or deletes in a text.
fn is_text(key: KeyEvent) -> bool {
    super::line::Line::new("text").key(key) != super::line::Edited::Unknown
}

#[test]
fn a_key_is_in_the_table_or_is_answered_on_every_screen() {
    for State { name, build } in states() {
        let mut app = build();
        let table = app.bindings();
        let found = unanswered(&mut app, &table);
        assert!(found.is_empty(), "{name}: {found:?}");
    }
}

#[test]
fn a_key_that_is_missing_in_the_table_is_found() {
    let mut app = plan("2");
    let without_c = app.bindings().into_iter().filter(|it| it.shown != "c").collect::<Vec<_>>();
    assert!(!unanswered(&mut app, &without_c).is_empty());
}

#[test]
fn every_key_of_the_table_does_something_or_is_answered() {
    let mut silent = Vec::new();
    for State { name, build } in states().into_iter().filter(|state| !state.name.contains("row")) {
        let keys: Vec<Press> = build().bindings().iter().flat_map(|it| &it.keys).map(|it| it.0).collect();
        for press in keys {
            let mut app = build();
            app.message = None;
            let before = shown(&app);
            let effect = app.update(&Event::Key(press.event()));
            if effect == Effect::Stay && shown(&app) == before {
                silent.push(format!("{name}: {press:?}"));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn every_key_of_the_bar_fits_on_it() {
    for State { name, build } in states() {
        let app = build();
        for columns in [80, 110, 200] {
            let bar: Vec<Binding> = app.bindings().into_iter().filter(|it| it.bar != Bar::Help).collect();
            let laid = laid_out(&bar, columns, false).or_else(|| laid_out(&bar, columns, true));
            let count = laid.map_or(0, |lines| lines.iter().map(Vec::len).sum::<usize>());
            assert_eq!(count, bar.len(), "{name} at {columns}");
        }
    }
}

#[test]
fn the_help_names_every_key_of_the_screen_below_it() {
    for State { name, build } in states() {
        let mut app = build();
        if matches!(app.over, Some(super::screen::Over::Help { .. })) {
            continue;
        }
        let keys: BTreeSet<String> = app.bindings().iter().map(|it| it.shown.to_string()).collect();
        app.update(&Event::Key(KeyCode::F(1).into()));
        if !matches!(app.over, Some(super::screen::Over::Help { .. })) {
            continue;
        }
        let rows = app.help_rows(100);
        let help: Vec<String> = rows.iter().flat_map(|row| &row.lines).map(ToString::to_string).collect();
        let is_named = |key: &String| help.iter().any(|line| line.trim_start().starts_with(key.as_str()));
        let missing: Vec<&String> = keys.iter().filter(|key| !is_named(key)).collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
    }
}

#[test]
fn a_click_and_the_list_of_places_never_act() {
    for State { name, build } in states() {
        let app = build();
        for binding in app.bindings() {
            for (press, command) in binding.keys {
                assert!(!(command.acts() && command.opens()), "{name}: {press:?}");
                let is_letter = matches!(press, Press::Letter(_) | Press::Ctrl('s'));
                assert!(!command.acts() || is_letter, "{name}: {press:?} acts");
            }
        }
        let places = app.places_found();
        assert!(places.iter().all(|place| !place.command.acts()), "{name}");
    }
}
