//! What many plans need together: containers and tablets by week, chair minutes by day, doses by drug.
//!
//! A plan is taken as it was saved and is not computed again. What is kept while plans are taken in grows with the
//! days and the products, and with the patients only as far as a plan given twice must be seen and, where the
//! chairs are counted, a dose that could move must be found.

mod chairs;
mod document;
mod moves;
mod register;
mod saved_plan;
mod table;
mod text;

use std::{collections::BTreeMap, fmt, ops::AddAssign, rc::Rc};

use chrono::{Datelike, NaiveDate};

use crate::{
    identity::{OtherPatient, Patients},
    json::Text,
    patient::{Indication, Route},
    quantity::Mass,
    regimen::Library,
    request::Patient,
    words::forecast as words,
};

pub use chairs::{Chairs, Day};
pub use document::ForecastDocument;
pub use moves::{Crowded, CrowdedDose, Fixed, Verdict};
pub use register::{Apart, OfRegister, OfWard, SetApart};
pub use saved_plan::{Contradiction, Line, SavedPlan, Unread, read};
pub use table::table;
pub use text::{Look, text};

use moves::Kept;
use saved_plan::Planned;

/// What is asked of a forecast.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scope {
    /// First day; the first of the plans when left out.
    pub from: Option<NaiveDate>,
    /// Last day; the last of the plans when left out.
    pub to: Option<NaiveDate>,
    /// How the chairs are counted.
    pub chairs: Chairs,
    /// Whether plans that were altered since they were saved are counted.
    pub altered: bool,
}

impl Scope {
    fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// The place of a plan: its file and line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: Rc<str>,
    /// Its line, in a file with one plan a line.
    pub line: Option<u64>,
}

impl Place {
    /// The place of a course in a register.
    pub fn of_course(register: &str, patient: &str, course: u32) -> Self {
        Self { file: words::course(register, patient, course).into(), line: None }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words::place(&self.file, self.line))
    }
}

/// How many, and how many of them by plans that must not be followed yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All.
    pub all: u64,
    /// Those of provisional plans, which are in `all` too.
    pub provisional: u64,
}

impl Count {
    fn of(count: u64, provisional: bool) -> Self {
        Self { all: count, provisional: if provisional { count } else { 0 } }
    }

    fn sum<'c>(counts: impl Iterator<Item = &'c Self>) -> Self {
        let mut sum = Self::default();
        for count in counts {
            sum += *count;
        }
        sum
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.all = self.all.saturating_add(other.all);
        self.provisional = self.provisional.saturating_add(other.provisional);
    }
}

/// A product, and the container of it that is opened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Product {
    /// The drug's name.
    pub drug: String,
    /// The product with its strength.
    pub product: String,
    /// The container to open; none for tablets and capsules.
    pub container: Option<String>,
}

/// Counts by week, each named by its Monday.
pub type Weeks = BTreeMap<NaiveDate, Count>;

/// A drug as it is given: with its dose, route, frequency and indication.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Treatment {
    /// The drug's name.
    pub drug: String,
    /// The product with its strength.
    pub product: String,
    /// Why it is given.
    pub indication: Indication,
    /// How it is given.
    pub route: Route,
    /// How often.
    pub frequency: String,
    /// The dose.
    pub dose: Mass,
}

/// What is given of a treatment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Plans with a dose or a supply on one of the days.
    pub plans: Count,
    /// Doses.
    pub doses: Count,
    /// Supplies of tablets or capsules.
    pub supplies: Count,
}

/// The plans that were taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plans {
    /// All, the stopped ones with them.
    pub all: u64,
    /// Those that must not be followed yet; what they need is counted, and also shown separately.
    pub provisional: u64,
    /// Those that are stopped, and need nothing.
    pub stopped: u64,
    /// Those without an identifier of their patient: given twice, they are not seen.
    pub without_id: u64,
    /// Lines that say why there is no plan for a patient.
    pub errors: u64,
}

/// Two plans for one patient and drug, whose days overlap. Both are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twice {
    /// The patient.
    pub patient: String,
    /// The drug's name.
    pub drug: String,
    /// The places of the two.
    pub places: [Place; 2],
}

/// A plan with the identifier of an earlier one, and another date of birth or name. Both are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneIdentifier {
    /// The identifier.
    pub patient: String,
    /// The earlier plan, and what is other about its patient.
    pub earlier: OtherPatient<Place>,
    /// The place of this plan.
    pub place: Place,
}

