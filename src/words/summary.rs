//! The fixed words of the summary, the dose card and the rows of a schedule.

use chrono::NaiveDate;

use super::{
    date,
    spoken::{self, NOT_RECORDED, day},
    verdict::{or_above, or_below},
};
use crate::{
    patient::{HeldBecause, Indication, Tumour},
    plan::{Before, FromWard, Hold, HoldAt, Moved, SecondCheckResult, WardInputs},
    quantity::{Days, Mass, Volume},
    regimen::{ContainerKind, Form, Listed, Origin, Severity, VolumeRule},
};

/// The sentence on whom the decision rests with.
pub const RESPONSIBLE: &str =
    "Decision support only: the prescriber decides, and trained staff remain responsible for every dose.";
/// The status of a plan that nothing opens.
pub const READY: &str = "Ready";
/// Shown on the card of a stopped plan instead of a dose.
pub const NO_DOSE: &str = "none: the plan is stopped";
/// What must be otherwise before there is a plan.
pub const WOULD_HAVE_TO_CHANGE: &str = "What would have to change";
/// The figures that a plan rests on.
pub const BASED_ON: &str = "Based on";
/// A stopped plan.
pub const STOPPED_MEANS: &str = "No dose, volume or date is planned. A stop cannot be overridden here.";
/// A plan that is ready, and whether something of it had to be confirmed.
pub fn ready_means(confirmed: bool) -> &'static str {
    if confirmed {
        "Nothing stops this plan. Each finding was confirmed by a named person."
    } else {
        "Nothing stops this plan."
    }
}
/// A plan that nobody has confirmed yet.
pub const PROVISIONAL_MEANS: &str = "Provisional: do not prepare or give a dose until everything open is settled.";
/// An empty list of conditions or medicines.
pub const ASKED_NONE: &str = "asked: none";
/// The heading of what other sources say.
pub const DISAGREE: &str = "Where sources disagree";
/// A question that nobody asked.
pub const NOT_ASKED: &str = "not asked";

/// What was answered to a question with a list.
pub fn asked(said: Option<Vec<&str>>) -> String {
    match said {
        None => NOT_ASKED.to_owned(),
        Some(said) if said.is_empty() => ASKED_NONE.to_owned(),
        Some(said) => said.join("; "),
    }
}
/// The label of the digest of the library.
pub const FINGERPRINT: &str = "Fingerprint of all regimens (SHA-256):";
/// The findings of each weight, under their heading.
pub const WEIGHTS: [(Severity, &str); 3] = [
    (Severity::Stop, "Stops the plan"),
    (Severity::Confirm, "Must be confirmed by a named person"),
    (Severity::Note, "Notes"),
];
/// The second check of a plan that nobody entered again.
pub const NOT_ENTERED_AGAIN: &str = "not done: no second person has entered the figures";

/// The status of a plan, as its first line.
pub fn status(sentence: &str) -> String {
    format!("Status: {sentence}")
}

/// The status of a plan that something opens: "Needs confirmation: 2 open".
pub fn needs_confirmation(open: usize, second_check: SecondCheckResult) -> String {
    let check = match second_check {
        SecondCheckResult::Differs => Some("the second check differs"),
        SecondCheckResult::SamePerson => Some("the second check was made by the same person"),
        SecondCheckResult::NotDone | SecondCheckResult::Agrees => None,
    };
    match (open, check) {
        (0, check) => format!("Needs confirmation: {}", check.unwrap_or_default()),
        (open, None) => format!("Needs confirmation: {open} open"),
        (open, Some(check)) => format!("Needs confirmation: {open} open, and {check}"),
    }
}

/// The status of a stopped plan, with its first reason.
pub fn stopped(first: &str, others: usize) -> String {
    match others {
        0 => format!("Stopped: {first}"),
        1 => format!("Stopped: {first} One more finding stops it."),
        others => format!("Stopped: {first} {others} more findings stop it."),
    }
}

/// What is treated, and in which disease where the indication does not say so.
pub fn purpose(indication: Indication, tumour: Tumour) -> String {
    let why = spoken::indication(indication);
    if indication == Indication::GiantCellTumour {
        why.to_owned()
    } else {
        format!("{why}; {}", spoken::tumour(tumour))
    }
}

