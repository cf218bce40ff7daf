//! The parts of the document and the sides of paper they begin on: the card on a front and the visits on its back, so
//! that both are one sheet, and whatever is handed over on a sheet of its own.

use super::{
    card, edges,
    flow::{Flow, Section},
    font::Type,
    lines::Setter,
    patient,
    sheet::{BODY, LABEL, Length, POINT, Page, Role, STRONG},
    sources, stopped, visits,
};
use crate::{
    export::{Given, Options, Refused, pdf::Part},
    plan::Plan,
    present,
    words::page as words,
};

/// What the parts of a document are written with.
pub(super) struct Writer<'a> {
    pub(super) plan: &'a Plan,
    pub(super) options: &'a Options,
    pub(super) setter: Setter<'a>,
    head: Page,
    foot: Length,
}

/// The sides of a document.
#[derive(Default)]
struct Sides(Vec<Page>);

impl Sides {
    /// A part that begins on the front of a sheet.
    fn on_a_front(&mut self, part: Vec<Page>, blank: &Page) {
        if !self.0.len().is_multiple_of(2) {
            self.0.push(blank.clone());
        }
        self.0.extend(part);
    }

    /// A part that begins on the back of the sheet before it.
    fn on_its_back(&mut self, part: Vec<Page>, blank: &Page) {
        if !self.0.is_empty() && self.0.len().is_multiple_of(2) {
            self.0.push(blank.clone());
        }
        self.0.extend(part);
    }
}

/// The pages of a plan.
pub(super) fn pages(plan: &Plan, options: &Options, fonts: &Type<'_>) -> Result<Vec<Page>, Refused> {
    let paper = options.paper;
    let setter = Setter { fonts, measure: paper.measure() };
    let head = edges::head(plan, &setter)?;
    if head.height > paper.height() / 3 {
        return Err(Refused::HeadTooLong);
    }
    let foot = edges::foot(plan, options, &setter, [99, 99])?.height + 4 * POINT;
    let writer = Writer { plan, options, setter, head, foot };
    let sides = match Given::of(plan) {
        Ok(given) => writer.parts(given)?,
        Err(_) => stopped::pages(&writer)?,
    };
    let count = sides.len();
    let of_side = |(at, side): (usize, &Page)| writer.framed(side, at + 1, count);
    sides.iter().enumerate().map(of_side).collect()
}

impl Writer<'_> {
    /// The parts that are asked for.
    fn parts(&self, given: Given<'_>) -> Result<Vec<Page>, Refused> {
        let asked = |part| self.options.pages.contains(part);
        let blank = self.blank()?;
        let mut sides = Sides::default();
        let mut rest = Vec::new();
        if asked(Part::Card) {
            let card = card::write(self, given)?;
            sides.on_a_front(card.pages, &blank);
            rest = card.rest;
        }
        if asked(Part::Visits) || !rest.is_empty() {
            let table = asked(Part::Visits).then_some(given);
            sides.on_its_back(visits::write(self, table, &rest)?, &blank);
        }
        if asked(Part::Patient) {
            sides.on_a_front(patient::write(self, given)?, &blank);
        }
        if asked(Part::Sources) {
            sides.on_a_front(sources::write(self, given)?, &blank);
        }
        Ok(sides.0)
    }

    /// Pages to write on.
    pub(super) fn flow(&self) -> Flow {
        Flow::new(self.options.paper, self.head.height, self.foot)
    }

    /// A side with nothing on it but what every side has, so that nobody looks for what was to be there.
    fn blank(&self) -> Result<Page, Refused> {
        let mut flow = self.flow();
        flow.lines(self.setter.text(words::LEFT_BLANK, LABEL)?)?;
        Ok(flow.into_pages()?.into_iter().next().unwrap_or_default())
    }

    /// A side with its head and its foot.
    fn framed(&self, side: &Page, number: usize, count: usize) -> Result<Page, Refused> {
        let paper = self.options.paper;
        let mut whole = Page { height: paper.height(), ..Page::default() };
        let head = self.head.clone();
        whole.put(&if number == 1 { head } else { head.repeated() }, paper.side(), paper.margin());
        whole.put(side, 0, 0);
        let foot = edges::foot(self.plan, self.options, &self.setter, [number, count])?;
        whole.put(&foot, paper.side(), paper.height() - paper.margin() - foot.height);
        Ok(whole)
    }

    /// A section of points under a heading.
    pub(super) fn points(&self, heading: &str, points: &[String]) -> Result<Section, Refused> {
        let mut section = Section::under(self.setter.heading(heading)?);
        for text in points {
            section.texts.push(self.setter.point(text, BODY)?);
        }
        Ok(section)
    }

    /// A section of rows under a heading.
    pub(super) fn rows(&self, heading: &str, rows: &[present::Labelled]) -> Result<Section, Refused> {
        let mut section = Section::under(self.setter.heading(heading)?);
        for (label, value) in rows {
            section.texts.push(self.setter.row(label, value, BODY)?);
        }
        Ok(section)
    }

    /// Short facts under a heading.
    pub(super) fn facts(&self, heading: &str, facts: &[present::Labelled]) -> Result<Section, Refused> {
        let mut section = Section::under(self.setter.heading(heading)?);
        section.texts.extend(self.setter.facts(facts)?.into_iter().map(|line| vec![line]));
        Ok(section)
    }

    /// What the marks of a text mean, where it has any.
    pub(super) fn legend(&self, text: &str) -> Result<Option<Vec<Page>>, Refused> {
        present::legend(text).map(|means| self.setter.text(means, LABEL)).transpose()
    }

    /// The title of a part.
    pub(super) fn title(&self, text: &str) -> Result<Page, Refused> {
        Ok(self.setter.block(text, super::sheet::TITLE, 0, self.setter.measure)?.begins(Role::Title))
    }

    /// A sentence that must be seen.
    pub(super) fn strong(&self, text: &str) -> Result<Vec<Page>, Refused> {
        self.setter.text(text, STRONG)
    }
}
