//! The fields of the form, and the steps they stand in.

use crate::{json::vocabulary, regimen::Code};

vocabulary! {
    /// A step of the form.
    pub enum Step {
        /// Who the patient is.
        Patient = "patient",
        /// The tumour and why treatment is given.
        Disease = "disease",
        /// Laboratory values.
        Laboratory = "laboratory",
        /// Teeth, conditions, medicines, earlier treatment.
        Safety = "safety",
        /// The drug, compared with the others.
        Drug = "drug",
        /// Course, interval, product, clinic.
        Schedule = "schedule",
        /// The plan, its confirmations, the second check.
        Review = "review",
    }
}

impl Step {
    /// The place in the order of steps, from 0.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The step after this one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self.index() + 1).copied()
    }

    /// The step before this one.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        self.index().checked_sub(1).map(|at| Self::ALL[at])
    }
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// One date.
    Date,
    /// Dates with commas between them.
    Dates,
    /// A number in the one unit there is.
    Number(&'static str),
    /// A number whose unit is chosen in a field of its own.
    Measured(Field),
    /// One of a list.
    One,
    /// Any of a list.
    Many,
}

impl Kind {
    /// Whether something is typed, and not chosen from a list.
    pub fn is_typed(self) -> bool {
        !matches!(self, Self::One | Self::Many)
    }
}