/// What the plans need together.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// The first and the last day; none where nothing is given and no day was asked for.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// The register that was read; none where plans were.
    pub of_ward: Option<OfWard>,
    /// The plans.
    pub plans: Plans,
    /// Doses that are given only if a check says so; they are counted.
    pub conditional: u64,
    /// Plans that may be the same.
    pub twice: Vec<Twice>,
    /// Plans with one identifier for two patients.
    pub one_identifier: Vec<OneIdentifier>,
    /// Plans that were altered since they were saved.
    pub altered: Vec<Place>,
    /// Whether the altered plans are counted.
    pub altered_counted: bool,
    /// Doses of a register that are in no figure, since their courses are on hold or without a date.
    pub apart: Vec<SetApart>,
    /// Containers to open, by product and week.
    pub containers: BTreeMap<Product, Weeks>,
    /// Tablets and capsules to hand out, by product and week.
    pub units: BTreeMap<Product, Weeks>,
    /// The chairs, by day.
    pub chairs: BTreeMap<NaiveDate, Day>,
    /// How the chairs were counted.
    pub counted: Chairs,
    /// Days above the capacity, with their doses.
    pub crowded: Vec<Crowded>,
    /// Doses and supplies, by drug.
    pub given: BTreeMap<Treatment, Given>,
}

/// Plans that are being taken in, one after the other.
#[derive(Debug, Default)]
pub struct Tally {
    scope: Scope,
    plans: Plans,
    conditional: u64,
    containers: BTreeMap<Product, Weeks>,
    units: BTreeMap<Product, Weeks>,
    /// Of every day, asked for or not: a dose may be moved to it.
    chairs: BTreeMap<NaiveDate, Day>,
    given: BTreeMap<Treatment, Given>,
    first_and_last: Option<(NaiveDate, NaiveDate)>,
    patients: Patients<Place>,
    /// By identifier, the number of the patient among those who have it, and drug.
    spells: BTreeMap<(String, usize, String), Vec<Spell>>,
    twice: Vec<Twice>,
    one_identifier: Vec<OneIdentifier>,
    altered: Vec<Place>,
    apart: Vec<SetApart>,
    kept: Vec<Kept>,
}

/// The days from the first to the last thing that a plan gives.
#[derive(Debug)]
struct Spell {
    first: NaiveDate,
    last: NaiveDate,
    place: Place,
}

impl Tally {
    /// Nothing yet.
    pub fn new(scope: Scope) -> Self {
        Self { scope, ..Self::default() }
    }

    /// Counts a line that says why there is no plan.
    pub fn add_error(&mut self) {
        self.plans.errors += 1;
    }

    /// How many plans there are so far.
    pub fn plans(&self) -> u64 {
        self.plans.all
    }

    /// How many plans were left out because they were altered since they were saved.
    pub fn left_out(&self) -> usize {
        if self.scope.altered { 0 } else { self.altered.len() }
    }

    /// Takes a plan in.
    pub fn add(&mut self, place: Place, plan: SavedPlan) {
        let SavedPlan { patient, altered, planned } = plan;
        if altered {
            self.altered.push(place.clone());
            if !self.scope.altered {
                return;
            }
        }
        self.plans.all += 1;
        let person = patient.id.as_ref().map(|id| (id.to_string(), self.person(id, &patient, &place)));
        let Some(planned) = planned else {
            self.plans.stopped += 1;
            return;
        };
        self.plans.provisional += u64::from(planned.provisional);
        self.plans.without_id += u64::from(person.is_none());
        self.add_doses(&planned);
        self.add_supplies(&planned);
        self.add_treatment(&planned);
        if let Some(person) = &person {
            self.add_spell(person, &planned, &place);
        }
        let minutes = self.scope.chairs.minutes_of(&planned);
        if self.scope.chairs.capacity.is_some() && minutes > 0 {
            self.kept.push(Kept::of(person.map(|(id, _)| id), place, planned, minutes));
        }
    }

    /// Which of the patients with an identifier a patient is.
    fn person(&mut self, id: &Text, patient: &Patient, place: &Place) -> usize {
        let (person, other) = self.patients.add(id, patient, place.clone());
        self.one_identifier.extend(other.map(|earlier| OneIdentifier {
            patient: id.to_string(),
            earlier,
            place: place.clone(),
        }));
        person
    }

