//! The choice of a drug: every regimen for the indication, compared for this patient.

use ratatui::text::{Line, Span};

use super::{
    App,
    focus::{Stop, path},
    sheet::Row,
    text::{pad, wrap},
};
use crate::{
    form::Field,
    regimen::Severity,
    report::{self, Verdict},
    wording,
};

impl App<'_> {
    /// The start date, and under it the drugs, each with its verdict first.
    pub(super) fn drug_rows(&self, columns: usize) -> Vec<Row> {
        let mut rows = vec![self.field_row(Field::StartDate, columns, false)];
        let compared = self.comparison();
        if compared.is_empty() {
            let filled = self.form.filled();
            let open = filled.refused().keys().chain(filled.missing()).filter(|field| **field != Field::Regimen);
            let fields: Vec<&str> = open.map(|field| wording::label(*field)).collect();
            let lines = wrap(&wording::not_compared_yet(&fields), columns.saturating_sub(3));
            rows.push(Row::read(lines.into_iter().map(|line| Line::from(format!("  {line}"))).collect()));
            return rows;
        }
        rows.push(Row::read(vec![Line::default(), self.drug_heading(columns)]));
        rows.extend(compared.iter().map(|row| self.drug_row(row, columns)));
        rows
    }

    fn drug_heading(&self, columns: usize) -> Line<'static> {
        let heading = self.drug_columns(wording::DRUG_COLUMNS.map(str::to_owned), columns);
        Line::from(Span::styled(format!("    {heading}"), self.theme.heading()))
    }

    /// The columns of a row: drug, dose, minutes, visits, doses.
    fn drug_columns(&self, [drug, dose, minutes, visits, doses]: [String; 5], columns: usize) -> String {
        let name = columns.saturating_sub(56).clamp(24, 40);
        let cut = self.cut();
        [pad(&drug, name, cut), pad("", 11, cut), pad(&dose, 17, cut), pad(&minutes, 7, cut), pad(&visits, 7, cut), doses]
            .concat()
    }

    fn drug_row(&self, row: &report::Row<'_>, columns: usize) -> Row {
        let name_columns = columns.saturating_sub(56).clamp(24, 40);
        let stop = Stop::Drug(path(row));
        let focused = self.focus == stop;
        let taken = self.form.text(Field::Regimen) == path(row);
        let mark = format!("{}{} ", if focused { ">" } else { " " }, if taken { "*" } else { " " });
        let name = pad(&wording::regimen(row.listed), name_columns, self.cut());
        let (word, style) = match &row.verdict {
            Verdict::CanBeGiven(_) => (wording::CAN_BE_GIVEN, self.theme.good()),
            Verdict::NeedsConfirmation { .. } => (wording::CONFIRM, self.theme.severity(Severity::Confirm)),
            Verdict::Cannot { .. } | Verdict::NotUsable { .. } => (wording::CANNOT, self.theme.severity(Severity::Stop)),
        };
        let cells = row.offer().map_or_else(String::new, |offer| {
            let dose = wording::dose_of_full(offer.dose, offer.full_dose);
            let minutes = offer.minutes.map_or_else(|| "-".to_owned(), |minutes| minutes.to_string());
            let cut = self.cut();
            [pad(&dose, 17, cut), pad(&minutes, 7, cut), pad(&offer.visits.to_string(), 7, cut), offer.doses.to_string()]
                .concat()
        });
        let name_style = if focused { self.theme.focus() } else { self.theme.heading() };
        let blanks = " ".repeat(11_usize.saturating_sub(word.len() + 2));
        let mut lines = vec![Line::from(vec![
            Span::raw(format!(" {mark}")),
            Span::styled(name, name_style),
            Span::styled(format!(" {word} "), style),
            Span::raw(format!("{blanks}{cells}")),
        ])];
        for detail in wrap(&self.drug_detail(row), columns.saturating_sub(7)) {
            lines.push(Line::from(format!("      {detail}")));
        }
        Row { lines, stop: Some(stop), cursor: Some((0, 1)) }
    }

    /// Why, how often, why less, and how near the next limit is.
    fn drug_detail(&self, row: &report::Row<'_>) -> String {
        let reason = row.reason().map(|reason| wording::drug_reason(reason, row.open_confirmations()));
        let offer = row.offer().map(wording::offer);
        let words: Vec<String> = reason.into_iter().chain(offer).collect();
        words.join(" ")
    }
}
