//! The schedule as visits: one row for each day on which something happens to the patient.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    dosing::Calendar,
    patient::{CalciumKind, Weekday},
    plan::{Before, Dosed, Entry, Event, Hold, Moved, Outcome, Plan},
    regimen::{CheckRule, Concern, Gravity, Subject},
    words::{summary, verdict, visits as words},
};

/// A day on which something happens to the patient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The number of its dose or supply, as the plan counts it; none on a day without one.
    pub number: Option<u16>,
    /// The day.
    pub date: NaiveDate,
    /// The dose, or what is handed out; none on a day without either.
    pub dose: Option<String>,
    /// What is checked, before the dose where there is one, in few words.
    pub checks: Vec<String>,
    /// The value at which the dose is held.
    pub hold_at: Option<String>,
    /// What else there is to say, in few words.
    pub notes: Vec<String>,
    /// Why it is not on the day it was planned for.
    pub moved: Option<VisitMoved>,
    /// Its entries, by their places in the schedule.
    pub entries: Vec<usize>,
}

/// A visit that is not on the day it was planned for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitMoved {
    /// The day it was planned for.
    pub planned: NaiveDate,
    /// Why it is not on that day.
    pub why: Moved,
    /// The same in words: "moved from Thu 24-Dec-2026, closed".
    pub text: String,
}

/// The visits of a plan, in order of date; none where the plan is stopped.
pub fn visits(plan: &Plan) -> Vec<Visit> {
    let Outcome::Dosed(dosed) = plan.outcome() else { return Vec::new() };
    let mut days: BTreeMap<NaiveDate, Vec<usize>> = BTreeMap::new();
    for (at, entry) in dosed.schedule.entries.iter().enumerate() {
        days.entry(entry.date).or_default().push(at);
    }
    let first = dosed.schedule.entries.iter().find_map(|entry| gives(&entry.event));
    let page = Page { plan, dosed, first };
    days.into_values().flat_map(|entries| page.day(&entries)).collect()
}

/// What is checked at a visit, with the value at which the dose is held.
pub fn checks_said(visit: &Visit) -> String {
    words::checks(&visit.checks, visit.hold_at.as_deref())
}

/// What is given at a visit, with its number; none on a day without a dose or a supply.
pub fn given_said(dosed: &Dosed, visit: &Visit) -> Option<String> {
    let given = visit.entries.iter().find_map(|at| gives(&dosed.schedule.entries.get(*at)?.event))?;
    Some(words::given(given, visit.dose.as_deref()?))
}

/// What a dose or a supply is, as checks name it.
fn gives(event: &Event) -> Option<Before> {
    match event {
        Event::Dose { number, .. } => Some(Before::Dose(*number)),
        Event::Supply { number, .. } => Some(Before::Supply(*number)),
        Event::Check { .. } | Event::Review { .. } => None,
    }
}

/// The schedule that visits are made from.
struct Page<'p> {
    plan: &'p Plan,
    dosed: &'p Dosed,
    /// The first dose or supply of the plan.
    first: Option<Before>,
}

