//! Every field of the form, each described in one place.
//!
//! A new field is one entry here, in the order in which fields are asked, and its part in `entered.rs`, from
//! where it goes into a request and comes out of one.

use chrono::NaiveDate;

use super::{
    Form, NONE, WithoutYear,
    entry::{
        Allergies, AnyOf, Day, Days, Due, DueDay, Entry, InWords, Name, Number, OfFinding, Offered, OneOf, Value, Whole,
    },
    field::{Description, Needed, Step, Wording, both},
    options::{NEW_COURSE, NO, UNDER_WAY, YES},
    words,
};
use crate::{
    patient::{
        CalciumKind, Condition, Dental, HeldBecause, Indication, Medicine, Region, Route, Tumour, Weekday, WeightBasis,
    },
    quantity::Sex,
    regimen::{Code, Regimen},
    words::spoken,
};

/// Declares the fields, their order, and where their descriptions are found.
macro_rules! fields {
    ($( $(#[$meta:meta])* $Field:ident = $description:expr; )+) => {
        /// A field of the form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Field {
            $( $(#[$meta])* $Field, )+
            /// What became of the dose that was due on a day.
            DueWas(NaiveDate),
            /// The day on which it was given.
            DueOn(NaiveDate),
            /// Who confirms a finding.
            ConfirmedBy(Code),
            /// Why it is confirmed.
            ConfirmedBecause(Code),
        }

        impl Field {
            /// Every field but those of findings and of doses that were due, in the order in which they are asked.
            pub const ALL: &'static [Self] = &[ $( Self::$Field, )+ ];

            /// Everything that the form knows of the field.
            pub(super) fn description(self) -> &'static Description {
                match self {
                    $( Self::$Field => { const DESCRIPTION: Description = $description; &DESCRIPTION } )+
                    Self::DueWas(_) => &DUE_WAS,
                    Self::DueOn(_) => &DUE_ON,
                    Self::ConfirmedBy(_) => &CONFIRMED_BY,
                    Self::ConfirmedBecause(_) => &CONFIRMED_BECAUSE,
                }
            }
        }
    };
}

fields! {
    /// Identifier of the patient.
    Id = Description {
        key: "id",
        label: both("Number"),
        help: both("Hospital or patient number. May be left empty."),
        steps: &[Step::Patient],
        paths: &["patient.id"],
        asked: always,
        needed: Needed::Never,
        lasts: true,
        entry: &InWords { at: |it| &mut it.id },
    };
    /// Name of the patient.
    Name = Description {
        key: "name",
        label: both("Name"),
        help: both("As in the patient's record. May be left empty."),
        steps: &[Step::Patient],
        paths: &["patient.name"],
        asked: always,
        needed: Needed::Never,
        lasts: true,
        entry: &InWords { at: |it| &mut it.name },
    };
    /// Date of birth.
    BirthDate = Description {
        key: "birth-date",
        label: both("Date of birth"),
        help: both(BIRTH_DATE),
        steps: &[Step::Patient],
        paths: &["patient.birth_date"],
        asked: always,
        needed: Needed::Always,
        lasts: true,
        entry: &Day { is_past: true, without_year: WithoutYear::Refused, at: |it| &mut it.birth_date },
    };
    /// Sex.
    Sex = Description {
        key: "sex",
        label: both("Sex"),
        help: both("Sex as used in the formula for creatinine clearance."),
        steps: &[Step::Patient],
        paths: &["patient.sex"],
        asked: always,
        needed: Needed::Always,
        lasts: true,
        entry: &OneOf {
            all: |_| Sex::ALL.into(),
            word: Sex::as_str,
            label: Sex::as_str,
            usual: |_| None,
            at: |it| &mut it.sex,
        },
    };
    /// Weight in kg.
    Weight = Description {
        key: "weight",
        label: both("Weight"),
        help: both(WEIGHT),
        steps: &[Step::Patient],
        paths: &["patient.weight_kg"],
        asked: always,
        needed: Needed::Always,
        lasts: false,
        entry: &Number { unit: "kg", at: |it| &mut it.weight },
    };
    /// Height in cm.
    Height = Description {
        key: "height",
        label: both("Height"),
        help: both("In cm. Needed for ideal and adjusted weight, and to judge a high weight."),
        steps: &[Step::Patient],
        paths: &["patient.height_cm"],
        asked: always,
        needed: Needed::Never,
        lasts: true,
        entry: &Number { unit: "cm", at: |it| &mut it.height },
    };
    /// Allergies.
    Allergies = Description {
        key: "allergies",
        label: both("Allergies"),
        help: both("In words, or: none known. If left empty, the plan says: not recorded."),
        steps: &[Step::Patient],
        paths: &["patient.allergies"],
        asked: always,
        needed: Needed::Never,
        lasts: true,
        entry: &Allergies,
    };
    /// Who enters the request.
    PreparedBy = Description {
        key: "prepared-by",
        label: both("Entered by"),
        help: both("Name of the person who entered this, at least two letters. May be left empty."),
        steps: &[Step::Patient],
        paths: &["prepared_by"],
        asked: always,
        needed: Needed::Never,
        lasts: false,
        entry: &Name { at: |it| &mut it.prepared_by },
    };
    /// Primary tumour.
    Tumour = Description {
        key: "tumour",
        label: both("Cancer began in"),
        help: both("Where the cancer began."),
        steps: &[Step::Disease],
        paths: &["tumour"],
        asked: always,
        needed: Needed::Always,
        lasts: true,
        entry: &OneOf {
            all: |_| Tumour::ALL.into(),
            word: Tumour::as_str,
            label: spoken::tumour_in_short,
            usual: |_| None,
            at: |it| &mut it.tumour,
        },
    };
    /// Why treatment is given.
    Indication = Description {
        key: "indication",
        label: both("Given for"),
        help: both("Why a bone-modifying agent is given."),
        steps: &[Step::Disease],
        paths: &["indication"],
        asked: always,
        needed: Needed::Always,
        lasts: true,
        entry: &OneOf {
            all: |_| Indication::ALL.into(),
            word: Indication::as_str,
            label: spoken::indication_in_short,
            usual: |_| None,
            at: |it| &mut it.indication,
        },
    };
    /// Where the licence must hold.
    Region = Description {
        key: "region",
        label: both("Licensed in"),
        help: both("Where the drug must be licensed. European Union if nothing is chosen."),
        steps: &[Step::Disease],
        paths: &["region"],
        asked: always,
        needed: Needed::Never,
        lasts: true,
        entry: &OneOf {
            all: |_| Region::ALL.into(),
            word: Region::as_str,
            label: words::region,
            usual: |_| Some(Region::default()),
            at: |it| &mut it.region,
        },
    };
    /// Date of the laboratory values.
    LabDate = Description {
        key: "lab-date",
        label: both("Date of blood test"),
        help: both(DATE),
        steps: &[Step::Laboratory],
        paths: &["labs.date"],
        asked: always,
        needed: Needed::Always,
        lasts: false,
        entry: &Day { is_past: false, without_year: WithoutYear::Past, at: |it| &mut it.labs_date },
    };
    /// Creatinine.
    Creatinine = Description {
        key: "creatinine",
        label: both("Creatinine"),
        help: both(CREATININE),
        steps: &[Step::Laboratory],
        paths: &["labs.creatinine"],
        asked: always,
        needed: Needed::Never,
        lasts: false,
        entry: &Value { of: "creatinine", at: |it| &mut it.creatinine },
    };
    /// Calcium.
    Calcium = Description {
        key: "calcium",
        label: both("Calcium"),
        help: both(CALCIUM),
        steps: &[Step::Laboratory],
        paths: &["labs.calcium"],
        asked: always,
        needed: Needed::Never,
        lasts: false,
        entry: &Value { of: "calcium", at: |it| &mut it.calcium },
    };
    /// What kind of calcium was measured.
    CalciumKind = Description {
        key: "calcium-kind",
        label: both("Kind of calcium"),
        help: both("Total needs albumin. A value corrected by the laboratory stays as it is."),
        steps: &[Step::Laboratory],
        paths: &["labs.calcium.kind"],
        asked: has_calcium,
        needed: Needed::Always,
        lasts: false,
        entry: &OneOf {
            all: |_| CalciumKind::ALL.into(),
            word: CalciumKind::as_str,
            label: spoken::calcium_kind,
            usual: |_| None,
            at: |it| &mut it.calcium_kind,
        },
    };
    /// Albumin.
    Albumin = Description {
        key: "albumin",
        label: both("Albumin"),
        help: both(ALBUMIN),
        steps: &[Step::Laboratory],
        paths: &["labs.albumin"],
        asked: always,
        needed: Needed::Never,
        lasts: false,
        entry: &Value { of: "albumin", at: |it| &mut it.albumin },
    };
    /// Date of the calcium, where it is another.
    CalciumDate = Description {
        key: "calcium-date",
        label: both("Date of calcium"),
        help: both("Only if the calcium was measured on another day."),
        steps: &[Step::Laboratory],
        paths: &["labs.calcium_date"],
        asked: has_calcium,
        needed: Needed::Never,
        lasts: false,
        entry: &Day { is_past: false, without_year: WithoutYear::Past, at: |it| &mut it.calcium_date },
    };
    /// The weight the clearance is computed with.
    WeightBasis = Description {
        key: "weight-basis",
        label: both("Weight used"),
        help: both("The weight in the clearance formula. Actual weight if nothing is chosen."),
        steps: &[Step::Laboratory],
        paths: &["weight_basis"],
        asked: always,
        needed: Needed::Never,
        lasts: true,
        entry: &OneOf {
            all: |_| WeightBasis::ALL.into(),
            word: WeightBasis::as_str,
            label: WeightBasis::as_str,
            usual: |_| Some(WeightBasis::default()),
            at: |it| &mut it.weight_basis,
        },
    };
    /// State of mouth and teeth.
    Dental = Description {
        key: "dental",
        label: both("Mouth and teeth"),
        help: both("Findings of the last dental examination, as far as known."),
        steps: &[Step::Safety],
        paths: &["history.dental"],
        asked: always,
        needed: Needed::Always,
        lasts: false,
        entry: &OneOf {
            all: |_| Dental::ALL.into(),
            word: Dental::as_str,
            label: spoken::dental_in_short,
            usual: |_| None,
            at: |it| &mut it.dental,
        },
    };
    /// Conditions.
    Conditions = Description {
        key: "conditions",
        label: both("Conditions"),
        help: Wording {
            on_screen: "Mark all that apply. If none does: n, none of these.",
            by_line: "The numbers or letters of all that apply, separated by commas. If none does: n.",
        },
        steps: &[Step::Safety],
        paths: &["history.conditions"],
        asked: always,
        needed: Needed::OrNotAsked,
        lasts: false,
        entry: &AnyOf {
            all: Condition::ALL,
            word: Condition::as_str,
            label: spoken::condition_in_short,
            or_none: true,
            at: |it| &mut it.conditions,
        },
    };
    /// Medicines.
    Medicines = Description {
        key: "medicines",
        label: both("Medicines"),
        help: Wording {
            on_screen: "Mark all that the patient takes. If none: n, none of these.",
            by_line: "The numbers or letters of all that the patient takes, separated by commas. If none: n.",
        },
        steps: &[Step::Safety],
        paths: &["history.medicines"],
        asked: always,
        needed: Needed::OrNotAsked,
        lasts: false,
        entry: &AnyOf {
            all: Medicine::ALL,
            word: Medicine::as_str,
            label: spoken::medicine_in_short,
            or_none: true,
            at: |it| &mut it.medicines,
        },
    };
    /// The last bisphosphonate or denosumab.
    LastDrug = Description {
        key: "last-drug",
        label: Wording { on_screen: "Last bone drug", by_line: "Last bone drug, also for osteoporosis" },
        help: both("The last bisphosphonate or denosumab of any kind, also for osteoporosis."),
        steps: &[Step::Safety],
        paths: &["history.last_antiresorptive"],
        asked: always,
        needed: Needed::OrNotAsked,
        lasts: true,
        entry: &Offered { options: Form::last_drugs, usual: |_| None, at: |it| &mut it.last_drug },
    };
    /// When it was given.
    LastDate = Description {
        key: "last-date",
        label: Wording { on_screen: "Given on", by_line: "Last bone drug given on" },
        help: both(DATE),
        steps: &[Step::Safety],
        paths: &["history.last_antiresorptive.date"],
        asked: |form| !matches!(form.text(Field::LastDrug), "" | NONE),
        needed: Needed::Always,
        lasts: true,
        entry: &Day { is_past: false, without_year: WithoutYear::Past, at: |it| &mut it.last_date },
    };
    /// How it was given.
    LastRoute = Description {
        key: "last-route",
        label: Wording { on_screen: "Route", by_line: "Route of the last bone drug" },
        help: both("How it was given."),
        steps: &[Step::Safety],
        paths: &["history.last_antiresorptive.route"],
        asked: |form| !form.last_routes().is_empty(),
        needed: Needed::Always,
        lasts: true,
        entry: &OneOf {
            all: |form| form.last_routes().into(),
            word: Route::as_str,
            label: spoken::route_in_short,
            usual: |_| None,
            at: |it| &mut it.last_route,
        },
    };
    /// First day of treatment, or of the next dose.
    StartDate = Description {
        key: "start-date",
        label: both("Start date"),
        help: both(START_DATE),
        steps: &[Step::Schedule],
        paths: &["treatment.start_date"],
        asked: always,
        needed: Needed::Always,
        lasts: false,
        entry: &Day { is_past: false, without_year: WithoutYear::ToCome, at: |it| &mut it.start_date },
    };
    /// The regimen, by its name in plans.
    Regimen = Description {
        key: "regimen",
        label: both("Drug"),
        help: Wording {
            on_screen: "Enter takes the marked drug. One that cannot be given can only be viewed.",
            by_line: "The number of the drug. One that cannot be given can only be saved as a refusal.",
        },
        steps: &[Step::Drug],
        paths: &["treatment.drug", "treatment.route", "treatment.scheme"],
        asked: always,
        needed: Needed::Always,
        lasts: true,
        entry: &Offered { options: Form::drugs, usual: |_| None, at: |it| &mut it.regimen },
    };
    /// Whether a course is under way.
    Course = Description {
        key: "course",
        label: both("Course"),
        help: both("Whether doses of this drug were already given in this course."),
        steps: &[Step::Schedule],
        paths: &["course"],
        asked: |form| form.offers(Regimen::has_courses),
        needed: Needed::Always,
        lasts: false,
        entry: &OneOf {
            all: |_| [false, true].as_slice().into(),
            word: |under_way| if under_way { UNDER_WAY } else { NEW_COURSE },
            label: words::course,
            usual: |form| (!form.may_be_under_way()).then_some(false),
            at: |it| &mut it.course_under_way,
        },
    };
    /// The first dose of the course.
    FirstDose = Description {
        key: "first-dose",
        label: both("First dose on"),
        help: both(DATE),
        steps: &[Step::Schedule],
        paths: &["course.first_dose"],
        asked: has_course_under_way,
        needed: Needed::Always,
        lasts: false,
        entry: &Day { is_past: false, without_year: WithoutYear::Past, at: |it| &mut it.first_dose },
    };
    /// Its last dose.
    LastDose = Description {
        key: "last-dose",
        label: both("Last dose on"),
        help: both(DATE),
        steps: &[Step::Schedule],
        paths: &["course.last_dose"],
        asked: has_course_under_way,
        needed: Needed::Always,
        lasts: false,
        entry: &Day { is_past: false, without_year: WithoutYear::Past, at: |it| &mut it.last_dose },
    };
    /// How many doses were given.
    DosesGiven = Description {
        key: "doses-given",
        label: both("Doses given"),
        help: both("How many doses of this course were given. The next ones are numbered on."),
        steps: &[Step::Schedule],
        paths: &["course.doses_given"],
        asked: has_course_under_way,
        needed: Needed::Never,
        lasts: false,
        entry: &Whole { unit: "doses", at: |it| &mut it.doses_given },
    };
    /// The dose in use.
    DoseInUse = Description {
        key: "dose-in-use",
        label: both("Dose of the course"),
        help: both("The last dose that was given, in mg."),
        steps: &[Step::Schedule],
        paths: &["course.dose_mg"],
        asked: has_course_under_way,
        needed: Needed::Always,
        lasts: false,
        entry: &Number { unit: "mg", at: |it| &mut it.dose_in_use },
    };
    /// The creatinine before the first dose.
    Baseline = Description {
        key: "baseline",
        label: Wording { on_screen: "Dose 1 creatinine", by_line: "Creatinine before dose 1" },
        help: both(CREATININE),
        steps: &[Step::Schedule],
        paths: &["course.baseline_creatinine"],
        asked: has_baseline,
        needed: Needed::Always,
        lasts: false,
        entry: &Value { of: "creatinine", at: |it| &mut it.baseline },
    };
    /// Its date.
    BaselineDate = Description {
        key: "baseline-date",
        label: Wording { on_screen: "Dose 1 blood test", by_line: "Date of the creatinine before dose 1" },
        help: both(DATE),
        steps: &[Step::Schedule],
        paths: &["course.baseline_creatinine.date"],
        asked: has_baseline,
        needed: Needed::Always,
        lasts: false,
        entry: &Day { is_past: false, without_year: WithoutYear::Past, at: |it| &mut it.baseline_date },
    };
    /// Whether the course is held.
    Held = Description {
        key: "held",
        label: both("On hold"),
        help: both("Whether doses are withheld at present."),
        steps: &[Step::Schedule],
        paths: &["course.held"],
        asked: has_course_under_way,
        needed: Needed::Never,
        lasts: false,
        entry: &OneOf {
            all: |_| [false, true].as_slice().into(),
            word: |held| if held { YES } else { NO },
            label: words::held,
            usual: |_| Some(false),
            at: |it| &mut it.held,
        },
    };
    /// Why it is held.
    HeldBecause = Description {
        key: "held-because",
        label: both("On hold because of"),
        help: both("Why doses are withheld at present."),
        steps: &[Step::Schedule],
        paths: &["course.held_because"],
        asked: |form| has_course_under_way(form) && form.text(Field::Held) == YES,
        needed: Needed::Always,
        lasts: false,
        entry: &OneOf {
            all: |_| HeldBecause::ALL.into(),
            word: HeldBecause::as_str,
            label: spoken::held_because,
            usual: |_| None,
            at: |it| &mut it.held_because,
        },
    };
    /// Weeks between doses.
    Interval = Description {
        key: "interval",
        label: both("Interval"),
        help: both("Time from one dose to the next."),
        steps: &[Step::Schedule],
        paths: &["treatment.interval_weeks"],
        asked: |form| form.offers(|it| it.interval.is_some()),
        needed: Needed::Never,
        lasts: true,
        entry: &Offered { options: Form::intervals, usual: Form::usual_interval, at: |it| &mut it.interval },
    };
    /// The product.
    Product = Description {
        key: "product",
        label: both("Product"),
        help: both("The product that the pharmacy stocks, with its strength."),
        steps: &[Step::Schedule],
        paths: &["treatment.product"],
        asked: |form| form.offers(|_| true),
        needed: Needed::Always,
        lasts: true,
        entry: &Offered { options: Form::products, usual: Form::usual_product, at: |it| &mut it.product },
    };
    /// Length of the course in months.
    Months = Description {
        key: "months",
        label: both("Course length"),
        help: both("In months. If left empty: the documented length."),
        steps: &[Step::Schedule],
        paths: &["treatment.course_months"],
        asked: |form| form.offers(Regimen::has_length),
        needed: Needed::Never,
        lasts: true,
        entry: &Whole { unit: "months", at: |it| &mut it.months },
    };
    /// Number of daily infusions.
    Days = Description {
        key: "days",
        label: both("Days of infusion"),
        help: both("Number of days. If left empty: the usual number."),
        steps: &[Step::Schedule],
        paths: &["treatment.course_days"],
        asked: |form| form.offers(|it| it.daily.is_some()),
        needed: Needed::Never,
        lasts: false,
        entry: &Whole { unit: "days", at: |it| &mut it.days },
    };
    /// The daily dose, where the prescriber may choose it.
    DailyDose = Description {
        key: "daily-dose",
        label: both("Daily dose"),
        help: both("In mg a day, if the prescriber chose one. If left empty: the usual dose."),
        steps: &[Step::Schedule],
        paths: &["treatment.daily_dose_mg"],
        asked: |form| form.offers(|it| it.chosen_dose.is_some()),
        needed: Needed::Never,
        lasts: true,
        entry: &Number { unit: "mg", at: |it| &mut it.daily_dose },
    };
    /// Weekdays on which the clinic is open.
    Weekdays = Description {
        key: "weekdays",
        label: both("Open on"),
        help: Wording {
            on_screen: "Mark the open days. If none is marked, every day is open.",
            by_line: "The numbers of the open days, separated by commas. If left empty, every day is open.",
        },
        steps: &[Step::Schedule],
        paths: &["clinic"],
        asked: always,
        needed: Needed::Never,
        lasts: true,
        entry: &AnyOf {
            all: Weekday::ALL,
            word: Weekday::as_str,
            label: words::weekday,
            or_none: false,
            at: |it| &mut it.open_weekdays,
        },
    };
    /// Dates on which it is closed.
    ClosedDates = Description {
        key: "closed-dates",
        label: both("Closed"),
        help: both("A day or first-last, then a name: 24.12.-25.12. Christmas, 1.1. New Year. Without a year: the next one."),
        steps: &[Step::Schedule],
        paths: &["clinic.closed_dates"],
        asked: always,
        needed: Needed::Never,
        lasts: true,
        entry: &Days { at: |it| &mut it.closed_dates },
    };
    /// Who checks it.
    SecondBy = again(
        "second-by",
        Wording { on_screen: "Your name", by_line: "Name of the second person" },
        both("Name of the second person."),
        &["second_check.by"],
        &Name { at: |it| &mut it.second_by },
    );
    /// The date of birth, entered again.
    SecondBirthDate = again(
        "second-birth-date",
        Wording { on_screen: "Date of birth", by_line: "Second check, date of birth" },
        both(BIRTH_DATE),
        &["second_check.birth_date"],
        &Day { is_past: true, without_year: WithoutYear::Refused, at: |it| &mut it.second_birth_date },
    );
    /// The sex, entered again.
    SecondSex = again(
        "second-sex",
        Wording { on_screen: "Sex", by_line: "Second check, sex" },
        both("Sex as used in the formula for creatinine clearance."),
        &["second_check.sex"],
        &OneOf {
            all: |_| Sex::ALL.into(),
            word: Sex::as_str,
            label: Sex::as_str,
            usual: |_| None,
            at: |it| &mut it.second_sex,
        },
    );
    /// The weight, entered again.
    SecondWeight = again(
        "second-weight",
        Wording { on_screen: "Weight", by_line: "Second check, weight" },
        both(WEIGHT),
        &["second_check.weight_kg"],
        &Number { unit: "kg", at: |it| &mut it.second_weight },
    );
    /// The creatinine, entered again.
    SecondCreatinine = again(
        "second-creatinine",
        Wording { on_screen: "Creatinine", by_line: "Second check, creatinine" },
        both(CREATININE),
        &["second_check.creatinine"],
        &Value { of: "creatinine", at: |it| &mut it.second_creatinine },
    );
    /// The calcium, entered again.
    SecondCalcium = again(
        "second-calcium",
        Wording { on_screen: "Calcium", by_line: "Second check, calcium" },
        both(CALCIUM),
        &["second_check.calcium"],
        &Value { of: "calcium", at: |it| &mut it.second_calcium },
    );
    /// Its kind, entered again.
    SecondCalciumKind = again(
        "second-calcium-kind",
        Wording { on_screen: "Kind of calcium", by_line: "Second check, kind of calcium" },
        both("As on the laboratory report."),
        &["second_check.calcium.kind"],
        &OneOf {
            all: |_| CalciumKind::ALL.into(),
            word: CalciumKind::as_str,
            label: spoken::calcium_kind,
            usual: |_| None,
            at: |it| &mut it.second_calcium_kind,
        },
    );
    /// The albumin, entered again.
    SecondAlbumin = again(
        "second-albumin",
        Wording { on_screen: "Albumin", by_line: "Second check, albumin" },
        both(ALBUMIN),
        &["second_check.albumin"],
        &Value { of: "albumin", at: |it| &mut it.second_albumin },
    );
    /// The height, entered again.
    SecondHeight = again(
        "second-height",
        Wording { on_screen: "Height", by_line: "Second check, height" },
        both("In cm."),
        &["second_check.height_cm"],
        &Number { unit: "cm", at: |it| &mut it.second_height },
    );
    /// The dose in use, entered again.
    SecondCourseDose = again(
        "second-course-dose",
        Wording { on_screen: "Dose of the course", by_line: "Second check, dose of the course" },
        both("The last dose that was given, in mg."),
        &["second_check.course_dose_mg"],
        &Number { unit: "mg", at: |it| &mut it.second_course_dose },
    );
    /// The baseline creatinine, entered again.
    SecondBaseline = again(
        "second-baseline",
        Wording { on_screen: "Dose 1 creatinine", by_line: "Second check, creatinine before dose 1" },
        both(CREATININE),
        &["second_check.baseline_creatinine"],
        &Value { of: "creatinine", at: |it| &mut it.second_baseline },
    );
}

/// A field of the second check: it is in no step, needed by no plan, and asked again at the next visit.
const fn again(
    key: &'static str,
    label: Wording,
    help: Wording,
    paths: &'static [&'static str],
    entry: &'static dyn Entry,
) -> Description {
    Description { key, label, help, steps: &[], paths, asked: always, needed: Needed::Never, lasts: false, entry }
}

/// What became of a dose that was due, as each of them asks it. The day is part of the key.
const DUE_WAS: Description = Description {
    key: "was",
    label: both("Due"),
    help: both("What became of the dose or supply that was due on this day."),
    steps: &[Step::Safety],
    paths: &[],
    asked: always,
    needed: Needed::Always,
    lasts: false,
    entry: &Due,
};

/// The day on which it was given.
const DUE_ON: Description = Description {
    key: "on",
    label: both("Given on"),
    help: both("The day on which it was given, as recorded."),
    entry: &DueDay,
    ..DUE_WAS
};

/// Who confirms a finding, as every finding asks it. The finding is part of the key.
const CONFIRMED_BY: Description = Description {
    key: "by",
    label: Wording { on_screen: "Name", by_line: "Who takes responsibility?" },
    help: both("Name of the person who takes responsibility for this, at least two letters."),
    steps: &[],
    paths: &[],
    asked: always,
    needed: Needed::Never,
    lasts: false,
    entry: &OfFinding,
};

/// Why a finding is confirmed.
const CONFIRMED_BECAUSE: Description = Description {
    key: "because",
    label: Wording { on_screen: "Reason", by_line: "Why is treatment right all the same?" },
    help: both("Why treatment is right all the same: at least two words and eight letters."),
    ..CONFIRMED_BY
};

/// How a day that is past is written.
const DATE: &str = "Such as 18.11., 18 Nov 2026 or 2026-11-18; t is today. Without a year: the last such day.";
/// How a date of birth is written.
const BIRTH_DATE: &str = "Such as 14.3.1958, 14 Mar 1958 or 1958-03-14.";
/// How the start is written.
const START_DATE: &str = "Such as 1.12., 1 Dec 2026 or 2026-12-01; t is today. Without a year: the next such day.";
/// What a weight is.
const WEIGHT: &str = "Actual body weight in kg, such as 68,5 or 68.5.";
/// What a creatinine is.
const CREATININE: &str = "As on the report. Write u for µmol/L or mg for mg/dL behind it: 92u, 1.04 mg.";
/// What a calcium is.
const CALCIUM: &str = "Serum calcium, as on the report. Write mm for mmol/L or mg for mg/dL behind it: 2.31mm.";
/// What an albumin is.
const ALBUMIN: &str = "Corrects a total calcium. Write gl for g/L or gd for g/dL behind it: 38gl, 3.8 gd.";

fn always(_: &Form) -> bool {
    true
}

fn has_calcium(form: &Form) -> bool {
    !form.text(Field::Calcium).is_empty()
}

fn has_course_under_way(form: &Form) -> bool {
    form.offers(Regimen::has_courses) && form.text(Field::Course) == UNDER_WAY
}

/// A regimen without a rule of baseline asks for none; one that a request brought along stays.
fn has_baseline(form: &Form) -> bool {
    let is_there = || !form.text(Field::Baseline).is_empty();
    has_course_under_way(form) && (form.offers(|it| it.baseline.is_some()) || is_there())
}
