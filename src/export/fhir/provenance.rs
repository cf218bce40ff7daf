//! Who made the plan and who checked it, and by which regimen and sources.

use super::{
    Course, codes,
    element::{Concept, Identifier, Reference, elements},
};
use crate::{
    plan::SecondCheckResult,
    regimen::Citation,
    words::{fhir as words, summary},
};

elements! {
    /// Where a plan comes from.
    struct Provenance {
        id: String,
        target: Vec<Reference>,
        recorded: String,
        agent: Vec<Agent>,
        entity: Vec<Entity>,
    }

    /// Somebody or something that took part.
    struct Agent {
        r#type: Concept,
        who: Reference,
    }

    /// What a plan rests on.
    struct Entity {
        role: &'static str,
        what: Reference,
    }
}

/// Where the plan comes from. A person is named only if a name was entered; one who found other figures in the
/// second check has verified nothing.
pub(super) fn provenance(course: &Course<'_>, recorded: String, target: Vec<Reference>) -> Provenance {
    let plan = course.plan();
    let request = plan.request();
    let program = Reference::named(concat!("osteodose ", env!("CARGO_PKG_VERSION")));
    let agent = |r#type, who| Agent { r#type, who };
    let author = request.prepared_by.as_ref().map(|it| Reference::named(it.as_str().trim()));
    let agrees = plan.second_check() == SecondCheckResult::Agrees;
    let verifier = request.second_check.as_ref().filter(|_| agrees).map(|it| Reference::named(it.by.as_str().trim()));
    let people = author
        .map(|who| agent(codes::participant("author", "Author"), who))
        .into_iter()
        .chain(verifier.map(|who| agent(codes::participant("verifier", "Verifier"), who)));
    Provenance {
        id: course.ids.id(&format!("provenance {recorded}")),
        target,
        recorded,
        agent: people.chain([agent(codes::participant("assembler", "Assembler"), program)]).collect(),
        entity: std::iter::once(regimen(course)).chain(sources(course)).collect(),
    }
}

fn entity(what: Reference) -> Entity {
    Entity { role: "source", what }
}

fn regimen(course: &Course<'_>) -> Entity {
    let listed = course.dosing().listed;
    let drug = listed.drug;
    let owner = summary::owner(drug.owner.as_str(), drug.reviewed, drug.next_review);
    let path = listed.regimen.path(&drug.drug);
    let display = words::regimen(&path, listed.regimen.title.as_str(), summary::origin(listed), &owner);
    let identifier = Identifier { system: Some("urn:ietf:rfc:3986"), value: course.regimen_uri() };
    entity(Reference { identifier: Some(identifier), ..Reference::named(display) })
}

/// Where dose, infusion, interval and product stand.
fn sources(course: &Course<'_>) -> Vec<Entity> {
    let library = course.plan().library();
    let named = |citation: &Citation| {
        let title = library.source(citation.id()).map(|source| source.title.as_str());
        entity(Reference::named(words::source(citation.id(), title, citation.locator())))
    };
    course.dosing().cited().into_iter().map(named).collect()
}
