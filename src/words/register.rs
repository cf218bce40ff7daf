//! The sentences on the register of a ward: why an entry is not recorded, what does not fit, and what happened.

#[cfg(feature = "ward")]
pub mod command;
#[cfg(feature = "ward")]
mod due;
mod entry;
#[cfg(feature = "ward")]
pub mod example;
mod fault;
mod handed_on;
mod label;
#[cfg(feature = "ward")]
mod line;
mod reason;
mod store;

use chrono::NaiveDate;

use super::{date, spoken};
use crate::{
    json::Text,
    quantity::{Decimal, Mass},
    ward::{
        event::Lack,
        fold::{OpenHold, Recorded, Refused},
        namesake::{Likeness, Person},
    },
};

#[cfg(feature = "ward")]
pub use due::{
    DUE_COLUMNS, HOLD_NOT_KNOWN, LOOK_AT_PAGE, NO_CREATININE, NO_HOLD_VALUE, NOBODY_DUE, NOBODY_OVERDUE, as_of,
    as_of_overdue, counted_group, creatinine, damaged, damaged_group, damaged_patient, due_born, due_checks, due_day,
    due_dose, due_given, due_next, due_patient, due_title, engine_hold, hold_from, last, on_hold_for, resume_up_to,
    sheet_day, sheet_foot,
};
pub use entry::{erased, kind, standing, status, then, verdict, what};
pub use fault::fault;
pub use handed_on::{
    NO_NEW_DATE, PLANNED_AGAIN, WITHOUT_GO, given_in_full, handed_out, planned_in_full, supplied_in_full, to_be_given,
    with_note,
};
pub use label::label;
#[cfg(feature = "ward")]
pub use line::{
    EITHER_LINE, altered_line, emptied_line, form_of_line, impossible_line, in_line, not_erased_line,
    not_from_the_first, not_hex, not_next_of_patient, other_files, other_ward, out_of_order,
};
pub use reason::{another, defer, end, hold, incomplete, omit, place, strike};
pub use store::{altered, busy, changed, disk_full, network_folder, newer, unreachable};

/// The foot of every list: up to which entry it goes, so that it can be verified later.
pub fn foot(head: u64, anchor: &str) -> String {
    format!("Up to entry {}. Anchor {anchor}.", number(head))
}

/// The number of an entry, its digits in groups of three: "8 813".
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// Entries in a list: "entry 8 813", "entries 12, 14 and 15".
fn entries(numbers: &[u64]) -> String {
    let named: Vec<String> = numbers.iter().map(|it| number(*it)).collect();
    format!("{} {}", if named.len() == 1 { "entry" } else { "entries" }, spoken::all_of(&named))
}

/// A dose in mg as a sentence has it.
pub fn milligrams(mg: Decimal) -> String {
    Mass::milligrams(mg).map_or_else(|| format!("{} mg", mg.trimmed()), |mass| mass.to_string())
}

/// Why an entry is not recorded, and what to do.
pub fn refused(refused: &Refused) -> String {
    format!("Not recorded: {}", why(refused))
}

/// The same as a sentence by itself, where nothing is to be recorded yet.
#[cfg(all(feature = "tui", feature = "ward"))]
pub fn why_not(refused: &Refused) -> String {
    spoken::capital(&why(refused))
}

fn by_entry(Recorded { number: entry, on, by }: &Recorded) -> String {
    format!("on {} by {by} (entry {})", date(*on), number(*entry))
}

