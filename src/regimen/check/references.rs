//! Names: every product, set of ages and drug that is named is defined, once, and used.

use super::{Checked, Defect, DrugFile, LibraryFault, Named, Regimen, Reporter};
use crate::{
    json::Text,
    regimen::{
        document::{Drug, Need, SpacingAfter},
        library::{LibraryFile, Origin},
        limits::Limits,
    },
};

/// A baseline itself, in percent of it.
const WHOLE: u16 = 100;
/// No rise to more of a baseline is waited for, in percent.
const MOST_PERCENT: u16 = 500;

pub(super) fn drug(drug: &Drug, report: &mut Reporter<'_>) {
    let name = drug.drug.to_string();
    if report.file.name != format!("{name}.json") {
        report.note("drug".to_owned(), Defect::FileName { drug: name });
    }
    word(&drug.drug, "drug".to_owned(), report);
    for (index, product) in drug.products.iter().enumerate() {
        word(&product.id, format!("products[{index}].id"), report);
    }
    if drug.next_review <= drug.reviewed {
        report.note("next_review".to_owned(), Defect::ReviewOrder);
    }
    for (index, regimen) in drug.regimens.iter().enumerate() {
        if let Some(defect) = drug.regimens[..index].iter().find_map(|before| same_regimen(before, regimen, drug)) {
            report.note(format!("regimens[{index}]"), defect);
        }
    }
}

/// A word of requests is one that can be seen and typed.
pub(super) fn word(id: &Text, path: String, report: &mut Reporter<'_>) {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '-');
    if let Some(wrong) = id.as_str().chars().find(|c| !plain(*c)) {
        report.note(path, Defect::Word { wrong });
    }
}

/// Two regimens that a request cannot distinguish.
fn same_regimen(before: &Regimen, regimen: &Regimen, drug: &Drug) -> Option<Defect> {
    if (before.indication, before.route) != (regimen.indication, regimen.route) {
        return None;
    }
    let name = regimen.path(&drug.drug);
    match (before.scheme, regimen.scheme) {
        (a, b) if a == b => Some(Defect::Twice { what: Named::Regimen, name }),
        (Some(_), Some(_)) => None,
        // A regimen without a scheme leaves no room for another beside it.
        _ => Some(Defect::SchemeMissing { name, other: before.path(&drug.drug) }),
    }
}

pub(super) fn regimen(it: Checked<'_>, limits: Option<&Limits>, report: &mut Reporter<'_>) {
    products(it, report);
    named(it, limits, report);
    let regimen = it.regimen;
    if let Some(baseline) = &regimen.baseline {
        if regimen.creatinine == Need::Optional {
            report.note(it.path("creatinine"), Defect::BaselineWithoutCreatinine);
        }
        if baseline.resume_at_percent < WHOLE {
            let defect = Defect::Percent { percent: baseline.resume_at_percent, least: WHOLE };
            report.note(it.path("baseline.resume_at_percent"), defect);
        }
        let (found, least, most) = (baseline.relative_rise.at_least_percent, WHOLE + 1, MOST_PERCENT);
        if !(least..=most).contains(&found) {
            let path = it.path("baseline.relative_rise.at_least_percent");
            report.note(path, Defect::OutOfRange { found, least, most });
        }
    }
    if regimen.label.tumours.is_empty() {
        report.note(it.path("label.tumours"), Defect::NoTumour);
    }
    if regimen.licence.as_ref().is_some_and(|licence| licence.regions.is_empty()) {
        report.note(it.path("licence.regions"), Defect::NoRegion);
    }
    for (place, after) in regimen.spacing.after.iter().enumerate() {
        let at = |rest: &str| it.path(&format!("spacing.after[{place}]{rest}"));
        if after.drugs.is_empty() && after.class.is_none() {
            report.note(at(""), Defect::SpacingOfAnything);
        }
        if let Some(from) = after.confirmed_from
            && from.0 >= after.minimum.0
        {
            report.note(at(".confirmed_from"), Defect::ConfirmedTooLate { from: from.0, minimum: after.minimum.0 });
        }
    }
    // A drug may be named again where a rule asks for more than the drug.
    let plain = |after: &&SpacingAfter| after.severe_calcium != Some(true);
    let after = regimen.spacing.after.iter().filter(plain).flat_map(|after| &after.drugs).map(Text::as_str);
    report.twice(|place| it.path(&format!("spacing.after[{place}]")), Named::Drug, after);
}