impl<'p> Page<'p> {
    fn entry(&self, at: usize) -> &'p Entry {
        &self.dosed.schedule.entries[at]
    }

    /// The visits of one day: one, or one for each dose or supply where there are more.
    fn day(&self, entries: &[usize]) -> Vec<Visit> {
        let given: Vec<Before> = entries.iter().filter_map(|at| gives(&self.entry(*at).event)).collect();
        if given.len() < 2 {
            return vec![self.visit(entries.to_vec(), given.first().copied())];
        }
        // What goes with none of them goes with the first.
        let belongs = |at: usize| {
            let event = &self.entry(at).event;
            gives(event).or(event.before()).filter(|it| given.contains(it)).unwrap_or(given[0])
        };
        let of = |it: Before| entries.iter().copied().filter(|at| belongs(*at) == it).collect();
        given.iter().map(|it| self.visit(of(*it), Some(*it))).collect()
    }

    fn visit(&self, entries: Vec<usize>, given: Option<Before>) -> Visit {
        let of_day: Vec<&Entry> = entries.iter().map(|at| self.entry(*at)).collect();
        let date = of_day[0].date;
        let number = given.map(|it| match it {
            Before::Dose(number) | Before::Supply(number) => number,
        });
        let is_first = given.is_some() && given == self.first;
        let (moved, moved_too) = moved(&of_day);
        let mut notes = self.notes(&of_day, is_first);
        notes.extend(moved_too);
        if self.ends_with(date) && given.is_none() && !of_day.iter().any(|it| matches!(it.event, Event::Review { .. }))
        {
            notes.push(words::LAST_CHECK.to_owned());
        }
        Visit {
            number,
            date,
            dose: of_day.iter().find_map(|entry| self.dose(&entry.event)),
            checks: self.checks(&of_day, is_first),
            hold_at: self.hold_at(&of_day),
            notes,
            moved,
            entries,
        }
    }

    fn dose(&self, event: &Event) -> Option<String> {
        match event {
            Event::Dose { mass, .. } => Some(mass.to_string()),
            Event::Supply { units, days, .. } => Some(summary::supply(*units, self.dosed.dosing.product.form, *days)),
            Event::Check { .. } | Event::Review { .. } => None,
        }
    }

    fn checks(&self, of_day: &[&Entry], is_first: bool) -> Vec<String> {
        let planned = of_day.iter().filter_map(|entry| match &entry.event {
            Event::Check { what, verification, .. } => Some((*what, *verification)),
            Event::Dose { .. } | Event::Supply { .. } | Event::Review { .. } => None,
        });
        let planned: Vec<_> = planned.collect();
        let done = self.known().into_iter().filter(|what| is_first && !planned.iter().any(|(it, _)| it == what));
        done.map(words::done).chain(planned.iter().map(|(what, mark)| words::check(*what, *mark))).collect()
    }

    /// The values of the request that a check before each dose or supply would look at again.
    fn known(&self) -> Vec<Subject> {
        let labs = &self.plan.request().labs;
        let entered = |what: Subject| match what {
            Subject::Creatinine => labs.creatinine.is_some(),
            Subject::Calcium => labs.calcium.is_some(),
            _ => false,
        };
        let spares_the_first =
            |rule: &&CheckRule| rule.before_every_dose_unless_within.is_some() || rule.before_supplies.is_some();
        let rules = self.dosed.dosing.listed.regimen.checks.iter().filter(spares_the_first);
        let mut known: Vec<Subject> = rules.map(|rule| rule.what).filter(|what| entered(*what)).collect();
        known.dedup();
        known
    }

    /// The value at which what is given on this day is held: the creatinine of the course, or else a low calcium where
    /// nothing else is said of it.
    fn hold_at(&self, of_day: &[&Entry]) -> Option<String> {
        let before = |subject: Subject| {
            of_day.iter().any(|it| matches!(it.event, Event::Check { what, before: Some(_), .. } if what == subject))
        };
        match self.dosed.dosing.hold {
            Some(Hold::At(figures)) if before(Subject::Creatinine) => {
                return Some(verdict::or_above(figures.hold_at_least));
            }
            _ => {}
        }
        let depends = of_day.iter().any(|it| matches!(it.event, Event::Dose { only: Some(_), .. }));
        let low_stops = self.plan.listed().safety(Concern::CalciumLow).is_some_and(|it| it.severity == Gravity::Stop);
        // Hypercalcaemia is treated by its own limits.
        let of_course = self.plan.listed().regimen.calcium_limit.is_none() && low_stops && !depends;
        let normal = self.plan.calcium().normal.filter(|_| before(Subject::Calcium) && of_course);
        let entered = self.plan.request().labs.calcium.as_ref();
        let ionised = entered.is_some_and(|it| it.kind == Some(CalciumKind::Ionised));
        normal.map(|normal| words::calcium_below(normal, ionised))
    }

    fn notes(&self, of_day: &[&Entry], is_first: bool) -> Vec<String> {
        // Where a result must keep a range, that says what the text of its rule says at length.
        let kept = of_day.iter().any(|it| matches!(it.event, Event::Check { must_keep_band: Some(_), .. }));
        let mut notes: Vec<String> = Vec::new();
        let mut add = |note: Option<String>| notes.extend(note.filter(|it| !notes.contains(it)));
        for entry in of_day {
            match &entry.event {
                Event::Dose { only, .. } => {
                    add(only.and_then(|_| self.by_calcium_of(of_day)));
                    add(only.map(str::to_owned));
                }
                Event::Supply { text, .. } => add(text.map(str::to_owned)),
                Event::Check { what, before, must_keep_band, rule, .. } => {
                    let baseline = self.dosed.dosing.hold == Some(Hold::AfterNextCreatinine);
                    if *what == Subject::Creatinine && is_first && baseline {
                        add(Some(words::BECOMES_BASELINE.to_owned()));
                    }
                    add(must_keep_band.map(|band| words::must_keep(&band.to_string())));
                    let text = rule.text.as_ref().filter(|_| !kept || before.is_none());
                    add(text.map(|text| words::of_check(*what, text.as_str())));
                }
                Event::Review { .. } => {
                    let is_last = self.dosed.schedule.months.is_some() && self.is_last_review(entry);
                    add(Some(if is_last { words::LAST_REVIEW } else { words::REVIEW }.to_owned()));
                }
            }
        }
        notes
    }

    /// The calcium that a dose depends on, where none is taken on its day: the latest one before it.
    fn by_calcium_of(&self, of_day: &[&Entry]) -> Option<String> {
        let is_calcium =
            |entry: &Entry| matches!(entry.event, Event::Check { what: Subject::Calcium | Subject::Electrolytes, .. });
        if of_day.iter().any(|entry| is_calcium(entry)) {
            return None;
        }
        let day = of_day.first()?.date;
        let entries = self.dosed.schedule.entries.iter();
        let planned = entries.filter(|entry| entry.date < day && is_calcium(entry)).map(|entry| entry.date).max();
        let labs = &self.plan.request().labs;
        let entered = labs.calcium.as_ref().map(|_| labs.calcium_date.unwrap_or(labs.date));
        planned.or(entered).map(words::by_calcium_of)
    }

    fn is_last_review(&self, entry: &Entry) -> bool {
        let mut reviews = self.dosed.schedule.entries.iter().filter(|it| matches!(it.event, Event::Review { .. }));
        reviews.next_back().is_some_and(|last| last.date == entry.date)
    }

    /// Whether the plan ends with a check on this day.
    fn ends_with(&self, date: NaiveDate) -> bool {
        self.dosed.dosing.listed.regimen.emergency.is_some() && date == self.dosed.schedule.end_date
    }
}

