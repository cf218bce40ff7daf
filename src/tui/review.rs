//! The review: verdict, dose card, findings with their confirmations, dates, second check, saving.

use ratatui::text::{Line, Span};

use super::{
    App,
    focus::{Action, Item, Stop, entries},
    schedule::dosed,
    sheet::Row,
    text::{pad, wrap},
    words,
};
use crate::{
    form::Field,
    plan::{Dosed, Finding, Plan, SecondCheckResult},
    present::{self, CardLine},
    regimen::{Severity, Statement},
    words::would_have_to_change,
};

/// The columns of a label of the dose card.
const LABEL: usize = 20;
/// The columns of a label of the figures of a stopped plan.
const FIGURE: usize = 22;

impl App {
    /// The stops of the review, in the order of its rows.
    pub(super) fn review_stops(&self) -> Vec<Stop> {
        let Some(plan) = self.form.plan() else {
            return Action::ALL.map(Stop::Action).to_vec();
        };
        let card = (0..present::card(plan).len()).map(|at| Stop::Item(Item::Card(at)));
        let mut stops: Vec<Stop> = card.collect();
        for finding in plan.findings() {
            stops.push(Stop::Item(Item::Finding(finding.code())));
            if finding.severity == Severity::Confirm {
                let code = finding.code();
                stops.extend([Field::ConfirmedBy(code), Field::ConfirmedBecause(code)].map(Stop::Field));
            }
        }
        stops.push(Stop::Field(Field::PreparedBy));
        stops.extend(Action::ALL.map(Stop::Action));
        stops.extend(entries(plan));
        let directions = dosed(plan).map_or(0, |dosed| dosed.dosing.listed.regimen.directions.len());
        stops.extend((0..directions).map(|at| Stop::Item(Item::Direction(at))));
        stops
    }

    /// The rows of the review.
    pub(super) fn review_rows(&self, plan: Option<&Plan>, columns: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        let Some(plan) = plan else {
            rows.push(self.heading(words::TO_DO));
            rows.extend(Action::ALL.map(|action| self.action_row(action, columns)));
            return rows;
        };
        if dosed(plan).is_some() {
            rows.push(self.heading(words::DOSE_CARD));
        }
        for (at, line) in present::card(plan).iter().enumerate() {
            rows.push(self.card_row(at, line, columns));
        }
        if dosed(plan).is_none() {
            rows.push(self.heading(words::FIGURES));
            rows.push(self.figures(plan, columns));
        }
        rows.push(self.heading(words::FINDINGS));
        for finding in plan.findings() {
            let stop = Stop::Item(Item::Finding(finding.code()));
            let mut lines = self.finding_lines(finding, plan, columns.saturating_sub(3));
            lines.extend(self.must_change(finding, columns.saturating_sub(3)));
            for (number, line) in lines.iter_mut().enumerate() {
                let mark = if self.focus == stop && number == 0 { "> " } else { "  " };
                line.spans.insert(0, Span::raw(mark));
            }
            rows.push(Row { lines, stop: Some(stop), cursor: Some((0, 0)) });
            if finding.severity == Severity::Confirm {
                let code = finding.code();
                let fields = [Field::ConfirmedBy(code), Field::ConfirmedBecause(code)];
                rows.extend(fields.map(|field| self.field_row(field, columns, false)));
                rows.extend(self.changed_since(finding, columns));
            }
        }
        rows.push(self.heading(words::TO_DO));
        rows.push(self.field_row(Field::PreparedBy, columns, false));
        rows.push(Row::read(self.second_check_result(plan, columns)));
        rows.extend(Action::ALL.map(|action| self.action_row(action, columns)));
        if let Some(dosed) = dosed(plan) {
            rows.push(self.heading(words::DATES));
            rows.extend(self.entry_rows(dosed, columns));
            rows.push(self.heading(words::DIRECTIONS));
            rows.extend(self.direction_rows(dosed, columns));
        }
        rows
    }

