//! The second check: a second person enters the figures again, without seeing them.

use ratatui::text::Line;

use super::{
    App, Effect,
    dialog::Dialog,
    screen::{Over, Page, Screen},
    words,
};
use crate::form::{Draft, Field};

impl App {
    /// Begins the second check: the figures are entered again without being seen.
    pub(super) fn open_second_check(&mut self) -> Effect {
        let Some(request) = self.form.filled().request() else { return self.say(words::NOT_COMPLETE) };
        let before = request.second_check.is_some().then(|| Box::new(self.form.draft().clone()));
        self.form.begin_second_check();
        self.left.retain(|field| !Field::SECOND_CHECK.contains(field));
        self.open(Over::SecondCheck { before, at: 0 })
    }

    /// Compares, once every figure is entered. Until then it says which one is not.
    pub(super) fn compare(&mut self) -> Effect {
        if let Some(field) = self.second_check_open() {
            self.left.extend(self.form.second_check_fields());
            self.take_field(field);
            return self.say(words::second_check_needs(field));
        }
        self.over = None;
        self.go(Screen::Plan(Page::Checks));
        self.say(words::SECOND_CHECK_DONE)
    }

    /// The first field of the second check that is empty or cannot be read.
    fn second_check_open(&self) -> Option<Field> {
        let filled = self.form.filled();
        let is_open = |field: &Field| {
            filled.refused().contains_key(field) || self.form.text(*field).trim().is_empty() || self.is_open(*field)
        };
        self.form.second_check_fields().into_iter().find(is_open)
    }

    /// Whether every figure is entered, and they are only to be compared.
    pub(super) fn is_second_check_typed(&self) -> bool {
        matches!(self.over, Some(Over::SecondCheck { .. })) && self.second_check_open().is_none()
    }

    /// Leaves it: then it is not done, and one that was whole before is as it was.
    pub(super) fn leave_second_check(&mut self, before: Option<Box<Draft>>) {
        match before {
            Some(before) => self.form.replace(*before),
            None => self.form.clear(Field::SECOND_CHECK),
        }
        self.take_in_hand();
    }

    /// The dialog of the second check.
    pub(super) fn second_check_dialog(&self, at: usize, columns: usize) -> Dialog {
        let mut dialog = Dialog::new(words::SECOND_CHECK_TITLE, columns);
        dialog.text(words::SECOND_CHECK_ASKS);
        dialog.blank();
        let fields = self.form.second_check_fields();
        for (place, field) in fields.iter().enumerate() {
            self.dialog_field(&mut dialog, *field, at == place);
        }
        if let Some(plan) = self.form.plan() {
            let drug = plan.listed().drug.name.to_string();
            dialog.line(Line::from(words::drug_of_second_check(&drug)));
        }
        dialog.blank();
        let open = self.second_check_open();
        let acts = [('k', words::COMPARE.to_owned()), ('\u{1b}', words::LEAVE_SECOND_CHECK.to_owned())];
        dialog.acts(&acts, at >= fields.len(), open.is_none(), self.theme);
        dialog.foot(open.map_or_else(|| words::K_COMPARES.to_owned(), words::second_check_needs));
        dialog
    }
}