fn products(it: Checked<'_>, report: &mut Reporter<'_>) {
    let regimen = it.regimen;
    let known = |id: &Text| it.drug.products.iter().any(|product| product.id == *id);
    for (index, id) in regimen.products.iter().enumerate().filter(|(_, id)| !known(id)) {
        let defect = Defect::Undefined { what: Named::Product, name: id.to_string() };
        report.note(it.path(&format!("products[{index}]")), defect);
    }
    let listed = || regimen.products.iter().map(Text::to_string).collect();
    if let Some(id) = regimen.default_product.as_ref().filter(|id| !regimen.products.contains(id)) {
        let defect = Defect::OtherProduct { product: id.to_string(), listed: listed() };
        report.note(it.path("default_product"), defect);
    }
    for (row, dose) in regimen.doses.iter().enumerate() {
        for (place, prepare) in dose.prepare.iter().enumerate() {
            if !regimen.products.contains(&prepare.product) {
                let defect = Defect::OtherProduct { product: prepare.product.to_string(), listed: listed() };
                report.note(it.path(&format!("doses[{row}].prepare[{place}].product")), defect);
            }
        }
    }
}

fn named(it: Checked<'_>, limits: Option<&Limits>, report: &mut Reporter<'_>) {
    let ages = &it.regimen.laboratory_ages;
    if limits.is_some_and(|limits| limits.ages(ages).is_none()) {
        let defect = Defect::Undefined { what: Named::LaboratoryAges, name: ages.to_string() };
        report.note(it.path("laboratory_ages"), defect);
    }
    if let Some(next) = &it.regimen.follow_on
        && !it.drug.regimens.iter().any(|other| (other.indication, other.route) == (next.indication, next.route))
    {
        let name = format!("{}/{}", next.indication.as_str(), next.route.as_str());
        report.note(it.path("follow_on"), Defect::Undefined { what: Named::RegimenOfThisDrug, name });
    }
}

/// Drugs that share a word.
pub(super) fn same_drugs(drugs: &[DrugFile<'_>], faults: &mut Vec<LibraryFault>) {
    for (index, DrugFile { file, drug }) in drugs.iter().enumerate() {
        if let Some(before) = drugs[..index].iter().find(|before| before.drug.drug == drug.drug) {
            let defect = Defect::SameDrug { drug: drug.drug.to_string(), file: before.file.name.clone() };
            Reporter { file, faults: &mut *faults }.note("drug".to_owned(), defect);
        }
    }
}

/// What only the whole library can tell: drugs that rules speak of, and antiresorptives that are drugs.
pub(super) fn across_drugs(
    drugs: &[DrugFile<'_>],
    limits_file: &LibraryFile,
    limits: &Limits,
    all_read: bool,
    faults: &mut Vec<LibraryFault>,
) {
    let others = &limits.other_antiresorptives;
    for DrugFile { file, drug } in drugs {
        if let Some(place) = others.iter().position(|it| it.id == drug.drug) {
            // The later one is reported.
            let own_limits = limits_file.origin == Origin::Local;
            let (file, path) = if own_limits {
                (limits_file, format!("other_antiresorptives[{place}].id"))
            } else {
                (*file, "drug".to_owned())
            };
            let mut report = Reporter { file, faults: &mut *faults };
            report.note(path, Defect::DrugAndOther { drug: drug.drug.to_string() });
        }
        let known =
            |word: &Text| drugs.iter().any(|it| it.drug.drug == *word) || others.iter().any(|it| it.id == *word);
        let mut report = Reporter { file, faults: &mut *faults };
        for (at, regimen) in drug.regimens.iter().enumerate().filter(|_| all_read) {
            for (place, after) in regimen.spacing.after.iter().enumerate() {
                for unknown in after.drugs.iter().filter(|drug| !known(drug)) {
                    let path = format!("regimens[{at}].spacing.after[{place}].drugs");
                    report.note(path, Defect::Undefined { what: Named::Drug, name: unknown.to_string() });
                }
            }
            for (place, note) in regimen.notes.iter().enumerate() {
                for unknown in note.after_drugs.iter().filter(|drug| !known(drug)) {
                    let path = format!("regimens[{at}].notes[{place}].after_drugs");
                    report.note(path, Defect::Undefined { what: Named::Drug, name: unknown.to_string() });
                }
            }
        }
    }
}
