//! Proves the settings of a ward before anyone relies on them, against the library in use.

use chrono::{Days as Step, NaiveDate};

use super::{LEAST_LETTERS, Settings, settings::letters};
use crate::{
    dosing::{Calendar, is_same_person},
    json::{Fault, Node, Problem, Text, nearest, printable, read_document},
    quantity::Days,
    regimen::{Library, is_digest},
    request::Clinic,
};

/// What is wrong in settings of a ward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Their form.
    Form(Problem),
    /// Their meaning.
    Meaning(Defect),
}

/// What can be wrong with the meaning of settings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are the figures of the sentence in `words`")]
pub enum Defect {
    /// A list that is longer than any ward needs.
    TooMany { found: usize, most: usize },
    /// No weekday on which the ward is open.
    NoWeekday,
    /// Something that is named twice.
    Twice { name: String },
    /// A closure that ends before it begins.
    Backwards { first: NaiveDate, last: NaiveDate },
    /// A closure longer than the days within which an open day must be found.
    TooLong { days: i64, most: Days },
    /// Closed days in a row, closures and weekdays together, within which no open day is found.
    NeverOpen { from: NaiveDate, within: Days },
    /// A name that names nobody.
    ShortName { name: String, least: usize },
    /// A product that is not in the library.
    UnknownProduct { found: String, nearest: Option<&'static str>, allowed: Vec<&'static str> },
    /// A product whose word two drugs of the library share: which one is in stock is not known.
    OfSeveralDrugs { name: String, drugs: Vec<&'static str> },
    /// Drafts that expire on the day they are begun.
    NoDraftDays,
    /// A text that is no digest of a library.
    NotADigest,
    /// Another library than that of the ward.
    OtherLibrary { required: String, found: &'static str },
}

/// A defect with its path in the settings, such as `closed[1].last`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misplaced {
    /// The path.
    pub path: String,
    /// What is wrong there.
    pub defect: Defect,
}

/// The most entries of a list: far more than of any ward, and few enough to be looked through at every start.
const MOST_ENTRIES: usize = 500;

/// Reads settings from a file and proves them against a library.
///
/// # Errors
/// Everything that is wrong with their form; or where nothing is, everything that is wrong with their meaning.
pub fn read(document: &[u8], library: &'static Library) -> Result<Settings, Vec<Fault<Flaw>>> {
    let of_form = |faults: Vec<Fault>| faults.into_iter().map(|fault| fault.map(Flaw::Form)).collect::<Vec<_>>();
    let settings: Settings = read_document(document).map_err(of_form)?;
    let defects = check(&settings, library);
    if defects.is_empty() {
        return Ok(settings);
    }
    let root = Node::parse(document);
    let placed = |Misplaced { path, defect }| {
        let (line, column) = root.as_ref().map_or((1, 1), |root| root.at(&path).place());
        Fault { path, line, column, problem: Flaw::Meaning(defect) }
    };
    let mut faults: Vec<Fault<Flaw>> = defects.into_iter().map(placed).collect();
    faults.sort_by_key(|fault| (fault.line, fault.column));
    Err(faults)
}

/// Everything that is wrong with the meaning of settings.
pub fn check(settings: &Settings, library: &'static Library) -> Vec<Misplaced> {
    let mut report = Report(Vec::new());
    if report.is_too_long(settings) {
        return report.0;
    }
    report.weekdays(settings);
    report.closures(settings, library.limits().calendar.search.0);
    report.people(&settings.people);
    report.products(&settings.products, library);
    if settings.draft_days == Some(0) {
        report.note("draft_days".to_owned(), Defect::NoDraftDays);
    }
    if let Some(required) = settings.library.as_ref().map(Text::as_str).filter(|it| *it != library.digest()) {
        let other = || Defect::OtherLibrary { required: required.to_owned(), found: library.digest() };
        report.note("library".to_owned(), if is_digest(required) { other() } else { Defect::NotADigest });
    }
    report.0
}

/// Gathers defects.
struct Report(Vec<Misplaced>);

impl Report {
    fn note(&mut self, path: String, defect: Defect) {
        self.0.push(Misplaced { path, defect });
    }

    /// Whether a list has too many entries to be looked through.
    fn is_too_long(&mut self, settings: &Settings) -> bool {
        let weekdays = settings.open_weekdays.as_ref().map_or(0, Vec::len);
        let lists = [
            ("open_weekdays", weekdays),
            ("closed", settings.closed.len()),
            ("people", settings.people.len()),
            ("products", settings.products.len()),
        ];
        for (path, found) in lists.into_iter().filter(|(_, found)| *found > MOST_ENTRIES) {
            self.note(path.to_owned(), Defect::TooMany { found, most: MOST_ENTRIES });
        }
        !self.0.is_empty()
    }

