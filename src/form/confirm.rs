//! Confirmations: a named person confirms the figures of a finding, and nothing else.

use super::{Field, Form, options, read::read_name, read_text, words};
use crate::{
    plan::{Finding, Plan},
    regimen::{Code, Severity},
    request::Confirmation,
};

/// What a finding is confirmed for: the patient by number, name and date of birth, the regimen, and every figure of its
/// evidence. How the finding is worded is no part of it.
fn figures(plan: &Plan, finding: &Finding) -> String {
    let patient = &plan.request().patient;
    let who = (&patient.id, &patient.name, patient.birth_date);
    let bound = serde_json::to_string(&(who, options::path(plan.listed()), &finding.evidence));
    bound.expect("text, a day, and evidence of numbers and words")
}

/// Why a finding is not confirmed by what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotConfirmed {
    /// The plan has no such finding to confirm.
    NoSuchFinding,
    /// The name is missing.
    NoName,
    /// The name has fewer than two letters, or cannot be read.
    ShortName,
    /// The reason is missing.
    NoReason,
    /// The reason has fewer than two words or eight letters, or cannot be read.
    ShortReason,
    /// The reason is the name again.
    NameAsReason,
}

/// The fewest words of a reason.
const FEWEST_WORDS: usize = 2;
/// The fewest letters of a reason.
const FEWEST_LETTERS: usize = 8;

/// Whether a reason says something: enough words and letters.
fn is_reason(reason: &str) -> bool {
    let words = reason.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    words >= FEWEST_WORDS && reason.chars().filter(|c| c.is_alphabetic()).count() >= FEWEST_LETTERS
}

/// Whether a reason has no word that is not in a name.
fn is_name_again(reason: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let name = words(name);
    words(reason).iter().all(|word| name.contains(word))
}

/// Whether a name and a reason confirm something: the name is one, and the reason says something else.
#[cfg(feature = "ward")]
pub(crate) fn is_confirmed_by(name: &str, reason: &str) -> bool {
    read_name(name).is_ok() && read_text(reason).is_ok() && is_reason(reason) && !is_name_again(reason, name)
}

impl Form {
    /// Confirms a finding by the name and the reason that were typed, for the figures that it has now.
    pub fn confirm(&mut self, code: Code) -> Result<(), NotConfirmed> {
        if let Some(why) = self.lacks(code) {
            return Err(why);
        }
        self.bind_confirmation(code);
        self.changed();
        Ok(())
    }

    /// Takes a confirmation back, with its name and its reason.
    pub fn unconfirm(&mut self, code: Code) {
        self.clear([Field::ConfirmedBy(code), Field::ConfirmedBecause(code)]);
    }

    /// What is missing so that a finding can be confirmed, in a sentence; none where nothing is.
    pub fn not_confirmed(&self, code: Code) -> Option<String> {
        self.lacks(code).map(|why| words::not_confirmed(&why).to_owned())
    }

    /// Whether the name that is typed for a confirmation is none.
    pub fn is_name_short(&self, code: Code) -> bool {
        self.lacks(code) == Some(NotConfirmed::ShortName)
    }

    /// What is missing so that a finding can be confirmed.
    fn lacks(&self, code: Code) -> Option<NotConfirmed> {
        if !self.to_confirm().iter().any(|finding| finding.code() == code) {
            return Some(NotConfirmed::NoSuchFinding);
        }
        let (name, reason) = (self.text(Field::ConfirmedBy(code)), self.text(Field::ConfirmedBecause(code)));
        if name.trim().is_empty() {
            return Some(NotConfirmed::NoName);
        }
        if read_name(name).is_err() {
            return Some(NotConfirmed::ShortName);
        }
        if reason.trim().is_empty() {
            return Some(NotConfirmed::NoReason);
        }
        if is_name_again(reason, name) {
            return Some(NotConfirmed::NameAsReason);
        }
        (read_text(reason).is_err() || !is_reason(reason)).then_some(NotConfirmed::ShortReason)
    }

    /// Whether a finding is confirmed for the figures that it has now.
    pub fn is_confirmed(&self, finding: &Finding) -> bool {
        self.plan().is_some_and(|plan| self.is_confirmed_for(plan, finding))
    }

    /// The findings that a named person must confirm, in the order of their codes.
    pub fn to_confirm(&self) -> Vec<&Finding> {
        let findings = self.plan().map_or(&[][..], Plan::findings).iter();
        let mut to_confirm: Vec<&Finding> = findings.filter(|it| it.severity == Severity::Confirm).collect();
        to_confirm.sort_by_key(|finding| finding.code());
        to_confirm
    }

    /// Whether a finding was confirmed for other figures than it has now.
    pub fn is_confirmed_for_other_figures(&self, finding: &Finding) -> bool {
        let once = !self.draft.confirmed_figures(finding.code()).is_empty();
        once && self.plan().is_some_and(|plan| !self.is_confirmed_for(plan, finding))
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
        let bound = self.plan().and_then(|plan| {
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
