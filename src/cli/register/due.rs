//! `osteodose ward due`: who has no date, who is late, who is due, who is on hold. Formats are added here.

use std::io::Write;

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{clock::today, failed::failed, place::RegisterArgs, values};
use crate::{
    cli::Failure,
    present::register::due,
    ward::store::{Anchor, Asked, DueLine, Group, Sqlite, Store},
    words::{manual::exit_status, register::command as words},
};

/// List who is due: no date first, then overdue, due, on hold
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Due {
    /// Day of the list, such as 2026-12-01; today by default
    #[arg(long, value_name = "DAY", value_parser = values::day)]
    on: Option<NaiveDate>,
    /// How many days the list looks ahead
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
    days: u16,
    /// List only those without a date and those who are late
    #[arg(long)]
    overdue: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Form,
    #[command(flatten)]
    register: RegisterArgs,
}

/// The format of the list.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Form {
    /// Lines for a terminal or a printer
    #[default]
    Text,
}

impl Due {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let mut store = self.register.open()?;
        let asked = Asked { today: self.on.unwrap_or_else(today), ahead: self.days };
        let mut lines = store.due(asked).map_err(|error| failed(&error))?;
        if self.overdue {
            lines.retain(|line| matches!(line.group, Group::NoDate | Group::Overdue));
        }
        let content = match self.format {
            Form::Text => text(&mut store, asked, &lines)?.into_bytes(),
        };
        out.write_all(&content).map_err(|error| Failure::output(&error))?;
        Ok(0)
    }
}

fn text(store: &mut Sqlite, asked: Asked, lines: &[DueLine]) -> Result<String, Failure> {
    let head = words::list_of(store.ward().name.as_str(), asked.today);
    let (number, hash) = store.head().map_err(|error| failed(&error))?;
    Ok(due(&head, lines, &words::foot(number, &Anchor::new(number, &hash).to_string())))
}
