//! A forecast as one JSON document.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{
    Apart, Count, Forecast, Place, Plans, Product, SetApart, Weeks,
    moves::{Crowded, CrowdedDose, Fixed, Verdict},
};
use crate::{
    patient::{Indication, Route},
    quantity::Mass,
};

/// The form of the document.
const FORMAT: &str = "osteodose-forecast/1";
/// That another day can be named for a dose.
const COULD_MOVE: &str = "could-move";

/// What can be said of a dose of a day above the capacity.
fn verdicts() -> Vec<&'static str> {
    std::iter::once(COULD_MOVE).chain(Fixed::ALL.iter().map(|why| why.as_str())).collect()
}

/// A forecast as it is written to JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Forecast", deny_unknown_fields)]
pub struct ForecastDocument<'f> {
    /// The form of the document.
    format: &'static str,
    /// The first day that is counted; null where no day has anything.
    from: Option<NaiveDate>,
    /// The last day that is counted.
    to: Option<NaiveDate>,
    /// The register whose open doses are counted; left out where plans were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    register: Option<RegisterDocument<'f>>,
    /// The plans that were read.
    plans: PlansDocument,
    /// Doses that depend on a result.
    conditional_doses: u64,
    /// Patients with two plans of one drug.
    counted_twice: Vec<TwiceDocument<'f>>,
    /// Identifiers that stand for two patients.
    one_identifier_for_two: Vec<OneIdentifierDocument<'f>>,
    /// Plans that were altered since they were saved.
    altered: AlteredDocument,
    /// Doses of a register that are in no figure: their courses are on hold or without a date. Left out where there are
    /// none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    set_apart: Vec<ApartDocument<'f>>,
    /// Vials, bags and syringes for each week.
    containers: Vec<ProductDocument<'f>>,
    /// Tablets and capsules for each week.
    tablets_or_capsules: Vec<ProductDocument<'f>>,
    /// Time in a chair on each day.
    chairs: ChairsDocument<'f>,
    /// Doses of each kind.
    doses: Vec<GivenDocument<'f>>,
}

/// The register that was read.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Register", deny_unknown_fields)]
struct RegisterDocument<'f> {
    /// The name of the ward.
    ward: &'f str,
    /// Its last entry: the number, and the beginning of its hash.
    anchor: &'f str,
}

/// The plans that were read.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Plans", deny_unknown_fields)]
struct PlansDocument {
    /// All that are counted.
    all: u64,
    /// Those with something to be confirmed.
    provisional: u64,
    /// Those that give nothing.
    stopped: u64,
    /// Those without an identifier, of which none can be seen to be a second one.
    without_patient_id: u64,
    /// Lines of a batch that hold no plan.
    errors_of_batch: u64,
}

/// A patient with two plans of one drug.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CountedTwice", deny_unknown_fields)]
struct TwiceDocument<'f> {
    /// The identifier.
    patient: &'f str,
    /// The drug's name.
    drug: &'f str,
    /// The places of the two plans.
    plans: [String; 2],
}

/// An identifier that stands for two patients.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OneIdentifier", deny_unknown_fields)]
struct OneIdentifierDocument<'f> {
    /// The identifier.
    patient: &'f str,
    /// What differs: `birth_date` or `name`.
    differs: &'static str,
    /// The two plans.
    plans: [String; 2],
}

/// Plans that were altered since they were saved.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Altered", deny_unknown_fields)]
struct AlteredDocument {
    /// Whether they were counted.
    counted: bool,
    /// The plans.
    plans: Vec<String>,
}

/// Doses of a course that are in no figure.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SetApart", deny_unknown_fields)]
struct ApartDocument<'f> {
    /// The identifier.
    patient: &'f str,
    /// The drug's name.
    drug: &'f str,
    /// Where the course is.
    course: String,
    /// Why they are in no figure.
    why: Apart,
    /// How many doses.
    doses: u64,
    /// How many supplies.
    supplies: u64,
    /// What they need.
    needs: Vec<NeedDocument<'f>>,
}

/// What doses need of a product.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Need", deny_unknown_fields)]
struct NeedDocument<'f> {
    /// The product with its strength.
    product: &'f str,
    /// The container, where the product comes in several.
    #[serde(skip_serializing_if = "Option::is_none")]
    container: Option<&'f str>,
    /// How many.
    all: u64,
}

