//! The entries of one made-up patient, each made from those before it as a ward makes it.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::{patients::MadeUp, text};
use crate::{
    dosing,
    json::{Text, Written, YEARS},
    patient::{Dental, Indication},
    plan::{Dosed, Outcome, Plan},
    quantity::{AlbuminUnit, CalciumUnit, CreatinineUnit, Decimal, Measured},
    regimen::Library,
    request::{CalciumEntry, Clinic, Confirmation, EarlierDose, History as Asked, Labs, Patient, Request, Treatment},
    saved,
    ward::{
        event::{
            Assessed, Body, Container, Counted, Draft, Event, Given, Held, Identity, Place, Planned, Registered,
            Second, Supplied, TimeOfDay, Verdict, What,
        },
        fold::{self, newest_assessment},
        visit::{self, Entered},
    },
    words::register::example as words,
};

/// Days before the first dose on which it is planned.
pub(super) const PLANNED_BEFORE: u64 = 10;
/// Days before the first dose on which the blood was taken by which it is planned and assessed.
const TAKEN_BEFORE: u64 = 13;
/// Days for which a supply lasts.
const SUPPLY_DAYS: u16 = 28;
/// Months until the batches of the example expire.
const EXPIRES_IN: Months = Months::new(14);
/// The course that each patient has.
const COURSE: u32 = 1;

/// What happens to a patient.
#[derive(Clone, Copy)]
pub(super) enum Act {
    /// The patient is registered.
    Register,
    /// A course is planned.
    Plan,
    /// The next dose is assessed with this creatinine in µmol/L.
    Assess(i64),
    /// The dose is given that was assessed.
    Give,
    /// The course is put on hold by what was assessed, until today.
    Hold,
}

/// The entries of a patient so far.
pub(super) struct History {
    pub(super) made_up: &'static MadeUp,
    library: &'static Library,
    today: NaiveDate,
    /// The day on which the first dose is due.
    starts: NaiveDate,
    identity: Identity,
    events: Vec<Event>,
}

impl History {
    /// A patient without entries; none where the day of the example is none on which anybody is treated.
    pub(super) fn of(made_up: &'static MadeUp, today: NaiveDate, library: &'static Library) -> Option<Self> {
        let (years, month, day) = made_up.born;
        let (family, given) = made_up.name;
        let born = today.year().checked_sub(years)?;
        if ![born, today.year()].iter().all(|year| YEARS.contains(year)) {
            return None;
        }
        let identity = Identity {
            id: text(made_up.id),
            name: Some(text(&words::patient(family, given))),
            birth_date: NaiveDate::from_ymd_opt(born, month, day)?,
            sex: made_up.sex,
        };
        let starts = before(today, made_up.first)?;
        Some(Self { made_up, library, today, starts, identity, events: Vec::new() })
    }

    /// The identifier.
    pub(super) fn id(&self) -> Text {
        self.identity.id.clone()
    }

    /// How many entries there are.
    pub(super) fn seen(&self) -> u32 {
        u32::try_from(self.events.len()).unwrap_or(u32::MAX)
    }

    /// Records what happens at a moment, behind the entry that was the last of the register. Returns the entry; none
    /// where the library or what happened before does not allow it.
    pub(super) fn record(&mut self, act: Act, at: NaiveDateTime, last: &mut u64) -> Option<Draft> {
        let on = at.date();
        let (course, body) = match act {
            Act::Register => (None, Registered { patient: self.identity.clone() }.into()),
            Act::Plan => (Some(COURSE), self.plan()?.into()),
            Act::Assess(creatinine) => (Some(COURSE), self.assess(on, creatinine)?.into()),
            Act::Give => (Some(COURSE), self.give(at)?),
            Act::Hold => (Some(COURSE), self.hold(on)?.into()),
        };
        let draft = Draft { on, by: text(words::NURSE), course, body };
        fold::admit(&self.events, &draft, on).ok()?;
        *last += 1;
        self.events.push(Event {
            number: *last,
            seq: self.seen() + 1,
            course,
            on,
            recorded_ms: 0,
            offset_min: 0,
            by: draft.by.clone(),
            what: What::Body(draft.body.clone()),
        });
        Some(draft)
    }

    fn plan(&self) -> Option<Planned> {
        let plan = dosing::plan(self.request(self.starts, self.made_up.creatinine)?, self.library).ok()?;
        Planned::of(&plan, saved::file(&plan))
    }

    fn assess(&self, on: NaiveDate, creatinine: i64) -> Option<Assessed> {
        let state = fold::state(&self.events);
        let dose = state.course(COURSE)?.next_slot()?.number;
        let entered = Entered::of(self.request(on, creatinine)?, Some(&text(words::NURSE)));
        let request = visit::request((&state, COURSE), entered, on, Some(open_every_day()), self.library).ok()?;
        visit::verdict(request, self.library).assessed(Some(dose))
    }

    /// The newest assessment of a day, with the number of its entry and the plan that was made for it.
    fn assessed(&self, on: NaiveDate) -> Option<(u64, &Assessed, visit::Verdict)> {
        let (number, assessed) = newest_assessment(&self.events, COURSE, on)?;
        Some((number, assessed, visit::verdict(assessed.request.clone(), self.library)))
    }

