//! The dates as a table to work with: what happens on which day, and boxes for what is written in by hand.

use std::ops::Range;

use super::{
    content::Writer,
    lines::{PADDING, Setter, stacked},
    sheet::{BODY, FIGURE, LABEL, Length, Look, MILLIMETRE, POINT, Page, STRONG},
};
use crate::{
    export::Refused,
    plan::{Dosed, Event},
    present::{EntryLine, entry_line},
    words::page as words,
};

/// The least height of a row that is written into by hand.
const ROW: Length = 9 * MILLIMETRE;
/// A rule of the table.
const RULE: Length = POINT * 3 / 4;

/// The places of the edges of the columns: date, what, dose, given, batch, signature, second signature.
struct Columns([Length; 8]);

impl Columns {
    fn of(measure: Length) -> Self {
        let [date, what, dose, given, batch] = [104, 68, 92, 40, 62].map(|points| points * POINT);
        let signed = date + what + dose + given + batch;
        let each = (measure - signed) / 2;
        let at = [0, date, date + what, date + what + dose, signed - batch, signed, signed + each, measure];
        Self(at)
    }

    /// The text of a cell that goes over these columns.
    fn cell(&self, setter: &Setter<'_>, text: &str, look: Look, over: Range<usize>) -> Result<Page, Refused> {
        let [left, right] = [self.0[over.start], self.0[over.end]];
        setter.block(text, look, left + PADDING, right - left - 2 * PADDING)
    }
}

/// Writes the table.
pub(super) fn write(writer: &mut Writer<'_>, dosed: &Dosed) -> Result<(), Refused> {
    let columns = Columns::of(writer.setter.measure);
    writer.heading("Dates")?;
    writer.flow.table(head(&columns, &writer.setter)?);
    let entries = &dosed.schedule.entries;
    for (at, entry) in entries.iter().enumerate() {
        let row = row(&columns, &writer.setter, &entry.event, entry_line(dosed, entry))?;
        // A check on the day of a dose is on the same page as the dose.
        let goes_on = entries.get(at + 1).is_some_and(|next| next.date == entry.date);
        if goes_on {
            writer.flow.lead(row);
        } else {
            writer.flow.put(row)?;
        }
    }
    writer.flow.end_table();
    Ok(())
}

fn head(columns: &Columns, setter: &Setter<'_>) -> Result<Page, Refused> {
    let mut head = Page::default();
    let mut cells = Vec::new();
    for (at, label) in words::COLUMNS.into_iter().enumerate() {
        let cell = columns.cell(setter, label, Look { size: LABEL.size, line: LABEL.line, ..STRONG }, at..at + 1)?;
        head.height = head.height.max(cell.height + 2 * PADDING);
        cells.push(cell);
    }
    for cell in &cells {
        head.put(cell, 0, head.height - PADDING - cell.height);
    }
    edges(&mut head, &columns.0);
    head.bar(0, 0, columns.0[7], 2 * RULE);
    head.bar(0, head.height - RULE, columns.0[7], 2 * RULE);
    Ok(head)
}

/// A row: its cells, and below them from edge to edge what else there is to say.
fn row(columns: &Columns, setter: &Setter<'_>, event: &Event, line: EntryLine) -> Result<Page, Refused> {
    let EntryLine { day, what, number, dose, notes } = line;
    let mut notes = notes.into_iter();
    let what = [what.as_str(), number.as_str()].join(" ");
    let mut what = what.trim_end().to_owned();
    let given = matches!(event, Event::Dose { .. } | Event::Supply { .. });
    if let Some(before) = event.before().and_then(|_| notes.next()) {
        what = format!("{what} {before}");
    }
    let look = if given { FIGURE } else { BODY };
    let mut cells = vec![columns.cell(setter, &day, look, 0..1)?];
    // The edges between columns, but where a cell goes over several.
    let edges = match event {
        Event::Dose { .. } | Event::Supply { .. } => {
            cells.push(columns.cell(setter, &what, FIGURE, 1..2)?);
            cells.push(columns.cell(setter, &dose, FIGURE, 2..3)?);
            vec![0, 1, 2, 3, 4, 5, 6, 7]
        }
        Event::Check { .. } => {
            cells.push(columns.cell(setter, &what, BODY, 1..3)?);
            cells.push(columns.cell(setter, words::RESULT, BODY, 3..5)?);
            vec![0, 1, 3, 5, 6, 7]
        }
        Event::Review { .. } => {
            cells.push(columns.cell(setter, &what, BODY, 1..5)?);
            vec![0, 1, 5, 6, 7]
        }
    };
    let highest = cells.iter().map(|cell| cell.height).max().unwrap_or_default();
    let mut row = Page { height: ROW.max(highest + 2 * PADDING), ..Page::default() };
    for cell in &cells {
        row.put(cell, 0, (row.height - cell.height) / 2);
    }
    if given {
        let tick = 12 * POINT;
        let left = (columns.0[3] + columns.0[4] - tick) / 2;
        row.put(&Page::frame(tick, tick, RULE), left, (row.height - tick) / 2);
    } else {
        let dash = 10 * POINT;
        row.bar((columns.0[6] + columns.0[7] - dash) / 2, row.height / 2, dash, RULE);
    }
    let at: Vec<Length> = edges.into_iter().map(|edge: usize| columns.0[edge]).collect();
    self::edges(&mut row, &at);
    let notes: Vec<String> = notes.collect();
    if !notes.is_empty() {
        let mut below = Page::default();
        for (n, note) in notes.iter().enumerate() {
            // A condition of a dose is printed as prominently as the dose.
            let depends = n == 0 && matches!(event, Event::Dose { only: Some(_), .. });
            below.add(&columns.cell(setter, note, if depends { STRONG } else { LABEL }, 0..7)?);
        }
        let mut below = below.and_room(PADDING);
        self::edges(&mut below, &[columns.0[0], columns.0[7]]);
        row = stacked(&[row, below]);
    }
    row.bar(0, row.height - RULE, columns.0[7], RULE);
    Ok(row)
}

/// Draws the upright rules of a row.
fn edges(row: &mut Page, at: &[Length]) {
    let last = at.len().saturating_sub(1);
    for (n, edge) in at.iter().enumerate() {
        let left = if n == last { edge - RULE } else { *edge };
        row.bar(left, 0, RULE, row.height);
    }
}