#[expect(clippy::too_many_lines, reason = "one sentence for each reason, in one list")]
fn why(refused: &Refused) -> String {
    match refused {
        Refused::ReadOnly => "a newer osteodose wrote an entry for this patient. Use the newer program.".to_owned(),
        Refused::Erased => "the entries of this patient were erased.".to_owned(),
        Refused::Lacking(lack) => lacking(*lack),
        Refused::InFuture { on, today } => {
            format!("{} is after today, {}. Enter the day on which it happened.", date(*on), date(*today))
        }
        Refused::OfWard(kind) => format!("\"{}\" is an entry of the ward, not of a patient.", self::kind(*kind)),
        Refused::AlreadyRegistered => "the patient is registered already. Correct the identity instead.".to_owned(),
        Refused::NotRegistered => "the patient is not registered. Register the patient first.".to_owned(),
        Refused::NothingCorrected => "the correction changes nothing.".to_owned(),
        Refused::WasNotSo => {
            "what was there before the correction is not what this register has. Read the page of the \
                              patient, then correct it."
                .to_owned()
        }
        Refused::OtherPatient => {
            "the identifier, the name, the birth date or the sex is not that of this patient. Check \
                                  whose it is; what is wrong in the register is corrected with osteodose ward correct."
                .to_owned()
        }
        Refused::NoPlan => "the saved plan of this course cannot be read. Plan again.".to_owned(),
        Refused::Closed { to, next: None } => format!("the clinic is closed on {}. Choose another day.", date(*to)),
        Refused::Closed { to, next: Some(next) } => {
            format!("the clinic is closed on {}. The next open day is {}.", date(*to), date(*next))
        }
        Refused::NoCourse { course: None } => {
            "no course is named, or none is under way. Plan a course first.".to_owned()
        }
        Refused::NoCourse { course: Some(course) } => format!("this patient has no plan for course {course}."),
        Refused::CourseOpen { course, drug } => {
            format!("course {course} with {drug} has not ended. End it first, or plan it again.")
        }
        Refused::NextCourse { course: Some(course), next } => {
            format!("course {course} is not the next one. The next course is number {next}.")
        }
        Refused::NextCourse { course: None, next } => {
            format!("the plan names no course. The next course is number {next}.")
        }
        Refused::OtherDrug { drug, planned } => {
            let planned = planned.as_str().replace('-', " ");
            format!("the course is with {drug}, and this is for {planned}. End the course first.")
        }
        Refused::NoOpenCourse { course } => {
            format!("course {course} has ended, or was never planned. Name the course that is under way, or plan one.")
        }
        Refused::TwoOpen { first, second } => two_open(*first, *second),
        Refused::OtherRegimen { course, entry } => other_regimen(*course, *entry),
        Refused::NotPlannedAgain { course, is_same } => {
            let why = if *is_same { "its doses are no course" } else { "the plan is of another treatment" };
            format!("course {course} cannot be planned again: {why}. End the course first, then add the plan.")
        }
        Refused::OtherDose { planned_mg, in_use_mg } => format!(
            "{} is in use in this course, and the plan says {}. The dose in use stands: put the course into the request of \
             the plan, or end the course first and add the plan as a new one.",
            milligrams(*in_use_mg),
            milligrams(*planned_mg)
        ),
        Refused::OtherBaseline { known, entered } => format!(
            "the creatinine before the first dose is {} of {} in this register, and {entered} was entered. Leave it out: the \
             one of the register counts.",
            known.measured(),
            date(known.date)
        ),
        Refused::CourseEnded(end) => format!("the course has ended, as recorded {}.", by_entry(end)),
        Refused::HappenedAfter(later) => {
            format!("something happened later in this course, as recorded {}. Strike it first.", by_entry(later))
        }
        Refused::OnHold(holds) => {
            format!("{} Resume it first, or press r to resume and give in one step.", on_hold(holds))
        }
        Refused::WhichHold(holds) => format!("{} Name the hold that is lifted, each by its entry.", on_hold(holds)),
        Refused::NotAssessed { hold, is_told: false } => format!(
            "no assessment lifts the hold for the creatinine (entry {}), since no dose was given before it or the treatment \
             has no length. Say why it is lifted, and name the prescriber.",
            number(*hold)
        ),
        Refused::NotAssessed { hold, is_told: true } => format!(
            "the hold for the creatinine (entry {}) is lifted on an assessment of that day, made while the course is on \
             hold and the newest entry, that is not hold again. Assess the dose first, or say why it is lifted without and \
             name the prescriber.",
            number(*hold)
        ),
        Refused::HoldNotOpen { hold } => format!("entry {} is not a hold that is open.", number(*hold)),
        Refused::Answered { dose, was_given, entry } => {
            let became = if *was_given { "given" } else { "omitted" };
            format!("dose {dose} is recorded as {became} {}. If that is wrong, strike it first.", by_entry(entry))
        }
        Refused::NoSuchDose { dose, last: Some(last) } => {
            format!("the plan has no dose {dose}. Its last dose has the number {last}.")
        }
        Refused::NoSuchDose { dose, last: None } => format!("the plan has no dose {dose}."),
        Refused::NoBatch { drug } => {
            format!("no batch. For {drug} brand and batch belong in the record. If nobody knows it, say why.")
        }
        Refused::Expired { batch, last, on } => expired(batch.as_ref(), *last, *on),
        Refused::WithoutGo => {
            "the engine has not said go for this day. Assess the dose first, or say why it was given \
                               without."
                .to_owned()
        }
        Refused::GoOfAnother { assessed } => format!(
            "the go of that day is for another dose (entry {}). Assess this dose first, or say why it was given without.",
            number(*assessed)
        ),
        Refused::PastGo { assessed, since } => format!(
            "entry {} was recorded after the go of that day (entry {}). Assess the dose again, or say why it was given \
             without.",
            number(*since),
            number(*assessed)
        ),
        Refused::AnotherDose { given_mg, planned_mg } => format!(
            "{} is planned, and {} is to be recorded. Say why it was another dose.",
            milligrams(*planned_mg),
            milligrams(*given_mg)
        ),
        Refused::NotIncomplete { given_mg, planned_mg } => format!(
            "{} is planned and {} is to be recorded, so the dose was not incomplete. Correct the amount, or record the \
             dose as complete.",
            milligrams(*planned_mg),
            milligrams(*given_mg)
        ),
        Refused::OtherUnit { is_supplied: true } => {
            "this course is one of tablets or capsules. Record a supply instead.".to_owned()
        }
        Refused::OtherUnit { is_supplied: false } => {
            "this course is one of doses that are given on the ward. Record a dose instead.".to_owned()
        }
        Refused::Invented(kind) => format!(
            "\"{}\": the figures are not those that the engine finds for its request. Send what it said, unchanged.",
            self::kind(*kind)
        ),
        Refused::NotReadable => "a figure is too large, and could not be read again. Correct it.".to_owned(),
        Refused::Alike { likeness, other } => alike(*likeness, other),
        Refused::OuterBlanks { id } => {
            format!("the identifier \"{id}\" begins or ends with a blank. Take the blank out.")
        }
        Refused::NoPlace => {
            "where is \"unknown\", which is only for doses of an import. It is ward or elsewhere.".to_owned()
        }
        Refused::NoPrescriber { assessed } => format!(
            "the verdict of that day was hold (entry {}). If the dose was given all the same, name the prescriber.",
            number(*assessed)
        ),
        Refused::NoAssessment { assessed } => {
            format!("entry {} is not an assessment of this course, or was struck.", number(*assessed))
        }
        Refused::SamePerson { by } => format!("the second person is {by} again. Somebody else must check."),
        Refused::NoSecond => NO_SECOND.to_owned(),
        Refused::ShortName { name, least } => short_name(name.as_str(), *least),
        Refused::Late { on, days } => late(*on, *days),
        Refused::TooSoon { to, first, last } => too_soon(*to, *first, *last),
        Refused::PastEnd { to, ends } => past_end(*to, *ends),
        Refused::DeferredBack { to, on } => {
            format!("the new day, {}, is before {}. Choose a later day.", date(*to), date(*on))
        }
        Refused::BroughtForward { dose, to, planned } => format!(
            "{} is before {}, for which dose {dose} is planned. Defer it to a later day; if it is given earlier, assess it \
             on that day.",
            date(*to),
            date(*planned)
        ),
        Refused::OlderLabs { date: of, newest, entry } => format!(
            "the laboratory values are of {}, and entry {} has newer ones, of {}. Enter the newest ones; if that entry is \
             wrong, strike it first.",
            date(*of),
            number(*entry),
            date(*newest)
        ),
        Refused::LabsBeforeDose { date: of, last } => format!(
            "the laboratory values are of {}, and the last dose was given on {}. Enter those that were taken after it.",
            date(*of),
            date(*last)
        ),
        Refused::Died(entry) => format!(
            "the patient is recorded as having died {}. If that is wrong, strike that entry first.",
            by_entry(entry)
        ),
        Refused::LastDoseNotStated { drug, last } => last_dose_not_stated(drug, *last),
        Refused::DoseNotRecorded { on } => format!(
            "the plan states a dose of {}, which is not recorded in this course. Record it first, or correct the plan.",
            date(*on)
        ),
        Refused::OtherCount { stated, recorded } => other_count(*stated, *recorded),
        Refused::CourseOver { course, ends } => {
            format!("doses of course {course} are given before {}. End the course, or plan it again.", date(*ends))
        }
        Refused::BeforeBirth { on, born } => {
            format!("{} is before the patient was born, on {}. Correct the day.", date(*on), date(*born))
        }
        Refused::LongMove { dose, from, to, most } => long_move(*dose, *from, *to, *most),
        Refused::LookedAtBack { look_again, on } => looked_at_back(*look_again, *on),
        Refused::NoSuchEntry { entry } => format!("this patient has no entry {}.", number(*entry)),
        Refused::AlreadyStruck { entry, strike } => {
            format!("entry {} was struck {}.", number(*entry), by_entry(strike))
        }
        Refused::IsStrike { entry } => {
            format!("entry {} is a strike and stays. Record again what was struck in error.", number(*entry))
        }
        Refused::IsRegistration { entry } => format!(
            "entry {} says who the patient is, and stays. Strike the other entries; a wrong name, birth date or sex is \
             corrected by a new entry.",
            number(*entry)
        ),
        Refused::RestsOnIt { entry, first } => {
            format!("other entries rest on entry {}. Strike {} first.", number(*entry), entries(first))
        }
    }
}

