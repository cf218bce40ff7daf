//! What a new register is made with, and its first entries.

use super::{
    Clock, Sharing, StoreError, Uid, Who,
    append::{Saving, random},
    chain,
    tables::{NewWard, Writing},
};
use crate::{
    json::Text,
    ward::{
        Settings,
        event::{Body, ClinicSet, Draft, SettingsSet, WardOpened},
    },
};

/// What a new register is made with.
#[derive(Clone, Debug, PartialEq)]
pub struct New {
    /// The name of the ward.
    pub name: Text,
    /// Its settings, with its open days.
    pub settings: Settings,
    /// For whom its file is. On a server the administrator decides.
    pub sharing: Sharing,
    /// Who makes it.
    pub by: Text,
}

impl New {
    /// The first entries of the register.
    fn bodies(&self) -> [Body; 3] {
        let Settings { open_weekdays, closed, .. } = self.settings.clone();
        let settings = Settings { open_weekdays: None, closed: Vec::new(), ..self.settings.clone() };
        [
            WardOpened { name: self.name.clone() }.into(),
            ClinicSet { open_weekdays, closed }.into(),
            SettingsSet { settings }.into(),
        ]
    }
}

/// Writes a ward with its first entries, and returns its name in the chain. It is on the disk then.
pub(super) fn open_ward(
    tables: Box<dyn Writing + '_>,
    new: &New,
    who: &Who,
    clock: &dyn Clock,
) -> Result<Uid, StoreError> {
    let uid = Uid::new(random(tables.path())?);
    let bodies = new.bodies();
    let [_, clinic, settings] = bodies.each_ref().map(Body::text);
    let row = NewWard { uid, name: new.name.as_str(), settings: &settings, clinic: &clinic, hash: chain::origin(uid) };
    let key = tables.insert_ward(&row)?;
    let now = clock.now();
    let mut saving = Saving::begin(tables, (key, uid), who, now)?;
    for body in bodies {
        saving.insert(None, None, &Draft { on: now.day, by: new.by.clone(), course: None, body })?;
    }
    saving.finish().map(|_| uid)
}
