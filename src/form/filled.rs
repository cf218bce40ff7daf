//! What the entries of a form amount to: what is wrong, what is missing, the plan, and what is made of it.

use std::{cell::OnceCell, collections::BTreeMap};

use super::{Field, Form, NotRead, Step, entered::Entered, read_date};
use crate::{
    dosing::{self, Preview, Stated, UnusualFigure},
    plan::{CheckedFigure, Finding, Plan, Unusable},
    present::{self, Reason, Row},
    quantity::{Decimal, Sex},
    regimen::Code,
    request::Request,
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

    /// The fields that must still be filled in, in the order of the form.
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

impl Form {
    /// Reads every field that is asked, and makes the plan where nothing is wrong and nothing missing.
    pub(super) fn fill(&self) -> Filled {
        let mut filled = self.read_fields();
        for unusable in dosing::impossible(&filled.entered.stated(), self.library.limits()) {
            filled.refuse(unusable);
        }
        // What a second person is asked for does not depend on what is entered for it.
        let is_first = |field: &&Field| !Field::SECOND_CHECK.contains(field);
        if !filled.missing.is_empty() || filled.refused.keys().any(|field| is_first(&field)) {
            return filled;
        }
        let treatment = self.listed.and_then(|listed| filled.entered.treatment(listed));
        let Some(request) = treatment.and_then(|treatment| filled.entered.request(treatment)) else { return filled };
        filled.asked_again = dosing::asked_again(&request, self.library);
        if !filled.refused.is_empty() {
            return filled;
        }
        let second_check = filled.entered.second_check(&filled.asked_again);
        match dosing::plan(Request { second_check, ..request }, self.library) {
            Err(unusable) => filled.refuse(unusable),
            Ok(plan) => {
                let confirmations = self.confirmations(&plan);
                filled.plan = Some(plan.confirmed(confirmations));
            }
        }
        filled
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
            let typed = self.typed(field);
            if typed.text.trim().is_empty() {
                if self.is_needed(field) {
                    filled.missing.push(field);
                }
            } else if let Err(why) = field.description().entry.read(&typed, self, &mut filled.entered) {
                filled.refused.insert(field, Refused::NotRead(why));
            }
        }
        for field in due {
            // Doses are given one after the other; two on one day are one, or a slip.
            if let Field::DueOn(day) = field
                && let Ok(given) = read_date(self.text(field))
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

    /// The drugs compared for this patient; none while something they depend on is missing.
    pub fn comparison(&self) -> &[Row] {
        let compare = || self.base().map_or_else(Vec::new, |base| present::compare(&base, self.library));
        self.filled.comparison.get_or_init(compare)
    }

    /// Where everything in the plan comes from; nothing where there is no plan.
    pub fn reasons(&self) -> &[Reason] {
        self.filled.reasons.get_or_init(|| self.plan().map_or_else(Vec::new, present::why))
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
        let treatment = self.filled.entered.treatment_alone(self.regimens().next()?)?;
        Some(Request { course: None, ..self.filled.entered.request(treatment)? })
    }

    /// Whether what is wrong with a field is wrong with the chosen drug alone. Without a creatinine, another
    /// drug may be given.
    fn is_of_drug(&self, field: Field) -> bool {
        match field {
            Field::Creatinine => self.text(field).trim().is_empty(),
            Field::StartDate => false,
            _ => field == Field::Regimen || field.steps().contains(&Step::Schedule),
        }
    }
}
