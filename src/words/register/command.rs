//! The words of the commands of the register: what was recorded and what is next, the pages of a patient and of a
//! ward, and what is wrong with what was typed.

use chrono::NaiveDate;

pub use super::foot;
use super::{due, entry, hold, number};
use crate::{
    plan::Frequency,
    quantity::{Creatinine, Decimal, Mass},
    regimen::Product,
    ward::{
        flow::{SlotDate, Standing},
        fold::{CourseState, DoseGiven, OpenHold, Refused, Status},
        label::Unread,
        store::StoreError,
    },
    words::{
        date, frequency as frequency_in_words,
        spoken::{all_of, capital, counted, day, one_of, units as spoken_units},
        store, verdict,
    },
};

/// From how many days on the age of the last backup is said.
const BACKUP_IS_OLD: i64 = 2;

/// What is said of a ward whose register was made without a name.
pub const UNNAMED: &str = "Ward";
/// The heading of what does not fit in a patient's entries.
pub const FAULTS: &str = "To be cleared up";
/// The heading of a patient's entries.
pub const ENTRIES: &str = "Entries";
/// The dose can be given.
pub const GO: &str = "GO";
/// A named person must confirm something first.
pub const CONFIRM: &str = "CONFIRM";
/// The dose must not be given.
pub const HOLD: &str = "HOLD";
/// The columns of the doses of a course.
pub const DOSES: [&str; 3] = ["Dose", "Planned", "What became of it"];
/// What is said of a patient whose entries were erased.
pub const ERASED: &str = "The entries of this patient were erased.";
/// Said of a patient without a course.
pub const NO_COURSE: &str = "No course is planned.";
/// A verdict is followed by this where nothing of it was stored.
pub const NOT_STORED: &str = "Nothing was recorded.";
/// Mark of an entry that was struck.
pub const STRUCK: &str = "struck";
/// Said at a list of a ward, so that nobody takes it for the legal record.
pub const NOT_THE_RECORD: &str = "This register is not the legal record.";

/// What a name that is typed must be.
pub fn no_name(least: usize) -> String {
    format!("a name has at least {least} letters")
}

/// A register was made.
pub fn created(path: &str, ward: &str) -> String {
    format!("{path}: the register of {ward} is ready.")
}

/// A register was made since none was in the usual place.
pub fn made_here(path: &str) -> String {
    format!("No register was there yet, so one was made: {path}.")
}

/// A register that is not in its place, and was there.
pub fn gone(path: &str, lock: &str) -> String {
    format!(
        "{path}: the register is gone from its place, and no other one is made. Bring it back, or restore a backup. To begin \
         a new one, delete {lock} first."
    )
}

/// An entry, or several, were recorded.
pub fn recorded(numbers: &[u64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|it| number(*it)).collect();
    format!("Recorded as {}.", all_of(&numbers))
}

/// What is recorded, before why nothing of it could be shown.
pub fn recorded_but(numbers: &[u64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|it| number(*it)).collect();
    format!("Recorded as {}, but", all_of(&numbers))
}

/// What an import did, before why its end could not be shown.
pub const IMPORTED_BUT: &str = "Every plan was looked at and what is usable is recorded, but";

/// How far an import came, before why nothing more of it could be shown.
pub fn imported_up_to(id: &str) -> String {
    format!("The plans up to that of {id} are recorded and those after it are not, but")
}

/// Identifiers that an import is to accept the doses of, and that none of its plans has.
pub fn accepts_nobody(ids: &[String]) -> String {
    format!("--accept {}: no plan of the import has this identifier, and nothing was recorded.", all_of(ids))
}

/// What was given, as it is said when it is recorded. What is taken by mouth is said with how often.
pub fn amount(drug: &str, given: &DoseGiven, taken: Option<&str>) -> String {
    let DoseGiven { dose_mg, planned_mg, .. } = given;
    let planned = if dose_mg == planned_mg {
        String::new()
    } else {
        format!(" ({} was planned)", super::milligrams(*planned_mg))
    };
    let dose = taken.map_or_else(|| super::milligrams(*dose_mg), str::to_owned);
    format!("{drug} {dose}{planned}")
}

