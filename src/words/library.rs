//! The sentence of each defect of a library: what is wrong, and what would be right.

use std::fmt;

use super::{fault, one_of, quantity};
use crate::{
    json::{Fault, printable},
    patient::Route,
    quantity::Mass,
    regimen::{Counted, Defect, Exposure, Flaw, LibraryFault, Named, Range, Side, Weight},
};

/// What is wrong, and what would be right.
#[allow(clippy::too_many_lines, reason = "one sentence for each defect, in one list")]
pub fn defect(defect: &Defect) -> String {
    match defect {
        Defect::MissingFile => "this file is missing".to_owned(),
        Defect::EmptyFile => "the file is empty; fill it in, or remove it".to_owned(),
        Defect::Misnamed { right } => format!("this is not a drug file; it must be named {right}"),
        Defect::EarlierForm { found, now } => format!(
            "the file has the earlier form {found} and this program reads {now}: write each sentence once under \
             \"statements\" and each disagreement once under \"disagreements\", with an \"id\" and what it is \
             \"about\", name the ids in the regimens, and give each container its \"kind\"; osteodose regimens show \
             prints an example"
        ),
        Defect::BlankText => "the text is empty; fill it in, or leave the key out if it is not needed".to_owned(),
        Defect::FileName { drug } => format!("the drug \"{drug}\" must be in a file named {drug}.json"),
        Defect::ReviewOrder => "the next review is on or before the last one; it must be later".to_owned(),
        Defect::Exposed(exposure) => self::exposure(*exposure),
        Defect::Twice { what, name } => format!("the {} \"{name}\" appears twice; keep one", named(*what)),
        Defect::Undefined { what, name } => {
            format!("the {} \"{name}\" is not defined; define it, or name another", named(*what))
        }
        Defect::NamedNowhere { what, name } => {
            format!("the {} \"{name}\" is named nowhere; name it in a regimen, or take it out", named(*what))
        }
        Defect::OfAnotherDrug { what, name, drug } => {
            format!("the {} \"{name}\" belongs to {drug}; write that of this drug", named(*what))
        }
        Defect::AtcForm { found } => {
            format!("\"{found}\" is not the ATC code of a substance; write all seven characters, such as \"M05BA08\"")
        }
        Defect::ClassOfAtc { class, atc, groups } => format!(
            "the class \"{}\" does not fit the ATC code {atc}, as codes of this class begin with {}; correct the class \
             or the code, if one of them is wrong",
            class.as_str(),
            one_of(groups)
        ),
        Defect::OtherStrength { mass, drug } => format!(
            "the sentence names {mass}, which is a strength of {drug} and no figure of this file; correct it, if it was \
             copied from there"
        ),
        Defect::ShippedOwner { owner } => format!(
            "this file is not the shipped one, and \"{owner}\" is responsible for that alone; write who is \
             responsible for this file"
        ),
        Defect::ShippedReview { reviewed } => format!(
            "this file is not the one that was reviewed on {}; write the day of its own review",
            super::date(*reviewed)
        ),
        Defect::Unused { name } => format!("the source \"{name}\" is cited nowhere; cite it, or remove it"),
        Defect::SourceId { id } => {
            format!("no citation can name the source \"{id}\"; use letters, digits, - and . only")
        }
        Defect::Word { wrong } => format!("the word contains {}; use a to z, 0 to 9, - and . only", character(*wrong)),
        Defect::SameDrug { drug, file } => format!("the drug \"{drug}\" is also in {file}; keep one file"),
        Defect::DrugAndOther { drug } => {
            format!(
                "{drug} is a drug of the library and is also in \"other_antiresorptives\" of limits.json; keep \
                 one"
            )
        }
        Defect::SchemeMissing { name, other } => {
            format!("{name} and {other} differ only in the scheme; give each its own scheme")
        }
        Defect::OtherProduct { product, listed } => {
            format!(
                "\"{product}\" is not among the products of this regimen; name {}, or add it to \"products\"",
                one_of(listed)
            )
        }
        Defect::NoDiluent => "a product is diluted and no diluent is named; name at least one".to_owned(),
        Defect::ForbiddenDiluent { diluent, statement } => {
            format!("the direction \"{statement}\" forbids {diluent} as a diluent; remove one of the two")
        }
        Defect::DiluentSpokenAgainst { diluent, statement } => {
            format!(
                "the direction \"{statement}\" seems to speak against {diluent} as a diluent; read the two together, and \
                 remove one if they contradict each other"
            )
        }
        Defect::NothingToCheck { needed } => {
            format!("the regimen has no \"{needed}\", and nothing is checked; add it, or remove this rule")
        }
        Defect::NoCreatinineCheck => {
            "the dose depends on the clearance and no check of creatinine is planned for every patient during treatment; \
             add one"
                .to_owned()
        }
        Defect::FixedWithoutSupply => {
            "a fixed length is for what is supplied to be taken by mouth; add a supply, or remove it".to_owned()
        }
        Defect::OutOfRange { found, least, most } => format!("{found} is not possible; it must be {least} to {most}"),
        Defect::SpacingOfAnything => {
            "the rule names no drug and no class; name one of them, or use \"minimum\"".to_owned()
        }
        Defect::ConfirmedTooLate { from, minimum } => {
            format!("{from} is not less than the {minimum} that must pass; it must be less")
        }
        Defect::NeverRaised { finding } => format!(
            "no row of a dose table raises \"{}\"; name a finding that one raises, or remove this weight",
            finding.as_str()
        ),
        Defect::ForEverybody => "neither a sex nor an age is named; name one of them, or remove the key".to_owned(),
        Defect::RatioBelowOne { ratio } => format!("{ratio} is below 1; a ratio of weights must be 1 or more"),
        Defect::FigureOutside { figure, possible } => {
            format!("{figure} lies outside what is possible ({}); it must lie inside", possible.in_unit(figure.unit))
        }
        Defect::NoBand => {
            "no band covers any clearance; add a row for every clearance, or one without \"clearance\"".to_owned()
        }
        Defect::Gap { band, side } => {
            let side = match side {
                Side::Above => "above",
                Side::Below => "below",
            };
            format!("no band covers the clearances {side} \"{band}\"; the next band must begin where this one ends")
        }
        Defect::GapOfOneFigure { at } => {
            format!(
                "no band covers a clearance of exactly {at} mL/min; let this band end with \"to {at} mL/min\", or \
                 let the one above it begin with {at} mL/min"
            )
        }
        Defect::Overlap { band, other } => {
            format!("\"{band}\" covers clearances that \"{other}\" covers too; each clearance must be in one band only")
        }
        Defect::RisingDose { dose, weaker, stronger_dose } => {
            format!(
                "{dose} for a clearance \"{weaker}\" is more than {stronger_dose} for the higher clearance above it; \
                 give at most as much"
            )
        }
        Defect::DoseBelowStop { dose, weaker } => {
            format!(
                "{dose} for a clearance \"{weaker}\", though nothing is given for the higher clearance above it; this \
                 row must stop too"
            )
        }
        Defect::RisingFrequency { weaker } => {
            format!(
                "for a clearance \"{weaker}\" the dose is taken more often than for the higher clearance above it; it \
                 may be taken at most as often"
            )
        }
        Defect::NoRowFor { kidney } => {
            format!(
                "no row says \"clearance\": \"{kidney}\", and nothing stops such plans; add the row, or a \
                 stop"
            )
        }
        Defect::NeverReached { list, before } => {
            format!("never reached: {list}[{before}] takes its patients; move this one before it, or remove it")
        }
        Defect::RowWithoutCalcium => "other rows have a calcium and this one does not; add one".to_owned(),
        Defect::NoCalciumLimit { lowest } => {
            format!(
                "no row is for a calcium below \"{lowest}\", and nothing stops it; add a calcium_limit of the same \
                 calcium"
            )
        }
        Defect::OtherCalciumLimit { needed, lowest } => {
            format!(
                "a calcium of \"{needed}\" must be reached, but the lowest row is for \"{lowest}\"; they must be the \
                 same"
            )
        }
        Defect::NoRowForUnknownCalcium => {
            "no row is for a calcium that is not known; the concern \"calcium-unknown\" must stop such plans".to_owned()
        }
        Defect::DoseAndStop { has_dose: true } => "the row has a dose and a stop; keep one of them".to_owned(),
        Defect::DoseAndStop { has_dose: false } => "the row has neither a dose nor a stop; add one of them".to_owned(),
        Defect::NoDose => "a dose of 0 mg; write a dose above 0 mg, or a stop".to_owned(),
        Defect::RowLimits { lowest, dose, highest } => {
            format!("lowest {lowest}, dose {dose} and highest {highest} must rise in this order")
        }
        Defect::NoEdge { limit, edges } if edges.is_empty() => {
            format!("{limit} mL/min is not a limit of the dose table, which has none; remove it")
        }
        Defect::NoEdge { limit, edges } => {
            let edges: Vec<String> = edges.iter().map(|edge| edge.at.to_string()).collect();
            format!("{limit} mL/min is not a limit of the dose table; its limits are {}", one_of(&edges))
        }
        Defect::ChosenWithoutVolume => {
            "a chosen dose has no printed volume; set \"volume\" to \"dose divided by strength\", or remove \
             the choice"
                .to_owned()
        }
        Defect::NoStep => "the step is 0 mg; it must be more".to_owned(),
        Defect::OffStep { mass, step, below, above } if *below == Mass::micrograms(0) => {
            format!("{mass} is not a multiple of the step of {step}; {above} would be right")
        }
        Defect::OffStep { mass, step, below, above } => {
            format!("{mass} is not a multiple of the step of {step}; {below} or {above} would be right")
        }
        Defect::SideWithoutDose => {
            "a disagreement about \"highest-dose\" says a dose on both sides and nothing else, such as \"3200 mg\""
                .to_owned()
        }
        Defect::OtherHighestDose { applied, highest: Some(highest) } => format!(
            "this disagreement says that a highest dose of {applied} is applied, and chosen_dose says {highest}; let \
             them be the same"
        ),
        Defect::OtherHighestDose { applied, highest: None } => format!(
            "this disagreement says that a highest dose of {applied} is applied, and chosen_dose has no \"highest\"; \
             add it, or leave this disagreement out"
        ),
        Defect::ChosenLimits { lowest, highest } => {
            format!("the lowest dose of {lowest} is above the highest of {highest}; it must be at most {highest}")
        }
        Defect::NothingInIt => "0 mg is not possible; write how much of the drug it contains".to_owned(),
        Defect::VolumeOfSolid { product } => {
            format!("{product} is a tablet or a capsule and has no volume; remove it")
        }
        Defect::SolutionWithoutVolume { product } => {
            format!("{product} is a solution and has no volume; add \"volume\"")
        }
        Defect::SolutionOfNoVolume => "0 mL is not possible; write the volume of the solution".to_owned(),
        Defect::SmallContainer { contains, dose, most } => {
            format!(
                "a dose of {dose} would take more than {most} containers of {contains}; write what one container \
                 contains"
            )
        }
        Defect::LargeContainer { contains, volume } => {
            format!("{contains} would be {volume} of this solution; write what one container holds")
        }
        Defect::UnusedProduct { product } => {
            format!("{product} is not used by any regimen; add it to the products of one, or remove it")
        }
        Defect::FormForRoute { product, form, route } => {
            format!(
                "{product} ({}) cannot be given by the route \"{}\"; {} is needed",
                form.as_str(),
                route.as_str(),
                needed_form(*route)
            )
        }
        Defect::VolumeForRoute { route: Route::Oral } => {
            "nothing is drawn up for an oral dose; write \"by mouth\"".to_owned()
        }
        Defect::VolumeForRoute { route } => {
            format!(
                "\"by mouth\" cannot be used for the route \"{}\"; say how the volume is determined",
                route.as_str()
            )
        }
        Defect::WrongVolume { volume, dose, right } => {
            format!("{volume} does not contain {dose} within the rounding of a label; {right} would be exact")
        }
        Defect::WrongRemoval { removed, dose, right } => {
            format!(
                "after {removed} are removed the bag does not contain {dose} within the rounding of a label; {right} \
                 would be exact"
            )
        }
        Defect::NoVolume { product, dose } => {
            format!(
                "no volume is given for {dose} from {product}; add draw_up, or remove_and_replace for a ready \
                 bag"
            )
        }
        Defect::WrongWay { product, ready: true } => {
            format!("{product} is ready to use; write remove_and_replace alone")
        }
        Defect::WrongWay { product, ready: false } => format!("{product} is drawn up; write draw_up alone"),
        Defect::VolumeWithoutDose => "a volume where no dose is given; remove it".to_owned(),
        Defect::VolumeNotPrinted => {
            "volumes are determined by the rule of \"volume\", not here; remove them".to_owned()
        }
        Defect::NotTheWhole { product, contains, dose } => {
            format!("the whole of {product} is {contains}, not {dose}; the dose must be the whole container")
        }
        Defect::NotCountable { mass, units } => {
            format!("{mass} cannot be made up from {}; choose a multiple", one_of(units))
        }
        Defect::NoFrequency => "by mouth, \"every\" must say how often the dose is taken, such as \"1 day\"".to_owned(),
        Defect::NoSupply => "by mouth, \"supply\" must say how many days one supply lasts; add it".to_owned(),
        Defect::NoDays => "0 days is not possible; at least 1 day is needed".to_owned(),
        Defect::NoIntakes => "by mouth, \"intakes\" must say when the dose is taken; add it".to_owned(),
        Defect::SupplyNotByMouth => "only oral regimens have supplies; remove it".to_owned(),
        Defect::RestOfDose { dose, together } => {
            format!(
                "a dose of {dose} is more than the {together} taken together, and nothing says when the rest is \
                 taken; add \"second\""
            )
        }
        Defect::StepUp { to, dose } => {
            format!("{to} is above the dose of {dose}; the steps must end at {dose} or below")
        }
        Defect::EmptyBag => "a bag of 0 mL is not possible; write the volume of the bag".to_owned(),
        Defect::SmallBag { bag, drawn_up } => {
            format!("{bag} is less than the {drawn_up} that are drawn up; use a larger bag")
        }
        Defect::OtherBag { bag, product, ready } => {
            format!("{bag}, but {product} is a ready-to-use bag of {ready}; they must be the same")
        }
        Defect::NoRate { bag, time } => {
            format!("{bag} over {time} is less than 1 mL per hour; shorten the time")
        }
        Defect::WrongRate { rate: 0, right } => {
            format!("0 mL per hour is not possible; {right} mL per hour would be right")
        }
        Defect::WrongRate { rate, right } if u32::from(*rate) > *right => {
            format!(
                "at {rate} mL per hour the bag is empty before the minimum time; {right} mL per hour would be right"
            )
        }
        Defect::WrongRate { rate, right } => {
            format!("{rate} mL per hour is slower than the minimum time requires; {right} mL per hour would be right")
        }
        Defect::NoInfusionForAll => {
            "the last infusion is for some patients only; end with one that has neither clearance nor tumours"
                .to_owned()
        }
        Defect::FasterForWeakKidney { time, stronger } => {
            format!("{time} for the lower clearance, but {stronger} for the higher; it must take at least as long")
        }
        Defect::InfusionMismatch { infused: true } => "intravenous without an infusion; add one".to_owned(),
        Defect::InfusionMismatch { infused: false } => "an infusion where nothing is infused; remove it".to_owned(),
        Defect::Timing { found } => {
            format!("{found} of interval, daily and supply are given; keep the one that says when doses are given")
        }
        Defect::NoGap => "a gap of 0 days allows two doses on one day; at least 1 day is needed".to_owned(),
        Defect::DefaultInterval { weeks } => {
            format!("the default of {weeks} weeks is not among the intervals in \"weeks\"; choose one of them")
        }
        Defect::ShortInterval { weeks, gap } => {
            format!(
                "an interval of {weeks} weeks is shorter than the minimum gap of {gap} days; it must be at least as \
                 long"
            )
        }
        Defect::IntervalTwice { weeks } => format!("{weeks} weeks is already an interval of \"weeks\"; remove one"),
        Defect::Loading { day, gap } => {
            format!("day {day} is less than {gap} days after the dose before it; it must be later")
        }
        Defect::LoadingWithoutDays => "loading doses without a day; add the days, or remove \"loading\"".to_owned(),
        Defect::LastLoading { day, next, latest, gap } => {
            format!(
                "the dose of day {next} needs {gap} days after the last loading dose, on day {day}; move that to \
                 day {latest} or earlier"
            )
        }
        Defect::DaysOrder => "default_days, usual_days and longest_days must rise, from 1 on".to_owned(),
        Defect::TooManyDays { days, most } => format!("{days} days cannot be planned; at most {most} can"),
        Defect::Months { months, longest } => format!("{months} months cannot be planned; 1 to {longest} can"),
        Defect::CheckWithoutDay => "nothing says when this is checked; add a key that does".to_owned(),
        Defect::Never { counted: Counted::Dose } => "0 is never; a dose is counted from 1".to_owned(),
        Defect::Never { counted: Counted::Month } => "0 is never; a month is counted from 1".to_owned(),
        Defect::BaselineWithoutCreatinine => {
            "a course with a baseline needs its creatinine: write \"required\"".to_owned()
        }
        Defect::Percent { percent, least } => {
            format!("{percent} percent of the baseline would never let a course resume; {least} or more")
        }
        Defect::NoTumour => "no tumour is named; name at least one".to_owned(),
        Defect::NoRegion => {
            "no region is named, so every plan stops; name at least one, or leave \"licence\" out".to_owned()
        }
        Defect::Unanswered { concern } => {
            format!("nothing says what \"{}\" weighs; add it as stop, confirm, note or none", concern.as_str())
        }
        Defect::HeavierWithFitTeeth => "more severe than without fit teeth; it must be at most as severe".to_owned(),
        Defect::WithoutEffect { key, concern } => {
            format!(
                "\"{key}\" has no effect on \"{}\", which is judged for every patient by its figure; take it out",
                concern.as_str()
            )
        }
        Defect::WrongUnit { found, needed } => {
            format!("the unit \"{found}\" is not read here; write the figures in {needed}")
        }
        Defect::RangeFromNothing { range } => {
            format!("{} begins at 0 or below; it must begin above 0", in_words(range))
        }
        Defect::NotInside { range, possible } => {
            let (range, possible) = (in_words(range), in_words(possible));
            format!("{range} goes beyond what is possible, {possible}; it must be inside")
        }
        Defect::TooOld { range, oldest } => {
            format!(
                "{range} goes beyond {oldest} years, where no clearance can be calculated; it must end there or \
                 earlier"
            )
        }
        Defect::LeastAge { years, adult } => {
            format!("a least age of {years} years would allow plans for children; {adult} or more is needed")
        }
        Defect::SevereBelowNormal { limit, normal } => {
            let (limit, normal) = (quantity::limit(*limit), quantity::span(*normal));
            format!("{limit} is not above the normal range, {normal}; it must be above it")
        }
        Defect::AgesOrder { earlier, earlier_days, later, later_days } => {
            format!("{later} of {later_days} is not more than {earlier} of {earlier_days}; it must be more")
        }
        Defect::LongestCourse { months, most } => format!("{months} months cannot be planned; at most {most} can"),
        Defect::DefaultCourse { months, longest } => {
            format!("a default of {months} months is not possible; 1 to {longest} are")
        }
    }
}

