//! The sentences that explain a figure: the formula, the formula with this patient's
//! figures, the row of the table, the rule.

use std::fmt::Display;

use chrono::NaiveDate;

use super::{
    date, one_of, quantity,
    spoken::{self, counted, day},
};
use crate::{
    plan::{CalciumGap, HoldAt, Renal},
    quantity::{
        ADJUSTED_SHARE, Albumin, AlbuminUnit, AmountRange, Bound, COCKCROFT_GAULT, CREATININE_FACTOR, Calcium,
        CalciumUnit, ClearanceRange, CockcroftGault, Creatinine, CreatinineUnit, DEVINE, Days, Decimal, Mass, Sex,
        Volume,
    },
    regimen::{Baseline, CalciumBand, Claim, Class, Kidney, Subject},
};

/// The formula of Cockcroft and Gault.
pub fn clearance_formula() -> String {
    let CockcroftGault { years, female, divisor } = COCKCROFT_GAULT;
    format!(
        "Creatinine clearance (Cockcroft and Gault, Nephron 1976;16:31) = ({years} − age) × weight in kg × {female} for a woman ÷ ({divisor} × creatinine in mg/dL). Creatinine in mg/dL is µmol/L ÷ {CREATININE_FACTOR}."
    )
}

/// The formula with the figures of this patient.
pub fn clearance_working(renal: &Renal) -> String {
    let CockcroftGault { years, female, divisor } = COCKCROFT_GAULT;
    let Renal { age_years, sex, weight_kg_used: kg, creatinine, clearance, shown, .. } = renal;
    let factor = if *sex == Sex::Female { format!(" × {female}") } else { String::new() };
    let converted = match creatinine.unit {
        CreatinineUnit::MicromolesPerLitre => format!("{creatinine} ÷ {CREATININE_FACTOR}"),
        CreatinineUnit::MilligramsPerDecilitre => creatinine.to_string(),
    };
    format!(
        "({years} − {age_years}) × {kg} kg{factor} ÷ ({divisor} × {converted}) = {clearance} mL/min, shown as {shown}."
    )
}

/// The formula with the figures of this patient, and below each figure what it is; both lines are read in columns.
pub fn clearance_in_columns(renal: &Renal) -> [String; 2] {
    let CockcroftGault { years, female, divisor } = COCKCROFT_GAULT;
    let Renal { age_years, sex, weight_kg_used: kg, creatinine, clearance, .. } = renal;
    let mut columns = Columns::default();
    columns.add(&format!("({years} − "), "");
    columns.add(&age_years.to_string(), "age");
    columns.add(") × ", "");
    columns.add(&kg.to_string(), "kg");
    if *sex == Sex::Female {
        columns.add(" × ", "");
        columns.add(&female.to_string(), "woman");
    }
    columns.add(&format!(" ÷ ({divisor} × "), "");
    columns.add(&creatinine.value.to_string(), &creatinine.unit.to_string());
    if creatinine.unit == CreatinineUnit::MicromolesPerLitre {
        columns.add(&format!(" ÷ {CREATININE_FACTOR}"), "");
    }
    columns.add(&format!(") = {clearance} mL/min"), "");
    columns.lines()
}

/// A line, and below its parts what they are called.
#[derive(Default)]
struct Columns {
    line: String,
    names: String,
}

impl Columns {
    fn add(&mut self, part: &str, name: &str) {
        if !name.is_empty() {
            let at = self.line.chars().count();
            let used = self.names.chars().count();
            // Two names never touch.
            let blanks = at.saturating_sub(used).max(usize::from(used > 0));
            self.names.push_str(&" ".repeat(blanks));
            self.names.push_str(name);
        }
        self.line.push_str(part);
    }

    fn lines(self) -> [String; 2] {
        [self.line, self.names]
    }
}

