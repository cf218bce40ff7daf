//! Why: where each number, finding and direction comes from, asked from any row.

use ratatui::text::{Line, Span};

use super::{
    App, Effect, Theme,
    screen::{Asked, Over, Page, Screen},
    sheet::Row,
    text::{pad, width, wrap},
    words,
};
use crate::{
    form::Field,
    present::{self, About, Reason, TableRow},
};

impl App {
    /// Opens at what is in hand: the plan's reasons, or those of a drug that was not chosen.
    pub(super) fn open_why(&mut self) -> Effect {
        if let Some(Over::Confirm { code, .. }) = self.over {
            let reasons = self.form.reasons().to_vec();
            let at = reasons.iter().position(|reason| reason.about == About::Finding(code)).unwrap_or(0);
            let below = self.over.take().map(Box::new);
            self.over =
                Some(Over::Why(Asked { below, from: words::ASKED_FROM_CONFIRM.to_owned(), reasons, at, line: 0 }));
            return Effect::Stay;
        }
        let (from, reasons, at) = if self.screen == Screen::Drugs {
            let Some(at) = self.at.filter(|at| *at < self.form.comparison().len()) else {
                return self.say(words::NOTHING_COMPUTED);
            };
            let name = words::regimen(self.form.comparison()[at].listed);
            (words::asked_of(&name), self.form.reasons_of(at), 0)
        } else {
            let reasons = self.form.reasons().to_vec();
            let about = self.about();
            let at = reasons.iter().position(|reason| Some(&reason.about) == about.as_ref()).unwrap_or(0);
            (words::asked_from(self.screen), reasons, at)
        };
        if reasons.is_empty() {
            return self.say(self.nothing_to_explain());
        }
        self.open(Over::Why(Asked { below: None, from, reasons, at, line: 0 }))
    }

    /// Why nothing can be explained yet, and what comes next.
    fn nothing_to_explain(&self) -> String {
        match self.all_open().first() {
            Some((step, field)) => words::nothing_computed(*step, *field),
            None => words::NOTHING_COMPUTED.to_owned(),
        }
    }

    /// What F2 explains here, in a word or two.
    pub(super) fn why_title(&self) -> Option<String> {
        if self.screen == Screen::Drugs {
            return self.drug_in_hand().map(|(_, name, _)| name);
        }
        let about = self.about()?;
        let reason = self.form.reasons().iter().find(|reason| reason.about == about)?;
        // A title that is a sentence is not for the key bar.
        (width(&reason.title) <= 24).then(|| reason.title.to_lowercase())
    }

    /// What the thing in hand is about.
    fn about(&self) -> Option<About> {
        let plan = self.form.plan();
        match self.screen {
            Screen::Entry(_) => match self.field {
                Field::Calcium | Field::CalciumKind | Field::Albumin | Field::CalciumDate => {
                    Some(About::CorrectedCalcium)
                }
                Field::Interval => Some(About::Frequency),
                Field::Product => Some(About::Product),
                Field::Months => Some(About::Course),
                Field::Dental | Field::Conditions | Field::Medicines => {
                    let findings = plan?.findings().iter();
                    findings
                        .map(crate::plan::Finding::code)
                        .find(|code| Field::of_finding(*code) == Some(self.field))
                        .map(About::Finding)
                }
                _ => Some(About::Clearance),
            },
            Screen::Drugs => None,
            Screen::Visits | Screen::Plan(Page::Dates) => {
                let visits = self.visits();
                let visit = visits.get(self.at?)?;
                visit.entries.last().map(|entry| About::Entry(*entry))
            }
            Screen::Plan(Page::Card) => match self.at {
                None => plan.map(|plan| if present::dose_box(plan).is_some() { About::Dose } else { About::Verdict }),
                Some(at) => super::card::card_lines(plan?).get(at)?.item.about(),
            },
            Screen::Plan(Page::Findings) => Some(About::Finding(self.finding_in_hand(plan?)?.code())),
            Screen::Plan(Page::Why) => Some(self.form.reasons().get(self.at?)?.about),
            Screen::Plan(Page::Checks) => Some(About::SecondCheck),
        }
    }

