//! Proving a register: that the database is sound, that no entry was altered, removed or moved, and that what is kept
//! beside the entries is what they say. Everything is read in parts, so that nobody waits for it.

use super::{
    Anchor, Behind, Fault, Hash, StoreError, Stored, Uid, Verified, Ward, again, chain,
    projection::CourseRow,
    tables::{Database, Done, Opened, Reading},
};
use crate::{
    json::Text,
    ward::{
        event::{Body, ClinicSet, Event, SettingsSet, What},
        fold,
    },
};

/// How many entries, or patients, are read at once.
const PAGE: usize = 500;
/// How many faults are listed.
const MOST_FAULTS: usize = 1000;

/// Proves all of a register.
pub(super) fn verify(database: &mut dyn Database, against: &[Anchor]) -> Result<Verified, StoreError> {
    let Opened { tables, key, ward } = database.apart()?;
    Ok(proved(&*tables, (key, ward.uid), against)?)
}

/// Proves all of a database with this ward.
pub(super) fn proved(tables: &dyn Reading, ward: (i64, Uid), against: &[Anchor]) -> Done<Verified> {
    let mut proof = Proof::new(tables, ward, against);
    proof.tried(Proof::database)?;
    proof.tried(Proof::rows)?;
    // What the ward must say is known when all entries were read.
    let is_read = proof.tried(Proof::chain)?;
    proof.tried(Proof::patients)?;
    if is_read {
        proof.tried(Proof::ward)?;
    }
    proof.tried(Proof::libraries)?;
    Ok(proof.verified())
}

/// Refuses a copy that is damaged, or whose chain is.
pub(super) fn is_whole(tables: &dyn Reading) -> Result<(), StoreError> {
    let (key, ward) = tables.ward()?;
    let mut proof = Proof::new(tables, (key, ward.uid), &[]);
    proof.database().and_then(|()| proof.rows()).and_then(|()| proof.chain())?;
    refuse(proof.faults.first(), tables)
}

/// Refuses a copy in which anything is wrong that a restored register must not have. The courses are left out, since they
/// are computed again.
pub(super) fn is_sound(tables: &dyn Reading) -> Result<(), StoreError> {
    let (key, ward) = tables.ward()?;
    let verified = proved(tables, (key, ward.uid), &[])?;
    refuse(verified.faults.iter().find(|fault| !matches!(fault, Fault::Course { .. })), tables)
}

fn refuse(fault: Option<&Fault>, tables: &dyn Reading) -> Result<(), StoreError> {
    let number = |fault: &Fault| match fault {
        Fault::Altered { number } | Fault::Unreadable { number } => Some(*number),
        Fault::Missing { first, .. } => Some(*first),
        _ => None,
    };
    match fault {
        None => Ok(()),
        Some(fault) => Err(StoreError::Damaged { path: tables.path().to_owned(), number: number(fault) }),
    }
}

/// What is proved so far.
struct Proof<'c> {
    tables: &'c dyn Reading,
    ward: (i64, Uid),
    against: &'c [Anchor],
    head: (u64, Hash),
    patients: u64,
    faults: Vec<Fault>,
    is_more: bool,
    steps: Vec<Behind>,
    /// What the entries of the ward say.
    said: Said,
}

/// What the entries of a ward say of it.
#[derive(Default)]
pub(super) struct Said {
    pub(super) name: Option<Text>,
    pub(super) settings: Option<SettingsSet>,
    pub(super) clinic: Option<ClinicSet>,
}

impl<'c> Proof<'c> {
    fn new(tables: &'c dyn Reading, ward: (i64, Uid), against: &'c [Anchor]) -> Self {
        let head = (0, chain::origin(ward.1));
        let (faults, steps) = (Vec::new(), Vec::new());
        Self { tables, ward, against, head, patients: 0, faults, is_more: false, steps, said: Said::default() }
    }

    fn verified(self) -> Verified {
        let Self { head: (number, hash), patients, faults, is_more, steps, .. } = self;
        Verified { number, hash, patients, faults, is_more, steps }
    }

    /// Proves a part, and returns whether all of it was read. That it cannot be read is a fault like any other.
    fn tried(&mut self, part: impl FnOnce(&mut Self) -> Done<()>) -> Done<bool> {
        match part(self) {
            Ok(()) => Ok(true),
            Err(trouble) if trouble.is_damage() => {
                self.note(Fault::Database { message: trouble.message });
                Ok(false)
            }
            Err(trouble) => Err(trouble),
        }
    }

    fn note(&mut self, fault: Fault) {
        if self.faults.len() < MOST_FAULTS {
            self.faults.push(fault);
        } else {
            self.is_more = true;
        }
    }

    /// The database itself.
    fn database(&mut self) -> Done<()> {
        for fault in self.tables.own_faults()? {
            self.note(fault);
        }
        Ok(())
    }

    /// Every row under the number of its entry, and with its body, unless the patient was erased: then without.
    fn rows(&mut self) -> Done<()> {
        for number in self.tables.misplaced(self.ward.0)? {
            self.note(Fault::Altered { number });
        }
        Ok(())
    }

    /// Every entry in its place.
    fn chain(&mut self) -> Done<()> {
        let mut recorded = None;
        loop {
            let page = self.tables.numbered(self.ward, self.head.0, PAGE)?;
            if page.is_empty() {
                // Somebody may have recorded another entry meanwhile, and the ward then says its number.
                let said = match self.tables.head(self.ward.0) {
                    Err(trouble) if trouble.is_of_value() => None,
                    said => Some(said?),
                };
                let is_more = self.tables.hash_of(self.ward.0, self.head.0 + 1)?.is_some();
                if is_more {
                    continue;
                }
                if said != Some(self.head) {
                    self.note(Fault::Head { said: said.map(|(number, _)| number), found: self.head.0 });
                }
                self.beyond();
                return Ok(());
            }
            for (number, entry) in page {
                self.entry(number, entry, &mut recorded);
            }
        }
    }

