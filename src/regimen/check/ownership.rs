//! What a file takes from another: brands, codes and products of another drug, and the owner and the review of a
//! shipped file that it is a changed copy of.

use super::{Defect, DrugFile, LibraryFault, Named, Reporter};
use crate::regimen::library::{Library, Origin, SHIPPED};

pub(super) fn check(drugs: &[DrugFile<'_>], faults: &mut Vec<LibraryFault>) {
    for (index, it) in drugs.iter().enumerate() {
        // What two files share is reported of a hospital's own, or of the later one.
        let others = drugs.iter().enumerate().filter(|(other, file)| {
            let (own, theirs) = (it.file.origin == Origin::Local, file.file.origin == Origin::Local);
            // Two files of one drug are reported as that.
            file.drug.drug != it.drug.drug && *other != index && (own && !theirs || own == theirs && *other < index)
        });
        let mut report = Reporter { file: it.file, faults: &mut *faults };
        for (_, other) in others {
            of_another(it, other, &mut report);
        }
        if it.file.origin == Origin::Local && !is_shipped(it) {
            of_shipped(it, &mut report);
        }
    }
}

fn of_another(it: &DrugFile<'_>, other: &DrugFile<'_>, report: &mut Reporter<'_>) {
    let drug = || other.drug.name.to_string();
    for (place, brand) in it.drug.brands.iter().enumerate().filter(|(_, brand)| other.drug.brands.contains(brand)) {
        let defect = Defect::OfAnotherDrug { what: Named::Brand, name: brand.to_string(), drug: drug() };
        report.note(format!("brands[{place}]"), defect);
    }
    if it.drug.atc == other.drug.atc {
        let name = it.drug.atc.to_string();
        report.note("atc".to_owned(), Defect::OfAnotherDrug { what: Named::Atc, name, drug: drug() });
    }
    for (place, product) in it.drug.products.iter().enumerate() {
        let names_other = product.name.as_str().contains(other.drug.name.as_str());
        if names_other && !it.drug.name.as_str().contains(other.drug.name.as_str()) {
            let name = product.name.to_string();
            let defect = Defect::OfAnotherDrug { what: Named::ProductName, name, drug: drug() };
            report.note(format!("products[{place}].name"), defect);
        }
    }
}

fn is_shipped(it: &DrugFile<'_>) -> bool {
    SHIPPED.iter().any(|(_, bytes)| *bytes == it.file.bytes.as_slice())
}

/// Who is responsible for a shipped file is not responsible for a changed copy of it.
fn of_shipped(it: &DrugFile<'_>, report: &mut Reporter<'_>) {
    let mut shipped = Library::shipped().regimens().map(|listed| listed.drug);
    let Some(own) = shipped.find(|shipped| shipped.owner == it.drug.owner) else { return };
    report.note("owner".to_owned(), Defect::ShippedOwner { owner: own.owner.to_string() });
    if shipped.chain([own]).any(|shipped| shipped.reviewed == it.drug.reviewed) {
        report.note("reviewed".to_owned(), Defect::ShippedReview { reviewed: it.drug.reviewed });
    }
}
