//! The page of a patient: what does not fit, the courses with their doses, and every entry.

use std::collections::BTreeSet;

use super::taken;
use crate::{
    present::lines::Page,
    regimen::Library,
    request::Clinic,
    ward::{
        by_mouth::{At, by_mouth, planned},
        checks,
        event::{Body, Counted, Event, Identity, What},
        flow::{self, SlotDate, Standing},
        fold::{self, Answer, CourseState, SlotState, Status},
        store::History,
    },
    words::{
        date,
        register::{self as said, command as words},
        spoken::{self, capital},
    },
};

/// What is next in a course, and when.
pub fn next(course: &CourseState, clinic: &Clinic) -> String {
    if !course.holds.is_empty() && course.ended.is_none() {
        let holds: Vec<String> = course.holds.iter().map(words::on_hold).collect();
        return holds.join(" ");
    }
    let unit = unit(course);
    let dates = flow::dates(course, &flow::calendar(course, clinic));
    match flow::next(&dates) {
        Some(SlotDate { dose, due: Some(due), standing: Standing::PastEnd, .. }) => words::past_end(unit, *dose, *due),
        Some(SlotDate { dose, due: Some(due), .. }) => words::next(unit, *dose, *due),
        Some(SlotDate { dose, standing: Standing::NoDate, .. }) => words::no_date(unit, *dose),
        Some(SlotDate { dose, .. }) => words::never_open(unit, *dose),
        None => words::nothing_open(course.status, course.ended),
    }
}

fn unit(course: &CourseState) -> &'static str {
    match course.plan.unit {
        Counted::Doses => "dose",
        Counted::Supplies => "supply",
    }
}

/// The page of a patient.
pub fn patient(history: &History, clinic: &Clinic, library: &'static Library) -> String {
    let events = history.events();
    let state = fold::state(&events);
    let mut page = Page::default();
    match &state.identity {
        Some(identity) => page.text(&who(identity)),
        None if state.erased && history.altered.is_empty() => page.text(words::ERASED),
        None => page.text(words::WHO_NOT_READABLE),
    }
    page.text(&words::seen(history.last_seq));
    if !state.faults.is_empty() || !history.altered.is_empty() {
        page.heading(words::FAULTS);
        if !history.altered.is_empty() {
            page.point(&words::altered(&history.altered));
        }
        for fault in &state.faults {
            page.point(&said::fault(fault));
        }
    }
    if state.courses.is_empty() && !state.erased {
        page.blank();
        page.text(words::NO_COURSE);
    }
    for it in state.courses.iter().rev() {
        course(it, doses_by_mouth(it, &events, library).as_ref(), clinic, &mut page);
    }
    page.heading(words::ENTRIES);
    for line in entry_lines(&events) {
        page.point(&line);
    }
    page.into_text()
}

/// Who a patient is, in a line.
fn who(identity: &Identity) -> String {
    let name = identity.name.as_ref().map(|name| format!("{name}, ")).unwrap_or_default();
    let born = words::born(identity.birth_date);
    format!("{}: {name}{born}, {}", identity.id, spoken::sex(identity.sex).to_lowercase())
}

/// What is taken by mouth now and by the plan, each with how often; none of doses that are given on the ward.
fn doses_by_mouth(course: &CourseState, events: &[Event], library: &'static Library) -> Option<(String, String)> {
    let now = taken(course.dose_mg, &by_mouth(course, events, At::Newest, library)?);
    Some((now, taken(course.plan.dose_mg, &planned(course, library))))
}

