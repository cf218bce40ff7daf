//! The order of the words of a command line: options may be written before the command they belong to.

use std::ffi::OsString;

use clap::{Arg, Command};

/// The words with the command, if there is one, before all options. The first word is the name of the program.
pub(super) fn command_first(words: impl Iterator<Item = OsString>, definition: &Command) -> Vec<OsString> {
    let mut words: Vec<OsString> = words.collect();
    let mut at = 1;
    // After "--" there are no options and no commands.
    while let Some(word) = words.get(at).and_then(|word| word.to_str()).filter(|word| *word != "--") {
        if word.starts_with('-') {
            // What follows an option that takes a value is that value, whatever it looks like.
            at += if takes_the_next_word(word, definition) { 2 } else { 1 };
            continue;
        }
        if let Some(command) = definition.find_subcommand(word) {
            words[1..=at].rotate_right(1);
            if let Some(below) = first_word(&words, at + 1, command) {
                words[2..=below].rotate_right(1);
            }
        }
        break;
    }
    words
}

/// Where the first word after options is, if it is a command below `command`.
fn first_word(words: &[OsString], mut at: usize, command: &Command) -> Option<usize> {
    loop {
        let word = words.get(at)?.to_str().filter(|word| *word != "--")?;
        if !word.starts_with('-') {
            return command.find_subcommand(word).map(|_| at);
        }
        at += if takes_the_next_word(word, command) { 2 } else { 1 };
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
