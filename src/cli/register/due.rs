//! `osteodose ward due`: who has no date, who is late, who is due, who is on hold, and what is to be
//! checked. Formats are added here.

use std::io::{self, IsTerminal, Write};

use chrono::NaiveDate;
use clap::{Args, ValueEnum};

use super::{clock::today, failed::failed, place::RegisterArgs, values};
use crate::{
    cli::{
        Failure, LibraryArgs,
        format::{ahead_of_utc, now},
    },
    export::register::{Beside, DueList, DueRow, due_table, json, text},
    regimen::Library,
    ward::store::{Anchor, Asked, Due as Found, Group, Register, StoreError},
    words::manual::exit_status,
};

/// List who is due: no date first, then overdue, due, on hold, and checks and reviews
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
    #[command(flatten)]
    library: LibraryArgs,
}

/// The format of the list.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// Lines for a terminal
    #[default]
    Text,
    /// A table for a spreadsheet
    Csv,
    /// An object for other programs
    Json,
    /// The sheet for the morning, with room to write, also for the day on which the computers are down
    #[cfg(feature = "pdf")]
    Pdf,
}

impl Due {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        #[cfg(feature = "pdf")]
        if self.format == Form::Pdf && io::stdout().is_terminal() {
            return Err(Failure::not_usable(crate::words::page::NO_TEXT));
        }
        let library = self.library.load()?;
        let mut store = self.register.open()?;
        let asked = Asked { today: self.on.unwrap_or_else(today), ahead: self.days };
        let list = list(&mut store, asked, self.overdue, library).map_err(|error| failed(&error))?;
        let status = u8::from(!list.damaged.is_empty());
        let content = match self.format {
            Form::Text => text(&list).into_bytes(),
            Form::Csv => due_table(&list),
            Form::Json => json(&list).into_bytes(),
            #[cfg(feature = "pdf")]
            Form::Pdf => crate::export::register::sheet(&list, &crate::export::register::Sheet::default())
                .map_err(|why| Failure::not_usable(why.to_string()))?,
        };
        out.write_all(&content).map_err(|error| Failure::output(&error).with_own(status))?;
        Ok(status)
    }
}

/// The list with what a nurse must know beside each line. All of it is of one moment, and the register is let go before it
/// is shown.
fn list(
    store: &mut Register,
    asked: Asked,
    only_overdue: bool,
    library: &'static Library,
) -> Result<DueList, StoreError> {
    store.make_current()?;
    let moment = store.moment()?;
    let Found { mut lines, damaged } =
        moment.due(asked, |state, course, events| Beside::of(state, course, events, library))?;
    if only_overdue {
        lines.retain(|(line, _)| matches!(line.group, Group::NoDate | Group::Overdue));
    }
    let (number, hash) = moment.head()?;
    let at = now();
    Ok(DueList {
        ward: moment.ward().name.clone(),
        day: asked.today,
        ahead: asked.ahead,
        only_overdue,
        as_of: at.with_timezone(&ahead_of_utc(at)),
        anchor: Anchor::new(number, &hash),
        last_backup: moment.last_backup()?,
        damaged,
        rows: lines.into_iter().map(|(line, beside)| DueRow::on(asked.today, line, beside)).collect(),
    })
}
