//! The words of the ward settings.

use std::path::Path;

use chrono::NaiveDate;

use super::super::ward::WardPage;
use crate::{
    form::words::shown,
    json::Fault,
    ward::{Colour, Flaw},
    words::spoken,
};

pub(crate) const WARD_TITLE: &str = "Ward settings";
pub(crate) const WARD: &str = "ward settings";
pub(crate) const NO_WARD_FILE: &str =
    "There is no configuration folder to keep ward settings in. Use osteodose --ward FILE.";
pub(crate) const NAME_OF_WARD: &str = "Name of the ward";
pub(crate) const COLOURS: &str = "Colours";
pub(crate) const MOUSE: &str = "Mouse";
pub(crate) const ASCII_ALONE: &str = "Signs in ASCII";
pub(crate) const DRAFT_DAYS: &str = "Drafts expire after";
pub(crate) const SAVE_WARD: &str = "[ s  Save for the ward ]";
pub(crate) const SAVE_SETTINGS: &str = "save for the ward";
pub(crate) const ENTER_DOES_NOT_SAVE_WARD: &str =
    "Enter does nothing in this row: s saves the settings, Esc goes back.";
pub(crate) const ADD_CLOSURE: &str = "a day, or first-last, then a name";
pub(crate) const ADD_PERSON: &str = "a further name";
pub(crate) const NEVER: &str = "never";
pub(crate) const SWITCH: &str = "change";
pub(crate) const NEXT_PAGE: &str = "next page";
pub(crate) const PAGE_BEFORE: &str = "page before";

/// The name of a page, with its number.
pub(crate) fn ward_page(page: WardPage) -> &'static str {
    match page {
        WardPage::Days => "1 Days",
        WardPage::Names => "2 Names",
        WardPage::Products => "3 Products",
        WardPage::Screen => "4 Screen",
    }
}

/// What is said above the rows of a page.
pub(crate) fn ward_heading(page: WardPage, closed: bool) -> &'static str {
    match page {
        WardPage::Days if closed => {
            "Closed: a day or first-last, then a name, such as 24.12.-25.12. Christmas. Without a year the next one is meant."
        }
        WardPage::Days => "Open on",
        WardPage::Names => {
            "People who prescribe, enter or check. Two letters of a name offer it wherever one is asked for."
        }
        WardPage::Products => "Products in stock. Where exactly one fits a regimen, plans take it.",
        WardPage::Screen => "",
    }
}

/// How many colours.
pub(crate) fn colour(colour: Option<Colour>) -> &'static str {
    match colour {
        None => "as the terminal offers",
        Some(Colour::None) => "none",
        Some(Colour::Sixteen) => "16",
        Some(Colour::Indexed) => "256",
        Some(Colour::Full) => "all",
    }
}

/// Yes or no, or as it is usual.
pub(crate) fn yes_no(value: Option<bool>) -> &'static str {
    match value {
        None => "as usual",
        Some(true) => "on",
        Some(false) => "off",
    }
}

/// A closure, with the weekdays.
pub(crate) fn closed_from_to(first: NaiveDate, last: NaiveDate) -> String {
    if first == last { spoken::day(first) } else { format!("{} to {}", spoken::day(first), spoken::day(last)) }
}

/// A number of days.
pub(crate) fn days(days: u16) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// Said of days that are no number.
pub(crate) fn not_days(text: &str) -> String {
    format!("\"{}\" is not a number of days.", crate::json::printable(text))
}

/// The first thing that is wrong in settings.
pub(crate) fn ward_flaw(flaws: &[Fault<Flaw>]) -> String {
    let first = flaws.first().map(|fault| match fault.problem {
        Flaw::Meaning(ref defect) => crate::words::ward::defect(defect),
        Flaw::Form(_) => crate::words::ward::fault(fault),
    });
    format!("Not saved: {}", first.unwrap_or_default())
}

/// Said of settings that were saved.
pub(crate) fn ward_saved(path: &Path) -> String {
    format!("Ward settings saved: {}", shown(path))
}
