//! The content of the page in order: what must be seen first comes first.

use std::collections::BTreeSet;

use super::{
    dates, edges, findings,
    flow::Flow,
    font::Type,
    lines::{PADDING, Setter, framed, inside, stacked},
    sheet::{BODY, DOSE, FIGURE, HEADING, LABEL, LARGE, Length, Look, POINT, Page, STRONG, TITLE},
    stopped,
};
use crate::{
    export::{Given, Options, Refused},
    json::Text,
    plan::{Plan, PlanStatus},
    present::{self, CardItem, CardLine},
    words::{one_of, page as words, spoken, summary},
};

/// The edge of another box.
const EDGE: Length = 5 * POINT / 4;

/// The plan as it is written onto pages.
pub(super) struct Writer<'a> {
    pub(super) plan: &'a Plan,
    pub(super) setter: Setter<'a>,
    pub(super) flow: Flow,
}

/// The pages of a plan.
pub(super) fn pages(plan: &Plan, options: &Options, fonts: &Type<'_>) -> Result<Vec<Page>, Refused> {
    let paper = options.paper;
    let setter = Setter { fonts, measure: paper.measure() };
    let head = edges::head(plan, &setter)?;
    if head.height > paper.height() / 3 {
        return Err(Refused::HeadTooLong);
    }
    let foot = edges::foot(options, &setter, 99, 99)?.height + 6 * POINT;
    let flow = Flow::new(paper, head.height, foot);
    let mut writer = Writer { plan, setter, flow };
    match Given::of(plan) {
        Ok(given) => writer.write(given)?,
        Err(_) => stopped::write(&mut writer)?,
    }
    let Writer { setter, flow, .. } = writer;
    let mut pages = flow.into_pages()?;
    let count = pages.len();
    for (at, page) in pages.iter_mut().enumerate() {
        let mut whole = Page { height: paper.height(), ..Page::default() };
        whole.put(&head, paper.left(), paper.margin());
        whole.put(page, 0, 0);
        let foot = edges::foot(options, &setter, at + 1, count)?;
        whole.put(&foot, paper.left(), paper.height() - paper.margin() - foot.height);
        *page = whole;
    }
    Ok(pages)
}

