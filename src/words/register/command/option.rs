//! What is wrong with the options of a command, and which option names what is missing.

use crate::ward::{
    fold::{OpenHold, Refused},
    label::Unread,
};

/// What a name that is typed must be.
pub fn no_name(least: usize) -> String {
    format!("a name has at least {least} letters")
}

/// Who of a name was not understood as a group of users.
pub fn no_group(name: &str) -> String {
    format!("\"{name}\" is no group of this computer. Give its name as /etc/group has it, or its number.")
}

/// A configured register whose file names more or less than one place.
pub const NOT_ONE_LINE: &str = "it must hold one line, the path of the register";
/// No folder for data is known.
pub const NO_DATA_FOLDER: &str = "no folder for data is known for this user. Name the register with --register PATH.";
/// A time, an expiry or a number that is not one.
pub const NOT_A_TIME: &str = "not a time (such as 09:40)";
/// An expiry that is none.
pub const NOT_AN_EXPIRY: &str = "not an expiry (such as 2028-04, or 2028-04-30)";
/// A number in mg that is none.
pub const NOT_MILLIGRAMS: &str = "not a number of mg (such as 3.5)";
/// A text that cannot be shown.
pub const NOT_A_TEXT: &str = "nothing readable is in it, or it is too long, or it has hidden characters";
/// An anchor that is none.
pub const NOT_AN_ANCHOR: &str = "not an anchor (such as 8813:9f3c0d7be1a24f55)";

/// Where the dose is not said and no dose of the plan is open.
pub const NO_OPEN_DOSE: &str =
    "no dose of the plan is open. Name the dose with --dose, or say --not-planned if it was none of the plan.";

/// Where a dose was deferred to no day.
pub const TO_WHICH_DAY: &str = "say to which day with --to, or --no-date if none is known yet";

/// The options of a command that name what is missing; none where no option does.
pub fn option_for(refused: &Refused) -> Option<&'static str> {
    Some(match refused {
        Refused::Alike { .. } => "(--another-person)",
        Refused::Late { .. } => "(--late)",
        Refused::NoSecond => "(--second NAME)",
        Refused::NoBatch { .. } => "(--brand, --batch and --expires, or --no-batch-because)",
        Refused::WithoutGo | Refused::GoOfAnother { .. } | Refused::PastGo { .. } => {
            "(osteodose ward assess, or --without-go-because)"
        }
        Refused::NotAssessed { .. } => "(osteodose ward assess, or --without-go-because and --prescriber)",
        Refused::WhichHold(_) => "(osteodose ward resume --hold ENTRY)",
        Refused::AnotherDose { .. } => "(--another-because REASON)",
        Refused::OtherUnit { is_supplied: true } => "(osteodose ward supply)",
        Refused::OtherUnit { is_supplied: false } => "(osteodose ward give)",
        Refused::NoPrescriber { .. } => "(--prescriber NAME)",
        Refused::CourseOpen { .. } => "(osteodose ward end, or --replan)",
        Refused::Expired { .. } => "(--note TEXT)",
        _ => return None,
    })
}

/// Why nothing is given while a course is on hold, and how a command does both.
pub fn resume_first(holds: &[OpenHold]) -> String {
    format!(
        "Not recorded: {} Resume it first (osteodose ward resume), or resume and give in one step with --resume.",
        super::super::on_hold(holds)
    )
}

/// Where a course is to be resumed that is not on hold.
pub const NOT_ON_HOLD: &str = "--resume: the course is not on hold. Leave it out.";
/// A number of backups that is none.
pub const NOT_A_NUMBER_OF_BACKUPS: &str = "not a number of backups to keep (1 or more)";
/// Where no label and nobody says which batch it was.
pub const NO_BATCH_IN_CODE: &str = "--scan: the code has no batch. Type it with --batch, or leave the code out.";

/// Options that are given once for each batch, and were not.
pub fn uneven(option: &str, found: usize, batches: usize) -> String {
    format!(
        "{option} is given {} for {}. Give it once for each batch, in the order of the batches.",
        times(found),
        counted_batches(batches)
    )
}

/// Options beside labels that are given once for each batch, and were not.
pub fn uneven_with_labels(option: &str, found: usize, batches: usize) -> String {
    format!(
        "{option} is given {} for {} scanned. Leave it out, or give it once for each batch, in the order in which they \
         were scanned.",
        times(found),
        counted_batches(batches)
    )
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

fn counted_batches(count: usize) -> String {
    if count == 1 { "1 batch".to_owned() } else { format!("{count} batches") }
}

/// A code that cannot be read.
pub fn not_scanned(why: &Unread) -> String {
    format!("--scan: {}", super::super::label(why))
}

/// A package that was scanned twice.
pub fn scanned_twice(serial: &str) -> String {
    format!(
        "--scan: the package with the serial number {serial} was scanned twice. Scan each once, or type batch, expiry and \
         the number of containers instead."
    )
}

/// What was typed beside a label that says something else.
pub fn other_label(option: &str, typed: &str, read: &str) -> String {
    format!("{option} {typed}: the code of the container says {read}. Look at the container again.")
}

/// What to add to record what was shown.
pub const ADD_BY: &str = "Nothing was recorded. Add --by NAME to record it.";
/// What --keep is for.
pub const KEEP_IN_A_FOLDER: &str = "--keep: name a folder, in which each backup has a name of its own";
