//! What the entries of a form amount to: what is wrong, what is missing, the plan, and what is made of it.

use std::{cell::OnceCell, collections::BTreeMap};

use chrono::NaiveDate;

use super::{
    Field, Form, NotRead, Step, WithoutYear,
    entered::Entered,
    ward::{Ward, add_closed},
};
use crate::{
    dosing::{self, Preview, Stated, UnusualFigure},
    json::Text,
    plan::{CheckedFigure, Finding, FromWard, Plan, Unusable},
    present::{self, Reason, Row},
    quantity::{Decimal, Sex},
    regimen::Code,
    request::{Request, SecondCheck},
};

/// Why what was entered in a field is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It cannot be read.
    NotRead(NotRead),
    /// It cannot be, or does not exist.
    Unusable(Unusable),
}

/// What a form amounts to. It is made once for a change, and so is everything that is made of it.
#[derive(Debug, Default)]
pub struct Filled {
    entered: Entered,
    refused: BTreeMap<Field, Refused>,
    missing: Vec<Field>,
    /// The figures that a second person is asked for.
    asked_again: Vec<CheckedFigure>,
    plan: Option<Plan>,
    preview: OnceCell<Preview>,
    unusual: OnceCell<Vec<UnusualFigure>>,
    comparison: OnceCell<Vec<Row>>,
    reasons: OnceCell<Vec<Reason>>,
}

impl Filled {
    /// What is stated so far, whatever is missing.
    pub fn stated(&self) -> Stated<'_> {
        self.entered.stated()
    }

    /// The fields whose entries are not taken.
    pub fn refused(&self) -> &BTreeMap<Field, Refused> {
        &self.refused
    }

    /// The fields that must still be filled in, in the order of the form: nothing is in them, or something must be
    /// added to what is, such as a unit.
    pub fn missing(&self) -> &[Field] {
        &self.missing
    }

    /// The plan, where nothing is wrong and nothing missing.
    pub fn plan(&self) -> Option<&Plan> {
        self.plan.as_ref()
    }

    /// The request of the plan.
    pub fn request(&self) -> Option<&Request> {
        self.plan().map(Plan::request)
    }

    /// Notes a reason of the engine beside the field it speaks of. What could not be read is said first.
    fn refuse(&mut self, unusable: Unusable) {
        let field = Field::of_path(unusable.path).unwrap_or(Field::Regimen);
        self.refused.entry(field).or_insert(Refused::Unusable(unusable));
    }
}

/// Whether it is in the second check that something cannot be.
fn is_of_second_check(unusable: &Unusable) -> bool {
    Field::of_path(unusable.path).is_some_and(|field| Field::SECOND_CHECK.contains(&field))
}

impl Form {
    /// Reads every field that is asked, and makes the plan where nothing is wrong and nothing missing outside the second
    /// check.
    pub(super) fn fill(&self) -> Filled {
        let mut filled = self.read_fields();
        for unusable in dosing::impossible(&filled.entered.stated(), self.library.limits()) {
            filled.refuse(unusable);
        }
        // What a second person is asked for does not depend on what is entered for it.
        let is_first = |field: &&Field| !Field::SECOND_CHECK.contains(field);
        if filled.missing.iter().chain(filled.refused.keys()).any(|field| is_first(&field)) {
            return filled;
        }
        let treatment = self.listed.and_then(|listed| filled.entered.treatment(listed));
        let Some(request) = treatment.and_then(|treatment| filled.entered.request(treatment)) else { return filled };
        filled.asked_again = dosing::asked_again(&request, self.library);
        let mut request = request;
        let own_closed = self.take_own_closed(&mut request);
        let (ward, inputs) = self.inputs(self.ward.settings.complete(&mut request, self.library));
        add_closed(&mut request, own_closed);
        // Until a second check is whole and can be, the plan is as it was before it.
        let typed = filled.entered.second_check(&filled.asked_again);
        let before = self.checked_before(&filled.asked_again);
        for second_check in typed.into_iter().chain(before) {
            let checked = Request { second_check: Some(second_check), ..request.clone() };
            match dosing::plan(checked, self.library) {
                Err(unusable) if is_of_second_check(&unusable) => filled.refuse(unusable),
                planned => return self.with_plan(filled, planned, (ward, &inputs)),
            }
        }
        self.with_plan(filled, dosing::plan(request, self.library), (ward, &inputs))
    }

