//! The sentences of a forecast.

use chrono::NaiveDate;

use super::{
    date,
    spoken::{self, NOT_RECORDED, counted, day},
};
use crate::{
    identity::Differs,
    patient::{Indication, Route},
    plan::PlanStatus,
    quantity::{Days, Mass},
};

/// An infusion without its minimum time.
pub const NO_INFUSION_TIME: &str = "an infusion without its minimum time (needed: preparation.minimum_minutes)";
/// Doses out of order.
pub const DOSES_OUT_OF_ORDER: &str = "the doses must be in the order of their numbers, each on a later day";
/// A line of `batch --brief`.
pub const BRIEF: &str =
    "a line of batch --brief does not name the product; use whole plans, from batch without --brief";
/// A request instead of a plan.
pub const REQUEST: &str =
    "this is a request, but a forecast is made from plans; make its plan first, with plan or batch";
/// Nothing to make a forecast from.
pub const NO_PLAN: &str = "no plan was given";
/// A file without a plan.
pub const EMPTY_FILE: &str = "it is empty";
/// What a number of minutes looks like.
pub const MINUTES: &str = "a whole number of minutes is needed, such as 240";
/// A period that ends before it begins.
pub fn no_days(from: NaiveDate, to: NaiveDate) -> String {
    format!("--to {to} is before --from {from} (needed: the same day or a later one)")
}

/// A day that cannot be read.
pub fn no_day(text: &str) -> String {
    format!("\"{text}\" is not a date between {} such as 2026-12-01", super::years())
}

/// A part of a plan that does not go with another.
pub fn contradiction(part: &str, why: &str) -> String {
    format!("{part}: {why}")
}

/// A plan that nothing stops, without a dose.
pub fn no_dose(status: PlanStatus) -> String {
    format!("a plan whose status is {} needs a dose and its dates", status.as_str())
}

/// A schedule that contradicts the status of its plan.
pub fn other_status(status: PlanStatus) -> String {
    format!("provisional contradicts the status of the plan, which is {}", status.as_str())
}

/// How many more faults there are.
pub fn and_more(count: usize) -> String {
    format!("{} not listed", counted_of(count, "more fault"))
}

/// That nothing was counted.
pub const NOTHING_COUNTED: &str =
    "nothing was counted: a forecast without some of the patients would look right and be wrong";

/// The place of a plan: its file and line.
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

/// The first line of the forecast of a register.
pub fn title_of_register(ward: &str, courses: u64, days: Option<(NaiveDate, NaiveDate)>) -> String {
    let counted = many(courses, "course");
    let days = days.map_or_else(String::new, |(first, last)| format!(": {} to {}", day(first), day(last)));
    format!("Forecast from the register of {ward}, {counted}{days}")
}

/// Which register was read, in a table.
pub fn register(ward: &str, anchor: &str) -> String {
    format!("register of {ward}, anchor {anchor}")
}

/// How to read the figures of a register.
pub const AS_DUE: &str = "Open doses are counted on the days on which they are due, with the dose of their plans. If regimens have changed, run recheck --register first.";
/// How to read the figures.
pub const AS_SAVED: &str = "Plans are counted as saved. If regimens have changed, run recheck first.";

/// Provisional plans.
pub fn provisional(plans: u64) -> String {
    let plan = if plans == 1 { "plan" } else { "plans" };
    format!(
        "PROVISIONAL: {plans} {plan} must not be followed yet. Their needs are included in every figure, and shown separately in the column \"provisional\"."
    )
}

/// Stopped plans.
pub fn stopped(plans: u64) -> String {
    let are = if plans == 1 { "plan is stopped and needs" } else { "plans are stopped and need" };
    format!("STOPPED: {plans} {are} nothing.")
}

/// Patients without a plan.
pub fn errors(lines: u64) -> String {
    let requests = many(lines, "request");
    format!("MISSING: no plan could be made for {requests}. These patients are not in the figures.")
}

/// Plans without a patient identifier.
pub fn without_id(plans: u64) -> String {
    let have = if plans == 1 { "plan has" } else { "plans have" };
    format!("NO IDENTIFIER: {plans} {have} no patient identifier. Two plans for one patient would not be noticed.")
}

