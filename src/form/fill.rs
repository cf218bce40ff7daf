//! What the entries of a form amount to: what is wrong, what is missing, the request.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    Field, Form, Kind, NotRead, Step,
    entry::{read_date, read_dates, read_decimal, read_text},
    options::{NONE, YES},
};
use crate::{
    dosing::{self, Stated},
    json::Text,
    patient::{CalciumKind, Condition, Dental, Indication, Medicine, Region, Route, Tumour, Weekday, WeightBasis},
    plan::{Plan, Unusable},
    quantity::{Albumin, AlbuminUnit, CalciumUnit, Creatinine, CreatinineUnit, Decimal, Measured, Sex, Unit},
    regimen::{Code, Listed, Severity},
    request::{
        CalciumEntry, Clinic, Confirmation, Course, DatedCreatinine, History, Labs, LastAntiresorptive, Patient,
        Request, SecondCheck, Treatment,
    },
};

/// Why what stands in a field is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It cannot be read.
    NotRead(NotRead),
    /// It cannot be, or does not exist.
    Unusable(Unusable),
}

/// What a form amounts to.
#[derive(Debug, Default)]
pub struct Filled {
    read: Read,
    refused: BTreeMap<Field, Refused>,
    missing: Vec<Field>,
    request: Option<Request>,
    to_confirm: BTreeMap<Code, String>,
}

impl Filled {
    /// What is stated so far, whatever is missing.
    pub fn stated(&self) -> Stated<'_> {
        self.read.stated()
    }

    /// The fields whose entries are not taken.
    pub fn refused(&self) -> &BTreeMap<Field, Refused> {
        &self.refused
    }

    /// The fields that must still be filled in, in the order of the form.
    pub fn missing(&self) -> &[Field] {
        &self.missing
    }

    /// The request, where nothing is wrong and nothing missing.
    pub fn request(&self) -> Option<&Request> {
        self.request.as_ref()
    }

    /// The findings of the plan that a named person must confirm, with what they say.
    pub fn to_confirm(&self) -> &BTreeMap<Code, String> {
        &self.to_confirm
    }
}

impl Form {
    /// Reads every field that is asked.
    pub(super) fn fill(&self) -> Filled {
        let mut reader = Reader { form: self, refused: BTreeMap::new() };
        let read = reader.read();
        let impossible = dosing::impossible(&read.stated(), self.library.limits());
        let mut filled = Filled { refused: reader.refused, missing: self.missing(), ..Filled::default() };
        filled.read = read;
        for unusable in impossible {
            filled.refuse(unusable);
        }
        if !filled.refused.is_empty() || !filled.missing.is_empty() {
            return filled;
        }
        let treatment = self.listed().and_then(|listed| treatment(listed, &filled.read));
        let Some(mut request) = treatment.and_then(|treatment| filled.read.request(treatment)) else { return filled };
        match dosing::plan(request.clone(), self.library) {
            Err(unusable) => filled.refuse(unusable),
            Ok(plan) => {
                filled.to_confirm = to_confirm(&plan);
                request.confirmations = self.confirmations(&filled.to_confirm);
                filled.request = Some(request);
            }
        }
        filled
    }

    /// The request that drugs are compared by: that of this form, or one for the first drug of the
    /// indication where everything but the drug and its schedule is there.
    pub fn base(&self) -> Option<Request> {
        if let Some(request) = self.filled().request() {
            return Some(request.clone());
        }
        let schedule = self.fields(Step::Schedule);
        let of_drug =
            |field: &Field| *field == Field::Regimen || (schedule.contains(field) && *field != Field::StartDate);
        let filled = self.filled();
        if filled.refused.keys().chain(&filled.missing).any(|field| !of_drug(field) && !self.is_of_drug(*field)) {
            return None;
        }
        let first = self.regimens().next()?;
        let treatment = Treatment {
            drug: first.drug.drug.clone(),
            route: Some(first.regimen.route),
            scheme: first.regimen.scheme,
            product: None,
            start_date: filled.read.start_date?,
            interval_weeks: None,
            course_months: None,
            course_days: None,
            daily_dose_mg: None,
        };
        Some(Request { course: None, ..filled.read.request(treatment)? })
    }

    /// Whether what is wrong with a field is wrong with the chosen drug alone: without a creatinine, another
    /// drug may be given.
    fn is_of_drug(&self, field: Field) -> bool {
        field == Field::Creatinine && self.text(field).trim().is_empty()
    }

