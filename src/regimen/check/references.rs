//! Names: every product, set of ages, drug and source that is named is defined, once, and used.

use std::collections::{BTreeMap, BTreeSet};

use super::{Checked, Defect, DrugFile, LibraryFault, Reporter};
use crate::{
    json::{Kind, Node},
    regimen::{
        document::{Drug, Need},
        library::{LibraryFile, Origin, SOURCES_FILE},
        limits::Limits,
        phrase::Citation,
        sources::Source,
    },
};

pub(super) fn drug(drug: &Drug, report: &mut Reporter<'_>) {
    let name = drug.drug.to_string();
    if report.file.name != format!("{name}.json") {
        report.note("drug".to_owned(), Defect::FileName { drug: name });
    }
    if drug.next_review <= drug.reviewed {
        report.note("next_review".to_owned(), Defect::ReviewOrder);
    }
    for (index, product) in drug.products.iter().enumerate() {
        if drug.products[..index].iter().any(|before| before.id == product.id) {
            let defect = Defect::Twice { what: "product", name: product.id.to_string() };
            report.note(format!("products[{index}].id"), defect);
        }
    }
    for (index, regimen) in drug.regimens.iter().enumerate() {
        let same = |before: &super::Regimen| {
            let route = (before.indication, before.route) == (regimen.indication, regimen.route);
            // A regimen without a scheme leaves no room for another beside it.
            route && (before.scheme == regimen.scheme || before.scheme.is_none() || regimen.scheme.is_none())
        };
        if drug.regimens[..index].iter().any(same) {
            let defect = Defect::Twice { what: "regimen", name: regimen.path(&drug.drug) };
            report.note(format!("regimens[{index}]"), defect);
        }
    }
}

pub(super) fn regimen(it: Checked<'_>, limits: &Limits, report: &mut Reporter<'_>) {
    let regimen = it.regimen;
    let undefined = |what, name: &dyn ToString| Defect::Undefined { what, name: name.to_string() };
    let known = |id: &crate::json::Text| it.drug.products.iter().any(|product| product.id == *id);
    for (index, id) in regimen.products.iter().enumerate().filter(|(_, id)| !known(id)) {
        report.note(it.path(&format!("products[{index}]")), undefined("product", id));
    }
    if let Some(id) = regimen.default_product.as_ref().filter(|id| !regimen.products.contains(id)) {
        report.note(it.path("default_product"), undefined("product of this regimen", id));
    }
    for (row, dose) in regimen.doses.iter().enumerate() {
        for (place, prepare) in
            dose.prepare.iter().enumerate().filter(|(_, it)| !regimen.products.contains(&it.product))
        {
            let path = it.path(&format!("doses[{row}].prepare[{place}].product"));
            report.note(path, undefined("product of this regimen", &prepare.product));
        }
    }
    if limits.ages(&regimen.laboratory_ages).is_none() {
        report.note(it.path("laboratory_ages"), undefined("set of laboratory ages", &regimen.laboratory_ages));
    }
    if let Some(baseline) = &regimen.baseline {
        if regimen.creatinine == Need::Optional {
            report.note(it.path("creatinine"), Defect::BaselineWithoutCreatinine);
        }
        if baseline.resume_at_percent < 100 {
            let defect = Defect::Percent { percent: baseline.resume_at_percent };
            report.note(it.path("baseline.resume_at_percent"), defect);
        }
    }
    if let Some(next) = &regimen.follow_on
        && !it.drug.regimens.iter().any(|other| (other.indication, other.route) == (next.indication, next.route))
    {
        let name = format!("{}/{}", next.indication.as_str(), next.route.as_str());
        report.note(it.path("follow_on"), undefined("regimen of this drug", &name));
    }
}

/// What only the whole library can tell: drugs that share a word, and drugs that rules speak of.
pub(super) fn across_drugs(drugs: &[DrugFile<'_>], limits: &Limits, faults: &mut Vec<LibraryFault>) {
    for (index, DrugFile { file, drug }) in drugs.iter().enumerate() {
        let mut report = Reporter { file, faults: &mut *faults };
        if let Some(before) = drugs[..index].iter().find(|before| before.drug.drug == drug.drug) {
            let defect = Defect::SameDrug { drug: drug.drug.to_string(), file: before.file.name.clone() };
            report.note("drug".to_owned(), defect);
        }
        let known = |word: &crate::json::Text| {
            drugs.iter().any(|it| it.drug.drug == *word) || limits.other_antiresorptives.iter().any(|it| it.id == *word)
        };
        for (at, regimen) in drug.regimens.iter().enumerate() {
            for (place, after) in regimen.spacing.after.iter().enumerate().filter(|(_, after)| !known(&after.drug)) {
                let path = format!("regimens[{at}].spacing.after[{place}].drug");
                report.note(path, Defect::Undefined { what: "drug", name: after.drug.to_string() });
            }
        }
    }
}

/// Every source that is cited is defined; every source of a file under check is cited.
pub(super) fn sources(
    files: &[LibraryFile],
    defined: &BTreeMap<String, (&LibraryFile, Source)>,
    faults: &mut Vec<LibraryFault>,
) {
    let mut cited = BTreeSet::new();
    for file in files.iter().filter(|file| file.name != SOURCES_FILE) {
        let Ok(root) = Node::parse(&file.bytes) else { continue };
        let mut found = Vec::new();
        citations(root, String::new(), &mut found);
        let mut report = Reporter { file, faults: &mut *faults };
        for (path, citation) in found {
            if !defined.contains_key(&citation.id) {
                report.note(path, Defect::Undefined { what: "source", name: citation.id.clone() });
            }
            cited.insert(citation.id);
        }
    }
    // Where a hospital's file took the place of a shipped one, shipped sources may stay without use.
    let replaced = files.iter().any(|file| file.origin == Origin::Local);
    for (id, (file, _)) in defined.iter().filter(|(id, _)| !cited.contains(*id)) {
        if replaced && file.origin == Origin::Shipped {
            continue;
        }
        let Ok(root) = Node::parse(&file.bytes) else { continue };
        let sources = root.at("sources").elements().unwrap_or_default();
        let place = sources.iter().position(|source| source.at("id").text().as_ref() == Some(id)).unwrap_or(0);
        let mut report = Reporter { file, faults: &mut *faults };
        report.note(format!("sources[{place}]"), Defect::Unused { name: id.clone() });
    }
}

/// Every citation of a document: what stands under the keys `sources` and `source`.
fn citations(node: Node<'_>, path: String, found: &mut Vec<(String, Citation)>) {
    let parse = |node: Node<'_>| node.text().and_then(|text| text.parse::<Citation>().ok());
    for (key, value) in node.members().unwrap_or_default() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match (key.as_str(), value.kind()) {
            ("sources", Kind::List) => {
                let elements = value.elements().unwrap_or_default();
                let cited = elements.into_iter().enumerate();
                found.extend(cited.filter_map(|(index, it)| Some((format!("{path}[{index}]"), parse(it)?))));
            }
            ("source", Kind::Text) => found.extend(parse(value).map(|citation| (path, citation))),
            (_, Kind::Object) => citations(value, path, found),
            (_, Kind::List) => {
                for (index, element) in value.elements().unwrap_or_default().into_iter().enumerate() {
                    citations(element, format!("{path}[{index}]"), found);
                }
            }
            _ => {}
        }
    }
}
