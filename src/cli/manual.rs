//! `osteodose manual`: the manual page, with every command and option.

use std::io::{self, Write};

use clap::{Args, Command};
use clap_mangen::{
    Man,
    roff::{Roff, bold, roman},
};

use super::{Failure, definition};
use crate::words::manual as words;

/// Print the manual page, for man: osteodose manual > osteodose.1
#[derive(Args)]
pub(super) struct Manual {}

impl Manual {
    #[expect(clippy::unused_self, reason = "every command is run alike")]
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        out.write_all(page().as_bytes()).map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}

/// The page.
fn page() -> String {
    let mut root = definition();
    root.build();
    let man = Man::new(root.clone()).title("OSTEODOSE").date(words::CHANGED);
    let mut page = rendered(|into| man.render_title(into));
    page.push_str(&body(|into| man.render_name_section(into)));
    page.push_str(&body(|into| man.render_synopsis_section(into)));
    page.push_str(&body(|into| man.render_description_section(into)));
    page.push_str(&body(|into| man.render_options_section(into)));
    page.push_str(".SH COMMANDS\n");
    page.push_str(words::OPTIONS_ANYWHERE);
    page.push('\n');
    commands(&root, &mut |command| page.push_str(&section(command)));
    page.push_str(&exit_statuses());
    page.push_str(&list("EXAMPLES", words::EXAMPLES));
    page.push_str(&list("ENVIRONMENT", words::ENVIRONMENT));
    page.push_str(&list("FILES", words::FILES));
    tidy(&page)
}

/// The most bytes of a line of text, as is usual for a manual page.
const LONGEST_LINE: usize = 80;

/// The page with its paragraphs apart by one macro each, no blank at the end of a line, and no line of text too long.
fn tidy(page: &str) -> String {
    let page = page.replace("\n.br\n\n.br\n", "\n.sp\n");
    page.lines().flat_map(|line| folded(line.trim_end())).map(|line| line + "\n").collect()
}

/// A line of text as lines, which a reader sees as one; a macro stays on its line.
fn folded(line: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in line.split(' ') {
        let last = lines.last_mut().expect("there is a line");
        if line.starts_with('.') || last.is_empty() || last.len() + 1 + word.len() <= LONGEST_LINE {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        } else {
            // At the beginning of a line these two would be a macro.
            let guard = if word.starts_with(['.', '\'']) { "\\&" } else { "" };
            lines.push(format!("{guard}{word}"));
        }
    }
    lines
}

/// Every command below this one that does something, in the order of the help.
fn commands(of: &Command, visit: &mut impl FnMut(&Command)) {
    for command in of.get_subcommands().filter(|command| command.get_name() != "help") {
        if command.has_subcommands() {
            commands(command, visit);
        } else {
            visit(command);
        }
    }
}

/// A command with its arguments and options, under its name.
fn section(command: &Command) -> String {
    let man = Man::new(command.clone());
    let mut section = Roff::new();
    section.control("SS", [name(command).as_str()]);
    let mut section = section.to_roff();
    section.push_str(&without_heading(&body(|into| man.render_synopsis_section(into))));
    section.push_str(".PP\n");
    section.push_str(&without_heading(&body(|into| man.render_description_section(into))));
    section.push_str(&without_heading(&body(|into| man.render_options_section(into))));
    section
}

/// The exit statuses: those of every command, then those of each.
fn exit_statuses() -> String {
    let of_all = list("EXIT STATUS", &words::EXIT_STATUS);
    let (several, gravest) = words::OF_SEVERAL;
    let of_each = words::EXIT_STATUS_OF.iter();
    of_each.fold(of_all, |section, (command, statuses)| section + &entry(command, statuses)) + &entry(several, gravest)
}

/// A heading and the items below it, each under its own name.
fn list(heading: &str, entries: &[(&str, &str)]) -> String {
    let mut section = Roff::new();
    section.control("SH", [heading]);
    entries.iter().fold(section.to_roff(), |section, (name, text)| section + &entry(name, text))
}

fn entry(name: &str, text: &str) -> String {
    let mut entry = Roff::new();
    entry.control("TP", []).text([bold(name)]).text([roman(text)]);
    entry.to_roff()
}

/// A command as it is typed: "osteodose regimens list".
fn name(command: &Command) -> String {
    command.get_bin_name().unwrap_or_else(|| command.get_name()).to_owned()
}

fn rendered(render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut text = Vec::new();
    render(&mut text).expect("memory takes it");
    String::from_utf8(text).expect("what is made of text is text")
}

/// A section without the lines that begin a page.
fn body(render: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let section = rendered(render);
    section.find(".SH ").map_or_else(String::new, |start| section[start..].to_owned())
}

fn without_heading(section: &str) -> String {
    section.split_once('\n').map_or_else(String::new, |(_, rest)| rest.to_owned())
}
