//! A forecast for a terminal: tables with bars, in letters and signs alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Count, Forecast, Place, Product, Treatment, Weeks, moves::Verdict};
use crate::{
    present::Page,
    words::{forecast as words, line_breaks::columns, register, spoken, summary},
};

/// How a forecast is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The columns of a line.
    pub width: usize,
    /// Whether bars are made of letters and signs that every terminal knows.
    pub ascii: bool,
}

/// The fewest columns of a bar that still says something.
const SHORTEST_BAR: usize = 4;

/// The forecast as text.
pub fn text(forecast: &Forecast, look: Look) -> String {
    let mut sheet = Sheet { page: Page::default(), look };
    sheet.head(forecast);
    sheet.products(words::CONTAINERS, words::CONTAINERS_MEAN, &forecast.containers);
    sheet.products(words::UNITS, words::UNITS_MEAN, &forecast.units);
    sheet.chairs(forecast);
    sheet.crowded(forecast);
    sheet.doses(forecast);
    sheet.page.blank();
    if let Some(of) = &forecast.of_ward {
        sheet.page.text(&register::foot(of.entry, &of.anchor));
    }
    sheet.page.text(summary::RESPONSIBLE);
    sheet.page.into_text()
}

struct Sheet {
    page: Page,
    look: Look,
}

impl Sheet {
    fn head(&mut self, forecast: &Forecast) {
        let plans = forecast.plans;
        match &forecast.of_ward {
            Some(of) => self.page.text(&words::title_of_register(&of.ward, plans.all, forecast.days)),
            None => self.page.text(&words::title(plans.all, forecast.days)),
        }
        for twice in &forecast.twice {
            let [one, other] = &twice.places;
            self.page.indented(&words::twice(&twice.patient, &twice.drug, &one.to_string(), &other.to_string()));
        }
        for one in &forecast.one_identifier {
            let [earlier, this] = [&one.earlier.place, &one.place].map(Place::to_string);
            self.page.indented(&words::one_identifier(&one.patient, one.earlier.differs, &earlier, &this));
        }
        if !forecast.altered.is_empty() {
            let places: Vec<String> = forecast.altered.iter().map(Place::to_string).collect();
            self.page.indented(&words::altered(&places, forecast.altered_counted));
        }
        for it in &forecast.apart {
            let needs: Vec<String> = it
                .needs
                .iter()
                .map(|(product, all)| words::need(*all, &product.product, product.container.as_deref()))
                .collect();
            let open = words::open(it.doses, it.supplies);
            self.page.indented(&words::apart(&it.patient, &it.drug, &open, it.why.sentence(), &needs));
        }
        let mut note = |count: u64, sentence: fn(u64) -> String| {
            if count > 0 {
                self.page.indented(&sentence(count));
            }
        };
        note(plans.errors, words::errors);
        note(plans.provisional, words::provisional);
        note(plans.stopped, words::stopped);
        note(plans.without_id, words::without_id);
        note(forecast.conditional, words::conditional);
        self.page.indented(if forecast.of_ward.is_some() { words::AS_DUE } else { words::AS_SAVED });
        let [firm, provisional] = self.look.marks();
        self.page.indented(&words::bars(firm, provisional));
    }

    fn products(&mut self, heading: &str, meaning: &str, products: &BTreeMap<Product, Weeks>) {
        if products.is_empty() {
            return;
        }
        self.page.heading(heading);
        self.page.indented(meaning);
        let most = products.values().flat_map(Weeks::values).map(|count| count.all).max().unwrap_or(0);
        for (product, weeks) in products {
            self.page.blank();
            self.page.indented(&words::product(&product.product, product.container.as_deref()));
            let row = |(monday, count): (&NaiveDate, &Count)| (cells(words::week(*monday), *count), Some(*count));
            let total = (cells("total".to_owned(), Count::sum(weeks.values())), None);
            let rows: Vec<Row> = weeks.iter().map(row).chain([total]).collect();
            self.chart(&["week", "all", "provisional"], &rows, most);
        }
    }

    fn chairs(&mut self, forecast: &Forecast) {
        if forecast.chairs.is_empty() {
            return;
        }
        let counted = forecast.counted;
        self.page.heading(words::CHAIRS);
        self.page.indented(&words::chairs_mean(counted.injection, counted.turnover));
        if let Some(capacity) = counted.capacity {
            self.page.indented(&words::capacity_means(capacity));
        }
        self.page.blank();
        let most = forecast.chairs.values().map(|day| day.minutes.all).max().unwrap_or(0);
        let mut headings = vec!["day", "minutes", "provisional", "infusions", "injections"];
        if counted.capacity.is_some() {
            headings.push("capacity");
        }
        let rows: Vec<Row> = forecast
            .chairs
            .iter()
            .map(|(date, day)| {
                let mut row = cells(spoken::day(*date), day.minutes);
                row.extend([day.infusions.all.to_string(), day.injections.all.to_string()]);
                if counted.capacity.is_some() {
                    let mark = if counted.are_exceeded_by(day.minutes.all) { "ABOVE" } else { "" };
                    row.push(mark.to_owned());
                }
                (row, Some(day.minutes))
            })
            .collect();
        self.chart(&headings, &rows, most);
    }

