//! What both forms say: the names of steps and choices, what is wrong with an entry, what is missing, what came
//! of the second check.

use std::path::Path;

use chrono::NaiveDate;

use super::{DueDose, Field, NotRead, Refused, Step};
use crate::{
    json::printable,
    patient::{Region, Scheme, Weekday},
    plan::{CheckedFigure, Plan, SecondCheckResult, Unusable},
    quantity::{Mass, Sex},
    regimen::{Listed, Severity},
    request::{CalciumEntry, DatedCreatinine, Request, SecondCheck},
    words::{date, one_of, spoken, spoken::capital, why_unusable, years},
};

/// The name of a step.
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Patient => "Patient",
        Step::Disease => "Disease",
        Step::Laboratory => "Laboratory",
        Step::Safety => "Safety",
        Step::Drug => "Drug",
        Step::Schedule => "Schedule",
        Step::Review => "Review",
    }
}

/// What is wrong with an entry, in one sentence for the person who entered it.
pub fn refused(field: Field, text: &str, refused: &Refused) -> String {
    match refused {
        Refused::NotRead(why) => not_read(field, text, why),
        Refused::Unusable(unusable) => beside_the_field(unusable),
    }
}

fn not_read(field: Field, text: &str, why: &NotRead) -> String {
    let text = printable(text.trim());
    match why {
        NotRead::Number => format!("\"{text}\" is not a number. Write it as 68.5 or 68,5."),
        NotRead::Thousands => format!("\"{text}\" has more than one comma or point. Write the decimal one only."),
        NotRead::LongNumber => {
            format!("\"{text}\" has too many digits: at most 9 before the point and 8 after it are allowed.")
        }
        NotRead::Whole => format!("\"{text}\" is not a whole number."),
        NotRead::Unit => {
            let units: Vec<String> = field.units().into_iter().map(|unit| unit.label.into_owned()).collect();
            format!("The unit of {text} is missing. Choose {}.", one_of(&units))
        }
        NotRead::Slash => {
            format!("\"{text}\": is the day first, or the month? Write 2026-12-01, 1.12.2026 or 1 Dec 2026.")
        }
        NotRead::ShortYear => format!("\"{text}\": write the year with four digits, such as 1.12.2026."),
        NotRead::NoSuchDay => format!("\"{text}\" is not a day between {}.", years()),
        NotRead::Date => format!("\"{text}\" is not a date. Write 2026-12-01, 1.12.2026 or 1 Dec 2026."),
        NotRead::AfterToday(today) => format!("This day lies after today, {}. Check the year.", date(*today)),
        NotRead::NotAfter(day) => {
            format!("The dose due before this one was given on {}. This one must be later.", date(*day))
        }
        NotRead::Blank => "This has no letter and no digit. Type at least one.".to_owned(),
        NotRead::Hidden(c) => {
            format!("This contains an invisible character ({}). Delete it.", c.escape_unicode())
        }
        NotRead::LongText(most) => format!("This is too long: at most {most} characters are allowed."),
    }
}

/// The sentence of the engine beside its field, with the other fields as people call them.
fn beside_the_field(unusable: &Unusable) -> String {
    let called = |path| match path {
        "treatment.start_date" => "the start date",
        "course.last_dose" => "the last dose",
        "labs.date" => "the date of the blood test",
        "labs.calcium_date" => "the date of the calcium",
        "course.baseline_creatinine.date" => "the date of the baseline",
        "patient.height_cm" => "the height",
        other => other,
    };
    capital(&why_unusable(&unusable.why, called))
}

/// A drug with its route and scheme, as one line to choose.
pub fn regimen(listed: Listed) -> String {
    let scheme = match listed.regimen.scheme {
        Some(Scheme::Single) => ", one dose",
        Some(Scheme::Daily) => ", daily",
        None => "",
    };
    format!("{}, {}{scheme}", listed.drug.name, spoken::route_in_short(listed.regimen.route))
}

/// Where the licence must hold.
pub fn region(region: Region) -> &'static str {
    match region {
        Region::Eu => "European Union",
        Region::Us => "United States",
    }
}

/// Whether a course is under way.
pub fn course(under_way: bool) -> &'static str {
    if under_way { "under way" } else { "new course" }
}

/// A dose that was due, by its day, in at most 18 letters.
pub fn due(day: NaiveDate) -> String {
    format!("Due {}", date(day))
}

