//! A plan as a FHIR R4 bundle, for another program: resources of exactly the kinds that are written here.
//!
//! What each of them says, and which codes are used, is in docs/exports/fhir.md.

mod care_plan;
mod codes;
mod collection;
mod element;
mod identity;
mod issue;
mod medication;
mod observation;
mod patient;
mod provenance;
#[cfg(feature = "ward")]
pub(super) mod register;
mod supply;

use serde::Serialize;

use super::{Given, Options};
use crate::{
    plan::{Dosed, Dosing, Plan},
    words::{fhir as words, summary::purpose},
};
use collection::{Collection, instant};
use element::{Annotation, Concept, Meta, Reference};
use identity::Ids;

/// The plan that is written, and what every resource of it shares.
struct Course<'p> {
    given: Given<'p>,
    ids: Ids,
}

impl<'p> Course<'p> {
    fn plan(&self) -> &'p Plan {
        self.given.plan
    }

    fn dosed(&self) -> &'p Dosed {
        self.given.dosed
    }

    fn dosing(&self) -> &'p Dosing {
        &self.given.dosed.dosing
    }

    /// A draft until everything is confirmed that must be.
    fn status(&self) -> &'static str {
        if self.given.provisional().is_some() { "draft" } else { "active" }
    }

    fn meta(&self) -> Option<Meta> {
        self.given.provisional().map(|_| Meta { tag: vec![codes::provisional()] })
    }

    /// The remarks on every part that somebody may act on.
    fn marks(&self) -> impl Iterator<Item = Annotation> {
        self.given.provisional().into_iter().chain([words::NOT_AN_ORDER.to_owned()]).map(Annotation::new)
    }

    fn patient(&self) -> Reference {
        self.ids.to("patient")
    }

    fn issues(&self) -> Vec<Reference> {
        care_plan::finding_references(self)
    }

    /// Why treatment is given.
    fn reason(&self) -> Concept {
        let (indication, tumour) = (self.plan().request().indication, self.plan().request().tumour);
        codes::reason(indication, tumour, self.dosing().listed.origin, purpose(indication, tumour))
    }

    /// The regimen and the fingerprint of all regimens, so that "by which rules?" has an answer later on.
    fn regimen_uri(&self) -> String {
        let listed = self.dosing().listed;
        let path = listed.regimen.path(&listed.drug.drug);
        format!("urn:osteodose:regimen:{path}:sha256:{}", self.plan().library().digest())
    }
}

#[derive(Serialize)]
#[serde(tag = "resourceType")]
enum Resource {
    Patient(patient::Patient),
    AllergyIntolerance(patient::AllergyIntolerance),
    Observation(Box<observation::Observation>),
    DetectedIssue(issue::DetectedIssue),
    CarePlan(Box<care_plan::CarePlan>),
    RequestGroup(Box<care_plan::RequestGroup>),
    MedicationRequest(Box<medication::MedicationRequest>),
    ServiceRequest(Box<care_plan::ServiceRequest>),
    Provenance(provenance::Provenance),
}

impl Resource {
    fn id(&self) -> &str {
        match self {
            Self::Patient(it) => &it.id,
            Self::AllergyIntolerance(it) => &it.id,
            Self::Observation(it) => &it.id,
            Self::DetectedIssue(it) => &it.id,
            Self::CarePlan(it) => &it.id,
            Self::RequestGroup(it) => &it.id,
            Self::MedicationRequest(it) => &it.id,
            Self::ServiceRequest(it) => &it.id,
            Self::Provenance(it) => &it.id,
        }
    }

    fn reference(&self) -> Reference {
        Reference { reference: Some(identity::url(self.id())), ..Reference::default() }
    }
}

/// The plan as a bundle, a key on each line.
pub(super) fn bundle(given: Given<'_>, options: &Options) -> String {
    let course = Course { given, ids: Ids::of(given.plan.request()) };
    let resources = resources(&course, &instant(options.at), options.with_name);
    Collection::of(options.at, course.meta(), resources, |resource| identity::url(resource.id())).text()
}

/// The patient, what is known, the plan with its parts in the order of their dates, and where all of it comes from.
fn resources(course: &Course<'_>, recorded: &str, with_name: bool) -> Vec<Resource> {
    let mut evidence: Vec<Resource> = Vec::new();
    evidence.extend(patient::allergy(course).map(Resource::AllergyIntolerance));
    evidence.extend(observation::observations(course).into_iter().map(|it| Resource::Observation(Box::new(it))));
    evidence.extend(issue::issues(course).into_iter().map(Resource::DetectedIssue));

    let entries = care_plan::entries(course);
    let known = evidence.iter().map(Resource::reference).collect();
    let mut planned = vec![
        Resource::CarePlan(Box::new(care_plan::care_plan(course, known))),
        Resource::RequestGroup(Box::new(care_plan::request_group(course, &entries, course.reason()))),
    ];
    for (part, entry) in &entries {
        let given = medication::request(course, part, entry);
        planned.extend(given.map(|it| Resource::MedicationRequest(Box::new(it))));
        let service = care_plan::service(course, part, entry);
        planned.extend(service.map(|it| Resource::ServiceRequest(Box::new(it))));
    }

    let computed = evidence.iter().filter(|it| matches!(it, Resource::Observation(it) if !it.derived_from.is_empty()));
    let target = planned.iter().chain(computed).map(Resource::reference).collect();
    let provenance = provenance::provenance(course, recorded.to_owned(), target);
    let mut all = vec![Resource::Patient(patient::patient(course, with_name))];
    all.extend(evidence);
    all.extend(planned);
    all.push(Resource::Provenance(provenance));
    all
}