/// How the figures of a hold came about: the baseline and the rise, the baseline and the factor up to which a held course
/// resumes. A figure that a limit has capped has no such sum.
pub fn hold_working(hold: HoldAt, rules: &Baseline) -> Vec<String> {
    let HoldAt { baseline, hold_at_least, resume_at_most } = hold;
    let unit = baseline.unit;
    let rise = hold_at_least.value - baseline.value;
    let of_rule = [rules.rise_from_normal, rules.rise_from_abnormal].map(|it| it.0.in_unit(unit));
    let risen = of_rule.contains(&rise).then(|| format!("{} + {} = {hold_at_least}", baseline.value, rise.trimmed()));
    let factor = Decimal::new(i64::from(rules.resume_at_percent), 2).trimmed();
    let resumed = (baseline.value * factor == resume_at_most.value)
        .then(|| format!("{} × {factor} = {resume_at_most}", baseline.value));
    risen.into_iter().chain(resumed).collect()
}

/// The clearance, in a sentence.
pub fn clearance_is(renal: &Renal) -> String {
    format!("The clearance is {}.", renal.shown)
}

/// Said where a table has no dose for this patient.
pub const DOSE_TABLE: &str = "The dose table of the drug";
/// The title of the reason of a verdict.
pub const THIS_VERDICT: &str = "This verdict";

/// How the figures of a clearance were cut.
pub const CLEARANCE_CUT: &str =
    "The six decimals are cut off, not rounded. The clearance range is decided on the unrounded figure.";

/// The age in a clearance.
pub fn age(age: u16, on: NaiveDate, birth: NaiveDate) -> String {
    format!("Age {age}: completed years on {}, the day of the creatinine (date of birth {}).", date(on), date(birth))
}

/// The band of a clearance.
pub fn band(band: ClearanceRange) -> String {
    format!("Clearance range of this regimen: {band}.")
}

/// The weight of the scales.
pub fn actual_weight(kg: Decimal) -> String {
    format!("Weight: {kg} kg, the actual weight as entered.")
}

/// An ideal weight, with its formula.
pub fn ideal_weight(sex: Sex, height_cm: Decimal, kg: Decimal) -> String {
    let base = DEVINE.base(sex);
    format!(
        "Ideal weight (Devine 1974) = {base} kg + {} kg × (height ÷ {} cm − {}) = {base} + {} × ({height_cm} ÷ {} − {}) = {kg} kg, rounded here; the clearance is computed with the unrounded weight.",
        DEVINE.kg_per_inch,
        DEVINE.cm_per_inch,
        DEVINE.from_inches,
        DEVINE.kg_per_inch,
        DEVINE.cm_per_inch,
        DEVINE.from_inches
    )
}

/// An adjusted weight, with its formula.
pub fn adjusted_weight(ideal: Decimal, actual: Decimal, kg: Decimal) -> String {
    format!(
        "Adjusted weight = ideal + {ADJUSTED_SHARE} × (actual − ideal) = {ideal} + {ADJUSTED_SHARE} × ({actual} − {ideal}) = {kg} kg, rounded here; the clearance is computed with the unrounded weight."
    )
}

/// A weight that was asked for and not used.
pub fn weight_not_applied(asked: &str) -> String {
    format!(
        "The {asked} was requested, but the actual weight is not above the ideal weight: the actual weight was used."
    )
}

/// The formula of the albumin correction, for a calcium in this unit.
pub fn calcium_formula(unit: CalciumUnit) -> String {
    let correction = unit.albumin_correction();
    format!(
        "Corrected calcium (Payne, BMJ 1973;4:643) = total calcium in {unit} + {} × ({} − albumin in {}).",
        correction.factor, correction.from.value, correction.from.unit
    )
}

