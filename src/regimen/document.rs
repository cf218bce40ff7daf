//! What a drug's file says: products, safety, and one regimen per indication, route and scheme.
//!
//! The records are in the order in which a pharmacist reads a label. Quantities are text with their
//! unit; every statement names its sources, and `"verification": "unverified"` marks what was not read
//! in the source itself.

use chrono::NaiveDate;

use super::{
    finding_code::{Code, Concern, Gravity, Severity},
    phrase::{CalciumBand, Kidney, Sources},
    statement::{Disagreement, Statement},
};
use crate::{
    json::{AtLeastOne, Text, Written, record, vocabulary},
    patient::{Indication, Medicine, Region, Route, Scheme, Tumour},
    quantity::{CreatinineUnit, Days, Limit, Mass, Minutes, Pair, Volume},
};

vocabulary! {
    /// The form of a drug's file.
    pub enum DrugFormat {
        /// The second form: sentences are written once and have an id.
        V2 = "osteodose-regimen/2",
    }
}

vocabulary! {
    /// Whether a statement was read in its source.
    pub enum Verification {
        /// It was not.
        Unverified = "unverified",
    }
}

vocabulary! {
    /// The class of a drug.
    pub enum Class {
        /// A bisphosphonate.
        Bisphosphonate = "bisphosphonate",
        /// An antibody against RANK ligand.
        RankLigandAntibody = "rank-ligand-antibody",
    }
}

vocabulary! {
    /// Whether the owner has approved the regimen.
    pub enum Status {
        /// Endorsed by the owner.
        Endorsed = "endorsed",
        /// Under review: shown with every plan.
        UnderReview = "under-review",
        /// Not yet endorsed, to be tried: shown with every plan.
        Draft = "draft",
        /// Replaced by another: no plan is made with it.
        Superseded = "superseded",
    }
}

vocabulary! {
    /// What a product looks like.
    pub enum Form {
        /// A concentrate that must be diluted.
        Concentrate = "concentrate",
        /// A solution ready to be infused.
        ReadyToUse = "ready-to-use",
        /// A solution for injection in a vial.
        Vial = "vial",
        /// A pre-filled syringe.
        Syringe = "syringe",
        /// A capsule.
        Capsule = "capsule",
        /// A tablet.
        Tablet = "tablet",
    }
}

vocabulary! {
    /// What kind of container a product comes in.
    pub enum ContainerKind {
        /// A vial.
        Vial = "vial",
        /// An ampoule.
        Ampoule = "ampoule",
        /// A bottle.
        Bottle = "bottle",
        /// A bag.
        Bag = "bag",
        /// A pre-filled syringe.
        Syringe = "syringe",
    }
}

vocabulary! {
    /// What a check looks at.
    pub enum Subject {
        /// Serum creatinine.
        Creatinine = "creatinine",
        /// Serum calcium.
        Calcium = "calcium",
        /// Calcium, phosphate and magnesium together.
        Electrolytes = "electrolytes",
        /// Serum phosphate.
        Phosphate = "phosphate",
        /// Serum magnesium.
        Magnesium = "magnesium",
        /// Vitamin D.
        VitaminD = "vitamin-d",
        /// Parathyroid hormone.
        ParathyroidHormone = "parathyroid-hormone",
        /// Albumin in the urine.
        UrineAlbumin = "urine-albumin",
        /// Mouth and teeth.
        Dental = "dental",
    }
}

vocabulary! {
    /// Whether a laboratory value must be there.
    pub enum Need {
        /// A request without it is not usable.
        Required = "required",
        /// It may be missing; the plan then says so.
        Optional = "optional",
    }
}

vocabulary! {
    /// How the volume of a dose is found.
    pub enum VolumeRule {
        /// The label prints it for each dose.
        Table = "as printed for each dose",
        /// The whole content of the container.
        WholeContainer = "the whole container",
        /// Dose divided by the strength of the named product.
        Strength = "dose divided by strength",
        /// Nothing is drawn up.
        ByMouth = "by mouth",
    }
}

