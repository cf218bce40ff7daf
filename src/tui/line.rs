//! One line of text that is being entered: what is typed and pasted, how much of it, and the cursor in it.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, backend::crossterm::EventHandler};
use unicode_segmentation::UnicodeSegmentation;

use crate::json::visible;

/// The most characters of an entry. What was longer when it was opened is kept, and can only become shorter.
pub(super) const MOST: usize = 1000;

/// A line of text with a cursor.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    input: Input,
}

/// What became of a text that was pasted. Of several, the last that is true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Inserted {
    /// All of it is inserted.
    All,
    /// Characters that cannot be seen are left out.
    LeftOut,
    /// More lines followed the first one, which alone is inserted.
    FirstLine,
    /// It is longer than there was room for, and its end is left out.
    Cut,
}

/// What a key did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edited {
    /// The text is another.
    Changed,
    /// The cursor is elsewhere, and the text is the same.
    Moved,
    /// There is no room for more.
    Full,
    /// It is a key for text, but there is nothing to delete and nowhere to go.
    Nothing,
    /// It is no key for text, or a character that cannot be seen.
    Unknown,
}

impl Line {
    /// A line with the cursor at its end.
    pub(super) fn new(text: impl Into<String>) -> Self {
        Self { input: Input::new(text.into()) }
    }

    /// The text.
    pub(super) fn value(&self) -> &str {
        self.input.value()
    }

    /// How many characters are before the cursor.
    pub(super) fn cursor(&self) -> usize {
        self.input.cursor()
    }

    /// Inserts at the cursor the first line of a text, without blanks around it and without what cannot be seen, as
    /// far as no more than `most` characters are in the line. A tab becomes a blank, as two figures must not become one.
    pub(super) fn insert_str(&mut self, text: &str, most: usize) -> Inserted {
        let (first, has_more) = first_line(text);
        let shown = visible(&first.replace('\t', " "));
        let room = most.saturating_sub(self.value().chars().count());
        let fitting = beginning(&shown, room);
        let inserted = match () {
            () if fitting.len() < shown.len() => Inserted::Cut,
            () if has_more => Inserted::FirstLine,
            () if shown.len() < first.len() => Inserted::LeftOut,
            () => Inserted::All,
        };
        if !fitting.is_empty() {
            let cursor = self.cursor();
            let at = self.value().char_indices().nth(cursor).map_or(self.value().len(), |(at, _)| at);
            let (before, after) = self.value().split_at(at);
            let whole = [before, fitting, after].concat();
            let cursor = cursor + fitting.chars().count();
            self.input = std::mem::take(&mut self.input).with_value(whole).with_cursor(cursor);
        }
        inserted
    }

    /// Does what a key does in a line of text.
    pub(super) fn key(&mut self, key: KeyEvent) -> Edited {
        let inserts = !key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT)
            || key.modifiers.contains(KeyModifiers::CONTROL | KeyModifiers::ALT);
        if let KeyCode::Char(letter) = key.code
            && inserts
            && visible(letter.encode_utf8(&mut [0; 4])).is_empty()
        {
            return Edited::Unknown;
        }
        let before = self.input.clone();
        let Some(state) = self.input.handle_event(&Event::Key(key)) else {
            return if is_for_text(key) { Edited::Nothing } else { Edited::Unknown };
        };
        let (was, is) = (before.value().chars().count(), self.value().chars().count());
        if is > MOST && is > was {
            self.input = before;
            return Edited::Full;
        }
        match state.value && self.value() != before.value() {
            true => Edited::Changed,
            false if state.cursor => Edited::Moved,
            false => Edited::Nothing,
        }
    }
}

/// Whether a key does something in some line of text.
fn is_for_text(key: KeyEvent) -> bool {
    tui_input::backend::crossterm::to_input_request(&Event::Key(key)).is_some()
}

/// The first line of a text that is not blank, without blanks around it, and whether more follows.
fn first_line(text: &str) -> (&str, bool) {
    let text = text.trim_start();
    let ends = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    let (first, rest) = text.split_at(text.find(ends).unwrap_or(text.len()));
    (first.trim_end(), !rest.trim_start().is_empty())
}

