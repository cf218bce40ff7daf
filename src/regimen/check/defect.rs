//! What can be wrong with the meaning of a regimen file.

use crate::quantity::{ClearanceRange, Edge, Mass, Volume};

/// A defect; its sentence, with what would be right, stands in [`crate::wording`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the figures of the sentence in `wording`")]
pub enum Defect {
    /// No band covers the clearances beside this one.
    Gap { band: ClearanceRange, side: &'static str },
    /// Two bands cover the same clearances.
    Overlap { band: ClearanceRange, other: ClearanceRange },
    /// A dose rises as the clearance falls.
    RisingDose { dose: Mass, weaker: ClearanceRange, stronger_dose: Mass },
    /// A dose by mouth is taken more often as the clearance falls.
    RisingFrequency { weaker: ClearanceRange },
    /// No row for what is not a clearance.
    NoRowFor { kidney: &'static str },
    /// A row has neither a dose nor a stop, or both.
    DoseAndStop { has_dose: bool },
    /// A least or largest dose on the wrong side of the dose.
    RowLimits { lowest: Mass, dose: Mass, highest: Mass },
    /// A drawn-up volume does not hold the dose.
    WrongVolume { volume: Volume, dose: Mass, right: Volume },
    /// What stays in the bag does not hold the dose.
    WrongRemoval { removed: Volume, dose: Mass, right: Volume },
    /// A product of the regimen has no volume for a dose.
    NoVolume { product: String, dose: Mass },
    /// A container does not hold the dose it is given whole for.
    NotTheWhole { product: String, contains: Mass, dose: Mass },
    /// A dose that none of the products can be counted out for.
    NotCountable { dose: Mass },
    /// A product without a volume where one is needed, or with one where none is.
    ProductVolume { product: String, needed: bool },
    /// A pump rate that ends an infusion early, or is lower than it need be.
    WrongRate { rate: u16, right: u32 },
    /// The last infusion is for some patients only.
    NoInfusionForAll,
    /// An infusion where nothing is infused, or none where something is.
    InfusionMismatch { infused: bool },
    /// The default interval is not offered.
    DefaultInterval { weeks: u16 },
    /// An interval shorter than the least gap.
    ShortInterval { weeks: u16, gap: i64 },
    /// Loading doses closer than their gap, or not rising.
    Loading { day: u16, gap: i64 },
    /// Days out of order.
    DaysOrder { text: &'static str },
    /// A course of no months, or of more than can be planned.
    Months { months: u16 },
    /// More than one of interval, daily and supply.
    Timing { found: usize },
    /// By mouth without supply, frequency or intakes, or the reverse.
    ByMouth { missing: &'static str },
    /// A watched limit that is no edge of a band.
    NoEdge { limit: u16, edges: Vec<Edge> },
    /// A concern without a weight.
    Unanswered { concern: &'static str },
    /// Something that stands twice.
    Twice { what: &'static str, name: String },
    /// Something that is named and not defined.
    Undefined { what: &'static str, name: String },
    /// A source that nothing cites.
    Unused { name: String },
    /// The file's name is not the drug's.
    FileName { drug: String },
    /// A review that is due before the last one.
    ReviewOrder,
    /// A course's baseline without a creatinine.
    BaselineWithoutCreatinine,
    /// A percentage below 100.
    Percent { percent: u16 },
    /// Two drugs with the same word.
    SameDrug { drug: String, file: String },
    /// A rule for a dose by choice that cannot be followed.
    ChosenDose { text: &'static str },
}
