//! The limits common to all drugs: what can be entered, normal ranges, how old a value may be.

use super::{
    document::{Class, Verification},
    finding_code::Code,
    phrase::{PlainSpan, Sources},
};
use crate::{
    json::{Text, Written, record, vocabulary},
    quantity::{AlbuminUnit, CalciumUnit, CreatinineUnit, Days, Decimal, Limit, Pair, Span},
};

vocabulary! {
    /// The form of the file of limits.
    pub enum LimitsFormat {
        /// The first form.
        V1 = "osteodose-limits/1",
    }
}

record! {
    /// The limits common to all drugs.
    pub struct Limits {
        /// The form of this file.
        format: LimitsFormat,
        /// Age on the start date.
        age: PlainRange,
        /// The least age that is planned, in years.
        least_age: u16,
        /// Actual body weight.
        weight: PlainRange,
        /// Height.
        height: PlainRange,
        /// Serum creatinine.
        creatinine: CreatinineRange,
        /// Total or corrected calcium.
        calcium: CalciumRange,
        /// Ionised calcium.
        ionised_calcium: CalciumRange,
        /// Albumin.
        albumin: AlbuminRange,
        /// The corrected calcium that is severe.
        severe_calcium: SevereCalcium,
        /// How near a limit a plan says so.
        near: Near,
        /// The ratio of actual to ideal weight above which the choice of weight may matter.
        weight_ratio: WeightRatio,
        /// The weight from which that is asked where no height is recorded.
        heavy_without_height: Option<HeavyWithoutHeight>,
        /// Body mass index.
        body_mass_index: Option<BodyMassIndex>,
        /// Creatinine clearance.
        clearance: Option<UsualClearance>,
        /// A creatinine so low that the clearance may be overestimated.
        low_creatinine: Option<LowCreatinine>,
        /// How old laboratory values may be.
        laboratory_ages: Vec<LaboratoryAges>,
        /// Courses without a documented length.
        course: CourseLimits,
        /// The clinic's calendar.
        calendar: CalendarLimits,
        /// Antiresorptives that are no drug of the library.
        other_antiresorptives: Vec<OtherAntiresorptive>,
    }
}

