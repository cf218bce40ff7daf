//! The visits as a table to work with: one row for each, with boxes for what is written in by hand. What found no room
//! on the card follows.

use super::{
    columns::{Columns, INSIDE, RULE},
    content::Writer,
    flow::Section,
    lines::{PADDING, stacked},
    sheet::{BODY, CELL, LABEL, Length, Look, MILLIMETRE, POINT, Page, Role},
};
use crate::{
    export::{Given, Refused},
    plan::Event,
    present::{self, SharedNote, Visit},
    words::{page as words, spoken},
};

/// The least height of a row that is written into by hand.
const ROW: Length = 8 * MILLIMETRE;
/// Space between a level rule and the line of a text, which has some of its own.
const ABOVE: Length = 3 * POINT / 2;
/// The same where a course would take another sheet.
const ABOVE_TIGHT: Length = POINT / 4;

/// The column of the checks.
const CHECKS: usize = 3;

/// The columns: number, date, dose, checks, result, given with its batch, two signatures. What is handed out takes more
/// words than a dose. The checks have the width that the others leave.
fn columns(measure: Length, by_mouth: bool) -> Columns {
    let dose = if by_mouth { 70 } else { 44 };
    Columns::of(measure, &[21, 88, dose, 0, 51, 53, 51, 51])
}

/// The text of a cell.
fn cell(columns: &Columns, writer: &Writer<'_>, text: &str, bold: bool, at: usize) -> Result<Page, Refused> {
    writer.setter.block(text, if bold { CELL } else { LABEL }, columns.left(at) + INSIDE, columns.width(at))
}

/// Writes the table, where it is asked for, and the rest of the card. Where that takes more than a side, the rows are
/// lower, and then a note that several visits share is said once, above the table.
pub(super) fn write(writer: &Writer<'_>, table: Option<Given<'_>>, rest: &[Section]) -> Result<Vec<Page>, Refused> {
    let shared = present::shared_notes(&present::visits(writer.plan));
    let mut best: Option<Vec<Page>> = None;
    for (above, shared) in [(ABOVE, Vec::new()), (ABOVE_TIGHT, Vec::new()), (ABOVE_TIGHT, shared)] {
        let pages = laid_out(writer, table, rest, above, shared)?;
        if best.as_ref().is_none_or(|best| pages.len() < best.len()) {
            best = Some(pages);
        }
        if best.as_ref().is_some_and(|best| best.len() == 1) {
            break;
        }
    }
    Ok(best.unwrap_or_default())
}

fn laid_out(
    writer: &Writer<'_>,
    table: Option<Given<'_>>,
    rest: &[Section],
    above: Length,
    shared: Vec<SharedNote>,
) -> Result<Vec<Page>, Refused> {
    let mut flow = writer.flow();
    if let Some(given) = table {
        let columns = columns(writer.setter.measure, given.is_by_mouth());
        let visits = present::visits(writer.plan);
        let moved = present::moved_together(&visits);
        // What the marks of this side mean is said at its head, where it takes no line.
        let of_visits = visits.iter().flat_map(|visit| [present::checks_said(visit), visit.notes.join(" ")]);
        let marked = of_visits.chain(rest.iter().map(Section::text)).collect::<Vec<_>>().join(" ");
        let heading = match present::legend(&marked) {
            Some(means) => writer.setter.heading_with(words::VISITS, means)?,
            None => writer.setter.heading(words::VISITS)?,
        };
        flow.lead(heading);
        if !moved.reasons.is_empty() {
            flow.lead(stacked(&writer.setter.text(&moved.reasons.join(" "), BODY)?).and_room(PADDING));
        }
        for note in &shared {
            flow.lead(stacked(&writer.strong(&note.said)?).and_room(PADDING));
        }
        flow.table(head(&columns, writer, above)?);
        let table = Table { writer, columns, given, above, shared };
        for (at, visit) in visits.iter().enumerate() {
            flow.put(table.row(visit, moved.marks.get(&at).copied())?)?;
        }
        flow.end_table();
    }
    for section in rest {
        flow.section(section.clone())?;
    }
    if let Some(legend) = writer.legend(&flow.last())?.filter(|_| table.is_none() || flow.is_turned()) {
        flow.room(PADDING);
        flow.lines(legend)?;
    }
    flow.into_pages()
}

fn head(columns: &Columns, writer: &Writer<'_>, above: Length) -> Result<Page, Refused> {
    let name = |(at, label)| Ok(cell(columns, writer, label, true, at)?.begins(Role::ColumnHead));
    let names: Vec<Page> = words::COLUMNS.into_iter().enumerate().map(name).collect::<Result<_, Refused>>()?;
    Ok(columns.head(&names, above))
}

/// What the rows are written with.
struct Table<'a> {
    writer: &'a Writer<'a>,
    columns: Columns,
    given: Given<'a>,
    /// Space between a level rule and the line of a text.
    above: Length,
    /// What is said of several visits above the table.
    shared: Vec<SharedNote>,
}

