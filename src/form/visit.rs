//! The next visit: what became of each dose that was due since the plan before, and the course that follows.
//!
//! A planned dose is no given dose. Nothing is presumed of it: each is asked about, and the course of the next
//! request is what the answers make of it.

use chrono::NaiveDate;

use super::{Draft, Field, Form, WithoutYear, entered::Entered};
use crate::{
    json::{Text, read_document, record, vocabulary},
    patient::{HeldBecause, Route},
    plan::{Dosed, Event, Hold, Outcome, Plan},
    quantity::{Decimal, Measured},
    regimen::{Code, Library},
    request::{Course, DatedCreatinine, EarlierDose, LastAntiresorptive, Request},
    ward::UnderWay,
};

vocabulary! {
    /// What became of a dose that was due.
    pub enum DueDose {
        /// It was given, on that day or another.
        Given = "given",
        /// Withheld: creatinine had risen.
        HeldCreatinine = "held-creatinine",
        /// Withheld: calcium was low.
        HeldCalcium = "held-calcium",
        /// Withheld: mouth or teeth.
        HeldDental = "held-dental",
        /// Withheld for another reason.
        HeldOther = "held-other",
        /// Left out on purpose.
        Omitted = "omitted",
        /// The patient did not come, or it was forgotten.
        Missed = "missed",
    }
}

/// An answer about a dose that was due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    Given(NaiveDate),
    Held(HeldBecause),
    NotGiven,
}

record! {
    /// What a next visit begins from: the course as the plan before has it, and the days on which doses or supplies
    /// were due since.
    #[expect(unreachable_pub, reason = "a record is public in its module, and this one stays in the form")]
    pub struct Visit {
        /// The days, in their order.
        #[serde(default)]
        due: Vec<NaiveDate>,
        /// Whether doses were due, and not supplies, so that they can be counted.
        are_doses: bool,
        /// The drug.
        drug: Text,
        /// How it is given.
        route: Route,
        /// Whether the regimen has courses.
        has_courses: bool,
        /// The course that was under way before the first of these days.
        course: Option<Course>,
        /// The planned dose, in mg.
        dose_mg: Option<Decimal>,
        /// The creatinine before the first dose of a course that the plan began.
        baseline: Option<DatedCreatinine>,
        /// What was known of an earlier dose.
        last: Option<EarlierDose>,
    }
}

/// The fields that follow from the answers.
const FOLLOW: [Field; 12] = [
    Field::LastDrug,
    Field::LastDate,
    Field::LastRoute,
    Field::Course,
    Field::FirstDose,
    Field::LastDose,
    Field::DosesGiven,
    Field::DoseInUse,
    Field::Baseline,
    Field::BaselineDate,
    Field::Held,
    Field::HeldBecause,
];

/// Those of them that a person may have to add to a course, where nothing follows for them.
const MAY_BE_ADDED: [Field; 3] = [Field::DosesGiven, Field::Baseline, Field::BaselineDate];

impl Visit {
    /// The visit after a plan. `None` where nothing was due before `today`, unless the plan was stopped: then the
    /// course is as it was.
    pub(super) fn after(plan: &Plan, today: NaiveDate) -> Option<Self> {
        let (request, listed) = (plan.request(), plan.listed());
        let visit = Self {
            due: Vec::new(),
            are_doses: false,
            drug: listed.drug.drug.clone(),
            route: listed.regimen.route,
            has_courses: listed.regimen.has_courses(),
            course: request.course.clone(),
            dose_mg: None,
            baseline: None,
            last: request.earlier_dose().cloned(),
        };
        match plan.outcome() {
            Outcome::Stopped => Some(visit.after_a_stop(plan)),
            Outcome::Dosed(dosed) => Some(visit.after_doses(plan, dosed, today)).filter(|visit| !visit.due.is_empty()),
        }
    }

