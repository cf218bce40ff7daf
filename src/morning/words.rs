//! The words of a ward's morning: the lists, the page of a patient, the visit, and what is recorded of it.

use chrono::{NaiveDate, NaiveTime};

use super::{Badge, Became, Deed, Line, List, Needs, Part};
use crate::{
    form::NotRead,
    patient::Route,
    quantity::Decimal,
    ward::{
        brand::OtherBrand,
        event::Expiry,
        flow::{SlotDate, Standing},
        fold::{OpenHold, Status},
        namesake::Person,
    },
    words::{
        date, every_weeks, register,
        spoken::{self, counted, day, subject},
    },
};

pub use crate::words::register::milligrams;

/// The day on which values were taken.
pub const TAKEN_ON: &str = "Taken on";
/// Whether anything is new.
pub const ANYTHING_NEW: &str = "Anything new?";
/// What is asked by it.
pub const THE_SIX: &str =
    "Ask about mouth and teeth, illness, medicines, fluids, weight, and bone drugs given elsewhere.";
/// The answer that nothing is new.
pub const NOTHING_NEW: &str = "nothing new";
/// The answer that something is new.
pub const SOMETHING_NEW: &str = "something is new";
/// The same as something to choose.
pub const NOTHING_NEW_ASKED: &str = "nothing new: mouth, illness, medicines, fluids, weight, bone drugs";
/// The same as something to choose.
pub const SOMETHING_NEW_ASKED: &str = "something is new: go through the six";
/// Where there is no value before.
pub const NONE_BEFORE: &str = "none";
/// The heading above what may be taken as well.
pub const ALSO_TAKEN: &str = "If also taken:";

/// Since which day something is asked.
pub fn since(day: NaiveDate) -> String {
    format!("since {}", date(day))
}

/// A request is not complete although nothing is open.
pub fn not_complete(label: Option<&str>) -> String {
    label.map_or_else(
        || "This cannot be judged: the plan of the course cannot be used. Plan again.".to_owned(),
        |label| format!("This cannot be judged: {label} is missing."),
    )
}

/// A list.
pub fn list(list: List) -> &'static str {
    match list {
        List::Overdue => "Overdue",
        List::Today => "Today",
        List::Week => "This week",
        List::Held => "Held",
        List::Recheck => "Recheck",
        List::All => "All",
    }
}

/// What is said where a list is empty.
pub fn nobody(list: List) -> &'static str {
    match list {
        List::Overdue => "Nobody is late or without a date.",
        List::Today => "Nobody is due today.",
        List::Week => "Nobody is due in the seven days after today.",
        List::Held => "Nobody is on hold.",
        List::Recheck => "Nothing is to be checked or looked at again today.",
        List::All => "No patient is in this register yet.",
    }
}

/// How a course stands, in a word.
pub fn badge(badge: Badge) -> &'static str {
    match badge {
        Badge::NoDate => "NO DATE",
        Badge::Overdue => "LATE",
        Badge::Held => "HELD",
        Badge::Due => "DUE",
        Badge::Hold => "HOLD",
        Badge::Stop => "STOP",
        Badge::Confirm => "CONFIRM",
        Badge::Go => "GO",
        Badge::Check => "CHECK",
        Badge::Answered => "ENDING",
        Badge::Given => "GIVEN",
    }
}

/// What a course needs, in a word or two.
pub fn needs(line: &Line) -> String {
    match &line.needs {
        Needs::ClearingUp => "clearing up".to_owned(),
        Needs::ADay | Needs::LookAgain(None) => "a day".to_owned(),
        Needs::Values(subjects) => {
            let mut named: Vec<&str> = subjects.iter().map(|it| subject(*it)).collect();
            named.truncate(1);
            named.first().map_or_else(|| "giving".to_owned(), |it| (*it).to_owned())
        }
        Needs::AName => "a name".to_owned(),
        Needs::Giving => "giving".to_owned(),
        Needs::Prescriber => "prescriber".to_owned(),
        Needs::LookAgain(Some(on)) => day_in_short(*on),
        Needs::Checks(checks) => checks.first().map_or_else(String::new, |it| {
            it.what.map_or_else(|| "review".to_owned(), |what| subject(what).to_owned())
        }),
        Needs::Ending => "an end".to_owned(),
        Needs::Nothing => "nothing".to_owned(),
    }
}

