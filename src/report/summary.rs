//! The plan as plain text for the record: what was decided, on what it rests, who confirmed it.

use super::{
    CardLine, card, entry_line,
    lines::Page,
    status_sentence,
    why::{concerns_tumour, sentence},
};
use crate::{
    dosing::{Entry, Event, Evidence, Finding, SecondCheckResult, differences},
    json::Text,
    patient::{CalciumKind, Route, Tumour},
    plan::{Dosed, FollowOn, Outcome, Plan, PlanStatus},
    regimen::{Code, Severity, Statement},
    wording::{
        date, spoken,
        spoken::{NOT_RECORDED, UNVERIFIED, UNVERIFIED_MEANS},
        summary as words,
    },
};

/// The plan as plain text, in lines of at most 78 columns, for pasting into a record.
pub fn summary(plan: &Plan<'_>) -> String {
    let mut page = Page::default();
    status(plan, &mut page);
    patient(plan, &mut page);
    basis(plan, &mut page);
    page.heading("Drug and dose");
    for CardLine { label, value, .. } in card(plan) {
        page.row(label, &value);
    }
    findings(plan, &mut page);
    if let Outcome::Dosed(dosed) = plan.outcome() {
        schedule(plan, dosed, &mut page);
        directions(dosed, plan.request().tumour, &mut page);
    }
    signatures(plan, &mut page);
    provenance(plan, &mut page);
    let text = page.into_text();
    if !text.contains(UNVERIFIED) {
        return text;
    }
    let mut legend = Page::default();
    legend.text(UNVERIFIED_MEANS);
    format!("{text}\n{}", legend.into_text())
}

fn status(plan: &Plan<'_>, page: &mut Page) {
    page.heading("Treatment plan");
    page.text(&words::status(&status_sentence(plan)));
    page.text(match plan.status() {
        PlanStatus::Ready => words::READY_MEANS,
        PlanStatus::NeedsConfirmation => words::PROVISIONAL_MEANS,
        PlanStatus::Stopped => words::STOPPED_MEANS,
    });
}

fn patient(plan: &Plan<'_>, page: &mut Page) {
    let patient = &plan.request().patient;
    let entered = |text: &Option<Text>| text.as_ref().map_or(NOT_RECORDED, Text::as_str).to_owned();
    page.heading("Patient");
    page.row("Name", &entered(&patient.name));
    page.row("Identifier", &entered(&patient.id));
    page.row("Date of birth", &date(patient.birth_date));
    page.row("Sex", spoken::sex(patient.sex));
    page.row("Allergies", spoken::allergies(patient.allergies.as_ref().map(Text::as_str)));
}

fn basis(plan: &Plan<'_>, page: &mut Page) {
    let request = plan.request();
    let (patient, labs) = (&request.patient, &request.labs);
    page.heading("What it rests on");
    let height = patient.height_cm.map(|cm| cm.to_string());
    page.row("Weight", &words::weight(&patient.weight_kg.to_string(), height.as_deref()));
    let creatinine = labs.creatinine.map(|it| words::taken(&it.to_string(), labs.date));
    page.row("Creatinine", creatinine.as_deref().unwrap_or(NOT_RECORDED));
    page.row("Clearance", &clearance(plan));
    let calcium_day = labs.calcium_date.unwrap_or(labs.date);
    let calcium = labs.calcium.as_ref().map(|it| {
        let kind = spoken::calcium_kind(it.kind.unwrap_or_default());
        words::taken(&format!("{}, {kind},", it.measured()), calcium_day)
    });
    page.row("Calcium", calcium.as_deref().unwrap_or(NOT_RECORDED));
    page.row("Albumin", &labs.albumin.map_or_else(|| NOT_RECORDED.to_owned(), |it| it.to_string()));
    let corrected = plan.calcium().corrected.map(|it| it.to_string());
    let class = spoken::calcium_class(plan.calcium().class);
    let ionised = labs.calcium.as_ref().is_some_and(|it| it.kind == Some(CalciumKind::Ionised));
    page.row("Corrected calcium", &words::corrected(corrected.as_deref(), class, ionised));
    history(plan, page);
}

fn clearance(plan: &Plan<'_>) -> String {
    let Some(renal) = plan.renal() else {
        return words::no_clearance(plan.request().has(crate::patient::Condition::Dialysis)).to_owned();
    };
    let basis = spoken::weight_basis(renal.weight_basis);
    let kg = renal.weight_kg_used.to_string();
    words::clearance(&renal.displayed, renal.age_years, basis, &kg, renal.band.as_deref())
}

