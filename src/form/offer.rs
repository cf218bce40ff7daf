//! What is offered to a person, who takes it or leaves it: a date, a name, the name of a file.

use std::path::{Path, PathBuf};

use super::{Field, Form};
use crate::plan::{Finding, PlanStatus};

impl Form {
    /// What is offered for an empty field: today, a day that was planned, or what was entered elsewhere. It is
    /// never assumed.
    pub fn offer(&self, field: Field) -> Option<String> {
        let entered = |other| Some(self.text(other).to_owned()).filter(|text| !text.is_empty());
        match field {
            Field::LabDate | Field::StartDate => Some(self.today.to_string()),
            Field::DueOn(day) => Some(day.to_string()),
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

/// A file with the plan of a form, opened or saved.
#[derive(Clone, Debug)]
pub struct PlanFile {
    path: PathBuf,
    /// The name that the form had for it: whose plan it is, and of which day.
    name: String,
    /// Whether it stays as it is.
    stays: bool,
}

impl PlanFile {
    /// The file that holds the plan of a form as it is now. A refusal stays: what was not given is part of the record.
    pub fn new(path: PathBuf, form: &Form) -> Self {
        let is_refusal = form.plan().is_some_and(|plan| plan.status() == PlanStatus::Stopped);
        Self { path, name: form.file_name(), stays: is_refusal }
    }

    /// The same file, with the plan of an earlier visit: it stays whatever comes after it.
    #[must_use]
    pub fn of_earlier_visit(self) -> Self {
        Self { stays: true, ..self }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it holds another version of the plan of a form: of the same patient, with the same start.
    fn is_replaced_by(&self, form: &Form) -> bool {
        !self.stays && self.name == form.file_name()
    }

    /// The file that is offered for the plan of a form: this one where it may be replaced, else one of its own name in
    /// the same folder.
    pub fn offered(file: Option<&Self>, form: &Form) -> PathBuf {
        match file {
            Some(file) if file.is_replaced_by(form) => file.path.clone(),
            Some(file) if file.name == form.file_name() => another_name(&file.path),
            Some(file) => file.path.with_file_name(form.file_name()),
            None => form.file_name().into(),
        }
    }

    /// Whether a file that exists may be replaced by the plan of a form.
    pub fn may_replace(file: Option<&Self>, path: &Path, form: &Form) -> bool {
        file.is_some_and(|file| file.path == path && file.is_replaced_by(form))
    }
}

/// Another name for a file whose name is taken: with the next number.
pub fn another_name(path: &Path) -> PathBuf {
    let ending = path.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    // The last part of a date is no number of ours.
    let numbered = stem.rsplit_once('_').and_then(|(stem, number)| Some((stem, number.parse::<u32>().ok()?)));
    let (stem, number) = numbered.map_or((stem.as_str(), 2), |(stem, number)| (stem, number.saturating_add(1)));
    path.with_file_name(format!("{stem}_{number}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_name_has_the_next_number() {
        for (taken, free) in [
            ("A-1042-2026-12-01.json", "A-1042-2026-12-01_2.json"),
            ("A-1042-2026-12-01_2.json", "A-1042-2026-12-01_3.json"),
            ("ward/plan", "ward/plan_2"),
            ("A_B-2026-12-01.json", "A_B-2026-12-01_2.json"),
        ] {
            assert_eq!(another_name(Path::new(taken)), Path::new(free));
        }
    }
}