/// A dose that was due, where nothing is beside it.
pub fn due_in_full(day: NaiveDate) -> String {
    format!("Dose or supply due on {}", spoken::day(day))
}

/// The day on which such a dose was given.
pub fn due_given_on(day: NaiveDate) -> String {
    format!("Dose or supply due on {}, given on", spoken::day(day))
}

/// What became of a dose that was due.
pub fn due_dose(became: DueDose) -> &'static str {
    match became {
        DueDose::Given => "given",
        DueDose::HeldCreatinine => "held: creatinine",
        DueDose::HeldCalcium => "held: calcium",
        DueDose::HeldDental => "held: mouth or teeth",
        DueDose::HeldOther => "held: another reason",
        DueDose::Omitted => "omitted",
        DueDose::Missed => "missed",
    }
}

/// Said where there is no plan to continue from.
pub const NEXT_VISIT_NEEDS_A_PLAN: &str = "A next visit starts from a complete plan.";
/// Said where nothing was due yet.
pub const NEXT_VISIT_NEEDS_A_DOSE: &str = "No dose of this plan was due before today, so there is no next visit yet.";

/// Said when a next visit begins: what is asked of the doses that were due, and whether the course is on hold.
pub fn next_visit(is_due: bool, is_held: bool) -> &'static str {
    match (is_due, is_held) {
        (true, _) => "Next visit: step 4 asks what became of each dose. Values are asked again.",
        (false, true) => "Next visit: the course is on hold. Values and safety are asked again.",
        (false, false) => "Next visit: values and safety are asked again.",
    }
}

/// Said beside a height that is empty and wanted.
pub const HEIGHT_NEEDED: &str = "needed to judge the weight";
/// Said beside a question on safety that was left without an answer.
pub const NOT_ASKED: &str = "Not answered: the plan will say that this was not asked.";
/// Said at once of a second person who is the first.
pub const SAME_PERSON: &str =
    "This is the name of the person who entered the figures. That is no second check: another person must enter them.";

/// Whether a course is held.
pub fn held(held: bool) -> &'static str {
    if held { "yes" } else { "no" }
}

/// A weekday.
pub fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// A severity in a word.
pub fn severity(severity: Severity, confirmed: bool) -> &'static str {
    match severity {
        Severity::Stop => "STOP",
        Severity::Confirm if confirmed => "CONFIRMED",
        Severity::Confirm => "CONFIRM",
        Severity::Note => "NOTE",
    }
}

/// Said of a saved file.
pub fn saved(path: &Path) -> String {
    format!("Saved: {}", shown(path))
}

/// Said of a file that was not saved.
pub fn not_saved(path: &Path, why: &str) -> String {
    format!("Not saved: {why} ({})", shown(path))
}

/// Said where drafts cannot be kept.
pub fn draft_not_kept(why: &str) -> String {
    format!("Entries are NOT kept if the computer crashes: {why}")
}

/// Said once where entries of an earlier session hold confirmations that no longer count.
pub const CONFIRM_AGAIN: &str = "A confirmation in these entries was for other figures. Please confirm again.";

/// What is missing, the first few by name.
pub fn missing(labels: &[impl AsRef<str>]) -> String {
    format!("Still missing: {}.", some_of(labels))
}

/// What is wrong, the first few by name.
pub fn please_check(labels: &[impl AsRef<str>]) -> String {
    format!("Please check: {}.", some_of(labels))
}

/// Said where drugs cannot be compared yet.
pub fn not_compared_yet(labels: &[impl AsRef<str>]) -> String {
    format!("The drugs are compared here once the earlier steps are complete. Still missing: {}.", some_of(labels))
}

fn some_of(labels: &[impl AsRef<str>]) -> String {
    const MOST: usize = 6;
    let named = labels.iter().take(MOST).map(AsRef::as_ref).collect::<Vec<_>>().join(", ");
    let others = labels.len().saturating_sub(MOST);
    if others == 0 { named } else { format!("{named} and {others} more") }
}

/// A dose with the full one where it is less.
pub fn dose_of_full(dose: Mass, full: Mass) -> String {
    if dose < full { format!("{} of {full}", dose.in_milligrams().trimmed()) } else { dose.to_string() }
}

