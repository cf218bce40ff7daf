//! The body of a screen in one column, two or three: entries with the answer so far, visits with their months, the pages
//! of the plan with what they rest on.

use ratatui::{
    layout::{Position, Rect},
    text::{Line, Span},
};

use super::{
    super::{
        App,
        card::{based_on, draw_dose_box, labelled, read},
        screen::Page,
        sheet::{Canvas, Row, to_u16},
        text::{fit, pad, wrap},
        theme::Sign,
        why::table_lines,
        words,
    },
    TEXT,
};
use crate::{
    form::{Field, Step},
    plan::Plan,
    present,
};

impl App {
    pub(super) fn entry_body(
        &self,
        canvas: &mut Canvas<'_>,
        area: Rect,
        step: Step,
        plan: Option<&Plan>,
    ) -> Option<Position> {
        let (main, aside, third) = super::columns(canvas, area);
        let Some(aside) = aside else {
            let answer = self.answer_in_short(plan, usize::from(area.width));
            let lines = to_u16(answer.len()).min(area.height / 3);
            let top = Rect { height: area.height.saturating_sub(lines + 1), ..area };
            let cursor = canvas.sheet(&self.entry_rows(step, usize::from(area.width)), 0, top);
            self.rule(canvas, Rect { y: top.bottom(), height: 1, ..area }, "");
            for (line, y) in answer.iter().zip(top.bottom() + 1..area.bottom()) {
                canvas.line(Rect { y, height: 1, ..area }, line);
            }
            return cursor;
        };
        let verdict = self.verdict_lines(plan, usize::from(main.width));
        let lines = to_u16(verdict.len()).min(main.height / 3);
        let top = Rect { height: main.height.saturating_sub(lines + 1), ..main };
        let cursor = canvas.sheet(&self.entry_rows(step, usize::from(main.width)), 0, top);
        for (line, y) in verdict.iter().zip(top.bottom() + 1..main.bottom()) {
            canvas.line(Rect { y, height: 1, ..main }, line);
        }
        let mut rows = self.answer_so_far(plan, usize::from(aside.width));
        if let Some(third) = third {
            canvas.sheet(&self.open_aside(usize::from(third.width)), 0, third);
        } else {
            rows.extend(self.open_aside(usize::from(aside.width)));
        }
        canvas.sheet(&rows, 0, aside);
        cursor
    }

    /// The visits with their months; on a narrow screen one or the other.
    pub(super) fn visits_body(
        &self,
        canvas: &mut Canvas<'_>,
        area: Rect,
        plan: Option<&Plan>,
        own: bool,
    ) -> Option<Position> {
        let Some(plan) = plan else {
            let mut rows: Vec<Row> = vec![Row::read(self.verdict_lines(None, usize::from(area.width)))];
            rows.extend(self.open_rows(usize::from(area.width)));
            return canvas.sheet(&rows, 0, area);
        };
        let (main, aside, third) = super::columns(canvas, area);
        let columns = usize::from(main.width);
        let mut area = main;
        if !own {
            let verdict = self.verdict_lines(Some(plan), columns);
            for (line, y) in verdict.iter().zip(area.y..) {
                canvas.line(Rect { y, height: 1, ..area }, line);
            }
            let used = to_u16(verdict.len());
            area = Rect { y: area.y + used, height: area.height.saturating_sub(used), ..area };
        }
        let below = if own { self.course_rows(plan, columns) } else { Vec::new() };
        let lines = to_u16(below.iter().map(|row| row.lines.len()).sum::<usize>());
        let top = Rect { height: area.height.saturating_sub(lines), ..area };
        let cursor = if self.month && aside.is_none() {
            let lines = self.month_lines(plan, columns.saturating_sub(2), usize::from(top.height));
            for (line, y) in lines.iter().zip(top.y..top.bottom()) {
                canvas.line(Rect { x: top.x + 2, y, width: top.width.saturating_sub(2), height: 1 }, line);
            }
            None
        } else {
            canvas.sheet(&self.visit_rows(plan, columns, true), 0, top)
        };
        if lines > 0 {
            canvas.sheet(&below, 0, Rect { y: top.bottom(), height: lines.min(area.height), ..area });
        }
        if let Some(aside) = aside {
            let marked = self.visit_in_hand_lines(plan, usize::from(aside.width));
            let below = to_u16(marked.len() + 1);
            let months = usize::from(aside.height.saturating_sub(below));
            let mut rows = self.month_lines(plan, usize::from(aside.width), months);
            rows.push(Line::default());
            rows.extend(marked);
            canvas.sheet(&[Row::read(rows)], 0, aside);
        }
        if let Some(third) = third {
            let mut rows = vec![self.heading(words::BASED_ON)];
            rows.extend(based_on(plan, usize::from(third.width)));
            canvas.sheet(&rows, 0, third);
        }
        cursor
    }