/// The beginning of a text, of at most so many characters; what a person sees as one character stays whole.
fn beginning(text: &str, most: usize) -> &str {
    let mut count = 0;
    let mut end = 0;
    for (at, shown) in text.grapheme_indices(true) {
        count += shown.chars().count();
        if count > most {
            break;
        }
        end = at + shown.len();
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn press(line: &mut Line, code: KeyCode) -> Edited {
        line.key(KeyEvent::new(code, KeyModifiers::NONE))
    }

    fn with_control(line: &mut Line, letter: char) -> Edited {
        line.key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL))
    }

    #[test]
    fn a_key_says_what_it_did() {
        let mut line = Line::new("ab");
        assert_eq!(press(&mut line, KeyCode::Char('c')), Edited::Changed);
        assert_eq!(press(&mut line, KeyCode::Home), Edited::Moved);
        assert_eq!(press(&mut line, KeyCode::Left), Edited::Nothing);
        assert_eq!(press(&mut line, KeyCode::Backspace), Edited::Nothing);
        assert_eq!(press(&mut line, KeyCode::Char('\u{200b}')), Edited::Unknown);
        for code in [KeyCode::F(5), KeyCode::Up, KeyCode::Tab, KeyCode::Enter, KeyCode::PageUp] {
            assert_eq!(press(&mut line, code), Edited::Unknown, "{code:?}");
        }
        assert_eq!((line.value(), line.cursor()), ("abc", 0));
        assert_eq!(with_control(&mut line, 'u'), Edited::Changed);
        assert_eq!(with_control(&mut line, 'u'), Edited::Nothing);
        assert_eq!(with_control(&mut line, 'k'), Edited::Nothing);
    }

    #[test]
    fn a_paste_is_the_first_line_without_what_cannot_be_seen() {
        for (text, inserted, value) in [
            ("Holm", Inserted::All, "aHolmb"),
            ("\r\n  Holm, Anna \r\n\n", Inserted::All, "aHolm, Annab"),
            ("Holm\u{1b}[2J\u{200b}", Inserted::LeftOut, "aHolm[2Jb"),
            ("3\t5\u{7}", Inserted::LeftOut, "a3 5b"),
            ("Holm\rAnna", Inserted::FirstLine, "aHolmb"),
            ("Holm\u{7}\u{2028}Anna", Inserted::FirstLine, "aHolmb"),
            ("\u{7}", Inserted::LeftOut, "ab"),
            (" \n", Inserted::All, "ab"),
        ] {
            let mut line = Line::new("ab");
            press(&mut line, KeyCode::Left);
            assert_eq!(line.insert_str(text, MOST), inserted, "{text:?}");
            assert_eq!(line.value(), value);
            assert_eq!(line.cursor(), value.chars().count() - 1);
        }
    }

    #[test]
    fn there_is_no_room_for_more_than_the_most() {
        let mut line = Line::new("ab");
        assert_eq!(line.insert_str("cdef", 5), Inserted::Cut);
        assert_eq!(line.value(), "abcde");
        let mut line = Line::new("abc");
        assert_eq!(line.insert_str("de\u{301}", 5), Inserted::Cut);
        assert_eq!(line.value(), "abcd", "what is seen as one character is not cut");

        let mut line = Line::new("x".repeat(MOST));
        assert_eq!(press(&mut line, KeyCode::Char('x')), Edited::Full);
        assert_eq!(line.insert_str("x", MOST), Inserted::Cut);
        assert_eq!(line.insert_str("", MOST), Inserted::All);
        assert_eq!(line.value().len(), MOST);
        assert_eq!(press(&mut line, KeyCode::Backspace), Edited::Changed);
        assert_eq!(press(&mut line, KeyCode::Char('y')), Edited::Changed);
        // What was cut out comes back only where there is room.
        let mut line = Line::new("x".repeat(MOST));
        assert_eq!(with_control(&mut line, 'u'), Edited::Changed);
        assert_eq!(with_control(&mut line, 'y'), Edited::Changed);
        assert_eq!(with_control(&mut line, 'y'), Edited::Full);
        assert_eq!(line.value().len(), MOST);
    }

    #[test]
    fn what_was_longer_when_it_was_opened_can_become_shorter() {
        let mut line = Line::new("x".repeat(MOST + 10));
        assert_eq!(press(&mut line, KeyCode::Char('x')), Edited::Full);
        assert_eq!(press(&mut line, KeyCode::Backspace), Edited::Changed);
        assert_eq!(line.value().len(), MOST + 9);
    }

    fn processor_time() -> Duration {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap())
    }

    /// The least time of several, in which nothing else came between.
    fn least(mut work: impl FnMut()) -> Duration {
        let once = || {
            let start = processor_time();
            work();
            processor_time().saturating_sub(start)
        };
        std::iter::repeat_with(once).take(5).min().unwrap()
    }

    /// Ten times as much takes about ten times as long. If each character cost the length of the text, it would be a
    /// hundred times.
    #[test]
    fn a_long_paste_costs_its_length() {
        let texts = [100_000, 1_000_000].map(|length| "x".repeat(length));
        for most in [MOST, usize::MAX] {
            let [one, ten] = [&texts[0], &texts[1]].map(|text| {
                least(|| {
                    Line::new("ab").insert_str(text, most);
                })
            });
            assert!(ten < one * 40, "{most}: {one:?} and {ten:?}");
        }
        // What is typed after it does not cost more than in a line that is as long as may be.
        let key = |length| {
            least(|| {
                let mut line = Line::new("ab");
                line.insert_str(&texts[1][..length], MOST);
                for _ in 0..1000 {
                    press(&mut line, KeyCode::Char('x'));
                    press(&mut line, KeyCode::Backspace);
                }
            })
        };
        let (usual, after) = (key(MOST), key(1_000_000));
        assert!(after < usual * 5, "{usual:?} and {after:?}");
    }
}