impl Table<'_> {
    /// A row: its cells, and below them from edge to edge what else there is to say.
    fn row(&self, visit: &Visit, mark: Option<&str>) -> Result<Page, Refused> {
        let (columns, writer) = (&self.columns, self.writer);
        let numbered = visit.number.is_some();
        let number = visit.number.map_or_else(String::new, |it| it.to_string());
        let texts = [
            (spoken::day(visit.date), 1, Role::RowHead),
            (number, 0, Role::Cell),
            (visit.dose.clone().unwrap_or_default(), 2, Role::Cell),
        ];
        let mut cells = Vec::new();
        // Below the day is what refers to the sentences above the table: no figure that could be taken for the day.
        let is_shared = self.shared.iter().any(|note| visit.notes.contains(&note.text));
        let marks = [mark.unwrap_or_default(), if is_shared { words::SEE_ABOVE } else { "" }];
        let marks = marks.into_iter().filter(|mark| !mark.is_empty()).collect::<Vec<_>>().join("; ");
        for (text, at, role) in texts.into_iter().filter(|(text, ..)| !text.is_empty()) {
            let mut text = cell(columns, writer, &text, numbered, at)?.begins(role);
            if role == Role::RowHead && !marks.is_empty() {
                text.add(&cell(columns, writer, &marks, is_shared, at)?.begins(Role::Continued));
            }
            cells.push(text);
        }
        let (checked, below) = self.checks_and_notes(visit, mark.is_some())?;
        cells.push(checked);
        let mut row = Page { height: self.lowest(&cells), ..Page::default() };
        for cell in &cells {
            row.put(cell, 0, (row.height - cell.height) / 2);
        }
        if numbered {
            let tick = 12 * POINT;
            row.put(&Page::frame(tick, tick, RULE), columns.left(5) + INSIDE, (row.height - tick) / 2);
        } else {
            // Nothing is given, so there is nothing to tick, no batch, and no second person.
            for at in [2, 5, 7] {
                let dash = 10 * POINT;
                row.bar(columns.left(at).midpoint(columns.right(at)) - dash / 2, row.height / 2, dash, RULE);
            }
        }
        columns.uprights(&mut row);
        if !below.texts.is_empty() {
            let mut below = below.and_room(self.above);
            columns.ends(&mut below);
            row = stacked(&[row, below]);
        }
        row.bar(0, row.height - RULE, columns.measure(), RULE);
        Ok(row)
    }

    /// What is checked with what else there is to say of a visit: in the cell of the checks; what does not fit on a line
    /// of that cell is below the row where that leaves it lower by more than the space around a text.
    fn checks_and_notes(&self, visit: &Visit, move_said: bool) -> Result<(Page, Page), Refused> {
        let setter = &self.writer.setter;
        let width = self.columns.width(CHECKS);
        let notes = self.notes(visit, move_said);
        let checks = Note { text: present::checks_said(visit), is_condition: false };
        let in_cell = |notes: &[Note]| {
            let mut checks = Page::default();
            for note in notes.iter().filter(|note| !note.text.is_empty()) {
                checks.add(&cell(&self.columns, self.writer, &note.text, note.is_condition, CHECKS)?);
            }
            Ok::<Page, Refused>(checks.begins(Role::Cell))
        };
        let (conditions, others): (Vec<Note>, Vec<Note>) = notes.iter().cloned().partition(|note| note.is_condition);
        let said = [&checks].into_iter().chain(&others).map(|note| note.text.as_str());
        let said = said.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("; ");
        let together = in_cell(&[vec![Note { text: said, is_condition: false }], conditions].concat())?;
        let mut short = vec![checks];
        let mut below = Page::default();
        for note in notes {
            let look = note.look();
            if setter.fonts.width(&note.text, look)? <= width {
                short.push(note);
            } else {
                let measure = self.columns.measure() - 2 * INSIDE;
                below.add(&setter.block(&note.text, look, INSIDE, measure)?.begins(Role::Cell));
            }
        }
        let beside = in_cell(&short)?;
        let lowest = |cell: &Page| self.lowest(std::slice::from_ref(cell));
        let apart = lowest(&beside) + if below.height > 0 { below.height + self.above } else { 0 };
        if lowest(&together) <= apart + 2 * self.above {
            return Ok((together, Page::default()));
        }
        Ok((beside, below))
    }

    /// The height of a row with these cells: no lower than can be written in.
    fn lowest(&self, cells: &[Page]) -> Length {
        let highest = cells.iter().map(|cell| cell.height).max().unwrap_or_default();
        ROW.max(highest + 2 * self.above)
    }

    /// What else there is to say of a visit; of its move only where the reason is not said above the table.
    fn notes(&self, visit: &Visit, move_said: bool) -> Vec<Note> {
        let moved = visit.moved.as_ref().filter(|_| !move_said).map(|it| it.text.clone());
        let note = |text: String| {
            let events = visit.entries.iter().filter_map(|at| self.given.dosed.schedule.entries.get(*at));
            let mut events = events.map(|it| &it.event);
            let is_condition = events.any(|it| matches!(it, Event::Dose { only: Some(only), .. } if *only == text));
            Note { text, is_condition }
        };
        let own = visit.notes.iter().filter(|text| self.shared.iter().all(|note| note.text != **text));
        own.cloned().chain(moved).map(note).collect()
    }
}

/// What else there is to say of a visit.
#[derive(Clone)]
struct Note {
    text: String,
    /// Whether the dose depends on it. Then it is printed as prominently as the dose.
    is_condition: bool,
}

impl Note {
    fn look(&self) -> Look {
        if self.is_condition { CELL } else { LABEL }
    }
}
