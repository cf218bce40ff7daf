//! The visits as a table to work with: one row for each, with boxes for what is written in by hand. What found no room
//! on the card follows.

use super::{
    content::Writer,
    flow::Section,
    lines::{PADDING, stacked},
    sheet::{BODY, CELL, LABEL, Length, MILLIMETRE, POINT, Page, Role},
};
use crate::{
    export::{Given, Refused, pdf::Part},
    plan::Event,
    present::{self, Visit},
    words::{page as words, spoken},
};

/// The least height of a row that is written into by hand.
const ROW: Length = 8 * MILLIMETRE;
/// A rule of the table.
const RULE: Length = POINT * 3 / 4;
/// Space between a rule and a text.
const INSIDE: Length = 2 * POINT;

/// The column of the checks.
const CHECKS: usize = 3;

/// The places of the edges of the columns: number, date, dose, checks, result, given with its batch, two signatures.
struct Columns([Length; 9]);

impl Columns {
    /// What is handed out takes more words than a dose. The checks have the width that the others leave.
    fn of(measure: Length, by_mouth: bool) -> Self {
        let dose = if by_mouth { 70 } else { 48 };
        let widths = [22, 88, dose, 0, 36, 54, 52, 52].map(|points| points * POINT);
        let checks = measure - widths.iter().sum::<Length>();
        let mut at = [0; 9];
        for (n, width) in widths.into_iter().enumerate() {
            at[n + 1] = at[n] + if n == CHECKS { checks } else { width };
        }
        Self(at)
    }

    /// The width of a text in a column.
    fn width(&self, at: usize) -> Length {
        self.0[at + 1] - self.0[at] - 2 * INSIDE
    }

    /// The text of a cell.
    fn cell(&self, writer: &Writer<'_>, text: &str, bold: bool, at: usize) -> Result<Page, Refused> {
        writer.setter.block(text, if bold { CELL } else { LABEL }, self.0[at] + INSIDE, self.width(at))
    }
}

/// Writes the table, where it is asked for, and the rest of the card.
pub(super) fn write(writer: &Writer<'_>, table: Option<Given<'_>>, rest: Vec<Section>) -> Result<Vec<Page>, Refused> {
    let with_card = writer.options.pages.contains(Part::Card);
    let mut flow = writer.flow();
    if let Some(given) = table {
        let columns = Columns::of(writer.setter.measure, given.is_by_mouth());
        let visits = present::visits(writer.plan);
        let alike = present::moved_alike(&visits);
        flow.lead(writer.setter.heading(words::VISITS)?);
        if let Some(alike) = &alike {
            flow.lead(stacked(&writer.setter.text(alike, BODY)?).and_room(PADDING));
        }
        flow.table(head(&columns, writer)?);
        for visit in &visits {
            flow.put(row(&columns, writer, given, visit, alike.is_some())?)?;
        }
        flow.end_table();
    }
    for section in rest {
        flow.section(section)?;
    }
    // What the marks mean is on the front of the sheet.
    if let Some(legend) = writer.legend(&flow.text())?.filter(|_| !with_card) {
        flow.room(PADDING);
        flow.lines(legend)?;
    }
    flow.into_pages()
}

fn head(columns: &Columns, writer: &Writer<'_>) -> Result<Page, Refused> {
    let mut head = Page::default();
    let mut cells = Vec::new();
    for (at, label) in words::COLUMNS.into_iter().enumerate() {
        let cell = columns.cell(writer, label, true, at)?.begins(Role::ColumnHead);
        head.height = head.height.max(cell.height + 2 * INSIDE);
        cells.push(cell);
    }
    for cell in &cells {
        head.put(cell, 0, head.height - INSIDE - cell.height);
    }
    edges(&mut head, &columns.0);
    head.bar(0, 0, columns.0[8], 2 * RULE);
    head.bar(0, head.height - RULE, columns.0[8], 2 * RULE);
    Ok(head)
}

