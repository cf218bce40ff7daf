//! What is recorded of a visit: given, deferred, left out, held, resumed, ended, struck, noted. An act is a small form; what it
//! would record is tried on the register's own rules before it can be done.

use std::{borrow::Cow, collections::BTreeMap, rc::Rc};

use chrono::NaiveDate;

use super::{Chart, Questions, words as said};
use crate::{
    form::{
        Choice, Kind, NotRead, Reading, Reference, WithoutYear, choice, letter_one_of, read_date, read_decimal,
        read_text,
    },
    json::{Text, Written},
    patient::Route,
    quantity::Decimal,
    regimen::Code,
    ward::{
        LEAST_LETTERS, brand,
        by_mouth::{At, other_supply},
        drafted,
        event::{
            AnotherReason, Assessed, Body, Container, DeferReason, Deferred, Draft, EndReason, Ended, Event, Expiry,
            Given, Held, HoldReason, IncompleteReason, Noted, OmitReason, Omitted, Place, Resumed, Second,
            StrikeReason, Struck, Supplied, Then, TimeOfDay, Verdict, What,
        },
        flow,
        fold::{self, CourseState, Refused},
        label,
    },
    words,
};

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A dose was given.
    Give,
    /// Tablets or capsules were handed out.
    Supply,
    /// A dose is given on another day.
    Defer,
    /// A dose is left out.
    Omit,
    /// The course is put on hold.
    Hold,
    /// The course goes on.
    Resume,
    /// The course is ended.
    End,
    /// An entry is struck.
    Strike(u64),
    /// Something is noted.
    Note,
    /// A finding is confirmed, for this visit.
    Confirm(Code),
    /// The verdict of today is recorded.
    Save,
}

/// A part of what is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The day on which it happened.
    On,
    /// The brand.
    Brand,
    /// The batch, or the code of a container as a scanner types it.
    Batch,
    /// When the batch expires.
    Expires,
    /// Why brand or batch is not known.
    NoBatch,
    /// When it began.
    At,
    /// When it ended.
    Until,
    /// Whether all of it was given.
    Amount,
    /// What was given, in mg.
    Milligrams,
    /// Why not all of it.
    Incomplete,
    /// Where on the body.
    Site,
    /// How many tablets or capsules.
    Units,
    /// For how many days.
    Days,
    /// The new day.
    To,
    /// What becomes of the doses after it.
    Then,
    /// Why.
    Reason,
    /// The day on which it is looked at again.
    LookAgain,
    /// The hold that is lifted, where there are several.
    Hold,
    /// Why it is done although the engine has not said go.
    WithoutGo,
    /// Who prescribed it all the same, or decided it.
    Prescriber,
    /// More about it.
    Note,
    /// Who confirms.
    ConfirmedBy,
    /// Why treatment is right all the same.
    ConfirmedBecause,
    /// Who records it.
    By,
    /// Who checked it.
    Second,
}

impl Part {
    const ALL: [Self; 24] = [
        Self::On,
        Self::Brand,
        Self::Batch,
        Self::Expires,
        Self::NoBatch,
        Self::At,
        Self::Until,
        Self::Amount,
        Self::Milligrams,
        Self::Incomplete,
        Self::Site,
        Self::Units,
        Self::Days,
        Self::To,
        Self::Then,
        Self::Reason,
        Self::LookAgain,
        Self::Hold,
        Self::WithoutGo,
        Self::Prescriber,
        Self::Note,
        Self::ConfirmedBy,
        Self::ConfirmedBecause,
        Self::By,
    ];

    /// The word under which a draft keeps it.
    pub fn key(self) -> String {
        format!("{self:?}")
    }

    /// The part of a word.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Second]).find(|it| it.key() == key)
    }
}

/// The answer that all of a dose was given.
const ALL: &str = "all";
/// The answer that a part of a dose was given.
const IN_PART: &str = "in-part";
/// The answer that no new day is known.
const NO_DAY: &str = "-";