/// Two courses that are open beside each other.
fn two_open(first: u32, second: u32) -> String {
    format!(
        "courses {first} and {second} are both under way, and neither is judged by the doses of the other. End the one \
         that is over."
    )
}

/// A course that was planned again as another treatment.
fn other_regimen(course: u32, entry: u64) -> String {
    format!(
        "course {course} was planned again as another treatment (entry {}). End the course, then add the plan.",
        number(entry)
    )
}

/// Since when and why a course is on hold: every hold that is open. Their entries are named where there are several.
pub(super) fn on_hold(holds: &[OpenHold]) -> String {
    let is_one = holds.len() == 1;
    let entry = |it: &OpenHold| if is_one { String::new() } else { format!(", entry {}", number(it.number)) };
    let since = |it: &OpenHold| format!("since {} ({}{})", date(it.on), hold(it.because), entry(it));
    let named: Vec<String> = holds.iter().map(since).collect();
    format!("the course is on hold {}.", spoken::all_of(&named))
}

fn expired(batch: Option<&Text>, last: NaiveDate, on: NaiveDate) -> String {
    let batch = batch.map_or_else(|| "the batch".to_owned(), |batch| format!("batch {batch}"));
    format!(
        "{batch} could be used up to {}, and {} is after that. Use another one; if it was given all the same, say so in a \
         note.",
        date(last),
        date(on)
    )
}

