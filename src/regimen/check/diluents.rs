//! Diluents: none that the directions of the same regimen forbid.

use super::{Checked, Defect, Reporter, ownership::plain};
use crate::regimen::statement::{DiluentRule, Statement};

pub(super) fn check(it: Checked<'_>, report: &mut Reporter<'_>) {
    let said: Vec<&Statement> = it.regimen.directions.iter().filter_map(|id| it.drug.statement(id)).collect();
    for (place, diluent) in it.regimen.diluents.iter().enumerate() {
        let name = plain(diluent.as_str());
        let by_rule = said.iter().find(|it| it.diluents.as_ref().is_some_and(|rule| is_forbidden(&name, rule)));
        let by_sentence = said.iter().find(|it| is_spoken_against(&name, it.text.as_str()));
        let diluent = diluent.to_string();
        let defect = match (by_rule, by_sentence) {
            (Some(said), _) => Defect::ForbiddenDiluent { diluent, statement: said.id.to_string() },
            (None, Some(said)) => Defect::DiluentSpokenAgainst { diluent, statement: said.id.to_string() },
            (None, None) => continue,
        };
        report.note(it.path(&format!("diluents[{place}]")), defect);
    }
}

fn is_forbidden(diluent: &str, rule: &DiluentRule) -> bool {
    let never = rule.never.iter().any(|word| diluent.contains(&plain(word.as_str())));
    never || (!rule.only.is_empty() && rule.only.iter().all(|only| plain(only.as_str()) != diluent))
}

/// Whether a sentence names a diluent behind a word of refusal, in the same part of it: "never mix with Ringer's
/// solution".
fn is_spoken_against(diluent: &str, sentence: &str) -> bool {
    let sentence = plain(sentence);
    let Some(substance) = substance(diluent) else { return false };
    sentence.split([';', ',', ':']).flat_map(|part| part.split(". ")).any(|part| {
        let words: Vec<&str> = part.split(' ').collect();
        let refusal = words.iter().position(|word| matches!(*word, "never" | "not" | "no"));
        refusal.is_some_and(|at| words[at..].join(" ").contains(substance))
    })
}

/// What a diluent is, without its strength: "glucose" of "glucose 5 %". Solutions that are named after a person have
/// several names that begin alike: "ringer" of "ringer's lactate".
fn substance(diluent: &str) -> Option<&str> {
    let name = diluent.trim_start_matches(|c: char| !c.is_alphabetic());
    let end = name.find(|c: char| !c.is_alphabetic() && c != ' ' && c != '-').unwrap_or(name.len());
    Some(name[..end].trim_end()).filter(|it| !it.is_empty())
}
