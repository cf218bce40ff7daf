//! The plan as plain text for the record: what was decided, on what it rests, who confirmed it.

use super::{
    CardLine, Labelled, card, checks_said, given_said, lines::Page, moved_alike, sections, status_sentence, visits,
};
use crate::{
    plan::{Dosed, Finding, Outcome, Plan, PlanStatus},
    regimen::{Citation, Severity},
    words::{
        spoken::{self, NOT_RECORDED},
        summary as words,
        visits::COLUMNS,
    },
};

/// The plan as plain text, in lines of at most 78 columns, for pasting into a record.
pub fn summary(plan: &Plan) -> String {
    let mut page = Page::default();
    status(plan, &mut page);
    rows("Patient", sections::patient(plan), &mut page);
    if plan.status() == PlanStatus::Stopped {
        page.heading(words::WOULD_HAVE_TO_CHANGE);
        for text in sections::would_have_to_change(plan) {
            page.point(&text);
        }
    }
    rows(words::BASED_ON, sections::basis(plan), &mut page);
    page.heading("Drug and dose");
    for CardLine { label, value, .. } in card(plan) {
        page.row(label, &value);
    }
    findings(plan, &mut page);
    if let Outcome::Dosed(dosed) = plan.outcome() {
        schedule(plan, dosed, &mut page);
        for (heading, points) in sections::directions(dosed, plan.request().tumour) {
            page.heading(heading);
            for text in points {
                page.point(&text);
            }
        }
    }
    rows("Entered and checked", sections::prepared(plan), &mut page);
    provenance(plan, &mut page);
    let text = page.into_text();
    let Some(means) = sections::legend(&text) else { return text };
    let mut legend = Page::default();
    legend.text(means);
    format!("{text}\n{}", legend.into_text())
}

fn status(plan: &Plan, page: &mut Page) {
    page.heading("Treatment plan");
    page.text(&words::status(&status_sentence(plan)));
    page.text(match plan.status() {
        PlanStatus::Ready => words::ready_means(plan.has_confirmed()),
        PlanStatus::NeedsConfirmation => words::PROVISIONAL_MEANS,
        PlanStatus::Stopped => words::STOPPED_MEANS,
    });
}

/// A heading with rows below it.
fn rows(heading: &str, rows: Vec<Labelled>, page: &mut Page) {
    page.heading(heading);
    for (label, value) in rows {
        page.row(label, &value);
    }
}

fn findings(plan: &Plan, page: &mut Page) {
    let mut headed = false;
    for (severity, heading) in words::WEIGHTS {
        for (n, finding) in plan.findings().iter().filter(|it| it.severity == severity).enumerate() {
            if n == 0 {
                page.heading(heading);
                headed = true;
            }
            finding_point(plan, finding, page);
        }
    }
    if !headed {
        page.heading("Findings");
        page.indented("None.");
    }
    for unused in sections::unused(plan) {
        page.point(&unused);
    }
}

fn finding_point(plan: &Plan, finding: &Finding, page: &mut Page) {
    let message = spoken::marked(&sections::finding(plan, finding), finding.verification);
    if finding.severity != Severity::Confirm {
        page.point(&message);
        return;
    }
    if let Some(it) = plan.confirmation(finding) {
        page.point(&message);
        page.under(&words::confirmed(it.by.as_str(), it.reason.as_str()));
        return;
    }
    page.point(&format!("{}: {message}", words::OPEN));
}

/// The visits, a row each.
fn schedule(plan: &Plan, dosed: &Dosed, page: &mut Page) {
    page.heading("Visits");
    if plan.status() == PlanStatus::NeedsConfirmation {
        page.indented(words::PROVISIONAL_MEANS);
    }
    let visits = visits(plan);
    let alike = moved_alike(&visits);
    if let Some(alike) = &alike {
        page.indented(alike);
    }
    let [day, given, checks] = COLUMNS;
    page.visit(day, given, checks);
    for visit in &visits {
        let given = given_said(dosed, visit).unwrap_or_default();
        let checks = Some(checks_said(visit)).filter(|it| !it.is_empty());
        let moved = visit.moved.as_ref().filter(|_| alike.is_none() || visit.number.is_none());
        let said = checks.into_iter().chain(visit.notes.iter().cloned()).chain(moved.map(|it| it.text.clone()));
        page.visit(&spoken::day(visit.date), &given, &said.collect::<Vec<_>>().join("; "));
    }
}

fn provenance(plan: &Plan, page: &mut Page) {
    rows("Source of the plan", sections::origin(plan), page);
    let of_dose = plan.status() != PlanStatus::Stopped;
    page.row(if of_dose { "Sources of the dose" } else { "Sources" }, &sources(plan));
    page.row("Program", concat!("osteodose ", env!("CARGO_PKG_VERSION")));
    page.indented(words::FINGERPRINT);
    page.indented(plan.library().digest());
    page.blank();
    if let Some(ward) = plan.ward() {
        page.text(&words::from_ward(ward));
        page.blank();
    }
    page.text(words::RESPONSIBLE);
}

/// The ids of the sources of the dose and of how it is given; those of every figure are under "why".
fn sources(plan: &Plan) -> String {
    let cited = match plan.outcome() {
        Outcome::Dosed(dosed) => dosed.dosing.cited(),
        Outcome::Stopped => {
            let stops = plan.findings().iter().filter(|it| it.severity == Severity::Stop);
            Citation::each_once(stops.flat_map(|it| it.sources.iter().copied()))
        }
    };
    let cited: Vec<String> = cited.into_iter().map(ToString::to_string).collect();
    if cited.is_empty() { NOT_RECORDED.to_owned() } else { cited.join("; ") }
}
