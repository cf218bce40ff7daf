//! The list of a ward: who has no date, who is late, who is due, who is on hold.

use crate::{
    present::lines::Page,
    ward::store::{DueLine, Group},
    words::{
        date,
        register::command as words,
        spoken::{capital, day},
    },
};

/// The columns of the identifier, of who it is, and of the dose.
const COLUMNS: [usize; 3] = [14, 32, 10];

/// The list as text, the group that needs somebody soonest first.
pub fn due(head: &str, lines: &[DueLine], foot: &str) -> String {
    let mut page = Page::default();
    page.text(head);
    let mut group = None;
    for line in lines {
        if group != Some(line.group) {
            group = Some(line.group);
            page.heading(words::group(line.group));
        }
        page.line(&self::line(line));
    }
    page.blank();
    if lines.is_empty() {
        page.text(words::NOBODY);
    }
    page.text(foot);
    page.text(words::NOT_THE_RECORD);
    page.into_text()
}

fn line(line: &DueLine) -> String {
    let who = [line.name.clone(), line.birth_date.map(date)];
    let who: Vec<String> = who.into_iter().flatten().collect();
    let dose = line.next_dose.map(words::dose).unwrap_or_default();
    let drug = capital(&line.drug.replace('-', " "));
    let mg = line.dose.clone().unwrap_or_default();
    let [id, name, number] = COLUMNS;
    let when = match (line.group, line.due) {
        (Group::Held, _) => words::look_again(line.look_again),
        (Group::Overdue, Some(due)) => format!("{}, {}", day(due), words::late(line.late_days)),
        (_, Some(due)) => day(due),
        (_, None) => String::new(),
    };
    format!("  {:<id$}{:<name$}{dose:<number$}{when}\n  {:<id$}{drug}, {mg}", line.id, who.join(", "), "")
}