/// The correction with the figures of this patient.
pub fn calcium_working(total: Calcium, albumin: Albumin, corrected: Calcium) -> String {
    let correction = total.unit.albumin_correction();
    let converted = match (albumin.unit, correction.from.unit) {
        (AlbuminUnit::GramsPerDecilitre, AlbuminUnit::GramsPerLitre) => format!("{} × 10", albumin.value),
        (AlbuminUnit::GramsPerLitre, AlbuminUnit::GramsPerDecilitre) => format!("{} ÷ 10", albumin.value),
        (AlbuminUnit::GramsPerLitre, AlbuminUnit::GramsPerLitre)
        | (AlbuminUnit::GramsPerDecilitre, AlbuminUnit::GramsPerDecilitre) => albumin.value.to_string(),
    };
    format!(
        "{} + {} × ({} − {converted}) = {corrected}. The result is exact and corrected once.",
        total.value, correction.factor, correction.from.value
    )
}

/// A calcium that the laboratory had corrected.
pub const CORRECTED_BY_LABORATORY: &str = "The laboratory corrected it for albumin; it is not corrected again.";
/// An ionised calcium.
pub const IONISED: &str = "Ionised calcium is not corrected and never selects a dose.";

/// Why a calcium counts as not known.
pub fn calcium_gap(gap: CalciumGap) -> String {
    match gap {
        CalciumGap::NotMeasured => "No calcium is recorded.".to_owned(),
        CalciumGap::NoAlbumin => "A total calcium without an albumin cannot be corrected.".to_owned(),
        CalciumGap::Ionised => "Ionised calcium does not select a dose in hypercalcaemia.".to_owned(),
        CalciumGap::Old { limit } => format!("It is more than {limit} old on the start date."),
    }
}

/// The class of a calcium against the normal range.
pub fn calcium_class(class: &str, normal: AmountRange) -> String {
    format!("Normal range, in the unit that was entered: {normal}. The value is {class}.")
}

/// The limit of severe hypercalcaemia.
pub fn severe_from(limit: Bound<CalciumUnit>) -> String {
    format!("Severe: {}.", quantity::bound(limit))
}

/// The corrected calcium that a regimen needs.
pub fn calcium_needed(limit: Bound<CalciumUnit>) -> String {
    format!("This regimen needs a corrected calcium {}.", quantity::bound(limit))
}

/// For which patients a row of a table is.
pub fn row_condition(kidney: Option<Kidney>, calcium: Option<CalciumBand>) -> String {
    let kidney = match kidney {
        None => "whatever the clearance".to_owned(),
        Some(Kidney::Range(range)) if range.low.is_none() && range.high.is_none() => "with any clearance".to_owned(),
        Some(Kidney::Range(range)) => format!("with a clearance in the range {range}"),
        Some(Kidney::Dialysis) => "on dialysis".to_owned(),
        Some(Kidney::NotKnown) => "when the clearance is not known".to_owned(),
    };
    match calcium {
        None => kidney,
        Some(band) => format!("{kidney} and a corrected calcium {}", quantity::calcium_band(band)),
    }
}

/// What a row of the dose table gives.
pub fn row(mass: Mass, condition: &str) -> String {
    format!("The dose table gives {mass} {condition}.")
}

/// The largest dose that the row allows.
pub fn row_range(lowest: Option<Mass>, highest: Mass) -> String {
    match lowest {
        Some(lowest) => format!("The prescriber may choose {lowest} to {highest} here."),
        None => format!("The prescriber may choose up to {highest} here."),
    }
}

/// The choice of the prescriber.
pub fn asked_dose(asked: Option<&str>) -> String {
    asked.map_or_else(
        || "No dose was requested: the dose in the table is used.".to_owned(),
        |mass| format!("{mass} was requested."),
    )
}

/// A dose that is not reduced.
pub fn full_dose(full: Mass) -> String {
    format!("{full} is the full dose.")
}

/// The dose in use.
pub fn dose_in_use(mass: Mass, first: NaiveDate, baseline: &str) -> String {
    format!(
        "The dose in use, {mass}, is kept for the whole course: it was set by the creatinine of {baseline} before the first dose on {}. Today's creatinine decides only whether to continue, hold or resume.",
        date(first)
    )
}

/// At which creatinine this course is held.
pub fn hold(figures: &str) -> String {
    format!("Hold of this course: {figures}.")
}