    pub(super) fn page_body(
        &self,
        canvas: &mut Canvas<'_>,
        area: Rect,
        page: Page,
        plan: Option<&Plan>,
    ) -> Option<Position> {
        let Some(plan) = plan else { return self.visits_body(canvas, area, None, false) };
        match page {
            Page::Dates => return self.visits_body(canvas, area, Some(plan), false),
            Page::Why => {
                let at = self.at.unwrap_or(0);
                canvas.sheet(&self.answer_rows(self.form.reasons(), at, usize::from(area.width)), self.first, area);
                return None;
            }
            Page::Card | Page::Findings | Page::Checks => {}
        }
        let (main, aside, third) = super::columns(canvas, area);
        let columns = usize::from(main.width);
        let mut y = main.y;
        for line in self.verdict_lines(Some(plan), columns) {
            canvas.line(Rect { y, height: 1, ..main }, &line);
            y += 1;
        }
        let roomy = main.height >= 24;
        if page == Page::Card
            && let Some(dose) = present::dose_box(plan)
        {
            let width = main.width.saturating_sub(4).min(TEXT);
            let height = Self::dose_box_height(&dose, usize::from(width), roomy);
            y += u16::from(roomy);
            draw_dose_box(canvas, &dose, Rect { x: main.x + 2, y, width, height });
            y += height + u16::from(roomy);
        } else {
            y += 1;
        }
        let to_do = if page == Page::Card { self.to_do_lines(plan, columns) } else { Vec::new() };
        let below = to_u16(to_do.len());
        for (line, y) in to_do.iter().zip(main.bottom().saturating_sub(below)..main.bottom()) {
            canvas.line(Rect { y, height: 1, ..main }, line);
        }
        let rest = Rect { y, height: main.bottom().saturating_sub(y + below), ..main };
        let rows = match page {
            Page::Card => self.card_rows(plan, columns),
            Page::Findings => self.finding_rows(plan, columns, true),
            _ => self.check_rows(plan, columns),
        };
        // With nothing marked the cursor is at the verdict, so that it is never lost to who follows it.
        let cursor = canvas.sheet(&rows, self.first, rest).or(Some(Position::new(main.x + 1, main.y)));
        if let Some(aside) = aside {
            let columns = usize::from(aside.width);
            let rows = match page {
                Page::Card => self.card_aside(plan, columns),
                Page::Findings => self.rests_on(plan, columns, true),
                _ => self.rests_on(plan, columns, false),
            };
            canvas.sheet(&rows, 0, aside);
        }
        if let Some(third) = third {
            let columns = usize::from(third.width);
            let mut rows = self.visit_rows(plan, columns, false);
            rows.push(Row::blank());
            let used: usize = rows.iter().map(|row| row.lines.len()).sum();
            let room = usize::from(third.height).saturating_sub(used);
            if room > 10 {
                rows.push(Row::read(self.month_lines(plan, columns, room)));
            }
            canvas.sheet(&rows, 0, third);
        }
        cursor
    }

    /// Beside the card: what was found, what it is based on, what would change the dose, who entered and checked it.
    fn card_aside(&self, plan: &Plan, columns: usize) -> Vec<Row> {
        let mut rows = self.finding_rows(plan, columns, false);
        rows.push(Row::blank());
        rows.extend(self.rests_on(plan, columns, true));
        rows
    }