/// An act as it is filled in.
#[derive(Clone, Debug)]
pub struct Act {
    deed: Deed,
    chart: Rc<Chart>,
    course: u32,
    /// The assessment of today that is recorded with it.
    assessed: Option<Assessed>,
    answers: BTreeMap<Part, String>,
    /// Who records it, where that is known.
    by: Option<Text>,
}

impl Act {
    /// An act on the course of a patient, with the assessment of today that is not recorded yet.
    pub fn new(deed: Deed, chart: Rc<Chart>, course: u32, assessed: Option<Assessed>, by: Option<Text>) -> Self {
        let mut act = Self { deed, chart, course, assessed, answers: BTreeMap::new(), by };
        if let Some(brand) = act.brand_before().filter(|_| matches!(deed, Deed::Give | Deed::Supply)) {
            act.answers.insert(Part::Brand, brand);
        }
        act
    }

    /// What is done.
    pub fn deed(&self) -> Deed {
        self.deed
    }

    /// The patient.
    pub fn chart(&self) -> &Rc<Chart> {
        &self.chart
    }

    /// The same act on entries that were read again. What was typed is kept.
    pub fn renew(&mut self, chart: Rc<Chart>, assessed: Option<Assessed>) {
        self.chart = chart;
        self.assessed = assessed;
    }

    /// Asks again who records it.
    pub fn forget_by(&mut self) {
        self.by = None;
    }

    /// The course.
    ///
    /// # Panics
    /// Never: an act is on a course of its chart.
    pub fn course(&self) -> &CourseState {
        self.chart.state.course(self.course).expect("an act is on a course of its chart")
    }

    /// What is entered, by the keys of its parts.
    pub fn answers(&self) -> &BTreeMap<Part, String> {
        &self.answers
    }

    /// Takes up what was entered before.
    pub fn take_up(&mut self, answers: BTreeMap<Part, String>) {
        self.answers.extend(answers);
    }

