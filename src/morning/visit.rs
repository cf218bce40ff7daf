//! The visit: today's values beside those before, the questions that the plan needs answered and no more, and the verdict
//! of the engine as soon as nothing is open.

use std::{borrow::Cow, collections::BTreeMap, rc::Rc};

use chrono::NaiveDate;

use super::{Chart, Questions, words};
use crate::{
    form::{Choice, Field, Form, Kind, Reading, choice, letter_one_of},
    json::Text,
    patient::Dental,
    plan::{Finding, Plan},
    quantity::Albumin,
    regimen::{Code, Severity, Subject},
    request::{CalciumEntry, Confirmation, Labs, Request},
    ward::{
        event::Assessed,
        fold::{CourseState, OpenHold, Refused, standing_assessment},
        is_about,
        visit::{self, Entered, Verdict},
    },
};

/// For how many days a weight is taken over to a visit at which nothing is new; an older one is asked for.
const WEIGHT_DAYS: i64 = 28;

/// The six questions that "nothing new" answers at once: mouth, illness and fluids, medicines, weight, other bone drugs.
const SIX: [Field; 7] = [
    Field::Dental,
    Field::Conditions,
    Field::Medicines,
    Field::LastDrug,
    Field::LastDate,
    Field::LastRoute,
    Field::Weight,
];
/// What may be taken beside what is needed.
const ALSO: [Field; 6] =
    [Field::Creatinine, Field::Calcium, Field::CalciumKind, Field::Albumin, Field::CalciumDate, Field::Weight];

/// Whether anything is new since the visit before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum News {
    /// It was not answered.
    #[default]
    NotAsked,
    /// Nothing is: the six answers are those of before.
    Nothing,
    /// Something is: the six are asked one by one.
    Something,
}

impl News {
    const NOTHING: &'static str = "nothing-new";
    const SOMETHING: &'static str = "something-new";

    fn word(self) -> &'static str {
        match self {
            Self::NotAsked => "",
            Self::Nothing => Self::NOTHING,
            Self::Something => Self::SOMETHING,
        }
    }

    fn of(word: &str) -> Self {
        match word {
            Self::NOTHING => Self::Nothing,
            Self::SOMETHING => Self::Something,
            _ => Self::NotAsked,
        }
    }
}

/// A question of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// A value or an answer.
    Field(Field),
    /// Whether anything is new.
    News,
}

/// What came of the answers.
#[derive(Debug)]
enum Outcome {
    /// Something is open.
    Open,
    /// It cannot be judged.
    Refused(String),
    /// The engine has spoken.
    Said(Verdict),
}

/// A confirmation, bound to the figures of its finding.
#[derive(Debug)]
struct Confirmed {
    code: Code,
    confirmation: Confirmation,
    figures: String,
}

/// A visit of a patient.
#[derive(Debug)]
pub struct Visit {
    chart: Rc<Chart>,
    course: u32,
    form: Form,
    before_on: NaiveDate,
    /// What is measured and must be there.
    needed: Vec<Field>,
    /// What was open at the visit before, or was never asked, and is asked by name.
    by_name: Vec<Field>,
    may_be_as_before: bool,
    news: News,
    /// What was taken over from before.
    taken_over: Vec<Field>,
    confirmed: Vec<Confirmed>,
    by: Option<Text>,
    outcome: Outcome,
}

impl Visit {
    /// The visit of today for the course of a patient.
    ///
    /// # Errors
    /// Where the course cannot be assessed, or its plan cannot be read.
    pub fn new(chart: Rc<Chart>, by: Option<Text>) -> Result<Self, Refused> {
        let course = chart.course().ok_or(Refused::NoCourse { course: None })?;
        let course = chart.state.assessable(course.number, chart.today)?.clone();
        let requests = chart.requests(course.number);
        let recorded = standing_assessment(&chart.events, course.number, chart.today).map(|(_, it)| it.request.clone());
        // What was entered today is none of what was before.
        let earlier = requests.len().saturating_sub(usize::from(recorded.is_some()));
        let requests = &requests[..earlier.max(1).min(requests.len())];
        let (before_on, before) = requests.last().cloned().ok_or(Refused::NoPlan)?;
        let form = Form::at_register(chart.library, &before, course.request_course(), chart.today)
            .with_ward(chart.settings.clone());
        let has_begun = !course.doses.is_empty() || course.before.is_some();
        let needed = needed(&chart.to_look_at(&course));
        let is_asked = |field: &Field| match field {
            _ if !has_begun => true,
            Field::Dental => form.answer_before(*field).is_none_or(|it| it != Dental::Fit.as_str()),
            Field::Weight => (chart.today - weighed_on(requests, before_on)).num_days() > WEIGHT_DAYS,
            _ => form.answer_before(*field).is_none(),
        };
        let by_name = [Field::Weight, Field::Dental, Field::Conditions, Field::Medicines, Field::LastDrug];
        let by_name = by_name.into_iter().filter(is_asked).collect();
        let mut visit = Self {
            chart,
            course: course.number,
            form,
            before_on,
            needed,
            by_name,
            may_be_as_before: has_begun,
            news: News::NotAsked,
            taken_over: Vec::new(),
            confirmed: Vec::new(),
            by,
            outcome: Outcome::Open,
        };
        if let Some(recorded) = recorded {
            visit.take_recorded(&recorded);
        }
        visit.judge();
        Ok(visit)
    }