fn history(plan: &Plan<'_>, page: &mut Page) {
    let request = plan.request();
    let history = request.history.as_ref();
    let listed = |said: Vec<&str>| if said.is_empty() { words::NONE_ENTERED.to_owned() } else { said.join("; ") };
    page.row("Teeth", spoken::dental(request.dental()));
    let conditions = history.map(|it| it.conditions.iter().copied().map(spoken::condition).collect());
    page.row("Conditions", &listed(conditions.unwrap_or_default()));
    let medicines = history.map(|it| it.medicines.iter().copied().map(spoken::medicine).collect());
    page.row("Medicines", &listed(medicines.unwrap_or_default()));
    let last = request.last_antiresorptive().map(|last| {
        let by_mouth = last.route == Some(Route::Oral);
        words::last_antiresorptive(antiresorptive(plan, last.drug.as_str()), by_mouth, last.date)
    });
    page.row("Last antiresorptive", last.as_deref().unwrap_or(NOT_RECORDED));
    if let Some(course) = &request.course {
        let stopped = plan.status() == PlanStatus::Stopped;
        let in_use = (!stopped).then(|| format!("{} mg", course.dose_mg.trimmed()));
        let baseline = &course.baseline_creatinine;
        let shown = baseline.measured().to_string();
        let line = words::under_way(course.first_dose, course.last_dose, in_use.as_deref(), &shown, baseline.date);
        let held = if course.held == Some(true) { words::HELD } else { "" };
        page.row("Course under way", &format!("{line}{held}"));
    }
}

/// The name of a drug of the library, or of another that the library names.
fn antiresorptive<'p>(plan: &'p Plan<'_>, word: &'p str) -> &'p str {
    let library = plan.library();
    let others = &library.limits().other_antiresorptives;
    let other = || others.iter().find(|other| other.id.as_str() == word).map(|other| other.name.as_str());
    library.drug(word).map(|(drug, _)| drug.name.as_str()).or_else(other).unwrap_or(word)
}