    fn entry(&mut self, number: u64, entry: Option<Stored>, recorded: &mut Option<i64>) {
        if number != self.head.0 + 1 {
            self.note(Fault::Missing { first: self.head.0 + 1, last: number - 1 });
        }
        let Some(entry) = entry else {
            self.note(Fault::Unreadable { number });
            // Whether the next one follows it cannot be known.
            self.head = (number, [0; 32]);
            return;
        };
        if !chain::holds(&self.head.1, &entry) {
            self.note(Fault::Altered { number });
        }
        if let Some(before) = *recorded
            && entry.header.recorded_ms < before
        {
            self.steps.push(Behind { number: self.head.0, ms: before.saturating_sub(entry.header.recorded_ms) });
        }
        *recorded = Some(entry.header.recorded_ms);
        for anchor in self.against.iter().filter(|it| it.number() == number && !it.is_of(&entry.hash)) {
            self.note(Fault::OtherChain { anchor: anchor.clone() });
        }
        if entry.header.patient.is_none() {
            self.said.take(&entry);
        }
        self.head = (number, entry.hash);
    }

    /// What was printed of entries that are not there.
    fn beyond(&mut self) {
        let last = self.head.0;
        for anchor in self.against.iter().filter(|it| it.number() > last) {
            self.note(Fault::Cut { anchor: anchor.clone(), missing: anchor.number() - last });
        }
    }

    /// Every patient: the history without gaps, and what is kept beside it.
    fn patients(&mut self) -> Done<()> {
        let mut after = i64::MIN;
        loop {
            let keys = self.tables.keys(after, PAGE, false)?;
            let Some(last) = keys.last() else { return Ok(()) };
            after = *last;
            let (_, ward) = again::ward(self.tables)?;
            for key in keys {
                self.patient(key, &ward.clinic)?;
            }
        }
    }

    fn patient(&mut self, key: i64, clinic: &ClinicSet) -> Done<()> {
        let tables = self.tables;
        // Row, entries and courses as they stand in one moment.
        let _moment = tables.snapshot()?;
        self.patients += 1;
        let patient = match tables.row(key)? {
            Ok(patient) => patient,
            Err(damaged) => {
                if let Some(patient) = damaged.uid {
                    self.note(Fault::Identity { patient });
                }
                return Ok(());
            }
        };
        let stored = tables.entries(self.ward.1, key)?;
        let is_in_order = (1..).zip(&stored).all(|(seq, it)| it.as_ref().is_none_or(|it| it.header.seq == Some(seq)));
        if !is_in_order || usize::try_from(patient.last_seq) != Ok(stored.len()) {
            self.note(Fault::History { patient: patient.uid });
        }
        let events: Vec<Event> = stored.iter().flatten().filter_map(Stored::event).collect();
        let state = fold::state(&events);
        if !patient.is_said(&state) {
            self.note(Fault::Identity { patient: patient.uid });
        }
        let as_of = CourseRow::as_of(&events);
        // One that cannot be read is missing.
        let kept: Vec<CourseRow> = tables.courses(self.ward.0, key)?.into_iter().flatten().collect();
        if differing(&kept, &CourseRow::of_state(&state, as_of, clinic)).is_empty() {
            return Ok(());
        }
        // Other open days may have been set since.
        let (_, ward) = again::ward(tables)?;
        for course in differing(&kept, &CourseRow::of_state(&state, as_of, &ward.clinic)) {
            self.note(Fault::Course { patient: patient.uid, course });
        }
        Ok(())
    }

    /// The row of the ward.
    fn ward(&mut self) -> Done<()> {
        let wards = self.tables.wards()?;
        let Said { name: said, settings: set, clinic: open } = &self.said;
        let is_said = match self.tables.ward() {
            Ok((_, Ward { name, settings, clinic, .. })) => {
                wards == 1
                    && said.as_ref() == Some(&name)
                    && set.as_ref().is_some_and(|it| it.settings == settings)
                    && open.as_ref() == Some(&clinic)
            }
            Err(trouble) if trouble.is_of_value() => false,
            Err(trouble) => return Err(trouble),
        };
        if !is_said {
            self.note(Fault::Ward);
        }
        Ok(())
    }

    /// The libraries that are kept.
    fn libraries(&mut self) -> Done<()> {
        for kept in self.tables.libraries()?.into_iter().filter(|kept| !kept.is_whole()) {
            self.note(Fault::Library { digest: kept.sha256 });
        }
        Ok(())
    }
}

/// The courses of a patient that are kept otherwise than they are computed; none where they are computed again before
/// they are shown.
fn differing(kept: &[CourseRow], computed: &[CourseRow]) -> Vec<u32> {
    if kept.iter().any(|it| !it.is_current()) {
        return Vec::new();
    }
    let both = || computed.iter().chain(kept);
    let mut differing: Vec<u32> =
        both().filter(|it| !computed.contains(it) || !kept.contains(it)).map(|it| it.course).collect();
    differing.sort_unstable();
    differing.dedup();
    differing
}

impl Said {
    /// Takes over what an entry of the ward says.
    pub(super) fn take(&mut self, entry: &Stored) {
        match What::read(&entry.header.kind, entry.body.as_deref()) {
            What::Body(Body::WardOpened(opened)) => self.name = Some(opened.name),
            What::Body(Body::SettingsSet(set)) => self.settings = Some(set),
            What::Body(Body::ClinicSet(set)) => self.clinic = Some(set),
            _ => {}
        }
    }
}