impl Writer<'_> {
    fn write(&mut self, given: Given<'_>) -> Result<(), Refused> {
        self.title(words::TITLE)?;
        self.patient()?;
        self.drug()?;
        self.dose(given)?;
        self.preparation()?;
        dates::write(self, given.dosed)?;
        findings::write(self)?;
        self.directions(given)?;
        self.entered_and_checked()?;
        self.provenance(given)
    }

    pub(super) fn title(&mut self, title: &str) -> Result<(), Refused> {
        let measure = self.setter.measure;
        let mut title = self.setter.block(title, TITLE, 0, measure / 2)?;
        let mut means = Vec::new();
        if self.plan.status() == PlanStatus::Ready {
            let mark = self.setter.to_the_right(words::READY, LARGE)?;
            title.put(&mark, -2 * PADDING, 3 * POINT);
            let width = mark.texts.iter().map(|it| it.width).sum::<Length>() + 4 * PADDING;
            title.put(&Page::frame(width, LARGE.line + 6 * POINT, EDGE), measure - width, 0);
            means = self.setter.text(summary::ready_means(self.plan.has_confirmed()), BODY)?;
        }
        self.flow.put(title.and_room(2 * POINT))?;
        self.flow.lines(means)
    }

    pub(super) fn patient(&mut self) -> Result<(), Refused> {
        let plan = self.plan;
        let measure = self.setter.measure;
        self.flow.room(6 * POINT);
        let rows = present::patient(plan);
        let kg = format!("{} kg", plan.request().patient.weight_kg);
        let cells: Vec<(&str, &str)> = rows.iter().take(4).map(|(label, value)| (*label, value.as_str())).collect();
        let mut grid = Page::default();
        let parts = [0, 38, 60, 79, 88, 100].map(|percent| measure * percent / 100);
        let cells = cells.into_iter().chain([("Weight", kg.as_str())]);
        for ((label, value), edges) in cells.zip(parts.windows(2)) {
            let width = edges[1] - edges[0] - PADDING;
            let mut cell = self.setter.block(label, LABEL, 0, width)?;
            cell.add(&self.setter.block(value, FIGURE, 0, width)?);
            grid.put(&cell, edges[0], 0);
            grid.height = grid.height.max(cell.height);
        }
        self.flow.put(grid.and_room(5 * POINT))?;
        let (edge, inner) = (EDGE, inside(measure, EDGE));
        let beside = 80 * POINT;
        let mut allergies = self.setter.lines(&present::allergies(plan), LARGE, beside, inner - beside)?;
        if let Some(first) = allergies.first_mut() {
            let label = self.setter.block(words::ALLERGIES, STRONG, 0, beside)?;
            let mut labelled = Page { height: first.height, ..Page::default() };
            labelled.put(&label, 0, LARGE.baseline() - STRONG.baseline());
            labelled.put(first, 0, 0);
            *first = labelled;
        }
        self.flow.lines(framed(&allergies, measure, edge))?;
        self.flow.room(5 * POINT);
        let request = plan.request();
        let purpose = summary::purpose(request.indication, request.tumour);
        let row = self.setter.row("Indication", &spoken::capital(&purpose), FIGURE)?;
        self.flow.lines(row)
    }

    pub(super) fn drug(&mut self) -> Result<(), Refused> {
        let drug = self.plan.listed().drug;
        self.flow.room(6 * POINT);
        self.rule()?;
        let name = self.setter.text(drug.name.as_str(), TITLE)?;
        self.flow.lines(name)?;
        let brands: Vec<&str> = drug.brands.iter().map(Text::as_str).collect();
        if !brands.is_empty() {
            self.rows("Brand", &one_of(&brands), BODY)?;
        }
        self.card(BODY, |line| matches!(line.item, CardItem::Product | CardItem::Course))
    }

    /// The dose in a box with how often and by which route, then why it is this one and the figures that it rests on.
    fn dose(&mut self, given: Given<'_>) -> Result<(), Refused> {
        let (plan, measure) = (self.plan, self.setter.measure);
        self.flow.room(6 * POINT);
        let card = present::card(plan);
        let width = inside(measure, EDGE);
        let mut top = Page::default();
        let cells =
            [(CardItem::Dose, DOSE, 0, 42), (CardItem::Frequency, LARGE, 42, 72), (CardItem::Route, FIGURE, 72, 100)];
        for (item, look, from, to) in cells {
            let (left, right) = (width * from / 100, width * to / 100);
            for line in card.iter().filter(|line| line.item == item) {
                let mut cell = self.setter.block(line.label, LABEL, left, right - left - PADDING)?;
                cell.add(&self.setter.block(&line.value, look, left, right - left - PADDING)?);
                top.put(&cell, 0, 0);
                top.height = top.height.max(cell.height);
            }
        }
        let mut lines = vec![top];
        for line in card.iter().filter(|line| matches!(line.item, CardItem::Intake(_) | CardItem::Step(_))) {
            lines.extend(self.setter.lines(&format!("{}: {}", line.label, line.value), FIGURE, 0, width)?);
        }
        self.flow.lines(framed(&lines, measure, EDGE))?;
        self.flow.room(5 * POINT);
        self.card(BODY, |line| matches!(line.item, CardItem::WhyThisDose | CardItem::Hold))?;
        self.rows(words::FULL_DOSE, &given.dosed.dosing.full.to_string(), BODY)?;
        self.facts(&present::basis(plan))
    }

    /// Short facts, two on a line where both find room.
    pub(super) fn facts(&mut self, facts: &[present::Labelled]) -> Result<(), Refused> {
        let half = self.setter.half();
        let middle = self.setter.measure - half.measure;
        let mut at = 0;
        while let Some((label, value)) = facts.get(at) {
            let left = half.row(label, value, BODY)?;
            let right = match facts.get(at + 1) {
                Some((label, value)) => half.row(label, value, BODY)?,
                None => Vec::new(),
            };
            if let ([left], [right]) = (left.as_slice(), right.as_slice()) {
                let mut line = left.clone();
                line.put(right, middle, 0);
                self.flow.put(line)?;
                at += 2;
            } else {
                self.rows(label, value, BODY)?;
                at += 1;
            }
        }
        Ok(())
    }

    fn preparation(&mut self) -> Result<(), Refused> {
        let of_preparation = |line: &CardLine| line.item.is_of_preparation();
        if present::card(self.plan).iter().any(of_preparation) {
            self.heading("Preparation")?;
            self.card(FIGURE, of_preparation)?;
        }
        Ok(())
    }

    fn directions(&mut self, given: Given<'_>) -> Result<(), Refused> {
        for (heading, points) in present::directions(given.dosed, self.plan.request().tumour) {
            self.heading(heading)?;
            for text in points {
                let point = self.setter.point(&text, BODY)?;
                self.flow.lines(point)?;
            }
        }
        Ok(())
    }

    pub(super) fn entered_and_checked(&mut self) -> Result<(), Refused> {
        self.heading("Entered and checked")?;
        for (label, value) in present::prepared(self.plan) {
            self.rows(label, &value, BODY)?;
        }
        Ok(())
    }

    fn provenance(&mut self, given: Given<'_>) -> Result<(), Refused> {
        let plan = self.plan;
        self.heading("Source of the plan")?;
        for (label, value) in present::origin(plan) {
            let local = plan.listed().origin == crate::regimen::Origin::Local;
            self.rows(label, &value, if local { STRONG } else { BODY })?;
        }
        self.rows("Sources of the dose", &given.sources_said(), BODY)?;
        self.paragraph(summary::FINGERPRINT, BODY)?;
        self.paragraph(plan.library().digest(), BODY)?;
        self.heading("Sources")?;
        let named = named_sources(given);
        for source in plan.sources().into_iter().filter(|it| named.contains(it.id.as_ref())) {
            let point = self.setter.point(&words::source(&source.id, &source.locator, &source.title), LABEL)?;
            self.flow.lines(point)?;
        }
        self.ends()
    }

    /// What the marks mean, and who decides.
    pub(super) fn ends(&mut self) -> Result<(), Refused> {
        if let Some(means) = present::legend(&self.flow.text()) {
            self.flow.room(8 * POINT);
            self.paragraph(means, BODY)?;
        }
        self.flow.room(4 * POINT);
        self.paragraph(summary::RESPONSIBLE, STRONG)
    }

    /// A heading, on the page of what follows it.
    pub(super) fn heading(&mut self, text: &str) -> Result<(), Refused> {
        self.flow.room(9 * POINT);
        let mut heading = stacked(&self.setter.text(text, HEADING)?);
        heading.bar(0, heading.height, self.setter.measure, POINT * 3 / 4);
        self.flow.lead(heading.and_room(4 * POINT));
        Ok(())
    }

    pub(super) fn paragraph(&mut self, text: &str, look: Look) -> Result<(), Refused> {
        let lines = self.setter.text(text, look)?;
        self.flow.lines(lines)
    }

    fn rows(&mut self, label: &str, value: &str, look: Look) -> Result<(), Refused> {
        let row = self.setter.row(label, value, look)?;
        self.flow.lines(row)
    }

    /// The lines of the dose card that are chosen.
    fn card(&mut self, look: Look, chosen: impl Fn(&CardLine) -> bool) -> Result<(), Refused> {
        for line in present::card(self.plan).iter().filter(|line| chosen(line)) {
            self.rows(line.label, &line.value, look)?;
        }
        Ok(())
    }

    fn rule(&mut self) -> Result<(), Refused> {
        let mut rule = Page::default();
        rule.bar(0, 0, self.setter.measure, POINT * 3 / 4);
        self.flow.put(rule.and_room(4 * POINT))
    }
}

/// The sources of the dose and of the findings, and those that are said to disagree.
fn named_sources(given: Given<'_>) -> BTreeSet<&str> {
    let (plan, dosing) = (given.plan, &given.dosed.dosing);
    let of_findings = plan.findings().iter().flat_map(|it| it.sources.iter().copied());
    let disagreeing = dosing.listed.disagreements().map(|it| &it.source.0);
    let cited = dosing.sources.iter().copied().chain(of_findings).chain(disagreeing);
    cited.map(crate::regimen::Citation::id).collect()
}
