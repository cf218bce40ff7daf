//! What is said of a plan, and of the drugs that are compared.

use chrono::NaiveDate;

use super::super::screen::{Page, Screen};
use super::step_name;
use crate::{
    dosing::Preview,
    form::{Field, Step},
    plan::{CalciumClass, Finding, Outcome, Plan, Renal},
    present::Cited,
    request::{Clinic, Confirmation},
    words::{date, spoken, spoken::capital, why, would_have_to_change},
};

pub(crate) const DOSE: &str = "DOSE";
pub(crate) const CLEARANCE: &str = "Clearance";
pub(crate) const CALCIUM: &str = "Calcium";
pub(crate) const BASELINE: &str = "Baseline";
pub(crate) const TODAY: &str = "Today";
pub(crate) const HOLD_AT: &str = "HOLD at";
pub(crate) const RESUME_AT: &str = "Resume at";
pub(crate) const WHAT_NOW: &str = "What now";
pub(crate) const BASED_ON: &str = "Based on";
pub(crate) const WOULD_CHANGE: &str = "Would change the dose, before the first dose only";
pub(crate) const WOULD_HAVE_TO_CHANGE: &str = "What would have to change";
pub(crate) const A_STOP_STANDS: &str = "A stop cannot be overridden here. What is wrong in it can be corrected: e.";
pub(crate) const OPEN_ENTRIES: &str = "Open or wrong";
pub(crate) const NOTHING_FOUND: &str = "Nothing was found.";
pub(crate) const CONFIRMATIONS: &str = "Confirmed";
pub(crate) const DIRECTIONS: &str = "Directions";
pub(crate) const ENTERED_BY: &str = "Entered by";
pub(crate) const SECOND_CHECK_LABEL: &str = "Second check";
pub(crate) const COURSE: &str = "Course";
pub(crate) const CLINIC: &str = "Clinic";
pub(crate) const PRODUCT: &str = "Product";
pub(crate) const FROM_WARD: &str = "  (from the ward)";
pub(crate) const FROM_WARD_AND_TYPED: &str = "  (those of the ward, and as typed)";
pub(crate) const NO_DOSE: &str = "no dose";
pub(crate) const NO_DATES: &str = "No dates: the plan is stopped, so nothing is planned.";
pub(crate) const NONE_MOVED: &str = "No visit had to be moved.";
pub(crate) const SOME_MOVED: &str = "A visit on a closed day is moved; its row says from where and why.";
pub(crate) const TO_DO: &str = "To do";
pub(crate) const TO_CHECK: &str = "k second check";
pub(crate) const TO_SAVE: &str = "s save";
pub(crate) const NOTHING_TO_DO: &str = "Nothing is left to do.";
pub(crate) const NOT_CONFIRMED_YET: &str = "Not confirmed yet.";
/// Said of a confirmation whose finding has changed.
pub(crate) const CHANGED_SINCE: &str = "This was confirmed for other figures. It must be confirmed again.";
/// Said of a number that was not read in a source.
pub(crate) const UNVERIFIED: &str = "Unverified: not read in an authoritative source. Check it against your label.";
pub(crate) const TABLE_OF_DRUG: &str = "The table of the drug";
/// Heads of the comparison.
pub(crate) const DRUG_COLUMNS: [&str; 5] = ["Verdict", "Drug and route", "DOSE", "Of full", "How often"];
/// Heads of the visits.
pub(crate) const VISIT_COLUMNS: [&str; 5] = ["Visit", "Day", "DOSE", "First check", "HOLD at"];
pub(crate) const SAME: &str = "full";
pub(crate) const END_OF_COMPARISON: &str =
    "End of the list. The order is: can, confirm, cannot. It is not a recommendation.";

