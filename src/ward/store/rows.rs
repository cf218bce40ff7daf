//! Rows of the tables as every register knows them.

use chrono::NaiveDate;

use super::{Uid, Ward};
use crate::{
    json::Text,
    ward::{
        event::{Body, SettingsSet},
        fold::PatientState,
    },
};

/// What the database knows of a patient.
pub(super) struct PatientRow {
    pub(super) key: i64,
    pub(super) uid: Uid,
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) last_seq: u32,
    pub(super) is_erased: bool,
}

impl PatientRow {
    /// Whether it is who the entries say.
    pub(super) fn is_said(&self, state: &PatientState) -> bool {
        let said = state.identity.as_ref();
        self.id.as_deref() == said.map(|it| it.id.as_str())
            && self.name.as_deref() == said.and_then(|it| it.name.as_ref()).map(Text::as_str)
            && self.birth_date == said.map(|it| it.birth_date)
            && self.is_erased == state.erased
    }
}

/// A ward by what its row has; the error is the column that is not as it was written.
pub(super) fn ward(uid: Uid, name: Text, settings: &str, clinic: &str) -> Result<Ward, &'static str> {
    let Ok(Body::SettingsSet(SettingsSet { settings })) = Body::parse(settings.as_bytes()) else {
        return Err("settings");
    };
    let Ok(Body::ClinicSet(clinic)) = Body::parse(clinic.as_bytes()) else { return Err("clinic") };
    Ok(Ward { uid, name, settings, clinic })
}
