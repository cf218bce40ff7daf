//! The short questions, and the help: whether to leave, whether to start on an open day, which keys there are.

use chrono::NaiveDate;
use ratatui::text::{Line, Span};

use super::{
    App,
    dialog::Dialog,
    keys::{Bar, Binding},
    screen::Over,
    sheet::Row,
    text::{pad, width, wrap},
    words,
};

/// The columns of a key in the help.
const KEY: usize = 16;

impl App {
    /// Whether to leave although something is not saved.
    pub(super) fn leave_dialog(&self, columns: usize) -> Dialog {
        let mut dialog = Dialog::new(words::LEAVE_TITLE, columns);
        dialog.text(words::LEAVE_ASKS);
        dialog.blank();
        for binding in self.keys_over(&Over::Leave) {
            dialog.text(&format!("{}{}", pad(&binding.shown, 6, ""), binding.does));
        }
        dialog
    }

    /// Whether to start on the first day on which the clinic is open.
    pub(super) fn start_dialog(&self, day: NaiveDate, columns: usize) -> Dialog {
        let mut dialog = Dialog::new(words::START_TITLE, columns);
        if let Some(plan) = self.form.plan() {
            dialog.text(&words::closed_on(plan.request().treatment.start_date, day));
        }
        dialog.blank();
        let acts = [('t', words::start_on(day)), ('\u{1b}', words::KEEP_THE_DAY.to_owned())];
        dialog.acts(&acts, true, true, self.theme);
        dialog
    }

    /// Every key of the screen below the help, and what does not change from screen to screen.
    pub(super) fn help_rows(&self, columns: usize) -> Vec<Row> {
        let below = match &self.over {
            Some(Over::Help { below: Some(below), .. }) => self.keys_over(below),
            _ => self.keys_of_screen(),
        };
        let mut rows = vec![Row::blank()];
        let in_bar = below.iter().filter(|it| it.bar != Bar::Help);
        let others = below.iter().filter(|it| it.bar == Bar::Help);
        let everywhere = Self::keys_everywhere();
        for binding in in_bar.chain(others).chain(&everywhere) {
            rows.push(help_row(binding, columns, self));
        }
        rows.push(Row::blank());
        for paragraph in words::HELP_TEXT {
            let lines = wrap(paragraph, columns.saturating_sub(4).min(100));
            rows.push(Row::read(lines.into_iter().map(|line| Line::from(format!("  {line}"))).collect()));
        }
        rows
    }
}

fn help_row(binding: &Binding, columns: usize, app: &App) -> Row {
    let key = pad(&format!("  {}", binding.shown), KEY.max(width(&binding.shown) + 4), "");
    let used = width(&key);
    let mut does = wrap(&binding.does, columns.saturating_sub(used + 1)).into_iter();
    let first = Line::from(vec![Span::styled(key, app.theme.bold()), Span::raw(does.next().unwrap_or_default())]);
    let rest = does.map(|line| Line::from(format!("{}{line}", " ".repeat(used))));
    Row::read(std::iter::once(first).chain(rest).collect())
}