/// Why a drug may not be given as it stands.
pub fn drug_reason(reason: &str, open: usize) -> String {
    let reason = capital(reason.trim_end_matches('.'));
    match open {
        0 | 1 => format!("{reason}."),
        _ => format!("{reason} and {} more.", open - 1),
    }
}

/// What came of the second check; only what differs is shown.
pub fn second_check(plan: &Plan, begun: bool) -> String {
    let request = plan.request();
    let by = request.second_check.as_ref().map_or("", |second| second.by.as_str());
    match plan.second_check() {
        SecondCheckResult::NotDone if begun => {
            "Second check: started but not complete; it counts as not done.".to_owned()
        }
        SecondCheckResult::NotDone => "Second check: not done.".to_owned(),
        SecondCheckResult::Agrees => format!("Second check: agrees ({by})."),
        SecondCheckResult::SamePerson => {
            format!("Second check: not valid. {by} entered the figures as well; another person must check them.")
        }
        SecondCheckResult::Differs => {
            format!("Second check by {by} DIFFERS: {}. The plan stays provisional.", differing(plan))
        }
    }
}

fn differing(plan: &Plan) -> String {
    let request = plan.request();
    let Some(second) = &request.second_check else { return String::new() };
    let difference = |path: &&str| match CheckedFigure::from_word(path) {
        Some(figure) => difference(figure, request, second),
        None => (*path).to_owned(),
    };
    plan.second_check_differences().iter().map(difference).collect::<Vec<_>>().join("; ")
}

/// "weight 65.8 kg against 68.5 kg": first what the second person entered.
fn difference(figure: CheckedFigure, request: &Request, second: &SecondCheck) -> String {
    let (patient, labs, course) = (&request.patient, &request.labs, request.course.as_ref());
    let baseline = request.baseline().map(DatedCreatinine::measured);
    let calcium = |it: &Option<CalciumEntry>| {
        it.as_ref().map(|it| format!("{}, {}", it.measured(), spoken::calcium_kind(it.kind.unwrap_or_default())))
    };
    let (what, unit, entered, first) = match figure {
        CheckedFigure::BirthDate => {
            ("date of birth", "", Some(date(second.birth_date)), Some(date(patient.birth_date)))
        }
        CheckedFigure::Sex => ("sex", "", text(second.sex.map(Sex::as_str)), text(Some(patient.sex.as_str()))),
        CheckedFigure::Weight => ("weight", " kg", text(Some(second.weight_kg)), text(Some(patient.weight_kg))),
        CheckedFigure::Creatinine => ("creatinine", "", text(second.creatinine), text(labs.creatinine)),
        CheckedFigure::Calcium => ("calcium", "", calcium(&second.calcium), calcium(&labs.calcium)),
        CheckedFigure::Albumin => ("albumin", "", text(second.albumin), text(labs.albumin)),
        CheckedFigure::Height => ("height", " cm", text(second.height_cm), text(patient.height_cm)),
        CheckedFigure::CourseDose => {
            ("dose in use", " mg", text(second.course_dose_mg), text(course.map(|course| course.dose_mg)))
        }
        CheckedFigure::Baseline => ("baseline creatinine", "", text(second.baseline_creatinine), text(baseline)),
    };
    let said = |value: Option<String>| value.map_or_else(|| "none".to_owned(), |value| value + unit);
    format!("{what} {} against {}", said(entered), said(first))
}

fn text(value: Option<impl ToString>) -> Option<String> {
    value.map(|value| value.to_string())
}

/// A leftover in one line.
pub fn leftover(when: &str, patient: &str, fields: usize) -> String {
    let patient = if patient.is_empty() { "patient not named" } else { patient };
    format!("{when}  {patient}  ({fields} entries)")
}

/// The verdict while there is no plan.
pub const NOT_YET: &str = "NOT YET";
/// The verdict on a drug.
pub const CAN_BE_GIVEN: &str = "CAN";
/// The verdict on a drug with something to confirm.
pub const CONFIRM: &str = "CONFIRM";
/// The verdict on a drug that is refused.
pub const CANNOT: &str = "CANNOT";
/// A clinic without weekdays.
pub const EVERY_DAY: &str = "every day";

/// The name of a file as it can be shown.
pub fn shown(path: &Path) -> String {
    path.to_string_lossy().chars().map(|c| if c.is_control() { '?' } else { c }).collect()
}