/// What came of proving a library: with the number of its regimens and its digest where it is sound.
pub fn proof(sound: Option<(usize, &str)>, faults: usize, warnings: usize) -> String {
    let counted = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let mut found: Vec<String> = Vec::new();
    match sound {
        Some((regimens, _)) => found.extend([counted(regimens, "regimen"), "no fault".to_owned()]),
        None => found.push(counted(faults, "fault")),
    }
    if warnings > 0 {
        found.push(counted(warnings, "warning"));
    }
    let library = sound.map_or_else(String::new, |(_, digest)| format!("; library {digest}"));
    format!("{}{library}", found.join(", "))
}

/// What has a name.
fn named(named: Named) -> &'static str {
    match named {
        Named::Antiresorptive => "antiresorptive",
        Named::Atc => "ATC code",
        Named::Brand => "brand",
        Named::ProductName => "product name",
        Named::Concern => "concern",
        Named::Container => "container",
        Named::Disagreement => "disagreement",
        Named::Drug => "drug",
        Named::Finding => "finding",
        Named::LaboratoryAges => "set of laboratory ages",
        Named::Name => "name",
        Named::Product => "product",
        Named::Regimen => "regimen",
        Named::RegimenOfThisDrug => "regimen of this drug",
        Named::Source => "source",
        Named::Statement => "statement",
        Named::Title => "title",
        Named::Tumour => "tumour",
        Named::VolumeOfProduct => "volume of",
    }
}