    /// What was read, with the plan that was made of it, or why none could be.
    fn with_plan(
        &self,
        mut filled: Filled,
        planned: Result<Plan, Unusable>,
        (ward, inputs): (Option<Text>, &[FromWard]),
    ) -> Filled {
        match planned {
            Err(unusable) => filled.refuse(unusable),
            Ok(plan) => {
                let confirmations = self.confirmations(&plan);
                let plan = plan.confirmed(confirmations);
                filled.plan = Some(plan.with_ward(ward, inputs));
            }
        }
        filled
    }

    /// The second check before one that is begun and not whole yet.
    fn checked_before(&self, asked_again: &[CheckedFigure]) -> Option<SecondCheck> {
        let draft = self.draft.checked_before()?;
        let before = Self { draft, before: None, filled: Filled::default(), ward: Ward::default(), ..*self };
        before.read_fields().entered.second_check(asked_again)
    }

    /// Begins a second check: its fields are emptied. What came of one before counts until this one is whole.
    pub fn begin_second_check(&mut self) {
        if self.is_second_check_whole() {
            self.draft.keep_second_check();
        }
        self.clear(Field::SECOND_CHECK);
    }

    /// Whether every figure of a second check is entered and can be.
    pub(super) fn is_second_check_whole(&self) -> bool {
        let filled = &self.filled;
        let is_refused = Field::SECOND_CHECK.iter().any(|field| filled.refused.contains_key(field));
        !is_refused && filled.entered.second_check(&filled.asked_again).is_some()
    }

    /// Reads every field that is asked.
    fn read_fields(&self) -> Filled {
        let mut filled = Filled::default();
        // The doses that were due are asked about at the beginning of the step on safety.
        let safety = Field::ALL.iter().position(|field| *field == Field::Dental).unwrap_or(0);
        let (before, after) = Field::ALL.split_at(safety);
        let due = self.due_fields();
        let fields = before.iter().chain(&due).chain(after).copied();
        for field in fields.filter(|field| self.asks(*field)) {
            if self.text(field).trim().is_empty() {
                if self.is_needed(field) {
                    filled.missing.push(field);
                }
                continue;
            }
            match field.description().entry.read(field, self, &mut filled.entered) {
                Ok(()) => {}
                Err(why) if why.is_open() => filled.missing.push(field),
                Err(why) => drop(filled.refused.insert(field, Refused::NotRead(why))),
            }
        }
        for field in due {
            // Doses are given one after the other; two on one day are one, or a slip.
            if let Field::DueOn(day) = field
                && let Ok(given) = self.draft.day(field, WithoutYear::Past, self.today)
                && let Some(before) = self.given_before(day).filter(|before| *before >= given)
            {
                filled.refused.entry(field).or_insert(Refused::NotRead(NotRead::NotAfter(before)));
            }
        }
        filled
    }

    /// The fields of the second check, in order: the name, and the figures that are asked for.
    pub fn second_check_fields(&self) -> Vec<Field> {
        let figures = self.filled.asked_again.iter().flat_map(|figure| Field::of_checked(*figure).iter().copied());
        std::iter::once(Field::SecondBy).chain(figures).collect()
    }

    /// Whether something of a second check is entered.
    pub fn has_second_check(&self) -> bool {
        Field::SECOND_CHECK.iter().any(|field| !self.text(*field).is_empty())
    }

    /// Whether the second person is the one who entered the figures.
    pub fn is_checked_by_same_person(&self) -> bool {
        dosing::is_same_person(self.text(Field::PreparedBy), self.text(Field::SecondBy))
    }

