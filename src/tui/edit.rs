//! A key at the stop at hand: typing, choosing, marking, doing.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest, backend::crossterm::EventHandler};

use super::{
    App, Effect,
    app::Mode,
    focus::{Action, MARK_COLUMNS, Stop},
    save::FileToSave,
    words,
};
use crate::{
    form::{Field, Kind, NONE, Step},
    json::visible,
    present::Verdict,
};

impl App {
    /// A key at the stop at hand.
    pub(super) fn at_stop(&mut self, key: KeyEvent) -> Effect {
        match self.focus.clone() {
            Stop::Field(field) => self.in_field(field, key),
            Stop::Drug(path) => self.at_drug(&path, key),
            Stop::Action(action) if key.code == KeyCode::Enter => self.act(action),
            Stop::Item(_) | Stop::Action(_) => self.letter(key),
        }
    }

    /// A letter where nothing is typed.
    fn letter(&mut self, key: KeyEvent) -> Effect {
        let KeyCode::Char(letter) = key.code else { return self.say(words::STEP_KEYS) };
        match Action::ALL.into_iter().find(|action| action.key() == letter) {
            _ if letter == 'w' => self.open_why(),
            Some(action) if self.step == Step::Review => self.act(action),
            _ => self.say(words::STEP_KEYS),
        }
    }

    fn act(&mut self, action: Action) -> Effect {
        match action {
            Action::SecondCheck => self.open_second_check(),
            Action::Save => self.open_save(),
            Action::Export => self.open_export(),
            Action::Print => self.print_and_leave(),
            Action::NextVisit => self.next_visit(),
        }
    }

    fn in_field(&mut self, field: Field, key: KeyEvent) -> Effect {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        if control && key.code == KeyCode::Char('t') {
            return self.take_offer(field);
        }
        match field.kind() {
            Kind::One => self.choose(field, key),
            Kind::Many => self.mark(field, key),
            Kind::Measured if key.code == KeyCode::Char(' ') => self.switch_unit(field),
            kind => self.type_in(field, kind, key),
        }
    }

    /// Typing, by the rules of the kind of field.
    fn type_in(&mut self, field: Field, kind: Kind, key: KeyEvent) -> Effect {
        let typed = !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
        if let KeyCode::Char(letter) = key.code
            && typed
        {
            let today = letter == 't' && self.input.value().is_empty();
            if today && kind == Kind::Date && self.form.offer(field).is_some() {
                return self.take_offer(field);
            }
            if !fits(kind, letter) {
                return self.say(words::wrong_key(kind));
            }
        }
        let before = (self.input.value().to_owned(), self.input.cursor());
        let known = self.input.handle_event(&Event::Key(key)).is_some();
        if self.input.value() != before.0 {
            self.form.set(field, self.input.value().to_owned());
        } else if !known {
            return self.say(words::wrong_key(kind));
        }
        Effect::Stay
    }

    /// Text from the clipboard: its first line, without what cannot be seen, and only what fits the field.
    pub(super) fn paste(&mut self, text: &str) -> Effect {
        self.message = None;
        let line = text.trim_start().lines().next().unwrap_or_default().trim_end();
        let left_out = match (&mut self.mode, &self.focus) {
            (Mode::Save(FileToSave { name, exists: None, .. }), _) => insert(name, Kind::Text, line),
            (Mode::Step | Mode::SecondCheck { .. }, Stop::Field(field)) if field.kind().is_typed() => {
                let left_out = insert(&mut self.input, field.kind(), line);
                self.form.set(*field, self.input.value().to_owned());
                left_out
            }
            _ => return self.say(words::PASTE_NOT_HERE),
        };
        if left_out { self.say(words::PASTE_LEFT_OUT) } else { Effect::Stay }
    }

    fn take_offer(&mut self, field: Field) -> Effect {
        let Some(offer) = self.form.offer(field) else { return self.say(words::NOTHING_OFFERED) };
        self.form.set(field, offer.as_str());
        self.input = Input::new(offer);
        Effect::Stay
    }

    /// The other unit. A number that was entered before is not carried over: it was read in the first one.
    fn switch_unit(&mut self, field: Field) -> Effect {
        let units = field.units();
        let now = units.iter().position(|it| it.word == self.form.unit(field));
        let next = now.map_or(0, |at| (at + 1) % units.len());
        let Some(chosen) = units.get(next) else { return Effect::Stay };
        let number = self.form.text(field).to_owned();
        if now.is_some() && self.left.contains(&field) && !number.is_empty() {
            self.form.set_measured(field, "", &*chosen.word);
            self.input = Input::default();
            return self.say(words::number_cleared(&chosen.label));
        }
        self.form.set_measured(field, number, &*chosen.word);
        Effect::Stay
    }

