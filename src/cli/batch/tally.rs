//! The counts of a batch: how many are ready, to confirm, stopped or not usable, by drug and reason.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use crate::{
    plan::{Plan, PlanStatus},
    regimen::{Code, Severity},
};

/// The counts of a batch, or of a part of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    drugs: Vec<OfDrug>,
    /// Requests that cannot be used, by the field that is wrong; an empty name if no field is.
    unusable: BTreeMap<String, u64>,
    /// Whether there are cells that a columns file could explain.
    foreign: bool,
}

/// The counts of a drug.
#[derive(Clone, Debug, Default)]
struct OfDrug {
    drug: String,
    ready: u64,
    to_confirm: u64,
    stopped: u64,
    /// The findings that stop a plan or are not confirmed.
    reasons: BTreeMap<(Severity, Code), u64>,
    /// Second checks that differ.
    differing: u64,
}

impl Tally {
    /// Counts a plan.
    pub(super) fn count(&mut self, plan: &Plan) {
        let word = plan.listed().drug.drug.as_str();
        let at = self.drugs.iter().position(|it| it.drug == word).unwrap_or_else(|| {
            self.drugs.push(OfDrug { drug: word.to_owned(), ..OfDrug::default() });
            self.drugs.len() - 1
        });
        let of_drug = &mut self.drugs[at];
        match plan.status() {
            PlanStatus::Ready => of_drug.ready += 1,
            PlanStatus::NeedsConfirmation => {
                of_drug.to_confirm += 1;
                for finding in plan.open_findings() {
                    *of_drug.reasons.entry((Severity::Confirm, finding.code())).or_default() += 1;
                }
                of_drug.differing += u64::from(plan.second_check() == crate::plan::SecondCheckResult::Differs);
            }
            PlanStatus::Stopped => {
                of_drug.stopped += 1;
                for finding in plan.findings().iter().filter(|it| it.severity == Severity::Stop) {
                    *of_drug.reasons.entry((Severity::Stop, finding.code())).or_default() += 1;
                }
            }
        }
    }

    /// Counts a request that cannot be used, by the field that is wrong.
    pub(super) fn count_unusable(&mut self, field: String, is_foreign: bool) {
        self.foreign |= is_foreign;
        *self.unusable.entry(field).or_default() += 1;
    }

    /// Adds the counts of another.
    pub(super) fn add(&mut self, other: &Self) {
        for theirs in &other.drugs {
            let at = self.drugs.iter().position(|it| it.drug == theirs.drug).unwrap_or_else(|| {
                self.drugs.push(OfDrug { drug: theirs.drug.clone(), ..OfDrug::default() });
                self.drugs.len() - 1
            });
            let ours = &mut self.drugs[at];
            ours.ready += theirs.ready;
            ours.to_confirm += theirs.to_confirm;
            ours.stopped += theirs.stopped;
            ours.differing += theirs.differing;
            for (reason, count) in &theirs.reasons {
                *ours.reasons.entry(*reason).or_default() += count;
            }
        }
        self.foreign |= other.foreign;
        for (field, count) in &other.unusable {
            *self.unusable.entry(field.clone()).or_default() += count;
        }
    }

    /// Starts again.
    pub(super) fn clear(&mut self) {
        self.drugs.clear();
        self.unusable.clear();
        self.foreign = false;
    }

    /// How many patients were answered.
    pub(super) fn patients(&self) -> u64 {
        self.drugs.iter().map(OfDrug::patients).sum::<u64>() + self.unusable.values().sum::<u64>()
    }

    /// Whether a request could not be used.
    pub(super) fn has_unusable(&self) -> bool {
        !self.unusable.is_empty()
    }

    /// Whether there are cells that a columns file could explain.
    pub(super) fn has_foreign(&self) -> bool {
        self.foreign
    }

    /// Writes the summary to standard error, and what else is to be said of the batch.
    pub(super) fn print(&self, remarks: &[String]) {
        let mut summary = self.summary();
        for remark in remarks {
            let _ = writeln!(summary, "{remark}");
        }
        // If standard error is closed, there is nowhere to write it.
        let _ = io::stderr().write_all(summary.as_bytes());
    }

    /// What was counted, in lines: all, then each drug with its reasons, then what cannot be used.
    fn summary(&self) -> String {
        let sum = |of: fn(&OfDrug) -> u64| self.drugs.iter().map(of).sum::<u64>();
        let unusable: u64 = self.unusable.values().sum();
        let mut text = String::new();
        let mut line = |line: String| {
            let _ = writeln!(text, "{line}");
        };
        let (ready, to_confirm, stopped) = (sum(|it| it.ready), sum(|it| it.to_confirm), sum(|it| it.stopped));
        let patients = self.patients();
        let word = if patients == 1 { "patient" } else { "patients" };
        line(format!("{patients} {word}: {}, {unusable} not usable", statuses(ready, to_confirm, stopped)));
        let mut drugs: Vec<&OfDrug> = self.drugs.iter().collect();
        drugs.sort_by_key(|it| &it.drug);
        for of_drug in drugs {
            let OfDrug { drug, ready, to_confirm, stopped, .. } = of_drug;
            line(format!("{drug}: {}", statuses(*ready, *to_confirm, *stopped)));
            for ((severity, code), count) in &of_drug.reasons {
                let what = if *severity == Severity::Stop { "stopped" } else { "to confirm" };
                line(format!("  {what}, {}: {count}", code.as_str()));
            }
            if of_drug.differing > 0 {
                line(format!("  to confirm, second check differs: {}", of_drug.differing));
            }
        }
        for (field, count) in &self.unusable {
            let field = if field.is_empty() { "as a whole" } else { field };
            line(format!("not usable, {field}: {count}"));
        }
        text
    }
}

impl OfDrug {
    fn patients(&self) -> u64 {
        self.ready + self.to_confirm + self.stopped
    }
}

fn statuses(ready: u64, to_confirm: u64, stopped: u64) -> String {
    format!("{ready} ready, {to_confirm} to confirm, {stopped} stopped")
}