fn findings(plan: &Plan<'_>, page: &mut Page) {
    let stopped = plan.status() == PlanStatus::Stopped;
    let shown = |finding: &&Finding<'_>| !(stopped && speaks_of_a_dose(finding));
    let mut headed = false;
    for (severity, heading) in [
        (Severity::Stop, "Stops the plan"),
        (Severity::Confirm, "Must be confirmed by a named person"),
        (Severity::Note, "Notes"),
    ] {
        for (n, finding) in plan.findings().iter().filter(|it| it.severity == severity).filter(shown).enumerate() {
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
    if stopped && plan.findings().iter().any(speaks_of_a_dose) {
        page.text(words::ONLY_OF_A_DOSE);
    }
    for unused in plan.unused_confirmations() {
        // A word of the interface is said without its hyphens.
        let finding = unused.finding.as_str();
        let known = Code::from_word(finding).map(|code| code.as_str().replace('-', " "));
        page.point(&words::unused(known.as_deref().unwrap_or(finding), unused.by.as_str()));
    }
}

fn finding_point(plan: &Plan<'_>, finding: &Finding<'_>, page: &mut Page) {
    let message = spoken::marked(&finding.to_string(), finding.verification);
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

/// Whether a finding has a meaning only beside a dose, which a stopped plan has not. What stops a plan is told
/// always.
fn speaks_of_a_dose(finding: &Finding<'_>) -> bool {
    finding.severity != Severity::Stop
        && (finding.code() == Code::DoseChoice
            || matches!(
                finding.evidence,
                Evidence::NearClearance { .. }
                    | Evidence::NearCalcium { .. }
                    | Evidence::CourseDose { .. }
                    | Evidence::HighDose { .. }
                    | Evidence::IntervalGuideline { .. }
                    | Evidence::CourseLengthNotDocumented { .. }
                    | Evidence::CourseLengthExceeded { .. }
                    | Evidence::CourseLongerThanUsual { .. }
                    | Evidence::Supplements
            ))
}

fn schedule(plan: &Plan<'_>, dosed: &Dosed<'_>, page: &mut Page) {
    page.heading("Schedule");
    if plan.status() == PlanStatus::NeedsConfirmation {
        page.indented(words::PROVISIONAL_MEANS);
    }
    for entry in &dosed.schedule.entries {
        entry_rows(dosed, entry, page);
    }
}

fn entry_rows(dosed: &Dosed<'_>, entry: &Entry<'_>, page: &mut Page) {
    let line = entry_line(dosed, entry);
    let mut notes = line.notes.into_iter();
    let what = [line.what.as_str(), line.number.as_str()].join(" ");
    let mut text = what.trim_end().to_owned();
    if !line.dose.is_empty() {
        text = format!("{text}: {}", line.dose);
    }
    // The dose that a check goes before and what a review is for stand beside it; all else stands below.
    let joint = match entry.event {
        Event::Check { before_dose: Some(_), .. } => Some(" "),
        Event::Review { .. } => Some(": "),
        _ => None,
    };
    if let Some((joint, note)) = joint.and_then(|joint| notes.next().map(|note| (joint, note))) {
        text = format!("{text}{joint}{note}");
    }
    page.dated(&line.day, &text);
    for note in notes {
        page.dated("", &note);
    }
}

fn directions(dosed: &Dosed<'_>, tumour: Tumour, page: &mut Page) {
    let dosing = &dosed.dosing;
    let (drug, regimen) = (dosing.listed.drug, dosing.listed.regimen);
    let point = |it: &Statement| spoken::marked(it.text.as_str(), it.verification);
    let mut list = |heading: &str, points: Vec<String>| {
        if !points.is_empty() {
            page.heading(heading);
            for text in points {
                page.point(&text);
            }
        }
    };
    list("Directions", regimen.directions.iter().map(point).collect());
    list("Calcium and vitamin D", dosing.supplements.iter().map(|it| point(it)).collect());
    let steps = regimen.step_down.iter().map(|it| spoken::marked(it.text.as_str(), it.verification));
    list("Steps of the dose", steps.collect());
    let follows = |it: &FollowOn<'_>| spoken::marked(&words::follow_on(it.text, it.mass, it.from), it.row.verification);
    let next = dosing.follow_on.iter().map(follows);
    list("Afterwards", next.collect());
    list("Not this product", drug.not_these_products.iter().map(point).collect());
    let other_sources = regimen.disagreements.iter().filter(|it| concerns_tumour(it, tumour));
    list("Where sources disagree", other_sources.map(|it| spoken::capital(&sentence(it))).collect());
}

fn signatures(plan: &Plan<'_>, page: &mut Page) {
    let request = plan.request();
    page.heading("Prepared and checked");
    page.row("Prepared by", request.prepared_by.as_ref().map_or(NOT_RECORDED, Text::as_str));
    page.row("Second check", &second_check(plan));
}

/// What the second check found, and who made it.
pub fn second_check(plan: &Plan<'_>) -> String {
    let by = plan.request().second_check.as_ref().map_or(NOT_RECORDED, |second| second.by.as_str());
    match plan.second_check() {
        SecondCheckResult::NotDone => words::NOT_ENTERED_AGAIN.to_owned(),
        SecondCheckResult::Agrees => words::agrees(by),
        SecondCheckResult::Differs => {
            let figures: Vec<&str> = differences(plan.request()).into_iter().map(words::checked_figure).collect();
            words::differs(by, &spoken::all_of(&figures))
        }
    }
}

fn provenance(plan: &Plan<'_>, page: &mut Page) {
    let listed = plan.listed();
    let drug = listed.drug;
    page.heading("Where it comes from");
    page.row("Regimen", words::origin(listed.origin));
    page.row("Owner", &words::owner(drug.owner.as_str(), drug.reviewed, drug.next_review));
    let of_dose = plan.status() != PlanStatus::Stopped;
    page.row(if of_dose { "Sources of the dose" } else { "Sources" }, &sources(plan));
    page.row("Program", concat!("osteodose ", env!("CARGO_PKG_VERSION")));
    page.indented(words::FINGERPRINT);
    page.indented(plan.library().digest());
    page.blank();
    page.text(words::RESPONSIBLE);
}

/// The ids of the sources of the dose and of how it is given; those of every figure stand under "why".
fn sources(plan: &Plan<'_>) -> String {
    let mut cited: Vec<String> = Vec::new();
    let mut add = |text: String| {
        if !cited.contains(&text) {
            cited.push(text);
        }
    };
    match plan.outcome() {
        Outcome::Dosed(dosed) => dosed.dosing.sources.iter().for_each(|it| add(it.to_string())),
        Outcome::Stopped => {
            let stops = plan.findings().iter().filter(|it| it.severity == Severity::Stop);
            stops.flat_map(|it| &it.sources).for_each(|it| add(it.to_string()));
        }
    }
    if cited.is_empty() { NOT_RECORDED.to_owned() } else { cited.join("; ") }
}