    /// Whether the height is needed to judge the weight: the plan says so, or the weight is one of which it is asked.
    pub fn is_height_needed(&self) -> bool {
        if self.text(Field::Height).trim().is_empty() {
            let is_found = |plan: &Plan| plan.findings().iter().any(|it| it.code() == Code::WeightBasisUnknown);
            return self.plan().is_some_and(is_found) || self.is_heavy();
        }
        false
    }

    fn is_heavy(&self) -> bool {
        let Some(heavy) = &self.library.limits().heavy_without_height else { return false };
        let stated = self.filled.stated();
        let from = stated.sex.map(|sex| if sex == Sex::Female { heavy.female_kg } else { heavy.male_kg });
        stated.weight_kg.zip(from).is_some_and(|(weight, from)| weight >= Decimal::whole(i64::from(from)))
    }

    /// What can be computed of what is entered so far.
    pub fn preview(&self) -> &Preview {
        self.filled.preview.get_or_init(|| dosing::preview(&self.filled.stated(), self.library))
    }

    /// Everything unusual that is entered so far, and must be confirmed with the plan.
    pub fn all_unusual(&self) -> &[UnusualFigure] {
        let unusual = || dosing::unusual(&self.filled.stated(), self.library.limits());
        self.filled.unusual.get_or_init(unusual)
    }

    /// What is unusual about the value of a field.
    pub fn unusual(&self, field: Field) -> Option<&Finding> {
        let of_field = |asked: &&UnusualFigure| Field::of_path(asked.path) == Some(field);
        self.all_unusual().iter().find(of_field).map(|asked| &asked.finding)
    }

    /// The drugs compared for this patient; none while something they depend on is missing. Until a start date is
    /// entered, with today as the first day, or the day of the values where that is later.
    pub fn comparison(&self) -> &[Row] {
        let compare = || self.base().map_or_else(Vec::new, |base| present::compare(&base, self.library));
        self.filled.comparison.get_or_init(compare)
    }

    /// The first day with which the drugs are compared; none while they cannot be.
    pub fn compares_from(&self) -> Option<NaiveDate> {
        self.base().map(|base| base.treatment.start_date)
    }

    /// Whether a first day is assumed, today or the latest day of the values, since no start date is entered that can
    /// be read.
    pub fn is_start_assumed(&self) -> bool {
        self.filled.entered.start_date.is_none()
    }

    /// Where everything in the plan comes from; nothing where there is no plan.
    pub fn reasons(&self) -> &[Reason] {
        self.filled.reasons.get_or_init(|| self.plan().map_or_else(Vec::new, present::why))
    }

    /// Where everything in the plan of a compared drug comes from, by its place in the comparison.
    pub fn reasons_of(&self, at: usize) -> Vec<Reason> {
        let plan = self.comparison().get(at).and_then(|row| row.plan.as_ref());
        plan.map_or_else(Vec::new, present::why)
    }

    /// The request that drugs are compared by: that of this form, or one for the first drug of the
    /// indication where everything but the drug and its schedule is there.
    fn base(&self) -> Option<Request> {
        if let Some(request) = self.filled.request() {
            return Some(request.clone());
        }
        if self.filled.refused.keys().chain(&self.filled.missing).any(|field| !self.is_of_drug(*field)) {
            return None;
        }
        // A first day before the values would be refused: no day is assumed that cannot be.
        let entered = &self.filled.entered;
        let values = [entered.labs_date, entered.calcium_date, entered.last_date];
        let assumed = values.into_iter().flatten().fold(self.today, NaiveDate::max);
        let start = entered.start_date.unwrap_or(assumed);
        let treatment = Entered::treatment_alone(self.regimens().next()?, start);
        Some(Request { course: None, ..self.filled.entered.request(treatment)? })
    }

    /// Whether what is wrong with a field is wrong with the chosen drug alone. Without a creatinine, another
    /// drug may be given.
    fn is_of_drug(&self, field: Field) -> bool {
        match field {
            Field::Creatinine => self.text(field).trim().is_empty(),
            _ => field == Field::Regimen || field.steps().contains(&Step::Schedule),
        }
    }
}
