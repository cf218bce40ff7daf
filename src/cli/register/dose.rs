//! `osteodose ward give` and `supply`: what a patient got, with brand and batch, and who checked it.

use std::io::Write;

use clap::{Args, value_parser};

use super::{
    containers::ContainerArgs,
    course::the_hold,
    entry::{EntryArgs, Opened, dose},
    failed::refused,
    product,
    values::{self, word},
};
use crate::{
    cli::{Failure, LibraryArgs},
    json::{Text, Written},
    quantity::Decimal,
    ward::{
        drafted,
        event::{AnotherReason, Body, Container, Given, IncompleteReason, Place, Resumed, Second, Supplied, TimeOfDay},
        fold::{has_not_ended, newest_assessment},
    },
    words::{manual::exit_status, register::command as words},
};

/// What a dose and a supply have in common.
#[derive(Args)]
struct DrugArgs {
    /// Number of the dose or supply; by default the one that was assessed on that day, else the next open one
    #[arg(long, value_name = "NUMBER", conflicts_with = "not_planned")]
    dose: Option<u16>,
    /// That it is none of the plan, such as the rest of an interrupted dose
    #[arg(long)]
    not_planned: bool,
    /// What was given in mg, for a supply of one day; by default the dose of the assessment of that day, else of the plan
    #[arg(long, value_name = "MG", value_parser = values::milligrams)]
    mg: Option<Decimal>,
    /// Why another dose than planned, a brand of another product, or a supply that does not fit the dose
    #[arg(long, value_name = "REASON", value_parser = word!(AnotherReason))]
    another_because: Option<AnotherReason>,
    /// When it began, such as 09:40
    #[arg(long, value_name = "TIME", value_parser = values::time)]
    at: Option<TimeOfDay>,
    /// Product, by its word in the library
    #[arg(long, value_name = "PRODUCT", value_parser = values::text)]
    product: Option<Text>,
    #[command(flatten)]
    containers: ContainerArgs,
    /// Why brand or batch is not known
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    no_batch_because: Option<Text>,
    /// Who checked it beside the one who records it
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    second: Option<Text>,
    /// Entry of the assessment it rests on; by default the newest one of that day
    #[arg(long, value_name = "ENTRY")]
    assessed: Option<u64>,
    /// Why it was given without a go of that day
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    without_go_because: Option<Text>,
    /// Who prescribed it all the same, after a hold
    #[arg(long, value_name = "NAME", value_parser = values::name)]
    prescriber: Option<Text>,
    /// Where it was given
    #[arg(long = "where", value_name = "PLACE", value_parser = values::place(), default_value = "ward")]
    place: Place,
    /// What else there is to say
    #[arg(long, value_name = "TEXT", value_parser = values::text)]
    note: Option<Text>,
    /// Resume the course as well: the hold that is open is lifted, and both are recorded or neither
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    library: LibraryArgs,
}

/// Record that a dose was given
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Give {
    #[command(flatten)]
    entry: EntryArgs,
    #[command(flatten)]
    drug: DrugArgs,
    /// When it ended, such as 09:55
    #[arg(long, value_name = "TIME", value_parser = values::time)]
    until: Option<TimeOfDay>,
    /// Why not all of it was given, with --mg; leave it out if all was given
    #[arg(long, value_name = "REASON", value_parser = word!(IncompleteReason), requires = "mg")]
    incomplete_because: Option<IncompleteReason>,
    /// Where on the body
    #[arg(long, value_name = "SITE", value_parser = values::text)]
    site: Option<Text>,
}

/// Record that tablets or capsules were supplied
#[derive(Args)]
#[command(after_help = exit_status("ward"))]
pub(in crate::cli) struct Supply {
    #[command(flatten)]
    entry: EntryArgs,
    #[command(flatten)]
    drug: DrugArgs,
    /// How many tablets or capsules
    #[arg(long, value_name = "COUNT", value_parser = value_parser!(u32).range(1..=10_000))]
    units: u32,
    /// For how many days
    #[arg(long, value_name = "DAYS", value_parser = value_parser!(u16).range(1..=366))]
    days: u16,
}

/// What the entries before say of a dose that is recorded.
struct TakenOver {
    dose: Option<u16>,
    mg: Decimal,
    assessed: Option<u64>,
}

