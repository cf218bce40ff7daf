//! The patients of the made-up ward: who they are, which drug they have, and how far each of them is on the day on
//! which the example is made.

use crate::{
    patient::{Dental, Route, Tumour},
    quantity::Sex,
};

/// A made-up patient.
pub(super) struct MadeUp {
    pub(super) id: &'static str,
    /// The family name and the given name.
    pub(super) name: (&'static str, &'static str),
    /// The age reached in the year of the example, and month and day of birth.
    pub(super) born: (i32, u32, u32),
    pub(super) sex: Sex,
    pub(super) weight_kg: i64,
    pub(super) height_cm: i64,
    pub(super) tumour: Tumour,
    pub(super) drug: Drug,
    /// Length of the course in months, where it is not the usual one.
    pub(super) months: Option<u16>,
    /// Serum creatinine in µmol/L, up to the last dose.
    pub(super) creatinine: i64,
    pub(super) dental: Dental,
    /// How many days ago the first dose is planned for. The next ones follow every 28 days.
    pub(super) first: u64,
    /// How many doses were given.
    pub(super) doses: u64,
    /// What happened after them.
    pub(super) last: Option<Last>,
}

/// A visit at which no dose was given.
pub(super) struct Last {
    /// How many days ago it was.
    pub(super) ago: u64,
    /// Serum creatinine in µmol/L.
    pub(super) creatinine: i64,
    /// Whether the course was put on hold, until today.
    pub(super) is_held: bool,
}

impl Last {
    /// A visit of today, at which only the values were entered.
    const fn assessed(creatinine: i64) -> Self {
        Self { ago: 0, creatinine, is_held: false }
    }
}

/// A drug with the way it is given.
pub(super) struct Drug {
    /// Its word in the library.
    pub(super) word: &'static str,
    pub(super) route: Route,
    /// The word of the product, where it must be named.
    pub(super) product: Option<&'static str>,
}

const ZOLEDRONIC_ACID: Drug = Drug { word: "zoledronic-acid", route: Route::Intravenous, product: None };
const DENOSUMAB: Drug = Drug { word: "denosumab", route: Route::Subcutaneous, product: None };
const PAMIDRONATE: Drug =
    Drug { word: "pamidronate", route: Route::Intravenous, product: Some("concentrate-9mg-per-ml") };
const IBANDRONIC_ACID: Drug = Drug { word: "ibandronic-acid", route: Route::Intravenous, product: None };
const CLODRONATE: Drug = Drug { word: "clodronate", route: Route::Oral, product: None };