    fn add_doses(&mut self, planned: &Planned) {
        let counted = planned.doses.iter().filter(|it| self.scope.holds(it.date));
        let days: Vec<NaiveDate> = counted.clone().map(|dose| dose.date).collect();
        let conditional = counted.filter(|dose| dose.conditional).count();
        self.conditional += u64::try_from(conditional).unwrap_or(u64::MAX);
        for (container, count) in &planned.open {
            let count = Count::of((*count).into(), planned.provisional);
            let product = Product { container: Some(container.clone()), ..planned.product() };
            let weeks = self.containers.entry(product).or_default();
            for day in &days {
                *weeks.entry(monday(*day)).or_default() += count;
            }
        }
        let minutes = self.scope.chairs.minutes_of(planned);
        for dose in &planned.doses {
            self.chairs.entry(dose.date).or_default().add(planned, minutes);
        }
        self.extend(days.into_iter());
    }

    fn add_supplies(&mut self, planned: &Planned) {
        let supplies: Vec<_> = planned.supplies.iter().filter(|it| self.scope.holds(it.date)).collect();
        if supplies.is_empty() {
            return;
        }
        let weeks = self.units.entry(planned.product()).or_default();
        for supply in &supplies {
            *weeks.entry(monday(supply.date)).or_default() += Count::of(supply.units.into(), planned.provisional);
        }
        self.extend(supplies.into_iter().map(|it| it.date));
    }

    fn add_treatment(&mut self, planned: &Planned) {
        let within = |day: &NaiveDate| self.scope.holds(*day);
        let count = |days: usize| Count::of(u64::try_from(days).unwrap_or(u64::MAX), planned.provisional);
        let doses = planned.doses.iter().map(|it| it.date).filter(within).count();
        let supplies = planned.supplies.iter().map(|it| it.date).filter(within).count();
        if doses + supplies == 0 {
            return;
        }
        let given = self.given.entry(planned.treatment()).or_default();
        given.plans += count(1);
        given.doses += count(doses);
        given.supplies += count(supplies);
    }

    fn add_spell(&mut self, (id, person): &(String, usize), planned: &Planned, place: &Place) {
        let days = planned.doses.iter().map(|it| it.date).chain(planned.supplies.iter().map(|it| it.date));
        let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return };
        let spells = self.spells.entry((id.clone(), *person, planned.drug.clone())).or_default();
        // One is named for each plan: a patient with many plans is not listed pair by pair.
        let overlapping = spells.iter().find(|it| it.first <= last && first <= it.last);
        self.twice.extend(overlapping.map(|it| Twice {
            patient: id.clone(),
            drug: planned.drug.clone(),
            places: [it.place.clone(), place.clone()],
        }));
        spells.push(Spell { first, last, place: place.clone() });
    }

    fn extend(&mut self, days: impl Iterator<Item = NaiveDate>) {
        for day in days {
            let (first, last) = self.first_and_last.unwrap_or((day, day));
            self.first_and_last = Some((first.min(day), last.max(day)));
        }
    }

    /// What all plans need together. The library says which doses could be moved.
    pub fn finish(self, library: &'static Library) -> Forecast {
        let Scope { from, to, chairs: counted, altered: altered_counted } = self.scope;
        let crowded = moves::crowded(&self.scope, &self.chairs, self.kept, library);
        let asked_or = |asked: Option<NaiveDate>, found| asked.or(found);
        let first = asked_or(from, self.first_and_last.map(|(first, _)| first).or(to));
        let last = asked_or(to, self.first_and_last.map(|(_, last)| last).or(from));
        let mut chairs = self.chairs;
        chairs.retain(|day, _| from.is_none_or(|from| from <= *day) && to.is_none_or(|to| *day <= to));
        // A product of which nothing is opened on the days asked for needs no heading.
        let mut containers = self.containers;
        containers.retain(|_, weeks| !weeks.is_empty());
        Forecast {
            days: first.zip(last),
            of_ward: None,
            plans: self.plans,
            conditional: self.conditional,
            twice: self.twice,
            one_identifier: self.one_identifier,
            altered: self.altered,
            altered_counted,
            apart: self.apart,
            containers,
            units: self.units,
            chairs,
            counted,
            crowded,
            given: self.given,
        }
    }
}

/// The Monday of a day's week.
fn monday(day: NaiveDate) -> NaiveDate {
    day - chrono::Days::new(day.weekday().num_days_from_monday().into())
}
