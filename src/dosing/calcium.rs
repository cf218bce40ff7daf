//! What is known of this patient's calcium: corrected once, classed in the unit it was entered in.

use chrono::NaiveDate;

use super::case::Case;
use crate::{
    patient::{CalciumKind, Indication},
    plan::{CalciumClass, CalciumGap, CalciumResult, Evidence, Findings},
    quantity::{Albumin, Calcium},
    regimen::{CalciumBand, CalciumRange, Concern, Library, Limits, Listed, Severity},
    request::{CalciumEntry, Request},
};

/// What is known of the calcium.
#[derive(Clone, Copy, Debug)]
pub(super) enum CalciumState {
    /// A total corrected for albumin, here or by the laboratory.
    Corrected { calcium: Calcium, class: CalciumClass },
    /// Ionised calcium, compared with its own range.
    Ionised { calcium: Calcium, class: CalciumClass },
    /// It counts as not known.
    Unknown(CalciumGap),
}

impl CalciumState {
    /// The class.
    pub(super) fn class(self) -> CalciumClass {
        match self {
            Self::Corrected { class, .. } | Self::Ionised { class, .. } => class,
            Self::Unknown(_) => CalciumClass::Unknown,
        }
    }

    /// Whether calcium is above normal.
    pub(super) fn is_raised(self) -> bool {
        matches!(self.class(), CalciumClass::Raised | CalciumClass::Severe)
    }

    /// The corrected calcium, which alone selects a dose.
    pub(super) fn corrected(self) -> Option<Calcium> {
        match self {
            Self::Corrected { calcium, .. } => Some(calcium),
            Self::Ionised { .. } | Self::Unknown(_) => None,
        }
    }
}

/// Whether a calcium is in a band of a regimen, by the range of its kind.
pub(super) fn in_band(range: &CalciumRange, calcium: Calcium, band: CalciumBand) -> bool {
    match band {
        CalciumBand::AboveNormal => range.normal.0.is_above(calcium),
        CalciumBand::Limit(limit) => limit.reached_by(calcium),
    }
}

/// Finds out what is known of the calcium on the day of the first dose.
pub(super) fn on_day(request: &Request, library: &'static Library, listed: Listed, day: NaiveDate) -> CalciumState {
    let Some(entry) = &request.labs.calcium else { return CalciumState::Unknown(CalciumGap::NotMeasured) };
    if let Some(limit) = library.ages(listed.regimen).calcium.unknown_after
        && age_in_days(request, day) > limit.0.count()
    {
        return CalciumState::Unknown(CalciumGap::Old { limit: limit.0 });
    }
    let state = corrected_and_classed(entry, request.labs.albumin, Some(request.indication), library.limits());
    match (state, &listed.regimen.calcium_limit) {
        // Ionised calcium never chooses between doses.
        (CalciumState::Ionised { .. }, Some(limit)) if limit.ionised.is_none() => {
            CalciumState::Unknown(CalciumGap::Ionised)
        }
        _ => state,
    }
}

/// What a calcium says, however old it is.
pub(super) fn corrected_and_classed(
    entry: &CalciumEntry,
    albumin: Option<Albumin>,
    indication: Option<Indication>,
    limits: &Limits,
) -> CalciumState {
    let emergency = indication == Some(Indication::Hypercalcaemia);
    let class = |calcium, range: &CalciumRange| {
        if range.normal.0.is_below(calcium) {
            CalciumClass::Low
        } else if range.normal.0.is_above(calcium) {
            CalciumClass::Raised
        } else {
            CalciumClass::Normal
        }
    };
    let corrected = |calcium| {
        let severe = limits.severe_calcium.limit.0.reached_by(calcium);
        let class = if severe { CalciumClass::Severe } else { class(calcium, &limits.calcium) };
        CalciumState::Corrected { calcium, class }
    };
    match (entry.kind.unwrap_or_default(), albumin) {
        (CalciumKind::Corrected, _) => corrected(entry.measured()),
        (CalciumKind::Total, Some(albumin)) => corrected(entry.measured().corrected_for(albumin)),
        (CalciumKind::Total, None) => CalciumState::Unknown(CalciumGap::NoAlbumin),
        (CalciumKind::Ionised, _) => {
            let calcium = entry.measured();
            // In an emergency it says whether calcium is raised, and not how it is classed.
            let class = if emergency { CalciumClass::Unknown } else { class(calcium, &limits.ionised_calcium) };
            CalciumState::Ionised { calcium, class }
        }
    }
}

/// Days from the calcium to a day.
pub(super) fn age_in_days(request: &Request, day: NaiveDate) -> i64 {
    let taken = request.labs.calcium_date.unwrap_or(request.labs.date);
    (day - taken).num_days()
}

/// What a plan shows of the calcium.
pub(super) fn result(case: &Case<'_>) -> CalciumResult {
    let normal = case.request.labs.calcium.as_ref().map(|entry| {
        let ionised = entry.kind == Some(CalciumKind::Ionised);
        case.limits().calcium_range(ionised).normal.0.in_unit(entry.unit)
    });
    CalciumResult { corrected: case.calcium.corrected(), class: case.calcium.class(), normal }
}

/// Adds what the calcium says.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) {
    let (state, limits, listed) = (case.calcium, case.limits(), case.listed());
    let ionised = matches!(state, CalciumState::Ionised { .. });
    let mut concern = |concern, evidence| {
        if let Some(rule) = listed.safety(concern)
            && let Some(severity) = rule.severity.severity()
        {
            // The range of ionised calcium is the site's own, and marked so.
            let range = limits.ionised_calcium.verification.filter(|_| ionised);
            let verification = rule.verification.or(range);
            findings.add_marked(severity, evidence, &rule.sources, verification);
        }
    };
    match state {
        CalciumState::Unknown(why) => concern(Concern::CalciumUnknown, Evidence::CalciumUnknown { why }),
        CalciumState::Corrected { calcium, class } | CalciumState::Ionised { calcium, class } => match class {
            CalciumClass::Low => {
                let normal = limits.calcium_range(ionised).normal.0.in_unit(calcium.unit);
                concern(Concern::CalciumLow, Evidence::CalciumLow { calcium, normal });
            }
            CalciumClass::Raised | CalciumClass::Severe => {
                let severe = class == CalciumClass::Severe;
                concern(Concern::CalciumHigh, Evidence::CalciumHigh { calcium, severe });
            }
            CalciumClass::Normal | CalciumClass::Unknown => {}
        },
    }
    opened(case, findings);
}

/// Whether the calcium is high enough for a regimen that needs that.
fn opened(case: &Case<'_>, findings: &mut Findings) {
    let Some(limit) = &case.regimen().calcium_limit else { return };
    let (calcium, ionised, band) = match (case.calcium, limit.ionised) {
        (CalciumState::Corrected { calcium, .. }, _) => (calcium, false, limit.corrected.0),
        (CalciumState::Ionised { calcium, .. }, Some(band)) => (calcium, true, band.0),
        _ => return,
    };
    let range = case.limits().calcium_range(ionised);
    let needed = band.in_unit(range.normal.0, calcium.unit);
    if !in_band(range, calcium, band) {
        let evidence = Evidence::CalciumNotRaised { calcium, ionised, needed };
        findings.add(Severity::Stop, evidence, &limit.sources);
    } else if ionised {
        findings.add(Severity::Confirm, Evidence::CalciumIonised { calcium, needed }, &limit.sources);
    }
}
