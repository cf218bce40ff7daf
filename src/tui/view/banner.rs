//! The banner: who the patient is, in sight on every screen. Number, name, birth date with age and allergies are never
//! cut; what is beside them gives way.

use ratatui::text::Line;

use super::super::{
    App,
    screen::{Over, Screen},
    text::{pad, width, wrap},
    words,
};
use crate::{form::Field, json::visible};

impl App {
    /// Who the patient is, on two lines or three: number, name, birth date with age, and allergies are never cut.
    pub(super) fn banner_lines(&self, columns: usize) -> Vec<Line<'static>> {
        if matches!(self.over, Some(Over::SecondCheck { .. })) {
            let by = self.form.text(Field::PreparedBy).trim();
            return vec![
                Line::from(pad(&format!(" {}", words::SECOND_CHECK_BANNER), columns, self.cut())),
                Line::from(pad(&format!(" {}", words::hidden_on_purpose(by)), columns, self.cut())),
            ];
        }
        let stated = self.form.filled().stated();
        let seen = |field| visible(self.form.text(field).trim());
        let (name, id) = (seen(Field::Name), seen(Field::Id));
        let born =
            stated.birth_date.map_or_else(|| words::NOT_BORN.to_owned(), |day| words::born(day, self.form.today()));
        let name = if name.is_empty() { words::NO_NAME.to_owned() } else { name };
        let id = if id.is_empty() { words::NO_NUMBER.to_owned() } else { words::number(&id) };
        let sex = stated.sex.map(|sex| words::capital(sex.as_str())).unwrap_or_default();
        let allergies = words::known_allergies(&visible(&self.form.allergies()));
        let beside = match self.drug_in_banner() {
            Some(drug) => drug,
            None => stated.weight_kg.map(|weight| words::weight(&weight.to_string())).unwrap_or_default(),
        };
        let state = match (&self.file, self.is_unsaved()) {
            (Some(_), false) => words::SAVED,
            (None, false) => words::NEW_PATIENT_STATE,
            (_, true) if self.keeps_drafts => words::NOT_SAVED,
            (_, true) => words::NO_DRAFT_KEPT,
        };
        let local = self.form.listed().filter(|it| it.origin == crate::regimen::Origin::Local);
        let local = local.map_or("", |it| if it.is_draft() { words::LOCAL_DRAFT } else { words::LOCAL_REGIMEN });
        let mouse = if self.mouse { "" } else { words::MOUSE_IS_OFF };
        // What names the patient wraps into as many lines as it needs; what is beside it gives way.
        let mut lines = flow(&[name, born, sex, id], columns, "     ");
        let right: String =
            [local, mouse, state].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("  ");
        let mut second = flow(&[allergies], columns, "");
        let mut last = second.pop().unwrap_or_default();
        // Weight and drug stand elsewhere as well, and are here only where they have room.
        if !beside.is_empty() && width(&last) + width(&beside) + width(&right) + 9 <= columns {
            last = format!("{last}     {beside}");
        }
        if width(&last) + width(&right) + 4 <= columns {
            let blanks = " ".repeat(columns - 1 - width(&last) - width(&right));
            second.push(format!("{last}{blanks}{right}"));
        } else {
            second.push(last);
            second.push(format!("{}{right}", " ".repeat(columns.saturating_sub(1 + width(&right)))));
        }
        lines.extend(second);
        lines.into_iter().map(|line| Line::from(pad(&line, columns, ""))).collect()
    }

    /// The drug in the banner, where there is one; the dose stands on the card alone.
    fn drug_in_banner(&self) -> Option<String> {
        let is_shown = matches!(self.screen, Screen::Visits | Screen::Plan(_));
        self.form.listed().filter(|_| is_shown).map(words::regimen)
    }

    /// The patient in a few words, for a dialog.
    pub(in crate::tui) fn who_in_short(&self) -> String {
        let born = self.form.filled().stated().birth_date.map(words::born_on).unwrap_or_default();
        let name = visible(self.form.text(Field::Name).trim());
        let id = visible(self.form.text(Field::Id).trim());
        let who = if name.is_empty() { id } else { name };
        [who, born].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ")
    }
}

/// Words in lines: each on the line before where it has room, with blanks between them, else on a line of its own.
fn flow(words: &[String], columns: usize, gap: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.iter().filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if width(line) + width(gap) + width(word) < columns => {
                line.push_str(gap);
                line.push_str(word);
            }
            _ => lines.extend(wrap(word, columns.saturating_sub(2)).into_iter().map(|line| format!(" {line}"))),
        }
    }
    lines
}
