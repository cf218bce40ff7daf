//! What earlier sessions left: gone on with, left for later, or deleted.

use ratatui::text::{Line, Span};

use super::{
    App, Effect, Leftover,
    dialog::Dialog,
    screen::{Asks, Over, Page, Screen},
    sheet::Row,
    text::{fit, wrap},
    words,
};
use crate::{
    form::{Draft, Field},
    json::visible,
};

/// After how many days a draft is old, where the ward says nothing.
const USUAL_DAYS: u16 = 30;

impl App {
    /// Goes on with the marked draft, at the first entry that is open.
    pub(super) fn take_up(&mut self) -> Effect {
        let Some(Over::Leftovers { left, at, .. }) = &mut self.over else { return Effect::Stay };
        let (place, leftover) = left.swap_remove(*at);
        self.form = self.form.with_draft(Draft::from_entries(&leftover.entries));
        self.settled = Draft::default();
        self.in_file = None;
        self.file = None;
        self.over = None;
        let step = self.all_open().first().map(|(step, _)| *step);
        self.go(step.map_or(Screen::Plan(Page::Card), |step| self.screen_of(step)));
        if self.form.is_any_confirmed_for_other_figures() {
            self.say(words::CONFIRM_AGAIN);
        }
        Effect::TakeUp(place)
    }

    /// Asks something over the list.
    pub(super) fn ask(&mut self, question: Asks) -> Effect {
        if let Some(Over::Leftovers { asks, .. }) = &mut self.over {
            *asks = question;
        }
        Effect::Stay
    }

    /// Deletes every draft that was last changed before the days that the ward keeps them, or that are usual.
    pub(super) fn clear_drafts(&mut self) -> Effect {
        let days = chrono::Days::new(u64::from(self.days_of_drafts()));
        match (self.clock)().checked_sub_days(days) {
            Some(moment) => Effect::ClearDrafts(moment.into()),
            None => Effect::Stay,
        }
    }

    /// After how many days a draft is old.
    pub(super) fn days_of_drafts(&self) -> u16 {
        self.ward.draft_days.unwrap_or(USUAL_DAYS)
    }

    /// Deletes the marked draft.
    pub(super) fn discard(&mut self) -> Effect {
        let Some(Over::Leftovers { left, at, asks }) = &mut self.over else { return Effect::Stay };
        let (place, _) = left.remove(*at);
        *asks = Asks::Nothing;
        *at = (*at).min(left.len().saturating_sub(1));
        if left.is_empty() {
            self.over = None;
            self.take_in_hand();
        }
        self.message = Some(words::DRAFT_DELETED.to_owned());
        Effect::Discard(place)
    }

    /// The list of drafts.
    pub(super) fn leftover_rows(&self, left: &[(usize, Leftover)], at: usize, columns: usize) -> Vec<Row> {
        let intro = wrap(words::LEFTOVERS, columns.saturating_sub(4));
        let mut rows = vec![Row::read(intro.into_iter().map(|line| Line::from(format!("  {line}"))).collect())];
        rows.push(Row::blank());
        for (number, (_, leftover)) in left.iter().enumerate() {
            let in_hand = number == at;
            let (mark, style) = if in_hand { (">", self.theme.marked()) } else { (" ", self.theme.plain()) };
            let words = fit(&in_one_line(leftover), columns.saturating_sub(4), self.cut());
            let line = Line::from(vec![Span::raw(format!(" {mark} ")), Span::styled(words, style)]);
            rows.push(Row::marked(vec![line], number, in_hand));
        }
        if self.more_left > 0 {
            let more = wrap(&words::more_drafts(self.more_left), columns.saturating_sub(4));
            rows.push(Row::blank());
            rows.push(Row::read(more.into_iter().map(|line| Line::from(format!("  {line}"))).collect()));
        }
        rows
    }

    /// The question whether old drafts are deleted.
    pub(super) fn clear_dialog(&self, columns: usize) -> Dialog {
        let mut dialog = Dialog::new(words::CLEAR_TITLE, columns);
        dialog.text(&words::clear_asks(self.days_of_drafts()));
        dialog.blank();
        let acts = [('x', words::CLEAR_FOR_GOOD.to_owned()), ('\u{1b}', words::BACK_NOTHING_DELETED.to_owned())];
        dialog.acts(&acts, false, true, self.theme);
        dialog
    }

    /// The question whether a draft is deleted.
    pub(super) fn delete_dialog(&self, leftover: &Leftover, columns: usize) -> Dialog {
        let mut dialog = Dialog::new(words::DELETE_TITLE, columns);
        dialog.text(&in_one_line(leftover));
        dialog.blank();
        dialog.text(words::DELETE_ASKS);
        dialog.blank();
        let acts = [('x', words::DELETE_FOR_GOOD.to_owned()), ('\u{1b}', words::BACK_NOTHING_DELETED.to_owned())];
        dialog.acts(&acts, false, true, self.theme);
        dialog
    }
}

fn in_one_line(leftover: &Leftover) -> String {
    let draft = Draft::from_entries(&leftover.entries);
    let patient: String =
        [Field::Id, Field::Name, Field::BirthDate].map(|field| draft.text(field).to_owned()).join("  ");
    words::leftover(&visible(&leftover.when), visible(&patient).trim(), draft.count())
}
