//! Sentences that name a strength of another drug, as they do where a file was copied and not read to its end.

use std::collections::BTreeSet;

use super::{Defect, DrugFile, LibraryFault, Reporter, ownership::plain};
use crate::{
    quantity::Mass,
    regimen::{
        document::{Drug, Product},
        library::Origin,
        statement::{Claim, Topic},
    },
};

pub(super) fn check(drugs: &[DrugFile<'_>], faults: &mut Vec<LibraryFault>) {
    let strengths: Vec<BTreeSet<Mass>> = drugs.iter().map(|it| strengths(&it.drug)).collect();
    // The shipped files were written together; a hospital's own are held against them and against one another.
    for DrugFile { file, drug } in drugs.iter().filter(|it| it.file.origin == Origin::Local) {
        let (of_itself, others) = sentences(drug);
        // What is said of the drug by its name is its own too: another product of it, say.
        let mut own = masses(drug);
        own.extend(of_itself.into_iter().flat_map(masses_in));
        let of_another = |mass: Mass| {
            let mut others = drugs.iter().zip(&strengths).filter(|(other, _)| other.drug.drug != drug.drug);
            others.find(|(_, strengths)| strengths.contains(&mass)).map(|(other, _)| &other.drug)
        };
        let mut report = Reporter { file, faults: &mut *faults };
        for (path, sentence) in others {
            let mut foreign = masses_in(sentence).into_iter().filter(|mass| !own.contains(mass));
            if let Some((mass, other)) = foreign.find_map(|mass| Some((mass, of_another(mass)?))) {
                report.note(path, Defect::OtherStrength { mass, drug: other.name.to_string() });
            }
        }
    }
}

/// What a product holds, and what each of its containers does.
fn strengths(drug: &Drug) -> BTreeSet<Mass> {
    let of_product = |product: &Product| {
        let containers: Vec<Mass> = product.containers.iter().map(|it| it.contains.0).collect();
        containers.into_iter().chain([product.contains.0])
    };
    drug.products.iter().flat_map(of_product).collect()
}

/// Every mass that the file gives as a figure.
fn masses(drug: &Drug) -> BTreeSet<Mass> {
    let mut masses = strengths(drug);
    for regimen in &drug.regimens {
        let rows = regimen.doses.iter().flat_map(|row| [row.dose, row.lowest, row.highest]);
        let chosen = regimen.chosen_dose.iter().flat_map(|it| [Some(it.step), it.lowest, it.highest]);
        let high = regimen.chosen_dose.iter().filter_map(|it| it.high_dose.as_ref()).map(|it| it.above);
        let steps = regimen.step_down.iter().flat_map(|it| [it.by, it.to]);
        let taken = regimen.intakes.iter().map(|it| it.together_up_to);
        let written = rows.chain(chosen).flatten().chain(high).chain(steps).chain(taken);
        masses.extend(written.map(|it| it.0));
    }
    let sides = drug.disagreements.iter().flat_map(|it| [&it.applied, &it.other]);
    masses.extend(sides.filter_map(Claim::dose));
    masses
}

/// The titles and statements that name the drug itself, and all others with their paths. Those about supplements speak
/// of something else.
fn sentences(drug: &Drug) -> (Vec<&str>, Vec<(String, &str)>) {
    let of_supplements = |topic: Topic| {
        matches!(topic, Topic::CalciumSupplement | Topic::VitaminD | Topic::Supplements | Topic::Hydration)
    };
    let titles = drug.regimens.iter().enumerate();
    let titles = titles.map(|(at, it)| (format!("regimens[{at}].title"), it.title.as_str()));
    let statements = drug.statements.iter().enumerate().filter(|(_, it)| !of_supplements(it.about));
    let statements = statements.map(|(at, it)| (format!("statements[{at}].text"), it.text.as_str()));
    let names: Vec<String> = std::iter::once(&drug.name).chain(&drug.brands).map(|it| plain(it.as_str())).collect();
    let names_itself = |sentence: &str| {
        let sentence = plain(sentence);
        names.iter().any(|name| sentence.contains(name))
    };
    let (of_itself, others): (Vec<_>, Vec<_>) = titles.chain(statements).partition(|(_, it)| names_itself(it));
    (of_itself.into_iter().map(|(_, sentence)| sentence).collect(), others)
}

/// The masses in a sentence: "4 mg" and "4 mg/5 mL", not "250 mL".
fn masses_in(sentence: &str) -> Vec<Mass> {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let is_mg =
        |word: &str| word.split('/').next().unwrap_or_default().trim_matches(|c: char| !c.is_alphabetic()) == "mg";
    let pairs = words.windows(2).filter(|pair| is_mg(pair[1]));
    pairs.filter_map(|pair| format!("{} mg", pair[0].trim_start_matches('(')).parse().ok()).collect()
}
