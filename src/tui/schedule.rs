//! The schedule: what decides it, every date, and the calendar beside them.

use chrono::NaiveDate;
use ratatui::{
    Frame,
    layout::{Constraint, Layout, Position, Rect},
    text::{Line, Span},
};

use super::{
    App,
    calendar::{Calendar, MONTH_HEIGHT},
    focus::{Item, Stop},
    plan_so_far::wrapped,
    sheet::{self, Row},
    view::draw_line,
    words,
};
use crate::{
    form::Step,
    plan::{Dosed, Outcome, Plan},
    present,
    words::line_breaks::wrap,
};

/// The columns of one month.
const MONTH: u16 = 29;

impl App {
    /// The fields above, the dates below, and the calendar beside these where it is not beside
    /// everything.
    pub(super) fn schedule_view(
        &self,
        frame: &mut Frame<'_>,
        area: Rect,
        plan: Option<&Plan>,
        wide: bool,
    ) -> Option<Position> {
        let columns = usize::from(area.width);
        let fields = self.form.fields(Step::Schedule);
        let Some(dosed) = plan.and_then(dosed) else {
            let mut rows = self.field_rows(&fields, columns, usize::from(area.height));
            rows.push(Row::read(self.why_no_dates(plan, columns)));
            return sheet::draw(&rows, Some(&self.focus), self.theme, area, frame.buffer_mut());
        };
        let month = u16::try_from(MONTH_HEIGHT).unwrap_or(u16::MAX);
        let in_dates = matches!(self.focus, Stop::Item(_));
        let rows = self.field_rows(&fields, columns, usize::from(area.height.saturating_sub(month)));
        let wanted = rows.iter().map(|row| sheet::to_u16(row.lines.len())).fold(0, u16::saturating_add);
        let least = if in_dates { 3 } else { area.height.saturating_sub(month) };
        let [top, bottom] = Layout::vertical([Constraint::Length(wanted.min(least)), Constraint::Min(1)]).areas(area);
        let cursor = sheet::draw(&rows, Some(&self.focus), self.theme, top, frame.buffer_mut());
        let list = if wide {
            bottom
        } else {
            let [list, beside] = Layout::horizontal([Constraint::Min(1), Constraint::Length(MONTH)]).areas(bottom);
            self.calendar(frame, beside, plan);
            list
        };
        let entries = self.entry_rows(dosed, usize::from(list.width));
        let in_list = sheet::draw(&entries, Some(&self.focus), self.theme, list, frame.buffer_mut());
        cursor.or(in_list)
    }

    /// Why there are no dates: what stops them, or what is missing.
    fn why_no_dates(&self, plan: Option<&Plan>, columns: usize) -> Vec<Line<'static>> {
        let mut lines = vec![Line::default()];
        match plan {
            Some(plan) => {
                lines.extend(wrapped(self.verdict(Some(plan)), columns));
                let findings = plan.findings().iter().take_while(|it| it.severity == crate::regimen::Severity::Stop);
                lines.extend(findings.flat_map(|finding| self.finding_lines(finding, plan, columns)));
            }
            None => lines.extend(wrap(words::NO_DATES_YET, columns, columns).into_iter().map(Line::from)),
        }
        lines
    }

    /// Every entry in a row; a moved one says why.
    pub(super) fn entry_rows(&self, dosed: &Dosed, columns: usize) -> Vec<Row> {
        let row = |(at, entry)| {
            let stop = Stop::Item(Item::Entry(at));
            let focused = self.focus == stop;
            let style = if focused { self.theme.focus() } else { self.theme.plain() };
            let mark = if focused { ">" } else { " " };
            let line = present::entry_line(dosed, entry);
            let what = [&line.what, &line.number, &line.dose].map(String::as_str).join(" ");
            let said: Vec<&str> =
                std::iter::once(what.trim_end()).chain(line.notes.iter().map(String::as_str)).collect();
            let text = format!("{} {}", line.day, said.join("; "));
            let mut wrapped = wrap(&text, columns.saturating_sub(3), columns.saturating_sub(7)).into_iter();
            let first = Span::styled(wrapped.next().unwrap_or_default(), style);
            let mut lines = vec![Line::from(vec![Span::raw(format!("{mark} ")), first])];
            lines.extend(wrapped.map(|note| Line::from(format!("      {note}"))));
            Row { lines, stop: Some(stop), cursor: Some((0, 0)) }
        };
        dosed.schedule.entries.iter().enumerate().map(row).collect()
    }

    /// The calendar from the current month on; and whether there are dates to show.
    pub(super) fn calendar(&self, frame: &mut Frame<'_>, area: Rect, plan: Option<&Plan>) -> bool {
        let Some((plan, dosed)) = plan.and_then(|plan| Some((plan, dosed(plan)?))) else { return false };
        let calendar = Calendar::new(&dosed.schedule, plan.request().clinic.as_ref());
        let months = calendar.months();
        let legend = calendar.legend(usize::from(area.width), self.theme);
        let room = usize::from(area.height);
        let with_legend = room >= MONTH_HEIGHT + legend.len();
        let for_months = if with_legend { room - legend.len() } else { room };
        let count = (for_months / MONTH_HEIGHT).max(1);
        let first = self.month_in_hand(dosed, &months).min(months.len().saturating_sub(count));
        let shown: Vec<NaiveDate> = months.iter().skip(first).take(count).copied().collect();
        let mut lines = calendar.lines(&shown, usize::from(area.width), self.theme);
        lines.truncate(for_months);
        if with_legend {
            lines.resize(for_months, Line::default());
            lines.extend(legend);
        }
        for (line, y) in lines.into_iter().zip(area.y..area.bottom()) {
            draw_line(frame, Rect { y, height: 1, ..area }, &line);
        }
        true
    }

    /// The place of the month of the entry in hand.
    fn month_in_hand(&self, dosed: &Dosed, months: &[NaiveDate]) -> usize {
        let Stop::Item(Item::Entry(at)) = self.focus else { return 0 };
        let date = dosed.schedule.entries.get(at).map(|entry| entry.date);
        let of = |month: &NaiveDate| date.is_some_and(|date| *month <= date);
        months.iter().rposition(of).unwrap_or(0)
    }
}

/// The dose and the dates of a plan that nothing stops.
pub(super) fn dosed(plan: &Plan) -> Option<&Dosed> {
    match plan.outcome() {
        Outcome::Dosed(dosed) => Some(dosed),
        Outcome::Stopped => None,
    }
}