fn course(course: &CourseState, by_mouth: Option<&(String, String)>, clinic: &Clinic, page: &mut Page) {
    page.heading(&words::course(course, by_mouth.map(|(now, _)| now.as_str())));
    page.indented(&next(course, clinic));
    if let Some(stopped) = course.stopped.filter(|_| course.ended.is_none()) {
        page.indented(&said::engine_hold(stopped));
    }
    let checks = checks::open(course);
    if !checks.is_empty() {
        page.indented(&words::to_check(&checks));
    }
    page.indented(&words::given_so_far(course));
    let in_mg = || (words::milligrams(course.dose_mg), words::milligrams(course.plan.dose_mg));
    let (now, planned) = by_mouth.cloned().unwrap_or_else(in_mg);
    if !course.plan.rule.needs_baseline && now != planned {
        page.indented(&words::as_assessed(&now, &planned));
    }
    page.indented(&words::plan(course));
    if let Some(baseline) = &course.baseline {
        page.indented(&words::baseline(baseline.measured(), baseline.date));
    }
    let [dose, planned, became] = words::DOSES;
    page.dose(dose, planned, became);
    let dates = flow::dates(course, &flow::calendar(course, clinic));
    for slot in &course.slots {
        let date = dates.iter().find(|it| it.dose == slot.number);
        page.dose(&slot.number.to_string(), &spoken::day(slot.planned), &became_of(course, slot, date));
    }
    for dose in course.doses.iter().filter(|dose| dose.dose.is_none()) {
        page.indented(&words::unplanned(dose));
    }
}

fn became_of(course: &CourseState, slot: &SlotState, date: Option<&SlotDate>) -> String {
    let given = |number: u64| course.doses.iter().find(|dose| dose.number == number);
    let is_on_hold = course.status == Status::OnHold;
    let open = match (slot.answer, date) {
        (Some(Answer::Given { number, .. }), _) => return given(number).map(words::given).unwrap_or_default(),
        (Some(Answer::Omitted { number, on }), _) => return words::omitted(on, number),
        (None, Some(SlotDate { standing: Standing::Due, .. })) if is_on_hold => words::WAITS.to_owned(),
        (None, Some(SlotDate { due: Some(due), standing, .. })) => words::due(*due, said::standing(*standing)),
        (None, Some(SlotDate { standing, .. })) => said::standing(*standing).to_owned(),
        (None, None) => String::new(),
    };
    match &slot.deferred {
        Some((number, deferred)) => format!("{open}; {}", words::deferred(said::defer(deferred.reason), *number)),
        None => open,
    }
}

/// Every entry in a line, in order.
pub fn entry_lines(events: &[Event]) -> Vec<String> {
    let struck: BTreeSet<u64> = events.iter().filter_map(|event| event.what.strikes()).collect();
    events.iter().map(|event| entry(event, struck.contains(&event.number))).collect()
}

/// An entry in a line: number, day, what, by whom, and more about it.
fn entry(event: &Event, is_struck: bool) -> String {
    let mark = if is_struck { format!(" [{}]", words::STRUCK) } else { String::new() };
    let more = match &event.what {
        What::Body(body) => more(body),
        _ => None,
    };
    let more = more.map(|more| format!(": {more}")).unwrap_or_default();
    let what = capital(&said::what(&event.what));
    format!("{} {} {what}{mark}, {}{more}", said::number(event.number), date(event.on), event.by)
}

/// Why, and what was noted; of a dose and a supply everything.
fn more(body: &Body) -> Option<String> {
    let why = match body {
        Body::Given(it) => return Some(words::checked_by(&said::given_in_full(it), it.second.as_ref())),
        Body::Supplied(it) => return Some(words::checked_by(&said::supplied_in_full(it), it.second.as_ref())),
        Body::Assessed(it) => Some(said::verdict(it.verdict).to_owned()),
        Body::Deferred(it) => Some(said::defer(it.reason).to_owned()),
        Body::Omitted(it) => Some(said::omit(it.reason).to_owned()),
        Body::Held(it) => Some(said::hold(it.because).to_owned()),
        Body::Ended(it) => Some(said::end(it.because).to_owned()),
        Body::Struck(it) => Some(said::strike(it.reason).to_owned()),
        Body::IdentityCorrected(it) => Some(it.reason.to_string()),
        _ => None,
    };
    let note = body.note().map(ToString::to_string);
    let parts: Vec<String> = why.into_iter().chain(note).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}