    fn weekdays(&mut self, settings: &Settings) {
        let Some(open) = &settings.open_weekdays else { return };
        if open.is_empty() {
            self.note("open_weekdays".to_owned(), Defect::NoWeekday);
        }
        for (index, weekday) in open.iter().enumerate().filter(|(index, it)| open[..*index].contains(it)) {
            self.note(format!("open_weekdays[{index}]"), Defect::Twice { name: weekday.as_str().to_owned() });
        }
    }

    fn closures(&mut self, settings: &Settings, search: Days) {
        let before = self.0.len();
        for (index, closure) in settings.closed.iter().enumerate() {
            let (first, last, days) = (closure.first, closure.last_day(), closure.days());
            let path = || format!("closed[{index}].last");
            if days < 1 {
                self.note(path(), Defect::Backwards { first, last });
            } else if days > search.count() {
                self.note(path(), Defect::TooLong { days, most: search });
            }
        }
        let no_weekday = settings.open_weekdays.as_ref().is_some_and(Vec::is_empty);
        if self.0.len() == before && !no_weekday {
            self.never_open(settings, search);
        }
    }

    /// Notes the first closure that is part of too many closed days in a row, whatever closes the ward on each.
    fn never_open(&mut self, settings: &Settings, search: Days) {
        let all = |closure: &super::Closure| closure.dates(NaiveDate::MIN, NaiveDate::MAX);
        let closed_dates = settings.closed.iter().flat_map(all).collect();
        let clinic = Clinic { open_weekdays: settings.open_weekdays.clone(), closed_dates };
        let calendar = Calendar::new(Some(&clinic), search);
        let most = usize::try_from(search.count()).unwrap_or(0) + 1;
        let is_closed = |day: &NaiveDate| !calendar.is_open(*day);
        let back = |day: &NaiveDate| day.checked_sub_days(Step::new(1));
        for (index, closure) in settings.closed.iter().enumerate() {
            let earlier = std::iter::successors(Some(closure.first), back).take(most).take_while(is_closed);
            let from = earlier.last().unwrap_or(closure.first);
            if from.iter_days().take(most).all(|day| is_closed(&day)) {
                self.note(format!("closed[{index}].first"), Defect::NeverOpen { from, within: search });
                return;
            }
        }
    }

    fn people(&mut self, people: &[Text]) {
        for (index, name) in people.iter().map(Text::as_str).enumerate() {
            let path = || format!("people[{index}]");
            if letters(name) < LEAST_LETTERS {
                self.note(path(), Defect::ShortName { name: printable(name), least: LEAST_LETTERS });
            }
            if people[..index].iter().any(|earlier| is_same_person(earlier.as_str(), name)) {
                self.note(path(), Defect::Twice { name: printable(name) });
            }
        }
    }

    fn products(&mut self, products: &[Text], library: &'static Library) {
        let known = in_library(library);
        for (index, id) in products.iter().enumerate() {
            let path = || format!("products[{index}]");
            let name = || printable(id.as_str());
            match known.iter().find(|(word, _)| *word == id.as_str()) {
                None => {
                    let allowed: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
                    let nearest = nearest(id.as_str(), allowed.iter().copied());
                    self.note(path(), Defect::UnknownProduct { found: name(), nearest, allowed });
                }
                Some((_, drugs)) if drugs.len() > 1 => {
                    self.note(path(), Defect::OfSeveralDrugs { name: name(), drugs: drugs.clone() });
                }
                Some(_) => {}
            }
            if products[..index].contains(id) {
                self.note(path(), Defect::Twice { name: name() });
            }
        }
    }
}

/// The words of all products of a library, each once, in the order of its files, with the drugs that have them.
fn in_library(library: &'static Library) -> Vec<(&'static str, Vec<&'static str>)> {
    let mut known: Vec<(&'static str, Vec<&'static str>)> = Vec::new();
    for listed in library.regimens() {
        let drug = listed.drug.name.as_str();
        for product in listed.products() {
            let word = product.id.as_str();
            match known.iter_mut().find(|(known, _)| *known == word) {
                None => known.push((word, vec![drug])),
                Some((_, drugs)) if !drugs.contains(&drug) => drugs.push(drug),
                Some(_) => {}
            }
        }
    }
    known
}
