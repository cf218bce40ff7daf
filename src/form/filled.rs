//! What the entries of a form amount to: what is wrong, what is missing, the plan, and what is made of it.

use std::{cell::OnceCell, collections::BTreeMap};

use super::{Field, Form, NotRead, Step, entered::Entered};
use crate::{
    dosing::{self, Preview, Stated, UnusualFigure},
    plan::{Finding, Plan, Unusable},
    present::{self, Reason, Row},
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
        let mut filled = Filled::default();
        for field in Field::ALL.iter().copied().filter(|field| self.asks(*field)) {
            let typed = self.typed(field);
            if typed.text.trim().is_empty() {
                if self.is_needed(field) {
                    filled.missing.push(field);
                }
            } else if let Err(why) = field.description().entry.read(&typed, self, &mut filled.entered) {
                filled.refused.insert(field, Refused::NotRead(why));
            }
        }
        for unusable in dosing::impossible(&filled.entered.stated(), self.library.limits()) {
            filled.refuse(unusable);
        }
        if !filled.refused.is_empty() || !filled.missing.is_empty() {
            return filled;
        }
        let treatment = self.listed.and_then(|listed| filled.entered.treatment(listed));
        let Some(request) = treatment.and_then(|treatment| filled.entered.request(treatment)) else { return filled };
        match dosing::plan(request, self.library) {
            Err(unusable) => filled.refuse(unusable),
            Ok(plan) => {
                let confirmations = self.confirmations(&plan);
                filled.plan = Some(plan.confirmed(confirmations));
            }
        }
        filled
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
