//! The dose table of a drug with this patient's place in it, and how far the patient is from the next place.

use std::ptr;

use crate::{
    dosing,
    plan::{Dosing, Outcome, Plan, Reduced},
    regimen::{Code, DoseRow, Severity},
    words::{table as words, verdict as said},
};

/// A row of the dose table of a drug.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// The clearance in mL/min that it is for: "50 to 60"; "on dialysis".
    pub condition: String,
    /// "3.5 mg"; "not given".
    pub dose: String,
    /// "draw up 4.4 mL", "remove 12 mL": where a dose is planned and the table prints it.
    pub draw_up: Option<String>,
    /// Whether it is the row of this patient.
    pub is_this: bool,
}

/// The dose table of the drug, where it has more than one dose. A row with a dose is marked in a stopped plan only
/// where the table is what stops it: no dose is pointed at that must not be given.
pub fn dose_table(plan: &Plan) -> Option<Vec<TableRow>> {
    let listed = plan.listed();
    let rows = &listed.regimen.doses;
    let given = |row: &DoseRow| (row.dose.map(|it| it.0), row.every.map(|it| it.0), row.highest.map(|it| it.0));
    let first = rows.first().map(given);
    if rows.iter().all(|row| Some(given(row)) == first) {
        return None;
    }
    let marked = marked(plan);
    let dosing = match plan.outcome() {
        Outcome::Dosed(dosed) => Some(&dosed.dosing),
        Outcome::Stopped => None,
    };
    let mut table: Vec<TableRow> = rows
        .iter()
        .map(|row| TableRow {
            condition: words::condition(row.clearance.map(|it| it.0), row.calcium.map(|it| it.0)),
            dose: words::dose(row.dose.map(|it| it.0), row.every.map(|it| it.0), row.highest.map(|it| it.0)),
            draw_up: dosing.and_then(|dosing| prepared(row, dosing)),
            is_this: marked.is_some_and(|it| ptr::eq(it, row)),
        })
        .collect();
    table.extend(creatinine_row(plan));
    Some(table)
}

/// The limit of creatinine itself, where it stops the plan whatever the clearance.
fn creatinine_row(plan: &Plan) -> Option<TableRow> {
    let rule = plan.listed().regimen.creatinine_limit.as_ref().filter(|it| it.severity == Severity::Stop)?;
    let unit = plan.request().labs.creatinine?.unit;
    Some(TableRow {
        condition: words::creatinine_condition(rule.limit.0.in_unit(unit)),
        dose: words::NOT_GIVEN.to_owned(),
        draw_up: None,
        is_this: rule.limit.0.reached_by(plan.request().labs.creatinine?),
    })
}

fn prepared(row: &DoseRow, dosing: &Dosing) -> Option<String> {
    let prepare = row.prepare.iter().find(|it| it.product == dosing.product.id)?;
    let drawn = prepare.draw_up.map(|it| words::draw_up(it.0));
    drawn.or_else(|| prepare.remove_and_replace.map(|it| words::remove(it.0)))
}

/// The row that is this patient's: of a course under way the one whose dose is kept.
fn marked(plan: &Plan) -> Option<&'static DoseRow> {
    match plan.outcome() {
        Outcome::Dosed(dosed) => {
            let dosing = &dosed.dosing;
            if super::card::in_use(plan, dosing) {
                return dosing.listed.regimen.doses.iter().find(|row| row.dose.is_some_and(|it| it.0 == dosing.mass));
            }
            Some(dosing.row)
        }
        Outcome::Stopped => {
            let row = dosing::table_row(plan)?;
            let stops = |code| plan.findings().iter().any(|it| it.severity == Severity::Stop && it.code() == code);
            let by_table = stops(Code::DoseAboveRenalLimit) && !stops(Code::CreatinineTooHigh);
            (row.dose.is_none() || by_table).then_some(row)
        }
    }
}

/// How far the clearance is from the next limit, and what is given there: "5.9 above the next limit (50 mL/min: 3.3
/// mg)".
pub fn next_limit_text(plan: &Plan) -> Option<String> {
    dosing::next_limit(plan).map(words::next_limit)
}

/// At which creatinine a plan that is stopped by clearance or creatinine would not be, and how far that is from today's.
pub fn how_far(plan: &Plan) -> Option<String> {
    let now = plan.request().labs.creatinine?;
    dosing::givable_creatinine(plan).map(|givable| said::how_far(givable, now))
}

/// The creatinine values at which the dose would change, each with what is given there: ("above 102.9 µmol/L",
/// "3.3 mg").
pub fn would_change(plan: &Plan) -> Vec<(String, String)> {
    let Outcome::Dosed(dosed) = plan.outcome() else { return Vec::new() };
    let said = dosed
        .dose_changes
        .iter()
        .map(|it| (words::above(it.when_creatinine_above), words::given_above(it.dose, it.every)));
    said.collect()
}

/// Why less is given than the full dose: "Reduced: clearance 25.4 mL/min, below 30."; none where it is not.
pub fn reduction(plan: &Plan) -> Option<String> {
    let Outcome::Dosed(dosed) = plan.outcome() else { return None };
    let dosing = &dosed.dosing;
    let reduced = dosing.reduced?;
    let less_often = dosing.mass == dosing.full && matches!(reduced, Reduced::ForKidney(_));
    Some(words::reduction(reduced, less_often, plan.renal().map(|it| it.shown)))
}