/// The same in a sentence, for the patient who is marked.
pub fn needs_in_full(line: &Line, today: NaiveDate) -> String {
    match &line.needs {
        Needs::ClearingUp => "Something does not fit in the entries. Enter opens the page.".to_owned(),
        Needs::ADay => "The next dose has no day. Choose one, or leave it out.".to_owned(),
        Needs::Values(subjects) if subjects.is_empty() => "Ask the patient, then give.".to_owned(),
        Needs::Values(subjects) => {
            let named: Vec<&str> = subjects.iter().map(|it| subject(*it)).collect();
            format!("Before the dose: {}.", spoken::all_of(&named))
        }
        Needs::AName => "Something must be confirmed by name. Until then: do not give.".to_owned(),
        Needs::Giving => "The engine said go today. Give it, then write it down.".to_owned(),
        Needs::Prescriber => "No dose. Tell the prescriber; write down the hold.".to_owned(),
        Needs::LookAgain(None) => "On hold; no day is set to look again.".to_owned(),
        Needs::LookAgain(Some(on)) if *on <= today => format!("On hold; look again today (set for {}).", date(*on)),
        Needs::LookAgain(Some(on)) => format!("On hold; look again {}.", day(*on)),
        Needs::Checks(checks) => {
            let check = |it: &crate::plan::DatedCheck| {
                let what = it.what.map_or("review the treatment", subject);
                format!("{what} {}", day(it.on))
            };
            format!("To check: {}.", checks.iter().map(check).collect::<Vec<_>>().join("; "))
        }
        Needs::Ending => "Every dose is recorded. End the course, or plan the next.".to_owned(),
        Needs::Nothing => "Nothing else today.".to_owned(),
    }
}

/// A day with its weekday and without the year: "Wed 30-Dec".
pub fn day_in_short(on: NaiveDate) -> String {
    let full = day(on);
    full.rsplit_once('-').map_or(full.clone(), |(short, _)| short.to_owned())
}

/// Where there is no dose to be given.
pub const NO_DOSE: &str = "no dose";

/// The visit of a line, for the patient who is marked: "Visit 2 of 14, planned for today".
pub fn visit_of(line: &Line, today: NaiveDate) -> String {
    let visit = line.dose.map(|(number, of)| format!("Visit {number} of {of}"));
    let when = match (&line.given, line.due) {
        (Some(_), _) => "given today".to_owned(),
        (None, Some(due)) if due == today => "due today".to_owned(),
        (None, Some(due)) if line.late_days > 0 => {
            format!("due {}, {} late", day(due), counted(line.late_days, "day"))
        }
        (None, Some(due)) => format!("due {}", day(due)),
        (None, None) => "no day is set".to_owned(),
    };
    visit.map_or_else(|| spoken::capital(&when), |visit| format!("{visit}, {when}"))
}

/// How it is given and how often.
pub fn way(route: Route, weeks: Option<u16>) -> String {
    let route = spoken::route(route);
    weeks.map_or_else(|| route.to_owned(), |weeks| format!("{route}, {}", every_weeks(weeks, &[])))
}

/// The newest creatinine and the value that matters.
pub fn creatinine_of(line: &Line) -> String {
    format!("Creatinine {}; {}.", line.beside.creatinine_in_words(), line.beside.value_in_words())
}

/// A patient with a similar name.
pub fn similar(person: &Person, comes: Option<NaiveDate>) -> String {
    let name = person.name.as_ref().unwrap_or(&person.id);
    let comes = comes.map_or_else(String::new, |on| format!(", comes {}", day(on)));
    format!("Similar name: {name}, born {}, No. {}{comes}.", date(person.birth_date), person.id)
}

/// How many of a list are shown.
pub fn shown(shown: usize, of: usize) -> String {
    format!("{shown} of {}.", counted(i64::try_from(of).unwrap_or(i64::MAX), "patient"))
}

/// Somebody who is not shown, for one word.
pub fn not_shown(name: &str, word: &str) -> String {
    format!("{name} is not shown: \"{word}\" is not in the name, the number or the birth date.")
}

/// The age of the last backup, where it is old.
pub fn backup(last: Option<NaiveDate>, today: NaiveDate) -> Option<String> {
    match last.map(|last| (today - last).num_days()) {
        None => Some("no backup yet".to_owned()),
        Some(days) if days >= 2 => Some(format!("last backup {days} days ago")),
        Some(_) => None,
    }
}

