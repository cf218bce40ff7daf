//! The screen as a whole: who it is about, where one is, the body in columns, the message, the keys.

mod banner;
pub(super) mod key_bar;
mod panes;
mod place;

use ratatui::{
    Frame,
    buffer::Buffer,
    layout::{Position, Rect},
    text::{Line, Span},
};

use super::{
    App,
    card::draw_dose_box,
    command::Command,
    dialog::Dialog,
    hits::{Hits, Target},
    screen::{Asks, Over, Screen},
    sheet::{Canvas, PANES, Row, to_u16},
    text::{fit, wrap},
    theme::Theme,
    words,
};
use crate::present;
use key_bar::ShownKey;

/// The least width and height in which anything is shown.
const LEAST: (u16, u16) = (60, 18);
/// The least width and height in which something can be entered.
const ENTRY: (u16, u16) = (80, 24);
/// The width from which a second column is beside the first, and a third beside both.
pub(in crate::tui) const TWO: u16 = 110;
pub(in crate::tui) const THREE: u16 = 170;
/// The most columns of running text.
pub(in crate::tui) const TEXT: u16 = 80;
/// The lines below the body: the message and the keys.
const FOOTER: u16 = 3;
/// The columns between two columns.
pub(in crate::tui) const GAP: u16 = 3;

impl App {
    /// Draws the form.
    pub fn view(&self, frame: &mut Frame<'_>) {
        let area = frame.area();
        self.size.set(Some((area.width, area.height)));
        let window = Window { least: LEAST, theme: self.theme, wheel: self.wheel };
        window.draw(frame, &mut self.hits.borrow_mut(), |canvas| self.draw(canvas, area));
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let mut banner = self.banner_lines(usize::from(area.width));
        // However long a name is, where one is and the keys are seen.
        banner.truncate(usize::from(area.height.saturating_sub(FOOTER + 2)));
        let mut y = area.y;
        for line in &banner {
            canvas.buffer.set_style(Rect { y, height: 1, ..area }, self.theme.banner());
            canvas.line(Rect { y, height: 1, ..area }, line);
            y += 1;
        }
        y += self.place_line(canvas, Rect { y, height: 1, ..area });
        let keys = self.key_lines(usize::from(area.width));
        let body = Rect { y, height: area.bottom().saturating_sub(y + FOOTER), ..area };
        let cursor = if self.needs_room() && (area.width < ENTRY.0 || area.height < ENTRY.1) {
            let lines = wrap(&words::too_small_to_enter(ENTRY, (area.width, area.height)), usize::from(area.width) - 4);
            let rows: Vec<Row> =
                lines.into_iter().map(|line| Row::read(vec![Line::from(format!("  {line}"))])).collect();
            canvas.sheet(&rows, 0, body)
        } else {
            self.body(canvas, body)
        };
        let message = Rect { y: body.bottom(), height: 1, ..area };
        if let Some(said) = self.message.as_ref().or(self.announced.as_ref()) {
            let shown = fit(&format!(" {said}"), usize::from(area.width), self.cut());
            canvas.line(message, &Line::from(Span::styled(shown, self.theme.bold())));
        }
        for (line, y) in keys.into_iter().zip(message.bottom()..area.bottom()) {
            let mut x = area.x;
            for ShownKey { spans, command } in line {
                let shown = Line::from(spans);
                let columns = to_u16(shown.width());
                let place = Rect { x, y, width: columns.min(area.right().saturating_sub(x)), height: 1 };
                canvas.line(place, &shown);
                if let Some(command) = command.filter(Command::opens) {
                    canvas.hits.add(place, Target::Opens(command));
                }
                x += columns;
            }
        }
        cursor
    }

    /// Whether the window is too small to see what a letter acts on.
    pub(super) fn is_too_small_to_act(&self) -> bool {
        let least = if self.needs_room() { ENTRY } else { LEAST };
        self.size.get().is_some_and(|(columns, rows)| columns < least.0 || rows < least.1)
    }