impl DrugArgs {
    fn taken_over(&self, opened: &Opened<'_>) -> Result<TakenOver, Failure> {
        let course = opened.course()?;
        let named = self.dose.or_else(|| drafted::dose(&opened.events, course, opened.on));
        let dose = if self.not_planned { None } else { Some(dose(course, named)?) };
        let newest = newest_assessment(&opened.events, course.number, opened.on).map(|(number, _)| number);
        let mg = self.mg.unwrap_or_else(|| drafted::dose_mg(&opened.events, course, opened.on, dose));
        Ok(TakenOver { dose, mg, assessed: self.assessed.or(newest) })
    }

    fn second(&self) -> Option<Second> {
        self.second.clone().map(|by| Second { by })
    }

    /// Opens the register, with the library that says what is taken by mouth and of which brands.
    fn open<'a>(&self, entry: &'a EntryArgs) -> Result<Opened<'a>, Failure> {
        let library = self.library.load()?;
        let mut opened = entry.open()?;
        opened.library = library;
        has_not_ended(&opened.events, opened.course()?, opened.on).map_err(|why| refused(&why))?;
        Ok(opened)
    }

    /// The containers, where they are of the product.
    fn containers(&self, opened: &Opened<'_>) -> Result<Vec<Container>, Failure> {
        let (course, containers) = (opened.course()?, self.containers.read()?);
        product::refuse_product(course, self.product.as_ref(), opened.library)?;
        if self.another_because.is_none() {
            product::refuse_brands(course, &containers, opened.library)?;
        }
        Ok(containers)
    }

    /// Records what was given or supplied, behind the end of the holds where they are lifted with it.
    fn record(&self, opened: Opened<'_>, drug: Body, out: &mut impl Write) -> Result<u8, Failure> {
        if !self.resume {
            return opened.record_in_course(drug, out);
        }
        let holds = the_hold(opened.course()?)?;
        if holds.is_empty() {
            return Err(Failure::not_usable(words::NOT_ON_HOLD));
        }
        let assessed = drug.drug().and_then(|it| it.assessed);
        let (without_go_because, prescriber) = (self.without_go_because.clone(), self.prescriber.clone());
        let resumed = Resumed { holds, assessed, without_go_because, prescriber, note: None };
        opened.record_all_in_course(vec![resumed.into(), drug], out)
    }
}

impl Give {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let opened = self.drug.open(&self.entry)?;
        let TakenOver { dose, mg, assessed } = self.drug.taken_over(&opened)?;
        let drug = &self.drug;
        let containers = drug.containers(&opened)?;
        let given = Given {
            dose,
            at: drug.at.map(Written),
            until: self.until.map(Written),
            dose_mg: mg,
            complete: self.incomplete_because.is_none(),
            because: self.incomplete_because,
            another_because: drug.another_because,
            product: drug.product.clone(),
            containers,
            no_batch_because: drug.no_batch_because.clone(),
            site: self.site.clone(),
            second: drug.second(),
            assessed,
            without_go_because: drug.without_go_because.clone(),
            prescriber: drug.prescriber.clone(),
            place: drug.place,
            note: drug.note.clone(),
        };
        drug.record(opened, given.into(), out)
    }
}

impl Supply {
    pub(super) fn run(&self, out: &mut impl Write) -> Result<u8, Failure> {
        let opened = self.drug.open(&self.entry)?;
        let TakenOver { dose, mg, assessed } = self.drug.taken_over(&opened)?;
        let drug = &self.drug;
        let containers = drug.containers(&opened)?;
        let supplied = Supplied {
            dose,
            at: drug.at.map(Written),
            dose_mg: mg,
            units: self.units,
            days: self.days,
            another_because: drug.another_because,
            product: drug.product.clone(),
            containers,
            no_batch_because: drug.no_batch_because.clone(),
            second: drug.second(),
            assessed,
            without_go_because: drug.without_go_because.clone(),
            prescriber: drug.prescriber.clone(),
            place: drug.place,
            note: drug.note.clone(),
        };
        if supplied.another_because.is_none() {
            product::refuse_amount(&opened, &supplied)?;
        }
        drug.record(opened, supplied.into(), out)
    }
}
