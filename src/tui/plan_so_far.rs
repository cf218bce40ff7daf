//! The plan so far: what holds for this patient with what is entered.

use ratatui::text::{Line, Span};

use super::{App, words};
use crate::{
    plan::{Finding, Outcome, Plan, PlanStatus},
    present,
    regimen::Severity,
    words::line_breaks::wrap,
};

/// A line under construction.
type Spans = Vec<Span<'static>>;

impl App {
    /// The verdict: a word on a ground, and a sentence.
    pub(super) fn verdict(&self, plan: Option<&Plan>) -> Spans {
        let filled = self.form.filled();
        let (word, style, sentence) = match plan {
            Some(plan) => {
                let style = match plan.status() {
                    PlanStatus::Ready => self.theme.good(),
                    PlanStatus::NeedsConfirmation => self.theme.severity(Severity::Confirm),
                    PlanStatus::Stopped => self.theme.severity(Severity::Stop),
                };
                (words::status_word(plan.status()), style, words::verdict(plan))
            }
            None if !filled.refused().is_empty() => {
                let fields: Vec<_> = filled.refused().keys().map(|field| field.label()).collect();
                (words::NOT_YET, self.theme.key(), words::please_check(&fields))
            }
            None => {
                let fields: Vec<_> = filled.missing().iter().map(|field| field.label()).collect();
                (words::NOT_YET, self.theme.key(), words::missing(&fields))
            }
        };
        vec![Span::styled(format!(" {word} "), style), Span::raw(" "), Span::raw(sentence)]
    }

    /// All of it in lines of at most `columns`: verdict, kidney, calcium, dose, findings.
    pub(super) fn plan_so_far(&self, plan: Option<&Plan>, columns: usize) -> Vec<Line<'static>> {
        let mut lines = wrapped(self.verdict(plan), columns);
        let preview = self.form.preview();
        lines.extend(wrapped(self.labelled(words::CLEARANCE, &words::clearance_now(preview, plan)), columns));
        lines.extend(wrapped(self.labelled(words::CALCIUM, &words::calcium_now(preview, plan)), columns));
        if let Some(Outcome::Dosed(dosed)) = plan.map(Plan::outcome) {
            let dose = format!("{} {}", dosed.dosing.mass, words::frequency(&dosed.dosing.frequency));
            lines.extend(wrapped(self.labelled(words::DOSE, &dose), columns));
        }
        if let Some(plan) = plan {
            lines.extend(plan.findings().iter().flat_map(|finding| self.finding_lines(finding, plan, columns)));
        } else {
            lines.extend(
                self.form
                    .all_unusual()
                    .iter()
                    .flat_map(|it| wrapped(self.finding(&it.finding, false, it.finding.to_string()), columns)),
            );
        }
        lines
    }

    /// As much of it as fits into the few lines below a step.
    pub(super) fn plan_so_far_in_short(&self, plan: Option<&Plan>, columns: usize) -> Vec<Line<'static>> {
        let preview = self.form.preview();
        let mut lines = wrapped(self.verdict(plan), columns);
        lines.extend(wrapped(self.labelled(words::CLEARANCE, &words::clearance_now(preview, plan)), columns));
        lines.push(self.one_line(self.labelled(words::CALCIUM, &words::calcium_now(preview, plan)), columns));
        if let Some(plan) = plan {
            let count = |severity| plan.findings().iter().filter(|it| it.severity == severity).count();
            let found = words::found(count(Severity::Stop), count(Severity::Confirm), count(Severity::Note));
            lines.push(self.one_line(self.labelled(words::FINDINGS, &found), columns));
        }
        lines
    }

    /// A finding with its severity in a word, and whether it was confirmed.
    fn finding(&self, finding: &Finding, confirmed: bool, says: String) -> Spans {
        let word = words::severity(finding.severity, confirmed);
        let style = if confirmed { self.theme.good() } else { self.theme.severity(finding.severity) };
        vec![Span::styled(format!(" {word} "), style), Span::raw(" "), Span::raw(says)]
    }

    /// A finding in lines of at most `columns`.
    pub(super) fn finding_lines(&self, finding: &Finding, plan: &Plan, columns: usize) -> Vec<Line<'static>> {
        wrapped(self.finding(finding, plan.confirmation(finding).is_some(), present::finding(plan, finding)), columns)
    }

    fn labelled(&self, what: &str, value: &str) -> Spans {
        vec![Span::styled(format!("{what} "), self.theme.heading()), Span::raw(value.to_owned())]
    }

    /// Spans in one line, the last of them cut with a mark where there is no room.
    pub(super) fn one_line(&self, mut spans: Spans, columns: usize) -> Line<'static> {
        if let Some(last) = spans.pop() {
            let used: usize = spans.iter().map(Span::width).sum();
            let shown = super::text::fit(&last.content, columns.saturating_sub(used), self.cut());
            spans.push(Span::styled(shown, last.style));
        }
        Line::from(spans)
    }
}

/// Spans in lines of at most `columns`; the last of them is text that may continue on the next line, a little to
/// the right.
pub(super) fn wrapped(mut spans: Spans, columns: usize) -> Vec<Line<'static>> {
    let Some(text) = spans.pop() else { return Vec::new() };
    let used: usize = spans.iter().map(Span::width).sum();
    let rest = columns.saturating_sub(2);
    let mut wrapped = wrap(&text.content, columns.saturating_sub(used), rest).into_iter();
    spans.push(Span::styled(wrapped.next().unwrap_or_default(), text.style));
    let others = wrapped.map(|line| Line::from(vec![Span::raw("  "), Span::styled(line, text.style)]));
    std::iter::once(Line::from(spans)).chain(others).collect()
}