/// Doses that depend on a check.
pub fn conditional(doses: u64) -> String {
    let (depend, are) = if doses == 1 { ("dose depends", "It is") } else { ("doses depend", "They are") };
    format!("CONDITIONAL: {doses} {depend} on the result of a check. {are} included in every figure.")
}

/// Two plans of one patient.
pub fn twice(patient: &str, drug: &str, one: &str, other: &str) -> String {
    format!(
        "TWICE: patient {patient} has two plans for {drug} on the same days, in {one} and in {other}. Both are counted; leave out the one that no longer applies."
    )
}

/// One identifier for two patients.
pub fn one_identifier(patient: &str, differs: Differs, earlier: &str, this: &str) -> String {
    let two = match differs {
        Differs::BirthDate(there, here) => {
            format!("two dates of birth, {} in {earlier} and {} in {this}", date(there), date(here))
        }
        Differs::Name => format!("two names, in {earlier} and in {this}"),
    };
    format!("TWO PATIENTS: identifier {patient} has {two}. Both plans are counted; find out whose each is.")
}

/// The most places of altered plans that are named.
const MOST_NAMED: usize = 10;

/// Plans that were altered since they were saved.
pub fn altered(places: &[String], counted: bool) -> String {
    let (named, more) = places.split_at(places.len().min(MOST_NAMED));
    let more = (!more.is_empty()).then(|| format!("{} more", more.len()));
    let named: Vec<&str> = named.iter().map(String::as_str).chain(more.as_deref()).collect();
    let (were, they) = if places.len() == 1 { ("was", "it") } else { ("were", "they") };
    let plans = counted_of(places.len(), "plan");
    let what_to_do = if counted {
        "Included in every figure, since --altered was given."
    } else {
        "Not included in any figure. To see what was altered, run recheck; to include them all the same, add --altered."
    };
    format!("ALTERED: {plans} {were} altered since {they} {were} saved: {}. {what_to_do}", spoken::all_of(&named))
}

/// No plan is left to count.
pub fn all_altered(plans: usize) -> String {
    let plans = counted_of(plans, "plan");
    format!(
        "nothing was counted: {plans} given, and none that is as it was saved; run recheck to see what was altered, or \
         add --altered to count them"
    )
}

/// A course on hold.
pub const ON_HOLD: &str = "the course is on hold";
/// A dose without a date.
pub const NO_DATE: &str = "deferred without a date";
/// A dose that is late.
pub const BEFORE_FROM: &str = "due before the first day counted, and not recorded yet";
/// A clinic that is never open.
pub const NEVER_OPEN: &str = "no open day was found";
/// A plan that cannot be read.
pub const PLAN_NOT_READ: &str = "the saved plan cannot be read";

/// Doses of a register that are in no figure.
pub fn apart(patient: &str, drug: &str, open: &str, because: &str, needs: &[String]) -> String {
    let needs = if needs.is_empty() { String::new() } else { format!(" They need {}.", spoken::all_of(needs)) };
    format!("NOT COUNTED: patient {patient}, {drug}, {open}: {because}.{needs}")
}

/// How many doses and supplies are open: "3 doses".
pub fn open(doses: u64, supplies: u64) -> String {
    match supplies {
        0 if doses == 0 => "all doses".to_owned(),
        0 => many(doses, "dose"),
        1 => "1 supply".to_owned(),
        n => format!("{n} supplies"),
    }
}

/// So many of a product: "3 × zoledronic acid concentrate: vial".
pub fn need(all: u64, product: &str, container: Option<&str>) -> String {
    format!("{all} × {}", self::product(product, container))
}

/// Where a course of a register is.
pub fn course(register: &str, patient: &str, course: u32) -> String {
    format!("{register}, patient {patient}, course {course}")
}

/// The key to the bars.
pub fn bars(firm: char, provisional: char) -> String {
    format!("Bars: {firm} ready plans, {provisional} provisional plans.")
}