    /// The parts that are asked now.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = match self.deed {
            Deed::Give => {
                let mut parts = vec![Part::Brand, Part::Batch, Part::Expires];
                if self.lacks_batch() {
                    parts.push(Part::NoBatch);
                }
                parts.extend([Part::At, Part::Until, Part::Amount]);
                if self.text_of(Part::Amount) == IN_PART {
                    parts.extend([Part::Milligrams, Part::Incomplete]);
                }
                if self.course().plan.route == Route::Subcutaneous {
                    parts.push(Part::Site);
                }
                parts.push(Part::On);
                parts
            }
            Deed::Supply => {
                let mut parts = vec![Part::Units, Part::Days, Part::Brand, Part::Batch, Part::Expires];
                if self.lacks_batch() {
                    parts.push(Part::NoBatch);
                }
                parts.push(Part::On);
                parts
            }
            Deed::Defer => {
                let mut parts = vec![Part::To, Part::Reason];
                if self.may_choose_then() {
                    parts.insert(1, Part::Then);
                }
                parts
            }
            Deed::Omit | Deed::End | Deed::Strike(_) => vec![Part::Reason],
            Deed::Hold => vec![Part::Reason, Part::LookAgain],
            Deed::Resume if self.course().holds.len() > 1 => vec![Part::Hold, Part::Prescriber],
            Deed::Resume => vec![Part::Prescriber],
            Deed::Note => vec![Part::Note],
            Deed::Confirm(_) => vec![Part::ConfirmedBy, Part::ConfirmedBecause],
            Deed::Save => Vec::new(),
        };
        let needs_reason = match self.deed {
            Deed::Give | Deed::Supply => !self.has_go(),
            Deed::Resume => self.needs_reason_to_resume(),
            _ => false,
        };
        if needs_reason {
            parts.push(Part::WithoutGo);
            if self.deed != Deed::Resume {
                parts.push(Part::Prescriber);
            }
        }
        if !matches!(self.deed, Deed::Note | Deed::Confirm(_) | Deed::Save) {
            parts.push(Part::Note);
        }
        if !matches!(self.deed, Deed::Confirm(_)) && self.by.is_none() {
            parts.push(Part::By);
        }
        if matches!(self.deed, Deed::Give | Deed::Supply) {
            parts.push(Part::Second);
        }
        parts
    }

    /// Whether a batch belongs in the record, and none is entered.
    fn lacks_batch(&self) -> bool {
        self.course().plan.rule.needs_batch && !self.is_filled(Part::Batch)
    }

    fn text_of(&self, part: Part) -> &str {
        self.answers.get(&part).map_or("", String::as_str)
    }

    fn is_filled(&self, part: Part) -> bool {
        !self.text_of(part).trim().is_empty()
    }

    fn part(&self, at: usize) -> Part {
        self.parts().get(at).copied().unwrap_or(Part::Note)
    }

    /// The day on which it happened.
    pub fn on(&self) -> NaiveDate {
        self.date(Part::On).unwrap_or(self.chart.today)
    }

    /// The dose that it is about.
    pub fn dose(&self) -> Option<u16> {
        let course = self.course();
        match self.deed {
            Deed::Give | Deed::Supply => {
                let assessed = self.assessed.as_ref().filter(|_| self.on() == self.chart.today);
                assessed.and_then(|it| it.dose).or_else(|| drafted::dose(&self.chart.events, course, self.on()))
            }
            _ => course.next_slot().map(|slot| slot.number),
        }
    }

    /// What is given of it, in mg, where nothing else is said.
    pub fn dose_mg(&self) -> Decimal {
        let assessed = self.assessed.as_ref().filter(|_| self.on() == self.chart.today);
        let of_today = assessed.and_then(|it| it.dose_mg);
        of_today.unwrap_or_else(|| drafted::dose_mg(&self.chart.events, self.course(), self.on(), self.dose()))
    }

    /// What is recorded as given, in mg.
    pub fn given_mg(&self) -> Decimal {
        let part = read_decimal(self.text_of(Part::Milligrams)).ok();
        part.filter(|_| self.text_of(Part::Amount) == IN_PART).unwrap_or_else(|| self.dose_mg())
    }

    /// The verdict that stands behind it on its day.
    fn verdict(&self) -> Option<Verdict> {
        let today = self.assessed.as_ref().filter(|_| self.on() == self.chart.today).map(|it| it.verdict);
        today
            .or_else(|| fold::standing_assessment(&self.chart.events, self.course, self.on()).map(|(_, it)| it.verdict))
    }

    fn has_go(&self) -> bool {
        self.verdict() == Some(Verdict::Go)
    }

    /// Whether a hold for the creatinine is lifted, and the engine has not said today that the dose is possible.
    fn needs_reason_to_resume(&self) -> bool {
        let is_judged = self.holds().iter().any(|number| {
            let hold = self.course().holds.iter().find(|hold| hold.number == *number);
            hold.is_some_and(|hold| hold.because == HoldReason::CreatinineRisen)
        });
        let is_told = self.course().untold_holds().is_empty();
        is_judged && (!is_told || !matches!(self.verdict(), Some(Verdict::Go | Verdict::Confirm)))
    }

    /// The holds that are lifted: the one that is open, or the one that is chosen.
    fn holds(&self) -> Vec<u64> {
        let holds = &self.course().holds;
        match holds.len() {
            0 | 1 => holds.iter().map(|hold| hold.number).collect(),
            _ => self.text_of(Part::Hold).parse().into_iter().collect(),
        }
    }

    fn may_choose_then(&self) -> bool {
        self.date(Part::To).is_some() && self.preview().is_some_and(|it| it.keep != it.moved)
    }

    /// What it would do to the dates after it, where another day is chosen.
    pub fn preview(&self) -> Option<flow::Deferral> {
        let (to, dose) = (self.date(Part::To)?, self.dose()?);
        Some(flow::deferral(self.course(), dose, to, &flow::calendar(self.course(), &self.chart.clinic)))
    }

    /// What becomes of the doses after it.
    pub fn then(&self) -> Then {
        let offered = self.preview().map_or(Then::MoveDates, |it| it.first_offered);
        Then::from_word(self.text_of(Part::Then)).unwrap_or(offered)
    }

    /// The new day; none where it is not known.
    pub fn to(&self) -> Option<NaiveDate> {
        self.date(Part::To)
    }

    fn date(&self, part: Part) -> Option<NaiveDate> {
        self.read_day(part).ok()
    }

    fn read_day(&self, part: Part) -> Result<NaiveDate, NotRead> {
        let without_year = if part == Part::On { WithoutYear::Past } else { WithoutYear::ToCome };
        let reference = Reference { today: self.chart.today, without_year, start: Some(self.chart.today) };
        read_date(self.text_of(part), &reference)
    }

    fn time(&self, part: Part) -> Option<Written<TimeOfDay>> {
        read_time(self.text_of(part)).map(Written)
    }

    fn words(&self, part: Part) -> Option<Text> {
        read_text(self.text_of(part).trim()).ok()
    }

    fn name(&self, part: Part) -> Option<Text> {
        self.words(part).filter(|name| letters(name) >= LEAST_LETTERS)
    }

    /// Who records it.
    pub fn by(&self) -> Option<Text> {
        self.by.clone().or_else(|| self.name(Part::By))
    }

    fn whole<T: std::str::FromStr>(&self, part: Part) -> Option<T> {
        self.text_of(part).trim().parse().ok()
    }

    /// The brand of the doses of this course that were given last.
    fn brand_before(&self) -> Option<String> {
        let of = |(event, body): (&Event, &Body)| {
            let drug = body.drug().filter(|_| event.course == Some(self.course))?;
            drug.containers.first()?.brand.as_ref().map(ToString::to_string)
        };
        self.chart.standing().rev().find_map(of)
    }

    fn containers(&self) -> Vec<Container> {
        let (brand, batch) = (self.words(Part::Brand), self.words(Part::Batch));
        if brand.is_none() && batch.is_none() {
            return Vec::new();
        }
        let expires = read_expiry(self.text_of(Part::Expires)).map(Written);
        vec![Container { brand, batch, expires, count: 1 }]
    }

    /// Another dose than the one that was decided, where a part of it alone was given.
    fn given(&self, assessed: Option<u64>, second: Option<Second>) -> Body {
        let in_part = self.text_of(Part::Amount) == IN_PART;
        let without_go_because = self.words(Part::WithoutGo);
        let prescriber = self.name(Part::Prescriber);
        if self.deed == Deed::Supply {
            let supplied = Supplied {
                dose: self.dose(),
                at: self.time(Part::At),
                dose_mg: self.dose_mg(),
                units: self.whole(Part::Units).unwrap_or_default(),
                days: self.whole(Part::Days).unwrap_or_default(),
                another_because: None,
                product: None,
                containers: self.containers(),
                no_batch_because: self.words(Part::NoBatch),
                second,
                assessed,
                without_go_because,
                prescriber,
                place: Place::Ward,
                note: self.words(Part::Note),
            };
            return supplied.into();
        }
        Given {
            dose: self.dose(),
            at: self.time(Part::At),
            until: self.time(Part::Until),
            dose_mg: self.given_mg(),
            complete: !in_part,
            because: IncompleteReason::from_word(self.text_of(Part::Incomplete)).filter(|_| in_part),
            another_because: None::<AnotherReason>,
            product: None,
            containers: self.containers(),
            no_batch_because: self.words(Part::NoBatch),
            site: self.words(Part::Site),
            second,
            assessed,
            without_go_because,
            prescriber,
            place: Place::Ward,
            note: self.words(Part::Note),
        }
        .into()
    }

    /// The entry; none while a part of it is missing. The assessment it rests on is named by the number of its entry.
    fn body(&self, assessed: Option<u64>) -> Option<Body> {
        let note = self.words(Part::Note);
        let dose = self.dose();
        Some(match self.deed {
            Deed::Give | Deed::Supply => self.given(assessed, self.name(Part::Second).map(|by| Second { by })),
            Deed::Defer => {
                let reason = DeferReason::from_word(self.text_of(Part::Reason))?;
                Deferred { dose: dose?, to: self.to(), then: self.then(), reason, note, tell: None }.into()
            }
            Deed::Omit => {
                Omitted { dose: dose?, reason: OmitReason::from_word(self.text_of(Part::Reason))?, note }.into()
            }
            Deed::Hold => {
                let because = HoldReason::from_word(self.text_of(Part::Reason))?;
                Held { because, look_again: self.date(Part::LookAgain), assessed, note }.into()
            }
            Deed::Resume => Resumed {
                holds: self.holds(),
                assessed,
                without_go_because: self.words(Part::WithoutGo),
                prescriber: self.name(Part::Prescriber),
                note,
            }
            .into(),
            Deed::End => Ended { because: EndReason::from_word(self.text_of(Part::Reason))?, note }.into(),
            Deed::Strike(event) => {
                Struck { event, reason: StrikeReason::from_word(self.text_of(Part::Reason))?, note }.into()
            }
            Deed::Note => Noted { text: note? }.into(),
            Deed::Confirm(_) | Deed::Save => return None,
        })
    }

    /// The name and the reason of a confirmation.
    pub fn confirmation(&self) -> Option<(Text, Text)> {
        let (by, because) = (self.name(Part::ConfirmedBy)?, self.words(Part::ConfirmedBecause)?);
        crate::form::is_confirmed_by(by.as_str(), because.as_str()).then_some((by, because))
    }

    /// The assessment that is recorded before it; none where it is recorded already, or nothing rests on it.
    pub fn assessment(&self) -> Option<Draft> {
        let rests = matches!(
            self.deed,
            Deed::Give | Deed::Supply | Deed::Hold | Deed::Resume | Deed::Defer | Deed::Omit | Deed::Save
        );
        let assessed = self.assessed.clone().filter(|_| rests && self.on() == self.chart.today)?;
        Some(Draft { on: self.chart.today, by: self.by()?, course: Some(self.course), body: assessed.into() })
    }

    /// What is recorded, behind the assessment of today with the number of its entry.
    pub fn draft(&self, assessed: Option<u64>) -> Option<Draft> {
        let recorded = fold::newest_assessment(&self.chart.events, self.course, self.on()).map(|(number, _)| number);
        let body = self.body(assessed.or(recorded))?;
        let course = match self.deed {
            Deed::Strike(entry) => self.chart.events.iter().find(|event| event.number == entry)?.course,
            _ => Some(self.course),
        };
        Some(Draft { on: self.on(), by: self.by()?, course, body })
    }

    /// Why it cannot be done yet, in a sentence; none where it can.
    pub fn lacks(&self) -> Option<String> {
        for at in 0..self.count() {
            match self.reading(at) {
                Reading::Wrong { sentence, .. } => return Some(sentence),
                _ if self.is_open(at) => return Some(said::is_missing(&self.label(at))),
                _ => {}
            }
        }
        if matches!(self.deed, Deed::Confirm(_)) {
            return self.confirmation().is_none().then(|| said::CONFIRM_IN_WORDS.to_owned());
        }
        self.tried().err()
    }

    /// Tries what would be recorded on the rules of the register.
    fn tried(&self) -> Result<(), String> {
        let why = |refused: Refused| words::register::why_not(&refused);
        let mut events = self.chart.events.clone();
        let last = events.last().map_or(0, |event| event.number);
        let assessment = self.assessment();
        let assessed = assessment.as_ref().map(|_| last + 1);
        for draft in assessment.into_iter().chain(self.draft(assessed)) {
            let course = draft.course.and_then(|course| self.chart.state.course(course));
            if let Some(drug) = draft.body.drug()
                && let Some((brand, other)) = course.and_then(|course| {
                    drug.containers
                        .iter()
                        .filter_map(|it| it.brand.as_ref())
                        .find_map(|it| Some((it.clone(), brand::of_another(course.drug(), it, self.chart.library)?)))
                })
            {
                return Err(said::other_brand(brand.as_str(), &other));
            }
            if let (Body::Supplied(supplied), Some(course)) = (&draft.body, course)
                && let Some(other) = other_supply(course, &events, At::of(None, draft.on), supplied, self.chart.library)
            {
                return Err(said::other_supply((supplied.units, supplied.days), other.needed));
            }
            drafted::ask(&draft, course, &self.chart.settings, self.chart.today, false).map_err(why)?;
            fold::admit(&events, &draft, self.chart.today).map_err(why)?;
            drafted::refuse_deferral(&events, &draft, &self.chart.clinic_set).map_err(why)?;
            let number = events.last().map_or(0, |event| event.number) + 1;
            let seq = events.last().map_or(0, |event| event.seq) + 1;
            let Draft { on, by, course, body } = draft;
            events.push(Event { number, seq, course, on, recorded_ms: 0, offset_min: 0, by, what: What::Body(body) });
        }
        Ok(())
    }

    /// What an entry that is to be struck says; none where another act is done.
    pub fn struck(&self) -> Option<&Event> {
        let Deed::Strike(entry) = self.deed else { return None };
        self.chart.events.iter().find(|event| event.number == entry)
    }

    /// Names of the ward that begin as it is typed, or have these initials: the one that is offered.
    pub fn offered_name(&self, at: usize) -> Option<&Text> {
        let is_name = matches!(self.part(at), Part::By | Part::Second | Part::Prescriber | Part::ConfirmedBy);
        let typed = self.text(at).trim().to_lowercase();
        if !is_name || typed.is_empty() {
            return None;
        }
        let mut people = self.chart.settings.people.iter();
        people.find(|name| is_meant(name.as_str(), &typed) && name.as_str() != self.text(at).trim())
    }

    /// A brand of the drug that begins as it is typed.
    pub fn offered_brand(&self, at: usize) -> Option<String> {
        let typed = self.text(at).trim().to_lowercase();
        if self.part(at) != Part::Brand || typed.is_empty() {
            return None;
        }
        let listed = self.chart.listed(self.course())?;
        let mut brands = listed.drug.brands.iter();
        let found =
            brands.find(|it| it.as_str().to_lowercase().starts_with(&typed) && it.as_str() != self.text(at).trim())?;
        Some(found.to_string())
    }

    fn reasons(&self) -> Vec<Choice> {
        fn all<R: Copy + 'static>(
            list: &'static [R],
            word: fn(R) -> &'static str,
            label: fn(R) -> &'static str,
        ) -> Vec<Choice> {
            list.iter().map(|it| choice(word(*it), label(*it))).collect()
        }
        let mut reasons = match self.deed {
            Deed::Defer => all(DeferReason::ALL, DeferReason::as_str, words::register::defer),
            Deed::Omit => all(OmitReason::ALL, OmitReason::as_str, words::register::omit),
            Deed::Hold => all(HoldReason::ALL, HoldReason::as_str, words::register::hold),
            Deed::End => all(EndReason::ALL, EndReason::as_str, words::register::end),
            Deed::Strike(_) => all(StrikeReason::ALL, StrikeReason::as_str, words::register::strike),
            _ => Vec::new(),
        };
        for (reason, key) in reasons.iter_mut().zip(('1'..='9').chain('a'..='z')) {
            reason.key = key;
        }
        reasons
    }

    /// A choice from few, each with a letter of its own.
    fn lettered(mut choices: Vec<Choice>) -> Vec<Choice> {
        letter_one_of(&mut choices);
        choices
    }
}