pub(crate) const CONFIRM_TITLE: &str = "Confirm";
pub(crate) const WHO: &str = "Who takes responsibility?";
pub(crate) const WHY_RIGHT: &str = "Why is treatment right all the same?";
pub(crate) const CONFIRMS: &str = "confirm this";
/// Said where the key that asks would leave, and nothing is kept.
pub(crate) const NOT_BY_THE_SAME_KEY: &str = "No draft is kept. s saves, q quits and the entries are LOST, Esc stays.";
/// Said where one would leave with settings of the ward that are not saved.
pub(crate) const WARD_IS_NOT_SAVED: &str = "These settings are not saved. s in the last row saves, Esc leaves them.";
/// Said when a confirmation is taken back.
pub(crate) const WITHDRAWN: &str = "Taken back. The finding is open again, and must be confirmed by name.";
/// Said when letters are typed on where only the act has a letter.
pub(crate) const TYPED_ON: &str = "What you type goes on in the reason. Enter leads to the last row again.";
pub(crate) const C_CONFIRMS: &str = "In the last row c confirms; Enter does nothing there.";
pub(crate) const SECOND_CHECK_TITLE: &str = "Second check";
pub(crate) const SECOND_CHECK_ASKS: &str = "You are the second person. Enter these from the patient's own record.";
pub(crate) const K_COMPARES: &str = "In the last row k compares; Enter does nothing there.";
pub(crate) const SECOND_CHECK_NOW: [&str; 3] = [
    "Both look at the record again, or measure again.",
    "Correct the first entry (e) if that one was wrong, or repeat the second check (k) if the second one was wrong.",
    "Neither figure is taken by itself: until they agree, do not give.",
];

/// What is open while there is no plan.
pub(crate) fn not_yet(wrong: &[(Step, Field)], open: &[(Step, Field)]) -> String {
    let first = |fields: &[(Step, Field)]| {
        let named: Vec<_> = fields.iter().take(2).map(|(_, field)| field.label()).collect();
        named.join(", ")
    };
    match (wrong.len(), open.len()) {
        (0, 0) => "Nothing can be computed yet.".to_owned(),
        (0, 1) => format!("1 entry is open: {}.", first(open)),
        (0, count) => format!("{count} entries are open. The next: {}.", first(open)),
        (1, _) => format!("1 entry cannot be used: {}. Nothing was changed or left out.", first(wrong)),
        (count, _) => {
            format!("{count} entries cannot be used. Nothing was changed or left out. The next: {}.", first(wrong))
        }
    }
}

/// The clearance in a few words.
pub(crate) fn clearance_in_short(preview: &Preview, plan: Option<&Plan>) -> String {
    let renal = plan.map_or(preview.renal.as_ref(), Plan::renal);
    renal.map_or_else(|| "not known yet".to_owned(), |renal| renal.shown.to_string())
}

/// The clearance as a sentence of the comparison.
pub(crate) fn clearance_shown(renal: &Renal) -> String {
    format!("{CLEARANCE} {}", renal.shown)
}

/// Its working.
pub(crate) fn clearance_working(renal: &Renal) -> String {
    why::clearance_working(renal)
}

/// The calcium from what is entered so far.
pub(crate) fn calcium_now(preview: &Preview, plan: Option<&Plan>) -> String {
    let (corrected, class) = plan.map_or((preview.corrected_calcium, preview.calcium_class), |plan| {
        (plan.calcium().corrected, plan.calcium().class)
    });
    match corrected {
        Some(calcium) => format!("{calcium}, corrected: {}", class.as_str()),
        None if class == CalciumClass::Unknown => "not known yet".to_owned(),
        None => format!("ionised: {}", class.as_str()),
    }
}

/// What is compared: how many drugs, by which clearance, and from today where no first day is entered.
pub(crate) fn compared(count: usize, preview: &Preview, assumed: &str) -> String {
    if count == 0 {
        return String::new();
    }
    let drugs = if count == 1 { "1 drug".to_owned() } else { format!("{count} drugs") };
    let clearance = preview.renal.as_ref().map_or_else(String::new, |renal| format!(". Clearance {}", renal.shown));
    format!("{drugs}{clearance}{assumed}")
}

