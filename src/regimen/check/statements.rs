//! Statements and disagreements: each is written once, under a word of its own, and every regimen names what there is.

use super::{Checked, Defect, Named, Reporter, limits::OLDEST, references::word};
use crate::{
    json::Text,
    regimen::{
        document::Drug,
        statement::{Claim, Disagreement, Statement, Topic},
    },
};

/// What a list of ids refers to.
#[derive(Clone, Copy)]
struct Kind<'a> {
    what: Named,
    ids: &'a [&'a Text],
}

pub(super) fn of_drug(drug: &Drug, report: &mut Reporter<'_>) {
    let statements: Vec<&Text> = drug.statements.iter().map(|it| &it.id).collect();
    let disagreements: Vec<&Text> = drug.disagreements.iter().map(|it| &it.id).collect();
    let (statements, disagreements) =
        (Kind { what: Named::Statement, ids: &statements }, Kind { what: Named::Disagreement, ids: &disagreements });
    for (index, it) in drug.statements.iter().enumerate() {
        only_for(it, |key| format!("statements[{index}].only_for{key}"), report);
    }
    for (index, it) in drug.disagreements.iter().enumerate() {
        sides(it, |key| format!("disagreements[{index}].{key}"), report);
    }
    let mut named = names(statements, &drug.not_these_products, |at| format!("not_these_products[{at}]"), report);
    let mut disputed = Vec::new();
    for (index, regimen) in drug.regimens.iter().enumerate() {
        let it = Checked { index, drug, regimen };
        let lists: [(&str, &[Text]); 3] = [
            ("course_notes", &regimen.course_notes),
            ("supplements", &regimen.supplements),
            ("directions", &regimen.directions),
        ];
        for (list, ids) in lists {
            named.extend(names(statements, ids, |at| it.path(&format!("{list}[{at}]")), report));
        }
        for (at, note) in regimen.notes.iter().enumerate() {
            let path = |_| it.path(&format!("notes[{at}].statement"));
            named.extend(names(statements, std::slice::from_ref(&note.statement), path, report));
        }
        let path = |at| it.path(&format!("disagreements[{at}]"));
        disputed.extend(names(disagreements, &regimen.disagreements, path, report));
        highest_dose(it, report);
    }
    written_once(statements, "statements", &named, report);
    written_once(disagreements, "disagreements", &disputed, report);
}

/// The ids of a list; notes those that nothing has, and those that the list names twice.
fn names<'n>(
    kind: Kind<'_>,
    list: &'n [Text],
    path: impl Fn(usize) -> String,
    report: &mut Reporter<'_>,
) -> Vec<&'n Text> {
    for (at, id) in list.iter().enumerate().filter(|(_, id)| !kind.ids.contains(id)) {
        report.note(path(at), Defect::Undefined { what: kind.what, name: id.to_string() });
    }
    report.twice(path, kind.what, list.iter().map(Text::as_str));
    list.iter().collect()
}

/// Every id is a word of its own, and something names it.
fn written_once(kind: Kind<'_>, key: &str, named: &[&Text], report: &mut Reporter<'_>) {
    report.twice(|at| format!("{key}[{at}].id"), kind.what, kind.ids.iter().map(|id| id.as_str()));
    for (at, id) in kind.ids.iter().enumerate() {
        word(id, format!("{key}[{at}].id"), report);
        if !named.contains(id) {
            report.note(format!("{key}[{at}]"), Defect::NamedNowhere { what: kind.what, name: id.to_string() });
        }
    }
}

/// What is said to some patients alone leaves others out.
fn only_for(it: &Statement, path: impl Fn(&str) -> String, report: &mut Reporter<'_>) {
    let Some(only) = &it.only_for else { return };
    if only.sex.is_none() && only.below_years.is_none() {
        report.note(path(""), Defect::ForEverybody);
    }
    let (least, most) = (1, OLDEST);
    if let Some(found) = only.below_years.filter(|years| !(least..=most).contains(years)) {
        report.note(path(".below_years"), Defect::OutOfRange { found, least, most });
    }
}

/// Sources that disagree on the highest dose say two doses.
fn sides(it: &Disagreement, path: impl Fn(&str) -> String, report: &mut Reporter<'_>) {
    for (key, side) in [("applied", &it.applied), ("other", &it.other)] {
        if it.about == Topic::HighestDose && side.dose().is_none() {
            report.note(path(key), Defect::SideWithoutDose);
        }
    }
}

/// The highest dose that is said to be applied is the one that is.
fn highest_dose(it: Checked<'_>, report: &mut Reporter<'_>) {
    let highest = it.regimen.chosen_dose.as_ref().and_then(|rule| rule.highest).map(|it| it.0);
    for (at, id) in it.regimen.disagreements.iter().enumerate() {
        let disputed = it.drug.disagreement(id).filter(|it| it.about == Topic::HighestDose);
        if let Some(Disagreement { applied: Claim::Dose(applied), .. }) = disputed
            && highest != Some(*applied)
        {
            let defect = Defect::OtherHighestDose { applied: *applied, highest };
            report.note(it.path(&format!("disagreements[{at}]")), defect);
        }
    }
}