    /// One of a list: the arrows, Space, or a first letter.
    fn choose(&mut self, field: Field, key: KeyEvent) -> Effect {
        let options = self.form.options(field);
        let now = options.iter().position(|it| it.word == self.form.text(field));
        let count = options.len();
        let next = match key.code {
            _ if count == 0 => return self.say(words::NOTHING_TO_CHOOSE),
            KeyCode::Right | KeyCode::Char(' ') => now.map_or(0, |at| (at + 1) % count),
            KeyCode::Left => now.map_or(count - 1, |at| (at + count - 1) % count),
            KeyCode::Home => 0,
            KeyCode::End => count - 1,
            KeyCode::Backspace | KeyCode::Delete => {
                self.form.set(field, "");
                return Effect::Stay;
            }
            KeyCode::Char(letter) => {
                let begins = |at: &usize| begins_with(&options[*at].label, letter);
                let after = now.map_or(0, |at| at + 1);
                match (after..count).chain(0..after.min(count)).find(begins) {
                    Some(at) => at,
                    None => return self.say(words::no_choice_begins_with(letter)),
                }
            }
            _ => return self.say(words::wrong_key(Kind::One)),
        };
        self.form.set(field, &*options[next].word);
        Effect::Stay
    }

    /// Any of a list: the arrows or a first letter go there, Space marks.
    fn mark(&mut self, field: Field, key: KeyEvent) -> Effect {
        let options = self.form.options(field);
        let count = options.len();
        match key.code {
            KeyCode::Right => self.marked = (self.marked + 1) % count,
            KeyCode::Left => self.marked = (self.marked + count - 1) % count,
            KeyCode::Down => self.marked = (self.marked + MARK_COLUMNS).min(count - 1),
            KeyCode::Up => self.marked = self.marked.saturating_sub(MARK_COLUMNS),
            KeyCode::Home => self.marked = 0,
            KeyCode::End => self.marked = count - 1,
            KeyCode::Char(' ') => {
                let word = &options[self.marked.min(count - 1)].word;
                // "None of these" never takes another answer away.
                let others = self.form.chosen(field).any(|other| other != word);
                if *word == NONE && others {
                    return self.say(words::MARKS_STAND);
                }
                self.form.toggle(field, word);
            }
            KeyCode::Char(letter) => {
                let begins = |at: &usize| begins_with(&options[*at].label, letter);
                let after = self.marked + 1;
                match (after..count).chain(0..after.min(count)).find(begins) {
                    Some(at) => self.marked = at,
                    None => return self.say(words::no_choice_begins_with(letter)),
                }
            }
            _ => return self.say(words::wrong_key(Kind::Many)),
        }
        Effect::Stay
    }

    /// A drug of the comparison: taken if it can be given, else only looked at.
    fn at_drug(&mut self, path: &str, key: KeyEvent) -> Effect {
        match key.code {
            KeyCode::Enter | KeyCode::Char(' ') => {}
            KeyCode::Char('w') => return self.open_why(),
            KeyCode::Char(letter) => return self.go_to_drug(path, letter),
            _ => return self.say(words::STEP_KEYS),
        }
        let verdict = self.form.comparison().iter().find(|row| super::focus::path(row) == path).map(|row| &row.verdict);
        let next = match verdict {
            None | Some(Verdict::NotUsable { .. }) => return self.say(words::DRUG_NOT_THERE),
            Some(Verdict::Cannot { .. }) => Step::Review,
            Some(_) => Step::Schedule,
        };
        self.form.set(Field::Regimen, path);
        self.go_to(next)
    }
}

impl App {
    /// To the next drug of the comparison whose name begins with a letter.
    fn go_to_drug(&mut self, path: &str, letter: char) -> Effect {
        let paths: Vec<String> = self.form.comparison().iter().map(super::focus::path).collect();
        let after = paths.iter().position(|it| it == path).map_or(0, |at| at + 1);
        let mut others = paths.iter().cycle().skip(after).take(paths.len());
        match others.find(|it| begins_with(it, letter)).cloned() {
            Some(path) => self.focus_on(Stop::Drug(path)),
            None => return self.say(words::no_choice_begins_with(letter)),
        }
        Effect::Stay
    }
}

/// Inserts what fits a field of this kind, and returns whether something was left out.
fn insert(input: &mut Input, kind: Kind, line: &str) -> bool {
    let fitting: String = visible(line).chars().filter(|letter| fits(kind, *letter)).collect();
    for letter in fitting.chars() {
        input.handle(InputRequest::InsertChar(letter));
    }
    fitting != line
}

/// Whether a letter is allowed in a field of this kind.
fn fits(kind: Kind, letter: char) -> bool {
    match kind {
        Kind::Number(_) | Kind::Measured => letter.is_ascii_digit() || matches!(letter, ',' | '.'),
        Kind::Date => letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '/' | ' '),
        Kind::Dates => letter.is_ascii_alphanumeric() || matches!(letter, '-' | '.' | '/' | ' ' | ',' | ';'),
        Kind::Text => !visible(letter.encode_utf8(&mut [0; 4])).is_empty(),
        Kind::One | Kind::Many => false,
    }
}

fn begins_with(label: &str, letter: char) -> bool {
    label.chars().next().is_some_and(|first| first.eq_ignore_ascii_case(&letter))
}