/// All of them.
pub(super) static PATIENTS: [MadeUp; 13] = [
    // Due today, with a reduced dose. The teeth were not examined, which was confirmed for the first dose alone.
    MadeUp {
        id: "A-1042",
        name: ("HOLM", "Anna"),
        born: (68, 3, 14),
        sex: Sex::Female,
        weight_kg: 68,
        height_cm: 164,
        tumour: Tumour::Breast,
        drug: ZOLEDRONIC_ACID,
        months: None,
        creatinine: 92,
        dental: Dental::NotExamined,
        first: 28,
        doses: 1,
        last: None,
    },
    // Due today.
    MadeUp {
        id: "B-0917",
        name: ("BERG", "Ole"),
        born: (76, 9, 2),
        sex: Sex::Male,
        weight_kg: 82,
        height_cm: 178,
        tumour: Tumour::Prostate,
        drug: ZOLEDRONIC_ACID,
        months: Some(24),
        creatinine: 81,
        dental: Dental::Fit,
        first: 112,
        doses: 4,
        last: None,
    },
    // GO today, and not yet given.
    MadeUp {
        id: "D-2210",
        name: ("DAHL", "Marit"),
        born: (64, 6, 21),
        sex: Sex::Female,
        weight_kg: 71,
        height_cm: 168,
        tumour: Tumour::Breast,
        drug: DENOSUMAB,
        months: None,
        creatinine: 70,
        dental: Dental::Fit,
        first: 84,
        doses: 3,
        last: Some(Last::assessed(70)),
    },
    // HOLD today for a risen creatinine, and nobody has recorded a hold.
    MadeUp {
        id: "F-0033",
        name: ("FRANK", "Peter"),
        born: (79, 1, 9),
        sex: Sex::Male,
        weight_kg: 84,
        height_cm: 180,
        tumour: Tumour::Myeloma,
        drug: PAMIDRONATE,
        months: None,
        creatinine: 100,
        dental: Dental::Fit,
        first: 56,
        doses: 2,
        last: Some(Last::assessed(161)),
    },
    // Every dose is answered, and the review of the treatment is due.
    MadeUp {
        id: "G-1188",
        name: ("GRØN", "Lise"),
        born: (71, 10, 30),
        sex: Sex::Female,
        weight_kg: 72,
        height_cm: 166,
        tumour: Tumour::Breast,
        drug: ZOLEDRONIC_ACID,
        months: Some(3),
        creatinine: 76,
        dental: Dental::Fit,
        first: 98,
        doses: 4,
        last: None,
    },
    // Due today.
    MadeUp {
        id: "I-0450",
        name: ("IVERSEN", "Tom"),
        born: (77, 2, 17),
        sex: Sex::Male,
        weight_kg: 78,
        height_cm: 175,
        tumour: Tumour::Lung,
        drug: DENOSUMAB,
        months: None,
        creatinine: 84,
        dental: Dental::Fit,
        first: 84,
        doses: 3,
        last: None,
    },
    // CONFIRM today: the first dose, and the teeth were not examined.
    MadeUp {
        id: "J-3021",
        name: ("JENSEN", "Karin"),
        born: (66, 5, 5),
        sex: Sex::Female,
        weight_kg: 66,
        height_cm: 165,
        tumour: Tumour::Breast,
        drug: DENOSUMAB,
        months: None,
        creatinine: 66,
        dental: Dental::NotExamined,
        first: 0,
        doses: 0,
        last: Some(Last::assessed(66)),
    },
    // A supply of tablets is due today.
    MadeUp {
        id: "P-88",
        name: ("KERN", "Josef"),
        born: (77, 5, 3),
        sex: Sex::Male,
        weight_kg: 60,
        height_cm: 170,
        tumour: Tumour::Myeloma,
        drug: CLODRONATE,
        months: None,
        creatinine: 186,
        dental: Dental::Fit,
        first: 28,
        doses: 1,
        last: None,
    },
    // Due today.
    MadeUp {
        id: "D7",
        name: ("LEHMANN", "Anna"),
        born: (71, 5, 5),
        sex: Sex::Female,
        weight_kg: 70,
        height_cm: 163,
        tumour: Tumour::Breast,
        drug: IBANDRONIC_ACID,
        months: None,
        creatinine: 80,
        dental: Dental::Fit,
        first: 28,
        doses: 1,
        last: None,
    },
    // Given today, a reduced dose.
    MadeUp {
        id: "M-0072",
        name: ("MOE", "Sigrid"),
        born: (83, 11, 11),
        sex: Sex::Female,
        weight_kg: 64,
        height_cm: 168,
        tumour: Tumour::Breast,
        drug: ZOLEDRONIC_ACID,
        months: None,
        creatinine: 85,
        dental: Dental::Fit,
        first: 56,
        doses: 3,
        last: None,
    },
    // Overdue.
    MadeUp {
        id: "N-0990",
        name: ("NYGAARD", "Per"),
        born: (75, 4, 28),
        sex: Sex::Male,
        weight_kg: 80,
        height_cm: 181,
        tumour: Tumour::Prostate,
        drug: ZOLEDRONIC_ACID,
        months: Some(24),
        creatinine: 88,
        dental: Dental::Fit,
        first: 61,
        doses: 2,
        last: None,
    },
    // On hold for a risen creatinine, and looked at again today.
    MadeUp {
        id: "O-1501",
        name: ("OLSEN", "Eva"),
        born: (68, 7, 19),
        sex: Sex::Female,
        weight_kg: 70,
        height_cm: 167,
        tumour: Tumour::Kidney,
        drug: ZOLEDRONIC_ACID,
        months: None,
        creatinine: 79,
        dental: Dental::Fit,
        first: 70,
        doses: 2,
        last: Some(Last { ago: 14, creatinine: 139, is_held: true }),
    },
    // Due later this week; the calcium after the first dose was not measured. The name is like that of another patient.
    MadeUp {
        id: "A-1077",
        name: ("HOLM", "Anne"),
        born: (65, 7, 2),
        sex: Sex::Female,
        weight_kg: 64,
        height_cm: 170,
        tumour: Tumour::Breast,
        drug: DENOSUMAB,
        months: None,
        creatinine: 64,
        dental: Dental::Fit,
        first: 22,
        doses: 1,
        last: None,
    },
];
