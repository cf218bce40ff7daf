//! The sentences of a forecast.

use chrono::NaiveDate;

use super::{
    date,
    spoken::{self, NOT_RECORDED, counted, day},
};
use crate::{
    patient::{Indication, Route},
    plan::PlanStatus,
    quantity::{Days, Mass},
};

/// An infusion of a plan that states no least time.
pub const NO_INFUSION_TIME: &str = "an infusion without its least time (needed: preparation.minimum_minutes)";
/// Doses that do not follow each other.
pub const DOSES_OUT_OF_ORDER: &str = "the doses are not in the order of their numbers, each on a later day";
/// A line of `batch --brief`.
pub const BRIEF: &str =
    "a line of batch --brief names no product; give the whole plans, which batch writes without --brief";
/// A request in the place of a plan.
pub const REQUEST: &str =
    "this is a request, and a forecast is made from plans; make its plan first, with plan or batch";
/// Nothing to make a forecast from.
pub const NO_PLAN: &str = "no plan was given";
/// A file without a plan.
pub const EMPTY_FILE: &str = "it is empty, and holds no plan";
/// What minutes are asked for.
pub const MINUTES: &str = "a whole number of minutes is needed, such as 240";
/// A plan that is larger than any.
pub const TOO_LARGE: &str = "a plan in it is larger than 16 MiB, and no plan is";
/// A window that ends before it begins.
pub fn no_days(from: NaiveDate, to: NaiveDate) -> String {
    format!("--to {to} is before --from {from} (needed: the same day or a later one)")
}

/// A day that cannot be read.
pub fn no_day(text: &str) -> String {
    format!("\"{text}\" is not a day of the years 1900 to 2199 as year-month-day, such as 2026-12-01")
}

/// A part of a plan that does not go with another.
pub fn odd(part: &str, why: &str) -> String {
    format!("{part}: {why}")
}

/// A plan that nothing stops, without a dose.
pub fn no_dose(status: PlanStatus) -> String {
    format!("a plan whose status is {} needs a dose and its dates", status.as_str())
}

/// A document that is neither a plan nor anything like it.
pub const NO_PLAN_AT_ALL: &str = "this is not a saved plan";

/// A schedule that says otherwise than its plan whether it may be followed.
pub fn other_status(status: PlanStatus) -> String {
    format!("provisional does not go with the status of the plan, which is {}", status.as_str())
}

/// What cannot be read, and how much more.
pub fn and_more(count: usize) -> String {
    format!("{} more not named here", spoken::counted(i64::try_from(count).unwrap_or(i64::MAX), "fault"))
}

/// That nothing was counted.
pub const NOTHING_COUNTED: &str =
    "nothing was counted: a forecast without some of the patients would look right and be wrong";

/// Where a plan stands.
pub fn place(file: &str, line: Option<u64>) -> String {
    let file = if file == "-" { "standard input" } else { file };
    line.map_or_else(|| file.to_owned(), |line| format!("{file} line {line}"))
}

/// The first line.
pub fn title(plans: u64, days: Option<(NaiveDate, NaiveDate)>) -> String {
    let plans = many(plans, "plan");
    days.map_or_else(
        || format!("Forecast from {plans}"),
        |(first, last)| format!("Forecast from {plans}: {} to {}", day(first), day(last)),
    )
}

/// How the figures are to be read.
pub const AS_SAVED: &str = "The plans are taken as they were saved; run recheck first if regimens have changed.";

/// Provisional plans.
pub fn provisional(plans: u64) -> String {
    let are = if plans == 1 { "plan is" } else { "plans are" };
    format!(
        "PROVISIONAL: {plans} {are} not to be followed yet. What is needed for them is in every figure, and stands once more in the column \"provisional\"."
    )
}

/// Stopped plans.
pub fn stopped(plans: u64) -> String {
    let are = if plans == 1 { "plan is stopped and needs" } else { "plans are stopped and need" };
    format!("STOPPED: {plans} {are} nothing.")
}

/// Patients without a plan.
pub fn errors(lines: u64) -> String {
    let say = if lines == 1 { "line says" } else { "lines say" };
    format!("MISSING: {lines} {say} that no plan could be made. These patients are not in the figures.")
}

/// Plans of nobody.
pub fn without_id(plans: u64) -> String {
    let have = if plans == 1 { "plan has" } else { "plans have" };
    format!("NO IDENTIFIER: {plans} {have} no patient identifier. Two of them for one patient would not be noticed.")
}

/// Doses that are given only if a check says so.
pub fn conditional(doses: u64) -> String {
    let (depend, are) = if doses == 1 { ("dose depends", "It is") } else { ("doses depend", "They are") };
    format!("ON CONDITION: {doses} {depend} on a check before. {are} in every figure.")
}

/// Two plans of one patient.
pub fn twice(patient: &str, drug: &str, one: &str, other: &str) -> String {
    format!(
        "TWICE: patient {patient} has two plans for {drug} on the same days, in {one} and in {other}. Both are counted; leave out the one that no longer holds."
    )
}

