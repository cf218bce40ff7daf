//! Every sentence a human reads, from codes and figures.
//!
//! What is written here follows the rules of safe medication writing: no trailing zero, a space before
//! the unit, "below 30" in words, dates with the month in letters, units in full.

#[cfg(feature = "cli")]
pub mod batch;
#[cfg(feature = "cli")]
pub mod command;
#[cfg(feature = "cli")]
pub mod difference;
#[cfg(feature = "cli")]
pub mod export;
mod fault;
#[cfg(feature = "cli")]
pub mod fhir;
mod finding;
#[cfg(feature = "cli")]
pub mod forecast;
mod in_short;
#[cfg(feature = "cli")]
pub mod library;
pub mod line_breaks;
#[cfg(feature = "cli")]
pub mod manual;
mod next_step;
#[cfg(feature = "pdf")]
pub mod page;
pub mod quantity;
#[cfg(feature = "cli")]
pub mod recheck;
#[cfg(feature = "cli")]
pub mod register;
pub mod spoken;
#[cfg(feature = "ward")]
pub mod store;
pub mod summary;
pub mod table;
mod unusable;
pub mod verdict;
pub mod visits;
#[cfg(feature = "cli")]
pub mod ward;
pub mod why;

use chrono::NaiveDate;

#[cfg(feature = "cli")]
pub(crate) use fault::sentence;
pub use fault::{fault, notation};
pub use finding::{finding, finding_without_dose, would_have_to_change};
pub use in_short::{Around, in_short, in_short_without_dose};
#[cfg(feature = "cli")]
pub use library::defect;
pub use next_step::{Next, next_steps};
pub use spoken::one_of;
#[cfg(feature = "cli")]
pub(crate) use unusable::not_one_of;
pub use unusable::{unusable, why_no_plan, why_unusable};

use crate::{
    json::YEARS,
    plan::{Frequency, Reduced},
    quantity::{Days, Mass},
    regimen::Code,
};

/// The years in which a date can be: "1900 and 2199".
pub(crate) fn years() -> String {
    format!("{} and {}", YEARS.start, YEARS.end - 1)
}

/// The months of the year.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The month of a date.
pub fn month(date: NaiveDate) -> &'static str {
    use chrono::Datelike;
    MONTHS[date.month0() as usize]
}

/// A date for people: 01-Dec-2026.
pub fn date(date: NaiveDate) -> String {
    use chrono::Datelike;
    format!("{:02}-{}-{}", date.day(), &month(date)[..3], date.year())
}

/// How often a dose by mouth is taken.
pub fn every(days: Days) -> String {
    match days.count() {
        1 => "once daily".to_owned(),
        2 => "every second day".to_owned(),
        7 => "once a week".to_owned(),
        n => format!("every {n} days"),
    }
}

/// How often a dose is given in a course, with its loading doses.
pub fn every_weeks(weeks: u16, loading: &[u16]) -> String {
    if loading.is_empty() {
        return format!("every {weeks} weeks");
    }
    // A label counts the first dose as day 1.
    let days: Vec<String> = loading.iter().map(|days| (days + 1).to_string()).collect();
    format!("every {weeks} weeks, with loading doses on days {}", days.join(" and "))
}

/// How often a dose is given.
pub fn frequency(frequency: &Frequency) -> String {
    match frequency {
        Frequency::EveryWeeks { weeks, loading } => every_weeks(*weeks, loading),
        Frequency::Every { days, in_two_parts: false } => every(*days),
        Frequency::Every { days, in_two_parts: true } => in_two_parts(*days),
        Frequency::DailyFor(days) => daily_for(*days),
        Frequency::Once => "once".to_owned(),
    }
}

/// How often a dose by mouth is taken that is split.
fn in_two_parts(days: Days) -> String {
    let days = if days.count() == 1 { "every day".to_owned() } else { every(days) };
    format!("{days}, in two parts")
}

/// How often a dose is given on consecutive days.
pub fn daily_for(days: u16) -> String {
    if days == 1 { "once daily for 1 day".to_owned() } else { format!("once daily for {days} days") }
}

/// A dose, with how often it is taken where that belongs to it.
pub fn dose(mass: Mass, taken: Option<Days>) -> String {
    taken.map_or_else(|| mass.to_string(), |days| format!("{mass} {}", every(days)))
}

/// Why less is given than for a normal kidney.
pub fn reduced(reduced: Reduced) -> String {
    match reduced {
        Reduced::ForKidney(kidney) => kidney.to_string(),
        Reduced::DoseInUse => "the dose in use".to_owned(),
    }
}

/// Why a plan with nothing left to confirm is not ready.
pub const SECOND_CHECK_DIFFERS: &str = "second check differs";

/// A finding in a few words, for a line of a table: "renal too low", "unusual weight".
pub fn code_in_few_words(code: Code) -> String {
    let words = match code {
        Code::BreastFeeding => "breast-feeding",
        Code::VitaminDDeficiency => "vitamin D deficiency",
        Code::MedicineAminoglycoside => "aminoglycoside",
        Code::MedicineLoopDiuretic => "loop diuretic",
        Code::MedicineCalcitonin => "calcitonin",
        Code::MedicineNephrotoxic => "nephrotoxic medicine",
        Code::MedicineNsaid => "anti-inflammatory drug",
        Code::MedicineThalidomide => "thalidomide",
        Code::MedicineAntiAngiogenic => "anti-angiogenic medicine",
        Code::MedicineEstramustine => "estramustine",
        Code::UnusualValueAge => "unusual age",
        Code::UnusualValueWeight => "unusual weight",
        Code::UnusualValueHeight => "unusual height",
        Code::UnusualValueCreatinine => "unusual creatinine",
        Code::UnusualValueCalcium => "unusual calcium",
        Code::UnusualValueAlbumin => "unusual albumin",
        Code::UnusualValueSex => "unusual sex",
        Code::UnusualValueClearance => "unusual clearance",
        Code::UnusualValueBmi => "unusual body mass index",
        Code::UsLabelNarrower => "narrower label in the US",
        // The others read as their word does, without its hyphens.
        _ => return spoken(code.as_str()),
    };
    words.to_owned()
}

/// A word of the interface as people read it: `giant-cell-tumour-of-bone` without its hyphens.
pub(crate) fn spoken(word: &str) -> String {
    word.replace('-', " ")
}

/// Said once where drafts were deleted because they had expired.
#[cfg(feature = "tui")]
pub fn drafts_expired(count: usize) -> String {
    let drafts = if count == 1 { "1 draft".to_owned() } else { format!("{count} drafts") };
    format!("{drafts} older than the ward keeps them: deleted.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::parse_date;

    #[test]
    fn dates_have_the_month_in_letters() {
        let day = |text| date(parse_date(text).expect("a date"));
        assert_eq!(day("2027-02-01"), "01-Feb-2027");
        assert_eq!(day("2027-05-09"), "09-May-2027");
    }

    #[test]
    fn how_often_is_said_as_it_is_spoken() {
        assert_eq!(every_weeks(4, &[7, 14]), "every 4 weeks, with loading doses on days 8 and 15");
        assert_eq!(every(Days::new(2)), "every second day");
    }

    #[test]
    fn a_code_reads_as_words() {
        assert_eq!(code_in_few_words(Code::RenalTooLow), "renal too low");
        assert_eq!(code_in_few_words(Code::UnusualValueWeight), "unusual weight");
        assert_eq!(code_in_few_words(Code::MedicineLoopDiuretic), "loop diuretic");
        assert_eq!(code_in_few_words(Code::VitaminDDeficiency), "vitamin D deficiency");
    }
}
