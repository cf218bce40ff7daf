//! Which fields stand in which step, and which of them are asked for this patient.

use super::{
    Field, Form, Step,
    options::{NONE, UNDER_WAY},
};
use crate::regimen::Regimen;

impl Form {
    /// The fields of a step that are asked, in order. Those of the review are the findings to confirm.
    pub fn fields(&self, step: Step) -> Vec<Field> {
        let all: &[Field] = match step {
            Step::Patient => {
                &[Field::Id, Field::Name, Field::BirthDate, Field::Sex, Field::Weight, Field::Height, Field::Allergies]
            }
            Step::Disease => &[Field::Tumour, Field::Indication, Field::Region],
            Step::Laboratory => &[
                Field::LabDate,
                Field::Creatinine,
                Field::Calcium,
                Field::CalciumKind,
                Field::Albumin,
                Field::CalciumDate,
                Field::WeightBasis,
            ],
            Step::Safety => &[
                Field::Dental,
                Field::Conditions,
                Field::Medicines,
                Field::LastDrug,
                Field::LastDate,
                Field::LastRoute,
            ],
            Step::Drug => &[Field::StartDate, Field::Regimen],
            Step::Schedule => &[
                Field::StartDate,
                Field::Course,
                Field::FirstDose,
                Field::LastDose,
                Field::DoseInUse,
                Field::Baseline,
                Field::BaselineDate,
                Field::Held,
                Field::Interval,
                Field::Product,
                Field::Months,
                Field::Days,
                Field::DailyDose,
                Field::Weekdays,
                Field::ClosedDates,
            ],
            Step::Review => {
                let confirmed = |code: &_| [Field::ConfirmedBy(*code), Field::ConfirmedBecause(*code)];
                let findings = self.filled().to_confirm().keys().flat_map(confirmed);
                return findings.chain([Field::PreparedBy]).collect();
            }
        };
        all.iter().copied().filter(|field| self.applies(*field)).collect()
    }

    /// Whether a field is asked: it has a meaning with what stands in the others. What was entered in a
    /// field that is not asked stays in the draft and takes no part.
    pub fn applies(&self, field: Field) -> bool {
        let regimen = self.listed().map(|it| it.regimen);
        let of_regimen = |asks: fn(&Regimen) -> bool| regimen.is_some_and(asks);
        let under_way = || of_regimen(Regimen::has_courses) && self.text(Field::Course) == UNDER_WAY;
        let given_before = || !matches!(self.text(Field::LastDrug), "" | NONE);
        match field {
            Field::CalciumKind | Field::CalciumDate => !self.text(Field::Calcium).is_empty(),
            Field::LastDate => given_before(),
            Field::LastRoute => !self.last_routes().is_empty(),
            Field::Course => of_regimen(Regimen::has_courses),
            Field::FirstDose | Field::LastDose | Field::DoseInUse | Field::Baseline | Field::BaselineDate => {
                under_way()
            }
            Field::Held => under_way() && of_regimen(|it| it.baseline.is_some()),
            Field::Interval => of_regimen(|it| it.interval.is_some()),
            Field::Product => regimen.is_some(),
            Field::Months => of_regimen(Regimen::has_length),
            Field::Days => of_regimen(|it| it.daily.is_some()),
            Field::DailyDose => of_regimen(|it| it.chosen_dose.is_some()),
            _ => true,
        }
    }

    /// Whether a field must be filled in before there is a plan. Unknown is not "no": the questions on
    /// safety are answered, also where the answer is none.
    pub fn is_needed(&self, field: Field) -> bool {
        match field {
            Field::BirthDate
            | Field::Sex
            | Field::Weight
            | Field::Tumour
            | Field::Indication
            | Field::LabDate
            | Field::Dental
            | Field::Conditions
            | Field::Medicines
            | Field::LastDrug
            | Field::LastDate
            | Field::LastRoute
            | Field::StartDate
            | Field::Regimen
            | Field::FirstDose
            | Field::LastDose
            | Field::DoseInUse
            | Field::Baseline
            | Field::BaselineDate
            | Field::CalciumKind => self.applies(field),
            Field::Course | Field::Product => self.applies(field) && self.usual(field).is_none(),
            _ => false,
        }
    }

    /// Whether the drug that was chosen was given before, so that its course may be under way.
    pub(super) fn may_be_under_way(&self) -> bool {
        self.listed().is_some_and(|it| it.drug.drug.as_str() == self.text(Field::LastDrug))
    }
}
