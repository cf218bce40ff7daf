//! A forecast as one JSON document.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{
    Count, Forecast, Place, Plans, Product, Weeks,
    moves::{Crowded, CrowdedDose, Verdict},
};
use crate::{
    patient::{Indication, Route},
    quantity::Mass,
};

/// The form of the document.
const FORMAT: &str = "osteodose-forecast/1";

/// A forecast as it is written to JSON.
#[derive(Serialize)]
pub struct ForecastDocument<'f> {
    format: &'static str,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    plans: PlansDocument,
    conditional_doses: u64,
    counted_twice: Vec<TwiceDocument<'f>>,
    one_identifier_for_two: Vec<OneIdentifierDocument<'f>>,
    altered: AlteredDocument,
    containers: Vec<ProductDocument<'f>>,
    tablets_or_capsules: Vec<ProductDocument<'f>>,
    chairs: ChairsDocument<'f>,
    doses: Vec<GivenDocument<'f>>,
}

#[derive(Serialize)]
struct PlansDocument {
    all: u64,
    provisional: u64,
    stopped: u64,
    without_patient_id: u64,
    errors_of_batch: u64,
}

#[derive(Serialize)]
struct TwiceDocument<'f> {
    patient: &'f str,
    drug: &'f str,
    plans: [String; 2],
}

#[derive(Serialize)]
struct OneIdentifierDocument<'f> {
    patient: &'f str,
    differs: &'static str,
    plans: [String; 2],
}

#[derive(Serialize)]
struct AlteredDocument {
    counted: bool,
    plans: Vec<String>,
}

#[derive(Serialize)]
struct CountDocument {
    all: u64,
    provisional: u64,
}

#[derive(Serialize)]
struct ProductDocument<'f> {
    drug: &'f str,
    product: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    container: Option<&'f str>,
    all: u64,
    provisional: u64,
    weeks: Vec<WeekDocument>,
}

#[derive(Serialize)]
struct WeekDocument {
    monday: NaiveDate,
    all: u64,
    provisional: u64,
}

#[derive(Serialize)]
struct ChairsDocument<'f> {
    capacity_minutes: Option<u32>,
    injection_minutes: u16,
    turnover_minutes: u16,
    days: Vec<DayDocument<'f>>,
}

#[derive(Serialize)]
struct DayDocument<'f> {
    date: NaiveDate,
    minutes: CountDocument,
    infusions: CountDocument,
    injections: CountDocument,
    #[serde(skip_serializing_if = "Option::is_none")]
    above_capacity: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doses: Option<Vec<DoseDocument<'f>>>,
}

#[derive(Serialize)]
struct DoseDocument<'f> {
    patient: Option<&'f str>,
    plan: String,
    drug: &'f str,
    number: u16,
    minutes: u32,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    later_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum_gap_days: Option<i64>,
}

#[derive(Serialize)]
struct GivenDocument<'f> {
    drug: &'f str,
    product: &'f str,
    indication: Indication,
    route: Route,
    frequency: &'f str,
    dose_mg: Mass,
    plans: CountDocument,
    doses: CountDocument,
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

fn dose(dose: &CrowdedDose) -> DoseDocument<'_> {
    let (verdict, earlier_date, later_date, minimum_gap_days) = match dose.verdict {
        Verdict::Movable { earlier, later, minimum_gap } => ("could-move", earlier, later, Some(minimum_gap.count())),
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
