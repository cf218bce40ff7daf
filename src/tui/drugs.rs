//! The choice of a drug: every regimen for the indication, compared for this patient.

use ratatui::text::{Line, Span};

use super::{
    App,
    focus::{Stop, path},
    sheet::Row,
    text::{pad, wrap},
    words,
};
use crate::{
    form::Field,
    present::{self, Verdict},
    regimen::Severity,
};

/// The columns before the name of a drug.
const LEAD: usize = 3;
/// The columns of the verdict.
const VERDICT: usize = 10;
/// The columns after the verdict.
const CELLS: usize = 34;

/// The columns of the name of a drug, which is never cut at 80 columns.
fn name_columns(columns: usize) -> usize {
    columns.saturating_sub(LEAD + VERDICT + CELLS).clamp(24, 40)
}

impl App {
    /// The start date, and under it the drugs, each with its verdict first.
    pub(super) fn drug_rows(&self, columns: usize) -> Vec<Row> {
        let mut rows = vec![self.field_row(Field::StartDate, columns, false)];
        let compared = self.form.comparison();
        if compared.is_empty() {
            let filled = self.form.filled();
            let open = filled.refused().keys().chain(filled.missing()).filter(|field| **field != Field::Regimen);
            let fields: Vec<_> = open.map(|field| field.label()).collect();
            let lines = wrap(&words::not_compared_yet(&fields), columns.saturating_sub(3));
            rows.push(Row::read(lines.into_iter().map(|line| Line::from(format!("  {line}"))).collect()));
            return rows;
        }
        rows.push(Row::read(vec![Line::default(), self.drug_heading(columns)]));
        rows.extend(compared.iter().map(|row| self.drug_row(row, columns)));
        rows
    }

    fn drug_heading(&self, columns: usize) -> Line<'static> {
        let [drug, rest @ ..] = words::DRUG_COLUMNS;
        let lead = pad(&format!("   {drug}"), LEAD + name_columns(columns) + VERDICT, self.cut());
        Line::from(Span::styled(lead + &self.cells(rest.map(str::to_owned)), self.theme.heading()))
    }

    /// The columns after the verdict: dose, minutes, visits, doses.
    fn cells(&self, [dose, minutes, visits, doses]: [String; 4]) -> String {
        let cut = self.cut();
        [pad(&dose, 16, cut), pad(&minutes, 6, cut), pad(&visits, 7, cut), pad(&doses, 5, cut)].concat()
    }

    fn drug_row(&self, row: &present::Row, columns: usize) -> Row {
        let stop = Stop::Drug(path(row));
        let focused = self.focus == stop;
        let taken = self.form.text(Field::Regimen) == path(row);
        let mark = format!("{}{} ", if focused { ">" } else { " " }, if taken { "*" } else { " " });
        let name = pad(&words::regimen(row.listed), name_columns(columns), self.cut());
        let (word, style) = match &row.verdict {
            Verdict::CanBeGiven(_) => (words::CAN_BE_GIVEN, self.theme.good()),
            Verdict::NeedsConfirmation { .. } => (words::CONFIRM, self.theme.severity(Severity::Confirm)),
            Verdict::Cannot { .. } | Verdict::NotUsable { .. } => (words::CANNOT, self.theme.severity(Severity::Stop)),
        };
        let cells = row.offer().map_or_else(String::new, |offer| {
            let minutes = offer.minutes.map_or_else(|| "-".to_owned(), |minutes| minutes.to_string());
            let dose = words::dose_of_full(offer.dose, offer.full_dose);
            self.cells([dose, minutes, offer.visits.to_string(), offer.doses.to_string()])
        });
        let blanks = " ".repeat(VERDICT.saturating_sub(word.len() + 2));
        let name_style = if focused { self.theme.focus() } else { self.theme.heading() };
        let mut lines = vec![Line::from(vec![
            Span::raw(mark),
            Span::styled(name, name_style),
            Span::styled(format!(" {word} "), style),
            Span::raw(format!("{blanks}{cells}")),
        ])];
        for detail in wrap(&detail(row), columns.saturating_sub(6)) {
            lines.push(Line::from(format!("     {detail}")));
        }
        Row { lines, stop: Some(stop), cursor: Some((0, 0)) }
    }
}

/// Why, how often, why less, and how near the next limit is.
fn detail(row: &present::Row) -> String {
    let reason = row.reason().map(|reason| words::drug_reason(reason, row.open_confirmations()));
    let offer = row.offer().map(words::offer);
    let words: Vec<String> = reason.into_iter().chain(offer).collect();
    words.join(" ")
}
