//! Confirmations: a named person confirms the figures of a finding, and nothing else.

use super::{Field, Form, options, read_text};
use crate::{
    plan::{Finding, Plan},
    regimen::{Code, Severity},
    request::Confirmation,
};

/// What a finding is confirmed for: the regimen, and every figure of its evidence. How the finding is worded
/// is no part of it.
fn figures(plan: &Plan, finding: &Finding) -> String {
    let evidence = serde_json::to_string(&finding.evidence).expect("evidence is made of numbers and words");
    format!("{} {evidence}", options::path(plan.listed()))
}

impl Form {
    /// The findings that a named person must confirm, in the order of their codes.
    pub fn to_confirm(&self) -> Vec<&Finding> {
        let findings = self.plan().map_or(&[][..], Plan::findings).iter();
        let mut to_confirm: Vec<&Finding> = findings.filter(|it| it.severity == Severity::Confirm).collect();
        to_confirm.sort_by_key(|finding| finding.code());
        to_confirm
    }

    /// Whether a finding was confirmed for other figures than it has now.
    pub fn is_confirmed_for_other_figures(&self, finding: &Finding) -> bool {
        let entered = !self.text(Field::ConfirmedBy(finding.code())).is_empty();
        entered && self.plan().is_some_and(|plan| !self.is_confirmed_for(plan, finding))
    }

    /// Whether any finding was confirmed for other figures than it has now.
    pub fn is_any_confirmed_for_other_figures(&self) -> bool {
        self.to_confirm().into_iter().any(|finding| self.is_confirmed_for_other_figures(finding))
    }

    /// Whether a finding has the figures for which it was confirmed.
    fn is_confirmed_for(&self, plan: &Plan, finding: &Finding) -> bool {
        self.draft.confirmed_figures(finding.code()) == figures(plan, finding)
    }

    /// Binds a confirmation to the figures that its finding has now.
    pub(super) fn bind_confirmation(&mut self, code: Code) {
        let fields = [Field::ConfirmedBy(code), Field::ConfirmedBecause(code)];
        let entered = fields.iter().any(|field| !self.text(*field).is_empty());
        let bound = self.plan().filter(|_| entered).and_then(|plan| {
            let finding = plan.findings().iter().find(|it| it.code() == code)?;
            Some(figures(plan, finding))
        });
        self.draft.set_confirmed_figures(code, bound.unwrap_or_default());
    }

    /// The confirmations that were given for the figures of a plan, in the order of their codes.
    pub(super) fn confirmations(&self, plan: &Plan) -> Vec<Confirmation> {
        let words = |field| read_text(self.text(field)).ok();
        let confirmation = |finding: &Finding| {
            let code = finding.code();
            Some(Confirmation {
                finding: code.as_str().parse().ok()?,
                by: words(Field::ConfirmedBy(code))?,
                reason: words(Field::ConfirmedBecause(code))?,
            })
        };
        let confirmed = |it: &&Finding| it.severity == Severity::Confirm && self.is_confirmed_for(plan, it);
        let mut confirmed: Vec<&Finding> = plan.findings().iter().filter(confirmed).collect();
        confirmed.sort_by_key(|finding| finding.code());
        confirmed.into_iter().filter_map(confirmation).collect()
    }
}