    /// The fields that must still be filled in.
    fn missing(&self) -> Vec<Field> {
        let steps = Step::ALL.iter().filter(|step| **step != Step::Review);
        let mut missing: Vec<Field> = Vec::new();
        for field in steps.flat_map(|step| self.fields(*step)) {
            if self.is_needed(field) && self.text(field).trim().is_empty() && !missing.contains(&field) {
                missing.push(field);
            }
        }
        missing
    }

    /// The confirmations that were given for what the findings say now.
    fn confirmations(&self, to_confirm: &BTreeMap<Code, String>) -> Vec<Confirmation> {
        let given = |(code, saying): (&Code, &String)| {
            let current = self.says_the_same(*code, saying);
            let words = |field| read_text(self.text(field)).ok();
            Some(Confirmation {
                finding: code.as_str().parse().ok().filter(|_| current)?,
                by: words(Field::ConfirmedBy(*code))?,
                reason: words(Field::ConfirmedBecause(*code))?,
            })
        };
        to_confirm.iter().filter_map(given).collect()
    }
}

/// What is asked for, with everything that was chosen.
fn treatment(listed: Listed, read: &Read) -> Option<Treatment> {
    Some(Treatment {
        drug: listed.drug.drug.clone(),
        route: Some(listed.regimen.route),
        scheme: listed.regimen.scheme,
        product: read.product.clone(),
        start_date: read.start_date?,
        interval_weeks: read.interval,
        course_months: read.months,
        course_days: read.days,
        daily_dose_mg: read.daily_dose,
    })
}

fn to_confirm(plan: &Plan) -> BTreeMap<Code, String> {
    let confirm = plan.findings().iter().filter(|it| it.severity == Severity::Confirm);
    confirm.map(|it| (it.code(), it.to_string())).collect()
}

impl Filled {
    /// Notes a reason of the engine beside the field it speaks of. What could not be read is said first.
    fn refuse(&mut self, unusable: Unusable) {
        let field = Field::of_path(unusable.path).unwrap_or(Field::Regimen);
        self.refused.entry(field).or_insert(Refused::Unusable(unusable));
    }
}

/// The entries of the fields that are asked, read.
#[derive(Clone, Debug, Default)]
struct Read {
    id: Option<Text>,
    name: Option<Text>,
    birth_date: Option<NaiveDate>,
    sex: Option<Sex>,
    weight: Option<Decimal>,
    height: Option<Decimal>,
    allergies: Option<Text>,
    tumour: Option<Tumour>,
    indication: Option<Indication>,
    region: Option<Region>,
    labs_date: Option<NaiveDate>,
    creatinine: Option<Creatinine>,
    calcium: Option<CalciumEntry>,
    calcium_date: Option<NaiveDate>,
    albumin: Option<Albumin>,
    weight_basis: Option<WeightBasis>,
    history: History,
    start_date: Option<NaiveDate>,
    course: ReadCourse,
    product: Option<Text>,
    interval: Option<u16>,
    months: Option<u16>,
    days: Option<u16>,
    daily_dose: Option<Decimal>,
    clinic: Option<Clinic>,
    prepared_by: Option<Text>,
    second: ReadSecond,
}

/// A course under way, as far as it is entered.
#[derive(Clone, Debug, Default)]
struct ReadCourse {
    first_dose: Option<NaiveDate>,
    last_dose: Option<NaiveDate>,
    dose_mg: Option<Decimal>,
    baseline: Option<Creatinine>,
    baseline_date: Option<NaiveDate>,
    held: Option<bool>,
}

impl ReadCourse {
    fn whole(&self) -> Option<Course> {
        let Measured { value, unit } = self.baseline?;
        Some(Course {
            first_dose: self.first_dose?,
            last_dose: self.last_dose?,
            dose_mg: self.dose_mg?,
            baseline_creatinine: DatedCreatinine { value, unit, date: self.baseline_date? },
            held: self.held,
        })
    }
}

/// The second check, as far as it is entered.
#[derive(Clone, Debug, Default)]
struct ReadSecond {
    by: Option<Text>,
    birth_date: Option<NaiveDate>,
    weight: Option<Decimal>,
    creatinine: Option<Creatinine>,
}