/// A dose without a second person, where the ward has one sign.
/// A patient who is easily taken for the one who is to be registered.
fn alike(likeness: Likeness, Person { id, name, birth_date }: &Person) -> String {
    let name = name.as_ref().map(|name| format!("{name}, ")).unwrap_or_default();
    let known = format!("{name}born {}", date(*birth_date));
    let how = match likeness {
        Likeness::Identifier => format!("the identifier reads like {id} of this register ({known})"),
        Likeness::NameAndBirthDate => format!("{known}, is in this register as {id}"),
    };
    format!("{how}. Use that identifier, or say that it is another person.")
}

const NO_SECOND: &str = "this ward has a second person sign each dose. Name who checked it.";

fn short_name(name: &str, least: usize) -> String {
    format!("\"{name}\" names nobody. A name has at least {least} letters.")
}

fn late(on: NaiveDate, days: i64) -> String {
    format!("{} was {days} days ago. If that is the day on which it happened, say that it is recorded late.", date(on))
}

fn lacking(lack: Lack) -> String {
    match lack {
        Lack::Note { least } => format!("this reason needs a note of at least {least} characters."),
        Lack::WhyIncomplete => "not all of the dose was given. Say why it was stopped.".to_owned(),
        Lack::NotIncomplete => {
            "all of the dose was given, and a reason is there why it was stopped. Correct one of the two.".to_owned()
        }
        Lack::EndsBeforeItBegins => "the dose ends before it begins. Correct the times.".to_owned(),
        Lack::NoContainer => {
            "a batch with no container. Say how many containers of it were used, 1 or more.".to_owned()
        }
        Lack::NothingGiven => "nothing was given. Record the dose as omitted instead.".to_owned(),
        Lack::NoHold => "no hold is named that is to be lifted.".to_owned(),
    }
}

fn last_dose_not_stated(drug: &Text, last: NaiveDate) -> String {
    format!(
        "{drug} was given on {}, and the plan does not state that dose. Plan again with it as the last dose of \
         the course, or as the last antiresorptive.",
        date(last)
    )
}

/// A plan that counts other doses than the course has.
fn other_count(stated: u16, recorded: u16) -> String {
    let were = if stated == 1 { "was" } else { "were" };
    let are = if recorded == 1 { "is" } else { "are" };
    let stated = spoken::counted(stated.into(), "dose");
    format!(
        "the plan states that {stated} {were} given, and {recorded} {are} recorded in this course. Correct the plan."
    )
}

fn long_move(dose: u16, from: NaiveDate, to: NaiveDate, most: u16) -> String {
    format!(
        "{} is {} after {}, the day of dose {dose}. The doses after it can keep their dates after at most {}; let them move \
         with it.",
        date(to),
        spoken::counted((to - from).num_days(), "day"),
        date(from),
        spoken::counted(most.into(), "day")
    )
}

fn looked_at_back(look_again: NaiveDate, on: NaiveDate) -> String {
    format!(
        "the day to look again, {}, is before the hold, {}. Choose that day or a later one.",
        date(look_again),
        date(on)
    )
}

fn too_soon(to: NaiveDate, first: NaiveDate, last: NaiveDate) -> String {
    format!(
        "{} is too soon after the last dose, on {}. The first possible day is {}.",
        date(to),
        date(last),
        date(first)
    )
}

fn past_end(to: NaiveDate, ends: NaiveDate) -> String {
    format!("{} is past the end of the course, {}. Choose an earlier day, or omit the dose.", date(to), date(ends))
}