/// The heading of the containers.
pub const CONTAINERS: &str = "Containers to open, by product and week";
/// Their explanation.
pub const CONTAINERS_MEAN: &str = "Vials, ampoules, bags and syringes to open, counted for each dose: nothing is shared between patients. Pack sizes are not known. Weeks begin on Monday and include only days of this forecast; weeks with none are left out.";
/// The heading of tablets and capsules.
pub const UNITS: &str = "Tablets and capsules to supply, by product and week";
/// Their explanation.
pub const UNITS_MEAN: &str = "Single tablets or capsules. Pack sizes are not known.";
/// The heading of the chairs.
pub const CHAIRS: &str = "Chair minutes, by clinic day";
/// The heading of the drugs.
pub const DOSES: &str = "Doses, by drug";
/// The heading of the crowded days.
pub const CROWDED: &str = "Days above capacity";
/// Shown if there is nothing to list.
pub const NONE: &str = "none";

/// What the minutes of a day are.
pub fn chairs_mean(injection: u16, turnover: u16) -> String {
    let each =
        |count: u16| if count == 0 { "not counted".to_owned() } else { format!("{} each", minutes(count.into())) };
    format!(
        "Minimum infusion times; real times are longer. Turnover between infusions: {}. Injections: {}.",
        each(turnover),
        each(injection)
    )
}

/// The meaning of the mark on a day above capacity.
pub fn capacity_means(capacity: u32) -> String {
    format!("ABOVE: more than {}, provisional plans included.", minutes(capacity.into()))
}

/// How to read the possible moves.
pub const MOVES_MEAN: &str = "Each dose is judged alone, and nothing is moved. The days shown are the nearest before and after on which the patient's clinic is open, there is room, the minimum gap is kept, and the move is not a long one. To move a dose, make its plan again, which also moves its check and may move later doses; then make this forecast again.";

/// A crowded day.
pub fn crowded(date: NaiveDate, taken: u64, capacity: u32) -> String {
    let above = taken.saturating_sub(capacity.into());
    format!("{}: {}, {} above capacity", day(date), minutes(taken), minutes(above))
}

/// The patient of a dose: by the identifier, or by the place of the plan where no identifier is recorded.
pub fn patient_or_place(patient: Option<&str>, place: &str) -> String {
    patient.map_or_else(|| format!("{NOT_RECORDED}, in {place}"), str::to_owned)
}

/// A dose on a crowded day, with what can be done about it.
pub fn crowded_dose(patient: &str, drug: &str, number: u16, length: u32, verdict: &str) -> String {
    format!("patient {patient}: {drug}, dose {number}, {}: {verdict}", minutes(length.into()))
}

/// The days to which a dose could move.
pub fn could_move(earlier: Option<NaiveDate>, later: Option<NaiveDate>, gap: Days) -> String {
    let days: Vec<String> = [earlier, later].into_iter().flatten().map(day).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    format!("could move to {} (keeps at least {gap} between doses)", super::one_of(&days))
}

/// An emergency.
pub const EMERGENCY: &str = "stays: emergency treatment does not wait";
/// Doses on consecutive days, or a single one.
pub const NO_INTERVAL: &str = "stays: the regimen has no interval";
/// Loading doses.
pub const LOADING_DOSE: &str = "stays: loading doses have fixed days";
/// A regimen that is not in the library.
pub const NOT_IN_LIBRARY: &str = "cannot be judged: the regimen, and so its minimum gap, is not in the library in use";
/// No suitable day.
pub const NO_DAY: &str = "stays: no nearby day is open, has room and keeps the minimum gap";

/// The name of a week.
pub fn week(monday: NaiveDate) -> String {
    format!("week of {}", date(monday))
}

/// A product with the container that is opened.
pub fn product(product: &str, container: Option<&str>) -> String {
    container.map_or_else(|| product.to_owned(), |container| format!("{product}: {container}"))
}

/// A treatment, with all that distinguishes it from others.
pub fn treatment(dose: Mass, route: Route, frequency: &str, product: &str, indication: Indication) -> String {
    let dose = if route == Route::Oral { format!("{dose} a day") } else { dose.to_string() };
    let (route, indication) = (spoken::route(route), spoken::indication(indication));
    format!("{product}; {dose}, {route}, {frequency}; {indication}")
}

/// How much of a treatment is given.
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
    format!("{} in {}", spoken::all_of(&parts), many(plans, "plan"))
}

fn counted_of(count: usize, word: &str) -> String {
    counted(i64::try_from(count).unwrap_or(i64::MAX), word)
}

fn minutes(count: u64) -> String {
    many(count, "minute")
}

fn many(count: u64, word: &str) -> String {
    counted(i64::try_from(count).unwrap_or(i64::MAX), word)
}
