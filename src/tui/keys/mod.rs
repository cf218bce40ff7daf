//! The table of keys: for every screen and what is in hand, each key that does something, and what it does now.
//!
//! The key bar, the help, the list of places, clicks and the tests read this one table; a key that is not in it, and
//! is no text, is answered in the message line.

mod dialogs;
mod screens;

use std::borrow::Cow;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{
    App,
    command::Command,
    screen::{Hand, Screen},
    words,
};

/// A key as it is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// A key by itself.
    Key(KeyCode),
    /// A letter or digit, whatever its case.
    Letter(char),
    /// A letter with Ctrl.
    Ctrl(char),
}

/// Where a key is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bar {
    /// In the key bar, among those of this screen.
    Own,
    /// In the key bar, among those of every screen.
    Common,
    /// In the help alone.
    Help,
}

/// Keys that belong together, as one entry of the key bar.
#[derive(Clone, Debug)]
pub(super) struct Binding<C = Command> {
    /// Each key and what it does.
    pub(super) keys: Vec<(Press, C)>,
    /// The keys as they are shown.
    pub(super) shown: Cow<'static, str>,
    /// What they do now.
    pub(super) does: Cow<'static, str>,
    /// The same in a word, where there is no room for more.
    pub(super) brief: Option<&'static str>,
    /// Where they are shown.
    pub(super) bar: Bar,
}

impl Press {
    /// The key as an event.
    #[cfg(test)]
    pub(super) fn event(self) -> KeyEvent {
        match self {
            Self::Key(KeyCode::BackTab) => KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT),
            Self::Key(code) => KeyEvent::from(code),
            Self::Letter(letter) => KeyEvent::from(KeyCode::Char(letter)),
            Self::Ctrl(letter) => KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL),
        }
    }

    /// Whether a key is this one.
    pub(super) fn is(self, key: KeyEvent) -> bool {
        let with = key.modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT);
        match (self, key.code) {
            (Self::Key(KeyCode::BackTab), KeyCode::Tab) => key.modifiers.contains(KeyModifiers::SHIFT),
            (Self::Key(KeyCode::Tab), KeyCode::Tab) => !key.modifiers.contains(KeyModifiers::SHIFT),
            (Self::Key(code), pressed) => code == pressed && with.is_empty(),
            (Self::Letter(letter), KeyCode::Char(pressed)) => with.is_empty() && letter == pressed.to_ascii_lowercase(),
            (Self::Ctrl(letter), KeyCode::Char(pressed)) => {
                with == KeyModifiers::CONTROL && letter == pressed.to_ascii_lowercase()
            }
            _ => false,
        }
    }
}

pub(super) fn own<C>(
    keys: impl IntoIterator<Item = (Press, C)>,
    shown: impl Into<Cow<'static, str>>,
    does: impl Into<Cow<'static, str>>,
) -> Binding<C> {
    Binding { keys: keys.into_iter().collect(), shown: shown.into(), does: does.into(), brief: None, bar: Bar::Own }
}

/// The keys from one row or field to the next, and back.
fn to_neighbours(shown: &'static str, does: &'static str) -> Binding {
    let keys = [
        (Press::Key(KeyCode::Tab), Command::RowAfter),
        (Press::Key(KeyCode::BackTab), Command::RowBefore),
        (Press::Key(KeyCode::Down), Command::RowAfter),
        (Press::Key(KeyCode::Up), Command::RowBefore),
    ];
    own(keys, shown, does)
}

/// One letter that acts or opens something.
pub(super) fn letter<C>(letter: char, command: C, does: impl Into<Cow<'static, str>>) -> Binding<C> {
    own([(Press::Letter(letter), command)], letter.to_string(), does)
}

pub(super) fn key<C>(code: KeyCode, shown: &'static str, command: C, does: impl Into<Cow<'static, str>>) -> Binding<C> {
    own([(Press::Key(code), command)], shown, does)
}

impl<C> Binding<C> {
    pub(super) fn common(mut self) -> Self {
        self.bar = Bar::Common;
        self
    }

    pub(super) fn briefly(mut self, brief: &'static str) -> Self {
        self.brief = Some(brief);
        self
    }

    pub(super) fn in_help(mut self) -> Self {
        self.bar = Bar::Help;
        self
    }
}

impl App {
    /// What a key does now; none where it does nothing.
    pub(super) fn command_of(&self, key: KeyEvent) -> Option<Command> {
        self.bindings().into_iter().flat_map(|binding| binding.keys).find(|(press, _)| press.is(key)).map(|(_, it)| it)
    }

    /// Every key that does something now.
    pub(super) fn bindings(&self) -> Vec<Binding> {
        let mut bindings = match &self.over {
            Some(over) => self.keys_over(over),
            None => self.keys_of_screen(),
        };
        bindings.extend(Self::keys_everywhere());
        bindings
    }

    /// The keys that do the same everywhere.
    pub(super) fn keys_everywhere() -> [Binding; 3] {
        [
            own([(Press::Ctrl('q'), Command::Leave), (Press::Ctrl('c'), Command::Leave)], "Ctrl+Q", words::QUIT)
                .in_help(),
            own([(Press::Ctrl('l'), Command::Repaint)], "Ctrl+L", words::REDRAW).in_help(),
            own([(Press::Ctrl('z'), Command::Suspend)], "Ctrl+Z", words::SUSPEND).in_help(),
        ]
    }

    pub(super) fn keys_of_screen(&self) -> Vec<Binding> {
        let mut keys = match self.screen {
            Screen::Entry(step) => self.keys_of_entries(step),
            Screen::Drugs => self.keys_of_drugs(),
            Screen::Visits => self.keys_of_visits(),
            Screen::Plan(page) => self.keys_of_page(page),
        };
        keys.extend(self.common_keys());
        keys
    }

    /// The keys of every screen that nothing lies over.
    fn common_keys(&self) -> Vec<Binding> {
        let types = self.hand() != Hand::Nothing;
        let in_list = matches!(self.screen, Screen::Entry(_));
        let also = |letter: char, command: Command| (!types && !in_list).then_some((Press::Letter(letter), command));
        let with = |code, other: char, command: Command| {
            let keys = std::iter::once((Press::Key(code), command));
            keys.chain(also(other, command)).collect::<Vec<_>>()
        };
        let back = if matches!(self.screen, Screen::Plan(_)) { words::BACK_TO_DATES } else { words::BACK };
        vec![
            own(with(KeyCode::F(2), 'y', Command::Why), "F2", self.asks_why()).briefly(words::WHY).common(),
            own(with(KeyCode::F(1), '?', Command::Help), "F1", words::HELP).common(),
            own([(Press::Key(KeyCode::F(9)), Command::GoTo), (Press::Ctrl('g'), Command::GoTo)], "F9", words::GO_TO)
                .common(),
            key(KeyCode::Esc, "Esc", Command::Back, back).common(),
            own([(Press::Ctrl('s'), Command::Save)], "Ctrl+S", words::SAVE).in_help(),
        ]
    }

    /// What F2 explains here.
    fn asks_why(&self) -> Cow<'static, str> {
        match self.why_title() {
            Some(title) => words::why_of(&title).into(),
            None => words::WHY.into(),
        }
    }
}