/// That the list is not of now.
pub fn as_of(at: NaiveTime) -> String {
    format!("as of {}", at.format("%H:%M"))
}

/// A badge of a visit in the timeline, and what stands behind it.
pub fn became(became: &Became, by_mouth: Option<&str>) -> (Option<&'static str>, String) {
    match became {
        Became::Given(dose) => {
            let amount = by_mouth.map_or_else(|| milligrams(dose.dose_mg), str::to_owned);
            let part = if dose.complete { "" } else { ", not complete" };
            (Some("GIVEN"), format!("{amount}{part}"))
        }
        Became::LeftOut => (Some("LEFT OUT"), String::new()),
        Became::Held(reason) => (Some("HELD"), register::hold(*reason).to_owned()),
        Became::Resumed => (None, "goes on".to_owned()),
        Became::Due => (Some("DUE"), String::new()),
        Became::Planned => (None, "planned".to_owned()),
        Became::Waits => (None, "waits".to_owned()),
        Became::NoDay(standing) => (None, standing_of(*standing)),
        Became::Check(check) => (None, format!("{}, no dose", check.what.map_or("review", subject_in_short))),
        Became::Ended => (None, "course ended".to_owned()),
    }
}

/// What is looked at, in a column of the timeline.
fn subject_in_short(of: crate::regimen::Subject) -> &'static str {
    match of {
        crate::regimen::Subject::Dental => "teeth",
        crate::regimen::Subject::Electrolytes => "electrolytes",
        other => subject(other),
    }
}

fn standing_of(standing: Standing) -> String {
    match standing {
        Standing::NoDate => "no day yet".to_owned(),
        other => register::standing(other).to_owned(),
    }
}

/// From which day a dose was moved.
pub fn moved_from(from: NaiveDate) -> String {
    format!("moved from {}", day_in_short(from))
}

/// A course in the banner: its drug, and how often.
pub fn course(name: &str, route: Route, weeks: Option<u16>) -> String {
    let how_often = weeks.map_or_else(|| spoken::route_in_short(route).to_owned(), |weeks| every_weeks(weeks, &[]));
    format!("{name}   {how_often}")
}

/// How far a course is.
pub fn so_far(status: Status, given: usize, slots: usize, ends: Option<NaiveDate>) -> String {
    let ends = ends.map_or_else(String::new, |ends| format!("; doses are given before {}", date(ends)));
    let status = match status {
        Status::Planned => "not begun",
        Status::Active => "under way",
        Status::OnHold => "on hold",
        Status::AllAnswered => "every dose is recorded",
        Status::Ended => "ended",
    };
    format!("{}; {given} given here, {slots} in the plan{ends}", spoken::capital(status))
}

/// The dates after a dose that moves: "dose 3 on Thu 28-Jan-2027".
pub fn dates_after(dates: &[SlotDate]) -> String {
    let one = |it: &SlotDate| {
        let on = it.due.map_or_else(|| register::standing(it.standing).to_owned(), day);
        format!("dose {} {on}", it.dose)
    };
    if dates.is_empty() { "no dose after it".to_owned() } else { dates.iter().map(one).collect::<Vec<_>>().join(", ") }
}

/// A hold as something to choose.
pub fn hold_of(hold: &OpenHold) -> String {
    format!("{}, since {}", register::hold(hold.because), date(hold.on))
}

/// What an act is called, above its rows.
pub fn deed(deed: Deed, name: &str, dose: Option<u16>) -> String {
    let dose = dose.map_or_else(|| "a dose".to_owned(), |dose| format!("dose {dose}"));
    match deed {
        Deed::Give => format!("Write down what {name} was given: {dose}"),
        Deed::Supply => format!("Write down what {name} was handed out: {}", dose.replace("dose", "supply")),
        Deed::Defer => format!("Another day for {dose} of {name}"),
        Deed::Omit => format!("Leave out {dose} of {name}"),
        Deed::Hold => format!("Hold the course of {name}"),
        Deed::Resume => format!("Resume the course of {name}"),
        Deed::End => format!("End the course of {name}"),
        Deed::Strike(entry) => format!("Strike entry {} of {name}", register::number(entry)),
        Deed::Note => format!("A note on {name}"),
        Deed::Confirm(_) => format!("Confirm for {name}, for this visit"),
        Deed::Save => format!("Save today's verdict for {name}"),
    }
}

