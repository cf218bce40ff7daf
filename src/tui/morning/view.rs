//! The screens of a ward as a whole: who it is about, where one is, the body in columns, the message, the keys.

use ratatui::{
    Frame,
    layout::{Position, Rect},
    text::{Line as Words, Span},
};

use super::{
    super::{
        Theme,
        keys::Bar,
        sheet::{Canvas, Row, to_u16},
        text::{fit, pad, width, wrap},
        theme::Sign,
        view::{
            GAP, TEXT, THREE, Window,
            key_bar::{as_many_as_fit, laid_out},
            side_by_side,
        },
        words,
    },
    Morning, Over, Place,
};
use crate::{json::unhidden, words::spoken};

/// The least width and height in which anything is shown.
pub(super) const LEAST: (u16, u16) = (80, 24);
/// The lines below the body: the message and the keys.
const FOOTER: u16 = 3;

impl Morning {
    /// Draws the screen.
    pub(super) fn draw(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        self.size.set(Some((area.width, area.height)));
        let window = Window { least: LEAST, theme: self.theme, wheel: self.wheel };
        window.draw(frame, &mut self.hits.borrow_mut(), |canvas| self.draw_parts(canvas, area));
    }

    fn draw_parts(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let columns = usize::from(area.width);
        let banner = match &self.place {
            Place::Home => self.home_banner(columns),
            Place::Patient(_) | Place::Visit(_) => self.patient_banner(columns),
        };
        let mut y = area.y;
        for line in &banner {
            canvas.buffer.set_style(Rect { y, height: 1, ..area }, self.theme.banner());
            canvas.line(Rect { y, height: 1, ..area }, line);
            y += 1;
        }
        for line in self.place_lines(columns) {
            canvas.line(Rect { y, height: 1, ..area }, &line);
            y += 1;
        }
        let body = Rect { y, height: area.bottom().saturating_sub(y + FOOTER), ..area };
        let cursor = match (&self.over, &self.place) {
            (Some(Over::Help(first)), _) => canvas.sheet(&self.help_rows(columns), *first, body),
            (Some(Over::Why(first)), _) => canvas.sheet(&self.why_rows(columns), *first, body),
            (Some(Over::Leave), _) => canvas.sheet(&self.leave_rows(columns), 0, body),
            (Some(Over::Act(form)), _) => self.act_body(canvas, body, form),
            (None, Place::Home) => self.home_body(canvas, body),
            (None, Place::Patient(page)) => self.patient_body(canvas, body, page),
            (None, Place::Visit(page)) => self.visit_body(canvas, body, page),
        };
        let message = Rect { y: body.bottom(), height: 1, ..area };
        if let Some(said) = self.message.as_ref().or(self.trouble.as_ref()) {
            let shown = fit(&format!(" {}", unhidden(said)), columns, self.theme.sign(Sign::Cut));
            canvas.line(message, &Words::from(Span::styled(shown, self.theme.bold())));
        }
        for (line, y) in self.key_lines(columns).iter().zip(message.bottom()..area.bottom()) {
            canvas.line(Rect { y, height: 1, ..area }, line);
        }
        cursor
    }

