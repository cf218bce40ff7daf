//! What is said with every plan of a regimen, and with an interval that only a guideline names.

use super::case::Case;
use crate::{
    plan::{Evidence, Finding, Findings},
    regimen::{Note, Severity},
};

/// Adds the notes of the regimen, the supplements and the interval of a guideline.
pub(super) fn assess(case: &Case<'_>, findings: &mut Findings) {
    let (listed, regimen) = (case.listed(), case.regimen());
    let request = case.request;
    let last = request.last_antiresorptive().map(|last| last.drug.as_str());
    let concerned = |note: &Note| {
        let of_tumour = note.tumours.is_empty() || note.tumours.contains(&request.tumour);
        let of_drug = note.after_drugs.is_empty() || note.after_drugs.iter().any(|drug| Some(drug.as_str()) == last);
        of_tumour && of_drug
    };
    for (code, note) in listed.notes(concerned) {
        let evidence = Evidence::Note { code, statement: note.id.as_str(), text: note.text.as_str() };
        findings.add_marked(Severity::Note, evidence, &note.sources, note.verification);
    }
    if !regimen.supplements.is_empty() && !case.calcium.is_raised() {
        let sources = listed.supplements().flat_map(|it| &it.sources).map(|it| &it.0).collect();
        let (severity, evidence) = (Severity::Note, Evidence::Supplements {});
        findings.add_finding(Finding { severity, evidence, sources, verification: None });
    }
    if let Some(guideline) = regimen.interval.as_ref().and_then(|interval| interval.guideline.as_ref())
        && case.choice.weeks == Some(guideline.weeks)
    {
        let noted = guideline.noted.contains(&case.request.tumour);
        let severity = if noted { Severity::Note } else { Severity::Confirm };
        findings.add(severity, Evidence::IntervalGuideline { weeks: guideline.weeks }, &guideline.sources);
    }
}