    fn crowded(&mut self, forecast: &Forecast) {
        let Some(capacity) = forecast.counted.capacity else { return };
        self.page.heading(words::CROWDED);
        if forecast.crowded.is_empty() {
            self.page.indented(words::NONE);
            return;
        }
        self.page.indented(words::MOVES_MEAN);
        for day in &forecast.crowded {
            self.page.blank();
            self.page.indented(&words::crowded(day.date, day.minutes, capacity));
            for dose in &day.doses {
                let patient = words::patient_or_place(dose.patient.as_deref(), &dose.place.to_string());
                let verdict = match dose.verdict {
                    Verdict::Movable { earlier, later, minimum_gap } => words::could_move(earlier, later, minimum_gap),
                    Verdict::Fixed(why) => why.sentence().to_owned(),
                };
                let line = words::crowded_dose(&patient, &dose.drug, dose.number, dose.minutes, &verdict);
                self.page.point(&line);
            }
        }
    }

    fn doses(&mut self, forecast: &Forecast) {
        if forecast.given.is_empty() {
            return;
        }
        self.page.heading(words::DOSES);
        let mut drugs: BTreeMap<&str, (Count, Count)> = BTreeMap::new();
        for (treatment, given) in &forecast.given {
            let (doses, supplies) = drugs.entry(&treatment.drug).or_default();
            *doses += given.doses;
            *supplies += given.supplies;
        }
        let most = drugs.values().map(|(doses, _)| doses.all).max().unwrap_or(0);
        let rows: Vec<Row> = drugs
            .iter()
            .map(|(drug, (doses, supplies))| {
                let row = [doses.all, doses.provisional, supplies.all, supplies.provisional].map(|n| n.to_string());
                ([(*drug).to_owned()].into_iter().chain(row).collect(), Some(*doses))
            })
            .collect();
        self.chart(&["drug", "doses", "provisional", "supplies", "provisional"], &rows, most);
        self.page.blank();
        for (Treatment { product, indication, route, frequency, dose, .. }, given) in &forecast.given {
            let treatment = words::treatment(*dose, *route, frequency, product, *indication);
            let given = words::given(given.plans.all, given.doses.all, given.supplies.all);
            self.page.point(&format!("{treatment}: {given}"));
        }
    }

    /// A table with a bar beside each row that has one; the first column is left-aligned, figures are right-aligned.
    fn chart(&mut self, headings: &[&str], rows: &[Row], most: u64) {
        let width_of = |at: usize| {
            let cells = rows.iter().filter_map(|(row, _)| row.get(at)).map(|cell| columns(cell));
            cells.chain([columns(headings[at])]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..headings.len()).map(width_of).collect();
        let table = 2 + widths.iter().sum::<usize>() + 2 * widths.len();
        let room = Some(self.look.width.saturating_sub(table)).filter(|room| *room >= SHORTEST_BAR);
        let line = |row: &mut dyn Iterator<Item = &str>| {
            let mut line = String::from("  ");
            for (at, (cell, width)) in row.zip(&widths).enumerate() {
                let space = " ".repeat(width.saturating_sub(columns(cell)));
                let cell = if at == 0 { [cell, &space] } else { [&space, cell] };
                line.extend(cell);
                line.push_str("  ");
            }
            line
        };
        self.page.line(&line(&mut headings.iter().copied()));
        for (row, count) in rows {
            let bar = count.zip(room).map_or_else(String::new, |(count, room)| self.look.bar(count, most, room));
            self.page.line(&format!("{}{bar}", line(&mut row.iter().map(String::as_str))));
        }
    }
}

/// The cells of a row, and what its bar shows.
type Row = (Vec<String>, Option<Count>);

fn cells(name: String, count: Count) -> Vec<String> {
    vec![name, count.all.to_string(), count.provisional.to_string()]
}

impl Look {
    /// The marks of what is firm and of what is provisional.
    fn marks(self) -> [char; 2] {
        if self.ascii { ['#', '.'] } else { ['█', '░'] }
    }

    /// A bar of as many marks as a count is of the most; what is there is always seen.
    fn bar(self, count: Count, most: u64, room: usize) -> String {
        let room = u64::try_from(room).unwrap_or(u64::MAX);
        let part = |count: u64, of: u64, room: u64| (count.saturating_mul(room)).div_ceil(of.max(1));
        let length = part(count.all, most, room);
        let provisional = part(count.provisional, count.all, length);
        let [firm, open] = self.marks();
        let repeat = |mark: char, times: u64| std::iter::repeat_n(mark, usize::try_from(times).unwrap_or(0));
        repeat(firm, length.saturating_sub(provisional)).chain(repeat(open, provisional)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_how_much_and_how_much_of_it_is_provisional() {
        let bar = |all, provisional| Look { width: 80, ascii: true }.bar(Count { all, provisional }, 20, 10);
        assert_eq!(bar(20, 0), "##########");
        assert_eq!(bar(10, 5), "##...");
        assert_eq!((bar(1, 0).as_str(), bar(1, 1).as_str(), bar(0, 0).as_str()), ("#", ".", ""));
    }
}