    /// Whether something is entered here, which needs a window of the usual size.
    fn needs_room(&self) -> bool {
        match &self.over {
            Some(Over::Why(_) | Over::Help { .. } | Over::Leave | Over::Leftovers { .. }) => false,
            Some(_) => true,
            None => matches!(self.screen, Screen::Entry(_)),
        }
    }

    fn body(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let columns = usize::from(area.width);
        match &self.over {
            Some(Over::Why(asked)) => {
                let rows = self.answer_rows(&asked.reasons, asked.at, columns);
                canvas.sheet(&rows, asked.line, area);
                None
            }
            Some(Over::Help { line, .. }) => {
                canvas.sheet(&self.help_rows(columns), *line, area);
                None
            }
            Some(Over::Export { at, refused }) => {
                canvas.sheet(&self.export_rows(*at, refused.as_deref(), columns), 0, area)
            }
            Some(Over::Leftovers { left, at, asks }) => {
                let cursor = canvas.sheet(&self.leftover_rows(left, *at, columns), 0, area);
                match (asks, left.get(*at)) {
                    (Asks::Delete, Some((_, leftover))) => {
                        self.delete_dialog(leftover, columns).draw(canvas, below(area, 4))
                    }
                    (Asks::ClearOld, _) => self.clear_dialog(columns).draw(canvas, below(area, 4)),
                    _ => cursor,
                }
            }
            Some(Over::Ward(ward)) => canvas.sheet(&self.ward_rows(ward, columns), 0, area),
            Some(over) => self.over_body(canvas, area, over),
            None => self.screen_body(canvas, area),
        }
    }

    /// A dialog below the verdict and the dose, so that the patient and what is given stay in sight.
    fn over_body(&self, canvas: &mut Canvas<'_>, area: Rect, over: &Over) -> Option<Position> {
        let columns = usize::from(area.width);
        let dialog: Dialog = match over {
            Over::GoTo { .. } => self.goto_dialog(columns),
            Over::Confirm { code, at } => self.confirm_dialog(*code, *at, columns),
            Over::SecondCheck { at, .. } => {
                // The dose is hidden from the second person.
                return self.second_check_dialog(*at, columns).draw(canvas, area);
            }
            Over::FileName { .. } => self.file_name_dialog(columns),
            Over::Exists { .. } => self.exists_dialog(columns),
            Over::StartInstead(day) => self.start_dialog(*day, columns),
            Over::Leave => self.leave_dialog(columns),
            Over::Why(_) | Over::Help { .. } | Over::Export { .. } | Over::Leftovers { .. } | Over::Ward(_) => {
                return None;
            }
        };
        let mut y = area.y;
        let plan = self.form.plan();
        let verdict = self.verdict_lines(plan, columns.min(usize::from(TEXT) + 4));
        let needed = to_u16(dialog.height() + 2);
        if needed + to_u16(verdict.len()) <= area.height {
            for line in &verdict {
                canvas.line(Rect { y, height: 1, ..area }, line);
                y += 1;
            }
        }
        if let Some(dose) = plan.and_then(present::dose_box) {
            let width = area.width.min(TEXT);
            let height =
                Self::dose_box_height(&present::DoseBox { because: None, ..dose.clone() }, usize::from(width), false);
            if y + height + needed <= area.bottom() {
                let dose = present::DoseBox { because: None, ..dose };
                draw_dose_box(canvas, &dose, Rect { x: area.x + 2, y, width: width.min(area.width - 4), height });
                y += height;
            }
        }
        let room =
            Rect { x: area.x + 2, y, width: area.width.saturating_sub(2), height: area.bottom().saturating_sub(y) };
        dialog.draw(canvas, room)
    }