impl ReadSecond {
    /// The check, once all of it is entered: the creatinine too, where the first person entered one.
    fn whole(&self, first: Option<Creatinine>) -> Option<SecondCheck> {
        if first.is_some() && self.creatinine.is_none() {
            return None;
        }
        Some(SecondCheck {
            by: self.by.clone()?,
            birth_date: self.birth_date?,
            weight_kg: self.weight?,
            creatinine: self.creatinine,
        })
    }
}

impl Read {
    fn stated(&self) -> Stated<'_> {
        Stated {
            birth_date: self.birth_date,
            sex: self.sex,
            weight_kg: self.weight,
            height_cm: self.height,
            tumour: self.tumour,
            indication: self.indication,
            conditions: &self.history.conditions,
            labs_date: self.labs_date,
            creatinine: self.creatinine,
            calcium: self.calcium.clone(),
            calcium_date: self.calcium_date,
            albumin: self.albumin,
            weight_basis: self.weight_basis,
            last_antiresorptive: self.history.last_antiresorptive.as_ref().map(|last| last.date),
            start_date: self.start_date,
            first_dose: self.course.first_dose,
            last_dose: self.course.last_dose,
            baseline_creatinine: self.course.baseline,
            baseline_date: self.course.baseline_date,
            second_weight_kg: self.second.weight,
            second_creatinine: self.second.creatinine,
            confirmations: &[],
            open_weekdays: self.clinic.as_ref().and_then(|clinic| clinic.open_weekdays.as_deref()),
        }
    }

    /// The request, where everything that every request needs is there.
    fn request(&self, treatment: Treatment) -> Option<Request> {
        let Self { birth_date, sex, weight, tumour, indication, labs_date, .. } = *self;
        Some(Request {
            patient: Patient {
                id: self.id.clone(),
                name: self.name.clone(),
                birth_date: birth_date?,
                sex: sex?,
                weight_kg: weight?,
                height_cm: self.height,
                allergies: self.allergies.clone(),
            },
            tumour: tumour?,
            indication: indication?,
            labs: Labs {
                date: labs_date?,
                creatinine: self.creatinine,
                calcium: self.calcium.clone(),
                calcium_date: self.calcium_date,
                albumin: self.albumin,
            },
            history: Some(self.history.clone()),
            treatment,
            course: self.course.whole(),
            weight_basis: self.weight_basis,
            region: self.region,
            clinic: self.clinic.clone(),
            confirmations: Vec::new(),
            prepared_by: self.prepared_by.clone(),
            second_check: self.second.whole(self.creatinine),
        })
    }
}

/// Reads fields one after another and notes those that cannot be read.
struct Reader<'f> {
    form: &'f Form,
    refused: BTreeMap<Field, Refused>,
}