fn in_words(range: &Range) -> String {
    match range {
        Range::Plain(range) => range.to_string(),
        Range::Creatinine(range) => quantity::span(*range),
        Range::Calcium(range) => quantity::span(*range),
        Range::Albumin(range) => quantity::span(*range),
    }
}

/// Who besides root and the user could have written a file, and what to do about it.
pub(super) fn exposure(exposure: Exposure) -> String {
    match exposure {
        Exposure::ForeignOwner { owner, user } => format!(
            "it belongs to user {owner}, who can change it at any time (needed: root, or user {user}, who runs this \
             program); copy it, or change its owner"
        ),
        Exposure::WritableByAll { mode } => {
            format!("everybody may write to it (permissions {mode:03o}); take that away with chmod o-w")
        }
        Exposure::WritableByGroup { group, mode } => {
            format!("group {group} may write to it (permissions {mode:03o}); take that away with chmod g-w")
        }
    }
}

/// What is given by a route.
fn needed_form(route: Route) -> &'static str {
    match route {
        Route::Intravenous => "a concentrate or a ready-to-use bag",
        Route::Subcutaneous => "a vial or a syringe",
        Route::Oral => "a tablet or a capsule",
    }
}

/// A character that cannot be mistaken for another: written out where it cannot be seen.
fn character(c: char) -> String {
    let shown = printable(&c.to_string());
    if c.is_ascii() && shown.chars().count() == 1 { format!("\"{shown}\"") } else { c.escape_unicode().to_string() }
}

/// The path, what is wrong and what would be right.
pub fn message(found: &LibraryFault) -> String {
    let Fault { path, line, column, problem } = &found.fault;
    match problem {
        Flaw::Form(problem) => fault::sentence(path, *line, *column, problem),
        Flaw::Meaning(defect) => format!("{}: {}", fault::place(path), self::defect(defect)),
    }
}

impl fmt::Display for LibraryFault {
    /// One line: file, line and column, whether it is a warning, path, what is wrong and what would be right.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { line, column, problem, .. } = &self.fault;
        let file = printable(&self.file);
        if let Flaw::Meaning(defect @ Defect::Exposed(_)) = problem {
            // It is not written in the file.
            return write!(f, "{file}: {}", self::defect(defect));
        }
        let weight = if self.weight() == Weight::Warning { "warning: " } else { "" };
        write!(f, "{file}:{line}:{column}: {weight}{}", message(self))
    }
}

impl std::error::Error for LibraryFault {}
