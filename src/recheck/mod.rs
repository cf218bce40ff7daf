//! Saved plans made again with the library and the program at hand: the same, or what would be otherwise.

mod names;
mod runs;
mod told;

use crate::{
    dosing,
    json::{Difference, Step, Value, differences, vocabulary},
    regimen::Library,
    saved::{SavedPlan, Seal},
};

vocabulary! {
    /// What came of making a saved plan again.
    pub enum Verdict {
        /// It is the same, whatever made it.
        Same = "same",
        /// It stands as it was written, or nothing tells otherwise, and would be another today.
        Changed = "would-change",
        /// It was altered since it was written.
        Altered = "altered",
    }
}

/// A saved plan, made again.
#[derive(Debug)]
pub struct Rechecked {
    /// What came of it.
    pub verdict: Verdict,
    /// What its checksum says.
    pub seal: Seal,
    /// What would be otherwise, the makers aside.
    pub changes: Vec<Difference>,
    /// What is otherwise about the makers: program, library, whose file the regimen is, owner, day of review.
    pub makers: Vec<Difference>,
    /// Why no plan can be made any more.
    pub impossible: Option<String>,
    /// Whether the plan names the program and the library at hand as its makers.
    pub same_makers: bool,
}

/// Makes the plan of a saved plan's request again, and compares.
pub fn recheck(saved: &SavedPlan, library: &'static Library) -> Rechecked {
    let request = match &saved.request {
        Ok(request) => request,
        Err(fault) => return impossible(saved, fault.to_string()),
    };
    let plan = match dosing::plan(request.clone(), library) {
        Ok(plan) => plan,
        Err(unusable) => return impossible(saved, unusable.to_string()),
    };
    if saved.seal != Seal::Broken && saved.repeats(&plan) {
        return Rechecked {
            verdict: Verdict::Same,
            seal: saved.seal,
            changes: Vec::new(),
            makers: Vec::new(),
            impossible: None,
            same_makers: true,
        };
    }
    let now = Value::written(&plan.document());
    let all = differences(&saved.document, &now, &names::name);
    let (makers, changes): (Vec<_>, Vec<_>) = all.into_iter().filter(|it| !is_checksum(it)).partition(is_about_makers);
    let same_makers = saved.names_the_maker_of(&now);
    let verdict = match saved.seal {
        Seal::Broken => Verdict::Altered,
        // The same program and library write the same letters, so something else wrote these.
        Seal::Missing if same_makers => Verdict::Altered,
        Seal::Whole | Seal::Missing if changes.is_empty() => Verdict::Same,
        Seal::Whole | Seal::Missing => Verdict::Changed,
    };
    Rechecked { verdict, seal: saved.seal, changes, makers, impossible: None, same_makers }
}

fn impossible(saved: &SavedPlan, why: String) -> Rechecked {
    let verdict = if saved.seal == Seal::Broken { Verdict::Altered } else { Verdict::Changed };
    Rechecked {
        verdict,
        seal: saved.seal,
        changes: Vec::new(),
        makers: Vec::new(),
        impossible: Some(why),
        same_makers: false,
    }
}

impl Rechecked {
    /// Whether a dose or its volume would be another, begin or end.
    pub fn changes_a_dose(&self) -> bool {
        self.changes.iter().any(is_about_a_dose)
    }
}

/// The keys of a place.
fn keys(difference: &Difference) -> Vec<&str> {
    difference.path.iter().filter_map(Step::key).collect()
}

fn is_checksum(difference: &Difference) -> bool {
    keys(difference) == ["provenance", "checksum"]
}

fn is_about_makers(difference: &Difference) -> bool {
    matches!(
        keys(difference)[..],
        ["provenance", "program" | "regimens_sha256" | "regimen_owner" | "regimen_reviewed"]
            | ["dosing", "regimen_origin"]
    )
}

fn is_about_a_dose(difference: &Difference) -> bool {
    match keys(difference)[..] {
        ["dosing" | "schedule"]
        | ["dosing", "dose_mg" | "intakes" | "steps", ..]
        | ["dosing", "preparation", "open" | "draw_up_ml" | "remove_and_replace_ml", ..]
        | ["schedule", "entries", "dose_mg"] => true,
        // A dose that comes or goes.
        ["schedule", "entries"] => [&difference.was, &difference.now].iter().any(|it| is_dose(it)),
        _ => false,
    }
}

fn is_dose(entry: &Value) -> bool {
    entry.member("kind").text() == Some("dose")
}
