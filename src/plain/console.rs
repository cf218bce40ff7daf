//! The console: lines out and lines in. Nothing is written that a terminal would obey, nothing read is too long.

use std::io::{self, BufRead, Read, Write};

use super::words;
use crate::{form::Step, json::printable, words::line_breaks::wrap};

/// The columns of a line that is said.
const COLUMNS: usize = 78;
/// A line longer than this is no answer.
const LONGEST: u64 = 16 * 1024;

/// What was answered to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Something else than a command.
    Text(String),
    /// Enter alone: what is there stays.
    Keep,
    /// What is there is to be emptied.
    Empty,
    /// On, also where something is needed.
    Skip,
    /// What the question is about.
    Explain,
    /// To the question before.
    Back,
    /// To a step, or to the next one.
    To(Option<Step>),
    /// To the next visit of the patient of a saved plan.
    NextVisit,
    /// Away; also the end of the input.
    Leave,
}

impl Answer {
    fn of(line: &str) -> Self {
        let line = line.trim();
        match line {
            "" => Self::Keep,
            "-" => Self::Empty,
            "?" => Self::Explain,
            "<" => Self::Back,
            ">" => Self::To(None),
            ">n" | ">N" => Self::NextVisit,
            "!" => Self::Leave,
            _ if line.eq_ignore_ascii_case("skip") => Self::Skip,
            _ => step(line).map_or_else(|| Self::Text(line.to_owned()), |step| Self::To(Some(step))),
        }
    }
}

/// The step of ">3".
fn step(line: &str) -> Option<Step> {
    let number: usize = line.strip_prefix('>')?.trim().parse().ok()?;
    Step::ALL.get(number.checked_sub(1)?).copied()
}

/// Both ends of the conversation.
pub(super) struct Console<'t> {
    input: &'t mut dyn BufRead,
    output: &'t mut dyn Write,
}

impl<'t> Console<'t> {
    pub(super) fn new(input: &'t mut dyn BufRead, output: &'t mut dyn Write) -> Self {
        Self { input, output }
    }

    /// Says something, in lines that fit any terminal.
    pub(super) fn say(&mut self, words: &str) -> io::Result<()> {
        for line in words.split('\n') {
            for part in wrap(&shown(line), COLUMNS, COLUMNS) {
                writeln!(self.output, "{}", part.trim_end())?;
            }
        }
        Ok(())
    }

    /// Says something with a blank line before it.
    pub(super) fn head(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.output)?;
        self.say(words)
    }

    /// Waits for an answer. Bytes that are no text are answered here, and the question holds.
    pub(super) fn answer(&mut self) -> io::Result<Answer> {
        loop {
            self.output.flush()?;
            match self.line() {
                Line::Text(line) => return Ok(Answer::of(&line)),
                Line::End => return Ok(Answer::Leave),
                Line::TooLong => self.say(words::TOO_LONG)?,
                Line::NoText => self.say(words::NO_TEXT)?,
            }
        }
    }

    /// The next line. An input that cannot be read has come to its end.
    fn line(&mut self) -> Line {
        let mut bytes = Vec::new();
        let read = (&mut *self.input).take(LONGEST).read_until(b'\n', &mut bytes);
        let ends = bytes.last() == Some(&b'\n');
        match read {
            Err(_) | Ok(0) => Line::End,
            Ok(_) if !ends && bytes.len() as u64 == LONGEST => {
                self.input.skip_until(b'\n').map_or(Line::End, |_| Line::TooLong)
            }
            Ok(_) => String::from_utf8(bytes).map_or(Line::NoText, Line::Text),
        }
    }
}

/// What came in.
enum Line {
    Text(String),
    NoText,
    TooLong,
    End,
}

/// A text without what a terminal would obey, and without what would show it in another order.
fn shown(text: &str) -> String {
    text.chars().map(|c| printable(c.encode_utf8(&mut [0; 4]))).collect()
}

#[cfg(test)]
mod tests {
    use super::{words, *};

    fn answers(input: &[u8]) -> (Vec<Answer>, String) {
        let (mut input, mut output) = (input, Vec::new());
        let mut console = Console::new(&mut input, &mut output);
        let mut answers = Vec::new();
        loop {
            let answer = console.answer().unwrap();
            answers.push(answer.clone());
            if answer == Answer::Leave {
                return (answers, String::from_utf8(output).unwrap());
            }
        }
    }

    #[test]
    fn commands_are_told_from_answers() {
        let (read, _) = answers(b"Anna\r\n\n - \n?\n<\n>\n>3\n>9\n>n\nSkip\n!");
        let text = |words: &str| Answer::Text(words.to_owned());
        let to = |step| Answer::To(step);
        let expected = [text("Anna"), Answer::Keep, Answer::Empty, Answer::Explain, Answer::Back, to(None)];
        let rest = [to(Some(Step::Laboratory)), text(">9"), Answer::NextVisit, Answer::Skip, Answer::Leave];
        assert_eq!(read, [&expected[..], &rest[..]].concat());
    }

    #[test]
    fn what_is_no_line_of_text_is_answered() {
        let long = [vec![b'x'; 40_000], b"\nAnna\n".to_vec()].concat();
        assert_eq!(
            answers(&long),
            (vec![Answer::Text("Anna".to_owned()), Answer::Leave], format!("{}\n", words::TOO_LONG))
        );
        assert_eq!(answers(b"\xff\n").1, format!("{}\n", words::NO_TEXT));
    }

    #[test]
    fn nothing_is_said_that_a_terminal_obeys() {
        let (mut input, mut output) = (&b""[..], Vec::new());
        Console::new(&mut input, &mut output).say(&format!("a\u{1b}[2J {}", "x".repeat(300))).unwrap();
        let said = String::from_utf8(output).unwrap();
        assert!(said.starts_with("a\\u{1b}[2J"));
        assert!(said.lines().all(|line| line.len() <= COLUMNS), "{said}");
    }
}
