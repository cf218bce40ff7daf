//! What both forms say: the names of steps and choices, what is wrong with an entry, what is missing, what came
//! of the second check.

use std::path::Path;

use chrono::NaiveDate;

use super::{Closure, DueDose, Field, Kind, NotChosen, NotConfirmed, NotRead, OtherUnit, Refused, Step};
use crate::{
    json::printable,
    patient::{Region, Scheme, Weekday},
    plan::{CheckedFigure, Plan, SecondCheckResult, Unusable, Why},
    present::VerdictWord,
    quantity::{AnyUnit, Decimal, Mass, Sex},
    regimen::{Listed, Severity},
    request::{CalciumEntry, DatedCreatinine, Request, SecondCheck},
    words::{date, month, one_of, spoken, spoken::capital, why_unusable, years},
};

pub use crate::words::spoken::weekday;

/// The name of a step.
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Patient => "Patient",
        Step::Disease => "Disease",
        Step::Laboratory => "Laboratory",
        Step::Safety => "Safety",
        Step::Drug => "Drug",
        Step::Schedule => "Dates",
        Step::Review => "Plan",
    }
}

/// What is wrong with an entry, in a sentence or two for the person who entered it: the value, what is allowed, what to
/// do.
pub fn refused(field: Field, text: &str, refused: &Refused) -> String {
    match refused {
        Refused::NotRead(why) => match why {
            NotRead::UnknownUnit => format!("\"{}\": this unit is not known. {}", shortened(text), write_units(field)),
            NotRead::OtherUnit(unit) => {
                format!("\"{}\": {}. {}", shortened(text), not_taken(*unit), write_units(field))
            }
            NotRead::NoUnit(_) | NotRead::UnitBegun(_) | NotRead::NotOffered => to_add(field, why),
            why => not_read(text, why),
        },
        Refused::Unusable(unusable) => beside_the_field(unusable),
    }
}

/// What is wrong with an entry, in at most 28 letters.
pub fn refused_in_short(refused: &Refused) -> String {
    match refused {
        Refused::NotRead(why) => not_read_in_short(why),
        Refused::Unusable(unusable) => unusable_in_short(&unusable.why),
    }
}

/// A text as a sentence repeats it.
fn shortened(text: &str) -> String {
    printable(text.trim())
}

/// Why text cannot be read, where it has nothing to do with the units of a field: in a sentence or two.
pub fn not_read(text: &str, why: &NotRead) -> String {
    let text = shortened(text);
    match why {
        NotRead::Number => format!("\"{text}\" is not a number. Write it as 68.5 or 68,5."),
        NotRead::Thousands => {
            format!("\"{text}\" is not a number: it has more than one comma or point. Write the decimal one only.")
        }
        NotRead::OneOrThousand => {
            let (whole, rest) = text.split_once(',').unwrap_or((&text, ""));
            format!("\"{text}\" can be read in two ways. Write {whole}{rest} or {whole}.{rest}.")
        }
        NotRead::LongNumber => {
            format!("\"{text}\" has too many digits: at most 9 before the point and 8 after it are allowed.")
        }
        NotRead::Whole => format!("\"{text}\" is not a whole number from 0 to {}.", u16::MAX),
        NotRead::Bound => {
            format!("\"{text}\" is a bound, not a value. Ask the laboratory for the value, or leave this empty.")
        }
        NotRead::NoUnit(_) | NotRead::UnitBegun(_) => format!("\"{text}\": the unit is missing."),
        NotRead::UnknownUnit => format!("\"{text}\": this unit is not known."),
        NotRead::OtherUnit(unit) => format!("\"{text}\": {}.", not_taken(*unit)),
        NotRead::Order => {
            format!("\"{text}\": is the day first, or the month? Write 18.11., 18 Nov or 2026-11-18.")
        }
        NotRead::ShortYear => format!("\"{text}\": write the year with four digits, such as 1.12.2026."),
        NotRead::NoYear => format!("\"{text}\": the year is missing. Write it with four digits, such as 14.3.1958."),
        NotRead::ShortMonth { first, days, has_year: true } => {
            format!("\"{text}\": {} {} has {days} days.", month(*first), first.format("%Y"))
        }
        NotRead::ShortMonth { first, days, has_year: false } => {
            format!(
                "\"{text}\": {} {} has {days} days. Check the day, or write the year.",
                month(*first),
                first.format("%Y")
            )
        }
        NotRead::NoSuchMonth => format!("\"{text}\": there are 12 months. Write the day first: 18.11.2026."),
        NotRead::UnknownMonth => {
            format!("\"{text}\": this month is not known. Write it in English or as a number: 1 Mar 1950 or 1.3.1950.")
        }
        NotRead::NoSuchYear => format!("\"{text}\": the year must be between {}.", years()),
        NotRead::FromStart => format!("\"{text}\": days from the start date are not counted here. Write the date."),
        NotRead::Date => format!("\"{text}\" is not a date. Write 18.11., 18 Nov 2026 or 2026-11-18."),
        NotRead::AfterToday(today) => format!("\"{text}\" is after today, {}. Check the year.", date(*today)),
        NotRead::NotAfter(day) => {
            format!("The dose due before this one was given on {}. This one must be later.", date(*day))
        }
        NotRead::Backwards => format!("\"{text}\": the last day is before the first. Write first-last."),
        NotRead::LongClosure { first, last } => {
            let days = (*last - *first).num_days() + 1;
            format!(
                "\"{text}\": from {} to {} are {days} days; at most 60 are taken. Check the order, or write the years.",
                spoken::day(*first),
                spoken::day(*last)
            )
        }
        NotRead::NotOffered => CHOOSE_AGAIN.to_owned(),
        NotRead::Blank => "This has no letter and no digit. Type at least one.".to_owned(),
        NotRead::ShortName => format!("\"{text}\" is not a name: a name has at least two letters."),
        NotRead::Hidden(c) => {
            format!("This contains an invisible character ({}). Delete it.", c.escape_unicode())
        }
        NotRead::LongText(most) => format!("This is too long: at most {most} characters are allowed."),
    }
}

