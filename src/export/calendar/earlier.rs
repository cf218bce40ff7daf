//! A saved plan whose calendar is replaced: which events it has, as it was written, whatever the rules are now.

use super::uid::{Course, Mark, uids};
use crate::{
    export::Refused,
    json::Text,
    plan::document::PlanDocument,
    request::Patient,
    saved::{NoPlan, open},
    words::spoken::NOT_RECORDED,
};

/// The version that named events without the date of birth.
const FIRST_PROGRAM: &str = "osteodose 0.1.0";

/// An event of an earlier calendar.
pub(super) struct NamedEvent {
    /// Its name.
    pub(super) uid: String,
    /// The name that version 0.1.0 gave it, where that version made the plan.
    pub(super) first_uid: Option<String>,
    pub(super) mark: Mark,
}

/// A saved plan whose calendar is replaced. The plan is not made again: with other rules it could have other dates
/// than those in the calendar.
#[derive(Clone, Debug)]
pub struct Earlier {
    plan: PlanDocument<'static>,
    regimen: String,
    entries: Vec<Mark>,
}

impl Earlier {
    /// Reads a saved plan.
    ///
    /// # Errors
    /// [`Refused::NotAPlan`] for what is no plan with dates.
    pub fn read(document: &[u8]) -> Result<Self, Refused> {
        let plan = match open(document) {
            Ok(saved) => saved.document,
            Err(NoPlan::Request) => return Err(Refused::NoDates),
            Err(why) => return Err(Refused::NotAPlan(why.to_string())),
        };
        let (Some(dosing), Some(schedule)) = (&plan.dosing, &plan.schedule) else { return Err(Refused::NoDates) };
        let regimen = dosing.regimen.to_string();
        let entries = schedule.entries.iter().map(Mark::read).collect();
        Ok(Self { plan, regimen, entries })
    }

    /// The request it was made from.
    pub(super) fn request(&self) -> &crate::request::Request {
        &self.plan.request
    }

    /// Refuses a plan of somebody else.
    pub(super) fn is_of(&self, patient: &Patient) -> Result<(), Refused> {
        let said = |id: &Option<Text>| id.as_ref().map_or(NOT_RECORDED, Text::as_str).to_owned();
        let earlier = &self.plan.request.patient;
        if earlier.id != patient.id {
            let (earlier, this) = (said(&earlier.id), said(&patient.id));
            return Err(Refused::OtherPatient { what: "patient.id", earlier, this });
        }
        if earlier.birth_date != patient.birth_date {
            let (earlier, this) = (earlier.birth_date.to_string(), patient.birth_date.to_string());
            return Err(Refused::OtherPatient { what: "patient.birth_date", earlier, this });
        }
        Ok(())
    }

    /// Its events by name.
    pub(super) fn events(&self) -> Vec<NamedEvent> {
        let Some(id) = &self.plan.request.patient.id else { return Vec::new() };
        let in_course = |course: &Course| uids(course, &self.entries).into_iter();
        let uids = in_course(&Course::of(id, &self.regimen, &self.plan.request));
        let mut first: Vec<Option<String>> = vec![None; self.entries.len()];
        // A plan does not say which version exported it: its calendar can have the names of either.
        if self.plan.provenance.program == FIRST_PROGRAM {
            first = in_course(&Course::as_first_named(id, &self.regimen, &self.plan.request)).map(Some).collect();
        }
        let named = uids.zip(first).zip(&self.entries);
        named.map(|((uid, first_uid), mark)| NamedEvent { uid, first_uid, mark: *mark }).collect()
    }
}