/// How many, and how many of them in provisional plans.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Count", deny_unknown_fields)]
struct CountDocument {
    /// All.
    all: u64,
    /// Those in provisional plans.
    provisional: u64,
}

/// What is needed of a product.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Product", deny_unknown_fields)]
struct ProductDocument<'f> {
    /// The drug's name.
    drug: &'f str,
    /// The product with its strength.
    product: &'f str,
    /// The container, where the product comes in several.
    #[serde(skip_serializing_if = "Option::is_none")]
    container: Option<&'f str>,
    /// How many in all weeks.
    all: u64,
    /// Those of them in provisional plans.
    provisional: u64,
    /// How many in each week.
    weeks: Vec<WeekDocument>,
}

/// What is needed in a week.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Week", deny_unknown_fields)]
struct WeekDocument {
    /// Its first day.
    monday: NaiveDate,
    /// How many.
    all: u64,
    /// Those of them in provisional plans.
    provisional: u64,
}

/// Time in a chair.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Chairs", deny_unknown_fields)]
struct ChairsDocument<'f> {
    /// The minutes a day that there are chairs for; null where that was not given.
    capacity_minutes: Option<u32>,
    /// The minutes that an injection is counted with.
    injection_minutes: u16,
    /// The minutes after each patient.
    turnover_minutes: u16,
    /// The days with a dose in a chair.
    days: Vec<DayDocument<'f>>,
}

/// A day with doses in a chair.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Day", deny_unknown_fields)]
struct DayDocument<'f> {
    /// The day.
    date: NaiveDate,
    /// Minutes in a chair.
    minutes: CountDocument,
    /// Infusions.
    infusions: CountDocument,
    /// Injections.
    injections: CountDocument,
    /// Whether there are more minutes than chairs; left out where the capacity was not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    above_capacity: Option<bool>,
    /// The doses of a day above the capacity.
    #[serde(skip_serializing_if = "Option::is_none")]
    doses: Option<Vec<DoseDocument<'f>>>,
}

/// A dose on a day above the capacity.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Dose", deny_unknown_fields)]
struct DoseDocument<'f> {
    /// The identifier.
    patient: Option<&'f str>,
    /// The place of its plan.
    plan: String,
    /// The drug's name.
    drug: &'f str,
    /// The dose's number in its plan.
    number: u16,
    /// Minutes in a chair.
    minutes: u32,
    /// Whether another day can be named, or why none can.
    #[schemars(extend("enum" = verdicts()))]
    verdict: &'static str,
    /// An earlier day on which it could be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier_date: Option<NaiveDate>,
    /// A later day on which it could be given.
    #[serde(skip_serializing_if = "Option::is_none")]
    later_date: Option<NaiveDate>,
    /// The least number of days between two doses.
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum_gap_days: Option<i64>,
}

/// Doses of one kind.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Given", deny_unknown_fields)]
struct GivenDocument<'f> {
    /// The drug's name.
    drug: &'f str,
    /// The product with its strength.
    product: &'f str,
    /// Why it is given.
    indication: Indication,
    /// How it is given.
    route: Route,
    /// How often.
    frequency: &'f str,
    /// The dose.
    dose_mg: Mass,
    /// The plans.
    plans: CountDocument,
    /// The doses.
    doses: CountDocument,
    /// The supplies.
    supplies: CountDocument,
}

impl From<Count> for CountDocument {
    fn from(Count { all, provisional }: Count) -> Self {
        Self { all, provisional }
    }
}