fn not_read_in_short(why: &NotRead) -> String {
    let words = match why {
        NotRead::Number | NotRead::Thousands => "not a number",
        NotRead::OneOrThousand => "a thousand or a decimal?",
        NotRead::LongNumber => "too many digits",
        NotRead::Whole => "not a whole number",
        NotRead::Bound => "a bound, not a value",
        NotRead::NoUnit(_) | NotRead::UnitBegun(_) => "unit not chosen",
        NotRead::UnknownUnit => "this unit is not known",
        NotRead::OtherUnit(unit) => not_taken(*unit),
        NotRead::Order => "day or month first?",
        NotRead::ShortYear => "the year has four digits",
        NotRead::NoYear => "the year is missing",
        NotRead::ShortMonth { .. } => "there is no such day",
        NotRead::NoSuchMonth => "there is no such month",
        NotRead::UnknownMonth => "this month is not known",
        NotRead::NoSuchYear => "not a possible year",
        NotRead::FromStart => "not counted from the start",
        NotRead::Date => "not a date",
        NotRead::AfterToday(_) => "after today",
        NotRead::NotAfter(_) => "not after the dose before",
        NotRead::Backwards => "ends before it begins",
        NotRead::LongClosure { .. } => "more than 60 days",
        NotRead::NotOffered => "choose again",
        NotRead::Blank => "no letter and no digit",
        NotRead::ShortName => "a name has two letters",
        NotRead::Hidden(_) => "an invisible character",
        NotRead::LongText(_) => "too long",
    };
    words.to_owned()
}

fn not_taken(unit: OtherUnit) -> &'static str {
    match unit {
        OtherUnit::Pounds => "pounds are not taken",
        OtherUnit::Stone => "stone is not taken",
        OtherUnit::Grams => "grams are not taken",
        OtherUnit::Feet => "feet are not taken",
        OtherUnit::Inches => "inches are not taken",
        OtherUnit::Metres => "metres are not taken",
    }
}

/// Said of a choice that is no longer offered.
const CHOOSE_AGAIN: &str = "What was chosen is not offered with the other entries. Choose again.";

/// An entry that is open, as far as it is understood: "2.31 [unit not chosen]".
pub fn open(field: Field, why: &NotRead) -> String {
    match why {
        NotRead::NoUnit(number) => format!("{number} [unit not chosen]"),
        NotRead::UnitBegun(number) => format!("{number} [{}?]", one_of(&unit_labels(field))),
        _ => "[choose again]".to_owned(),
    }
}

/// What must be added to an entry that is open.
pub fn to_add(field: Field, why: &NotRead) -> String {
    match why {
        NotRead::UnitBegun(_) => format!("{}? One more letter. {}", one_of(&unit_labels(field)), write_units(field)),
        NotRead::NotOffered => CHOOSE_AGAIN.to_owned(),
        _ => write_units(field),
    }
}

