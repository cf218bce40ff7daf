//! What can be wrong with the meaning of a regimen file.

use chrono::NaiveDate;

use crate::{
    patient::Route,
    quantity::{
        AlbuminUnit, AnyUnit, CalciumUnit, ClearanceRange, Creatinine, CreatinineUnit, Days, Decimal, Edge, Limit,
        Mass, Minutes, Span, Volume,
    },
    regimen::{
        document::{Class, Form},
        exposure::Exposure,
        finding_code::{Code, Concern},
        phrase::{CalciumBand, Kidney, PlainSpan},
    },
};

/// A defect; its sentence, with what would be right, is in [`crate::words`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the figures of the sentence in `words`")]
pub enum Defect {
    // Files.
    /// A file that every library needs.
    MissingFile,
    /// A file with nothing in it.
    EmptyFile,
    /// The file of limits or of sources under another name.
    Misnamed { right: &'static str },
    /// A drug's file of an earlier form.
    EarlierForm { found: &'static str, now: &'static str },
    /// A text with nothing in it.
    BlankText,
    /// The file's name is not the drug's.
    FileName { drug: String },
    /// A review that is due before the last one.
    ReviewOrder,
    /// A file or folder that others could have written.
    Exposed(Exposure),

    // Names.
    /// A duplicate.
    Twice { what: Named, name: String },
    /// Something that is named and not defined.
    Undefined { what: Named, name: String },
    /// A statement or a disagreement that nothing names.
    NamedNowhere { what: Named, name: String },
    /// What belongs to another drug: its name, a brand, its ATC code, a name in a product or a title.
    OfAnotherDrug { what: Named, name: String, drug: String },
    /// A hospital's own file under the owner of the shipped ones.
    ShippedOwner { owner: String },
    /// A hospital's own file with the review of the shipped one.
    ShippedReview { reviewed: NaiveDate },
    /// What is no ATC code of a substance.
    AtcForm { found: String },
    /// A class that the ATC code is not of.
    ClassOfAtc { class: Class, atc: String, groups: Vec<&'static str> },
    /// A sentence that names a strength of another drug.
    OtherStrength { mass: Mass, drug: String },
    /// A source that nothing cites.
    Unused { name: String },
    /// A source that no citation can name.
    SourceId { id: String },
    /// A word of requests with a character that is easily confused or cannot be typed.
    Word { wrong: char },
    /// Two drugs with the same word.
    SameDrug { drug: String, file: String },
    /// A drug of the library that is an other antiresorptive too.
    DrugAndOther { drug: String },
    /// Two regimens of which one has no scheme.
    SchemeMissing { name: String, other: String },
    /// A product that the regimen does not list.
    OtherProduct { product: String, listed: Vec<String> },

    // The dose table.
    /// No band covers any clearance.
    NoBand,
    /// No band covers the clearances beside this one.
    Gap { band: ClearanceRange, side: Side },
    /// No band covers the figure between two of them.
    GapOfOneFigure { at: u16 },
    /// Two bands cover the same clearances.
    Overlap { band: ClearanceRange, other: ClearanceRange },
    /// A dose rises as the clearance falls.
    RisingDose { dose: Mass, weaker: ClearanceRange, stronger_dose: Mass },
    /// A dose where the better kidney gets none.
    DoseBelowStop { dose: Mass, weaker: ClearanceRange },
    /// A dose by mouth is taken more often as the clearance falls.
    RisingFrequency { weaker: ClearanceRange },
    /// No row for what is not a clearance.
    NoRowFor { kidney: Kidney },
    /// An entry behind one that takes its patients.
    NeverReached { list: &'static str, before: usize },
    /// A row without calcium among rows with one.
    RowWithoutCalcium,
    /// No row, and no stop, below the lowest calcium.
    NoCalciumLimit { lowest: CalciumBand },
    /// The calcium that must be reached is not that of the lowest row.
    OtherCalciumLimit { needed: CalciumBand, lowest: CalciumBand },
    /// A calcium that is not known has no row and does not stop.
    NoRowForUnknownCalcium,
    /// A row has neither a dose nor a stop, or both.
    DoseAndStop { has_dose: bool },
    /// A dose of nothing.
    NoDose,
    /// A least or largest dose on the wrong side of the dose.
    RowLimits { lowest: Mass, dose: Mass, highest: Mass },
    /// A watched limit that is no edge of a band.
    NoEdge { limit: u16, edges: Vec<Edge> },

    // A dose by choice.
    /// A dose by choice where the label prints volumes.
    ChosenWithoutVolume,
    /// A step of nothing.
    NoStep,
    /// A dose that is no multiple of the step.
    OffStep { mass: Mass, step: Mass, below: Mass, above: Mass },
    /// A disagreement on the highest dose of which a side is no dose.
    SideWithoutDose,
    /// A disagreement on another highest dose than the one that is applied.
    OtherHighestDose { applied: Mass, highest: Option<Mass> },
    /// The least dose by choice above the largest.
    ChosenLimits { lowest: Mass, highest: Mass },

    // Products.
    /// A product or a container of 0 mg.
    NothingInIt,
    /// A tablet or capsule with a volume.
    VolumeOfSolid { product: String },
    /// A solution without a volume.
    SolutionWithoutVolume { product: String },
    /// A solution of 0 mL.
    SolutionOfNoVolume,
    /// A container far smaller than a dose.
    SmallContainer { contains: Mass, dose: Mass, most: u32 },
    /// A container larger than any there is.
    LargeContainer { contains: Mass, volume: Volume },
    /// A product that no regimen uses.
    UnusedProduct { product: String },
    /// A product that cannot be given by the route.
    FormForRoute { product: String, form: Form, route: Route },
    /// A rule for the volume that does not go with the route.
    VolumeForRoute { route: Route },

    // Volumes.
    /// A drawn-up volume does not hold the dose.
    WrongVolume { volume: Volume, dose: Mass, right: Volume },
    /// What stays in the bag does not hold the dose.
    WrongRemoval { removed: Volume, dose: Mass, right: Volume },
    /// A product of the regimen has no volume for a dose.
    NoVolume { product: String, dose: Mass },
    /// A volume to draw up from a ready bag, or to remove from what is none.
    WrongWay { product: String, ready: bool },
    /// A volume where no dose is given.
    VolumeWithoutDose,
    /// A printed volume where volumes are found otherwise.
    VolumeNotPrinted,
    /// A container does not hold the dose it is given whole for.
    NotTheWhole { product: String, contains: Mass, dose: Mass },

    // By mouth.
    /// A dose that cannot be counted out.
    NotCountable { mass: Mass, units: Vec<String> },
    /// A dose by mouth without how often it is taken.
    NoFrequency,
    /// By mouth without a supply.
    NoSupply,
    /// 0 days where some must pass.
    NoDays,
    /// By mouth without how the dose is taken.
    NoIntakes,
    /// A supply of what is not taken by mouth.
    SupplyNotByMouth,
    /// A part of the dose that nobody says when to take.
    RestOfDose { dose: Mass, together: Mass },
    /// Steps that go up.
    StepUp { to: Mass, dose: Mass },

    // Infusions.
    /// A bag of 0 mL.
    EmptyBag,
    /// A bag smaller than what goes into it.
    SmallBag { bag: Volume, drawn_up: Volume },
    /// A ready bag of another volume.
    OtherBag { bag: Volume, product: String, ready: Volume },
    /// A time so long that the pump rate is nothing.
    NoRate { bag: Volume, time: Minutes },
    /// A pump rate that ends an infusion early, or is lower than it need be.
    WrongRate { rate: u16, right: u32 },
    /// The last infusion is for some patients only.
    NoInfusionForAll,
    /// An infusion that is faster for the weaker kidney.
    FasterForWeakKidney { time: Minutes, stronger: Minutes },
    /// Something is diluted, and nothing says in what.
    NoDiluent,
    /// A diluent that a direction of the regimen forbids.
    ForbiddenDiluent { diluent: String, statement: String },
    /// A diluent that the sentence of a direction seems to forbid.
    DiluentSpokenAgainst { diluent: String, statement: String },
    /// An infusion where nothing is infused, or none where something is.
    InfusionMismatch { infused: bool },

    // The calendar.
    /// More than one of interval, daily and supply.
    Timing { found: usize },
    /// A gap of no days.
    NoGap,
    /// The default interval is not offered.
    DefaultInterval { weeks: u16 },
    /// An interval shorter than the least gap.
    ShortInterval { weeks: u16, gap: i64 },
    /// An interval that is offered twice.
    IntervalTwice { weeks: u16 },
    /// Loading doses closer than their gap, or not rising.
    Loading { day: u16, gap: i64 },
    /// Loading doses without days.
    LoadingWithoutDays,
    /// The last loading dose too near to the dose that follows.
    LastLoading { day: u16, next: i64, latest: i64, gap: i64 },
    /// Days out of order.
    DaysOrder,
    /// More daily infusions than can be planned.
    TooManyDays { days: u16, most: u16 },
    /// A course of no months, or of more than can be planned.
    Months { months: u16, longest: u16 },
    /// A check without a day.
    CheckWithoutDay,
    /// A rule for what the regimen does not have.
    NothingToCheck { needed: &'static str },
    /// A dose that depends on the kidney, and no check of creatinine.
    NoCreatinineCheck,
    /// A fixed length of what is not taken by mouth.
    FixedWithoutSupply,
    /// A number 0 of what is counted from 1.
    Never { counted: Counted },
    /// A course's baseline without a creatinine.
    BaselineWithoutCreatinine,
    /// A number outside what is possible for it.
    OutOfRange { found: u16, least: u16, most: u16 },
    /// A rule of spacing that names no drug and no class.
    SpacingOfAnything,
    /// Days from which less is confirmed that are not fewer than the least.
    ConfirmedTooLate { from: Days, minimum: Days },
    /// A percentage below 100.
    Percent { percent: u16, least: u16 },

    // Whom it is for.
    /// A list of no tumours.
    NoTumour,
    /// A licence of no region.
    NoRegion,
    /// A concern without a weight.
    Unanswered { concern: Concern },
    /// A concern that is more severe when the teeth are fit.
    HeavierWithFitTeeth,
    /// A weight beside a finding that no row of the dose table raises.
    NeverRaised { finding: Code },
    /// A statement for some patients that leaves nobody out.
    ForEverybody,
    /// A condition that is not looked at.
    WithoutEffect { key: &'static str, concern: Concern },

    // The limits common to all drugs.
    /// A figure in another unit.
    WrongUnit { found: String, needed: AnyUnit },
    /// A range of what is never 0 that begins there.
    RangeFromNothing { range: Range },
    /// A range that reaches out of what is possible.
    NotInside { range: Range, possible: Range },
    /// An age that no formula reaches.
    TooOld { range: PlainSpan, oldest: u16 },
    /// A least age below that of an adult.
    LeastAge { years: u16, adult: u16 },
    /// A ratio below 1.
    RatioBelowOne { ratio: Decimal },
    /// A figure in one of its units outside what is possible.
    FigureOutside { figure: Creatinine, possible: Span<CreatinineUnit> },
    /// A severe calcium that is none.
    SevereBelowNormal { limit: Limit<CalciumUnit>, normal: Span<CalciumUnit> },
    /// An older value with a lower severity.
    AgesOrder { earlier: &'static str, earlier_days: Days, later: &'static str, later_days: Days },
    /// A course without end.
    LongestCourse { months: u16, most: u16 },
    /// A default length that cannot be asked for.
    DefaultCourse { months: u16, longest: u16 },
}

/// What a library gives a name to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it is")]
pub enum Named {
    Antiresorptive,
    Atc,
    Brand,
    Concern,
    Container,
    Disagreement,
    Drug,
    Finding,
    LaboratoryAges,
    Name,
    Product,
    ProductName,
    Regimen,
    RegimenOfThisDrug,
    Source,
    Statement,
    Title,
    Tumour,
    VolumeOfProduct,
}

/// A side of a band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it is")]
pub enum Side {
    Above,
    Below,
}

/// What is counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is named after what it is")]
pub enum Counted {
    Dose,
    Month,
}

/// A range of the limits common to all drugs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Range {
    /// In the one unit there is.
    Plain(PlainSpan),
    /// Of creatinine.
    Creatinine(Span<CreatinineUnit>),
    /// Of calcium.
    Calcium(Span<CalciumUnit>),
    /// Of albumin.
    Albumin(Span<AlbuminUnit>),
}

impl From<&PlainSpan> for Range {
    fn from(range: &PlainSpan) -> Self {
        Self::Plain(range.clone())
    }
}

impl From<Span<CreatinineUnit>> for Range {
    fn from(range: Span<CreatinineUnit>) -> Self {
        Self::Creatinine(range)
    }
}

impl From<Span<CalciumUnit>> for Range {
    fn from(range: Span<CalciumUnit>) -> Self {
        Self::Calcium(range)
    }
}

impl From<Span<AlbuminUnit>> for Range {
    fn from(range: Span<AlbuminUnit>) -> Self {
        Self::Albumin(range)
    }
}