fn letters(name: &Text) -> usize {
    name.as_str().chars().filter(|it| it.is_alphabetic()).count()
}

/// Whether a name is meant by what is typed: it or one of its words begins so, or these are its initials.
fn is_meant(name: &str, typed: &str) -> bool {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    name.starts_with(typed) || words.iter().any(|word| word.starts_with(typed)) || initials.ends_with(typed)
}

/// Reads a time on the clock: 9:10, 9.10, 0910.
fn read_time(text: &str) -> Option<TimeOfDay> {
    let text = text.trim();
    let (hour, minute) = match text.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour.to_owned(), minute.to_owned()),
        None if matches!(text.len(), 3 | 4) && text.is_ascii() => {
            let (hour, minute) = text.split_at(text.len() - 2);
            (hour.to_owned(), minute.to_owned())
        }
        _ => return None,
    };
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(&hour) || !is_number(&minute) {
        return None;
    }
    TimeOfDay::new(hour.parse().ok()?, minute.parse().ok()?)
}

/// Reads an expiry: 03.2028, 3/2028, 2028-03, 2028-03-31, 31.03.2028.
fn read_expiry(text: &str) -> Option<Expiry> {
    let text = text.trim();
    if let Ok(expiry) = text.parse() {
        return Some(expiry);
    }
    let parts: Vec<&str> = text.split(['.', '/', '-', ' ']).filter(|it| !it.is_empty()).collect();
    let is_number = |it: &&str| it.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.iter().all(is_number) {
        return None;
    }
    match parts[..] {
        [month, year] if year.len() == 4 && month.len() <= 2 => format!("{year}-{month:0>2}").parse().ok(),
        [day, month, year] if year.len() == 4 && month.len() <= 2 && day.len() <= 2 => {
            format!("{year}-{month:0>2}-{day:0>2}").parse().ok()
        }
        _ => None,
    }
}

