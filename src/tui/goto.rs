//! Go to: every place there is, found by letters. It goes there, and never acts.

use ratatui::text::{Line, Span};

use super::{
    App, Effect,
    command::Command,
    dialog::Dialog,
    export::FileKind,
    screen::{Over, Page, Screen},
    sheet::Row,
    text::{pad, window},
    words,
};
use crate::form::{Field, Step};

/// A place to go to: what it is called, the key that goes there too, and what goes there.
pub(super) struct Place {
    pub(super) name: String,
    pub(super) key: &'static str,
    pub(super) command: Command,
}

fn place(name: impl Into<String>, key: &'static str, command: Command) -> Place {
    Place { name: name.into(), key, command }
}

impl App {
    /// Every place that can be gone to from here.
    fn places(&self) -> Vec<Place> {
        let mut places: Vec<Place> = Step::ALL
            .iter()
            .map(|step| place(words::step_name(*step), "", Command::Go(self.screen_of(*step))))
            .collect();
        if self.form.plan().is_some() {
            let pages = Page::ALL.into_iter().skip(1);
            places.extend(pages.map(|page| place(words::page_of_plan(page), "", Command::Go(Screen::Plan(page)))));
        }
        places.push(place(words::COURSE_AND_CLINIC, "i", Command::Go(Screen::Entry(Step::Schedule))));
        places.push(place(words::WHY, "F2", Command::Why));
        places.push(place(words::HELP_IN_FULL, "F1", Command::Help));
        if self.form.plan().is_some() {
            places.push(place(words::SECOND_CHECK, "k", Command::OpenSecondCheck));
            places.push(place(words::EXPORT, "p", Command::OpenExport));
            places.push(place(words::SAVE_UNDER, "", Command::AskName(FileKind::Plan)));
            places.push(place(words::SHOW_AS_TEXT, "", Command::ShowAsText));
        }
        places.push(place(words::WARD, "", Command::OpenWard));
        if !self.is_unsaved() {
            places.push(place(words::NEW_PATIENT, "", Command::NewPatient));
        }
        let mouse = if self.mouse { words::MOUSE_TO_OFF } else { words::MOUSE_TO_ON };
        places.push(place(mouse, "", Command::MouseOnOff));
        places.push(place(words::QUIT, "Ctrl+Q", Command::Leave));
        places
    }

    /// The places whose names hold every word that is typed.
    pub(super) fn places_found(&self) -> Vec<Place> {
        let find = match &self.over {
            Some(Over::GoTo { find, .. }) => find.value().to_lowercase(),
            _ => String::new(),
        };
        let is_found = |it: &Place| find.split_whitespace().all(|word| it.name.to_lowercase().contains(word));
        self.places().into_iter().filter(is_found).collect()
    }

    /// Goes to the marked place.
    pub(super) fn go_there(&mut self) -> Effect {
        let Some(Over::GoTo { at, .. }) = &self.over else { return Effect::Stay };
        let at = *at;
        let Some(place) = self.places_found().into_iter().nth(at) else { return self.say(words::NO_SUCH_PLACE) };
        self.over = None;
        self.take_in_hand();
        self.run(place.command)
    }

    /// The dialog of places.
    pub(super) fn goto_dialog(&self, columns: usize) -> Dialog {
        let mut dialog = Dialog::new(words::GO_TO_TITLE, columns);
        let Some(Over::GoTo { find, at }) = &self.over else { return dialog };
        let room = dialog.columns().saturating_sub(6);
        let (shown, cursor) = window(find.value(), Some(find.cursor()), room, self.cut());
        let line = Line::from(vec![Span::raw(words::FIND), Span::styled(pad(&shown, room, ""), self.theme.entry())]);
        let typed =
            Row { lines: vec![line], in_hand: false, cursor: Some((0, words::FIND.len() + cursor)), target: None };
        dialog.row(typed);
        dialog.blank();
        let found = self.places_found();
        for (number, it) in found.iter().enumerate() {
            let in_hand = number == *at;
            let (mark, style) = if in_hand { (">", self.theme.marked()) } else { (" ", self.theme.plain()) };
            let name = Span::styled(pad(&it.name, 46, self.cut()), style);
            let line = Line::from(vec![Span::raw(format!("{mark} ")), name, Span::raw(format!("  {}", it.key))]);
            dialog.row(Row::marked(vec![line], number, in_hand));
        }
        if found.is_empty() {
            dialog.line(Line::from(words::NO_SUCH_PLACE));
        }
        dialog.foot(words::IT_ONLY_GOES);
        dialog
    }

    /// The entry that the marked finding is about, with its step.
    pub(super) fn entry_of_finding(&self) -> Option<(Step, Field)> {
        let field = Field::of_finding(self.finding_in_hand(self.form.plan()?)?.code())?;
        let step = Step::ALL.iter().copied().find(|step| self.form.fields(*step).contains(&field))?;
        Some((step, field))
    }
}