/// The first day, where none is entered.
pub(crate) fn assumed(day: NaiveDate, today: NaiveDate) -> String {
    if day == today {
        format!(", with today, {}, as the first day", date(day))
    } else {
        format!(", with {} as the first day", date(day))
    }
}

/// The full dose, where a reduced one stands beside it.
pub(crate) fn of_full(full: &str) -> String {
    format!("of {full}")
}

/// The number of a page of the plan and its name, with how much is to be confirmed.
pub(crate) fn tab(page: Page, to_confirm: usize) -> String {
    let count = if to_confirm == 0 { String::new() } else { format!(" ?{to_confirm}") };
    format!("{} {}{count}", page.index() + 1, page_name(page))
}

/// The name of a page of the plan.
pub(crate) fn page_name(page: Page) -> &'static str {
    match page {
        Page::Card => "Card",
        Page::Findings => "Findings",
        Page::Dates => "Dates",
        Page::Why => "Why",
        Page::Checks => "Checks",
    }
}

/// From where something is asked.
pub(crate) fn asked_from(screen: Screen) -> String {
    match screen {
        Screen::Plan(page) => format!("asked from {}", page_name(page)),
        other => format!("asked from {}", step_name(other.step())),
    }
}

/// Said where something is asked from the dialog of a confirmation.
pub(crate) const ASKED_FROM_CONFIRM: &str = "asked from Confirm";

/// Which drug of the comparison is asked about.
pub(crate) fn asked_of(name: &str) -> String {
    format!("asked of {name}")
}

/// The title of an answer.
pub(crate) fn why_from(from: &str) -> String {
    format!("Why? {from}")
}

/// The title of a question.
pub(crate) fn why_title(title: &str) -> String {
    format!("Why: {title}")
}

/// The place of a question among all.
pub(crate) fn place_in(at: usize, all: usize) -> String {
    format!("question {at} of {all}")
}

/// The table of a drug.
pub(crate) fn table_of(drug: &str) -> String {
    format!("What it would mean, for {drug}")
}

/// A source with its place.
pub(crate) fn source(cited: &Cited) -> String {
    let locator = if cited.locator.is_empty() { String::new() } else { format!(", {}", cited.locator) };
    format!("Source: {} ({}){locator}", cited.title, cited.id)
}

/// What another source says.
pub(crate) fn other_source(other: &str) -> String {
    format!("Sources disagree: {other}")
}

/// A dose that was entered.
pub(crate) fn dose(dose: &str) -> String {
    format!("dose {dose}")
}

/// Two facts of one step.
pub(crate) fn together(first: &str, second: &str) -> String {
    format!("{first}, {second}")
}

/// A finding in a few words.
pub(crate) fn finding_in_few_words(finding: &Finding) -> String {
    crate::words::code_in_few_words(finding.code())
}

/// What is left to confirm.
pub(crate) fn to_confirm(first: &str, count: usize) -> String {
    match count {
        1 => format!("c confirm: {first}"),
        _ => format!("c confirm: {first}, and {} more", count - 1),
    }
}

/// Something that must be confirmed once the stop is settled.
pub(crate) fn also_to_confirm(finding: &str) -> String {
    format!("Also to confirm: {finding}")
}

/// What would have to change for a finding to stop the plan no longer; none where the finding itself says it.
pub(crate) fn must_change(finding: &Finding) -> Option<String> {
    let change = would_have_to_change(&finding.evidence);
    (!change.ends_with(&finding.to_string())).then_some(change)
}

/// Who confirmed a finding, and why.
pub(crate) fn confirmed_by(confirmation: &Confirmation) -> String {
    format!("Confirmed by {}: {}", confirmation.by, confirmation.reason)
}

/// Said of a confirmation.
pub(crate) fn confirmed(by: &str) -> String {
    format!("Confirmed by {by}.")
}

/// What the letter of the last row does.
pub(crate) fn confirms(by: &str) -> String {
    format!("{by} confirms this")
}

/// Where a finding comes from in the entries.
pub(crate) fn entered_in(field: Field, step: Step) -> String {
    format!("Entered in {}: {}.", step_name(step), field.label())
}