/// The letter of an act.
pub fn letter(deed: Deed) -> char {
    match deed {
        Deed::Give | Deed::Supply => 'g',
        Deed::Defer => 'd',
        Deed::Omit => 'o',
        Deed::Hold => 'h',
        Deed::Resume => 'r',
        Deed::End => 'x',
        Deed::Strike(_) => 'k',
        Deed::Note => 'n',
        Deed::Confirm(_) => 'c',
        Deed::Save => 's',
    }
}

/// What the letter of an act does, on its row.
pub fn acts(deed: Deed, dose: Option<u16>, amount: &str, to: Option<NaiveDate>) -> String {
    let number = dose.map_or_else(String::new, |dose| format!(" dose {dose}"));
    match deed {
        Deed::Give => format!("Given: {amount}"),
        Deed::Supply => format!("Handed out: {amount}"),
        Deed::Defer => {
            to.map_or_else(|| format!("Take{number} off its day"), |to| format!("Move{number} to {}", date(to)))
        }
        Deed::Omit => format!("Leave out{number}"),
        Deed::Hold => "Hold the course".to_owned(),
        Deed::Resume => "Resume the course".to_owned(),
        Deed::End => "End the course".to_owned(),
        Deed::Strike(_) => "Strike it".to_owned(),
        Deed::Note => "Write the note".to_owned(),
        Deed::Confirm(_) => "Confirm".to_owned(),
        Deed::Save => "Save the verdict".to_owned(),
    }
}

/// A part of what is recorded.
pub fn part(part: Part, deed: Deed) -> &'static str {
    match part {
        Part::On if deed == Deed::Supply => "Handed out on",
        Part::On => "Given on",
        Part::Brand => "Brand",
        Part::Batch => "Batch",
        Part::Expires => "Expires",
        Part::NoBatch => "No batch because",
        Part::At => "Begun",
        Part::Until => "Ended",
        Part::Amount => "Amount",
        Part::Milligrams => "Given, in mg",
        Part::Incomplete => "Not all because",
        Part::Site => "Where on the body",
        Part::Units => "How many",
        Part::Days => "For days",
        Part::To => "New day",
        Part::Then => "Doses after it",
        Part::Reason | Part::ConfirmedBecause => "Reason",
        Part::LookAgain => "Look again on",
        Part::Hold => "Which hold",
        Part::WithoutGo => "Without go because",
        Part::Prescriber if deed == Deed::Resume => "Decided by",
        Part::Prescriber => "Prescribed by",
        Part::Note => "Note",
        Part::ConfirmedBy => "Responsible",
        Part::By => "Written by",
        Part::Second => "Checked by",
    }
}

/// What a part asks for.
pub fn part_help(part: Part, deed: Deed) -> &'static str {
    match part {
        Part::On => "The day; today if it is left empty.",
        Part::Brand => "As on the container.",
        Part::Batch => "Type it, or scan the code.",
        Part::Expires => "Month and year as on the container, such as 03.2028.",
        Part::NoBatch => "Only if nobody knows the batch: why.",
        Part::At | Part::Until => "On the clock, such as 9:10. May be left empty.",
        Part::Amount => "All of it, or what ran in.",
        Part::Milligrams => "What was given, in mg.",
        Part::Incomplete => "Why not all of it was given.",
        Part::Site => "Such as left upper arm. May be left empty.",
        Part::Units => "How many tablets or capsules.",
        Part::Days => "For how many days they last.",
        Part::To => "Such as 7.1. or +7; or - if no day is known yet.",
        Part::Then => "Whether later doses keep their days.",
        Part::Reason => "One of these.",
        Part::LookAgain => "The day of the next value. May be left empty.",
        Part::Hold => "Each is lifted by itself.",
        Part::WithoutGo if deed == Deed::Resume => "Why it goes on although the engine has not said so.",
        Part::WithoutGo => "Why it was given although the engine has not said go.",
        Part::Prescriber => "The name of who decided it. May be left empty.",
        Part::Note => "More about it. May be left empty, but not after \"another reason\".",
        Part::ConfirmedBy => "The name of who takes responsibility.",
        Part::ConfirmedBecause => "Why treatment is right all the same: at least two words.",
        Part::By => "Your name. It is asked again after 10 minutes without a key.",
        Part::Second => "A second person types this name.",
    }
}

/// What is missing.
pub fn is_missing(label: &str) -> String {
    format!("{label} is missing.")
}

/// A confirmation is no name and reason.
pub const CONFIRM_IN_WORDS: &str = "The reason has at least two words and eight letters, and is not the name again.";

