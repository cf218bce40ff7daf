//! Plans and entries that come from files and from other programs.

use chrono::NaiveDate;

use crate::{
    quantity::Decimal,
    words::{
        date,
        spoken::{all_of, capital, counted, day},
    },
};

/// What an import did, before why its end could not be shown.
pub const IMPORTED_BUT: &str = "Every plan was looked at and what is usable is recorded, but";

/// How far an import came, before why nothing more of it could be shown.
pub fn imported_up_to(id: &str) -> String {
    format!("The plans up to that of {id} are recorded and those after it are not, but")
}

/// A folder in the folder of an import.
pub fn not_looked_into(folder: &str) -> String {
    format!("{folder}: no plan in this folder is imported. Name it as well if they belong to the import.")
}

/// Identifiers that an import is to accept the doses of, and that none of its plans has.
pub fn accepts_nobody(ids: &[String]) -> String {
    format!("--accept {}: no plan of the import has this identifier, and nothing was recorded.", all_of(ids))
}

/// An identifier of somebody born on a day.
pub fn born(on: NaiveDate) -> String {
    format!("born {}", date(on))
}

/// A patient was registered with a plan.
pub fn registered(id: &str, drug: &str) -> String {
    format!("{id}: registered, {drug} planned.")
}

/// What an import says of a dose that nobody saw.
pub const IMPORTED: &str = "imported from a saved plan";
/// A plan that is in the register already.
pub const ALREADY_THERE: &str = "already in the register";
/// Supplies, of which an import proposes none.
pub const NO_SUPPLIES: &str = "supplies are not proposed as given. Record them with osteodose ward supply.";
/// A plan that was imported.
pub const PLANNED: &str = "registered and planned";

/// The doses that an import proposes as given.
pub fn proposed(id: &str, dose: u16, on: NaiveDate, mg: Decimal) -> String {
    format!("{id}: dose {dose}, {}, {}: proposed as given.", date(on), super::super::milligrams(mg))
}

/// How what is proposed is accepted.
pub fn accept(id: &str) -> String {
    format!("{id}: nothing of this was recorded. If every dose was given on its day: --accept {id}")
}

/// Two plans of one identifier that are of two people.
pub fn two_people(id: &str, one: &str, other: &str) -> String {
    format!("{id}: {one} and {other} are of two people. Neither was registered. Correct the identifier of one of them.")
}

/// A dose of a new plan that the open days of the ward put on another day, and how many after it.
pub fn other_days(
    (dose, planned, due): (u16, Option<NaiveDate>, Option<NaiveDate>),
    after_it: usize,
    is_set: bool,
) -> String {
    let why = if is_set {
        "The ward is open on other days than the plan was made for"
    } else {
        "The ward has no open days set, so that every day counts as open (osteodose ward clinic)"
    };
    let said = |it: Option<NaiveDate>| it.map_or_else(|| "no day".to_owned(), day);
    let after_it = match i64::try_from(after_it).unwrap_or(i64::MAX) {
        0 => String::new(),
        1 => " One dose after it moves as well.".to_owned(),
        more => format!(" {} after it move as well.", capital(&counted(more, "dose"))),
    };
    format!("{why}: dose {dose} is due {}, and in the plan {}.{after_it}", said(due), said(planned))
}

/// What of a plan is still to be confirmed; nothing where everything is.
pub fn to_be_confirmed(findings: usize) -> Option<String> {
    (findings > 0).then(|| {
        let them = if findings == 1 { "it is" } else { "they are" };
        format!(
            "The plan has {} that nobody has confirmed: {them} asked about when the dose is assessed.",
            counted(i64::try_from(findings).unwrap_or(i64::MAX), "finding")
        )
    })
}

/// A plan that has a name, where the register has none.
pub fn name_in_plan(named: &str) -> String {
    format!("The plan has the name \"{named}\", and this register has none. Add it with osteodose ward correct.")
}

/// What an import did.
pub fn imported(registered: usize, already: usize, refused: usize) -> String {
    format!("{registered} registered, {already} already there, {refused} refused.")
}

/// The answer to a line could not be written to whoever waits for it.
pub fn not_answered(line: u64) -> String {
    format!("The answer to line {line} could not be written, and no line after it was read.")
}

/// A line that has not seen what the lines before it record.
pub const EARLIER_LINE: &str = "Not recorded: a line before this one records something for this patient, and this one has \
                                not seen it. Send it with the number that the answer to that line gives.";

/// A plan that cannot be registered since it has no identifier.
pub const NO_ID: &str = "the plan has no patient identifier, and a register knows patients by it";
/// A plan that has no dose.
pub const STOPPED: &str = "the plan is stopped: there is nothing to give";

/// A plan that would be another with the library in use.
pub fn not_the_same(headline: &str) -> String {
    format!("not registered: the plan is not what its request makes of it now. {headline}")
}
