//! The other pages of the plan: what was found, the visits as rows and as months, who entered and who checked.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ratatui::text::{Line, Span};

use super::{
    App,
    calendar::{Calendar, MONTH_HEIGHT},
    card::{labelled, read},
    sheet::Row,
    text::{pad, width, wrap},
    theme::Role,
    words,
};
use crate::{
    form::Field,
    plan::{Dosed, Finding, Outcome, Plan},
    present::{self, Visit},
    regimen::Severity,
};

/// The columns of a visit's number, day, dose and first check.
const VISIT: usize = 8;
const DAY: usize = 18;
/// The least columns of a first check.
const LEAST_CHECK: usize = 14;

impl App {
    /// What was found, the most severe first, each with its sources and what came of it.
    pub(super) fn finding_rows(&self, plan: &Plan, columns: usize, marks: bool) -> Vec<Row> {
        let mut rows = Vec::new();
        for (at, finding) in plan.findings().iter().enumerate() {
            let in_hand = marks && self.at == Some(at) && self.over.is_none();
            rows.push(Row::marked(self.finding_lines(finding, plan, columns, in_hand), at, in_hand));
            rows.push(Row::blank());
        }
        if plan.findings().is_empty() {
            rows.push(read(words::NOTHING_FOUND, columns));
        } else {
            let count = |severity| plan.findings().iter().filter(|it| it.severity == severity).count();
            let counted =
                words::findings_counted(count(Severity::Stop), plan.open_findings().count(), count(Severity::Note));
            rows.push(read(&counted, columns));
        }
        rows
    }

