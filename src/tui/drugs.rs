//! The choice of a drug: every regimen for the indication, compared for this patient, with the figure that decides.

use ratatui::text::{Line, Span};

use super::{
    App, Effect,
    screen::{Page, Screen},
    sheet::Row,
    text::{pad, wrap},
    theme::Role,
    why::table_lines,
    words,
};
use crate::{
    form::{Field, Step},
    present::{self, Possible},
};

/// The columns before the name of a drug: a mark and the verdict.
const LEAD: usize = 13;
/// The least columns of the name of a drug.
const NAME: usize = 24;
/// The columns of a dose, and of the full dose.
const DOSE: usize = 11;

/// What can be done with a drug of the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum May {
    /// It can be chosen.
    Choose,
    /// Its refusal can be looked at, and saved.
    Look,
    /// No plan can be made of it.
    Nothing,
}

/// The name in plans of a regimen that is compared.
pub(super) fn path(row: &present::Row) -> String {
    row.listed.regimen.path(&row.listed.drug.drug)
}

impl App {
    /// The marked drug: its name in plans, its name, and what can be done with it.
    pub(super) fn drug_in_hand(&self) -> Option<(String, String, May)> {
        let row = self.form.comparison().get(self.at?)?;
        let may = match row.verdict {
            Possible::CanBeGiven(_) | Possible::NeedsConfirmation { .. } => May::Choose,
            Possible::Cannot { .. } => May::Look,
            Possible::NotUsable { .. } => May::Nothing,
        };
        Some((path(row), words::regimen(row.listed), may))
    }

    /// Takes the marked drug; of one that is refused, the refusal.
    pub(super) fn take_drug(&mut self) -> Effect {
        let Some((path, _, may)) = self.drug_in_hand() else { return self.say(words::NOTHING_COMPUTED) };
        if may == May::Nothing {
            return self.say(words::DRUG_NOT_THERE);
        }
        self.form.set(Field::Regimen, path);
        let next = match self.screen_of(Step::Schedule) {
            Screen::Visits if may == May::Look => Screen::Plan(Page::Card),
            other => other,
        };
        self.go_by_key(next)
    }

    /// The drugs, each with its verdict first, or why none is compared yet.
    pub(super) fn drug_rows(&self, columns: usize) -> Vec<Row> {
        let compared = self.form.comparison();
        if compared.is_empty() {
            let open = self.all_open();
            let fields: Vec<_> = open.iter().filter(|(step, _)| *step < Step::Drug).map(|(_, it)| it.label()).collect();
            let lines = wrap(&words::not_compared_yet(&fields), columns.saturating_sub(3));
            return vec![
                Row::blank(),
                Row::read(lines.into_iter().map(|line| Line::from(format!("  {line}"))).collect()),
            ];
        }
        let mut rows = vec![Row::read(vec![self.drug_heading(columns)])];
        rows.extend(compared.iter().enumerate().map(|(at, row)| self.drug_row(at, row, columns)));
        rows.push(Row::blank());
        let end = wrap(words::END_OF_COMPARISON, columns.saturating_sub(3));
        rows.push(Row::read(end.into_iter().map(|line| Line::from(format!("  {line}"))).collect()));
        rows
    }

    /// What is compared, and from which day.
    pub(super) fn drugs_title(&self) -> String {
        let count = self.form.comparison().len();
        let assumed = self.form.compares_from().filter(|_| self.form.is_start_assumed());
        let assumed = assumed.map(|day| words::assumed(day, self.form.today()));
        words::compared(count, self.form.preview(), &assumed.unwrap_or_default())
    }

