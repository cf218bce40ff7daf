//! Help, completion and the manual page: each knows every command and option.

use std::{io::Write, process::Command as Program};

use clap::Command;
use osteodose::cli::definition;

use crate::cli::{osteodose, text};
#[cfg(feature = "tui")]
use crate::snapshot::assert_snapshot;

/// Every command with those below it, the form first.
fn commands() -> Vec<Command> {
    fn below(command: &Command, found: &mut Vec<Command>) {
        found.push(command.clone());
        command.get_subcommands().filter(|it| it.get_name() != "help").for_each(|it| below(it, found));
    }
    let mut root = definition().disable_help_subcommand(true);
    root.build();
    let mut found = Vec::new();
    below(&root, &mut found);
    found
}

/// A command as it is typed.
fn name(command: &Command) -> &str {
    command.get_bin_name().unwrap_or_else(|| command.get_name())
}

// Without the form its options are not there.
#[cfg(feature = "tui")]
#[test]
fn the_help_is_as_it_was_read_and_accepted() {
    let mut all = String::new();
    for command in commands() {
        let name = name(&command).to_owned();
        let help = command.term_width(100).render_long_help();
        all.extend(["$ ", &name, " --help\n", &help.to_string(), "\n"]);
    }
    assert_snapshot("help", &all);
}

#[test]
fn every_option_says_what_it_is_for() {
    for command in commands() {
        assert!(command.get_about().is_some(), "{}", command.get_name());
        for argument in command.get_arguments() {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.is_empty() && !help.ends_with('.'), "{} {}: {help}", command.get_name(), argument.get_id());
        }
    }
}

#[test]
fn every_shell_completes_every_command_and_option() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = osteodose(&["completions", shell], b"");
        assert_eq!(output.status.code(), Some(0));
        let script = text(&output.stdout);
        for command in commands() {
            assert!(script.contains(command.get_name()), "{shell}: {}", command.get_name());
            for option in command.get_arguments().filter_map(clap::Arg::get_long) {
                assert!(script.contains(option), "{shell}: {} --{option}", command.get_name());
            }
        }
    }
    assert_eq!(osteodose(&["completions", "cmd"], b"").status.code(), Some(2));
}

#[test]
fn bash_takes_the_script() {
    let script = osteodose(&["completions", "bash"], b"").stdout;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&script).unwrap();
    // Where there is no bash, nobody completes with it.
    let Ok(checked) = Program::new("bash").arg("-n").arg(file.path()).output() else { return };
    assert!(checked.status.success(), "{}", text(&checked.stderr));
}

#[test]
fn the_manual_knows_every_command_and_option() {
    let output = osteodose(&["manual"], b"");
    assert_eq!(output.status.code(), Some(0));
    let page = text(&output.stdout);
    // Options stand with their hyphens guarded, so that a terminal shows what is typed; a long line is folded.
    let plain = page.replace("\\-", "-");
    let sections: Vec<&str> = plain.split("\n.SS ").collect();
    for command in commands() {
        let name = name(&command);
        // A command that does nothing by itself has no section: those below it have.
        if command.has_subcommands() && name != "osteodose" {
            continue;
        }
        let section = if name == "osteodose" {
            sections[0]
        } else {
            sections
                .iter()
                .find(|section| section.lines().next().is_some_and(|line| line.trim_matches('"') == name))
                .unwrap_or_else(|| panic!("{name} has no section"))
        };
        for argument in command.get_arguments() {
            let word = argument.get_long().map_or_else(
                || {
                    argument
                        .get_value_names()
                        .map_or_else(|| argument.get_id().to_string(), |names| names[0].to_string())
                },
                |long| format!("--{long}"),
            );
            assert!(section.contains(&word), "{name}: {word}");
            let help = argument.get_long_help().or(argument.get_help()).unwrap().to_string();
            let unfolded = section.replace("\\*(Aq", "'").replace("\\&", "").replace('\n', " ");
            assert!(unfolded.contains(&help), "{name}: {help}");
        }
    }
    let first = ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS"];
    for heading in first.into_iter().chain(["\"EXIT STATUS\"", "EXAMPLES", "ENVIRONMENT", "FILES"]) {
        assert!(plain.lines().any(|line| line == format!(".SH {heading}")), "{heading}");
    }
    for said in ["NO_COLOR", "osteodose/regimens", "0 ready, 3 needs confirmation, 4 stopped", "130, 143"] {
        assert!(plain.contains(said), "{said}");
    }
    assert_eq!(plain.matches(".TH ").count(), 1);
}

/// What a checker or a reader of manual pages says of the page; nothing where the system has none.
fn said_of_the_manual(program: &str, arguments: &[&str]) -> Option<(bool, String)> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&osteodose(&["manual"], b"").stdout).unwrap();
    let output = Program::new(program).args(arguments).arg(file.path()).output().ok()?;
    Some((output.status.success(), text(&output.stdout) + &text(&output.stderr)))
}

#[test]
fn a_checker_of_manual_pages_finds_nothing() {
    let Some((is_clean, said)) = said_of_the_manual("mandoc", &["-T", "lint"]) else { return };
    assert!(is_clean && said.is_empty(), "{said}");
}

#[test]
fn the_manual_is_read_as_it_is_meant() {
    let readers = [("mandoc", &["-T", "utf8"][..]), ("man", &["-l"]), ("groff", &["-man", "-Tutf8", "-P-c"])];
    for (program, arguments) in readers {
        let Some((true, page)) = said_of_the_manual(program, arguments) else { continue };
        // A letter struck over itself is bold.
        let mut plain = String::new();
        for c in page.chars() {
            if c == '\u{8}' {
                plain.pop();
            } else {
                plain.push(c);
            }
        }
        let words: Vec<&str> = plain.split_whitespace().collect();
        let page = words.join(" ").replace('‐', "-");
        for said in [
            "osteodose plan requests/*.json --output-dir plans Make a plan for each request",
            "that end in .csv or .tsv",
            "The command was interrupted (Ctrl+C, SIGINT)",
        ] {
            assert!(page.contains(said), "{program}: {said}\n{page}");
        }
    }
}

#[test]
fn every_example_is_a_command_line() {
    let page = text(&osteodose(&["manual"], b"").stdout).replace("\\-", "-");
    let examples = page.split("\n.SH EXAMPLES\n").nth(1).unwrap().split("\n.SH ").next().unwrap();
    let lines = examples.lines().filter_map(|line| line.strip_prefix("\\fB")?.strip_suffix("\\fR"));
    let lines: Vec<&str> = lines.collect();
    assert!(lines.len() > 8, "{lines:?}");
    for line in lines {
        let read = definition().try_get_matches_from(line.split(' '));
        // Without the form its examples are no commands.
        let is_of_the_form = !line.starts_with("osteodose ") || line == "osteodose plan.json";
        assert!(read.is_ok() || (is_of_the_form && cfg!(not(feature = "tui"))), "{line}: {read:?}");
    }
}