/// How the units of a field are written: "Write mm for mmol/L or mg for mg/dL."
pub fn write_units(field: Field) -> String {
    let units = field.units();
    let ways: Vec<String> = units.iter().map(|it| format!("{} for {}", it.letters, it.label)).collect();
    if ways.is_empty() {
        format!("Write {}.", one_of(&unit_labels(field)))
    } else {
        format!("Write {}.", one_of(&ways))
    }
}

fn unit_labels(field: Field) -> Vec<String> {
    match field.kind() {
        Kind::Number(unit) => vec![unit.to_owned()],
        _ => field.units().into_iter().map(|it| it.label).collect(),
    }
}

/// A number with the unit that its field has: "68.5 kg", "1 month".
pub fn counted(number: Decimal, unit: &str) -> String {
    let one = match unit {
        "months" => "month",
        "days" => "day",
        "doses" => "dose",
        other => other,
    };
    format!("{number} {}", if number == Decimal::whole(1) { one } else { unit })
}

/// What follows a date of birth: the age.
pub fn age(years: u16) -> String {
    format!(", {years} {}", if years == 1 { "year" } else { "years" })
}

/// An identifier that a spreadsheet may have shortened.
pub fn damaged(identifier: &str) -> String {
    format!("{identifier} (was it shortened?)")
}

/// A value with its day.
pub fn dated(value: &str, day: NaiveDate) -> String {
    format!("{value}, {}", date(day))
}

/// A change against the plan before: "6 more".
pub fn change(by: Decimal, less: bool) -> String {
    format!("{by} {}", if less { "less" } else { "more" })
}

/// A large change against the plan before.
pub fn jump(before: Decimal, less: bool) -> String {
    format!("much {} than before ({before})", if less { "less" } else { "more" })
}

/// Days on which a clinic is closed: "Thu 24-Dec to Fri 25-Dec-2026 Christmas".
pub fn closure(closure: &Closure) -> String {
    let Closure { first, last, name } = closure;
    let days = if first == last {
        spoken::day(*first)
    } else if first.format("%Y").to_string() == last.format("%Y").to_string() {
        let first = spoken::day(*first);
        let without_year = first.rsplit_once('-').map_or(first.as_str(), |(day, _)| day);
        format!("{without_year} to {}", spoken::day(*last))
    } else {
        format!("{} to {}", spoken::day(*first), spoken::day(*last))
    };
    name.as_ref().map_or_else(|| days.clone(), |name| format!("{days} {name}"))
}

/// Why nothing was chosen.
pub fn not_chosen(why: NotChosen) -> &'static str {
    match why {
        NotChosen::NoSuchLetter => "No choice has this letter.",
        NotChosen::MarksStand => "Something is marked. Take the marks away before \"none of these\".",
    }
}

/// What is missing so that a finding can be confirmed.
pub fn not_confirmed(why: &NotConfirmed) -> &'static str {
    match why {
        NotConfirmed::NoSuchFinding => "The plan has no such finding to confirm.",
        NotConfirmed::NoName => "The name is missing.",
        NotConfirmed::ShortName => "A name has at least two letters.",
        NotConfirmed::NoReason => "The reason is missing.",
        NotConfirmed::ShortReason => "A reason has at least two words and eight letters.",
        NotConfirmed::NameAsReason => "The reason is the name again. Write why treatment is right all the same.",
    }
}

/// The sentence of the engine beside its field, with the other fields as people call them.
fn beside_the_field(unusable: &Unusable) -> String {
    if let Why::Impossible { entered, possible, meant } = &unusable.why {
        let meant = meant.and_then(|unit| Some((unit, letters_of(unit)?)));
        let meant = meant.map_or_else(String::new, |(unit, letters)| {
            format!(" On the report {unit}? Then write {} {letters}.", entered.value)
        });
        return format!("{entered} is not possible (allowed: {possible}).{meant}");
    }
    let called = |path| match path {
        "treatment.start_date" => "the start date",
        "course.last_dose" => "the last dose",
        "labs.date" => "the date of the blood test",
        "labs.calcium_date" => "the date of the calcium",
        "course.baseline_creatinine.date" => "the date of the creatinine before dose 1",
        "patient.height_cm" => "the height",
        other => other,
    };
    capital(&why_unusable(&unusable.why, called))
}

