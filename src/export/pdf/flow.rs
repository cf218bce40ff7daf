//! The way of the parts onto pages: a part is never cut in two, and the head of a table is on every page of it.

use super::{
    lines::stacked,
    sheet::{Length, POINT, Page, Paper},
};
use crate::export::Refused;

/// What belongs under one heading: texts and boxes, each in lines.
#[derive(Clone, Default)]
pub(super) struct Section {
    pub(super) heading: Option<Page>,
    pub(super) texts: Vec<Vec<Page>>,
}

impl Section {
    /// An empty section under a heading.
    pub(super) fn under(heading: Page) -> Self {
        Self { heading: Some(heading), texts: Vec::new() }
    }

    /// All that it says.
    pub(super) fn text(&self) -> String {
        said(self.texts.iter().flatten())
    }
}

/// The room above a section: less where it goes on with what the one before it began.
fn above(section: &Section) -> Length {
    if section.heading.is_some() { 4 * POINT } else { 3 * POINT }
}

/// All that parts say.
fn said<'p>(parts: impl Iterator<Item = &'p Page>) -> String {
    parts.flat_map(|part| &part.texts).map(|it| it.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Parts that flow onto pages.
pub(super) struct Flow {
    left: Length,
    top: Length,
    bottom: Length,
    page: Page,
    pages: Vec<Page>,
    /// Parts that wait for the one they belong with.
    waiting: Vec<Page>,
    /// The head of the table that has begun.
    head: Option<Page>,
    /// The head of a table whose first row has still to come.
    coming: Option<Page>,
}

impl Flow {
    /// Pages with so much room taken at the head and at the foot of each.
    pub(super) fn new(paper: Paper, head: Length, foot: Length) -> Self {
        let top = paper.margin() + head;
        let bottom = paper.height() - paper.margin() - foot;
        Self {
            left: paper.side(),
            top,
            bottom,
            page: Page { height: top, ..Page::default() },
            pages: Vec::new(),
            waiting: Vec::new(),
            head: None,
            coming: None,
        }
    }

    /// Room between two parts; none at the top of a page.
    pub(super) fn room(&mut self, height: Length) {
        if self.page.height > self.top {
            self.page.height += height;
        }
    }

    /// A part that is on the same page as the next one.
    pub(super) fn lead(&mut self, part: Page) {
        self.waiting.push(part);
    }

    /// A part that stays whole.
    pub(super) fn put(&mut self, part: Page) -> Result<(), Refused> {
        let mut parts = std::mem::take(&mut self.waiting);
        parts.push(part);
        let together: Length = parts.iter().map(|part| part.height).sum();
        if self.page.height + together > self.bottom {
            self.turn();
        }
        for part in &parts {
            if self.page.height + part.height > self.bottom {
                self.turn();
            }
            if self.page.height + part.height > self.bottom {
                return Err(Refused::TooLong(part.texts.first().map_or_else(String::new, |it| it.text.clone())));
            }
            self.add(part);
        }
        if self.coming.is_some() {
            self.head = self.coming.take();
        }
        Ok(())
    }

    /// The lines of a text: together where they are few, and else one by one.
    pub(super) fn lines(&mut self, lines: Vec<Page>) -> Result<(), Refused> {
        let height: Length = lines.iter().map(|line| line.height).sum();
        if height > (self.bottom - self.top) / 4 {
            return lines.into_iter().try_for_each(|line| self.put(line));
        }
        self.put(stacked(&lines))
    }

    /// A section, with its heading on the page of what follows it.
    pub(super) fn section(&mut self, section: Section) -> Result<(), Refused> {
        self.room(above(&section));
        if let Some(heading) = section.heading {
            self.lead(heading);
        }
        section.texts.into_iter().try_for_each(|lines| self.lines(lines))
    }

    /// As much of a section as fits on the first page above so much room, and what remains of it: a text that is too long
    /// for the room leaves it to the next. Where the first page is left already, all of it.
    pub(super) fn fill(&mut self, section: Section, room: Length) -> Result<Option<Section>, Refused> {
        if !self.pages.is_empty() {
            return self.section(section).map(|()| None);
        }
        let heading = section.heading.as_ref().map_or(0, |heading| heading.height);
        let mut free = self.bottom - room - self.page.height - above(&section) - heading;
        let fits = |lines: &Vec<Page>| {
            let height = lines.iter().map(|line| line.height).sum::<Length>();
            let fits = height <= free;
            free -= if fits { height } else { 0 };
            fits
        };
        let Section { heading, texts } = section;
        let (texts, remaining): (Vec<_>, Vec<_>) = texts.into_iter().partition(fits);
        if !texts.is_empty() {
            self.section(Section { heading: heading.clone(), texts })?;
        }
        Ok((!remaining.is_empty()).then_some(Section { heading, texts: remaining }))
    }

    /// Begins a table, whose head is repeated on every page that it goes on to.
    pub(super) fn table(&mut self, head: Page) {
        self.lead(head.clone());
        self.coming = Some(head);
    }

    /// Ends a table.
    pub(super) fn end_table(&mut self) {
        self.head = None;
    }

    /// All that is said on the last page so far.
    pub(super) fn last(&self) -> String {
        said([&self.page].into_iter())
    }

    /// Whether there is a page before the last one.
    pub(super) fn is_turned(&self) -> bool {
        !self.pages.is_empty()
    }

    /// All that is said so far.
    pub(super) fn text(&self) -> String {
        said(self.pages.iter().chain([&self.page]))
    }

    /// The pages.
    pub(super) fn into_pages(mut self) -> Result<Vec<Page>, Refused> {
        if !self.waiting.is_empty() {
            self.put(Page::default())?;
        }
        self.pages.push(self.page);
        Ok(self.pages)
    }

    fn add(&mut self, part: &Page) {
        let top = self.page.height;
        self.page.put(part, self.left, top);
        self.page.height += part.height;
    }

    /// Turns to a new page.
    fn turn(&mut self) {
        if self.page.texts.is_empty() {
            return;
        }
        let next = Page { height: self.top, ..Page::default() };
        self.pages.push(std::mem::replace(&mut self.page, next));
        if let Some(head) = self.head.clone() {
            self.add(&head.repeated());
        }
    }
}