    fn screen_body(&self, canvas: &mut Canvas<'_>, area: Rect) -> Option<Position> {
        let plan = self.form.plan();
        match self.screen {
            Screen::Entry(step) => self.entry_body(canvas, area, step, plan),
            Screen::Drugs => {
                let (main, aside, _) = columns(canvas, area);
                let cursor = canvas.sheet(&self.drug_rows(usize::from(main.width)), 0, main);
                if let Some(aside) = aside {
                    canvas.sheet(&self.drug_aside(usize::from(aside.width)), 0, aside);
                }
                cursor
            }
            Screen::Visits => self.visits_body(canvas, area, plan, true),
            Screen::Plan(page) => self.page_body(canvas, area, page, plan),
        }
    }
}

/// One column, two or three, by the width.
fn columns(canvas: &mut Canvas<'_>, area: Rect) -> (Rect, Option<Rect>, Option<Rect>) {
    let main = (area.width * 66 / 100).min(TEXT);
    let second = area.width.saturating_sub(main + 2 * GAP) * 45 / 100;
    side_by_side(canvas, area, main, second)
}

/// One column, two or three, by the width; a line between them. The second is as wide as said where a third is
/// beside it, and takes what is left where it is the last.
pub(in crate::tui) fn side_by_side(
    canvas: &mut Canvas<'_>,
    area: Rect,
    main: u16,
    second: u16,
) -> (Rect, Option<Rect>, Option<Rect>) {
    if area.width < TWO {
        return (area, None, None);
    }
    let x = area.x + main + GAP;
    canvas.upright(Rect { x: area.x + main + 1, width: 1, ..area });
    let main = Rect { width: main, ..area };
    if area.width < THREE {
        return (main, Some(Rect { x, width: area.right() - x, ..area }), None);
    }
    let second = Rect { x, width: second, ..area };
    canvas.upright(Rect { x: second.right() + 1, width: 1, ..area });
    let third = second.right() + GAP;
    (main, Some(second), Some(Rect { x: third, width: area.right() - third, ..area }))
}

/// What the screens of the form and of the ward are drawn in.
pub(in crate::tui) struct Window {
    /// The least width and height in which anything is shown.
    pub(in crate::tui) least: (u16, u16),
    pub(in crate::tui) theme: Theme,
    /// By how many lines the wheel has moved each pane.
    pub(in crate::tui) wheel: [isize; PANES],
}

impl Window {
    /// Draws a screen, or says that the window is too small for it. The screen gives the place of the cursor.
    pub(in crate::tui) fn draw(
        self,
        frame: &mut Frame<'_>,
        hits: &mut Hits,
        screen: impl FnOnce(&mut Canvas<'_>) -> Option<Position>,
    ) {
        let Rect { width, height, .. } = frame.area();
        let Self { least, theme, wheel } = self;
        if width < least.0 || height < least.1 {
            let lines = wrap(&words::too_small(least, (width, height)), usize::from(width).max(1));
            for (line, y) in lines.iter().zip(0..height) {
                frame.buffer_mut().set_stringn(0, y, line, usize::from(width), theme.plain());
            }
            return;
        }
        hits.clear();
        let cursor = screen(&mut Canvas { theme, buffer: frame.buffer_mut(), hits, wheel });
        if theme.ascii {
            in_ascii(frame.buffer_mut());
        }
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }
}

/// An area without its first lines, a little to the right.
fn below(area: Rect, lines: u16) -> Rect {
    let lines = lines.min(area.height);
    Rect { x: area.x + 2, y: area.y + lines, width: area.width.saturating_sub(2), height: area.height - lines }
}

/// Writes the signs of formulas in ASCII, for terminals that know nothing else. Units and names stay as they are.
fn in_ascii(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        let plain = match cell.symbol() {
            "×" => "x",
            "÷" => "/",
            "−" | "–" | "—" => "-",
            "…" => "~",
            "↑" => "^",
            "↓" => "v",
            "≥" | "→" => ">",
            "≤" | "←" => "<",
            _ => continue,
        };
        cell.set_symbol(plain);
    }
}
