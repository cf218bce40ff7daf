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
#[cfg(feature = "ward")]
use crate::tui::{Morning, MorningSetting};
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
    /// Open the form for one plan, without the register of the ward
    #[cfg(feature = "ward")]
    #[arg(long)]
    form: bool,
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
        #[cfg(feature = "ward")]
        if self.file.is_none() && !self.form {
            return self.morning(Opening { library, theme, ward, ward_file, leftovers, more, expired }, drafts, out);
        }
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
            #[cfg(feature = "ward")]
            in_register: false,
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

    /// The screens of a ward: Home, with the list of today.
    #[cfg(feature = "ward")]
    fn morning(&self, opening: Opening, mut drafts: Keeper, out: &mut impl Write) -> Result<u8, Failure> {
        let Opening { library, theme, ward, ward_file, leftovers, more, expired } = opening;
        let desk = super::register::open_desk(&ward, library, self.library.files()?)?;
        let (mut visits, mut of_visits) = (std::collections::BTreeMap::new(), Vec::new());
        let mut of_forms = Vec::new();
        for (place, leftover) in leftovers.into_iter().enumerate() {
            let (of_draft, is_whole) = tui::visits_of_draft(&leftover.entries);
            // The newest is first, and stands.
            for (patient, entries) in of_draft {
                visits.entry(patient).or_insert(entries);
            }
            if is_whole {
                of_visits.push(place);
            } else {
                of_forms.push((place, leftover));
            }
        }
        let mouse = ward.screen.mouse.unwrap_or(true);
        let form = move |chart: Option<&crate::morning::Chart>| {
            let opened = chart.and_then(request_of);
            let leftovers = if opened.is_none() { std::mem::take(&mut of_forms) } else { Vec::new() };
            let places: Vec<usize> = leftovers.iter().map(|(place, _)| *place).collect();
            let setting = Setting {
                library,
                today: today(),
                clock: now,
                ahead_of_utc,
                theme,
                opened: None,
                leftovers: leftovers.into_iter().map(|(_, leftover)| leftover).collect(),
                more_left: more,
                ward: ward.clone(),
                ward_file: ward_file.clone(),
                ward_inputs: None,
                in_register: true,
            };
            let app = match opened {
                Some(request) => App::continuing(setting, &request),
                None => App::new(setting),
            };
            (app, places)
        };
        let setting =
            MorningSetting { desk: Box::new(desk), library, theme, mouse, form: Box::new(form), drafts: visits };
        let mut morning = Morning::new(setting);
        if expired > 0 {
            morning.tell(words::drafts_expired(expired));
        }
        // What earlier sessions left of visits is kept by this one before it is taken away there.
        if !of_visits.is_empty() && drafts.keep(&tui::Form::entries(&morning)).is_none() {
            for place in of_visits {
                // One that cannot be deleted is offered again, and nothing is lost.
                let _ = drafts.discard(place);
            }
        }
        let leaving = tui::run(&mut morning, &mut drafts)
            .map_err(|error| Failure::not_usable(format!("the terminal cannot be used: {error}")))?;
        let keep = leaving.keep && !tui::Form::entries(&morning).is_empty();
        leave(&Leaving { keep, ..leaving }, drafts, out)
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

/// What the screens of a ward are opened with.
#[cfg(feature = "ward")]
struct Opening {
    library: &'static Library,
    theme: Theme,
    ward: Settings,
    ward_file: Option<PathBuf>,
    leftovers: Vec<Leftover>,
    more: usize,
    expired: usize,
}

/// The request that the next plan of a patient begins with: the newest one, with the course as the register has it.
#[cfg(feature = "ward")]
fn request_of(chart: &crate::morning::Chart) -> Option<Request> {
    let course = chart.course()?;
    let (_, request) = crate::morning::last_request(chart, course.number)?;
    let is_open = course.status != crate::ward::fold::Status::Ended;
    Some(Request { course: if is_open { course.request_course() } else { None }, ..request })
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