/// A brand of something else.
pub fn other_brand(brand: &str, of: &OtherBrand) -> String {
    match of {
        OtherBrand::Statement(text) => format!("{brand} is another product. {text}"),
        OtherBrand::OfDrug(name) => {
            format!("{brand} is a brand of {name}, which is another drug. Look at the container.")
        }
    }
}

/// Tablets or capsules that do not fit the days.
pub fn other_supply((units, days): (u32, u16), needed: Option<(u32, u32)>) -> String {
    let days = counted(days.into(), "day");
    let needed = match needed {
        None => "the dose cannot be made up from them".to_owned(),
        Some((fewest, most)) if fewest == most => format!("{most} would fit"),
        Some((fewest, most)) => format!("{fewest} or {most} would fit"),
    };
    format!(
        "{units} for {days} do not fit the dose: {needed}. Correct the figures; if they were handed out all the same, record \
         it with osteodose ward supply --another-because."
    )
}

/// All of a dose.
pub const ALL_OF_IT: &str = "all of it";
/// A part of a dose.
pub const A_PART_OF_IT: &str = "a part of it";

/// All of a dose, with its amount.
pub fn all_of_it(mg: Decimal) -> String {
    format!("all of it, {}", milligrams(mg))
}

/// A day, with how far it is.
pub fn day_of(on: NaiveDate, today: NaiveDate) -> String {
    let days = (on - today).num_days();
    match days {
        0 => day_today(on),
        1 => format!("{}, tomorrow", day(on)),
        -1 => format!("{}, yesterday", day(on)),
        2.. => format!("{}, in {}", day(on), counted(days, "day")),
        _ => format!("{}, {} ago", day(on), counted(-days, "day")),
    }
}

/// Today.
pub fn day_today(on: NaiveDate) -> String {
    format!("{}, today", day(on))
}

/// No new day is known.
pub const NO_DAY_YET: &str = "no day yet";
/// In short: the day is none that has been.
pub const AFTER_TODAY: &str = "after today";
/// In short: no date.
pub const NO_DATE_READ: &str = "no date";
/// In short: no expiry.
pub const NO_EXPIRY_READ: &str = "no month and year";
/// In short: no time.
pub const NO_TIME_READ: &str = "no time";
/// In short: no number.
pub const NO_NUMBER_READ: &str = "no number";
/// In short: no name.
pub const NO_NAME_READ: &str = "at least two letters";
/// In short: not readable.
pub const NOT_READABLE: &str = "not readable";

/// A day that is still to come.
pub fn after_today(on: NaiveDate) -> String {
    format!("{} is after today. Write the day on which it happened.", date(on))
}

/// Something that is no date.
pub fn not_a_date(label: &str, text: &str, why: &NotRead) -> String {
    match why {
        NotRead::Order => format!("{label}: {text} can be day or month first. Write 7.1., 7 Jan or 2027-01-07."),
        NotRead::ShortYear => format!("{label}: {text} has a short year. Write it with four digits."),
        _ => format!("{label}: {text} is no date. Write 7.1., 7 Jan, 2027-01-07, or t for today."),
    }
}

/// Something that is no expiry.
pub fn not_an_expiry(text: &str) -> String {
    format!("Expires: {text} is no month and year. Write 03.2028 or 2028-03.")
}

/// Something that is no time.
pub fn not_a_time(label: &str, text: &str) -> String {
    format!("{label}: {text} is no time on the clock. Write 9:10.")
}

/// Something that is no number.
pub fn not_a_number(label: &str, text: &str) -> String {
    format!("{label}: {text} is no number. Write 2.5.")
}

/// Something that is no count.
pub fn not_a_count(label: &str, text: &str) -> String {
    format!("{label}: {text} is no whole number above 0.")
}

/// A name that is none.
pub fn short_name(label: &str, text: &str) -> String {
    format!("{label}: {text} has fewer than two letters. Write the name.")
}

/// A text that cannot be read.
pub fn not_readable(label: &str) -> String {
    format!("{label}: something in it cannot be seen or is too long. Write it again.")
}

/// An expiry as it is read: "Mar-2028".
pub fn expires(expiry: Expiry) -> String {
    let last = expiry.last_day();
    let full = date(last);
    if expiry.has_day() { full } else { full.split_once('-').map_or(full.clone(), |(_, rest)| rest.to_owned()) }
}
