//! The order of the words of a command line: options may be written before the command they belong to.

use std::ffi::OsString;

use clap::{Arg, Command};

/// The words with the command, if there is one, before all options. The first word is the name of the program.
pub(super) fn command_first(words: impl Iterator<Item = OsString>, definition: &Command) -> Vec<OsString> {
    let mut words: Vec<OsString> = words.collect();
    if let Some((at, command)) = command_in(&words, 1, definition) {
        words[1..=at].rotate_right(1);
        if let Some((below, _)) = command_in(&words, at + 1, command) {
            words[2..=below].rotate_right(1);
        }
    }
    words
}

/// The first word from a place on that is no option, if it is a command below `above`, with its place.
fn command_in<'c>(words: &[OsString], mut at: usize, above: &'c Command) -> Option<(usize, &'c Command)> {
    loop {
        // After "--" there are no options and no commands.
        let word = words.get(at)?.to_str().filter(|word| *word != "--")?;
        if !word.starts_with('-') {
            return above.find_subcommand(word).map(|command| (at, command));
        }
        // What follows an option that takes a value is that value, whatever it looks like.
        at += if takes_the_next_word(word, above) { 2 } else { 1 };
    }
}

/// Whether a word is an option, of whichever command, that takes the word after it as its value.
fn takes_the_next_word(word: &str, definition: &Command) -> bool {
    let is_it = |argument: &Arg| match word.strip_prefix("--") {
        Some(long) => argument.get_long() == Some(long),
        None => argument.get_short().is_some_and(|short| word.strip_prefix('-') == Some(short.to_string().as_str())),
    };
    definition.get_arguments().any(|argument| argument.get_action().takes_values() && is_it(argument))
        || definition.get_subcommands().any(|below| takes_the_next_word(word, below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::definition;

    fn ordered(line: &str) -> String {
        let words = command_first(line.split(' ').map(OsString::from), &definition());
        words.iter().map(|word| word.to_str().unwrap()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn options_may_come_before_their_command() {
        assert_eq!(ordered("osteodose --regimens dir plan a.json"), "osteodose plan --regimens dir a.json");
        assert_eq!(ordered("osteodose --brief -o out batch in"), "osteodose batch --brief -o out in");
        assert_eq!(ordered("osteodose --regimens=dir regimens list"), "osteodose regimens list --regimens=dir");
        assert_eq!(ordered("osteodose regimens --regimens dir list"), "osteodose regimens list --regimens dir");
        assert_eq!(ordered("osteodose --json regimens --strict check d"), "osteodose regimens check --json --strict d");
        // The value of an option is no command.
        assert_eq!(ordered("osteodose --regimens plan plan"), "osteodose plan --regimens plan");
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for line in [
            "osteodose",
            "osteodose --plain a.json",
            "osteodose --regimens plan",
            "osteodose a.json plan",
            "osteodose plan --format text a.json",
            "osteodose -- plan",
            "osteodose --ward",
        ] {
            assert_eq!(ordered(line), line);
        }
    }
}