/// Why the visit of a day is not on the day it was planned for, and what else was moved onto its day. A dose or a supply
/// speaks for the visit, else all of it together.
fn moved(of_day: &[&Entry]) -> (Option<VisitMoved>, Vec<String>) {
    let given = of_day.iter().position(|entry| gives(&entry.event).is_some());
    let alone = || of_day.iter().all(|entry| entry.moved_because.is_some()).then_some(0);
    let speaks = given.or_else(alone);
    let of = |entry: &Entry| {
        let (planned, why) = (entry.planned_date, entry.moved_because?);
        Some(VisitMoved { planned, why, text: words::moved(planned, why) })
    };
    let visit = speaks.and_then(|at| of(of_day[at]));
    let too = of_day.iter().enumerate().filter(|(at, _)| Some(*at) != speaks).filter_map(|(_, entry)| {
        let why = entry.moved_because?;
        let same = visit.as_ref().is_some_and(|it| (it.planned, it.why) == (entry.planned_date, why));
        let what = match &entry.event {
            Event::Check { what, .. } => words::check(*what, None),
            Event::Review { .. } => words::REVIEW.to_owned(),
            Event::Dose { .. } | Event::Supply { .. } => return None,
        };
        (!same).then(|| words::moved_too(&what, entry.planned_date, why))
    });
    let too = too.collect();
    (visit, too)
}

/// One sentence instead of a remark on each visit with a number, where every one of them is moved from the same
/// weekday because the clinic is closed.
pub fn moved_alike(visits: &[Visit]) -> Option<String> {
    let numbered: Vec<&Visit> = visits.iter().filter(|visit| visit.number.is_some()).collect();
    let [first, _, ..] = numbered.as_slice() else { return None };
    let of_first = first.moved.as_ref().filter(|it| it.why == Moved::ClinicClosed)?;
    let (from, to) = (Weekday::of(of_first.planned), Weekday::of(first.date));
    let alike = |visit: &&Visit| visit.moved.as_ref().is_some_and(|it| Weekday::of(it.planned) == from);
    if !numbered.iter().all(alike) {
        return None;
    }
    let gap_keeps_it = numbered.iter().any(|it| it.moved.as_ref().is_some_and(|it| it.why == Moved::MinimumGap));
    let others = numbered.iter().filter(|it| Weekday::of(it.date) != to);
    let others: Vec<(u16, NaiveDate)> = others.filter_map(|it| Some((it.number?, it.date))).collect();
    Some(words::moved_alike(of_first.planned, first.date, gap_keeps_it, &others))
}