/// A row: its cells, and below them from edge to edge what else there is to say.
fn row(
    columns: &Columns,
    writer: &Writer<'_>,
    given: Given<'_>,
    visit: &Visit,
    all_moved: bool,
) -> Result<Page, Refused> {
    let numbered = visit.number.is_some();
    let number = visit.number.map_or_else(String::new, |it| it.to_string());
    let texts = [
        (spoken::day(visit.date), 1, Role::RowHead),
        (number, 0, Role::Cell),
        (visit.dose.clone().unwrap_or_default(), 2, Role::Cell),
    ];
    let mut cells = Vec::new();
    for (text, at, role) in texts.into_iter().filter(|(text, ..)| !text.is_empty()) {
        cells.push(columns.cell(writer, &text, numbered, at)?.begins(role));
    }
    let (short, long): (Vec<Note>, Vec<Note>) =
        notes(columns, writer, given, visit, all_moved)?.into_iter().partition(|note| note.fits);
    let checks = Note { text: present::checks_said(visit), is_condition: false, fits: true };
    let mut checked = Page::default();
    for note in [checks].iter().chain(&short).filter(|note| !note.text.is_empty()) {
        checked.add(&columns.cell(writer, &note.text, note.is_condition, CHECKS)?);
    }
    cells.push(checked.begins(Role::Cell));
    let highest = cells.iter().map(|cell| cell.height).max().unwrap_or_default();
    let mut row = Page { height: ROW.max(highest + 2 * INSIDE), ..Page::default() };
    for cell in &cells {
        row.put(cell, 0, (row.height - cell.height) / 2);
    }
    if numbered {
        let tick = 12 * POINT;
        row.put(&Page::frame(tick, tick, RULE), columns.0[5] + INSIDE, (row.height - tick) / 2);
    } else {
        // Nothing is given, so there is nothing to tick, no batch, and no second person.
        for at in [2, 5, 7] {
            let dash = 10 * POINT;
            row.bar(columns.0[at].midpoint(columns.0[at + 1]) - dash / 2, row.height / 2, dash, RULE);
        }
    }
    edges(&mut row, &columns.0);
    if !long.is_empty() {
        let measure = columns.0[8];
        let mut below = Page::default();
        for Note { text, is_condition, .. } in &long {
            let look = if *is_condition { CELL } else { LABEL };
            below.add(&writer.setter.block(text, look, INSIDE, measure - 2 * INSIDE)?.begins(Role::Cell));
        }
        let mut below = below.and_room(INSIDE);
        edges(&mut below, &[0, measure]);
        row = stacked(&[row, below]);
    }
    row.bar(0, row.height - RULE, columns.0[8], RULE);
    Ok(row)
}

/// What else there is to say of a visit.
struct Note {
    text: String,
    /// Whether the dose depends on it. Then it is printed as prominently as the dose.
    is_condition: bool,
    /// Whether it fits on a line of the checks.
    fits: bool,
}

/// What else there is to say of a visit; why it was moved only where that is not said of all of them above the table.
fn notes(
    columns: &Columns,
    writer: &Writer<'_>,
    given: Given<'_>,
    visit: &Visit,
    all_moved: bool,
) -> Result<Vec<Note>, Refused> {
    let moved = visit.moved.as_ref().filter(|_| !(all_moved && visit.number.is_some()));
    let mut notes = Vec::new();
    for text in visit.notes.iter().cloned().chain(moved.map(|it| it.text.clone())) {
        let events = visit.entries.iter().filter_map(|at| given.dosed.schedule.entries.get(*at)).map(|it| &it.event);
        let is_condition =
            events.into_iter().any(|it| matches!(it, Event::Dose { only: Some(only), .. } if *only == text));
        let look = if is_condition { CELL } else { LABEL };
        let fits = writer.setter.fonts.width(&text, look)? <= columns.width(CHECKS);
        notes.push(Note { text, is_condition, fits });
    }
    Ok(notes)
}

/// Draws the upright rules of a row.
fn edges(row: &mut Page, at: &[Length]) {
    let last = at.len().saturating_sub(1);
    for (n, edge) in at.iter().enumerate() {
        let left = if n == last { edge - RULE } else { *edge };
        row.bar(left, 0, RULE, row.height);
    }
}
