//! The ATC code: it is a whole one, and the class fits it.

use super::{Defect, Reporter};
use crate::regimen::document::{Class, Drug};

/// The groups of the ATC classification whose drugs are of one class. Source: WHO Collaborating Centre for Drug
/// Statistics Methodology, ATC/DDD index, group M05B (drugs affecting bone structure and mineralization): M05BA
/// bisphosphonates, M05BB bisphosphonates in combinations, M05BX04 denosumab.
const GROUPS: [(&str, Class); 3] =
    [("M05BA", Class::Bisphosphonate), ("M05BB", Class::Bisphosphonate), ("M05BX04", Class::RankLigandAntibody)];

pub(super) fn check(drug: &Drug, report: &mut Reporter<'_>) {
    let code = drug.atc.as_str();
    if !is_whole(code) {
        report.note("atc".to_owned(), Defect::AtcForm { found: code.to_owned() });
        return;
    }
    let of_class = || GROUPS.iter().filter(|(_, class)| *class == drug.class).map(|(group, _)| *group);
    if !of_class().any(|group| code.starts_with(group)) {
        let defect = Defect::ClassOfAtc { class: drug.class, atc: code.to_owned(), groups: of_class().collect() };
        report.note("class".to_owned(), defect);
    }
}

/// Whether a code names one substance: a letter, two digits, two letters, two digits.
fn is_whole(code: &str) -> bool {
    let form = ['A', '0', '0', 'A', 'A', '0', '0'];
    let fits = |(c, form): (char, char)| if form == '0' { c.is_ascii_digit() } else { c.is_ascii_uppercase() };
    code.chars().count() == form.len() && code.chars().zip(form).all(fits)
}