    /// What to do and what to tell the patient, each with the reason it was written for.
    fn direction_rows(&self, dosed: &Dosed, columns: usize) -> Vec<Row> {
        let row = |(at, direction): (usize, &Statement)| {
            let stop = Stop::Item(Item::Direction(at));
            let mark = if self.focus == stop { "> " } else { "  " };
            let wrapped = wrap(direction.text.as_str(), columns.saturating_sub(3));
            let line = |(number, words): (usize, String)| {
                Line::from(format!("{}{words}", if number == 0 { mark } else { "  " }))
            };
            Row { lines: wrapped.into_iter().enumerate().map(line).collect(), stop: Some(stop), cursor: Some((0, 0)) }
        };
        dosed.dosing.directions.iter().copied().enumerate().map(row).collect()
    }

    fn heading(&self, words: &str) -> Row {
        Row::read(vec![Line::default(), Line::from(Span::styled(words.to_owned(), self.theme.heading()))])
    }

    /// What a plan that is stopped was made from: there is no dose that would show it.
    fn figures(&self, plan: &Plan, columns: usize) -> Row {
        let mut lines = Vec::new();
        for (label, value) in present::basis(plan) {
            let wrapped = wrap(&value, columns.saturating_sub(FIGURE + 1));
            for (number, words) in wrapped.into_iter().enumerate() {
                let label = if number == 0 { format!("  {label}") } else { String::new() };
                lines.push(Line::from(format!("{}{words}", pad(&label, FIGURE, self.cut()))));
            }
        }
        Row::read(lines)
    }

    /// What would have to change for a finding to stop the plan no longer.
    fn must_change(&self, finding: &Finding, columns: usize) -> Vec<Line<'static>> {
        let change = would_have_to_change(&finding.evidence);
        // Where there is no figure, the finding itself is what would have to change, and is said above.
        if finding.severity != Severity::Stop || change.ends_with(&finding.to_string()) {
            return Vec::new();
        }
        let lines = wrap(&format!("-> {change}"), columns.saturating_sub(4));
        let line = |line: String| Line::from(vec![Span::raw("  "), Span::styled(line, self.theme.heading())]);
        lines.into_iter().map(line).collect()
    }

    /// Says that a finding has changed since it was confirmed.
    fn changed_since(&self, finding: &Finding, columns: usize) -> Option<Row> {
        let lines = wrap(words::CHANGED_SINCE, columns.saturating_sub(5));
        let line = |line: String| Line::from(vec![Span::raw("    "), Span::styled(line, self.theme.wrong())]);
        let changed = self.form.is_confirmed_for_other_figures(finding);
        changed.then(|| Row::read(lines.into_iter().map(line).collect()))
    }

    fn card_row(&self, at: usize, line: &CardLine, columns: usize) -> Row {
        let stop = Stop::Item(Item::Card(at));
        let mark = if self.focus == stop { ">" } else { " " };
        let wrapped = wrap(&line.value, columns.saturating_sub(LABEL + 1));
        let label = line.label;
        let line = |(number, words): (usize, String)| {
            let label =
                if number == 0 { pad(&format!("{mark} {label}"), LABEL, self.cut()) } else { " ".repeat(LABEL) };
            Line::from(vec![Span::raw(label), Span::styled(words, self.theme.heading())])
        };
        Row { lines: wrapped.into_iter().enumerate().map(line).collect(), stop: Some(stop), cursor: Some((0, 0)) }
    }

    fn action_row(&self, action: Action, columns: usize) -> Row {
        let stop = Stop::Action(action);
        let focused = self.focus == stop;
        let (name, does) = words::action(action.key());
        let style = if focused { self.theme.focus() } else { self.theme.heading() };
        let mark = if focused { "> " } else { "  " };
        let spans = vec![
            Span::raw(mark),
            Span::styled(format!("{}  {name}", action.key()), style),
            Span::raw(format!("  {does}")),
        ];
        Row { lines: vec![self.one_line(spans, columns)], stop: Some(stop), cursor: Some((0, 0)) }
    }

    /// What came of the second check: only what differs is shown.
    fn second_check_result(&self, plan: &Plan, columns: usize) -> Vec<Line<'static>> {
        let style = match plan.second_check() {
            SecondCheckResult::Differs | SecondCheckResult::SamePerson => self.theme.wrong(),
            SecondCheckResult::NotDone | SecondCheckResult::Agrees => self.theme.plain(),
        };
        let begun = self.form.has_second_check();
        let wrapped = wrap(&words::second_check(plan, begun), columns.saturating_sub(3));
        wrapped.into_iter().map(|line| Line::from(vec![Span::raw("  "), Span::styled(line, style)])).collect()
    }
}
