//! The sentence of each defect of a library: what is wrong, and what would be right.

use std::fmt;

use super::fault;
use crate::regimen::{Defect, LibraryFault};

/// What is wrong, and what would be right.
pub fn defect(defect: &Defect) -> String {
    match defect {
        Defect::Gap { band, side } => {
            format!("no band covers the clearances {side} \"{band}\"; let the next band begin where this one ends")
        }
        Defect::Overlap { band, other } => {
            format!("\"{band}\" covers clearances that \"{other}\" covers too; let each clearance stand in one band")
        }
        Defect::RisingDose { dose, weaker, stronger_dose } => format!(
            "{dose} for a clearance \"{weaker}\" is more than {stronger_dose} for the better kidney above it; give at most as much"
        ),
        Defect::RisingFrequency { weaker } => {
            format!("for a clearance \"{weaker}\" the dose is taken more often than for the better kidney above it")
        }
        Defect::NoRowFor { kidney } => {
            format!("no row says \"clearance\": \"{kidney}\", and nothing stops such a plan; add the row, or stop it")
        }
        Defect::DoseAndStop { has_dose: true } => "the row has a dose and a stop; keep one of them".to_owned(),
        Defect::DoseAndStop { has_dose: false } => "the row has neither a dose nor a stop; add one of them".to_owned(),
        Defect::RowLimits { lowest, dose, highest } => {
            format!("lowest {lowest}, dose {dose} and highest {highest} must rise in this order")
        }
        Defect::WrongVolume { volume, dose, right } => {
            format!("{volume} does not hold {dose} within what a label rounds; {right} would be exact")
        }
        Defect::WrongRemoval { removed, dose, right } => {
            format!(
                "after {removed} are removed the bag does not hold {dose} within what a label rounds; {right} would be exact"
            )
        }
        Defect::NoVolume { product, dose } => {
            format!(
                "no volume says how {dose} is made from {product}; add draw_up, or remove_and_replace for a ready bag"
            )
        }
        Defect::NotTheWhole { product, contains, dose } => {
            format!("the whole of {product} is {contains}, not {dose}; give what the container holds")
        }
        Defect::NotCountable { dose } => {
            format!("{dose} cannot be counted out in any of the products; choose a multiple")
        }
        Defect::ProductVolume { product, needed: true } => {
            format!("{product} has no volume, or nothing in it; a solution needs \"contains\" and \"volume\"")
        }
        Defect::ProductVolume { product, needed: false } => {
            format!("{product} is a solution; by mouth a tablet or a capsule is needed")
        }
        Defect::WrongRate { rate, right } if u32::from(*rate) > *right => {
            format!(
                "at {rate} mL per hour the bag is empty before the minimum time; {right} mL per hour would be right"
            )
        }
        Defect::WrongRate { rate, right } => {
            format!("{rate} mL per hour is slower than the minimum time asks for; {right} mL per hour would be right")
        }
        Defect::NoInfusionForAll => {
            "the last infusion is for some patients only; end with one that has neither clearance nor tumours"
                .to_owned()
        }
        Defect::InfusionMismatch { infused: true } => "given into a vein without an infusion; add one".to_owned(),
        Defect::InfusionMismatch { infused: false } => "an infusion where nothing is infused; take it out".to_owned(),
        Defect::DefaultInterval { weeks } => {
            format!("the default of {weeks} weeks is not among the intervals in \"weeks\"; choose one of them")
        }
        Defect::ShortInterval { weeks, gap } => {
            format!(
                "an interval of {weeks} weeks is shorter than the minimum gap of {gap} days; let it be at least as long"
            )
        }
        Defect::Loading { day, gap } => {
            format!("day {day} is less than {gap} days after the dose before it; let it be later")
        }
        Defect::DaysOrder { text } => (*text).to_owned(),
        Defect::Months { months } => format!("{months} months cannot be planned; 1 to 60 can"),
        Defect::Timing { found } => {
            format!("{found} of interval, daily and supply stand here; keep the one that says when doses are given")
        }
        Defect::ByMouth { missing } => format!("by mouth, \"{missing}\" must be given and not be zero"),
        Defect::NoEdge { limit, edges } => {
            let edges: Vec<String> = edges.iter().map(|edge| edge.at.to_string()).collect();
            format!("{limit} mL/min is no limit of the dose table; its limits are {}", fault::listed(&edges))
        }
        Defect::Unanswered { concern } => {
            format!("nothing says what \"{concern}\" weighs; add it as stop, confirm, note or none")
        }
        Defect::Twice { what, name } => format!("the {what} \"{name}\" stands twice; keep one"),
        Defect::Undefined { what, name } => format!("the {what} \"{name}\" is not defined; define it, or name another"),
        Defect::Unused { name } => format!("the source \"{name}\" is cited nowhere; cite it, or take it out"),
        Defect::FileName { drug } => format!("the drug \"{drug}\" must stand in a file named {drug}.json"),
        Defect::ReviewOrder => "the next review lies on or before the last one; let it be later".to_owned(),
        Defect::BaselineWithoutCreatinine => {
            "a course with a baseline needs its creatinine: write \"required\"".to_owned()
        }
        Defect::Percent { percent } => {
            format!("{percent} percent of the baseline would never let a course resume; 100 or more")
        }
        Defect::SameDrug { drug, file } => format!("the drug \"{drug}\" stands in {file} too; keep one file"),
        Defect::ChosenDose { text } => (*text).to_owned(),
    }
}

impl fmt::Display for LibraryFault {
    /// One line: file, line and column, path, what is wrong and what would be right.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.fault.line, self.fault.column, self.fault)
    }
}

impl std::error::Error for LibraryFault {}