/// A product that the regimen of a course does not have.
pub fn no_such_product(product: &str, known: &[&str]) -> String {
    format!(
        "Not recorded: \"{product}\" is no product of this regimen. Name one of its own with --product: {}.",
        one_of(known)
    )
}

/// A brand of another product, and what the library says of that.
pub fn other_brand(brand: &str, drug: &str, why: &str) -> String {
    format!(
        "Not recorded: \"{brand}\" is no brand of this course with {drug}. {why} Correct the brand; if it was given all the \
         same, say why. (--another-because REASON)"
    )
}

/// Of which drug a brand is.
pub fn brand_of(brand: &str, drug: &str) -> String {
    format!("{brand} is {drug}.")
}

/// Tablets or capsules that are more or less than what is taken in the days for which they are supplied.
pub fn other_supply((units, days): (u32, u16), product: &Product, dose: &str, needed: Option<(u32, u32)>) -> String {
    let (form, strength) = (product.form, product.contains.0);
    let Some((fewest, most)) = needed else {
        let one = spoken_units(1, form);
        return format!(
            "Not recorded: {dose} cannot be made up from {one} of {strength} or several. Name the product that was supplied \
             with --product; if this one was supplied all the same, say why. (--another-because REASON)"
        );
    };
    let needed = if fewest == most { most.to_string() } else { format!("{fewest} or {most}") };
    format!(
        "Not recorded: {} of {strength} for {} do not fit {dose}: {needed} would. Correct the figures; if they were supplied \
         all the same, say why. (--another-because REASON)",
        spoken_units(units, form),
        counted(days.into(), "day")
    )
}

/// A dose by mouth with how often it is taken, as it was chosen: "50 mg every second day".
pub fn taken(mg: Decimal, frequency: &Frequency) -> String {
    format!("{} {}", super::milligrams(mg), frequency_in_words(frequency))
}

/// A dose by mouth of which the library at hand cannot say how often it is taken.
pub fn taken_as_said(mg: Decimal, assessed: Option<NaiveDate>) -> String {
    let at = assessed.map_or_else(|| "the plan".to_owned(), |on| format!("the assessment of {}", date(on)));
    format!("{} (how often: see {at})", super::milligrams(mg))
}

/// What an assessment changes in what is taken by mouth.
pub fn taken_from_now(until_now: &str, from_now: &str) -> String {
    format!("By this assessment {from_now}; until now {until_now}.")
}

/// The label of what is handed out.
pub const SUPPLY: &str = "Supply";
/// The label of a step of a dose that goes down.
pub const STEP: &str = "Step";

/// A step of a dose that goes down, by the day of taking. It is counted and not dated: the day on which the first tablet
/// is taken is that of the supply.
pub fn step(day: i64, taken: &str, only: Option<&str>) -> String {
    let only = only.map_or_else(String::new, |only| format!(" ({only})"));
    format!("from day {day}{only}: {taken}")
}

/// A step of a dose that goes down, a day, with the parts in which it is taken.
pub fn in_parts(mass: Mass, intakes: &[String]) -> String {
    format!("{mass} a day: {}", intakes.join("; "))
}

/// The next dose, with its day.
pub fn next(unit: &str, dose: u16, on: NaiveDate) -> String {
    format!("Next: {unit} {dose}, due {}.", day(on))
}

/// The next dose, which has no day.
pub fn no_date(unit: &str, dose: u16) -> String {
    format!("Next: {unit} {dose}, no date is set. It is first on the list until somebody sets one.")
}

/// The next dose, for which no open day was found.
pub fn never_open(unit: &str, dose: u16) -> String {
    format!("Next: {unit} {dose}, and no open day was found for it. Look at the open days of the ward.")
}

/// The next dose, which is past the end of the course.
pub fn past_end(unit: &str, dose: u16, on: NaiveDate) -> String {
    let would_be = due::past_end(on);
    format!("Next: {unit} {dose} {would_be}. Look at the days that were entered; else end the course or plan it again.")
}

/// A course on hold.
pub fn on_hold(OpenHold { on, because, look_again, .. }: &OpenHold) -> String {
    let again = look_again.map_or_else(
        || "no day is set on which to look at it again".to_owned(),
        |again| format!("look at it again on {}", day(again)),
    );
    format!("On hold since {} ({}); {again}.", date(*on), hold(*because))
}

