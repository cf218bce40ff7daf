//! The form line by line, for screen readers and for where there is no full screen.
//!
//! It asks the fields of the full screen, one short question after the other, and only ever adds lines:
//! no escape sequence, no box, nothing that is painted over. [`run`] knows no terminal; it reads lines
//! and writes lines.

mod ask;
mod console;
mod drug;
mod finish;
mod pick;
mod start;
mod talk;
mod words;

use std::{
    io::{self, BufRead, Write},
    path::PathBuf,
};

use chrono::NaiveDate;

use crate::{
    drafts::Keeper,
    plan::WardInputs,
    regimen::Library,
    request::Request,
    tui::{Leaving, Leftover},
    ward::Settings,
};
use talk::Talk;

/// What the form is opened with.
pub struct Setting {
    /// The library at hand.
    pub library: &'static Library,
    /// Today, which is offered and never assumed.
    pub today: NaiveDate,
    /// A request that was opened, with the name of its file.
    pub opened: Option<(PathBuf, Request)>,
    /// What earlier sessions left, in the order of the keeper.
    pub leftovers: Vec<Leftover>,
    /// What holds for every patient of the ward.
    pub ward: Settings,
    /// What of the request that was opened came from the settings of its ward.
    pub ward_inputs: Option<WardInputs>,
}

/// Asks until the plan is saved, the person leaves or the input ends. What is entered is kept after each
/// answer; how the draft ends is for the caller. The only error is that of writing.
pub fn run(
    setting: Setting,
    keeper: &mut Keeper,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> io::Result<Leaving> {
    Talk::new(setting, keeper, input, output).hold()
}