/// How many findings there are.
pub(crate) fn findings_counted(stops: usize, open: usize, notes: usize) -> String {
    let many = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    };
    let stops = if stops == 0 { String::new() } else { format!("{}, ", many(stops, "stop")) };
    format!("{stops}{open} to confirm, {}.", many(notes, "note"))
}

/// Drug and dose for a dialog.
pub(crate) fn drug_and_dose(drug: &str, dose: &str) -> String {
    format!("{drug}     {DOSE} {dose}")
}

/// The drug of the second check, which is not asked.
pub(crate) fn drug_of_second_check(drug: &str) -> String {
    format!("  Drug             {drug}, as prescribed")
}

/// What came of the second check, beside its label.
pub(crate) fn second_check_said(plan: &Plan, begun: bool) -> String {
    let said = super::second_check(plan, begun);
    let said = said.strip_prefix("Second check").unwrap_or(&said);
    said.trim_start_matches([':', ' ']).to_owned()
}

/// What a second check still needs.
pub(crate) fn second_check_needs(field: Field) -> String {
    format!("Nothing is compared yet. Missing or wrong: {}.", field.label())
}

/// How many entries are open.
pub(crate) fn open_count(count: usize) -> String {
    format!("Open: {count}")
}

/// What a change of the dose leads to.
pub(crate) fn then(dose: &str) -> String {
    format!("then {dose}")
}

/// From when to when, and how many visits.
pub(crate) fn visits_from_to(count: usize, first: NaiveDate, last: NaiveDate) -> String {
    let visits = if count == 1 { "1 visit".to_owned() } else { format!("{count} visits") };
    format!("{visits} from {} to {}", spoken::day(first), spoken::day(last))
}

/// A visit by its number and its day.
pub(crate) fn visit(number: Option<u16>, day: NaiveDate) -> String {
    match number {
        Some(number) => format!("Visit {number}, {}", spoken::day(day)),
        None => spoken::day(day),
    }
}

/// How long after the visit before.
pub(crate) fn days_after(days: i64, before: Option<u16>) -> String {
    let days = if days == 1 { "1 day".to_owned() } else { format!("{days} days") };
    before.map_or_else(|| format!("{days} after the visit before"), |number| format!("{days} after visit {number}"))
}

/// What is checked first.
pub(crate) fn first(check: &str) -> String {
    let check = capital(check);
    if check.ends_with("done") { check } else { format!("{check} first") }
}

/// The value at which a dose is held.
pub(crate) fn hold_at(at: &str) -> String {
    format!("{HOLD_AT} {at}")
}

/// The value at which each dose is held before which it is checked.
pub(crate) fn hold_at_each(at: &str) -> String {
    format!("{HOLD_AT} {at}, at each visit at which this value is checked first.")
}

/// The course in a few words.
pub(crate) fn course_in_short(plan: &Plan) -> String {
    let begun = if plan.request().course.is_some() { "under way" } else { "new" };
    match plan.outcome() {
        Outcome::Dosed(dosed) => {
            let often = crate::words::frequency(&dosed.dosing.frequency);
            let months = dosed.schedule.months.map_or_else(String::new, |months| format!(", {months} months"));
            format!("{begun}, {often}{months}")
        }
        Outcome::Stopped => begun.to_owned(),
    }
}

/// When the clinic is open, in a few words.
pub(crate) fn clinic_in_short(clinic: Option<&Clinic>) -> String {
    let Some(clinic) = clinic else { return "open every day".to_owned() };
    let days = clinic.open_weekdays.as_ref().map_or_else(
        || "open every day".to_owned(),
        |days| {
            let days: Vec<&str> = days.iter().map(|day| super::weekday_in_short(*day)).collect();
            format!("open {}", days.join(", "))
        },
    );
    match clinic.closed_dates.len() {
        0 => days,
        1 => format!("{days}; closed on {}", date(clinic.closed_dates[0])),
        count => format!("{days}; closed on {count} days"),
    }
}