/// The letters that are enough for a unit of a laboratory value.
fn letters_of(unit: AnyUnit) -> Option<String> {
    let field = match unit {
        AnyUnit::Creatinine(_) => Field::Creatinine,
        AnyUnit::Calcium(_) => Field::Calcium,
        AnyUnit::Albumin(_) => Field::Albumin,
        AnyUnit::Years | AnyUnit::Kilograms | AnyUnit::Centimetres => return None,
    };
    field.units().into_iter().find(|it| it.label == unit.to_string()).map(|it| it.letters)
}

fn unusable_in_short(why: &Why) -> String {
    let words = match why {
        Why::Impossible { entered, .. } => match entered.unit {
            AnyUnit::Years => "not a possible age",
            AnyUnit::Kilograms | AnyUnit::Centimetres => "not possible",
            unit => return format!("not possible in {unit}"),
        },
        Why::After { .. } => "this day is too late",
        Why::NotOneOf { .. }
        | Why::IntervalNotOffered { .. }
        | Why::MonthsNotOffered { .. }
        | Why::DaysNotOffered { .. }
        | Why::DoseNotOffered { .. }
        | Why::DoseNotInRow { .. }
        | Why::DoseNotInTable { .. }
        | Why::NoRegimen { .. }
        | Why::NoRoute { .. }
        | Why::NoScheme { .. }
        | Why::DoseFixedOnDialysis { .. }
        | Why::DaysFixedOnDialysis { .. }
        | Why::FixedLength { .. }
        | Why::NotWholeUnits { .. } => "not offered",
        Why::OtherProduct { .. } => "this is another product",
        Why::NoCreatinine { .. } | Why::NoBaseline { .. } | Why::SecondCheckLacks | Why::NoProduct { .. } => "missing",
        Why::NotHeld => "the course is not on hold",
        Why::DosesGivenNotPossible { .. } => "not possible",
        Why::NotHere { .. } => "not for this drug",
        Why::WrongTumour { .. } => "not for this tumour",
        Why::WrongRoute { .. } => "not by this route",
        Why::Superseded { .. } => "no longer in use",
        Why::NeedsHeight { .. } => "the height is missing",
        Why::TooShort { .. } => "not for this height",
        Why::NeverOpen { .. } => "no open day in reach",
        Why::NoWeekday => "no weekday is open",
        Why::BeyondYears { .. } => "not a possible year",
        Why::ConfirmedTwice { .. } => "confirmed twice",
        Why::CourseOver { .. } => "the course is over",
        Why::NoDose => "no dose for this patient",
    };
    words.to_owned()
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

/// A weekday in three letters.
pub fn weekday_in_short(day: Weekday) -> &'static str {
    &weekday(day)[..3]
}

/// Allergies that nobody entered.
pub const ALLERGIES_NOT_RECORDED: &str = "not recorded";

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

/// Said when drafts are kept again after they could not be.
pub const DRAFT_KEPT: &str = "Entries are kept again if the computer crashes.";

/// Said if a draft of an earlier session cannot be continued.
pub fn draft_not_taken_up(why: &str) -> String {
    format!("These entries cannot be continued: {why}.")
}

/// Said after old drafts are deleted all at once.
pub fn drafts_cleared(deleted: usize, failed: usize) -> String {
    let drafts = |count: usize| format!("{count} {}", if count == 1 { "draft" } else { "drafts" });
    match failed {
        0 => format!("{} deleted.", drafts(deleted)),
        _ => format!("{} deleted; {} could not be deleted.", drafts(deleted), drafts(failed)),
    }
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
            ("dose of the course", " mg", text(second.course_dose_mg), text(course.map(|course| course.dose_mg)))
        }
        CheckedFigure::Baseline => ("creatinine before dose 1", "", text(second.baseline_creatinine), text(baseline)),
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
    let entries = if fields == 1 { "1 entry".to_owned() } else { format!("{fields} entries") };
    format!("{when}  {patient}  ({entries})")
}

/// The verdict while there is no plan.
pub const NOT_YET: &str = "NOT YET";
/// The verdict on a plan.
pub fn verdict(word: VerdictWord) -> &'static str {
    match word {
        VerdictWord::Ready => "READY",
        VerdictWord::Confirm => CONFIRM,
        VerdictWord::Hold => "HOLD",
        VerdictWord::Stop => "STOP",
    }
}

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
