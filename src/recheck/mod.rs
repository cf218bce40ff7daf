//! Saved plans made again with the library and program in use: the same, or what would differ.

pub mod document;
mod names;
mod outcome;
mod series;

use std::borrow::Cow;

use crate::{
    dosing,
    json::{Difference, Step, Value, differences},
    plan::{
        Plan, Unusable,
        document::{DoseEntry, EntryDocument, FindingDocument, PlanDocument},
    },
    regimen::{Library, Subject},
    saved::{SavedPlan, Seal},
};

/// What came of making a saved plan again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the same, whatever made it.
    Same,
    /// It is as it was written, or nothing says otherwise, and would be another today.
    Changed,
    /// It was altered since it was written.
    Altered,
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
    pub impossible: Option<Unusable>,
    /// Whether the plan was made by this version of the program with the library in use.
    pub same_makers: bool,
    /// The plan as it is made now, where one can be made.
    pub plan: Option<Plan>,
}

/// Makes the plan of a saved plan's request again, and compares figures, codes and dates; never the sentences that
/// the program words.
pub fn recheck(saved: SavedPlan, library: &'static Library) -> Rechecked {
    let SavedPlan { document: mut was, seal } = saved;
    let plan = match dosing::plan(was.request.clone().into_owned(), library) {
        // What came from the ward is in the request; that it did is known from the file alone.
        Ok(plan) => match &was.provenance.ward {
            Some(ward) => plan.with_ward(ward.name.clone().map(Cow::into_owned), &ward.inputs),
            None => plan,
        },
        Err(unusable) => return impossible(seal, unusable),
    };
    let mut now = plan.document();
    let same_makers = was.provenance.program == now.provenance.program
        && was.provenance.regimens_sha256 == now.provenance.regimens_sha256;
    // A plan of a version that did not write the normal range is compared without it.
    was.calcium.normal = was.calcium.normal.take().or_else(|| now.calcium.normal.clone());
    align_statements(&mut was, &now);
    align_entries(&mut was, &now);
    align_sentences(&mut was, &mut now);
    let all = differences(&Value::written(&was), &Value::written(&now), &names::name);
    let (makers, changes): (Vec<_>, Vec<_>) = all.into_iter().partition(is_about_makers);
    let verdict = match seal {
        Seal::Broken => Verdict::Altered,
        _ if changes.is_empty() => Verdict::Same,
        Seal::Reprinted => Verdict::Altered,
        // The same program and library find the same figures, so something else wrote these.
        Seal::Missing if same_makers => Verdict::Altered,
        Seal::Whole | Seal::Missing => Verdict::Changed,
    };
    Rechecked { verdict, seal, changes, makers, impossible: None, same_makers, plan: Some(plan) }
}

fn impossible(seal: Seal, why: Unusable) -> Rechecked {
    let verdict = match seal {
        Seal::Broken | Seal::Reprinted => Verdict::Altered,
        Seal::Whole | Seal::Missing => Verdict::Changed,
    };
    Rechecked {
        verdict,
        seal,
        changes: Vec::new(),
        makers: Vec::new(),
        impossible: Some(why),
        same_makers: false,
        plan: None,
    }
}

/// Leaves the sentences of the regimen file out of the comparison: a statement is known by its id, and may be reworded.
/// A plan of a version that wrote no ids is compared without them.
fn align_statements<'a>(was: &mut PlanDocument<'a>, now: &PlanDocument<'a>) {
    let (Some(was), Some(now)) = (&mut was.dosing, &now.dosing) else { return };
    was.title.clone_from(&now.title);
    if let (Some(was), Some(now)) = (&mut was.steps, &now.steps) {
        was.text.clone_from(&now.text);
        for (was, now) in was.doses.iter_mut().zip(&now.doses).filter(|(was, _)| was.only.is_some()) {
            was.only.clone_from(&now.only);
        }
    }
    if let (Some(was), Some(now)) = (&mut was.follow_on, &now.follow_on) {
        was.text.clone_from(&now.text);
    }
    let was_lists = [&mut was.directions, &mut was.supplements, &mut was.course_notes, &mut was.not_these_products];
    let now_lists = [&now.directions, &now.supplements, &now.course_notes, &now.not_these_products];
    for (was, now) in was_lists.into_iter().zip(now_lists) {
        if was.iter().any(|it| it.id.is_none()) {
            was.clone_from(now);
        }
        for it in was.iter_mut() {
            if let Some(now) = now.iter().find(|now| now.id == it.id) {
                it.text.clone_from(&now.text);
            }
        }
    }
    if was.disagreements.iter().any(|it| it.id.is_none()) {
        was.disagreements.clone_from(&now.disagreements);
    }
    for it in &mut was.disagreements {
        if let Some(now) = now.disagreements.iter().find(|now| now.id == it.id) {
            it.what.clone_from(&now.what);
            it.applied.clone_from(&now.applied);
            it.other.clone_from(&now.other);
        }
    }
}

/// The same for the sentences of the schedule: what a review is for, what a dose depends on, and what is said beside a
/// check or a supply.
fn align_entries<'a>(was: &mut PlanDocument<'a>, now: &PlanDocument<'a>) {
    let (Some(was), Some(now)) = (&mut was.schedule, &now.schedule) else { return };
    let review =
        now.entries.iter().find_map(|it| if let EntryDocument::Review(it) = it { Some(&it.text) } else { None });
    let only = now.entries.iter().find_map(|it| if let EntryDocument::Dose(it) = it { it.only.as_ref() } else { None });
    let beside = |what: Option<Subject>| {
        now.entries.iter().find_map(|it| match it {
            EntryDocument::Check(it) if Some(it.what) == what => Some(&it.text),
            EntryDocument::Supply(it) if what.is_none() => Some(&it.text),
            _ => None,
        })
    };
    for entry in &mut was.entries {
        match (entry, review, only) {
            (EntryDocument::Check(it), ..) if it.text.is_some() => {
                it.text = beside(Some(it.what)).cloned().unwrap_or(it.text.take());
            }
            (EntryDocument::Supply(it), ..) if it.text.is_some() => {
                it.text = beside(None).cloned().unwrap_or(it.text.take());
            }
            (EntryDocument::Review(it), Some(text), _) => it.text.clone_from(text),
            (EntryDocument::Dose(DoseEntry { only: Some(it), .. }), _, Some(text)) => it.clone_from(text),
            _ => {}
        }
    }
}

/// Leaves of the sentences of findings only those that say other figures: a sentence itself may be reworded in any
/// version. A plan of a version that wrote no evidence is compared by its codes.
fn align_sentences(was: &mut PlanDocument<'_>, now: &mut PlanDocument<'_>) {
    for before in &mut was.findings {
        let Some(after) = now.findings.iter_mut().find(|it| it.code == before.code) else { continue };
        let figures = |finding: &FindingDocument<'_>| finding.evidence.as_ref().map(Value::written);
        let says_the_same = before.evidence.is_none() || figures(before) == figures(after);
        if says_the_same {
            before.message.clone_from(&after.message);
        }
        if says_the_same || before.message != after.message {
            (before.evidence, after.evidence) = (None, None);
        }
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

fn is_about_makers(difference: &Difference) -> bool {
    matches!(
        keys(difference)[..],
        [
            "provenance",
            "program"
                | "regimens_sha256"
                | "limits_origin"
                | "sources_origin"
                | "regimen_owner"
                | "regimen_reviewed"
                | "regimen_status"
        ] | ["dosing", "regimen_origin"]
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