    /// The patient.
    pub fn chart(&self) -> &Rc<Chart> {
        &self.chart
    }

    /// The course.
    ///
    /// # Panics
    /// Never: a visit is of a course of its chart.
    pub fn course(&self) -> &CourseState {
        self.chart.state.course(self.course).expect("a visit is of a course of its chart")
    }

    /// The dose that is judged: the next one that is open.
    pub fn dose(&self) -> Option<u16> {
        self.course().next_slot().map(|slot| slot.number)
    }

    /// The questions that are asked now.
    pub fn asked(&self) -> Vec<Asked> {
        let mut asked = vec![Asked::Field(Field::LabDate)];
        let mut add = |fields: &mut dyn Iterator<Item = Field>| {
            for field in fields.filter(|it| self.form.asks(*it)) {
                if !asked.contains(&Asked::Field(field)) {
                    asked.push(Asked::Field(field));
                }
            }
        };
        add(&mut self.needed.iter().copied());
        let baseline = [Field::Baseline, Field::BaselineDate];
        add(&mut baseline.into_iter().filter(|_| self.lacks_baseline()));
        let follows = |field: &Field| match field {
            Field::LastDrug => vec![Field::LastDrug, Field::LastDate, Field::LastRoute],
            other => vec![*other],
        };
        add(&mut self.by_name.iter().flat_map(follows));
        if self.may_be_as_before {
            asked.push(Asked::News);
        }
        let mut add = |fields: &[Field]| {
            for field in fields.iter().filter(|it| self.form.asks(**it)) {
                if !asked.contains(&Asked::Field(*field)) {
                    asked.push(Asked::Field(*field));
                }
            }
        };
        if self.news == News::Something {
            add(&SIX);
        }
        add(&ALSO);
        asked
    }

    /// Whether a question is none of those that the plan needs: a value that may be taken as well.
    pub fn is_beside(&self, at: usize) -> bool {
        let asked = self.asked();
        let first = asked.iter().position(|it| matches!(it, Asked::Field(field) if self.is_also(*field)));
        first.is_some_and(|first| at >= first)
    }

    fn is_also(&self, field: Field) -> bool {
        let of_news = self.news == News::Something && SIX.contains(&field);
        ALSO.contains(&field) && !self.needed.contains(&field) && !self.by_name.contains(&field) && !of_news
    }

    /// Whether the creatinine before the first dose must be entered.
    fn lacks_baseline(&self) -> bool {
        let course = self.course();
        course.plan.rule.needs_baseline && course.request_course().is_some() && course.baseline.is_none()
    }

    /// Whether anything is new.
    pub fn news(&self) -> News {
        self.news
    }

