//! The list of who is due as a sheet to work with: for the morning, and for the day on which the computers are down.
//! Every row is whole, and has room for what is written by hand.

use std::sync::Arc;

use super::{
    columns::{Columns, INSIDE, RULE},
    draw,
    flow::Flow,
    font::Type,
    guarded,
    lines::{Setter, stacked},
    sheet::{BODY, CELL, LABEL, LARGE, Length, MILLIMETRE, POINT, Page, Paper, Role, STRONG},
};
use crate::{
    export::{
        Refused,
        register::{DueList, DueRow},
    },
    ward::store::{DamagedPatient, Group},
    words::{
        page,
        register::{self as words, command},
    },
};

/// How the sheet is printed.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The paper.
    pub paper: Paper,
    /// A font file for the characters that the built-in font lacks.
    pub font: Option<Arc<Vec<u8>>>,
}

/// The least height of a row that is written into by hand.
const ROW: Length = 15 * MILLIMETRE;
/// The column of the signatures.
const SIGNATURES: usize = words::DUE_COLUMNS.len() - 1;

/// The sheet as a PDF.
///
/// # Errors
/// A text that cannot be set right, or a font that cannot be used.
pub fn sheet(list: &DueList, how: &Sheet) -> Result<Vec<u8>, Refused> {
    guarded(how.font.as_ref(), || {
        let fonts = Type::new(how.font.as_ref())?;
        let pages = laid_out(list, how, &fonts)?;
        let about = draw::About {
            title: words::due_title(&list.ward, list.day),
            content: format!("{} {} {}", list.anchor, list.day, list.ahead),
            at: list.as_of,
            paper: how.paper,
            fonts: &fonts,
            has_other_font: how.font.is_some(),
        };
        draw::document(&about, &pages)
    })
}

/// The pages of the sheet as they are laid out.
///
/// # Errors
/// A text that cannot be set right, or a font that cannot be used.
pub fn sheet_pages(list: &DueList, how: &Sheet) -> Result<Vec<Page>, Refused> {
    guarded(how.font.as_ref(), || laid_out(list, how, &Type::new(how.font.as_ref())?))
}

fn laid_out(list: &DueList, how: &Sheet, fonts: &Type<'_>) -> Result<Vec<Page>, Refused> {
    let paper = how.paper;
    let setter = Setter { fonts, measure: paper.measure() };
    let head = head(list, &setter)?;
    if head.height > paper.height() / 3 {
        return Err(Refused::TooLong(list.ward.to_string()));
    }
    let room = foot(list, &setter, [99, 99])?.height + 4 * POINT;
    let mut flow = Flow::new(paper, head.height, room);
    // The patient has the width that the others leave.
    let columns = Columns::of(setter.measure, &[65, 0, 92, 96, 42, 58, 56]);
    let table = Table { columns, setter: &setter };
    if list.is_empty() {
        flow.lines(setter.text(list.nobody(), BODY)?)?;
    } else {
        flow.table(table.head()?);
        if !list.damaged.is_empty() {
            flow.lead(table.group(&words::damaged_group(list.damaged.len()))?);
            for patient in &list.damaged {
                flow.put(table.damaged(patient)?)?;
            }
        }
        for (group, rows) in list.groups() {
            flow.lead(table.group(&words::counted_group(group, list.ahead, rows.len()))?);
            for row in rows {
                flow.put(table.row(row)?)?;
            }
        }
        flow.end_table();
    }
    let sides = flow.into_pages()?;
    let count = sides.len();
    let framed = |(at, side): (usize, &Page)| {
        let mut whole = Page { height: paper.height(), ..Page::default() };
        let head = head.clone();
        whole.put(&if at == 0 { head } else { head.repeated() }, paper.side(), paper.margin());
        whole.put(side, 0, 0);
        let foot = foot(list, &setter, [at + 1, count])?;
        whole.put(&foot, paper.side(), paper.height() - paper.margin() - foot.height);
        Ok(whole)
    };
    sides.iter().enumerate().map(framed).collect()
}

/// The head of every page: the ward and the day.
fn head(list: &DueList, setter: &Setter<'_>) -> Result<Page, Refused> {
    let title = setter.block(&words::due_title(&list.ward, list.day), LARGE, 0, setter.measure)?;
    let mut head = title.begins(Role::Title);
    head.add(&setter.block(&list.reach(), LABEL, 0, setter.measure)?);
    Ok(head.and_room(6 * POINT))
}