/// The rule by which a course is held and resumed.
pub fn hold_rule(normal: &str, from_normal: &str, from_abnormal: &str, percent: u16) -> String {
    format!(
        "A course is held when creatinine has risen by at least {from_normal} from a baseline of up to {normal}, or by at least {from_abnormal} from a higher one. It resumes when creatinine is at most {percent} % of the baseline."
    )
}

/// The limit of creatinine itself.
pub fn creatinine_limit(limit: &str, stops: bool) -> String {
    let then = if stops { "no dose is planned" } else { "the dose must be confirmed" };
    format!("With a creatinine {limit} {then}, whatever the clearance.")
}

/// The largest creatinine that keeps a dose.
pub fn dose_stays(creatinine: Creatinine, now: &str) -> String {
    format!(
        "Up to and including {creatinine} it is {now}. This is the largest creatinine, with {}, at which the dose table, the creatinine limit and the course rule give this dose.",
        places(creatinine.unit)
    )
}

fn places(unit: CreatinineUnit) -> String {
    counted(i64::from(crate::quantity::limit_places(unit)), "decimal")
}

/// The remark on a dose change in a course that keeps its dose.
pub const TELLS_THE_FIRST_DOSE: &str =
    "This is the dose that a new course would get; once a course has begun, its dose is kept.";

/// The intervals of a regimen.
pub fn intervals(weeks: &[u16], default: u16) -> String {
    let words: Vec<String> = weeks.iter().map(u16::to_string).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [only] => format!("Label: every {only} weeks only."),
        words => {
            format!("Label: every {} weeks; every {default} weeks unless another is requested.", one_of(words))
        }
    }
}

/// The interval that a guideline adds.
pub fn guideline(weeks: u16) -> String {
    format!("Every {weeks} weeks is an option of a guideline, not of the label.")
}

/// The interval that was asked for.
pub fn asked_interval(weeks: Option<u16>) -> String {
    weeks.map_or_else(|| "None was requested.".to_owned(), |weeks| format!("Requested: every {weeks} weeks."))
}

/// The days between two doses of a course.
pub fn minimum_gap(gap: Days) -> String {
    format!("At least {gap} between two doses.")
}

/// Loading doses.
pub fn loading(days: &[u16], gap: Days) -> String {
    let days: Vec<String> = days.iter().map(u16::to_string).collect();
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    format!("Loading doses {} days after the first dose was given, at least {gap} apart.", spoken::all_of(&days))
}

/// Doses on consecutive days.
pub fn daily(default: u16, usual: u16, longest: u16) -> String {
    format!("{default} days unless another number is requested; usually up to {usual}, never more than {longest}.")
}

/// How often a tablet is taken.
pub fn by_row(condition: &str) -> String {
    format!("From the dose table, {condition}.")
}

/// A regimen of one dose.
pub const ONE_DOSE: &str = "One dose is planned.";

/// The days between this treatment and an earlier one.
pub fn spacing(minimum: Days, after_oral: Days) -> String {
    format!(
        "At least {minimum} between the last injected dose of a bisphosphonate or denosumab and the start; {after_oral} after a dose by mouth."
    )
}

/// The days after a certain drug.
pub fn spacing_after(drugs: &[String], class: Option<Class>, minimum: Days, confirmed_from: Option<Days>) -> String {
    let class = match class {
        Some(Class::Bisphosphonate) => "bisphosphonate",
        Some(Class::RankLigandAntibody) => "RANK ligand antibody",
        None => "drug",
    };
    let what = if drugs.is_empty() { class.to_owned() } else { spoken::one_of(drugs) };
    let confirmed = confirmed_from.map_or_else(String::new, |days| format!("; confirmed from {days}"));
    format!("After injected {what}: {minimum}{confirmed}.")
}

/// Whether a product was named.
pub fn product(named: bool) -> &'static str {
    if named { "It was requested." } else { "No product was requested: this is the usual one." }
}