/// The label of the volume of a dose.
pub fn volume_label(rule: VolumeRule, removes: bool) -> &'static str {
    match (rule, removes) {
        (_, true) => "Remove from bag",
        (VolumeRule::WholeContainer, _) => "Inject",
        (VolumeRule::Table | VolumeRule::Strength | VolumeRule::ByMouth, _) => "Draw up",
    }
}

/// The volume that is removed from a bag.
pub fn removed(volume: Volume) -> String {
    if volume == Volume::microlitres(0) {
        return "none: the whole bag is given".to_owned();
    }
    format!("{volume}, and replace it with {volume} of diluent")
}

/// The volume that is drawn up.
///
/// `drawn` is what a rounded volume holds and what was ordered, where that is another amount.
pub fn drawn_up(volume: Volume, rule: VolumeRule, into_bag: bool, drawn: Option<(Mass, Mass)>) -> String {
    let volume =
        drawn.map_or_else(|| volume.to_string(), |(drawn, ordered)| format!("{volume} ({drawn}; ordered {ordered})"));
    match (rule, into_bag) {
        (VolumeRule::WholeContainer, _) => format!("{volume}, the whole contents"),
        (_, true) => format!("{volume}, into the bag"),
        (_, false) => volume,
    }
}

/// The bag that is infused.
pub fn bag(volume: Volume, form: Form) -> String {
    if form == Form::ReadyToUse { format!("{volume}, the ready-to-use bag") } else { volume.to_string() }
}

/// A pump rate.
pub fn rate(ml_per_hour: u32) -> String {
    format!("{ml_per_hour} mL per hour at most")
}

/// A least time.
pub fn least_time(minutes: u16) -> String {
    format!("at least {}", spoken::minutes(minutes))
}

/// Why a dose is less than the full one.
pub fn reduced(full: Mass, clearance: &str, band: &str) -> String {
    format!("reduced from the full dose of {full}, because the clearance is {clearance} (clearance range: {band})")
}

/// Why a dose differs from the full one: it is kept from earlier in the course.
pub fn in_use(full: Mass) -> String {
    format!("the dose in use is kept for the whole course (full dose: {full})")
}

/// Why a dose is another than that of the table: the prescriber chose it.
pub fn chosen(chosen: Mass, table: Option<Mass>) -> String {
    let table = table.map_or_else(String::new, |mass| format!(" (dose table: {mass})"));
    format!("{chosen} was requested{table}")
}

/// Why a dose is another than the full one, by the row of the table.
pub fn by_row(full: Mass, condition: &str) -> String {
    format!("the dose in the table {condition} (full dose: {full})")
}

/// Containers to open: "2 vials of 2 mg in 2 mL".
pub fn containers(count: u32, kind: ContainerKind, content: Mass, volume: Option<Volume>) -> String {
    let volume = volume.map_or_else(String::new, |volume| format!(" in {volume}"));
    format!("{} of {content}{volume}", spoken::counted(count.into(), spoken::container(kind)))
}

/// A product that is its own container.
pub fn products(count: u32, product: &str) -> String {
    format!("{count} × {product}")
}

/// A part of a daily dose by mouth.
pub fn intake(mass: Mass, units: u32, form: Form, when: &str) -> String {
    format!("{mass} ({}) {when}", spoken::units(units, form))
}

/// A step of a dose that is stepped down.
pub fn step(from: NaiveDate, mass: Mass) -> String {
    format!("{mass} a day from {}", date(from))
}

/// A dose that is stepped down, by what it begins with.
#[cfg(feature = "cli")]
pub fn then_less(first: &str) -> String {
    format!("{first}, then less")
}

/// A step of a dose that is stepped down, with the parts in which it is taken.
pub fn step_taken(from: NaiveDate, mass: Mass, intakes: &[String]) -> String {
    format!("{}: {}", step(from, mass), intakes.join("; "))
}

/// The length of a course, and its end: that of the last dose, or the last check of an emergency.
pub fn course(months: Option<u16>, end: NaiveDate, before: bool) -> String {
    let end = date(end);
    let months = months.map_or_else(String::new, |months| format!("{}; ", spoken::counted(months.into(), "month")));
    if before {
        format!("{months}every dose is given before {end}")
    } else {
        format!("{months}the last check is on {end}")
    }
}

/// The words of a check in a row of the schedule.
pub fn check(what: &str) -> String {
    format!("check {what}")
}