record! {
    /// What can be entered and what is asked again, for a figure with one unit.
    pub struct PlainRange {
        /// Outside this it is an error.
        possible: Written<PlainSpan>,
        /// Outside this it is asked again.
        usual: Written<PlainSpan>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// The same for creatinine.
    pub struct CreatinineRange {
        /// Outside this it is an error.
        possible: Written<Span<CreatinineUnit>>,
        /// Outside this it is asked again.
        usual: Written<Span<CreatinineUnit>>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// The same for calcium, with its normal range.
    pub struct CalciumRange {
        /// Outside this it is an error.
        possible: Written<Span<CalciumUnit>>,
        /// Outside this it is asked again.
        usual: Written<Span<CalciumUnit>>,
        /// The laboratory's normal range.
        normal: Written<Span<CalciumUnit>>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// The same for albumin.
    pub struct AlbuminRange {
        /// Outside this it is an error.
        possible: Written<Span<AlbuminUnit>>,
        /// Outside this it is asked again.
        usual: Written<Span<AlbuminUnit>>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// The corrected calcium that is severe.
    pub struct SevereCalcium {
        /// The limit.
        limit: Written<Limit<CalciumUnit>>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// How near a limit a plan shows both doses.
    pub struct Near {
        /// Of clearance, in mL/min.
        clearance_ml_per_min: u16,
        /// Of corrected calcium.
        calcium: Written<Pair<CalciumUnit>>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// The ratio of actual to ideal weight above which the choice of weight may matter.
    pub struct WeightRatio {
        /// The ratio.
        above: Written<Decimal>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// The weight from which the choice of weight may matter, whatever the height.
    pub struct HeavyWithoutHeight {
        /// Of a woman, in kg.
        female_kg: u16,
        /// Of a man, in kg.
        male_kg: u16,
        /// The part of the clearance that another weight may leave, in percent.
        clearance_percent: u16,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// The body mass index outside which weight and height are asked again, in kg/m².
    pub struct BodyMassIndex {
        /// The lowest usual.
        lowest: u16,
        /// The highest usual.
        highest: u16,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// The clearance above which the figures it is made of are asked again.
    pub struct UsualClearance {
        /// The highest usual, in mL/min.
        highest_ml_per_min: u16,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// A creatinine below which the clearance may be overestimated.
    pub struct LowCreatinine {
        /// Below this.
        below: Written<Pair<CreatinineUnit>>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// How old laboratory values may be on the day of dose 1, for the regimens that name this set.
    pub struct LaboratoryAges {
        /// The name of the set.
        name: Text,
        /// Creatinine.
        creatinine: ValueAges,
        /// Calcium.
        calcium: ValueAges,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// How old one value may be: older than a figure, it is noted, confirmed, not known, or stops.
    pub struct ValueAges {
        /// Older than this is a note.
        note_after: Option<Written<Days>>,
        /// Older than this must be confirmed.
        confirm_after: Option<Written<Days>>,
        /// Older than this must be confirmed beside a finding about the kidney.
        confirm_sooner: Option<ConfirmSooner>,
        /// Older than this stops the plan.
        stop_after: Option<Written<Days>>,
        /// Older than this it counts as not known.
        unknown_after: Option<Written<Days>>,
    }
}

record! {
    /// How old a value may be beside a finding about the kidney.
    pub struct ConfirmSooner {
        /// The finding.
        finding: Code,
        /// Older than this must be confirmed.
        after: Written<Days>,
    }
}

record! {
    /// Lengths of courses.
    pub struct CourseLimits {
        /// The months of a course without a documented length.
        default_months: u16,
        /// The largest number of months that can be asked for.
        longest_months: u16,
        /// A course longer than documented is a note up to these months, beyond them confirmed.
        noted_up_to_months: u16,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// Limits of the clinic's calendar.
    pub struct CalendarLimits {
        /// The days within which an open day must be found.
        search: Written<Days>,
        /// A move by more than this is noted.
        long_move: Written<Days>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// An antiresorptive that is no drug of the library, but may have been given last.
    pub struct OtherAntiresorptive {
        /// Its word in requests.
        id: Text,
        /// Its name.
        name: Text,
        /// Its class.
        class: Class,
        /// The drug of the library that is the same substance.
        substance: Option<Text>,
        /// Whether it is by mouth always, never, or either.
        by_mouth: ByMouth,
        /// How long its effect lasts, where a dose within that time must be confirmed.
        long_acting: Option<Written<Days>>,
        /// Sources.
        sources: Sources,
    }
}

vocabulary! {
    /// Whether a drug is taken by mouth.
    pub enum ByMouth {
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
        /// It exists in both forms.
        Either = "either",
    }
}

impl Limits {
    /// The range of a calcium: ionised calcium has its own.
    pub fn calcium_range(&self, ionised: bool) -> &CalciumRange {
        if ionised { &self.ionised_calcium } else { &self.calcium }
    }

    /// The same limits with those of the program where a hospital's file, written for an earlier edition, has none: no
    /// rule falls silent because its limit is missing.
    #[cfg(feature = "cli")]
    pub(super) fn completed(mut self, with: &Self) -> Self {
        let Self { heavy_without_height, body_mass_index, clearance, low_creatinine, .. } = with.clone();
        self.heavy_without_height = self.heavy_without_height.or(heavy_without_height);
        self.body_mass_index = self.body_mass_index.or(body_mass_index);
        self.clearance = self.clearance.or(clearance);
        self.low_creatinine = self.low_creatinine.or(low_creatinine);
        for set in &mut self.laboratory_ages {
            let sooner = with.ages(&set.name).and_then(|of_set| of_set.calcium.confirm_sooner.clone());
            set.calcium.confirm_sooner = set.calcium.confirm_sooner.take().or(sooner);
        }
        for other in &mut self.other_antiresorptives {
            let same = with.other_antiresorptives.iter().find(|it| it.id == other.id);
            other.substance = other.substance.take().or_else(|| same?.substance.clone());
        }
        self
    }

    /// The ages that a regimen names.
    pub fn ages(&self, name: &Text) -> Option<&LaboratoryAges> {
        self.laboratory_ages.iter().find(|set| set.name == *name)
    }
}
