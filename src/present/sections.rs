//! The parts of a plan that are worded alike wherever a whole plan is written.

use super::why::sentence;
use crate::{
    json::Text,
    patient::{CalciumKind, Condition, Route, Tumour},
    plan::{Dosed, Finding, FollowOn, Plan, PlanStatus, SecondCheckResult},
    regimen::{Code, Origin, Severity, Statement},
    request::EarlierDose,
    words::{
        self as said, date, spoken,
        spoken::{NOT_RECORDED, UNVERIFIED, UNVERIFIED_MEANS},
        summary as words,
    },
};

/// A label with its value.
pub type Labelled = (&'static str, String);

/// Who the patient is.
pub fn patient(plan: &Plan) -> Vec<Labelled> {
    let patient = &plan.request().patient;
    let entered = |text: &Option<Text>| text.as_ref().map_or(NOT_RECORDED, Text::as_str).to_owned();
    vec![
        ("Name", entered(&patient.name)),
        ("Identifier", entered(&patient.id)),
        ("Date of birth", date(patient.birth_date)),
        ("Sex", spoken::sex(patient.sex).to_owned()),
        ("Allergies", allergies(plan)),
    ]
}

/// The allergies, as they are read aloud.
pub fn allergies(plan: &Plan) -> String {
    let entered = plan.request().patient.allergies.as_ref().map_or(NOT_RECORDED, Text::as_str);
    if entered == "none-known" { "none known" } else { entered }.to_owned()
}

/// The figures that the plan was made from, with the days on which they were taken.
pub fn basis(plan: &Plan) -> Vec<Labelled> {
    let request = plan.request();
    let (patient, labs) = (&request.patient, &request.labs);
    let or_not = |text: Option<String>| text.unwrap_or_else(|| NOT_RECORDED.to_owned());
    let height = patient.height_cm.map(|cm| cm.to_string());
    let creatinine = labs.creatinine.map(|it| words::taken(&it.to_string(), labs.date));
    let calcium_day = labs.calcium_date.unwrap_or(labs.date);
    let calcium = labs.calcium.as_ref().map(|it| {
        let kind = spoken::calcium_kind(it.kind.unwrap_or_default());
        words::taken(&format!("{}, {kind},", it.measured()), calcium_day)
    });
    let corrected = plan.calcium().corrected.map(|it| it.to_string());
    let class = spoken::calcium_class(plan.calcium().class);
    let ionised = labs.calcium.as_ref().is_some_and(|it| it.kind == Some(CalciumKind::Ionised));
    let mut rows = vec![
        ("Weight", words::weight(&patient.weight_kg.to_string(), height.as_deref())),
        ("Creatinine", or_not(creatinine)),
        ("Clearance", clearance(plan)),
        ("Calcium", or_not(calcium)),
        ("Albumin", or_not(labs.albumin.map(|it| it.to_string()))),
        ("Corrected calcium", words::corrected(corrected.as_deref(), class, ionised)),
    ];
    rows.extend(history(plan));
    rows
}

fn clearance(plan: &Plan) -> String {
    let Some(renal) = plan.renal() else {
        return words::no_clearance(plan.request().has(Condition::Dialysis)).to_owned();
    };
    let basis = spoken::weight_basis(renal.weight_basis);
    let kg = renal.weight_kg_used.to_string();
    let band = renal.band.map(|band| band.to_string());
    words::clearance(&renal.shown.to_string(), renal.age_years, basis, &kg, band.as_deref())
}

fn history(plan: &Plan) -> Vec<Labelled> {
    let request = plan.request();
    let conditions = request.conditions().map(|it| it.iter().copied().map(spoken::condition).collect());
    let medicines = request.medicines().map(|it| it.iter().copied().map(spoken::medicine).collect());
    let last = match request.earlier_dose() {
        None => words::NOT_ASKED.to_owned(),
        Some(EarlierDose::None) => words::ASKED_NONE.to_owned(),
        Some(EarlierDose::Last(last)) => {
            let by_mouth = last.route == Some(Route::Oral);
            words::last_antiresorptive(antiresorptive(plan, last.drug.as_str()), by_mouth, last.date)
        }
    };
    let mut rows = vec![
        ("Teeth", spoken::dental(request.dental()).to_owned()),
        ("Conditions", words::asked(conditions)),
        ("Medicines", words::asked(medicines)),
        ("Last antiresorptive", last),
    ];
    if let Some(course) = &request.course {
        let stopped = plan.status() == PlanStatus::Stopped;
        let in_use = (!stopped).then(|| format!("{} mg", course.dose_mg.trimmed()));
        let baseline = course.baseline_creatinine.as_ref().map(|it| (it.measured().to_string(), it.date));
        let line = words::under_way(course.first_dose, course.last_dose, in_use.as_deref(), course.doses_given);
        let baseline = baseline.map(|(shown, day)| words::baseline(&shown, day)).unwrap_or_default();
        let held = course.hold().map(words::held).unwrap_or_default();
        rows.push(("Course under way", format!("{line}{baseline}{held}")));
    }
    rows
}

/// The name of a drug of the library, or of another that the library names.
fn antiresorptive<'p>(plan: &'p Plan, word: &'p str) -> &'p str {
    let library = plan.library();
    let others = &library.limits().other_antiresorptives;
    let other = || others.iter().find(|other| other.id.as_str() == word).map(|other| other.name.as_str());
    library.drug(word).map(|(drug, _)| drug.name.as_str()).or_else(other).unwrap_or(word)
}

/// What is said of the treatment besides dose and dates: lists, each under its heading, none of them empty.
pub fn directions(dosed: &Dosed, tumour: Tumour) -> Vec<(&'static str, Vec<String>)> {
    let dosing = &dosed.dosing;
    let lists: [(&'static str, Vec<String>); 6] = [
        ("Directions", dosing.directions.iter().map(|it| point(it)).collect()),
        ("Calcium and vitamin D", dosing.supplements.iter().map(|it| point(it)).collect()),
        ("Steps of the dose", steps(dosed).collect()),
        ("Afterwards", dosing.follow_on.iter().map(follows).collect()),
        ("Not this product", dosing.listed.not_these_products().map(point).collect()),
        (words::DISAGREE, disagreements(dosed, tumour)),
    ];
    lists.into_iter().filter(|(_, points)| !points.is_empty()).collect()
}

/// Where sources say otherwise than what is applied to patients with this tumour.
pub fn disagreements(dosed: &Dosed, tumour: Tumour) -> Vec<String> {
    let others = dosed.dosing.listed.disagreements().filter(|it| it.concerns(tumour));
    others.map(|it| spoken::capital(&sentence(it))).collect()
}

/// A statement, with its mark.
pub(super) fn point(it: &Statement) -> String {
    spoken::marked(it.text.as_str(), it.verification)
}

/// How a dose is stepped down.
pub(super) fn steps(dosed: &Dosed) -> impl Iterator<Item = String> {
    let rules = dosed.dosing.listed.regimen.step_down.iter();
    rules.map(|it| spoken::marked(it.text.as_str(), it.verification))
}

/// The treatment that follows.
pub(super) fn follows(it: &FollowOn) -> String {
    spoken::marked(&words::follow_on(it.text, it.mass, it.from), it.row.verification)
}

/// A finding in words; of a stopped plan without the doses that it names.
pub fn finding(plan: &Plan, finding: &Finding) -> String {
    let without_dose = match plan.status() {
        PlanStatus::Stopped => said::finding_without_dose(&finding.evidence),
        PlanStatus::Ready | PlanStatus::NeedsConfirmation => None,
    };
    without_dose.unwrap_or_else(|| finding.to_string())
}

/// What must be otherwise before a stopped plan becomes one, for each finding that stops it: the value and the limit.
pub fn would_have_to_change(plan: &Plan) -> Vec<String> {
    let stops = plan.findings().iter().filter(|it| it.severity == Severity::Stop);
    stops.map(|it| said::would_have_to_change(&it.evidence)).collect()
}

/// The confirmations that meet no finding.
pub fn unused(plan: &Plan) -> Vec<String> {
    let said = plan.unused_confirmations().map(|unused| {
        // A word of the interface is said without its hyphens.
        let finding = unused.finding.as_str();
        let known = Code::from_word(finding).map(|code| code.as_str().replace('-', " "));
        words::unused(known.as_deref().unwrap_or(finding), unused.by.as_str())
    });
    said.collect()
}

/// Who made the plan, and who entered its figures again.
pub fn prepared(plan: &Plan) -> Vec<Labelled> {
    let by = plan.request().prepared_by.as_ref().map_or(NOT_RECORDED, Text::as_str);
    vec![("Entered by", by.to_owned()), ("Second check", second_check(plan))]
}

/// How the second check went.
pub fn second_check(plan: &Plan) -> String {
    let by = plan.request().second_check.as_ref().map_or(NOT_RECORDED, |second| second.by.as_str());
    match plan.second_check() {
        SecondCheckResult::NotDone => words::NOT_ENTERED_AGAIN.to_owned(),
        SecondCheckResult::Agrees => words::agrees(by),
        SecondCheckResult::SamePerson => words::same_person(by),
        SecondCheckResult::Differs => {
            let figures: Vec<&str> =
                plan.second_check_differences().iter().copied().map(words::checked_figure).collect();
            words::differs(by, &spoken::all_of(&figures))
        }
    }
}

/// Whose regimen it is, and who is responsible for it; whose limits, where they are not the shipped ones.
pub fn origin(plan: &Plan) -> Vec<Labelled> {
    let listed = plan.listed();
    let drug = listed.drug;
    let mut rows = vec![
        ("Regimen", words::origin(listed).to_owned()),
        ("Owner", words::owner(drug.owner.as_str(), drug.reviewed, drug.next_review)),
    ];
    if plan.library().limits_origin() == Origin::Local {
        let normal = plan.calcium().normal.map(|it| it.to_string());
        rows.push(("Limits", words::own_limits(normal.as_deref())));
    }
    rows
}

/// What the mark of a figure that was not read means, where a text holds the mark.
pub fn legend(text: &str) -> Option<&'static str> {
    text.contains(UNVERIFIED).then_some(UNVERIFIED_MEANS)
}