record! {
    /// One drug: everything the program knows of it.
    pub struct Drug {
        /// The form of this file.
        format: DrugFormat,
        /// The drug's word in requests.
        drug: Text,
        /// Generic name, in lower case.
        name: Text,
        /// Brand names.
        brands: Vec<Text>,
        /// The class, which other drugs' rules speak of.
        class: Class,
        /// ATC code.
        atc: Text,
        /// Who is responsible for the file.
        owner: Text,
        /// Whether the owner does.
        status: Status,
        /// Day of the last review.
        reviewed: NaiveDate,
        /// Day by which it is reviewed again.
        next_review: NaiveDate,
        /// Products with their strengths.
        products: AtLeastOne<Product>,
        /// Other products of the same substance, which this file does not cover: the ids of statements.
        not_these_products: Vec<Text>,
        /// The severity of each concern with this drug; a regimen may set another.
        safety: Vec<SafetyRule>,
        /// The regimens.
        regimens: AtLeastOne<Regimen>,
        /// What the file says in sentences, each written once.
        statements: AtLeastOne<Statement>,
        /// Where sources say otherwise than what is applied, each written once.
        #[serde(default)]
        disagreements: Vec<Disagreement>,
    }
}

record! {
    /// A product.
    pub struct Product {
        /// Its word in requests.
        id: Text,
        /// Its name with strength, as printed.
        name: Text,
        /// What it looks like.
        form: Form,
        /// The drug in it.
        contains: Written<Mass>,
        /// The volume of solution the drug is in; none for tablets and capsules.
        volume: Option<Written<Volume>>,
        /// The containers it comes in; left out where the product is the container.
        #[serde(default)]
        containers: Vec<Container>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// A vial, an ampoule or a bottle.
    pub struct Container {
        /// Its word in plans.
        id: Text,
        /// What kind of container it is.
        kind: ContainerKind,
        /// The drug in it.
        contains: Written<Mass>,
    }
}

record! {
    /// The severity of a concern.
    pub struct SafetyRule {
        /// The concern.
        when: Concern,
        /// Its weight.
        severity: Gravity,
        /// The weight instead, when the teeth were examined and are fit.
        severity_if_teeth_fit: Option<Gravity>,
        /// The weight instead, when a finding about the kidney is raised.
        severity_if_raised: Option<GravityIfRaised>,
        /// The tumours it concerns; all when left out.
        #[serde(default)]
        tumours: Vec<Tumour>,
        /// The least bag it concerns.
        from_bag: Option<Written<Volume>>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// The severity of a concern beside a finding about the kidney.
    pub struct GravityIfRaised {
        /// The finding.
        finding: Code,
        /// The weight of the concern.
        severity: Gravity,
    }
}

record! {
    /// A regimen: one drug for one indication by one route.
    pub struct Regimen {
        /// Why it is given.
        indication: Indication,
        /// How it is given.
        route: Route,
        /// One dose or daily doses, where the drug has both.
        scheme: Option<Scheme>,
        /// The regimen in one line.
        title: Text,
        /// The regions where it is licensed; everywhere when left out.
        licence: Option<Licence>,
        /// The tumours of the label.
        label: Label,
        /// The set of laboratory ages, in the file of limits.
        laboratory_ages: Text,
        /// Whether a creatinine must be there.
        creatinine: Need,
        /// A limit of creatinine itself.
        creatinine_limit: Option<CreatinineLimit>,
        /// The calcium that must be reached.
        calcium_limit: Option<CalciumLimit>,
        /// The doses.
        doses: AtLeastOne<DoseRow>,
        /// The limits near which a plan says so.
        near_limits: Option<NearLimits>,
        /// The daily dose, where the prescriber may choose it.
        chosen_dose: Option<ChosenDose>,
        /// Steps of a dose that is stepped down.
        step_down: Option<StepDown>,
        /// How a daily dose is split.
        intakes: Option<Intakes>,
        /// The products it can be given with.
        products: AtLeastOne<Text>,
        /// The product when none is named; when left out, one must be named if there are several.
        default_product: Option<Text>,
        /// How the volume of a dose is found.
        volume: VolumeRule,
        /// The infusions; the first that fits is used.
        #[serde(default)]
        infusions: Vec<Infusion>,
        /// Diluents.
        #[serde(default)]
        diluents: Vec<Text>,
        /// Doses every so many weeks.
        interval: Option<Interval>,
        /// Doses on consecutive days.
        daily: Option<Daily>,
        /// Tablets or capsules handed out.
        supply: Option<Supply>,
        /// A length by mouth that nobody chooses.
        fixed_length: Option<FixedLength>,
        /// Treatment that does not wait for the clinic to open.
        emergency: Option<Emergency>,
        /// The least number of days between doses, whatever the drug.
        spacing: Spacing,
        /// An earlier treatment that must have failed.
        refractory: Option<Refractory>,
        /// Rules of a course under way.
        baseline: Option<Baseline>,
        /// Documented lengths of a course.
        #[serde(default)]
        course_lengths: Vec<CourseLength>,
        /// What other sources say of the length, shown beside it: the ids of statements.
        #[serde(default)]
        course_notes: Vec<Text>,
        /// Checks on the way.
        #[serde(default)]
        checks: Vec<CheckRule>,
        /// The review of a course.
        review: Option<Review>,
        /// The severities that differ from those of the drug.
        #[serde(default)]
        safety: Vec<SafetyRule>,
        /// What is said with every plan.
        #[serde(default)]
        notes: Vec<Note>,
        /// Calcium and vitamin D, not given when calcium is raised: the ids of statements.
        #[serde(default)]
        supplements: Vec<Text>,
        /// What to do and what to tell the patient: the ids of statements, in the order in which they are shown.
        directions: AtLeastOne<Text>,
        /// Where sources say otherwise than what is applied: the ids of disagreements.
        #[serde(default)]
        disagreements: Vec<Text>,
        /// Treatment that follows.
        follow_on: Option<FollowOn>,
    }
}

record! {
    /// Where a regimen is licensed.
    pub struct Licence {
        /// The regions.
        regions: Vec<Region>,
        /// The severity of its finding in the other regions.
        severity: Severity,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// The tumours of the label; with any other, the plan asks for a confirmation.
    pub struct Label {
        /// Tumours in the label.
        tumours: Vec<Tumour>,
        /// Tumours outside the label that another source names: a note.
        #[serde(default)]
        noted: Vec<Tumour>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// A limit of creatinine itself.
    pub struct CreatinineLimit {
        /// The limit.
        limit: Written<Limit<CreatinineUnit>>,
        /// Its severity.
        severity: Severity,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// The corrected calcium that must be reached.
    pub struct CalciumLimit {
        /// The limit.
        corrected: Written<CalciumBand>,
        /// The limit of ionised calcium, where that alone may open the regimen: it has one dose.
        ionised: Option<Written<CalciumBand>>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// One row of a dose table.
    pub struct DoseRow {
        /// The clearance it is for; any when left out.
        clearance: Option<Written<Kidney>>,
        /// The corrected calcium it is for; any when left out.
        calcium: Option<Written<CalciumBand>>,
        /// The dose; none where a finding stops the plan.
        dose: Option<Written<Mass>>,
        /// The least dose that may be chosen here, where it is not the least of all.
        lowest: Option<Written<Mass>>,
        /// The largest dose that may be chosen here, where it is not the dose itself.
        highest: Option<Written<Mass>>,
        /// Days from one dose to the next, by mouth.
        every: Option<Written<Days>>,
        /// The most days of treatment here.
        longest_course: Option<Written<Days>>,
        /// How to prepare the dose from each product.
        #[serde(default)]
        prepare: Vec<Prepare>,
        /// What the row says beside the dose.
        #[serde(default)]
        findings: Vec<RowFinding>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// The volume of a dose, from one product.
    pub struct Prepare {
        /// The product.
        product: Text,
        /// The volume to draw up.
        draw_up: Option<Written<Volume>>,
        /// The volume to remove from the bag and to replace with diluent.
        remove_and_replace: Option<Written<Volume>>,
    }
}

record! {
    /// What a row of a dose table says beside the dose.
    pub struct RowFinding {
        /// The code.
        finding: Code,
        /// Its weight.
        severity: Severity,
    }
}

record! {
    /// The limits near which a plan shows both doses.
    pub struct NearLimits {
        /// Limits of clearance in mL/min, each the edge of a band.
        #[serde(default)]
        clearance: Vec<u16>,
        /// The same for a course under way; as for a new one when left out.
        clearance_in_course: Option<Vec<u16>>,
        /// More limits for some tumours, in new courses.
        #[serde(default)]
        for_tumours: Vec<NearLimitsForTumours>,
        /// Whether the limits of calcium count too.
        calcium: Option<bool>,
    }
}

record! {
    /// Limits near which a plan says so for some tumours.
    pub struct NearLimitsForTumours {
        /// The tumours.
        tumours: Vec<Tumour>,
        /// Limits of clearance in mL/min, each the edge of a band.
        clearance: Vec<u16>,
    }
}

record! {
    /// A daily dose that the prescriber may choose.
    pub struct ChosenDose {
        /// The dose is a multiple of this.
        step: Written<Mass>,
        /// The least dose that may be asked for; that of the row when left out.
        lowest: Option<Written<Mass>>,
        /// The largest dose; above it the plan stops. That of the row when left out.
        highest: Option<Written<Mass>>,
        /// A dose that needs a confirmation.
        high_dose: Option<HighDose>,
        /// Whether a choice within the row needs a confirmation by itself.
        sources: Sources,
    }
}

record! {
    /// A high dose that is confirmed when the clearance lies in a range.
    pub struct HighDose {
        /// Doses above this.
        above: Written<Mass>,
        /// The clearance.
        clearance: Written<Kidney>,
        /// The code.
        finding: Code,
        /// Its weight.
        severity: Severity,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// A dose that is stepped down.
    pub struct StepDown {
        /// By how much.
        by: Written<Mass>,
        /// After how many days.
        every: Written<Days>,
        /// To what dose.
        to: Written<Mass>,
        /// What each step depends on.
        only: Text,
        /// What is said about it.
        text: Text,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// How a daily dose by mouth is split.
    pub struct Intakes {
        /// The largest part taken at one time.
        together_up_to: Written<Mass>,
        /// When the first part is taken.
        first: Text,
        /// When the part above it is taken.
        second: Option<Text>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// An infusion.
    pub struct Infusion {
        /// The clearance it is for; any when left out.
        clearance: Option<Written<Kidney>>,
        /// The tumours it is for; all when left out.
        #[serde(default)]
        tumours: Vec<Tumour>,
        /// The bag.
        bag: Written<Volume>,
        /// The least time.
        minimum_time: Written<Minutes>,
        /// The highest pump rate, in whole mL per hour.
        highest_rate_ml_per_h: u16,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// Doses every so many weeks.
    pub struct Interval {
        /// The intervals of the label.
        weeks: Vec<u16>,
        /// The interval when none is named.
        default_weeks: u16,
        /// The least number of days between two doses of the course.
        minimum_gap: Written<Days>,
        /// An interval that a guideline adds.
        guideline: Option<GuidelineInterval>,
        /// Loading doses, counted from the first given dose.
        loading: Option<Loading>,
        /// A course under way whose last dose lies long back.
        long_gap: Option<LongGap>,
        /// What every dose after the first depends on.
        after_first_dose: Option<Text>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// An interval that no label names and a guideline does.
    pub struct GuidelineInterval {
        /// The interval.
        weeks: u16,
        /// The tumours the guideline speaks of: a note; a confirmation for all others.
        noted: Vec<Tumour>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// Loading doses.
    pub struct Loading {
        /// Days after the first given dose.
        days: Vec<u16>,
        /// The least number of days between them, and to the dose that follows.
        minimum_gap: Written<Days>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// After how long a course under way must be looked at again.
    pub struct LongGap {
        /// More than so many intervals after the last dose.
        intervals: u16,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// Doses on consecutive days.
    pub struct Daily {
        /// The number of days when none is named.
        default_days: u16,
        /// The usual largest number of days; more is a note.
        usual_days: u16,
        /// The largest number of days.
        longest_days: u16,
        /// What every dose after the first day depends on.
        after_first_day: Option<Text>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// Tablets or capsules handed out.
    pub struct Supply {
        /// The days one supply lasts.
        every: Written<Days>,
        /// What is said with each supply.
        text: Option<Text>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// A course by mouth of a fixed length, after which it is planned again.
    pub struct FixedLength {
        /// The days.
        days: Written<Days>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// Treatment that does not wait for the clinic to open.
    pub struct Emergency {
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// The least number of days between the last dose of any antiresorptive and the start.
    pub struct Spacing {
        /// After an injected drug.
        minimum: Written<Days>,
        /// After a drug by mouth.
        after_oral: Written<Days>,
        /// After certain injected drugs; the first that fits is used.
        #[serde(default)]
        after: Vec<SpacingAfter>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// Days after certain injected drugs.
    pub struct SpacingAfter {
        /// The drugs; any when left out.
        #[serde(default)]
        drugs: Vec<Text>,
        /// Their class; any when left out.
        class: Option<Class>,
        /// Only another substance than the one that is planned.
        another_substance: Option<bool>,
        /// Only while calcium is severe.
        severe_calcium: Option<bool>,
        /// The days.
        minimum: Written<Days>,
        /// The days from which an earlier start can be confirmed; never when left out.
        confirmed_from: Option<Written<Days>>,
        /// Whether the days were read in a source.
        verification: Option<Verification>,
    }
}

record! {
    /// An earlier treatment that must have been tried within a window.
    pub struct Refractory {
        /// The class of the injected drug.
        class: Class,
        /// Days before the start, at most.
        within: Written<Days>,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// A course whose dose was set by the creatinine before its first dose.
    pub struct Baseline {
        /// The largest normal baseline.
        normal_up_to: Written<Pair<CreatinineUnit>>,
        /// The rise from a normal baseline that holds the course.
        rise_from_normal: Written<Pair<CreatinineUnit>>,
        /// The rise from an abnormal baseline that holds the course.
        rise_from_abnormal: Written<Pair<CreatinineUnit>>,
        /// Percent of the baseline up to which a held course resumes.
        resume_at_percent: u16,
        /// A rise that must be confirmed where it does not hold the course.
        relative_rise: RelativeRise,
        /// When a dose of the same drug asks for the course.
        ask_within: AskWithin,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// How long after a dose of the same drug a request without a course is asked whether one is under way.
    pub struct AskWithin {
        /// Days before the start, at most.
        days: Written<Days>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// A rise of creatinine in proportion to the baseline.
    pub struct RelativeRise {
        /// From this percentage of the baseline.
        at_least_percent: u16,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// A documented length of a course.
    pub struct CourseLength {
        /// The tumours.
        tumours: Vec<Tumour>,
        /// The months.
        months: u16,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// A check on the way. Each key adds dates.
    pub struct CheckRule {
        /// What is checked.
        what: Subject,
        /// Before every dose, except before the first when the value is at most this old.
        before_every_dose_unless_within: Option<Written<Days>>,
        /// Before every dose, the first included.
        before_every_dose: Option<bool>,
        /// Before the doses with these numbers, counted in the plan.
        #[serde(default)]
        before_doses: Vec<u16>,
        /// Before dose 2 of a new course, or the first dose of a plan for a course under way, and then before each dose
        /// at least this long after the last such check.
        before_doses_apart: Option<Written<Days>>,
        /// On the days of supplies, before them.
        before_supplies: Option<SupplyChecks>,
        /// Days after the first dose.
        #[serde(default)]
        days_after_first_dose: Vec<u16>,
        /// Days after the last dose.
        #[serde(default)]
        days_after_last_dose: Vec<u16>,
        /// Months from the start, again and again.
        every_months: Option<u16>,
        /// Only when one of these findings is raised.
        #[serde(default)]
        with_findings: Vec<Code>,
        /// Not when one of these findings is raised: another rule takes its place.
        #[serde(default)]
        without_findings: Vec<Code>,
        /// Only in these tumours; in all when left out.
        #[serde(default)]
        tumours: Vec<Tumour>,
        /// Only in a new course.
        new_course: Option<bool>,
        /// It does not wait for the clinic to open.
        ignores_closed_days: Option<bool>,
        /// What is said beside it.
        text: Option<Text>,
        /// Sources.
        sources: Sources,
        /// Whether it was read there.
        verification: Option<Verification>,
    }
}

record! {
    /// Checks on the days of supplies: before the second and then every so many.
    pub struct SupplyChecks {
        /// Every so many supplies.
        every: u16,
        /// Before every supply from the second on where the clearance is this low.
        always_in: Option<Written<Kidney>>,
        /// Before every supply from the second on with one of these findings.
        #[serde(default)]
        always_with_findings: Vec<Code>,
        /// Before every supply from the second on with one of these medicines.
        #[serde(default)]
        always_with_medicines: Vec<Medicine>,
        /// Before the first supply too with one of these findings.
        #[serde(default)]
        first_with_findings: Vec<Code>,
    }
}

record! {
    /// The review on the last day of a course.
    pub struct Review {
        /// What it is for.
        text: Text,
        /// Months after which a longer course is reviewed too.
        also_at_months: u16,
        /// Months from one such review to the next.
        then_every_months: u16,
        /// Sources.
        sources: Sources,
    }
}

record! {
    /// What is said with a plan.
    pub struct Note {
        /// The code.
        finding: Code,
        /// Only in these tumours; in all when left out.
        #[serde(default)]
        tumours: Vec<Tumour>,
        /// Only where one of these drugs was given last; whatever was given when left out.
        #[serde(default)]
        after_drugs: Vec<Text>,
        /// The id of the statement.
        statement: Text,
    }
}

record! {
    /// Treatment that follows, named and never counted.
    pub struct FollowOn {
        /// The indication of the regimen that follows.
        indication: Indication,
        /// Its route.
        route: Route,
        /// Under which condition.
        text: Text,
        /// Sources.
        sources: Sources,
    }
}

impl Drug {
    /// A statement by its id.
    pub fn statement(&self, id: &Text) -> Option<&Statement> {
        self.statements.iter().find(|it| it.id == *id)
    }

