//! The entries of a patient, with what all of them together say of one: its course, its plan, its strike.

use std::collections::BTreeMap;

use super::{
    super::{codes, element::Concept, element::Identifier, element::Reference, identity},
    Options, moment,
};
use crate::{
    export::register::{Reason, reason},
    saved,
    ward::{
        event::{Body, Counted, Event, Identity, Kind, Planned, What},
        fold::{self, CourseState, FoldFault, PatientState, SlotState},
        store::{Stored, Uid},
    },
};

/// The entries of a patient.
pub(super) struct Told<'o> {
    pub(super) options: &'o Options,
    pub(super) uid: Uid,
    pub(super) identity: Identity,
    /// Every entry that says something of a dose, in the order of the numbers.
    pub(super) entries: Vec<Entry>,
    pub(super) plans: Vec<Plan>,
    ward: Uid,
    state: PatientState,
    struck: BTreeMap<u64, Strike>,
    newest: u64,
}

/// An entry of a course.
pub(super) struct Entry {
    pub(super) number: u64,
    pub(super) course: u32,
    pub(super) event: Event,
    pub(super) body: Body,
}

/// A plan of a course.
pub(super) struct Plan {
    pub(super) number: u64,
    pub(super) course: u32,
    pub(super) planned: Planned,
    /// The ids of the plan's own bundle; none where the saved plan cannot be read.
    ids: Option<identity::Ids>,
}

/// The strike of an entry.
#[derive(Clone, Copy)]
struct Strike {
    number: u64,
    because: Option<Reason>,
}

impl<'o> Told<'o> {
    /// The entries of a patient; none where the patient is erased or was never registered.
    pub(super) fn of(stored: &[Stored], options: &'o Options, left_out: &mut Vec<u64>) -> Option<Self> {
        let events = Stored::events(stored);
        let state = fold::state(&events);
        let header = &stored.first()?.header;
        let (ward, uid, identity) = (header.ward, header.patient?, state.identity.clone()?);
        let newest = events.iter().map(|event| event.number).max()?;
        let mut told = Self {
            options,
            uid,
            identity,
            entries: Vec::new(),
            plans: Vec::new(),
            ward,
            state,
            struck: BTreeMap::new(),
            newest,
        };
        for event in events {
            told.take(event, left_out);
        }
        Some(told)
    }

    fn take(&mut self, event: Event, left_out: &mut Vec<u64>) {
        let number = event.number;
        let body = match &event.what {
            What::Body(body) => body.clone(),
            What::Unknown { .. } | What::Erased { .. } => return left_out.push(number),
        };
        if let Body::Struck(it) = &body {
            self.struck.entry(it.event).or_insert(Strike { number, because: reason(&body) });
        }
        if !is_of_dose(body.kind()) {
            return;
        }
        let Some(course) = event.course.filter(|course| self.state.course(*course).is_some() || is_plan(&body)) else {
            return left_out.push(number);
        };
        match body {
            Body::Planned(planned) if self.counts(number) => {
                let opened = saved::open(planned.plan.0.as_bytes()).ok();
                let ids = opened.map(|it| identity::Ids::of(&it.document.request));
                self.plans.push(Plan { number, course, planned, ids });
            }
            Body::Planned(_) => left_out.push(number),
            body => self.entries.push(Entry { number, course, event, body }),
        }
    }

    /// Whether a plan is one of its course. One for another drug, or for a course that had ended, is not.
    fn counts(&self, number: u64) -> bool {
        !self.state.faults.iter().any(|fault| match fault {
            FoldFault::OtherDrug { number: of } | FoldFault::AfterEnd { number: of, .. } => *of == number,
            _ => false,
        })
    }

    /// Whether something was recorded of the patient since the entry that is asked for.
    pub(super) fn is_new(&self) -> bool {
        self.newest >= self.options.since
    }

    /// Whether an entry is to be written: it is new, or it was struck since.
    pub(super) fn is_asked(&self, number: u64) -> bool {
        let struck = self.struck.get(&number).map(|strike| strike.number);
        number.max(struck.unwrap_or(0)) >= self.options.since
    }