impl Questions for Act {
    fn count(&self) -> usize {
        self.parts().len()
    }

    fn label(&self, at: usize) -> Cow<'static, str> {
        said::part(self.part(at), self.deed).into()
    }

    fn help(&self, at: usize) -> Cow<'static, str> {
        said::part_help(self.part(at), self.deed).into()
    }

    fn kind(&self, at: usize) -> Kind {
        match self.part(at) {
            Part::On | Part::To | Part::LookAgain => Kind::Date,
            Part::Amount | Part::Incomplete | Part::Then | Part::Reason | Part::Hold => Kind::One,
            _ => Kind::Text,
        }
    }

    fn text(&self, at: usize) -> &str {
        self.text_of(self.part(at))
    }

    fn set(&mut self, at: usize, text: String) {
        let part = self.part(at);
        if part == Part::Batch
            && text.chars().count() > 20
            && let Ok(label) = label::read(&text, self.chart.today)
            && let Some(batch) = label.batch
        {
            self.answers.insert(Part::Batch, batch.to_string());
            if let Some(expires) = label.expires {
                self.answers.insert(Part::Expires, expires.to_string());
            }
            return;
        }
        self.answers.insert(part, text);
    }

    fn reading(&self, at: usize) -> Reading {
        let part = self.part(at);
        let text = self.text_of(part).trim();
        let wrong = |short: &str, sentence: String| Reading::Wrong { short: short.to_owned(), sentence };
        if text.is_empty() {
            return match part {
                Part::On => Reading::Read(said::day_today(self.chart.today)),
                Part::Amount => Reading::Read(said::all_of_it(self.dose_mg())),
                Part::Then if self.preview().is_some() => Reading::Read(words::register::then(self.then()).to_owned()),
                _ => Reading::Empty,
            };
        }
        match part {
            Part::To if text == NO_DAY => Reading::Read(said::NO_DAY_YET.to_owned()),
            Part::On | Part::To | Part::LookAgain => match self.read_day(part) {
                Ok(day) if part == Part::On && day > self.chart.today => {
                    wrong(said::AFTER_TODAY, said::after_today(day))
                }
                Ok(day) => Reading::Read(said::day_of(day, self.chart.today)),
                Err(why) => wrong(said::NO_DATE_READ, said::not_a_date(&self.label(at), text, &why)),
            },
            Part::Expires => match read_expiry(text) {
                Some(expiry) => Reading::Read(said::expires(expiry)),
                None => wrong(said::NO_EXPIRY_READ, said::not_an_expiry(text)),
            },
            Part::At | Part::Until => match read_time(text) {
                Some(time) => Reading::Read(time.to_string()),
                None => wrong(said::NO_TIME_READ, said::not_a_time(&self.label(at), text)),
            },
            Part::Milligrams => match read_decimal(text) {
                Ok(mg) => Reading::Read(said::milligrams(mg)),
                Err(_) => wrong(said::NO_NUMBER_READ, said::not_a_number(&self.label(at), text)),
            },
            Part::Units | Part::Days => match text.parse::<u16>() {
                Ok(count) if count > 0 => Reading::Read(count.to_string()),
                _ => wrong(said::NO_NUMBER_READ, said::not_a_count(&self.label(at), text)),
            },
            Part::By | Part::Second | Part::Prescriber | Part::ConfirmedBy => match self.name(part) {
                Some(_) => Reading::Read(String::new()),
                None => wrong(said::NO_NAME_READ, said::short_name(&self.label(at), text)),
            },
            Part::Amount if text == ALL => Reading::Read(said::all_of_it(self.dose_mg())),
            Part::Amount | Part::Incomplete | Part::Then | Part::Reason | Part::Hold => {
                let label = self.options(at).into_iter().find(|it| it.word == text).map(|it| it.label.into_owned());
                label.map_or(Reading::Empty, Reading::Read)
            }
            _ => match read_text(text) {
                Ok(_) => Reading::Read(String::new()),
                Err(_) => wrong(said::NOT_READABLE, said::not_readable(&self.label(at))),
            },
        }
    }

    fn options(&self, at: usize) -> Vec<Choice> {
        match self.part(at) {
            Part::Amount => Self::lettered(vec![choice(ALL, said::ALL_OF_IT), choice(IN_PART, said::A_PART_OF_IT)]),
            Part::Incomplete => Self::lettered(
                IncompleteReason::ALL.iter().map(|it| choice(it.as_str(), words::register::incomplete(*it))).collect(),
            ),
            Part::Then => {
                Self::lettered(Then::ALL.iter().map(|it| choice(it.as_str(), words::register::then(*it))).collect())
            }
            Part::Reason => self.reasons(),
            Part::Hold => {
                let holds = self.course().holds.iter();
                let mut holds: Vec<Choice> =
                    holds.map(|hold| choice(hold.number.to_string(), said::hold_of(hold))).collect();
                for (hold, key) in holds.iter_mut().zip('1'..='9') {
                    hold.key = key;
                }
                holds
            }
            _ => Vec::new(),
        }
    }

    fn beside(&self, at: usize) -> String {
        let _ = at;
        String::new()
    }

    fn is_open(&self, at: usize) -> bool {
        let part = self.part(at);
        let is_needed = match part {
            Part::Reason
            | Part::To
            | Part::Units
            | Part::Days
            | Part::By
            | Part::Hold
            | Part::ConfirmedBy
            | Part::ConfirmedBecause
            | Part::Milligrams
            | Part::Incomplete
            | Part::WithoutGo => true,
            Part::Note => self.deed == Deed::Note,
            Part::Second => drafted::asks_for_second(&self.chart.settings, Some(self.course())),
            Part::Batch | Part::Brand => self.course().plan.rule.needs_batch && !self.is_filled(Part::NoBatch),
            _ => false,
        };
        is_needed && !self.is_filled(part)
    }

    fn choose(&mut self, at: usize, letter: char) -> bool {
        let chosen = self.options(at).into_iter().find(|it| it.key == letter.to_ascii_lowercase());
        let Some(chosen) = chosen else { return false };
        self.answers.insert(self.part(at), chosen.word.into_owned());
        true
    }
}