impl Reader<'_> {
    fn read(&mut self) -> Read {
        Read {
            id: self.words(Field::Id),
            name: self.words(Field::Name),
            birth_date: self.date(Field::BirthDate),
            sex: self.one(Field::Sex, Sex::from_word),
            weight: self.number(Field::Weight),
            height: self.number(Field::Height),
            allergies: self.allergies(),
            tumour: self.one(Field::Tumour, Tumour::from_word),
            indication: self.one(Field::Indication, Indication::from_word),
            region: self.one(Field::Region, Region::from_word),
            labs_date: self.date(Field::LabDate),
            creatinine: self.measured(Field::Creatinine, CreatinineUnit::from_word),
            calcium: self.calcium(),
            calcium_date: self.date(Field::CalciumDate),
            albumin: self.measured(Field::Albumin, AlbuminUnit::from_word),
            weight_basis: self.one(Field::WeightBasis, WeightBasis::from_word),
            history: self.history(),
            start_date: self.date(Field::StartDate),
            course: self.course(),
            product: self.one(Field::Product, |word| word.parse().ok()),
            interval: self.one(Field::Interval, |word| word.parse().ok()),
            months: self.whole(Field::Months),
            days: self.whole(Field::Days),
            daily_dose: self.number(Field::DailyDose),
            clinic: self.clinic(),
            prepared_by: self.words(Field::PreparedBy),
            second: self.second(),
        }
    }

    /// Reads a field that is asked and has something in it.
    fn entry<T>(&mut self, field: Field, read: impl FnOnce(&str) -> Result<T, NotRead>) -> Option<T> {
        let text = self.form.text(field);
        if text.trim().is_empty() || !self.form.applies(field) {
            return None;
        }
        read(text).map_err(|why| self.refused.insert(field, Refused::NotRead(why))).ok()
    }

    fn words(&mut self, field: Field) -> Option<Text> {
        self.entry(field, read_text)
    }

    fn date(&mut self, field: Field) -> Option<NaiveDate> {
        self.entry(field, read_date)
    }

    fn number(&mut self, field: Field) -> Option<Decimal> {
        self.entry(field, read_decimal)
    }

    fn whole(&mut self, field: Field) -> Option<u16> {
        let whole = |number: Decimal| number.as_whole().and_then(|n| u16::try_from(n).ok()).ok_or(NotRead::Whole);
        self.entry(field, |text| read_decimal(text).and_then(whole))
    }

    /// The word of a choice. A word that is not offered, which only an old draft can hold, is none.
    fn one<T>(&self, field: Field, from_word: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let word = Some(self.form.text(field)).filter(|_| self.form.applies(field))?;
        let offered = || self.form.options(field).iter().any(|choice| choice.word == word);
        from_word(word).filter(|_| offered())
    }

    fn many<T>(&self, field: Field, from_word: fn(&str) -> Option<T>) -> Vec<T> {
        self.form.chosen(field).filter_map(from_word).collect()
    }

    fn measured<U: Unit>(&mut self, field: Field, from_word: fn(&str) -> Option<U>) -> Option<Measured<U>> {
        let Kind::Measured(of_unit) = field.kind() else { return None };
        let unit = self.one(of_unit, from_word);
        self.entry(field, |text| {
            let value = read_decimal(text)?;
            unit.map(|unit| Measured { value, unit }).ok_or(NotRead::Unit)
        })
    }

    fn calcium(&mut self) -> Option<CalciumEntry> {
        let kind = self.one(Field::CalciumKind, CalciumKind::from_word);
        let Measured { value, unit } = self.measured(Field::Calcium, CalciumUnit::from_word)?;
        Some(CalciumEntry { value, unit, kind })
    }

    /// Allergies, where "none known" in any writing is the word of the interface.
    fn allergies(&mut self) -> Option<Text> {
        let words = self.words(Field::Allergies)?;
        let plain = words.as_str().to_lowercase().replace('-', " ");
        if plain == "none known" || plain == "none" { NONE_KNOWN.parse().ok() } else { Some(words) }
    }

    fn history(&mut self) -> History {
        let drug: Option<Text> = self.one(Field::LastDrug, |word| word.parse().ok());
        let date = self.date(Field::LastDate);
        let route = self.one(Field::LastRoute, Route::from_word);
        let last = drug.filter(|word| word.as_str() != NONE).zip(date);
        History {
            dental: self.one(Field::Dental, Dental::from_word),
            conditions: self.many(Field::Conditions, Condition::from_word),
            medicines: self.many(Field::Medicines, Medicine::from_word),
            last_antiresorptive: last.map(|(drug, date)| LastAntiresorptive { drug, date, route }),
        }
    }

    fn course(&mut self) -> ReadCourse {
        ReadCourse {
            first_dose: self.date(Field::FirstDose),
            last_dose: self.date(Field::LastDose),
            dose_mg: self.number(Field::DoseInUse),
            baseline: self.measured(Field::Baseline, CreatinineUnit::from_word),
            baseline_date: self.date(Field::BaselineDate),
            held: self.one(Field::Held, |word| Some(word == YES)),
        }
    }

    fn clinic(&mut self) -> Option<Clinic> {
        let days = self.many(Field::Weekdays, Weekday::from_word);
        let closed_dates = self.entry(Field::ClosedDates, read_dates).unwrap_or_default();
        let open_weekdays = (!days.is_empty()).then_some(days);
        let stated = open_weekdays.is_some() || !closed_dates.is_empty();
        stated.then_some(Clinic { open_weekdays, closed_dates })
    }

    fn second(&mut self) -> ReadSecond {
        ReadSecond {
            by: self.words(Field::SecondBy),
            birth_date: self.date(Field::SecondBirthDate),
            weight: self.number(Field::SecondWeight),
            creatinine: self.measured(Field::SecondCreatinine, CreatinineUnit::from_word),
        }
    }
}

/// The word of the interface for a patient without a known allergy.
const NONE_KNOWN: &str = "none-known";
