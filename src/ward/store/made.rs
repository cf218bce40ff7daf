//! Whether what an entry says of a plan or of a verdict is what the engine says of it. Whoever sends an entry sends its
//! figures as well, and a dose is given by them: so they are made again before they are stored.

use crate::{
    dosing,
    recheck::{Verdict as Again, recheck},
    regimen::{Library, Severity},
    saved::{self, Seal},
    ward::{
        event::{Assessed, Body, Planned, Verdict},
        fold::Refused,
    },
};

/// Refuses a plan and a verdict with other figures than the engine finds with the library at hand. Where they were made
/// with another one, they must not contradict themselves.
///
/// # Errors
/// Where they do.
pub fn refuse_invented(body: &Body, library: &'static Library) -> Result<(), Refused> {
    let is_made = match body {
        Body::Planned(it) => is_plan(it, library),
        Body::Assessed(it) => is_verdict(it, library),
        _ => true,
    };
    if is_made { Ok(()) } else { Err(Refused::Invented(body.kind())) }
}

fn is_plan(planned: &Planned, library: &'static Library) -> bool {
    let Ok(saved) = saved::open(planned.plan.0.as_bytes()) else { return false };
    if planned.regimens_sha256.as_str() != library.digest() {
        return saved.seal != Seal::Broken;
    }
    let again = recheck(saved, library);
    let made = again.plan.as_ref().and_then(|plan| Planned::of(plan, planned.plan.0.clone()));
    let made = made.map(|made| Planned { replaces_course: planned.replaces_course, ..made });
    again.verdict == Again::Same && made.as_ref() == Some(planned)
}

fn is_verdict(assessed: &Assessed, library: &'static Library) -> bool {
    if assessed.regimens_sha256.as_str() != library.digest() {
        return is_consistent(assessed);
    }
    let Ok(plan) = dosing::plan(assessed.request.clone(), library) else { return false };
    // The digest is of the letters of a plan, which another version of the program may write otherwise.
    let made = Assessed { plan_sha256: assessed.plan_sha256.clone(), ..Assessed::of(&plan, assessed.dose) };
    made == *assessed
}

/// Whether a verdict is the one that its own findings give.
fn is_consistent(assessed: &Assessed) -> bool {
    let any = |severity| assessed.findings.iter().any(|it| it.severity == severity && !it.confirmed);
    let expected = match (any(Severity::Stop), any(Severity::Confirm)) {
        (true, _) => Verdict::Hold,
        (false, true) => Verdict::Confirm,
        (false, false) => Verdict::Go,
    };
    let has_dose = assessed.dose_mg.is_some();
    assessed.verdict == expected
        && has_dose == (expected != Verdict::Hold)
        && assessed.day == assessed.request.treatment.start_date
}