/// The foot of every page: the ward, the day, when it was made, and the last entry of the register then.
fn foot(list: &DueList, setter: &Setter<'_>, [number, count]: [usize; 2]) -> Result<Page, Refused> {
    let page = setter.to_the_right(&page::page_of(number, count), LABEL)?;
    let taken = page.texts.iter().map(|it| it.width).sum::<Length>() + 12 * POINT;
    let mut foot = Page { height: 3 * POINT, ..Page::default() };
    foot.bar(0, 0, setter.measure, RULE);
    foot.put(&page, 0, foot.height);
    foot.add(&setter.block(&words::sheet_foot(&list.ward, list.day, list.as_of), LABEL, 0, setter.measure - taken)?);
    let anchor = command::foot(list.anchor.number(), &list.anchor.to_string());
    let up_to = format!("{anchor} {}", command::NOT_THE_RECORD);
    foot.add(&setter.block(&up_to, LABEL, 0, setter.measure)?);
    Ok(foot.repeated())
}

/// The table of a list.
struct Table<'a> {
    columns: Columns,
    setter: &'a Setter<'a>,
}

impl Table<'_> {
    /// Texts of a cell, one below the other; the first is what must be seen.
    fn cell(&self, at: usize, texts: &[(&str, bool)]) -> Result<Page, Refused> {
        let (left, width) = (self.columns.left(at) + INSIDE, self.columns.width(at));
        let mut parts = Vec::new();
        for (text, is_strong) in texts.iter().filter(|(text, _)| !text.is_empty()) {
            let look = if *is_strong { CELL } else { LABEL };
            // A cell is one text to who hears the page, however many lines it has.
            parts.push(self.setter.block(text, look, left, width)?.begins(Role::Continued));
        }
        Ok(stacked(&parts))
    }

    fn head(&self) -> Result<Page, Refused> {
        let name = |(at, label)| Ok(self.cell(at, &[(label, true)])?.begins(Role::ColumnHead));
        let names: Vec<Page> = words::DUE_COLUMNS.into_iter().enumerate().map(name).collect::<Result<_, Refused>>()?;
        Ok(self.columns.head(&names, INSIDE))
    }

    /// The name of a part of the list, from edge to edge.
    fn group(&self, name: &str) -> Result<Page, Refused> {
        let measure = self.columns.measure();
        let text = self.setter.block(name, STRONG, INSIDE, measure - 2 * INSIDE)?.begins(Role::RowHead);
        let mut group = Page { height: text.height + 2 * INSIDE, ..Page::default() };
        group.put(&text, 0, INSIDE);
        self.columns.ends(&mut group);
        group.bar(0, group.height - RULE, measure, RULE);
        Ok(group)
    }

    fn row(&self, DueRow { line, beside }: &DueRow) -> Result<Page, Refused> {
        let (day, late) = words::sheet_day(line);
        let name = line.name.as_deref().unwrap_or_default();
        let born = words::due_born(line);
        let (next, given) = (words::due_next(line), words::due_given(line));
        let value = beside.value_in_words();
        let notices = beside.notices().join("; ");
        let last = words::last(&beside.creatinine_in_words());
        let texts: [&[(&str, bool)]; 4] = [
            &[(&day, line.group != Group::Ahead), (&late, true)],
            &[(name, true), (&line.id, false), (&born, false)],
            &[(&beside.drug, false), (&next, true), (&given, false)],
            &[(&value, true), (&last, false), (&notices, true)],
        ];
        self.cells(&texts)
    }

    /// A patient of whom nothing can be said.
    fn damaged(&self, patient: &DamagedPatient) -> Result<Page, Refused> {
        let (who, why) = (words::damaged_patient(patient), words::damaged(&patient.entries));
        self.cells(&[&[], &[(&who, true)], &[(&why, true)], &[]])
    }

    /// A row with these texts, and with room for what is written by hand.
    fn cells(&self, texts: &[&[(&str, bool)]; 4]) -> Result<Page, Refused> {
        let mut cells = Vec::new();
        for (at, texts) in texts.iter().enumerate() {
            let role = if at == 0 { Role::RowHead } else { Role::Cell };
            cells.push(self.cell(at, texts)?.begins(role));
        }
        let highest = cells.iter().map(|cell| cell.height).max().unwrap_or_default();
        let mut row = Page { height: ROW.max(highest + 2 * INSIDE), ..Page::default() };
        for cell in &cells {
            row.put(cell, 0, INSIDE);
        }
        self.columns.uprights(&mut row);
        // Two people sign, one below the other.
        let (left, right) = (self.columns.left(SIGNATURES), self.columns.right(SIGNATURES));
        row.bar(left, row.height / 2, right - left, RULE);
        row.bar(0, row.height - RULE, self.columns.measure(), RULE);
        Ok(row)
    }
}