    /// Why an entry was struck; none where it was not.
    pub(super) fn struck(&self, number: u64) -> Option<Concept> {
        let strike = self.struck.get(&number)?;
        Some(strike.because.map_or_else(Concept::default, |it| super::codes::reason(it, None)))
    }

    /// The id of an entry.
    pub(super) fn id(&self, number: u64) -> String {
        moment::id(self.ward, number)
    }

    /// The patient.
    pub(super) fn patient(&self) -> Reference {
        moment::to("Patient", &self.uid.to_string())
    }

    pub(super) fn course(&self, course: u32) -> Option<&CourseState> {
        self.state.course(course)
    }

    /// A dose of the plan as it stands now.
    pub(super) fn slot(&self, course: u32, dose: Option<u16>) -> Option<&SlotState> {
        self.course(course)?.slot(dose?)
    }

    /// The plan that a dose is from, or the one in force.
    pub(super) fn plan(&self, course: u32, dose: Option<u16>) -> Option<&Plan> {
        let in_force = self.course(course)?.plan_number;
        let number = self.slot(course, dose).map_or(in_force, |slot| slot.plan);
        self.plans.iter().find(|plan| plan.number == number)
    }

    /// The request for a dose: the course's request in this bundle, and the identifier that the dose has in the bundle
    /// of its plan.
    pub(super) fn request(&self, course: u32, dose: Option<u16>) -> Option<Reference> {
        let plan = self.plan(course, dose)?;
        let mut request = moment::to("MedicationRequest", &self.id(plan.number));
        request.identifier = self.slot(course, dose).and_then(|slot| plan.dose(slot)).as_deref().map(identifier);
        Some(request)
    }

    /// The drug of a course, without a package.
    pub(super) fn drug(&self, course: u32) -> Concept {
        let Some(plan) = self.course(course).map(|course| &course.plan) else { return Concept::default() };
        let name = plan.name.as_str();
        let known = self.options.library.drug(plan.drug.as_str());
        let coding = known.map_or_else(Vec::new, |(drug, _)| codes::drug(drug.atc.as_str(), name));
        Concept { coding, text: Some(name.to_owned()) }
    }
}

impl Plan {
    /// The id that a dose or a supply of this plan has in the plan's own bundle.
    fn dose(&self, slot: &SlotState) -> Option<String> {
        let of_plan = self.planned.slots.iter().find(|it| it.planned == slot.planned && slot.plan == self.number)?;
        let part = match self.planned.unit {
            Counted::Doses => "dose",
            Counted::Supplies => "supply",
        };
        self.ids.as_ref().map(|ids| ids.id(&format!("{part}-{}", of_plan.number)))
    }

    /// The plan as a whole, in its own bundle.
    pub(super) fn care_plan(&self) -> Option<Reference> {
        let id = self.ids.as_ref()?.id("care-plan");
        Some(Reference { identifier: Some(identifier(&id)), ..Reference::default() })
    }
}

fn identifier(id: &str) -> Identifier {
    Identifier { system: Some("urn:ietf:rfc:3986"), value: identity::url(id) }
}

fn is_plan(body: &Body) -> bool {
    matches!(body, Body::Planned(_))
}

/// Whether entries of a kind say something of a dose or of a course, so that they are in a bundle.
fn is_of_dose(kind: Kind) -> bool {
    match kind {
        Kind::Planned | Kind::Given | Kind::Supplied | Kind::Deferred | Kind::Omitted => true,
        // What the first of these say is in the state of a request, in the patient, or in what was struck.
        Kind::Held
        | Kind::Resumed
        | Kind::Ended
        | Kind::Registered
        | Kind::IdentityCorrected
        | Kind::Struck
        | Kind::Assessed
        | Kind::Noted
        | Kind::Erased
        | Kind::WardOpened
        | Kind::ClinicSet
        | Kind::SettingsSet
        | Kind::Anchored
        | Kind::Restored
        | Kind::Copied => false,
    }
}
