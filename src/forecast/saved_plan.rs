//! What a forecast takes from a saved plan, read with the care that a request is read with.

use chrono::NaiveDate;

use super::{Product, Treatment};
use crate::{
    json::{Fault, Faults, FromJson, Node, Object, Path, Problem, Text, vocabulary},
    patient::{Indication, Route},
    plan::{PlanStatus, known_format},
    quantity::{Decimal, Mass},
    request::Clinic,
    words::forecast as words,
};

/// A document among plans.
#[derive(Debug)]
pub enum Line {
    /// A plan.
    Plan(Box<SavedPlan>),
    /// A line of `batch` that says why there is no plan.
    Error,
}

/// Why a document is no plan that can be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// What is wrong, and where.
    Fault(Fault),
    /// A line of `batch --brief`, which names no product.
    Brief,
    /// A request, for which no plan was made yet.
    Request,
}

/// What is taken from a plan.
#[derive(Clone, Debug)]
pub struct SavedPlan {
    pub(super) patient: Option<String>,
    /// None in a stopped plan.
    pub(super) planned: Option<Planned>,
}

/// What a plan gives, and when.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) drug: String,
    pub(super) regimen: String,
    pub(super) indication: Indication,
    pub(super) route: Route,
    pub(super) frequency: String,
    pub(super) dose: Mass,
    pub(super) product: String,
    pub(super) open: Vec<(String, u32)>,
    pub(super) minutes: Option<u16>,
    pub(super) provisional: bool,
    pub(super) new_course: bool,
    pub(super) clinic: Option<Clinic>,
    pub(super) start: NaiveDate,
    pub(super) end: NaiveDate,
    pub(super) doses: Vec<DoseDay>,
    pub(super) supplies: Vec<SupplyDay>,
}

/// A dose on its day.
#[derive(Clone, Copy, Debug)]
pub(super) struct DoseDay {
    pub(super) number: u16,
    pub(super) date: NaiveDate,
    pub(super) planned: NaiveDate,
    /// Whether it is given only if a check says so.
    pub(super) conditional: bool,
}

/// Tablets or capsules handed out on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct SupplyDay {
    pub(super) date: NaiveDate,
    pub(super) units: u32,
}

impl Planned {
    /// The product, as it is counted by its tablets or capsules.
    pub(super) fn product(&self) -> Product {
        Product { drug: self.drug.clone(), product: self.product.clone(), container: None }
    }

    pub(super) fn treatment(&self) -> Treatment {
        Treatment {
            drug: self.drug.clone(),
            product: self.product.clone(),
            indication: self.indication,
            route: self.route,
            frequency: self.frequency.clone(),
            dose: self.dose,
        }
    }
}

/// Reads one document: a plan, or a line of `batch` that holds none.
///
/// # Errors
/// The first fault of the document, or what it is in the place of a plan.
pub fn read(document: &[u8]) -> Result<Line, Unread> {
    let node = Node::parse(document).map_err(Unread::Fault)?;
    let mut faults = Faults::default();
    let read = line(node, &mut faults)?;
    match read {
        Some(read) if faults.is_empty() => Ok(read),
        _ => Err(Unread::Fault(faults.into_sorted().swap_remove(0))),
    }
}

fn line(node: Node<'_>, faults: &mut Faults) -> Result<Option<Line>, Unread> {
    let Some(members) = Object::open_any(node, &Path::Root, faults) else { return Ok(None) };
    if !members.has("format") {
        if members.has("line") && members.has("error") {
            return Ok(Some(Line::Error));
        }
        if members.has("status") && members.has("doses") {
            return Err(Unread::Brief);
        }
        if members.has("patient") || members.has("treatment") {
            return Err(Unread::Request);
        }
    }
    let Some(Format) = members.member("format", faults) else { return Ok(None) };
    Ok(plan(node, &members, faults).map(|plan| Line::Plan(Box::new(plan))))
}