/// How many visits make a sentence of their own, instead of a remark on each.
const TOGETHER: usize = 3;

/// Why visits are not on the days they were planned for, as far as it is said of several at once.
pub struct MovedTogether {
    /// The sentences.
    pub reasons: Vec<String>,
    /// What remains to be said of each of these visits, by their places: an empty text where it is said of every visit.
    pub marks: BTreeMap<usize, &'static str>,
}

/// Why several visits are not on the days they were planned for, so that it need not be said again of each.
pub fn moved_together(visits: &[Visit]) -> MovedTogether {
    let numbered = || visits.iter().enumerate().filter(|(_, visit)| visit.number.is_some());
    if let Some(alike) = moved_alike(visits) {
        return MovedTogether { reasons: vec![alike], marks: numbered().map(|(at, _)| (at, "")).collect() };
    }
    let mut groups: Vec<Shift> = Vec::new();
    for (at, visit) in visits.iter().enumerate() {
        let (Some(number), Some(moved)) = (visit.number, &visit.moved) else { continue };
        let (why, later) = (moved.why, (visit.date - moved.planned).num_days());
        match groups.iter_mut().find(|it| (it.why, it.later) == (why, later)) {
            Some(group) => group.visits.push((at, number)),
            None => groups.push(Shift { why, later, visits: vec![(at, number)] }),
        }
    }
    groups.retain(|group| group.later > 0 && group.visits.len() >= TOGETHER);
    let sentence = |group: &Shift| {
        let numbers: Vec<u16> = group.visits.iter().map(|(_, number)| *number).collect();
        words::moved_together(&numbers, group.later, group.why)
    };
    let is_every = |group: &Shift| group.visits.len() == numbered().count();
    let mark = if groups.iter().any(is_every) { "" } else { words::MOVED };
    MovedTogether {
        reasons: groups.iter().map(sentence).collect(),
        marks: groups.iter().flat_map(|group| &group.visits).map(|(at, _)| (*at, mark)).collect(),
    }
}

/// Visits that are as many days later than planned, for the same reason.
struct Shift {
    why: Moved,
    later: i64,
    /// Their places and their numbers.
    visits: Vec<(usize, u16)>,
}

/// A note that is said once of several visits.
pub struct SharedNote {
    /// The note, as each of them has it.
    pub text: String,
    /// The sentence, with the numbers of the visits.
    pub said: String,
}

/// The notes that several visits with a dose or a supply have alike.
pub fn shared_notes(visits: &[Visit]) -> Vec<SharedNote> {
    let mut by_text: Vec<(&str, Vec<u16>)> = Vec::new();
    for visit in visits {
        for (text, number) in visit.notes.iter().filter_map(|text| Some((text.as_str(), visit.number?))) {
            match by_text.iter_mut().find(|(it, _)| *it == text) {
                Some((_, numbers)) => numbers.push(number),
                None => by_text.push((text, vec![number])),
            }
        }
    }
    by_text.retain(|(text, numbers)| {
        let unnumbered = visits.iter().any(|visit| visit.number.is_none() && visit.notes.iter().any(|it| it == text));
        numbers.len() >= TOGETHER && !unnumbered
    });
    let shared =
        |(text, numbers): (&str, Vec<u16>)| SharedNote { text: text.to_owned(), said: words::shared(&numbers, text) };
    by_text.into_iter().map(shared).collect()
}

/// The first open day on or after the start date, where the clinic is closed on the weekday of that date and the first
/// dose or supply is moved because of it: the day on which the engine plans dose 1.
pub fn better_start(plan: &Plan) -> Option<NaiveDate> {
    let Outcome::Dosed(dosed) = plan.outcome() else { return None };
    let clinic = plan.request().clinic.as_ref()?;
    let start = plan.request().treatment.start_date;
    let weekday_is_closed = clinic.open_weekdays.as_ref().is_some_and(|open| !open.contains(&Weekday::of(start)));
    let first = dosed.schedule.entries.iter().find(|entry| gives(&entry.event).is_some())?;
    let is_moved = first.moved_because == Some(Moved::ClinicClosed) && first.planned_date == start;
    if !weekday_is_closed || !is_moved {
        return None;
    }
    let search = plan.library().limits().calendar.search.0;
    let calendar = Calendar::new(Some(clinic), search);
    let within = usize::try_from(search.count()).unwrap_or(0) + 1;
    start.iter_days().take(within).find(|day| calendar.is_open(*day))
}
