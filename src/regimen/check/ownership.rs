//! What a file takes from another: the name, the brands and the code of another drug, and the owner and the review of a
//! shipped file that it is a changed copy of.

use std::collections::BTreeMap;

use super::{Defect, DrugFile, LibraryFault, Named, Reporter};
use crate::regimen::{
    document::Drug,
    library::{Library, Origin},
};

pub(super) fn check(drugs: &[DrugFile<'_>], faults: &mut Vec<LibraryFault>) {
    // What two files share is reported of a hospital's own, or of the later one.
    let mut in_order: Vec<&DrugFile<'_>> = drugs.iter().collect();
    in_order.sort_by_key(|it| it.file.origin);
    let mut known = Known::default();
    for DrugFile { file, drug } in in_order {
        let mut report = Reporter { file, faults: &mut *faults };
        known.names(drug, &mut report);
        known.products_and_titles(drug, &mut report);
        known.add(drug);
        if file.origin == Origin::Local {
            of_shipped(drug, &mut report);
        }
    }
}

/// The drugs of the files before, by what is theirs alone.
#[derive(Default)]
struct Known<'a> {
    drugs: Vec<&'a Drug>,
    /// By the name and by every brand.
    by_name: BTreeMap<String, &'a Drug>,
    by_code: BTreeMap<String, &'a Drug>,
}

impl<'a> Known<'a> {
    fn add(&mut self, drug: &'a Drug) {
        self.drugs.push(drug);
        self.by_code.entry(plain(drug.atc.as_str())).or_insert(drug);
        for name in std::iter::once(&drug.name).chain(&drug.brands) {
            self.by_name.entry(plain(name.as_str())).or_insert(drug);
        }
    }

    fn names(&self, drug: &Drug, report: &mut Reporter<'_>) {
        let name = std::iter::once(("name".to_owned(), Named::Name, &drug.name));
        let brands = drug.brands.iter().enumerate().map(|(at, it)| (format!("brands[{at}]"), Named::Brand, it));
        let names = name.chain(brands).map(|(path, what, text)| (path, what, text, &self.by_name));
        let code = std::iter::once(("atc".to_owned(), Named::Atc, &drug.atc, &self.by_code));
        for (path, what, text, known) in names.chain(code) {
            // Two files of one drug are reported as that.
            if let Some(other) = known.get(&plain(text.as_str())).filter(|other| other.drug != drug.drug) {
                report.note(path, of_another(what, text.as_str(), other));
            }
        }
    }

    /// Names of products and titles of regimens are whole phrases: another drug may be named in them.
    fn products_and_titles(&self, drug: &Drug, report: &mut Reporter<'_>) {
        let products = drug.products.iter().enumerate();
        let products = products.map(|(at, it)| (format!("products[{at}].name"), Named::ProductName, &it.name));
        let titles = drug.regimens.iter().enumerate();
        let titles = titles.map(|(at, it)| (format!("regimens[{at}].title"), Named::Title, &it.title));
        for (path, what, text) in products.chain(titles).filter(|(_, _, text)| !mentions(text.as_str(), drug)) {
            if let Some(other) = self.drugs.iter().find(|it| it.drug != drug.drug && mentions(text.as_str(), it)) {
                report.note(path, of_another(what, text.as_str(), other));
            }
        }
    }
}

fn of_another(what: Named, text: &str, other: &Drug) -> Defect {
    Defect::OfAnotherDrug { what, name: text.to_owned(), drug: other.name.to_string() }
}

/// Whether a text names a drug.
fn mentions(text: &str, drug: &Drug) -> bool {
    plain(text).contains(&plain(drug.name.as_str()))
}

/// A name without what makes no other name of it: letter case, and blanks more than one.
pub(super) fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Who is responsible for a shipped file is not responsible for a changed copy of it.
fn of_shipped(drug: &Drug, report: &mut Reporter<'_>) {
    let shipped = || Library::shipped().drugs.iter().map(|(drug, _)| drug);
    // White space and the order of keys are no change.
    if shipped().any(|it| it == drug) {
        return;
    }
    let has_owner = |it: &&Drug| plain(it.owner.as_str()) == plain(drug.owner.as_str());
    if let Some(theirs) = shipped().find(has_owner) {
        report.note("owner".to_owned(), Defect::ShippedOwner { owner: theirs.owner.to_string() });
    }
    // A review on the same day as that of another drug says nothing.
    let mut copied = shipped().filter(|it| it.drug == drug.drug || has_owner(it));
    if copied.any(|it| it.reviewed == drug.reviewed) {
        report.note("reviewed".to_owned(), Defect::ShippedReview { reviewed: drug.reviewed });
    }
}