    fn rests_on(&self, plan: &Plan, columns: usize, with_people: bool) -> Vec<Row> {
        let mut rows = Vec::new();
        if present::dose_box(plan).is_some() {
            rows.push(self.heading(words::BASED_ON));
            rows.extend(based_on(plan, columns));
        }
        let changes = present::would_change(plan);
        // They hold before the first dose alone; in a course under way the value at which a dose is held counts.
        if !changes.is_empty() && plan.request().course.is_none() {
            rows.push(Row::blank());
            let heading = wrap(words::WOULD_CHANGE, columns.saturating_sub(3)).into_iter();
            let bold = |line| Line::from(Span::styled(format!("  {line}"), self.theme.bold()));
            rows.push(Row::read(heading.map(bold).collect()));
            for (at, dose) in changes {
                rows.push(Row::read(labelled(&format!("  {at}"), &words::then(&dose), 24, columns)));
            }
        }
        if !with_people {
            return rows;
        }
        rows.push(Row::blank());
        let by = self.form.text(Field::PreparedBy).trim();
        let by = if by.is_empty() { words::NOT_RECORDED } else { by };
        rows.push(Row::read(labelled(&format!("  {}", words::ENTERED_BY), by, 17, columns)));
        let second = words::second_check_said(plan, self.form.has_second_check());
        rows.push(Row::read(labelled(&format!("  {}", words::SECOND_CHECK_LABEL), &second, 17, columns)));
        rows
    }

    /// The answer so far in a few lines below the entries.
    fn answer_in_short(&self, plan: Option<&Plan>, columns: usize) -> Vec<Line<'static>> {
        let preview = self.form.preview();
        let mut lines = Vec::new();
        for (label, value) in [
            (words::CLEARANCE, words::clearance_in_short(preview, plan)),
            (words::CALCIUM, words::calcium_now(preview, plan)),
        ] {
            lines.extend(labelled(&format!("  {label}"), &value, 14, columns));
        }
        lines.extend(self.verdict_lines(plan, columns));
        lines
    }

    /// The answer so far beside the entries: the clearance with its working, what it would mean, the calcium, findings.
    fn answer_so_far(&self, plan: Option<&Plan>, columns: usize) -> Vec<Row> {
        let preview = self.form.preview();
        let mut rows = Vec::new();
        let clearance = words::clearance_in_short(preview, plan);
        rows.push(Row::read(labelled(words::CLEARANCE, &clearance, 12, columns)));
        let renal = plan.map_or(preview.renal.as_ref(), Plan::renal);
        if let Some(renal) = renal {
            rows.push(read(&words::clearance_working(renal), columns));
        }
        rows.push(Row::blank());
        let calcium = words::calcium_now(preview, plan);
        rows.push(Row::read(labelled(words::CALCIUM, &calcium, 12, columns)));
        match plan {
            Some(plan) => {
                if let Some(table) = present::dose_table(plan) {
                    rows.extend([Row::blank(), read(&words::table_of(&plan.listed().drug.name.to_string()), columns)]);
                    rows.push(Row::read(table_lines(&table, columns)));
                    rows.extend(present::next_limit_text(plan).map(|text| read(&text, columns)));
                }
                rows.push(Row::blank());
                rows.extend(self.finding_rows(plan, columns, false));
            }
            None => {
                for it in self.form.all_unusual() {
                    rows.push(Row::blank());
                    let sign = self.theme.sign(Sign::Confirm);
                    rows.push(read(&format!("{sign} {}", it.finding), columns));
                }
            }
        }
        rows
    }

    /// What is still open, with its step.
    fn open_aside(&self, columns: usize) -> Vec<Row> {
        let open = self.all_open();
        if open.is_empty() {
            return Vec::new();
        }
        let mut rows = vec![
            Row::blank(),
            Row::read(vec![Line::from(Span::styled(words::open_count(open.len()), self.theme.bold()))]),
        ];
        for (step, field) in open {
            let line = format!(
                "  {}{}",
                pad(&field.label(), 21, self.cut()),
                fit(&words::step_name(step), columns.saturating_sub(23), "")
            );
            rows.push(Row::read(vec![Line::from(line)]));
        }
        rows
    }
}
