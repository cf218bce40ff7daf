//! A finding is confirmed: a dialog with a name, a reason, and a row on which one letter acts.

use ratatui::text::{Line, Span};

use super::{
    App, Effect,
    dialog::Dialog,
    screen::{Over, Page, Screen},
    words,
};
use crate::{
    form::Field,
    plan::{Finding, Plan},
    regimen::{Code, Severity},
};

impl App {
    /// The finding that `c` confirms here: the marked one, or the first that is open.
    pub(super) fn to_confirm_here(&self) -> Option<Code> {
        let plan = self.form.plan()?;
        match self.screen {
            Screen::Plan(Page::Findings) => {
                let marked = self.finding_in_hand(plan)?;
                (marked.severity == Severity::Confirm && plan.confirmation(marked).is_none()).then(|| marked.code())
            }
            Screen::Plan(Page::Card) => plan.open_findings().next().map(Finding::code),
            _ => None,
        }
    }

    /// The finding that is marked.
    pub(super) fn finding_in_hand<'p>(&self, plan: &'p Plan) -> Option<&'p Finding> {
        plan.findings().get(self.at?)
    }

    /// The finding that `t` takes the confirmation of back: the marked one, where it is confirmed.
    pub(super) fn to_withdraw_here(&self) -> Option<Code> {
        let plan = self.form.plan()?;
        let marked = self.finding_in_hand(plan).filter(|_| self.screen == Screen::Plan(Page::Findings))?;
        plan.confirmation(marked).map(|_| marked.code())
    }

    /// Takes a confirmation back: the finding is open again.
    pub(super) fn withdraw(&mut self, code: Code) -> Effect {
        self.form.unconfirm(code);
        self.say(words::WITHDRAWN)
    }

    /// Begins to confirm a finding, the name and the reason empty.
    pub(super) fn open_confirm(&mut self, code: Code) -> Effect {
        self.form.unconfirm(code);
        for field in [Field::ConfirmedBy(code), Field::ConfirmedBecause(code)] {
            self.left.remove(&field);
        }
        self.open(Over::Confirm { code, at: 0 })
    }

    /// Leaves the dialog with nothing confirmed.
    pub(super) fn close_confirm(&mut self, code: Code) {
        self.form.unconfirm(code);
        self.take_in_hand();
    }

    /// Confirms a finding by the name and for the reason that are entered, and marks the next one that is open.
    pub(super) fn confirm(&mut self, code: Code) -> Effect {
        if self.form.confirm(code).is_err() {
            let why = self.form.not_confirmed(code).unwrap_or_default();
            return self.say(why);
        }
        let by = self.form.text(Field::ConfirmedBy(code)).trim().to_owned();
        self.over = None;
        if let Screen::Plan(page) = self.screen {
            let at = self.at;
            self.go(Screen::Plan(page));
            if self.form.plan().is_some_and(|plan| plan.open_findings().next().is_none()) && page == Page::Findings {
                self.at = at;
            }
        }
        self.say(words::confirmed(&by))
    }

    /// A person of the ward whose name begins as what is typed, in any of its words.
    pub(super) fn offered_name(&self, field: Field) -> Option<&str> {
        if !field.is_person() {
            return None;
        }
        let typed = self.form.text(field).trim().to_lowercase();
        if typed.chars().count() < 2 {
            return None;
        }
        let begins = |name: &&str| {
            let name = name.to_lowercase();
            name != typed && (name.starts_with(&typed) || name.split_whitespace().any(|word| word.starts_with(&typed)))
        };
        let mut people = self.ward.people.iter().map(crate::json::Text::as_str);
        people.find(begins)
    }

    /// Takes the name that is offered for the field in hand, where one is.
    pub(super) fn take_offered_name(&mut self) {
        let Some(field) = self.field_in_hand() else { return };
        if let Some(name) = self.offered_name(field).map(str::to_owned) {
            self.form.set(field, name);
            self.take_in_hand();
        }
    }

    /// The dialog in which a finding is confirmed.
    pub(super) fn confirm_dialog(&self, code: Code, at: usize, columns: usize) -> Dialog {
        let mut dialog = Dialog::new(words::CONFIRM_TITLE, columns);
        let plan = self.form.plan();
        if let Some(plan) = plan {
            dialog.line(self.who_and_what(plan));
            dialog.blank();
            if let Some(finding) = plan.findings().iter().find(|it| it.code() == code) {
                dialog.text(&crate::present::finding(plan, finding));
            }
        }
        dialog.blank();
        let fields = [Field::ConfirmedBy(code), Field::ConfirmedBecause(code)];
        for (place, (field, question)) in fields.into_iter().zip([words::WHO, words::WHY_RIGHT]).enumerate() {
            dialog.line(Line::from(question));
            self.dialog_field(&mut dialog, field, at == place);
        }
        dialog.blank();
        let missing = self.form.not_confirmed(code);
        let by = self.form.text(Field::ConfirmedBy(code)).trim();
        let act = if missing.is_none() { words::confirms(by) } else { words::CONFIRMS.to_owned() };
        dialog.acts(&[('c', act), ('\u{1b}', words::BACK.to_owned())], at == 2, missing.is_none(), self.theme);
        dialog.foot(missing.unwrap_or_else(|| words::C_CONFIRMS.to_owned()));
        dialog
    }

    /// Who the patient is, and what is given, in one line.
    fn who_and_what(&self, plan: &Plan) -> Line<'static> {
        let dose = crate::present::dose_box(plan).map(|it| words::drug_and_dose(&it.drug, &it.dose));
        let who = self.who_in_short();
        Line::from(vec![Span::raw(who), Span::raw(dose.map_or_else(String::new, |dose| format!("     {dose}")))])
    }
}