    /// A disagreement by its id.
    pub fn disagreement(&self, id: &Text) -> Option<&Disagreement> {
        self.disagreements.iter().find(|it| it.id == *id)
    }
}

impl Interval {
    /// Every interval that can be asked for, those of the label first.
    pub fn offered(&self) -> impl Iterator<Item = u16> {
        self.weeks.iter().copied().chain(self.guideline.as_ref().map(|it| it.weeks))
    }
}

impl Regimen {
    /// Whether the course has a length in months that can be chosen: doses every so many weeks, or supplies.
    pub fn has_length(&self) -> bool {
        self.fixed_length.is_none() && (self.interval.is_some() || self.supply.is_some())
    }

    /// The product when none is named: the default, or the only one there is.
    pub fn usual_product(&self) -> Option<&Text> {
        let only = match &self.products[..] {
            [only] => Some(only),
            _ => None,
        };
        self.default_product.as_ref().or(only)
    }

    /// Whether a course can be under way. A single dose and daily infusions are no course, and nothing
    /// says which step is lower.
    pub fn has_courses(&self) -> bool {
        self.has_length() && self.step_down.is_none()
    }

    /// The doses of its table, each once.
    pub fn doses_of_table(&self) -> Vec<Mass> {
        let mut doses: Vec<Mass> = self.doses.iter().filter_map(|row| row.dose).map(|it| it.0).collect();
        doses.dedup();
        doses
    }

    /// The regimen's name in plans: `clodronate/hypercalcaemia/intravenous/daily`.
    pub fn path(&self, drug: &Text) -> String {
        let mut path = format!("{drug}/{}/{}", self.indication.as_str(), self.route.as_str());
        if let Some(scheme) = self.scheme {
            path.push('/');
            path.push_str(scheme.as_str());
        }
        path
    }
}