    /// What is still open, each as it is called.
    pub fn open(&self) -> Vec<Cow<'static, str>> {
        (0..self.count()).filter(|at| self.is_open(*at)).map(|at| self.label(at)).collect()
    }

    /// What the engine says of today; none while something is open, or where it cannot be judged.
    pub fn verdict(&self) -> Option<&Verdict> {
        match &self.outcome {
            Outcome::Said(verdict) if verdict.plan().is_some() => Some(verdict),
            _ => None,
        }
    }

    /// The plan of today.
    pub fn plan(&self) -> Option<&Plan> {
        self.verdict().and_then(Verdict::plan)
    }

    /// Why it cannot be judged, in a sentence; none where nothing keeps it from that.
    pub fn refused(&self) -> Option<String> {
        match &self.outcome {
            Outcome::Refused(why) => Some(why.clone()),
            Outcome::Said(Verdict::Unusable(why)) => Some(why.to_string()),
            _ => None,
        }
    }

    /// The holds of which the engine does not know.
    pub fn untold_holds(&self) -> Vec<OpenHold> {
        self.course().untold_holds()
    }

    /// The findings that a named person must still confirm.
    pub fn to_confirm(&self) -> Vec<&Finding> {
        self.plan().map(|plan| plan.open_findings().collect()).unwrap_or_default()
    }

    /// Confirms a finding for the figures that it has now.
    pub fn confirm(&mut self, code: Code, by: Text, reason: Text) {
        let figures = self.plan().and_then(|plan| plan.findings().iter().find(|it| it.code() == code)).map(figures);
        if let (Some(figures), Ok(finding)) = (figures, code.as_str().parse()) {
            self.confirmed.retain(|it| it.code != code);
            self.confirmed.push(Confirmed { code, confirmation: Confirmation { finding, by, reason }, figures });
            self.judge();
        }
    }

    /// The entry of the assessment; none where there is no verdict.
    pub fn assessed(&self) -> Option<Assessed> {
        self.verdict()?.assessed(self.dose())
    }

    /// Whether the newest entry on today's dose says the same already.
    pub fn is_recorded(&self) -> bool {
        let Some(assessed) = self.assessed() else { return false };
        let says = |it: &Assessed| {
            let Request { patient, labs, history, confirmations, .. } = it.request.clone();
            (patient, labs, history, confirmations, it.verdict, it.dose)
        };
        self.recorded().is_some_and(|(_, it)| says(it) == says(&assessed))
    }

    /// Today's assessment as recorded in the register.
    pub fn recorded(&self) -> Option<(u64, &Assessed)> {
        standing_assessment(&self.chart.events, self.course, self.chart.today)
    }

    /// What is entered, by the keys of the questions.
    pub fn entries(&self) -> BTreeMap<String, String> {
        let text = |asked: Asked| match asked {
            Asked::Field(field) if self.taken_over.contains(&field) => None,
            Asked::Field(field) => Some((field.key(), self.form.text(field).to_owned())),
            Asked::News => Some((NEWS.to_owned(), self.news.word().to_owned())),
        };
        self.asked().into_iter().filter_map(text).filter(|(_, text)| !text.is_empty()).collect()
    }

    /// Takes up what was entered before.
    pub fn take_up(&mut self, entries: &BTreeMap<String, String>) {
        // Whether something is new decides what is asked.
        if let Some(word) = entries.get(NEWS) {
            self.set_news(News::of(word));
        }
        for (key, text) in entries {
            if let Some(field) = Field::from_key(key) {
                self.form.set(field, text.clone());
                self.taken_over.retain(|it| *it != field);
            }
        }
        self.judge();
    }

    /// Takes up what was recorded today: every answer, and what was confirmed.
    fn take_recorded(&mut self, request: &Request) {
        let entered = Form::of_request(self.chart.library, request, self.chart.today);
        let all = [Field::LabDate].into_iter().chain(ALSO).chain(SIX).chain([Field::Baseline, Field::BaselineDate]);
        if self.may_be_as_before {
            self.news = News::Something;
        }
        for field in all {
            let text = entered.text(field).to_owned();
            if !text.is_empty() {
                self.form.set(field, text);
            }
        }
        self.judge();
        for it in &request.confirmations {
            if let Some(code) = Code::from_word(it.finding.as_str()) {
                self.confirm(code, it.by.clone(), it.reason.clone());
            }
        }
    }

    fn set_news(&mut self, news: News) {
        for field in std::mem::take(&mut self.taken_over) {
            self.form.clear([field]);
        }
        self.news = news;
        if news != News::Nothing {
            return;
        }
        for field in SIX.into_iter().filter(|field| !self.by_name.contains(field)) {
            let before = self.form.answer_before(field).map(str::to_owned);
            if let Some(before) = before.filter(|_| self.form.text(field).is_empty()) {
                self.form.set(field, before);
                self.taken_over.push(field);
            }
        }
    }

    fn judge(&mut self) {
        self.outcome = if self.open().is_empty() { self.judged() } else { Outcome::Open };
    }

    fn judged(&self) -> Outcome {
        let Some(request) = self.form.filled().request() else {
            return Outcome::Refused(self.why_no_request());
        };
        let first = match self.ask(request, Vec::new()) {
            Ok(verdict) => verdict,
            Err(why) => return Outcome::Refused(crate::words::register::why_not(&why)),
        };
        let holds = |it: &&Confirmed| {
            let findings = first.plan().map_or(&[][..], Plan::findings).iter();
            findings
                .filter(|of| of.severity == Severity::Confirm)
                .any(|of| of.code() == it.code && figures(of) == it.figures)
        };
        let confirmations: Vec<Confirmation> =
            self.confirmed.iter().filter(holds).map(|it| it.confirmation.clone()).collect();
        if confirmations.is_empty() {
            return Outcome::Said(first);
        }
        match self.ask(request, confirmations) {
            Ok(verdict) => Outcome::Said(verdict),
            Err(why) => Outcome::Refused(crate::words::register::why_not(&why)),
        }
    }

    /// The newest calcium before today, with its day and its albumin, which counts where none was taken today: how old it may
    /// be is for the engine to say.
    pub fn calcium_before(&self) -> Option<(CalciumEntry, NaiveDate, Option<Albumin>)> {
        let of = |(_, request): &(NaiveDate, Request)| {
            let Labs { calcium, calcium_date, date, albumin, .. } = &request.labs;
            Some((calcium.clone()?, calcium_date.unwrap_or(*date), *albumin))
        };
        let before = self.chart.requests(self.course);
        before.iter().filter_map(of).filter(|(_, on, _)| *on < self.chart.today).max_by_key(|(_, on, _)| *on)
    }

    /// The calcium of before that is judged today, with its day; none where one was taken today.
    pub fn calcium_taken_over(&self) -> Option<(CalciumEntry, NaiveDate)> {
        let labs = &self.plan()?.request().labs;
        let is_typed = !self.form.text(Field::Calcium).trim().is_empty();
        labs.calcium.clone().zip(labs.calcium_date).filter(|_| !is_typed)
    }

    /// A request with the calcium of before, where none was taken today.
    fn with_calcium_before(&self, mut request: Request) -> Request {
        let is_missing = request.labs.calcium.is_none() && request.labs.albumin.is_none();
        if let Some((calcium, on, albumin)) = self.calcium_before().filter(|_| is_missing) {
            request.labs.calcium = Some(calcium);
            request.labs.calcium_date = Some(on);
            request.labs.albumin = albumin;
        }
        request
    }

    /// What the engine says of a request of today, with these confirmations.
    fn ask(&self, request: &Request, confirmations: Vec<Confirmation>) -> Result<Verdict, Refused> {
        let Chart { state, today, clinic, library, .. } = &*self.chart;
        is_about(state, self.course(), request, *today)?;
        let request = self.with_calcium_before(request.clone());
        let entered = Entered { confirmations, ..Entered::of(request, self.by.as_ref()) };
        let request = visit::request((state, self.course), entered, *today, Some(clinic.clone()), library)?;
        Ok(visit::verdict(request, library))
    }

    /// What is wrong although nothing is open: the first thing that is refused.
    fn why_no_request(&self) -> String {
        let refused = self.form.filled().refused().keys().next().copied();
        let missing = self.form.filled().missing().first().copied();
        match refused.map(|field| (field, self.form.reading(field))) {
            Some((_, Reading::Wrong { sentence, .. })) => sentence,
            _ => words::not_complete(missing.or(refused).map(Field::label).as_deref()),
        }
    }

    fn at(&self, at: usize) -> Asked {
        self.asked().get(at).copied().unwrap_or(Asked::News)
    }
}

