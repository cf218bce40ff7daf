//! `osteodose [FILE]`: the form, full-screen or line by line.

use std::{
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    time::SystemTime,
};

use chrono::{DateTime, Local};
use clap::{Args, Command, CommandFactory};

use super::{
    Cli, Failure, LibraryArgs,
    environment::{environment, knows_more_than_ascii},
    format::now,
};
use crate::{
    drafts::{Drafts, Entries, Keeper},
    files,
    json::nearest,
    plain, plan,
    recheck::recheck,
    request::Request,
    saved::{self, SavedPlan},
    tui::{self, App, Leaving, Leftover, Setting, Theme},
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
    #[command(flatten)]
    library: LibraryArgs,
}

impl Wizard {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let (opened, saved) = self.file.as_deref().map(open).transpose()?.unzip();
        let library = self.library.load()?;
        let remark = saved.flatten().and_then(|saved| recheck(saved, library).on_opening());
        let mut drafts = Keeper::new(Drafts::open());
        let leftovers = drafts.leftovers().map(|(changed, entries)| leftover(changed, entries)).collect();
        if self.plain || !has_a_screen() {
            if let Some(remark) = remark {
                writeln!(out, "{remark}").map_err(|error| Failure::output(&error))?;
            }
            return plain(plain::Setting { library, today: today(), opened, leftovers }, drafts, out);
        }
        let theme = Theme { colour: in_colour(), ascii: self.ascii || !knows_more_than_ascii() };
        let mut app = App::new(Setting { library, today: today(), clock: now, theme, opened, leftovers });
        if let Some(remark) = remark {
            app.announce(remark.to_owned());
        }
        let leaving = tui::run(&mut app, &mut drafts)
            .map_err(|error| Failure::not_usable(format!("the terminal cannot be used: {error}")))?;
        leave(&leaving, drafts, out)
    }
}

/// The request in a file, with the name of the file; and the plan, if it holds one.
fn open(path: &Path) -> Result<((PathBuf, Request), Option<SavedPlan>), Failure> {
    if path == Path::new("-") {
        return Err(Failure::not_usable("-: the form reads keys from standard input, so no request can come from it"));
    }
    let bytes = files::read(path).map_err(|error| match misspelt(path) {
        Some(command) if error.kind() == io::ErrorKind::NotFound => Failure::misspelt(path, &command),
        _ => Failure::unreadable(path, &error),
    })?;
    let request = plan::reopen(&bytes).map_err(|faults| Failure::not_a_request(path, &faults))?;
    Ok(((path.to_owned(), request), saved::open(&bytes).ok()))
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

fn in_colour() -> bool {
    environment("NO_COLOR").is_none()
}

#[cfg(test)]
mod tests {
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
    fn the_time_of_a_draft_has_the_month_in_letters() {
        let shown = leftover(SystemTime::UNIX_EPOCH + std::time::Duration::from_hours(48), &Entries::new()).when;
        assert_eq!(shown.len(), "03-Jan-1970 00:00".len());
        assert!(shown.contains("-Jan-1970 "), "{shown}");
    }
}
