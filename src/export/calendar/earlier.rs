//! A saved plan whose calendar is replaced: which events it has, as it was written, whatever the rules are now.

use serde::Deserialize;

use super::uid::{Course, Mark, uids};
use crate::{
    export::Refused,
    json::Text,
    plan::reopen,
    request::{Patient, Request},
    words::spoken::NOT_RECORDED,
};

/// A saved plan whose calendar is replaced.
#[derive(Clone, Debug)]
pub struct Earlier {
    pub(super) request: Request,
    regimen: String,
    entries: Vec<Mark>,
}

/// What of a saved plan names its events. The plan is not made again: with other rules it could have other dates
/// than those that stand in the calendar.
#[derive(Deserialize)]
struct Saved {
    dosing: Option<SavedDosing>,
    schedule: Option<SavedSchedule>,
}

#[derive(Deserialize)]
struct SavedDosing {
    regimen: String,
}

#[derive(Deserialize)]
struct SavedSchedule {
    entries: Vec<Mark>,
}

impl Earlier {
    /// Reads a saved plan.
    ///
    /// # Errors
    /// [`Refused::NotAPlan`] for what is no plan with dates.
    pub fn read(document: &[u8]) -> Result<Self, Refused> {
        let said = |faults: Vec<crate::json::Fault>| faults.first().map(ToString::to_string).unwrap_or_default();
        let request = reopen(document).map_err(|faults| Refused::NotAPlan(said(faults)))?;
        let saved: Saved = serde_json::from_slice(document).map_err(|error| Refused::NotAPlan(error.to_string()))?;
        let (Some(dosing), Some(schedule)) = (saved.dosing, saved.schedule) else { return Err(Refused::NoDates) };
        Ok(Self { request, regimen: dosing.regimen, entries: schedule.entries })
    }

    /// Refuses a plan of somebody else.
    pub(super) fn is_of(&self, patient: &Patient) -> Result<(), Refused> {
        let said = |id: &Option<Text>| id.as_ref().map_or(NOT_RECORDED, Text::as_str).to_owned();
        let earlier = &self.request.patient;
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
    pub(super) fn events(&self) -> Vec<(String, Mark)> {
        let Some(id) = &self.request.patient.id else { return Vec::new() };
        let course = Course::of(id, &self.regimen, &self.request);
        uids(&course, &self.entries).into_iter().zip(self.entries.iter().cloned()).collect()
    }
}