    fn finding_lines(&self, finding: &Finding, plan: &Plan, columns: usize, in_hand: bool) -> Vec<Line<'static>> {
        let confirmed = plan.confirmation(finding);
        let role = match (finding.severity, confirmed) {
            (Severity::Stop, _) => Role::Stop,
            (Severity::Confirm, None) => Role::Confirm,
            (Severity::Confirm, Some(_)) => Role::Go,
            (Severity::Note, _) => Role::Note,
        };
        let badge = self.badge(role, words::severity(finding.severity, confirmed.is_some()));
        let mark = if in_hand { ">" } else { " " };
        let indent = 16;
        let mut paragraphs = vec![present::finding(plan, finding)];
        if finding.severity == Severity::Stop {
            paragraphs.extend(words::must_change(finding).map(|change| format!("-> {change}")));
        }
        match confirmed {
            Some(confirmation) => paragraphs.push(words::confirmed_by(confirmation)),
            None if finding.severity == Severity::Confirm => {
                let again = self.form.is_confirmed_for_other_figures(finding);
                paragraphs.push(if again { words::CHANGED_SINCE } else { words::NOT_CONFIRMED_YET }.to_owned());
            }
            None => {}
        }
        if let Some(field) = Field::of_finding(finding.code())
            && finding.severity != Severity::Note
            && let Some(step) = field.step()
        {
            paragraphs.push(words::entered_in(field, step));
        }
        let mut texts = paragraphs.iter().flat_map(|text| wrap(text, columns.saturating_sub(indent + 1)));
        let gap = " ".repeat(indent.saturating_sub(2 + badge.width()));
        let first =
            vec![Span::raw(format!(" {mark}")), badge, Span::raw(gap), Span::raw(texts.next().unwrap_or_default())];
        let rest = texts.map(|line| Line::from(format!("{}{line}", " ".repeat(indent))));
        std::iter::once(Line::from(first)).chain(rest).collect()
    }

    /// The visits, a row each: the day, the dose, the check before it and the value at which it is held. A count never
    /// stands beside a dose.
    pub(super) fn visit_rows(&self, plan: &Plan, columns: usize, marks: bool) -> Vec<Row> {
        let visits = present::visits(plan);
        if visits.is_empty() {
            return vec![read(words::NO_DATES, columns)];
        }
        let alike = present::moved_alike(&visits);
        let dose = visits.iter().map(|it| it.dose.as_deref().map_or(words::NO_DOSE.len(), width)).max().unwrap_or(0);
        let dose = dose.clamp(8, 26) + 3;
        let holds: BTreeSet<&str> = visits.iter().filter_map(|it| it.hold_at.as_deref()).collect();
        let hold = holds.iter().copied().map(width).max().unwrap_or(0);
        let room = columns.saturating_sub(VISIT + DAY + dose + hold + 3);
        // Where the values have no column, one that is the same for all is said once, below.
        let has_hold = hold > 0 && room >= LEAST_CHECK;
        let once = if has_hold || holds.len() != 1 { None } else { holds.first().map(|at| words::hold_at_each(at)) };
        let most = if has_hold { room } else { room + hold };
        let checks = visits.iter().map(|it| width(&checks_of(it))).max().unwrap_or(0);
        let check = checks.clamp(LEAST_CHECK, most.clamp(LEAST_CHECK, 30)) + 1;
        let [visit, day, given, first, hold_column] = words::VISIT_COLUMNS;
        let heading = format!(
            "  {}{}{}{}{}",
            pad(visit, VISIT - 2, ""),
            pad(day, DAY, ""),
            pad(given, dose, ""),
            pad(first, check, ""),
            if has_hold { hold_column } else { "" }
        );
        let mut rows = vec![Row::read(vec![Line::from(heading)])];
        let before = VISIT + DAY;
        for (at, it) in visits.iter().enumerate() {
            let in_hand = marks && self.at == Some(at) && self.over.is_none();
            let mark = if in_hand { ">" } else { " " };
            let number = it.number.map_or_else(|| "-".to_owned(), |number| number.to_string());
            let style = if in_hand { self.theme.marked() } else { self.theme.plain() };
            let given = it.dose.clone().unwrap_or_else(|| words::NO_DOSE.to_owned());
            let mut given = wrap(&given, dose - 2).into_iter();
            let mut checks = wrap(&checks_of(it), check - 1).into_iter();
            let hold = it.hold_at.clone().unwrap_or_default();
            let mut lines = vec![Line::from(vec![
                Span::raw(format!(" {mark}")),
                Span::styled(format!("{number:>4}"), style),
                Span::raw(" ".repeat(VISIT - 6)),
                Span::styled(pad(&words::day(it.date), DAY - 3, ""), style),
                Span::raw("   "),
                Span::raw(pad(&given.next().unwrap_or_default(), dose, "")),
                Span::raw(pad(&checks.next().unwrap_or_default(), check, "")),
                Span::raw(if has_hold { hold.clone() } else { String::new() }),
            ])];
            loop {
                let (given, check_line) = (given.next(), checks.next());
                if given.is_none() && check_line.is_none() {
                    break;
                }
                let words = format!(
                    "{}{}{}",
                    " ".repeat(before),
                    pad(&given.unwrap_or_default(), dose, ""),
                    check_line.unwrap_or_default()
                );
                lines.push(Line::from(words.trim_end().to_owned()));
            }
            let mut notes = it.notes.clone();
            if !has_hold && once.is_none() && !hold.is_empty() {
                notes.insert(0, words::hold_at(&hold));
            }
            if alike.is_none() || it.number.is_none() {
                notes.extend(it.moved.as_ref().map(|moved| moved.text.clone()));
            }
            for note in notes {
                let wrapped = wrap(&note, columns.saturating_sub(before + 1));
                lines.extend(wrapped.into_iter().map(|line| Line::from(format!("{}{line}", " ".repeat(before)))));
            }
            rows.push(Row::marked(lines, at, in_hand));
        }
        rows.push(Row::blank());
        rows.extend(once.map(|once| read(&once, columns)));
        let moved = visits.iter().any(|it| it.moved.is_some());
        rows.push(read(alike.as_deref().unwrap_or(if moved { words::SOME_MOVED } else { words::NONE_MOVED }), columns));
        rows
    }

    /// From when to when, and how many visits.
    pub(super) fn visits_title(&self) -> Option<String> {
        let visits = self.visits();
        let (first, last) = (visits.first()?.date, visits.last()?.date);
        Some(words::visits_from_to(visits.iter().filter(|it| it.number.is_some()).count(), first, last))
    }

    /// What decides the days: the course, the clinic, the product, each with whether it is from the ward.
    pub(super) fn course_rows(&self, plan: &Plan, columns: usize) -> Vec<Row> {
        let course = words::course_in_short(plan);
        let clinic = words::clinic_in_short(plan.request().clinic.as_ref());
        let from_ward = |field| if self.form.is_from_ward(field) { words::FROM_WARD } else { "" };
        let product =
            present::card(plan).into_iter().find(|it| it.item == present::CardItem::Product).map(|it| it.value);
        let mut rows = vec![Row::read(labelled(&format!("  {}", words::COURSE), &course, 12, columns))];
        let beside = if self.form.adds_closed_days() { words::FROM_WARD_AND_TYPED } else { from_ward(Field::Weekdays) };
        let clinic = format!("{clinic}{beside}");
        rows.push(Row::read(labelled(&format!("  {}", words::CLINIC), &clinic, 12, columns)));
        rows.extend(product.map(|product| {
            let product = format!("{product}{}", from_ward(Field::Product));
            Row::read(labelled(&format!("  {}", words::PRODUCT), &product, 12, columns))
        }));
        rows
    }

    /// The months, beginning with that of the marked visit where there is no room for all.
    pub(super) fn month_lines(&self, plan: &Plan, columns: usize, lines: usize) -> Vec<Line<'static>> {
        let Some(dosed) = dosed(plan) else { return Vec::new() };
        let visits = present::visits(plan);
        let marked = self.at.and_then(|at| visits.get(at)).map(|visit| visit.date);
        let calendar = Calendar::new(&dosed.schedule, plan.request().clinic.as_ref(), marked);
        let months = calendar.months();
        let legend = calendar.legend(columns, self.theme);
        let with_legend = lines >= MONTH_HEIGHT + legend.len();
        let for_months = if with_legend { lines - legend.len() } else { lines };
        let count = (for_months / MONTH_HEIGHT).max(1) * Calendar::across(columns).max(1);
        let of = |month: &NaiveDate| marked.is_some_and(|day| *month <= day);
        let first = months.iter().rposition(of).unwrap_or(0).min(months.len().saturating_sub(count));
        let shown: Vec<NaiveDate> = months.iter().skip(first).take(count).copied().collect();
        let mut drawn = calendar.lines(&shown, columns, self.theme);
        drawn.truncate(for_months);
        if with_legend {
            drawn.extend(legend);
        }
        drawn
    }

    /// The marked visit in full.
    pub(super) fn visit_in_hand_lines(&self, plan: &Plan, columns: usize) -> Vec<Line<'static>> {
        let visits = present::visits(plan);
        let Some((at, visit)) = self.at.and_then(|at| Some((at, visits.get(at)?))) else { return Vec::new() };
        let mut lines = vec![Line::from(Span::styled(words::visit(visit.number, visit.date), self.theme.bold()))];
        let before = at.checked_sub(1).and_then(|at| visits[..=at].iter().rev().find(|it| it.number.is_some()));
        let mut says = Vec::new();
        if let (Some(before), Some(_)) = (before, visit.number) {
            says.push(words::days_after((visit.date - before.date).num_days(), before.number));
        }
        says.extend(visit.checks.iter().map(|check| words::first(check)));
        says.extend(visit.hold_at.as_deref().map(words::hold_at));
        says.extend(visit.notes.iter().cloned());
        says.extend(visit.moved.as_ref().map(|moved| moved.text.clone()));
        for said in says {
            lines.extend(wrap(&said, columns.saturating_sub(1)).into_iter().map(|line| Line::from(format!(" {line}"))));
        }
        lines
    }

    /// Who entered the figures, what came of the second check, and the directions for patient and staff.
    pub(super) fn check_rows(&self, plan: &Plan, columns: usize) -> Vec<Row> {
        let by = self.form.text(Field::PreparedBy).trim();
        let by = if by.is_empty() { words::NOT_RECORDED } else { by };
        let mut rows = vec![Row::blank()];
        rows.push(Row::read(labelled(&format!("  {}", words::ENTERED_BY), by, 18, columns)));
        let begun = self.form.has_second_check();
        let second = words::second_check_said(plan, begun);
        rows.push(Row::read(labelled(&format!("  {}", words::SECOND_CHECK_LABEL), &second, 18, columns)));
        let differs = matches!(
            plan.second_check(),
            crate::plan::SecondCheckResult::Differs | crate::plan::SecondCheckResult::SamePerson
        );
        if differs {
            rows.push(Row::blank());
            rows.push(self.heading(words::WHAT_NOW));
            rows.extend(
                (1..).zip(words::SECOND_CHECK_NOW).map(|(number, step)| super::card::numbered(number, step, columns)),
            );
        }
        if !plan.request().confirmations.is_empty() {
            rows.extend([Row::blank(), self.heading(words::CONFIRMATIONS)]);
            for finding in plan.findings() {
                if let Some(confirmation) = plan.confirmation(finding) {
                    let text = format!("{} {}", present::finding(plan, finding), words::confirmed_by(confirmation));
                    rows.push(read(&text, columns));
                }
            }
        }
        if let Some(dosed) = dosed(plan) {
            rows.extend([Row::blank(), self.heading(words::DIRECTIONS)]);
            rows.extend(dosed.dosing.directions.iter().map(|it| read(it.text.as_str(), columns)));
        }
        rows
    }
}

fn checks_of(visit: &Visit) -> String {
    visit.checks.join("; ")
}

/// The dose and the dates of a plan that nothing stops.
pub(super) fn dosed(plan: &Plan) -> Option<&Dosed> {
    match plan.outcome() {
        Outcome::Dosed(dosed) => Some(dosed),
        Outcome::Stopped => None,
    }
}
