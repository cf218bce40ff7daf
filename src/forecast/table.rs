//! A forecast as one table for a spreadsheet: a row for each figure, and for each dose of a crowded day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Count, Forecast, Place, Product, SetApart, Weeks, moves::Verdict};
use crate::{
    export::Cell,
    words::{forecast as words, spoken},
};

/// The columns, in their order.
const COLUMNS: [&str; 17] = [
    "what",
    "date",
    "drug",
    "product",
    "container",
    "dose_mg",
    "frequency",
    "indication",
    "patient",
    "plan",
    "dose_number",
    "count",
    "of_which_provisional",
    "above_capacity",
    "verdict",
    "earlier_date",
    "later_date",
];

/// A row that is being filled.
#[derive(Default)]
struct Row<'f> {
    what: &'static str,
    date: Option<NaiveDate>,
    drug: &'f str,
    product: &'f str,
    container: &'f str,
    dose: String,
    frequency: &'f str,
    indication: &'static str,
    patient: &'f str,
    place: String,
    number: String,
    count: Option<Count>,
    above: &'static str,
    verdict: &'static str,
    earlier: Option<NaiveDate>,
    later: Option<NaiveDate>,
}

/// The forecast as CSV.
///
/// # Panics
/// Never: a table is written to memory, which takes it.
pub fn table(forecast: &Forecast) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut write = |cells: &[String]| {
        let safe = cells.iter().map(|cell| Cell::of(cell).into_text());
        writer.write_record(safe).expect("memory takes it");
    };
    write(&COLUMNS.map(str::to_owned));
    for row in rows(forecast) {
        write(&row.cells());
    }
    writer.into_inner().expect("memory takes it")
}

fn rows(forecast: &Forecast) -> Vec<Row<'_>> {
    let mut rows = notices(forecast);
    rows.extend(weeks("containers-in-week", &forecast.containers));
    rows.extend(weeks("tablets-or-capsules-in-week", &forecast.units));
    for (date, day) in &forecast.chairs {
        let row = |what, count| Row { what, date: Some(*date), count: Some(count), ..Row::default() };
        let above = forecast.counted.capacity.map(|_| forecast.counted.are_exceeded_by(day.minutes.all));
        let above = above.map_or("", |above| if above { "yes" } else { "no" });
        rows.push(Row { above, ..row("chair-minutes-on-day", day.minutes) });
        rows.push(row("infusions-on-day", day.infusions));
        rows.push(row("injections-on-day", day.injections));
    }
    for (treatment, given) in &forecast.given {
        let row = |what, count| Row {
            what,
            drug: &treatment.drug,
            product: &treatment.product,
            dose: treatment.dose.in_milligrams().to_string(),
            frequency: &treatment.frequency,
            indication: treatment.indication.as_str(),
            count: Some(count),
            ..Row::default()
        };
        let counts = [("doses", given.doses), ("supplies", given.supplies)];
        rows.extend(counts.into_iter().filter(|(_, count)| count.all > 0).map(|(what, count)| row(what, count)));
    }
    rows.extend(crowded(forecast));
    rows
}