    fn give(&self, at: NaiveDateTime) -> Option<Body> {
        let (number, assessed, verdict) = self.assessed(at.date())?;
        let plan = verdict.plan().filter(|_| assessed.verdict == Verdict::Go)?;
        let Outcome::Dosed(dosed) = plan.outcome() else { return None };
        let Dosed { dosing, .. } = &**dosed;
        let state = fold::state(&self.events);
        let (dose, dose_mg) = (assessed.dose, assessed.dose_mg?);
        let (product, containers) = (Some(dosing.product.id.clone()), vec![self.container(plan, dosed)]);
        let second = Some(Second { by: text(words::SECOND) });
        Some(match state.course(COURSE)?.plan.unit {
            Counted::Doses => {
                let lasts = dosing.preparation.minimum_minutes.map(|it| TimeDelta::minutes(it.into()));
                let begins = at - lasts.unwrap_or_default();
                Given {
                    dose,
                    at: on_clock(begins.time()),
                    until: lasts.and_then(|_| on_clock(at.time())),
                    dose_mg,
                    complete: true,
                    because: None,
                    another_because: None,
                    product,
                    containers,
                    no_batch_because: None,
                    site: None,
                    second,
                    assessed: Some(number),
                    without_go_because: None,
                    prescriber: None,
                    place: Place::Ward,
                    note: None,
                }
                .into()
            }
            Counted::Supplies => Supplied {
                dose,
                at: on_clock(at.time()),
                dose_mg,
                units: dosing::units_for(dosing, dosing.product.contains.0, SUPPLY_DAYS)?.1,
                days: SUPPLY_DAYS,
                another_because: None,
                product,
                containers,
                no_batch_because: None,
                second,
                assessed: Some(number),
                without_go_because: None,
                prescriber: None,
                place: Place::Ward,
                note: None,
            }
            .into(),
        })
    }

    fn hold(&self, on: NaiveDate) -> Option<Held> {
        let (number, _, verdict) = self.assessed(on)?;
        Some(Held {
            because: verdict.hold_reason()?,
            look_again: Some(self.today),
            assessed: Some(number),
            note: Some(text(words::PRESCRIBER_TOLD)),
        })
    }

    /// What is opened for a dose, of a batch that is made up.
    fn container(&self, plan: &Plan, dosed: &Dosed) -> Container {
        let drug = plan.listed().drug;
        let initials: String = drug.drug.as_str().chars().take(2).flat_map(char::to_uppercase).collect();
        let expires = self.today.checked_add_months(EXPIRES_IN);
        let opened: u32 = dosed.dosing.preparation.open.iter().map(|it| it.count).sum();
        Container {
            brand: drug.brands.first().cloned(),
            batch: Some(text(&format!("{initials}4471A"))),
            expires: expires.and_then(|day| day.format("%Y-%m").to_string().parse().ok()).map(Written),
            count: u16::try_from(opened.max(1)).unwrap_or(u16::MAX),
        }
    }

    /// What is asked and measured on a day.
    fn request(&self, day: NaiveDate, creatinine: i64) -> Option<Request> {
        let made_up = self.made_up;
        let Identity { id, name, birth_date, sex } = self.identity.clone();
        let unit = CreatinineUnit::MicromolesPerLitre;
        let confirmed = Confirmation {
            finding: text("dental-not-examined"),
            by: text(words::PRESCRIBER),
            reason: text(words::SEES_DENTIST),
        };
        // Of a dose that was given, somebody had confirmed it.
        let is_confirmed = made_up.dental == Dental::NotExamined && made_up.doses > 0;
        Some(Request {
            patient: Patient {
                id: Some(id),
                name,
                birth_date,
                sex,
                weight_kg: Decimal::whole(made_up.weight_kg),
                height_cm: Some(Decimal::whole(made_up.height_cm)),
                allergies: Some(text("none-known")),
            },
            tumour: made_up.tumour,
            indication: Indication::SkeletalEvents,
            labs: Labs {
                date: before(day, if day == self.starts { TAKEN_BEFORE } else { 1 })?,
                creatinine: Some(Measured { value: Decimal::whole(creatinine), unit }),
                calcium: Some(CalciumEntry {
                    value: Decimal::new(231, 2),
                    unit: CalciumUnit::MillimolesPerLitre,
                    kind: None,
                }),
                calcium_date: None,
                albumin: Some(Measured { value: Decimal::whole(39), unit: AlbuminUnit::GramsPerLitre }),
            },
            history: Some(Asked {
                dental: Some(made_up.dental),
                conditions: Some(Vec::new()),
                medicines: Some(Vec::new()),
                last_antiresorptive: Some(EarlierDose::None),
            }),
            treatment: Treatment {
                drug: text(made_up.drug.word),
                route: Some(made_up.drug.route),
                scheme: None,
                product: made_up.drug.product.map(text),
                start_date: day,
                interval_weeks: None,
                course_months: made_up.months,
                course_days: None,
                daily_dose_mg: None,
            },
            course: None,
            weight_basis: None,
            region: None,
            clinic: Some(open_every_day()),
            confirmations: if is_confirmed { vec![confirmed] } else { Vec::new() },
            prepared_by: Some(text(words::NURSE)),
            second_check: None,
        })
    }
}

/// The day so many days before another one.
pub(super) fn before(day: NaiveDate, days: u64) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(days))
}

/// A clinic that is open on every day.
fn open_every_day() -> Clinic {
    Clinic { open_weekdays: None, closed_dates: Vec::new() }
}

/// A time of day, as an entry has it.
fn on_clock(time: NaiveTime) -> Option<Written<TimeOfDay>> {
    let [hour, minute] = [time.hour(), time.minute()].map(|it| u16::try_from(it).ok());
    TimeOfDay::new(hour?, minute?).map(Written)
}