/// The key under which it is kept whether something is new.
const NEWS: &str = "news";

/// The figures of a finding.
fn figures(finding: &Finding) -> String {
    serde_json::to_string(&finding.evidence).unwrap_or_default()
}

/// What is measured for the subjects that must be looked at.
fn needed(subjects: &[Subject]) -> Vec<Field> {
    let fields = |subject: &Subject| match subject {
        Subject::Creatinine => vec![Field::Creatinine],
        Subject::Calcium | Subject::Electrolytes => vec![Field::Calcium, Field::CalciumKind, Field::Albumin],
        _ => Vec::new(),
    };
    subjects.iter().flat_map(fields).collect()
}

/// The day on which the weight of the newest request was taken, as far as it is known: one that was taken over is as old as
/// the first request that has it.
fn weighed_on(requests: &[(NaiveDate, Request)], newest: NaiveDate) -> NaiveDate {
    let Some(weight) = requests.last().map(|(_, it)| it.patient.weight_kg) else { return newest };
    let same = requests.iter().rev().take_while(|(_, it)| it.patient.weight_kg == weight);
    same.last().map_or(newest, |(on, _)| *on)
}

impl Questions for Visit {
    fn count(&self) -> usize {
        self.asked().len()
    }

    fn label(&self, at: usize) -> Cow<'static, str> {
        match self.at(at) {
            Asked::Field(Field::LabDate) => words::TAKEN_ON.into(),
            Asked::Field(field) => field.label(),
            Asked::News => words::ANYTHING_NEW.into(),
        }
    }

    fn help(&self, at: usize) -> Cow<'static, str> {
        match self.at(at) {
            Asked::Field(field) => field.help().into(),
            Asked::News => words::THE_SIX.into(),
        }
    }

    fn kind(&self, at: usize) -> Kind {
        match self.at(at) {
            Asked::Field(field) => field.kind(),
            Asked::News => Kind::One,
        }
    }

    fn text(&self, at: usize) -> &str {
        match self.at(at) {
            Asked::Field(field) => self.form.text(field),
            Asked::News => self.news.word(),
        }
    }

    fn set(&mut self, at: usize, text: String) {
        match self.at(at) {
            Asked::Field(field) => {
                self.taken_over.retain(|it| *it != field);
                self.form.set(field, text);
            }
            Asked::News => self.set_news(News::of(&text)),
        }
        self.judge();
    }

    fn reading(&self, at: usize) -> Reading {
        match self.at(at) {
            Asked::Field(field) => match self.form.reading(field) {
                Reading::Read(read) => match (self.form.jump(field), self.form.change(field)) {
                    (Some(jump), _) => Reading::Read(format!("{read}, {jump}")),
                    (None, _) => Reading::Read(read),
                },
                other => other,
            },
            Asked::News => match self.news {
                News::NotAsked => Reading::Empty,
                News::Nothing => Reading::Read(words::NOTHING_NEW.to_owned()),
                News::Something => Reading::Read(words::SOMETHING_NEW.to_owned()),
            },
        }
    }

    fn options(&self, at: usize) -> Vec<Choice> {
        match self.at(at) {
            Asked::Field(field) => self.form.options(field),
            Asked::News => {
                let mut both = vec![
                    choice(News::NOTHING, words::NOTHING_NEW_ASKED),
                    choice(News::SOMETHING, words::SOMETHING_NEW_ASKED),
                ];
                letter_one_of(&mut both);
                both[1].key = 'y';
                both
            }
        }
    }

    fn beside(&self, at: usize) -> String {
        match self.at(at) {
            Asked::Field(Field::LabDate) => {
                self.form.before(Field::LabDate).unwrap_or_else(|| words::NONE_BEFORE.to_owned())
            }
            Asked::Field(field) => self.form.before(field).unwrap_or_else(|| words::NONE_BEFORE.to_owned()),
            Asked::News => words::since(self.before_on),
        }
    }

    fn is_open(&self, at: usize) -> bool {
        match self.at(at) {
            Asked::News => self.news == News::NotAsked,
            Asked::Field(field) => {
                let is_empty = self.form.text(field).trim().is_empty();
                let must_be = match field {
                    Field::LabDate => true,
                    // Of a calcium that the laboratory has corrected, or an ionised one, no albumin is needed.
                    Field::Albumin => false,
                    _ => !self.is_also(field),
                };
                // Whether a weight is needed is known once it is said whether anything is new.
                let waits = field == Field::Weight && is_empty && self.is_also(field);
                (must_be && is_empty) || (self.form.is_open(field) && !waits)
            }
        }
    }

    fn choose(&mut self, at: usize, letter: char) -> bool {
        let done = match self.at(at) {
            Asked::Field(field) => {
                self.taken_over.retain(|it| *it != field);
                self.form.choose(field, letter).is_ok()
            }
            Asked::News => {
                let chosen = self.options(at).into_iter().find(|it| it.key == letter.to_ascii_lowercase());
                chosen.map(|it| self.set_news(News::of(&it.word))).is_some()
            }
        };
        self.judge();
        done
    }
}

impl Visit {
    /// The day on which the values were taken, as it is understood; none while it is not.
    pub fn taken_on(&self) -> Option<NaiveDate> {
        self.form.filled().stated().labs_date
    }
}