/// What a product contains.
pub fn contains(mass: Mass, volume: Option<Volume>) -> String {
    volume.map_or_else(|| format!("It contains {mass}."), |volume| format!("It contains {mass} in {volume}."))
}

/// How containers are chosen.
pub const CONTAINERS: &str = "Chosen for the least waste, then for the fewest containers.";

/// A volume that the label prints.
pub fn printed(volume: Volume, mass: Mass) -> String {
    format!("The label gives {volume} for {mass}. The volume is taken from the label, not calculated.")
}

/// What the printed volume would be as a quotient.
pub fn quotient(mass: Mass, volume: Volume, content: Mass, exact: &str) -> String {
    format!("For comparison, dose ÷ strength: {mass} × {volume} ÷ {content} = {exact}.")
}

/// A volume that is computed from the strength.
pub fn from_strength(mass: Mass, volume: Volume, content: Mass, exact: &str, shown: Volume) -> String {
    format!("Dose ÷ strength: {mass} × {volume} ÷ {content} = {exact}, shown as {shown} (rounded to 0.01 mL).")
}

/// A volume that is the whole container.
pub fn whole_container(mass: Mass, volume: Volume) -> String {
    format!("The whole contents are given: {mass} in {volume}.")
}

/// What stays in a bag of which something was removed.
pub fn stays(content: Mass, volume: Volume, removed: Volume, exact: &str) -> String {
    format!("For comparison, what remains in the bag: {content} × ({volume} − {removed}) ÷ {volume} = {exact}.")
}

/// For whom an infusion is.
pub fn infusion(clearance: Option<Kidney>, tumours: &[&str]) -> String {
    let tumours = if tumours.is_empty() { String::new() } else { format!(" in {}", one_of(tumours)) };
    match clearance {
        None if tumours.is_empty() => "This infusion is for every patient on this regimen.".to_owned(),
        None => format!("This infusion is for patients{tumours}."),
        Some(kidney) => format!("This infusion is for patients {}{tumours}.", row_condition(Some(kidney), None)),
    }
}

/// Diluents.
pub fn diluents(names: &str) -> String {
    format!("Diluent: {names}, and no other.")
}

/// The pump rate.
pub fn rate(bag: Volume, minutes: u16, exact: Decimal, shown: u32) -> String {
    let minutes = counted(minutes.into(), "minute");
    let whole = exact == Decimal::whole(i64::from(shown));
    let down = if whole { String::new() } else { format!(", rounded down to {shown} mL per hour") };
    format!(
        "Bag × 60 ÷ minutes: {bag} × 60 ÷ {minutes} = {exact} mL per hour{down}. A faster rate would end the infusion before the minimum time."
    )
}

/// The largest part of a daily dose that is taken at once.
pub fn together(together: Mass) -> String {
    format!("Up to {together} is taken at one time; the rest is a second dose.")
}

/// What one tablet or capsule contains.
pub fn one_unit(mass: Mass) -> String {
    format!("Each contains {mass}; none is split to make a dose.")
}

/// A step of a dose that is stepped down.
pub fn step(by: Mass, every: Days, to: Mass) -> String {
    format!("Reduced by {by} every {every}, down to {to}.")
}

/// The length of a course.
pub fn documented(months: u16, tumour: &str) -> String {
    format!("Documented length in {tumour}: {}.", counted(months.into(), "month"))
}

/// A length that is not documented.
pub fn not_documented(default: u16) -> String {
    format!(
        "No length is documented for this tumour: {} are planned unless another length is requested.",
        counted(default.into(), "month")
    )
}

/// The length that was asked for.
pub fn asked_months(months: Option<u16>) -> String {
    months.map_or_else(
        || "No length was requested.".to_owned(),
        |months| format!("Requested: {}.", counted(months.into(), "month")),
    )
}

/// The end of a course.
pub fn course_end(first: NaiveDate, months: u16, end: NaiveDate) -> String {
    format!(
        "From {}, {} end on {}. Every dose is before that day.",
        date(first),
        counted(months.into(), "month"),
        date(end)
    )
}

