//! Where one is: the steps, the pages of the plan, or the title of what is read.

use ratatui::{
    layout::Rect,
    text::{Line, Span},
};

use super::super::{
    App,
    command::Command,
    hits::Target,
    screen::{Over, Page, Screen},
    sheet::{Canvas, to_u16},
    text::{fit, width},
    theme::Sign,
    ward::WardPage,
    words,
};
use crate::form::{Field, Step};

impl App {
    /// Where one is: the steps, or the pages of the plan, or the title of what is read. Gives how many lines it took.
    pub(super) fn place_line(&self, canvas: &mut Canvas<'_>, area: Rect) -> u16 {
        let title = match &self.over {
            Some(Over::Why(asked)) => Some(words::why_from(&asked.from)),
            Some(Over::Help { .. }) => Some(words::HELP_TITLE.to_owned()),
            Some(Over::Export { .. }) => Some(words::EXPORT_TITLE.to_owned()),
            Some(Over::Leftovers { .. }) => Some(words::LEFTOVERS_TITLE.to_owned()),
            Some(Over::SecondCheck { .. }) => Some(String::new()),
            Some(Over::Ward(ward)) => {
                self.ward_tabs(canvas, area, ward.page);
                return 1;
            }
            _ => None,
        };
        if let Some(title) = title {
            self.rule(canvas, area, &title);
            return 1;
        }
        if let Screen::Plan(page) = self.screen {
            self.tabs(canvas, area, page);
            return 1;
        }
        self.steps(canvas, area);
        let below = Rect { y: area.y + 1, ..area };
        let title = match self.screen {
            Screen::Drugs => self.drugs_title(),
            Screen::Visits => self.visits_title().unwrap_or_default(),
            _ => String::new(),
        };
        self.rule(canvas, below, &title);
        2
    }

    /// The steps: where one is, what is complete, what has a problem.
    fn steps(&self, canvas: &mut Canvas<'_>, area: Rect) {
        let mut x = area.x + 1;
        let all: usize = Step::ALL.iter().map(|step| width(&words::step_name(*step)) + 2).sum();
        for step in Step::ALL {
            // In a narrow window, only the step that is shown has its name.
            let is_named = all + 2 <= usize::from(area.width) || *step == self.screen.step();
            let name = if is_named { words::step_name(*step) } else { (step.index() + 1).to_string() };
            let mark = self.mark_of(*step);
            let here = *step == self.screen.step();
            let shown = if here { format!("[{name}]") } else { format!("{mark}{name}") };
            let style = if here { self.theme.bold() } else { self.theme.plain() };
            let place = Rect { x, width: to_u16(width(&shown)), ..area };
            canvas.line(place, &Line::from(Span::styled(shown, style)));
            canvas.hits.add(place, Target::Opens(Command::Go(self.screen_of(*step))));
            x = place.right() + 1;
        }
    }

    /// Whether a step is complete, or has a problem, or waits.
    fn mark_of(&self, step: Step) -> String {
        let fields = if step == Step::Drug { vec![Field::Regimen] } else { self.form.fields(step) };
        let filled = self.form.filled();
        let wrong = fields.iter().any(|field| filled.refused().contains_key(field));
        let open = fields.iter().any(|field| self.is_open(*field));
        let done = match step {
            Step::Review => self.form.plan().is_some_and(|plan| plan.status() == crate::plan::PlanStatus::Ready),
            _ => fields.iter().any(|field| !self.form.text(*field).is_empty()),
        };
        let sign = match (wrong, open, done) {
            (true, ..) => self.theme.sign(Sign::Wrong),
            (false, false, true) => self.theme.sign(Sign::Done),
            _ => return " ".to_owned(),
        };
        sign.to_owned()
    }

    /// The pages of the plan.
    fn tabs(&self, canvas: &mut Canvas<'_>, area: Rect, page: Page) {
        let mut x = area.x + 1;
        for it in Page::ALL {
            let count = match it {
                Page::Findings => self.form.plan().map_or(0, |plan| plan.open_findings().count()),
                _ => 0,
            };
            let name = words::tab(it, count);
            let here = it == page;
            let shown = if here { format!("[{name}]") } else { format!(" {name} ") };
            let style = if here { self.theme.bold() } else { self.theme.plain() };
            let place = Rect { x, width: to_u16(width(&shown)), ..area };
            canvas.line(place, &Line::from(Span::styled(shown, style)));
            canvas.hits.add(place, Target::Opens(Command::Go(Screen::Plan(it))));
            x = place.right();
        }
        let rest = Rect { x: x + 1, width: area.right().saturating_sub(x + 1), ..area };
        let line = self.theme.sign(Sign::Across).repeat(usize::from(rest.width));
        canvas.line(rest, &Line::from(line));
    }

    /// The pages of the ward settings.
    fn ward_tabs(&self, canvas: &mut Canvas<'_>, area: Rect, page: WardPage) {
        let tab = |it: WardPage| {
            let name = words::ward_page(it);
            if it == page { format!("[{name}]") } else { format!(" {name} ") }
        };
        let tabs: String = WardPage::ALL.into_iter().map(tab).collect();
        let title = format!(" {tabs} {}", self.theme.sign(Sign::Across).repeat(3));
        let words = format!("{title} {} ", words::WARD_TITLE);
        let rest = usize::from(area.width).saturating_sub(width(&words));
        canvas.line(area, &Line::from(format!("{words}{}", self.theme.sign(Sign::Across).repeat(rest))));
    }

    /// A line across, with words in it.
    pub(super) fn rule(&self, canvas: &mut Canvas<'_>, area: Rect, words: &str) {
        let stroke = self.theme.sign(Sign::Across);
        let words = if words.is_empty() { String::new() } else { format!("{stroke} {words} ") };
        let words = fit(&words, usize::from(area.width), self.cut());
        let rest = usize::from(area.width).saturating_sub(width(&words));
        canvas.line(area, &Line::from(format!("{words}{}", stroke.repeat(rest))));
    }
}