fn plan(node: Node<'_>, members: &Object<'_, '_>, faults: &mut Faults) -> Option<SavedPlan> {
    let status: Option<PlanStatus> = members.member("status", faults);
    let request: Option<Requested> = members.member("request", faults);
    let status = status?;
    if status == PlanStatus::Stopped {
        let patient = request?.patient.id;
        return Some(SavedPlan { patient: patient.map(|it| it.as_str().to_owned()), planned: None });
    }
    let dosing: Option<Dosing> = members.member("dosing", faults);
    let schedule: Option<Schedule> = members.member("schedule", faults);
    let (request, dosing, schedule) = (request?, dosing?, schedule?);
    let provisional = status == PlanStatus::NeedsConfirmation;
    let mut meaning = |at: &str, problem| faults.note(&Path::Key(&Path::Root, at), node.at(at), problem);
    if schedule.provisional != provisional {
        meaning("schedule", Problem::Meaning(words::other_status(status)));
    }
    if dosing.route == Route::Intravenous && dosing.preparation.minimum_minutes.is_none() {
        meaning("dosing", Problem::Meaning(words::NO_INFUSION_TIME.to_owned()));
    }
    let (doses, supplies) = entries(schedule.entries);
    if !doses.is_sorted_by(|one, next| one.date < next.date && one.number < next.number) {
        meaning("schedule", Problem::Meaning(words::DOSES_OUT_OF_ORDER.to_owned()));
    }
    let text = |text: &Text| text.as_str().to_owned();
    let open = dosing.preparation.open.iter().map(|it| (text(&it.product), it.count)).collect();
    let planned = Planned {
        drug: text(&dosing.drug),
        regimen: text(&dosing.regimen),
        indication: request.indication,
        route: dosing.route,
        frequency: text(&dosing.frequency),
        dose: dosing.dose_mg.0,
        product: text(&dosing.preparation.product),
        open,
        minutes: dosing.preparation.minimum_minutes,
        provisional,
        new_course: request.course.is_none(),
        clinic: request.clinic,
        start: schedule.start_date,
        end: schedule.end_date,
        doses,
        supplies,
    };
    Some(SavedPlan { patient: request.patient.id.as_ref().map(text), planned: Some(planned) })
}

fn entries(entries: Vec<Entry>) -> (Vec<DoseDay>, Vec<SupplyDay>) {
    let (mut doses, mut supplies) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry {
            Entry::Dose(dose) => doses.push(dose),
            Entry::Supply(supply) => supplies.push(supply),
            Entry::Other => {}
        }
    }
    (doses, supplies)
}

/// Declares an object of which only these keys are read.
macro_rules! part {
    (struct $Name:ident { $( $field:ident: $Type:ty, )+ }) => {
        struct $Name { $( $field: $Type, )+ }

        impl FromJson for $Name {
            fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
                let members = Object::open_any(node, path, faults)?;
                $( let $field = members.member(stringify!($field), faults); )+
                Some(Self { $( $field: $field?, )+ })
            }
        }
    };
}

part! {
    struct Requested {
        patient: Patient,
        indication: Indication,
        clinic: Option<Clinic>,
        course: Option<There>,
    }
}

part! {
    struct Patient {
        id: Option<Text>,
    }
}

part! {
    struct Dosing {
        regimen: Text,
        drug: Text,
        route: Route,
        dose_mg: Milligrams,
        frequency: Text,
        preparation: Preparation,
    }
}

part! {
    struct Preparation {
        product: Text,
        open: Vec<Open>,
        minimum_minutes: Option<u16>,
    }
}

part! {
    struct Open {
        product: Text,
        count: u32,
    }
}

part! {
    struct Schedule {
        start_date: NaiveDate,
        end_date: NaiveDate,
        provisional: bool,
        entries: Vec<Entry>,
    }
}

/// The form of a plan.
struct Format;

impl FromJson for Format {
    fn from_json(node: Node<'_>, _: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        known_format(node, faults).map(|()| Self)
    }
}

/// Something of which only its being there is asked.
struct There;

impl FromJson for There {
    fn from_json(_: Node<'_>, _: &Path<'_>, _: &mut Faults) -> Option<Self> {
        Some(Self)
    }
}

/// A dose, which a plan states in mg.
struct Milligrams(Mass);

impl FromJson for Milligrams {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        Mass::milligrams(Decimal::from_json(node, path, faults)?).map(Self).or_else(|| {
            faults.note(path, node, Problem::Meaning(words::no_dose(node.source())));
            None
        })
    }
}

vocabulary! {
    /// What happens on a day.
    pub enum EntryKind {
        /// A check.
        Check = "check",
        /// A dose.
        Dose = "dose",
        /// Tablets or capsules handed out.
        Supply = "supply",
        /// A review.
        Review = "review",
    }
}

enum Entry {
    Dose(DoseDay),
    Supply(SupplyDay),
    Other,
}

impl FromJson for Entry {
    fn from_json(node: Node<'_>, path: &Path<'_>, faults: &mut Faults) -> Option<Self> {
        let members = Object::open_any(node, path, faults)?;
        let date = members.member("date", faults);
        match members.member("kind", faults)? {
            EntryKind::Dose => {
                let (number, planned) = (members.member("number", faults), members.member("planned_date", faults));
                let only: Option<Option<Text>> = members.member("only", faults);
                let conditional = only?.is_some();
                Some(Self::Dose(DoseDay { number: number?, date: date?, planned: planned?, conditional }))
            }
            EntryKind::Supply => Some(Self::Supply(SupplyDay { units: members.member("units", faults)?, date: date? })),
            EntryKind::Check | EntryKind::Review => Some(Self::Other),
        }
    }
}