/// A course of which nothing is open.
pub fn nothing_open(status: Status) -> String {
    match status {
        Status::Ended => "The course has ended.".to_owned(),
        Status::Planned | Status::Active | Status::OnHold | Status::AllAnswered => {
            "No dose of the plan is open. Plan again, or end the course.".to_owned()
        }
    }
}

/// The heading of a course. What is taken by mouth is said with how often.
pub fn course(course: &CourseState, taken: Option<&str>) -> String {
    let dose = taken.map_or_else(|| super::milligrams(course.dose_mg), str::to_owned);
    format!("Course {}: {} {dose}, {}", course.number, course.plan.name, super::status(course.status))
}

/// A dose that was decided anew since the plan was made.
pub fn as_assessed(dose: &str, planned: &str) -> String {
    format!(
        "{dose} is the dose of the newest assessment, and the plan says {planned}. The assessment of the day decides."
    )
}

/// A dose in mg.
pub fn milligrams(dose: Decimal) -> String {
    super::milligrams(dose)
}

/// Said of a dose that was given without an assessment, where each assessment decides it anew.
pub const UNASSESSED: &str =
    "No assessment of that day is behind this dose. It is that of the newest one, or of the plan: read it again.";

/// How many doses were given of a course.
pub fn given_so_far(course: &CourseState) -> String {
    let (Some(first), Some(last)) = (course.first_dose, course.last_dose) else {
        return "Nothing was given yet.".to_owned();
    };
    let count = course.doses_given.map_or_else(
        || "The number of doses given is not known".to_owned(),
        |doses| format!("{} given", counted(doses.into(), "dose")),
    );
    if first == last {
        format!("{count}, on {}.", date(first))
    } else {
        format!("{count}; the first on {}, the last on {}.", date(first), date(last))
    }
}

/// When a course began its plan, by its entry, and when it ends.
pub fn plan(course: &CourseState) -> String {
    let ends = course.ends().map_or_else(String::new, |ends| format!("; doses are given before {}", date(ends)));
    format!("Planned in entry {}{ends}.", number(course.plan_number))
}

/// The creatinine before the first dose.
pub fn baseline(value: Creatinine, on: NaiveDate) -> String {
    format!("Creatinine before the first dose: {}.", verdict::baseline(value, on))
}

/// A dose that was answered.
pub fn answered(word: &str, on: NaiveDate, entry: u64) -> String {
    format!("{word} {} (entry {})", date(on), number(entry))
}

/// A dose that is due.
pub fn due(on: NaiveDate, standing: &str) -> String {
    format!("{standing} {}", day(on))
}

/// That a dose was deferred, beside its day.
pub fn deferred(because: &str, entry: u64) -> String {
    format!("deferred: {because} (entry {})", number(entry))
}

/// A dose that was not planned.
pub fn unplanned(mg: Decimal, on: NaiveDate, entry: u64) -> String {
    format!("{} given {}, not planned (entry {})", super::milligrams(mg), date(on), number(entry))
}

/// The last entry that whoever reads a page has seen.
pub fn seen(last_seq: u32) -> String {
    format!("Seen up to {last_seq} (for --seen).")
}

/// Entries that are not as they were stored.
pub fn altered(numbers: &[u64]) -> String {
    format!("Altered after it was written, or the disk is damaged: {}.", super::entries(numbers))
}

/// A finding that was confirmed.
pub fn confirmed(finding: &str, by: &str) -> String {
    format!("{finding} Confirmed by {by}.")
}

/// How the course is put on hold for what stops the dose.
pub fn hold_with(reason: &str) -> String {
    format!("To put the course on hold: osteodose ward hold --because {reason}.")
}

/// The entries that a bundle cannot say.
pub fn left_out(entries: &[u64]) -> String {
    let numbers: Vec<String> = entries.iter().map(|entry| number(*entry)).collect();
    format!(
        "Not in the bundle: {} {}, written by a newer program or of no course. osteodose ward show has them.",
        if entries.len() == 1 { "entry" } else { "entries" },
        all_of(&numbers)
    )
}