/// The dose or the supply that a check goes before.
pub fn before(it: Before) -> String {
    match it {
        Before::Dose(number) => format!("before dose {number}"),
        Before::Supply(number) => format!("before supply {number}"),
    }
}

/// The band that a result must keep.
pub fn must_keep(band: &str) -> String {
    format!("the clearance must still be in the range {band}")
}

/// What is handed out.
pub fn supply(units: u32, form: Form, days: u16) -> String {
    format!("{} for {}", spoken::units(units, form), Days::new(days))
}

/// Why an entry is not on the day it was planned for.
pub fn moved(planned: NaiveDate, why: Moved, later: bool) -> String {
    let planned = day(planned);
    match (why, later) {
        (Moved::ClinicClosed, true) => {
            format!("moved from {planned}, when the clinic is closed, to the next open day")
        }
        (Moved::ClinicClosed, false) => {
            format!("moved from {planned}, when the clinic is closed, to the previous open day")
        }
        (Moved::MinimumGap, _) => {
            format!("moved from {planned}, to keep the minimum gap after an earlier move")
        }
    }
}

/// A weight with its kind and a height.
pub fn weight(kg: &str, height: Option<&str>) -> String {
    let height = height.map_or_else(|| NOT_RECORDED.to_owned(), |cm| format!("{cm} cm"));
    format!("{kg} kg; height {height}")
}

/// A value with the day it was taken.
pub fn taken(value: &str, on: NaiveDate) -> String {
    format!("{value} on {}", date(on))
}

/// A clearance with what it was computed from.
pub fn clearance(shown: &str, age: u16, basis: &str, kg: &str, band: Option<&str>) -> String {
    let band = band.map_or_else(String::new, |band| format!("; clearance range: {band}"));
    format!("{shown} (Cockcroft-Gault, age {age}, {basis} {kg} kg){band}")
}

/// Why there is no clearance.
pub fn no_clearance(dialysis: bool) -> &'static str {
    if dialysis { "not calculated: the patient is on dialysis" } else { "not known: no creatinine is recorded" }
}

/// A calcium as it was judged.
pub fn corrected(corrected: Option<&str>, class: &str, ionised: bool) -> String {
    match corrected {
        Some(value) => format!("{value} ({class})"),
        None if ionised => format!("none: ionised calcium is not corrected ({class})"),
        None => format!("none: {class}"),
    }
}

/// A course under way.
pub fn under_way(first: NaiveDate, last: NaiveDate, in_use: Option<&str>, doses_given: Option<u16>) -> String {
    let in_use = in_use.map_or_else(String::new, |mass| format!(", dose in use {mass}"));
    let given = doses_given.map_or_else(String::new, |doses| format!(", doses given: {doses}"));
    format!("first dose {}, last dose {}{given}{in_use}", date(first), date(last))
}

/// Added to a course that is judged by a baseline.
pub fn baseline(creatinine: &str, on: NaiveDate) -> String {
    format!(", baseline creatinine {creatinine} on {}", date(on))
}

/// Added to a course that is on hold.
pub fn held(reason: HeldBecause) -> String {
    format!(", on hold ({})", spoken::held_because(reason))
}

/// At which creatinine a dose is held, beside each check of it.
pub fn hold(hold: Hold) -> String {
    match hold {
        Hold::At(figures) => format!("hold {}", hold_from(figures)),
        Hold::AfterNextCreatinine => "the creatinine before dose 1 becomes the baseline: plan again with it".to_owned(),
    }
}

/// The same on the dose card, with the baseline it is counted from.
pub fn hold_with_baseline(hold: Hold) -> String {
    match hold {
        Hold::At(figures) => format!("{} (baseline {})", hold_from(figures), figures.baseline),
        Hold::AfterNextCreatinine => self::hold(hold),
    }
}

fn hold_from(HoldAt { hold_at_least, resume_at_most, .. }: HoldAt) -> String {
    format!("at creatinine {}, resume at {}", or_above(hold_at_least), or_below(resume_at_most))
}

/// The last dose of an antiresorptive.
pub fn last_antiresorptive(name: &str, by_mouth: bool, on: NaiveDate) -> String {
    format!("{name}{} on {}", if by_mouth { " by mouth" } else { "" }, date(on))
}

/// A creatinine at which the dose would change.
pub fn dose_change(creatinine: &str, mass: Option<Mass>, every: Option<&str>) -> String {
    format!("above {creatinine}: {}", there(mass, every))
}