    /// A course whose creatinine stopped the plan is on hold for it from now on.
    fn after_a_stop(mut self, plan: &Plan) -> Self {
        let has_risen = plan.findings().iter().any(|finding| finding.code() == Code::CreatinineRisen);
        if let Some(course) = self.course.as_mut().filter(|_| has_risen) {
            course.held = Some(true);
            course.held_because = Some(HeldBecause::Creatinine);
        }
        self
    }

    fn after_doses(mut self, plan: &Plan, dosed: &Dosed, today: NaiveDate) -> Self {
        let entries = || dosed.schedule.entries.iter();
        self.are_doses = entries().any(|entry| matches!(entry.event, Event::Dose { .. }));
        let due = entries().filter(|entry| matches!(entry.event, Event::Dose { .. } | Event::Supply { .. }));
        self.due = due.map(|entry| entry.date).filter(|day| *day < today).collect();
        self.dose_mg = Some(dosed.dosing.mass.in_milligrams());
        let labs = &plan.request().labs;
        let baseline = |Measured { value, unit }| DatedCreatinine { value, unit, date: labs.date };
        // After an old creatinine, that before dose 1 is the baseline, and no plan knows it.
        let is_known = matches!(dosed.dosing.hold, Some(Hold::At(_)));
        self.baseline = labs.creatinine.filter(|_| is_known).map(baseline);
        self
    }

    /// The days on which doses or supplies were due.
    pub(super) fn due(&self) -> &[NaiveDate] {
        &self.due
    }

    /// The course under way after these answers, in their order; none where no dose of it was given.
    fn course(&self, became: &[Became]) -> Option<Course> {
        let before = self.course.as_ref();
        let held = became.iter().fold(before.and_then(Course::hold), |held, answer| match answer {
            Became::Given(_) => None,
            Became::Held(reason) => Some(*reason),
            Became::NotGiven => held,
        });
        let under_way = UnderWay {
            before,
            given: &given(became),
            are_doses: self.are_doses,
            dose_mg: self.dose_mg,
            baseline: self.baseline.clone(),
            held,
        };
        under_way.course()
    }

    /// The last dose of the drug after these answers; what was known before where none was given.
    fn last(&self, became: &[Became]) -> Option<EarlierDose> {
        let Some(date) = given(became).into_iter().max() else { return self.last.clone() };
        Some(EarlierDose::Last(LastAntiresorptive { drug: self.drug.clone(), date, route: Some(self.route) }))
    }
}

fn given(became: &[Became]) -> Vec<NaiveDate> {
    let day = |it: &Became| if let Became::Given(day) = it { Some(*day) } else { None };
    became.iter().filter_map(day).collect()
}

impl Draft {
    /// The key under which the visit is kept.
    pub(super) const VISIT: &'static str = "visit";

    /// Begins a visit, with what is the same at it.
    pub(super) fn at_visit(&self, visit: Visit, today: NaiveDate) -> Self {
        let mut draft = self.of_next_visit();
        draft.visit = Some(visit);
        draft.follow(today);
        draft.after(self)
    }

    /// The visit as it is kept; empty where there is none.
    pub(super) fn visit_entry(&self) -> Option<String> {
        self.visit.as_ref().and_then(|visit| serde_json::to_string(visit).ok())
    }

    /// Takes up a visit that was kept. One that cannot be read is none: its course is in the fields.
    pub(super) fn take_visit(&mut self, kept: &str) {
        self.visit = read_document(kept.as_bytes()).ok();
    }

    /// The answer about the dose of a day; none while it is open.
    fn became(&self, day: NaiveDate, today: NaiveDate) -> Option<Became> {
        Some(match DueDose::from_word(self.text(Field::DueWas(day)))? {
            DueDose::Given => Became::Given(self.day(Field::DueOn(day), WithoutYear::Past, today).ok()?),
            DueDose::HeldCreatinine => Became::Held(HeldBecause::Creatinine),
            DueDose::HeldCalcium => Became::Held(HeldBecause::Calcium),
            DueDose::HeldDental => Became::Held(HeldBecause::Dental),
            DueDose::HeldOther => Became::Held(HeldBecause::Other),
            DueDose::Omitted | DueDose::Missed => Became::NotGiven,
        })
    }

