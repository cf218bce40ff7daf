//! Questions one under another: what is asked, what was answered, and how it is understood. A visit and the record of an
//! act are both filled in this way, on the screen as line by line.

use std::borrow::Cow;

use crate::form::{Choice, Kind, Reading};

/// Questions in their order. Which are asked may depend on the answers.
pub trait Questions {
    /// How many are asked now.
    fn count(&self) -> usize;

    /// What a question is called.
    fn label(&self, at: usize) -> Cow<'static, str>;

    /// What it asks for.
    fn help(&self, at: usize) -> Cow<'static, str>;

    /// How it is answered.
    fn kind(&self, at: usize) -> Kind;

    /// The answer as it was typed, or the word of what was chosen.
    fn text(&self, at: usize) -> &str;

    /// Puts an answer in the place of the one before.
    fn set(&mut self, at: usize, text: String);

    /// What is understood of the answer.
    fn reading(&self, at: usize) -> Reading;

    /// What can be chosen.
    fn options(&self, at: usize) -> Vec<Choice>;

    /// What holds where nothing is answered, or what was answered before.
    fn beside(&self, at: usize) -> String;

    /// Whether it must still be answered.
    fn is_open(&self, at: usize) -> bool;

    /// Chooses what has a letter; of several that can be marked, it is marked, or its mark is taken away. False where nothing
    /// has the letter, or "none of these" is meant while something is marked.
    fn choose(&mut self, at: usize, letter: char) -> bool;
}