macro_rules! fields {
    ($( $(#[$meta:meta])* $Field:ident = $key:literal, $kind:expr; )+) => {
        /// A field of the form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Field {
            $( $(#[$meta])* $Field, )+
            /// Who confirms a finding.
            ConfirmedBy(Code),
            /// Why it is confirmed.
            ConfirmedBecause(Code),
            /// What the finding said when it was confirmed.
            ConfirmedSaying(Code),
        }

        impl Field {
            const PLAIN: &'static [(Self, &'static str)] = &[ $( (Self::$Field, $key), )+ ];

            /// How it is filled in.
            pub fn kind(self) -> Kind {
                match self {
                    $( Self::$Field => $kind, )+
                    Self::ConfirmedBy(_) | Self::ConfirmedBecause(_) | Self::ConfirmedSaying(_) => Kind::Text,
                }
            }
        }
    };
}

fields! {
    /// Identifier of the patient.
    Id = "id", Kind::Text;
    /// Name of the patient.
    Name = "name", Kind::Text;
    /// Date of birth.
    BirthDate = "birth-date", Kind::Date;
    /// Sex.
    Sex = "sex", Kind::One;
    /// Weight in kg.
    Weight = "weight", Kind::Number("kg");
    /// Height in cm.
    Height = "height", Kind::Number("cm");
    /// Allergies.
    Allergies = "allergies", Kind::Text;
    /// Primary tumour.
    Tumour = "tumour", Kind::One;
    /// Why treatment is given.
    Indication = "indication", Kind::One;
    /// Where the licence must hold.
    Region = "region", Kind::One;
    /// Date of the laboratory values.
    LabDate = "lab-date", Kind::Date;
    /// Creatinine.
    Creatinine = "creatinine", Kind::Measured(Self::CreatinineUnit);
    /// Its unit.
    CreatinineUnit = "creatinine-unit", Kind::One;
    /// Calcium.
    Calcium = "calcium", Kind::Measured(Self::CalciumUnit);
    /// Its unit.
    CalciumUnit = "calcium-unit", Kind::One;
    /// What kind of calcium was measured.
    CalciumKind = "calcium-kind", Kind::One;
    /// Albumin.
    Albumin = "albumin", Kind::Measured(Self::AlbuminUnit);
    /// Its unit.
    AlbuminUnit = "albumin-unit", Kind::One;
    /// Date of the calcium, where it is another.
    CalciumDate = "calcium-date", Kind::Date;
    /// The weight the clearance is computed with.
    WeightBasis = "weight-basis", Kind::One;
    /// State of mouth and teeth.
    Dental = "dental", Kind::One;
    /// Conditions.
    Conditions = "conditions", Kind::Many;
    /// Medicines.
    Medicines = "medicines", Kind::Many;
    /// The last bisphosphonate or denosumab.
    LastDrug = "last-drug", Kind::One;
    /// When it was given.
    LastDate = "last-date", Kind::Date;
    /// How it was given.
    LastRoute = "last-route", Kind::One;
    /// First day of treatment, or of the next dose.
    StartDate = "start-date", Kind::Date;
    /// The regimen, by its name in plans.
    Regimen = "regimen", Kind::One;
    /// Whether a course is under way.
    Course = "course", Kind::One;
    /// Its first dose.
    FirstDose = "first-dose", Kind::Date;
    /// Its last dose.
    LastDose = "last-dose", Kind::Date;
    /// The dose in use.
    DoseInUse = "dose-in-use", Kind::Number("mg");
    /// The creatinine before the first dose.
    Baseline = "baseline", Kind::Measured(Self::BaselineUnit);
    /// Its unit.
    BaselineUnit = "baseline-unit", Kind::One;
    /// Its date.
    BaselineDate = "baseline-date", Kind::Date;
    /// Whether the course is held.
    Held = "held", Kind::One;
    /// The product.
    Product = "product", Kind::One;
    /// Weeks between doses.
    Interval = "interval", Kind::One;
    /// Length of the course in months.
    Months = "months", Kind::Number("months");
    /// Number of daily infusions.
    Days = "days", Kind::Number("days");
    /// The daily dose, where the prescriber may choose it.
    DailyDose = "daily-dose", Kind::Number("mg");
    /// Weekdays on which the clinic is open.
    Weekdays = "weekdays", Kind::Many;
    /// Dates on which it is closed.
    ClosedDates = "closed-dates", Kind::Dates;
    /// Who enters the request.
    PreparedBy = "prepared-by", Kind::Text;
    /// Who checks it.
    SecondBy = "second-by", Kind::Text;
    /// The date of birth, entered again.
    SecondBirthDate = "second-birth-date", Kind::Date;
    /// The weight, entered again.
    SecondWeight = "second-weight", Kind::Number("kg");
    /// The creatinine, entered again.
    SecondCreatinine = "second-creatinine", Kind::Measured(Self::SecondCreatinineUnit);
    /// Its unit.
    SecondCreatinineUnit = "second-creatinine-unit", Kind::One;
}

impl Field {
    /// The fields of the second check, in order.
    pub const SECOND_CHECK: [Self; 4] =
        [Self::SecondBy, Self::SecondBirthDate, Self::SecondWeight, Self::SecondCreatinine];

    /// The word under which a draft keeps the field.
    pub fn key(self) -> String {
        match self {
            Self::ConfirmedBy(code) => format!("confirm.{}.by", code.as_str()),
            Self::ConfirmedBecause(code) => format!("confirm.{}.because", code.as_str()),
            Self::ConfirmedSaying(code) => format!("confirm.{}.saying", code.as_str()),
            plain => {
                let known = Self::PLAIN.iter().find(|(field, _)| *field == plain);
                known.map_or_else(String::new, |(_, key)| (*key).to_owned())
            }
        }
    }

    /// The field of a word.
    pub fn from_key(key: &str) -> Option<Self> {
        if let Some(rest) = key.strip_prefix("confirm.") {
            let (code, part) = rest.split_once('.')?;
            let code = Code::from_word(code)?;
            return match part {
                "by" => Some(Self::ConfirmedBy(code)),
                "because" => Some(Self::ConfirmedBecause(code)),
                "saying" => Some(Self::ConfirmedSaying(code)),
                _ => None,
            };
        }
        Self::PLAIN.iter().find(|(_, word)| *word == key).map(|(field, _)| *field)
    }

    /// The field that a path of the interface speaks of: where a message about it belongs.
    pub fn of_path(path: &str) -> Option<Self> {
        Some(match path {
            "patient.birth_date" => Self::BirthDate,
            "patient.sex" => Self::Sex,
            "patient.weight_kg" => Self::Weight,
            "patient.height_cm" => Self::Height,
            "tumour" => Self::Tumour,
            "indication" => Self::Indication,
            "region" => Self::Region,
            "weight_basis" => Self::WeightBasis,
            "history.last_antiresorptive.drug" => Self::LastDrug,
            "history.last_antiresorptive.date" => Self::LastDate,
            "history.last_antiresorptive.route" => Self::LastRoute,
            "labs.date" => Self::LabDate,
            "labs.calcium_date" => Self::CalciumDate,
            "treatment.drug" | "treatment.route" | "treatment.scheme" => Self::Regimen,
            "treatment.product" => Self::Product,
            "treatment.start_date" => Self::StartDate,
            "treatment.interval_weeks" => Self::Interval,
            "treatment.course_months" => Self::Months,
            "treatment.course_days" => Self::Days,
            "treatment.daily_dose_mg" => Self::DailyDose,
            "course" => Self::Course,
            "course.first_dose" => Self::FirstDose,
            "course.last_dose" => Self::LastDose,
            "course.dose_mg" => Self::DoseInUse,
            "course.baseline_creatinine.date" => Self::BaselineDate,
            "clinic.open_weekdays" => Self::Weekdays,
            "clinic.closed_dates" => Self::ClosedDates,
            "second_check.birth_date" => Self::SecondBirthDate,
            "second_check.weight_kg" => Self::SecondWeight,
            _ if path.starts_with("labs.creatinine") => Self::Creatinine,
            _ if path.starts_with("labs.calcium") => Self::Calcium,
            _ if path.starts_with("labs.albumin") => Self::Albumin,
            _ if path.starts_with("course.baseline_creatinine") => Self::Baseline,
            _ if path.starts_with("second_check.creatinine") => Self::SecondCreatinine,
            _ if path.starts_with("clinic") => Self::Weekdays,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_key_of_its_own() {
        for (field, key) in Field::PLAIN {
            assert_eq!(field.key(), *key);
            assert_eq!(Field::from_key(key), Some(*field));
        }
        for code in Code::ALL {
            for field in [Field::ConfirmedBy(*code), Field::ConfirmedBecause(*code), Field::ConfirmedSaying(*code)] {
                assert_eq!(Field::from_key(&field.key()), Some(field));
            }
        }
        assert_eq!(Field::from_key("confirm.nothing.by"), None);
    }

    #[test]
    fn steps_follow_one_another() {
        assert_eq!(Step::Patient.next(), Some(Step::Disease));
        assert_eq!(Step::Patient.before(), None);
        assert_eq!(Step::Review.next(), None);
    }
}
