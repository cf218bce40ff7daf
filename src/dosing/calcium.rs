//! What is known of this patient's calcium: corrected once, classed in the unit it was entered in.

use super::case::Case;
use crate::{
    patient::{CalciumKind, Indication},
    plan::{CalciumClass, CalciumGap, Evidence, Findings},
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

/// Whether a corrected calcium is in a band of a regimen.
pub(super) fn in_band(limits: &Limits, calcium: Calcium, band: CalciumBand) -> bool {
    match band {
        CalciumBand::AboveNormal => limits.calcium.normal.0.is_above(calcium),
        CalciumBand::Limit(limit) => limit.reached_by(calcium),
    }
}

/// Finds out what is known of the calcium on the start date.
pub(super) fn on_start(request: &Request, library: &'static Library, listed: Listed) -> CalciumState {
    let Some(entry) = &request.labs.calcium else { return CalciumState::Unknown(CalciumGap::NotMeasured) };
    if let Some(limit) = library.ages(listed.regimen).calcium.unknown_after
        && age_in_days(request) > limit.0.count()
    {
        return CalciumState::Unknown(CalciumGap::Old { limit: limit.0 });
    }
    corrected_and_classed(entry, request.labs.albumin, Some(request.indication), library.limits())
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
        (CalciumKind::Ionised, _) if emergency => CalciumState::Unknown(CalciumGap::Ionised),
        (CalciumKind::Ionised, _) => {
            let calcium = entry.measured();
            CalciumState::Ionised { calcium, class: class(calcium, &limits.ionised_calcium) }
        }
    }
}

/// Days from the calcium to the start.
pub(super) fn age_in_days(request: &Request) -> i64 {
    let taken = request.labs.calcium_date.unwrap_or(request.labs.date);
    (request.treatment.start_date - taken).num_days()
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
                let range = if ionised { &limits.ionised_calcium } else { &limits.calcium };
                let normal = range.normal.0.in_unit(calcium.unit);
                concern(Concern::CalciumLow, Evidence::CalciumLow { calcium, normal });
            }
            CalciumClass::Raised | CalciumClass::Severe => {
                let severe = class == CalciumClass::Severe;
                concern(Concern::CalciumHigh, Evidence::CalciumHigh { calcium, severe });
            }
            CalciumClass::Normal | CalciumClass::Unknown => {}
        },
    }
    if let (Some(limit), Some(calcium)) = (&listed.regimen.calcium_limit, state.corrected())
        && !in_band(limits, calcium, limit.corrected.0)
    {
        let needed = limit.corrected.0.in_unit(limits.calcium.normal.0, calcium.unit);
        findings.add(Severity::Stop, Evidence::CalciumNotRaised { calcium, needed }, &limit.sources);
    }
}