/// The end of an emergency.
pub fn last_check(end: NaiveDate) -> String {
    format!("The plan ends with its last check on {}.", date(end))
}

/// The planned day of a dose.
pub fn planned(days: i64, start: NaiveDate, planned: NaiveDate) -> String {
    if days == 0 {
        return format!("Planned for {}, the first day of this plan, as requested.", day(planned));
    }
    let weeks = if days % 7 == 0 { format!(" ({})", counted(days / 7, "week")) } else { String::new() };
    format!(
        "Planned for {}: {}{weeks} after the first day of this plan, {}.",
        day(planned),
        counted(days, "day"),
        date(start)
    )
}

/// A dose that must wait for the days after the one before it.
pub fn gap_kept(days: i64, number: u16, before: NaiveDate) -> String {
    format!("{} after dose {number} on {}.", counted(days, "day"), day(before))
}

/// The days on which the clinic is closed.
pub fn closed(days: &[String]) -> String {
    format!("The clinic is closed on {}.", days.join(", "))
}

/// A day that the calendar of the clinic names as closed.
pub fn closed_date(on: NaiveDate) -> String {
    format!("{} (a closed date)", day(on))
}

/// A weekday on which the clinic is not open.
pub fn closed_weekday(on: NaiveDate) -> String {
    format!("{} (not an open weekday)", day(on))
}

/// An emergency that does not wait.
pub const EMERGENCY: &str = "Emergency treatment does not wait: closed days are ignored.";

/// A check on the day of a dose.
pub fn check_before(what: Subject, number: u16, older_than: Option<Days>) -> String {
    let what = spoken::subject(what);
    let why =
        older_than.map_or_else(String::new, |days| format!(" The entered value is more than {days} old on that day."));
    format!("Check of {what} before dose {number}, on the same day.{why}")
}

/// A check before a supply.
pub fn check_before_supply(what: Subject, number: u16) -> String {
    format!("Check of {} before supply {number}, on the same day.", spoken::subject(what))
}

/// A check some days after a dose.
pub fn check_after(what: Subject, days: u16, first: bool, from: NaiveDate) -> String {
    let which = if first { "first" } else { "last" };
    format!("Check of {} {} after the {which} dose ({}).", spoken::subject(what), Days::new(days), date(from))
}

/// A check every so many months.
pub fn check_months(what: Subject, months: u16) -> String {
    let every = counted(months.into(), "month");
    format!("Check of {} every {every}, counted from the first day of this plan.", spoken::subject(what))
}

/// A check that goes with a finding.
pub fn with_finding(message: &str) -> String {
    format!("Required by this finding: {message}")
}

/// Supplies.
pub fn supply(every: Days) -> String {
    format!(
        "Each supply lasts {every}; the last covers the remaining days. A supply on a closed day moves to the previous open day."
    )
}

/// A review.
pub fn review(also: u16, then_every: u16) -> String {
    format!(
        "On the last day before the end of the course; in a longer course after {}, and then every {}.",
        counted(also.into(), "month"),
        counted(then_every.into(), "month")
    )
}

/// The title of an item of a list: "Direction 2".
pub fn numbered(what: &str, number: usize) -> String {
    format!("{what} {number}")
}

/// What another source says.
pub fn disagreement(what: &str, applied: &Claim, other: &Claim, source: &dyn Display) -> String {
    format!("{what}: used here: {applied}; another source says {other} ({source}).")
}

/// A second check.
pub const SECOND_CHECK: &str = "A second person enters again what the plan is calculated from, without seeing the first figures; the two are compared.";

/// The reason of a confirmation, or that there is none.
pub fn finding_value(severity: &str, state: Option<bool>) -> String {
    match state {
        None => severity.to_owned(),
        Some(true) => format!("{severity}: confirmed"),
        Some(false) => format!("{severity}: open"),
    }
}