/// An identifier of somebody born on a day.
pub fn born(on: NaiveDate) -> String {
    format!("born {}", date(on))
}

/// A patient was registered with a plan.
pub fn registered(id: &str, drug: &str) -> String {
    format!("{id}: registered, {drug} planned.")
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
        super::on_hold(holds)
    )
}

/// Where a course is to be resumed that is not on hold.
pub const NOT_ON_HOLD: &str = "--resume: the course is not on hold. Leave it out.";
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
    format!("--scan: {}", super::label(why))
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

/// What an import says of a dose that nobody saw.
pub const IMPORTED: &str = "imported from a saved plan";
/// A plan that is in the register already.
pub const ALREADY_THERE: &str = "already in the register";
/// Supplies, of which an import proposes none.
pub const NO_SUPPLIES: &str = "supplies are not proposed as given. Record them with osteodose ward supply.";
/// A plan that was imported.
pub const PLANNED: &str = "registered and planned";
/// Said where other open days move no dose.
pub const NOTHING_MOVES: &str = "No dose moves.";
/// What a file of open days does not say.
pub fn clinic_lacks(members: &[&str]) -> String {
    let members: Vec<String> = members.iter().map(|it| format!("\"{it}\"")).collect();
    format!(
        "{} {} missing, and nothing was set. Write the days of the week on which the ward is open, all seven if it is never \
         closed, and the days on which it is closed, [] if there are none.",
        all_of(&members),
        if members.len() == 1 { "is" } else { "are" }
    )
}

/// Open days in a file of other settings.
pub const DAYS_NOT_TAKEN: &str =
    "The open and closed days in this file are not set by this command. Set them with osteodose ward clinic.";

/// Another name of the ward in its settings.
pub fn other_name(found: &str, ward: &str) -> String {
    format!(
        "\"name\": {found} is not the name of this ward, which stays {ward}. Leave the name out, or write that one."
    )
}

/// What to add to record what was shown.
pub const ADD_BY: &str = "Nothing was recorded. Add --by NAME to record it.";
/// What --keep is for.
pub const KEEP_IN_A_FOLDER: &str = "--keep: name a folder, in which each backup has a name of its own";

/// The doses that an import proposes as given.
pub fn proposed(id: &str, dose: u16, on: NaiveDate, mg: Decimal) -> String {
    format!("{id}: dose {dose}, {}, {}: proposed as given.", date(on), super::milligrams(mg))
}

/// How what is proposed is accepted.
pub fn accept(id: &str) -> String {
    format!("{id}: nothing of this was recorded. If every dose was given on its day: --accept {id}")
}

/// Two plans of one identifier that are of two people.
pub fn two_people(id: &str, one: &str, other: &str) -> String {
    format!("{id}: {one} and {other} are of two people. Neither was registered. Correct the identifier of one of them.")
}

/// What was printed of the chain.
pub fn anchored(number: u64, moment: &str, anchor: &str) -> String {
    format!("Entry {} of {moment}. Anchor {anchor}. Keep it outside this computer.", super::number(number))
}

/// A register in which nothing is wrong.
pub fn whole(entries: u64, patients: u64, anchor: &str) -> String {
    let patients = counted(i64::try_from(patients).unwrap_or(i64::MAX), "patient");
    format!("Whole: {} entries, {patients}. Anchor {anchor}.", super::number(entries))
}

/// How many things are wrong with a register.
pub fn faults(count: usize, is_more: bool) -> String {
    let count = counted(i64::try_from(count).unwrap_or(i64::MAX), "fault");
    if is_more { format!("At least {count}.") } else { format!("{count}.") }
}

/// A backup was made.
pub fn backed_up(path: &str, number: u64, anchor: &str) -> String {
    format!("{path}: backup up to entry {}. Anchor {anchor}.", super::number(number))
}

/// A backup was made, before why no more of it could be shown.
pub fn backed_up_but(path: &str) -> String {
    format!("{path}: the backup is made, but")
}

/// What was said of a register that was made, before why it could not be shown.
pub fn made_but(said: &str) -> String {
    format!("{said} But")
}