    fn drug_heading(&self, columns: usize) -> Line<'static> {
        let [verdict, drug, dose, full, often] = words::DRUG_COLUMNS;
        let lead = pad(&format!("  {verdict}"), LEAD, "");
        let name = pad(drug, name_columns(columns), "");
        let cells = format!("{}{}{often}", pad(dose, DOSE, ""), pad(full, DOSE, ""));
        Line::from(Span::styled(format!("{lead}{name}{cells}"), self.theme.plain()))
    }

    fn drug_row(&self, at: usize, row: &present::Row, columns: usize) -> Row {
        let in_hand = self.at == Some(at);
        let taken = self.form.text(Field::Regimen) == path(row);
        let (role, reasons): (Role, Vec<String>) = match &row.verdict {
            Possible::CanBeGiven(_) => (Role::Go, Vec::new()),
            Possible::NeedsConfirmation { reasons, .. } => (Role::Confirm, reasons.clone()),
            Possible::Cannot { reasons } => (Role::Stop, reasons.clone()),
            Possible::NotUsable { why } => (Role::Stop, vec![why.clone()]),
        };
        let word = match role {
            Role::Go => words::CAN_BE_GIVEN,
            Role::Confirm => words::CONFIRM,
            _ => words::CANNOT,
        };
        let mark = if in_hand { ">" } else { " " };
        let badge = self.badge(role, word);
        let used = badge.width() + 1;
        let name = format!("{}{}", words::regimen(row.listed), if taken { " *" } else { "" });
        let mut names = wrap(&name, name_columns(columns) - 1).into_iter();
        let name = pad(&names.next().unwrap_or_default(), name_columns(columns) - 1, "");
        let cells = match row.offer() {
            Some(offer) => {
                let full = if offer.dose == offer.full_dose { String::new() } else { offer.full_dose.to_string() };
                let full = if full.is_empty() { words::SAME.to_owned() } else { words::of_full(&full) };
                format!(
                    "{}{}{}",
                    pad(&offer.dose.to_string(), DOSE, ""),
                    pad(&full, DOSE, ""),
                    words::frequency(&offer.frequency)
                )
            }
            None => words::NO_DOSE.to_owned(),
        };
        let style = if in_hand { self.theme.marked() } else { self.theme.bold() };
        let head = vec![
            Span::raw(mark),
            badge,
            Span::raw(" ".repeat(LEAD.saturating_sub(used))),
            Span::styled(name, style),
            Span::raw(" "),
        ];
        let before: usize = LEAD + name_columns(columns);
        let mut wrapped = wrap(&cells, columns.saturating_sub(before)).into_iter();
        let mut lines = vec![Line::from(
            head.into_iter().chain([Span::raw(wrapped.next().unwrap_or_default())]).collect::<Vec<_>>(),
        )];
        loop {
            let (name, cell) = (names.next(), wrapped.next());
            if name.is_none() && cell.is_none() {
                break;
            }
            let name = pad(&name.unwrap_or_default(), name_columns(columns), "");
            let line = format!("{}{name}{}", " ".repeat(LEAD), cell.unwrap_or_default());
            lines.push(Line::from(line.trim_end().to_owned()));
        }
        for reason in &reasons {
            for line in wrap(reason, columns.saturating_sub(LEAD + 1)) {
                lines.push(Line::from(format!("{}{line}", " ".repeat(LEAD))));
            }
        }
        Row::marked(lines, at, in_hand)
    }

    /// The marked drug beside the list: its verdict, the table with this patient's row, how far away it is, its sources.
    pub(super) fn drug_aside(&self, columns: usize) -> Vec<Row> {
        let Some(row) = self.at.and_then(|at| self.form.comparison().get(at)) else { return Vec::new() };
        let mut lines = vec![Line::from(Span::styled(words::regimen(row.listed), self.theme.bold()))];
        let mut add = |words: &str, indent: usize| {
            lines.extend(
                wrap(words, columns.saturating_sub(indent))
                    .into_iter()
                    .map(|line| Line::from(format!("{}{line}", " ".repeat(indent)))),
            );
        };
        match &row.plan {
            None => add(row.reasons().first().map_or("", String::as_str), 0),
            Some(plan) => {
                if let Some(renal) = plan.renal() {
                    add(&words::clearance_shown(renal), 0);
                    add(&words::clearance_working(renal), 2);
                }
                if let Some(table) = present::dose_table(plan) {
                    add("", 0);
                    add(words::TABLE_OF_DRUG, 0);
                    lines.extend(table_lines(&table, columns));
                }
                let mut add = |words: &str, indent: usize| {
                    lines.extend(
                        wrap(words, columns.saturating_sub(indent))
                            .into_iter()
                            .map(|line| Line::from(format!("{}{line}", " ".repeat(indent)))),
                    );
                };
                if let Some(far) = present::next_limit_text(plan).filter(|_| row.offer().is_some()) {
                    add("", 0);
                    add(&far, 2);
                }
                let now = present::what_now(plan);
                if !now.is_empty() {
                    add("", 0);
                    add(words::WHAT_NOW, 0);
                    for (number, step) in (1..).zip(now) {
                        add(&format!("{number}  {step}"), 2);
                    }
                }
            }
        }
        vec![Row::read(lines)]
    }
}

/// The columns of the name of a drug, which is never cut at 80 columns.
fn name_columns(columns: usize) -> usize {
    let longest = 30;
    columns.saturating_sub(LEAD + 2 * DOSE + 17).clamp(NAME, longest)
}
