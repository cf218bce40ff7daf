//! `osteodose [FILE]`: the form, full-screen or line by line.

use std::{
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use chrono::{DateTime, Local};
use clap::{
    Args, Command, CommandFactory,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::{
    Cli, Failure, LibraryArgs,
    environment::{environment, knows_more_than_ascii},
    format::{ahead_of_utc, now},
    time_zone,
    ward::load,
};
use crate::{
    drafts::{Drafts, Entries, Keeper, expiry},
    files,
    json::nearest,
    plain,
    plan::{self, WardInputs},
    recheck::recheck,
    regimen::Library,
    request::Request,
    saved::{self, SavedPlan},
    tui::{self, App, Depth, Leaving, Leftover, Setting, Theme},
    ward::{Colour, Screen, Settings},
    words,
};

/// The form, opened without a command
#[derive(Args)]
pub(super) struct Wizard {
    /// Request or saved plan to open in the form
    file: Option<PathBuf>,
    /// Ask line by line, for screen readers; this is the default when there is no full screen
    #[arg(long)]
    plain: bool,
    /// Draw with ASCII characters only; this is the default when the locale is not UTF-8
    #[arg(long)]
    ascii: bool,
    /// Colours to draw with; by default those that the terminal offers
    #[arg(long, value_name = "COLOURS", value_parser = colours())]
    colour: Option<Colour>,
    /// Ward settings; by default osteodose/ward.json in the configuration folder, if it exists
    #[arg(long, value_name = "FILE")]
    ward: Option<PathBuf>,
    #[command(flatten)]
    library: LibraryArgs,
}

impl Wizard {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        time_zone::check()?;
        let Opened { request: opened, plan: saved, ward_inputs } =
            self.file.as_deref().map(open).transpose()?.unwrap_or_default();
        let library = self.library.load()?;
        let (ward_file, ward) = self.ward(library)?;
        let remark = saved.and_then(|saved| recheck(saved, library).on_opening());
        let mut drafts = Keeper::expiring(Drafts::open(), ward.draft_days.and_then(|days| expiry(now().into(), days)));
        let (more, expired) = (drafts.more(), drafts.expired());
        let leftovers = drafts.leftovers().map(|(changed, entries)| leftover(changed, entries)).collect();
        if self.plain || !has_a_screen() {
            if let Some(remark) = remark {
                writeln!(out, "{remark}").map_err(|error| Failure::output(&error))?;
            }
            return plain(
                plain::Setting { library, today: today(), opened, leftovers, ward, ward_inputs },
                drafts,
                out,
            );
        }
        let theme = self.theme(ward.screen);
        let more_left = more;
        let setting = Setting {
            library,
            today: today(),
            clock: now,
            ahead_of_utc,
            theme,
            opened,
            leftovers,
            more_left,
            ward,
            ward_file,
            ward_inputs,
        };
        let mut app = App::new(setting);
        if expired > 0 {
            app.tell(words::drafts_expired(expired));
        }
        if let Some(remark) = remark {
            app.announce(remark.to_owned());
        }
        let leaving = tui::run(&mut app, &mut drafts)
            .map_err(|error| Failure::not_usable(format!("the terminal cannot be used: {error}")))?;
        leave(&leaving, drafts, out)
    }

    /// The settings of the ward, with the name of the file that holds them, or would.
    fn ward(&self, library: &'static Library) -> Result<(Option<PathBuf>, Settings), Failure> {
        let Some(path) = self.ward.clone().or_else(files::configured_ward) else {
            return Ok((None, Settings::default()));
        };
        let is_meant = self.ward.is_some() || files::is_there(&path);
        let settings = if is_meant { load(&path, library)? } else { Settings::default() };
        Ok((Some(path), settings))
    }

    /// How the form looks: as the command says, else as the ward does, else as the terminal suggests.
    fn theme(&self, screen: Screen) -> Theme {
        let colour = self.colour.or(screen.colour).unwrap_or_else(colours_of_terminal);
        let ascii = self.ascii || screen.ascii.unwrap_or_else(|| !knows_more_than_ascii());
        Theme { depth: depth(colour), ascii }
    }
}

/// The colours of a screen, as the form knows them.
fn depth(colour: Colour) -> Depth {
    match colour {
        Colour::None => Depth::None,
        Colour::Sixteen => Depth::Sixteen,
        Colour::Indexed => Depth::Indexed,
        Colour::Full => Depth::Full,
    }
}

/// What a file holds that is opened in the form.
#[derive(Default)]
struct Opened {
    /// Its request, with the name of the file.
    request: Option<(PathBuf, Request)>,
    /// Its plan, where it holds one.
    plan: Option<SavedPlan>,
    /// What of the request of that plan came from the settings of its ward.
    ward_inputs: Option<WardInputs>,
}

/// What a file holds.
fn open(path: &Path) -> Result<Opened, Failure> {
    if path == Path::new("-") {
        return Err(Failure::not_usable("-: the form reads keys from standard input, so no request can come from it"));
    }
    let bytes = files::read_ordinary(path).map_err(|error| match misspelt(path) {
        Some(command) if error.kind() == io::ErrorKind::NotFound => Failure::misspelt(path, &command),
        _ => Failure::unreadable(path, &error),
    })?;
    let request = plan::reopen(&bytes).map_err(|faults| Failure::not_a_request(path, &faults))?;
    Ok(Opened {
        request: Some((path.to_owned(), request)),
        plan: saved::open(&bytes).ok(),
        ward_inputs: plan::reopen_ward(&bytes),
    })
}

/// The command that a name may be a misspelling of, if no file has that name.
fn misspelt(path: &Path) -> Option<String> {
    let cli = Cli::command();
    nearest(path.to_str()?, cli.get_subcommands().map(Command::get_name)).map(str::to_owned)
}

/// The form line by line.
fn plain(setting: plain::Setting, mut drafts: Keeper, out: &mut impl Write) -> Result<u8, Failure> {
    let leaving = plain::run(setting, &mut drafts, &mut io::stdin().lock(), out);
    // If the output cannot be written, the draft is kept.
    leave(&leaving.map_err(|error| Failure::output(&error))?, drafts, out)
}

/// Prints what was asked for, and ends the draft.
fn leave(leaving: &Leaving, drafts: Keeper, out: &mut impl Write) -> Result<u8, Failure> {
    if let Some(text) = &leaving.print {
        writeln!(out, "{}", text.trim_end_matches('\n')).map_err(|error| Failure::output(&error))?;
    }
    let deleted = drafts.end(leaving.keep);
    deleted.map_err(|error| Failure::not_usable(format!("the draft cannot be deleted: {error}")))?;
    Ok(0)
}

/// A draft of an earlier session, as the form shows it.
fn leftover(changed: SystemTime, entries: &Entries) -> Leftover {
    let changed = DateTime::<Local>::from(changed);
    let when = format!("{} {}", words::date(changed.date_naive()), changed.format("%H:%M"));
    Leftover { when, entries: entries.clone() }
}

#[expect(clippy::disallowed_methods, reason = "today is offered in the form, and no rule depends on it")]
fn today() -> chrono::NaiveDate {
    Local::now().date_naive()
}

fn has_a_screen() -> bool {
    let is_dumb = environment("TERM").is_some_and(|term| term == "dumb");
    io::stdin().is_terminal() && io::stdout().is_terminal() && !is_dumb
}

/// The colours that a terminal offers, by what it says of itself.
fn colours_of_terminal() -> Colour {
    colours_offered(environment)
}

fn colours_offered(variable: impl Fn(&str) -> Option<String>) -> Colour {
    if variable("NO_COLOR").is_some() {
        return Colour::None;
    }
    let is_full = |it: String| matches!(it.as_str(), "truecolor" | "24bit");
    match (variable("COLORTERM").is_some_and(is_full), variable("TERM")) {
        (true, _) => Colour::Full,
        (false, Some(terminal)) if terminal.contains("256color") => Colour::Indexed,
        _ => Colour::Sixteen,
    }
}

/// Reads a word for colours.
fn colours() -> impl TypedValueParser<Value = Colour> {
    let words = Colour::ALL.iter().map(|colour| colour.as_str());
    PossibleValuesParser::new(words).try_map(|word| Colour::from_word(&word).ok_or("unknown"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[test]
    fn what_is_left_is_put_out_with_one_line_end() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["plan", "plan\n"] {
            let drafts = Keeper::new(Drafts::at(folder.path().to_owned()));
            let mut out = Vec::new();
            let left = leave(&Leaving { keep: false, print: Some(text.to_owned()) }, drafts, &mut out);
            assert!(left.is_ok());
            assert_eq!(out, b"plan\n");
        }
    }

    #[test]
    fn the_terminal_says_how_many_colours_it_has() {
        let offered = |set: &[(&str, &str)]| {
            colours_offered(|name| set.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(offered(&[]), Colour::Sixteen);
        assert_eq!(offered(&[("TERM", "xterm")]), Colour::Sixteen);
        assert_eq!(offered(&[("TERM", "tmux-256color"), ("COLORTERM", "yes")]), Colour::Indexed);
        assert_eq!(offered(&[("TERM", "xterm"), ("COLORTERM", "24bit")]), Colour::Full);
        assert_eq!(offered(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Colour::Full);
        assert_eq!(offered(&[("NO_COLOR", "1"), ("COLORTERM", "truecolor")]), Colour::None);
    }

    #[test]
    fn the_command_decides_before_the_ward_and_the_ward_before_the_terminal() {
        let command = |words: &[&str]| match Cli::try_parse_from([&["osteodose"], words].concat()) {
            Ok(cli) => cli.wizard,
            Err(error) => panic!("{error}"),
        };
        let screen = |colour, ascii| Screen { colour, mouse: None, ascii };
        let plain = screen(Some(Colour::None), Some(true));
        assert_eq!(command(&[]).theme(plain), Theme { depth: Depth::None, ascii: true });
        assert_eq!(command(&["--colour", "full"]).theme(plain), Theme { depth: Depth::Full, ascii: true });
        let rich = screen(Some(Colour::Sixteen), Some(false));
        assert_eq!(command(&[]).theme(rich), Theme { depth: Depth::Sixteen, ascii: false });
        assert_eq!(command(&["--colour=none", "--ascii"]).theme(rich), Theme { depth: Depth::None, ascii: true });
        assert!(Cli::try_parse_from(["osteodose", "--colour", "8"]).is_err());
    }

    #[test]
    fn the_time_of_a_draft_has_the_month_in_letters() {
        let shown = leftover(SystemTime::UNIX_EPOCH + std::time::Duration::from_hours(48), &Entries::new()).when;
        assert_eq!(shown.len(), "03-Jan-1970 00:00".len());
        assert!(shown.contains("-Jan-1970 "), "{shown}");
    }
}