/// What must be known of the plans before a figure is believed.
fn notices(forecast: &Forecast) -> Vec<Row<'_>> {
    let plans = forecast.plans;
    let row = |what, count| Row { what, count: Some(count), ..Row::default() };
    let counted = |all| Count { all, provisional: 0 };
    let mut rows = vec![
        row("plans", Count { all: plans.all, provisional: plans.provisional }),
        row("stopped-plans", counted(plans.stopped)),
        row("errors-of-batch", counted(plans.errors)),
        row("altered-plans", counted(u64::try_from(forecast.altered.len()).unwrap_or(u64::MAX))),
        row("plans-without-patient-id", counted(plans.without_id)),
        row("conditional-doses", counted(forecast.conditional)),
    ];
    if let Some((first, last)) = forecast.days {
        let days = [("first-day", first), ("last-day", last)];
        rows.extend(days.map(|(what, day)| Row { what, date: Some(day), ..Row::default() }));
    }
    if let Some(of) = &forecast.of_ward {
        let place = words::register(&of.ward, &of.anchor);
        rows.push(Row { what: "register", place, ..Row::default() });
    }
    for twice in &forecast.twice {
        let [one, other] = &twice.places;
        let place = format!("{one}; {other}");
        rows.push(Row { what: "counted-twice", drug: &twice.drug, patient: &twice.patient, place, ..Row::default() });
    }
    for one in &forecast.one_identifier {
        let place = format!("{}; {}", one.earlier.place, one.place);
        let verdict = one.earlier.differs.as_str();
        rows.push(Row { what: "one-identifier-for-two", patient: &one.patient, place, verdict, ..Row::default() });
    }
    let altered = |place: &Place| Row {
        what: "altered-plan",
        place: place.to_string(),
        verdict: if forecast.altered_counted { "counted" } else { "left-out" },
        ..Row::default()
    };
    rows.extend(forecast.altered.iter().map(altered));
    rows.extend(forecast.apart.iter().flat_map(apart));
    rows
}

/// Doses that are in no figure, and what they need.
fn apart(it: &SetApart) -> Vec<Row<'_>> {
    let counted = |all| Some(Count { all, provisional: 0 });
    let row = |what, count| Row {
        what,
        drug: &it.drug,
        patient: &it.patient,
        place: it.place.to_string(),
        count,
        verdict: it.why.as_str(),
        ..Row::default()
    };
    let mut rows = vec![row("set-apart", counted(it.doses.saturating_add(it.supplies)))];
    rows.extend(it.needs.iter().map(|(product, all)| Row {
        product: &product.product,
        container: product.container.as_deref().unwrap_or_default(),
        ..row("set-apart-needs", counted(*all))
    }));
    rows
}

fn weeks<'f>(what: &'static str, products: &'f BTreeMap<Product, Weeks>) -> Vec<Row<'f>> {
    let row = |product: &'f Product, monday: &NaiveDate, count: &Count| Row {
        what,
        date: Some(*monday),
        drug: &product.drug,
        product: &product.product,
        container: product.container.as_deref().unwrap_or_default(),
        count: Some(*count),
        ..Row::default()
    };
    let rows = products.iter().flat_map(|(product, weeks)| weeks.iter().map(move |week| (product, week)));
    rows.map(|(product, (monday, count))| row(product, monday, count)).collect()
}

fn crowded(forecast: &Forecast) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for day in &forecast.crowded {
        for dose in &day.doses {
            let (earlier, later, verdict) = match dose.verdict {
                Verdict::Movable { earlier, later, .. } => (earlier, later, "could-move"),
                Verdict::Fixed(why) => (None, None, why.as_str()),
            };
            rows.push(Row {
                what: "dose-on-crowded-day",
                date: Some(day.date),
                drug: &dose.drug,
                patient: dose.patient.as_deref().unwrap_or(spoken::NOT_RECORDED),
                place: dose.place.to_string(),
                number: dose.number.to_string(),
                verdict,
                earlier,
                later,
                ..Row::default()
            });
        }
    }
    rows
}

impl Row<'_> {
    fn cells(self) -> [String; COLUMNS.len()] {
        let day = |date: Option<NaiveDate>| date.map_or_else(String::new, |date| date.to_string());
        let count = |part: fn(Count) -> u64| self.count.map_or_else(String::new, |count| part(count).to_string());
        let (all, provisional) = (count(|it| it.all), count(|it| it.provisional));
        [
            self.what.to_owned(),
            day(self.date),
            self.drug.to_owned(),
            self.product.to_owned(),
            self.container.to_owned(),
            self.dose,
            self.frequency.to_owned(),
            self.indication.to_owned(),
            self.patient.to_owned(),
            self.place,
            self.number,
            all,
            provisional,
            self.above.to_owned(),
            self.verdict.to_owned(),
            day(self.earlier),
            day(self.later),
        ]
    }
}