/// A dose that would hold, with how often it is taken.
pub fn there(mass: Option<Mass>, every: Option<&str>) -> String {
    match (mass, every) {
        (None, _) => "no dose".to_owned(),
        (Some(mass), Some(every)) => format!("{mass} {every}"),
        (Some(mass), None) => mass.to_string(),
    }
}

/// A finding that a named person has confirmed.
pub fn confirmed(by: &str, reason: &str) -> String {
    format!("Confirmed by {by}. Reason: {reason}")
}

/// What a finding that nobody has confirmed is marked with.
pub const OPEN: &str = "OPEN";
/// A confirmation that meets no finding.
pub fn unused(finding: &str, by: &str) -> String {
    format!("\"{finding}\" was confirmed by {by}, but this plan has no such finding to confirm.")
}

/// The second check that found the same.
pub fn agrees(by: &str) -> String {
    format!("agrees: {by} entered the same figures")
}

/// The second check by who had entered the figures.
pub fn same_person(by: &str) -> String {
    format!("SAME PERSON: {by} entered the figures the first time. Another person must enter them.")
}

/// The second check that found something else.
pub fn differs(by: &str, what: &str) -> String {
    format!("DIFFERS in {what}: {by} entered another value. Find out which is right.")
}

/// What a second person enters, by its path.
pub fn checked_figure(path: &str) -> &'static str {
    match path {
        "birth_date" => "the date of birth",
        "sex" => "the sex",
        "weight_kg" => "the weight",
        "calcium" => "the calcium",
        "albumin" => "the albumin",
        "height_cm" => "the height",
        "course_dose_mg" => "the dose in use",
        "baseline_creatinine" => "the baseline creatinine",
        _ => "the creatinine",
    }
}

/// Whose regimen it is, and whether it is a draft.
pub fn origin(listed: Listed) -> &'static str {
    match (listed.origin, listed.is_draft()) {
        (Origin::Shipped, false) => "as shipped with the program",
        (Origin::Shipped, true) => "DRAFT: as shipped with the program, not endorsed by its owner",
        (Origin::Local, false) => "LOCAL: this hospital's own file, not the one shipped with the program",
        (Origin::Local, true) => "LOCAL, DRAFT: this hospital's own file, not endorsed by its owner",
    }
}

/// Whose regimen it is, in a word or two.
pub fn origin_in_short(listed: Listed) -> String {
    let draft = if listed.is_draft() { ", draft" } else { "" };
    format!("{}{draft}", listed.origin.as_str())
}

/// Limits of the hospital's own, with the normal range of calcium that the plan used.
pub fn own_limits(normal_calcium: Option<&str>) -> String {
    let used = normal_calcium.map_or_else(String::new, |normal| format!("; normal calcium {normal}"));
    format!("LOCAL: this hospital's own limits, not those shipped with the program{used}")
}

/// Who is responsible for a regimen.
pub fn owner(owner: &str, reviewed: NaiveDate, next: NaiveDate) -> String {
    format!("{owner}; reviewed {}, next review {}", date(reviewed), date(next))
}

/// Treatment that follows.
pub fn follow_on(text: &str, mass: Mass, from: NaiveDate) -> String {
    format!("{text} {mass} a day at this clearance, from {}.", date(from))
}

/// An input that can come from the settings of a ward.
pub fn input(input: FromWard) -> &'static str {
    match input {
        FromWard::OpenWeekdays => "open days",
        FromWard::ClosedDates => "closed days",
        FromWard::Product => "product",
    }
}

/// What of a request came from the settings of the ward: "From the ward settings: open days, closed days."
pub fn from_ward(ward: &WardInputs) -> String {
    let name = ward.name.as_ref().map_or_else(String::new, |name| format!(" of {name}"));
    format!("From the ward settings{name}: {}.", inputs(&ward.inputs))
}

/// Inputs from the settings of a ward, as they are listed.
pub(super) fn inputs(inputs: &[FromWard]) -> String {
    let named: Vec<&str> = inputs.iter().copied().map(input).collect();
    named.join(", ")
}

/// An identifier that a spreadsheet has shortened.
#[cfg(feature = "cli")]
pub fn damaged_identifier(identifier: &str) -> String {
    format!(
        "patient.id: \"{identifier}\" is a number as a spreadsheet shortens it, and that of another patient can be \
         shortened to the same; compare it with the record"
    )
}
