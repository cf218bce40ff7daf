//! The screen as a whole: who it is about, the rail of steps, the step, the plan so far, the keys.

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Constraint, Layout, Position, Rect},
    text::{Line, Span},
};

use super::{
    App,
    app::Mode,
    export::FileKind,
    plan_so_far::wrapped,
    save::FileToSave,
    sheet::{self, Row},
    text::{fit, width, wrap},
    words,
};
use crate::{
    form::{Field, Step},
    plan::Plan,
};

/// The least width and height in which a step can be read.
const LEAST: (u16, u16) = (80, 24);
/// The width from which the plan so far is beside the step.
const WIDE: u16 = 110;
/// The width of the plan so far beside the step.
const SIDE: u16 = 42;

impl App {
    /// Draws the form.
    pub fn view(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        if area.width < LEAST.0 || area.height < LEAST.1 {
            let lines = wrap(&words::too_small(LEAST, (area.width, area.height)), usize::from(area.width).max(1));
            for (line, y) in lines.iter().zip(0..area.height) {
                frame.buffer_mut().set_stringn(0, y, line, usize::from(area.width), self.theme.plain());
            }
            return;
        }
        let [title, rail, rule, middle, message, keys] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Min(1),
            Constraint::Length(1),
            Constraint::Length(1),
        ])
        .areas(area);
        let plan = self.form.plan();
        draw_line(frame, title, &self.title(usize::from(title.width)));
        draw_line(frame, rail, &self.rail());
        self.rule(frame, rule, "");
        let cursor = self.middle(frame, middle, plan);
        if let Some(said) = &self.message {
            let shown = fit(&format!(" {said}"), usize::from(message.width), self.cut());
            draw_line(frame, message, &Line::from(Span::styled(shown, self.theme.heading())));
        }
        draw_line(frame, keys, &self.keys(usize::from(keys.width)));
        if self.theme.ascii {
            in_ascii(frame.buffer_mut());
        }
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }

    /// A line across, with words in it.
    fn rule(&self, frame: &mut Frame<'_>, area: Rect, words: &str) {
        let stroke = self.theme.symbol("─", "-");
        let words = if words.is_empty() { String::new() } else { format!("{stroke} {words} ") };
        let rest = usize::from(area.width).saturating_sub(width(&words));
        let shown = words + &stroke.repeat(rest);
        draw_line(frame, area, &Line::from(Span::styled(shown, self.theme.plain())));
    }

    /// The program, the patient, and whether the entries are in a file.
    fn title(&self, columns: usize) -> Line<'static> {
        let state = match (&self.file, self.is_unsaved()) {
            (Some(file), false) => words::in_file(file.path()),
            (None, false) => String::new(),
            (_, true) => words::not_in_file(self.keeps_drafts).to_owned(),
        };
        let local = self.form.listed().filter(|it| it.origin == crate::regimen::Origin::Local);
        let local = local.map_or("", |_| words::LOCAL_REGIMEN);
        let state = fit(&format!("{local}{state}"), columns / 2, self.cut());
        let room = columns.saturating_sub(width(&state) + 12);
        let patient = if matches!(self.mode, Mode::SecondCheck { .. }) { String::new() } else { self.patient() };
        let patient = fit(&patient, room, self.cut());
        let blanks = " ".repeat(columns.saturating_sub(11 + width(&patient) + width(&state)));
        Line::from(vec![
            Span::styled("osteodose", self.theme.heading()),
            Span::raw("  "),
            Span::raw(patient),
            Span::raw(blanks),
            Span::raw(state),
        ])
    }

    /// The patient in a few words.
    fn patient(&self) -> String {
        let words = [Field::Id, Field::Name].map(|field| self.form.text(field).trim().to_owned());
        let born = self.form.filled().stated().birth_date.map(words::born).unwrap_or_default();
        let words: Vec<String> = words.into_iter().chain([born]).filter(|word| !word.is_empty()).collect();
        words.join("  ").chars().filter(|c| !c.is_control()).collect()
    }

    /// The steps: where one is, what is complete, what has a problem.
    fn rail(&self) -> Line<'static> {
        let mut spans = Vec::new();
        for (number, step) in (1..).zip(Step::ALL) {
            let mark = self.mark_of(*step);
            let here = *step == self.step;
            let style = if here { self.theme.focus() } else { self.theme.plain() };
            spans.push(Span::styled(format!("{number} {}{mark}", words::step(*step)), style));
            spans.push(Span::raw(" "));
        }
        Line::from(spans)
    }

    /// Whether a step is complete, or has a problem, or waits.
    fn mark_of(&self, step: Step) -> &'static str {
        let fields = self.form.fields(step);
        let filled = self.form.filled();
        let wrong = fields.iter().any(|field| filled.refused().contains_key(field));
        let is_open = |field: &Field| filled.missing().contains(field) || self.form.is_not_asked(*field);
        let missing = fields.iter().any(is_open);
        let done = match step {
            Step::Schedule => self.form.listed().is_some(),
            Step::Review => self.form.plan().is_some_and(|plan| plan.status() == crate::plan::PlanStatus::Ready),
            _ => fields.iter().any(|field| !self.form.text(*field).is_empty()),
        };
        let open = step == Step::Review && filled.request().is_some() && !done;
        match (wrong || open, missing, done) {
            (true, ..) => "!",
            (false, false, true) => self.theme.symbol("✓", "+"),
            _ => " ",
        }
    }

    /// The step or what is shown in its place, with the plan so far beside or below it.
    fn middle(&self, frame: &mut Frame<'_>, area: Rect, plan: Option<&Plan>) -> Option<Position> {
        match &self.mode {
            Mode::Step => self.step_view(frame, area, plan),
            Mode::SecondCheck { .. } => self.second_check_view(frame, area),
            Mode::Help => self.read(frame, area, &words::help()),
            Mode::Menu => self.read(frame, area, &words::menu()),
            Mode::Leave => self.read(frame, area, &words::leave(self.keeps_drafts)),
            Mode::Why(at, line) => self.why_view(frame, area, *at, *line),
            Mode::Export { at, refused } => self.export_view(frame, area, *at, refused.as_deref()),
            Mode::Save(file) => self.save_view(frame, area, file),
            Mode::Leftovers { left, at, .. } => self.leftovers_view(frame, area, left, *at),
        }
    }

    fn step_view(&self, frame: &mut Frame<'_>, area: Rect, plan: Option<&Plan>) -> Option<Position> {
        let wide = area.width >= WIDE;
        if wide {
            let [left, gap, right] =
                Layout::horizontal([Constraint::Min(1), Constraint::Length(3), Constraint::Length(SIDE)]).areas(area);
            self.upright(frame, gap);
            self.side(frame, right, plan);
            // Where the calendar takes the place of the plan so far, its verdict is below the step.
            let below = u16::from(self.step == Step::Schedule);
            let left = self.with_plan_below(frame, left, plan, below);
            return self.own_view(frame, left, plan, true);
        }
        let below = match self.step {
            Step::Review => 0,
            Step::Drug | Step::Schedule => 1,
            _ => 5,
        };
        let top = self.with_plan_below(frame, area, plan, below);
        self.own_view(frame, top, plan, false)
    }

    /// Draws so many lines of the plan so far under a rule, and gives the area above.
    fn with_plan_below(&self, frame: &mut Frame<'_>, area: Rect, plan: Option<&Plan>, lines: u16) -> Rect {
        if lines == 0 {
            return area;
        }
        // A verdict is never cut: what stops a plan takes the lines it needs.
        let needed = sheet::to_u16(wrapped(self.verdict(plan), usize::from(area.width)).len());
        let lines = lines.max(needed.min(4));
        let [top, rule, bottom] =
            Layout::vertical([Constraint::Min(1), Constraint::Length(1), Constraint::Length(lines)]).areas(area);
        self.rule(frame, rule, words::PLAN_SO_FAR);
        for (shown, y) in self.plan_so_far_in_short(plan, usize::from(area.width)).into_iter().zip(0..lines) {
            draw_line(frame, Rect { y: bottom.y + y, height: 1, ..bottom }, &shown);
        }
        top
    }

    /// What is beside a step on a wide screen: the plan so far, or the calendar where there are dates.
    fn side(&self, frame: &mut Frame<'_>, area: Rect, plan: Option<&Plan>) {
        if matches!(self.step, Step::Schedule | Step::Review) && self.calendar(frame, area, plan) {
            return;
        }
        let mut lines = self.plan_so_far(plan, usize::from(area.width));
        let room = usize::from(area.height);
        if lines.len() > room {
            lines.truncate(room.saturating_sub(1));
            lines.push(Line::from(Span::styled(words::MORE_WITH_WHY, self.theme.key())));
        }
        for (line, y) in lines.into_iter().zip(area.y..area.bottom()) {
            draw_line(frame, Rect { y, height: 1, ..area }, &line);
        }
    }

    fn upright(&self, frame: &mut Frame<'_>, area: Rect) {
        for y in area.y..area.bottom() {
            frame.buffer_mut().set_string(area.x + 1, y, self.theme.symbol("│", "|"), self.theme.plain());
        }
    }

    /// The step itself.
    fn own_view(&self, frame: &mut Frame<'_>, area: Rect, plan: Option<&Plan>, wide: bool) -> Option<Position> {
        let columns = usize::from(area.width);
        let rows = match self.step {
            Step::Drug => self.drug_rows(columns),
            Step::Schedule => return self.schedule_view(frame, area, plan, wide),
            Step::Review => return self.review_view(frame, area, plan),
            step => self.field_rows(&self.form.fields(step), columns, usize::from(area.height)),
        };
        sheet::draw(&rows, Some(&self.focus), self.theme, area, frame.buffer_mut())
    }

    /// Text that is read, a blank line above it.
    pub(super) fn read(&self, frame: &mut Frame<'_>, area: Rect, paragraphs: &[String]) -> Option<Position> {
        let columns = usize::from(area.width).saturating_sub(4).min(100);
        let mut lines = Vec::new();
        for paragraph in paragraphs {
            let wrapped = wrap(paragraph, columns);
            lines.extend(wrapped.into_iter().map(|line| Line::from(format!("  {line}"))));
        }
        sheet::draw(&[Row::read(lines)], None, self.theme, area, frame.buffer_mut())
    }

    /// The review, its verdict always in sight.
    fn review_view(&self, frame: &mut Frame<'_>, area: Rect, plan: Option<&Plan>) -> Option<Position> {
        let columns = usize::from(area.width);
        let mut pinned = wrapped(self.verdict(plan), columns.saturating_sub(1));
        if let Some(dosed) = plan.and_then(super::schedule::dosed) {
            let dose = words::dose_in_short(&dosed.dosing);
            pinned.push(Line::from(Span::styled(fit(&dose, columns, self.cut()), self.theme.heading())));
        }
        let [above, rest] =
            Layout::vertical([Constraint::Length(sheet::to_u16(pinned.len())), Constraint::Min(1)]).areas(area);
        for (shown, y) in pinned.iter().zip(above.y..above.bottom()) {
            draw_line(frame, Rect { y, height: 1, ..above }, shown);
        }
        let rows = self.review_rows(plan, columns);
        sheet::draw(&rows, Some(&self.focus), self.theme, rest, frame.buffer_mut())
    }

    /// Whether something is offered for the field in hand.
    fn is_offered(&self) -> bool {
        matches!(self.focus, super::focus::Stop::Field(field) if self.form.offer(field).is_some())
    }

    /// The keys that do something here.
    fn keys(&self, columns: usize) -> Line<'static> {
        let kind = match &self.focus {
            super::focus::Stop::Field(field) => Some(field.kind()),
            _ => None,
        };
        let keys = match &self.mode {
            Mode::Step => words::keys_of_a_step(kind, self.step, self.is_offered()),
            Mode::SecondCheck { .. } => words::keys_of_second_check(kind),
            Mode::Help => words::KEYS_OF_HELP.to_vec(),
            Mode::Menu => words::KEYS_OF_MENU.to_vec(),
            Mode::Why(..) => words::KEYS_OF_WHY.to_vec(),
            Mode::Export { .. } => words::KEYS_OF_EXPORT.to_vec(),
            Mode::Save(FileToSave { exists: None, written: FileKind::Plan, .. }) => words::KEYS_OF_SAVE.to_vec(),
            Mode::Save(FileToSave { exists: None, .. }) => words::KEYS_OF_WRITE.to_vec(),
            Mode::Save(_) => words::KEYS_OF_REPLACE.to_vec(),
            Mode::Leave => words::KEYS_OF_LEAVE.to_vec(),
            Mode::Leftovers { .. } => words::KEYS_OF_LEFTOVERS.to_vec(),
        };
        let mut spans = Vec::new();
        let mut used = 0;
        for (key, does) in keys {
            let needed = width(key) + width(does) + 3;
            if used + needed > columns {
                break;
            }
            used += needed;
            spans.extend([Span::styled(format!(" {key}"), self.theme.key()), Span::raw(format!(" {does} "))]);
        }
        Line::from(spans)
    }
}

/// Draws one line.
pub(super) fn draw_line(frame: &mut Frame<'_>, area: Rect, line: &Line<'_>) {
    frame.buffer_mut().set_line(area.x, area.y, line, area.width);
}

/// Writes the signs of units and formulas in ASCII, for terminals that know nothing else. Names stay as
/// they were entered.
fn in_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let plain = match cell.symbol() {
            "µ" => "u",
            "×" => "x",
            "÷" => "/",
            "−" | "–" | "—" => "-",
            "°" => " ",
            "…" => "~",
            "≥" => ">",
            "≤" => "<",
            _ => continue,
        };
        cell.set_symbol(plain);
    }
}
