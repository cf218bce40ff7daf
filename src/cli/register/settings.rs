//! `osteodose ward clinic` and `settings`: what the register knows of its ward, and how that is set.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    path::{Path, PathBuf},
};

use clap::Args;
use serde_json::Value;

use super::{
    clock::{ComputerClock, today},
    entry::{say, unsaid},
    failed::failed,
    place::RegisterArgs,
    values,
};
use crate::{
    cli::{Failure, LibraryArgs, ward::load},
    files,
    json::Text,
    ward::{
        self,
        event::{Body, ClinicSet, Draft, SettingsSet},
        flow,
        store::{Asked, Register, StoreError},
    },
    words::{manual::exit_status, register::command as words},
};

/// Show the open days of the ward, or set them after showing whom they move
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Clinic {
    #[command(flatten)]
    set: SetArgs,
}

/// Show the other settings of the ward, or set them
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Settings {
    #[command(flatten)]
    set: SetArgs,
}

/// What is set, and by whom.
#[derive(Args)]
struct SetArgs {
    /// Ward settings to set, such as this command shows; nothing is set without --by
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Who sets them
    #[arg(long, value_name = "NAME", value_parser = values::name, requires = "from")]
    by: Option<Text>,
    #[command(flatten)]
    register: RegisterArgs,
    #[command(flatten)]
    library: LibraryArgs,
}

impl SetArgs {
    /// What a file sets, and the file.
    fn read(&self) -> Result<Option<(&Path, ward::Settings)>, Failure> {
        let Some(path) = &self.from else { return Ok(None) };
        load(path, self.library.load()?).map(|settings| Some((path.as_path(), settings)))
    }

    /// Records what is set, where somebody sets it, and says what it does. It is recorded before anything is said: a reader
    /// who is gone would take it for set.
    fn record(
        &self,
        store: &mut Register,
        body: impl Into<Body>,
        mut lines: Vec<String>,
        out: &mut impl Write,
    ) -> Result<u8, Failure> {
        let write = |lines: &[String], out: &mut dyn Write| lines.iter().try_for_each(|line| writeln!(out, "{line}"));
        let Some(by) = &self.by else {
            lines.push(words::ADD_BY.to_owned());
            write(&lines, out).map_err(|error| Failure::output(&error))?;
            return Ok(0);
        };
        let draft = Draft { on: today(), by: by.clone(), course: None, body: body.into() };
        let appended = store.append_to_ward(&[draft], &ComputerClock).map_err(|error| failed(&error))?;
        write(&lines, out).map_err(|error| unsaid(&appended, &error))?;
        say(store, &appended, out)
    }
}

impl Clinic {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let read = self.set.read()?;
        let mut store = self.set.register.open()?;
        let Some((path, settings)) = read else {
            let ClinicSet { open_weekdays, closed } = store.ward().clinic.clone();
            let shown = ward::Settings { open_weekdays, closed, ..ward::Settings::default() };
            return write(&shown, out);
        };
        refuse_left_out(path, &store.ward().clinic)?;
        let clinic = ClinicSet { open_weekdays: settings.open_weekdays, closed: settings.closed };
        let mut moves = moves(&mut store, &clinic).map_err(|error| failed(&error))?;
        if moves.is_empty() {
            moves.push(words::NOTHING_MOVES.to_owned());
        }
        self.set.record(&mut store, clinic, moves, out)
    }
}

impl Settings {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let read = self.set.read()?;
        let mut store = self.set.register.open()?;
        let Some((path, settings)) = read else { return write(&store.ward().settings, out) };
        let ward = &store.ward().name;
        if let Some(other) = settings.name.as_ref().filter(|name| *name != ward) {
            return Err(Failure::of_file(path, words::other_name(other.as_str(), ward.as_str())));
        }
        // Open days are set by themselves, since they move dates.
        let has_days = settings.open_weekdays.is_some() || !settings.closed.is_empty();
        let lines = has_days.then(|| words::DAYS_NOT_TAKEN.to_owned()).into_iter().collect();
        let settings = ward::Settings { open_weekdays: None, closed: Vec::new(), ..settings };
        self.set.record(&mut store, SettingsSet { settings }, lines, out)
    }
}

/// Refuses a file that leaves out what it would clear: the weekdays on which the ward is open, and the closed days where
/// the register has some.
fn refuse_left_out(path: &Path, clinic: &ClinicSet) -> Result<(), Failure> {
    let (bytes, _) = files::ward(path).map_err(|error| Failure::unreadable(path, &error))?;
    let named: BTreeMap<String, Value> = serde_json::from_slice(&bytes).unwrap_or_default();
    let needed = [("open_weekdays", true), ("closed", !clinic.closed.is_empty())];
    let lacking = needed.into_iter().filter(|(member, is_needed)| *is_needed && !named.contains_key(*member));
    let lacking: Vec<&str> = lacking.map(|(member, _)| member).collect();
    if lacking.is_empty() { Ok(()) } else { Err(Failure::of_file(path, words::clinic_lacks(&lacking))) }
}

fn write(settings: &ward::Settings, out: &mut impl Write) -> Result<u8, Failure> {
    out.write_all(settings.to_json().as_bytes()).map_err(|error| Failure::output(&error))?;
    Ok(0)
}

/// The doses that other open days would move, a line for each; those whose entries cannot be relied on are named.
fn moves(store: &mut Register, clinic: &ClinicSet) -> Result<Vec<String>, StoreError> {
    let asked = Asked { today: today(), ahead: u16::MAX };
    store.make_current()?;
    let moment = store.moment()?;
    let (was, now) = (moment.ward().clinic.open_days(), clinic.open_days());
    let moved = moment.due(asked, |_, course, _| {
        let before = flow::dates(course, &flow::calendar(course, &was));
        let after = flow::dates(course, &flow::calendar(course, &now));
        let moved = before.into_iter().zip(after).filter(|(before, after)| before.due != after.due);
        moved.collect::<Vec<_>>()
    })?;
    let mut lines: Vec<String> = moved.damaged.iter().map(words::dates_not_known).collect();
    // A course with a check beside its dose has two lines in the list.
    let mut seen = BTreeSet::new();
    for (line, moved) in &moved.lines {
        if seen.insert((line.uid, line.course)) {
            lines.extend(moved.iter().map(|(before, after)| words::moves(&line.id, before, after)));
        }
    }
    Ok(lines)
}