    /// The keys, on two lines.
    fn key_lines(&self, columns: usize) -> Vec<Words<'static>> {
        let bindings: Vec<_> = self.bindings().into_iter().filter(|it| it.bar != Bar::Help).collect();
        let lines = laid_out(&bindings, columns, false)
            .or_else(|| laid_out(&bindings, columns, true))
            .unwrap_or_else(|| as_many_as_fit(&bindings, columns));
        let line = |keys: Vec<(&super::super::keys::Binding<super::Do>, &str)>| {
            let spans = keys.into_iter().flat_map(|(binding, does)| {
                [Span::styled(format!(" {}", binding.shown), self.theme.bold()), Span::raw(format!(" {does}  "))]
            });
            Words::from(spans.collect::<Vec<_>>())
        };
        lines.into_iter().map(line).collect()
    }

    /// Who the patient is: name, birth date, sex, number, never cut; below it the allergies and the course.
    fn patient_banner(&self, columns: usize) -> Vec<Words<'static>> {
        let Some(chart) = self.chart() else { return Vec::new() };
        let Some(identity) = chart.identity() else {
            return vec![Words::from(pad(&format!(" {}", words::WHO_NOT_KNOWN), columns, ""))];
        };
        let name = identity.name.as_ref().map_or_else(|| words::NO_NAME.to_owned(), |it| unhidden(it.as_str()));
        let parts = [
            name,
            words::born(identity.birth_date, chart.today),
            spoken::capital(spoken::sex(identity.sex)),
            words::number(&unhidden(identity.id.as_str())),
        ];
        let mut lines: Vec<String> = Vec::new();
        for part in parts {
            match lines.last_mut() {
                Some(line) if width(line) + width(&part) + 5 < columns => {
                    line.push_str("     ");
                    line.push_str(&part);
                }
                _ => lines.extend(wrap(&part, columns.saturating_sub(2)).into_iter().map(|line| format!(" {line}"))),
            }
        }
        let course = chart.course();
        let request = course.and_then(|course| crate::morning::last_request(chart, course.number));
        let allergies = request.as_ref().and_then(|(_, it)| it.patient.allergies.as_ref()).map(ToString::to_string);
        let allergies = words::known_allergies(spoken::allergies(allergies.as_deref()));
        let drug = course.map(|course| {
            crate::morning::words::course(course.plan.name.as_str(), course.plan.route, course.plan.rule.weeks)
        });
        let left: Vec<String> = wrap(&format!(" {allergies}"), columns.saturating_sub(1));
        for (at, line) in left.iter().enumerate() {
            let is_last = at + 1 == left.len();
            let beside = drug.clone().filter(|_| is_last).unwrap_or_default();
            if is_last && width(line) + width(&beside) + 6 <= columns {
                lines.push(format!(" {}     {beside}", line.trim_start()));
            } else {
                lines.push(format!(" {}", line.trim_start()));
                if is_last && !beside.is_empty() {
                    lines.push(format!(" {beside}"));
                }
            }
        }
        lines.into_iter().map(|line| Words::from(pad(&line, columns, ""))).collect()
    }

    /// The lines below the banner: the lists of Home, the tabs of the page, or the visit.
    fn place_lines(&self, columns: usize) -> Vec<Words<'static>> {
        match &self.place {
            Place::Home => {
                let first = match &self.find {
                    Some(find) => {
                        let typed = pad(find.value(), 24.max(width(find.value()) + 1), "");
                        let lead = Span::raw(words::FIND_LEAD);
                        let hint = format!("  {}", words::FIND_HINT);
                        Words::from(vec![lead, Span::styled(typed, self.theme.entry()), Span::raw(hint)])
                    }
                    None => self.tabs(columns),
                };
                vec![first, rule("", columns, self.theme)]
            }
            Place::Patient(page) => vec![self.patient_tabs(page, columns)],
            Place::Visit(page) => vec![self.visit_line(page, columns)],
        }
    }

    /// The keys of the screen below, with what they do.
    fn help_rows(&self, columns: usize) -> Vec<Row> {
        let below = self.keys_below();
        let mut rows =
            vec![Row::read(vec![Words::from(Span::styled(format!("  {}", words::KEYS_HERE), self.theme.bold()))])];
        for binding in below {
            let key = Span::styled(format!("  {}", pad(&binding.shown, 14, "")), self.theme.bold());
            let wrapped = wrap(&binding.does, columns.saturating_sub(18));
            for (at, line) in wrapped.into_iter().enumerate() {
                let lead = if at == 0 { key.clone() } else { Span::raw(" ".repeat(16)) };
                rows.push(Row::read(vec![Words::from(vec![lead, Span::raw(line)])]));
            }
        }
        rows.push(Row::blank());
        let text = match &self.place {
            Place::Home => words::HELP_HOME,
            Place::Patient(_) => words::HELP_PATIENT,
            Place::Visit(_) => words::HELP_VISIT,
        };
        for line in wrap(text, columns.saturating_sub(4)) {
            rows.push(Row::read(vec![Words::from(format!("  {line}"))]));
        }
        rows
    }

    fn leave_rows(&self, columns: usize) -> Vec<Row> {
        let words = if self.drafts.is_empty() { words::LEAVE_ALL_RECORDED } else { words::LEAVE_WITH_DRAFTS };
        let lines = wrap(words, columns.saturating_sub(4)).into_iter().map(|line| Words::from(format!("  {line}")));
        let key = Words::from(vec![
            Span::raw("    "),
            Span::styled("q", self.theme.bold()),
            Span::raw(format!("   {}", words::LEAVE_NOW)),
        ]);
        vec![Row::blank(), Row::read(lines.collect()), Row::blank(), Row::read(vec![key])]
    }
}

/// A text at the left and one at the right end of a line, or on two lines where there is no room.
pub(super) fn both_ends(left: &str, right: &str, columns: usize) -> Vec<Words<'static>> {
    if width(left) + width(right) + 2 <= columns {
        let blanks = " ".repeat(columns - width(left) - width(right));
        return vec![Words::from(format!("{left}{blanks}{right}"))];
    }
    let mut lines: Vec<Words<'static>> = wrap(left.trim_start(), columns.saturating_sub(1))
        .into_iter()
        .map(|line| Words::from(pad(&format!(" {line}"), columns, "")))
        .collect();
    lines.push(Words::from(format!("{}{right}", " ".repeat(columns.saturating_sub(width(right))))));
    lines
}

/// A line across, with a text at its beginning.
pub(super) fn rule(title: &str, columns: usize, theme: Theme) -> Words<'static> {
    let title = fit(title, columns, theme.sign(Sign::Cut));
    let rest = theme.sign(Sign::Across).repeat(columns.saturating_sub(width(&title)));
    Words::from(format!("{title}{rest}"))
}

/// A line across with a text at its beginning and one at its end.
pub(super) fn rule_with(title: &str, end: &str, columns: usize, theme: Theme) -> Words<'static> {
    let across = theme.sign(Sign::Across);
    let end = if end.is_empty() { String::new() } else { format!(" {end} {across}") };
    let room = columns.saturating_sub(width(&end));
    let title = fit(title, room, theme.sign(Sign::Cut));
    let rest = across.repeat(room.saturating_sub(width(&title)));
    Words::from(format!("{title}{rest}{end}"))
}

/// A text in lines, a little to the right.
pub(super) fn text_rows(text: &str, indent: usize, columns: usize) -> Vec<Row> {
    let wrapped = wrap(text, columns.saturating_sub(indent + 1));
    wrapped.into_iter().map(|line| Row::read(vec![Words::from(format!("{}{line}", " ".repeat(indent)))])).collect()
}

/// The lines that rows take.
pub(super) fn height(rows: &[Row]) -> u16 {
    to_u16(rows.iter().map(|row| row.lines.len()).sum())
}

/// One column, two or three, by the width: where a third is there, the first is narrower.
pub(super) fn columns(canvas: &mut Canvas<'_>, area: Rect) -> (Rect, Option<Rect>, Option<Rect>) {
    let text = (area.width * 66 / 100).min(TEXT);
    let main = if area.width < THREE { text } else { text.max(area.width * 45 / 100) };
    let second = area.width.saturating_sub(main + GAP) * 55 / 100;
    side_by_side(canvas, area, main, second)
}
