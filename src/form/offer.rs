//! What is offered to a person, who takes it or leaves it: a date, a name, the name of a file.

use chrono::NaiveDate;

use super::{Field, Form};
use crate::plan::Finding;

impl Form {
    /// What is offered for an empty field: today, or what was entered elsewhere. It is never assumed.
    pub fn offer(&self, field: Field, today: NaiveDate) -> Option<String> {
        let entered = |other| Some(self.text(other).to_owned()).filter(|text| !text.is_empty());
        match field {
            Field::LabDate | Field::StartDate => Some(today.to_string()),
            Field::LastDose => entered(Field::LastDate),
            Field::ConfirmedBy(code) => {
                let others = self.to_confirm().into_iter().map(Finding::code).filter(|other| *other != code);
                others.map(Field::ConfirmedBy).find_map(entered)
            }
            _ => None,
        }
    }

    /// A name for the file of the plan: the patient's identifier and the start date.
    pub fn file_name(&self) -> String {
        let id = self.text(Field::Id);
        let safe: String = id.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).take(60).collect();
        let who = if safe.is_empty() { "plan".to_owned() } else { safe };
        let start = self.filled.stated().start_date;
        start.map_or_else(|| format!("{who}.json"), |date| format!("{who}-{date}.json"))
    }
}
