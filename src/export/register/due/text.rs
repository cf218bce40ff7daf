//! The list of who is due as plain text, for a terminal of 80 columns.

use super::{DueList, DueRow};
use crate::{
    present::Page,
    words::{
        register as words,
        register::command::{NOT_THE_RECORD, foot, last_backup},
    },
};

/// The list as plain text: the group that needs somebody soonest first, each patient with who it is and the day, what is
/// due, and the creatinine.
pub fn text(list: &DueList) -> String {
    let mut page = Page::default();
    page.text(&words::due_title(&list.ward, list.day));
    page.text(&list.reach());
    if let Some(age) = last_backup(list.last_backup, list.as_of.date_naive()) {
        page.text(&age);
    }
    if list.is_empty() {
        page.blank();
        page.text(list.nobody());
    }
    if !list.damaged.is_empty() {
        page.heading(&words::damaged_group(list.damaged.len()));
        for patient in &list.damaged {
            page.ends(&words::damaged_patient(patient), "");
            page.under(&words::damaged(&patient.entries));
        }
    }
    for (group, rows) in list.groups() {
        page.heading(&words::counted_group(group, list.ahead, rows.len()));
        for DueRow { line, beside } in rows {
            page.ends(&words::due_patient(line), &words::due_day(line));
            page.under(&words::due_dose(line, &beside.drug));
            page.under(&words::due_checks(&beside.value_in_words(), &beside.creatinine_in_words()));
            beside.notices().iter().for_each(|notice| page.under(notice));
        }
    }
    page.blank();
    page.text(&foot(list.anchor.number(), &list.anchor.to_string()));
    page.text(NOT_THE_RECORD);
    page.into_text()
}