impl Forecast {
    /// The forecast as one JSON document, a key on each line.
    ///
    /// # Panics
    /// Never: a forecast is made of text and numbers, which JSON can hold.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(&self.document()).expect("a forecast is made of text and numbers") + "\n"
    }

    /// The forecast as it is written to JSON.
    pub fn document(&self) -> ForecastDocument<'_> {
        let Plans { all, provisional, stopped, without_id, errors } = self.plans;
        ForecastDocument {
            format: FORMAT,
            from: self.days.map(|(first, _)| first),
            to: self.days.map(|(_, last)| last),
            register: self.of_ward.as_ref().map(|it| RegisterDocument { ward: &it.ward, anchor: &it.anchor }),
            plans: PlansDocument { all, provisional, stopped, without_patient_id: without_id, errors_of_batch: errors },
            conditional_doses: self.conditional,
            counted_twice: self
                .twice
                .iter()
                .map(|it| TwiceDocument {
                    patient: &it.patient,
                    drug: &it.drug,
                    plans: it.places.each_ref().map(Place::to_string),
                })
                .collect(),
            one_identifier_for_two: self
                .one_identifier
                .iter()
                .map(|it| OneIdentifierDocument {
                    patient: &it.patient,
                    differs: it.earlier.differs.as_str(),
                    plans: [&it.earlier.place, &it.place].map(Place::to_string),
                })
                .collect(),
            altered: AlteredDocument {
                counted: self.altered_counted,
                plans: self.altered.iter().map(Place::to_string).collect(),
            },
            set_apart: self.apart.iter().map(apart).collect(),
            containers: products(&self.containers),
            tablets_or_capsules: products(&self.units),
            chairs: self.chairs_document(),
            doses: self.doses(),
        }
    }

    fn chairs_document(&self) -> ChairsDocument<'_> {
        let crowded: BTreeMap<NaiveDate, &Crowded> = self.crowded.iter().map(|day| (day.date, day)).collect();
        let day = |(date, day): (&NaiveDate, &super::Day)| DayDocument {
            date: *date,
            minutes: day.minutes.into(),
            infusions: day.infusions.into(),
            injections: day.injections.into(),
            above_capacity: self.counted.capacity.map(|_| crowded.contains_key(date)),
            doses: crowded.get(date).map(|day| day.doses.iter().map(dose).collect()),
        };
        ChairsDocument {
            capacity_minutes: self.counted.capacity,
            injection_minutes: self.counted.injection,
            turnover_minutes: self.counted.turnover,
            days: self.chairs.iter().map(day).collect(),
        }
    }

    fn doses(&self) -> Vec<GivenDocument<'_>> {
        let given = self.given.iter().map(|(treatment, given)| GivenDocument {
            drug: &treatment.drug,
            product: &treatment.product,
            indication: treatment.indication,
            route: treatment.route,
            frequency: &treatment.frequency,
            dose_mg: treatment.dose,
            plans: given.plans.into(),
            doses: given.doses.into(),
            supplies: given.supplies.into(),
        });
        given.collect()
    }
}

fn products(products: &BTreeMap<Product, Weeks>) -> Vec<ProductDocument<'_>> {
    let week = |(monday, count): (&NaiveDate, &Count)| WeekDocument {
        monday: *monday,
        all: count.all,
        provisional: count.provisional,
    };
    let document = |(product, weeks)| {
        let (Product { drug, product, container }, weeks): (&'_ Product, &'_ Weeks) = (product, weeks);
        let Count { all, provisional } = Count::sum(weeks.values());
        let weeks = weeks.iter().map(week).collect();
        ProductDocument { drug, product, container: container.as_deref(), all, provisional, weeks }
    };
    products.iter().map(document).collect()
}

fn apart(it: &SetApart) -> ApartDocument<'_> {
    let needs = it.needs.iter().map(|(product, all)| NeedDocument {
        product: &product.product,
        container: product.container.as_deref(),
        all: *all,
    });
    ApartDocument {
        patient: &it.patient,
        drug: &it.drug,
        course: it.place.to_string(),
        why: it.why,
        doses: it.doses,
        supplies: it.supplies,
        needs: needs.collect(),
    }
}

fn dose(dose: &CrowdedDose) -> DoseDocument<'_> {
    let (verdict, earlier_date, later_date, minimum_gap_days) = match dose.verdict {
        Verdict::Movable { earlier, later, minimum_gap } => (COULD_MOVE, earlier, later, Some(minimum_gap.count())),
        Verdict::Fixed(why) => (why.as_str(), None, None, None),
    };
    DoseDocument {
        patient: dose.patient.as_deref(),
        plan: dose.place.to_string(),
        drug: &dose.drug,
        number: dose.number,
        minutes: dose.minutes,
        verdict,
        earlier_date,
        later_date,
        minimum_gap_days,
    }
}