/// A file in the folder of the backups that cannot be read.
pub fn unread_backup(path: &str) -> String {
    format!("{path}: cannot be read, so it is neither counted as a backup of this register nor deleted.")
}

/// Who makes a backup where nobody is named: the user of the computer, by name and number.
pub fn user(user: &str) -> String {
    format!("user {user}")
}

/// A backup is there, but the register could not be told so.
pub fn not_remembered(error: &StoreError) -> String {
    format!("The register does not know of this backup, and a list will not count it. {}", store::why(error))
}

/// How old the last backup is, on a day; nothing where it is of that day or the one before.
pub fn last_backup(last: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    let Some(last) = last else { return Some("No backup of this register was made yet.".to_owned()) };
    let days = (today - last).num_days();
    (days >= BACKUP_IS_OLD).then(|| format!("Last backup {} ago.", counted(days, "day")))
}

/// An older backup was deleted.
pub fn deleted(path: &str) -> String {
    format!("{path}: older backup, deleted.")
}

/// A register was made of a backup.
pub fn restored(path: &str, missing: u64) -> String {
    if missing == 0 {
        return format!("{path}: restored.");
    }
    // A backup is recorded in the register that it was made of, and so after its own end.
    if missing == 1 {
        return format!(
            "{path}: restored. 1 entry is missing after the end of the backup: most likely the one on the backup \
             itself. If something else was recorded after the backup, enter it again."
        );
    }
    let missing = super::number(missing);
    format!(
        "{path}: restored. {missing} entries are missing after the end of the backup, most likely with the one on the \
         backup itself. Enter the others again."
    )
}

/// How many entries are missing after an end; nothing where none is.
fn lacks(missing: u64, end: &str) -> Option<String> {
    let (missing, them) = match missing {
        0 => return None,
        1 => ("1 entry is".to_owned(), "it"),
        _ => (format!("{} entries are", super::number(missing)), "them"),
    };
    Some(format!("{missing} missing after {end}. Enter {them} again."))
}

/// A file without any entry.
pub const NO_ENTRY: &str = "no entry is in it. Use a file that \"ward export\" made.";
/// What became of the register that was to be made.
pub const NO_REGISTER_MADE: &str = "No register was made.";

/// A register was made of the lines of another one.
pub fn taken_back(path: &str, last: u64, anchor: &str, missing: u64) -> String {
    let lacks = lacks(missing, "the last line").map_or_else(String::new, |lacks| format!(" {lacks}"));
    format!("{path}: taken back. {}{lacks}", foot(last, anchor))
}

/// Courses were computed again.
pub fn refreshed(patients: usize) -> String {
    format!("Computed again: {}.", counted(i64::try_from(patients).unwrap_or(i64::MAX), "patient"))
}

/// A dose that other open days move.
pub fn moves(id: &str, from: &SlotDate, to: &SlotDate) -> String {
    let said = |it: &SlotDate| match (it.due, it.standing) {
        (Some(due), Standing::Due) => day(due),
        (Some(due), standing) => format!("{} ({})", day(due), entry::standing(standing)),
        (None, _) => "no day".to_owned(),
    };
    format!("{id}: dose {} moves from {} to {}.", from.dose, said(from), said(to))
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

/// A plan that has a name, where the register has none.
pub fn name_in_plan(named: &str) -> String {
    format!("The plan has the name \"{named}\", and this register has none. Add it with osteodose ward correct.")
}

/// What an import did.
pub fn imported(registered: usize, already: usize, refused: usize) -> String {
    format!("{registered} registered, {already} already there, {refused} refused.")
}

/// A patient was erased.
pub fn erased(entries: u32) -> String {
    let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    format!("Erased: who the patient was, and what {entries} said. Backups still hold it until they are deleted.")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_old_from_two_days_on() {
        let day = |day: &str| day.parse::<NaiveDate>().unwrap();
        let said = |last: Option<&str>| last_backup(last.map(day), day("2026-12-10"));
        assert_eq!((said(Some("2026-12-10")), said(Some("2026-12-09"))), (None, None));
        assert_eq!(said(Some("2026-12-08")).as_deref(), Some("Last backup 2 days ago."));
        assert_eq!(said(None).as_deref(), Some("No backup of this register was made yet."));
    }
}