    /// The rows of an answer: its title, its place, and the reason in full.
    pub(super) fn answer_rows(&self, reasons: &[Reason], at: usize, columns: usize) -> Vec<Row> {
        let Some(reason) = reasons.get(at) else { return vec![Row::read(vec![Line::from(words::NOTHING_COMPUTED)])] };
        let place = words::place_in(at + 1, reasons.len());
        let mut title = wrap(&words::why_title(&reason.title), columns.saturating_sub(width(&place) + 3)).into_iter();
        let first =
            pad(&format!(" {}", title.next().unwrap_or_default()), columns.saturating_sub(width(&place) + 1), "");
        let mut lines = vec![Line::from(vec![Span::styled(first, self.theme.bold()), Span::raw(place)])];
        lines.extend(title.map(|line| Line::from(Span::styled(format!(" {line}"), self.theme.bold()))));
        lines.push(Line::default());
        lines.extend(reason_lines(self.theme, reason, columns.min(100)));
        vec![Row::read(lines)]
    }
}

/// A reason in full: the value, its working, the table of the drug, its sources, and what another source says.
pub(super) fn reason_lines(theme: Theme, reason: &Reason, columns: usize) -> Vec<Line<'static>> {
    let mut lines: Vec<Line<'static>> = Vec::new();
    let add = |lines: &mut Vec<Line<'static>>, words: &str, indent: usize, style| {
        let wrapped = wrap(words, columns.saturating_sub(indent));
        lines.extend(
            wrapped.into_iter().map(|line| Line::from(Span::styled(format!("{}{line}", " ".repeat(indent)), style))),
        );
    };
    if !reason.value.is_empty() && reason.value != reason.title {
        add(&mut lines, &reason.value, 2, theme.bold());
    }
    if reason.unverified {
        add(&mut lines, words::UNVERIFIED, 2, theme.bold());
    }
    for paragraph in &reason.paragraphs {
        add(&mut lines, paragraph, 2, theme.plain());
    }
    for formula in &reason.formula {
        add(&mut lines, formula, 4, theme.plain());
    }
    if !reason.table.is_empty() {
        lines.push(Line::default());
        lines.extend(table_lines(&reason.table, columns));
        lines.push(Line::default());
    }
    for other in &reason.others {
        add(&mut lines, &words::other_source(other), 2, theme.plain());
    }
    for source in &reason.sources {
        add(&mut lines, &words::source(source), 2, theme.plain());
    }
    lines
}

/// The table of a drug, the row of this patient marked. Volume and dose each say what they are, so that no two
/// figures touch.
pub(super) fn table_lines(table: &[TableRow], columns: usize) -> Vec<Line<'static>> {
    let conditions = table.iter().map(|row| width(&row.condition)).max().unwrap_or(0);
    let doses = table.iter().map(|row| width(&row.dose)).max().unwrap_or(0);
    let parts = |row: &TableRow| {
        let mark = if row.is_this { ">" } else { " " };
        let condition = format!("{}:", row.condition);
        let volume = row.draw_up.clone().unwrap_or_default();
        (format!("   {mark} "), condition, volume)
    };
    let lines = |row: &TableRow| {
        let (mark, condition, volume) = parts(row);
        let aligned = format!("{mark}{}   {}", pad(&condition, conditions + 1, ""), pad(&row.dose, doses, ""));
        let whole = format!("{aligned}   {volume}").trim_end().to_owned();
        // The volume gives way before the columns do. A dose never does: it goes to the next line.
        let fits = |line: &String| width(line) <= columns;
        if let Some(line) = Some(whole).filter(fits).or(Some(aligned.trim_end().to_owned()).filter(fits)) {
            return vec![Line::from(line)];
        }
        let loose = wrap(&format!("{condition} {}", row.dose), columns.saturating_sub(width(&mark)));
        let led = [mark.clone()].into_iter().chain(std::iter::repeat(" ".repeat(width(&mark) + 2)));
        led.zip(loose).map(|(lead, line)| Line::from(lead + &line)).collect()
    };
    table.iter().flat_map(lines).collect()
}
