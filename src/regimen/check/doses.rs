//! The dose table: every clearance has exactly one row, and no dose rises as the kidney gets weaker.

use super::{Checked, Defect, Reporter};
use crate::{
    dosing::edges,
    quantity::{ClearanceRange, Mass},
    regimen::{
        document::{DoseRow, Need},
        finding_code::{Concern, Gravity, Severity},
        phrase::Kidney,
    },
};

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    let regimen = it.regimen;
    for (index, row) in regimen.doses.iter().enumerate() {
        row_is_sound(it, index, row, report);
    }
    // Rows of the same calcium make one table; a row without a clearance is for any.
    let mut calcium_bands = Vec::new();
    for row in &regimen.doses {
        if !calcium_bands.contains(&row.calcium) {
            calcium_bands.push(row.calcium);
        }
    }
    for calcium in calcium_bands {
        let table: Vec<(usize, ClearanceRange, &DoseRow)> = regimen
            .doses
            .iter()
            .enumerate()
            .filter(|(_, row)| row.calcium == calcium)
            .filter_map(|(index, row)| match row.clearance.map(|it| it.0) {
                Some(Kidney::Range(range)) => Some((index, range, row)),
                None => Some((index, ClearanceRange { low: None, high: None }, row)),
                Some(Kidney::Dialysis | Kidney::NotKnown) => None,
            })
            .collect();
        bands(it, &table, report);
        no_dose_rises(it, &table, report);
    }
    other_kidneys(it, report);
    watched(it, report);
    chosen(it, report);
}

fn row_is_sound(it: Checked<'_>, index: usize, row: &DoseRow, report: &mut Reporter<'_>) {
    let stops = row.findings.iter().any(|finding| finding.severity == Severity::Stop);
    if row.dose.is_some() == stops {
        let has_dose = row.dose.is_some();
        report.note(it.path(&format!("doses[{index}]")), Defect::DoseAndStop { has_dose });
    }
    if let Some(dose) = row.dose {
        let (lowest, highest) = (row.lowest.unwrap_or(dose).0, row.highest.unwrap_or(dose).0);
        if lowest > dose.0 || highest < dose.0 {
            let defect = Defect::RowLimits { lowest, dose: dose.0, highest };
            report.note(it.path(&format!("doses[{index}]")), defect);
        }
    }
}

/// The bands, from the highest: each begins where the one above it ends.
fn bands(it: Checked<'_>, table: &[(usize, ClearanceRange, &DoseRow)], report: &mut Reporter<'_>) {
    let at = |index: usize| it.path(&format!("doses[{index}].clearance"));
    let mut sorted: Vec<_> = table.to_vec();
    // From the highest: no upper end first, then by upper end, the part that holds the end first.
    sorted.sort_by_key(|(_, range, _)| {
        std::cmp::Reverse(range.high.map_or((u32::MAX, 0), |edge| (u32::from(edge.at), u8::from(!edge.belongs_above))))
    });
    if let Some((index, band, _)) = sorted.first().copied().filter(|(_, range, _)| range.high.is_some()) {
        report.note(at(index), Defect::Gap { band, side: "above" });
    }
    for pair in sorted.windows(2) {
        let ((_, upper, _), (index, lower, _)) = (pair[0], pair[1]);
        if upper.low == lower.high && upper.low.is_some() {
            continue;
        }
        let position = |edge: Option<crate::quantity::Edge>, none: (u32, u8)| {
            edge.map_or(none, |edge| (u32::from(edge.at), u8::from(!edge.belongs_above)))
        };
        let defect = if position(upper.low, (0, 0)) > position(lower.high, (u32::MAX, 0)) {
            Defect::Gap { band: lower, side: "above" }
        } else {
            Defect::Overlap { band: lower, other: upper }
        };
        report.note(at(index), defect);
    }
    if let Some((index, band, _)) = sorted.last().copied().filter(|(_, range, _)| range.low.is_some()) {
        report.note(at(index), Defect::Gap { band, side: "below" });
    }
}

fn no_dose_rises(it: Checked<'_>, table: &[(usize, ClearanceRange, &DoseRow)], report: &mut Reporter<'_>) {
    let mut sorted: Vec<_> = table.to_vec();
    sorted.sort_by_key(|(_, range, _)| std::cmp::Reverse(range.high.map_or(u32::MAX, |edge| u32::from(edge.at))));
    // A band without a dose gives nothing, so that nothing may be given below it either.
    let largest = |row: &DoseRow| row.dose.map_or(Mass::micrograms(0), |dose| row.highest.unwrap_or(dose).0);
    for pair in sorted.windows(2) {
        let ((_, _, upper), (index, weaker, lower)) = (pair[0], pair[1]);
        if largest(lower) > largest(upper) || lower.dose.map(|it| it.0) > upper.dose.map(|it| it.0) {
            let defect = Defect::RisingDose { dose: largest(lower), weaker, stronger_dose: largest(upper) };
            report.note(it.path(&format!("doses[{index}].dose")), defect);
        }
        if let (Some(often), Some(seldom)) = (lower.every, upper.every)
            && often.0 < seldom.0
        {
            report.note(it.path(&format!("doses[{index}].every")), Defect::RisingFrequency { weaker });
        }
    }
}

/// Dialysis and a missing creatinine need a row, or something that stops the plan.
fn other_kidneys(it: Checked<'_>, report: &mut Reporter<'_>) {
    let has = |kidney: Kidney| {
        it.regimen.doses.iter().any(|row| row.clearance.is_none() || row.clearance.is_some_and(|it| it.0 == kidney))
    };
    let rules = it.regimen.safety.iter().chain(&it.drug.safety);
    let dialysis = rules.into_iter().find(|rule| rule.when == Concern::Dialysis).map(|rule| rule.severity);
    if !has(Kidney::Dialysis) && dialysis != Some(Gravity::Stop) {
        report.note(it.path("doses"), Defect::NoRowFor { kidney: "on dialysis" });
    }
    if !has(Kidney::NotKnown) && it.regimen.creatinine == Need::Optional {
        report.note(it.path("doses"), Defect::NoRowFor { kidney: "not known" });
    }
}

fn watched(it: Checked<'_>, report: &mut Reporter<'_>) {
    let Some(near) = &it.regimen.near_limits else { return };
    let edges = edges(it.regimen);
    let lists = [("clearance", Some(&near.clearance)), ("clearance_in_course", near.clearance_in_course.as_ref())];
    for (key, limits) in lists {
        for (index, limit) in limits.into_iter().flatten().enumerate() {
            if edges.iter().all(|edge| edge.at != *limit) {
                let path = it.path(&format!("near_limits.{key}[{index}]"));
                report.note(path, Defect::NoEdge { limit: *limit, edges: edges.clone() });
            }
        }
    }
}

fn chosen(it: Checked<'_>, report: &mut Reporter<'_>) {
    let Some(rule) = &it.regimen.chosen_dose else { return };
    let step = rule.step.0;
    let mut wrong = |key: &str, text| report.note(it.path(&format!("chosen_dose.{key}")), Defect::ChosenDose { text });
    if step == Mass::micrograms(0) {
        wrong("step", "the step is nothing; it must be more than 0 mg");
        return;
    }
    for (key, mass) in [("lowest", rule.lowest), ("highest", rule.highest)] {
        if mass.is_some_and(|mass| mass.0.in_units_of(step).is_none()) {
            wrong(key, "this is not a multiple of the step");
        }
    }
    if let (Some(lowest), Some(highest)) = (rule.lowest, rule.highest)
        && lowest.0 > highest.0
    {
        wrong("lowest", "the lowest dose is above the highest");
    }
}