/// What the bars mean.
pub fn bars(firm: char, provisional: char) -> String {
    format!("Bars: {firm} of plans that are ready, {provisional} of provisional plans.")
}

/// The heading of the containers.
pub const CONTAINERS: &str = "Containers to open, by product and week";
/// What is said of them.
pub const CONTAINERS_MEAN: &str = "Vials, ampoules, bags and syringes that are opened, by the dose of each patient: nothing is shared between patients. How many are in a pack is not known here. Weeks begin on Monday and hold only days of this forecast; a week without any is left out.";
/// The heading of tablets and capsules.
pub const UNITS: &str = "Tablets and capsules to hand out, by product and week";
/// What is said of them.
pub const UNITS_MEAN: &str = "Single tablets or capsules. How many are in a pack is not known here.";
/// The heading of the chairs.
pub const CHAIRS: &str = "Chair minutes, by clinic day";
/// The heading of the drugs.
pub const DOSES: &str = "Doses, by drug";
/// The heading of the crowded days.
pub const CROWDED: &str = "Days above the capacity";
/// Where there is nothing to show.
pub const NONE: &str = "none";

/// What the minutes of a day are.
pub fn chairs_mean(injection: u16, turnover: u16) -> String {
    let turnover = if turnover == 0 {
        "no time between two infusions".to_owned()
    } else {
        format!("{} for each infusion besides", minutes(turnover.into()))
    };
    let injection = if injection == 0 {
        "no time for injections, which are only counted".to_owned()
    } else {
        format!("{} for each injection", minutes(injection.into()))
    };
    format!("The least infusion times of the plans; real ones are longer. Counted are {turnover}, and {injection}.")
}

/// What a capacity marks.
pub fn capacity_means(capacity: u32) -> String {
    format!("ABOVE: more than {}, provisional plans counted.", minutes(capacity.into()))
}

/// What the moves of a day mean.
pub const MOVES_MEAN: &str = "Each dose is judged alone, and nothing is moved. Named is the nearest day before and after on which the clinic of the patient is open and has room, which keeps the days between doses, and which a plan would reach without a long move. Who moves a dose makes the plan anew, which moves its check and may move the doses after it, and then this forecast.";

/// A crowded day.
pub fn crowded(date: NaiveDate, taken: u64, capacity: u32) -> String {
    let above = taken.saturating_sub(capacity.into());
    format!("{}: {}, {} above the capacity", day(date), minutes(taken), minutes(above))
}

/// A dose on a crowded day, with what can be done about it.
pub fn crowded_dose(patient: Option<&str>, place: &str, drug: &str, number: u16, length: u32, verdict: &str) -> String {
    let patient = patient.map_or_else(|| format!("{NOT_RECORDED}, in {place}"), str::to_owned);
    format!("patient {patient}: {drug}, dose {number}, {}: {verdict}", minutes(length.into()))
}

/// The days to which a dose could be moved.
pub fn could_move(earlier: Option<NaiveDate>, later: Option<NaiveDate>, gap: Days) -> String {
    let days: Vec<String> = [earlier, later].into_iter().flatten().map(day).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    format!("could move to {} (at least {gap} between doses kept)", super::one_of(&days))
}

/// An emergency.
pub const EMERGENCY: &str = "stays: treatment of an emergency does not wait";
/// Doses on consecutive days, or a single one.
pub const NO_INTERVAL: &str = "stays: the regimen has no interval";
/// Loading doses.
pub const LOADING_DOSE: &str = "stays: the loading doses have fixed days";
/// A regimen that is not at hand.
pub const NOT_IN_LIBRARY: &str =
    "cannot be judged: the regimen is not in the library at hand, which would say how many days must lie between doses";
/// No day that fits.
pub const NO_DAY: &str = "stays: no day near it is open, has room and keeps the days between doses";

/// The name of a week.
pub fn week(monday: NaiveDate) -> String {
    format!("week of {}", date(monday))
}

/// A product with the container that is opened.
pub fn product(product: &str, container: Option<&str>) -> String {
    container.map_or_else(|| product.to_owned(), |container| format!("{product}: {container}"))
}

/// A treatment, with all that tells it from others.
pub fn treatment(dose: Mass, route: Route, frequency: &str, product: &str, indication: Indication) -> String {
    let dose = if route == Route::Oral { format!("{dose} a day") } else { dose.to_string() };
    let (route, indication) = (spoken::route(route), spoken::indication(indication));
    format!("{product}; {dose}, {route}, {frequency}; {indication}")
}

/// What is given of a treatment.
pub fn given(plans: u64, doses: u64, supplies: u64) -> String {
    let mut parts = Vec::new();
    if doses > 0 {
        parts.push(many(doses, "dose"));
    }
    match supplies {
        0 => {}
        1 => parts.push("1 supply".to_owned()),
        n => parts.push(format!("{n} supplies")),
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    format!("{} by {}", spoken::all_of(&parts), many(plans, "plan"))
}

fn minutes(count: u64) -> String {
    many(count, "minute")
}

fn many(count: u64, word: &str) -> String {
    counted(i64::try_from(count).unwrap_or(i64::MAX), word)
}