    /// Puts what follows from the answers into its fields.
    pub(super) fn follow(&mut self, today: NaiveDate) {
        let Some(visit) = self.visit.clone() else { return };
        let became: Vec<Became> = visit.due.iter().filter_map(|day| self.became(*day, today)).collect();
        let mut entered = Entered::default();
        if let Some(last) = visit.last(&became) {
            entered.take_last(last);
        }
        if visit.has_courses {
            entered.course_under_way = Some(false);
            if let Some(course) = visit.course(&became) {
                entered.take_course(course);
            }
        }
        let following = Self::of_entered(&mut entered);
        let is_under_way = entered.first_dose.is_some();
        for field in FOLLOW {
            if is_under_way && MAY_BE_ADDED.contains(&field) && following.text(field).is_empty() {
                continue;
            }
            self.set(field, following.text(field));
        }
    }
}

impl Form {
    /// The next visit of the patient of this form: the same person and disease, the course as the plan leaves it,
    /// a question for each dose that was due, and everything that must be measured or asked again left empty.
    /// `None` where there is no plan, or nothing of it was due before today.
    pub fn next_visit(&self) -> Option<Self> {
        let visit = Visit::after(self.plan()?, self.today)?;
        let mut draft = self.draft.at_visit(visit, self.today);
        // What was the ward's is what the ward says by then.
        for field in [Field::Weekdays, Field::ClosedDates, Field::Product] {
            if self.kept_from_ward(field) {
                draft.set(field, "");
            }
        }
        Some(Self::new(self.library, draft, self.today).with_ward(self.ward.settings.clone()))
    }

    /// The form of a visit by a register: who the patient is and what is treated as in a request before, the course as the
    /// register has it, and everything that must be measured or asked again left empty.
    pub fn at_register(library: &'static Library, before: &Request, course: Option<Course>, today: NaiveDate) -> Self {
        let before = Self::of_request(library, before, today).draft;
        let mut entered = Entered { course_under_way: Some(false), ..Entered::default() };
        if let Some(course) = course {
            entered.take_course(course);
        }
        let following = Draft::of_entered(&mut entered);
        let mut draft = before.of_next_visit();
        for field in FOLLOW {
            draft.set(field, following.text(field));
        }
        draft.set(Field::StartDate, today.to_string());
        Self::new(library, draft.after(&before), today)
    }

    /// The answer that a question had in the request before, as it was entered; none where it had none.
    pub fn answer_before(&self, field: Field) -> Option<&str> {
        self.draft.opened_text(field).filter(|text| !text.is_empty())
    }

    /// Whether the course at hand is on hold.
    pub fn is_held(&self) -> bool {
        self.asks(Field::HeldBecause)
    }

    /// The questions about the doses that were due, in their order.
    pub fn due_fields(&self) -> Vec<Field> {
        let due = self.draft.visit().map_or(&[][..], Visit::due).iter();
        let fields = due.flat_map(|day| [Field::DueWas(*day), Field::DueOn(*day)]);
        fields.filter(|field| self.asks(*field)).collect()
    }

    /// Whether it is asked what became of the dose of a day.
    pub(super) fn was_due(&self, day: NaiveDate) -> bool {
        self.draft.visit().is_some_and(|visit| visit.due().contains(&day))
    }

    /// The latest day on which a dose was given that was due before that of `day`, in this plan or earlier in the
    /// course.
    pub(super) fn given_before(&self, day: NaiveDate) -> Option<NaiveDate> {
        let visit = self.draft.visit()?;
        let due = visit.due.iter().filter(|due| **due < day);
        let became: Vec<Became> = due.filter_map(|due| self.draft.became(*due, self.today)).collect();
        given(&became).into_iter().max().or(visit.course.as_ref().map(|course| course.last_dose))
    }
}
